/* fixed_test: decimals, money, overflow, and the decay table against its definition. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/fixed.h"

#include <stdlib.h>
#include <string.h>

#define UNTOUCHED INT64_C(-77)

static qbg_status read_as(const char *text, int places, int64_t *out) {
    *out = UNTOUCHED;
    return qbg__decimal_read(text, strlen(text), places, out);
}

static void assert_reads(const char *text, int places, int64_t want) {
    int64_t value;
    assert_int_equal(read_as(text, places, &value), QBG_OK);
    assert_int_equal(value, want);
}

static void assert_refused(const char *text, int places, qbg_status status) {
    int64_t value;
    if (read_as(text, places, &value) != status) fail_msg("\"%s\" is not refused", text);
    assert_int_equal(value, UNTOUCHED);
}

static void test_read(void **state) {
    (void)state;
    assert_reads("0", 3, 0);
    assert_reads("-0", 3, 0);
    assert_reads("2.5", 3, 2500);
    assert_reads("+2.5", 3, 2500);
    assert_reads("-10", 3, -10000);
    assert_reads(".5", 3, 500);
    assert_reads("-.5", 3, -500);
    assert_reads("000.001", 3, 1);
    assert_reads("0.0010000", 3, 1);
    assert_reads("7.000", 0, 7);
    assert_reads("1200000.00", 2, 120000000);
    assert_reads("9223372036854775807", 0, INT64_MAX);
    assert_reads("-9223372036854775808", 0, INT64_MIN);
    assert_reads("9223372036854775.807", 3, INT64_MAX);
    assert_reads("-9223372036854775.808", 3, INT64_MIN);
    assert_reads("-9.223372036854775808", 18, INT64_MIN);
    assert_reads("00000000000000000000000000000012", 0, 12);
    assert_reads("1.000000000000000000000000000000000000", 3, 1000);
}

static void test_read_refuses(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",     "+",    "-",    ".",       "-.",      "5.",
        "-5.",  " 5",   "5 ",   "5 000",   "1,5",     "1e3",
        "1E3",  "0x10", "--5",  "+-5",     "5-",      "1.2.3",
        "1..2", "nan",  "inf",  "1.2345",  "0.0001",  "1.-5",
        "5\t",  "1.5a", "a1.5", "1.00001", "1.0000x", "99999999999999999999999999x"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(texts[i], 3, QBG_E_FORMAT);
    assert_refused("2.5", 0, QBG_E_FORMAT);
    assert_refused("9223372036854775808", 0, QBG_E_RANGE);
    assert_refused("-9223372036854775809", 0, QBG_E_RANGE);
    assert_refused("9223372036854775.808", 3, QBG_E_RANGE);
    assert_refused("9223372036854776", 3, QBG_E_RANGE);
    assert_refused("18446744073709551616", 0, QBG_E_RANGE);
    assert_refused("18446744073709551617", 0, QBG_E_RANGE);
    assert_refused("99999999999999999999999999.5", 3, QBG_E_RANGE);
    int64_t value = UNTOUCHED;
    assert_int_equal(qbg__decimal_read("12.75", 2, 3, &value), QBG_OK);
    assert_int_equal(value, 12000);
    assert_int_equal(qbg__decimal_read("12.75", 3, 3, &value), QBG_E_FORMAT);
    assert_int_equal(qbg__decimal_read("1\0", 2, 3, &value), QBG_E_FORMAT);
}

static void assert_writes(int64_t value, int places, const char *decimal, const char *money) {
    char out[32];
    assert_int_equal(qbg__decimal_write(value, places, out), strlen(decimal));
    assert_string_equal(out, decimal);
    assert_int_equal(qbg__money_write(value, places, out), strlen(money));
    assert_string_equal(out, money);
}

static void test_write(void **state) {
    (void)state;
    assert_writes(0, 3, "0", "0.000");
    assert_writes(0, 0, "0", "0");
    assert_writes(2500, 3, "2.5", "2.500");
    assert_writes(-10000, 3, "-10", "-10.000");
    assert_writes(1, 3, "0.001", "0.001");
    assert_writes(-1, 3, "-0.001", "-0.001");
    assert_writes(10, 0, "10", "10");
    assert_writes(100, 1, "10", "10.0");
    assert_writes(120000000, 2, "1200000", "1200000.00");
    assert_writes(INT64_MAX, 0, "9223372036854775807", "9223372036854775807");
    assert_writes(INT64_MIN, 3, "-9223372036854775.808", "-9223372036854775.808");
    assert_writes(INT64_MIN, 18, "-9.223372036854775808", "-9.223372036854775808");
    assert_writes(-1, 18, "-0.000000000000000001", "-0.000000000000000001");
}

static void test_round_trip(void **state) {
    (void)state;
    char out[32];
    int64_t value = 1, again;
    for (int step = 0; step < 2000; step++) {
        value = (int64_t)((uint64_t)value * UINT64_C(6364136223846793005) + 1);
        int places = step % 19;
        assert_int_equal(qbg__decimal_read(out, qbg__decimal_write(value >> step % 60, places, out),
                                           places, &again),
                         QBG_OK);
        assert_int_equal(again, value >> step % 60);
        assert_int_equal(
            qbg__decimal_read(out, qbg__money_write(value, places, out), places, &again), QBG_OK);
        assert_int_equal(again, value);
    }
}

static void test_overflow(void **state) {
    (void)state;
    int64_t out = UNTOUCHED;
    assert_true(qbg__add_overflows(INT64_MAX, 1, &out));
    assert_true(qbg__add_overflows(1, INT64_MAX, &out));
    assert_true(qbg__add_overflows(INT64_MIN, -1, &out));
    assert_true(qbg__add_overflows(INT64_MIN, INT64_MIN, &out));
    assert_true(qbg__mul_overflows(INT64_MIN, -1, &out));
    assert_true(qbg__mul_overflows(-1, INT64_MIN, &out));
    assert_true(qbg__mul_overflows(INT64_MAX, 2, &out));
    assert_true(qbg__mul_overflows(INT64_MIN, 2, &out));
    assert_true(qbg__mul_overflows(INT64_C(3037000500), INT64_C(3037000500), &out));
    assert_true(qbg__mul_overflows(INT64_C(1) << 32, INT64_C(1) << 31, &out));
    assert_int_equal(out, UNTOUCHED);
    assert_false(qbg__add_overflows(INT64_MAX, INT64_MIN, &out));
    assert_int_equal(out, -1);
    assert_false(qbg__add_overflows(INT64_MAX - 1, 1, &out));
    assert_true(out == INT64_MAX);
    assert_false(qbg__add_overflows(INT64_MIN + 1, -1, &out));
    assert_true(out == INT64_MIN);
    assert_false(qbg__mul_overflows(-(INT64_C(1) << 32), INT64_C(1) << 31, &out));
    assert_true(out == INT64_MIN);
    assert_false(qbg__mul_overflows(INT64_MIN, 1, &out));
    assert_true(out == INT64_MIN);
    assert_false(qbg__mul_overflows(INT64_MIN, 0, &out));
    assert_int_equal(out, 0);
    assert_false(qbg__mul_overflows(0, INT64_MIN, &out));
    assert_false(qbg__mul_overflows(-7, -6, &out));
    assert_int_equal(out, 42);
    assert_false(qbg__mul_overflows(-7, 6, &out));
    assert_int_equal(out, -42);
}

/* An unsigned number of up to 32 * LIMBS bits, the lowest limb first. */
#define LIMBS 320
typedef struct big {
    uint32_t limb[LIMBS];
} big;

static void big_power(big *number, uint32_t base, int32_t exponent) {
    memset(number, 0, sizeof *number);
    number->limb[0] = 1;
    for (int32_t i = 0; i < exponent; i++) {
        uint64_t carry = 0;
        for (size_t at = 0; at < LIMBS; at++) {
            carry += (uint64_t)number->limb[at] * base;
            number->limb[at] = (uint32_t)carry;
            carry >>= 32;
        }
        assert_int_equal(carry, 0);
    }
}

/* Whether the number is at most 2^bits. */
static int is_at_most_power(const big *number, int32_t bits) {
    size_t top = (size_t)bits / 32;
    uint32_t bit = UINT32_C(1) << bits % 32;
    for (size_t at = LIMBS - 1; at > top; at--)
        if (number->limb[at] != 0) return 0;
    if (number->limb[top] != bit) return number->limb[top] < bit;
    for (size_t at = 0; at < top; at++)
        if (number->limb[at] != 0) return 0;
    return 1;
}

/* D[a] is the largest n with (2n-1)^H <= 2^(25H-a). */
static void assert_defined(int32_t half_life, int32_t age, uint32_t n) {
    big power;
    big_power(&power, 2 * n - 1, half_life);
    assert_true(is_at_most_power(&power, 25 * half_life - age));
    big_power(&power, 2 * n + 1, half_life);
    assert_false(is_at_most_power(&power, 25 * half_life - age));
}

static void test_decay_by_definition(void **state) {
    (void)state;
    static const int32_t half_lives[] = {1, 2, 3, 7, 30, 365};
    for (size_t i = 0; i < sizeof half_lives / sizeof half_lives[0]; i++) {
        int32_t half_life = half_lives[i];
        int32_t step = half_life > 30 ? 211 : 1; /* the long one only here and there */
        uint32_t *table = malloc(qbg__decay_size(half_life) * sizeof *table);
        assert_non_null(table);
        qbg__decay_fill(half_life, table);
        for (int32_t age = 0; age <= 25 * half_life; age += step)
            assert_defined(half_life, age, table[age]);
        free(table);
    }
}

static void test_decay_shape(void **state) {
    (void)state;
    for (int32_t half_life = 1; half_life <= 365; half_life++) {
        size_t size = qbg__decay_size(half_life);
        size_t days = (size_t)half_life;
        assert_int_equal(size, 25 * days + 2);
        uint32_t *table = malloc((size + 1) * sizeof *table);
        assert_non_null(table);
        table[size] = 0xDEADBEEF;
        qbg__decay_fill(half_life, table);
        for (size_t q = 0; q < 25; q++) assert_int_equal(table[q * days], (1u << 24) >> q);
        assert_int_equal(table[25 * days], 1);
        assert_int_equal(table[25 * days + 1], 0);
        assert_int_equal(table[size], 0xDEADBEEF);
        for (size_t age = 1; age < size; age++) assert_true(table[age] <= table[age - 1]);
        free(table);
    }
}

static void test_decay_known(void **state) {
    (void)state;
    uint32_t table[25 * 30 + 2];
    qbg__decay_fill(30, table);
    assert_int_equal(table[1], 16394024);
    assert_int_equal(table[15], 11863283); /* 2^24 / sqrt 2 = 11863283.203 */
    assert_int_equal(table[30], 8388608);
    assert_int_equal(table[750], 1);
    assert_int_equal(table[751], 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),        cmocka_unit_test(test_read_refuses),
        cmocka_unit_test(test_write),       cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_overflow),    cmocka_unit_test(test_decay_by_definition),
        cmocka_unit_test(test_decay_shape), cmocka_unit_test(test_decay_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
