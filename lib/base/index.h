/* index: hash from keys to dense 32-bit row numbers. It holds hashes and numbers only; whoever owns
 * the rows compares the keys. Several rows may share a hash. */
#ifndef QBG__INDEX_H
#define QBG__INDEX_H

#include "base/journal.h"

typedef struct qbg__slot {
    uint32_t hash;
    uint32_t row; /* number + 1; 0: never used; QBG_NONE: removed */
} qbg__slot;

typedef struct qbg__index {
    qbg__slot *slots;
    uint32_t capacity; /* a power of two, or 0 */
    uint32_t used;     /* slots not 0, the removed ones included */
    uint64_t born;     /* turn in which the table was made: its slots need not be kept in it */
} qbg__index;

/* 1 when the row is the one looked for. */
typedef int qbg__index_match(const void *owner, uint32_t row, const void *wanted);

uint32_t qbg__index_hash(const void *bytes, size_t size);
uint32_t qbg__index_hash_pair(uint32_t a, uint32_t b);

void qbg__index_free(qbg__index *index, qbg__mem *mem);
uint64_t qbg__index_bytes(const qbg__index *index);

/* The first row with that hash that matches, or QBG_NONE. */
uint32_t qbg__index_find(const qbg__index *index, uint32_t hash, qbg__index_match *match,
                         const void *owner, const void *wanted);

qbg_status qbg__index_add(qbg__index *index, qbg__journal *journal, uint32_t hash, uint32_t row);

/* Gives the whole index up. */
qbg_status qbg__index_drop(qbg__index *index, qbg__journal *journal);

/* Removes that very row; does nothing when it is not there. */
qbg_status qbg__index_remove(qbg__index *index, qbg__journal *journal, uint32_t hash, uint32_t row);

#endif
