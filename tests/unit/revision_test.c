/* revision: a host that asks again about what changed, and about nothing else, knows all. */
#include "life.h"
#include "snapshot.h"
#include "rounds.h"

#define EARLY (LIFE_FIRST + 60 * DAY)
#define LATE  (LIFE_FIRST + 140 * DAY)

enum { ROWS = 64 };

/* ---- counting -------------------------------------------------------------------------------- */

static void no_workspace_has_no_revision(void **state) {
    (void)state;
    qbg_table *table = NULL;
    assert_int_equal(qbg_workspace_revision(NULL), 0);
    assert_int_equal(qbg_workspace_changes(NULL, 0, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_board_since(NULL, NOON, 0, 0, &table), QBG_E_ARGUMENT);
    assert_null(table);
}

static void every_change_raises_it_by_one_and_what_is_known_does_not(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t revision = qbg_workspace_revision(workspace);
    qbg_account *daisy = NULL;
#define RAISES(call)                                                                               \
    OK(call);                                                                                      \
    assert_int_equal(qbg_workspace_revision(workspace), ++revision);                               \
    OK(call);                                                                                      \
    assert_int_equal(qbg_workspace_revision(workspace), revision)
#define RAISES_ONCE(call)                                                                          \
    OK(call);                                                                                      \
    assert_int_equal(qbg_workspace_revision(workspace), ++revision)
    const int32_t by_host = QBG_SOURCE_HOST;
    RAISES(qbg_account_put(workspace, "daisy", "Daisy", &daisy, NULL));
    RAISES(qbg_account_set_name(daisy, "Red Daisy"));
    RAISES(qbg_account_set_name(daisy, NULL));
    RAISES(qbg_account_add_domain(daisy, "daisy.example"));
    RAISES(qbg_account_set_potential(daisy, 5, "EUR"));
    RAISES(qbg_account_set_tag(daisy, 5));
    qbg_contact *elena = NULL;
    RAISES(qbg_contact_put(workspace, "elena", daisy, "Elena", "CFO", &elena, NULL));
    RAISES(qbg_contact_set_name(elena, "E"));
    RAISES(qbg_contact_set_title(elena, "HR-менеджер"));
    RAISES(qbg_contact_set_email(elena, "e"));
    RAISES(qbg_contact_set_tag(elena, 6));
    RAISES(qbg_contact_set_account(elena, NULL, NOON, by_host));
    RAISES(qbg_contact_set_account(elena, daisy, NOON + 1, by_host));
    RAISES(qbg_contact_set_persona(elena, QBG_DEPARTMENT_LEGAL, QBG_UNSET));
    RAISES(qbg_contact_add_visitor(elena, "v"));
    RAISES_ONCE(qbg_contact_remove_visitor(elena, "v"));
    assert_int_equal(qbg_contact_remove_visitor(elena, "v"), QBG_E_NOT_FOUND);
    qbg_solution *hr = NULL;
    RAISES(qbg_solution_put(workspace, "hr", "HR", NULL, &hr, NULL));
    RAISES(qbg_solution_add_content(hr, "hr/"));
    RAISES(qbg_solution_set_tag(hr, 7));
    RAISES(qbg_kind_put(workspace, "tour", QBG_CATEGORY_NAMED, 5000, 1, NULL, NULL));
    RAISES(qbg_kind_set_tag(qbg_kind_find(workspace, "tour"), 8));
    RAISES(qbg_role_put(workspace, "chair", "Chair", NULL, NULL));
    qbg_role *chair = qbg_role_find(workspace, "chair");
    RAISES(qbg_role_set_tag(chair, 9));
    qbg_template *small = NULL;
    RAISES(qbg_template_put(workspace, "small", &small, NULL));
    RAISES(qbg_template_set_seat(small, chair, 1000, 1, 1));
    RAISES(qbg_template_set_seat_personas(small, chair, NULL, 0, QBG_SENIORITY_MANAGER));
    RAISES(qbg_template_set_tag(small, 10));
    RAISES(qbg_policy_set_milli(qbg_workspace_policy(workspace), "half_life_days", 31000));
    RAISES(qbg_policy_set_text(qbg_workspace_policy(workspace), "mode.fit", "off"));
    qbg_opportunity *deal = NULL;
    RAISES(qbg_opportunity_put(workspace, "deal", daisy, hr, NOON, &deal, NULL));
    RAISES(qbg_opportunity_set_opened(deal, NOON + 1));
    RAISES(qbg_opportunity_set_closed(deal, LIFE_LAST));
    RAISES(qbg_opportunity_set_name(deal, "Deal"));
    RAISES(qbg_opportunity_set_type(deal, QBG_OPPORTUNITY_UPSELL));
    RAISES(qbg_opportunity_set_stage(deal, "trial", NOON, by_host));
    RAISES(qbg_opportunity_set_verdict(deal, QBG_VERDICT_SILENT, NOON, by_host));
    RAISES(qbg_opportunity_set_currency(deal, "EUR"));
    RAISES(qbg_opportunity_set_amount(deal, 5, NOON, by_host));
    RAISES(qbg_opportunity_withdraw_amount(deal, NOON + 1, by_host));
    RAISES(qbg_opportunity_set_outcome(deal, QBG_OUTCOME_WON, NOON, by_host));
    RAISES(qbg_opportunity_set_answer(deal, QBG_CRITERION_BUDGET, QBG_ANSWER_YES, NOON, by_host));
    RAISES(qbg_opportunity_set_fit(deal, 0.5, NOON, by_host));
    RAISES(qbg_opportunity_set_tag(deal, 11));
    qbg_member *member = NULL;
    RAISES(qbg_member_put(deal, elena, &member, NULL));
    RAISES(qbg_opportunity_add_member(deal, elena, chair));
    RAISES(qbg_member_add_role(member, qbg_role_find(workspace, "coach"), by_host));
    RAISES(qbg_member_set_roles(member, &chair, 1, NOON, by_host));
    RAISES(qbg_member_set_status(member, QBG_STATUS_CONFIRMED, NOON, by_host));
    RAISES(qbg_member_set_stance(member, QBG_STANCE_BLOCKER, NOON, by_host));
    RAISES(qbg_member_set_influence(member, 0.5, NOON, by_host));
    RAISES(qbg_member_set_participation(member, QBG_PARTICIPATION_ACTIVE, NOON, by_host));
    RAISES(qbg_member_set_interest(member, QBG_INTEREST_LOW, NOON, by_host));
    RAISES(qbg_member_set_joined(member, NOON));
    RAISES(qbg_member_set_left(member, LIFE_LAST));
    RAISES(qbg_member_set_next_contact(member, LIFE_LAST));
    RAISES(qbg_member_set_note(member, "note"));
    RAISES(qbg_member_set_tag(member, 12));
    RAISES(qbg_need_set(deal, elena, "need", QBG_NEED_OPEN, NOON));
    qbg_signal *signal = signal_of(workspace, (act){.time = NOON, .contact = elena, .event = "1"});
    RAISES(qbg_record(workspace, signal, NULL, NULL)); /* the second is a duplicate */
    RAISES_ONCE(qbg_retract(workspace, signal));
    assert_int_equal(qbg_retract(workspace, signal), QBG_E_NOT_FOUND);
    qbg_signal_free(signal);
    RAISES(qbg_revenue_put(workspace, "daisy", 2025, 1, 5, "EUR", NULL));
    qbg_contact *olga = NULL;
    RAISES(qbg_contact_put(workspace, "olga", NULL, NULL, NULL, &olga, NULL));
    RAISES(qbg_contact_merge(elena, olga));
    qbg_account *tulip = NULL;
    RAISES(qbg_account_put(workspace, "tulip", NULL, &tulip, NULL));
    RAISES(qbg_account_merge(daisy, tulip));
    RAISES(qbg_contact_erase(elena));
    RAISES_ONCE(qbg_contact_readmit(workspace, "olga"));
    RAISES_ONCE(qbg_member_remove(member));
    RAISES_ONCE(qbg_opportunity_remove(deal, 1));
    RAISES_ONCE(qbg_account_remove(daisy, 1));
    assert_int_equal(qbg_workspace_revision(workspace), revision);
#undef RAISES
#undef RAISES_ONCE
}

static void a_call_that_fails_does_not_raise_it(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(20); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        for (int i = 0; i < 400; i++) {
            uint64_t before = qbg_workspace_revision(workspace);
            qbg_status status = live(&self);
            uint64_t risen = qbg_workspace_revision(workspace) - before;
            if (risen > 1 || (risen == 1 && status != QBG_OK))
                fail_msg("%s answers \"%s\" and raises it by %d", self.what,
                         qbg_status_text(status), (int)risen);
        }
        qbg_workspace_free(workspace);
    }
}

/* Bulk calls and books are one change each. */
static void bulk_calls_raise_it_by_one(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t revision = qbg_workspace_revision(workspace);
    const int64_t times[] = {NOON, NOON + 1}, ends[] = {0, 1, 2};
    const uint16_t kinds[] = {0, 0};
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = 2,
                                        .time_s = times,
                                        .kind = kinds,
                                        .event = "12",
                                        .event_offsets = ends};
    OK(qbg_append(workspace, &columns, NULL, NULL));
    assert_int_equal(qbg_workspace_revision(workspace), revision + 1);
    OK(qbg_append(workspace, &columns, NULL, NULL)); /* known already */
    assert_int_equal(qbg_workspace_revision(workspace), revision + 1);
    for (int i = 0; i < 2; i++) {
        qbg_book_reader *reader = NULL;
        OK(qbg_book_reader_new(workspace, 0, &reader));
        OK(qbg_book_reader_feed(reader, "accounts", "account\na\nb\n", 12));
        OK(qbg_book_reader_finish(reader));
        qbg_book_reader_free(reader);
        assert_int_equal(qbg_workspace_revision(workspace), revision + 2);
    }
}

/* ---- the table of changes -------------------------------------------------------------------- */

typedef struct change_row {
    char key[24];
    int64_t number;
    uint64_t tag, revision;
    int64_t is_alive;
} change_row;

static int64_t read_changes(const qbg_workspace *workspace, uint64_t revision, change_row *rows) {
    qbg_table *table = NULL;
    OK(qbg_workspace_changes(workspace, revision, &table));
    int64_t count = qbg_table_row_count(table);
    assert_int_equal(qbg_table_column_count(table), 5);
    int32_t key = qbg_table_column_find(table, "opportunity");
    int32_t number = qbg_table_column_find(table, "opportunity_number");
    int32_t tag = qbg_table_column_find(table, "opportunity_tag");
    int32_t changed = qbg_table_column_find(table, "revision");
    int32_t is_alive = qbg_table_column_find(table, "is_alive");
    assert_int_equal(qbg_table_column_type(table, key), QBG_COLUMN_TEXT);
    assert_int_equal(qbg_table_column_type(table, number), QBG_COLUMN_INT64);
    assert_int_equal(qbg_table_column_type(table, tag), QBG_COLUMN_UINT64);
    assert_int_equal(qbg_table_column_type(table, changed), QBG_COLUMN_UINT64);
    assert_int_equal(qbg_table_column_type(table, is_alive), QBG_COLUMN_INT64);
    for (int64_t i = 0; i < count && i < ROWS; i++) {
        int64_t size = 0;
        const char *text = qbg_table_text_at(table, key, i, &size);
        snprintf(rows[i].key, sizeof rows[i].key, "%.*s", (int)size, text);
        rows[i].number = qbg_table_int64_at(table, number, i);
        rows[i].tag = qbg_table_uint64_at(table, tag, i);
        rows[i].revision = qbg_table_uint64_at(table, changed, i);
        rows[i].is_alive = qbg_table_int64_at(table, is_alive, i);
        assert_int_equal(qbg_table_is_null(table, key, i), !rows[i].is_alive);
    }
    qbg_table_free(table);
    return count;
}

static void changes_are_told_by_number_with_tag_and_revision(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    change_row rows[ROWS];
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_solution *hr = add_solution(workspace, "hr");
    assert_int_equal(read_changes(workspace, 0, rows), 0);
    qbg_opportunity *second = add_opportunity(workspace, "z", daisy, hr, NOON);
    uint64_t first_revision = qbg_workspace_revision(workspace);
    qbg_opportunity *first = add_opportunity(workspace, "a", daisy, hr, NOON);
    OK(qbg_opportunity_set_tag(first, UINT64_MAX));
    uint64_t now = qbg_workspace_revision(workspace);
    assert_int_equal(read_changes(workspace, 0, rows), 2);
    assert_string_equal(rows[0].key, "z"); /* by number, not by key */
    assert_int_equal(rows[0].number, qbg_opportunity_number(second));
    assert_int_equal(rows[0].revision, first_revision);
    assert_string_equal(rows[1].key, "a");
    assert_true(rows[1].tag == UINT64_MAX);
    assert_int_equal(rows[1].revision, now);
    assert_int_equal(rows[1].is_alive, 1);
    assert_int_equal(read_changes(workspace, first_revision, rows), 1);
    assert_string_equal(rows[0].key, "a");
    assert_int_equal(read_changes(workspace, now, rows), 0);
    assert_int_equal(read_changes(workspace, UINT64_MAX, rows), 0);
    /* removed: the number is told, there is no key any more */
    OK(qbg_opportunity_remove(second, 0));
    assert_int_equal(read_changes(workspace, now, rows), 1);
    assert_string_equal(rows[0].key, "");
    assert_int_equal(rows[0].number, 0);
    assert_int_equal(rows[0].is_alive, 0);
    /* the catalogue and the policy: all of them */
    now = qbg_workspace_revision(workspace);
    OK(qbg_policy_set_milli(qbg_workspace_policy(workspace), "half_life_days", 10000));
    int64_t alive = 0, count = read_changes(workspace, now, rows);
    for (int64_t i = 0; i < count; i++) alive += rows[i].is_alive;
    assert_int_equal(alive, 1);
    qbg_table *table = NULL;
    assert_int_equal(qbg_workspace_changes(workspace, 0, NULL), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg_workspace_changes(workspace, 0, &table), QBG_E_BUSY);
    assert_null(table);
    OK(qbg_workspace_rollback(workspace));
}

/* A batch has one revision, whatever it touched. */
static void what_a_batch_touched_has_its_revision(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    change_row rows[ROWS];
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_solution *hr = add_solution(workspace, "hr");
    uint64_t before = qbg_workspace_revision(workspace);
    OK(qbg_workspace_begin(workspace));
    add_opportunity(workspace, "1", daisy, hr, NOON);
    add_opportunity(workspace, "2", daisy, hr, NOON);
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(read_changes(workspace, before, rows), 2);
    assert_int_equal(rows[0].revision, before + 1);
    assert_int_equal(rows[1].revision, before + 1);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_account_set_name(daisy, "Daisy"));
    OK(qbg_workspace_rollback(workspace));
    assert_int_equal(read_changes(workspace, before + 1, rows), 0);
}

/* What does not concern a group leaves it alone. */
static void groups_that_nothing_concerns_are_not_listed(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    change_row rows[ROWS];
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    qbg_opportunity *one = add_opportunity(workspace, "one", daisy, hr, QBG_UNDATED);
    add_opportunity(workspace, "two", tulip, hr, QBG_UNDATED);
    qbg_member *member = add_member(one, elena);
    uint64_t before = qbg_workspace_revision(workspace);
    tell(workspace, (act){.time = NOON, .contact = elena});
    OK(qbg_member_set_note(member, "x"));
    OK(qbg_contact_set_name(elena, "Elena"));
    OK(qbg_account_set_name(daisy, "Daisy"));
    OK(qbg_opportunity_set_stage(one, "trial", NOON, QBG_SOURCE_HOST));
    assert_int_equal(read_changes(workspace, before, rows), 1);
    assert_string_equal(rows[0].key, "one");
    add_contact(workspace, "nobody", tulip);
    before = qbg_workspace_revision(workspace);
    OK(qbg_contact_set_title(qbg_contact_find(workspace, "nobody"), "CFO"));
    assert_int_equal(read_changes(workspace, before, rows), 0);
}

/* ---- what changed is listed ------------------------------------------------------------------ */

/* Every answer about an opportunity, at three instants. */
static void put_group(snapshot *to, const qbg_workspace *workspace, const qbg_opportunity *row) {
    static const int64_t instants[] = {EARLY, LATE, LIFE_LAST};
    for (size_t i = 0; i < 3; i++) {
        qbg_table *table = NULL;
        qbg_blob *blob = NULL;
        OK(qbg_board(workspace, instants[i], qbg_opportunity_number(row), 1, 1, &table));
        put_table(to, "board", table);
        OK(qbg_report_explain(row, instants[i], NULL, &blob));
        put_blob(to, "explanation", blob);
        for (uint32_t j = 0; j < qbg_contact_count(workspace); j++) {
            if (!qbg_contact_at(workspace, j)) continue;
            OK(qbg_ledger(row, qbg_contact_at(workspace, j), instants[i], &table));
            if (qbg_table_row_count(table) == 0)
                qbg_table_free(table);
            else
                put_table(to, "ledger", table);
        }
    }
    qbg_table *table = NULL;
    OK(qbg_opportunity_history(row, &table));
    put_table(to, "history", table);
}

static void put_groups(snapshot *groups, const qbg_workspace *workspace) {
    for (uint32_t i = 0; i < ROWS; i++) {
        const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
        groups[i].size = 0;
        put_line(&groups[i], "group");
        if (row) put_group(&groups[i], workspace, row);
    }
}

static int is_same(const snapshot *a, const snapshot *b) {
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static void assert_listed(const qbg_workspace *workspace, uint64_t revision, const snapshot *before,
                          const snapshot *after, const char *what) {
    change_row rows[ROWS];
    int is_listed[ROWS] = {0};
    int64_t count = read_changes(workspace, revision, rows);
    for (int64_t i = 0; i < count; i++) is_listed[rows[i].number] = 1;
    for (int i = 0; i < ROWS; i++)
        if (!is_listed[i] && !is_same(&before[i], &after[i]))
            fail_msg("%s changes group %d, which is not listed", what, i);
}

static void a_group_whose_answers_changed_is_listed(void **state) {
    static snapshot groups[2][ROWS];
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(10); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        self.is_gentle = seed % 3 == 0;
        live_on(&self, 60);
        put_groups(groups[0], workspace);
        for (int i = 0; i < 150; i++) {
            uint64_t revision = qbg_workspace_revision(workspace);
            snapshot *before = groups[i % 2], *after = groups[(i + 1) % 2];
            live_on(&self, i % 10 == 9 ? 10 : 1);
            put_groups(after, workspace);
            assert_listed(workspace, revision, before, after, self.what);
        }
        assert_true(qbg_opportunity_count(workspace) < ROWS);
        qbg_workspace_free(workspace);
    }
    for (int i = 0; i < ROWS; i++) {
        forget(&groups[0][i]);
        forget(&groups[1][i]);
    }
}

/* ---- a board that is brought up to date ------------------------------------------------------ */

/* The rows of a board by number, as text; a row that is not there is empty. */
static void take_rows(snapshot *rows, qbg_table *board) {
    int32_t number = qbg_table_column_find(board, "opportunity_number");
    for (int64_t i = 0; i < qbg_table_row_count(board); i++) {
        snapshot *row = &rows[qbg_table_int64_at(board, number, i)];
        row->size = 0;
        for (int32_t column = 0; column < qbg_table_column_count(board); column++) {
            int64_t size = 0;
            const char *text = qbg_table_text_at(board, column, i, &size);
            put_line(row, "%.*s %lld %llu %a %d", (int)size, text,
                     (long long)qbg_table_int64_at(board, column, i),
                     (unsigned long long)qbg_table_uint64_at(board, column, i),
                     qbg_table_double_at(board, column, i),
                     (int)qbg_table_is_null(board, column, i));
        }
    }
    qbg_table_free(board);
}

static void empty_rows(snapshot *rows) {
    for (int i = 0; i < ROWS; i++) {
        rows[i].size = 0;
        put_bytes(&rows[i], "", 0);
    }
}

/* What a host does: forgets the rows that changed, and takes those that there are instead. */
static void bring_up_to_date(snapshot *rows, const qbg_workspace *workspace, uint64_t revision,
                             int32_t include_closed) {
    change_row changed[ROWS];
    qbg_table *board = NULL;
    int64_t count = read_changes(workspace, revision, changed);
    for (int64_t i = 0; i < count; i++) rows[changed[i].number].size = 0;
    OK(qbg_board_since(workspace, LATE, revision, include_closed, &board));
    assert_true(qbg_table_row_count(board) <= count);
    take_rows(rows, board);
}

static void a_board_that_is_brought_up_to_date_is_the_whole_board(void **state) {
    static snapshot kept[2][ROWS], whole[ROWS];
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(15); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        uint64_t revision = 0;
        empty_rows(kept[0]);
        empty_rows(kept[1]);
        for (int i = 0; i < 60; i++) {
            live_on(&self, 1 + i % 7);
            for (int32_t closed = 0; closed < 2; closed++) {
                qbg_table *board = NULL;
                bring_up_to_date(kept[closed], workspace, revision, closed);
                OK(qbg_board(workspace, LATE, 0, QBG_NONE, closed, &board));
                empty_rows(whole);
                take_rows(whole, board);
                for (int j = 0; j < ROWS; j++)
                    if (!is_same(&kept[closed][j], &whole[j]))
                        fail_msg("row %d is not up to date after %s", j, self.what);
            }
            revision = qbg_workspace_revision(workspace);
        }
        qbg_workspace_free(workspace);
    }
    for (int i = 0; i < ROWS; i++) {
        forget(&kept[0][i]);
        forget(&kept[1][i]);
        forget(&whole[i]);
    }
}

static void the_board_since_is_ordered_as_the_board(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *all = NULL, *since = NULL;
    life self = new_life(workspace, 21);
    self.is_gentle = 1;
    live_on(&self, 400);
    OK(qbg_board(workspace, LATE, 0, QBG_NONE, 1, &all));
    OK(qbg_board_since(workspace, LATE, 0, 1, &since));
    snapshot one = {NULL, 0, 0}, other = {NULL, 0, 0};
    assert_true(qbg_table_row_count(all) > 2);
    put_table(&one, "board", all);
    put_table(&other, "board", since);
    assert_seen(&one, other, "since 0");
    forget(&one);
    OK(qbg_board_since(workspace, LATE, qbg_workspace_revision(workspace), 1, &since));
    assert_int_equal(qbg_table_row_count(since), 0);
    qbg_table_free(since);
    assert_int_equal(qbg_board_since(workspace, -1, 0, 1, &since), QBG_E_RANGE);
    assert_int_equal(qbg_board_since(workspace, LATE, 0, 2, &since), QBG_E_ARGUMENT);
    assert_int_equal(qbg_board_since(workspace, LATE, 0, 1, NULL), QBG_E_ARGUMENT);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void out_of_memory_tells_no_changes(void **state) {
    fixture *self = *state;
    life at = new_life(self->workspace, 2);
    live_on(&at, 100);
    for (int what = 0; what < 2; what++) {
        qbg_table *table = NULL;
        qbg_status status = QBG_E_MEMORY;
        long request = 0;
        for (; status != QBG_OK; request++) {
            table = NULL;
            refuse(&self->memory, request);
            status = what == 0 ? qbg_workspace_changes(self->workspace, 0, &table)
                               : qbg_board_since(self->workspace, LATE, 0, 1, &table);
            refuse(&self->memory, NEVER);
            if (status == QBG_OK) break;
            assert_int_equal(status, QBG_E_MEMORY);
            assert_null(table);
        }
        assert_true(request > 5);
        qbg_table_free(table);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_workspace_has_no_revision),
        in_workspace(every_change_raises_it_by_one_and_what_is_known_does_not),
        cmocka_unit_test(a_call_that_fails_does_not_raise_it),
        in_workspace(bulk_calls_raise_it_by_one),
        in_workspace(changes_are_told_by_number_with_tag_and_revision),
        in_workspace(what_a_batch_touched_has_its_revision),
        in_workspace(groups_that_nothing_concerns_are_not_listed),
        cmocka_unit_test(a_group_whose_answers_changed_is_listed),
        cmocka_unit_test(a_board_that_is_brought_up_to_date_is_the_whole_board),
        in_workspace(the_board_since_is_ordered_as_the_board),
        in_workspace(out_of_memory_tells_no_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
