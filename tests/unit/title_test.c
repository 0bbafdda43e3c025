/* title_test: how a title is split into words, which the lexicon knows, and what is mended. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/title.h"

#include <stdlib.h>
#include <string.h>

static qbg__title title;

static void split(const char *text) { assert_true(qbg__title_split(text, strlen(text), &title)); }

static void assert_word(const char *text, uint32_t at, const char *expected) {
    const qbg__title_word *word = &title.words[at];
    assert_true(at < title.word_count);
    assert_int_equal(word->end - word->start, strlen(expected));
    assert_memory_equal(text + word->start, expected, strlen(expected));
}

static void assert_words(const char *text, uint32_t count, const char *const *expected) {
    split(text);
    assert_int_equal(title.word_count, count);
    for (uint32_t i = 0; i < count; i++) assert_word(text, i, expected[i]);
}

static void test_words(void **state) {
    (void)state;
    assert_words("", 0, NULL);
    assert_words(" ,;()/|", 0, NULL);
    assert_words("Sr. Dir., Rev Ops", 4, (const char *const[]){"Sr", "Dir", "Rev", "Ops"});
    assert_words("«Нач.отд.»", 2, (const char *const[]){"Нач", "отд"});
    assert_words("R&D", 2, (const char *const[]){"R", "D"});
    assert_words("Driver's d’Or", 2, (const char *const[]){"Driver's", "d’Or"});
    assert_words("ex\xC2\xADtra", 1, (const char *const[]){"ex\xC2\xADtra"});
    assert_words("Geschäftsführer", 1, (const char *const[]){"Geschäftsführer"});
    assert_words("CFO 中文 1C", 2, (const char *const[]){"CFO", "1C"});
}

static void test_brackets_and_commas(void **state) {
    (void)state;
    split("a (b [c) d] e) f, g/h i");
    static const unsigned char aside[] = {0, 1, 1, 1, 0, 0, 0, 0, 0};
    static const unsigned char apart[] = {0, 0, 0, 0, 0, 0, 1, 1, 0};
    assert_int_equal(title.word_count, 9);
    for (uint32_t i = 0; i < 9; i++) {
        assert_int_equal(title.words[i].is_aside, aside[i]);
        assert_int_equal(title.words[i].is_apart, apart[i]);
    }
    split(")a(b");
    assert_int_equal(title.words[0].is_aside, 0);
    assert_int_equal(title.words[1].is_aside, 1);
}

/* The same word of the lexicon, however it is written. */
static uint16_t number_of(const char *text) {
    split(text);
    assert_int_equal(title.word_count, 1);
    return title.words[0].number;
}

static void test_spelling(void **state) {
    (void)state;
    uint16_t lawyer = number_of("юрист");
    assert_true(lawyer != 0);
    assert_int_equal(number_of("ЮРИСТ"), lawyer);
    assert_int_equal(number_of("юриста"), lawyer);
    assert_int_equal(number_of("юри\xCC\x81ст"), lawyer);
    assert_int_equal(number_of("начальник"), number_of("Началникъ"));
    assert_int_equal(number_of("стажёр"), number_of("стажер"));
    assert_int_equal(number_of("геодезист"), number_of("гэодезист"));
    assert_int_equal(number_of("эйчар"), number_of("эи\xCC\x86чар"));
    assert_int_equal(number_of("manager"), number_of("Mänäger"));
    assert_int_equal(number_of("юри"), 0);
    assert_int_equal(number_of("qwxzq"), 0);
}

static void test_bad_text(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\xFF",  "CFO \xD0", "\xD0\x20",     "\xD1(",
        "a\x80", "\xC0\xAF", "\xED\xA0\x80", "CFO \xF5\x80\x80\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (qbg__title_split(texts[i], strlen(texts[i]), &title)) fail_msg("title %zu", i);
    assert_false(qbg__title_split("a\0\xFF", 3, &title));
    assert_true(qbg__title_split("\xD0\xAF", 2, &title));
    assert_false(qbg__title_split("\xD0\xAF", 1, &title));
}

/* What lies behind the five hundred bytes is looked at, but not read; no word is cut. */
static void test_long_titles(void **state) {
    (void)state;
    enum { SIZE = 2000 };
    char text[SIZE];
    for (size_t at = QBG__TITLE_BYTES - 12; at < QBG__TITLE_BYTES + 4; at++) {
        memset(text, ' ', SIZE);
        memcpy(text + at, "CFO", 3);
        assert_true(qbg__title_split(text, SIZE, &title));
        if (title.word_count > 0) assert_word(text, 0, "CFO");
        assert_int_equal(title.word_count, at + 3 < QBG__TITLE_BYTES);
        text[SIZE - 1] = '\xFF';
        assert_false(qbg__title_split(text, SIZE, &title));
        memset(text, ' ', SIZE);
        memcpy(text + at, "中ю", 5);
        assert_true(qbg__title_split(text, SIZE, &title));
        text[SIZE - 1] = '\xFF';
        assert_false(qbg__title_split(text, SIZE, &title));
    }
    for (size_t i = 0; i < SIZE; i += 2) memcpy(text + i, "a ", 2);
    assert_true(qbg__title_split(text, SIZE, &title));
    assert_true(title.word_count <= QBG__TITLE_WORDS);
    assert_true(qbg__title_split(text, QBG__TITLE_BYTES, &title));
    assert_int_equal(title.word_count, QBG__TITLE_WORDS);
    for (size_t i = 0; i < SIZE; i++) text[i] = 'a';
    assert_true(qbg__title_split(text, QBG__TITLE_BYTES, &title));
    assert_int_equal(title.word_count, 1);
    assert_int_equal(title.words[0].letter_count, QBG__TITLE_BYTES);
    assert_int_equal(qbg__title_mend(&title), 0);
}

/* A mended word is the one meant, and it was unknown before. */
static void assert_mended(const char *wrong, const char *meant) {
    uint16_t number = number_of(meant);
    assert_true(number != 0);
    split(wrong);
    if (title.unknown_count != 1) fail_msg("\"%s\" is known as it is", wrong);
    if (qbg__title_mend(&title) != 1) fail_msg("\"%s\" is not mended", wrong);
    if (title.words[0].number != number) fail_msg("\"%s\" is no \"%s\"", wrong, meant);
    assert_int_equal(title.unknown_count, 0);
}

static void assert_not_mended(const char *text) {
    split(text);
    uint16_t number = title.words[0].number;
    if (qbg__title_mend(&title) != 0 || title.words[0].number != number)
        fail_msg("\"%s\" is mended", text);
}

static void test_mending(void **state) {
    (void)state;
    assert_mended("Acountant", "accountant");   /* missing */
    assert_mended("accoountant", "accountant"); /* too many */
    assert_mended("accuontant", "accountant");  /* swapped */
    assert_mended("accountamt", "accountant");  /* wrong */
    assert_mended("accountan", "accountant");
    assert_mended("дирктор", "директор");
    assert_mended("директр", "директор");
    assert_mended("менежер", "менеджер");
    assert_mended("бухалтеру", "бухгалтеру");
    assert_mended("Cистемный", "системный"); /* a Latin C */
    assert_mended("CFО", "CFO");             /* a Cyrillic О */
    assert_mended("nachalnik", "начальник");
    assert_mended("bukhgalter", "бухгалтер");
    assert_mended("zamestitelya", "заместителя");
    assert_mended("injener", "инженер");
    assert_mended("yurist", "юрист");
    assert_mended("prodazham", "продажам");
    assert_mended("menedzer", "менеджер"); /* Latin, and a letter missing */
}

/* Short words, two wrong letters, and words that only begin like one. */
static void test_not_mended(void **state) {
    (void)state;
    static const char *const texts[] = {
        "itch",   "hrr",       "caccountant", "salez", "Salem",  "legla",   "leagl",  "закпу",
        "qwerty", "acountnat", "дирктр",      "Ivan",  "Banana", "Siemens", "Toyota", "пионер"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_not_mended(texts[i]);
}

static void test_entries(void **state) {
    (void)state;
    uint32_t count;
    split("vice president of vice");
    int32_t both = qbg__title_entry(&title, 0, &count);
    assert_true(both >= 0);
    assert_int_equal(count, 2);
    int32_t one = qbg__title_entry(&title, 3, &count);
    assert_true(one >= 0 && one != both);
    assert_int_equal(count, 1);
    split("vice (president)"); /* no phrase reaches across a bracket */
    assert_int_equal(qbg__title_entry(&title, 0, &count), one);
    split("qwxzq");
    assert_int_equal(qbg__title_entry(&title, 0, &count), -1);
    split("системного администратора"); /* a phrase of two stems */
    assert_true(qbg__title_entry(&title, 0, &count) >= 0);
    assert_int_equal(count, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),       cmocka_unit_test(test_brackets_and_commas),
        cmocka_unit_test(test_spelling),    cmocka_unit_test(test_bad_text),
        cmocka_unit_test(test_long_titles), cmocka_unit_test(test_mending),
        cmocka_unit_test(test_not_mended),  cmocka_unit_test(test_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
