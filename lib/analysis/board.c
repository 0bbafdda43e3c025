/* board: every opportunity of a range assessed in one scratch, then written in order of priority;
 * see qbg/board.h. */
#include "qbg/board.h"

#include "analysis/group.h"
#include "base/blob.h"
#include "base/civil.h"
#include "base/real.h"
#include "base/sort.h"
#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

/* A line of the board, before it is written. */
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
    const void **sorted; /* pointers to them; and a sort's scratch */
    uint32_t count, capacity, sorted_capacity;
} lines;

static line line_of(const qbg__group *group) {
    return (line){group->priority,
                  group->intent,
                  qbg__coverage_ratio(&group->coverage.identified),
                  qbg__coverage_ratio(&group->coverage.engaged),
                  qbg__coverage_ratio(&group->coverage.supportive),
                  group->coverage.completeness,
                  group->silent_days,
                  group->next_contact,
                  group->coverage.identified.vacant,
                  group->opportunity->number,
                  group->verdict,
                  (int32_t)group->member_count,
                  group->engaged_count,
                  group->anonymous_count};
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

static qbg_status assess(const qbg_workspace *workspace, const question *ask, lines *out) {
    qbg__group group;
    qbg__group_begin(&group, &out->mem);
    qbg_status status = QBG_OK;
    for (uint32_t i = ask->first; i < ask->end && status == QBG_OK; i++) {
        if (qbg__revision_of(workspace, i) <= ask->revision) continue;
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (!is_shown(opportunity, ask)) continue;
        status = qbg__group_glance(&group, opportunity, ask->as_of);
        if (status == QBG_OK)
            status = qbg__mem_reserve(&out->mem, &out->at, &out->capacity, (uint64_t)out->count + 1,
                                      sizeof *out->at);
        if (status == QBG_OK) out->at[out->count++] = line_of(&group);
    }
    qbg__group_end(&group);
    return status;
}

static int by_priority(const void *a, const void *b, const void *context) {
    const line *first = a, *second = b;
    if (first->priority > second->priority) return -1;
    if (first->priority < second->priority) return 1;
    return strcmp(qbg_opportunity_at(context, first->opportunity)->key,
                  qbg_opportunity_at(context, second->opportunity)->key);
}

static qbg_status sort(const qbg_workspace *workspace, lines *found) {
    qbg_status status = qbg__mem_reserve(&found->mem, &found->sorted, &found->sorted_capacity,
                                         2 * (uint64_t)found->count, sizeof *found->sorted);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < found->count; i++) found->sorted[i] = &found->at[i];
    qbg__sort(found->sorted, found->count, by_priority, workspace);
    return QBG_OK;
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
    NUMBER,
    OPPORTUNITY_TAG,
    ACCOUNT_TAG,
    SOLUTION_TAG
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
        {"opportunity_tag", QBG_COLUMN_UINT64},
        {"account_tag", QBG_COLUMN_UINT64},
        {"solution_tag", QBG_COLUMN_UINT64},
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
    const qbg_account *account = qbg_opportunity_account(opportunity);
    write_text(table, ACCOUNT, account->key);
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
    qbg__table_uint64(table, OPPORTUNITY_TAG, opportunity->tag);
    qbg__table_uint64(table, ACCOUNT_TAG, account->tag);
    qbg__table_uint64(table, SOLUTION_TAG, solution->tag);
}

static qbg_status write(const qbg_workspace *workspace, const lines *from, qbg_table **out_table) {
    qbg_table *table = new_board(workspace);
    if (!table) return QBG_E_MEMORY;
    qbg_blob scratch;
    qbg__blob_begin(&scratch, &from->mem);
    for (uint32_t i = 0; i < from->count; i++)
        write_line(table, workspace, from->sorted[i], &scratch);
    qbg_status status = scratch.status;
    qbg__blob_end(&scratch);
    if (status == QBG_OK) return qbg__table_finish(table, out_table);
    qbg_table_free(table);
    return status;
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
    lines found = {qbg__mem_fork(&workspace->mem), NULL, NULL, 0, 0, 0};
    status = assess(workspace, &ask, &found);
    if (status == QBG_OK) status = sort(workspace, &found);
    if (status == QBG_OK) status = write(workspace, &found, out_table);
    qbg__mem_free(&found.mem, found.sorted, found.sorted_capacity * sizeof *found.sorted);
    qbg__mem_free(&found.mem, found.at, found.capacity * sizeof *found.at);
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
