/* match: the accounts of people who have none, as far as mail domains and names tell. */
#include "cli.h"

#include <string.h>

static int say_none(const struct options *options) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    fputs("no account is found for anybody of ", page.file);
    put_plainly(page.file, options->words[1], (int64_t)strlen(options->words[1]));
    fputs(" who has none\n", page.file);
    return page_put(&page, options);
}

static int put_table(const struct options *options, const qbg_table *table, int32_t format) {
    qbg_blob *blob = NULL;
    if (format == QBG_FORMAT_TEXT && qbg_table_row_count(table) == 0) return say_none(options);
    qbg_status status = qbg_report_table(table, format, &blob);
    return put_blob(options, status, blob);
}

int run_match(const struct options *options) {
    int32_t format;
    struct book book;
    qbg_table *table = NULL;
    int code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    qbg_status status = qbg_matches(book.workspace, &table);
    code = status == QBG_OK ? put_table(options, table, format) : failed("match", status);
    qbg_table_free(table);
    book_free(&book);
    return code;
}
