/* changes: what changed in a book between two days, for people a line each. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

/* A row of the feed. */
struct line {
    FILE *file;
    const qbg_workspace *workspace;
    const qbg_table *table;
    int64_t row;
};

static const char *cell(const struct line *line, const char *column, int64_t *out_size) {
    return qbg_table_text_at(line->table, qbg_table_column_find(line->table, column), line->row,
                             out_size);
}

static int64_t number(const struct line *line, const char *column) {
    return qbg_table_int64_at(line->table, qbg_table_column_find(line->table, column), line->row);
}

static int is(const struct line *line, const char *column, const char *word) {
    int64_t size;
    const char *text = cell(line, column, &size);
    return strlen(word) == (size_t)size && memcmp(text, word, (size_t)size) == 0;
}

static void put_cell(const struct line *line, const char *column) {
    int64_t size;
    const char *text = cell(line, column, &size);
    put_plainly(line->file, text, size);
}

/* A word of one of the library's vocabularies, as people read it. */
static void put_word(const struct line *line, const char *column, int32_t vocabulary) {
    for (int32_t i = 0; i < qbg_word_count(vocabulary); i++)
        if (is(line, column, qbg_word_key(vocabulary, i)))
            fputs(qbg_word_label(vocabulary, i, "en"), line->file);
}

static void put_role(const struct line *line) {
    for (uint32_t i = 0; i < qbg_role_count(line->workspace); i++) {
        const qbg_role *role = qbg_role_at(line->workspace, i);
        if (!is(line, "role", qbg_role_key(role))) continue;
        const char *label = qbg_role_label(role, "en");
        put_plainly(line->file, label, (int64_t)strlen(label));
    }
}

static void put_date(FILE *file, int64_t time_s) {
    int32_t year = 0, month = 0, day = 0;
    qbg_time_to_civil(time_s, &year, &month, &day, NULL, NULL, NULL);
    fprintf(file, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* Why: the signals, or that there were none. */
static void put_cause(const struct line *line) {
    int64_t count = number(line, "signal_count"), size;
    cell(line, "signals", &size);
    fputs(": ", line->file);
    if (count == 0) put_word(line, "because", QBG_WORDS_CAUSE);
    if (count == 0 && size > 0) fputs(", the last signal ", line->file);
    put_cell(line, "signals");
    if (count > 10) fprintf(line->file, " and %" PRId64 " more before", count - 10);
}

/* The opportunity; of a group that forms, the account and what it is about. */
static void put_subject(const struct line *line) {
    int64_t size;
    if (!is(line, "change", "forming")) {
        put_cell(line, "opportunity");
        return;
    }
    put_cell(line, "account");
    cell(line, "solution", &size);
    if (size > 0) fputc('/', line->file);
    put_cell(line, "solution");
}

/* "2025-11-10  daisy-hr  olga became engaged: 2025-11-10T00:00:00Z pricing_view" */
static void put_line(const struct line *line) {
    int64_t size;
    cell(line, "contact", &size);
    put_date(line->file, number(line, "time"));
    fputs("  ", line->file);
    put_subject(line);
    fputs("  ", line->file);
    if (!is(line, "role", "")) {
        put_role(line);
        fputs(is(line, "change", "role_covered") ? " covered" : " lost", line->file);
        if (size > 0) fputs(" by ", line->file);
        put_cell(line, "contact");
    } else {
        put_cell(line, "contact");
        if (size > 0) fputc(' ', line->file);
        put_word(line, "change", QBG_WORDS_CHANGE);
    }
    put_cause(line);
    fputc('\n', line->file);
}

static int put_lines(const struct options *options, const struct book *book,
                     const qbg_table *table) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    struct line line = {page.file, book->workspace, table, 0};
    for (; line.row < qbg_table_row_count(table); line.row++) put_line(&line);
    if (line.row == 0) fputs("nothing changed\n", page.file);
    return page_put(&page, options);
}

static int put_changes(const struct options *options, const struct book *book,
                       const qbg_table *table, int32_t format) {
    qbg_blob *blob = NULL;
    if (format == QBG_FORMAT_TEXT) return put_lines(options, book, table);
    qbg_status status = qbg_report_table(table, format, &blob);
    return put_blob(options, status, blob);
}

int run_changes(const struct options *options) {
    int64_t from_s, to_s;
    int32_t format;
    struct book book;
    qbg_baseline *baseline = NULL;
    qbg_table *table = NULL;
    int code = options_period(options, &from_s, &to_s);
    if (code == CLI_FINE) code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    code = baseline_of(options, book.workspace, to_s, &baseline);
    if (code == CLI_FINE) {
        qbg_status status = qbg_feed(book.workspace, from_s, to_s, baseline, &table);
        code = status == QBG_OK ? put_changes(options, &book, table, format)
                                : failed("changes", status);
    }
    qbg_baseline_free(baseline);
    qbg_table_free(table);
    book_free(&book);
    return code;
}
