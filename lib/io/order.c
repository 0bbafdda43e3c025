/* order: a merge sort from the bottom up; see order.h. Not libc's qsort, which may take memory
 * behind the host's back, hands no context on, and promises nothing about equals. */
#include "io/order.h"

#include <string.h>

/* Merges two runs, from[start..middle) and from[middle..end), into `to`. */
static void merge(const void **from, const void **to, size_t start, size_t middle, size_t end,
                  qbg__order_compare *compare, const void *context) {
    size_t left = start, right = middle;
    for (size_t at = start; at < end; at++) {
        int take_left =
            right == end || (left < middle && compare(from[left], from[right], context) <= 0);
        to[at] = take_left ? from[left++] : from[right++];
    }
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

qbg_status qbg__order(const qbg__mem *mem, const void **items, size_t count,
                      qbg__order_compare *compare, const void *context) {
    if (count < 2) return QBG_OK;
    if (count > SIZE_MAX / 4 / sizeof *items) return QBG_E_MEMORY;
    qbg__mem own = qbg__mem_fork(mem);
    const void **room = qbg__mem_alloc(&own, count * sizeof *room);
    if (!room) return QBG_E_MEMORY;
    const void **from = items, **to = room;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t start = 0; start < count; start += 2 * run)
            merge(from, to, start, least(start + run, count), least(start + 2 * run, count),
                  compare, context);
        const void **swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
    qbg__mem_free(&own, room, count * sizeof *room);
    return QBG_OK;
}
