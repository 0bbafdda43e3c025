/* persona.h: what a job title says about a person: department and seniority. */
#ifndef QBG_PERSONA_H
#define QBG_PERSONA_H

#include "qbg/vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a job title, English or Russian or both, as department and seniority.
 * Method: the title is split into words, whose case, accents, "ё" and soft signs make no
 * difference, and the longest phrases of a lexicon are looked for. Each has a strength, less within
 * brackets and after "at", "в" or "для"; the strongest department wins, the first of equals, and
 * the highest rank. A "deputy" is one level below; who assists a boss is an assistant of department
 * "other". A title that does not tell is read again with its unknown words mended: one letter
 * wrong, missing, too many or swapped, letters that look alike, Russian in Latin letters.
 * A title is personal data of whoever has it; nothing of it is kept, and nothing is allocated.
 * title: not NULL; "" says nothing. out_department, out_seniority: words of QBG_WORDS_DEPARTMENT
 * and QBG_WORDS_SENIORITY, or QBG_UNSET when the title does not tell. out_confidence: 0..1; 0 when
 * it tells neither, below 0.5 when it says only half or contradicts itself; what it is worth as a
 * share of right departments is measured in docs/model.md. Outputs may be NULL.
 * Errors: QBG_E_ARGUMENT title is NULL; QBG_E_TEXT not UTF-8. Any thread. Since 0.1 */
QBG_API qbg_status qbg_persona_read(const char *title, int32_t *out_department,
                                    int32_t *out_seniority, double *out_confidence);

/* The most ranges that a title can have. */
#define QBG_PERSONA_EVIDENCE 4

/* Which words of a title decided how qbg_persona_read reads it: byte ranges, in the order of the
 * title, at most QBG_PERSONA_EVIDENCE of them. None when it tells neither.
 * title: not NULL. capacity: how many ranges out_starts (bytes before the words) and out_sizes
 * (bytes of the words) have room for; more are not written. Both may be NULL when it is 0.
 * out_count: how many ranges there are.
 * Errors: QBG_E_ARGUMENT an argument is NULL that must not be; QBG_E_TEXT not UTF-8. Any thread.
 * Since 0.1 */
QBG_API qbg_status qbg_persona_evidence(const char *title, uint32_t capacity, uint32_t *out_starts,
                                        uint32_t *out_sizes, uint32_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
