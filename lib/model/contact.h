/* contact: a person's row. */
#ifndef QBG__CONTACT_H
#define QBG__CONTACT_H

#include "model/fact.h"
#include "model/persona.h"
#include "model/cells.h"
#include "model/memory.h"
#include "qbg/contact.h"

struct qbg_contact {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept; /* see qbg__keyed */
    char *key;
    uint64_t tag; /* the host's */
    char *name;
    char *title;
    char *email;
    char *company;                 /* what he says it is called; who knows which account that is */
    qbg__persona read;             /* what the title says */
    int32_t department, seniority; /* the host's word, or QBG_UNSET */
    qbg__facts facts;              /* where he works */
    uint32_t *memberships;         /* member numbers */
    uint32_t membership_count, membership_capacity;
    uint32_t *visitors; /* visitor numbers */
    uint32_t visitor_count, visitor_capacity;
    uint32_t need_count; /* needs that are his, over all opportunities */
    int32_t is_erased;
    uint32_t absorbed;   /* rows that lead to this one */
    qbg__places signals; /* the logs that may hold his signals */
};

void qbg__contact_free(qbg_contact *contact, qbg__mem *mem);
void qbg__contact_bytes(const qbg_contact *contact, qbg__memory *memory);

/* Gives up the lists of a row that is no more, but for its places. */
qbg_status qbg__contact_drop_lists(qbg_contact *contact);

/* Is it a row of that workspace? */
int qbg__contact_is_of(const qbg_contact *contact, const qbg_workspace *workspace);

/* The row that a handle leads to, NULL when that is gone; for calls that change it: QBG_E_ARGUMENT
 * for NULL, QBG_E_GONE. */
qbg_contact *qbg__contact_live(const qbg_contact *contact);
qbg_status qbg__contact_open(qbg_contact **contact);

/* Sets his title and reads it, inside an open change. */
qbg_status qbg__contact_set_title(qbg_contact *contact, const char *title);

/* Says, inside an open change, that a visitor is this contact, and that he is not. */
qbg_status qbg__contact_take_visitor(qbg_contact *contact, uint32_t visitor);
qbg_status qbg__contact_drop_visitor(qbg_contact *contact, uint32_t visitor);

/* Was any account of his ever known? */
int qbg__contact_has_worked(const qbg_contact *contact);

/* The number of the account where he works at an instant, or QBG_NONE. */
uint32_t qbg__contact_account(const qbg_contact *contact, int64_t as_of);

#endif
