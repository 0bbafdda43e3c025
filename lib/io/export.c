/* export: the life of a CRM's export: its tables are fed, read into those of a book, and what is no
 * more is removed; see export.h. */
#include "io/export.h"

#include "io/tree.h"
#include "model/workspace.h"
#include "qbg/removal.h"

#include <string.h>

/* ---- its life -------------------------------------------------------------------------------- */

qbg__export *qbg__export_new(qbg_book_reader *reader, const qbg__dialect *dialect) {
    qbg__mem mem = qbg__mem_fork(&reader->mem);
    qbg__export *self = qbg__mem_alloc_zeroed(&mem, sizeof *self);
    if (!self) return NULL;
    self->mem = mem;
    self->reader = reader;
    self->dialect = dialect;
    qbg__blob_begin(&self->names, &mem);
    qbg__blob_begin(&self->scratch, &mem);
    qbg__blob_begin(&self->piece, &mem);
    qbg__blob_begin(&self->named_texts, &mem);
    qbg__links_begin(&self->links, &mem);
    return self;
}

/* Gives back all that only reading needs. */
static void end_reading(qbg__export *self) {
    for (uint32_t i = 0; i < self->table_count; i++) qbg__blob_end(&self->tables[i].bytes);
    qbg__links_end(&self->links);
    qbg__blob_end(&self->scratch);
    qbg__blob_end(&self->piece);
    qbg__blob_end(&self->named_texts);
}

void qbg__export_free(qbg__export *self) {
    if (!self) return;
    end_reading(self);
    qbg__mem *mem = &self->mem;
    qbg__mem_free(mem, self->tables, self->table_capacity * sizeof *self->tables);
    qbg__mem_free(mem, self->removals, self->removal_capacity * sizeof *self->removals);
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++)
        qbg__mem_free(mem, self->origins[i].at,
                      self->origins[i].capacity * sizeof *self->origins[i].at);
    qbg__blob_end(&self->names);
    qbg__mem own = self->mem;
    qbg__mem_free(&own, self, sizeof *self);
}

/* ---- tables ---------------------------------------------------------------------------------- */

qbg__span qbg__export_table_name(const qbg__export *self, uint32_t table) {
    const qbg__export_table *of = &self->tables[table];
    return (qbg__span){self->names.bytes + of->name, of->name_size};
}

static qbg_status add_table(qbg__export *self, qbg__span name, uint32_t *out) {
    qbg__export_table *table;
    qbg_status status = qbg__mem_reserve(&self->mem, &self->tables, &self->table_capacity,
                                         (uint64_t)self->table_count + 1, sizeof *self->tables);
    if (status != QBG_OK) return status;
    table = &self->tables[self->table_count];
    memset(table, 0, sizeof *table);
    table->name = self->names.size;
    table->name_size = name.size;
    qbg__blob_bytes(&self->names, name.bytes, name.size);
    status = self->names.status;
    self->names.status = QBG_OK; /* what found no room was not added; the next one may find some */
    if (status != QBG_OK) return status;
    qbg__blob_begin(&table->bytes, &self->mem);
    *out = self->table_count++;
    return QBG_OK;
}

qbg_status qbg__export_open(qbg__export *self, qbg__span name, qbg_blob **out_bytes) {
    uint32_t at = 0;
    qbg_status status = QBG_OK;
    while (at < self->table_count) {
        qbg__span known = qbg__export_table_name(self, at);
        if (known.size == name.size && memcmp(known.bytes, name.bytes, name.size) == 0) break;
        at++;
    }
    if (at == self->table_count) status = add_table(self, name, &at);
    self->fed_count = self->table_count;
    if (status == QBG_OK) *out_bytes = &self->tables[at].bytes;
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* A JSON tree becomes tables of their own, of which the first has the file's name. */
static qbg_status add_tree(qbg__export *self, uint32_t number, const qbg__tree *tree) {
    qbg_status status = QBG_OK;
    int is_first = 1;
    for (uint32_t i = 0; i < tree->type_count && status == QBG_OK; i++) {
        uint32_t table = 0;
        qbg__span type = qbg__tree_type(tree, i);
        if (!qbg__tree_has(tree, i)) continue;
        status = add_table(self, type, &table);
        if (status != QBG_OK) return status;
        self->tables[table].type = self->tables[table].name;
        self->tables[table].type_size = type.size;
        if (is_first || type.size == 0) {
            self->tables[table].name = self->tables[number].name;
            self->tables[table].name_size = self->tables[number].name_size;
        }
        is_first = 0;
        status = qbg__tree_write(tree, i, &self->tables[table].bytes);
    }
    return status;
}

static qbg_status read_tree(qbg__export *self, uint32_t number) {
    qbg__tree tree;
    const qbg_blob *bytes = &self->tables[number].bytes;
    qbg__tree_begin(&tree, &self->mem);
    uint32_t before = self->table_count;
    qbg_status status = qbg__tree_read(&tree, qbg_blob_data(bytes), bytes->size);
    if (status == QBG_OK) status = add_tree(self, number, &tree);
    qbg__tree_end(&tree);
    self->tables[number].is_tree = self->table_count > before ? 1 : 2;
    if (status != QBG_E_FORMAT) return status;
    self->table = number;
    status = qbg__export_refuse_table(self, "this JSON does not read, or is no tree of records");
    return status == QBG_E_REFUSED ? QBG_OK : status;
}

static qbg_status read_trees(qbg__export *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->fed_count && status == QBG_OK; i++) {
        const qbg_blob *bytes = &self->tables[i].bytes;
        if (qbg__tree_is_one(qbg_blob_data(bytes), bytes->size)) status = read_tree(self, i);
    }
    return status;
}

static qbg_status read_all(qbg__export *self, qbg__export_use *use, int is_last) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->table_count && status == QBG_OK; i++)
        if (!self->tables[i].is_tree) status = qbg__export_read_table(self, i, use, is_last);
    return status;
}

/* What one row says is gone and another one has is there. */
static void keep_what_is_there(qbg__export *self) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->removal_count; i++) {
        const qbg__export_removal at = self->removals[i];
        qbg__span key = {self->names.bytes + at.key, at.key_size};
        if (at.is_for_good || !qbg__links_find(&self->links, at.entity, key))
            self->removals[count++] = at;
    }
    self->removal_count = count;
}

/* As before it was read: what was fed is still there. */
static void forget(qbg__export *self, size_t names, uint32_t refusals) {
    while (self->table_count > self->fed_count)
        qbg__blob_end(&self->tables[--self->table_count].bytes);
    for (uint32_t i = 0; i < self->fed_count; i++) {
        qbg__export_table *table = &self->tables[i];
        table->is_tree = 0;
        table->rows = table->deleted = 0;
        memset(table->heading_sizes, 0, sizeof table->heading_sizes);
    }
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) {
        qbg__blob_clear(&self->reader->fed[i]);
        self->reader->fed[i].status = QBG_OK;
        self->origins[i].count = 0;
    }
    self->removal_count = 0;
    qbg__links_end(&self->links);
    qbg__blob_cut(&self->names, names);
    self->names.status = self->scratch.status = self->piece.status = QBG_OK;
    self->named_texts.status = self->links.texts.status = QBG_OK;
    qbg__refusals_cut(&self->reader->refusals, refusals);
}

qbg_status qbg__export_read(qbg__export *self) {
    if (self->is_read) return QBG_OK;
    size_t names = self->names.size;
    uint32_t refusals = self->reader->refusals.count;
    qbg_status status = read_trees(self);
    if (status == QBG_OK) status = read_all(self, qbg__export_gather, 0);
    if (status == QBG_OK) status = read_all(self, qbg__export_translate, 1);
    if (status == QBG_OK) status = self->reader->refusals.texts.status;
    if (status != QBG_OK) {
        forget(self, names, refusals);
        return status;
    }
    keep_what_is_there(self);
    end_reading(self);
    self->is_read = 1;
    self->first_refusals = self->reader->refusals.count;
    return QBG_OK;
}

uint64_t qbg__export_rows(const qbg__export *self) {
    uint64_t rows = 0;
    for (uint32_t i = 0; i < self->table_count; i++) {
        qbg__csv csv;
        const qbg_blob *bytes = &self->tables[i].bytes;
        qbg__csv_begin(&csv, &self->mem, qbg_blob_data(bytes), bytes->size, 0);
        while (qbg__csv_skip_row(&csv)) continue;
        rows += csv.row > 0 ? csv.row - 1 : 0;
        qbg__csv_end(&csv);
    }
    return rows;
}

/* ---- what is no more ------------------------------------------------------------------------- */

/* Somebody who was erased stays: what he left behind is nobody's. */
static qbg_status remove_row(qbg_workspace *workspace, int32_t entity, const char *key) {
    qbg_status status = QBG_OK;
    qbg_account *account = qbg_account_find(workspace, key);
    qbg_contact *contact = qbg_contact_find(workspace, key);
    qbg_opportunity *opportunity = qbg_opportunity_find(workspace, key);
    switch (entity) {
    case QBG__DIALECT_ACCOUNT:
        if (account) status = qbg_account_remove(account, 1);
        break;
    case QBG__DIALECT_CONTACT:
        if (contact) status = qbg_contact_remove(contact, 1);
        break;
    default:
        if (opportunity) status = qbg_opportunity_remove(opportunity, 1);
        break;
    }
    return status == QBG_E_ERASED ? QBG_OK : status;
}

qbg_status qbg__export_remove(qbg__export *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->removal_count && status == QBG_OK; i++)
        status = remove_row(self->reader->workspace, self->removals[i].entity,
                            self->names.bytes + self->removals[i].key);
    return status;
}
