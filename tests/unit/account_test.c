/* account: companies, their domains and their potential. */
#include "fixture.h"

static void an_account_is_found_and_walked(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = NULL;
    OK(qbg_account_add(workspace, "daisy", "Красная ромашка", &daisy));
    OK(qbg_account_add(workspace, "tulip", NULL, NULL));
    assert_ptr_equal(qbg_account_find(workspace, "daisy"), daisy);
    assert_ptr_equal(qbg_account_at(workspace, 0), daisy);
    assert_int_equal(qbg_account_number(daisy), 0);
    assert_string_equal(qbg_account_key(daisy), "daisy");
    assert_string_equal(qbg_account_name(daisy), "Красная ромашка");
    assert_string_equal(qbg_account_name(qbg_account_at(workspace, 1)), "");
    assert_int_equal(qbg_account_count(workspace), 2);
    assert_null(qbg_account_at(workspace, 2));
    assert_null(qbg_account_find(workspace, "Daisy"));
    assert_null(qbg_account_find(workspace, NULL));
}

static void add_refuses_and_changes_nothing(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *known = add_account(workspace, "daisy"), *out = known;
    assert_int_equal(qbg_account_add(workspace, "daisy", "other", &out), QBG_E_EXISTS);
    assert_int_equal(qbg_account_add(workspace, "", NULL, &out), QBG_E_TEXT);
    assert_int_equal(qbg_account_add(workspace, "\xff", NULL, &out), QBG_E_TEXT);
    assert_int_equal(qbg_account_add(workspace, "x", "\xff", &out), QBG_E_TEXT);
    assert_int_equal(qbg_account_add(workspace, NULL, NULL, &out), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_add(NULL, "x", NULL, &out), QBG_E_ARGUMENT);
    assert_ptr_equal(out, known);
    assert_string_equal(qbg_account_name(known), "");
    assert_int_equal(qbg_account_count(workspace), 1);
}

static void put_adds_or_updates_and_null_keeps(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *first = NULL, *again = NULL;
    OK(qbg_account_put(workspace, "daisy", "Daisy", &first, NULL));
    OK(qbg_account_put(workspace, "daisy", NULL, &again, NULL));
    assert_ptr_equal(again, first);
    assert_string_equal(qbg_account_name(first), "Daisy");
    OK(qbg_account_put(workspace, "daisy", "Red daisy", NULL, NULL));
    assert_string_equal(qbg_account_name(first), "Red daisy");
    assert_int_equal(qbg_account_put(workspace, "daisy", "\xff", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_account_put(workspace, NULL, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_string_equal(qbg_account_name(first), "Red daisy");
}

static void a_name_comes_and_goes(void **state) {
    qbg_account *daisy = add_account(workspace_of(state), "daisy");
    OK(qbg_account_set_name(daisy, "Daisy"));
    OK(qbg_account_set_name(daisy, qbg_account_name(daisy)));
    assert_string_equal(qbg_account_name(daisy), "Daisy");
    assert_int_equal(qbg_account_set_name(daisy, "\xff"), QBG_E_TEXT);
    OK(qbg_account_set_name(daisy, NULL));
    assert_string_equal(qbg_account_name(daisy), "");
}

static void domains_are_in_lower_case_and_each_once(void **state) {
    qbg_account *daisy = add_account(workspace_of(state), "daisy");
    OK(qbg_account_add_domain(daisy, "Daisy.RU"));
    OK(qbg_account_add_domain(daisy, "daisy.com"));
    OK(qbg_account_add_domain(daisy, " DAISY.ru "));
    assert_int_equal(qbg_account_domain_count(daisy), 2);
    assert_string_equal(qbg_account_domain(daisy, 0), "daisy.ru");
    assert_string_equal(qbg_account_domain(daisy, 1), "daisy.com");
    OK(qbg_account_add_domain(daisy, "ЁЛКА.рф"));
    OK(qbg_account_add_domain(daisy, "Елка.РФ")); /* another name */
    assert_string_equal(qbg_account_domain(daisy, 2), "ёлка.рф");
    assert_string_equal(qbg_account_domain(daisy, 3), "елка.рф");
    assert_int_equal(qbg_account_add_domain(daisy, " "), QBG_E_TEXT);
    assert_int_equal(qbg_account_add_domain(daisy, ""), QBG_E_TEXT);
    assert_int_equal(qbg_account_add_domain(daisy, "a.ru;b.ru"), QBG_E_TEXT);
    assert_int_equal(qbg_account_add_domain(daisy, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_account_add_domain(daisy, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_domain_count(daisy), 4);
    assert_string_equal(qbg_account_domain(daisy, 4), "");
}

static void a_potential_has_a_currency(void **state) {
    qbg_account *daisy = add_account(workspace_of(state), "daisy");
    assert_string_equal(qbg_account_currency(daisy), "");
    OK(qbg_account_set_potential(daisy, INT64_MAX, "RUB"));
    assert_int_equal(qbg_account_potential_minor(daisy), INT64_MAX);
    assert_string_equal(qbg_account_currency(daisy), "RUB");
    assert_int_equal(qbg_account_set_potential(daisy, -1, "USD"), QBG_E_RANGE);
    assert_int_equal(qbg_account_set_potential(daisy, 1, "usd"), QBG_E_TEXT);
    assert_int_equal(qbg_account_set_potential(daisy, 1, "RUBL"), QBG_E_TEXT);
    assert_int_equal(qbg_account_set_potential(daisy, 1, ""), QBG_E_TEXT);
    assert_int_equal(qbg_account_set_potential(daisy, 1, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_potential_minor(daisy), INT64_MAX);
    OK(qbg_account_set_potential(daisy, 0, "USD"));
    assert_string_equal(qbg_account_currency(daisy), "USD");
}

static void no_account_is_neutral(void **state) {
    (void)state;
    assert_int_equal(qbg_account_number(NULL), QBG_NONE);
    assert_string_equal(qbg_account_key(NULL), "");
    assert_string_equal(qbg_account_name(NULL), "");
    assert_int_equal(qbg_account_domain_count(NULL), 0);
    assert_string_equal(qbg_account_currency(NULL), "");
    assert_int_equal(qbg_account_set_name(NULL, "x"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_add_domain(NULL, "x"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_set_potential(NULL, 1, "USD"), QBG_E_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(an_account_is_found_and_walked),
        in_workspace(add_refuses_and_changes_nothing),
        in_workspace(put_adds_or_updates_and_null_keeps),
        in_workspace(a_name_comes_and_goes),
        in_workspace(domains_are_in_lower_case_and_each_once),
        in_workspace(a_potential_has_a_currency),
        cmocka_unit_test(no_account_is_neutral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
