/* duplicates: pairs of rows that may be one company or one person, for somebody to decide. */
#include "cli.h"

#include <string.h>

static int say_none(const struct options *options) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    fputs("no two companies and no two people of ", page.file);
    put_plainly(page.file, options->words[1], (int64_t)strlen(options->words[1]));
    fputs(" look like one\n", page.file);
    return page_put(&page, options);
}

static int put_table(const struct options *options, const qbg_table *table, int32_t format) {
    qbg_blob *blob = NULL;
    if (format == QBG_FORMAT_TEXT && qbg_table_row_count(table) == 0) return say_none(options);
    qbg_status status = qbg_report_table(table, format, &blob);
    return put_blob(options, status, blob);
}

int run_duplicates(const struct options *options) {
    int32_t format;
    struct book book;
    qbg_table *table = NULL;
    int code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    qbg_status status = qbg_duplicates(book.workspace, &table);
    code = status == QBG_OK ? put_table(options, table, format) : failed("duplicates", status);
    qbg_table_free(table);
    book_free(&book);
    return code;
}
