/* gate: each criterion compares a figure with its threshold, on integers where the figure is one;
 * see gate.h. Hysteresis is a fact, not a memory: it applies when the host recorded the verdict
 * `qualified`. */
#include "analysis/gate.h"

#include "model/workspace.h"
#include "qbg/need.h"

/* Fills the two verdicts of a criterion from its two comparisons. */
static void judge(qbg__criterion *criterion, int passes, int passes_lower, const char *failure) {
    criterion->passes = passes;
    criterion->holds = passes || passes_lower;
    criterion->reason = passes ? "passed" : criterion->holds ? "held" : failure;
}

static void show_actual(qbg__criterion *criterion, double actual) {
    criterion->has_actual = 1;
    criterion->actual = actual;
}

static void show_threshold(qbg__criterion *criterion, double threshold) {
    criterion->has_threshold = 1;
    criterion->threshold = threshold;
}

/* The lower threshold is asked of required criteria of a group that is recorded as qualified. */
typedef struct judgement {
    const qbg_policy *policy;
    const qbg__gate_facts *facts;
    int is_qualified; /* the recorded verdict at the instant */
    int64_t hold_milli;
    qbg__gate *gate;
} judgement;

static int may_hold(const judgement *at, int32_t criterion) {
    return at->is_qualified && at->gate->criteria[criterion].mode == QBG_MODE_REQUIRED;
}

static void judge_count(const judgement *at, int32_t number, int64_t actual, int parameter) {
    qbg__criterion *criterion = &at->gate->criteria[number];
    int64_t threshold = qbg__policy_whole(at->policy, parameter);
    show_actual(criterion, (double)actual);
    show_threshold(criterion, (double)threshold);
    judge(criterion, actual >= threshold,
          may_hold(at, number) && 1000 * actual >= at->hold_milli * threshold, "too_few");
}

static void judge_seats(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_REQUIRED_SEATS];
    show_actual(criterion, at->facts->required_filled);
    show_threshold(criterion, at->facts->required_seats);
    judge(criterion, at->facts->required_filled == at->facts->required_seats, 0, "vacant");
}

/* num / den >= milli / 1000, without dividing: 64 seats x 10^5 x L x 10^6 stays below 2^63. */
static void judge_coverage(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_COVERAGE_ENGAGED];
    int64_t milli = at->policy->milli[QBG__MIN_COVERAGE_ENGAGED];
    int64_t numerator = at->facts->coverage->numerator;
    int64_t denominator = at->facts->coverage->denominator;
    show_actual(criterion, qbg__coverage_ratio(at->facts->coverage));
    show_threshold(criterion, qbg__policy_real(at->policy, QBG__MIN_COVERAGE_ENGAGED));
    int holds = numerator * 1000 * 1000 >= milli * at->hold_milli * denominator;
    judge(criterion, numerator * 1000 >= milli * denominator,
          may_hold(at, QBG_CRITERION_COVERAGE_ENGAGED) && holds, "too_low");
}

static void judge_intent(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_INTENT];
    double threshold = qbg__policy_real(at->policy, QBG__MIN_INTENT);
    double lower = threshold * qbg__policy_real(at->policy, QBG__HYSTERESIS);
    show_actual(criterion, at->facts->intent);
    show_threshold(criterion, threshold);
    judge(criterion, at->facts->intent >= threshold,
          may_hold(at, QBG_CRITERION_INTENT) && at->facts->intent >= lower, "too_low");
}

static void judge_recency(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_RECENCY];
    int64_t days = at->facts->silent_days;
    int64_t threshold = qbg__policy_whole(at->policy, QBG__MAX_SILENCE_DAYS);
    show_threshold(criterion, (double)threshold);
    if (days < 0) {
        judge(criterion, 0, 0, "no_signal");
        return;
    }
    show_actual(criterion, (double)days);
    judge(criterion, days <= threshold,
          may_hold(at, QBG_CRITERION_RECENCY) && at->hold_milli * days <= 1000 * threshold,
          "too_long");
}

static int has_validated_need(const qbg__gate_facts *facts) {
    for (uint32_t i = 0; i < qbg_need_count(facts->opportunity); i++) {
        int32_t state = qbg_need_state(facts->opportunity, i, facts->as_of);
        if (state == QBG_NEED_VALIDATED || state == QBG_NEED_ADDRESSED) return 1;
    }
    return 0;
}

/* Nearly always nobody has said anything. */
static int32_t answer_of(const qbg__gate_facts *facts, int32_t number) {
    if (facts->opportunity->facts.count == 0) return QBG_UNSET;
    return qbg_opportunity_answer(facts->opportunity, number, facts->as_of);
}

static void judge_answer(const judgement *at, int32_t number, int is_shown) {
    int32_t answer = answer_of(at->facts, number);
    judge(&at->gate->criteria[number], is_shown || answer == QBG_ANSWER_YES, 0,
          answer == QBG_UNSET ? "unknown" : "no");
}

static void judge_fit(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_FIT];
    double fit = qbg_opportunity_fit(at->facts->opportunity, at->facts->as_of);
    double threshold = qbg__policy_real(at->policy, QBG__MIN_FIT);
    show_threshold(criterion, threshold);
    if (fit >= 0) show_actual(criterion, fit);
    judge(criterion, fit >= 0 && fit >= threshold, 0, fit < 0 ? "unknown" : "too_low");
}

static void judge_blockers(const judgement *at) {
    qbg__criterion *criterion = &at->gate->criteria[QBG_CRITERION_NO_OPEN_BLOCKER];
    show_actual(criterion, at->facts->open_blockers);
    show_threshold(criterion, 0);
    judge(criterion, at->facts->open_blockers == 0, 0, "open_blocker");
}

int qbg__gate_is_open_blocker(const qbg_opportunity *opportunity, const qbg_contact *contact,
                              int64_t as_of) {
    int has_need = 0;
    for (uint32_t i = 0; i < qbg_need_count(opportunity); i++) {
        if (qbg_need_contact(opportunity, i) != contact) continue;
        int32_t state = qbg_need_state(opportunity, i, as_of);
        if (state == QBG_UNSET) continue;
        if (state != QBG_NEED_ADDRESSED) return 1;
        has_need = 1;
    }
    return !has_need;
}

static void judge_one(const judgement *at, int32_t number) {
    const qbg__gate_facts *facts = at->facts;
    const qbg__criterion fresh = {0, 0, 0, 0, 0, 0, 0, ""};
    at->gate->criteria[number] = fresh;
    at->gate->criteria[number].mode = (int32_t)qbg__policy_whole(at->policy, QBG__MODE + number);
    switch (number) {
    case QBG_CRITERION_MEMBERS_IDENTIFIED:
        judge_count(at, number, facts->identified, QBG__MIN_MEMBERS_IDENTIFIED);
        break;
    case QBG_CRITERION_MEMBERS_ENGAGED:
        judge_count(at, number, facts->engaged, QBG__MIN_MEMBERS_ENGAGED);
        break;
    case QBG_CRITERION_REQUIRED_SEATS: judge_seats(at); break;
    case QBG_CRITERION_COVERAGE_ENGAGED: judge_coverage(at); break;
    case QBG_CRITERION_INTENT: judge_intent(at); break;
    case QBG_CRITERION_RECENCY: judge_recency(at); break;
    case QBG_CRITERION_NEED_VALIDATED: judge_answer(at, number, has_validated_need(facts)); break;
    case QBG_CRITERION_FIT: judge_fit(at); break;
    case QBG_CRITERION_NO_OPEN_BLOCKER: judge_blockers(at); break;
    default: judge_answer(at, number, 0); break; /* budget, authority, timeline */
    }
}

static judgement begin(const qbg_policy *policy, const qbg__gate_facts *facts, qbg__gate *gate) {
    int32_t recorded = qbg_opportunity_verdict(facts->opportunity, facts->as_of);
    return (judgement){policy, facts, recorded == QBG_VERDICT_QUALIFIED,
                       policy->milli[QBG__HYSTERESIS], gate};
}

void qbg__gate_judge(const qbg_policy *policy, const qbg__gate_facts *facts, qbg__gate *out) {
    const judgement at = begin(policy, facts, out);
    out->qualified = 1;
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++) {
        judge_one(&at, i);
        if (out->criteria[i].mode == QBG_MODE_REQUIRED && !out->criteria[i].holds)
            out->qualified = 0;
    }
}

int qbg__gate_qualifies(const qbg_policy *policy, const qbg__gate_facts *facts) {
    qbg__gate gate;
    const judgement at = begin(policy, facts, &gate);
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++) {
        if (qbg__policy_whole(policy, QBG__MODE + i) != QBG_MODE_REQUIRED) continue;
        judge_one(&at, i);
        if (!gate.criteria[i].holds) return 0;
    }
    return 1;
}
