/* path_test: the path to qualified as a host sees it: what is told of each step, why there is none,
 * that taking the steps for real qualifies the group, and what a handle promises. */
#include "fixture.h"

#include <math.h>
#include <stdio.h>

#define NOW (NOON + 1)

/* A deal on the template `standard`. */
typedef struct story {
    host memory;
    qbg_workspace *workspace;
    qbg_opportunity *deal;
} story;

static qbg_contact *add_person(story *at, const char *key, const char *name, const char *role) {
    qbg_contact *contact = add_contact(at->workspace, key, NULL);
    if (name) OK(qbg_contact_set_name(contact, name));
    OK(qbg_opportunity_add_member(at->deal, contact, qbg_role_find(at->workspace, role)));
    return contact;
}

static void see(const story *at, qbg_contact *contact, const char *kind, int64_t days_ago) {
    tell(at->workspace, (act){.time = NOW - days_ago * DAY,
                              .kind = kind,
                              .contact = contact,
                              .opportunity = at->deal});
}

static qbg_contact *person(const story *at, const char *key) {
    return qbg_contact_find(at->workspace, key);
}

/* A buyer and a decision maker, who were active long ago, and an evaluator, who is. */
static int set_up_story(void **state) {
    story *at = calloc(1, sizeof *at);
    if (!at) return 1;
    at->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&at->memory);
    OK(qbg_workspace_new(&allocator, &at->workspace));
    at->deal = add_opportunity(at->workspace, "deal", add_account(at->workspace, "acme"),
                               add_solution(at->workspace, "erp"), QBG_UNDATED);
    see(at, add_person(at, "anna", "Анна", "economic_buyer"), "meeting", 100);
    see(at, add_person(at, "boris", NULL, "decision_maker"), "content_download", 90);
    see(at, add_person(at, "clara", "Clara", "technical_evaluator"), "meeting", 3);
    *state = at;
    return 0;
}

static int tear_down_story(void **state) {
    story *at = *state;
    qbg_workspace_free(at->workspace);
    int is_clean = at->memory.bytes == 0 && !at->memory.is_misused;
    if (!is_clean) print_error("%zu bytes leaked\n", at->memory.bytes);
    free(at);
    return is_clean ? 0 : 1;
}

static void set_policy(const story *at, const char *key, const char *value) {
    OK(qbg_policy_set_text(qbg_workspace_policy(at->workspace), key, value));
}

static qbg_path *find(const story *at) {
    qbg_path *path = NULL;
    OK(qbg_path_find(at->deal, NOW, &path));
    return path;
}

static double priority_of(const qbg_opportunity *deal, int64_t as_of_s, int32_t *out_verdict) {
    qbg_assessment *group = NULL;
    OK(qbg_assess(deal, as_of_s, &group));
    double priority = qbg_assessment_priority(group);
    if (out_verdict) *out_verdict = qbg_assessment_verdict(group);
    qbg_assessment_free(group);
    return priority;
}

/* ---- The story ---- */

static void each_step_is_told_with_its_gain(void **state) {
    story *at = *state;
    set_policy(at, "min_members_identified", "4");
    set_policy(at, "min_members_engaged", "3");
    set_policy(at, "min_coverage_engaged", "0.8");
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_exists(path), 1);
    assert_int_equal(qbg_path_is_exact(path), 1);
    assert_int_equal(qbg_path_is_qualified_already(path), 0);
    assert_int_equal(qbg_path_step_limit(path), 6);
    assert_string_equal(qbg_path_opportunity(path), "deal");
    assert_true(qbg_path_as_of(path) == NOW);
    assert_int_equal(qbg_path_unmet_count(path), 0);
    double before = priority_of(at->deal, NOW, NULL);
    assert_true(qbg_path_priority_before(path) == before);
    uint32_t count = qbg_path_step_count(path);
    assert_int_equal(count, 3);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(qbg_path_step_gain(path, i) == qbg_path_step_priority(path, i) - before);
        assert_true(qbg_path_step_gain(path, i) > 0);
        before = qbg_path_step_priority(path, i);
        int is_new = qbg_path_step_kind(path, i) == QBG_STEP_IDENTIFY;
        assert_int_equal(is_new, *qbg_path_step_role(path, i) != '\0');
        assert_int_equal(is_new, *qbg_path_step_contact(path, i) == '\0');
    }
    assert_true(qbg_path_priority_after(path) == before);
    qbg_path_free(path);
}

static void who_is_quiet_is_contacted_again(void **state) {
    story *at = *state;
    set_policy(at, "min_members_identified", "0");
    set_policy(at, "min_members_engaged", "0");
    set_policy(at, "min_coverage_engaged", "0");
    set_policy(at, "min_intent", "0");
    set_policy(at, "max_silence_days", "2");
    set_policy(at, "coverage_floor", "0");
    set_policy(at, "half_engagement_points", "0.001");
    for (int i = 0; i < 40; i++) see(at, person(at, "clara"), "meeting", 3);
    for (int i = 0; i < 5; i++) {
        char key[] = {'d', (char)('0' + i), '\0'};
        see(at, add_person(at, key, NULL, qbg_role_key(qbg_role_at(at->workspace, 3))), "meeting",
            3);
    }
    see(at, person(at, "anna"), "meeting", 3);
    see(at, person(at, "boris"), "meeting", 3);
    see(at, add_person(at, "eva", "Ева", "business_evaluator"), "meeting", 3);
    see(at, add_person(at, "fedor", NULL, "end_user"), "meeting", 3);
    see(at, add_person(at, "gleb", NULL, "end_user"), "meeting", 3);
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_step_count(path), 1);
    assert_int_equal(qbg_path_step_kind(path, 0), QBG_STEP_RECONTACT);
    assert_true(qbg_path_step_gain(path, 0) == 0);
    qbg_path_free(path);
}

static void a_qualified_group_needs_no_step(void **state) {
    story *at = *state;
    see(at, person(at, "anna"), "meeting", 1);
    see(at, person(at, "boris"), "meeting", 1);
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_exists(path), 1);
    assert_int_equal(qbg_path_is_qualified_already(path), 1);
    assert_int_equal(qbg_path_step_count(path), 0);
    assert_true(qbg_path_priority_after(path) == qbg_path_priority_before(path));
    assert_int_equal(qbg_path_unmet_count(path), 0);
    qbg_path_free(path);
}

static void what_no_step_can_supply_is_told(void **state) {
    story *at = *state;
    set_policy(at, "mode.budget", "required");
    set_policy(at, "mode.fit", "required");
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_exists(path), 0);
    assert_int_equal(qbg_path_is_qualified_already(path), 0);
    assert_int_equal(qbg_path_is_exact(path), 1);
    assert_int_equal(qbg_path_step_count(path), 0);
    assert_int_equal(qbg_path_unmet_count(path), 2);
    assert_int_equal(qbg_path_unmet_criterion(path, 0), QBG_CRITERION_BUDGET);
    assert_int_equal(qbg_path_unmet_criterion(path, 1), QBG_CRITERION_FIT);
    assert_int_equal(qbg_path_unmet_criterion(path, 2), QBG_UNSET);
    assert_true(qbg_path_priority_after(path) == qbg_path_priority_before(path));
    qbg_path_free(path);
    OK(qbg_opportunity_set_answer(at->deal, QBG_CRITERION_BUDGET, QBG_ANSWER_YES, QBG_UNDATED,
                                  QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_fit(at->deal, 1.0, QBG_UNDATED, QBG_SOURCE_HOST));
    path = find(at);
    assert_int_equal(qbg_path_exists(path), 1);
    qbg_path_free(path);
}

static void too_few_steps_are_told_by_criterion(void **state) {
    story *at = *state;
    set_policy(at, "path_steps", "1");
    set_policy(at, "min_members_identified", "5");
    set_policy(at, "min_coverage_engaged", "1");
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_exists(path), 0);
    assert_int_equal(qbg_path_step_limit(path), 1);
    assert_int_equal(qbg_path_unmet_count(path), 2);
    assert_int_equal(qbg_path_unmet_criterion(path, 0), QBG_CRITERION_MEMBERS_IDENTIFIED);
    assert_int_equal(qbg_path_unmet_criterion(path, 1), QBG_CRITERION_COVERAGE_ENGAGED);
    qbg_path_free(path);
}

/* Two more people are needed, and 8 more of 12 in the coverage: with Dora, who holds two seats, 6
 * in one step, but then there is only one for new people. */
static void each_alone_is_no_path_for_all(void **state) {
    story *at = *state;
    set_policy(at, "path_steps", "2");
    qbg_workspace *workspace = at->workspace;
    qbg_contact *both = add_contact(workspace, "dora", NULL);
    OK(qbg_opportunity_add_member(at->deal, both, qbg_role_find(workspace, "economic_buyer")));
    OK(qbg_opportunity_add_member(at->deal, both, qbg_role_find(workspace, "decision_maker")));
    set_policy(at, "min_members_identified", "6");
    set_policy(at, "min_coverage_engaged", "0.8");
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_exists(path), 0);
    assert_int_equal(qbg_path_unmet_count(path), 0);
    qbg_path_free(path);
    set_policy(at, "path_steps", "3");
    path = find(at);
    assert_int_equal(qbg_path_exists(path), 1);
    qbg_path_free(path);
}

static void hysteresis_makes_the_path_shorter(void **state) {
    story *at = *state;
    set_policy(at, "min_members_identified", "4");
    see(at, person(at, "anna"), "meeting", 1);
    see(at, person(at, "boris"), "meeting", 1);
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_step_count(path), 1);
    qbg_path_free(path);
    set_policy(at, "hysteresis", "0.75");
    OK(qbg_opportunity_set_verdict(at->deal, QBG_VERDICT_QUALIFIED, NOW - DAY, QBG_SOURCE_HOST));
    path = find(at);
    assert_int_equal(qbg_path_is_qualified_already(path), 1);
    qbg_path_free(path);
}

/* A host's word stands: approaching Anna makes her no engaged buyer. */
static void a_passive_member_stays_passive(void **state) {
    story *at = *state;
    set_policy(at, "min_members_engaged", "3");
    set_policy(at, "path_steps", "2");
    OK(qbg_member_set_participation(qbg_member_find(at->deal, person(at, "anna")),
                                    QBG_PARTICIPATION_PASSIVE, QBG_UNDATED, QBG_SOURCE_HOST));
    qbg_path *path = find(at);
    assert_int_equal(qbg_path_step_count(path), 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_string_not_equal(qbg_path_step_contact(path, i), "anna");
    qbg_path_free(path);
}

static void the_table_has_the_steps(void **state) {
    story *at = *state;
    set_policy(at, "min_members_engaged", "4");
    qbg_path *path = find(at);
    qbg_table *table = NULL;
    OK(qbg_path_table(path, &table));
    assert_true(qbg_table_row_count(table) == qbg_path_step_count(path));
    assert_int_equal(qbg_table_column_count(table), 8);
    for (uint32_t i = 0; i < qbg_path_step_count(path); i++) {
        int is_new = qbg_path_step_kind(path, i) == QBG_STEP_IDENTIFY;
        assert_true(qbg_table_int64_at(table, 0, i) == (int64_t)i + 1);
        assert_int_equal(qbg_table_is_null(table, qbg_table_column_find(table, "contact"), i),
                         is_new);
        assert_int_equal(qbg_table_is_null(table, qbg_table_column_find(table, "role"), i),
                         !is_new);
        assert_true(qbg_table_double_at(table, qbg_table_column_find(table, "priority"), i) ==
                    qbg_path_step_priority(path, i));
        assert_true(qbg_table_double_at(table, qbg_table_column_find(table, "gain"), i) ==
                    qbg_path_step_gain(path, i));
        const char *kind = qbg_word_key(QBG_WORDS_PATH_STEP, qbg_path_step_kind(path, i));
        int64_t size = 0;
        const char *text = qbg_table_text_at(table, 1, i, &size);
        assert_int_equal(size, strlen(kind));
        assert_memory_equal(text, kind, (size_t)size);
    }
    qbg_table_free(table);
    qbg_path_free(path);
}

/* ---- Taking the steps for real ---- */

static uint32_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

/* A kind of signal worth so much. */
static const char *kind_worth(qbg_workspace *workspace, int64_t milli, char key[24]) {
    snprintf(key, 24, "worth-%lld", (long long)milli);
    OK(qbg_kind_put(workspace, key, QBG_CATEGORY_NAMED, milli, 0, NULL, NULL));
    return key;
}

/* The points of a member, exactly. */
static int64_t points_of(const qbg_opportunity *deal, const char *contact) {
    int64_t points = 0;
    qbg_assessment *group = NULL;
    OK(qbg_assess(deal, NOW, &group));
    for (uint32_t i = 0; i < qbg_assessment_member_count(group); i++)
        if (strcmp(qbg_assessment_member_contact(group, i), contact) == 0)
            points = qbg_assessment_member_points_int(group, i);
    qbg_assessment_free(group);
    return points;
}

/* Takes a step in the workspace; 1 when the points come out exactly as the path has them. */
static int take(const story *at, const qbg_path *path, uint32_t step) {
    char key[24], kind[24];
    int64_t lacking = INT64_C(10000) << 24;
    qbg_contact *contact = person(at, qbg_path_step_contact(path, step));
    if (contact) {
        lacking -= points_of(at->deal, qbg_contact_key(contact));
    } else {
        snprintf(key, sizeof key, "new-%u", (unsigned)step);
        contact = add_contact(at->workspace, key, NULL);
        OK(qbg_opportunity_add_member(
            at->deal, contact, qbg_role_find(at->workspace, qbg_path_step_role(path, step))));
    }
    int64_t milli = lacking <= 0 ? 1 : (lacking + (1 << 24) - 1) / (1 << 24);
    see(at, contact, kind_worth(at->workspace, milli, kind), 0);
    return lacking == milli * (1 << 24);
}

static void draw_members(story *at, uint64_t *seed) {
    static const char *const kinds[] = {"page_view", "content_download", "meeting", "unsubscribe"};
    static const char *const roles[] = {"economic_buyer", "decision_maker", "champion", "end_user",
                                        "technical_evaluator"};
    for (uint32_t i = next(seed) % 6; i > 0; i--) {
        char key[] = {'m', (char)('0' + i), '\0'};
        qbg_contact *contact = add_person(at, key, NULL, roles[next(seed) % 5]);
        for (uint32_t j = next(seed) % 3; j > 0; j--)
            see(at, contact, kinds[next(seed) % 4], next(seed) % 90);
        if (next(seed) % 4 == 0)
            OK(qbg_member_set_participation(qbg_member_find(at->deal, contact),
                                            (int32_t)(next(seed) % 3), QBG_UNDATED,
                                            QBG_SOURCE_HOST));
    }
}

/* One random group: the steps of its path are taken. Returns 1 when all came out exactly. */
static int take_a_path(story *at, uint64_t *seed) {
    char value[16];
    int is_exact = 1;
    draw_members(at, seed);
    snprintf(value, sizeof value, "0.%u", (unsigned)(next(seed) % 10));
    set_policy(at, "min_coverage_engaged", value);
    snprintf(value, sizeof value, "%u", (unsigned)(next(seed) % 8));
    set_policy(at, "min_members_engaged", value);
    qbg_path *path = find(at);
    for (uint32_t i = 0; i < qbg_path_step_count(path); i++) is_exact &= take(at, path, i);
    int32_t verdict = QBG_UNSET;
    double priority = priority_of(at->deal, NOW, &verdict);
    assert_int_equal(verdict == QBG_VERDICT_QUALIFIED, qbg_path_exists(path));
    if (is_exact) assert_true(priority == qbg_path_priority_after(path));
    assert_true(fabs(priority - qbg_path_priority_after(path)) < 0.01);
    is_exact = is_exact && qbg_path_step_count(path) > 0;
    qbg_path_free(path);
    return is_exact;
}

static void steps_that_are_taken_qualify_the_group(void **state) {
    int exact = 0;
    (void)state;
    for (uint64_t i = 1; i <= 300; i++) {
        uint64_t seed = i * 104729;
        void *fresh = NULL;
        assert_int_equal(set_up_story(&fresh), 0);
        exact += take_a_path(fresh, &seed);
        assert_int_equal(tear_down_story(&fresh), 0);
    }
    assert_true(exact > 50);
}

/* ---- The handle ---- */

static void assert_is_the_path(const qbg_path *path) {
    assert_string_equal(qbg_path_opportunity(path), "deal");
    assert_int_equal(qbg_path_step_count(path), 2);
    assert_int_equal(qbg_path_exists(path), 1);
}

static void without_memory_there_is_no_path(void **state) {
    story *at = *state;
    for (long left = 0;; left++) {
        qbg_path *path = NULL;
        size_t bytes = at->memory.bytes;
        refuse(&at->memory, left);
        qbg_status status = qbg_path_find(at->deal, NOW, &path);
        at->memory.refuses = NEVER;
        if (status == QBG_OK) {
            assert_true(left > 8);
            assert_is_the_path(path);
            qbg_path_free(path);
            return;
        }
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(path);
        assert_int_equal(at->memory.bytes, bytes);
    }
}

static void without_memory_there_is_no_table(void **state) {
    story *at = *state;
    qbg_path *path = find(at);
    for (long left = 0;; left++) {
        qbg_table *table = NULL;
        size_t bytes = at->memory.bytes;
        refuse(&at->memory, left);
        qbg_status status = qbg_path_table(path, &table);
        at->memory.refuses = NEVER;
        if (status == QBG_OK) {
            assert_true(left > 3);
            qbg_table_free(table);
            break;
        }
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(table);
        assert_int_equal(at->memory.bytes, bytes);
    }
    qbg_path_free(path);
}

static void a_path_outlives_the_workspace(void **state) {
    story *at = *state;
    qbg_path *path = find(at);
    qbg_workspace_free(at->workspace);
    at->workspace = NULL;
    assert_is_the_path(path);
    qbg_table *table = NULL;
    OK(qbg_path_table(path, &table));
    qbg_path_free(path);
    assert_true(qbg_table_row_count(table) == 2);
    qbg_table_free(table);
}

static void assert_ends(const qbg_path *path, uint32_t end) {
    assert_int_equal(qbg_path_step_kind(path, end), QBG_UNSET);
    assert_string_equal(qbg_path_step_role(path, end), "");
    assert_string_equal(qbg_path_step_contact(path, end), "");
    assert_string_equal(qbg_path_step_name(path, end), "");
    assert_true(qbg_path_step_priority(path, end) == 0);
    assert_true(qbg_path_step_gain(path, end) == 0);
    assert_int_equal(qbg_path_unmet_criterion(path, end), QBG_UNSET);
}

static void past_the_end_there_is_nothing(void **state) {
    qbg_path *path = find(*state);
    assert_ends(path, 2);
    assert_ends(path, QBG_NONE);
    qbg_path_free(path);
}

static void no_path_says_nothing(void **state) {
    (void)state;
    assert_ends(NULL, 0);
    assert_string_equal(qbg_path_opportunity(NULL), "");
    assert_true(qbg_path_as_of(NULL) == QBG_UNDATED);
    assert_int_equal(qbg_path_step_limit(NULL), 0);
    assert_int_equal(qbg_path_exists(NULL), 0);
    assert_int_equal(qbg_path_is_qualified_already(NULL), 0);
    assert_int_equal(qbg_path_is_exact(NULL), 0);
    assert_int_equal(qbg_path_step_count(NULL), 0);
    assert_int_equal(qbg_path_unmet_count(NULL), 0);
    assert_true(qbg_path_priority_before(NULL) == 0);
    assert_true(qbg_path_priority_after(NULL) == 0);
    qbg_path_free(NULL);
}

static void misuse_is_refused(void **state) {
    story *at = *state;
    qbg_path *path = NULL;
    qbg_table *table = NULL;
    assert_int_equal(qbg_path_find(NULL, NOW, &path), QBG_E_ARGUMENT);
    assert_int_equal(qbg_path_find(at->deal, NOW, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_path_find(at->deal, -1, &path), QBG_E_RANGE);
    assert_int_equal(qbg_path_find(at->deal, LAST + 1, &path), QBG_E_RANGE);
    assert_int_equal(qbg_path_find(at->deal, QBG_UNDATED, &path), QBG_E_RANGE);
    assert_null(path);
    assert_int_equal(qbg_path_table(NULL, &table), QBG_E_ARGUMENT);
    path = find(at);
    assert_int_equal(qbg_path_table(path, NULL), QBG_E_ARGUMENT);
    qbg_path_free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_story, tear_down_story)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_step_is_told_with_its_gain),
        TEST(who_is_quiet_is_contacted_again),
        TEST(a_qualified_group_needs_no_step),
        TEST(what_no_step_can_supply_is_told),
        TEST(too_few_steps_are_told_by_criterion),
        TEST(each_alone_is_no_path_for_all),
        TEST(hysteresis_makes_the_path_shorter),
        TEST(a_passive_member_stays_passive),
        TEST(the_table_has_the_steps),
        cmocka_unit_test(steps_that_are_taken_qualify_the_group),
        TEST(without_memory_there_is_no_path),
        TEST(without_memory_there_is_no_table),
        TEST(a_path_outlives_the_workspace),
        TEST(past_the_end_there_is_nothing),
        cmocka_unit_test(no_path_says_nothing),
        TEST(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
