/* language: how numbers, dates and plurals are written in the languages that reports speak.
 *
 * A language is a row in the table of language.c and a column in phrases.inc. */
#ifndef QBG__LANGUAGE_H
#define QBG__LANGUAGE_H

#include "base/blob.h"

/* Languages, as places in tables of texts. */
#define QBG__ENGLISH   0
#define QBG__RUSSIAN   1
#define QBG__LANGUAGES 2

/* The language that a host names, QBG__ENGLISH for NULL and for a name that is not known; and its
 * name. */
int qbg__language_of(const char *lang);
const char *qbg__language_name(int language);

/* A decimal as programs write it ("-12345.50"), the way people do («-12 345,50»). */
void qbg__language_write_decimal(qbg_blob *out, int language, const char *text, size_t size);

/* A whole number; a figure rounded to 0..6 places; a ratio as a percentage, «46 %» of 0.456. */
void qbg__language_write_int(qbg_blob *out, int language, int64_t value);
void qbg__language_write_figure(qbg_blob *out, int language, double value, int places);
void qbg__language_write_percent(qbg_blob *out, int language, double ratio);

/* A date in a sentence («19 ноября 2025 г.») and, shorter, in a table («19.11.2025»); an instant,
 * as a date if it is that day's last second. Nothing for a time that the library does not know. */
void qbg__language_write_date(qbg_blob *out, int language, int64_t time_s);
void qbg__language_write_day(qbg_blob *out, int language, int64_t time_s);
void qbg__language_write_as_of(qbg_blob *out, int language, int64_t as_of_s);

/* How many forms a word has beside whole numbers: in English two, in Russian three. */
int qbg__language_forms(int language);

/* Which of its `forms` forms a word takes beside a number. All forms of the language: by its rules;
 * one more than that: the last is for numbers with a fraction; two where the language has more:
 * the first is for 1 alone, the second for the rest, as of what is not counted in the text. */
int qbg__language_form(int language, int forms, uint64_t whole, int has_fraction);

#endif
