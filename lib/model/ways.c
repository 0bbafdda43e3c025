/* ways: the short ways of signals; see ways.h. A large append makes them by walking the rows once
 * in order, which costs less than meeting them one signal at a time. */
#include "model/ways.h"

#include "base/civil.h"
#include "base/text.h"
#include "model/event.h"
#include "model/routing.h"
#include "model/workspace.h"

#include <string.h>

/* Fewer signals are told one by one. */
#define LEAST 64u

void qbg__ways_free(qbg__ways *ways, qbg__mem *mem) {
    qbg__mem_free(mem, ways->homes, ways->home_count * sizeof *ways->homes);
    qbg__mem_free(mem, ways->at, ways->count * sizeof *ways->at);
    qbg__mem_free(mem, ways->guests, ways->count * sizeof *ways->guests);
    qbg__mem_free(mem, ways->bare, ways->bare_count * sizeof *ways->bare);
    memset(ways, 0, sizeof *ways);
}

void qbg__ways_bytes(const qbg__ways *ways, qbg__memory *memory) {
    memory->indexes += ways->home_count * sizeof *ways->homes +
                       ways->count * (sizeof *ways->at + sizeof *ways->guests) +
                       ways->bare_count * sizeof *ways->bare;
}

int qbg__ways_are_good(const qbg_workspace *workspace) {
    const qbg__ways *ways = &workspace->ways;
    return ways->are_known && ways->revision == workspace->revisions.now &&
           ways->notes == workspace->journal.count;
}

void qbg__ways_keep(qbg_workspace *workspace) {
    workspace->ways.revision = workspace->revisions.now;
    workspace->ways.notes = workspace->journal.count;
}

void qbg__ways_forget(qbg_workspace *workspace) { workspace->ways.are_known = 0; }

/* ---- Homes ---- */

/* Where a contact has always worked. */
static uint32_t home_of(const qbg_workspace *workspace, uint32_t number) {
    const qbg_contact *contact = qbg__row_alive(&workspace->contacts, number);
    if (!contact || contact->is_erased) return QBG__HOME_UNCLEAR;
    const qbg__facts *facts = &contact->facts;
    if (facts->count == 0) return QBG__HOME_NOWHERE;
    if (facts->count > 1 || facts->at[0].from != QBG_UNDATED) return QBG__HOME_UNCLEAR;
    int64_t account = qbg__fact_value(workspace, &facts->at[0]);
    return account == QBG__FACT_NOTHING ? QBG__HOME_NOWHERE : (uint32_t)account;
}

/* A contact who takes part elsewhere than at home has none. */
static void add_membership(const qbg_workspace *workspace, const qbg_member *member) {
    const qbg_opportunity *opportunity =
        qbg__rows_at(&workspace->opportunities, member->opportunity);
    uint32_t *home = &workspace->ways.homes[member->contact];
    if (*home == QBG__HOME_UNCLEAR) return;
    int is_there = (*home & ~QBG__HOME_MEMBER) == opportunity->account;
    *home = is_there ? *home | QBG__HOME_MEMBER : QBG__HOME_UNCLEAR;
}

static void find_homes(qbg_workspace *workspace) {
    qbg__ways *ways = &workspace->ways;
    for (uint32_t i = 0; i < ways->home_count; i++) ways->homes[i] = home_of(workspace, i);
    for (uint32_t i = 0; i < workspace->members.count; i++) {
        const qbg_member *member = qbg__row_alive(&workspace->members, i);
        if (member) add_membership(workspace, member);
    }
}

/* ---- Ways ---- */

/* Twice as many as there are accounts and opportunities: some signals name other solutions. */
static uint64_t wanted(const qbg_workspace *workspace) {
    uint64_t rows = (uint64_t)workspace->accounts.count + workspace->opportunities.count;
    uint64_t count = 64;
    while (count < 2 * rows) count *= 2;
    return count;
}

/* Those to all opportunities; others are made when a signal goes there. */
static void find_takers(qbg_workspace *workspace) {
    for (uint32_t i = 0; i < workspace->opportunities.count; i++) {
        const qbg_opportunity *at = qbg__row_alive(&workspace->opportunities, i);
        if (!at || at->solution >= QBG__WAY_SOLUTIONS) continue;
        uint32_t set = qbg__ways_set(&workspace->ways, at->account, at->solution);
        if (qbg__ways_find(&workspace->ways, set, at->account, at->solution) == QBG_NONE)
            qbg__ways_make(workspace, at->account, at->solution);
    }
}

static int make(qbg_workspace *workspace) {
    qbg__ways *ways = &workspace->ways;
    qbg__mem *mem = &workspace->mem;
    uint64_t count = wanted(workspace);
    if (workspace->accounts.count > QBG__FROM_NUMBER || count > UINT32_MAX / 2) return 0;
    qbg__ways_free(ways, mem);
    ways->home_count = workspace->contacts.count + 1; /* one more, so that it is never none */
    ways->bare_count = workspace->solutions.count + 1;
    ways->count = (uint32_t)count;
    ways->homes = qbg__mem_alloc(mem, ways->home_count * sizeof *ways->homes);
    ways->at = qbg__mem_alloc_zeroed(mem, ways->count * sizeof *ways->at);
    ways->guests = qbg__mem_alloc_zeroed(mem, ways->count * sizeof *ways->guests);
    ways->bare = qbg__mem_alloc(mem, ways->bare_count * sizeof *ways->bare);
    if (!ways->homes || !ways->at || !ways->guests || !ways->bare) {
        qbg__ways_free(ways, mem);
        return 0;
    }
    for (uint32_t i = 0; i < ways->bare_count; i++) ways->bare[i] = QBG_NONE;
    find_homes(workspace);
    find_takers(workspace);
    ways->are_known = 1;
    qbg__ways_keep(workspace);
    return 1;
}

int qbg__ways_open(qbg_workspace *workspace, uint64_t signals) {
    uint64_t logs = (uint64_t)workspace->accounts.count + workspace->opportunities.count;
    uint64_t rows = logs + workspace->contacts.count + workspace->members.count;
    if (signals < LEAST || signals < logs / 16) return 0;
    if (qbg__ways_are_good(workspace)) return 1;
    return signals >= rows / 16 && make(workspace);
}

/* All opportunities of an account for a solution, if that is one or none. */
static int find_taker(const qbg_workspace *workspace, const qbg_account *account, uint32_t solution,
                      const qbg_opportunity **out_taker) {
    const qbg__rows *rows = &workspace->opportunities;
    uint32_t first = qbg__account_first(account, solution), found = 0;
    *out_taker = NULL;
    for (uint32_t i = first; i < account->opportunity_count && found < 2; i++) {
        const qbg_opportunity *at = qbg__rows_at(rows, account->opportunities[i]);
        if (at->solution != solution) break;
        *out_taker = at;
        found++;
    }
    return found < 2;
}

uint32_t qbg__ways_make(qbg_workspace *workspace, uint32_t account, uint32_t solution) {
    qbg__ways *ways = &workspace->ways;
    const qbg_account *row = qbg__row_alive(&workspace->accounts, account);
    const qbg_opportunity *taker;
    if (!row || !qbg__row_alive(&workspace->solutions, solution)) return QBG_NONE;
    if (!find_taker(workspace, row, solution, &taker)) return QBG_NONE;
    uint32_t first = qbg__ways_set(ways, account, solution), end = first + QBG__WAY_SET;
    uint32_t at = first;
    while (at < end && ways->at[at].what & QBG__WAY_MADE) at++;
    if (at == end) at = first + account % QBG__WAY_SET;
    int is_dated = taker && (taker->opened != QBG_UNDATED || taker->closed != QBG_UNDATED);
    uint32_t flags = is_dated ? QBG__WAY_MADE | QBG__WAY_DATED : QBG__WAY_MADE;
    ways->at[at] = (qbg__way){account, solution * QBG__WAY_SOLUTION + flags,
                              taker ? taker->number : QBG_NONE, QBG_NONE};
    ways->guests[at] = QBG_NONE;
    return at;
}

/* ---- Going them ---- */

/* A packed id is a text, and so is a content that is known. */
int qbg__ways_read(const qbg_workspace *workspace, qbg__span content, qbg__span id,
                   qbg__said *out) {
    out->id = qbg__letters_pack(id.bytes, id.size, out->room);
    out->bits = id.size > 0;
    if (out->id.bits == 8 && !qbg__text_is_utf8(id.bytes, id.size)) return 0;
    if (content.size == 0) return 1;
    uint32_t number = qbg__intern_find(&workspace->texts, content.bytes, content.size);
    if (number >= QBG__ENTRY_CONTENTS) return 0; /* QBG_NONE is, too */
    out->bits = QBG__ENTRY_WITH_CONTENT(out->bits, number);
    return 1;
}

qbg_status qbg__ways_learn(qbg_workspace *workspace, uint32_t number, uint32_t from) {
    qbg__ways *ways = &workspace->ways;
    qbg__way *way = &ways->at[number];
    uint32_t solution = way->what / QBG__WAY_SOLUTION;
    uint32_t *known = from & ~QBG__FROM_NUMBER ? &ways->bare[solution] : &way->cells;
    const qbg__cells cells = {from & ~QBG__FROM_NUMBER ? QBG_NONE : way->account,
                              QBG_NONE,
                              solution,
                              QBG_NONE,
                              QBG_NONE,
                              QBG_NONE};
    const qbg__guest guest = {way->account, QBG_NONE};
    qbg_status status = QBG_OK;
    if (from & QBG__FROM_GUEST) status = qbg__guest_put(workspace, guest, &ways->guests[number]);
    return status == QBG_OK ? qbg__cells_put(workspace, &cells, known) : status;
}

qbg_status qbg__ways_remember(qbg_workspace *workspace, qbg__way *way, uint32_t log) {
    qbg_account *account = qbg__rows_at(&workspace->accounts, way->account);
    qbg_status status = qbg__places_add(workspace, &account->signals, log);
    if (status != QBG_OK) return status;
    way->what |= log & QBG__LOG_ACCOUNT ? QBG__WAY_KNOWS_LEFTOVERS : QBG__WAY_KNOWS_TAKER;
    return QBG_OK;
}

qbg_status qbg__ways_put_event(qbg_workspace *workspace, const qbg__way *way, const qbg__said *said,
                               uint64_t bits, uint32_t person, uint32_t *cells) {
    const qbg__event event = {bits, person, *cells,
                              qbg__event_scope(&workspace->signals, person, way->account),
                              said->id};
    return qbg__event_put(workspace, &event, cells);
}

uint32_t qbg__ways_log_then(const qbg_workspace *workspace, const qbg__way *way, int64_t time,
                            uint64_t *bits) {
    qbg__entry entry = {QBG__ENTRY_BITS(time, 0, *bits), 0, 0};
    uint32_t log = qbg__route_among_one(workspace, &entry, way->account, way->opportunity);
    *bits = entry.bits;
    return log;
}

int qbg__ways_lead(qbg_workspace *workspace, const qbg__told *signal, qbg__said *said,
                   qbg__walk *out) {
    const qbg__ways *ways = &workspace->ways;
    if (signal->visitor.size > 0 || signal->opportunity != QBG_NONE) return 0;
    if (!qbg__time_is_valid(signal->time) || signal->kind >= workspace->kinds.count) return 0;
    if (signal->solution >= QBG__WAY_SOLUTIONS) return 0;
    uint32_t from = qbg__ways_from(ways, signal->contact, signal->account);
    if (from == QBG_NONE || !qbg__ways_read(workspace, signal->content, signal->event, said))
        return 0;
    uint32_t account = from & QBG__FROM_NUMBER;
    uint32_t set = qbg__ways_set(ways, account, signal->solution);
    uint32_t way = qbg__ways_find(ways, set, account, signal->solution);
    if (way == QBG_NONE) way = qbg__ways_make(workspace, account, signal->solution);
    *out = (qbg__walk){from, way, signal->contact, signal->kind, signal->time, said};
    return way != QBG_NONE;
}
