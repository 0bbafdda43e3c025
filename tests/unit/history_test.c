/* history: every dated fact comes back with its date and who said it. */
#include "fixture.h"

static void assert_row(const qbg_table *table, int64_t row, const char *want) {
    char got[200] = "";
    for (int32_t column = 0; column < qbg_table_column_find(table, "contact_tag"); column++) {
        int64_t size = 0;
        const char *text = qbg_table_text_at(table, column, row, &size);
        if (column > 0) strcat(got, "|");
        if (qbg_table_is_null(table, column, row))
            strcat(got, "-");
        else if (qbg_table_column_type(table, column) == QBG_COLUMN_TIME)
            strcat(got, qbg_table_int64_at(table, column, row) == NOON ? "noon" : "?");
        else
            strncat(got, text, (size_t)size);
    }
    assert_string_equal(got, want);
}

static void an_opportunity_tells_its_own_its_members_and_its_needs(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *account = add_account(workspace, "a");
    qbg_solution *solution = NULL;
    qbg_opportunity *deal = NULL;
    qbg_contact *anna = NULL;
    qbg_member *member = NULL;
    qbg_table *table = NULL;
    OK(qbg_solution_add(workspace, "s", NULL, NULL, &solution));
    OK(qbg_opportunity_add(workspace, "o", account, solution, QBG_UNDATED, &deal));
    OK(qbg_contact_add(workspace, "anna", account, NULL, NULL, &anna));
    OK(qbg_member_add(deal, anna, &member));
    qbg_role *two[2] = {qbg_role_find(workspace, "end_user"), qbg_role_find(workspace, "coach")};
    OK(qbg_member_set_roles(member, two, 2, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(member, QBG_STANCE_CHAMPION, QBG_UNDATED, QBG_SOURCE_RULE));
    OK(qbg_member_set_stance(member, QBG_UNSET, NOON, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_stage(deal, "legal review", NOON, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_amount(deal, 120050, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_need_set(deal, anna, "security", QBG_NEED_OPEN, NOON));
    OK(qbg_opportunity_history(deal, &table));
    assert_int_equal(qbg_table_row_count(table), 6);
    assert_row(table, 0, "-|-|stage|legal review|noon|host");
    assert_row(table, 1, "-|-|amount|120050|-|host");
    assert_row(table, 2, "anna|-|role|end_user;coach|noon|host");
    assert_row(table, 3, "anna|-|stance|champion|-|rule");
    assert_row(table, 4, "anna|-|stance|-|noon|host");
    assert_row(table, 5, "anna|security|state|open|noon|host");
    qbg_table_free(table);
}

static void a_contact_tells_where_he_worked(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *anna = NULL;
    qbg_table *table = NULL;
    OK(qbg_contact_add(workspace, "anna", add_account(workspace, "a"), NULL, NULL, &anna));
    OK(qbg_contact_set_account(anna, add_account(workspace, "b"), NOON, QBG_SOURCE_RULE));
    OK(qbg_contact_history(anna, &table));
    assert_int_equal(qbg_table_row_count(table), 2);
    assert_row(table, 0, "anna|-|account|a|-|host");
    assert_row(table, 1, "anna|-|account|b|noon|rule");
    qbg_table_free(table);
}

/* What was told of the account is as if it had never been told. */
static void an_account_that_was_removed_is_no_word(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *gone = add_account(workspace, "gone"), *other = add_account(workspace, "other");
    qbg_contact *anna = add_contact(workspace, "anna", gone);
    qbg_table *table = NULL;
    OK(qbg_account_remove(gone, 1));
    OK(qbg_contact_history(anna, &table));
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
    OK(qbg_contact_set_account(anna, other, QBG_UNDATED, QBG_SOURCE_RULE));
    assert_ptr_equal(qbg_contact_account(anna, NOON), other);
    OK(qbg_contact_history(anna, &table));
    assert_int_equal(qbg_table_row_count(table), 1);
    assert_row(table, 0, "anna|-|account|other|-|rule");
    qbg_table_free(table);
}

static void a_row_without_facts_has_an_empty_history(void **state) {
    qbg_contact *lead = NULL;
    qbg_table *table = NULL;
    OK(qbg_contact_add(workspace_of(state), "lead", NULL, NULL, NULL, &lead));
    OK(qbg_contact_history(lead, &table));
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
}

/* One request refused is told, and never a table that lacks something. */
static void without_memory_there_is_no_table(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    qbg_contact *anna = NULL;
    qbg_table *table = NULL;
    OK(qbg_contact_add(workspace, "anna", add_account(workspace, "a"), NULL, NULL, &anna));
    OK(qbg_contact_set_account(anna, add_account(workspace, "b"), NOON, QBG_SOURCE_RULE));
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_contact_history(anna, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
    }
    refuse(memory, NEVER);
    assert_int_equal(qbg_table_row_count(table), 2);
    assert_row(table, 1, "anna|-|account|b|noon|rule");
    qbg_table_free(table);
}

static void misuse_is_told(void **state) {
    qbg_table *table = NULL;
    (void)state;
    assert_int_equal(qbg_opportunity_history(NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_history(NULL, &table), QBG_E_ARGUMENT);
    assert_null(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(an_opportunity_tells_its_own_its_members_and_its_needs),
        in_workspace(a_contact_tells_where_he_worked),
        in_workspace(an_account_that_was_removed_is_no_word),
        in_workspace(a_row_without_facts_has_an_empty_history),
        in_workspace(without_memory_there_is_no_table),
        in_workspace(misuse_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
