/* approach: the members of a group who could be approached on the path to qualified, in the order
 * of steps, and the classes of those whose step would do the same. */
#ifndef QBG__APPROACH_H
#define QBG__APPROACH_H

#include "analysis/group.h"

/* What would have to happen. */
typedef struct qbg__step {
    int32_t kind; /* QBG_STEP_* */
    uint32_t at;  /* the seat to identify, else whom to approach, by the group's index */
} qbg__step;

/* Somebody known who could be approached. */
typedef struct qbg__approach {
    qbg__step step;
    double engagement;
    uint64_t asserted, candidates; /* seats that he would help to engage */
    int32_t engages;               /* he is not engaged, and would be */
    int32_t is_full;               /* he has the points: only the silence would end */
    int32_t is_taken;              /* by the search */
    uint32_t slot;                 /* of his factor in the group's; QBG_NONE: he has none */
    uint32_t kin;                  /* his class */
    uint32_t next;                 /* of the class, or QBG_NONE */
} qbg__approach;

/* Whether a search may take from a class: not when it passed it over, or has no use for it. */
enum { QBG__KIN_OPEN, QBG__KIN_PASSED, QBG__KIN_USELESS };

/* A class. The search takes from its front. */
typedef struct qbg__kin {
    uint8_t seats[QBG__SEAT_MAX]; /* asserted and candidate ones */
    uint32_t seat_count;
    int32_t engages, is_full;
    int32_t is_wide;        /* several asserted seats */
    uint32_t front, left;   /* the first who is not taken, and how many are not */
    int32_t state;          /* QBG__KIN_* */
    uint32_t passed_before; /* the class that the search passed over before this one */
} qbg__kin;

typedef struct qbg__approaches {
    qbg__approach *at; /* those to engage, then those to re-contact */
    uint32_t count, engage_count, capacity;
    qbg__kin *kins;
    uint32_t kin_count, kin_capacity;
} qbg__approaches;

/* Lists them for an assessed group, of each class as many as could be taken: `most`, or one of
 * those who have the points of a step already. out: zeroed; _end frees it in any case. Error:
 * QBG_E_MEMORY. */
qbg_status qbg__approaches_list(const qbg__group *group, int64_t points_int, uint32_t most,
                                qbg__mem *mem, qbg__approaches *out);
void qbg__approaches_end(qbg__approaches *approaches, qbg__mem *mem);

#endif
