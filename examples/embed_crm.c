/* embed_crm: libqbg inside a CRM that has structs, memory, an event stream and a nightly sync of
 * its own. It prints what each event changed in which buying group, and why.
 *
 * Read it from main() upwards. What to copy: the tags that lead from a row back to a struct of the
 * host; the batch around a sync; asking again only about what changed since the last revision; one
 * assessment that is refilled. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

#define HOUR INT64_C(3600)
#define DAY  (24 * HOUR)

/* A host checks every status; this one stops with a word on it. */
static void must(qbg_status status) {
    if (status == QBG_OK) return;
    fprintf(stderr, "embed_crm: %s\n", qbg_status_text(status));
    exit(1);
}

/* ---- The host's memory: counted for each tenant -----------------------------------------------
 */

typedef struct memory {
    size_t bytes, peak;
    uint64_t requests;
} memory;

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    memory *tenant = ctx;
    void *block = NULL;
    if (new_size == 0) {
        free(ptr);
    } else {
        block = realloc(ptr, new_size);
        if (!block) return NULL;
        tenant->requests++;
    }
    tenant->bytes = tenant->bytes - old_size + new_size;
    if (tenant->bytes > tenant->peak) tenant->peak = tenant->bytes;
    return block;
}

/* ---- The host's own tables --------------------------------------------------------------------
 */

typedef struct person {
    const char *id, *company, *name, *title;
} person;

typedef struct deal {
    const char *id, *company, *solution;
    int64_t opened;
    /* what the screen shows, so that it is painted again only when it changes */
    int32_t verdict;
    double priority;
    int32_t seats[64];
} deal;

typedef struct crm {
    memory tenant;
    qbg_workspace *rows;
    qbg_assessment *answer; /* refilled for every question */
    qbg_signal *record;     /* refilled for every event */
    uint64_t seen;          /* the revision that the screen shows */
    int64_t now;
    deal deals[2];
} crm;

static const person people[] = {
    {"p1", "daisy", "Elena Sokolova", "HR Director"},
    {"p2", "daisy", "Boris Orlov", "Head of IT"},
    {"p3", "daisy", "Maria Kim", "CFO"},
    {"p4", "daisy", "E. Sokolova", "Director of HR"}, /* Elena, from a trade fair's list */
    {"p5", "tulip", "Jan de Vries", "CEO"},
};

/* Who is in which group, and as what, by the word of the seller. */
static const struct {
    const char *deal, *person, *role;
} groups[] = {
    {"daisy-hr", "p1", "champion"},       {"daisy-hr", "p2", "technical_evaluator"},
    {"daisy-hr", "p3", "economic_buyer"}, {"daisy-hr", "p4", "business_evaluator"},
    {"tulip-hr", "p5", "decision_maker"},
};

/* ---- Painting: what changed, and why ----------------------------------------------------------
 */

static const char *label(int32_t vocabulary, int32_t word) {
    return qbg_word_label(vocabulary, word, "en");
}

/* The seats that stand otherwise than on the screen, and the people who sit there now. */
static void paint_seats(const crm *host, deal *shown) {
    const qbg_assessment *answer = host->answer;
    for (uint32_t i = 0; i < qbg_assessment_seat_count(answer); i++) {
        int32_t state = qbg_assessment_seat_state(answer, i);
        if (state == shown->seats[i]) continue;
        const qbg_role *role = qbg_role_find(host->rows, qbg_assessment_seat_role(answer, i));
        printf("    seat %s: %s -> %s", qbg_role_label(role, "en"),
               label(QBG_WORDS_SEAT_STATE, shown->seats[i]), label(QBG_WORDS_SEAT_STATE, state));
        for (uint32_t j = 0; j < qbg_assessment_seat_person_count(answer, i); j++)
            printf("%s %s", j == 0 ? ":" : ",", qbg_assessment_seat_person(answer, i, j));
        printf("\n");
        shown->seats[i] = state;
    }
}

/* Why the group is not qualified: the first required criterion that fails. */
static void paint_reason(const qbg_assessment *answer) {
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(answer); i++) {
        if (qbg_assessment_criterion_mode(answer, i) != QBG_MODE_REQUIRED) continue;
        if (qbg_assessment_criterion_holds(answer, i)) continue;
        printf("    missing: %s", label(QBG_WORDS_CRITERION, qbg_assessment_criterion(answer, i)));
        if (qbg_assessment_criterion_has_actual(answer, i))
            printf(", %.4g of %.4g", qbg_assessment_criterion_actual(answer, i),
                   qbg_assessment_criterion_threshold(answer, i));
        printf("\n");
        return;
    }
    printf("    every required criterion of the gate passes\n");
}

static int is_shown(const deal *shown, const qbg_assessment *answer) {
    double priority = qbg_assessment_priority(answer);
    return shown->verdict == qbg_assessment_verdict(answer) && !(shown->priority < priority) &&
           !(shown->priority > priority);
}

/* The first answer makes the handle, the others refill it and, once it is warm, allocate nothing.
 */
static void ask(crm *host, const qbg_opportunity *opportunity) {
    if (host->answer)
        must(qbg_assessment_refill(host->answer, opportunity, host->now));
    else
        must(qbg_assess(opportunity, host->now, &host->answer));
}

static void paint_deal(crm *host, deal *shown) {
    ask(host, qbg_opportunity_find(host->rows, shown->id));
    const qbg_assessment *answer = host->answer;
    if (is_shown(shown, answer)) return;
    printf("  %s: priority %.1f -> %.1f", shown->id, shown->priority,
           qbg_assessment_priority(answer));
    if (shown->verdict != qbg_assessment_verdict(answer))
        printf(", %s -> %s", label(QBG_WORDS_VERDICT, shown->verdict),
               label(QBG_WORDS_VERDICT, qbg_assessment_verdict(answer)));
    printf("; %" PRId32 " of %" PRId32 " people engaged\n", qbg_assessment_members_engaged(answer),
           qbg_assessment_members_identified(answer));
    shown->verdict = qbg_assessment_verdict(answer);
    shown->priority = qbg_assessment_priority(answer);
    paint_seats(host, shown);
    paint_reason(answer);
}

/* Asks again about the groups that changed since the screen was painted, and about no other. The
 * tag of a row leads to the host's struct. */
static void paint(crm *host) {
    qbg_table *changes = NULL;
    must(qbg_workspace_changes(host->rows, host->seen, &changes));
    int32_t tag = qbg_table_column_find(changes, "opportunity_tag");
    int32_t is_alive = qbg_table_column_find(changes, "is_alive");
    for (int64_t row = 0; row < qbg_table_row_count(changes); row++) {
        deal *shown = &host->deals[qbg_table_uint64_at(changes, tag, row) - 1];
        if (qbg_table_int64_at(changes, is_alive, row)) paint_deal(host, shown);
    }
    qbg_table_free(changes);
    host->seen = qbg_workspace_revision(host->rows);
}

/* ---- The nightly sync: the CRM's tables are told again, whatever is known of them -------------
 */

static void sync_people(crm *host, int32_t counts[3]) {
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        const person *at = &people[i];
        qbg_contact *contact = qbg_contact_find(host->rows, at->id);
        int32_t put = QBG_PUT_SAME;
        if (contact && strcmp(qbg_contact_key(contact), at->id) != 0)
            continue; /* merged: the row that was kept speaks for both */
        qbg_account *account = qbg_account_find(host->rows, at->company);
        qbg_status status =
            qbg_contact_put(host->rows, at->id, account, at->name, at->title, &contact, &put);
        if (status == QBG_E_ERASED) {
            printf("  %s was erased on request and stays out\n", at->id);
            continue;
        }
        must(status);
        must(qbg_contact_set_tag(contact, i + 1));
        counts[put]++;
    }
}

static void sync_deals(crm *host, int32_t counts[3]) {
    for (size_t i = 0; i < sizeof host->deals / sizeof host->deals[0]; i++) {
        const deal *at = &host->deals[i];
        qbg_opportunity *opportunity = NULL;
        int32_t put = QBG_PUT_SAME;
        must(qbg_opportunity_put(host->rows, at->id, qbg_account_find(host->rows, at->company),
                                 qbg_solution_find(host->rows, at->solution), at->opened,
                                 &opportunity, &put));
        must(qbg_opportunity_set_tag(opportunity, i + 1));
        counts[put]++;
    }
}

static void sync_groups(crm *host, int32_t counts[3]) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        qbg_contact *contact = qbg_contact_find(host->rows, groups[i].person);
        qbg_member *member = NULL;
        int32_t put = QBG_PUT_SAME;
        if (!contact) continue; /* erased */
        must(qbg_member_put(qbg_opportunity_find(host->rows, groups[i].deal), contact, &member,
                            &put));
        must(qbg_member_add_role(member, qbg_role_find(host->rows, groups[i].role),
                                 QBG_SOURCE_HOST));
        counts[put]++;
    }
}

/* All of it takes effect at once, or, if memory runs out, nothing does. */
static void sync(crm *host) {
    int32_t counts[3] = {0, 0, 0};
    must(qbg_workspace_begin(host->rows));
    must(qbg_account_put(host->rows, "daisy", "Red Daisy", NULL, NULL));
    must(qbg_account_put(host->rows, "tulip", "Tulip", NULL, NULL));
    must(qbg_solution_put(host->rows, "hr", "HR suite", NULL, NULL, NULL));
    sync_people(host, counts);
    sync_deals(host, counts);
    sync_groups(host, counts);
    must(qbg_workspace_commit(host->rows));
    printf("  %" PRId32 " rows created, %" PRId32 " changed, %" PRId32 " the same\n",
           counts[QBG_PUT_CREATED], counts[QBG_PUT_CHANGED], counts[QBG_PUT_SAME]);
    paint(host);
}

/* ---- The event stream -------------------------------------------------------------------------
 */

typedef struct event {
    int32_t day;
    const char *id, *kind, *company, *person, *visitor;
} event;

static const event stream[] = {
    {1, "e1", "content_download", NULL, "p1", NULL},
    {2, "e2", "pricing_view", "daisy", NULL, "v-17"}, /* somebody of Red Daisy: who? */
    {3, "e3", "webinar_attendance", NULL, "p1", NULL},
    {3, "e3", "webinar_attendance", NULL, "p1", NULL}, /* delivered twice, as streams do */
    {4, "e4", "demo_request", NULL, "p2", NULL},
    {5, "e5", "meeting", NULL, "p4", NULL},
    {6, "e6", "proposal_request", NULL, "p5", NULL},
};

static void receive(crm *host, const event *at) {
    int32_t is_duplicate = 0;
    qbg_signal *record = host->record;
    qbg_signal_clear(record);
    must(qbg_signal_set_time(record, host->now));
    must(qbg_signal_set_kind(record, at->kind));
    must(qbg_signal_set_solution(record, qbg_solution_find(host->rows, "hr")));
    must(qbg_signal_set_event(record, at->id));
    must(qbg_signal_set_visitor(record, at->visitor));
    if (at->company)
        must(qbg_signal_set_account(record, qbg_account_find(host->rows, at->company)));
    if (at->person) must(qbg_signal_set_contact(record, qbg_contact_find(host->rows, at->person)));
    must(qbg_record(host->rows, record, NULL, &is_duplicate));
    if (is_duplicate) printf("  known already, counted once\n");
    paint(host);
}

static void tell_day(crm *host, int32_t day, const char *what) {
    host->now = host->deals[0].opened + day * DAY + 9 * HOUR;
    printf("day %" PRId32 ": %s\n", day, what);
}

static void run_stream(crm *host) {
    for (size_t i = 0; i < sizeof stream / sizeof stream[0]; i++) {
        const event *at = &stream[i];
        char what[80];
        snprintf(what, sizeof what, "%s by %s", at->kind, at->person ? at->person : at->visitor);
        tell_day(host, at->day, what);
        receive(host, at);
    }
}

/* ---- A tenant's week --------------------------------------------------------------------------
 */

static void begin(crm *host) {
    const qbg_allocator allocator = {sizeof allocator, &host->tenant, resize};
    int64_t opened = 0;
    must(qbg_time_from_text("2026-03-01", 0, &opened));
    host->deals[0] = (deal){"daisy-hr", "daisy", "hr", opened, 0, 0, {0}};
    host->deals[1] = (deal){"tulip-hr", "tulip", "hr", opened, 0, 0, {0}};
    must(qbg_workspace_new(&allocator, &host->rows));
    must(qbg_signal_new(host->rows, &host->record));
    tell_day(host, 0, "first sync");
    sync(host);
}

/* What people find out and ask for, in the words of the library. */
static void correct(crm *host) {
    qbg_contact *elena = qbg_contact_find(host->rows, "p1");
    tell_day(host, 7, "p4 is p1, says the seller: merged");
    must(qbg_contact_merge(elena, qbg_contact_find(host->rows, "p4")));
    paint(host);
    tell_day(host, 8, "visitor v-17 logged in as p3");
    must(qbg_contact_add_visitor(qbg_contact_find(host->rows, "p3"), "v-17"));
    paint(host);
    tell_day(host, 9, "e4 was a test: taken back");
    qbg_signal_clear(host->record);
    must(qbg_signal_set_event(host->record, "e4"));
    must(qbg_signal_set_contact(host->record, qbg_contact_find(host->rows, "p2")));
    must(qbg_retract(host->rows, host->record));
    paint(host);
    tell_day(host, 9, "p3 asks to be forgotten: the numbers stay, the name goes");
    must(qbg_contact_erase(qbg_contact_find(host->rows, "p3")));
    paint(host);
    tell_day(host, 9, "nightly sync");
    sync(host);
}

static void end(crm *host) {
    qbg_assessment_free(host->answer);
    qbg_signal_free(host->record);
    printf("the tenant held %" PRIu64 " bytes", qbg_workspace_bytes(host->rows));
    qbg_workspace_free(host->rows);
    printf(", at most %zu, in %" PRIu64 " requests; %zu are left\n", host->tenant.peak,
           host->tenant.requests, host->tenant.bytes);
}

int main(void) {
    static crm host;
    begin(&host);
    run_stream(&host);
    correct(&host);
    end(&host);
    return host.tenant.bytes == 0 ? 0 : 1;
}
