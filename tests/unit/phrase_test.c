/* phrase: values in their places, words that go with numbers, and the catalogue itself. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "io/phrase.h"
#include "qbg/civil.h"

#define NBSP "\xC2\xA0"

static qbg_blob out;
static qbg__teller tellers[QBG__LANGUAGES];
static qbg__teller *const english = &tellers[QBG__ENGLISH];
static qbg__teller *const russian = &tellers[QBG__RUSSIAN];

static int set_up(void **state) {
    qbg__mem mem;
    (void)state;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&out, &mem);
    for (int i = 0; i < QBG__LANGUAGES; i++) qbg__teller_begin(&tellers[i], &out, i);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (int i = 0; i < QBG__LANGUAGES; i++) qbg__teller_end(&tellers[i]);
    qbg__blob_end(&out);
    return 0;
}

static void assert_fills(qbg__teller *teller, const char *text, const char *expected) {
    qbg__blob_clear(&out);
    qbg__teller_fill(teller, &out, text);
    assert_string_equal(qbg_blob_data(&out), expected);
}

/* ---- values ---------------------------------------------------------------------------------- */

static void fills_places_in_any_order(void **state) {
    (void)state;
    qbg__teller_text(english, "a");
    qbg__teller_text(english, "");
    qbg__teller_int(english, -3);
    assert_fills(english, "{3} {1}{2}{1}.", "-3 aa.");
}

static void forgets_values_once_said(void **state) {
    (void)state;
    qbg__teller_text(english, "a");
    assert_fills(english, "{1}", "a");
    assert_fills(english, "[{1}]", "[]");
    qbg__teller_text(english, "b");
    qbg__teller_clear(english);
    assert_fills(english, "[{1}]", "[]");
}

static void give_all(qbg__teller *teller) {
    qbg__teller_figure(teller, -1234.5678, 3);
    qbg__teller_exact(teller, 0.1);
    qbg__teller_int(teller, 1234567);
    qbg__teller_percent(teller, 0.5);
    qbg__teller_date(teller, 86400);
    qbg__teller_as_of(teller, 0);
    qbg__teller_text(teller, "x\ny");
    qbg__blob_text(qbg__teller_value(teller), "own");
}

static void writes_every_kind_of_value(void **state) {
    static const char text[] = "{1} {2} {3} {4} {5} {6} {7} {8}";
    (void)state;
    give_all(english);
    assert_fills(english, text,
                 "-1234.568 0.1 1234567 50% 1970-01-02 1970-01-01T00:00:00Z x y own");
    give_all(russian);
    assert_fills(russian, text,
                 "-1234,568 0,1 1" NBSP "234" NBSP "567 50" NBSP
                 "% 2 января 1970 г. 1 января 1970 г., 00:00:00 UTC x y own");
}

/* A date or a company may end with a full stop, and one is enough. */
static void stops_once(void **state) {
    (void)state;
    qbg__teller_date(russian, 86400);
    assert_fills(russian, "На {1}.", "На 2 января 1970 г.");
    qbg__teller_text(english, "Acme Inc.");
    assert_fills(english, "At {1}. {1}, {1}..", "At Acme Inc. Acme Inc., Acme Inc..");
    qbg__teller_text(english, ".");
    qbg__teller_text(english, "");
    assert_fills(english, "{1}{2}.", "..");
    qbg__teller_text(english, "a");
    assert_fills(english, "{1}.", "a.");
}

static void takes_no_more_values_than_it_has_room_for(void **state) {
    (void)state;
    for (int i = 0; i < QBG__TELLER_VALUES; i++) qbg__teller_int(english, i);
    assert_int_equal(english->texts.status, QBG_OK);
    qbg__teller_int(english, 10);
    assert_int_equal(english->texts.status, QBG_E_RANGE);
    qbg__blob_clear(&english->texts);
    qbg__teller_clear(english);
}

static void wraps_a_text_beside_the_values(void **state) {
    (void)state;
    qbg__teller_text(russian, "a");
    qbg__blob_clear(&out);
    qbg__teller_wrap(russian, &out, QBG__P_LIST_ROLE, "чемпион\n");
    assert_string_equal(qbg_blob_data(&out), "«чемпион »");
    assert_fills(russian, "{1}", "a");
}

/* ---- words ----------------------------------------------------------------------------------- */

static void assert_form(qbg__teller *teller, int64_t number, const char *text,
                        const char *expected) {
    qbg__teller_int(teller, number);
    assert_fills(teller, text, expected);
}

static void goes_by_english_numbers(void **state) {
    (void)state;
    assert_form(english, 0, "{1} {1|person|people}", "0 people");
    assert_form(english, 1, "{1} {1|person|people}", "1 person");
    assert_form(english, 2, "{1} {1|person|people}", "2 people");
    assert_form(english, -1, "{1} {1|day|days}", "-1 day");
    assert_form(english, 21, "{1} {1|day is|days are}", "21 days are");
    assert_form(english, 1, "{1|criterion|}", "criterion");
    assert_form(english, 2, "{1|criterion|}", "");
}

/* The words of 0..121, written down by decades: the rest of a decade follows from its digit. */
static const char *word_of(int64_t number) {
    static const char *const by_digit[] = {"дней", "день", "дня",  "дня",  "дня",
                                           "дней", "дней", "дней", "дней", "дней"};
    int is_second_decade = (number >= 10 && number <= 19) || (number >= 110 && number <= 119);
    return is_second_decade ? "дней" : by_digit[number % 10];
}

static void goes_by_russian_numbers(void **state) {
    char expected[64];
    (void)state;
    for (int64_t number = 0; number <= 121; number++) {
        snprintf(expected, sizeof expected, "%d %s", (int)number, word_of(number));
        assert_form(russian, number, "{1} {1|день|дня|дней}", expected);
        snprintf(expected, sizeof expected, "%s%d %s", number ? "-" : "", (int)number,
                 word_of(number));
        assert_form(russian, -number, "{1} {1|день|дня|дней}", expected);
    }
    assert_form(russian, 1000001, "{1|день|дня|дней}", "день");
    assert_form(russian, 10000000022, "{1|день|дня|дней}", "дня");
    assert_form(russian, 1000000000011, "{1|день|дня|дней}", "дней");
    assert_form(russian, INT64_MAX, "{1|день|дня|дней}", "дней");
    assert_form(russian, INT64_MIN, "{1|день|дня|дней}", "дней");
    assert_form(russian, 21, "{1|роль|роли}", "роли");
}

static void assert_figure(double value, int places, const char *text, const char *expected) {
    qbg__teller_figure(russian, value, places);
    assert_fills(russian, text, expected);
}

static void assert_exact(double value, const char *text, const char *expected) {
    qbg__teller_exact(russian, value);
    assert_fills(russian, text, expected);
}

static void goes_by_fractions_as_they_are_written(void **state) {
    static const char points[] = "{1} {1|балл|балла|баллов}";
    static const char from[] = "от {1} {1|балла|баллов|баллов|балла}";
    (void)state;
    assert_figure(1.5, 1, points, "1,5 балла");
    assert_figure(-0.5, 1, points, "-0,5 балла");
    assert_figure(1, 3, points, "1,000 балла");
    assert_figure(5, 3, points, "5,000 балла");
    assert_figure(5, 0, points, "5 баллов");
    assert_exact(21, points, "21 балл");
    assert_exact(2.5, from, "от 2,5 балла");
    assert_exact(1, from, "от 1 балла");
    assert_exact(2, from, "от 2 баллов");
    assert_exact(5, from, "от 5 баллов");
    assert_exact(21, from, "от 21 балла");
    qbg__teller_exact(english, 1.5);
    assert_fills(english, "{1} {1|point|points}", "1.5 points");
    qbg__teller_figure(english, 1, 1);
    assert_fills(english, "{1} {1|point|points}", "1.0 points");
    qbg__teller_exact(english, 1);
    assert_fills(english, "{1} {1|point|points}", "1 point");
}

static void takes_texts_for_no_number(void **state) {
    (void)state;
    qbg__teller_text(russian, "1");
    assert_fills(russian, "{1|день|дня|дней}{2|день|дня|дней}", "днейдней");
}

/* ---- the catalogue --------------------------------------------------------------------------- */

/* The places of a phrase: bit n for {n+1}. _words: the same for {n+1|...}. */
typedef struct places {
    unsigned values, words;
} places;

static int count_forms(const char *place, const char *end) {
    int bars = 0;
    for (; place < end; place++) bars += *place == '|';
    return bars;
}

/* A place is "{1}" to "{9}" or "{1|word|word}", and braces are for nothing else. Of words there are
 * one or more, or as many as the language has, or one more for fractions. */
static places read_places(const char *text, int language) {
    places found = {0, 0};
    for (const char *at = text; *at; at++) {
        assert_true(*at != '}');
        if (*at != '{') continue;
        const char *end = strchr(at, '}');
        assert_non_null(end);
        assert_in_range(at[1], '1', '9');
        unsigned bit = 1u << (at[1] - '1');
        int forms = count_forms(at, end);
        if (forms == 0) {
            assert_true(at + 2 == end);
            found.values |= bit;
        } else {
            assert_true(at[2] == '|');
            assert_in_range(forms, 2, qbg__language_forms(language) + 1);
            found.words |= bit;
        }
        at = end;
    }
    return found;
}

static void has_a_well_formed_catalogue(void **state) {
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++) {
        for (int language = 0; language < QBG__LANGUAGES; language++) {
            const char *text = qbg__phrase_text((qbg__phrase)i, language);
            assert_non_null(text);
            assert_true(text[0] != '\0');
            places found = read_places(text, language);
            assert_int_equal((found.values + 1) & found.values, 0); /* none is left out */
        }
    }
}

/* Words may go with a value that only one language has to inflect for, but none is given for them
 * alone. */
static void asks_for_the_same_values_in_every_language(void **state) {
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++) {
        places first = read_places(qbg__phrase_text((qbg__phrase)i, 0), 0);
        for (int language = 1; language < QBG__LANGUAGES; language++) {
            const char *text = qbg__phrase_text((qbg__phrase)i, language);
            places found = read_places(text, language);
            if (found.values == first.values &&
                (found.values | found.words) == (first.values | first.words))
                continue;
            fail_msg("other values in: %s", text);
        }
    }
}

/* Blanks and line ends at the borders are where sentences meet, so they have to be the same. */
static void joins_sentences_alike_in_every_language(void **state) {
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++) {
        const char *first = qbg__phrase_text((qbg__phrase)i, 0);
        size_t first_size = strlen(first);
        for (int language = 1; language < QBG__LANGUAGES; language++) {
            const char *text = qbg__phrase_text((qbg__phrase)i, language);
            size_t size = strlen(text);
            assert_int_equal(strspn(text, " \n"), strspn(first, " \n"));
            assert_int_equal(text[size - 1] == '\n', first[first_size - 1] == '\n');
            assert_int_equal(text[size - 1] == ' ', first[first_size - 1] == ' ');
        }
    }
}

/* Each phrase with each of these numbers in each place: no brace is left, and of each number that
 * English has, Russian has the same. */
static void says_every_phrase_with_any_number(void **state) {
    static const int64_t numbers[] = {0, 1, 2, 5, 11, 21, 22, 111, 1234, 98765};
    char digits[32];
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++) {
        unsigned values = read_places(qbg__phrase_text((qbg__phrase)i, 0), 0).values;
        for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
            for (int language = 0; language < QBG__LANGUAGES; language++) {
                qbg__blob_clear(&out);
                for (int value = 0; value < QBG__TELLER_VALUES; value++)
                    qbg__teller_int(&tellers[language], numbers[n]);
                qbg__teller_say(&tellers[language], (qbg__phrase)i);
                const char *said = qbg_blob_data(&out);
                assert_null(strpbrk(said, "{}|"));
                snprintf(digits, sizeof digits, "%d", (int)numbers[n]);
                if (language == QBG__RUSSIAN && numbers[n] > 9999)
                    snprintf(digits, sizeof digits, "98" NBSP "765");
                if (values) assert_non_null(strstr(said, digits));
            }
        }
    }
}

/* A column that was copied and never translated would say English. */
static void speaks_no_english_in_russian(void **state) {
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++)
        for (const char *at = qbg__phrase_text((qbg__phrase)i, QBG__RUSSIAN); *at; at++)
            assert_false((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'));
}

static void *refuse(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    long *allowed = ctx;
    return (*allowed)-- > 0 ? realloc(ptr, new_size) : NULL;
}

static void keeps_a_failure_until_the_end(void **state) {
    long allowed = 0;
    const qbg_allocator allocator = {sizeof allocator, &allowed, refuse};
    qbg__mem mem;
    qbg_blob poor;
    qbg__teller teller;
    (void)state;
    assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_OK);
    for (int succeeds = 0; succeeds < 2; succeeds++) {
        allowed = succeeds ? 1000 : 0;
        qbg__blob_begin(&poor, &mem);
        qbg__teller_begin(&teller, &poor, QBG__RUSSIAN);
        give_all(&teller);
        qbg__teller_clear(&teller);
        assert_int_equal(poor.status, QBG_OK);
        qbg__teller_end(&teller);
        assert_int_equal(poor.status, succeeds ? QBG_OK : QBG_E_MEMORY);
        qbg__blob_end(&poor);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_places_in_any_order),
        cmocka_unit_test(forgets_values_once_said),
        cmocka_unit_test(writes_every_kind_of_value),
        cmocka_unit_test(stops_once),
        cmocka_unit_test(takes_no_more_values_than_it_has_room_for),
        cmocka_unit_test(wraps_a_text_beside_the_values),
        cmocka_unit_test(goes_by_english_numbers),
        cmocka_unit_test(goes_by_russian_numbers),
        cmocka_unit_test(goes_by_fractions_as_they_are_written),
        cmocka_unit_test(takes_texts_for_no_number),
        cmocka_unit_test(has_a_well_formed_catalogue),
        cmocka_unit_test(asks_for_the_same_values_in_every_language),
        cmocka_unit_test(joins_sentences_alike_in_every_language),
        cmocka_unit_test(says_every_phrase_with_any_number),
        cmocka_unit_test(speaks_no_english_in_russian),
        cmocka_unit_test(keeps_a_failure_until_the_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
