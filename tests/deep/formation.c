/* formation: books in which nothing but chance happens, at several levels, and how often qbg_detect
 * calls it a group; then groups that do form in such books, how many are found, and how soon.
 * Usage: formation ACCOUNTS YEARS SEED. Prints a line a book, and fails when there are more false
 * alarms than formation_false_alarms allows, and more than chance explains (unfitted: without the
 * book's baseline, which nobody promises anything for); or when groups of five
 * in quiet accounts are not found. docs/detection.md shows what it prints. */
#include <qbg/qbg.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY   INT64_C(86400)
#define START (INT64_C(19000) * DAY)
#define CHECK(call)                                                                                \
    do {                                                                                           \
        qbg_status bad = (call);                                                                   \
        if (bad == QBG_OK) break;                                                                  \
        fprintf(stderr, "%s:%d: %s: status %d\n", __FILE__, __LINE__, #call, (int)bad);            \
        exit(2);                                                                                   \
    } while (0)

/* Before the baseline's year people come for a while, so that those who come again and again are
 * not all new; and behind it lies the gap between the history and the window. */
#define SETTLING  120
#define BASELINE  365
#define WINDOW    21
#define FIRST_DAY (SETTLING + BASELINE + 2 * WINDOW)

/* ---- chance ---------------------------------------------------------------------------------- */

static uint64_t state;

static double uniform(void) { /* 0 excluded */
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 1) / 9007199254740993.0;
}

/* Days until the next one at a rate a year. */
static double wait(double rate) { return -log(uniform()) * 365 / rate; }

/* ---- books ----------------------------------------------------------------------------------- */

/* Sorts of accounts, and of what goes on at them. */
typedef struct sort {
    double share;            /* of the accounts */
    double people, visitors; /* new ones a year */
    int regulars;            /* people who come again and again */
    double again;            /* so often a year each */
} sort;

typedef struct scenario {
    const char *name;
    double size; /* of ACCOUNTS */
    sort sorts[4];
} scenario;

static const scenario scenarios[] = {
    {"0.1 new people a year", 1, {{1, 0.1, 0, 0, 0}}},
    {"0.3 new people a year", 1, {{1, 0.3, 0, 0, 0}}},
    {"1 new person a year", 1, {{1, 1, 0, 0, 0}}},
    {"3 new people a year", 1, {{1, 3, 0, 0, 0}}},
    {"10 new people a year", 1, {{1, 10, 0, 0, 0}}},
    {"30 new people a year", 0.5, {{1, 30, 0, 0, 0}}},
    {"100 new people a year", 0.2, {{1, 100, 0, 0, 0}}},
    {"1 new person, 4 visitors a year", 1, {{1, 1, 4, 0, 0}}},
    {"20 visitors a year", 0.5, {{1, 0, 20, 0, 0}}},
    {"many small, few big",
     1,
     {{0.90, 0.3, 0.5, 0, 0}, {0.08, 3, 5, 0, 0}, {0.018, 20, 40, 0, 0}, {0.002, 300, 500, 0, 0}}},
    {"big customers with regulars",
     0.2,
     {{0.80, 0.5, 0, 0, 0}, {0.15, 5, 5, 20, 10}, {0.05, 50, 20, 200, 6}, {0, 0, 0, 0, 0}}},
    {"silent, and some that are not", 1, {{0.90, 0.001, 0, 0, 0}, {0.10, 3, 0, 0, 0}}},
};

typedef struct book {
    qbg_workspace *workspace;
    qbg_solution *solution;
    qbg_signal *signal;
    double days;
    uint64_t people; /* so far, and visitors */
} book;

/* Somebody looks around for some days: up to five pages. */
static void act(book *self, qbg_contact *contact, qbg_account *account, const char *visitor,
                double day) {
    int acts = 1 + (int)(uniform() * 5);
    for (int i = 0; i < acts && day < self->days; i++, day += uniform() * 5) {
        CHECK(qbg_signal_set_time(self->signal, START + (int64_t)(day * (double)DAY)));
        CHECK(qbg_signal_set_kind(self->signal, "content_download"));
        CHECK(qbg_signal_set_solution(self->signal, self->solution));
        CHECK(qbg_signal_set_contact(self->signal, contact));
        CHECK(qbg_signal_set_account(self->signal, account));
        CHECK(qbg_signal_set_visitor(self->signal, visitor));
        CHECK(qbg_record(self->workspace, self->signal, NULL, NULL));
    }
}

static qbg_contact *new_person(book *self, qbg_account *account) {
    char key[32];
    qbg_contact *contact = NULL;
    snprintf(key, sizeof key, "p%" PRIu64, self->people++);
    CHECK(qbg_contact_add(self->workspace, key, account, NULL, NULL, &contact));
    return contact;
}

static void live(book *self, qbg_account *account, const sort *as) {
    if (as->people > 0)
        for (double day = wait(as->people); day < self->days; day += wait(as->people))
            act(self, new_person(self, account), NULL, NULL, day);
    if (as->visitors > 0)
        for (double day = wait(as->visitors); day < self->days; day += wait(as->visitors)) {
            char id[32];
            snprintf(id, sizeof id, "v%" PRIu64, self->people++);
            act(self, NULL, account, id, day);
        }
    for (int i = 0; i < as->regulars; i++) {
        qbg_contact *regular = new_person(self, account);
        for (double day = wait(as->again); day < self->days; day += wait(as->again))
            act(self, regular, NULL, NULL, day);
    }
}

static const sort *sort_of(const scenario *of, double part) {
    const sort *at = of->sorts;
    for (; part > at->share && at < &of->sorts[3] && at[1].share > 0; at++) part -= at->share;
    return at;
}

static void make(book *self, const scenario *of, int accounts) {
    CHECK(qbg_workspace_new(NULL, &self->workspace));
    CHECK(qbg_solution_add(self->workspace, "s", NULL, NULL, &self->solution));
    CHECK(qbg_signal_new(self->workspace, &self->signal));
    for (int i = 0; i < accounts; i++) {
        char key[32];
        qbg_account *account = NULL;
        snprintf(key, sizeof key, "a%d", i);
        CHECK(qbg_account_add(self->workspace, key, NULL, &account));
        live(self, account, sort_of(of, (i + 0.5) / accounts));
    }
}

/* ---- alarms ---------------------------------------------------------------------------------- */

/* Asked once a window, each group is told at least once, for it is told for a window's length; it
 * is counted when it crossed the line since the last time. */
static int64_t count_alarms(const book *self, const qbg_baseline *baseline) {
    int64_t alarms = 0, before = START + FIRST_DAY * DAY;
    for (int64_t as_of = before + WINDOW * DAY; as_of < START + (int64_t)self->days * DAY;
         as_of += WINDOW * DAY) {
        qbg_table *table = NULL;
        CHECK(qbg_detect(self->workspace, as_of, baseline, &table));
        int32_t crossed = qbg_table_column_find(table, "crossed");
        for (int64_t row = 0; row < qbg_table_row_count(table); row++)
            alarms += qbg_table_int64_at(table, crossed, row) > before;
        qbg_table_free(table);
        before = as_of;
    }
    return alarms;
}

/* More than were allowed by four standard deviations? Chance does that once in 30,000 books. */
static int run(const scenario *of, int accounts, int years) {
    int count = (int)(accounts * of->size);
    book self = {.days = FIRST_DAY + 365.0 * years};
    qbg_baseline *baseline = NULL;
    make(&self, of, count);
    CHECK(qbg_baseline_new(NULL, &baseline));
    CHECK(qbg_baseline_add(baseline, self.workspace, START + SETTLING * DAY,
                           START + (SETTLING + BASELINE) * DAY));
    int64_t alarms = count_alarms(&self, baseline), without = count_alarms(&self, NULL);
    double lived = (double)count * years, allowed = lived / 1000;
    int is_bad = (double)alarms > allowed + 4 * sqrt(allowed);
    printf("%-32s %9.0f %6" PRId64 " %8.3f %8.3f%s\n", of->name, lived, alarms,
           (double)alarms * 1000 / lived, (double)without * 1000 / lived,
           is_bad ? "  TOO MANY" : "");
    fflush(stdout);
    qbg_baseline_free(baseline);
    qbg_signal_free(self.signal);
    qbg_workspace_free(self.workspace);
    return is_bad;
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* So many new people within three weeks, at one account in ten. The first of them comes on the
 * first day. */
static void plant(book *self, int accounts, int people, double *firsts) {
    for (int i = 0; i < accounts; i += 10) {
        double start = FIRST_DAY + 30 + uniform() * 21;
        firsts[i / 10] = start;
        for (int j = 0; j < people; j++)
            act(self, new_person(self, qbg_account_at(self->workspace, (uint32_t)i)), NULL, NULL,
                start + (j > 0 ? uniform() * 20.9 : 0));
    }
}

static int by_days(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Days from the first person to the line, of the groups that are found. Each is asked about when
 * its three weeks are over. */
static int find_groups(const book *self, const qbg_baseline *baseline, const double *firsts,
                       int groups, double *days) {
    int found = 0;
    for (int day = 21; day <= 43; day++) {
        qbg_table *table = NULL;
        int64_t as_of = START + (FIRST_DAY + 30 + day) * DAY;
        CHECK(qbg_detect(self->workspace, as_of, baseline, &table));
        int32_t number = qbg_table_column_find(table, "account_number");
        int32_t crossed = qbg_table_column_find(table, "crossed");
        for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
            int64_t account = qbg_table_int64_at(table, number, row);
            if (account % 10 != 0 || account / 10 >= groups) continue;
            double first = firsts[account / 10];
            if ((int)(first - FIRST_DAY - 30) + 22 != day) continue;
            double line = (double)(qbg_table_int64_at(table, crossed, row) - START) / (double)DAY;
            if (line >= first - 0.001) days[found++] = line - first;
        }
        qbg_table_free(table);
    }
    return found;
}

static int run_groups(const scenario *of, int accounts, int people, int least_found) {
    static double firsts[100000], days[100000];
    int count = (int)(accounts * of->size), groups = (count + 9) / 10;
    book self = {.days = FIRST_DAY + 100};
    qbg_baseline *baseline = NULL;
    make(&self, of, count);
    plant(&self, count, people, firsts);
    CHECK(qbg_baseline_new(NULL, &baseline));
    CHECK(qbg_baseline_add(baseline, self.workspace, START + SETTLING * DAY,
                           START + (SETTLING + BASELINE) * DAY));
    int found = find_groups(&self, baseline, firsts, groups, days);
    qsort(days, (size_t)found, sizeof *days, by_days);
    int is_bad = found * 100 < least_found * groups;
    printf("%-32s %6d %6d %6.0f%%", of->name, people, groups, 100.0 * found / groups);
    if (found > 0) printf(" %6.1f", days[found / 2]);
    printf("%s\n", is_bad ? "  TOO FEW" : "");
    fflush(stdout);
    qbg_baseline_free(baseline);
    qbg_signal_free(self.signal);
    qbg_workspace_free(self.workspace);
    return is_bad;
}

/* ---- both ------------------------------------------------------------------------------------ */

int main(int argc, char **argv) {
    static const struct {
        int scenario, people, least_found; /* of a hundred */
    } groups[] = {{1, 3, 80}, {1, 5, 100}, {2, 3, 0}, {2, 4, 80},  {2, 5, 95}, {3, 5, 0},
                  {3, 8, 95}, {4, 8, 50},  {5, 8, 0}, {5, 12, 50}, {6, 12, 0}, {6, 20, 50}};
    int accounts = argc > 1 ? atoi(argv[1]) : 2000, years = argc > 2 ? atoi(argv[2]) : 2, bad = 0;
    if (accounts > 100000) accounts = 100000;
    state = (argc > 3 ? strtoull(argv[3], NULL, 10) : 1) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    printf("%-32s %9s %6s %8s %8s\n", "nothing but chance", "years", "alarms", "per 1000",
           "unfitted");
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
        bad += run(&scenarios[i], accounts, years);
    printf("\n%-32s %6s %6s %7s %6s\n", "a group forms in three weeks", "people", "groups", "found",
           "days");
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        bad += run_groups(&scenarios[groups[i].scenario], accounts, groups[i].people,
                          groups[i].least_found);
    return bad > 0;
}
