/* merge: two rows become one, as if all had been told of one from the start, in whatever order. */
#include "life.h"
#include "snapshot.h"
#include "rounds.h"

#include <ctype.h>

/* ---- what leads on --------------------------------------------------------------------------- */

static void the_losing_contact_leads_on(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *kept = add_contact(workspace, "kept", daisy);
    qbg_contact *lost = add_contact(workspace, "lost", daisy), *found = NULL;
    uint32_t number = qbg_contact_number(lost);
    int32_t put = -7;
    OK(qbg_contact_merge(kept, lost));
    /* the handle */
    assert_int_equal(qbg_contact_is_alive(lost), 1);
    assert_string_equal(qbg_contact_key(lost), "kept");
    assert_int_equal(qbg_contact_number(lost), qbg_contact_number(kept));
    OK(qbg_contact_set_name(lost, "Elena"));
    assert_string_equal(qbg_contact_name(kept), "Elena");
    OK(qbg_contact_add_visitor(lost, "v"));
    assert_string_equal(qbg_contact_visitor(kept, 0), "v");
    OK(qbg_contact_set_tag(lost, 5));
    assert_int_equal(qbg_contact_tag(kept), 5);
    /* the key */
    assert_ptr_equal(qbg_contact_find(workspace, "lost"), kept);
    assert_int_equal(qbg_contact_add(workspace, "lost", NULL, NULL, NULL, NULL), QBG_E_EXISTS);
    OK(qbg_contact_put(workspace, "lost", NULL, "Olga", NULL, &found, &put));
    assert_ptr_equal(found, kept);
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_string_equal(qbg_contact_name(kept), "Olga");
    /* the number: a walk meets the contact once, a signal's number leads on */
    assert_null(qbg_contact_at(workspace, number));
    assert_int_equal(qbg_contact_count(workspace), 2);
    const int64_t time = NOON;
    const uint16_t kind = 0;
    const qbg_signal_columns columns = {
        .size = sizeof columns, .count = 1, .time_s = &time, .kind = &kind, .contact = &number};
    qbg_status status = QBG_UNSET;
    OK(qbg_append(workspace, &columns, &status, NULL));
    OK(status);
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(workspace, &signal));
    OK(qbg_account_signal_at(daisy, 0, signal));
    assert_ptr_equal(qbg_signal_contact(signal), kept);
    OK(qbg_signal_set_contact(signal, lost));
    assert_ptr_equal(qbg_signal_contact(signal), kept);
    qbg_signal_free(signal);
}

static void a_record_that_was_filled_before_a_merge_tells_of_the_one_kept(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_contact *kept = add_contact(workspace, "kept", NULL);
    qbg_contact *lost = add_contact(workspace, "lost", NULL);
    qbg_signal *signal =
        signal_of(workspace, (act){.time = NOON, .contact = lost, .account = tulip});
    OK(qbg_contact_merge(kept, lost));
    OK(qbg_account_merge(daisy, tulip));
    assert_ptr_equal(qbg_signal_contact(signal), kept);
    assert_ptr_equal(qbg_signal_account(signal), daisy);
    OK(qbg_record(workspace, signal, NULL, NULL));
    assert_int_equal(qbg_account_signal_count(daisy), 1);
    OK(qbg_account_signal_at(daisy, 0, signal));
    assert_ptr_equal(qbg_signal_contact(signal), kept);
    assert_ptr_equal(qbg_signal_account(signal), daisy);
    qbg_signal_free(signal);
}

static void rows_lead_on_over_several_merges(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *first = add_contact(workspace, "1", NULL),
                *second = add_contact(workspace, "2", NULL);
    qbg_contact *third = add_contact(workspace, "3", NULL);
    OK(qbg_contact_merge(second, first));
    OK(qbg_contact_merge(third, first)); /* by the losing handle: second loses */
    assert_ptr_equal(qbg_contact_find(workspace, "1"), third);
    assert_ptr_equal(qbg_contact_find(workspace, "2"), third);
    assert_int_equal(qbg_contact_number(first), qbg_contact_number(third));
    OK(qbg_contact_merge(first, second)); /* one already */
    assert_int_equal(qbg_contact_number(third), 2);
    assert_null(qbg_contact_at(workspace, 0));
    assert_null(qbg_contact_at(workspace, 1));
    assert_ptr_equal(qbg_contact_at(workspace, 2), third);
}

static void the_losing_account_leads_on(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *kept = add_account(workspace, "kept"), *lost = add_account(workspace, "lost");
    qbg_account *found = NULL;
    qbg_solution *hr = add_solution(workspace, "hr");
    uint32_t number = qbg_account_number(lost);
    int32_t put = -7;
    OK(qbg_account_merge(kept, lost));
    assert_int_equal(qbg_account_is_alive(lost), 1);
    assert_string_equal(qbg_account_key(lost), "kept");
    assert_int_equal(qbg_account_number(lost), qbg_account_number(kept));
    OK(qbg_account_set_name(lost, "Daisy"));
    OK(qbg_account_set_tag(lost, 6));
    OK(qbg_account_add_domain(lost, "daisy.example"));
    OK(qbg_account_set_potential(lost, 5, "EUR"));
    assert_string_equal(qbg_account_name(kept), "Daisy");
    assert_int_equal(qbg_account_tag(kept), 6);
    assert_string_equal(qbg_account_domain(kept, 0), "daisy.example");
    assert_int_equal(qbg_account_potential_minor(kept), 5);
    assert_ptr_equal(qbg_account_find(workspace, "lost"), kept);
    assert_int_equal(qbg_account_add(workspace, "lost", NULL, NULL), QBG_E_EXISTS);
    OK(qbg_account_put(workspace, "lost", "Daisy", &found, &put));
    assert_ptr_equal(found, kept);
    assert_int_equal(put, QBG_PUT_SAME);
    assert_null(qbg_account_at(workspace, number));
    qbg_opportunity *deal = add_opportunity(workspace, "deal", lost, hr, QBG_UNDATED);
    assert_ptr_equal(qbg_opportunity_account(deal), kept);
    OK(qbg_opportunity_put(workspace, "deal", lost, hr, QBG_UNDATED, NULL, &put));
    assert_int_equal(put, QBG_PUT_SAME);
    qbg_contact *elena = add_contact(workspace, "elena", lost);
    assert_ptr_equal(qbg_contact_account(elena, NOON), kept);
    OK(qbg_contact_put(workspace, "elena", kept, NULL, NULL, NULL, &put));
    assert_int_equal(put, QBG_PUT_SAME); /* he works there already, by either handle */
    const int64_t time = NOON;
    const uint16_t kind = 0;
    const qbg_signal_columns columns = {
        .size = sizeof columns, .count = 1, .time_s = &time, .kind = &kind, .account = &number};
    OK(qbg_append(workspace, &columns, NULL, NULL));
    assert_int_equal(qbg_account_signal_count(kept), 1);
    assert_int_equal(qbg_account_signal_count(lost), 1);
}

static void refuses_strangers_and_who_is_gone(void **state) {
    qbg_workspace *workspace = workspace_of(state), *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_contact *elena = add_contact(workspace, "elena", NULL),
                *gone = add_contact(workspace, "x", NULL);
    qbg_account *daisy = add_account(workspace, "daisy"), *bankrupt = add_account(workspace, "x");
    OK(qbg_contact_remove(gone, 0));
    OK(qbg_account_remove(bankrupt, 0));
    uint64_t revision = qbg_workspace_revision(workspace);
    assert_int_equal(qbg_contact_merge(elena, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_merge(NULL, elena), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_merge(elena, add_contact(other, "elena", NULL)), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_merge(elena, gone), QBG_E_GONE);
    assert_int_equal(qbg_contact_merge(gone, elena), QBG_E_GONE);
    assert_int_equal(qbg_account_merge(daisy, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_merge(NULL, daisy), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_merge(daisy, add_account(other, "daisy")), QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_merge(daisy, bankrupt), QBG_E_GONE);
    assert_int_equal(qbg_account_merge(bankrupt, daisy), QBG_E_GONE);
    OK(qbg_contact_merge(elena, elena));
    OK(qbg_account_merge(daisy, daisy));
    assert_int_equal(qbg_workspace_revision(workspace), revision);
    qbg_workspace_free(other);
}

static void just_one_who_was_erased_is_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *elena = add_contact(workspace, "elena", NULL),
                *ivan = add_contact(workspace, "ivan", NULL);
    OK(qbg_contact_erase(ivan));
    assert_int_equal(qbg_contact_merge(elena, ivan), QBG_E_ERASED);
    assert_int_equal(qbg_contact_merge(ivan, elena), QBG_E_ERASED);
    assert_ptr_equal(qbg_contact_find(workspace, "elena"), elena);
    OK(qbg_contact_erase(elena));
    OK(qbg_contact_merge(elena, ivan));
    assert_int_equal(qbg_contact_number(ivan), qbg_contact_number(elena));
    assert_int_equal(qbg_contact_is_erased(ivan), 1);
}

/* ---- who he is ------------------------------------------------------------------------------- */

/* Two contacts with such texts, merged both ways: the name that stays. */
static void assert_text_stays(void **state, const char *a, const char *b, const char *expected) {
    (void)state;
    for (int way = 0; way < 2; way++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        qbg_contact *first = add_contact(workspace, "1", NULL);
        qbg_contact *second = add_contact(workspace, "2", NULL);
        qbg_account *one = add_account(workspace, "1"), *other = add_account(workspace, "2");
        OK(qbg_contact_set_name(first, a));
        OK(qbg_contact_set_name(second, b));
        OK(qbg_contact_set_title(first, a));
        OK(qbg_contact_set_title(second, b));
        OK(qbg_contact_set_email(first, a));
        OK(qbg_contact_set_email(second, b));
        OK(qbg_account_set_name(one, a));
        OK(qbg_account_set_name(other, b));
        OK(way ? qbg_contact_merge(first, second) : qbg_contact_merge(second, first));
        OK(way ? qbg_account_merge(one, other) : qbg_account_merge(other, one));
        assert_string_equal(qbg_contact_name(first), expected);
        assert_string_equal(qbg_contact_title(first), expected);
        assert_string_equal(qbg_contact_email(first), expected);
        assert_string_equal(qbg_account_name(one), expected);
        qbg_workspace_free(workspace);
    }
}

static void of_two_texts_the_bytewise_greater_stays(void **state) {
    assert_text_stays(state, "Anna", "Olga", "Olga");
    assert_text_stays(state, "Anna", "anna", "anna");
    assert_text_stays(state, "Olga", "Ольга", "Ольга");
    assert_text_stays(state, "Anna", "Anna", "Anna");
    assert_text_stays(state, "Anna", "Annabel", "Annabel");
    assert_text_stays(state, "Anna", NULL, "Anna");
    assert_text_stays(state, NULL, NULL, "");
}

/* The title that stays is read; the host's word on each half is united alone. */
static void the_persona_is_that_of_the_title_that_stays(void **state) {
    (void)state;
    for (int way = 0; way < 2; way++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        qbg_contact *first = add_contact(workspace, "1", NULL);
        qbg_contact *second = add_contact(workspace, "2", NULL);
        OK(qbg_contact_set_title(first, "CFO"));
        OK(qbg_contact_set_title(second, "IT-директор"));
        OK(way ? qbg_contact_merge(first, second) : qbg_contact_merge(second, first));
        assert_string_equal(qbg_contact_title(first), "IT-директор");
        assert_int_equal(qbg_contact_department(first), QBG_DEPARTMENT_IT);
        assert_int_equal(qbg_contact_seniority(first), QBG_SENIORITY_DIRECTOR);
        qbg_workspace_free(workspace);
    }
}

static void of_two_words_on_the_persona_the_greater_stays(void **state) {
    (void)state;
    for (int way = 0; way < 2; way++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        qbg_contact *first = add_contact(workspace, "1", NULL);
        qbg_contact *second = add_contact(workspace, "2", NULL);
        OK(qbg_contact_set_persona(first, QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_C_LEVEL));
        OK(qbg_contact_set_persona(second, QBG_DEPARTMENT_EXECUTIVE, QBG_UNSET));
        OK(way ? qbg_contact_merge(first, second) : qbg_contact_merge(second, first));
        assert_int_equal(qbg_contact_department(first), QBG_DEPARTMENT_FINANCE); /* "f" > "e" */
        assert_int_equal(qbg_contact_seniority(first), QBG_SENIORITY_C_LEVEL);
        qbg_workspace_free(workspace);
    }
}

/* Erased people keep what their titles said, though there is no title to read again. */
static void the_personas_of_erased_people_know_no_order(void **state) {
    static const char *const titles[] = {"CFO", "HR-менеджер", "IT-директор", "специалист", NULL};
    (void)state;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++) {
            int32_t departments[2], seniorities[2];
            double confidences[2];
            for (int way = 0; way < 2; way++) {
                qbg_workspace *workspace = NULL;
                OK(qbg_workspace_new(NULL, &workspace));
                qbg_contact *pair[] = {add_contact(workspace, "1", NULL),
                                       add_contact(workspace, "2", NULL)};
                OK(qbg_contact_set_title(pair[0], titles[i]));
                OK(qbg_contact_set_title(pair[1], titles[j]));
                OK(qbg_contact_erase(pair[0]));
                OK(qbg_contact_erase(pair[1]));
                OK(qbg_contact_merge(pair[way], pair[!way]));
                departments[way] = qbg_contact_department(pair[0]);
                seniorities[way] = qbg_contact_seniority(pair[0]);
                confidences[way] = qbg_contact_persona_confidence(pair[0]);
                qbg_workspace_free(workspace);
            }
            assert_int_equal(departments[0], departments[1]);
            assert_int_equal(seniorities[0], seniorities[1]);
            assert_true(confidences[0] >= confidences[1] && confidences[0] <= confidences[1]);
        }
}

static void the_kept_ones_tag_stays_unless_it_is_0(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *one = add_contact(workspace, "1", NULL), *two = add_contact(workspace, "2", NULL);
    qbg_contact *three = add_contact(workspace, "3", NULL);
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    OK(qbg_contact_set_tag(two, 2));
    OK(qbg_contact_set_tag(three, UINT64_MAX));
    OK(qbg_contact_merge(one, two));
    assert_int_equal(qbg_contact_tag(one), 2);
    OK(qbg_contact_merge(one, three));
    assert_int_equal(qbg_contact_tag(three), 2);
    OK(qbg_account_set_tag(daisy, 7));
    OK(qbg_account_set_tag(tulip, 8));
    OK(qbg_account_merge(tulip, daisy));
    assert_int_equal(qbg_account_tag(daisy), 8);
}

static void visitors_become_the_kept_ones(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *kept = add_contact(workspace, "kept", NULL),
                *lost = add_contact(workspace, "lost", NULL);
    tell(workspace, (act){.time = NOON, .account = daisy, .visitor = "v1"});
    OK(qbg_contact_add_visitor(kept, "v2"));
    OK(qbg_contact_add_visitor(lost, "v1"));
    OK(qbg_contact_add_visitor(lost, "v3"));
    OK(qbg_contact_merge(kept, lost));
    assert_int_equal(qbg_contact_visitor_count(kept), 3);
    OK(qbg_contact_add_visitor(kept, "v1")); /* is his already */
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(deal, kept);
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
    OK(qbg_contact_remove_visitor(lost, "v1"));
    assert_int_equal(qbg_contact_visitor_count(kept), 2);
    assert_int_equal(qbg_opportunity_signal_count(deal), 0);
}

/* ---- where he takes part --------------------------------------------------------------------- */

typedef struct two_members {
    qbg_workspace *workspace;
    qbg_contact *kept, *lost;
    qbg_opportunity *deal;
    qbg_member *of_kept, *of_lost;
} two_members;

static two_members fill_two(void **state) {
    two_members at;
    at.workspace = workspace_of(state);
    qbg_account *daisy = add_account(at.workspace, "daisy");
    at.kept = add_contact(at.workspace, "kept", daisy);
    at.lost = add_contact(at.workspace, "lost", daisy);
    at.deal =
        add_opportunity(at.workspace, "deal", daisy, add_solution(at.workspace, "hr"), QBG_UNDATED);
    at.of_kept = add_member(at.deal, at.kept);
    at.of_lost = add_member(at.deal, at.lost);
    return at;
}

static void two_memberships_become_one(void **state) {
    two_members at = fill_two(state);
    OK(qbg_member_set_tag(at.of_lost, 9));
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_member_count(at.deal), 1);
    assert_ptr_equal(qbg_member_at(at.deal, 0), at.of_kept);
    assert_ptr_equal(qbg_member_find(at.deal, at.lost), at.of_kept);
    assert_int_equal(qbg_member_is_alive(at.of_lost), 1);
    assert_ptr_equal(qbg_member_contact(at.of_lost), at.kept);
    assert_int_equal(qbg_member_tag(at.of_kept), 9);
    OK(qbg_member_set_note(at.of_lost, "through the other handle"));
    assert_string_equal(qbg_member_note(at.of_kept), "through the other handle");
    OK(qbg_member_remove(at.of_lost));
    assert_int_equal(qbg_member_is_alive(at.of_kept), 0);
    assert_int_equal(qbg_member_is_alive(at.of_lost), 0);
    assert_int_equal(qbg_member_count(at.deal), 0);
}

/* Members are listed by their contacts' keys. */
static void a_membership_moves_to_where_the_kept_key_stands(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *kept = add_contact(workspace, "a", NULL),
                *between = add_contact(workspace, "b", NULL);
    qbg_contact *lost = add_contact(workspace, "c", NULL);
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_member *first = add_member(deal, between), *second = add_member(deal, lost);
    assert_ptr_equal(qbg_member_at(deal, 0), first);
    OK(qbg_contact_merge(kept, lost));
    assert_int_equal(qbg_member_count(deal), 2);
    assert_ptr_equal(qbg_member_at(deal, 0), second);
    assert_ptr_equal(qbg_member_at(deal, 1), first);
    assert_ptr_equal(qbg_member_contact(second), kept);
    assert_ptr_equal(qbg_member_find(deal, kept), second);
    assert_ptr_equal(qbg_member_find(deal, between), first);
}

static void dates_are_united(void **state) {
    static const int64_t times[] = {QBG_UNDATED, NOON, NOON + DAY};
    (void)state;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            void *desk = NULL;
            assert_int_equal(set_up(&desk), 0);
            two_members at = fill_two(&desk);
            OK(qbg_member_set_joined(at.of_kept, times[i]));
            OK(qbg_member_set_joined(at.of_lost, times[j]));
            OK(qbg_member_set_left(at.of_kept, times[i]));
            OK(qbg_member_set_left(at.of_lost, times[j]));
            OK(qbg_member_set_next_contact(at.of_kept, times[i]));
            OK(qbg_member_set_next_contact(at.of_lost, times[j]));
            OK(qbg_contact_merge(at.kept, at.lost));
            /* one that is known beats none */
            int earlier = i == 0 ? j : j == 0 || i < j ? i : j, later = i > j ? i : j;
            assert_int_equal(qbg_member_joined(at.of_kept), times[earlier]);
            assert_int_equal(qbg_member_left(at.of_kept), times[later]);
            assert_int_equal(qbg_member_next_contact(at.of_kept), times[earlier]);
            assert_int_equal(tear_down(&desk), 0);
        }
}

static void roles_are_united_and_the_higher_source_wins(void **state) {
    two_members at = fill_two(state);
    qbg_role *champion = qbg_role_find(at.workspace, "champion");
    qbg_role *coach = qbg_role_find(at.workspace, "coach");
    qbg_role *blocker = qbg_role_find(at.workspace, "blocker");
    OK(qbg_member_add_role(at.of_kept, champion, QBG_SOURCE_RULE));
    OK(qbg_member_add_role(at.of_lost, coach, QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(at.of_kept, &champion, 1, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(at.of_lost, &coach, 1, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(at.of_kept, &champion, 1, NOON + DAY, QBG_SOURCE_RULE));
    OK(qbg_member_set_roles(at.of_lost, &blocker, 1, NOON + DAY, QBG_SOURCE_HOST));
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_member_has_role(at.of_kept, champion, NOON - 1), 1);
    assert_int_equal(qbg_member_has_role(at.of_kept, coach, NOON - 1), 1);
    assert_int_equal(qbg_member_has_role(at.of_kept, champion, NOON), 1);
    assert_int_equal(qbg_member_has_role(at.of_kept, coach, NOON), 1);
    assert_int_equal(qbg_member_has_role(at.of_kept, champion, NOON + DAY), 0);
    assert_int_equal(qbg_member_has_role(at.of_kept, blocker, NOON + DAY), 1);
    qbg_blob *blob = NULL; /* the whole set is the host's now */
    OK(qbg_book_write(at.workspace, "members", &blob));
    assert_non_null(strstr(qbg_blob_data(blob), "deal,kept,champion;coach,"));
    assert_null(strstr(qbg_blob_data(blob), ",rule\n"));
    qbg_blob_free(blob);
}

static void of_two_values_the_hosts_then_the_greater_stays(void **state) {
    two_members at = fill_two(state);
    OK(qbg_member_set_stance(at.of_kept, QBG_STANCE_SUPPORTER, QBG_UNDATED, QBG_SOURCE_RULE));
    OK(qbg_member_set_stance(at.of_lost, QBG_STANCE_BLOCKER, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(at.of_kept, QBG_STANCE_BLOCKER, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(at.of_lost, QBG_STANCE_SKEPTIC, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(at.of_lost, QBG_STANCE_NEUTRAL, NOON + DAY, QBG_SOURCE_RULE));
    OK(qbg_member_set_status(at.of_kept, QBG_STATUS_POTENTIAL, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_status(at.of_lost, QBG_STATUS_CONFIRMED, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_influence(at.of_lost, 0.5, QBG_UNDATED, QBG_SOURCE_RULE));
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_member_stance(at.of_kept, QBG_UNDATED), QBG_STANCE_BLOCKER);
    assert_int_equal(qbg_member_stance(at.of_kept, NOON), QBG_STANCE_SKEPTIC);
    assert_int_equal(qbg_member_stance(at.of_kept, NOON + DAY), QBG_STANCE_NEUTRAL);
    assert_int_equal(qbg_member_status(at.of_kept, NOON), QBG_STATUS_POTENTIAL); /* "p" > "c" */
    assert_true(qbg_member_influence(at.of_kept, NOON) >= 0.5);
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* The note that stays, whichever of both is kept. */
static void assert_note(const char *a, const char *b, const char *expected) {
    for (int way = 0; way < 2; way++) {
        void *desk = NULL;
        assert_int_equal(set_up(&desk), 0);
        two_members at = fill_two(&desk);
        OK(qbg_member_set_note(at.of_kept, a));
        OK(qbg_member_set_note(at.of_lost, b));
        OK(way ? qbg_contact_merge(at.kept, at.lost) : qbg_contact_merge(at.lost, at.kept));
        assert_string_equal(qbg_member_note(at.of_kept), expected);
        assert_string_equal(qbg_member_note(at.of_lost), expected);
        assert_int_equal(tear_down(&desk), 0);
    }
}

static void the_lines_of_both_notes_stay(void **state) {
    (void)state;
    assert_note("asks for a demo", NULL, "asks for a demo");
    assert_note(NULL, NULL, "");
    assert_note("one\ntwo", "one\ntwo", "one\ntwo");
    assert_note("two\none", NULL, "two\none"); /* one note stays as it is */
    assert_note("two\none", "two\none", "two\none");
    assert_note("b", "a", "a\nb");
    assert_note("b\na", "c\na", "a\nb\nc");
    assert_note("b\n\na\n", "b", "a\nb");
    assert_note("line", "line by line", "line\nline by line");
    assert_note("Ольга", "Anna", "Anna\nОльга");
    assert_note("a\na", "b", "a\nb");
    assert_note("\n", "b\na", "b\na"); /* no line, no note */
}

enum { NOTES = 9 };
static const char *const notes[NOTES] = {NULL,   "a",      "b\na", "b\na\n", "\n",
                                         "\n\n", "c\n\nb", "a\nb", "z"};

/* Three people in one group, merged in every order: one note. */
static void notes_are_united_in_any_order(void **state) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    (void)state;
    for (int number = 0; number < NOTES * NOTES * NOTES; number++) {
        char first[64] = "";
        const char *const told[] = {notes[number % NOTES], notes[number / NOTES % NOTES],
                                    notes[number / NOTES / NOTES]};
        for (int way = 0; way < 12; way++) {
            const int *order = orders[way % 6];
            qbg_workspace *workspace = NULL;
            qbg_contact *people[3];
            OK(qbg_workspace_new(NULL, &workspace));
            qbg_opportunity *deal = add_opportunity(workspace, "deal", add_account(workspace, "a"),
                                                    add_solution(workspace, "s"), QBG_UNDATED);
            for (int i = 0; i < 3; i++) {
                people[i] = add_contact(workspace, i == 0 ? "1" : i == 1 ? "2" : "3", NULL);
                OK(qbg_member_set_note(add_member(deal, people[i]), told[i]));
            }
            OK(qbg_contact_merge(people[order[0]], people[order[1]]));
            OK(way < 6 ? qbg_contact_merge(people[order[0]], people[order[2]])
                       : qbg_contact_merge(people[order[2]], people[order[0]]));
            const char *note = qbg_member_note(qbg_member_at(deal, 0));
            if (way == 0) snprintf(first, sizeof first, "%s", note);
            assert_string_equal(note, first);
            qbg_workspace_free(workspace);
        }
    }
}

/* ---- needs and signals ----------------------------------------------------------------------- */

static void needs_become_the_kept_ones(void **state) {
    two_members at = fill_two(state);
    OK(qbg_need_set(at.deal, at.kept, "report", QBG_NEED_OPEN, NOON));
    OK(qbg_need_set(at.deal, at.lost, "report", QBG_NEED_ADDRESSED, NOON + DAY));
    OK(qbg_need_set(at.deal, at.lost, "speed", QBG_NEED_OPEN, NOON));
    OK(qbg_need_set(at.deal, NULL, "report", QBG_NEED_VALIDATED, NOON));
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_need_count(at.deal), 3);
    int seen = 0;
    for (uint32_t i = 0; i < 3; i++) {
        int is_groups = qbg_need_contact(at.deal, i) == NULL;
        if (!is_groups) assert_ptr_equal(qbg_need_contact(at.deal, i), at.kept);
        if (is_groups || strcmp(qbg_need_key(at.deal, i), "report") != 0) continue;
        assert_int_equal(qbg_need_state(at.deal, i, NOON), QBG_NEED_OPEN);
        assert_int_equal(qbg_need_state(at.deal, i, NOON + DAY), QBG_NEED_ADDRESSED);
        seen++;
    }
    assert_int_equal(seen, 1);
    /* he carries them: without cascade he cannot be removed, with it they go */
    OK(qbg_member_remove(at.of_kept));
    assert_int_equal(qbg_contact_remove(at.kept, 0), QBG_E_IN_USE);
    OK(qbg_contact_remove(at.kept, 1));
    assert_int_equal(qbg_need_count(at.deal), 1);
    assert_null(qbg_need_contact(at.deal, 0));
}

static void a_signal_that_both_had_counts_once(void **state) {
    two_members at = fill_two(state);
    tell(at.workspace, (act){.time = NOON, .contact = at.kept, .event = "1"});
    OK(qbg_contact_set_account(at.lost, NULL, QBG_UNDATED, QBG_SOURCE_HOST)); /* another scope */
    tell(at.workspace, (act){.time = NOON, .contact = at.lost, .event = "1"});
    tell(at.workspace, (act){.time = NOON + 1, .contact = at.lost, .event = "2"});
    tell(at.workspace, (act){.time = NOON, .contact = at.lost}); /* without an id: another one */
    assert_int_equal(qbg_signal_count(at.workspace), 4);
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_signal_count(at.workspace), 3);
    assert_int_equal(qbg_opportunity_signal_count(at.deal), 3);
    assert_int_equal(
        try_to_tell(at.workspace, (act){.time = NOON, .contact = at.lost, .event = "1"}),
        QBG_DUPLICATE);
    assert_int_equal(
        try_to_tell(at.workspace, (act){.time = NOON + 5, .contact = at.lost, .event = "2"}),
        QBG_E_CONFLICT);
}

/* Of one id with other content both stay: neither is a duplicate of the other. */
static void signals_with_one_id_and_other_content_both_stay(void **state) {
    two_members at = fill_two(state);
    OK(qbg_contact_set_account(at.lost, NULL, QBG_UNDATED, QBG_SOURCE_HOST));
    tell(at.workspace, (act){.time = NOON, .contact = at.kept, .event = "1"});
    tell(at.workspace, (act){.time = NOON + 1, .contact = at.lost, .event = "1"});
    OK(qbg_contact_merge(at.kept, at.lost));
    assert_int_equal(qbg_signal_count(at.workspace), 2);
}

static void signals_are_routed_anew(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *kept = add_contact(workspace, "kept", daisy),
                *lost = add_contact(workspace, "lost", daisy);
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(deal, kept);
    tell(workspace, (act){.time = NOON, .contact = lost});
    assert_int_equal(qbg_account_signal_count(daisy), 1);
    OK(qbg_contact_merge(kept, lost));
    assert_int_equal(qbg_account_signal_count(daisy), 0);
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
    qbg_table *ledger = NULL;
    OK(qbg_ledger(deal, lost, NOON, &ledger));
    assert_int_equal(qbg_table_row_count(ledger), 1);
    qbg_table_free(ledger);
}

/* ---- accounts -------------------------------------------------------------------------------- */

static void of_two_potentials_the_greater_currency_then_the_greater_amount_stays(void **state) {
    static const struct {
        const char *first, *second;
        int64_t of_first, of_second, expected;
        const char *currency;
    } cases[] = {
        {"EUR", "RUB", 900, 1, 1, "RUB"}, {"EUR", "EUR", 900, 1, 900, "EUR"},
        {NULL, "EUR", 0, 5, 5, "EUR"},    {NULL, "EUR", 0, 0, 0, "EUR"},
        {NULL, NULL, 0, 0, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int way = 0; way < 2; way++) {
            qbg_workspace *workspace = NULL;
            OK(qbg_workspace_new(NULL, &workspace));
            qbg_account *a = add_account(workspace, "a"), *b = add_account(workspace, "b");
            if (cases[i].first) OK(qbg_account_set_potential(a, cases[i].of_first, cases[i].first));
            if (cases[i].second)
                OK(qbg_account_set_potential(b, cases[i].of_second, cases[i].second));
            OK(way ? qbg_account_merge(a, b) : qbg_account_merge(b, a));
            assert_int_equal(qbg_account_potential_minor(a), cases[i].expected);
            assert_string_equal(qbg_account_currency(b), cases[i].currency);
            qbg_workspace_free(workspace);
        }
}

static void all_of_an_account_becomes_the_kept_ones(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *kept = add_account(workspace, "kept"), *lost = add_account(workspace, "lost");
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_contact *elena = add_contact(workspace, "elena", lost);
    qbg_opportunity *deal = add_opportunity(workspace, "deal", lost, hr, QBG_UNDATED);
    add_member(deal, elena);
    OK(qbg_account_add_domain(kept, "a.example"));
    OK(qbg_account_add_domain(lost, "A.EXAMPLE"));
    OK(qbg_account_add_domain(lost, "b.example"));
    tell(workspace, (act){.time = NOON, .account = lost});
    tell(workspace, (act){.time = NOON, .account = lost, .visitor = "v"});
    tell(workspace, (act){.time = NOON, .account = kept, .visitor = "v"});
    tell(workspace, (act){.time = NOON, .account = lost, .solution = hr});
    OK(qbg_account_merge(kept, lost));
    assert_ptr_equal(qbg_opportunity_account(deal), kept);
    assert_ptr_equal(qbg_contact_account(elena, NOON), kept);
    assert_int_equal(qbg_account_domain_count(kept), 2);
    assert_int_equal(qbg_account_signal_count(kept), 3);
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
    /* one visitor of one account is one person now */
    OK(qbg_contact_add_visitor(elena, "v"));
    assert_int_equal(qbg_account_signal_count(kept), 1);
    assert_int_equal(qbg_opportunity_signal_count(deal), 3);
}

/* ---- in any order ---------------------------------------------------------------------------- */

/* The text with the keys prefix1 to prefix3 as one, and without the rows that only say where they
 * lead. Between them there is no other key, so the order of rows is the same whichever was kept. */
static void forget_keys(snapshot *text, char prefix) {
    snapshot out = {NULL, 0, 0};
    for (const char *at = text->bytes; *at;) {
        size_t size = strcspn(at, "\n") + 1;
        int is_key = at[0] == prefix && at[1] >= '1' && at[1] <= '3' && at[2] == ',';
        int is_merged = is_key && at[size - 4] == ',' && at[size - 3] == prefix;
        for (size_t i = 0; i < size && !is_merged; i++) {
            int is_word = i > 0 && (isalnum((unsigned char)at[i - 1]) || at[i - 1] == ':');
            int is_one = !is_word && at[i] == prefix && at[i + 1] >= '1' && at[i + 1] <= '3';
            put_bytes(&out, at + i, 1);
            if (is_one) put_bytes(&out, "*", 1);
            i += (size_t)is_one;
        }
        at += size;
    }
    forget(text);
    *text = out;
}

static snapshot seen_without_keys(const qbg_workspace *workspace) {
    snapshot all = {NULL, 0, 0};
    put_book(&all, workspace);
    put_answers(&all, workspace, LIFE_FIRST + LIFE_DAYS / 2 * DAY);
    put_answers(&all, workspace, LIFE_LAST);
    put_explanations(&all, workspace, LIFE_LAST);
    forget_keys(&all, 'c');
    forget_keys(&all, 'a');
    return all;
}

typedef struct three {
    qbg_contact *contacts[3];
    qbg_account *accounts[3];
} three;

static three find_three(qbg_workspace *workspace) {
    three at;
    for (int i = 0; i < 3; i++) {
        char key[24];
        snprintf(key, sizeof key, "c%d", i + 1);
        OK(qbg_contact_put(workspace, key, NULL, NULL, NULL, &at.contacts[i], NULL));
        snprintf(key, sizeof key, "a%d", i + 1);
        OK(qbg_account_put(workspace, key, NULL, &at.accounts[i], NULL));
    }
    return at;
}

/* Two merges make three one: by which, in which order, in which direction. */
static void merge_contacts(const three *at, int way) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const int *order = orders[way % 6];
    qbg_contact *const *rows = at->contacts;
    OK(qbg_contact_merge(rows[order[0]], rows[order[1]]));
    OK(way < 6 ? qbg_contact_merge(rows[order[1]], rows[order[2]])
               : qbg_contact_merge(rows[order[2]], rows[order[0]]));
}

static void merge_accounts(const three *at, int way) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const int *order = orders[way % 6];
    qbg_account *const *rows = at->accounts;
    OK(qbg_account_merge(rows[order[0]], rows[order[1]]));
    OK(way < 6 ? qbg_account_merge(rows[order[1]], rows[order[2]])
               : qbg_account_merge(rows[order[2]], rows[order[0]]));
}

static void contacts_and_accounts_are_merged_in_any_order(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(40); seed++) {
        snapshot expected = {NULL, 0, 0};
        for (int way = 0; way < 12; way++) {
            qbg_workspace *workspace = NULL;
            OK(qbg_workspace_new(NULL, &workspace));
            life self = new_life(workspace, seed);
            self.is_gentle = 1;
            live_on(&self, 300);
            three rows = find_three(workspace);
            if (way % 2) merge_accounts(&rows, way);
            merge_contacts(&rows, way);
            if (way % 2 == 0) merge_accounts(&rows, (way + (int)seed) % 12);
            snapshot found = seen_without_keys(workspace);
            if (way == 0)
                expected = found;
            else
                assert_seen(&expected, found, "merged in another order");
            qbg_workspace_free(workspace);
        }
        forget(&expected);
    }
}

/* ---- as if from the start -------------------------------------------------------------------- */

static uint32_t next(uint64_t *seed, uint32_t count) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % count;
}

/* People p0 to p5 and companies; with is_one, what would be told of "p1" and of "a1" is told of
 * "p0" and of "a0" from the start. Of facts at one instant the rule decides, not the order. */
static void tell_story(qbg_workspace *workspace, uint64_t seed, int is_one) {
    qbg_account *accounts[4];
    qbg_contact *people[6];
    qbg_opportunity *deals[4];
    qbg_solution *solutions[] = {add_solution(workspace, "hr"), add_solution(workspace, "erp")};
    for (int i = 0; i < 4; i++) {
        char key[24];
        snprintf(key, sizeof key, "a%d", i);
        OK(qbg_account_put(workspace, is_one && i == 1 ? "a0" : key, NULL, &accounts[i], NULL));
    }
    for (int i = 0; i < 6; i++) {
        char key[24];
        snprintf(key, sizeof key, "p%d", i);
        OK(qbg_contact_put(workspace, is_one && i == 1 ? "p0" : key, NULL, NULL, NULL, &people[i],
                           NULL));
    }
    for (int i = 0; i < 4; i++) {
        char key[24];
        snprintf(key, sizeof key, "d%d", i);
        deals[i] = add_opportunity(workspace, key, accounts[i], solutions[i % 2],
                                   i == 3 ? QBG_UNDATED : LIFE_FIRST + i * 20 * DAY);
    }
    for (int i = 0; i < 150; i++) {
        qbg_contact *contact = people[next(&seed, 6)];
        qbg_account *account = accounts[next(&seed, 4)];
        qbg_opportunity *deal = deals[next(&seed, 4)];
        int64_t day = LIFE_FIRST + next(&seed, 10) * 10 * DAY;
        int32_t source = (int32_t)next(&seed, 2), word = (int32_t)next(&seed, 4);
        qbg_member *member = NULL;
        char text[24];
        switch (next(&seed, 6)) {
        case 0: OK(qbg_contact_set_account(contact, account, day, source)); break;
        case 1: OK(qbg_need_set(deal, contact, "need", word % 3, day)); break;
        case 2:
            OK(qbg_member_put(deal, contact, &member, NULL));
            OK(qbg_member_set_status(member, word, day, source));
            OK(qbg_member_set_stance(member, word, day + DAY, source));
            break;
        default:
            snprintf(text, sizeof text, "%d", i);
            tell(workspace, (act){.time = day + i,
                                  .contact = word == 0 ? NULL : contact,
                                  .account = word == 1 ? NULL : account,
                                  .solution = word == 2 ? solutions[i % 2] : NULL,
                                  .visitor = word == 0 ? (i % 2 ? "v1" : "v2") : NULL,
                                  .event = i % 3 ? text : NULL});
            break;
        }
    }
    OK(qbg_contact_add_visitor(people[1], "v1"));
    OK(qbg_contact_add_visitor(people[0], "v2"));
}

/* Without the rows of the losing keys. */
static snapshot seen_without_losers(const qbg_workspace *workspace) {
    snapshot all = {NULL, 0, 0}, out = {NULL, 0, 0};
    put_book(&all, workspace);
    put_answers(&all, workspace, LIFE_FIRST + 60 * DAY);
    put_answers(&all, workspace, LIFE_LAST);
    put_explanations(&all, workspace, LIFE_LAST);
    for (const char *at = all.bytes; *at;) {
        size_t size = strcspn(at, "\n") + 1;
        int is_loser = strncmp(at, "p1,", 3) == 0 || strncmp(at, "a1,", 3) == 0;
        int is_row = strncmp(at, "a0,", 3) == 0 || (at[0] == 'p' && at[2] == ',') ||
                     (at[0] == 'a' && at[2] == ',') || strncmp(at, "account,", 8) == 0 ||
                     strncmp(at, "contact,", 8) == 0;
        size_t kept = size - 1; /* spare columns are there only with the losers */
        while (is_row && kept > 0 && at[kept - 1] == ',') kept--;
        if (strncmp(at, "account,name", 12) == 0 || strncmp(at, "contact,account", 15) == 0)
            kept = 12;
        if (!is_loser) {
            put_bytes(&out, at, kept);
            put_bytes(&out, "\n", 1);
        }
        at += size;
    }
    forget(&all);
    return out;
}

static void what_was_told_of_either_is_told_of_the_one_kept(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(60); seed++) {
        qbg_workspace *two = NULL, *one = NULL;
        OK(qbg_workspace_new(NULL, &two));
        OK(qbg_workspace_new(NULL, &one));
        tell_story(two, seed, 0);
        tell_story(one, seed, 1);
        OK(qbg_contact_merge(qbg_contact_find(two, "p0"), qbg_contact_find(two, "p1")));
        OK(qbg_account_merge(qbg_account_find(two, "a0"), qbg_account_find(two, "a1")));
        snapshot expected = seen_without_losers(one);
        assert_seen(&expected, seen_without_losers(two), "as if from the start");
        forget(&expected);
        qbg_workspace_free(two);
        qbg_workspace_free(one);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void out_of_memory_merges_nothing(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    life at = new_life(workspace, 12);
    at.is_gentle = 1;
    live_on(&at, 500);
    three rows = find_three(workspace);
    for (int i = 0; i < 2; i++) {
        snapshot before = whole_of(workspace, LIFE_FIRST, LIFE_LAST);
        qbg_status status = QBG_E_MEMORY;
        for (long request = 0; status != QBG_OK; request += stride(7)) {
            self->memory.for_good = (int)(request % 2);
            forget_room(workspace);
            refuse(&self->memory, request / 2);
            status = i == 0 ? qbg_contact_merge(rows.contacts[0], rows.contacts[1])
                            : qbg_account_merge(rows.accounts[0], rows.accounts[1]);
            refuse(&self->memory, NEVER);
            if (status == QBG_OK) break;
            assert_int_equal(status, QBG_E_MEMORY);
            assert_seen(&before, whole_of(workspace, LIFE_FIRST, LIFE_LAST), "after the failure");
        }
        forget(&before);
    }
    assert_int_equal(qbg_contact_number(rows.contacts[1]), qbg_contact_number(rows.contacts[0]));
    assert_int_equal(qbg_account_number(rows.accounts[1]), qbg_account_number(rows.accounts[0]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(the_losing_contact_leads_on),
        in_workspace(a_record_that_was_filled_before_a_merge_tells_of_the_one_kept),
        in_workspace(rows_lead_on_over_several_merges),
        in_workspace(the_losing_account_leads_on),
        in_workspace(refuses_strangers_and_who_is_gone),
        in_workspace(just_one_who_was_erased_is_refused),
        cmocka_unit_test(of_two_texts_the_bytewise_greater_stays),
        cmocka_unit_test(the_persona_is_that_of_the_title_that_stays),
        cmocka_unit_test(of_two_words_on_the_persona_the_greater_stays),
        cmocka_unit_test(the_personas_of_erased_people_know_no_order),
        in_workspace(the_kept_ones_tag_stays_unless_it_is_0),
        in_workspace(visitors_become_the_kept_ones),
        in_workspace(two_memberships_become_one),
        in_workspace(a_membership_moves_to_where_the_kept_key_stands),
        cmocka_unit_test(dates_are_united),
        in_workspace(roles_are_united_and_the_higher_source_wins),
        in_workspace(of_two_values_the_hosts_then_the_greater_stays),
        cmocka_unit_test(the_lines_of_both_notes_stay),
        cmocka_unit_test(notes_are_united_in_any_order),
        in_workspace(needs_become_the_kept_ones),
        in_workspace(a_signal_that_both_had_counts_once),
        in_workspace(signals_with_one_id_and_other_content_both_stay),
        in_workspace(signals_are_routed_anew),
        cmocka_unit_test(of_two_potentials_the_greater_currency_then_the_greater_amount_stays),
        in_workspace(all_of_an_account_becomes_the_kept_ones),
        cmocka_unit_test(contacts_and_accounts_are_merged_in_any_order),
        cmocka_unit_test(what_was_told_of_either_is_told_of_the_one_kept),
        in_workspace(out_of_memory_merges_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
