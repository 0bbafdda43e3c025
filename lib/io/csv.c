/* csv: RFC 4180 both ways, over memory; see csv.h. The reader walks the bytes once, cell by cell
 * (twice behind a quote that never closes), and keeps spans; after the row's end those with doubled
 * quotes are undone into one scratch buffer, sized for all of them at once so that no cell moves. A
 * state machine over single bytes was the other choice: it would suit input in pieces, and no line
 * of it would read like the format. */
#include "io/csv.h"

#include "base/scan.h"

#include <string.h>

#define BOM "\xEF\xBB\xBF"

/* ---- reading ------------------------------------------------------------------------------ */

static int is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

static int is_blank(char byte) { return byte == ' ' || byte == '\t'; }

static int has_bom(const char *bytes, size_t size) {
    return size >= 3 && memcmp(bytes, BOM, 3) == 0;
}

char qbg__csv_separator(const char *bytes, size_t size) {
    int quoted = 0, semicolon = 0, tab = 0, text = 0;
    for (size_t i = has_bom(bytes, size) ? 3 : 0; i < size; i++) {
        if (bytes[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (bytes[i] == ',') return ',';
        if (bytes[i] == ';') semicolon = 1;
        if (bytes[i] == '\t') tab = 1;
        if (!is_line_end(bytes[i]) && !is_blank(bytes[i])) text = 1;
        if (!is_line_end(bytes[i])) continue;
        if (text) break;
        tab = 0; /* of a blank line */
    }
    return semicolon ? ';' : tab && text ? '\t' : ',';
}

void qbg__csv_begin(qbg__csv *csv, const qbg__mem *mem, const char *bytes, size_t size,
                    char separator) {
    memset(csv, 0, sizeof *csv);
    csv->mem = qbg__mem_fork(mem);
    csv->separator = separator ? separator : qbg__csv_separator(bytes, size);
    csv->next_line = 1;
    if (size == 0) return;
    csv->bytes = bytes;
    csv->at = has_bom(bytes, size) ? bytes + 3 : bytes;
    csv->end = bytes + size;
}

void qbg__csv_end(qbg__csv *csv) {
    qbg__mem_free(&csv->mem, csv->room, csv->room_capacity * sizeof *csv->room);
    qbg__mem_free(&csv->mem, csv->scratch, csv->scratch_capacity);
    csv->room = NULL;
    csv->scratch = NULL;
    csv->cells = NULL;
    csv->room_capacity = csv->scratch_capacity = csv->cell_count = 0;
    csv->at = csv->end;
}

/* Steps over one line end, if here is one. */
static int take_line_end(qbg__csv *csv) {
    if (csv->at == csv->end || !is_line_end(*csv->at)) return 0;
    if (*csv->at++ == '\r' && csv->at < csv->end && *csv->at == '\n') csv->at++;
    csv->next_line++;
    return 1;
}

/* A tab that separates is a cell's edge, not a blank. */
static void skip_blank_lines(qbg__csv *csv) {
    for (;;) {
        const char *start = csv->at;
        while (csv->at < csv->end && is_blank(*csv->at) && *csv->at != csv->separator) csv->at++;
        if (csv->at == csv->end) return;
        if (take_line_end(csv)) continue;
        csv->at = start;
        return;
    }
}

int qbg__csv_is_at_end(qbg__csv *csv) {
    skip_blank_lines(csv);
    return csv->at == csv->end;
}

/* The first fault of a row is told. */
static void set_fault(qbg__csv *csv, int32_t fault, uint32_t column, uint64_t line) {
    if (csv->fault != QBG__CSV_FINE) return;
    csv->fault = fault;
    csv->fault_column = column;
    csv->fault_line = line;
}

/* Steps to the end of the cell as if it were not quoted; 1 when a quote is on the way. */
static int skip_plain(qbg__csv *csv) {
    int quotes = 0;
    for (; csv->at < csv->end; csv->at++) {
        if (*csv->at == csv->separator || is_line_end(*csv->at)) break;
        if (*csv->at == '"') quotes = 1;
    }
    return quotes;
}

/* Steps behind the closing quote; 0 when there is none. */
static int skip_quoted(qbg__csv *csv, uint8_t *doubled) {
    for (csv->at++; csv->at < csv->end;) {
        if (take_line_end(csv)) continue;
        if (*csv->at++ != '"') continue;
        if (csv->at == csv->end || *csv->at != '"') return 1;
        *doubled = 1;
        csv->at++;
    }
    return 0;
}

/* Back to where a quote opened that never closes, and to the end of that line: whoever forgot to
 * close it meant no more than that. All quotes behind it come in pairs, or one would close it; and
 * a cell that begins with such a pair closes within it. So this happens once in a file at most, and
 * a file of nothing but quotes is still read in linear time. */
static void skip_rest_of_line(qbg__csv *csv, const char *start, uint64_t line) {
    csv->next_line = line;
    for (csv->at = start; csv->at < csv->end && !is_line_end(*csv->at);) csv->at++;
}

/* A cell that begins with a quote, and what is wrong with it. */
static int32_t read_quoted(qbg__csv *csv, qbg__csv_cell *cell) {
    const char *start = csv->at;
    uint64_t line = csv->next_line;
    if (!skip_quoted(csv, &cell->doubled)) {
        skip_rest_of_line(csv, start, line);
        return QBG__CSV_OPEN_QUOTE;
    }
    const char *behind = csv->at;
    skip_plain(csv);
    if (csv->at != behind) return QBG__CSV_AFTER_QUOTE;
    cell->bytes = start + 1;
    cell->size = (size_t)(behind - start) - 2;
    cell->quoted = 1;
    return QBG__CSV_FINE;
}

/* cell->bytes is here. */
static int32_t read_plain(qbg__csv *csv, qbg__csv_cell *cell) {
    if (skip_plain(csv)) return QBG__CSV_BARE_QUOTE;
    cell->size = (size_t)(csv->at - cell->bytes);
    return QBG__CSV_FINE;
}

static qbg__csv_cell read_cell(qbg__csv *csv, uint32_t column) {
    const char *start = csv->at;
    uint64_t line = csv->next_line;
    int quoted = csv->at < csv->end && *csv->at == '"';
    qbg__csv_cell cell = {start, 0, 0, 0};
    int32_t fault = quoted ? read_quoted(csv, &cell) : read_plain(csv, &cell);
    if (fault == QBG__CSV_FINE) return cell;
    set_fault(csv, fault, column, line);
    qbg__csv_cell raw = {start, (size_t)(csv->at - start), 0, 0};
    return raw;
}

/* Steps behind the separator or line end that ends a cell; 1 when the row ends with it, too. */
static int end_cell(qbg__csv *csv) {
    if (csv->at == csv->end || take_line_end(csv)) return 1;
    csv->at++;
    return 0;
}

/* The cells up to the end of the row. */
static qbg_status read_cells(qbg__csv *csv) {
    for (;;) {
        void *room = csv->room;
        qbg_status status = qbg__mem_reserve(&csv->mem, &room, &csv->room_capacity,
                                             (uint64_t)csv->cell_count + 1, sizeof *csv->room);
        if (status != QBG_OK) return status;
        csv->room = room;
        csv->room[csv->cell_count] = read_cell(csv, csv->cell_count + 1);
        csv->cell_count++;
        csv->last_line = csv->next_line;
        if (end_cell(csv)) return QBG_OK;
    }
}

/* Copies a cell with each doubled quote single; returns behind the copy. */
static char *undouble(qbg__csv_cell *cell, char *out) {
    const char *from = cell->bytes;
    const char *end = from + cell->size;
    cell->bytes = out;
    while (from < end) {
        if (*from == '"') from++;
        *out++ = *from++;
    }
    cell->size = (size_t)(out - cell->bytes);
    return out;
}

static qbg_status undouble_cells(qbg__csv *csv) {
    uint64_t need = 0;
    for (uint32_t i = 0; i < csv->cell_count; i++)
        if (csv->room[i].doubled) need += csv->room[i].size;
    if (need == 0) return QBG_OK;
    void *scratch = csv->scratch;
    qbg_status status = qbg__mem_reserve(&csv->mem, &scratch, &csv->scratch_capacity, need, 1);
    if (status != QBG_OK) return status;
    csv->scratch = scratch;
    char *out = csv->scratch;
    for (uint32_t i = 0; i < csv->cell_count; i++)
        if (csv->room[i].doubled) out = undouble(&csv->room[i], out);
    return QBG_OK;
}

int qbg__csv_next_row(qbg__csv *csv) {
    csv->cells = NULL;
    csv->cell_count = 0;
    csv->fault = QBG__CSV_FINE;
    csv->fault_column = 0;
    csv->fault_line = 0;
    if (csv->status != QBG_OK) return 0;
    if (qbg__csv_is_at_end(csv)) return 0;
    csv->line = csv->next_line;
    csv->status = read_cells(csv);
    if (csv->status == QBG_OK) csv->status = undouble_cells(csv);
    if (csv->status != QBG_OK) {
        csv->cell_count = 0;
        return 0;
    }
    csv->cells = csv->room;
    csv->row++;
    return 1;
}

int qbg__csv_skip_row(qbg__csv *csv) {
    csv->cells = NULL;
    csv->cell_count = 0;
    if (qbg__csv_is_at_end(csv)) return 0;
    uint32_t column = 0;
    do read_cell(csv, ++column);
    while (!end_cell(csv));
    csv->row++;
    return 1;
}

/* Looks at the next bytes; 0 when they are too near the end to be looked at together. */
static int open_window(qbg__csv *csv, const char *at) {
    if (csv->end - at < QBG__SCAN_BYTES) return 0;
    csv->window = at;
    csv->marks = qbg__scan_csv(at, csv->separator);
    return 1;
}

/* Whoever read otherwise in between has left the window behind. */
static int find_window(qbg__csv *csv) {
    if (!csv->window || csv->at < csv->window || csv->at >= csv->window + QBG__SCAN_BYTES)
        return open_window(csv, csv->at);
    csv->marks &= UINT64_MAX << (csv->at - csv->window);
    return 1;
}

/* Reads up to the row's end, which it returns, behind its line end; or NULL. What changes with each
 * cell is kept out of the struct, for cells are short. */
static const char *read_plain_cells(qbg__csv *csv, uint32_t count, qbg__span *out_cells) {
    const char *start = csv->at, *mark = NULL, *window = csv->window;
    const char separator = csv->separator;
    uint64_t marks = csv->marks;
    for (uint32_t i = 0; i < count; i++) {
        while (marks == 0) {
            if (!open_window(csv, window + QBG__SCAN_BYTES)) return NULL;
            window = csv->window;
            marks = csv->marks;
        }
        mark = window + qbg__scan_first(marks);
        marks &= marks - 1;
        if ((unsigned char)*start <= ' ' && mark > start) return NULL; /* nearly always a blank */
        out_cells[i] = (qbg__span){start, (size_t)(mark - start)};
        start = mark + 1;
        if (*mark != separator && i + 1 < count) return NULL;
    }
    if (*mark == '\r' && start < csv->end && *start == '\n') return start + 1;
    return *mark == '\n' ? start : NULL;
}

int qbg__csv_plain_row(qbg__csv *csv, uint32_t count, qbg__span *out_cells) {
    if (csv->at == csv->end || is_line_end(*csv->at) || !find_window(csv)) return 0;
    const char *end = read_plain_cells(csv, count, out_cells);
    if (!end) {
        csv->window = NULL;
        return 0;
    }
    csv->at = end;
    csv->row++;
    csv->next_line++;
    return 1;
}

qbg__csv_place qbg__csv_tell(const qbg__csv *csv) {
    size_t at = csv->bytes ? (size_t)(csv->at - csv->bytes) : 0;
    return (qbg__csv_place){at, csv->row, csv->next_line, csv->separator};
}

void qbg__csv_seek(qbg__csv *csv, qbg__csv_place place) {
    if (csv->bytes) csv->at = csv->bytes + place.at;
    csv->row = place.row;
    csv->next_line = place.line;
    csv->separator = place.separator;
    csv->window = NULL;
}

const char *qbg__csv_fault_text(int32_t fault) {
    switch (fault) {
    case QBG__CSV_FINE: return "fine";
    case QBG__CSV_OPEN_QUOTE: return "a quote that never closes";
    case QBG__CSV_AFTER_QUOTE: return "text after a closing quote";
    case QBG__CSV_BARE_QUOTE: return "a quote inside a cell that is not quoted";
    default: return "unknown fault";
    }
}

/* ---- writing ------------------------------------------------------------------------------ */

/* A BOM that begins the first cell is its content; unquoted, the reader would take it for ours. */
static int needs_quotes(const qbg_blob *out, const char *bytes, size_t size) {
    if (size == 0) return 0;
    if (is_blank(bytes[0]) || is_blank(bytes[size - 1])) return 1;
    if (out->size == 0 && has_bom(bytes, size)) return 1;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == ',' || bytes[i] == '"' || is_line_end(bytes[i])) return 1;
    return 0;
}

void qbg__csv_write_cell(qbg_blob *out, const char *bytes, size_t size) {
    if (!needs_quotes(out, bytes, size)) {
        qbg__blob_bytes(out, bytes, size);
        return;
    }
    qbg__blob_char(out, '"');
    for (size_t from = 0; from < size;) {
        const char *quote = memchr(bytes + from, '"', size - from);
        size_t to = quote ? (size_t)(quote - bytes) + 1 : size;
        qbg__blob_bytes(out, bytes + from, to - from);
        if (quote) qbg__blob_char(out, '"');
        from = to;
    }
    qbg__blob_char(out, '"');
}

void qbg__csv_write_text(qbg_blob *out, const char *text) {
    qbg__csv_write_cell(out, text, strlen(text));
}

void qbg__csv_write_comma(qbg_blob *out) { qbg__blob_char(out, ','); }

void qbg__csv_write_line_end(qbg_blob *out) {
    if (out->size == 0 || out->bytes[out->size - 1] == '\n') qbg__blob_text(out, "\"\"");
    qbg__blob_char(out, '\n');
}

void qbg__csv_write_row(qbg_blob *out, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) qbg__csv_write_comma(out);
        qbg__csv_write_text(out, texts[i]);
    }
    qbg__csv_write_line_end(out);
}
