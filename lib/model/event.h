/* event: the ids under which sources know their signals, unique within a scope: they make telling
 * twice harmless. */
#ifndef QBG__EVENT_H
#define QBG__EVENT_H

#include "base/letters.h"
#include "model/cells.h"

/* A signal with an event id. */
typedef struct qbg__event {
    uint64_t bits; /* time and kind */
    uint32_t person;
    uint32_t cells;
    uint32_t scope; /* within what the id is unique */
    qbg__letters id;
} qbg__event;

/* The event with that number; and only its row of cells. */
qbg__event qbg__event_at(const qbg__signals *signals, uint32_t number);
uint32_t qbg__event_cells(const qbg__signals *signals, uint32_t number);

/* An entry's event id, "" when it has none; it may be written into the room. */
const char *qbg__entry_event(const qbg__signals *signals, const qbg__entry *entry,
                             qbg__letters_room room);

/* Within what an event id is unique: the signal's account, else its contact, else its guest. */
uint32_t qbg__event_scope(const qbg__signals *signals, uint32_t person, uint32_t account);

/* QBG_OK and a new number; QBG_DUPLICATE and the one that is known; QBG_E_CONFLICT when the id is
 * that of another signal. */
qbg_status qbg__event_put(qbg_workspace *workspace, const qbg__event *event, uint32_t *out_number);

/* Brings an entry's event up to date: whose the signal is, its cells, and the scope of its id. It
 * may get another number. When that makes it the same signal as another one, it is forgotten:
 * QBG_DUPLICATE. */
qbg_status qbg__event_settle(qbg_workspace *workspace, qbg__entry *entry, uint32_t person,
                             uint32_t cells, uint32_t account);

/* Forgets an event, so that its id can come again. */
qbg_status qbg__event_forget(qbg_workspace *workspace, uint32_t number);

/* The event with that id in that scope, or QBG_NONE; contact: only one of his, QBG_NONE: anybody's.
 * Signals that were told in two scopes can come to have one id in one scope; of these, and of
 * `other` (or QBG_NONE), it is the one that comes first in a book, in whatever order they came. */
uint32_t qbg__event_find(const qbg_workspace *workspace, qbg__span id, uint32_t scope,
                         uint32_t contact, uint32_t other);

#endif
