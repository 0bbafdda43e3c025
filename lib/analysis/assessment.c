/* assessment: a group's numbers (group.h) copied into a handle with texts of its own, so that it
 * outlives the workspace; see qbg/assessment.h. A handle holds two answers: a refill writes the
 * spare one and swaps, so that failing leaves what was there, and a warm refill allocates nothing.
 */
#include "qbg/assessment.h"

#include "analysis/group.h"
#include "base/blob.h"
#include "base/real.h"
#include "model/workspace.h"

#include <string.h>

typedef struct seat_answer {
    size_t role; /* where its text lies */
    int32_t state, filled, wanted, required;
    uint32_t first_person, person_count;
} seat_answer;

typedef struct member_answer {
    qbg__present numbers;
    double points;
    size_t contact, name;
    uint32_t first_role, role_count;
} member_answer;

typedef struct answer {
    qbg_blob texts; /* NUL-terminated, one behind the other */
    size_t *list;   /* texts of seats' people, then of members' roles */
    uint32_t list_count, list_capacity;
    seat_answer *seats;
    uint32_t seat_count, seat_capacity;
    member_answer *members;
    uint32_t member_count, member_capacity;
    size_t opportunity, account, solution;
    int64_t as_of, silent_days, next_contact;
    double priority, intent, identified, engaged, supportive, completeness;
    int32_t verdict, engaged_count, anonymous_count;
    qbg__gate gate;
} answer;

struct qbg_assessment {
    qbg__mem mem;
    qbg__group group;
    answer answers[2];
    int32_t current;
};

static const answer *current(const qbg_assessment *assessment) {
    return &assessment->answers[assessment->current];
}

/* ---- Writing ---- */

static size_t put_text(answer *to, const char *text) {
    size_t at = to->texts.size;
    qbg__blob_bytes(&to->texts, text, strlen(text) + 1);
    return at;
}

static qbg_status list_text(qbg__mem *mem, answer *to, const char *text) {
    qbg_status status = qbg__mem_reserve(mem, &to->list, &to->list_capacity,
                                         (uint64_t)to->list_count + 1, sizeof *to->list);
    if (status == QBG_OK) to->list[to->list_count++] = put_text(to, text);
    return status;
}

static qbg_status write_seat(qbg__mem *mem, const qbg__group *group, uint32_t seat, answer *to) {
    const qbg__seat *row = &group->template_->seats[seat];
    const qbg_role *role = qbg_role_at(group->opportunity->workspace, row->role);
    seat_answer *at = &to->seats[seat];
    *at = (seat_answer){put_text(to, role->key),
                        qbg__group_seat_state(group, seat),
                        group->coverage.identified.filled[seat],
                        row->people,
                        row->required,
                        to->list_count,
                        0};
    uint32_t count = at->state == QBG_SEAT_MISSING ? 0 : group->member_count;
    for (uint32_t i = 0; i < count; i++) {
        if (!qbg__group_sits(group, i, seat, (int32_t)at->person_count)) continue;
        qbg_status status = list_text(mem, to, qbg__group_contact(group, i)->key);
        if (status != QBG_OK) return status;
        at->person_count++;
    }
    return QBG_OK;
}

static qbg_status write_seats(qbg__mem *mem, const qbg__group *group, answer *to) {
    uint32_t count = group->template_->seat_count;
    qbg_status status =
        qbg__mem_reserve(mem, &to->seats, &to->seat_capacity, count, sizeof *to->seats);
    to->seat_count = count;
    for (uint32_t i = 0; i < count && status == QBG_OK; i++) status = write_seat(mem, group, i, to);
    return status;
}

static qbg_status write_member(qbg__mem *mem, const qbg__group *group, uint32_t index, answer *to) {
    const qbg_workspace *workspace = group->opportunity->workspace;
    const qbg__present *row = &group->members[index];
    uint32_t roles[QBG__ROLE_MAX];
    const qbg_contact *contact = qbg__group_contact(group, index);
    uint64_t set = qbg__roster_roles(qbg__group_member(group, index), group->as_of);
    uint32_t count = qbg__role_list(workspace, set, roles);
    member_answer *at = &to->members[index];
    at->numbers = *row;
    at->points = qbg__engagement_points(row->points_int);
    at->contact = put_text(to, contact->key);
    at->name = put_text(to, qbg_contact_name(contact));
    at->first_role = to->list_count;
    at->role_count = count;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < count && status == QBG_OK; i++)
        status = list_text(mem, to, qbg_role_at(workspace, roles[i])->key);
    return status;
}

static qbg_status write_members(qbg__mem *mem, const qbg__group *group, answer *to) {
    uint32_t count = group->member_count;
    qbg_status status =
        qbg__mem_reserve(mem, &to->members, &to->member_capacity, count, sizeof *to->members);
    to->member_count = count;
    for (uint32_t i = 0; i < count && status == QBG_OK; i++)
        status = write_member(mem, group, i, to);
    return status;
}

static void write_numbers(const qbg__group *group, answer *to) {
    to->as_of = group->as_of;
    to->silent_days = group->silent_days;
    to->next_contact = group->next_contact;
    to->priority = group->priority;
    to->intent = group->intent;
    to->identified = qbg__coverage_ratio(&group->coverage.identified);
    to->engaged = qbg__coverage_ratio(&group->coverage.engaged);
    to->supportive = qbg__coverage_ratio(&group->coverage.supportive);
    to->completeness = group->coverage.completeness;
    to->verdict = group->verdict;
    to->engaged_count = group->engaged_count;
    to->anonymous_count = group->anonymous_count;
    to->gate = group->gate;
}

static qbg_status write_answer(qbg__mem *mem, const qbg__group *group, answer *to) {
    const qbg_opportunity *opportunity = group->opportunity;
    to->list_count = 0;
    to->opportunity = put_text(to, opportunity->key);
    to->account = put_text(to, qbg_opportunity_account(opportunity)->key);
    to->solution = put_text(to, qbg_opportunity_solution(opportunity)->key);
    write_numbers(group, to);
    qbg_status status = write_seats(mem, group, to);
    if (status == QBG_OK) status = write_members(mem, group, to);
    return status == QBG_OK ? to->texts.status : status;
}

/* ---- The handle's life ---- */

static void free_answer(answer *at, qbg__mem *mem) {
    qbg__blob_end(&at->texts);
    qbg__mem_free(mem, at->list, at->list_capacity * sizeof *at->list);
    qbg__mem_free(mem, at->seats, at->seat_capacity * sizeof *at->seats);
    qbg__mem_free(mem, at->members, at->member_capacity * sizeof *at->members);
}

/* Each person's rows are somewhere else in the memory: they are asked for all at once, and come
 * while the log is read. */
QBG__PREFETCHING fetch_people(const qbg_opportunity *opportunity) {
    const qbg_workspace *workspace = opportunity->workspace;
    for (uint32_t i = 0; i < opportunity->roster.count; i++) {
        const qbg__card *card = &opportunity->roster.cards[i];
        const char *contact = qbg__rows_at(&workspace->contacts, card->contact);
        const qbg_member *member = qbg__rows_at(&workspace->members, card->member);
        QBG__PREFETCH(contact);
        QBG__PREFETCH(contact + 64);
        QBG__PREFETCH(&member->facts);
    }
}

/* And so do the texts and facts that those rows lead to. */
QBG__PREFETCHING fetch_texts(const qbg__group *group) {
    for (uint32_t i = 0; i < group->member_count; i++) {
        const qbg_contact *contact = qbg__group_contact(group, i);
        QBG__PREFETCH(contact->key);
        QBG__PREFETCH(contact->name);
        QBG__PREFETCH(qbg__group_member(group, i)->facts.at);
    }
}

qbg_status qbg_assess(const qbg_opportunity *opportunity, int64_t as_of_s,
                      qbg_assessment **out_assessment) {
    qbg_status asked = qbg__opportunity_ask(&opportunity);
    if (asked != QBG_OK || !out_assessment) return asked != QBG_OK ? asked : QBG_E_ARGUMENT;
    qbg__mem mem = qbg__mem_fork(&opportunity->workspace->mem);
    qbg_assessment *assessment = qbg__mem_alloc_zeroed(&mem, sizeof *assessment);
    if (!assessment) return QBG_E_MEMORY;
    assessment->mem = mem;
    qbg__group_begin(&assessment->group, &mem);
    qbg__blob_begin(&assessment->answers[0].texts, &mem);
    qbg__blob_begin(&assessment->answers[1].texts, &mem);
    qbg_status status = qbg_assessment_refill(assessment, opportunity, as_of_s);
    if (status == QBG_OK)
        *out_assessment = assessment;
    else
        qbg_assessment_free(assessment);
    return status;
}

qbg_status qbg_assessment_refill(qbg_assessment *assessment, const qbg_opportunity *opportunity,
                                 int64_t as_of_s) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK || !assessment) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    int32_t spare = !assessment->current;
    fetch_people(opportunity);
    status = qbg__group_assess(&assessment->group, opportunity, as_of_s);
    if (status == QBG_OK) {
        fetch_texts(&assessment->group);
        status = write_answer(&assessment->mem, &assessment->group, &assessment->answers[spare]);
    }
    if (status == QBG_OK) assessment->current = spare;
    qbg__blob_clear(&assessment->answers[!assessment->current].texts); /* no names are left there */
    return status;
}

void qbg_assessment_free(qbg_assessment *assessment) {
    if (!assessment) return;
    free_answer(&assessment->answers[0], &assessment->mem);
    free_answer(&assessment->answers[1], &assessment->mem);
    qbg__group_end(&assessment->group);
    qbg__mem own = assessment->mem;
    qbg__mem_free(&own, assessment, sizeof *assessment);
}

/* ---- Reading ---- */

static const char *text_at(const answer *from, size_t at) { return from->texts.bytes + at; }

const char *qbg_assessment_opportunity(const qbg_assessment *assessment) {
    return assessment ? text_at(current(assessment), current(assessment)->opportunity) : "";
}

const char *qbg_assessment_account(const qbg_assessment *assessment) {
    return assessment ? text_at(current(assessment), current(assessment)->account) : "";
}

const char *qbg_assessment_solution(const qbg_assessment *assessment) {
    return assessment ? text_at(current(assessment), current(assessment)->solution) : "";
}

int64_t qbg_assessment_as_of(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->as_of : QBG_UNDATED;
}

int32_t qbg_assessment_verdict(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->verdict : QBG_UNSET;
}

double qbg_assessment_priority(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->priority : 0;
}

double qbg_assessment_intent(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->intent : 0;
}

double qbg_assessment_coverage_identified(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->identified : 0;
}

double qbg_assessment_coverage_engaged(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->engaged : 0;
}

double qbg_assessment_coverage_supportive(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->supportive : 0;
}

double qbg_assessment_completeness(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->completeness : 0;
}

int32_t qbg_assessment_members_identified(const qbg_assessment *assessment) {
    return assessment ? (int32_t)current(assessment)->member_count : 0;
}

int32_t qbg_assessment_members_engaged(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->engaged_count : 0;
}

int32_t qbg_assessment_anonymous_visitors(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->anonymous_count : 0;
}

int64_t qbg_assessment_silent_days(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->silent_days : -1;
}

int64_t qbg_assessment_next_contact(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->next_contact : QBG_UNDATED;
}

/* ---- Seats ---- */

static const seat_answer *seat_at(const qbg_assessment *assessment, uint32_t seat) {
    static const seat_answer none = {0, QBG_UNSET, 0, 0, 0, 0, 0};
    return seat < qbg_assessment_seat_count(assessment) ? &current(assessment)->seats[seat] : &none;
}

uint32_t qbg_assessment_seat_count(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->seat_count : 0;
}

const char *qbg_assessment_seat_role(const qbg_assessment *assessment, uint32_t seat) {
    if (seat >= qbg_assessment_seat_count(assessment)) return "";
    return text_at(current(assessment), seat_at(assessment, seat)->role);
}

int32_t qbg_assessment_seat_state(const qbg_assessment *assessment, uint32_t seat) {
    return seat_at(assessment, seat)->state;
}

int32_t qbg_assessment_seat_filled(const qbg_assessment *assessment, uint32_t seat) {
    return seat_at(assessment, seat)->filled;
}

int32_t qbg_assessment_seat_wanted(const qbg_assessment *assessment, uint32_t seat) {
    return seat_at(assessment, seat)->wanted;
}

int32_t qbg_assessment_seat_is_required(const qbg_assessment *assessment, uint32_t seat) {
    return seat_at(assessment, seat)->required;
}

uint32_t qbg_assessment_seat_person_count(const qbg_assessment *assessment, uint32_t seat) {
    return seat_at(assessment, seat)->person_count;
}

const char *qbg_assessment_seat_person(const qbg_assessment *assessment, uint32_t seat,
                                       uint32_t index) {
    const seat_answer *at = seat_at(assessment, seat);
    if (index >= at->person_count) return "";
    return text_at(current(assessment), current(assessment)->list[at->first_person + index]);
}

uint32_t qbg_assessment_missing_count(const qbg_assessment *assessment) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < qbg_assessment_seat_count(assessment); i++)
        count += seat_at(assessment, i)->state == QBG_SEAT_MISSING;
    return count;
}

const char *qbg_assessment_missing_role(const qbg_assessment *assessment, uint32_t index) {
    for (uint32_t i = 0; i < qbg_assessment_seat_count(assessment); i++)
        if (seat_at(assessment, i)->state == QBG_SEAT_MISSING && index-- == 0)
            return qbg_assessment_seat_role(assessment, i);
    return "";
}

/* ---- Criteria ---- */

/* The index-th criterion that is not off, or QBG_UNSET. */
static int32_t number_of(const qbg_assessment *assessment, uint32_t index) {
    if (!assessment) return QBG_UNSET;
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++)
        if (current(assessment)->gate.criteria[i].mode != QBG_MODE_OFF && index-- == 0) return i;
    return QBG_UNSET;
}

static const qbg__criterion *criterion_at(const qbg_assessment *assessment, uint32_t index) {
    static const qbg__criterion none = {QBG_UNSET, 0, 0, 0, 0, 0, 0, ""};
    int32_t number = number_of(assessment, index);
    return number == QBG_UNSET ? &none : &current(assessment)->gate.criteria[number];
}

uint32_t qbg_assessment_criterion_count(const qbg_assessment *assessment) {
    uint32_t count = 0;
    while (number_of(assessment, count) != QBG_UNSET) count++;
    return count;
}

int32_t qbg_assessment_criterion(const qbg_assessment *assessment, uint32_t index) {
    return number_of(assessment, index);
}

int32_t qbg_assessment_criterion_mode(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->mode;
}

int32_t qbg_assessment_criterion_passes(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->passes;
}

int32_t qbg_assessment_criterion_holds(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->holds;
}

int32_t qbg_assessment_criterion_has_actual(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->has_actual;
}

double qbg_assessment_criterion_actual(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->actual;
}

int32_t qbg_assessment_criterion_has_threshold(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->has_threshold;
}

double qbg_assessment_criterion_threshold(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->threshold;
}

const char *qbg_assessment_criterion_reason(const qbg_assessment *assessment, uint32_t index) {
    return criterion_at(assessment, index)->reason;
}

/* ---- Members ---- */

static const member_answer *member_at(const qbg_assessment *assessment, uint32_t index) {
    static const member_answer none = {.numbers = {.last_signal = QBG_UNDATED,
                                                   .participation = QBG_UNSET,
                                                   .interest = QBG_UNSET,
                                                   .stance = QBG_UNSET}};
    return index < qbg_assessment_member_count(assessment) ? &current(assessment)->members[index]
                                                           : &none;
}

uint32_t qbg_assessment_member_count(const qbg_assessment *assessment) {
    return assessment ? current(assessment)->member_count : 0;
}

const char *qbg_assessment_member_contact(const qbg_assessment *assessment, uint32_t index) {
    if (index >= qbg_assessment_member_count(assessment)) return "";
    return text_at(current(assessment), member_at(assessment, index)->contact);
}

const char *qbg_assessment_member_name(const qbg_assessment *assessment, uint32_t index) {
    if (index >= qbg_assessment_member_count(assessment)) return "";
    return text_at(current(assessment), member_at(assessment, index)->name);
}

uint32_t qbg_assessment_member_role_count(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->role_count;
}

const char *qbg_assessment_member_role(const qbg_assessment *assessment, uint32_t index,
                                       uint32_t role) {
    const member_answer *at = member_at(assessment, index);
    if (role >= at->role_count) return "";
    return text_at(current(assessment), current(assessment)->list[at->first_role + role]);
}

int32_t qbg_assessment_member_is_inferred(const qbg_assessment *assessment, uint32_t index) {
    const member_answer *at = member_at(assessment, index);
    return at->numbers.is_inferred && at->role_count > 0;
}

int64_t qbg_assessment_member_points_int(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.points_int;
}

double qbg_assessment_member_points(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->points;
}

double qbg_assessment_member_engagement(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.engagement;
}

int32_t qbg_assessment_member_is_engaged(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.is_engaged;
}

int32_t qbg_assessment_member_participation(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.participation;
}

int32_t qbg_assessment_member_interest(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.interest;
}

int32_t qbg_assessment_member_stance(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.stance;
}

int64_t qbg_assessment_member_last_signal(const qbg_assessment *assessment, uint32_t index) {
    return member_at(assessment, index)->numbers.last_signal;
}
