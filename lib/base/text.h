/* text: UTF-8, and what Latin and Cyrillic letters have to do with each other.
 *
 * All but qbg__text_is_utf8 want valid UTF-8. Nothing here depends on a locale. */
#ifndef QBG__TEXT_H
#define QBG__TEXT_H

#include <stddef.h>
#include <stdint.h>

/* 1 for well-formed UTF-8 without a NUL: no overlong forms, surrogates, or beyond U+10FFFF. */
int qbg__text_is_utf8(const char *bytes, size_t size);

/* The code point at *at, which moves behind it. *at < end. */
uint32_t qbg__text_next(const char **at, const char *end);

/* Writes a code point as UTF-8; returns how many bytes. */
size_t qbg__text_put(uint32_t code, char out[4]);

/* The lower-case letter for Latin (to Extended-A) and Cyrillic ones, and "е" for "ё"; anything else
 * is itself. */
uint32_t qbg__text_fold(uint32_t code);

/* 1 for a letter of those scripts, 1 for a digit 0-9. */
int qbg__text_is_letter(uint32_t code);
int qbg__text_is_digit(uint32_t code);

/* 1 when both are the same but for case, "ё", and the blanks around. */
int qbg__text_same(const char *a, size_t a_size, const char *b, size_t b_size);

/* How many columns of a terminal the text takes. */
size_t qbg__text_width(const char *bytes, size_t size);

/* Takes the blanks (space, tab, CR, LF, no-break space) off both ends. */
void qbg__text_trim(const char **bytes, size_t *size);

#endif
