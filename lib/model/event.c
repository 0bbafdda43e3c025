/* event: the ids under which sources know their signals; see event.h. They are found through one
 * lookup by id and scope, so that an id that every account uses makes no long chains. Nearly every
 * id is another one, and there may be as many as signals: each event is one packed record. */
#include "model/event.h"

#include "base/varint.h"
#include "model/workspace.h"

#include <string.h>

/* Tells contacts from accounts in a scope; guests have a bit of their own above it. */
#define SCOPE_CONTACT 0x40000000u

uint32_t qbg__event_scope(const qbg__signals *signals, uint32_t person, uint32_t account) {
    if (account != QBG_NONE) return account;
    uint32_t contact = qbg__person_contact(signals, person);
    return contact == QBG_NONE ? person : SCOPE_CONTACT | contact;
}

/* ---- Records ----
 *
 * Numbers of varying length: cells, person, kind and whether there is a content in the bits, time
 * and what the scope is, the id's size; that content, the scope if it is none of those that follow
 * from the other numbers; then the id, and a NUL if it is not packed. */

enum { SCOPE_GIVEN, SCOPE_ACCOUNT, SCOPE_PERSON };

#define WIDTHS       3u                    /* 4, 6 and 8 bits a letter */
#define MOST_NUMBERS (7 * QBG__VARINT_MAX) /* bytes of them */

/* The scopes that need not be written. */
static uint32_t scope_of(const qbg__signals *signals, const qbg__event *event, uint32_t what) {
    int is_guest = (event->person & QBG__GUEST) != 0;
    if (what == SCOPE_PERSON) return is_guest ? event->person : SCOPE_CONTACT | event->person;
    return is_guest ? signals->guests[event->person & ~QBG__GUEST].account
                    : signals->cells[event->cells].account;
}

static uint32_t what_scope(const qbg__signals *signals, const qbg__event *event) {
    if (event->scope == scope_of(signals, event, SCOPE_ACCOUNT)) return SCOPE_ACCOUNT;
    return event->scope == scope_of(signals, event, SCOPE_PERSON) ? SCOPE_PERSON : SCOPE_GIVEN;
}

/* Writes an event's numbers and returns how many bytes they are. */
static size_t write_numbers(const qbg__signals *signals, const qbg__event *event,
                            unsigned char *to) {
    uint32_t content = QBG__ENTRY_CONTENT(event->bits), scope = what_scope(signals, event);
    int64_t time = QBG__ENTRY_TIME(event->bits) - signals->events.base;
    unsigned char *at = qbg__varint_put(to, event->cells);
    at = qbg__varint_put(at, event->person << 1 | event->person >> 31); /* guests are odd */
    at = qbg__varint_put(at, QBG__ENTRY_KIND(event->bits) << 1 | (content > 0));
    at = qbg__varint_put(at, qbg__varint_fold(time) << 2 | scope);
    at = qbg__varint_put(at, (uint64_t)event->id.size * WIDTHS + event->id.bits / 2 - 2);
    if (content > 0) at = qbg__varint_put(at, content - 1);
    if (scope == SCOPE_GIVEN) at = qbg__varint_put(at, event->scope);
    return (size_t)(at - to);
}

qbg__event qbg__event_at(const qbg__signals *signals, uint32_t number) {
    const unsigned char *at = qbg__shelf_at(&signals->events.shelf, number);
    qbg__event event;
    event.cells = (uint32_t)qbg__varint_get(&at);
    uint32_t person = (uint32_t)qbg__varint_get(&at), kind = (uint32_t)qbg__varint_get(&at);
    uint64_t time = qbg__varint_get(&at);
    event.person = person >> 1 | person << 31;
    event.bits =
        QBG__ENTRY_BITS(signals->events.base + qbg__varint_unfold(time >> 2), kind >> 1, 1);
    uint64_t size = qbg__varint_get(&at);
    event.id.size = (size_t)(size / WIDTHS);
    event.id.bits = ((uint32_t)(size % WIDTHS) + 2) * 2;
    if (kind & 1) event.bits = QBG__ENTRY_WITH_CONTENT(event.bits, qbg__varint_get(&at));
    event.scope = (time & 3) == SCOPE_GIVEN ? (uint32_t)qbg__varint_get(&at)
                                            : scope_of(signals, &event, time & 3);
    event.id.bytes = at;
    return event;
}

uint32_t qbg__event_cells(const qbg__signals *signals, uint32_t number) {
    const unsigned char *at = qbg__shelf_at(&signals->events.shelf, number);
    return (uint32_t)qbg__varint_get(&at);
}

const char *qbg__entry_event(const qbg__signals *signals, const qbg__entry *entry,
                             qbg__letters_room room) {
    if (!QBG__ENTRY_HAS_EVENT(entry->bits)) return "";
    const qbg__event event = qbg__event_at(signals, entry->cells);
    return qbg__letters_text(&event.id, room);
}

static size_t size_of_id(const qbg__letters *id) {
    return qbg__letters_bytes(id) + (id->bits == 8);
}

/* The bytes of a known event's record. */
static size_t size_of(const qbg__signals *signals, uint32_t number) {
    const unsigned char *at = qbg__shelf_at(&signals->events.shelf, number);
    const qbg__event event = qbg__event_at(signals, number);
    return (size_t)(event.id.bytes - at) + size_of_id(&event.id);
}

static void write_record(unsigned char *to, const unsigned char *numbers, size_t size,
                         const qbg__letters *id) {
    size_t letters = qbg__letters_bytes(id);
    memcpy(to, numbers, size);
    memcpy(to + size, id->bytes, letters);
    if (id->bits == 8) to[size + letters] = '\0';
}

static qbg_status add_record(qbg_workspace *workspace, const qbg__event *event,
                             uint32_t *out_number) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    unsigned char numbers[MOST_NUMBERS];
    qbg_status status = QBG_OK;
    if (signals->events.shelf.count == 0)
        status =
            qbg__journal_set_int64(journal, &signals->events.base, QBG__ENTRY_TIME(event->bits));
    if (status != QBG_OK) return status;
    size_t size = write_numbers(signals, event, numbers);
    status =
        qbg__shelf_take(&signals->events.shelf, journal, size + size_of_id(&event->id), out_number);
    if (status != QBG_OK) return status;
    write_record(qbg__shelf_at(&signals->events.shelf, *out_number), numbers, size, &event->id);
    return QBG_OK;
}

static qbg_status drop_record(qbg_workspace *workspace, uint32_t number) {
    qbg__signals *signals = &workspace->signals;
    return qbg__shelf_give(&signals->events.shelf, &workspace->journal, number,
                           size_of(signals, number));
}

/* ---- Ids ---- */

static int is_event(const void *owner, uint32_t number, const void *wanted) {
    const qbg__event known = qbg__event_at(owner, number);
    const qbg__event *want = wanted;
    return known.id.size == want->id.size && known.id.bits == want->id.bits &&
           known.scope == want->scope &&
           memcmp(known.id.bytes, want->id.bytes, qbg__letters_bytes(&want->id)) == 0;
}

static int is_same_event(const void *owner, uint32_t number, const void *wanted) {
    const qbg__event known = qbg__event_at(owner, number);
    const qbg__event *want = wanted;
    return is_event(owner, number, wanted) && known.bits == want->bits &&
           known.person == want->person && known.cells == want->cells;
}

static uint32_t hash_of_event(const qbg__event *event) {
    uint32_t hash = qbg__index_hash(event->id.bytes, qbg__letters_bytes(&event->id));
    return qbg__index_hash_pair(hash, event->scope);
}

static uint32_t hash_of_number(const void *owner, uint32_t number) {
    const qbg__event event = qbg__event_at(owner, number);
    return hash_of_event(&event);
}

/* Its id is found from now on. */
static qbg_status give_id(qbg_workspace *workspace, uint32_t hash, uint32_t number) {
    qbg__signals *signals = &workspace->signals;
    return qbg__lookup_add(&signals->events.lookup, &workspace->journal, hash, number,
                           hash_of_number, signals);
}

/* Its id can come again. */
static qbg_status free_id(qbg_workspace *workspace, uint32_t number) {
    qbg__signals *signals = &workspace->signals;
    return qbg__lookup_remove(&signals->events.lookup, &workspace->journal,
                              hash_of_number(signals, number), number);
}

qbg_status qbg__event_put(qbg_workspace *workspace, const qbg__event *event, uint32_t *out_number) {
    qbg__signals *signals = &workspace->signals;
    const qbg__lookup *lookup = &signals->events.lookup;
    uint32_t hash = hash_of_event(event);
    *out_number = qbg__lookup_find(lookup, hash, is_event, signals, event);
    if (*out_number != QBG_NONE) {
        *out_number = qbg__lookup_find(lookup, hash, is_same_event, signals, event);
        return *out_number == QBG_NONE ? QBG_E_CONFLICT : QBG_DUPLICATE;
    }
    qbg_status status = add_record(workspace, event, out_number);
    return status == QBG_OK ? give_id(workspace, hash, *out_number) : status;
}

qbg_status qbg__event_settle(qbg_workspace *workspace, qbg__entry *entry, uint32_t person,
                             uint32_t cells, uint32_t account) {
    qbg__signals *signals = &workspace->signals;
    const qbg__event was = qbg__event_at(signals, entry->cells);
    qbg__event now = was;
    now.person = person;
    now.cells = cells;
    now.scope = qbg__event_scope(signals, person, account);
    if (was.person == person && was.cells == cells && was.scope == now.scope) return QBG_OK;
    qbg_status status = free_id(workspace, entry->cells);
    if (status != QBG_OK) return status;
    uint32_t hash = hash_of_event(&now), number;
    if (qbg__lookup_find(&signals->events.lookup, hash, is_same_event, signals, &now) != QBG_NONE)
        return QBG_DUPLICATE;
    status = add_record(workspace, &now, &number); /* before the id that it copies is wiped */
    if (status == QBG_OK) status = drop_record(workspace, entry->cells);
    if (status != QBG_OK) return status;
    entry->cells = number;
    return give_id(workspace, hash, number);
}

qbg_status qbg__event_forget(qbg_workspace *workspace, uint32_t number) {
    qbg_status status = free_id(workspace, number);
    return status == QBG_OK ? drop_record(workspace, number) : status;
}

/* ---- Which of several ---- */

enum { CONTACT, VISITOR, ACCOUNT, SOLUTION, OPPORTUNITY, CONTENT, CELLS };

/* What stands in a cell of the signal, "" for nothing. */
static const char *cell_of(const qbg_workspace *workspace, const qbg__event *event, int cell) {
    const qbg__signals *signals = &workspace->signals;
    const qbg__cells *cells = &signals->cells[event->cells];
    const qbg__guest *guest =
        event->person & QBG__GUEST ? &signals->guests[event->person & ~QBG__GUEST] : NULL;
    switch (cell) {
    case CONTACT: return guest ? "" : qbg_contact_key(qbg_contact_at(workspace, event->person));
    case VISITOR: return qbg__visitor_id(workspace, guest ? guest->visitor : cells->visitor);
    case ACCOUNT:
        return qbg_account_key(qbg_account_at(workspace, guest ? guest->account : cells->account));
    case SOLUTION: return qbg_solution_key(qbg_solution_at(workspace, cells->solution));
    case OPPORTUNITY: return qbg_opportunity_key(qbg_opportunity_at(workspace, cells->opportunity));
    default: return qbg__intern_text(&workspace->texts, qbg__content_of(event->bits, cells));
    }
}

static int is_before(const qbg_workspace *workspace, const qbg__event *a, const qbg__event *b) {
    int64_t time_a = QBG__ENTRY_TIME(a->bits), time_b = QBG__ENTRY_TIME(b->bits);
    if (time_a != time_b) return time_a < time_b;
    int order = strcmp(qbg_kind_key(qbg_kind_at(workspace, QBG__ENTRY_KIND(a->bits))),
                       qbg_kind_key(qbg_kind_at(workspace, QBG__ENTRY_KIND(b->bits))));
    for (int cell = 0; cell < CELLS && order == 0; cell++)
        order = strcmp(cell_of(workspace, a, cell), cell_of(workspace, b, cell));
    return order < 0;
}

/* An event that is looked for, and the best one so far. */
typedef struct search {
    const qbg_workspace *workspace;
    qbg__event wanted;
    uint32_t contact; /* whose it has to be, or QBG_NONE */
    uint32_t best;    /* or QBG_NONE */
} search;

static int is_better(const void *owner, uint32_t number, const void *wanted) {
    const search *want = wanted;
    if (number == want->best || !is_event(owner, number, &want->wanted)) return 0;
    const qbg__event event = qbg__event_at(owner, number);
    if (want->contact != QBG_NONE && qbg__person_contact(owner, event.person) != want->contact)
        return 0;
    if (want->best == QBG_NONE) return 1;
    const qbg__event best = qbg__event_at(owner, want->best);
    return is_before(want->workspace, &event, &best);
}

uint32_t qbg__event_find(const qbg_workspace *workspace, qbg__span id, uint32_t scope,
                         uint32_t contact, uint32_t other) {
    const qbg__signals *signals = &workspace->signals;
    qbg__letters_room room;
    search want = {
        workspace, {0, 0, 0, scope, qbg__letters_pack(id.bytes, id.size, room)}, contact, other};
    uint32_t hash = hash_of_event(&want.wanted);
    for (;;) {
        uint32_t better =
            qbg__lookup_find(&signals->events.lookup, hash, is_better, signals, &want);
        if (better == QBG_NONE) return want.best;
        want.best = better;
    }
}
