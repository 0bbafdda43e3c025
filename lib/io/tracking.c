/* tracking: the tracking table for people and programs; see tracking.h. Eight columns, a row for
 * each present member of every open opportunity, in the order in which opportunities and members
 * arrived, so that a table that was read is written as it was. Above it, as text and in JSON,
 * stands how ready each group is. */
#include "io/tracking.h"

#include <string.h>

#include "base/civil.h"
#include "base/real.h"
#include "base/sort.h"
#include "base/text.h"
#include "io/csv.h"
#include "io/figure.h"
#include "io/grid.h"
#include "io/json.h"
#include "io/phrase.h"
#include "io/report.h"
#include "model/member.h"
#include "model/workspace.h"
#include "qbg/assessment.h"
#include "qbg/board.h"
#include "qbg/catalog.h"
#include "qbg/opportunity.h"
#include "qbg/vocabulary.h"

#define FORMAT 1 /* of the JSON: keys are only ever added to it */

/* ---- words ----------------------------------------------------------------------------------- */

const char *const qbg__tracking_headings[QBG__LANGUAGES][QBG__TRACKING_COLUMNS] = {
    {"Company", "Group member", "Role in the process", "Participation status", "Product interest",
     "Last interaction", "Next contact date", "Notes"},
    {"Компания", "Участник группы", "Роль в процессе", "Статус участия", "Интерес к продукту",
     "Последнее взаимодействие", "Дата следующего контакта", "Примечания"},
};

const char *const qbg__tracking_participations[QBG__LANGUAGES][3] = {
    {"Active", "Moderate", "Passive"},
    {"Активный", "Умеренный", "Пассивный"},
};

const char *const qbg__tracking_interests[QBG__LANGUAGES][3] = {
    {"High", "Medium", "Low"},
    {"Высокий", "Средний", "Низкий"},
};

static int is_same(const char *text, const char *bytes, size_t size) {
    return qbg__text_same(text, strlen(text), bytes, size);
}

int qbg__tracking_find_column(const char *heading, size_t size) {
    for (int language = 0; language < QBG__LANGUAGES; language++)
        for (int column = 0; column < QBG__TRACKING_COLUMNS; column++)
            if (is_same(qbg__tracking_headings[language][column], heading, size)) return column;
    return -1;
}

/* The English words are the keys but for case. */
static int32_t find_word(const char *const words[QBG__LANGUAGES][3], const char *cell,
                         size_t size) {
    for (int language = 0; language < QBG__LANGUAGES; language++)
        for (int32_t word = 0; word < 3; word++)
            if (is_same(words[language][word], cell, size)) return word;
    return QBG_UNSET;
}

int32_t qbg__tracking_find_participation(const char *cell, size_t size) {
    return find_word(qbg__tracking_participations, cell, size);
}

int32_t qbg__tracking_find_interest(const char *cell, size_t size) {
    return find_word(qbg__tracking_interests, cell, size);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* A present member, and which member of the assessment he is. */
typedef struct participant {
    const qbg_member *member;
    uint32_t place;
} participant;

/* What each row needs to be written. */
typedef struct tracking {
    const qbg_workspace *workspace;
    int64_t as_of_s;
    int language;
    qbg__mem mem;
    qbg_assessment *assessment; /* of the opportunity at hand, refilled for the next one */
    participant *participants;  /* its present members */
    const void **arrivals;      /* the same ones, in order of arrival */
    uint32_t participant_count;
    uint32_t participant_capacity;
    uint32_t arrival_capacity;
    qbg_blob role; /* the cell at hand */
} tracking;

/* A row as texts and times, ready for any format. */
typedef struct tracking_row {
    const char *company;
    const char *person;
    const char *role;
    int32_t participation;
    int32_t interest;
    int64_t last_interaction; /* or QBG_UNDATED */
    int64_t next_contact;     /* or QBG_UNDATED */
    const char *note;
} tracking_row;

typedef void (*row_writer)(void *to, const tracking *self, const tracking_row *row);

static int is_open(const qbg_opportunity *opportunity, int64_t as_of_s) {
    int64_t closed = qbg_opportunity_closed(opportunity);
    return qbg_opportunity_opened(opportunity) <= as_of_s &&
           (closed == QBG_UNDATED || as_of_s < closed);
}

static int by_arrival(const void *a, const void *b, const void *context) {
    uint32_t left = qbg__member_number(((const participant *)a)->member);
    uint32_t right = qbg__member_number(((const participant *)b)->member);
    (void)context;
    return left < right ? -1 : left > right;
}

static qbg_status make_room(tracking *self, uint32_t count) {
    qbg_status status =
        qbg__mem_reserve(&self->mem, &self->participants, &self->participant_capacity, count,
                         sizeof *self->participants);
    if (status != QBG_OK) return status;
    return qbg__mem_reserve(&self->mem, &self->arrivals, &self->arrival_capacity, count,
                            sizeof *self->arrivals);
}

/* The present members; the assessment names the same ones, and both go by their contacts' keys. */
static qbg_status list_participants(tracking *self, const qbg_opportunity *opportunity) {
    uint32_t members = qbg_member_count(opportunity), count = 0;
    qbg_status status = make_room(self, members);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < members; i++) {
        const qbg_member *member = qbg_member_at(opportunity, i);
        if (!qbg_member_is_present(member, self->as_of_s)) continue;
        self->participants[count].member = member;
        self->participants[count].place = count;
        self->arrivals[count] = &self->participants[count];
        count++;
    }
    self->participant_count = count;
    return qbg__sort_alloc(&self->mem, self->arrivals, count, by_arrival, NULL);
}

/* The labels of his asserted roles; without any, his title, from which the role is read. */
static const char *write_role(tracking *self, const qbg_member *member) {
    const char *lang = qbg__language_name(self->language);
    qbg__blob_rewind(&self->role);
    for (uint32_t i = 0; i < qbg_role_count(self->workspace); i++) {
        const qbg_role *role = qbg_role_at(self->workspace, i);
        if (!qbg_member_has_role(member, role, self->as_of_s)) continue;
        if (self->role.size > 0) qbg__blob_text(&self->role, "; ");
        qbg__blob_text(&self->role, qbg_role_label(role, lang));
    }
    if (self->role.size > 0) return qbg_blob_data(&self->role);
    return qbg_contact_title(qbg_member_contact(member));
}

static tracking_row row_of(tracking *self, const participant *of, const char *company) {
    tracking_row row;
    row.company = company;
    row.person = qbg__report_contact_name(qbg_member_contact(of->member));
    row.role = write_role(self, of->member);
    row.participation = qbg_assessment_member_participation(self->assessment, of->place);
    row.interest = qbg_assessment_member_interest(self->assessment, of->place);
    row.last_interaction = qbg_assessment_member_last_signal(self->assessment, of->place);
    row.next_contact = qbg_member_next_contact(of->member);
    row.note = qbg_member_note(of->member);
    if (!row.note) row.note = "";
    return row;
}

static qbg_status write_group(tracking *self, const qbg_opportunity *opportunity, row_writer write,
                              void *to) {
    const char *company = qbg__report_account_name(qbg_opportunity_account(opportunity));
    qbg_status status = self->assessment
                            ? qbg_assessment_refill(self->assessment, opportunity, self->as_of_s)
                            : qbg_assess(opportunity, self->as_of_s, &self->assessment);
    if (status == QBG_OK) status = list_participants(self, opportunity);
    for (uint32_t i = 0; status == QBG_OK && i < self->participant_count; i++) {
        tracking_row row = row_of(self, self->arrivals[i], company);
        status = self->role.status;
        if (status == QBG_OK) write(to, self, &row);
    }
    return status;
}

static qbg_status write_rows(tracking *self, row_writer write, void *to) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < qbg_opportunity_count(self->workspace) && status == QBG_OK; i++) {
        const qbg_opportunity *opportunity = qbg_opportunity_at(self->workspace, i);
        if (opportunity && is_open(opportunity, self->as_of_s))
            status = write_group(self, opportunity, write, to);
    }
    return status;
}

static const char *word(const char *const words[QBG__LANGUAGES][3], int language, int32_t number) {
    return number >= 0 && number < 3 ? words[language][number] : "";
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static void write_csv_row(void *to, const tracking *self, const tracking_row *row) {
    qbg_blob *out = to;
    const char *texts[] = {
        row->company,
        row->person,
        row->role,
        word(qbg__tracking_participations, self->language, row->participation),
        word(qbg__tracking_interests, self->language, row->interest),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        qbg__csv_write_text(out, texts[i]);
        qbg__csv_write_comma(out);
    }
    qbg__figure_write_date(out, row->last_interaction);
    qbg__csv_write_comma(out);
    qbg__figure_write_date(out, row->next_contact);
    qbg__csv_write_comma(out);
    qbg__csv_write_text(out, row->note);
    qbg__csv_write_line_end(out);
}

static qbg_status write_csv(qbg_blob *out, tracking *self) {
    qbg__csv_write_row(out, qbg__tracking_headings[self->language], QBG__TRACKING_COLUMNS);
    return write_rows(self, write_csv_row, out);
}

/* ---- text ------------------------------------------------------------------------------------ */

#define READINESS_COLUMNS 6

static const qbg__phrase readiness_headings[READINESS_COLUMNS] = {
    QBG__P_HEAD_COMPANY,  QBG__P_HEAD_VERDICT, QBG__P_HEAD_PRIORITY,
    QBG__P_HEAD_COVERAGE, QBG__P_HEAD_PEOPLE,  QBG__P_HEAD_MISSING,
};
static const char readiness_sides[READINESS_COLUMNS] = {
    QBG__LEFT, QBG__LEFT, QBG__RIGHT, QBG__RIGHT, QBG__RIGHT, QBG__LEFT,
};

/* A company can have several groups: the key tells them apart where it is not the name itself, so
 * of a long name more is cut than of the key. */
static void add_company(qbg__grid *grid, const qbg_opportunity *opportunity) {
    const char *company = qbg__report_account_name(qbg_opportunity_account(opportunity));
    const char *key = qbg_opportunity_key(opportunity);
    if (strcmp(company, key) == 0) {
        qbg__grid_brief(grid, company);
        return;
    }
    size_t room = QBG__GRID_BRIEF - 3, half = room / 2;
    size_t key_width = qbg__text_width(key, strlen(key));
    qbg_blob *cell = qbg__grid_cell(grid);
    qbg__figure_write_brief(cell, company, strlen(company),
                            room - (key_width < half ? key_width : half));
    qbg__blob_text(cell, " (");
    qbg__figure_write_brief(cell, key, strlen(key), half);
    qbg__blob_char(cell, ')');
}

static void write_readiness(qbg_blob *out, const tracking *self, const qbg__report_board *board) {
    qbg__grid grid;
    int language = self->language;
    qbg__grid_begin(&grid, &out->mem);
    for (int i = 0; i < READINESS_COLUMNS; i++)
        qbg__grid_column_add(&grid, qbg__phrase_text(readiness_headings[i], language),
                             readiness_sides[i]);
    for (int64_t row = 0; row < qbg_table_row_count(board->table); row++) {
        add_company(&grid, qbg__report_opportunity(self->workspace, board, row));
        qbg__report_add_verdict(&grid, board, row, language);
        qbg__report_add_figure(&grid, board, row, QBG__BOARD_PRIORITY, 1, language);
        qbg__language_write_percent(qbg__grid_cell(&grid), language,
                                    qbg__report_double(board, QBG__BOARD_ENGAGED, row));
        qbg__report_add_people(&grid, board, row);
        qbg__report_add_missing(&grid, self->workspace, board, row, language);
    }
    qbg__grid_write(&grid, out, 0);
    qbg__grid_end(&grid);
}

static void add_text_row(void *to, const tracking *self, const tracking_row *row) {
    qbg__grid *grid = to;
    qbg__grid_brief(grid, row->company);
    qbg__grid_brief(grid, row->person);
    qbg__grid_brief(grid, row->role);
    qbg__grid_text(grid, word(qbg__tracking_participations, self->language, row->participation));
    qbg__grid_text(grid, word(qbg__tracking_interests, self->language, row->interest));
    qbg__language_write_day(qbg__grid_cell(grid), self->language, row->last_interaction);
    qbg__language_write_day(qbg__grid_cell(grid), self->language, row->next_contact);
    qbg__grid_brief(grid, row->note);
}

static qbg_status write_text(qbg_blob *out, tracking *self, const qbg__report_board *board) {
    qbg__grid grid;
    int64_t groups = qbg_table_row_count(board->table);
    qbg__report_write_title(out, groups, self->as_of_s, self->language);
    if (groups == 0) return QBG_OK;
    qbg__blob_char(out, '\n');
    write_readiness(out, self, board);
    qbg__blob_char(out, '\n');
    qbg__blob_text(out, qbg__phrase_text(QBG__P_READINESS_LEGEND, self->language));
    qbg__blob_char(out, '\n');
    qbg__grid_begin(&grid, &out->mem);
    for (int i = 0; i < QBG__TRACKING_COLUMNS; i++)
        qbg__grid_column_add(&grid, qbg__tracking_headings[self->language][i], QBG__LEFT);
    qbg_status status = write_rows(self, add_text_row, &grid);
    qbg__grid_write(&grid, out, 0);
    qbg__grid_end(&grid);
    return status;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_json_group(qbg__json *json, const tracking *self, const qbg__report_board *board,
                             int64_t row) {
    const qbg_opportunity *opportunity = qbg__report_opportunity(self->workspace, board, row);
    int32_t verdict = qbg__report_verdict(board, row);
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    qbg__json_put_text(json, "account", qbg_account_key(qbg_opportunity_account(opportunity)));
    qbg__json_put_text(json, "opportunity", qbg_opportunity_key(opportunity));
    qbg__json_put_text(json, "verdict", qbg_word_key(QBG_WORDS_VERDICT, verdict));
    qbg__json_put_real(json, "priority", qbg__report_double(board, QBG__BOARD_PRIORITY, row));
    qbg__json_put_real(json, "coverage_engaged",
                       qbg__report_double(board, QBG__BOARD_ENGAGED, row));
    qbg__json_put_int(json, "members_engaged",
                      qbg__report_int64(board, QBG__BOARD_MEMBERS_ENGAGED, row));
    qbg__json_put_int(json, "members_identified",
                      qbg__report_int64(board, QBG__BOARD_MEMBERS, row));
    qbg__json_key(json, "missing_roles");
    qbg__report_write_missing(json, board, row);
    qbg__json_close(json);
}

static void write_json_row(void *to, const tracking *self, const tracking_row *row) {
    qbg__json *json = to;
    (void)self;
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    qbg__json_put_text(json, "company", row->company);
    qbg__json_put_text(json, "person", row->person);
    qbg__json_put_text(json, "role", row->role);
    qbg__json_put_text(json, "participation",
                       qbg_word_key(QBG_WORDS_PARTICIPATION, row->participation));
    qbg__json_put_text(json, "interest", qbg_word_key(QBG_WORDS_INTEREST, row->interest));
    qbg__json_put_time(json, "last_interaction", row->last_interaction);
    qbg__json_put_time(json, "next_contact", row->next_contact);
    qbg__json_put_text(json, "note", row->note);
    qbg__json_close(json);
}

static qbg_status write_json(qbg_blob *out, tracking *self, const qbg__report_board *board) {
    qbg__json json;
    qbg__json_begin(&json, out);
    qbg__json_object(&json, QBG__JSON_LINES);
    qbg__json_put_int(&json, "format", FORMAT);
    qbg__json_put_time(&json, "as_of", self->as_of_s);
    qbg__json_key(&json, "readiness");
    qbg__json_array(&json, QBG__JSON_LINES);
    for (int64_t row = 0; row < qbg_table_row_count(board->table); row++)
        write_json_group(&json, self, board, row);
    qbg__json_close(&json);
    qbg__json_key(&json, "rows");
    qbg__json_array(&json, QBG__JSON_LINES);
    qbg_status status = write_rows(self, write_json_row, &json);
    qbg__json_close(&json);
    qbg__json_close(&json);
    return status;
}

/* ---- the public door ------------------------------------------------------------------------- */

static qbg_status write_format(qbg_blob *out, tracking *self, int32_t format) {
    qbg_table *table;
    if (format == QBG_FORMAT_CSV) return write_csv(out, self);
    qbg_status status = qbg_board(self->workspace, self->as_of_s, 0, QBG_NONE, 0, &table);
    if (status != QBG_OK) return status;
    const qbg__report_board board = qbg__report_board_of(table);
    status =
        format == QBG_FORMAT_TEXT ? write_text(out, self, &board) : write_json(out, self, &board);
    qbg_table_free(table);
    return status;
}

qbg_status qbg_report_tracking(const qbg_workspace *workspace, int64_t as_of_s, int32_t format,
                               const char *lang, qbg_blob **out_blob) {
    qbg_status asked = qbg__may_ask(workspace);
    if (asked != QBG_OK) return asked;
    if (!out_blob || format < QBG_FORMAT_TEXT || format > QBG_FORMAT_JSON) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    tracking self;
    memset(&self, 0, sizeof self);
    self.workspace = workspace;
    self.as_of_s = as_of_s;
    self.language = qbg__language_of(lang);
    self.mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    qbg__blob_begin(&self.role, &self.mem);
    qbg_blob *blob = qbg__blob_new(&self.mem);
    qbg_status status = blob ? write_format(blob, &self, format) : QBG_E_MEMORY;
    if (blob && blob->status == QBG_OK) blob->status = status;
    qbg_assessment_free(self.assessment);
    qbg__mem_free(&self.mem, self.participants,
                  self.participant_capacity * sizeof *self.participants);
    qbg__mem_free(&self.mem, (void *)self.arrivals, self.arrival_capacity * sizeof *self.arrivals);
    qbg__blob_end(&self.role);
    return qbg__report_finish(blob, out_blob);
}
