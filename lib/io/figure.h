/* figure: numbers, dates and texts as people read them: rounded, short, on one line. */
#ifndef QBG__FIGURE_H
#define QBG__FIGURE_H

#include "base/blob.h"

/* Languages, as places in tables of texts. */
#define QBG__ENGLISH   0
#define QBG__RUSSIAN   1
#define QBG__LANGUAGES 2

/* QBG__RUSSIAN for "ru", else QBG__ENGLISH; and back. */
int qbg__figure_language(const char *lang);
const char *qbg__figure_lang(int language);

/* The value in units of 10^-places, rounded half away from 0 in its shortest decimal form: what a
 * reader of that form would round it to, so 0.285 gives 29 though the double lies below. places
 * 0..6. What does not fit is cut at the limits of int64. */
int64_t qbg__figure_round(double value, int places);

/* "12.50"; "46%" of a ratio 0.456. Never "-0". */
void qbg__figure_write(qbg_blob *out, double value, int places);
void qbg__figure_write_percent(qbg_blob *out, double ratio);

/* "2025-11-19T12:00:00Z", "2025-11-19", and for an as-of the date alone if it is that day's last
 * second. Nothing for a time that the library does not know. */
void qbg__figure_write_time(qbg_blob *out, int64_t time_s);
void qbg__figure_write_date(qbg_blob *out, int64_t time_s);
void qbg__figure_write_as_of(qbg_blob *out, int64_t as_of_s);

/* The text on one line: each control character becomes a blank, and so do those that turn the
 * direction of what follows, so that nobody's note can break a table, command a terminal or make
 * a line read as another one. _brief: in at most `width` columns, 1 or more; what is longer ends
 * with "…". */
void qbg__figure_write_plain(qbg_blob *out, const char *bytes, size_t size);
void qbg__figure_write_brief(qbg_blob *out, const char *bytes, size_t size, size_t width);

#endif
