/* explanation_intent: who makes up the intent of the group, factor by factor: the members as the
 * assessment has them, then everybody else with points, from the scan of the opportunity's log that
 * the assessment is made of, too. Visitors without a name share a row, as nobody can tell them
 * apart. */
#include "io/explanation.h"

#include <string.h>

#include "analysis/engagement.h"
#include "base/sort.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

/* The table of factors while it grows. */
typedef struct factors {
    qbg__story *story;
    qbg__grid grid;
    qbg__scores scores;
    const void **outsiders; /* the scores of contacts who are no present members */
    uint32_t outsider_count;
    uint32_t outsider_capacity;
} factors;

/* A row: somebody with points, and what the product is multiplied with. */
static void add_factor(factors *self, const char *name, int64_t points_int, double weight) {
    double engagement = qbg__engagement(&self->story->workspace->policy, points_int);
    qbg__grid_text(&self->grid, name);
    qbg__story_cell(self->story, &self->grid, qbg__engagement_points(points_int));
    qbg__story_cell(self->story, &self->grid, engagement);
    qbg__story_cell(self->story, &self->grid, weight);
    qbg__story_cell(self->story, &self->grid, 1 - weight * engagement);
}

static void add_members(factors *self) {
    uint32_t at = 0, entry = 0;
    for (const qbg_member *member; (member = qbg__story_next_present(self->story, &at)); entry++) {
        int64_t points = qbg_assessment_member_points_int(self->story->assessment, entry);
        const char *name = qbg__story_subject(self->story, qbg_member_contact(member));
        if (points > 0) add_factor(self, name, points, 1);
    }
}

/* ---- people outside the group ---------------------------------------------------------------- */

static int has_points(const qbg__score *score) {
    return qbg__score_is_there(score) && qbg__score_points(score) > 0;
}

static const qbg_contact *contact_of(const factors *self, const qbg__score *score) {
    return qbg_contact_at(self->story->workspace, score->contact);
}

static const qbg_member *member_of(const factors *self, const qbg__score *score) {
    return qbg_member_find(self->story->opportunity, contact_of(self, score));
}

static int is_outsider(const factors *self, const qbg__score *score) {
    if (!has_points(score) || score->contact == QBG_NONE) return 0;
    const qbg_member *member = member_of(self, score);
    return !member || !qbg_member_is_present(member, self->story->as_of_s);
}

static int by_key(const void *a, const void *b, const void *context) {
    const qbg_contact *left = contact_of(context, a);
    const qbg_contact *right = contact_of(context, b);
    return strcmp(qbg_contact_key(left), qbg_contact_key(right));
}

static qbg_status list_outsiders(factors *self, qbg__mem *mem) {
    qbg_status status = qbg__mem_reserve(mem, &self->outsiders, &self->outsider_capacity,
                                         self->scores.count, sizeof *self->outsiders);
    if (status != QBG_OK) return status;
    for (uint32_t i = 1; i < self->scores.count; i++)
        if (is_outsider(self, &self->scores.at[i]))
            self->outsiders[self->outsider_count++] = &self->scores.at[i];
    return qbg__sort_alloc(mem, self->outsiders, self->outsider_count, by_key, self);
}

/* Dismissed or left, so that the points count for nothing. Who has yet to join is not gone. */
static int is_gone(const qbg__story *story, const qbg_member *member) {
    if (!member) return 0;
    int32_t status = qbg_member_status(member, story->as_of_s);
    int64_t left = qbg_member_left(member);
    if (status == QBG_STATUS_DISMISSED || status == QBG_STATUS_LEFT) return 1;
    return left != QBG_UNDATED && left <= story->as_of_s;
}

static void add_outsider(factors *self, const qbg__score *score) {
    qbg__story *story = self->story;
    const char *name = qbg__story_subject(story, contact_of(self, score));
    const qbg_member *member = member_of(self, score);
    double weight = qbg__story_parameter(story, QBG__UNASSIGNED_DISCOUNT);
    qbg__story_text(story, name);
    if (is_gone(story, member)) {
        qbg__story_figure(story, qbg__engagement_points(qbg__score_points(score)));
        qbg__teller_say_to(&story->teller, &story->aside, QBG__P_GONE);
        return;
    }
    if (member) qbg__teller_date(&story->teller, qbg_member_joined(member));
    qbg__story_exact(story, weight);
    qbg__teller_say_to(&story->teller, &story->aside,
                       member ? QBG__P_YET_TO_JOIN : QBG__P_OUTSIDER);
    add_factor(self, name, qbg__score_points(score), weight);
}

/* ---- nobody's points ------------------------------------------------------------------------- */

static void add_visitors(factors *self) {
    qbg__story *story = self->story;
    double weight = qbg__story_parameter(story, QBG__ANONYMOUS_DISCOUNT);
    double product = 1;
    int64_t count = 0;
    for (uint32_t i = 1; i < self->scores.count; i++) {
        const qbg__score *score = &self->scores.at[i];
        if (!has_points(score) || score->contact != QBG_NONE) continue;
        product *=
            1 - weight * qbg__engagement(&story->workspace->policy, qbg__score_points(score));
        count++;
    }
    if (count == 0) return;
    qbg__teller_int(&story->teller, count);
    qbg__teller_say_to(&story->teller, qbg__grid_cell(&self->grid), QBG__P_ROW_VISITORS);
    qbg__grid_text(&self->grid, "");
    qbg__grid_text(&self->grid, "");
    qbg__story_cell(story, &self->grid, weight);
    qbg__story_cell(story, &self->grid, product);
    qbg__story_exact(story, weight);
    qbg__teller_say_to(&story->teller, &story->aside, QBG__P_UNNAMED);
}

static void add_third_party(factors *self) {
    qbg__story *story = self->story;
    const qbg__score *score = &self->scores.at[0];
    double weight = qbg__story_parameter(story, QBG__THIRD_PARTY_DISCOUNT);
    double engagement = qbg__engagement(&story->workspace->policy, qbg__score_points(score));
    if (!has_points(score)) return;
    qbg__teller_int(&story->teller,
                    qbg__engagement_third_party(story->opportunity, story->as_of_s));
    qbg__teller_say_to(&story->teller, qbg__grid_cell(&self->grid), QBG__P_ROW_THIRD_PARTY);
    qbg__story_cell(story, &self->grid, qbg__engagement_points(qbg__score_points(score)));
    qbg__story_cell(story, &self->grid, engagement);
    qbg__story_cell(story, &self->grid, weight);
    qbg__story_cell(story, &self->grid, 1 - weight * engagement);
    qbg__story_exact(story, weight);
    qbg__teller_say_to(&story->teller, &story->aside, QBG__P_THIRD_PARTY);
}

/* ---- the chapter ----------------------------------------------------------------------------- */

static void add_all(factors *self, qbg__mem *mem) {
    qbg__story *story = self->story;
    qbg_status status =
        qbg__engagement_scan(story->opportunity, story->as_of_s, mem, &self->scores);
    if (status == QBG_OK) status = list_outsiders(self, mem);
    if (!qbg__story_is_fine(story, status)) return;
    add_members(self);
    for (uint32_t i = 0; i < self->outsider_count; i++) add_outsider(self, self->outsiders[i]);
    add_visitors(self);
    add_third_party(self);
}

static void tell_product(factors *self) {
    qbg__story *story = self->story;
    double intent = qbg_assessment_intent(story->assessment);
    qbg__story_figure(story, intent);
    qbg__story_exact(story, qbg__story_parameter(story, QBG__HALF_ENGAGEMENT_POINTS));
    qbg__story_say(story, QBG__P_INTENT);
    qbg__grid_write(&self->grid, story->out, QBG__STORY_INDENT);
    qbg__story_figure(story, 1 - intent);
    qbg__story_say(story, QBG__P_INTENT_PRODUCT);
}

void qbg__story_tell_intent(qbg__story *story) {
    qbg__mem mem = qbg__mem_fork(&story->out->mem);
    factors self;
    memset(&self, 0, sizeof self);
    self.story = story;
    qbg__grid_begin(&self.grid, &mem);
    qbg__story_column(story, &self.grid, QBG__P_HEAD_WHO, QBG__LEFT);
    qbg__story_column(story, &self.grid, QBG__P_HEAD_POINTS, QBG__RIGHT);
    qbg__story_column(story, &self.grid, QBG__P_HEAD_ENGAGEMENT, QBG__RIGHT);
    qbg__story_column(story, &self.grid, QBG__P_HEAD_WEIGHT, QBG__RIGHT);
    qbg__story_column(story, &self.grid, QBG__P_HEAD_LEFT_OPEN, QBG__RIGHT);
    add_all(&self, &mem);
    /* A grid that failed is empty, and would look as if nobody was there. */
    qbg__story_is_fine(story, self.grid.cells.status);
    qbg__story_say(story, QBG__P_INTENT_HEAD);
    if (self.grid.cell_count > 0)
        tell_product(&self);
    else
        qbg__story_say(story, QBG__P_INTENT_NONE);
    qbg__blob_text(story->out, qbg_blob_data(&story->aside));
    qbg__blob_char(story->out, '\n');
    qbg__grid_end(&self.grid);
    qbg__engagement_end(&self.scores, &mem);
    qbg__mem_free(&mem, (void *)self.outsiders, self.outsider_capacity * sizeof *self.outsiders);
}
