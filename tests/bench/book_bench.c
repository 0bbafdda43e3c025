/* book_bench: what a large book costs, beside one pass over the columns that it was given.
 *
 * usage: book_bench SIGNALS [FOLDER]; with a folder the book is written there as CSV, too. Prints a
 * line a job: what, the median in seconds, nanoseconds a signal, and how many times the one pass.
 * Run it on a machine that does nothing else; compare lines of one run only. */
#include "tenant.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EVENTS 20000u
#define MOST   32u

static double now_s(void) {
    struct timespec at;
    timespec_get(&at, TIME_UTC);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Sorts them. */
static double quantile(double *times, uint32_t count, double share) {
    qsort(times, count, sizeof *times, by_size);
    return times[(uint32_t)(share * (count - 1) + 0.5)];
}

/* A field of /proc/self/status in bytes, such as "VmRSS:"; 0 where there is none. */
static double resident(const char *field) {
    char line[256];
    double kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, field, strlen(field)) == 0) kilobytes = atof(line + strlen(field));
    if (file) fclose(file);
    return kilobytes * 1024;
}

/* ---- What is measured ---- */

typedef struct bench {
    const tenant *of;
    qbg_workspace *rows;
    double limit;      /* the one pass */
    uint64_t requests; /* for memory */
} bench;

static void *count_requests(void *ctx, void *at, size_t old_size, size_t new_size) {
    bench *self = ctx;
    (void)old_size;
    if (new_size == 0) {
        free(at);
        return NULL;
    }
    self->requests++;
    return realloc(at, new_size);
}

static void tell(const bench *self, const char *job, double seconds, double signals) {
    printf("%-28s %10.6f s %9.2f ns/signal %8.2f x the pass\n", job, seconds,
           1e9 * seconds / signals, seconds / self->limit);
    fflush(stdout);
}

/* How often: about three seconds' worth. */
static uint32_t repeats(double seconds) {
    double times = 3 / (seconds + 1e-9);
    return times < 3 ? 3 : times > MOST - 1 ? MOST - 1 : (uint32_t)times;
}

typedef void (*job)(bench *self);

static double median_of(bench *self, job run) {
    double times[MOST];
    uint32_t count = 1;
    for (uint32_t i = 0; i < count; i++) {
        double begun = now_s();
        run(self);
        times[i] = now_s() - begun;
        if (i == 0) count = repeats(times[0]);
    }
    return quantile(times, count, 0.5);
}

/* Reads 18 bytes a signal: what no answer about all signals can do without. */
static volatile uint64_t sum;

static void pass(bench *self) {
    const tenant *of = self->of;
    uint64_t a = 0, b = 0, c = 0, d = 0, e = 0;
    for (uint64_t i = 0; i < of->signals; i++) a += of->account[i];
    for (uint64_t i = 0; i < of->signals; i++) b += of->contact[i];
    for (uint64_t i = 0; i < of->signals / 4; i++) c += of->solution[i];
    for (uint64_t i = 0; i < of->signals / 2; i++) d += of->kind[i];
    for (uint64_t i = 0; i < of->signals; i++) e += (uint64_t)of->time[i];
    sum = a + b + c + d + e;
}

static void board(bench *self) {
    qbg_table *table = NULL;
    MUST(qbg_board(self->rows, AS_OF, 0, QBG_NONE, 0, &table));
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

static void board_by_two(bench *self) {
    uint32_t middle = self->of->opportunities / 2;
    half first = {.self = self, .first = 0, .count = middle};
    half second = {.self = self, .first = middle, .count = QBG_NONE};
    if (pthread_create(&second.thread, NULL, board_half, &second) != 0) exit(1);
    board_half(&first);
    pthread_join(second.thread, NULL);
}

static uint64_t before; /* the revision before some opportunities changed */

static void board_since(bench *self) {
    qbg_table *table = NULL;
    MUST(qbg_board_since(self->rows, AS_OF, before, 0, &table));
    qbg_table_free(table);
}

/* A signal on every hundredth opportunity. */
static void touch_some(bench *self) {
    qbg_signal *record = NULL;
    before = qbg_workspace_revision(self->rows);
    MUST(qbg_signal_new(self->rows, &record));
    for (uint32_t i = 0; i < self->of->opportunities; i += 100) {
        qbg_opportunity *deal = qbg_opportunity_at(self->rows, i);
        qbg_signal_clear(record);
        MUST(qbg_signal_set_kind(record, "kind0"));
        MUST(qbg_signal_set_time(record, AS_OF - 1));
        MUST(qbg_signal_set_opportunity(record, deal));
        MUST(qbg_record(self->rows, record, NULL, NULL));
    }
    qbg_signal_free(record);
}

/* ---- One event in, its group's assessment out ---- */

static void events(bench *self) {
    static double times[EVENTS];
    qbg_signal *record = NULL;
    qbg_assessment *group = NULL;
    uint64_t asked = 0;
    MUST(qbg_signal_new(self->rows, &record));
    for (uint32_t i = 0; i < 2 * EVENTS; i++) {
        uint64_t like = (uint64_t)i * UINT64_C(2654435761) % self->of->signals;
        qbg_opportunity *taker = NULL;
        uint32_t deal =
            tenant_opportunity(self->of, self->of->account[like], self->of->solution[like]);
        if (deal == QBG_NONE) deal = 0;
        qbg_kind *kind = qbg_kind_at(
            self->rows, qbg_kind_number(qbg_kind_find(self->rows, "kind0")) + self->of->kind[like]);
        qbg_contact *contact = self->of->contact[like] == QBG_NONE
                                   ? NULL
                                   : qbg_contact_at(self->rows, self->of->contact[like]);
        qbg_account *account = qbg_account_at(self->rows, self->of->opportunity_account[deal]);
        qbg_solution *solution = qbg_solution_at(self->rows, self->of->opportunity_solution[deal]);
        if (contact && qbg_contact_account(contact, AS_OF) != account) contact = NULL;
        if (i == EVENTS) asked = self->requests;
        double begun = now_s();
        qbg_signal_clear(record);
        MUST(qbg_signal_set_kind(record, qbg_kind_key(kind)));
        MUST(qbg_signal_set_time(record, AS_OF - 1));
        MUST(qbg_signal_set_account(record, account));
        if (contact) MUST(qbg_signal_set_contact(record, contact));
        MUST(qbg_signal_set_solution(record, solution));
        MUST(qbg_record(self->rows, record, &taker, NULL));
        must(taker ? QBG_OK : QBG_E_NOT_FOUND, "the event's opportunity");
        MUST(qbg_assess(taker, AS_OF, &group));
        if (i >= EVENTS) times[i - EVENTS] = now_s() - begun;
    }
    asked = self->requests - asked;
    printf("%-28s %10.6f s p50 %10.6f s p99, %.4f requests for memory an event\n",
           "event + assessment", quantile(times, EVENTS, 0.5), quantile(times, EVENTS, 0.99),
           (double)asked / EVENTS);
    qbg_assessment_free(group);
    qbg_signal_free(record);
}

/* ---- Memory ---- */

static void tell_memory(const bench *self) {
    qbg_table *sections = NULL;
    double signals = (double)self->of->signals;
    MUST(qbg_workspace_memory(self->rows, &sections));
    for (int64_t i = 0; i < qbg_table_row_count(sections); i++) {
        double bytes = (double)qbg_table_uint64_at(sections, 1, i);
        if (bytes / signals < 0.05) continue;
        int64_t size = 0;
        const char *name = qbg_table_text_at(sections, 0, i, &size);
        printf("memory: %-20.*s %10.1f MB %9.2f bytes/signal\n", (int)size, name, bytes / 1e6,
               bytes / signals);
    }
    qbg_table_free(sections);
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    bench self = {.of = tenant_draw(strtoull(argv[1], NULL, 10))};
    const qbg_allocator allocator = {sizeof allocator, &self, count_requests};
    double signals = (double)self.of->signals;
    if (argc > 2) tenant_write(self.of, argv[2]);
    printf("%u accounts, %u contacts, %u opportunities, %u members, %.0f signals\n",
           self.of->accounts, self.of->contacts, self.of->opportunities, self.of->members, signals);
    self.limit = median_of(&self, pass);
    tell(&self, "one pass", self.limit, signals);
    double given = resident("VmRSS:");
    MUST(qbg_workspace_new(&allocator, &self.rows));
    double begun = now_s();
    tenant_tell_rows(self.of, self.rows);
    tell(&self, "rows, but signals", now_s() - begun, signals);
    double rows = resident("VmRSS:");
    begun = now_s();
    tenant_tell_signals(self.of, self.rows, 0, self.of->signals, 1000000);
    tell(&self, "append", now_s() - begun, signals);
    printf("resident: given %.0f MB, rows %.0f MB, signals %.0f MB (%.1f bytes/signal)\n",
           given / 1e6, (rows - given) / 1e6, (resident("VmRSS:") - rows) / 1e6,
           (resident("VmRSS:") - rows) / signals);
    tell(&self, "board", median_of(&self, board), signals);
    tell(&self, "board, two threads", median_of(&self, board_by_two), signals);
    touch_some(&self);
    tell(&self, "board, 1 % has changed", median_of(&self, board_since), signals);
    events(&self);
    tell_memory(&self);
    qbg_workspace_free(self.rows);
    tenant_free((tenant *)self.of);
    return 0;
}
