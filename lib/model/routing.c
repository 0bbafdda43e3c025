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
    return qbg__contact_account(qbg_contact_at(workspace, contact), time);
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
static void consider_account(const question *ask, candidates *best) {
    const qbg_account *account = qbg_account_at(ask->workspace, ask->account);
    if (!account) return;
    uint32_t first = qbg__account_first(account, ask->cells->about);
    for (uint32_t i = first; i < account->opportunity_count; i++) {
        const qbg_opportunity *at = qbg_opportunity_at(ask->workspace, account->opportunities[i]);
        int64_t end = at->closed == QBG_UNDATED ? INT64_MAX : at->closed;
        if (at->solution != ask->cells->about) return;
        consider(ask, best, at, at->opened, end, QBG__WAIT_OPENED);
    }
}

/* Opportunities whose member the contact is; with a solution known, only those for it elsewhere. */
static void consider_memberships(const question *ask, candidates *best) {
    const qbg_contact *contact = qbg_contact_at(ask->workspace, ask->contact);
    uint32_t about = ask->cells->about;
    for (uint32_t i = 0; contact && i < contact->membership_count; i++) {
        const qbg_member *member = qbg__rows_at(&ask->workspace->members, contact->memberships[i]);
        const qbg_opportunity *at = qbg_member_opportunity(member);
        if (qbg_member_status(member, QBG_UNDATED) == QBG_STATUS_DISMISSED) continue;
        if (about != QBG_NONE && (at->solution != about || at->account == ask->account)) continue;
        int64_t start, end;
        qbg__member_life(member, &start, &end);
        consider(ask, best, at, start, end, QBG__WAIT_JOINED);
    }
}

static route find_route(const question *ask) {
    candidates best = {NULL, NULL, 0, QBG__WAIT_NOT};
    if (ask->cells->opportunity != QBG_NONE) return (route){ask->cells->opportunity, QBG__WAIT_NOT};
    if (ask->cells->about != QBG_NONE) consider_account(ask, &best);
    consider_memberships(ask, &best);
    if (best.alive) return (route){best.alive->number, QBG__WAIT_NOT};
    if (best.coming) return (route){best.coming->number, best.wait};
    return (route){QBG_NONE, QBG__WAIT_NOT};
}

/* ---- Where entries lie ---- */

static qbg__log *log_at(qbg_workspace *workspace, uint32_t name) {
    if (name == QBG__LOG_WORKSPACE) return &workspace->signals.unrouted;
    if (name & QBG__LOG_ACCOUNT)
        return &qbg_account_at(workspace, name & ~QBG__LOG_ACCOUNT)->unrouted;
    return &qbg_opportunity_at(workspace, name)->log;
}

static uint32_t name_of(route found, uint32_t account) {
    if (found.opportunity != QBG_NONE) return found.opportunity;
    return account == QBG_NONE ? QBG__LOG_WORKSPACE : QBG__LOG_ACCOUNT | account;
}

static qbg_status add_place(qbg_workspace *workspace, qbg__places *places, uint32_t log) {
    uint32_t low = 0, high = places->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (places->logs[middle] < log)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < places->count && places->logs[low] == log) return QBG_OK;
    return qbg__journal_insert(&workspace->journal, &places->logs, &places->count,
                               &places->capacity, sizeof log, low, &log);
}

/* Notes for the people and the account concerned that this log may hold signals of theirs. */
static qbg_status remember(qbg_workspace *workspace, uint32_t person, const question *ask,
                           uint32_t log) {
    qbg_status status = QBG_OK;
    qbg__signals *signals = &workspace->signals;
    if (ask->contact != QBG_NONE)
        status = add_place(workspace, &qbg_contact_at(workspace, ask->contact)->signals, log);
    if (status == QBG_OK && ask->account != QBG_NONE)
        status = add_place(workspace, &qbg_account_at(workspace, ask->account)->signals, log);
    if (status != QBG_OK || !(person & QBG__GUEST)) return status;
    uint32_t visitor = signals->guests[person & ~QBG__GUEST].visitor;
    if (visitor == QBG_NONE) return QBG_OK;
    return add_place(workspace, &signals->visitors[visitor].signals, log);
}

static question ask_about(const qbg_workspace *workspace, const qbg__entry *entry,
                          uint32_t person) {
    const qbg__cells *cells = qbg__entry_cells(&workspace->signals, entry);
    int64_t time = QBG__ENTRY_TIME(entry->bits);
    return (question){workspace, time, qbg__person_contact(&workspace->signals, person),
                      qbg__route_account(workspace, time, person, cells), cells};
}

qbg_status qbg__route_place(qbg_workspace *workspace, qbg__entry entry, uint32_t person,
                            uint32_t *out_opportunity) {
    question ask = ask_about(workspace, &entry, person);
    route found = find_route(&ask);
    uint32_t name = name_of(found, ask.account);
    entry.bits = QBG__ENTRY_WITH_WAIT(entry.bits, found.wait);
    qbg_status status = qbg__log_push(workspace, log_at(workspace, name), entry, person);
    if (status == QBG_OK) status = remember(workspace, person, &ask, name);
    if (status == QBG_OK) *out_opportunity = found.opportunity;
    return status;
}

uint32_t qbg__route_of(const qbg_workspace *workspace, const qbg__entry *entry, uint32_t person) {
    question ask = ask_about(workspace, entry, person);
    return find_route(&ask).opportunity;
}

/* ---- Settling ---- */

/* Where an entry belongs by the facts as they are, what it waits for, and everything that goes with
 * its place: its event id's scope, and who may have signals there. */
static qbg_status settle_entry(qbg_workspace *workspace, qbg__entry *entry, uint32_t person,
                               uint32_t *out_name) {
    question ask = ask_about(workspace, entry, person);
    route found = find_route(&ask);
    *out_name = name_of(found, ask.account);
    entry->bits = QBG__ENTRY_WITH_WAIT(entry->bits, found.wait);
    qbg_status status = qbg__event_settle(workspace, entry, person, ask.account);
    return status == QBG_OK ? remember(workspace, person, &ask, *out_name) : status;
}

/* Routes the entries of one log anew: those that stay close up, the others are pushed elsewhere.
 * The log is kept only once something in it changes, for most settling changes nothing. */
static qbg_status settle_log(qbg_workspace *workspace, uint32_t name) {
    qbg__log *log = log_at(workspace, name);
    if (log->visited == workspace->settling) return QBG_OK;
    log->visited = workspace->settling;
    uint32_t stay = 0, to = name;
    int is_kept = 0;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < log->count && status == QBG_OK; i++) {
        qbg__entry entry = log->entries[i];
        uint32_t person = log->people[entry.slot];
        status = settle_entry(workspace, &entry, person, &to);
        int is_changed = to != name || entry.bits != log->entries[i].bits;
        if (status == QBG_OK && is_changed && !is_kept) {
            status = qbg__log_keep(workspace, log);
            is_kept = 1;
        }
        if (status != QBG_OK) return status;
        if (to == name)
            log->entries[stay++] = entry;
        else
            status = qbg__log_push(workspace, log_at(workspace, to), entry, person);
    }
    if (status == QBG_OK) log->count = stay;
    return status;
}

static qbg_status settle_everything(qbg_workspace *workspace) {
    qbg_status status = settle_log(workspace, QBG__LOG_WORKSPACE);
    for (uint32_t i = 0; i < workspace->accounts.count && status == QBG_OK; i++)
        status = settle_log(workspace, QBG__LOG_ACCOUNT | i);
    for (uint32_t i = 0; i < workspace->opportunities.count && status == QBG_OK; i++)
        status = settle_log(workspace, i);
    return status;
}

qbg_status qbg__settle(qbg_workspace *workspace) {
    const qbg__dirt *dirt = &workspace->dirt;
    workspace->settling++;
    if (dirt->everything) return settle_everything(workspace);
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < dirt->count && status == QBG_OK; i++)
        status = settle_log(workspace, dirt->logs[i]);
    return status;
}

qbg_status qbg__dirty_everything(qbg_workspace *workspace) {
    workspace->dirt.everything = 1;
    return QBG_OK;
}

qbg_status qbg__dirty_places(qbg_workspace *workspace, const qbg__places *places) {
    qbg__dirt *dirt = &workspace->dirt;
    if (dirt->everything || places->count == 0) return QBG_OK;
    qbg_status status = qbg__mem_reserve(&workspace->mem, &dirt->logs, &dirt->capacity,
                                         (uint64_t)dirt->count + places->count, sizeof *dirt->logs);
    if (status != QBG_OK) return status;
    memcpy(dirt->logs + dirt->count, places->logs, places->count * sizeof *dirt->logs);
    dirt->count += places->count;
    return QBG_OK;
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
        status = qbg__journal_keep(&workspace->journal, &cells->about, sizeof cells->about);
        if (status != QBG_OK) return status;
        cells->about = about;
        status = qbg__dirty_everything(workspace);
    }
    return status;
}
