/* export: feeds what a CRM exported, in its own words; the library has the dialects. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Tables of a book that may lie beside an export, which has no words for what they say. They are
 * read first, so that it finds their solutions and roles. */
static const char *const beside[] = {"kinds", "roles", "templates", "solutions", "policy"};

static int is_beside(int32_t dialect, const char *table) {
    if (qbg_dialect_table_find(dialect, table) != QBG_UNSET) return 0;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (strcmp(table, beside[i]) == 0) return 1;
    return 0;
}

static int find_dialect(const char *key, int32_t *out) {
    *out = qbg_dialect_find(key);
    if (*out != QBG_UNSET) return CLI_FINE;
    say("qbg: --dialect %s: there are ", key);
    for (int32_t i = 0; i < qbg_dialect_count(); i++)
        say("%s%s", i ? ", " : "", qbg_dialect_key(i));
    fputc('\n', stderr);
    return CLI_USAGE;
}

/* Feeds the files of one of the two: tables of a book, or what the CRM has. */
static int feed_files(qbg_book_reader *reader, const char *path, const struct folder *folder,
                      int32_t dialect, int of_book) {
    int code = CLI_FINE;
    for (size_t i = 0; i < folder->count && code == CLI_FINE; i++) {
        char *table = export_table_of_file(folder->names[i]);
        char *file = path_join(path, folder->names[i]);
        if (!table || !file) code = out_of_memory();
        if (code == CLI_FINE && is_beside(dialect, table) == of_book)
            code = feed_file(reader, table, file);
        free(table);
        free(file);
    }
    return code;
}

/* Strict: a table that was written for this export is to be mended, not to be half read. */
static int read_beside(qbg_workspace *workspace, const char *path, const struct folder *folder,
                       int32_t dialect) {
    qbg_book_reader *reader = NULL;
    qbg_status status = qbg_book_reader_new(workspace, 1, &reader);
    int code =
        status == QBG_OK ? feed_files(reader, path, folder, dialect, 1) : failed(path, status);
    if (code == CLI_FINE) status = qbg_book_reader_finish(reader);
    qbg_book_reader_free(reader);
    if (status == QBG_OK || code != CLI_FINE) return code;
    if (status != QBG_E_REFUSED) return failed(path, status);
    complain("tables of a book beside the export have rows that are refused; copy them to a folder "
             "of their own and run `qbg check` on it");
    return CLI_USAGE;
}

static int feed_folder(const char *path, int32_t dialect, qbg_workspace *workspace,
                       qbg_book_reader *reader) {
    struct folder folder;
    int code = folder_list_export(path, &folder);
    if (code == CLI_FINE && folder.count == 0) {
        complain("%s holds no CSV or JSON files", path);
        code = CLI_USAGE;
    }
    if (code == CLI_FINE) code = read_beside(workspace, path, &folder, dialect);
    if (code == CLI_FINE) code = feed_files(reader, path, &folder, dialect, 0);
    folder_free(&folder);
    return code;
}

static int feed_single(const char *path, qbg_book_reader *reader) {
    const char *slash = strrchr(path, '/');
    char *table = export_table_of_file(slash ? slash + 1 : path);
    if (!table) {
        complain("%s is neither a folder nor a CSV or JSON file", path);
        return CLI_USAGE;
    }
    int code = feed_file(reader, table, path);
    free(table);
    return code;
}

int export_feed(const struct options *options, qbg_workspace *workspace, qbg_book_reader *reader) {
    const char *path = options->words[1];
    struct stat known;
    int32_t dialect;
    int code = find_dialect(options->value[OPTION_DIALECT], &dialect);
    if (code != CLI_FINE) return code;
    qbg_status status = qbg_book_reader_set_dialect(reader, dialect);
    if (status == QBG_OK)
        status = qbg_book_reader_set_solution(reader, options->value[OPTION_SOLUTION],
                                              options->value[OPTION_SOLUTION_COLUMN]);
    if (status == QBG_E_TEXT) {
        complain("--solution and --solution-column must be UTF-8");
        return CLI_USAGE;
    }
    if (status != QBG_OK) return failed(path, status);
    if (stat(path, &known) != 0) {
        complain("cannot find the export %s: %s", path, strerror(errno));
        return CLI_USAGE;
    }
    return S_ISDIR(known.st_mode) ? feed_folder(path, dialect, workspace, reader)
                                  : feed_single(path, reader);
}
