/* opportunity: the row of an opportunity, with its log. */
#ifndef QBG__OPPORTUNITY_H
#define QBG__OPPORTUNITY_H

#include "model/fact.h"
#include "model/cells.h"
#include "qbg/opportunity.h"

typedef struct qbg__need {
    uint32_t contact; /* or QBG_NONE: the group's */
    char *key;
    qbg__facts facts;
} qbg__need;

struct qbg_opportunity {
    qbg_workspace *workspace;
    uint32_t number;
    char *key;
    uint32_t account;
    uint32_t solution;
    int32_t type; /* or QBG_UNSET */
    int64_t opened, closed;
    qbg__log log;      /* the signals that it took */
    uint32_t *members; /* member numbers, by their contacts' keys */
    uint32_t member_count, member_capacity;
    qbg__facts facts;
    qbg__need *needs;
    uint32_t need_count, need_capacity;
    char *name;
    char currency[4];
};

void qbg__opportunity_free(qbg_opportunity *opportunity, qbg__mem *mem);
const qbg_workspace *qbg__opportunity_workspace(const qbg_opportunity *opportunity);

#endif
