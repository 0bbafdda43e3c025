/* duplicate.h: rows that may be one company or one person, told twice.
 *
 * They are proposed, never merged by themselves: two people of a company are two people until
 * somebody says otherwise. */
#ifndef QBG_DUPLICATE_H
#define QBG_DUPLICATE_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Proposes pairs of accounts and pairs of contacts, one row each, by entity, first and second.
 * Columns: entity (text: "account" or "contact"), first and second (texts: keys, the smaller one
 * first), first_number and second_number (int64), reason (text: codes joined with ';', in this
 * order), confidence (double, 0..1), first_tag and second_tag (uint64). Of k rows that are alike k
 * - 1 pairs are proposed, each with the smallest key.
 *
 * Reasons: "email": contacts with the same address, but for case and blanks around; not an address
 * such as info@ or office@, nor one that is shared under more than four different names. "domain":
 * accounts with the same mail domain, but for free mail such as gmail.com, and for one that is
 * shared under more than eight different names. "name": accounts of the same name without legal
 * forms, if those do not contradict each other (see company.h); contacts of the same full name who
 * are known at the same account, whenever, or who have no account and are led to the same one, or
 * to the same company, by their e-mail and company (see match.h). People's names are compared
 * without case, "ё" as "е", without quotation marks, commas and full stops, in any order of words.
 * "transliteration": accounts of which one has the other's name in Latin letters.
 *
 * Confidence orders the list, and is no measured probability: 0.9 for email, 0.7 for domain, 0.6
 * for name, 0.5 for transliteration; of two reasons the doubts are multiplied.
 *
 * The table has keys and numbers alone, no name, address or domain: it is made to be passed on and
 * kept, and personal data should not travel with it, nor outlive its erasure there. out_table:
 * owned by the caller, qbg_table_free. Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_MEMORY. Any
 * thread. Since 0.1 */
QBG_API qbg_status qbg_duplicates(const qbg_workspace *workspace, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
