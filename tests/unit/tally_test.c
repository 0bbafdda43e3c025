/* tally_test: the scan gives what adding up one by one gives, and stamps are ordered and apart as
 * the instants are. */
#include "fixture.h"
#include "rounds.h"

#include "analysis/tally.h"
#include "base/civil.h"

enum { KINDS = 9, PEOPLE = 5, ENTRIES = 60, LAST_AGE = 40 };

static uint64_t drawn;

static uint64_t draw(uint64_t below) {
    drawn = drawn * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (drawn >> 20) % below;
}

static int64_t draw_time(void) {
    switch (draw(8)) {
    case 0: return QBG__TIME_FIRST;
    case 1: return QBG__TIME_LAST;
    case 2: return (int64_t)draw(70) * QBG__DAY_S;
    case 3: return (int64_t)draw(70) * QBG__DAY_S - 1 + (int64_t)draw(2);
    default: return (int64_t)draw((uint64_t)(70 * QBG__DAY_S));
    }
}

static int64_t draw_valid_time(void) {
    int64_t time = draw_time();
    return time < QBG__TIME_FIRST ? QBG__TIME_FIRST : time;
}

static void stamps_are_ordered_and_apart_as_instants_are(void **state) {
    (void)state;
    for (unsigned i = 0; i < rounds(200000); i++) {
        int64_t early = draw_valid_time(), late = draw_valid_time();
        uint64_t from = qbg__stamp_of(early), to = qbg__stamp_of(late);
        assert_true(from > 0 && from >> 34 == 0);
        assert_int_equal(qbg__stamp_time(from), early);
        assert_int_equal(from < to, early < late);
        if (early <= late)
            assert_int_equal((to - from) >> QBG__STAMP_SECONDS, qbg__civil_whole_days(early, late));
    }
}

/* What a log and a policy could be, and the two ways to add them up. */
typedef struct scene {
    qbg__worth worths[KINDS];
    uint32_t decay[LAST_AGE + 1];
    qbg__entry entries[ENTRIES];
    int64_t as_of;
    qbg__score scanned[PEOPLE + 1], expected[PEOPLE + 1];
} scene;

static void draw_scene(scene *self) {
    memset(self, 0, sizeof *self);
    for (uint32_t i = 0; i < KINDS; i++)
        self->worths[i] = (qbg__worth){(int64_t)draw(2000001) - 1000000, (uint32_t)draw(QBG__SORTS),
                                       draw(4) == 0 ? 0 : UINT32_MAX};
    for (uint32_t age = 0; age < LAST_AGE; age++) self->decay[age] = (uint32_t)draw(1 << 24) + 1;
    for (uint32_t i = 0; i < ENTRIES; i++) {
        uint64_t bits = QBG__ENTRY_BITS(draw_valid_time(), draw(KINDS), draw(2));
        if (draw(8) == 0) bits = QBG__ENTRY_WITH_WAIT(bits, 1 + draw(2));
        self->entries[i] = (qbg__entry){bits, (uint32_t)draw(PEOPLE), 0};
    }
    self->as_of = draw_valid_time();
}

/* Those that wait are nobody's until somebody looks at them. */
static void add_one_by_one(scene *self) {
    for (uint32_t i = 0; i < ENTRIES; i++) {
        const qbg__entry *entry = &self->entries[i];
        int64_t time = QBG__ENTRY_TIME(entry->bits);
        if (QBG__ENTRY_WAIT(entry->bits) != QBG__WAIT_NOT || time > self->as_of) continue;
        const qbg__worth *worth = &self->worths[QBG__ENTRY_KIND(entry->bits)];
        int64_t age = qbg__civil_whole_days(time, self->as_of);
        uint32_t whose = worth->somebody ? entry->slot + 1 : 0;
        qbg__tally *to = &self->expected[whose].of[worth->sort];
        to->points += worth->milli * (int64_t)self->decay[age < LAST_AGE ? age : LAST_AGE];
        if (qbg__stamp_of(time) > to->last) to->last = qbg__stamp_of(time);
    }
}

static void scan(scene *self) {
    const qbg__scale scale = {self->worths, self->decay, LAST_AGE, qbg__stamp_of(self->as_of)};
    const qbg__entry *at = self->entries, *end = self->entries + ENTRIES;
    while ((at = qbg__tally_run(&scale, at, end, self->scanned)) < end) {
        assert_true(QBG__ENTRY_START(at->bits) > scale.as_of);
        at++;
    }
}

static void a_scan_adds_up_what_counts(void **state) {
    (void)state;
    static scene self;
    for (unsigned i = 0; i < rounds(5000); i++) {
        draw_scene(&self);
        add_one_by_one(&self);
        scan(&self);
        assert_memory_equal(self.scanned, self.expected, sizeof self.scanned);
    }
}

static void a_score_is_read_off_its_tallies(void **state) {
    (void)state;
    qbg__score score = {.contact = 7};
    assert_false(qbg__score_is_there(&score));
    assert_int_equal(qbg__score_last(&score), 0);
    score.of[0] = (qbg__tally){-1, 30};
    assert_true(qbg__score_is_there(&score));
    assert_int_equal(qbg__score_last_positive(&score), 0);
    score.of[QBG__SORT_POSITIVE] = (qbg__tally){10, 10};
    score.of[QBG__SORT_HIGH] = (qbg__tally){-200, 40};
    score.of[QBG__SORT_HIGH | QBG__SORT_POSITIVE] = (qbg__tally){3000, 20};
    assert_int_equal(qbg__score_points(&score), 2809);
    assert_int_equal(qbg__score_high_points(&score), 2800);
    assert_int_equal(qbg__score_last_positive(&score), 20);
    assert_int_equal(qbg__score_last(&score), 40);
    qbg__score_end(&score);
    assert_false(qbg__score_is_there(&score));
    assert_int_equal(qbg__score_points(&score), 2809);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_are_ordered_and_apart_as_instants_are),
        cmocka_unit_test(a_scan_adds_up_what_counts),
        cmocka_unit_test(a_score_is_read_off_its_tallies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
