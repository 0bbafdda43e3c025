/* rows.h: the rows of a CSV file, or of plain lines, over memory. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stddef.h>
#include <stdint.h>

struct rows {
    char *at, *end;
    char separator;    /* 0: a row has one cell */
    int has_quotes;    /* cells may stand in quotes; else a row is a line as it stands */
    int64_t line;      /* where the row begins, from 1 */
    int64_t next_line; /* private */
    int is_open; /* a quote of this row does not close where a cell ends: it is read as it stands */
};

/* A cell, its quotes undone. */
struct cell {
    char *text; /* NUL-terminated in place of what stood behind it */
    size_t size;
};

/* Begins behind a UTF-8 BOM, with quotes. The bytes, with one more of room behind them, are written
 * over. */
void rows_begin(struct rows *rows, char *bytes, size_t size, char separator);

/* ',', ';' or a tab: the first of them that the first line has outside quotes; ',' for none. */
char rows_separator(const char *bytes, size_t size);

/* Is there another row? Then its cells come by rows_cell, until that returns 0. */
int rows_next(struct rows *rows);
int rows_cell(struct rows *rows, struct cell *out);

#endif
