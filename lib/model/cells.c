/* cells: what is known of signals beside their entries, and how a signal that is told becomes an
 * entry; see cells.h. Whatever many signals say alike (an account, a content) is kept once. */
#include "model/cells.h"

#include "base/civil.h"
#include "base/text.h"
#include "model/erasure.h"
#include "model/event.h"
#include "model/revision.h"
#include "model/routing.h"
#include "model/ways.h"
#include "model/workspace.h"

#include <string.h>

void qbg__signals_free(qbg__signals *signals, qbg__mem *mem) {
    for (uint32_t i = 0; i < signals->visitor_count; i++)
        qbg__places_free(&signals->visitors[i].signals, mem);
    qbg__mem_free(mem, signals->visitors, signals->visitor_capacity * sizeof *signals->visitors);
    qbg__mem_free(mem, signals->guests, signals->guest_capacity * sizeof *signals->guests);
    qbg__mem_free(mem, signals->cells, signals->cells_capacity * sizeof *signals->cells);
    qbg__shelf_free(&signals->events.shelf, mem);
    qbg__lookup_free(&signals->events.lookup, mem);
    qbg__intern_free(&signals->visitor_ids, mem);
    qbg__index_free(&signals->guest_index, mem);
    qbg__index_free(&signals->cells_index, mem);
    qbg__log_free(&signals->unrouted, mem);
}

void qbg__signals_bytes(const qbg__signals *signals, qbg__memory *memory) {
    for (uint32_t i = 0; i < signals->visitor_count; i++)
        memory->signals += qbg__places_bytes(&signals->visitors[i].signals);
    memory->signals += signals->visitor_capacity * sizeof *signals->visitors +
                       signals->guest_capacity * sizeof *signals->guests +
                       signals->cells_capacity * sizeof *signals->cells +
                       qbg__index_bytes(&signals->guest_index) +
                       qbg__index_bytes(&signals->cells_index) + qbg__log_bytes(&signals->unrouted);
    memory->events +=
        qbg__shelf_bytes(&signals->events.shelf) + qbg__lookup_bytes(&signals->events.lookup);
    memory->texts += qbg__intern_bytes(&signals->visitor_ids);
}

/* ---- Visitors and guests ---- */

static int is_erased(const qbg_workspace *workspace, uint32_t contact) {
    const qbg_contact *row = qbg__rows_at(&workspace->contacts, contact);
    return row && row->is_erased;
}

uint32_t qbg__visitor_find(const qbg_workspace *workspace, const char *id, size_t size) {
    uint32_t found = qbg__intern_find(&workspace->signals.visitor_ids, id, size);
    return found != QBG_NONE ? found : qbg__erased_visitor(workspace, id, size);
}

const char *qbg__visitor_id(const qbg_workspace *workspace, uint32_t visitor) {
    return qbg__intern_text(&workspace->signals.visitor_ids, visitor);
}

qbg_status qbg__visitor_put(qbg_workspace *workspace, const char *id, size_t size,
                            uint32_t *out_visitor) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    *out_visitor = qbg__intern_find(&signals->visitor_ids, id, size);
    if (*out_visitor != QBG_NONE) return QBG_OK;
    *out_visitor = qbg__erased_visitor(workspace, id, size);
    if (*out_visitor != QBG_NONE)
        return is_erased(workspace, signals->visitors[*out_visitor].contact) ? QBG_E_ERASED
                                                                             : QBG_OK;
    qbg_status status = qbg__journal_extend(journal, &signals->visitors, &signals->visitor_count,
                                            &signals->visitor_capacity, sizeof *signals->visitors);
    if (status != QBG_OK) return status;
    signals->visitors[signals->visitor_count++] = (qbg__visitor){QBG_NONE, {{NULL}, 0, 0, 0}};
    return qbg__intern_put(&signals->visitor_ids, journal, id, size, out_visitor);
}

static int is_guest(const void *owner, uint32_t row, const void *wanted) {
    const qbg__guest *known = &((const qbg__signals *)owner)->guests[row];
    const qbg__guest *want = wanted;
    return known->account == want->account && known->visitor == want->visitor;
}

uint32_t qbg__guest_find(const qbg__signals *signals, qbg__guest guest) {
    uint32_t hash = qbg__index_hash_pair(guest.account, guest.visitor);
    uint32_t number = qbg__index_find(&signals->guest_index, hash, is_guest, signals, &guest);
    return number == QBG_NONE ? QBG_NONE : QBG__GUEST | number;
}

qbg_status qbg__guest_put(qbg_workspace *workspace, qbg__guest guest, uint32_t *out_person) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    uint32_t hash = qbg__index_hash_pair(guest.account, guest.visitor);
    *out_person = qbg__guest_find(signals, guest);
    if (*out_person != QBG_NONE) return QBG_OK;
    qbg_status status = qbg__journal_extend(journal, &signals->guests, &signals->guest_count,
                                            &signals->guest_capacity, sizeof *signals->guests);
    if (status != QBG_OK) return status;
    uint32_t number = signals->guest_count;
    signals->guests[signals->guest_count++] = guest;
    *out_person = QBG__GUEST | number;
    return qbg__index_add(&signals->guest_index, journal, hash, number);
}

uint32_t qbg__person_contact(const qbg__signals *signals, uint32_t person) {
    if (!(person & QBG__GUEST)) return person;
    uint32_t visitor = signals->guests[person & ~QBG__GUEST].visitor;
    return visitor == QBG_NONE ? QBG_NONE : signals->visitors[visitor].contact;
}

/* ---- Cells ---- */

static int is_cells(const void *owner, uint32_t row, const void *wanted) {
    const qbg__cells *known = &((const qbg__signals *)owner)->cells[row];
    const qbg__cells *want = wanted;
    return known->account == want->account && known->visitor == want->visitor &&
           known->solution == want->solution && known->opportunity == want->opportunity &&
           known->content == want->content;
}

static uint32_t hash_of_cells(const qbg__cells *cells) {
    uint32_t hash = qbg__index_hash_pair(cells->account, cells->visitor);
    hash = qbg__index_hash_pair(hash, cells->solution);
    hash = qbg__index_hash_pair(hash, cells->opportunity);
    return qbg__index_hash_pair(hash, cells->content);
}

uint32_t qbg__cells_about(const qbg_workspace *workspace, const qbg__cells *cells) {
    if (cells->solution != QBG_NONE || cells->content == QBG_NONE) return cells->solution;
    return qbg__solution_of_content(workspace, qbg__intern_text(&workspace->texts, cells->content));
}

qbg_status qbg__cells_put(qbg_workspace *workspace, const qbg__cells *cells, uint32_t *out_cells) {
    qbg__signals *signals = &workspace->signals;
    qbg__journal *journal = &workspace->journal;
    uint32_t hash = hash_of_cells(cells);
    *out_cells = qbg__index_find(&signals->cells_index, hash, is_cells, signals, cells);
    if (*out_cells != QBG_NONE) return QBG_OK;
    qbg_status status = qbg__journal_extend(journal, &signals->cells, &signals->cells_count,
                                            &signals->cells_capacity, sizeof *signals->cells);
    if (status != QBG_OK) return status;
    qbg__cells *fresh = &signals->cells[signals->cells_count];
    *fresh = *cells;
    fresh->about = qbg__cells_about(workspace, cells);
    *out_cells = signals->cells_count++;
    return qbg__index_add(&signals->cells_index, journal, hash, *out_cells);
}

const qbg__cells *qbg__entry_cells(const qbg__signals *signals, const qbg__entry *entry) {
    uint32_t row = entry->cells;
    if (QBG__ENTRY_HAS_EVENT(entry->bits)) row = qbg__event_cells(signals, row);
    return &signals->cells[row];
}

/* ---- What was merged or removed ---- */

qbg_status qbg__person_now(qbg_workspace *workspace, uint32_t *person) {
    if (!(*person & QBG__GUEST)) {
        *person = qbg_contact_number(qbg__row_at(&workspace->contacts, *person));
        return QBG_OK;
    }
    qbg__guest guest = workspace->signals.guests[*person & ~QBG__GUEST];
    if (guest.account == QBG_NONE) return QBG_OK;
    const qbg_account *account = qbg__row_at(&workspace->accounts, guest.account);
    if (account && account->number == guest.account) return QBG_OK;
    if (!account && qbg__person_contact(&workspace->signals, *person) == QBG_NONE) {
        *person = QBG_NONE;
        return QBG_OK;
    }
    guest.account = qbg_account_number(account); /* none: what a known visitor did stays with him */
    return qbg__guest_put(workspace, guest, person);
}

qbg_status qbg__cells_now(qbg_workspace *workspace, uint32_t *cells) {
    qbg__cells now = workspace->signals.cells[*cells];
    const qbg__cells was = now;
    now.account = qbg_account_number(qbg__row_at(&workspace->accounts, was.account));
    now.opportunity =
        qbg_opportunity_number(qbg__row_at(&workspace->opportunities, was.opportunity));
    if (now.account == was.account && now.opportunity == was.opportunity) return QBG_OK;
    return qbg__cells_put(workspace, &now, cells);
}

/* ---- Telling a signal ---- */

static qbg_status check_span(qbg__span text) {
    return text.size == 0 || qbg__text_is_utf8(text.bytes, text.size) ? QBG_OK : QBG_E_TEXT;
}

/* Is the signal of somebody who was erased, by his contact or by the id that his visitor has now?
 */
static int names_erased(const qbg_workspace *workspace, const qbg__told *signal) {
    if (is_erased(workspace, signal->contact)) return 1;
    if (signal->visitor.size == 0) return 0;
    uint32_t visitor = qbg__visitor_find(workspace, signal->visitor.bytes, signal->visitor.size);
    if (visitor == QBG_NONE) return 0;
    return is_erased(workspace, workspace->signals.visitors[visitor].contact);
}

/* Checks a signal, and replaces what was merged by what was kept. */
static qbg_status check(const qbg_workspace *workspace, qbg__told *signal) {
    if (!qbg__time_is_valid(signal->time) || signal->kind >= workspace->kinds.count)
        return QBG_E_RANGE;
    qbg_status status = qbg__row_lead_on(&workspace->contacts, &signal->contact);
    if (status == QBG_OK) status = qbg__row_lead_on(&workspace->accounts, &signal->account);
    if (status == QBG_OK && !signal->restores && names_erased(workspace, signal))
        status = QBG_E_ERASED;
    if (status == QBG_OK) status = qbg__row_lead_on(&workspace->solutions, &signal->solution);
    if (status == QBG_OK)
        status = qbg__row_lead_on(&workspace->opportunities, &signal->opportunity);
    if (status == QBG_OK) status = check_span(signal->visitor);
    if (status == QBG_OK) status = check_span(signal->content);
    return status == QBG_OK ? check_span(signal->event) : status;
}

static qbg_status intern(qbg_workspace *workspace, qbg__span text, uint32_t *out_number) {
    *out_number = QBG_NONE;
    if (text.size == 0) return QBG_OK;
    return qbg__intern_put(&workspace->texts, &workspace->journal, text.bytes, text.size,
                           out_number);
}

uint32_t qbg__content_of(uint64_t bits, const qbg__cells *cells) {
    uint32_t content = QBG__ENTRY_CONTENT(bits);
    return content > 0 ? content - 1 : cells->content;
}

/* From the cells to the entry, if it may stand there. */
static void move_content(qbg__cells *cells, qbg__entry *entry) {
    if (cells->solution == QBG_NONE || cells->content >= QBG__ENTRY_CONTENTS) return;
    entry->bits = QBG__ENTRY_WITH_CONTENT(entry->bits, cells->content);
    cells->content = QBG_NONE;
}

/* Whose the signal is, its content, and the row of its cells. */
static qbg_status put_cells_of(qbg_workspace *workspace, const qbg__told *signal,
                               uint32_t *out_person, qbg__entry *entry) {
    qbg__cells cells = {signal->account,     QBG_NONE, signal->solution,
                        signal->opportunity, QBG_NONE, QBG_NONE};
    qbg_status status = QBG_OK;
    if (signal->visitor.size > 0)
        status = qbg__visitor_put(workspace, signal->visitor.bytes, signal->visitor.size,
                                  &cells.visitor);
    if (status == QBG_OK) status = intern(workspace, signal->content, &cells.content);
    move_content(&cells, entry);
    *out_person = signal->contact;
    if (status == QBG_OK && signal->contact == QBG_NONE) {
        status = qbg__guest_put(workspace, (qbg__guest){cells.account, cells.visitor}, out_person);
        cells.account = cells.visitor = QBG_NONE;
    }
    return status == QBG_OK ? qbg__cells_put(workspace, &cells, &entry->cells) : status;
}

/* Event ids belong to accounts, so whoever may have moved is settled before one is looked up. */
static qbg_status put_event(qbg_workspace *workspace, const qbg__event *told, uint32_t *out_event) {
    const qbg__signals *signals = &workspace->signals;
    qbg_status status = workspace->dirt.moves ? qbg__settle(workspace) : QBG_OK;
    if (status != QBG_OK) return status;
    qbg__event event = *told;
    uint32_t account = qbg__route_account(workspace, QBG__ENTRY_TIME(event.bits), event.person,
                                          &signals->cells[event.cells]);
    event.scope = qbg__event_scope(signals, event.person, account);
    return qbg__event_put(workspace, &event, out_event);
}

qbg_status qbg__tell_entry(qbg_workspace *workspace, const qbg__told *signal, qbg__entry *out_entry,
                           uint32_t *out_person) {
    qbg__told told = *signal;
    qbg_status status = check(workspace, &told);
    if (status != QBG_OK) return status;
    *out_entry =
        (qbg__entry){QBG__ENTRY_BITS(told.time, told.kind, told.event.size > 0), 0, QBG_NONE};
    status = put_cells_of(workspace, &told, out_person, out_entry);
    if (status != QBG_OK || told.event.size == 0) return status;
    qbg__letters_room room;
    const qbg__event event = {out_entry->bits, *out_person, out_entry->cells, 0,
                              qbg__letters_pack(told.event.bytes, told.event.size, room)};
    return put_event(workspace, &event, &out_entry->cells);
}

/* Places a signal that has gone its way. Who has a slot in a log remembers it already. */
static qbg_status place(qbg_workspace *workspace, qbg__entry entry, const qbg__goal *at) {
    qbg__log *log = qbg__log_at(workspace, at->log);
    uint32_t people = log->person_count;
    qbg_status status = qbg__log_push(workspace, log, entry, at->person);
    if (status == QBG_OK && !(at->log & QBG__LOG_ACCOUNT))
        status = qbg__touch_log(workspace, at->log);
    if (status != QBG_OK || log->person_count == people || at->person & QBG__GUEST) return status;
    qbg_contact *contact = qbg__rows_at(&workspace->contacts, at->person);
    return qbg__places_add(workspace, &contact->signals, at->log);
}

/* Tells a signal that has a way. */
static qbg_status follow(qbg_workspace *workspace, const qbg__walk *walk,
                         uint32_t *out_opportunity) {
    qbg__goal goal = {0, 0, 0, QBG__LOG_NOWHERE};
    qbg_status status = qbg__ways_follow(workspace, &workspace->ways, walk, &goal);
    qbg__entry entry = {QBG__ENTRY_BITS(walk->time, walk->kind, walk->said->bits), 0, goal.cells};
    if (status == QBG_DUPLICATE) *out_opportunity = qbg__route_of(workspace, &entry, goal.person);
    if (status != QBG_OK) return status;
    entry.bits = QBG__ENTRY_WITH_WAIT(entry.bits, QBG__ENTRY_WAIT(goal.bits));
    *out_opportunity = goal.log & QBG__LOG_ACCOUNT ? QBG_NONE : goal.log;
    return place(workspace, entry, &goal);
}

static qbg_status tell_in_full(qbg_workspace *workspace, const qbg__told *signal,
                               uint32_t *out_opportunity) {
    qbg__entry entry;
    uint32_t person;
    qbg_status status = qbg__tell_entry(workspace, signal, &entry, &person);
    if (status == QBG_DUPLICATE) *out_opportunity = qbg__route_of(workspace, &entry, person);
    if (status != QBG_OK) return status;
    return qbg__route_place(workspace, entry, person, out_opportunity);
}

qbg_status qbg__tell(qbg_workspace *workspace, const qbg__told *signal, uint32_t *out_opportunity) {
    uint64_t *count = &workspace->signals.count;
    int has_ways = qbg__ways_are_good(workspace);
    qbg__said said;
    qbg__walk walk;
    qbg_status status = has_ways && qbg__ways_lead(workspace, signal, &said, &walk)
                            ? follow(workspace, &walk, out_opportunity)
                            : tell_in_full(workspace, signal, out_opportunity);
    if (status == QBG_OK) status = qbg__journal_set_uint64(&workspace->journal, count, *count + 1);
    if (status == QBG_OK && has_ways) qbg__ways_keep(workspace);
    return status;
}
