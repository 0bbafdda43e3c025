/* batch: a change that stays open until the host ends it; see qbg/batch.h. The calls in between
 * begin and end their own changes, which nest in it. */
#include "qbg/batch.h"

#include "model/workspace.h"

qbg_status qbg_workspace_begin(qbg_workspace *workspace) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK) return status;
    workspace->batch = qbg__begin(workspace);
    workspace->open = 1;
    return QBG_OK;
}

static qbg_status end(qbg_workspace *workspace, qbg_status status) {
    if (!workspace || !workspace->batch.workspace) return QBG_E_ARGUMENT;
    qbg__change batch = workspace->batch;
    workspace->batch.workspace = NULL;
    workspace->open = 0;
    return qbg__end(batch, status);
}

qbg_status qbg_workspace_commit(qbg_workspace *workspace) { return end(workspace, QBG_OK); }

/* Any status but QBG_OK undoes the change, and comes back when it is undone. */
qbg_status qbg_workspace_rollback(qbg_workspace *workspace) {
    qbg_status status = end(workspace, QBG_E_BUSY);
    return status == QBG_E_BUSY ? QBG_OK : status;
}

int32_t qbg_workspace_is_busy(const qbg_workspace *workspace) {
    return workspace ? workspace->open : 0;
}
