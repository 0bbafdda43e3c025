/* columns.h: accounts, contacts, opportunities and members put in bulk, from columns; and keys as
 * row numbers.
 *
 * For the nightly copy of a CRM's tables. A column is an array of `count` cells. A text column is
 * bytes and count + 1 offsets, without NULs in between. A column that is not given (NULL) keeps
 * what is known. One that is given is the whole truth: an empty cell takes the value away. Empty
 * are a text of no bytes, QBG_NONE, QBG_UNSET, QBG_UNDATED (of times and of amounts), a negative
 * fit or influence, and the tag 0.
 *
 * Stage, amount, outcome, fit, the answers, roles, status, stance, influence, participation,
 * interest and a contact's account are told undated, by the host (QBG_SOURCE_HOST): they hold since
 * ever, until a dated value. Leave such a column out where you tell the dates yourself.
 *
 * Rows are put in their order, each as the calls for one row would; a later row of the same key
 * changes it again. What is known already writes nothing. */
#ifndef QBG_COLUMNS_H
#define QBG_COLUMNS_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Columns of accounts. size: sizeof(qbg_account_columns). key is required. domain: a mail domain
 * that is added, if it is not empty; none is ever taken away. potential_minor and currency come
 * together; without a potential the currency is not read. */
typedef struct qbg_account_columns {
    size_t size;
    uint64_t count;
    const char *key;
    const int64_t *key_offsets;
    const char *name;
    const int64_t *name_offsets;
    const char *domain;
    const int64_t *domain_offsets;
    const int64_t *potential_minor;
    const char *currency;
    const int64_t *currency_offsets;
    const uint64_t *tag;
} qbg_account_columns;

/* Columns of contacts. key is required. account: a row number, QBG_NONE: nowhere known. department,
 * seniority: the host's words on the persona, QBG_DEPARTMENT_* and QBG_SENIORITY_*. */
typedef struct qbg_contact_columns {
    size_t size;
    uint64_t count;
    const char *key;
    const int64_t *key_offsets;
    const uint32_t *account;
    const char *name;
    const int64_t *name_offsets;
    const char *title;
    const int64_t *title_offsets;
    const char *email;
    const int64_t *email_offsets;
    const int32_t *department;
    const int32_t *seniority;
    const uint64_t *tag;
    const char *company;
    const int64_t *company_offsets;
} qbg_contact_columns;

/* Columns of opportunities. key is required. account, solution: row numbers; no opportunity is
 * without, so an empty cell is QBG_E_RANGE, and where the column is not given a row with a new key
 * is QBG_E_NOT_FOUND. type: QBG_OPPORTUNITY_*. opened_s and closed_s empty: since ever, for ever.
 * amount_minor: in minor units of the currency of the row, or of the known one if that column is
 * not given; a currency with other minor units takes the known undated amount away first, or is
 * QBG_E_ARGUMENT if amount_minor is not given, or while there are dated amounts. outcome:
 * QBG_OUTCOME_*. need_validated, budget, authority, timeline: QBG_ANSWER_*. fit: 0..1. */
typedef struct qbg_opportunity_columns {
    size_t size;
    uint64_t count;
    const char *key;
    const int64_t *key_offsets;
    const uint32_t *account;
    const uint32_t *solution;
    const char *name;
    const int64_t *name_offsets;
    const int32_t *type;
    const int64_t *opened_s;
    const int64_t *closed_s;
    const char *stage;
    const int64_t *stage_offsets;
    const int64_t *amount_minor;
    const char *currency;
    const int64_t *currency_offsets;
    const int32_t *outcome;
    const int32_t *need_validated;
    const int32_t *budget;
    const int32_t *authority;
    const int32_t *timeline;
    const double *fit;
    const uint64_t *tag;
} qbg_opportunity_columns;

/* Columns of members. opportunity and contact, row numbers, are required. role: the number of one
 * role. Several rows for one pair of opportunity and contact are one member, who has the roles of
 * all these rows and no others; of the other cells the last row's stay. status: QBG_STATUS_*,
 * stance: QBG_STANCE_*, participation: QBG_PARTICIPATION_*, interest: QBG_INTEREST_*. influence:
 * 0..1. */
typedef struct qbg_member_columns {
    size_t size;
    uint64_t count;
    const uint32_t *opportunity;
    const uint32_t *contact;
    const uint32_t *role;
    const int32_t *status;
    const int32_t *stance;
    const double *influence;
    const int32_t *participation;
    const int32_t *interest;
    const int64_t *joined_s;
    const int64_t *left_s;
    const int64_t *next_contact_s;
    const char *note;
    const int64_t *note_offsets;
    const uint64_t *tag;
} qbg_member_columns;

/* Puts columns: adds rows, or updates those with the same key (members: the same pair). Whatever is
 * wrong with one row refuses that row alone, and nothing of it stays.
 * row_status (may be NULL): count statuses, QBG_OK or why that row was refused: QBG_E_RANGE a
 * number, time or word that is none; QBG_E_TEXT; QBG_E_GONE a row it names was removed;
 * QBG_E_ERASED the person was; QBG_E_NOT_FOUND and QBG_E_ARGUMENT as above. row_put (may be NULL):
 * what was done, QBG_PUT_*, QBG_UNSET for a refused row. row_number (may be NULL): the rows'
 * numbers, for the columns of the next call; QBG_NONE for a refused row. They mean nothing when the
 * call fails. out_refused (may be NULL): how many rows were refused.
 * Errors, and then nothing is put: QBG_E_ARGUMENT misuse; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_account_put_columns(qbg_workspace *workspace,
                                           const qbg_account_columns *columns,
                                           qbg_status *row_status, int32_t *row_put,
                                           uint32_t *row_number, uint64_t *out_refused);
QBG_API qbg_status qbg_contact_put_columns(qbg_workspace *workspace,
                                           const qbg_contact_columns *columns,
                                           qbg_status *row_status, int32_t *row_put,
                                           uint32_t *row_number, uint64_t *out_refused);
QBG_API qbg_status qbg_opportunity_put_columns(qbg_workspace *workspace,
                                               const qbg_opportunity_columns *columns,
                                               qbg_status *row_status, int32_t *row_put,
                                               uint32_t *row_number, uint64_t *out_refused);
QBG_API qbg_status qbg_member_put_columns(qbg_workspace *workspace,
                                          const qbg_member_columns *columns, qbg_status *row_status,
                                          int32_t *row_put, uint64_t *out_refused);

/* Keys as row numbers. entity: QBG_ENTITY_*. keys, offsets: `count` texts as in a text column.
 * out_numbers: count numbers, QBG_NONE for a key that nothing has; the key of a row that was merged
 * leads to the row that was kept. Allocates nothing. Errors: QBG_E_ARGUMENT. Any thread. Since 0.1
 */
QBG_API qbg_status qbg_numbers(const qbg_workspace *workspace, int32_t entity, const void *keys,
                               const int64_t *offsets, uint64_t count, uint32_t *out_numbers);

#ifdef __cplusplus
}
#endif
#endif
