/* policy: section 9 of the model, every parameter with its default and range. */
#include "fixture.h"

#include "model/policy.h"
#include "model/workspace.h"

typedef struct parameter {
    const char *key, *unit;
    int64_t value, min, max, step; /* thousandths */
} parameter;

static const parameter fixed[] = {
    {"half_life_days", "days", 30000, 1000, 365000, 1000},
    {"half_engagement_points", "points", 20000, 1, 1000000, 1},
    {"engaged_points", "points", 2500, 0, 100000000, 1},
    {"active_points", "points", 10000, 0, 100000000, 1},
    {"coverage_floor", "ratio", 250, 0, 1000, 1},
    {"unassigned_discount", "ratio", 500, 0, 1000, 1},
    {"anonymous_discount", "ratio", 500, 0, 1000, 1},
    {"third_party_discount", "ratio", 500, 0, 1000, 1},
    {"role_confidence", "ratio", 500, 0, 1000, 1},
    {"min_members_identified", "people", 3000, 0, 1000000, 1000},
    {"min_members_engaged", "people", 2000, 0, 1000000, 1000},
    {"min_coverage_engaged", "ratio", 500, 0, 1000, 1},
    {"min_intent", "ratio", 500, 0, 1000, 1},
    {"min_fit", "ratio", 500, 0, 1000, 1},
    {"max_silence_days", "days", 30000, 0, 3650000, 1000},
    {"path_steps", "steps", 6000, 1000, 8000, 1000},
    {"hysteresis", "ratio", 800, 0, 1000, 1},
    {"route_lookback_days", "days", 90000, 0, 3650000, 1000},
    {"role_margin", "ratio", 100, 0, 1000, 1},
    {"trust_crm", "ratio", 900, 0, 1000, 1},
    {"trust_title", "ratio", 600, 0, 1000, 1},
    {"trust_vendor", "ratio", 500, 0, 1000, 1},
    {"trust_behaviour", "ratio", 300, 0, 499, 1},
    {"formation_window_days", "days", 21000, 1000, 365000, 1000},
    {"formation_history_days", "days", 365000, 30000, 3650000, 1000},
    {"formation_quiet_days", "days", 90000, 1000, 3650000, 1000},
    {"formation_people", "people", 3000, 1000, 1000000, 1000},
    {"formation_departments", "departments", 0, 0, 13000, 1000},
    {"formation_points", "points", 1000, 1, 1000000, 1},
    {"formation_false_alarms", "alarms", 1000, 1, 1000000, 1},
    {"automation", "degree", 0, 0, 2000, 1000},
    {"automation_confidence", "ratio", 800, 0, 1000, 1},
    {"mode.members_identified", "mode", 2000, 0, 2000, 1000},
    {"mode.members_engaged", "mode", 2000, 0, 2000, 1000},
    {"mode.required_seats", "mode", 2000, 0, 2000, 1000},
    {"mode.coverage_engaged", "mode", 2000, 0, 2000, 1000},
    {"mode.intent", "mode", 2000, 0, 2000, 1000},
    {"mode.recency", "mode", 2000, 0, 2000, 1000},
    {"mode.need_validated", "mode", 1000, 0, 2000, 1000},
    {"mode.budget", "mode", 1000, 0, 2000, 1000},
    {"mode.authority", "mode", 1000, 0, 2000, 1000},
    {"mode.timeline", "mode", 1000, 0, 2000, 1000},
    {"mode.fit", "mode", 1000, 0, 2000, 1000},
    {"mode.no_open_blocker", "mode", 1000, 0, 2000, 1000},
};

#define FIXED ((int32_t)(sizeof fixed / sizeof fixed[0]))

static qbg_policy *policy_of(void **state) { return qbg_workspace_policy(workspace_of(state)); }

static int64_t value(const qbg_policy *policy, const char *key) {
    return qbg_policy_value_milli(policy, qbg_policy_find(policy, key));
}

static void every_parameter_has_its_default_and_range(void **state) {
    const qbg_policy *policy = policy_of(state);
    for (int32_t i = 0; i < FIXED; i++) {
        assert_string_equal(qbg_policy_key(policy, i), fixed[i].key);
        assert_int_equal(qbg_policy_find(policy, fixed[i].key), i);
        assert_string_equal(qbg_policy_unit(policy, i), fixed[i].unit);
        assert_int_equal(qbg_policy_value_milli(policy, i), fixed[i].value);
        assert_int_equal(qbg_policy_default_milli(policy, i), fixed[i].value);
        assert_int_equal(qbg_policy_min_milli(policy, i), fixed[i].min);
        assert_int_equal(qbg_policy_max_milli(policy, i), fixed[i].max);
        assert_int_equal(qbg_policy_step_milli(policy, i), fixed[i].step);
    }
}

static void every_kind_has_a_parameter_behind_the_fixed_ones(void **state) {
    const qbg_policy *policy = policy_of(state);
    const qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_policy_count(policy), FIXED + (int32_t)qbg_kind_count(workspace));
    for (uint32_t i = 0; i < qbg_kind_count(workspace); i++) {
        const qbg_kind *kind = qbg_kind_at(workspace, i);
        int32_t at = FIXED + (int32_t)i;
        const char *key = qbg_policy_key(policy, at);
        assert_int_equal(strncmp(key, "points.", 7), 0);
        assert_string_equal(key + 7, qbg_kind_key(kind));
        assert_int_equal(qbg_policy_find(policy, key), at);
        assert_string_equal(qbg_policy_unit(policy, at), "points");
        assert_int_equal(qbg_policy_value_milli(policy, at), qbg_kind_points_milli(kind));
        assert_int_equal(qbg_policy_default_milli(policy, at), qbg_kind_points_milli(kind));
        assert_int_equal(qbg_policy_min_milli(policy, at), -1000000);
        assert_int_equal(qbg_policy_max_milli(policy, at), 1000000);
        assert_int_equal(qbg_policy_step_milli(policy, at), 1);
    }
}

static void every_parameter_says_what_it_means_in_two_languages(void **state) {
    const qbg_policy *policy = policy_of(state);
    for (int32_t i = 0; i < qbg_policy_count(policy); i++) {
        const char *en = qbg_policy_label(policy, i, "en"), *ru = qbg_policy_label(policy, i, "ru");
        assert_string_not_equal(en, "");
        assert_string_not_equal(ru, "");
        assert_string_not_equal(en, ru);
        assert_string_equal(qbg_policy_label(policy, i, NULL), en);
        assert_string_equal(qbg_policy_label(policy, i, "fr"), en);
    }
}

static void both_ends_of_a_range_are_inside(void **state) {
    qbg_policy *policy = policy_of(state);
    for (int32_t i = 0; i < FIXED; i++) {
        OK(qbg_policy_set_milli(policy, fixed[i].key, fixed[i].max));
        assert_int_equal(value(policy, fixed[i].key), fixed[i].max);
        OK(qbg_policy_set_milli(policy, fixed[i].key, fixed[i].min));
        assert_int_equal(value(policy, fixed[i].key), fixed[i].min);
        assert_int_equal(qbg_policy_default_milli(policy, i), fixed[i].value);
    }
}

static void beyond_a_range_or_between_steps_is_refused(void **state) {
    qbg_policy *policy = policy_of(state);
    for (int32_t i = 0; i < FIXED; i++) {
        const int64_t bad[] = {fixed[i].min - 1,    fixed[i].min - 1000, fixed[i].max + 1,
                               fixed[i].max + 1000, INT64_MIN,           INT64_MAX};
        for (size_t j = 0; j < sizeof bad / sizeof bad[0]; j++)
            assert_int_equal(qbg_policy_set_milli(policy, fixed[i].key, bad[j]), QBG_E_RANGE);
        if (fixed[i].step > 1)
            assert_int_equal(qbg_policy_set_milli(policy, fixed[i].key, fixed[i].min + 500),
                             QBG_E_RANGE);
        assert_int_equal(value(policy, fixed[i].key), fixed[i].value);
    }
}

static void unknown_parameters_are_not_found(void **state) {
    static const char *const keys[] = {"",      "half_life",      "Half_life_days", "points.",
                                       "mode.", "points.nothing", "mode.nothing",   "points"};
    qbg_policy *policy = policy_of(state);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        assert_int_equal(qbg_policy_find(policy, keys[i]), -1);
        assert_int_equal(qbg_policy_set_milli(policy, keys[i], 1000), QBG_E_NOT_FOUND);
        assert_int_equal(qbg_policy_set_text(policy, keys[i], "1"), QBG_E_NOT_FOUND);
    }
}

static void misuse_is_refused(void **state) {
    qbg_policy *policy = policy_of(state);
    assert_int_equal(qbg_policy_set_milli(NULL, "half_life_days", 1000), QBG_E_ARGUMENT);
    assert_int_equal(qbg_policy_set_milli(policy, NULL, 1000), QBG_E_ARGUMENT);
    assert_int_equal(qbg_policy_set_text(NULL, "half_life_days", "1"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_policy_set_text(policy, NULL, "1"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_policy_set_text(policy, "half_life_days", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_policy_find(policy, NULL), -1);
    assert_int_equal(qbg_policy_find(NULL, "half_life_days"), -1);
    assert_int_equal(qbg_policy_count(NULL), 0);
}

static void past_the_end_there_is_no_parameter(void **state) {
    const qbg_policy *policy = policy_of(state);
    const int32_t outside[] = {-1, qbg_policy_count(policy), INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        assert_null(qbg_policy_key(policy, outside[i]));
        assert_null(qbg_policy_unit(policy, outside[i]));
        assert_int_equal(qbg_policy_value_milli(policy, outside[i]), 0);
        assert_int_equal(qbg_policy_default_milli(policy, outside[i]), 0);
        assert_int_equal(qbg_policy_min_milli(policy, outside[i]), 0);
        assert_int_equal(qbg_policy_max_milli(policy, outside[i]), 0);
        assert_int_equal(qbg_policy_step_milli(policy, outside[i]), 0);
    }
}

static void decimals_are_read_exactly(void **state) {
    qbg_policy *policy = policy_of(state);
    OK(qbg_policy_set_text(policy, "engaged_points", "2.501"));
    assert_int_equal(value(policy, "engaged_points"), 2501);
    OK(qbg_policy_set_text(policy, "engaged_points", "+7"));
    assert_int_equal(value(policy, "engaged_points"), 7000);
    OK(qbg_policy_set_text(policy, "engaged_points", ".5000"));
    assert_int_equal(value(policy, "engaged_points"), 500);
    OK(qbg_policy_set_text(policy, "half_engagement_points", "0.001"));
    assert_int_equal(value(policy, "half_engagement_points"), 1);
    OK(qbg_policy_set_text(policy, "points.bounce", "-12.25"));
    assert_int_equal(value(policy, "points.bounce"), -12250);
}

static void what_is_no_decimal_is_refused(void **state) {
    static const char *const texts[] = {"",   " ",  "one", "2,5",    "1e1", "5.",       "0x1",
                                        " 2", "2 ", "--2", "1.0001", "nan", "2.5points"};
    qbg_policy *policy = policy_of(state);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(qbg_policy_set_text(policy, "engaged_points", texts[i]), QBG_E_FORMAT);
    assert_int_equal(value(policy, "engaged_points"), 2500);
}

static void text_keeps_to_range_and_steps(void **state) {
    qbg_policy *policy = policy_of(state);
    assert_int_equal(qbg_policy_set_text(policy, "half_life_days", "0"), QBG_E_RANGE);
    assert_int_equal(qbg_policy_set_text(policy, "half_life_days", "366"), QBG_E_RANGE);
    assert_int_equal(qbg_policy_set_text(policy, "half_life_days", "30.5"), QBG_E_RANGE);
    assert_int_equal(qbg_policy_set_text(policy, "min_intent", "1.001"), QBG_E_RANGE);
    assert_int_equal(qbg_policy_set_text(policy, "min_intent", "99999999999999999999"),
                     QBG_E_RANGE);
    assert_int_equal(value(policy, "half_life_days"), 30000);
}

static void a_mode_is_written_as_its_word(void **state) {
    qbg_policy *policy = policy_of(state);
    OK(qbg_policy_set_text(policy, "mode.budget", "required"));
    assert_int_equal(value(policy, "mode.budget"), QBG_MODE_REQUIRED * 1000);
    OK(qbg_policy_set_text(policy, "mode.budget", "off"));
    assert_int_equal(value(policy, "mode.budget"), QBG_MODE_OFF * 1000);
    OK(qbg_policy_set_text(policy, "mode.budget", "advisory"));
    assert_int_equal(value(policy, "mode.budget"), QBG_MODE_ADVISORY * 1000);
    assert_int_equal(qbg_policy_set_text(policy, "mode.budget", "Required"), QBG_E_FORMAT);
    assert_int_equal(qbg_policy_set_text(policy, "mode.budget", ""), QBG_E_FORMAT);
    assert_int_equal(qbg_policy_set_text(policy, "mode.budget", "2"), QBG_E_FORMAT);
    assert_int_equal(value(policy, "mode.budget"), QBG_MODE_ADVISORY * 1000);
}

static void points_of_a_kind_are_what_the_kind_is_worth(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_policy *policy = policy_of(state);
    qbg_kind *call = qbg_kind_find(workspace, "call");
    OK(qbg_policy_set_milli(policy, "points.call", -1000000));
    assert_int_equal(qbg_kind_points_milli(call), -1000000);
    OK(qbg_policy_set_milli(policy, "points.call", 1000000));
    assert_int_equal(qbg_kind_points_milli(call), 1000000);
    assert_int_equal(qbg_policy_set_milli(policy, "points.call", 1000001), QBG_E_RANGE);
    assert_int_equal(qbg_policy_set_milli(policy, "points.call", -1000001), QBG_E_RANGE);
    assert_int_equal(qbg_policy_default_milli(policy, qbg_policy_find(policy, "points.call")),
                     10000);
}

static void a_hosts_kind_has_its_first_points_as_default(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_policy *policy = policy_of(state);
    OK(qbg_kind_add(workspace, "fair", QBG_CATEGORY_NAMED, 7000, 0, NULL));
    OK(qbg_kind_put(workspace, "fair", QBG_CATEGORY_NAMED, 8000, 0, NULL, NULL));
    int32_t at = qbg_policy_find(policy, "points.fair");
    assert_int_equal(at, qbg_policy_count(policy) - 1);
    assert_int_equal(qbg_policy_value_milli(policy, at), 8000);
    assert_int_equal(qbg_policy_default_milli(policy, at), 7000);
}

/* ---- what is computed from them -------------------------------------------------------------- */

static void a_new_half_life_is_a_new_decay_table(void **state) {
    qbg_policy *policy = policy_of(state);
    assert_int_equal(policy->last_age, 25 * 30 + 1);
    assert_int_equal(policy->decay[0], 1 << 24);
    assert_int_equal(policy->decay[30], 1 << 23);
    OK(qbg_policy_set_milli(policy, "half_life_days", 7000));
    assert_int_equal(policy->last_age, 25 * 7 + 1);
    assert_int_equal(policy->decay[0], 1 << 24);
    assert_int_equal(policy->decay[7], 1 << 23);
    assert_int_equal(policy->decay[25 * 7], 1);
    assert_int_equal(policy->decay[25 * 7 + 1], 0);
    OK(qbg_policy_set_text(policy, "half_life_days", "365"));
    assert_int_equal(policy->decay[365], 1 << 23);
}

static void a_new_half_life_ages_old_signals_anew(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *account = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", account);
    qbg_opportunity *opportunity =
        add_opportunity(workspace, "daisy-hr", account, add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(opportunity, elena);
    tell(workspace, (act){.time = NOON, .contact = elena, .kind = "call"});
    static const struct {
        const char *days;
        int64_t contribution;
    } ages[] = {{"30", INT64_C(10000) << 23}, {"15", INT64_C(10000) << 22}};
    for (size_t i = 0; i < 2; i++) {
        qbg_table *table = NULL;
        OK(qbg_policy_set_text(policy_of(state), "half_life_days", ages[i].days));
        OK(qbg_ledger(opportunity, elena, NOON + 30 * DAY, &table));
        int32_t column = qbg_table_column_find(table, "contribution");
        assert_int_equal(qbg_table_int64_at(table, column, 0), ages[i].contribution);
        qbg_table_free(table);
    }
}

static void a_refused_half_life_leaves_the_old_table(void **state) {
    fixture *self = *state;
    qbg_policy *policy = policy_of(state);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(&self->memory, request);
        status = qbg_policy_set_milli(policy, "half_life_days", 7000);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(value(policy, "half_life_days"), 30000);
        assert_int_equal(policy->decay[30], 1 << 23);
    }
    assert_int_equal(policy->decay[7], 1 << 23);
}

static void thousandths_are_divided_once(void **state) {
    qbg_policy *policy = policy_of(state);
    OK(qbg_policy_set_text(policy, "min_intent", "0.3"));
    assert_true(qbg__policy_real(policy, QBG__MIN_INTENT) == 0.3);
    assert_true(qbg__policy_real(policy, QBG__HYSTERESIS) == 0.8);
    assert_int_equal(qbg__policy_whole(policy, QBG__HALF_LIFE_DAYS), 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(every_parameter_has_its_default_and_range),
        in_workspace(every_kind_has_a_parameter_behind_the_fixed_ones),
        in_workspace(every_parameter_says_what_it_means_in_two_languages),
        in_workspace(both_ends_of_a_range_are_inside),
        in_workspace(beyond_a_range_or_between_steps_is_refused),
        in_workspace(unknown_parameters_are_not_found),
        in_workspace(misuse_is_refused),
        in_workspace(past_the_end_there_is_no_parameter),
        in_workspace(decimals_are_read_exactly),
        in_workspace(what_is_no_decimal_is_refused),
        in_workspace(text_keeps_to_range_and_steps),
        in_workspace(a_mode_is_written_as_its_word),
        in_workspace(points_of_a_kind_are_what_the_kind_is_worth),
        in_workspace(a_hosts_kind_has_its_first_points_as_default),
        in_workspace(a_new_half_life_is_a_new_decay_table),
        in_workspace(a_new_half_life_ages_old_signals_anew),
        in_workspace(a_refused_half_life_leaves_the_old_table),
        in_workspace(thousandths_are_divided_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
