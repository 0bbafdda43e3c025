/* engagement.h: where a person's points come from. */
#ifndef QBG_ENGAGEMENT_H
#define QBG_ENGAGEMENT_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The ledger of a person on an opportunity as of an instant: one row for each of his counted
 * signals, by time, kind, content and event, with the columns time, kind, content, event,
 * points_milli, age_days, decay (24-bit fixed point), contribution = points_milli x decay, and
 * kind_tag (uint64). The
 * contributions add up to his points_int to the last bit: the formula is E_int = sum of milli(kind)
 * x D[age]. out_table: owned by the caller, qbg_table_free. Errors: QBG_E_ARGUMENT; QBG_E_BUSY;
 * QBG_E_RANGE the instant, or more than 2^19 signals; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_ledger(const qbg_opportunity *opportunity, const qbg_contact *contact,
                              int64_t as_of_s, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
