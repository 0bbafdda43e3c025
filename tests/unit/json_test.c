/* json: layout, commas, escapes, and numbers that read back. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/blob.h"
#include "io/json.h"

typedef struct page {
    qbg_blob out;
    qbg__json json;
} page;

static int set_up(void **state) {
    static page self;
    qbg__mem mem;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&self.out, &mem);
    qbg__json_begin(&self.json, &self.out);
    *state = &self;
    return 0;
}

static int tear_down(void **state) {
    page *self = *state;
    qbg__blob_end(&self->out);
    return 0;
}

static void assert_says(const page *self, const char *expected) {
    assert_int_equal(self->out.status, QBG_OK);
    assert_string_equal(qbg_blob_data(&self->out), expected);
}

static void puts_one_entry_on_a_line(void **state) {
    page *self = *state;
    qbg__json *json = &self->json;
    qbg__json_object(json, QBG__JSON_LINES);
    qbg__json_put_int(json, "format", 1);
    qbg__json_key(json, "rows");
    qbg__json_array(json, QBG__JSON_LINES);
    for (int i = 0; i < 2; i++) {
        qbg__json_object(json, QBG__JSON_ONE_LINE);
        qbg__json_put_text(json, "key", "a");
        qbg__json_put_bool(json, "fine", i);
        qbg__json_close(json);
    }
    qbg__json_close(json);
    qbg__json_key(json, "none");
    qbg__json_null(json);
    qbg__json_close(json);
    assert_says(self, "{\n"
                      " \"format\": 1,\n"
                      " \"rows\": [\n"
                      "  {\"key\": \"a\", \"fine\": false},\n"
                      "  {\"key\": \"a\", \"fine\": true}\n"
                      " ],\n"
                      " \"none\": null\n"
                      "}\n");
}

static void keeps_what_is_inside_one_line_on_it(void **state) {
    page *self = *state;
    qbg__json *json = &self->json;
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    qbg__json_array(json, QBG__JSON_LINES);
    qbg__json_int(json, 1);
    qbg__json_int(json, 2);
    qbg__json_close(json);
    qbg__json_object(json, QBG__JSON_LINES);
    qbg__json_close(json);
    qbg__json_close(json);
    assert_says(self, "[[1, 2], {}]\n");
}

static void writes_empty_containers_in_brief(void **state) {
    page *self = *state;
    qbg__json *json = &self->json;
    qbg__json_object(json, QBG__JSON_LINES);
    qbg__json_key(json, "a");
    qbg__json_array(json, QBG__JSON_LINES);
    qbg__json_close(json);
    qbg__json_key(json, "o");
    qbg__json_object(json, QBG__JSON_ONE_LINE);
    qbg__json_close(json);
    qbg__json_close(json);
    assert_says(self, "{\n \"a\": [],\n \"o\": {}\n}\n");
}

static void escapes(void **state) {
    page *self = *state;
    qbg__json_text(&self->json, "\"\\/\b\f\n\r\t\x01\x1F\x7F");
    assert_says(self, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\"");
}

static void escapes_a_nul(void **state) {
    page *self = *state;
    qbg__json_bytes(&self->json, "a\0b", 3);
    assert_says(self, "\"a\\u0000b\"");
}

static void leaves_utf8_as_it_is(void **state) {
    page *self = *state;
    qbg__json_text(&self->json, "Ёлка 漢字 \xF0\x9F\x8C\xB2");
    assert_says(self, "\"Ёлка 漢字 \xF0\x9F\x8C\xB2\"");
}

static void replaces_what_is_not_utf8(void **state) {
    page *self = *state;
    qbg__json_bytes(&self->json,
                    "a\xFF"
                    "b\xC3",
                    4);
    assert_says(self, "\"a\xEF\xBF\xBD"
                      "b\xEF\xBF\xBD\"");
}

static void writes_numbers(void **state) {
    page *self = *state;
    qbg__json *json = &self->json;
    volatile double zero = 0;
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    qbg__json_int(json, INT64_MIN);
    qbg__json_int(json, INT64_MAX);
    qbg__json_real(json, 0.1);
    qbg__json_real(json, 25.00000298023224);
    qbg__json_real(json, 3);
    qbg__json_real(json, 1 / zero);
    qbg__json_close(json);
    assert_says(self, "[-9223372036854775808, 9223372036854775807, 0.1, 25.00000298023224, 3, "
                      "null]\n");
}

static void writes_times(void **state) {
    page *self = *state;
    qbg__json *json = &self->json;
    qbg__json_array(json, QBG__JSON_ONE_LINE);
    qbg__json_time(json, 0);
    qbg__json_time(json, QBG_UNDATED);
    qbg__json_close(json);
    assert_says(self, "[\"1970-01-01T00:00:00Z\", null]\n");
}

static void refuses_to_go_too_deep(void **state) {
    page *self = *state;
    for (int i = 0; i < QBG__JSON_DEPTH; i++) qbg__json_array(&self->json, QBG__JSON_LINES);
    assert_int_equal(self->out.status, QBG_OK);
    qbg__json_array(&self->json, QBG__JSON_LINES);
    assert_int_equal(self->out.status, QBG_E_RANGE);
    for (int i = 0; i < QBG__JSON_DEPTH + 2; i++) qbg__json_close(&self->json);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(puts_one_entry_on_a_line),
        TEST(keeps_what_is_inside_one_line_on_it),
        TEST(writes_empty_containers_in_brief),
        TEST(escapes),
        TEST(escapes_a_nul),
        TEST(leaves_utf8_as_it_is),
        TEST(replaces_what_is_not_utf8),
        TEST(writes_numbers),
        TEST(writes_times),
        TEST(refuses_to_go_too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
