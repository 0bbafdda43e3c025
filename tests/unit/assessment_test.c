/* assessment_test: one buying group as a host sees it, and what a handle promises: it outlives the
 * workspace, costs nothing to fill again, and keeps its answer when that fails. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

#define DAY INT64_C(86400)
#define NOW INT64_C(1763596799) /* the last second of 2025-11-19 */

/* An allocator that counts and, when told so, refuses. */
typedef struct budget {
    int64_t calls; /* that wanted memory */
    int64_t left;  /* before it refuses; negative: never */
    int64_t bytes; /* handed out */
} budget;

static void *resize(void *ctx, void *block, size_t old_size, size_t new_size) {
    budget *at = ctx;
    if (new_size == 0) {
        for (size_t i = 0; i < old_size; i++) assert_int_equal(((unsigned char *)block)[i], 0);
        at->bytes -= (int64_t)old_size;
        free(block);
        return NULL;
    }
    at->calls++;
    if (at->left == 0) return NULL;
    if (at->left > 0) at->left--;
    at->bytes += (int64_t)new_size;
    return malloc(new_size);
}

/* The story of the quickstart: three people who look like three small leads. */
typedef struct world {
    budget memory;
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_solution *hr;
    qbg_opportunity *deal;
    qbg_contact *elena, *sergey, *olga;
    qbg_signal *signal;
} world;

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

static int64_t time_of(const char *text) {
    int64_t time_s = 0;
    must(qbg_time_from_text(text, 0, &time_s));
    return time_s;
}

static void saw(world *at, qbg_contact *who, const char *kind, const char *when) {
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, who));
    must(qbg_signal_set_kind(at->signal, kind));
    must(qbg_signal_set_time(at->signal, time_of(when)));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
}

static qbg_role *role(const world *at, const char *key) {
    return qbg_role_find(at->workspace, key);
}

static void tell_the_story(world *at) {
    qbg_workspace *ws = at->workspace;
    must(qbg_account_add(ws, "daisy", "Красная ромашка", &at->daisy));
    must(qbg_solution_add(ws, "hr", "HR system", qbg_template_find(ws, "standard"), &at->hr));
    must(qbg_opportunity_add(ws, "daisy-hr", at->daisy, at->hr, time_of("2025-09-01"), &at->deal));
    must(qbg_contact_add(ws, "elena", at->daisy, "Елена Соколова", "HR-менеджер", &at->elena));
    must(qbg_contact_add(ws, "sergey", at->daisy, "Сергей Волков", "IT-директор", &at->sergey));
    must(qbg_contact_add(ws, "olga", at->daisy, "Ольга Петрова", "Финансовый директор", &at->olga));
    must(qbg_opportunity_add_member(at->deal, at->elena, role(at, "champion")));
    must(qbg_opportunity_add_member(at->deal, at->sergey, NULL));
    must(qbg_opportunity_add_member(at->deal, at->olga, NULL));
    saw(at, at->elena, "webinar_attendance", "2025-10-22");
    saw(at, at->elena, "trial_start", "2025-10-29");
    saw(at, at->sergey, "content_download", "2025-11-05");
    saw(at, at->olga, "pricing_view", "2025-11-10T12:00:00Z");
}

static int set_up(void **state) {
    world *at = calloc(1, sizeof *at);
    assert_non_null(at);
    at->memory.left = -1;
    const qbg_allocator allocator = {sizeof allocator, &at->memory, resize};
    must(qbg_workspace_new(&allocator, &at->workspace));
    must(qbg_signal_new(at->workspace, &at->signal));
    tell_the_story(at);
    *state = at;
    return 0;
}

static void end_workspace(world *at) {
    qbg_signal_free(at->signal);
    qbg_workspace_free(at->workspace);
    at->signal = NULL;
    at->workspace = NULL;
}

static int tear_down(void **state) {
    world *at = *state;
    end_workspace(at);
    assert_int_equal(at->memory.bytes, 0);
    free(at);
    return 0;
}

static qbg_assessment *assess(const world *at, int64_t as_of_s) {
    qbg_assessment *answer = NULL;
    must(qbg_assess(at->deal, as_of_s, &answer));
    return answer;
}

/* Members are by key. */
enum { ELENA, OLGA, SERGEY };

/* ---- The story ---- */

static void three_small_leads_are_a_buying_group(void **state) {
    qbg_assessment *answer = assess(*state, NOW);
    assert_string_equal(qbg_assessment_opportunity(answer), "daisy-hr");
    assert_string_equal(qbg_assessment_account(answer), "daisy");
    assert_string_equal(qbg_assessment_solution(answer), "hr");
    assert_true(qbg_assessment_as_of(answer) == NOW);
    assert_int_equal(qbg_assessment_members_identified(answer), 3);
    assert_int_equal(qbg_assessment_members_engaged(answer), 3);
    assert_int_equal(qbg_assessment_anonymous_visitors(answer), 0);
    assert_int_equal(qbg_assessment_verdict(answer), QBG_VERDICT_MULTI_THREADED);
    assert_int_equal(qbg_assessment_silent_days(answer), 9);
    qbg_assessment_free(answer);
}

/* The sums are done by hand: D of 28, 21, 14 and 9 days at a half-life of 30. */
static void intent_and_priority_follow_from_the_ledgers(void **state) {
    qbg_assessment *answer = assess(*state, NOW);
    const int64_t sums[] = {
        INT64_C(8000) * 8785340 + INT64_C(20000) * 10327588,
        INT64_C(5000) * 13627334,
        INT64_C(5000) * 12140574,
    };
    double factors[3];
    for (uint32_t i = 0; i < 3; i++) {
        double points = (double)sums[i] / 16777216000.0;
        double engagement = points / (points + 20.0);
        factors[i] = 1.0 - engagement;
        assert_true(qbg_assessment_member_points_int(answer, i) == sums[i]);
        assert_true(qbg_assessment_member_points(answer, i) == points);
        assert_true(qbg_assessment_member_engagement(answer, i) == engagement);
    }
    double intent = 1.0 - 1.0 * factors[ELENA] * factors[OLGA] * factors[SERGEY];
    double covered = 7.0 / 12.0;
    assert_true(qbg_assessment_intent(answer) == intent);
    assert_true(qbg_assessment_coverage_identified(answer) == covered);
    assert_true(qbg_assessment_coverage_engaged(answer) == covered);
    assert_true(qbg_assessment_coverage_supportive(answer) == 0);
    assert_true(qbg_assessment_completeness(answer) == 0.5);
    assert_true(qbg_assessment_priority(answer) ==
                (100.0 * intent) * (0.25 + (1.0 - 0.25) * covered));
    qbg_assessment_free(answer);
}

static void the_roles_that_nobody_has_are_missing(void **state) {
    qbg_assessment *answer = assess(*state, NOW);
    assert_int_equal(qbg_assessment_missing_count(answer), 3);
    assert_string_equal(qbg_assessment_missing_role(answer, 0), "decision_maker");
    assert_string_equal(qbg_assessment_missing_role(answer, 1), "business_evaluator");
    assert_string_equal(qbg_assessment_missing_role(answer, 2), "end_user");
    qbg_assessment_free(answer);
}

static void before_the_first_signal_the_group_is_silent(void **state) {
    qbg_assessment *answer = assess(*state, time_of("2025-10-22") - 1);
    assert_int_equal(qbg_assessment_verdict(answer), QBG_VERDICT_SILENT);
    assert_true(qbg_assessment_intent(answer) == 0);
    assert_true(qbg_assessment_priority(answer) == 0);
    assert_int_equal(qbg_assessment_silent_days(answer), -1);
    assert_int_equal(qbg_assessment_seat_state(answer, 0), QBG_SEAT_DARK);
    must(qbg_assessment_refill(answer, ((world *)*state)->deal, time_of("2025-10-22")));
    assert_int_equal(qbg_assessment_verdict(answer), QBG_VERDICT_SINGLE_THREADED);
    qbg_assessment_free(answer);
}

/* ---- People and seats ---- */

static void titles_say_who_plays_which_part(void **state) {
    qbg_assessment *answer = assess(*state, NOW);
    assert_string_equal(qbg_assessment_member_contact(answer, ELENA), "elena");
    assert_string_equal(qbg_assessment_member_name(answer, OLGA), "Ольга Петрова");
    assert_string_equal(qbg_assessment_member_role(answer, ELENA, 0), "champion");
    assert_string_equal(qbg_assessment_member_role(answer, OLGA, 0), "economic_buyer");
    assert_string_equal(qbg_assessment_member_role(answer, SERGEY, 0), "technical_evaluator");
    assert_int_equal(qbg_assessment_member_is_inferred(answer, ELENA), 0);
    assert_int_equal(qbg_assessment_member_is_inferred(answer, OLGA), 1);
    assert_int_equal(qbg_assessment_member_is_inferred(answer, SERGEY), 1);
    qbg_assessment_free(answer);
}

static void an_asserted_role_replaces_the_inferred_one(void **state) {
    world *at = *state;
    must(qbg_opportunity_add_member(at->deal, at->olga, role(at, "end_user")));
    must(qbg_opportunity_add_member(at->deal, at->olga, role(at, "decision_maker")));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_member_role_count(answer, OLGA), 2);
    assert_string_equal(qbg_assessment_member_role(answer, OLGA, 2), "");
    assert_int_equal(qbg_assessment_member_is_inferred(answer, OLGA), 0);
    assert_string_equal(qbg_assessment_missing_role(answer, 0), "economic_buyer");
    assert_string_equal(qbg_assessment_missing_role(answer, 1), "business_evaluator");
    qbg_assessment_free(answer);
}

static void a_persona_that_fits_no_seat_is_an_influencer(void **state) {
    world *at = *state;
    must(qbg_contact_set_persona(at->elena, QBG_DEPARTMENT_HR, QBG_SENIORITY_ASSISTANT));
    must(qbg_member_set_roles(qbg_member_find(at->deal, at->elena), NULL, 0, QBG_UNDATED,
                              QBG_SOURCE_HOST));
    qbg_assessment *answer = assess(at, NOW);
    assert_string_equal(qbg_assessment_member_role(answer, ELENA, 0), "influencer");
    assert_int_equal(qbg_assessment_member_is_inferred(answer, ELENA), 1);
    qbg_assessment_free(answer);
}

static void without_a_persona_there_is_no_role(void **state) {
    world *at = *state;
    must(qbg_contact_set_title(at->olga, NULL));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_member_role_count(answer, OLGA), 0);
    assert_int_equal(qbg_assessment_member_is_inferred(answer, OLGA), 0);
    assert_string_equal(qbg_assessment_missing_role(answer, 0), "economic_buyer");
    qbg_assessment_free(answer);
}

static void a_persona_has_to_be_sure_enough(void **state) {
    world *at = *state;
    qbg_assessment *answer = assess(at, NOW);
    must(qbg_contact_set_title(at->olga, "Manager")); /* of what? */
    assert_true(qbg_contact_persona_confidence(at->olga) < 0.5);
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_int_equal(qbg_assessment_member_role_count(answer, OLGA), 0);
    must(qbg_policy_set_text(qbg_workspace_policy(at->workspace), "role_confidence", "0"));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_int_equal(qbg_assessment_member_is_inferred(answer, OLGA), 1);
    qbg_assessment_free(answer);
}

static void seats_name_their_people_by_key(void **state) {
    static const struct {
        const char *role, *person;
        int32_t wanted, is_required, seat_state;
    } seats[] = {{"economic_buyer", "olga", 1, 1, QBG_SEAT_ENGAGED},
                 {"decision_maker", "", 1, 1, QBG_SEAT_MISSING},
                 {"technical_evaluator", "sergey", 1, 1, QBG_SEAT_ENGAGED},
                 {"champion", "elena", 1, 0, QBG_SEAT_SUPPORTIVE},
                 {"business_evaluator", "", 1, 0, QBG_SEAT_MISSING},
                 {"end_user", "", 2, 0, QBG_SEAT_MISSING}};
    world *at = *state;
    must(qbg_member_set_stance(qbg_member_find(at->deal, at->elena), QBG_STANCE_SUPPORTER,
                               QBG_UNDATED, QBG_SOURCE_HOST));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_seat_count(answer), 6);
    for (uint32_t i = 0; i < 6; i++) {
        int32_t filled = seats[i].person[0] != '\0';
        assert_string_equal(qbg_assessment_seat_role(answer, i), seats[i].role);
        assert_int_equal(qbg_assessment_seat_wanted(answer, i), seats[i].wanted);
        assert_int_equal(qbg_assessment_seat_is_required(answer, i), seats[i].is_required);
        assert_int_equal(qbg_assessment_seat_state(answer, i), seats[i].seat_state);
        assert_int_equal(qbg_assessment_seat_filled(answer, i), filled);
        assert_int_equal(qbg_assessment_seat_person_count(answer, i), filled);
        assert_string_equal(qbg_assessment_seat_person(answer, i, 0), seats[i].person);
    }
    assert_true(qbg_assessment_coverage_supportive(answer) == 2.0 / 12.0);
    qbg_assessment_free(answer);
}

static void a_full_seat_names_the_first_by_key(void **state) {
    world *at = *state;
    must(qbg_opportunity_add_member(at->deal, at->olga, role(at, "end_user")));
    must(qbg_opportunity_add_member(at->deal, at->sergey, role(at, "end_user")));
    must(qbg_opportunity_add_member(at->deal, at->elena, role(at, "end_user")));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_seat_filled(answer, 5), 2);
    assert_int_equal(qbg_assessment_seat_person_count(answer, 5), 2);
    assert_string_equal(qbg_assessment_seat_person(answer, 5, 0), "elena");
    assert_string_equal(qbg_assessment_seat_person(answer, 5, 1), "olga");
    assert_true(qbg_assessment_completeness(answer) == 2.0 / 6.0);
    qbg_assessment_free(answer);
}

static void a_seat_is_dark_until_one_of_its_people_is_engaged(void **state) {
    world *at = *state;
    qbg_member *olga = qbg_member_find(at->deal, at->olga);
    must(qbg_member_set_stance(olga, QBG_STANCE_CHAMPION, QBG_UNDATED, QBG_SOURCE_HOST));
    must(qbg_member_set_participation(olga, QBG_PARTICIPATION_PASSIVE, QBG_UNDATED,
                                      QBG_SOURCE_HOST));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_seat_state(answer, 0), QBG_SEAT_DARK);
    qbg_assessment_free(answer);
}

static void only_present_members_are_listed(void **state) {
    world *at = *state;
    must(qbg_member_set_joined(qbg_member_find(at->deal, at->elena), NOW + 1));
    must(qbg_member_set_left(qbg_member_find(at->deal, at->olga), NOW));
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_member_count(answer), 1);
    assert_string_equal(qbg_assessment_member_contact(answer, 0), "sergey");
    must(qbg_member_set_status(qbg_member_find(at->deal, at->sergey), QBG_STATUS_DISMISSED, NOW,
                               QBG_SOURCE_HOST));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_int_equal(qbg_assessment_member_count(answer), 0);
    must(qbg_assessment_refill(answer, at->deal, NOW + 1));
    assert_string_equal(qbg_assessment_member_contact(answer, 0), "elena");
    qbg_assessment_free(answer);
}

/* Half for who has yet to join, nothing for who is gone. */
static void who_is_not_present_counts_half_or_not_at_all(void **state) {
    world *at = *state;
    must(qbg_member_set_left(qbg_member_find(at->deal, at->olga), NOW));
    must(qbg_member_set_status(qbg_member_find(at->deal, at->sergey), QBG_STATUS_LEFT, NOW,
                               QBG_SOURCE_HOST));
    qbg_assessment *answer = assess(at, NOW);
    double engagement = qbg_assessment_member_engagement(answer, 0);
    assert_true(qbg_assessment_intent(answer) == 1.0 - 1.0 * (1.0 - engagement));
    qbg_contact *ivan;
    must(qbg_contact_add(at->workspace, "ivan", at->daisy, NULL, NULL, &ivan));
    qbg_signal_clear(at->signal);
    must(qbg_signal_set_contact(at->signal, ivan));
    must(qbg_signal_set_opportunity(at->signal, at->deal));
    must(qbg_signal_set_kind(at->signal, "meeting"));
    must(qbg_signal_set_time(at->signal, NOW));
    must(qbg_record(at->workspace, at->signal, NULL, NULL));
    double elena = 1.0 - engagement, other = 1.0 - 0.5 * 0.5;
    double product = elena < other ? elena * other : other * elena;
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_true(qbg_assessment_intent(answer) == 1.0 - product);
    must(qbg_member_add(at->deal, ivan, NULL));
    must(qbg_member_set_joined(qbg_member_find(at->deal, ivan), NOW + 1));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_true(qbg_assessment_intent(answer) == 1.0 - product);
    qbg_assessment_free(answer);
}

/* ---- The host's words ---- */

static void the_hosts_word_replaces_the_label_and_keeps_the_points(void **state) {
    world *at = *state;
    qbg_member *olga = qbg_member_find(at->deal, at->olga);
    must(qbg_member_set_participation(olga, QBG_PARTICIPATION_PASSIVE, NOW, QBG_SOURCE_HOST));
    must(qbg_member_set_interest(olga, QBG_INTEREST_HIGH, NOW, QBG_SOURCE_HOST));
    qbg_assessment *before = assess(at, NOW - 1), *then = assess(at, NOW);
    assert_int_equal(qbg_assessment_member_participation(before, OLGA), QBG_PARTICIPATION_MODERATE);
    assert_int_equal(qbg_assessment_member_interest(before, OLGA), QBG_INTEREST_MEDIUM);
    assert_int_equal(qbg_assessment_member_participation(then, OLGA), QBG_PARTICIPATION_PASSIVE);
    assert_int_equal(qbg_assessment_member_interest(then, OLGA), QBG_INTEREST_HIGH);
    assert_int_equal(qbg_assessment_member_is_engaged(then, OLGA), 0);
    assert_int_equal(qbg_assessment_members_engaged(then), 2);
    assert_true(qbg_assessment_member_points_int(then, OLGA) ==
                qbg_assessment_member_points_int(before, OLGA));
    assert_true(qbg_assessment_intent(then) == qbg_assessment_intent(before));
    assert_true(qbg_assessment_coverage_engaged(then) == 4.0 / 12.0);
    qbg_assessment_free(before);
    qbg_assessment_free(then);
}

static void who_is_said_to_take_part_is_engaged(void **state) {
    world *at = *state;
    qbg_member *olga = qbg_member_find(at->deal, at->olga);
    int64_t before_all = time_of("2025-10-01");
    for (int32_t word = QBG_PARTICIPATION_ACTIVE; word <= QBG_PARTICIPATION_MODERATE; word++) {
        must(qbg_member_set_participation(olga, word, QBG_UNDATED, QBG_SOURCE_HOST));
        qbg_assessment *answer = assess(at, before_all);
        assert_int_equal(qbg_assessment_member_participation(answer, OLGA), word);
        assert_int_equal(qbg_assessment_member_is_engaged(answer, OLGA), 1);
        assert_int_equal(qbg_assessment_verdict(answer), QBG_VERDICT_SINGLE_THREADED);
        assert_true(qbg_assessment_member_points(answer, OLGA) == 0);
        assert_true(qbg_assessment_priority(answer) == 0);
        qbg_assessment_free(answer);
    }
    must(qbg_member_set_participation(olga, QBG_UNSET, QBG_UNDATED, QBG_SOURCE_HOST));
    qbg_assessment *answer = assess(at, before_all);
    assert_int_equal(qbg_assessment_member_is_engaged(answer, OLGA), 0);
    qbg_assessment_free(answer);
}

static void the_next_contact_is_the_earliest_of_the_present(void **state) {
    world *at = *state;
    qbg_assessment *answer = assess(at, NOW);
    assert_true(qbg_assessment_next_contact(answer) == QBG_UNDATED);
    must(qbg_member_set_next_contact(qbg_member_find(at->deal, at->sergey), NOW + 3 * DAY));
    must(qbg_member_set_next_contact(qbg_member_find(at->deal, at->elena), NOW + 2 * DAY));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_true(qbg_assessment_next_contact(answer) == NOW + 2 * DAY);
    must(qbg_member_set_left(qbg_member_find(at->deal, at->elena), NOW));
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_true(qbg_assessment_next_contact(answer) == NOW + 3 * DAY);
    qbg_assessment_free(answer);
}

static void a_stance_is_the_one_of_that_day(void **state) {
    world *at = *state;
    must(qbg_member_set_stance(qbg_member_find(at->deal, at->elena), QBG_STANCE_CHAMPION, NOW,
                               QBG_SOURCE_HOST));
    qbg_assessment *before = assess(at, NOW - 1), *then = assess(at, NOW);
    assert_int_equal(qbg_assessment_member_stance(before, ELENA), QBG_STANCE_UNKNOWN);
    assert_int_equal(qbg_assessment_member_stance(then, ELENA), QBG_STANCE_CHAMPION);
    qbg_assessment_free(before);
    qbg_assessment_free(then);
}

/* ---- The handle ---- */

static void a_warm_refill_allocates_nothing(void **state) {
    world *at = *state;
    qbg_assessment *answer = assess(at, NOW);
    must(qbg_assessment_refill(answer, at->deal, NOW));
    int64_t calls = at->memory.calls;
    for (int64_t i = 0; i < 5; i++) must(qbg_assessment_refill(answer, at->deal, NOW - i * DAY));
    assert_int_equal(at->memory.calls, calls);
    qbg_assessment_free(answer);
}

static void assert_is_the_story(const qbg_assessment *answer) {
    assert_string_equal(qbg_assessment_opportunity(answer), "daisy-hr");
    assert_true(qbg_assessment_as_of(answer) == NOW);
    assert_int_equal(qbg_assessment_members_engaged(answer), 3);
    assert_string_equal(qbg_assessment_member_name(answer, SERGEY), "Сергей Волков");
    assert_string_equal(qbg_assessment_seat_person(answer, 0, 0), "olga");
    assert_string_equal(qbg_assessment_missing_role(answer, 2), "end_user");
    assert_int_equal(qbg_assessment_criterion_count(answer), 12);
}

static void a_failing_refill_keeps_the_answer(void **state) {
    world *at = *state;
    qbg_assessment *answer = assess(at, NOW);
    assert_int_equal(qbg_assessment_refill(answer, at->deal, -1), QBG_E_RANGE);
    assert_is_the_story(answer);
    assert_int_equal(qbg_assessment_refill(answer, NULL, NOW), QBG_E_ARGUMENT);
    assert_is_the_story(answer);
    int32_t refused = 0;
    for (int64_t left = 0;; left++) {
        at->memory.left = left;
        qbg_status status = qbg_assessment_refill(answer, at->deal, NOW - 300 * DAY);
        at->memory.left = -1;
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_is_the_story(answer);
        refused++;
    }
    assert_true(refused > 0);
    assert_true(qbg_assessment_as_of(answer) == NOW - 300 * DAY);
    assert_int_equal(qbg_assessment_members_engaged(answer), 0);
    qbg_assessment_free(answer);
}

static void without_memory_there_is_no_assessment(void **state) {
    world *at = *state;
    for (int64_t left = 0;; left++) {
        qbg_assessment *answer = NULL;
        int64_t bytes = at->memory.bytes;
        at->memory.left = left;
        qbg_status status = qbg_assess(at->deal, NOW, &answer);
        at->memory.left = -1;
        if (status == QBG_OK) {
            assert_true(left > 0);
            assert_is_the_story(answer);
            qbg_assessment_free(answer);
            return;
        }
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(answer);
        assert_int_equal(at->memory.bytes, bytes);
    }
}

static void an_assessment_outlives_the_workspace(void **state) {
    world *at = *state;
    qbg_assessment *answer = assess(at, NOW);
    end_workspace(at);
    assert_is_the_story(answer);
    assert_string_equal(qbg_assessment_criterion_reason(answer, 0), "passed");
    qbg_assessment_free(answer);
}

static void a_handle_may_be_filled_from_another_workspace(void **state) {
    world *at = *state;
    qbg_workspace *other;
    qbg_account *account;
    qbg_solution *solution;
    qbg_opportunity *deal;
    qbg_assessment *answer = assess(at, NOW);
    must(qbg_workspace_new(NULL, &other));
    must(qbg_account_add(other, "acme", NULL, &account));
    must(qbg_solution_add(other, "erp", NULL, NULL, &solution));
    must(qbg_opportunity_add(other, "acme-erp", account, solution, QBG_UNDATED, &deal));
    must(qbg_assessment_refill(answer, deal, NOW));
    qbg_workspace_free(other);
    assert_string_equal(qbg_assessment_opportunity(answer), "acme-erp");
    assert_int_equal(qbg_assessment_member_count(answer), 0);
    assert_int_equal(qbg_assessment_missing_count(answer), 6);
    must(qbg_assessment_refill(answer, at->deal, NOW));
    assert_is_the_story(answer);
    qbg_assessment_free(answer);
}

static void assert_ends(const qbg_assessment *answer, uint32_t end) {
    assert_string_equal(qbg_assessment_seat_role(answer, end), "");
    assert_int_equal(qbg_assessment_seat_state(answer, end), QBG_UNSET);
    assert_int_equal(qbg_assessment_seat_filled(answer, end), 0);
    assert_int_equal(qbg_assessment_seat_wanted(answer, end), 0);
    assert_int_equal(qbg_assessment_seat_is_required(answer, end), 0);
    assert_int_equal(qbg_assessment_seat_person_count(answer, end), 0);
    assert_string_equal(qbg_assessment_seat_person(answer, end, 0), "");
    assert_string_equal(qbg_assessment_seat_person(answer, 0, end), "");
    assert_string_equal(qbg_assessment_missing_role(answer, end), "");
    assert_int_equal(qbg_assessment_criterion(answer, end), QBG_UNSET);
    assert_int_equal(qbg_assessment_criterion_mode(answer, end), QBG_UNSET);
    assert_int_equal(qbg_assessment_criterion_passes(answer, end), 0);
    assert_int_equal(qbg_assessment_criterion_holds(answer, end), 0);
    assert_int_equal(qbg_assessment_criterion_has_actual(answer, end), 0);
    assert_true(qbg_assessment_criterion_actual(answer, end) == 0);
    assert_int_equal(qbg_assessment_criterion_has_threshold(answer, end), 0);
    assert_true(qbg_assessment_criterion_threshold(answer, end) == 0);
    assert_string_equal(qbg_assessment_criterion_reason(answer, end), "");
    assert_string_equal(qbg_assessment_member_contact(answer, end), "");
    assert_string_equal(qbg_assessment_member_name(answer, end), "");
    assert_int_equal(qbg_assessment_member_role_count(answer, end), 0);
    assert_string_equal(qbg_assessment_member_role(answer, end, 0), "");
    assert_string_equal(qbg_assessment_member_role(answer, 0, end), "");
    assert_int_equal(qbg_assessment_member_is_inferred(answer, end), 0);
    assert_true(qbg_assessment_member_points_int(answer, end) == 0);
    assert_true(qbg_assessment_member_points(answer, end) == 0);
    assert_true(qbg_assessment_member_engagement(answer, end) == 0);
    assert_int_equal(qbg_assessment_member_is_engaged(answer, end), 0);
    assert_int_equal(qbg_assessment_member_participation(answer, end), QBG_UNSET);
    assert_int_equal(qbg_assessment_member_interest(answer, end), QBG_UNSET);
    assert_int_equal(qbg_assessment_member_stance(answer, end), QBG_UNSET);
    assert_true(qbg_assessment_member_last_signal(answer, end) == QBG_UNDATED);
}

static void past_the_end_there_is_nothing(void **state) {
    qbg_assessment *answer = assess(*state, NOW);
    assert_ends(answer, 12);
    assert_ends(answer, QBG_NONE);
    qbg_assessment_free(answer);
}

static void no_assessment_says_nothing(void **state) {
    (void)state;
    assert_ends(NULL, 0);
    assert_string_equal(qbg_assessment_opportunity(NULL), "");
    assert_string_equal(qbg_assessment_account(NULL), "");
    assert_string_equal(qbg_assessment_solution(NULL), "");
    assert_int_equal(qbg_assessment_seat_count(NULL), 0);
    assert_int_equal(qbg_assessment_member_count(NULL), 0);
    assert_int_equal(qbg_assessment_missing_count(NULL), 0);
    assert_int_equal(qbg_assessment_criterion_count(NULL), 0);
    assert_true(qbg_assessment_priority(NULL) == 0);
    qbg_assessment_free(NULL);
}

static void misuse_is_refused(void **state) {
    world *at = *state;
    qbg_assessment *answer = NULL;
    assert_int_equal(qbg_assess(NULL, NOW, &answer), QBG_E_ARGUMENT);
    assert_int_equal(qbg_assess(at->deal, NOW, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_assess(at->deal, -1, &answer), QBG_E_RANGE);
    assert_int_equal(qbg_assess(at->deal, INT64_C(7258118400), &answer), QBG_E_RANGE);
    assert_int_equal(qbg_assess(at->deal, QBG_UNDATED, &answer), QBG_E_RANGE);
    assert_int_equal(qbg_assessment_refill(NULL, at->deal, NOW), QBG_E_ARGUMENT);
    assert_null(answer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(three_small_leads_are_a_buying_group),
        TEST(intent_and_priority_follow_from_the_ledgers),
        TEST(the_roles_that_nobody_has_are_missing),
        TEST(before_the_first_signal_the_group_is_silent),
        TEST(titles_say_who_plays_which_part),
        TEST(an_asserted_role_replaces_the_inferred_one),
        TEST(a_persona_that_fits_no_seat_is_an_influencer),
        TEST(without_a_persona_there_is_no_role),
        TEST(a_persona_has_to_be_sure_enough),
        TEST(seats_name_their_people_by_key),
        TEST(a_full_seat_names_the_first_by_key),
        TEST(a_seat_is_dark_until_one_of_its_people_is_engaged),
        TEST(only_present_members_are_listed),
        TEST(who_is_not_present_counts_half_or_not_at_all),
        TEST(the_hosts_word_replaces_the_label_and_keeps_the_points),
        TEST(who_is_said_to_take_part_is_engaged),
        TEST(the_next_contact_is_the_earliest_of_the_present),
        TEST(a_stance_is_the_one_of_that_day),
        TEST(a_warm_refill_allocates_nothing),
        TEST(a_failing_refill_keeps_the_answer),
        TEST(without_memory_there_is_no_assessment),
        TEST(an_assessment_outlives_the_workspace),
        TEST(a_handle_may_be_filled_from_another_workspace),
        TEST(past_the_end_there_is_nothing),
        TEST(no_assessment_says_nothing),
        TEST(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
