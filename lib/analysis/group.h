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
    const qbg_member *member;
    const qbg_contact *contact;
    uint64_t roles; /* asserted, else inferred; one bit each */
    int32_t is_inferred;
    int32_t is_engaged;
    int32_t participation, interest, stance;
    int64_t points_int;
    int64_t last_signal; /* QBG_UNDATED: none */
    double points, engagement;
} qbg__present;

typedef struct qbg__group {
    qbg__mem mem;
    /* what was asked */
    const qbg_opportunity *opportunity;
    const qbg_template *template_;
    int64_t as_of;
    /* scratch */
    qbg__scores scores;
    double *factors;
    uint32_t factor_count, factor_capacity;
    qbg__present *members; /* by key */
    uint32_t member_count, member_capacity;
    qbg__holder *holders; /* one a member; `seat` as the identified reading put them */
    uint32_t holder_capacity;
    /* the answer */
    qbg__seating identified, engaged, supportive;
    qbg__gate gate;
    int32_t engaged_count, anonymous_count;
    int64_t last_positive; /* latest signal worth more than 0; QBG_UNDATED: none */
    int64_t silent_days;   /* -1: none */
    int64_t next_contact;  /* QBG_UNDATED: none */
    double intent, priority, completeness;
    int32_t verdict;
} qbg__group;

void qbg__group_begin(qbg__group *group, const qbg__mem *mem);
void qbg__group_end(qbg__group *group);

/* Assesses. Errors: QBG_E_RANGE the instant, or too many signals of one person; QBG_E_MEMORY. */
qbg_status qbg__group_assess(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of);

/* QBG_SEAT_* of a seat. */
int32_t qbg__group_seat_state(const qbg__group *group, uint32_t seat);

/* Does the member at that index sit on the seat in the identified reading? `before`: how many do at
 * smaller indices. */
int qbg__group_sits(const qbg__group *group, uint32_t member, uint32_t seat, int32_t before);

#endif
