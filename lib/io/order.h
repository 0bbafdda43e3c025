/* order: puts things in an order of one's own, by pointers to them. */
#ifndef QBG__ORDER_H
#define QBG__ORDER_H

#include "base/mem.h"

/* Negative, 0 or positive: a comes before, beside or behind b. */
typedef int qbg__order_compare(const void *a, const void *b, const void *context);

/* Sorts pointers; equal ones stay as they stood. QBG_E_MEMORY leaves them as they were. */
qbg_status qbg__order(const qbg__mem *mem, const void **items, size_t count,
                      qbg__order_compare *compare, const void *context);

#endif
