/* legal_form: how companies are constituted, as it stands in their names: "GmbH", "ООО", "Limited".
 * The forms are data: legal_form.list.inc. */
#ifndef QBG__LEGAL_FORM_H
#define QBG__LEGAL_FORM_H

#include <stddef.h>
#include <stdint.h>

/* Where in a name a form may stand, to be one. _DOTTED: it is written as abbreviations are, as
 * "S.p.A." or "A/S"; some are other words without that. */
enum { QBG__FORM_FRONT = 1, QBG__FORM_BACK = 2, QBG__FORM_INSIDE = 4, QBG__FORM_DOTTED = 8 };

/* A family holds the forms that people take for each other: "ОАО" and "ПАО", "GmbH" and "mbH". */
enum { QBG__FORM_NONE = 0 };

/* The longest form, folded. */
#define QBG__FORM_MOST 128

/* The family of the form that these bytes are, or QBG__FORM_NONE when they are none that may stand
 * in such a place. core: the words, bare and without blanks, each Cyrillic letter that has a Latin
 * twin as that one. scripts: QBG__SCRIPT_* of the letters before that: what is all Latin is no
 * Russian form, and the other way round. */
uint8_t qbg__form_find(const char *core, size_t size, int scripts, int place);

/* 1 for the forms that are in use the world over: "Ltd", "Inc", "Company". A name of such words
 * alone is a name. */
int qbg__form_is_common(uint8_t family);

/* The family of a name that has both. */
uint8_t qbg__form_unite(uint8_t a, uint8_t b);

/* 1 when names with these forms are hardly one company's: "GmbH" and "AG", "ООО" and "ИП", "GmbH"
 * and "Inc". "Ltd", "LLC" and "Inc" are often mistaken for each other, and stand for forms of
 * countries that write in other letters, as "ООО". No form contradicts none. */
int qbg__form_differs(uint8_t a, uint8_t b);

/* The entries of the list, for a test, and what they are folded to; NULL past its end. */
const char *qbg__form_at(size_t number, const char **out_core);

#endif
