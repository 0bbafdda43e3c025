/* persona.h: what a job title says about a person: department and seniority. */
#ifndef QBG_PERSONA_H
#define QBG_PERSONA_H

#include "qbg/vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a job title, English or Russian or both, as department and seniority.
 * Method: the title is split into words, their case and "ё" are ignored, and each is looked up in a
 * lexicon, phrases before single words. Each entry has a strength, less within brackets; the
 * strongest department wins, the first of equals, and the highest rank. A "deputy" is one level
 * below; who assists a boss is an assistant of department "other".
 * title: not NULL; "" says nothing. out_department, out_seniority: words of QBG_WORDS_DEPARTMENT
 * and QBG_WORDS_SENIORITY, or QBG_UNSET when the title does not tell. out_confidence: 0..1; 0 when
 * it tells neither, below 0.5 when it says only half or contradicts itself. Outputs may be NULL.
 * Errors: QBG_E_ARGUMENT title is NULL; QBG_E_TEXT not UTF-8. Any thread. Since 0.1 */
QBG_API qbg_status qbg_persona_read(const char *title, int32_t *out_department,
                                    int32_t *out_seniority, double *out_confidence);

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
