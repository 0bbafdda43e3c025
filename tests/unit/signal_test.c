/* signal: a record is filled, told, known again by its event id, appended in columns, walked. */
#include "fixture.h"

#include "model/workspace.h"

typedef struct world {
    qbg_workspace *workspace;
    qbg_account *daisy, *tulip;
    qbg_solution *hr;
    qbg_contact *elena, *lead;
    qbg_opportunity *opportunity;
} world;

static world begin(void **state) {
    world w = {.workspace = workspace_of(state)};
    w.daisy = add_account(w.workspace, "daisy");
    w.tulip = add_account(w.workspace, "tulip");
    w.hr = add_solution(w.workspace, "hr");
    w.elena = add_contact(w.workspace, "elena", w.daisy);
    w.lead = add_contact(w.workspace, "lead", NULL);
    w.opportunity = add_opportunity(w.workspace, "daisy-hr", w.daisy, w.hr, QBG_UNDATED);
    return w;
}

#define assert_told(status, ...)                                                                   \
    assert_int_equal(try_to_tell(w.workspace, (act){__VA_ARGS__}), status)

/* ---- the record ------------------------------------------------------------------------------ */

static void assert_empty(const qbg_signal *signal) {
    assert_int_equal(qbg_signal_time(signal), QBG_UNDATED);
    assert_null(qbg_signal_kind(signal));
    assert_null(qbg_signal_account(signal));
    assert_null(qbg_signal_contact(signal));
    assert_null(qbg_signal_solution(signal));
    assert_null(qbg_signal_opportunity(signal));
    assert_string_equal(qbg_signal_visitor(signal), "");
    assert_string_equal(qbg_signal_content(signal), "");
    assert_string_equal(qbg_signal_event(signal), "");
    assert_int_equal(qbg_signal_category(signal), QBG_UNSET);
}

static act everything(const world *w) {
    return (act){NOON, "call", w->elena, w->daisy, w->hr, w->opportunity, "v-1", "/hr/", "e-1"};
}

static void assert_everything(const world *w, const qbg_signal *signal) {
    assert_int_equal(qbg_signal_time(signal), NOON);
    assert_string_equal(qbg_kind_key(qbg_signal_kind(signal)), "call");
    assert_ptr_equal(qbg_signal_account(signal), w->daisy);
    assert_ptr_equal(qbg_signal_contact(signal), w->elena);
    assert_ptr_equal(qbg_signal_solution(signal), w->hr);
    assert_ptr_equal(qbg_signal_opportunity(signal), w->opportunity);
    assert_string_equal(qbg_signal_visitor(signal), "v-1");
    assert_string_equal(qbg_signal_content(signal), "/hr/");
    assert_string_equal(qbg_signal_event(signal), "e-1");
}

static void a_record_is_empty_until_filled_and_once_cleared(void **state) {
    world w = begin(state);
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(w.workspace, &signal));
    assert_empty(signal);
    qbg_signal_free(signal);
    signal = signal_of(w.workspace, everything(&w));
    assert_everything(&w, signal);
    qbg_signal_clear(signal);
    assert_empty(signal);
    qbg_signal_free(signal);
    assert_empty(NULL);
    qbg_signal_free(NULL);
    qbg_signal_clear(NULL);
}

static void null_takes_a_cell_away(void **state) {
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    OK(qbg_signal_set_account(signal, NULL));
    OK(qbg_signal_set_contact(signal, NULL));
    OK(qbg_signal_set_solution(signal, NULL));
    OK(qbg_signal_set_opportunity(signal, NULL));
    OK(qbg_signal_set_visitor(signal, NULL));
    OK(qbg_signal_set_content(signal, NULL));
    OK(qbg_signal_set_event(signal, NULL));
    assert_int_equal(qbg_signal_time(signal), NOON);
    assert_null(qbg_signal_contact(signal));
    assert_string_equal(qbg_signal_content(signal), "");
    qbg_signal_free(signal);
}

static void a_refused_cell_stays_as_it_was(void **state) {
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_account *stranger = add_account(other, "daisy");
    assert_int_equal(qbg_signal_set_time(signal, -1), QBG_E_RANGE);
    assert_int_equal(qbg_signal_set_time(signal, LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg_signal_set_time(signal, QBG_UNDATED), QBG_E_RANGE);
    assert_int_equal(qbg_signal_set_kind(signal, "nothing"), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_signal_set_kind(signal, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_signal_set_account(signal, stranger), QBG_E_ARGUMENT);
    assert_int_equal(qbg_signal_set_contact(signal, add_contact(other, "elena", stranger)),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_signal_set_solution(signal, add_solution(other, "hr")), QBG_E_ARGUMENT);
    assert_int_equal(qbg_signal_set_visitor(signal, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_signal_set_content(signal, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_signal_set_event(signal, "\xff"), QBG_E_TEXT);
    assert_everything(&w, signal);
    assert_int_equal(qbg_record(other, signal, NULL, NULL), QBG_E_ARGUMENT);
    qbg_signal_free(signal);
    qbg_workspace_free(other);
}

static void a_text_without_memory_stays_as_it_was(void **state) {
    fixture *self = *state;
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    char text[500];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    refuse(&self->memory, 0);
    assert_int_equal(qbg_signal_set_content(signal, text), QBG_E_MEMORY);
    assert_everything(&w, signal);
    refuse(&self->memory, NEVER);
    OK(qbg_signal_set_content(signal, text));
    assert_string_equal(qbg_signal_content(signal), text);
    qbg_signal_free(signal);
}

static void the_category_is_the_kinds_or_else_whether_there_is_a_contact(void **state) {
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, (act){.time = NOON});
    assert_int_equal(qbg_signal_category(signal), QBG_CATEGORY_ANONYMOUS);
    OK(qbg_signal_set_contact(signal, w.elena));
    assert_int_equal(qbg_signal_category(signal), QBG_CATEGORY_NAMED);
    OK(qbg_signal_set_kind(signal, "intent_topic"));
    assert_int_equal(qbg_signal_category(signal), QBG_CATEGORY_THIRD_PARTY);
    OK(qbg_signal_set_kind(signal, "qualified_lead"));
    assert_int_equal(qbg_signal_category(signal), QBG_CATEGORY_QUALIFIED_LEAD);
    OK(qbg_signal_set_contact(signal, NULL));
    assert_int_equal(qbg_signal_category(signal), QBG_CATEGORY_QUALIFIED_LEAD);
    qbg_signal_free(signal);
}

/* ---- telling --------------------------------------------------------------------------------- */

static void a_signal_needs_a_time_and_a_kind(void **state) {
    world w = begin(state);
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(w.workspace, &signal));
    OK(qbg_signal_set_kind(signal, "call"));
    assert_int_equal(qbg_record(w.workspace, signal, NULL, NULL), QBG_E_ARGUMENT);
    qbg_signal_clear(signal);
    OK(qbg_signal_set_time(signal, NOON));
    assert_int_equal(qbg_record(w.workspace, signal, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_record(w.workspace, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_record(NULL, signal, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_signal_count(w.workspace), 0);
    OK(qbg_signal_set_kind(signal, "call"));
    OK(qbg_record(w.workspace, signal, NULL, NULL));
    assert_int_equal(qbg_signal_count(w.workspace), 1);
    qbg_signal_free(signal);
}

static void the_first_and_the_last_second_are_told_and_told_again(void **state) {
    static const int64_t times[] = {0, LAST};
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, (act){.time = NOON});
    for (uint32_t i = 0; i < 2; i++) {
        tell(w.workspace, (act){.time = times[i]});
        OK(qbg_workspace_signal_at(w.workspace, i, signal));
        assert_int_equal(qbg_signal_time(signal), times[i]);
    }
    qbg_signal_free(signal);
}

static void a_walk_tells_every_cell_as_it_was_given(void **state) {
    world w = begin(state);
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(w.workspace, &signal));
    assert_ptr_equal(tell(w.workspace, everything(&w)), w.opportunity);
    OK(qbg_opportunity_signal_at(w.opportunity, 0, signal));
    assert_everything(&w, signal);
    tell(w.workspace, (act){.time = NOON, .account = w.tulip, .visitor = "v-2"});
    OK(qbg_account_signal_at(w.tulip, 0, signal)); /* the old cells are gone */
    assert_null(qbg_signal_contact(signal));
    assert_null(qbg_signal_opportunity(signal));
    assert_ptr_equal(qbg_signal_account(signal), w.tulip);
    assert_string_equal(qbg_signal_visitor(signal), "v-2");
    assert_string_equal(qbg_signal_event(signal), "");
    tell(w.workspace, (act){.time = NOON + 1, .contact = w.lead});
    OK(qbg_workspace_signal_at(w.workspace, 0, signal));
    assert_ptr_equal(qbg_signal_contact(signal), w.lead);
    assert_null(qbg_signal_account(signal));
    qbg_signal_free(signal);
}

static void what_was_derived_is_not_told_as_given(void **state) {
    world w = begin(state);
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(w.workspace, &signal));
    OK(qbg_solution_add_content(w.hr, "/hr"));
    OK(qbg_contact_add_visitor(w.elena, "v-1"));
    tell(w.workspace, (act){.time = NOON, .visitor = "v-1", .content = "/hr/x"});
    OK(qbg_opportunity_signal_at(w.opportunity, 0, signal));
    assert_null(qbg_signal_contact(signal));
    assert_null(qbg_signal_account(signal));
    assert_null(qbg_signal_solution(signal));
    assert_null(qbg_signal_opportunity(signal));
    qbg_signal_free(signal);
}

static void walks_end_and_mind_their_record(void **state) {
    world w = begin(state);
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    qbg_signal *stranger = signal_of(other, (act){.time = NOON});
    tell(w.workspace, everything(&w));
    assert_int_equal(qbg_opportunity_signal_at(w.opportunity, 1, signal), QBG_E_RANGE);
    assert_int_equal(qbg_account_signal_at(w.daisy, 0, signal), QBG_E_RANGE);
    assert_int_equal(qbg_workspace_signal_at(w.workspace, QBG_NONE, signal), QBG_E_RANGE);
    assert_everything(&w, signal);
    assert_int_equal(qbg_opportunity_signal_at(w.opportunity, 0, stranger), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_signal_at(w.opportunity, 0, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_signal_at(NULL, 0, signal), QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_signal_count(NULL), 0);
    assert_int_equal(qbg_account_signal_count(NULL), 0);
    assert_int_equal(qbg_workspace_signal_count(NULL), 0);
    assert_int_equal(qbg_signal_count(NULL), 0);
    qbg_signal_free(signal);
    qbg_signal_free(stranger);
    qbg_workspace_free(other);
}

/* ---- event ids ------------------------------------------------------------------------------- */

static void the_same_event_is_counted_once(void **state) {
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    qbg_opportunity *taker = NULL;
    int32_t is_duplicate = -1;
    OK(qbg_record(w.workspace, signal, &taker, &is_duplicate));
    assert_int_equal(is_duplicate, 0);
    taker = NULL;
    OK(qbg_record(w.workspace, signal, &taker, &is_duplicate));
    assert_int_equal(is_duplicate, 1);
    assert_ptr_equal(taker, w.opportunity);
    assert_int_equal(qbg_signal_count(w.workspace), 1);
    assert_int_equal(qbg_opportunity_signal_count(w.opportunity), 1);
    qbg_signal_free(signal);
}

static void without_an_event_the_same_act_counts_each_time(void **state) {
    world w = begin(state);
    assert_told(QBG_OK, NOON, .contact = w.elena);
    assert_told(QBG_OK, NOON, .contact = w.elena);
    assert_int_equal(qbg_signal_count(w.workspace), 2);
}

static void the_same_event_with_any_other_cell_is_a_conflict(void **state) {
    world w = begin(state);
    act first = {NOON, "call", w.elena, w.daisy, NULL, NULL, "v", "/a", "e"};
    assert_int_equal(try_to_tell(w.workspace, first), QBG_OK);
    for (int cell = 0; cell < 7; cell++) {
        act other = first;
        switch (cell) {
        case 0: other.time++; break;
        case 1: other.kind = "meeting"; break;
        case 2: other.contact = NULL; break;
        case 3: other.solution = w.hr; break;
        case 4: other.opportunity = w.opportunity; break;
        case 5: other.visitor = "w"; break;
        default: other.content = NULL; break;
        }
        assert_int_equal(try_to_tell(w.workspace, other), QBG_E_CONFLICT);
    }
    assert_int_equal(qbg_signal_count(w.workspace), 1);
    assert_int_equal(try_to_tell(w.workspace, first), QBG_DUPLICATE); /* the first stays */
}

static void an_event_is_unique_within_an_account(void **state) {
    world w = begin(state);
    assert_told(QBG_OK, NOON, .account = w.daisy, .event = "e");
    assert_told(QBG_OK, NOON, .account = w.tulip, .event = "e");
    assert_told(QBG_E_CONFLICT, NOON, .contact = w.elena, .event = "e"); /* she is at daisy */
    assert_told(QBG_OK, NOON, .contact = w.lead, .event = "e");
    assert_told(QBG_OK, NOON, .visitor = "v", .event = "e");
    assert_told(QBG_OK, NOON, .visitor = "w", .event = "e");
    assert_told(QBG_DUPLICATE, NOON, .visitor = "w", .event = "e");
    assert_told(QBG_E_CONFLICT, NOON + 1, .visitor = "w", .event = "e");
    assert_told(QBG_E_CONFLICT, NOON + 1, .contact = w.lead, .event = "e");
}

static void the_account_of_an_event_is_the_contacts_at_that_second(void **state) {
    world w = begin(state);
    OK(qbg_contact_set_account(w.elena, w.tulip, NOON, QBG_SOURCE_HOST));
    assert_told(QBG_OK, NOON - 1, .contact = w.elena, .event = "e");
    assert_told(QBG_OK, NOON, .contact = w.elena, .event = "e");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.daisy, .event = "e");
    assert_told(QBG_E_CONFLICT, NOON + 1, .account = w.tulip, .event = "e");
    assert_told(QBG_DUPLICATE, NOON, .contact = w.elena, .event = "e");
}

static void a_lead_who_gets_an_account_takes_his_events_there(void **state) {
    world w = begin(state);
    assert_told(QBG_OK, NOON, .contact = w.lead, .event = "e");
    assert_told(QBG_OK, NOON, .visitor = "v", .event = "f");
    OK(qbg_contact_set_account(w.lead, w.daisy, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_contact_add_visitor(w.lead, "v"));
    assert_told(QBG_DUPLICATE, NOON, .contact = w.lead, .event = "e");
    assert_told(QBG_DUPLICATE, NOON, .visitor = "v", .event = "f");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.daisy, .event = "e");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.daisy, .event = "f");
    OK(qbg_contact_set_account(w.lead, w.tulip, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_told(QBG_OK, NOON, .account = w.daisy, .event = "e");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.tulip, .event = "e");
}

static void two_leads_events_that_meet_at_an_account_stay_known(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *leads[2] = {NULL, NULL};
    qbg_signal *signals[2] = {NULL, NULL};
    int32_t is_duplicate = 0;
    for (int i = 0; i < 2; i++) {
        OK(qbg_contact_add(workspace, i == 0 ? "x" : "y", NULL, NULL, NULL, &leads[i]));
        OK(qbg_signal_new(workspace, &signals[i]));
        OK(qbg_signal_set_time(signals[i], NOON));
        OK(qbg_signal_set_kind(signals[i], "call"));
        OK(qbg_signal_set_contact(signals[i], leads[i]));
        OK(qbg_signal_set_event(signals[i], "z"));
        OK(qbg_record(workspace, signals[i], NULL, NULL));
    }
    qbg_account *account = add_account(workspace, "a");
    for (int i = 0; i < 2; i++)
        OK(qbg_contact_set_account(leads[i], account, QBG_UNDATED, QBG_SOURCE_HOST));
    for (int i = 0; i < 2; i++) {
        OK(qbg_record(workspace, signals[i], NULL, &is_duplicate));
        assert_int_equal(is_duplicate, 1);
        qbg_signal_free(signals[i]);
    }
    assert_int_equal(qbg_signal_count(workspace), 2);
}

static void a_cell_can_be_set_from_itself(void **state) {
    char content[200];
    memset(content, 'x', sizeof content - 1);
    content[sizeof content - 1] = '\0';
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(workspace_of(state), &signal));
    OK(qbg_signal_set_content(signal, content));
    OK(qbg_signal_set_content(signal, qbg_signal_content(signal)));
    assert_string_equal(qbg_signal_content(signal), content);
    OK(qbg_signal_set_content(signal, qbg_signal_content(signal) + 150));
    assert_string_equal(qbg_signal_content(signal), content + 150);
    qbg_signal_free(signal);
}

static void a_refused_signal_leaves_everything_as_it_was(void **state) {
    fixture *self = *state;
    world w = begin(state);
    qbg_signal *signal = signal_of(w.workspace, everything(&w));
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_opportunity *taker = NULL;
        refuse(&self->memory, request);
        status = qbg_record(w.workspace, signal, &taker, NULL);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(taker);
        assert_int_equal(qbg_signal_count(w.workspace), 0);
        assert_int_equal(qbg_opportunity_signal_count(w.opportunity), 0);
    }
    assert_int_equal(qbg_signal_count(w.workspace), 1);
    qbg_signal_free(signal);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void columns_are_signals_row_by_row(void **state) {
    world w = begin(state);
    const int64_t times[] = {NOON, NOON + 1, NOON + 2};
    const uint16_t kind = (uint16_t)qbg_kind_number(qbg_kind_find(w.workspace, "call"));
    const uint16_t kinds[] = {kind, kind, kind};
    const uint32_t contact[] = {qbg_contact_number(w.elena), QBG_NONE, QBG_NONE};
    const uint32_t account[] = {qbg_account_number(w.daisy), QBG_NONE, 1};
    const uint32_t solution[] = {qbg_solution_number(w.hr), QBG_NONE, QBG_NONE};
    const uint32_t opportunity[] = {qbg_opportunity_number(w.opportunity), QBG_NONE, QBG_NONE};
    const int64_t visitors[] = {3, 6, 6, 6}, about[] = {0, 4, 4, 4}, events[] = {0, 3, 3, 5};
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = 3,
                                        .time_s = times,
                                        .kind = kinds,
                                        .contact = contact,
                                        .account = account,
                                        .solution = solution,
                                        .opportunity = opportunity,
                                        .visitor = "...v-1",
                                        .visitor_offsets = visitors,
                                        .content = "/hr/",
                                        .content_offsets = about,
                                        .event = "e-1e2",
                                        .event_offsets = events};
    qbg_status statuses[3] = {-1, -1, -1};
    uint64_t refused = 99;
    qbg_signal *signal = signal_of(w.workspace, (act){.time = NOON});
    OK(qbg_append(w.workspace, &columns, statuses, &refused));
    assert_int_equal(refused, 0);
    assert_true(statuses[0] == QBG_OK && statuses[1] == QBG_OK && statuses[2] == QBG_OK);
    OK(qbg_opportunity_signal_at(w.opportunity, 0, signal));
    assert_everything(&w, signal);
    OK(qbg_workspace_signal_at(w.workspace, 0, signal));
    assert_int_equal(qbg_signal_time(signal), NOON + 1);
    assert_string_equal(qbg_signal_visitor(signal), "");
    OK(qbg_account_signal_at(w.tulip, 0, signal));
    assert_string_equal(qbg_signal_event(signal), "e2");
    qbg_signal_free(signal);
}

static void bad_rows_are_refused_one_by_one_and_told(void **state) {
    enum { ROWS = 11 };
    world w = begin(state);
    int64_t times[ROWS];
    uint16_t kinds[ROWS] = {0};
    uint32_t contact[ROWS], account[ROWS], solution[ROWS], opportunity[ROWS];
    for (int i = 0; i < ROWS; i++) {
        times[i] = NOON;
        contact[i] = account[i] = solution[i] = opportunity[i] = QBG_NONE;
    }
    times[0] = -1;
    times[1] = LAST + 1;
    kinds[2] = (uint16_t)qbg_kind_count(w.workspace);
    contact[3] = qbg_contact_count(w.workspace);
    account[4] = qbg_account_count(w.workspace);
    solution[5] = qbg_solution_count(w.workspace);
    opportunity[6] = qbg_opportunity_count(w.workspace);
    times[9] = NOON; /* rows 8 and 9 are the same event, row 10 is another act of it */
    times[10] = NOON + 1;
    const int64_t events[ROWS + 1] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = ROWS,
                                        .time_s = times,
                                        .kind = kinds,
                                        .contact = contact,
                                        .account = account,
                                        .solution = solution,
                                        .opportunity = opportunity,
                                        .event = "\xff"
                                                 "eee",
                                        .event_offsets = events};
    static const qbg_status expected[ROWS] = {
        QBG_E_RANGE, QBG_E_RANGE, QBG_E_RANGE, QBG_E_RANGE,   QBG_E_RANGE,   QBG_E_RANGE,
        QBG_E_RANGE, QBG_E_TEXT,  QBG_OK,      QBG_DUPLICATE, QBG_E_CONFLICT};
    qbg_status statuses[ROWS];
    uint64_t refused = 0;
    OK(qbg_append(w.workspace, &columns, statuses, &refused));
    for (int i = 0; i < ROWS; i++) assert_int_equal(statuses[i], expected[i]);
    assert_int_equal(refused, 9);
    assert_int_equal(qbg_signal_count(w.workspace), 1);
    OK(qbg_append(w.workspace, &columns, NULL, NULL));
    assert_int_equal(qbg_signal_count(w.workspace), 1);
}

static void a_nul_inside_a_text_is_refused(void **state) {
    world w = begin(state);
    const int64_t time = NOON, offsets[] = {0, 3};
    const uint16_t kind = 0;
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = 1,
                                        .time_s = &time,
                                        .kind = &kind,
                                        .content = "a\0b",
                                        .content_offsets = offsets};
    qbg_status status = QBG_OK;
    OK(qbg_append(w.workspace, &columns, &status, NULL));
    assert_int_equal(status, QBG_E_TEXT);
}

static void columns_that_make_no_sense_append_nothing(void **state) {
    world w = begin(state);
    const int64_t times[] = {NOON, NOON};
    const uint16_t kinds[] = {0, 0};
    const int64_t falling[] = {0, 3, 2}, negative[] = {-1, 0, 1}, empty[] = {7, 7, 7};
    const int64_t rising[] = {0, 0, 1};
    const qbg_signal_columns good = {
        .size = sizeof good, .count = 2, .time_s = times, .kind = kinds};
    qbg_signal_columns bad[9];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) bad[i] = good;
    bad[0].size = 0;
    bad[1].size--;
    bad[2].time_s = NULL;
    bad[3].kind = NULL;
    bad[4].visitor = "xyz";
    bad[4].visitor_offsets = falling;
    bad[5].content = "xyz";
    bad[5].content_offsets = negative;
    bad[6].event = "xyz";          /* no offsets */
    bad[7].event_offsets = rising; /* no bytes */
    bad[8].visitor = "xyz";
    bad[8].visitor_offsets = negative;
    uint64_t refused = 77;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(qbg_append(w.workspace, &bad[i], NULL, &refused), QBG_E_ARGUMENT);
    assert_int_equal(qbg_append(w.workspace, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_append(NULL, &good, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(refused, 77);
    assert_int_equal(qbg_signal_count(w.workspace), 0);
    qbg_signal_columns fine = good;
    fine.event_offsets = empty; /* no bytes are needed */
    OK(qbg_append(w.workspace, &fine, NULL, NULL));
    const qbg_signal_columns none = {.size = sizeof none};
    OK(qbg_append(w.workspace, &none, NULL, &refused));
    assert_int_equal(refused, 0);
    assert_int_equal(qbg_signal_count(w.workspace), 2);
}

static void longer_columns_are_taken_only_with_a_zero_tail(void **state) {
    world w = begin(state);
    const int64_t time = NOON;
    const uint16_t kind = 0;
    struct {
        qbg_signal_columns known;
        const void *later;
    } columns = {{.size = sizeof columns, .count = 1, .time_s = &time, .kind = &kind}, &time};
    assert_int_equal(qbg_append(w.workspace, &columns.known, NULL, NULL), QBG_E_ARGUMENT);
    columns.later = NULL;
    OK(qbg_append(w.workspace, &columns.known, NULL, NULL));
    assert_int_equal(qbg_signal_count(w.workspace), 1);
}

static void columns_are_appended_whole_or_not_at_all(void **state) {
    enum { ROWS = 30 };
    fixture *self = *state;
    world w = begin(state);
    int64_t times[ROWS], offsets[ROWS + 1] = {0};
    uint16_t kinds[ROWS] = {0};
    uint32_t contact[ROWS];
    for (int i = 0; i < ROWS; i++) {
        times[i] = NOON + i;
        contact[i] = i % 2 == 0 ? qbg_contact_number(w.elena) : QBG_NONE;
        offsets[i + 1] = i + 1;
    }
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = ROWS,
                                        .time_s = times,
                                        .kind = kinds,
                                        .contact = contact,
                                        .visitor = "abcdefghijklmnopqrstuvwxyz0123",
                                        .visitor_offsets = offsets};
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        uint64_t refused = 77;
        refuse(&self->memory, request);
        status = qbg_append(w.workspace, &columns, NULL, &refused);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(refused, 77);
        assert_int_equal(qbg_signal_count(w.workspace), 0);
        assert_int_equal(qbg_account_signal_count(w.daisy), 0);
        assert_int_equal(qbg_workspace_signal_count(w.workspace), 0);
    }
    assert_int_equal(qbg_account_signal_count(w.daisy), ROWS / 2);
    assert_int_equal(qbg_workspace_signal_count(w.workspace), ROWS / 2);
}

/* Whoever tells an event id after somebody moved wants him settled; once is enough for all who
 * ask, also when their calls change nothing. */
static void in_a_batch_a_move_is_settled_once(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy"), *tulip = add_account(workspace, "tulip");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    const act visit = {.time = NOON, .contact = elena, .event = "e1"};
    act other = visit, fresh = visit, unknown = visit;
    other.kind = "call";
    fresh.event = "e2";
    unknown.event = "e3";
    tell(workspace, visit);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_contact_set_account(elena, tulip, QBG_UNDATED, QBG_SOURCE_HOST));
    uint64_t settled = workspace->settling;
    tell(workspace, fresh);
    assert_int_equal(workspace->settling, settled + 1);
    for (int i = 0; i < 3; i++) {
        qbg_signal *record = signal_of(workspace, unknown);
        assert_int_equal(try_to_tell(workspace, visit), QBG_DUPLICATE);
        assert_int_equal(try_to_tell(workspace, other), QBG_E_CONFLICT);
        assert_int_equal(qbg_retract(workspace, record), QBG_E_NOT_FOUND);
        assert_int_equal(qbg_contact_remove(elena, 0), QBG_E_IN_USE);
        assert_int_equal(qbg_account_remove(tulip, 0), QBG_E_IN_USE);
        assert_int_equal(workspace->settling, settled + 1);
        qbg_signal_free(record);
    }
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_account_signal_count(daisy), 0);
    assert_int_equal(qbg_account_signal_count(tulip), 2);
}

/* A source that takes back and tells anew all day needs no more room than one signal. */
static void a_retracted_event_leaves_its_room(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const act visit = {.time = NOON, .account = add_account(workspace, "daisy"), .event = "e"};
    act other = visit;
    other.event = "other";
    tell(workspace, other);
    uint32_t used = 0;
    for (int i = 0; i < 20; i++) {
        qbg_signal *record = signal_of(workspace, visit);
        tell(workspace, visit);
        if (i == 0) used = workspace->signals.events.shelf.used;
        assert_int_equal(workspace->signals.events.shelf.used, used);
        OK(qbg_workspace_begin(workspace));
        OK(qbg_retract(workspace, record));
        tell(workspace, (act){.time = NOON + i, .visitor = "v", .event = "third"});
        OK(qbg_workspace_rollback(workspace));
        assert_int_equal(try_to_tell(workspace, visit), QBG_DUPLICATE);
        OK(qbg_retract(workspace, record));
        assert_int_equal(try_to_tell(workspace, other), QBG_DUPLICATE);
        qbg_signal_free(record);
    }
    assert_int_equal(qbg_signal_count(workspace), 1);
}

/* ---- Contents ---- */

static void assert_content(const qbg_account *account, uint32_t index, const char *content) {
    qbg_signal *record = NULL;
    OK(qbg_signal_new(account->workspace, &record));
    OK(qbg_account_signal_at(account, index, record));
    assert_string_equal(qbg_signal_content(record), content);
    qbg_signal_free(record);
}

/* What no solution is named for is about the content's, which routing reads from the cells. */
static void signals_of_many_contents_share_their_cells(void **state) {
    world w = begin(state);
    const qbg__signals *signals = &w.workspace->signals;
    tell(w.workspace, (act){.time = NOON, .account = w.tulip, .solution = w.hr});
    uint32_t rows = signals->cells_count;
    for (int i = 0; i < 40; i++) {
        char content[8], event[8];
        snprintf(content, sizeof content, "/%d", i);
        snprintf(event, sizeof event, "%d", i);
        act told = {.time = NOON, .account = w.tulip, .solution = w.hr, .content = content};
        if (i % 2) told.event = event;
        tell(w.workspace, told);
        assert_content(w.tulip, (uint32_t)i + 1, content);
    }
    assert_int_equal(signals->cells_count, rows);
    tell(w.workspace, (act){.time = NOON, .account = w.tulip, .content = "/7"});
    tell(w.workspace, (act){.time = NOON, .account = w.tulip, .content = "/8"});
    assert_int_equal(signals->cells_count, rows + 2);
    assert_content(w.tulip, 42, "/8");
    tell(w.workspace,
         (act){.time = NOON, .account = w.tulip, .solution = w.hr, .content = "/7", .event = "x"});
    assert_told(QBG_DUPLICATE, NOON, .account = w.tulip, .solution = w.hr, .content = "/7",
                .event = "x");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.tulip, .solution = w.hr, .content = "/8",
                .event = "x");
    assert_told(QBG_E_CONFLICT, NOON, .account = w.tulip, .solution = w.hr, .event = "x");
}

/* One after the last content that an entry has room for stands with the cells. */
static void the_65536th_content_is_told_as_the_first(void **state) {
    world w = begin(state);
    enum { COUNT = QBG__ENTRY_CONTENTS + 3 };
    qbg_signal *record = signal_of(
        w.workspace, (act){.time = NOON, .account = w.tulip, .solution = w.hr, .content = "/"});
    OK(qbg_workspace_begin(w.workspace));
    for (uint32_t i = 0; i < COUNT; i++) {
        char text[16];
        snprintf(text, sizeof text, "%u", i);
        OK(qbg_signal_set_content(record, text));
        OK(qbg_signal_set_event(record, i + 9 < COUNT ? NULL : text));
        OK(qbg_record(w.workspace, record, NULL, NULL));
    }
    for (uint32_t i = COUNT - 9; i < COUNT; i++) {
        char text[16];
        int32_t is_known = 0;
        snprintf(text, sizeof text, "%u", i);
        OK(qbg_signal_set_content(record, text));
        OK(qbg_signal_set_event(record, text));
        OK(qbg_record(w.workspace, record, NULL, &is_known));
        assert_int_equal(is_known, 1);
        OK(qbg_signal_set_content(record, "another"));
        assert_int_equal(qbg_record(w.workspace, record, NULL, NULL), QBG_E_CONFLICT);
    }
    OK(qbg_workspace_commit(w.workspace));
    assert_content(w.tulip, 0, "0");
    for (uint32_t i = COUNT - 9; i < COUNT; i++) {
        char text[16];
        snprintf(text, sizeof text, "%u", i);
        assert_content(w.tulip, i, text);
    }
    qbg_signal_free(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_record_is_empty_until_filled_and_once_cleared),
        in_workspace(null_takes_a_cell_away),
        in_workspace(a_refused_cell_stays_as_it_was),
        in_workspace(a_text_without_memory_stays_as_it_was),
        in_workspace(the_category_is_the_kinds_or_else_whether_there_is_a_contact),
        in_workspace(a_signal_needs_a_time_and_a_kind),
        in_workspace(the_first_and_the_last_second_are_told_and_told_again),
        in_workspace(a_walk_tells_every_cell_as_it_was_given),
        in_workspace(what_was_derived_is_not_told_as_given),
        in_workspace(walks_end_and_mind_their_record),
        in_workspace(the_same_event_is_counted_once),
        in_workspace(without_an_event_the_same_act_counts_each_time),
        in_workspace(the_same_event_with_any_other_cell_is_a_conflict),
        in_workspace(an_event_is_unique_within_an_account),
        in_workspace(the_account_of_an_event_is_the_contacts_at_that_second),
        in_workspace(a_lead_who_gets_an_account_takes_his_events_there),
        in_workspace(two_leads_events_that_meet_at_an_account_stay_known),
        in_workspace(a_cell_can_be_set_from_itself),
        in_workspace(a_refused_signal_leaves_everything_as_it_was),
        in_workspace(columns_are_signals_row_by_row),
        in_workspace(bad_rows_are_refused_one_by_one_and_told),
        in_workspace(a_nul_inside_a_text_is_refused),
        in_workspace(columns_that_make_no_sense_append_nothing),
        in_workspace(longer_columns_are_taken_only_with_a_zero_tail),
        in_workspace(columns_are_appended_whole_or_not_at_all),
        in_workspace(in_a_batch_a_move_is_settled_once),
        in_workspace(a_retracted_event_leaves_its_room),
        in_workspace(signals_of_many_contents_share_their_cells),
        in_workspace(the_65536th_content_is_told_as_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
