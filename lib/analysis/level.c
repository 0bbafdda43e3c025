/* level: empirical Bayes. Rates of accounts differ a thousandfold, so one gamma distribution would
 * either take the usual noise of a big customer for a group, or let big customers spoil what is
 * known of the many small ones. So it is a mixture of gammas on a fixed grid, whose weights are
 * fitted to the counts by expectation and maximisation (Dempster, Laird, Rubin 1977), the
 * likelihood of a count being negative binomial. See docs/detection.md. */
#include "analysis/level.h"

#include "base/tail.h"

/* The weights are near their limit long before; each step makes them likelier. */
#define ITERATIONS 200

/* The most likely level beforehand: once in four years. Each step away is half as likely. */
#define USUAL_LEVEL 4u

double qbg__level_years(uint32_t level) {
    double rate = level >= 6 ? (double)((uint32_t)1 << (level - 6)) : 1.0 / (1u << (6 - level));
    return QBG__LEVEL_SHAPE / rate;
}

static void normalize(qbg__levels *levels) {
    double sum = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++) sum += levels->of[i];
    for (uint32_t i = 0; i < QBG__LEVELS; i++) levels->of[i] /= sum;
}

void qbg__levels_begin(qbg__levels *levels) {
    for (uint32_t i = 0; i < QBG__LEVELS; i++) {
        uint32_t away = i > USUAL_LEVEL ? i - USUAL_LEVEL : USUAL_LEVEL - i;
        levels->of[i] = 1.0 / ((uint32_t)1 << away);
    }
    normalize(levels);
}

/* How likely it is on each level that so many came, but for a factor that is the same for all: the
 * negative binomial p^shape x (1 - p)^came. */
static void likelihoods(uint64_t came, double years, double out[QBG__LEVELS]) {
    for (uint32_t i = 0; i < QBG__LEVELS; i++) {
        double own = qbg__level_years(i);
        out[i] = qbg__tail_power(own / (own + years), QBG__LEVEL_SHAPE) *
                 qbg__tail_power(years / (own + years), came);
    }
}

/* Levels as likely as before times as likely as what was seen on them. What is beyond all of them
 * is on the highest. */
static void weigh(const qbg__levels *levels, const double likely[QBG__LEVELS], qbg__levels *out) {
    double sum = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++) sum += out->of[i] = levels->of[i] * likely[i];
    for (uint32_t i = 0; i < QBG__LEVELS; i++)
        out->of[i] = sum > 0 ? out->of[i] / sum : (double)(i == QBG__LEVELS - 1);
}

void qbg__levels_given(const qbg__levels *levels, uint64_t came, double years, qbg__levels *out) {
    double likely[QBG__LEVELS];
    likelihoods(came, years, likely);
    weigh(levels, likely, out);
}

void qbg__levels_fit(qbg__levels *levels, const qbg__seen *seen, uint32_t count, double years) {
    double likely[QBG__SEEN_MOST][QBG__LEVELS];
    qbg__levels beforehand, share;
    qbg__levels_begin(&beforehand);
    *levels = beforehand;
    for (uint32_t j = 0; j < count; j++) likelihoods(seen[j].came, years, likely[j]);
    for (int round = 0; round < ITERATIONS; round++) {
        qbg__levels next;
        for (uint32_t i = 0; i < QBG__LEVELS; i++)
            next.of[i] = QBG__LEVEL_BEFOREHAND * beforehand.of[i];
        for (uint32_t j = 0; j < count; j++) {
            weigh(levels, likely[j], &share);
            for (uint32_t i = 0; i < QBG__LEVELS; i++) next.of[i] += seen[j].times * share.of[i];
        }
        normalize(&next);
        *levels = next;
    }
}
