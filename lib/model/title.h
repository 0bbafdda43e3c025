/* title: a job title as words of the lexicon. Nothing is allocated. */
#ifndef QBG__TITLE_H
#define QBG__TITLE_H

#include <stddef.h>
#include <stdint.h>

#define QBG__TITLE_BYTES 512u /* of a longer title, only so many are read */
#define QBG__TITLE_WORDS (QBG__TITLE_BYTES / 2)

/* A word of a title. */
typedef struct qbg__title_word {
    uint16_t number;     /* of the lexicon's word that it is, 0 when nobody knows it */
    uint16_t start, end; /* bytes of the title */
    uint16_t letters;    /* where its letters start in the title's */
    uint16_t letter_count;
    unsigned char is_aside; /* it stands in brackets */
    unsigned char is_apart; /* a comma or the like stands before it */
} qbg__title_word;

typedef struct qbg__title {
    uint32_t word_count;
    uint32_t unknown_count; /* of words that say nothing by themselves */
    qbg__title_word words[QBG__TITLE_WORDS];
    unsigned char letters[QBG__TITLE_BYTES]; /* of all words, as the lexicon's symbols */
} qbg__title;

/* Splits a title into words and looks each up. Returns 0 when the title is not UTF-8. */
int qbg__title_split(const char *title, size_t size, qbg__title *out);

/* Tries the unknown words again: letters of the other script that look alike, Russian in Latin
 * letters, one wrong letter. Returns how many words became known. */
uint32_t qbg__title_mend(qbg__title *title);

/* The entry of the lexicon that starts at a word and has the most words, and how many; -1 for none.
 */
int32_t qbg__title_entry(const qbg__title *title, uint32_t at, uint32_t *out_words);

#endif
