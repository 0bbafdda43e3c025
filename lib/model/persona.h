/* persona: what a job title says about a person. The words are data: persona.lexicon.inc. */
#ifndef QBG__PERSONA_H
#define QBG__PERSONA_H

#include "qbg/persona.h"

typedef struct qbg__persona {
    int32_t department; /* QBG_DEPARTMENT_*, or QBG_UNSET when the title does not tell */
    int32_t seniority;  /* QBG_SENIORITY_*, or QBG_UNSET */
    double confidence;  /* 0..1 in thousandths; 0 when neither is known */
} qbg__persona;

/* Reads valid UTF-8. Of a very long title only the first five hundred bytes or so count. */
void qbg__persona_read(const char *title, size_t size, qbg__persona *out);

/* The number of the lexicon's entry that the title's first word or words match, -1 for none: lets a
 * test find entries that another one hides. */
int32_t qbg__persona_entry_at(const char *title, size_t size);

#endif
