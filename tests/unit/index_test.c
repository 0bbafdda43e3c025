/* index: from hashes to row numbers, whatever collides, grows, goes and comes back. */
#include "fixture.h"

#include "base/index.h"

/* The owner of the rows: a key for each row number. */
enum { ROWS = 4000 };
static uint32_t keys[ROWS];

static int has_key(const void *owner, uint32_t row, const void *wanted) {
    return ((const uint32_t *)owner)[row] == *(const uint32_t *)wanted;
}

typedef struct desk {
    qbg__mem mem;
    qbg__journal journal;
    qbg__index index;
} desk;

static int open_index(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self || qbg__mem_init(&self->mem, NULL) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    for (uint32_t i = 0; i < ROWS; i++) keys[i] = i;
    *state = self;
    return 0;
}

static int close_index(void **state) {
    desk *self = *state;
    qbg__journal_done(&self->journal);
    qbg__index_free(&self->index, &self->mem);
    qbg__journal_free(&self->journal);
    int is_clean = self->mem.bytes == 0;
    free(self);
    return is_clean ? 0 : 1;
}

static uint32_t find(const desk *self, uint32_t hash, uint32_t key) {
    return qbg__index_find(&self->index, hash, has_key, keys, &key);
}

static void add(desk *self, uint32_t hash, uint32_t row) {
    OK(qbg__index_add(&self->index, &self->journal, hash, row));
}

static void drop(desk *self, uint32_t hash, uint32_t row) {
    OK(qbg__index_remove(&self->index, &self->journal, hash, row));
}

static void an_empty_index_finds_nothing(void **state) {
    desk *self = *state;
    assert_int_equal(find(self, 7, 7), QBG_NONE);
    drop(self, 7, 7);
    assert_int_equal(find(self, 7, 7), QBG_NONE);
}

static void rows_that_share_a_hash_are_told_apart_by_their_owner(void **state) {
    desk *self = *state;
    for (uint32_t row = 0; row < 100; row++) add(self, 7, row);
    for (uint32_t row = 0; row < 100; row++) assert_int_equal(find(self, 7, row), row);
    assert_int_equal(find(self, 7, 100), QBG_NONE);
    assert_int_equal(find(self, 8, 0), QBG_NONE);
}

static void hashes_at_the_end_of_the_table_wrap_around(void **state) {
    desk *self = *state;
    for (uint32_t row = 0; row < 10; row++) add(self, UINT32_MAX, row);
    for (uint32_t row = 0; row < 10; row++) assert_int_equal(find(self, UINT32_MAX, row), row);
    drop(self, UINT32_MAX, 0);
    assert_int_equal(find(self, UINT32_MAX, 9), 9);
}

static void removing_one_row_hides_no_other(void **state) {
    desk *self = *state;
    for (uint32_t row = 0; row < 10; row++) add(self, 7, row);
    drop(self, 7, 3);
    assert_int_equal(find(self, 7, 3), QBG_NONE);
    for (uint32_t row = 4; row < 10; row++) assert_int_equal(find(self, 7, row), row);
    drop(self, 7, 3); /* again: it is not there */
    add(self, 7, 3);
    assert_int_equal(find(self, 7, 3), 3);
}

/* It would tell whether a key was here. */
static void the_hash_of_a_removed_row_is_gone(void **state) {
    desk *self = *state;
    add(self, 77, 3);
    drop(self, 77, 3);
    for (uint32_t i = 0; i < self->index.capacity; i++)
        assert_int_equal(self->index.slots[i].hash, 0);
}

static void removes_that_very_row_of_several_that_match(void **state) {
    desk *self = *state;
    keys[1] = keys[0];
    add(self, 7, 0);
    add(self, 7, 1);
    assert_int_equal(find(self, 7, keys[0]), 0);
    drop(self, 7, 0);
    assert_int_equal(find(self, 7, keys[0]), 1);
}

static void undo_forgets_what_was_added_and_what_was_removed(void **state) {
    desk *self = *state;
    qbg__journal_begin(&self->journal);
    for (uint32_t row = 0; row < 10; row++) add(self, row, row);
    qbg__journal_done(&self->journal);
    uint32_t capacity = self->index.capacity;
    qbg__mark mark = qbg__journal_begin(&self->journal);
    for (uint32_t row = 0; row < 5; row++) drop(self, row, row);
    for (uint32_t row = 10; row < 1000; row++) add(self, row, row);
    qbg__journal_undo(&self->journal, mark);
    assert_int_equal(self->index.capacity, capacity);
    for (uint32_t row = 0; row < 10; row++) assert_int_equal(find(self, row, row), row);
    for (uint32_t row = 10; row < 1000; row++) assert_int_equal(find(self, row, row), QBG_NONE);
}

static void an_index_that_is_given_up_finds_nothing_and_can_come_back(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < 30; i++) add(self, i % 7, i);
    qbg__journal_done(&self->journal);
    qbg__mark mark = qbg__journal_begin(&self->journal);
    add(self, 1, 40);
    OK(qbg__index_drop(&self->index, &self->journal));
    assert_int_equal(find(self, 1, 8), QBG_NONE);
    add(self, 1, 8);
    assert_int_equal(find(self, 1, 8), 8);
    assert_int_equal(find(self, 2, 9), QBG_NONE);
    qbg__journal_undo(&self->journal, mark);
    for (uint32_t i = 0; i < 30; i++) assert_int_equal(find(self, i % 7, i), i);
    assert_int_equal(find(self, 1, 40), QBG_NONE);
    OK(qbg__index_drop(&self->index, &self->journal));
    qbg__journal_done(&self->journal);
    assert_int_equal(self->index.capacity, 0);
}

static void a_refused_growth_changes_nothing(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    desk self = {0};
    (void)state;
    OK(qbg__mem_init(&self.mem, &allocator));
    qbg__journal_init(&self.journal, &self.mem);
    for (uint32_t row = 0; row < 12; row++) add(&self, row, row);
    qbg__journal_done(&self.journal);
    for (long request = 0; request < 2; request++) {
        refuse(&memory, request);
        qbg__mark mark = qbg__journal_begin(&self.journal);
        qbg_status status = qbg__index_add(&self.index, &self.journal, 12, 12);
        qbg__journal_undo(&self.journal, mark);
        assert_true(status == QBG_E_MEMORY || request > 0);
        for (uint32_t row = 0; row < 12; row++) assert_int_equal(find(&self, row, row), row);
        assert_int_equal(find(&self, 12, 12), QBG_NONE);
    }
    qbg__index_free(&self.index, &self.mem);
    qbg__journal_free(&self.journal);
    assert_int_equal(memory.bytes, 0);
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
    memset(is_in, 0, sizeof is_in);
    for (int round = 0; round < 60; round++) {
        qbg__mark mark = qbg__journal_begin(&self->journal);
        memcpy(was_in, is_in, sizeof is_in);
        for (int step = 0; step < 60; step++) {
            uint32_t row = random_below(&seed, 200), hash = row % 37 * 0x01000001u;
            if (is_in[row])
                drop(self, hash, row);
            else
                add(self, hash, row);
            is_in[row] = !is_in[row];
        }
        if (random_below(&seed, 3) == 0) {
            qbg__journal_undo(&self->journal, mark);
            memcpy(is_in, was_in, sizeof is_in);
        }
        qbg__journal_done(&self->journal);
        for (uint32_t row = 0; row < 200; row++)
            assert_int_equal(find(self, row % 37 * 0x01000001u, row), is_in[row] ? row : QBG_NONE);
    }
}

static void grows_to_thousands_of_rows(void **state) {
    desk *self = *state;
    for (uint32_t row = 0; row < ROWS; row++)
        add(self, qbg__index_hash(&keys[row], sizeof keys[row]), row);
    for (uint32_t row = 0; row < ROWS; row++)
        assert_int_equal(find(self, qbg__index_hash(&keys[row], sizeof keys[row]), row), row);
    assert_true(self->index.capacity < ROWS * 4);
}

/* Hashes are the same everywhere, and the low bits, which choose the slot, are spread. */
static void coming_and_going_does_not_make_it_grow(void **state) {
    desk *self = *state;
    for (uint32_t i = 0; i < 10000; i++) {
        add(self, i * 7919u, 1);
        drop(self, i * 7919u, 1);
    }
    assert_true(self->index.capacity <= 16);
}

static void hashes_spread_their_low_bits(void **state) {
    uint32_t bytes[64] = {0}, pairs[64] = {0};
    (void)state;
    for (uint32_t i = 0; i < 64 * 100; i++) {
        bytes[qbg__index_hash(&i, sizeof i) % 64]++;
        pairs[qbg__index_hash_pair(i, 0) % 64]++;
    }
    for (int i = 0; i < 64; i++) {
        assert_in_range(bytes[i], 50, 170);
        assert_in_range(pairs[i], 50, 170);
    }
    assert_int_not_equal(qbg__index_hash_pair(1, 2), qbg__index_hash_pair(2, 1));
    assert_int_not_equal(qbg__index_hash("ab", 2), qbg__index_hash("ba", 2));
}

#define in_index(test) cmocka_unit_test_setup_teardown(test, open_index, close_index)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_index(an_empty_index_finds_nothing),
        in_index(rows_that_share_a_hash_are_told_apart_by_their_owner),
        in_index(hashes_at_the_end_of_the_table_wrap_around),
        in_index(removing_one_row_hides_no_other),
        in_index(the_hash_of_a_removed_row_is_gone),
        in_index(removes_that_very_row_of_several_that_match),
        in_index(undo_forgets_what_was_added_and_what_was_removed),
        in_index(an_index_that_is_given_up_finds_nothing_and_can_come_back),
        in_index(a_refused_growth_changes_nothing),
        in_index(agrees_with_a_plain_list),
        in_index(grows_to_thousands_of_rows),
        in_index(coming_and_going_does_not_make_it_grow),
        in_index(hashes_spread_their_low_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
