/* coverage: who sits on which seat, and how much of a template that covers. */
#ifndef QBG__COVERAGE_H
#define QBG__COVERAGE_H

#include "base/scan.h"
#include "model/template.h"

/* The least common multiple of 1..16: filled / people is exact in units of 1 / L. */
#define QBG__COVERAGE_UNIT 720720

/* Three readings of one group. */
enum { QBG__IDENTIFIED = 1, QBG__ENGAGED = 2, QBG__SUPPORTIVE = 4 };

/* A present member as coverage sees him; seats are bits in template order. */
typedef struct qbg__holder {
    uint64_t asserted;   /* he fills one place on each of these */
    uint64_t candidates; /* or, without asserted roles, one place on one of these */
    int32_t readings;    /* in which of the readings he counts */
    int32_t seat;        /* where the last seating put him as a candidate; -1: nowhere */
} qbg__holder;

typedef struct qbg__seating {
    int32_t filled[QBG__SEAT_MAX];
    uint64_t vacant;                /* seats with nobody, one bit each */
    int64_t numerator, denominator; /* the coverage, exactly; the denominator is 0 without seats */
} qbg__seating;

/* Who has been asserted on each seat in the three readings, counted side by side in one number: 21
 * bits each, so no more than QBG__HEADS_MOST people are counted before _cap. */
#define QBG__HEADS_LANE 21
#define QBG__HEADS_MOST ((uint32_t)1 << 20)
typedef struct qbg__heads {
    uint64_t on[QBG__SEAT_MAX];
    int has_candidates;
} qbg__heads;

static inline void qbg__heads_begin(qbg__heads *heads, const qbg_template *template_) {
    heads->has_candidates = 0;
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) heads->on[seat] = 0;
}

/* Counts somebody who counts in these readings on each of his seats. */
static inline void qbg__heads_add(qbg__heads *heads, uint64_t seats, int32_t readings) {
    uint64_t in = (uint64_t)readings;
    uint64_t one =
        (in & 1) | (in >> 1 & 1) << QBG__HEADS_LANE | (in >> 2 & 1) << 2 * QBG__HEADS_LANE;
    for (; seats != 0; seats &= seats - 1) heads->on[qbg__scan_first(seats)] += one;
}

/* All three readings; how many of the required seats can have somebody at once, of how many; and
 * the completeness. */
typedef struct qbg__coverage {
    qbg__seating identified, engaged, supportive;
    int32_t required_filled, required_seats;
    double completeness;
} qbg__coverage;

/* Measures heads among whom nobody has to be placed. `filled` is not written. */
void qbg__heads_measure(const qbg_template *template_, const qbg__heads *heads, qbg__coverage *out);

/* Measures a group. The holders' `seat` is afterwards as the identified reading put them. */
void qbg__coverage_measure(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                           qbg__coverage *out);

/* Seats the holders of a reading so that the weighted coverage is the maximum possible. Holders are
 * tried in their order. */
void qbg__coverage_seat(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                        int reading, qbg__seating *out);

/* How many of the required seats can have somebody at once; out_required: how many there are. */
int32_t qbg__coverage_required(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                               int32_t *out_required);

/* The coverage as a ratio 0..1; 0 without seats. */
double qbg__coverage_ratio(const qbg__seating *seating);

/* The mean over the seats of min(holders / people, 1): Adobe's completeness. */
double qbg__coverage_completeness(const qbg_template *template_, const qbg__holder *holders,
                                  uint32_t count);

#endif
