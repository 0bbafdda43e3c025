/* board.h: the whole book, one row a buying group. */
#ifndef QBG_BOARD_H
#define QBG_BOARD_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Assesses opportunities as of an instant into a table, by priority descending, then key: those
 * with opened <= T < closed; with include_closed also those closed by T. first, count: a range of
 * opportunity numbers, so that a host can split the book over threads; 0 and QBG_NONE for all.
 * out_table: owned by the caller, qbg_table_free. Columns: opportunity account solution verdict
 * (texts), priority intent coverage_identified coverage_engaged coverage_supportive completeness
 * (doubles), members_identified members_engaged anonymous_visitors silent_days (int64, empty:
 * none), missing_roles (text, joined with ';'), next_contact (int64 seconds, empty: none),
 * opportunity_number (int64), opportunity_tag account_tag solution_tag (uint64). Errors:
 * QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_FLOAT; QBG_E_RANGE the instant, or a person with more than 2^19
 * counted signals on one opportunity; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_board(const qbg_workspace *workspace, int64_t as_of_s, uint32_t first,
                             uint32_t count, int32_t include_closed, qbg_table **out_table);

/* The same rows for those opportunities alone that changed after a revision (see
 * qbg_workspace_changes), so that a host that keeps the last board brings it up to date; as of
 * another instant all rows can change. Opportunities that were removed have no row. Errors, thread
 * and table as above. Since 0.1 */
QBG_API qbg_status qbg_board_since(const qbg_workspace *workspace, int64_t as_of_s,
                                   uint64_t revision, int32_t include_closed,
                                   qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
