/* account.h: a company, with zero or more mail domains. */
#ifndef QBG_ACCOUNT_H
#define QBG_ACCOUNT_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds a company. key: not empty, unique among accounts. name: NULL for none. out_account may be
 * NULL. Errors: QBG_E_EXISTS; QBG_E_TEXT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_account_add(qbg_workspace *workspace, const char *key, const char *name,
                                   qbg_account **out_account);

/* Adds it, or updates the one with that key: a NULL name keeps what is known. out_account, out_put
 * may be NULL. out_put: QBG_PUT_*, created, changed or same.
 * Errors: QBG_E_TEXT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_account_put(qbg_workspace *workspace, const char *key, const char *name,
                                   qbg_account **out_account, int32_t *out_put);

/* The account with that key, or NULL. Since 0.1 */
QBG_API qbg_account *qbg_account_find(const qbg_workspace *workspace, const char *key);

/* Walks the accounts: numbers from 0 in order of arrival, as many as there ever were; NULL past the
 * end, and for those that were removed or merged into another. Since 0.1 */
QBG_API uint32_t qbg_account_count(const qbg_workspace *workspace);
QBG_API qbg_account *qbg_account_at(const qbg_workspace *workspace, uint32_t number);

/* 0 once it was removed: then calls that can fail answer QBG_E_GONE, the others "", 0 or NULL.
 * After a merge this handle and its number lead to the account that was kept. Since 0.1 */
QBG_API int32_t qbg_account_is_alive(const qbg_account *account);

/* The host's own word for this row, 0 until it is set; the library keeps it and tells it in tables.
 * Errors: QBG_E_GONE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_account_set_tag(qbg_account *account, uint64_t tag);
QBG_API uint64_t qbg_account_tag(const qbg_account *account);

/* Its number, key and name ("" for none). Texts are valid until the next non-const call on the
 * workspace. Since 0.1 */
QBG_API uint32_t qbg_account_number(const qbg_account *account);
QBG_API const char *qbg_account_key(const qbg_account *account);
QBG_API const char *qbg_account_name(const qbg_account *account);

/* Errors: QBG_E_TEXT; QBG_E_MEMORY. NULL takes the name away. Since 0.1 */
QBG_API qbg_status qbg_account_set_name(qbg_account *account, const char *name);

/* Mail domains, kept in lower case, each once. Errors: QBG_E_TEXT (a ';', too); QBG_E_MEMORY.
 * Since 0.1 */
QBG_API qbg_status qbg_account_add_domain(qbg_account *account, const char *domain);
QBG_API uint32_t qbg_account_domain_count(const qbg_account *account);
QBG_API const char *qbg_account_domain(const qbg_account *account, uint32_t index);

/* What the company could spend a year, in minor units of an ISO 4217 currency.
 * Errors: QBG_E_RANGE negative; QBG_E_TEXT not a currency code; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_account_set_potential(qbg_account *account, int64_t potential_minor,
                                             const char *currency);

/* The potential, and its currency: "" while none is known. Since 0.1 */
QBG_API int64_t qbg_account_potential_minor(const qbg_account *account);
QBG_API const char *qbg_account_currency(const qbg_account *account);

#ifdef __cplusplus
}
#endif
#endif
