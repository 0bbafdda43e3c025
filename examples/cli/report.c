/* report: the commands that ask the library a question about a book as of an instant. */
#include "cli.h"

#include <string.h>

#define NAMED 8 /* opportunities that are told to somebody who mistyped one */

struct question {
    int64_t as_of_s;
    int32_t format;
    const char *lang;
    struct book book;
};

/* What was typed is looked at before the book is read, which may take a while. */
static int ask(const struct options *options, struct question *out) {
    int code = options_as_of(options, &out->as_of_s);
    if (code == CLI_FINE) code = options_format(options, &out->format);
    if (code == CLI_FINE) code = options_lang(options, &out->lang);
    if (code == CLI_FINE) code = book_read_and_tell(options, &out->book);
    return code;
}

int run_report(const struct options *options) {
    struct question question;
    int code = ask(options, &question);
    if (code != CLI_FINE) return code;
    qbg_blob *blob = NULL;
    qbg_status status =
        qbg_report_board(question.book.workspace, question.as_of_s,
                         options->value[OPTION_ALL] ? 1 : 0, question.format, question.lang, &blob);
    code = put_blob(options, status, blob);
    book_free(&question.book);
    return code;
}

int run_tracking(const struct options *options) {
    struct question question;
    int code = ask(options, &question);
    if (code != CLI_FINE) return code;
    qbg_blob *blob = NULL;
    qbg_status status = qbg_report_tracking(question.book.workspace, question.as_of_s,
                                            question.format, question.lang, &blob);
    code = put_blob(options, status, blob);
    book_free(&question.book);
    return code;
}

static int no_such_opportunity(const qbg_workspace *workspace, const char *key) {
    uint32_t count = qbg_opportunity_count(workspace);
    if (count == 0) {
        complain("the book has no opportunities, so it has no %s either", key);
        return CLI_USAGE;
    }
    fprintf(stderr, "qbg: the book has no opportunity %s; it has: ", key);
    for (uint32_t i = 0; i < count && i < NAMED; i++) {
        const char *known = qbg_opportunity_key(qbg_opportunity_at(workspace, i));
        fputs(i ? ", " : "", stderr);
        say_plainly(known, (int64_t)strlen(known));
    }
    fputs(count > NAMED ? " ... (`qbg report BOOK --as-of D --all` lists them)\n" : "\n", stderr);
    return CLI_USAGE;
}

int run_explain(const struct options *options) {
    struct question question;
    int code = ask(options, &question);
    if (code != CLI_FINE) return code;
    const qbg_workspace *workspace = question.book.workspace;
    const qbg_opportunity *opportunity = qbg_opportunity_find(workspace, options->words[2]);
    if (!opportunity) {
        code = no_such_opportunity(workspace, options->words[2]);
    } else {
        qbg_blob *blob = NULL;
        qbg_status status = qbg_report_explain(opportunity, question.as_of_s, &blob);
        code = put_blob(options, status, blob);
    }
    book_free(&question.book);
    return code;
}
