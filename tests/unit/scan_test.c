/* scan: many bytes at a time give what one at a time gives. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/scan.h"
#include "rounds.h"

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static uint64_t one_by_one(const char *bytes, char separator) {
    uint64_t set = 0;
    for (uint32_t i = 0; i < QBG__SCAN_BYTES; i++)
        if (bytes[i] == separator || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '"')
            set |= (uint64_t)1 << i;
    return set;
}

static void assert_scans(const char *bytes, char separator) {
    uint64_t expected = one_by_one(bytes, separator);
    assert_true(qbg__scan_csv_plain(bytes, separator) == expected);
    assert_true(qbg__scan_csv(bytes, separator) == expected);
}

/* Each byte in each place, and its neighbours, from which no carry may come. */
static void marks_are_those_of_a_loop(void **state) {
    static const char separators[] = {',', ';', '\t'};
    char bytes[QBG__SCAN_BYTES];
    uint64_t seed = 20251122;
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        for (unsigned at = 0; at < QBG__SCAN_BYTES; at++) {
            memset(bytes, (int)(byte ^ 1), sizeof bytes);
            bytes[at] = (char)byte;
            assert_scans(bytes, separators[at % 3]);
        }
    for (unsigned i = 0; i < rounds(20000); i++) {
        for (unsigned at = 0; at < QBG__SCAN_BYTES; at++) {
            uint64_t chance = next_random(&seed);
            bytes[at] = chance % 3 ? (char)(chance >> 8) : ",\"\n\r;\t-+"[chance >> 8 & 7];
        }
        assert_scans(bytes, separators[i % 3]);
    }
}

static void words_begin_with_their_lowest_byte(void **state) {
    (void)state;
    const char bytes[] = "\x01\x02\x03\x04\x05\x06\x07\xff\x09";
    assert_true(qbg__scan_word(bytes) == UINT64_C(0xff07060504030201));
    assert_true(qbg__scan_word(bytes + 1) == UINT64_C(0x09ff070605040302));
    assert_true(qbg__scan_same(UINT64_C(0xff07060504030201), 0xff) == UINT64_C(1) << 63);
    assert_true(qbg__scan_same(UINT64_C(0x0100000000000001), 0) == UINT64_C(0x0080808080808000));
}

static void the_first_is_the_lowest(void **state) {
    (void)state;
    for (uint32_t i = 0; i < 64; i++) {
        assert_int_equal(qbg__scan_first(UINT64_C(1) << i), i);
        assert_int_equal(qbg__scan_first(UINT64_MAX << i), i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_those_of_a_loop),
        cmocka_unit_test(words_begin_with_their_lowest_byte),
        cmocka_unit_test(the_first_is_the_lowest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
