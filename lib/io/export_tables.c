/* export_tables: what became of an export: what was refused, and how many rows, told of its own
 * tables; see export.h. The reader refuses rows of the book; where each comes from is known. */
#include "io/export.h"

#include "base/table.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* ---- refusals -------------------------------------------------------------------------------- */

/* What was refused of the book, seen from the export. */
typedef struct seen {
    int32_t table;
    uint64_t row;
    int is_side; /* the row is loaded nevertheless */
    qbg__span column;
} seen;

static qbg__span text_at(const qbg__refusals *list, size_t at, size_t size) {
    return (qbg__span){qbg_blob_data(&list->texts) + at, size};
}

static qbg__span heading_for(const qbg__export *self, const qbg__origin *from, qbg__span column) {
    const qbg__dialect_part *part = &self->tables[from->table].object->parts[from->part];
    for (uint32_t i = 0; i < part->count; i++)
        if (strlen(part->cells[i].column) == column.size &&
            memcmp(part->cells[i].column, column.bytes, column.size) == 0)
            return qbg__export_heading(self, from->table, part->cells[i].field);
    return (qbg__span){NULL, 0};
}

static seen see(const qbg__export *self, const qbg__refusal *at) {
    const qbg__refusals *list = &self->reader->refusals;
    qbg__span column = text_at(list, at->start, at->column_size);
    if (at->table >= QBG__BOOK_TABLES) return (seen){at->table, at->row, 0, column};
    const qbg__origin *from = &self->origins[at->table].at[at->row - 2];
    seen found = {QBG__BOOK_TABLES + (int32_t)from->table, from->row, 1, {NULL, 0}};
    if (from->part == QBG__EXPORT_NAMED) return found;
    found.is_side = self->tables[from->table].object->parts[from->part].is_side;
    found.column = heading_for(self, from, column);
    return found;
}

static qbg__span place_of(const seen *at, char out[24]) {
    memcpy(out, &at->table, sizeof at->table);
    memcpy(out + sizeof at->table, &at->row, sizeof at->row);
    return (qbg__span){out, sizeof at->table + sizeof at->row};
}

/* A part that is refused with its whole row needs no word of its own. */
static qbg_status copy(const qbg__export *self, qbg__refusals *out, const qbg__links *refused,
                       uint32_t number) {
    const qbg__refusals *list = &self->reader->refusals;
    const qbg__refusal *at = &list->at[number];
    seen place = see(self, at);
    char bytes[24];
    size_t end = number + 1 < list->count ? list->at[number + 1].start : list->texts.size;
    size_t reason = at->start + at->column_size + at->value_size;
    if (place.is_side && qbg__links_find(refused, 0, place_of(&place, bytes))) return QBG_OK;
    qbg__span value = text_at(list, at->start + at->column_size, at->value_size);
    qbg_blob *text =
        qbg__refusals_add(out, place.table, place.row, at->refused && !place.is_side,
                          place.column.bytes, place.column.size, value.bytes, value.size);
    qbg__blob_bytes(text, qbg_blob_data(&list->texts) + reason, end - reason);
    if (at->refused && place.is_side)
        qbg__blob_text(text, "; the rest of the row is loaded without it");
    return text->status;
}

qbg_status qbg__export_refusals(const qbg__export *self, qbg__refusals *out) {
    const qbg__refusals *list = &self->reader->refusals;
    qbg__links refused;
    qbg_status status = QBG_OK;
    qbg__links_begin(&refused, &self->mem);
    qbg__refusals_begin(out, &self->mem);
    for (uint32_t i = 0; i < list->count && status == QBG_OK; i++) {
        char bytes[24];
        seen at = see(self, &list->at[i]);
        if (list->at[i].refused && !at.is_side)
            status = qbg__links_put(&refused, 0, place_of(&at, bytes), (qbg__span){"", 0});
    }
    for (uint32_t i = 0; i < list->count && status == QBG_OK; i++)
        status = copy(self, out, &refused, i);
    qbg__links_end(&refused);
    return status;
}

static qbg__span name_of(const void *context, int32_t table) {
    const qbg__export *self = context;
    const qbg__export_table *of = &self->tables[table - QBG__BOOK_TABLES];
    return (qbg__span){self->names.bytes + of->name, of->name_size};
}

qbg_status qbg__export_refusals_table(const qbg__export *self, qbg_table **out_table) {
    qbg__refusals list;
    qbg_status status = qbg__export_refusals(self, &list);
    if (status == QBG_OK) status = qbg__refusals_named_table(&list, name_of, self, out_table);
    qbg__refusals_end(&list);
    return status;
}

/* ---- counts ---------------------------------------------------------------------------------- */

qbg_status qbg__refused_rows(const qbg__refusals *list, int32_t first, uint32_t count,
                             uint64_t *out_refused) {
    qbg__links known;
    qbg_status status = QBG_OK;
    qbg__links_begin(&known, &list->mem);
    for (uint32_t i = 0; i < list->count && status == QBG_OK; i++) {
        char bytes[24];
        const qbg__refusal *at = &list->at[i];
        seen place = {at->table, at->row, 0, {NULL, 0}};
        qbg__span key = place_of(&place, bytes);
        uint32_t table = (uint32_t)(at->table - first);
        if (!at->refused || table >= count || qbg__links_find(&known, 0, key)) continue;
        status = qbg__links_put(&known, 0, key, (qbg__span){"", 0});
        if (at->row <= 1) out_refused[table] = UINT64_MAX;
        if (out_refused[table] < UINT64_MAX) out_refused[table]++;
    }
    qbg__links_end(&known);
    return status;
}

enum { TABLE, OBJECT, ROWS, LOADED, REFUSED, DELETED };

void qbg__counts_begin(qbg_table *out) {
    qbg__table_column(out, "table", QBG_COLUMN_TEXT);
    qbg__table_column(out, "object", QBG_COLUMN_TEXT);
    qbg__table_column(out, "rows", QBG_COLUMN_INT64);
    qbg__table_column(out, "loaded", QBG_COLUMN_INT64);
    qbg__table_column(out, "refused", QBG_COLUMN_INT64);
    qbg__table_column(out, "deleted", QBG_COLUMN_INT64);
}

void qbg__counts_write(qbg_table *out, qbg__span table, const char *object, uint64_t rows,
                       uint64_t refused, uint64_t deleted) {
    if (refused > rows) refused = rows;
    qbg__table_text(out, TABLE, table.bytes, table.size);
    if (object)
        qbg__table_text(out, OBJECT, object, strlen(object));
    else
        qbg__table_null(out, OBJECT);
    qbg__table_int64(out, ROWS, (int64_t)rows);
    qbg__table_int64(out, LOADED, (int64_t)(rows - refused));
    qbg__table_int64(out, REFUSED, (int64_t)refused);
    qbg__table_int64(out, DELETED, (int64_t)deleted);
}

static void write_counts(const qbg__export *self, const uint64_t *refused, qbg_table *out) {
    for (uint32_t i = 0; i < self->table_count; i++) {
        const qbg__export_table *of = &self->tables[i];
        if (of->is_tree == 1) continue;
        qbg__counts_write(out, name_of(self, QBG__BOOK_TABLES + (int32_t)i),
                          of->object ? of->object->name : NULL, of->rows,
                          of->object ? refused[i] : of->rows, of->deleted);
    }
}

qbg_status qbg__export_tables(const qbg__export *self, qbg_table **out_table) {
    qbg__refusals list;
    qbg__mem mem = qbg__mem_fork(&self->mem);
    size_t size = ((size_t)self->table_count + 1) * sizeof(uint64_t);
    uint64_t *refused = qbg__mem_alloc_zeroed(&mem, size);
    if (!refused) return QBG_E_MEMORY;
    qbg_status status = qbg__export_refusals(self, &list);
    if (status == QBG_OK)
        status = qbg__refused_rows(&list, QBG__BOOK_TABLES, self->table_count, refused);
    qbg__refusals_end(&list);
    qbg_table *out = status == QBG_OK ? qbg__table_new(&mem) : NULL;
    if (status == QBG_OK && !out) status = QBG_E_MEMORY;
    if (out) {
        qbg__counts_begin(out);
        write_counts(self, refused, out);
    }
    qbg__mem_free(&mem, refused, size);
    return status == QBG_OK ? qbg__table_finish(out, out_table) : status;
}
