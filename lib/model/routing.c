/* routing: which opportunity a signal counts for; see routing.h. Routing is the only thing derived
 * that is kept: an entry lies in the log of the opportunity that took it. When facts change, the
 * logs that may hold signals concerned are walked again, so routing is always a function of the
 * facts as they are. */
#include "model/routing.h"

#include "model/event.h"
#include "model/workspace.h"

#include <string.h>

/* A signal as routing sees it. */
typedef struct question {
    const qbg_workspace *workspace;
    int64_t time;
    uint32_t contact, account; /* or QBG_NONE */
    const qbg__cells *cells;
} question;

/* The best answers so far. */
typedef struct candidates {
    const qbg_opportunity *alive;
    const qbg_opportunity *coming; /* its life starts after the signal */
    int64_t start;                 /* of the coming one */
    uint32_t wait;                 /* what the coming one's life starts with */
} candidates;

typedef struct route {
    uint32_t opportunity; /* or QBG_NONE */
    uint32_t wait;        /* QBG__WAIT_* */
} route;

uint32_t qbg__route_account(const qbg_workspace *workspace, int64_t time, uint32_t person,
                            const qbg__cells *cells) {
    uint32_t own = cells->account;
    if (person & QBG__GUEST) own = workspace->signals.guests[person & ~QBG__GUEST].account;
    if (own != QBG_NONE) return own;
    uint32_t contact = qbg__person_contact(&workspace->signals, person);
    if (contact == QBG_NONE) return QBG_NONE;
    return qbg__contact_account(qbg__row_at(&workspace->contacts, contact), time);
}

/* Of those alive the latest opened, then the smaller key; undated is earliest of all. */
static int is_younger(const qbg_opportunity *a, const qbg_opportunity *b) {
    if (a->opened != b->opened) return a->opened > b->opened;
    return strcmp(a->key, b->key) < 0;
}

static void consider(const question *ask, candidates *best, const qbg_opportunity *opportunity,
                     int64_t start, int64_t end, uint32_t wait) {
    if (end <= start || end <= ask->time) return;
    if (start <= ask->time) {
        if (!best->alive || is_younger(opportunity, best->alive)) best->alive = opportunity;
        return;
    }
    int64_t days = qbg__policy_whole(&ask->workspace->policy, QBG__ROUTE_LOOKBACK_DAYS);
    if (start - ask->time > days * 86400) return;
    if (best->coming && start > best->start) return;
    if (best->coming && start == best->start && strcmp(best->coming->key, opportunity->key) < 0)
        return;
    best->coming = opportunity;
    best->start = start;
    best->wait = wait;
}

/* Opportunities for a solution at the signal's account live from opened until closed. */
static void consider_life(const question *ask, candidates *best, const qbg_opportunity *at) {
    int64_t end = at->closed == QBG_UNDATED ? INT64_MAX : at->closed;
    consider(ask, best, at, at->opened, end, QBG__WAIT_OPENED);
}

static void consider_account(const question *ask, candidates *best) {
    const qbg_account *account = qbg__rows_at(&ask->workspace->accounts, ask->account);
    if (!account) return;
    uint32_t first = qbg__account_first(account, ask->cells->about);
    for (uint32_t i = first; i < account->opportunity_count; i++) {
        const qbg_opportunity *at =
            qbg__rows_at(&ask->workspace->opportunities, account->opportunities[i]);
        if (at->solution != ask->cells->about) return;
        consider_life(ask, best, at);
    }
}

/* Opportunities whose member the contact is; with a solution known, only those for it elsewhere. */
static void consider_memberships(const question *ask, candidates *best) {
    const qbg_contact *contact = qbg__rows_at(&ask->workspace->contacts, ask->contact);
    uint32_t about = ask->cells->about;
    for (uint32_t i = 0; contact && i < contact->membership_count; i++) {
        const qbg_member *member = qbg__rows_at(&ask->workspace->members, contact->memberships[i]);
        const qbg_opportunity *at =
            qbg__rows_at(&ask->workspace->opportunities, member->opportunity);
        if (about != QBG_NONE && (at->solution != about || at->account == ask->account)) continue;
        if (qbg_member_status(member, QBG_UNDATED) == QBG_STATUS_DISMISSED) continue;
        int64_t start, end;
        qbg__member_life(member, &start, &end);
        consider(ask, best, at, start, end, QBG__WAIT_JOINED);
    }
}

static route best_of(const candidates *best) {
    if (best->alive) return (route){best->alive->number, QBG__WAIT_NOT};
    if (best->coming) return (route){best->coming->number, best->wait};
    return (route){QBG_NONE, QBG__WAIT_NOT};
}

static route find_route(const question *ask) {
    candidates best = {NULL, NULL, 0, QBG__WAIT_NOT};
    if (ask->cells->opportunity != QBG_NONE) return (route){ask->cells->opportunity, QBG__WAIT_NOT};
    if (ask->cells->about != QBG_NONE) consider_account(ask, &best);
    consider_memberships(ask, &best);
    return best_of(&best);
}

/* ---- Where entries lie ---- */

qbg__log *qbg__log_at(const qbg_workspace *workspace, uint32_t name) {
    if (name == QBG__LOG_WORKSPACE) return (qbg__log *)&workspace->signals.unrouted;
    if (name & QBG__LOG_ACCOUNT) {
        qbg_account *account = qbg__rows_at(&workspace->accounts, name & ~QBG__LOG_ACCOUNT);
        return &account->unrouted;
    }
    qbg_opportunity *opportunity = qbg__rows_at(&workspace->opportunities, name);
    return &opportunity->log;
}

static uint32_t name_of(route found, uint32_t account) {
    if (found.opportunity != QBG_NONE) return found.opportunity;
    return account == QBG_NONE ? QBG__LOG_WORKSPACE : QBG__LOG_ACCOUNT | account;
}

/* An opportunity whose log changes is answered differently. */
static qbg_status touch_log(qbg_workspace *workspace, uint32_t name) {
    return name & QBG__LOG_ACCOUNT ? QBG_OK : qbg__touch_log(workspace, name);
}

static qbg_status push(qbg_workspace *workspace, uint32_t name, qbg__entry entry, uint32_t person) {
    qbg_status status = qbg__log_push(workspace, qbg__log_at(workspace, name), entry, person);
    return status == QBG_OK ? touch_log(workspace, name) : status;
}

static qbg__places *places_of_contact(const qbg_workspace *workspace, uint32_t number) {
    qbg_contact *contact = qbg__rows_at(&workspace->contacts, number);
    return contact ? &contact->signals : NULL;
}

static qbg__places *places_of_account(const qbg_workspace *workspace, uint32_t number) {
    qbg_account *account = qbg__rows_at(&workspace->accounts, number);
    return account ? &account->signals : NULL;
}

static qbg__places *places_of_visitor(const qbg_workspace *workspace, uint32_t number) {
    const qbg__signals *signals = &workspace->signals;
    return number < signals->visitor_count ? &signals->visitors[number].signals : NULL;
}

/* NULL for a log, and for a row that is no more because its change was undone. */
static qbg__places *places_of(const qbg_workspace *workspace, uint32_t owner, uint32_t number) {
    switch (owner) {
    case QBG__OWNER_CONTACT: return places_of_contact(workspace, number);
    case QBG__OWNER_ACCOUNT: return places_of_account(workspace, number);
    case QBG__OWNER_VISITOR: return places_of_visitor(workspace, number);
    default: return NULL;
    }
}

/* Notes for the people and the account concerned that this log may hold signals of theirs. */
static qbg_status remember(qbg_workspace *workspace, uint32_t person, const question *ask,
                           uint32_t log) {
    qbg_status status = QBG_OK;
    if (ask->contact != QBG_NONE)
        status = qbg__places_add(workspace, places_of_contact(workspace, ask->contact), log);
    if (status == QBG_OK && ask->account != QBG_NONE)
        status = qbg__places_add(workspace, places_of_account(workspace, ask->account), log);
    if (status != QBG_OK || !(person & QBG__GUEST)) return status;
    uint32_t visitor = workspace->signals.guests[person & ~QBG__GUEST].visitor;
    if (visitor == QBG_NONE) return QBG_OK;
    return qbg__places_add(workspace, places_of_visitor(workspace, visitor), log);
}

static question ask_about(const qbg_workspace *workspace, int64_t time, uint32_t person,
                          const qbg__cells *cells) {
    return (question){workspace, time, qbg__person_contact(&workspace->signals, person),
                      qbg__route_account(workspace, time, person, cells), cells};
}

static question ask_of(const qbg_workspace *workspace, const qbg__entry *entry, uint32_t person) {
    return ask_about(workspace, QBG__ENTRY_TIME(entry->bits), person,
                     qbg__entry_cells(&workspace->signals, entry));
}

qbg_status qbg__route_log(qbg_workspace *workspace, qbg__entry *entry, uint32_t person,
                          uint32_t *out_log) {
    question ask = ask_of(workspace, entry, person);
    route found = find_route(&ask);
    *out_log = name_of(found, ask.account);
    entry->bits = QBG__ENTRY_WITH_WAIT(entry->bits, found.wait);
    return remember(workspace, person, &ask, *out_log);
}

uint32_t qbg__route_among_one(const qbg_workspace *workspace, qbg__entry *entry, uint32_t account,
                              uint32_t opportunity) {
    const question ask = {workspace, QBG__ENTRY_TIME(entry->bits), QBG_NONE, account, NULL};
    candidates best = {NULL, NULL, 0, QBG__WAIT_NOT};
    consider_life(&ask, &best, qbg__rows_at(&workspace->opportunities, opportunity));
    route found = best_of(&best);
    entry->bits = QBG__ENTRY_WITH_WAIT(entry->bits, found.wait);
    return name_of(found, account);
}

qbg_status qbg__route_place(qbg_workspace *workspace, qbg__entry entry, uint32_t person,
                            uint32_t *out_opportunity) {
    uint32_t name;
    qbg_status status = qbg__route_log(workspace, &entry, person, &name);
    if (status == QBG_OK) status = push(workspace, name, entry, person);
    if (status == QBG_OK) *out_opportunity = name & QBG__LOG_ACCOUNT ? QBG_NONE : name;
    return status;
}

uint32_t qbg__route_of(const qbg_workspace *workspace, const qbg__entry *entry, uint32_t person) {
    question ask = ask_of(workspace, entry, person);
    return find_route(&ask).opportunity;
}

int qbg__route_locate(qbg_workspace *workspace, uint32_t event, qbg__log **out_log,
                      uint32_t *out_name, uint32_t *out_index) {
    const qbg__event row = qbg__event_at(&workspace->signals, event);
    question ask = ask_about(workspace, QBG__ENTRY_TIME(row.bits), row.person,
                             &workspace->signals.cells[row.cells]);
    *out_name = name_of(find_route(&ask), ask.account);
    *out_log = qbg__log_at(workspace, *out_name);
    for (*out_index = 0; *out_index < (*out_log)->count; ++*out_index) {
        const qbg__entry *entry = &(*out_log)->entries[*out_index];
        if (QBG__ENTRY_HAS_EVENT(entry->bits) && entry->cells == event) return 1;
    }
    return 0;
}

int qbg__route_has_signals(const qbg_workspace *workspace, const qbg__places *places,
                           uint32_t person) {
    for (uint32_t i = 0; i < places->count; i++) {
        const qbg__log *log = qbg__log_at(workspace, qbg__places_at(places, i));
        for (uint32_t j = 0; j < log->count; j++)
            if (log->people[log->entries[j].slot] == person) return 1;
    }
    return 0;
}

int qbg__route_names_account(const qbg_workspace *workspace, const qbg_account *account) {
    const qbg__signals *signals = &workspace->signals;
    for (uint32_t i = 0; i < account->signals.count; i++) {
        const qbg__log *log = qbg__log_at(workspace, qbg__places_at(&account->signals, i));
        for (uint32_t j = 0; j < log->count; j++) {
            uint32_t person = log->people[log->entries[j].slot];
            uint32_t named = person & QBG__GUEST
                                 ? signals->guests[person & ~QBG__GUEST].account
                                 : qbg__entry_cells(signals, &log->entries[j])->account;
            if (named == account->number) return 1;
        }
    }
    return 0;
}

qbg_status qbg__route_join_places(qbg_workspace *workspace, qbg__places *kept, qbg__places *lost) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < lost->count && status == QBG_OK; i++)
        status = qbg__places_add(workspace, kept, qbg__places_at(lost, i));
    return status == QBG_OK ? qbg__places_drop(workspace, lost) : status;
}

/* ---- Settling ---- */

/* A signal on its way to where it belongs. */
typedef struct mover {
    qbg__entry entry;
    uint32_t person, cells;
    uint32_t log; /* by name; QBG__LOG_NOWHERE: it is forgotten */
} mover;

static qbg_status forget(qbg_workspace *workspace, mover *at) {
    uint64_t *count = &workspace->signals.count;
    at->log = QBG__LOG_NOWHERE;
    qbg_status status = qbg__journal_set_uint64(&workspace->journal, count, *count - 1);
    if (status != QBG_OK || !QBG__ENTRY_HAS_EVENT(at->entry.bits)) return status;
    return qbg__event_forget(workspace, at->entry.cells);
}

/* Where a signal belongs by the facts as they are, what it waits for, and everything that goes with
 * its place: whose it is, its event id's scope, and who may have signals there. */
static qbg_status settle_signal(qbg_workspace *workspace, mover *at) {
    int has_event = (int)QBG__ENTRY_HAS_EVENT(at->entry.bits);
    at->cells = at->entry.cells;
    if (has_event) at->cells = qbg__event_cells(&workspace->signals, at->cells);
    qbg_status status = qbg__person_now(workspace, &at->person);
    if (status == QBG_OK && at->person == QBG_NONE) return forget(workspace, at);
    if (status == QBG_OK) status = qbg__cells_now(workspace, &at->cells);
    if (status != QBG_OK) return status;
    question ask = ask_about(workspace, QBG__ENTRY_TIME(at->entry.bits), at->person,
                             &workspace->signals.cells[at->cells]);
    route found = find_route(&ask);
    at->log = name_of(found, ask.account);
    at->entry.bits = QBG__ENTRY_WITH_WAIT(at->entry.bits, found.wait);
    if (!has_event) at->entry.cells = at->cells;
    if (has_event)
        status = qbg__event_settle(workspace, &at->entry, at->person, at->cells, ask.account);
    if (status == QBG_DUPLICATE) return forget(workspace, at);
    return status == QBG_OK ? remember(workspace, at->person, &ask, at->log) : status;
}

/* An event may have another number for cells that are written alike. */
static int has_moved(const mover *at, const qbg__log *log, uint32_t name, const qbg__entry *from) {
    int has_event = (int)QBG__ENTRY_HAS_EVENT(from->bits);
    return at->log != name || at->entry.bits != from->bits ||
           at->person != log->people[from->slot] || (!has_event && at->entry.cells != from->cells);
}

/* Is what the log belongs to no more? Nothing comes there again. */
static int is_dead(const qbg_workspace *workspace, uint32_t name) {
    if (name == QBG__LOG_WORKSPACE) return 0;
    if (name & QBG__LOG_ACCOUNT)
        return !qbg__row_alive(&workspace->accounts, name & ~QBG__LOG_ACCOUNT);
    return !qbg__row_alive(&workspace->opportunities, name);
}

/* Routes the entries of one log anew: those that stay close up, the others are pushed elsewhere.
 * The log is kept only once something in it changes, for most settling changes nothing. */
static qbg_status settle_log(qbg_workspace *workspace, uint32_t name) {
    qbg__log *log = qbg__log_at(workspace, name);
    if (log->visited == workspace->settling) return QBG_OK;
    log->visited = workspace->settling;
    uint32_t stay = 0;
    int is_kept = 0, is_touched = 0;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < log->count && status == QBG_OK; i++) {
        const qbg__entry from = log->entries[i];
        mover at = {from, log->people[from.slot], 0, name};
        status = settle_signal(workspace, &at);
        int moves = status == QBG_OK && has_moved(&at, log, name, &from);
        if (status == QBG_OK && !is_kept && (moves || at.entry.cells != from.cells)) {
            status = qbg__log_keep(workspace, log);
            is_kept = 1;
        }
        if (status == QBG_OK && !is_touched && moves) {
            status = touch_log(workspace, name);
            is_touched = 1;
        }
        if (status == QBG_OK && at.log == name)
            status = qbg__log_give_slot(workspace, log, at.person, &at.entry.slot);
        if (status != QBG_OK) return status;
        if (at.log == name)
            log->entries[stay++] = at.entry;
        else if (at.log != QBG__LOG_NOWHERE)
            status = push(workspace, at.log, at.entry, at.person);
    }
    if (status != QBG_OK) return status;
    log->count = stay;
    return is_dead(workspace, name) ? qbg__log_drop(workspace, log) : QBG_OK;
}

static qbg_status settle_everything(qbg_workspace *workspace) {
    qbg_status status = settle_log(workspace, QBG__LOG_WORKSPACE);
    for (uint32_t i = 0; i < workspace->accounts.count && status == QBG_OK; i++)
        status = settle_log(workspace, QBG__LOG_ACCOUNT | i);
    for (uint32_t i = 0; i < workspace->opportunities.count && status == QBG_OK; i++)
        status = settle_log(workspace, i);
    return status;
}

/* Logs that are no more are no places, and who is no more has none. */
static qbg_status prune_places(qbg_workspace *workspace, qbg__dirty_mark of) {
    qbg__places *places = places_of(workspace, of.owner, of.number);
    const qbg__rows *rows =
        of.owner == QBG__OWNER_CONTACT ? &workspace->contacts : &workspace->accounts;
    if (of.owner != QBG__OWNER_VISITOR && !qbg__row_alive(rows, of.number))
        return qbg__places_drop(workspace, places);
    qbg_status status = QBG_OK;
    for (uint32_t i = places->count; i-- > 0 && status == QBG_OK;)
        if (is_dead(workspace, qbg__places_at(places, i)))
            status = qbg__places_take(workspace, places, i);
    return status;
}

/* Settling may add places while it goes through them; only then some are taken away. */
static qbg_status settle_owner(qbg_workspace *workspace, qbg__dirty_mark dirty) {
    if (dirty.owner == QBG__OWNER_LOG) return settle_log(workspace, dirty.number);
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; status == QBG_OK; i++) { /* visitors may move meanwhile */
        const qbg__places *places = places_of(workspace, dirty.owner, dirty.number);
        if (i >= places->count) break;
        status = settle_log(workspace, qbg__places_at(places, i));
    }
    return status == QBG_OK ? prune_places(workspace, dirty) : status;
}

/* What is settled in the middle of a change stays listed, in case that change is undone. */
qbg_status qbg__settle(qbg_workspace *workspace) {
    qbg__dirt *dirt = &workspace->dirt;
    workspace->settling++;
    qbg_status status = QBG_OK;
    if (dirt->everything) status = settle_everything(workspace);
    for (uint32_t i = dirt->settled; i < dirt->count && status == QBG_OK; i++)
        status = settle_owner(workspace, dirt->at[i]);
    if (status != QBG_OK) return status;
    dirt->everything = 0;
    dirt->moves = 0;
    dirt->settled = dirt->count;
    return QBG_OK;
}

qbg_status qbg__dirty_everything(qbg_workspace *workspace) {
    workspace->dirt.everything = 1;
    return QBG_OK;
}

/* Owners, not their logs: somebody with ten thousand logs is marked ten thousand times in a batch
 * that adds as many opportunities. */
qbg_status qbg__dirty(qbg_workspace *workspace, uint32_t owner, uint32_t number) {
    qbg__dirt *dirt = &workspace->dirt;
    qbg__places *places = places_of(workspace, owner, number);
    uint64_t coming = workspace->settling + 1;
    if (places && (places->count == 0 || places->marked == coming)) return QBG_OK;
    qbg_status status = qbg__mem_reserve(&workspace->mem, &dirt->at, &dirt->capacity,
                                         (uint64_t)dirt->count + 1, sizeof *dirt->at);
    if (status != QBG_OK) return status;
    dirt->at[dirt->count++] = (qbg__dirty_mark){owner, number};
    if (places) places->marked = coming;
    return QBG_OK;
}

qbg_status qbg__dirty_moved(qbg_workspace *workspace, uint32_t owner, uint32_t number) {
    const qbg__places *places = places_of(workspace, owner, number);
    if (!places || places->count > 0) workspace->dirt.moves = 1;
    return qbg__dirty(workspace, owner, number);
}

void qbg__clean(qbg_workspace *workspace, uint32_t count) {
    qbg__dirt *dirt = &workspace->dirt;
    for (uint32_t i = count; i < dirt->count; i++) {
        qbg__places *places = places_of(workspace, dirt->at[i].owner, dirt->at[i].number);
        if (places) places->marked = 0;
    }
    dirt->count = count;
}

qbg_status qbg__route_content(qbg_workspace *workspace, const char *prefix) {
    qbg__signals *signals = &workspace->signals;
    size_t size = strlen(prefix);
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < signals->cells_count && status == QBG_OK; i++) {
        qbg__cells *cells = &signals->cells[i];
        if (strncmp(qbg__intern_text(&workspace->texts, cells->content), prefix, size) != 0)
            continue;
        uint32_t about = qbg__cells_about(workspace, cells);
        if (about == cells->about) continue;
        status = qbg__journal_set_uint32(&workspace->journal, &cells->about, about);
        if (status == QBG_OK) status = qbg__dirty_everything(workspace);
    }
    return status;
}
