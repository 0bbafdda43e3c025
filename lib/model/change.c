/* change: begin, end, undo; see change.h. */
#include "model/change.h"

#include "model/erasure.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

qbg__change qbg__begin(qbg_workspace *workspace) {
    const qbg__dirt *dirt = &workspace->dirt;
    workspace->depth++;
    return (qbg__change){.workspace = workspace,
                         .mark = qbg__journal_begin(&workspace->journal),
                         .dirty = dirt->count,
                         .settled = dirt->settled,
                         .rosters = workspace->rosters.written,
                         .was_everything = dirt->everything,
                         .was_moves = dirt->moves,
                         .had_tombstones = dirt->tombstones,
                         .was_all_due = workspace->rosters.is_all_due};
}

static void undo(const qbg__change *change) {
    qbg_workspace *workspace = change->workspace;
    if (qbg__has_written(change)) qbg__ways_forget(workspace);
    qbg__journal_undo(&workspace->journal, change->mark);
    qbg__intern_undone(&workspace->texts);
    qbg__intern_undone(&workspace->signals.visitor_ids);
    qbg__shelf_undone(&workspace->signals.events.shelf);
    qbg__clean(workspace, change->dirty);
    workspace->dirt.settled = change->settled;
    workspace->dirt.everything = change->was_everything;
    workspace->dirt.moves = change->was_moves;
    workspace->dirt.tombstones = change->had_tombstones;
    workspace->rosters.written = change->rosters;
    workspace->rosters.is_all_due = change->was_all_due;
}

qbg_status qbg__finish_up(const qbg__change *outermost) {
    qbg_workspace *workspace = outermost->workspace;
    qbg_status status = qbg__settle(workspace);
    if (status != QBG_OK || !qbg__has_written(outermost)) return status;
    return qbg__rosters_write(workspace);
}

/* What the outermost change leaves: settled, and a revision higher if it wrote anything. */
static qbg_status conclude(const qbg__change *change) {
    qbg_workspace *workspace = change->workspace;
    qbg_status status = workspace->dirt.tombstones ? qbg__erased_apply(workspace) : QBG_OK;
    if (status == QBG_OK) status = qbg__finish_up(change);
    if (status != QBG_OK || !qbg__has_written(change)) return status;
    workspace->revisions.now++; /* nothing can fail any more, so the journal need not know */
    return QBG_OK;
}

qbg_status qbg__end(qbg__change change, qbg_status status) {
    qbg_workspace *workspace = change.workspace;
    int is_outermost = workspace->depth == 1;
    if (status == QBG_OK && is_outermost) status = conclude(&change);
    if (status != QBG_OK) undo(&change);
    if (--workspace->depth > 0) return status;
    qbg__journal_done(&workspace->journal);
    qbg__clean(workspace, 0);
    qbg__rosters_clear(workspace);
    workspace->dirt.settled = 0;
    workspace->dirt.tombstones = 0;
    return status;
}

qbg_status qbg__end_unchanged(qbg__change change) {
    const qbg_status undoes = QBG_DUPLICATE;
    qbg_status status = qbg__end(change, undoes);
    return status == undoes ? QBG_OK : status;
}

qbg_status qbg__settle_first(qbg_workspace *workspace) {
    const qbg__dirt *dirt = &workspace->dirt;
    if (!dirt->everything && dirt->settled == dirt->count) return QBG_OK;
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, qbg__settle(workspace));
}

int qbg__has_written(const qbg__change *change) {
    return change->workspace->journal.count != change->mark.count;
}

int32_t qbg__put_of(const qbg__change *change, int is_new) {
    if (is_new) return QBG_PUT_CREATED;
    return qbg__has_written(change) ? QBG_PUT_CHANGED : QBG_PUT_SAME;
}

void qbg__abandon(qbg_workspace *workspace) {
    const qbg__mark beginning = {0};
    if (workspace->depth == 0) return;
    qbg__journal_undo(&workspace->journal, beginning);
    qbg__journal_done(&workspace->journal);
}

qbg_status qbg__may_ask(const qbg_workspace *workspace) {
    if (!workspace) return QBG_E_ARGUMENT;
    return workspace->open ? QBG_E_BUSY : QBG_OK;
}
