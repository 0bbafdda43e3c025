/* change: how a workspace changes whole or not at all.
 *
 * Every public call that changes something reads: begin; write through the journal; end with the
 * status. Inside an open change another begin only nests. Routing settles when the outermost change
 * ends, and the revision rises with it. */
#ifndef QBG__CHANGE_H
#define QBG__CHANGE_H

#include "base/journal.h"
#include "qbg/workspace.h"

typedef struct qbg__change {
    qbg_workspace *workspace;
    qbg__mark mark;
    uint32_t dirty, settled; /* what was marked before */
    uint32_t rosters;        /* so many were written */
    int32_t was_everything, was_moves, had_tombstones, was_all_due;
} qbg__change;

/* Opens a change. */
qbg__change qbg__begin(qbg_workspace *workspace);

/* Ends it: with QBG_OK it is done (and settled, if it is the outermost), with any other status
 * undone. Returns the status, or why settling failed; then all is undone. */
qbg_status qbg__end(qbg__change change, qbg_status status);

/* Ends a change that turned out to change nothing: what it wrote on the way is undone. */
qbg_status qbg__end_unchanged(qbg__change change);

/* Settles what the changes around a call have left, as a change of its own: a call that asks how
 * things are, and then may change nothing, would otherwise undo that, and the next one do it again.
 */
qbg_status qbg__settle_first(qbg_workspace *workspace);

/* Settles all that the outermost change has left and writes its rosters, inside of it, so that
 * ending it needs no memory any more. */
qbg_status qbg__finish_up(const qbg__change *outermost);

/* Undoes every open change, before the workspace is freed. */
void qbg__abandon(qbg_workspace *workspace);

/* Has this change written anything yet? What is told again as it is known writes nothing. */
int qbg__has_written(const qbg__change *change);

/* What a put has done to a row, before the change ends: QBG_PUT_*. */
int32_t qbg__put_of(const qbg__change *change, int is_new);

/* May questions be asked? QBG_E_ARGUMENT for NULL; QBG_E_BUSY while a batch or an import is open.
 */
qbg_status qbg__may_ask(const qbg_workspace *workspace);

#endif
