/* feed: what changed between two instants. A group is asked again at the end of every day, and each
 * answer is compared with the one before; see qbg/feed.h. Nothing is remembered between two calls,
 * so the feed of any past month is the same whenever it is asked for. */
#include "qbg/feed.h"

#include "analysis/group.h"
#include "analysis/stream.h"
#include "base/civil.h"
#include "base/real.h"
#include "base/sort.h"
#include "base/table.h"
#include "model/workspace.h"
#include "qbg/detection.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* So many of the signals that caused a change are listed. */
#define SIGNALS_SHOWN 10

/* A row of the feed. */
typedef struct change {
    int64_t time;
    uint32_t opportunity, contact, role; /* numbers, or QBG_NONE */
    uint32_t account, solution;
    int32_t kind, verdict, cause;
    uint32_t signal_count;
    size_t signals, signals_size; /* in the feed's texts */
} change;

/* A present member as he was. */
typedef struct person {
    uint32_t member, contact;
    int32_t is_engaged;
} person;

/* A group at the end of a day. */
typedef struct state {
    int64_t time;
    int32_t is_open, verdict;
    uint64_t covered; /* seats with somebody, one bit each */
    person *people;   /* by key */
    uint32_t count, capacity;
} state;

typedef struct feed {
    const qbg_workspace *workspace;
    qbg__mem mem;
    int64_t from, to;
    const qbg_opportunity *opportunity; /* that is being compared */
    qbg__group group;
    state was, is;
    const void **entries; /* of its log; and a sort's scratch */
    uint32_t entry_count, entry_capacity;
    change *changes;
    uint32_t change_count, change_capacity;
    qbg_blob texts;
} feed;

static void begin(feed *self, const qbg_workspace *workspace, int64_t from, int64_t to) {
    memset(self, 0, sizeof *self);
    self->workspace = workspace;
    self->mem = qbg__mem_fork(&workspace->mem);
    self->from = from;
    self->to = to;
    qbg__group_begin(&self->group, &workspace->mem);
    qbg__blob_begin(&self->texts, &self->mem);
}

static void end(feed *self) {
    qbg__mem *mem = &self->mem;
    qbg__group_end(&self->group);
    qbg__blob_end(&self->texts);
    qbg__mem_free(mem, self->was.people, self->was.capacity * sizeof *self->was.people);
    qbg__mem_free(mem, self->is.people, self->is.capacity * sizeof *self->is.people);
    qbg__mem_free(mem, self->entries, self->entry_capacity * sizeof *self->entries);
    qbg__mem_free(mem, self->changes, self->change_capacity * sizeof *self->changes);
}

/* ---- What caused a change ---- */

static int is_between(const feed *self, int64_t time) {
    return time > self->was.time && time <= self->is.time;
}

static int tells_between(const feed *self, const qbg__facts *facts) {
    for (uint32_t i = 0; i < facts->count; i++)
        if (is_between(self, facts->at[i].from)) return 1;
    return 0;
}

static int member_tells(const feed *self, const qbg_member *member) {
    return is_between(self, member->joined) || is_between(self, member->left) ||
           tells_between(self, &member->facts);
}

/* Did the host tell something of the person, or of the group and everybody in it? */
static int host_tells(const feed *self, uint32_t contact) {
    const qbg_opportunity *opportunity = self->opportunity;
    for (uint32_t i = 0; i < opportunity->member_count; i++) {
        const qbg_member *member = qbg__rows_at(&self->workspace->members, opportunity->members[i]);
        if (contact != QBG_NONE && member->contact != contact) continue;
        if (member_tells(self, member)) return 1;
    }
    if (is_between(self, opportunity->opened) || is_between(self, opportunity->closed)) return 1;
    if (contact != QBG_NONE) return 0;
    for (uint32_t i = 0; i < opportunity->need_count; i++)
        if (tells_between(self, &opportunity->needs[i].facts)) return 1;
    return tells_between(self, &opportunity->facts);
}

/* For one more signal, and the sort's scratch. */
static qbg_status make_room(feed *self) {
    return qbg__mem_reserve(&self->mem, &self->entries, &self->entry_capacity,
                            2 * ((uint64_t)self->entry_count + 1), sizeof *self->entries);
}

/* The counted signals of a contact, or of everybody, that did not count at `before`. */
static qbg_status collect(feed *self, uint32_t contact, int64_t before) {
    const qbg_opportunity *opportunity = self->opportunity;
    const qbg__log *log = &opportunity->log;
    self->entry_count = 0;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        if (!qbg__engagement_counts(opportunity, entry, self->is.time)) continue;
        if (before != QBG_UNDATED && qbg__engagement_counts(opportunity, entry, before)) continue;
        if (contact != QBG_NONE && !qbg__engagement_is_of(opportunity, entry, contact)) continue;
        qbg_status status = make_room(self);
        if (status != QBG_OK) return status;
        self->entries[self->entry_count++] = entry;
    }
    qbg__sort(self->entries, self->entry_count, qbg__engagement_order, self->workspace);
    return QBG_OK;
}

static void put_signal(feed *self, const change *of, int64_t time, uint32_t kind) {
    char text[24];
    if (self->texts.size > of->signals) qbg__blob_bytes(&self->texts, ";", 1);
    qbg__blob_bytes(&self->texts, text, qbg__civil_write(time, text));
    qbg__blob_bytes(&self->texts, " ", 1);
    qbg__blob_text(&self->texts, qbg_kind_at(self->workspace, kind)->key);
}

/* The latest of those that were collected, the oldest of them first. */
static void write_signals(feed *self, uint32_t most, change *out) {
    uint32_t shown = self->entry_count < most ? self->entry_count : most;
    out->signals = self->texts.size;
    for (uint32_t i = self->entry_count - shown; i < self->entry_count; i++) {
        const qbg__entry *entry = self->entries[i];
        put_signal(self, out, QBG__ENTRY_TIME(entry->bits), QBG__ENTRY_KIND(entry->bits));
    }
    out->signals_size = self->texts.size - out->signals;
}

/* What faded has a last signal, which is long ago. */
static int fades(int32_t kind) {
    return kind == QBG_CHANGE_SILENT || kind == QBG_CHANGE_UNQUALIFIED;
}

static qbg_status explain(feed *self, uint32_t contact, change *out) {
    int64_t before = self->was.is_open ? self->was.time : QBG_UNDATED;
    qbg_status status = collect(self, contact, before);
    if (status != QBG_OK) return status;
    out->signal_count = self->entry_count;
    out->cause = self->entry_count > 0       ? QBG_CAUSE_SIGNALS
                 : host_tells(self, contact) ? QBG_CAUSE_FACTS
                                             : QBG_CAUSE_AGEING;
    if (self->entry_count == 0 && fades(out->kind)) {
        status = collect(self, contact, QBG_UNDATED);
        write_signals(self, 1, out);
    } else {
        write_signals(self, SIGNALS_SHOWN, out);
    }
    return status == QBG_OK ? self->texts.status : status;
}

/* ---- Changes ---- */

static int is_of_person(int32_t kind) {
    return kind == QBG_CHANGE_JOINED || kind == QBG_CHANGE_LEFT || kind == QBG_CHANGE_ENGAGED ||
           kind == QBG_CHANGE_SILENT;
}

static qbg_status add(feed *self, int32_t kind, uint32_t contact, uint32_t role) {
    qbg_status status = qbg__mem_reserve(&self->mem, &self->changes, &self->change_capacity,
                                         (uint64_t)self->change_count + 1, sizeof *self->changes);
    if (status != QBG_OK) return status;
    change *to = &self->changes[self->change_count];
    *to = (change){.time = self->is.time,
                   .opportunity = self->opportunity->number,
                   .account = self->opportunity->account,
                   .solution = self->opportunity->solution,
                   .contact = contact,
                   .role = role,
                   .kind = kind,
                   .verdict = self->is.verdict};
    status = explain(self, is_of_person(kind) ? contact : QBG_NONE, to);
    if (status == QBG_OK) self->change_count++;
    return status;
}

static qbg_status compare_person(feed *self, const person *was, const person *is) {
    qbg_status status = QBG_OK;
    if (!was) status = add(self, QBG_CHANGE_JOINED, is->contact, QBG_NONE);
    int was_engaged = was && was->is_engaged, is_engaged = is && is->is_engaged;
    if (status == QBG_OK && is_engaged && !was_engaged)
        status = add(self, QBG_CHANGE_ENGAGED, is->contact, QBG_NONE);
    if (status == QBG_OK && was_engaged && is && !is_engaged)
        status = add(self, QBG_CHANGE_SILENT, is->contact, QBG_NONE);
    if (status == QBG_OK && !is) status = add(self, QBG_CHANGE_LEFT, was->contact, QBG_NONE);
    return status;
}

/* Both lists of people are in the order of the roster. */
static qbg_status compare_people(feed *self) {
    const qbg__roster *roster = &self->opportunity->roster;
    const person *was = self->was.people, *is = self->is.people;
    const person *was_end = was ? was + self->was.count : was;
    const person *is_end = is ? is + self->is.count : is;
    for (uint32_t i = 0; i < roster->count; i++) {
        uint32_t member = roster->cards[i].member;
        const person *before = was < was_end && was->member == member ? was++ : NULL;
        const person *now = is < is_end && is->member == member ? is++ : NULL;
        if (!before && !now) continue;
        qbg_status status = compare_person(self, before, now);
        if (status != QBG_OK) return status;
    }
    return QBG_OK;
}

/* The first one on a seat, by key. */
static uint32_t sitter(const feed *self, uint32_t seat) {
    for (uint32_t i = 0; i < self->group.member_count; i++)
        if (qbg__group_sits(&self->group, i, seat, 0)) return self->group.members[i].contact;
    return QBG_NONE;
}

static qbg_status compare_seats(feed *self) {
    const qbg_template *template_ = self->group.template_;
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) {
        int was = self->was.covered >> seat & 1, is = self->is.covered >> seat & 1;
        if (was == is) continue;
        qbg_status status =
            is ? add(self, QBG_CHANGE_ROLE_COVERED, sitter(self, seat), template_->seats[seat].role)
               : add(self, QBG_CHANGE_ROLE_LOST, QBG_NONE, template_->seats[seat].role);
        if (status != QBG_OK) return status;
    }
    return QBG_OK;
}

static qbg_status compare(feed *self) {
    const state *was = &self->was, *is = &self->is;
    if (was->is_open && !is->is_open) return add(self, QBG_CHANGE_CLOSED, QBG_NONE, QBG_NONE);
    if (!is->is_open) return QBG_OK;
    qbg_status status = QBG_OK;
    if (!was->is_open) status = add(self, QBG_CHANGE_OPENED, QBG_NONE, QBG_NONE);
    if (status == QBG_OK) status = compare_people(self);
    if (status == QBG_OK) status = compare_seats(self);
    if (status != QBG_OK || was->verdict == is->verdict) return status;
    if (is->verdict == QBG_VERDICT_QUALIFIED)
        return add(self, QBG_CHANGE_QUALIFIED, QBG_NONE, QBG_NONE);
    if (was->verdict == QBG_VERDICT_QUALIFIED)
        return add(self, QBG_CHANGE_UNQUALIFIED, QBG_NONE, QBG_NONE);
    return QBG_OK;
}

/* ---- Day by day ---- */

static qbg_status note_people(feed *self) {
    const qbg__group *group = &self->group;
    state *is = &self->is;
    qbg_status status = qbg__mem_reserve(&self->mem, &is->people, &is->capacity,
                                         group->member_count, sizeof *is->people);
    if (status != QBG_OK) return status;
    is->count = group->member_count;
    for (uint32_t i = 0; i < is->count; i++)
        is->people[i] = (person){group->members[i].member, group->members[i].contact,
                                 group->members[i].is_engaged};
    return QBG_OK;
}

/* The group as of an instant. One that is closed keeps its last verdict. */
static qbg_status look(feed *self, int64_t time) {
    const qbg_opportunity *opportunity = self->opportunity;
    state *is = &self->is;
    is->time = time;
    is->is_open = qbg__opportunity_is_open(opportunity, time);
    is->count = 0;
    is->covered = 0;
    is->verdict = self->was.verdict;
    if (!is->is_open) return QBG_OK;
    qbg_status status = qbg__group_assess(&self->group, opportunity, time);
    if (status != QBG_OK) return status;
    uint32_t seats = self->group.template_->seat_count;
    uint64_t all = seats < 64 ? ((uint64_t)1 << seats) - 1 : ~(uint64_t)0;
    is->covered = all & ~self->group.coverage.identified.vacant;
    is->verdict = self->group.verdict;
    return note_people(self);
}

static void go_on(feed *self) {
    state was = self->was;
    self->was = self->is;
    self->is = was;
}

/* The last second of the day of the next instant. */
static int64_t day_end_after(int64_t time) {
    return ((time + 1) / QBG__DAY_S + 1) * QBG__DAY_S - 1;
}

static qbg_status follow(feed *self, const qbg_opportunity *opportunity) {
    self->opportunity = opportunity;
    self->was.verdict = QBG_VERDICT_SILENT;
    qbg_status status = look(self, self->from);
    while (status == QBG_OK && self->is.time < self->to) {
        int64_t next = day_end_after(self->is.time);
        go_on(self);
        status = look(self, next < self->to ? next : self->to);
        if (status == QBG_OK) status = compare(self);
    }
    return status;
}

/* ---- Groups that form ---- */

/* Signals of a stream by time, then kind. */
static int by_moment(const void *a, const void *b, const void *context) {
    const qbg__pair *first = a, *second = b;
    int64_t time = QBG__MOMENT_TIME(first), other = QBG__MOMENT_TIME(second);
    if (time != other) return time < other ? -1 : 1;
    return strcmp(qbg_kind_at(context, QBG__MOMENT_KIND(first))->key,
                  qbg_kind_at(context, QBG__MOMENT_KIND(second))->key);
}

/* Those of people, from the first of them who came until the group crossed the line. */
static qbg_status collect_moments(feed *self, const qbg__stream *stream, int64_t since,
                                  int64_t crossed) {
    self->entry_count = 0;
    for (uint32_t i = 0; i < stream->moment_count; i++) {
        const qbg__pair *at = &stream->moments[i];
        if (QBG__MOMENT_PERSON(at) == QBG_NONE) continue;
        if (QBG__MOMENT_TIME(at) < since || QBG__MOMENT_TIME(at) > crossed) continue;
        qbg_status status = make_room(self);
        if (status != QBG_OK) return status;
        self->entries[self->entry_count++] = at;
    }
    qbg__sort(self->entries, self->entry_count, by_moment, self->workspace);
    return QBG_OK;
}

static void write_moments(feed *self, change *out) {
    uint32_t shown = self->entry_count < SIGNALS_SHOWN ? self->entry_count : SIGNALS_SHOWN;
    out->signal_count = self->entry_count;
    out->signals = self->texts.size;
    for (uint32_t i = self->entry_count - shown; i < self->entry_count; i++) {
        const qbg__pair *at = self->entries[i];
        put_signal(self, out, QBG__MOMENT_TIME(at), QBG__MOMENT_KIND(at));
    }
    out->signals_size = self->texts.size - out->signals;
}

static qbg_status explain_forming(feed *self, qbg__streams *streams, int64_t since, int64_t crossed,
                                  change *out) {
    const qbg_account *account = qbg_account_at(self->workspace, out->account);
    qbg_status status = qbg__streams_read(streams, account, crossed);
    qbg__stream stream;
    int is_there = 1;
    while (status == QBG_OK && is_there) {
        status = qbg__streams_next(streams, &stream, &is_there);
        if (status != QBG_OK || !is_there || stream.solution != out->solution) continue;
        status = collect_moments(self, &stream, since, crossed);
        if (status == QBG_OK) write_moments(self, out);
    }
    return status == QBG_OK ? self->texts.status : status;
}

/* Was it told already, by an earlier look at the same book? */
static int is_known(const feed *self, const change *one) {
    for (uint32_t i = 0; i < self->change_count; i++) {
        const change *at = &self->changes[i];
        if (at->kind == one->kind && at->account == one->account && at->solution == one->solution &&
            at->time == one->time)
            return 1;
    }
    return 0;
}

static int64_t number_at(const qbg_table *groups, const char *name, int64_t row) {
    return qbg_table_int64_at(groups, qbg_table_column_find(groups, name), row);
}

static uint32_t solution_at(const feed *self, const qbg_table *groups, int64_t row) {
    int64_t size;
    const char *key =
        qbg_table_text_at(groups, qbg_table_column_find(groups, "solution"), row, &size);
    for (uint32_t i = 0; i < qbg_solution_count(self->workspace); i++) {
        const qbg_solution *at = qbg_solution_at(self->workspace, i);
        if (at && strlen(at->key) == (size_t)size && memcmp(at->key, key, (size_t)size) == 0)
            return at->number;
    }
    return QBG_NONE;
}

static qbg_status add_forming(feed *self, qbg__streams *streams, const qbg_table *groups,
                              int64_t row) {
    int64_t crossed = number_at(groups, "crossed", row);
    int64_t day_end = day_end_after(crossed - 1);
    change one = {.time = day_end < self->to ? day_end : self->to,
                  .opportunity = QBG_NONE,
                  .contact = QBG_NONE,
                  .role = QBG_NONE,
                  .account = (uint32_t)number_at(groups, "account_number", row),
                  .solution = solution_at(self, groups, row),
                  .kind = QBG_CHANGE_FORMING,
                  .verdict = QBG_UNSET,
                  .cause = QBG_CAUSE_SIGNALS};
    if (crossed <= self->from || is_known(self, &one)) return QBG_OK;
    qbg_status status =
        explain_forming(self, streams, number_at(groups, "since", row), crossed, &one);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&self->mem, &self->changes, &self->change_capacity,
                                  (uint64_t)self->change_count + 1, sizeof *self->changes);
    if (status == QBG_OK) self->changes[self->change_count++] = one;
    return status;
}

static qbg_status look_for_groups(feed *self, qbg__streams *streams, int64_t as_of,
                                  const qbg_baseline *baseline) {
    qbg_table *groups = NULL;
    qbg_status status = qbg_detect(self->workspace, as_of, baseline, &groups);
    for (int64_t row = 0; status == QBG_OK && row < qbg_table_row_count(groups); row++)
        status = add_forming(self, streams, groups, row);
    qbg_table_free(groups);
    return status;
}

/* A group is told for a window's length after the last day that was unusual, so a look each window
 * misses none. */
static qbg_status find_forming(feed *self, const qbg_baseline *baseline) {
    const qbg_policy *policy = &self->workspace->policy;
    int64_t window_s = qbg__policy_whole(policy, QBG__FORMATION_WINDOW_DAYS) * QBG__DAY_S;
    qbg__streams streams;
    qbg__streams_begin(&streams, self->workspace);
    qbg_status status = QBG_OK;
    for (int64_t at = self->from + window_s; at < self->to && status == QBG_OK; at += window_s)
        status = look_for_groups(self, &streams, at, baseline);
    if (status == QBG_OK) status = look_for_groups(self, &streams, self->to, baseline);
    qbg__streams_end(&streams);
    return status;
}

/* ---- The table ---- */

enum {
    TIME,
    CHANGE,
    OPPORTUNITY,
    ACCOUNT,
    SOLUTION,
    CONTACT,
    ROLE,
    VERDICT,
    BECAUSE,
    SIGNALS,
    SIGNAL_COUNT,
    NUMBER,
    OPPORTUNITY_TAG,
    CONTACT_TAG
};

static qbg_table *new_table(const qbg_workspace *workspace) {
    static const char *const texts[] = {"opportunity", "account", "solution", "contact",
                                        "role",        "verdict", "because",  "signals"};
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    qbg__table_column(table, "time", QBG_COLUMN_TIME);
    qbg__table_column(table, "change", QBG_COLUMN_TEXT);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        qbg__table_column(table, texts[i], QBG_COLUMN_TEXT);
    qbg__table_column(table, "signal_count", QBG_COLUMN_INT64);
    qbg__table_column(table, "opportunity_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "opportunity_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "contact_tag", QBG_COLUMN_UINT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    qbg__table_text(table, column, text, strlen(text));
}

static const char *account_key(const feed *self, const change *of) {
    return qbg_account_key(qbg_account_at(self->workspace, of->account));
}

/* "" for none. */
static const char *solution_key(const feed *self, const change *of) {
    return qbg_solution_key(qbg_solution_at(self->workspace, of->solution));
}

static void write_contact(qbg_table *table, const qbg_workspace *workspace, uint32_t number) {
    const qbg_contact *contact = qbg__rows_at(&workspace->contacts, number);
    if (!contact) {
        qbg__table_null(table, CONTACT);
        qbg__table_null(table, CONTACT_TAG);
        return;
    }
    write_text(table, CONTACT, contact->key);
    qbg__table_uint64(table, CONTACT_TAG, contact->tag);
}

static void write_word(qbg_table *table, int32_t column, int32_t vocabulary, int32_t word) {
    if (word == QBG_UNSET)
        qbg__table_null(table, column);
    else
        write_text(table, column, qbg_word_key(vocabulary, word));
}

static void write_opportunity(qbg_table *table, const qbg_opportunity *opportunity) {
    if (!opportunity) {
        qbg__table_null(table, OPPORTUNITY);
        qbg__table_null(table, NUMBER);
        qbg__table_null(table, OPPORTUNITY_TAG);
        return;
    }
    write_text(table, OPPORTUNITY, opportunity->key);
    qbg__table_int64(table, NUMBER, opportunity->number);
    qbg__table_uint64(table, OPPORTUNITY_TAG, opportunity->tag);
}

static void write_change(qbg_table *table, const feed *self, const change *row) {
    const qbg_workspace *workspace = self->workspace;
    qbg__table_int64(table, TIME, row->time);
    write_word(table, CHANGE, QBG_WORDS_CHANGE, row->kind);
    write_opportunity(table, qbg__rows_at(&workspace->opportunities, row->opportunity));
    write_text(table, ACCOUNT, account_key(self, row));
    if (row->solution == QBG_NONE)
        qbg__table_null(table, SOLUTION);
    else
        write_text(table, SOLUTION, solution_key(self, row));
    write_contact(table, workspace, row->contact);
    if (row->role == QBG_NONE)
        qbg__table_null(table, ROLE);
    else
        write_text(table, ROLE, qbg_role_at(workspace, row->role)->key);
    write_word(table, VERDICT, QBG_WORDS_VERDICT, row->verdict);
    write_word(table, BECAUSE, QBG_WORDS_CAUSE, row->cause);
    if (row->signals_size == 0)
        qbg__table_null(table, SIGNALS);
    else
        qbg__table_text(table, SIGNALS, self->texts.bytes + row->signals, row->signals_size);
    qbg__table_int64(table, SIGNAL_COUNT, row->signal_count);
}

static const char *opportunity_key(const feed *self, const change *of) {
    const qbg_opportunity *row = qbg__rows_at(&self->workspace->opportunities, of->opportunity);
    return row ? row->key : "";
}

/* By time, opportunity key (none first), change, account and solution; people come by key, and
 * roles in template order, already. */
static int by_time(const void *a, const void *b, const void *context) {
    const feed *self = context;
    const change *first = a, *second = b;
    if (first->time != second->time) return first->time < second->time ? -1 : 1;
    int order = strcmp(opportunity_key(self, first), opportunity_key(self, second));
    if (order != 0) return order;
    if (first->kind != second->kind) return first->kind < second->kind ? -1 : 1;
    order = strcmp(account_key(self, first), account_key(self, second));
    return order != 0 ? order : strcmp(solution_key(self, first), solution_key(self, second));
}

static qbg_status write(const feed *self, qbg_table **out_table) {
    qbg__mem mem = qbg__mem_fork(&self->mem);
    size_t size = 2 * (size_t)self->change_count * sizeof(void *);
    const void **order = qbg__mem_alloc(&mem, size + 1);
    qbg_table *table = order ? new_table(self->workspace) : NULL;
    qbg_status status = QBG_E_MEMORY;
    if (table) {
        for (uint32_t i = 0; i < self->change_count; i++) order[i] = &self->changes[i];
        qbg__sort(order, self->change_count, by_time, self);
        for (uint32_t i = 0; i < self->change_count; i++) write_change(table, self, order[i]);
        status = qbg__table_finish(table, out_table);
    }
    qbg__mem_free(&mem, order, order ? size + 1 : 0);
    return status;
}

/* ---- The public door ---- */

static qbg_status check(int64_t from, int64_t to, qbg_table **out_table) {
    if (!out_table) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(from) || !qbg__time_is_valid(to) || to <= from) return QBG_E_RANGE;
    return QBG_OK;
}

static qbg_status finish(feed *self, qbg_status status, qbg_table **out_table) {
    if (status == QBG_OK) status = write(self, out_table);
    end(self);
    return status;
}

qbg_status qbg_feed(const qbg_workspace *workspace, int64_t from_s, int64_t to_s,
                    const qbg_baseline *baseline, qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status == QBG_OK) status = check(from_s, to_s, out_table);
    if (status != QBG_OK) return status;
    feed self;
    begin(&self, workspace, from_s, to_s);
    uint32_t count = qbg_opportunity_count(workspace);
    for (uint32_t i = 0; i < count && status == QBG_OK; i++) {
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (opportunity) status = follow(&self, opportunity);
    }
    if (status == QBG_OK) status = find_forming(&self, baseline);
    return finish(&self, status, out_table);
}

qbg_status qbg_opportunity_feed(const qbg_opportunity *opportunity, int64_t from_s, int64_t to_s,
                                qbg_table **out_table) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status == QBG_OK) status = check(from_s, to_s, out_table);
    if (status != QBG_OK) return status;
    feed self;
    begin(&self, opportunity->workspace, from_s, to_s);
    return finish(&self, follow(&self, opportunity), out_table);
}
