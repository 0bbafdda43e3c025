/* contact.h: a person, usually at an account; a lead may have none yet.
 *
 * Nobody is ever dropped as a duplicate: the second to fourth person of a company stay people. */
#ifndef QBG_CONTACT_H
#define QBG_CONTACT_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds a person. key: not empty, unique among contacts. account: NULL for a lead. name, title: NULL
 * for none; a title is read into a persona at once. out_contact may be NULL.
 * Errors: QBG_E_EXISTS; QBG_E_TEXT; QBG_E_ERASED a person with that key was erased (see erasure.h);
 * QBG_E_GONE the account; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_add(qbg_workspace *workspace, const char *key, qbg_account *account,
                                   const char *name, const char *title, qbg_contact **out_contact);

/* Adds him, or updates the one with that key: NULLs keep what is known. out_contact, out_put may be
 * NULL. out_put: QBG_PUT_*, created, changed or same.
 * Errors: QBG_E_TEXT; QBG_E_ERASED; QBG_E_GONE the account; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_put(qbg_workspace *workspace, const char *key, qbg_account *account,
                                   const char *name, const char *title, qbg_contact **out_contact,
                                   int32_t *out_put);

/* The contact with that key, or NULL. Since 0.1 */
QBG_API qbg_contact *qbg_contact_find(const qbg_workspace *workspace, const char *key);

/* Walks the contacts: numbers from 0 in order of arrival, as many as there ever were; NULL past the
 * end, and for those that were removed or merged into another. Since 0.1 */
QBG_API uint32_t qbg_contact_count(const qbg_workspace *workspace);
QBG_API qbg_contact *qbg_contact_at(const qbg_workspace *workspace, uint32_t number);

/* 0 once he was removed: then calls that can fail answer QBG_E_GONE, the others "", 0 or NULL.
 * After a merge this handle and its number lead to the contact that was kept. Since 0.1 */
QBG_API int32_t qbg_contact_is_alive(const qbg_contact *contact);

/* The host's own word for this row, 0 until it is set; the library keeps it and tells it in tables.
 * Errors: QBG_E_GONE; QBG_E_ERASED; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_set_tag(qbg_contact *contact, uint64_t tag);
QBG_API uint64_t qbg_contact_tag(const qbg_contact *contact);

/* Number, key and texts ("" for none). Texts are valid until the next non-const call on the
 * workspace. Since 0.1 */
QBG_API uint32_t qbg_contact_number(const qbg_contact *contact);
QBG_API const char *qbg_contact_key(const qbg_contact *contact);
QBG_API const char *qbg_contact_name(const qbg_contact *contact);
QBG_API const char *qbg_contact_title(const qbg_contact *contact);
QBG_API const char *qbg_contact_email(const qbg_contact *contact);
QBG_API const char *qbg_contact_company(const qbg_contact *contact);

/* NULL takes the text away. Errors, here and below: QBG_E_TEXT; QBG_E_GONE; QBG_E_ERASED nobody
 * gets a name again who was erased; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_set_name(qbg_contact *contact, const char *name);
QBG_API qbg_status qbg_contact_set_title(qbg_contact *contact, const char *title);
QBG_API qbg_status qbg_contact_set_email(qbg_contact *contact, const char *email);

/* The name of the company where he says he works. Nothing follows from it by itself: it is for
 * finding the account of somebody who has none, see match.h. NULL takes it away. Errors as above.
 * Since 0.1 */
QBG_API qbg_status qbg_contact_set_company(qbg_contact *contact, const char *company);

/* Where he works from an instant on; QBG_UNDATED: since ever. account NULL: nowhere known. Signals
 * before that instant stay with the company where he worked then.
 * source: QBG_SOURCE_*, for rows of the same instant.
 * Errors: QBG_E_ARGUMENT; QBG_E_RANGE the time; QBG_E_GONE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_set_account(qbg_contact *contact, qbg_account *account,
                                           int64_t from_s, int32_t source);

/* Where he works at an instant; NULL when that is not known. Since 0.1 */
QBG_API qbg_account *qbg_contact_account(const qbg_contact *contact, int64_t as_of_s);

/* Says that an anonymous visitor is this person, from his first visit on, at every account.
 * _remove_visitor takes it back: his visits are anonymous again. Errors: QBG_E_EXISTS the visitor
 * is somebody else already; QBG_E_NOT_FOUND he is not this contact; QBG_E_TEXT; QBG_E_ERASED this,
 * or the visitor's, was erased; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_add_visitor(qbg_contact *contact, const char *visitor);
QBG_API qbg_status qbg_contact_remove_visitor(qbg_contact *contact, const char *visitor);
QBG_API uint32_t qbg_contact_visitor_count(const qbg_contact *contact);
QBG_API const char *qbg_contact_visitor(const qbg_contact *contact, uint32_t index);

/* The host's word on the persona, each part beating what the title says; QBG_UNSET withdraws it.
 * Errors: QBG_E_ARGUMENT no such word. Since 0.1 */
QBG_API qbg_status qbg_contact_set_persona(qbg_contact *contact, int32_t department,
                                           int32_t seniority);

/* The persona: the host's word, else the title's; QBG_UNSET when unknown. Confidence is 0..1: 1 for
 * the host's word, 0 when nothing is known. Since 0.1 */
QBG_API int32_t qbg_contact_department(const qbg_contact *contact);
QBG_API int32_t qbg_contact_seniority(const qbg_contact *contact);
QBG_API double qbg_contact_persona_confidence(const qbg_contact *contact);

#ifdef __cplusplus
}
#endif
#endif
