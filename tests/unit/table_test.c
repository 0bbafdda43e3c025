/* table: typed columns, cell by cell and as whole Arrow arrays. */
#include "fixture.h"

#include "base/table.h"

enum { COUNT, RATE, NAME };

static qbg_table *new_table(const qbg__mem *mem) {
    qbg_table *table = qbg__table_new(mem);
    if (!table) return NULL;
    qbg__table_column(table, "count", QBG_COLUMN_INT64);
    qbg__table_column(table, "rate", QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "name", QBG_COLUMN_TEXT);
    return table;
}

static void add_row(qbg_table *table, int64_t count, double rate, const char *name) {
    qbg__table_int64(table, COUNT, count);
    qbg__table_double(table, RATE, rate);
    qbg__table_text(table, NAME, name, strlen(name));
}

static void add_nulls(qbg_table *table) {
    qbg__table_null(table, COUNT);
    qbg__table_null(table, RATE);
    qbg__table_null(table, NAME);
}

static qbg_table *begin(void) {
    qbg__mem mem;
    OK(qbg__mem_init(&mem, NULL));
    qbg_table *table = new_table(&mem);
    assert_non_null(table);
    return table;
}

static qbg_table *finish(qbg_table *made) {
    qbg_table *table = NULL;
    OK(qbg__table_finish(made, &table));
    return table;
}

static void assert_text(const qbg_table *table, int64_t row, const char *expected) {
    int64_t size = -1;
    const char *text = qbg_table_text_at(table, NAME, row, &size);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(text, expected, strlen(expected));
}

static void holds_all_three_types(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, INT64_MIN, -0.5, "Красная ромашка");
    add_row(table, INT64_MAX, 1e300, "a\nb");
    table = finish(table);
    assert_int_equal(qbg_table_row_count(table), 2);
    assert_int_equal(qbg_table_int64_at(table, COUNT, 0), INT64_MIN);
    assert_int_equal(qbg_table_int64_at(table, COUNT, 1), INT64_MAX);
    assert_true(qbg_table_double_at(table, RATE, 0) == -0.5);
    assert_true(qbg_table_double_at(table, RATE, 1) == 1e300);
    assert_text(table, 0, "Красная ромашка");
    assert_text(table, 1, "a\nb");
    assert_non_null(qbg_table_text_at(table, NAME, 1, NULL));
    qbg_table_free(table);
}

static void columns_have_numbers_names_and_types(void **state) {
    (void)state;
    qbg_table *table = finish(begin());
    assert_int_equal(qbg_table_column_count(table), 3);
    assert_string_equal(qbg_table_column_name(table, NAME), "name");
    assert_int_equal(qbg_table_column_type(table, COUNT), QBG_COLUMN_INT64);
    assert_int_equal(qbg_table_column_type(table, RATE), QBG_COLUMN_DOUBLE);
    assert_int_equal(qbg_table_column_type(table, NAME), QBG_COLUMN_TEXT);
    assert_int_equal(qbg_table_column_find(table, "rate"), RATE);
    assert_int_equal(qbg_table_column_find(table, "Rate"), -1);
    assert_int_equal(qbg_table_column_find(table, NULL), -1);
    qbg_table_free(table);
}

static void a_null_is_no_value_of_any_type(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_nulls(table);
    add_row(table, 7, 7, "seven");
    add_nulls(table);
    table = finish(table);
    for (int32_t column = COUNT; column <= NAME; column++) {
        assert_true(qbg_table_is_null(table, column, 0));
        assert_false(qbg_table_is_null(table, column, 1));
        assert_true(qbg_table_is_null(table, column, 2));
    }
    assert_int_equal(qbg_table_int64_at(table, COUNT, 0), 0);
    assert_true(qbg_table_double_at(table, RATE, 0) == 0);
    assert_text(table, 0, "");
    assert_text(table, 1, "seven");
    assert_text(table, 2, "");
    qbg_table_free(table);
}

static void an_empty_text_is_a_value(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, 0, 0, "");
    table = finish(table);
    assert_false(qbg_table_is_null(table, NAME, 0));
    assert_text(table, 0, "");
    assert_null(qbg_table_validity(table, NAME));
    qbg_table_free(table);
}

/* Twenty rows, every third one empty: bit row % 8 of byte row / 8. */
static void validity_is_one_bit_a_row(void **state) {
    (void)state;
    qbg_table *table = begin();
    for (int row = 0; row < 20; row++) {
        if (row % 3 == 2)
            add_nulls(table);
        else
            add_row(table, row, row, "x");
    }
    table = finish(table);
    static const uint8_t expected[3] = {0xdb, 0xb6, 0x0d};
    for (int32_t column = COUNT; column <= NAME; column++) {
        assert_memory_equal(qbg_table_validity(table, column), expected, 3);
        for (int64_t row = 0; row < 20; row++)
            assert_int_equal(qbg_table_is_null(table, column, row), row % 3 == 2);
    }
    qbg_table_free(table);
}

static void there_is_no_validity_where_all_is_filled(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, 1, 1, "x");
    qbg__table_null(table, COUNT);
    qbg__table_double(table, RATE, 2);
    qbg__table_text(table, NAME, "y", 1);
    table = finish(table);
    assert_non_null(qbg_table_validity(table, COUNT));
    assert_null(qbg_table_validity(table, RATE));
    assert_null(qbg_table_validity(table, NAME));
    qbg_table_free(table);
}

static void whole_columns_are_arrow_arrays(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, 1, 0.5, "one");
    add_nulls(table);
    add_row(table, 3, 1.5, "three");
    table = finish(table);
    const int64_t *counts = qbg_table_int64_column(table, COUNT);
    const double *rates = qbg_table_double_column(table, RATE);
    const int64_t *offsets = NULL;
    const char *bytes = qbg_table_text_column(table, NAME, &offsets);
    assert_true(counts[0] == 1 && counts[1] == 0 && counts[2] == 3);
    assert_true(rates[0] == 0.5 && rates[1] == 0 && rates[2] == 1.5);
    assert_memory_equal(bytes, "onethree", 8);
    assert_true(offsets[0] == 0 && offsets[1] == 3 && offsets[2] == 3 && offsets[3] == 8);
    assert_ptr_equal(qbg_table_text_column(table, NAME, NULL), bytes);
    qbg_table_free(table);
}

static void an_empty_table_has_columns_and_offsets(void **state) {
    (void)state;
    qbg_table *table = finish(begin());
    const int64_t *offsets = NULL;
    assert_int_equal(qbg_table_row_count(table), 0);
    assert_int_equal(qbg_table_column_count(table), 3);
    assert_non_null(qbg_table_int64_column(table, COUNT));
    assert_non_null(qbg_table_double_column(table, RATE));
    assert_non_null(qbg_table_text_column(table, NAME, &offsets));
    assert_int_equal(offsets[0], 0);
    for (int32_t column = COUNT; column <= NAME; column++)
        assert_null(qbg_table_validity(table, column));
    qbg_table_free(table);
}

static void outside_of_the_table_there_is_nothing(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, 7, 7, "seven");
    table = finish(table);
    static const int64_t rows[] = {-1, 1, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(qbg_table_is_null(table, COUNT, rows[i]));
        assert_int_equal(qbg_table_int64_at(table, COUNT, rows[i]), 0);
        assert_true(qbg_table_double_at(table, RATE, rows[i]) == 0);
        assert_text(table, rows[i], "");
    }
    static const int32_t columns[] = {-1, 3, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        assert_true(qbg_table_is_null(table, columns[i], 0));
        assert_null(qbg_table_column_name(table, columns[i]));
        assert_int_equal(qbg_table_column_type(table, columns[i]), 0);
        assert_int_equal(qbg_table_int64_at(table, columns[i], 0), 0);
        assert_null(qbg_table_int64_column(table, columns[i]));
        assert_null(qbg_table_double_column(table, columns[i]));
        assert_null(qbg_table_text_column(table, columns[i], NULL));
        assert_null(qbg_table_validity(table, columns[i]));
    }
    qbg_table_free(table);
}

static void a_column_of_another_type_has_no_such_values(void **state) {
    (void)state;
    qbg_table *table = begin();
    add_row(table, 7, 7, "seven");
    table = finish(table);
    assert_int_equal(qbg_table_int64_at(table, RATE, 0), 0);
    assert_true(qbg_table_double_at(table, COUNT, 0) == 0);
    assert_string_equal(qbg_table_text_at(table, COUNT, 0, NULL), "");
    assert_null(qbg_table_int64_column(table, NAME));
    assert_null(qbg_table_double_column(table, NAME));
    assert_null(qbg_table_text_column(table, RATE, NULL));
    qbg_table_free(table);
}

static void no_table_is_an_empty_one(void **state) {
    (void)state;
    assert_int_equal(qbg_table_row_count(NULL), 0);
    assert_int_equal(qbg_table_column_count(NULL), 0);
    assert_int_equal(qbg_table_column_find(NULL, "name"), -1);
    assert_true(qbg_table_is_null(NULL, 0, 0));
    assert_null(qbg_table_validity(NULL, 0));
    qbg_table_free(NULL);
}

static void too_many_columns_are_refused(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    qbg_table *made = qbg__table_new(&mem), *table = NULL;
    for (int i = 0; i < 33; i++) qbg__table_column(made, "n", QBG_COLUMN_INT64);
    assert_int_equal(qbg__table_finish(made, &table), QBG_E_RANGE);
    assert_null(table);
}

/* Two columns of text, a few rows. */
static qbg_status write_names(const qbg__mem *mem, qbg_table **out_table) {
    qbg_table *table = qbg__table_new(mem);
    if (!table) return QBG_E_MEMORY;
    qbg__table_column(table, "name", QBG_COLUMN_TEXT);
    qbg__table_column(table, "city", QBG_COLUMN_TEXT);
    for (int row = 0; row < 20; row++) {
        qbg__table_text(table, 0, "Elena", 5);
        qbg__table_text(table, 1, "Samara", 6);
    }
    return qbg__table_finish(table, out_table);
}

/* The first failure is kept, also when the next request would be granted. */
static void one_refused_request_refuses_the_table(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_table *table = NULL;
        refuse(&memory, request);
        status = write_names(&mem, &table);
        if (memory.requests > request) assert_int_equal(status, QBG_E_MEMORY);
        assert_true(status == QBG_OK ? table != NULL : table == NULL);
        qbg_table_free(table);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

/* The same table laid out at once, with a hole in each of the first columns. */
static qbg_status write_at_once(const qbg__mem *mem, uint32_t rows, qbg_table **out_table) {
    const size_t sizes[] = {0, 0, 2 * rows};
    qbg_table *table = new_table(mem);
    if (!table) return QBG_E_MEMORY;
    if (qbg__table_lay_out(table, rows, sizes) != QBG_OK)
        return qbg__table_finish(table, out_table);
    for (uint32_t i = 0; i < rows; i++) {
        qbg__table_int64s(table, COUNT)[i] = i;
        qbg__table_doubles(table, RATE)[i] = i / 2.0;
        memcpy(qbg__table_bytes(table, NAME) + 2 * i, i % 2 ? "ab" : "cd", 2);
        qbg__table_offsets(table, NAME)[i + 1] = 2 * ((int64_t)i + 1);
        if (i % 5 == 3) qbg__table_empty(table, COUNT, i);
    }
    return qbg__table_finish(table, out_table);
}

static qbg_status write_by_cell(const qbg__mem *mem, uint32_t rows, qbg_table **out_table) {
    qbg_table *table = new_table(mem);
    if (!table) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < rows; i++) {
        if (i % 5 == 3)
            qbg__table_null(table, COUNT);
        else
            qbg__table_int64(table, COUNT, i);
        qbg__table_double(table, RATE, i / 2.0);
        qbg__table_text(table, NAME, i % 2 ? "ab" : "cd", 2);
    }
    return qbg__table_finish(table, out_table);
}

static void assert_same_validity(const qbg_table *a, const qbg_table *b, uint32_t rows) {
    for (int32_t column = COUNT; column <= NAME; column++) {
        const uint8_t *first = qbg_table_validity(a, column),
                      *second = qbg_table_validity(b, column);
        assert_int_equal(first != NULL, second != NULL);
        if (first) assert_memory_equal(first, second, (rows + 7) / 8);
    }
}

/* Whole columns, with the bits behind the last row. */
static void all_rows_at_once_are_the_same_as_cell_by_cell(void **state) {
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    for (uint32_t rows = 1; rows < 40; rows++) {
        qbg_table *one = NULL, *other = NULL;
        const int64_t *offsets, *others;
        OK(write_at_once(&mem, rows, &one));
        OK(write_by_cell(&mem, rows, &other));
        assert_int_equal(qbg_table_row_count(one), rows);
        assert_memory_equal(qbg_table_int64_column(one, COUNT),
                            qbg_table_int64_column(other, COUNT), 8 * rows);
        assert_memory_equal(qbg_table_double_column(one, RATE),
                            qbg_table_double_column(other, RATE), 8 * rows);
        assert_memory_equal(qbg_table_text_column(one, NAME, &offsets),
                            qbg_table_text_column(other, NAME, &others), 2 * rows);
        assert_memory_equal(offsets, others, 8 * (rows + 1));
        assert_same_validity(one, other, rows);
        qbg_table_free(one);
        qbg_table_free(other);
    }
}

static void a_lay_out_without_memory_is_told(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_table *table = NULL;
        refuse(&memory, request);
        status = write_at_once(&mem, 300, &table);
        assert_true(status == QBG_OK ? table != NULL : table == NULL);
        qbg_table_free(table);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_all_three_types),
        cmocka_unit_test(columns_have_numbers_names_and_types),
        cmocka_unit_test(a_null_is_no_value_of_any_type),
        cmocka_unit_test(an_empty_text_is_a_value),
        cmocka_unit_test(validity_is_one_bit_a_row),
        cmocka_unit_test(there_is_no_validity_where_all_is_filled),
        cmocka_unit_test(whole_columns_are_arrow_arrays),
        cmocka_unit_test(an_empty_table_has_columns_and_offsets),
        cmocka_unit_test(outside_of_the_table_there_is_nothing),
        cmocka_unit_test(a_column_of_another_type_has_no_such_values),
        cmocka_unit_test(no_table_is_an_empty_one),
        cmocka_unit_test(too_many_columns_are_refused),
        cmocka_unit_test(one_refused_request_refuses_the_table),
        cmocka_unit_test(all_rows_at_once_are_the_same_as_cell_by_cell),
        cmocka_unit_test(a_lay_out_without_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
