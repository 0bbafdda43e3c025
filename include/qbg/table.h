/* table.h: the result table: typed columns in Arrow memory layout.
 *
 * A table owns copies of everything and may outlive the workspace. It never changes, so any number
 * of threads may read it. Columns are numbered from 0 and also found by name. */
#ifndef QBG_TABLE_H
#define QBG_TABLE_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_table qbg_table;

/* Column types. */
#define QBG_COLUMN_INT64  1 /* int64_t values */
#define QBG_COLUMN_DOUBLE 2 /* IEEE-754 doubles */
#define QBG_COLUMN_TEXT   3 /* UTF-8 bytes and row_count + 1 int64 offsets (Arrow large_utf8) */
#define QBG_COLUMN_UINT64 4 /* uint64_t values: host tags, revisions */
#define QBG_COLUMN_TIME   5 /* int64_t values, read by the calls for these: seconds UTC */

/* Rows and columns; 0 for NULL. Since 0.1 */
QBG_API int64_t qbg_table_row_count(const qbg_table *table);
QBG_API int32_t qbg_table_column_count(const qbg_table *table);

/* A column's name and type; NULL and 0 when there is no such column. Since 0.1 */
QBG_API const char *qbg_table_column_name(const qbg_table *table, int32_t column);
QBG_API int32_t qbg_table_column_type(const qbg_table *table, int32_t column);

/* The column with that name, or -1. Since 0.1 */
QBG_API int32_t qbg_table_column_find(const qbg_table *table, const char *name);

/* 1 when the cell is empty or does not exist. Since 0.1 */
QBG_API int32_t qbg_table_is_null(const qbg_table *table, int32_t column, int64_t row);

/* One cell; 0 or "" when it is empty, of another type, or does not exist. Text is not
 * NUL-terminated: out_size (may be NULL) takes its length in bytes. Valid until qbg_table_free.
 * Since 0.1 */
QBG_API int64_t qbg_table_int64_at(const qbg_table *table, int32_t column, int64_t row);
QBG_API uint64_t qbg_table_uint64_at(const qbg_table *table, int32_t column, int64_t row);
QBG_API double qbg_table_double_at(const qbg_table *table, int32_t column, int64_t row);
QBG_API const char *qbg_table_text_at(const qbg_table *table, int32_t column, int64_t row,
                                      int64_t *out_size);

/* A whole column: row_count values, NULL when the column is of another type. Valid until
 * qbg_table_free. Text comes as bytes and row_count + 1 offsets. Since 0.1 */
QBG_API const int64_t *qbg_table_int64_column(const qbg_table *table, int32_t column);
QBG_API const uint64_t *qbg_table_uint64_column(const qbg_table *table, int32_t column);
QBG_API const double *qbg_table_double_column(const qbg_table *table, int32_t column);
QBG_API const char *qbg_table_text_column(const qbg_table *table, int32_t column,
                                          const int64_t **out_offsets);

/* Which cells hold a value: bit row % 8 of byte row / 8, 1 = filled (Arrow validity bitmap). NULL
 * when all do. Since 0.1 */
QBG_API const uint8_t *qbg_table_validity(const qbg_table *table, int32_t column);

/* Frees the table. NULL is fine. Since 0.1 */
QBG_API void qbg_table_free(qbg_table *table);

#ifdef __cplusplus
}
#endif
#endif
