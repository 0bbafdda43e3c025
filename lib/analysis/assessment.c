/* assessment: a group's numbers (group.h) copied into a handle with texts of its own, so that it
 * outlives the workspace; see qbg/assessment.h. A handle holds two answers: a refill writes the
 * spare one and swaps, so that failing leaves what was there, and a warm refill allocates nothing.
 */
#include "qbg/assessment.h"

#include "analysis/group.h"
#include "base/real.h"
#include "base/scan.h"
#include "model/workspace.h"

#include <string.h>

typedef struct seat_answer {
    uint32_t role; /* where its text lies */
    int32_t state, filled, wanted, required;
    uint32_t first_person, person_count;
} seat_answer;

typedef struct member_answer {
    qbg__present numbers;
    double points;
    uint32_t contact, name;
    uint32_t first_role, role_count;
} member_answer;

typedef struct answer {
    char *texts; /* NUL-terminated, one behind the other */
    uint32_t text_size, text_capacity;
    uint32_t *list; /* texts of seats' people, then of members' roles */
    uint32_t list_count, list_capacity;
    seat_answer *seats;
    uint32_t seat_count, seat_capacity;
    member_answer *members;
    uint32_t member_count, member_capacity;
    uint32_t opportunity, account, solution;
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

/* An answer on its way, and what went wrong with it first. */
typedef struct writer {
    const qbg__group *group;
    qbg__mem *mem;
    answer *to;
    qbg_status status;
    uint64_t roles;                     /* whose texts are there, one bit each, */
    uint32_t role_texts[QBG__ROLE_MAX]; /* and where */
} writer;

static int reserve(writer *at, void *array, uint32_t *capacity, uint64_t need, size_t item) {
    if (at->status == QBG_OK) at->status = qbg__mem_reserve(at->mem, array, capacity, need, item);
    return at->status == QBG_OK;
}

/* Where one text comes, more are likely to come. */
#define SPARE_TEXT 192u

/* Copies a text and says where it lies. */
static uint32_t put_text(writer *at, const char *text) {
    answer *to = at->to;
    uint32_t where = to->text_size;
    size_t size = strlen(text) + 1;
    if (to->text_capacity - where < size &&
        !reserve(at, &to->texts, &to->text_capacity, (uint64_t)where + size + SPARE_TEXT, 1))
        return 0;
    memcpy(to->texts + where, text, size);
    to->text_size += (uint32_t)size;
    return where;
}

/* The same for a role, which many have. */
static uint32_t put_role(writer *at, uint32_t number) {
    if (!(at->roles >> number & 1)) {
        const qbg_role *role = qbg__rows_at(&at->group->opportunity->workspace->roles, number);
        at->role_texts[number] = put_text(at, role->key);
        at->roles |= (uint64_t)1 << number;
    }
    return at->role_texts[number];
}

static void list_text(writer *at, uint32_t where) {
    answer *to = at->to;
    if (to->list_count == to->list_capacity &&
        !reserve(at, &to->list, &to->list_capacity, (uint64_t)to->list_count + 1, sizeof *to->list))
        return;
    to->list[to->list_count++] = where;
}

/* Seats with room in the list for those who sit there, who are as many as its places are filled. */
static void write_seats(writer *at) {
    const qbg__group *group = at->group;
    answer *to = at->to;
    uint32_t count = group->template_->seat_count;
    to->seat_count = 0;
    if (!reserve(at, &to->seats, &to->seat_capacity, count, sizeof *to->seats)) return;
    to->seat_count = count;
    for (uint32_t i = 0; i < count; i++) {
        const qbg__seat *row = &group->template_->seats[i];
        int32_t filled = group->coverage.identified.filled[i];
        to->seats[i] = (seat_answer){put_role(at, row->role),
                                     qbg__group_seat_state(group, i),
                                     filled,
                                     row->people,
                                     row->required,
                                     to->list_count,
                                     0};
        to->list_count += (uint32_t)filled;
    }
    reserve(at, &to->list, &to->list_capacity, to->list_count, sizeof *to->list);
}

static void sit(answer *to, uint32_t seat, uint32_t contact) {
    seat_answer *at = &to->seats[seat];
    if (at->person_count == (uint32_t)at->filled) return; /* more have that role than places */
    to->list[at->first_person + at->person_count++] = contact;
}

static void write_sitting(const qbg__holder *holder, uint32_t contact, answer *to) {
    for (uint64_t seats = holder->asserted; seats != 0; seats &= seats - 1)
        sit(to, qbg__scan_first(seats), contact);
    if (holder->seat >= 0) sit(to, (uint32_t)holder->seat, contact);
}

/* Mostly a member has one role, and his row need not be met. */
static void write_roles(writer *at, const qbg__present *row, member_answer *member) {
    const qbg_workspace *workspace = at->group->opportunity->workspace;
    uint32_t roles[QBG__ROLE_MAX];
    member->first_role = at->to->list_count;
    member->role_count = row->role != QBG__ROLES_NONE;
    roles[0] = (uint32_t)row->role;
    if (row->role == QBG__ROLES_MANY) {
        const qbg_member *of = qbg__rows_at(&workspace->members, row->member);
        uint64_t set = qbg__roster_roles(of, at->group->as_of);
        member->role_count = qbg__role_list(workspace, set, roles);
    }
    for (uint32_t i = 0; i < member->role_count; i++) list_text(at, put_role(at, roles[i]));
}

static void write_members(writer *at) {
    const qbg__group *group = at->group;
    const qbg__rows *contacts = &group->opportunity->workspace->contacts;
    answer *to = at->to;
    uint32_t count = group->member_count;
    to->member_count = 0;
    if (!reserve(at, &to->members, &to->member_capacity, count, sizeof *to->members)) return;
    to->member_count = count;
    for (uint32_t i = 0; i < count; i++) {
        member_answer *member = &to->members[i];
        const qbg_contact *contact = qbg__rows_at(contacts, group->members[i].contact);
        member->numbers = group->members[i];
        member->points = qbg__engagement_points(member->numbers.points_int);
        member->contact = put_text(at, contact->key);
        member->name = put_text(at, contact->name ? contact->name : "");
        write_sitting(&group->holders[i], member->contact, to);
        write_roles(at, &member->numbers, member);
    }
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
    writer at;
    at.group = group;
    at.mem = mem;
    at.to = to;
    at.status = QBG_OK;
    at.roles = 0;
    to->text_size = to->list_count = 0;
    to->opportunity = put_text(&at, opportunity->key);
    to->account = put_text(&at, qbg_opportunity_account(opportunity)->key);
    to->solution = put_text(&at, qbg_opportunity_solution(opportunity)->key);
    write_numbers(group, to);
    write_seats(&at);
    write_members(&at);
    return at.status;
}

/* ---- The handle's life ---- */

/* No names are left in an answer that is not shown. */
static void clear_answer(answer *at) {
    qbg__mem_wipe(at->texts, at->text_size);
    at->text_size = 0;
}

static void free_answer(answer *at, qbg__mem *mem) {
    qbg__mem_free(mem, at->texts, at->text_capacity);
    qbg__mem_free(mem, at->list, at->list_capacity * sizeof *at->list);
    qbg__mem_free(mem, at->seats, at->seat_capacity * sizeof *at->seats);
    qbg__mem_free(mem, at->members, at->member_capacity * sizeof *at->members);
}

/* Each person's row is somewhere else in the memory: they are asked for all at once, and come while
 * the log is read. */
QBG__PREFETCHING fetch_people(const qbg_opportunity *opportunity) {
    const qbg_workspace *workspace = opportunity->workspace;
    QBG__PREFETCH(opportunity->roster.cards);
    QBG__PREFETCH(opportunity->log.people);
    QBG__PREFETCH(opportunity->log.entries);
    QBG__PREFETCH(opportunity->key);
    for (uint32_t i = 0; i < opportunity->roster.count; i++) {
        const qbg_contact *contact =
            qbg__rows_at(&workspace->contacts, opportunity->roster.cards[i].contact);
        QBG__PREFETCH(&contact->key);
        QBG__PREFETCH(&contact->name);
    }
}

/* And so do the texts that those rows lead to. */
QBG__PREFETCHING fetch_texts(const qbg__group *group) {
    for (uint32_t i = 0; i < group->member_count; i++) {
        const qbg_contact *contact = qbg__group_contact(group, i);
        QBG__PREFETCH(contact->key);
        QBG__PREFETCH(contact->name);
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
    clear_answer(&assessment->answers[!assessment->current]);
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

static const char *text_at(const answer *from, uint32_t at) { return from->texts + at; }

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
