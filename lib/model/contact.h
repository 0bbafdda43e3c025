/* contact: a person's row. */
#ifndef QBG__CONTACT_H
#define QBG__CONTACT_H

#include "model/fact.h"
#include "model/persona.h"
#include "model/cells.h"
#include "qbg/contact.h"

struct qbg_contact {
    qbg_workspace *workspace;
    uint32_t number;
    char *key;
    char *name;
    char *title;
    char *email;
    qbg__persona read;             /* what the title says */
    int32_t department, seniority; /* the host's word, or QBG_UNSET */
    qbg__facts facts;              /* where he works */
    uint32_t *memberships;         /* member numbers */
    uint32_t membership_count, membership_capacity;
    uint32_t *visitors; /* visitor numbers */
    uint32_t visitor_count, visitor_capacity;
    qbg__places signals; /* the logs that may hold his signals */
};

void qbg__contact_free(qbg_contact *contact, qbg__mem *mem);
int qbg__contact_is_of(const qbg_contact *contact, const qbg_workspace *workspace);

/* The number of the account where he works at an instant, or QBG_NONE. */
uint32_t qbg__contact_account(const qbg_contact *contact, int64_t as_of);

#endif
