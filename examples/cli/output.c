/* output: files and messages. */
#define _XOPEN_SOURCE 700 /* realpath and open_memstream, under -std=c11 */

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MESSAGE_SIZE 16384 /* of a message; it needs no memory, for that may be what is lacking */

static char message[MESSAGE_SIZE];

/* How many bytes the character at the front takes if it would steer a terminal or turn the
 * direction of what follows; else 0. U+0080 to U+009F are C2 80 .. 9F, U+202A to U+202E E2 80 AA ..
 * AE, and U+2066 to U+2069 E2 81 A6 .. A9. */
static int steering_size(const unsigned char *at, int64_t size) {
    if (at[0] < 0x20 || at[0] == 0x7f) return 1;
    if (size > 1 && at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f) return 2;
    if (size < 3 || at[0] != 0xe2) return 0;
    if (at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) return 3;
    return at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9 ? 3 : 0;
}

void put_plainly(FILE *file, const char *text, int64_t size) {
    for (int64_t i = 0; i < size;) {
        int steering = steering_size((const unsigned char *)text + i, size - i);
        fputc(steering ? ' ' : (unsigned char)text[i], file);
        i += steering ? steering : 1;
    }
}

void say_plainly(const char *text, int64_t size) { put_plainly(stderr, text, size); }

/* What a message quotes may come from anywhere: a script, a file's name, a book. */
static void say_arguments(const char *format, va_list arguments) {
    vsnprintf(message, sizeof message, format, arguments);
    say_plainly(message, (int64_t)strlen(message));
}

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_arguments(format, arguments);
    va_end(arguments);
}

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("qbg: ", stderr);
    say_arguments(format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int failed(const char *what, qbg_status status) {
    complain("%s: %s", what, qbg_status_text(status));
    return status == QBG_E_RANGE ? CLI_USAGE : CLI_BROKEN;
}

int out_of_memory(void) { return failed("stopped", QBG_E_MEMORY); }

int file_failed(const char *what, const char *path, int error) {
    complain("cannot %s %s: %s", what, path, strerror(error));
    return error == ENOMEM ? CLI_BROKEN : CLI_USAGE;
}

/* A full disk or a closed pipe may show as late as the last flush, so each step is looked at. */
static int write_all(FILE *file, const char *bytes, size_t size) {
    errno = 0;
    if (fwrite(bytes, 1, size, file) == size && fflush(file) == 0 && !ferror(file)) return 0;
    return errno ? errno : EIO;
}

static int write_standard_output(const char *bytes, size_t size) {
    int error = write_all(stdout, bytes, size);
    return error ? file_failed("write to", "standard output", error) : CLI_FINE;
}

/* What is no plain file, such as /dev/null or a pipe, must not be replaced by one. */
static int write_in_place(const char *path, const char *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    if (!file) return file_failed("write", path, errno);
    int error = write_all(file, bytes, size);
    if (fclose(file) != 0 && !error) error = errno;
    return error ? file_failed("write", path, error) : CLI_FINE;
}

static char *sibling_name(const char *path) {
    size_t room = strlen(path) + 32;
    char *name = malloc(room);
    if (name) snprintf(name, room, "%s.%ld.tmp", path, (long)getpid());
    return name;
}

/* mode: of the file that is replaced, 0 for a new one. Returns an errno. */
static int write_sibling(const char *path, const char *sibling, mode_t mode, const char *bytes,
                         size_t size) {
    int handle = open(sibling, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (handle < 0) return errno;
    int error = mode && fchmod(handle, mode & 0777) != 0 ? errno : 0;
    FILE *file = fdopen(handle, "wb");
    if (!file) {
        error = errno;
        close(handle);
    } else {
        if (!error) error = write_all(file, bytes, size);
        if (fclose(file) != 0 && !error) error = errno;
    }
    if (!error && rename(sibling, path) != 0) error = errno;
    if (error) unlink(sibling);
    return error;
}

int write_file(const char *path, const char *bytes, size_t size) {
    if (!path || strcmp(path, "-") == 0) return write_standard_output(bytes, size);
    struct stat known;
    int exists = stat(path, &known) == 0;
    if (exists && !S_ISREG(known.st_mode)) return write_in_place(path, bytes, size);
    char *target = exists ? realpath(path, NULL) : NULL; /* a link stays, its target is replaced */
    char *sibling = sibling_name(target ? target : path);
    int error = ENOMEM;
    if (sibling)
        error =
            write_sibling(target ? target : path, sibling, exists ? known.st_mode : 0, bytes, size);
    free(sibling);
    free(target);
    return error ? file_failed("write", path, error) : CLI_FINE;
}

int replace_file(const char *path, const char *bytes, size_t size) {
    struct stat known;
    int is_file = lstat(path, &known) == 0 && S_ISREG(known.st_mode);
    char *sibling = sibling_name(path);
    int error = ENOMEM;
    if (sibling) error = write_sibling(path, sibling, is_file ? known.st_mode : 0, bytes, size);
    free(sibling);
    return error ? file_failed("write", path, error) : CLI_FINE;
}

int put_output(const struct options *options, const char *bytes, size_t size) {
    return write_file(options->value[OPTION_OUTPUT], bytes, size);
}

int put_blob(const struct options *options, qbg_status status, qbg_blob *blob) {
    if (status != QBG_OK) return failed("no answer", status);
    int code = put_output(options, qbg_blob_data(blob), qbg_blob_size(blob));
    qbg_blob_free(blob);
    return code;
}

int page_open(struct page *page) {
    page->bytes = NULL;
    page->size = 0;
    page->file = open_memstream(&page->bytes, &page->size);
    return page->file ? CLI_FINE : out_of_memory();
}

int page_put(struct page *page, const struct options *options) {
    int bad = ferror(page->file);
    if (fclose(page->file) != 0) bad = 1;
    int code = bad ? out_of_memory() : put_output(options, page->bytes, page->size);
    free(page->bytes);
    return code;
}

void page_drop(struct page *page) {
    fclose(page->file);
    free(page->bytes);
}
