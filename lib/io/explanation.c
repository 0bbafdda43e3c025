/* explanation: one opportunity in full sentences. The words are in phrases.inc, the figures are
 * those of the assessment and the ledgers, rounded; what is left to this room is what is worth
 * saying and in which order: the verdict and the priority, then what they are made of, down to
 * single signals, then the gate, then what would help. */
#include "io/explanation.h"

#include <string.h>

#include "base/fixed.h"
#include "io/figure.h"
#include "io/report.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "model/workspace.h"
#include "qbg/catalog.h"
#include "qbg/engagement.h"
#include "qbg/vocabulary.h"

/* ---- what the chapters share ----------------------------------------------------------------- */

void qbg__story_say(qbg__story *story, qbg__phrase phrase) {
    qbg__teller_say(&story->teller, phrase);
}

const char *qbg__story_words(const qbg__story *story, qbg__phrase phrase) {
    return qbg__phrase_text(phrase, story->language);
}

void qbg__story_text(qbg__story *story, const char *text) {
    qbg__teller_text(&story->teller, text);
}

void qbg__story_figure(qbg__story *story, double value) {
    qbg__teller_figure(&story->teller, value, QBG__STORY_PLACES);
}

void qbg__story_exact(qbg__story *story, double value) { qbg__teller_exact(&story->teller, value); }

void qbg__story_pair(qbg__story *story, double first, double second) {
    int is_same =
        qbg__figure_round(first, QBG__STORY_PLACES) == qbg__figure_round(second, QBG__STORY_PLACES);
    int has_to_be_whole = is_same && (first < second || first > second);
    void (*give)(qbg__story *, double) = has_to_be_whole ? qbg__story_exact : qbg__story_figure;
    give(story, first);
    give(story, second);
}

int qbg__story_is_over(const qbg__story *story) {
    int64_t closed = qbg_opportunity_closed(story->opportunity);
    return closed != QBG_UNDATED && closed <= story->as_of_s;
}

int qbg__story_is_fine(qbg__story *story, qbg_status status) {
    if (story->out->status == QBG_OK) story->out->status = status;
    return status == QBG_OK;
}

double qbg__story_parameter(const qbg__story *story, int parameter) {
    return qbg__policy_real(&story->workspace->policy, parameter);
}

const char *qbg__story_name(const qbg__story *story, const qbg_contact *contact) {
    const char *name = qbg__report_contact_name(contact);
    return name[0] ? name : qbg__story_words(story, QBG__P_NAMELESS);
}

const char *qbg__story_subject(const qbg__story *story, const qbg_contact *contact) {
    const char *name = qbg__report_contact_name(contact);
    return name[0] ? name : qbg__story_words(story, QBG__P_NAMELESS_FIRST);
}

static void write_plain(qbg_blob *out, const char *text) {
    qbg__figure_write_plain(out, text, strlen(text));
}

void qbg__story_join(const qbg__story *story, qbg_blob *list, uint32_t item, uint32_t count) {
    if (item == 0) return;
    qbg__phrase joint = item + 1 < count ? QBG__P_LIST_COMMA : QBG__P_LIST_AND;
    qbg__blob_text(list, qbg__story_words(story, joint));
}

void qbg__story_write_people(const qbg__story *story, uint32_t seat, qbg_blob *out) {
    uint32_t count = qbg_assessment_seat_person_count(story->assessment, seat);
    for (uint32_t i = 0; i < count; i++) {
        const char *key = qbg_assessment_seat_person(story->assessment, seat, i);
        const qbg_contact *contact = qbg_contact_find(story->workspace, key);
        qbg__story_join(story, out, i, count);
        write_plain(out, qbg__story_name(story, contact));
    }
}

static const char *role_label(const qbg__story *story, const char *key) {
    return qbg__report_role_label(story->workspace, key, story->lang);
}

void qbg__story_write_role(const qbg__story *story, const char *key, qbg_blob *out) {
    qbg__teller_wrap(&story->teller, out, QBG__P_LIST_ROLE, role_label(story, key));
}

const qbg_member *qbg__story_next_present(const qbg__story *story, uint32_t *at) {
    while (*at < qbg_member_count(story->opportunity)) {
        const qbg_member *member = qbg_member_at(story->opportunity, (*at)++);
        if (qbg_member_is_present(member, story->as_of_s)) return member;
    }
    return NULL;
}

void qbg__story_column(const qbg__story *story, qbg__grid *grid, qbg__phrase heading, int side) {
    qbg__grid_column_add(grid, qbg__story_words(story, heading), side);
}

void qbg__story_word(const qbg__story *story, qbg__grid *grid, qbg__phrase phrase) {
    qbg__grid_text(grid, qbg__story_words(story, phrase));
}

void qbg__story_cell(const qbg__story *story, qbg__grid *grid, double value) {
    qbg__language_write_figure(qbg__grid_cell(grid), story->language, value, QBG__STORY_PLACES);
}

/* ---- the head -------------------------------------------------------------------------------- */

/* The name with the key behind it, or the key alone. */
static void give_opportunity(qbg__story *story) {
    const char *name = qbg_opportunity_name(story->opportunity);
    qbg_blob *value = qbg__teller_value(&story->teller);
    if (name && name[0]) {
        write_plain(value, name);
        qbg__blob_text(value, " (");
    }
    write_plain(value, qbg_opportunity_key(story->opportunity));
    if (name && name[0]) qbg__blob_char(value, ')');
}

static void tell_title(qbg__story *story) {
    const qbg_solution *solution = qbg_opportunity_solution(story->opportunity);
    const char *sold = qbg_solution_name(solution);
    give_opportunity(story);
    qbg__story_text(story, sold && sold[0] ? sold : qbg_solution_key(solution));
    qbg__story_text(story, qbg__report_account_name(qbg_opportunity_account(story->opportunity)));
    qbg__teller_as_of(&story->teller, story->as_of_s);
    qbg__story_say(story, QBG__P_TITLE);
}

/* Outside of its life an opportunity can be asked about, too, but that has to be known. */
static void tell_life(qbg__story *story) {
    int64_t opened = qbg_opportunity_opened(story->opportunity);
    if (qbg__story_is_over(story)) {
        int32_t outcome = qbg_opportunity_outcome(story->opportunity, story->as_of_s);
        qbg__teller_date(&story->teller, qbg_opportunity_closed(story->opportunity));
        qbg__story_text(story, qbg_word_label(QBG_WORDS_OUTCOME, outcome, story->lang));
        qbg__story_say(story, outcome == QBG_UNSET ? QBG__P_CLOSED : QBG__P_CLOSED_AS);
    } else if (opened != QBG_UNDATED && story->as_of_s < opened) {
        qbg__teller_date(&story->teller, opened);
        qbg__story_say(story, QBG__P_OPENS_LATER);
    }
    qbg__blob_text(story->out, "\n\n");
}

static void tell_gate_in_short(qbg__story *story) {
    int64_t failing = 0, missed = 0;
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(story->assessment); i++) {
        if (qbg_assessment_criterion_mode(story->assessment, i) != QBG_MODE_REQUIRED) continue;
        failing += !qbg_assessment_criterion_holds(story->assessment, i);
        missed += !qbg_assessment_criterion_passes(story->assessment, i);
    }
    qbg__teller_int(&story->teller, failing);
    qbg__story_say(story, failing > 0  ? QBG__P_GATE_FAILS
                          : missed > 0 ? QBG__P_GATE_HOLDS
                                       : QBG__P_GATE_PASSES);
    qbg__blob_char(story->out, '\n');
}

static void tell_verdict(qbg__story *story) {
    int32_t verdict = qbg_assessment_verdict(story->assessment);
    int64_t identified = qbg_assessment_members_identified(story->assessment);
    int64_t engaged = qbg_assessment_members_engaged(story->assessment);
    qbg__story_text(story, qbg_verdict_label(verdict, story->lang));
    qbg__teller_int(&story->teller, engaged);
    qbg__teller_int(&story->teller, identified);
    qbg__story_say(story, identified == 0 ? QBG__P_VERDICT_EMPTY
                          : engaged == 0  ? QBG__P_VERDICT_NOBODY
                                          : QBG__P_VERDICT_SOME);
    tell_gate_in_short(story);
}

static void tell_priority(qbg__story *story) {
    double intent = qbg_assessment_intent(story->assessment);
    double coverage = qbg_assessment_coverage_engaged(story->assessment);
    double floor = qbg__story_parameter(story, QBG__COVERAGE_FLOOR);
    qbg__teller_figure(&story->teller, qbg_assessment_priority(story->assessment), 1);
    qbg__story_figure(story, intent);
    qbg__story_exact(story, floor);
    qbg__story_exact(story, (double)qbg__figure_round(1 - floor, 3) / 1000);
    qbg__story_figure(story, coverage);
    qbg__story_say(story, QBG__P_PRIORITY);
    if (coverage < 1 && intent > 0 && !qbg__story_is_over(story)) {
        qbg__teller_figure(&story->teller, 100 * intent, 1);
        qbg__story_say(story, QBG__P_PRIORITY_CEILING);
    }
    qbg__blob_char(story->out, '\n');
}

/* ---- coverage -------------------------------------------------------------------------------- */

static void add_milli(const qbg__story *story, qbg__grid *grid, int64_t milli) {
    char text[32];
    size_t size = qbg__decimal_write(milli, 3, text);
    qbg__language_write_decimal(qbg__grid_cell(grid), story->language, text, size);
}

static void add_seat(const qbg__story *story, qbg__grid *grid, uint32_t seat) {
    const qbg_assessment *of = story->assessment;
    int required = qbg_assessment_seat_is_required(of, seat);
    int32_t state = qbg_assessment_seat_state(of, seat);
    qbg__grid_text(grid, role_label(story, qbg_assessment_seat_role(of, seat)));
    add_milli(story, grid, qbg_template_seat_weight_milli(story->template_, seat));
    qbg__story_word(story, grid, required ? QBG__P_YES : QBG__P_NO);
    qbg_blob *filled = qbg__grid_cell(grid);
    qbg__blob_int(filled, qbg_assessment_seat_filled(of, seat));
    qbg__blob_char(filled, '/');
    qbg__blob_int(filled, qbg_assessment_seat_wanted(of, seat));
    qbg__grid_text(grid, qbg_word_label(QBG_WORDS_SEAT_STATE, state, story->lang));
    qbg__story_write_people(story, seat, qbg__grid_cell(grid));
}

static void tell_coverage(qbg__story *story) {
    qbg__grid grid;
    const qbg_assessment *of = story->assessment;
    qbg__story_say(story, QBG__P_COVERAGE_HEAD);
    qbg__teller_percent(&story->teller, qbg_assessment_coverage_identified(of));
    qbg__teller_percent(&story->teller, qbg_assessment_coverage_engaged(of));
    qbg__teller_percent(&story->teller, qbg_assessment_coverage_supportive(of));
    qbg__teller_percent(&story->teller, qbg_assessment_completeness(of));
    qbg__story_say(story, QBG__P_COVERAGE);
    qbg__grid_begin(&grid, &story->out->mem);
    qbg__story_column(story, &grid, QBG__P_HEAD_SEAT, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_WEIGHT, QBG__RIGHT);
    qbg__story_column(story, &grid, QBG__P_HEAD_REQUIRED, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_FILLED, QBG__RIGHT);
    qbg__story_column(story, &grid, QBG__P_HEAD_STATE, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_WHO, QBG__LEFT);
    for (uint32_t i = 0; i < qbg_assessment_seat_count(of); i++) add_seat(story, &grid, i);
    qbg__grid_write(&grid, story->out, QBG__STORY_INDENT);
    qbg__grid_end(&grid);
}

/* ---- people ---------------------------------------------------------------------------------- */

static void tell_roles(qbg__story *story, const qbg_contact *contact, uint32_t entry) {
    const qbg_assessment *of = story->assessment;
    const char *title = qbg_contact_title(contact);
    int has_title = title && title[0];
    uint32_t count = qbg_assessment_member_role_count(of, entry);
    qbg__story_text(story, qbg__story_subject(story, contact));
    if (count == 0) {
        qbg__story_text(story, has_title ? title : "");
        qbg__story_say(story, has_title ? QBG__P_ROLE_UNKNOWN : QBG__P_ROLE_NO_TITLE);
        return;
    }
    qbg_blob *roles = qbg__teller_value(&story->teller);
    for (uint32_t i = 0; i < count; i++) {
        qbg__story_join(story, roles, i, count);
        qbg__story_write_role(story, qbg_assessment_member_role(of, entry, i), roles);
    }
    if (!qbg_assessment_member_is_inferred(of, entry)) {
        qbg__teller_int(&story->teller, count);
        qbg__story_say(story, QBG__P_ROLE_ASSERTED);
        return;
    }
    qbg__story_text(story, has_title ? title : "");
    qbg__story_say(story, has_title ? QBG__P_ROLE_FROM_TITLE : QBG__P_ROLE_INFERRED);
}

static void tell_host_words(qbg__story *story, const qbg_member *member) {
    int participation = qbg_member_participation(member, story->as_of_s) != QBG_UNSET;
    int interest = qbg_member_interest(member, story->as_of_s) != QBG_UNSET;
    if (participation && interest)
        qbg__story_say(story, QBG__P_HOST_BOTH);
    else if (participation)
        qbg__story_say(story, QBG__P_HOST_PARTICIPATION);
    else if (interest)
        qbg__story_say(story, QBG__P_HOST_INTEREST);
}

static void tell_figures(qbg__story *story, const qbg_member *member, uint32_t entry) {
    const qbg_assessment *of = story->assessment;
    int32_t participation = qbg_assessment_member_participation(of, entry);
    int32_t interest = qbg_assessment_member_interest(of, entry);
    int32_t stance = qbg_assessment_member_stance(of, entry);
    qbg__story_figure(story, qbg_assessment_member_points(of, entry));
    qbg__story_figure(story, qbg_assessment_member_engagement(of, entry));
    qbg__story_text(story, qbg_word_label(QBG_WORDS_PARTICIPATION, participation, story->lang));
    qbg__story_text(story, qbg_word_label(QBG_WORDS_INTEREST, interest, story->lang));
    qbg__story_text(story, qbg_word_label(QBG_WORDS_STANCE, stance, story->lang));
    qbg__story_say(story, QBG__P_FIGURES);
    tell_host_words(story, member);
}

static int64_t int_at(const qbg_table *ledger, const char *column, int64_t row) {
    return qbg_table_int64_at(ledger, qbg_table_column_find(ledger, column), row);
}

/* A kind is looked up by its key, which has no NUL in the table. */
static const char *kind_label(qbg__story *story, const qbg_table *ledger, int64_t row) {
    int64_t size = 0;
    const char *bytes =
        qbg_table_text_at(ledger, qbg_table_column_find(ledger, "kind"), row, &size);
    qbg__blob_rewind(&story->key);
    qbg__blob_bytes(&story->key, bytes, (size_t)size);
    const char *key = qbg_blob_data(&story->key);
    const qbg_kind *kind = qbg_kind_find(story->workspace, key);
    return kind ? qbg_kind_label(kind, story->lang) : key;
}

static void add_signal(qbg__story *story, qbg__grid *grid, const qbg_table *ledger, int64_t row) {
    int64_t size = 0;
    const char *content =
        qbg_table_text_at(ledger, qbg_table_column_find(ledger, "content"), row, &size);
    qbg__language_write_day(qbg__grid_cell(grid), story->language, int_at(ledger, "time", row));
    qbg__grid_text(grid, kind_label(story, ledger, row));
    qbg__figure_write_plain(qbg__grid_cell(grid), content, (size_t)size);
    add_milli(story, grid, int_at(ledger, "points_milli", row));
    qbg__language_write_int(qbg__grid_cell(grid), story->language, int_at(ledger, "age_days", row));
    qbg__story_cell(story, grid, (double)int_at(ledger, "decay", row) / QBG__STORY_DECAY);
    qbg__story_cell(story, grid, (double)int_at(ledger, "contribution", row) / QBG__STORY_POINT);
}

/* The sum is taken in whole units, as the assessment does, and rounded only to be shown. */
static void tell_signals(qbg__story *story, const qbg_table *ledger) {
    qbg__grid grid;
    int64_t sum = 0;
    qbg__grid_begin(&grid, &story->out->mem);
    qbg__story_column(story, &grid, QBG__P_HEAD_DATE, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_SIGNAL, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_CONTENT, QBG__LEFT);
    qbg__story_column(story, &grid, QBG__P_HEAD_POINTS, QBG__RIGHT);
    qbg__story_column(story, &grid, QBG__P_HEAD_AGE, QBG__RIGHT);
    qbg__story_column(story, &grid, QBG__P_HEAD_DECAY, QBG__RIGHT);
    qbg__story_column(story, &grid, QBG__P_HEAD_CONTRIBUTION, QBG__RIGHT);
    for (int64_t row = 0; row < qbg_table_row_count(ledger); row++) {
        add_signal(story, &grid, ledger, row);
        sum += int_at(ledger, "contribution", row);
    }
    qbg__story_word(story, &grid, QBG__P_ROW_SUM);
    for (int empty = 0; empty < 5; empty++) qbg__grid_text(&grid, "");
    qbg__story_cell(story, &grid, (double)sum / QBG__STORY_POINT);
    qbg__grid_write(&grid, story->out, QBG__STORY_INDENT);
    qbg__grid_end(&grid);
    if (sum < 0) qbg__story_say(story, QBG__P_LEDGER_NEGATIVE);
}

static void tell_ledger(qbg__story *story, const qbg_contact *contact) {
    qbg_table *ledger;
    qbg_status status = qbg_ledger(story->opportunity, contact, story->as_of_s, &ledger);
    if (!qbg__story_is_fine(story, status)) return;
    if (qbg_table_row_count(ledger) == 0) {
        qbg__story_say(story, QBG__P_LEDGER_NONE);
    } else {
        qbg__blob_text(story->out, "\n\n");
        tell_signals(story, ledger);
    }
    qbg_table_free(ledger);
}

static void tell_people(qbg__story *story) {
    uint32_t at = 0, entry = 0;
    qbg__story_say(story, QBG__P_PEOPLE_HEAD);
    if (qbg_assessment_member_count(story->assessment) == 0) {
        qbg__story_say(story, QBG__P_PEOPLE_NONE);
        return;
    }
    qbg__story_exact(story, qbg__story_parameter(story, QBG__ENGAGED_POINTS));
    qbg__story_exact(story, qbg__story_parameter(story, QBG__ACTIVE_POINTS));
    qbg__teller_int(&story->teller,
                    qbg__policy_whole(&story->workspace->policy, QBG__HALF_LIFE_DAYS));
    qbg__story_say(story, QBG__P_PEOPLE);
    for (const qbg_member *member; (member = qbg__story_next_present(story, &at)); entry++) {
        tell_roles(story, qbg_member_contact(member), entry);
        tell_figures(story, member, entry);
        tell_ledger(story, qbg_member_contact(member));
    }
}

/* ---- the public door ------------------------------------------------------------------------- */

static void tell(qbg__story *story) {
    tell_title(story);
    tell_life(story);
    tell_verdict(story);
    tell_priority(story);
    qbg__story_tell_intent(story);
    tell_coverage(story);
    tell_people(story);
    qbg__story_tell_gate(story);
    if (qbg__story_is_over(story)) return;
    qbg__story_tell_missing(story);
    qbg__story_tell_path(story);
}

static void explain(qbg_blob *out, const qbg_opportunity *opportunity,
                    const qbg_assessment *assessment, int language) {
    qbg__story story;
    memset(&story, 0, sizeof story);
    story.out = out;
    story.opportunity = opportunity;
    story.workspace = qbg__opportunity_workspace(opportunity);
    story.template_ = qbg_solution_template(qbg_opportunity_solution(opportunity));
    story.assessment = assessment;
    story.as_of_s = qbg_assessment_as_of(assessment);
    story.language = language;
    story.lang = qbg__language_name(language);
    qbg__teller_begin(&story.teller, out, language);
    qbg__blob_begin(&story.aside, &out->mem);
    qbg__blob_begin(&story.key, &out->mem);
    tell(&story);
    qbg__teller_end(&story.teller);
    qbg__story_is_fine(&story, story.aside.status);
    qbg__story_is_fine(&story, story.key.status);
    qbg__blob_end(&story.aside);
    qbg__blob_end(&story.key);
}

qbg_status qbg_report_explain(const qbg_opportunity *opportunity, int64_t as_of_s, const char *lang,
                              qbg_blob **out_blob) {
    qbg_assessment *assessment;
    if (!opportunity || !out_blob) return QBG_E_ARGUMENT;
    qbg_status status = qbg_assess(opportunity, as_of_s, &assessment);
    if (status != QBG_OK) return status;
    qbg_blob *blob = qbg__blob_new(qbg__workspace_mem(qbg__opportunity_workspace(opportunity)));
    if (blob) explain(blob, opportunity, assessment, qbg__language_of(lang));
    qbg_assessment_free(assessment);
    return qbg__report_finish(blob, out_blob);
}
