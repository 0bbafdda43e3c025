/* csv: every row of any bytes is read or told, every cell lies within memory of ours, and what is
 * written from the fine rows reads back the same. A reader that goes on where another one stood
 * sees the rows that are left, and counting finds as many. */

#include "base/blob.h"
#include "io/csv.h"

#include "fuzz.h"

static void write_row(qbg_blob *out, const qbg__csv *csv) {
    for (uint32_t i = 0; i < csv->cell_count; i++) {
        if (i > 0) qbg__csv_write_comma(out);
        qbg__csv_write_cell(out, csv->cells[i].bytes, csv->cells[i].size);
    }
    qbg__csv_write_line_end(out);
}

static void check_row(const qbg__csv *csv, uint64_t row, uint64_t line) {
    EXPECT(csv->row == row && csv->line >= line && csv->cell_count > 0);
    if (csv->fault == QBG__CSV_FINE) return;
    EXPECT(csv->fault_column > 0 && csv->fault_column <= csv->cell_count);
    EXPECT(csv->fault_line >= csv->line && csv->cells[csv->fault_column - 1].size > 0);
}

/* Writes the fine rows of the bytes into `out`; returns how many there are. */
static uint64_t copy(const qbg__mem *mem, const char *bytes, size_t size, char separator,
                     qbg_blob *out, uint64_t *out_rows) {
    qbg__csv csv;
    uint64_t rows = 0, line = 1, fine = 0;
    qbg__csv_begin(&csv, mem, bytes, size, separator);
    while (qbg__csv_next_row(&csv)) {
        check_row(&csv, ++rows, line);
        line = csv.line + 1;
        if (csv.fault != QBG__CSV_FINE) continue;
        write_row(out, &csv);
        fine++;
    }
    EXPECT(csv.status == QBG_OK);
    qbg__csv_end(&csv);
    EXPECT(csv.mem.bytes == 0);
    *out_rows = rows;
    return fine;
}

static uint64_t count(qbg__csv *csv) {
    uint64_t rows = 0;
    while (qbg__csv_skip_row(csv)) rows++;
    EXPECT(qbg__csv_is_at_end(csv));
    return rows;
}

/* A plain row is the row that another reader sees, cell by cell, and nothing about it is special.
 */
static void check_plain(const qbg__mem *mem, const char *bytes, size_t size) {
    qbg__csv csv, plain;
    qbg__span cells[8];
    qbg__csv_begin(&csv, mem, bytes, size, 0);
    qbg__csv_begin(&plain, mem, bytes, size, 0);
    while (qbg__csv_next_row(&csv)) {
        uint32_t count = csv.cell_count;
        if (count > 8 || !qbg__csv_plain_row(&plain, count, cells)) {
            EXPECT(qbg__csv_skip_row(&plain));
            EXPECT(plain.at == csv.at);
            continue;
        }
        EXPECT(csv.fault == QBG__CSV_FINE && plain.at == csv.at);
        EXPECT(plain.row == csv.row && plain.next_line == csv.next_line);
        for (uint32_t i = 0; i < count; i++) {
            EXPECT(!csv.cells[i].quoted && csv.cells[i].bytes == cells[i].bytes);
            EXPECT(csv.cells[i].size == cells[i].size);
        }
    }
    qbg__csv_end(&csv);
    qbg__csv_end(&plain);
}

/* How many rows there are, counted from the middle one on by another reader. */
static uint64_t count_in_two(const qbg__mem *mem, const char *bytes, size_t size, uint64_t half) {
    qbg__csv first, second;
    qbg__csv_begin(&first, mem, bytes, size, 0);
    qbg__csv_begin(&second, mem, bytes, size, 0);
    for (uint64_t i = 0; i < half; i++) EXPECT(qbg__csv_next_row(&first));
    qbg__csv_seek(&second, qbg__csv_tell(&first));
    uint64_t rest = count(&first);
    EXPECT(count(&second) == rest && second.row == first.row);
    EXPECT(second.next_line == first.next_line);
    qbg__csv_end(&first);
    qbg__csv_end(&second);
    return half + rest;
}

static int equal(const qbg_blob *a, const qbg_blob *b) {
    if (a->size != b->size) return 0;
    for (size_t i = 0; i < a->size; i++)
        if (a->bytes[i] != b->bytes[i]) return 0;
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    qbg__mem mem;
    qbg_blob once, twice;
    EXPECT(qbg__mem_init(&mem, NULL) == QBG_OK);
    qbg__blob_begin(&once, &mem);
    qbg__blob_begin(&twice, &mem);
    uint64_t rows, again;
    uint64_t fine = copy(&mem, (const char *)data, size, 0, &once, &rows);
    EXPECT(copy(&mem, qbg_blob_data(&once), qbg_blob_size(&once), ',', &twice, &again) == fine);
    EXPECT(again == fine);
    EXPECT(count_in_two(&mem, (const char *)data, size, 0) == rows);
    EXPECT(count_in_two(&mem, (const char *)data, size, rows / 2) == rows);
    EXPECT(equal(&once, &twice));
    check_plain(&mem, (const char *)data, size);
    check_plain(&mem, qbg_blob_data(&once), qbg_blob_size(&once));
    qbg__blob_end(&once);
    qbg__blob_end(&twice);
    return 0;
}
