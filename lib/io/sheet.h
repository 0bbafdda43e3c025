/* sheet: any result table as bytes. */
#ifndef QBG__SHEET_H
#define QBG__SHEET_H

#include "base/blob.h"
#include "qbg/table.h"

/* The table as CSV with a header row, up to the column called `end`; NULL: all of it. */
void qbg__sheet_write_csv(qbg_blob *out, const qbg_table *table, const char *end);

#endif
