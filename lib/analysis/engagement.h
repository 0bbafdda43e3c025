/* engagement: the points of everybody with a signal on an opportunity, by one scan of its log. */
#ifndef QBG__ENGAGEMENT_H
#define QBG__ENGAGEMENT_H

#include "base/mem.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "qbg/engagement.h"

/* More counted signals of one person on one opportunity than fit the sum: 2^19 signals of 10^6
 * thousandths at weight 2^24 stay below 2^63. */
#define QBG__SIGNALS_MAX ((uint32_t)1 << 19)

/* One over a ledger unit: points_int counts 1 / (1000 x 2^24) points. */
#define QBG__POINT 16777216000.0

/* What one person did here. */
typedef struct qbg__score {
    int64_t points[2]; /* sums of milli x D, over kinds without and with high intent */
    int64_t last[2];   /* times of the last counted signals, of kinds worth at most 0 and more; or
                          QBG_UNDATED */
    uint32_t count;    /* counted signals; 0: nobody, or joined to another score */
    uint32_t contact;  /* who it is; QBG_NONE: an anonymous visitor */
} qbg__score;

/* E_int, and the time of the last counted signal, which only scores with one have. */
static inline int64_t qbg__score_points(const qbg__score *score) {
    return score->points[0] + score->points[1];
}
static inline int64_t qbg__score_last(const qbg__score *score) {
    return score->last[0] > score->last[1] ? score->last[0] : score->last[1];
}

/* Everybody's: the third-party signals together as scores[0], then one for each slot of the log. */
typedef struct qbg__scores {
    qbg__score *at;
    uint32_t count, capacity;
    const void *
        *visitors; /* scores of the identified ones, by contact, slot; then a sort's scratch */
    uint32_t visitor_count, visitor_capacity;
} qbg__scores;

/* Scans an opportunity's log as of an instant; identified visitors are joined to their contact.
 * Errors: QBG_E_RANGE too many signals of one person; QBG_E_MEMORY. */
qbg_status qbg__engagement_scan(const qbg_opportunity *opportunity, int64_t as_of, qbg__mem *mem,
                                qbg__scores *scores);

/* Frees what a scan reserved. */
void qbg__engagement_end(qbg__scores *scores, qbg__mem *mem);

/* The score of a member, or NULL when he has no counted signal. */
qbg__score *qbg__engagement_of(const qbg__scores *scores, const qbg_opportunity *opportunity,
                               const qbg__card *card);

/* Points, and engagement e = E / (E + K) in 0..1. */
double qbg__engagement_points(int64_t points_int);
double qbg__engagement(const qbg_policy *policy, int64_t points_int);

/* The same with K at hand, for many people of one group. */
static inline double qbg__engagement_half(double half_points, int64_t points_int) {
    if (points_int <= 0) return 0; /* as 0 / (0 + K) is */
    double points = (double)points_int / QBG__POINT;
    return points / (points + half_points);
}

#endif
