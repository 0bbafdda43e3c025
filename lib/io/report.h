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

/* Cells of a board (see qbg_board) by the name of their column. */
int64_t qbg__report_int64(const qbg_table *board, const char *column, int64_t row);
double qbg__report_double(const qbg_table *board, const char *column, int64_t row);
qbg_opportunity *qbg__report_opportunity(const qbg_workspace *workspace, const qbg_table *board,
                                         int64_t row);
int32_t qbg__report_verdict(const qbg_table *board, int64_t row);

/* Cells for people: the verdict's label; a rounded figure; people as engaged/identified; the
 * missing roles' labels, "-" for none. */
void qbg__report_add_verdict(qbg__grid *grid, const qbg_table *board, int64_t row, int language);
void qbg__report_add_figure(qbg__grid *grid, const qbg_table *board, int64_t row,
                            const char *column, int places, int language);
void qbg__report_add_people(qbg__grid *grid, const qbg_table *board, int64_t row);
void qbg__report_add_missing(qbg__grid *grid, const qbg_workspace *workspace,
                             const qbg_table *board, int64_t row, int language);

/* The missing roles' keys as a JSON array. */
void qbg__report_write_missing(qbg__json *json, const qbg_table *board, int64_t row);

/* "Buying groups as of 2025-11-19", and for none of them a sentence that says so. */
void qbg__report_write_title(qbg_blob *out, int64_t group_count, int64_t as_of_s, int language);

/* Hands the blob out, or frees it and tells why it could not be written. */
qbg_status qbg__report_finish(qbg_blob *blob, qbg_blob **out_blob);

#endif
