/* lookup: hash from keys to 32-bit numbers like an index, for tens of millions of them: five bytes
 * each and little slack, since it holds no hashes. Whoever owns the rows tells them again when it
 * grows. */
#ifndef QBG__LOOKUP_H
#define QBG__LOOKUP_H

#include "base/index.h"

typedef struct qbg__lookup {
    uint32_t *numbers; /* behind them as many tags: 0 free, 1 removed, else eight bits of a hash */
    uint32_t capacity;
    uint32_t used;   /* tags that are not 0; what stands above is kept, what follows is not */
    uint64_t born;   /* turn in which the table was made: its tags need not be kept in it */
    uint64_t coming; /* so many more are expected, should it have to grow */
} qbg__lookup;

/* The hash of a row that is in there. */
typedef uint32_t qbg__lookup_hash(const void *owner, uint32_t number);

void qbg__lookup_free(qbg__lookup *lookup, qbg__mem *mem);
uint64_t qbg__lookup_bytes(const qbg__lookup *lookup);

/* The first number with that hash that matches, or QBG_NONE. */
uint32_t qbg__lookup_find(const qbg__lookup *lookup, uint32_t hash, qbg__index_match *match,
                          const void *owner, const void *wanted);

/* hash_of: of those that are in there. */
qbg_status qbg__lookup_add(qbg__lookup *lookup, qbg__journal *journal, uint32_t hash,
                           uint32_t number, qbg__lookup_hash *hash_of, const void *owner);

/* Removes that very number; does nothing when it is not there. */
qbg_status qbg__lookup_remove(qbg__lookup *lookup, qbg__journal *journal, uint32_t hash,
                              uint32_t number);

#endif
