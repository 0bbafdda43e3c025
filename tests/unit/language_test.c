/* language: numbers, dates and plurals as readers of each language write them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/blob.h"
#include "io/language.h"
#include "qbg/civil.h"
#include "qbg/status.h"

#define NBSP "\xC2\xA0"

static qbg_blob out;

static int set_up(void **state) {
    qbg__mem mem;
    (void)state;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&out, &mem);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    qbg__blob_end(&out);
    return 0;
}

static void assert_said(const char *expected) {
    assert_string_equal(qbg_blob_data(&out), expected);
    qbg__blob_clear(&out);
}

static void knows_two_languages(void **state) {
    (void)state;
    assert_int_equal(qbg__language_of("ru"), QBG__RUSSIAN);
    assert_int_equal(qbg__language_of("en"), QBG__ENGLISH);
    assert_int_equal(qbg__language_of("fr"), QBG__ENGLISH);
    assert_int_equal(qbg__language_of("ru_RU"), QBG__ENGLISH);
    assert_int_equal(qbg__language_of(""), QBG__ENGLISH);
    assert_int_equal(qbg__language_of(NULL), QBG__ENGLISH);
    for (int language = 0; language < QBG__LANGUAGES; language++)
        assert_int_equal(qbg__language_of(qbg__language_name(language)), language);
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void assert_decimal(const char *text, const char *english, const char *russian) {
    qbg__language_write_decimal(&out, QBG__ENGLISH, text, strlen(text));
    assert_said(english);
    qbg__language_write_decimal(&out, QBG__RUSSIAN, text, strlen(text));
    assert_said(russian);
}

static void writes_decimals(void **state) {
    (void)state;
    assert_decimal("", "", "");
    assert_decimal("0", "0", "0");
    assert_decimal("1.5", "1.5", "1,5");
    assert_decimal("-0.125", "-0.125", "-0,125");
    assert_decimal("0.600", "0.600", "0,600");
    assert_decimal("1e+21", "1e+21", "1e+21");
    assert_decimal("1.5e-7", "1.5e-7", "1,5e-7");
}

/* In Russian from five digits on; digits behind the comma stay together. */
static void groups_digits(void **state) {
    (void)state;
    assert_decimal("999", "999", "999");
    assert_decimal("1000", "1000", "1000");
    assert_decimal("-9999.5", "-9999.5", "-9999,5");
    assert_decimal("10000", "10000", "10" NBSP "000");
    assert_decimal("-10000.12345", "-10000.12345", "-10" NBSP "000,12345");
    assert_decimal("123456", "123456", "123" NBSP "456");
    assert_decimal("1234567.001", "1234567.001", "1" NBSP "234" NBSP "567,001");
}

static void writes_whole_numbers(void **state) {
    (void)state;
    qbg__language_write_int(&out, QBG__RUSSIAN, 0);
    assert_said("0");
    qbg__language_write_int(&out, QBG__RUSSIAN, -12345);
    assert_said("-12" NBSP "345");
    qbg__language_write_int(&out, QBG__ENGLISH, INT64_MIN);
    assert_said("-9223372036854775808");
}

static void writes_figures(void **state) {
    (void)state;
    qbg__language_write_figure(&out, QBG__ENGLISH, 0.285, 2);
    assert_said("0.29");
    qbg__language_write_figure(&out, QBG__RUSSIAN, 0.285, 2);
    assert_said("0,29");
    qbg__language_write_figure(&out, QBG__RUSSIAN, -0.0004, 3);
    assert_said("0,000");
    qbg__language_write_figure(&out, QBG__RUSSIAN, -12345.6, 1);
    assert_said("-12" NBSP "345,6");
}

static void assert_percent(double ratio, const char *english, const char *russian) {
    qbg__language_write_percent(&out, QBG__ENGLISH, ratio);
    assert_said(english);
    qbg__language_write_percent(&out, QBG__RUSSIAN, ratio);
    assert_said(russian);
}

static void writes_percentages(void **state) {
    (void)state;
    assert_percent(0.456, "46%", "46" NBSP "%");
    assert_percent(0.285, "29%", "29" NBSP "%");
    assert_percent(1, "100%", "100" NBSP "%");
    assert_percent(0, "0%", "0" NBSP "%");
    assert_percent(-0.05, "-5%", "-5" NBSP "%");
    assert_percent(123.45, "12345%", "12" NBSP "345" NBSP "%");
}

/* ---- times ----------------------------------------------------------------------------------- */

static int64_t time_of(const char *text, int32_t day_end) {
    int64_t time_s = 0;
    assert_int_equal(qbg_time_from_text(text, day_end, &time_s), QBG_OK);
    return time_s;
}

static void writes_every_month(void **state) {
    static const char *const months[] = {"января",   "февраля", "марта",  "апреля",
                                         "мая",      "июня",    "июля",   "августа",
                                         "сентября", "октября", "ноября", "декабря"};
    char iso[16], expected[64];
    (void)state;
    for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= 28; day += 9) {
            snprintf(iso, sizeof iso, "2025-%02d-%02d", month, day);
            qbg__language_write_date(&out, QBG__ENGLISH, time_of(iso, 0));
            assert_said(iso);
            qbg__language_write_day(&out, QBG__ENGLISH, time_of(iso, 1));
            assert_said(iso);
            snprintf(expected, sizeof expected, "%d %s 2025 г.", day, months[month - 1]);
            qbg__language_write_date(&out, QBG__RUSSIAN, time_of(iso, 1));
            assert_said(expected);
            snprintf(expected, sizeof expected, "%02d.%02d.2025", day, month);
            qbg__language_write_day(&out, QBG__RUSSIAN, time_of(iso, 0));
            assert_said(expected);
        }
    }
}

static void writes_an_as_of_as_briefly_as_it_can(void **state) {
    (void)state;
    qbg__language_write_as_of(&out, QBG__ENGLISH, time_of("2025-11-19", 1));
    assert_said("2025-11-19");
    qbg__language_write_as_of(&out, QBG__ENGLISH, time_of("2025-11-19T12:00:05Z", 0));
    assert_said("2025-11-19T12:00:05Z");
    qbg__language_write_as_of(&out, QBG__RUSSIAN, time_of("2025-11-19", 1));
    assert_said("19 ноября 2025 г.");
    qbg__language_write_as_of(&out, QBG__RUSSIAN, time_of("2025-05-01T09:07:05Z", 0));
    assert_said("1 мая 2025 г., 09:07:05 UTC");
}

static void writes_the_first_and_the_last_instant(void **state) {
    (void)state;
    qbg__language_write_as_of(&out, QBG__ENGLISH, 0);
    assert_said("1970-01-01T00:00:00Z");
    qbg__language_write_as_of(&out, QBG__RUSSIAN, time_of("2199-12-31", 1));
    assert_said("31 декабря 2199 г.");
}

static void writes_nothing_for_no_time(void **state) {
    (void)state;
    for (int language = 0; language < QBG__LANGUAGES; language++) {
        qbg__language_write_date(&out, language, QBG_UNDATED);
        qbg__language_write_day(&out, language, -1);
        qbg__language_write_as_of(&out, language, INT64_MAX);
    }
    assert_said("");
}

/* ---- plurals --------------------------------------------------------------------------------- */

static int is_among(uint64_t number, const uint64_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number) return 1;
    return 0;
}

#define IS_AMONG(number, list) is_among(number, list, sizeof(list) / sizeof(list)[0])

static void goes_by_russian_numbers(void **state) {
    static const uint64_t one[] = {1, 21, 31, 41, 51, 61, 71, 81, 91, 101, 121};
    static const uint64_t few[] = {2,  3,  4,  22, 23, 24, 32, 33, 34, 42, 43, 44, 52,  53,  54,
                                   62, 63, 64, 72, 73, 74, 82, 83, 84, 92, 93, 94, 102, 103, 104};
    (void)state;
    assert_int_equal(qbg__language_forms(QBG__RUSSIAN), 3);
    for (uint64_t number = 0; number <= 121; number++) {
        int form = IS_AMONG(number, one) ? 0 : IS_AMONG(number, few) ? 1 : 2;
        for (uint64_t hundreds = 0; hundreds <= 3000; hundreds += 1000) {
            uint64_t same = number + hundreds;
            assert_int_equal(qbg__language_form(QBG__RUSSIAN, 3, same, 0), form);
            assert_int_equal(qbg__language_form(QBG__RUSSIAN, 4, same, 0), form);
        }
    }
    assert_int_equal(qbg__language_form(QBG__RUSSIAN, 3, UINT64_MAX, 0), 2); /* ...615 */
}

static void goes_by_english_numbers(void **state) {
    (void)state;
    assert_int_equal(qbg__language_forms(QBG__ENGLISH), 2);
    for (uint64_t number = 0; number <= 121; number++) {
        assert_int_equal(qbg__language_form(QBG__ENGLISH, 2, number, 0), number != 1);
        assert_int_equal(qbg__language_form(QBG__ENGLISH, 2, number, 1), 1);
        assert_int_equal(qbg__language_form(QBG__ENGLISH, 3, number, 1), 2);
    }
}

/* «1,5 балла» is the form of 2, unless there is one more form for it: «от 1,5 балла», «от 2
 * баллов». */
static void has_a_form_for_fractions(void **state) {
    (void)state;
    for (uint64_t whole = 0; whole <= 121; whole++) {
        assert_int_equal(qbg__language_form(QBG__RUSSIAN, 3, whole, 1), 1);
        assert_int_equal(qbg__language_form(QBG__RUSSIAN, 4, whole, 1), 3);
    }
}

/* «роль», «роли»: of 21 that are not counted in the text there is still more than one. */
static void tells_one_from_more_in_fewer_forms(void **state) {
    (void)state;
    for (uint64_t number = 0; number <= 121; number++) {
        assert_int_equal(qbg__language_form(QBG__RUSSIAN, 2, number, 0), number != 1);
        assert_int_equal(qbg__language_form(QBG__RUSSIAN, 1, number, 0), 0);
        assert_int_equal(qbg__language_form(QBG__ENGLISH, 1, number, 1), 0);
    }
    assert_int_equal(qbg__language_form(QBG__RUSSIAN, 2, 1, 1), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_two_languages),
        cmocka_unit_test(writes_decimals),
        cmocka_unit_test(groups_digits),
        cmocka_unit_test(writes_whole_numbers),
        cmocka_unit_test(writes_figures),
        cmocka_unit_test(writes_percentages),
        cmocka_unit_test(writes_every_month),
        cmocka_unit_test(writes_an_as_of_as_briefly_as_it_can),
        cmocka_unit_test(writes_the_first_and_the_last_instant),
        cmocka_unit_test(writes_nothing_for_no_time),
        cmocka_unit_test(goes_by_russian_numbers),
        cmocka_unit_test(goes_by_english_numbers),
        cmocka_unit_test(has_a_form_for_fractions),
        cmocka_unit_test(tells_one_from_more_in_fewer_forms),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
