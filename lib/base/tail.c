/* tail: see tail.h. The chances of neighbours are in the ratio (shape + j - 1) x ratio / j, so all
 * follow from any one by a multiplication and a division each, and their sum, which has to be 1,
 * says what that one was. So neither a gamma function nor a power is computed. One starts at the
 * most likely count: from there all go down, and what gets too small for a double does not matter.
 * The other way, log-gamma and exp, would need both to some 1e-16 in sums of + - * /, and loses
 * digits when it subtracts large logarithms. */
#include "base/tail.h"

/* What a sum leaves out, in units of it, is no more than this. */
#define NEGLIGIBLE 0x1p-58

/* What is less likely than the most likely count by this is taken for impossible: below it a double
 * loses digits, and a processor time. */
#define NOTHING 1e-290

/* P(X = count) / P(X = count - 1). */
static double step(double shape, double ratio, double count) {
    return (shape + count - 1) * ratio / count;
}

/* The most likely count. */
static uint64_t top_of(double shape, double ratio) {
    return shape > 1 ? (uint64_t)((shape - 1) * ratio / (1 - ratio)) : 0;
}

/* The sum of all from `count` on, of which the first is `chance`. From the top on each is less than
 * the one before, and no step from here on is greater than the next or than the ratio: so a
 * geometric sum is no less than what is left out. */
static double sum_up(double shape, double ratio, uint64_t count, double chance) {
    double sum = chance;
    for (;;) {
        double next = step(shape, ratio, (double)++count);
        double most = next > ratio ? next : ratio;
        chance *= next;
        sum += chance;
        if (most < 1 && chance <= sum * NEGLIGIBLE * (1 - most)) return sum;
    }
}

/* Of those from `last` on: their sum in units of the greatest of all, which is at `top`; and in
 * these the chance of `last`. */
static double sum_beyond(double shape, double ratio, uint64_t top, uint32_t last, double *chance) {
    double sum = sum_up(shape, ratio, top, 1);
    *chance = 1;
    for (uint64_t at = top; at > last && *chance > NOTHING; at--) {
        *chance /= step(shape, ratio, (double)at);
        sum += *chance;
    }
    if (*chance <= NOTHING) *chance = 0;
    return sum;
}

/* Those from `from` up to `last`, and behind; the chance of `from` is 1 here. */
static void fill_up(double shape, double ratio, uint32_t from, uint32_t last, double *chances) {
    double chance = 1;
    uint32_t at = from;
    for (; at < last && chance > NOTHING; at++) {
        chances[at] = chance;
        chance *= step(shape, ratio, at + 1.0);
    }
    chances[last] = chance > NOTHING ? sum_up(shape, ratio, last, chance) : 0;
    for (; at < last; at++) chances[at] = 0;
}

/* Those below `from`, whose chance is given. */
static void fill_down(double shape, double ratio, uint32_t from, double chance, double *chances) {
    uint32_t at = from;
    for (; at > 0 && chance > NOTHING; at--) {
        chance /= step(shape, ratio, at);
        chances[at - 1] = chance;
    }
    for (; at > 0; at--) chances[at - 1] = 0;
}

void qbg__tail_fill(double shape, double ratio, uint32_t last, double *chances) {
    const uint64_t top = top_of(shape, ratio);
    double chance = 1;
    if (top >= last)
        chances[last] = sum_beyond(shape, ratio, top, last, &chance);
    else
        fill_up(shape, ratio, (uint32_t)top, last, chances);
    fill_down(shape, ratio, top < last ? (uint32_t)top : last, chance, chances);
    double all = chances[last];
    for (uint32_t at = last; at-- > 0;) all += chances[at];
    for (uint32_t at = 0; at <= last; at++) chances[at] /= all;
}

double qbg__tail_power(double base, uint64_t exponent) {
    double power = 1;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) power *= base;
        base *= base;
    }
    return power;
}
