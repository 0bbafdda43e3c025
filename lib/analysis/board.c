/* board: every opportunity of a range assessed in one scratch, then written in order of priority;
 * see qbg/board.h. */
#include "qbg/board.h"

#include "analysis/group.h"
#include "base/blob.h"
#include "base/civil.h"
#include "base/real.h"
#include "base/scan.h"
#include "base/sort.h"
#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

/* A line of the board, before it is written: everything that the written row needs, since lines are
 * written in another order, and the rows behind them lie all over the memory. */
typedef struct line {
    double priority, intent, identified, engaged, supportive, completeness;
    int64_t next_contact;
    uint64_t missing; /* seats, one bit each */
    uint64_t opportunity_tag, account_tag;
    uint64_t keys; /* where its opportunity's key lies, and its account's behind it */
    uint32_t key_size, account_size;
    uint32_t opportunity, solution;
    int32_t silent_days, verdict, members, engaged_count, anonymous_count;
} line;

typedef struct lines {
    qbg__mem mem;
    line *at;
    uint32_t count, capacity;
    qbg_blob keys;
    qbg__ranked *order; /* of lines; and a sort's scratch */
    uint32_t order_capacity;
    const void **tied; /* lines of one priority; and a sort's scratch */
    uint32_t tied_capacity;
} lines;

static void free_lines(lines *found) {
    qbg__mem *mem = &found->mem;
    qbg__mem_free(mem, found->at, found->capacity * sizeof *found->at);
    qbg__mem_free(mem, found->order, found->order_capacity * sizeof *found->order);
    qbg__mem_free(mem, found->tied, found->tied_capacity * sizeof *found->tied);
    qbg__blob_end(&found->keys);
}

static line line_of(const qbg__group *group, qbg_blob *keys) {
    const qbg_opportunity *opportunity = group->opportunity;
    const qbg_account *account =
        qbg__rows_at(&opportunity->workspace->accounts, opportunity->account);
    const qbg__coverage *coverage = &group->coverage;
    size_t key_size = strlen(opportunity->key), account_size = strlen(account->key);
    line at = {.priority = group->priority,
               .intent = group->intent,
               .identified = qbg__coverage_ratio(&coverage->identified),
               .engaged = qbg__coverage_ratio(&coverage->engaged),
               .supportive = qbg__coverage_ratio(&coverage->supportive),
               .completeness = coverage->completeness,
               .next_contact = group->next_contact,
               .missing = coverage->identified.vacant,
               .opportunity_tag = opportunity->tag,
               .account_tag = account->tag,
               .keys = keys->size,
               .key_size = (uint32_t)key_size,
               .account_size = (uint32_t)account_size,
               .opportunity = opportunity->number,
               .solution = opportunity->solution,
               .silent_days = (int32_t)group->silent_days,
               .verdict = group->verdict,
               .members = (int32_t)group->member_count,
               .engaged_count = group->engaged_count,
               .anonymous_count = group->anonymous_count};
    char *bytes = qbg__blob_extend(keys, key_size + account_size);
    if (!bytes) return at;
    memcpy(bytes, opportunity->key, key_size);
    memcpy(bytes + key_size, account->key, account_size);
    return at;
}

/* What is asked: which opportunities, and as of when. */
typedef struct question {
    int64_t as_of;
    uint32_t first, end;
    uint64_t revision; /* only what was touched after it */
    int32_t include_closed;
} question;

static int is_shown(const qbg_opportunity *opportunity, const question *ask) {
    int64_t as_of = ask->as_of;
    if (!opportunity || opportunity->opened > as_of) return 0;
    return ask->include_closed || opportunity->closed == QBG_UNDATED || opportunity->closed > as_of;
}

/* While one opportunity is computed, what the coming ones lead to is on its way from memory: what a
 * row leads to is asked for once the row is there, and what that leads to after it. */
enum { NEAR = 1, AHEAD = 3, FAR = 6, LINES_AHEAD = 8, ENTRY_LINES = 10, CARD_LINES = 5 };

/* Always as many lines, from the first on: a loop that ends sooner is a branch guessed wrong, and
 * the processor goes on by itself where bytes are read one behind the other. Asking for what is not
 * there does nothing; the address is a number, since it may lie behind the block. */
QBG__PREFETCHING fetch_lines(const void *bytes, uintptr_t count) {
    for (uintptr_t i = 0; i < count; i++) QBG__PREFETCH((const void *)((uintptr_t)bytes + 64 * i));
}

QBG__PREFETCHING fetch_guests(const qbg__signals *signals, const qbg__log *log) {
    for (uint32_t slot = 0; slot < log->person_count; slot++)
        if (log->people[slot] & QBG__GUEST)
            QBG__PREFETCH(&signals->guests[log->people[slot] & ~QBG__GUEST]);
}

QBG__PREFETCHING fetch(const qbg_workspace *workspace, uint32_t number) {
    const qbg_opportunity *near = qbg__rows_at(&workspace->opportunities, number + NEAR);
    const qbg_opportunity *coming = qbg__rows_at(&workspace->opportunities, number + AHEAD);
    const qbg_opportunity *far = qbg__rows_at(&workspace->opportunities, number + FAR);
    if (far) fetch_lines(far, (sizeof *far + 63) / 64);
    if (coming) {
        fetch_lines(coming->log.people, 1);
        fetch_lines(coming->log.entries, ENTRY_LINES);
        fetch_lines(coming->roster.cards, CARD_LINES);
        QBG__PREFETCH(coming->key);
        QBG__PREFETCH(qbg__rows_at(&workspace->accounts, coming->account));
    }
    if (!near) return;
    QBG__PREFETCH(qbg_account_key(qbg__rows_at(&workspace->accounts, near->account)));
    fetch_guests(&workspace->signals, &near->log);
}

/* The lines of a whole book are laid out at once; of what has changed there may be few. */
static qbg_status make_room(const question *ask, lines *out) {
    uint64_t need = ask->revision == 0 ? (uint64_t)ask->end - ask->first : (uint64_t)out->count + 1;
    return qbg__mem_reserve(&out->mem, &out->at, &out->capacity, need, sizeof *out->at);
}

static qbg_status assess(const qbg_workspace *workspace, const question *ask, lines *out) {
    qbg__group group;
    qbg__group_begin(&group, &out->mem);
    qbg_status status = QBG_OK;
    for (uint32_t i = ask->first; i < ask->end && status == QBG_OK; i++) {
        if (ask->revision > 0 && qbg__revision_of(workspace, i) <= ask->revision) continue;
        if (ask->revision == 0) fetch(workspace, i);
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (!is_shown(opportunity, ask)) continue;
        status = qbg__group_glance(&group, opportunity, ask->as_of);
        if (status == QBG_OK) status = make_room(ask, out);
        if (status == QBG_OK) out->at[out->count++] = line_of(&group, &out->keys);
    }
    qbg__group_end(&group);
    return status == QBG_OK ? out->keys.status : status;
}

/* ---- Order ---- */

static int by_key(const void *a, const void *b, const void *context) {
    const line *first = a, *second = b;
    const char *keys = ((const qbg_blob *)context)->bytes;
    uint32_t size = first->key_size < second->key_size ? first->key_size : second->key_size;
    int order = memcmp(keys + first->keys, keys + second->keys, size);
    return order != 0 ? order : (first->key_size > second->key_size) * 2 - 1;
}

/* Lines of the same priority, from `start` up to `end`, are put in the order of their keys. */
static qbg_status sort_tied(lines *found, uint32_t start, uint32_t end) {
    uint32_t count = end - start;
    qbg_status status = qbg__mem_reserve(&found->mem, &found->tied, &found->tied_capacity,
                                         2 * (uint64_t)count, sizeof *found->tied);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < count; i++) found->tied[i] = &found->at[found->order[start + i].item];
    qbg__sort(found->tied, count, by_key, &found->keys);
    for (uint32_t i = 0; i < count; i++)
        found->order[start + i].item = (uint32_t)((const line *)found->tied[i] - found->at);
    return QBG_OK;
}

/* By priority descending, then key. */
static qbg_status sort(lines *found) {
    qbg_status status = qbg__mem_reserve(&found->mem, &found->order, &found->order_capacity,
                                         2 * (uint64_t)found->count, sizeof *found->order);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < found->count; i++)
        found->order[i] = (qbg__ranked){~qbg__rank_of(found->at[i].priority), i};
    qbg__sort_ranked(found->order, found->count);
    for (uint32_t start = 0, end; start < found->count && status == QBG_OK; start = end) {
        for (end = start + 1; end < found->count; end++)
            if (found->order[end].rank != found->order[start].rank) break;
        if (end - start > 1) status = sort_tied(found, start, end);
    }
    return status;
}

/* ---- The table ---- */

enum {
    OPPORTUNITY,
    ACCOUNT,
    SOLUTION,
    VERDICT,
    PRIORITY,
    INTENT,
    IDENTIFIED,
    ENGAGED,
    SUPPORTIVE,
    COMPLETENESS,
    MEMBERS,
    MEMBERS_ENGAGED,
    ANONYMOUS,
    SILENT_DAYS,
    MISSING,
    NEXT_CONTACT,
    NUMBER,
    OPPORTUNITY_TAG,
    ACCOUNT_TAG,
    SOLUTION_TAG,
    COLUMNS
};

static qbg_table *new_board(const qbg_workspace *workspace) {
    static const struct {
        const char *name;
        int32_t type;
    } columns[] = {
        {"opportunity", QBG_COLUMN_TEXT},
        {"account", QBG_COLUMN_TEXT},
        {"solution", QBG_COLUMN_TEXT},
        {"verdict", QBG_COLUMN_TEXT},
        {"priority", QBG_COLUMN_DOUBLE},
        {"intent", QBG_COLUMN_DOUBLE},
        {"coverage_identified", QBG_COLUMN_DOUBLE},
        {"coverage_engaged", QBG_COLUMN_DOUBLE},
        {"coverage_supportive", QBG_COLUMN_DOUBLE},
        {"completeness", QBG_COLUMN_DOUBLE},
        {"members_identified", QBG_COLUMN_INT64},
        {"members_engaged", QBG_COLUMN_INT64},
        {"anonymous_visitors", QBG_COLUMN_INT64},
        {"silent_days", QBG_COLUMN_INT64},
        {"missing_roles", QBG_COLUMN_TEXT},
        {"next_contact", QBG_COLUMN_TIME},
        {"opportunity_number", QBG_COLUMN_INT64},
        {"opportunity_tag", QBG_COLUMN_UINT64},
        {"account_tag", QBG_COLUMN_UINT64},
        {"solution_tag", QBG_COLUMN_UINT64},
    };
    qbg_table *table = qbg__table_new(&workspace->mem);
    for (size_t i = 0; table && i < sizeof columns / sizeof columns[0]; i++)
        qbg__table_column(table, columns[i].name, columns[i].type);
    return table;
}

/* The columns while they are written. */
typedef struct writing {
    const qbg_workspace *workspace;
    qbg_table *table;
    uint32_t row;
    int64_t *ints[COLUMNS]; /* numbers, or the offsets of texts */
    uint64_t *tags[COLUMNS];
    double *doubles[COLUMNS];
    char *bytes[COLUMNS];
    size_t sizes[COLUMNS]; /* of texts: written so far, and before that: together */
    qbg__span roles[QBG__ROLE_MAX];
    qbg__span verdicts[QBG_VERDICT_QUALIFIED + 1];
} writing;

static qbg__span span_of(const char *text) { return (qbg__span){text, strlen(text)}; }

static const qbg_solution *solution_of(const writing *to, const line *at) {
    return qbg__rows_at(&to->workspace->solutions, at->solution);
}

static const qbg__seat *seats_of(const writing *to, const line *at) {
    const qbg_template *template_ =
        qbg__rows_at(&to->workspace->templates, solution_of(to, at)->template_);
    return template_->seats;
}

/* The roles of the seats that nobody takes, joined with ';': how many bytes, and the bytes. */
static size_t missing_size(const writing *to, const line *at) {
    const qbg__seat *seats = seats_of(to, at);
    size_t size = 0;
    for (uint64_t rest = at->missing; rest != 0; rest &= rest - 1)
        size += to->roles[seats[qbg__scan_first(rest)].role].size + 1;
    return size > 0 ? size - 1 : 0;
}

static void put_text(writing *to, int32_t column, const char *bytes, size_t size) {
    memcpy(to->bytes[column] + to->sizes[column], bytes, size);
    to->sizes[column] += size;
}

static void end_text(writing *to, int32_t column) {
    to->ints[column][to->row + 1] = (int64_t)to->sizes[column];
}

static void write_missing(writing *to, const line *at) {
    const qbg__seat *seats = seats_of(to, at);
    for (uint64_t rest = at->missing; rest != 0; rest &= rest - 1) {
        const qbg__span *role = &to->roles[seats[qbg__scan_first(rest)].role];
        if (rest != at->missing) put_text(to, MISSING, ";", 1);
        put_text(to, MISSING, role->bytes, role->size);
    }
    end_text(to, MISSING);
}

static void write_texts(writing *to, const line *at, const char *keys) {
    const qbg__span solution = span_of(solution_of(to, at)->key);
    const qbg__span verdict = to->verdicts[at->verdict];
    put_text(to, OPPORTUNITY, keys + at->keys, at->key_size);
    put_text(to, ACCOUNT, keys + at->keys + at->key_size, at->account_size);
    put_text(to, SOLUTION, solution.bytes, solution.size);
    put_text(to, VERDICT, verdict.bytes, verdict.size);
    for (int32_t column = OPPORTUNITY; column <= VERDICT; column++) end_text(to, column);
    write_missing(to, at);
}

static void write_numbers(writing *to, const line *at) {
    uint32_t row = to->row;
    to->doubles[PRIORITY][row] = at->priority;
    to->doubles[INTENT][row] = at->intent;
    to->doubles[IDENTIFIED][row] = at->identified;
    to->doubles[ENGAGED][row] = at->engaged;
    to->doubles[SUPPORTIVE][row] = at->supportive;
    to->doubles[COMPLETENESS][row] = at->completeness;
    to->ints[MEMBERS][row] = at->members;
    to->ints[MEMBERS_ENGAGED][row] = at->engaged_count;
    to->ints[ANONYMOUS][row] = at->anonymous_count;
    to->ints[SILENT_DAYS][row] = at->silent_days;
    if (at->silent_days < 0) qbg__table_empty(to->table, SILENT_DAYS, row);
    to->ints[NEXT_CONTACT][row] = at->next_contact;
    if (at->next_contact == QBG_UNDATED) qbg__table_empty(to->table, NEXT_CONTACT, row);
    to->ints[NUMBER][row] = at->opportunity;
    to->tags[OPPORTUNITY_TAG][row] = at->opportunity_tag;
    to->tags[ACCOUNT_TAG][row] = at->account_tag;
    to->tags[SOLUTION_TAG][row] = solution_of(to, at)->tag;
}

static void measure_texts(writing *to, const lines *from) {
    for (uint32_t i = 0; i < from->count; i++) {
        const line *at = &from->at[i];
        to->sizes[OPPORTUNITY] += at->key_size;
        to->sizes[ACCOUNT] += at->account_size;
        to->sizes[SOLUTION] += strlen(solution_of(to, at)->key);
        to->sizes[VERDICT] += to->verdicts[at->verdict].size;
        to->sizes[MISSING] += missing_size(to, at);
    }
}

static qbg_status lay_out(writing *to, const lines *from) {
    for (uint32_t i = 0; i < to->workspace->roles.count; i++)
        to->roles[i] = span_of(qbg_role_at(to->workspace, i)->key);
    for (int32_t i = 0; i <= QBG_VERDICT_QUALIFIED; i++)
        to->verdicts[i] = span_of(qbg_word_key(QBG_WORDS_VERDICT, i));
    measure_texts(to, from);
    qbg_status status = qbg__table_lay_out(to->table, from->count, to->sizes);
    for (int32_t i = 0; i < COLUMNS && status == QBG_OK; i++) {
        to->ints[i] = qbg__table_int64s(to->table, i);
        to->tags[i] = qbg__table_uint64s(to->table, i);
        to->doubles[i] = qbg__table_doubles(to->table, i);
        to->bytes[i] = qbg__table_bytes(to->table, i);
        to->sizes[i] = 0;
    }
    return status;
}

static qbg_status write(const qbg_workspace *workspace, const lines *from, qbg_table **out_table) {
    writing to = {.workspace = workspace, .table = new_board(workspace)};
    if (!to.table) return QBG_E_MEMORY;
    if (from->count > 0 && lay_out(&to, from) == QBG_OK)
        for (; to.row < from->count; to.row++) {
            if (to.row + LINES_AHEAD < from->count)
                fetch_lines(&from->at[from->order[to.row + LINES_AHEAD].item],
                            (sizeof *from->at + 63) / 64);
            const line *at = &from->at[from->order[to.row].item];
            write_texts(&to, at, from->keys.bytes);
            write_numbers(&to, at);
        }
    return qbg__table_finish(to.table, out_table);
}

static qbg_status answer(const qbg_workspace *workspace, question ask, qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK) return status;
    if (!out_table || ask.include_closed < 0 || ask.include_closed > 1) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(ask.as_of)) return QBG_E_RANGE;
    uint32_t total = qbg_opportunity_count(workspace);
    if (ask.first > total) ask.first = total;
    if (ask.end > total) ask.end = total;
    lines found = {.mem = qbg__mem_fork(&workspace->mem)};
    qbg__blob_begin(&found.keys, &found.mem);
    status = assess(workspace, &ask, &found);
    if (status == QBG_OK) status = sort(&found);
    if (status == QBG_OK) status = write(workspace, &found, out_table);
    free_lines(&found);
    return status;
}

/* Every opportunity has been touched at some revision above 0. */
qbg_status qbg_board(const qbg_workspace *workspace, int64_t as_of_s, uint32_t first,
                     uint32_t count, int32_t include_closed, qbg_table **out_table) {
    uint32_t end = count > QBG_NONE - first ? QBG_NONE : first + count;
    return answer(workspace, (question){as_of_s, first, end, 0, include_closed}, out_table);
}

qbg_status qbg_board_since(const qbg_workspace *workspace, int64_t as_of_s, uint64_t revision,
                           int32_t include_closed, qbg_table **out_table) {
    return answer(workspace, (question){as_of_s, 0, QBG_NONE, revision, include_closed}, out_table);
}
