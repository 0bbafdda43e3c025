/* erasure: people who had to be forgotten, and how they are known again without being named.
 *
 * An erased contact keeps his row, nameless: his key becomes "erased:" and half the SHA-256 of what
 * it was, in hexadecimal digits; so do the ids of his visitors. That is the tombstone, too: a key
 * that is new is looked for under its own digest first. It needs no table of its own, in memory or
 * in a book. */
#ifndef QBG__ERASURE_H
#define QBG__ERASURE_H

#include "qbg/erasure.h"

/* "erased:", 32 hexadecimal digits, NUL. */
#define QBG__ERASED_SIZE 40u

/* Is it the key of somebody who was erased? */
int qbg__erased_is_key(const char *key);

/* Was the contact with that key erased? */
int qbg__erased_has_contact(const qbg_workspace *workspace, const char *key);

/* The visitor whose id this was before it was erased, or QBG_NONE. */
uint32_t qbg__erased_visitor(const qbg_workspace *workspace, const char *id, size_t size);

/* Makes a contact one who was erased, inside an open change. _apply, when a change ends in which
 * such a key was told: erases whoever still has the key that it hides, so that it does not matter
 * which of the two was told first. */
qbg_status qbg__erased_mark(qbg_contact *contact);
qbg_status qbg__erased_apply(qbg_workspace *workspace);

/* Sets what the title of an erased person said, which is all that is left of it. */
qbg_status qbg__erased_set_persona(qbg_contact *contact, int32_t department, int32_t seniority,
                                   double confidence);

#endif
