/* grid: a table as text: columns aligned by the width of characters on a screen.
 *
 * Headings first, then cells row by row; what is written is a line a row, or as many as its tallest
 * cell has, two blanks between columns, a rule of dashes under the headings, and no blank at the
 * end of any line. */
#ifndef QBG__GRID_H
#define QBG__GRID_H

#include "base/blob.h"

#define QBG__LEFT  0 /* texts */
#define QBG__RIGHT 1 /* numbers */

#define QBG__GRID_BRIEF 60 /* columns that a cell of any length may take */

typedef struct qbg__grid_column {
    const char *heading; /* the caller's, until the grid is written */
    size_t width;
    int side;
} qbg__grid_column;

typedef struct qbg__grid {
    qbg__mem mem;
    qbg__grid_column *columns;
    uint32_t column_count;
    uint32_t column_capacity;
    qbg_blob cells; /* the texts of all cells, one behind the other; keeps the first failure */
    size_t *starts; /* where each cell begins in them */
    uint32_t cell_count;
    uint32_t cell_capacity;
} qbg__grid;

void qbg__grid_begin(qbg__grid *grid, const qbg__mem *mem);
void qbg__grid_end(qbg__grid *grid);

/* Adds a column, before the first cell. If all headings are "", none are written. */
void qbg__grid_column_add(qbg__grid *grid, const char *heading, int side);

/* The next cell, in order of the columns: append its text to what this returns; a line end in it
 * starts another line of the cell. _text: a text on one line. _brief: the same for what somebody
 * may have written at any length, cut to QBG__GRID_BRIEF columns. */
qbg_blob *qbg__grid_cell(qbg__grid *grid);
void qbg__grid_text(qbg__grid *grid, const char *text);
void qbg__grid_brief(qbg__grid *grid, const char *text);

/* Appends the grid, each line behind `indent` blanks, to `out`, and its failure if there was one.
 */
void qbg__grid_write(qbg__grid *grid, qbg_blob *out, size_t indent);

#endif
