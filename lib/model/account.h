/* account: a company's row. */
#ifndef QBG__ACCOUNT_H
#define QBG__ACCOUNT_H

#include "model/cells.h"
#include "model/memory.h"
#include "qbg/account.h"

struct qbg_account {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept; /* see qbg__keyed */
    char *key;
    uint64_t tag;      /* the host's */
    uint32_t absorbed; /* rows that lead to this one */
    char *name;
    char **domains;
    uint32_t domain_count, domain_capacity;
    int64_t potential_minor;
    char currency[4];        /* "" while no potential is known */
    uint32_t *opportunities; /* by solution, then number */
    uint32_t opportunity_count, opportunity_capacity;
    qbg__log unrouted;   /* its signals that no opportunity took */
    qbg__places signals; /* the logs that may hold signals of this account */
};

void qbg__account_free(qbg_account *account, qbg__mem *mem);

/* Counts the bytes that _free gives back, by section; here as in all rooms that have a _free. */
void qbg__account_bytes(const qbg_account *account, qbg__memory *memory);

/* Gives up the lists of a row that is no more, but for its places. */
qbg_status qbg__account_drop_lists(qbg_account *account);

/* Where the account's first opportunity for a solution, or a later one, stands in its list. */
uint32_t qbg__account_first(const qbg_account *account, uint32_t solution);

/* Of its opportunities for a solution that are open at an instant the one that routing prefers: the
 * latest opened, then by key; or NULL. */
const qbg_opportunity *qbg__account_open_for(const qbg_account *account, uint32_t solution,
                                             int64_t as_of);

/* Is it a live row of that workspace? */
int qbg__account_is_of(const qbg_account *account, const qbg_workspace *workspace);

/* The row that a handle leads to, NULL when that is gone; for calls that change it: QBG_E_ARGUMENT
 * for NULL, QBG_E_GONE. */
qbg_account *qbg__account_live(const qbg_account *account);
qbg_status qbg__account_open(qbg_account **account);

/* Sets these inside an open change; a domain that is there already is passed over. */
qbg_status qbg__account_push_domain(qbg_account *account, const char *domain);
qbg_status qbg__account_set_potential(qbg_account *account, int64_t potential_minor,
                                      const char *currency);

/* Takes the potential away, as a change of its own. */
qbg_status qbg__account_drop_potential(qbg_account *account);

/* Puts an opportunity into the account's list, or takes it out. */
qbg_status qbg__account_list(qbg_account *account, const qbg_opportunity *opportunity);
qbg_status qbg__account_unlist(qbg_account *account, const qbg_opportunity *opportunity);

#endif
