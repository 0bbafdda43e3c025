/* real: against libc's correctly rounded conversions (in the C locale), by brute force where they
 * do not say which text is shortest. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/real.h"
#include "rounds.h"

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

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

static double random_finite(uint64_t *state) {
    for (;;) {
        double value = double_of(next_random(state));
        if (isfinite(value)) return value;
    }
}

/* ---- reading ------------------------------------------------------------------------------ */

static qbg_status read_text(const char *text, double *out) {
    return qbg__real_read(text, strlen(text), out);
}

static void assert_reads_like_libc(const char *text) {
    double ours = 4711, theirs = strtod(text, NULL);
    qbg_status status = read_text(text, &ours);
    if (isinf(theirs)) {
        if (status != QBG_E_RANGE) fail_msg("%s: status %d, not out of range", text, status);
        assert_true(bits_of(ours) == bits_of(4711));
        return;
    }
    if (status != QBG_OK) fail_msg("%s: status %d", text, status);
    if (bits_of(ours) != bits_of(theirs)) fail_msg("%s reads as %.17g", text, ours);
}

static void reads_known_hard_cases(void **state) {
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "+0",
        "0.0",
        "-0e5",
        "0e999999999999999999999",
        "1",
        "-1",
        "+1",
        "007",
        ".5",
        "-.5",
        "0.1",
        "1e23",
        "1E23",
        "1e+23",
        "1e-23",
        "100",
        "25.00000298023224",
        "0.15037822723388672",
        "9007199254740992",
        "9007199254740993",
        "9007199254740994",
        "9007199254740995",
        "9007199254740993.0000000000000000000000000000000000000000000000001",
        "9007199254740992.9999999999999999999999999999999999999999999999999",
        "1.00000000000000011102230246251565404",
        "1.00000000000000011102230246251565405",
        "1.00000000000000011102230246251565403",
        "1.5e22",
        "1e22",
        "9007199254740991e22",
        "9007199254740992e-22",
        "3e-22",
        "5e-324",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.47e-324",
        "2.48e-324",
        "1e-324",
        "1e-330",
        "1e-99999999999999999999",
        "7.4109846876186981e-324",
        "7.4109846876186982e-324",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072013e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1.8e308",
        "1e309",
        "1e310",
        "-1e400",
        "1e99999999999999999999",
        "0.000000000000000000000000000001e30",
        "123456789012345678901234567890",
        "4503599627370497.5",
        "4503599627370496.5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_reads_like_libc(texts[i]);
}

/* The midpoint between the largest double and what would come next: infinite, and a little less is
 * not. */
static void reads_up_to_the_largest(void **state) {
    (void)state;
    char text[] =
        "1797693134862315807937289714053034150799341327100378269361737789804449682927647509"
        "4664901797758720709633028641669288791094655554785194040263065748867150582068190890"
        "2000708383676273854845817711531764475730270069855571366959622842914819860834936475"
        "292719074168444365510704342711559699508093042880177904174497792.0";
    assert_reads_like_libc(text);
    text[sizeof text - 4] = '1';
    assert_reads_like_libc(text);
    text[sizeof text - 2] = '9';
    assert_reads_like_libc(text);
    double value = 0;
    assert_int_equal(read_text(text, &value), QBG_OK);
    assert_true(bits_of(value) == bits_of(1.7976931348623157e308));
}

/* What libc has no say in, so that it holds in a locale that writes 0,5. */
static void reads_points_in_any_locale(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"0.5", 0.5},           {"-.25", -0.25},
                 {"12345.67", 12345.67}, {"1e23", 1e23},
                 {"2.5E-3", 0.0025},     {"9007199254740993", 9007199254740992.0},
                 {"5e-324", 5e-324},     {"0.15037822723388672", 0.15037822723388672}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 4711;
        assert_int_equal(read_text(cases[i].text, &value), QBG_OK);
        assert_true(bits_of(value) == bits_of(cases[i].value));
    }
}

static void reads_the_sign_of_zero(void **state) {
    (void)state;
    double value = 1;
    assert_int_equal(read_text("-0", &value), QBG_OK);
    assert_true(bits_of(value) == (uint64_t)1 << 63);
    assert_int_equal(read_text("-1e-999", &value), QBG_OK);
    assert_true(bits_of(value) == (uint64_t)1 << 63);
    assert_int_equal(read_text("+0", &value), QBG_OK);
    assert_true(bits_of(value) == 0);
}

static void refuses_what_is_no_number(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",    "-",        "+",   ".",    "-.",    "5.",   "-5.",   "5.e1",     ".e1",
        "e1",  "1e",       "1e+", "1e-",  "1e1.5", "1e 1", " 1",    "1 ",       "1\n",
        "--1", "+-1",      "1-",  "1..2", "1.2.3", "1,5",  "0x10",  "1p3",      "inf",
        "nan", "infinity", "NaN", "null", "1f",    "1e5x", "1_000", "\xD9\xA1", "1e400x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 4711;
        if (read_text(texts[i], &value) != QBG_E_FORMAT) fail_msg("accepts '%s'", texts[i]);
        assert_true(bits_of(value) == bits_of(4711));
    }
    double value;
    assert_int_equal(qbg__real_read("1\0", 2, &value), QBG_E_FORMAT);
    assert_int_equal(qbg__real_read("15", 1, &value), QBG_OK);
    assert_true(bits_of(value) == bits_of(1));
}

/* Every number of 17 digits, and the exact text of its midpoint with the next double, which a tie
 * rule decides, and that text a little up and down. */
static void reads_random_numbers_and_midpoints(void **state) {
    (void)state;
    uint64_t seed = 20251119;
    char text[1200];
    for (unsigned i = 0; i < rounds(20000); i++) {
        double value = random_finite(&seed);
        snprintf(text, sizeof text, "%.*g", (int)(next_random(&seed) % 25) + 1, value);
        assert_reads_like_libc(text);
        snprintf(text, sizeof text, "%.17e", value);
        assert_reads_like_libc(text);
    }
    for (unsigned i = 0; i < rounds(4000); i++) {
        uint64_t bits = bits_of(random_finite(&seed)) & ~((uint64_t)1 << 63);
        if (i % 4 == 0) bits %= (uint64_t)1 << 52;
        if (i % 4 == 1) bits = (1023 + bits % 60) << 52 | next_random(&seed) >> 12;
        long double low = double_of(bits), high = double_of(bits + 1);
        if (!isfinite((double)high)) continue;
        int size = snprintf(text, sizeof text, "%.900Le", (low + high) / 2);
        assert_true(size > 0 && size < 1100);
        assert_reads_like_libc(text);
        char *digit = strchr(text, 'e');
        digit[-1] = '1';
        assert_reads_like_libc(text);
        snprintf(text, sizeof text, "%.900Le", (low + high) / 2);
        for (digit = strchr(text, 'e') - 1; *digit == '0' || *digit == '.'; digit--)
            if (*digit == '0') *digit = '9';
        *digit = (char)(*digit - 1);
        assert_reads_like_libc(text);
    }
}

/* More digits than any double needs: what comes late decides only a tie. */
static void reads_texts_of_any_length(void **state) {
    (void)state;
    enum { LONG = 5000 };
    char *text = malloc(LONG + 32);
    assert_non_null(text);
    double value;

    memset(text, '0', LONG);
    memcpy(text, "0.", 2);
    strcpy(text + LONG, "1e4998");
    assert_int_equal(read_text(text, &value), QBG_OK);
    assert_reads_like_libc(text);

    memset(text, '0', LONG);
    memcpy(text, "9007199254740993.", 17);
    strcpy(text + LONG, "0");
    assert_int_equal(read_text(text, &value), QBG_OK);
    assert_true(bits_of(value) == bits_of(9007199254740992.0));
    text[LONG] = '1';
    assert_int_equal(read_text(text, &value), QBG_OK);
    assert_true(bits_of(value) == bits_of(9007199254740994.0));

    memset(text, '9', LONG);
    strcpy(text + LONG, "e-5000");
    assert_int_equal(read_text(text, &value), QBG_OK);
    assert_true(bits_of(value) == bits_of(1));

    memset(text, '7', LONG);
    strcpy(text + LONG, "e-5300");
    assert_reads_like_libc(text);
    strcpy(text + LONG, "e-5323");
    assert_reads_like_libc(text);
    strcpy(text + LONG, "");
    assert_int_equal(read_text(text, &value), QBG_E_RANGE);
    free(text);
}

/* ---- writing ------------------------------------------------------------------------------ */

static void assert_writes(double value, const char *expected) {
    char text[32];
    memset(text, '#', sizeof text);
    size_t size = qbg__real_write(value, text);
    assert_true(size < sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(size, strlen(expected));
}

static void writes_plain_and_scientific(void **state) {
    (void)state;
    assert_writes(0.0, "0");
    assert_writes(-0.0, "-0");
    assert_writes(1, "1");
    assert_writes(-1, "-1");
    assert_writes(100, "100");
    assert_writes(0.1, "0.1");
    assert_writes(0.1 + 0.2, "0.30000000000000004");
    assert_writes(-12.5, "-12.5");
    assert_writes(25.00000298023224, "25.00000298023224");
    assert_writes(0.15037822723388672, "0.15037822723388672");
    assert_writes(0.000001, "0.000001");
    assert_writes(-0.0000012345678901234567, "-0.0000012345678901234567");
    assert_writes(9.999999e-7, "9.999999e-7");
    assert_writes(1e-7, "1e-7");
    assert_writes(1.5e-10, "1.5e-10");
    assert_writes(1e20, "100000000000000000000");
    assert_writes(-123456789012345680000.0, "-123456789012345680000");
    assert_writes(999999999999999900000.0, "999999999999999900000");
    assert_writes(1e21, "1e+21");
    assert_writes(1e22, "1e+22");
    assert_writes(1e23, "1e+23");
    assert_writes(1.2345e100, "1.2345e+100");
    assert_writes(5e-324, "5e-324");
    assert_writes(2.2250738585072011e-308, "2.225073858507201e-308");
    assert_writes(2.2250738585072014e-308, "2.2250738585072014e-308");
    assert_writes(-1.7976931348623157e308, "-1.7976931348623157e+308");
    assert_writes(9007199254740993.0, "9007199254740992");
    assert_writes(5.684341886080802e-14, "5.684341886080802e-14"); /* 2^-44, a tie: even */
    assert_writes(HUGE_VAL, "null");
    assert_writes(-HUGE_VAL, "null");
    assert_writes(double_of((uint64_t)0x7FF8 << 48), "null");
}

/* Does some text of so many digits read back as value? The candidates are the two decimals around
 * it: "%.*e" gives the nearer one, and one step of its last digit either way the other. */
static int has_text_of(int digits, double value, char *found) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    char *e = strchr(text, 'e');
    long exponent = strtol(e + 1, NULL, 10) - (digits - 1);
    char mantissa[24];
    size_t size = 0;
    for (char *at = text; at < e; at++)
        if (*at != '.') mantissa[size++] = *at;
    mantissa[size] = '\0';
    long long integer = strtoll(mantissa, NULL, 10);
    static const int step[] = {0, 1, -1};
    for (int i = 0; i < 3; i++) {
        snprintf(text, sizeof text, "%llde%ld", integer + step[i], exponent);
        if (bits_of(strtod(text, NULL)) != bits_of(value)) continue;
        strcpy(found, text);
        return 1;
    }
    return 0;
}

static int digits_in(const char *text) {
    int count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (count == 0 && *text == '0')) continue;
        count++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return count - zeros;
}

static double distance(const char *text, double value) {
    long double off = strtold(text, NULL) - (long double)value;
    return (double)(off < 0 ? -off : off);
}

/* value is neither 0 nor infinite. */
static void assert_is_shortest(double value) {
    char text[32], found[40];
    size_t size = qbg__real_write(value, text);
    assert_int_equal(size, strlen(text));
    if (bits_of(strtod(text, NULL)) != bits_of(value)) fail_msg("%.17g becomes %s", value, text);
    double again;
    assert_int_equal(qbg__real_read(text, size, &again), QBG_OK);
    if (bits_of(again) != bits_of(value)) fail_msg("%.17g, %s, reads as %.17g", value, text, again);
    int digits = digits_in(text);
    if (digits > 1 && has_text_of(digits - 1, value, found))
        fail_msg("%.17g becomes %s, but %s is shorter", value, text, found);
    assert_true(has_text_of(digits, value, found));
    if (distance(found, value) < distance(text, value))
        fail_msg("%.17g becomes %s, but %s is closer", value, text, found);
}

static void writes_the_shortest_of_random_numbers(void **state) {
    (void)state;
    uint64_t seed = 4711;
    for (unsigned i = 0; i < rounds(200000); i++) assert_is_shortest(random_finite(&seed));
    for (unsigned i = 0; i < rounds(20000); i++)
        assert_is_shortest(double_of((next_random(&seed) >> 12) | 1));
    for (unsigned i = 0; i < rounds(100000); i++) {
        double hundredths = (double)(next_random(&seed) % 100000000) + 1;
        assert_is_shortest(hundredths / 100);
        assert_is_shortest(1 / hundredths);
    }
}

static void writes_the_shortest_of_powers_and_their_neighbours(void **state) {
    (void)state;
    for (int exponent = -1074; exponent <= 1023; exponent++) {
        uint64_t bits =
            exponent < -1022 ? (uint64_t)1 << (exponent + 1074) : (uint64_t)(exponent + 1023) << 52;
        assert_is_shortest(double_of(bits));
        assert_is_shortest(double_of(bits + 1));
        if (bits > 1) assert_is_shortest(double_of(bits - 1));
        assert_is_shortest(-double_of(bits));
    }
    char text[16];
    for (int exponent = -323; exponent <= 308; exponent++) {
        snprintf(text, sizeof text, "1e%d", exponent);
        uint64_t bits = bits_of(strtod(text, NULL));
        assert_is_shortest(double_of(bits));
        assert_is_shortest(double_of(bits + 1));
        assert_is_shortest(double_of(bits - 1));
    }
    for (int i = 1; i < 4000; i++) assert_is_shortest(i / 2.0);
    for (int i = -1000; i < 1000; i++) assert_is_shortest(9007199254740992.0 + i);
}

static void assert_same_both_ways(double value) {
    char text[32], wide[32];
    size_t size = qbg__real_write(value, text);
    assert_int_equal(size, qbg__real_write_wide(value, wide));
    if (strcmp(text, wide) != 0) fail_msg("%.17g is %s, and %s in words", value, wide, text);
}

/* Around where the short way begins and ends, and with mantissas that are short, long, or one off
 * a power of two. */
static void writes_the_same_in_words_and_wide(void **state) {
    (void)state;
    uint64_t seed = 1707;
    for (uint64_t exponent = 1023 - 9; exponent <= 1023 + 56; exponent++) {
        for (unsigned i = 0; i < rounds(2000); i++) {
            uint64_t mantissa = next_random(&seed) % ((uint64_t)1 << 52);
            unsigned shift = (unsigned)(next_random(&seed) % 52);
            assert_same_both_ways(double_of(exponent << 52 | mantissa));
            assert_same_both_ways(double_of(exponent << 52 | mantissa >> shift << shift));
            assert_same_both_ways(-double_of(exponent << 52 | mantissa >> shift));
        }
        for (uint64_t i = 0; i < 64; i++) {
            assert_same_both_ways(double_of((exponent << 52) + i));
            assert_same_both_ways(double_of((exponent << 52) - i));
        }
    }
    for (int i = 0; i < 20000; i++) {
        assert_same_both_ways(i / 1000.0);
        assert_same_both_ways(1.0 / (i + 1));
    }
}

/* ---- sorting ------------------------------------------------------------------------------ */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void assert_sorts(double *values, size_t count) {
    double *expected = malloc((count + 1) * sizeof *expected);
    assert_non_null(expected);
    if (count > 0) memcpy(expected, values, count * sizeof *expected);
    qsort(expected, count, sizeof *expected, by_value);
    qbg__real_sort(values, count);
    for (size_t i = 0; i < count; i++)
        if (values[i] < expected[i] || values[i] > expected[i])
            fail_msg("of %zu, at %zu: %g, not %g", count, i, values[i], expected[i]);
    free(expected);
}

static void sorts_every_small_count_and_large_ones(void **state) {
    (void)state;
    uint64_t seed = 99;
    static double values[20000];
    qbg__real_sort(NULL, 0);
    for (size_t count = 0; count < 200; count++) {
        for (int kind = 0; kind < 4; kind++) {
            for (size_t i = 0; i < count; i++)
                values[i] = kind == 0   ? random_finite(&seed)
                            : kind == 1 ? (double)(next_random(&seed) % 5) - 2
                            : kind == 2 ? (double)i
                                        : -(double)i;
            assert_sorts(values, count);
        }
    }
    for (size_t i = 0; i < 20000; i++) values[i] = random_finite(&seed);
    assert_sorts(values, 20000);
    assert_sorts(values, 20000);
}

int main(void) {
    const struct CMUnitTest in_any_locale[] = {
        cmocka_unit_test(reads_points_in_any_locale),
        cmocka_unit_test(reads_the_sign_of_zero),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(writes_plain_and_scientific),
        cmocka_unit_test(writes_the_same_in_words_and_wide),
        cmocka_unit_test(sorts_every_small_count_and_large_ones),
    };
    const struct CMUnitTest against_libc[] = {
        cmocka_unit_test(reads_known_hard_cases),
        cmocka_unit_test(reads_up_to_the_largest),
        cmocka_unit_test(reads_random_numbers_and_midpoints),
        cmocka_unit_test(reads_texts_of_any_length),
        cmocka_unit_test(writes_the_shortest_of_random_numbers),
        cmocka_unit_test(writes_the_shortest_of_powers_and_their_neighbours),
    };
    int failed = cmocka_run_group_tests(in_any_locale, NULL, NULL);
    setlocale(LC_ALL, "C");
    return failed + cmocka_run_group_tests(against_libc, NULL, NULL);
}
