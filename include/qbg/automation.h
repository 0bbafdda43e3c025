/* automation.h: proposals carried out, by hand, half or fully automatically, and taken back. */
#ifndef QBG_AUTOMATION_H
#define QBG_AUTOMATION_H

#include "qbg/proposal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Carries out one row of a table of proposals. proposal: QBG_PROPOSAL_*; the texts are keys as in
 * the row, NULL or "" where it has none. All that is told has the source QBG_SOURCE_RULE, so a
 * host's word beats it: an opportunity is opened at since_s in the stage "detected" ("target" with
 * qbg_plan's reason is for the host to set), a member joins at since_s as "potential", a role is
 * asserted from since_s on, an account holds since ever.
 * Errors: QBG_E_ARGUMENT, also for a text that is needed, and for "look", which nobody but a human
 * can do; QBG_E_NOT_FOUND a key;
 * QBG_E_EXISTS it is so already; QBG_E_TEXT; QBG_E_RANGE; QBG_E_BUSY; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_proposal_apply(qbg_workspace *workspace, int32_t proposal,
                                      const char *account, const char *solution,
                                      const char *opportunity, const char *contact,
                                      const char *role, int64_t since_s);

/* Takes it back: the opportunity and its members, the member, the role or the account are as if
 * they had never been proposed. Errors: as above; QBG_E_NOT_FOUND also when it is not there;
 * QBG_E_CONFLICT the host has told something of it since, or told it himself. Since 0.1 */
QBG_API qbg_status qbg_proposal_undo(qbg_workspace *workspace, int32_t proposal,
                                     const char *account, const char *solution,
                                     const char *opportunity, const char *contact, const char *role,
                                     int64_t since_s);

/* Proposes, and carries out as far as the policy `automation` allows: 0 (manual) nothing, 1
 * (assisted) what is at least as sure as `automation_confidence`, 2 (automatic) all but "look". Who
 * would join an opportunity that is not opened does not. All of it is one change, or nothing is.
 * out_table: the table of qbg_proposals, with applied 1 where it was done; owned by the caller,
 * qbg_table_free. Errors: as qbg_proposals. Since 0.1 */
QBG_API qbg_status qbg_automate(qbg_workspace *workspace, int64_t as_of_s,
                                const qbg_baseline *baseline, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
