/* export: reads the tables of a CRM's export into those of a book; see export.h. Which object of
 * the CRM becomes what is said by its dialect. A row is read whole or not at all: what it has
 * written into the book is cut off again when something in it is refused. */
#include "io/export.h"

#include "base/text.h"
#include "io/tree.h"
#include "model/workspace.h"
#include "qbg/removal.h"
#include "qbg/vocabulary.h"

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

static qbg__span name_at(const qbg__export *self, uint32_t table) {
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
        qbg__span known = name_at(self, at);
        if (known.size == name.size && memcmp(known.bytes, name.bytes, name.size) == 0) break;
        at++;
    }
    if (at == self->table_count) status = add_table(self, name, &at);
    self->fed_count = self->table_count;
    if (status == QBG_OK) *out_bytes = &self->tables[at].bytes;
    return status;
}

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

static qbg_blob *tell(qbg__export *self, int field, int32_t refused) {
    qbg__span heading = qbg__export_heading(self, self->table, field);
    qbg__span value = qbg__export_cell(self, field);
    return qbg__refusals_add(&self->reader->refusals, QBG__BOOK_TABLES + (int32_t)self->table,
                             self->row, refused, heading.bytes, heading.size, value.bytes,
                             value.size);
}

/* What was remarked about a row that is refused need not be known. */
qbg_status qbg__export_refuse(qbg__export *self, int field, const char *reason) {
    qbg__refusals_cut(&self->reader->refusals, self->refusals);
    qbg_blob *text = tell(self, field, 1);
    qbg__blob_text(text, reason);
    return text->status == QBG_OK ? QBG_E_REFUSED : text->status;
}

qbg_status qbg__export_remark(qbg__export *self, int field, const char *reason) {
    qbg_blob *text = tell(self, field, 0);
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

static size_t keep(qbg_blob *texts, qbg__span text) {
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
    *at = (qbg__export_named){link, keep(texts, key), key.size, 0, name.size};
    at->name = keep(texts, name);
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

static qbg_status tell_skips(qbg__export *self) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->skip_count && status == QBG_OK; i++) {
        const qbg__export_skip *at = &self->skips[i];
        self->row = at->row;
        qbg_blob *text = tell(self, QBG__NO_FIELD, 0);
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
static qbg_status translate_row(qbg__export *self) {
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
static qbg_status gather_row(qbg__export *self) {
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

/* ---- one table ------------------------------------------------------------------------------- */

/* A table while it is read. */
typedef struct sheet {
    qbg__csv csv;
    uint32_t headings;
    uint32_t places[QBG__DIALECT_FIELDS]; /* the cell of each field; QBG_NONE: none */
    uint32_t product;                     /* the cell that names the solution, or QBG_NONE */
    uint8_t *is_placed;                   /* for each heading: 1 it is a field, 2 it was told */
} sheet;

static qbg__span span_of(const qbg__csv_cell *cell) { return (qbg__span){cell->bytes, cell->size}; }

/* The heading that one of these is, the best one first; QBG_NONE: none. */
static uint32_t find_heading(const sheet *of, const char *list) {
    char name[QBG__HEADING], heading[QBG__HEADING];
    for (const char *at = list;;) {
        size_t length = strcspn(at, "|");
        qbg__dialect_fold((qbg__span){at, length}, name);
        for (uint32_t i = 0; i < of->headings; i++) {
            qbg__dialect_fold(span_of(&of->csv.cells[i]), heading);
            if (name[0] != '\0' && strcmp(name, heading) == 0) return i;
        }
        if (at[length] == '\0') return QBG_NONE;
        at += length + 1;
    }
}

static int has_headings(const sheet *of, const char *headings) {
    char one[QBG__HEADING];
    for (const char *at = headings; at && *at != '\0';) {
        int has_all = 1;
        size_t length = strcspn(at, "|");
        for (size_t from = 0; from < length;) {
            size_t size = strcspn(at + from, "+|");
            if (size >= sizeof one) return 0;
            memcpy(one, at + from, size);
            one[size] = '\0';
            has_all &= find_heading(of, one) != QBG_NONE;
            from += size + 1;
        }
        if (has_all) return 1;
        at += length + (at[length] == '|');
    }
    return 0;
}

static const qbg__dialect_object *recognise(const qbg__export *self, const sheet *of) {
    const qbg__export_table *table = &self->tables[self->table];
    qbg__span name = name_at(self, self->table);
    if (table->type_size > 0) name = (qbg__span){self->names.bytes + table->type, table->type_size};
    const qbg__dialect_object *found = qbg__dialect_find(self->dialect, name);
    if (!found && qbg__dialect_is_elsewhere(self->dialect, name)) return NULL;
    for (uint32_t i = 0; i < self->dialect->object_count && !found; i++)
        if (has_headings(of, self->dialect->objects[i].headings))
            found = &self->dialect->objects[i];
    return found;
}

static qbg_status keep_heading(qbg__export *self, const sheet *of, int field) {
    qbg__export_table *table = &self->tables[self->table];
    if (of->places[field] == QBG_NONE || table->heading_sizes[field] > 0) return QBG_OK;
    qbg__span heading = span_of(&of->csv.cells[of->places[field]]);
    table->headings[field] = keep(&self->names, heading);
    table->heading_sizes[field] = heading.size;
    return self->names.status;
}

static qbg_status place_fields(qbg__export *self, sheet *of) {
    static const char *const common[QBG__FIELD_OWN] = {"isdeleted|archived", "fivetrandeleted",
                                                       "fivetranactive"};
    qbg_status status = QBG_OK;
    int count = QBG__FIELD_OWN + (int)self->object->field_count;
    for (int i = 0; i < QBG__DIALECT_FIELDS; i++) of->places[i] = QBG_NONE;
    for (int i = 0; i < count && status == QBG_OK; i++) {
        of->places[i] = find_heading(
            of, i < QBG__FIELD_OWN ? common[i] : self->object->fields[i - QBG__FIELD_OWN]);
        if (of->places[i] != QBG_NONE) of->is_placed[of->places[i]] = 1;
        status = keep_heading(self, of, i);
    }
    if (self->object->entity != QBG__DIALECT_OPPORTUNITY || self->column_size == 0) return status;
    of->product = find_heading(of, self->names.bytes + self->column);
    if (of->product != QBG_NONE) of->is_placed[of->product] = 1;
    return status;
}

static qbg_status refuse_table(qbg__export *self, const char *reason) {
    self->refusals = self->reader->refusals.count;
    self->row = 1;
    return qbg__export_refuse(self, QBG__NO_FIELD, reason);
}

/* QBG_E_REFUSED: its header does not read. */
static qbg_status read_header(qbg__export *self, sheet *of) {
    of->headings = of->csv.cell_count;
    of->product = QBG_NONE;
    self->tables[self->table].object = self->object = NULL;
    for (uint32_t i = 0; i < of->headings; i++)
        if (!qbg__text_is_utf8(of->csv.cells[i].bytes, of->csv.cells[i].size))
            return refuse_table(self, "the header is not UTF-8; save the file as UTF-8");
    if (of->csv.fault != QBG__CSV_FINE)
        return refuse_table(self, "the header does not read as CSV (a quote too many or too few); "
                                  "the table was not loaded");
    self->object = self->tables[self->table].object = recognise(self, of);
    if (!self->object) return QBG_OK;
    of->is_placed = qbg__mem_alloc_zeroed(&self->mem, of->headings);
    return of->is_placed ? place_fields(self, of) : QBG_E_MEMORY;
}

static qbg__span cell_at(const sheet *of, uint32_t place) {
    qbg__span cell = {"", 0};
    if (place >= of->csv.cell_count) return cell; /* QBG_NONE included */
    cell = span_of(&of->csv.cells[place]);
    qbg__text_trim(&cell.bytes, &cell.size);
    return cell;
}

static int is_empty_row(const sheet *of) {
    for (uint32_t i = 0; i < of->csv.cell_count; i++)
        if (of->csv.cells[i].size > 0) return 0;
    return of->csv.fault == QBG__CSV_FINE;
}

/* Is it a field of keys? Their headings end so. */
static int is_id(const qbg__dialect_object *object, int field) {
    const char *name = field < QBG__FIELD_OWN ? "" : object->fields[field - QBG__FIELD_OWN];
    size_t size = strcspn(name, "|");
    return size >= 2 && memcmp(name + size - 2, "id", 2) == 0;
}

/* Tables of one export may have Ids in different forms. */
static void lengthen_ids(qbg__export *self) {
    int count = QBG__FIELD_OWN + (int)self->object->field_count;
    for (int i = QBG__FIELD_OWN; i < count && self->dialect->lengthen; i++)
        if (is_id(self->object, i) && self->dialect->lengthen(self->cells[i], self->ids[i]))
            self->cells[i] = (qbg__span){self->ids[i], QBG__DIALECT_ID};
}

/* QBG_E_REFUSED: the row does not read. */
static qbg_status take_cells(qbg__export *self, const sheet *of) {
    self->row = of->csv.row;
    self->refusals = self->reader->refusals.count;
    for (int i = 0; i < QBG__DIALECT_FIELDS; i++) self->cells[i] = (qbg__span){"", 0};
    self->product = (qbg__span){"", 0};
    if (of->csv.fault != QBG__CSV_FINE)
        return qbg__export_refuse(self, QBG__NO_FIELD, qbg__csv_fault_text(of->csv.fault));
    for (uint32_t i = of->headings; i < of->csv.cell_count; i++)
        if (of->csv.cells[i].size > 0)
            return qbg__export_refuse(self, QBG__NO_FIELD,
                                      "more cells than the header has columns");
    for (int i = 0; i < QBG__DIALECT_FIELDS; i++) {
        qbg__span cell = cell_at(of, of->places[i]);
        if (!qbg__text_is_utf8(cell.bytes, cell.size))
            return qbg__export_refuse(self, i, "not UTF-8, or with a NUL byte");
        self->cells[i] = cell;
    }
    lengthen_ids(self);
    self->product = cell_at(of, of->product);
    if (qbg__text_is_utf8(self->product.bytes, self->product.size)) return QBG_OK;
    return qbg__export_refuse(self, QBG__NO_FIELD, "not UTF-8, or with a NUL byte");
}

/* A column in which something stands that no part takes is told once; an empty one loses nothing.
 */
static void see_columns(const sheet *of) {
    for (uint32_t i = 0; i < of->headings && i < of->csv.cell_count; i++)
        if (!of->is_placed[i] && of->csv.cells[i].size > 0) of->is_placed[i] = 2;
}

static qbg_status tell_columns(qbg__export *self, sheet *of, const qbg_blob *bytes) {
    qbg__csv header;
    qbg_status status = QBG_OK;
    qbg__csv_begin(&header, &self->mem, qbg_blob_data(bytes), bytes->size, 0);
    qbg__csv_next_row(&header);
    for (uint32_t i = 0; i < of->headings && i < header.cell_count && status == QBG_OK; i++) {
        if (of->is_placed[i] != 2) continue;
        qbg_blob *reason =
            qbg__refusals_add(&self->reader->refusals, QBG__BOOK_TABLES + (int32_t)self->table, 1,
                              0, header.cells[i].bytes, header.cells[i].size, NULL, 0);
        qbg__blob_text(reason, "this column has no place in a book; it is ignored");
        status = reason->status;
    }
    if (status == QBG_OK) status = header.status;
    qbg__csv_end(&header);
    return status;
}

typedef qbg_status use_row(qbg__export *self);

/* is_last: what is wrong with a row, and how many there are, is told by the last reading. */
static qbg_status read_rows(qbg__export *self, sheet *of, use_row *use, int is_last) {
    qbg__refusals *refusals = &self->reader->refusals;
    qbg_status status = QBG_OK;
    while ((status == QBG_OK || status == QBG_E_REFUSED) && qbg__csv_next_row(&of->csv)) {
        uint32_t before = refusals->count;
        if (is_empty_row(of)) continue;
        if (is_last) self->tables[self->table].rows++;
        status = take_cells(self, of);
        if (is_last) see_columns(of);
        if (status == QBG_OK) status = use(self);
        if (!is_last && refusals->texts.status == QBG_OK) qbg__refusals_cut(refusals, before);
    }
    if (status == QBG_E_REFUSED) status = QBG_OK;
    return status == QBG_OK ? of->csv.status : status;
}

static qbg_status tell_no_place(qbg__export *self, qbg__csv *csv) {
    while (qbg__csv_skip_row(csv)) continue;
    self->tables[self->table].rows = csv->row - 1;
    self->row = 1;
    return qbg__export_remark(self, QBG__NO_FIELD,
                              "this table has no place in a book; its rows are not loaded");
}

static qbg_status read_sheet(qbg__export *self, sheet *of, use_row *use, int is_last) {
    uint32_t before = self->reader->refusals.count;
    const qbg_blob *bytes = &self->tables[self->table].bytes;
    if (!qbg__csv_next_row(&of->csv)) return of->csv.status;
    qbg_status status = read_header(self, of);
    if (status == QBG_E_REFUSED) { /* nothing of the table is read, and that is told once */
        if (!is_last) qbg__refusals_cut(&self->reader->refusals, before);
        while (qbg__csv_skip_row(&of->csv)) continue;
        self->tables[self->table].rows = of->csv.row - 1;
        return of->csv.status;
    }
    if (status != QBG_OK) return status;
    if (!self->object) return is_last ? tell_no_place(self, &of->csv) : QBG_OK;
    self->skip_count = 0;
    status = read_rows(self, of, use, is_last);
    if (status == QBG_OK && is_last) status = tell_skips(self);
    return status == QBG_OK && is_last ? tell_columns(self, of, bytes) : status;
}

static qbg_status read_table(qbg__export *self, uint32_t number, use_row *use, int is_last) {
    sheet of;
    const qbg_blob *bytes = &self->tables[number].bytes;
    memset(&of, 0, sizeof of);
    self->table = number;
    qbg__csv_begin(&of.csv, &self->mem, qbg_blob_data(bytes), bytes->size, 0);
    qbg_status status = read_sheet(self, &of, use, is_last);
    qbg__mem_free(&self->mem, of.is_placed, of.headings);
    qbg__csv_end(&of.csv);
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
    self->tables[number].is_tree = 1;
    qbg_status status = qbg__tree_read(&tree, qbg_blob_data(bytes), bytes->size);
    if (status == QBG_OK) status = add_tree(self, number, &tree);
    qbg__tree_end(&tree);
    if (status != QBG_E_FORMAT) return status;
    self->table = number;
    status = refuse_table(self, "this JSON does not read, or is no tree of records");
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

static qbg_status read_all(qbg__export *self, use_row *use, int is_last) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->table_count && status == QBG_OK; i++)
        if (!self->tables[i].is_tree) status = read_table(self, i, use, is_last);
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
    if (status == QBG_OK) status = read_all(self, gather_row, 0);
    if (status == QBG_OK) status = read_all(self, translate_row, 1);
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
