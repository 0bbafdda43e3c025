/* report: the board for people and programs; see qbg/report.h. All figures come from qbg_board and
 * qbg_assess, as any host gets them; here they are only written. The JSON lists what qbg_board
 * lists, in its order, and asks for each assessment again, whole: a board holds the sums alone. */
#include "io/report.h"

#include <string.h>

#include "base/text.h"
#include "io/csv.h"
#include "io/figure.h"
#include "io/json.h"
#include "io/phrase.h"
#include "io/sheet.h"
#include "model/workspace.h"
#include "qbg/assessment.h"
#include "qbg/board.h"
#include "qbg/catalog.h"
#include "qbg/opportunity.h"
#include "qbg/vocabulary.h"

#define FORMAT     1  /* of the JSON: keys are only ever added to it */
#define LIST_WIDTH 34 /* of a list of roles, so that a board of six of them fits a wide window */

/* ---- what the reports share ------------------------------------------------------------------ */

const char *qbg__report_account_name(const qbg_account *account) {
    const char *name = qbg_account_name(account);
    return name && name[0] ? name : qbg_account_key(account);
}

const char *qbg__report_contact_name(const qbg_contact *contact) {
    const char *name = qbg_contact_name(contact);
    return name && name[0] ? name : qbg_contact_key(contact);
}

const char *qbg__report_role_label(const qbg_workspace *workspace, const char *key,
                                   const char *lang) {
    const qbg_role *role = qbg_role_find(workspace, key);
    return role ? qbg_role_label(role, lang) : key;
}

qbg__report_board qbg__report_board_of(const qbg_table *table) {
    static const char *const names[QBG__BOARD_COLUMNS] = {
        [QBG__BOARD_VERDICT] = "verdict",
        [QBG__BOARD_PRIORITY] = "priority",
        [QBG__BOARD_INTENT] = "intent",
        [QBG__BOARD_IDENTIFIED] = "coverage_identified",
        [QBG__BOARD_ENGAGED] = "coverage_engaged",
        [QBG__BOARD_SUPPORTIVE] = "coverage_supportive",
        [QBG__BOARD_MEMBERS] = "members_identified",
        [QBG__BOARD_MEMBERS_ENGAGED] = "members_engaged",
        [QBG__BOARD_SILENT_DAYS] = "silent_days",
        [QBG__BOARD_MISSING] = "missing_roles",
        [QBG__BOARD_NEXT_CONTACT] = "next_contact",
        [QBG__BOARD_NUMBER] = "opportunity_number",
    };
    qbg__report_board board = {.table = table};
    for (int i = 0; i < QBG__BOARD_COLUMNS; i++)
        board.columns[i] = qbg_table_column_find(table, names[i]);
    return board;
}

int64_t qbg__report_int64(const qbg__report_board *board, int column, int64_t row) {
    return qbg_table_int64_at(board->table, board->columns[column], row);
}

double qbg__report_double(const qbg__report_board *board, int column, int64_t row) {
    return qbg_table_double_at(board->table, board->columns[column], row);
}

static const char *text_at(const qbg__report_board *board, int column, int64_t row, size_t *size) {
    int64_t length = 0;
    const char *text = qbg_table_text_at(board->table, board->columns[column], row, &length);
    *size = (size_t)length;
    return text;
}

qbg_opportunity *qbg__report_opportunity(const qbg_workspace *workspace,
                                         const qbg__report_board *board, int64_t row) {
    int64_t number = qbg__report_int64(board, QBG__BOARD_NUMBER, row);
    return qbg_opportunity_at(workspace, (uint32_t)number);
}

static int is_key(const char *key, const char *bytes, size_t size) {
    return strlen(key) == size && memcmp(key, bytes, size) == 0;
}

int32_t qbg__report_verdict(const qbg__report_board *board, int64_t row) {
    size_t size;
    const char *key = text_at(board, QBG__BOARD_VERDICT, row, &size);
    for (int32_t verdict = 0; verdict < qbg_word_count(QBG_WORDS_VERDICT); verdict++)
        if (is_key(qbg_word_key(QBG_WORDS_VERDICT, verdict), key, size)) return verdict;
    return QBG_UNSET;
}

void qbg__report_add_verdict(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                             int language) {
    const char *lang = qbg__language_name(language);
    qbg__grid_text(grid, qbg_verdict_label(qbg__report_verdict(board, row), lang));
}

void qbg__report_add_figure(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                            int column, int places, int language) {
    double value = qbg__report_double(board, column, row);
    qbg__language_write_figure(qbg__grid_cell(grid), language, value, places);
}

void qbg__report_add_people(qbg__grid *grid, const qbg__report_board *board, int64_t row) {
    qbg_blob *cell = qbg__grid_cell(grid);
    qbg__blob_int(cell, qbg__report_int64(board, QBG__BOARD_MEMBERS_ENGAGED, row));
    qbg__blob_char(cell, '/');
    qbg__blob_int(cell, qbg__report_int64(board, QBG__BOARD_MEMBERS, row));
}

/* Takes the next of the keys that are joined with ';'; 0 when there is none left. */
static int next_key(const char **at, const char *end, const char **out_key, size_t *out_size) {
    if (*at >= end) return 0;
    const char *stop = memchr(*at, ';', (size_t)(end - *at));
    if (!stop) stop = end;
    *out_key = *at;
    *out_size = (size_t)(stop - *at);
    *at = stop < end ? stop + 1 : end;
    return 1;
}

/* What a role is called whose key stands inside a joined text, without a NUL. */
static const char *label_of(const qbg_workspace *workspace, const char *key, size_t size,
                            const char *lang) {
    const qbg_role *role =
        qbg__row_find_span(&workspace->roles, &workspace->role_index, (qbg__span){key, size});
    return role ? qbg_role_label(role, lang) : "";
}

/* A list of roles that takes another line before it gets too wide. */
void qbg__report_add_missing(qbg__grid *grid, const qbg_workspace *workspace,
                             const qbg__report_board *board, int64_t row, int language) {
    size_t size, key_size, width = 0;
    const char *key, *lang = qbg__language_name(language);
    const char *at = text_at(board, QBG__BOARD_MISSING, row, &size);
    const char *end = at + size;
    const char *comma = qbg__phrase_text(QBG__P_CELL_COMMA, language);
    qbg_blob *cell = qbg__grid_cell(grid);
    if (size == 0) qbg__blob_char(cell, '-');
    while (next_key(&at, end, &key, &key_size)) {
        const char *label = label_of(workspace, key, key_size, lang);
        size_t label_width = qbg__text_width(label, strlen(label)) + 2;
        int is_too_wide = width > 0 && width + label_width > LIST_WIDTH;
        if (width > 0) qbg__blob_text(cell, is_too_wide ? "\n" : " ");
        qbg__figure_write_plain(cell, label, strlen(label));
        if (at < end) qbg__blob_text(cell, comma);
        width = is_too_wide ? label_width : width + label_width;
    }
}

void qbg__report_write_missing(qbg__json *json, const qbg__report_board *board, int64_t row) {
    size_t size, key_size;
    const char *key;
    const char *at = text_at(board, QBG__BOARD_MISSING, row, &size);
    const char *end = at + size;
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    while (next_key(&at, end, &key, &key_size)) qbg__json_bytes(json, key, key_size);
    qbg__json_close(json);
}

void qbg__report_write_title(qbg_blob *out, int64_t group_count, int64_t as_of_s, int language) {
    qbg__teller teller;
    qbg__teller_begin(&teller, out, language);
    qbg__teller_as_of(&teller, as_of_s);
    qbg__teller_say(&teller, group_count > 0 ? QBG__P_BOARD_TITLE : QBG__P_BOARD_EMPTY);
    qbg__teller_end(&teller);
}

qbg_status qbg__report_finish(qbg_blob *blob, qbg_blob **out_blob) {
    if (!blob) return QBG_E_MEMORY;
    qbg_status status = blob->status;
    if (status == QBG_OK)
        *out_blob = blob;
    else
        qbg_blob_free(blob);
    return status;
}

/* ---- the board as text ----------------------------------------------------------------------- */

#define BOARD_COLUMNS 10

static const qbg__phrase board_headings[BOARD_COLUMNS] = {
    QBG__P_HEAD_OPPORTUNITY, QBG__P_HEAD_ACCOUNT,  QBG__P_HEAD_VERDICT, QBG__P_HEAD_PRIORITY,
    QBG__P_HEAD_INTENT,      QBG__P_HEAD_COVERAGE, QBG__P_HEAD_PEOPLE,  QBG__P_HEAD_SILENT,
    QBG__P_HEAD_NEXT,        QBG__P_HEAD_MISSING,
};
static const char board_sides[BOARD_COLUMNS] = {
    QBG__LEFT,  QBG__LEFT,  QBG__LEFT,  QBG__RIGHT, QBG__RIGHT,
    QBG__RIGHT, QBG__RIGHT, QBG__RIGHT, QBG__LEFT,  QBG__LEFT,
};

static void add_coverage(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                         int language) {
    static const int columns[] = {QBG__BOARD_IDENTIFIED, QBG__BOARD_ENGAGED, QBG__BOARD_SUPPORTIVE};
    qbg_blob *cell = qbg__grid_cell(grid);
    for (int i = 0; i < 3; i++) {
        if (i > 0) qbg__blob_char(cell, '/');
        qbg__language_write_percent(cell, language, qbg__report_double(board, columns[i], row));
    }
}

static int is_null(const qbg__report_board *board, int column, int64_t row) {
    return qbg_table_is_null(board->table, board->columns[column], row);
}

static void add_silent_days(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                            int language) {
    qbg_blob *cell = qbg__grid_cell(grid);
    if (is_null(board, QBG__BOARD_SILENT_DAYS, row))
        qbg__blob_char(cell, '-');
    else
        qbg__language_write_int(cell, language,
                                qbg__report_int64(board, QBG__BOARD_SILENT_DAYS, row));
}

static void add_next_contact(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                             int language) {
    qbg_blob *cell = qbg__grid_cell(grid);
    if (is_null(board, QBG__BOARD_NEXT_CONTACT, row))
        qbg__blob_char(cell, '-');
    else
        qbg__language_write_day(cell, language,
                                qbg__report_int64(board, QBG__BOARD_NEXT_CONTACT, row));
}

static void add_board_row(qbg__grid *grid, const qbg_workspace *workspace,
                          const qbg__report_board *board, int64_t row, int language) {
    const qbg_opportunity *opportunity = qbg__report_opportunity(workspace, board, row);
    qbg__grid_brief(grid, qbg_opportunity_key(opportunity));
    qbg__grid_brief(grid, qbg__report_account_name(qbg_opportunity_account(opportunity)));
    qbg__report_add_verdict(grid, board, row, language);
    qbg__report_add_figure(grid, board, row, QBG__BOARD_PRIORITY, 1, language);
    qbg__report_add_figure(grid, board, row, QBG__BOARD_INTENT, 3, language);
    add_coverage(grid, board, row, language);
    qbg__report_add_people(grid, board, row);
    add_silent_days(grid, board, row, language);
    add_next_contact(grid, board, row, language);
    qbg__report_add_missing(grid, workspace, board, row, language);
}

static void write_board_text(qbg_blob *out, const qbg_workspace *workspace,
                             const qbg__report_board *board, int64_t as_of_s, int language) {
    qbg__grid grid;
    int64_t rows = qbg_table_row_count(board->table);
    qbg__report_write_title(out, rows, as_of_s, language);
    if (rows == 0) return;
    qbg__grid_begin(&grid, &out->mem);
    for (int i = 0; i < BOARD_COLUMNS; i++)
        qbg__grid_column_add(&grid, qbg__phrase_text(board_headings[i], language), board_sides[i]);
    for (int64_t row = 0; row < rows; row++) add_board_row(&grid, workspace, board, row, language);
    qbg__blob_char(out, '\n');
    qbg__grid_write(&grid, out, 0);
    qbg__blob_char(out, '\n');
    qbg__blob_text(out, qbg__phrase_text(QBG__P_BOARD_LEGEND, language));
    qbg__grid_end(&grid);
}

/* ---- the board as JSON ----------------------------------------------------------------------- */

static void put_word(qbg__json *json, const char *key, int32_t vocabulary, int32_t word) {
    qbg__json_put_text(json, key, qbg_word_key(vocabulary, word));
}

static void write_missing(qbg__json *json, const qbg_assessment *assessment) {
    qbg__json_key(json, "missing_roles");
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    for (uint32_t i = 0; i < qbg_assessment_missing_count(assessment); i++)
        qbg__json_text(json, qbg_assessment_missing_role(assessment, i));
    qbg__json_close(json);
}

static void write_seat(qbg__json *json, const qbg_assessment *assessment, uint32_t seat) {
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    qbg__json_put_text(json, "role", qbg_assessment_seat_role(assessment, seat));
    put_word(json, "state", QBG_WORDS_SEAT_STATE, qbg_assessment_seat_state(assessment, seat));
    qbg__json_put_int(json, "filled", qbg_assessment_seat_filled(assessment, seat));
    qbg__json_put_int(json, "wanted", qbg_assessment_seat_wanted(assessment, seat));
    qbg__json_key(json, "people");
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    for (uint32_t i = 0; i < qbg_assessment_seat_person_count(assessment, seat); i++)
        qbg__json_text(json, qbg_assessment_seat_person(assessment, seat, i));
    qbg__json_close(json);
    qbg__json_put_bool(json, "required", qbg_assessment_seat_is_required(assessment, seat));
    qbg__json_close(json);
}

static void put_real_or_null(qbg__json *json, const char *key, int32_t has_value, double value) {
    qbg__json_key(json, key);
    if (has_value)
        qbg__json_real(json, value);
    else
        qbg__json_null(json);
}

static void write_criterion(qbg__json *json, const qbg_assessment *assessment, uint32_t i) {
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    put_word(json, "criterion", QBG_WORDS_CRITERION, qbg_assessment_criterion(assessment, i));
    put_word(json, "mode", QBG_WORDS_MODE, qbg_assessment_criterion_mode(assessment, i));
    qbg__json_put_bool(json, "pass", qbg_assessment_criterion_passes(assessment, i));
    qbg__json_put_bool(json, "held", qbg_assessment_criterion_holds(assessment, i));
    put_real_or_null(json, "actual", qbg_assessment_criterion_has_actual(assessment, i),
                     qbg_assessment_criterion_actual(assessment, i));
    put_real_or_null(json, "threshold", qbg_assessment_criterion_has_threshold(assessment, i),
                     qbg_assessment_criterion_threshold(assessment, i));
    qbg__json_put_text(json, "reason", qbg_assessment_criterion_reason(assessment, i));
    qbg__json_close(json);
}

static void write_member(qbg__json *json, const qbg_assessment *assessment, uint32_t i) {
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    qbg__json_put_text(json, "contact", qbg_assessment_member_contact(assessment, i));
    qbg__json_key(json, "roles");
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    for (uint32_t role = 0; role < qbg_assessment_member_role_count(assessment, i); role++)
        qbg__json_text(json, qbg_assessment_member_role(assessment, i, role));
    qbg__json_close(json);
    qbg__json_put_real(json, "points", qbg_assessment_member_points(assessment, i));
    qbg__json_put_int(json, "points_int", qbg_assessment_member_points_int(assessment, i));
    qbg__json_put_real(json, "engagement", qbg_assessment_member_engagement(assessment, i));
    qbg__json_put_bool(json, "engaged", qbg_assessment_member_is_engaged(assessment, i));
    put_word(json, "participation", QBG_WORDS_PARTICIPATION,
             qbg_assessment_member_participation(assessment, i));
    put_word(json, "interest", QBG_WORDS_INTEREST, qbg_assessment_member_interest(assessment, i));
    put_word(json, "stance", QBG_WORDS_STANCE, qbg_assessment_member_stance(assessment, i));
    qbg__json_put_time(json, "last_signal", qbg_assessment_member_last_signal(assessment, i));
    qbg__json_close(json);
}

/* An array with an entry a line, each written by `write`. */
static void write_list(qbg__json *json, const char *key, const qbg_assessment *assessment,
                       uint32_t count,
                       void (*write)(qbg__json *, const qbg_assessment *, uint32_t)) {
    qbg__json_key(json, key);
    qbg__json_array(json, QBG__JSON_LINES);
    for (uint32_t i = 0; i < count; i++) write(json, assessment, i);
    qbg__json_close(json);
}

static void write_figures(qbg__json *json, const qbg_assessment *of) {
    int64_t silent_days = qbg_assessment_silent_days(of);
    qbg__json_put_real(json, "priority", qbg_assessment_priority(of));
    qbg__json_put_real(json, "intent", qbg_assessment_intent(of));
    qbg__json_put_real(json, "coverage_identified", qbg_assessment_coverage_identified(of));
    qbg__json_put_real(json, "coverage_engaged", qbg_assessment_coverage_engaged(of));
    qbg__json_put_real(json, "coverage_supportive", qbg_assessment_coverage_supportive(of));
    qbg__json_put_real(json, "completeness", qbg_assessment_completeness(of));
    qbg__json_put_int(json, "members_identified", qbg_assessment_members_identified(of));
    qbg__json_put_int(json, "members_engaged", qbg_assessment_members_engaged(of));
    qbg__json_put_int(json, "anonymous_visitors", qbg_assessment_anonymous_visitors(of));
    qbg__json_key(json, "silent_days");
    if (silent_days < 0)
        qbg__json_null(json);
    else
        qbg__json_int(json, silent_days);
    qbg__json_put_time(json, "next_contact", qbg_assessment_next_contact(of));
}

static void write_assessment(qbg__json *json, const qbg_assessment *assessment) {
    qbg__json_object(json, QBG__JSON_LINES);
    qbg__json_put_text(json, "opportunity", qbg_assessment_opportunity(assessment));
    qbg__json_put_text(json, "account", qbg_assessment_account(assessment));
    qbg__json_put_text(json, "solution", qbg_assessment_solution(assessment));
    put_word(json, "verdict", QBG_WORDS_VERDICT, qbg_assessment_verdict(assessment));
    write_figures(json, assessment);
    write_missing(json, assessment);
    write_list(json, "seats", assessment, qbg_assessment_seat_count(assessment), write_seat);
    write_list(json, "criteria", assessment, qbg_assessment_criterion_count(assessment),
               write_criterion);
    write_list(json, "members", assessment, qbg_assessment_member_count(assessment), write_member);
    qbg__json_close(json);
}

/* One handle serves all opportunities: once it is warm, assessing allocates nothing. */
static qbg_status write_assessments(qbg__json *json, const qbg_workspace *workspace,
                                    const qbg__report_board *board, int64_t as_of_s) {
    qbg_assessment *assessment = NULL;
    qbg_status status = QBG_OK;
    for (int64_t row = 0; row < qbg_table_row_count(board->table) && status == QBG_OK; row++) {
        const qbg_opportunity *of = qbg__report_opportunity(workspace, board, row);
        status = assessment ? qbg_assessment_refill(assessment, of, as_of_s)
                            : qbg_assess(of, as_of_s, &assessment);
        if (status == QBG_OK) write_assessment(json, assessment);
    }
    qbg_assessment_free(assessment);
    return status;
}

static void write_board_json(qbg_blob *out, const qbg_workspace *workspace,
                             const qbg__report_board *board, int64_t as_of_s) {
    qbg__json json;
    qbg__json_begin(&json, out);
    qbg__json_object(&json, QBG__JSON_LINES);
    qbg__json_put_int(&json, "format", FORMAT);
    qbg__json_put_time(&json, "as_of", as_of_s);
    qbg__json_key(&json, "opportunities");
    qbg__json_array(&json, QBG__JSON_LINES);
    qbg_status status = write_assessments(&json, workspace, board, as_of_s);
    if (out->status == QBG_OK) out->status = status;
    qbg__json_close(&json);
    qbg__json_close(&json);
}

/* ---- the public door ------------------------------------------------------------------------- */

qbg_status qbg_report_board(const qbg_workspace *workspace, int64_t as_of_s, int32_t include_closed,
                            int32_t format, const char *lang, qbg_blob **out_blob) {
    qbg_table *table;
    if (!workspace || !out_blob || format < QBG_FORMAT_TEXT || format > QBG_FORMAT_JSON)
        return QBG_E_ARGUMENT;
    qbg_status status = qbg_board(workspace, as_of_s, 0, QBG_NONE, include_closed, &table);
    if (status != QBG_OK) return status;
    const qbg__report_board board = qbg__report_board_of(table);
    qbg_blob *blob = qbg__blob_new(qbg__workspace_mem(workspace));
    if (blob && format == QBG_FORMAT_TEXT)
        write_board_text(blob, workspace, &board, as_of_s, qbg__language_of(lang));
    else if (blob && format == QBG_FORMAT_CSV)
        qbg__sheet_write_csv(blob, table, "opportunity_number");
    else if (blob)
        write_board_json(blob, workspace, &board, as_of_s);
    qbg_table_free(table);
    return qbg__report_finish(blob, out_blob);
}
