/* policy: the values of the parameters, and what is computed from them once. */
#ifndef QBG__POLICY_H
#define QBG__POLICY_H

#include "base/journal.h"
#include "model/memory.h"
#include "qbg/policy.h"

enum {
    QBG__HALF_LIFE_DAYS,
    QBG__HALF_ENGAGEMENT_POINTS,
    QBG__ENGAGED_POINTS,
    QBG__ACTIVE_POINTS,
    QBG__COVERAGE_FLOOR,
    QBG__UNASSIGNED_DISCOUNT,
    QBG__ANONYMOUS_DISCOUNT,
    QBG__THIRD_PARTY_DISCOUNT,
    QBG__ROLE_CONFIDENCE,
    QBG__MIN_MEMBERS_IDENTIFIED,
    QBG__MIN_MEMBERS_ENGAGED,
    QBG__MIN_COVERAGE_ENGAGED,
    QBG__MIN_INTENT,
    QBG__MIN_FIT,
    QBG__MAX_SILENCE_DAYS,
    QBG__PATH_STEPS,
    QBG__HYSTERESIS,
    QBG__ROUTE_LOOKBACK_DAYS,
    QBG__ROLE_MARGIN,
    QBG__TRUST_CRM,
    QBG__TRUST_TITLE,
    QBG__TRUST_VENDOR,
    QBG__TRUST_BEHAVIOUR,
    QBG__FORMATION_WINDOW_DAYS,
    QBG__FORMATION_HISTORY_DAYS,
    QBG__FORMATION_QUIET_DAYS,
    QBG__FORMATION_PEOPLE,
    QBG__FORMATION_DEPARTMENTS,
    QBG__FORMATION_POINTS,
    QBG__FORMATION_FALSE_ALARMS,
    QBG__AUTOMATION,
    QBG__AUTOMATION_CONFIDENCE,
    QBG__MODE, /* the first of one mode a criterion */
    QBG__POLICY_FIXED = QBG__MODE + 12
};

struct qbg_policy {
    qbg_workspace *workspace;
    int64_t milli[QBG__POLICY_FIXED];
    uint32_t *decay;   /* D[0 .. 25 H + 1], the last one 0 */
    uint32_t last_age; /* 25 H + 1 */
};

qbg_status qbg__policy_begin(qbg_workspace *workspace);
void qbg__policy_free(qbg_policy *policy, qbg__mem *mem);
void qbg__policy_bytes(const qbg_policy *policy, qbg__memory *memory);

/* A parameter as a double: its thousandths divided once. */
static inline double qbg__policy_real(const qbg_policy *policy, int parameter) {
    return (double)policy->milli[parameter] / 1000.0;
}

/* A parameter that is a whole number. */
static inline int64_t qbg__policy_whole(const qbg_policy *policy, int parameter) {
    return policy->milli[parameter] / 1000;
}

#endif
