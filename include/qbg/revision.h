/* revision.h: what changed since the last time, so that a host asks again about that alone. */
#ifndef QBG_REVISION_H
#define QBG_REVISION_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many changes of the workspace took effect so far. It rises by one with every call that
 * changes something, and once with a batch; telling what is known already does not raise it. A
 * revision means nothing to another workspace. 0 for NULL. Any thread. Since 0.1 */
QBG_API uint64_t qbg_workspace_revision(const qbg_workspace *workspace);

/* The opportunities of which an answer may have changed after that revision, as of whatever
 * instant: because of themselves, their members, their signals, the people and the account, or the
 * catalogue and policy (then all of them). An opportunity may be listed whose answers are the same;
 * one whose answers changed is never left out. revision: 0 lists all. out_table: owned by the
 * caller, qbg_table_free; by number, with the columns opportunity (text, empty once it is gone),
 * opportunity_number (int64), opportunity_tag (uint64), revision (uint64: when it was touched
 * last), is_alive (int64: 0 when it was removed). Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_MEMORY.
 * Any thread. Since 0.1 */
QBG_API qbg_status qbg_workspace_changes(const qbg_workspace *workspace, uint64_t revision,
                                         qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
