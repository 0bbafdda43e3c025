/* retention: net and gross revenue retention from totals; section 7 of the model, where the reasons
 * for the denominator are: S0's worked example divides by the revenue at the start. */
#include "qbg/retention.h"

#include "base/fixed.h"
#include "base/real.h"
#include "qbg/vocabulary.h"

/* The fraction is exact on any thread; only who wants the quotient has to round it. */
static qbg_status answer(int64_t numerator, int64_t denominator, int64_t *out_numerator,
                         int64_t *out_denominator, double *out_ratio) {
    if (out_ratio && !qbg__real_is_exact()) return QBG_E_FLOAT;
    if (out_numerator) *out_numerator = numerator;
    if (out_denominator) *out_denominator = denominator;
    if (out_ratio) *out_ratio = (double)numerator / (double)denominator;
    return QBG_OK;
}

qbg_status qbg_nrr(int64_t start_minor, int64_t expansion_minor, int64_t contraction_minor,
                   int64_t churn_minor, int64_t *out_numerator, int64_t *out_denominator,
                   double *out_ratio) {
    if (start_minor < 0 || expansion_minor < 0 || contraction_minor < 0 || churn_minor < 0)
        return QBG_E_RANGE;
    if (start_minor == 0) return QBG_E_ZERO;
    /* A difference of two numbers that are not negative fits; only the result may not. */
    int64_t end = 0;
    if (qbg__add_overflows(start_minor - contraction_minor, expansion_minor - churn_minor, &end))
        return QBG_E_OVERFLOW;
    return answer(end, start_minor, out_numerator, out_denominator, out_ratio);
}

qbg_status qbg_grr(int64_t start_minor, int64_t contraction_minor, int64_t churn_minor,
                   int64_t *out_numerator, int64_t *out_denominator, double *out_ratio) {
    if (start_minor < 0 || contraction_minor < 0 || churn_minor < 0) return QBG_E_RANGE;
    if (start_minor == 0) return QBG_E_ZERO;
    int64_t kept = contraction_minor > start_minor ? 0 : start_minor - contraction_minor;
    kept = churn_minor > kept ? 0 : kept - churn_minor;
    return answer(kept, start_minor, out_numerator, out_denominator, out_ratio);
}

int32_t qbg_retention_trend(int64_t numerator, int64_t denominator) {
    if (denominator <= 0) return QBG_UNSET;
    if (numerator == denominator) return QBG_TREND_STABLE;
    return numerator > denominator ? QBG_TREND_GROWING : QBG_TREND_SHRINKING;
}
