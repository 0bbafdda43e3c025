/* history.h: the dated facts of an opportunity or a contact, as they were told. */
#ifndef QBG_HISTORY_H
#define QBG_HISTORY_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Every fact of an opportunity, its members and its needs that can have a date, one row each: the
 * opportunity's own, then the members' by key, then the needs'; within each by field, then date.
 * Columns: contact and need (texts, empty: neither), field ("stage", "role" ... as books say;
 * "state" of a need), value (text as books write it, amounts in minor units, empty: withdrawn),
 * from (int64 seconds, empty: undated), source ("host" or "rule"). out_table: owned by the caller,
 * qbg_table_free. Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_opportunity_history(const qbg_opportunity *opportunity,
                                           qbg_table **out_table);

/* The same of a contact: where he worked; field "account", value the account's key. Since 0.1 */
QBG_API qbg_status qbg_contact_history(const qbg_contact *contact, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
