/* column: whatever could be read beyond its end is found before a row is. */
#include "fixture.h"

#include "base/column.h"

typedef struct some_columns {
    size_t size;
    int64_t known;
} some_columns;

static void a_struct_is_known_by_its_size_and_a_tail_of_zeros(void **state) {
    struct {
        some_columns known;
        char later[8];
    } columns = {{sizeof columns, -1}, {0}};
    (void)state;
    assert_true(qbg__columns_are_known(&columns, sizeof columns.known));
    columns.later[7] = 1;
    assert_false(qbg__columns_are_known(&columns, sizeof columns.known));
    columns.known.size = sizeof columns.known + 7;
    assert_true(qbg__columns_are_known(&columns, sizeof columns.known));
    columns.known.size = sizeof columns.known;
    assert_true(qbg__columns_are_known(&columns, sizeof columns.known));
    columns.known.size--;
    assert_false(qbg__columns_are_known(&columns, sizeof columns.known));
    columns.known.size = 0;
    assert_false(qbg__columns_are_known(&columns, sizeof columns.known));
    assert_false(qbg__columns_are_known(NULL, sizeof columns.known));
}

static void offsets_never_fall(void **state) {
    const int64_t good[] = {0, 0, 2, 3}, later[] = {5, 6, 6, 9}, flat[] = {4, 4, 4, 4};
    const int64_t falling[] = {0, 2, 1, 3}, negative[] = {-1, 0, 1, 2};
    (void)state;
    assert_true(qbg__column_is_text("abc", good, 3));
    assert_true(qbg__column_is_text("abcdefghi", later, 3));
    assert_false(qbg__column_is_text("abc", falling, 3));
    assert_true(qbg__column_is_text("abc", falling, 1)); /* what is behind the last is not read */
    assert_false(qbg__column_is_text("abc", negative, 3));
    assert_true(qbg__column_is_text(NULL, flat, 3));
    assert_false(qbg__column_is_text(NULL, good, 3));
    assert_true(qbg__column_is_text(NULL, NULL, 3));
    assert_false(qbg__column_is_text("abc", NULL, 3));
}

static void cells_are_told_one_by_one(void **state) {
    const int64_t offsets[] = {1, 3, 3, 4};
    const uint32_t numbers[] = {7, 8};
    (void)state;
    assert_int_equal(qbg__column_text("abcd", offsets, 0).size, 2);
    assert_memory_equal(qbg__column_text("abcd", offsets, 0).bytes, "bc", 2);
    assert_int_equal(qbg__column_text("abcd", offsets, 1).size, 0);
    assert_memory_equal(qbg__column_text("abcd", offsets, 2).bytes, "d", 1);
    assert_int_equal(qbg__column_text(NULL, NULL, 2).size, 0);
    assert_int_equal(qbg__column_number(numbers, 1), 8);
    assert_int_equal(qbg__column_number(NULL, 1), QBG_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_struct_is_known_by_its_size_and_a_tail_of_zeros),
        cmocka_unit_test(offsets_never_fall),
        cmocka_unit_test(cells_are_told_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
