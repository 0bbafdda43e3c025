/* policy: every threshold and weight of a book, or without one the library's own. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

#define CELLS     6 /* the columns before the label, which needs no padding */
#define CELL_SIZE 160

struct line {
    char cell[CELLS][CELL_SIZE];
};

/* Characters, not bytes: a host's kinds may have keys in any script. */
static int width(const char *text) {
    int count = 0;
    for (; *text; text++) count += (*text & 0xc0) != 0x80;
    return count;
}

/* 2500 thousandths are "2.5"; a mode is its word. */
static void write_value(char *out, int64_t milli, const char *unit) {
    if (strcmp(unit, "mode") == 0) {
        snprintf(out, CELL_SIZE, "%s", qbg_word_key(QBG_WORDS_MODE, (int32_t)(milli / 1000)));
        return;
    }
    uint64_t size = milli < 0 ? (uint64_t)-milli : (uint64_t)milli;
    int length = snprintf(out, CELL_SIZE, "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "",
                          size / 1000, size % 1000);
    while (out[length - 1] == '0') out[--length] = '\0';
    if (out[length - 1] == '.') out[--length] = '\0';
}

static void make_line(struct line *out, const qbg_policy *policy, int32_t parameter) {
    const char *unit = qbg_policy_unit(policy, parameter);
    snprintf(out->cell[0], CELL_SIZE, "%s", qbg_policy_key(policy, parameter));
    write_value(out->cell[1], qbg_policy_value_milli(policy, parameter), unit);
    write_value(out->cell[2], qbg_policy_default_milli(policy, parameter), unit);
    write_value(out->cell[3], qbg_policy_min_milli(policy, parameter), unit);
    write_value(out->cell[4], qbg_policy_max_milli(policy, parameter), unit);
    snprintf(out->cell[5], CELL_SIZE, "%s", unit);
}

/* A book's own kinds have keys and names of its own. */
static void print_line(FILE *file, const struct line *line, const int *widths, const char *label) {
    for (int i = 0; i < CELLS; i++) {
        put_plainly(file, line->cell[i], (int64_t)strlen(line->cell[i]));
        fprintf(file, "%*s", widths[i] - width(line->cell[i]) + 2, "");
    }
    put_plainly(file, label, (int64_t)strlen(label));
    fputc('\n', file);
}

static void print_policy(FILE *file, const qbg_policy *policy, const char *lang) {
    struct line line = {{"parameter", "value", "default", "min", "max", "unit"}}, other;
    int widths[CELLS];
    for (int i = 0; i < CELLS; i++) widths[i] = width(line.cell[i]);
    for (int32_t parameter = 0; parameter < qbg_policy_count(policy); parameter++) {
        make_line(&other, policy, parameter);
        for (int i = 0; i < CELLS; i++)
            if (width(other.cell[i]) > widths[i]) widths[i] = width(other.cell[i]);
    }
    print_line(file, &line, widths, "label");
    for (int32_t parameter = 0; parameter < qbg_policy_count(policy); parameter++) {
        make_line(&line, policy, parameter);
        print_line(file, &line, widths, qbg_policy_label(policy, parameter, lang));
    }
}

static int open_workspace(const struct options *options, struct book *out) {
    if (options->word_count > 1) return book_read_and_tell(options, out);
    memset(out, 0, sizeof *out);
    qbg_status status = qbg_workspace_new(NULL, &out->workspace);
    return status == QBG_OK ? CLI_FINE : failed("policy", status);
}

int run_policy(const struct options *options) {
    const char *lang;
    struct book book;
    struct page page;
    int code = options_lang(options, &lang);
    if (code == CLI_FINE) code = open_workspace(options, &book);
    if (code != CLI_FINE) return code;
    code = page_open(&page);
    if (code == CLI_FINE) {
        print_policy(page.file, qbg_workspace_policy(book.workspace), lang);
        code = page_put(&page, options);
    }
    book_free(&book);
    return code;
}
