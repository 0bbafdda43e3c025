/* rows: dense numbered rows whose addresses stay put: blocks of 64, never moved. */
#ifndef QBG__ROWS_H
#define QBG__ROWS_H

#include "base/journal.h"

typedef struct qbg__rows {
    void **blocks;
    uint32_t block_capacity;
    uint32_t count;
    uint32_t item; /* bytes of a row */
} qbg__rows;

void qbg__rows_init(qbg__rows *rows, size_t item);
void qbg__rows_free(qbg__rows *rows, qbg__mem *mem);

/* The bytes that _free gives back; here as in all rooms below and above. */
uint64_t qbg__rows_bytes(const qbg__rows *rows);

#define QBG__BLOCK_ROWS 64u

/* The row with that number; NULL past the end. */
static inline void *qbg__rows_at(const qbg__rows *rows, uint32_t number) {
    if (number >= rows->count) return NULL;
    unsigned char *block = (unsigned char *)rows->blocks[number / QBG__BLOCK_ROWS];
    return block + (size_t)(number % QBG__BLOCK_ROWS) * rows->item;
}

/* A new zeroed row, number count - 1; NULL when memory is out. */
void *qbg__rows_add(qbg__rows *rows, qbg__journal *journal);

#endif
