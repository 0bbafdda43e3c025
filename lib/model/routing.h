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

/* The log, by name, to which a new entry belongs; what it waits for is set, and whoever is
 * concerned remembers the log. */
qbg_status qbg__route_log(qbg_workspace *workspace, qbg__entry *entry, uint32_t person,
                          uint32_t *out_log);

/* The same for a signal at an account of which one opportunity is known to be all that could take
 * it; nobody remembers anything. */
uint32_t qbg__route_among_one(const qbg_workspace *workspace, qbg__entry *entry, uint32_t account,
                              uint32_t opportunity);

/* The opportunity that an entry belongs to, or QBG_NONE. */
uint32_t qbg__route_of(const qbg_workspace *workspace, const qbg__entry *entry, uint32_t person);

/* Reads anew which solution the contents are about that start with a new prefix. */
qbg_status qbg__route_content(qbg_workspace *workspace, const char *prefix);

/* Whose signals a change of facts may route anew. */
enum { QBG__OWNER_CONTACT, QBG__OWNER_ACCOUNT, QBG__OWNER_VISITOR, QBG__OWNER_LOG };

/* Marks them, by number (a log by name), inside an open change; it is settled when that ends.
 * _moved: their event ids may belong to other accounts now, too. */
qbg_status qbg__dirty(qbg_workspace *workspace, uint32_t owner, uint32_t number);
qbg_status qbg__dirty_moved(qbg_workspace *workspace, uint32_t owner, uint32_t number);
qbg_status qbg__dirty_everything(qbg_workspace *workspace);

/* Takes back all marks but the first `count`. */
void qbg__clean(qbg_workspace *workspace, uint32_t count);

/* Routes all that is marked and not yet settled. */
qbg_status qbg__settle(qbg_workspace *workspace);

/* The log in which an event's entry lies, and at which index; settled. 0 when there is none. */
int qbg__route_locate(qbg_workspace *workspace, uint32_t event, qbg__log **out_log,
                      uint32_t *out_name, uint32_t *out_index);

/* Does any log hold a signal of that contact, by his name? */
int qbg__route_has_signals(const qbg_workspace *workspace, const qbg__places *places,
                           uint32_t person);

/* Does any signal name the account, or is one of a visitor of its? */
int qbg__route_names_account(const qbg_workspace *workspace, const qbg_account *account);

/* Whatever may lie at the lost places may be another one's from now on; they are given up. */
qbg_status qbg__route_join_places(qbg_workspace *workspace, qbg__places *kept, qbg__places *lost);

/* A log by its name. */
qbg__log *qbg__log_at(const qbg_workspace *workspace, uint32_t name);

#endif
