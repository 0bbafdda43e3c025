/* export: any bytes as any tables of a CRM's export give a workspace or a refusal, rows in are rows
 * loaded and rows refused, and what was loaded is a book that reads back without a refusal. The
 * input is split at each byte 0xFF, which no UTF-8 has; the first line of a part names its table,
 * the rest is fed in two pieces. The lowest bits of the first byte of all say which dialect it is,
 * and whether it is strict. At once and in steps it comes to the same. */
#include <string.h>

#include "qbg/qbg.h"

#include "fuzz.h"

static void feed_part(qbg_book_reader *reader, const uint8_t *part, size_t size) {
    char name[64] = "";
    const uint8_t *line = memchr(part, '\n', size);
    size_t length = line ? (size_t)(line - part) : size;
    if (length >= sizeof name || memchr(part, '\0', length)) length = 0;
    memcpy(name, part, length);
    if (!line) return;
    size_t rest = size - (size_t)(line + 1 - part), half = rest / 2;
    qbg_status status = qbg_book_reader_feed(reader, name, line + 1, half);
    if (status == QBG_E_TEXT) return; /* a name has to be UTF-8 */
    EXPECT(status == QBG_OK);
    EXPECT(qbg_book_reader_feed(reader, name, line + 1 + half, rest - half) == QBG_OK);
}

static void feed(qbg_book_reader *reader, const uint8_t *data, size_t size) {
    for (size_t from = 0; from < size;) {
        const uint8_t *split = memchr(data + from, 0xFF, size - from);
        size_t to = split ? (size_t)(split - data) : size;
        feed_part(reader, data + from, to - from);
        from = to + 1;
    }
}

static qbg_book_reader *reader_of(qbg_workspace *ws, const uint8_t *data, size_t size) {
    qbg_book_reader *reader = NULL;
    uint8_t first = size > 0 ? data[0] : 0;
    EXPECT(qbg_book_reader_new(ws, first >> 1 & 1, &reader) == QBG_OK);
    EXPECT(qbg_book_reader_set_dialect(reader, first & 1) == QBG_OK);
    EXPECT(qbg_book_reader_set_solution(reader, first & 4 ? "x" : NULL, "type") == QBG_OK);
    if (size > 0) feed(reader, data + 1, size - 1);
    return reader;
}

/* What the two tables say of each other; how many rows are refused. */
static int64_t check_tables(const qbg_book_reader *reader) {
    qbg_table *refusals = NULL, *tables = NULL;
    int64_t refused = 0;
    EXPECT(qbg_book_reader_refusals(reader, &refusals) == QBG_OK);
    EXPECT(qbg_book_reader_tables(reader, &tables) == QBG_OK);
    for (int64_t row = 0; row < qbg_table_row_count(refusals); row++)
        refused += qbg_table_int64_at(refusals, 5, row);
    for (int64_t row = 0; row < qbg_table_row_count(tables); row++) {
        int64_t rows = qbg_table_int64_at(tables, 2, row);
        int64_t loaded = qbg_table_int64_at(tables, 3, row);
        EXPECT(loaded >= 0 && qbg_table_int64_at(tables, 4, row) == rows - loaded);
        EXPECT(qbg_table_int64_at(tables, 5, row) <= rows);
    }
    qbg_table_free(refusals);
    qbg_table_free(tables);
    return refused;
}

static qbg_status finish(qbg_book_reader *reader, int is_strict) {
    qbg_status status = qbg_book_reader_finish(reader);
    int64_t refused = check_tables(reader);
    EXPECT(status == QBG_OK || (is_strict && status == QBG_E_REFUSED));
    if (is_strict) EXPECT((status == QBG_OK) == (refused == 0));
    qbg_book_reader_free(reader);
    return status;
}

/* Each table of one as the other has it, and as a third one reads it. */
static void expect_same(const qbg_workspace *a, const qbg_workspace *b) {
    qbg_workspace *again = NULL;
    qbg_book_reader *reader = NULL;
    EXPECT(qbg_workspace_new(NULL, &again) == QBG_OK);
    EXPECT(qbg_book_reader_new(again, 1, &reader) == QBG_OK);
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        const char *table = qbg_book_table_name(i);
        qbg_blob *one = NULL, *other = NULL;
        if (strcmp(table, "tracking") == 0) continue;
        EXPECT(qbg_book_write(a, table, &one) == QBG_OK);
        EXPECT(qbg_book_write(b, table, &other) == QBG_OK);
        EXPECT(qbg_blob_size(one) == qbg_blob_size(other));
        EXPECT(memcmp(qbg_blob_data(one), qbg_blob_data(other), qbg_blob_size(one)) == 0);
        EXPECT(qbg_book_reader_feed(reader, table, qbg_blob_data(one), qbg_blob_size(one)) ==
               QBG_OK);
        qbg_blob_free(one);
        qbg_blob_free(other);
    }
    EXPECT(qbg_book_reader_finish(reader) == QBG_OK);
    qbg_book_reader_free(reader);
    qbg_workspace_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    qbg_workspace *once = NULL, *slowly = NULL;
    int is_strict = size > 0 && (data[0] >> 1 & 1);
    uint64_t left = 1;
    EXPECT(qbg_workspace_new(NULL, &once) == QBG_OK);
    EXPECT(qbg_workspace_new(NULL, &slowly) == QBG_OK);
    qbg_status status = finish(reader_of(once, data, size), is_strict);
    qbg_book_reader *reader = reader_of(slowly, data, size);
    while (left > 0) EXPECT(qbg_book_reader_step(reader, 1 + size % 5, &left) == QBG_OK);
    EXPECT(finish(reader, is_strict) == status);
    expect_same(once, slowly);
    qbg_workspace_free(once);
    qbg_workspace_free(slowly);
    return 0;
}
