/* event: the ids under which sources know their signals; see event.h. They are found through one
 * index by text and scope, so that an id that every account uses makes no long chains. */
#include "model/event.h"

#include "model/workspace.h"

#include <string.h>

uint32_t qbg__entry_event(const qbg__signals *signals, const qbg__entry *entry) {
    return QBG__ENTRY_HAS_EVENT(entry->bits) ? signals->events[entry->cells].text : QBG_NONE;
}

/* Tells contacts from accounts in a scope; guests have a bit of their own above it. */
#define SCOPE_CONTACT 0x40000000u

uint32_t qbg__event_scope(const qbg__signals *signals, uint32_t person, uint32_t account) {
    if (account != QBG_NONE) return account;
    uint32_t contact = qbg__person_contact(signals, person);
    return contact == QBG_NONE ? person : SCOPE_CONTACT | contact;
}

static int is_event(const void *owner, uint32_t row, const void *wanted) {
    const qbg__event *known = &((const qbg__signals *)owner)->events[row];
    const qbg__event *want = wanted;
    return known->text == want->text && known->scope == want->scope;
}

static int is_same_event(const void *owner, uint32_t row, const void *wanted) {
    const qbg__event *known = &((const qbg__signals *)owner)->events[row];
    const qbg__event *want = wanted;
    return is_event(owner, row, wanted) && known->bits == want->bits &&
           known->person == want->person && known->cells == want->cells;
}

static uint32_t hash_of_event(const qbg__event *event) {
    return qbg__index_hash_pair(event->text, event->scope);
}

qbg_status qbg__event_put(qbg_workspace *workspace, const qbg__event *event, uint32_t *out_event) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    uint32_t hash = hash_of_event(event);
    *out_event = qbg__index_find(&signals->event_index, hash, is_same_event, signals, event);
    if (*out_event != QBG_NONE) return QBG_DUPLICATE;
    if (qbg__index_find(&signals->event_index, hash, is_event, signals, event) != QBG_NONE)
        return QBG_E_CONFLICT;
    qbg_status status = qbg__journal_extend(journal, &signals->events, &signals->event_count,
                                            &signals->event_capacity, sizeof *signals->events);
    if (status != QBG_OK) return status;
    signals->events[signals->event_count] = *event;
    *out_event = signals->event_count++;
    return qbg__index_add(&signals->event_index, journal, hash, *out_event);
}

qbg_status qbg__event_settle(qbg_workspace *workspace, const qbg__entry *entry, uint32_t person,
                             uint32_t cells, uint32_t account) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    qbg__event *event = &signals->events[entry->cells];
    qbg__event now = *event;
    now.person = person;
    now.cells = cells;
    now.scope = qbg__event_scope(signals, person, account);
    if (event->person == person && event->cells == cells && event->scope == now.scope)
        return QBG_OK;
    qbg_status status = qbg__event_forget(workspace, entry->cells);
    if (status != QBG_OK) return status;
    uint32_t hash = hash_of_event(&now);
    if (qbg__index_find(&signals->event_index, hash, is_same_event, signals, &now) != QBG_NONE)
        return QBG_DUPLICATE;
    status = qbg__journal_keep(journal, event, sizeof *event);
    if (status != QBG_OK) return status;
    *event = now;
    return qbg__index_add(&signals->event_index, journal, hash, entry->cells);
}

qbg_status qbg__event_forget(qbg_workspace *workspace, uint32_t event) {
    qbg__signals *signals = &workspace->signals;
    uint32_t hash = hash_of_event(&signals->events[event]);
    return qbg__index_remove(&signals->event_index, &workspace->journal, hash, event);
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
    default: return qbg__intern_text(&workspace->texts, cells->content);
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
    const qbg__event *best;
} search;

static int is_better(const void *owner, uint32_t row, const void *wanted) {
    const search *want = wanted;
    const qbg__event *event = &((const qbg__signals *)owner)->events[row];
    if (!is_event(owner, row, &want->wanted)) return 0;
    if (want->contact != QBG_NONE && qbg__person_contact(owner, event->person) != want->contact)
        return 0;
    return !want->best || is_before(want->workspace, event, want->best);
}

uint32_t qbg__event_find(const qbg_workspace *workspace, uint32_t text, uint32_t scope,
                         uint32_t contact, uint32_t other) {
    const qbg__signals *signals = &workspace->signals;
    search want = {workspace, {0, 0, 0, text, scope}, contact, NULL};
    uint32_t hash = hash_of_event(&want.wanted), found = other;
    if (other != QBG_NONE) want.best = &signals->events[other];
    for (;;) {
        uint32_t better = qbg__index_find(&signals->event_index, hash, is_better, signals, &want);
        if (better == QBG_NONE) return found;
        found = better;
        want.best = &signals->events[found];
    }
}
