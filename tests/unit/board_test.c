/* board_test: the whole book in one table: which opportunities are on it, in which order, and that
 * a book split into ranges is the same book. */
#include "fixture.h"

#include <stdio.h>

#define NOW INT64_C(1763553600) /* 2025-11-19T12:00:00Z */

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

/* An opportunity with one champion, who had so many meetings today. */
static qbg_opportunity *add(qbg_workspace *workspace, const char *key, int meetings) {
    qbg_account *account;
    qbg_solution *solution;
    qbg_contact *contact;
    qbg_opportunity *deal;
    qbg_signal *signal;
    char person[64];
    snprintf(person, sizeof person, "%s/ann", key);
    must(qbg_account_put(workspace, "acme", NULL, &account, NULL));
    must(qbg_solution_put(workspace, "erp", NULL, NULL, &solution, NULL));
    must(qbg_opportunity_add(workspace, key, account, solution, QBG_UNDATED, &deal));
    must(qbg_contact_add(workspace, person, account, NULL, NULL, &contact));
    must(qbg_opportunity_add_member(deal, contact, qbg_role_find(workspace, "champion")));
    must(qbg_signal_new(workspace, &signal));
    must(qbg_signal_set_contact(signal, contact));
    must(qbg_signal_set_kind(signal, "meeting"));
    must(qbg_signal_set_time(signal, NOW - 3 * DAY));
    for (int i = 0; i < meetings; i++) must(qbg_record(workspace, signal, NULL, NULL));
    qbg_signal_free(signal);
    return deal;
}

static qbg_table *board(const qbg_workspace *workspace, int64_t as_of_s, int32_t include_closed) {
    qbg_table *table = NULL;
    must(qbg_board(workspace, as_of_s, 0, QBG_NONE, include_closed, &table));
    return table;
}

static int is_text(const qbg_table *table, const char *column, int64_t row, const char *want) {
    int64_t size = -1;
    const char *text = qbg_table_text_at(table, qbg_table_column_find(table, column), row, &size);
    return size == (int64_t)strlen(want) && memcmp(text, want, strlen(want)) == 0;
}

static int64_t whole(const qbg_table *table, const char *column, int64_t row) {
    return qbg_table_int64_at(table, qbg_table_column_find(table, column), row);
}

static double real(const qbg_table *table, const char *column, int64_t row) {
    return qbg_table_double_at(table, qbg_table_column_find(table, column), row);
}

static int is_empty(const qbg_table *table, const char *column, int64_t row) {
    return qbg_table_is_null(table, qbg_table_column_find(table, column), row);
}

/* keys: the opportunities expected, from top to bottom, joined with blanks. */
static void assert_keys(const qbg_table *table, const char *keys) {
    char found[512] = "";
    for (int64_t i = 0; i < qbg_table_row_count(table); i++) {
        int64_t size;
        const char *key =
            qbg_table_text_at(table, qbg_table_column_find(table, "opportunity"), i, &size);
        if (i > 0) strcat(found, " ");
        strncat(found, key, (size_t)size);
    }
    assert_string_equal(found, keys);
}

static void assert_board(const qbg_workspace *workspace, int64_t as_of_s, int32_t include_closed,
                         const char *keys) {
    qbg_table *table = board(workspace, as_of_s, include_closed);
    assert_keys(table, keys);
    qbg_table_free(table);
}

/* ---- Order ---- */

static void the_board_is_by_priority_then_key(void **state) {
    add(workspace_of(state), "quiet", 0);
    add(workspace_of(state), "b", 2);
    add(workspace_of(state), "busy", 9);
    add(workspace_of(state), "a", 2);
    add(workspace_of(state), "B", 2);
    add(workspace_of(state), "also-quiet", 0);
    assert_board(workspace_of(state), NOW, 0, "busy B a b also-quiet quiet");
}

static void a_long_board_is_in_order(void **state) {
    char key[32];
    for (int i = 0; i < 300; i++) {
        snprintf(key, sizeof key, "deal-%03d", i * 7919 % 300);
        add(workspace_of(state), key, i * 31 % 7);
    }
    qbg_table *table = board(workspace_of(state), NOW, 0);
    const double *priorities =
        qbg_table_double_column(table, qbg_table_column_find(table, "priority"));
    int32_t keys = qbg_table_column_find(table, "opportunity");
    assert_int_equal(qbg_table_row_count(table), 300);
    for (int64_t i = 1; i < 300; i++) {
        assert_true(priorities[i - 1] >= priorities[i]);
        if (priorities[i - 1] == priorities[i])
            assert_true(memcmp(qbg_table_text_at(table, keys, i - 1, NULL),
                               qbg_table_text_at(table, keys, i, NULL), 8) < 0);
    }
    qbg_table_free(table);
}

/* ---- Who is on it ---- */

static void the_board_shows_what_is_open_at_that_instant(void **state) {
    add(workspace_of(state), "always", 3);
    must(qbg_opportunity_set_opened(add(workspace_of(state), "opened", 2), NOW));
    must(qbg_opportunity_set_closed(add(workspace_of(state), "closed", 1), NOW));
    assert_board(workspace_of(state), NOW - 1, 0, "always closed");
    assert_board(workspace_of(state), NOW, 0, "always opened");
    assert_board(workspace_of(state), NOW, 1, "always opened closed");
}

static void future_opportunities_are_never_shown(void **state) {
    qbg_opportunity *deal = add(workspace_of(state), "future", 1);
    must(qbg_opportunity_set_opened(deal, NOW + 1));
    assert_board(workspace_of(state), NOW, 0, "");
    assert_board(workspace_of(state), NOW, 1, "");
    must(qbg_opportunity_set_closed(deal, NOW));
    assert_board(workspace_of(state), NOW, 1, "");
}

static void closed_ones_are_assessed_as_of_the_same_instant(void **state) {
    qbg_opportunity *deal = add(workspace_of(state), "deal", 1);
    must(qbg_opportunity_set_closed(deal, NOW - DAY));
    qbg_table *table = board(workspace_of(state), NOW, 1);
    qbg_assessment *answer;
    must(qbg_assess(deal, NOW, &answer));
    assert_int_equal(whole(table, "silent_days", 0), 3);
    assert_true(real(table, "priority", 0) == qbg_assessment_priority(answer));
    qbg_assessment_free(answer);
    qbg_table_free(table);
}

static void an_empty_book_is_an_empty_board(void **state) {
    qbg_table *table = board(workspace_of(state), NOW, 1);
    assert_int_equal(qbg_table_row_count(table), 0);
    assert_int_equal(qbg_table_column_count(table), 20);
    qbg_table_free(table);
}

/* ---- Cells ---- */

static void a_row_is_what_the_assessment_says(void **state) {
    qbg_opportunity *deal = add(workspace_of(state), "deal", 1);
    qbg_member *ann = qbg_member_at(deal, 0);
    must(qbg_member_set_stance(ann, QBG_STANCE_CHAMPION, QBG_UNDATED, QBG_SOURCE_HOST));
    must(qbg_member_set_next_contact(ann, NOW + DAY));
    qbg_table *table = board(workspace_of(state), NOW, 0);
    qbg_assessment *answer;
    must(qbg_assess(deal, NOW, &answer));
    assert_true(is_text(table, "opportunity", 0, "deal"));
    assert_true(is_text(table, "account", 0, "acme"));
    assert_true(is_text(table, "solution", 0, "erp"));
    assert_true(is_text(table, "verdict", 0, "single_threaded"));
    assert_true(real(table, "priority", 0) == qbg_assessment_priority(answer));
    assert_true(real(table, "intent", 0) == qbg_assessment_intent(answer));
    assert_true(real(table, "coverage_identified", 0) == 2.0 / 12.0);
    assert_true(real(table, "coverage_engaged", 0) == 2.0 / 12.0);
    assert_true(real(table, "coverage_supportive", 0) == 2.0 / 12.0);
    assert_true(real(table, "completeness", 0) == 1.0 / 6.0);
    assert_int_equal(whole(table, "members_identified", 0), 1);
    assert_int_equal(whole(table, "members_engaged", 0), 1);
    assert_int_equal(whole(table, "anonymous_visitors", 0), 0);
    assert_int_equal(whole(table, "silent_days", 0), 3);
    assert_true(is_text(table, "missing_roles", 0,
                        "economic_buyer;decision_maker;technical_evaluator;"
                        "business_evaluator;end_user"));
    assert_true(whole(table, "next_contact", 0) == NOW + DAY);
    assert_int_equal(whole(table, "opportunity_number", 0), qbg_opportunity_number(deal));
    qbg_assessment_free(answer);
    qbg_table_free(table);
}

static void what_is_not_known_is_an_empty_cell(void **state) {
    add(workspace_of(state), "silent", 0);
    qbg_table *table = board(workspace_of(state), NOW, 0);
    for (int32_t i = 0; i < qbg_table_column_count(table); i++) {
        const char *name = qbg_table_column_name(table, i);
        int may_be_empty = !strcmp(name, "silent_days") || !strcmp(name, "next_contact");
        assert_int_equal(is_empty(table, name, 0), may_be_empty);
    }
    qbg_table_free(table);
}

static void a_group_that_misses_nobody_has_an_empty_text(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_template *one;
    must(qbg_template_add(workspace, "one", &one));
    must(qbg_template_set_seat(one, qbg_role_find(workspace, "champion"), 1000, 1, 0));
    must(qbg_solution_add(workspace, "erp", NULL, one, NULL));
    add(workspace, "deal", 0);
    qbg_table *table = board(workspace, NOW, 0);
    assert_int_equal(is_empty(table, "missing_roles", 0), 0);
    assert_true(is_text(table, "missing_roles", 0, ""));
    qbg_table_free(table);
}

/* ---- Ranges ---- */

static void assert_same_row(const qbg_table *whole_board, int64_t row, const qbg_table *part,
                            int64_t part_row) {
    for (int32_t i = 0; i < qbg_table_column_count(part); i++) {
        int64_t size, part_size;
        const char *text = qbg_table_text_at(whole_board, i, row, &size);
        assert_memory_equal(qbg_table_text_at(part, i, part_row, &part_size), text, (size_t)size);
        assert_int_equal(size, part_size);
        assert_int_equal(qbg_table_is_null(part, i, part_row),
                         qbg_table_is_null(whole_board, i, row));
        assert_true(qbg_table_int64_at(part, i, part_row) ==
                    qbg_table_int64_at(whole_board, i, row));
        assert_true(qbg_table_double_at(part, i, part_row) ==
                    qbg_table_double_at(whole_board, i, row));
    }
}

/* Every row of a part is in the whole, in the same order; returns how many there are. */
static int64_t count_within(const qbg_table *whole_board, const qbg_table *part) {
    int64_t row = 0;
    for (int64_t i = 0; i < qbg_table_row_count(part); i++, row++) {
        int64_t number = whole(part, "opportunity_number", i);
        while (row < qbg_table_row_count(whole_board) &&
               whole(whole_board, "opportunity_number", row) != number)
            row++;
        assert_true(row < qbg_table_row_count(whole_board));
        assert_same_row(whole_board, row, part, i);
    }
    return qbg_table_row_count(part);
}

static void two_ranges_are_the_whole(void **state) {
    char key[32];
    for (int i = 0; i < 20; i++) {
        snprintf(key, sizeof key, "deal-%d", i);
        qbg_opportunity *deal = add(workspace_of(state), key, i * 5 % 4);
        if (i % 6 == 0) must(qbg_opportunity_set_closed(deal, NOW));
    }
    qbg_table *all = board(workspace_of(state), NOW, 0);
    assert_int_equal(qbg_table_row_count(all), 16);
    for (uint32_t split = 0; split <= 20; split++) {
        qbg_table *first, *second;
        must(qbg_board(workspace_of(state), NOW, 0, split, 0, &first));
        must(qbg_board(workspace_of(state), NOW, split, QBG_NONE, 0, &second));
        assert_int_equal(count_within(all, first) + count_within(all, second), 16);
        for (int64_t i = 0; i < qbg_table_row_count(first); i++)
            assert_true(whole(first, "opportunity_number", i) < split);
        for (int64_t i = 0; i < qbg_table_row_count(second); i++)
            assert_true(whole(second, "opportunity_number", i) >= split);
        qbg_table_free(first);
        qbg_table_free(second);
    }
    qbg_table_free(all);
}

static void a_range_may_be_longer_than_the_book(void **state) {
    qbg_table *table;
    add(workspace_of(state), "a", 0);
    add(workspace_of(state), "b", 0);
    must(qbg_board(workspace_of(state), NOW, 1, 5, 0, &table));
    assert_keys(table, "b");
    qbg_table_free(table);
    must(qbg_board(workspace_of(state), NOW, 7, QBG_NONE, 0, &table));
    assert_keys(table, "");
    qbg_table_free(table);
    must(qbg_board(workspace_of(state), NOW, QBG_NONE, QBG_NONE, 0, &table));
    assert_keys(table, "");
    qbg_table_free(table);
}

static void a_board_outlives_the_workspace(void **state) {
    (void)state;
    qbg_workspace *workspace;
    must(qbg_workspace_new(NULL, &workspace));
    add(workspace, "deal", 1);
    qbg_table *table = board(workspace, NOW, 0);
    qbg_workspace_free(workspace);
    assert_keys(table, "deal");
    qbg_table_free(table);
}

/* One request refused is told, and never a board that lacks something. */
static void without_memory_there_is_no_board(void **state) {
    host *memory = &((fixture *)*state)->memory;
    add(workspace_of(state), "a", 1);
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_board(workspace_of(state), NOW, 0, QBG_NONE, 0, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
    }
    refuse(memory, NEVER);
    assert_true(is_text(table, "missing_roles", 0,
                        "economic_buyer;decision_maker;technical_evaluator;business_evaluator;"
                        "end_user"));
    qbg_table_free(table);
}

static void misuse_is_refused(void **state) {
    qbg_table *table = NULL;
    assert_int_equal(qbg_board(NULL, NOW, 0, QBG_NONE, 0, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_board(workspace_of(state), NOW, 0, QBG_NONE, 0, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_board(workspace_of(state), NOW, 0, QBG_NONE, 2, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_board(workspace_of(state), -1, 0, QBG_NONE, 0, &table), QBG_E_RANGE);
    assert_int_equal(qbg_board(workspace_of(state), QBG_UNDATED, 0, QBG_NONE, 0, &table),
                     QBG_E_RANGE);
    assert_null(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(the_board_is_by_priority_then_key),
        in_workspace(a_long_board_is_in_order),
        in_workspace(the_board_shows_what_is_open_at_that_instant),
        in_workspace(future_opportunities_are_never_shown),
        in_workspace(closed_ones_are_assessed_as_of_the_same_instant),
        in_workspace(an_empty_book_is_an_empty_board),
        in_workspace(a_row_is_what_the_assessment_says),
        in_workspace(what_is_not_known_is_an_empty_cell),
        in_workspace(a_group_that_misses_nobody_has_an_empty_text),
        in_workspace(two_ranges_are_the_whole),
        in_workspace(a_range_may_be_longer_than_the_book),
        cmocka_unit_test(a_board_outlives_the_workspace),
        in_workspace(without_memory_there_is_no_board),
        in_workspace(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
