/* export_sheet: one table of a CRM's export: what it is, where its fields stand, and its rows one
 * after the other; see export.h. */
#include "io/export.h"

#include "base/text.h"

#include <string.h>

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
    qbg__span name = qbg__export_table_name(self, self->table);
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
    table->headings[field] = qbg__export_keep(&self->names, heading);
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

qbg_status qbg__export_refuse_table(qbg__export *self, const char *reason) {
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
            return qbg__export_refuse_table(self,
                                            "the header is not UTF-8; save the file as UTF-8");
    if (of->csv.fault != QBG__CSV_FINE)
        return qbg__export_refuse_table(
            self, "the header does not read as CSV (a quote too many or too few); "
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

/* is_last: what is wrong with a row, and how many there are, is told by the last reading. */
static qbg_status read_rows(qbg__export *self, sheet *of, qbg__export_use *use, int is_last) {
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

static qbg_status read_sheet(qbg__export *self, sheet *of, qbg__export_use *use, int is_last) {
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
    if (status == QBG_OK && is_last) status = qbg__export_tell_skips(self);
    return status == QBG_OK && is_last ? tell_columns(self, of, bytes) : status;
}

qbg_status qbg__export_read_table(qbg__export *self, uint32_t number, qbg__export_use *use,
                                  int is_last) {
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
