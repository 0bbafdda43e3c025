/* lookup: from hashes to numbers, whatever collides, grows, goes and comes back. */
#include "fixture.h"

#include "base/lookup.h"

/* The owner of the rows: a hash for each number. */
enum { ROWS = 4000 };
static uint32_t hashes[ROWS];

static uint32_t hash_of(const void *owner, uint32_t number) {
    return ((const uint32_t *)owner)[number];
}

static int is_it(const void *owner, uint32_t number, const void *wanted) {
    (void)owner;
    return number == *(const uint32_t *)wanted;
}

typedef struct desk {
    host memory;
    qbg__mem mem;
    qbg__journal journal;
    qbg__lookup lookup;
} desk;

static int open_lookup(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self) return 1;
    self->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&self->memory);
    if (qbg__mem_init(&self->mem, &allocator) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    for (uint32_t i = 0; i < ROWS; i++) hashes[i] = qbg__index_hash(&i, sizeof i);
    *state = self;
    return 0;
}

static int close_lookup(void **state) {
    desk *self = *state;
    qbg__journal_done(&self->journal);
    qbg__lookup_free(&self->lookup, &self->mem);
    qbg__journal_free(&self->journal);
    int is_clean = self->memory.bytes == 0 && !self->memory.is_misused;
    free(self);
    return is_clean ? 0 : 1;
}

static uint32_t find(const desk *self, uint32_t number) {
    return qbg__lookup_find(&self->lookup, hashes[number], is_it, hashes, &number);
}

static qbg_status try_to_add(desk *self, uint32_t number) {
    return qbg__lookup_add(&self->lookup, &self->journal, hashes[number], number, hash_of, hashes);
}

static void add(desk *self, uint32_t number) { OK(try_to_add(self, number)); }

static void drop(desk *self, uint32_t number) {
    OK(qbg__lookup_remove(&self->lookup, &self->journal, hashes[number], number));
}

static void an_empty_lookup_finds_nothing(void **state) {
    desk *self = *state;
    assert_int_equal(find(self, 7), QBG_NONE);
    drop(self, 7);
    assert_int_equal(find(self, 7), QBG_NONE);
}

static void rows_that_share_a_hash_are_told_apart_by_their_owner(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < ROWS; i++) hashes[i] = UINT32_MAX; /* at the end of the table */
    for (uint32_t i = 0; i < 100; i++) add(self, i);
    for (uint32_t i = 0; i < 100; i++) assert_int_equal(find(self, i), i);
    assert_int_equal(find(self, 100), QBG_NONE);
    drop(self, 3);
    drop(self, 3); /* again: it is not there */
    for (uint32_t i = 0; i < 100; i++) assert_int_equal(find(self, i), i == 3 ? QBG_NONE : i);
    add(self, 3);
    assert_int_equal(find(self, 3), 3);
}

/* Tags that would mean something else are no tags. */
static void every_hash_can_be_found(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < ROWS; i++) hashes[i] = i % 5 | i << 20;
    for (uint32_t i = 0; i < ROWS; i++) add(self, i);
    for (uint32_t i = 0; i < ROWS; i++) assert_int_equal(find(self, i), i);
    for (uint32_t i = 0; i < ROWS; i += 3) drop(self, i);
    for (uint32_t i = 0; i < ROWS; i++) assert_int_equal(find(self, i), i % 3 ? i : QBG_NONE);
}

/* A hash would tell whether a key was here. */
static void nothing_of_a_hash_stays_behind(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < 20; i++) add(self, i);
    for (uint32_t i = 0; i < 20; i++) drop(self, i);
    const unsigned char *tags =
        (const unsigned char *)(self->lookup.numbers + self->lookup.capacity);
    for (uint32_t i = 0; i < self->lookup.capacity; i++) assert_true(tags[i] <= 1);
}

static void it_grows_a_little_or_for_what_is_expected(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < ROWS / 2; i++) add(self, i);
    assert_in_range(self->lookup.capacity, ROWS / 2, ROWS / 2 * 2);
    self->lookup.coming = ROWS / 2;
    for (uint32_t i = ROWS / 2; i < ROWS; i++) add(self, i);
    assert_in_range(self->lookup.capacity, ROWS, ROWS * 3 / 2);
    for (uint32_t i = 0; i < ROWS; i++) assert_int_equal(find(self, i), i);
    qbg__journal_done(&self->journal);
    assert_int_equal(qbg__lookup_bytes(&self->lookup), 5 * self->lookup.capacity);
    assert_int_equal(qbg__lookup_bytes(&self->lookup) + qbg__journal_bytes(&self->journal),
                     self->memory.bytes);
}

/* Who adds and removes all day needs no more room for it. */
static void removed_slots_are_swept_out(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < ROWS; i++) {
        add(self, i);
        if (i >= 10) drop(self, i - 10);
    }
    qbg__journal_done(&self->journal);
    assert_true(self->lookup.capacity < 50);
    for (uint32_t i = 0; i < ROWS; i++)
        assert_int_equal(find(self, i), i + 10 < ROWS ? QBG_NONE : i);
}

static void undo_forgets_what_was_added_and_what_was_removed(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < 10; i++) add(self, i);
    qbg__journal_done(&self->journal);
    uint32_t capacity = self->lookup.capacity, used = self->lookup.used;
    for (int round = 0; round < 2; round++) {
        qbg__mark mark = qbg__journal_begin(&self->journal);
        self->lookup.coming = 7;
        for (uint32_t i = 0; i < 5; i++) drop(self, i);
        for (uint32_t i = 10; i < (round ? 11 : 1000); i++) add(self, i);
        self->lookup.coming = 0;
        qbg__journal_undo(&self->journal, mark);
        assert_int_equal(self->lookup.capacity, capacity);
        assert_int_equal(self->lookup.used, used);
        assert_int_equal(self->lookup.coming, 0);
        for (uint32_t i = 0; i < 1000; i++) assert_int_equal(find(self, i), i < 10 ? i : QBG_NONE);
    }
}

static void a_refused_growth_changes_nothing(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < 7; i++) add(self, i);
    qbg__journal_done(&self->journal);
    int failures = 0;
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg__mark mark = qbg__journal_begin(&self->journal);
        refuse(&self->memory, request);
        status = QBG_OK;
        for (uint32_t i = 7; i < 1000 && status == QBG_OK; i++) status = try_to_add(self, i);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        failures++;
        qbg__journal_undo(&self->journal, mark);
        for (uint32_t i = 0; i < 1000; i++) assert_int_equal(find(self, i), i < 7 ? i : QBG_NONE);
    }
    assert_true(failures > 5);
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(find(self, i), i);
}

/* The same seed, the same numbers: a failure can be looked at again. */
static uint32_t random_below(uint64_t *seed, uint32_t bound) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % bound;
}

/* Few hashes for many rows, so that probes are long; adding, removing, undoing, doing. */
static void agrees_with_a_plain_list(void **state) {
    desk *self = *state;
    static unsigned char is_in[ROWS], was_in[ROWS];
    uint64_t seed = 20251119;
    for (uint32_t i = 0; i < ROWS; i++) hashes[i] = i % 37 * 0x01000001u;
    for (int round = 0; round < 60; round++) {
        qbg__mark mark = qbg__journal_begin(&self->journal);
        memcpy(was_in, is_in, sizeof is_in);
        for (int step = 0; step < 60; step++) {
            uint32_t row = random_below(&seed, 200);
            if (is_in[row])
                drop(self, row);
            else
                add(self, row);
            is_in[row] = !is_in[row];
        }
        if (random_below(&seed, 3) == 0) {
            qbg__journal_undo(&self->journal, mark);
            memcpy(is_in, was_in, sizeof is_in);
        }
        qbg__journal_done(&self->journal);
        for (uint32_t row = 0; row < 200; row++)
            assert_int_equal(find(self, row), is_in[row] ? row : QBG_NONE);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_lookup, close_lookup)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_lookup_finds_nothing),
        TEST(rows_that_share_a_hash_are_told_apart_by_their_owner),
        TEST(every_hash_can_be_found),
        TEST(nothing_of_a_hash_stays_behind),
        TEST(it_grows_a_little_or_for_what_is_expected),
        TEST(removed_slots_are_swept_out),
        TEST(undo_forgets_what_was_added_and_what_was_removed),
        TEST(a_refused_growth_changes_nothing),
        TEST(agrees_with_a_plain_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
