/* board: every opportunity of a range assessed in one scratch, then written in order of priority;
 * see qbg/board.h. */
#include "qbg/board.h"

#include "analysis/group.h"
#include "base/blob.h"
#include "base/civil.h"
#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

/* A line of the board, before it is written: small, because boards are sorted. */
typedef struct line {
    double priority, intent, identified, engaged, supportive, completeness;
    int64_t silent_days, next_contact;
    uint64_t missing; /* seats, one bit each */
    uint32_t opportunity;
    int32_t verdict, members, engaged_count, anonymous_count;
} line;

typedef struct lines {
    qbg__mem mem;
    line *at;
    uint32_t count, capacity;
} lines;

static line line_of(const qbg__group *group) {
    return (line){group->priority,
                  group->intent,
                  qbg__coverage_ratio(&group->identified),
                  qbg__coverage_ratio(&group->engaged),
                  qbg__coverage_ratio(&group->supportive),
                  group->completeness,
                  group->silent_days,
                  group->next_contact,
                  group->identified.vacant,
                  group->opportunity->number,
                  group->verdict,
                  (int32_t)group->member_count,
                  group->engaged_count,
                  group->anonymous_count};
}

static int is_shown(const qbg_opportunity *opportunity, int64_t as_of, int include_closed) {
    if (opportunity->opened > as_of) return 0;
    return include_closed || opportunity->closed == QBG_UNDATED || opportunity->closed > as_of;
}

static qbg_status assess(const qbg_workspace *workspace, int64_t as_of, uint32_t first,
                         uint32_t end, int include_closed, lines *out) {
    qbg__group group;
    qbg__group_begin(&group, &out->mem);
    qbg_status status = QBG_OK;
    for (uint32_t i = first; i < end && status == QBG_OK; i++) {
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (!is_shown(opportunity, as_of, include_closed)) continue;
        status = qbg__group_assess(&group, opportunity, as_of);
        if (status == QBG_OK)
            status = qbg__mem_reserve(&out->mem, &out->at, &out->capacity, (uint64_t)out->count + 1,
                                      sizeof *out->at);
        if (status == QBG_OK) out->at[out->count++] = line_of(&group);
    }
    qbg__group_end(&group);
    return status;
}

static int is_before(const qbg_workspace *workspace, const line *a, const line *b) {
    if (a->priority > b->priority) return 1;
    if (a->priority < b->priority) return 0;
    return strcmp(qbg_opportunity_at(workspace, a->opportunity)->key,
                  qbg_opportunity_at(workspace, b->opportunity)->key) < 0;
}

/* Heap sort: no memory, no recursion, and never worse than n log n. */
static void sift(const qbg_workspace *workspace, line *at, uint32_t root, uint32_t count) {
    for (uint32_t child = root * 2 + 1; child < count; child = root * 2 + 1) {
        if (child + 1 < count && is_before(workspace, &at[child], &at[child + 1])) child++;
        if (!is_before(workspace, &at[root], &at[child])) return;
        line moved = at[root];
        at[root] = at[child];
        at[child] = moved;
        root = child;
    }
}

static void sort(const qbg_workspace *workspace, line *at, uint32_t count) {
    for (uint32_t i = count / 2; i > 0; i--) sift(workspace, at, i - 1, count);
    for (uint32_t end = count; end > 1; end--) {
        line last = at[end - 1];
        at[end - 1] = at[0];
        at[0] = last;
        sift(workspace, at, 0, end - 1);
    }
}

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
    NUMBER
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
        {"next_contact", QBG_COLUMN_INT64},
        {"opportunity_number", QBG_COLUMN_INT64},
    };
    qbg_table *table = qbg__table_new(&workspace->mem);
    for (size_t i = 0; table && i < sizeof columns / sizeof columns[0]; i++)
        qbg__table_column(table, columns[i].name, columns[i].type);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    qbg__table_text(table, column, text, strlen(text));
}

static void write_missing(qbg_table *table, const qbg_workspace *workspace,
                          const qbg_template *template_, uint64_t missing, qbg_blob *scratch) {
    qbg__blob_rewind(scratch);
    for (uint32_t i = 0; i < template_->seat_count; i++) {
        if (!(missing >> i & 1)) continue;
        if (scratch->size > 0) qbg__blob_char(scratch, ';');
        qbg__blob_text(scratch, qbg_role_at(workspace, template_->seats[i].role)->key);
    }
    qbg__table_text(table, MISSING, qbg_blob_data(scratch), scratch->size);
}

static void write_line(qbg_table *table, const qbg_workspace *workspace, const line *row,
                       qbg_blob *scratch) {
    const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, row->opportunity);
    const qbg_solution *solution = qbg_opportunity_solution(opportunity);
    write_text(table, OPPORTUNITY, opportunity->key);
    write_text(table, ACCOUNT, qbg_opportunity_account(opportunity)->key);
    write_text(table, SOLUTION, solution->key);
    write_text(table, VERDICT, qbg_word_key(QBG_WORDS_VERDICT, row->verdict));
    qbg__table_double(table, PRIORITY, row->priority);
    qbg__table_double(table, INTENT, row->intent);
    qbg__table_double(table, IDENTIFIED, row->identified);
    qbg__table_double(table, ENGAGED, row->engaged);
    qbg__table_double(table, SUPPORTIVE, row->supportive);
    qbg__table_double(table, COMPLETENESS, row->completeness);
    qbg__table_int64(table, MEMBERS, row->members);
    qbg__table_int64(table, MEMBERS_ENGAGED, row->engaged_count);
    qbg__table_int64(table, ANONYMOUS, row->anonymous_count);
    if (row->silent_days < 0)
        qbg__table_null(table, SILENT_DAYS);
    else
        qbg__table_int64(table, SILENT_DAYS, row->silent_days);
    write_missing(table, workspace, qbg_solution_template(solution), row->missing, scratch);
    if (row->next_contact == QBG_UNDATED)
        qbg__table_null(table, NEXT_CONTACT);
    else
        qbg__table_int64(table, NEXT_CONTACT, row->next_contact);
    qbg__table_int64(table, NUMBER, row->opportunity);
}

static qbg_status write(const qbg_workspace *workspace, const lines *from, qbg_table **out_table) {
    qbg_table *table = new_board(workspace);
    if (!table) return QBG_E_MEMORY;
    qbg_blob scratch;
    qbg__blob_begin(&scratch, &from->mem);
    for (uint32_t i = 0; i < from->count; i++) write_line(table, workspace, &from->at[i], &scratch);
    qbg_status status = scratch.status;
    qbg__blob_end(&scratch);
    if (status == QBG_OK) return qbg__table_finish(table, out_table);
    qbg_table_free(table);
    return status;
}

qbg_status qbg_board(const qbg_workspace *workspace, int64_t as_of_s, uint32_t first,
                     uint32_t count, int32_t include_closed, qbg_table **out_table) {
    if (!workspace || !out_table || (include_closed != 0 && include_closed != 1))
        return QBG_E_ARGUMENT;
    if (qbg__is_busy(workspace)) return QBG_E_BUSY;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    uint32_t total = qbg_opportunity_count(workspace);
    if (first > total) first = total;
    uint32_t end = count > total - first ? total : first + count;
    lines found = {qbg__mem_fork(&workspace->mem), NULL, 0, 0};
    qbg_status status = assess(workspace, as_of_s, first, end, include_closed, &found);
    if (status == QBG_OK) {
        sort(workspace, found.at, found.count);
        status = write(workspace, &found, out_table);
    }
    qbg__mem_free(&found.mem, found.at, found.capacity * sizeof *found.at);
    return status;
}
