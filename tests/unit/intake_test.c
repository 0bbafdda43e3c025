/* intake: a large call leaves what its rows leave when they are told one after the other, to the
 * last slot of the last log: in workspaces that have seen everything, inside batches, and when
 * memory runs out. */
#include "life.h"
#include "rounds.h"
#include "snapshot.h"

#include "model/intake.h"
#include "model/routing.h"

#define EARLY (LIFE_FIRST + LIFE_DAYS / 2 * DAY)
#define ROWS  240

/* ---- rows ------------------------------------------------------------------------------------ */

typedef struct table {
    int64_t time[ROWS];
    uint16_t kind[ROWS];
    uint32_t contact[ROWS], account[ROWS], solution[ROWS], opportunity[ROWS];
    char visitor[ROWS * 2], content[ROWS * 4], event[ROWS * 2];
    int64_t visitors[ROWS + 1], contents[ROWS + 1], events[ROWS + 1];
    qbg_signal_columns columns;
} table;

/* A row's number, one that there is not, or none. */
static uint32_t draw_number(life *self, uint32_t rows, uint32_t none) {
    return one_in(self, none) ? QBG_NONE : draw(self, one_in(self, 40) ? rows + 1 : rows + !rows);
}

/* An empty cell, or one of a few texts, of which some are not UTF-8. */
static void draw_cell(life *self, const char *prefix, char *bytes, int64_t *offsets, int row) {
    int64_t end = offsets[row];
    if (one_in(self, 3)) {
        memcpy(bytes + end, prefix, strlen(prefix));
        end += (int64_t)strlen(prefix);
        bytes[end++] = one_in(self, 40) ? (char)0xff : (char)('0' + draw(self, 6));
    }
    offsets[row + 1] = end;
}

static void draw_rows(life *self, table *out) {
    const qbg_workspace *of = self->workspace;
    int texts = one_in(self, 2) ? (int)draw(self, 8) : 0;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < ROWS; i++) {
        out->time[i] = one_in(self, 50) ? -1 : draw_second(self);
        out->kind[i] = (uint16_t)draw(self, one_in(self, 50) ? 4000 : 20);
        out->contact[i] = draw_number(self, qbg_contact_count(of), 5);
        out->account[i] = draw_number(self, qbg_account_count(of), 3);
        out->solution[i] = draw_number(self, qbg_solution_count(of), 5);
        out->opportunity[i] = draw_number(self, qbg_opportunity_count(of), 1);
        if (one_in(self, 20)) out->opportunity[i] = draw(self, qbg_opportunity_count(of) + 1);
        draw_cell(self, "v", out->visitor, out->visitors, i);
        draw_cell(self, "p0/", out->content, out->contents, i);
        draw_cell(self, "e", out->event, out->events, i);
    }
    out->columns = (qbg_signal_columns){.size = sizeof out->columns,
                                        .count = ROWS,
                                        .time_s = out->time,
                                        .kind = out->kind,
                                        .contact = one_in(self, 9) ? NULL : out->contact,
                                        .account = one_in(self, 4) ? NULL : out->account,
                                        .solution = one_in(self, 9) ? NULL : out->solution,
                                        .opportunity = one_in(self, 2) ? NULL : out->opportunity};
    if (texts & 1)
        out->columns.visitor = out->visitor, out->columns.visitor_offsets = out->visitors;
    if (texts & 2)
        out->columns.content = out->content, out->columns.content_offsets = out->contents;
    if (texts & 4) out->columns.event = out->event, out->columns.event_offsets = out->events;
}

/* What qbg_append is compared with. */
static void append_by_row(qbg_workspace *workspace, const qbg_signal_columns *columns,
                          qbg_status *row_status, uint64_t *out_refused) {
    qbg__taken taken;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__intake_by_row(workspace, columns, row_status, &taken);
    OK(status);
    if (taken.taken > 0)
        OK(qbg__end(change, status));
    else
        OK(qbg__end_unchanged(change));
    *out_refused = taken.refused;
}

/* ---- logs ------------------------------------------------------------------------------------ */

static void assert_same_log(const qbg_workspace *one, const qbg_workspace *other, uint32_t name) {
    const qbg__log *a = qbg__log_at(one, name), *b = qbg__log_at(other, name);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->person_count, b->person_count);
    if (a->count > 0) assert_memory_equal(a->entries, b->entries, a->count * sizeof *a->entries);
    if (a->person_count > 0)
        assert_memory_equal(a->people, b->people, a->person_count * sizeof *a->people);
}

static void assert_same_places(const qbg__places *a, const qbg__places *b) {
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++)
        assert_int_equal(qbg__places_at(a, i), qbg__places_at(b, i));
}

/* The same entries in the same order, and the same people know of them. */
static void assert_same_logs(const qbg_workspace *one, const qbg_workspace *other) {
    assert_int_equal(qbg_signal_count(one), qbg_signal_count(other));
    assert_same_log(one, other, QBG__LOG_WORKSPACE);
    for (uint32_t i = 0; i < one->opportunities.count; i++) assert_same_log(one, other, i);
    for (uint32_t i = 0; i < one->accounts.count; i++) {
        const qbg_account *a = qbg__rows_at(&one->accounts, i),
                          *b = qbg__rows_at(&other->accounts, i);
        assert_same_log(one, other, QBG__LOG_ACCOUNT | i);
        assert_same_places(&a->signals, &b->signals);
    }
    for (uint32_t i = 0; i < one->contacts.count; i++) {
        const qbg_contact *a = qbg__rows_at(&one->contacts, i),
                          *b = qbg__rows_at(&other->contacts, i);
        assert_same_places(&a->signals, &b->signals);
    }
    for (uint32_t i = 0; i < one->signals.visitor_count; i++)
        assert_same_places(&one->signals.visitors[i].signals, &other->signals.visitors[i].signals);
}

/* ---- twice the same life --------------------------------------------------------------------- */

/* Two workspaces that live the same; only one takes signals in at once. */
typedef struct twins {
    life at_once, by_row;
} twins;

static void append_to_both(twins *self, uint32_t *ways_used) {
    static table rows;
    qbg_status found[ROWS], expected[ROWS];
    uint64_t refused = 0, expects = 0;
    draw_rows(&self->at_once, &rows);
    OK(qbg_append(self->at_once.workspace, &rows.columns, found, &refused));
    *ways_used += self->at_once.workspace->ways.are_known != 0;
    draw_rows(&self->by_row, &rows);
    append_by_row(self->by_row.workspace, &rows.columns, expected, &expects);
    assert_memory_equal(found, expected, sizeof found);
    assert_true(refused == expects);
    assert_same_logs(self->at_once.workspace, self->by_row.workspace);
}

/* Records a row, when it names what there is. */
static qbg_status record_row(qbg_workspace *of, const table *rows, int i, uint32_t *out_taker,
                             int32_t *out_duplicate) {
    char visitor[8] = "", content[8] = "", event[8] = "";
    const qbg_kind *kind = qbg_kind_at(of, rows->kind[i]);
    qbg_opportunity *taker = NULL;
    qbg_signal *record = NULL;
    if (rows->time[i] < 0 || !kind) return QBG_E_RANGE;
    memcpy(visitor, rows->visitor + rows->visitors[i],
           (size_t)(rows->visitors[i + 1] - rows->visitors[i]));
    memcpy(content, rows->content + rows->contents[i],
           (size_t)(rows->contents[i + 1] - rows->contents[i]));
    memcpy(event, rows->event + rows->events[i], (size_t)(rows->events[i + 1] - rows->events[i]));
    OK(qbg_signal_new(of, &record));
    OK(qbg_signal_set_time(record, rows->time[i]));
    OK(qbg_signal_set_kind(record, qbg_kind_key(kind)));
    OK(qbg_signal_set_contact(record, qbg_contact_at(of, rows->contact[i])));
    OK(qbg_signal_set_account(record, qbg_account_at(of, rows->account[i])));
    OK(qbg_signal_set_solution(record, qbg_solution_at(of, rows->solution[i])));
    if (rows->columns.opportunity)
        OK(qbg_signal_set_opportunity(record, qbg_opportunity_at(of, rows->opportunity[i])));
    if (i % 8 == 0) qbg_signal_set_visitor(record, visitor);
    if (i % 2 == 0) qbg_signal_set_content(record, content);
    if (i % 3 == 0) qbg_signal_set_event(record, event);
    qbg_status status = qbg_record(of, record, &taker, out_duplicate);
    *out_taker = qbg_opportunity_number(taker);
    qbg_signal_free(record);
    return status;
}

/* Some signals one by one, each told twice: only one of the two has ways. */
static void record_in_both(twins *self, uint32_t *ways_used) {
    static table rows;
    draw_rows(&self->at_once, &rows);
    draw_rows(&self->by_row, &rows);
    assert_false(self->by_row.workspace->ways.are_known);
    for (int i = 0; i < 80; i++) {
        uint32_t taker = 0, expected = 0;
        int32_t is_known = 0, expects = 0;
        *ways_used += qbg__ways_are_good(self->at_once.workspace) != 0;
        assert_int_equal(record_row(self->at_once.workspace, &rows, i / 2, &taker, &is_known),
                         record_row(self->by_row.workspace, &rows, i / 2, &expected, &expects));
        assert_int_equal(taker, expected);
        assert_int_equal(is_known, expects);
    }
    assert_same_logs(self->at_once.workspace, self->by_row.workspace);
}

static void live_both(twins *self, int changes) {
    live_on(&self->at_once, changes);
    live_on(&self->by_row, changes);
}

static void begin_both(twins *self) {
    OK(qbg_workspace_begin(self->at_once.workspace));
    OK(qbg_workspace_begin(self->by_row.workspace));
}

static void end_both(twins *self, int takes_effect) {
    qbg_status (*end)(qbg_workspace *) =
        takes_effect ? qbg_workspace_commit : qbg_workspace_rollback;
    OK(end(self->at_once.workspace));
    OK(end(self->by_row.workspace));
}

static void assert_same(const twins *self) {
    snapshot expected = whole_of(self->by_row.workspace, EARLY, LIFE_LAST);
    assert_seen(&expected, whole_of(self->at_once.workspace, EARLY, LIFE_LAST), "at once");
    forget(&expected);
    assert_same_logs(self->at_once.workspace, self->by_row.workspace);
}

static uint32_t live_twice(qbg_workspace *one, qbg_workspace *other, uint64_t seed,
                           uint32_t *ways_recorded) {
    twins self = {new_life(one, seed), new_life(other, seed)};
    uint32_t ways_used = 0;
    self.at_once.is_gentle = self.by_row.is_gentle = seed % 3 == 0;
    live_both(&self, 30);
    for (int i = 0; i < 6; i++) {
        int has_batch = i % 2 == 1;
        if (has_batch) begin_both(&self);
        append_to_both(&self, &ways_used);
        live_both(&self, i % 3 == 0 ? 0 : 12);
        append_to_both(&self, &ways_used);
        record_in_both(&self, ways_recorded);
        append_to_both(&self, &ways_used);
        if (has_batch) end_both(&self, i != 3);
        append_to_both(&self, &ways_used);
        record_in_both(&self, ways_recorded);
        assert_same(&self);
    }
    live_both(&self, 60); /* whoever moves now finds all of his signals */
    assert_same(&self);
    return ways_used;
}

static void is_the_same_as_row_by_row(void **state) {
    uint32_t ways_used = 0, ways_recorded = 0;
    (void)state;
    for (unsigned seed = 1; seed <= rounds(40); seed++) {
        qbg_workspace *one = NULL, *other = NULL;
        OK(qbg_workspace_new(NULL, &one));
        OK(qbg_workspace_new(NULL, &other));
        ways_used += live_twice(one, other, seed, &ways_recorded);
        qbg_workspace_free(one);
        qbg_workspace_free(other);
    }
    assert_true(ways_used > 0 && ways_recorded > 0);
}

/* ---- many rounds ----------------------------------------------------------------------------- */

enum { MANY = 150000, ACCOUNTS = 40, CONTACTS = 1500 };

/* Every third opportunity is dated, every tenth account has two for a solution. */
static void add_rows(qbg_workspace *workspace) {
    qbg_solution *sold[] = {add_solution(workspace, "s0"), add_solution(workspace, "s1")};
    char key[16];
    for (int i = 0; i < ACCOUNTS; i++) {
        snprintf(key, sizeof key, "a%d", i);
        qbg_account *account = add_account(workspace, key);
        snprintf(key, sizeof key, "o%d", i);
        add_opportunity(workspace, key, account, sold[i % 2], i % 3 ? QBG_UNDATED : NOON);
        snprintf(key, sizeof key, "p%d", i);
        if (i % 10 == 0) add_opportunity(workspace, key, account, sold[i % 2], NOON + 9 * DAY);
    }
    for (int i = 0; i < CONTACTS; i++) {
        snprintf(key, sizeof key, "c%d", i);
        qbg_account *account = qbg_account_at(workspace, (uint32_t)i % ACCOUNTS);
        qbg_contact *contact = add_contact(workspace, key, i % 7 ? account : NULL);
        if (i % 5 == 0) add_member(qbg_opportunity_at(workspace, (uint32_t)i % ACCOUNTS), contact);
    }
}

typedef struct many {
    int64_t time[MANY];
    uint16_t kind[MANY];
    uint32_t contact[MANY], account[MANY], solution[MANY];
    char content[MANY * 8], event[MANY * 8];
    int64_t contents[MANY + 1], events[MANY + 1];
} many;

static int64_t put_cell(char *bytes, int64_t end, const char *prefix, uint32_t number) {
    return end + sprintf(bytes + end, "%s%u", prefix, number);
}

/* One of more contents than there is room for in entries, and mostly an id: a new one, or that of
 * another signal. One more is a row told again. */
static void draw_texts(life *self, many *out, int i) {
    static const char *const prefixes[] = {"i", "", "\xc3\xbc", "."};
    uint32_t number = one_in(self, 9) ? draw(self, (uint32_t)i + 1) : (uint32_t)i;
    int64_t end = out->contents[i];
    if (!one_in(self, 4)) end = put_cell(out->content, end, "", draw(self, 60000));
    out->contents[i + 1] = end;
    end = out->events[i];
    if (!one_in(self, 9)) end = put_cell(out->event, end, prefixes[number % 4], number);
    out->events[i + 1] = end;
}

/* The same text as in an earlier row. */
static void copy_cell(char *bytes, int64_t *offsets, int from, int to) {
    int64_t size = offsets[from + 1] - offsets[from];
    memcpy(bytes + offsets[to], bytes + offsets[from], (size_t)size);
    offsets[to + 1] = offsets[to] + size;
}

static void copy_row(many *out, int from, int to) {
    out->time[to] = out->time[from];
    out->kind[to] = out->kind[from];
    out->contact[to] = out->contact[from];
    out->account[to] = out->account[from];
    out->solution[to] = out->solution[from];
    copy_cell(out->content, out->contents, from, to);
    copy_cell(out->event, out->events, from, to);
}

static void draw_many(const qbg_workspace *workspace, many *out) {
    life self = {.seed = 7};
    uint32_t accounts = qbg_account_count(workspace), contacts = qbg_contact_count(workspace);
    for (int i = 0; i < MANY; i++) {
        out->time[i] = NOON - 30 * DAY + draw(&self, 86400 * 60);
        out->kind[i] = (uint16_t)draw(&self, 12);
        out->contact[i] = one_in(&self, 9) ? QBG_NONE : draw(&self, contacts);
        out->account[i] = one_in(&self, 3)              ? QBG_NONE
                          : out->contact[i] == QBG_NONE ? draw(&self, accounts)
                                                        : out->contact[i] % accounts;
        out->solution[i] = draw(&self, 2);
        draw_texts(&self, out, i);
        if (i > 0 && one_in(&self, 25)) copy_row(out, (int)draw(&self, (uint32_t)i), i);
    }
}

static qbg_signal_columns some_of(const many *rows, int first, int count, int has_texts) {
    return (qbg_signal_columns){.size = sizeof(qbg_signal_columns),
                                .count = (uint64_t)count,
                                .time_s = rows->time + first,
                                .kind = rows->kind + first,
                                .contact = rows->contact + first,
                                .account = rows->account + first,
                                .solution = rows->solution + first,
                                .content = has_texts ? rows->content : NULL,
                                .content_offsets = has_texts ? rows->contents + first : NULL,
                                .event = has_texts ? rows->event : NULL,
                                .event_offsets = has_texts ? rows->events + first : NULL};
}

/* How many of the answers are that one. */
static uint32_t count_of(const qbg_status *found, qbg_status status) {
    uint32_t count = 0;
    for (int i = 0; i < MANY; i++) count += found[i] == status;
    return count;
}

static uint64_t append_many(qbg_workspace *one, qbg_workspace *other, const many *rows,
                            int has_texts, qbg_status *found) {
    const qbg_signal_columns columns = some_of(rows, 0, MANY, has_texts);
    qbg_status *expected = calloc(MANY, sizeof *expected);
    uint64_t refused = 0, expects = 0;
    assert_non_null(expected);
    OK(qbg_append(one, &columns, found, &refused));
    assert_true(one->ways.are_known);
    append_by_row(other, &columns, expected, &expects);
    assert_memory_equal(found, expected, MANY * sizeof *expected);
    assert_true(refused == expects);
    assert_same_logs(one, other);
    assert_int_equal(one->texts.count, other->texts.count);
    assert_int_equal(one->signals.cells_count, other->signals.cells_count);
    free(expected);
    return refused;
}

static void take_many_rounds(qbg_workspace *one, int has_texts) {
    qbg_workspace *other = NULL;
    many *rows = calloc(1, sizeof *rows);
    qbg_status *found = calloc(MANY, sizeof *found);
    assert_non_null(rows);
    assert_non_null(found);
    OK(qbg_workspace_new(NULL, &other));
    add_rows(one);
    add_rows(other);
    draw_many(one, rows);
    uint64_t refused = append_many(one, other, rows, has_texts, found);
    assert_true(qbg_signal_count(one) == MANY - refused - count_of(found, QBG_DUPLICATE));
    assert_int_equal(count_of(found, QBG_DUPLICATE) > 1000, has_texts);
    assert_int_equal(count_of(found, QBG_E_CONFLICT) > 100, has_texts);
    assert_int_equal(one->texts.count > QBG__ENTRY_CONTENTS, has_texts);
    append_many(one, other, rows, has_texts, found);
    assert_int_equal(count_of(found, QBG_DUPLICATE) > MANY / 2, has_texts);
    qbg_workspace_free(other);
    free(found);
    free(rows);
}

static void takes_many_rounds(void **state) { take_many_rounds(workspace_of(state), 0); }

/* Not where a checker makes it take minutes; is_the_same_as_row_by_row has fewer rows. */
static void takes_many_rounds_of_texts(void **state) {
    if (rounds(10) < 10) skip();
    take_many_rounds(workspace_of(state), 1);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Without room for a round rows are told one by one; without room for them nothing is, and nothing
 * of it is left in what the next call goes by. */
static void running_out_of_memory_changes_nothing(void **state) {
    fixture *self = *state;
    static table rows;
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    life of = new_life(self->workspace, 5), twin = new_life(other, 5);
    uint32_t refusals = 0;
    int was_refused = 1;
    live_on(&of, 150);
    live_on(&twin, 150);
    for (long request = 0; was_refused; request++) {
        uint64_t refused = 0;
        snapshot before = whole_of(self->workspace, EARLY, LIFE_LAST);
        draw_rows(&of, &rows);
        forget_room(self->workspace);
        refuse(&self->memory, request);
        qbg_status status = qbg_append(self->workspace, &rows.columns, NULL, &refused);
        was_refused = self->memory.requests > request;
        refuse(&self->memory, NEVER);
        if (status == QBG_E_MEMORY) {
            refusals++;
            assert_seen(&before, whole_of(self->workspace, EARLY, LIFE_LAST), "out of memory");
            status = qbg_append(self->workspace, &rows.columns, NULL, &refused);
        }
        OK(status);
        forget(&before);
        append_by_row(other, &rows.columns, NULL, &refused);
        assert_same_logs(self->workspace, other);
    }
    assert_true(refusals > 0);
    qbg_workspace_free(other);
}

/* The first call makes ways; the second one adds to them and fails; the third goes by them. */
static int fails_and_goes_on(host *memory, const many *rows, int has_texts, long request) {
    const qbg_allocator allocator = allocator_of(memory);
    const qbg_signal_columns first = some_of(rows, 0, 130, has_texts),
                             second = some_of(rows, 130, 400, has_texts);
    qbg_workspace *one = NULL, *other = NULL;
    uint64_t refused = 0;
    OK(qbg_workspace_new(&allocator, &one));
    OK(qbg_workspace_new(NULL, &other));
    add_rows(one);
    add_rows(other);
    OK(qbg_append(one, &first, NULL, &refused));
    append_by_row(other, &first, NULL, &refused);
    refuse(memory, request);
    qbg_status status = qbg_append(one, &second, NULL, &refused);
    refuse(memory, NEVER);
    if (status != QBG_E_MEMORY) OK(status);
    if (status == QBG_E_MEMORY) OK(qbg_append(one, &second, NULL, &refused));
    append_by_row(other, &second, NULL, &refused);
    snapshot expected = {NULL, 0, 0}, found = {NULL, 0, 0};
    put_book(&expected, other);
    put_book(&found, one);
    assert_seen(&expected, found, "behind a failure");
    assert_same_logs(one, other);
    forget(&expected);
    qbg_workspace_free(one);
    qbg_workspace_free(other);
    return status == QBG_E_MEMORY;
}

static void goes_on_behind_a_failure(void **state) {
    host memory = HOST;
    many *rows = calloc(1, sizeof *rows);
    (void)state;
    assert_non_null(rows);
    qbg_workspace *workspace = NULL;
    OK(qbg_workspace_new(NULL, &workspace));
    add_rows(workspace);
    draw_many(workspace, rows);
    qbg_workspace_free(workspace);
    int fails = 0, step = rounds(10) == 10 ? 23 : 230;
    for (int has_texts = 0; has_texts < 2; has_texts++)
        for (long request = 4; request < 4 + 20 * step; request += step) /* behind a round's room */
            fails += fails_and_goes_on(&memory, rows, has_texts, request);
    assert_true(fails > 0);
    assert_int_equal(memory.bytes, 0);
    free(rows);
}

/* Records a signal of a contact who is new in the log that it goes to, while memory is out from a
 * request on. */
static int is_recorded(fixture *self, uint32_t i, int has_memory) {
    qbg_workspace *workspace = self->workspace;
    char event[16];
    snprintf(event, sizeof event, "r%u", i);
    qbg_signal *record = signal_of(workspace, (act){.time = NOON,
                                                    .contact = qbg_contact_at(workspace, i),
                                                    .solution = qbg_solution_at(workspace, i % 2),
                                                    .event = event});
    snapshot before = whole_of(workspace, EARLY, LIFE_LAST);
    if (!has_memory) forget_room(workspace);
    refuse(&self->memory, has_memory ? NEVER : (long)i % 4);
    qbg_status status = qbg_record(workspace, record, NULL, NULL);
    refuse(&self->memory, NEVER);
    if (status != QBG_OK) {
        assert_int_equal(status, QBG_E_MEMORY);
        assert_seen(&before, whole_of(workspace, EARLY, LIFE_LAST), "out of memory");
    }
    forget(&before);
    qbg_signal_free(record);
    return status == QBG_OK;
}

static void a_recorded_signal_goes_its_way_or_nowhere(void **state) {
    fixture *self = *state, twin = {.memory = HOST};
    many *rows = calloc(1, sizeof *rows);
    assert_non_null(rows);
    OK(qbg_workspace_new(NULL, &twin.workspace));
    add_rows(self->workspace);
    add_rows(twin.workspace);
    draw_many(self->workspace, rows);
    const qbg_signal_columns columns = some_of(rows, 0, 130, 1);
    uint64_t refused = 0;
    uint32_t refusals = 0, has_ways = 0, times = rounds(40);
    for (uint32_t i = 0; i < times; i++) {
        OK(qbg_append(self->workspace, &columns, NULL, &refused));
        append_by_row(twin.workspace, &columns, NULL, &refused);
        assert_true(qbg__ways_are_good(self->workspace));
        if (!is_recorded(self, i, 0)) {
            refusals++;
            assert_true(is_recorded(self, i, 1));
        }
        assert_true(is_recorded(&twin, i, 1));
        uint32_t had_ways = qbg__ways_are_good(self->workspace) != 0;
        assert_true(is_recorded(self, i, 1)); /* known now, which changes nothing */
        assert_int_equal(qbg__ways_are_good(self->workspace) != 0, had_ways);
        has_ways += had_ways;
    }
    assert_in_range(refusals, times / 4, times - 1);
    assert_true(has_ways > 0);
    assert_same_logs(self->workspace, twin.workspace);
    qbg_workspace_free(twin.workspace);
    free(rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_same_as_row_by_row),
        in_workspace(takes_many_rounds),
        in_workspace(takes_many_rounds_of_texts),
        in_workspace(running_out_of_memory_changes_nothing),
        cmocka_unit_test(goes_on_behind_a_failure),
        in_workspace(a_recorded_signal_goes_its_way_or_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
