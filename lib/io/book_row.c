/* book_row: header, columns and the form of rows; see book_row.h. Columns are found from the
 * header, anew each time that a table is gone on with: so between two steps an import holds nothing
 * but its place. Each row's cells are copied into one block, so that the model gets NUL-terminated
 * texts and no cell outlives its row. */
#include "io/book_row.h"

#include "base/text.h"
#include "io/book_load.h"
#include "io/book_signals.h"
#include "io/tracking.h"

#include <string.h>

/* A table on its way. */
typedef struct sheet {
    qbg__book_row row;
    int is_first; /* what is wrong with its form is told */
    qbg__csv csv;
    uint32_t heading_cells;             /* cells of the header */
    uint32_t headings;                  /* without empty ones at its end */
    uint32_t places[QBG__BOOK_COLUMNS]; /* the cell of each column; QBG_NONE: not there */
    uint32_t there[QBG__BOOK_COLUMNS];  /* the columns that are */
    uint32_t there_count;
    qbg_blob texts; /* the cells of the row at hand, a NUL behind each */
} sheet;

/* ---- telling --------------------------------------------------------------------------------- */

static qbg_blob *tell(const qbg__book_row *row, int column, int32_t refused) {
    const char *name = column < 0 ? "" : row->table->columns[column];
    const char *value = column < 0 ? "" : row->cells[column].text;
    size_t size = column < 0 ? 0 : row->cells[column].size;
    return qbg__refusals_add(&row->reader->refusals, row->number, row->row, refused, name,
                             strlen(name), value, size);
}

qbg_blob *qbg__book_refusing(const qbg__book_row *row, int column) { return tell(row, column, 1); }

qbg_status qbg__book_refused(const qbg__book_row *row) {
    qbg_status status = row->reader->refusals.texts.status;
    return status == QBG_OK ? QBG_E_REFUSED : status;
}

qbg_status qbg__book_refuse(const qbg__book_row *row, int column, const char *reason) {
    qbg__blob_text(qbg__book_refusing(row, column), reason);
    return qbg__book_refused(row);
}

qbg_status qbg__book_remark(const qbg__book_row *row, int column, const char *reason) {
    qbg__blob_text(tell(row, column, 0), reason);
    return row->reader->refusals.texts.status;
}

int qbg__book_is_given(const qbg__book_row *row, uint32_t number) {
    const qbg__book_given *given = &row->reader->given[row->number];
    return number < given->count && given->rows[number] != 0;
}

qbg_status qbg__book_give(const qbg__book_row *row, uint32_t number) {
    qbg__book_given *given = &row->reader->given[row->number];
    qbg_status status = qbg__mem_reserve(&row->reader->mem, &given->rows, &given->capacity,
                                         (uint64_t)number + 1, sizeof *given->rows);
    if (status != QBG_OK) return status;
    while (given->count <= number) given->rows[given->count++] = 0;
    if (given->rows[number] == 0) given->rows[number] = row->row;
    return QBG_OK;
}

qbg_status qbg__book_remark_again(const qbg__book_row *row, int column, uint32_t number) {
    if (!qbg__book_is_given(row, number)) return qbg__book_give(row, number);
    return qbg__book_remark(row, column,
                            "this key is given above, too; the filled cells of this row count");
}

/* What is wrong with the form of a table is told when it is read first. column: a heading or NULL;
 * cell: what stands there or NULL. */
static qbg_blob *tell_form(sheet *self, int32_t refused, const char *column, size_t column_size,
                           const qbg__csv_cell *cell) {
    return qbg__refusals_add(&self->row.reader->refusals, self->row.number, self->csv.row, refused,
                             column, column_size, cell ? cell->bytes : NULL, cell ? cell->size : 0);
}

static qbg_status refuse_form(sheet *self, const char *column, const qbg__csv_cell *cell,
                              const char *reason) {
    if (self->is_first)
        qbg__blob_text(tell_form(self, 1, column, column ? strlen(column) : 0, cell), reason);
    return qbg__book_refused(&self->row);
}

/* ---- header ---------------------------------------------------------------------------------- */

static int is_blank(const qbg__csv_cell *cell) {
    for (size_t i = 0; i < cell->size; i++)
        if (cell->bytes[i] != ' ' && cell->bytes[i] != '\t') return 0;
    return 1;
}

/* Blanks in quotes are meant; other blanks are no value. */
static int is_empty(const qbg__csv_cell *cell) {
    return cell->size == 0 || (!cell->quoted && is_blank(cell));
}

/* The column of that name in any case, or -1. Tracking tables have Russian headings, too. */
static int find_column(const qbg__book_row *row, const qbg__csv_cell *heading) {
    if (row->number == QBG__BOOK_TRACKING)
        return qbg__tracking_find_column(heading->bytes, heading->size);
    for (uint32_t i = 0; i < row->table->column_count; i++) {
        const char *name = row->table->columns[i];
        if (qbg__text_same(name, strlen(name), heading->bytes, heading->size)) return (int)i;
    }
    return -1;
}

static qbg_status remark_unknown(sheet *self, const qbg__csv_cell *heading) {
    if (!self->is_first) return QBG_OK;
    qbg_blob *reason = tell_form(self, 0, heading->bytes, heading->size, NULL);
    qbg__blob_text(reason, is_empty(heading) ? "a column without a heading; it is ignored"
                                             : "unknown column; it is ignored");
    return reason->status;
}

static qbg_status place_column(sheet *self, uint32_t place) {
    const qbg__csv_cell *heading = &self->csv.cells[place];
    int column = find_column(&self->row, heading);
    if (column < 0) return remark_unknown(self, heading);
    if (self->places[column] != QBG_NONE)
        return refuse_form(self, self->row.table->columns[column], heading,
                           "this column is there twice; the table was not loaded");
    self->places[column] = place;
    self->there[self->there_count++] = (uint32_t)column;
    self->row.columns |= 1u << column;
    return QBG_OK;
}

static qbg_status check_needed(sheet *self) {
    const qbg__book_table *table = self->row.table;
    for (uint32_t i = 0; i < table->column_count; i++)
        if (table->needed >> i & 1 && self->places[i] == QBG_NONE)
            return refuse_form(self, table->columns[i], NULL,
                               "this column is required and not in the header; the table was not "
                               "loaded");
    return QBG_OK;
}

/* Its encoding first: of another one, as UTF-16, any byte may look like a quote. */
static qbg_status check_header(sheet *self) {
    for (uint32_t i = 0; i < self->csv.cell_count; i++) {
        const qbg__csv_cell *cell = &self->csv.cells[i];
        if (!qbg__text_is_utf8(cell->bytes, cell->size))
            return refuse_form(self, NULL, cell, "the header is not UTF-8; save the file as UTF-8");
    }
    if (self->csv.fault == QBG__CSV_FINE) return QBG_OK;
    return refuse_form(self, NULL, &self->csv.cells[self->csv.fault_column - 1],
                       "the header does not read as CSV (a quote too many or too few); the "
                       "table was not loaded");
}

static qbg_status read_header(sheet *self) {
    for (uint32_t i = 0; i < QBG__BOOK_COLUMNS; i++) {
        self->places[i] = QBG_NONE;
        self->row.cells[i] = (qbg__book_cell){"", 0};
    }
    self->headings = self->heading_cells = self->csv.cell_count;
    while (self->headings > 0 && is_empty(&self->csv.cells[self->headings - 1])) self->headings--;
    qbg_status status = check_header(self);
    for (uint32_t i = 0; i < self->headings && status == QBG_OK; i++)
        status = place_column(self, i);
    return status == QBG_OK ? check_needed(self) : status;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* The name of the column where a cell stands, or NULL. */
static const char *column_of(const sheet *self, uint32_t place) {
    for (uint32_t i = 0; i < self->row.table->column_count; i++)
        if (self->places[i] == place) return self->row.table->columns[i];
    return NULL;
}

/* A quote that closes lines below took them along; whoever looks for them must be told. */
static void tell_lines(const sheet *self, qbg_blob *reason) {
    if (self->csv.last_line == self->csv.line) return;
    qbg__blob_text(reason, "; lines ");
    qbg__blob_int(reason, (int64_t)self->csv.line);
    qbg__blob_text(reason, " to ");
    qbg__blob_int(reason, (int64_t)self->csv.last_line);
    qbg__blob_text(reason, " were read into this row");
}

static qbg_status refuse_fault(sheet *self) {
    uint32_t place = self->csv.fault_column - 1;
    const char *column = column_of(self, place);
    qbg_blob *reason =
        tell_form(self, 1, column, column ? strlen(column) : 0, &self->csv.cells[place]);
    qbg__blob_text(reason, qbg__csv_fault_text(self->csv.fault));
    qbg__blob_text(reason, "; write a quote inside a cell twice, and the cell in quotes");
    tell_lines(self, reason);
    return qbg__book_refused(&self->row);
}

static qbg_status check_text(sheet *self, uint32_t column) {
    const qbg__csv_cell *cell = &self->csv.cells[self->places[column]];
    if (qbg__text_is_utf8(cell->bytes, cell->size)) return QBG_OK;
    return refuse_form(self, self->row.table->columns[column], cell,
                       memchr(cell->bytes, '\0', cell->size) ? "a NUL byte, which no text has"
                                                             : "not UTF-8");
}

/* The cell of a column, or NULL when it is empty. */
static const qbg__csv_cell *cell_of(const sheet *self, uint32_t column) {
    uint32_t place = self->places[column];
    if (place >= self->csv.cell_count) return NULL; /* QBG_NONE included */
    const qbg__csv_cell *cell = &self->csv.cells[place];
    return is_empty(cell) ? NULL : cell;
}

static qbg_status check_form(sheet *self) {
    if (self->csv.fault != QBG__CSV_FINE) return refuse_fault(self);
    for (uint32_t i = self->headings; i < self->csv.cell_count; i++)
        if (!is_empty(&self->csv.cells[i]))
            return refuse_form(self, NULL, &self->csv.cells[i],
                               "more cells than the header has columns");
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->row.table->column_count && status == QBG_OK; i++)
        if (cell_of(self, i)) status = check_text(self, i);
    return status;
}

static qbg_status check_filled(sheet *self) {
    const qbg__book_table *table = self->row.table;
    for (uint32_t i = 0; i < table->column_count; i++)
        if (table->filled >> i & 1 && !cell_of(self, i))
            return refuse_form(self, table->columns[i], NULL, "a value is required here");
    return QBG_OK;
}

/* Copies the cells; their addresses are known once all are there. */
static qbg_status take_cells(sheet *self) {
    uint32_t count = self->row.table->column_count;
    qbg__blob_clear(&self->texts);
    for (uint32_t i = 0; i < count; i++) {
        const qbg__csv_cell *cell = cell_of(self, i);
        if (!cell) continue;
        qbg__blob_bytes(&self->texts, cell->bytes, cell->size);
        qbg__blob_char(&self->texts, '\0');
    }
    if (self->texts.status != QBG_OK) return self->texts.status;
    const char *at = self->texts.bytes;
    self->row.given = 0;
    for (uint32_t i = 0; i < count; i++) {
        const qbg__csv_cell *cell = cell_of(self, i);
        self->row.cells[i] = (qbg__book_cell){"", 0};
        if (!cell) continue;
        self->row.cells[i] = (qbg__book_cell){at, cell->size};
        self->row.given |= 1u << i;
        at += cell->size + 1;
    }
    return QBG_OK;
}

/* A spreadsheet leaves such rows at its end. They say nothing, so nothing is lost. */
static int is_empty_row(const sheet *self) {
    if (self->csv.fault != QBG__CSV_FINE) return 0;
    for (uint32_t i = 0; i < self->csv.cell_count; i++)
        if (!is_empty(&self->csv.cells[i])) return 0;
    return 1;
}

/* What a loader did not foresee is told in the words of the status. */
static qbg_status check_told(const qbg__book_row *row, qbg_status status) {
    if (status == QBG_OK || status == QBG_E_REFUSED || status == QBG_E_MEMORY) return status;
    return qbg__book_refuse(row, -1, qbg_status_text(status));
}

/* ---- passes ---------------------------------------------------------------------------------- */

static int has_number(const qbg__book_set *set, uint64_t number) {
    return number / 64 < set->count && (set->words[number / 64] >> number % 64 & 1);
}

static qbg_status add_number(qbg__mem *mem, qbg__book_set *set, uint64_t number) {
    uint64_t need = number / 64 + 1;
    qbg_status status =
        qbg__mem_reserve(mem, &set->words, &set->capacity, need, sizeof *set->words);
    if (status != QBG_OK) return status;
    while (set->count < need) set->words[set->count++] = 0;
    set->words[number / 64] |= (uint64_t)1 << number % 64;
    return QBG_OK;
}

/* By an earlier pass over the same table. */
static int was_refused(const sheet *self) {
    const qbg_book_reader *reader = self->row.reader;
    for (uint32_t i = 0; !self->is_first && i < reader->place.pass; i++)
        if (qbg__book_passes[i].table == self->row.number &&
            has_number(&reader->refused[i], self->csv.row))
            return 1;
    return 0;
}

/* A wider table is read cell by cell. */
#define PLAIN_CELLS 24

/* Copies a plain row whole and ends its cells, each where a separator or the line's end was; 0
 * when one of them has to be looked at more closely. size: of the row. */
static int take_plain_cells(sheet *self, const qbg__span *cells, size_t size) {
    char *copy = self->texts.bytes;
    for (uint32_t i = self->headings; i < self->heading_cells; i++)
        if (cells[i].size > 0) return 0;
    if (!qbg__text_is_utf8(cells[0].bytes, size)) return 0;
    memcpy(copy, cells[0].bytes, size);
    self->row.given = 0;
    for (uint32_t i = 0; i < self->there_count; i++) {
        const uint32_t column = self->there[i];
        const qbg__span cell = cells[self->places[column]];
        char *text = copy + (cell.bytes - cells[0].bytes);
        text[cell.size] = '\0';
        self->row.cells[column] = (qbg__book_cell){text, cell.size};
        self->row.given |= (uint32_t)(cell.size > 0) << column;
    }
    return (self->row.table->filled & ~self->row.given) == 0;
}

/* Takes the next row the short way, which most rows go; 0: it is still the next one, and
 * qbg__csv_next_row reads it. */
static int take_plain_row(sheet *self) {
    qbg__span cells[PLAIN_CELLS];
    const qbg__csv_place before = qbg__csv_tell(&self->csv);
    if (self->heading_cells > PLAIN_CELLS || self->texts.capacity == 0) return 0;
    if (!qbg__csv_plain_row(&self->csv, self->heading_cells, cells)) return 0;
    size_t size = qbg__csv_tell(&self->csv).at - before.at;
    if (size <= self->texts.capacity && take_plain_cells(self, cells, size)) {
        if (self->texts.written < size) self->texts.written = size;
        return 1;
    }
    qbg__csv_seek(&self->csv, before);
    return 0;
}

/* Loads the cells that were taken. */
static qbg_status load_cells(sheet *self, qbg__book_load *load) {
    self->row.row = self->csv.row;
    qbg__change change = qbg__begin(self->row.workspace);
    return qbg__end(change, check_told(&self->row, load(&self->row)));
}

static qbg_status load_row(sheet *self, qbg__book_load *load) {
    if (is_empty_row(self)) return QBG_OK;
    qbg_status status = check_form(self);
    if (status == QBG_OK) status = check_filled(self);
    if (status == QBG_OK) status = take_cells(self);
    return status == QBG_OK ? load_cells(self, load) : status;
}

/* A refused row is told and done with, also when its table is read again; only memory stops a
 * table. */
static qbg_status load_rows(sheet *self, qbg__book_load *load, uint64_t *rows) {
    qbg_book_reader *reader = self->row.reader;
    for (; *rows > 0; --*rows) {
        int is_plain = take_plain_row(self);
        qbg_status status = QBG_OK;
        if (!is_plain && !qbg__csv_next_row(&self->csv)) break;
        if (!was_refused(self)) status = is_plain ? load_cells(self, load) : load_row(self, load);
        if (status == QBG_E_REFUSED)
            status = add_number(&reader->mem, &reader->refused[reader->place.pass], self->csv.row);
        if (status != QBG_OK) return status;
    }
    return self->csv.status;
}

/* Takes turns: as many rows at once as are plain, then those that stopped it one by one. */
static qbg_status load_signals(sheet *self, qbg__book_load *load, uint64_t *rows) {
    qbg__book_block block;
    qbg_status status = QBG_OK;
    qbg__book_block_begin(&block, self->row.reader, &self->csv, self->places, self->headings,
                          self->heading_cells);
    while (status == QBG_OK && *rows > 0 && !qbg__csv_is_at_end(&self->csv)) {
        uint64_t single = 0;
        status = qbg__book_block_load(&block, rows, &single);
        if (single > *rows) single = *rows;
        *rows -= single;
        if (status == QBG_OK) status = load_rows(self, load, &single);
        *rows += single;
    }
    qbg__book_block_end(&block);
    return status;
}

/* The table's columns, and then the row where it is to be gone on. QBG_E_REFUSED: it is not to be
 * read, and that is told. */
static qbg_status open_sheet(sheet *self, int is_first) {
    const qbg__csv_place *in = &self->row.reader->place.in;
    self->is_first = is_first && in->row == 0;
    if (!qbg__csv_next_row(&self->csv)) return self->csv.status;
    qbg_status status = read_header(self);
    self->is_first = is_first;
    if (in->row > 0) qbg__csv_seek(&self->csv, *in);
    return status;
}

static void begin_sheet(sheet *self, qbg_book_reader *reader, int32_t table) {
    memset(self, 0, sizeof *self);
    self->row.reader = reader;
    self->row.workspace = reader->workspace;
    self->row.number = table;
    self->row.table = qbg__book_table_at(table);
    qbg__blob_begin(&self->texts, &reader->mem);
    qbg__csv_begin(&self->csv, &reader->mem, qbg_blob_data(&reader->fed[table]),
                   reader->fed[table].size, reader->place.in.separator);
}

static void end_sheet(sheet *self) {
    qbg__csv_end(&self->csv);
    qbg__blob_end(&self->texts);
}

static void begin_pass(qbg_book_reader *reader, const qbg__book_pass *pass) {
    reader->refused[reader->place.pass].count = 0;
    if (!pass->is_first) return;
    reader->given[pass->table].count = 0;
    reader->seen[pass->table].is_read = 0;
}

static void end_pass(qbg__book_place *place) {
    place->in = (qbg__csv_place){0, 0, 0, 0};
    place->pass++;
}

/* Has a pass over a table that was read before nothing to do? */
static int is_idle(const qbg_book_reader *reader, const qbg__book_pass *pass) {
    const qbg__book_seen *seen = &reader->seen[pass->table];
    return !pass->is_first && pass->needs >= 0 && seen->is_read &&
           !(seen->columns >> pass->needs & 1);
}

/* Its rows count as read, for there is no other measure of how far an import has come. */
static void pass_over(qbg_book_reader *reader, const qbg__book_pass *pass, uint64_t *rows) {
    qbg__book_place *place = &reader->place;
    uint64_t all = reader->seen[pass->table].rows;
    uint64_t behind = place->in.row > 0 ? place->in.row - 1 : 0;
    uint64_t count = *rows < all - behind ? *rows : all - behind;
    place->in.row = 1 + behind + count;
    place->done += count;
    *rows -= count;
    if (behind + count == all) end_pass(place);
}

/* What later passes over the same table need not look for again. */
static void see(sheet *self, const qbg__book_place *place) {
    self->row.reader->seen[self->row.number] =
        (qbg__book_seen){1, self->row.columns, place->in.row > 0 ? place->in.row - 1 : 0};
}

qbg_status qbg__book_read(qbg_book_reader *reader, uint64_t *rows) {
    sheet self;
    qbg__book_place *place = &reader->place;
    const qbg__book_pass *pass = &qbg__book_passes[place->pass];
    uint64_t left = *rows;
    if (place->in.row == 0) begin_pass(reader, pass);
    if (is_idle(reader, pass)) {
        pass_over(reader, pass, rows);
        return QBG_OK;
    }
    begin_sheet(&self, reader, pass->table);
    qbg_status status = open_sheet(&self, pass->is_first);
    if (status == QBG_OK)
        status = pass->load == qbg__book_load_signal ? load_signals(&self, pass->load, &left)
                                                     : load_rows(&self, pass->load, &left);
    if (status == QBG_OK) {
        place->in = qbg__csv_tell(&self.csv);
        place->done += *rows - left;
        if (qbg__csv_is_at_end(&self.csv)) {
            if (pass->is_first) see(&self, place);
            end_pass(place);
        }
        *rows = left;
    } else if (status == QBG_E_REFUSED) { /* the header: nothing of the table is read */
        uint64_t count = qbg__book_count(reader, pass->table);
        if (pass->is_first) reader->seen[pass->table].rows = count;
        place->done += count;
        end_pass(place);
        status = QBG_OK;
    }
    end_sheet(&self);
    return status;
}

uint64_t qbg__book_count(const qbg_book_reader *reader, int32_t table) {
    qbg__csv csv;
    const qbg_blob *fed = &reader->fed[table];
    qbg__csv_begin(&csv, &reader->mem, qbg_blob_data(fed), fed->size, 0);
    while (qbg__csv_skip_row(&csv)) continue;
    uint64_t rows = csv.row > 0 ? csv.row - 1 : 0;
    qbg__csv_end(&csv);
    return rows;
}
