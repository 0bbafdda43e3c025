/* inference: see qbg/inference.h. */
#ifndef QBG__INFERENCE_H
#define QBG__INFERENCE_H

#include "qbg/inference.h"

/* The role that is inferred. */
typedef struct qbg__inferred {
    uint32_t role; /* its number, or QBG_NONE: unknown */
    double confidence;
    uint32_t because; /* kinds of evidence, one bit each */
} qbg__inferred;

/* That of a contact in a group as of an instant; live rows of one workspace, a valid instant. */
qbg__inferred qbg__inference_of(const qbg_opportunity *opportunity, const qbg_contact *contact,
                                int64_t as_of);

#endif
