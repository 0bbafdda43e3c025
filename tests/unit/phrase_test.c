/* phrase: values in their places, and words that go with numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/blob.h"
#include "io/phrase.h"

static qbg_blob out;
static qbg__teller teller;

static int set_up(void **state) {
    qbg__mem mem;
    (void)state;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&out, &mem);
    qbg__teller_begin(&teller, &out);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    qbg__teller_end(&teller);
    qbg__blob_end(&out);
    return 0;
}

static void assert_fills(const char *text, const char *expected) {
    qbg__blob_clear(&out);
    qbg__teller_fill(&teller, &out, text);
    assert_string_equal(qbg_blob_data(&out), expected);
}

static void fills_places_in_any_order(void **state) {
    (void)state;
    qbg__teller_text(&teller, "a");
    qbg__teller_text(&teller, "");
    qbg__teller_int(&teller, -3);
    assert_fills("{3} {1}{2}{1}.", "-3 aa.");
}

static void forgets_values_once_said(void **state) {
    (void)state;
    qbg__teller_text(&teller, "a");
    assert_fills("{1}", "a");
    assert_fills("[{1}]", "[]");
    qbg__teller_text(&teller, "b");
    qbg__teller_clear(&teller);
    assert_fills("[{1}]", "[]");
}

static void writes_every_kind_of_value(void **state) {
    (void)state;
    qbg__teller_figure(&teller, 0.285, 2);
    qbg__teller_percent(&teller, 0.5);
    qbg__teller_date(&teller, 86400);
    qbg__teller_text(&teller, "x\ny");
    qbg__blob_text(qbg__teller_value(&teller), "own");
    assert_fills("{1} {2} {3} {4} {5}", "0.29 50% 1970-01-02 x y own");
}

static void assert_form(int64_t number, const char *text, const char *expected) {
    qbg__teller_int(&teller, number);
    assert_fills(text, expected);
}

static void goes_by_english_numbers(void **state) {
    (void)state;
    assert_form(0, "{1} {1|person|people}", "0 people");
    assert_form(1, "{1} {1|person|people}", "1 person");
    assert_form(2, "{1} {1|person|people}", "2 people");
    assert_form(-1, "{1} {1|day|days}", "-1 day");
    assert_form(21, "{1} {1|day is|days are}", "21 days are");
    assert_form(1, "{1|criterion|}", "criterion");
    assert_form(2, "{1|criterion|}", "");
}

static void goes_by_russian_numbers(void **state) {
    static const char forms[] = "{1|день|дня|дней}";
    (void)state;
    assert_form(1, forms, "день");
    assert_form(21, forms, "день");
    assert_form(101, forms, "день");
    assert_form(2, forms, "дня");
    assert_form(34, forms, "дня");
    assert_form(0, forms, "дней");
    assert_form(5, forms, "дней");
    assert_form(11, forms, "дней");
    assert_form(12, forms, "дней");
    assert_form(114, forms, "дней");
    assert_form(INT64_MIN, forms, "дней");
}

static void takes_no_more_values_than_it_has_room_for(void **state) {
    (void)state;
    for (int i = 0; i < QBG__TELLER_VALUES; i++) qbg__teller_int(&teller, i);
    assert_int_equal(teller.values.status, QBG_OK);
    qbg__teller_int(&teller, 10);
    assert_int_equal(teller.values.status, QBG_E_RANGE);
    qbg__blob_clear(&teller.values);
    qbg__teller_clear(&teller);
}

/* A place is "{1}" to "{9}" or "{1|word|word}", and braces are for nothing else. */
static void assert_well_formed(const char *text) {
    for (const char *at = text; *at; at++) {
        assert_true(*at != '}');
        if (*at != '{') continue;
        const char *end = strchr(at, '}');
        assert_non_null(end);
        assert_true(at[1] >= '1' && at[1] <= '9');
        assert_true(at[2] == '|' || at + 2 == end);
        at = end;
    }
}

static void has_a_well_formed_catalogue(void **state) {
    (void)state;
    for (int i = 0; i < QBG__P_COUNT; i++) {
        const char *text = qbg__phrase_text((qbg__phrase)i);
        assert_non_null(text);
        assert_true(text[0] != '\0');
        assert_well_formed(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_places_in_any_order),
        cmocka_unit_test(forgets_values_once_said),
        cmocka_unit_test(writes_every_kind_of_value),
        cmocka_unit_test(goes_by_english_numbers),
        cmocka_unit_test(goes_by_russian_numbers),
        cmocka_unit_test(takes_no_more_values_than_it_has_room_for),
        cmocka_unit_test(has_a_well_formed_catalogue),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
