/* detection: for each account and solution the instants at which somebody new came within the last
 * window, and how unusual the window before each is; those that chain back from there tell when it
 * began. So a day costs one reading of the signals, and is answered as it was on that day. See
 * qbg/detection.h and docs/detection.md. */
#include "qbg/detection.h"

#include "analysis/baseline.h"
#include "analysis/coverage.h"
#include "analysis/stream.h"
#include "base/blob.h"
#include "base/civil.h"
#include "base/real.h"
#include "base/scan.h"
#include "base/sort.h"
#include "base/table.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* The texts of a row that are made of several pieces. */
enum { DEPARTMENTS_TEXT, CATEGORIES_TEXT, WHO_TEXT, ROLES_TEXT, MISSING_TEXT, TEXTS };

/* A text among those that were written. */
typedef struct piece {
    size_t start, size;
} piece;

/* A group that forms. */
typedef struct group {
    qbg__surprise surprise; /* at the most unusual instant */
    int64_t since, crossed;
    uint32_t account, solution, opportunity; /* numbers; the last two or QBG_NONE */
    uint32_t heads;
    uint32_t people, visitors, regulars;
    piece texts[TEXTS];
} group;

typedef struct finder {
    qbg__mem mem;
    const qbg_workspace *workspace;
    int64_t as_of, window_s, history_s;
    uint32_t least_heads, least_departments;
    double most_alarms; /* a year in one account-solution */
    qbg__usual usual;
    qbg__streams streams;
    qbg__surprise_scratch scratch;
    qbg_blob texts;
    group *groups;
    uint32_t count, capacity;
    const void **who; /* contacts; and a sort's scratch */
    uint32_t who_count, who_capacity;
    qbg__holder *holders; /* one for each of them */
    uint32_t holder_capacity;
    const void **order; /* of the groups; and a sort's scratch */
    uint32_t order_capacity;
} finder;

static void begin(finder *self, const qbg_workspace *workspace, int64_t as_of,
                  const qbg_baseline *baseline) {
    const qbg_policy *policy = &workspace->policy;
    memset(self, 0, sizeof *self);
    self->mem = qbg__mem_fork(&workspace->mem);
    self->workspace = workspace;
    self->as_of = as_of;
    self->window_s = qbg__policy_whole(policy, QBG__FORMATION_WINDOW_DAYS) * QBG__DAY_S;
    self->history_s = qbg__policy_whole(policy, QBG__FORMATION_HISTORY_DAYS) * QBG__DAY_S;
    self->least_heads = (uint32_t)qbg__policy_whole(policy, QBG__FORMATION_PEOPLE);
    self->least_departments = (uint32_t)qbg__policy_whole(policy, QBG__FORMATION_DEPARTMENTS);
    self->most_alarms = qbg__policy_real(policy, QBG__FORMATION_FALSE_ALARMS) / 1000.0;
    qbg__baseline_fit(baseline, workspace, &self->usual);
    qbg__streams_begin(&self->streams, workspace);
    qbg__surprise_begin(&self->scratch, &workspace->mem);
    qbg__blob_begin(&self->texts, &workspace->mem);
}

static void end(finder *self) {
    qbg__mem *mem = &self->mem;
    qbg__streams_end(&self->streams);
    qbg__surprise_end(&self->scratch);
    qbg__blob_end(&self->texts);
    qbg__mem_free(mem, self->groups, self->capacity * sizeof *self->groups);
    qbg__mem_free(mem, self->who, self->who_capacity * sizeof *self->who);
    qbg__mem_free(mem, self->holders, self->holder_capacity * sizeof *self->holders);
    qbg__mem_free(mem, self->order, self->order_capacity * sizeof *self->order);
}

/* ---- One instant ----------------------------------------------------------------------------- */

/* The first arrival later than an instant. */
static uint32_t first_after(const qbg__stream *stream, int64_t time) {
    uint32_t low = 0, high = stream->arrival_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (QBG__ARRIVAL_TIME(&stream->arrivals[middle]) <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t visitors_before(const qbg__stream *stream, uint32_t arrival) {
    if (arrival < stream->arrival_count) return QBG__ARRIVAL_VISITORS(&stream->arrivals[arrival]);
    if (arrival == 0) return 0;
    const qbg__pair *last = &stream->arrivals[arrival - 1];
    return QBG__ARRIVAL_VISITORS(last) +
           (uint32_t)qbg__person_is_visitor(QBG__ARRIVAL_PERSON(last));
}

static qbg__came count(const qbg__stream *stream, uint32_t from, uint32_t to) {
    uint32_t visitors = visitors_before(stream, to) - visitors_before(stream, from);
    return (qbg__came){to - from - visitors, visitors};
}

static const qbg_contact *contact_at(const finder *self, uint32_t person) {
    return qbg__rows_at(&self->workspace->contacts, person);
}

static uint32_t department_of(const qbg_contact *contact) {
    int32_t department = qbg_contact_department(contact);
    return department == QBG_UNSET ? 0 : (uint32_t)1 << department;
}

static uint32_t bit_count(uint32_t bits) {
    uint32_t found = 0;
    for (; bits != 0; bits &= bits - 1) found++;
    return found;
}

static int are_of_enough_departments(const finder *self, const qbg__stream *stream, uint32_t from,
                                     uint32_t to) {
    uint32_t departments = 0;
    for (uint32_t i = from; i < to && self->least_departments > 0; i++) {
        uint32_t person = QBG__ARRIVAL_PERSON(&stream->arrivals[i]);
        if (!qbg__person_is_visitor(person)) departments |= department_of(contact_at(self, person));
    }
    return bit_count(departments) >= self->least_departments;
}

/* What is usual is told by the history that ends a window's length before the window, so that the
 * first people of a group that forms slowly do not make the others look usual. */
static qbg__came history_of(const finder *self, const qbg__stream *stream, int64_t time) {
    int64_t end = time - 2 * self->window_s;
    return count(stream, first_after(stream, end - self->history_s), first_after(stream, end));
}

/* More than the account's own history makes usual by two standard deviations of a Poisson count?
 * What is not is no group whatever the book says, and needs no more arithmetic. */
static int is_above_usual(const finder *self, qbg__came history, uint32_t heads) {
    double came = (double)history.contacts +
                  (double)history.visitors * ((double)self->usual.visitor_milli / 1000.0);
    double usual = came * (double)self->window_s / (double)self->history_s;
    double above = (double)heads - usual;
    return above > 0 && above * above > 4 * usual;
}

/* What an instant at which somebody new came is like. */
typedef struct instant {
    uint32_t heads;
    qbg__surprise surprise; /* once that was asked for */
} instant;

static int64_t time_of(const qbg__stream *stream, uint32_t arrival) {
    return QBG__ARRIVAL_TIME(&stream->arrivals[arrival]);
}

/* Of those who came at one instant the last one stands for all. */
static int is_last_of_instant(const qbg__stream *stream, uint32_t arrival) {
    return arrival + 1 == stream->arrival_count ||
           time_of(stream, arrival) != time_of(stream, arrival + 1);
}

static instant count_at(const finder *self, const qbg__stream *stream, uint32_t arrival) {
    int64_t time = time_of(stream, arrival);
    uint32_t from = first_after(stream, time - self->window_s);
    const qbg__came window = count(stream, from, arrival + 1);
    return (instant){.heads = qbg__heads_of(window, self->usual.visitor_milli)};
}

static qbg_status measure(finder *self, const qbg__stream *stream, uint32_t arrival, instant *at) {
    const qbg__came history = history_of(self, stream, time_of(stream, arrival));
    return qbg__surprise_of(&self->usual, history, at->heads, &self->scratch, &at->surprise);
}

/* The cheap questions first: most instants fail one of them. */
static qbg_status is_unusual(finder *self, const qbg__stream *stream, uint32_t arrival,
                             instant *out, int *out_is) {
    int64_t time = time_of(stream, arrival);
    *out_is = 0;
    *out = count_at(self, stream, arrival);
    if (out->heads < self->least_heads) return QBG_OK;
    if (!is_above_usual(self, history_of(self, stream, time), out->heads)) return QBG_OK;
    uint32_t from = first_after(stream, time - self->window_s);
    if (!are_of_enough_departments(self, stream, from, arrival + 1)) return QBG_OK;
    qbg_status status = measure(self, stream, arrival, out);
    *out_is = status == QBG_OK && out->surprise.alarms <= self->most_alarms;
    return status;
}

/* The first unusual one later than `after`, among the arrivals before `end`; or QBG_NONE. */
static qbg_status first_unusual(finder *self, const qbg__stream *stream, int64_t after,
                                uint32_t end, instant *out, uint32_t *out_arrival) {
    int is = 0;
    *out_arrival = QBG_NONE;
    for (uint32_t i = first_after(stream, after); i < end; i++) {
        if (!is_last_of_instant(stream, i)) continue;
        qbg_status status = is_unusual(self, stream, i, out, &is);
        if (status != QBG_OK) return status;
        if (!is) continue;
        *out_arrival = i;
        return QBG_OK;
    }
    return QBG_OK;
}

/* The instant with the most people from the crossing on, if that is the more unusual one: of a
 * crowd not each instant need be measured. */
static qbg_status find_most_unusual(finder *self, const qbg__stream *stream, uint32_t crossing,
                                    group *out) {
    uint32_t most = crossing;
    instant best = {.heads = 0};
    for (uint32_t i = crossing; i < stream->arrival_count; i++) {
        if (!is_last_of_instant(stream, i)) continue;
        const instant at = count_at(self, stream, i);
        if (at.heads < best.heads) continue;
        best = at;
        most = i;
    }
    qbg_status status = most == crossing ? QBG_OK : measure(self, stream, most, &best);
    if (status != QBG_OK || most == crossing) return status;
    if (best.surprise.alarms >= out->surprise.alarms) return QBG_OK;
    out->surprise = best.surprise;
    out->heads = best.heads;
    return QBG_OK;
}

/* Is there an unusual instant in the window that is asked about? Then the first one of those that
 * lie within a window's length of the next each. Each instant is looked at once at most, the older
 * ones first: when somebody crossed the line, what came behind need not be looked at. */
static qbg_status find_crossing(finder *self, const qbg__stream *stream, group *out,
                                int *out_is_there) {
    int64_t after = self->as_of - self->window_s;
    uint32_t end = stream->arrival_count, crossing = QBG_NONE, found;
    instant at;
    qbg_status status = first_unusual(self, stream, after, end, &at, &found);
    while (status == QBG_OK && found != QBG_NONE) {
        crossing = found;
        out->surprise = at.surprise;
        out->heads = at.heads;
        end = first_after(stream, after);
        after = time_of(stream, crossing) - self->window_s;
        status = first_unusual(self, stream, after, end, &at, &found);
    }
    *out_is_there = crossing != QBG_NONE;
    if (status != QBG_OK || !*out_is_there) return status;
    out->crossed = time_of(stream, crossing);
    return find_most_unusual(self, stream, crossing, out);
}

/* ---- Who it is ------------------------------------------------------------------------------- */

/* What one person did in a stream. */
typedef struct doings {
    uint32_t person, end; /* and the moment behind his last one */
    int64_t came;         /* when he first turned up lately, or QBG_UNDATED */
    int64_t last;
} doings;

static doings doings_from(const finder *self, const qbg__stream *stream, uint32_t from,
                          int64_t lately) {
    doings of = {QBG__MOMENT_PERSON(&stream->moments[from]), from, QBG_UNDATED, 0};
    for (; of.end < stream->moment_count; of.end++) {
        const qbg__pair *moment = &stream->moments[of.end];
        if (QBG__MOMENT_PERSON(moment) != of.person) break;
        of.last = QBG__MOMENT_TIME(moment);
        if (of.came == QBG_UNDATED && of.last > lately &&
            qbg__moment_arrives(stream, of.end, self->streams.quiet_s))
            of.came = of.last;
    }
    return of;
}

static uint32_t category_of(const finder *self, const qbg__pair *moment) {
    const qbg_kind *kind = qbg_kind_at(self->workspace, QBG__MOMENT_KIND(moment));
    int32_t category = kind->category;
    if (category == QBG_CATEGORY_NAMED && qbg__person_is_visitor(QBG__MOMENT_PERSON(moment)))
        category = QBG_CATEGORY_ANONYMOUS;
    return (uint32_t)1 << category;
}

/* Those who were active from a window before it crossed the line: who came lately, and who has long
 * been here. Gives the categories of their signals. */
static qbg_status meet_everybody(finder *self, const qbg__stream *stream, group *out,
                                 uint32_t *out_categories) {
    int64_t from = out->crossed - self->window_s, lately = out->crossed - self->streams.quiet_s;
    out->since = out->crossed;
    self->who_count = 0;
    for (uint32_t i = 0; i < stream->moment_count; i++)
        if (QBG__MOMENT_TIME(&stream->moments[i]) > from)
            *out_categories |= category_of(self, &stream->moments[i]);
    for (uint32_t i = 0; i < stream->moment_count;) {
        const doings of = doings_from(self, stream, i, lately);
        i = of.end;
        if (of.person == QBG_NONE || of.last <= from) continue;
        out->regulars += of.came == QBG_UNDATED;
        if (of.came == QBG_UNDATED) continue;
        if (of.came < out->since) out->since = of.came;
        out->visitors += (uint32_t)qbg__person_is_visitor(of.person);
        if (qbg__person_is_visitor(of.person)) continue;
        qbg_status status =
            qbg__mem_reserve(&self->mem, &self->who, &self->who_capacity,
                             2 * ((uint64_t)self->who_count + 1), sizeof *self->who);
        if (status != QBG_OK) return status;
        self->who[self->who_count++] = contact_at(self, of.person);
    }
    out->people = self->who_count;
    return qbg__mem_reserve(&self->mem, &self->holders, &self->holder_capacity, self->who_count,
                            sizeof *self->holders);
}

static int by_contact_key(const void *a, const void *b, const void *context) {
    (void)context;
    return strcmp(qbg_contact_key(a), qbg_contact_key(b));
}

/* ---- Roles ----------------------------------------------------------------------------------- */

static const qbg_template *template_of(const finder *self, uint32_t solution) {
    const qbg_solution *row = qbg__rows_at(&self->workspace->solutions, solution);
    return row ? qbg__rows_at(&self->workspace->templates, row->template_) : NULL;
}

/* Who is in the opportunity's group already has the roles that he has there. */
static const qbg_member *present_member(const finder *self, const qbg_opportunity *opportunity,
                                        const qbg_contact *contact) {
    const qbg_member *member = opportunity ? qbg__member_of(opportunity, contact) : NULL;
    if (!member) return NULL;
    return qbg__roster_read(member, self->as_of).presence == QBG__PRESENT ? member : NULL;
}

static void write_roles(finder *self, uint64_t roles) {
    uint32_t numbers[QBG__ROLE_MAX];
    uint32_t many = qbg__role_list(self->workspace, roles, numbers);
    for (uint32_t i = 0; i < many; i++) {
        if (i > 0) qbg__blob_char(&self->texts, '+');
        qbg__blob_text(&self->texts, qbg_role_key(qbg_role_at(self->workspace, numbers[i])));
    }
}

/* Writes the roles of everybody, and puts each where he could sit. */
static void seat_everybody(finder *self, const qbg_template *template_,
                           const qbg_opportunity *opportunity) {
    for (uint32_t i = 0; i < self->who_count; i++) {
        const qbg_contact *contact = self->who[i];
        const qbg_member *member = present_member(self, opportunity, contact);
        uint64_t roles = member ? qbg__roster_roles(member, self->as_of)
                                : qbg__roster_inferred(template_, contact);
        int is_asserted = member && qbg__member_roles(member, self->as_of) != 0;
        uint64_t seats = qbg__template_seats(template_, roles);
        self->holders[i] =
            (qbg__holder){is_asserted ? seats : 0, is_asserted ? 0 : seats, QBG__IDENTIFIED, -1};
        if (i > 0) qbg__blob_char(&self->texts, ';');
        write_roles(self, roles);
    }
}

static void write_missing(finder *self, const qbg_template *template_) {
    qbg__seating seating;
    qbg__coverage_seat(template_, self->holders, self->who_count, QBG__IDENTIFIED, &seating);
    for (uint64_t rest = seating.vacant; rest != 0; rest &= rest - 1) {
        uint32_t role = template_->seats[qbg__scan_first(rest)].role;
        if (rest != seating.vacant) qbg__blob_char(&self->texts, ';');
        qbg__blob_text(&self->texts, qbg_role_key(qbg_role_at(self->workspace, role)));
    }
}

/* ---- Texts ----------------------------------------------------------------------------------- */

static void begin_text(finder *self, group *out, int text) {
    out->texts[text].start = self->texts.size;
}
static void end_text(finder *self, group *out, int text) {
    out->texts[text].size = self->texts.size - out->texts[text].start;
}

static void write_words(finder *self, group *out, int text, int32_t words, uint32_t bits) {
    begin_text(self, out, text);
    for (uint32_t rest = bits; rest != 0; rest &= rest - 1) {
        if (rest != bits) qbg__blob_char(&self->texts, ';');
        qbg__blob_text(&self->texts, qbg_word_key(words, (int32_t)qbg__scan_first(rest)));
    }
    end_text(self, out, text);
}

static void write_who(finder *self, group *out) {
    begin_text(self, out, WHO_TEXT);
    for (uint32_t i = 0; i < self->who_count; i++) {
        if (i > 0) qbg__blob_char(&self->texts, ';');
        qbg__blob_text(&self->texts, qbg_contact_key(self->who[i]));
    }
    end_text(self, out, WHO_TEXT);
}

static void write_texts(finder *self, group *out, uint32_t categories) {
    uint32_t departments = 0;
    for (uint32_t i = 0; i < self->who_count; i++) departments |= department_of(self->who[i]);
    write_words(self, out, DEPARTMENTS_TEXT, QBG_WORDS_DEPARTMENT, departments);
    write_words(self, out, CATEGORIES_TEXT, QBG_WORDS_CATEGORY, categories);
    write_who(self, out);
}

static qbg_status describe(finder *self, const qbg_account *account, const qbg__stream *stream,
                           group *out) {
    uint32_t categories = 0;
    qbg_status status = meet_everybody(self, stream, out, &categories);
    if (status != QBG_OK) return status;
    qbg__sort(self->who, self->who_count, by_contact_key, NULL);
    const qbg_opportunity *opportunity =
        qbg__account_open_for(account, stream->solution, self->as_of);
    const qbg_template *template_ = template_of(self, stream->solution);
    out->account = account->number;
    out->solution = stream->solution;
    out->opportunity = opportunity ? opportunity->number : QBG_NONE;
    write_texts(self, out, categories);
    if (!template_) return self->texts.status;
    begin_text(self, out, ROLES_TEXT);
    seat_everybody(self, template_, opportunity);
    end_text(self, out, ROLES_TEXT);
    begin_text(self, out, MISSING_TEXT);
    write_missing(self, template_);
    end_text(self, out, MISSING_TEXT);
    return self->texts.status;
}

/* ---- The book -------------------------------------------------------------------------------- */

static qbg_status find_in_stream(finder *self, const qbg_account *account,
                                 const qbg__stream *stream) {
    group found = {.opportunity = QBG_NONE};
    int is_there = 0;
    qbg_status status = find_crossing(self, stream, &found, &is_there);
    if (status != QBG_OK || !is_there) return status;
    status = describe(self, account, stream, &found);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&self->mem, &self->groups, &self->capacity,
                                  (uint64_t)self->count + 1, sizeof *self->groups);
    if (status == QBG_OK) self->groups[self->count++] = found;
    return status;
}

static qbg_status find_in_account(finder *self, const qbg_account *account) {
    qbg_status status = qbg__streams_read(&self->streams, account, self->as_of);
    qbg__stream stream;
    int is_there = 1;
    while (status == QBG_OK && is_there) {
        status = qbg__streams_next(&self->streams, &stream, &is_there);
        if (status == QBG_OK && is_there) status = find_in_stream(self, account, &stream);
    }
    return status;
}

static const char *account_key(const finder *self, const group *of) {
    return qbg_account_key(qbg__rows_at(&self->workspace->accounts, of->account));
}

/* "" for none. */
static const char *solution_key(const finder *self, const group *of) {
    return qbg_solution_key(qbg__rows_at(&self->workspace->solutions, of->solution));
}

static int by_surprise(const void *a, const void *b, const void *context) {
    const group *first = a, *second = b;
    const finder *self = context;
    if (first->surprise.alarms < second->surprise.alarms) return -1;
    if (first->surprise.alarms > second->surprise.alarms) return 1;
    int order = strcmp(account_key(self, first), account_key(self, second));
    return order != 0 ? order : strcmp(solution_key(self, first), solution_key(self, second));
}

static qbg_status find(finder *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < qbg_account_count(self->workspace) && status == QBG_OK; i++) {
        const qbg_account *account = qbg_account_at(self->workspace, i);
        if (account) status = find_in_account(self, account);
    }
    if (status == QBG_OK)
        status = qbg__mem_reserve(&self->mem, &self->order, &self->order_capacity,
                                  2 * (uint64_t)self->count, sizeof *self->order);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < self->count; i++) self->order[i] = &self->groups[i];
    qbg__sort(self->order, self->count, by_surprise, self);
    return QBG_OK;
}

/* ---- The table ------------------------------------------------------------------------------- */

enum {
    ACCOUNT,
    SOLUTION,
    SINCE,
    CROSSED,
    LATENCY_DAYS,
    PEOPLE,
    VISITORS,
    REGULARS,
    NEWCOMERS,
    EXPECTED,
    P_VALUE,
    DEPARTMENTS,
    CATEGORIES,
    WHO,
    ROLES,
    MISSING_ROLES,
    OPPORTUNITY,
    ACCOUNT_NUMBER,
    ACCOUNT_TAG,
    SOLUTION_TAG,
    OPPORTUNITY_TAG
};

static qbg_table *new_table(const qbg_workspace *workspace) {
    static const struct {
        const char *name;
        int32_t type;
    } columns[] = {
        {"account", QBG_COLUMN_TEXT},
        {"solution", QBG_COLUMN_TEXT},
        {"since", QBG_COLUMN_TIME},
        {"crossed", QBG_COLUMN_TIME},
        {"latency_days", QBG_COLUMN_INT64},
        {"people", QBG_COLUMN_INT64},
        {"visitors", QBG_COLUMN_INT64},
        {"regulars", QBG_COLUMN_INT64},
        {"newcomers", QBG_COLUMN_INT64},
        {"expected", QBG_COLUMN_DOUBLE},
        {"p_value", QBG_COLUMN_DOUBLE},
        {"departments", QBG_COLUMN_TEXT},
        {"categories", QBG_COLUMN_TEXT},
        {"who", QBG_COLUMN_TEXT},
        {"roles", QBG_COLUMN_TEXT},
        {"missing_roles", QBG_COLUMN_TEXT},
        {"opportunity", QBG_COLUMN_TEXT},
        {"account_number", QBG_COLUMN_INT64},
        {"account_tag", QBG_COLUMN_UINT64},
        {"solution_tag", QBG_COLUMN_UINT64},
        {"opportunity_tag", QBG_COLUMN_UINT64},
    };
    qbg_table *table = qbg__table_new(&workspace->mem);
    for (size_t i = 0; table && i < sizeof columns / sizeof columns[0]; i++)
        qbg__table_column(table, columns[i].name, columns[i].type);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    qbg__table_text(table, column, text, strlen(text));
}

static void write_piece(const finder *self, qbg_table *table, int32_t column, const piece *at) {
    qbg__table_text(table, column, qbg_blob_data(&self->texts) + at->start, at->size);
}

static void write_numbers(qbg_table *table, const group *row) {
    const double alarms = row->surprise.alarms;
    qbg__table_int64(table, SINCE, row->since);
    qbg__table_int64(table, CROSSED, row->crossed);
    qbg__table_int64(table, LATENCY_DAYS, qbg__civil_whole_days(row->since, row->crossed));
    qbg__table_int64(table, PEOPLE, row->people);
    qbg__table_int64(table, VISITORS, row->visitors);
    qbg__table_int64(table, REGULARS, row->regulars);
    qbg__table_int64(table, NEWCOMERS, row->heads);
    qbg__table_double(table, EXPECTED, row->surprise.expected);
    qbg__table_double(table, P_VALUE, alarms < 1 ? alarms : 1);
}

static void write_row(const finder *self, qbg_table *table, const group *row) {
    const qbg_workspace *workspace = self->workspace;
    const qbg_account *account = qbg__rows_at(&workspace->accounts, row->account);
    const qbg_solution *solution = qbg__rows_at(&workspace->solutions, row->solution);
    const qbg_opportunity *opportunity = qbg__rows_at(&workspace->opportunities, row->opportunity);
    write_text(table, ACCOUNT, account->key);
    if (solution)
        write_text(table, SOLUTION, solution->key);
    else
        qbg__table_null(table, SOLUTION);
    write_numbers(table, row);
    write_piece(self, table, DEPARTMENTS, &row->texts[DEPARTMENTS_TEXT]);
    write_piece(self, table, CATEGORIES, &row->texts[CATEGORIES_TEXT]);
    write_piece(self, table, WHO, &row->texts[WHO_TEXT]);
    write_piece(self, table, ROLES, &row->texts[ROLES_TEXT]);
    if (solution)
        write_piece(self, table, MISSING_ROLES, &row->texts[MISSING_TEXT]);
    else
        qbg__table_null(table, MISSING_ROLES);
    if (opportunity)
        write_text(table, OPPORTUNITY, opportunity->key);
    else
        qbg__table_null(table, OPPORTUNITY);
    qbg__table_int64(table, ACCOUNT_NUMBER, account->number);
    qbg__table_uint64(table, ACCOUNT_TAG, account->tag);
    qbg__table_uint64(table, SOLUTION_TAG, solution ? solution->tag : 0);
    qbg__table_uint64(table, OPPORTUNITY_TAG, opportunity ? opportunity->tag : 0);
}

static qbg_status write(const finder *self, qbg_table **out_table) {
    qbg_table *table = new_table(self->workspace);
    if (!table) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < self->count; i++) write_row(self, table, self->order[i]);
    return qbg__table_finish(table, out_table);
}

qbg_status qbg_detect(const qbg_workspace *workspace, int64_t as_of_s, const qbg_baseline *baseline,
                      qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK || !out_table) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    finder self;
    begin(&self, workspace, as_of_s, baseline);
    status = find(&self);
    if (status == QBG_OK) status = write(&self, out_table);
    end(&self);
    return status;
}
