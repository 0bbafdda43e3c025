/* engagement: whose the tallies of a log are: contacts, visitors, who of them are one; see
 * engagement.h. */
#include "analysis/engagement.h"

#include "base/civil.h"
#include "base/sort.h"
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
    const qbg_member *member =
        qbg__member_of(opportunity, qbg__rows_at(&workspace->contacts, contact));
    if (member) qbg__member_life(member, &start, &end);
    return start;
}

int qbg__engagement_counts(const qbg_opportunity *opportunity, const qbg__entry *entry,
                           int64_t as_of) {
    if (QBG__ENTRY_TIME(entry->bits) > as_of) return 0;
    if (QBG__ENTRY_WAIT(entry->bits) == QBG__WAIT_NOT) return 1;
    uint32_t person = opportunity->log.people[entry->slot];
    uint32_t contact = qbg__person_contact(&opportunity->workspace->signals, person);
    return start_of(opportunity, entry->bits, contact) <= as_of;
}

static void join(qbg__score *to, qbg__score *from) {
    for (int sort = 0; sort < QBG__SORTS; sort++) {
        to->of[sort].points += from->of[sort].points;
        to->of[sort].last = qbg__later_stamp(to->of[sort].last, from->of[sort].last);
    }
    qbg__score_end(from);
}

static uint32_t slot_at(const qbg__scores *scores, uint32_t visitor) {
    const qbg__score *score = scores->visitors[visitor];
    return (uint32_t)(score - scores->at) - 1;
}

static uint32_t contact_at(const qbg__scores *scores, uint32_t visitor) {
    return ((const qbg__score *)scores->visitors[visitor])->contact;
}

static int by_contact(const void *a, const void *b, const void *context) {
    const qbg__score *first = a, *second = b;
    (void)context;
    return (first->contact > second->contact) - (first->contact < second->contact);
}

/* Those of one contact stay by slot, as they were found. */
static qbg_status list_visitors(qbg__scores *scores, const qbg__log *log, qbg__mem *mem) {
    qbg_status status = QBG_OK;
    scores->visitor_count = 0;
    for (uint32_t slot = 0; slot < log->person_count && status == QBG_OK; slot++) {
        const qbg__score *score = &scores->at[slot + 1];
        if (!(log->people[slot] & QBG__GUEST) || score->contact == QBG_NONE) continue;
        status =
            qbg__mem_reserve(mem, &scores->visitors, &scores->visitor_capacity,
                             2 * ((uint64_t)scores->visitor_count + 1), sizeof *scores->visitors);
        if (status == QBG_OK) scores->visitors[scores->visitor_count++] = score;
    }
    if (status == QBG_OK) qbg__sort(scores->visitors, scores->visitor_count, by_contact, NULL);
    return status;
}

/* The first slot of a visitor who is that contact, or QBG_NONE. */
static uint32_t visitor_slot(const qbg__scores *scores, uint32_t contact) {
    uint32_t low = 0, high = scores->visitor_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (contact_at(scores, middle) < contact)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == scores->visitor_count || contact_at(scores, low) != contact) return QBG_NONE;
    return slot_at(scores, low);
}

uint32_t qbg__engagement_slot(const qbg__scores *scores, const qbg__log *log, uint32_t contact) {
    uint32_t own = qbg__log_slot(log, contact);
    return own != QBG_NONE ? own : visitor_slot(scores, contact);
}

/* ---- The scan ---- */

/* Nobody has done anything yet. Counts the visitors who are known. */
static void begin(qbg__scores *scores, const qbg__signals *signals, const qbg__log *log) {
    scores->count = log->person_count + 1;
    scores->visitor_count = 0;
    memset(scores->at, 0, scores->count * sizeof *scores->at);
    scores->at[0].contact = QBG_NONE;
    for (uint32_t slot = 0; slot < log->person_count; slot++) {
        uint32_t person = log->people[slot], contact = person;
        if (person & QBG__GUEST) {
            contact = qbg__person_contact(signals, person);
            scores->visitor_count += contact != QBG_NONE;
        }
        scores->at[slot + 1].contact = contact;
    }
}

static qbg__scale scale_of(const qbg_workspace *workspace, int64_t as_of) {
    const qbg_policy *policy = &workspace->policy;
    return (qbg__scale){workspace->worths, policy->decay, policy->last_age, qbg__stamp_of(as_of)};
}

/* Runs of what counts by its time alone, and in between what has to be looked at. */
static void add_up(const qbg_opportunity *opportunity, int64_t as_of, qbg__score *scores) {
    const qbg__log *log = &opportunity->log;
    const qbg__scale scale = scale_of(opportunity->workspace, as_of);
    const qbg__entry *at = log->entries, *end = log->entries + log->count;
    while ((at = qbg__tally_run(&scale, at, end, scores)) < end) {
        if (qbg__engagement_counts(opportunity, at, as_of))
            qbg__tally_add(&scale, at, QBG__ENTRY_STAMP(at->bits), scores);
        at++;
    }
}

/* Could a sum not fit? Only a log with more entries than one person may have is counted first. */
static qbg_status check_range(const qbg_opportunity *opportunity, int64_t as_of,
                              qbg__scores *scores) {
    const qbg__log *log = &opportunity->log;
    if (log->count <= QBG__SIGNALS_MAX) return QBG_OK;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        if (!qbg__engagement_counts(opportunity, entry, as_of)) continue;
        const qbg__worth *worth = &opportunity->workspace->worths[QBG__ENTRY_KIND(entry->bits)];
        scores->at[(entry->slot + 1) & worth->somebody].count++;
    }
    for (uint32_t i = 0; i < scores->visitor_count; i++) {
        uint32_t slot = slot_at(scores, i);
        uint32_t to = qbg__engagement_slot(scores, log, contact_at(scores, i));
        if (to != slot) scores->at[to + 1].count += scores->at[slot + 1].count;
    }
    for (uint32_t i = 0; i < scores->count; i++) {
        if (scores->at[i].count > QBG__SIGNALS_MAX) return QBG_E_RANGE;
        scores->at[i].count = 0;
    }
    return QBG_OK;
}

/* Joins what a contact did as a visitor to what he did by name. */
static void join_visitors(qbg__scores *scores, const qbg__log *log) {
    for (uint32_t i = 0; i < scores->visitor_count; i++) {
        uint32_t slot = slot_at(scores, i);
        uint32_t to = qbg__engagement_slot(scores, log, contact_at(scores, i));
        if (to != slot) join(&scores->at[to + 1], &scores->at[slot + 1]);
    }
}

qbg_status qbg__engagement_scan(const qbg_opportunity *opportunity, int64_t as_of, qbg__mem *mem,
                                qbg__scores *scores) {
    const qbg__log *log = &opportunity->log;
    qbg_status status = qbg__mem_reserve(mem, &scores->at, &scores->capacity,
                                         (uint64_t)log->person_count + 1, sizeof *scores->at);
    if (status != QBG_OK) return status;
    begin(scores, &opportunity->workspace->signals, log);
    if (scores->visitor_count > 0) status = list_visitors(scores, log, mem);
    if (status == QBG_OK) status = check_range(opportunity, as_of, scores);
    if (status != QBG_OK) return status;
    add_up(opportunity, as_of, scores->at);
    join_visitors(scores, log);
    return QBG_OK;
}

uint32_t qbg__engagement_third_party(const qbg_opportunity *opportunity, int64_t as_of) {
    const qbg__log *log = &opportunity->log;
    uint32_t count = 0;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        const qbg__worth *worth = &opportunity->workspace->worths[QBG__ENTRY_KIND(entry->bits)];
        count += worth->somebody == 0 && qbg__engagement_counts(opportunity, entry, as_of);
    }
    return count;
}

void qbg__engagement_end(qbg__scores *scores, qbg__mem *mem) {
    qbg__mem_free(mem, scores->at, scores->capacity * sizeof *scores->at);
    qbg__mem_free(mem, scores->visitors, scores->visitor_capacity * sizeof *scores->visitors);
}

double qbg__engagement_points(int64_t points_int) {
    return (double)(points_int > 0 ? points_int : 0) / QBG__POINT;
}

double qbg__engagement(const qbg_policy *policy, int64_t points_int) {
    return qbg__engagement_half(qbg__policy_real(policy, QBG__HALF_ENGAGEMENT_POINTS), points_int);
}

/* ---- The ledger ---- */

enum { TIME, KIND, CONTENT, EVENT, POINTS, AGE, DECAY, CONTRIBUTION, KIND_TAG };

static qbg_table *new_ledger(const qbg_workspace *workspace) {
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    qbg__table_column(table, "time", QBG_COLUMN_TIME);
    qbg__table_column(table, "kind", QBG_COLUMN_TEXT);
    qbg__table_column(table, "content", QBG_COLUMN_TEXT);
    qbg__table_column(table, "event", QBG_COLUMN_TEXT);
    qbg__table_column(table, "points_milli", QBG_COLUMN_INT64);
    qbg__table_column(table, "age_days", QBG_COLUMN_INT64);
    qbg__table_column(table, "decay", QBG_COLUMN_INT64);
    qbg__table_column(table, "contribution", QBG_COLUMN_INT64);
    qbg__table_column(table, "kind_tag", QBG_COLUMN_UINT64);
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

static uint32_t content_of(const qbg_workspace *workspace, const qbg__entry *entry) {
    return qbg__content_of(entry->bits, qbg__entry_cells(&workspace->signals, entry));
}

static void write_line(qbg_table *table, const qbg_workspace *workspace, const qbg__entry *entry,
                       int64_t as_of) {
    int64_t time = QBG__ENTRY_TIME(entry->bits);
    const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
    const qbg__scale scale = scale_of(workspace, as_of);
    uint32_t decay = qbg__scale_decay(&scale, QBG__ENTRY_STAMP(entry->bits));
    qbg__table_int64(table, TIME, time);
    qbg__table_text(table, KIND, kind->key, strlen(kind->key));
    write_text(table, CONTENT, workspace, content_of(workspace, entry));
    qbg__letters_room room;
    const char *event = qbg__entry_event(&workspace->signals, entry, room);
    if (event[0] == '\0')
        qbg__table_null(table, EVENT);
    else
        qbg__table_text(table, EVENT, event, strlen(event));
    qbg__table_int64(table, POINTS, kind->points_milli);
    qbg__table_int64(table, AGE, qbg__civil_whole_days(time, as_of));
    qbg__table_int64(table, DECAY, decay);
    qbg__table_int64(table, CONTRIBUTION, kind->points_milli * (int64_t)decay);
    qbg__table_uint64(table, KIND_TAG, kind->tag);
}

static int compare_texts(const qbg_workspace *workspace, const qbg__entry *a, const qbg__entry *b) {
    const qbg__signals *signals = &workspace->signals;
    const qbg__intern *texts = &workspace->texts;
    int order = strcmp(qbg__intern_text(texts, content_of(workspace, a)),
                       qbg__intern_text(texts, content_of(workspace, b)));
    if (order != 0) return order;
    qbg__letters_room first, second;
    return strcmp(qbg__entry_event(signals, a, first), qbg__entry_event(signals, b, second));
}

int qbg__engagement_order(const void *a, const void *b, const void *context) {
    const qbg_workspace *workspace = context;
    const qbg__entry *first = a, *second = b;
    int64_t time = QBG__ENTRY_TIME(first->bits), other = QBG__ENTRY_TIME(second->bits);
    if (time != other) return time < other ? -1 : 1;
    int order = strcmp(qbg_kind_at(workspace, QBG__ENTRY_KIND(first->bits))->key,
                       qbg_kind_at(workspace, QBG__ENTRY_KIND(second->bits))->key);
    return order != 0 ? order : compare_texts(workspace, first, second);
}

int qbg__engagement_is_of(const qbg_opportunity *opportunity, const qbg__entry *entry,
                          uint32_t contact) {
    const qbg_workspace *workspace = opportunity->workspace;
    uint32_t person = opportunity->log.people[entry->slot];
    if (qbg__person_contact(&workspace->signals, person) != contact) return 0;
    const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
    return kind->category != QBG_CATEGORY_THIRD_PARTY;
}

/* The lines of a ledger. */
typedef struct lines {
    const void **at; /* entries of the log; and a sort's scratch */
    uint32_t count, capacity;
} lines;

static qbg_status collect(const qbg_opportunity *opportunity, uint32_t contact, int64_t as_of,
                          qbg__mem *mem, lines *out) {
    const qbg__log *log = &opportunity->log;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        if (!qbg__engagement_counts(opportunity, entry, as_of)) continue;
        if (!qbg__engagement_is_of(opportunity, entry, contact)) continue;
        if (out->count == QBG__SIGNALS_MAX) return QBG_E_RANGE;
        qbg_status status = qbg__mem_reserve(mem, &out->at, &out->capacity,
                                             2 * ((uint64_t)out->count + 1), sizeof *out->at);
        if (status != QBG_OK) return status;
        out->at[out->count++] = entry;
    }
    return QBG_OK;
}

qbg_status qbg_ledger(const qbg_opportunity *opportunity, const qbg_contact *contact,
                      int64_t as_of_s, qbg_table **out_table) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK) return status;
    if (!out_table || !qbg__contact_is_of(contact, opportunity->workspace)) return QBG_E_ARGUMENT;
    contact = qbg__contact_live(contact);
    if (!contact) return QBG_E_GONE;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    const qbg_workspace *workspace = opportunity->workspace;
    qbg__mem mem = qbg__mem_fork(&workspace->mem);
    lines found = {NULL, 0, 0};
    status = collect(opportunity, contact->number, as_of_s, &mem, &found);
    qbg_table *table = status == QBG_OK ? new_ledger(workspace) : NULL;
    if (table) {
        qbg__sort(found.at, found.count, qbg__engagement_order, workspace);
        for (uint32_t i = 0; i < found.count; i++)
            write_line(table, workspace, found.at[i], as_of_s);
        status = qbg__table_finish(table, out_table);
    } else if (status == QBG_OK) {
        status = QBG_E_MEMORY;
    }
    qbg__mem_free(&mem, found.at, found.capacity * sizeof *found.at);
    return status;
}
