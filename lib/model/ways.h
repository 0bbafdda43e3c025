/* ways: where most signals of a large tenant go, known beforehand: for each contact the account
 * where he works and takes part, for each account and solution the one opportunity that can take
 * its signals.
 *
 * Nothing here says anything that routing would not say (see routing.h). Whatever is not plain has
 * no way: a contact with a history of accounts, or who takes part elsewhere; an account with
 * several opportunities for a solution. Ways are good until anything but a signal is told. */
#ifndef QBG__WAYS_H
#define QBG__WAYS_H

#include "base/mem.h"
#include "model/memory.h"
#include "qbg/workspace.h"

/* A contact's home: an account's number, with this bit when he is a member there, nowhere, or
 * unclear. */
#define QBG__HOME_MEMBER  0x80000000u
#define QBG__HOME_NOWHERE 0x7fffffffu
#define QBG__HOME_UNCLEAR 0xffffffffu

/* What signals come from: an account that they name, the account of a contact who names none, or an
 * account's unnamed visitor; its number, and one of these. */
#define QBG__FROM_ACCOUNT 0x00000000u
#define QBG__FROM_HOME    0x40000000u
#define QBG__FROM_GUEST   0x80000000u
#define QBG__FROM_NUMBER  0x3fffffffu

/* In `what`, below the solution. */
enum {
    QBG__WAY_MADE = 1,
    QBG__WAY_DATED = 2,           /* the opportunity lives from a time or until one */
    QBG__WAY_KNOWS_TAKER = 4,     /* the account remembers the opportunity's log */
    QBG__WAY_KNOWS_LEFTOVERS = 8, /* and its own, of what no opportunity takes */
    QBG__WAY_SOLUTION = 16        /* what the solution is multiplied by */
};
#define QBG__WAY_NOTES     (QBG__WAY_SOLUTION - 1u - QBG__WAY_MADE) /* all but what it is of */
#define QBG__WAY_SOLUTIONS (UINT32_MAX / QBG__WAY_SOLUTION)         /* those above have no ways */

/* The way of all signals of an account for a solution. */
typedef struct qbg__way {
    uint32_t account;
    uint32_t what;
    uint32_t opportunity; /* the only one that can take them, or QBG_NONE */
    uint32_t cells;       /* of those that name the account, or QBG_NONE: not known yet */
} qbg__way;

/* Ways stand in sets of as many as one line of a processor's cache holds; of more, one is made anew
 * when it is needed. */
#define QBG__WAY_SET 4u

typedef struct qbg__ways {
    uint32_t *homes; /* by contact number */
    uint32_t home_count;
    qbg__way *at;
    uint32_t *guests; /* beside each way the account's unnamed visitor, or QBG_NONE */
    uint32_t count;   /* a power of two, or 0 */
    uint32_t *bare;   /* by solution: the cells of signals that name no account, or QBG_NONE */
    uint32_t bare_count;
    int32_t are_known;
    uint64_t revision, notes; /* of the workspace and in its journal, when they were good */
} qbg__ways;

void qbg__ways_free(qbg__ways *ways, qbg__mem *mem);
void qbg__ways_bytes(const qbg__ways *ways, qbg__memory *memory);

/* Are the ways good? For so many signals they are made if that pays; without memory there are none.
 */
int qbg__ways_open(qbg_workspace *workspace, uint64_t signals);

/* Are they good, and after a change that told only signals: they still are. An undone change may
 * have made what ways lead to, so they are forgotten. */
int qbg__ways_are_good(const qbg_workspace *workspace);
void qbg__ways_keep(qbg_workspace *workspace);
void qbg__ways_forget(qbg_workspace *workspace);

/* The number of the first way of a set, where the way of that account would be. */
static inline uint32_t qbg__ways_set(const qbg__ways *ways, uint32_t account, uint32_t solution) {
    uint64_t hash = ((uint64_t)account << 32 | solution) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 34) & (ways->count - QBG__WAY_SET);
}

/* The number of the way, which would be in that set, or QBG_NONE. */
static inline uint32_t qbg__ways_find(const qbg__ways *ways, uint32_t set, uint32_t account,
                                      uint32_t solution) {
    uint32_t what = solution * QBG__WAY_SOLUTION + QBG__WAY_MADE;
    for (uint32_t i = set; i < set + QBG__WAY_SET; i++)
        if (ways->at[i].account == account && (ways->at[i].what & ~QBG__WAY_NOTES) == what)
            return i;
    return QBG_NONE;
}

/* Makes the way of an account's signals for a solution, and returns its number; QBG_NONE: there is
 * none. A set that is full gives a way up. */
uint32_t qbg__ways_make(qbg_workspace *workspace, uint32_t account, uint32_t solution);

#endif
