/* book: what the reader's and the writer's rooms share: the tables with their columns, and the
 * reader.
 *
 * A table is described beside the functions that load it; book.c lists them in the order in which
 * they are told. */
#ifndef QBG__BOOK_H
#define QBG__BOOK_H

#include "io/book_keys.h"
#include "io/book_refusals.h"
#include "io/csv.h"
#include "model/fact.h"
#include "model/workspace.h"
#include "qbg/book.h"
#include "qbg/signal.h"

/* The tables. */
enum {
    QBG__BOOK_ACCOUNTS,
    QBG__BOOK_CONTACTS,
    QBG__BOOK_TEMPLATES,
    QBG__BOOK_SOLUTIONS,
    QBG__BOOK_VISITORS,
    QBG__BOOK_OPPORTUNITIES,
    QBG__BOOK_MEMBERS,
    QBG__BOOK_SIGNALS,
    QBG__BOOK_HISTORY,
    QBG__BOOK_KINDS,
    QBG__BOOK_ROLES,
    QBG__BOOK_NEEDS,
    QBG__BOOK_REVENUE,
    QBG__BOOK_POLICY,
    QBG__BOOK_TRACKING,
    QBG__BOOK_TABLES
};

/* The most columns that a table has. */
#define QBG__BOOK_COLUMNS 16

typedef struct qbg__book_table {
    const char *name;
    const char *const *columns; /* in the order in which they are written */
    uint32_t column_count;
    uint32_t needed; /* columns that must be there, one bit each */
    uint32_t filled; /* columns whose cells must not be empty */
    uint32_t spare;  /* so many at the end are written only when something stands in them */
} qbg__book_table;

extern const qbg__book_table qbg__book_accounts, qbg__book_contacts, qbg__book_templates,
    qbg__book_solutions, qbg__book_visitors, qbg__book_opportunities, qbg__book_members,
    qbg__book_signals, qbg__book_history, qbg__book_kinds, qbg__book_roles, qbg__book_needs,
    qbg__book_revenue, qbg__book_policy, qbg__book_tracking;

/* A QBG__BOOK_* table; NULL when there is none such. And the table with that name, or -1. */
const qbg__book_table *qbg__book_table_at(int32_t table);
int32_t qbg__book_table_find(const char *name);

/* What the first pass over a table has found. */
typedef struct qbg__book_seen {
    int32_t is_read;  /* to its end, and its header was fine */
    uint32_t columns; /* of the header, one bit each */
    uint64_t rows;    /* without the header */
} qbg__book_seen;

/* Numbers, one bit each. */
typedef struct qbg__book_set {
    uint64_t *words;
    uint32_t count, capacity;
} qbg__book_set;

/* What a table has had a row for: by number, that row; 0: none. */
typedef struct qbg__book_given {
    uint64_t *rows;
    uint32_t count, capacity;
} qbg__book_given;

/* How often tables are read, all in all: some more than once. */
#define QBG__BOOK_PASSES 20

/* How far an import has come: a pass, and a row of it. */
typedef struct qbg__book_place {
    uint32_t pass;
    qbg__csv_place in; /* the table of the pass */
    uint64_t done;     /* rows that were read, in all passes */
} qbg__book_place;

struct qbg__export;

struct qbg_book_reader {
    qbg__mem mem;
    qbg_workspace *workspace;
    int32_t is_strict;
    struct qbg__export *export; /* NULL: what is fed are tables of a book */
    int32_t is_open;            /* steps were taken: `change` is open in the workspace */
    int32_t is_finished;
    qbg__change change;
    qbg__book_place place;
    uint64_t total;                 /* the rows of all passes, once they are counted or read */
    qbg_blob fed[QBG__BOOK_TABLES]; /* the bytes of each table */
    qbg__refusals refusals;
    qbg_signal *signal;                      /* the record of the signal at hand */
    qbg_blob piece;                          /* a text on its way from a cell to the model */
    qbg_blob names;                          /* the names of the tracking row at hand */
    qbg__book_given given[QBG__BOOK_TABLES]; /* keys; of templates, seats */
    qbg__book_set refused[QBG__BOOK_PASSES]; /* rows */
    qbg__book_seen seen[QBG__BOOK_TABLES];
    qbg__book_keys keys[QBG__BOOK_KEYS]; /* what cells have named */
    uint64_t notes;                      /* of the journal, when they were last good */
};

#endif
