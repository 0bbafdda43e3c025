/* book_dialect: a reader that is told what to understand, and what became of what it was fed; see
 * qbg/dialect.h. */
#include "qbg/dialect.h"

#include "base/table.h"
#include "base/text.h"
#include "io/export.h"

#include <string.h>

static int has_bytes(const qbg_book_reader *reader) {
    if (reader->export && reader->export->table_count > 0) return 1;
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++)
        if (reader->fed[i].size > 0) return 1;
    return 0;
}

qbg_status qbg_book_reader_set_dialect(qbg_book_reader *reader, int32_t dialect) {
    const qbg__dialect *found = qbg__dialect_at(dialect);
    if (!reader || !found || reader->is_finished) return QBG_E_ARGUMENT;
    if (reader->is_open || has_bytes(reader)) return QBG_E_BUSY;
    qbg__export *made = qbg__export_new(reader, found);
    if (!made) return QBG_E_MEMORY;
    qbg__export_free(reader->export);
    reader->export = made;
    return QBG_OK;
}

static qbg_status check_text(const char *text) {
    if (!text || (text[0] != '\0' && qbg__text_is_utf8(text, strlen(text)))) return QBG_OK;
    return QBG_E_TEXT;
}

/* A NUL behind it. */
static size_t keep(qbg_blob *texts, const char *text) {
    size_t at = texts->size;
    qbg__blob_bytes(texts, text ? text : "", text ? strlen(text) + 1 : 1);
    return at;
}

qbg_status qbg_book_reader_set_solution(qbg_book_reader *reader, const char *solution,
                                        const char *column) {
    if (!reader || !reader->export || reader->is_finished) return QBG_E_ARGUMENT;
    if (reader->is_open || reader->export->is_read) return QBG_E_BUSY;
    if (check_text(solution) != QBG_OK || check_text(column) != QBG_OK) return QBG_E_TEXT;
    qbg__export *self = reader->export;
    size_t before = self->names.size;
    size_t at = keep(&self->names, solution), behind = keep(&self->names, column);
    qbg_status status = self->names.status;
    self->names.status = QBG_OK;
    if (status != QBG_OK) {
        qbg__blob_cut(&self->names, before);
        return status;
    }
    self->solution = at;
    self->solution_size = solution ? strlen(solution) : 0;
    self->column = behind;
    self->column_size = column ? strlen(column) : 0;
    return QBG_OK;
}

/* ---- what became of it ----------------------------------------------------------------------- */

static void write_tables(const qbg_book_reader *reader, const uint64_t *refused, qbg_table *out) {
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) {
        const char *name = qbg_book_table_name(i);
        if (reader->seen[i].rows > 0)
            qbg__counts_write(out, (qbg__span){name, strlen(name)}, name, reader->seen[i].rows,
                              refused[i], 0);
    }
}

qbg_status qbg_book_reader_tables(const qbg_book_reader *reader, qbg_table **out_table) {
    uint64_t refused[QBG__BOOK_TABLES] = {0};
    if (!reader || !out_table) return QBG_E_ARGUMENT;
    if (reader->export) return qbg__export_tables(reader->export, out_table);
    qbg_status status = qbg__refused_rows(&reader->refusals, 0, QBG__BOOK_TABLES, refused);
    qbg_table *out = status == QBG_OK ? qbg__table_new(&reader->mem) : NULL;
    if (status == QBG_OK && !out) status = QBG_E_MEMORY;
    if (status != QBG_OK) return status;
    qbg__counts_begin(out);
    write_tables(reader, refused, out);
    return qbg__table_finish(out, out_table);
}
