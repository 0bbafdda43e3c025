/* table: typed columns in Arrow memory layout (values, validity bitmap, text as bytes and 64-bit
 * offsets); see table.h. */
#include "base/table.h"

#include "base/blob.h"

#include <stdatomic.h>
#include <string.h>

#define MAX_COLUMNS 32

typedef struct column {
    const char *name;
    int32_t type;
    uint32_t count;
    union {
        int64_t *int64s;
        uint64_t *uint64s;
        double *doubles;
        int64_t *offsets; /* count + 1 */
    } values;
    uint32_t capacity; /* of values */
    qbg_blob text;     /* text only: the bytes */
    uint8_t *validity; /* one bit a cell, kept from the first cell on */
    uint32_t validity_room;
    uint32_t nulls;
} column;

struct qbg_table {
    qbg__mem mem;
    atomic_uint holders; /* more than one once it is shared */
    qbg_status status;
    int32_t column_count;
    column columns[MAX_COLUMNS];
};

qbg_table *qbg__table_new(const qbg__mem *mem) {
    qbg__mem own = qbg__mem_fork(mem);
    qbg_table *table = qbg__mem_alloc_zeroed(&own, sizeof *table);
    if (!table) return NULL;
    table->mem = own;
    atomic_init(&table->holders, 1);
    return table;
}

void qbg__table_column(qbg_table *table, const char *name, int32_t type) {
    if (table->column_count == MAX_COLUMNS) {
        table->status = QBG_E_RANGE;
        return;
    }
    column *to = &table->columns[table->column_count++];
    to->name = name;
    to->type = type;
    qbg__blob_begin(&to->text, &table->mem);
    if (type != QBG_COLUMN_TEXT || table->status != QBG_OK) return;
    table->status = qbg__mem_reserve(&table->mem, &to->values.offsets, &to->capacity, 1, 8);
    if (table->status == QBG_OK) to->values.offsets[0] = 0;
}

/* Room for one more cell, and its validity bit. */
static column *next_cell(qbg_table *table, int32_t number, int filled) {
    column *to = &table->columns[number];
    if (table->status != QBG_OK) return NULL;
    table->status =
        qbg__mem_reserve(&table->mem, &to->values, &to->capacity, (uint64_t)to->count + 2, 8);
    if (table->status != QBG_OK) return NULL;
    table->status = qbg__mem_reserve(&table->mem, &to->validity, &to->validity_room,
                                     (uint64_t)to->count / 8 + 1, 1);
    if (table->status != QBG_OK) return NULL;
    uint8_t *byte = &to->validity[to->count / 8];
    if (to->count % 8 == 0) *byte = 0;
    if (filled) *byte = (uint8_t)(*byte | 1u << to->count % 8);
    to->nulls += !filled;
    to->count++;
    return to;
}

void qbg__table_int64(qbg_table *table, int32_t number, int64_t value) {
    column *to = next_cell(table, number, 1);
    if (to) to->values.int64s[to->count - 1] = value;
}

void qbg__table_uint64(qbg_table *table, int32_t number, uint64_t value) {
    column *to = next_cell(table, number, 1);
    if (to) to->values.uint64s[to->count - 1] = value;
}

void qbg__table_double(qbg_table *table, int32_t number, double value) {
    column *to = next_cell(table, number, 1);
    if (to) to->values.doubles[to->count - 1] = value;
}

void qbg__table_text(qbg_table *table, int32_t number, const char *bytes, size_t size) {
    column *to = next_cell(table, number, 1);
    if (!to) return;
    qbg__blob_bytes(&to->text, bytes, size);
    to->values.offsets[to->count] = (int64_t)to->text.size;
    table->status = to->text.status;
}

void qbg__table_null(qbg_table *table, int32_t number) {
    column *to = next_cell(table, number, 0);
    if (!to) return;
    switch (to->type) {
    case QBG_COLUMN_TEXT: to->values.offsets[to->count] = (int64_t)to->text.size; break;
    case QBG_COLUMN_DOUBLE: to->values.doubles[to->count - 1] = 0; break;
    case QBG_COLUMN_UINT64: to->values.uint64s[to->count - 1] = 0; break;
    default: to->values.int64s[to->count - 1] = 0; break;
    }
}

/* ---- All rows at once ---- */

static qbg_status lay_out(qbg_table *table, column *to, uint32_t rows, size_t text_size) {
    qbg_status status =
        qbg__mem_reserve(&table->mem, &to->values, &to->capacity, (uint64_t)rows + 1, 8);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&table->mem, &to->validity, &to->validity_room,
                                  (uint64_t)rows / 8 + 1, 1);
    if (status != QBG_OK) return status;
    memset(to->validity, 0xff, rows / 8);
    to->validity[rows / 8] = (uint8_t)((1u << rows % 8) - 1);
    to->count = rows;
    if (text_size > 0) qbg__blob_extend(&to->text, text_size);
    return to->text.status;
}

qbg_status qbg__table_lay_out(qbg_table *table, uint32_t rows, const size_t *text_sizes) {
    for (int32_t i = 0; i < table->column_count && table->status == QBG_OK; i++)
        table->status = lay_out(table, &table->columns[i], rows, text_sizes[i]);
    return table->status;
}

int64_t *qbg__table_int64s(qbg_table *table, int32_t number) {
    return table->columns[number].values.int64s;
}

uint64_t *qbg__table_uint64s(qbg_table *table, int32_t number) {
    return table->columns[number].values.uint64s;
}

double *qbg__table_doubles(qbg_table *table, int32_t number) {
    return table->columns[number].values.doubles;
}

int64_t *qbg__table_offsets(qbg_table *table, int32_t number) {
    return table->columns[number].values.offsets;
}

char *qbg__table_bytes(qbg_table *table, int32_t number) {
    return table->columns[number].text.bytes;
}

void qbg__table_empty(qbg_table *table, int32_t number, uint32_t row) {
    column *to = &table->columns[number];
    to->validity[row / 8] = (uint8_t)(to->validity[row / 8] & ~(1u << row % 8));
    to->nulls++;
    if (to->type != QBG_COLUMN_TEXT) to->values.int64s[row] = 0;
}

qbg_status qbg__table_finish(qbg_table *table, qbg_table **out_table) {
    qbg_status status = table->status;
    if (status == QBG_OK)
        *out_table = table;
    else
        qbg_table_free(table);
    return status;
}

const qbg__mem *qbg__table_mem(const qbg_table *table) { return &table->mem; }

qbg_table *qbg__table_hold(qbg_table *table) {
    atomic_fetch_add_explicit(&table->holders, 1, memory_order_relaxed);
    return table;
}

/* What the others did to the table comes before its end. */
void qbg_table_free(qbg_table *table) {
    if (!table) return;
    if (atomic_fetch_sub_explicit(&table->holders, 1, memory_order_acq_rel) > 1) return;
    for (int32_t i = 0; i < table->column_count; i++) {
        column *at = &table->columns[i];
        qbg__mem_free(&table->mem, at->values.int64s, (size_t)at->capacity * 8);
        qbg__blob_end(&at->text);
        qbg__mem_free(&table->mem, at->validity, at->validity_room);
    }
    qbg__mem own = table->mem;
    qbg__mem_free(&own, table, sizeof *table);
}

static const column *column_at(const qbg_table *table, int32_t number) {
    return table && number >= 0 && number < table->column_count ? &table->columns[number] : NULL;
}

static const column *column_of(const qbg_table *table, int32_t number, int32_t type) {
    const column *at = column_at(table, number);
    return at && at->type == type ? at : NULL;
}

/* Times are integers, too. */
static const column *integers_of(const qbg_table *table, int32_t number) {
    const column *at = column_of(table, number, QBG_COLUMN_INT64);
    return at ? at : column_of(table, number, QBG_COLUMN_TIME);
}

static int has_row(const column *at, int64_t row) {
    return at && row >= 0 && row < (int64_t)at->count;
}

int64_t qbg_table_row_count(const qbg_table *table) {
    return table && table->column_count > 0 ? (int64_t)table->columns[0].count : 0;
}

int32_t qbg_table_column_count(const qbg_table *table) { return table ? table->column_count : 0; }

const char *qbg_table_column_name(const qbg_table *table, int32_t number) {
    const column *at = column_at(table, number);
    return at ? at->name : NULL;
}

int32_t qbg_table_column_type(const qbg_table *table, int32_t number) {
    const column *at = column_at(table, number);
    return at ? at->type : 0;
}

int32_t qbg_table_column_find(const qbg_table *table, const char *name) {
    for (int32_t i = 0; name && i < qbg_table_column_count(table); i++)
        if (strcmp(table->columns[i].name, name) == 0) return i;
    return -1;
}

int32_t qbg_table_is_null(const qbg_table *table, int32_t number, int64_t row) {
    const column *at = column_at(table, number);
    return !has_row(at, row) || !(at->validity[row / 8] >> row % 8 & 1);
}

int64_t qbg_table_int64_at(const qbg_table *table, int32_t number, int64_t row) {
    const column *at = integers_of(table, number);
    return has_row(at, row) ? at->values.int64s[row] : 0;
}

uint64_t qbg_table_uint64_at(const qbg_table *table, int32_t number, int64_t row) {
    const column *at = column_of(table, number, QBG_COLUMN_UINT64);
    return has_row(at, row) ? at->values.uint64s[row] : 0;
}

double qbg_table_double_at(const qbg_table *table, int32_t number, int64_t row) {
    const column *at = column_of(table, number, QBG_COLUMN_DOUBLE);
    return has_row(at, row) ? at->values.doubles[row] : 0;
}

const char *qbg_table_text_at(const qbg_table *table, int32_t number, int64_t row,
                              int64_t *out_size) {
    const column *at = column_of(table, number, QBG_COLUMN_TEXT);
    int64_t from = has_row(at, row) ? at->values.offsets[row] : 0;
    int64_t size = has_row(at, row) ? at->values.offsets[row + 1] - from : 0;
    if (out_size) *out_size = size;
    return size > 0 ? at->text.bytes + from : "";
}

/* An empty column is no pointer to nothing but a column of no values. */
static const int64_t no_values[1] = {0};

const int64_t *qbg_table_int64_column(const qbg_table *table, int32_t number) {
    const column *at = integers_of(table, number);
    if (!at) return NULL;
    return at->values.int64s ? at->values.int64s : no_values;
}

const uint64_t *qbg_table_uint64_column(const qbg_table *table, int32_t number) {
    static const uint64_t none[1] = {0};
    const column *at = column_of(table, number, QBG_COLUMN_UINT64);
    if (!at) return NULL;
    return at->values.uint64s ? at->values.uint64s : none;
}

const double *qbg_table_double_column(const qbg_table *table, int32_t number) {
    static const double none[1] = {0};
    const column *at = column_of(table, number, QBG_COLUMN_DOUBLE);
    if (!at) return NULL;
    return at->values.doubles ? at->values.doubles : none;
}

const char *qbg_table_text_column(const qbg_table *table, int32_t number,
                                  const int64_t **out_offsets) {
    const column *at = column_of(table, number, QBG_COLUMN_TEXT);
    if (!at) return NULL;
    if (out_offsets) *out_offsets = at->values.offsets;
    return qbg_blob_data(&at->text);
}

const uint8_t *qbg_table_validity(const qbg_table *table, int32_t number) {
    const column *at = column_at(table, number);
    return at && at->nulls > 0 ? at->validity : NULL;
}

int64_t qbg__table_null_count(const qbg_table *table, int32_t number) {
    const column *at = column_at(table, number);
    return at ? at->nulls : 0;
}
