/* erasure.h: a person's right to be forgotten.
 *
 * Erasing removes the identity, not the arithmetic: who he was is gone, but a nameless member with
 * the same roles and points stays, so past and present scores do not change. */
#ifndef QBG_ERASURE_H
#define QBG_ERASURE_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Erases a contact: his key, the keys that were merged into him, his name, title, e-mail, company,
 * visitor ids, the notes on his memberships and the tags of both. They are overwritten wherever the
 * workspace holds them, and are in no book, table or report that is made from now on. What stays is
 * nameless: department and seniority as they were, roles, stances, dates, needs, signals. His key
 * is from now on "erased:" and 32 hexadecimal digits, a digest from which the old one cannot be
 * read. The library cannot reach what it handed out: free tables, texts and assessments that name
 * him, and books that were written. Event ids, contents and the texts of needs are the host's and
 * stay.
 *
 * Whoever names him later is refused with QBG_E_ERASED: a contact with one of his keys, a signal of
 * his by handle or visitor id, a name, title or note for his handle.
 * A key of that form that is told (a book that was written earlier) erases whoever has the key that
 * it hides.
 * Inside a batch the old bytes are overwritten when it is committed.
 * Errors: QBG_E_ARGUMENT; QBG_E_GONE; QBG_E_MEMORY. An erased one again: QBG_OK. Since 0.1 */
QBG_API qbg_status qbg_contact_erase(qbg_contact *contact);

/* 1 for a contact who was erased. Since 0.1 */
QBG_API int32_t qbg_contact_is_erased(const qbg_contact *contact);

/* Lets a key come back, and the visitor ids of the person who had it: he agreed again. Nothing
 * comes back by this; the next contact with that key is a new person, and what is nameless stays
 * nameless. Errors: QBG_E_ARGUMENT; QBG_E_TEXT; QBG_E_NOT_FOUND nobody with that key was erased;
 * QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_contact_readmit(qbg_workspace *workspace, const char *key);

#ifdef __cplusplus
}
#endif
#endif
