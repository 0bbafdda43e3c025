/* surprise: how often so many new people would come together by chance. */
#ifndef QBG__SURPRISE_H
#define QBG__SURPRISE_H

#include "analysis/level.h"
#include "base/mem.h"

/* What is usual in a book. */
typedef struct qbg__usual {
    qbg__levels contacts, visitors;
    double history_years, window_years;
    int64_t visitor_milli; /* what an anonymous visitor counts, in thousandths of a person */
} qbg__usual;

/* How many turned up. */
typedef struct qbg__came {
    uint32_t contacts, visitors;
} qbg__came;

/* How unusual something is. */
typedef struct qbg__surprise {
    double alarms;   /* a year: arrivals of somebody who makes so many or more */
    double expected; /* how many come in a window, visitors discounted */
} qbg__surprise;

/* Arrays that are used again and again. */
typedef struct qbg__surprise_scratch {
    qbg__mem mem;
    double *at;
    uint32_t capacity;
} qbg__surprise_scratch;

void qbg__surprise_begin(qbg__surprise_scratch *scratch, const qbg__mem *mem);
void qbg__surprise_end(qbg__surprise_scratch *scratch);

/* So many people are there at least: visitors are discounted, and nobody is half there. */
uint32_t qbg__heads_of(qbg__came came, int64_t visitor_milli);

/* How unusual it is that `heads` people (1 or more) are counted in a window at an account where
 * those came in the history before it. QBG_E_MEMORY. */
qbg_status qbg__surprise_of(const qbg__usual *usual, qbg__came history, uint32_t heads,
                            qbg__surprise_scratch *scratch, qbg__surprise *out);

#endif
