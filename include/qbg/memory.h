/* memory.h: what the bytes of a workspace are for. */
#ifndef QBG_MEMORY_H
#define QBG_MEMORY_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The bytes of a workspace by section; their sum is qbg_workspace_bytes. It walks all rows. Later
 * versions may have more sections. out_table: owned by the caller, qbg_table_free; columns section
 * (text) and bytes (uint64); the sections are accounts, contacts, members, opportunities (with
 * needs), catalog (kinds, roles, solutions, templates), signals, events (event ids), texts (that
 * come again and again: contents, stages, visitor ids), indexes (keys), revenue, policy, journal
 * (what stays at hand for the next change) and other.
 * Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_workspace_memory(const qbg_workspace *workspace, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
