/* check: what is wrong with a book, as a table that names each row to be mended. */
#include "cli.h"

#include <string.h>

static int say_fine(const struct options *options) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    put_plainly(page.file, options->words[1], (int64_t)strlen(options->words[1]));
    fputs(" is fine: no row is refused, and there are no remarks\n", page.file);
    return page_put(&page, options);
}

int run_check(const struct options *options) {
    int32_t format;
    struct book book;
    int code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read(options, &book);
    if (code != CLI_FINE) return code;
    if (format == QBG_FORMAT_TEXT && book.refused + book.remarks == 0) {
        code = say_fine(options);
    } else {
        qbg_blob *blob = NULL;
        qbg_status status = qbg_report_table(book.refusals, format, &blob);
        code = put_blob(options, status, blob);
    }
    int bad = book.refused > 0 || (options->value[OPTION_STRICT] && book.remarks > 0);
    book_free(&book);
    return code == CLI_FINE && bad ? CLI_NO : code;
}

/* How many rows each table has, and how many of them were loaded. */
int run_tables(const struct options *options) {
    int32_t format;
    struct book book;
    qbg_blob *blob = NULL;
    int code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read(options, &book);
    if (code != CLI_FINE) return code;
    qbg_status status = qbg_report_table(book.tables, format, &blob);
    code = put_blob(options, status, blob);
    book_free(&book);
    return code;
}
