/* book_refusals: a list whose texts lie one behind the other; see book_refusals.h. Whatever a file
 * holds, the table made of it is clean UTF-8, so that it can be saved and opened anywhere. */
#include "io/book_refusals.h"

#include "base/sort.h"
#include "base/table.h"
#include "base/text.h"

#include <string.h>

void qbg__refusals_begin(qbg__refusals *list, const qbg__mem *mem) {
    list->mem = qbg__mem_fork(mem);
    list->at = NULL;
    list->count = 0;
    list->capacity = 0;
    list->refused_count = 0;
    qbg__blob_begin(&list->texts, mem);
}

void qbg__refusals_end(qbg__refusals *list) {
    qbg__mem_free(&list->mem, list->at, list->capacity * sizeof *list->at);
    qbg__blob_end(&list->texts);
    qbg__refusals_begin(list, &list->mem);
}

void qbg__refusals_cut(qbg__refusals *list, uint32_t count) {
    if (count < list->count) qbg__blob_cut(&list->texts, list->at[count].start);
    while (list->count > count) list->refused_count -= list->at[--list->count].refused != 0;
    list->texts.status = QBG_OK;
}

/* How many bytes the character at `bytes` takes; 0 when it is none. */
static size_t character_size(const char *bytes, size_t size) {
    for (size_t length = 1; length <= 4 && length <= size; length++)
        if (qbg__text_is_utf8(bytes, length)) return length;
    return 0;
}

void qbg__refusals_show(qbg_blob *out, const char *bytes, size_t size) {
    for (int i = 0; i < QBG__REFUSAL_CHARACTERS && size > 0; i++) {
        size_t length = character_size(bytes, size);
        if (length > 0)
            qbg__blob_bytes(out, bytes, length);
        else
            qbg__blob_char(out, '?');
        bytes += length > 0 ? length : 1;
        size -= length > 0 ? length : 1;
    }
}

/* Appends a text and tells how long it became. */
static size_t show(qbg_blob *out, const char *bytes, size_t size) {
    size_t start = out->size;
    if (bytes) qbg__refusals_show(out, bytes, size);
    return out->size - start;
}

qbg_blob *qbg__refusals_add(qbg__refusals *list, int32_t table, uint64_t row, int32_t refused,
                            const char *column, size_t column_size, const char *value,
                            size_t value_size) {
    qbg_blob *texts = &list->texts;
    if (texts->status != QBG_OK) return texts;
    texts->status = qbg__mem_reserve(&list->mem, &list->at, &list->capacity,
                                     (uint64_t)list->count + 1, sizeof *list->at);
    if (texts->status != QBG_OK) return texts;
    qbg__refusal *refusal = &list->at[list->count++];
    list->refused_count += refused != 0;
    refusal->table = table;
    refusal->refused = refused;
    refusal->row = row;
    refusal->start = texts->size;
    refusal->column_size = show(texts, column, column_size);
    refusal->value_size = show(texts, value, value_size);
    return texts;
}

/* ---- the public table ------------------------------------------------------------------------ */

enum { TABLE, ROW, COLUMN, VALUE, REASON, REFUSED };

static int by_place(const void *a, const void *b, const void *context) {
    const qbg__refusal *first = a, *second = b;
    (void)context;
    if (first->table != second->table) return first->table < second->table ? -1 : 1;
    return (first->row > second->row) - (first->row < second->row);
}

static void text_or_null(qbg_table *table, int32_t column, const char *bytes, size_t size) {
    if (size > 0)
        qbg__table_text(table, column, bytes, size);
    else
        qbg__table_null(table, column);
}

static void write_refusal(qbg_table *table, const qbg__refusals *list, const qbg__refusal *refusal,
                          qbg__refusals_name *name, const void *context) {
    const char *text = qbg_blob_data(&list->texts) + refusal->start;
    const qbg__refusal *next = refusal + 1;
    size_t end = next < list->at + list->count ? next->start : list->texts.size;
    qbg__span of = name(context, refusal->table);
    qbg__table_text(table, TABLE, of.bytes, of.size);
    qbg__table_int64(table, ROW, (int64_t)refusal->row);
    text_or_null(table, COLUMN, text, refusal->column_size);
    text += refusal->column_size;
    text_or_null(table, VALUE, text, refusal->value_size);
    text += refusal->value_size;
    text_or_null(table, REASON, text, (size_t)(qbg_blob_data(&list->texts) + end - text));
    qbg__table_int64(table, REFUSED, refusal->refused);
}

static void write_refusals(qbg_table *table, const qbg__refusals *list, const void **sorted,
                           qbg__refusals_name *name, const void *context) {
    qbg__table_column(table, "table", QBG_COLUMN_TEXT);
    qbg__table_column(table, "row", QBG_COLUMN_INT64);
    qbg__table_column(table, "column", QBG_COLUMN_TEXT);
    qbg__table_column(table, "value", QBG_COLUMN_TEXT);
    qbg__table_column(table, "reason", QBG_COLUMN_TEXT);
    qbg__table_column(table, "refused", QBG_COLUMN_INT64);
    for (uint32_t i = 0; i < list->count; i++) write_refusal(table, list, sorted[i], name, context);
}

/* Tables are read in another order than they are told, and some twice; people want theirs by row.
 */
static qbg_status sort(const qbg__refusals *list, const void **sorted) {
    for (uint32_t i = 0; i < list->count; i++) sorted[i] = &list->at[i];
    return qbg__sort_alloc(&list->mem, sorted, list->count, by_place, NULL);
}

qbg_status qbg__refusals_named_table(const qbg__refusals *list, qbg__refusals_name *name,
                                     const void *context, qbg_table **out_table) {
    qbg__mem mem = qbg__mem_fork(&list->mem);
    size_t size = ((size_t)list->count + 1) * sizeof(const void *);
    const void **sorted = qbg__mem_alloc(&mem, size);
    if (!sorted) return QBG_E_MEMORY;
    qbg_status status = sort(list, sorted);
    qbg_table *table = status == QBG_OK ? qbg__table_new(&mem) : NULL;
    if (table) write_refusals(table, list, sorted, name, context);
    qbg__mem_free(&mem, sorted, size);
    return table ? qbg__table_finish(table, out_table) : QBG_E_MEMORY;
}

typedef struct namer {
    const char *(*name)(int32_t table);
} namer;

static qbg__span name_of(const void *context, int32_t table) {
    const char *name = ((const namer *)context)->name(table);
    return (qbg__span){name, strlen(name)};
}

qbg_status qbg__refusals_table(const qbg__refusals *list, const char *(*name)(int32_t table),
                               qbg_table **out_table) {
    const namer of = {name};
    return qbg__refusals_named_table(list, name_of, &of, out_table);
}
