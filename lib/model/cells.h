/* cells: what is known of signals beside their entries in the logs (see model/log.h): whose they
 * are, and the cells that only routing and writing read, shared by all signals that say the same.
 */
#ifndef QBG__CELLS_H
#define QBG__CELLS_H

#include "base/column.h"
#include "base/intern.h"
#include "base/lookup.h"
#include "base/shelf.h"
#include "model/log.h"
#include "model/memory.h"
#include "qbg/signal.h"

/* Whose a signal is: a contact's number, or this bit and a guest's number. */
#define QBG__GUEST 0x80000000u

/* An anonymous visitor, who is one person within an account; without an id, the account's one
 * unnamed visitor. */
typedef struct qbg__guest {
    uint32_t account; /* or QBG_NONE */
    uint32_t visitor; /* a row of `visitors`, or QBG_NONE */
} qbg__guest;

/* What only routing and writing read, as given; each a number or QBG_NONE. */
typedef struct qbg__cells {
    uint32_t account; /* none for guests, who have their own */
    uint32_t visitor; /* beside a contact */
    uint32_t solution;
    uint32_t opportunity;
    uint32_t content; /* interned, if it is not with the entry */
    uint32_t about;   /* derived: the solution, or the one whose content this is */
} qbg__cells;

/* The signals with event ids, found again by them; see event.h. */
typedef struct qbg__events {
    qbg__shelf shelf;
    qbg__lookup lookup;
    int64_t base; /* the first one's time: those of others are told from there */
} qbg__events;

/* A visitor; his number is that of his id's text. */
typedef struct qbg__visitor {
    uint32_t contact; /* who it is, or QBG_NONE */
    qbg__places signals;
} qbg__visitor;

/* All that signals need beside the logs. */
typedef struct qbg__signals {
    uint64_t count;
    qbg__intern visitor_ids; /* apart from other texts, since they can be erased */
    qbg__visitor *visitors;
    uint32_t visitor_count, visitor_capacity;
    qbg__guest *guests;
    uint32_t guest_count, guest_capacity;
    qbg__index guest_index;
    qbg__cells *cells;
    uint32_t cells_count, cells_capacity;
    qbg__index cells_index;
    qbg__events events;
    qbg__log unrouted; /* signals without opportunity and account */
} qbg__signals;

void qbg__signals_free(qbg__signals *signals, qbg__mem *mem);
void qbg__signals_bytes(const qbg__signals *signals, qbg__memory *memory);

/* The visitor with that id, new or known. QBG_E_ERASED: it was that of an erased person. */
qbg_status qbg__visitor_put(qbg_workspace *workspace, const char *id, size_t size,
                            uint32_t *out_visitor);

/* The visitor with that id, also when it was hidden by an erasing, or QBG_NONE; and the id that he
 * has now, "" for QBG_NONE. */
uint32_t qbg__visitor_find(const qbg_workspace *workspace, const char *id, size_t size);
const char *qbg__visitor_id(const qbg_workspace *workspace, uint32_t visitor);

/* Whose a signal is, and the row of its cells, as the facts are now: what was merged leads on, what
 * was removed is nobody's (QBG_NONE) or named no more. */
qbg_status qbg__person_now(qbg_workspace *workspace, uint32_t *person);
qbg_status qbg__cells_now(qbg_workspace *workspace, uint32_t *cells);

/* The row of shared cells behind an entry. */
const qbg__cells *qbg__entry_cells(const qbg__signals *signals, const qbg__entry *entry);

/* The number of a signal's content, or QBG_NONE. It stands in the entry's bits, so that signals of
 * many contents share rows of cells; but for those that name no solution, which are about that of
 * their content, and for contents beyond the first ones. */
uint32_t qbg__content_of(uint64_t bits, const qbg__cells *cells);

/* What a signal with these cells is about: the solution it names, or else its content's. */
uint32_t qbg__cells_about(const qbg_workspace *workspace, const qbg__cells *cells);

/* A signal as told; numbers are QBG_NONE when not given. */
typedef struct qbg__told {
    int64_t time;
    uint32_t kind, contact, account, solution, opportunity;
    qbg__span visitor, content, event;
    int32_t restores; /* it may tell of somebody who was erased: a book that is read back */
} qbg__told;

/* Makes a record tell such signals. */
void qbg__signal_restore(qbg_signal *signal);

/* The person that a guest is, or QBG_NONE. */
uint32_t qbg__guest_find(const qbg__signals *signals, qbg__guest guest);

/* The guest, and the row of cells (`about` is filled in), new or known. */
qbg_status qbg__guest_put(qbg_workspace *workspace, qbg__guest guest, uint32_t *out_person);
qbg_status qbg__cells_put(qbg_workspace *workspace, const qbg__cells *cells, uint32_t *out_cells);

/* Takes a signal in, inside an open change. out_opportunity: who took it, or QBG_NONE.
 * QBG_DUPLICATE: known already; QBG_E_RANGE, QBG_E_GONE, QBG_E_ERASED, QBG_E_TEXT, QBG_E_CONFLICT:
 * refused. These leave nothing behind but texts that the tenant knows. */
qbg_status qbg__tell(qbg_workspace *workspace, const qbg__told *signal, uint32_t *out_opportunity);

/* The first half of that: the signal as an entry, and whose it is, without its place in a log. */
qbg_status qbg__tell_entry(qbg_workspace *workspace, const qbg__told *signal, qbg__entry *out_entry,
                           uint32_t *out_person);

/* The contact whose signal it is, an identified visitor's contact included, or QBG_NONE. */
uint32_t qbg__person_contact(const qbg__signals *signals, uint32_t person);

#endif
