/* tail_test: chances against values computed with 80 digits, and the rules that they keep. */
#include "fixture.h"

#include "base/tail.h"

#include <float.h>
#include <math.h>

static int is_near(double found, double want, double part) {
    return fabs(found - want) <= part * fabs(want);
}

/* Computed from p^shape and exact ratios with 80 digits: P(X = 0), P(X = last - 1), P(X >= last).
 */
static const struct {
    double shape, ratio;
    uint32_t last;
    double first, before, beyond;
} known[] = {
    {4.0, 0.0625, 3, 7.72476196289062500e-01, 3.01748514175415039e-02, 4.22990322113037109e-03},
    {5.0, 0.05, 10, 7.73780937499999988e-01, 1.08057298889160218e-09, 8.11652313232422366e-11},
    {0.5, 0.25, 4, 8.66025403784438597e-01, 4.22863966691620474e-03, 1.19531067439253725e-03},
    {104.0, 0.0546875, 20, 2.88298026520245358e-03, 2.47398469461931520e-05,
     1.21926993183852734e-05},
    {1004.0, 0.0546875, 130, 3.00401620596785538e-25, 4.16978239521585921e-15,
     3.75441724889396778e-15},
    {1004.0, 0.0546875, 40, 3.00401620596785538e-25, 2.13735434029660876e-03,
     9.93798000114103353e-01},
    {100004.0, 0.0546875, 5000, 0, 4.72672457662764606e-26, 1.0},
    {100004.0, 0.0546875, 6500, 0, 2.23392688490620582e-20, 1.90357285258697556e-19},
    {4.0, 0.921875, 400, 3.72529029846191406e-05, 3.21057125993415323e-12, 4.17420029379984920e-11},
    {4.0, 1e-6, 30, 9.99996000005999974e-01, 4.95998016002975329e-171, 5.45598416001533785e-177},
};

static void chances_are_right_to_many_digits(void **state) {
    static double chances[7000];
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t last = known[i].last;
        qbg__tail_fill(known[i].shape, known[i].ratio, last, chances);
        assert_true(chances[0] == known[i].first || is_near(chances[0], known[i].first, 2e-13));
        assert_true(is_near(chances[last - 1], known[i].before, 2e-13));
        assert_true(is_near(chances[last], known[i].beyond, 2e-13));
    }
}

/* With shape 1 it is geometric, which is easy. */
static void a_geometric_count_is_one_of_them(void **state) {
    double chances[41];
    (void)state;
    for (uint32_t last = 1; last <= 40; last++) {
        qbg__tail_fill(1, 0.375, last, chances);
        for (uint32_t i = 0; i < last; i++)
            assert_true(is_near(chances[i], 0.625 * pow(0.375, i), 1e-14));
        assert_true(is_near(chances[last], pow(0.375, last), 1e-14));
    }
}

static void of_nothing_asked_all_is_beyond(void **state) {
    static const double shapes[] = {0.25, 1, 4, 1e6};
    double chance;
    (void)state;
    for (int i = 0; i < 4; i++) {
        chance = 0;
        qbg__tail_fill(shapes[i], 0.5, 0, &chance);
        assert_true(chance == 1);
    }
}

/* However many are asked for, each chance is the same, and together they are 1. */
static void what_is_asked_for_changes_no_chance(void **state) {
    static double all[401], some[401];
    (void)state;
    for (double shape = 0.3; shape < 2000; shape *= 1.7)
        for (double ratio = 0.01; ratio < 0.95; ratio += 0.11) {
            qbg__tail_fill(shape, ratio, 400, all);
            for (uint32_t last = 1; last < 400; last += 37) {
                double sum = 0, beyond = 0;
                qbg__tail_fill(shape, ratio, last, some);
                for (uint32_t i = 0; i <= last; i++) sum += some[i];
                assert_true(is_near(sum, 1, 1e-14));
                for (uint32_t i = 400; i + 1 > last; i--) beyond += all[i];
                for (uint32_t i = 0; i < last; i++)
                    assert_true(some[i] < 1e-280 || is_near(some[i], all[i], 1e-12));
                assert_true(some[last] < 1e-280 || is_near(some[last], beyond, 1e-12));
            }
        }
}

/* What no double can hold is 0, never negative and no NaN. */
static void chances_too_small_for_a_double_are_nothing(void **state) {
    static double chances[2001];
    (void)state;
    qbg__tail_fill(4, 1e-6, 2000, chances);
    for (int i = 0; i <= 2000; i++) assert_true(chances[i] >= 0 && chances[i] <= 1);
    assert_true(chances[10] > 0 && chances[2000] == 0);
}

static void powers_are_what_multiplying_gives(void **state) {
    (void)state;
    assert_true(qbg__tail_power(0.7, 0) == 1);
    assert_true(qbg__tail_power(0, 0) == 1);
    assert_true(qbg__tail_power(0, 5) == 0);
    assert_true(qbg__tail_power(1, UINT64_MAX) == 1);
    assert_true(qbg__tail_power(0.5, 1074) == 0x1p-1074);
    assert_true(qbg__tail_power(0.3, 700) == 0);
    assert_true(is_near(qbg__tail_power(0.9375, 100), 1.57444552901449286e-03, 1e-14));
    assert_true(is_near(qbg__tail_power(0.999, 12345), 4.32466179602563395e-06, 3e-12));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_are_right_to_many_digits),
        cmocka_unit_test(a_geometric_count_is_one_of_them),
        cmocka_unit_test(of_nothing_asked_all_is_beyond),
        cmocka_unit_test(what_is_asked_for_changes_no_chance),
        cmocka_unit_test(chances_too_small_for_a_double_are_nothing),
        cmocka_unit_test(powers_are_what_multiplying_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
