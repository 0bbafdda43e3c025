/* export_row: one row of a CRM's export and the rows of the book that it becomes; see export.h.
 * Which those are is said by the dialect. A row is read whole or not at all: what it has written
 * into the book is cut off again when something in it is refused. */
#include "io/export.h"

#include "base/text.h"
#include "model/workspace.h"

#include <string.h>

/* ---- telling --------------------------------------------------------------------------------- */

qbg__span qbg__export_heading(const qbg__export *self, uint32_t number, int field) {
    static const char *const common[QBG__FIELD_OWN] = {"isdeleted", "fivetrandeleted",
                                                       "fivetranactive"};
    const qbg__export_table *table = &self->tables[number];
    if (field < 0) return (qbg__span){NULL, 0};
    if (table->heading_sizes[field] > 0)
        return (qbg__span){self->names.bytes + table->headings[field], table->heading_sizes[field]};
    const char *name =
        field < QBG__FIELD_OWN ? common[field] : table->object->fields[field - QBG__FIELD_OWN];
    return (qbg__span){name, strcspn(name, "|")};
}

qbg_blob *qbg__export_tell(qbg__export *self, int field, int32_t refused) {
    qbg__span heading = qbg__export_heading(self, self->table, field);
    qbg__span value = qbg__export_cell(self, field);
    return qbg__refusals_add(&self->reader->refusals, QBG__BOOK_TABLES + (int32_t)self->table,
                             self->row, refused, heading.bytes, heading.size, value.bytes,
                             value.size);
}

/* What was remarked about a row that is refused need not be known. */
qbg_status qbg__export_refuse(qbg__export *self, int field, const char *reason) {
    qbg__refusals_cut(&self->reader->refusals, self->refusals);
    qbg_blob *text = qbg__export_tell(self, field, 1);
    qbg__blob_text(text, reason);
    return text->status == QBG_OK ? QBG_E_REFUSED : text->status;
}

qbg_status qbg__export_remark(qbg__export *self, int field, const char *reason) {
    qbg_blob *text = qbg__export_tell(self, field, 0);
    qbg__blob_text(text, reason);
    return text->status;
}

qbg_status qbg__export_remark_once(qbg__export *self, int field, qbg__span what,
                                   const char *reason) {
    qbg_blob *key = &self->piece;
    qbg__blob_clear(key);
    qbg__blob_uint(key, self->table);
    qbg__blob_char(key, ' ');
    qbg__blob_bytes(key, what.bytes, what.size);
    if (key->status != QBG_OK) return key->status;
    qbg__span told = {key->bytes, key->size};
    if (qbg__links_find(&self->links, QBG__LINK_TOLD, told)) return QBG_OK;
    qbg_status status = qbg__links_put(&self->links, QBG__LINK_TOLD, told, (qbg__span){"", 0});
    return status == QBG_OK ? qbg__export_remark(self, field, reason) : status;
}

/* ---- what the row says ----------------------------------------------------------------------- */

int qbg__export_says(const qbg__export *self, int field, const char *words) {
    char folded[QBG__HEADING];
    qbg__dialect_fold(qbg__export_cell(self, field), folded);
    return qbg__dialect_lists(words, folded);
}

int qbg__export_is_yes(const qbg__export *self, int field) {
    return qbg__export_says(self, field, "1|true|yes|t|y");
}

int qbg__export_is_no(const qbg__export *self, int field) {
    return qbg__export_says(self, field, "0|false|no|f|n");
}

int qbg__export_has(const qbg__export *self, int32_t map, qbg__span key) {
    return qbg__links_find(&self->links, map, key) != NULL;
}

qbg__span qbg__export_linked(const qbg__export *self, int32_t map, qbg__span key) {
    const qbg__link *link = qbg__links_find(&self->links, map, key);
    return link ? qbg__links_value(&self->links, link) : (qbg__span){"", 0};
}

/* ---- rows that are known --------------------------------------------------------------------- */

static int is_in_workspace(const qbg__export *self, int32_t link, qbg__span key) {
    const qbg_workspace *of = self->reader->workspace;
    switch (link) {
    case QBG__LINK_ACCOUNT: return !!qbg__row_find_span(&of->accounts, &of->account_index, key);
    case QBG__LINK_CONTACT: return !!qbg__row_find_span(&of->contacts, &of->contact_index, key);
    case QBG__LINK_OPPORTUNITY:
        return !!qbg__row_find_span(&of->opportunities, &of->opportunity_index, key);
    case QBG__LINK_SOLUTION: return !!qbg__row_find_span(&of->solutions, &of->solution_index, key);
    default: return !!qbg__row_find_span(&of->roles, &of->role_index, key);
    }
}

int qbg__export_is_deleted(const qbg__export *self, int32_t link, qbg__span key) {
    return qbg__links_find(&self->links, link + QBG__LINK_DELETED_ACCOUNT - QBG__LINK_ACCOUNT,
                           key) &&
           !qbg__links_find(&self->links, link, key);
}

int qbg__export_knows(const qbg__export *self, int32_t link, qbg__span key) {
    if (qbg__links_find(&self->links, link, key)) return 1;
    if (link <= QBG__LINK_OPPORTUNITY && qbg__export_is_deleted(self, link, key)) return 0;
    return is_in_workspace(self, link, key);
}

size_t qbg__export_keep(qbg_blob *texts, qbg__span text) {
    size_t at = texts->size;
    qbg__blob_bytes(texts, text.bytes, text.size);
    return at;
}

static int is_needed(const qbg__export *self, int32_t link, qbg__span key) {
    for (uint32_t i = 0; i < self->named_count; i++) {
        const qbg__export_named *at = &self->named[i];
        if (at->link == link && at->key_size == key.size &&
            memcmp(self->named_texts.bytes + at->key, key.bytes, key.size) == 0)
            return 1;
    }
    return 0;
}

qbg_status qbg__export_need(qbg__export *self, int32_t link, qbg__span key, qbg__span name) {
    if (qbg__export_knows(self, link, key) || is_needed(self, link, key)) return QBG_OK;
    if (self->named_count == QBG__EXPORT_NAMED_MOST)
        return qbg__export_refuse(self, QBG__NO_FIELD, "this row names more than it can");
    qbg_blob *texts = &self->named_texts;
    qbg__export_named *at = &self->named[self->named_count];
    *at = (qbg__export_named){link, qbg__export_keep(texts, key), key.size, 0, name.size};
    at->name = qbg__export_keep(texts, name);
    if (texts->status != QBG_OK) return texts->status;
    self->named_count++;
    return QBG_OK;
}

/* ---- the book's rows ------------------------------------------------------------------------- */

/* A row may not be longer than the book that it is cut off. */
typedef struct state {
    size_t sizes[QBG__BOOK_TABLES];
    uint32_t counts[QBG__BOOK_TABLES];
} state;

static state state_of(const qbg__export *self) {
    state now;
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) {
        now.sizes[i] = self->reader->fed[i].size;
        now.counts[i] = self->origins[i].count;
    }
    return now;
}

static void go_back(qbg__export *self, const state *before) {
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) {
        if (self->reader->fed[i].size > before->sizes[i])
            qbg__blob_cut(&self->reader->fed[i], before->sizes[i]);
        self->origins[i].count = before->counts[i];
    }
}

/* Begins a row of the book, behind the header. */
static qbg_status begin_row(qbg__export *self, int32_t number, uint32_t part) {
    const qbg__book_table *table = qbg__book_table_at(number);
    qbg__origins *origins = &self->origins[number];
    qbg_blob *fed = &self->reader->fed[number];
    if (fed->size == 0) qbg__csv_write_row(fed, table->columns, table->column_count);
    qbg_status status = qbg__mem_reserve(&self->mem, &origins->at, &origins->capacity,
                                         (uint64_t)origins->count + 1, sizeof *origins->at);
    if (status != QBG_OK) return status;
    origins->at[origins->count++] = (qbg__origin){self->table, part, self->row};
    return fed->status;
}

static void write_cell(qbg_blob *fed, uint32_t column, qbg__span cell) {
    if (column > 0) qbg__csv_write_comma(fed);
    qbg__csv_write_cell(fed, cell.bytes, cell.size);
}

/* Where in a table what is named has its name, or a contact his address. */
static uint32_t name_column(int32_t link) { return link == QBG__LINK_CONTACT ? 4 : 1; }

static int32_t table_of(int32_t link) {
    switch (link) {
    case QBG__LINK_ACCOUNT: return QBG__BOOK_ACCOUNTS;
    case QBG__LINK_CONTACT: return QBG__BOOK_CONTACTS;
    case QBG__LINK_SOLUTION: return QBG__BOOK_SOLUTIONS;
    default: return QBG__BOOK_ROLES;
    }
}

static qbg_status write_named(qbg__export *self, const qbg__export_named *at) {
    const qbg__span none = {"", 0};
    const char *texts = qbg_blob_data(&self->named_texts);
    qbg__span key = {texts + at->key, at->key_size}, name = {texts + at->name, at->name_size};
    int32_t number = table_of(at->link);
    qbg_blob *fed = &self->reader->fed[number];
    qbg_status status = begin_row(self, number, QBG__EXPORT_NAMED);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < qbg__book_table_at(number)->column_count; i++)
        write_cell(fed, i, i == 0 ? key : i == name_column(at->link) ? name : none);
    qbg__csv_write_line_end(fed);
    status = fed->status;
    return status == QBG_OK ? qbg__links_put(&self->links, at->link, key, none) : status;
}

static const qbg__dialect_cell *find_cell(const qbg__dialect_part *part, const char *column) {
    for (uint32_t i = 0; i < part->count; i++)
        if (strcmp(part->cells[i].column, column) == 0) return &part->cells[i];
    return NULL;
}

static qbg_status write_column(qbg__export *self, const qbg__dialect_part *part, uint32_t column) {
    const qbg__book_table *table = qbg__book_table_at(part->table);
    const qbg__dialect_cell *cell = find_cell(part, table->columns[column]);
    qbg_blob *out = &self->scratch;
    qbg__blob_clear(out);
    qbg_status status = cell ? cell->convert(self, cell, out) : QBG_OK;
    if (status == QBG_OK) status = out->status;
    if (status != QBG_OK) return status;
    if (out->size == 0 && table->filled >> column & 1)
        return qbg__export_refuse(self, cell ? cell->field : QBG__NO_FIELD,
                                  "a value is required here");
    write_cell(&self->reader->fed[part->table], column, (qbg__span){qbg_blob_data(out), out->size});
    return QBG_OK;
}

static qbg_status write_part(qbg__export *self, uint32_t number) {
    const qbg__dialect_part *part = &self->object->parts[number];
    qbg_blob *fed = &self->reader->fed[part->table];
    qbg_status status = begin_row(self, part->table, number);
    for (uint32_t i = 0; i < qbg__book_table_at(part->table)->column_count; i++)
        if (status == QBG_OK) status = write_column(self, part, i);
    if (status != QBG_OK) return status;
    qbg__csv_write_line_end(fed);
    return fed->status;
}

/* A field that lists several: the part sees one after the other in it. */
static qbg_status write_each(qbg__export *self, uint32_t number) {
    int field = self->object->parts[number].each;
    qbg__span all = self->cells[field];
    qbg_status status = QBG_OK;
    for (size_t at = 0; at < all.size && status == QBG_OK;) {
        size_t end = at;
        while (end < all.size && all.bytes[end] != ';' && all.bytes[end] != ',') end++;
        qbg__span piece = {all.bytes + at, end - at};
        qbg__text_trim(&piece.bytes, &piece.size);
        self->cells[field] = piece;
        if (piece.size > 0) status = write_part(self, number);
        at = end + 1;
    }
    self->cells[field] = all;
    return status;
}

static qbg_status write_parts(qbg__export *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->object->part_count && status == QBG_OK; i++) {
        const qbg__dialect_part *part = &self->object->parts[i];
        if (part->when && !part->when(self)) continue;
        status = part->each > 0 ? write_each(self, i) : write_part(self, i);
    }
    for (uint32_t i = 0; i < self->named_count && status == QBG_OK; i++)
        status = write_named(self, &self->named[i]);
    return status;
}

/* ---- one row --------------------------------------------------------------------------------- */

static const char older[] = "an older version of a row; of versions only what is dated is loaded";

/* No longer there in the CRM. */
static int is_gone(const qbg__export *self) {
    return self->object->is_deleted || qbg__export_is_yes(self, QBG__FIELD_DELETED) ||
           qbg__export_is_yes(self, QBG__FIELD_GONE);
}

int qbg__export_is_merged(const qbg__export *self) {
    return self->object->master > 0 && is_gone(self) &&
           qbg__export_cell(self, self->object->master).size > 0;
}

static int is_deleted(const qbg__export *self) {
    return is_gone(self) && !qbg__export_is_merged(self);
}

static qbg_status convert(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__blob_clear(out);
    qbg_status status = cell->convert ? cell->convert(self, cell, out) : QBG_OK;
    return status == QBG_OK ? out->status : status;
}

/* An opportunity that was merged may still have a row of its own. */
static int was_merged(qbg__export *self) {
    qbg_blob *key = &self->scratch;
    if (self->object->entity != QBG__DIALECT_OPPORTUNITY) return 0;
    if (convert(self, self->object->key, key) != QBG_OK) return 0;
    return qbg__links_find(&self->links, QBG__LINK_GONE,
                           (qbg__span){qbg_blob_data(key), key->size}) != NULL;
}

/* Why rows are passed over is told at the end of the table, with how many they are. */
static qbg_status skip_row(qbg__export *self, const char *reason) {
    uint32_t at = 0;
    while (at < self->skip_count && self->skips[at].reason != reason) at++;
    if (at == QBG__EXPORT_SKIPS) return QBG_E_RANGE; /* a dialect has no more reasons */
    if (at == self->skip_count)
        self->skips[self->skip_count++] = (qbg__export_skip){reason, self->row, 0};
    self->skips[at].rows++;
    return QBG_OK;
}

qbg_status qbg__export_tell_skips(qbg__export *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->skip_count && status == QBG_OK; i++) {
        const qbg__export_skip *at = &self->skips[i];
        self->row = at->row;
        qbg_blob *text = qbg__export_tell(self, QBG__NO_FIELD, 0);
        qbg__blob_text(text, at->reason);
        if (at->rows > 1) {
            qbg__blob_text(text, "; so it is with ");
            qbg__blob_uint(text, at->rows);
            qbg__blob_text(text, " rows of this table");
        }
        status = text->status;
    }
    return status;
}

static qbg_status load_row(qbg__export *self) {
    const qbg__dialect_object *object = self->object;
    if (object->entity != QBG__DIALECT_NONE && qbg__export_is_no(self, QBG__FIELD_ACTIVE))
        return skip_row(self, older);
    if (is_gone(self)) self->tables[self->table].deleted++;
    if (is_deleted(self)) return QBG_OK;
    if (was_merged(self)) return skip_row(self, "this opportunity was merged into another one");
    const char *reason = object->skip ? object->skip(self) : NULL;
    return reason ? skip_row(self, reason) : write_parts(self);
}

/* The second reading. */
qbg_status qbg__export_translate(qbg__export *self) {
    const state before = state_of(self);
    self->named_count = 0;
    qbg__blob_clear(&self->named_texts);
    qbg_status status = load_row(self);
    if (status != QBG_OK) go_back(self, &before);
    return status;
}

static qbg_status put_link(qbg__export *self, const qbg__dialect_link *link) {
    qbg_blob *key = &self->scratch, *value = &self->named_texts;
    qbg_status status = convert(self, &link->key, key);
    if (status == QBG_OK) status = convert(self, &link->value, value);
    if (status != QBG_OK || key->size == 0) return status;
    return qbg__links_put(&self->links, link->map, (qbg__span){key->bytes, key->size},
                          (qbg__span){qbg_blob_data(value), value->size});
}

static qbg_status note_removal(qbg__export *self, qbg__span key) {
    int32_t entity = self->object->entity;
    qbg_status status = qbg__mem_reserve(&self->mem, &self->removals, &self->removal_capacity,
                                         (uint64_t)self->removal_count + 1, sizeof *self->removals);
    if (status != QBG_OK) return status;
    self->removals[self->removal_count++] =
        (qbg__export_removal){entity, self->object->is_deleted, self->names.size, key.size};
    qbg__blob_bytes(&self->names, key.bytes, key.size);
    qbg__blob_char(&self->names, '\0');
    if (self->names.status != QBG_OK) return self->names.status;
    if (self->object->is_deleted)
        return qbg__links_put(&self->links, QBG__LINK_GONE, key, (qbg__span){"", 0});
    return qbg__links_put(&self->links, entity + QBG__LINK_DELETED_ACCOUNT - QBG__LINK_ACCOUNT, key,
                          (qbg__span){"", 0});
}

/* The first reading: what is told here is told again by the second one, so it is not kept. */
qbg_status qbg__export_gather(qbg__export *self) {
    const qbg__dialect_object *object = self->object;
    qbg_status status = QBG_OK;
    if (qbg__export_is_no(self, QBG__FIELD_ACTIVE)) return QBG_OK;
    if (object->key) {
        status = convert(self, object->key, &self->scratch);
        qbg__span key = {qbg_blob_data(&self->scratch), self->scratch.size};
        if (status != QBG_OK || key.size == 0) return status;
        if (is_deleted(self)) return note_removal(self, key);
        status = qbg__links_put(&self->links, object->entity, key, (qbg__span){"", 0});
    }
    if (is_deleted(self)) return status;
    for (uint32_t i = 0; i < object->link_count && status == QBG_OK; i++)
        status = put_link(self, &object->links[i]);
    return status;
}
