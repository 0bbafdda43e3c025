/* detection.h: buying groups as they form: accounts at which more new people than usual turn up
 * about one solution within some weeks, whether anybody has opened an opportunity or not. */
#ifndef QBG_DETECTION_H
#define QBG_DETECTION_H

#include "qbg/baseline.h"
#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The groups that are forming as of an instant, one row each, the most unusual first, then by
 * account and solution. What makes one is distinct new people within formation_window_days, not
 * signals: so many that by chance it would happen no more than formation_false_alarms times a year
 * in 1,000 account-solutions; docs/detection.md has the method. A group is told for a window's
 * length after the last day that was so unusual.
 *
 * Columns: account and solution (texts: keys; solution is empty (null) for signals about no known
 * solution, which count for the account as a whole); since (time: when the first of the people
 * came); crossed (time: the instant from which the group would have been told, the same on every
 * later day it is asked about); latency_days (int64: the whole days between the two); people,
 * visitors (int64: contacts who came lately and are active, and anonymous visitors); regulars
 * (int64: those active who have long been here); newcomers (int64: how many people were counted at
 * the most unusual instant, visitors discounted); expected (double: how many are usual in a
 * window); p_value (double, 0..1: an upper bound of the chance that this would happen at such an
 * account within a year); departments, categories (texts: keys joined with ';'); who (text: the
 * people's keys, ascending, joined with ';'); roles (text: a piece for each of them, empty when his
 * role is not known, several joined with '+'); missing_roles (text: of the solution's template;
 * null without a solution); opportunity (text: the open opportunity for it, or null);
 * account_number (int64); account_tag, solution_tag, opportunity_tag (uint64, 0 for none).
 *
 * baseline: what is usual in the book, or NULL for what is usual anywhere. It is only read.
 * out_table: owned by the caller, qbg_table_free. Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_RANGE
 * the instant; QBG_E_FLOAT; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_detect(const qbg_workspace *workspace, int64_t as_of_s,
                              const qbg_baseline *baseline, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
