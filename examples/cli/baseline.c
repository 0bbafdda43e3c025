/* baseline: what is usual in a book, as figures in a file, or counted on the spot. */
#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S INT64_C(86400)

static int64_t days_of(qbg_workspace *workspace, const char *key) {
    const qbg_policy *policy = qbg_workspace_policy(workspace);
    return qbg_policy_value_milli(policy, qbg_policy_find(policy, key)) / 1000;
}

/* The history that tells what is usual for the window of that instant: it is over a window's length
 * before that begins; as much of it as there can be
 * since 1970. 0: there is none. */
static int find_period(qbg_workspace *workspace, int64_t as_of_s, int64_t *from_s, int64_t *to_s) {
    *to_s = as_of_s + 1 - 2 * days_of(workspace, "formation_window_days") * DAY_S;
    *from_s = *to_s - days_of(workspace, "formation_history_days") * DAY_S;
    if (*from_s < 0) *from_s = 0;
    return *from_s < *to_s;
}

static int fit(qbg_workspace *workspace, int64_t as_of_s, qbg_baseline *baseline) {
    int64_t from_s, to_s;
    if (!find_period(workspace, as_of_s, &from_s, &to_s)) return CLI_FINE;
    qbg_status status = qbg_baseline_add(baseline, workspace, from_s, to_s);
    return status == QBG_OK ? CLI_FINE : failed("detect", status);
}

/* "contacts.0,1234" */
static int take_line(qbg_baseline *baseline, const char *path, char *line, int number) {
    line[strcspn(line, "\r\n")] = '\0';
    char *comma = strchr(line, ','), *end = NULL;
    if (number == 1 && strcmp(line, "figure,value") == 0) return CLI_FINE;
    if (*line == '\0') return CLI_FINE;
    errno = 0;
    long long value = comma ? strtoll(comma + 1, &end, 10) : 0;
    if (number == 1 || !comma || end == comma + 1 || *end != '\0' || errno != 0) {
        complain("%s, line %d: %s: a file of figures begins with figure,value, and so does each "
                 "line; `qbg baseline` writes one",
                 path, number, line);
        return CLI_USAGE;
    }
    *comma = '\0';
    qbg_status status = qbg_baseline_set_figure(baseline, line, value);
    if (status == QBG_OK) return CLI_FINE;
    complain("%s, line %d: %s %s", path, number, line,
             status == QBG_E_RANGE ? "is out of range" : "is no figure of a baseline");
    return CLI_USAGE;
}

static int read_figures(const char *path, qbg_baseline *baseline) {
    char line[256];
    int code = CLI_FINE, number = 0;
    FILE *file = fopen(path, "rb");
    if (!file) return file_failed("open", path, errno);
    while (code == CLI_FINE && fgets(line, sizeof line, file))
        code = take_line(baseline, path, line, ++number);
    if (code == CLI_FINE && ferror(file)) code = file_failed("read", path, errno);
    if (code == CLI_FINE && number == 0) {
        complain("%s is empty: a file of figures begins with figure,value", path);
        code = CLI_USAGE;
    }
    fclose(file);
    return code;
}

static int put_figures(const struct options *options, const qbg_baseline *baseline) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    fputs("figure,value\n", page.file);
    for (int32_t i = 0; i < qbg_baseline_figure_count(); i++)
        if (qbg_baseline_figure(baseline, i) != 0)
            fprintf(page.file, "%s,%" PRId64 "\n", qbg_baseline_figure_key(i),
                    qbg_baseline_figure(baseline, i));
    return page_put(&page, options);
}

int baseline_of(const struct options *options, qbg_workspace *workspace, int64_t as_of_s,
                qbg_baseline **out_baseline) {
    const char *figures = options->value[OPTION_BASELINE];
    qbg_status status = qbg_baseline_new(memory(), out_baseline);
    if (status != QBG_OK) return failed(options->words[0], status);
    return figures ? read_figures(figures, *out_baseline) : fit(workspace, as_of_s, *out_baseline);
}

int run_baseline(const struct options *options) {
    int64_t as_of_s;
    struct book book;
    qbg_baseline *baseline = NULL;
    int code = options_as_of(options, &as_of_s);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    code = baseline_of(options, book.workspace, as_of_s, &baseline);
    if (code == CLI_FINE) code = put_figures(options, baseline);
    qbg_baseline_free(baseline);
    book_free(&book);
    return code;
}
