/* sort: puts things in an order of one's own, by pointers to them. */
#ifndef QBG__SORT_H
#define QBG__SORT_H

#include "base/mem.h"

/* Negative, 0 or positive: a comes before, beside or behind b. */
typedef int qbg__sort_compare(const void *a, const void *b, const void *context);

/* Sorts `count` pointers; equal ones stay as they stood. The array must hold as many again: its
 * second half is scratch. About n log n comparisons at most, and n for what is in order already. */
void qbg__sort(const void **items, size_t count, qbg__sort_compare *compare, const void *context);

/* The same for an array without that half: the scratch comes from the allocator of `mem`.
 * QBG_E_MEMORY leaves the pointers as they were. */
qbg_status qbg__sort_alloc(const qbg__mem *mem, const void **items, size_t count,
                           qbg__sort_compare *compare, const void *context);

/* Something to be put in the order of a number. */
typedef struct qbg__ranked {
    uint64_t rank;
    uint32_t item;
} qbg__ranked;

/* Sorts by rank, ascending, in time that depends on the count alone; equal ones stay as they stood.
 * The array must hold as many again, as scratch. */
void qbg__sort_ranked(qbg__ranked *items, size_t count);

/* A double as a rank: of two the greater one has the greater rank. Not of a NaN. */
uint64_t qbg__rank_of(double value);

#endif
