/* signal: the record that a host fills, the columns that it appends, and the walks over the log;
 * see qbg/signal.h. How signals are kept is in cells.h and log.h. */
#include "qbg/signal.h"

#include "base/blob.h"
#include "base/civil.h"
#include "model/event.h"
#include "model/intake.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

struct qbg_signal {
    qbg_workspace *workspace;
    qbg__mem mem;
    int64_t time;
    uint32_t kind, contact, account, solution, opportunity; /* or QBG_NONE */
    int32_t restores;
    qbg_blob visitor, content, event;
};

qbg_status qbg_signal_new(qbg_workspace *workspace, qbg_signal **out_signal) {
    if (!workspace || !out_signal) return QBG_E_ARGUMENT;
    qbg__mem mem = qbg__mem_fork(&workspace->mem);
    qbg_signal *signal = qbg__mem_alloc_zeroed(&mem, sizeof *signal);
    if (!signal) return QBG_E_MEMORY;
    signal->workspace = workspace;
    signal->mem = mem;
    qbg__blob_begin(&signal->visitor, &mem);
    qbg__blob_begin(&signal->content, &mem);
    qbg__blob_begin(&signal->event, &mem);
    qbg_signal_clear(signal);
    *out_signal = signal;
    return QBG_OK;
}

void qbg__signal_restore(qbg_signal *signal) { signal->restores = 1; }

void qbg_signal_free(qbg_signal *signal) {
    if (!signal) return;
    qbg__blob_end(&signal->visitor);
    qbg__blob_end(&signal->content);
    qbg__blob_end(&signal->event);
    qbg__mem own = signal->mem;
    qbg__mem_free(&own, signal, sizeof *signal);
}

void qbg_signal_clear(qbg_signal *signal) {
    if (!signal) return;
    signal->time = QBG_UNDATED;
    signal->kind = signal->contact = signal->account = QBG_NONE;
    signal->solution = signal->opportunity = QBG_NONE;
    qbg__blob_clear(&signal->visitor);
    qbg__blob_clear(&signal->content);
    qbg__blob_clear(&signal->event);
}

qbg_status qbg_signal_set_time(qbg_signal *signal, int64_t time_s) {
    if (!signal) return QBG_E_ARGUMENT;
    if (!qbg__time_is_valid(time_s)) return QBG_E_RANGE;
    signal->time = time_s;
    return QBG_OK;
}

qbg_status qbg_signal_set_kind(qbg_signal *signal, const char *key) {
    if (!signal || !key) return QBG_E_ARGUMENT;
    const qbg_kind *kind = qbg_kind_find(signal->workspace, key);
    if (!kind) return QBG_E_NOT_FOUND;
    signal->kind = kind->number;
    return QBG_OK;
}

/* A cell that names a row of the record's workspace, or none. is_given: a handle that led nowhere
 * is no empty cell. */
static qbg_status set_row(const qbg_signal *signal, uint32_t *cell, const qbg_workspace *workspace,
                          uint32_t number, int is_given) {
    if (is_given && workspace != signal->workspace) return QBG_E_ARGUMENT;
    if (is_given && number == QBG_NONE) return QBG_E_GONE;
    *cell = number;
    return QBG_OK;
}

qbg_status qbg_signal_set_account(qbg_signal *signal, const qbg_account *account) {
    if (!signal) return QBG_E_ARGUMENT;
    if (account) QBG__PREFETCH(account->opportunities);
    return set_row(signal, &signal->account, account ? account->workspace : NULL,
                   qbg_account_number(account), account != NULL);
}

qbg_status qbg_signal_set_contact(qbg_signal *signal, const qbg_contact *contact) {
    if (!signal) return QBG_E_ARGUMENT;
    if (contact) QBG__PREFETCH(contact->memberships);
    return set_row(signal, &signal->contact, contact ? contact->workspace : NULL,
                   qbg_contact_number(contact), contact != NULL);
}

qbg_status qbg_signal_set_solution(qbg_signal *signal, const qbg_solution *solution) {
    if (!signal) return QBG_E_ARGUMENT;
    return set_row(signal, &signal->solution, solution ? solution->workspace : NULL,
                   qbg_solution_number(solution), solution != NULL);
}

qbg_status qbg_signal_set_opportunity(qbg_signal *signal, const qbg_opportunity *opportunity) {
    if (!signal) return QBG_E_ARGUMENT;
    return set_row(signal, &signal->opportunity, opportunity ? opportunity->workspace : NULL,
                   qbg_opportunity_number(opportunity), opportunity != NULL);
}

/* Is the text a part of what the cell holds? Hosts may hand back what a getter gave them. */
static int is_own(const qbg_blob *cell, const char *text) {
    uintptr_t first = (uintptr_t)cell->bytes;
    return cell->bytes && (uintptr_t)text >= first && (uintptr_t)text <= first + cell->size;
}

/* Writes behind the old text first, so that running out of memory leaves the cell as it was. */
static qbg_status set_text(qbg_blob *cell, const char *text) {
    if (qbg__check_text(text) != QBG_OK) return QBG_E_TEXT;
    size_t old = cell->size, size = text ? strlen(text) : 0;
    if (is_own(cell, text)) {
        memmove(cell->bytes, text, size + 1);
        cell->size = size;
        return QBG_OK;
    }
    qbg__blob_bytes(cell, text, size);
    if (cell->status != QBG_OK) {
        cell->status = QBG_OK;
        return QBG_E_MEMORY;
    }
    memmove(cell->bytes, cell->bytes + old, size + 1);
    cell->size = size;
    return QBG_OK;
}

qbg_status qbg_signal_set_visitor(qbg_signal *signal, const char *visitor) {
    return signal ? set_text(&signal->visitor, visitor) : QBG_E_ARGUMENT;
}

qbg_status qbg_signal_set_content(qbg_signal *signal, const char *content) {
    return signal ? set_text(&signal->content, content) : QBG_E_ARGUMENT;
}

qbg_status qbg_signal_set_event(qbg_signal *signal, const char *event) {
    return signal ? set_text(&signal->event, event) : QBG_E_ARGUMENT;
}

int64_t qbg_signal_time(const qbg_signal *signal) { return signal ? signal->time : QBG_UNDATED; }

qbg_kind *qbg_signal_kind(const qbg_signal *signal) {
    return signal ? qbg_kind_at(signal->workspace, signal->kind) : NULL;
}

qbg_account *qbg_signal_account(const qbg_signal *signal) {
    return signal ? qbg__row_at(&signal->workspace->accounts, signal->account) : NULL;
}

qbg_contact *qbg_signal_contact(const qbg_signal *signal) {
    return signal ? qbg__row_at(&signal->workspace->contacts, signal->contact) : NULL;
}

qbg_solution *qbg_signal_solution(const qbg_signal *signal) {
    return signal ? qbg_solution_at(signal->workspace, signal->solution) : NULL;
}

qbg_opportunity *qbg_signal_opportunity(const qbg_signal *signal) {
    return signal ? qbg__row_at(&signal->workspace->opportunities, signal->opportunity) : NULL;
}

const char *qbg_signal_visitor(const qbg_signal *signal) {
    return signal ? qbg_blob_data(&signal->visitor) : "";
}

const char *qbg_signal_content(const qbg_signal *signal) {
    return signal ? qbg_blob_data(&signal->content) : "";
}

const char *qbg_signal_event(const qbg_signal *signal) {
    return signal ? qbg_blob_data(&signal->event) : "";
}

int32_t qbg_signal_category(const qbg_signal *signal) {
    const qbg_kind *kind = qbg_signal_kind(signal);
    if (!kind) return QBG_UNSET;
    if (kind->category != QBG_CATEGORY_NAMED) return kind->category;
    return signal->contact == QBG_NONE ? QBG_CATEGORY_ANONYMOUS : QBG_CATEGORY_NAMED;
}

/* ---- One signal ---- */

static qbg__span span_of(const qbg_blob *cell) {
    return (qbg__span){qbg_blob_data(cell), cell->size};
}

/* May somebody who moved have had a signal with its id? */
static int may_be_known(const qbg_workspace *workspace, const qbg__told *told) {
    return workspace->dirt.moves && told->event.size > 0;
}

/* Asks for what routing is going to read: it comes while the signal is checked. */
QBG__PREFETCHING fetch_takers(const qbg_workspace *workspace, const qbg_signal *signal) {
    const qbg_account *account = qbg__rows_at(&workspace->accounts, signal->account);
    const qbg_contact *contact = qbg__rows_at(&workspace->contacts, signal->contact);
    if (account && account->opportunity_count > 0) {
        const qbg_opportunity *first =
            qbg__rows_at(&workspace->opportunities, account->opportunities[0]);
        QBG__PREFETCH(&first->solution);
        QBG__PREFETCH(&first->log);
        QBG__PREFETCH(&first->roster);
    }
    if (contact && contact->membership_count > 0) {
        const qbg_member *first = qbg__rows_at(&workspace->members, contact->memberships[0]);
        QBG__PREFETCH(&first->opportunity);
    }
}

qbg_status qbg_record(qbg_workspace *workspace, const qbg_signal *signal,
                      qbg_opportunity **out_opportunity, int32_t *out_duplicate) {
    if (!workspace || !signal || signal->workspace != workspace) return QBG_E_ARGUMENT;
    if (signal->time == QBG_UNDATED || signal->kind == QBG_NONE) return QBG_E_ARGUMENT;
    const qbg__told told = {signal->time,
                            signal->kind,
                            signal->contact,
                            signal->account,
                            signal->solution,
                            signal->opportunity,
                            span_of(&signal->visitor),
                            span_of(&signal->content),
                            span_of(&signal->event),
                            signal->restores};
    uint32_t taker = QBG_NONE;
    fetch_takers(workspace, signal);
    qbg_status status = may_be_known(workspace, &told) ? qbg__settle_first(workspace) : QBG_OK;
    if (status != QBG_OK) return status;
    int had_ways = qbg__ways_are_good(workspace);
    qbg__change change = qbg__begin(workspace);
    status = qbg__end(change, qbg__tell(workspace, &told, &taker));
    if (status == QBG_OK && had_ways) qbg__ways_keep(workspace);
    if (status != QBG_OK && status != QBG_DUPLICATE) return status;
    if (out_opportunity) *out_opportunity = qbg_opportunity_at(workspace, taker);
    if (out_duplicate) *out_duplicate = status == QBG_DUPLICATE;
    return QBG_OK;
}

/* ---- Columns ---- */

static int are_columns(const qbg_signal_columns *columns) {
    if (!qbg__columns_are_known(columns, sizeof *columns)) return 0;
    if (columns->count > 0 && (!columns->time_s || !columns->kind)) return 0;
    return qbg__column_is_text(columns->visitor, columns->visitor_offsets, columns->count) &&
           qbg__column_is_text(columns->content, columns->content_offsets, columns->count) &&
           qbg__column_is_text(columns->event, columns->event_offsets, columns->count);
}

qbg_status qbg_append(qbg_workspace *workspace, const qbg_signal_columns *columns,
                      qbg_status *row_status, uint64_t *out_refused) {
    if (!workspace || !are_columns(columns)) return QBG_E_ARGUMENT;
    qbg__taken taken;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__intake(workspace, columns, row_status, &taken);
    if (taken.taken > 0 || status != QBG_OK)
        status = qbg__end(change, status);
    else
        status = qbg__end_unchanged(change);
    if (status == QBG_OK && taken.keeps_ways) qbg__ways_keep(workspace);
    if (status == QBG_OK && out_refused) *out_refused = taken.refused;
    return status;
}

/* ---- Taking back ---- */

/* The event of that contact with that id: it is unique within the account where he worked then,
 * whichever that was, or within himself. */
static uint32_t event_of_contact(const qbg_workspace *workspace, const qbg_contact *contact,
                                 qbg__span id) {
    const qbg__signals *signals = &workspace->signals;
    const qbg__facts *facts = &contact->facts;
    uint32_t number = contact->number;
    uint32_t own = qbg__event_scope(signals, number, QBG_NONE);
    uint32_t found = qbg__event_find(workspace, id, own, number, QBG_NONE);
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t account = QBG_NONE;
        if (facts->at[i].field == QBG__FACT_ACCOUNT && facts->at[i].value != QBG__FACT_NOTHING)
            account =
                qbg_account_number(qbg__row_at(&workspace->accounts, (uint32_t)facts->at[i].value));
        if (account != QBG_NONE) found = qbg__event_find(workspace, id, account, number, found);
    }
    return found;
}

/* The event that a record names within its account, else its contact, else its visitor. */
static uint32_t event_of(const qbg_workspace *workspace, const qbg_signal *record) {
    const qbg__signals *signals = &workspace->signals;
    const qbg_account *account = qbg_signal_account(record);
    const qbg_contact *contact = qbg_signal_contact(record);
    const qbg__span id = span_of(&record->event);
    if (account) return qbg__event_find(workspace, id, account->number, QBG_NONE, QBG_NONE);
    if (contact) return event_of_contact(workspace, contact, id);
    uint32_t visitor =
        record->visitor.size == 0
            ? QBG_NONE
            : qbg__visitor_find(workspace, qbg_blob_data(&record->visitor), record->visitor.size);
    if (visitor != QBG_NONE && signals->visitors[visitor].contact != QBG_NONE)
        return event_of_contact(
            workspace, qbg__rows_at(&workspace->contacts, signals->visitors[visitor].contact), id);
    if (visitor == QBG_NONE && record->visitor.size > 0) return QBG_NONE;
    uint32_t person = qbg__guest_find(signals, (qbg__guest){QBG_NONE, visitor});
    if (person == QBG_NONE) return QBG_NONE;
    uint32_t scope = qbg__event_scope(signals, person, QBG_NONE);
    return qbg__event_find(workspace, id, scope, QBG_NONE, QBG_NONE);
}

static qbg_status retract(qbg_workspace *workspace, const qbg_signal *record) {
    uint64_t *count = &workspace->signals.count;
    uint32_t event = event_of(workspace, record), index, name;
    qbg__log *log;
    if (event == QBG_NONE || !qbg__route_locate(workspace, event, &log, &name, &index))
        return QBG_E_NOT_FOUND;
    qbg_status status = qbg__log_take(workspace, log, index);
    if (status == QBG_OK && !(name & QBG__LOG_ACCOUNT)) status = qbg__touch_log(workspace, name);
    if (status == QBG_OK) status = qbg__event_forget(workspace, event);
    if (status != QBG_OK) return status;
    return qbg__journal_set_uint64(&workspace->journal, count, *count - 1);
}

/* A record whose account or contact was removed would mean somebody else's signal. */
static int is_gone(const qbg_signal *record) {
    return (record->account != QBG_NONE && !qbg_signal_account(record)) ||
           (record->contact != QBG_NONE && !qbg_signal_contact(record));
}

qbg_status qbg_retract(qbg_workspace *workspace, const qbg_signal *signal) {
    if (!workspace || !signal || signal->workspace != workspace) return QBG_E_ARGUMENT;
    if (signal->event.size == 0) return QBG_E_ARGUMENT;
    if (is_gone(signal)) return QBG_E_GONE;
    qbg_status status = qbg__settle_first(workspace);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, retract(workspace, signal));
}

/* ---- Walks ---- */

/* Fills the record with an entry as it was told. */
static qbg_status tell_again(const qbg_workspace *workspace, const qbg__log *log, uint32_t index,
                             qbg_signal *out) {
    qbg_status asked = qbg__may_ask(workspace);
    if (asked != QBG_OK) return asked;
    if (!out || out->workspace != workspace) return QBG_E_ARGUMENT;
    if (index >= log->count) return QBG_E_RANGE;
    const qbg__signals *signals = &workspace->signals;
    const qbg__entry *entry = &log->entries[index];
    const qbg__cells *cells = qbg__entry_cells(signals, entry);
    uint32_t person = log->people[entry->slot];
    uint32_t account = cells->account, visitor = cells->visitor;
    if (person & QBG__GUEST) {
        account = signals->guests[person & ~QBG__GUEST].account;
        visitor = signals->guests[person & ~QBG__GUEST].visitor;
    }
    qbg__letters_room room;
    qbg_status status = set_text(&out->visitor, qbg__visitor_id(workspace, visitor));
    if (status == QBG_OK)
        status = set_text(&out->content,
                          qbg__intern_text(&workspace->texts, qbg__content_of(entry->bits, cells)));
    if (status == QBG_OK) status = set_text(&out->event, qbg__entry_event(signals, entry, room));
    if (status != QBG_OK) {
        qbg_signal_clear(out); /* rather empty than half of one signal, half of another */
        return status;
    }
    out->time = QBG__ENTRY_TIME(entry->bits);
    out->kind = QBG__ENTRY_KIND(entry->bits);
    out->contact = person & QBG__GUEST ? QBG_NONE : person;
    out->account = account;
    out->solution = cells->solution;
    out->opportunity = cells->opportunity;
    return QBG_OK;
}

uint64_t qbg_signal_count(const qbg_workspace *workspace) {
    return workspace ? workspace->signals.count : 0;
}

uint32_t qbg_opportunity_signal_count(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->log.count : 0;
}

qbg_status qbg_opportunity_signal_at(const qbg_opportunity *opportunity, uint32_t index,
                                     qbg_signal *out_signal) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK) return status;
    return tell_again(opportunity->workspace, &opportunity->log, index, out_signal);
}

uint32_t qbg_account_signal_count(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->unrouted.count : 0;
}

qbg_status qbg_account_signal_at(const qbg_account *account, uint32_t index,
                                 qbg_signal *out_signal) {
    if (!account) return QBG_E_ARGUMENT;
    account = qbg__account_live(account);
    if (!account) return QBG_E_GONE;
    return tell_again(account->workspace, &account->unrouted, index, out_signal);
}

uint32_t qbg_workspace_signal_count(const qbg_workspace *workspace) {
    return workspace ? workspace->signals.unrouted.count : 0;
}

qbg_status qbg_workspace_signal_at(const qbg_workspace *workspace, uint32_t index,
                                   qbg_signal *out_signal) {
    if (!workspace) return QBG_E_ARGUMENT;
    return tell_again(workspace, &workspace->signals.unrouted, index, out_signal);
}
