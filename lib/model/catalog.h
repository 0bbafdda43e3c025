/* catalog: the rows of kinds, roles and solutions. */
#ifndef QBG__CATALOG_H
#define QBG__CATALOG_H

#include "base/blob.h"
#include "base/journal.h"
#include "model/memory.h"
#include "qbg/catalog.h"

#define QBG__KIND_MAX 4096u
/* Sets of roles are bits of an int64; bit 63 alone would be QBG__FACT_NOTHING. */
#define QBG__ROLE_MAX 63u

struct qbg_kind {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept;
    char *key;
    uint64_t tag;        /* the host's */
    int32_t category;    /* QBG_CATEGORY_NAMED unless it is a property of the kind */
    int32_t high_intent; /* 0 or 1 */
    int64_t points_milli;
    int64_t default_milli; /* what the built-in kind is worth, or the host first said */
    char *parameter;       /* its key in the policy: points.<key> */
};

/* What a kind's signals add to a score, packed for scoring. */
typedef struct qbg__worth {
    int64_t milli;
    uint32_t sort;     /* QBG__SORT_* */
    uint32_t somebody; /* all bits, or 0 for third parties' signals, which are nobody's */
} qbg__worth;

/* Signals are added up apart by what their kind is: bits of a number below QBG__SORTS. */
enum { QBG__SORT_POSITIVE = 1, QBG__SORT_HIGH = 2, QBG__SORTS = 4 };

struct qbg_role {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept;
    char *key;
    uint64_t tag; /* the host's */
    char *name;   /* the host's name for it, or NULL */
};

struct qbg_solution {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept;
    char *key;
    uint64_t tag; /* the host's */
    char *name;
    uint32_t template_;
    char **contents; /* prefixes */
    uint32_t content_count, content_capacity;
};

/* The built-in kinds and roles of a new workspace. */
qbg_status qbg__catalog_begin(qbg_workspace *workspace);

/* How many kinds and roles are built in; the rest are the host's. */
uint32_t qbg__kind_built_in_count(void);
uint32_t qbg__role_built_in_count(void);
int32_t qbg__kind_built_in_category(uint32_t number);
int32_t qbg__kind_built_in_high_intent(uint32_t number);

void qbg__kind_free(qbg_kind *kind, qbg__mem *mem);
void qbg__role_free(qbg_role *role, qbg__mem *mem);
void qbg__solution_free(qbg_solution *solution, qbg__mem *mem);
void qbg__kind_bytes(const qbg_kind *kind, qbg__memory *memory);
void qbg__role_bytes(const qbg_role *role, qbg__memory *memory);
void qbg__solution_bytes(const qbg_solution *solution, qbg__memory *memory);

/* What a kind is worth from now on, and the range of that. */
#define QBG__KIND_POINTS_MAX 1000000
qbg_status qbg__kind_set_points(qbg_kind *kind, int64_t points_milli);

/* Roles of a set (one bit each) in the catalogue's order: the built-in ones, then the host's by
 * key. numbers: room for QBG__ROLE_MAX. Returns how many. */
uint32_t qbg__role_list(const qbg_workspace *workspace, uint64_t set, uint32_t *numbers);

/* The keys of a set, joined with ';'. */
void qbg__role_write(const qbg_workspace *workspace, uint64_t set, qbg_blob *out);

/* The solution whose content prefix is the longest that the content starts with, or QBG_NONE. */
uint32_t qbg__solution_of_content(const qbg_workspace *workspace, const char *content);

#endif
