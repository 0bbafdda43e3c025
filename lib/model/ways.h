/* ways: where most signals of a large tenant go, known beforehand: for each contact the account
 * where he works and takes part, for each account and solution the one opportunity that can take
 * its signals.
 *
 * Nothing here says anything that routing would not say (see routing.h). Whatever is not plain has
 * no way: a contact with a history of accounts, or who takes part elsewhere; an account with
 * several opportunities for a solution. Ways are good until anything but a signal is told. A signal
 * goes one when it names a solution and neither an opportunity nor a visitor. */
#ifndef QBG__WAYS_H
#define QBG__WAYS_H

#include "base/letters.h"
#include "base/mem.h"
#include "model/cells.h"
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

/* ---- Going them ---- */

/* Where a signal of that contact and account comes from; QBG_NONE when no way begins there. */
static inline uint32_t qbg__ways_from(const qbg__ways *ways, uint32_t contact, uint32_t account) {
    if (account != QBG_NONE && account > QBG__FROM_NUMBER) return QBG_NONE;
    if (contact == QBG_NONE) return account == QBG_NONE ? QBG_NONE : QBG__FROM_GUEST | account;
    if (contact >= ways->home_count) return QBG_NONE;
    uint32_t home = ways->homes[contact], at = home & ~QBG__HOME_MEMBER;
    if (home == QBG__HOME_UNCLEAR) return QBG_NONE;
    if (account == QBG_NONE) return at == QBG__HOME_NOWHERE ? QBG_NONE : QBG__FROM_HOME | at;
    return account == at || !(home & QBG__HOME_MEMBER) ? account : QBG_NONE;
}

/* What a signal with a way says in texts. */
typedef struct qbg__said {
    uint64_t bits; /* of its entry: QBG__ENTRY_TEXTS */
    qbg__letters id;
    qbg__letters_room room;
} qbg__said;

/* Reads its texts; 0 when only telling it in full will do: its content is not known yet or does not
 * fit into the bits, or its id is no text. */
int qbg__ways_read(const qbg_workspace *workspace, qbg__span content, qbg__span id, qbg__said *out);

/* A signal on its way, and what it finds at the end. */
typedef struct qbg__walk {
    uint32_t from, way; /* the way's number */
    uint32_t contact, kind;
    int64_t time;
    const qbg__said *said;
} qbg__walk;

typedef struct qbg__goal {
    uint64_t bits;               /* of its entry: its texts, and why it waits */
    uint32_t person, cells, log; /* the log by name */
} qbg__goal;

/* What a way does not know yet: who the account's unnamed visitor is, and which cells its signals
 * have; and that the account remembers the log. */
qbg_status qbg__ways_learn(qbg_workspace *workspace, uint32_t way, uint32_t from);
qbg_status qbg__ways_remember(qbg_workspace *workspace, qbg__way *way, uint32_t log);

/* Puts the event of a signal with an id, whose number stands for its cells. */
qbg_status qbg__ways_put_event(qbg_workspace *workspace, const qbg__way *way, const qbg__said *said,
                               uint64_t bits, uint32_t person, uint32_t *cells);

/* The log to which a way leads at that time when its opportunity has dates. */
uint32_t qbg__ways_log_then(const qbg_workspace *workspace, const qbg__way *way, int64_t time,
                            uint64_t *bits);

/* Goes a good way. QBG_DUPLICATE, QBG_E_CONFLICT as from qbg__event_put: it leads to no log. */
static inline qbg_status qbg__ways_follow(qbg_workspace *workspace, qbg__ways *ways,
                                          const qbg__walk *walk, qbg__goal *out) {
    qbg__way *way = &ways->at[walk->way];
    const uint32_t *cells =
        walk->from & ~QBG__FROM_NUMBER ? &ways->bare[way->what / QBG__WAY_SOLUTION] : &way->cells;
    int is_guest = (walk->from & QBG__FROM_GUEST) != 0;
    qbg_status status = QBG_OK;
    if (*cells == QBG_NONE || (is_guest && ways->guests[walk->way] == QBG_NONE))
        status = qbg__ways_learn(workspace, walk->way, walk->from);
    if (status != QBG_OK) return status;
    uint64_t bits = walk->said->bits;
    out->person = is_guest ? ways->guests[walk->way] : walk->contact;
    out->cells = *cells;
    if (walk->said->id.size > 0)
        status = qbg__ways_put_event(workspace, way, walk->said,
                                     QBG__ENTRY_BITS(walk->time, walk->kind, bits), out->person,
                                     &out->cells);
    if (status != QBG_OK) return status;
    out->log = way->opportunity;
    if (out->log == QBG_NONE)
        out->log = QBG__LOG_ACCOUNT | way->account;
    else if (way->what & QBG__WAY_DATED)
        out->log = qbg__ways_log_then(workspace, way, walk->time, &bits);
    out->bits = bits;
    uint32_t knows = out->log & QBG__LOG_ACCOUNT ? QBG__WAY_KNOWS_LEFTOVERS : QBG__WAY_KNOWS_TAKER;
    return way->what & knows ? QBG_OK : qbg__ways_remember(workspace, way, out->log);
}

/* Finds the way of a signal as told; 0 when it has none. said: room for its texts. */
int qbg__ways_lead(qbg_workspace *workspace, const qbg__told *signal, qbg__said *said,
                   qbg__walk *out);

#endif
