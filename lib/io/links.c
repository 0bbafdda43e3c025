/* links: open addressing with linear probing, at most half full; see links.h. */
#include "io/links.h"

#include "base/index.h"

#include <string.h>

#define FIRST_SLOTS 64u

void qbg__links_begin(qbg__links *links, const qbg__mem *mem) {
    memset(links, 0, sizeof *links);
    links->mem = qbg__mem_fork(mem);
    qbg__blob_begin(&links->texts, mem);
}

void qbg__links_end(qbg__links *links) {
    qbg__mem_free(&links->mem, links->slots, links->capacity * sizeof *links->slots);
    qbg__blob_end(&links->texts);
    links->slots = NULL;
    links->capacity = links->count = 0;
}

static uint32_t hash_of(int32_t map, qbg__span key) {
    return qbg__index_hash_pair((uint32_t)map, qbg__index_hash(key.bytes, key.size));
}

static int is_same(const qbg__links *links, const qbg__link *link, int32_t map, uint32_t hash,
                   qbg__span key) {
    return link->map == map && link->hash == hash && link->key_size == key.size &&
           memcmp(links->texts.bytes + link->key, key.bytes, key.size) == 0;
}

/* Its slot, or the empty one where it belongs. capacity: not 0. */
static uint32_t place_of(const qbg__links *links, int32_t map, uint32_t hash, qbg__span key) {
    uint32_t at = hash & (links->capacity - 1);
    while (links->slots[at].map >= 0 && !is_same(links, &links->slots[at], map, hash, key))
        at = (at + 1) & (links->capacity - 1);
    return at;
}

static qbg_status grow(qbg__links *links) {
    uint32_t capacity = links->capacity > 0 ? links->capacity * 2 : FIRST_SLOTS;
    if (links->capacity > UINT32_MAX / 4) return QBG_E_MEMORY;
    qbg__link *slots = qbg__mem_alloc(&links->mem, capacity * sizeof *slots);
    if (!slots) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < capacity; i++) slots[i] = (qbg__link){0, -1, 0, 0, 0, 0, 0};
    for (uint32_t i = 0; i < links->capacity; i++) {
        if (links->slots[i].map < 0) continue;
        uint32_t at = links->slots[i].hash & (capacity - 1);
        while (slots[at].map >= 0) at = (at + 1) & (capacity - 1);
        slots[at] = links->slots[i];
    }
    qbg__mem_free(&links->mem, links->slots, links->capacity * sizeof *links->slots);
    links->slots = slots;
    links->capacity = capacity;
    return QBG_OK;
}

static qbg_status add(qbg__links *links, qbg__link *slot, qbg__link link, qbg__span key,
                      qbg__span value) {
    qbg_blob *texts = &links->texts;
    link.key = texts->size;
    link.key_size = key.size;
    qbg__blob_bytes(texts, key.bytes, key.size);
    link.value = texts->size;
    link.value_size = value.size;
    qbg__blob_bytes(texts, value.bytes, value.size);
    if (texts->status != QBG_OK) return texts->status;
    *slot = link;
    links->count++;
    return QBG_OK;
}

qbg_status qbg__links_put(qbg__links *links, int32_t map, qbg__span key, qbg__span value) {
    uint32_t hash = hash_of(map, key);
    qbg_status status = links->count >= links->capacity / 2 ? grow(links) : QBG_OK;
    if (status != QBG_OK) return status;
    qbg__link *slot = &links->slots[place_of(links, map, hash, key)];
    if (slot->map < 0) return add(links, slot, (qbg__link){hash, map, 0, 0, 0, 0, 0}, key, value);
    qbg__span known = qbg__links_value(links, slot);
    if (known.size != value.size || memcmp(known.bytes, value.bytes, value.size) != 0)
        slot->is_several = 1;
    return QBG_OK;
}

const qbg__link *qbg__links_find(const qbg__links *links, int32_t map, qbg__span key) {
    if (links->capacity == 0) return NULL;
    const qbg__link *slot = &links->slots[place_of(links, map, hash_of(map, key), key)];
    return slot->map < 0 ? NULL : slot;
}

qbg__span qbg__links_value(const qbg__links *links, const qbg__link *link) {
    return (qbg__span){links->texts.bytes + link->value, link->value_size};
}
