/* intern: each text once, under a number. */
#include "fixture.h"

#include "base/intern.h"

#include <stdio.h>

typedef struct desk {
    host memory;
    qbg__mem mem;
    qbg__journal journal;
    qbg__intern texts;
} desk;

static int open_texts(void **state) {
    desk *self = calloc(1, sizeof *self);
    if (!self) return 1;
    self->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&self->memory);
    if (qbg__mem_init(&self->mem, &allocator) != QBG_OK) return 1;
    qbg__journal_init(&self->journal, &self->mem);
    *state = self;
    return 0;
}

static int close_texts(void **state) {
    desk *self = *state;
    qbg__journal_done(&self->journal);
    qbg__intern_free(&self->texts, &self->mem);
    qbg__journal_free(&self->journal);
    int is_clean = self->memory.bytes == 0 && !self->memory.is_misused;
    free(self);
    return is_clean ? 0 : 1;
}

static uint32_t put(desk *self, const char *text) {
    uint32_t number = QBG_NONE;
    OK(qbg__intern_put(&self->texts, &self->journal, text, strlen(text), &number));
    return number;
}

static uint32_t find(const desk *self, const char *text) {
    return qbg__intern_find(&self->texts, text, strlen(text));
}

static void numbers_texts_in_order_of_arrival(void **state) {
    desk *self = *state;
    assert_int_equal(put(self, "pricing"), 0);
    assert_int_equal(put(self, "цены"), 1);
    assert_int_equal(put(self, "pricing"), 0);
    assert_int_equal(self->texts.count, 2);
    assert_string_equal(qbg__intern_text(&self->texts, 0), "pricing");
    assert_string_equal(qbg__intern_text(&self->texts, 1), "цены");
}

static void finds_only_what_was_put(void **state) {
    desk *self = *state;
    assert_int_equal(find(self, "pricing"), QBG_NONE);
    put(self, "pricing");
    assert_int_equal(find(self, "pricing"), 0);
    assert_int_equal(find(self, "pricin"), QBG_NONE);
    assert_int_equal(find(self, "pricing "), QBG_NONE);
    assert_int_equal(find(self, "Pricing"), QBG_NONE);
}

static void no_number_is_no_text(void **state) {
    desk *self = *state;
    assert_string_equal(qbg__intern_text(&self->texts, QBG_NONE), "");
}

static void takes_a_text_without_its_nul(void **state) {
    desk *self = *state;
    uint32_t number = QBG_NONE;
    OK(qbg__intern_put(&self->texts, &self->journal, "pricing", 5, &number));
    assert_string_equal(qbg__intern_text(&self->texts, number), "prici");
    OK(qbg__intern_put(&self->texts, &self->journal, "x", 0, &number));
    assert_string_equal(qbg__intern_text(&self->texts, number), "");
}

static void texts_stay_where_they_are(void **state) {
    desk *self = *state;
    char text[32];
    put(self, "first");
    const char *first = qbg__intern_text(&self->texts, 0);
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        put(self, text);
    }
    assert_ptr_equal(qbg__intern_text(&self->texts, 0), first);
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        assert_int_equal(find(self, text), i + 1);
        assert_string_equal(qbg__intern_text(&self->texts, (uint32_t)i + 1), text);
    }
}

static void takes_texts_longer_than_a_chunk(void **state) {
    enum { SIZE = 200000 };
    desk *self = *state;
    char *text = malloc(SIZE + 1);
    assert_non_null(text);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    put(self, "before");
    assert_int_equal(put(self, text), 1);
    assert_int_equal(put(self, "behind"), 2);
    assert_string_equal(qbg__intern_text(&self->texts, 1), text);
    free(text);
}

static void undo_forgets_texts_and_their_chunks(void **state) {
    desk *self = *state;
    char text[32];
    qbg__journal_begin(&self->journal);
    put(self, "kept");
    qbg__journal_done(&self->journal);
    qbg__mark mark = qbg__journal_begin(&self->journal);
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        put(self, text);
    }
    qbg__journal_undo(&self->journal, mark);
    assert_int_equal(self->texts.count, 1);
    assert_int_equal(find(self, "text 0"), QBG_NONE);
    assert_int_equal(find(self, "kept"), 0);
    assert_int_equal(put(self, "text 7"), 1);
    assert_string_equal(qbg__intern_text(&self->texts, 1), "text 7");
}

/* Where they lie behind others that stay, too. */
static void undone_texts_are_wiped(void **state) {
    desk *self = *state;
    char text[32];
    put(self, "kept");
    qbg__mark mark = qbg__journal_begin(&self->journal);
    put(self, "secret");
    qbg__journal_undo(&self->journal, mark);
    assert_true(holds(&self->memory, "secret"));
    qbg__intern_undone(&self->texts);
    assert_false(holds(&self->memory, "secret"));
    mark = qbg__journal_begin(&self->journal);
    for (int i = 0; i < 1000; i++) { /* chunks of their own */
        snprintf(text, sizeof text, "secret %d", i);
        put(self, text);
    }
    qbg__journal_undo(&self->journal, mark);
    qbg__intern_undone(&self->texts);
    qbg__intern_undone(&self->texts);
    assert_false(holds(&self->memory, "secret"));
    assert_int_equal(find(self, "kept"), 0);
    assert_int_equal(put(self, "after"), 1);
    assert_string_equal(qbg__intern_text(&self->texts, 1), "after");
}

static void a_refused_text_leaves_nothing_behind(void **state) {
    desk *self = *state;
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        uint32_t number = QBG_NONE;
        qbg__mark mark = qbg__journal_begin(&self->journal);
        refuse(&self->memory, request);
        status = qbg__intern_put(&self->texts, &self->journal, "pricing", 7, &number);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        qbg__journal_undo(&self->journal, mark);
        assert_int_equal(self->texts.count, 0);
        assert_int_equal(find(self, "pricing"), QBG_NONE);
    }
    assert_int_equal(find(self, "pricing"), 0);
}

#define in_texts(test) cmocka_unit_test_setup_teardown(test, open_texts, close_texts)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_texts(numbers_texts_in_order_of_arrival),
        in_texts(finds_only_what_was_put),
        in_texts(no_number_is_no_text),
        in_texts(takes_a_text_without_its_nul),
        in_texts(texts_stay_where_they_are),
        in_texts(takes_texts_longer_than_a_chunk),
        in_texts(undo_forgets_texts_and_their_chunks),
        in_texts(undone_texts_are_wiped),
        in_texts(a_refused_text_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
