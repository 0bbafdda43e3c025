/* arrow_cells: see arrow_cells.h. */
#include "io/arrow_cells.h"

#include "qbg/columns.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* What no row, word and instant has, so that it refuses the row. */
#define NO_NUMBER (QBG_NONE - 1)
#define NO_KIND   UINT16_MAX
#define NO_WORD   INT32_MAX
#define NO_TIME   (-1)

static size_t size_of(int32_t form) {
    switch (form) {
    case QBG__CELLS_KIND: return sizeof(uint16_t);
    case QBG__CELLS_NUMBER:
    case QBG__CELLS_WORD: return sizeof(uint32_t);
    default: return sizeof(int64_t);
    }
}

void qbg__arrow_cells_begin(qbg__arrow_cells *cells, const qbg__cells_form *form,
                            const qbg__mem *mem) {
    cells->form = form;
    cells->values = NULL;
    cells->capacity = 0;
    qbg__blob_begin(&cells->texts, mem);
}

void qbg__arrow_cells_end(qbg__arrow_cells *cells, qbg__mem *mem) {
    if (cells->form)
        qbg__mem_free(mem, cells->values, cells->capacity * size_of(cells->form->form));
    qbg__blob_end(&cells->texts);
}

int qbg__arrow_cells_take(const qbg__cells_form *form, const qbg__arrow_column *column) {
    int32_t sort = column->words ? QBG__ARROW_TEXT : column->type.sort;
    if (sort == QBG__ARROW_NOTHING) return 1;
    switch (form->form) {
    case QBG__CELLS_TEXT: return sort == QBG__ARROW_TEXT;
    case QBG__CELLS_NUMBER:
    case QBG__CELLS_KIND: return sort == QBG__ARROW_TEXT || sort == QBG__ARROW_INTEGER;
    case QBG__CELLS_WORD:
        return sort == QBG__ARROW_TEXT || sort == QBG__ARROW_INTEGER ||
               (sort == QBG__ARROW_BOOL && form->of == QBG_WORDS_ANSWER);
    case QBG__CELLS_TIME: return sort == QBG__ARROW_TIME || sort == QBG__ARROW_INTEGER;
    case QBG__CELLS_RATIO: return sort == QBG__ARROW_REAL || sort == QBG__ARROW_INTEGER;
    case QBG__CELLS_MINOR: /* all values have to fit */
        return sort == QBG__ARROW_INTEGER && (column->type.is_signed || column->type.width < 8);
    default: return sort == QBG__ARROW_INTEGER;
    }
}

/* ---- Cell by cell ---- */

/* What is read, and from where. */
typedef struct reading {
    qbg__arrow_cells *cells;
    const qbg_workspace *workspace;
    const qbg__arrow_column *column;
    uint64_t rows; /* gathered before */
    qbg__arrow_faults *faults;
} reading;

static void refuse(const reading *at, uint64_t row, const char *value, size_t size,
                   const char *reason) {
    qbg__arrow_faults *faults = at->faults;
    const char *name = at->cells->form->name;
    uint64_t number = at->rows + row;
    faults->is_refused[number] = 1;
    qbg_blob *out = qbg__refusals_add(&faults->refusals, faults->table, faults->first + number, 1,
                                      name, strlen(name), value, size);
    qbg__blob_text(out, reason);
}

static void refuse_integer(const reading *at, uint64_t row, int64_t value, const char *reason) {
    qbg_blob digits;
    qbg__blob_begin(&digits, &at->cells->texts.mem);
    qbg__blob_int(&digits, value);
    refuse(at, row, qbg_blob_data(&digits), digits.size, reason);
    if (digits.status != QBG_OK) at->faults->refusals.texts.status = digits.status;
    qbg__blob_end(&digits);
}

/* An integer cell that is not null and not below 0, or says that it is none. */
static int count_at(const reading *at, uint64_t row, int64_t end, int64_t *out_value) {
    int fits = qbg__arrow_integer(at->column, row, out_value);
    if (fits && *out_value >= 0 && *out_value < end) return 1;
    refuse_integer(at, row, *out_value, "this number is none of those that are known");
    return 0;
}

static void read_texts(const reading *at) {
    int64_t *offsets = at->cells->values;
    qbg_blob *texts = &at->cells->texts;
    size_t size;
    if (at->rows == 0) offsets[0] = 0;
    for (uint64_t row = 0; row < at->column->count; row++) {
        const char *text = qbg__arrow_text(at->column, row, &size);
        qbg__blob_bytes(texts, text, size);
        offsets[at->rows + row + 1] = (int64_t)texts->size;
    }
}

/* Keys are looked up one by one; an empty one is an empty cell, as a null. */
static uint32_t number_of(const reading *at, int32_t entity, uint64_t row) {
    uint32_t number = QBG_NONE;
    size_t size;
    const char *key = qbg__arrow_text(at->column, row, &size);
    const int64_t offsets[2] = {0, (int64_t)size};
    if (size == 0) return QBG_NONE;
    if (qbg_numbers(at->workspace, entity, key, offsets, 1, &number) == QBG_OK &&
        number != QBG_NONE)
        return number;
    refuse(at, row, key, size, "nothing has this key");
    return NO_NUMBER;
}

static int is_text(const qbg__arrow_column *column) {
    return column->words || column->type.sort == QBG__ARROW_TEXT;
}

static void read_numbers(const reading *at) {
    uint32_t *to = (uint32_t *)at->cells->values + at->rows;
    int64_t value;
    for (uint64_t row = 0; row < at->column->count; row++)
        if (qbg__arrow_is_null(at->column, row))
            to[row] = QBG_NONE;
        else if (is_text(at->column))
            to[row] = number_of(at, at->cells->form->of, row);
        else
            to[row] = count_at(at, row, NO_NUMBER, &value) ? (uint32_t)value : NO_NUMBER;
}

static uint16_t kind_at(const reading *at, uint64_t row) {
    int64_t value;
    if (!is_text(at->column)) return count_at(at, row, NO_KIND, &value) ? (uint16_t)value : NO_KIND;
    uint32_t number = number_of(at, QBG_ENTITY_KIND, row);
    return number < NO_KIND ? (uint16_t)number : NO_KIND;
}

static void read_kinds(const reading *at) {
    uint16_t *to = (uint16_t *)at->cells->values + at->rows;
    for (uint64_t row = 0; row < at->column->count; row++)
        to[row] = qbg__arrow_is_null(at->column, row) ? NO_KIND : kind_at(at, row);
}

/* Longer than any word. */
#define WORD_ROOM 64

static int32_t word_of(const reading *at, uint64_t row) {
    char word[WORD_ROOM];
    size_t size;
    const char *text = qbg__arrow_text(at->column, row, &size);
    if (size == 0) return QBG_UNSET;
    if (size < WORD_ROOM && !memchr(text, 0, size)) {
        memcpy(word, text, size);
        word[size] = '\0';
        int32_t number = qbg_word_find(at->cells->form->of, word);
        if (number != QBG_UNSET) return number;
    }
    refuse(at, row, text, size, "this word is none of those that are known");
    return NO_WORD;
}

static void read_words(const reading *at) {
    int32_t *to = (int32_t *)at->cells->values + at->rows;
    int64_t end = qbg_word_count(at->cells->form->of), value;
    for (uint64_t row = 0; row < at->column->count; row++)
        if (qbg__arrow_is_null(at->column, row))
            to[row] = QBG_UNSET;
        else if (is_text(at->column))
            to[row] = word_of(at, row);
        else
            to[row] = count_at(at, row, end, &value) ? (int32_t)value : NO_WORD;
}

static void read_times(const reading *at) {
    int64_t *to = (int64_t *)at->cells->values + at->rows;
    for (uint64_t row = 0; row < at->column->count; row++)
        if (qbg__arrow_is_null(at->column, row))
            to[row] = QBG_UNDATED;
        else if (at->column->type.sort == QBG__ARROW_TIME)
            to[row] = qbg__arrow_time(at->column, row);
        else if (!qbg__arrow_integer(at->column, row, &to[row]))
            to[row] = NO_TIME;
}

static void read_minor(const reading *at) {
    int64_t *to = (int64_t *)at->cells->values + at->rows;
    for (uint64_t row = 0; row < at->column->count; row++)
        if (qbg__arrow_is_null(at->column, row))
            to[row] = QBG_UNDATED;
        else
            (void)qbg__arrow_integer(at->column, row, &to[row]);
}

static void read_ratios(const reading *at) {
    double *to = (double *)at->cells->values + at->rows;
    for (uint64_t row = 0; row < at->column->count; row++)
        to[row] = qbg__arrow_is_null(at->column, row) ? -1.0 : qbg__arrow_real(at->column, row);
}

/* An int64 is taken for its 64 bits: hosts have signed ids. */
static void read_tags(const reading *at) {
    uint64_t *to = (uint64_t *)at->cells->values + at->rows;
    int64_t value = 0;
    for (uint64_t row = 0; row < at->column->count; row++) {
        if (!qbg__arrow_is_null(at->column, row)) (void)qbg__arrow_integer(at->column, row, &value);
        to[row] = qbg__arrow_is_null(at->column, row) ? 0 : (uint64_t)value;
    }
}

qbg_status qbg__arrow_cells_read(qbg__arrow_cells *cells, const qbg_workspace *workspace,
                                 const qbg__arrow_column *column, uint64_t rows, qbg__mem *mem,
                                 qbg__arrow_faults *faults) {
    const reading at = {cells, workspace, column, rows, faults};
    qbg_status status = qbg__mem_reserve(mem, &cells->values, &cells->capacity,
                                         rows + column->count + 1, size_of(cells->form->form));
    if (status != QBG_OK) return status;
    switch (cells->form->form) {
    case QBG__CELLS_TEXT: read_texts(&at); break;
    case QBG__CELLS_NUMBER: read_numbers(&at); break;
    case QBG__CELLS_KIND: read_kinds(&at); break;
    case QBG__CELLS_WORD: read_words(&at); break;
    case QBG__CELLS_TIME: read_times(&at); break;
    case QBG__CELLS_MINOR: read_minor(&at); break;
    case QBG__CELLS_RATIO: read_ratios(&at); break;
    default: read_tags(&at); break;
    }
    if (cells->texts.status != QBG_OK) return cells->texts.status;
    return faults->refusals.texts.status;
}

void qbg__arrow_cells_place(const qbg__arrow_cells *cells, void *columns) {
    char *to = columns;
    const char *bytes = qbg_blob_data(&cells->texts);
    if (cells->form->form != QBG__CELLS_TEXT) {
        memcpy(to + cells->form->values, &cells->values, sizeof cells->values);
        return;
    }
    memcpy(to + cells->form->values, &bytes, sizeof bytes);
    memcpy(to + cells->form->offsets, &cells->values, sizeof cells->values);
}
