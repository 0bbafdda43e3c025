/* removal.h: rows that should not be there any more.
 *
 * Removing makes as if the row had never been told: past answers change, too. To end something from
 * a day on, close the opportunity, set the day when the member left, move the contact. The handle
 * of a removed row is dead (qbg_*_is_alive), its number is not given again, and its key is free.
 * cascade: 1 also removes what the row carries; 0 refuses to, with QBG_E_IN_USE.
 * Errors: QBG_E_ARGUMENT; QBG_E_GONE it was removed before; QBG_E_IN_USE; QBG_E_MEMORY. */
#ifndef QBG_REMOVAL_H
#define QBG_REMOVAL_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Removes a membership with all that was said of it. His signals are routed anew. Since 0.1 */
QBG_API qbg_status qbg_member_remove(qbg_member *member);

/* Removes an opportunity; it carries members and needs. Its signals stay: they are routed anew,
 * also those that named it. Since 0.1 */
QBG_API qbg_status qbg_opportunity_remove(qbg_opportunity *opportunity, int32_t cascade);

/* Removes a contact; he carries memberships, needs, visitors and signals. His signals go with him;
 * visitors who were he are anonymous again. To forget a person who asks for it, erase him instead
 * (erasure.h); an erased one is not removed: QBG_E_ERASED. Since 0.1 */
QBG_API qbg_status qbg_contact_remove(qbg_contact *contact, int32_t cascade);

/* Removes an account; it carries opportunities, people and signals. Its opportunities go with it,
 * and its anonymous signals; its people stay and work nowhere known while they worked there, and
 * their signals stay with them. Since 0.1 */
QBG_API qbg_status qbg_account_remove(qbg_account *account, int32_t cascade);

#ifdef __cplusplus
}
#endif
#endif
