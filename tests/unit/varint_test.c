/* varint: numbers in as few bytes as they need. */
#include "fixture.h"

#include "base/varint.h"

static size_t there_and_back(uint64_t value) {
    unsigned char bytes[QBG__VARINT_MAX + 1];
    memset(bytes, 0xee, sizeof bytes);
    size_t size = (size_t)(qbg__varint_put(bytes, value) - bytes);
    const unsigned char *at = bytes;
    assert_true(size <= QBG__VARINT_MAX);
    assert_int_equal(bytes[size], 0xee);
    assert_true(qbg__varint_get(&at) == value);
    assert_int_equal(at - bytes, size);
    return size;
}

static void a_number_takes_a_byte_for_seven_bits(void **state) {
    (void)state;
    assert_int_equal(there_and_back(0), 1);
    assert_int_equal(there_and_back(127), 1);
    assert_int_equal(there_and_back(128), 2);
    assert_int_equal(there_and_back(16383), 2);
    assert_int_equal(there_and_back(16384), 3);
    assert_int_equal(there_and_back(UINT32_MAX), 5);
    assert_int_equal(there_and_back(UINT64_MAX), QBG__VARINT_MAX);
    for (uint32_t bits = 1; bits < 64; bits++) {
        assert_int_equal(there_and_back(((uint64_t)1 << bits) - 1), (bits + 6) / 7);
        assert_int_equal(there_and_back((uint64_t)1 << bits), bits / 7 + 1);
    }
}

static void signed_numbers_near_0_are_short(void **state) {
    static const int64_t numbers[] = {0, -1, 1, -64, 63, 64, -65, 7258118399, INT64_MAX, INT64_MIN};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_true(qbg__varint_unfold(qbg__varint_fold(numbers[i])) == numbers[i]);
    assert_int_equal(there_and_back(qbg__varint_fold(-64)), 1);
    assert_int_equal(there_and_back(qbg__varint_fold(63)), 1);
    assert_int_equal(there_and_back(qbg__varint_fold(64)), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_takes_a_byte_for_seven_bits),
        cmocka_unit_test(signed_numbers_near_0_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
