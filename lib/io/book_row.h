/* book_row: the bytes of a table as rows whose cells are found by column.
 *
 * Whatever is wrong with a header or with the form of a row is told here; what a cell means is the
 * business of whoever loads the row. */
#ifndef QBG__BOOK_ROW_H
#define QBG__BOOK_ROW_H

#include "io/book.h"

typedef struct qbg__book_cell {
    const char *text; /* NUL-terminated UTF-8; "" when the cell is empty or has no column */
    size_t size;
} qbg__book_cell;

/* A row on its way into the workspace. */
typedef struct qbg__book_row {
    qbg_book_reader *reader;
    qbg_workspace *workspace;
    int32_t number; /* of the table */
    const qbg__book_table *table;
    uint64_t row;     /* the header is 1 */
    uint32_t columns; /* that the header has, one bit each */
    uint32_t given;   /* cells that are not empty, one bit each */
    qbg__book_cell cells[QBG__BOOK_COLUMNS];
} qbg__book_row;

/* Loads a row: QBG_OK; QBG_E_REFUSED, and why is told; QBG_E_MEMORY. */
typedef qbg_status qbg__book_load(qbg__book_row *row);

/* A table to be read. is_first: 0 when an earlier pass has read it; then the rows that were refused
 * are passed over, and what is wrong with the header has been told. needs: a later pass over a
 * table that does not have this column has nothing to do; -1: it always has. */
typedef struct qbg__book_pass {
    int32_t table;
    int is_first;
    int needs;
    qbg__book_load *load;
} qbg__book_pass;

extern const qbg__book_pass qbg__book_passes[QBG__BOOK_PASSES];

/* Reads on in the pass at hand, from the reader's place on, at most *rows rows: a row that is
 * refused leaves no trace. Lowers *rows by those that were read; moves the place, to the next pass
 * when the table is at its end. Unless it is QBG_OK, the place is as it was. */
qbg_status qbg__book_read(qbg_book_reader *reader, uint64_t *rows);

/* The rows of a table of a reader, without its header. */
uint64_t qbg__book_count(const qbg_book_reader *reader, int32_t table);

/* Refuses a row for what a cell says: `return qbg__book_refuse(...)`. column: -1 for none. */
qbg_status qbg__book_refuse(const qbg__book_row *row, int column, const char *reason);

/* The same when the reason has parts: append them to the blob, then `return
 * qbg__book_refused(row)`. */
qbg_blob *qbg__book_refusing(const qbg__book_row *row, int column);
qbg_status qbg__book_refused(const qbg__book_row *row);

/* Tells something about a row that is loaded nevertheless: to be called when nothing is left that
 * could refuse it. */
qbg_status qbg__book_remark(const qbg__book_row *row, int column, const char *reason);

/* Has a row above given this number, and now this one does, unless one did. */
int qbg__book_is_given(const qbg__book_row *row, uint32_t number);
qbg_status qbg__book_give(const qbg__book_row *row, uint32_t number);

/* Remarks that a row above had this key, too, or gives it. number: that of what has the key. */
qbg_status qbg__book_remark_again(const qbg__book_row *row, int column, uint32_t number);

#endif
