/* arrow_out_test: a table goes out as a stream of one batch, without copies, and lives as long as
 * anybody holds a part of it. */
#include "fixture.h"

#include "base/table.h"

enum { COUNT, TAG, RATE, NAME, TIME, COLUMNS };

static qbg_table *new_table(host *memory, int rows) {
    const qbg_allocator allocator = allocator_of(memory);
    qbg__mem mem;
    OK(qbg__mem_init(&mem, &allocator));
    qbg_table *made = qbg__table_new(&mem), *table = NULL;
    assert_non_null(made);
    qbg__table_column(made, "count", QBG_COLUMN_INT64);
    qbg__table_column(made, "tag", QBG_COLUMN_UINT64);
    qbg__table_column(made, "rate", QBG_COLUMN_DOUBLE);
    qbg__table_column(made, "name", QBG_COLUMN_TEXT);
    qbg__table_column(made, "time", QBG_COLUMN_TIME);
    for (int i = 0; i < rows; i++) {
        qbg__table_int64(made, COUNT, -i);
        qbg__table_uint64(made, TAG, UINT64_MAX - (uint64_t)i);
        qbg__table_double(made, RATE, i / 2.0);
        qbg__table_int64(made, TIME, i);
        if (i % 2)
            qbg__table_null(made, NAME);
        else
            qbg__table_text(made, NAME, "Ромашка", strlen("Ромашка"));
    }
    OK(qbg__table_finish(made, &table));
    return table;
}

static struct ArrowArrayStream export(qbg_table *table) {
    struct ArrowArrayStream stream;
    OK(qbg_arrow_export(table, &stream));
    return stream;
}

static struct ArrowArray next_of(struct ArrowArrayStream *stream) {
    struct ArrowArray batch;
    OK(stream->get_next(stream, &batch));
    return batch;
}

static void assert_clean(const host *memory) {
    assert_int_equal(memory->bytes, 0);
    assert_false(memory->is_misused);
}

static void the_schema_names_and_types_the_columns(void **state) {
    (void)state;
    static const char *const names[] = {"count", "tag", "rate", "name", "time"};
    static const char *const formats[] = {"l", "L", "g", "U", "tss:UTC"};
    host memory = HOST;
    qbg_table *table = new_table(&memory, 3);
    struct ArrowArrayStream stream = export(table);
    struct ArrowSchema schema;
    OK(stream.get_schema(&stream, &schema));
    assert_string_equal(schema.format, "+s");
    assert_int_equal(schema.n_children, COLUMNS);
    for (int i = 0; i < COLUMNS; i++) {
        assert_string_equal(schema.children[i]->name, names[i]);
        assert_string_equal(schema.children[i]->format, formats[i]);
        assert_int_equal(schema.children[i]->flags, ARROW_FLAG_NULLABLE);
        assert_null(schema.children[i]->dictionary);
    }
    assert_null(stream.get_last_error(&stream));
    stream.release(&stream);
    assert_null(stream.release);
    qbg_table_free(table);
    assert_string_equal(schema.children[NAME]->name, "name");
    schema.release(&schema);
    assert_null(schema.release);
    assert_clean(&memory);
}

static void a_batch_is_the_tables_own_memory(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 5);
    struct ArrowArrayStream stream = export(table);
    struct ArrowArray batch = next_of(&stream);
    assert_int_equal(batch.length, 5);
    assert_int_equal(batch.null_count, 0);
    assert_int_equal(batch.n_children, COLUMNS);
    assert_int_equal(batch.n_buffers, 1);
    assert_null(batch.buffers[0]);
    const int64_t *offsets = NULL;
    assert_ptr_equal(batch.children[COUNT]->buffers[1], qbg_table_int64_column(table, COUNT));
    assert_ptr_equal(batch.children[TIME]->buffers[1], qbg_table_int64_column(table, TIME));
    assert_ptr_equal(batch.children[TAG]->buffers[1], qbg_table_uint64_column(table, TAG));
    assert_ptr_equal(batch.children[RATE]->buffers[1], qbg_table_double_column(table, RATE));
    assert_ptr_equal(batch.children[NAME]->buffers[2],
                     qbg_table_text_column(table, NAME, &offsets));
    assert_ptr_equal(batch.children[NAME]->buffers[1], offsets);
    assert_int_equal(batch.children[NAME]->n_buffers, 3);
    assert_int_equal(batch.children[NAME]->null_count, 2);
    assert_ptr_equal(batch.children[NAME]->buffers[0], qbg_table_validity(table, NAME));
    assert_int_equal(batch.children[COUNT]->null_count, 0);
    assert_null(batch.children[COUNT]->buffers[0]);
    batch.release(&batch);
    batch = next_of(&stream); /* there is one only */
    assert_null(batch.release);
    stream.release(&stream);
    qbg_table_free(table);
    assert_clean(&memory);
}

/* A child that is moved out of its batch outlives the batch, the stream and the table. */
static void a_column_that_is_moved_out_keeps_the_table(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 5);
    struct ArrowArrayStream stream = export(table);
    struct ArrowArray batch = next_of(&stream);
    struct ArrowArray moved = *batch.children[COUNT];
    batch.children[COUNT]->release = NULL;
    qbg_table_free(table);
    stream.release(&stream);
    batch.release(&batch);
    assert_int_equal(((const int64_t *)moved.buffers[1])[4], -4);
    moved.release(&moved);
    assert_null(moved.release);
    assert_clean(&memory);
}

static void a_table_is_exported_as_often_as_one_likes(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 2);
    struct ArrowArrayStream first = export(table), second = export(table);
    first.release(&first);
    struct ArrowArray batch = next_of(&second);
    assert_int_equal(batch.length, 2);
    batch.release(&batch);
    second.release(&second);
    assert_int_equal(qbg_table_int64_at(table, COUNT, 1), -1);
    qbg_table_free(table);
    assert_clean(&memory);
}

static void a_table_without_rows_is_a_batch_without_rows(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 0);
    struct ArrowArrayStream stream = export(table);
    qbg_table_free(table);
    struct ArrowArray batch = next_of(&stream);
    assert_int_equal(batch.length, 0);
    assert_int_equal(((const int64_t *)batch.children[NAME]->buffers[1])[0], 0);
    batch.release(&batch);
    stream.release(&stream);
    assert_clean(&memory);
}

static void outlives_the_workspace(void **state) {
    (void)state;
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_workspace *workspace = NULL;
    OK(qbg_workspace_new(&allocator, &workspace));
    add_opportunity(workspace, "daisy-hr", add_account(workspace, "daisy"),
                    add_solution(workspace, "hr"), NOON);
    qbg_table *board = NULL;
    OK(qbg_board(workspace, NOON + DAY, 0, QBG_NONE, 0, &board));
    struct ArrowArrayStream stream = export(board);
    qbg_table_free(board);
    qbg_workspace_free(workspace);
    struct ArrowArray batch = next_of(&stream);
    assert_int_equal(batch.length, 1);
    assert_memory_equal(batch.children[0]->buffers[2], "daisy-hr", strlen("daisy-hr"));
    batch.release(&batch);
    stream.release(&stream);
    assert_clean(&memory);
}

/* Every request for memory fails once; whatever was begun is given back. */
static void out_of_memory_is_told(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 3);
    const size_t before = memory.bytes;
    for (long request = 0;; request++) {
        struct ArrowArrayStream stream;
        struct ArrowSchema schema = {.release = NULL};
        struct ArrowArray batch = {.release = NULL};
        refuse(&memory, request);
        qbg_status status = qbg_arrow_export(table, &stream);
        if (status == QBG_E_MEMORY) continue;
        OK(status);
        int errors = stream.get_schema(&stream, &schema) != 0;
        errors += stream.get_next(&stream, &batch) != 0;
        if (!batch.release) { /* again, and it works */
            assert_string_equal(stream.get_last_error(&stream), "out of memory");
            OK(stream.get_next(&stream, &batch));
        }
        assert_int_equal(batch.length, 3);
        if (schema.release) schema.release(&schema);
        batch.release(&batch);
        stream.release(&stream);
        assert_int_equal(memory.bytes, before);
        if (errors == 0) break;
    }
    refuse(&memory, NEVER);
    qbg_table_free(table);
    assert_clean(&memory);
}

static void refuses_misuse(void **state) {
    (void)state;
    host memory = HOST;
    qbg_table *table = new_table(&memory, 1);
    struct ArrowArrayStream stream;
    assert_int_equal(qbg_arrow_export(NULL, &stream), QBG_E_ARGUMENT);
    assert_int_equal(qbg_arrow_export(table, NULL), QBG_E_ARGUMENT);
    qbg_table_free(table);
    assert_clean(&memory);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_names_and_types_the_columns),
        cmocka_unit_test(a_batch_is_the_tables_own_memory),
        cmocka_unit_test(a_column_that_is_moved_out_keeps_the_table),
        cmocka_unit_test(a_table_is_exported_as_often_as_one_likes),
        cmocka_unit_test(a_table_without_rows_is_a_batch_without_rows),
        cmocka_unit_test(outlives_the_workspace),
        cmocka_unit_test(out_of_memory_is_told),
        cmocka_unit_test(refuses_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
