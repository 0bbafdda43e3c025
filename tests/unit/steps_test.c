/* steps_test: the search for the path to qualified against trying every set of steps, in random
 * groups; how steps change a group; and what is said when the search is cut off. */
#include "fixture.h"

#include "analysis/steps.h"
#include "model/workspace.h"

#define NOW (NOON + 1)

enum { SEATS_MAX = 5, OPTIONS_MAX = 80 };

static uint32_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

/* One of `count`, from 0. */
static int32_t any(uint64_t *seed, uint32_t count) { return (int32_t)(next(seed) % count); }

static int one_in(uint64_t *seed, uint32_t count) { return any(seed, count) == 0; }

/* ---- A random group ---- */

static void set_policy(qbg_workspace *workspace, const char *key, int32_t milli) {
    OK(qbg_policy_set_milli(qbg_workspace_policy(workspace), key, milli));
}

static void draw_policy(qbg_workspace *workspace, uint64_t *seed) {
    static const char *const words[] = {"off", "advisory", "required"};
    set_policy(workspace, "path_steps", 1000 + 1000 * any(seed, 4));
    set_policy(workspace, "min_coverage_engaged", any(seed, 1001));
    set_policy(workspace, "min_intent", any(seed, 1000));
    set_policy(workspace, "min_members_identified", 1000 * any(seed, 7));
    set_policy(workspace, "min_members_engaged", 1000 * any(seed, 5));
    if (one_in(seed, 4)) set_policy(workspace, "half_engagement_points", one_in(seed, 2) ? 1 : 100);
    if (one_in(seed, 6)) set_policy(workspace, "active_points", 2500 * any(seed, 3));
    if (one_in(seed, 6)) set_policy(workspace, "engaged_points", 2500 * any(seed, 3));
    if (one_in(seed, 6)) set_policy(workspace, "coverage_floor", 500 * any(seed, 3));
    if (one_in(seed, 8))
        OK(qbg_policy_set_text(qbg_workspace_policy(workspace), "mode.required_seats",
                               words[any(seed, 3)]));
    if (one_in(seed, 8))
        OK(qbg_policy_set_text(qbg_workspace_policy(workspace), "mode.budget", words[2]));
}

/* Weights are small or differ little, so that many sets tie. */
static qbg_template *draw_template(qbg_workspace *workspace, uint64_t *seed, uint32_t seats) {
    qbg_template *template_ = NULL;
    OK(qbg_template_add(workspace, "t", &template_));
    int32_t people = 1 + any(seed, 3), is_even = one_in(seed, 2);
    for (uint32_t i = 0; i < seats; i++) {
        int32_t weight = is_even ? 1000 * (1 + any(seed, 2)) : 1 + any(seed, 4000);
        OK(qbg_template_set_seat(template_, qbg_role_at(workspace, i), weight,
                                 1 + any(seed, (uint32_t)people), one_in(seed, 3)));
    }
    return template_;
}

static void draw_acts(qbg_opportunity *deal, qbg_contact *contact, uint64_t *seed) {
    static const char *const kinds[] = {"page_view", "content_download", "meeting", "unsubscribe"};
    for (int32_t i = any(seed, 3); i > 0; i--)
        tell(deal->workspace, (act){.time = NOW - any(seed, 80) * DAY,
                                    .kind = kinds[any(seed, 4)],
                                    .contact = contact,
                                    .opportunity = deal});
}

static void draw_member(qbg_opportunity *deal, uint32_t number, uint32_t seats, uint64_t *seed) {
    qbg_workspace *workspace = deal->workspace;
    char key[] = {'c', (char)('0' + number), '\0'};
    qbg_contact *contact = add_contact(workspace, key, NULL);
    qbg_member *member = add_member(deal, contact);
    for (int32_t i = one_in(seed, 3) ? 0 : 1 + any(seed, 3); i > 0; i--)
        OK(qbg_member_add_role(member, qbg_role_at(workspace, (uint32_t)any(seed, seats)),
                               QBG_SOURCE_HOST));
    if (one_in(seed, 5))
        OK(qbg_member_set_participation(member, any(seed, 3), QBG_UNDATED, QBG_SOURCE_HOST));
    if (!one_in(seed, 3)) draw_acts(deal, contact, seed);
}

static qbg_opportunity *draw(qbg_workspace *workspace, uint64_t *seed) {
    qbg_solution *solution = NULL;
    uint32_t seats = 1 + (uint32_t)any(seed, SEATS_MAX), members = (uint32_t)any(seed, 7);
    draw_policy(workspace, seed);
    OK(qbg_solution_add(workspace, "s", NULL, draw_template(workspace, seed, seats), &solution));
    qbg_opportunity *deal =
        add_opportunity(workspace, "d", add_account(workspace, "a"), solution, QBG_UNDATED);
    for (uint32_t i = 0; i < members; i++) draw_member(deal, i, seats, seed);
    if (one_in(seed, 2)) draw_acts(deal, add_contact(workspace, "z", NULL), seed);
    return deal;
}

/* Whoever has no asserted role gets candidate seats, also several, as no persona gives yet. */
static void draw_candidates(qbg__group *group, uint64_t *seed) {
    for (uint32_t i = 0; i < group->member_count; i++)
        if (group->holders[i].asserted == 0)
            group->holders[i].candidates =
                next(seed) & (((uint64_t)1 << group->template_->seat_count) - 1);
    qbg__group_conclude(group);
}

/* ---- Every set of steps ---- */

typedef struct trial {
    const qbg__group *group;
    qbg__group then;
    qbg__step options[OPTIONS_MAX]; /* in their order */
    uint32_t count;
    int64_t points_int;
    uint32_t chosen[QBG__STEPS_MAX], best[QBG__STEPS_MAX];
    int has_best;
    double priority;
    uint32_t met; /* criteria that held after some set */
} trial;

static int64_t milli_of(const qbg__group *group, int parameter) {
    return group->opportunity->workspace->policy.milli[parameter];
}

static int is_behind(const trial *at, qbg__step a, qbg__step b) {
    if (a.kind != b.kind) return a.kind > b.kind;
    if (a.kind == QBG_STEP_IDENTIFY) return a.at > b.at;
    double first = at->group->members[a.at].engagement, other = at->group->members[b.at].engagement;
    return first > other || (!(first < other) && a.at > b.at);
}

static void add_option(trial *at, int32_t kind, uint32_t who) {
    qbg__step fresh = {kind, who};
    uint32_t to = at->count++;
    for (; to > 0 && is_behind(at, at->options[to - 1], fresh); to--)
        at->options[to] = at->options[to - 1];
    at->options[to] = fresh;
}

static void begin(trial *at, const qbg__group *group) {
    memset(at, 0, sizeof *at);
    at->group = group;
    int64_t active = milli_of(group, QBG__ACTIVE_POINTS);
    int64_t engaged = milli_of(group, QBG__ENGAGED_POINTS);
    at->points_int = (active > engaged ? active : engaged) * (1 << 24);
    qbg__group_begin(&at->then, &group->mem);
    OK(qbg__group_fork(group, QBG__STEPS_MAX, &at->then));
    for (uint32_t i = 0; i < group->member_count; i++)
        add_option(at, group->members[i].is_engaged ? QBG_STEP_RECONTACT : QBG_STEP_ENGAGE, i);
    for (uint32_t i = 0; i < group->template_->seat_count; i++)
        add_option(at, QBG_STEP_IDENTIFY, i);
}

static void take(trial *at, qbg__step step) {
    if (step.kind == QBG_STEP_IDENTIFY)
        qbg__group_identify(&at->then, step.at, at->points_int);
    else
        qbg__group_engage(&at->then, step.at, at->points_int);
}

/* Is the chosen set better than the best? Sets come in the order of their lists. */
static int is_better(const trial *at) { return !at->has_best || at->then.priority > at->priority; }

static void score(trial *at, uint32_t size) {
    qbg__group_reset(at->group, &at->then);
    for (uint32_t i = 0; i < size; i++) take(at, at->options[at->chosen[i]]);
    qbg__group_conclude(&at->then);
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++)
        at->met |= (uint32_t)at->then.gate.criteria[i].holds << i;
    if (!at->then.gate.qualified || !is_better(at)) return;
    at->has_best = 1;
    at->priority = at->then.priority;
    memcpy(at->best, at->chosen, sizeof at->best);
}

static void try_all(trial *at, uint32_t from, uint32_t count, uint32_t size) {
    if (count == size) {
        score(at, size);
        return;
    }
    for (uint32_t i = from; i < at->count; i++) {
        at->chosen[count] = i;
        try_all(at, at->options[i].kind == QBG_STEP_IDENTIFY ? i : i + 1, count + 1, size);
    }
}

/* ---- The comparison ---- */

static int is_same(qbg__step a, qbg__step b) { return a.kind == b.kind && a.at == b.at; }

static void assert_same_set(const trial *at, const qbg__steps *steps, uint32_t size) {
    int is_used[QBG__STEPS_MAX] = {0};
    for (uint32_t i = 0; i < size; i++) {
        uint32_t j = 0;
        while (j < size && (is_used[j] || !is_same(steps->list[j], at->options[at->best[i]]))) j++;
        assert_true(j < size);
        is_used[j] = 1;
    }
}

/* The told order: each step is the one of those left that raises the priority most, and the
 * priorities are those of the group re-scored. */
static void assert_told_by_gain(trial *at, const qbg__steps *steps) {
    for (uint32_t count = 0; count < steps->count; count++)
        for (uint32_t i = count; i < steps->count; i++) {
            qbg__group_reset(at->group, &at->then);
            for (uint32_t j = 0; j < count; j++) take(at, steps->list[j]);
            take(at, steps->list[i]);
            qbg__group_conclude(&at->then);
            if (i == count) assert_true(at->then.priority == steps->priorities[count]);
            assert_true(at->then.priority <= steps->priorities[count]);
            if (i > count && !(at->then.priority < steps->priorities[count]))
                assert_false(is_behind(at, steps->list[count], steps->list[i]));
        }
}

static uint32_t required_criteria(const qbg__group *group) {
    uint32_t required = 0;
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++)
        if (group->gate.criteria[i].mode == QBG_MODE_REQUIRED) required |= (uint32_t)1 << i;
    return required;
}

/* Returns how many steps there are, or -1 without a way. */
static int32_t compare(const qbg__steps *steps) {
    trial at;
    begin(&at, &steps->group);
    uint32_t size = 1;
    for (; size <= (uint32_t)steps->limit; size++) {
        try_all(&at, 0, 0, size);
        if (at.has_best) break;
    }
    assert_int_equal(steps->exists, at.has_best);
    assert_int_equal(steps->is_exact, 1);
    if (at.has_best) {
        assert_int_equal(steps->count, size);
        assert_true(steps->priorities[size - 1] == at.priority);
        assert_same_set(&at, steps, size);
        assert_told_by_gain(&at, steps);
        assert_int_equal(steps->unmet, 0);
    } else {
        assert_int_equal(steps->count, 0);
        assert_int_equal(steps->unmet, required_criteria(&steps->group) & ~at.met);
    }
    qbg__group_end(&at.then);
    return at.has_best ? (int32_t)size : -1;
}

static void nothing_better_is_found_by_trying_all(void **state) {
    int32_t found = 0, none = 0, longest = 0;
    int32_t kinds[3] = {0};
    (void)state;
    for (uint64_t i = 1; i <= 2500; i++) {
        uint64_t seed = i * 7919;
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        qbg_opportunity *deal = draw(workspace, &seed);
        qbg__steps steps;
        qbg__steps_begin(&steps, &workspace->mem);
        OK(qbg__group_assess(&steps.group, deal, NOW));
        if (i % 3 == 0) draw_candidates(&steps.group, &seed);
        OK(qbg__steps_look(&steps));
        if (!steps.group.gate.qualified) {
            int32_t size = compare(&steps);
            none += size < 0;
            found += size > 0;
            if (size > longest) longest = size;
        }
        for (uint32_t j = 0; j < steps.count; j++) kinds[steps.list[j].kind]++;
        qbg__steps_end(&steps);
        qbg_workspace_free(workspace);
    }
    assert_true(found > 800 && none > 800 && longest == 4);
    assert_true(kinds[QBG_STEP_ENGAGE] > 100 && kinds[QBG_STEP_RECONTACT] > 0);
    assert_true(kinds[QBG_STEP_IDENTIFY] > 100);
}

/* ---- Large groups ---- */

/* Members with several roles each on a template of the usual size, all of them silent. */
static qbg_opportunity *make_large(qbg_workspace *workspace, uint32_t members, uint32_t roles) {
    uint64_t seed = 1;
    qbg_template *template_ = NULL;
    qbg_solution *solution = NULL;
    OK(qbg_template_add(workspace, "t", &template_));
    for (uint32_t i = 0; i < 12; i++)
        OK(qbg_template_set_seat(template_, qbg_role_at(workspace, i), 1000 + 17 * (int64_t)i,
                                 1 + (int32_t)i % 4, i % 4 == 0));
    OK(qbg_solution_add(workspace, "s", NULL, template_, &solution));
    qbg_opportunity *deal =
        add_opportunity(workspace, "d", add_account(workspace, "a"), solution, QBG_UNDATED);
    for (uint32_t i = 0; i < members; i++) {
        char key[] = {'c', (char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10),
                      0};
        qbg_member *member = add_member(deal, add_contact(workspace, key, NULL));
        for (uint32_t j = 0; j < roles; j++)
            OK(qbg_member_add_role(member, qbg_role_at(workspace, (uint32_t)any(&seed, 12)),
                                   QBG_SOURCE_HOST));
    }
    set_policy(workspace, "path_steps", 8000);
    set_policy(workspace, "min_coverage_engaged", 600);
    return deal;
}

static void sixty_members_and_eight_steps_are_proven(void **state) {
    fixture *self = *state;
    qbg_opportunity *deal = make_large(self->workspace, 60, 2);
    qbg__steps steps;
    qbg__steps_begin(&steps, &self->workspace->mem);
    OK(qbg__steps_find(&steps, deal, NOW));
    assert_int_equal(steps.is_exact, 1);
    assert_int_equal(steps.exists, 1);
    assert_in_range(steps.count, 6, 8);
    qbg__steps_end(&steps);
}

/* Then it is a way that qualifies the group all the same, and is not called proven. */
static void a_search_that_is_cut_off_says_so(void **state) {
    fixture *self = *state;
    qbg_opportunity *deal = make_large(self->workspace, 60, 4);
    qbg__steps steps;
    int32_t proven = 0, cut = 0, without = 0;
    for (uint64_t work = 1; work < (uint64_t)1 << 30; work *= 2) {
        qbg__steps_begin(&steps, &self->workspace->mem);
        steps.work = work;
        OK(qbg__steps_find(&steps, deal, NOW));
        proven += steps.is_exact;
        cut += !steps.is_exact;
        without += !steps.exists;
        if (!steps.is_exact) assert_int_equal(proven, 0);
        if (!steps.exists) assert_int_equal(steps.unmet, 0);
        if (steps.exists) {
            trial at;
            begin(&at, &steps.group);
            for (uint32_t i = 0; i < steps.count; i++) take(&at, steps.list[i]);
            qbg__group_conclude(&at.then);
            assert_int_equal(at.then.gate.qualified, 1);
            assert_true(at.then.priority == steps.priorities[steps.count - 1]);
            qbg__group_end(&at.then);
        }
        qbg__steps_end(&steps);
    }
    assert_true(proven > 0 && cut > without && without > 0);
}

/* ---- What a step does ---- */

static void a_step_leaves_more_points_as_they_are(void **state) {
    fixture *self = *state;
    qbg_opportunity *deal = make_large(self->workspace, 1, 1);
    qbg_contact *contact = qbg_member_contact(qbg_member_at(deal, 0));
    tell(self->workspace,
         (act){.time = NOW - 10 * DAY, .kind = "meeting", .contact = contact, .opportunity = deal});
    qbg__group now, then;
    qbg__group_begin(&now, &self->workspace->mem);
    qbg__group_begin(&then, &self->workspace->mem);
    OK(qbg__group_assess(&now, deal, NOW));
    OK(qbg__group_fork(&now, 2, &then));
    qbg__group_engage(&then, 0, 1);
    qbg__group_conclude(&then);
    assert_true(then.intent == now.intent && then.priority == now.priority);
    assert_int_equal(now.silent_days, 10);
    assert_int_equal(then.silent_days, 0);
    qbg__group_identify(&then, 0, now.members[0].points_int);
    qbg__group_conclude(&then);
    double open = 1.0 - now.members[0].engagement;
    assert_true(then.intent == 1.0 - open * open);
    assert_int_equal(then.member_count, 2);
    assert_int_equal(then.engaged_count, 2);
    qbg__group_end(&then);
    qbg__group_end(&now);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_better_is_found_by_trying_all),
        in_workspace(sixty_members_and_eight_steps_are_proven),
        in_workspace(a_search_that_is_cut_off_says_so),
        in_workspace(a_step_leaves_more_points_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
