/* book_signals: signals in blocks. */
#ifndef QBG__BOOK_SIGNALS_H
#define QBG__BOOK_SIGNALS_H

#include "base/civil.h"
#include "io/book.h"

/* A wider table is read row by row. */
#define QBG__BOOK_BLOCK_CELLS 24

/* A column of keys that a table has. */
typedef struct qbg__book_named {
    uint32_t place; /* the cell where it stands */
    int32_t which;  /* QBG__BOOK_KEYS_* */
    const qbg__rows *rows;
    const qbg__index *index;
    qbg__book_keys *keys;
    uint32_t *numbers; /* what the keys lead to, a row each */
} qbg__book_named;

/* A column of texts that a table has: one behind the other, and where each begins. */
typedef struct qbg__book_texts {
    uint32_t place;
    qbg_blob bytes;
    int64_t *offsets; /* one more than rows */
} qbg__book_texts;

/* The columns of texts. */
enum { QBG__BOOK_TEXTS_VISITOR, QBG__BOOK_TEXTS_CONTENT, QBG__BOOK_TEXTS_EVENT, QBG__BOOK_TEXTS };

/* Rows that are gathered as columns. */
typedef struct qbg__book_block {
    qbg_book_reader *reader;
    qbg__csv *csv;
    uint32_t cell_count; /* of the header */
    uint32_t headings;   /* without empty ones at its end */
    uint32_t places[QBG__BOOK_COLUMNS];
    qbg__book_named named[QBG__BOOK_KEYS];
    uint32_t named_count;
    qbg__book_texts texts[QBG__BOOK_TEXTS];
    int has_texts; /* any of them */
    uint32_t count, capacity;
    int64_t *time;
    qbg__civil_day day; /* of the last one */
    uint16_t *kind;     /* the numbers of the kinds again */
    uint32_t *numbers[QBG__BOOK_KEYS];
    qbg_status failure; /* of memory, while rows are taken */
    qbg_status *status; /* of each row, once they are appended */
} qbg__book_block;

/* csv: with the header just read. places: the cell of each column. _end gives back the columns. */
void qbg__book_block_begin(qbg__book_block *self, qbg_book_reader *reader, qbg__csv *csv,
                           const uint32_t *places, uint32_t headings, uint32_t cell_count);
void qbg__book_block_end(qbg__book_block *self);

/* Loads the plain rows up to the first other one, or *rows of them; lowers *rows. *out_single: so
 * many of the rows that follow have to be loaded one by one before this is called again. */
qbg_status qbg__book_block_load(qbg__book_block *self, uint64_t *rows, uint64_t *out_single);

#endif
