/* letters: texts in fewer bits, there and back. */
#include "fixture.h"

#include "base/letters.h"

/* Returns the bits a letter. */
static uint32_t there_and_back(const char *text) {
    qbg__letters_room packed, again, back;
    memset(packed, 0xee, sizeof packed);
    memset(again, 0x11, sizeof again);
    qbg__letters letters = qbg__letters_pack(text, strlen(text), packed);
    qbg__letters other = qbg__letters_pack(text, strlen(text), again);
    assert_int_equal(letters.size, strlen(text));
    assert_int_equal(other.bits, letters.bits);
    assert_memory_equal(letters.bytes, other.bytes, qbg__letters_bytes(&letters));
    assert_string_equal(qbg__letters_text(&letters, back), text);
    return letters.bits;
}

static void digits_take_half_a_byte(void **state) {
    (void)state;
    assert_int_equal(there_and_back("0"), 4);
    assert_int_equal(there_and_back("e00000000001"), 4);
    assert_int_equal(there_and_back("0123456789abcdef"), 4);
    assert_int_equal(there_and_back("fedcba9876543210f"), 4);
}

static void letters_take_three_quarters(void **state) {
    (void)state;
    assert_int_equal(there_and_back("g"), 6);
    assert_int_equal(there_and_back("0123456789abcdefghijklmnopqrstuvwxyz"), 6);
    assert_int_equal(there_and_back("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_"), 6);
    assert_int_equal(there_and_back("9f1c2b7e-11aa-4c7d-9d3e-0123456789ab"), 6);
    assert_int_equal(there_and_back("evt_1NG8Du2eZvKYlo2CUI79vXWE"), 6);
}

static void others_stay_as_they_are(void **state) {
    (void)state;
    assert_int_equal(there_and_back("a b"), 8);
    assert_int_equal(there_and_back("цена"), 8);
    assert_int_equal(there_and_back("mail:1@daisy.example"), 8);
    for (int letter = 1; letter < 128; letter++) {
        const char text[] = {(char)letter, '\0'};
        int is_plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= 'a' && letter <= 'z') || letter == '-' || letter == '_';
        assert_int_equal(there_and_back(text) < 8, is_plain);
    }
}

static void any_length_comes_back(void **state) {
    char text[200];
    (void)state;
    for (size_t size = 1; size < sizeof text; size++) {
        for (int plain = 0; plain < 2; plain++) {
            for (size_t i = 0; i < size; i++)
                text[i] = plain ? "0123456789abcdef"[(i * 7 + size) % 16] : "xY-_z9Qa"[i % 8];
            text[size] = '\0';
            uint32_t bits = there_and_back(text);
            assert_int_equal(bits, size > QBG__LETTERS_MOST ? 8 : plain ? 4 : 6);
            qbg__letters_room room;
            qbg__letters letters = qbg__letters_pack(text, size, room);
            assert_int_equal(qbg__letters_bytes(&letters), (size * bits + 7) / 8);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_take_half_a_byte),
        cmocka_unit_test(letters_take_three_quarters),
        cmocka_unit_test(others_stay_as_they_are),
        cmocka_unit_test(any_length_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
