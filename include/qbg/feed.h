/* feed.h: what changed between two instants, day by day, and the signals that caused it. */
#ifndef QBG_FEED_H
#define QBG_FEED_H

#include "qbg/baseline.h"
#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What changed after from_s until to_s. Each group is asked again at the last second of every UTC
 * day in between and at to_s, and what differs from the time before is one row: what came and went
 * within a day is not told. All of a group that opens is new. A group that forms, as qbg_detect
 * tells it against the baseline (may be NULL), is a row at the end of the day on which it crossed
 * the line, of account and solution, whether an opportunity is open or not. out_table: by time,
 * opportunity key, change, contact key; owned by the caller, qbg_table_free. Columns: time (when it
 * was seen first), change (a word of QBG_WORDS_CHANGE), opportunity, account, solution (texts),
 * contact (text; of role_covered who has the seat; else empty where nobody is meant), role (text;
 * empty but for roles), verdict (text: that of then, empty for a group that forms), because (a word
 * of QBG_WORDS_CAUSE), signals (text: the latest ten that began to count since the time before,
 * each "2025-11-19T12:00:00Z pricing_view", joined with ';'; when there are none, for who fell
 * silent and for a group that no longer qualifies, the last one before), signal_count (int64: how
 * many began to count), opportunity_number (int64), opportunity_tag, contact_tag (uint64, empty
 * where none is meant). The signals are the person's where the row has a contact that joined,
 * became engaged or fell silent, everybody's of the group otherwise. The time it takes grows with
 * opportunities times days. Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_FLOAT; QBG_E_RANGE an
 * instant, to_s not after from_s, or a person with more than 2^19 counted signals on one
 * opportunity; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_feed(const qbg_workspace *workspace, int64_t from_s, int64_t to_s,
                            const qbg_baseline *baseline, qbg_table **out_table);

/* The same of one opportunity, without groups that form. Also QBG_E_GONE. Since 0.1 */
QBG_API qbg_status qbg_opportunity_feed(const qbg_opportunity *opportunity, int64_t from_s,
                                        int64_t to_s, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
