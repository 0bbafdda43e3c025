/* rows: reads CSV as spreadsheets write it: cells may stand in quotes, which are doubled inside,
 * and such cells may go over lines. Cells are lent out of the bytes, and written over. */
#include "rows.h"

#include <string.h>

static const char bom[] = "\xEF\xBB\xBF";

static size_t bom_size(const char *bytes, size_t size) {
    return size >= 3 && memcmp(bytes, bom, 3) == 0 ? 3 : 0;
}

void rows_begin(struct rows *rows, char *bytes, size_t size, char separator) {
    memset(rows, 0, sizeof *rows);
    rows->at = bytes + bom_size(bytes, size);
    rows->end = bytes + size;
    *rows->end = '\0';
    rows->separator = separator;
    rows->has_quotes = 1;
    rows->next_line = 1;
}

char rows_separator(const char *bytes, size_t size) {
    int is_quoted = 0;
    for (size_t i = bom_size(bytes, size); i < size; i++) {
        if (bytes[i] == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (bytes[i] == ',' || bytes[i] == ';' || bytes[i] == '\t') return bytes[i];
        if (bytes[i] == '\n' || bytes[i] == '\r') break;
    }
    return ',';
}

int rows_next(struct rows *rows) {
    rows->line = rows->next_line;
    rows->is_open = 0;
    return rows->at < rows->end;
}

static int is_line_end(const struct rows *rows, const char *at) {
    return at == rows->end || *at == '\n' || *at == '\r';
}

static int is_separator(const struct rows *rows, const char *at) {
    return at < rows->end && rows->separator && *at == rows->separator;
}

/* Steps over what closes a cell that ends at `at`: a separator, a line end, or nothing. */
static void close_cell(struct rows *rows, char *at) {
    int ends_line = !is_separator(rows, at);
    rows->next_line += ends_line;
    if (ends_line && at + 1 < rows->end && at[0] == '\r' && at[1] == '\n') at++;
    if (at < rows->end) at++;
    rows->at = at;
}

/* The end of a cell without quotes. */
static char *bare_end(const struct rows *rows) {
    char *at = rows->at;
    while (!is_line_end(rows, at) && !is_separator(rows, at)) at++;
    return at;
}

/* The closing quote of a cell that begins with one, if a separator or a line end follows it. */
static char *closing_quote(const struct rows *rows) {
    for (char *at = rows->at + 1; at < rows->end; at++) {
        if (*at != '"') continue;
        if (at + 1 < rows->end && at[1] == '"')
            at++;
        else
            return is_line_end(rows, at + 1) || is_separator(rows, at + 1) ? at : NULL;
    }
    return NULL;
}

/* Takes the quotes out; returns how many bytes are left. */
static size_t undouble(struct rows *rows, char *text, const char *end) {
    char *out = text;
    for (const char *at = text; at < end; at++) {
        *out++ = *at;
        if (*at == '"') at++;
        if (*at == '\n') rows->next_line++;
    }
    return (size_t)(out - text);
}

int rows_cell(struct rows *rows, struct cell *out) {
    int is_quoted = rows->has_quotes && rows->at < rows->end && *rows->at == '"';
    char *quote = is_quoted ? closing_quote(rows) : NULL;
    char *end = quote ? quote + 1 : bare_end(rows);
    if (is_quoted && !quote) rows->is_open = 1;
    out->text = quote ? rows->at + 1 : rows->at;
    out->size = (size_t)((quote ? quote : end) - out->text);
    int goes_on = is_separator(rows, end);
    if (quote) out->size = undouble(rows, out->text, quote);
    close_cell(rows, end);
    out->text[out->size] = '\0';
    return goes_on;
}
