/* tally: what the signals of one log come to, person by person, by one linear scan of packed
 * entries with a look-up for each (age -> D). Sums are exact integers, so neither the order of
 * signals nor of people matters. It is what all answers wait for, so it is a room of its own, whose
 * loop no compiler mixes with anything else. */
#ifndef QBG__TALLY_H
#define QBG__TALLY_H

#include "model/catalog.h"
#include "model/log.h"

/* More counted signals of one person on one opportunity than fit the sum: 2^19 signals of 10^6
 * thousandths at weight 2^24 stay below 2^63. */
#define QBG__SIGNALS_MAX ((uint32_t)1 << 19)

/* One over a ledger unit: points_int counts 1 / (1000 x 2^24) points. */
#define QBG__POINT 16777216000.0

/* What somebody's counted signals of one sort of kinds come to. */
typedef struct qbg__tally {
    int64_t points; /* sum of milli x D */
    uint64_t last;  /* the stamp of the last one; 0: there is none */
} qbg__tally;

/* What one person did here. */
typedef struct qbg__score {
    qbg__tally of[QBG__SORTS];
    uint32_t contact; /* who it is; QBG_NONE: an anonymous visitor */
    uint32_t count;   /* of his signals, while it is asked whether a sum fits; else 0 */
} qbg__score;

/* Are there counted signals? Not once they are joined to another score. */
static inline int qbg__score_is_there(const qbg__score *score) {
    const qbg__tally *of = score->of;
    return (of[0].last | of[1].last | of[2].last | of[3].last) != 0;
}

/* E_int, and that of kinds with high intent. */
static inline int64_t qbg__score_high_points(const qbg__score *score) {
    return score->of[QBG__SORT_HIGH].points + score->of[QBG__SORT_HIGH | QBG__SORT_POSITIVE].points;
}
static inline int64_t qbg__score_points(const qbg__score *score) {
    return score->of[0].points + score->of[QBG__SORT_POSITIVE].points +
           qbg__score_high_points(score);
}

static inline uint64_t qbg__later_stamp(uint64_t a, uint64_t b) { return a > b ? a : b; }

/* The stamp of the last counted signal, and of the last one worth more than 0; or 0. */
static inline uint64_t qbg__score_last_positive(const qbg__score *score) {
    return qbg__later_stamp(score->of[QBG__SORT_POSITIVE].last,
                            score->of[QBG__SORT_HIGH | QBG__SORT_POSITIVE].last);
}
static inline uint64_t qbg__score_last(const qbg__score *score) {
    uint64_t other = qbg__later_stamp(score->of[0].last, score->of[QBG__SORT_HIGH].last);
    return qbg__later_stamp(other, qbg__score_last_positive(score));
}

/* It is done with. */
static inline void qbg__score_end(qbg__score *score) {
    for (int sort = 0; sort < QBG__SORTS; sort++) score->of[sort].last = 0;
}

/* What a scan reads beside the log. */
typedef struct qbg__scale {
    const qbg__worth *worths; /* by kind */
    const uint32_t *decay;    /* by age in days */
    uint32_t last_age;
    uint64_t as_of; /* a stamp */
} qbg__scale;

static inline uint32_t qbg__scale_decay(const qbg__scale *scale, uint64_t stamp) {
    uint32_t age = (uint32_t)((scale->as_of - stamp) >> QBG__STAMP_SECONDS);
    return scale->decay[age < scale->last_age ? age : scale->last_age];
}

/* Adds a signal of that stamp to the score of whose it is. scores: the third parties' together,
 * then one for each slot of the log. */
static inline void qbg__tally_add(const qbg__scale *scale, const qbg__entry *entry, uint64_t stamp,
                                  qbg__score *scores) {
    const qbg__worth *worth = &scale->worths[QBG__ENTRY_KIND(entry->bits)];
    qbg__tally *to = &scores[(entry->slot + 1) & worth->somebody].of[worth->sort];
    to->points += worth->milli * qbg__scale_decay(scale, stamp);
    if (stamp > to->last) to->last = stamp;
}

/* Adds up signals of a log, up to the first one that is of later or waits. Returns that, or `end`.
 */
const qbg__entry *qbg__tally_run(const qbg__scale *scale, const qbg__entry *from,
                                 const qbg__entry *end, qbg__score *scores);

#endif
