/* merge.h: two rows that are one person, or one company.
 *
 * After a merge the losing handle, number and key lead on to the row that was kept, and everything
 * that was told of either is told of that one, as if it had been known from the start. It does not
 * matter in which order rows are merged, nor which of two is kept, but for the key and the tag. */
#ifndef QBG_MERGE_H
#define QBG_MERGE_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Merges one contact into another. Memberships are united: of two in one opportunity the roles are
 * united, the higher source wins, the earlier joining, the later leaving, the earlier next contact,
 * and the lines of both notes stay. Histories are united: of two values for one instant (or for
 * ever) the host's beats the rule's, then the bytewise greater one wins; so it is with name, title,
 * e-mail, company and persona, where one that is known beats none. Visitors, needs and signals
 * become those of the contact kept; a signal that both had under one event id counts once. The kept
 * one's tag stays, unless it is 0. Signals are routed anew. Two that are one already: QBG_OK.
 * Errors: QBG_E_ARGUMENT NULL, or of two workspaces; QBG_E_GONE; QBG_E_ERASED just one of
 * them was erased; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_merge(qbg_contact *kept, qbg_contact *lost);

/* Merges one account into another: its opportunities, people, signals and domains become those of
 * the account kept. Of two names or potentials the greater one stays, of two currencies the
 * bytewise greater with its potential. Errors as above. Since 0.1 */
QBG_API qbg_status qbg_account_merge(qbg_account *kept, qbg_account *lost);

#ifdef __cplusplus
}
#endif
#endif
