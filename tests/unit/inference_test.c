/* inference_test: which roles somebody may have, how surely, and what says so. */
#include "fixture.h"

#include <stdio.h>

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_opportunity *deal;
    qbg_contact *anna;
    qbg_member *member;
} world;

static world new_world(void **state, const char *title) {
    world w = {.workspace = workspace_of(state)};
    qbg_solution *solution = NULL;
    w.account = add_account(w.workspace, "a");
    OK(qbg_solution_add(w.workspace, "s", NULL, qbg_template_find(w.workspace, "standard"),
                        &solution));
    w.deal = add_opportunity(w.workspace, "deal", w.account, solution, 0);
    OK(qbg_contact_add(w.workspace, "anna", w.account, NULL, title, &w.anna));
    w.member = add_member(w.deal, w.anna);
    return w;
}

static void act_often(const world *w, int times, const char *kind, const char *content) {
    for (int i = 0; i < times; i++)
        tell(w->workspace, (act){.time = NOON - i,
                                 .contact = w->anna,
                                 .opportunity = w->deal,
                                 .kind = kind,
                                 .content = content});
}

/* As whole numbers, since a locale may write 0,6. */
static int thousandths(double value) { return (int)(value * 1000 + 0.5); }

/* "economic_buyer 0.600 title 0 candidate inferred", a line each: role, confidence, because, how
 * many signals. */
static void assert_roles(const world *w, const char *want) {
    char found[2048] = "";
    size_t used = 0;
    qbg_table *table = NULL;
    OK(qbg_role_evidence(w->deal, w->anna, NOON, &table));
    int32_t because = qbg_table_column_find(table, "because");
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        int64_t size, reasons;
        const char *role = qbg_table_text_at(table, 0, row, &size);
        const char *text = qbg_table_text_at(table, because, row, &reasons);
        int sure = thousandths(qbg_table_double_at(table, 1, row));
        used += (size_t)snprintf(found + used, sizeof found - used, "%.*s %d.%03d %.*s %d%s%s\n",
                                 (int)size, role, sure / 1000, sure % 1000, (int)reasons, text,
                                 (int)qbg_table_int64_at(table, because + 1, row),
                                 qbg_table_int64_at(table, because + 2, row) ? " candidate" : "",
                                 qbg_table_int64_at(table, because + 3, row) ? " inferred" : "");
        assert_true(used < sizeof found);
    }
    qbg_table_free(table);
    assert_string_equal(found, want);
}

static qbg_role *role(const world *w, const char *key) { return qbg_role_find(w->workspace, key); }

static void a_title_says_a_role(void **state) {
    world w = new_world(state, "CFO");
    assert_roles(&w, "economic_buyer 0.600 title 0 candidate inferred\n");
}

static void nothing_says_nothing(void **state) {
    world w = new_world(state, NULL);
    act_often(&w, 3, "email_open", NULL);
    assert_roles(&w, "");
}

static void behaviour_alone_makes_nobody_a_candidate(void **state) {
    world w = new_world(state, NULL);
    act_often(&w, 1, "page_view", "site/pricing/enterprise");
    assert_roles(&w, "economic_buyer 0.150 behaviour 1\n");
    act_often(&w, 400, "pricing_view", NULL);
    assert_roles(&w, "economic_buyer 0.299 behaviour 401\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "trust_behaviour", 499));
    assert_roles(&w, "economic_buyer 0.498 behaviour 401\n");
    assert_int_equal(
        qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "trust_behaviour", 500),
        QBG_E_RANGE);
}

static void doubts_are_multiplied(void **state) {
    world w = new_world(state, "CFO");
    act_often(&w, 2, "page_view", "docs/API/auth");
    act_often(&w, 1, "content_download", "Окупаемость.pdf");
    assert_roles(&w, "economic_buyer 0.660 title;behaviour 1 candidate inferred\n"
                     "technical_evaluator 0.200 behaviour 2\n");
}

static void a_signal_speaks_once_for_a_role(void **state) {
    world w = new_world(state, NULL);
    act_often(&w, 1, "pricing_view", "pricing/roi/price?budget=2");
    act_often(&w, 1, "comparison_view", "api-vs-sdk");
    assert_roles(&w, "economic_buyer 0.150 behaviour 1\n"
                     "technical_evaluator 0.150 behaviour 1\n"
                     "business_evaluator 0.150 behaviour 1\n");
}

/* "capital" and "rapid" are no "api", "enterprise" no "price". */
static void words_are_whole(void **state) {
    world w = new_world(state, NULL);
    act_often(&w, 1, "page_view", "capital/rapid/enterprise/heroic/ростовщик");
    assert_roles(&w, "");
}

static void others_say_roles(void **state) {
    world w = new_world(state, "CFO");
    qbg_role *champion = role(&w, "champion"), *coach = role(&w, "coach");
    OK(qbg_member_add_evidence(w.member, QBG_EVIDENCE_CRM, champion, QBG_SOURCE_HOST));
    OK(qbg_member_add_evidence(w.member, QBG_EVIDENCE_VENDOR, coach, QBG_SOURCE_HOST));
    assert_roles(&w, "champion 0.900 crm 0 candidate inferred\n"
                     "economic_buyer 0.600 title 0 candidate\n"
                     "coach 0.500 vendor 0 candidate\n");
    OK(qbg_member_add_role(w.member, coach, QBG_SOURCE_HOST));
    assert_roles(&w, "coach 1.000 host;vendor 0 candidate inferred\n"
                     "champion 0.900 crm 0 candidate\n"
                     "economic_buyer 0.600 title 0 candidate\n");
}

static void two_that_are_close_are_unknown(void **state) {
    world w = new_world(state, "CFO");
    qbg_role *champion = role(&w, "champion");
    OK(qbg_member_add_evidence(w.member, QBG_EVIDENCE_VENDOR, champion, QBG_SOURCE_HOST));
    act_often(&w, 1, "demo_request", NULL);
    assert_roles(&w, "economic_buyer 0.600 title 0 candidate\n"
                     "champion 0.575 vendor;behaviour 1 candidate\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "role_margin", 20));
    assert_roles(&w, "economic_buyer 0.600 title 0 candidate inferred\n"
                     "champion 0.575 vendor;behaviour 1 candidate\n");
}

static void evidence_has_dates(void **state) {
    world w = new_world(state, NULL);
    qbg_role *champion = role(&w, "champion"), *coach = role(&w, "coach");
    OK(qbg_member_set_evidence(w.member, QBG_EVIDENCE_CRM, &champion, 1, NOON + 1,
                               QBG_SOURCE_HOST));
    assert_roles(&w, "");
    OK(qbg_member_set_evidence(w.member, QBG_EVIDENCE_CRM, &coach, 1, NOON, QBG_SOURCE_RULE));
    assert_roles(&w, "coach 0.900 crm 0 candidate inferred\n");
    assert_int_equal(qbg_member_has_evidence(w.member, QBG_EVIDENCE_CRM, coach, NOON), 1);
    assert_int_equal(qbg_member_has_evidence(w.member, QBG_EVIDENCE_CRM, champion, NOON), 0);
    assert_int_equal(qbg_member_has_evidence(w.member, QBG_EVIDENCE_CRM, champion, NOON + 1), 1);
    assert_int_equal(qbg_member_has_evidence(w.member, QBG_EVIDENCE_VENDOR, coach, NOON), 0);
    assert_int_equal(qbg_member_has_evidence(w.member, QBG_EVIDENCE_TITLE, coach, NOON), 0);
    OK(qbg_member_set_evidence(w.member, QBG_EVIDENCE_CRM, NULL, 0, NOON, QBG_SOURCE_HOST));
    assert_roles(&w, "");
}

static int32_t seat_state(const world *w, const char *key) {
    qbg_assessment *group = NULL;
    int32_t found = QBG_UNSET;
    OK(qbg_assess(w->deal, NOON, &group));
    for (uint32_t i = 0; i < qbg_assessment_seat_count(group); i++)
        if (strcmp(qbg_assessment_seat_role(group, i), key) == 0)
            found = qbg_assessment_seat_state(group, i);
    qbg_assessment_free(group);
    return found;
}

/* Of several roles that he may have he takes the seat that covers the most. */
static void candidates_are_seated(void **state) {
    world w = new_world(state, "CFO");
    qbg_contact *other = NULL;
    qbg_role *champion = role(&w, "champion");
    assert_int_equal(seat_state(&w, "economic_buyer"), QBG_SEAT_DARK);
    OK(qbg_member_add_evidence(w.member, QBG_EVIDENCE_CRM, champion, QBG_SOURCE_HOST));
    assert_int_equal(seat_state(&w, "economic_buyer"), QBG_SEAT_DARK);
    assert_int_equal(seat_state(&w, "champion"), QBG_SEAT_MISSING);
    OK(qbg_contact_add(w.workspace, "ben", w.account, NULL, "Finance Director", &other));
    add_member(w.deal, other);
    assert_int_equal(seat_state(&w, "economic_buyer"), QBG_SEAT_DARK);
    assert_int_equal(seat_state(&w, "champion"), QBG_SEAT_DARK);
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "trust_crm", 499));
    assert_int_equal(seat_state(&w, "champion"), QBG_SEAT_MISSING);
}

/* What behaviour adds changes no score. */
static void behaviour_moves_no_seat(void **state) {
    world w = new_world(state, NULL);
    act_often(&w, 50, "pricing_view", NULL);
    assert_int_equal(seat_state(&w, "economic_buyer"), QBG_SEAT_MISSING);
}

static void somebody_outside_can_be_asked_about(void **state) {
    world w = new_world(state, NULL);
    OK(qbg_contact_add(w.workspace, "zoe", w.account, NULL, "IT Director", &w.anna));
    act_often(&w, 1, "page_view", "api");
    assert_roles(&w, "technical_evaluator 0.660 title;behaviour 1 candidate inferred\n");
}

static void misuse_is_refused(void **state) {
    world w = new_world(state, "CFO");
    qbg_workspace *other = NULL;
    qbg_role *foreign = NULL;
    qbg_contact *stranger = NULL;
    qbg_table *table = NULL;
    qbg_role *coach = role(&w, "coach");
    OK(qbg_workspace_new(NULL, &other));
    foreign = qbg_role_find(other, "coach");
    OK(qbg_contact_add(other, "x", NULL, NULL, NULL, &stranger));
    assert_int_equal(qbg_role_evidence(NULL, w.anna, NOON, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_evidence(w.deal, NULL, NOON, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_evidence(w.deal, stranger, NOON, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_evidence(w.deal, w.anna, NOON, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_evidence(w.deal, w.anna, -1, &table), QBG_E_RANGE);
    assert_int_equal(qbg_member_add_evidence(w.member, QBG_EVIDENCE_HOST, coach, QBG_SOURCE_HOST),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_add_evidence(w.member, QBG_EVIDENCE_CRM, foreign, QBG_SOURCE_HOST),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_add_evidence(NULL, QBG_EVIDENCE_CRM, coach, QBG_SOURCE_HOST),
                     QBG_E_ARGUMENT);
    assert_int_equal(
        qbg_member_set_evidence(w.member, QBG_EVIDENCE_BEHAVIOUR, NULL, 0, NOON, QBG_SOURCE_HOST),
        QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_set_evidence(w.member, QBG_EVIDENCE_CRM, NULL, 0, NOON, 7),
                     QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(w.workspace));
    assert_int_equal(qbg_role_evidence(w.deal, w.anna, NOON, &table), QBG_E_BUSY);
    OK(qbg_workspace_commit(w.workspace));
    qbg_workspace_free(other);
}

static void without_memory_nothing_is_answered(void **state) {
    world w = new_world(state, "CFO");
    host *memory = &((fixture *)*state)->memory;
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    act_often(&w, 3, "page_view", "api/roi/case/terms");
    size_t before = memory->bytes;
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_role_evidence(w.deal, w.anna, NOON, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        if (status != QBG_OK) assert_null(table);
        if (status != QBG_OK) assert_int_equal(memory->bytes, before);
    }
    refuse(memory, NEVER);
    assert_true(request > 5);
    assert_int_equal(qbg_table_row_count(table), 4);
    qbg_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_title_says_a_role),
        in_workspace(nothing_says_nothing),
        in_workspace(behaviour_alone_makes_nobody_a_candidate),
        in_workspace(doubts_are_multiplied),
        in_workspace(a_signal_speaks_once_for_a_role),
        in_workspace(words_are_whole),
        in_workspace(others_say_roles),
        in_workspace(two_that_are_close_are_unknown),
        in_workspace(evidence_has_dates),
        in_workspace(candidates_are_seated),
        in_workspace(behaviour_moves_no_seat),
        in_workspace(somebody_outside_can_be_asked_about),
        in_workspace(misuse_is_refused),
        in_workspace(without_memory_nothing_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
