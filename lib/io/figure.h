/* figure: numbers, dates and texts short and on one line, as every language's reader takes them;
 * language.h has the ways of each. */
#ifndef QBG__FIGURE_H
#define QBG__FIGURE_H

#include "base/blob.h"

/* The value in units of 10^-places, rounded half away from 0 in its shortest decimal form: what a
 * reader of that form would round it to, so 0.285 gives 29 though the double lies below. places
 * 0..6. What does not fit is cut at the limits of int64. */
int64_t qbg__figure_round(double value, int places);

/* The same the long way, by those very digits: what the other one falls back on, and is tested
 * against. */
int64_t qbg__figure_round_shortest(double value, int places);

/* "12.50", never "-0"; _text: followed by a NUL, returns the length without it. */
size_t qbg__figure_text(double value, int places, char out[32]);
void qbg__figure_write(qbg_blob *out, double value, int places);

/* "2025-11-19T12:00:00Z", "2025-11-19". Nothing for a time that the library does not know. */
void qbg__figure_write_time(qbg_blob *out, int64_t time_s);
void qbg__figure_write_date(qbg_blob *out, int64_t time_s);

/* The text on one line: each control character becomes a blank, and so do those that turn the
 * direction of what follows, so that nobody's note can break a table, command a terminal or make
 * a line read as another one. _brief: in at most `width` columns, 1 or more; what is longer ends
 * with "…". */
void qbg__figure_write_plain(qbg_blob *out, const char *bytes, size_t size);
void qbg__figure_write_brief(qbg_blob *out, const char *bytes, size_t size, size_t width);

#endif
