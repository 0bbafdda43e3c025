/* book_refusals: what a reader refused or wants to be known, in its own memory. */
#ifndef QBG__BOOK_REFUSALS_H
#define QBG__BOOK_REFUSALS_H

#include "base/blob.h"
#include "base/column.h"
#include "qbg/table.h"

/* How many characters of a bad value are shown. */
#define QBG__REFUSAL_CHARACTERS 40

/* Its texts lie in a row: column, value, reason up to where the next refusal starts. */
typedef struct qbg__refusal {
    int32_t table;
    int32_t refused; /* 0: a remark */
    uint64_t row;
    size_t start;
    size_t column_size; /* 0: none */
    size_t value_size;  /* 0: none */
} qbg__refusal;

typedef struct qbg__refusals {
    qbg__mem mem;
    qbg__refusal *at;
    uint32_t count, capacity;
    uint32_t refused_count; /* without the remarks */
    qbg_blob texts;         /* keeps the first failure, also that of `at` */
} qbg__refusals;

void qbg__refusals_begin(qbg__refusals *list, const qbg__mem *mem);
void qbg__refusals_end(qbg__refusals *list);

/* Keeps the first `count`, and forgets a failure. */
void qbg__refusals_cut(qbg__refusals *list, uint32_t count);

/* Adds one. column and value: any bytes or NULL; what is not UTF-8 is shown as '?', and what is
 * long is cut. Append the reason to the blob that this returns, before the next call. */
qbg_blob *qbg__refusals_add(qbg__refusals *list, int32_t table, uint64_t row, int32_t refused,
                            const char *column, size_t column_size, const char *value,
                            size_t value_size);

/* Appends bytes as they are shown. */
void qbg__refusals_show(qbg_blob *out, const char *bytes, size_t size);

/* The public table, by table and row. name: what a table is called; _named: with a context. */
typedef qbg__span qbg__refusals_name(const void *context, int32_t table);
qbg_status qbg__refusals_table(const qbg__refusals *list, const char *(*name)(int32_t table),
                               qbg_table **out_table);
qbg_status qbg__refusals_named_table(const qbg__refusals *list, qbg__refusals_name *name,
                                     const void *context, qbg_table **out_table);

#endif
