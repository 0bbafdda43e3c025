/* book_signals: loads signals, of which a book has more than of all else; see book_signals.h. One
 * row at a time is the reference. Most rows go a faster way beside it: those that are plain, in
 * which nothing has to be told, remarked or unquoted, become columns and are appended by the
 * thousand. A block is a change of its own: if a row of it is refused after all, the block never
 * was, and its rows are read one by one, so that there is one place where refusals are told. */
#include "io/book_signals.h"

#include "base/civil.h"
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

static qbg_status record(const qbg__book_row *row) {
    int32_t is_duplicate = 0;
    qbg_status status = qbg_record(row->workspace, row->reader->signal, NULL, &is_duplicate);
    if (status == QBG_E_CONFLICT)
        return qbg__book_refuse(row, SIGNAL_EVENT,
                                "an event with this id is known with other content; the first "
                                "stays");
    if (status != QBG_OK || !is_duplicate) return status;
    return qbg__book_remark(row, SIGNAL_EVENT, "known already; it is counted once");
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

#define BLOCK 65536u /* rows that are appended together */
#define AHEAD 16u    /* rows that are split before they are looked at */
#define FEW   4u     /* rows in a step that are not worth the columns */

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

/* Cells that a plain row has empty: of texts, and behind the last heading. */
static void note_others(qbg__book_block *self) {
    static const int texts[] = {SIGNAL_VISITOR, SIGNAL_CONTENT, SIGNAL_EVENT};
    if (self->cell_count > QBG__BOOK_BLOCK_CELLS) return;
    for (uint32_t i = 0; i < COUNT(texts); i++)
        if (self->places[texts[i]] != QBG_NONE)
            self->others[self->other_count++] = self->places[texts[i]];
    for (uint32_t i = self->headings; i < self->cell_count; i++)
        self->others[self->other_count++] = i;
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
    note_others(self);
}

void qbg__book_block_end(qbg__book_block *self) {
    qbg__mem *mem = &self->reader->mem;
    qbg__mem_free(mem, self->time, self->capacity * sizeof *self->time);
    qbg__mem_free(mem, self->kind, self->capacity * sizeof *self->kind);
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++)
        qbg__mem_free(mem, self->numbers[i], self->capacity * sizeof *self->numbers[i]);
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
    int has_failed = !self->time || !self->kind;
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++) {
        self->numbers[i] = qbg__mem_alloc(mem, capacity * sizeof *self->numbers[i]);
        has_failed |= !self->numbers[i];
    }
    self->capacity = capacity;
    for (uint32_t i = 0; i < self->named_count; i++)
        self->named[i].numbers = self->numbers[self->named[i].which];
    return has_failed ? QBG_E_MEMORY : QBG_OK;
}

/* A key that is seen for the first time. QBG_NONE when nothing has it, or when only a book may tell
 * of whom it names. */
static uint32_t ask_for(const qbg__book_block *self, const qbg__book_named *of, qbg__span key) {
    const qbg__keyed *row = qbg__row_find_span(of->rows, of->index, key);
    if (!row) return QBG_NONE;
    if (of->rows == &self->reader->workspace->contacts &&
        ((const qbg_contact *)(const void *)row)->is_erased)
        return QBG_NONE;
    qbg__book_keys_add(of->keys, &self->reader->mem, of->rows, key, row->number);
    return row->number;
}

/* A row that is split, and the words of its keys. */
typedef struct split_row {
    qbg__span cells[QBG__BOOK_BLOCK_CELLS];
    uint64_t words[QBG__BOOK_KEYS];
} split_row;

/* 0 when a key is given that does not lead to a row. */
static int read_numbers(qbg__book_block *self, const split_row *row) {
    for (uint32_t i = 0; i < self->named_count; i++) {
        const qbg__book_named *of = &self->named[i];
        qbg__span key = row->cells[of->place];
        uint32_t number = QBG_NONE;
        if (key.size > 0) {
            number = qbg__book_keys_find(of->keys, of->rows, key, row->words[i]);
            if (number == QBG_NONE) number = ask_for(self, of, key);
            if (number == QBG_NONE) return 0;
        }
        of->numbers[self->count] = number;
    }
    return self->numbers[QBG__BOOK_KEYS_KIND][self->count] != QBG_NONE;
}

/* Takes a row into the block; 0: it has to be read on its own. */
static int take_row(qbg__book_block *self, const split_row *row) {
    qbg__span time = row->cells[self->places[SIGNAL_TIME]];
    for (uint32_t i = 0; i < self->other_count; i++)
        if (row->cells[self->others[i]].size > 0) return 0;
    if (qbg__civil_read(time.bytes, time.size, 0, &self->time[self->count]) != QBG_OK) return 0;
    if (!read_numbers(self, row)) return 0;
    self->count++;
    return 1;
}

static void call_keys(const qbg__book_block *self, split_row *row) {
    for (uint32_t i = 0; i < self->named_count; i++) {
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
    if (rows > self->capacity) rows = self->capacity;
    while (self->count < rows) {
        uint32_t left = (uint32_t)rows - self->count;
        if (!gather_rows(self, left < AHEAD ? left : AHEAD)) break;
    }
    return QBG_OK;
}

static const uint32_t *column_of(const qbg__book_block *self, int column, int32_t keys) {
    return self->places[column] == QBG_NONE ? NULL : self->numbers[keys];
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
    if (self->count == 0) return QBG_OK;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg_append(workspace, &columns, NULL, &refused);
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
        *rows -= self->count;
        *out_single = *rows > 0 && self->count < self->capacity;
    }
    return QBG_OK;
}
