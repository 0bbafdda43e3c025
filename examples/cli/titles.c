/* titles: what job titles say, as CSV: one row for each that was read, in their order. */
#define _XOPEN_SOURCE 700

#include "cli.h"
#include "rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define SHOWN 5 /* lines told on standard error */

struct input {
    char *bytes; /* with room for one more */
    size_t size;
};

/* ---- The file ---- */

/* Reads a stream to its end. Returns an errno. */
static int read_stream(FILE *file, struct input *out) {
    size_t room = 0;
    for (;;) {
        if (room - out->size < 2) {
            room = room ? 2 * room : 1 << 16;
            char *bytes = realloc(out->bytes, room);
            if (!bytes) return ENOMEM;
            out->bytes = bytes;
        }
        errno = 0;
        size_t size = fread(out->bytes + out->size, 1, room - out->size - 1, file);
        out->size += size;
        if (size == 0) return ferror(file) ? (errno ? errno : EIO) : 0;
    }
}

static int read_input(const char *path, struct input *out) {
    int is_standard = strcmp(path, "-") == 0;
    struct stat known;
    memset(out, 0, sizeof *out);
    if (!is_standard && stat(path, &known) == 0 && S_ISDIR(known.st_mode))
        return file_failed("read", path, EISDIR);
    FILE *file = is_standard ? stdin : fopen(path, "rb");
    if (!file) return file_failed("open", path, errno);
    int error = read_stream(file, out);
    if (!is_standard) fclose(file);
    return error ? file_failed("read", is_standard ? "standard input" : path, error) : CLI_FINE;
}

static int is_utf16(const struct input *in) {
    const unsigned char *at = (const unsigned char *)in->bytes;
    return in->size > 1 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF));
}

/* ---- Which column ---- */

static int is_title_column(const struct cell *cell) {
    static const char *const names[] = {"title",     "job title", "job_title", "jobtitle",
                                        "должность", "Должность", "ДОЛЖНОСТЬ"};
    char *text = cell->text;
    text += strspn(text, " \t");
    size_t size = strlen(text);
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == size && strncasecmp(names[i], text, size) == 0) return 1;
    return 0;
}

struct header {
    int column; /* of the titles, from 0; -1 when there is none */
    int count;
};

/* Reads the first row of a copy, as cells are written over. */
static int read_header(const struct input *in, char separator, struct header *out) {
    struct rows rows;
    struct cell cell;
    *out = (struct header){-1, 0};
    char *copy = malloc(in->size + 1);
    if (!copy) return out_of_memory();
    memcpy(copy, in->bytes, in->size);
    rows_begin(&rows, copy, in->size, separator);
    for (int goes_on = rows_next(&rows); goes_on; out->count++) {
        goes_on = rows_cell(&rows, &cell);
        if (out->column < 0 && is_title_column(&cell)) out->column = out->count;
    }
    free(copy);
    return CLI_FINE;
}

static int is_named_csv(const char *path) {
    size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".csv") == 0;
}

/* ---- The answer ---- */

static void put_cell(FILE *file, const char *text, size_t size) {
    int is_quoted = size == 0 || memchr(text, ',', size) || memchr(text, '"', size) ||
                    memchr(text, '\n', size) || memchr(text, '\r', size) || text[0] == ' ' ||
                    text[size - 1] == ' ';
    if (!is_quoted) {
        fwrite(text, 1, size, file);
        return;
    }
    fputc('"', file);
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"') fputc('"', file);
        fputc(text[i], file);
    }
    fputc('"', file);
}

static void put_word(FILE *file, int32_t vocabulary, int32_t number) {
    const char *key = number == QBG_UNSET ? NULL : qbg_word_key(vocabulary, number);
    fprintf(file, ",%s", key ? key : "unknown");
}

/* The words that decided, as they stand in the title. */
static qbg_status put_because(FILE *file, const char *title) {
    uint32_t starts[QBG_PERSONA_EVIDENCE], sizes[QBG_PERSONA_EVIDENCE], count = 0;
    char *because = NULL;
    size_t size = 0;
    qbg_status status = qbg_persona_evidence(title, QBG_PERSONA_EVIDENCE, starts, sizes, &count);
    FILE *text = status == QBG_OK ? open_memstream(&because, &size) : NULL;
    if (status == QBG_OK && !text) return QBG_E_MEMORY;
    for (uint32_t i = 0; text && i < count; i++) {
        if (i > 0) fputs("; ", text);
        fwrite(title + starts[i], 1, sizes[i], text);
    }
    if (text) fclose(text);
    fputc(',', file);
    if (size > 0) put_cell(file, because, size);
    fputc('\n', file);
    free(because);
    return status;
}

/* One row. QBG_E_TEXT: the title is no UTF-8, and written as unknown. */
static qbg_status put_title(FILE *file, const struct cell *title) {
    int32_t department = QBG_UNSET, seniority = QBG_UNSET;
    double confidence = 0;
    qbg_status status = memchr(title->text, '\0', title->size)
                            ? QBG_E_TEXT
                            : qbg_persona_read(title->text, &department, &seniority, &confidence);
    put_cell(file, title->text, title->size);
    put_word(file, QBG_WORDS_DEPARTMENT, department);
    put_word(file, QBG_WORDS_SENIORITY, seniority);
    fprintf(file, ",%.3g", confidence);
    if (status == QBG_OK) return put_because(file, title->text);
    fputs(",\n", file);
    return status;
}

/* ---- The command ---- */

struct told {
    int64_t count;
};

static void tell(struct told *told, int64_t line, const char *what) {
    if (told->count++ < SHOWN) complain("line %lld: %s", (long long)line, what);
}

/* The cell of a column, "" when the row is shorter. */
static struct cell take_cell(struct rows *rows, int column) {
    static char nothing[1];
    struct cell found = {nothing, 0}, cell;
    int goes_on = 1;
    for (int i = 0; goes_on; i++) {
        goes_on = rows_cell(rows, &cell);
        if (i == column) found = cell;
    }
    return found;
}

static int put_rows(FILE *file, struct rows *rows, const struct header *header, struct told *told) {
    fputs("title,department,seniority,confidence,because\n", file);
    int column = header->column < 0 ? 0 : header->column;
    while (rows_next(rows)) {
        /* A blank line is an empty title where a line is a row, and else no row. */
        int is_blank = *rows->at == '\n' || *rows->at == '\r';
        struct cell title = take_cell(rows, column);
        if (is_blank && header->count > 1) continue;
        if (rows->is_open)
            tell(told, rows->line,
                 "a quote does not close at the end of its cell; the cell is read as it stands");
        qbg_status status = put_title(file, &title);
        if (status == QBG_E_TEXT)
            tell(told, rows->line, "the title is not UTF-8; it is kept, and unknown");
        else if (status != QBG_OK)
            return failed("titles", status);
    }
    return CLI_FINE;
}

static int put_titles(const struct options *options, struct input *in, char separator,
                      const struct header *header) {
    struct rows rows;
    struct page page;
    struct cell skipped;
    struct told told = {0};
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    rows_begin(&rows, in->bytes, in->size, header->count > 1 ? separator : 0);
    rows.has_quotes = header->column >= 0;
    if (header->column >= 0 && rows_next(&rows))
        while (rows_cell(&rows, &skipped)) {}
    code = put_rows(page.file, &rows, header, &told);
    if (told.count > SHOWN) complain("and %lld more lines", (long long)(told.count - SHOWN));
    if (code == CLI_FINE && told.count > 0 && options->value[OPTION_STRICT]) {
        complain("--strict: nothing is answered; mend those lines first");
        code = CLI_NO;
    }
    if (code == CLI_FINE) return page_put(&page, options);
    page_drop(&page);
    return code;
}

/* A file that is named a CSV file but has no such column is not what was meant. */
static int answer(const struct options *options, struct input *in) {
    const char *path = options->words[1];
    struct header header;
    if (is_utf16(in)) {
        complain("%s is UTF-16; save it as UTF-8", path);
        return CLI_USAGE;
    }
    char separator = rows_separator(in->bytes, in->size);
    int code = read_header(in, separator, &header);
    if (code != CLI_FINE) return code;
    if (header.column < 0 && is_named_csv(path) && in->size > 0) {
        complain("%s has no column title; name the column so, or give a file with one title a line",
                 path);
        return CLI_USAGE;
    }
    if (header.column < 0) header.count = 1;
    return put_titles(options, in, separator, &header);
}

int run_titles(const struct options *options) {
    struct input in;
    int code = read_input(options->words[1], &in);
    if (code == CLI_FINE) code = answer(options, &in);
    free(in.bytes);
    return code;
}
