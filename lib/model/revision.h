/* revision: which opportunities changed since when, so that a host can ask again about those alone.
 *
 * The workspace counts the changes that took effect; each opportunity has the count at which one of
 * its answers may have changed last. What is noted can be more than what changed, never less. */
#ifndef QBG__REVISION_H
#define QBG__REVISION_H

#include "model/change.h"
#include "model/log.h"
#include "model/memory.h"
#include "qbg/revision.h"

typedef struct qbg__revisions {
    uint64_t now;        /* changes that took effect */
    uint64_t everything; /* when all opportunities were touched at once */
    uint64_t *touched;   /* by opportunity number */
    uint32_t count, capacity;
} qbg__revisions;

void qbg__revisions_free(qbg__revisions *revisions, qbg__mem *mem);
void qbg__revisions_bytes(const qbg__revisions *revisions, qbg__memory *memory);

/* Notes, inside an open change, what one of these may be answered differently from now on: an
 * opportunity, or one of which only the signals changed; all those of an account, all in which a
 * contact takes part, all of these logs, or all. */
qbg_status qbg__touch(qbg_workspace *workspace, uint32_t opportunity);
qbg_status qbg__touch_log(qbg_workspace *workspace, uint32_t opportunity);
qbg_status qbg__touch_account(const qbg_account *account);
qbg_status qbg__touch_contact(const qbg_contact *contact);
qbg_status qbg__touch_places(qbg_workspace *workspace, const qbg__places *places);
qbg_status qbg__touch_everything(qbg_workspace *workspace);

/* The opportunities that have a need of a contact, whether he takes part in them or not: when he is
 * called otherwise. */
qbg_status qbg__touch_needs(const qbg_contact *contact);

/* Ends a change of what every answer may depend on, the catalogue or the policy: if it wrote
 * anything, all opportunities are answered differently. */
qbg_status qbg__end_everywhere(qbg__change change, qbg_status status);

/* The revision at which an opportunity was touched last. */
uint64_t qbg__revision_of(const qbg_workspace *workspace, uint32_t opportunity);

#endif
