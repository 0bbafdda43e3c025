/* detection_test: which groups are seen forming, from when on, who they are; and what is none. */
#include "fixture.h"
#include "rounds.h"

#include <math.h>

/* ---- the table as text ----------------------------------------------------------------------- */

static qbg_table *detect(const qbg_workspace *workspace, int64_t as_of,
                         const qbg_baseline *baseline) {
    qbg_table *table = NULL;
    OK(qbg_detect(workspace, as_of, baseline, &table));
    return table;
}

static int32_t column(const qbg_table *table, const char *name) {
    int32_t found = qbg_table_column_find(table, name);
    assert_true(found >= 0);
    return found;
}

static int64_t whole(const qbg_table *table, const char *name, int64_t row) {
    return qbg_table_int64_at(table, column(table, name), row);
}

static double real(const qbg_table *table, const char *name, int64_t row) {
    return qbg_table_double_at(table, column(table, name), row);
}

static void append(char *text, size_t room, const char *format, ...) {
    va_list arguments;
    size_t used = strlen(text);
    va_start(arguments, format);
    int size = vsnprintf(text + used, room - used, format, arguments);
    va_end(arguments);
    assert_true(size >= 0 && (size_t)size < room - used);
}

/* Some cells of a row: texts, numbers, and instants as days after NOON; "-" for none. */
static void append_cell(char *text, size_t room, const qbg_table *table, const char *name,
                        int64_t row) {
    int32_t at = column(table, name);
    int64_t size = 0;
    if (qbg_table_is_null(table, at, row)) {
        append(text, room, " -");
    } else if (qbg_table_column_type(table, at) == QBG_COLUMN_TEXT) {
        const char *bytes = qbg_table_text_at(table, at, row, &size);
        append(text, room, " %.*s", (int)size, bytes);
    } else {
        int64_t value = qbg_table_column_type(table, at) == QBG_COLUMN_UINT64
                            ? (int64_t)qbg_table_uint64_at(table, at, row)
                            : qbg_table_int64_at(table, at, row);
        if (strcmp(name, "since") == 0 || strcmp(name, "crossed") == 0)
            value = (value - NOON) / DAY;
        append(text, room, " %lld", (long long)value);
    }
}

static void assert_cells(const qbg_workspace *workspace, int64_t as_of, const char *columns,
                         const char *want) {
    char found[4096] = "", names[256];
    qbg_table *table = detect(workspace, as_of, NULL);
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        snprintf(names, sizeof names, "%s", columns);
        for (char *name = strtok(names, " "); name; name = strtok(NULL, " "))
            append_cell(found, sizeof found, table, name, row);
        append(found, sizeof found, "\n");
    }
    qbg_table_free(table);
    assert_string_equal(found, want);
}

#define WHEN "account solution since crossed latency_days"

/* ---- companies ------------------------------------------------------------------------------- */

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_solution *hr;
} world;

static world world_of(void **state) {
    world self = {.workspace = workspace_of(state)};
    self.daisy = add_account(self.workspace, "daisy");
    self.hr = add_solution(self.workspace, "hr");
    return self;
}

static qbg_contact *titled(world of, const char *key, const char *title) {
    qbg_contact *contact = NULL;
    OK(qbg_contact_add(of.workspace, key, of.daisy, NULL, title, &contact));
    return contact;
}

static void comes(world of, qbg_contact *contact, int day) {
    tell(of.workspace, (act){.time = NOON + day * DAY,
                             .kind = "content_download",
                             .contact = contact,
                             .solution = of.hr});
}

static void visits(world of, const char *visitor, int day) {
    tell(of.workspace,
         (act){
             .time = NOON + day * DAY, .account = of.daisy, .visitor = visitor, .solution = of.hr});
}

static void come(world of, char first, int count, const int *days) {
    for (int i = 0; i < count; i++) {
        char key[2] = {(char)(first + i), '\0'};
        comes(of, add_contact(of.workspace, key, of.daisy), days[i]);
    }
}

static void nothing_is_no_group(void **state) {
    static const char *const names[] = {
        "account",        "solution",    "since",          "crossed",     "latency_days",
        "people",         "visitors",    "regulars",       "newcomers",   "expected",
        "p_value",        "departments", "categories",     "who",         "roles",
        "missing_roles",  "opportunity", "account_number", "account_tag", "solution_tag",
        "opportunity_tag"};
    qbg_table *table = detect(workspace_of(state), NOON, NULL);
    assert_int_equal(qbg_table_row_count(table), 0);
    assert_int_equal(qbg_table_column_count(table), sizeof names / sizeof names[0]);
    for (int32_t i = 0; i < qbg_table_column_count(table); i++)
        assert_string_equal(qbg_table_column_name(table, i), names[i]);
    qbg_table_free(table);
}

static void five_people_in_three_weeks_are_a_group(void **state) {
    world of = world_of(state);
    come(of, 'a', 5, (int[]){0, 4, 9, 15, 20});
    assert_cells(of.workspace, NOON + 8 * DAY, WHEN, "");
    assert_cells(of.workspace, NOON + 9 * DAY - 1, WHEN, "");
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " newcomers", " daisy hr 0 9 9 3\n");
    assert_cells(of.workspace, NOON + 20 * DAY, WHEN " newcomers people who",
                 " daisy hr 0 9 9 5 5 a;b;c;d;e\n");
    /* it is told until a window has passed since it was last unusual */
    assert_cells(of.workspace, NOON + 41 * DAY - 1, WHEN, " daisy hr 0 9 9\n");
    assert_cells(of.workspace, NOON + 41 * DAY, WHEN, "");
}

static void one_man_with_eighteen_visits_is_none(void **state) {
    world of = world_of(state);
    qbg_contact *man = add_contact(of.workspace, "a", of.daisy);
    for (int i = 0; i < 18; i++) comes(of, man, i);
    for (int i = 0; i < 30; i++) assert_cells(of.workspace, NOON + i * DAY, WHEN, "");
    comes(of, add_contact(of.workspace, "b", of.daisy), 17);
    assert_cells(of.workspace, NOON + 18 * DAY, WHEN, "");
}

/* Sixty people who come again and again, and a new one every ten days or so. */
static void usual_noise_of_a_big_customer_is_none(void **state) {
    world of = world_of(state);
    char key[16];
    for (int i = 0; i < 60; i++) {
        snprintf(key, sizeof key, "r%02d", i);
        qbg_contact *regular = add_contact(of.workspace, key, of.daisy);
        for (int day = i % 29; day < 700; day += 20 + i % 31) comes(of, regular, day);
    }
    for (int i = 0; i < 70; i++) {
        snprintf(key, sizeof key, "n%02d", i);
        comes(of, add_contact(of.workspace, key, of.daisy), i * 10 + i * i % 7);
    }
    for (int day = 410; day < 640; day += 5) assert_cells(of.workspace, NOON + day * DAY, WHEN, "");
    /* four more are nothing new there, ten are */
    come(of, 'a', 4, (int[]){600, 603, 605, 608});
    assert_cells(of.workspace, NOON + 615 * DAY, WHEN, "");
    come(of, 'e', 6, (int[]){606, 607, 609, 610, 611, 612});
    qbg_table *table = detect(of.workspace, NOON + 615 * DAY, NULL);
    assert_int_equal(qbg_table_row_count(table), 1);
    assert_true(whole(table, "regulars", 0) > 40);
    assert_true(whole(table, "newcomers", 0) >= 11 && whole(table, "people", 0) < 30);
    assert_true(real(table, "expected", 0) > 1.5 && real(table, "expected", 0) < 3);
    assert_true(real(table, "p_value", 0) > 0 && real(table, "p_value", 0) <= 0.001);
    qbg_table_free(table);
}

/* Two visitors count as one person, so they are a lower bound; unnamed ones of an account are one.
 */
static void visitors_are_discounted(void **state) {
    world of = world_of(state);
    for (int i = 0; i < 6; i++) {
        char id[2] = {(char)('u' + i), '\0'};
        if (i < 5) assert_cells(of.workspace, NOON + 9 * DAY, WHEN, "");
        visits(of, id, i);
        visits(of, NULL, i > 4 ? 4 : i);
    }
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " people visitors newcomers who categories",
                 " daisy hr 0 4 4 0 7 3  anonymous\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "anonymous_discount", 1000));
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " newcomers", " daisy hr 0 1 1 7\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "anonymous_discount", 0));
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN, "");
}

/* A visitor who gets a name is that person, from his first visit on. */
static void who_gets_a_name_has_been_here_all_the_time(void **state) {
    world of = world_of(state);
    visits(of, "v", -15);
    qbg_contact *elena = add_contact(of.workspace, "elena", of.daisy);
    comes(of, elena, 3);
    come(of, 'a', 2, (int[]){1, 5});
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " people visitors", " daisy hr -15 5 20 3 1\n");
    OK(qbg_contact_add_visitor(elena, "v"));
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " people visitors", " daisy hr -15 5 20 3 0\n");
}

static void who_came_lately_belongs_to_it_and_regulars_do_not(void **state) {
    world of = world_of(state);
    qbg_contact *regular = add_contact(of.workspace, "regular", of.daisy);
    qbg_contact *elena = add_contact(of.workspace, "elena", of.daisy);
    qbg_contact *gone = add_contact(of.workspace, "gone", of.daisy);
    for (int day = -300; day <= 10; day += 30) comes(of, regular, day);
    comes(of, gone, -25);
    comes(of, elena, -25);
    comes(of, elena, 5);
    come(of, 'a', 4, (int[]){0, 3, 6, 9});
    assert_cells(of.workspace, NOON + 10 * DAY, WHEN " people regulars newcomers who",
                 " daisy hr -25 9 34 5 1 4 a;b;c;d;elena\n");
}

static void people_about_no_solution_count_for_the_account(void **state) {
    world of = world_of(state);
    for (int i = 0; i < 4; i++) {
        char key[2] = {(char)('a' + i), '\0'};
        tell(of.workspace,
             (act){.time = NOON + i * DAY, .contact = add_contact(of.workspace, key, of.daisy)});
    }
    assert_cells(of.workspace, NOON + 9 * DAY, WHEN " who roles missing_roles opportunity",
                 " daisy - 0 2 2 a;b;c;d  - -\n");
    qbg_table *table = detect(of.workspace, NOON + 9 * DAY, NULL);
    assert_int_equal(qbg_table_uint64_at(table, column(table, "solution_tag"), 0), 0);
    qbg_table_free(table);
}

/* ---- who they are ---------------------------------------------------------------------------- */

static void roles_are_read_from_titles_and_missing_ones_are_told(void **state) {
    world of = world_of(state);
    OK(qbg_account_set_tag(of.daisy, 5));
    OK(qbg_solution_set_tag(of.hr, 6));
    comes(of, titled(of, "olga", "CFO"), 0);
    comes(of, titled(of, "ivan", "CEO"), 1);
    comes(of, titled(of, "sergey", "IT Director"), 2);
    comes(of, titled(of, "nobody", NULL), 3);
    tell(of.workspace, (act){.time = NOON + 3 * DAY,
                             .kind = "intent_topic",
                             .account = of.daisy,
                             .solution = of.hr});
    assert_cells(of.workspace, NOON + 3 * DAY, "who roles missing_roles departments categories",
                 " ivan;nobody;olga;sergey decision_maker;;economic_buyer;technical_evaluator"
                 " champion;business_evaluator;end_user executive;finance;it named;third_party\n");
    assert_cells(of.workspace, NOON + 3 * DAY,
                 "opportunity opportunity_tag account_tag "
                 "solution_tag account_number",
                 " - 0 5 6 0\n");
}

static void an_open_opportunity_is_told_with_the_roles_of_its_members(void **state) {
    world of = world_of(state);
    qbg_contact *olga = titled(of, "olga", "CFO"), *ivan = titled(of, "ivan", "CEO");
    comes(of, olga, 0);
    comes(of, ivan, 1);
    comes(of, titled(of, "sergey", "IT Director"), 2);
    qbg_opportunity *old = add_opportunity(of.workspace, "old", of.daisy, of.hr, NOON - 99 * DAY);
    add_opportunity(of.workspace, "to come", of.daisy, of.hr, NOON + 9 * DAY);
    qbg_opportunity *deal = add_opportunity(of.workspace, "b", of.daisy, of.hr, NOON - 9 * DAY);
    OK(qbg_opportunity_set_tag(deal, 7));
    assert_cells(of.workspace, NOON + 2 * DAY, "opportunity opportunity_tag", " b 7\n");
    add_opportunity(of.workspace, "a", of.daisy, of.hr, NOON - 9 * DAY);
    assert_cells(of.workspace, NOON + 2 * DAY, "opportunity", " a\n");
    OK(qbg_opportunity_remove(qbg_opportunity_find(of.workspace, "a"), 1));
    OK(qbg_opportunity_add_member(deal, ivan, qbg_role_find(of.workspace, "champion")));
    OK(qbg_opportunity_add_member(deal, ivan, qbg_role_find(of.workspace, "blocker")));
    OK(qbg_opportunity_add_member(deal, olga, qbg_role_find(of.workspace, "coach")));
    OK(qbg_member_set_left(qbg_member_find(deal, olga), NOON));
    assert_cells(of.workspace, NOON + 2 * DAY, "who roles missing_roles",
                 " ivan;olga;sergey champion+blocker;economic_buyer;technical_evaluator "
                 "decision_maker;business_evaluator;end_user\n");
    OK(qbg_opportunity_set_closed(deal, NOON + 2 * DAY));
    assert_cells(of.workspace, NOON + 2 * DAY, "opportunity", " old\n");
    OK(qbg_opportunity_set_closed(old, NOON + 2 * DAY));
    assert_cells(of.workspace, NOON + 2 * DAY, "opportunity", " -\n");
}

static void merged_people_are_one_and_erased_ones_stay_people(void **state) {
    world of = world_of(state);
    come(of, 'a', 4, (int[]){0, 1, 2, 3});
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed newcomers", " 2 4\n");
    OK(qbg_contact_merge(qbg_contact_find(of.workspace, "a"), qbg_contact_find(of.workspace, "b")));
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed newcomers who", " 3 3 a;c;d\n");
    OK(qbg_contact_erase(qbg_contact_find(of.workspace, "c")));
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed newcomers", " 3 3\n");
}

/* ---- the policy ------------------------------------------------------------------------------ */

static void set(world of, const char *key, const char *value) {
    OK(qbg_policy_set_text(qbg_workspace_policy(of.workspace), key, value));
}

static void the_policy_says_what_is_a_group(void **state) {
    world of = world_of(state);
    comes(of, titled(of, "olga", "CFO"), 0);
    comes(of, titled(of, "vera", "Head of Finance"), 1);
    comes(of, titled(of, "sergey", "IT Director"), 2);
    comes(of, titled(of, "ivan", "CEO"), 9);
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", " 2\n");
    set(of, "formation_people", "4");
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", " 9\n");
    set(of, "formation_people", "3");
    set(of, "formation_departments", "3");
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed departments", " 9 executive;finance;it\n");
    set(of, "formation_departments", "4");
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", "");
    set(of, "formation_departments", "2");
    set(of, "formation_window_days", "2");
    assert_cells(of.workspace, NOON + 3 * DAY, "crossed", "");
    set(of, "formation_window_days", "3");
    assert_cells(of.workspace, NOON + 3 * DAY, "crossed", " 2\n");
    set(of, "formation_points", "5.001");
    assert_cells(of.workspace, NOON + 3 * DAY, "crossed", "");
    set(of, "formation_points", "5");
    set(of, "formation_false_alarms", "0.001");
    assert_cells(of.workspace, NOON + 3 * DAY, "crossed", "");
    set(of, "formation_false_alarms", "1000");
    set(of, "formation_people", "2");
    set(of, "formation_departments", "0");
    assert_cells(of.workspace, NOON + 3 * DAY, "crossed", " 1\n");
}

/* Somebody who came in the year before makes the same three less unusual. */
static void history_and_the_book_say_what_is_usual(void **state) {
    world of = world_of(state);
    qbg_baseline *baseline = NULL;
    come(of, 'a', 3, (int[]){0, 1, 2});
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", " 2\n");
    OK(qbg_baseline_new(NULL, &baseline));
    OK(qbg_baseline_set_figure(baseline, "period_s", 365 * DAY));
    OK(qbg_baseline_set_figure(baseline, "contacts.4", 1000));
    OK(qbg_baseline_set_figure(baseline, "visitors.0", 1000));
    qbg_table *table = detect(of.workspace, NOON + 9 * DAY, baseline);
    assert_int_equal(qbg_table_row_count(table), 0);
    qbg_table_free(table);
    qbg_baseline_free(baseline);
    come(of, 'k', 2, (int[]){-39, -25}); /* between the history and the window: as if not there */
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", " 2\n");
    come(of, 'm', 4, (int[]){-370, -300, -200, -100});
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", "");
    set(of, "formation_history_days", "3650"); /* in ten years they are few */
    assert_cells(of.workspace, NOON + 9 * DAY, "crossed", " 2\n");
}

/* Seven a year are not rare where four are usual, but where an alarm a year is allowed that would
 * be one: what is within two standard deviations is no group. */
static void what_the_account_sees_anyway_is_no_group(void **state) {
    world of = world_of(state);
    char key[16];
    set(of, "formation_window_days", "365");
    set(of, "formation_history_days", "3650");
    set(of, "formation_quiet_days", "365");
    set(of, "formation_false_alarms", "1000");
    for (int i = 0; i < 49; i++) {
        int day = i < 40 ? -730 - 90 * i : -10 - 20 * (i - 40);
        snprintf(key, sizeof key, "p%02d", i);
        comes(of, add_contact(of.workspace, key, of.daisy), day);
        if (i == 46) assert_cells(of.workspace, NOON, "newcomers", "");
    }
    assert_cells(of.workspace, NOON, "newcomers", " 9\n");
}

/* ---- any day, order and part ----------------------------------------------------------------- */

enum { ACCOUNTS = 12, SPAN = 260 };

static uint64_t drawn;

static int draw(int below) {
    drawn = drawn * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((drawn >> 33) % (uint64_t)below);
}

typedef struct fact {
    int account, person, day, solution, is_visitor;
} fact;

static int draw_facts(fact *facts, int most) {
    int count = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
        int people = 2 + draw(25), busy = 1 + draw(SPAN);
        for (int j = 0; j < people; j++) {
            int day = draw(3) ? draw(SPAN) : busy + draw(15), acts = 1 + draw(4);
            for (int k = 0; k < acts && count < most; k++)
                facts[count++] =
                    (fact){i, j, day + k * draw(40), draw(6) ? 0 : draw(3), draw(4) == 0};
        }
    }
    return count;
}

static void put_fact(qbg_workspace *workspace, const fact *at) {
    char account_key[16], key[32];
    qbg_account *account = NULL;
    qbg_contact *contact = NULL;
    qbg_solution *solution = NULL;
    snprintf(account_key, sizeof account_key, "a%d", at->account);
    snprintf(key, sizeof key, "a%dp%d", at->account, at->person);
    OK(qbg_account_put(workspace, account_key, NULL, &account, NULL));
    OK(qbg_solution_put(workspace, at->solution == 1 ? "s1" : "s0", NULL, NULL, &solution, NULL));
    if (!at->is_visitor) OK(qbg_contact_put(workspace, key, account, NULL, NULL, &contact, NULL));
    tell(workspace, (act){.time = NOON + at->day * DAY + at->person * 3600,
                          .kind = "content_read",
                          .contact = contact,
                          .account = account,
                          .visitor = at->is_visitor ? key : NULL,
                          .solution = at->solution == 2 ? NULL : solution});
}

/* The row of an account and solution in another table, or -1. */
static int64_t find_row(const qbg_table *in, const qbg_table *from, int64_t row) {
    int64_t size, other_size;
    for (int64_t i = 0; i < qbg_table_row_count(in); i++) {
        int same = 1;
        for (int32_t at = 0; at < 2; at++) {
            const char *text = qbg_table_text_at(in, at, i, &size);
            const char *other = qbg_table_text_at(from, at, row, &other_size);
            same &= qbg_table_is_null(in, at, i) == qbg_table_is_null(from, at, row) &&
                    size == other_size && memcmp(text, other, (size_t)size) == 0;
        }
        if (same) return i;
    }
    return -1;
}

/* Every cell but numbers of rows, to the last bit. */
static void assert_same_row(const qbg_table *a, int64_t row, const qbg_table *b, int64_t other) {
    for (int32_t at = 0; at < qbg_table_column_count(a); at++) {
        int64_t size = 0, other_size = 0;
        if (at == column(a, "account_number")) continue;
        assert_int_equal(qbg_table_is_null(a, at, row), qbg_table_is_null(b, at, other));
        switch (qbg_table_column_type(a, at)) {
        case QBG_COLUMN_INT64:
            assert_int_equal(qbg_table_int64_at(a, at, row), qbg_table_int64_at(b, at, other));
            break;
        case QBG_COLUMN_DOUBLE: {
            double one = qbg_table_double_at(a, at, row), two = qbg_table_double_at(b, at, other);
            assert_memory_equal(&one, &two, sizeof one);
            break;
        }
        case QBG_COLUMN_TEXT: {
            const char *text = qbg_table_text_at(a, at, row, &size);
            const char *second = qbg_table_text_at(b, at, other, &other_size);
            assert_int_equal(size, other_size);
            assert_memory_equal(text, second, (size_t)size);
            break;
        }
        default: break;
        }
    }
}

static void shuffle(fact *facts, int count) {
    for (int i = count - 1; i > 0; i--) {
        int at = draw(i + 1);
        const fact swapped = facts[i];
        facts[i] = facts[at];
        facts[at] = swapped;
    }
}

/* A workspace with the facts of some accounts: all, or those of one remainder by three. */
static qbg_workspace *told(const fact *facts, int count, int part) {
    qbg_workspace *workspace = NULL;
    qbg_solution *solution = NULL;
    OK(qbg_workspace_new(NULL, &workspace));
    OK(qbg_solution_put(workspace, "s0", NULL, NULL, &solution, NULL));
    OK(qbg_solution_put(workspace, "s1", NULL, NULL, &solution, NULL));
    for (int i = 0; i < count; i++)
        if (part < 0 || facts[i].account % 3 == part) put_fact(workspace, &facts[i]);
    return workspace;
}

static void in_any_order_and_any_part_the_bits_are_the_same(void **state) {
    static fact facts[3000];
    int64_t rows = 0;
    (void)state;
    for (unsigned round = 0; round < rounds(20); round++) {
        drawn = round + 1;
        int count = draw_facts(facts, 3000);
        qbg_workspace *all = told(facts, count, -1), *parts[3];
        qbg_baseline *whole_book = NULL, *sum = NULL;
        OK(qbg_baseline_new(NULL, &whole_book));
        OK(qbg_baseline_new(NULL, &sum));
        shuffle(facts, count);
        OK(qbg_baseline_add(whole_book, all, NOON, NOON + 100 * DAY));
        for (int i = 2; i >= 0; i--) {
            parts[i] = told(facts, count, i);
            OK(qbg_baseline_add(sum, parts[i], NOON, NOON + 100 * DAY));
        }
        for (int day = 100; day < SPAN + 50; day += 17) {
            qbg_table *table = detect(all, NOON + day * DAY, whole_book);
            int64_t found = 0;
            for (int i = 0; i < 3; i++) {
                qbg_table *part = detect(parts[i], NOON + day * DAY, sum);
                found += qbg_table_row_count(part);
                for (int64_t row = 0; row < qbg_table_row_count(part); row++) {
                    int64_t same = find_row(table, part, row);
                    assert_true(same >= 0);
                    assert_same_row(part, row, table, same);
                }
                qbg_table_free(part);
            }
            assert_int_equal(found, qbg_table_row_count(table));
            for (int64_t row = 1; row < found; row++)
                assert_true(real(table, "p_value", row - 1) <= real(table, "p_value", row));
            rows += found;
            qbg_table_free(table);
        }
        for (int i = 0; i < 3; i++) qbg_workspace_free(parts[i]);
        qbg_workspace_free(all);
        qbg_baseline_free(whole_book);
        qbg_baseline_free(sum);
    }
    assert_true(rows >= (int64_t)rounds(20));
}

/* Asked on every hour of many days: a group is there from the instant that it says, and for as long
 * as it is there it says the same instant, and never fewer people. */
static void the_day_it_crossed_is_the_first_day_that_tells(void **state) {
    static fact facts[3000];
    int64_t groups = 0;
    (void)state;
    for (unsigned round = 0; round < rounds(10); round++) {
        drawn = 1000 + round;
        qbg_workspace *workspace = told(facts, draw_facts(facts, 3000), -1);
        qbg_table *before = detect(workspace, NOON + 99 * DAY, NULL);
        for (int hour = 100 * 24; hour < (SPAN + 30) * 24; hour += 4) {
            int64_t as_of = NOON + hour * INT64_C(3600);
            qbg_table *table = detect(workspace, as_of, NULL);
            for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
                int64_t same = find_row(before, table, row);
                int64_t crossed = whole(table, "crossed", row);
                assert_true(crossed <= as_of && whole(table, "since", row) <= crossed);
                if (same >= 0 && whole(before, "crossed", same) == crossed) {
                    assert_true(whole(before, "people", same) <= whole(table, "people", row));
                    continue;
                }
                assert_true(hour == 100 * 24 || crossed > as_of - 4 * 3600);
                groups++;
            }
            qbg_table_free(before);
            before = table;
        }
        qbg_table_free(before);
        qbg_workspace_free(workspace);
    }
    assert_true(groups >= (int64_t)rounds(10));
}

/* What comes later changes nothing of what is told as of before. */
static void what_comes_later_is_not_known_yet(void **state) {
    world of = world_of(state);
    come(of, 'a', 3, (int[]){0, 1, 2});
    qbg_table *before = detect(of.workspace, NOON + 2 * DAY, NULL);
    come(of, 'k', 5, (int[]){3, 4, 5, 90, 200});
    visits(of, "v", 3);
    qbg_table *after = detect(of.workspace, NOON + 2 * DAY, NULL);
    assert_int_equal(qbg_table_row_count(before), 1);
    assert_int_equal(qbg_table_row_count(after), 1);
    assert_same_row(before, 0, after, 0);
    qbg_table_free(before);
    qbg_table_free(after);
}

static void the_most_unusual_come_first_then_by_key(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const char *const keys[] = {"c", "a", "b"};
    qbg_solution *solutions[] = {add_solution(workspace, "t"), add_solution(workspace, "s")};
    for (int i = 0; i < 3; i++) {
        qbg_account *account = add_account(workspace, keys[i]);
        for (int j = 0; j < 3 + (i == 2); j++) {
            char key[3] = {keys[i][0], (char)('0' + j), '\0'};
            qbg_contact *contact = add_contact(workspace, key, account);
            for (int k = 0; k < 3; k++)
                tell(workspace, (act){.time = NOON + j * DAY,
                                      .contact = contact,
                                      .solution = k < 2 ? solutions[k] : NULL});
        }
    }
    assert_cells(workspace, NOON + 5 * DAY, "account solution newcomers",
                 " b - 4\n b s 4\n b t 4\n a - 3\n a s 3\n a t 3\n c - 3\n c s 3\n c t 3\n");
}

/* ---- memory and misuse ----------------------------------------------------------------------- */

static void without_memory_there_is_no_table(void **state) {
    world of = world_of(state);
    host *memory = &((fixture *)*state)->memory;
    comes(of, titled(of, "olga", "CFO"), 0);
    come(of, 'a', 4, (int[]){0, 1, 2, 3});
    visits(of, "v", 2);
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    size_t before = memory->bytes;
    long request = 0;
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_detect(of.workspace, NOON + 9 * DAY, NULL, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        if (status != QBG_OK) {
            assert_null(table);
            assert_int_equal(memory->bytes, before);
        }
    }
    refuse(memory, NEVER);
    assert_true(request > 15);
    assert_int_equal(qbg_table_row_count(table), 1);
    qbg_table_free(table);
}

static void misuse_is_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *table = NULL;
    assert_int_equal(qbg_detect(NULL, NOON, NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_detect(workspace, NOON, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_detect(workspace, -1, NULL, &table), QBG_E_RANGE);
    assert_int_equal(qbg_detect(workspace, LAST + 1, NULL, &table), QBG_E_RANGE);
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg_detect(workspace, NOON, NULL, &table), QBG_E_BUSY);
    OK(qbg_workspace_rollback(workspace));
    assert_null(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(nothing_is_no_group),
        in_workspace(five_people_in_three_weeks_are_a_group),
        in_workspace(one_man_with_eighteen_visits_is_none),
        in_workspace(usual_noise_of_a_big_customer_is_none),
        in_workspace(visitors_are_discounted),
        in_workspace(who_gets_a_name_has_been_here_all_the_time),
        in_workspace(who_came_lately_belongs_to_it_and_regulars_do_not),
        in_workspace(people_about_no_solution_count_for_the_account),
        in_workspace(roles_are_read_from_titles_and_missing_ones_are_told),
        in_workspace(an_open_opportunity_is_told_with_the_roles_of_its_members),
        in_workspace(merged_people_are_one_and_erased_ones_stay_people),
        in_workspace(the_policy_says_what_is_a_group),
        in_workspace(history_and_the_book_say_what_is_usual),
        in_workspace(what_the_account_sees_anyway_is_no_group),
        cmocka_unit_test(in_any_order_and_any_part_the_bits_are_the_same),
        cmocka_unit_test(the_day_it_crossed_is_the_first_day_that_tells),
        in_workspace(what_comes_later_is_not_known_yet),
        in_workspace(the_most_unusual_come_first_then_by_key),
        in_workspace(without_memory_there_is_no_table),
        in_workspace(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
