/* stream: the logs of an account read once into packed pairs, which are sorted; see stream.h. Where
 * signals lie is for routing to say, and which of them count here is said in `read_log`. */
#include "analysis/stream.h"

#include "base/civil.h"
#include "model/routing.h"
#include "model/workspace.h"

#include <string.h>

/* ---- Sorting ---------------------------------------------------------------------------------
 * Most accounts have some dozens of signals, nearly in order: so short runs by insertion, which are
 * merged. */

#define RUN 16u

static int is_before(const qbg__pair *a, const qbg__pair *b) {
    return a->first != b->first ? a->first < b->first : a->second < b->second;
}

static void insert(qbg__pair *pairs, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const qbg__pair pair = pairs[i];
        size_t at = i;
        for (; at > 0 && is_before(&pair, &pairs[at - 1]); at--) pairs[at] = pairs[at - 1];
        pairs[at] = pair;
    }
}

static void merge(const qbg__pair *from, size_t middle, size_t end, qbg__pair *to) {
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++)
        if (right == end || (left < middle && !is_before(&from[right], &from[left])))
            to[i] = from[left++];
        else
            to[i] = from[right++];
}

/* There is room for as many again behind them. */
static void sort(qbg__pair *pairs, size_t count) {
    if (count < 2) return;
    qbg__pair *from = pairs, *to = pairs + count;
    for (size_t at = 0; at < count; at += RUN)
        insert(pairs + at, count - at < RUN ? count - at : RUN);
    for (size_t run = RUN; run < count; run *= 2) {
        for (size_t at = 0; at < count; at += 2 * run) {
            size_t size = count - at < 2 * run ? count - at : 2 * run;
            merge(from + at, run < size ? run : size, size, to + at);
        }
        qbg__pair *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != pairs) memcpy(pairs, from, count * sizeof *pairs);
}

/* ---- Reading --------------------------------------------------------------------------------- */

void qbg__streams_begin(qbg__streams *streams, const qbg_workspace *workspace) {
    memset(streams, 0, sizeof *streams);
    streams->mem = qbg__mem_fork(&workspace->mem);
    streams->workspace = workspace;
    streams->quiet_s = qbg__stream_quiet(workspace);
}

void qbg__streams_end(qbg__streams *streams) {
    qbg__mem *mem = &streams->mem;
    qbg__mem_free(mem, streams->moments, streams->moment_capacity * sizeof *streams->moments);
    qbg__mem_free(mem, streams->arrivals, streams->arrival_capacity * sizeof *streams->arrivals);
}

int64_t qbg__stream_quiet(const qbg_workspace *workspace) {
    const qbg_policy *policy = &workspace->policy;
    int64_t quiet = qbg__policy_whole(policy, QBG__FORMATION_QUIET_DAYS);
    int64_t window = qbg__policy_whole(policy, QBG__FORMATION_WINDOW_DAYS);
    return (quiet > window ? quiet : window) * QBG__DAY_S; /* nobody counts twice in a window */
}

int qbg__person_is_visitor(uint32_t person) { return person != QBG_NONE && person & QBG__GUEST; }

/* Who somebody is: his contact, if that is known. */
static uint32_t who_is(const qbg_workspace *workspace, uint32_t person) {
    uint32_t contact = qbg__person_contact(&workspace->signals, person);
    return contact == QBG_NONE ? person : contact;
}

/* Is a signal the account's, and what about? The log of an opportunity holds signals about its
 * solution, at its account. Those that wait for it count as if nobody knew of it yet: for their own
 * account, about what they say themselves. */
static int is_of(const qbg__streams *streams, const qbg_account *account,
                 const qbg_opportunity *opportunity, const qbg__entry *entry, uint32_t person,
                 uint32_t *out_solution) {
    const qbg_workspace *workspace = streams->workspace;
    if (opportunity && QBG__ENTRY_WAIT(entry->bits) == QBG__WAIT_NOT) {
        *out_solution = opportunity->solution;
        return opportunity->account == account->number;
    }
    const qbg__cells *cells = qbg__entry_cells(&workspace->signals, entry);
    *out_solution = cells->about;
    if (!opportunity) return 1;
    return qbg__route_account(workspace, QBG__ENTRY_TIME(entry->bits), person, cells) ==
           account->number;
}

static qbg_status reserve(qbg__streams *streams, uint64_t count) {
    return qbg__mem_reserve(&streams->mem, &streams->moments, &streams->moment_capacity, 2 * count,
                            sizeof *streams->moments);
}

/* Signals worth less than formation_points (as an opened mail is) say nothing of who sent them;
 * those of third parties are nobody's, but evidence. */
static qbg_status read_log(qbg__streams *streams, const qbg_account *account,
                           const qbg_opportunity *opportunity, const qbg__log *log, int64_t as_of) {
    const qbg_workspace *workspace = streams->workspace;
    const int64_t least = workspace->policy.milli[QBG__FORMATION_POINTS];
    const uint64_t last = qbg__stamp_of(as_of);
    qbg_status status = reserve(streams, (uint64_t)streams->moment_count + log->count);
    for (uint32_t i = 0; i < log->count && status == QBG_OK; i++) {
        const qbg__entry *entry = &log->entries[i];
        uint32_t kind = QBG__ENTRY_KIND(entry->bits), person = log->people[entry->slot], solution;
        const qbg__worth *worth = &workspace->worths[kind];
        if (QBG__ENTRY_STAMP(entry->bits) > last || worth->milli < least) continue;
        if (!is_of(streams, account, opportunity, entry, person, &solution)) continue;
        person = worth->somebody ? who_is(workspace, person) : QBG_NONE;
        streams->moments[streams->moment_count++] = (qbg__pair){
            (uint64_t)solution << 32 | person, (uint64_t)QBG__ENTRY_TIME(entry->bits) << 12 | kind};
    }
    return status;
}

/* The account's own opportunities, whatever it holds without one, and opportunities elsewhere that
 * may hold some of its people's. */
qbg_status qbg__streams_read(qbg__streams *streams, const qbg_account *account, int64_t as_of) {
    const qbg__rows *rows = &streams->workspace->opportunities;
    streams->moment_count = streams->next = 0;
    qbg_status status = read_log(streams, account, NULL, &account->unrouted, as_of);
    for (uint32_t i = 0; i < account->opportunity_count && status == QBG_OK; i++) {
        const qbg_opportunity *own = qbg__rows_at(rows, account->opportunities[i]);
        status = read_log(streams, account, own, &own->log, as_of);
    }
    for (uint32_t i = 0; i < account->signals.count && status == QBG_OK; i++) {
        uint32_t name = qbg__places_at(&account->signals, i);
        const qbg_opportunity *other = name & QBG__LOG_ACCOUNT ? NULL : qbg__row_alive(rows, name);
        if (other && other->account != account->number)
            status = read_log(streams, account, other, &other->log, as_of);
    }
    if (status == QBG_OK) sort(streams->moments, streams->moment_count);
    return status;
}

/* ---- Streams --------------------------------------------------------------------------------- */

int qbg__moment_arrives(const qbg__stream *stream, uint32_t moment, int64_t quiet_s) {
    const qbg__pair *at = &stream->moments[moment];
    if (QBG__MOMENT_PERSON(at) == QBG_NONE) return 0;
    if (moment == 0 || at[-1].first != at->first) return 1;
    return QBG__MOMENT_TIME(at) - QBG__MOMENT_TIME(&at[-1]) > quiet_s;
}

static void list_arrivals(const qbg__streams *streams, qbg__stream *out) {
    qbg__pair *to = streams->arrivals;
    for (uint32_t i = 0; i < out->moment_count; i++)
        if (qbg__moment_arrives(out, i, streams->quiet_s))
            to[out->arrival_count++] = (qbg__pair){(uint64_t)QBG__MOMENT_TIME(&out->moments[i]),
                                                   QBG__MOMENT_PERSON(&out->moments[i])};
    sort(to, out->arrival_count);
    uint64_t visitors = 0;
    for (uint32_t i = 0; i < out->arrival_count; i++) {
        to[i].second |= visitors << 32;
        visitors += (uint64_t)qbg__person_is_visitor(QBG__ARRIVAL_PERSON(&to[i]));
    }
}

qbg_status qbg__streams_next(qbg__streams *streams, qbg__stream *out, int *out_is_there) {
    uint32_t from = streams->next, end = from;
    *out_is_there = from < streams->moment_count;
    if (!*out_is_there) return QBG_OK;
    uint32_t solution = QBG__MOMENT_STREAM(&streams->moments[from]);
    while (end < streams->moment_count && QBG__MOMENT_STREAM(&streams->moments[end]) == solution)
        end++;
    *out = (qbg__stream){
        .solution = solution, .moments = streams->moments + from, .moment_count = end - from};
    qbg_status status =
        qbg__mem_reserve(&streams->mem, &streams->arrivals, &streams->arrival_capacity,
                         2 * (uint64_t)out->moment_count, sizeof *streams->arrivals);
    if (status != QBG_OK) return status;
    streams->next = end;
    list_arrivals(streams, out);
    out->arrivals = streams->arrivals;
    return QBG_OK;
}
