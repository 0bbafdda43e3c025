/* memory: the sections of a workspace add up to all that it holds, whatever was done to it. Every
 * test of every room asks so when it ends; see the fixture. */
#include "fixture.h"

static uint64_t section_of(const qbg_workspace *workspace, const char *name) {
    qbg_table *table = NULL;
    uint64_t bytes = UINT64_MAX;
    OK(qbg_workspace_memory(workspace, &table));
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        int64_t size = 0;
        const char *text = qbg_table_text_at(table, 0, row, &size);
        if ((size_t)size == strlen(name) && memcmp(text, name, (size_t)size) == 0)
            bytes = qbg_table_uint64_at(table, 1, row);
    }
    qbg_table_free(table);
    assert_true(bytes != UINT64_MAX);
    return bytes;
}

static const char *const sections[] = {
    "accounts", "contacts", "members", "opportunities", "catalog", "signals", "events",
    "texts",    "indexes",  "revenue", "policy",        "journal", "other"};
#define SECTIONS (sizeof sections / sizeof sections[0])

typedef struct bytes {
    uint64_t of[SECTIONS];
} bytes;

/* All sections; and they add up. */
static bytes measure(const qbg_workspace *workspace) {
    bytes found;
    for (size_t i = 0; i < SECTIONS; i++) found.of[i] = section_of(workspace, sections[i]);
    assert_int_equal(fixture_unaccounted(workspace), 0);
    return found;
}

/* The sections that differ, joined with blanks; the journal's room comes and goes. */
static const char *grown(const qbg_workspace *workspace, const bytes *before) {
    static char names[200];
    const bytes now = measure(workspace);
    names[0] = '\0';
    for (size_t i = 0; i < SECTIONS; i++) {
        if (now.of[i] == before->of[i] || strcmp(sections[i], "journal") == 0) continue;
        if (names[0]) strcat(names, " ");
        strcat(names, sections[i]);
    }
    return names;
}

static void a_new_workspace_has_its_catalogue_and_policy(void **state) {
    const qbg_workspace *workspace = workspace_of(state);
    const bytes found = measure(workspace);
    qbg_table *table = NULL;
    OK(qbg_workspace_memory(workspace, &table));
    assert_int_equal(qbg_table_column_count(table), 2);
    assert_string_equal(qbg_table_column_name(table, 0), "section");
    assert_string_equal(qbg_table_column_name(table, 1), "bytes");
    assert_int_equal(qbg_table_row_count(table), SECTIONS);
    assert_int_equal(qbg_table_column_type(table, 1), QBG_COLUMN_UINT64);
    qbg_table_free(table);
    assert_true(found.of[4] > 0 && found.of[8] > 0 && found.of[10] > 0 && found.of[12] > 0);
    assert_int_equal(found.of[0] + found.of[1] + found.of[2] + found.of[3], 0);
    assert_int_equal(found.of[5] + found.of[6] + found.of[7] + found.of[9], 0);
}

static void bytes_count_where_they_belong(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    bytes before = measure(workspace);
#define GROWS(sections)                                                                            \
    assert_string_equal(grown(workspace, &before), sections);                                      \
    before = measure(workspace)
    qbg_account *daisy = add_account(workspace, "daisy");
    GROWS("accounts indexes");
    OK(qbg_account_add_domain(daisy, "daisy.example"));
    GROWS("accounts");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    GROWS("contacts indexes");
    OK(qbg_contact_set_email(elena, "elena@daisy.example"));
    GROWS("contacts");
    qbg_solution *hr = add_solution(workspace, "hr");
    GROWS("catalog indexes");
    OK(qbg_solution_add_content(hr, "hr/"));
    GROWS("catalog");
    qbg_opportunity *deal = add_opportunity(workspace, "deal", daisy, hr, NOON);
    GROWS("accounts opportunities indexes other"); /* the account lists it; revisions are other */
    OK(qbg_need_set(deal, NULL, "price", QBG_NEED_OPEN, QBG_UNDATED));
    GROWS("opportunities");
    qbg_member *member = add_member(deal, elena);
    GROWS("contacts members opportunities");
    OK(qbg_member_set_note(member, "call her"));
    GROWS("members");
    OK(qbg_opportunity_set_stage(deal, "pilot", QBG_UNDATED, QBG_SOURCE_HOST));
    GROWS("opportunities texts");
    tell(workspace, (act){.time = NOON, .contact = elena});
    GROWS("signals");
    tell(workspace, (act){.time = NOON, .contact = elena, .event = "e1"});
    GROWS("events"); /* its text finds room with the stage's */
    OK(qbg_contact_add_visitor(elena, "v1"));
    GROWS("contacts signals texts");
    OK(qbg_revenue_add(workspace, "daisy", 2025, 1, 100, "RUB"));
    GROWS("indexes revenue");
    OK(qbg_policy_set_milli(qbg_workspace_policy(workspace), "half_life_days", 60000));
    GROWS("policy");
    OK(qbg_role_add(workspace, "buddy", "Buddy", NULL));
    GROWS("catalog");
    OK(qbg_account_set_name(daisy, "Daisy"));
    GROWS("accounts");
    OK(qbg_account_set_name(daisy, NULL));
    GROWS("accounts");
#undef GROWS
}

/* A workspace's life: logs with many people, texts in several chunks, rows that move, merge, go and
 * are forgotten. */
static void live(qbg_workspace *workspace) {
    char content[200];
    memset(content, 'c', sizeof content);
    content[sizeof content - 1] = '\0';
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_opportunity *deal = add_opportunity(workspace, "deal", daisy, hr, NOON);
    qbg_contact *contacts[40];
    for (int i = 0; i < 40; i++) {
        const char key[] = {(char)('0' + i / 10), (char)('0' + i % 10), '\0'};
        contacts[i] = add_contact(workspace, key, i % 2 == 0 ? daisy : NULL);
        OK(qbg_member_set_note(add_member(deal, contacts[i]), key));
        content[0] = (char)('A' + i);
        tell(workspace, (act){.time = NOON + i, .contact = contacts[i], .content = content});
        tell(workspace, (act){.time = NOON + i, .account = tulip, .visitor = key, .event = key});
        measure(workspace);
    }
    OK(qbg_contact_add_visitor(contacts[1], "01"));
    OK(qbg_need_set(deal, contacts[1], "price", QBG_NEED_OPEN, QBG_UNDATED));
    measure(workspace);
    OK(qbg_contact_merge(contacts[0], contacts[1]));
    measure(workspace);
    OK(qbg_contact_remove(contacts[2], 1));
    measure(workspace);
    OK(qbg_contact_erase(contacts[3]));
    measure(workspace);
    OK(qbg_member_remove(qbg_member_find(deal, contacts[4])));
    OK(qbg_opportunity_set_closed(deal, NOON + 3));
    measure(workspace);
    OK(qbg_account_merge(tulip, daisy));
    measure(workspace);
    OK(qbg_opportunity_remove(deal, 1));
    measure(workspace);
    OK(qbg_account_remove(tulip, 1));
    measure(workspace);
}

static void sections_add_up_through_a_workspaces_life(void **state) { live(workspace_of(state)); }

static void sections_add_up_after_a_batch_taken_back(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *table = NULL;
    OK(qbg_workspace_begin(workspace));
    for (int i = 0; i < 2000; i++) {
        const char key[] = {(char)('a' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10),
                            '\0'};
        add_account(workspace, key);
    }
    assert_int_equal(qbg_workspace_memory(workspace, &table), QBG_E_BUSY);
    OK(qbg_workspace_rollback(workspace));
    measure(workspace);
    assert_int_equal(section_of(workspace, "accounts"), 0);
}

/* Whatever request is refused, what is kept adds up. */
static void sections_add_up_after_a_call_that_failed(void **state) {
    fixture *self = *state;
    qbg_account *daisy = add_account(self->workspace, "daisy");
    qbg_contact *elena = add_contact(self->workspace, "elena", daisy);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_signal *signal = signal_of(
            self->workspace,
            (act){.time = NOON, .contact = elena, .visitor = "v", .content = "c", .event = "e"});
        refuse(&self->memory, request);
        status = qbg_record(self->workspace, signal, NULL, NULL);
        refuse(&self->memory, NEVER);
        qbg_signal_free(signal);
        measure(self->workspace);
    }
}

static void asking_needs_somewhere_to_put_the_answer_and_memory(void **state) {
    fixture *self = *state;
    qbg_table *table = NULL;
    assert_int_equal(qbg_workspace_memory(NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_memory(self->workspace, NULL), QBG_E_ARGUMENT);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(&self->memory, request);
        status = qbg_workspace_memory(self->workspace, &table);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(table);
    }
    qbg_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_new_workspace_has_its_catalogue_and_policy),
        in_workspace(bytes_count_where_they_belong),
        in_workspace(sections_add_up_through_a_workspaces_life),
        in_workspace(sections_add_up_after_a_batch_taken_back),
        in_workspace(sections_add_up_after_a_call_that_failed),
        in_workspace(asking_needs_somewhere_to_put_the_answer_and_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
