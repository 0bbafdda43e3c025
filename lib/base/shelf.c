/* shelf: pages of records; see shelf.h. Pages, because ten million records in one array would be
 * copied each time that it grows. */
#include "base/shelf.h"

#include <string.h>

/* Pages double from the first to the full size, which is all that numbers reach. */
#define FIRST_PAGE 1024u
#define FULL_PAGE  (QBG__SHELF_SPOTS * QBG__SHELF_UNIT)

typedef struct head {
    size_t size;    /* of the whole page; more than a full one when it has a single long record */
    size_t written; /* bytes of it that may hold records, undone ones included */
} head;

static head *head_of(const qbg__shelf *shelf, uint32_t page) {
    return (head *)(void *)shelf->pages[page];
}

static size_t units_of(size_t size) { return (size + QBG__SHELF_UNIT - 1) / QBG__SHELF_UNIT; }

int qbg__shelf_is_like(size_t size, size_t other) { return units_of(size) == units_of(other); }

void qbg__shelf_free(qbg__shelf *shelf, qbg__mem *mem) {
    for (uint32_t i = 0; i < shelf->count; i++)
        qbg__mem_free(mem, shelf->pages[i], head_of(shelf, i)->size);
    qbg__mem_free(mem, shelf->pages, shelf->capacity * sizeof *shelf->pages);
    memset(shelf, 0, sizeof *shelf);
}

uint64_t qbg__shelf_bytes(const qbg__shelf *shelf) {
    uint64_t bytes = shelf->capacity * sizeof *shelf->pages;
    for (uint32_t i = 0; i < shelf->count; i++) bytes += head_of(shelf, i)->size;
    return bytes;
}

static qbg_status add_page(qbg__shelf *shelf, qbg__journal *journal, size_t need) {
    size_t size = shelf->count < 6 ? (size_t)FIRST_PAGE << shelf->count : FULL_PAGE;
    if (size - sizeof(head) < need) size = sizeof(head) + need;
    if (size < need || shelf->count == UINT32_MAX / QBG__SHELF_SPOTS) return QBG_E_MEMORY;
    qbg_status status = qbg__journal_extend(journal, &shelf->pages, &shelf->count, &shelf->capacity,
                                            sizeof *shelf->pages);
    if (status != QBG_OK) return status;
    unsigned char *page = qbg__journal_alloc(journal, size);
    if (!page) return QBG_E_MEMORY;
    *(head *)(void *)page = (head){size, sizeof(head)};
    shelf->pages[shelf->count++] = page;
    shelf->used = (uint32_t)units_of(sizeof(head));
    return QBG_OK;
}

/* Behind the last record of the newest page, or in a new one. */
static qbg_status take_new(qbg__shelf *shelf, qbg__journal *journal, size_t units,
                           uint32_t *out_number) {
    qbg_status status = qbg__journal_keep(journal, &shelf->used, sizeof shelf->used);
    if (status != QBG_OK) return status;
    size_t need = units * QBG__SHELF_UNIT, used = (size_t)shelf->used * QBG__SHELF_UNIT;
    if (shelf->count == 0 || head_of(shelf, shelf->count - 1)->size - used < need)
        status = add_page(shelf, journal, need);
    if (status != QBG_OK) return status;
    *out_number = (shelf->count - 1) * QBG__SHELF_SPOTS + shelf->used;
    shelf->used += (uint32_t)units;
    head_of(shelf, shelf->count - 1)->written = (size_t)shelf->used * QBG__SHELF_UNIT;
    return QBG_OK;
}

qbg_status qbg__shelf_take(qbg__shelf *shelf, qbg__journal *journal, size_t size,
                           uint32_t *out_number) {
    size_t units = units_of(size);
    if (units > UINT32_MAX / 2) return QBG_E_MEMORY;
    uint32_t *spare = units <= QBG__SHELF_SPARES ? &shelf->spares[units - 1] : NULL;
    if (!spare || *spare == 0) return take_new(shelf, journal, units, out_number);
    uint32_t number = *spare - 1, next;
    unsigned char *at = qbg__shelf_at(shelf, number);
    memcpy(&next, at, sizeof next);
    qbg_status status = qbg__journal_keep(journal, at, size);
    if (status == QBG_OK) status = qbg__journal_set_uint32(journal, spare, next);
    if (status == QBG_OK) *out_number = number;
    return status;
}

qbg_status qbg__shelf_give(qbg__shelf *shelf, qbg__journal *journal, uint32_t number, size_t size) {
    unsigned char *at = qbg__shelf_at(shelf, number);
    size_t units = units_of(size);
    qbg_status status = qbg__journal_keep(journal, at, size);
    if (status != QBG_OK) return status;
    qbg__mem_wipe(at, size);
    if (units > QBG__SHELF_SPARES) return QBG_OK;
    uint32_t *spare = &shelf->spares[units - 1];
    memcpy(at, spare, sizeof *spare);
    return qbg__journal_set_uint32(journal, spare, number + 1);
}

void qbg__shelf_undone(qbg__shelf *shelf) {
    if (shelf->count == 0) return;
    head *newest = head_of(shelf, shelf->count - 1);
    size_t used = (size_t)shelf->used * QBG__SHELF_UNIT;
    if (newest->written <= used) return;
    qbg__mem_wipe((unsigned char *)newest + used, newest->written - used);
    newest->written = used;
}
