/* routing: which opportunity a signal counts for: section 2 of the model, sentence by sentence. */
#include "fixture.h"
#include "rounds.h"

#include <stdio.h>

/* Two companies, two solutions, Elena of the first company; tests add what they are about. */
typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy, *tulip;
    qbg_solution *hr, *crm;
    qbg_contact *elena;
} world;

static world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.daisy = add_account(w.workspace, "daisy");
    w.tulip = add_account(w.workspace, "tulip");
    w.hr = add_solution(w.workspace, "hr");
    w.crm = add_solution(w.workspace, "crm");
    w.elena = add_contact(w.workspace, "elena", w.daisy);
    return w;
}

static qbg_opportunity *add(const world *w, const char *key, qbg_account *account,
                            qbg_solution *solution, int64_t opened_s) {
    return add_opportunity(w->workspace, key, account, solution, opened_s);
}

static void lives(qbg_opportunity *opportunity, int64_t opened_s, int64_t closed_s) {
    OK(qbg_opportunity_set_opened(opportunity, opened_s));
    OK(qbg_opportunity_set_closed(opportunity, closed_s));
}

#define assert_taken(told, by) assert_ptr_equal(tell(w.workspace, told), by)
#define assert_not_taken(told) assert_null(tell(w.workspace, told))
#define ACT(...)               ((act){__VA_ARGS__})

/* ---- 1. the opportunity it names ------------------------------------------------------------- */

static void the_opportunity_it_names_takes_it_whatever_its_dates(void **state) {
    world w = begin(state);
    qbg_opportunity *named = add(&w, "a", w.tulip, w.crm, NOON + 999 * DAY);
    OK(qbg_opportunity_set_closed(named, NOON - 999 * DAY));
    add(&w, "b", w.daisy, w.hr, QBG_UNDATED);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr, .opportunity = named), named);
}

/* ---- its account ----------------------------------------------------------------------------- */

static void its_account_is_its_own_before_its_contacts(void **state) {
    world w = begin(state);
    qbg_opportunity *at_daisy = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_opportunity *at_tulip = add(&w, "b", w.tulip, w.hr, QBG_UNDATED);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), at_daisy);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr, .account = w.tulip), at_tulip);
}

static void its_contacts_account_is_the_one_at_that_second(void **state) {
    world w = begin(state);
    qbg_opportunity *at_daisy = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_opportunity *at_tulip = add(&w, "b", w.tulip, w.hr, QBG_UNDATED);
    OK(qbg_contact_set_account(w.elena, w.tulip, NOON, QBG_SOURCE_HOST));
    assert_taken(ACT(NOON - 1, .contact = w.elena, .solution = w.hr), at_daisy);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), at_tulip);
}

/* ---- 2. a solution is known ------------------------------------------------------------------ */

static void a_named_solution_beats_the_contents(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    add(&w, "b", w.daisy, w.crm, QBG_UNDATED);
    OK(qbg_solution_add_content(w.crm, "/crm/"));
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr, .content = "/crm/prices"), hr);
}

static void the_longest_content_prefix_tells_the_solution(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_opportunity *crm = add(&w, "b", w.daisy, w.crm, QBG_UNDATED);
    OK(qbg_solution_add_content(w.hr, "/products/"));
    OK(qbg_solution_add_content(w.crm, "/products/crm"));
    OK(qbg_solution_add_content(w.crm, "/p"));
    assert_taken(ACT(NOON, .account = w.daisy, .content = "/products/crm"), crm);
    assert_taken(ACT(NOON, .account = w.daisy, .content = "/products/crmx"), crm);
    assert_taken(ACT(NOON, .account = w.daisy, .content = "/products/cr"), hr);
    assert_taken(ACT(NOON, .account = w.daisy, .content = "/products"), crm);
    assert_not_taken(ACT(NOON, .account = w.daisy, .content = "/"));
    assert_not_taken(ACT(NOON, .account = w.daisy, .content = "see /products/"));
}

static void a_prefix_of_two_solutions_is_the_smaller_keys(void **state) {
    world w = begin(state);
    add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_opportunity *crm = add(&w, "b", w.daisy, w.crm, QBG_UNDATED);
    OK(qbg_solution_add_content(w.hr, "/same/"));
    OK(qbg_solution_add_content(w.crm, "/same/"));
    assert_taken(ACT(NOON, .account = w.daisy, .content = "/same/page"), crm);
}

static void prefixes_are_bytes_and_mind_their_case(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    OK(qbg_solution_add_content(w.hr, "Кадры"));
    assert_taken(ACT(NOON, .account = w.daisy, .content = "Кадры и учёт"), hr);
    assert_not_taken(ACT(NOON, .account = w.daisy, .content = "кадры и учёт"));
}

static void anybody_at_the_account_counts_for_its_opportunity(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    add(&w, "b", w.tulip, w.hr, QBG_UNDATED);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), hr); /* no member */
    assert_taken(ACT(NOON, .account = w.daisy, .visitor = "v", .solution = w.hr), hr);
    assert_taken(ACT(NOON, "intent_surge", .account = w.daisy, .solution = w.hr), hr);
    assert_not_taken(ACT(NOON, .account = w.daisy, .solution = w.crm));
    assert_not_taken(ACT(NOON, .account = w.daisy));
}

static void a_member_counts_for_that_solution_elsewhere_too(void **state) {
    world w = begin(state);
    qbg_opportunity *elsewhere = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    qbg_opportunity *other = add(&w, "b", w.tulip, w.crm, QBG_UNDATED);
    assert_not_taken(ACT(NOON, .contact = w.elena, .solution = w.hr));
    add_member(elsewhere, w.elena);
    add_member(other, w.elena);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), elsewhere);
}

static void at_his_own_account_membership_does_not_shorten_a_life(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_member *member = add_member(hr, w.elena);
    OK(qbg_member_set_joined(member, NOON));
    OK(qbg_member_set_left(member, NOON + DAY));
    OK(qbg_member_set_status(member, QBG_STATUS_DISMISSED, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_taken(ACT(NOON - DAY, .contact = w.elena, .solution = w.hr), hr);
    assert_taken(ACT(NOON + DAY, .contact = w.elena, .solution = w.hr), hr);
}

/* ---- 3. no solution is known ----------------------------------------------------------------- */

static void without_a_solution_only_memberships_count(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    assert_not_taken(ACT(NOON, .contact = w.elena));
    add_member(hr, w.elena);
    assert_taken(ACT(NOON, .contact = w.elena), hr);
    assert_taken(ACT(NOON, .contact = w.elena, .content = "/nobodys/"), hr);
    assert_taken(ACT(NOON, .contact = w.elena, .account = w.tulip), hr);
    assert_not_taken(ACT(NOON, .account = w.daisy, .visitor = "v"));
}

/* ---- lives ----------------------------------------------------------------------------------- */

static void it_lives_from_opened_until_closed(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON);
    OK(qbg_opportunity_set_closed(hr, NOON + DAY));
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "route_lookback_days", 0));
    assert_not_taken(ACT(NOON - 1, .account = w.daisy, .solution = w.hr));
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), hr);
    assert_taken(ACT(NOON + DAY - 1, .account = w.daisy, .solution = w.hr), hr);
    assert_not_taken(ACT(NOON + DAY, .account = w.daisy, .solution = w.hr));
}

static void a_member_counts_from_joined_until_left(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON - 9 * DAY);
    qbg_member *member = add_member(hr, w.elena);
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "route_lookback_days", 0));
    OK(qbg_member_set_joined(member, NOON));
    OK(qbg_member_set_left(member, NOON + DAY));
    assert_not_taken(ACT(NOON - 1, .contact = w.elena));
    assert_taken(ACT(NOON, .contact = w.elena), hr);
    assert_taken(ACT(NOON + DAY - 1, .contact = w.elena), hr);
    assert_not_taken(ACT(NOON + DAY, .contact = w.elena));
}

static void the_later_start_and_the_earlier_end_count(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, NOON);
    qbg_member *member = add_member(hr, w.elena);
    OK(qbg_policy_set_milli(qbg_workspace_policy(w.workspace), "route_lookback_days", 0));
    OK(qbg_opportunity_set_closed(hr, NOON + DAY));
    OK(qbg_member_set_joined(member, NOON - DAY));
    OK(qbg_member_set_left(member, NOON + 2 * DAY));
    assert_not_taken(ACT(NOON - 1, .contact = w.elena, .solution = w.hr));
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), hr);
    assert_not_taken(ACT(NOON + DAY, .contact = w.elena, .solution = w.hr));
}

static void a_life_that_ends_no_later_than_it_starts_is_none(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON);
    OK(qbg_opportunity_set_closed(hr, NOON));
    assert_not_taken(ACT(NOON - 1, .account = w.daisy, .solution = w.hr));
    assert_not_taken(ACT(NOON, .account = w.daisy, .solution = w.hr));
    OK(qbg_opportunity_set_closed(hr, NOON + 1));
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), hr);
    assert_int_equal(qbg_opportunity_signal_count(hr), 3); /* the coming one was looked back from */
}

static void undated_dismissed_does_not_count_and_dated_does(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    qbg_member *member = add_member(hr, w.elena);
    OK(qbg_member_set_status(member, QBG_STATUS_DISMISSED, NOON - DAY, QBG_SOURCE_HOST));
    assert_taken(ACT(NOON, .contact = w.elena), hr);
    OK(qbg_member_set_status(member, QBG_STATUS_DISMISSED, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_not_taken(ACT(NOON, .contact = w.elena));
    assert_not_taken(ACT(NOON, .contact = w.elena, .solution = w.hr));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    OK(qbg_member_set_status(member, QBG_UNSET, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_int_equal(qbg_opportunity_signal_count(hr), 3);
}

static void status_left_without_a_date_ends_nothing(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    OK(qbg_member_set_status(add_member(hr, w.elena), QBG_STATUS_LEFT, QBG_UNDATED,
                             QBG_SOURCE_HOST));
    assert_taken(ACT(NOON, .contact = w.elena), hr);
}

/* ---- of several ------------------------------------------------------------------------------ */

static void of_those_alive_the_latest_opened_takes_it(void **state) {
    world w = begin(state);
    add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    add(&w, "b", w.daisy, w.hr, NOON - 2 * DAY);
    qbg_opportunity *latest = add(&w, "c", w.daisy, w.hr, NOON - DAY);
    add(&w, "d", w.daisy, w.hr, NOON + 1); /* not alive yet */
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), latest);
}

static void his_own_opened_counts_not_when_the_member_joined(void **state) {
    world w = begin(state);
    qbg_opportunity *older = add(&w, "a", w.tulip, w.hr, NOON - 9 * DAY);
    qbg_opportunity *younger = add(&w, "b", w.tulip, w.crm, NOON - 8 * DAY);
    OK(qbg_member_set_joined(add_member(older, w.elena), NOON - DAY));
    OK(qbg_member_set_joined(add_member(younger, w.elena), NOON - 7 * DAY));
    assert_taken(ACT(NOON, .contact = w.elena), younger);
}

static void of_those_opened_together_the_smallest_key_takes_it(void **state) {
    world w = begin(state);
    add(&w, "b", w.daisy, w.hr, NOON - DAY);
    qbg_opportunity *smallest = add(&w, "a", w.daisy, w.hr, NOON - DAY);
    add(&w, "ab", w.daisy, w.hr, NOON - DAY);
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), smallest);
    qbg_opportunity *undated = add(&w, "Z", w.daisy, w.crm, QBG_UNDATED);
    add(&w, "a2", w.daisy, w.crm, QBG_UNDATED);
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.crm), undated); /* bytewise */
}

static void own_and_elsewhere_are_compared_as_equals(void **state) {
    world w = begin(state);
    add(&w, "a", w.daisy, w.hr, NOON - 2 * DAY);
    qbg_opportunity *elsewhere = add(&w, "b", w.tulip, w.hr, NOON - DAY);
    add_member(elsewhere, w.elena);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), elsewhere);
}

/* ---- look-back ------------------------------------------------------------------------------- */

static void a_coming_life_takes_it_within_90_days_to_the_second(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON);
    assert_not_taken(ACT(NOON - 90 * DAY - 1, .account = w.daisy, .solution = w.hr));
    assert_taken(ACT(NOON - 90 * DAY, .account = w.daisy, .solution = w.hr), hr);
    OK(qbg_policy_set_text(qbg_workspace_policy(w.workspace), "route_lookback_days", "1"));
    assert_not_taken(ACT(NOON - DAY - 1, .account = w.daisy, .solution = w.hr));
    assert_taken(ACT(NOON - DAY, .account = w.daisy, .solution = w.hr), hr);
}

static void the_life_that_starts_first_takes_it_then_the_smallest_key(void **state) {
    world w = begin(state);
    add(&w, "a", w.daisy, w.hr, NOON + 2);
    add(&w, "c", w.daisy, w.hr, NOON + 1);
    qbg_opportunity *first = add(&w, "b", w.daisy, w.hr, NOON + 1);
    add(&w, "bb", w.daisy, w.hr, NOON + 1);
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), first);
}

static void a_members_coming_life_starts_when_he_joins(void **state) {
    world w = begin(state);
    qbg_opportunity *opened_first = add(&w, "a", w.tulip, w.hr, NOON - DAY);
    qbg_opportunity *joined_first = add(&w, "b", w.tulip, w.crm, NOON - DAY);
    OK(qbg_member_set_joined(add_member(opened_first, w.elena), NOON + 2 * DAY));
    OK(qbg_member_set_joined(add_member(joined_first, w.elena), NOON + DAY));
    assert_taken(ACT(NOON, .contact = w.elena), joined_first);
    assert_not_taken(ACT(NOON - 89 * DAY - 1, .contact = w.elena));
    assert_taken(ACT(NOON - 89 * DAY, .contact = w.elena), joined_first);
}

static void one_alive_beats_one_coming(void **state) {
    world w = begin(state);
    qbg_opportunity *alive = add(&w, "b", w.daisy, w.hr, QBG_UNDATED);
    add(&w, "a", w.daisy, w.hr, NOON + 1);
    assert_taken(ACT(NOON, .account = w.daisy, .solution = w.hr), alive);
}

/* How many signals of Elena's count as of an instant. */
static int64_t counted(const qbg_opportunity *opportunity, const qbg_contact *contact,
                       int64_t as_of_s) {
    qbg_table *table = NULL;
    OK(qbg_ledger(opportunity, contact, as_of_s, &table));
    int64_t rows = qbg_table_row_count(table);
    qbg_table_free(table);
    return rows;
}

static void an_early_signal_counts_once_that_life_has_started(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON + DAY);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), hr);
    assert_int_equal(counted(hr, w.elena, NOON + DAY - 1), 0);
    assert_int_equal(counted(hr, w.elena, NOON + DAY), 1);
    OK(qbg_member_set_joined(add_member(hr, w.elena), NOON + 3 * DAY));
    assert_taken(ACT(NOON + 2 * DAY, .contact = w.elena),
                 hr); /* as a member who will have joined */
    assert_int_equal(counted(hr, w.elena, NOON + 3 * DAY - 1), 1);
    assert_int_equal(counted(hr, w.elena, NOON + 3 * DAY), 2);
}

/* ---- none ------------------------------------------------------------------------------------ */

static void what_nobody_takes_stays_with_the_account_or_the_workspace(void **state) {
    world w = begin(state);
    qbg_contact *lead = add_contact(w.workspace, "lead", NULL);
    assert_not_taken(ACT(NOON, .contact = w.elena));
    assert_not_taken(ACT(NOON, .account = w.tulip));
    assert_not_taken(ACT(NOON, .contact = lead));
    assert_not_taken(ACT(NOON, .visitor = "v"));
    assert_int_equal(qbg_account_signal_count(w.daisy), 1);
    assert_int_equal(qbg_account_signal_count(w.tulip), 1);
    assert_int_equal(qbg_workspace_signal_count(w.workspace), 2);
}

/* ---- later facts ----------------------------------------------------------------------------- */

static void a_later_opportunity_takes_what_is_its(void **state) {
    world w = begin(state);
    qbg_opportunity *old = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    assert_taken(ACT(NOON, .contact = w.elena, .solution = w.hr), old);
    qbg_opportunity *new = add(&w, "b", w.daisy, w.hr, NOON);
    assert_int_equal(qbg_opportunity_signal_count(old), 0);
    assert_int_equal(qbg_opportunity_signal_count(new), 1);
}

static void new_dates_move_signals_there_and_back(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    tell(w.workspace, ACT(NOON, .account = w.daisy, .solution = w.hr));
    lives(hr, NOON - DAY, NOON);
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    assert_int_equal(qbg_account_signal_count(w.daisy), 1);
    lives(hr, NOON - DAY, NOON + 1);
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    lives(hr, QBG_UNDATED, QBG_UNDATED);
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    assert_int_equal(qbg_account_signal_count(w.daisy), 0);
}

static void a_later_member_brings_his_signals(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    tell(w.workspace, ACT(NOON, .contact = w.elena));
    qbg_member *member = add_member(hr, w.elena);
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    OK(qbg_member_set_left(member, NOON));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    OK(qbg_member_set_left(member, QBG_UNDATED));
    OK(qbg_member_set_joined(member, NOON + 91 * DAY));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
}

static void an_identified_visitor_brings_his_first_visit(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    add_member(hr, w.elena);
    tell(w.workspace, ACT(NOON, .visitor = "v"));
    tell(w.workspace, ACT(NOON, .visitor = "v", .account = w.daisy));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    OK(qbg_contact_add_visitor(w.elena, "v"));
    assert_int_equal(qbg_opportunity_signal_count(hr), 2);
    assert_taken(ACT(NOON, .visitor = "v"), hr);
    assert_int_equal(counted(hr, w.elena, NOON), 3);
}

static void a_later_prefix_routes_old_contents(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, QBG_UNDATED);
    qbg_opportunity *crm = add(&w, "b", w.daisy, w.crm, QBG_UNDATED);
    tell(w.workspace, ACT(NOON, .account = w.daisy, .content = "/products/crm"));
    OK(qbg_solution_add_content(w.hr, "/products/"));
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    OK(qbg_solution_add_content(w.crm, "/products/crm"));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    assert_int_equal(qbg_opportunity_signal_count(crm), 1);
}

static void a_later_look_back_routes_anew(void **state) {
    world w = begin(state);
    qbg_opportunity *hr = add(&w, "a", w.daisy, w.hr, NOON);
    tell(w.workspace, ACT(NOON - 100 * DAY, .account = w.daisy, .solution = w.hr));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
    OK(qbg_policy_set_text(qbg_workspace_policy(w.workspace), "route_lookback_days", "100"));
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    OK(qbg_policy_set_text(qbg_workspace_policy(w.workspace), "route_lookback_days", "99"));
    assert_int_equal(qbg_opportunity_signal_count(hr), 0);
}

static void a_lead_who_gets_an_account_brings_his_signals(void **state) {
    world w = begin(state);
    qbg_contact *lead = add_contact(w.workspace, "lead", NULL);
    qbg_opportunity *hr = add(&w, "a", w.tulip, w.hr, QBG_UNDATED);
    tell(w.workspace, ACT(NOON - 1, .contact = lead, .solution = w.hr));
    tell(w.workspace, ACT(NOON, .contact = lead, .solution = w.hr));
    OK(qbg_contact_set_account(lead, w.tulip, NOON, QBG_SOURCE_HOST));
    assert_int_equal(qbg_opportunity_signal_count(hr), 1);
    assert_int_equal(qbg_workspace_signal_count(w.workspace), 1);
    OK(qbg_contact_set_account(lead, w.daisy, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_int_equal(qbg_account_signal_count(w.daisy), 1);
}

/* ---- any order ------------------------------------------------------------------------------- */

/* A small world as a list of statements, each naming rows by key. They are told in shuffled orders,
 * a statement about a row that does not exist yet waiting until it does. */
enum {
    ACCOUNT,
    SOLUTION,
    PREFIX,
    CONTACT,
    WORKS_AT,
    VISITOR,
    OPPORTUNITY,
    OPENED,
    CLOSED,
    MEMBER,
    JOINED,
    LEFT,
    STATUS,
    LOOK_BACK,
    SIGNAL
};

typedef struct statement {
    int sort;
    int account, solution, contact, opportunity, visitor, content, event; /* -1: none */
    int64_t time;
    int word, source;
} statement;

enum { ACCOUNTS = 3, SOLUTIONS = 2, CONTACTS = 4, OPPORTUNITIES = 5, VISITORS = 3, SIGNALS = 14 };
enum { STATEMENTS = 160, CONTENTS = 4 };

static const char *const account_keys[ACCOUNTS] = {"daisy", "rose", "tulip"};
static const char *const solution_keys[SOLUTIONS] = {"crm", "hr"};
static const char *const contact_keys[CONTACTS] = {"anna", "boris", "elena", "ivan"};
static const char *const opportunity_keys[OPPORTUNITIES] = {"o1", "o2", "o3", "o4", "o5"};
static const char *const visitor_ids[VISITORS] = {"v1", "v2", "v3"};
static const char *const contents[CONTENTS] = {"/a", "/ab", "/abc", "/b"};
static const char *const kinds[] = {"meeting", "content_download", "intent_surge", "bounce"};

typedef struct random_world {
    statement all[STATEMENTS];
    int count;
    uint64_t seed;
} random_world;

static uint32_t below(uint64_t *seed, uint32_t bound) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % bound;
}

static int one_in(random_world *w, uint32_t times) { return below(&w->seed, times) == 0; }

static int pick(random_world *w, int count) { return (int)below(&w->seed, (uint32_t)count); }

static int pick_or_none(random_world *w, int count) { return pick(w, count + 1) - 1; }

static statement *state_that(random_world *w, int sort) {
    assert_true(w->count < STATEMENTS);
    statement *added = &w->all[w->count++];
    *added = (statement){sort, -1, -1, -1, -1, -1, -1, -1, QBG_UNDATED, 0, QBG_SOURCE_HOST};
    return added;
}

/* Instants meet: few days, sometimes exactly the look-back apart, sometimes a second beside. */
static int64_t instant(random_world *w) {
    static const int64_t days[] = {0, 1, 2, 3, 90, 91, 92, 180};
    return NOON + days[pick(w, 8)] * DAY + pick(w, 3) - 1;
}

static void state_rows(random_world *w) {
    for (int i = 0; i < ACCOUNTS; i++) state_that(w, ACCOUNT)->account = i;
    for (int i = 0; i < SOLUTIONS; i++) state_that(w, SOLUTION)->solution = i;
    for (int i = 0; i < CONTENTS; i++) {
        if (one_in(w, 2)) continue;
        statement *prefix = state_that(w, PREFIX);
        prefix->content = i;
        prefix->solution = pick(w, SOLUTIONS);
    }
    for (int i = 0; i < VISITORS; i++) {
        if (one_in(w, 3)) continue;
        statement *visitor = state_that(w, VISITOR);
        visitor->visitor = i;
        visitor->contact = pick(w, CONTACTS);
    }
    for (int i = 0; i < CONTACTS; i++) {
        state_that(w, CONTACT)->contact = i;
        for (int row = 0; row < 4; row++) {
            if (one_in(w, 2)) continue;
            statement *works = state_that(w, WORKS_AT);
            works->contact = i;
            works->account = row == 0 ? pick(w, ACCOUNTS) : pick_or_none(w, ACCOUNTS);
            works->time = row == 0 ? QBG_UNDATED : instant(w);
            works->source = pick(w, 2);
        }
    }
    if (one_in(w, 2)) state_that(w, LOOK_BACK)->word = one_in(w, 2) ? 1 : 91;
}

static void state_groups(random_world *w) {
    for (int i = 0; i < OPPORTUNITIES; i++) {
        statement *opportunity = state_that(w, OPPORTUNITY);
        opportunity->opportunity = i;
        opportunity->account = pick(w, ACCOUNTS);
        opportunity->solution = pick(w, SOLUTIONS);
        for (int sort = OPENED; sort <= CLOSED; sort++) {
            if (one_in(w, sort == OPENED ? 4 : 2)) continue;
            statement *date = state_that(w, sort);
            date->opportunity = i;
            date->time = instant(w);
        }
        for (int contact = 0; contact < CONTACTS; contact++) {
            if (!one_in(w, 3)) continue;
            for (int sort = MEMBER; sort <= STATUS; sort++) {
                if (sort != MEMBER && !one_in(w, 3)) continue;
                statement *member = state_that(w, sort);
                member->opportunity = i;
                member->contact = contact;
                member->word = pick(w, 4);
                if (sort != STATUS || one_in(w, 2)) member->time = instant(w);
            }
        }
    }
}

/* Signals are told apart by their seconds. Those with an event id may be told twice. */
static void state_signals(random_world *w) {
    for (int i = 0; i < SIGNALS; i++) {
        statement *signal = state_that(w, SIGNAL);
        signal->time = instant(w) + 10 * i;
        if (one_in(w, 2)) signal->time = NOON + pick(w, 3) * DAY + 10 * i;
        signal->word = pick(w, 4);
        signal->account = one_in(w, 2) ? pick(w, ACCOUNTS) : -1;
        signal->contact = one_in(w, 2) ? pick(w, CONTACTS) : -1;
        signal->visitor = pick_or_none(w, VISITORS);
        signal->solution = one_in(w, 3) ? pick(w, SOLUTIONS) : -1;
        signal->content = pick_or_none(w, CONTENTS);
        signal->opportunity = one_in(w, 8) ? pick(w, OPPORTUNITIES) : -1;
        if (one_in(w, 2)) continue;
        signal->event = i;
        statement again = *signal;
        if (one_in(w, 2) && w->count < STATEMENTS - SIGNALS) w->all[w->count++] = again;
    }
}

static void shuffle(random_world *w) {
    for (int i = w->count - 1; i > 0; i--) {
        int other = pick(w, i + 1);
        statement moved = w->all[i];
        w->all[i] = w->all[other];
        w->all[other] = moved;
    }
}

typedef struct rows {
    qbg_account *account;
    qbg_solution *solution;
    qbg_contact *contact;
    qbg_opportunity *opportunity;
} rows;

/* The rows that a statement is about; 0 when one of them is not there yet. */
static int find_rows(const qbg_workspace *workspace, const statement *s, rows *out) {
    memset(out, 0, sizeof *out);
    if (s->account >= 0) out->account = qbg_account_find(workspace, account_keys[s->account]);
    if (s->solution >= 0) out->solution = qbg_solution_find(workspace, solution_keys[s->solution]);
    if (s->contact >= 0) out->contact = qbg_contact_find(workspace, contact_keys[s->contact]);
    if (s->opportunity >= 0)
        out->opportunity = qbg_opportunity_find(workspace, opportunity_keys[s->opportunity]);
    return (s->account < 0 || out->account || s->sort == ACCOUNT) &&
           (s->solution < 0 || out->solution || s->sort == SOLUTION) &&
           (s->contact < 0 || out->contact || s->sort == CONTACT) &&
           (s->opportunity < 0 || out->opportunity || s->sort == OPPORTUNITY);
}

static void tell_signal(qbg_workspace *workspace, const statement *s, const rows *at) {
    char event[16];
    snprintf(event, sizeof event, "e%d", s->event);
    const act told = {s->time,
                      kinds[s->word],
                      at->contact,
                      at->account,
                      at->solution,
                      at->opportunity,
                      s->visitor < 0 ? NULL : visitor_ids[s->visitor],
                      s->content < 0 ? NULL : contents[s->content],
                      s->event < 0 ? NULL : event};
    qbg_status status = try_to_tell(workspace, told);
    assert_true(status == QBG_OK || (status == QBG_DUPLICATE && s->event >= 0));
}

/* Tells one statement; 0 when it has to wait. */
static int tell_one(qbg_workspace *workspace, const statement *s) {
    rows at;
    char days[16];
    if (!find_rows(workspace, s, &at)) return 0;
    qbg_member *member = qbg_member_find(at.opportunity, at.contact);
    if (s->sort > MEMBER && s->sort <= STATUS && !member) return 0;
    switch (s->sort) {
    case ACCOUNT: OK(qbg_account_add(workspace, account_keys[s->account], NULL, NULL)); break;
    case SOLUTION:
        OK(qbg_solution_add(workspace, solution_keys[s->solution], NULL, NULL, NULL));
        break;
    case PREFIX: OK(qbg_solution_add_content(at.solution, contents[s->content])); break;
    case CONTACT:
        OK(qbg_contact_add(workspace, contact_keys[s->contact], NULL, NULL, "CFO", NULL));
        break;
    case WORKS_AT: OK(qbg_contact_set_account(at.contact, at.account, s->time, s->source)); break;
    case VISITOR: OK(qbg_contact_add_visitor(at.contact, visitor_ids[s->visitor])); break;
    case OPPORTUNITY:
        OK(qbg_opportunity_add(workspace, opportunity_keys[s->opportunity], at.account, at.solution,
                               QBG_UNDATED, NULL));
        break;
    case OPENED: OK(qbg_opportunity_set_opened(at.opportunity, s->time)); break;
    case CLOSED: OK(qbg_opportunity_set_closed(at.opportunity, s->time)); break;
    case MEMBER: OK(qbg_member_add(at.opportunity, at.contact, NULL)); break;
    case JOINED: OK(qbg_member_set_joined(member, s->time)); break;
    case LEFT: OK(qbg_member_set_left(member, s->time)); break;
    case STATUS: OK(qbg_member_set_status(member, s->word, s->time, s->source)); break;
    case LOOK_BACK:
        snprintf(days, sizeof days, "%d", s->word);
        OK(qbg_policy_set_text(qbg_workspace_policy(workspace), "route_lookback_days", days));
        break;
    default: tell_signal(workspace, s, &at); break;
    }
    return 1;
}

static void tell_everything(qbg_workspace *workspace, const random_world *w) {
    int is_told[STATEMENTS] = {0}, waiting = w->count;
    while (waiting > 0) {
        int before = waiting;
        for (int i = 0; i < w->count; i++) {
            if (is_told[i] || !tell_one(workspace, &w->all[i])) continue;
            is_told[i] = 1;
            waiting--;
        }
        assert_true(waiting < before);
    }
}

/* ---- what came of it, in a text that does not depend on row numbers ---- */

typedef struct paper {
    char text[30000];
    size_t size;
} paper;

static void write(paper *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(out->text + out->size, sizeof out->text - out->size, format, arguments);
    va_end(arguments);
    assert_in_range(size, 0, sizeof out->text - out->size - 1);
    out->size += (size_t)size;
}

/* "second owner" for each signal, in order of time. */
typedef struct placed {
    int64_t time;
    const char *owner;
} placed;

static int by_time(const void *a, const void *b) {
    const placed *first = a, *second = b;
    return (first->time > second->time) - (first->time < second->time);
}

static void write_routing(const qbg_workspace *workspace, qbg_signal *signal, paper *out) {
    placed all[SIGNALS * 2];
    size_t count = 0;
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        const qbg_opportunity *at = qbg_opportunity_at(workspace, i);
        for (uint32_t j = 0; j < qbg_opportunity_signal_count(at); j++) {
            OK(qbg_opportunity_signal_at(at, j, signal));
            all[count++] = (placed){qbg_signal_time(signal), qbg_opportunity_key(at)};
        }
    }
    for (uint32_t i = 0; i < qbg_account_count(workspace); i++) {
        const qbg_account *at = qbg_account_at(workspace, i);
        for (uint32_t j = 0; j < qbg_account_signal_count(at); j++) {
            OK(qbg_account_signal_at(at, j, signal));
            all[count++] = (placed){qbg_signal_time(signal), qbg_account_key(at)};
        }
    }
    for (uint32_t j = 0; j < qbg_workspace_signal_count(workspace); j++) {
        OK(qbg_workspace_signal_at(workspace, j, signal));
        all[count++] = (placed){qbg_signal_time(signal), "nobody"};
    }
    assert_int_equal(count, qbg_signal_count(workspace));
    assert_int_equal(count, SIGNALS);
    qsort(all, count, sizeof all[0], by_time);
    for (size_t i = 0; i < count; i++)
        write(out, "%lld %s\n", (long long)all[i].time, all[i].owner);
}

/* All cells but the number, which is by order of arrival; doubles with all their bits. */
static void write_board(const qbg_workspace *workspace, int64_t as_of_s, paper *out) {
    qbg_table *table = NULL;
    OK(qbg_board(workspace, as_of_s, 0, QBG_NONE, 1, &table));
    int32_t number = qbg_table_column_find(table, "opportunity_number");
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        for (int32_t column = 0; column < qbg_table_column_count(table); column++) {
            int64_t size = 0;
            const char *text = qbg_table_text_at(table, column, row, &size);
            if (column == number) continue;
            if (qbg_table_is_null(table, column, row))
                write(out, " -");
            else if (qbg_table_column_type(table, column) == QBG_COLUMN_TEXT)
                write(out, " %.*s", (int)size, text);
            else if (qbg_table_column_type(table, column) == QBG_COLUMN_DOUBLE)
                write(out, " %a", qbg_table_double_at(table, column, row));
            else
                write(out, " %lld", (long long)qbg_table_int64_at(table, column, row));
        }
        write(out, "\n");
    }
    qbg_table_free(table);
}

static void tell_and_describe(const random_world *w, paper *out) {
    qbg_workspace *workspace = NULL;
    qbg_signal *signal = NULL;
    OK(qbg_workspace_new(NULL, &workspace));
    OK(qbg_signal_new(workspace, &signal));
    tell_everything(workspace, w);
    out->size = 0;
    write_routing(workspace, signal, out);
    write_board(workspace, NOON + 2 * DAY, out);
    write_board(workspace, NOON + 91 * DAY, out);
    write_board(workspace, NOON + 365 * DAY, out);
    qbg_signal_free(signal);
    qbg_workspace_free(workspace);
}

static void the_order_of_telling_never_matters(void **state) {
    enum { WORLDS = 300, ORDERS = 4 };
    static paper first, other;
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(WORLDS); seed++) {
        random_world w = {.seed = seed};
        state_rows(&w);
        state_groups(&w);
        state_signals(&w);
        tell_and_describe(&w, &first);
        for (int order = 1; order < ORDERS; order++) {
            shuffle(&w);
            tell_and_describe(&w, &other);
            if (strcmp(first.text, other.text) != 0)
                fail_msg("world %d:\n%s\nin another order:\n%s", (int)seed, first.text, other.text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(the_opportunity_it_names_takes_it_whatever_its_dates),
        in_workspace(its_account_is_its_own_before_its_contacts),
        in_workspace(its_contacts_account_is_the_one_at_that_second),
        in_workspace(a_named_solution_beats_the_contents),
        in_workspace(the_longest_content_prefix_tells_the_solution),
        in_workspace(a_prefix_of_two_solutions_is_the_smaller_keys),
        in_workspace(prefixes_are_bytes_and_mind_their_case),
        in_workspace(anybody_at_the_account_counts_for_its_opportunity),
        in_workspace(a_member_counts_for_that_solution_elsewhere_too),
        in_workspace(at_his_own_account_membership_does_not_shorten_a_life),
        in_workspace(without_a_solution_only_memberships_count),
        in_workspace(it_lives_from_opened_until_closed),
        in_workspace(a_member_counts_from_joined_until_left),
        in_workspace(the_later_start_and_the_earlier_end_count),
        in_workspace(a_life_that_ends_no_later_than_it_starts_is_none),
        in_workspace(undated_dismissed_does_not_count_and_dated_does),
        in_workspace(status_left_without_a_date_ends_nothing),
        in_workspace(of_those_alive_the_latest_opened_takes_it),
        in_workspace(his_own_opened_counts_not_when_the_member_joined),
        in_workspace(of_those_opened_together_the_smallest_key_takes_it),
        in_workspace(own_and_elsewhere_are_compared_as_equals),
        in_workspace(a_coming_life_takes_it_within_90_days_to_the_second),
        in_workspace(the_life_that_starts_first_takes_it_then_the_smallest_key),
        in_workspace(a_members_coming_life_starts_when_he_joins),
        in_workspace(one_alive_beats_one_coming),
        in_workspace(an_early_signal_counts_once_that_life_has_started),
        in_workspace(what_nobody_takes_stays_with_the_account_or_the_workspace),
        in_workspace(a_later_opportunity_takes_what_is_its),
        in_workspace(new_dates_move_signals_there_and_back),
        in_workspace(a_later_member_brings_his_signals),
        in_workspace(an_identified_visitor_brings_his_first_visit),
        in_workspace(a_later_prefix_routes_old_contents),
        in_workspace(a_later_look_back_routes_anew),
        in_workspace(a_lead_who_gets_an_account_brings_his_signals),
        cmocka_unit_test(the_order_of_telling_never_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
