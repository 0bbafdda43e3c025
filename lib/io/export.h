/* export: the tables of a CRM's export on their way into the tables of a book.
 *
 * All tables are read twice: first what they say about each other's keys, then row by row into the
 * book's own CSV, which the reader loads as any other. Of each row of the book it is kept where it
 * comes from, so that what is refused there is told in the words of the export. */
#ifndef QBG__EXPORT_H
#define QBG__EXPORT_H

#include "io/book.h"
#include "io/dialect.h"
#include "io/links.h"

/* A part's number for rows that no part makes: companies, people, solutions and roles that are
 * named by others alone. */
#define QBG__EXPORT_NAMED UINT32_MAX

typedef struct qbg__export_table {
    size_t name, name_size; /* in `names` */
    size_t type, type_size; /* likewise, of records of a JSON tree: what they say they are */
    int is_tree;            /* JSON: 1: its records are other tables; 2: it has none */
    qbg_blob bytes;
    const qbg__dialect_object *object; /* NULL: it has no place */
    uint64_t rows, deleted;
    size_t headings[QBG__DIALECT_FIELDS];      /* as its header has them, in `names` */
    size_t heading_sizes[QBG__DIALECT_FIELDS]; /* 0: it has no such column */
} qbg__export_table;

/* Where a row of the book comes from. */
typedef struct qbg__origin {
    uint32_t table, part;
    uint64_t row;
} qbg__origin;

typedef struct qbg__origins {
    qbg__origin *at; /* one for each row of the book's table, without its header */
    uint32_t count, capacity;
} qbg__origins;

/* A row that others name: made when the row that names it is loaded. */
typedef struct qbg__export_named {
    int32_t link;           /* QBG__LINK_ACCOUNT, _CONTACT, _SOLUTION, _ROLE */
    size_t key, key_size;   /* in `named_texts` */
    size_t name, name_size; /* a name, or of a contact his address */
} qbg__export_named;

#define QBG__EXPORT_NAMED_MOST 8

/* Rows that are passed over for one reason. */
typedef struct qbg__export_skip {
    const char *reason;
    uint64_t row, rows; /* the first one, and how many */
} qbg__export_skip;

#define QBG__EXPORT_SKIPS 8

/* What the workspace must forget. */
typedef struct qbg__export_removal {
    int32_t entity;
    int is_for_good;      /* also when it has a row */
    size_t key, key_size; /* in `names` */
} qbg__export_removal;

struct qbg__export {
    qbg__mem mem;
    qbg_book_reader *reader;
    const qbg__dialect *dialect;
    qbg__export_table *tables;
    uint32_t table_count, table_capacity;
    uint32_t fed_count; /* tables that were fed; what follows was found in them */
    qbg_blob names;     /* texts that live as long as this */
    size_t solution, solution_size, column, column_size; /* in `names` */
    qbg__origins origins[QBG__BOOK_TABLES];
    qbg__links links;
    qbg__export_removal *removals;
    uint32_t removal_count, removal_capacity;
    int is_read;             /* the book's tables are there */
    uint32_t first_refusals; /* what was told by then */
    int has_removed;         /* what must be forgotten was */
    /* The row at hand. */
    uint32_t table;
    const qbg__dialect_object *object;
    uint64_t row;
    uint32_t refusals; /* before it */
    qbg__span cells[QBG__DIALECT_FIELDS];
    char ids[QBG__DIALECT_FIELDS][QBG__DIALECT_ID]; /* of those that were lengthened */
    qbg__span product;                              /* of the column that names the solution */
    qbg_blob scratch;                               /* a cell of ours */
    qbg_blob piece;                                 /* for conversions */
    qbg__export_named named[QBG__EXPORT_NAMED_MOST];
    uint32_t named_count;
    qbg_blob named_texts;
    /* The table at hand. */
    qbg__export_skip skips[QBG__EXPORT_SKIPS];
    uint32_t skip_count;
};

/* NULL: no memory. _free: NULL is fine. */
qbg__export *qbg__export_new(qbg_book_reader *reader, const qbg__dialect *dialect);
void qbg__export_free(qbg__export *self);

/* The bytes of the table with that name, new or known. */
qbg_status qbg__export_open(qbg__export *self, qbg__span name, qbg_blob **out_bytes);

/* Reads all that was fed into the reader's tables. QBG_E_MEMORY, and all is as before. */
qbg_status qbg__export_read(qbg__export *self);

/* Removes from the workspace what the export says is no more. */
qbg_status qbg__export_remove(qbg__export *self);

/* The rows that were fed, headers left out, before they are read. */
uint64_t qbg__export_rows(const qbg__export *self);

/* What was refused, in the words of the export: _end of refusals is the caller's. */
qbg_status qbg__export_refusals(const qbg__export *self, qbg__refusals *out);

/* The same as the public table; and of each table how many rows were read, loaded and refused. */
qbg_status qbg__export_refusals_table(const qbg__export *self, qbg_table **out_table);
qbg_status qbg__export_tables(const qbg__export *self, qbg_table **out_table);

/* The distinct rows of each of `count` tables from `first` on that a list has refused; UINT64_MAX:
 * its header, and so all. */
qbg_status qbg__refused_rows(const qbg__refusals *list, int32_t first, uint32_t count,
                             uint64_t *out_refused);

/* The table of counts: its columns, and a row. object: NULL: none. */
void qbg__counts_begin(qbg_table *out);
void qbg__counts_write(qbg_table *out, qbg__span table, const char *object, uint64_t rows,
                       uint64_t refused, uint64_t deleted);

/* A field by the heading that a table has for it, else by the first one that it may have. */
qbg__span qbg__export_heading(const qbg__export *self, uint32_t table, int field);

/* What a table is called; and keeps a text behind others, and tells where. */
qbg__span qbg__export_table_name(const qbg__export *self, uint32_t table);
size_t qbg__export_keep(qbg_blob *texts, qbg__span text);

/* What is done with a row: the first reading notes what it says of keys, the second one writes it.
 * QBG_E_REFUSED: it is refused, and why is told. */
typedef qbg_status qbg__export_use(qbg__export *self);
qbg__export_use qbg__export_gather, qbg__export_translate;

/* Reads a table, row by row. is_last: what is wrong with it is told, and its rows are counted.
 * _refuse_table: refuses all of it, `return qbg__export_refuse_table(...)`. */
qbg_status qbg__export_read_table(qbg__export *self, uint32_t number, qbg__export_use *use,
                                  int is_last);
qbg_status qbg__export_refuse_table(qbg__export *self, const char *reason);

/* ---- for the row at hand ---- */

/* Begins a refusal or a remark: append the reason to the blob. */
qbg_blob *qbg__export_tell(qbg__export *self, int field, int32_t refused);

/* Tells why rows of the table at hand were passed over, and how many. */
qbg_status qbg__export_tell_skips(qbg__export *self);

static inline qbg__span qbg__export_cell(const qbg__export *self, int field) {
    return field < 0 ? (qbg__span){"", 0} : self->cells[field];
}

/* Refuses the row for what a field says, or remarks something: `return qbg__export_refuse(...)`. */
qbg_status qbg__export_refuse(qbg__export *self, int field, const char *reason);
qbg_status qbg__export_remark(qbg__export *self, int field, const char *reason);

/* The same, once for each `what` that is remarked on in a table. */
qbg_status qbg__export_remark_once(qbg__export *self, int field, qbg__span what,
                                   const char *reason);

/* Names something that need not have a row of its own, which then is made. link: as above. name:
 * may be empty. */
qbg_status qbg__export_need(qbg__export *self, int32_t link, qbg__span key, qbg__span name);

/* Is it known: to the export, or to the workspace? And was it deleted? link: QBG__LINK_ACCOUNT and
 * the other rows. */
int qbg__export_knows(const qbg__export *self, int32_t link, qbg__span key);
int qbg__export_is_deleted(const qbg__export *self, int32_t link, qbg__span key);

/* Is it gone because it was merged into another one? */
int qbg__export_is_merged(const qbg__export *self);

/* Yes or no, as CRMs write it; 0 when the cell is empty or neither. */
int qbg__export_is_yes(const qbg__export *self, int field);
int qbg__export_is_no(const qbg__export *self, int field);

/* Has the cell one of these words, as qbg__dialect_lists? */
int qbg__export_says(const qbg__export *self, int field, const char *words);

/* What a link maps a key to; empty: nothing. _has: is it mapped, be it to nothing? */
int qbg__export_has(const qbg__export *self, int32_t map, qbg__span key);
qbg__span qbg__export_linked(const qbg__export *self, int32_t map, qbg__span key);

#endif
