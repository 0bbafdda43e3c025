/* table: writing a result table: name the columns, then fill cell by cell; the first failure is
 * kept in `status`, so that a writer asks once, at the end. */
#ifndef QBG__TABLE_H
#define QBG__TABLE_H

#include "base/mem.h"
#include "qbg/table.h"

/* An empty table from the allocator of `mem`; NULL when memory is out. */
qbg_table *qbg__table_new(const qbg__mem *mem);

/* Adds a column (before the first cell); names must live as long as the library. */
void qbg__table_column(qbg_table *table, const char *name, int32_t type);

/* The next cell of a column. All columns must end with as many cells. */
void qbg__table_int64(qbg_table *table, int32_t column, int64_t value);
void qbg__table_uint64(qbg_table *table, int32_t column, uint64_t value);
void qbg__table_double(qbg_table *table, int32_t column, double value);
void qbg__table_text(qbg_table *table, int32_t column, const char *bytes, size_t size);
void qbg__table_null(qbg_table *table, int32_t column);

/* All rows at once, instead of cell by cell: room for `rows` cells in every column, all filled and
 * none written yet, which are written straight into the columns. `text_sizes`: the bytes of each
 * column's texts together, 0 for columns of another type. QBG_E_MEMORY, also kept in `status`. */
qbg_status qbg__table_lay_out(qbg_table *table, uint32_t rows, const size_t *text_sizes);

/* A laid-out column's cells: numbers; or of a text column the rows + 1 offsets, of which the first
 * one is there, and the bytes. _empty makes a cell one without a value; numbers are then 0. */
int64_t *qbg__table_int64s(qbg_table *table, int32_t column);
uint64_t *qbg__table_uint64s(qbg_table *table, int32_t column);
double *qbg__table_doubles(qbg_table *table, int32_t column);
int64_t *qbg__table_offsets(qbg_table *table, int32_t column);
char *qbg__table_bytes(qbg_table *table, int32_t column);
void qbg__table_empty(qbg_table *table, int32_t column, uint32_t row);

/* Hands the table out, or frees it and tells why it could not be written. */
qbg_status qbg__table_finish(qbg_table *table, qbg_table **out_table);

const qbg__mem *qbg__table_mem(const qbg_table *table);

/* One holder more: the table is freed when each of them has freed it, in whatever thread. Gives the
 * table back. */
qbg_table *qbg__table_hold(qbg_table *table);

/* How many cells of a column are empty. */
int64_t qbg__table_null_count(const qbg_table *table, int32_t column);

#endif
