/* need: what the group, or one of its people, must have answered. */
#include "fixture.h"

typedef struct world {
    qbg_workspace *workspace;
    qbg_opportunity *opportunity;
    qbg_contact *elena;
} world;

static world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    qbg_account *daisy = add_account(w.workspace, "daisy");
    w.elena = add_contact(w.workspace, "elena", daisy);
    w.opportunity = add_opportunity(w.workspace, "daisy-hr", daisy, add_solution(w.workspace, "hr"),
                                    QBG_UNDATED);
    return w;
}

static void a_need_is_named_by_contact_and_key(void **state) {
    world w = begin(state);
    OK(qbg_need_set(w.opportunity, NULL, "price", QBG_NEED_OPEN, QBG_UNDATED));
    OK(qbg_need_set(w.opportunity, w.elena, "price", QBG_NEED_VALIDATED, QBG_UNDATED));
    OK(qbg_need_set(w.opportunity, NULL, "security", QBG_NEED_ADDRESSED, QBG_UNDATED));
    OK(qbg_need_set(w.opportunity, NULL, "price", QBG_NEED_ADDRESSED, QBG_UNDATED));
    assert_int_equal(qbg_need_count(w.opportunity), 3);
    assert_string_equal(qbg_need_key(w.opportunity, 1), "price");
    assert_null(qbg_need_contact(w.opportunity, 0));
    assert_ptr_equal(qbg_need_contact(w.opportunity, 1), w.elena);
    assert_int_equal(qbg_need_state(w.opportunity, 0, NOON), QBG_NEED_ADDRESSED);
    assert_int_equal(qbg_need_state(w.opportunity, 1, NOON), QBG_NEED_VALIDATED);
}

static void a_state_holds_from_its_date_on(void **state) {
    world w = begin(state);
    OK(qbg_need_set(w.opportunity, NULL, "price", QBG_NEED_ADDRESSED, NOON + 2));
    OK(qbg_need_set(w.opportunity, NULL, "price", QBG_NEED_OPEN, NOON));
    OK(qbg_need_set(w.opportunity, NULL, "price", QBG_NEED_VALIDATED, NOON + 1));
    static const int32_t states[] = {QBG_UNSET, QBG_NEED_OPEN, QBG_NEED_VALIDATED,
                                     QBG_NEED_ADDRESSED};
    for (int i = 0; i < 4; i++)
        assert_int_equal(qbg_need_state(w.opportunity, 0, NOON - 1 + i), states[i]);
}

static void bad_needs_are_refused_and_not_added(void **state) {
    world w = begin(state);
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_contact *stranger = add_contact(other, "elena", NULL);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, "", 0, NOON), QBG_E_TEXT);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, "\xff", 0, NOON), QBG_E_TEXT);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, NULL, 0, NOON), QBG_E_ARGUMENT);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, "x", 3, NOON), QBG_E_ARGUMENT);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, "x", QBG_UNSET, NOON), QBG_E_ARGUMENT);
    assert_int_equal(qbg_need_set(w.opportunity, NULL, "x", 0, -1), QBG_E_RANGE);
    assert_int_equal(qbg_need_set(w.opportunity, stranger, "x", 0, NOON), QBG_E_ARGUMENT);
    assert_int_equal(qbg_need_set(NULL, NULL, "x", 0, NOON), QBG_E_ARGUMENT);
    assert_int_equal(qbg_need_count(w.opportunity), 0);
    qbg_workspace_free(other);
}

static void past_the_last_need_there_is_none(void **state) {
    world w = begin(state);
    assert_string_equal(qbg_need_key(w.opportunity, 0), "");
    assert_null(qbg_need_contact(w.opportunity, 0));
    assert_int_equal(qbg_need_state(w.opportunity, 0, NOON), QBG_UNSET);
    assert_int_equal(qbg_need_count(NULL), 0);
    assert_string_equal(qbg_need_key(NULL, 0), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_need_is_named_by_contact_and_key),
        in_workspace(a_state_holds_from_its_date_on),
        in_workspace(bad_needs_are_refused_and_not_added),
        in_workspace(past_the_last_need_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
