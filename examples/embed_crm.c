/* embed_crm: libqbg inside a CRM that has structs, memory, an event stream and a nightly sync of
 * its own. It prints what each event changed in which buying group, and why.
 *
 * Read this file first: it is the story. What to copy is in embed/, a room for each part: memory.c
 * the allocator, tables.c the CRM's data, sync.c the nightly sync, stream.c the events, desk.c what
 * people decide, screen.c what changed and why. */
#include "embed/crm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The story looks at every status, and ends where it could not go on. */
static void must(qbg_status status) {
    if (status == QBG_OK) return;
    fprintf(stderr, "embed_crm: %s\n", qbg_status_text(status));
    exit(1);
}

/* ---- The clock: the story's, as the library has none ---- */

static int64_t time_of(const char *text) {
    int64_t time = 0;
    must(qbg_time_from_text(text, 0, &time));
    return time;
}

/* A new day: the verdicts of the day before are recorded, and all cards are asked anew, for points
 * age though nothing happens. */
static void go_on_to(struct crm *host, const char *date) {
    int64_t today = time_of(date) / DAY * DAY;
    if (today <= host->today) return;
    must(sync_verdicts(host));
    must(screen_refresh(host));
    host->today = today;
    must(screen_next_day(host));
}

static void tell(struct crm *host, const char *date, const char *what) {
    printf("%s%s  %s\n", host->today ? "\n" : "", date, what);
    go_on_to(host, date);
}

/* ---- Events and syncs ---- */

static struct event stream[] = {
    {"2026-03-02T09:00", "e1", "content_download", "hr/guide", NULL, "p1", NULL, 0},
    {"2026-03-03T10:30", "e2", "pricing_view", "hr/prices", "daisy", NULL, "v-17", 0},
    {"2026-03-04T11:00", "e3", "webinar_attendance", "hr/live", NULL, "p1", NULL, 0},
    {"2026-03-04T11:00", "e3", "webinar_attendance", "hr/live", NULL, "p1", NULL, 0},
    {"2026-03-04T11:20", "e3", "page_view", "hr/live", NULL, "p1", NULL, 0},
    {"2026-03-05T15:00", "e4", "demo_request", "hr/demo", NULL, "p2", NULL, 0},
    {"2026-03-05T15:10", "e5", "page_view", "hr/demo", NULL, "p77", NULL, 0},
    {"2026-03-06T13:00", "e6", "meeting", NULL, NULL, "p4", NULL, 0},
    {"2026-03-07T08:00", "e7", "comparison_view", "hr/compare", "daisy", NULL, "v-99", 0},
    {"2026-03-08T12:00", "e8", "email_reply", NULL, NULL, "p8", NULL, 0},
    {"2026-03-14T09:00", "e9", "demo_request", "hr/demo", NULL, "p2", NULL, 0},
    {"2026-03-17T16:00", "e10", "question", "hr/contract", NULL, "p1", NULL, 0},
    {"2026-03-20T10:00", "e11", "call", NULL, NULL, "p3", NULL, 0},
};

static struct event *find_event(const char *id) {
    struct event *at = stream;
    while (strcmp(at->id, id) != 0) at++;
    return at;
}

static void receive(struct crm *host, const struct event *at) {
    char what[80];
    int32_t is_duplicate = 0;
    const char *who = at->person ? at->person : at->visitor;
    snprintf(what, sizeof what, "%s: %s by %s", at->id, at->kind, who);
    tell(host, at->time, what);
    qbg_status status = stream_receive(host, at, &is_duplicate);
    if (status == QBG_E_MEMORY) must(status); /* a real stream delivers it again, later */
    if (status != QBG_OK) printf("  not taken: %s\n", qbg_status_text(status));
    if (is_duplicate) printf("  known already, counted once\n");
    must(screen_refresh(host));
}

/* Everything of the stream up to an event. */
static void run_until(struct crm *host, const char *last) {
    static size_t next;
    while (next < sizeof stream / sizeof stream[0]) {
        const struct event *at = &stream[next++];
        receive(host, at);
        if (strcmp(at->id, last) == 0) return;
    }
}

/* A night: the tables are told again. Memory may run out in the middle of it; then nothing was
 * told, and what can be done is to make room and to tell all of it once more. */
static void sync(struct crm *host, const char *date, const char *what) {
    tell(host, date, what);
    qbg_status status = sync_tables(host);
    if (status == QBG_E_MEMORY) {
        printf("  out of memory: nothing was told, once more\n");
        status = sync_tables(host);
    }
    must(status);
    host->memory.refuse = 0;
    must(screen_refresh(host));
}

/* ---- Three weeks of a tenant ---- */

static void open_tenant(struct crm *host) {
    const qbg_allocator allocator = {sizeof allocator, &host->memory, memory_resize};
    must(qbg_workspace_new(&allocator, &host->rows));
    must(qbg_signal_new(host->rows, &host->record));
    tables_fill(host, time_of("2026-03-01"));
    sync(host, "2026-03-01", "first sync");
}

static void first_week(struct crm *host, uint64_t refuse) {
    run_until(host, "e6");
    tables_person(host, "p6")->name = "Andr\xc3\xa9 Petit";
    tables_person(host, "p7")->is_deleted = 1;
    tables_hire(host, "p8", "Olga Brandt", "CEO", "daisy");
    tables_join(host, "p8", "daisy-hr", NULL, QBG_UNDATED);
    host->memory.refuse = refuse;
    sync(host, "2026-03-06T23:00", "sync: p6 is mended, p7 was a test, p8 is new");
    run_until(host, "e8");
}

static void second_week(struct crm *host) {
    struct person *boris = tables_person(host, "p2"), *maria = tables_person(host, "p3");
    tell(host, "2026-03-09", "who is in the tables twice?");
    must(screen_duplicates(host));
    tell(host, "2026-03-09", "p4 is p1, a seller confirms: merged");
    must(desk_merge(tables_person(host, "p1"), tables_person(host, "p4")));
    must(screen_refresh(host));
    tell(host, "2026-03-10T10:00", "visitor v-17 signs in as p2");
    must(desk_identify(boris, "v-17"));
    must(screen_refresh(host));
    tell(host, "2026-03-10T10:05", "it was p3, at p2's desk: taken back, and given to p3");
    must(desk_correct(host, "v-17", boris, maria));
    must(screen_refresh(host));
    tell(host, "2026-03-11", "e4 was a test: taken back");
    must(stream_retract(host, find_event("e4")));
    must(screen_refresh(host));
    tell(host, "2026-03-13", "p2 has left Red Daisy and begins at Tulip");
    must(desk_move(host, boris, tables_company(host, "tulip"), tables_deal(host, "daisy-hr")));
    tables_join(host, "p2", "tulip-hr", "technical_evaluator", host->today);
    must(screen_refresh(host));
    sync(host, "2026-03-13T23:00", "sync: p2 is in Tulip's group");
    run_until(host, "e9");
}

static void third_week(struct crm *host) {
    struct deal *daisy = tables_deal(host, "daisy-hr");
    tell(host, "2026-03-15", "Red Daisy Germany buys, and v-99 was at Red Daisy");
    must(desk_set_buyer(daisy, tables_company(host, "daisy-de")));
    must(screen_refresh(host));
    tell(host, "2026-03-17T09:00", "daisy-hr is closed; what comes now waits");
    must(desk_set_closed(daisy, time_of("2026-03-17T09:00")));
    must(screen_refresh(host));
    run_until(host, "e10");
    tell(host, "2026-03-17T17:00", "daisy-hr is open again, and takes what has waited");
    must(desk_set_closed(daisy, QBG_UNDATED));
    must(screen_refresh(host));
    tell(host, "2026-03-19", "p3 wants to be forgotten: the name goes, the numbers stay");
    must(desk_erase(host, tables_person(host, "p3")));
    must(screen_refresh(host));
    screen_forget(host);
    run_until(host, "e11");
    tables_hire(host, "p9", "Ivan Lebedev", "Head of IT", "daisy");
    tables_join(host, "p9", "daisy-hr", NULL, QBG_UNDATED);
    sync(host, "2026-03-20T23:00", "sync: p9 is new, p3 is still in somebody's list");
}

/* The source lost its place and delivers everything again. */
static void replay(struct crm *host) {
    int known = 0;
    tell(host, "2026-03-21", "the whole stream again");
    for (size_t i = 0; i < sizeof stream / sizeof stream[0]; i++) {
        int32_t is_duplicate = 0;
        qbg_status status = stream_receive(host, &stream[i], &is_duplicate);
        if (status == QBG_E_MEMORY) must(status);
        if (status != QBG_OK) printf("  %s: %s\n", stream[i].id, qbg_status_text(status));
        known += is_duplicate;
    }
    printf("  %d are known already\n", known);
    must(screen_refresh(host));
}

static void close_tenant(struct crm *host) {
    screen_clear(host);
    qbg_signal_free(host->record);
    qbg_workspace_free(host->rows);
    printf("\n%zu bytes are left\n", host->memory.bytes);
}

/* embed_crm [REQUEST]: which request for memory is refused in the second sync. */
int main(int argc, char **argv) {
    static struct crm host;
    open_tenant(&host);
    first_week(&host, argc > 1 ? strtoul(argv[1], NULL, 10) : 5);
    second_week(&host);
    third_week(&host);
    replay(&host);
    sync(&host, "2026-03-21T23:00", "sync: the tables say what was told one by one");
    tell(&host, "2026-04-20", "a month in which nobody did anything");
    must(screen_board(&host));
    close_tenant(&host);
    return host.memory.bytes == 0 ? 0 : 1;
}
