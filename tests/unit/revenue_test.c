/* revenue: what customers pay, month by month. */
#include "fixture.h"

static void a_row_is_told_back(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_revenue_add(workspace, "daisy", 1970, 1, 100, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2199, 12, -5, NULL));
    assert_int_equal(qbg_revenue_count(workspace), 2);
    assert_string_equal(qbg_revenue_customer(workspace, 0), "daisy");
    assert_int_equal(qbg_revenue_year(workspace, 0), 1970);
    assert_int_equal(qbg_revenue_month(workspace, 0), 1);
    assert_int_equal(qbg_revenue_amount_minor(workspace, 0), 100);
    assert_string_equal(qbg_revenue_currency(workspace, 0), "RUB");
    assert_int_equal(qbg_revenue_year(workspace, 1), 2199);
    assert_int_equal(qbg_revenue_month(workspace, 1), 12);
    assert_int_equal(qbg_revenue_amount_minor(workspace, 1), -5);
    assert_string_equal(qbg_revenue_currency(workspace, 1), "");
}

static void rows_of_one_customer_month_and_currency_add_up(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 100, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 20, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 3, "USD"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 2, 4, "RUB"));
    OK(qbg_revenue_add(workspace, "tulip", 2025, 1, 5, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 6, ""));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 7, NULL));
    static const int64_t amounts[] = {120, 3, 4, 5, 13};
    assert_int_equal(qbg_revenue_count(workspace), 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(qbg_revenue_amount_minor(workspace, i), amounts[i]);
}

static void put_sets_a_month_however_often_it_is_told(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int32_t put = -1;
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 100, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 3, "USD"));
    OK(qbg_revenue_put(workspace, "daisy", 2025, 1, 20, "RUB", &put));
    assert_int_equal(put, QBG_PUT_CHANGED);
    uint64_t revision = qbg_workspace_revision(workspace);
    OK(qbg_revenue_put(workspace, "daisy", 2025, 1, 20, "RUB", &put));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(workspace), revision);
    OK(qbg_revenue_put(workspace, "daisy", 2025, 1, INT64_MIN, NULL, &put));
    assert_int_equal(put, QBG_PUT_CREATED);
    OK(qbg_revenue_put(workspace, "daisy", 2025, 1, INT64_MAX, "", NULL));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 5, "RUB"));
    static const int64_t amounts[] = {25, 3, INT64_MAX};
    assert_int_equal(qbg_revenue_count(workspace), 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(qbg_revenue_amount_minor(workspace, i), amounts[i]);
}

static void put_changes_nothing_without_memory(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    OK(qbg_revenue_put(workspace, "daisy", 2025, 1, 20, "RUB", NULL));
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        int32_t put = 77;
        refuse(&self->memory, request);
        status = qbg_revenue_put(workspace, "tulip", 2025, 1, 30, "RUB", &put);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(put, 77);
        assert_int_equal(qbg_revenue_count(workspace), 1);
        assert_int_equal(qbg_revenue_find(workspace, "tulip", 2025, 1, "RUB"), QBG_NONE);
    }
    assert_int_equal(qbg_revenue_amount_minor(workspace, 1), 30);
}

static void a_row_is_found_by_customer_month_and_currency(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_revenue_add(workspace, "daisy", 2025, 12, 100, "RUB"));
    OK(qbg_revenue_add(workspace, "daisy", 2025, 12, 100, NULL));
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2025, 12, "RUB"), 0);
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2025, 12, NULL), 1);
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2025, 12, ""), 1);
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2025, 12, "EUR"), QBG_NONE);
    assert_int_equal(qbg_revenue_find(workspace, "tulip", 2025, 12, "RUB"), QBG_NONE);
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2026, 12, "RUB"), QBG_NONE);
    assert_int_equal(qbg_revenue_find(workspace, "daisy", 2026, 0, "RUB"), QBG_NONE);
    assert_int_equal(qbg_revenue_find(workspace, NULL, 2025, 12, "RUB"), QBG_NONE);
    assert_int_equal(qbg_revenue_find(NULL, "daisy", 2025, 12, "RUB"), QBG_NONE);
}

static void a_sum_beyond_64_bits_is_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, INT64_MAX, "RUB"));
    assert_int_equal(qbg_revenue_add(workspace, "daisy", 2025, 1, 1, "RUB"), QBG_E_OVERFLOW);
    assert_int_equal(qbg_revenue_amount_minor(workspace, 0), INT64_MAX);
}

static void bad_rows_are_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_revenue_add(workspace, "", 2025, 1, 1, "RUB"), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_add(workspace, "\xff", 2025, 1, 1, "RUB"), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_add(workspace, NULL, 2025, 1, 1, "RUB"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_revenue_add(NULL, "x", 2025, 1, 1, "RUB"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_revenue_add(workspace, "x", 1969, 12, 1, "RUB"), QBG_E_RANGE);
    assert_int_equal(qbg_revenue_add(workspace, "x", 2200, 1, 1, "RUB"), QBG_E_RANGE);
    assert_int_equal(qbg_revenue_add(workspace, "x", 2025, 0, 1, "RUB"), QBG_E_RANGE);
    assert_int_equal(qbg_revenue_add(workspace, "x", 2025, 13, 1, "RUB"), QBG_E_RANGE);
    assert_int_equal(qbg_revenue_add(workspace, "x", 2025, 1, 1, "rub"), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_add(workspace, "x", 2025, 1, 1, "RUBL"), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_put(workspace, "", 2025, 1, 1, "RUB", NULL), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_put(workspace, NULL, 2025, 1, 1, "RUB", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_revenue_put(NULL, "x", 2025, 1, 1, "RUB", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_revenue_put(workspace, "x", 2025, 13, 1, "RUB", NULL), QBG_E_RANGE);
    assert_int_equal(qbg_revenue_put(workspace, "x", 2025, 1, 1, "rub", NULL), QBG_E_TEXT);
    assert_int_equal(qbg_revenue_count(workspace), 0);
}

static void past_the_last_row_there_is_none(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_null(qbg_revenue_customer(workspace, 0));
    assert_null(qbg_revenue_currency(workspace, 0));
    assert_int_equal(qbg_revenue_year(workspace, 0), 0);
    assert_int_equal(qbg_revenue_month(workspace, 0), 0);
    assert_int_equal(qbg_revenue_amount_minor(workspace, 0), 0);
    assert_int_equal(qbg_revenue_count(NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_row_is_told_back),
        in_workspace(rows_of_one_customer_month_and_currency_add_up),
        in_workspace(put_sets_a_month_however_often_it_is_told),
        in_workspace(put_changes_nothing_without_memory),
        in_workspace(a_row_is_found_by_customer_month_and_currency),
        in_workspace(a_sum_beyond_64_bits_is_refused),
        in_workspace(bad_rows_are_refused),
        in_workspace(past_the_last_row_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
