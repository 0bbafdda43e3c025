/* mem: every byte is counted, and a host's allocator is taken only when it is understood. */
#include "fixture.h"

#include "base/mem.h"

static void takes_libcs_memory_when_there_is_no_allocator(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    void *block = qbg__mem_alloc(&mem, 100);
    assert_non_null(block);
    assert_int_equal(mem.bytes, 100);
    qbg__mem_free(&mem, block, 100);
    assert_int_equal(mem.bytes, 0);
}

static void refuses_an_allocator_without_a_callback(void **state) {
    const qbg_allocator allocator = {sizeof allocator, NULL, NULL};
    qbg__mem mem;
    (void)state;
    assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_E_ARGUMENT);
}

static void refuses_an_allocator_that_is_too_small(void **state) {
    host memory = HOST;
    qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    allocator.size = 0;
    assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_E_ARGUMENT);
    allocator.size = sizeof allocator - 1;
    assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_E_ARGUMENT);
}

/* A host built against a later header, whose struct is longer. */
typedef struct later_allocator {
    qbg_allocator known;
    unsigned char tail[16];
} later_allocator;

static void takes_a_longer_allocator_only_with_a_zero_tail(void **state) {
    host memory = HOST;
    later_allocator later = {allocator_of(&memory), {0}};
    qbg__mem mem;
    (void)state;
    later.known.size = sizeof later;
    OK(qbg__mem_init(&mem, &later.known));
    later.tail[15] = 1;
    assert_int_equal(qbg__mem_init(&mem, &later.known), QBG_E_ARGUMENT);
}

static void counts_what_is_handed_out(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    void *block = qbg__mem_alloc(&mem, 10);
    block = qbg__mem_resize(&mem, block, 10, 1000);
    assert_int_equal(mem.bytes, 1000);
    assert_int_equal(memory.bytes, 1000);
    block = qbg__mem_resize(&mem, block, 1000, 7);
    assert_int_equal(mem.bytes, 7);
    qbg__mem_free(&mem, block, 7);
    assert_int_equal(mem.bytes, 0);
    assert_int_equal(memory.bytes, 0);
    assert_false(memory.is_misused);
}

static void a_fork_counts_for_itself(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    void *block = qbg__mem_alloc(&mem, 10);
    qbg__mem fork = qbg__mem_fork(&mem);
    assert_int_equal(fork.bytes, 0);
    void *other = qbg__mem_alloc(&fork, 5);
    assert_int_equal(fork.bytes, 5);
    assert_int_equal(mem.bytes, 10);
    qbg__mem_free(&mem, block, 10);
    qbg__mem_free(&fork, other, 5);
    assert_int_equal(memory.bytes, 0);
}

static void a_refused_resize_keeps_the_block(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    char *block = qbg__mem_alloc(&mem, 3);
    memcpy(block, "ab", 3);
    refuse(&memory, 0);
    assert_null(qbg__mem_resize(&mem, block, 3, 100));
    assert_string_equal(block, "ab");
    assert_int_equal(mem.bytes, 3);
    qbg__mem_free(&mem, block, 3);
}

static void clears_blocks_when_asked(void **state) {
    static const unsigned char zeros[64] = {0};
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    void *block = qbg__mem_alloc_zeroed(&mem, sizeof zeros);
    assert_memory_equal(block, zeros, sizeof zeros);
    qbg__mem_free(&mem, block, sizeof zeros);
}

static void frees_texts_by_their_length(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    char *text = qbg__mem_alloc(&mem, 6);
    memcpy(text, "daisy", 6);
    qbg__mem_free_text(&mem, text);
    assert_int_equal(mem.bytes, 0);
    assert_false(memory.is_misused);
}

static void frees_nothing_gladly(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    qbg__mem_free(&mem, NULL, 0);
    qbg__mem_free_text(&mem, NULL);
    assert_int_equal(mem.bytes, 0);
}

static void arrays_grow_by_half_and_never_too_little(void **state) {
    (void)state;
    assert_int_equal(qbg__mem_grown(0, 1, 8), 4);
    assert_int_equal(qbg__mem_grown(0, 1, 24), 1);
    assert_int_equal(qbg__mem_grown(1, 2, 24), 2);
    assert_int_equal(qbg__mem_grown(2, 3, 24), 4);
    assert_int_equal(qbg__mem_grown(100, 101, 8), 154);
    assert_int_equal(qbg__mem_grown(100, 1000, 8), 1000);
    assert_int_equal(qbg__mem_grown(UINT32_MAX - 1, UINT32_MAX, 1), UINT32_MAX);
}

static void arrays_do_not_grow_beyond_a_count_or_a_size(void **state) {
    (void)state;
    assert_int_equal(qbg__mem_grown(0, (uint64_t)UINT32_MAX + 1, 1), 0);
    assert_int_equal(qbg__mem_grown(0, 1000, SIZE_MAX / 999), 0);
}

static void reserves_room_and_keeps_the_items(void **state) {
    qbg__mem mem;
    uint32_t *items = NULL, capacity = 0;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    OK(qbg__mem_reserve(&mem, &items, &capacity, 0, sizeof *items));
    assert_null(items);
    for (uint32_t i = 0; i < 1000; i++) {
        OK(qbg__mem_reserve(&mem, &items, &capacity, (uint64_t)i + 1, sizeof *items));
        items[i] = i;
    }
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(items[i], i);
    assert_int_equal(mem.bytes, capacity * sizeof *items);
    qbg__mem_free(&mem, items, capacity * sizeof *items);
}

static void a_refused_reserve_changes_nothing(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    uint32_t *items = NULL, capacity = 0;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    OK(qbg__mem_reserve(&mem, &items, &capacity, 1, sizeof *items));
    uint32_t *before = items, room = capacity;
    refuse(&memory, 0);
    assert_int_equal(qbg__mem_reserve(&mem, &items, &capacity, 99, sizeof *items), QBG_E_MEMORY);
    assert_int_equal(
        qbg__mem_reserve(&mem, &items, &capacity, (uint64_t)UINT32_MAX + 1, sizeof *items),
        QBG_E_MEMORY);
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, room);
    qbg__mem_free(&mem, items, capacity * sizeof *items);
}

static void what_is_freed_is_wiped(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    char *block = qbg__mem_alloc(&mem, 100); /* most of it is never written */
    memcpy(block, "secret", 6);
    assert_true(holds(&memory, "secret"));
    block = qbg__mem_resize(&mem, block, 100, 200);
    block = qbg__mem_resize(&mem, block, 200, 50);
    assert_memory_equal(block, "secret", 6);
    qbg__mem_free(&mem, block, 50);
    assert_false(memory.is_misused);
}

static void wipes_what_goes_on_living(void **state) {
    char text[] = "a secret here";
    (void)state;
    qbg__mem_wipe(text + 2, 6);
    assert_memory_equal(text, "a \0\0\0\0\0\0 here", sizeof text);
    qbg__mem_wipe(text, 0);
    qbg__mem_wipe(NULL, 0);
    assert_int_equal(text[0], 'a');
}

/* ---- limits ---- */

static void a_limit_is_never_passed(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    mem.limit = 100;
    void *first = qbg__mem_alloc(&mem, 60);
    assert_null(qbg__mem_alloc(&mem, 41));
    assert_null(qbg__mem_alloc(&mem, SIZE_MAX));
    void *second = qbg__mem_alloc(&mem, 40);
    assert_non_null(second);
    assert_int_equal(mem.bytes, 100);
    assert_null(qbg__mem_alloc(&mem, 1));
    qbg__mem_free(&mem, first, 60);
    qbg__mem_free(&mem, second, 40);
}

/* For a moment there are two blocks, and both count. */
static void a_block_that_grows_counts_twice(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    char *block = qbg__mem_alloc(&mem, 40);
    memcpy(block, "kept", 5);
    mem.limit = 99;
    assert_null(qbg__mem_resize(&mem, block, 40, 60));
    assert_string_equal(block, "kept");
    mem.limit = 100;
    block = qbg__mem_resize(&mem, block, 40, 60);
    assert_string_equal(block, "kept");
    assert_int_equal(mem.bytes, 60);
    qbg__mem_free(&mem, block, 60);
}

static void below_what_is_held_nothing_can_be_added(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    void *first = qbg__mem_alloc(&mem, 60), *second = qbg__mem_alloc(&mem, 40);
    mem.limit = 50;
    assert_null(qbg__mem_alloc(&mem, 1));
    qbg__mem_free(&mem, first, 60);
    first = qbg__mem_alloc(&mem, 10);
    assert_non_null(first);
    qbg__mem_free(&mem, first, 10);
    qbg__mem_free(&mem, second, 40);
}

static void a_fork_has_no_limit(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    mem.limit = 1;
    qbg__mem fork = qbg__mem_fork(&mem);
    void *block = qbg__mem_alloc(&fork, 100);
    assert_non_null(block);
    qbg__mem_free(&fork, block, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_libcs_memory_when_there_is_no_allocator),
        cmocka_unit_test(refuses_an_allocator_without_a_callback),
        cmocka_unit_test(refuses_an_allocator_that_is_too_small),
        cmocka_unit_test(takes_a_longer_allocator_only_with_a_zero_tail),
        cmocka_unit_test(counts_what_is_handed_out),
        cmocka_unit_test(a_fork_counts_for_itself),
        cmocka_unit_test(a_refused_resize_keeps_the_block),
        cmocka_unit_test(clears_blocks_when_asked),
        cmocka_unit_test(frees_texts_by_their_length),
        cmocka_unit_test(frees_nothing_gladly),
        cmocka_unit_test(arrays_grow_by_half_and_never_too_little),
        cmocka_unit_test(arrays_do_not_grow_beyond_a_count_or_a_size),
        cmocka_unit_test(reserves_room_and_keeps_the_items),
        cmocka_unit_test(a_refused_reserve_changes_nothing),
        cmocka_unit_test(what_is_freed_is_wiped),
        cmocka_unit_test(wipes_what_goes_on_living),
        cmocka_unit_test(a_limit_is_never_passed),
        cmocka_unit_test(a_block_that_grows_counts_twice),
        cmocka_unit_test(below_what_is_held_nothing_can_be_added),
        cmocka_unit_test(a_fork_has_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
