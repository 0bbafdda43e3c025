/* group: one scan of the opportunity's log, then the sections of the model in their order: people
 * and their bands (2), intent (3), coverage (4), priority (5), the gate (6); see group.h. */
#include "analysis/group.h"

#include "base/civil.h"
#include "base/real.h"
#include "model/workspace.h"

#include <string.h>

void qbg__group_begin(qbg__group *group, const qbg__mem *mem) {
    memset(group, 0, sizeof *group);
    group->mem = qbg__mem_fork(mem);
}

void qbg__group_end(qbg__group *group) {
    qbg__mem *mem = &group->mem;
    qbg__engagement_end(&group->scores, mem);
    qbg__mem_free(mem, group->factors, group->factor_capacity * sizeof *group->factors);
    qbg__mem_free(mem, group->members, group->member_capacity * sizeof *group->members);
    qbg__mem_free(mem, group->holders, group->holder_capacity * sizeof *group->holders);
    qbg__group_begin(group, mem);
}

static const qbg_policy *policy_of(const qbg__group *group) {
    return &group->opportunity->workspace->policy;
}

/* ---- People ---- */

/* The seats of a set of roles, one bit each in template order. */
static uint64_t seats_of(const qbg_template *template_, uint64_t roles) {
    uint64_t seats = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++)
        seats |= (roles >> template_->seats[i].role & 1) << i;
    return seats;
}

/* A role read from the persona, when it is sure enough. */
static uint64_t inferred_roles(const qbg__group *group, const qbg_contact *contact) {
    double least = qbg__policy_real(policy_of(group), QBG__ROLE_CONFIDENCE);
    if (qbg_contact_persona_confidence(contact) < least) return 0;
    uint32_t role = qbg__template_infer(group->template_, qbg_contact_department(contact),
                                        qbg_contact_seniority(contact));
    return role == QBG_NONE ? 0 : (uint64_t)1 << role;
}

/* Participation by points, unless the host has a word on it, which decides whether the member is
 * engaged, too. word: QBG_UNSET for none. */
static void set_participation(const qbg_policy *policy, qbg__present *at, int32_t word) {
    at->is_engaged = qbg__engagement_reaches(policy, at->points_int, QBG__ENGAGED_POINTS);
    int is_active = qbg__engagement_reaches(policy, at->points_int, QBG__ACTIVE_POINTS);
    at->participation = is_active        ? QBG_PARTICIPATION_ACTIVE
                        : at->is_engaged ? QBG_PARTICIPATION_MODERATE
                                         : QBG_PARTICIPATION_PASSIVE;
    if (word == QBG_UNSET) return;
    at->participation = word;
    at->is_engaged = word != QBG_PARTICIPATION_PASSIVE;
}

/* The same for interest, by the points of high-intent kinds. */
static void set_interest(const qbg_policy *policy, qbg__present *at, int64_t high, int32_t word) {
    at->interest = qbg__engagement_reaches(policy, high, QBG__ACTIVE_POINTS) ? QBG_INTEREST_HIGH
                   : qbg__engagement_reaches(policy, high, QBG__ENGAGED_POINTS)
                       ? QBG_INTEREST_MEDIUM
                       : QBG_INTEREST_LOW;
    if (word != QBG_UNSET) at->interest = word;
}

/* In which readings of coverage he counts. */
static int32_t readings_of(const qbg__present *at) {
    int supports = at->stance == QBG_STANCE_SUPPORTER || at->stance == QBG_STANCE_CHAMPION;
    return QBG__IDENTIFIED | (at->is_engaged ? QBG__ENGAGED : 0) | (supports ? QBG__SUPPORTIVE : 0);
}

static qbg__present describe(const qbg__group *group, const qbg_member *member,
                             qbg__holder *holder) {
    qbg__present at = {0};
    at.member = member;
    at.contact = qbg_member_contact(member);
    at.stance = qbg_member_stance(member, group->as_of);
    at.roles = qbg__member_roles(member, group->as_of);
    at.is_inferred = at.roles == 0;
    if (at.is_inferred) at.roles = inferred_roles(group, at.contact);
    const qbg__score *score =
        qbg__engagement_of(&group->scores, group->opportunity, member->contact);
    at.points_int = score ? score->points : 0;
    at.last_signal = score ? score->last : QBG_UNDATED;
    at.points = qbg__engagement_points(at.points_int);
    at.engagement = qbg__engagement(policy_of(group), at.points_int);
    set_participation(policy_of(group), &at, qbg_member_participation(member, group->as_of));
    set_interest(policy_of(group), &at, score ? score->high : 0,
                 qbg_member_interest(member, group->as_of));
    uint64_t seats = seats_of(group->template_, at.roles);
    holder->asserted = at.is_inferred ? 0 : seats;
    holder->candidates = at.is_inferred ? seats : 0;
    holder->readings = readings_of(&at);
    holder->seat = -1;
    return at;
}

static qbg_status meet_members(qbg__group *group) {
    const qbg_opportunity *opportunity = group->opportunity;
    uint32_t count = opportunity->member_count;
    qbg_status status = qbg__mem_reserve(&group->mem, &group->members, &group->member_capacity,
                                         count, sizeof *group->members);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&group->mem, &group->holders, &group->holder_capacity, count,
                                  sizeof *group->holders);
    if (status != QBG_OK) return status;
    group->member_count = 0;
    group->engaged_count = 0;
    group->next_contact = QBG_UNDATED;
    for (uint32_t i = 0; i < count; i++) {
        const qbg_member *member = qbg_member_at(opportunity, i);
        if (!qbg_member_is_present(member, group->as_of)) continue;
        uint32_t at = group->member_count++;
        group->members[at] = describe(group, member, &group->holders[at]);
        group->engaged_count += group->members[at].is_engaged;
        int64_t next = member->next_contact;
        if (next == QBG_UNDATED) continue;
        if (group->next_contact == QBG_UNDATED || next < group->next_contact)
            group->next_contact = next;
    }
    return QBG_OK;
}

/* ---- Intent ---- */

/* The weight d of a person in the product, or -1 when he is not in it at all: a member who is gone.
 */
static double weight_of(const qbg__group *group, uint32_t contact) {
    const qbg_policy *policy = policy_of(group);
    if (contact == QBG_NONE) return qbg__policy_real(policy, QBG__ANONYMOUS_DISCOUNT);
    const qbg_opportunity *opportunity = group->opportunity;
    const qbg_member *member =
        qbg__member_of(opportunity, qbg__rows_at(&opportunity->workspace->contacts, contact));
    if (!member) return qbg__policy_real(policy, QBG__UNASSIGNED_DISCOUNT);
    if (qbg_member_is_present(member, group->as_of)) return 1.0;
    int32_t status = qbg_member_status(member, group->as_of);
    if (status == QBG_STATUS_DISMISSED || status == QBG_STATUS_LEFT) return -1.0;
    if (member->left != QBG_UNDATED && member->left <= group->as_of) return -1.0;
    return qbg__policy_real(policy, QBG__UNASSIGNED_DISCOUNT); /* he has yet to join */
}

static void multiply_in(qbg__group *group, const qbg__score *score, double weight) {
    double engagement = qbg__engagement(policy_of(group), score->points);
    group->factors[group->factor_count++] = qbg__group_factor(weight, engagement);
    if (score->last_positive > group->last_positive) group->last_positive = score->last_positive;
}

double qbg__group_factor(double weight, double engagement) { return 1.0 - weight * engagement; }

/* The factors of the product, and the latest signal worth more than 0 of anybody in it. */
static qbg_status gather_factors(qbg__group *group) {
    qbg_status status = qbg__mem_reserve(&group->mem, &group->factors, &group->factor_capacity,
                                         group->scores.count, sizeof *group->factors);
    if (status != QBG_OK) return status;
    group->factor_count = 0;
    group->anonymous_count = 0;
    group->last_positive = QBG_UNDATED;
    for (uint32_t i = 0; i < group->scores.count; i++) {
        const qbg__score *score = &group->scores.at[i];
        if (score->count == 0) continue;
        double weight = i == 0 ? qbg__policy_real(policy_of(group), QBG__THIRD_PARTY_DISCOUNT)
                               : weight_of(group, score->contact);
        if (weight < 0) continue;
        multiply_in(group, score, weight);
        if (i > 0 && score->contact == QBG_NONE && score->points > 0) group->anonymous_count++;
    }
    return QBG_OK;
}

/* I = 1 - P. The factors are multiplied in ascending order, so that neither keys nor the order of
 * arrival can change a bit. */
static void measure_intent(qbg__group *group) {
    qbg__real_sort(group->factors, group->factor_count);
    double product = 1.0;
    for (uint32_t i = 0; i < group->factor_count; i++) product = product * group->factors[i];
    group->intent = 1.0 - product;
    group->silent_days = -1;
    if (group->last_positive != QBG_UNDATED)
        group->silent_days = qbg__civil_whole_days(group->last_positive, group->as_of);
}

/* ---- Coverage, priority, verdict ---- */

static void seat_people(qbg__group *group) {
    const qbg_template *template_ = group->template_;
    qbg__holder *holders = group->holders;
    uint32_t count = group->member_count;
    group->required_filled =
        qbg__coverage_required(template_, holders, count, &group->required_seats);
    qbg__coverage_seat(template_, holders, count, QBG__ENGAGED, &group->engaged);
    qbg__coverage_seat(template_, holders, count, QBG__SUPPORTIVE, &group->supportive);
    qbg__coverage_seat(template_, holders, count, QBG__IDENTIFIED, &group->identified);
    group->completeness = qbg__coverage_completeness(template_, holders, count);
}

static int32_t count_open_blockers(const qbg__group *group) {
    int32_t count = 0;
    for (uint32_t i = 0; i < group->member_count; i++)
        if (group->members[i].stance == QBG_STANCE_BLOCKER)
            count += qbg__gate_is_open_blocker(group->opportunity, group->members[i].contact,
                                               group->as_of);
    return count;
}

double qbg__group_priority(const qbg__group *group, double intent, const qbg__seating *engaged) {
    double floor = qbg__policy_real(policy_of(group), QBG__COVERAGE_FLOOR);
    double covered = qbg__coverage_ratio(engaged);
    return (100.0 * intent) * (floor + (1.0 - floor) * covered);
}

static int32_t verdict_of(const qbg__group *group) {
    if (group->gate.qualified) return QBG_VERDICT_QUALIFIED;
    if (group->engaged_count == 0) return QBG_VERDICT_SILENT;
    return group->engaged_count == 1 ? QBG_VERDICT_SINGLE_THREADED : QBG_VERDICT_MULTI_THREADED;
}

qbg__gate_facts qbg__group_facts(const qbg__group *group) {
    return (qbg__gate_facts){group->opportunity,   group->as_of,           group->member_count,
                             group->engaged_count, group->required_filled, group->required_seats,
                             &group->engaged,      group->intent,          group->silent_days,
                             group->open_blockers};
}

void qbg__group_conclude(qbg__group *group) {
    measure_intent(group);
    seat_people(group);
    group->open_blockers = count_open_blockers(group);
    const qbg__gate_facts facts = qbg__group_facts(group);
    qbg__gate_judge(policy_of(group), &facts, &group->gate);
    group->priority = qbg__group_priority(group, group->intent, &group->engaged);
    group->verdict = verdict_of(group);
}

qbg_status qbg__group_assess(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of) {
    if (!qbg__time_is_valid(as_of)) return QBG_E_RANGE;
    group->opportunity = opportunity;
    group->template_ = qbg_solution_template(qbg_opportunity_solution(opportunity));
    group->as_of = as_of;
    qbg_status status = qbg__engagement_scan(opportunity, as_of, &group->mem, &group->scores);
    if (status == QBG_OK) status = meet_members(group);
    if (status == QBG_OK) status = gather_factors(group);
    if (status == QBG_OK) qbg__group_conclude(group);
    return status;
}

/* ---- What if ---- */

qbg_status qbg__group_fork(const qbg__group *from, uint32_t extra, qbg__group *to) {
    uint64_t members = (uint64_t)from->member_count + extra;
    uint64_t factors = (uint64_t)from->factor_count + extra;
    qbg_status status = qbg__mem_reserve(&to->mem, &to->members, &to->member_capacity, members,
                                         sizeof *to->members);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&to->mem, &to->holders, &to->holder_capacity, members,
                                  sizeof *to->holders);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&to->mem, &to->factors, &to->factor_capacity, factors,
                                  sizeof *to->factors);
    if (status == QBG_OK) qbg__group_reset(from, to);
    return status;
}

void qbg__group_reset(const qbg__group *from, qbg__group *to) {
    qbg__group own = *to;
    *to = *from;
    to->mem = own.mem;
    to->scores = own.scores;
    to->factors = own.factors;
    to->factor_capacity = own.factor_capacity;
    to->members = own.members;
    to->member_capacity = own.member_capacity;
    to->holders = own.holders;
    to->holder_capacity = own.holder_capacity;
    for (uint32_t i = 0; i < from->factor_count; i++) to->factors[i] = from->factors[i];
    for (uint32_t i = 0; i < from->member_count; i++) {
        to->members[i] = from->members[i];
        to->holders[i] = from->holders[i];
    }
}

/* His factor in the product: the place of the one that he has, or of a new one. Equal factors are
 * anybody's. */
static double *factor_of(qbg__group *group, const qbg__present *at) {
    double own = qbg__group_factor(1.0, at->engagement);
    for (uint32_t i = 0; at->last_signal != QBG_UNDATED && i < group->factor_count; i++)
        if (group->factors[i] == own) return &group->factors[i];
    return &group->factors[group->factor_count++];
}

/* A signal at the instant that brings him to these points. */
static void act(qbg__group *group, qbg__present *at, int64_t points_int, int32_t word) {
    if (at->points_int < points_int || at->last_signal == QBG_UNDATED) {
        double *factor = factor_of(group, at);
        at->points_int = points_int;
        at->engagement = qbg__engagement(policy_of(group), points_int);
        *factor = qbg__group_factor(1.0, at->engagement);
    }
    at->last_signal = group->last_positive = group->as_of;
    set_participation(policy_of(group), at, word);
}

void qbg__group_engage(qbg__group *group, uint32_t member, int64_t points_int) {
    qbg__present *at = &group->members[member];
    int32_t before = at->is_engaged;
    act(group, at, points_int, qbg_member_participation(at->member, group->as_of));
    group->holders[member].readings = readings_of(at);
    group->engaged_count += at->is_engaged - before;
}

void qbg__group_identify(qbg__group *group, uint32_t seat, int64_t points_int) {
    qbg__present *at = &group->members[group->member_count];
    *at = (qbg__present){0};
    at->roles = (uint64_t)1 << group->template_->seats[seat].role;
    at->stance = QBG_STANCE_UNKNOWN;
    at->last_signal = QBG_UNDATED;
    act(group, at, points_int, QBG_UNSET);
    set_interest(policy_of(group), at, 0, QBG_UNSET);
    group->holders[group->member_count] =
        (qbg__holder){(uint64_t)1 << seat, 0, readings_of(at), -1};
    group->engaged_count += at->is_engaged;
    group->member_count++;
}

/* ---- Seats ---- */

int32_t qbg__group_seat_state(const qbg__group *group, uint32_t seat) {
    if (group->identified.filled[seat] == 0) return QBG_SEAT_MISSING;
    if (group->engaged.filled[seat] == 0) return QBG_SEAT_DARK;
    return group->supportive.filled[seat] > 0 ? QBG_SEAT_SUPPORTIVE : QBG_SEAT_ENGAGED;
}

int qbg__group_sits(const qbg__group *group, uint32_t member, uint32_t seat, int32_t before) {
    const qbg__holder *holder = &group->holders[member];
    if (holder->seat == (int32_t)seat) return 1;
    return (holder->asserted >> seat & 1) && before < group->identified.filled[seat];
}
