/* retention.h: net and gross revenue retention. */
#ifndef QBG_RETENTION_H
#define QBG_RETENTION_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* NRR = (start + expansion - contraction - churn) / start, of one cohort over one period; it may be
 * negative. GRR = (start - contraction - churn) / start, clamped at 0. All in minor units of one
 * currency, none negative. The result is the exact ratio of two integers and, rounded once each, a
 * double; the three outputs may be NULL.
 * Errors: QBG_E_RANGE a negative input; QBG_E_ZERO start is 0; QBG_E_OVERFLOW the NRR's numerator
 * does not fit; QBG_E_FLOAT only with an out_ratio. Any thread. Since 0.1 */
QBG_API qbg_status qbg_nrr(int64_t start_minor, int64_t expansion_minor, int64_t contraction_minor,
                           int64_t churn_minor, int64_t *out_numerator, int64_t *out_denominator,
                           double *out_ratio);
QBG_API qbg_status qbg_grr(int64_t start_minor, int64_t contraction_minor, int64_t churn_minor,
                           int64_t *out_numerator, int64_t *out_denominator, double *out_ratio);

/* QBG_TREND_*: growing above 1, stable at exactly 1, shrinking below; QBG_UNSET unless denominator
 * is positive. Any thread. Since 0.1 */
QBG_API int32_t qbg_retention_trend(int64_t numerator, int64_t denominator);

#ifdef __cplusplus
}
#endif
#endif
