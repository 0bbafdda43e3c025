/* book_keys: a key leads to the row that has it, whole, or to none. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "io/book_keys.h"
#include "model/workspace.h"

static qbg__span span_of(const char *text) { return (qbg__span){text, strlen(text)}; }

/* Bytes behind the key do not count. */
static uint32_t find_span(const qbg__book_keys *keys, const qbg_workspace *of, qbg__span key) {
    char wide[64];
    uint64_t word = qbg__book_keys_word(key, key.size);
    memset(wide, 'x', sizeof wide);
    memcpy(wide, key.bytes, key.size);
    assert_true(qbg__book_keys_word((qbg__span){wide, key.size}, sizeof wide) == word);
    return qbg__book_keys_find(keys, &of->accounts, key, word);
}

static uint32_t find(const qbg__book_keys *keys, const qbg_workspace *of, const char *text) {
    return find_span(keys, of, span_of(text));
}

static void add(qbg__book_keys *keys, qbg__mem *mem, const qbg_workspace *of, const char *text,
                uint32_t number) {
    qbg__book_keys_call(keys, qbg__book_keys_word(span_of(text), 0)); /* which changes nothing */
    OK(qbg__book_keys_add(keys, mem, &of->accounts, span_of(text), number));
}

static const char *const texts[] = {"a",
                                    "b",
                                    "ab",
                                    "a\xc3\xa9",
                                    "1234567",
                                    "12345678",
                                    "123456789",
                                    "123456780",
                                    "a key of more than sixteen bytes",
                                    "a key of more than sixteen byteS"};

#define TEXTS (sizeof texts / sizeof texts[0])

static void put_texts(qbg_workspace *workspace) {
    for (size_t i = 0; i < TEXTS; i++)
        assert_int_equal(qbg_account_add(workspace, texts[i], NULL, NULL), QBG_OK);
}

static void finds_what_was_added(void **state) {
    qbg_workspace *workspace = NULL;
    qbg__book_keys keys = {NULL, 0, 0};
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    put_texts(workspace);
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    assert_int_equal(find(&keys, workspace, "a"), QBG_NONE);
    for (uint32_t i = 0; i < TEXTS; i++) {
        assert_int_equal(find(&keys, workspace, texts[i]), QBG_NONE);
        add(&keys, &mem, workspace, texts[i], i);
    }
    for (uint32_t i = 0; i < TEXTS; i++) assert_int_equal(find(&keys, workspace, texts[i]), i);
    assert_int_equal(find(&keys, workspace, "A"), QBG_NONE);
    assert_int_equal(find(&keys, workspace, "a key of more than sixteen byt"), QBG_NONE);
    assert_int_equal(find_span(&keys, workspace, (qbg__span){"a\0", 2}), QBG_NONE);
    qbg__book_keys_free(&keys, &mem);
    assert_int_equal(mem.bytes, 0);
    qbg_workspace_free(workspace);
}

static void keeps_no_key_that_is_another_rows(void **state) {
    qbg_workspace *workspace = NULL;
    qbg__book_keys keys = {NULL, 0, 0};
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    put_texts(workspace);
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    add(&keys, &mem, workspace, "a", 1);
    assert_int_equal(find(&keys, workspace, "a"), QBG_NONE);
    add(&keys, &mem, workspace, "a", TEXTS);
    assert_int_equal(find(&keys, workspace, "a"), QBG_NONE);
    assert_int_equal(mem.bytes, 0);
    qbg_workspace_free(workspace);
}

/* Many keys that differ in a byte or two, as counted keys do. */
static void grows(void **state) {
    qbg_workspace *workspace = NULL;
    qbg__book_keys keys = {NULL, 0, 0};
    char key[32];
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    for (uint32_t i = 0; i < 3000; i++) {
        sprintf(key, i % 2 ? "c%07u" : "company-%07u", i);
        assert_int_equal(qbg_account_add(workspace, key, NULL, NULL), QBG_OK);
        add(&keys, &mem, workspace, key, i);
    }
    for (uint32_t i = 0; i < 3000; i++) {
        sprintf(key, i % 2 ? "c%07u" : "company-%07u", i);
        assert_int_equal(find(&keys, workspace, key), i);
        sprintf(key, i % 2 ? "d%07u" : "Company-%07u", i);
        assert_int_equal(find(&keys, workspace, key), QBG_NONE);
    }
    qbg__book_keys_free(&keys, &mem);
    assert_int_equal(mem.bytes, 0);
    qbg_workspace_free(workspace);
}

static void remembers_nothing_without_memory(void **state) {
    qbg_workspace *workspace = NULL;
    qbg__book_keys keys = {NULL, 0, 0};
    void *row;
    (void)state;
    OK(qbg_workspace_new(NULL, &workspace));
    put_texts(workspace);
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    mem.limit = 1;
    assert_int_equal(qbg__book_keys_add(&keys, &mem, &workspace->accounts, span_of("a"), 0),
                     QBG_E_MEMORY);
    assert_int_equal(qbg__book_keys_row(&keys, &mem, &workspace->accounts,
                                        &workspace->account_index, span_of("a"), &row),
                     QBG_E_MEMORY);
    assert_int_equal(find(&keys, workspace, "a"), QBG_NONE);
    assert_int_equal(mem.bytes, 0);
    qbg_workspace_free(workspace);
}

static void leads_to_the_row_that_is_alive(void **state) {
    qbg_workspace *workspace = NULL;
    qbg__book_keys keys = {NULL, 0, 0};
    void *row;
    (void)state;
    OK(qbg_workspace_new(NULL, &workspace));
    put_texts(workspace);
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    for (int i = 0; i < 2; i++) { /* asked for, and then remembered */
        OK(qbg__book_keys_row(&keys, &mem, &workspace->accounts, &workspace->account_index,
                              span_of("b"), &row));
        assert_ptr_equal(row, qbg_account_find(workspace, "b"));
        assert_int_equal(find(&keys, workspace, "b"), 1);
    }
    OK(qbg_account_merge(qbg_account_find(workspace, "a"), row));
    OK(qbg__book_keys_row(&keys, &mem, &workspace->accounts, &workspace->account_index,
                          span_of("b"), &row));
    assert_ptr_equal(row, qbg_account_find(workspace, "a"));
    OK(qbg__book_keys_row(&keys, &mem, &workspace->accounts, &workspace->account_index,
                          span_of("nobody"), &row));
    assert_null(row);
    qbg__book_keys_free(&keys, &mem);
    qbg_workspace_free(workspace);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_added),
        cmocka_unit_test(keeps_no_key_that_is_another_rows),
        cmocka_unit_test(grows),
        cmocka_unit_test(remembers_nothing_without_memory),
        cmocka_unit_test(leads_to_the_row_that_is_alive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
