/* arrow_column: one column of a batch, read as what the library's columns hold.
 *
 * A column is opened, which looks at everything that can be looked at (nothing tells how long a
 * buffer is), and then read into an array with a cell for each row; or used where it lies, when its
 * layout is that of such an array already. */
#ifndef QBG__ARROW_COLUMN_H
#define QBG__ARROW_COLUMN_H

#include "base/blob.h"
#include "qbg/arrow.h"

/* What the values are, whatever their width. */
enum {
    QBG__ARROW_NOTHING, /* all are null */
    QBG__ARROW_BOOL,
    QBG__ARROW_INTEGER,
    QBG__ARROW_REAL,
    QBG__ARROW_TEXT,
    QBG__ARROW_TIME /* dates and timestamps */
};

typedef struct qbg__arrow_type {
    int32_t sort;
    int32_t width;      /* bytes of a value, or of an offset; 0: bits, or nothing */
    int32_t is_signed;  /* of integers */
    int64_t per_second; /* units of time in a second; 0: days, for QBG__DAY_S */
} qbg__arrow_type;

typedef struct qbg__arrow_column {
    qbg__arrow_type type;
    int64_t start;                         /* of the first row, in the buffers */
    uint64_t count;                        /* rows */
    const uint8_t *validity;               /* NULL: none is null */
    const uint8_t *values;                 /* values or offsets */
    const char *bytes;                     /* of texts */
    const struct qbg__arrow_column *words; /* what the values are numbers of; or NULL */
} qbg__arrow_column;

/* The type that a format says; 0 when it is none that is read. */
int qbg__arrow_type_read(const char *format, qbg__arrow_type *out);

/* Opens `count` rows from `first` on. words: where a dictionary is opened, which the column then
 * leads to. NULL, or what is wrong with the column, as a text that lives as long as the library. */
const char *qbg__arrow_column_open(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                   int64_t first, uint64_t count, qbg__arrow_column *words,
                                   qbg__arrow_column *out);

/* One cell, of a row below `count`. _text: of texts, whatever their layout; size 0 for null.
 * _integer of booleans and integers: 0 when it does not fit an int64. _real of reals and integers.
 * _time: seconds UTC, fractions cut, toward the past. */
int qbg__arrow_is_null(const qbg__arrow_column *column, uint64_t row);
const char *qbg__arrow_text(const qbg__arrow_column *column, uint64_t row, size_t *out_size);
int qbg__arrow_integer(const qbg__arrow_column *column, uint64_t row, int64_t *out_value);
double qbg__arrow_real(const qbg__arrow_column *column, uint64_t row);
int64_t qbg__arrow_time(const qbg__arrow_column *column, uint64_t row);

#endif
