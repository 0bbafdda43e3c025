/* engagement_test: whose signals are, from when they count and how they age, what they add up to,
 * and the ledger that shows it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

#define DAY  INT64_C(86400)
#define NOW  INT64_C(1763553600) /* 2025-11-19T12:00:00Z */
#define UNIT INT64_C(16777216)   /* D of a signal of today */

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_solution *solution;
    qbg_opportunity *deal;
    qbg_contact *ann;
    qbg_member *member;
    qbg_signal *signal;
} world;

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

static void begin(world *at, int64_t opened_s) {
    must(qbg_workspace_new(NULL, &at->workspace));
    must(qbg_account_add(at->workspace, "acme", NULL, &at->account));
    must(qbg_solution_add(at->workspace, "erp", NULL, NULL, &at->solution));
    must(
        qbg_opportunity_add(at->workspace, "deal", at->account, at->solution, opened_s, &at->deal));
    must(qbg_contact_add(at->workspace, "ann", at->account, NULL, NULL, &at->ann));
    must(qbg_member_add(at->deal, at->ann, &at->member));
    must(qbg_signal_new(at->workspace, &at->signal));
}

static int set_up(void **state) {
    world *at = calloc(1, sizeof *at);
    assert_non_null(at);
    begin(at, QBG_UNDATED);
    *state = at;
    return 0;
}

static int tear_down(void **state) {
    world *at = *state;
    qbg_signal_free(at->signal);
    qbg_workspace_free(at->workspace);
    free(at);
    return 0;
}

/* ---- Saying and asking ---- */

static void ann_does(world *at, const char *kind, int64_t time_s) {
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, at->ann));
    must(qbg_signal_set_kind(at->signal, kind));
    must(qbg_signal_set_time(at->signal, time_s));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
}

static void visitor_does(world *at, const char *visitor, const char *kind, int64_t time_s) {
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_account(at->signal, at->account));
    must(qbg_signal_set_visitor(at->signal, visitor));
    must(qbg_signal_set_solution(at->signal, at->solution));
    must(qbg_signal_set_kind(at->signal, kind));
    must(qbg_signal_set_time(at->signal, time_s));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
}

static void set_policy(world *at, const char *key, const char *value) {
    must(qbg_policy_set_text(qbg_workspace_policy(at->workspace), key, value));
}

static qbg_assessment *assess(const world *at, int64_t as_of_s) {
    qbg_assessment *answer = NULL;
    must(qbg_assess(at->deal, as_of_s, &answer));
    return answer;
}

static void assert_points(const world *at, int64_t as_of_s, int64_t want) {
    qbg_assessment *answer = assess(at, as_of_s);
    int64_t points = qbg_assessment_member_points_int(answer, 0);
    if (points != want) fail_msg("points_int %lld, not %lld", (long long)points, (long long)want);
    qbg_assessment_free(answer);
}

static void assert_bands(const world *at, int64_t as_of_s, int32_t participation,
                         int32_t interest) {
    qbg_assessment *answer = assess(at, as_of_s);
    assert_int_equal(qbg_assessment_member_participation(answer, 0), participation);
    assert_int_equal(qbg_assessment_member_interest(answer, 0), interest);
    assert_int_equal(qbg_assessment_member_is_engaged(answer, 0),
                     participation != QBG_PARTICIPATION_PASSIVE);
    qbg_assessment_free(answer);
}

static qbg_table *ledger(const world *at, int64_t as_of_s) {
    qbg_table *table = NULL;
    must(qbg_ledger(at->deal, at->ann, as_of_s, &table));
    return table;
}

static int64_t sum_of(const qbg_table *table, const char *column) {
    const int64_t *values = qbg_table_int64_column(table, qbg_table_column_find(table, column));
    int64_t sum = 0;
    for (int64_t i = 0; i < qbg_table_row_count(table); i++) sum += values[i];
    return sum;
}

static void assert_ledger_adds_up(const world *at, int64_t as_of_s) {
    qbg_table *table = ledger(at, as_of_s);
    assert_points(at, as_of_s, sum_of(table, "contribution"));
    qbg_table_free(table);
}

/* ---- When a signal counts, and how it ages ---- */

static void a_signal_counts_from_its_own_second(void **state) {
    world *at = *state;
    ann_does(at, "page_view", NOW);
    assert_points(at, NOW - 1, 0);
    assert_points(at, NOW, 1000 * UNIT);
    qbg_assessment *before = assess(at, NOW - 1), *then = assess(at, NOW);
    assert_true(qbg_assessment_member_last_signal(before, 0) == QBG_UNDATED);
    assert_true(qbg_assessment_member_last_signal(then, 0) == NOW);
    assert_int_equal(qbg_assessment_silent_days(before), -1);
    assert_int_equal(qbg_assessment_silent_days(then), 0);
    qbg_assessment_free(before);
    qbg_assessment_free(then);
}

static void an_age_is_in_whole_days_to_the_second(void **state) {
    world *at = *state;
    ann_does(at, "page_view", NOW);
    assert_points(at, NOW + DAY - 1, 1000 * UNIT);
    assert_points(at, NOW + DAY, INT64_C(1000) * 16394024);
    assert_points(at, NOW + 30 * DAY - 1, INT64_C(1000) * 8584682);
    assert_points(at, NOW + 30 * DAY, INT64_C(1000) * 8388608);
}

/* The values come from integer arithmetic of any length, by the definition in docs/model.md. */
static void points_decay_by_the_table(void **state) {
    static const struct {
        int64_t days, decay;
    } known[] = {{0, 16777216}, {7, 14271827}, {10, 13316085}, {29, 8584682}, {31, 8197012},
                 {45, 5931642}, {60, 4194304}, {61, 4098506},  {365, 3649},   {749, 1},
                 {750, 1},      {751, 0},      {40000, 0}};
    world *at = *state;
    ann_does(at, "meeting", NOW);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_points(at, NOW + known[i].days * DAY, 20000 * known[i].decay);
}

static void a_half_life_of_one_day_ends_after_25(void **state) {
    world *at = *state;
    set_policy(at, "half_life_days", "1");
    ann_does(at, "page_view", NOW);
    assert_points(at, NOW + DAY, 1000 * UNIT / 2);
    assert_points(at, NOW + 24 * DAY, 1000);
    assert_points(at, NOW + 25 * DAY, 1000);
    assert_points(at, NOW + 26 * DAY, 0);
}

static void the_longest_half_life_is_a_year(void **state) {
    world *at = *state;
    set_policy(at, "half_life_days", "365");
    ann_does(at, "page_view", NOW);
    assert_points(at, NOW + DAY, INT64_C(1000) * 16745386);
    assert_points(at, NOW + 365 * DAY, 1000 * UNIT / 2);
    assert_points(at, NOW + 9125 * DAY, 1000);
    assert_points(at, NOW + 9126 * DAY, 0);
}

/* ---- What counts for whom ---- */

static void negative_points_are_taken_off_and_never_shown(void **state) {
    world *at = *state;
    ann_does(at, "page_view", NOW - 3);
    ann_does(at, "unsubscribe", NOW);
    assert_points(at, NOW, -9000 * UNIT);
    qbg_assessment *answer = assess(at, NOW);
    assert_true(qbg_assessment_member_points(answer, 0) == 0);
    assert_true(qbg_assessment_member_engagement(answer, 0) == 0);
    assert_true(qbg_assessment_intent(answer) == 0);
    assert_true(qbg_assessment_member_last_signal(answer, 0) == NOW);
    qbg_assessment_free(answer);
    assert_points(at, NOW - 1, 1000 * UNIT);
}

static void silence_is_broken_only_by_kinds_worth_more_than_0(void **state) {
    world *at = *state;
    must(qbg_kind_add(at->workspace, "nothing", QBG_CATEGORY_NAMED, 0, 0, NULL));
    ann_does(at, "page_view", NOW - 5 * DAY);
    ann_does(at, "bounce", NOW - 2 * DAY);
    ann_does(at, "nothing", NOW - DAY);
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_silent_days(answer), 5);
    assert_true(qbg_assessment_member_last_signal(answer, 0) == NOW - DAY);
    qbg_assessment_free(answer);
}

static void third_party_signals_are_nobodys_own(void **state) {
    world *at = *state;
    ann_does(at, "intent_surge", NOW);
    qbg_assessment *answer = assess(at, NOW);
    assert_true(qbg_assessment_member_points_int(answer, 0) == 0);
    assert_true(qbg_assessment_member_last_signal(answer, 0) == QBG_UNDATED);
    double factor = 1.0 - 0.5 * (15.0 / (15.0 + 20.0));
    assert_true(qbg_assessment_intent(answer) == 1.0 - 1.0 * factor);
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 0);
    assert_int_equal(qbg_assessment_silent_days(answer), 0);
    qbg_assessment_free(answer);
    qbg_table *table = ledger(at, NOW);
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
}

static void third_party_signals_are_one_person_together(void **state) {
    world *at = *state;
    ann_does(at, "intent_surge", NOW);
    visitor_does(at, "v1", "intent_topic", NOW);
    qbg_assessment *answer = assess(at, NOW);
    double factor = 1.0 - 0.5 * (20.0 / (20.0 + 20.0));
    assert_true(qbg_assessment_intent(answer) == 1.0 - 1.0 * factor);
    qbg_assessment_free(answer);
}

static void a_qualified_lead_is_its_contacts_own(void **state) {
    world *at = *state;
    ann_does(at, "qualified_lead", NOW);
    assert_points(at, NOW, 15000 * UNIT);
}

static void identified_visitors_are_their_contact_from_the_first_visit_on(void **state) {
    world *at = *state;
    visitor_does(at, "v1", "page_view", NOW - 9 * DAY);
    visitor_does(at, "v2", "page_view", NOW);
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 2);
    assert_true(qbg_assessment_member_last_signal(answer, 0) == QBG_UNDATED);
    must(qbg_contact_add_visitor(at->ann, "v2"));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 1);
    assert_points(at, NOW, 1000 * UNIT);
    must(qbg_contact_add_visitor(at->ann, "v1"));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 0);
    assert_true(qbg_assessment_member_last_signal(answer, 0) == NOW);
    qbg_assessment_free(answer);
    assert_points(at, NOW - 9 * DAY, 1000 * UNIT);
    ann_does(at, "page_view", NOW);
    assert_points(at, NOW - 9 * DAY, 1000 * UNIT);
    assert_ledger_adds_up(at, NOW);
    qbg_table *table = ledger(at, NOW);
    assert_int_equal(qbg_table_row_count(table), 3);
    qbg_table_free(table);
}

static void joined_people_are_one_factor_of_the_intent(void **state) {
    world *at = *state;
    visitor_does(at, "v1", "meeting", NOW);
    ann_does(at, "meeting", NOW);
    must(qbg_contact_add_visitor(at->ann, "v1"));
    qbg_assessment *answer = assess(at, NOW);
    assert_true(qbg_assessment_intent(answer) == 1.0 - (1.0 - 40.0 / (40.0 + 20.0)));
    qbg_assessment_free(answer);
}

static void visitors_without_an_id_are_one_unnamed_visitor(void **state) {
    world *at = *state;
    visitor_does(at, NULL, "page_view", NOW);
    visitor_does(at, NULL, "page_view", NOW);
    visitor_does(at, "v1", "unsubscribe", NOW);
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 1);
    assert_true(qbg_assessment_intent(answer) == 1.0 - (1.0 - 0.5 * (2.0 / (2.0 + 20.0))));
    qbg_assessment_free(answer);
}

/* ---- Bands ---- */

static void a_download_stays_engaging_through_30_days(void **state) {
    world *at = *state;
    ann_does(at, "content_download", NOW);
    assert_bands(at, NOW + 31 * DAY - 1, QBG_PARTICIPATION_MODERATE, QBG_INTEREST_MEDIUM);
    assert_bands(at, NOW + 31 * DAY, QBG_PARTICIPATION_PASSIVE, QBG_INTEREST_LOW);
}

static void bands_begin_exactly_at_their_bounds(void **state) {
    static const struct {
        const char *points;
        int32_t participation, interest;
    } bands[] = {{"2.499", QBG_PARTICIPATION_PASSIVE, QBG_INTEREST_LOW},
                 {"2.5", QBG_PARTICIPATION_MODERATE, QBG_INTEREST_MEDIUM},
                 {"9.999", QBG_PARTICIPATION_MODERATE, QBG_INTEREST_MEDIUM},
                 {"10", QBG_PARTICIPATION_ACTIVE, QBG_INTEREST_HIGH}};
    world *at = *state;
    ann_does(at, "pricing_view", NOW);
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
        set_policy(at, "points.pricing_view", bands[i].points);
        assert_bands(at, NOW, bands[i].participation, bands[i].interest);
    }
}

/* One unit of the ledger below the bound: D[750] = 1, so that 0.001 points weigh one unit then. */
static void bands_miss_their_bounds_by_one_unit(void **state) {
    world *at = *state;
    must(qbg_kind_add(at->workspace, "least", QBG_CATEGORY_NAMED, -1, 0, NULL));
    set_policy(at, "points.pricing_view", "2.5");
    ann_does(at, "pricing_view", NOW);
    ann_does(at, "least", NOW - 750 * DAY);
    assert_points(at, NOW, 2500 * UNIT - 1);
    assert_bands(at, NOW, QBG_PARTICIPATION_PASSIVE, QBG_INTEREST_MEDIUM);
    set_policy(at, "points.least", "0.001");
    assert_bands(at, NOW, QBG_PARTICIPATION_MODERATE, QBG_INTEREST_MEDIUM);
}

static void interest_is_over_high_intent_kinds_only(void **state) {
    static const char *const high[] = {"pricing_view", "comparison_view", "demo_request",
                                       "trial_start",  "meeting",         "proposal_request",
                                       "question",     "email_reply",     "content_download"};
    world *at = *state;
    uint32_t count = 0;
    for (uint32_t i = 0; i < qbg_kind_count(at->workspace); i++)
        count += (uint32_t)qbg_kind_is_high_intent(qbg_kind_at(at->workspace, i));
    assert_int_equal(count, sizeof high / sizeof high[0]);
    for (size_t i = 0; i < sizeof high / sizeof high[0]; i++)
        assert_int_equal(qbg_kind_is_high_intent(qbg_kind_find(at->workspace, high[i])), 1);
    ann_does(at, "call", NOW);
    assert_bands(at, NOW, QBG_PARTICIPATION_ACTIVE, QBG_INTEREST_LOW);
}

static void the_hosts_bounds_replace_the_built_in_ones(void **state) {
    world *at = *state;
    set_policy(at, "engaged_points", "0");
    set_policy(at, "active_points", "0.001");
    assert_bands(at, NOW, QBG_PARTICIPATION_MODERATE, QBG_INTEREST_MEDIUM);
    set_policy(at, "active_points", "0");
    assert_bands(at, NOW, QBG_PARTICIPATION_ACTIVE, QBG_INTEREST_HIGH);
}

/* ---- Waiting ---- */

static qbg_opportunity *taker_of(world *at, int64_t time_s, int about_the_solution) {
    qbg_opportunity *taker = NULL;
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, at->ann));
    must(qbg_signal_set_kind(at->signal, "page_view"));
    must(qbg_signal_set_time(at->signal, time_s));
    if (about_the_solution) must(qbg_signal_set_solution(at->signal, at->solution));
    must(qbg_record(at->workspace, at->signal, &taker, NULL));
    return taker;
}

static void a_signal_before_the_opening_waits_for_it(void **state) {
    world *at = *state;
    must(qbg_opportunity_set_opened(at->deal, NOW));
    assert_ptr_equal(taker_of(at, NOW - 10 * DAY, 1), at->deal);
    assert_points(at, NOW - 1, 0);
    assert_points(at, NOW, INT64_C(1000) * 13316085);
    assert_ledger_adds_up(at, NOW - 1);
    assert_ledger_adds_up(at, NOW);
}

static void nobody_waits_longer_than_the_look_back(void **state) {
    world *at = *state;
    must(qbg_opportunity_set_opened(at->deal, NOW));
    assert_ptr_equal(taker_of(at, NOW - 90 * DAY, 1), at->deal);
    assert_null(taker_of(at, NOW - 90 * DAY - 1, 1));
    assert_points(at, NOW, INT64_C(1000) * (UNIT / 8));
    set_policy(at, "route_lookback_days", "91");
    assert_points(at, NOW, INT64_C(2000) * (UNIT / 8));
}

static void a_signal_before_the_joining_waits_for_it(void **state) {
    world *at = *state;
    must(qbg_member_set_joined(at->member, NOW));
    assert_ptr_equal(taker_of(at, NOW - 30 * DAY, 0), at->deal);
    qbg_assessment *answer = assess(at, NOW - 1);
    assert_true(qbg_assessment_intent(answer) == 0);
    assert_int_equal(qbg_assessment_silent_days(answer), -1);
    qbg_assessment_free(answer);
    assert_points(at, NOW, 500 * UNIT);
}

static void a_membership_dismissed_for_all_time_takes_no_signals(void **state) {
    world *at = *state;
    must(qbg_member_set_status(at->member, QBG_STATUS_DISMISSED, NOW + DAY, QBG_SOURCE_HOST));
    assert_ptr_equal(taker_of(at, NOW, 0), at->deal);
    must(qbg_member_set_status(at->member, QBG_STATUS_DISMISSED, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_null(taker_of(at, NOW, 0));
    assert_int_equal(qbg_opportunity_signal_count(at->deal), 0);
}

static void a_signal_that_names_the_opportunity_does_not_wait(void **state) {
    world *at = *state;
    must(qbg_opportunity_set_opened(at->deal, NOW));
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, at->ann));
    must(qbg_signal_set_kind(at->signal, "page_view"));
    must(qbg_signal_set_time(at->signal, NOW - 100 * DAY));
    must(qbg_signal_set_opportunity(at->signal, at->deal));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
    assert_points(at, NOW - 100 * DAY, 1000 * UNIT);
}

/* ---- The ledger ---- */

static void assert_text(const qbg_table *table, const char *column, int64_t row, const char *want) {
    int64_t size = -1;
    int32_t number = qbg_table_column_find(table, column);
    const char *text = qbg_table_text_at(table, number, row, &size);
    assert_int_equal(qbg_table_is_null(table, number, row), 0);
    assert_int_equal(size, strlen(want));
    assert_memory_equal(text, want, strlen(want));
}

static int64_t number_in(const qbg_table *table, const char *column, int64_t row) {
    return qbg_table_int64_at(table, qbg_table_column_find(table, column), row);
}

static void the_ledger_has_these_columns(void **state) {
    static const struct {
        const char *name;
        int32_t type;
    } columns[] = {{"time", QBG_COLUMN_TIME},          {"kind", QBG_COLUMN_TEXT},
                   {"content", QBG_COLUMN_TEXT},       {"event", QBG_COLUMN_TEXT},
                   {"points_milli", QBG_COLUMN_INT64}, {"age_days", QBG_COLUMN_INT64},
                   {"decay", QBG_COLUMN_INT64},        {"contribution", QBG_COLUMN_INT64},
                   {"kind_tag", QBG_COLUMN_UINT64}};
    world *at = *state;
    qbg_table *table = ledger(at, NOW);
    int32_t count = (int32_t)(sizeof columns / sizeof columns[0]);
    assert_int_equal(qbg_table_row_count(table), 0);
    assert_int_equal(qbg_table_column_count(table), count);
    for (int32_t i = 0; i < count; i++) {
        assert_string_equal(qbg_table_column_name(table, i), columns[i].name);
        assert_int_equal(qbg_table_column_type(table, i), columns[i].type);
    }
    qbg_table_free(table);
}

static void the_ledger_is_by_time_then_kind(void **state) {
    world *at = *state;
    ann_does(at, "meeting", NOW);
    ann_does(at, "page_view", NOW - 2 * DAY);
    ann_does(at, "call", NOW);
    ann_does(at, "unsubscribe", NOW - DAY);
    ann_does(at, "page_view", NOW + 1);
    qbg_table *table = ledger(at, NOW);
    assert_int_equal(qbg_table_row_count(table), 4);
    assert_text(table, "kind", 0, "page_view");
    assert_text(table, "kind", 1, "unsubscribe");
    assert_text(table, "kind", 2, "call");
    assert_text(table, "kind", 3, "meeting");
    assert_int_equal(number_in(table, "points_milli", 1), -10000);
    assert_int_equal(number_in(table, "age_days", 1), 1);
    assert_int_equal(number_in(table, "decay", 1), 16394024);
    assert_true(number_in(table, "contribution", 1) == INT64_C(-10000) * 16394024);
    assert_true(number_in(table, "time", 3) == NOW);
    assert_int_equal(number_in(table, "age_days", 3), 0);
    qbg_table_free(table);
}

static void the_ledger_tells_what_a_signal_was_about(void **state) {
    world *at = *state;
    ann_does(at, "call", NOW - 1);
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, at->ann));
    must(qbg_signal_set_kind(at->signal, "content_read"));
    must(qbg_signal_set_time(at->signal, NOW));
    must(qbg_signal_set_content(at->signal, "docs/Ёлка"));
    must(qbg_signal_set_event(at->signal, "e-1"));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
    qbg_table *table = ledger(at, NOW);
    assert_int_equal(qbg_table_is_null(table, qbg_table_column_find(table, "content"), 0), 1);
    assert_int_equal(qbg_table_is_null(table, qbg_table_column_find(table, "event"), 0), 1);
    assert_text(table, "content", 1, "docs/Ёлка");
    assert_text(table, "event", 1, "e-1");
    qbg_table_free(table);
}

static void ann_reads(world *at, const char *content, const char *event) {
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, at->ann));
    must(qbg_signal_set_kind(at->signal, "content_read"));
    must(qbg_signal_set_time(at->signal, NOW));
    must(qbg_signal_set_content(at->signal, content));
    must(qbg_signal_set_event(at->signal, event));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
}

static void lines_of_one_time_and_kind_are_by_content_then_event(void **state) {
    static const char *const contents[] = {"A", "a", "a", "b"};
    static const char *const events[] = {"e-4", "e-1", "e-3", "e-2"};
    world *at = *state;
    ann_reads(at, "b", "e-2");
    ann_reads(at, "a", "e-3");
    ann_reads(at, "A", "e-4");
    ann_reads(at, "a", "e-1");
    qbg_table *table = ledger(at, NOW);
    assert_int_equal(qbg_table_row_count(table), 4);
    for (int i = 0; i < 4; i++) {
        assert_text(table, "content", i, contents[i]);
        assert_text(table, "event", i, events[i]);
    }
    qbg_table_free(table);
}

static uint32_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static void a_random_signal(world *at, uint64_t *seed) {
    static const char *const visitors[] = {"v1", "v2", "v3"};
    uint32_t kind = next(seed) % qbg_kind_count(at->workspace);
    const char *key = qbg_kind_key(qbg_kind_at(at->workspace, kind));
    int64_t time_s = NOW - (int64_t)(next(seed) % (1000 * 86400));
    if (next(seed) % 3 == 0)
        visitor_does(at, visitors[next(seed) % 3], key, time_s);
    else
        ann_does(at, key, time_s);
}

static void the_ledger_adds_up_to_the_points(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        uint64_t numbers = seed;
        world at;
        begin(&at, QBG_UNDATED);
        must(qbg_contact_add_visitor(at.ann, "v1"));
        must(qbg_contact_add_visitor(at.ann, "v2"));
        for (int i = 0; i < 200; i++) a_random_signal(&at, &numbers);
        for (int64_t days = 0; days < 1000; days += 333)
            assert_ledger_adds_up(&at, NOW - days * DAY);
        qbg_signal_free(at.signal);
        qbg_workspace_free(at.workspace);
    }
}

static void the_ledger_refuses_misuse(void **state) {
    world *at = *state, other;
    qbg_table *table = NULL;
    begin(&other, QBG_UNDATED);
    assert_int_equal(qbg_ledger(NULL, at->ann, NOW, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_ledger(at->deal, NULL, NOW, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_ledger(at->deal, other.ann, NOW, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_ledger(at->deal, at->ann, NOW, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_ledger(at->deal, at->ann, -1, &table), QBG_E_RANGE);
    assert_int_equal(qbg_ledger(at->deal, at->ann, QBG_UNDATED, &table), QBG_E_RANGE);
    assert_null(table);
    qbg_signal_free(other.signal);
    qbg_workspace_free(other.workspace);
}

/* ---- The largest sum ---- */

#define MOST ((uint32_t)1 << 19)

/* Appends `count` signals of one kind and instant: Ann's, or a visitor's. */
static void append(world *at, uint32_t count, const char *kind, int64_t time_s,
                   const char *visitor) {
    size_t size = visitor ? strlen(visitor) : 0;
    int64_t *times = malloc(count * sizeof *times);
    uint16_t *kinds = malloc(count * sizeof *kinds);
    uint32_t *people = malloc(count * sizeof *people), *deals = malloc(count * sizeof *deals);
    char *visitors = malloc(count * size + 1);
    int64_t *offsets = malloc((count + 1) * sizeof *offsets);
    qbg_signal_columns columns = {0};
    uint64_t refused = 1;
    assert_true(times && kinds && people && deals && visitors && offsets);
    offsets[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        times[i] = time_s;
        kinds[i] = (uint16_t)qbg_kind_number(qbg_kind_find(at->workspace, kind));
        people[i] = visitor ? QBG_NONE : qbg_contact_number(at->ann);
        deals[i] = qbg_opportunity_number(at->deal);
        if (visitor) memcpy(visitors + i * size, visitor, size);
        offsets[i + 1] = offsets[i] + (int64_t)size;
    }
    columns.size = sizeof columns;
    columns.count = count;
    columns.time_s = times;
    columns.kind = kinds;
    columns.contact = people;
    columns.opportunity = deals;
    columns.visitor = visitors;
    columns.visitor_offsets = offsets;
    must(qbg_append(at->workspace, &columns, NULL, &refused));
    assert_int_equal(refused, 0);
    free(times);
    free(kinds);
    free(people);
    free(deals);
    free(visitors);
    free(offsets);
}

static void assert_beyond_range(const world *at, int64_t as_of_s) {
    qbg_assessment *answer = NULL;
    qbg_table *table = NULL;
    assert_int_equal(qbg_assess(at->deal, as_of_s, &answer), QBG_E_RANGE);
    assert_null(answer);
    assert_int_equal(qbg_ledger(at->deal, at->ann, as_of_s, &table), QBG_E_RANGE);
    assert_int_equal(qbg_board(at->workspace, as_of_s, 0, QBG_NONE, 0, &table), QBG_E_RANGE);
    assert_null(table);
}

static void as_many_signals_as_fit_the_sum_are_answered(void **state) {
    world *at = *state;
    set_policy(at, "points.page_view", "1000");
    append(at, MOST, "page_view", NOW, NULL);
    assert_points(at, NOW, (int64_t)MOST * 1000000 * UNIT);
    assert_ledger_adds_up(at, NOW);
    set_policy(at, "points.page_view", "-1000");
    assert_points(at, NOW, -(int64_t)MOST * 1000000 * UNIT);
    append(at, 1, "page_view", NOW + 1, NULL);
    assert_points(at, NOW, -(int64_t)MOST * 1000000 * UNIT);
    assert_beyond_range(at, NOW + 1);
}

static void joined_visitors_count_towards_the_limit(void **state) {
    world *at = *state;
    must(qbg_contact_add_visitor(at->ann, "v1"));
    append(at, MOST - 1, "page_view", NOW, NULL);
    append(at, 1, "page_view", NOW, "v1");
    assert_points(at, NOW, (int64_t)MOST * 1000 * UNIT);
    append(at, 1, "page_view", NOW, "v1");
    assert_beyond_range(at, NOW);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_signal_counts_from_its_own_second),
        TEST(an_age_is_in_whole_days_to_the_second),
        TEST(points_decay_by_the_table),
        TEST(a_half_life_of_one_day_ends_after_25),
        TEST(the_longest_half_life_is_a_year),
        TEST(negative_points_are_taken_off_and_never_shown),
        TEST(silence_is_broken_only_by_kinds_worth_more_than_0),
        TEST(third_party_signals_are_nobodys_own),
        TEST(third_party_signals_are_one_person_together),
        TEST(a_qualified_lead_is_its_contacts_own),
        TEST(identified_visitors_are_their_contact_from_the_first_visit_on),
        TEST(joined_people_are_one_factor_of_the_intent),
        TEST(visitors_without_an_id_are_one_unnamed_visitor),
        TEST(a_download_stays_engaging_through_30_days),
        TEST(bands_begin_exactly_at_their_bounds),
        TEST(bands_miss_their_bounds_by_one_unit),
        TEST(interest_is_over_high_intent_kinds_only),
        TEST(the_hosts_bounds_replace_the_built_in_ones),
        TEST(a_signal_before_the_opening_waits_for_it),
        TEST(nobody_waits_longer_than_the_look_back),
        TEST(a_signal_before_the_joining_waits_for_it),
        TEST(a_membership_dismissed_for_all_time_takes_no_signals),
        TEST(a_signal_that_names_the_opportunity_does_not_wait),
        TEST(the_ledger_has_these_columns),
        TEST(the_ledger_is_by_time_then_kind),
        TEST(the_ledger_tells_what_a_signal_was_about),
        TEST(lines_of_one_time_and_kind_are_by_content_then_event),
        cmocka_unit_test(the_ledger_adds_up_to_the_points),
        TEST(the_ledger_refuses_misuse),
        TEST(as_many_signals_as_fit_the_sum_are_answered),
        TEST(joined_visitors_count_towards_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
