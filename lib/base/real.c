/* real: doubles to text and back, and in order; see real.h. Both conversions are exact integer
 * arithmetic on numbers of a few thousand bits: writing is the digit generation of Steele & White
 * in the form of Burger & Dybvig, reading is long division to the last bit. Faster ways (Grisu,
 * Ryu, Eisel-Lemire) need tables of powers and a proof each. Two short cuts need neither: writing
 * what is neither tiny nor huge is the same arithmetic in words of 64 bits, and short decimals,
 * which is nearly all that people type, are read by one multiplication or division. Sorting is by
 * heap, so that no input is slow and nothing is allocated. */
#include "base/real.h"

#include <float.h>
#include <string.h>

/* ---- what doubles are --------------------------------------------------------------------------
 * The same facts have to give the same bits everywhere, so a machine or a build that computes
 * otherwise is refused: here if the compiler knows it, else by whoever asks qbg__real_is_exact. */

_Static_assert(sizeof(double) == 8 && FLT_RADIX == 2 && DBL_MANT_DIG == 53 &&
                   DBL_MIN_EXP == -1021 && DBL_MAX_EXP == 1024,
               "doubles have to be those of IEEE-754, as figures are stored and told in them");
_Static_assert(FLT_EVAL_METHOD == 0,
               "doubles have to be computed as doubles: more digits in between round twice, and "
               "figures differ in the last bit (32-bit x86: compile with -msse2 -mfpmath=sse)");
#ifdef __FAST_MATH__
#error "-ffast-math lets the compiler compute something else than is written: build without it"
#endif

/* fenv.h would not do: it belongs to libm and knows nothing of flushing. The operands are volatile,
 * else the compiler would compute the answer, and to nearest. Half a last place above 1 and below 1
 * are ties: only to nearest, ties to even, are both 1 again. The difference of the two small
 * numbers is subnormal, made by one sum and taken by another: products of such numbers are slow. */
int qbg__real_is_exact(void) {
    volatile double one = 1, above = DBL_EPSILON / 2, below = DBL_EPSILON / 4;
    volatile double small = DBL_MIN, more = 1.5 * DBL_MIN;
    if (one + above > one || one - below < one) return 0;
    return more - small + small >= more;
}

/* ---- a natural number of up to BIG_WORDS * 32 bits ---------------------------------------------
 * The largest that occurs is 10^(MAX_DIGITS + 330) when reading, doubled: 118 words. */

#define BIG_WORDS 120

typedef struct big {
    uint32_t count; /* words in use; the last one is not 0 */
    uint32_t word[BIG_WORDS];
} big;

static void big_set(big *number, uint64_t value) {
    number->count = 0;
    for (; value > 0; value >>= 32) number->word[number->count++] = (uint32_t)value;
}

/* An assignment would copy the words that are not in use, too. */
static void big_copy(big *to, const big *from) {
    to->count = from->count;
    memcpy(to->word, from->word, from->count * sizeof from->word[0]);
}

static void big_multiply_add(big *number, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (uint32_t i = 0; i < number->count; i++) {
        carry += (uint64_t)number->word[i] * factor;
        number->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) number->word[number->count++] = (uint32_t)carry;
}

static void big_times_power_of_ten(big *number, uint32_t exponent) {
    for (; exponent >= 9; exponent -= 9) big_multiply_add(number, 1000000000, 0);
    for (; exponent > 0; exponent--) big_multiply_add(number, 10, 0);
}

static void big_shift(big *number, uint32_t bits) {
    uint32_t words = bits / 32;
    if (number->count == 0) return;
    if (words > 0) {
        memmove(number->word + words, number->word, number->count * sizeof number->word[0]);
        memset(number->word, 0, words * sizeof number->word[0]);
        number->count += words;
    }
    big_multiply_add(number, (uint32_t)1 << bits % 32, 0);
}

/* number > 0. */
static uint32_t big_bit_count(const big *number) {
    uint32_t bits = number->count * 32;
    for (uint32_t top = number->word[number->count - 1]; top < 0x80000000; top <<= 1) bits--;
    return bits;
}

/* Below, at or above 0 as a is below, at or above b. */
static int big_compare(const big *a, const big *b) {
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (uint32_t i = a->count; i-- > 0;)
        if (a->word[i] != b->word[i]) return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

static void big_add(big *a, const big *b) {
    uint64_t carry = 0;
    while (a->count < b->count) a->word[a->count++] = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        carry += (uint64_t)a->word[i] + (i < b->count ? b->word[i] : 0);
        a->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) a->word[a->count++] = (uint32_t)carry;
}

/* a >= b. */
static void big_subtract(big *a, const big *b) {
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        uint64_t less = (i < b->count ? b->word[i] : 0) + borrow;
        borrow = a->word[i] < less;
        a->word[i] = (uint32_t)(a->word[i] - less);
    }
    while (a->count > 0 && a->word[a->count - 1] == 0) a->count--;
}

/* ---- the parts of a double ---------------------------------------------------------------- */

#define HIDDEN_BIT    ((uint64_t)1 << 52)
#define INFINITY_BITS ((uint64_t)0x7FF << 52)
#define SIGN_BIT      ((uint64_t)1 << 63)

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* ---- writing ------------------------------------------------------------------------------ */

/* value = 0.d1d2d3... * 10^point. */
typedef struct decimal {
    char digits[18];
    int32_t count;
    int32_t point;
} decimal;

/* The largest p with 10^p <= 2^exponent, for any exponent of a double: 78913 / 2^18 is log10 2,
 * near enough for 1100 of them. */
static int32_t power_of_ten_below(int32_t exponent) {
    int32_t scaled = exponent * 78913;
    return scaled >= 0 ? scaled / 262144 : -((262143 - scaled) / 262144);
}

/* Is rest + margin beyond the scale, so that the digits so far plus one still mean the value? */
static int reaches(const big *rest, const big *margin, const big *scale, int inclusive) {
    big sum;
    big_copy(&sum, rest);
    big_add(&sum, margin);
    int order = big_compare(&sum, scale);
    return inclusive ? order >= 0 : order > 0;
}

/* Digits of rest / scale until all that follow would be read as the same double: its neighbours'
 * midpoints are `below` and `above` away. A midpoint itself reads as the even mantissa. */
static void generate(big *rest, const big *scale, big *below, big *above, int even, decimal *out) {
    for (out->count = 0;;) {
        big_multiply_add(rest, 10, 0);
        big_multiply_add(below, 10, 0);
        big_multiply_add(above, 10, 0);
        int digit = 0;
        for (; big_compare(rest, scale) >= 0; digit++) big_subtract(rest, scale);
        int order = big_compare(rest, below);
        int down = even ? order <= 0 : order < 0;
        int up = reaches(rest, above, scale, even);
        if (down && up) {
            big_add(rest, rest);
            order = big_compare(rest, scale);
            up = order > 0 || (order == 0 && digit % 2 == 1);
        }
        out->digits[out->count++] = (char)('0' + digit + (up ? 1 : 0));
        if (down || up) return;
    }
}

/* bits: positive and finite. All quantities are in quarters of the last place, since the neighbour
 * below a power of two is half as far as the one above, and midpoints halve that again. */
static void shortest(uint64_t bits, decimal *out) {
    uint64_t mantissa = bits % HIDDEN_BIT;
    int32_t exponent = (int32_t)(bits / HIDDEN_BIT);
    int narrow = mantissa == 0 && exponent > 1;
    if (exponent > 0) mantissa += HIDDEN_BIT;
    exponent = (exponent > 0 ? exponent : 1) - 1075;

    big rest, scale, below, above;
    big_set(&rest, mantissa);
    out->point = power_of_ten_below(exponent + (int32_t)big_bit_count(&rest) - 1) + 1;
    big_set(&rest, mantissa * 4);
    big_set(&scale, 4);
    big_set(&below, narrow ? 1 : 2);
    big_set(&above, 2);
    if (exponent > 0) {
        big_shift(&rest, (uint32_t)exponent);
        big_shift(&below, (uint32_t)exponent);
        big_shift(&above, (uint32_t)exponent);
    } else {
        big_shift(&scale, (uint32_t)-exponent);
    }
    if (out->point > 0) {
        big_times_power_of_ten(&scale, (uint32_t)out->point);
    } else {
        big_times_power_of_ten(&rest, (uint32_t)-out->point);
        big_times_power_of_ten(&below, (uint32_t)-out->point);
        big_times_power_of_ten(&above, (uint32_t)-out->point);
    }
    int even = mantissa % 2 == 0;
    if (reaches(&rest, &above, &scale, even)) {
        big_multiply_add(&scale, 10, 0);
        out->point++;
    }
    generate(&rest, &scale, &below, &above, even, out);
}

/* ---- writing what is neither tiny nor huge ----------------------------------------------------
 * From 2^-6 up to 2^53 no power of ten need be in the scale, which then is 2^60 at most, so that
 * ten times a rest below it fits 64 bits. An integer of that size is a double, and lies within the
 * reach of no other one; so before the point all digits are written, and behind it they are
 * generated as above. */
#define MOST_PLACES 58 /* binary ones behind the point */

static size_t put_whole(uint64_t value, char *out, size_t at) {
    char digits[20];
    size_t count = 0;
    do digits[sizeof digits - ++count] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    memcpy(out + at, digits + sizeof digits - count, count);
    return at + count;
}

/* See `generate`; the scale is 2^bits. */
static size_t put_behind_point(uint64_t rest, uint32_t bits, uint64_t below, int even, char *out,
                               size_t at) {
    const uint64_t scale = (uint64_t)1 << bits, inclusive = even ? 1 : 0;
    for (uint64_t above = 2;;) {
        rest *= 10;
        below *= 10;
        above *= 10;
        uint64_t digit = rest >> bits;
        rest &= scale - 1;
        int down = rest < below + inclusive;
        int up = rest + above + inclusive > scale;
        if (down && up) up = rest * 2 > scale || (rest * 2 == scale && digit % 2 == 1);
        out[at++] = (char)('0' + digit + (up ? 1 : 0));
        if (down || up) return at;
    }
}

/* bits: not negative. Returns where the text ends; 0 when this is not the way to write it. */
static size_t put_short(uint64_t bits, char *out, size_t at) {
    uint64_t mantissa = bits % HIDDEN_BIT + HIDDEN_BIT;
    int32_t places = 1075 - (int32_t)(bits / HIDDEN_BIT);
    if (places < 0 || places > MOST_PLACES) return 0;
    uint64_t rest = mantissa % ((uint64_t)1 << places) * 4;
    at = put_whole(mantissa >> places, out, at);
    if (rest == 0) return at;
    out[at++] = '.';
    return put_behind_point(rest, (uint32_t)places + 2, mantissa == HIDDEN_BIT ? 1 : 2,
                            mantissa % 2 == 0, out, at);
}

/* ---- writing as text --------------------------------------------------------------------------
 */

static size_t put(char *out, size_t at, const char *bytes, int32_t count) {
    memcpy(out + at, bytes, (size_t)count);
    return at + (size_t)count;
}

static size_t put_zeros(char *out, size_t at, int32_t count) {
    memset(out + at, '0', (size_t)count);
    return at + (size_t)count;
}

static size_t put_plain(const decimal *number, char *out, size_t at) {
    if (number->point <= 0) {
        at = put(out, at, "0.", 2);
        at = put_zeros(out, at, -number->point);
        return put(out, at, number->digits, number->count);
    }
    if (number->point >= number->count) {
        at = put(out, at, number->digits, number->count);
        return put_zeros(out, at, number->point - number->count);
    }
    at = put(out, at, number->digits, number->point);
    out[at++] = '.';
    return put(out, at, number->digits + number->point, number->count - number->point);
}

static size_t put_scientific(const decimal *number, char *out, size_t at) {
    int32_t exponent = number->point - 1;
    out[at++] = number->digits[0];
    if (number->count > 1) out[at++] = '.';
    at = put(out, at, number->digits + 1, number->count - 1);
    out[at++] = 'e';
    out[at++] = exponent < 0 ? '-' : '+';
    if (exponent < 0) exponent = -exponent;
    if (exponent >= 100) out[at++] = (char)('0' + exponent / 100);
    if (exponent >= 10) out[at++] = (char)('0' + exponent / 10 % 10);
    out[at++] = (char)('0' + exponent % 10);
    return at;
}

size_t qbg__real_write_wide(double value, char out[32]) {
    uint64_t bits = bits_of(value);
    size_t at = 0;
    decimal number = {"0", 1, 1};
    if ((bits & INFINITY_BITS) == INFINITY_BITS) {
        memcpy(out, "null", 5);
        return 4;
    }
    if (bits & SIGN_BIT) out[at++] = '-';
    bits &= ~SIGN_BIT;
    if (bits > 0) shortest(bits, &number);
    int plain = number.point > -6 && number.point <= 21;
    at = plain ? put_plain(&number, out, at) : put_scientific(&number, out, at);
    out[at] = '\0';
    return at;
}

size_t qbg__real_write(double value, char out[32]) {
    uint64_t bits = bits_of(value);
    out[0] = '-';
    size_t size = put_short(bits & ~SIGN_BIT, out, bits & SIGN_BIT ? 1 : 0);
    if (size == 0) return qbg__real_write_wide(value, out);
    out[size] = '\0';
    return size;
}

/* ---- reading ------------------------------------------------------------------------------ */

/* A double and the midpoints beside it have at most 767 digits, so what comes after this many can
 * only say "and a little more", which one digit 1 says as well. */
#define MAX_DIGITS 800

/* value = the digits as an integer * 10^exponent; no zeros at either end. */
typedef struct numeral {
    char digits[MAX_DIGITS + 1];
    uint32_t count;
    int64_t exponent;
    int negative;
    int more; /* digits that are not 0 were left out */
} numeral;

static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static void take_digit(numeral *number, char digit) {
    if (number->count == 0 && digit == '0') return;
    if (number->count < MAX_DIGITS) {
        number->digits[number->count++] = digit;
        return;
    }
    number->exponent++;
    if (digit != '0') number->more = 1;
}

static void settle_digits(numeral *number) {
    if (number->more) {
        number->digits[number->count++] = '1';
        number->exponent--;
        return;
    }
    while (number->count > 0 && number->digits[number->count - 1] == '0') {
        number->count--;
        number->exponent++;
    }
}

/* The sign and digits after "e". Past 10^17 an exponent may stop growing: no text has as many zeros
 * as would bring the value back among the doubles. */
static qbg_status parse_exponent(const char *text, size_t size, int64_t *exponent) {
    const int64_t enough = 100000000000000000;
    size_t at = 0;
    int64_t value = 0;
    int negative = 0;
    if (at < size && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
    if (at == size) return QBG_E_FORMAT;
    for (; at < size; at++) {
        if (!is_digit(text[at])) return QBG_E_FORMAT;
        if (value < enough) value = value * 10 + (text[at] - '0');
    }
    *exponent += negative ? -value : value;
    return QBG_OK;
}

static qbg_status parse(const char *text, size_t size, numeral *number) {
    size_t at = 0;
    number->count = 0;
    number->exponent = 0;
    number->negative = 0;
    number->more = 0;
    if (at < size && (text[at] == '+' || text[at] == '-')) number->negative = text[at++] == '-';
    size_t first = at;
    for (; at < size && is_digit(text[at]); at++) take_digit(number, text[at]);
    size_t whole = at - first;
    if (at < size && text[at] == '.') {
        first = ++at;
        for (; at < size && is_digit(text[at]); at++) take_digit(number, text[at]);
        if (at == first) return QBG_E_FORMAT;
        number->exponent -= (int64_t)(at - first);
    } else if (whole == 0) {
        return QBG_E_FORMAT;
    }
    settle_digits(number);
    if (at == size) return QBG_OK;
    if (text[at] != 'e' && text[at] != 'E') return QBG_E_FORMAT;
    return parse_exponent(text + at + 1, size - at - 1, &number->exponent);
}

/* An integer up to 2^53 and a power of ten up to 10^22 are doubles themselves, so that one
 * multiplication or division rounds once, to nearest if the thread does. */
static int short_cut(const numeral *number, double *out) {
    uint64_t integer = 0;
    double power = 1;
    if (number->count > 18) return 0;
    if (number->exponent < -22 || number->exponent > 22) return 0;
    for (uint32_t i = 0; i < number->count; i++)
        integer = integer * 10 + (uint64_t)(number->digits[i] - '0');
    if (integer > 2 * HIDDEN_BIT) return 0;
    for (int64_t i = number->exponent; i != 0; i += i < 0 ? 1 : -1) power *= 10;
    *out = number->exponent < 0 ? (double)integer / power : (double)integer * power;
    return 1;
}

/* The bits of the double nearest to over / under, both not 0; INFINITY_BITS or more when it is too
 * large. */
static uint64_t nearest(big *over, big *under) {
    int32_t exponent = (int32_t)big_bit_count(over) - (int32_t)big_bit_count(under);
    if (exponent > 0) big_shift(under, (uint32_t)exponent);
    if (exponent < 0) big_shift(over, (uint32_t)-exponent);
    if (big_compare(over, under) < 0) {
        big_shift(over, 1);
        exponent--;
    }
    /* Now 1 <= over / under < 2; a subnormal has fewer places, and below a quarter of the last one
     * there is nothing. */
    int32_t places = exponent < -1022 ? 53 - (-1022 - exponent) : 53;
    uint64_t biased = exponent < -1022 ? 0 : (uint64_t)(exponent + 1022);
    uint64_t mantissa = 0;
    if (places < 0) return 0;
    for (int32_t i = 0; i < places; i++) {
        mantissa *= 2;
        if (big_compare(over, under) >= 0) {
            big_subtract(over, under);
            mantissa++;
        }
        big_shift(over, 1);
    }
    int order = big_compare(over, under);
    if (order > 0 || (order == 0 && mantissa % 2 == 1)) mantissa++;
    /* Added, not or-ed: a hidden bit, and a carry out of the rounding, raise the exponent. */
    return (biased << 52) + mantissa;
}

static uint64_t long_way(const numeral *number) {
    big over, under;
    big_set(&over, (uint64_t)(number->digits[0] - '0'));
    for (uint32_t i = 1; i < number->count; i++)
        big_multiply_add(&over, 10, (uint32_t)(number->digits[i] - '0'));
    big_set(&under, 1);
    if (number->exponent > 0) big_times_power_of_ten(&over, (uint32_t)number->exponent);
    if (number->exponent < 0) big_times_power_of_ten(&under, (uint32_t)-number->exponent);
    return nearest(&over, &under);
}

qbg_status qbg__real_read(const char *text, size_t size, double *out) {
    numeral number;
    double value = 0;
    qbg_status status = parse(text, size, &number);
    if (status != QBG_OK) return status;
    /* 10^(point - 1) <= value < 10^point: outside these bounds it is infinite or 0 for certain. */
    int64_t point = number.exponent + number.count;
    if (number.count > 0 && point > 310) return QBG_E_RANGE;
    if (number.count > 0 && point > -330 && !short_cut(&number, &value)) {
        uint64_t bits = long_way(&number);
        if (bits >= INFINITY_BITS) return QBG_E_RANGE;
        value = double_of(bits);
    }
    *out = number.negative ? -value : value;
    return QBG_OK;
}

/* ---- sorting ------------------------------------------------------------------------------ */

/* So many values are few. */
#define FEW 24

/* Not by base/sort: every assessment sorts the factors of its group, mostly fewer than twenty. Each
 * value's place is how many go before it, counted by comparing all pairs: more comparisons than
 * needed, but none is a branch, which a processor would guess wrong every other time. */
static void counting_sort(double *values, size_t count) {
    double sorted[FEW];
    uint32_t places[FEW];
    for (uint32_t i = 0; i < count; i++) {
        double value = values[i];
        uint32_t behind = 0;
        for (uint32_t at = 0; at < i; at++) {
            uint32_t is_behind = value < values[at];
            places[at] += is_behind;
            behind += is_behind;
        }
        places[i] = i - behind;
    }
    for (size_t i = 0; i < count; i++) sorted[places[i]] = values[i];
    memcpy(values, sorted, count * sizeof *values);
}

/* Lets values[at] sink until no parent below it is less than its children. */
static void sink(double *values, size_t at, size_t count) {
    double value = values[at];
    while (at < count / 2) {
        size_t child = 2 * at + 1;
        if (child + 1 < count && values[child + 1] > values[child]) child++;
        if (values[child] <= value) break;
        values[at] = values[child];
        at = child;
    }
    values[at] = value;
}

void qbg__real_sort(double *values, size_t count) {
    if (count < 2) return;
    if (count <= FEW) {
        counting_sort(values, count);
        return;
    }
    for (size_t i = count / 2; i-- > 0;) sink(values, i, count);
    for (size_t end = count - 1; end > 0; end--) {
        double largest = values[0];
        values[0] = values[end];
        values[end] = largest;
        sink(values, 0, end);
    }
}
