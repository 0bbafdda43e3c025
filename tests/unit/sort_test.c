/* sort_test: every count and shape of input against a slower sort, equals that stay as they stood,
 * and how many comparisons it takes. */
#include "fixture.h"

#include "base/sort.h"

typedef struct item {
    uint32_t key;
    uint32_t place; /* where it stood */
} item;

/* What a comparison gets as its context. */
typedef struct counter {
    uint64_t comparisons;
    int is_downward;
} counter;

static counter *counted; /* contexts are const, so the count goes this way */

static int by_key(const void *a, const void *b, const void *context) {
    const item *first = a, *second = b;
    assert_ptr_equal(context, counted);
    counted->comparisons++;
    int order = (first->key > second->key) - (first->key < second->key);
    return counted->is_downward ? -order : order;
}

#define MOST 3000

static item items[MOST];
static const void *pointers[2 * MOST];

enum { RANDOM, FEW_KEYS, UPWARD, DOWNWARD, ALL_EQUAL, ORGAN_PIPE, NEARLY_SORTED, SAWTOOTH, SHAPES };

static uint32_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static uint32_t key_of(int shape, uint32_t at, uint32_t count, uint64_t *seed) {
    switch (shape) {
    case RANDOM: return next_random(seed);
    case FEW_KEYS: return next_random(seed) % 4;
    case UPWARD: return at;
    case DOWNWARD: return count - at;
    case ALL_EQUAL: return 7;
    case ORGAN_PIPE: return at < count / 2 ? at : count - at;
    case NEARLY_SORTED: return at % 97 == 5 ? 0 : at;
    default: return at % 13;
    }
}

static void fill(int shape, uint32_t count, uint64_t *seed) {
    for (uint32_t i = 0; i < count; i++) {
        items[i] = (item){key_of(shape, i, count, seed), i};
        pointers[i] = &items[i];
    }
}

/* In order, equals as they stood, and each of them once. */
static void assert_sorted(uint32_t count, int is_downward) {
    static unsigned char seen[MOST];
    memset(seen, 0, sizeof seen);
    for (uint32_t i = 0; i < count; i++) {
        const item *at = pointers[i], *before = i > 0 ? pointers[i - 1] : NULL;
        assert_true(at >= items && at < items + count);
        assert_int_equal(seen[at->place]++, 0);
        if (!before) continue;
        assert_true(is_downward ? before->key >= at->key : before->key <= at->key);
        if (before->key == at->key) assert_true(before->place < at->place);
    }
}

/* Comparisons that a merge sort of so many takes at most. */
static uint64_t comparisons_at_most(uint32_t count) {
    uint64_t most = 0, doubled = 1;
    for (; doubled < count; doubled *= 2) most += count;
    return most + 2 * (uint64_t)count;
}

static void sorts_every_count_and_shape(void **state) {
    (void)state;
    uint64_t seed = 11;
    for (uint32_t count = 0; count < 200; count++)
        for (int shape = 0; shape < SHAPES; shape++)
            for (int is_downward = 0; is_downward < 2; is_downward++) {
                counter own = {0, is_downward};
                counted = &own;
                fill(shape, count, &seed);
                qbg__sort(pointers, count, by_key, &own);
                assert_sorted(count, is_downward);
            }
}

static void no_shape_takes_more_than_n_log_n(void **state) {
    (void)state;
    uint64_t seed = 12;
    for (uint32_t count = 2; count <= MOST; count = count * 3 / 2 + 1)
        for (int shape = 0; shape < SHAPES; shape++) {
            counter own = {0, 0};
            counted = &own;
            fill(shape, count, &seed);
            qbg__sort(pointers, count, by_key, &own);
            assert_sorted(count, 0);
            assert_true(own.comparisons <= comparisons_at_most(count));
            if (shape == UPWARD || shape == ALL_EQUAL) assert_true(own.comparisons < count);
        }
}

static void writes_into_its_second_half_alone(void **state) {
    (void)state;
    uint64_t seed = 13;
    counter own = {0, 0};
    counted = &own;
    for (uint32_t count = 0; count < 100; count++) {
        fill(RANDOM, count, &seed);
        pointers[2 * count] = &own;
        qbg__sort(pointers, count, by_key, &own);
        assert_ptr_equal(pointers[2 * count], &own);
    }
    qbg__sort(NULL, 0, by_key, &own);
}

static void scratch_of_the_allocator_is_given_back(void **state) {
    (void)state;
    host self = HOST;
    const qbg_allocator allocator = allocator_of(&self);
    qbg__mem mem;
    uint64_t seed = 14;
    counter own = {0, 0};
    counted = &own;
    OK(qbg__mem_init(&mem, &allocator));
    for (uint32_t count = 0; count < 300; count += 7) {
        fill(FEW_KEYS, count, &seed);
        pointers[count] = &own;
        OK(qbg__sort_alloc(&mem, pointers, count, by_key, &own));
        assert_sorted(count, 0);
        assert_ptr_equal(pointers[count], &own);
        assert_int_equal(self.bytes, 0);
    }
    assert_false(self.is_misused);
}

static void out_of_memory_leaves_the_order_as_it_was(void **state) {
    (void)state;
    host self = HOST;
    const qbg_allocator allocator = allocator_of(&self);
    qbg__mem mem;
    uint64_t seed = 15;
    counter own = {0, 0};
    counted = &own;
    OK(qbg__mem_init(&mem, &allocator));
    fill(RANDOM, 50, &seed);
    refuse(&self, 0);
    assert_int_equal(qbg__sort_alloc(&mem, pointers, 50, by_key, &own), QBG_E_MEMORY);
    for (uint32_t i = 0; i < 50; i++) assert_ptr_equal(pointers[i], &items[i]);
    assert_int_equal(qbg__sort_alloc(&mem, pointers, SIZE_MAX / 8, by_key, &own), QBG_E_MEMORY);
    refuse(&self, 0);
    OK(qbg__sort_alloc(&mem, pointers, 1, by_key, &own)); /* nothing to do, nothing to ask for */
    assert_int_equal(own.comparisons, 0);
}

/* ---- By rank ---- */

static int by_rank(const void *a, const void *b, const void *context) {
    const qbg__ranked *first = a, *second = b;
    (void)context;
    return (first->rank > second->rank) - (first->rank < second->rank);
}

/* Against the other sort, which keeps equals as they stood, too. */
static void ranks_are_sorted_as_by_comparing(void **state) {
    static qbg__ranked ranked[2 * MOST], copy[MOST];
    uint64_t seed = 5;
    (void)state;
    for (int shape = 0; shape < SHAPES; shape++)
        for (uint32_t count = 0; count < MOST; count += count < 70 ? 1 : 311) {
            for (uint32_t i = 0; i < count; i++) {
                uint64_t rank = key_of(shape, i, count, &seed);
                if (i % 2 == 1) rank |= rank << 40;
                copy[i] = ranked[i] = (qbg__ranked){rank, i};
                pointers[i] = &copy[i];
            }
            qbg__sort(pointers, count, by_rank, NULL);
            qbg__sort_ranked(ranked, count);
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(ranked[i].item, ((const qbg__ranked *)pointers[i])->item);
        }
}

static void doubles_rank_as_they_compare(void **state) {
    static const double values[] = {-1e308, -2.5, -1.0, -5e-324, 0.0,
                                    5e-324, 0.5,  1.0,  67.2,    1e308};
    (void)state;
    for (size_t i = 1; i < sizeof values / sizeof values[0]; i++)
        assert_true(qbg__rank_of(values[i - 1]) < qbg__rank_of(values[i]));
    assert_true(qbg__rank_of(-0.0) == qbg__rank_of(0.0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_every_count_and_shape),
        cmocka_unit_test(no_shape_takes_more_than_n_log_n),
        cmocka_unit_test(writes_into_its_second_half_alone),
        cmocka_unit_test(scratch_of_the_allocator_is_given_back),
        cmocka_unit_test(out_of_memory_leaves_the_order_as_it_was),
        cmocka_unit_test(ranks_are_sorted_as_by_comparing),
        cmocka_unit_test(doubles_rank_as_they_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
