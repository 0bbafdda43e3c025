/* steps: what would have to happen for a group to qualify: the fewest steps that do, found by
 * re-scoring the group. Numbers and rows of the workspace. */
#ifndef QBG__STEPS_H
#define QBG__STEPS_H

#include "analysis/approach.h"

#define QBG__STEPS_MAX 8

/* What a search may cost before it is cut off, in units of some nanoseconds: about a second. */
#define QBG__STEPS_WORK ((uint64_t)1 << 28)

typedef struct qbg__steps {
    uint64_t work;    /* what the search may cost */
    qbg__group group; /* as it is */
    qbg__group then;  /* as it would be: scratch */
    int32_t limit;    /* the policy's path_steps */
    int32_t exists;   /* there is a way: no step at all when the group is qualified as it is */
    int32_t is_exact; /* nothing was cut off */
    uint32_t count;
    qbg__step list[QBG__STEPS_MAX];
    double priorities[QBG__STEPS_MAX]; /* after each */
    uint32_t unmet; /* without a way: required criteria that no `limit` steps meet, one bit each */
} qbg__steps;

void qbg__steps_begin(qbg__steps *steps, const qbg__mem *mem);
void qbg__steps_end(qbg__steps *steps);

/* Assesses the group and looks for the way; _look: of the group as it is assessed already. Errors:
 * those of qbg__group_assess. */
qbg_status qbg__steps_find(qbg__steps *steps, const qbg_opportunity *opportunity, int64_t as_of);
qbg_status qbg__steps_look(qbg__steps *steps);

#endif
