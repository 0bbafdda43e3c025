/* links_test: maps from texts to texts, many in one. */
#include "io/links.h"

#include "fixture.h"

static qbg__span span(const char *text) { return (qbg__span){text, strlen(text)}; }

static void expect(const qbg__links *links, int32_t map, const char *key, const char *value) {
    const qbg__link *link = qbg__links_find(links, map, span(key));
    if (!value) {
        assert_null(link);
        return;
    }
    assert_non_null(link);
    assert_int_equal(qbg__links_value(links, link).size, strlen(value));
    assert_memory_equal(qbg__links_value(links, link).bytes, value, strlen(value));
}

static void the_first_value_stays(void **state) {
    qbg__mem mem;
    qbg__links links;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    qbg__links_begin(&links, &mem);
    expect(&links, 0, "a", NULL);
    OK(qbg__links_put(&links, 0, span("a"), span("one")));
    OK(qbg__links_put(&links, 1, span("a"), span("")));
    OK(qbg__links_put(&links, 0, span("a"), span("one")));
    assert_int_equal(qbg__links_find(&links, 0, span("a"))->is_several, 0);
    OK(qbg__links_put(&links, 0, span("a"), span("two")));
    assert_int_equal(qbg__links_find(&links, 0, span("a"))->is_several, 1);
    expect(&links, 0, "a", "one");
    expect(&links, 1, "a", "");
    expect(&links, 2, "a", NULL);
    expect(&links, 0, "", NULL);
    qbg__links_end(&links);
}

static void put_many(qbg__links *links, int count) {
    char key[16];
    for (int i = 0; i < count; i++) {
        snprintf(key, sizeof key, "key-%d", i);
        OK(qbg__links_put(links, i % 3, span(key), span(key)));
    }
    for (int i = 0; i < count; i++) {
        snprintf(key, sizeof key, "key-%d", i);
        expect(links, i % 3, key, key);
        expect(links, (i + 1) % 3, key, NULL);
    }
}

static void many_are_found(void **state) {
    qbg__mem mem;
    qbg__links links;
    (void)state;
    OK(qbg__mem_init(&mem, NULL));
    qbg__links_begin(&links, &mem);
    put_many(&links, 5000);
    qbg__links_end(&links);
    qbg__links_begin(&links, &mem);
    put_many(&links, 10);
    qbg__links_end(&links);
}

/* What found no room was not put, and all that was put before is there. */
static void no_memory_keeps_what_is_there(void **state) {
    (void)state;
    for (long request = 0; request < 12; request++) {
        host memory = HOST;
        qbg__mem mem;
        qbg__links links;
        const qbg_allocator allocator = allocator_of(&memory);
        OK(qbg__mem_init(&mem, &allocator));
        qbg__links_begin(&links, &mem);
        refuse(&memory, request);
        char key[16];
        int i = 0;
        for (qbg_status status = QBG_OK; status == QBG_OK && i < 100; i += status == QBG_OK) {
            snprintf(key, sizeof key, "key-%d", i);
            status = qbg__links_put(&links, 0, span(key), span(key));
        }
        for (int j = 0; j < 100; j++) {
            snprintf(key, sizeof key, "key-%d", j);
            expect(&links, 0, key, j < i ? key : NULL);
        }
        qbg__links_end(&links);
        assert_int_equal(memory.bytes, 0);
        assert_int_equal(memory.is_misused, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_value_stays),
        cmocka_unit_test(many_are_found),
        cmocka_unit_test(no_memory_keeps_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
