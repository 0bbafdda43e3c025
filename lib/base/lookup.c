/* lookup: open addressing with linear probing at most 7/8 full; see lookup.h. Most slots are told
 * apart by their tags, which lie close together, so rows are seldom looked at in vain. */
#include "base/lookup.h"

#include <stddef.h>
#include <string.h>

enum { FREE, REMOVED, FIRST_TAG };

#define SLOT (sizeof(uint32_t) + 1) /* bytes of a number and its tag */

static unsigned char *tags_of(const qbg__lookup *lookup) {
    return (unsigned char *)(lookup->numbers + lookup->capacity);
}

/* The low bits; where a slot is, the high ones say. */
static unsigned char tag_of(uint32_t hash) {
    unsigned char tag = (unsigned char)hash;
    return tag < FIRST_TAG ? (unsigned char)(tag + FIRST_TAG) : tag;
}

static uint32_t home_of(const qbg__lookup *lookup, uint32_t hash) {
    return (uint32_t)((uint64_t)hash * lookup->capacity >> 32);
}

static uint32_t behind(const qbg__lookup *lookup, uint32_t at) {
    return at + 1 < lookup->capacity ? at + 1 : 0;
}

void qbg__lookup_free(qbg__lookup *lookup, qbg__mem *mem) {
    qbg__mem_free(mem, lookup->numbers, lookup->capacity * SLOT);
    memset(lookup, 0, sizeof *lookup);
}

uint64_t qbg__lookup_bytes(const qbg__lookup *lookup) { return lookup->capacity * SLOT; }

uint32_t qbg__lookup_find(const qbg__lookup *lookup, uint32_t hash, qbg__index_match *match,
                          const void *owner, const void *wanted) {
    if (lookup->capacity == 0) return QBG_NONE;
    const unsigned char *tags = tags_of(lookup), tag = tag_of(hash);
    for (uint32_t at = home_of(lookup, hash); tags[at] != FREE; at = behind(lookup, at))
        if (tags[at] == tag && match(owner, lookup->numbers[at], wanted))
            return lookup->numbers[at];
    return QBG_NONE;
}

static uint32_t free_slot(const qbg__lookup *lookup, uint32_t hash) {
    const unsigned char *tags = tags_of(lookup);
    uint32_t at = home_of(lookup, hash);
    while (tags[at] != FREE) at = behind(lookup, at);
    return at;
}

static void place(qbg__lookup *lookup, uint32_t at, uint32_t hash, uint32_t number) {
    lookup->numbers[at] = number;
    tags_of(lookup)[at] = tag_of(hash);
    lookup->used++;
}

static uint32_t count_live(const qbg__lookup *lookup) {
    uint32_t live = 0;
    if (lookup->capacity == 0) return 0;
    const unsigned char *tags = tags_of(lookup);
    for (uint32_t at = 0; at < lookup->capacity; at++) live += tags[at] >= FIRST_TAG;
    return live;
}

/* A new table without the removed slots, for half as many more, or for those that are expected. */
static qbg_status grow(qbg__lookup *lookup, qbg__journal *journal, qbg__lookup_hash *hash_of,
                       const void *owner) {
    uint64_t live = count_live(lookup), more = live / 2 + 8;
    if (more < lookup->coming) more = lookup->coming;
    uint64_t capacity = (live + more) / 7 * 8 + 8;
    if (capacity > UINT32_MAX || capacity > SIZE_MAX / SLOT) return QBG_E_MEMORY;
    const qbg__lookup old = *lookup;
    uint32_t *numbers = qbg__journal_alloc(journal, (size_t)capacity * SLOT);
    if (!numbers) return QBG_E_MEMORY;
    qbg_status status = qbg__journal_keep(journal, lookup, offsetof(qbg__lookup, born));
    if (status == QBG_OK) status = qbg__journal_drop(journal, old.numbers, old.capacity * SLOT);
    if (status != QBG_OK) return status;
    *lookup = (qbg__lookup){numbers, (uint32_t)capacity, 0, journal->turn, old.coming};
    for (uint32_t at = 0; at < old.capacity; at++) {
        if (tags_of(&old)[at] < FIRST_TAG) continue;
        uint32_t hash = hash_of(owner, old.numbers[at]);
        place(lookup, free_slot(lookup, hash), hash, old.numbers[at]);
    }
    return QBG_OK;
}

/* A number without its tag is nothing, so that it need not be kept. */
static qbg_status keep_tag(const qbg__lookup *lookup, qbg__journal *journal, uint32_t at) {
    if (lookup->born == journal->turn) return QBG_OK;
    return qbg__journal_keep(journal, tags_of(lookup) + at, 1);
}

qbg_status qbg__lookup_add(qbg__lookup *lookup, qbg__journal *journal, uint32_t hash,
                           uint32_t number, qbg__lookup_hash *hash_of, const void *owner) {
    qbg_status status = QBG_OK;
    if (lookup->used >= lookup->capacity / 8 * 7) status = grow(lookup, journal, hash_of, owner);
    if (status != QBG_OK) return status;
    uint32_t at = free_slot(lookup, hash);
    status = keep_tag(lookup, journal, at);
    if (status == QBG_OK) status = qbg__journal_keep(journal, &lookup->used, sizeof lookup->used);
    if (status == QBG_OK) place(lookup, at, hash, number);
    return status;
}

qbg_status qbg__lookup_remove(qbg__lookup *lookup, qbg__journal *journal, uint32_t hash,
                              uint32_t number) {
    if (lookup->capacity == 0) return QBG_OK;
    unsigned char *tags = tags_of(lookup), tag = tag_of(hash);
    uint32_t at = home_of(lookup, hash);
    while (tags[at] != FREE && (tags[at] != tag || lookup->numbers[at] != number))
        at = behind(lookup, at);
    if (tags[at] == FREE) return QBG_OK;
    qbg_status status = keep_tag(lookup, journal, at);
    if (status == QBG_OK) tags[at] = REMOVED;
    return status;
}
