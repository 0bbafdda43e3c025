/* fixed: numbers that must be exact are integers: thousandths, minor units of money, and weights of
 * age. The decay table is computed here in 64-bit fixed point, as no two libms agree on a power,
 * and the proof that its rounding is right stands beside it. */
#include "base/fixed.h"

#include <string.h>

/* A number on its way from text: its digits without sign and point. */
typedef struct digits {
    uint64_t value;
    int places;  /* how many of its digits follow the point */
    int is_full; /* 1 once it does not fit 64 bits */
} digits;

static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static void add_digit(digits *number, unsigned digit) {
    if (number->value > (UINT64_MAX - digit) / 10) {
        number->is_full = 1;
        return;
    }
    number->value = number->value * 10 + digit;
}

/* The digits behind the point; those beyond `places` only if they are zeros. */
static const char *read_fraction(const char *at, const char *end, int places, digits *number) {
    for (; at < end && is_digit(*at); at++) {
        if (number->places < places) {
            add_digit(number, (unsigned)(*at - '0'));
            number->places++;
        } else if (*at != '0') {
            return NULL;
        }
    }
    return at;
}

/* The whole text without its sign as digits; 0 when it does not read as a decimal. */
static int read_digits(const char *at, const char *end, int places, digits *number) {
    const char *first = at;
    for (; at < end && is_digit(*at); at++) add_digit(number, (unsigned)(*at - '0'));
    if (at == end) return at > first;
    if (*at++ != '.' || at == end) return 0;
    return read_fraction(at, end, places, number) == end;
}

qbg_status qbg__decimal_read(const char *text, size_t size, int places, int64_t *out) {
    digits number = {0, 0, 0};
    int is_negative = size > 0 && text[0] == '-';
    int is_signed = is_negative || (size > 0 && text[0] == '+');
    if (!read_digits(text + is_signed, text + size, places, &number)) return QBG_E_FORMAT;
    while (number.places++ < places) add_digit(&number, 0);
    uint64_t limit = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
    if (number.is_full || number.value > limit) return QBG_E_RANGE;
    if (!is_negative)
        *out = (int64_t)number.value;
    else if (number.value > (uint64_t)INT64_MAX)
        *out = INT64_MIN;
    else
        *out = -(int64_t)number.value;
    return QBG_OK;
}

/* From the last digit to the first, and then moved to the front. */
static size_t write_decimal(int64_t value, int places, int is_short, char out[32]) {
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t at = 31;
    while (is_short && places > 0 && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    out[at] = '\0';
    for (int place = 0; place <= places || rest > 0; place++) {
        if (place == places && places > 0) out[--at] = '.';
        out[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0) out[--at] = '-';
    memmove(out, out + at, 32 - at);
    return 31 - at;
}

size_t qbg__decimal_write(int64_t value, int places, char out[32]) {
    return write_decimal(value, places, 1, out);
}

size_t qbg__money_write(int64_t minor, int places, char out[32]) {
    return write_decimal(minor, places, 0, out);
}

int qbg__add_overflows(int64_t a, int64_t b, int64_t *out) {
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return 1;
    *out = a + b;
    return 0;
}

int qbg__mul_overflows(int64_t a, int64_t b, int64_t *out) {
    int is_negative = (a < 0) != (b < 0);
    uint64_t left = a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
    uint64_t right = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
    uint64_t limit = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
    if (left != 0 && right > limit / left) return 1;
    uint64_t product = left * right;
    if (!is_negative)
        *out = (int64_t)product;
    else if (product > (uint64_t)INT64_MAX)
        *out = INT64_MIN;
    else
        *out = -(int64_t)product;
    return 0;
}

/* The high 64 bits of a product, from 32-bit halves: 128-bit integers are not C11. */
static uint64_t mul_high(uint64_t a, uint64_t b) {
    uint64_t a_low = a & UINT32_MAX, a_high = a >> 32;
    uint64_t b_low = b & UINT32_MAX, b_high = b >> 32;
    uint64_t low = a_low * b_low;
    uint64_t middle = a_high * b_low + (low >> 32);
    uint64_t other = a_low * b_high + (middle & UINT32_MAX);
    return a_high * b_high + (middle >> 32) + (other >> 32);
}

#define LN2_Q64    UINT64_C(0xB17217F7D1CF79AB) /* ln 2 in units of 2^-64, cut */
#define ONE_Q63    (UINT64_C(1) << 63)
#define LAST_TERM  20
#define HALF_LIVES 25 /* after so many a weight is 1, and a day later 0 */

/* 2^(-part / whole) in units of 2^-63, for 0 <= part < whole <= 365.
 *
 * It is exp(-y) with y = part/whole * ln 2, by its series in Horner's form,
 * 1 - y/1 * (1 - y/2 * (1 - y/3 * (...))), where every factor lies in (0, 1], so nothing overflows.
 * Each of the two divisions and products of a step cuts less than one unit off, and what a step got
 * wrong enters the next one times y/k < 0.7: together less than 5 units of 2^-63 with the error of
 * y itself (below 2 units of 2^-64). The series is cut after y^20/20!, which leaves less than
 * 2^-76. So the result errs by less than 2^-60; for part 0 it is exact. */
static uint64_t power_of_half(uint32_t part, uint32_t whole) {
    uint64_t y = LN2_Q64 / whole * part + LN2_Q64 % whole * part / whole;
    uint64_t sum = ONE_Q63;
    for (uint64_t k = LAST_TERM; k > 0; k--) sum = ONE_Q63 - mul_high(y, sum) / k;
    return sum;
}

size_t qbg__decay_size(int32_t half_life_days) {
    return (size_t)HALF_LIVES * (size_t)half_life_days + 2;
}

/* An age of q whole half-lives and s days weighs 2^(24-q) * 2^(-s/H). Here the power has 62 places,
 * so that adding the half and shifting by 63 at most stays within 64 bits, and errs by less than
 * 2^-59; what is rounded errs by less than 2^(24-q-59). Rounding goes wrong only if the true value
 * lies that near to a whole number and a half. It never does: of all 1.6 million pairs of age and
 * half-life the nearest stays 2^(24-q-42) away from one (tests/deep/decay.py measures it, and
 * checks every entry by whole numbers), and where s is 0 the power is exact. */
void qbg__decay_fill(int32_t half_life_days, uint32_t *table) {
    uint32_t whole = (uint32_t)half_life_days;
    for (uint32_t s = 0; s < whole; s++) {
        uint64_t power = power_of_half(s, whole) >> 1;
        for (uint32_t q = 0; q < HALF_LIVES; q++)
            table[q * whole + s] = (uint32_t)((power + (UINT64_C(1) << (37 + q))) >> (38 + q));
    }
    table[HALF_LIVES * whole] = 1;
    table[HALF_LIVES * whole + 1] = 0;
}
