/* write: a book read and written again, in the library's own order and spelling. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int same_place(const char *a, const char *b) {
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* The folder that a book is in: itself, or where its single file is. NULL: out of memory. */
static char *home_of(const char *book) {
    struct stat known;
    int is_file = stat(book, &known) == 0 && !S_ISDIR(known.st_mode);
    const char *slash = strrchr(book, '/');
    size_t length = !is_file ? strlen(book) : slash ? (size_t)(slash - book) + 1 : 0;
    char *home = malloc(length + 2);
    if (!home) return NULL;
    memcpy(home, book, length);
    memcpy(home + length, length ? "" : ".", length ? 1 : 2);
    return home;
}

/* A book over itself would lose the rows that were refused, and its unknown columns. */
static int refuse_itself(const char *book, const char *folder) {
    char *home = home_of(book);
    if (!home) return out_of_memory();
    int same = same_place(home, folder);
    free(home);
    if (!same) return CLI_FINE;
    complain("%s is the book's own folder: write to another one", folder);
    return CLI_USAGE;
}

static int make_folder(const char *path) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CLI_FINE;
    return file_failed("make the folder", path, errno);
}

/* The paths of all CSV files where the book is. */
static int list_sources(const char *book, struct folder *out) {
    char *home = home_of(book);
    if (!home) return out_of_memory();
    int code = folder_list(home, out);
    for (size_t i = 0; code == CLI_FINE && i < out->count; i++) {
        char *path = path_join(home, out->names[i]);
        if (!path) code = out_of_memory();
        free(out->names[i]);
        out->names[i] = path;
    }
    free(home);
    return code;
}

/* What is at the place of a table must be ours to replace: a file or a link, but none that is a
 * table of the book itself under another name. */
static int check_target(const struct folder *sources, const char *file) {
    struct stat known;
    for (size_t i = 0; i < sources->count; i++) {
        if (!same_place(sources->names[i], file)) continue;
        complain("%s is %s, in the book's own folder: write to another one", file,
                 sources->names[i]);
        return CLI_USAGE;
    }
    if (lstat(file, &known) != 0 || S_ISREG(known.st_mode) || S_ISLNK(known.st_mode))
        return CLI_FINE;
    complain("%s is no regular file: a table cannot take its place", file);
    return CLI_USAGE;
}

static int remove_table(const char *path, const char *name) {
    char *file = path_join(path, name);
    if (!file) return out_of_memory();
    int code = unlink(file) == 0 ? CLI_FINE : file_failed("remove", file, errno);
    free(file);
    return code;
}

/* Looks at every table that is there before the first one is touched. */
static int check_folder(const struct options *options, const struct folder *folder,
                        const struct folder *sources) {
    const char *path = options->words[2];
    int code = CLI_FINE;
    for (size_t i = 0; code == CLI_FINE && i < folder->count; i++) {
        const char *name = folder->names[i];
        if (table_of_file(name) < 0) continue;
        if (!options->value[OPTION_FORCE]) {
            complain(
                "%s holds %s already: give an empty or a new folder, or --force to replace the "
                "tables there",
                path, name);
            return CLI_USAGE;
        }
        char *file = path_join(path, name);
        code = file ? check_target(sources, file) : out_of_memory();
        free(file);
    }
    return code;
}

/* 1 when one of the book's own tables is going to have exactly that name. */
static int is_replaced(const char *name, qbg_blob *const *blobs) {
    int32_t table = table_of_file(name);
    const char *key = qbg_book_table_name(table);
    return qbg_blob_size(blobs[table]) > 0 && strncmp(name, key, strlen(key)) == 0 &&
           strcmp(name + strlen(key), ".csv") == 0;
}

/* Tables of another book must not stay: together with ours they would be a third book. Those that
 * are about to be replaced stay until then. */
static int clear_folder(const struct options *options, qbg_blob *const *blobs) {
    const char *path = options->words[2];
    struct folder folder, sources = {NULL, 0};
    int code = folder_list(path, &folder);
    if (code == CLI_FINE && folder.count > 0) code = list_sources(options->words[1], &sources);
    if (code == CLI_FINE) code = check_folder(options, &folder, &sources);
    for (size_t i = 0; code == CLI_FINE && i < folder.count; i++) {
        const char *name = folder.names[i];
        if (table_of_file(name) >= 0 && !is_replaced(name, blobs)) code = remove_table(path, name);
    }
    folder_free(&folder);
    folder_free(&sources);
    return code;
}

static int write_table(const char *path, int32_t table, const qbg_blob *blob) {
    char name[64];
    snprintf(name, sizeof name, "%s.csv", qbg_book_table_name(table));
    char *file = path_join(path, name);
    if (!file) return out_of_memory();
    int code = replace_file(file, qbg_blob_data(blob), qbg_blob_size(blob));
    free(file);
    return code;
}

static int write_tables(const struct options *options, qbg_blob *const *blobs) {
    const char *path = options->words[2];
    int code = make_folder(path);
    if (code == CLI_FINE) code = clear_folder(options, blobs);
    for (int32_t i = 0; code == CLI_FINE && i < qbg_book_table_count(); i++)
        if (qbg_blob_size(blobs[i]) > 0) code = write_table(path, i, blobs[i]);
    return code;
}

/* Every table is made before the first file is touched. "tracking" is no table to be kept: what it
 * says is in the others. */
static int make_tables(const qbg_workspace *workspace, qbg_blob **blobs) {
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        const char *table = qbg_book_table_name(i);
        if (strcmp(table, "tracking") == 0) continue;
        qbg_status status = qbg_book_write(workspace, table, &blobs[i]);
        if (status != QBG_OK) return failed(table, status);
    }
    return CLI_FINE;
}

/* Of a book without a single good row nothing can be written, and the folder would be no book. */
static int refuse_nothing(const char *book, qbg_blob *const *blobs) {
    for (int32_t i = 0; i < qbg_book_table_count(); i++)
        if (qbg_blob_size(blobs[i]) > 0) return CLI_FINE;
    complain("%s has no row that could be read, so there is nothing to write and no folder is made",
             book);
    return CLI_USAGE;
}

int run_write(const struct options *options) {
    struct book book;
    int code = refuse_itself(options->words[1], options->words[2]);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    size_t count = (size_t)qbg_book_table_count();
    qbg_blob **blobs = calloc(count, sizeof *blobs);
    code = blobs ? make_tables(book.workspace, blobs) : out_of_memory();
    if (code == CLI_FINE) code = refuse_nothing(options->words[1], blobs);
    if (code == CLI_FINE) code = write_tables(options, blobs);
    for (size_t i = 0; blobs && i < count; i++) qbg_blob_free(blobs[i]);
    free(blobs);
    book_free(&book);
    return code;
}
