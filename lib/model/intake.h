/* intake: many signals at once, as columns. Large calls are taken in rounds: first each row finds
 * its log, then each log makes room, then each row is written where it stays. */
#ifndef QBG__INTAKE_H
#define QBG__INTAKE_H

#include "qbg/signal.h"

/* What became of the rows; those that are neither were known already. */
typedef struct qbg__taken {
    uint64_t taken, refused;
    int32_t keeps_ways; /* ways that were good before are good behind the change, too */
} qbg__taken;

/* Takes all rows in, inside an open change: QBG_OK or QBG_E_MEMORY. row_status may be NULL. */
qbg_status qbg__intake(qbg_workspace *workspace, const qbg_signal_columns *columns,
                       qbg_status *row_status, qbg__taken *out_taken);

/* The same one row after the other: for few rows, and as what the other way is compared with. */
qbg_status qbg__intake_by_row(qbg_workspace *workspace, const qbg_signal_columns *columns,
                              qbg_status *row_status, qbg__taken *out_taken);

#endif
