/* dialect_cells: how what stands in a CRM's cell is written in a book. What each does with a cell's
 * field, `other` and `word` is said at it. */
#ifndef QBG__DIALECT_CELLS_H
#define QBG__DIALECT_CELLS_H

#include "io/export.h"

/* As it stands; `word` whatever stands there; as it stands, else `word`. A list is one text. */
qbg__convert qbg__convert_text, qbg__convert_word, qbg__convert_text_or_word;

/* Two fields as one name, with a blank between them: field, and other. */
qbg__convert qbg__convert_name;

/* A time as a book has it: also "2020-12-30 3:15:52", a time with " UTC" behind it, and seconds or
 * milliseconds since 1970. Of two fields the first that is filled. */
qbg__convert qbg__convert_time;

/* A number, also "1.25E7". */
qbg__convert qbg__convert_number;

/* The host of a web address, when it looks like one: a remark else. */
qbg__convert qbg__convert_domain;

/* A department of a book, when the cell has one: a remark else. */
qbg__convert qbg__convert_department;

/* An e-mail address in small letters; a text likewise, for links. */
qbg__convert qbg__convert_folded;

/* The key of an account: in `field`, else that of the account whose name is in `other`, else that
 * name. Not yet known: it is named. Deleted: the row is refused; with _if_known the cell is empty.
 */
qbg__convert qbg__convert_account;

/* The key of a contact in `field`, else in `other`; as above. */
qbg__convert qbg__convert_contact;

/* The key of a contact by his address: the one who has it, or the address itself. */
qbg__convert qbg__convert_recipient;

/* The key of an opportunity, which has to be there. */
qbg__convert qbg__convert_opportunity;

/* What the opportunity is about: the column that the host named, what the link `other` maps the key
 * in `field` to, or the host's solution. */
qbg__convert qbg__convert_solution;

/* What the link `other` maps the cell to. */
qbg__convert qbg__convert_link;

/* A role: by the crosswalk `other`; a word that it does not know is a role of its own. */
qbg__convert qbg__convert_role;

/* For keys: appends one that is known or named, or refuses the row. link: QBG__LINK_ACCOUNT ... */
qbg_status qbg__convert_key(qbg__export *self, int32_t link, int field, qbg__span key,
                            qbg_blob *out);

/* Appends roles with ';' between them, each by a crosswalk. */
qbg_status qbg__convert_roles(qbg__export *self, int32_t crosswalk, int field, qbg__span words,
                              qbg_blob *out);

#endif
