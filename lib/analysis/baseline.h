/* baseline: the figures of what is usual, and the levels that are fitted to them. */
#ifndef QBG__BASELINE_H
#define QBG__BASELINE_H

#include "analysis/surprise.h"
#include "qbg/baseline.h"

/* What is usual by the figures, for questions to a workspace; baseline NULL: anywhere. */
void qbg__baseline_fit(const qbg_baseline *baseline, const qbg_workspace *workspace,
                       qbg__usual *out);

/* The bucket of a count, and the count that stands for all of a bucket. */
uint32_t qbg__baseline_bucket(uint32_t count);
uint64_t qbg__baseline_middle(uint32_t bucket);

#endif
