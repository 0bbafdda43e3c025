/* tracking: the words of the tracking table, shared by its writer and its reader. */
#ifndef QBG__TRACKING_H
#define QBG__TRACKING_H

#include <stddef.h>
#include <stdint.h>

#include "io/language.h"

/* The columns, in the order in which they are written. */
#define QBG__TRACKING_COMPANY          0
#define QBG__TRACKING_PERSON           1
#define QBG__TRACKING_ROLE             2
#define QBG__TRACKING_PARTICIPATION    3
#define QBG__TRACKING_INTEREST         4
#define QBG__TRACKING_LAST_INTERACTION 5
#define QBG__TRACKING_NEXT_CONTACT     6
#define QBG__TRACKING_NOTE             7
#define QBG__TRACKING_COLUMNS          8

/* Headings by language (QBG__ENGLISH, QBG__RUSSIAN) and column. */
extern const char *const qbg__tracking_headings[QBG__LANGUAGES][QBG__TRACKING_COLUMNS];

/* What the cells say, by language and QBG_PARTICIPATION_* or QBG_INTEREST_*. */
extern const char *const qbg__tracking_participations[QBG__LANGUAGES][3];
extern const char *const qbg__tracking_interests[QBG__LANGUAGES][3];

/* The column with that heading in either language, whatever its case, "ё" and the blanks around;
 * -1: none. */
int qbg__tracking_find_column(const char *heading, size_t size);

/* The word of a cell in either language, likewise, or its key; QBG_UNSET: none such. */
int32_t qbg__tracking_find_participation(const char *cell, size_t size);
int32_t qbg__tracking_find_interest(const char *cell, size_t size);

#endif
