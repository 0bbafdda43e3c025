/* gate: the criteria of qualification, section 6 of the model. */
#ifndef QBG__GATE_H
#define QBG__GATE_H

#include "analysis/coverage.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "qbg/vocabulary.h"

#define QBG__CRITERION_COUNT 12

typedef struct qbg__criterion {
    int32_t mode;
    int32_t passes; /* at the full threshold */
    int32_t holds;  /* at the lower one, where hysteresis applies */
    int32_t has_actual, has_threshold;
    double actual, threshold;
    const char *reason;
} qbg__criterion;

typedef struct qbg__gate {
    qbg__criterion criteria[QBG__CRITERION_COUNT];
    int32_t qualified; /* every required criterion holds */
} qbg__gate;

/* What the gate looks at. */
typedef struct qbg__gate_facts {
    const qbg_opportunity *opportunity;
    int64_t as_of;
    int64_t identified, engaged; /* present members */
    int32_t required_filled, required_seats;
    const qbg__seating *coverage; /* of the engaged */
    double intent;
    int64_t silent_days; /* -1: none */
    int32_t open_blockers;
} qbg__gate_facts;

/* All criteria; and the same answer alone, which the first required one that does not hold gives.
 */
void qbg__gate_judge(const qbg_policy *policy, const qbg__gate_facts *facts, qbg__gate *out);
int qbg__gate_qualifies(const qbg_policy *policy, const qbg__gate_facts *facts);

/* Is this contact's blocking unanswered: no need of his, or one that is not addressed? */
int qbg__gate_is_open_blocker(const qbg_opportunity *opportunity, const qbg_contact *contact,
                              int64_t as_of);

#endif
