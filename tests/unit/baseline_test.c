/* baseline_test: the figures of a book, of its parts, and set again. */
#include "fixture.h"

#include "analysis/baseline.h"
#include "model/workspace.h"

static qbg_baseline *new_baseline(void) {
    qbg_baseline *baseline = NULL;
    OK(qbg_baseline_new(NULL, &baseline));
    return baseline;
}

static int64_t figure(const qbg_baseline *baseline, const char *key) {
    int32_t number = qbg_baseline_figure_find(key);
    assert_true(number >= 0);
    return qbg_baseline_figure(baseline, number);
}

static void assert_same_figures(const qbg_baseline *a, const qbg_baseline *b) {
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        assert_int_equal(qbg_baseline_figure(a, i), qbg_baseline_figure(b, i));
}

static int64_t sum_of(const qbg_baseline *baseline, const char *prefix) {
    int64_t sum = 0;
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        if (strncmp(qbg_baseline_figure_key(i), prefix, strlen(prefix)) == 0)
            sum += qbg_baseline_figure(baseline, i);
    return sum;
}

/* ---- figures --------------------------------------------------------------------------------- */

static void figures_have_keys(void **state) {
    (void)state;
    assert_string_equal(qbg_baseline_figure_key(0), "period_s");
    assert_string_equal(qbg_baseline_figure_key(1), "contacts.0");
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        assert_int_equal(qbg_baseline_figure_find(qbg_baseline_figure_key(i)), i);
    assert_null(qbg_baseline_figure_key(-1));
    assert_null(qbg_baseline_figure_key(qbg_baseline_figure_count()));
    assert_int_equal(qbg_baseline_figure_find("contacts.17"), -1);
    assert_int_equal(qbg_baseline_figure_find(NULL), -1);
    assert_int_equal(qbg_baseline_figure(NULL, 0), 0);
}

/* Every count has one bucket, whose figure says where it begins. */
static void buckets_are_as_they_are_called(void **state) {
    char key[32];
    (void)state;
    uint32_t before = 0, low = 0;
    for (uint32_t count = 0; count < 3000000; count += 1 + count / 1000) {
        uint32_t bucket = qbg__baseline_bucket(count);
        assert_true(bucket == before || bucket == before + 1);
        if (bucket != before) {
            snprintf(key, sizeof key, "contacts.%u", (unsigned)count);
            if (count < 1000) assert_true(qbg_baseline_figure_find(key) >= 0);
            low = count;
        }
        uint64_t middle = qbg__baseline_middle(bucket);
        assert_int_equal(qbg__baseline_bucket((uint32_t)middle), bucket);
        if (count < 16) assert_int_equal(middle, low);
        before = bucket;
    }
    assert_int_equal(qbg__baseline_bucket(UINT32_MAX), before);
}

static void figures_are_set_as_they_were_read(void **state) {
    (void)state;
    qbg_baseline *one = new_baseline(), *other = new_baseline();
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        OK(qbg_baseline_set_figure(one, qbg_baseline_figure_key(i), 1000 + i));
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        OK(qbg_baseline_set_figure(other, qbg_baseline_figure_key(i), qbg_baseline_figure(one, i)));
    assert_same_figures(one, other);
    assert_int_equal(qbg_baseline_set_figure(one, "contacts.17", 1), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_baseline_set_figure(one, "contacts.1", -1), QBG_E_RANGE);
    assert_int_equal(qbg_baseline_set_figure(one, "contacts.1", (INT64_C(1) << 53) + 1),
                     QBG_E_RANGE);
    assert_int_equal(qbg_baseline_set_figure(one, "period_s", LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg_baseline_set_figure(one, NULL, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_baseline_set_figure(NULL, "contacts.1", 1), QBG_E_ARGUMENT);
    assert_same_figures(one, other);
    qbg_baseline_free(one);
    qbg_baseline_free(other);
    qbg_baseline_free(NULL);
}

/* ---- books ----------------------------------------------------------------------------------- */

/* At account i, i new people about hr and i * i visitors about nothing; at every third nobody. */
static void fill(qbg_workspace *workspace, int from, int to, int step) {
    qbg_solution *hr = add_solution(workspace, "hr");
    add_solution(workspace, "erp");
    for (int i = from; i != to; i += step) {
        char key[32];
        snprintf(key, sizeof key, "a%d", i);
        qbg_account *account = add_account(workspace, key);
        for (int j = 0; j < i && i % 3 != 0; j++) {
            snprintf(key, sizeof key, "p%d-%d", i, j);
            tell(workspace, (act){.time = NOON + j * DAY,
                                  .contact = add_contact(workspace, key, account),
                                  .solution = hr});
        }
        for (int j = 0; j < i * i && i % 3 != 0; j++) {
            snprintf(key, sizeof key, "v%d-%d", i, j);
            tell(workspace, (act){.time = NOON + j * DAY / 4, .account = account, .visitor = key});
        }
    }
}

static void accounts_are_counted_by_how_many_came(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_baseline *baseline = new_baseline();
    fill(workspace, 0, 9, 1); /* 1, 2, 4, 5, 7, 8 have signals; each three streams */
    OK(qbg_baseline_add(baseline, workspace, NOON, NOON + 30 * DAY));
    assert_int_equal(figure(baseline, "period_s"), 30 * DAY);
    assert_int_equal(figure(baseline, "contacts.0"), 12);
    assert_int_equal(figure(baseline, "contacts.1"), 1);
    assert_int_equal(figure(baseline, "contacts.3"), 0);
    assert_int_equal(figure(baseline, "contacts.8"), 1);
    assert_int_equal(figure(baseline, "visitors.0"), 12);
    assert_int_equal(figure(baseline, "visitors.24"), 1); /* 25 */
    assert_int_equal(figure(baseline, "visitors.48"), 1); /* 49 */
    assert_int_equal(figure(baseline, "visitors.64"), 1);
    assert_int_equal(sum_of(baseline, "contacts."), 18);
    assert_int_equal(sum_of(baseline, "visitors."), 18);
    qbg_baseline_free(baseline);
}

/* From the first instant on, up to and without the last; who had come before is not new. */
static void only_the_period_counts(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_baseline *baseline = new_baseline();
    qbg_account *daisy = add_account(workspace, "daisy");
    add_account(workspace, "tulip");
    for (int i = 0; i < 4; i++) {
        char key[8] = {(char)('a' + i), '\0'};
        qbg_contact *contact = add_contact(workspace, key, daisy);
        for (int j = i; j < 4; j++)
            tell(workspace, (act){.time = NOON + j * DAY, .contact = contact});
    }
    OK(qbg_baseline_add(baseline, workspace, NOON + DAY, NOON + 3 * DAY));
    assert_int_equal(figure(baseline, "contacts.2"), 1);
    assert_int_equal(sum_of(baseline, "contacts."), 1);
    OK(qbg_baseline_add(baseline, workspace, NOON - 4 * DAY, NOON - 2 * DAY));
    assert_int_equal(sum_of(baseline, "contacts."), 1); /* before its first signal */
    qbg_baseline_free(baseline);
}

static void parts_add_up_to_the_whole(void **state) {
    qbg_workspace *parts[2] = {NULL, NULL};
    qbg_baseline *whole = new_baseline(), *sum = new_baseline();
    fill(workspace_of(state), 0, 12, 1);
    OK(qbg_baseline_add(whole, workspace_of(state), NOON, NOON + 10 * DAY));
    for (int i = 0; i < 2; i++) OK(qbg_workspace_new(NULL, &parts[i]));
    fill(parts[0], 11, 4, -1);
    fill(parts[1], 0, 5, 1);
    for (int i = 0; i < 2; i++) OK(qbg_baseline_add(sum, parts[i], NOON, NOON + 10 * DAY));
    assert_true(sum_of(whole, "visitors.") > 0);
    assert_same_figures(whole, sum);
    for (int i = 0; i < 2; i++) qbg_workspace_free(parts[i]);
    qbg_baseline_free(whole);
    qbg_baseline_free(sum);
}

static void misuse_is_refused_and_changes_nothing(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_baseline *baseline = new_baseline(), *before = new_baseline();
    fill(workspace, 0, 5, 1);
    OK(qbg_baseline_add(baseline, workspace, NOON, NOON + 10 * DAY));
    OK(qbg_baseline_add(before, workspace, NOON, NOON + 10 * DAY));
    assert_int_equal(qbg_baseline_new(NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_baseline_add(NULL, workspace, NOON, NOON + 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_baseline_add(baseline, NULL, NOON, NOON + 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_baseline_add(baseline, workspace, NOON, NOON), QBG_E_RANGE);
    assert_int_equal(qbg_baseline_add(baseline, workspace, -1, NOON), QBG_E_RANGE);
    assert_int_equal(qbg_baseline_add(baseline, workspace, NOON, LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg_baseline_add(baseline, workspace, NOON, NOON + 11 * DAY), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg_baseline_add(baseline, workspace, NOON, NOON + 10 * DAY), QBG_E_BUSY);
    OK(qbg_workspace_rollback(workspace));
    assert_same_figures(baseline, before);
    OK(qbg_baseline_set_figure(baseline, "contacts.0", INT64_C(1) << 53));
    OK(qbg_baseline_set_figure(before, "contacts.0", INT64_C(1) << 53));
    assert_int_equal(qbg_baseline_add(baseline, workspace, NOON, NOON + 10 * DAY), QBG_E_OVERFLOW);
    assert_same_figures(baseline, before);
    qbg_baseline_free(baseline);
    qbg_baseline_free(before);
}

static void without_memory_nothing_is_added(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    const qbg_allocator allocator = allocator_of(memory);
    qbg_baseline *baseline = NULL, *empty = new_baseline();
    fill(workspace, 0, 9, 1);
    size_t before = memory->bytes;
    refuse(memory, 0);
    assert_int_equal(qbg_baseline_new(&allocator, &baseline), QBG_E_MEMORY);
    assert_null(baseline);
    refuse(memory, NEVER);
    OK(qbg_baseline_new(&allocator, &baseline));
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_baseline_add(baseline, workspace, NOON, NOON + 10 * DAY);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        if (status != QBG_OK) assert_same_figures(baseline, empty);
    }
    refuse(memory, NEVER);
    assert_true(request > 4);
    qbg_baseline_free(baseline);
    qbg_baseline_free(empty);
    assert_int_equal(memory->bytes, before);
}

/* ---- what is fitted to them ------------------------------------------------------------------ */

static double rate_of(const qbg__levels *levels) {
    double rate = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++)
        rate += levels->of[i] * QBG__LEVEL_SHAPE / qbg__level_years(i);
    return rate;
}

static void what_is_usual_follows_the_figures_and_the_policy(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_policy *policy = qbg_workspace_policy(workspace);
    qbg_baseline *baseline = new_baseline();
    qbg__usual anywhere, empty, fitted;
    qbg__baseline_fit(NULL, workspace, &anywhere);
    qbg__baseline_fit(baseline, workspace, &empty);
    assert_memory_equal(&anywhere, &empty, sizeof anywhere);
    assert_true(anywhere.history_years == 1 && anywhere.window_years == 21.0 / 365);
    assert_int_equal(anywhere.visitor_milli, 500);
    OK(qbg_baseline_set_figure(baseline, "period_s", 365 * DAY));
    OK(qbg_baseline_set_figure(baseline, "contacts.12", 10000));
    OK(qbg_baseline_set_figure(baseline, "visitors.0", 10000));
    OK(qbg_policy_set_milli(policy, "formation_window_days", 73000));
    OK(qbg_policy_set_milli(policy, "formation_history_days", 730000));
    OK(qbg_policy_set_milli(policy, "anonymous_discount", 250));
    qbg__baseline_fit(baseline, workspace, &fitted);
    assert_true(fitted.history_years == 2 && fitted.window_years == 0.2);
    assert_int_equal(fitted.visitor_milli, 250);
    assert_true(rate_of(&fitted.contacts) > 0.8 * 12 && rate_of(&fitted.visitors) < 2);
    qbg_baseline_free(baseline);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_have_keys),
        cmocka_unit_test(buckets_are_as_they_are_called),
        cmocka_unit_test(figures_are_set_as_they_were_read),
        in_workspace(accounts_are_counted_by_how_many_came),
        in_workspace(only_the_period_counts),
        in_workspace(parts_add_up_to_the_whole),
        in_workspace(misuse_is_refused_and_changes_nothing),
        in_workspace(without_memory_nothing_is_added),
        in_workspace(what_is_usual_follows_the_figures_and_the_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
