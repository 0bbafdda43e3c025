/* fixed: exact decimals as integers, money, and the decay table D. */
#ifndef QBG__FIXED_H
#define QBG__FIXED_H

#include "qbg/status.h"

/* The shortest and the longest half-life, in days. */
#define QBG__HALF_LIFE_FIRST 1
#define QBG__HALF_LIFE_LAST  365

/* Reads "-12.5" as -12500 with places = 3 (0..18). An optional sign, digits, a point and digits;
 * ".5" is fine; "5.", ".", blanks and exponents are not. Digits beyond `places` must be zeros.
 * QBG_E_FORMAT: no such decimal; QBG_E_RANGE: more than 64 bits. */
qbg_status qbg__decimal_read(const char *text, size_t size, int places, int64_t *out);

/* The shortest exact text ("2.5", "-10"), and the one with all its places ("1200000.00"), followed
 * by a NUL. Return the length without it. places 0..18. */
size_t qbg__decimal_write(int64_t value, int places, char out[32]);
size_t qbg__money_write(int64_t minor, int places, char out[32]);

/* 1 when the result does not fit, and then *out stays as it was; else 0. */
int qbg__add_overflows(int64_t a, int64_t b, int64_t *out);
int qbg__mul_overflows(int64_t a, int64_t b, int64_t *out);

/* How many entries the decay table of a half-life has: 25 * half_life_days + 2. */
size_t qbg__decay_size(int32_t half_life_days);

/* Fills table[a] with D[a], the weight of something `a` whole days old in units of 2^-24:
 * 2^24 * 2^(-a / half_life_days) rounded half up, the last entry 0. Whoever looks up an older age
 * takes the last entry. half_life_days 1..365. */
void qbg__decay_fill(int32_t half_life_days, uint32_t *table);

#endif
