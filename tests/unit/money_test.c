/* money: how many decimal places currencies have. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/money.h"

static void test_currency(void **state) {
    (void)state;
    assert_int_equal(qbg__currency_places("EUR"), 2);
    assert_int_equal(qbg__currency_places("RUB"), 2);
    assert_int_equal(qbg__currency_places("JPY"), 0);
    assert_int_equal(qbg__currency_places("KRW"), 0);
    assert_int_equal(qbg__currency_places("RWF"), 0);
    assert_int_equal(qbg__currency_places("BHD"), 3);
    assert_int_equal(qbg__currency_places("LYD"), 3);
    assert_int_equal(qbg__currency_places(""), 2);
    assert_int_equal(qbg__currency_places("jpy"), 2);
    assert_int_equal(qbg__currency_places("PY "), 2);
    assert_int_equal(qbg__currency_places("Y K"), 2);
    assert_int_equal(qbg__currency_places("JPY KRW"), 2);
    assert_true(qbg__currency_is_code("EUR", 3));
    assert_true(qbg__currency_is_code("AZZ?", 3));
    assert_false(qbg__currency_is_code("EUR", 2));
    assert_false(qbg__currency_is_code("EURO", 4));
    assert_false(qbg__currency_is_code("eur", 3));
    assert_false(qbg__currency_is_code("E1R", 3));
    assert_false(qbg__currency_is_code("E[R", 3));
    assert_false(qbg__currency_is_code("E@R", 3));
    assert_false(qbg__currency_is_code("", 0));
}

static void test_currency_places(void **state) {
    (void)state;
    int32_t places = 7;
    assert_int_equal(qbg_currency_places("JPY", &places), QBG_OK);
    assert_int_equal(places, 0);
    assert_int_equal(qbg_currency_places("", &places), QBG_OK);
    assert_int_equal(places, 2);
    assert_int_equal(qbg_currency_places("yen", &places), QBG_E_TEXT);
    assert_int_equal(qbg_currency_places("EURO", &places), QBG_E_TEXT);
    assert_int_equal(qbg_currency_places(NULL, &places), QBG_E_ARGUMENT);
    assert_int_equal(qbg_currency_places("EUR", NULL), QBG_E_ARGUMENT);
    assert_int_equal(places, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_currency),
        cmocka_unit_test(test_currency_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
