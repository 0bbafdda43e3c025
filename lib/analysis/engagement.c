/* engagement: one linear scan of packed entries with a table look-up for each (age -> D); see
 * engagement.h. Sums are exact integers, so neither the order of signals nor of people matters. */
#include "analysis/engagement.h"

#include "base/civil.h"
#include "base/table.h"
#include "model/event.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* When a signal that waits starts to count: with the life under which it was routed. */
static int64_t start_of(const qbg_opportunity *opportunity, uint64_t bits, uint32_t contact) {
    int64_t start = opportunity->opened, end;
    if (QBG__ENTRY_WAIT(bits) == QBG__WAIT_OPENED) return start;
    const qbg_workspace *workspace = opportunity->workspace;
    const qbg_member *member = qbg_member_find(opportunity, qbg_contact_at(workspace, contact));
    if (member) qbg__member_life(member, &start, &end);
    return start;
}

static int counts(const qbg_opportunity *opportunity, const qbg__entry *entry, int64_t as_of) {
    if (QBG__ENTRY_TIME(entry->bits) > as_of) return 0;
    if (QBG__ENTRY_WAIT(entry->bits) == QBG__WAIT_NOT) return 1;
    uint32_t person = opportunity->log.people[entry->slot];
    uint32_t contact = qbg__person_contact(&opportunity->workspace->signals, person);
    return start_of(opportunity, entry->bits, contact) <= as_of;
}

static uint32_t decay_at(const qbg_policy *policy, int64_t time, int64_t as_of) {
    uint64_t age = (uint64_t)(as_of - time) / 86400;
    return policy->decay[age < policy->last_age ? age : policy->last_age];
}

static void add(qbg__score *to, int64_t time, const qbg_kind *kind, uint32_t decay) {
    int64_t points = kind->points_milli * (int64_t)decay;
    if (++to->count > QBG__SIGNALS_MAX) return; /* refused when the scan is over */
    to->points += points;
    if (kind->high_intent) to->high += points;
    if (time > to->last) to->last = time;
    if (kind->points_milli > 0 && time > to->last_positive) to->last_positive = time;
}

static void join(qbg__score *to, qbg__score *from) {
    to->points += from->points;
    to->high += from->high;
    if (from->last > to->last) to->last = from->last;
    if (from->last_positive > to->last_positive) to->last_positive = from->last_positive;
    to->count += from->count;
    from->count = 0;
}

/* Shell sort: in place, no recursion, and people are few. */
static void sort_visitors(uint64_t *at, uint32_t count) {
    uint32_t gap = 1;
    while (gap < count / 3) gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < count; i++) {
            uint64_t visitor = at[i];
            uint32_t to = i;
            for (; to >= gap && visitor < at[to - gap]; to -= gap) at[to] = at[to - gap];
            at[to] = visitor;
        }
}

static qbg_status list_visitors(qbg__scores *scores, const qbg__log *log, qbg__mem *mem) {
    scores->visitor_count = 0;
    for (uint32_t slot = 0; slot < log->person_count; slot++) {
        uint32_t contact = scores->at[slot + 1].contact;
        if (!(log->people[slot] & QBG__GUEST) || contact == QBG_NONE) continue;
        qbg_status status =
            qbg__mem_reserve(mem, &scores->visitors, &scores->visitor_capacity,
                             (uint64_t)scores->visitor_count + 1, sizeof *scores->visitors);
        if (status != QBG_OK) return status;
        scores->visitors[scores->visitor_count++] = (uint64_t)contact << 32 | slot;
    }
    sort_visitors(scores->visitors, scores->visitor_count);
    return QBG_OK;
}

/* The first slot of a visitor who is that contact, or QBG_NONE. */
static uint32_t visitor_slot(const qbg__scores *scores, uint32_t contact) {
    uint32_t low = 0, high = scores->visitor_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (scores->visitors[middle] >> 32 < contact)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == scores->visitor_count || scores->visitors[low] >> 32 != contact) return QBG_NONE;
    return (uint32_t)scores->visitors[low];
}

/* Where a contact's score stands: his own slot, else that of his first visitor; or QBG_NONE. */
static uint32_t slot_of(const qbg__scores *scores, const qbg__log *log, uint32_t contact) {
    uint32_t own = qbg__log_slot(log, contact);
    return own != QBG_NONE ? own : visitor_slot(scores, contact);
}

static int is_within_range(const qbg__score *score) { return score->count <= QBG__SIGNALS_MAX; }

/* Joining is safe once each part is known to be in range: two parts cannot wrap, and the whole is
 * checked again after each. */
static qbg_status join_visitors(qbg__scores *scores, const qbg__log *log) {
    for (uint32_t i = 0; i < scores->count; i++)
        if (!is_within_range(&scores->at[i])) return QBG_E_RANGE;
    for (uint32_t i = 0; i < scores->visitor_count; i++) {
        uint32_t slot = (uint32_t)scores->visitors[i];
        qbg__score *from = &scores->at[slot + 1];
        uint32_t to = slot_of(scores, log, from->contact);
        if (to == slot) continue;
        if (from->count + scores->at[to + 1].count > QBG__SIGNALS_MAX) return QBG_E_RANGE;
        join(&scores->at[to + 1], from);
    }
    return QBG_OK;
}

qbg_status qbg__engagement_scan(const qbg_opportunity *opportunity, int64_t as_of, qbg__mem *mem,
                                qbg__scores *scores) {
    const qbg_workspace *workspace = opportunity->workspace;
    const qbg__log *log = &opportunity->log;
    uint32_t count = log->person_count + 1;
    qbg_status status =
        qbg__mem_reserve(mem, &scores->at, &scores->capacity, count, sizeof *scores->at);
    if (status != QBG_OK) return status;
    scores->count = count;
    scores->at[0] = (qbg__score){0, 0, QBG_UNDATED, QBG_UNDATED, 0, QBG_NONE};
    for (uint32_t slot = 0; slot < log->person_count; slot++) {
        scores->at[slot + 1] = scores->at[0];
        scores->at[slot + 1].contact = qbg__person_contact(&workspace->signals, log->people[slot]);
    }
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        if (!counts(opportunity, entry, as_of)) continue;
        int64_t time = QBG__ENTRY_TIME(entry->bits);
        const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
        int is_nobodys = kind->category == QBG_CATEGORY_THIRD_PARTY;
        add(&scores->at[is_nobodys ? 0 : entry->slot + 1], time, kind,
            decay_at(&workspace->policy, time, as_of));
    }
    status = list_visitors(scores, log, mem);
    return status == QBG_OK ? join_visitors(scores, log) : status;
}

void qbg__engagement_end(qbg__scores *scores, qbg__mem *mem) {
    qbg__mem_free(mem, scores->at, scores->capacity * sizeof *scores->at);
    qbg__mem_free(mem, scores->visitors, scores->visitor_capacity * sizeof *scores->visitors);
}

const qbg__score *qbg__engagement_of(const qbg__scores *scores, const qbg_opportunity *opportunity,
                                     uint32_t contact) {
    uint32_t slot = slot_of(scores, &opportunity->log, contact);
    if (slot == QBG_NONE || scores->at[slot + 1].count == 0) return NULL;
    return &scores->at[slot + 1];
}

double qbg__engagement_points(int64_t points_int) {
    return (double)(points_int > 0 ? points_int : 0) / QBG__POINT;
}

double qbg__engagement(const qbg_policy *policy, int64_t points_int) {
    double points = qbg__engagement_points(points_int);
    return points / (points + qbg__policy_real(policy, QBG__HALF_ENGAGEMENT_POINTS));
}

int qbg__engagement_reaches(const qbg_policy *policy, int64_t points_int, int parameter) {
    return points_int >= policy->milli[parameter] * ((int64_t)1 << 24);
}

/* ---- The ledger ---- */

enum { TIME, KIND, CONTENT, EVENT, POINTS, AGE, DECAY, CONTRIBUTION };

static qbg_table *new_ledger(const qbg_workspace *workspace) {
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    qbg__table_column(table, "time", QBG_COLUMN_INT64);
    qbg__table_column(table, "kind", QBG_COLUMN_TEXT);
    qbg__table_column(table, "content", QBG_COLUMN_TEXT);
    qbg__table_column(table, "event", QBG_COLUMN_TEXT);
    qbg__table_column(table, "points_milli", QBG_COLUMN_INT64);
    qbg__table_column(table, "age_days", QBG_COLUMN_INT64);
    qbg__table_column(table, "decay", QBG_COLUMN_INT64);
    qbg__table_column(table, "contribution", QBG_COLUMN_INT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const qbg_workspace *workspace,
                       uint32_t text) {
    if (text == QBG_NONE)
        qbg__table_null(table, column);
    else
        qbg__table_text(table, column, workspace->texts.texts[text].bytes,
                        workspace->texts.texts[text].size);
}

static void write_line(qbg_table *table, const qbg_workspace *workspace, const qbg__entry *entry,
                       int64_t as_of) {
    int64_t time = QBG__ENTRY_TIME(entry->bits);
    const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
    uint32_t decay = decay_at(&workspace->policy, time, as_of);
    qbg__table_int64(table, TIME, time);
    qbg__table_text(table, KIND, kind->key, strlen(kind->key));
    write_text(table, CONTENT, workspace, qbg__entry_cells(&workspace->signals, entry)->content);
    write_text(table, EVENT, workspace, qbg__entry_event(&workspace->signals, entry));
    qbg__table_int64(table, POINTS, kind->points_milli);
    qbg__table_int64(table, AGE, qbg__civil_whole_days(time, as_of));
    qbg__table_int64(table, DECAY, decay);
    qbg__table_int64(table, CONTRIBUTION, kind->points_milli * (int64_t)decay);
}

static int compare_texts(const qbg_workspace *workspace, const qbg__entry *a, const qbg__entry *b) {
    const qbg__signals *signals = &workspace->signals;
    const qbg__intern *texts = &workspace->texts;
    int order = strcmp(qbg__intern_text(texts, qbg__entry_cells(signals, a)->content),
                       qbg__intern_text(texts, qbg__entry_cells(signals, b)->content));
    if (order != 0) return order;
    return strcmp(qbg__intern_text(texts, qbg__entry_event(signals, a)),
                  qbg__intern_text(texts, qbg__entry_event(signals, b)));
}

/* By time, kind, content and event: lines that tie in all of them look alike. */
static int is_before(const qbg_workspace *workspace, const qbg__log *log, uint32_t a, uint32_t b) {
    uint64_t first = log->entries[a].bits, second = log->entries[b].bits;
    if (QBG__ENTRY_TIME(first) != QBG__ENTRY_TIME(second))
        return QBG__ENTRY_TIME(first) < QBG__ENTRY_TIME(second);
    int order = strcmp(qbg_kind_at(workspace, QBG__ENTRY_KIND(first))->key,
                       qbg_kind_at(workspace, QBG__ENTRY_KIND(second))->key);
    if (order == 0) order = compare_texts(workspace, &log->entries[a], &log->entries[b]);
    return order < 0;
}

/* Shell sort: in place, no recursion, and ledgers are short. */
static void sort(const qbg_workspace *workspace, const qbg__log *log, uint32_t *lines,
                 uint32_t count) {
    uint32_t gap = 1;
    while (gap < count / 3) gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < count; i++) {
            uint32_t line = lines[i], at = i;
            for (; at >= gap && is_before(workspace, log, line, lines[at - gap]); at -= gap)
                lines[at] = lines[at - gap];
            lines[at] = line;
        }
}

static int is_his(const qbg_opportunity *opportunity, const qbg__entry *entry, uint32_t contact) {
    const qbg_workspace *workspace = opportunity->workspace;
    uint32_t person = opportunity->log.people[entry->slot];
    if (qbg__person_contact(&workspace->signals, person) != contact) return 0;
    const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
    return kind->category != QBG_CATEGORY_THIRD_PARTY;
}

static qbg_status collect(const qbg_opportunity *opportunity, uint32_t contact, int64_t as_of,
                          qbg__mem *mem, uint32_t **lines, uint32_t *count, uint32_t *capacity) {
    const qbg__log *log = &opportunity->log;
    for (uint32_t i = 0; i < log->count; i++) {
        if (!counts(opportunity, &log->entries[i], as_of)) continue;
        if (!is_his(opportunity, &log->entries[i], contact)) continue;
        if (*count == QBG__SIGNALS_MAX) return QBG_E_RANGE;
        qbg_status status =
            qbg__mem_reserve(mem, lines, capacity, (uint64_t)*count + 1, sizeof **lines);
        if (status != QBG_OK) return status;
        (*lines)[(*count)++] = i;
    }
    return QBG_OK;
}

qbg_status qbg_ledger(const qbg_opportunity *opportunity, const qbg_contact *contact,
                      int64_t as_of_s, qbg_table **out_table) {
    if (!opportunity || !out_table || !qbg__contact_is_of(contact, opportunity->workspace))
        return QBG_E_ARGUMENT;
    const qbg_workspace *workspace = opportunity->workspace;
    if (qbg__is_busy(workspace)) return QBG_E_BUSY;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    qbg__mem mem = qbg__mem_fork(&workspace->mem);
    uint32_t *lines = NULL, count = 0, capacity = 0;
    qbg_status status =
        collect(opportunity, contact->number, as_of_s, &mem, &lines, &count, &capacity);
    qbg_table *table = status == QBG_OK ? new_ledger(workspace) : NULL;
    if (table) {
        sort(workspace, &opportunity->log, lines, count);
        for (uint32_t i = 0; i < count; i++)
            write_line(table, workspace, &opportunity->log.entries[lines[i]], as_of_s);
        status = qbg__table_finish(table, out_table);
    } else if (status == QBG_OK) {
        status = QBG_E_MEMORY;
    }
    qbg__mem_free(&mem, lines, capacity * sizeof *lines);
    return status;
}
