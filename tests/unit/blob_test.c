/* blob: bytes are appended, the first failure is remembered, and the host reads them with a NUL. */
#include "fixture.h"

#include "base/blob.h"

static qbg_blob out;

static int begin(void **state) {
    qbg__mem mem;
    (void)state;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&out, &mem);
    return 0;
}

static int end(void **state) {
    (void)state;
    qbg__blob_end(&out);
    return out.mem.bytes == 0 ? 0 : 1;
}

static void assert_said(const char *expected) {
    assert_string_equal(qbg_blob_data(&out), expected);
    assert_int_equal(qbg_blob_size(&out), strlen(expected));
    OK(out.status);
}

static void nothing_is_an_empty_text(void **state) {
    (void)state;
    assert_said("");
    assert_string_equal(qbg_blob_data(NULL), "");
    assert_int_equal(qbg_blob_size(NULL), 0);
    qbg_blob_free(NULL);
}

static void appends_texts_bytes_and_signs(void **state) {
    (void)state;
    qbg__blob_text(&out, "Красная");
    qbg__blob_char(&out, ' ');
    qbg__blob_bytes(&out, "ромашка and more", strlen("ромашка"));
    qbg__blob_repeat(&out, '!', 3);
    qbg__blob_repeat(&out, '?', 0);
    qbg__blob_bytes(&out, NULL, 0);
    assert_said("Красная ромашка!!!");
}

static void holds_any_byte(void **state) {
    (void)state;
    qbg__blob_bytes(&out, "a\0b", 3);
    assert_int_equal(qbg_blob_size(&out), 3);
    assert_memory_equal(qbg_blob_data(&out), "a\0b", 4);
}

static void writes_whole_numbers(void **state) {
    static const struct {
        int64_t value;
        const char *text;
    } numbers[] = {
        {0, "0"},
        {7, "7"},
        {-7, "-7"},
        {1234567890, "1234567890"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        qbg__blob_clear(&out);
        qbg__blob_int(&out, numbers[i].value);
        assert_said(numbers[i].text);
    }
}

static void grows_without_losing_a_byte(void **state) {
    (void)state;
    for (int i = 0; i < 5000; i++) {
        qbg__blob_char(&out, (char)('a' + i % 26));
        assert_int_equal(qbg_blob_data(&out)[i + 1], '\0');
    }
    assert_int_equal(qbg_blob_size(&out), 5000);
    for (int i = 0; i < 5000; i++) assert_int_equal(qbg_blob_data(&out)[i], 'a' + i % 26);
}

static void clearing_keeps_the_room(void **state) {
    (void)state;
    qbg__blob_repeat(&out, 'x', 1000);
    size_t capacity = out.capacity;
    qbg__blob_clear(&out);
    assert_said("");
    assert_int_equal(out.capacity, capacity);
    qbg__blob_text(&out, "again");
    assert_said("again");
}

/* Also what somebody wrote and then cut off by hand. */
static void emptying_wipes_what_was_written(void **state) {
    static const char zeros[20] = {0};
    (void)state;
    void (*const empty[])(qbg_blob *) = {qbg__blob_clear, qbg__blob_rewind};
    for (int i = 0; i < 2; i++) {
        qbg__blob_text(&out, "a name, and a secret");
        out.size = 6;
        empty[i](&out);
        assert_said("");
        assert_memory_equal(out.bytes, zeros, sizeof zeros);
    }
}

static void cutting_keeps_the_beginning_and_wipes_the_rest(void **state) {
    static const char zeros[14] = {0};
    (void)state;
    qbg__blob_text(&out, "a name, and a secret");
    qbg__blob_cut(&out, 20);
    qbg__blob_cut(&out, 100);
    assert_said("a name, and a secret");
    qbg__blob_cut(&out, 6);
    assert_said("a name");
    assert_memory_equal(out.bytes + 6, zeros, sizeof zeros);
    qbg__blob_text(&out, "!");
    assert_said("a name!");
    qbg__blob_cut(&out, 0);
    assert_said("");
}

static void rewinding_keeps_a_failure_and_clearing_does_not(void **state) {
    (void)state;
    out.status = QBG_E_MEMORY;
    qbg__blob_rewind(&out);
    assert_int_equal(out.status, QBG_E_MEMORY);
    qbg__blob_clear(&out);
    OK(out.status);
}

static void remembers_that_memory_was_out(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    qbg_blob blob;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    qbg__blob_begin(&blob, &mem);
    qbg__blob_text(&blob, "kept");
    refuse(&memory, 0);
    qbg__blob_repeat(&blob, 'x', 1000);
    qbg__blob_text(&blob, "!"); /* there would be room */
    assert_int_equal(blob.status, QBG_E_MEMORY);
    assert_string_equal(qbg_blob_data(&blob), "kept");
    qbg__blob_clear(&blob);
    qbg__blob_text(&blob, "anew");
    OK(blob.status);
    assert_string_equal(qbg_blob_data(&blob), "anew");
    qbg__blob_end(&blob);
    assert_int_equal(memory.bytes, 0);
}

static void refuses_more_bytes_than_there_are_addresses(void **state) {
    (void)state;
    qbg__blob_text(&out, "kept");
    qbg__blob_repeat(&out, 'x', SIZE_MAX - 2);
    assert_int_equal(out.status, QBG_E_MEMORY);
    assert_string_equal(qbg_blob_data(&out), "kept");
}

static void a_blob_of_its_own_gives_every_byte_back(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg__mem mem;
    (void)state;
    OK(qbg__mem_init(&mem, &allocator));
    qbg_blob *blob = qbg__blob_new(&mem);
    qbg__blob_repeat(blob, 'x', 1000);
    assert_int_equal(mem.bytes, 0); /* the workspace does not own it */
    assert_true(memory.bytes > 1000);
    qbg_blob_free(blob);
    assert_int_equal(memory.bytes, 0);
    assert_false(memory.is_misused);
    refuse(&memory, 0);
    assert_null(qbg__blob_new(&mem));
}

#define in_blob(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_blob(nothing_is_an_empty_text),
        in_blob(appends_texts_bytes_and_signs),
        in_blob(holds_any_byte),
        in_blob(writes_whole_numbers),
        in_blob(grows_without_losing_a_byte),
        in_blob(clearing_keeps_the_room),
        in_blob(emptying_wipes_what_was_written),
        in_blob(cutting_keeps_the_beginning_and_wipes_the_rest),
        in_blob(rewinding_keeps_a_failure_and_clearing_does_not),
        in_blob(remembers_that_memory_was_out),
        in_blob(refuses_more_bytes_than_there_are_addresses),
        in_blob(a_blob_of_its_own_gives_every_byte_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
