/* level_test: levels fitted to what was seen, and what is thought of an account by its own count.
 */
#include "fixture.h"

#include "analysis/level.h"

#include <math.h>

static double sum_of(const qbg__levels *levels) {
    double sum = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++) sum += levels->of[i];
    return sum;
}

/* People a year, on average over the levels. */
static double rate_of(const qbg__levels *levels) {
    double rate = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++)
        rate += levels->of[i] * QBG__LEVEL_SHAPE / qbg__level_years(i);
    return rate;
}

static double share_of(const qbg__levels *levels, double from, double to) {
    double share = 0;
    for (uint32_t i = 0; i < QBG__LEVELS; i++) {
        double rate = QBG__LEVEL_SHAPE / qbg__level_years(i);
        if (rate >= from && rate <= to) share += levels->of[i];
    }
    return share;
}

static void levels_double(void **state) {
    (void)state;
    assert_true(qbg__level_years(6) == 4);
    assert_true(qbg__level_years(0) == 256);
    for (uint32_t i = 1; i < QBG__LEVELS; i++)
        assert_true(qbg__level_years(i - 1) == 2 * qbg__level_years(i));
}

static void beforehand_most_are_quiet(void **state) {
    qbg__levels levels;
    (void)state;
    qbg__levels_begin(&levels);
    assert_true(fabs(sum_of(&levels) - 1) < 1e-15);
    for (uint32_t i = 0; i < QBG__LEVELS; i++) assert_true(levels.of[i] > 0);
    assert_true(levels.of[4] == 2 * levels.of[3] && levels.of[4] == 2 * levels.of[5]);
}

/* Nothing seen changes nothing, and what is seen often is believed. */
static void much_that_was_seen_is_believed(void **state) {
    qbg__levels beforehand, fitted;
    const qbg__seen seen[] = {{0, 900000}, {280, 20000}, {300, 20000}, {320, 20000}};
    (void)state;
    qbg__levels_begin(&beforehand);
    qbg__levels_fit(&fitted, seen, 0, 1);
    for (uint32_t i = 0; i < QBG__LEVELS; i++)
        assert_true(fabs(fitted.of[i] - beforehand.of[i]) < 1e-15);
    qbg__levels_fit(&fitted, seen, 4, 1);
    assert_true(fabs(sum_of(&fitted) - 1) < 1e-12);
    assert_true(fabs(share_of(&fitted, 128, 512) - 0.0625) < 0.001);
    assert_true(share_of(&fitted, 0, 0.13) > 0.93);
}

static void the_period_matters(void **state) {
    qbg__levels fitted;
    const qbg__seen seen[] = {{10, 5000}};
    (void)state;
    qbg__levels_fit(&fitted, seen, 1, 1);
    assert_true(share_of(&fitted, 8, 16) > 0.95);
    qbg__levels_fit(&fitted, seen, 1, 0.25);
    assert_true(share_of(&fitted, 32, 64) > 0.95);
}

static void whoever_had_more_is_thought_to_get_more(void **state) {
    qbg__levels book, own, other;
    (void)state;
    qbg__levels_begin(&book);
    for (uint64_t came = 0; came < 100000; came += 1 + came / 3) {
        qbg__levels_given(&book, came, 1, &own);
        qbg__levels_given(&book, came + 1, 1, &other);
        assert_true(fabs(sum_of(&own) - 1) < 1e-12);
        assert_true(rate_of(&other) > rate_of(&own));
    }
    qbg__levels_given(&book, 1000, 1, &own);
    assert_true(share_of(&own, 256, 4096) > 0.95);
}

/* A count beyond any double is on the highest level, not nowhere. */
static void there_is_a_level_for_everything(void **state) {
    qbg__levels book, own;
    (void)state;
    qbg__levels_begin(&book);
    qbg__levels_given(&book, UINT32_MAX, 0.08, &own);
    assert_true(own.of[QBG__LEVELS - 1] == 1 && sum_of(&own) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_double),
        cmocka_unit_test(beforehand_most_are_quiet),
        cmocka_unit_test(much_that_was_seen_is_believed),
        cmocka_unit_test(the_period_matters),
        cmocka_unit_test(whoever_had_more_is_thought_to_get_more),
        cmocka_unit_test(there_is_a_level_for_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
