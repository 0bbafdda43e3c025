/* tree: records in JSON, as Salesforce exports them ({"records": [{"attributes": {"type":
 * "Contact", "referenceId": "ContactRef1"}, "LastName": ...}]}), as tables in CSV, one for each
 * type.
 *
 * A record without an Id has its reference for one, and "@ContactRef1" leads to it. Records inside
 * of a record, as the contacts of an account, are rows of their own that name it. */
#ifndef QBG__TREE_H
#define QBG__TREE_H

#include "base/blob.h"
#include "base/column.h"

typedef struct qbg__tree_text {
    size_t at, size; /* in `texts` */
} qbg__tree_text;

typedef struct qbg__tree_column {
    uint32_t type;
    qbg__tree_text name;
} qbg__tree_column;

typedef struct qbg__tree_cell {
    uint32_t column;
    uint32_t next; /* of the same record; QBG_NONE: none */
    qbg__tree_text text;
} qbg__tree_cell;

typedef struct qbg__tree_record {
    uint32_t type;
    uint32_t parent;      /* the record that it is in; QBG_NONE: none */
    uint32_t first, last; /* its cells; QBG_NONE: none */
    qbg__tree_text reference;
} qbg__tree_record;

typedef struct qbg__tree {
    qbg__mem mem;
    qbg_blob texts;
    qbg__tree_text *types;
    uint32_t type_count, type_capacity;
    qbg__tree_column *columns;
    uint32_t column_count, column_capacity;
    qbg__tree_record *records;
    uint32_t record_count, record_capacity;
    qbg__tree_cell *cells;
    uint32_t cell_count, cell_capacity;
    const char *at, *end; /* while it is read */
    int depth;
} qbg__tree;

void qbg__tree_begin(qbg__tree *tree, const qbg__mem *mem);
void qbg__tree_end(qbg__tree *tree);

/* Do bytes look like JSON? */
int qbg__tree_is_one(const char *bytes, size_t size);

/* QBG_E_FORMAT: it does not read, or holds no records. QBG_E_MEMORY. */
qbg_status qbg__tree_read(qbg__tree *tree, const char *bytes, size_t size);

/* A type of records ("" when they do not say it), whether there are any, and its records as a
 * table.
 */
qbg__span qbg__tree_type(const qbg__tree *tree, uint32_t type);
int qbg__tree_has(const qbg__tree *tree, uint32_t type);
qbg_status qbg__tree_write(const qbg__tree *tree, uint32_t type, qbg_blob *out);

#endif
