/* contact: people, where they work and worked, which visitors they were, what their title says. */
#include "fixture.h"

static void a_contact_is_found_and_walked(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = NULL;
    OK(qbg_contact_add(workspace, "elena", daisy, "Елена Соколова", "HR-директор", &elena));
    OK(qbg_contact_set_email(elena, "elena@daisy.ru"));
    assert_ptr_equal(qbg_contact_find(workspace, "elena"), elena);
    assert_ptr_equal(qbg_contact_at(workspace, 0), elena);
    assert_null(qbg_contact_at(workspace, 1));
    assert_int_equal(qbg_contact_number(elena), 0);
    assert_string_equal(qbg_contact_key(elena), "elena");
    assert_string_equal(qbg_contact_name(elena), "Елена Соколова");
    assert_string_equal(qbg_contact_title(elena), "HR-директор");
    assert_string_equal(qbg_contact_email(elena), "elena@daisy.ru");
    OK(qbg_contact_set_email(elena, NULL));
    OK(qbg_contact_set_name(elena, NULL));
    assert_string_equal(qbg_contact_email(elena), "");
    assert_string_equal(qbg_contact_name(elena), "");
}

static void add_refuses_and_changes_nothing(void **state) {
    qbg_workspace *workspace = workspace_of(state), *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_contact *known = add_contact(workspace, "elena", NULL), *out = known;
    assert_int_equal(qbg_contact_add(workspace, "elena", NULL, "x", NULL, &out), QBG_E_EXISTS);
    assert_int_equal(qbg_contact_add(workspace, "", NULL, NULL, NULL, &out), QBG_E_TEXT);
    assert_int_equal(qbg_contact_add(workspace, "x", NULL, "\xff", NULL, &out), QBG_E_TEXT);
    assert_int_equal(qbg_contact_add(workspace, "x", NULL, NULL, "\xff", &out), QBG_E_TEXT);
    assert_int_equal(qbg_contact_add(workspace, NULL, NULL, NULL, NULL, &out), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_add(workspace, "x", add_account(other, "daisy"), NULL, NULL, &out),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_email(known, "\xff"), QBG_E_TEXT);
    assert_ptr_equal(out, known);
    assert_int_equal(qbg_contact_count(workspace), 1);
    assert_string_equal(qbg_contact_name(known), "");
    qbg_workspace_free(other);
}

static void put_adds_or_updates_and_null_keeps(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_contact *elena = NULL, *again = NULL;
    OK(qbg_contact_put(workspace, "elena", daisy, "Elena", "CFO", &elena, NULL));
    OK(qbg_contact_put(workspace, "elena", NULL, NULL, NULL, &again, NULL));
    assert_ptr_equal(again, elena);
    assert_string_equal(qbg_contact_title(elena), "CFO");
    assert_ptr_equal(qbg_contact_account(elena, NOON), daisy);
    OK(qbg_contact_put(workspace, "elena", tulip, "E. S.", "CIO", NULL, NULL));
    assert_string_equal(qbg_contact_name(elena), "E. S.");
    assert_int_equal(qbg_contact_department(elena), QBG_DEPARTMENT_IT);
    assert_ptr_equal(qbg_contact_account(elena, NOON), tulip);
    assert_int_equal(qbg_contact_put(workspace, "elena", daisy, "\xff", NULL, NULL, NULL),
                     QBG_E_TEXT);
    assert_ptr_equal(qbg_contact_account(elena, NOON), tulip);
}

/* ---- where he works -------------------------------------------------------------------------- */

static void a_lead_works_nowhere_known(void **state) {
    qbg_contact *lead = add_contact(workspace_of(state), "lead", NULL);
    assert_null(qbg_contact_account(lead, NOON));
    assert_null(qbg_contact_account(NULL, NOON));
}

static void he_works_where_the_latest_row_says(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    OK(qbg_contact_set_account(elena, NULL, NOON + DAY, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(elena, tulip, NOON, QBG_SOURCE_HOST));
    assert_ptr_equal(qbg_contact_account(elena, QBG_UNDATED), daisy);
    assert_ptr_equal(qbg_contact_account(elena, NOON - 1), daisy);
    assert_ptr_equal(qbg_contact_account(elena, NOON), tulip);
    assert_null(qbg_contact_account(elena, NOON + DAY));
}

static void two_accounts_of_one_instant_are_settled_by_source_then_key(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *tulip = add_account(workspace, "tulip"), *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", NULL);
    OK(qbg_contact_set_account(elena, tulip, NOON, QBG_SOURCE_RULE));
    OK(qbg_contact_set_account(elena, daisy, NOON, QBG_SOURCE_RULE));
    assert_ptr_equal(qbg_contact_account(elena, NOON), tulip);
    OK(qbg_contact_set_account(elena, daisy, NOON, QBG_SOURCE_HOST));
    assert_ptr_equal(qbg_contact_account(elena, NOON), daisy);
}

static void a_move_refuses_strangers_and_no_instant(void **state) {
    qbg_workspace *workspace = workspace_of(state), *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_account *daisy = add_account(workspace, "daisy"), *stranger = add_account(other, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    assert_int_equal(qbg_contact_set_account(elena, stranger, NOON, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_account(elena, NULL, -1, 1), QBG_E_RANGE);
    assert_int_equal(qbg_contact_set_account(elena, NULL, NOON, 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_account(NULL, daisy, NOON, 1), QBG_E_ARGUMENT);
    assert_ptr_equal(qbg_contact_account(elena, LAST), daisy);
    qbg_workspace_free(other);
}

/* ---- visitors -------------------------------------------------------------------------------- */

static void a_visitor_is_one_person(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *elena = add_contact(workspace, "elena", NULL);
    qbg_contact *ivan = add_contact(workspace, "ivan", NULL);
    OK(qbg_contact_add_visitor(elena, "v-1"));
    OK(qbg_contact_add_visitor(elena, "v-2"));
    OK(qbg_contact_add_visitor(elena, "v-1"));
    assert_int_equal(qbg_contact_add_visitor(ivan, "v-1"), QBG_E_EXISTS);
    assert_int_equal(qbg_contact_add_visitor(ivan, ""), QBG_E_TEXT);
    assert_int_equal(qbg_contact_add_visitor(ivan, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_contact_add_visitor(ivan, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_visitor_count(elena), 2);
    assert_int_equal(qbg_contact_visitor_count(ivan), 0);
    assert_string_equal(qbg_contact_visitor(elena, 0), "v-1");
    assert_string_equal(qbg_contact_visitor(elena, 1), "v-2");
    assert_string_equal(qbg_contact_visitor(elena, 2), "");
}

/* ---- persona --------------------------------------------------------------------------------- */

static void assert_persona(const qbg_contact *contact, int32_t department, int32_t seniority,
                           int confidence_percent) {
    assert_int_equal(qbg_contact_department(contact), department);
    assert_int_equal(qbg_contact_seniority(contact), seniority);
    double percent = qbg_contact_persona_confidence(contact) * 100;
    assert_true(percent > confidence_percent - 0.01 && percent < confidence_percent + 0.01);
}

static void a_title_is_read_when_it_is_set(void **state) {
    qbg_contact *elena = add_contact(workspace_of(state), "elena", NULL);
    assert_persona(elena, QBG_UNSET, QBG_UNSET, 0);
    OK(qbg_contact_set_title(elena, "IT-директор"));
    assert_persona(elena, QBG_DEPARTMENT_IT, QBG_SENIORITY_DIRECTOR, 90);
    assert_int_equal(qbg_contact_set_title(elena, "CFO \xff"), QBG_E_TEXT);
    assert_persona(elena, QBG_DEPARTMENT_IT, QBG_SENIORITY_DIRECTOR, 90);
    OK(qbg_contact_set_title(elena, NULL));
    assert_persona(elena, QBG_UNSET, QBG_UNSET, 0);
}

static void each_part_of_the_hosts_word_beats_the_title(void **state) {
    qbg_contact *elena = add_contact(workspace_of(state), "elena", NULL);
    OK(qbg_contact_set_title(elena, "IT-директор"));
    OK(qbg_contact_set_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_UNSET));
    assert_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_DIRECTOR, 90);
    OK(qbg_contact_set_persona(elena, QBG_UNSET, QBG_SENIORITY_VP));
    assert_persona(elena, QBG_DEPARTMENT_IT, QBG_SENIORITY_VP, 90);
    OK(qbg_contact_set_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_VP));
    assert_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_VP, 100);
    OK(qbg_contact_set_title(elena, NULL));
    OK(qbg_contact_set_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_UNSET));
    assert_persona(elena, QBG_DEPARTMENT_FINANCE, QBG_UNSET, 100);
    OK(qbg_contact_set_persona(elena, QBG_UNSET, QBG_UNSET));
    assert_persona(elena, QBG_UNSET, QBG_UNSET, 0);
}

static void a_persona_is_of_known_words(void **state) {
    qbg_contact *elena = add_contact(workspace_of(state), "elena", NULL);
    assert_int_equal(qbg_contact_set_persona(elena, 13, QBG_UNSET), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_persona(elena, QBG_UNSET, 6), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_persona(elena, -2, 0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_set_persona(NULL, 0, 0), QBG_E_ARGUMENT);
    assert_persona(elena, QBG_UNSET, QBG_UNSET, 0);
    assert_persona(NULL, QBG_UNSET, QBG_UNSET, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_contact_is_found_and_walked),
        in_workspace(add_refuses_and_changes_nothing),
        in_workspace(put_adds_or_updates_and_null_keeps),
        in_workspace(a_lead_works_nowhere_known),
        in_workspace(he_works_where_the_latest_row_says),
        in_workspace(two_accounts_of_one_instant_are_settled_by_source_then_key),
        in_workspace(a_move_refuses_strangers_and_no_instant),
        in_workspace(a_visitor_is_one_person),
        in_workspace(a_title_is_read_when_it_is_set),
        in_workspace(each_part_of_the_hosts_word_beats_the_title),
        in_workspace(a_persona_is_of_known_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
