/* revision: one number for each opportunity, in an array of their own, so that looking for those
 * that changed is one scan of few bytes; see revision.h. */
#include "model/revision.h"

#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

void qbg__revisions_free(qbg__revisions *revisions, qbg__mem *mem) {
    qbg__mem_free(mem, revisions->touched, revisions->capacity * sizeof *revisions->touched);
}

void qbg__revisions_bytes(const qbg__revisions *revisions, qbg__memory *memory) {
    memory->other += revisions->capacity * sizeof *revisions->touched;
}

/* Opportunities that came after the last one that was touched have been touched by coming. */
static qbg_status make_room(qbg_workspace *workspace, uint32_t opportunity) {
    qbg__revisions *revisions = &workspace->revisions;
    qbg__journal *journal = &workspace->journal;
    if (opportunity < revisions->count) return QBG_OK;
    qbg_status status = qbg__journal_reserve(journal, &revisions->touched, &revisions->capacity,
                                             (uint64_t)opportunity + 1, sizeof(uint64_t));
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &revisions->count, sizeof revisions->count);
    if (status != QBG_OK) return status;
    while (revisions->count <= opportunity) revisions->touched[revisions->count++] = 0;
    return QBG_OK;
}

qbg_status qbg__touch_log(qbg_workspace *workspace, uint32_t opportunity) {
    qbg__revisions *revisions = &workspace->revisions;
    qbg_status status = make_room(workspace, opportunity);
    if (status != QBG_OK) return status;
    qbg__roster_seat(qbg__rows_at(&workspace->opportunities, opportunity));
    return qbg__journal_set_uint64(&workspace->journal, &revisions->touched[opportunity],
                                   revisions->now + 1);
}

qbg_status qbg__touch(qbg_workspace *workspace, uint32_t opportunity) {
    qbg_status status = qbg__touch_log(workspace, opportunity);
    return status == QBG_OK ? qbg__roster_due(workspace, opportunity) : status;
}

qbg_status qbg__touch_account(const qbg_account *account) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < account->opportunity_count && status == QBG_OK; i++)
        status = qbg__touch(account->workspace, account->opportunities[i]);
    return status;
}

/* The groups that he is in, and those whose logs may hold signals of his. */
qbg_status qbg__touch_contact(const qbg_contact *contact) {
    qbg_workspace *workspace = contact->workspace;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contact->membership_count && status == QBG_OK; i++) {
        const qbg_member *member = qbg__rows_at(&workspace->members, contact->memberships[i]);
        status = qbg__touch(workspace, member->opportunity);
    }
    return status == QBG_OK ? qbg__touch_places(workspace, &contact->signals) : status;
}

qbg_status qbg__touch_places(qbg_workspace *workspace, const qbg__places *places) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < places->count && status == QBG_OK; i++)
        if (!(qbg__places_at(places, i) & QBG__LOG_ACCOUNT))
            status = qbg__touch_log(workspace, qbg__places_at(places, i));
    return status;
}

static int has_need_of(const qbg_opportunity *opportunity, const qbg_contact *contact) {
    for (uint32_t i = 0; i < opportunity->need_count; i++)
        if (opportunity->needs[i].contact == contact->number) return 1;
    return 0;
}

qbg_status qbg__touch_needs(const qbg_contact *contact) {
    const qbg__rows *rows = &contact->workspace->opportunities;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < rows->count && contact->need_count > 0 && status == QBG_OK; i++)
        if (has_need_of(qbg__rows_at(rows, i), contact)) status = qbg__touch(contact->workspace, i);
    return status;
}

qbg_status qbg__touch_everything(qbg_workspace *workspace) {
    qbg__revisions *revisions = &workspace->revisions;
    return qbg__journal_set_uint64(&workspace->journal, &revisions->everything, revisions->now + 1);
}

qbg_status qbg__end_everywhere(qbg__change change, qbg_status status) {
    if (status == QBG_OK && qbg__has_written(&change)) {
        status = qbg__touch_everything(change.workspace);
        qbg__roster_all_due(change.workspace);
    }
    return qbg__end(change, status);
}

uint64_t qbg__revision_of(const qbg_workspace *workspace, uint32_t opportunity) {
    const qbg__revisions *revisions = &workspace->revisions;
    uint64_t own = opportunity < revisions->count ? revisions->touched[opportunity] : 0;
    return own > revisions->everything ? own : revisions->everything;
}

uint64_t qbg_workspace_revision(const qbg_workspace *workspace) {
    return workspace ? workspace->revisions.now : 0;
}

/* ---- As a table ---- */

enum { OPPORTUNITY, NUMBER, TAG, REVISION, IS_ALIVE };

static void put_row(qbg_table *table, const qbg_opportunity *row, uint64_t revision) {
    const char *key = row->key ? row->key : "";
    if (row->kept == row->number)
        qbg__table_text(table, OPPORTUNITY, key, strlen(key));
    else
        qbg__table_null(table, OPPORTUNITY);
    qbg__table_int64(table, NUMBER, row->number);
    qbg__table_uint64(table, TAG, row->tag);
    qbg__table_uint64(table, REVISION, revision);
    qbg__table_int64(table, IS_ALIVE, row->kept == row->number);
}

qbg_status qbg_workspace_changes(const qbg_workspace *workspace, uint64_t revision,
                                 qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK || !out_table) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return QBG_E_MEMORY;
    qbg__table_column(table, "opportunity", QBG_COLUMN_TEXT);
    qbg__table_column(table, "opportunity_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "opportunity_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "revision", QBG_COLUMN_UINT64);
    qbg__table_column(table, "is_alive", QBG_COLUMN_INT64);
    for (uint32_t i = 0; i < workspace->opportunities.count; i++) {
        uint64_t touched = qbg__revision_of(workspace, i);
        if (touched > revision) put_row(table, qbg__rows_at(&workspace->opportunities, i), touched);
    }
    return qbg__table_finish(table, out_table);
}
