/* sort: a merge sort from the bottom up; see sort.h. Refusals, books and visitors need equals to
 * stay as they stood, which heaps and shells do not promise, and a merge compares least where
 * comparing is comparing texts. Not libc's qsort, which may take memory behind the host's back and
 * hands no context on. */
#include "base/sort.h"

#include <string.h>

/* So many are put in order faster by insertion than by merging. */
#define RUN 8

typedef struct order {
    qbg__sort_compare *compare;
    const void *context;
} order;

static int are_in_order(const order *by, const void *a, const void *b) {
    return by->compare(a, b, by->context) <= 0;
}

static void insert(const order *by, const void **items, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const void *item = items[i];
        size_t at = i;
        for (; at > 0 && !are_in_order(by, items[at - 1], item); at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Merges two runs, from[0..middle) and from[middle..end), into `to`. */
static void merge(const order *by, const void **from, const void **to, size_t middle, size_t end) {
    size_t left = 0, right = middle, at = 0;
    if (right < end && !are_in_order(by, from[middle - 1], from[middle]))
        while (left < middle && right < end)
            to[at++] = are_in_order(by, from[left], from[right]) ? from[left++] : from[right++];
    memcpy(to + at, from + left, (middle - left) * sizeof *to);
    memcpy(to + at + (middle - left), from + right, (end - right) * sizeof *to);
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static void sort(const order *by, const void **items, const void **room, size_t count) {
    for (size_t start = 0; start < count; start += RUN)
        insert(by, items + start, least(RUN, count - start));
    const void **from = items, **to = room;
    for (size_t run = RUN; run < count; run *= 2) {
        for (size_t start = 0; start < count; start += 2 * run)
            merge(by, from + start, to + start, least(run, count - start),
                  least(2 * run, count - start));
        const void **swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
}

void qbg__sort(const void **items, size_t count, qbg__sort_compare *compare, const void *context) {
    const order by = {compare, context};
    if (count > 1) sort(&by, items, items + count, count);
}

qbg_status qbg__sort_alloc(const qbg__mem *mem, const void **items, size_t count,
                           qbg__sort_compare *compare, const void *context) {
    if (count < 2) return QBG_OK;
    if (count > SIZE_MAX / 4 / sizeof *items) return QBG_E_MEMORY;
    const order by = {compare, context};
    qbg__mem own = qbg__mem_fork(mem);
    const void **room = qbg__mem_alloc(&own, count * sizeof *room);
    if (!room) return QBG_E_MEMORY;
    sort(&by, items, room, count);
    qbg__mem_free(&own, room, count * sizeof *room);
    return QBG_OK;
}

/* ---- By rank ---- */

#define DIGIT_BITS 11
#define DIGITS     ((64 + DIGIT_BITS - 1) / DIGIT_BITS)
#define VALUES     ((size_t)1 << DIGIT_BITS)

static size_t digit_of(uint64_t rank, int digit) {
    return (size_t)(rank >> digit * DIGIT_BITS) & (VALUES - 1);
}

/* Deals the items out by one digit; from where each value's go. Returns 0 when all have the same.
 */
static int deal(const qbg__ranked *from, qbg__ranked *to, size_t count, int digit) {
    size_t places[VALUES] = {0}, before = 0;
    for (size_t i = 0; i < count; i++) places[digit_of(from[i].rank, digit)]++;
    if (places[digit_of(from[0].rank, digit)] == count) return 0;
    for (size_t value = 0; value < VALUES; value++) {
        size_t own = places[value];
        places[value] = before;
        before += own;
    }
    for (size_t i = 0; i < count; i++) to[places[digit_of(from[i].rank, digit)]++] = from[i];
    return 1;
}

void qbg__sort_ranked(qbg__ranked *items, size_t count) {
    if (count < 2) return;
    qbg__ranked *from = items, *to = items + count;
    for (int digit = 0; digit < DIGITS; digit++) {
        if (!deal(from, to, count, digit)) continue;
        qbg__ranked *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
}

/* The bits of positive doubles ascend as these do, those of negative ones descend; and -0.0 + 0.0
 * is 0.0, which is no less. */
uint64_t qbg__rank_of(double value) {
    const uint64_t sign = (uint64_t)1 << 63;
    uint64_t bits;
    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}
