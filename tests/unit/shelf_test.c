/* shelf: records in pages that never move, whose places are used again. */
#include "fixture.h"

#include "base/shelf.h"

typedef struct desk {
    host memory;
    qbg__mem mem;
    qbg__journal journal;
    qbg__shelf shelf;
} desk;

static int open_shelf(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self) return 1;
    self->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&self->memory);
    if (qbg__mem_init(&self->mem, &allocator) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    *state = self;
    return 0;
}

static int close_shelf(void **state) {
    desk *self = *state;
    qbg__journal_done(&self->journal);
    qbg__shelf_free(&self->shelf, &self->mem);
    qbg__journal_free(&self->journal);
    int is_clean = self->memory.bytes == 0 && !self->memory.is_misused;
    free(self);
    return is_clean ? 0 : 1;
}

/* A record of one letter. */
static uint32_t put(desk *self, char letter, size_t size) {
    uint32_t number = QBG_NONE;
    OK(qbg__shelf_take(&self->shelf, &self->journal, size, &number));
    memset(qbg__shelf_at(&self->shelf, number), letter, size);
    return number;
}

static void give(desk *self, uint32_t number, size_t size) {
    OK(qbg__shelf_give(&self->shelf, &self->journal, number, size));
}

static void assert_letters(const desk *self, uint32_t number, char letter, size_t size) {
    const unsigned char *at = qbg__shelf_at(&self->shelf, number);
    for (size_t i = 0; i < size; i++) assert_int_equal(at[i], letter);
}

/* Of all lengths, over many pages, and now and then one that is longer than a page. */
static void records_stay_where_they_are(void **state) {
    enum { RECORDS = 20000 };
    static uint32_t numbers[RECORDS];
    static const unsigned char *places[RECORDS];
    desk *self = *state;
    for (uint32_t i = 0; i < RECORDS; i++) {
        size_t size = i % 5000 == 1 ? 70000 + i : 4 + i % 90;
        numbers[i] = put(self, (char)('a' + i % 26), size);
        places[i] = qbg__shelf_at(&self->shelf, numbers[i]);
    }
    assert_true(self->shelf.count > 10);
    for (uint32_t i = 0; i < RECORDS; i++) {
        assert_ptr_equal(qbg__shelf_at(&self->shelf, numbers[i]), places[i]);
        assert_letters(self, numbers[i], (char)('a' + i % 26),
                       i % 5000 == 1 ? 70000 + i : 4 + i % 90);
    }
    qbg__journal_done(&self->journal);
    assert_int_equal(qbg__shelf_bytes(&self->shelf) + qbg__journal_bytes(&self->journal),
                     self->memory.bytes);
}

static void short_records_lie_close_together(void **state) {
    desk *self = *state;
    uint32_t first = put(self, 'a', 18), second = put(self, 'b', 5), third = put(self, 'c', 4);
    assert_int_equal(second - first, 9);
    assert_int_equal(third - second, 3);
}

static void a_place_is_used_again_by_a_record_as_long(void **state) {
    desk *self = *state;
    uint32_t a = put(self, 'a', 18), b = put(self, 'b', 17), c = put(self, 'c', 20);
    give(self, a, 18);
    give(self, c, 20);
    give(self, b, 17);
    assert_letters(self, b, 0, 0);
    assert_int_equal(put(self, 'd', 17), b);
    assert_int_equal(put(self, 'e', 18), a);
    assert_int_equal(put(self, 'f', 20), c);
    assert_true(put(self, 'g', 20) > c);
    assert_letters(self, b, 'd', 17);
}

static void what_is_given_up_is_wiped(void **state) {
    desk *self = *state;
    uint32_t middle = put(self, 'S', 40), large = put(self, 'S', 4000);
    give(self, middle, 40);
    give(self, large, 4000);
    qbg__journal_done(&self->journal);
    assert_false(holds(&self->memory, "SSSSSSSS"));
}

/* What one change gave up and another took is as before when that is undone. */
static void undoing_brings_everything_back(void **state) {
    desk *self = *state;
    uint32_t kept = put(self, 'k', 30), given = put(self, 'g', 30), numbers[600];
    give(self, given, 30);
    qbg__journal_done(&self->journal);
    const qbg__shelf before = self->shelf;
    for (int round = 0; round < 3; round++) {
        qbg__mark mark = qbg__journal_begin(&self->journal);
        for (int i = 0; i < 600; i++) numbers[i] = put(self, 'S', 30);
        assert_int_equal(numbers[0], given);
        for (int i = 0; i < 600; i += 2) give(self, numbers[i], 30);
        give(self, kept, 30);
        if (round < 2) qbg__journal_undo(&self->journal, mark);
        if (round < 2) qbg__shelf_undone(&self->shelf);
        if (round == 2) break;
        assert_int_equal(self->shelf.count, before.count);
        assert_int_equal(self->shelf.used, before.used);
        assert_memory_equal(self->shelf.spares, before.spares, sizeof before.spares);
        assert_letters(self, kept, 'k', 30);
        assert_false(holds(&self->memory, "SSSSSSSS"));
    }
    qbg__journal_done(&self->journal);
    assert_letters(self, numbers[1], 'S', 30);
    assert_int_equal(put(self, 'n', 30), kept);
}

/* Whichever request is refused, the shelf is as it was. */
static void out_of_memory_leaves_the_shelf_as_it_was(void **state) {
    desk *self = *state;
    uint32_t kept = put(self, 'k', 30);
    qbg__journal_done(&self->journal);
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    for (; status != QBG_OK; request++) {
        const qbg__shelf before = self->shelf;
        qbg__mark mark = qbg__journal_begin(&self->journal);
        refuse(&self->memory, request);
        uint32_t number = QBG_NONE;
        status = QBG_OK;
        for (int i = 0; i < 900 && status == QBG_OK; i++) {
            status = qbg__shelf_take(&self->shelf, &self->journal, 20, &number);
            if (status == QBG_OK) memset(qbg__shelf_at(&self->shelf, number), 'S', 20);
        }
        if (status == QBG_OK) status = qbg__shelf_give(&self->shelf, &self->journal, kept, 30);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        qbg__journal_undo(&self->journal, mark);
        qbg__shelf_undone(&self->shelf);
        assert_int_equal(self->shelf.count, before.count);
        assert_int_equal(self->shelf.used, before.used);
        assert_letters(self, kept, 'k', 30);
        assert_false(holds(&self->memory, "SSSSSSSS"));
    }
    assert_true(request > 4);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_shelf, close_shelf)
    const struct CMUnitTest tests[] = {
        TEST(records_stay_where_they_are),
        TEST(short_records_lie_close_together),
        TEST(a_place_is_used_again_by_a_record_as_long),
        TEST(what_is_given_up_is_wiped),
        TEST(undoing_brings_everything_back),
        TEST(out_of_memory_leaves_the_shelf_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
