/* book: the tables of a book and the reader's life; see book.h. Bytes are only kept while they
 * come; how they get into the workspace is in book_import.c. */
#include "io/book.h"

#include "base/text.h"
#include "io/book_import.h"
#include "io/export.h"

#include <string.h>

/* ---- tables ---------------------------------------------------------------------------------- */

static const qbg__book_table *const tables[QBG__BOOK_TABLES] = {
    [QBG__BOOK_ACCOUNTS] = &qbg__book_accounts,
    [QBG__BOOK_CONTACTS] = &qbg__book_contacts,
    [QBG__BOOK_TEMPLATES] = &qbg__book_templates,
    [QBG__BOOK_SOLUTIONS] = &qbg__book_solutions,
    [QBG__BOOK_VISITORS] = &qbg__book_visitors,
    [QBG__BOOK_OPPORTUNITIES] = &qbg__book_opportunities,
    [QBG__BOOK_MEMBERS] = &qbg__book_members,
    [QBG__BOOK_SIGNALS] = &qbg__book_signals,
    [QBG__BOOK_HISTORY] = &qbg__book_history,
    [QBG__BOOK_KINDS] = &qbg__book_kinds,
    [QBG__BOOK_ROLES] = &qbg__book_roles,
    [QBG__BOOK_NEEDS] = &qbg__book_needs,
    [QBG__BOOK_REVENUE] = &qbg__book_revenue,
    [QBG__BOOK_POLICY] = &qbg__book_policy,
    [QBG__BOOK_TRACKING] = &qbg__book_tracking,
};

const qbg__book_table *qbg__book_table_at(int32_t table) {
    return table < 0 || table >= QBG__BOOK_TABLES ? NULL : tables[table];
}

int32_t qbg__book_table_find(const char *name) {
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++)
        if (strcmp(tables[i]->name, name) == 0) return i;
    return -1;
}

int32_t qbg_book_table_count(void) { return QBG__BOOK_TABLES; }

const char *qbg_book_table_name(int32_t table) {
    const qbg__book_table *found = qbg__book_table_at(table);
    return found ? found->name : NULL;
}

/* ---- the reader's life ----------------------------------------------------------------------- */

qbg_status qbg_book_reader_new(qbg_workspace *workspace, int32_t strict,
                               qbg_book_reader **out_reader) {
    if (!workspace || !out_reader || strict < 0 || strict > 1) return QBG_E_ARGUMENT;
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    qbg_book_reader *reader = qbg__mem_alloc_zeroed(&mem, sizeof *reader);
    if (!reader) return QBG_E_MEMORY;
    reader->mem = mem;
    reader->workspace = workspace;
    reader->is_strict = strict;
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) qbg__blob_begin(&reader->fed[i], &mem);
    qbg__blob_begin(&reader->piece, &mem);
    qbg__blob_begin(&reader->names, &mem);
    qbg__refusals_begin(&reader->refusals, &mem);
    *out_reader = reader;
    return QBG_OK;
}

void qbg__book_end_tables(qbg_book_reader *reader) {
    qbg__mem *mem = &reader->mem;
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) {
        qbg__book_given *given = &reader->given[i];
        qbg__blob_end(&reader->fed[i]);
        qbg__mem_free(mem, given->rows, given->capacity * sizeof *given->rows);
        *given = (qbg__book_given){NULL, 0, 0};
    }
    for (int32_t i = 0; i < QBG__BOOK_PASSES; i++) {
        qbg__book_set *refused = &reader->refused[i];
        qbg__mem_free(mem, refused->words, refused->capacity * sizeof *refused->words);
        *refused = (qbg__book_set){NULL, 0, 0};
    }
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++) qbg__book_keys_free(&reader->keys[i], mem);
    qbg__blob_end(&reader->piece);
    qbg__blob_end(&reader->names);
}

void qbg_book_reader_free(qbg_book_reader *reader) {
    if (!reader) return;
    qbg__book_cancel(reader);
    qbg__book_end_tables(reader);
    qbg__refusals_end(&reader->refusals);
    qbg__export_free(reader->export);
    qbg__mem own = reader->mem;
    qbg__mem_free(&own, reader, sizeof *reader);
}

static qbg_status open_table(qbg_book_reader *reader, const char *table, qbg_blob **out_fed) {
    if (!reader || !table || reader->is_finished) return QBG_E_ARGUMENT;
    if (reader->is_open) return QBG_E_BUSY;
    if (reader->export && (table[0] == '\0' || !qbg__text_is_utf8(table, strlen(table))))
        return QBG_E_TEXT;
    if (reader->export)
        return qbg__export_open(reader->export, (qbg__span){table, strlen(table)}, out_fed);
    int32_t number = qbg__book_table_find(table);
    if (number < 0) return QBG_E_NOT_FOUND;
    *out_fed = &reader->fed[number];
    return QBG_OK;
}

/* What found no room was not taken, and the next one may find some. */
static qbg_status close_table(qbg_blob *fed) {
    qbg_status status = fed->status;
    fed->status = QBG_OK;
    return status;
}

qbg_status qbg_book_reader_expect(qbg_book_reader *reader, const char *table, size_t size) {
    qbg_blob *fed;
    qbg_status status = open_table(reader, table, &fed);
    if (status != QBG_OK) return status;
    if (size > 0) qbg__blob_expect(fed, size);
    return close_table(fed);
}

qbg_status qbg_book_reader_feed(qbg_book_reader *reader, const char *table, const void *bytes,
                                size_t size) {
    qbg_blob *fed;
    if (!bytes && size > 0) return QBG_E_ARGUMENT;
    qbg_status status = open_table(reader, table, &fed);
    if (status != QBG_OK) return status;
    if (size > 0) qbg__blob_bytes(fed, bytes, size);
    return close_table(fed);
}

qbg_status qbg_book_reader_refusals(const qbg_book_reader *reader, qbg_table **out_table) {
    if (!reader || !out_table) return QBG_E_ARGUMENT;
    if (reader->export) return qbg__export_refusals_table(reader->export, out_table);
    return qbg__refusals_table(&reader->refusals, qbg_book_table_name, out_table);
}
