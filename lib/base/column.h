/* column: columns that a host hands in, as they are read row by row.
 *
 * A struct of columns begins with its size. A text column is bytes and count + 1 offsets, so its
 * cells are not NUL-terminated. */
#ifndef QBG__COLUMN_H
#define QBG__COLUMN_H

#include "qbg/status.h"

#include <stddef.h>
#include <stdint.h>

/* A text as told, not NUL-terminated; empty when not given. */
typedef struct qbg__span {
    const char *bytes;
    size_t size;
} qbg__span;

/* Is it a struct of at least `known` bytes, as its size says, with nothing but zeros behind them?
 * NULL is not. */
int qbg__columns_are_known(const void *columns, size_t known);

/* Does a text column make sense? Without offsets it is not given, and then has no bytes either. */
int qbg__column_is_text(const char *bytes, const int64_t *offsets, uint64_t count);

/* A cell; empty, or QBG_NONE, where the column is not given. */
qbg__span qbg__column_text(const char *bytes, const int64_t *offsets, uint64_t row);
static inline uint32_t qbg__column_number(const uint32_t *column, uint64_t row) {
    return column ? column[row] : QBG_NONE;
}

#endif
