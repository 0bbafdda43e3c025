/* roster_test: whatever happens to a tenant, the cards say what the facts say; and they are written
 * again only where that may have changed. */
#include "life.h"
#include "rounds.h"

static void assert_same_card(const qbg__card *a, const qbg__card *b, const char *what) {
    if (a->seats != b->seats || a->next_contact != b->next_contact || a->member != b->member ||
        a->contact != b->contact || a->presence != b->presence ||
        a->is_inferred != b->is_inferred || a->role != b->role || a->stance != b->stance ||
        a->participation != b->participation || a->interest != b->interest)
        fail_msg("after %s: a card is not what the facts say", what);
}

/* As the calls say that ask for one word each. */
static void assert_words(const qbg_member *member, int64_t at, const char *what) {
    const qbg__card card = qbg__roster_read(member, at);
    int is_present = card.presence == QBG__PRESENT;
    if (card.stance != qbg_member_stance(member, at) ||
        card.participation != qbg_member_participation(member, at) ||
        card.interest != qbg_member_interest(member, at) ||
        card.is_inferred != (qbg__member_roles(member, at) == 0) ||
        is_present != qbg_member_is_present(member, at))
        fail_msg("after %s: a card is not what the member says", what);
}

/* When something is told of him, and an instant before. */
static void assert_words_ever(const qbg_member *member, const char *what) {
    assert_words(member, LAST, what);
    for (uint32_t i = 0; i < member->facts.count; i++) {
        int64_t from = member->facts.at[i].from;
        assert_words(member, from, what);
        if (from != QBG_UNDATED) assert_words(member, from - 1, what);
    }
}

/* The card holds from `since` on, and an instant before something may be otherwise. */
static void assert_card(const qbg__card *card, const qbg_member *member, const char *what) {
    const int64_t since = card->since == QBG_UNDATED ? 0 : card->since;
    const qbg__card first = qbg__roster_read(member, since);
    const qbg__card last = qbg__roster_read(member, LAST);
    assert_same_card(card, &first, what);
    assert_same_card(card, &last, what);
    assert_words_ever(member, what);
}

static void assert_roster(const qbg_opportunity *deal, const char *what) {
    if (deal->roster.count != deal->member_count)
        fail_msg("after %s: %u cards of %u members", what, deal->roster.count, deal->member_count);
    for (uint32_t i = 0; i < deal->member_count; i++)
        assert_card(&deal->roster.cards[i], qbg_member_at(deal, i), what);
}

static void assert_rosters(const life *self) {
    for (uint32_t i = 0; i < self->workspace->opportunities.count; i++) {
        const qbg_opportunity *deal = qbg_opportunity_at(self->workspace, i);
        if (deal) assert_roster(deal, self->what);
    }
}

static void the_cards_say_what_the_facts_say(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(40); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        for (int i = 0; i < 400; i++) {
            live_on(&self, 1);
            assert_rosters(&self);
        }
        qbg_workspace_free(workspace);
    }
}

static void also_after_batches_and_rollbacks(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(40); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        for (int i = 0; i < 40; i++) {
            OK(qbg_workspace_begin(workspace));
            live_on(&self, 10);
            if (i % 3 == 0)
                OK(qbg_workspace_rollback(workspace));
            else
                OK(qbg_workspace_commit(workspace));
            assert_rosters(&self);
        }
        qbg_workspace_free(workspace);
    }
}

/* Elena joins in a while, and is the champion from a later day on. */
static void a_card_holds_from_the_latest_date_on(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_member *elena = add_member(deal, add_contact(workspace, "elena", daisy));
    qbg_role *champion = qbg_role_find(workspace, "champion");
    assert_true(deal->roster.cards[0].since == QBG_UNDATED);
    OK(qbg_member_set_joined(elena, NOON));
    assert_true(deal->roster.cards[0].since == NOON);
    OK(qbg_member_set_roles(elena, &champion, 1, NOON + DAY, QBG_SOURCE_HOST));
    assert_true(deal->roster.cards[0].since == NOON + DAY);
    assert_int_equal(deal->roster.cards[0].presence, QBG__PRESENT);
    assert_int_equal(qbg__roster_read(elena, NOON - 1).presence, QBG__TO_COME);
    assert_true(qbg__roster_read(elena, NOON + DAY - 1).is_inferred);
    assert_true(deal->roster.cards[0].seats != 0 && !deal->roster.cards[0].is_inferred);
}

/* Whether there is a seat for it or not. */
static void a_card_names_the_only_role(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_member *elena = add_member(deal, add_contact(workspace, "elena", daisy));
    qbg_role *last = NULL;
    assert_int_equal(deal->roster.cards[0].role, QBG__ROLES_NONE);
    for (uint32_t i = qbg_role_count(workspace); i < QBG__ROLE_MAX; i++) {
        char key[16];
        snprintf(key, sizeof key, "role%u", i);
        OK(qbg_role_add(workspace, key, "", &last));
    }
    OK(qbg_member_set_roles(elena, &last, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_int_equal(deal->roster.cards[0].role, QBG__ROLE_MAX - 1);
    assert_int_equal(deal->roster.cards[0].seats, 0);
    OK(qbg_member_add_role(elena, qbg_role_find(workspace, "champion"), QBG_SOURCE_HOST));
    assert_int_equal(deal->roster.cards[0].role, QBG__ROLES_MANY);
}

/* A signal changes nobody's card, so that recording one costs no more in a large group. */
static void a_signal_leaves_the_roster_as_it_is(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    add_member(deal, elena);
    const uint64_t due = deal->roster.due;
    assert_ptr_equal(tell(workspace, (act){.time = NOON, .contact = elena}), deal);
    assert_true(deal->roster.due == due);
    OK(qbg_contact_set_title(elena, "CFO"));
    assert_true(deal->roster.due > due);
}

static qbg_status join_three(qbg_workspace *workspace, qbg_opportunity *deal,
                             qbg_contact **people) {
    OK(qbg_workspace_begin(workspace));
    qbg_status status = QBG_OK;
    for (int i = 0; i < 3 && status == QBG_OK; i++)
        status = qbg_opportunity_add_member(deal, people[i], NULL);
    if (status == QBG_OK) return qbg_workspace_commit(workspace);
    OK(qbg_workspace_rollback(workspace));
    return status;
}

static void out_of_memory_leaves_the_cards_as_they_were(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_contact *people[3] = {add_contact(workspace, "a", daisy),
                              add_contact(workspace, "b", daisy),
                              add_contact(workspace, "c", daisy)};
    add_member(deal, add_contact(workspace, "d", daisy));
    const qbg__card before = deal->roster.cards[0];
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(&self->memory, request);
        status = join_three(workspace, deal, people);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(deal->roster.count, 1);
        assert_same_card(&deal->roster.cards[0], &before, "running out of memory");
    }
    refuse(&self->memory, NEVER);
    assert_roster(deal, "joining");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cards_say_what_the_facts_say),
        cmocka_unit_test(also_after_batches_and_rollbacks),
        in_workspace(a_card_holds_from_the_latest_date_on),
        in_workspace(a_card_names_the_only_role),
        in_workspace(a_signal_leaves_the_roster_as_it_is),
        in_workspace(out_of_memory_leaves_the_cards_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
