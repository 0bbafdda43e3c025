/* event: the ids under which sources know their signals; see event.h. They are found through one
 * index by text and scope, so that an id that every account uses makes no long chains. */
#include "model/event.h"

#include "model/workspace.h"

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
                             uint32_t account) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    if (!QBG__ENTRY_HAS_EVENT(entry->bits)) return QBG_OK;
    qbg__event *event = &signals->events[entry->cells];
    uint32_t scope = qbg__event_scope(signals, person, account);
    if (event->scope == scope) return QBG_OK;
    qbg_status status =
        qbg__index_remove(&signals->event_index, journal, hash_of_event(event), entry->cells);
    if (status == QBG_OK) status = qbg__journal_keep(journal, &event->scope, sizeof event->scope);
    if (status != QBG_OK) return status;
    event->scope = scope;
    return qbg__index_add(&signals->event_index, journal, hash_of_event(event), entry->cells);
}
