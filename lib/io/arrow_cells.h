/* arrow_cells: a column of rows that come in batches, gathered as the library's columns hold them.
 *
 * What a cell of another type stands for is decided here: a key for a row's number, a word for its
 * number, a date for its first second. A cell that stands for nothing is told to the refusals, and
 * is given a value that refuses its row. */
#ifndef QBG__ARROW_CELLS_H
#define QBG__ARROW_CELLS_H

#include "io/arrow_column.h"
#include "io/book_refusals.h"

/* What a column holds. */
enum {
    QBG__CELLS_TEXT,   /* bytes and offsets */
    QBG__CELLS_NUMBER, /* uint32: a row's number or key; `of`: QBG_ENTITY_* */
    QBG__CELLS_KIND,   /* uint16: a kind's number or key */
    QBG__CELLS_WORD,   /* int32: a word's number or key, or yes and no; `of`: QBG_WORDS_* */
    QBG__CELLS_TIME,   /* int64: seconds UTC */
    QBG__CELLS_MINOR,  /* int64: money in minor units */
    QBG__CELLS_RATIO,  /* double */
    QBG__CELLS_TAG     /* uint64 */
};

typedef struct qbg__cells_form {
    const char *name; /* of the column */
    int32_t form, of;
    int32_t is_required;
    size_t values,
        offsets; /* where the library's struct of columns has it; offsets of texts only */
} qbg__cells_form;

typedef struct qbg__arrow_cells {
    const qbg__cells_form *form;
    void *values; /* by row; of texts the offsets, one more than rows */
    uint32_t capacity;
    qbg_blob texts;
} qbg__arrow_cells;

/* Where what is wrong with rows is told. */
typedef struct qbg__arrow_faults {
    qbg__refusals refusals;
    int32_t table;
    uint64_t first;      /* the number of the first gathered row in the stream, from 0 */
    uint8_t *is_refused; /* by gathered row: something was told of it */
    uint32_t capacity;
} qbg__arrow_faults;

void qbg__arrow_cells_begin(qbg__arrow_cells *cells, const qbg__cells_form *form,
                            const qbg__mem *mem);
void qbg__arrow_cells_end(qbg__arrow_cells *cells, qbg__mem *mem);

/* Can a column of that type be read as these cells? */
int qbg__arrow_cells_take(const qbg__cells_form *form, const qbg__arrow_column *column);

/* Reads the column of a batch behind the `rows` that are gathered already. QBG_E_MEMORY. */
qbg_status qbg__arrow_cells_read(qbg__arrow_cells *cells, const qbg_workspace *workspace,
                                 const qbg__arrow_column *column, uint64_t rows, qbg__mem *mem,
                                 qbg__arrow_faults *faults);

/* Writes where the cells are into the library's struct of columns. */
void qbg__arrow_cells_place(const qbg__arrow_cells *cells, void *columns);

#endif
