/* approach_test: who could be approached: the order of steps, the classes and what is kept of them,
 * and whose factor is whose. */
#include "fixture.h"

#include "analysis/approach.h"
#include "model/workspace.h"

#define NOW  (NOON + 1)
#define MOST 3

/* A group on the template `standard`, assessed, and its list. */
typedef struct scene {
    qbg_workspace *workspace;
    qbg_opportunity *deal;
    qbg__group group;
    qbg__approaches list;
} scene;

static scene begin(void **state) {
    scene at = {0};
    at.workspace = workspace_of(state);
    at.deal = add_opportunity(at.workspace, "d", add_account(at.workspace, "a"),
                              add_solution(at.workspace, "s"), QBG_UNDATED);
    qbg__group_begin(&at.group, &at.workspace->mem);
    return at;
}

static void end(scene *at) {
    qbg__approaches_end(&at->list, &at->group.mem);
    qbg__group_end(&at->group);
}

/* A member with so many meetings today, 20 points each. */
static qbg_member *add(scene *at, const char *key, const char *role, int meetings) {
    qbg_contact *contact = add_contact(at->workspace, key, NULL);
    OK(qbg_opportunity_add_member(at->deal, contact,
                                  role ? qbg_role_find(at->workspace, role) : NULL));
    for (int i = 0; i < meetings; i++)
        tell(at->workspace,
             (act){.time = NOW, .kind = "meeting", .contact = contact, .opportunity = at->deal});
    return qbg_member_find(at->deal, contact);
}

static void see(scene *at, const char *key, const char *kind) {
    tell(at->workspace, (act){.time = NOW,
                              .kind = kind,
                              .contact = qbg_contact_find(at->workspace, key),
                              .opportunity = at->deal});
}

/* Lists them for steps worth so many points. */
static void list(scene *at, int64_t points) {
    OK(qbg__group_assess(&at->group, at->deal, NOW));
    OK(qbg__approaches_list(&at->group, points * 1000 * (1 << 24), MOST, &at->group.mem,
                            &at->list));
}

static const char *key_at(const scene *at, uint32_t place) {
    return qbg__group_contact(&at->group, at->list.at[place].step.at)->key;
}

static void assert_order(const scene *at, const char *const *keys, uint32_t count) {
    assert_int_equal(at->list.count, count);
    for (uint32_t i = 0; i < count; i++) assert_string_equal(key_at(at, i), keys[i]);
}

static void steps_stand_by_kind_engagement_and_key(void **state) {
    static const char *const keys[] = {"e", "b", "d", "c", "a"};
    scene at = begin(state);
    add(&at, "a", "champion", 2);
    add(&at, "b", "champion", 0);
    add(&at, "c", "end_user", 1);
    add(&at, "d", "end_user", 0);
    add(&at, "e", "economic_buyer", 0);
    see(&at, "b", "page_view");
    see(&at, "d", "content_read");
    list(&at, 100);
    assert_order(&at, keys, 5);
    assert_int_equal(at.list.engage_count, 3);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(at.list.at[i].step.kind, i < 3 ? QBG_STEP_ENGAGE : QBG_STEP_RECONTACT);
    end(&at);
}

static void nobody_is_no_list(void **state) {
    scene at = begin(state);
    list(&at, 10);
    assert_int_equal(at.list.count, 0);
    assert_int_equal(at.list.kin_count, 0);
    end(&at);
}

/* Six silent champions are one class, of which the first are kept; who is engaged helps no seat,
 * so all of those are one class; and whoever holds two seats is a class of his own. */
static void a_class_does_the_same(void **state) {
    static const char *const keys[] = {"a", "b", "c", "w", "r", "s"};
    scene at = begin(state);
    for (const char *key = "fdebca"; *key; key++) add(&at, (char[]){*key, '\0'}, "champion", 0);
    add(&at, "r", "champion", 1);
    add(&at, "s", "end_user", 1);
    OK(qbg_member_add_role(add(&at, "w", "champion", 0), qbg_role_find(at.workspace, "end_user"),
                           QBG_SOURCE_HOST));
    list(&at, 100);
    assert_order(&at, keys, 6);
    assert_int_equal(at.list.kin_count, 3);
    const qbg__kin *champions = &at.list.kins[at.list.at[0].kin];
    assert_int_equal(champions->left, MOST);
    assert_int_equal(champions->front, 0);
    assert_int_equal(champions->engages, 1);
    assert_int_equal(champions->is_wide, 0);
    assert_int_equal(champions->seat_count, 1);
    assert_int_equal(at.list.at[0].next, 1);
    assert_int_equal(at.list.at[2].next, QBG_NONE);
    const qbg__kin *wide = &at.list.kins[at.list.at[3].kin];
    assert_int_equal(wide->is_wide, 1);
    assert_int_equal(wide->seat_count, 2);
    assert_int_equal(at.list.at[4].kin, at.list.at[5].kin);
    const qbg__kin *engaged = &at.list.kins[at.list.at[4].kin];
    assert_int_equal(engaged->engages, 0);
    assert_int_equal(engaged->seat_count, 0);
    end(&at);
}

/* Such a step changes nothing but the silence, so one of them is enough. */
static void who_has_the_points_is_kept_once(void **state) {
    static const char *const keys[] = {"b"};
    scene at = begin(state);
    add(&at, "a", "champion", 2);
    add(&at, "b", "end_user", 1);
    add(&at, "c", "champion", 1);
    list(&at, 20);
    assert_order(&at, keys, 1);
    assert_int_equal(at.list.at[0].is_full, 1);
    assert_int_equal(at.list.kins[0].is_full, 1);
    end(&at);
}

static void a_word_decides_who_is_engaged_by_a_step(void **state) {
    scene at = begin(state);
    qbg_member *passive = add(&at, "a", "champion", 1), *active = add(&at, "b", "champion", 0);
    OK(qbg_member_set_participation(passive, QBG_PARTICIPATION_PASSIVE, QBG_UNDATED,
                                    QBG_SOURCE_HOST));
    OK(qbg_member_set_participation(active, QBG_PARTICIPATION_ACTIVE, QBG_UNDATED,
                                    QBG_SOURCE_HOST));
    list(&at, 100);
    assert_string_equal(key_at(&at, 0), "a");
    assert_int_equal(at.list.at[0].step.kind, QBG_STEP_ENGAGE);
    assert_int_equal(at.list.at[0].engages, 0);
    assert_true(at.list.at[0].asserted == 0);
    assert_int_equal(at.list.at[1].step.kind, QBG_STEP_RECONTACT);
    end(&at);
}

/* Also where factors are equal, within a kind and across, nobody has another's. */
static void everybody_has_a_factor_of_his_own(void **state) {
    scene at = begin(state);
    static const char *const roles[] = {"champion", "end_user", "economic_buyer"};
    int is_used[16] = {0};
    for (int i = 0; i < 9; i++) {
        char key[] = {'m', (char)('0' + i), '\0'};
        qbg_member *member = add(&at, key, roles[i % 3], i == 8 ? 0 : 1 + (i == 7));
        if (i % 2 == 0)
            OK(qbg_member_set_participation(member, QBG_PARTICIPATION_PASSIVE, QBG_UNDATED,
                                            QBG_SOURCE_HOST));
    }
    OK(qbg__group_assess(&at.group, at.deal, NOW));
    OK(qbg__approaches_list(&at.group, INT64_C(100000) << 24, 16, &at.group.mem, &at.list));
    assert_int_equal(at.list.count, 9);
    for (uint32_t i = 0; i < 9; i++) {
        const qbg__approach *next = &at.list.at[i];
        if (strcmp(key_at(&at, i), "m8") == 0) {
            assert_int_equal(next->slot, QBG_NONE);
            continue;
        }
        assert_in_range(next->slot, 0, 7);
        assert_true(at.group.factors[next->slot] == 1.0 - next->engagement);
        assert_false(is_used[next->slot]);
        is_used[next->slot] = 1;
    }
    end(&at);
}

static void without_memory_there_is_no_list(void **state) {
    fixture *self = *state;
    scene at = begin(state);
    add(&at, "a", "champion", 1);
    OK(qbg__group_assess(&at.group, at.deal, NOW));
    for (long left = 0; left < 2; left++) {
        refuse(&self->memory, left);
        assert_int_equal(qbg__approaches_list(&at.group, 1, MOST, &at.group.mem, &at.list),
                         QBG_E_MEMORY);
        self->memory.refuses = NEVER;
        qbg__approaches_end(&at.list, &at.group.mem);
        at.list = (qbg__approaches){0};
    }
    list(&at, 1);
    assert_int_equal(at.list.count, 1);
    end(&at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(steps_stand_by_kind_engagement_and_key),
        in_workspace(nobody_is_no_list),
        in_workspace(a_class_does_the_same),
        in_workspace(who_has_the_points_is_kept_once),
        in_workspace(a_word_decides_who_is_engaged_by_a_step),
        in_workspace(everybody_has_a_factor_of_his_own),
        in_workspace(without_memory_there_is_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
