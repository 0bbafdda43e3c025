/* report: the commands that ask the library a question about a book as of an instant. */
#include "cli.h"

#include <string.h>

#define NAMED        8          /* opportunities that are told at most */
#define SIGNALS_MOST (1L << 19) /* see qbg_assess */

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

/* 1 when the group cannot be assessed for its many signals. */
static int is_too_large(const qbg_opportunity *opportunity, int64_t as_of_s) {
    qbg_assessment *assessment = NULL;
    qbg_status status = qbg_assess(opportunity, as_of_s, &assessment);
    qbg_assessment_free(assessment);
    return status == QBG_E_RANGE;
}

/* Says which groups have a person with too many signals, or that the only one asked about has; 0
 * when there is none. */
static int say_too_large(const struct question *question, const qbg_opportunity *only) {
    const qbg_workspace *workspace = question->book.workspace;
    uint32_t found = 0;
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (only && opportunity != only) continue;
        if (!is_too_large(opportunity, question->as_of_s)) continue;
        if (found++ >= NAMED) continue;
        say("%s%s", found > 1 ? ", " : "qbg: no answer: too many signals on ",
            qbg_opportunity_key(opportunity));
    }
    if (found == 0) return 0;
    if (found > NAMED) say(" and %lu more", (unsigned long)(found - NAMED));
    say(": up to %ld of one person (or visitor, or of third parties together) can be added up "
        "exactly on an opportunity; leave out the oldest, which are worth the least",
        SIGNALS_MOST);
    fputc('\n', stderr);
    return 1;
}

/* Writes the answer, or says why there is none. The instant is known to be a good one, so what is
 * out of range then can only be the number of somebody's signals. */
static int put_answer(const struct options *options, const struct question *question,
                      const qbg_opportunity *only, qbg_status status, qbg_blob *blob) {
    if (status == QBG_E_RANGE && say_too_large(question, only)) return CLI_USAGE;
    return put_blob(options, status, blob);
}

int run_report(const struct options *options) {
    struct question question;
    int code = ask(options, &question);
    if (code != CLI_FINE) return code;
    qbg_blob *blob = NULL;
    qbg_status status =
        qbg_report_board(question.book.workspace, question.as_of_s,
                         options->value[OPTION_ALL] ? 1 : 0, question.format, question.lang, &blob);
    code = put_answer(options, &question, NULL, status, blob);
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
    code = put_answer(options, &question, NULL, status, blob);
    book_free(&question.book);
    return code;
}

static int no_such_opportunity(const qbg_workspace *workspace, const char *key) {
    uint32_t count = qbg_opportunity_count(workspace);
    if (count == 0) {
        complain("the book has no opportunities, so it has no %s either", key);
        return CLI_USAGE;
    }
    say("qbg: the book has no opportunity %s; it has: ", key);
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
        qbg_status status = qbg_report_explain(opportunity, question.as_of_s, question.lang, &blob);
        code = put_answer(options, &question, opportunity, status, blob);
    }
    book_free(&question.book);
    return code;
}

static int answer_path(const struct options *options, const struct question *question,
                       const qbg_opportunity *opportunity) {
    qbg_path *path = NULL;
    qbg_assessment *group = NULL;
    qbg_status status = qbg_path_find(opportunity, question->as_of_s, &path);
    if (status == QBG_OK) status = qbg_assess(opportunity, question->as_of_s, &group);
    int code = status == QBG_OK
                   ? put_path(options, question->format, question->book.workspace, path, group)
                   : put_answer(options, question, opportunity, status, NULL);
    qbg_assessment_free(group);
    qbg_path_free(path);
    return code;
}

int run_path(const struct options *options) {
    struct question question;
    int code = ask(options, &question);
    if (code != CLI_FINE) return code;
    const qbg_workspace *workspace = question.book.workspace;
    const qbg_opportunity *opportunity = qbg_opportunity_find(workspace, options->words[2]);
    code = opportunity ? answer_path(options, &question, opportunity)
                       : no_such_opportunity(workspace, options->words[2]);
    book_free(&question.book);
    return code;
}
