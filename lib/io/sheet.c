/* sheet: any result table as text, CSV or JSON. */
#include "io/sheet.h"

#include <string.h>

#include "base/civil.h"
#include "base/real.h"
#include "base/table.h"
#include "io/csv.h"
#include "io/figure.h"
#include "io/grid.h"
#include "io/json.h"
#include "io/report.h"

/* A time that the library does not know, such as one before 1970, is written as a number. */
static void write_time(qbg_blob *out, int64_t value) {
    if (qbg__time_is_valid(value))
        qbg__figure_write_time(out, value);
    else
        qbg__blob_int(out, value);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static void write_csv_cell(qbg_blob *out, const qbg_table *table, int32_t column, int64_t row) {
    char real[32];
    int64_t size = 0;
    const char *text;
    if (qbg_table_is_null(table, column, row)) return;
    switch (qbg_table_column_type(table, column)) {
    case QBG_COLUMN_INT64: qbg__blob_int(out, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_TIME: write_time(out, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_UINT64: qbg__blob_uint(out, qbg_table_uint64_at(table, column, row)); break;
    case QBG_COLUMN_DOUBLE:
        size = (int64_t)qbg__real_write(qbg_table_double_at(table, column, row), real);
        qbg__blob_bytes(out, real, (size_t)size);
        break;
    default:
        text = qbg_table_text_at(table, column, row, &size);
        qbg__csv_write_cell(out, text, (size_t)size);
    }
}

/* row -1 is the header. */
static void write_csv_row(qbg_blob *out, const qbg_table *table, int32_t columns, int64_t row) {
    for (int32_t column = 0; column < columns; column++) {
        if (column > 0) qbg__csv_write_comma(out);
        if (row < 0)
            qbg__csv_write_text(out, qbg_table_column_name(table, column));
        else
            write_csv_cell(out, table, column, row);
    }
    qbg__csv_write_line_end(out);
}

void qbg__sheet_write_csv(qbg_blob *out, const qbg_table *table, const char *end) {
    int32_t columns = end ? qbg_table_column_find(table, end) : qbg_table_column_count(table);
    for (int64_t row = -1; row < qbg_table_row_count(table); row++)
        write_csv_row(out, table, columns, row);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_cell(qbg__grid *grid, const qbg_table *table, int32_t column, int64_t row) {
    qbg_blob *cell = qbg__grid_cell(grid);
    int64_t size = 0;
    const char *text;
    if (qbg_table_is_null(table, column, row)) return;
    switch (qbg_table_column_type(table, column)) {
    case QBG_COLUMN_INT64: qbg__blob_int(cell, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_TIME: write_time(cell, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_UINT64: qbg__blob_uint(cell, qbg_table_uint64_at(table, column, row)); break;
    case QBG_COLUMN_DOUBLE:
        qbg__figure_write(cell, qbg_table_double_at(table, column, row), 3);
        break;
    default:
        text = qbg_table_text_at(table, column, row, &size);
        qbg__figure_write_plain(cell, text, (size_t)size);
    }
}

static int side_of(const qbg_table *table, int32_t column) {
    int32_t type = qbg_table_column_type(table, column);
    return type == QBG_COLUMN_TEXT || type == QBG_COLUMN_TIME ? QBG__LEFT : QBG__RIGHT;
}

static void write_text(qbg_blob *out, const qbg_table *table) {
    int32_t columns = qbg_table_column_count(table);
    qbg__grid grid;
    qbg__grid_begin(&grid, &out->mem);
    for (int32_t column = 0; column < columns; column++)
        qbg__grid_column_add(&grid, qbg_table_column_name(table, column), side_of(table, column));
    for (int64_t row = 0; row < qbg_table_row_count(table); row++)
        for (int32_t column = 0; column < columns; column++) add_cell(&grid, table, column, row);
    qbg__grid_write(&grid, out, 0);
    qbg__grid_end(&grid);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_json_time(qbg__json *json, int64_t value) {
    if (qbg__time_is_valid(value))
        qbg__json_time(json, value);
    else
        qbg__json_int(json, value);
}

static void write_json_cell(qbg__json *json, const qbg_table *table, int32_t column, int64_t row) {
    int64_t size = 0;
    const char *text;
    qbg__json_key(json, qbg_table_column_name(table, column));
    if (qbg_table_is_null(table, column, row)) {
        qbg__json_null(json);
        return;
    }
    switch (qbg_table_column_type(table, column)) {
    case QBG_COLUMN_INT64: qbg__json_int(json, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_TIME: write_json_time(json, qbg_table_int64_at(table, column, row)); break;
    case QBG_COLUMN_UINT64: qbg__json_uint(json, qbg_table_uint64_at(table, column, row)); break;
    case QBG_COLUMN_DOUBLE: qbg__json_real(json, qbg_table_double_at(table, column, row)); break;
    default:
        text = qbg_table_text_at(table, column, row, &size);
        qbg__json_bytes(json, text, (size_t)size);
    }
}

static void write_json(qbg_blob *out, const qbg_table *table) {
    qbg__json json;
    qbg__json_begin(&json, out);
    qbg__json_array(&json, QBG__JSON_LINES);
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        qbg__json_object(&json, QBG__JSON_ONE_LINE);
        for (int32_t column = 0; column < qbg_table_column_count(table); column++)
            write_json_cell(&json, table, column, row);
        qbg__json_close(&json);
    }
    qbg__json_close(&json);
}

/* ---- the public door ------------------------------------------------------------------------- */

qbg_status qbg_report_table(const qbg_table *table, int32_t format, qbg_blob **out_blob) {
    if (!table || !out_blob || format < QBG_FORMAT_TEXT || format > QBG_FORMAT_JSON)
        return QBG_E_ARGUMENT;
    qbg_blob *blob = qbg__blob_new(qbg__table_mem(table));
    if (!blob) return QBG_E_MEMORY;
    switch (format) {
    case QBG_FORMAT_TEXT: write_text(blob, table); break;
    case QBG_FORMAT_CSV: qbg__sheet_write_csv(blob, table, NULL); break;
    default: write_json(blob, table);
    }
    return qbg__report_finish(blob, out_blob);
}
