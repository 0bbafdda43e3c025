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

#ifdef __cplusplus
}
#endif
#endif
