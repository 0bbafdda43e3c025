/* book_writer: what the writers of the tables share: cells in order, and rows by key. */
#ifndef QBG__BOOK_WRITER_H
#define QBG__BOOK_WRITER_H

#include "base/sort.h"
#include "io/book.h"
#include "model/workspace.h"

/* Pointers to be put in order. */
typedef struct qbg__book_list {
    const void **at;
    uint32_t count, capacity;
} qbg__book_list;

typedef struct qbg__book_writer {
    const qbg_workspace *workspace;
    const qbg__book_table *table;
    uint32_t columns; /* of the table that are written */
    qbg__mem mem;
    qbg_blob *out;  /* keeps the first failure */
    qbg_blob cell;  /* a cell that is put together */
    uint32_t cells; /* of the row at hand */
    qbg__book_list rows;
    qbg__book_list pieces; /* of one row */
} qbg__book_writer;

/* The next cell of the row; behind the last one the row ends by itself, and before the first row
 * comes the header. */
void qbg__book_put(qbg__book_writer *self, const char *bytes, size_t size);
void qbg__book_put_text(qbg__book_writer *self, const char *text);
void qbg__book_put_nothing(qbg__book_writer *self);
void qbg__book_put_time(qbg__book_writer *self, int64_t time_s); /* QBG_UNDATED: nothing */
void qbg__book_put_word(qbg__book_writer *self, int32_t vocabulary, int32_t word);
void qbg__book_put_flag(qbg__book_writer *self, int32_t flag);
void qbg__book_put_decimal(qbg__book_writer *self, int64_t value, int places);
void qbg__book_put_money(qbg__book_writer *self, int64_t minor, const char *currency);

/* The value of a fact, NULL: nothing; currency: of amounts. */
void qbg__book_put_fact(qbg__book_writer *self, const qbg__fact *fact, const char *currency);

/* Adds to a list, and puts it in order. Failures are kept in self->out. */
void qbg__book_list_clear(qbg__book_list *list);
void qbg__book_list_add(qbg__book_writer *self, qbg__book_list *list, const void *item);
void qbg__book_list_sort(qbg__book_writer *self, qbg__book_list *list, qbg__sort_compare *compare);

/* Lists keyed rows (accounts, contacts ...) in self->rows, by key. */
void qbg__book_list_rows(qbg__book_writer *self, const qbg__rows *rows);

/* An undated fact that says something, or NULL. */
const qbg__fact *qbg__book_undated(const qbg__facts *facts, int field);

/* Writers of tables: what happened, and what is said about it. */
void qbg__book_write_members(qbg__book_writer *self);
void qbg__book_write_needs(qbg__book_writer *self);
void qbg__book_write_history(qbg__book_writer *self);
void qbg__book_write_signals(qbg__book_writer *self);

#endif
