/* match.h: which account somebody belongs to who has none yet, by what is known of him.
 *
 * Nothing is assigned by itself. Where it is not clear which account it is, the candidates are told
 * and none is chosen: a false match costs more than a miss. */
#ifndef QBG_MATCH_H
#define QBG_MATCH_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Finds the account by an explicit key; else by a mail address (or a URL, or a domain) and a
 * company's name. All three may be NULL or "". A key beats the rest. Domain and name have to find
 * the same account where both find one; of several accounts with the domain the name may choose, of
 * several with the name the legal form. out_account (may be NULL): the account, NULL when there is
 * none, or no single one. out_candidates (may be NULL; owned by the caller, qbg_table_free): the
 * accounts that were found, one row each, by key. Columns: account (text: key), account_number
 * (int64), outcome (text: "match" for the account in out_account, else "ambiguous"), reason (text:
 * codes joined with ';'), confidence (double, 0..1; empty unless it is the match), account_tag
 * (uint64).
 *
 * Reasons: "key". "domain": the account has this mail domain, or one that it is below of;
 * "related_domain": it has another one below the same registered domain. Free mail, such as
 * gmail.com, finds nobody. "name": the names are the same without legal forms, see company.h;
 * "transliteration": one is the other in Latin letters. "other_form": the names are the same, and
 * their legal forms contradict each other; that alone is no match. "other_domain": the account is
 * known under mail domains, and this company's is none of them. An account without a name goes by
 * its key. A domain or a name that more than 64 accounts have finds none of them.
 *
 * Confidence is 1 for a key, 0.9 for domain, 0.75 for related_domain, 0.8 for name, 0.7 for
 * transliteration; the last two lose 0.2 with other_domain; of two reasons the doubts are
 * multiplied. It orders proposals, and is no measured probability.
 *
 * Errors: QBG_E_ARGUMENT; QBG_E_TEXT not UTF-8; QBG_E_NOT_FOUND no account has that key;
 * QBG_E_BUSY; QBG_E_MEMORY. It reads all accounts each time: for many people put them and ask
 * qbg_matches. Any thread. Since 0.1 */
QBG_API qbg_status qbg_match_account(const qbg_workspace *workspace, const char *key,
                                     const char *email, const char *company,
                                     qbg_account **out_account, qbg_table **out_candidates);

/* The same for every contact of whom no account was ever known, by his e-mail and company: one row
 * for the match, or one for each candidate, by the keys of contact and account. Of whom nothing is
 * found there is no row. Columns: contact and account (texts: keys), contact_number and
 * account_number (int64), outcome, reason, confidence as above, contact_tag and account_tag
 * (uint64). There is no name, address or domain in it: lists of proposals are passed on and kept.
 * To accept a row: qbg_contact_set_account. out_table: owned by the caller, qbg_table_free. Errors:
 * QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_matches(const qbg_workspace *workspace, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
