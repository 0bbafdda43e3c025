/* proposal_test: what is proposed, why and how surely; carried out and taken back. */
#include "fixture.h"

#include <stdio.h>

#define T0 (NOON + 400 * DAY)

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_solution *solution;
    qbg_contact *people[6];
} world;

/* A company whose six people nobody has heard of. */
static world new_world(void **state) {
    static const char *const keys[] = {"anna", "boris", "clara", "dina", "egor", "fyodor"};
    world w = {.workspace = workspace_of(state)};
    w.account = add_account(w.workspace, "a");
    OK(qbg_solution_add(w.workspace, "s", NULL, qbg_template_find(w.workspace, "standard"),
                        &w.solution));
    OK(qbg_solution_add_content(w.solution, "s/"));
    for (int i = 0; i < 6; i++) w.people[i] = add_contact(w.workspace, keys[i], w.account);
    return w;
}

static void acts(const world *w, int person, int64_t time, const char *kind) {
    tell(w->workspace,
         (act){.time = time, .contact = w->people[person], .kind = kind, .solution = w->solution});
}

/* ---- the table as text ----------------------------------------------------------------------- */

/* As whole numbers, since a locale may write 0,6. */
static int thousandths(double value) { return (int)(value * 1000 + 0.5); }

static const char *spell(const qbg_table *table) {
    static char text[8192];
    static const char *const columns[] = {"proposal", "opportunity", "contact", "role", "because"};
    size_t used = 0;
    text[0] = '\0';
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        for (int i = 0; i < 5; i++) {
            int64_t size;
            int32_t column = qbg_table_column_find(table, columns[i]);
            const char *cell = qbg_table_text_at(table, column, row, &size);
            if (qbg_table_is_null(table, column, row)) continue;
            used += (size_t)snprintf(text + used, sizeof text - used, "%.*s ", (int)size, cell);
        }
        int sure = thousandths(
            qbg_table_double_at(table, qbg_table_column_find(table, "confidence"), row));
        used += (size_t)snprintf(
            text + used, sizeof text - used, "%d.%03d%s\n", sure / 1000, sure % 1000,
            qbg_table_int64_at(table, qbg_table_column_find(table, "applied"), row) ? " done" : "");
    }
    assert_true(used < sizeof text);
    return text;
}

static void assert_proposals(const world *w, const char *want) {
    qbg_table *table = NULL;
    OK(qbg_proposals(w->workspace, T0, NULL, &table));
    assert_string_equal(spell(table), want);
    qbg_table_free(table);
}

/* ---- proposing ------------------------------------------------------------------------------- */

static void nothing_is_proposed_where_nothing_happens(void **state) {
    world w = new_world(state);
    assert_proposals(&w, "");
    acts(&w, 0, T0 - DAY, "meeting");
    acts(&w, 0, T0 - 2 * DAY, "pricing_view");
    assert_proposals(&w, "");
}

static void a_group_that_forms_is_an_opportunity(void **state) {
    world w = new_world(state);
    for (int i = 0; i < 5; i++) acts(&w, i, T0 - (5 - i) * DAY, "content_download");
    acts(&w, 4, T0 - 3600, "page_view");
    acts(&w, 4, T0 - 1800, "page_view");
    assert_proposals(&w, "open a/s forming 1.000\n"
                         "join a/s anna signals;account 0.750\n"
                         "join a/s boris signals;account 0.750\n"
                         "join a/s clara signals;account 0.750\n"
                         "join a/s dina signals;account 0.750\n"
                         "join a/s egor signals;more_signals;account 0.800\n");
}

static void a_key_that_is_taken_gets_a_number(void **state) {
    world w = new_world(state);
    qbg_opportunity *old = add_opportunity(w.workspace, "a/s", w.account, w.solution, NOON);
    OK(qbg_opportunity_set_closed(old, NOON + DAY));
    old = add_opportunity(w.workspace, "a/s/2", w.account, w.solution, NOON);
    OK(qbg_opportunity_set_closed(old, NOON + DAY));
    qbg_table *table = NULL;
    const uint32_t account = 0, solution = 0;
    OK(qbg_plan(w.workspace, &account, 1, &solution, 1, T0, &table));
    assert_string_equal(spell(table), "open a/s/3 target 1.000\n");
    qbg_table_free(table);
}

static void whoever_is_active_joins_what_is_open(void **state) {
    world w = new_world(state);
    qbg_opportunity *deal =
        add_opportunity(w.workspace, "deal", w.account, w.solution, T0 - 100 * DAY);
    add_member(deal, w.people[0]);
    for (int i = 0; i < 3; i++) acts(&w, i, T0 - DAY - i, "content_download");
    acts(&w, 3, T0 - 50 * DAY, "content_download"); /* long ago */
    assert_proposals(&w, "join deal boris signals;account 0.750\n"
                         "join deal clara signals;account 0.750\n");
    OK(qbg_member_set_status(add_member(deal, w.people[1]), QBG_STATUS_DISMISSED, QBG_UNDATED,
                             QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(w.people[2], NULL, QBG_UNDATED, QBG_SOURCE_HOST));
    tell(w.workspace, (act){.time = T0 - 7,
                            .contact = w.people[2],
                            .account = w.account,
                            .kind = "meeting",
                            .solution = w.solution});
    assert_proposals(&w, "join deal clara signals 0.500\n");
}

/* What nobody said about which solution is about the only one that there can be. */
static void signals_about_nothing_known_count_for_the_only_one(void **state) {
    world w = new_world(state);
    qbg_solution *other = add_solution(w.workspace, "t");
    qbg_opportunity *deal = add_opportunity(w.workspace, "deal", w.account, other, T0 - 9 * DAY);
    tell(w.workspace, (act){.time = T0 - 5, .contact = w.people[0], .kind = "meeting"});
    assert_proposals(&w, "join deal anna signals;account 0.750\n");
    add_opportunity(w.workspace, "second", w.account, w.solution, T0 - 9 * DAY);
    assert_proposals(&w, "");
    OK(qbg_opportunity_set_closed(deal, T0 - 1));
    assert_proposals(&w, "join second anna signals;account 0.750\n");
}

static void a_qualified_lead_looks_for_company(void **state) {
    world w = new_world(state);
    acts(&w, 0, T0 - 2 * DAY, "qualified_lead");
    assert_proposals(&w, "look anna qualified_lead 0.700\n");
    acts(&w, 1, T0 - 400 * DAY + DAY, "page_view"); /* not lately */
    acts(&w, 1, T0 - DAY, "page_view");
    assert_proposals(&w, "look anna qualified_lead 0.700\n");
    acts(&w, 2, T0 - 300 * DAY, "page_view");
    acts(&w, 2, T0 - 250 * DAY, "page_view");
    acts(&w, 2, T0 - DAY, "page_view");
    qbg_table *table = NULL;
    OK(qbg_proposals(w.workspace, T0, NULL, &table));
    assert_non_null(strstr(spell(table), "qualified_lead"));
    assert_non_null(strstr(spell(table), "open a/s "));
    assert_non_null(strstr(spell(table), "join a/s clara signals;account 0.750\n"));
    qbg_table_free(table);
}

static void roles_need_more_than_a_title(void **state) {
    world w = new_world(state);
    qbg_opportunity *deal =
        add_opportunity(w.workspace, "deal", w.account, w.solution, T0 - 100 * DAY);
    qbg_member *member = add_member(deal, w.people[0]);
    OK(qbg_contact_set_title(w.people[0], "CFO"));
    assert_proposals(&w, "");
    acts(&w, 0, T0 - 50 * DAY, "pricing_view");
    assert_proposals(&w, "role deal anna economic_buyer title;behaviour 0.660\n");
    OK(qbg_member_add_role(member, qbg_role_find(w.workspace, "coach"), QBG_SOURCE_HOST));
    assert_proposals(&w, "");
}

static void leads_find_their_account(void **state) {
    world w = new_world(state);
    qbg_contact *lead = add_contact(w.workspace, "lead", NULL);
    OK(qbg_account_add_domain(w.account, "a.example"));
    OK(qbg_contact_set_email(lead, "lead@a.example"));
    assert_proposals(&w, "account lead domain 0.900\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "automation", 1000));
    qbg_table *table = NULL;
    OK(qbg_automate(w.workspace, T0, NULL, &table));
    assert_string_equal(spell(table), "account lead domain 0.900 done\n");
    qbg_table_free(table);
    assert_ptr_equal(qbg_contact_account(lead, T0), w.account);
    assert_proposals(&w, "");
    OK(qbg_proposal_undo(w.workspace, QBG_PROPOSAL_ACCOUNT, "a", NULL, NULL, "lead", NULL, T0));
    assert_proposals(&w, "account lead domain 0.900\n");
}

static void targets_are_planned_ahead(void **state) {
    world w = new_world(state);
    qbg_table *table = NULL;
    add_account(w.workspace, "b");
    add_solution(w.workspace, "t");
    add_opportunity(w.workspace, "deal", w.account, w.solution, T0 - DAY);
    const uint32_t accounts[] = {1, 0, 1}, solutions[] = {0, 1};
    OK(qbg_plan(w.workspace, accounts, 3, solutions, 2, T0, &table));
    assert_string_equal(spell(table), "open a/t target 1.000\n"
                                      "open b/s target 1.000\n"
                                      "open b/t target 1.000\n");
    qbg_table_free(table);
    OK(qbg_plan(w.workspace, NULL, 0, NULL, 0, T0, &table));
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
    const uint32_t nobody = 7;
    assert_int_equal(qbg_plan(w.workspace, &nobody, 1, solutions, 1, T0, &table), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_plan(w.workspace, NULL, 1, solutions, 1, T0, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_plan(w.workspace, accounts, 1, NULL, 1, T0, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_plan(w.workspace, accounts, 1, solutions, 1, -1, &table), QBG_E_RANGE);
}

/* ---- carrying out ---------------------------------------------------------------------------- */

static qbg_status does(const world *w, int32_t what, const char *contact, const char *role) {
    return qbg_proposal_apply(w->workspace, what, "a", "s", "a/s", contact, role, T0 - 9);
}

static qbg_status undoes(const world *w, int32_t what, const char *contact, const char *role) {
    return qbg_proposal_undo(w->workspace, what, "a", "s", "a/s", contact, role, T0 - 9);
}

static void proposals_are_carried_out_and_taken_back(void **state) {
    world w = new_world(state);
    assert_int_equal(does(&w, QBG_PROPOSAL_JOIN, "anna", NULL), QBG_E_NOT_FOUND);
    OK(does(&w, QBG_PROPOSAL_OPEN, NULL, NULL));
    assert_int_equal(does(&w, QBG_PROPOSAL_OPEN, NULL, NULL), QBG_E_EXISTS);
    const qbg_opportunity *deal = qbg_opportunity_find(w.workspace, "a/s");
    assert_string_equal(qbg_opportunity_stage(deal, T0), "detected");
    assert_int_equal(qbg_opportunity_opened(deal), T0 - 9);
    OK(does(&w, QBG_PROPOSAL_JOIN, "anna", ""));
    assert_int_equal(does(&w, QBG_PROPOSAL_JOIN, "anna", NULL), QBG_E_EXISTS);
    qbg_member *member = qbg_member_find(deal, w.people[0]);
    const qbg_role *coach = qbg_role_find(w.workspace, "coach");
    assert_int_equal(qbg_member_joined(member), T0 - 9);
    assert_int_equal(qbg_member_status(member, T0), QBG_STATUS_POTENTIAL);
    assert_int_equal(does(&w, QBG_PROPOSAL_ROLE, "anna", "nothing"), QBG_E_NOT_FOUND);
    OK(does(&w, QBG_PROPOSAL_ROLE, "anna", "coach"));
    assert_int_equal(does(&w, QBG_PROPOSAL_ROLE, "anna", "coach"), QBG_E_EXISTS);
    assert_int_equal(qbg_member_has_role(member, coach, T0 - 9), 1);
    assert_int_equal(qbg_member_has_role(member, coach, T0 - 10), 0);
    assert_int_equal(does(&w, QBG_PROPOSAL_LOOK, "anna", NULL), QBG_E_ARGUMENT);
    assert_int_equal(does(&w, -1, "anna", NULL), QBG_E_ARGUMENT);

    OK(undoes(&w, QBG_PROPOSAL_ROLE, "anna", "coach"));
    assert_int_equal(qbg_member_has_role(member, coach, T0), 0);
    assert_int_equal(undoes(&w, QBG_PROPOSAL_ROLE, "anna", "coach"), QBG_E_NOT_FOUND);
    OK(undoes(&w, QBG_PROPOSAL_JOIN, "anna", NULL));
    assert_int_equal(qbg_member_count(deal), 0);
    assert_int_equal(undoes(&w, QBG_PROPOSAL_JOIN, "anna", NULL), QBG_E_NOT_FOUND);
    OK(does(&w, QBG_PROPOSAL_JOIN, "boris", NULL));
    OK(undoes(&w, QBG_PROPOSAL_OPEN, NULL, NULL));
    assert_null(qbg_opportunity_find(w.workspace, "a/s"));
    assert_int_equal(undoes(&w, QBG_PROPOSAL_OPEN, NULL, NULL), QBG_E_NOT_FOUND);
}

static void accounts_are_given_and_taken(void **state) {
    world w = new_world(state);
    qbg_contact *lead = add_contact(w.workspace, "lead", NULL);
    OK(does(&w, QBG_PROPOSAL_ACCOUNT, "lead", NULL));
    assert_ptr_equal(qbg_contact_account(lead, T0), w.account);
    assert_int_equal(does(&w, QBG_PROPOSAL_ACCOUNT, "lead", NULL), QBG_E_EXISTS);
    OK(undoes(&w, QBG_PROPOSAL_ACCOUNT, "lead", NULL));
    assert_null(qbg_contact_account(lead, T0));
    assert_int_equal(undoes(&w, QBG_PROPOSAL_ACCOUNT, "lead", NULL), QBG_E_NOT_FOUND);
    assert_int_equal(undoes(&w, QBG_PROPOSAL_ACCOUNT, "anna", NULL), QBG_E_CONFLICT);
}

/* What the host has said since is not thrown away. */
static void what_the_host_has_touched_stays(void **state) {
    world w = new_world(state);
    OK(does(&w, QBG_PROPOSAL_OPEN, NULL, NULL));
    OK(does(&w, QBG_PROPOSAL_JOIN, "anna", NULL));
    qbg_opportunity *deal = qbg_opportunity_find(w.workspace, "a/s");
    qbg_member *member = qbg_member_find(deal, w.people[0]);
    OK(qbg_member_set_stance(member, QBG_STANCE_CHAMPION, T0, QBG_SOURCE_HOST));
    assert_int_equal(undoes(&w, QBG_PROPOSAL_JOIN, "anna", NULL), QBG_E_CONFLICT);
    assert_int_equal(undoes(&w, QBG_PROPOSAL_OPEN, NULL, NULL), QBG_E_CONFLICT);
    OK(qbg_member_remove(member));
    OK(qbg_opportunity_set_stage(deal, "pipeline", T0, QBG_SOURCE_HOST));
    assert_int_equal(undoes(&w, QBG_PROPOSAL_OPEN, NULL, NULL), QBG_E_CONFLICT);
    add_member(deal, w.people[1]);
    assert_int_equal(undoes(&w, QBG_PROPOSAL_JOIN, "boris", NULL), QBG_E_CONFLICT);
    qbg_role *coach = qbg_role_find(w.workspace, "coach");
    OK(qbg_member_set_roles(qbg_member_find(deal, w.people[1]), &coach, 1, T0 - 9,
                            QBG_SOURCE_HOST));
    assert_int_equal(undoes(&w, QBG_PROPOSAL_ROLE, "boris", "coach"), QBG_E_CONFLICT);
}

/* ---- by itself ------------------------------------------------------------------------------- */

static void automate(const world *w, int64_t degree, const char *want) {
    qbg_table *table = NULL;
    OK(qbg_policy_set_milli(qbg_workspace_policy(w->workspace), "automation", degree * 1000));
    OK(qbg_automate(w->workspace, T0, NULL, &table));
    assert_string_equal(spell(table), want);
    qbg_table_free(table);
}

static world with_a_group(void **state) {
    world w = new_world(state);
    for (int i = 0; i < 5; i++) acts(&w, i, T0 - (5 - i) * DAY, "content_download");
    acts(&w, 4, T0 - 3600, "page_view");
    acts(&w, 4, T0 - 1800, "page_view");
    return w;
}

static void three_degrees_of_automation(void **state) {
    world w = with_a_group(state);
    uint64_t before = qbg_workspace_revision(w.workspace);
    automate(&w, 0,
             "open a/s forming 1.000\n"
             "join a/s anna signals;account 0.750\n"
             "join a/s boris signals;account 0.750\n"
             "join a/s clara signals;account 0.750\n"
             "join a/s dina signals;account 0.750\n"
             "join a/s egor signals;more_signals;account 0.800\n");
    assert_int_equal(qbg_opportunity_count(w.workspace), 0);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
    automate(&w, 1,
             "open a/s forming 1.000 done\n"
             "join a/s anna signals;account 0.750\n"
             "join a/s boris signals;account 0.750\n"
             "join a/s clara signals;account 0.750\n"
             "join a/s dina signals;account 0.750\n"
             "join a/s egor signals;more_signals;account 0.800 done\n");
    automate(&w, 2,
             "join a/s anna signals;account 0.750 done\n"
             "join a/s boris signals;account 0.750 done\n"
             "join a/s clara signals;account 0.750 done\n"
             "join a/s dina signals;account 0.750 done\n");
    automate(&w, 2, "");
    assert_int_equal(qbg_member_count(qbg_opportunity_find(w.workspace, "a/s")), 5);
}

/* "a/b" about "c" and "a" about "b/c" would have one key: only the first is opened, and nobody
 * joins the other account's. */
static void keys_that_look_alike_do_no_harm(void **state) {
    world w = {.workspace = workspace_of(state)};
    static const char *const accounts[] = {"a", "a/b"}, *const solutions[] = {"b/c", "c"};
    for (int i = 0; i < 2; i++) {
        qbg_account *account = add_account(w.workspace, accounts[i]);
        qbg_solution *solution = add_solution(w.workspace, solutions[i]);
        for (int j = 0; j < 5; j++) {
            char key[] = "p00";
            key[1] = (char)('0' + i);
            key[2] = (char)('0' + j);
            tell(w.workspace, (act){.time = T0 - (5 - j) * DAY,
                                    .contact = add_contact(w.workspace, key, account),
                                    .kind = "content_download",
                                    .solution = solution});
        }
    }
    qbg_table *table = NULL;
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "automation", 2000));
    OK(qbg_automate(w.workspace, T0, NULL, &table));
    assert_int_equal(qbg_table_row_count(table), 12);
    qbg_table_free(table);
    assert_int_equal(qbg_opportunity_count(w.workspace), 1);
    assert_int_equal(qbg_member_count(qbg_opportunity_find(w.workspace, "a/b/c")), 5);
    OK(qbg_automate(w.workspace, T0, NULL, &table)); /* now the key is known to be taken */
    qbg_table_free(table);
    assert_int_equal(qbg_member_count(qbg_opportunity_find(w.workspace, "a/b/c/2")), 5);
}

static void automation_is_one_change(void **state) {
    world w = with_a_group(state);
    qbg_table *table = NULL;
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "automation", 2000));
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_automate(w.workspace, T0, NULL, &table));
    assert_int_equal(qbg_workspace_revision(w.workspace), before + 1);
    qbg_table_free(table);
}

static void without_memory_nothing_is_done(void **state) {
    world w = with_a_group(state);
    host *memory = &((fixture *)*state)->memory;
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "automation", 2000));
    uint64_t before = qbg_workspace_revision(w.workspace);
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_automate(w.workspace, T0, NULL, &table);
        refuse(memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(table);
        assert_int_equal(qbg_opportunity_count(w.workspace), 0);
        assert_int_equal(qbg_workspace_revision(w.workspace), before);
    }
    assert_true(request > 20);
    assert_int_equal(qbg_member_count(qbg_opportunity_find(w.workspace, "a/s")), 5);
    qbg_table_free(table);
}

static void misuse_is_refused(void **state) {
    world w = new_world(state);
    qbg_table *table = NULL;
    assert_int_equal(qbg_proposals(NULL, T0, NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_proposals(w.workspace, T0, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_proposals(w.workspace, -1, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_automate(NULL, T0, NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_automate(w.workspace, T0, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_automate(w.workspace, -1, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_proposal_apply(NULL, 1, "a", "s", "o", NULL, NULL, T0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_proposal_undo(NULL, 1, "a", "s", "o", NULL, NULL, T0), QBG_E_ARGUMENT);
    assert_int_equal(
        qbg_proposal_apply(w.workspace, QBG_PROPOSAL_OPEN, NULL, "s", "o", NULL, NULL, T0),
        QBG_E_ARGUMENT);
    assert_int_equal(
        qbg_proposal_apply(w.workspace, QBG_PROPOSAL_OPEN, "no", "s", "o", NULL, NULL, T0),
        QBG_E_NOT_FOUND);
    assert_int_equal(
        qbg_proposal_undo(w.workspace, QBG_PROPOSAL_OPEN, "a", "s", "o", "\xff", NULL, T0),
        QBG_E_TEXT);
    assert_int_equal(
        qbg_proposal_apply(w.workspace, QBG_PROPOSAL_OPEN, "a", "s", "", NULL, NULL, T0),
        QBG_E_TEXT);
    assert_int_equal(qbg_plan(w.workspace, NULL, 0, NULL, 0, T0, NULL), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(w.workspace));
    assert_int_equal(qbg_proposals(w.workspace, T0, NULL, &table), QBG_E_BUSY);
    assert_int_equal(qbg_automate(w.workspace, T0, NULL, &table), QBG_E_BUSY);
    OK(qbg_workspace_commit(w.workspace));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(nothing_is_proposed_where_nothing_happens),
        in_workspace(a_group_that_forms_is_an_opportunity),
        in_workspace(a_key_that_is_taken_gets_a_number),
        in_workspace(whoever_is_active_joins_what_is_open),
        in_workspace(signals_about_nothing_known_count_for_the_only_one),
        in_workspace(a_qualified_lead_looks_for_company),
        in_workspace(roles_need_more_than_a_title),
        in_workspace(leads_find_their_account),
        in_workspace(targets_are_planned_ahead),
        in_workspace(proposals_are_carried_out_and_taken_back),
        in_workspace(accounts_are_given_and_taken),
        in_workspace(what_the_host_has_touched_stays),
        in_workspace(three_degrees_of_automation),
        in_workspace(keys_that_look_alike_do_no_harm),
        in_workspace(automation_is_one_change),
        in_workspace(without_memory_nothing_is_done),
        in_workspace(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
