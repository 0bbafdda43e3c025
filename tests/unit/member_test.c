/* member: people in buying groups: roles, presence, dated words, and where their lives begin. */
#include "fixture.h"

#include "model/member.h"

#include <math.h>
#include <stdio.h>

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_opportunity *opportunity;
    qbg_contact *elena;
    qbg_member *member;
    qbg_role *champion, *coach;
} world;

static world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.daisy = add_account(w.workspace, "daisy");
    w.opportunity = add_opportunity(w.workspace, "daisy-hr", w.daisy,
                                    add_solution(w.workspace, "hr"), QBG_UNDATED);
    w.elena = add_contact(w.workspace, "elena", w.daisy);
    w.member = add_member(w.opportunity, w.elena);
    w.champion = qbg_role_find(w.workspace, "champion");
    w.coach = qbg_role_find(w.workspace, "coach");
    return w;
}

static void a_contact_is_a_member_once(void **state) {
    world w = begin(state);
    qbg_member *out = NULL;
    assert_int_equal(qbg_member_add(w.opportunity, w.elena, &out), QBG_E_EXISTS);
    assert_null(out);
    OK(qbg_member_put(w.opportunity, w.elena, &out, NULL));
    assert_ptr_equal(out, w.member);
    assert_ptr_equal(qbg_member_find(w.opportunity, w.elena), w.member);
    assert_ptr_equal(qbg_member_contact(w.member), w.elena);
    assert_ptr_equal(qbg_member_opportunity(w.member), w.opportunity);
    assert_int_equal(qbg_member_count(w.opportunity), 1);
}

static void strangers_are_refused(void **state) {
    world w = begin(state);
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_contact *stranger = add_contact(other, "elena", NULL);
    qbg_role *role = qbg_role_find(other, "champion");
    assert_int_equal(qbg_member_add(w.opportunity, stranger, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_put(w.opportunity, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_put(NULL, w.elena, NULL, NULL), QBG_E_ARGUMENT);
    assert_null(qbg_member_find(w.opportunity, stranger));
    assert_int_equal(qbg_member_add_role(w.member, role, QBG_SOURCE_HOST), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_roles(w.member, &role, 1, NOON, QBG_SOURCE_HOST),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_has_role(w.member, role, NOON), 0);
    qbg_contact *ivan = add_contact(w.workspace, "ivan", NULL);
    assert_int_equal(qbg_opportunity_add_member(w.opportunity, ivan, role), QBG_E_ARGUMENT);
    assert_null(qbg_member_find(w.opportunity, ivan)); /* neither a member without the role */
    assert_int_equal(qbg_opportunity_add_member(w.opportunity, stranger, NULL), QBG_E_ARGUMENT);
    qbg_workspace_free(other);
}

static void members_are_walked_by_their_contacts_keys(void **state) {
    static const char *const keys[] = {"z", "B", "a", "ж", "aa"};
    static const char *const sorted[] = {"B", "a", "aa", "elena", "z", "ж"};
    world w = begin(state);
    for (int i = 0; i < 5; i++) add_member(w.opportunity, add_contact(w.workspace, keys[i], NULL));
    for (uint32_t i = 0; i < 6; i++)
        assert_string_equal(qbg_contact_key(qbg_member_contact(qbg_member_at(w.opportunity, i))),
                            sorted[i]);
    assert_null(qbg_member_at(w.opportunity, 6));
}

/* ---- roles ----------------------------------------------------------------------------------- */

static void somebody_in_many_groups_is_found_in_each(void **state) {
    enum { GROUPS = QBG__FEW_GROUPS + 2 };
    world w = begin(state);
    qbg_solution *solution = add_solution(w.workspace, "payroll");
    qbg_opportunity *deals[GROUPS];
    qbg_member *members[GROUPS], *out = NULL;
    for (int i = 0; i < GROUPS; i++) {
        char key[16];
        snprintf(key, sizeof key, "deal-%d", i);
        deals[i] = add_opportunity(w.workspace, key, w.daisy, solution, QBG_UNDATED);
        add_member(deals[i], add_contact(w.workspace, key, w.daisy));
    }
    for (int i = 0; i < GROUPS; i++) {
        assert_null(qbg_member_find(deals[i], w.elena));
        members[i] = add_member(deals[i], w.elena);
        for (int j = 0; j <= i; j++) {
            assert_ptr_equal(qbg_member_find(deals[j], w.elena), members[j]);
            OK(qbg_member_put(deals[j], w.elena, &out, NULL));
            assert_ptr_equal(out, members[j]);
            assert_int_equal(qbg_member_count(deals[j]), 2);
        }
    }
}

static void the_short_way_adds_one_role_more(void **state) {
    world w = begin(state);
    OK(qbg_opportunity_add_member(w.opportunity, w.elena, w.champion));
    OK(qbg_opportunity_add_member(w.opportunity, w.elena, w.coach));
    OK(qbg_opportunity_add_member(w.opportunity, w.elena, NULL));
    assert_int_equal(qbg_member_count(w.opportunity), 1);
    assert_true(qbg_member_has_role(w.member, w.champion, QBG_UNDATED));
    assert_true(qbg_member_has_role(w.member, w.coach, LAST));
}

static void a_rule_may_unite_but_not_overwrite(void **state) {
    world w = begin(state);
    OK(qbg_member_add_role(w.member, w.champion, QBG_SOURCE_HOST));
    OK(qbg_member_add_role(w.member, w.coach, QBG_SOURCE_RULE));
    assert_true(qbg_member_has_role(w.member, w.champion, NOON));
    assert_true(qbg_member_has_role(w.member, w.coach, NOON));
    OK(qbg_member_set_roles(w.member, &w.coach, 1, QBG_UNDATED, QBG_SOURCE_RULE));
    assert_true(qbg_member_has_role(w.member, w.champion, NOON));
    OK(qbg_member_set_roles(w.member, &w.coach, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_false(qbg_member_has_role(w.member, w.champion, NOON));
}

static void a_dated_set_replaces_the_whole_and_an_empty_one_withdraws(void **state) {
    world w = begin(state);
    OK(qbg_member_add_role(w.member, w.champion, QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(w.member, &w.coach, 1, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(w.member, NULL, 0, NOON + DAY, QBG_SOURCE_HOST));
    assert_true(qbg_member_has_role(w.member, w.champion, NOON - 1));
    assert_false(qbg_member_has_role(w.member, w.champion, NOON));
    assert_true(qbg_member_has_role(w.member, w.coach, NOON));
    assert_int_equal(qbg__member_roles(w.member, NOON + DAY), 0);
}

static void the_last_role_of_all_is_a_role(void **state) {
    world w = begin(state);
    qbg_role *last = NULL;
    char key[32];
    for (uint32_t i = qbg_role_count(w.workspace); i < 63; i++) {
        snprintf(key, sizeof key, "role %u", i);
        OK(qbg_role_add(w.workspace, key, NULL, &last));
    }
    OK(qbg_member_set_roles(w.member, &last, 1, NOON, QBG_SOURCE_HOST));
    assert_true(qbg_member_has_role(w.member, last, NOON));
    OK(qbg_member_add_role(w.member, last, QBG_SOURCE_HOST));
    assert_true(qbg_member_has_role(w.member, last, NOON - 1));
}

static void bad_roles_are_refused(void **state) {
    world w = begin(state);
    assert_int_equal(qbg_member_add_role(w.member, NULL, QBG_SOURCE_HOST), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_add_role(w.member, w.coach, 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_roles(w.member, NULL, 1, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_roles(w.member, &w.coach, 1, NOON, 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_roles(w.member, &w.coach, 1, -1, 1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_roles(NULL, &w.coach, 1, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg__member_roles(w.member, LAST), 0);
}

/* ---- presence -------------------------------------------------------------------------------- */

static void present_from_joined_until_left(void **state) {
    world w = begin(state);
    assert_true(qbg_member_is_present(w.member, 0));
    OK(qbg_member_set_joined(w.member, NOON));
    OK(qbg_member_set_left(w.member, NOON + DAY));
    assert_false(qbg_member_is_present(w.member, NOON - 1));
    assert_true(qbg_member_is_present(w.member, NOON));
    assert_true(qbg_member_is_present(w.member, NOON + DAY - 1));
    assert_false(qbg_member_is_present(w.member, NOON + DAY));
    assert_false(qbg_member_is_present(NULL, NOON));
}

static void dismissed_and_left_are_not_present(void **state) {
    world w = begin(state);
    OK(qbg_member_set_status(w.member, QBG_STATUS_DISMISSED, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_status(w.member, QBG_STATUS_CONFIRMED, NOON + 1, QBG_SOURCE_HOST));
    OK(qbg_member_set_status(w.member, QBG_STATUS_LEFT, NOON + 2, QBG_SOURCE_HOST));
    OK(qbg_member_set_status(w.member, QBG_UNSET, NOON + 3, QBG_SOURCE_HOST));
    static const int expected[] = {1, 0, 1, 0, 1};
    for (int i = 0; i < 5; i++)
        assert_int_equal(qbg_member_is_present(w.member, NOON - 1 + i), expected[i]);
}

static void a_life_is_the_later_start_and_the_earlier_end(void **state) {
    world w = begin(state);
    int64_t start, end;
    qbg__member_life(w.member, &start, &end);
    assert_true(start == QBG_UNDATED && end == INT64_MAX);
    OK(qbg_opportunity_set_opened(w.opportunity, NOON));
    OK(qbg_opportunity_set_closed(w.opportunity, NOON + 9));
    OK(qbg_member_set_joined(w.member, NOON - 1));
    OK(qbg_member_set_left(w.member, NOON + 10));
    qbg__member_life(w.member, &start, &end);
    assert_true(start == NOON && end == NOON + 9);
    OK(qbg_member_set_joined(w.member, NOON + 1));
    OK(qbg_member_set_left(w.member, NOON + 8));
    qbg__member_life(w.member, &start, &end);
    assert_true(start == NOON + 1 && end == NOON + 8);
}

/* ---- words ----------------------------------------------------------------------------------- */

static void words_are_dated_and_withdrawn(void **state) {
    world w = begin(state);
    assert_int_equal(qbg_member_status(w.member, NOON), QBG_STATUS_POTENTIAL);
    assert_int_equal(qbg_member_stance(w.member, NOON), QBG_STANCE_UNKNOWN);
    assert_int_equal(qbg_member_participation(w.member, NOON), QBG_UNSET);
    assert_int_equal(qbg_member_interest(w.member, NOON), QBG_UNSET);
    OK(qbg_member_set_stance(w.member, QBG_STANCE_BLOCKER, NOON, 1));
    OK(qbg_member_set_stance(w.member, QBG_UNSET, NOON + 1, 1));
    OK(qbg_member_set_participation(w.member, QBG_PARTICIPATION_PASSIVE, NOON, 1));
    OK(qbg_member_set_interest(w.member, QBG_INTEREST_HIGH, NOON, 1));
    assert_int_equal(qbg_member_stance(w.member, NOON), QBG_STANCE_BLOCKER);
    assert_int_equal(qbg_member_stance(w.member, NOON + 1), QBG_STANCE_UNKNOWN);
    assert_int_equal(qbg_member_participation(w.member, NOON), QBG_PARTICIPATION_PASSIVE);
    assert_int_equal(qbg_member_interest(w.member, NOON), QBG_INTEREST_HIGH);
    assert_int_equal(qbg_member_set_status(w.member, 4, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_stance(w.member, 6, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_interest(w.member, -2, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_participation(w.member, 3, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_stance(w.member, 0, LAST + 1, 1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_stance(w.member, 0, NOON, 9), QBG_E_ARGUMENT);
}

static void influence_is_a_share_or_withdrawn(void **state) {
    world w = begin(state);
    assert_true(qbg_member_influence(w.member, NOON) == -1);
    OK(qbg_member_set_influence(w.member, 0.7, NOON, 1));
    OK(qbg_member_set_influence(w.member, -3, NOON + 1, 1));
    OK(qbg_member_set_influence(w.member, 0, NOON + 2, 1));
    assert_true(qbg_member_influence(w.member, NOON) == 0.7);
    assert_true(qbg_member_influence(w.member, NOON + 1) == -1);
    assert_true(qbg_member_influence(w.member, NOON + 2) == 0);
    assert_int_equal(qbg_member_set_influence(w.member, 1.0000001, NOON, 1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_influence(w.member, NAN, NOON, 1), QBG_E_RANGE);
}

/* -0.0 is not below 0, though its bits are those that mean "nothing". */
static void an_influence_of_minus_zero_is_zero(void **state) {
    world w = begin(state);
    OK(qbg_member_set_influence(w.member, -0.0, NOON, 1));
    assert_true(qbg_member_influence(w.member, NOON) == 0);
}

static void dates_and_notes_come_and_go(void **state) {
    world w = begin(state);
    OK(qbg_member_set_next_contact(w.member, NOON));
    OK(qbg_member_set_note(w.member, "позвонить"));
    assert_int_equal(qbg_member_next_contact(w.member), NOON);
    assert_string_equal(qbg_member_note(w.member), "позвонить");
    OK(qbg_member_set_next_contact(w.member, QBG_UNDATED));
    OK(qbg_member_set_note(w.member, NULL));
    assert_int_equal(qbg_member_next_contact(w.member), QBG_UNDATED);
    assert_string_equal(qbg_member_note(w.member), "");
    assert_int_equal(qbg_member_set_joined(w.member, -1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_left(w.member, LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_next_contact(w.member, -1), QBG_E_RANGE);
    assert_int_equal(qbg_member_set_note(w.member, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_member_joined(w.member), QBG_UNDATED);
    assert_int_equal(qbg_member_left(w.member), QBG_UNDATED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_contact_is_a_member_once),
        in_workspace(strangers_are_refused),
        in_workspace(members_are_walked_by_their_contacts_keys),
        in_workspace(somebody_in_many_groups_is_found_in_each),
        in_workspace(the_short_way_adds_one_role_more),
        in_workspace(a_rule_may_unite_but_not_overwrite),
        in_workspace(a_dated_set_replaces_the_whole_and_an_empty_one_withdraws),
        in_workspace(the_last_role_of_all_is_a_role),
        in_workspace(bad_roles_are_refused),
        in_workspace(present_from_joined_until_left),
        in_workspace(dismissed_and_left_are_not_present),
        in_workspace(a_life_is_the_later_start_and_the_earlier_end),
        in_workspace(words_are_dated_and_withdrawn),
        in_workspace(influence_is_a_share_or_withdrawn),
        in_workspace(an_influence_of_minus_zero_is_zero),
        in_workspace(dates_and_notes_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
