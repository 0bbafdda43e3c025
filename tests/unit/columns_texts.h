/* columns_texts: texts as columns, a workspace as one text, and rows to put, for the tests of bulk
 * puts. */
#ifndef QBG_TESTS_COLUMNS_TEXTS_H
#define QBG_TESTS_COLUMNS_TEXTS_H

#include "fixture.h"

#include <stdio.h>

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* ---- columns of texts ------------------------------------------------------------------------ */

#define MOST_ROWS 64

typedef struct texts {
    char bytes[4000];
    int64_t offsets[MOST_ROWS + 1];
} texts;

/* NULL is an empty cell. */
static inline texts texts_of(const char *const *cells, size_t count) {
    texts column = {"", {0}};
    assert_true(count <= MOST_ROWS);
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)column.offsets[i], size = cells[i] ? strlen(cells[i]) : 0;
        assert_true(at + size <= sizeof column.bytes);
        if (size > 0) memcpy(column.bytes + at, cells[i], size);
        column.offsets[i + 1] = (int64_t)(at + size);
    }
    return column;
}

#define TEXTS(...)                                                                                 \
    texts_of((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})))

/* .name = bytes, .name_offsets = offsets */
#define COLUMN(name, column) .name = (column).bytes, .name##_offsets = (column).offsets

/* ---- a workspace as text --------------------------------------------------------------------- */

/* All tables of the book, one behind the other; to be freed. */
static inline char *book_of(const qbg_workspace *workspace) {
    char *book = calloc(1, 1);
    size_t size = 0;
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        qbg_blob *blob = NULL;
        OK(qbg_book_write(workspace, qbg_book_table_name(i), &blob));
        book = realloc(book, size + qbg_blob_size(blob) + 1);
        assert_non_null(book);
        memcpy(book + size, qbg_blob_data(blob), qbg_blob_size(blob));
        size += qbg_blob_size(blob);
        book[size] = '\0';
        qbg_blob_free(blob);
    }
    return book;
}

static inline void assert_book(const qbg_workspace *workspace, const char *expected) {
    char *book = book_of(workspace);
    assert_string_equal(book, expected);
    free(book);
}

/* ---- a world --------------------------------------------------------------------------------- */

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy, *tulip;
    qbg_solution *hr, *crm;
    qbg_contact *elena, *ivan;
    qbg_opportunity *deal;
} world;

static inline world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.daisy = add_account(w.workspace, "daisy");
    w.tulip = add_account(w.workspace, "tulip");
    w.hr = add_solution(w.workspace, "hr");
    w.crm = add_solution(w.workspace, "crm");
    w.elena = add_contact(w.workspace, "elena", w.daisy);
    w.ivan = add_contact(w.workspace, "ivan", NULL);
    w.deal = add_opportunity(w.workspace, "deal", w.daisy, w.hr, NOON);
    return w;
}

static inline uint32_t role_number(const world *w, const char *key) {
    return qbg_role_number(qbg_role_find(w->workspace, key));
}

#endif
