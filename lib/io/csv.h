/* csv: RFC 4180 both ways, over memory.
 *
 * The reader lends cells out of the input; only a cell with doubled quotes is copied. A row that
 * does not read is told, with column, line and reason, and reading goes on behind it. */
#ifndef QBG__CSV_H
#define QBG__CSV_H

#include "base/blob.h"
#include "base/column.h"

/* Why a row does not read. */
#define QBG__CSV_FINE        0
#define QBG__CSV_OPEN_QUOTE  1 /* a quote that never closes: the row ends with the quote's line */
#define QBG__CSV_AFTER_QUOTE 2 /* text between a closing quote and the next separator */
#define QBG__CSV_BARE_QUOTE  3 /* a quote inside a cell that does not begin with one */

/* Bytes as they stand, be they UTF-8 or not, NULs included; not NUL-terminated. */
typedef struct qbg__csv_cell {
    const char *bytes;
    size_t size;
    uint8_t quoted;  /* it was written in quotes: blanks are meant, and "" is an empty text */
    uint8_t doubled; /* private: it has doubled quotes to undo */
} qbg__csv_cell;

typedef struct qbg__csv {
    /* The row that qbg__csv_next_row found. */
    const qbg__csv_cell *cells; /* valid until the next call */
    uint32_t cell_count;        /* 1 or more */
    uint64_t row;               /* 1 is the header; blank lines are not counted */
    uint64_t line;              /* physical line where the row begins, from 1 */
    uint64_t last_line;         /* and where it ends: cells in quotes may go over lines */
    int32_t fault;              /* QBG__CSV_FINE, or why the row must be refused */
    uint32_t fault_column;      /* from 1; 0 when the row is fine */
    uint64_t fault_line;        /* where the cell at fault begins; 0 when the row is fine */
    qbg_status status;          /* QBG_OK, or QBG_E_MEMORY when reading stopped early */

    /* Private. */
    qbg__mem mem;
    const char *bytes;
    const char *at;
    const char *end;
    uint64_t next_line;
    char separator;
    qbg__csv_cell *room;
    uint32_t room_capacity;
    uint32_t scratch_capacity;
    char *scratch;
    const char *window; /* QBG__SCAN_BYTES bytes, and the marks among them; NULL: none yet */
    uint64_t marks;
} qbg__csv;

/* ',', unless the first line that is not blank has no comma outside quotes: then ';' if it has one,
 * else a tab if it has one. Spreadsheets write ';' where the comma is the decimal point. */
char qbg__csv_separator(const char *bytes, size_t size);

/* Begins before the first row, behind a UTF-8 BOM. The bytes must stay until the end. separator: 0
 * means qbg__csv_separator of the bytes. _end frees the memory of the reader. */
void qbg__csv_begin(qbg__csv *csv, const qbg__mem *mem, const char *bytes, size_t size,
                    char separator);
void qbg__csv_end(qbg__csv *csv);

/* 1: there is a row, fine or at fault; 0: there is none left, or csv->status is not QBG_OK. Lines
 * end with LF, CRLF or CR, the last one with nothing, too. Lines of nothing but blanks are skipped.
 * A row at fault has all its cells nevertheless; the cell at fault as its raw text. */
int qbg__csv_next_row(qbg__csv *csv);

/* Steps over a row without a look at its cells: so rows are counted, without memory. 0: none left.
 */
int qbg__csv_skip_row(qbg__csv *csv);

/* The same as qbg__csv_next_row for most rows of most files, many times as fast: 1 when the next
 * row has `count` cells, none of them written in quotes or with a blank at its front, and the spans
 * lie in the input. 0, and nothing has happened: any other row, or none; near the end of the input
 * always. A row of nothing but empty cells may be among those that it reads. */
int qbg__csv_plain_row(qbg__csv *csv, uint32_t count, qbg__span *out_cells);

/* Is there no row left? */
int qbg__csv_is_at_end(qbg__csv *csv);

/* Where a reader stands, between two rows; and another one of the same bytes goes on there. */
typedef struct qbg__csv_place {
    size_t at;     /* bytes that are read */
    uint64_t row;  /* rows that are read; 0: none */
    uint64_t line; /* the next one */
    char separator;
} qbg__csv_place;

qbg__csv_place qbg__csv_tell(const qbg__csv *csv);
void qbg__csv_seek(qbg__csv *csv, qbg__csv_place place);

/* One line of English for a fault. Never NULL. */
const char *qbg__csv_fault_text(int32_t fault);

/* Appends a cell, in quotes where it needs them: a comma, a quote, a line end, or a blank at either
 * end. Then comes _comma, or _line_end, which is LF; a row of one empty cell becomes "", since an
 * empty line would be no row. A blob that had bytes before the first row must end with LF there. */
void qbg__csv_write_cell(qbg_blob *out, const char *bytes, size_t size);
void qbg__csv_write_text(qbg_blob *out, const char *text);
void qbg__csv_write_comma(qbg_blob *out);
void qbg__csv_write_line_end(qbg_blob *out);

/* A whole row of NUL-terminated texts. */
void qbg__csv_write_row(qbg_blob *out, const char *const *texts, size_t count);

#endif
