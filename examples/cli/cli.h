/* cli.h: the parts of the command line. Functions that return int return an exit code. */
#ifndef CLI_H
#define CLI_H

#include <qbg/qbg.h>

#include <stdio.h>

/* Exit codes. */
#define CLI_FINE   0
#define CLI_NO     1 /* the answer is no: rows were refused */
#define CLI_USAGE  2 /* wrong usage, or an input or output that does not work */
#define CLI_BROKEN 3 /* out of memory, or a fault of this program */

/* ---- options.c: what the user typed ---- */

enum {
    OPTION_AS_OF,
    OPTION_FROM,
    OPTION_TO,
    OPTION_FORMAT,
    OPTION_ALL,
    OPTION_LANG,
    OPTION_STRICT,
    OPTION_FORCE,
    OPTION_START,
    OPTION_EXPANSION,
    OPTION_CONTRACTION,
    OPTION_CHURN,
    OPTION_CURRENCY,
    OPTION_BASELINE,
    OPTION_DIALECT,
    OPTION_SOLUTION,
    OPTION_SOLUTION_COLUMN,
    OPTION_OUTPUT,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

#define CLI_WORDS 4 /* a command and at most two operands; the fourth is one too many */

struct options {
    const char *value[OPTION_COUNT]; /* NULL: not given; "" for an option without a value */
    const char *words[CLI_WORDS];
    int word_count;
    const char *unknown; /* the first option that nobody knows */
};

/* Each option at most once: of two as-ofs nobody knows which one was meant. */
int options_read(int argc, char **argv, struct options *out);

/* An option's name, short name (NULL: none), what its value is called (NULL: it has none), and what
 * it means. */
const char *option_name(int option);
const char *option_brief(int option);
const char *option_value(int option);
const char *option_meaning(int option);

/* The instant of --as-of, which is required: the library never reads a clock. */
int options_as_of(const struct options *options, int64_t *out_s);

/* What lies after --from until --to, both required. A day is in it whole. */
int options_period(const struct options *options, int64_t *out_from_s, int64_t *out_to_s);

int options_format(const struct options *options, int32_t *out_format);
int options_lang(const struct options *options, const char **out_lang);

/* ---- output.c: files and messages ---- */

/* On standard error, the first as "qbg: ...\n". Both say it plainly, see put_plainly. */
#if defined(__GNUC__)
#define CLI_PRINTS __attribute__((format(printf, 1, 2)))
#else
#define CLI_PRINTS
#endif
CLI_PRINTS void complain(const char *format, ...);
CLI_PRINTS void say(const char *format, ...);

/* Says that something failed with a status of the library. */
int failed(const char *what, qbg_status status);
int out_of_memory(void);

/* "cannot open members.csv: ..." with the text of an errno. */
int file_failed(const char *what, const char *path, int error);

/* Text of a book for people: what would steer a terminal, or turn the direction of what follows, is
 * shown as a blank. */
void put_plainly(FILE *file, const char *text, int64_t size);
void say_plainly(const char *text, int64_t size);

/* Writes a whole file: a temporary sibling first, then renamed, so that a run that fails leaves no
 * half of a file. NULL and "-" are standard output. _replace_file: of a path that is a link the
 * link is replaced, and what it points to stays as it is. */
int write_file(const char *path, const char *bytes, size_t size);
int replace_file(const char *path, const char *bytes, size_t size);

/* The same to where -o says. */
int put_output(const struct options *options, const char *bytes, size_t size);

/* What a report of the library came to: writes the blob, or says why there is none. Frees it. */
int put_blob(const struct options *options, qbg_status status, qbg_blob *blob);

/* Text that grows in memory, so that what is printed is written whole, too. Ends with _put, or with
 * _drop when it is not to be seen. */
struct page {
    FILE *file;
    char *bytes;
    size_t size;
};

int page_open(struct page *page);
int page_put(struct page *page, const struct options *options);
void page_drop(struct page *page);

/* ---- folder.c: folders of CSV files ---- */

struct folder {
    char **names; /* the *.csv files in it, sorted */
    size_t count;
};

/* Lists the CSV files of a folder, or of an export of a CRM also those in JSON; folder_free in any
 * case. */
int folder_list(const char *path, struct folder *out);
int folder_list_export(const char *path, struct folder *out);
void folder_free(struct folder *folder);

char *path_join(const char *folder, const char *name);

/* A file's name without its suffix, if it may be a table of an export; free() it. NULL: it is none,
 * or memory is out. */
char *export_table_of_file(const char *name);

/* The number of the table that a file is named after, in any case of letters, or -1. */
int32_t table_of_file(const char *name);

/* "accounts, contacts, ...": the tables that a book can have, on standard error. */
void say_tables(void);

/* ---- memory.c: the library's memory ---- */

/* NULL: libc's. */
const qbg_allocator *memory(void);

/* Need nothing be given back when the program is about to end? */
int memory_ends_with_us(void);

/* ---- book.c: a book, read into a workspace ---- */

struct book {
    qbg_workspace *workspace;
    qbg_table *refusals;
    qbg_table *tables; /* how many rows each table has */
    int is_export;     /* of a CRM */
    int64_t refused;   /* rows */
    int64_t remarks;
};

/* Reads the book that the options name: a folder or a single table, or with --dialect an export of
 * a CRM. What it refuses is only counted. */
int book_read(const struct options *options, struct book *out);

/* The same, and says on standard error what was refused, but nothing of mere remarks: those rows
 * are in the answer. With --strict a refusal is the end. */
int book_read_and_tell(const struct options *options, struct book *out);
void book_free(struct book *book);

/* ---- export.c: an export of a CRM ---- */

/* Feeds the tables of an export to a reader that has no dialect yet. */
int export_feed(const struct options *options, qbg_workspace *workspace, qbg_book_reader *reader);

/* Feeds a file to a reader under a name. book.c */
int feed_file(qbg_book_reader *reader, const char *table, const char *path);

/* ---- path.c: the path to qualified ---- */

/* Writes a path. group: the same opportunity as of the same instant. */
int put_path(const struct options *options, int32_t format, qbg_workspace *workspace,
             const qbg_path *path, const qbg_assessment *group);

/* ---- baseline.c: what is usual ---- */

/* The figures that --baseline names, else those of the book for the question as of that instant; to
 * be freed in any case. */
int baseline_of(const struct options *options, qbg_workspace *workspace, int64_t as_of_s,
                qbg_baseline **out_baseline);

/* ---- The commands ---- */

int run_report(const struct options *options);
int run_tracking(const struct options *options);
int run_explain(const struct options *options);
int run_path(const struct options *options);
int run_changes(const struct options *options);
int run_check(const struct options *options);
int run_duplicates(const struct options *options);
int run_detect(const struct options *options);
int run_baseline(const struct options *options);
int run_match(const struct options *options);
int run_tables(const struct options *options);
int run_write(const struct options *options);
int run_propose(const struct options *options);
int run_policy(const struct options *options);
int run_nrr(const struct options *options);
int run_titles(const struct options *options);

#endif
