/* explanation_gate: each criterion with its figure and its threshold, and what would help. */
#include "io/explanation.h"

#include <string.h>

#include "base/civil.h"
#include "io/figure.h"
#include "model/policy.h"
#include "qbg/opportunity.h"
#include "qbg/vocabulary.h"

/* ---- the gate -------------------------------------------------------------------------------- */

/* A criterion of the assessment with its figures. */
typedef struct criterion {
    int32_t which;
    int passes;
    int has_actual;
    double actual;
    double threshold;
} criterion;

static criterion criterion_at(const qbg_assessment *of, uint32_t index) {
    criterion found;
    found.which = qbg_assessment_criterion(of, index);
    found.passes = qbg_assessment_criterion_passes(of, index);
    found.has_actual = qbg_assessment_criterion_has_actual(of, index);
    found.actual = qbg_assessment_criterion_actual(of, index);
    found.threshold = qbg_assessment_criterion_threshold(of, index);
    return found;
}

static qbg__phrase tell_count(qbg__story *story, const criterion *of, qbg__phrase phrase) {
    qbg__teller_int(&story->teller, (int64_t)of->actual);
    qbg__teller_int(&story->teller, (int64_t)of->threshold);
    return phrase;
}

static qbg__phrase tell_ratio(qbg__story *story, const criterion *of, qbg__phrase phrase) {
    qbg__story_pair(story, of->actual, of->threshold);
    return phrase;
}

/* The host's word: yes, no, or none. */
static qbg__phrase tell_word(const qbg__story *story, const criterion *of, qbg__phrase yes,
                             qbg__phrase no, qbg__phrase unknown) {
    int32_t answer = qbg_opportunity_answer(story->opportunity, of->which, story->as_of_s);
    if (of->passes) return yes;
    return answer == QBG_ANSWER_NO ? no : unknown;
}

static qbg__phrase tell_fit(qbg__story *story, const criterion *of) {
    if (of->has_actual) return tell_ratio(story, of, QBG__P_FIT);
    qbg__story_figure(story, of->threshold);
    return QBG__P_FIT_UNKNOWN;
}

static qbg__phrase tell_blockers(qbg__story *story, const criterion *of) {
    if (of->passes) return QBG__P_BLOCKER_PASS;
    return tell_count(story, of, QBG__P_BLOCKER_FAIL);
}

/* Gives the values of the sentence about a criterion, and tells which sentence it is. */
static qbg__phrase tell_criterion(qbg__story *story, const criterion *of) {
    switch (of->which) {
    case QBG_CRITERION_MEMBERS_IDENTIFIED: return tell_count(story, of, QBG__P_IDENTIFIED);
    case QBG_CRITERION_MEMBERS_ENGAGED: return tell_count(story, of, QBG__P_ENGAGED);
    case QBG_CRITERION_REQUIRED_SEATS: return of->passes ? QBG__P_SEATS_PASS : QBG__P_SEATS_FAIL;
    case QBG_CRITERION_COVERAGE_ENGAGED: return tell_ratio(story, of, QBG__P_COVERED);
    case QBG_CRITERION_INTENT: return tell_ratio(story, of, QBG__P_INTENDED);
    case QBG_CRITERION_RECENCY:
        return of->has_actual ? tell_count(story, of, QBG__P_SILENT_FOR) : QBG__P_SILENT_EVER;
    case QBG_CRITERION_NEED_VALIDATED: return of->passes ? QBG__P_NEED_PASS : QBG__P_NEED_FAIL;
    case QBG_CRITERION_BUDGET:
        return tell_word(story, of, QBG__P_BUDGET_YES, QBG__P_BUDGET_NO, QBG__P_BUDGET_UNKNOWN);
    case QBG_CRITERION_AUTHORITY:
        return tell_word(story, of, QBG__P_AUTHORITY_YES, QBG__P_AUTHORITY_NO,
                         QBG__P_AUTHORITY_UNKNOWN);
    case QBG_CRITERION_TIMELINE:
        return tell_word(story, of, QBG__P_TIMELINE_YES, QBG__P_TIMELINE_NO,
                         QBG__P_TIMELINE_UNKNOWN);
    case QBG_CRITERION_FIT: return tell_fit(story, of);
    default: return tell_blockers(story, of); /* QBG_CRITERION_NO_OPEN_BLOCKER */
    }
}

static qbg__phrase result_of(const qbg_assessment *of, uint32_t index) {
    if (qbg_assessment_criterion_passes(of, index)) return QBG__P_PASSES;
    if (qbg_assessment_criterion_holds(of, index)) return QBG__P_HOLDS;
    int is_unknown = strcmp(qbg_assessment_criterion_reason(of, index), "unknown") == 0;
    return is_unknown ? QBG__P_UNKNOWN : QBG__P_FAILS;
}

void qbg__story_tell_gate(qbg__story *story) {
    qbg__grid grid;
    const qbg_assessment *of = story->assessment;
    qbg__story_say(story, QBG__P_GATE_HEAD);
    qbg__grid_begin(&grid, &story->out->mem);
    for (int column = 0; column < 3; column++) qbg__grid_column_add(&grid, "", QBG__LEFT);
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(of); i++) {
        criterion found = criterion_at(of, i);
        int32_t mode = qbg_assessment_criterion_mode(of, i);
        qbg__story_word(story, &grid, result_of(of, i));
        qbg__grid_text(&grid, qbg_word_label(QBG_WORDS_MODE, mode, story->lang));
        qbg__phrase sentence = tell_criterion(story, &found);
        qbg__teller_say_to(&story->teller, qbg__grid_cell(&grid), sentence);
    }
    qbg__grid_write(&grid, story->out, QBG__STORY_INDENT);
    qbg__grid_end(&grid);
}

/* ---- what is missing ------------------------------------------------------------------------- */

static void tell_missing_roles(qbg__story *story) {
    uint32_t count = qbg_assessment_missing_count(story->assessment);
    qbg_blob *list = qbg__teller_value(&story->teller);
    for (uint32_t i = 0; i < count; i++) {
        qbg__story_join(story, list, i, count);
        qbg__story_write_role(story, qbg_assessment_missing_role(story->assessment, i), list);
    }
    if (count > 0)
        qbg__story_say(story, QBG__P_MISSING_ROLES);
    else
        qbg__teller_clear(&story->teller);
}

static int is_listed(const qbg_assessment *of, uint32_t seat, int32_t state, int required_only) {
    if (qbg_assessment_seat_state(of, seat) != state) return 0;
    return !required_only || qbg_assessment_seat_is_required(of, seat);
}

/* The seats of a state, required ones only if so asked: their roles, with the people in them.
 * Returns how many. */
static uint32_t list_seats(qbg__story *story, int32_t state, int required_only) {
    const qbg_assessment *of = story->assessment;
    uint32_t seats = qbg_assessment_seat_count(of), count = 0, listed = 0;
    qbg_blob *list = qbg__teller_value(&story->teller);
    for (uint32_t i = 0; i < seats; i++) count += (uint32_t)is_listed(of, i, state, required_only);
    for (uint32_t i = 0; i < seats; i++) {
        if (!is_listed(of, i, state, required_only)) continue;
        qbg__story_join(story, list, listed++, count);
        qbg__story_write_role(story, qbg_assessment_seat_role(of, i), list);
        if (qbg_assessment_seat_person_count(of, i) == 0) continue;
        qbg__blob_text(list, " (");
        qbg__story_write_people(story, i, list);
        qbg__blob_char(list, ')');
    }
    return listed;
}

static void tell_dark_seats(qbg__story *story) {
    if (list_seats(story, QBG_SEAT_DARK, 0) > 0)
        qbg__story_say(story, QBG__P_DARK_SEATS);
    else
        qbg__teller_clear(&story->teller);
}

/* Everybody has one seat or is asserted on each of several, so if not all required seats can have
 * somebody at once, there is one with nobody. */
static void help_required_seats(qbg__story *story) {
    uint32_t listed = list_seats(story, QBG_SEAT_MISSING, 1);
    qbg__teller_int(&story->teller, listed);
    qbg__story_say(story, QBG__P_HELP_SEATS);
}

static void help_engage(qbg__story *story, const criterion *of) {
    const qbg_assessment *assessment = story->assessment;
    double best = 0, bound = qbg__story_parameter(story, QBG__ENGAGED_POINTS);
    const qbg_member *nearest = NULL;
    uint32_t at = 0, entry = 0;
    qbg__teller_int(&story->teller, (int64_t)(of->threshold - of->actual));
    qbg__story_say(story, QBG__P_HELP_ENGAGE);
    for (const qbg_member *member; (member = qbg__story_next_present(story, &at)); entry++) {
        double points = qbg_assessment_member_points(assessment, entry);
        if (points <= best || points >= bound) continue;
        if (qbg_assessment_member_is_engaged(assessment, entry)) continue;
        best = points;
        nearest = member;
    }
    if (!nearest) return;
    qbg__story_text(story, qbg__story_name(story, qbg_member_contact(nearest)));
    qbg__story_pair(story, best, bound);
    qbg__story_say(story, QBG__P_HELP_NEAREST);
}

static double place_weight(const qbg__story *story, uint32_t seat) {
    return (double)qbg_template_seat_weight_milli(story->template_, seat) /
           qbg_template_seat_people(story->template_, seat);
}

/* The heaviest place among the seats where nobody is engaged. */
static void help_coverage(qbg__story *story, const criterion *of) {
    uint32_t count = qbg_template_seat_count(story->template_);
    uint32_t best = count;
    double total = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t state = qbg_assessment_seat_state(story->assessment, i);
        total += (double)qbg_template_seat_weight_milli(story->template_, i);
        if (state != QBG_SEAT_MISSING && state != QBG_SEAT_DARK) continue;
        if (best == count || place_weight(story, i) > place_weight(story, best)) best = i;
    }
    if (best == count) return;
    const char *role = qbg_assessment_seat_role(story->assessment, best);
    qbg__story_write_role(story, role, qbg__teller_value(&story->teller));
    double gain = place_weight(story, best) / total, gap = of->threshold - of->actual;
    if (qbg__figure_round(gap, QBG__STORY_PLACES) > 0) {
        qbg__story_figure(story, gain);
        qbg__story_figure(story, gap);
    } else { /* a gap is never 0 */
        qbg__story_exact(story, gain);
        qbg__story_exact(story, gap);
    }
    qbg__story_say(story, QBG__P_HELP_COVERAGE);
}

static void help_intent(qbg__story *story, const criterion *of) {
    double points = qbg__story_parameter(story, QBG__ACTIVE_POINTS);
    double half = qbg__story_parameter(story, QBG__HALF_ENGAGEMENT_POINTS);
    qbg__story_exact(story, points);
    qbg__story_pair(story, of->actual, 1 - (1 - of->actual) * (half / (points + half)));
    qbg__story_say(story, QBG__P_HELP_INTENT);
}

static void help(qbg__story *story, const criterion *of) {
    switch (of->which) {
    case QBG_CRITERION_MEMBERS_IDENTIFIED:
        qbg__teller_int(&story->teller, (int64_t)(of->threshold - of->actual));
        qbg__story_say(story, QBG__P_HELP_IDENTIFY);
        break;
    case QBG_CRITERION_MEMBERS_ENGAGED: help_engage(story, of); break;
    case QBG_CRITERION_REQUIRED_SEATS: help_required_seats(story); break;
    case QBG_CRITERION_COVERAGE_ENGAGED: help_coverage(story, of); break;
    case QBG_CRITERION_INTENT: help_intent(story, of); break;
    case QBG_CRITERION_RECENCY:
        qbg__story_say(story, of->has_actual ? QBG__P_HELP_RECENCY : QBG__P_HELP_FIRST_SIGNAL);
        break;
    default: /* advisory unless the host made it required: the sentence says enough */
        qbg__story_say(story, tell_criterion(story, of));
        qbg__blob_char(story->out, '\n');
    }
}

static void tell_next_contact(qbg__story *story) {
    int64_t next = qbg_assessment_next_contact(story->assessment);
    if (next == QBG_UNDATED) {
        qbg__story_say(story, QBG__P_NEXT_NONE);
        return;
    }
    int is_past = next / QBG__DAY_S < story->as_of_s / QBG__DAY_S;
    qbg__teller_date(&story->teller, next);
    qbg__story_say(story, is_past ? QBG__P_NEXT_OVERDUE : QBG__P_NEXT_PLANNED);
}

void qbg__story_tell_missing(qbg__story *story) {
    const qbg_assessment *of = story->assessment;
    int failing = 0;
    qbg__story_say(story, QBG__P_MISSING_HEAD);
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(of); i++) {
        if (qbg_assessment_criterion_mode(of, i) != QBG_MODE_REQUIRED) continue;
        if (qbg_assessment_criterion_holds(of, i)) continue;
        criterion found = criterion_at(of, i);
        help(story, &found);
        failing = 1;
    }
    if (!failing) qbg__story_say(story, QBG__P_MISSING_NOTHING);
    tell_missing_roles(story);
    tell_dark_seats(story);
    tell_next_contact(story);
}
