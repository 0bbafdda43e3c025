/* stream_test: what counts for which stream of an account, and who turns up anew. */
#include "fixture.h"

#include "analysis/stream.h"
#include "model/workspace.h"

/* ---- streams as text ------------------------------------------------------------------------- */

static const char *key_of(const qbg_workspace *workspace, uint32_t solution) {
    return solution == QBG_NONE ? "-" : qbg_solution_key(qbg_solution_at(workspace, solution));
}

static void append(char *text, size_t room, const char *format, ...) {
    va_list arguments;
    size_t used = strlen(text);
    va_start(arguments, format);
    int size = vsnprintf(text + used, room - used, format, arguments);
    va_end(arguments);
    assert_true(size >= 0 && (size_t)size < room - used);
}

/* "hr: p@0 v@3 2/4" for each: arrivals with their day after NOON, then how many visitors came and
 * how many signals count. Visitors are v, whoever they are. */
static void assert_streams(const qbg_account *account, int64_t as_of, const char *want) {
    const qbg_workspace *workspace = account->workspace;
    char found[2048] = "";
    qbg__streams streams;
    qbg__stream stream;
    int is_there = 1;
    qbg__streams_begin(&streams, workspace);
    OK(qbg__streams_read(&streams, account, as_of));
    for (OK(qbg__streams_next(&streams, &stream, &is_there)); is_there;
         OK(qbg__streams_next(&streams, &stream, &is_there))) {
        uint32_t visitors = 0;
        append(found, sizeof found, "%s:", key_of(workspace, stream.solution));
        for (uint32_t i = 0; i < stream.arrival_count; i++) {
            const qbg__pair *arrival = &stream.arrivals[i];
            uint32_t person = QBG__ARRIVAL_PERSON(arrival);
            int is_visitor = qbg__person_is_visitor(person);
            assert_int_equal(QBG__ARRIVAL_VISITORS(arrival), visitors);
            visitors += (uint32_t)is_visitor;
            append(found, sizeof found, " %s@%d",
                   is_visitor ? "v" : qbg_contact_key(qbg_contact_at(workspace, person)),
                   (int)((QBG__ARRIVAL_TIME(arrival) - NOON) / DAY));
        }
        append(found, sizeof found, " %u/%u\n", visitors, stream.moment_count);
    }
    qbg__streams_end(&streams);
    assert_string_equal(found, want);
}

/* ---- who turns up ---------------------------------------------------------------------------- */

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_solution *hr, *erp;
    qbg_contact *p, *q;
} world;

static world world_of(void **state) {
    world self = {.workspace = workspace_of(state)};
    self.daisy = add_account(self.workspace, "daisy");
    self.hr = add_solution(self.workspace, "hr");
    self.erp = add_solution(self.workspace, "erp");
    OK(qbg_solution_add_content(self.hr, "hr/"));
    self.p = add_contact(self.workspace, "p", self.daisy);
    self.q = add_contact(self.workspace, "q", self.daisy);
    return self;
}

static void somebody_is_new_again_after_long_silence(void **state) {
    world of = world_of(state);
    static const int days[] = {0, 5, 95, 186, 200, 290, 381};
    for (int i = 6; i >= 0; i--)
        tell(of.workspace, (act){.time = NOON + days[i] * DAY, .contact = of.p, .solution = of.hr});
    /* 90 days are not more than 90 days, and 91 are */
    assert_streams(of.daisy, LAST, "hr: p@0 p@186 p@381 0/7\n");
    assert_streams(of.daisy, NOON + 199 * DAY, "hr: p@0 p@186 0/4\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "formation_quiet_days", 89000));
    assert_streams(of.daisy, LAST, "hr: p@0 p@95 p@186 p@290 p@381 0/7\n");
    /* never sooner than after a window, so that nobody is counted twice in one */
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "formation_quiet_days", 1000));
    assert_streams(of.daisy, LAST, "hr: p@0 p@95 p@186 p@290 p@381 0/7\n");
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "formation_window_days", 4000));
    assert_streams(of.daisy, LAST, "hr: p@0 p@5 p@95 p@186 p@200 p@290 p@381 0/7\n");
}

static void nothing_tells_nothing(void **state) {
    world of = world_of(state);
    assert_streams(of.daisy, LAST, "");
    tell(of.workspace, (act){.time = NOON, .contact = of.p});
    assert_streams(of.daisy, NOON - 1, "");
    assert_streams(of.daisy, NOON, "-: p@0 0/1\n");
}

static void each_solution_is_a_stream_and_what_is_about_none(void **state) {
    world of = world_of(state);
    tell(of.workspace, (act){.time = NOON, .contact = of.p, .solution = of.erp});
    tell(of.workspace, (act){.time = NOON + DAY, .contact = of.p, .content = "hr/guide"});
    tell(of.workspace, (act){.time = NOON + 2 * DAY, .contact = of.p, .content = "about-us"});
    tell(of.workspace, (act){.time = NOON + 3 * DAY, .contact = of.q, .event = "e"});
    assert_streams(of.daisy, LAST, "hr: p@1 0/1\nerp: p@0 0/1\n-: p@2 q@3 0/2\n");
}

static void what_an_opportunity_took_is_about_its_solution(void **state) {
    world of = world_of(state);
    qbg_opportunity *deal = add_opportunity(of.workspace, "o", of.daisy, of.hr, NOON);
    add_member(deal, of.p);
    tell(of.workspace, (act){.time = NOON + DAY, .contact = of.p});
    tell(of.workspace, (act){.time = NOON + DAY, .contact = of.q, .opportunity = deal});
    assert_streams(of.daisy, LAST, "hr: p@1 q@1 0/2\n");
    /* before it is opened nobody knows of it: the signal is about what it says itself */
    tell(of.workspace, (act){.time = NOON - DAY, .contact = of.p});
    tell(of.workspace, (act){.time = NOON - 2 * DAY, .contact = of.p, .solution = of.hr});
    assert_streams(of.daisy, LAST, "hr: p@-2 q@1 0/3\n-: p@-1 0/1\n");
}

/* A consultant who is in a group elsewhere counts there, once he is. */
static void a_group_elsewhere_has_its_own_streams(void **state) {
    world of = world_of(state);
    qbg_account *tulip = add_account(of.workspace, "tulip");
    qbg_opportunity *deal = add_opportunity(of.workspace, "o", tulip, of.hr, NOON);
    add_member(deal, of.p);
    tell(of.workspace, (act){.time = NOON + DAY, .contact = of.p});
    tell(of.workspace, (act){.time = NOON - DAY, .contact = of.p});
    assert_streams(of.daisy, LAST, "-: p@-1 0/1\n");
    assert_streams(tulip, LAST, "hr: p@1 0/1\n");
}

static void visitors_are_people_once_they_are_known(void **state) {
    world of = world_of(state);
    tell(of.workspace,
         (act){.time = NOON, .account = of.daisy, .visitor = "v1", .solution = of.hr});
    tell(of.workspace,
         (act){.time = NOON + DAY, .account = of.daisy, .visitor = "v2", .solution = of.hr});
    tell(of.workspace, (act){.time = NOON + 2 * DAY, .account = of.daisy, .solution = of.hr});
    tell(of.workspace, (act){.time = NOON + 3 * DAY, .contact = of.p, .solution = of.hr});
    assert_streams(of.daisy, LAST, "hr: v@0 v@1 v@2 p@3 3/4\n");
    OK(qbg_contact_add_visitor(of.p, "v1"));
    assert_streams(of.daisy, LAST, "hr: p@0 v@1 v@2 2/4\n");
}

static void weak_signals_and_third_parties_are_nobody(void **state) {
    world of = world_of(state);
    tell(of.workspace, (act){.time = NOON, .kind = "email_open", .contact = of.p});
    tell(of.workspace, (act){.time = NOON, .kind = "unsubscribe", .contact = of.p});
    assert_streams(of.daisy, LAST, "");
    tell(of.workspace, (act){.time = NOON, .kind = "intent_topic", .contact = of.p});
    assert_streams(of.daisy, LAST, "-: 0/1\n");
    OK(qbg_policy_set_text(qbg_workspace_policy(of.workspace), "formation_points", "0.5"));
    assert_streams(of.daisy, LAST, "-: p@0 0/2\n");
}

/* As a naive reading says, in whatever order they were told, and for many. */
static void many_are_put_in_order(void **state) {
    world of = world_of(state);
    enum { PEOPLE = 50, SIGNALS = 3000 };
    static int64_t last[PEOPLE];
    static qbg_contact *people[PEOPLE];
    char key[8], want[2048] = "hr:";
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(key, sizeof key, "p%02d", i);
        people[i] = add_contact(of.workspace, key, of.daisy);
        last[i] = INT64_MIN;
    }
    /* 997 and 3000 have no divisor in common: each place once, in a mixed order */
    for (int i = 0; i < SIGNALS; i++) {
        int at = (int)((int64_t)i * 997 % SIGNALS);
        tell(of.workspace, (act){.time = NOON + at * DAY / 2,
                                 .contact = people[(at * 31 + at / 700) % PEOPLE],
                                 .solution = of.hr});
    }
    int arrivals = 0;
    for (int at = 0; at < SIGNALS; at++) {
        int person = (at * 31 + at / 700) % PEOPLE;
        int64_t time = NOON + at * DAY / 2;
        if (last[person] == INT64_MIN || time - last[person] > 30 * DAY) {
            append(want, sizeof want, " p%02d@%d", person, at / 2);
            arrivals++;
        }
        last[person] = time;
    }
    append(want, sizeof want, " 0/%d\n", SIGNALS);
    OK(qbg_policy_set_milli(qbg_workspace_policy(of.workspace), "formation_quiet_days", 30000));
    assert_true(arrivals >= PEOPLE && arrivals < 150);
    assert_streams(of.daisy, LAST, want);
}

static void without_memory_there_is_no_stream(void **state) {
    world of = world_of(state);
    host *memory = &((fixture *)*state)->memory;
    tell(of.workspace, (act){.time = NOON, .contact = of.p});
    qbg__streams streams;
    qbg__stream stream;
    int is_there = 0;
    qbg__streams_begin(&streams, of.workspace);
    refuse(memory, 0);
    assert_int_equal(qbg__streams_read(&streams, of.daisy, LAST), QBG_E_MEMORY);
    refuse(memory, 1);
    OK(qbg__streams_read(&streams, of.daisy, LAST));
    assert_int_equal(qbg__streams_next(&streams, &stream, &is_there), QBG_E_MEMORY);
    refuse(memory, NEVER);
    OK(qbg__streams_next(&streams, &stream, &is_there));
    assert_int_equal(stream.arrival_count, 1);
    qbg__streams_end(&streams);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(somebody_is_new_again_after_long_silence),
        in_workspace(nothing_tells_nothing),
        in_workspace(each_solution_is_a_stream_and_what_is_about_none),
        in_workspace(what_an_opportunity_took_is_about_its_solution),
        in_workspace(a_group_elsewhere_has_its_own_streams),
        in_workspace(visitors_are_people_once_they_are_known),
        in_workspace(weak_signals_and_third_parties_are_nobody),
        in_workspace(many_are_put_in_order),
        in_workspace(without_memory_there_is_no_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
