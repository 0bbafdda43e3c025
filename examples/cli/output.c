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

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("qbg: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int failed(const char *what, qbg_status status) {
    complain("%s: %s", what, qbg_status_text(status));
    return status == QBG_E_RANGE ? CLI_USAGE : CLI_BROKEN;
}

int out_of_memory(void) { return failed("stopped", QBG_E_MEMORY); }

void say_plainly(const char *text, int64_t size) {
    for (int64_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        /* U+0080 to U+009F are controls, too; their first byte is 0xc2. */
        int is_late_control = byte == 0xc2 && i + 1 < size && (text[i + 1] & 0xe0) == 0x80;
        fputc(byte < 0x20 || byte == 0x7f || is_late_control ? '?' : byte, stderr);
        i += is_late_control;
    }
}

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
