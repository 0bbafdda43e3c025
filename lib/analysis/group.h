/* group: one buying group as of an instant, in numbers and rows of the workspace. The scratch it is
 * computed in is kept and reused, so that a board or a refilled assessment allocates nothing. */
#ifndef QBG__GROUP_H
#define QBG__GROUP_H

#include "analysis/coverage.h"
#include "analysis/engagement.h"
#include "analysis/gate.h"
#include "model/contact.h"
#include "model/member.h"

/* A present member. */
typedef struct qbg__present {
    int64_t points_int;
    int64_t last_signal; /* QBG_UNDATED: none */
    double engagement;
    uint32_t member, contact; /* numbers; QBG_NONE: somebody new, in a what-if */
    int32_t is_inferred;      /* his roles */
    int32_t role;             /* his only one, or QBG__ROLES_NONE, QBG__ROLES_MANY */
    int32_t is_engaged;
    int32_t participation, interest, stance;
    int32_t word; /* the host's on his participation, or QBG_UNSET */
} qbg__present;

typedef struct qbg__group {
    qbg__mem mem;
    /* what was asked */
    const qbg_opportunity *opportunity;
    const qbg_template *template_;
    int64_t as_of;
    double half_points;              /* K of the policy */
    int64_t active_int, engaged_int; /* its bounds, in ledger units */
    /* scratch */
    qbg__scores scores;
    double *factors;
    uint32_t factor_count, factor_capacity;
    uint64_t last_stamp;   /* of the signals in the factors that are worth more than 0; 0: none */
    qbg__present *members; /* by key */
    uint32_t member_count, member_capacity;
    qbg__holder *holders; /* one a member; `seat` as the identified reading put them */
    uint32_t holder_capacity;
    /* the answer */
    qbg__coverage coverage;
    qbg__gate gate; /* of a glance only whether it qualifies */
    int32_t engaged_count, anonymous_count, open_blockers;
    int64_t silent_days;  /* -1: none */
    int64_t next_contact; /* QBG_UNDATED: none */
    double intent, priority;
    int32_t verdict;
} qbg__group;

void qbg__group_begin(qbg__group *group, const qbg__mem *mem);
void qbg__group_end(qbg__group *group);

/* Assesses. Errors: QBG_E_RANGE the instant, or too many signals of one person; QBG_E_MEMORY. */
qbg_status qbg__group_assess(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of);

/* The same but for the gate's criteria one by one: for boards, which do not show them. */
qbg_status qbg__group_glance(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of);

/* The rows of the present member at an index. */
const qbg_member *qbg__group_member(const qbg__group *group, uint32_t index);
const qbg_contact *qbg__group_contact(const qbg__group *group, uint32_t index);

/* The parts of the arithmetic that others lean on: a person's factor in the product of the intent,
 * and the priority of such a group if its intent and the seating of the engaged were these. */
double qbg__group_factor(double weight, double engagement);
double qbg__group_priority(const qbg__group *group, double intent, const qbg__seating *engaged);

/* What the gate looked at. */
qbg__gate_facts qbg__group_facts(const qbg__group *group);

/* What if: `to` (begun) becomes a copy of an assessed group with room for `extra` more people, and
 * _reset makes it one again, without allocating. Its people are changed; then _conclude computes
 * the answer from them, as it does for an assessment. Error: QBG_E_MEMORY. */
qbg_status qbg__group_fork(const qbg__group *from, uint32_t extra, qbg__group *to);
void qbg__group_reset(const qbg__group *from, qbg__group *to);
void qbg__group_conclude(qbg__group *group);

/* In a copy a member acts at the instant and has these points, or more if he had more; or somebody
 * new who has them takes a seat, asserted. */
void qbg__group_engage(qbg__group *group, uint32_t member, int64_t points_int);
void qbg__group_identify(qbg__group *group, uint32_t seat, int64_t points_int);

/* QBG_SEAT_* of a seat. */
int32_t qbg__group_seat_state(const qbg__group *group, uint32_t seat);

/* Does the member at that index sit on the seat in the identified reading? `before`: how many do at
 * smaller indices. */
int qbg__group_sits(const qbg__group *group, uint32_t member, uint32_t seat, int32_t before);

#endif
