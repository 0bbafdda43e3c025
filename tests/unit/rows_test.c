/* rows: numbered rows whose addresses stay put. */
#include "fixture.h"

#include "base/rows.h"

typedef struct row {
    int64_t number;
    char rest[20];
} row;

typedef struct desk {
    qbg__mem mem;
    qbg__journal journal;
    qbg__rows rows;
} desk;

static int open_rows(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self || qbg__mem_init(&self->mem, NULL) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    qbg__rows_init(&self->rows, sizeof(row));
    *state = self;
    return 0;
}

static int close_rows(void **state) {
    desk *self = *state;
    qbg__journal_done(&self->journal);
    qbg__rows_free(&self->rows, &self->mem);
    qbg__journal_free(&self->journal);
    int is_clean = self->mem.bytes == 0;
    free(self);
    return is_clean ? 0 : 1;
}

static row *add_row(desk *self) {
    row *added = qbg__rows_add(&self->rows, &self->journal);
    assert_non_null(added);
    assert_int_equal(added->number, 0);
    added->number = self->rows.count;
    return added;
}

static void there_is_nothing_past_the_end(void **state) {
    desk *self = *state;
    assert_null(qbg__rows_at(&self->rows, 0));
    add_row(self);
    assert_non_null(qbg__rows_at(&self->rows, 0));
    assert_null(qbg__rows_at(&self->rows, 1));
    assert_null(qbg__rows_at(&self->rows, QBG_NONE));
}

static void addresses_stay_put(void **state) {
    enum { COUNT = 5000 };
    desk *self = *state;
    row **known = calloc(COUNT, sizeof *known);
    assert_non_null(known);
    for (uint32_t i = 0; i < COUNT; i++) known[i] = add_row(self);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_ptr_equal(qbg__rows_at(&self->rows, i), known[i]);
        assert_int_equal(known[i]->number, i + 1);
    }
    free(known);
}

static void undo_takes_rows_away_and_leaves_the_others(void **state) {
    desk *self = *state;
    qbg__journal_begin(&self->journal);
    row *first = add_row(self);
    qbg__journal_done(&self->journal);
    qbg__mark mark = qbg__journal_begin(&self->journal);
    for (int i = 0; i < 300; i++) add_row(self);
    qbg__journal_undo(&self->journal, mark);
    assert_int_equal(self->rows.count, 1);
    assert_null(qbg__rows_at(&self->rows, 1));
    assert_ptr_equal(qbg__rows_at(&self->rows, 0), first);
    assert_int_equal(first->number, 1);
}

static void a_row_after_an_undone_one_is_clean(void **state) {
    desk *self = *state;
    qbg__journal_begin(&self->journal);
    add_row(self);
    qbg__journal_done(&self->journal);
    qbg__mark mark = qbg__journal_begin(&self->journal);
    memset(add_row(self), 0x5a, sizeof(row));
    qbg__journal_undo(&self->journal, mark);
    static const row clean = {0};
    assert_memory_equal(qbg__rows_add(&self->rows, &self->journal), &clean, sizeof clean);
}

static void a_refused_row_leaves_the_count(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    desk self;
    (void)state;
    OK(qbg__mem_init(&self.mem, &allocator));
    qbg__journal_init(&self.journal, &self.mem);
    qbg__rows_init(&self.rows, sizeof(row));
    void *added = NULL;
    for (long request = 0; !added; request++) {
        qbg__mark mark = qbg__journal_begin(&self.journal);
        refuse(&memory, request);
        added = qbg__rows_add(&self.rows, &self.journal);
        if (added) break;
        qbg__journal_undo(&self.journal, mark);
        assert_int_equal(self.rows.count, 0);
        assert_null(qbg__rows_at(&self.rows, 0));
    }
    qbg__journal_done(&self.journal);
    qbg__rows_free(&self.rows, &self.mem);
    qbg__journal_free(&self.journal);
    assert_int_equal(memory.bytes, 0);
}

#define in_rows(test) cmocka_unit_test_setup_teardown(test, open_rows, close_rows)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_rows(there_is_nothing_past_the_end),
        in_rows(addresses_stay_put),
        in_rows(undo_takes_rows_away_and_leaves_the_others),
        in_rows(a_row_after_an_undone_one_is_clean),
        in_rows(a_refused_row_leaves_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
