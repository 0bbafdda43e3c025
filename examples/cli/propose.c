/* propose: what should be done about a book, for somebody to decide; a line each. */
#include "cli.h"

#include <string.h>

struct line {
    FILE *file;
    const qbg_workspace *workspace;
    const qbg_table *table;
    int64_t row;
};

static int32_t column(const struct line *line, const char *name) {
    return qbg_table_column_find(line->table, name);
}

static const char *text_of(const struct line *line, const char *name, int64_t *out_size) {
    return qbg_table_text_at(line->table, column(line, name), line->row, out_size);
}

static int is_there(const struct line *line, const char *name) {
    return !qbg_table_is_null(line->table, column(line, name), line->row);
}

static int is(const struct line *line, const char *word) {
    int64_t size;
    const char *text = text_of(line, "proposal", &size);
    return strlen(word) == (size_t)size && memcmp(text, word, (size_t)size) == 0;
}

static void put(const struct line *line, const char *before, const char *name) {
    int64_t size;
    const char *text = text_of(line, name, &size);
    fputs(before, line->file);
    put_plainly(line->file, text, size);
}

static void put_action(const struct line *line) {
    if (is(line, "account")) {
        put(line, "give ", "contact");
        put(line, " the account ", "account");
    } else if (is(line, "open")) {
        put(line, "open ", "opportunity");
    } else if (is(line, "join")) {
        put(line, "add ", "contact");
        put(line, " to ", "opportunity");
    } else if (is(line, "role")) {
        put(line, "make ", "contact");
        put(line, " the ", "role");
        put(line, " of ", "opportunity");
    } else {
        put(line, "look for more people at ", "account");
        if (is_there(line, "contact")) put(line, " around ", "contact");
    }
}

static void put_line(const struct line *line) {
    double confidence = qbg_table_double_at(line->table, column(line, "confidence"), line->row);
    fprintf(line->file, "%.3f  ", confidence);
    put_action(line);
    put(line, ": ", "because");
    fputc('\n', line->file);
}

static int put_lines(const struct options *options, const struct book *book,
                     const qbg_table *table) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    struct line line = {page.file, book->workspace, table, 0};
    for (; line.row < qbg_table_row_count(table); line.row++) put_line(&line);
    if (line.row == 0) fputs("nothing is proposed\n", page.file);
    return page_put(&page, options);
}

static int put_table(const struct options *options, const struct book *book, const qbg_table *table,
                     int32_t format) {
    qbg_blob *blob = NULL;
    if (format == QBG_FORMAT_TEXT) return put_lines(options, book, table);
    qbg_status status = qbg_report_table(table, format, &blob);
    return put_blob(options, status, blob);
}

int run_propose(const struct options *options) {
    int64_t as_of_s;
    int32_t format;
    struct book book;
    qbg_baseline *baseline = NULL;
    qbg_table *table = NULL;
    int code = options_as_of(options, &as_of_s);
    if (code == CLI_FINE) code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    code = baseline_of(options, book.workspace, as_of_s, &baseline);
    if (code == CLI_FINE) {
        qbg_status status = qbg_proposals(book.workspace, as_of_s, baseline, &table);
        code =
            status == QBG_OK ? put_table(options, &book, table, format) : failed("propose", status);
    }
    qbg_baseline_free(baseline);
    qbg_table_free(table);
    book_free(&book);
    return code;
}
