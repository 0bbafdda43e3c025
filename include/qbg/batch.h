/* batch.h: many changes that take effect together, or not at all.
 *
 * Loading in a batch is linear in what is told, in whatever order: signals are routed once, at the
 * end. What is told in a batch can be read back at once (rows, names, facts), but questions wait.
 * To be able to roll back, a batch keeps what was before: some 140 bytes for each qbg_record until
 * it ends, 240 with an event id; almost nothing for what qbg_append takes.
 */
#ifndef QBG_BATCH_H
#define QBG_BATCH_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Opens a batch: every change from now on belongs to it. A call that fails inside of it changes
 * nothing, and the batch goes on. Until it ends, questions (assessments, boards, reports, written
 * books, walks over signals, tables of the workspace) answer QBG_E_BUSY, and counts of signals and
 * what qbg_record says took a signal are provisional. Batches do not nest.
 * Errors: QBG_E_ARGUMENT; QBG_E_BUSY a batch or an import is open. Since 0.1 */
QBG_API qbg_status qbg_workspace_begin(qbg_workspace *workspace);

/* Ends the batch: all of it takes effect, as one revision. Errors: QBG_E_ARGUMENT no batch is open;
 * QBG_E_MEMORY, and then the batch is rolled back. Since 0.1 */
QBG_API qbg_status qbg_workspace_commit(qbg_workspace *workspace);

/* Ends the batch: the workspace is as it was when it began. Rows that it added are no more, and
 * their handles must not be used. Needs no memory. Errors: QBG_E_ARGUMENT no batch is open.
 * Since 0.1 */
QBG_API qbg_status qbg_workspace_rollback(qbg_workspace *workspace);

/* 1 while a batch or an import is open. Since 0.1 */
QBG_API int32_t qbg_workspace_is_busy(const qbg_workspace *workspace);

#ifdef __cplusplus
}
#endif
#endif
