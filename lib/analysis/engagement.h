/* engagement: the points of everybody with a signal on an opportunity, by one scan of its log. */
#ifndef QBG__ENGAGEMENT_H
#define QBG__ENGAGEMENT_H

#include "analysis/tally.h"
#include "model/opportunity.h"
#include "model/policy.h"
#include "qbg/engagement.h"

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

/* Where a contact's score stands: at his own slot, else at that of his first visitor; or QBG_NONE.
 */
uint32_t qbg__engagement_slot(const qbg__scores *scores, const qbg__log *log, uint32_t contact);

/* The score of a member, or NULL when he has no counted signal. His card nearly always knows where
 * it stands. */
static inline qbg__score *qbg__engagement_of(const qbg__scores *scores,
                                             const qbg_opportunity *opportunity,
                                             const qbg__card *card) {
    const qbg__log *log = &opportunity->log;
    uint32_t slot = card->slot;
    if (slot >= log->person_count || log->people[slot] != card->contact)
        slot = qbg__engagement_slot(scores, log, card->contact);
    if (slot == QBG_NONE || !qbg__score_is_there(&scores->at[slot + 1])) return NULL;
    return &scores->at[slot + 1];
}

/* Does a signal of the log count as of an instant; and is it a contact's own, named or as a
 * visitor?
 */
int qbg__engagement_counts(const qbg_opportunity *opportunity, const qbg__entry *entry,
                           int64_t as_of);
int qbg__engagement_is_of(const qbg_opportunity *opportunity, const qbg__entry *entry,
                          uint32_t contact);

/* Signals (qbg__entry) by time, kind, content and event, for qbg__sort with the workspace as its
 * context: those that tie in all of them look alike. */
int qbg__engagement_order(const void *a, const void *b, const void *context);

/* How many signals of third parties count. */
uint32_t qbg__engagement_third_party(const qbg_opportunity *opportunity, int64_t as_of);

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
