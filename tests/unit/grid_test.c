/* grid: columns that line up, whatever script they are in. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "io/grid.h"

typedef struct page {
    qbg_blob out;
    qbg__grid grid;
} page;

static int set_up(void **state) {
    static page self;
    qbg__mem mem;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&self.out, &mem);
    qbg__grid_begin(&self.grid, &mem);
    *state = &self;
    return 0;
}

static int tear_down(void **state) {
    page *self = *state;
    qbg__grid_end(&self->grid);
    qbg__blob_end(&self->out);
    return 0;
}

static void assert_says(page *self, size_t indent, const char *expected) {
    qbg__grid_write(&self->grid, &self->out, indent);
    assert_int_equal(self->out.status, QBG_OK);
    assert_string_equal(qbg_blob_data(&self->out), expected);
}

static void add_cells(page *self, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++) qbg__grid_text(&self->grid, texts[i]);
}

#define ADD_CELLS(page, ...)                                                                       \
    do {                                                                                           \
        const char *const texts[] = {__VA_ARGS__};                                                 \
        add_cells(page, texts, sizeof texts / sizeof texts[0]);                                    \
    } while (0)

static void aligns_texts_left_and_numbers_right(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "Who", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "Points", QBG__RIGHT);
    qbg__grid_column_add(&self->grid, "Note", QBG__LEFT);
    ADD_CELLS(self, "Anna", "1", "short");
    ADD_CELLS(self, "Konstantin", "12345.678", "x");
    assert_says(self, 0,
                "Who            Points  Note\n"
                "----------  ---------  -----\n"
                "Anna                1  short\n"
                "Konstantin  12345.678  x\n");
}

static void goes_by_the_width_on_a_screen(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "Имя", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "N", QBG__RIGHT);
    ADD_CELLS(self, "Ёлка", "1", "漢字", "22", "e\xCC\x81t\xC3\xA9", "3");
    assert_says(self, 0,
                "Имя    N\n"
                "----  --\n"
                "Ёлка   1\n"
                "漢字  22\n"
                "e\xCC\x81t\xC3\xA9    3\n");
}

static void leaves_no_blanks_at_the_end(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "A", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "B", QBG__RIGHT);
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    ADD_CELLS(self, "long text", "", "", "x", "1", "  ", "", "", "");
    assert_says(self, 0,
                "A          B\n"
                "---------  -\n"
                "long text\n"
                "x          1\n"
                "\n");
}

static void needs_no_headings(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    ADD_CELLS(self, "a", "b", "ccc", "d");
    assert_says(self, 2, "  a    b\n  ccc  d\n");
}

static void writes_headings_without_rows(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "A", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "B", QBG__LEFT);
    assert_says(self, 1, " A  B\n -  -\n");
}

static void keeps_a_cell_on_its_line(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    ADD_CELLS(self, "a\nb\tc",
              "\x1B[31mred\xC2\x9B"
              "0m");
    assert_says(self, 0, "a b c  [31mred 0m\n");
}

static void lets_a_cell_have_several_lines(void **state) {
    page *self = *state;
    qbg__grid_column_add(&self->grid, "A", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "B", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "C", QBG__RIGHT);
    qbg__grid_text(&self->grid, "a");
    qbg__blob_text(qbg__grid_cell(&self->grid), "one, \ntwo\n");
    qbg__grid_text(&self->grid, "10");
    ADD_CELLS(self, "b", "three", "9");
    assert_says(self, 0,
                "A  B       C\n"
                "-  -----  --\n"
                "a  one,   10\n"
                "   two\n"
                "\n"
                "b  three   9\n");
}

static void cuts_a_cell_of_any_length(void **state) {
    page *self = *state;
    char text[62], expected[80];
    memset(text, 'x', 61);
    text[61] = '\0';
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    qbg__grid_column_add(&self->grid, "", QBG__LEFT);
    qbg__grid_brief(&self->grid, text);
    qbg__grid_brief(&self->grid, text + 1);
    memset(expected, 'x', 59);
    strcpy(expected + 59, "…  ");
    qbg__grid_write(&self->grid, &self->out, 0);
    assert_int_equal(self->out.status, QBG_OK);
    assert_memory_equal(qbg_blob_data(&self->out), expected, strlen(expected));
    assert_string_equal(qbg_blob_data(&self->out) + strlen(expected) + 60, "\n");
}

static void writes_nothing_without_columns(void **state) {
    page *self = *state;
    assert_says(self, 0, "");
}

static void *no_memory(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    int *left = ctx;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return (*left)-- > 0 ? realloc(ptr, new_size) : NULL;
}

static void tells_when_memory_is_out(void **state) {
    (void)state;
    for (int allowed = 0; allowed < 4; allowed++) {
        page self;
        qbg__mem mem;
        int left = allowed;
        const qbg_allocator allocator = {sizeof allocator, &left, no_memory};
        assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_OK);
        qbg__blob_begin(&self.out, &mem);
        qbg__grid_begin(&self.grid, &mem);
        qbg__grid_column_add(&self.grid, "A", QBG__LEFT);
        qbg__grid_text(&self.grid, "text");
        qbg__grid_write(&self.grid, &self.out, 0);
        assert_int_equal(self.out.status, QBG_E_MEMORY);
        qbg__grid_end(&self.grid);
        qbg__blob_end(&self.out);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(aligns_texts_left_and_numbers_right), TEST(goes_by_the_width_on_a_screen),
        TEST(leaves_no_blanks_at_the_end),         TEST(needs_no_headings),
        TEST(writes_headings_without_rows),        TEST(keeps_a_cell_on_its_line),
        TEST(lets_a_cell_have_several_lines),      TEST(cuts_a_cell_of_any_length),
        TEST(writes_nothing_without_columns),      cmocka_unit_test(tells_when_memory_is_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
