/* workspace: the tenant's struct, and what all its keyed rows share. How it changes is in change.h.
 */
#ifndef QBG__WORKSPACE_H
#define QBG__WORKSPACE_H

#include "base/column.h"
#include "base/intern.h"
#include "base/journal.h"
#include "base/rows.h"
#include "model/account.h"
#include "model/catalog.h"
#include "model/change.h"
#include "model/contact.h"
#include "model/member.h"
#include "model/memory.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "model/revision.h"
#include "model/roster.h"
#include "model/cells.h"
#include "model/template.h"
#include "model/ways.h"
#include "qbg/workspace.h"

typedef struct qbg__revenue {
    char *customer;
    int32_t month; /* year * 12 + month - 1 */
    char currency[4];
    int64_t amount_minor;
} qbg__revenue;

/* Whose signals have to be routed anew when the change ends. */
typedef struct qbg__dirty_mark {
    uint32_t owner; /* QBG__OWNER_* */
    uint32_t number;
} qbg__dirty_mark;

typedef struct qbg__dirt {
    int32_t everything;
    int32_t moves;      /* event ids may belong elsewhere now: settle before one is looked up */
    int32_t tombstones; /* some came: whoever has one of their keys is to be erased */
    qbg__dirty_mark *at;
    uint32_t count, capacity;
    uint32_t settled; /* so many of them are settled already */
} qbg__dirt;

struct qbg_workspace {
    qbg__mem mem;
    qbg__journal journal;
    uint32_t depth;    /* open changes */
    int32_t open;      /* a batch or an import is open: questions answer QBG_E_BUSY */
    qbg__change batch; /* the one that the host opened; its workspace is NULL when there is none */
    int32_t *importer; /* what its reader is told by when the workspace goes first, or NULL */
    int32_t
        only_appends;  /* the open change writes to logs, but nothing that stood in them before */
    uint64_t settling; /* counts the settlings */
    qbg__dirt dirt;
    qbg__revisions revisions;
    qbg__rosters rosters;
    uint32_t erased;    /* contacts that were erased */
    qbg__worth *worths; /* by kind number */
    uint32_t worth_count, worth_capacity;
    qbg__rows accounts, contacts, kinds, roles, solutions, templates, opportunities, members;
    qbg__index account_index, contact_index, kind_index, role_index, solution_index, template_index,
        opportunity_index, revenue_index;
    qbg__intern texts;
    qbg__signals signals;
    qbg__ways ways;
    qbg__revenue *revenue;
    uint32_t revenue_count, revenue_capacity;
    qbg_policy policy;
};

/* Adds what qbg_workspace_free gives back, by section. */
void qbg__workspace_bytes(const qbg_workspace *workspace, qbg__memory *memory);

const qbg__mem *qbg__workspace_mem(const qbg_workspace *workspace);

/* QBG_E_TEXT unless it is UTF-8; _key: and not empty; _piece: and free of the ';' that separates
 * pieces in a book. QBG_E_ARGUMENT for a NULL key or piece. */
qbg_status qbg__check_text(const char *text);
qbg_status qbg__check_key(const char *key);
qbg_status qbg__check_piece(const char *piece);

/* QBG_E_RANGE unless it is within 1970..2199 or QBG_UNDATED. */
qbg_status qbg__check_time(int64_t time_s);

/* How every row with a key begins, whatever follows. Rows are reached through it and through their
 * own struct alike, which compilers have to be told. A row that was merged leads to the one that
 * was kept, which may have been merged itself; a row that was removed leads nowhere. */
#if defined(__GNUC__)
#define QBG__MAY_ALIAS __attribute__((__may_alias__))
#else
#define QBG__MAY_ALIAS
#endif
typedef struct QBG__MAY_ALIAS qbg__keyed {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept; /* its own number; after a merge that of the row kept; QBG_NONE: removed */
    char *key;
    uint64_t tag; /* the host's */
} qbg__keyed;

/* Sets the tag of a row of any kind; where answers tell it, the caller touches what they are about.
 */
qbg_status qbg__set_tag(void *row, uint64_t tag);

/* The live row that a number or handle leads to, or NULL when that is gone. */
void *qbg__row_at(const qbg__rows *rows, uint32_t number);

/* The row with that number if it is alive itself, or NULL: for walks, which meet each row once. */
void *qbg__row_alive(const qbg__rows *rows, uint32_t number);

/* Replaces a number by that of the live row to which it leads; QBG_NONE stays. QBG_E_RANGE there
 * was no such row; QBG_E_GONE. */
qbg_status qbg__row_lead_on(const qbg__rows *rows, uint32_t *number);

/* The live row with that key, or NULL; the key NUL-terminated, or as a span. */
void *qbg__row_find(const qbg__rows *rows, const qbg__index *index, const char *key);
void *qbg__row_find_span(const qbg__rows *rows, const qbg__index *index, qbg__span key);

/* Adds a row with that key: QBG_E_EXISTS, QBG_E_TEXT, QBG_E_MEMORY. _put: or finds it; out_is_new:
 * 1 if it was added. */
qbg_status qbg__row_add(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                        const char *key, void **out_row);
qbg_status qbg__row_put(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                        const char *key, void **out_row, int *out_is_new);

void qbg__revenue_free(qbg_workspace *workspace);
void qbg__revenue_bytes(const qbg_workspace *workspace, qbg__memory *memory);

/* Pushes a number on a row's list; takes one out of it. */
qbg_status qbg__list_push(qbg_workspace *workspace, uint32_t **list, uint32_t *count,
                          uint32_t *capacity, uint32_t value);
qbg_status qbg__list_drop(qbg_workspace *workspace, uint32_t **list, uint32_t *count,
                          uint32_t value);

#endif
