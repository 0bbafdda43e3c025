/* workspace: the tenant's struct, and how a change of it happens whole or not at all.
 *
 * Every public call that changes something reads: begin; write through the journal; end with the
 * status. Inside an open change another begin only nests. Routing settles when the outermost change
 * ends. */
#ifndef QBG__WORKSPACE_H
#define QBG__WORKSPACE_H

#include "base/intern.h"
#include "base/journal.h"
#include "base/rows.h"
#include "model/account.h"
#include "model/catalog.h"
#include "model/contact.h"
#include "model/member.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "model/cells.h"
#include "model/template.h"
#include "qbg/workspace.h"

typedef struct qbg__revenue {
    char *customer;
    int32_t month; /* year * 12 + month - 1 */
    char currency[4];
    int64_t amount_minor;
} qbg__revenue;

/* What has to be routed anew when the change ends. */
typedef struct qbg__dirt {
    int32_t everything;
    uint32_t *logs; /* by name; settling passes over repetitions */
    uint32_t count, capacity;
} qbg__dirt;

struct qbg_workspace {
    qbg__mem mem;
    qbg__journal journal;
    uint32_t depth;    /* open changes */
    int32_t open;      /* an import or batch is open: questions answer QBG_E_BUSY */
    int32_t *importer; /* what its reader is told by when the workspace goes first, or NULL */
    uint64_t settling; /* counts the settlings */
    qbg__dirt dirt;
    qbg__rows accounts, contacts, kinds, roles, solutions, templates, opportunities, members;
    qbg__index account_index, contact_index, kind_index, role_index, solution_index, template_index,
        opportunity_index, revenue_index;
    qbg__intern texts;
    qbg__signals signals;
    qbg__revenue *revenue;
    uint32_t revenue_count, revenue_capacity;
    qbg_policy policy;
};

typedef struct qbg__change {
    qbg_workspace *workspace;
    qbg__mark mark;
    uint32_t dirty; /* what was marked before */
    int32_t was_everything;
} qbg__change;

/* Opens a change. */
qbg__change qbg__begin(qbg_workspace *workspace);

/* Ends it: with QBG_OK it is done (and settled, if it is the outermost), with any other status
 * undone. Returns the status, or why settling failed; then all is undone. */
qbg_status qbg__end(qbg__change change, qbg_status status);

/* Is an import or batch open? What is known is then neither settled nor sure to stay. */
int qbg__is_busy(const qbg_workspace *workspace);

const qbg__mem *qbg__workspace_mem(const qbg_workspace *workspace);

/* QBG_E_TEXT unless it is UTF-8; _key: and not empty; _piece: and free of the ';' that separates
 * pieces in a book. QBG_E_ARGUMENT for a NULL key or piece. */
qbg_status qbg__check_text(const char *text);
qbg_status qbg__check_key(const char *key);
qbg_status qbg__check_piece(const char *piece);

/* QBG_E_RANGE unless it is within 1970..2199 or QBG_UNDATED. */
qbg_status qbg__check_time(int64_t time_s);

/* How every row with a key begins, whatever follows. Rows are reached through it and through their
 * own struct alike, which compilers have to be told. */
#if defined(__GNUC__)
#define QBG__MAY_ALIAS __attribute__((__may_alias__))
#else
#define QBG__MAY_ALIAS
#endif
typedef struct QBG__MAY_ALIAS qbg__keyed {
    qbg_workspace *workspace;
    uint32_t number;
    char *key;
} qbg__keyed;

/* The row with that key, or NULL. */
void *qbg__row_find(const qbg__rows *rows, const qbg__index *index, const char *key);

/* Adds a row with that key: QBG_E_EXISTS, QBG_E_TEXT, QBG_E_MEMORY. */
qbg_status qbg__row_add(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                        const char *key, void **out_row);

void qbg__revenue_free(qbg_workspace *workspace);

/* Pushes a number on a row's list. */
qbg_status qbg__list_push(qbg_workspace *workspace, uint32_t **list, uint32_t *count,
                          uint32_t *capacity, uint32_t value);

#endif
