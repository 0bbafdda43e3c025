/* routing: which opportunity a signal counts for, and moving signals when the facts change.
 *
 * Section 2 of the model: the opportunity it names; else those for its solution, at its account or
 * with its contact as a member; else those with its contact as a member. */
#ifndef QBG__ROUTING_H
#define QBG__ROUTING_H

#include "model/cells.h"
#include "qbg/workspace.h"

/* The account of a signal: its own, else its contact's at its time; or QBG_NONE. */
uint32_t qbg__route_account(const qbg_workspace *workspace, int64_t time, uint32_t person,
                            const qbg__cells *cells);

/* Puts a new entry where it belongs. out_opportunity: its number or QBG_NONE. */
qbg_status qbg__route_place(qbg_workspace *workspace, qbg__entry entry, uint32_t person,
                            uint32_t *out_opportunity);

/* The opportunity that an entry belongs to, or QBG_NONE. */
uint32_t qbg__route_of(const qbg_workspace *workspace, const qbg__entry *entry, uint32_t person);

/* Reads anew which solution the contents are about that start with a new prefix. */
qbg_status qbg__route_content(qbg_workspace *workspace, const char *prefix);

/* Marks what a change of facts may route anew; it is settled when the change ends. */
qbg_status qbg__dirty_everything(qbg_workspace *workspace);
qbg_status qbg__dirty_places(qbg_workspace *workspace, const qbg__places *places);

/* Routes all that is marked. */
qbg_status qbg__settle(qbg_workspace *workspace);

#endif
