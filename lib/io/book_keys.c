/* book_keys: open addressing with linear probing at most half full; see book_keys.h. Sixteen bytes
 * a slot, so that a key of up to eight bytes costs one look into memory; the workspace's own index
 * would cost four, one after the other. */
#include "io/book_keys.h"

#include "base/scan.h"
#include "model/erasure.h"
#include "model/workspace.h"

#include <string.h>

#define FIRST_SLOTS 256u

void qbg__book_keys_free(qbg__book_keys *keys, qbg__mem *mem) {
    qbg__mem_free(mem, keys->slots, keys->capacity * sizeof *keys->slots);
    *keys = (qbg__book_keys){NULL, 0, 0};
}

static uint64_t short_word(qbg__span key) {
    char bytes[8] = "";
    memcpy(bytes, key.bytes, key.size);
    return qbg__scan_word(bytes);
}

/* Eight bytes at a time; the last eight may overlap those before. */
static uint64_t hash_word(qbg__span key) {
    uint64_t hash = key.size * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t at = 0; at < key.size; at += 8) {
        size_t from = at + 8 <= key.size ? at : key.size - 8;
        hash = (hash ^ qbg__scan_word(key.bytes + from)) * UINT64_C(0xbf58476d1ce4e5b9);
        hash ^= hash >> 32;
    }
    return hash;
}

uint64_t qbg__book_keys_word_any(qbg__span key) {
    return key.size <= 8 ? short_word(key) : hash_word(key);
}

/* Has that row this key itself? */
static int has_key(const qbg__rows *rows, uint32_t number, qbg__span key) {
    const qbg__keyed *row = qbg__rows_at(rows, number);
    return row && row->key && strlen(row->key) == key.size &&
           memcmp(row->key, key.bytes, key.size) == 0;
}

uint32_t qbg__book_keys_find_long(const qbg__book_keys *keys, const qbg__rows *rows, qbg__span key,
                                  uint64_t word) {
    uint32_t at = qbg__book_keys_place(word, keys->capacity);
    for (; keys->slots[at].size != 0; at = (at + 1) & (keys->capacity - 1)) {
        const qbg__book_key *slot = &keys->slots[at];
        if (slot->word != word || slot->size != key.size) continue;
        if (has_key(rows, slot->number, key)) return slot->number;
    }
    return QBG_NONE;
}

static void put(qbg__book_keys *keys, qbg__book_key slot) {
    uint32_t at = qbg__book_keys_place(slot.word, keys->capacity);
    while (keys->slots[at].size != 0) at = (at + 1) & (keys->capacity - 1);
    keys->slots[at] = slot;
    keys->used++;
}

static qbg_status grow(qbg__book_keys *keys, qbg__mem *mem) {
    uint32_t capacity = keys->capacity ? keys->capacity * 2 : FIRST_SLOTS;
    if (keys->capacity > UINT32_MAX / 4) return QBG_E_MEMORY;
    qbg__book_keys grown = {NULL, capacity, 0};
    grown.slots = qbg__mem_alloc_zeroed(mem, capacity * sizeof *grown.slots);
    if (!grown.slots) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < keys->capacity; i++)
        if (keys->slots[i].size != 0) put(&grown, keys->slots[i]);
    qbg__book_keys_free(keys, mem);
    *keys = grown;
    return QBG_OK;
}

qbg_status qbg__book_keys_add(qbg__book_keys *keys, qbg__mem *mem, const qbg__rows *rows,
                              qbg__span key, uint32_t number) {
    if (key.size > UINT32_MAX || !has_key(rows, number, key)) return QBG_OK;
    const qbg__keyed *row = qbg__rows_at(rows, number);
    if (qbg__erased_is_key(row->key)) return QBG_OK;
    qbg_status status = keys->used >= keys->capacity / 2 ? grow(keys, mem) : QBG_OK;
    if (status == QBG_OK)
        put(keys, (qbg__book_key){qbg__book_keys_word(key, 0), (uint32_t)key.size, number});
    return status;
}

/* A row that was merged since leads on, and one that was removed may have left its key to another.
 */
qbg_status qbg__book_keys_row(qbg__book_keys *keys, qbg__mem *mem, const qbg__rows *rows,
                              const qbg__index *index, qbg__span key, void **out_row) {
    *out_row = NULL;
    if (key.size == 0) return QBG_OK;
    uint32_t number = qbg__book_keys_find(keys, rows, key, qbg__book_keys_word(key, 0));
    if (number != QBG_NONE) *out_row = qbg__row_at(rows, number);
    if (*out_row) return QBG_OK;
    *out_row = qbg__row_find_span(rows, index, key);
    if (!*out_row || number != QBG_NONE) return QBG_OK;
    return qbg__book_keys_add(keys, mem, rows, key, ((const qbg__keyed *)*out_row)->number);
}
