/* sheet: any result table as bytes. */
#ifndef QBG__SHEET_H
#define QBG__SHEET_H

#include "base/blob.h"
#include "qbg/table.h"

/* The table as CSV with a header row; `but` names a column that is left out, NULL: none. */
void qbg__sheet_write_csv(qbg_blob *out, const qbg_table *table, const char *but);

#endif
