/* book: reads a book into a workspace. The library takes bytes; the files are our part. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONG_LOAD 100000 /* rows; fewer are loaded before anybody wonders */
#define SHOWN     5 /* refusals told on standard error before the rest is left to `qbg check` */

static char piece[262144];

/* Opening a pipe would wait for its writer, and reading a device may never end. */
static int check_file(const char *path, size_t *out_size) {
    struct stat known;
    if (stat(path, &known) != 0) return file_failed("open", path, errno);
    *out_size = known.st_size > 0 ? (size_t)known.st_size : 0;
    if (S_ISREG(known.st_mode)) return CLI_FINE;
    complain("%s is no regular file: a table has to be one", path);
    return CLI_USAGE;
}

/* A status while reading; only memory can run out there, the rest would be our fault. */
int feed_file(qbg_book_reader *reader, const char *name, const char *path) {
    size_t expected = 0;
    int code = check_file(path, &expected);
    if (code != CLI_FINE) return code;
    int file = open(path, O_RDONLY);
    if (file < 0) return file_failed("open", path, errno);
    qbg_status status = qbg_book_reader_expect(reader, name, expected);
    ssize_t size = 1;
    while (status == QBG_OK && size > 0) {
        do size = read(file, piece, sizeof piece);
        while (size < 0 && errno == EINTR);
        if (size > 0) status = qbg_book_reader_feed(reader, name, piece, (size_t)size);
    }
    int error = size < 0 ? errno : 0;
    close(file);
    if (status != QBG_OK) return failed(path, status);
    return error ? file_failed("read", path, error) : CLI_FINE;
}

static void say_ignored(const struct folder *folder) {
    size_t ignored = 0;
    for (size_t i = 0; i < folder->count; i++) {
        if (table_of_file(folder->names[i]) >= 0) continue;
        fputs(ignored++ ? ", " : "qbg: ignored: ", stderr);
        say_plainly(folder->names[i], (int64_t)strlen(folder->names[i]));
    }
    if (ignored == 0) return;
    fputs(ignored == 1 ? " is no table of a book; tables are: "
                       : " are no tables of a book; tables are: ",
          stderr);
    say_tables();
    fputc('\n', stderr);
}

/* Feeds the file of one table, if the folder has it. Two files that differ in the case of letters
 * would run into each other. */
static int feed_table(qbg_book_reader *reader, const char *path, const struct folder *folder,
                      int32_t table, int *tables) {
    const char *name = NULL;
    for (size_t i = 0; i < folder->count; i++) {
        if (table_of_file(folder->names[i]) != table) continue;
        if (name) {
            complain("%s has the table %s twice, as %s and as %s: keep one of them", path,
                     qbg_book_table_name(table), name, folder->names[i]);
            return CLI_USAGE;
        }
        name = folder->names[i];
    }
    if (!name) return CLI_FINE;
    char *file = path_join(path, name);
    if (!file) return out_of_memory();
    int code = feed_file(reader, qbg_book_table_name(table), file);
    free(file);
    (*tables)++;
    return code;
}

static int feed_folder(qbg_book_reader *reader, const char *path) {
    struct folder folder;
    int tables = 0;
    int code = folder_list(path, &folder);
    if (code == CLI_FINE) say_ignored(&folder);
    for (int32_t i = 0; code == CLI_FINE && i < qbg_book_table_count(); i++)
        code = feed_table(reader, path, &folder, i, &tables);
    folder_free(&folder);
    if (code != CLI_FINE || tables > 0) return code;
    say("qbg: %s holds no table of a book; put CSV files there that are named after one or more of "
        "these: ",
        path);
    say_tables();
    fputc('\n', stderr);
    return CLI_USAGE;
}

static int feed_single(qbg_book_reader *reader, const char *path) {
    const char *slash = strrchr(path, '/');
    int32_t table = table_of_file(slash ? slash + 1 : path);
    if (table >= 0) return feed_file(reader, qbg_book_table_name(table), path);
    say("qbg: %s is no folder, and not named after a table of a book; name it TABLE.csv, where "
        "TABLE is one of: ",
        path);
    say_tables();
    fputc('\n', stderr);
    return CLI_USAGE;
}

static int feed(qbg_book_reader *reader, const char *path) {
    struct stat known;
    if (stat(path, &known) != 0) {
        complain("cannot find the book %s: %s; give a folder with CSV tables, or one such file",
                 path, strerror(errno));
        return CLI_USAGE;
    }
    return S_ISDIR(known.st_mode) ? feed_folder(reader, path) : feed_single(reader, path);
}

#define PROGRESS "qbg: %3d %% of the book is loaded"

/* Not by `say`, to which a carriage return is no text. */
static void say_progress(uint64_t done, uint64_t rows) {
    fprintf(stderr, "\r" PROGRESS, (int)(done * 100 / rows));
}

static void hide_progress(void) { fprintf(stderr, "\r%*s\r", (int)sizeof PROGRESS, ""); }

/* In steps, so that whoever waits for a large book at a terminal sees that something happens. */
static qbg_status load_slowly(qbg_book_reader *reader, uint64_t rows) {
    qbg_status status = QBG_OK;
    uint64_t left = rows;
    while (left > 0 && status == QBG_OK) {
        say_progress(qbg_book_reader_done(reader), qbg_book_reader_rows(reader));
        status = qbg_book_reader_step(reader, rows / 100, &left);
    }
    hide_progress();
    return status == QBG_OK ? qbg_book_reader_finish(reader) : status;
}

static qbg_status load(qbg_book_reader *reader) {
    uint64_t rows = isatty(STDERR_FILENO) ? qbg_book_reader_rows(reader) : 0;
    return rows < LONG_LOAD ? qbg_book_reader_finish(reader) : load_slowly(reader, rows);
}

static void count_refusals(struct book *book) {
    int32_t column = qbg_table_column_find(book->refusals, "refused");
    for (int64_t row = 0; row < qbg_table_row_count(book->refusals); row++) {
        if (qbg_table_int64_at(book->refusals, column, row))
            book->refused++;
        else
            book->remarks++;
    }
}

int book_read(const struct options *options, struct book *out) {
    const char *path = options->words[1];
    memset(out, 0, sizeof *out);
    qbg_book_reader *reader = NULL;
    qbg_status status = qbg_workspace_new(memory(), &out->workspace);
    /* Not strict even for --strict: a caller then looks at what was refused, and every row is. */
    if (status == QBG_OK) status = qbg_book_reader_new(out->workspace, 0, &reader);
    int code = status == QBG_OK ? CLI_FINE : failed(path, status);
    out->is_export = options->value[OPTION_DIALECT] != NULL;
    if (!out->is_export &&
        (options->value[OPTION_SOLUTION] || options->value[OPTION_SOLUTION_COLUMN])) {
        complain("--solution and --solution-column need --dialect: a book says it itself");
        code = CLI_USAGE;
    }
    if (code == CLI_FINE)
        code = out->is_export ? export_feed(options, out->workspace, reader) : feed(reader, path);
    if (code == CLI_FINE) {
        status = load(reader);
        if (status == QBG_OK) status = qbg_book_reader_refusals(reader, &out->refusals);
        if (status == QBG_OK) status = qbg_book_reader_tables(reader, &out->tables);
        if (status != QBG_OK) code = failed(path, status);
    }
    qbg_book_reader_free(reader);
    if (code == CLI_FINE)
        count_refusals(out);
    else
        book_free(out);
    return code;
}

static void say_cell(const qbg_table *table, const char *column, int64_t row) {
    int64_t size;
    const char *text = qbg_table_text_at(table, qbg_table_column_find(table, column), row, &size);
    say_plainly(text, size);
}

/* "members.csv row 7, role: 'xyz' - no such role" */
static void say_refusal(const struct book *book, int64_t row) {
    const qbg_table *table = book->refusals;
    int32_t number = qbg_table_column_find(table, "row");
    int32_t column = qbg_table_column_find(table, "column");
    int32_t value = qbg_table_column_find(table, "value");
    fputs("  ", stderr);
    say_cell(table, "table", row);
    if (!book->is_export) fputs(".csv", stderr);
    if (!qbg_table_is_null(table, number, row))
        say(" row %lld", (long long)qbg_table_int64_at(table, number, row));
    if (!qbg_table_is_null(table, column, row)) {
        fputs(", ", stderr);
        say_cell(table, "column", row);
    }
    fputs(":", stderr);
    if (!qbg_table_is_null(table, value, row)) {
        fputs(" '", stderr);
        say_cell(table, "value", row);
        fputs("' -", stderr);
    }
    fputc(' ', stderr);
    say_cell(table, "reason", row);
    fputc('\n', stderr);
}

/* Refused rows first: they are missing from the answer. */
static void say_refusals(const struct book *book, const char *path) {
    int32_t refused = qbg_table_column_find(book->refusals, "refused");
    int64_t rows = qbg_table_row_count(book->refusals);
    int shown = 0;
    complain("%lld row%s refused, %lld remark%s; run `qbg check %s` for the list",
             (long long)book->refused, book->refused == 1 ? " was" : "s were",
             (long long)book->remarks, book->remarks == 1 ? "" : "s", path);
    for (int want = 1; want >= 0; want--)
        for (int64_t row = 0; row < rows && shown < SHOWN; row++) {
            if ((qbg_table_int64_at(book->refusals, refused, row) != 0) != want) continue;
            say_refusal(book, row);
            shown++;
        }
    if (rows > shown) fputs("  ...\n", stderr);
}

int book_read_and_tell(const struct options *options, struct book *out) {
    int code = book_read(options, out);
    if (code != CLI_FINE) return code;
    /* A remark may be an unknown column, which a book that is written again has lost. */
    int remarks_matter = strcmp(options->words[0], "write") == 0;
    if (out->refused == 0 && (out->remarks == 0 || !remarks_matter)) return CLI_FINE;
    say_refusals(out, options->words[1]);
    if (out->refused == 0 || !options->value[OPTION_STRICT]) return CLI_FINE;
    complain("--strict: nothing is answered from a book with refused rows; mend them first");
    book_free(out);
    return CLI_NO;
}

/* Each command reads one book, and this is the last that it does. */
void book_free(struct book *book) {
    qbg_table_free(book->refusals);
    qbg_table_free(book->tables);
    if (!memory_ends_with_us()) qbg_workspace_free(book->workspace);
    memset(book, 0, sizeof *book);
}
