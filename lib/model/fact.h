/* fact: dated facts of one row: (field, from, value), who said so, and the value at an instant.
 *
 * The value at T is that of the latest row with from <= T; an undated row (from = QBG_UNDATED)
 * holds since ever. Of one instant the host beats the rule, then the bytewise greater text wins, so
 * that the order in which facts are told never matters. */
#ifndef QBG__FACT_H
#define QBG__FACT_H

#include "base/blob.h"
#include "base/journal.h"
#include "qbg/workspace.h"

/* What a fact is about. */
enum {
    QBG__FACT_ROLE, /* member: a set of role numbers, one bit each */
    QBG__FACT_STATUS,
    QBG__FACT_STANCE,
    QBG__FACT_INFLUENCE, /* a double, as its bits */
    QBG__FACT_PARTICIPATION,
    QBG__FACT_INTEREST,
    QBG__FACT_CRM_ROLE, /* what others say, as sets like QBG__FACT_ROLE */
    QBG__FACT_VENDOR_ROLE,
    QBG__FACT_STAGE, /* opportunity: an interned text */
    QBG__FACT_VERDICT,
    QBG__FACT_AMOUNT, /* minor units */
    QBG__FACT_OUTCOME,
    QBG__FACT_NEED,
    QBG__FACT_BUDGET,
    QBG__FACT_AUTHORITY,
    QBG__FACT_TIMELINE,
    QBG__FACT_FIT,        /* a double, as its bits */
    QBG__FACT_ACCOUNT,    /* contact: an account's number */
    QBG__FACT_NEED_STATE, /* need */
    QBG__FACT_FIELDS
};

/* The value of a row that withdraws what was said. */
#define QBG__FACT_NOTHING INT64_MIN

typedef struct qbg__fact {
    int64_t from; /* seconds UTC, QBG_UNDATED: since ever */
    int64_t value;
    uint8_t field;
    uint8_t source; /* QBG_SOURCE_* */
    uint32_t told;  /* its interned text, where the value can be told in several; or QBG_NONE */
} qbg__fact;

/* By field, then from; at most one row of each. */
typedef struct qbg__facts {
    qbg__fact *at;
    uint32_t count, capacity;
} qbg__facts;

/* Tells a fact. An undated one replaces what the same or a lower source said. value:
 * QBG__FACT_NOTHING withdraws. Errors: QBG_E_RANGE from is no instant; QBG_E_ARGUMENT no such
 * source; QBG_E_MEMORY. out_changed: 0 when all is as it was. _set is for values that have one text
 * and for callers who need not know. */
qbg_status qbg__fact_tell(qbg_workspace *workspace, qbg__facts *facts, const qbg__fact *fact,
                          int *out_changed);
qbg_status qbg__fact_set(qbg_workspace *workspace, qbg__facts *facts, int field, int64_t value,
                         int64_t from, int32_t source);

/* Tells a fact of another row that is the same as this one: of two at one instant (or for ever) the
 * higher source's stays, then the bytewise greater; roles are united. It does not matter which row
 * is united with which, nor in what order. _unite_all: all of a row. */
qbg_status qbg__fact_unite(qbg_workspace *workspace, qbg__facts *facts, const qbg__fact *fact);
qbg_status qbg__fact_unite_all(qbg_workspace *workspace, qbg__facts *facts, const qbg__facts *from);

/* Gives all facts of a row up. */
qbg_status qbg__fact_take(qbg_workspace *workspace, qbg__facts *facts, uint32_t at);
qbg_status qbg__fact_drop_all(qbg__journal *journal, qbg__facts *facts);

/* The value as rows are now: of an account that was merged the one that was kept, and
 * QBG__FACT_NOTHING of one that was removed. */
int64_t qbg__fact_value(const qbg_workspace *workspace, const qbg__fact *fact);

/* The value at an instant; `otherwise` when nothing was said or it was withdrawn. */
int64_t qbg__fact_at(const qbg__facts *facts, int field, int64_t as_of, int64_t otherwise);

/* The undated row of a field, or NULL. */
const qbg__fact *qbg__fact_undated(const qbg__facts *facts, int field);

void qbg__facts_free(qbg__facts *facts, qbg__mem *mem);
uint64_t qbg__facts_bytes(const qbg__facts *facts);

/* The value of a field whose values are words: QBG_UNSET withdraws. 0: no such word. */
int qbg__fact_from_word(int field, int32_t word, int64_t *out_value);

/* Doubles travel as their bits; -0.0 must not, its bits are QBG__FACT_NOTHING. */
int64_t qbg__fact_from_double(double value);
double qbg__fact_to_double(int64_t value);

/* What books call a field: "role", "stage" ... */
const char *qbg__fact_field_name(int field);

/* How a book writes the value of a fact. */
void qbg__fact_write(const qbg_workspace *workspace, const qbg__fact *fact, qbg_blob *out);

#endif
