/* journal: a change of many writes happens whole or not at all. */
#include "fixture.h"

#include "base/journal.h"

typedef struct desk {
    host memory;
    qbg__mem mem;
    qbg__journal journal;
} desk;

static int open_journal(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self) return 1;
    self->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&self->memory);
    if (qbg__mem_init(&self->mem, &allocator) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    *state = self;
    return 0;
}

/* Each test gives its own blocks back; then nothing may be left. */
static int close_journal(void **state) {
    desk *self = *state;
    qbg__journal_free(&self->journal);
    int is_clean = self->mem.bytes == 0 && self->memory.bytes == 0 && !self->memory.is_misused;
    free(self);
    return is_clean ? 0 : 1;
}

static qbg__journal *journal_of(void **state) { return &((desk *)*state)->journal; }
static qbg__mem *mem_of(void **state) { return &((desk *)*state)->mem; }

static void undo_puts_old_bytes_back(void **state) {
    qbg__journal *journal = journal_of(state);
    char text[] = "before";
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, text, sizeof text));
    memcpy(text, "after!", sizeof text);
    qbg__journal_undo(journal, mark);
    assert_string_equal(text, "before");
}

static void done_keeps_new_bytes(void **state) {
    qbg__journal *journal = journal_of(state);
    int64_t number = 1;
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &number, 2));
    qbg__journal_done(journal);
    qbg__journal_undo(journal, mark); /* nothing is left to undo */
    assert_int_equal(number, 2);
}

static void what_was_kept_twice_ends_with_its_oldest_bytes(void **state) {
    qbg__journal *journal = journal_of(state);
    int32_t number = 1;
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_set_int32(journal, &number, 2));
    OK(qbg__journal_set_int32(journal, &number, 3));
    assert_int_equal(number, 3);
    qbg__journal_undo(journal, mark);
    assert_int_equal(number, 1);
}

static void keeping_nothing_is_fine(void **state) {
    qbg__journal *journal = journal_of(state);
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, NULL, 0));
    OK(qbg__journal_drop(journal, NULL, 0));
    qbg__journal_undo(journal, mark);
    assert_int_equal(journal->count, 0);
}

static void an_inner_change_is_undone_alone(void **state) {
    qbg__journal *journal = journal_of(state);
    int64_t outer = 1, both = 1;
    qbg__mark first = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &outer, 2));
    OK(qbg__journal_set_int64(journal, &both, 2));
    qbg__mark second = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &both, 3));
    qbg__journal_undo(journal, second);
    assert_int_equal(both, 2);
    assert_int_equal(outer, 2);
    qbg__journal_undo(journal, first);
    assert_int_equal(both, 1);
    assert_int_equal(outer, 1);
}

static void undoing_the_outer_change_undoes_the_inner_ones(void **state) {
    qbg__journal *journal = journal_of(state);
    int64_t number = 1;
    qbg__mark first = qbg__journal_begin(journal);
    qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &number, 2));
    qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &number, 3));
    qbg__journal_undo(journal, first);
    assert_int_equal(number, 1);
}

static void every_begin_is_a_new_epoch(void **state) {
    qbg__journal *journal = journal_of(state);
    uint64_t before = journal->epoch;
    qbg__mark first = qbg__journal_begin(journal);
    uint64_t outer = journal->epoch;
    qbg__mark second = qbg__journal_begin(journal);
    uint64_t inner = journal->epoch;
    qbg__journal_undo(journal, second);
    uint64_t undone = journal->epoch;
    qbg__journal_undo(journal, first);
    assert_true(before < outer && outer < inner && inner < undone && undone < journal->epoch);
}

static void a_block_born_in_the_change_goes_with_it(void **state) {
    static const unsigned char zeros[100] = {0};
    qbg__journal *journal = journal_of(state);
    qbg__mark mark = qbg__journal_begin(journal);
    void *block = qbg__journal_alloc(journal, sizeof zeros);
    assert_memory_equal(block, zeros, sizeof zeros);
    uint64_t with = mem_of(state)->bytes;
    qbg__journal_undo(journal, mark);
    assert_int_equal(mem_of(state)->bytes, with - sizeof zeros);
}

static void a_block_born_in_a_change_that_is_done_stays(void **state) {
    qbg__journal *journal = journal_of(state);
    qbg__journal_begin(journal);
    void *block = qbg__journal_alloc(journal, 100);
    qbg__journal_done(journal);
    memset(block, 1, 100);
    qbg__mem_free(mem_of(state), block, 100);
}

static void a_dropped_block_lives_until_the_change_is_done(void **state) {
    qbg__journal *journal = journal_of(state);
    char *block = qbg__mem_alloc(mem_of(state), 6);
    memcpy(block, "alive", 6);
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_drop(journal, block, 6));
    assert_string_equal(block, "alive");
    qbg__journal_undo(journal, mark);
    assert_string_equal(block, "alive");
    qbg__journal_begin(journal);
    OK(qbg__journal_drop(journal, block, 6));
    uint64_t with = mem_of(state)->bytes;
    qbg__journal_done(journal);
    assert_int_equal(mem_of(state)->bytes, with - 6);
}

static void a_block_born_and_dropped_in_one_change_is_freed_once(void **state) {
    qbg__journal *journal = journal_of(state);
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_drop(journal, qbg__journal_alloc(journal, 10), 10));
    qbg__journal_undo(journal, mark);
    qbg__journal_begin(journal);
    OK(qbg__journal_drop(journal, qbg__journal_alloc(journal, 10), 10));
    qbg__journal_done(journal);
}

static void undo_finds_an_array_that_has_moved(void **state) {
    qbg__journal *journal = journal_of(state);
    uint32_t *items = NULL, capacity = 0;
    qbg__journal_begin(journal);
    OK(qbg__journal_reserve(journal, &items, &capacity, 2, sizeof *items));
    items[0] = 10;
    items[1] = 11;
    qbg__journal_done(journal);
    uint32_t *before = items, room = capacity;

    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, &items[0], sizeof items[0]));
    items[0] = 20;
    OK(qbg__journal_reserve(journal, &items, &capacity, 100, sizeof *items));
    assert_true(items != before && capacity >= 100);
    assert_int_equal(items[0], 20);
    OK(qbg__journal_keep(journal, &items[1], sizeof items[1]));
    items[1] = 21;
    OK(qbg__journal_reserve(journal, &items, &capacity, 1000, sizeof *items));
    assert_int_equal(items[1], 21);
    qbg__journal_undo(journal, mark);

    assert_ptr_equal(items, before);
    assert_int_equal(capacity, room);
    assert_int_equal(items[0], 10);
    assert_int_equal(items[1], 11);
    qbg__mem_free(mem_of(state), items, capacity * sizeof *items);
}

static void reserving_what_is_there_costs_nothing(void **state) {
    qbg__journal *journal = journal_of(state);
    uint32_t *items = NULL, capacity = 0;
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_reserve(journal, &items, &capacity, 3, sizeof *items));
    uint64_t notes = journal->count;
    OK(qbg__journal_reserve(journal, &items, &capacity, capacity, sizeof *items));
    assert_int_equal(journal->count, notes);
    qbg__journal_undo(journal, mark);
    assert_null(items);
    assert_int_equal(capacity, 0);
}

static void a_list_is_extended_item_by_item(void **state) {
    qbg__journal *journal = journal_of(state);
    uint32_t *items = NULL, count = 0, capacity = 0;
    qbg__mark mark = qbg__journal_begin(journal);
    for (uint32_t i = 0; i < 100; i++) {
        OK(qbg__journal_extend(journal, &items, &count, &capacity, sizeof *items));
        assert_int_equal(count, i);
        items[count++] = i;
    }
    for (uint32_t i = 0; i < 100; i++) assert_int_equal(items[i], i);
    qbg__journal_undo(journal, mark);
    assert_null(items);
    assert_int_equal(count, 0);
}

static void an_item_put_between_others_is_taken_out_again(void **state) {
    qbg__journal *journal = journal_of(state);
    int32_t *list = NULL;
    uint32_t count = 0, capacity = 0;
    qbg__mark outer = qbg__journal_begin(journal), inner = outer;
    for (int32_t i = 0; i < 20; i++) { /* newest first, so that all move each time */
        if (i == 10) inner = qbg__journal_begin(journal);
        OK(qbg__journal_insert(journal, &list, &count, &capacity, sizeof *list, 0, &i));
        OK(qbg__journal_set_int32(journal, &list[count - 1], -i));
    }
    assert_int_equal(count, 20);
    assert_int_equal(list[0], 19);
    qbg__journal_undo(journal, inner);
    assert_int_equal(count, 10);
    for (int32_t i = 0; i < 9; i++) assert_int_equal(list[i], 9 - i);
    assert_int_equal(list[9], -9);
    qbg__journal_undo(journal, outer);
    assert_int_equal(count, 0);
    assert_null(list);
}

/* An array as it was when a change began. */
#define MOST 64u
typedef struct memory_of_it {
    qbg__mark mark;
    uint32_t count;
    int32_t items[MOST];
} memory_of_it;

typedef struct list {
    int32_t *items;
    uint32_t count, capacity;
} list;

static memory_of_it remember(qbg__journal *journal, const list *of) {
    memory_of_it all = {qbg__journal_begin(journal), of->count, {0}};
    if (of->count > 0) memcpy(all.items, of->items, of->count * sizeof *of->items);
    return all;
}

static void assert_remembered(const list *of, const memory_of_it *all) {
    assert_int_equal(of->count, all->count);
    if (of->count > 0) assert_memory_equal(of->items, all->items, of->count * sizeof *of->items);
}

/* One of all that can happen to an array. */
static void do_something(qbg__journal *journal, list *to, uint32_t what, uint32_t at) {
    int32_t value = (int32_t)(what * 31 + at);
    if (to->count == MOST || what % 16 == 0) {
        OK(qbg__journal_drop_array(journal, &to->items, &to->count, &to->capacity,
                                   sizeof *to->items));
        assert_null(to->items);
    } else if (what % 4 == 0 || to->count == 0) {
        OK(qbg__journal_extend(journal, &to->items, &to->count, &to->capacity, sizeof *to->items));
        to->items[to->count++] = value;
    } else if (what % 4 == 1) {
        OK(qbg__journal_insert(journal, &to->items, &to->count, &to->capacity, sizeof *to->items,
                               at % (to->count + 1), &value));
    } else if (what % 4 == 2) {
        OK(qbg__journal_remove(journal, &to->items, &to->count, sizeof *to->items, at % to->count));
    } else {
        OK(qbg__journal_set_int32(journal, &to->items[at % to->count], value));
    }
}

/* Extended, inserted into, taken from, overwritten and given up in any order, in changes inside of
 * changes: whatever is undone is as it was. */
static void an_array_comes_back_whatever_was_done_to_it(void **state) {
    qbg__journal *journal = journal_of(state);
    list at = {NULL, 0, 0};
    uint32_t random = 1;
    for (int round = 0; round < 300; round++) {
        memory_of_it open[4];
        int depth = 0;
        for (int step = 0; step < 40; step++) {
            random = random * 1664525u + 1013904223u;
            uint32_t what = random >> 24, where = random >> 8 & 0xffffu;
            if (depth < 4 && what < 30) {
                open[depth++] = remember(journal, &at);
            } else if (depth > 0 && what < 60) {
                qbg__journal_undo(journal, open[--depth].mark);
                assert_remembered(&at, &open[depth]);
            } else if (depth > 1 && what < 80) {
                depth--; /* done, inside the outer one */
            } else if (depth > 0) {
                do_something(journal, &at, what, where);
            }
        }
        if (depth > 0 && round % 2 == 0) {
            qbg__journal_undo(journal, open[0].mark);
            assert_remembered(&at, &open[0]);
        }
        qbg__journal_done(journal);
    }
    qbg__mem_free(mem_of(state), at.items, at.capacity * sizeof *at.items);
}

static void what_was_kept_in_this_change_costs_nothing_again(void **state) {
    qbg__journal *journal = journal_of(state);
    int32_t counter = 0;
    qbg__mark mark = qbg__journal_begin(journal);
    for (int32_t i = 1; i <= 1000; i++) OK(qbg__journal_set_int32(journal, &counter, i));
    assert_int_equal(journal->count, mark.count + 1);
    qbg__journal_undo(journal, mark);
    assert_int_equal(counter, 0);
}

static void what_was_born_in_this_change_is_not_kept(void **state) {
    qbg__journal *journal = journal_of(state);
    int64_t row[4] = {0}, other = 0;
    qbg__mark mark = qbg__journal_begin(journal);
    qbg__journal_born(journal, row, sizeof row);
    OK(qbg__journal_set_int64(journal, &row[0], 1));
    OK(qbg__journal_set_int64(journal, &row[3], 1));
    assert_int_equal(journal->count, mark.count);
    OK(qbg__journal_set_int64(journal, &other, 1));
    assert_int_equal(journal->count, mark.count + 1);
    qbg__mark inner = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &row[3], 2));
    qbg__journal_undo(journal, inner);
    assert_int_equal(row[3], 1); /* an inner change is undone without the row */
    OK(qbg__journal_set_int64(journal, &row[0], 2));
    qbg__journal_undo(journal, mark);
    assert_int_equal(row[0], 1); /* it was kept again after the inner one */
    assert_int_equal(other, 0);
    qbg__journal_done(journal);
    mark = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &row[0], 3));
    qbg__journal_undo(journal, mark);
    assert_int_equal(row[0], 1);
}

/* Undone or done, what it led to is given back, and nothing that was given back is written to. */
static void an_array_goes_with_the_row_that_was_born_with_it(void **state) {
    desk *self = *state;
    qbg__journal *journal = &self->journal;
    uint32_t random = 1;
    for (int round = 0; round < 200; round++) {
        list row = {NULL, 0, 0};
        memory_of_it inner = {{0}, 0, {0}};
        qbg__mark outer = qbg__journal_begin(journal);
        qbg__journal_born(journal, &row, sizeof row);
        for (int step = 0; step < 60; step++) {
            random = random * 1664525u + 1013904223u;
            if (step == 30) inner = remember(journal, &row);
            do_something(journal, &row, random >> 24, random >> 8 & 0xffffu);
        }
        if (round % 2 == 0) {
            qbg__journal_undo(journal, inner.mark);
            assert_remembered(&row, &inner);
        }
        if (round % 3 == 0) {
            qbg__journal_undo(journal, outer);
            assert_int_equal(qbg__journal_bytes(journal), self->mem.bytes);
        } else {
            qbg__journal_done(journal);
            qbg__mem_free(&self->mem, row.items, row.capacity * sizeof *row.items);
        }
        qbg__journal_done(journal);
        assert_int_equal(qbg__journal_bytes(journal), self->mem.bytes);
    }
}

static void an_item_that_comes_with_a_move_needs_one_note_of_the_list(void **state) {
    qbg__journal *journal = journal_of(state);
    list at = {NULL, 0, 0};
    int32_t value = 7;
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_insert(journal, &at.items, &at.count, &at.capacity, sizeof value, 0, &value));
    assert_int_equal(journal->count, mark.count + 2); /* the list, and the new block */
    qbg__journal_undo(journal, mark);
    assert_null(at.items);
    assert_int_equal(at.count, 0);
    assert_int_equal(at.capacity, 0);
}

static void reserving_too_much_is_out_of_memory(void **state) {
    qbg__journal *journal = journal_of(state);
    uint32_t *items = NULL, capacity = 0;
    qbg__mark mark = qbg__journal_begin(journal);
    assert_int_equal(
        qbg__journal_reserve(journal, &items, &capacity, (uint64_t)UINT32_MAX + 1, sizeof *items),
        QBG_E_MEMORY);
    qbg__journal_undo(journal, mark);
    assert_null(items);
}

static void texts_are_replaced_and_put_back(void **state) {
    qbg__journal *journal = journal_of(state);
    char *text = NULL;
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, "first"));
    qbg__journal_done(journal);
    qbg__mark mark = qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, "a much longer second one"));
    OK(qbg__journal_set_text(journal, &text, "third"));
    assert_string_equal(text, "third");
    qbg__journal_undo(journal, mark);
    assert_string_equal(text, "first");
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, ""));
    assert_null(text);
    OK(qbg__journal_set_text(journal, &text, NULL));
    assert_null(text);
    qbg__journal_done(journal);
}

static void the_same_text_again_changes_nothing(void **state) {
    qbg__journal *journal = journal_of(state);
    char *text = NULL;
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, "same"));
    const char *before = text;
    uint64_t notes = journal->count;
    OK(qbg__journal_set_text(journal, &text, text));
    assert_ptr_equal(text, before);
    assert_int_equal(journal->count, notes);
    OK(qbg__journal_set_text(journal, &text, NULL));
    qbg__journal_done(journal);
}

/* Many kinds of writes, of which any request may be refused. */
static qbg_status change(qbg__journal *journal, int64_t *number, char **text, uint32_t **items,
                         uint32_t *capacity) {
    qbg_status status = qbg__journal_set_int64(journal, number, 99);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, text, "new");
    if (status == QBG_OK)
        status = qbg__journal_reserve(journal, items, capacity, 50, sizeof **items);
    if (status == QBG_OK) status = qbg__journal_keep(journal, *items, sizeof **items);
    if (status == QBG_OK) (*items)[0] = 99;
    return status;
}

static void undo_needs_no_memory(void **state) {
    desk *self = *state;
    qbg__journal *journal = &self->journal;
    int64_t number = 1;
    char *text = NULL;
    uint32_t *items = NULL, capacity = 0;
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, "old"));
    OK(qbg__journal_reserve(journal, &items, &capacity, 1, sizeof *items));
    items[0] = 1;
    qbg__journal_done(journal);
    qbg_status status = QBG_E_MEMORY;
    self->memory.for_good = 1;
    for (long request = 0; status != QBG_OK; request++) {
        qbg__journal_free(journal);
        uint64_t bytes = self->mem.bytes;
        refuse(&self->memory, request);
        qbg__mark mark = qbg__journal_begin(journal);
        status = change(journal, &number, &text, &items, &capacity);
        qbg__journal_undo(journal, mark);
        assert_true(status == QBG_OK || status == QBG_E_MEMORY);
        assert_int_equal(number, 1);
        assert_string_equal(text, "old");
        assert_int_equal(items[0], 1);
        refuse(&self->memory, NEVER);
        qbg__journal_free(journal);
        assert_int_equal(self->mem.bytes, bytes);
    }
    qbg__mem_free_text(&self->mem, text);
    qbg__mem_free(&self->mem, items, capacity * sizeof *items);
}

/* ---- what is left of a change ---- */

static int holds_secret(void **state) { return holds(&((desk *)*state)->memory, "secret"); }

static void kept_bytes_are_wiped_when_the_change_is_done(void **state) {
    qbg__journal *journal = journal_of(state);
    char text[] = "secret";
    qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, text, sizeof text));
    assert_true(holds_secret(state));
    qbg__journal_done(journal);
    assert_non_null(journal->page); /* warm for the next change */
    assert_false(holds_secret(state));
}

static void kept_bytes_are_wiped_when_the_change_is_undone(void **state) {
    qbg__journal *journal = journal_of(state);
    char outer[] = "outer", text[] = "secret";
    qbg__mark first = qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, outer, sizeof outer));
    qbg__mark second = qbg__journal_begin(journal);
    OK(qbg__journal_keep(journal, text, sizeof text));
    memset(text, 'x', sizeof text);
    qbg__journal_undo(journal, second);
    assert_string_equal(text, "secret");
    assert_false(holds_secret(state));
    assert_true(holds(&((desk *)*state)->memory, "outer"));
    qbg__journal_undo(journal, first);
    assert_false(holds(&((desk *)*state)->memory, "outer"));
}

static void a_text_that_is_replaced_is_wiped(void **state) {
    qbg__journal *journal = journal_of(state);
    char *text = NULL;
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, "secret"));
    qbg__journal_done(journal);
    qbg__journal_begin(journal);
    OK(qbg__journal_set_text(journal, &text, NULL));
    assert_true(holds_secret(state)); /* it might be undone */
    qbg__journal_done(journal);
    assert_false(holds_secret(state));
}

/* ---- pages ---- */

#define MANY 100000

/* Keeps and overwrites many numbers and, now and then, bytes that need a page of their own. */
static void overwrite(qbg__journal *journal, int64_t *numbers, unsigned char *bytes, size_t size) {
    for (int64_t i = 0; i < MANY; i++) {
        OK(qbg__journal_set_int64(journal, &numbers[i], -i));
        if (i % (MANY / 4) != 1) continue;
        OK(qbg__journal_keep(journal, bytes, size));
        memset(bytes, (int)(i % 100) + 1, size);
        journal->epoch++;
    }
}

static void a_change_of_many_pages_is_undone(void **state) {
    desk *self = *state;
    qbg__journal *journal = &self->journal;
    static int64_t numbers[MANY];
    static unsigned char bytes[400000];
    for (int64_t i = 0; i < MANY; i++) numbers[i] = i;
    memset(bytes, 7, sizeof bytes);
    qbg__mark outer = qbg__journal_begin(journal);
    OK(qbg__journal_set_int64(journal, &numbers[0], 5));
    qbg__mark inner = qbg__journal_begin(journal);
    overwrite(journal, numbers, bytes, sizeof bytes);
    qbg__journal_undo(journal, inner);
    assert_int_equal(numbers[0], 5);
    for (int64_t i = 1; i < MANY; i++) assert_int_equal(numbers[i], i);
    for (size_t i = 0; i < sizeof bytes; i++) assert_int_equal(bytes[i], 7);
    assert_int_equal(journal->count, 1);
    assert_true(self->mem.bytes < 2 * sizeof bytes); /* one page and an empty one */
    qbg__journal_undo(journal, outer);
    assert_int_equal(numbers[0], 0);
}

static void a_large_change_leaves_no_large_journal(void **state) {
    desk *self = *state;
    static int64_t numbers[MANY];
    static unsigned char bytes[400000];
    qbg__journal_begin(&self->journal);
    overwrite(&self->journal, numbers, bytes, sizeof bytes);
    assert_true(self->mem.bytes > 4 * sizeof bytes);
    qbg__journal_done(&self->journal);
    assert_int_equal(self->mem.bytes, 0);
    assert_int_equal(self->journal.count, 0);
}

static void a_small_change_finds_room_that_is_warm(void **state) {
    desk *self = *state;
    int64_t number = 0;
    for (int64_t i = 1; i <= 100; i++) {
        if (i == 2) refuse(&self->memory, 0);
        qbg__mark mark = qbg__journal_begin(&self->journal);
        OK(qbg__journal_set_int64(&self->journal, &number, i));
        if (i % 3 == 0) qbg__journal_undo(&self->journal, mark);
        qbg__journal_done(&self->journal);
    }
    assert_int_equal(number, 100);
}

/* At the edge of a page, too: there the page that each of them needs is kept for the next. */
static void inner_changes_that_are_undone_ask_for_one_page_at_most(void **state) {
    desk *self = *state;
    qbg__journal *journal = &self->journal;
    static int64_t numbers[2000];
    int64_t inner = 0;
    qbg__mark outer = qbg__journal_begin(journal);
    for (int64_t i = 0; i < 2000; i++) {
        OK(qbg__journal_set_int64(journal, &numbers[i], 1));
        refuse(&self->memory, 1);
        for (int64_t j = 0; j < 3; j++) {
            qbg__mark mark = qbg__journal_begin(journal);
            OK(qbg__journal_set_int64(journal, &inner, j));
            qbg__journal_undo(journal, mark);
        }
        refuse(&self->memory, NEVER);
    }
    qbg__journal_undo(journal, outer);
    for (int64_t i = 0; i < 2000; i++) assert_int_equal(numbers[i], 0);
}

static void an_empty_page_that_is_too_small_is_not_taken(void **state) {
    desk *self = *state;
    static int64_t numbers[1000];
    static unsigned char bytes[100000];
    qbg__mark mark = qbg__journal_begin(&self->journal);
    for (int64_t i = 0; i < 1000; i++) OK(qbg__journal_set_int64(&self->journal, &numbers[i], 1));
    qbg__journal_undo(&self->journal, mark);
    assert_non_null(self->journal.spare);
    assert_true(self->journal.spare->size < sizeof bytes);
    assert_int_equal(qbg__journal_bytes(&self->journal), self->mem.bytes);
    memset(bytes, 7, sizeof bytes);
    OK(qbg__journal_keep(&self->journal, bytes, sizeof bytes));
    assert_int_equal(qbg__journal_bytes(&self->journal), self->mem.bytes);
    memset(bytes, 8, sizeof bytes);
    qbg__journal_undo(&self->journal, mark);
    for (size_t i = 0; i < sizeof bytes; i++) assert_int_equal(bytes[i], 7);
}

#define in_journal(test) cmocka_unit_test_setup_teardown(test, open_journal, close_journal)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_journal(undo_puts_old_bytes_back),
        in_journal(done_keeps_new_bytes),
        in_journal(what_was_kept_twice_ends_with_its_oldest_bytes),
        in_journal(keeping_nothing_is_fine),
        in_journal(an_inner_change_is_undone_alone),
        in_journal(undoing_the_outer_change_undoes_the_inner_ones),
        in_journal(every_begin_is_a_new_epoch),
        in_journal(a_block_born_in_the_change_goes_with_it),
        in_journal(a_block_born_in_a_change_that_is_done_stays),
        in_journal(a_dropped_block_lives_until_the_change_is_done),
        in_journal(a_block_born_and_dropped_in_one_change_is_freed_once),
        in_journal(undo_finds_an_array_that_has_moved),
        in_journal(reserving_what_is_there_costs_nothing),
        in_journal(a_list_is_extended_item_by_item),
        in_journal(an_item_put_between_others_is_taken_out_again),
        in_journal(an_array_comes_back_whatever_was_done_to_it),
        in_journal(what_was_kept_in_this_change_costs_nothing_again),
        in_journal(what_was_born_in_this_change_is_not_kept),
        in_journal(an_array_goes_with_the_row_that_was_born_with_it),
        in_journal(an_item_that_comes_with_a_move_needs_one_note_of_the_list),
        in_journal(reserving_too_much_is_out_of_memory),
        in_journal(texts_are_replaced_and_put_back),
        in_journal(the_same_text_again_changes_nothing),
        in_journal(undo_needs_no_memory),
        in_journal(kept_bytes_are_wiped_when_the_change_is_done),
        in_journal(kept_bytes_are_wiped_when_the_change_is_undone),
        in_journal(a_text_that_is_replaced_is_wiped),
        in_journal(a_change_of_many_pages_is_undone),
        in_journal(a_large_change_leaves_no_large_journal),
        in_journal(a_small_change_finds_room_that_is_warm),
        in_journal(an_empty_page_that_is_too_small_is_not_taken),
        in_journal(inner_changes_that_are_undone_ask_for_one_page_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
