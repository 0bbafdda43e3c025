/* proposal: what is proposed, before it becomes a table; see qbg/proposal.h. */
#ifndef QBG__PROPOSAL_H
#define QBG__PROPOSAL_H

#include "base/blob.h"
#include "qbg/proposal.h"

/* A text among those of all proposals. */
typedef struct qbg__proposal_text {
    size_t start, size;
} qbg__proposal_text;

typedef struct qbg__proposal {
    int32_t kind;                            /* QBG_PROPOSAL_* */
    uint32_t account, solution, opportunity; /* numbers, or QBG_NONE */
    uint32_t contact, role;
    int64_t since;
    double confidence;
    qbg__proposal_text because;
    qbg__proposal_text key; /* of an opportunity that is proposed, too; else without bytes */
    int32_t is_applied;
} qbg__proposal;

typedef struct qbg__proposals {
    qbg__mem mem;
    const qbg_workspace *workspace;
    qbg__proposal *at;
    const qbg__proposal **order; /* as they are told; once they are made */
    uint32_t count, capacity, order_capacity;
    qbg_blob texts;
} qbg__proposals;

/* The key of the opportunity that a proposal is about, NUL-terminated; "" for none. */
const char *qbg__proposal_opportunity(const qbg__proposals *proposals, const qbg__proposal *of);

/* Makes them; _end frees them in any case. Errors: as qbg_proposals. */
qbg_status qbg__proposals_make(qbg__proposals *proposals, const qbg_workspace *workspace,
                               int64_t as_of, const qbg_baseline *baseline);
void qbg__proposals_end(qbg__proposals *proposals);

qbg_status qbg__proposals_table(const qbg__proposals *proposals, qbg_table **out_table);

#endif
