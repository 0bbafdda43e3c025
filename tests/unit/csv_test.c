/* csv: rows and cells as RFC 4180 has them, every fault with its place, and both ways at random. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "io/csv.h"
#include "rounds.h"

#define BOM "\xEF\xBB\xBF"

/* A host whose memory is out from the n-th request on; -1: never. */
typedef struct host {
    long allowed;
    size_t bytes;
} host;

static void *host_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    host *self = ctx;
    if (new_size == 0) {
        free(ptr);
        self->bytes -= old_size;
        return NULL;
    }
    if (self->allowed == 0) return NULL;
    if (self->allowed > 0) self->allowed--;
    void *moved = realloc(ptr, new_size);
    if (moved) self->bytes = self->bytes - (ptr ? old_size : 0) + new_size;
    return moved;
}

static qbg__mem mem_of(host *self) {
    qbg__mem mem;
    const qbg_allocator allocator = {sizeof allocator, self, host_resize};
    self->allowed = -1;
    self->bytes = 0;
    assert_int_equal(qbg__mem_init(&mem, &allocator), QBG_OK);
    return mem;
}

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* ---- reading ------------------------------------------------------------------------------ */

/* All that a text says, spelled out: "row@line[cell][cell]" and "!fault:column:line" behind a row
 * at fault; a cell in quotes as ["..."]. */
static void spell(qbg__csv *csv, qbg_blob *out) {
    while (qbg__csv_next_row(csv)) {
        qbg__blob_int(out, (int64_t)csv->row);
        qbg__blob_char(out, '@');
        qbg__blob_int(out, (int64_t)csv->line);
        for (uint32_t i = 0; i < csv->cell_count; i++) {
            qbg__blob_text(out, csv->cells[i].quoted ? "[\"" : "[");
            qbg__blob_bytes(out, csv->cells[i].bytes, csv->cells[i].size);
            qbg__blob_text(out, csv->cells[i].quoted ? "\"]" : "]");
        }
        if (csv->fault) {
            qbg__blob_char(out, '!');
            qbg__blob_int(out, csv->fault);
            qbg__blob_char(out, ':');
            qbg__blob_int(out, csv->fault_column);
            qbg__blob_char(out, ':');
            qbg__blob_int(out, (int64_t)csv->fault_line);
        } else {
            assert_int_equal(csv->fault_column, 0);
            assert_int_equal(csv->fault_line, 0);
        }
        qbg__blob_char(out, '\n');
    }
    assert_null(csv->cells);
    assert_int_equal(csv->cell_count, 0);
}

static void assert_spells(const char *bytes, size_t size, char separator, const char *expected) {
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    qbg_blob out;
    char *exact = malloc(size > 0 ? size : 1); /* its own block, so that a step too far is seen */
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    qbg__blob_begin(&out, &mem);
    qbg__csv_begin(&csv, &mem, exact, size, separator);
    spell(&csv, &out);
    assert_int_equal(csv.status, QBG_OK);
    assert_int_equal(qbg__csv_next_row(&csv), 0);
    assert_string_equal(qbg_blob_data(&out), expected);
    qbg__csv_end(&csv);
    qbg__csv_end(&csv);
    qbg__blob_end(&out);
    free(exact);
    assert_int_equal(self.bytes, 0);
}

static void assert_reads(const char *text, const char *expected) {
    assert_spells(text, strlen(text), 0, expected);
}

static void reads_rows_and_cells(void **state) {
    (void)state;
    assert_reads("", "");
    assert_reads("a", "1@1[a]\n");
    assert_reads("a,b\n1,2\n", "1@1[a][b]\n2@2[1][2]\n");
    assert_reads("a,b\n1,2", "1@1[a][b]\n2@2[1][2]\n");
    assert_reads("a,b,\n,,\n", "1@1[a][b][]\n2@2[][][]\n");
    assert_reads("a,", "1@1[a][]\n");
    assert_reads(",", "1@1[][]\n");
    assert_reads("a,b\n1\n1,2,3\n", "1@1[a][b]\n2@2[1]\n3@3[1][2][3]\n");
    assert_reads(" a , b \n", "1@1[ a ][ b ]\n");
}

/* The blob is compared as text, which a NUL would end: these are looked at one by one. */
static void reports_nul_bytes_as_they_are(void **state) {
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    static const char text[] = "a,\0b\0,\"\0\"\"\0\"\n\0";
    qbg__csv_begin(&csv, &mem, text, sizeof text - 1, 0);
    assert_int_equal(qbg__csv_next_row(&csv), 1);
    assert_int_equal(csv.cell_count, 3);
    assert_int_equal(csv.cells[1].size, 3);
    assert_memory_equal(csv.cells[1].bytes, "\0b\0", 3);
    assert_int_equal(csv.cells[2].size, 3);
    assert_memory_equal(csv.cells[2].bytes, "\0\"\0", 3);
    assert_int_equal(qbg__csv_next_row(&csv), 1);
    assert_int_equal(csv.cell_count, 1);
    assert_int_equal(csv.cells[0].size, 1);
    assert_int_equal(qbg__csv_next_row(&csv), 0);
    qbg__csv_end(&csv);
}

static void reads_every_line_end(void **state) {
    (void)state;
    assert_reads("a\r\nb\r\n", "1@1[a]\n2@2[b]\n");
    assert_reads("a\rb\r", "1@1[a]\n2@2[b]\n");
    assert_reads("a\rb\r\nc\nd", "1@1[a]\n2@2[b]\n3@3[c]\n4@4[d]\n");
    assert_reads("\"a\"\r\"b\"\r\n\"c\"", "1@1[\"a\"]\n2@2[\"b\"]\n3@3[\"c\"]\n");
}

static void skips_blank_lines_but_counts_them(void **state) {
    (void)state;
    assert_reads("\n\r\n \t \na,b\n\n\n1,2\n  ", "1@4[a][b]\n2@7[1][2]\n");
    assert_reads("\n\n\n", "");
    assert_reads("  ", "");
    assert_reads("a\n\"\"\nb\n", "1@1[a]\n2@2[\"\"]\n3@3[b]\n");
    assert_reads("a,b\n,\n", "1@1[a][b]\n2@2[][]\n");
    assert_reads("a\r\r\nb", "1@1[a]\n2@3[b]\n");
}

static void reads_quoted_cells(void **state) {
    (void)state;
    assert_reads("\"a\",\"b,c\"\n", "1@1[\"a\"][\"b,c\"]\n");
    assert_reads("\"say \"\"hi\"\"\",x,\"\"\"\"\n", "1@1[\"say \"hi\"\"][x][\"\"\"]\n");
    assert_reads("\"\",\"\"\n", "1@1[\"\"][\"\"]\n");
    assert_reads("a\n\"1\n2\r\n3\r4\"\nb\n", "1@1[a]\n2@2[\"1\n2\r\n3\r4\"]\n3@6[b]\n");
    assert_reads("\"a\"\"\n\"\"b\",c\nd\n", "1@1[\"a\"\n\"b\"][c]\n2@3[d]\n");
}

static void lends_what_needs_no_copy(void **state) {
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    static const char text[] = "plain,\"quoted\",\"dou\"\"bled\",\"again \"\"\"";
    const char *end = text + sizeof text - 1;
    qbg__csv_begin(&csv, &mem, text, sizeof text - 1, 0);
    assert_int_equal(qbg__csv_next_row(&csv), 1);
    assert_int_equal(csv.cell_count, 4);
    assert_ptr_equal(csv.cells[0].bytes, text);
    assert_ptr_equal(csv.cells[1].bytes, text + 7);
    assert_true(csv.cells[2].bytes < text || csv.cells[2].bytes >= end);
    assert_memory_equal(csv.cells[2].bytes, "dou\"bled", 8);
    assert_memory_equal(csv.cells[3].bytes, "again \"", 7);
    assert_int_equal(csv.cells[3].size, 7);
    qbg__csv_end(&csv);
    assert_int_equal(self.bytes, 0);
}

static void skips_a_bom(void **state) {
    (void)state;
    assert_reads(BOM "a,b\n", "1@1[a][b]\n");
    assert_reads("\xEF\xBB\xBF\"a\",b\n", "1@1[\"a\"][b]\n");
    assert_reads("\xEF\xBB\xBF", "");
    assert_reads("\xEF\xBB", "1@1[\xEF\xBB]\n");
    assert_reads("a\n" BOM "b\n", "1@1[a]\n2@2[" BOM "b]\n");
}

static void tells_each_fault_and_reads_on(void **state) {
    (void)state;
    assert_reads("a,b\n1,\"x\"y,z\n2,3\n", "1@1[a][b]\n2@2[1][\"x\"y][z]!2:2:2\n3@3[2][3]\n");
    assert_reads("a\n\"x\" \nb\n", "1@1[a]\n2@2[\"x\" ]!2:1:2\n3@3[b]\n");
    assert_reads("a\n5\" pipe,\"q\"\nb\n", "1@1[a]\n2@2[5\" pipe][\"q\"]!3:1:2\n3@3[b]\n");
    assert_reads("a\n \"x\"\nb\n", "1@1[a]\n2@2[ \"x\"]!3:1:2\n3@3[b]\n");
    /* The first fault is told. */
    assert_reads("x\"y,\"1\"2\nb\n", "1@1[x\"y][\"1\"2]!3:1:1\n2@2[b]\n");
    assert_reads("\"1\n1\"2,x\"y\nb\n", "1@1[\"1\n1\"2][x\"y]!2:1:1\n2@3[b]\n");
    assert_reads("x\"y,\"1\n2\nb\n", "1@1[x\"y][\"1]!3:1:1\n2@2[2]\n3@3[b]\n");
}

static void a_quote_that_never_closes_takes_its_line_alone(void **state) {
    (void)state;
    assert_reads("a,b\n1,\"x\n2,3\n", "1@1[a][b]\n2@2[1][\"x]!1:2:2\n3@3[2][3]\n");
    assert_reads("1,\"x,y\r\n2,3\r\n", "1@1[1][\"x,y]!1:2:1\n2@2[2][3]\n");
    assert_reads("\"", "1@1[\"]!1:1:1\n");
    assert_reads("\"\n", "1@1[\"]!1:1:1\n");
    assert_reads("\"\"\"", "1@1[\"\"\"]!1:1:1\n");
    assert_reads("\"\"\"\r2", "1@1[\"\"\"]!1:1:1\n2@2[2]\n");
    assert_reads("a,\"1\n2\",\"3\n4\n", "1@1[a][\"1\n2\"][\"3]!1:3:2\n2@3[4]\n");
    /* Pairs of quotes behind it are cells of their own. */
    assert_reads("\"x\n\"\",\"\"\"\"\n\"\",y\n",
                 "1@1[\"x]!1:1:1\n2@2[\"\"][\"\"\"]\n3@3[\"\"][y]\n");
    assert_reads("\"x\"\"y\n1,2\n", "1@1[\"x\"\"y]!1:1:1\n2@2[1][2]\n");
}

static void tells_where_a_row_ends(void **state) {
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    static const char text[] = "\n1\n2,\"a\n\nb\",3\r\n\"c\r\"d,\"e\n\"\n4,\"5\n6";
    static const uint64_t lines[][2] = {{2, 2}, {3, 5}, {6, 8}, {9, 9}, {10, 10}};
    qbg__csv_begin(&csv, &mem, text, sizeof text - 1, 0);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_int_equal(qbg__csv_next_row(&csv), 1);
        assert_int_equal(csv.line, lines[i][0]);
        assert_int_equal(csv.last_line, lines[i][1]);
    }
    assert_int_equal(qbg__csv_next_row(&csv), 0);
    qbg__csv_end(&csv);
}

/* How many rows of a line that is repeated are fine, and at fault; were it not linear, this would
 * take hours. */
static void assert_counts(const char *line, size_t times, uint64_t fine, uint64_t at_fault) {
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    qbg_blob text;
    qbg__blob_begin(&text, &mem);
    for (size_t i = 0; i < times; i++) qbg__blob_text(&text, line);
    qbg__csv_begin(&csv, &mem, qbg_blob_data(&text), qbg_blob_size(&text), ',');
    while (qbg__csv_next_row(&csv)) {
        if (csv.fault == QBG__CSV_FINE) fine--;
        if (csv.fault != QBG__CSV_FINE) at_fault--;
    }
    assert_int_equal(csv.status, QBG_OK);
    assert_int_equal(fine, 0);
    assert_int_equal(at_fault, 0);
    qbg__csv_end(&csv);
    qbg__blob_end(&text);
}

static void a_million_lone_quotes_are_read_in_linear_time(void **state) {
    (void)state;
    assert_counts("\"\n", 1000001, 500000, 1);
    assert_counts("\"x\n", 1000001, 0, 500001);
    assert_counts("a,\"x\n", 1000001, 0, 500001);
    assert_counts("\"\"\"\n", 1000001, 500000, 1);
    assert_counts("\"x\"\"\n", 1000001, 0, 500001);
    assert_counts("\"\",\"\"\"\"\n", 1000001, 1000001, 0);
}

static void names_each_fault(void **state) {
    (void)state;
    for (int32_t a = QBG__CSV_FINE; a <= QBG__CSV_BARE_QUOTE + 1; a++)
        for (int32_t b = QBG__CSV_FINE; b < a; b++)
            assert_string_not_equal(qbg__csv_fault_text(a), qbg__csv_fault_text(b));
    assert_non_null(qbg__csv_fault_text(-1));
}

static char separator_of(const char *text) { return qbg__csv_separator(text, strlen(text)); }

static void finds_the_separator(void **state) {
    (void)state;
    assert_int_equal(separator_of(""), ',');
    assert_int_equal(separator_of("a"), ',');
    assert_int_equal(separator_of("a,b;c\td"), ',');
    assert_int_equal(separator_of("a;b;c,d"), ',');
    assert_int_equal(separator_of("a;b\n1,2"), ';');
    assert_int_equal(separator_of("a;b\tc\r1,2"), ';');
    assert_int_equal(separator_of("a\tb\r\n1,2"), '\t');
    assert_int_equal(separator_of("\"a,b\";c\n"), ';');
    assert_int_equal(separator_of("\"a\n,b\"\tc\n1,2"), '\t');
    assert_int_equal(separator_of("\"a;b\"\n1;2"), ',');
    assert_int_equal(separator_of(BOM "a;b"), ';');
    assert_int_equal(separator_of("\n \t \n\na;b\n"), ';');
    assert_int_equal(separator_of("\t\na b\n1\t2"), ',');
    assert_int_equal(separator_of("\t\t\n"), ',');
    assert_reads("a;b\n1,5;\"2;\"\n", "1@1[a][b]\n2@2[1,5][\"2;\"]\n");
    assert_reads("a\tb\n\t\n1\t\n", "1@1[a][b]\n2@2[][]\n3@3[1][]\n");
    assert_spells("a;b,c\n", 6, ';', "1@1[a][b,c]\n");
    assert_spells("a;b\n", 4, ',', "1@1[a;b]\n");
}

/* However early memory ends, nothing leaks, and the reader says why it stops. */
static void stops_when_memory_is_out(void **state) {
    (void)state;
    static const char text[] = "a,b,c,d,e,f,g,h\n\"1\"\"\",2\n\"a longer \"\" cell\",3,4,5\n";
    int rows = 0;
    for (long allowed = 0; rows < 3; allowed++) {
        host self;
        qbg__mem mem = mem_of(&self);
        qbg__csv csv;
        self.allowed = allowed;
        qbg__csv_begin(&csv, &mem, text, sizeof text - 1, 0);
        for (rows = 0; qbg__csv_next_row(&csv);) rows++;
        assert_int_equal(csv.status, rows < 3 ? QBG_E_MEMORY : QBG_OK);
        assert_int_equal(csv.cell_count, 0);
        assert_int_equal(qbg__csv_next_row(&csv), 0);
        qbg__csv_end(&csv);
        assert_int_equal(self.bytes, 0);
        assert_true(allowed < 20);
    }
}

/* ---- writing ------------------------------------------------------------------------------ */

static void assert_writes(const char *text, const char *expected) {
    host self;
    qbg__mem mem = mem_of(&self);
    qbg_blob out;
    qbg__blob_begin(&out, &mem);
    qbg__csv_write_text(&out, text);
    assert_string_equal(qbg_blob_data(&out), expected);
    qbg__blob_end(&out);
}

static void quotes_only_when_needed(void **state) {
    (void)state;
    assert_writes("", "");
    assert_writes("plain text", "plain text");
    assert_writes("Красная ромашка", "Красная ромашка");
    assert_writes("a;b", "a;b");
    assert_writes("a\tb", "a\tb");
    assert_writes("a,b", "\"a,b\"");
    assert_writes("a\nb", "\"a\nb\"");
    assert_writes("a\r", "\"a\r\"");
    assert_writes(" a", "\" a\"");
    assert_writes("a\t", "\"a\t\"");
    assert_writes("say \"hi\"", "\"say \"\"hi\"\"\"");
    assert_writes("\"", "\"\"\"\"");
    assert_writes("\"\"x", "\"\"\"\"\"x\"");
    assert_writes("\xEF\xBB\xBFx", "\"\xEF\xBB\xBFx\"");
}

/* The address checker sees a look behind the last byte. */
static void writes_cells_without_a_nul(void **state) {
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg_blob out;
    char *exact = malloc(3);
    assert_non_null(exact);
    memcpy(exact, "abc", 3);
    qbg__blob_begin(&out, &mem);
    qbg__csv_write_cell(&out, exact, 3);
    exact[1] = ',';
    qbg__csv_write_cell(&out, exact, 3);
    assert_string_equal(qbg_blob_data(&out), "abc\"a,c\"");
    qbg__blob_end(&out);
    free(exact);
}

static void writes_rows(void **state) {
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg_blob out;
    const char *const header[] = {"account", "name, long"};
    const char *const lone[] = {""};
    const char *const empty[] = {"", ""};
    qbg__blob_begin(&out, &mem);
    qbg__csv_write_row(&out, lone, 1);
    qbg__csv_write_row(&out, header, 2);
    qbg__csv_write_row(&out, lone, 1);
    qbg__csv_write_row(&out, empty, 2);
    qbg__csv_write_cell(&out, "a\nb", 2);
    qbg__csv_write_comma(&out);
    qbg__csv_write_text(&out, "\n");
    qbg__csv_write_line_end(&out);
    assert_string_equal(qbg_blob_data(&out),
                        "\"\"\naccount,\"name, long\"\n\"\"\n,\n\"a\n\",\"\n\"\n");
    qbg__blob_end(&out);
}

enum { ROWS = 12, CELLS = 6, BYTES = 9 };

typedef struct sheet {
    uint32_t row_count;
    uint32_t cell_count[ROWS];
    size_t size[ROWS][CELLS];
    char bytes[ROWS][CELLS][BYTES];
} sheet;

static void fill(sheet *made, uint64_t *seed) {
    static const char alphabet[] = "\"\"\n\r, \t;ab\0\xEF\xBB\xBF\xD0";
    made->row_count = (uint32_t)(next_random(seed) % ROWS) + 1;
    for (uint32_t i = 0; i < made->row_count; i++) {
        made->cell_count[i] = (uint32_t)(next_random(seed) % CELLS) + 1;
        for (uint32_t j = 0; j < made->cell_count[i]; j++) {
            made->size[i][j] = next_random(seed) % (BYTES + 1);
            for (size_t k = 0; k < made->size[i][j]; k++)
                made->bytes[i][j][k] = alphabet[next_random(seed) % (sizeof alphabet - 1)];
        }
    }
}

static void write_sheet(const sheet *made, qbg_blob *out) {
    for (uint32_t i = 0; i < made->row_count; i++) {
        for (uint32_t j = 0; j < made->cell_count[i]; j++) {
            if (j > 0) qbg__csv_write_comma(out);
            qbg__csv_write_cell(out, made->bytes[i][j], made->size[i][j]);
        }
        qbg__csv_write_line_end(out);
    }
}

static void assert_same(const sheet *made, qbg__csv *csv) {
    for (uint32_t i = 0; i < made->row_count; i++) {
        assert_int_equal(qbg__csv_next_row(csv), 1);
        assert_int_equal(csv->fault, QBG__CSV_FINE);
        assert_int_equal(csv->row, i + 1);
        assert_int_equal(csv->cell_count, made->cell_count[i]);
        for (uint32_t j = 0; j < made->cell_count[i]; j++) {
            assert_int_equal(csv->cells[j].size, made->size[i][j]);
            assert_memory_equal(csv->cells[j].bytes, made->bytes[i][j], made->size[i][j]);
        }
    }
    assert_int_equal(qbg__csv_next_row(csv), 0);
    assert_int_equal(csv->status, QBG_OK);
}

static void reads_back_what_it_wrote(void **state) {
    (void)state;
    static sheet made;
    uint64_t seed = 20251119;
    host self;
    qbg__mem mem = mem_of(&self);
    qbg_blob out;
    qbg__blob_begin(&out, &mem);
    for (unsigned i = 0; i < rounds(20000); i++) {
        qbg__csv csv;
        fill(&made, &seed);
        qbg__blob_clear(&out);
        write_sheet(&made, &out);
        qbg__csv_begin(&csv, &mem, qbg_blob_data(&out), qbg_blob_size(&out), ',');
        assert_same(&made, &csv);
        qbg__csv_end(&csv);
    }
    qbg__blob_end(&out);
    assert_int_equal(self.bytes, 0);
}

/* ---- counting and going on ------------------------------------------------------------------- */

/* Reads all rows, each with a reader of its own that goes on where the last one stood. */
static void assert_goes_on(const qbg__mem *mem, const char *bytes, size_t size) {
    qbg__csv csv, count, next;
    qbg__csv_begin(&csv, mem, bytes, size, 0);
    qbg__csv_begin(&count, mem, bytes, size, 0);
    for (int is_row = 1; is_row;) {
        qbg__csv_begin(&next, mem, bytes, size, 0);
        qbg__csv_seek(&next, qbg__csv_tell(&csv));
        is_row = qbg__csv_next_row(&csv);
        assert_int_equal(qbg__csv_next_row(&next), is_row);
        assert_int_equal(qbg__csv_skip_row(&count), is_row);
        assert_int_equal(next.row, csv.row);
        assert_int_equal(count.row, csv.row);
        if (is_row) assert_int_equal(next.line, csv.line);
        assert_int_equal(next.fault, csv.fault);
        assert_int_equal(next.cell_count, csv.cell_count);
        for (uint32_t i = 0; i < csv.cell_count; i++) {
            assert_int_equal(next.cells[i].size, csv.cells[i].size);
            assert_memory_equal(next.cells[i].bytes, csv.cells[i].bytes, csv.cells[i].size);
        }
        qbg__csv_end(&next);
    }
    assert_true(qbg__csv_is_at_end(&csv) && qbg__csv_is_at_end(&count));
    assert_int_equal(count.mem.bytes, 0);
    qbg__csv_end(&csv);
    qbg__csv_end(&count);
}

static void goes_on_where_another_one_stood(void **state) {
    static const char *const tables[] = {
        "",
        "\n\n",
        "a",
        "a;b\n1;2\n",
        BOM "a,b\r\n\r\n1,\"x\r\ny\"\r\n  \r2,3\r\n",
        "a\tb\n1,2\t3\n",
        "a,b\n\"open,1\n2,\"\"\n3,\"4\"x\n5,6\n",
        "a,b\n\n\n",
    };
    (void)state;
    host self;
    qbg__mem mem = mem_of(&self);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        assert_goes_on(&mem, tables[i], strlen(tables[i]));
    static sheet made;
    uint64_t seed = 20251120;
    qbg_blob out;
    qbg__blob_begin(&out, &mem);
    for (unsigned i = 0; i < rounds(1000); i++) {
        fill(&made, &seed);
        qbg__blob_clear(&out);
        write_sheet(&made, &out);
        assert_goes_on(&mem, qbg_blob_data(&out), qbg_blob_size(&out));
        size_t half = qbg_blob_size(&out) / 2; /* often within quotes */
        assert_goes_on(&mem, qbg_blob_data(&out), half);
    }
    qbg__blob_end(&out);
    assert_int_equal(self.bytes, 0);
}

/* ---- plain rows ----------------------------------------------------------------------------- */

#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789"

/* What plain_row reads of the first row of `text`, with enough behind it; "-": nothing. */
static void assert_plain(const char *text, uint32_t count, const char *expected) {
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    qbg__span cells[8];
    char all[512], got[256] = "-";
    sprintf(all, "%s%s\n%s\n", text, LONG, LONG);
    qbg__csv_begin(&csv, &mem, all, strlen(all), ',');
    const char *start = csv.at;
    if (qbg__csv_plain_row(&csv, count, cells)) {
        got[0] = '\0';
        for (uint32_t i = 0; i < count; i++)
            sprintf(got + strlen(got), "[%.*s]", (int)cells[i].size, cells[i].bytes);
        assert_int_equal(csv.row, 1);
        assert_int_equal(csv.next_line, 2);
        assert_true(qbg__csv_next_row(&csv));
        assert_int_equal(csv.cell_count, 1);
        assert_int_equal(csv.cells[0].size, strlen(LONG));
    } else {
        assert_ptr_equal(csv.at, start);
        assert_int_equal(csv.row, 0);
    }
    assert_string_equal(got, expected);
    qbg__csv_end(&csv);
}

static void reads_plain_rows(void **state) {
    (void)state;
    assert_plain("a,b\n", 2, "[a][b]");
    assert_plain("a,b\r\n", 2, "[a][b]");
    assert_plain(",\n", 2, "[][]");
    assert_plain("a\n", 1, "[a]");
    assert_plain("a,,b ,\n", 4, "[a][][b ][]");
    assert_plain(LONG "," LONG "\r\n", 2, "[" LONG "][" LONG "]");
}

static void leaves_all_other_rows(void **state) {
    (void)state;
    static const char *const rows[] = {"a\n",      "a,b,c\n", "\"a\",b\n", "a,\"b\"\n",
                                       "a\"b,c\n", " a,b\n",  "a,\tb\n",   "\n",
                                       "  \n",     "a,b\r",   "\r\na,b\n", "a\rb,c\n"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) assert_plain(rows[i], 2, "-");
    assert_plain("\n", 1, "-");
    host self;
    qbg__mem mem = mem_of(&self);
    qbg__csv csv;
    qbg__span cells[2];
    qbg__csv_begin(&csv, &mem, "a,b\n", 4, 0); /* too near the end */
    assert_false(qbg__csv_plain_row(&csv, 2, cells));
    assert_true(qbg__csv_next_row(&csv));
    assert_false(qbg__csv_plain_row(&csv, 2, cells));
    qbg__csv_end(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows_and_cells),
        cmocka_unit_test(reports_nul_bytes_as_they_are),
        cmocka_unit_test(reads_every_line_end),
        cmocka_unit_test(skips_blank_lines_but_counts_them),
        cmocka_unit_test(reads_quoted_cells),
        cmocka_unit_test(lends_what_needs_no_copy),
        cmocka_unit_test(skips_a_bom),
        cmocka_unit_test(tells_each_fault_and_reads_on),
        cmocka_unit_test(a_quote_that_never_closes_takes_its_line_alone),
        cmocka_unit_test(tells_where_a_row_ends),
        cmocka_unit_test(a_million_lone_quotes_are_read_in_linear_time),
        cmocka_unit_test(names_each_fault),
        cmocka_unit_test(finds_the_separator),
        cmocka_unit_test(stops_when_memory_is_out),
        cmocka_unit_test(quotes_only_when_needed),
        cmocka_unit_test(writes_cells_without_a_nul),
        cmocka_unit_test(writes_rows),
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(goes_on_where_another_one_stood),
        cmocka_unit_test(reads_plain_rows),
        cmocka_unit_test(leaves_all_other_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
