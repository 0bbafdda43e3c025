/* report: what the board, the tracking table and the explanation share. */
#ifndef QBG__REPORT_H
#define QBG__REPORT_H

#include "base/blob.h"
#include "io/grid.h"
#include "io/json.h"
#include "qbg/account.h"
#include "qbg/contact.h"
#include "qbg/report.h"

/* What a person or company is called: the name, else the key. */
const char *qbg__report_account_name(const qbg_account *account);
const char *qbg__report_contact_name(const qbg_contact *contact);

/* What a role is called; the key itself when the workspace has no such role. */
const char *qbg__report_role_label(const qbg_workspace *workspace, const char *key,
                                   const char *lang);

/* The columns of a board (see qbg_board) that reports ask for. */
enum {
    QBG__BOARD_VERDICT,
    QBG__BOARD_PRIORITY,
    QBG__BOARD_INTENT,
    QBG__BOARD_IDENTIFIED,
    QBG__BOARD_ENGAGED,
    QBG__BOARD_SUPPORTIVE,
    QBG__BOARD_MEMBERS,
    QBG__BOARD_MEMBERS_ENGAGED,
    QBG__BOARD_SILENT_DAYS,
    QBG__BOARD_MISSING,
    QBG__BOARD_NEXT_CONTACT,
    QBG__BOARD_NUMBER,
    QBG__BOARD_COLUMNS
};

/* A board whose columns were found by name, once for all its cells. */
typedef struct qbg__report_board {
    const qbg_table *table;
    int32_t columns[QBG__BOARD_COLUMNS]; /* their numbers in the table */
} qbg__report_board;

qbg__report_board qbg__report_board_of(const qbg_table *table);

/* Its cells. column: of the enum above. */
int64_t qbg__report_int64(const qbg__report_board *board, int column, int64_t row);
double qbg__report_double(const qbg__report_board *board, int column, int64_t row);
qbg_opportunity *qbg__report_opportunity(const qbg_workspace *workspace,
                                         const qbg__report_board *board, int64_t row);
int32_t qbg__report_verdict(const qbg__report_board *board, int64_t row);

/* Cells for people: the verdict's label; a rounded figure; people as engaged/identified; the
 * missing roles' labels, "-" for none. */
void qbg__report_add_verdict(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                             int language);
void qbg__report_add_figure(qbg__grid *grid, const qbg__report_board *board, int64_t row,
                            int column, int places, int language);
void qbg__report_add_people(qbg__grid *grid, const qbg__report_board *board, int64_t row);
void qbg__report_add_missing(qbg__grid *grid, const qbg_workspace *workspace,
                             const qbg__report_board *board, int64_t row, int language);

/* The missing roles' keys as a JSON array. */
void qbg__report_write_missing(qbg__json *json, const qbg__report_board *board, int64_t row);

/* "Buying groups as of 2025-11-19", and for none of them a sentence that says so. */
void qbg__report_write_title(qbg_blob *out, int64_t group_count, int64_t as_of_s, int language);

/* Hands the blob out, or frees it and tells why it could not be written. */
qbg_status qbg__report_finish(qbg_blob *blob, qbg_blob **out_blob);

#endif
