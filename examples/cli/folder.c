/* folder: the CSV files in a folder, and which of them are tables of a book. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The length of "accounts" in "accounts.csv"; 0 for what is no such file. Names that begin with a
 * dot are hidden, and some systems leave such twins beside real files. */
static size_t stem_before(const char *name, const char *suffix) {
    size_t length = strlen(name), tail = strlen(suffix);
    if (name[0] == '.' || length <= tail) return 0;
    return strcasecmp(name + length - tail, suffix) == 0 ? length - tail : 0;
}

static size_t stem_length(const char *name) { return stem_before(name, ".csv"); }

static size_t export_length(const char *name) {
    size_t length = stem_length(name);
    return length > 0 ? length : stem_before(name, ".json");
}

char *export_table_of_file(const char *name) {
    size_t length = export_length(name);
    char *table = length > 0 ? malloc(length + 1) : NULL;
    if (!table) return NULL;
    memcpy(table, name, length);
    table[length] = '\0';
    return table;
}

int32_t table_of_file(const char *name) {
    size_t stem = stem_length(name);
    for (int32_t i = 0; stem > 0 && i < qbg_book_table_count(); i++) {
        const char *table = qbg_book_table_name(i);
        if (strlen(table) == stem && strncasecmp(table, name, stem) == 0) return i;
    }
    return -1;
}

void say_tables(void) {
    for (int32_t i = 0; i < qbg_book_table_count(); i++)
        say("%s%s", i ? ", " : "", qbg_book_table_name(i));
}

char *path_join(const char *folder, const char *name) {
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    const char *slash = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    if (path) snprintf(path, room, "%s%s%s", folder, slash, name);
    return path;
}

static int add_name(struct folder *folder, const char *name) {
    char **names = realloc(folder->names, (folder->count + 1) * sizeof *names);
    if (!names) return out_of_memory();
    folder->names = names;
    size_t size = strlen(name) + 1;
    char *copy = malloc(size);
    if (!copy) return out_of_memory();
    memcpy(copy, name, size);
    names[folder->count++] = copy;
    return CLI_FINE;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list(const char *path, size_t (*is_one)(const char *name), struct folder *out) {
    out->names = NULL;
    out->count = 0;
    DIR *directory = opendir(path);
    if (!directory) return file_failed("list the folder", path, errno);
    int code = CLI_FINE;
    errno = 0;
    for (struct dirent *entry; code == CLI_FINE && (entry = readdir(directory)) != NULL; errno = 0)
        if (is_one(entry->d_name) > 0) code = add_name(out, entry->d_name);
    if (code == CLI_FINE && errno != 0) code = file_failed("list the folder", path, errno);
    closedir(directory);
    if (out->count > 1) qsort(out->names, out->count, sizeof *out->names, by_name);
    return code;
}

int folder_list(const char *path, struct folder *out) { return list(path, stem_length, out); }

int folder_list_export(const char *path, struct folder *out) {
    return list(path, export_length, out);
}

void folder_free(struct folder *folder) {
    for (size_t i = 0; i < folder->count; i++) free(folder->names[i]);
    free(folder->names);
}
