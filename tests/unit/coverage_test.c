/* coverage_test: who sits where, that no seating covers more, and exact fractions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "analysis/coverage.h"

#define UNIT ((int64_t)QBG__COVERAGE_UNIT)
#define ALL  (QBG__IDENTIFIED | QBG__ENGAGED | QBG__SUPPORTIVE)

/* ---- Templates and people by hand ---- */

typedef struct table {
    qbg_template template_;
    qbg__seat seats[QBG__SEAT_MAX];
    qbg__holder holders[16];
    uint32_t count;
    qbg__seating seating;
} table;

static void add_seat(table *at, int32_t weight_milli, int32_t people, int32_t required) {
    uint32_t seat = at->template_.seat_count++;
    at->template_.seats = at->seats;
    at->seats[seat] = (qbg__seat){seat, weight_milli, people, required, 0, -1};
}

static void add_holder(table *at, uint64_t asserted, uint64_t candidates, int32_t readings) {
    at->holders[at->count++] = (qbg__holder){asserted, candidates, readings, -1};
}

/* Bits of seats. */
#define A 1u
#define B 2u
#define C 4u

static void says(table *at, uint64_t seats) { add_holder(at, seats, 0, ALL); }
static void may(table *at, uint64_t seats) { add_holder(at, 0, seats, ALL); }

static void seat(table *at, int reading) {
    qbg__coverage_seat(&at->template_, at->holders, at->count, reading, &at->seating);
}

static void assert_filled(table *at, int32_t a, int32_t b, int32_t c) {
    const int32_t want[] = {a, b, c};
    seat(at, QBG__IDENTIFIED);
    for (uint32_t i = 0; i < at->template_.seat_count && i < 3; i++)
        assert_int_equal(at->seating.filled[i], want[i]);
}

/* The coverage is this fraction, exactly. */
static void assert_covers(table *at, int64_t numerator, int64_t denominator) {
    seat(at, QBG__IDENTIFIED);
    assert_true(at->seating.numerator * denominator == at->seating.denominator * numerator);
}

/* ---- Asserted roles ---- */

static void who_has_two_roles_sits_on_both(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 1, 1);
    add_seat(&at, 1000, 1, 0);
    says(&at, A | B);
    assert_filled(&at, 1, 1, 0);
    assert_covers(&at, 1, 1);
}

static void nobody_fills_more_places_than_are_wanted(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 2, 0);
    add_seat(&at, 1000, 1, 0);
    says(&at, A);
    assert_filled(&at, 1, 0, 0);
    assert_covers(&at, 1, 4);
    says(&at, A);
    says(&at, A);
    may(&at, A);
    assert_filled(&at, 2, 0, 0);
    assert_covers(&at, 1, 2);
    assert_int_equal(at.holders[3].seat, -1);
}

static void whose_roles_have_no_seat_sits_nowhere(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 1);
    says(&at, 0);
    assert_filled(&at, 0, 0, 0);
    assert_covers(&at, 0, 1);
}

/* ---- Candidates ---- */

static void a_candidate_fills_one_place_and_that_the_worthiest(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 1);
    add_seat(&at, 3000, 1, 0);
    add_seat(&at, 2000, 1, 1);
    may(&at, A | B | C);
    assert_filled(&at, 0, 1, 0);
    assert_int_equal(at.holders[0].seat, 1);
    assert_covers(&at, 3, 6);
}

static void a_place_is_worth_its_share_of_the_weight(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 3, 1);
    add_seat(&at, 1001, 1, 0);
    may(&at, A | B);
    assert_filled(&at, 0, 1, 0);
    at.seats[1].weight_milli = 999;
    assert_filled(&at, 1, 0, 0);
}

static void shares_are_compared_exactly(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 333, 1, 0);
    add_seat(&at, 1000, 3, 0);
    may(&at, A | B);
    assert_filled(&at, 0, 1, 0);
    at.seats[1].weight_milli = 999;
    assert_filled(&at, 1, 0, 0);
}

static void of_equal_shares_the_required_seat_comes_first_then_the_first(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 0);
    add_seat(&at, 2000, 2, 1);
    add_seat(&at, 3000, 3, 1);
    may(&at, A | B | C);
    assert_filled(&at, 0, 1, 0);
    at.seats[1].required = 0;
    assert_filled(&at, 0, 0, 1);
    at.seats[2].required = 0;
    assert_filled(&at, 1, 0, 0);
}

static void a_candidate_moves_on_for_somebody_with_less_choice(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 1, 0);
    add_seat(&at, 1000, 1, 0);
    add_seat(&at, 500, 1, 0);
    may(&at, A | B);
    may(&at, A | C);
    may(&at, A);
    assert_filled(&at, 1, 1, 1);
    assert_int_equal(at.holders[0].seat, 1);
    assert_int_equal(at.holders[1].seat, 2);
    assert_int_equal(at.holders[2].seat, 0);
}

static void an_asserted_role_leaves_less_room_for_candidates(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 1, 0);
    add_seat(&at, 1000, 1, 0);
    may(&at, A | B);
    says(&at, A);
    assert_filled(&at, 1, 1, 0);
    assert_int_equal(at.holders[0].seat, 1);
}

static void who_asserts_a_role_is_no_candidate_for_others(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 1, 0);
    add_seat(&at, 1000, 1, 0);
    add_holder(&at, B, A, ALL);
    assert_filled(&at, 0, 1, 0);
}

static void the_first_of_equal_candidates_is_named(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 0);
    may(&at, A);
    may(&at, A);
    assert_filled(&at, 1, 0, 0);
    assert_int_equal(at.holders[0].seat, 0);
    assert_int_equal(at.holders[1].seat, -1);
}

static void each_reading_is_seated_afresh(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 3000, 1, 0);
    add_seat(&at, 1000, 1, 0);
    add_holder(&at, 0, A, QBG__IDENTIFIED);
    add_holder(&at, 0, A | B, QBG__IDENTIFIED | QBG__ENGAGED);
    add_holder(&at, B, 0, QBG__IDENTIFIED | QBG__SUPPORTIVE);
    assert_filled(&at, 1, 1, 0);
    assert_int_equal(at.holders[1].seat, -1);
    seat(&at, QBG__ENGAGED);
    assert_int_equal(at.seating.filled[0], 1);
    assert_int_equal(at.seating.filled[1], 0);
    assert_int_equal(at.holders[1].seat, 0);
    assert_int_equal(at.holders[0].seat, -1);
    seat(&at, QBG__SUPPORTIVE);
    assert_int_equal(at.seating.filled[0], 0);
    assert_int_equal(at.seating.filled[1], 1);
}

/* ---- Fractions ---- */

static void coverage_is_an_exact_fraction(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 3, 0);
    add_seat(&at, 1000, 7, 0);
    add_seat(&at, 1000, 11, 0);
    says(&at, A | B | C);
    assert_covers(&at, 1 * 77 + 1 * 33 + 1 * 21, 3 * 231);
    assert_true(at.seating.denominator == 3000 * UNIT);
    assert_true(qbg__coverage_ratio(&at.seating) ==
                (double)at.seating.numerator / (double)at.seating.denominator);
}

static void every_number_of_people_divides_the_unit(void **state) {
    (void)state;
    for (int64_t people = 1; people <= QBG__SEAT_PEOPLE_MAX; people++)
        assert_int_equal(UNIT % people, 0);
}

static void the_largest_template_fits(void **state) {
    (void)state;
    table at = {0};
    for (uint32_t i = 0; i < QBG__SEAT_MAX; i++)
        add_seat(&at, QBG__SEAT_WEIGHT_MAX, QBG__SEAT_PEOPLE_MAX, 1);
    for (int i = 0; i < QBG__SEAT_PEOPLE_MAX; i++) says(&at, UINT64_MAX);
    seat(&at, QBG__IDENTIFIED);
    assert_true(at.seating.numerator == at.seating.denominator);
    assert_true(qbg__coverage_ratio(&at.seating) == 1.0);
    int32_t required = 0;
    assert_int_equal(qbg__coverage_required(&at.template_, at.holders, at.count, &required), 64);
    assert_int_equal(required, 64);
}

static void nobody_covers_nothing(void **state) {
    (void)state;
    table at = {0};
    seat(&at, QBG__IDENTIFIED);
    assert_true(qbg__coverage_ratio(&at.seating) == 0);
    add_seat(&at, 1, 16, 1);
    seat(&at, QBG__IDENTIFIED);
    assert_true(qbg__coverage_ratio(&at.seating) == 0);
    assert_true(qbg__coverage_completeness(&at.template_, at.holders, 0) == 0);
}

static void completeness_is_the_plain_mean_over_the_seats(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 100000, 2, 1);
    add_seat(&at, 1, 1, 0);
    add_seat(&at, 1, 3, 0);
    says(&at, A | B);
    may(&at, B);
    assert_true(qbg__coverage_completeness(&at.template_, at.holders, at.count) ==
                (0.5 + 1.0 + 0.0) / 3.0);
    says(&at, C);
    assert_true(qbg__coverage_completeness(&at.template_, at.holders, at.count) ==
                (0.5 + 1.0 + 1.0 / 3.0) / 3.0);
}

/* ---- Required seats ---- */

static void assert_required(table *at, int32_t filled, int32_t seats) {
    int32_t required = -1;
    assert_int_equal(qbg__coverage_required(&at->template_, at->holders, at->count, &required),
                     filled);
    assert_int_equal(required, seats);
}

static void required_seats_need_one_person_each_at_once(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 3, 1);
    add_seat(&at, 1000, 1, 0);
    add_seat(&at, 1000, 1, 1);
    may(&at, A | C);
    assert_required(&at, 1, 2);
    may(&at, B | A);
    assert_required(&at, 2, 2);
}

static void required_seats_are_seated_for_themselves(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 5000, 1, 0);
    add_seat(&at, 1000, 1, 1);
    may(&at, A | B);
    assert_filled(&at, 1, 0, 0);
    assert_required(&at, 1, 1);
}

static void one_person_with_two_roles_holds_two_required_seats(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 1);
    add_seat(&at, 1000, 1, 1);
    says(&at, A | B);
    assert_required(&at, 2, 2);
}

static void without_required_seats_none_is_vacant(void **state) {
    (void)state;
    table at = {0};
    add_seat(&at, 1000, 1, 0);
    assert_required(&at, 0, 0);
}

/* ---- Against every seating there is ---- */

static uint32_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

/* A small group, with ties in plenty. */
static void draw(table *at, uint64_t *seed) {
    static const int32_t weights[] = {500, 1000, 1000, 2000, 3000, 1, 1500};
    memset(at, 0, sizeof *at);
    uint32_t seats = 1 + next(seed) % 5, people = next(seed) % 7;
    for (uint32_t i = 0; i < seats; i++)
        add_seat(at, weights[next(seed) % 7], (int32_t)(1 + next(seed) % 3), next(seed) % 2);
    uint32_t all = (1u << seats) - 1;
    for (uint32_t i = 0; i < people; i++) {
        uint64_t some = next(seed) & all, asserted = next(seed) % 3 == 0 ? some : 0;
        add_holder(at, asserted, asserted ? 0 : some, (int32_t)(next(seed) & 7));
    }
}

typedef int64_t worth_of(const qbg_template *template_, const int32_t *people);

static int64_t covered(const qbg_template *template_, const int32_t *people) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++) {
        const qbg__seat *seat = &template_->seats[i];
        int32_t filled = people[i] < seat->people ? people[i] : seat->people;
        sum += (int64_t)seat->weight_milli * filled * (UNIT / seat->people);
    }
    return sum;
}

static int64_t required_with_somebody(const qbg_template *template_, const int32_t *people) {
    int64_t count = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++)
        count += template_->seats[i].required && people[i] > 0;
    return count;
}

/* Tries every seat, and none, for everybody from `from` on. */
static int64_t best(const table *at, int reading, uint32_t from, int32_t *people, worth_of *worth) {
    if (from == at->count) return worth(&at->template_, people);
    const qbg__holder *holder = &at->holders[from];
    int64_t most = best(at, reading, from + 1, people, worth);
    if (!(holder->readings & reading)) return most;
    for (uint32_t i = 0; i < at->template_.seat_count; i++) {
        if (!(holder->candidates >> i & 1)) continue;
        people[i]++;
        int64_t one = best(at, reading, from + 1, people, worth);
        if (one > most) most = one;
        people[i]--;
    }
    return most;
}

static int64_t best_of(const table *at, int reading, worth_of *worth) {
    int32_t people[QBG__SEAT_MAX] = {0};
    for (uint32_t i = 0; i < at->count; i++)
        for (uint32_t j = 0; j < at->template_.seat_count; j++)
            if (at->holders[i].readings & reading)
                people[j] += (int32_t)(at->holders[i].asserted >> j & 1);
    return best(at, reading, 0, people, worth);
}

/* What the seating says is what the people do: nobody sits where he may not. */
static void assert_sound(const table *at, int reading) {
    int32_t people[QBG__SEAT_MAX] = {0};
    for (uint32_t i = 0; i < at->count; i++) {
        const qbg__holder *holder = &at->holders[i];
        if (holder->seat >= 0) {
            assert_true(holder->readings & reading);
            assert_true(holder->candidates >> holder->seat & 1);
            people[holder->seat]++;
        }
        for (uint32_t j = 0; j < at->template_.seat_count; j++)
            if (holder->readings & reading) people[j] += (int32_t)(holder->asserted >> j & 1);
    }
    for (uint32_t j = 0; j < at->template_.seat_count; j++) {
        int32_t wanted = at->seats[j].people;
        assert_int_equal(at->seating.filled[j], people[j] < wanted ? people[j] : wanted);
    }
}

static void no_seating_covers_more(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 5000; i++) {
        table at;
        draw(&at, &seed);
        for (int reading = QBG__IDENTIFIED; reading <= QBG__SUPPORTIVE; reading *= 2) {
            seat(&at, reading);
            assert_sound(&at, reading);
            if (at.seating.numerator != best_of(&at, reading, covered))
                fail_msg("group %d can be seated better", i);
        }
    }
}

static void no_seating_fills_more_required_seats(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 5000; i++) {
        table at;
        int32_t required;
        draw(&at, &seed);
        int32_t filled = qbg__coverage_required(&at.template_, at.holders, at.count, &required);
        if (filled != best_of(&at, QBG__IDENTIFIED, required_with_somebody))
            fail_msg("group %d can fill more required seats", i);
    }
}

static void shuffle(table *at, uint64_t *seed) {
    for (uint32_t i = at->count; i > 1; i--) {
        uint32_t other = next(seed) % i;
        qbg__holder moved = at->holders[i - 1];
        at->holders[i - 1] = at->holders[other];
        at->holders[other] = moved;
    }
}

static void the_order_of_people_decides_only_who_is_named(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 3000; i++) {
        table at;
        int32_t required;
        draw(&at, &seed);
        seat(&at, QBG__IDENTIFIED);
        const qbg__seating first = at.seating;
        int32_t filled = qbg__coverage_required(&at.template_, at.holders, at.count, &required);
        shuffle(&at, &seed);
        seat(&at, QBG__IDENTIFIED);
        assert_true(at.seating.numerator == first.numerator);
        for (uint32_t j = 0; j < at.template_.seat_count; j++)
            assert_int_equal(at.seating.filled[j], first.filled[j]);
        assert_int_equal(qbg__coverage_required(&at.template_, at.holders, at.count, &required),
                         filled);
    }
}

/* Single or asserted roles need no search: each seat is filled by whoever holds its role. */
static void with_single_roles_everybody_sits_as_far_as_places_last(void **state) {
    (void)state;
    uint64_t seed = 4;
    for (int i = 0; i < 3000; i++) {
        table at;
        draw(&at, &seed);
        for (uint32_t j = 0; j < at.count; j++)
            at.holders[j].candidates &= (uint64_t)1 << next(&seed) % at.template_.seat_count;
        seat(&at, QBG__ENGAGED);
        for (uint32_t j = 0; j < at.template_.seat_count; j++) {
            int32_t holders = 0;
            for (uint32_t k = 0; k < at.count; k++)
                if (at.holders[k].readings & QBG__ENGAGED)
                    holders +=
                        (int32_t)((at.holders[k].asserted | at.holders[k].candidates) >> j & 1);
            int32_t wanted = at.seats[j].people;
            assert_int_equal(at.seating.filled[j], holders < wanted ? holders : wanted);
        }
    }
}

static void assert_same_seating(const table *at, const qbg__seating *a, const qbg__seating *b) {
    assert_true(a->numerator == b->numerator && a->denominator == b->denominator);
    assert_true(a->vacant == b->vacant);
    for (uint32_t i = 0; i < at->template_.seat_count; i++)
        assert_int_equal(a->filled[i], b->filled[i]);
}

/* All at once is the same as each by itself, with candidates and without. */
static void a_group_is_measured_as_its_readings_are_seated(void **state) {
    (void)state;
    uint64_t seed = 6;
    for (int i = 0; i < 4000; i++) {
        table at;
        qbg__coverage whole;
        int32_t required;
        draw(&at, &seed);
        for (uint32_t j = 0; j < at.count; j++) {
            if (i % 2 == 0) at.holders[j].candidates = 0;
            at.holders[j].readings |= QBG__IDENTIFIED; /* as everybody is */
        }
        qbg__coverage_measure(&at.template_, at.holders, at.count, &whole);
        assert_int_equal(qbg__coverage_required(&at.template_, at.holders, at.count, &required),
                         whole.required_filled);
        assert_int_equal(required, whole.required_seats);
        assert_true(whole.completeness ==
                    qbg__coverage_completeness(&at.template_, at.holders, at.count));
        seat(&at, QBG__ENGAGED);
        assert_same_seating(&at, &at.seating, &whole.engaged);
        seat(&at, QBG__SUPPORTIVE);
        assert_same_seating(&at, &at.seating, &whole.supportive);
        seat(&at, QBG__IDENTIFIED);
        assert_same_seating(&at, &at.seating, &whole.identified);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_two_roles_sits_on_both),
        cmocka_unit_test(nobody_fills_more_places_than_are_wanted),
        cmocka_unit_test(whose_roles_have_no_seat_sits_nowhere),
        cmocka_unit_test(a_candidate_fills_one_place_and_that_the_worthiest),
        cmocka_unit_test(a_place_is_worth_its_share_of_the_weight),
        cmocka_unit_test(shares_are_compared_exactly),
        cmocka_unit_test(of_equal_shares_the_required_seat_comes_first_then_the_first),
        cmocka_unit_test(a_candidate_moves_on_for_somebody_with_less_choice),
        cmocka_unit_test(an_asserted_role_leaves_less_room_for_candidates),
        cmocka_unit_test(who_asserts_a_role_is_no_candidate_for_others),
        cmocka_unit_test(the_first_of_equal_candidates_is_named),
        cmocka_unit_test(each_reading_is_seated_afresh),
        cmocka_unit_test(coverage_is_an_exact_fraction),
        cmocka_unit_test(every_number_of_people_divides_the_unit),
        cmocka_unit_test(the_largest_template_fits),
        cmocka_unit_test(nobody_covers_nothing),
        cmocka_unit_test(completeness_is_the_plain_mean_over_the_seats),
        cmocka_unit_test(required_seats_need_one_person_each_at_once),
        cmocka_unit_test(required_seats_are_seated_for_themselves),
        cmocka_unit_test(one_person_with_two_roles_holds_two_required_seats),
        cmocka_unit_test(without_required_seats_none_is_vacant),
        cmocka_unit_test(no_seating_covers_more),
        cmocka_unit_test(no_seating_fills_more_required_seats),
        cmocka_unit_test(the_order_of_people_decides_only_who_is_named),
        cmocka_unit_test(with_single_roles_everybody_sits_as_far_as_places_last),
        cmocka_unit_test(a_group_is_measured_as_its_readings_are_seated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
