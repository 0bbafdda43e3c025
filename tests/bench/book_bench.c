/* book_bench: what a large book costs, beside one pass over the columns that it was given.
 *
 * usage: book_bench SIGNALS [--write FOLDER] [--columns FOLDER] [--board FILE]
 *                   [--files FOLDER] [--ids] [--contents] [--chunks] [--memory] [--once] [--json]
 *
 *   --write, --columns, --board   the book as CSV tables, as columns, its board as CSV; and no job
 *                      is done
 *   --files            another job: reading the book of that folder and finding its newlines
 *   --ids, --contents  signals with an event id, with a content
 *   --chunks           memory in chunks of huge pages, as the command line has it, instead of
 * libc's
 *   --memory           no job, only how large the book gets
 *   --once             each job once, for whoever counts instructions
 *   --json             a line for each figure, for peers.py
 *
 * Run it on a machine that does nothing else; compare lines of one run only. */
#include "cli.h"
#include "measure.h"
#include "tenant.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 20000, EVENTS_ONCE = 500, AT_ONCE = 1000000 };

typedef struct wishes {
    uint64_t signals;
    const char *write, *columns, *board, *files;
    int ids, contents, chunks, memory, once, json;
} wishes;

typedef struct bench {
    const wishes *wished;
    const tenant *of;
    tale tale;
    qbg_allocator allocator;
    const qbg_allocator *chunks; /* NULL: libc's memory */
    pthread_mutex_t chunks_lock; /* two threads ask for results */
    qbg_workspace *rows;
    uint64_t requests; /* for memory */
    uint64_t before;   /* the revision before some opportunities changed */
} bench;

static void *count_requests(void *ctx, void *at, size_t old_size, size_t new_size) {
    bench *self = ctx;
    self->requests += new_size > 0;
    if (self->chunks) {
        pthread_mutex_lock(&self->chunks_lock);
        at = self->chunks->resize(self->chunks->ctx, at, old_size, new_size);
        pthread_mutex_unlock(&self->chunks_lock);
        return at;
    }
    if (new_size > 0) return realloc(at, new_size);
    free(at);
    return NULL;
}

/* ---- Limits: what no answer can do without ---- */

static volatile uint64_t sum;

/* Reads 18 bytes a signal: kinds and solutions would fit into one byte each. */
static void pass(void *argument) {
    const tenant *of = ((bench *)argument)->of;
    uint64_t a = 0, b = 0, c = 0, d = 0, e = 0;
    for (uint64_t i = 0; i < of->signals; i++) a += of->account[i];
    for (uint64_t i = 0; i < of->signals; i++) b += of->contact[i];
    for (uint64_t i = 0; i < of->signals / 4; i++) c += of->solution[i];
    for (uint64_t i = 0; i < of->signals / 2; i++) d += of->kind[i];
    for (uint64_t i = 0; i < of->signals; i++) e += (uint64_t)of->time[i];
    sum = a + b + c + d + e;
}

static uint64_t newlines_of(FILE *file) {
    static char block[1 << 18];
    uint64_t found = 0;
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        for (const char *at = block, *end = block + size;
             (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
            found++;
    return found;
}

static void newlines(void *argument) {
    static const char *const tables[] = {"accounts", "contacts",      "kinds",
                                         "members",  "opportunities", "roles",
                                         "signals",  "solutions",     "templates"};
    const wishes *wished = ((bench *)argument)->wished;
    uint64_t found = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s.csv", wished->files, tables[i]);
        FILE *file = fopen(path, "rb");
        must(file ? QBG_OK : QBG_E_NOT_FOUND, path);
        setvbuf(file, NULL, _IONBF, 0);
        found += newlines_of(file);
        fclose(file);
    }
    sum = found;
}

/* ---- The whole book ---- */

static void tell_rows(bench *self) {
    qbg_workspace_free(self->rows);
    MUST(qbg_workspace_new(&self->allocator, &self->rows));
    tenant_tell_rows(self->of, self->rows);
}

static void append(void *argument) {
    bench *self = argument;
    tenant_tell_signals(self->of, self->rows, 0, self->of->signals, AT_ONCE);
}

static void board(void *argument) {
    qbg_table *table = NULL;
    MUST(qbg_board(((bench *)argument)->rows, AS_OF, 0, QBG_NONE, 0, &table));
    qbg_table_free(table);
}

typedef struct half {
    pthread_t thread;
    const bench *self;
    uint32_t first, count;
} half;

static void *board_half(void *argument) {
    const half *of = argument;
    qbg_table *table = NULL;
    MUST(qbg_board(of->self->rows, AS_OF, of->first, of->count, 0, &table));
    qbg_table_free(table);
    return NULL;
}

static void board_by_two(void *argument) {
    const bench *self = argument;
    uint32_t middle = self->of->opportunities / 2;
    half first = {.self = self, .first = 0, .count = middle};
    half second = {.self = self, .first = middle, .count = QBG_NONE};
    if (pthread_create(&second.thread, NULL, board_half, &second) != 0) exit(1);
    board_half(&first);
    pthread_join(second.thread, NULL);
}

static void board_since(void *argument) {
    const bench *self = argument;
    qbg_table *table = NULL;
    MUST(qbg_board_since(self->rows, AS_OF, self->before, 0, &table));
    qbg_table_free(table);
}

/* A signal on every hundredth opportunity. */
static void touch_some(bench *self) {
    qbg_signal *record = NULL;
    self->before = qbg_workspace_revision(self->rows);
    MUST(qbg_signal_new(self->rows, &record));
    for (uint32_t i = 0; i < self->of->opportunities; i += 100) {
        qbg_signal_clear(record);
        MUST(qbg_signal_set_kind(record, "kind0"));
        MUST(qbg_signal_set_time(record, AS_OF - 1));
        MUST(qbg_signal_set_opportunity(record, qbg_opportunity_at(self->rows, i)));
        MUST(qbg_record(self->rows, record, NULL, NULL));
    }
    qbg_signal_free(record);
}

/* ---- One event in, its group's assessment out ---- */

/* What a host has when an event comes: its own handles, and the words of the event. */
typedef struct event {
    const char *kind;
    qbg_account *account;
    qbg_contact *contact; /* NULL: nobody */
    qbg_solution *solution;
    char id[16];
} event;

/* Events like the signals that are there, in an order that no cache foresees. */
static event *draw_events(const bench *self, uint32_t count) {
    const tenant *of = self->of;
    event *drawn = must_alloc(count, sizeof *drawn);
    uint64_t like = 0;
    for (uint32_t i = 0; i < count;) {
        like = (like + UINT64_C(2654435761)) % of->signals;
        if (tenant_opportunity(of, of->account[like], of->solution[like]) == QBG_NONE) continue;
        event *at = &drawn[i++];
        at->kind = qbg_kind_key(qbg_kind_at(self->rows, of->kind[like]));
        at->account = qbg_account_at(self->rows, of->account[like]);
        at->solution = qbg_solution_at(self->rows, of->solution[like]);
        if (of->contact[like] != QBG_NONE)
            at->contact = qbg_contact_at(self->rows, of->contact[like]);
        snprintf(at->id, sizeof at->id, "f%011u", i);
    }
    return drawn;
}

/* The group that took it. */
static const qbg_opportunity *take_event(bench *self, const event *at, int with_id,
                                         qbg_signal *record, qbg_assessment *group) {
    qbg_opportunity *taker = NULL;
    qbg_signal_clear(record);
    MUST(qbg_signal_set_kind(record, at->kind));
    MUST(qbg_signal_set_time(record, AS_OF - 1));
    MUST(qbg_signal_set_account(record, at->account));
    if (at->contact) MUST(qbg_signal_set_contact(record, at->contact));
    MUST(qbg_signal_set_solution(record, at->solution));
    if (with_id) MUST(qbg_signal_set_event(record, at->id));
    MUST(qbg_record(self->rows, record, &taker, NULL));
    must(taker ? QBG_OK : QBG_E_NOT_FOUND, "the event's opportunity");
    MUST(qbg_assessment_refill(group, taker, AS_OF));
    return taker;
}

static void tell_event(const bench *self, int with_id, const char *figure, double value) {
    char what[64];
    snprintf(what, sizeof what, "event%s, %s", with_id ? " with id" : "", figure);
    tell_figure(&self->tale, what, value, "");
}

/* As many events to warm up as are measured. */
static void take_events(bench *self, int with_ids) {
    static double times[EVENTS], sizes[EVENTS];
    qbg_signal *record = NULL;
    qbg_assessment *group = NULL;
    uint64_t asked = 0;
    uint32_t count = self->wished->once ? EVENTS_ONCE : EVENTS;
    event *drawn = draw_events(self, 2 * count);
    MUST(qbg_signal_new(self->rows, &record));
    MUST(qbg_assess(qbg_opportunity_at(self->rows, 0), AS_OF, &group));
    for (uint32_t i = 0; i < 2 * count; i++) {
        if (i == count) asked = self->requests;
        double begun = now_s();
        const qbg_opportunity *deal = take_event(self, &drawn[i], with_ids, record, group);
        times[i % count] = now_s() - begun;
        sizes[i % count] = qbg_opportunity_signal_count(deal);
    }
    asked = self->requests - asked;
    tell_event(self, with_ids, "p50, us", 1e6 * quantile(times, count, 0.5));
    tell_event(self, with_ids, "p99, us", 1e6 * quantile(times, count, 0.99));
    tell_event(self, with_ids, "requests for memory", (double)asked / count);
    tell_event(self, with_ids, "p50, signals of the group", quantile(sizes, count, 0.5));
    tell_event(self, with_ids, "p99, signals of the group", quantile(sizes, count, 0.99));
    qbg_assessment_free(group);
    qbg_signal_free(record);
    free(drawn);
}

/* ---- Memory ---- */

static void tell_sections(const bench *self) {
    qbg_table *sections = NULL;
    MUST(qbg_workspace_memory(self->rows, &sections));
    for (int64_t i = 0; i < qbg_table_row_count(sections); i++) {
        double bytes = (double)qbg_table_uint64_at(sections, 1, i) / self->tale.signals;
        char what[64];
        int64_t size = 0;
        const char *name = qbg_table_text_at(sections, 0, i, &size);
        if (bytes < 0.05) continue;
        snprintf(what, sizeof what, "memory, %.*s", (int)size, name);
        tell_figure(&self->tale, what, bytes, "bytes/signal");
    }
    qbg_table_free(sections);
}

/* The first time that the book is told: how much larger does the process get? */
static void tell_book(bench *self) {
    double signals = self->tale.signals, given = (double)tenant_column_bytes(self->of);
    double empty = resident("VmRSS:"), begun = now_s();
    tell_rows(self);
    tell_time(&self->tale, "rows without signals", now_s() - begun);
    double rows = resident("VmRSS:");
    append(self);
    double all = resident("VmRSS:"), peak = resident("VmHWM:");
    tell_figure(&self->tale, "columns given", given / signals, "bytes/signal");
    tell_figure(&self->tale, "resident, signals", (all - rows) / signals, "bytes/signal");
    tell_figure(&self->tale, "resident, workspace", (all - empty) / signals, "bytes/signal");
    tell_figure(&self->tale, "resident, peak", peak / given, "x the columns given");
    tell_sections(self);
}

/* Anew into an empty workspace each time. */
static void tell_append(bench *self) {
    double times[3];
    uint32_t count = self->wished->once ? 1 : 3;
    for (uint32_t i = 0; i < count; i++) {
        tell_rows(self);
        double begun = now_s();
        append(self);
        times[i] = now_s() - begun;
    }
    tell_time(&self->tale, "append", quantile(times, count, 0.5));
}

/* ---- What is asked for ---- */

static void run_jobs(bench *self) {
    int once = self->wished->once;
    tale *to = &self->tale;
    tell_figure(to, "opportunities", self->of->opportunities, "");
    tell_figure(to, "members", self->of->members, "");
    to->pass_s = median_of(pass, self, once);
    tell_time(to, "one pass", to->pass_s);
    if (self->wished->files) tell_time(to, "newlines", median_of(newlines, self, once));
    if (!once) tell_book(self);
    tell_append(self);
    tell_time(to, "board", median_of(board, self, once));
    if (!once) tell_time(to, "board, two threads", median_of(board_by_two, self, 0));
    touch_some(self);
    tell_time(to, "board, 1 % changed", median_of(board_since, self, once));
    take_events(self, 0);
    take_events(self, 1);
}

static void write_board(bench *self) {
    qbg_blob *text = NULL;
    FILE *file = fopen(self->wished->board, "wb");
    must(file ? QBG_OK : QBG_E_NOT_FOUND, self->wished->board);
    tell_rows(self);
    append(self);
    MUST(qbg_report_board(self->rows, AS_OF, 0, QBG_FORMAT_CSV, "en", &text));
    fwrite(qbg_blob_data(text), 1, (size_t)qbg_blob_size(text), file);
    must(fclose(file) == 0 ? QBG_OK : QBG_E_MEMORY, self->wished->board);
    qbg_blob_free(text);
}

/* A number of signals; 0: the word is none. */
static uint64_t count_of(const char *word) {
    char *end = NULL;
    uint64_t count = strtoull(word, &end, 10);
    return word[0] >= '0' && word[0] <= '9' && *end == 0 ? count : 0;
}

/* 0, or 2 when it is no way to call this program. */
static int read_wishes(int argc, char **argv, wishes *to) {
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        const char **text = strcmp(word, "--write") == 0     ? &to->write
                            : strcmp(word, "--columns") == 0 ? &to->columns
                            : strcmp(word, "--board") == 0   ? &to->board
                            : strcmp(word, "--files") == 0   ? &to->files
                                                             : NULL;
        int *flag = strcmp(word, "--ids") == 0        ? &to->ids
                    : strcmp(word, "--contents") == 0 ? &to->contents
                    : strcmp(word, "--chunks") == 0   ? &to->chunks
                    : strcmp(word, "--memory") == 0   ? &to->memory
                    : strcmp(word, "--once") == 0     ? &to->once
                    : strcmp(word, "--json") == 0     ? &to->json
                                                      : NULL;
        if (text && value)
            *text = argv[++i];
        else if (flag)
            *flag = 1;
        else if (!text && count_of(word) > 0)
            to->signals = count_of(word);
        else
            return 2;
    }
    return to->signals > 0 ? 0 : 2;
}

int main(int argc, char **argv) {
    wishes wished = {0};
    if (read_wishes(argc, argv, &wished) != 0) {
        fprintf(stderr,
                "usage: book_bench SIGNALS [--write FOLDER] [--columns FOLDER] [--board FILE] "
                "[--files FOLDER] [--ids] [--contents] [--chunks] [--memory] [--once] [--json]\n");
        return 2;
    }
    tenant *of = tenant_draw(wished.signals);
    if (wished.ids) tenant_draw_events(of);
    if (wished.contents) tenant_draw_contents(of);
    bench self = {.wished = &wished,
                  .of = of,
                  .tale = {wished.json, (double)wished.signals, 0},
                  .allocator = {sizeof self.allocator, &self, count_requests},
                  .chunks = wished.chunks ? memory() : NULL,
                  .chunks_lock = PTHREAD_MUTEX_INITIALIZER};
    if (wished.write) tenant_write(of, wished.write);
    if (wished.columns) tenant_write_columns(of, wished.columns);
    if (wished.board) write_board(&self);
    if (wished.memory) tell_book(&self);
    if (!wished.write && !wished.columns && !wished.board && !wished.memory) run_jobs(&self);
    qbg_workspace_free(self.rows);
    tenant_free(of);
    return 0;
}
