/* feed_test: what changed between two days, and which signals caused it. */
#include "fixture.h"

#include <stdio.h>

/* ---- the table as text ----------------------------------------------------------------------- */

static void append(char *text, size_t room, const char *bytes, size_t size) {
    size_t used = strlen(text);
    assert_true(used + size < room);
    memcpy(text + used, bytes, size);
    text[used + size] = '\0';
}

static void append_cell(char *text, size_t room, const qbg_table *table, const char *column,
                        int64_t row) {
    int64_t size;
    int32_t number = qbg_table_column_find(table, column);
    const char *cell = qbg_table_text_at(table, number, row, &size);
    append(text, room, " ", 1);
    append(text, room, qbg_table_is_null(table, number, row) ? "-" : cell,
           qbg_table_is_null(table, number, row) ? 1 : (size_t)size);
}

/* "10-22 deal joined anna - facts 0", a line each: month and day, opportunity, change, contact,
 * role, cause, how many signals. */
static const char *spell(const qbg_table *table) {
    static const char *const columns[] = {"opportunity", "change", "contact", "role", "because"};
    static char text[16384];
    char number[32];
    text[0] = '\0';
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        int32_t month = 0, day = 0;
        int64_t time = qbg_table_int64_at(table, qbg_table_column_find(table, "time"), row);
        OK(qbg_time_to_civil(time, NULL, &month, &day, NULL, NULL, NULL));
        append(text, sizeof text, number,
               (size_t)sprintf(number, "%02d-%02d", (int)month, (int)day));
        for (int i = 0; i < 5; i++) append_cell(text, sizeof text, table, columns[i], row);
        int32_t count = qbg_table_column_find(table, "signal_count");
        append(text, sizeof text, number,
               (size_t)sprintf(number, " %d\n", (int)qbg_table_int64_at(table, count, row)));
    }
    return text;
}

static qbg_table *feed(const qbg_workspace *workspace, const char *from, const char *to) {
    qbg_table *table = NULL;
    OK(qbg_feed(workspace, time_of(from) - 1, time_of(to) + DAY - 1, NULL, &table));
    return table;
}

static void assert_feed(const qbg_workspace *workspace, const char *from, const char *to,
                        const char *want) {
    qbg_table *table = feed(workspace, from, to);
    assert_string_equal(spell(table), want);
    qbg_table_free(table);
}

/* ---- a group --------------------------------------------------------------------------------- */

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_opportunity *deal;
    qbg_contact *anna, *boris;
    qbg_member *first, *second;
} world;

static world new_world(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.account = add_account(w.workspace, "a");
    qbg_solution *solution = NULL;
    OK(qbg_solution_add(w.workspace, "s", NULL, qbg_template_find(w.workspace, "standard"),
                        &solution));
    OK(qbg_opportunity_add(w.workspace, "deal", w.account, solution, time_of("2025-10-02"),
                           &w.deal));
    OK(qbg_contact_add(w.workspace, "anna", w.account, NULL, "CFO", &w.anna));
    OK(qbg_contact_add(w.workspace, "boris", w.account, NULL, NULL, &w.boris));
    w.first = add_member(w.deal, w.anna);
    w.second = add_member(w.deal, w.boris);
    return w;
}

static void a_group_opens_with_all_it_has(void **state) {
    world w = new_world(state);
    tell(w.workspace, (act){.time = time_of("2025-09-20"), .contact = w.anna, .kind = "meeting"});
    assert_feed(w.workspace, "2025-10-01", "2025-10-05",
                "10-02 deal opened - - signals 1\n"
                "10-02 deal joined anna - signals 1\n"
                "10-02 deal joined boris - facts 0\n"
                "10-02 deal engaged anna - signals 1\n"
                "10-02 deal role_covered anna economic_buyer signals 1\n");
}

static void people_engage_and_fall_silent(void **state) {
    world w = new_world(state);
    tell(w.workspace,
         (act){.time = time_of("2025-10-10"), .contact = w.boris, .kind = "content_download"});
    tell(w.workspace, (act){.time = time_of("2025-10-10") + 5, .contact = w.anna});
    assert_feed(w.workspace, "2025-10-03", "2025-12-31",
                "10-10 deal engaged boris - signals 1\n"
                "11-10 deal silent boris - ageing 0\n");
    qbg_table *table = feed(w.workspace, "2025-11-10", "2025-11-10");
    int64_t size;
    int32_t signals = qbg_table_column_find(table, "signals");
    assert_string_equal(spell(table), "11-10 deal silent boris - ageing 0\n");
    assert_memory_equal(qbg_table_text_at(table, signals, 0, &size),
                        "2025-10-10T00:00:00Z content_download", 37);
    assert_int_equal(size, 37);
    qbg_table_free(table);
}

static void negative_signals_silence(void **state) {
    world w = new_world(state);
    tell(w.workspace,
         (act){.time = time_of("2025-10-10"), .contact = w.boris, .kind = "content_download"});
    tell(w.workspace,
         (act){.time = time_of("2025-10-12"), .contact = w.boris, .kind = "unsubscribe"});
    assert_feed(w.workspace, "2025-10-11", "2025-10-20", "10-12 deal silent boris - signals 1\n");
}

static void facts_change_people_and_roles(void **state) {
    world w = new_world(state);
    qbg_role *champion = qbg_role_find(w.workspace, "champion");
    OK(qbg_member_set_joined(w.second, time_of("2025-10-06")));
    OK(qbg_member_set_left(w.second, time_of("2025-10-20")));
    OK(qbg_member_set_participation(w.first, QBG_PARTICIPATION_ACTIVE, time_of("2025-10-08"),
                                    QBG_SOURCE_HOST));
    OK(qbg_member_set_roles(w.second, &champion, 1, time_of("2025-10-07"), QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_closed(w.deal, time_of("2025-10-25")));
    assert_feed(w.workspace, "2025-10-03", "2025-11-30",
                "10-06 deal joined boris - facts 0\n"
                "10-07 deal role_covered boris champion facts 0\n"
                "10-08 deal engaged anna - facts 0\n"
                "10-20 deal left boris - facts 0\n"
                "10-20 deal role_lost - champion facts 0\n"
                "10-25 deal closed - - facts 0\n");
}

static void a_group_qualifies_and_does_so_no_longer(void **state) {
    world w = new_world(state);
    qbg_contact *clara = NULL;
    OK(qbg_contact_add(w.workspace, "clara", w.account, NULL, "CEO", &clara));
    add_member(w.deal, clara);
    OK(qbg_contact_set_title(w.boris, "IT Director"));
    qbg_contact *const people[] = {w.anna, w.boris, clara};
    for (int i = 0; i < 3; i++)
        tell(w.workspace, (act){.time = time_of("2025-10-10") + i * DAY,
                                .contact = people[i],
                                .kind = "demo_request"});
    assert_feed(w.workspace, "2025-10-03", "2025-11-30",
                "10-10 deal engaged anna - signals 1\n"
                "10-11 deal engaged boris - signals 1\n"
                "10-12 - forming - - signals 3\n"
                "10-12 deal engaged clara - signals 1\n"
                "10-12 deal qualified - - signals 1\n"
                "11-12 deal unqualified - - ageing 0\n");
}

static void the_latest_signals_are_listed(void **state) {
    world w = new_world(state);
    for (int i = 0; i < 12; i++)
        tell(w.workspace, (act){.time = time_of("2025-10-10") + i, .contact = w.anna});
    qbg_table *table = feed(w.workspace, "2025-10-03", "2025-10-10");
    int64_t size;
    const char *text = qbg_table_text_at(table, qbg_table_column_find(table, "signals"), 0, &size);
    assert_string_equal(spell(table), "10-10 deal engaged anna - signals 12\n");
    assert_int_equal(size, 10 * strlen("2025-10-10T00:00:02Z page_view") + 9);
    assert_memory_equal(text, "2025-10-10T00:00:02Z page_view;2025-10-10T00:00:03Z page_view;", 62);
    qbg_table_free(table);
}

/* Of a visitor who is known by now everything is his. */
static void visitors_cause_what_their_contacts_do(void **state) {
    world w = new_world(state);
    tell(w.workspace, (act){.time = time_of("2025-10-10"),
                            .account = w.account,
                            .visitor = "v",
                            .opportunity = w.deal,
                            .kind = "content_download"});
    OK(qbg_contact_add_visitor(w.anna, "v"));
    assert_feed(w.workspace, "2025-10-03", "2025-10-10", "10-10 deal engaged anna - signals 1\n");
}

/* The days of two halves are those of the whole. */
static void a_period_can_be_cut_in_two(void **state) {
    world w = new_world(state);
    char whole[16384], halves[16384];
    for (int i = 0; i < 40; i++)
        tell(w.workspace, (act){.time = time_of("2025-09-25") + i * DAY + i * 3607,
                                .contact = i % 3 ? w.anna : w.boris,
                                .kind = i % 7 == 6 ? "complaint" : "content_read"});
    qbg_table *table = feed(w.workspace, "2025-09-20", "2026-01-31");
    snprintf(whole, sizeof whole, "%s", spell(table));
    qbg_table_free(table);
    assert_true(strlen(whole) > 200);
    table = feed(w.workspace, "2025-09-20", "2025-10-15");
    snprintf(halves, sizeof halves, "%s", spell(table));
    qbg_table_free(table);
    table = feed(w.workspace, "2025-10-16", "2026-01-31");
    append(halves, sizeof halves, spell(table), strlen(spell(table)));
    qbg_table_free(table);
    assert_string_equal(halves, whole);
}

/* Four people whom nobody has heard of, and no opportunity; told once, whatever the period. */
static void a_group_forms(void **state) {
    world w = {.workspace = workspace_of(state)};
    static const char *const people[] = {"a", "b", "c", "d"};
    qbg_solution *solution = add_solution(w.workspace, "s");
    w.account = add_account(w.workspace, "firm");
    for (int i = 0; i < 4; i++)
        tell(w.workspace, (act){.time = time_of("2025-10-10") + i * DAY + 5,
                                .contact = add_contact(w.workspace, people[i], w.account),
                                .solution = solution,
                                .kind = i ? "content_read" : "meeting"});
    assert_feed(w.workspace, "2025-09-01", "2025-12-31", "10-12 - forming - - signals 3\n");
    assert_feed(w.workspace, "2025-10-12", "2025-10-12", "10-12 - forming - - signals 3\n");
    assert_feed(w.workspace, "2025-10-13", "2025-12-31", "");
    assert_feed(w.workspace, "2025-09-01", "2025-10-11", "");
    qbg_table *table = feed(w.workspace, "2025-10-12", "2025-10-12");
    int64_t size;
    const char *text = qbg_table_text_at(table, qbg_table_column_find(table, "signals"), 0, &size);
    assert_memory_equal(text, "2025-10-10T00:00:05Z meeting;2025-10-11T00:00:05Z content_read;",
                        62);
    qbg_table_free(table);
}

static void one_opportunity_can_be_asked_about(void **state) {
    world w = new_world(state);
    qbg_table *table = NULL;
    qbg_opportunity *other = NULL;
    OK(qbg_opportunity_add(w.workspace, "before", w.account, qbg_solution_find(w.workspace, "s"),
                           time_of("2025-10-02"), &other));
    assert_feed(w.workspace, "2025-10-02", "2025-10-02",
                "10-02 before opened - - facts 0\n"
                "10-02 deal opened - - facts 0\n"
                "10-02 deal joined anna - facts 0\n"
                "10-02 deal joined boris - facts 0\n"
                "10-02 deal role_covered anna economic_buyer facts 0\n");
    OK(qbg_opportunity_feed(other, time_of("2025-10-01"), time_of("2025-10-05"), &table));
    assert_string_equal(spell(table), "10-02 before opened - - facts 0\n");
    qbg_table_free(table);
    OK(qbg_opportunity_remove(other, 0));
    assert_int_equal(
        qbg_opportunity_feed(other, time_of("2025-10-01"), time_of("2025-10-05"), &table),
        QBG_E_GONE);
}

static void instants_and_arguments_are_looked_at(void **state) {
    world w = new_world(state);
    qbg_table *table = NULL;
    int64_t from = time_of("2025-10-01"), to = time_of("2025-10-05");
    assert_int_equal(qbg_feed(NULL, from, to, NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_feed(w.workspace, from, to, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_feed(w.workspace, to, from, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_feed(w.workspace, to, to, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_feed(w.workspace, -1, to, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_feed(w.workspace, from, LAST + 1, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_opportunity_feed(NULL, from, to, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_feed(w.deal, from, to, NULL), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(w.workspace));
    assert_int_equal(qbg_feed(w.workspace, from, to, NULL, &table), QBG_E_BUSY);
    assert_int_equal(qbg_opportunity_feed(w.deal, from, to, &table), QBG_E_BUSY);
    OK(qbg_workspace_commit(w.workspace));
    OK(qbg_feed(w.workspace, LAST - DAY, LAST, NULL, &table));
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
}

static void without_memory_nothing_is_answered(void **state) {
    world w = new_world(state);
    host *memory = &((fixture *)*state)->memory;
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    for (int i = 0; i < 30; i++)
        tell(w.workspace, (act){.time = time_of("2025-10-10") + i * DAY, .contact = w.anna});
    size_t before = memory->bytes;
    long request = 0;
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_feed(w.workspace, time_of("2025-10-01"), time_of("2025-12-01"), NULL, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        if (status != QBG_OK) assert_null(table);
        if (status != QBG_OK) assert_int_equal(memory->bytes, before);
    }
    refuse(memory, NEVER);
    assert_true(request > 10);
    assert_true(qbg_table_row_count(table) > 3);
    qbg_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_group_opens_with_all_it_has),
        in_workspace(people_engage_and_fall_silent),
        in_workspace(negative_signals_silence),
        in_workspace(facts_change_people_and_roles),
        in_workspace(a_group_qualifies_and_does_so_no_longer),
        in_workspace(the_latest_signals_are_listed),
        in_workspace(visitors_cause_what_their_contacts_do),
        in_workspace(a_period_can_be_cut_in_two),
        in_workspace(a_group_forms),
        in_workspace(one_opportunity_can_be_asked_about),
        in_workspace(instants_and_arguments_are_looked_at),
        in_workspace(without_memory_nothing_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
