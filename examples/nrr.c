/* nrr: net and gross revenue retention from totals. A year began with 1,000,000 of recurring
 * revenue; customers then bought 200,000 more, cut 50,000, and 100,000 went with those who left. */
#include <qbg/qbg.h>

#include <inttypes.h>
#include <stdio.h>

int main(void) {
    /* Money is an integer in minor units: these are kopecks, cents, pence. */
    const int64_t start = 100000000, expansion = 20000000, contraction = 5000000, churn = 10000000;
    int64_t numerator, denominator;
    double ratio;

    qbg_status status =
        qbg_nrr(start, expansion, contraction, churn, &numerator, &denominator, &ratio);
    if (status != QBG_OK) {
        fprintf(stderr, "nrr: %s\n", qbg_status_text(status));
        return 1;
    }
    /* The trend compares the integers, so `stable` is exactly 1 and no rounding can tip it. */
    printf("NRR %.1f %% = %" PRId64 "/%" PRId64 ", %s\n", 100 * ratio, numerator, denominator,
           qbg_word_label(QBG_WORDS_TREND, qbg_retention_trend(numerator, denominator), "en"));

    status = qbg_grr(start, contraction, churn, &numerator, &denominator, &ratio);
    if (status != QBG_OK) {
        fprintf(stderr, "nrr: %s\n", qbg_status_text(status));
        return 1;
    }
    printf("GRR %.1f %% = %" PRId64 "/%" PRId64 "\n", 100 * ratio, numerator, denominator);

    /* Nobody to retain is an error of its own, not infinity; the outputs stay as they were. */
    status = qbg_nrr(0, expansion, 0, 0, &numerator, &denominator, &ratio);
    printf("from 0: %s\n", qbg_status_text(status));
    return status == QBG_E_ZERO ? 0 : 1;
}
