/* journal: an undo log of raw bytes; see journal.h. It is physical (addresses and old bytes) rather
 * than logical (what to call to undo), so a new kind of change needs no undo code of its own. */
#include "base/journal.h"

#include <string.h>

/* Marks in `kept` for entries that are blocks, not bytes. */
#define NEW_BLOCK     ((size_t)-1)
#define DROPPED_BLOCK ((size_t)-2)
#define INSERTED_ITEM ((size_t)-3) /* `size` says where its place lies in `bytes` */
#define REMOVED_ITEM  ((size_t)-4) /* the same; the item's bytes lie behind the place */

/* Where an item came into an array, or went out of it. */
typedef struct place {
    void *array; /* the address of the pointer to the first item */
    uint32_t *count;
    size_t item;
    uint32_t at;
} place;

/* A journal that a large change has blown up beyond this is given back; up to it single events find
 * one that is warm. */
#define KEPT_ENTRIES 1024u
#define KEPT_BYTES   65536u

void qbg__journal_init(qbg__journal *journal, qbg__mem *mem) {
    memset(journal, 0, sizeof *journal);
    journal->mem = mem;
}

static void give_back(qbg__journal *journal) {
    qbg__mem_free(journal->mem, journal->entries, journal->capacity * sizeof *journal->entries);
    qbg__mem_free(journal->mem, journal->bytes, journal->room);
    journal->entries = NULL;
    journal->bytes = NULL;
    journal->capacity = 0;
    journal->room = 0;
}

void qbg__journal_free(qbg__journal *journal) { give_back(journal); }

qbg__mark qbg__journal_begin(qbg__journal *journal) {
    journal->epoch++;
    return (qbg__mark){journal->count, journal->size};
}

/* The address of the item of a place; by memcpy, as an item's pointer type is not char *. */
static char *item_of(const place *of) {
    char *first;
    memcpy(&first, of->array, sizeof first);
    return first + of->at * of->item;
}

static void take_out(const place *from) {
    char *gap = item_of(from);
    uint32_t behind = --*from->count - from->at;
    memmove(gap, gap + from->item, behind * from->item);
}

/* The array has room: it held one item more before. */
static void put_in(const place *to, const void *value) {
    char *gap = item_of(to);
    memmove(gap + to->item, gap, (*to->count - to->at) * to->item);
    memcpy(gap, value, to->item);
    ++*to->count;
}

/* Newest first, so that what was kept twice ends with its oldest bytes. A dropped block was never
 * freed, so putting back the pointer to it is enough. */
void qbg__journal_undo(qbg__journal *journal, qbg__mark mark) {
    while (journal->count > mark.count) {
        const qbg__journal_entry *entry = &journal->entries[--journal->count];
        if (entry->kept == NEW_BLOCK) {
            qbg__mem_free(journal->mem, entry->at, entry->size);
        } else if (entry->kept == INSERTED_ITEM) {
            place came;
            memcpy(&came, journal->bytes + entry->size, sizeof came);
            take_out(&came);
        } else if (entry->kept == REMOVED_ITEM) {
            place went;
            memcpy(&went, journal->bytes + entry->size, sizeof went);
            put_in(&went, journal->bytes + entry->size + sizeof went);
        } else if (entry->kept != DROPPED_BLOCK) {
            memcpy(entry->at, journal->bytes + entry->kept, entry->size);
        }
    }
    journal->size = mark.size;
    journal->epoch++;
}

void qbg__journal_done(qbg__journal *journal) {
    for (uint32_t i = 0; i < journal->count; i++)
        if (journal->entries[i].kept == DROPPED_BLOCK)
            qbg__mem_free(journal->mem, journal->entries[i].at, journal->entries[i].size);
    journal->count = 0;
    journal->size = 0;
    journal->epoch++;
    if (journal->capacity > KEPT_ENTRIES || journal->room > KEPT_BYTES) give_back(journal);
}

static qbg_status add_entry(qbg__journal *journal, void *at, size_t size, size_t kept) {
    qbg_status status = qbg__mem_reserve(journal->mem, &journal->entries, &journal->capacity,
                                         (uint64_t)journal->count + 1, sizeof *journal->entries);
    if (status != QBG_OK) return status;
    journal->entries[journal->count++] = (qbg__journal_entry){at, size, kept};
    return QBG_OK;
}

static qbg_status reserve_bytes(qbg__journal *journal, size_t more) {
    if (journal->room - journal->size >= more) return QBG_OK;
    size_t grown = journal->room + journal->room / 2 + 256;
    if (grown - journal->size < more) grown = journal->size + more;
    void *moved = qbg__mem_resize(journal->mem, journal->bytes, journal->room, grown);
    if (!moved) return QBG_E_MEMORY;
    journal->bytes = moved;
    journal->room = grown;
    return QBG_OK;
}

/* One place for each address, the newest wins; forgetting only costs a little room. */
static qbg__recent *recent_of(qbg__journal *journal, const void *at) {
    return &journal->recent[((uintptr_t)at >> 2) % QBG__RECENT];
}

qbg_status qbg__journal_keep(qbg__journal *journal, void *at, size_t size) {
    qbg__recent *recent = recent_of(journal, at);
    if (size == 0) return QBG_OK;
    if (recent->at == at && recent->size >= size && recent->epoch == journal->epoch) return QBG_OK;
    qbg_status status = reserve_bytes(journal, size);
    if (status == QBG_OK) status = add_entry(journal, at, size, journal->size);
    if (status != QBG_OK) return status;
    memcpy(journal->bytes + journal->size, at, size);
    journal->size += size;
    *recent = (qbg__recent){at, size, journal->epoch};
    return QBG_OK;
}

void *qbg__journal_alloc(qbg__journal *journal, size_t size) {
    void *block = qbg__mem_alloc_zeroed(journal->mem, size);
    if (!block) return NULL;
    if (add_entry(journal, block, size, NEW_BLOCK) == QBG_OK) return block;
    qbg__mem_free(journal->mem, block, size);
    return NULL;
}

qbg_status qbg__journal_drop(qbg__journal *journal, void *block, size_t size) {
    return block ? add_entry(journal, block, size, DROPPED_BLOCK) : QBG_OK;
}

qbg_status qbg__journal_reserve(qbg__journal *journal, void *array, uint32_t *capacity,
                                uint64_t need, size_t item) {
    if (need <= *capacity) return QBG_OK;
    uint32_t grown = qbg__mem_grown(*capacity, need, item);
    void *block = grown ? qbg__journal_alloc(journal, grown * item) : NULL;
    if (!block) return QBG_E_MEMORY;
    void *old; /* by memcpy: an item's pointer type is not void * */
    memcpy(&old, array, sizeof old);
    qbg_status status = qbg__journal_keep(journal, array, sizeof old);
    if (status == QBG_OK) status = qbg__journal_keep(journal, capacity, sizeof *capacity);
    if (status == QBG_OK) status = qbg__journal_drop(journal, old, *capacity * item);
    if (status != QBG_OK) return status;
    if (old) memcpy(block, old, *capacity * item);
    memcpy(array, &block, sizeof block);
    *capacity = grown;
    return QBG_OK;
}

qbg_status qbg__journal_extend(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item) {
    qbg_status status = qbg__journal_reserve(journal, array, capacity, (uint64_t)*count + 1, item);
    return status == QBG_OK ? qbg__journal_keep(journal, count, sizeof *count) : status;
}

qbg_status qbg__journal_insert(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item, uint32_t at, const void *value) {
    const place to = {array, count, item, at};
    qbg_status status = qbg__journal_reserve(journal, array, capacity, (uint64_t)*count + 1, item);
    if (status == QBG_OK) status = reserve_bytes(journal, sizeof to);
    if (status == QBG_OK) status = add_entry(journal, NULL, journal->size, INSERTED_ITEM);
    if (status != QBG_OK) return status;
    memcpy(journal->bytes + journal->size, &to, sizeof to);
    journal->size += sizeof to;
    put_in(&to, value);
    journal->epoch++; /* kept items may have moved, so they must be kept again */
    return QBG_OK;
}

qbg_status qbg__journal_remove(qbg__journal *journal, void *array, uint32_t *count, size_t item,
                               uint32_t at) {
    const place from = {array, count, item, at};
    qbg_status status = reserve_bytes(journal, sizeof from + item);
    if (status == QBG_OK) status = add_entry(journal, NULL, journal->size, REMOVED_ITEM);
    if (status != QBG_OK) return status;
    memcpy(journal->bytes + journal->size, &from, sizeof from);
    memcpy(journal->bytes + journal->size + sizeof from, item_of(&from), item);
    journal->size += sizeof from + item;
    take_out(&from);
    journal->epoch++;
    return QBG_OK;
}

qbg_status qbg__journal_set_text(qbg__journal *journal, char **slot, const char *text) {
    const char *known = *slot ? *slot : "";
    if (strcmp(known, text ? text : "") == 0) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, slot, sizeof *slot);
    if (status == QBG_OK && *slot) status = qbg__journal_drop(journal, *slot, strlen(*slot) + 1);
    if (status != QBG_OK) return status;
    char *copy = NULL;
    if (text && text[0] != '\0') {
        size_t size = strlen(text) + 1;
        copy = qbg__journal_alloc(journal, size);
        if (!copy) return QBG_E_MEMORY;
        memcpy(copy, text, size);
    }
    *slot = copy;
    return QBG_OK;
}

qbg_status qbg__journal_set_bytes(qbg__journal *journal, void *slot, const void *value,
                                  size_t size) {
    if (memcmp(slot, value, size) == 0) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, slot, size);
    if (status == QBG_OK) memcpy(slot, value, size);
    return status;
}

qbg_status qbg__journal_set_int64(qbg__journal *journal, int64_t *slot, int64_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_int32(qbg__journal *journal, int32_t *slot, int32_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_uint64(qbg__journal *journal, uint64_t *slot, uint64_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_uint32(qbg__journal *journal, uint32_t *slot, uint32_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}
