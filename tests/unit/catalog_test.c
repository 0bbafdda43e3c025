/* catalog: section 2 of the model (kinds), the roles of section 1, and solutions. */
#include "fixture.h"

#include "model/catalog.h"

#include <stdio.h>

/* ---- kinds ----------------------------------------------------------------------------------- */

typedef struct kind {
    const char *key;
    int64_t milli;
} kind;

static const kind kinds[] = {
    {"page_view", 1000},
    {"video_watch", 3000},
    {"call", 10000},
    {"pricing_view", 5000},
    {"webinar_registration", 4000},
    {"meeting", 20000},
    {"comparison_view", 4000},
    {"webinar_attendance", 8000},
    {"demo_request", 20000},
    {"content_read", 2000},
    {"event_registration", 5000},
    {"trial_start", 20000},
    {"content_download", 5000},
    {"event_attendance", 10000},
    {"proposal_request", 25000},
    {"email_open", 500},
    {"form_submit", 6000},
    {"question", 8000},
    {"email_click", 2000},
    {"chat", 6000},
    {"interaction", 5000},
    {"email_reply", 8000},
    {"ad_click", 1000},
    {"social", 1000},
    {"qualified_lead", 15000},
    {"intent_topic", 5000},
    {"intent_surge", 15000},
    {"unsubscribe", -10000},
    {"complaint", -20000},
    {"bounce", -5000},
};

static const char *const high_intent[] = {
    "pricing_view", "comparison_view", "demo_request", "trial_start",      "proposal_request",
    "meeting",      "question",        "email_reply",  "content_download",
};

static int is_among(const char *key, const char *const *keys, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i], key) == 0) return 1;
    return 0;
}

static void every_kind_has_its_points_category_and_intent(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    size_t count = sizeof kinds / sizeof kinds[0];
    assert_int_equal(qbg_kind_count(workspace), count);
    for (size_t i = 0; i < count; i++) {
        const char *key = kinds[i].key;
        const qbg_kind *at = qbg_kind_find(workspace, key);
        int32_t category = QBG_CATEGORY_NAMED;
        if (strncmp(key, "intent_", 7) == 0) category = QBG_CATEGORY_THIRD_PARTY;
        if (strcmp(key, "qualified_lead") == 0) category = QBG_CATEGORY_QUALIFIED_LEAD;
        assert_non_null(at);
        assert_int_equal(qbg_kind_points_milli(at), kinds[i].milli);
        assert_int_equal(qbg_kind_category(at), category);
        assert_int_equal(qbg_kind_is_high_intent(at),
                         is_among(key, high_intent, sizeof high_intent / sizeof high_intent[0]));
    }
}

static void built_in_kinds_have_labels_in_two_languages(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    for (uint32_t i = 0; i < qbg_kind_count(workspace); i++) {
        const qbg_kind *at = qbg_kind_at(workspace, i);
        assert_int_equal(qbg_kind_number(at), i);
        assert_null(strchr(qbg_kind_label(at, "en"), '_'));
        assert_string_not_equal(qbg_kind_label(at, "en"), qbg_kind_label(at, "ru"));
        assert_string_equal(qbg_kind_label(at, NULL), qbg_kind_label(at, "en"));
    }
    assert_string_equal(qbg_kind_label(qbg_kind_find(workspace, "call"), "ru"), "звонок");
}

static void a_host_adds_kinds_and_changes_any(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_kind *fair = NULL, *again = NULL;
    OK(qbg_kind_add(workspace, "fair", QBG_CATEGORY_THIRD_PARTY, -1, 1, &fair));
    assert_int_equal(qbg_kind_number(fair), 30);
    assert_string_equal(qbg_kind_label(fair, "ru"), "fair");
    assert_int_equal(qbg_kind_category(fair), QBG_CATEGORY_THIRD_PARTY);
    OK(qbg_kind_put(workspace, "fair", QBG_CATEGORY_NAMED, 3, 0, &again, NULL));
    assert_ptr_equal(again, fair);
    assert_int_equal(qbg_kind_category(fair), QBG_CATEGORY_NAMED);
    assert_int_equal(qbg_kind_points_milli(fair), 3);
    assert_int_equal(qbg_kind_is_high_intent(fair), 0);
    OK(qbg_kind_put(workspace, "call", QBG_CATEGORY_NAMED, 1000000, 1, NULL, NULL));
    assert_int_equal(qbg_kind_points_milli(qbg_kind_find(workspace, "call")), 1000000);
    OK(qbg_kind_put(workspace, "letter", QBG_CATEGORY_NAMED, -1000000, 0, NULL, NULL));
    assert_int_equal(qbg_kind_count(workspace), 32);
}

static qbg_status put_kind(qbg_workspace *workspace, const char *key, int32_t category,
                           int64_t points_milli, int32_t is_high, qbg_kind **out_kind) {
    return qbg_kind_put(workspace, key, category, points_milli, is_high, out_kind, NULL);
}

static void bad_kinds_are_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_status (*const calls[])(qbg_workspace *, const char *, int32_t, int64_t, int32_t,
                                qbg_kind **) = {qbg_kind_add, put_kind};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(calls[i](workspace, "x", 0, 1000001, 0, NULL), QBG_E_RANGE);
        assert_int_equal(calls[i](workspace, "x", 0, -1000001, 0, NULL), QBG_E_RANGE);
        assert_int_equal(calls[i](workspace, "x", 4, 0, 0, NULL), QBG_E_ARGUMENT);
        assert_int_equal(calls[i](workspace, "x", -1, 0, 0, NULL), QBG_E_ARGUMENT);
        assert_int_equal(calls[i](workspace, "x", 0, 0, 2, NULL), QBG_E_ARGUMENT);
        assert_int_equal(calls[i](workspace, "", 0, 0, 0, NULL), QBG_E_TEXT);
        assert_int_equal(calls[i](workspace, "\xff", 0, 0, 0, NULL), QBG_E_TEXT);
        assert_int_equal(calls[i](workspace, NULL, 0, 0, 0, NULL), QBG_E_ARGUMENT);
        assert_int_equal(calls[i](NULL, "x", 0, 0, 0, NULL), QBG_E_ARGUMENT);
    }
    assert_int_equal(qbg_kind_add(workspace, "call", 0, 0, 0, NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_kind_put(workspace, "call", 0, 1000001, 0, NULL, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_kind_points_milli(qbg_kind_find(workspace, "call")), 10000);
    assert_int_equal(qbg_kind_count(workspace), 30);
}

static void there_are_at_most_4096_kinds_and_the_last_one_works(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    char key[32];
    for (uint32_t i = qbg_kind_count(workspace); i < 4096; i++) {
        snprintf(key, sizeof key, "kind %u", i);
        OK(qbg_kind_add(workspace, key, QBG_CATEGORY_NAMED, 1000, 0, NULL));
    }
    assert_int_equal(qbg_kind_add(workspace, "more", 0, 0, 0, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_kind_put(workspace, "more", 0, 0, 0, NULL, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_kind_add(workspace, "call", 0, 0, 0, NULL), QBG_E_EXISTS);
    OK(qbg_kind_put(workspace, "kind 4095", 0, 7, 0, NULL, NULL));
    qbg_signal *signal = signal_of(workspace, (act){.time = LAST});
    tell(workspace, (act){.time = LAST, .kind = "kind 4095", .event = "e"});
    OK(qbg_workspace_signal_at(workspace, 0, signal));
    assert_string_equal(qbg_kind_key(qbg_signal_kind(signal)), "kind 4095");
    assert_int_equal(qbg_signal_time(signal), LAST);
    qbg_signal_free(signal);
}

static void no_kind_is_neutral(void **state) {
    (void)state;
    assert_string_equal(qbg_kind_key(NULL), "");
    assert_string_equal(qbg_kind_label(NULL, "en"), "");
    assert_int_equal(qbg_kind_category(NULL), QBG_UNSET);
    assert_int_equal(qbg_kind_points_milli(NULL), 0);
    assert_int_equal(qbg_kind_number(NULL), QBG_NONE);
    assert_null(qbg_kind_find(NULL, "call"));
}

/* ---- roles ----------------------------------------------------------------------------------- */

static const char *const roles[] = {
    "economic_buyer",
    "decision_maker",
    "executive_sponsor",
    "champion",
    "coach",
    "initiator",
    "technical_evaluator",
    "business_evaluator",
    "end_user",
    "influencer",
    "procurement",
    "ratifier",
    "gatekeeper",
    "blocker",
    "other",
};

static void the_canonical_roles_come_first(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_role_count(workspace), 15);
    for (uint32_t i = 0; i < 15; i++) {
        const qbg_role *role = qbg_role_at(workspace, i);
        assert_string_equal(qbg_role_key(role), roles[i]);
        assert_ptr_equal(qbg_role_find(workspace, roles[i]), role);
        assert_int_equal(qbg_role_number(role), i);
        assert_string_not_equal(qbg_role_label(role, "en"), qbg_role_label(role, "ru"));
    }
    assert_null(qbg_role_at(workspace, 15));
}

static void a_hosts_name_beats_the_label(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_role *champion = qbg_role_find(workspace, "champion"), *buddy = NULL;
    OK(qbg_role_put(workspace, "champion", "наш человек", NULL, NULL));
    assert_string_equal(qbg_role_label(champion, "en"), "наш человек");
    OK(qbg_role_put(workspace, "champion", NULL, NULL, NULL)); /* keeps */
    assert_string_equal(qbg_role_label(champion, "ru"), "наш человек");
    OK(qbg_role_put(workspace, "champion", "", NULL, NULL)); /* takes it away */
    assert_string_equal(qbg_role_label(champion, "ru"), "чемпион");
    OK(qbg_role_add(workspace, "buddy", NULL, &buddy));
    assert_string_equal(qbg_role_label(buddy, "ru"), "buddy");
    assert_string_equal(qbg_role_label(NULL, "ru"), "");
}

static void bad_roles_are_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_role_add(workspace, "champion", NULL, NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_role_add(workspace, "a;b", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_role_put(workspace, "a;b", NULL, NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_role_add(workspace, "", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_role_add(workspace, "x", "\xff", NULL), QBG_E_TEXT);
    assert_int_equal(qbg_role_put(workspace, "champion", "\xff", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_role_add(workspace, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_put(NULL, "x", NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_role_count(workspace), 15);
}

static void there_are_at_most_63_roles(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    char key[32];
    for (uint32_t i = 15; i < 63; i++) {
        snprintf(key, sizeof key, "role %u", i);
        OK(qbg_role_add(workspace, key, NULL, NULL));
    }
    assert_int_equal(qbg_role_add(workspace, "more", NULL, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_role_put(workspace, "more", NULL, NULL, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_role_add(workspace, "role 20", NULL, NULL), QBG_E_EXISTS);
    OK(qbg_role_put(workspace, "role 62", "the last", NULL, NULL));
    assert_int_equal(qbg_role_count(workspace), 63);
}

static void a_set_of_roles_is_written_built_in_first_then_by_key(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_role_add(workspace, "zebra", NULL, NULL)); /* 15 */
    OK(qbg_role_add(workspace, "alpha", NULL, NULL)); /* 16 */
    qbg__mem mem;
    qbg_blob out;
    OK(qbg__mem_init(&mem, NULL));
    qbg__blob_begin(&out, &mem);
    qbg__role_write(workspace, 1u << 15 | 1u << 16 | 1u << 14 | 1u, &out);
    assert_string_equal(qbg_blob_data(&out), "economic_buyer;other;alpha;zebra");
    qbg__blob_end(&out);
}

/* ---- solutions ------------------------------------------------------------------------------- */

static void a_solution_has_the_standard_template_unless_told(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *standard = qbg_template_find(workspace, "standard"), *seats = NULL;
    qbg_solution *hr = NULL, *again = NULL;
    OK(qbg_template_add(workspace, "seats", &seats));
    OK(qbg_template_set_seat(seats, qbg_role_find(workspace, "coach"), 1000, 1, 0));
    OK(qbg_solution_add(workspace, "hr", "HR", NULL, &hr));
    assert_ptr_equal(qbg_solution_template(hr), standard);
    OK(qbg_solution_put(workspace, "hr", NULL, seats, &again, NULL));
    assert_ptr_equal(again, hr);
    OK(qbg_solution_put(workspace, "hr", NULL, NULL, NULL, NULL)); /* keeps both */
    assert_ptr_equal(qbg_solution_template(hr), seats);
    assert_string_equal(qbg_solution_name(hr), "HR");
    assert_string_equal(qbg_solution_key(hr), "hr");
    assert_int_equal(qbg_solution_number(hr), 0);
    assert_ptr_equal(qbg_solution_at(workspace, 0), hr);
    assert_int_equal(qbg_solution_count(workspace), 1);
}

static void a_template_without_seats_is_for_no_solution(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_template *empty = NULL;
    OK(qbg_template_add(workspace, "empty", &empty));
    assert_int_equal(qbg_solution_add(workspace, "x", NULL, empty, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_solution_put(workspace, "hr", NULL, empty, NULL, NULL), QBG_E_ARGUMENT);
    assert_ptr_equal(qbg_solution_template(hr), qbg_template_find(workspace, "standard"));
    assert_int_equal(qbg_solution_count(workspace), 1);
}

static void bad_solutions_are_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state), *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_template *stranger = qbg_template_find(other, "standard");
    add_solution(workspace, "hr");
    assert_int_equal(qbg_solution_add(workspace, "hr", NULL, NULL, NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_solution_add(workspace, "x", NULL, stranger, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_solution_put(workspace, "hr", NULL, stranger, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_solution_add(workspace, "x", "\xff", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_solution_add(workspace, "", NULL, NULL, NULL), QBG_E_TEXT);
    assert_int_equal(qbg_solution_add(workspace, NULL, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_solution_count(workspace), 1);
    qbg_workspace_free(other);
}

static void prefixes_are_kept_each_once_in_order(void **state) {
    qbg_solution *hr = add_solution(workspace_of(state), "hr");
    OK(qbg_solution_add_content(hr, "/hr/"));
    OK(qbg_solution_add_content(hr, "/HR/"));
    OK(qbg_solution_add_content(hr, "/hr/"));
    assert_int_equal(qbg_solution_content_count(hr), 2);
    assert_string_equal(qbg_solution_content(hr, 0), "/hr/");
    assert_string_equal(qbg_solution_content(hr, 1), "/HR/");
    assert_string_equal(qbg_solution_content(hr, 2), "");
    assert_int_equal(qbg_solution_add_content(hr, ""), QBG_E_TEXT);
    assert_int_equal(qbg_solution_add_content(hr, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_solution_add_content(NULL, "/"), QBG_E_ARGUMENT);
    assert_int_equal(qbg_solution_content_count(hr), 2);
}

static void the_longest_prefix_wins_then_the_smaller_key(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_solution *z = add_solution(workspace, "z"), *a = add_solution(workspace, "a");
    OK(qbg_solution_add_content(z, "/x"));
    OK(qbg_solution_add_content(a, "/x"));
    OK(qbg_solution_add_content(z, "/x/long"));
    assert_int_equal(qbg__solution_of_content(workspace, "/x/lon"), qbg_solution_number(a));
    assert_int_equal(qbg__solution_of_content(workspace, "/x/long"), qbg_solution_number(z));
    assert_int_equal(qbg__solution_of_content(workspace, "x"), QBG_NONE);
    assert_int_equal(qbg__solution_of_content(workspace, ""), QBG_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(every_kind_has_its_points_category_and_intent),
        in_workspace(built_in_kinds_have_labels_in_two_languages),
        in_workspace(a_host_adds_kinds_and_changes_any),
        in_workspace(bad_kinds_are_refused),
        in_workspace(there_are_at_most_4096_kinds_and_the_last_one_works),
        cmocka_unit_test(no_kind_is_neutral),
        in_workspace(the_canonical_roles_come_first),
        in_workspace(a_hosts_name_beats_the_label),
        in_workspace(bad_roles_are_refused),
        in_workspace(there_are_at_most_63_roles),
        in_workspace(a_set_of_roles_is_written_built_in_first_then_by_key),
        in_workspace(a_solution_has_the_standard_template_unless_told),
        in_workspace(a_template_without_seats_is_for_no_solution),
        in_workspace(bad_solutions_are_refused),
        in_workspace(prefixes_are_kept_each_once_in_order),
        in_workspace(the_longest_prefix_wins_then_the_smaller_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
