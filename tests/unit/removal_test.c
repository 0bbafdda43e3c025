/* removal: a row that was removed had never been told; what carries something wants a cascade. */
#include "life.h"
#include "snapshot.h"
#include "rounds.h"

/* A company with a group, and another one. */
typedef struct scene {
    qbg_workspace *workspace;
    qbg_account *daisy, *tulip;
    qbg_solution *hr;
    qbg_contact *elena, *ivan;
    qbg_opportunity *deal;
    qbg_member *member; /* Elena */
} scene;

static scene fill(void **state) {
    scene at;
    at.workspace = workspace_of(state);
    at.daisy = add_account(at.workspace, "daisy");
    at.tulip = add_account(at.workspace, "tulip");
    at.hr = add_solution(at.workspace, "hr");
    at.elena = add_contact(at.workspace, "elena", at.daisy);
    at.ivan = add_contact(at.workspace, "ivan", at.daisy);
    at.deal = add_opportunity(at.workspace, "deal", at.daisy, at.hr, QBG_UNDATED);
    at.member = add_member(at.deal, at.elena);
    return at;
}

static snapshot seen(const qbg_workspace *workspace) {
    return whole_of(workspace, LIFE_FIRST, LIFE_LAST);
}

/* ---- dead handles ---------------------------------------------------------------------------- */

static void a_removed_account_is_dead(void **state) {
    scene at = fill(state);
    qbg_signal *signal = signal_of(at.workspace, (act){.time = NOON});
    uint32_t number = qbg_account_number(at.tulip);
    OK(qbg_account_add_domain(at.tulip, "tulip.example"));
    OK(qbg_account_set_potential(at.tulip, 5, "EUR"));
    OK(qbg_account_set_tag(at.tulip, 5));
    assert_int_equal(qbg_account_is_alive(at.tulip), 1);
    OK(qbg_account_remove(at.tulip, 0));
    /* what cannot fail gives neutral values */
    assert_int_equal(qbg_account_is_alive(at.tulip), 0);
    assert_int_equal(qbg_account_number(at.tulip), QBG_NONE);
    assert_string_equal(qbg_account_key(at.tulip), "");
    assert_string_equal(qbg_account_name(at.tulip), "");
    assert_int_equal(qbg_account_tag(at.tulip), 0);
    assert_int_equal(qbg_account_domain_count(at.tulip), 0);
    assert_string_equal(qbg_account_domain(at.tulip, 0), "");
    assert_int_equal(qbg_account_potential_minor(at.tulip), 0);
    assert_string_equal(qbg_account_currency(at.tulip), "");
    assert_int_equal(qbg_account_signal_count(at.tulip), 0);
    assert_null(qbg_account_find(at.workspace, "tulip"));
    assert_null(qbg_account_at(at.workspace, number));
    assert_int_equal(qbg_account_count(at.workspace), 2); /* as many as there ever were */
    /* what can fail says so, and changes nothing */
    snapshot before = seen(at.workspace);
    assert_int_equal(qbg_account_set_name(at.tulip, "x"), QBG_E_GONE);
    assert_int_equal(qbg_account_set_tag(at.tulip, 1), QBG_E_GONE);
    assert_int_equal(qbg_account_add_domain(at.tulip, "x"), QBG_E_GONE);
    assert_int_equal(qbg_account_set_potential(at.tulip, 1, "EUR"), QBG_E_GONE);
    assert_int_equal(qbg_account_signal_at(at.tulip, 0, signal), QBG_E_GONE);
    assert_int_equal(qbg_account_remove(at.tulip, 1), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_account(at.elena, at.tulip, NOON, QBG_SOURCE_HOST),
                     QBG_E_GONE);
    assert_int_equal(qbg_contact_add(at.workspace, "x", at.tulip, NULL, NULL, NULL), QBG_E_GONE);
    assert_int_equal(qbg_contact_put(at.workspace, "elena", at.tulip, NULL, NULL, NULL, NULL),
                     QBG_E_GONE);
    assert_int_equal(qbg_opportunity_add(at.workspace, "x", at.tulip, at.hr, NOON, NULL),
                     QBG_E_GONE);
    assert_int_equal(qbg_opportunity_put(at.workspace, "deal", at.tulip, at.hr, NOON, NULL, NULL),
                     QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_account(at.deal, at.tulip), QBG_E_GONE);
    assert_int_equal(qbg_signal_set_account(signal, at.tulip), QBG_E_GONE);
    assert_seen(&before, seen(at.workspace), "after calls on a dead account");
    forget(&before);
    qbg_signal_free(signal);
}

static void a_removed_contact_is_dead(void **state) {
    scene at = fill(state);
    qbg_contact *olga = NULL;
    qbg_table *table = NULL;
    qbg_signal *signal = signal_of(at.workspace, (act){.time = NOON});
    OK(qbg_contact_add(at.workspace, "olga", at.daisy, "Olga", "CFO", &olga));
    OK(qbg_contact_set_email(olga, "olga@daisy.example"));
    OK(qbg_contact_set_tag(olga, 5));
    uint32_t number = qbg_contact_number(olga);
    OK(qbg_contact_remove(olga, 0));
    assert_int_equal(qbg_contact_is_alive(olga), 0);
    assert_int_equal(qbg_contact_number(olga), QBG_NONE);
    assert_string_equal(qbg_contact_key(olga), "");
    assert_string_equal(qbg_contact_name(olga), "");
    assert_string_equal(qbg_contact_title(olga), "");
    assert_string_equal(qbg_contact_email(olga), "");
    assert_int_equal(qbg_contact_tag(olga), 0);
    assert_null(qbg_contact_account(olga, NOON));
    assert_int_equal(qbg_contact_visitor_count(olga), 0);
    assert_int_equal(qbg_contact_department(olga), QBG_UNSET);
    assert_int_equal(qbg_contact_seniority(olga), QBG_UNSET);
    assert_true(qbg_contact_persona_confidence(olga) <= 0);
    assert_int_equal(qbg_contact_is_erased(olga), 0);
    assert_null(qbg_member_find(at.deal, olga));
    assert_null(qbg_contact_find(at.workspace, "olga"));
    assert_null(qbg_contact_at(at.workspace, number));
    assert_int_equal(qbg_contact_count(at.workspace), 3);
    snapshot before = seen(at.workspace);
    assert_int_equal(qbg_contact_set_name(olga, "x"), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_title(olga, "x"), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_email(olga, "x"), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_tag(olga, 1), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_account(olga, at.daisy, NOON, QBG_SOURCE_HOST), QBG_E_GONE);
    assert_int_equal(qbg_contact_add_visitor(olga, "v"), QBG_E_GONE);
    assert_int_equal(qbg_contact_remove_visitor(olga, "v"), QBG_E_GONE);
    assert_int_equal(qbg_contact_set_persona(olga, QBG_UNSET, QBG_UNSET), QBG_E_GONE);
    assert_int_equal(qbg_contact_history(olga, &table), QBG_E_GONE);
    assert_int_equal(qbg_contact_remove(olga, 1), QBG_E_GONE);
    assert_int_equal(qbg_contact_erase(olga), QBG_E_GONE);
    assert_int_equal(qbg_member_add(at.deal, olga, NULL), QBG_E_GONE);
    assert_int_equal(qbg_member_put(at.deal, olga, NULL, NULL), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_add_member(at.deal, olga, NULL), QBG_E_GONE);
    assert_int_equal(qbg_need_set(at.deal, olga, "x", QBG_NEED_OPEN, NOON), QBG_E_GONE);
    assert_int_equal(qbg_ledger(at.deal, olga, NOON, &table), QBG_E_GONE);
    assert_int_equal(qbg_signal_set_contact(signal, olga), QBG_E_GONE);
    assert_seen(&before, seen(at.workspace), "after calls on a dead contact");
    forget(&before);
    qbg_signal_free(signal);
}

static void a_removed_opportunity_is_dead(void **state) {
    scene at = fill(state);
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    qbg_assessment *assessment = NULL;
    qbg_path *path = NULL;
    qbg_signal *signal = signal_of(at.workspace, (act){.time = NOON});
    qbg_role *champion = qbg_role_find(at.workspace, "champion");
    qbg_opportunity *gone = add_opportunity(at.workspace, "gone", at.tulip, at.hr, NOON);
    OK(qbg_assess(at.deal, NOON, &assessment));
    OK(qbg_opportunity_set_name(gone, "x"));
    OK(qbg_opportunity_set_currency(gone, "EUR"));
    OK(qbg_opportunity_set_amount(gone, 5, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_tag(gone, 5));
    uint32_t number = qbg_opportunity_number(gone);
    OK(qbg_opportunity_remove(gone, 0));
    assert_int_equal(qbg_opportunity_is_alive(gone), 0);
    assert_int_equal(qbg_opportunity_number(gone), QBG_NONE);
    assert_string_equal(qbg_opportunity_key(gone), "");
    assert_string_equal(qbg_opportunity_name(gone), "");
    assert_null(qbg_opportunity_account(gone));
    assert_null(qbg_opportunity_solution(gone));
    assert_int_equal(qbg_opportunity_type(gone), QBG_UNSET);
    assert_true(qbg_opportunity_opened(gone) == QBG_UNDATED);
    assert_true(qbg_opportunity_closed(gone) == QBG_UNDATED);
    assert_int_equal(qbg_opportunity_tag(gone), 0);
    assert_string_equal(qbg_opportunity_stage(gone, NOON), "");
    assert_int_equal(qbg_opportunity_verdict(gone, NOON), QBG_UNSET);
    assert_string_equal(qbg_opportunity_currency(gone), "");
    assert_int_equal(qbg_opportunity_has_amount(gone, NOON), 0);
    assert_int_equal(qbg_opportunity_amount_minor(gone, NOON), 0);
    assert_int_equal(qbg_opportunity_outcome(gone, NOON), QBG_UNSET);
    assert_int_equal(qbg_opportunity_answer(gone, QBG_CRITERION_BUDGET, NOON), QBG_UNSET);
    assert_true(qbg_opportunity_fit(gone, NOON) < 0);
    assert_int_equal(qbg_opportunity_signal_count(gone), 0);
    assert_int_equal(qbg_member_count(gone), 0);
    assert_null(qbg_member_at(gone, 0));
    assert_null(qbg_member_find(gone, at.elena));
    assert_int_equal(qbg_need_count(gone), 0);
    assert_string_equal(qbg_need_key(gone, 0), "");
    assert_null(qbg_need_contact(gone, 0));
    assert_int_equal(qbg_need_state(gone, 0, NOON), QBG_UNSET);
    assert_null(qbg_opportunity_find(at.workspace, "gone"));
    assert_null(qbg_opportunity_at(at.workspace, number));
    assert_int_equal(qbg_opportunity_count(at.workspace), 2);
    snapshot before = seen(at.workspace);
    const int64_t now = NOON;
    const int32_t by_host = QBG_SOURCE_HOST;
    assert_int_equal(qbg_opportunity_set_account(gone, at.daisy), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_solution(gone, at.hr), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_name(gone, "x"), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_type(gone, QBG_UNSET), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_opened(gone, now), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_closed(gone, now), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_tag(gone, 1), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_stage(gone, "x", now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_verdict(gone, QBG_UNSET, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_currency(gone, "EUR"), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_amount(gone, 1, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_withdraw_amount(gone, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_outcome(gone, QBG_UNSET, now, by_host), QBG_E_GONE);
    assert_int_equal(
        qbg_opportunity_set_answer(gone, QBG_CRITERION_BUDGET, QBG_ANSWER_YES, now, by_host),
        QBG_E_GONE);
    assert_int_equal(qbg_opportunity_set_fit(gone, 0.5, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_remove(gone, 1), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_add_member(gone, at.elena, champion), QBG_E_GONE);
    assert_int_equal(qbg_member_add(gone, at.elena, NULL), QBG_E_GONE);
    assert_int_equal(qbg_member_put(gone, at.elena, NULL, NULL), QBG_E_GONE);
    assert_int_equal(qbg_need_set(gone, NULL, "x", QBG_NEED_OPEN, now), QBG_E_GONE);
    assert_int_equal(qbg_signal_set_opportunity(signal, gone), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_signal_at(gone, 0, signal), QBG_E_GONE);
    assert_int_equal(qbg_opportunity_history(gone, &table), QBG_E_GONE);
    assert_int_equal(qbg_ledger(gone, at.elena, now, &table), QBG_E_GONE);
    assert_int_equal(qbg_path_find(gone, now, &path), QBG_E_GONE);
    assert_int_equal(qbg_report_explain(gone, now, NULL, &blob), QBG_E_GONE);
    assert_int_equal(qbg_assessment_refill(assessment, gone, now), QBG_E_GONE);
    assert_string_equal(qbg_assessment_opportunity(assessment), "deal");
    qbg_assessment_free(assessment);
    assert_int_equal(qbg_assess(gone, now, &assessment), QBG_E_GONE);
    assert_seen(&before, seen(at.workspace), "after calls on a dead opportunity");
    forget(&before);
    qbg_signal_free(signal);
}

static void a_removed_membership_is_dead(void **state) {
    scene at = fill(state);
    qbg_role *champion = qbg_role_find(at.workspace, "champion");
    const int64_t now = NOON;
    const int32_t by_host = QBG_SOURCE_HOST;
    qbg_member *gone = at.member;
    OK(qbg_member_add_role(gone, champion, by_host));
    OK(qbg_member_set_note(gone, "x"));
    OK(qbg_member_set_tag(gone, 5));
    OK(qbg_member_set_joined(gone, now));
    OK(qbg_member_set_stance(gone, QBG_STANCE_BLOCKER, now, by_host));
    OK(qbg_member_remove(gone));
    assert_int_equal(qbg_member_is_alive(gone), 0);
    assert_null(qbg_member_contact(gone));
    assert_null(qbg_member_opportunity(gone));
    assert_int_equal(qbg_member_tag(gone), 0);
    assert_int_equal(qbg_member_is_present(gone, now), 0);
    assert_int_equal(qbg_member_has_role(gone, champion, now), 0);
    assert_int_equal(qbg_member_status(gone, now), QBG_STATUS_POTENTIAL);
    assert_int_equal(qbg_member_stance(gone, now), QBG_STANCE_UNKNOWN);
    assert_true(qbg_member_influence(gone, now) < 0);
    assert_int_equal(qbg_member_participation(gone, now), QBG_UNSET);
    assert_int_equal(qbg_member_interest(gone, now), QBG_UNSET);
    assert_true(qbg_member_joined(gone) == QBG_UNDATED);
    assert_true(qbg_member_left(gone) == QBG_UNDATED);
    assert_true(qbg_member_next_contact(gone) == QBG_UNDATED);
    assert_string_equal(qbg_member_note(gone), "");
    assert_int_equal(qbg_member_count(at.deal), 0);
    assert_null(qbg_member_find(at.deal, at.elena));
    snapshot before = seen(at.workspace);
    assert_int_equal(qbg_member_set_tag(gone, 1), QBG_E_GONE);
    assert_int_equal(qbg_member_add_role(gone, champion, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_roles(gone, &champion, 1, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_status(gone, QBG_STATUS_LEFT, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_stance(gone, QBG_STANCE_BLOCKER, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_influence(gone, 0.5, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_participation(gone, QBG_UNSET, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_interest(gone, QBG_UNSET, now, by_host), QBG_E_GONE);
    assert_int_equal(qbg_member_set_joined(gone, now), QBG_E_GONE);
    assert_int_equal(qbg_member_set_left(gone, now), QBG_E_GONE);
    assert_int_equal(qbg_member_set_next_contact(gone, now), QBG_E_GONE);
    assert_int_equal(qbg_member_set_note(gone, "x"), QBG_E_GONE);
    assert_int_equal(qbg_member_remove(gone), QBG_E_GONE);
    assert_seen(&before, seen(at.workspace), "after calls on a dead member");
    forget(&before);
    /* he can join anew, as another row */
    qbg_member *again = add_member(at.deal, at.elena);
    assert_ptr_not_equal(again, gone);
    assert_int_equal(qbg_member_is_alive(gone), 0);
    assert_true(qbg_member_joined(again) == QBG_UNDATED);
    assert_int_equal(qbg_member_has_role(again, champion, now), 0);
}

static void nothing_is_removed_of_null_or_with_another_cascade(void **state) {
    scene at = fill(state);
    uint64_t revision = qbg_workspace_revision(at.workspace);
    assert_int_equal(qbg_member_remove(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_remove(NULL, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_remove(NULL, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_remove(NULL, 1), QBG_E_ARGUMENT);
    for (int32_t cascade = -1; cascade <= 2; cascade += 3) {
        assert_int_equal(qbg_opportunity_remove(at.deal, cascade), QBG_E_ARGUMENT);
        assert_int_equal(qbg_contact_remove(at.ivan, cascade), QBG_E_ARGUMENT);
        assert_int_equal(qbg_account_remove(at.tulip, cascade), QBG_E_ARGUMENT);
    }
    assert_int_equal(qbg_member_is_alive(NULL), 0);
    assert_int_equal(qbg_opportunity_is_alive(NULL), 0);
    assert_int_equal(qbg_contact_is_alive(NULL), 0);
    assert_int_equal(qbg_account_is_alive(NULL), 0);
    assert_int_equal(qbg_workspace_revision(at.workspace), revision);
}

static void a_key_is_free_again_and_a_number_is_not(void **state) {
    scene at = fill(state);
    uint32_t numbers[] = {qbg_account_number(at.daisy), qbg_contact_number(at.elena),
                          qbg_opportunity_number(at.deal)};
    OK(qbg_account_remove(at.daisy, 1));
    OK(qbg_contact_remove(at.elena, 1));
    qbg_account *daisy = add_account(at.workspace, "daisy");
    qbg_contact *elena = add_contact(at.workspace, "elena", daisy);
    qbg_opportunity *deal = add_opportunity(at.workspace, "deal", daisy, at.hr, QBG_UNDATED);
    assert_true(qbg_account_number(daisy) > numbers[0]);
    assert_true(qbg_contact_number(elena) > numbers[1]);
    assert_true(qbg_opportunity_number(deal) > numbers[2]);
    assert_int_equal(qbg_account_is_alive(at.daisy), 0);
    assert_ptr_equal(qbg_contact_find(at.workspace, "elena"), elena);
    assert_int_equal(qbg_contact_is_alive(at.elena), 0);
}

static void a_key_that_was_merged_into_a_removed_row_is_free_too(void **state) {
    scene at = fill(state);
    OK(qbg_contact_merge(at.elena, at.ivan));
    OK(qbg_contact_remove(at.elena, 1));
    assert_int_equal(qbg_contact_is_alive(at.ivan), 0);
    assert_null(qbg_contact_find(at.workspace, "ivan"));
    qbg_contact *ivan = add_contact(at.workspace, "ivan", NULL);
    assert_ptr_equal(qbg_contact_find(at.workspace, "ivan"), ivan);
    assert_int_equal(qbg_contact_set_name(at.ivan, "x"), QBG_E_GONE);
}

/* ---- what a row carries ---------------------------------------------------------------------- */

static void an_opportunity_carries_members_and_needs(void **state) {
    scene at = fill(state);
    assert_int_equal(qbg_opportunity_remove(at.deal, 0), QBG_E_IN_USE);
    OK(qbg_member_remove(at.member));
    OK(qbg_need_set(at.deal, NULL, "report", QBG_NEED_OPEN, NOON));
    assert_int_equal(qbg_opportunity_remove(at.deal, 0), QBG_E_IN_USE);
    assert_int_equal(qbg_opportunity_is_alive(at.deal), 1);
    at.member = add_member(at.deal, at.elena);
    OK(qbg_need_set(at.deal, at.elena, "speed", QBG_NEED_OPEN, NOON));
    OK(qbg_opportunity_remove(at.deal, 1));
    assert_int_equal(qbg_member_is_alive(at.member), 0);
    OK(qbg_contact_remove(at.elena, 0)); /* he carries nothing of it any more */
    qbg_opportunity *bare = add_opportunity(at.workspace, "bare", at.daisy, at.hr, QBG_UNDATED);
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .opportunity = bare});
    OK(qbg_opportunity_remove(bare, 0)); /* signals are not its own */
}

/* Those that it took by the facts, and those that named it. */
static void the_signals_of_an_opportunity_stay(void **state) {
    scene at = fill(state);
    qbg_opportunity *older = add_opportunity(at.workspace, "older", at.daisy, at.hr, QBG_UNDATED);
    OK(qbg_opportunity_set_opened(at.deal, NOON));
    add_member(older, at.elena);
    tell(at.workspace, (act){.time = NOON, .contact = at.elena});
    tell(at.workspace,
         (act){.time = NOON, .contact = at.elena, .opportunity = at.deal, .event = "1"});
    tell(at.workspace, (act){.time = NOON, .contact = at.ivan, .opportunity = at.deal});
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 3);
    OK(qbg_opportunity_remove(at.deal, 1));
    assert_int_equal(qbg_signal_count(at.workspace), 3);
    assert_int_equal(qbg_opportunity_signal_count(older), 2);
    assert_int_equal(qbg_account_signal_count(at.daisy), 1); /* Ivan is nobody's member */
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(at.workspace, &signal));
    OK(qbg_account_signal_at(at.daisy, 0, signal));
    assert_null(qbg_signal_opportunity(signal));
    qbg_signal_free(signal);
    /* its event id is known still */
    assert_int_equal(
        try_to_tell(at.workspace, (act){.time = NOON, .contact = at.elena, .event = "1"}),
        QBG_DUPLICATE);
}

static void a_member_goes_with_all_that_was_said_of_him(void **state) {
    scene at = fill(state);
    tell(at.workspace, (act){.time = NOON, .contact = at.elena});
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 1);
    OK(qbg_need_set(at.deal, at.elena, "report", QBG_NEED_OPEN, NOON));
    OK(qbg_member_remove(at.member));
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 0);
    assert_int_equal(qbg_account_signal_count(at.daisy), 1);
    assert_int_equal(qbg_need_count(at.deal), 1); /* a need is not said of the member */
}

static void a_contact_carries_memberships_needs_visitors_and_signals(void **state) {
    scene at = fill(state);
    assert_int_equal(qbg_contact_remove(at.elena, 0), QBG_E_IN_USE); /* a membership */
    OK(qbg_need_set(at.deal, at.ivan, "report", QBG_NEED_OPEN, NOON));
    assert_int_equal(qbg_contact_remove(at.ivan, 0), QBG_E_IN_USE);
    qbg_contact *olga = add_contact(at.workspace, "olga", at.daisy);
    OK(qbg_contact_add_visitor(olga, "v"));
    assert_int_equal(qbg_contact_remove(olga, 0), QBG_E_IN_USE);
    OK(qbg_contact_remove_visitor(olga, "v"));
    tell(at.workspace, (act){.time = NOON, .contact = olga, .event = "1"});
    assert_int_equal(qbg_contact_remove(olga, 0), QBG_E_IN_USE);
    qbg_signal *signal =
        signal_of(at.workspace, (act){.time = NOON, .contact = olga, .event = "1"});
    OK(qbg_retract(at.workspace, signal));
    qbg_signal_free(signal);
    OK(qbg_contact_remove(olga, 0));
}

static void a_contact_goes_with_all_that_he_carries(void **state) {
    scene at = fill(state);
    OK(qbg_contact_add_visitor(at.elena, "v"));
    OK(qbg_need_set(at.deal, at.elena, "report", QBG_NEED_OPEN, NOON));
    tell(at.workspace, (act){.time = NOON, .contact = at.elena, .event = "1"});
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .visitor = "v"});
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 2);
    OK(qbg_contact_remove(at.elena, 1));
    assert_int_equal(qbg_signal_count(at.workspace), 1);
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 0);
    assert_int_equal(qbg_account_signal_count(at.daisy), 1); /* the visitor is anonymous again */
    assert_int_equal(qbg_member_count(at.deal), 0);
    assert_int_equal(qbg_need_count(at.deal), 0);
    OK(qbg_contact_add_visitor(at.ivan, "v"));
    /* the id of a signal that is gone is free */
    tell(at.workspace, (act){.time = NOON + 5, .contact = at.ivan, .event = "1"});
    assert_int_equal(qbg_signal_count(at.workspace), 2);
}

static void somebody_who_was_erased_is_not_removed(void **state) {
    scene at = fill(state);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_remove(at.elena, 0), QBG_E_ERASED);
    assert_int_equal(qbg_contact_remove(at.elena, 1), QBG_E_ERASED);
    assert_int_equal(qbg_contact_is_alive(at.elena), 1);
}

static void an_account_carries_opportunities_people_and_signals(void **state) {
    scene at = fill(state);
    add_opportunity(at.workspace, "other", at.tulip, at.hr, QBG_UNDATED);
    assert_int_equal(qbg_account_remove(at.tulip, 0), QBG_E_IN_USE);
    OK(qbg_opportunity_remove(qbg_opportunity_find(at.workspace, "other"), 0));
    OK(qbg_contact_set_account(at.ivan, at.tulip, NOON, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(at.ivan, at.daisy, NOON + DAY, QBG_SOURCE_HOST));
    assert_int_equal(qbg_account_remove(at.tulip, 0), QBG_E_IN_USE); /* he worked there */
    OK(qbg_contact_remove(at.ivan, 0));
    const act acts[] = {
        {.time = NOON, .account = at.tulip, .event = "1"},
        {.time = NOON, .account = at.tulip, .visitor = "v", .event = "2"},
        {.time = NOON, .account = at.tulip, .contact = at.elena, .event = "3"},
        {.time = NOON, .account = at.tulip, .opportunity = at.deal, .event = "4"},
    };
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        tell(at.workspace, acts[i]);
        assert_int_equal(qbg_account_remove(at.tulip, 0), QBG_E_IN_USE);
        qbg_signal *signal = signal_of(at.workspace, acts[i]);
        OK(qbg_retract(at.workspace, signal));
        qbg_signal_free(signal);
    }
    OK(qbg_account_remove(at.tulip, 0));
}

static void an_account_goes_with_its_opportunities_and_anonymous_signals(void **state) {
    scene at = fill(state);
    qbg_opportunity *elsewhere =
        add_opportunity(at.workspace, "elsewhere", at.tulip, at.hr, QBG_UNDATED);
    OK(qbg_contact_set_account(at.elena, at.tulip, NOON + DAY, QBG_SOURCE_HOST));
    tell(at.workspace, (act){.time = NOON, .account = at.daisy});
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .visitor = "v"});
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .opportunity = elsewhere});
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .contact = at.elena, .event = "1"});
    tell(at.workspace, (act){.time = NOON, .contact = at.elena, .event = "2"});
    tell(at.workspace, (act){.time = NOON, .contact = at.ivan});
    OK(qbg_account_remove(at.daisy, 1));
    assert_int_equal(qbg_opportunity_is_alive(at.deal), 0);
    assert_int_equal(qbg_member_is_alive(at.member), 0);
    assert_int_equal(qbg_contact_is_alive(at.elena), 1);
    assert_null(qbg_contact_account(at.elena, NOON)); /* while he worked there */
    assert_ptr_equal(qbg_contact_account(at.elena, NOON + DAY), at.tulip);
    assert_null(qbg_contact_account(at.ivan, NOON));
    assert_int_equal(qbg_signal_count(at.workspace), 3);
    assert_int_equal(qbg_workspace_signal_count(at.workspace), 3); /* nobody took them */
    assert_int_equal(qbg_opportunity_signal_count(elsewhere), 0);
    add_member(elsewhere, at.elena);
    assert_int_equal(qbg_opportunity_signal_count(elsewhere), 2);
    /* their ids belong to him now, as his signals name no company any more */
    assert_int_equal(
        try_to_tell(at.workspace, (act){.time = NOON, .contact = at.elena, .event = "2"}),
        QBG_DUPLICATE);
    assert_int_equal(
        try_to_tell(at.workspace, (act){.time = NOON, .contact = at.elena, .event = "1"}),
        QBG_DUPLICATE);
}

/* A visitor who was identified is that person: his visits are no anonymous signals. */
static void what_a_known_visitor_did_stays_with_him(void **state) {
    scene at = fill(state);
    qbg_opportunity *elsewhere =
        add_opportunity(at.workspace, "elsewhere", at.tulip, at.hr, QBG_UNDATED);
    add_member(elsewhere, at.ivan);
    OK(qbg_contact_add_visitor(at.ivan, "v"));
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .visitor = "v", .event = "1"});
    tell(at.workspace, (act){.time = NOON, .account = at.daisy, .visitor = "w"});
    assert_int_equal(qbg_opportunity_signal_count(elsewhere), 1);
    OK(qbg_account_remove(at.daisy, 1));
    assert_int_equal(qbg_signal_count(at.workspace), 1);
    assert_int_equal(qbg_opportunity_signal_count(elsewhere), 1);
    assert_int_equal(try_to_tell(at.workspace, (act){.time = NOON, .visitor = "v", .event = "1"}),
                     QBG_DUPLICATE);
}

/* ---- as if never told ------------------------------------------------------------------------ */

/* A story of three companies. Of what is `without`, nothing is told: 'm' Elena in the first deal,
 * 'd' the first deal, 'c' Elena. */
static void tell_story(qbg_workspace *workspace, uint64_t seed, char without) {
    life dice = {workspace, seed, "", 1};
    qbg_account *accounts[3];
    qbg_contact *people[5];
    qbg_opportunity *deals[4];
    qbg_solution *solutions[] = {add_solution(workspace, "s0"), add_solution(workspace, "s1")};
    for (int i = 0; i < 3; i++) {
        char key[24];
        snprintf(key, sizeof key, "a%d", i);
        accounts[i] = add_account(workspace, key);
    }
    for (int i = 0; i < 5; i++) {
        char key[24];
        snprintf(key, sizeof key, "c%d", i);
        people[i] = without == 'c' && i == 0 ? NULL : add_contact(workspace, key, accounts[i % 3]);
    }
    for (int i = 0; i < 4; i++) {
        char key[24];
        snprintf(key, sizeof key, "d%d", i);
        deals[i] = without == 'd' && i == 0
                       ? NULL
                       : add_opportunity(workspace, key, accounts[i % 3], solutions[i / 2],
                                         LIFE_FIRST + i * 20 * DAY);
    }
    for (int i = 0; i < 200; i++) {
        uint32_t who = draw(&dice, 5), which = draw(&dice, 4), company = draw(&dice, 3);
        uint32_t what = draw(&dice, 8), word = draw(&dice, 4);
        int64_t day = LIFE_FIRST + draw(&dice, 15) * 10 * DAY;
        qbg_contact *contact = people[who];
        qbg_opportunity *deal = deals[which];
        int is_untold = without == 'm' && who == 0 && which == 0;
        qbg_member *member = NULL;
        char text[24];
        snprintf(text, sizeof text, "%d", i);
        switch (what) {
        case 0:
            if (contact)
                OK(qbg_contact_set_account(contact, accounts[company], day, QBG_SOURCE_HOST));
            break;
        case 1:
            if (deal && (contact || word == 0))
                OK(qbg_need_set(deal, word == 0 ? NULL : contact, "need", (int32_t)word % 3, day));
            break;
        case 2:
        case 3:
            if (!deal || !contact || is_untold) break;
            OK(qbg_member_put(deal, contact, &member, NULL));
            OK(qbg_member_set_stance(member, (int32_t)word, day, QBG_SOURCE_HOST));
            if (word == 0) OK(qbg_member_set_left(member, day));
            break;
        case 4:
            if (!deal) break;
            if (word == 0) OK(qbg_opportunity_set_closed(deal, day));
            OK(qbg_opportunity_set_stage(deal, text, day, QBG_SOURCE_HOST));
            break;
        default:
            if (!contact && word != 0) break; /* what Elena did */
            tell(workspace, (act){.time = day + i,
                                  .contact = word == 0 ? NULL : contact,
                                  .account = word == 0 || word == 1 ? accounts[company] : NULL,
                                  .solution = word == 2 ? solutions[i % 2] : NULL,
                                  .opportunity = what == 7 && i % 4 == 0 ? deal : NULL,
                                  .visitor = word == 0 ? (i % 2 ? "v0" : "v1") : NULL,
                                  .event = i % 3 ? text : NULL});
            break;
        }
    }
    if (people[0]) OK(qbg_contact_add_visitor(people[0], "v0"));
    OK(qbg_contact_add_visitor(people[1], "v1"));
}

static snapshot seen_without_numbers(const qbg_workspace *workspace) {
    snapshot all = {NULL, 0, 0};
    put_book(&all, workspace);
    put_answers(&all, workspace, LIFE_FIRST + 70 * DAY);
    put_answers(&all, workspace, LIFE_LAST);
    put_explanations(&all, workspace, LIFE_LAST);
    return all;
}

static void assert_never_told(char what, int is_in_batch) {
    for (uint64_t seed = 1; seed <= rounds(40); seed++) {
        qbg_workspace *told = NULL, *untold = NULL;
        OK(qbg_workspace_new(NULL, &told));
        OK(qbg_workspace_new(NULL, &untold));
        if (is_in_batch) OK(qbg_workspace_begin(told));
        tell_story(told, seed, 0);
        tell_story(untold, seed, what);
        qbg_contact *elena = qbg_contact_find(told, "c0");
        qbg_opportunity *deal = qbg_opportunity_find(told, "d0");
        qbg_member *member = qbg_member_find(deal, elena);
        if (what == 'm' && member) OK(qbg_member_remove(member));
        if (what == 'd') OK(qbg_opportunity_remove(deal, 1));
        if (what == 'c') OK(qbg_contact_remove(elena, 1));
        if (is_in_batch) OK(qbg_workspace_commit(told));
        snapshot expected = seen_without_numbers(untold);
        assert_seen(&expected, seen_without_numbers(told), "as if never told");
        forget(&expected);
        qbg_workspace_free(told);
        qbg_workspace_free(untold);
    }
}

static void a_removed_member_was_never_told(void **state) {
    (void)state;
    assert_never_told('m', 0);
    assert_never_told('m', 1);
}

static void a_removed_opportunity_was_never_told(void **state) {
    (void)state;
    assert_never_told('d', 0);
    assert_never_told('d', 1);
}

static void a_removed_contact_was_never_told(void **state) {
    (void)state;
    assert_never_told('c', 0);
    assert_never_told('c', 1);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static qbg_status remove_number(qbg_workspace *workspace, int number) {
    const qbg_opportunity *deal = qbg_opportunity_find(workspace, "d1");
    switch (number) {
    case 0: return qbg_member_remove(qbg_member_at(deal, 0));
    case 1: return qbg_opportunity_remove(qbg_opportunity_find(workspace, "d1"), 1);
    case 2: return qbg_contact_remove(qbg_contact_find(workspace, "c1"), 1);
    default: return qbg_account_remove(qbg_account_find(workspace, "a1"), 1);
    }
}

static void out_of_memory_removes_nothing(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    life at = new_life(workspace, 4);
    at.is_gentle = 1;
    live_on(&at, 500);
    for (int number = 0; number < 4; number++) {
        snapshot before = seen(workspace);
        qbg_status status = QBG_E_MEMORY;
        long request = 0;
        for (; status != QBG_OK; request++) {
            self->memory.for_good = (int)(request % 2);
            forget_room(workspace);
            refuse(&self->memory, request / 2);
            status = remove_number(workspace, number);
            refuse(&self->memory, NEVER);
            if (status == QBG_OK) break;
            assert_int_equal(status, QBG_E_MEMORY);
            assert_seen(&before, seen(workspace), "after the failure");
        }
        assert_true(request > 0);
        forget(&before);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_removed_account_is_dead),
        in_workspace(a_removed_contact_is_dead),
        in_workspace(a_removed_opportunity_is_dead),
        in_workspace(a_removed_membership_is_dead),
        in_workspace(nothing_is_removed_of_null_or_with_another_cascade),
        in_workspace(a_key_is_free_again_and_a_number_is_not),
        in_workspace(a_key_that_was_merged_into_a_removed_row_is_free_too),
        in_workspace(an_opportunity_carries_members_and_needs),
        in_workspace(the_signals_of_an_opportunity_stay),
        in_workspace(a_member_goes_with_all_that_was_said_of_him),
        in_workspace(a_contact_carries_memberships_needs_visitors_and_signals),
        in_workspace(a_contact_goes_with_all_that_he_carries),
        in_workspace(somebody_who_was_erased_is_not_removed),
        in_workspace(an_account_carries_opportunities_people_and_signals),
        in_workspace(an_account_goes_with_its_opportunities_and_anonymous_signals),
        in_workspace(what_a_known_visitor_did_stays_with_him),
        cmocka_unit_test(a_removed_member_was_never_told),
        cmocka_unit_test(a_removed_opportunity_was_never_told),
        cmocka_unit_test(a_removed_contact_was_never_told),
        in_workspace(out_of_memory_removes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
