/* proposal: what the library would do. Account by account, what happens there about each solution
 * is held against the opportunities that are open; see qbg/proposal.h. */
#include "analysis/proposal.h"

#include "analysis/inference.h"
#include "analysis/stream.h"
#include "base/civil.h"
#include "base/real.h"
#include "base/sort.h"
#include "base/table.h"
#include "model/contact.h"
#include "model/workspace.h"
#include "qbg/detection.h"
#include "qbg/match.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* What the reasons are worth; set by judgement, as those of duplicates. */
#define LEAD_CONFIDENCE 0.7
#define SIGNALS_DOUBT   0.5 /* somebody is active about the solution */
#define ACCOUNT_DOUBT   0.5 /* and works at the account */
#define MORE_DOUBT      0.8 /* and has MORE_SIGNALS at least */
#define MORE_SIGNALS    3
#define COMPANY         2 /* more people that a qualified lead needs */

/* Somebody who is active about a solution. */
typedef struct active {
    uint32_t contact;
    uint32_t signals; /* within the window */
    int64_t last;
    int is_lead; /* one of them is a qualified lead */
} active;

typedef struct maker {
    qbg__proposals *to;
    const qbg_workspace *workspace;
    int64_t as_of, window_s;
    int64_t from;      /* what came after it counts: the window, or since a group forms */
    qbg_table *groups; /* that form, from qbg_detect */
    qbg__streams streams;
    active *people; /* of the stream at hand */
    uint32_t count, capacity;
} maker;

/* ---- Putting one down ---- */

static qbg__proposal_text put_text(qbg__proposals *to, const char *text) {
    qbg__proposal_text at = {to->texts.size, strlen(text)};
    qbg__blob_bytes(&to->texts, text, at.size + 1);
    return at;
}

/* Several reasons: the second goes behind the first. */
static qbg__proposal_text put_reasons(qbg__proposals *to, const char *const *reasons) {
    qbg__proposal_text at = {to->texts.size, 0};
    for (; *reasons; reasons++) {
        if (to->texts.size > at.start) qbg__blob_char(&to->texts, ';');
        qbg__blob_text(&to->texts, *reasons);
    }
    at.size = to->texts.size - at.start;
    qbg__blob_bytes(&to->texts, "", 1);
    return at;
}

static qbg_status add(qbg__proposals *to, const qbg__proposal *one) {
    qbg_status status =
        qbg__mem_reserve(&to->mem, &to->at, &to->capacity, (uint64_t)to->count + 1, sizeof *to->at);
    if (status != QBG_OK) return status;
    to->at[to->count++] = *one;
    return to->texts.status;
}

static qbg__proposal blank(int32_t kind, uint32_t account, uint32_t solution) {
    return (qbg__proposal){.kind = kind,
                           .account = account,
                           .solution = solution,
                           .opportunity = QBG_NONE,
                           .contact = QBG_NONE,
                           .role = QBG_NONE};
}

/* "account/solution", or the first of "account/solution/2", "/3" ... that nothing has. */
static qbg__proposal_text put_key(qbg__proposals *to, const qbg_account *account,
                                  const qbg_solution *solution) {
    qbg__proposal_text at = {to->texts.size, 0};
    for (int64_t turn = 1; to->texts.status == QBG_OK; turn++) {
        to->texts.size = at.start;
        qbg__blob_text(&to->texts, account->key);
        qbg__blob_char(&to->texts, '/');
        qbg__blob_text(&to->texts, solution->key);
        if (turn > 1) qbg__blob_char(&to->texts, '/');
        if (turn > 1) qbg__blob_int(&to->texts, turn);
        at.size = to->texts.size - at.start;
        qbg__blob_bytes(&to->texts, "", 1);
        if (to->texts.status != QBG_OK) break;
        if (!qbg_opportunity_find(to->workspace, to->texts.bytes + at.start)) break;
    }
    return at;
}

const char *qbg__proposal_opportunity(const qbg__proposals *proposals, const qbg__proposal *of) {
    if (of->key.size > 0) return proposals->texts.bytes + of->key.start;
    const qbg_opportunity *row =
        qbg__rows_at(&proposals->workspace->opportunities, of->opportunity);
    return row ? row->key : "";
}

/* ---- Opportunities that are open ---- */

/* Of which solution signals are that do not say it: of the only open opportunity, or of the only
 * solution there is; else QBG_NONE. */
static uint32_t likely_solution(const qbg_account *account, int64_t as_of) {
    const qbg_workspace *workspace = account->workspace;
    uint32_t found = QBG_NONE, count = 0;
    for (uint32_t i = 0; i < account->opportunity_count; i++) {
        const qbg_opportunity *at =
            qbg__rows_at(&workspace->opportunities, account->opportunities[i]);
        if (!qbg__opportunity_is_open(at, as_of)) continue;
        count += found == QBG_NONE || at->solution != found;
        found = at->solution;
    }
    if (count == 1) return found;
    return count == 0 && qbg_solution_count(workspace) == 1 ? 0 : QBG_NONE;
}

/* ---- Groups that form ---- */

/* The row of a group that forms there, or -1. */
static int64_t forming(const maker *self, const qbg_account *account, const char *solution) {
    int32_t number = qbg_table_column_find(self->groups, "account_number");
    int32_t column = qbg_table_column_find(self->groups, "solution");
    for (int64_t row = 0; row < qbg_table_row_count(self->groups); row++) {
        int64_t size;
        const char *text = qbg_table_text_at(self->groups, column, row, &size);
        if (qbg_table_int64_at(self->groups, number, row) != (int64_t)account->number) continue;
        if ((size_t)size == strlen(solution) && memcmp(text, solution, (size_t)size) == 0)
            return row;
    }
    return -1;
}

static int64_t group_time(const maker *self, int64_t group, const char *name) {
    return qbg_table_int64_at(self->groups, qbg_table_column_find(self->groups, name), group);
}

/* ---- Who is active ---- */

static qbg_status note_moment(maker *self, const qbg__pair *moment) {
    uint32_t person = QBG__MOMENT_PERSON(moment);
    const qbg_kind *kind = qbg_kind_at(self->workspace, QBG__MOMENT_KIND(moment));
    if (qbg__person_is_visitor(person) || QBG__MOMENT_TIME(moment) <= self->from) return QBG_OK;
    active *last = self->count > 0 ? &self->people[self->count - 1] : NULL;
    if (!last || last->contact != person) {
        qbg_status status = qbg__mem_reserve(&self->to->mem, &self->people, &self->capacity,
                                             (uint64_t)self->count + 1, sizeof *self->people);
        if (status != QBG_OK) return status;
        last = &self->people[self->count++];
        *last = (active){.contact = person};
    }
    last->signals++;
    last->last = QBG__MOMENT_TIME(moment);
    last->is_lead |= kind->category == QBG_CATEGORY_QUALIFIED_LEAD;
    return QBG_OK;
}

/* Moments lie by person, then time. What is nobody's own comes under the name of nobody. */
static qbg_status note_people(maker *self, const qbg__stream *stream, int64_t from) {
    qbg_status status = QBG_OK;
    self->from = from;
    self->count = 0;
    for (uint32_t i = 0; i < stream->moment_count && status == QBG_OK; i++)
        if (QBG__MOMENT_PERSON(&stream->moments[i]) != QBG_NONE)
            status = note_moment(self, &stream->moments[i]);
    return status;
}

static const active *find_lead(const maker *self) {
    for (uint32_t i = 0; i < self->count; i++)
        if (self->people[i].is_lead) return &self->people[i];
    return NULL;
}

/* ---- Joining ---- */

static int works_at(const maker *self, uint32_t contact, const qbg_account *account) {
    const qbg_contact *row = qbg__rows_at(&self->workspace->contacts, contact);
    return qbg_contact_account(row, self->as_of) == account;
}

static int was_member(const maker *self, const qbg_opportunity *opportunity, uint32_t contact) {
    if (!opportunity) return 0;
    return qbg__member_of(opportunity, qbg__rows_at(&self->workspace->contacts, contact)) != NULL;
}

/* `of`: the opportunity, open or proposed. */
static qbg_status propose_join(maker *self, const qbg__proposal *of, const qbg_account *account,
                               const active *who) {
    const char *reasons[4] = {"signals"};
    size_t count = 1;
    double doubt = SIGNALS_DOUBT;
    if (who->signals >= MORE_SIGNALS) {
        reasons[count++] = "more_signals";
        doubt = doubt * MORE_DOUBT;
    }
    if (works_at(self, who->contact, account)) {
        reasons[count++] = "account";
        doubt = doubt * ACCOUNT_DOUBT;
    }
    qbg__proposal one = *of;
    one.kind = QBG_PROPOSAL_JOIN;
    one.contact = who->contact;
    one.confidence = 1 - doubt;
    one.because = put_reasons(self->to, reasons);
    return add(self->to, &one);
}

static qbg_status propose_joins(maker *self, const qbg__proposal *of, const qbg_account *account,
                                const qbg_opportunity *opportunity) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->count && status == QBG_OK; i++)
        if (!was_member(self, opportunity, self->people[i].contact))
            status = propose_join(self, of, account, &self->people[i]);
    return status;
}

/* ---- Opening ---- */

/* group: the row of one that forms there, or -1. */
static qbg_status propose_opening(maker *self, const qbg_account *account, uint32_t solution,
                                  int64_t group) {
    const char *reasons[3] = {NULL};
    size_t count = 0;
    double doubt = 1;
    const active *lead = find_lead(self);
    qbg__proposal one = blank(QBG_PROPOSAL_OPEN, account->number, solution);
    one.since = self->as_of;
    if (group >= 0) {
        int32_t p_value = qbg_table_column_find(self->groups, "p_value");
        reasons[count++] = "forming";
        doubt = doubt * qbg_table_double_at(self->groups, p_value, group);
        one.since = group_time(self, group, "crossed");
    }
    if (lead && self->count > COMPANY) {
        reasons[count++] = "qualified_lead";
        doubt = doubt * (1 - LEAD_CONFIDENCE);
        if (group < 0) one.since = lead->last;
    }
    if (count == 0 && !lead) return QBG_OK;
    if (count == 0) {
        one.kind = QBG_PROPOSAL_LOOK;
        one.contact = lead->contact;
        one.confidence = LEAD_CONFIDENCE;
        one.because = put_text(self->to, "qualified_lead");
        return add(self->to, &one);
    }
    one.confidence = 1 - doubt;
    one.because = put_reasons(self->to, reasons);
    one.key = put_key(self->to, account, qbg__rows_at(&self->workspace->solutions, solution));
    qbg_status status = add(self->to, &one);
    return status == QBG_OK ? propose_joins(self, &one, account, NULL) : status;
}

static qbg_status propose_for_stream(maker *self, const qbg_account *account,
                                     const qbg__stream *stream) {
    uint32_t solution = stream->solution;
    const qbg_solution *named = qbg__rows_at(&self->workspace->solutions, solution);
    int64_t group = forming(self, account, named ? named->key : "");
    int64_t from = self->as_of - self->window_s;
    if (group >= 0 && group_time(self, group, "since") <= from)
        from = group_time(self, group, "since") - 1;
    qbg_status status = note_people(self, stream, from);
    if (status != QBG_OK) return status;
    if (!named) solution = likely_solution(account, self->as_of);
    if (solution == QBG_NONE) return QBG_OK;
    const qbg_opportunity *open = qbg__account_open_for(account, solution, self->as_of);
    if (!open) return propose_opening(self, account, solution, group);
    qbg__proposal one = blank(QBG_PROPOSAL_JOIN, account->number, solution);
    one.opportunity = open->number;
    one.since = self->as_of;
    return propose_joins(self, &one, account, open);
}

static qbg_status propose_for_account(maker *self, const qbg_account *account) {
    qbg_status status = qbg__streams_read(&self->streams, account, self->as_of);
    qbg__stream stream;
    int is_there = 1;
    while (status == QBG_OK && is_there) {
        status = qbg__streams_next(&self->streams, &stream, &is_there);
        if (status == QBG_OK && is_there) status = propose_for_stream(self, account, &stream);
    }
    return status;
}

/* ---- Roles ---- */

static qbg_status propose_role(maker *self, const qbg_opportunity *opportunity,
                               const qbg_member *member) {
    const uint32_t title = (uint32_t)1 << QBG_EVIDENCE_TITLE;
    const char *reasons[QBG_EVIDENCE_BEHAVIOUR + 2] = {NULL};
    size_t count = 0;
    if (!qbg_member_is_present(member, self->as_of)) return QBG_OK;
    if (qbg__member_roles(member, self->as_of) != 0) return QBG_OK;
    const qbg__inferred found = qbg__inference_of(
        opportunity, qbg__rows_at(&self->workspace->contacts, member->contact), self->as_of);
    if (found.role == QBG_NONE || found.because == title) return QBG_OK;
    for (int32_t i = 0; i <= QBG_EVIDENCE_BEHAVIOUR; i++)
        if (found.because >> i & 1) reasons[count++] = qbg_word_key(QBG_WORDS_EVIDENCE, i);
    qbg__proposal one = blank(QBG_PROPOSAL_ROLE, opportunity->account, opportunity->solution);
    one.opportunity = opportunity->number;
    one.contact = member->contact;
    one.role = found.role;
    one.since = self->as_of;
    one.confidence = found.confidence;
    one.because = put_reasons(self->to, reasons);
    return add(self->to, &one);
}

static qbg_status propose_roles(maker *self, const qbg_opportunity *opportunity) {
    qbg_status status = QBG_OK;
    if (!qbg__opportunity_is_open(opportunity, self->as_of)) return QBG_OK;
    for (uint32_t i = 0; i < opportunity->member_count && status == QBG_OK; i++)
        status = propose_role(self, opportunity,
                              qbg__rows_at(&self->workspace->members, opportunity->members[i]));
    return status;
}

/* ---- Accounts ---- */

static int64_t number_at(const qbg_table *table, const char *column, int64_t row) {
    return qbg_table_int64_at(table, qbg_table_column_find(table, column), row);
}

static qbg_status propose_match(maker *self, const qbg_table *matches, int64_t row) {
    qbg__proposals *to = self->to;
    int64_t size;
    const char *outcome =
        qbg_table_text_at(matches, qbg_table_column_find(matches, "outcome"), row, &size);
    if (size != 5 || memcmp(outcome, "match", 5) != 0) return QBG_OK;
    qbg__proposal one =
        blank(QBG_PROPOSAL_ACCOUNT, (uint32_t)number_at(matches, "account_number", row), QBG_NONE);
    one.contact = (uint32_t)number_at(matches, "contact_number", row);
    one.since = self->as_of;
    one.confidence =
        qbg_table_double_at(matches, qbg_table_column_find(matches, "confidence"), row);
    const char *reason =
        qbg_table_text_at(matches, qbg_table_column_find(matches, "reason"), row, &size);
    one.because = (qbg__proposal_text){to->texts.size, (size_t)size};
    qbg__blob_bytes(&to->texts, reason, (size_t)size);
    return add(to, &one);
}

static qbg_status propose_accounts(maker *self) {
    qbg_table *matches = NULL;
    qbg_status status = qbg_matches(self->workspace, &matches);
    if (status != QBG_OK) return status;
    for (int64_t row = 0; row < qbg_table_row_count(matches) && status == QBG_OK; row++)
        status = propose_match(self, matches, row);
    qbg_table_free(matches);
    return status;
}

/* ---- All of them ---- */

static qbg_status make(maker *self) {
    const qbg_workspace *workspace = self->workspace;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < qbg_account_count(workspace) && status == QBG_OK; i++) {
        const qbg_account *account = qbg_account_at(workspace, i);
        if (account) status = propose_for_account(self, account);
    }
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace) && status == QBG_OK; i++) {
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (opportunity) status = propose_roles(self, opportunity);
    }
    return status == QBG_OK ? propose_accounts(self) : status;
}

static const char *account_key(const qbg_workspace *workspace, uint32_t number) {
    return number == QBG_NONE ? "" : qbg_account_key(qbg_account_at(workspace, number));
}

static const char *solution_key(const qbg_workspace *workspace, uint32_t number) {
    return number == QBG_NONE ? "" : qbg_solution_key(qbg_solution_at(workspace, number));
}

static const char *contact_key(const qbg_workspace *workspace, uint32_t number) {
    return number == QBG_NONE ? "" : qbg_contact_key(qbg_contact_at(workspace, number));
}

/* By account, solution, proposal, opportunity and contact. */
static int by_keys(const void *a, const void *b, const void *context) {
    const qbg__proposals *self = context;
    const qbg__proposal *first = a, *second = b;
    const qbg_workspace *workspace = self->workspace;
    int order =
        strcmp(account_key(workspace, first->account), account_key(workspace, second->account));
    if (order == 0)
        order = strcmp(solution_key(workspace, first->solution),
                       solution_key(workspace, second->solution));
    if (order == 0) order = (first->kind > second->kind) - (first->kind < second->kind);
    if (order == 0)
        order =
            strcmp(qbg__proposal_opportunity(self, first), qbg__proposal_opportunity(self, second));
    if (order == 0)
        order =
            strcmp(contact_key(workspace, first->contact), contact_key(workspace, second->contact));
    return order;
}

static int is_same(const qbg__proposals *self, const qbg__proposal *a, const qbg__proposal *b) {
    return a->role == b->role && by_keys(a, b, self) == 0;
}

/* Sorts them. Signals that name the solution and some that do not may propose the same: the surer
 * one stays. */
static qbg_status sort(qbg__proposals *self) {
    qbg_status status = qbg__mem_reserve(&self->mem, &self->order, &self->order_capacity,
                                         2 * (uint64_t)self->count, sizeof *self->order);
    if (status != QBG_OK) return status;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->count; i++) self->order[i] = &self->at[i];
    qbg__sort((const void **)self->order, self->count, by_keys, self);
    for (uint32_t i = 0; i < self->count; i++) {
        const qbg__proposal *next = self->order[i];
        if (kept == 0 || !is_same(self, self->order[kept - 1], next))
            self->order[kept++] = next;
        else if (next->confidence > self->order[kept - 1]->confidence)
            self->order[kept - 1] = next;
    }
    self->count = kept;
    return QBG_OK;
}

static void begin(qbg__proposals *self, const qbg_workspace *workspace) {
    memset(self, 0, sizeof *self);
    self->mem = qbg__mem_fork(&workspace->mem);
    self->workspace = workspace;
    qbg__blob_begin(&self->texts, &self->mem);
}

void qbg__proposals_end(qbg__proposals *self) {
    qbg__mem_free(&self->mem, self->at, self->capacity * sizeof *self->at);
    qbg__mem_free(&self->mem, self->order, self->order_capacity * sizeof *self->order);
    qbg__blob_end(&self->texts);
}

qbg_status qbg__proposals_make(qbg__proposals *self, const qbg_workspace *workspace, int64_t as_of,
                               const qbg_baseline *baseline) {
    begin(self, workspace);
    int64_t window = qbg__policy_whole(&workspace->policy, QBG__FORMATION_WINDOW_DAYS);
    maker of = {
        .to = self, .workspace = workspace, .as_of = as_of, .window_s = window * QBG__DAY_S};
    qbg_status status = qbg_detect(workspace, as_of, baseline, &of.groups);
    if (status != QBG_OK) return status;
    qbg__streams_begin(&of.streams, workspace);
    status = make(&of);
    qbg__streams_end(&of.streams);
    qbg__mem_free(&self->mem, of.people, of.capacity * sizeof *of.people);
    qbg_table_free(of.groups);
    return status == QBG_OK ? sort(self) : status;
}

/* ---- The table ---- */

enum {
    PROPOSAL,
    ACCOUNT,
    SOLUTION,
    OPPORTUNITY,
    CONTACT,
    ROLE,
    SINCE,
    CONFIDENCE,
    BECAUSE,
    APPLIED,
    ACCOUNT_TAG,
    OPPORTUNITY_TAG,
    CONTACT_TAG
};

static qbg_table *new_table(const qbg_workspace *workspace) {
    static const char *const texts[] = {"proposal",    "account", "solution",
                                        "opportunity", "contact", "role"};
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    for (int i = 0; i < SINCE; i++) qbg__table_column(table, texts[i], QBG_COLUMN_TEXT);
    qbg__table_column(table, "since", QBG_COLUMN_TIME);
    qbg__table_column(table, "confidence", QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "because", QBG_COLUMN_TEXT);
    qbg__table_column(table, "applied", QBG_COLUMN_INT64);
    qbg__table_column(table, "account_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "opportunity_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "contact_tag", QBG_COLUMN_UINT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    if (text[0] == '\0')
        qbg__table_null(table, column);
    else
        qbg__table_text(table, column, text, strlen(text));
}

static void write_tag(qbg_table *table, int32_t column, int is_there, uint64_t tag) {
    if (is_there)
        qbg__table_uint64(table, column, tag);
    else
        qbg__table_null(table, column);
}

static void write_row(qbg_table *table, const qbg__proposals *self, const qbg__proposal *row) {
    const qbg_workspace *workspace = self->workspace;
    const qbg_opportunity *opportunity = qbg__rows_at(&workspace->opportunities, row->opportunity);
    const qbg_account *account = qbg__rows_at(&workspace->accounts, row->account);
    const qbg_contact *contact = qbg__rows_at(&workspace->contacts, row->contact);
    write_text(table, PROPOSAL, qbg_word_key(QBG_WORDS_PROPOSAL, row->kind));
    write_text(table, ACCOUNT, account_key(workspace, row->account));
    write_text(table, SOLUTION, solution_key(workspace, row->solution));
    write_text(table, OPPORTUNITY, qbg__proposal_opportunity(self, row));
    write_text(table, CONTACT, contact_key(workspace, row->contact));
    write_text(table, ROLE,
               row->role == QBG_NONE ? "" : qbg_role_key(qbg_role_at(workspace, row->role)));
    qbg__table_int64(table, SINCE, row->since);
    qbg__table_double(table, CONFIDENCE, row->confidence);
    qbg__table_text(table, BECAUSE, self->texts.bytes + row->because.start, row->because.size);
    qbg__table_int64(table, APPLIED, row->is_applied);
    write_tag(table, ACCOUNT_TAG, account != NULL, account ? account->tag : 0);
    write_tag(table, OPPORTUNITY_TAG, opportunity != NULL, opportunity ? opportunity->tag : 0);
    write_tag(table, CONTACT_TAG, contact != NULL, contact ? contact->tag : 0);
}

qbg_status qbg__proposals_table(const qbg__proposals *self, qbg_table **out_table) {
    qbg_table *table = new_table(self->workspace);
    if (!table) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < self->count; i++) write_row(table, self, self->order[i]);
    return qbg__table_finish(table, out_table);
}

qbg_status qbg_proposals(const qbg_workspace *workspace, int64_t as_of_s,
                         const qbg_baseline *baseline, qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK) return status;
    if (!out_table) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    qbg__proposals self;
    status = qbg__proposals_make(&self, workspace, as_of_s, baseline);
    if (status == QBG_OK) status = qbg__proposals_table(&self, out_table);
    qbg__proposals_end(&self);
    return status;
}

/* ---- Target accounts ---- */

static qbg_status plan_one(qbg__proposals *self, uint32_t account, uint32_t solution,
                           int64_t as_of) {
    const qbg_account *at = qbg_account_at(self->workspace, account);
    const qbg_solution *sold = qbg_solution_at(self->workspace, solution);
    if (!at || !sold) return QBG_E_NOT_FOUND;
    if (qbg__account_open_for(at, sold->number, as_of)) return QBG_OK;
    qbg__proposal one = blank(QBG_PROPOSAL_OPEN, at->number, sold->number);
    one.since = as_of;
    one.confidence = 1;
    one.because = put_text(self, "target");
    one.key = put_key(self, at, sold);
    return add(self, &one);
}

qbg_status qbg_plan(const qbg_workspace *workspace, const uint32_t *accounts, size_t account_count,
                    const uint32_t *solutions, size_t solution_count, int64_t as_of_s,
                    qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK) return status;
    if (!out_table || (account_count > 0 && !accounts) || (solution_count > 0 && !solutions))
        return QBG_E_ARGUMENT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    qbg__proposals self;
    begin(&self, workspace);
    for (size_t i = 0; i < account_count && status == QBG_OK; i++)
        for (size_t j = 0; j < solution_count && status == QBG_OK; j++)
            status = plan_one(&self, accounts[i], solutions[j], as_of_s);
    if (status == QBG_OK) status = sort(&self);
    if (status == QBG_OK) status = qbg__proposals_table(&self, out_table);
    qbg__proposals_end(&self);
    return status;
}
