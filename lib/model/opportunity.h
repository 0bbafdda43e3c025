/* opportunity: the row of an opportunity, with its log. */
#ifndef QBG__OPPORTUNITY_H
#define QBG__OPPORTUNITY_H

#include "model/fact.h"
#include "model/cells.h"
#include "model/change.h"
#include "model/memory.h"
#include "model/roster.h"
#include "qbg/opportunity.h"

typedef struct qbg__need {
    uint32_t contact; /* or QBG_NONE: the group's */
    char *key;
    qbg__facts facts;
} qbg__need;

struct qbg_opportunity {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept; /* see qbg__keyed */
    char *key;
    uint64_t tag; /* the host's */
    uint32_t account;
    uint32_t solution;
    int32_t type; /* or QBG_UNSET */
    int64_t opened, closed;
    qbg__log log;      /* the signals that it took */
    uint32_t *members; /* member numbers, by their contacts' keys */
    uint32_t member_count, member_capacity;
    qbg__roster roster;
    qbg__facts facts;
    qbg__need *needs;
    uint32_t need_count, need_capacity;
    char *name;
    char currency[4];
};

void qbg__opportunity_free(qbg_opportunity *opportunity, qbg__mem *mem);
void qbg__opportunity_bytes(const qbg_opportunity *opportunity, qbg__memory *memory);

/* The row that a handle leads to, NULL when that is gone; for calls that change it: QBG_E_ARGUMENT
 * for NULL, QBG_E_GONE. */
qbg_opportunity *qbg__opportunity_live(const qbg_opportunity *opportunity);
qbg_status qbg__opportunity_open(qbg_opportunity **opportunity);

/* The same for questions, which also answer QBG_E_BUSY. */
qbg_status qbg__opportunity_ask(const qbg_opportunity **opportunity);

/* Gives up the lists of a row that is no more; its members and needs are gone by then. */
qbg_status qbg__opportunity_drop_lists(qbg_opportunity *opportunity);

/* Ends a change of an opportunity, which is answered differently if the change wrote anything. */
qbg_status qbg__opportunity_end(qbg__change change, const qbg_opportunity *opportunity,
                                qbg_status status);

/* Marks the signals that its life or place may take or give: its own, its account's, those of its
 * members. */
qbg_status qbg__opportunity_dirty(qbg_opportunity *opportunity);

/* Gives it another account and solution, by number, inside an open change. */
qbg_status qbg__opportunity_place(qbg_opportunity *opportunity, uint32_t account,
                                  uint32_t solution);

/* Sets its currency, a code or "" for none. QBG_E_ARGUMENT when that would give another value to
 * amounts that are known; _drop_amount takes away the undated one, whoever said it. */
qbg_status qbg__opportunity_set_currency(qbg_opportunity *opportunity, const char *currency);
qbg_status qbg__opportunity_drop_amount(qbg_opportunity *opportunity);

/* Is its life going on at an instant: opened <= T < closed? */
static inline int qbg__opportunity_is_open(const qbg_opportunity *opportunity, int64_t as_of) {
    return opportunity->opened <= as_of &&
           (opportunity->closed == QBG_UNDATED || opportunity->closed > as_of);
}

const qbg_workspace *qbg__opportunity_workspace(const qbg_opportunity *opportunity);

#endif
