/* book: any bytes as any tables give a workspace or a refusal; whatever was loaded can be asked,
 * and written as a book it reads back without a refusal and answers the same. The input is split at
 * each byte 0xFF, which no UTF-8 has; the first byte of a part chooses its table, the rest is fed
 * in two pieces. The first byte of all also says whether the book is strict. It is loaded in steps:
 * once to be given up on the way, which leaves nothing, once to the end; and the whole at once
 * gives the same. */
#include <string.h>

#include "qbg/qbg.h"

#include "fuzz.h"

/* By letters, so that a corpus can be read and written by hand: 'a' is accounts. */
static const char *const tables[] = {"accounts", "contacts",      "templates", "solutions",
                                     "visitors", "opportunities", "members",   "signals",
                                     "history",  "kinds",         "roles",     "needs",
                                     "revenue",  "policy",        "tracking"};

#define TABLE_COUNT ((int32_t)(sizeof tables / sizeof *tables))

/* 2025-11-19T12:00:00Z, near the dates of the corpus. */
#define AS_OF_S 1763553600

static const char *table_of(uint8_t letter) {
    int32_t place = (letter - 'a') % TABLE_COUNT;
    return tables[place < 0 ? place + TABLE_COUNT : place];
}

static void feed(qbg_book_reader *reader, const uint8_t *part, size_t size) {
    if (size == 0) return;
    const char *table = table_of(part[0]);
    size_t half = size / 2;
    if (half > 0) EXPECT(qbg_book_reader_feed(reader, table, part + 1, half) == QBG_OK);
    size -= 1 + half;
    EXPECT(qbg_book_reader_feed(reader, table, part + 1 + half, size) == QBG_OK);
}

static void feed_all(qbg_book_reader *reader, const uint8_t *data, size_t size) {
    while (size > 0) {
        const uint8_t *split = memchr(data, 0xFF, size);
        size_t part = split ? (size_t)(split - data) : size;
        feed(reader, data, part);
        if (!split) return;
        data += part + 1;
        size -= part + 1;
    }
}

/* Whatever was refused, the refusals are there to be read. */
static qbg_status finish(qbg_book_reader *reader, int32_t strict) {
    qbg_table *refusals = NULL;
    qbg_status status = qbg_book_reader_finish(reader);
    EXPECT(status == QBG_OK || (strict && status == QBG_E_REFUSED));
    EXPECT(qbg_book_reader_refusals(reader, &refusals) == QBG_OK);
    EXPECT(status == QBG_OK || qbg_table_row_count(refusals) > 0);
    qbg_table_free(refusals);
    return status;
}

/* Takes up to so many steps of so many rows; 0: none is left. */
static uint64_t take_steps(qbg_book_reader *reader, uint64_t rows, uint64_t count) {
    uint64_t total = qbg_book_reader_rows(reader), left = 1;
    for (; count > 0 && left > 0; count--) {
        uint64_t done = qbg_book_reader_done(reader);
        EXPECT(qbg_book_reader_step(reader, rows, &left) == QBG_OK);
        EXPECT(qbg_book_reader_done(reader) >= done);
        EXPECT(qbg_book_reader_done(reader) + left == total);
    }
    EXPECT(qbg_book_reader_rows(reader) == total);
    return left;
}

static qbg_table *board_of(const qbg_workspace *ws) {
    qbg_table *board = NULL;
    EXPECT(qbg_board(ws, AS_OF_S, 0, QBG_NONE, 1, &board) == QBG_OK);
    return board;
}

/* The workspace written as a book, and that read into another one. */
static void copy(const qbg_workspace *from, qbg_workspace *to) {
    qbg_book_reader *reader = NULL;
    EXPECT(qbg_book_reader_new(to, 1, &reader) == QBG_OK);
    for (int32_t i = 0; i < TABLE_COUNT; i++) {
        qbg_blob *blob = NULL;
        if (strcmp(tables[i], "tracking") == 0) continue; /* a report, not a part of the whole */
        EXPECT(qbg_book_write(from, tables[i], &blob) == QBG_OK);
        EXPECT(qbg_book_reader_feed(reader, tables[i], qbg_blob_data(blob), qbg_blob_size(blob)) ==
               QBG_OK);
        qbg_blob_free(blob);
    }
    EXPECT(finish(reader, 1) == QBG_OK);
    qbg_book_reader_free(reader);
}

static int same_text(const qbg_table *a, const qbg_table *b, int32_t column, int64_t row) {
    int64_t size_a, size_b;
    const char *text_a = qbg_table_text_at(a, column, row, &size_a);
    const char *text_b = qbg_table_text_at(b, column, row, &size_b);
    return size_a == size_b && memcmp(text_a, text_b, (size_t)size_a) == 0;
}

static int same_cell(const qbg_table *a, const qbg_table *b, int32_t column, int64_t row) {
    double real_a = qbg_table_double_at(a, column, row);
    double real_b = qbg_table_double_at(b, column, row);
    return qbg_table_is_null(a, column, row) == qbg_table_is_null(b, column, row) &&
           qbg_table_int64_at(a, column, row) == qbg_table_int64_at(b, column, row) &&
           memcmp(&real_a, &real_b, sizeof real_a) == 0 && same_text(a, b, column, row);
}

/* All but the opportunities' numbers, which follow the order of arrival. */
static void expect_same(const qbg_table *a, const qbg_table *b) {
    int32_t number = qbg_table_column_find(a, "opportunity_number");
    EXPECT(qbg_table_row_count(a) == qbg_table_row_count(b));
    for (int32_t column = 0; column < qbg_table_column_count(a); column++) {
        if (column == number) continue;
        for (int64_t row = 0; row < qbg_table_row_count(a); row++)
            EXPECT(same_cell(a, b, column, row));
    }
}

static void check_round_trip(const qbg_workspace *ws, const qbg_table *board) {
    qbg_workspace *again = NULL;
    EXPECT(qbg_workspace_new(NULL, &again) == QBG_OK);
    copy(ws, again);
    qbg_table *same = board_of(again);
    expect_same(board, same);
    qbg_table_free(same);
    qbg_workspace_free(again);
}

static qbg_book_reader *reader_of(qbg_workspace *ws, int32_t strict, const uint8_t *data,
                                  size_t size) {
    qbg_book_reader *reader = NULL;
    EXPECT(qbg_book_reader_new(ws, strict, &reader) == QBG_OK);
    feed_all(reader, data, size);
    return reader;
}

static void expect_empty(const qbg_workspace *ws) {
    for (int32_t i = 0; i < TABLE_COUNT; i++) {
        qbg_blob *blob = NULL;
        EXPECT(qbg_book_write(ws, tables[i], &blob) == QBG_OK);
        EXPECT(qbg_blob_size(blob) == 0);
        qbg_blob_free(blob);
    }
}

/* Both workspaces as books, byte by byte. */
static void expect_same_book(const qbg_workspace *a, const qbg_workspace *b) {
    for (int32_t i = 0; i < TABLE_COUNT; i++) {
        qbg_blob *first = NULL, *second = NULL;
        EXPECT(qbg_book_write(a, tables[i], &first) == QBG_OK);
        EXPECT(qbg_book_write(b, tables[i], &second) == QBG_OK);
        EXPECT(qbg_blob_size(first) == qbg_blob_size(second));
        EXPECT(memcmp(qbg_blob_data(first), qbg_blob_data(second), qbg_blob_size(first)) == 0);
        qbg_blob_free(first);
        qbg_blob_free(second);
    }
}

static void check_at_once(const qbg_workspace *ws, qbg_status status, int32_t strict,
                          const uint8_t *data, size_t size) {
    qbg_workspace *once = NULL;
    EXPECT(qbg_workspace_new(NULL, &once) == QBG_OK);
    qbg_book_reader *reader = reader_of(once, strict, data, size);
    EXPECT(finish(reader, strict) == status);
    qbg_book_reader_free(reader);
    expect_same_book(ws, once);
    qbg_workspace_free(once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    qbg_workspace *ws = NULL;
    int32_t strict = size > 0 && data[0] >= 0x80;
    EXPECT(qbg_book_table_count() == TABLE_COUNT);
    EXPECT(qbg_workspace_new(NULL, &ws) == QBG_OK);
    qbg_book_reader *reader = reader_of(ws, strict, data, size);
    take_steps(reader, size % 5, 1 + size % 7);
    qbg_book_reader_free(reader);
    expect_empty(ws);
    reader = reader_of(ws, strict, data, size);
    EXPECT(take_steps(reader, 1 + size % 3, UINT64_MAX) == 0);
    qbg_status status = finish(reader, strict);
    EXPECT(qbg_book_reader_done(reader) == qbg_book_reader_rows(reader));
    qbg_book_reader_free(reader);
    check_at_once(ws, status, strict, data, size);
    qbg_table *board = board_of(ws);
    EXPECT(status == QBG_OK || qbg_table_row_count(board) == 0);
    if (status == QBG_OK) check_round_trip(ws, board);
    qbg_table_free(board);
    qbg_workspace_free(ws);
    return 0;
}
