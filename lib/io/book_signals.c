/* book_signals: loads signals, of which a book has more than of all else; see book_signals.h. One
 * row at a time is the reference. Most rows go a faster way beside it: those that are plain, in
 * which nothing has to be told, remarked or unquoted, become columns and are appended by the
 * thousand. A block is a change of its own: if a row of it is refused after all, the block never
 * was, and its rows are read one by one, so that there is one place where refusals are told. */
#include "io/book_signals.h"

#include "io/book_cells.h"
#include "io/book_load.h"

#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))

/* ---- one by one ------------------------------------------------------------------------------ */

enum {
    SIGNAL_TIME,
    SIGNAL_KIND,
    SIGNAL_ACCOUNT,
    SIGNAL_CONTACT,
    SIGNAL_VISITOR,
    SIGNAL_SOLUTION,
    SIGNAL_OPPORTUNITY,
    SIGNAL_CONTENT,
    SIGNAL_EVENT
};
static const char *const signal_columns[] = {
    "time", "kind", "account", "contact", "visitor", "solution", "opportunity", "content", "event"};
const qbg__book_table qbg__book_signals = {"signals",
                                           signal_columns,
                                           COUNT(signal_columns),
                                           1u << SIGNAL_TIME | 1u << SIGNAL_KIND,
                                           1u << SIGNAL_TIME | 1u << SIGNAL_KIND,
                                           0};

static qbg_status set_rows(const qbg__book_row *row, qbg_signal *signal) {
    qbg_account *account = NULL;
    qbg_contact *contact = NULL;
    qbg_solution *solution = NULL;
    qbg_opportunity *opportunity = NULL;
    qbg_status status = qbg__book_account(row, SIGNAL_ACCOUNT, &account);
    if (status == QBG_OK) status = qbg__book_contact(row, SIGNAL_CONTACT, &contact);
    if (status == QBG_OK) status = qbg__book_solution(row, SIGNAL_SOLUTION, &solution);
    if (status == QBG_OK) status = qbg__book_opportunity(row, SIGNAL_OPPORTUNITY, &opportunity);
    if (status == QBG_OK) status = qbg_signal_set_account(signal, account);
    if (status == QBG_OK) status = qbg_signal_set_contact(signal, contact);
    if (status == QBG_OK) status = qbg_signal_set_solution(signal, solution);
    if (status == QBG_OK) status = qbg_signal_set_opportunity(signal, opportunity);
    return status;
}

static qbg_status set_texts(const qbg__book_row *row, qbg_signal *signal) {
    qbg_status status = qbg_signal_set_visitor(signal, qbg__book_text(row, SIGNAL_VISITOR));
    if (status == QBG_OK)
        status = qbg_signal_set_content(signal, qbg__book_text(row, SIGNAL_CONTENT));
    if (status == QBG_OK) status = qbg_signal_set_event(signal, qbg__book_text(row, SIGNAL_EVENT));
    return status;
}

#define KNOWN "known already; it is counted once"

static qbg_status record(const qbg__book_row *row) {
    int32_t is_duplicate = 0;
    qbg_status status = qbg_record(row->workspace, row->reader->signal, NULL, &is_duplicate);
    if (status == QBG_E_CONFLICT)
        return qbg__book_refuse(row, SIGNAL_EVENT,
                                "an event with this id is known with other content; the first "
                                "stays");
    if (status != QBG_OK || !is_duplicate) return status;
    return qbg__book_remark(row, SIGNAL_EVENT, KNOWN);
}

qbg_status qbg__book_load_signal(qbg__book_row *row) {
    int64_t time = QBG_UNDATED;
    qbg_signal *signal = row->reader->signal;
    qbg_signal_clear(signal);
    qbg_status status = qbg__book_time(row, SIGNAL_TIME, &time);
    if (status == QBG_OK) status = qbg_signal_set_time(signal, time);
    if (status != QBG_OK) return status;
    status = qbg_signal_set_kind(signal, qbg__book_text(row, SIGNAL_KIND));
    if (status == QBG_E_NOT_FOUND)
        return qbg__book_refuse(row, SIGNAL_KIND, "no kind has this key");
    if (status == QBG_OK) status = set_rows(row, signal);
    if (status == QBG_OK) status = set_texts(row, signal);
    return status == QBG_OK ? record(row) : status;
}

/* ---- in blocks ------------------------------------------------------------------------------- */

#define BLOCK 131072u /* rows that are appended together */
#define AHEAD 16u     /* rows that are split before they are looked at */
#define FEW   4u      /* rows in a step that are not worth the columns */

/* Notes a column of keys, if the table has it. */
static void name(qbg__book_block *self, int column, int32_t which, const qbg__rows *rows,
                 const qbg__index *index) {
    if (self->places[column] == QBG_NONE) return;
    self->named[self->named_count++] = (qbg__book_named){
        self->places[column], which, rows, index, &self->reader->keys[which], NULL};
}

static void name_all(qbg__book_block *self) {
    const qbg_workspace *of = self->reader->workspace;
    name(self, SIGNAL_KIND, QBG__BOOK_KEYS_KIND, &of->kinds, &of->kind_index);
    name(self, SIGNAL_ACCOUNT, QBG__BOOK_KEYS_ACCOUNT, &of->accounts, &of->account_index);
    name(self, SIGNAL_CONTACT, QBG__BOOK_KEYS_CONTACT, &of->contacts, &of->contact_index);
    name(self, SIGNAL_SOLUTION, QBG__BOOK_KEYS_SOLUTION, &of->solutions, &of->solution_index);
    name(self, SIGNAL_OPPORTUNITY, QBG__BOOK_KEYS_OPPORTUNITY, &of->opportunities,
         &of->opportunity_index);
}

static void name_texts(qbg__book_block *self) {
    static const int columns[QBG__BOOK_TEXTS] = {[QBG__BOOK_TEXTS_VISITOR] = SIGNAL_VISITOR,
                                                 [QBG__BOOK_TEXTS_CONTENT] = SIGNAL_CONTENT,
                                                 [QBG__BOOK_TEXTS_EVENT] = SIGNAL_EVENT};
    for (int32_t i = 0; i < QBG__BOOK_TEXTS; i++) {
        self->texts[i].place = self->places[columns[i]];
        self->has_texts |= self->texts[i].place != QBG_NONE;
        qbg__blob_begin(&self->texts[i].bytes, &self->reader->mem);
    }
}

void qbg__book_block_begin(qbg__book_block *self, qbg_book_reader *reader, qbg__csv *csv,
                           const uint32_t *places, uint32_t headings, uint32_t cell_count) {
    memset(self, 0, sizeof *self);
    self->reader = reader;
    self->csv = csv;
    self->cell_count = cell_count;
    self->headings = headings;
    memcpy(self->places, places, sizeof self->places);
    name_all(self);
    name_texts(self);
}

void qbg__book_block_end(qbg__book_block *self) {
    qbg__mem *mem = &self->reader->mem;
    qbg__mem_free(mem, self->time, self->capacity * sizeof *self->time);
    qbg__mem_free(mem, self->kind, self->capacity * sizeof *self->kind);
    qbg__mem_free(mem, self->status, self->capacity * sizeof *self->status);
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++)
        qbg__mem_free(mem, self->numbers[i], self->capacity * sizeof *self->numbers[i]);
    for (int32_t i = 0; i < QBG__BOOK_TEXTS; i++) {
        qbg__book_texts *texts = &self->texts[i];
        qbg__mem_free(mem, texts->offsets, (self->capacity + 1) * sizeof *texts->offsets);
        qbg__blob_end(&texts->bytes);
    }
}

/* Room for the rows of a block, or for those that so many bytes may hold, if they are fewer. */
static qbg_status make_room(qbg__book_block *self, uint64_t rows) {
    qbg__mem *mem = &self->reader->mem;
    uint64_t left = (uint64_t)(self->csv->end - self->csv->at) / (2 * (uint64_t)self->cell_count);
    if (self->capacity > 0) return QBG_OK;
    if (rows > left + 1) rows = left + 1;
    uint32_t capacity = rows < BLOCK ? (uint32_t)rows : BLOCK;
    self->time = qbg__mem_alloc(mem, capacity * sizeof *self->time);
    self->kind = qbg__mem_alloc(mem, capacity * sizeof *self->kind);
    self->status = qbg__mem_alloc(mem, capacity * sizeof *self->status);
    int has_failed = !self->time || !self->kind || !self->status;
    for (uint32_t i = 0; i < self->named_count; i++) {
        self->named[i].numbers = qbg__mem_alloc(mem, capacity * sizeof *self->named[i].numbers);
        self->numbers[self->named[i].which] = self->named[i].numbers;
        has_failed |= !self->named[i].numbers;
    }
    for (int32_t i = 0; i < QBG__BOOK_TEXTS; i++) {
        qbg__book_texts *texts = &self->texts[i];
        if (texts->place == QBG_NONE) continue;
        texts->offsets = qbg__mem_alloc_zeroed(mem, (capacity + 1) * sizeof *texts->offsets);
        has_failed |= !texts->offsets;
    }
    self->capacity = capacity;
    return has_failed ? QBG_E_MEMORY : QBG_OK;
}

/* A key that is seen for the first time. QBG_NONE when nothing has it, when only a book may tell of
 * whom it names, or when memory is out. */
static uint32_t ask_for(qbg__book_block *self, const qbg__book_named *of, qbg__span key) {
    const qbg__keyed *row = qbg__row_find_span(of->rows, of->index, key);
    if (!row) return QBG_NONE;
    if (of->rows == &self->reader->workspace->contacts &&
        ((const qbg_contact *)(const void *)row)->is_erased)
        return QBG_NONE;
    self->failure = qbg__book_keys_add(of->keys, &self->reader->mem, of->rows, key, row->number);
    return self->failure == QBG_OK ? row->number : QBG_NONE;
}

/* A row that is split, and the words of its keys. */
typedef struct split_row {
    qbg__span cells[QBG__BOOK_BLOCK_CELLS];
    uint64_t words[QBG__BOOK_KEYS];
} split_row;

/* 0 when a key is given that does not lead to a row. */
static int read_numbers(qbg__book_block *self, const split_row *row) {
    const uint32_t at = self->count, count = self->named_count;
    for (uint32_t i = 0; i < count; i++) {
        const qbg__book_named *of = &self->named[i];
        qbg__span key = row->cells[of->place];
        uint32_t number = QBG_NONE;
        if (key.size > 0) {
            number = qbg__book_keys_find(of->keys, of->rows, key, row->words[i]);
            if (number == QBG_NONE) number = ask_for(self, of, key);
            if (number == QBG_NONE) return 0;
        }
        of->numbers[at] = number;
    }
    return self->numbers[QBG__BOOK_KEYS_KIND][at] != QBG_NONE;
}

static void take_texts(qbg__book_block *self, const split_row *row) {
    for (int32_t i = 0; i < QBG__BOOK_TEXTS && self->has_texts; i++) {
        qbg__book_texts *texts = &self->texts[i];
        if (texts->place == QBG_NONE) continue;
        qbg__span cell = row->cells[texts->place];
        if (cell.size > 0) qbg__blob_bytes(&texts->bytes, cell.bytes, cell.size);
        texts->offsets[self->count + 1] = (int64_t)texts->bytes.size;
    }
}

/* Takes a row into the block; 0: it has to be read on its own. */
static int take_row(qbg__book_block *self, const split_row *row) {
    qbg__span time = row->cells[self->places[SIGNAL_TIME]];
    for (uint32_t i = self->headings; i < self->cell_count; i++)
        if (row->cells[i].size > 0) return 0;
    if (qbg__civil_read_near(&self->day, time.bytes, time.size, &self->time[self->count]) != QBG_OK)
        return 0;
    if (!read_numbers(self, row)) return 0;
    take_texts(self, row);
    self->count++;
    return 1;
}

static void call_keys(const qbg__book_block *self, split_row *row) {
    const uint32_t count = self->named_count;
    for (uint32_t i = 0; i < count; i++) {
        const qbg__book_named *of = &self->named[i];
        qbg__span key = row->cells[of->place];
        if (key.size == 0) continue;
        row->words[i] = qbg__book_keys_word(key, (size_t)(self->csv->end - key.bytes));
        qbg__book_keys_call(of->keys, row->words[i]);
    }
}

/* Back to before a row of those that were split at once: each is a line. */
static void go_back(qbg__csv *csv, qbg__csv_place first, uint32_t rows, const qbg__span *cells) {
    first.at = (size_t)(cells[0].bytes - csv->bytes);
    first.row += rows;
    first.line += rows;
    qbg__csv_seek(csv, first);
}

/* Takes up to `rows` rows, which are split before the first of them is looked at, so that memory
 * has time to find their keys; 0: the next row is another one. */
static int gather_rows(qbg__book_block *self, uint32_t rows) {
    split_row ahead[AHEAD];
    const qbg__csv_place before = qbg__csv_tell(self->csv);
    uint32_t split = 0;
    for (; split < rows; split++) {
        if (!qbg__csv_plain_row(self->csv, self->cell_count, ahead[split].cells)) break;
        call_keys(self, &ahead[split]);
    }
    for (uint32_t i = 0; i < split; i++) {
        if (take_row(self, &ahead[i])) continue;
        go_back(self->csv, before, i, ahead[i].cells);
        return 0;
    }
    return split == rows;
}

/* Up to so many rows. */
static qbg_status gather(qbg__book_block *self, uint64_t rows) {
    self->count = 0;
    qbg_status status = make_room(self, rows);
    if (status != QBG_OK) return status;
    for (int32_t i = 0; i < QBG__BOOK_TEXTS; i++) qbg__blob_rewind(&self->texts[i].bytes);
    if (rows > self->capacity) rows = self->capacity;
    while (self->count < rows) {
        uint32_t left = (uint32_t)rows - self->count;
        if (!gather_rows(self, left < AHEAD ? left : AHEAD)) break;
    }
    status = self->failure;
    for (int32_t i = 0; i < QBG__BOOK_TEXTS && status == QBG_OK; i++)
        status = self->texts[i].bytes.status;
    return status;
}

static const uint32_t *column_of(const qbg__book_block *self, int column, int32_t keys) {
    return self->places[column] == QBG_NONE ? NULL : self->numbers[keys];
}

/* A signal that is known already is remarked, as one that is read alone is. */
static void remark_known(const qbg__book_block *self, uint64_t first) {
    const qbg__book_texts *events = &self->texts[QBG__BOOK_TEXTS_EVENT];
    const char *name = signal_columns[SIGNAL_EVENT];
    for (uint32_t i = 0; i < self->count && events->offsets; i++) {
        if (self->status[i] != QBG_DUPLICATE) continue;
        qbg__span id = qbg__column_text(qbg_blob_data(&events->bytes), events->offsets, i);
        qbg_blob *remark = qbg__refusals_add(&self->reader->refusals, QBG__BOOK_SIGNALS, first + i,
                                             0, name, strlen(name), id.bytes, id.size);
        qbg__blob_text(remark, KNOWN);
    }
}

/* QBG_E_REFUSED: the block was not appended. */
static qbg_status append(const qbg__book_block *self) {
    qbg_workspace *workspace = self->reader->workspace;
    qbg_signal_columns columns = {.size = sizeof columns, .count = self->count};
    uint64_t refused = 0;
    for (uint32_t i = 0; i < self->count; i++)
        self->kind[i] = (uint16_t)self->numbers[QBG__BOOK_KEYS_KIND][i];
    columns.time_s = self->time;
    columns.kind = self->kind;
    columns.account = column_of(self, SIGNAL_ACCOUNT, QBG__BOOK_KEYS_ACCOUNT);
    columns.contact = column_of(self, SIGNAL_CONTACT, QBG__BOOK_KEYS_CONTACT);
    columns.solution = column_of(self, SIGNAL_SOLUTION, QBG__BOOK_KEYS_SOLUTION);
    columns.opportunity = column_of(self, SIGNAL_OPPORTUNITY, QBG__BOOK_KEYS_OPPORTUNITY);
    const qbg__book_texts *texts = self->texts;
    columns.visitor_offsets = texts[QBG__BOOK_TEXTS_VISITOR].offsets;
    columns.content_offsets = texts[QBG__BOOK_TEXTS_CONTENT].offsets;
    columns.event_offsets = texts[QBG__BOOK_TEXTS_EVENT].offsets;
    if (columns.visitor_offsets)
        columns.visitor = qbg_blob_data(&texts[QBG__BOOK_TEXTS_VISITOR].bytes);
    if (columns.content_offsets)
        columns.content = qbg_blob_data(&texts[QBG__BOOK_TEXTS_CONTENT].bytes);
    if (columns.event_offsets) columns.event = qbg_blob_data(&texts[QBG__BOOK_TEXTS_EVENT].bytes);
    if (self->count == 0) return QBG_OK;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg_append(workspace, &columns, self->status, &refused);
    return qbg__end(change, status == QBG_OK && refused > 0 ? QBG_E_REFUSED : status);
}

static void forget_keys(qbg_book_reader *reader) {
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++)
        qbg__book_keys_free(&reader->keys[i], &reader->mem);
}

qbg_status qbg__book_block_load(qbg__book_block *self, uint64_t *rows, uint64_t *out_single) {
    *out_single = *rows;
    if (*rows < FEW || self->cell_count > QBG__BOOK_BLOCK_CELLS) return QBG_OK;
    for (*out_single = 0; *rows > 0 && *out_single == 0;) {
        const qbg__csv_place before = qbg__csv_tell(self->csv);
        qbg_status status = gather(self, *rows);
        if (status == QBG_OK) status = append(self);
        if (status != QBG_OK && status != QBG_E_REFUSED) return status;
        if (status == QBG_E_REFUSED) {
            *out_single = self->count;
            forget_keys(self->reader); /* somebody was removed between two steps */
            qbg__csv_seek(self->csv, before);
            return QBG_OK;
        }
        remark_known(self, before.row + 1);
        *rows -= self->count;
        *out_single = *rows > 0 && self->count < self->capacity;
    }
    return QBG_OK;
}
