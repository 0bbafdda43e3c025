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

const qbg_member *qbg__group_member(const qbg__group *group, uint32_t index) {
    return qbg__rows_at(&group->opportunity->workspace->members, group->members[index].member);
}

const qbg_contact *qbg__group_contact(const qbg__group *group, uint32_t index) {
    return qbg__rows_at(&group->opportunity->workspace->contacts, group->members[index].contact);
}

/* Participation by points, unless the host has a word on it, which decides whether the member is
 * engaged, too. word: QBG_UNSET for none. */
static void set_participation(const qbg__group *group, qbg__present *at, int32_t word) {
    at->is_engaged = at->points_int >= group->engaged_int;
    int is_active = at->points_int >= group->active_int;
    at->participation = is_active        ? QBG_PARTICIPATION_ACTIVE
                        : at->is_engaged ? QBG_PARTICIPATION_MODERATE
                                         : QBG_PARTICIPATION_PASSIVE;
    if (word == QBG_UNSET) return;
    at->participation = word;
    at->is_engaged = word != QBG_PARTICIPATION_PASSIVE;
}

/* The same for interest, by the points of high-intent kinds. */
static void set_interest(const qbg__group *group, qbg__present *at, int64_t high, int32_t word) {
    at->interest = high >= group->active_int    ? QBG_INTEREST_HIGH
                   : high >= group->engaged_int ? QBG_INTEREST_MEDIUM
                                                : QBG_INTEREST_LOW;
    if (word != QBG_UNSET) at->interest = word;
}

/* In which readings of coverage he counts. */
static int32_t readings_of(const qbg__present *at) {
    int supports = at->stance == QBG_STANCE_SUPPORTER || at->stance == QBG_STANCE_CHAMPION;
    return QBG__IDENTIFIED | (at->is_engaged ? QBG__ENGAGED : 0) | (supports ? QBG__SUPPORTIVE : 0);
}

static qbg__present describe(const qbg__group *group, const qbg__card *card,
                             const qbg__score *score) {
    qbg__present at = {.last_signal = QBG_UNDATED,
                       .member = card->member,
                       .contact = card->contact,
                       .is_inferred = card->is_inferred,
                       .role = card->role,
                       .stance = card->stance,
                       .word = card->participation};
    if (score) {
        at.points_int = qbg__score_points(score);
        at.last_signal = qbg__stamp_time(qbg__score_last(score));
        at.engagement = qbg__engagement_half(group->half_points, at.points_int);
    }
    set_participation(group, &at, at.word);
    set_interest(group, &at, score ? qbg__score_high_points(score) : 0, card->interest);
    return at;
}

/* ---- Intent ---- */

double qbg__group_factor(double weight, double engagement) { return 1.0 - weight * engagement; }

/* Puts a score into the product, and counts it as done. */
static void multiply_in(qbg__group *group, qbg__score *score, double weight, double engagement) {
    group->factors[group->factor_count++] = qbg__group_factor(weight, engagement);
    group->last_stamp = qbg__later_stamp(group->last_stamp, qbg__score_last_positive(score));
    qbg__score_end(score);
}

/* Everybody's who is no member: third parties together, visitors, people outside the group. */
static void multiply_others_in(qbg__group *group) {
    const qbg_policy *policy = policy_of(group);
    for (uint32_t i = 0; i < group->scores.count; i++) {
        qbg__score *score = &group->scores.at[i];
        if (!qbg__score_is_there(score)) continue;
        int is_visitor = i > 0 && score->contact == QBG_NONE;
        int parameter = i == 0       ? QBG__THIRD_PARTY_DISCOUNT
                        : is_visitor ? QBG__ANONYMOUS_DISCOUNT
                                     : QBG__UNASSIGNED_DISCOUNT;
        int64_t points = qbg__score_points(score);
        group->anonymous_count += is_visitor && points > 0;
        multiply_in(group, score, qbg__policy_real(policy, parameter),
                    qbg__engagement_half(group->half_points, points));
    }
}

/* What a member who is not in the group did weighs as anybody's while he has yet to join, and
 * nothing once he is gone. */
static void multiply_absent_in(qbg__group *group, const qbg__card *card, qbg__score *score) {
    const qbg_policy *policy = policy_of(group);
    if (!score) return;
    if (card->presence == QBG__TO_COME)
        multiply_in(group, score, qbg__policy_real(policy, QBG__UNASSIGNED_DISCOUNT),
                    qbg__engagement_half(group->half_points, qbg__score_points(score)));
    qbg__score_end(score);
}

/* ---- Everybody ---- */

static void note_next_contact(qbg__group *group, const qbg__card *card) {
    if (card->next_contact == QBG_UNDATED) return;
    if (group->next_contact == QBG_UNDATED || card->next_contact < group->next_contact)
        group->next_contact = card->next_contact;
}

static void meet(qbg__group *group, const qbg__card *card) {
    qbg__score *score = qbg__engagement_of(&group->scores, group->opportunity, card);
    if (card->presence != QBG__PRESENT) {
        multiply_absent_in(group, card, score);
        return;
    }
    uint32_t index = group->member_count++;
    qbg__present *at = &group->members[index];
    *at = describe(group, card, score);
    group->holders[index] = (qbg__holder){card->is_inferred ? 0 : card->seats,
                                          card->is_inferred ? card->seats : 0, readings_of(at), -1};
    group->engaged_count += at->is_engaged;
    if (score) multiply_in(group, score, 1.0, at->engagement);
    note_next_contact(group, card);
}

static qbg_status make_room(qbg__group *group, uint32_t members) {
    qbg__mem *mem = &group->mem;
    qbg_status status = qbg__mem_reserve(mem, &group->members, &group->member_capacity, members,
                                         sizeof *group->members);
    if (status == QBG_OK)
        status = qbg__mem_reserve(mem, &group->holders, &group->holder_capacity, members,
                                  sizeof *group->holders);
    if (status != QBG_OK) return status;
    return qbg__mem_reserve(mem, &group->factors, &group->factor_capacity, group->scores.count,
                            sizeof *group->factors);
}

static void begin(qbg__group *group) {
    group->member_count = group->factor_count = 0;
    group->engaged_count = group->anonymous_count = 0;
    group->next_contact = QBG_UNDATED;
    group->last_stamp = 0;
}

static void meet_everybody(qbg__group *group) {
    const qbg__roster *roster = &group->opportunity->roster;
    const qbg__rows *members = &group->opportunity->workspace->members;
    begin(group);
    for (uint32_t i = 0; i < roster->count; i++) {
        const qbg__card *card = &roster->cards[i];
        if (card->since <= group->as_of) {
            meet(group, card);
        } else {
            const qbg__card then =
                qbg__roster_read(qbg__rows_at(members, card->member), group->as_of);
            meet(group, &then);
        }
    }
    multiply_others_in(group);
}

/* I = 1 - P. The factors are multiplied in ascending order, so that neither keys nor the order of
 * arrival can change a bit. */
static void measure_intent(qbg__group *group) {
    qbg__real_sort(group->factors, group->factor_count);
    double product = 1.0;
    for (uint32_t i = 0; i < group->factor_count; i++) product = product * group->factors[i];
    group->intent = 1.0 - product;
    group->silent_days = -1;
    if (group->last_stamp > 0)
        group->silent_days =
            qbg__civil_whole_days(qbg__stamp_time(group->last_stamp), group->as_of);
}

/* ---- Coverage, priority, verdict ---- */

static int32_t count_open_blockers(const qbg__group *group) {
    int32_t count = 0;
    for (uint32_t i = 0; i < group->member_count; i++)
        if (group->members[i].stance == QBG_STANCE_BLOCKER)
            count += qbg__gate_is_open_blocker(group->opportunity, qbg__group_contact(group, i),
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
    const qbg__coverage *coverage = &group->coverage;
    return (qbg__gate_facts){group->opportunity,        group->as_of,
                             group->member_count,       group->engaged_count,
                             coverage->required_filled, coverage->required_seats,
                             &coverage->engaged,        group->intent,
                             group->silent_days,        group->open_blockers};
}

/* All but the gate. */
static void measure(qbg__group *group) {
    measure_intent(group);
    qbg__coverage_measure(group->template_, group->holders, group->member_count, &group->coverage);
    group->open_blockers = count_open_blockers(group);
    group->priority = qbg__group_priority(group, group->intent, &group->coverage.engaged);
}

void qbg__group_conclude(qbg__group *group) {
    measure(group);
    const qbg__gate_facts facts = qbg__group_facts(group);
    qbg__gate_judge(policy_of(group), &facts, &group->gate);
    group->verdict = verdict_of(group);
}

static qbg_status look(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of) {
    if (!qbg__time_is_valid(as_of)) return QBG_E_RANGE;
    const qbg_workspace *workspace = opportunity->workspace;
    const qbg_solution *solution = qbg__rows_at(&workspace->solutions, opportunity->solution);
    group->opportunity = opportunity;
    group->template_ = qbg__rows_at(&workspace->templates, solution->template_);
    group->as_of = as_of;
    group->half_points = qbg__policy_real(&workspace->policy, QBG__HALF_ENGAGEMENT_POINTS);
    group->active_int = workspace->policy.milli[QBG__ACTIVE_POINTS] * ((int64_t)1 << 24);
    group->engaged_int = workspace->policy.milli[QBG__ENGAGED_POINTS] * ((int64_t)1 << 24);
    qbg_status status = qbg__engagement_scan(opportunity, as_of, &group->mem, &group->scores);
    return status == QBG_OK ? make_room(group, opportunity->roster.count) : status;
}

qbg_status qbg__group_assess(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of) {
    qbg_status status = look(group, opportunity, as_of);
    if (status != QBG_OK) return status;
    meet_everybody(group);
    qbg__group_conclude(group);
    return QBG_OK;
}

/* ---- At a glance ---- */

/* Can everything be read off the cards as they are, and nobody has to be placed? Nearly always. */
static int is_plain(const qbg__group *group) {
    const qbg__roster *roster = &group->opportunity->roster;
    return roster->is_plain && roster->since <= group->as_of && group->scores.visitor_count == 0 &&
           roster->count < QBG__HEADS_MOST;
}

static void glance_at(qbg__group *group, const qbg__card *card, qbg__heads *heads) {
    qbg__score *score = qbg__engagement_of(&group->scores, group->opportunity, card);
    if (card->presence != QBG__PRESENT) {
        multiply_absent_in(group, card, score);
        return;
    }
    int64_t points = score ? qbg__score_points(score) : 0;
    qbg__present at = {.stance = card->stance};
    at.is_engaged = card->participation == QBG_UNSET
                        ? points >= group->engaged_int
                        : card->participation != QBG_PARTICIPATION_PASSIVE;
    if (!card->is_inferred) qbg__heads_add(heads, card->seats, readings_of(&at));
    if (score) multiply_in(group, score, 1.0, qbg__engagement_half(group->half_points, points));
    group->member_count++;
    group->engaged_count += at.is_engaged;
    note_next_contact(group, card);
}

static void glance_at_everybody(qbg__group *group) {
    const qbg__roster *roster = &group->opportunity->roster;
    qbg__heads heads;
    qbg__heads_begin(&heads, group->template_);
    begin(group);
    for (uint32_t i = 0; i < roster->count; i++) glance_at(group, &roster->cards[i], &heads);
    multiply_others_in(group);
    measure_intent(group);
    qbg__heads_measure(group->template_, &heads, &group->coverage);
    group->open_blockers = 0;
    group->priority = qbg__group_priority(group, group->intent, &group->coverage.engaged);
}

qbg_status qbg__group_glance(qbg__group *group, const qbg_opportunity *opportunity, int64_t as_of) {
    qbg_status status = look(group, opportunity, as_of);
    if (status != QBG_OK) return status;
    if (is_plain(group)) {
        glance_at_everybody(group);
    } else {
        meet_everybody(group);
        measure(group);
    }
    const qbg__gate_facts facts = qbg__group_facts(group);
    group->gate.qualified = qbg__gate_qualifies(policy_of(group), &facts);
    group->verdict = verdict_of(group);
    return QBG_OK;
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
        at->engagement = qbg__engagement_half(group->half_points, points_int);
        *factor = qbg__group_factor(1.0, at->engagement);
    }
    at->last_signal = group->as_of;
    group->last_stamp = qbg__stamp_of(group->as_of);
    set_participation(group, at, word);
}

void qbg__group_engage(qbg__group *group, uint32_t member, int64_t points_int) {
    qbg__present *at = &group->members[member];
    int32_t before = at->is_engaged;
    act(group, at, points_int, at->word);
    group->holders[member].readings = readings_of(at);
    group->engaged_count += at->is_engaged - before;
}

void qbg__group_identify(qbg__group *group, uint32_t seat, int64_t points_int) {
    qbg__present *at = &group->members[group->member_count];
    *at = (qbg__present){.last_signal = QBG_UNDATED,
                         .member = QBG_NONE,
                         .contact = QBG_NONE,
                         .role = QBG__ROLES_NONE,
                         .stance = QBG_STANCE_UNKNOWN,
                         .word = QBG_UNSET};
    act(group, at, points_int, QBG_UNSET);
    set_interest(group, at, 0, QBG_UNSET);
    group->holders[group->member_count] =
        (qbg__holder){(uint64_t)1 << seat, 0, readings_of(at), -1};
    group->engaged_count += at->is_engaged;
    group->member_count++;
}

/* ---- Seats ---- */

int32_t qbg__group_seat_state(const qbg__group *group, uint32_t seat) {
    if (group->coverage.identified.filled[seat] == 0) return QBG_SEAT_MISSING;
    if (group->coverage.engaged.filled[seat] == 0) return QBG_SEAT_DARK;
    return group->coverage.supportive.filled[seat] > 0 ? QBG_SEAT_SUPPORTIVE : QBG_SEAT_ENGAGED;
}

int qbg__group_sits(const qbg__group *group, uint32_t member, uint32_t seat, int32_t before) {
    const qbg__holder *holder = &group->holders[member];
    if (holder->seat == (int32_t)seat) return 1;
    return (holder->asserted >> seat & 1) && before < group->coverage.identified.filled[seat];
}
