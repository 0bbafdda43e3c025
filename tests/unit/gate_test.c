/* gate_test: each criterion at its threshold and to both sides of it, the lower threshold of a
 * group that is recorded as qualified, and what a required, an advisory and a switched-off
 * criterion do. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/gate.h"
#include "qbg/qbg.h"

#define DAY INT64_C(86400)
#define NOW INT64_C(1763553600) /* 2025-11-19T12:00:00Z */

/* A deal, and facts about it that pass everything just so. */
typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_opportunity *deal;
    qbg__seating coverage;
    qbg__gate_facts facts;
    qbg__gate gate;
} world;

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

static int set_up(void **state) {
    qbg_solution *solution;
    world *at = calloc(1, sizeof *at);
    assert_non_null(at);
    must(qbg_workspace_new(NULL, &at->workspace));
    must(qbg_account_add(at->workspace, "acme", NULL, &at->account));
    must(qbg_solution_add(at->workspace, "erp", NULL, NULL, &solution));
    must(qbg_opportunity_add(at->workspace, "deal", at->account, solution, QBG_UNDATED, &at->deal));
    at->coverage.numerator = 50;
    at->coverage.denominator = 100;
    at->facts = (qbg__gate_facts){at->deal, NOW, 3, 2, 3, 3, &at->coverage, 0.5, 30, 0};
    *state = at;
    return 0;
}

static int tear_down(void **state) {
    world *at = *state;
    qbg_workspace_free(at->workspace);
    free(at);
    return 0;
}

/* ---- Saying and asking ---- */

static void set_policy(world *at, const char *key, const char *value) {
    must(qbg_policy_set_text(qbg_workspace_policy(at->workspace), key, value));
}

static void record_verdict(world *at, int32_t verdict, int64_t from_s) {
    must(qbg_opportunity_set_verdict(at->deal, verdict, from_s, QBG_SOURCE_HOST));
}

static const qbg__criterion *judge(world *at, int32_t criterion) {
    memset(&at->gate, 0x55, sizeof at->gate);
    const qbg_policy *policy = qbg_workspace_policy(at->workspace);
    qbg__gate_judge(policy, &at->facts, &at->gate);
    assert_int_equal(qbg__gate_qualifies(policy, &at->facts), at->gate.qualified);
    return &at->gate.criteria[criterion];
}

static void assert_judged(world *at, int32_t criterion, int passes, int holds, const char *reason) {
    const qbg__criterion *judged = judge(at, criterion);
    assert_int_equal(judged->passes, passes);
    assert_int_equal(judged->holds, holds);
    assert_string_equal(judged->reason, reason);
}

static void assert_passes(world *at, int32_t criterion) {
    assert_judged(at, criterion, 1, 1, "passed");
}

static void assert_holds(world *at, int32_t criterion) {
    assert_judged(at, criterion, 0, 1, "held");
}

static void assert_fails(world *at, int32_t criterion, const char *reason) {
    assert_judged(at, criterion, 0, 0, reason);
}

static void assert_figures(world *at, int32_t criterion, double actual, double threshold) {
    const qbg__criterion *judged = judge(at, criterion);
    assert_int_equal(judged->has_actual, 1);
    assert_int_equal(judged->has_threshold, 1);
    assert_true(judged->actual == actual);
    assert_true(judged->threshold == threshold);
}

static void assert_qualified(world *at, int qualified) {
    judge(at, 0);
    assert_int_equal(at->gate.qualified, qualified);
}

/* ---- Thresholds ---- */

static void exactly_enough_qualifies(void **state) {
    world *at = *state;
    for (int32_t i = QBG_CRITERION_MEMBERS_IDENTIFIED; i <= QBG_CRITERION_RECENCY; i++)
        assert_passes(at, i);
    assert_qualified(at, 1);
}

static void three_members_have_to_be_identified(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_MEMBERS_IDENTIFIED, 3, 3);
    at->facts.identified = 4;
    assert_passes(at, QBG_CRITERION_MEMBERS_IDENTIFIED);
    at->facts.identified = 2;
    assert_fails(at, QBG_CRITERION_MEMBERS_IDENTIFIED, "too_few");
    assert_qualified(at, 0);
    set_policy(at, "min_members_identified", "0");
    at->facts.identified = 0;
    assert_passes(at, QBG_CRITERION_MEMBERS_IDENTIFIED);
}

static void two_members_have_to_be_engaged(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_MEMBERS_ENGAGED, 2, 2);
    at->facts.engaged = 3;
    assert_passes(at, QBG_CRITERION_MEMBERS_ENGAGED);
    at->facts.engaged = 1;
    assert_fails(at, QBG_CRITERION_MEMBERS_ENGAGED, "too_few");
    assert_qualified(at, 0);
}

static void every_required_seat_has_to_have_somebody(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_REQUIRED_SEATS, 3, 3);
    at->facts.required_filled = 2;
    assert_fails(at, QBG_CRITERION_REQUIRED_SEATS, "vacant");
    assert_qualified(at, 0);
    at->facts.required_filled = at->facts.required_seats = 0;
    assert_passes(at, QBG_CRITERION_REQUIRED_SEATS);
}

static void half_of_the_roles_have_to_be_covered_by_engaged_people(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_COVERAGE_ENGAGED, 0.5, 0.5);
    at->coverage.numerator = 51;
    assert_passes(at, QBG_CRITERION_COVERAGE_ENGAGED);
    at->coverage.numerator = 49;
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
    assert_qualified(at, 0);
}

/* One third is neither 0.333 nor 0.334, and the largest fractions differ in no double. */
static void coverage_is_compared_on_integers(void **state) {
    world *at = *state;
    at->coverage.numerator = 1;
    at->coverage.denominator = 3;
    set_policy(at, "min_coverage_engaged", "0.333");
    assert_passes(at, QBG_CRITERION_COVERAGE_ENGAGED);
    set_policy(at, "min_coverage_engaged", "0.334");
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
    at->coverage.denominator = 64 * INT64_C(100000) * QBG__COVERAGE_UNIT;
    at->coverage.numerator = at->coverage.denominator / 10 * 7;
    set_policy(at, "min_coverage_engaged", "0.7");
    assert_passes(at, QBG_CRITERION_COVERAGE_ENGAGED);
    at->coverage.numerator--;
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
    set_policy(at, "min_coverage_engaged", "1");
    at->coverage.numerator = at->coverage.denominator;
    assert_passes(at, QBG_CRITERION_COVERAGE_ENGAGED);
}

static void intent_has_to_be_one_half(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_INTENT, 0.5, 0.5);
    at->facts.intent = nextafter(0.5, 1);
    assert_passes(at, QBG_CRITERION_INTENT);
    at->facts.intent = nextafter(0.5, 0);
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    assert_qualified(at, 0);
}

static void silence_may_last_30_days(void **state) {
    world *at = *state;
    assert_figures(at, QBG_CRITERION_RECENCY, 30, 30);
    at->facts.silent_days = 29;
    assert_passes(at, QBG_CRITERION_RECENCY);
    at->facts.silent_days = 31;
    assert_fails(at, QBG_CRITERION_RECENCY, "too_long");
    assert_qualified(at, 0);
    set_policy(at, "max_silence_days", "0");
    at->facts.silent_days = 0;
    assert_passes(at, QBG_CRITERION_RECENCY);
}

static void a_group_without_any_signal_is_not_recent(void **state) {
    world *at = *state;
    at->facts.silent_days = -1;
    assert_fails(at, QBG_CRITERION_RECENCY, "no_signal");
    assert_int_equal(judge(at, QBG_CRITERION_RECENCY)->has_actual, 0);
    assert_true(judge(at, QBG_CRITERION_RECENCY)->threshold == 30);
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    assert_fails(at, QBG_CRITERION_RECENCY, "no_signal");
}

/* ---- Hysteresis ---- */

static void a_qualified_group_holds_at_four_fifths_of_a_count(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    set_policy(at, "min_members_identified", "5");
    at->facts.identified = 5;
    assert_passes(at, QBG_CRITERION_MEMBERS_IDENTIFIED);
    at->facts.identified = 4;
    assert_holds(at, QBG_CRITERION_MEMBERS_IDENTIFIED);
    assert_qualified(at, 1);
    at->facts.identified = 3;
    assert_fails(at, QBG_CRITERION_MEMBERS_IDENTIFIED, "too_few");
    assert_qualified(at, 0);
    at->facts.engaged = 1;
    assert_fails(at, QBG_CRITERION_MEMBERS_ENGAGED, "too_few");
    set_policy(at, "hysteresis", "0.5");
    assert_holds(at, QBG_CRITERION_MEMBERS_ENGAGED);
}

static void it_holds_at_four_fifths_of_the_coverage(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    at->coverage.numerator = 40;
    assert_holds(at, QBG_CRITERION_COVERAGE_ENGAGED);
    assert_figures(at, QBG_CRITERION_COVERAGE_ENGAGED, 0.4, 0.5);
    at->coverage.numerator = 39;
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
    at->coverage.denominator = 64 * INT64_C(100000) * QBG__COVERAGE_UNIT;
    at->coverage.numerator = at->coverage.denominator / 5 * 2;
    assert_holds(at, QBG_CRITERION_COVERAGE_ENGAGED);
    at->coverage.numerator--;
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
}

static void it_holds_at_four_fifths_of_the_intent(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    at->facts.intent = 0.5 * 0.8;
    assert_holds(at, QBG_CRITERION_INTENT);
    at->facts.intent = nextafter(0.5 * 0.8, 0);
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
}

static void it_holds_through_a_quarter_more_silence(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    at->facts.silent_days = 37;
    assert_holds(at, QBG_CRITERION_RECENCY);
    at->facts.silent_days = 38;
    assert_fails(at, QBG_CRITERION_RECENCY, "too_long");
    set_policy(at, "max_silence_days", "32");
    at->facts.silent_days = 40;
    assert_holds(at, QBG_CRITERION_RECENCY);
    at->facts.silent_days = 41;
    assert_fails(at, QBG_CRITERION_RECENCY, "too_long");
}

static void required_seats_never_hold(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    set_policy(at, "hysteresis", "0");
    at->facts.required_filled = 2;
    assert_fails(at, QBG_CRITERION_REQUIRED_SEATS, "vacant");
}

static void fit_and_words_never_hold(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    set_policy(at, "hysteresis", "0");
    set_policy(at, "mode.fit", "required");
    set_policy(at, "mode.budget", "required");
    set_policy(at, "mode.no_open_blocker", "required");
    must(qbg_opportunity_set_fit(at->deal, 0.49, QBG_UNDATED, QBG_SOURCE_HOST));
    at->facts.open_blockers = 1;
    assert_fails(at, QBG_CRITERION_FIT, "too_low");
    assert_fails(at, QBG_CRITERION_BUDGET, "unknown");
    assert_fails(at, QBG_CRITERION_NO_OPEN_BLOCKER, "open_blocker");
    assert_qualified(at, 0);
}

static void advisory_criteria_do_not_hold(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    at->facts.intent = 0.45;
    assert_holds(at, QBG_CRITERION_INTENT);
    set_policy(at, "mode.intent", "advisory");
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    assert_qualified(at, 1);
}

static void without_a_recorded_qualified_nothing_holds(void **state) {
    world *at = *state;
    at->facts.intent = 0.45;
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    record_verdict(at, QBG_VERDICT_MULTI_THREADED, QBG_UNDATED);
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    record_verdict(at, QBG_VERDICT_QUALIFIED, NOW + 1);
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    record_verdict(at, QBG_VERDICT_QUALIFIED, NOW - DAY);
    assert_holds(at, QBG_CRITERION_INTENT);
    record_verdict(at, QBG_UNSET, NOW);
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
    at->facts.as_of = NOW - 1;
    assert_holds(at, QBG_CRITERION_INTENT);
    at->facts.as_of = NOW + 1;
    assert_holds(at, QBG_CRITERION_INTENT);
}

static void a_hysteresis_of_1_changes_nothing(void **state) {
    world *at = *state;
    record_verdict(at, QBG_VERDICT_QUALIFIED, QBG_UNDATED);
    set_policy(at, "hysteresis", "1");
    at->facts.identified = 2;
    at->facts.silent_days = 31;
    at->coverage.numerator = 49;
    at->facts.intent = nextafter(0.5, 0);
    assert_fails(at, QBG_CRITERION_MEMBERS_IDENTIFIED, "too_few");
    assert_fails(at, QBG_CRITERION_RECENCY, "too_long");
    assert_fails(at, QBG_CRITERION_COVERAGE_ENGAGED, "too_low");
    assert_fails(at, QBG_CRITERION_INTENT, "too_low");
}

/* ---- Modes ---- */

static void the_criteria_have_these_modes_at_first(void **state) {
    world *at = *state;
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++)
        assert_int_equal(judge(at, i)->mode,
                         i <= QBG_CRITERION_RECENCY ? QBG_MODE_REQUIRED : QBG_MODE_ADVISORY);
}

static void advisory_criteria_do_not_disqualify(void **state) {
    world *at = *state;
    at->facts.open_blockers = 1;
    assert_fails(at, QBG_CRITERION_BUDGET, "unknown");
    assert_fails(at, QBG_CRITERION_NO_OPEN_BLOCKER, "open_blocker");
    assert_qualified(at, 1);
    set_policy(at, "mode.budget", "required");
    assert_qualified(at, 0);
}

static void switched_off_criteria_are_neither_asked_nor_shown(void **state) {
    world *at = *state;
    qbg_assessment *answer;
    set_policy(at, "mode.members_identified", "off");
    set_policy(at, "mode.budget", "off");
    at->facts.identified = 0;
    assert_qualified(at, 1);
    must(qbg_assess(at->deal, NOW, &answer));
    assert_int_equal(qbg_assessment_criterion_count(answer), QBG__CRITERION_COUNT - 2);
    assert_int_equal(qbg_assessment_criterion(answer, 0), QBG_CRITERION_MEMBERS_ENGAGED);
    assert_int_equal(qbg_assessment_criterion(answer, 6), QBG_CRITERION_AUTHORITY);
    assert_int_equal(qbg_assessment_criterion(answer, 9), QBG_CRITERION_NO_OPEN_BLOCKER);
    assert_int_equal(qbg_assessment_criterion(answer, 10), QBG_UNSET);
    qbg_assessment_free(answer);
}

static void a_gate_without_criteria_is_open(void **state) {
    world *at = *state;
    qbg_assessment *answer;
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++) {
        char key[64] = "mode.";
        strcat(key, qbg_word_key(QBG_WORDS_CRITERION, i));
        set_policy(at, key, "off");
    }
    must(qbg_assess(at->deal, NOW, &answer));
    assert_int_equal(qbg_assessment_criterion_count(answer), 0);
    assert_int_equal(qbg_assessment_verdict(answer), QBG_VERDICT_QUALIFIED);
    qbg_assessment_free(answer);
}

/* ---- Words ---- */

static void assert_word_decides(world *at, int32_t criterion) {
    assert_fails(at, criterion, "unknown");
    assert_int_equal(judge(at, criterion)->has_actual, 0);
    assert_int_equal(judge(at, criterion)->has_threshold, 0);
    must(
        qbg_opportunity_set_answer(at->deal, criterion, QBG_ANSWER_NO, NOW - DAY, QBG_SOURCE_HOST));
    assert_fails(at, criterion, "no");
    must(qbg_opportunity_set_answer(at->deal, criterion, QBG_ANSWER_YES, NOW, QBG_SOURCE_HOST));
    assert_passes(at, criterion);
    must(qbg_opportunity_set_answer(at->deal, criterion, QBG_UNSET, NOW + 1, QBG_SOURCE_HOST));
    assert_passes(at, criterion);
    at->facts.as_of = NOW + 1;
    assert_fails(at, criterion, "unknown");
    at->facts.as_of = NOW;
}

static void the_hosts_word_decides_on_bant(void **state) {
    world *at = *state;
    assert_word_decides(at, QBG_CRITERION_NEED_VALIDATED);
    assert_word_decides(at, QBG_CRITERION_BUDGET);
    assert_word_decides(at, QBG_CRITERION_AUTHORITY);
    assert_word_decides(at, QBG_CRITERION_TIMELINE);
}

static void a_validated_need_speaks_for_itself(void **state) {
    world *at = *state;
    must(qbg_need_set(at->deal, NULL, "reports", QBG_NEED_OPEN, QBG_UNDATED));
    assert_fails(at, QBG_CRITERION_NEED_VALIDATED, "unknown");
    must(qbg_need_set(at->deal, NULL, "reports", QBG_NEED_VALIDATED, NOW));
    assert_passes(at, QBG_CRITERION_NEED_VALIDATED);
    at->facts.as_of = NOW - 1;
    assert_fails(at, QBG_CRITERION_NEED_VALIDATED, "unknown");
    at->facts.as_of = NOW + DAY;
    must(qbg_need_set(at->deal, NULL, "reports", QBG_NEED_ADDRESSED, NOW + DAY));
    assert_passes(at, QBG_CRITERION_NEED_VALIDATED);
}

static void either_a_need_or_a_word_is_enough(void **state) {
    world *at = *state;
    must(qbg_need_set(at->deal, NULL, "reports", QBG_NEED_OPEN, QBG_UNDATED));
    must(qbg_need_set(at->deal, NULL, "speed", QBG_NEED_VALIDATED, QBG_UNDATED));
    must(qbg_opportunity_set_answer(at->deal, QBG_CRITERION_NEED_VALIDATED, QBG_ANSWER_NO,
                                    QBG_UNDATED, QBG_SOURCE_HOST));
    assert_passes(at, QBG_CRITERION_NEED_VALIDATED);
}

static void fit_is_the_hosts_and_may_be_unknown(void **state) {
    world *at = *state;
    assert_fails(at, QBG_CRITERION_FIT, "unknown");
    assert_int_equal(judge(at, QBG_CRITERION_FIT)->has_actual, 0);
    assert_true(judge(at, QBG_CRITERION_FIT)->threshold == 0.5);
    must(qbg_opportunity_set_fit(at->deal, 0.5, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_passes(at, QBG_CRITERION_FIT);
    assert_figures(at, QBG_CRITERION_FIT, 0.5, 0.5);
    must(qbg_opportunity_set_fit(at->deal, nextafter(0.5, 0), QBG_UNDATED, QBG_SOURCE_HOST));
    assert_fails(at, QBG_CRITERION_FIT, "too_low");
    must(qbg_opportunity_set_fit(at->deal, 0, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_fails(at, QBG_CRITERION_FIT, "too_low");
    set_policy(at, "min_fit", "0");
    assert_passes(at, QBG_CRITERION_FIT);
    must(qbg_opportunity_set_fit(at->deal, -1, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_fails(at, QBG_CRITERION_FIT, "unknown");
}

/* ---- Blockers ---- */

static qbg_contact *add_blocker(world *at, const char *key) {
    qbg_contact *contact;
    qbg_member *member;
    must(qbg_contact_add(at->workspace, key, at->account, NULL, NULL, &contact));
    must(qbg_member_add(at->deal, contact, &member));
    must(qbg_member_set_stance(member, QBG_STANCE_BLOCKER, QBG_UNDATED, QBG_SOURCE_HOST));
    return contact;
}

static void assert_open_blockers(const world *at, int64_t as_of_s, int32_t count) {
    qbg_assessment *answer;
    must(qbg_assess(at->deal, as_of_s, &answer));
    uint32_t index = qbg_assessment_criterion_count(answer) - 1;
    assert_int_equal(qbg_assessment_criterion(answer, index), QBG_CRITERION_NO_OPEN_BLOCKER);
    assert_int_equal(qbg_assessment_criterion_passes(answer, index), count == 0);
    assert_int_equal(qbg_assessment_criterion_has_actual(answer, index), 1);
    assert_true(qbg_assessment_criterion_actual(answer, index) == count);
    assert_string_equal(qbg_assessment_criterion_reason(answer, index),
                        count == 0 ? "passed" : "open_blocker");
    qbg_assessment_free(answer);
}

static void a_blocker_is_open_until_all_his_needs_are_addressed(void **state) {
    world *at = *state;
    assert_open_blockers(at, NOW, 0);
    qbg_contact *ann = add_blocker(at, "ann");
    assert_open_blockers(at, NOW, 1);
    must(qbg_need_set(at->deal, ann, "price", QBG_NEED_VALIDATED, NOW - DAY));
    assert_open_blockers(at, NOW, 1);
    must(qbg_need_set(at->deal, ann, "price", QBG_NEED_ADDRESSED, NOW));
    assert_open_blockers(at, NOW - 1, 1);
    assert_open_blockers(at, NOW, 0);
    must(qbg_need_set(at->deal, ann, "risk", QBG_NEED_OPEN, NOW));
    assert_open_blockers(at, NOW, 1);
}

static void the_needs_of_others_do_not_answer_a_blocker(void **state) {
    world *at = *state;
    qbg_contact *ann = add_blocker(at, "ann");
    qbg_contact *bob = add_blocker(at, "bob");
    must(qbg_need_set(at->deal, NULL, "price", QBG_NEED_ADDRESSED, QBG_UNDATED));
    must(qbg_need_set(at->deal, bob, "price", QBG_NEED_ADDRESSED, QBG_UNDATED));
    assert_open_blockers(at, NOW, 1);
    must(qbg_need_set(at->deal, ann, "price", QBG_NEED_ADDRESSED, QBG_UNDATED));
    assert_open_blockers(at, NOW, 0);
}

static void only_present_members_block(void **state) {
    world *at = *state;
    qbg_member *ann = qbg_member_find(at->deal, add_blocker(at, "ann"));
    must(qbg_member_set_left(ann, NOW));
    assert_open_blockers(at, NOW - 1, 1);
    assert_open_blockers(at, NOW, 0);
    must(qbg_member_set_left(ann, QBG_UNDATED));
    must(qbg_member_set_stance(ann, QBG_STANCE_SKEPTIC, NOW, QBG_SOURCE_HOST));
    assert_open_blockers(at, NOW - 1, 1);
    assert_open_blockers(at, NOW, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(exactly_enough_qualifies),
        TEST(three_members_have_to_be_identified),
        TEST(two_members_have_to_be_engaged),
        TEST(every_required_seat_has_to_have_somebody),
        TEST(half_of_the_roles_have_to_be_covered_by_engaged_people),
        TEST(coverage_is_compared_on_integers),
        TEST(intent_has_to_be_one_half),
        TEST(silence_may_last_30_days),
        TEST(a_group_without_any_signal_is_not_recent),
        TEST(a_qualified_group_holds_at_four_fifths_of_a_count),
        TEST(it_holds_at_four_fifths_of_the_coverage),
        TEST(it_holds_at_four_fifths_of_the_intent),
        TEST(it_holds_through_a_quarter_more_silence),
        TEST(required_seats_never_hold),
        TEST(fit_and_words_never_hold),
        TEST(advisory_criteria_do_not_hold),
        TEST(without_a_recorded_qualified_nothing_holds),
        TEST(a_hysteresis_of_1_changes_nothing),
        TEST(the_criteria_have_these_modes_at_first),
        TEST(advisory_criteria_do_not_disqualify),
        TEST(switched_off_criteria_are_neither_asked_nor_shown),
        TEST(a_gate_without_criteria_is_open),
        TEST(the_hosts_word_decides_on_bant),
        TEST(a_validated_need_speaks_for_itself),
        TEST(either_a_need_or_a_word_is_enough),
        TEST(fit_is_the_hosts_and_may_be_unknown),
        TEST(a_blocker_is_open_until_all_his_needs_are_addressed),
        TEST(the_needs_of_others_do_not_answer_a_blocker),
        TEST(only_present_members_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
