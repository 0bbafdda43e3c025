/* opportunity: account x solution with its dated facts. */
#include "fixture.h"

#include <math.h>

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy, *tulip;
    qbg_solution *hr, *crm;
    qbg_opportunity *opportunity;
} world;

static world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.daisy = add_account(w.workspace, "daisy");
    w.tulip = add_account(w.workspace, "tulip");
    w.hr = add_solution(w.workspace, "hr");
    w.crm = add_solution(w.workspace, "crm");
    w.opportunity = add_opportunity(w.workspace, "daisy-hr", w.daisy, w.hr, NOON);
    return w;
}

static void an_opportunity_is_found_and_walked(void **state) {
    world w = begin(state);
    assert_ptr_equal(qbg_opportunity_find(w.workspace, "daisy-hr"), w.opportunity);
    assert_ptr_equal(qbg_opportunity_at(w.workspace, 0), w.opportunity);
    assert_null(qbg_opportunity_at(w.workspace, 1));
    assert_int_equal(qbg_opportunity_number(w.opportunity), 0);
    assert_string_equal(qbg_opportunity_key(w.opportunity), "daisy-hr");
    assert_string_equal(qbg_opportunity_name(w.opportunity), "");
    assert_ptr_equal(qbg_opportunity_account(w.opportunity), w.daisy);
    assert_ptr_equal(qbg_opportunity_solution(w.opportunity), w.hr);
    assert_int_equal(qbg_opportunity_type(w.opportunity), QBG_UNSET);
    assert_int_equal(qbg_opportunity_opened(w.opportunity), NOON);
    assert_int_equal(qbg_opportunity_closed(w.opportunity), QBG_UNDATED);
}

static void add_refuses_and_changes_nothing(void **state) {
    world w = begin(state);
    qbg_workspace *ws = w.workspace, *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_account *stranger = add_account(other, "daisy");
    assert_int_equal(qbg_opportunity_add(ws, "daisy-hr", w.daisy, w.hr, NOON, NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_opportunity_add(ws, "x", NULL, w.hr, NOON, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_add(ws, "x", w.daisy, NULL, NOON, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_add(ws, "x", stranger, w.hr, NOON, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_add(ws, "", w.daisy, w.hr, NOON, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_opportunity_add(ws, NULL, w.daisy, w.hr, NOON, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_add(ws, "x", w.daisy, w.hr, -1, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_count(ws), 1);
    qbg_workspace_free(other);
}

static void put_updates_and_moves_it(void **state) {
    world w = begin(state);
    qbg_opportunity *out = NULL;
    OK(qbg_opportunity_put(w.workspace, "daisy-hr", w.daisy, w.hr, QBG_UNDATED, &out, NULL));
    assert_ptr_equal(out, w.opportunity);
    assert_int_equal(qbg_opportunity_opened(out), NOON); /* kept */
    OK(qbg_opportunity_put(w.workspace, "daisy-hr", w.daisy, w.hr, NOON + 1, NULL, NULL));
    assert_int_equal(qbg_opportunity_opened(out), NOON + 1);
    int32_t put = -1;
    OK(qbg_opportunity_put(w.workspace, "daisy-hr", w.tulip, w.crm, NOON + 1, NULL, &put));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_ptr_equal(qbg_opportunity_account(w.opportunity), w.tulip);
    assert_ptr_equal(qbg_opportunity_solution(w.opportunity), w.crm);
    OK(qbg_opportunity_put(w.workspace, "daisy-hr", w.tulip, w.crm, NOON + 1, NULL, &put));
    assert_int_equal(put, QBG_PUT_SAME);
    OK(qbg_opportunity_put(w.workspace, "daisy-hr", w.daisy, w.hr, QBG_UNDATED, NULL, &put));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_int_equal(qbg_opportunity_put(w.workspace, "daisy-hr", w.daisy, w.hr, -1, NULL, NULL),
                     QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_opened(out), NOON + 1);
    OK(qbg_opportunity_put(w.workspace, "new", w.tulip, w.crm, QBG_UNDATED, &out, NULL));
    assert_int_equal(qbg_opportunity_number(out), 1);
}

static void undated_facts_are_set_and_taken_away(void **state) {
    world w = begin(state);
    qbg_opportunity *o = w.opportunity;
    OK(qbg_opportunity_set_name(o, "HR для ромашки"));
    OK(qbg_opportunity_set_type(o, QBG_OPPORTUNITY_UPSELL));
    OK(qbg_opportunity_set_closed(o, LAST));
    assert_string_equal(qbg_opportunity_name(o), "HR для ромашки");
    assert_int_equal(qbg_opportunity_type(o), QBG_OPPORTUNITY_UPSELL);
    assert_int_equal(qbg_opportunity_closed(o), LAST);
    assert_int_equal(qbg_opportunity_set_name(o, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_opportunity_set_type(o, 4), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_set_closed(o, LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_set_opened(o, -1), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_closed(o), LAST);
    OK(qbg_opportunity_set_type(o, QBG_UNSET));
    OK(qbg_opportunity_set_name(o, NULL));
    OK(qbg_opportunity_set_opened(o, QBG_UNDATED));
    assert_string_equal(qbg_opportunity_name(o), "");
    assert_int_equal(qbg_opportunity_opened(o), QBG_UNDATED);
}

static void a_stage_is_any_word_of_its_time(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    assert_string_equal(qbg_opportunity_stage(o, NOON), "");
    OK(qbg_opportunity_set_stage(o, "pipeline", QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_stage(o, "наша стадия", NOON, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_stage(o, NULL, NOON + 1, QBG_SOURCE_HOST));
    assert_string_equal(qbg_opportunity_stage(o, NOON - 1), "pipeline");
    assert_string_equal(qbg_opportunity_stage(o, NOON), "наша стадия");
    assert_string_equal(qbg_opportunity_stage(o, NOON + 1), "");
    assert_int_equal(qbg_opportunity_set_stage(o, "\xff", NOON, 1), QBG_E_TEXT);
    assert_int_equal(qbg_opportunity_set_stage(o, "x", -1, 1), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_set_stage(o, "x", NOON, 2), QBG_E_ARGUMENT);
}

static void verdict_and_outcome_are_words_of_their_time(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    assert_int_equal(qbg_opportunity_verdict(o, NOON), QBG_UNSET);
    assert_int_equal(qbg_opportunity_outcome(o, NOON), QBG_UNSET);
    OK(qbg_opportunity_set_verdict(o, QBG_VERDICT_QUALIFIED, NOON, 1));
    OK(qbg_opportunity_set_verdict(o, QBG_UNSET, NOON + 1, 1));
    OK(qbg_opportunity_set_outcome(o, QBG_OUTCOME_WON, NOON, 1));
    assert_int_equal(qbg_opportunity_verdict(o, NOON), QBG_VERDICT_QUALIFIED);
    assert_int_equal(qbg_opportunity_verdict(o, NOON + 1), QBG_UNSET);
    assert_int_equal(qbg_opportunity_outcome(o, NOON), QBG_OUTCOME_WON);
    assert_int_equal(qbg_opportunity_outcome(o, NOON - 1), QBG_UNSET);
    assert_int_equal(qbg_opportunity_set_verdict(o, 4, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_set_outcome(o, 2, NOON, 1), QBG_E_ARGUMENT);
}

static void an_amount_comes_changes_and_is_withdrawn(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    OK(qbg_opportunity_set_currency(o, "RUB"));
    OK(qbg_opportunity_set_amount(o, 100, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_currency(o, "USD")); /* as many minor units */
    assert_int_equal(qbg_opportunity_set_currency(o, "JPY"), QBG_E_ARGUMENT);
    OK(qbg_opportunity_withdraw_amount(o, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_currency(o, "RUB"));
    assert_int_equal(qbg_opportunity_set_currency(o, "rub"), QBG_E_TEXT);
    assert_int_equal(qbg_opportunity_set_currency(o, NULL), QBG_E_ARGUMENT);
    assert_string_equal(qbg_opportunity_currency(o), "RUB");
    OK(qbg_opportunity_set_amount(o, 0, NOON, 1));
    OK(qbg_opportunity_set_amount(o, -5, NOON + 1, 1));
    OK(qbg_opportunity_withdraw_amount(o, NOON + 2, 1));
    static const int has[] = {0, 1, 1, 0}, amounts[] = {0, 0, -5, 0};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(qbg_opportunity_has_amount(o, NOON - 1 + i), has[i]);
        assert_int_equal(qbg_opportunity_amount_minor(o, NOON - 1 + i), amounts[i]);
    }
    assert_int_equal(qbg_opportunity_set_amount(o, INT64_MIN, NOON, 1), QBG_E_RANGE);
    OK(qbg_opportunity_set_amount(o, INT64_MAX, NOON + 3, 1));
    assert_int_equal(qbg_opportunity_amount_minor(o, NOON + 3), INT64_MAX);
}

static void four_criteria_take_the_hosts_answer(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    for (int32_t criterion = -1; criterion <= 12; criterion++) {
        int takes =
            criterion >= QBG_CRITERION_NEED_VALIDATED && criterion <= QBG_CRITERION_TIMELINE;
        assert_int_equal(qbg_opportunity_set_answer(o, criterion, QBG_ANSWER_YES, NOON, 1),
                         takes ? QBG_OK : QBG_E_ARGUMENT);
        assert_int_equal(qbg_opportunity_answer(o, criterion, NOON),
                         takes ? QBG_ANSWER_YES : QBG_UNSET);
        assert_int_equal(qbg_opportunity_answer(o, criterion, NOON - 1), QBG_UNSET);
    }
    OK(qbg_opportunity_set_answer(o, QBG_CRITERION_BUDGET, QBG_UNSET, NOON + 1, 1));
    assert_int_equal(qbg_opportunity_answer(o, QBG_CRITERION_BUDGET, NOON + 1), QBG_UNSET);
    assert_int_equal(qbg_opportunity_answer(o, QBG_CRITERION_TIMELINE, NOON + 1), QBG_ANSWER_YES);
    assert_int_equal(qbg_opportunity_set_answer(o, QBG_CRITERION_BUDGET, 2, NOON, 1),
                     QBG_E_ARGUMENT);
}

static void fit_is_a_share_or_withdrawn(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    assert_true(qbg_opportunity_fit(o, NOON) == -1);
    OK(qbg_opportunity_set_fit(o, 1, NOON, 1));
    OK(qbg_opportunity_set_fit(o, -0.5, NOON + 1, 1));
    OK(qbg_opportunity_set_fit(o, 0, NOON + 2, 1));
    assert_true(qbg_opportunity_fit(o, NOON) == 1);
    assert_true(qbg_opportunity_fit(o, NOON + 1) == -1);
    assert_true(qbg_opportunity_fit(o, NOON + 2) == 0);
    assert_int_equal(qbg_opportunity_set_fit(o, 1.5, NOON, 1), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_set_fit(o, NAN, NOON, 1), QBG_E_RANGE);
}

/* -0.0 is not below 0, though its bits are those that mean "nothing". */
static void a_fit_of_minus_zero_is_zero(void **state) {
    qbg_opportunity *o = begin(state).opportunity;
    OK(qbg_opportunity_set_fit(o, -0.0, NOON, 1));
    assert_true(qbg_opportunity_fit(o, NOON) == 0);
}

static void no_opportunity_is_neutral(void **state) {
    (void)state;
    assert_string_equal(qbg_opportunity_key(NULL), "");
    assert_int_equal(qbg_opportunity_number(NULL), QBG_NONE);
    assert_null(qbg_opportunity_account(NULL));
    assert_int_equal(qbg_opportunity_opened(NULL), QBG_UNDATED);
    assert_string_equal(qbg_opportunity_stage(NULL, NOON), "");
    assert_int_equal(qbg_opportunity_verdict(NULL, NOON), QBG_UNSET);
    assert_int_equal(qbg_opportunity_has_amount(NULL, NOON), 0);
    assert_true(qbg_opportunity_fit(NULL, NOON) == -1);
    assert_int_equal(qbg_opportunity_set_fit(NULL, 0, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_set_stage(NULL, "x", NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_set_amount(NULL, 0, NOON, 1), QBG_E_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(an_opportunity_is_found_and_walked),
        in_workspace(add_refuses_and_changes_nothing),
        in_workspace(put_updates_and_moves_it),
        in_workspace(undated_facts_are_set_and_taken_away),
        in_workspace(a_stage_is_any_word_of_its_time),
        in_workspace(verdict_and_outcome_are_words_of_their_time),
        in_workspace(an_amount_comes_changes_and_is_withdrawn),
        in_workspace(four_criteria_take_the_hosts_answer),
        in_workspace(fit_is_a_share_or_withdrawn),
        in_workspace(a_fit_of_minus_zero_is_zero),
        cmocka_unit_test(no_opportunity_is_neutral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
