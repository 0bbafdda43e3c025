/* template: the built-in seats of section 4 of the model, a host's own, and the roles they infer.
 */
#include "fixture.h"

#include "model/template.h"

#include <stdio.h>

#define ONE(word) (1u << QBG_DEPARTMENT_##word)

typedef struct seat {
    const char *role;
    int64_t weight_milli;
    int32_t people, required;
    uint32_t departments; /* one bit each */
    int32_t min_seniority;
} seat;

static const seat standard[] = {
    {"economic_buyer", 3000, 1, 1, ONE(FINANCE), QBG_SENIORITY_DIRECTOR},
    {"decision_maker", 3000, 1, 1, ONE(EXECUTIVE), QBG_SENIORITY_C_LEVEL},
    {"technical_evaluator", 2000, 1, 1, ONE(IT) | ONE(ENGINEERING) | ONE(SECURITY),
     QBG_SENIORITY_SPECIALIST},
    {"champion", 2000, 1, 0, 0, QBG_UNSET},
    {"business_evaluator", 1000, 1, 0,
     ONE(OPERATIONS) | ONE(PRODUCT) | ONE(HR) | ONE(MARKETING) | ONE(SALES), QBG_SENIORITY_MANAGER},
    {"end_user", 1000, 2, 0, 0, QBG_SENIORITY_SPECIALIST},
};

static void the_standard_template_is_that_of_the_model(void **state) {
    const qbg_template *found = qbg_template_find(workspace_of(state), "standard");
    uint32_t count = sizeof standard / sizeof standard[0];
    assert_ptr_equal(qbg_template_at(workspace_of(state), 0), found);
    assert_int_equal(qbg_template_seat_count(found), count);
    for (uint32_t i = 0; i < count; i++) {
        assert_string_equal(qbg_role_key(qbg_template_seat_role(found, i)), standard[i].role);
        assert_int_equal(qbg_template_seat_weight_milli(found, i), standard[i].weight_milli);
        assert_int_equal(qbg_template_seat_people(found, i), standard[i].people);
        assert_int_equal(qbg_template_seat_is_required(found, i), standard[i].required);
        assert_int_equal(qbg_template_seat_min_seniority(found, i), standard[i].min_seniority);
        for (int32_t word = 0; word < qbg_word_count(QBG_WORDS_DEPARTMENT); word++)
            assert_int_equal(qbg_template_seat_has_department(found, i, word),
                             standard[i].departments >> word & 1);
    }
}

static void past_the_last_seat_there_is_none(void **state) {
    const qbg_template *found = qbg_template_find(workspace_of(state), "standard");
    const qbg_template *const templates[] = {found, NULL};
    for (size_t i = 0; i < 2; i++) {
        assert_null(qbg_template_seat_role(templates[i], 6));
        assert_int_equal(qbg_template_seat_weight_milli(templates[i], 6), 0);
        assert_int_equal(qbg_template_seat_people(templates[i], 6), 0);
        assert_int_equal(qbg_template_seat_is_required(templates[i], 6), 0);
        assert_int_equal(qbg_template_seat_has_department(templates[i], 6, 0), 0);
        assert_int_equal(qbg_template_seat_min_seniority(templates[i], 6), QBG_UNSET);
    }
    assert_int_equal(qbg_template_seat_has_department(found, 0, -1), 0);
    assert_int_equal(qbg_template_seat_has_department(found, 0, 99), 0);
}

static void templates_are_added_put_and_found(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = NULL, *again = NULL;
    OK(qbg_template_add(workspace, "seats", &seats));
    assert_int_equal(qbg_template_add(workspace, "seats", &again), QBG_E_EXISTS);
    assert_null(again);
    OK(qbg_template_put(workspace, "seats", &again, NULL));
    assert_ptr_equal(again, seats);
    OK(qbg_template_put(workspace, "more", NULL, NULL));
    assert_int_equal(qbg_template_count(workspace), 3);
    assert_int_equal(qbg_template_number(seats), 1);
    assert_string_equal(qbg_template_key(seats), "seats");
    assert_int_equal(qbg_template_seat_count(seats), 0);
    assert_int_equal(qbg_template_add(workspace, "", NULL), QBG_E_TEXT);
    assert_int_equal(qbg_template_put(workspace, NULL, NULL, NULL), QBG_E_ARGUMENT);
}

static qbg_template *add_template(qbg_workspace *workspace) {
    qbg_template *seats = NULL;
    OK(qbg_template_add(workspace, "seats", &seats));
    return seats;
}

static void a_seat_keeps_to_its_limits(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = add_template(workspace);
    qbg_role *coach = qbg_role_find(workspace, "coach");
    assert_int_equal(qbg_template_set_seat(seats, coach, 0, 1, 0), QBG_E_RANGE);
    assert_int_equal(qbg_template_set_seat(seats, coach, 100001, 1, 0), QBG_E_RANGE);
    assert_int_equal(qbg_template_set_seat(seats, coach, INT64_C(1) << 32, 1, 0), QBG_E_RANGE);
    assert_int_equal(qbg_template_set_seat(seats, coach, 1, 0, 0), QBG_E_RANGE);
    assert_int_equal(qbg_template_set_seat(seats, coach, 1, 17, 0), QBG_E_RANGE);
    assert_int_equal(qbg_template_set_seat(seats, coach, 1, 1, 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_set_seat(seats, NULL, 1, 1, 0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_set_seat(NULL, coach, 1, 1, 0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_seat_count(seats), 0);
    OK(qbg_template_set_seat(seats, coach, 1, 16, 1));
    OK(qbg_template_set_seat(seats, coach, 100000, 1, 0));
    assert_int_equal(qbg_template_seat_count(seats), 1); /* changed, not added */
    assert_int_equal(qbg_template_seat_weight_milli(seats, 0), 100000);
}

static void a_changed_seat_keeps_its_personas(void **state) {
    static const int32_t departments[] = {QBG_DEPARTMENT_HR, QBG_DEPARTMENT_OTHER};
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = add_template(workspace);
    qbg_role *coach = qbg_role_find(workspace, "coach");
    OK(qbg_template_set_seat(seats, coach, 1000, 1, 0));
    OK(qbg_template_set_seat_personas(seats, coach, departments, 2, QBG_SENIORITY_VP));
    OK(qbg_template_set_seat(seats, coach, 2000, 3, 1));
    assert_true(qbg_template_seat_has_department(seats, 0, QBG_DEPARTMENT_OTHER));
    assert_int_equal(qbg_template_seat_min_seniority(seats, 0), QBG_SENIORITY_VP);
    OK(qbg_template_set_seat_personas(seats, coach, NULL, 0, QBG_UNSET));
    assert_false(qbg_template_seat_has_department(seats, 0, QBG_DEPARTMENT_HR));
    assert_int_equal(qbg_template_seat_people(seats, 0), 3);
}

static void bad_personas_are_refused_and_change_nothing(void **state) {
    static const int32_t departments[] = {QBG_DEPARTMENT_HR, 13};
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = add_template(workspace);
    qbg_role *coach = qbg_role_find(workspace, "coach");
    assert_int_equal(qbg_template_set_seat_personas(seats, coach, NULL, 0, QBG_UNSET),
                     QBG_E_NOT_FOUND);
    OK(qbg_template_set_seat(seats, coach, 1000, 1, 0));
    assert_int_equal(qbg_template_set_seat_personas(seats, coach, departments, 2, 0),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_set_seat_personas(seats, coach, NULL, 1, 0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_set_seat_personas(seats, coach, departments, 1, 6),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_template_set_seat_personas(seats, coach, departments, 1, -2),
                     QBG_E_ARGUMENT);
    assert_false(qbg_template_seat_has_department(seats, 0, QBG_DEPARTMENT_HR));
    assert_int_equal(qbg_template_seat_min_seniority(seats, 0), QBG_UNSET);
}

static void a_template_has_a_seat_for_each_of_63_roles(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = add_template(workspace);
    char key[32];
    for (uint32_t i = qbg_role_count(workspace); i < 63; i++) {
        snprintf(key, sizeof key, "role %u", i);
        OK(qbg_role_add(workspace, key, NULL, NULL));
    }
    for (uint32_t i = 63; i > 0; i--)
        OK(qbg_template_set_seat(seats, qbg_role_at(workspace, i - 1), 1000, 1, 0));
    assert_int_equal(qbg_template_seat_count(seats), 63);
    assert_int_equal(qbg_role_number(qbg_template_seat_role(seats, 0)), 62);
    assert_int_equal(qbg_role_number(qbg_template_seat_role(seats, 62)), 0);
}

/* Whatever is changed about one seat is seen, and changing it back, too. */
static void a_touched_standard_template_is_known(void **state) {
    static const int32_t finance = QBG_DEPARTMENT_FINANCE, it = QBG_DEPARTMENT_IT;
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *found = qbg_template_find(workspace, "standard");
    qbg_role *buyer = qbg_role_find(workspace, "economic_buyer");
    const struct {
        int64_t weight_milli;
        int32_t people, required;
        const int32_t *department;
        int32_t min_seniority;
    } seats[] = {
        {3001, 1, 1, &finance, QBG_SENIORITY_DIRECTOR},
        {3000, 2, 1, &finance, QBG_SENIORITY_DIRECTOR},
        {3000, 1, 0, &finance, QBG_SENIORITY_DIRECTOR},
        {3000, 1, 1, &it, QBG_SENIORITY_DIRECTOR},
        {3000, 1, 1, &finance, QBG_SENIORITY_VP},
        {3000, 1, 1, &finance, QBG_SENIORITY_DIRECTOR},
    };
    assert_true(qbg__template_is_untouched(found));
    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
        OK(qbg_template_set_seat(found, buyer, seats[i].weight_milli, seats[i].people,
                                 seats[i].required));
        OK(qbg_template_set_seat_personas(found, buyer, seats[i].department, 1,
                                          seats[i].min_seniority));
        assert_int_equal(qbg__template_is_untouched(found), i + 1 == sizeof seats / sizeof *seats);
    }
    assert_false(qbg__template_is_untouched(add_template(workspace)));
    OK(qbg_template_set_seat(found, qbg_role_find(workspace, "coach"), 1000, 1, 0));
    assert_false(qbg__template_is_untouched(found));
}

/* ---- inference ------------------------------------------------------------------------------- */

static const char *inferred(void **state, const char *template_, int32_t department,
                            int32_t seniority) {
    const qbg_workspace *workspace = workspace_of(state);
    uint32_t role =
        qbg__template_infer(qbg_template_find(workspace, template_), department, seniority);
    return role == QBG_NONE ? "nobody" : qbg_role_key(qbg_role_at(workspace, role));
}

#define assert_inferred(department, seniority, role)                                               \
    assert_string_equal(inferred(state, "standard", department, seniority), role)

static void the_standard_template_infers_roles_from_personas(void **state) {
    assert_inferred(QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_C_LEVEL, "economic_buyer");
    assert_inferred(QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_DIRECTOR, "economic_buyer");
    assert_inferred(QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_MANAGER, "end_user");
    assert_inferred(QBG_DEPARTMENT_EXECUTIVE, QBG_SENIORITY_C_LEVEL, "decision_maker");
    assert_inferred(QBG_DEPARTMENT_EXECUTIVE, QBG_SENIORITY_VP, "end_user");
    assert_inferred(QBG_DEPARTMENT_SECURITY, QBG_SENIORITY_SPECIALIST, "technical_evaluator");
    assert_inferred(QBG_DEPARTMENT_IT, QBG_SENIORITY_ASSISTANT, "influencer");
    assert_inferred(QBG_DEPARTMENT_LEGAL, QBG_SENIORITY_C_LEVEL, "end_user");
}

/* An HR manager fits business_evaluator and end_user, both of weight 1: template order. */
static void of_equal_seats_the_first_is_inferred(void **state) {
    assert_inferred(QBG_DEPARTMENT_HR, QBG_SENIORITY_MANAGER, "business_evaluator");
    assert_inferred(QBG_DEPARTMENT_HR, QBG_SENIORITY_SPECIALIST, "end_user");
}

static void half_a_persona_meets_no_rule_about_the_other_half(void **state) {
    assert_inferred(QBG_UNSET, QBG_SENIORITY_C_LEVEL, "end_user");
    assert_inferred(QBG_DEPARTMENT_FINANCE, QBG_UNSET, "influencer");
    assert_inferred(QBG_UNSET, QBG_UNSET, "nobody");
}

static void the_heaviest_seat_is_inferred_and_one_without_rules_never(void **state) {
    static const int32_t it = QBG_DEPARTMENT_IT;
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *seats = add_template(workspace);
    qbg_role *coach = qbg_role_find(workspace, "coach"), *other = qbg_role_find(workspace, "other");
    OK(qbg_template_set_seat(seats, qbg_role_find(workspace, "champion"), 99000, 1, 0));
    assert_string_equal(inferred(state, "seats", it, QBG_SENIORITY_VP), "influencer");
    OK(qbg_template_set_seat(seats, coach, 1000, 1, 0));
    OK(qbg_template_set_seat_personas(seats, coach, &it, 1, QBG_UNSET)); /* any seniority */
    OK(qbg_template_set_seat(seats, other, 1001, 1, 0));
    OK(qbg_template_set_seat_personas(seats, other, NULL, 0, QBG_SENIORITY_VP)); /* any one */
    assert_string_equal(inferred(state, "seats", it, QBG_SENIORITY_VP), "other");
    assert_string_equal(inferred(state, "seats", it, QBG_SENIORITY_DIRECTOR), "coach");
    assert_string_equal(inferred(state, "seats", it, QBG_UNSET), "coach");
    assert_string_equal(inferred(state, "seats", QBG_DEPARTMENT_HR, QBG_UNSET), "influencer");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(the_standard_template_is_that_of_the_model),
        in_workspace(past_the_last_seat_there_is_none),
        in_workspace(templates_are_added_put_and_found),
        in_workspace(a_seat_keeps_to_its_limits),
        in_workspace(a_changed_seat_keeps_its_personas),
        in_workspace(bad_personas_are_refused_and_change_nothing),
        in_workspace(a_template_has_a_seat_for_each_of_63_roles),
        in_workspace(a_touched_standard_template_is_known),
        in_workspace(the_standard_template_infers_roles_from_personas),
        in_workspace(of_equal_seats_the_first_is_inferred),
        in_workspace(half_a_persona_meets_no_rule_about_the_other_half),
        in_workspace(the_heaviest_seat_is_inferred_and_one_without_rules_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
