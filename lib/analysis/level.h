/* level: at which rates new people turn up, and how likely each is, in a whole book and, once it is
 * known how many came there, at one account. */
#ifndef QBG__LEVEL_H
#define QBG__LEVEL_H

#include "qbg/status.h"

/* A level is a gamma distribution of this shape around a rate of 2^(level - 6) a year; the levels
 * overlap, and from once in 64 years to a million times a year there is one for every rate. */
#define QBG__LEVELS      27u
#define QBG__LEVEL_SHAPE 4u

/* A year, in which rates are told. */
#define QBG__YEAR_DAYS 365

/* How likely each level is; together 1. */
typedef struct qbg__levels {
    double of[QBG__LEVELS];
} qbg__levels;

/* So many times it was seen that so many came. */
typedef struct qbg__seen {
    uint64_t came;
    double times;
} qbg__seen;

/* The years in which a level's rate brings QBG__LEVEL_SHAPE people: what the level itself is worth
 * as experience. */
double qbg__level_years(uint32_t level);

/* How likely levels are where nothing is known. */
void qbg__levels_begin(qbg__levels *levels);

/* How likely they are where this was seen in so many years (each time). What is known beforehand
 * counts as QBG__LEVEL_BEFOREHAND sights more. seen: no more than QBG__SEEN_MOST. */
#define QBG__LEVEL_BEFOREHAND 10
#define QBG__SEEN_MOST        96u
void qbg__levels_fit(qbg__levels *levels, const qbg__seen *seen, uint32_t count, double years);

/* How likely they are at an account where so many came in so many years. */
void qbg__levels_given(const qbg__levels *levels, uint64_t came, double years, qbg__levels *out);

#endif
