/* surprise_test: how often so many come together, against the definition, summed over everything.
 */
#include "fixture.h"

#include "analysis/surprise.h"
#include "base/tail.h"

#include <math.h>

enum { MOST = 400 };

static qbg__mem mem;

static qbg__usual usual_of(double history, double window, int64_t milli) {
    qbg__usual usual = {.history_years = history, .window_years = window, .visitor_milli = milli};
    qbg__levels_begin(&usual.contacts);
    qbg__levels_begin(&usual.visitors);
    usual.visitors.of[9] += 3; /* they are more, and the fit need not sum up to 1 here */
    for (uint32_t i = 0; i < QBG__LEVELS; i++) usual.visitors.of[i] /= 4;
    return usual;
}

static qbg__surprise ask(const qbg__usual *usual, qbg__came history, uint32_t heads) {
    qbg__surprise_scratch scratch;
    qbg__surprise found;
    qbg__surprise_begin(&scratch, &mem);
    OK(qbg__surprise_of(usual, history, heads, &scratch, &found));
    qbg__surprise_end(&scratch);
    return found;
}

/* How likely each count in a window is, and how often somebody comes who meets so many. */
static void count_out(const qbg__levels *book, uint32_t came, const qbg__usual *usual,
                      double *chances, double *meetings) {
    double level[MOST + 1];
    qbg__levels own;
    memset(chances, 0, (MOST + 1) * sizeof *chances);
    memset(meetings, 0, (MOST + 1) * sizeof *meetings);
    qbg__levels_given(book, came, usual->history_years, &own);
    for (uint32_t i = 0; i < QBG__LEVELS; i++) {
        double years = qbg__level_years(i) + usual->history_years, shape = 4.0 + came;
        double ratio = usual->window_years / (usual->window_years + years);
        qbg__tail_fill(shape, ratio, MOST, level);
        for (int j = 0; j <= MOST; j++) chances[j] += own.of[i] * level[j];
        qbg__tail_fill(shape + 1, ratio, MOST, level);
        for (int j = 0; j <= MOST; j++) meetings[j] += own.of[i] * shape / years * level[j];
    }
}

static int heads(int contacts, int visitors, int64_t milli) {
    return contacts + (int)(visitors * milli / 1000);
}

static double defined(const qbg__usual *usual, qbg__came history, int wanted) {
    static double contacts[MOST + 1], met[MOST + 1], visitors[MOST + 1], seen[MOST + 1];
    double alarms = 0;
    count_out(&usual->contacts, history.contacts, usual, contacts, met);
    count_out(&usual->visitors, history.visitors, usual, visitors, seen);
    for (int i = 0; i <= MOST; i++)
        for (int j = 0; j <= MOST; j++) {
            if (heads(i + 1, j, usual->visitor_milli) >= wanted) alarms += met[i] * visitors[j];
            if (usual->visitor_milli > 0 && heads(i, j + 1, usual->visitor_milli) >= wanted)
                alarms += contacts[i] * seen[j];
        }
    return alarms;
}

static void alarms_are_what_the_definition_says(void **state) {
    static const qbg__came histories[] = {{0, 0}, {1, 0}, {0, 7}, {12, 30}, {150, 90}};
    static const int64_t millis[] = {0, 300, 500, 1000};
    (void)state;
    for (int h = 0; h < 5; h++)
        for (int m = 0; m < 4; m++)
            for (int wanted = 1; wanted < 30; wanted += 1 + wanted / 4) {
                qbg__usual usual = usual_of(1, 21.0 / 365, millis[m]);
                double found = ask(&usual, histories[h], (uint32_t)wanted).alarms;
                double want = defined(&usual, histories[h], wanted);
                assert_true(fabs(found - want) <= 1e-9 * want);
            }
}

/* A level that is all but certain is a Poisson process, for which the formula is well known. */
static void with_a_known_rate_it_is_the_formula_of_a_poisson_process(void **state) {
    double window = 21.0 / 365, rate = 3, mean = rate * window, chance = exp(-mean), beyond = 0;
    qbg__usual usual = usual_of(1e6, window, 0);
    (void)state;
    for (int i = 0; i < 40; chance *= mean / ++i)
        if (i >= 3) beyond += chance; /* three others or more */
    qbg__surprise found = ask(&usual, (qbg__came){3000000, 0}, 4);
    assert_true(fabs(found.alarms - rate * beyond) < 1e-4 * rate * beyond);
    assert_true(fabs(found.expected - mean) < 1e-4 * mean);
}

static void more_is_more_unusual_and_a_busy_history_less(void **state) {
    (void)state;
    qbg__usual usual = usual_of(1, 21.0 / 365, 500);
    double before = INFINITY;
    for (uint32_t wanted = 1; wanted < 60; wanted++) {
        double alarms = ask(&usual, (qbg__came){3, 5}, wanted).alarms;
        assert_true(alarms < before && alarms > 0);
        before = alarms;
    }
    before = 0;
    for (uint32_t came = 0; came < 500; came += 7) {
        double alarms = ask(&usual, (qbg__came){came, 5}, 5).alarms;
        assert_true(alarms > before);
        before = alarms;
    }
}

static void visitors_are_discounted_and_nobody_is_half_there(void **state) {
    (void)state;
    assert_int_equal(qbg__heads_of((qbg__came){2, 0}, 500), 2);
    assert_int_equal(qbg__heads_of((qbg__came){2, 1}, 500), 2);
    assert_int_equal(qbg__heads_of((qbg__came){2, 2}, 500), 3);
    assert_int_equal(qbg__heads_of((qbg__came){0, 9}, 333), 2);
    assert_int_equal(qbg__heads_of((qbg__came){1, 9}, 0), 1);
    assert_int_equal(qbg__heads_of((qbg__came){1, 9}, 1000), 10);
}

static void without_memory_there_is_no_answer(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem own;
    qbg__surprise_scratch scratch;
    qbg__surprise found;
    qbg__usual usual = usual_of(1, 0.05, 500);
    (void)state;
    OK(qbg__mem_init(&own, &allocator));
    qbg__surprise_begin(&scratch, &own);
    refuse(&memory, 0);
    assert_int_equal(qbg__surprise_of(&usual, (qbg__came){0, 0}, 3, &scratch, &found),
                     QBG_E_MEMORY);
    refuse(&memory, NEVER);
    OK(qbg__surprise_of(&usual, (qbg__came){0, 0}, 3, &scratch, &found));
    qbg__surprise_end(&scratch);
    assert_int_equal(memory.bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alarms_are_what_the_definition_says),
        cmocka_unit_test(with_a_known_rate_it_is_the_formula_of_a_poisson_process),
        cmocka_unit_test(more_is_more_unusual_and_a_busy_history_less),
        cmocka_unit_test(visitors_are_discounted_and_nobody_is_half_there),
        cmocka_unit_test(without_memory_there_is_no_answer),
    };
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
