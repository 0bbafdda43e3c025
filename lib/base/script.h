/* script: what Latin and Cyrillic letters look and sound like in each other's writing. Letters come
 * in folded, see text.h. */
#ifndef QBG__SCRIPT_H
#define QBG__SCRIPT_H

#include <stddef.h>
#include <stdint.h>

enum { QBG__SCRIPT_OTHER = 0, QBG__SCRIPT_LATIN = 1, QBG__SCRIPT_CYRILLIC = 2 };

/* Whose letter it is; _OTHER for what is no letter of either. */
int qbg__script_of(uint32_t code);

/* Writes a character folded and without its accent: "é" as "e", "ß" as "ss", "ё" as "е"; "й" stays.
 * Marks that stand alone are nothing. Any code point. Returns how many bytes. */
size_t qbg__script_bare(uint32_t code, char out[4]);

/* The Latin letter that looks like a Cyrillic one, as capitals or as small letters, and the other
 * way round; 0: none does. */
uint32_t qbg__script_latin_twin(uint32_t cyrillic);
uint32_t qbg__script_cyrillic_twin(uint32_t latin);

/* A Cyrillic letter as it is commonly written in Latin ones; NULL: nobody knows. */
const char *qbg__script_romanised(uint32_t cyrillic);

/* Makes the ways to write Russian names in Latin letters one, in place: "ya", "ia" and "ja" are the
 * same, and so are "kh" and "h", "shch" and "sh", "Jelena" and "Elena", doubled letters and single
 * ones. text: small letters. What comes out is for comparing, and for nobody to read. Returns the
 * new size. */
size_t qbg__script_soften(char *text, size_t size);

#endif
