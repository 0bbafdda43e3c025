/* proposal.h: what the library would do, for the host to decide: open an opportunity, add somebody
 * to one that is open, give a role, an account. Nothing is changed by asking; see automation.h. */
#ifndef QBG_PROPOSAL_H
#define QBG_PROPOSAL_H

#include "qbg/baseline.h"
#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Proposes as of an instant, one row each, by account key, solution key, proposal (its number),
 * contact key. Columns: proposal (text: a word of QBG_WORDS_PROPOSAL), account, solution,
 * opportunity, contact, role (texts: keys, empty where none is meant), since (time: from when it
 * is to hold), confidence (double, 0..1), because (text: codes joined with ';'), applied (int64:
 * 0), account_tag, opportunity_tag, contact_tag (uint64, empty where none is meant). These are what
 * qbg_proposal_apply takes.
 *
 * "open": an opportunity for account and solution, under the key "account/solution" or, when that
 * is taken, with "/2", "/3" ... behind; since the instant at which the group could be seen.
 * Reasons: "forming" (qbg_detect tells a group there and no opportunity is open), with 1 - its
 * p_value; "qualified_lead" (somebody is one, and at least two more people of the account are
 * active about the solution within formation_window_days), 0.7. "join": somebody becomes a
 * potential member, of an opportunity that is open or of one that is proposed, because he is active
 * there about its solution ("signals", 0.5; "more_signals" from the third one on, 0.2) and works
 * there
 * ("account", 0.5); a lead is no duplicate. Whoever is or was a member, whatever became of it, is
 * not proposed again. "role": a member who has none asserted gets the one that qbg_role_evidence
 * infers, when more than his title says it; reasons are its kinds of evidence. "account": a contact
 * who has none gets the one that qbg_matches found; its reasons and confidence. "look": a qualified
 * lead without enough company: somebody should look for two more people there ("qualified_lead",
 * 0.7). Of several reasons the doubts are multiplied. Signals about no known solution count for the
 * only solution there is, or for the only opportunity that is open at the account.
 *
 * baseline: as in qbg_detect. out_table: owned by the caller, qbg_table_free. Errors:
 * QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_FLOAT; QBG_E_RANGE the instant; QBG_E_MEMORY. Any thread. Since
 * 0.1 */
QBG_API qbg_status qbg_proposals(const qbg_workspace *workspace, int64_t as_of_s,
                                 const qbg_baseline *baseline, qbg_table **out_table);

/* The same table for target accounts, ahead of any signal: an "open" row with the reason "target"
 * and confidence 1 for each pair of them and of solutions that has no open opportunity. accounts,
 * solutions: row numbers; NULL with count 0 for none. Also QBG_E_NOT_FOUND no such row. Since 0.1
 */
QBG_API qbg_status qbg_plan(const qbg_workspace *workspace, const uint32_t *accounts,
                            size_t account_count, const uint32_t *solutions, size_t solution_count,
                            int64_t as_of_s, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
