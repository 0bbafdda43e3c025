/* report: the board of a small book in all formats, and any table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "qbg/qbg.h"

static int64_t time_of(const char *text, int32_t day_end) {
    int64_t time_s = 0;
    assert_int_equal(qbg_time_from_text(text, day_end, &time_s), QBG_OK);
    return time_s;
}

#define AS_OF time_of("2025-11-19", 1)

static void record(qbg_workspace *workspace, const char *contact, const char *kind) {
    qbg_signal *signal;
    assert_int_equal(qbg_signal_new(workspace, &signal), QBG_OK);
    assert_int_equal(qbg_signal_set_time(signal, time_of("2025-11-19T10:00Z", 0)), QBG_OK);
    assert_int_equal(qbg_signal_set_kind(signal, kind), QBG_OK);
    assert_int_equal(qbg_signal_set_contact(signal, qbg_contact_find(workspace, contact)), QBG_OK);
    assert_int_equal(qbg_record(workspace, signal, NULL, NULL), QBG_OK);
    qbg_signal_free(signal);
}

static qbg_template *add_template(qbg_workspace *workspace) {
    qbg_template *seats;
    assert_int_equal(qbg_template_add(workspace, "seats", &seats), QBG_OK);
    assert_int_equal(qbg_template_set_seat(seats, qbg_role_find(workspace, "champion"), 2000, 1, 0),
                     QBG_OK);
    assert_int_equal(
        qbg_template_set_seat(seats, qbg_role_find(workspace, "economic_buyer"), 3000, 1, 1),
        QBG_OK);
    assert_int_equal(
        qbg_template_set_seat(seats, qbg_role_find(workspace, "decision_maker"), 3000, 1, 0),
        QBG_OK);
    return seats;
}

/* Two people, 20 and 5 points of today: the intent is 1 - 0.5 * 0.8 = 0.6, the engaged coverage
 * 5/8, the priority 60 * 0.71875 = 43.125. Beside it a group without anybody, and a closed one. */
static void fill(qbg_workspace *workspace) {
    qbg_account *daisy;
    qbg_solution *hr;
    qbg_opportunity *opportunity, *old;
    qbg_contact *elena, *ivan;
    assert_int_equal(qbg_account_add(workspace, "daisy", "Красная \"ромашка\", ООО", &daisy),
                     QBG_OK);
    assert_int_equal(qbg_solution_add(workspace, "hr", "HR system", add_template(workspace), &hr),
                     QBG_OK);
    assert_int_equal(qbg_opportunity_add(workspace, "daisy-hr", daisy, hr, time_of("2025-09-01", 0),
                                         &opportunity),
                     QBG_OK);
    assert_int_equal(qbg_opportunity_add(workspace, "empty", daisy, hr, QBG_UNDATED, NULL), QBG_OK);
    assert_int_equal(qbg_opportunity_add(workspace, "old", daisy, hr, QBG_UNDATED, &old), QBG_OK);
    assert_int_equal(qbg_opportunity_set_closed(old, time_of("2025-06-01", 0)), QBG_OK);
    assert_int_equal(qbg_contact_add(workspace, "elena", daisy, "Елена Соколова", NULL, &elena),
                     QBG_OK);
    assert_int_equal(qbg_contact_add(workspace, "ivan", daisy, NULL, NULL, &ivan), QBG_OK);
    assert_int_equal(
        qbg_opportunity_add_member(opportunity, elena, qbg_role_find(workspace, "champion")),
        QBG_OK);
    assert_int_equal(
        qbg_opportunity_add_member(opportunity, ivan, qbg_role_find(workspace, "economic_buyer")),
        QBG_OK);
    assert_int_equal(
        qbg_member_set_next_contact(qbg_member_find(opportunity, ivan), time_of("2025-11-25", 0)),
        QBG_OK);
    record(workspace, "elena", "meeting");
    record(workspace, "ivan", "content_download");
}

static int set_up(void **state) {
    qbg_workspace *workspace;
    if (qbg_workspace_new(NULL, &workspace) != QBG_OK) return 1;
    fill(workspace);
    *state = workspace;
    return 0;
}

static int tear_down(void **state) {
    qbg_workspace_free(*state);
    return 0;
}

static qbg_blob *board_as(void **state, int32_t include_closed, int32_t format, const char *lang) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_board(*state, AS_OF, include_closed, format, lang, &blob), QBG_OK);
    return blob;
}

static void assert_holds(const qbg_blob *blob, const char *text) {
    if (strstr(qbg_blob_data(blob), text)) return;
    print_message("not there: %s\nin:\n%s", text, qbg_blob_data(blob));
    fail();
}

/* ---- the board ------------------------------------------------------------------------------- */

static void shows_the_board(void **state) {
    qbg_blob *blob = board_as(state, 0, QBG_FORMAT_TEXT, "en");
    assert_holds(blob, "Buying groups as of 2025-11-19\n\nOpportunity  Account");
    assert_holds(blob, "daisy-hr     Красная \"ромашка\", ООО  multi-threaded      43.1   0.600");
    assert_holds(blob, "63%/63%/0%     2/2       0  2025-11-25  ");
    assert_holds(blob, "\nempty        Красная \"ромашка\", ООО  silent               0.0   0.000");
    assert_holds(blob, "0%/0%/0%     0/0       -  -           ");
    assert_null(strstr(qbg_blob_data(blob), " \n"));
    assert_null(strstr(qbg_blob_data(blob), "old"));
    qbg_blob_free(blob);
}

static void shows_long_names_briefly(void **state) {
    char name[101], cut[64];
    qbg_account *account;
    memset(name, 'x', 100);
    name[100] = '\0';
    memset(cut, 'x', 59);
    strcpy(cut + 59, "…");
    assert_int_equal(qbg_account_put(*state, "daisy", name, &account, NULL), QBG_OK);
    assert_int_equal(qbg_opportunity_put(*state, name, account, qbg_solution_find(*state, "hr"),
                                         QBG_UNDATED, NULL, NULL),
                     QBG_OK);
    qbg_blob *blob = board_as(state, 0, QBG_FORMAT_TEXT, "en");
    assert_holds(blob, cut);
    assert_null(strstr(qbg_blob_data(blob), name));
    assert_null(strstr(qbg_blob_data(blob), name + 40));
    qbg_blob_free(blob);
    blob = board_as(state, 0, QBG_FORMAT_CSV, NULL);
    assert_holds(blob, name);
    qbg_blob_free(blob);
}

static void shows_it_in_russian(void **state) {
    qbg_blob *blob = board_as(state, 0, QBG_FORMAT_TEXT, "ru");
    assert_holds(blob, "Группы покупателей на 19 ноября 2025 г.\n\nСделка    Компания");
    assert_holds(blob, "\ndaisy-hr  Красная");
    assert_holds(blob, "    43,1    0,600  63\xC2\xA0%/63\xC2\xA0%/0\xC2\xA0%   2/2       0  "
                       "25.11.2025  ");
    assert_holds(blob, "  экономический покупатель;\n");
    assert_holds(blob, "Тишина: дней с последнего сигнала.");
    assert_holds(blob, qbg_verdict_label(QBG_VERDICT_MULTI_THREADED, "ru"));
    assert_holds(blob, qbg_role_label(qbg_role_find(*state, "decision_maker"), "ru"));
    qbg_blob_free(blob);
}

static void says_when_the_board_is_empty(void **state) {
    qbg_workspace *workspace;
    qbg_blob *blob;
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    assert_int_equal(qbg_report_board(workspace, AS_OF, 0, QBG_FORMAT_TEXT, "ru", &blob), QBG_OK);
    assert_string_equal(qbg_blob_data(blob), "Нет групп покупателей на 19 ноября 2025 г.\n");
    qbg_blob_free(blob);
    assert_int_equal(qbg_report_board(workspace, AS_OF, 0, QBG_FORMAT_JSON, "ru", &blob), QBG_OK);
    assert_string_equal(qbg_blob_data(blob), "{\n \"format\": 1,\n \"as_of\": "
                                             "\"2025-11-19T23:59:59Z\",\n \"opportunities\": []\n"
                                             "}\n");
    qbg_blob_free(blob);
    qbg_workspace_free(workspace);
}

static void writes_the_board_as_csv(void **state) {
    qbg_blob *blob = board_as(state, 0, QBG_FORMAT_CSV, "ru");
    assert_holds(blob, "opportunity,account,solution,verdict,priority,intent,coverage_identified,"
                       "coverage_engaged,coverage_supportive,completeness,members_identified,"
                       "members_engaged,anonymous_visitors,silent_days,missing_roles,"
                       "next_contact\n");
    assert_holds(blob, "\ndaisy-hr,daisy,hr,multi_threaded,43.125,0.6,0.625,0.625,0,"
                       "0.6666666666666666,2,2,0,0,decision_maker,2025-11-25T00:00:00Z\n");
    assert_holds(blob, "\nempty,daisy,hr,silent,0,0,0,0,0,0,0,0,0,,"
                       "champion;economic_buyer;decision_maker,\n");
    qbg_blob_free(blob);
}

static void writes_the_board_as_json(void **state) {
    qbg_blob *blob = board_as(state, 0, QBG_FORMAT_JSON, "ru");
    assert_holds(blob, "{\n \"format\": 1,\n \"as_of\": \"2025-11-19T23:59:59Z\",\n"
                       " \"opportunities\": [\n  {\n   \"opportunity\": \"daisy-hr\",\n"
                       "   \"account\": \"daisy\",\n   \"solution\": \"hr\",\n"
                       "   \"verdict\": \"multi_threaded\",\n   \"priority\": 43.125,\n"
                       "   \"intent\": 0.6,\n");
    assert_holds(blob, "   \"silent_days\": 0,\n   \"next_contact\": \"2025-11-25T00:00:00Z\",\n"
                       "   \"missing_roles\": [\"decision_maker\"],\n   \"seats\": [\n"
                       "    {\"role\": \"champion\", \"state\": \"engaged\", \"filled\": 1, "
                       "\"wanted\": 1, \"people\": [\"elena\"], \"required\": false},\n");
    assert_holds(blob, "    {\"criterion\": \"members_identified\", \"mode\": \"required\", "
                       "\"pass\": false, \"held\": false, \"actual\": 2, \"threshold\": 3, "
                       "\"reason\": \"");
    assert_holds(blob, "    {\"contact\": \"elena\", \"roles\": [\"champion\"], \"points\": 20, "
                       "\"points_int\": 335544320000, \"engagement\": 0.5, \"engaged\": true, "
                       "\"participation\": \"active\", \"interest\": \"high\", "
                       "\"stance\": \"unknown\", \"last_signal\": \"2025-11-19T10:00:00Z\"},\n");
    assert_holds(blob, "   \"silent_days\": null,\n   \"next_contact\": null,\n");
    assert_holds(blob, "   \"members\": []\n  }\n ]\n}\n");
    qbg_blob_free(blob);
}

static void adds_closed_ones_when_asked(void **state) {
    qbg_blob *blob = board_as(state, 1, QBG_FORMAT_CSV, NULL);
    assert_holds(blob, "\nold,daisy,hr,silent,");
    qbg_blob_free(blob);
}

static void refuses_misuse(void **state) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_board(NULL, AS_OF, 0, 0, NULL, &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_board(*state, AS_OF, 0, -1, NULL, &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_board(*state, AS_OF, 0, 3, NULL, &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_board(*state, AS_OF, 0, 0, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_board(*state, -1, 0, 0, NULL, &blob), QBG_E_RANGE);
    assert_int_equal(qbg_report_table(NULL, 0, &blob), QBG_E_ARGUMENT);
    assert_null(blob);
}

/* ---- out of memory --------------------------------------------------------------------------- */

typedef struct host {
    long allowed; /* -1: all */
    size_t bytes;
} host;

static void *host_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    host *self = ctx;
    if (new_size == 0) {
        free(ptr);
        self->bytes -= old_size;
        return NULL;
    }
    if (self->allowed == 0) return NULL;
    if (self->allowed > 0) self->allowed--;
    void *moved = realloc(ptr, new_size);
    if (moved) self->bytes = self->bytes - (ptr ? old_size : 0) + new_size;
    return moved;
}

typedef qbg_status (*writer)(const qbg_workspace *workspace, int32_t format, qbg_blob **out_blob);

static qbg_status write_board(const qbg_workspace *workspace, int32_t format, qbg_blob **out_blob) {
    return qbg_report_board(workspace, AS_OF, 1, format, "en", out_blob);
}

static qbg_status write_tracking(const qbg_workspace *workspace, int32_t format,
                                 qbg_blob **out_blob) {
    return qbg_report_tracking(workspace, AS_OF, format, "en", out_blob);
}

static qbg_status write_explanation(const qbg_workspace *workspace, int32_t format,
                                    qbg_blob **out_blob) {
    (void)format;
    return qbg_report_explain(qbg_opportunity_find(workspace, "daisy-hr"), AS_OF, "ru", out_blob);
}

/* Whichever request is refused, the answer is a status, nothing leaks, and the next try works. */
static void assert_survives(host *self, const qbg_workspace *workspace, writer write,
                            int32_t format) {
    qbg_blob *blob = NULL;
    size_t bytes = self->bytes;
    qbg_status status = QBG_E_MEMORY;
    for (long allowed = 0; status == QBG_E_MEMORY; allowed++) {
        self->allowed = allowed;
        status = write(workspace, format, &blob);
        if (status != QBG_OK) assert_int_equal(self->bytes, bytes);
    }
    self->allowed = -1;
    assert_int_equal(status, QBG_OK);
    qbg_blob_free(blob);
    assert_int_equal(self->bytes, bytes);
}

static void survives_without_memory(void **state) {
    host self = {-1, 0};
    qbg_workspace *workspace;
    const qbg_allocator allocator = {sizeof allocator, &self, host_resize};
    (void)state;
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_OK);
    fill(workspace);
    for (int32_t format = QBG_FORMAT_TEXT; format <= QBG_FORMAT_JSON; format++) {
        assert_survives(&self, workspace, write_board, format);
        assert_survives(&self, workspace, write_tracking, format);
    }
    assert_survives(&self, workspace, write_explanation, 0);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

/* ---- any table ------------------------------------------------------------------------------- */

static qbg_table *make_table(void) {
    qbg__mem mem;
    qbg_table *made, *table = NULL;
    assert_int_equal(qbg__mem_init(&mem, NULL), QBG_OK);
    made = qbg__table_new(&mem);
    assert_non_null(made);
    qbg__table_column(made, "name", QBG_COLUMN_TEXT);
    qbg__table_column(made, "time", QBG_COLUMN_TIME);
    qbg__table_column(made, "seen_at", QBG_COLUMN_TIME);
    qbg__table_column(made, "count", QBG_COLUMN_INT64);
    qbg__table_column(made, "rate", QBG_COLUMN_DOUBLE);
    qbg__table_text(made, 0, "a, \"b\"", 6);
    qbg__table_int64(made, 1, 86400);
    qbg__table_int64(made, 2, -5);
    qbg__table_int64(made, 3, 86400);
    qbg__table_double(made, 4, 1.05);
    qbg__table_text(made, 0, "line\nbreak", 10);
    for (int32_t column = 1; column < 5; column++) qbg__table_null(made, column);
    assert_int_equal(qbg__table_finish(made, &table), QBG_OK);
    return table;
}

static void assert_table(int32_t format, const char *expected) {
    qbg_table *table = make_table();
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_table(table, format, &blob), QBG_OK);
    qbg_table_free(table);
    assert_string_equal(qbg_blob_data(blob), expected);
    qbg_blob_free(blob);
}

static void writes_any_table(void **state) {
    (void)state;
    assert_table(QBG_FORMAT_CSV, "name,time,seen_at,count,rate\n"
                                 "\"a, \"\"b\"\"\",1970-01-02T00:00:00Z,-5,86400,1.05\n"
                                 "\"line\nbreak\",,,,\n");
    assert_table(QBG_FORMAT_JSON,
                 "[\n {\"name\": \"a, \\\"b\\\"\", \"time\": \"1970-01-02T00:00:00Z\", "
                 "\"seen_at\": -5, \"count\": 86400, \"rate\": 1.05},\n"
                 " {\"name\": \"line\\nbreak\", \"time\": null, \"seen_at\": null, "
                 "\"count\": null, \"rate\": null}\n]\n");
    assert_table(QBG_FORMAT_TEXT, "name        time                  seen_at  count   rate\n"
                                  "----------  --------------------  -------  -----  -----\n"
                                  "a, \"b\"      1970-01-02T00:00:00Z  -5       86400  1.050\n"
                                  "line break\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(shows_the_board),
        TEST(shows_long_names_briefly),
        TEST(shows_it_in_russian),
        cmocka_unit_test(says_when_the_board_is_empty),
        TEST(writes_the_board_as_csv),
        TEST(writes_the_board_as_json),
        TEST(adds_closed_ones_when_asked),
        TEST(refuses_misuse),
        cmocka_unit_test(survives_without_memory),
        cmocka_unit_test(writes_any_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
