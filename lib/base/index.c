/* index: open addressing with linear probing at most 3/4 full; see index.h. The hash has no random
 * seed, because the same facts must give the same bits everywhere. */
#include "base/index.h"

#include <string.h>

uint32_t qbg__index_hash(const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, then one round of mixing for the low bits */
    for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * 0x100000001b3u;
    hash ^= hash >> 29;
    hash *= 0xbf58476d1ce4e5b9u;
    return (uint32_t)(hash >> 32);
}

uint32_t qbg__index_hash_pair(uint32_t a, uint32_t b) {
    uint64_t hash = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
    hash *= 0xbf58476d1ce4e5b9u;
    return (uint32_t)(hash >> 32);
}

void qbg__index_free(qbg__index *index, qbg__mem *mem) {
    qbg__mem_free(mem, index->slots, index->capacity * sizeof *index->slots);
    memset(index, 0, sizeof *index);
}

uint64_t qbg__index_bytes(const qbg__index *index) {
    return index->capacity * sizeof *index->slots;
}

uint32_t qbg__index_find(const qbg__index *index, uint32_t hash, qbg__index_match *match,
                         const void *owner, const void *wanted) {
    if (index->capacity == 0) return QBG_NONE;
    uint32_t mask = index->capacity - 1;
    for (uint32_t at = hash & mask; index->slots[at].row != 0; at = (at + 1) & mask) {
        const qbg__slot *slot = &index->slots[at];
        if (slot->hash == hash && slot->row != QBG_NONE && match(owner, slot->row - 1, wanted))
            return slot->row - 1;
    }
    return QBG_NONE;
}

static void place(qbg__slot *slots, uint32_t capacity, qbg__slot slot) {
    uint32_t at = slot.hash & (capacity - 1);
    while (slots[at].row != 0) at = (at + 1) & (capacity - 1);
    slots[at] = slot;
}

static int is_live(qbg__slot slot) { return slot.row != 0 && slot.row != QBG_NONE; }

static uint32_t count_live(const qbg__index *index) {
    uint32_t live = 0;
    for (uint32_t i = 0; i < index->capacity; i++) live += (uint32_t)is_live(index->slots[i]);
    return live;
}

/* A new table without the removed slots: twice as large when at least half of the old one
 * is live. */
static qbg_status grow(qbg__index *index, qbg__journal *journal) {
    if (index->capacity > UINT32_MAX / 4) return QBG_E_MEMORY;
    uint32_t capacity = index->capacity ? index->capacity : 16;
    if (count_live(index) >= index->capacity / 2) capacity = index->capacity ? capacity * 2 : 16;
    qbg__slot *slots = qbg__journal_alloc(journal, capacity * sizeof *slots);
    if (!slots) return QBG_E_MEMORY;
    qbg_status status = qbg__journal_keep(journal, index, sizeof *index);
    if (status == QBG_OK)
        status = qbg__journal_drop(journal, index->slots, index->capacity * sizeof *index->slots);
    if (status != QBG_OK) return status;
    uint32_t used = 0;
    for (uint32_t i = 0; i < index->capacity; i++) {
        if (!is_live(index->slots[i])) continue;
        place(slots, capacity, index->slots[i]);
        used++;
    }
    *index = (qbg__index){slots, capacity, used, journal->turn};
    return QBG_OK;
}

static qbg_status keep_slot(qbg__index *index, qbg__journal *journal, uint32_t at) {
    if (index->born == journal->turn) return QBG_OK;
    return qbg__journal_keep(journal, &index->slots[at], sizeof index->slots[at]);
}

qbg_status qbg__index_add(qbg__index *index, qbg__journal *journal, uint32_t hash, uint32_t row) {
    qbg_status status = QBG_OK;
    if (index->used >= index->capacity / 4 * 3) status = grow(index, journal);
    if (status != QBG_OK) return status;
    uint32_t at = hash & (index->capacity - 1);
    while (index->slots[at].row != 0) at = (at + 1) & (index->capacity - 1);
    status = keep_slot(index, journal, at);
    if (status == QBG_OK) status = qbg__journal_keep(journal, &index->used, sizeof index->used);
    if (status != QBG_OK) return status;
    index->slots[at] = (qbg__slot){hash, row + 1};
    index->used++;
    return QBG_OK;
}

qbg_status qbg__index_drop(qbg__index *index, qbg__journal *journal) {
    qbg_status status =
        qbg__journal_drop(journal, index->slots, index->capacity * sizeof *index->slots);
    if (status == QBG_OK) status = qbg__journal_keep(journal, index, sizeof *index);
    if (status == QBG_OK) memset(index, 0, sizeof *index);
    return status;
}

qbg_status qbg__index_remove(qbg__index *index, qbg__journal *journal, uint32_t hash,
                             uint32_t row) {
    if (index->capacity == 0) return QBG_OK;
    uint32_t at = hash & (index->capacity - 1);
    while (index->slots[at].row != 0 && index->slots[at].row != row + 1)
        at = (at + 1) & (index->capacity - 1);
    if (index->slots[at].row == 0) return QBG_OK;
    qbg_status status = keep_slot(index, journal, at);
    if (status == QBG_OK) index->slots[at] = (qbg__slot){0, QBG_NONE}; /* the hash goes, too */
    return status;
}
