/* text_test: UTF-8 at its edges, folding letter by letter, widths of what a CRM may hold. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"

#include <string.h>

static int is_utf8(const char *text) { return qbg__text_is_utf8(text, strlen(text)); }

static void test_valid(void **state) {
    (void)state;
    assert_true(qbg__text_is_utf8("", 0));
    assert_true(is_utf8("abc"));
    assert_true(is_utf8("Финансовый директор"));
    assert_true(is_utf8("\xC2\x80"));
    assert_true(is_utf8("\xDF\xBF"));
    assert_true(is_utf8("\xE0\xA0\x80"));
    assert_true(is_utf8("\xED\x9F\xBF"));
    assert_true(is_utf8("\xEE\x80\x80"));
    assert_true(is_utf8("\xEF\xBF\xBF"));
    assert_true(is_utf8("\xF0\x90\x80\x80"));
    assert_true(is_utf8("\xF4\x8F\xBF\xBF"));
    assert_true(is_utf8("\x01\x7F"));
}

static void test_invalid(void **state) {
    (void)state;
    assert_false(qbg__text_is_utf8("a\0b", 3));
    assert_false(qbg__text_is_utf8("\0", 1));
    assert_false(is_utf8("\x80"));
    assert_false(is_utf8("\xBF"));
    assert_false(is_utf8("\xC0\x80"));
    assert_false(is_utf8("\xC1\xBF"));
    assert_false(is_utf8("\xC2"));
    assert_false(is_utf8("\xC2 "));
    assert_false(is_utf8("\xC2\x80\x80"));
    assert_false(is_utf8("\xE0\x9F\xBF"));
    assert_false(is_utf8("\xE0\xA0"));
    assert_false(is_utf8("\xE1\x80 "));
    assert_false(is_utf8("\xED\xA0\x80"));
    assert_false(is_utf8("\xED\xBF\xBF"));
    assert_false(is_utf8("\xF0\x8F\xBF\xBF"));
    assert_false(is_utf8("\xF0\x90\x80"));
    assert_false(is_utf8("\xF4\x90\x80\x80"));
    assert_false(is_utf8("\xF5\x80\x80\x80"));
    assert_false(is_utf8("\xF8\x88\x80\x80\x80"));
    assert_false(is_utf8("\xFE"));
    assert_false(is_utf8("\xFF"));
    assert_false(is_utf8("ok\xE2\x82"));
}

/* Eight bytes are looked at together; what is wrong with one of them is seen wherever it stands. */
static void test_one_bad_byte(void **state) {
    static const char bad[] = {'\0', '\x80', '\xC3', '\xFF'};
    (void)state;
    for (size_t size = 1; size <= 40; size++) {
        for (size_t at = 0; at < size; at++) {
            char text[40];
            memset(text, 'a', sizeof text);
            assert_true(qbg__text_is_utf8(text, size));
            for (size_t i = 0; i < sizeof bad; i++) {
                text[at] = bad[i];
                assert_false(qbg__text_is_utf8(text, size));
            }
            if (at + 1 == size) continue;
            memcpy(text + at, "\xC3\xA9", 2);
            assert_true(qbg__text_is_utf8(text, size));
        }
    }
}

/* Every code point there and back; what is none is not taken. */
static void test_every_code_point(void **state) {
    (void)state;
    for (uint32_t code = 0; code < 0x110800; code++) {
        char bytes[4];
        size_t size = qbg__text_put(code, bytes);
        int is_text = code != 0 && (code < 0xD800 || code > 0xDFFF) && code < 0x110000;
        assert_int_equal(qbg__text_is_utf8(bytes, size), is_text);
        if (!is_text) continue;
        const char *at = bytes;
        assert_int_equal(qbg__text_next(&at, bytes + size), code);
        assert_ptr_equal(at, bytes + size);
        for (size_t cut = 1; cut < size; cut++) assert_false(qbg__text_is_utf8(bytes, cut));
    }
}

static void assert_folds(const char *capital, const char *small) {
    const char *a = capital, *b = small;
    while (*b) {
        uint32_t wanted = qbg__text_next(&b, small + strlen(small));
        assert_int_equal(qbg__text_fold(qbg__text_next(&a, capital + strlen(capital))), wanted);
        assert_int_equal(qbg__text_fold(wanted), wanted);
    }
    assert_int_equal(*a, 0);
}

static void test_fold(void **state) {
    (void)state;
    assert_folds("ABCXYZ abcxyz 0189 @[`{", "abcxyz abcxyz 0189 @[`{");
    assert_folds("ÀÖØÞ×÷ßÿªµº", "àöøþ×÷ßÿªµº");
    assert_folds("ĀĶĹŇŊŶŹŽŸ", "āķĺňŋŷźžÿ");
    assert_folds("İıĸŉſ", "iıĸŉſ");
    assert_folds("ĶĸĹĻĽĿŁŃŅŇŉŊŌ", "ķĸĺļľŀłńņňŉŋō");
    assert_folds("АБВЙЩЪЫЬЭЮЯ", "абвйщъыьэюя");
    assert_folds("ЁёЕе", "ееее");
    assert_folds("ЀЂЄІЇЎЏ", "ѐђєіїўџ");
    assert_folds("ѠҀҊҐӀӁӍӐԮ", "ѡҁҋґӏӂӎӑԯ");
    assert_folds("ΑΩ中Ա", "ΑΩ中Ա");
    for (uint32_t code = 0; code < 0x600; code++) {
        uint32_t folded = qbg__text_fold(code);
        assert_int_equal(qbg__text_fold(folded), folded);
        assert_int_equal(qbg__text_is_letter(folded), qbg__text_is_letter(code));
    }
}

static void test_letters(void **state) {
    (void)state;
    static const uint32_t letters[] = {'a',   'z',   'A',   'Z',   0xAA,  0xB5, 0xBA,
                                       0xC0,  0xD6,  0xD8,  0xF6,  0xF8,  0xFF, 0x100,
                                       0x17F, 0x400, 0x451, 0x481, 0x48A, 0x52F};
    static const uint32_t others[] = {0,     '0',   '9',   '@',   '[',   '`',   '{',
                                      ' ',   0xA0,  0xB2,  0xD7,  0xF7,  0x180, 0x3B1,
                                      0x3FF, 0x482, 0x489, 0x530, 0x4E2D};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        assert_true(qbg__text_is_letter(letters[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(qbg__text_is_letter(others[i]));
    assert_true(qbg__text_is_digit('0') && qbg__text_is_digit('9'));
    assert_false(qbg__text_is_digit('/') || qbg__text_is_digit(':') || qbg__text_is_digit(0x661));
}

static int same(const char *a, const char *b) {
    int is_same = qbg__text_same(a, strlen(a), b, strlen(b));
    assert_int_equal(qbg__text_same(b, strlen(b), a, strlen(a)), is_same);
    return is_same;
}

static void test_same(void **state) {
    (void)state;
    assert_true(same("", ""));
    assert_true(same(" \t\r\n\xC2\xA0", ""));
    assert_true(same("Активный", " АКТИВНЫЙ\xC2\xA0"));
    assert_true(same("Подтверждён", "подтвержден"));
    assert_true(same("Straße", "STRAßE"));
    assert_false(same("a b", "ab"));
    assert_false(same("ab", "abc"));
    assert_false(same("a", ""));
    assert_false(same("и", "й"));
    assert_true(qbg__text_same("abX", 2, "ABY", 2));
}

static size_t width(const char *text) { return qbg__text_width(text, strlen(text)); }

static void test_width(void **state) {
    (void)state;
    assert_int_equal(width(""), 0);
    assert_int_equal(width("Red Daisy"), 9);
    assert_int_equal(width("«Красная ромашка»"), 17);
    assert_int_equal(width("e\xCC\x81"), 1);
    assert_int_equal(width("и\xCC\x86"), 1);
    assert_int_equal(width("a\xE2\x80\x8B\xEF\xBB\xBF\xE2\x80\x8D"), 1);
    assert_int_equal(width("中文"), 4);
    assert_int_equal(width("한국"), 4);
    assert_int_equal(width("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), 2);
    assert_int_equal(width("ﾊﾛｰ"), 3);
    assert_int_equal(width("ＡＢ"), 4);
    assert_int_equal(width("😀🚀✅"), 6);
    assert_int_equal(width("✓→█░"), 4);
    assert_int_equal(width("𠀀"), 2);
    assert_int_equal(width("𝒜"), 1);
    assert_int_equal(width("สวัสดี"), 4);
    assert_int_equal(width("\xF3\xA0\x84\x80"), 0);
    assert_int_equal(qbg__text_width("中文", 3), 2);
}

static void assert_trims(const char *text, size_t size, const char *want) {
    qbg__text_trim(&text, &size);
    assert_int_equal(size, strlen(want));
    assert_memory_equal(text, want, size);
}

static void test_trim(void **state) {
    (void)state;
    assert_trims("", 0, "");
    assert_trims(" ", 1, "");
    assert_trims("\xC2\xA0", 2, "");
    assert_trims("a", 1, "a");
    assert_trims(" a b\t", 5, "a b");
    assert_trims("\r\n\xC2\xA0\tа\xC2\xA0 \xC2\xA0", 12, "а");
    assert_trims("\xC2\xA9", 2, "\xC2\xA9");
    assert_trims("à", 2, "à"); /* ends in the byte A0 */
    assert_trims("\xC2\xA0à", 4, "à");
    assert_trims("\v\f", 2, "\v\f");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_one_bad_byte), cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_fold),         cmocka_unit_test(test_letters),
        cmocka_unit_test(test_same),         cmocka_unit_test(test_width),
        cmocka_unit_test(test_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
