/* shelf: millions of short records of bytes, each under a number of 32 bits, packed into pages that
 * never move. Who puts a record there knows how long it is. */
#ifndef QBG__SHELF_H
#define QBG__SHELF_H

#include "base/journal.h"

/* Records begin at every second byte, so numbers reach eight gigabytes. */
#define QBG__SHELF_UNIT  2u
#define QBG__SHELF_SPOTS 32768u /* of a page where a record can begin */

/* Places of up to so many units are used again. */
#define QBG__SHELF_SPARES 64u

typedef struct qbg__shelf {
    unsigned char **pages;
    uint32_t count, capacity;
    uint32_t used;                      /* units of the newest page, its head included */
    uint32_t spares[QBG__SHELF_SPARES]; /* by units - 1: a free place's number + 1, which begins
                                           with that of the next; 0: none */
} qbg__shelf;

void qbg__shelf_free(qbg__shelf *shelf, qbg__mem *mem);
uint64_t qbg__shelf_bytes(const qbg__shelf *shelf);

/* Where a record is; it stays there. */
static inline unsigned char *qbg__shelf_at(const qbg__shelf *shelf, uint32_t number) {
    return shelf->pages[number / QBG__SHELF_SPOTS] +
           (size_t)(number % QBG__SHELF_SPOTS) * QBG__SHELF_UNIT;
}

/* A place for a record of so many bytes, at least 4, which the caller writes. */
qbg_status qbg__shelf_take(qbg__shelf *shelf, qbg__journal *journal, size_t size,
                           uint32_t *out_number);

/* Wipes a record of so many bytes and gives its place up. */
qbg_status qbg__shelf_give(qbg__shelf *shelf, qbg__journal *journal, uint32_t number, size_t size);

/* Does a record of `size` bytes need as much room as one of `other` bytes? */
int qbg__shelf_is_like(size_t size, size_t other);

/* After a change was undone: wipes the records that came with it, where they lie in a page that
 * stays. */
void qbg__shelf_undone(qbg__shelf *shelf);

#endif
