/* workspace: it begins with what the model gives, owns everything, and changes whole or not at all.
 */
#include "fixture.h"

#include "model/workspace.h"

#include <stdio.h>

static void begins_with_what_is_built_in(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_kind_count(workspace), 30);
    assert_int_equal(qbg_role_count(workspace), 15);
    assert_int_equal(qbg_template_count(workspace), 1);
    assert_non_null(qbg_workspace_policy(workspace));
    assert_int_equal(qbg_account_count(workspace), 0);
    assert_int_equal(qbg_contact_count(workspace), 0);
    assert_int_equal(qbg_solution_count(workspace), 0);
    assert_int_equal(qbg_opportunity_count(workspace), 0);
    assert_int_equal(qbg_signal_count(workspace), 0);
    assert_int_equal(qbg_revenue_count(workspace), 0);
}

static void needs_somewhere_to_put_the_answer(void **state) {
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, NULL), QBG_E_ARGUMENT);
}

static void refuses_a_broken_allocator(void **state) {
    host memory = HOST;
    qbg_allocator allocator = allocator_of(&memory);
    qbg_workspace *workspace = NULL;
    (void)state;
    allocator.resize = NULL;
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_E_ARGUMENT);
    allocator = allocator_of(&memory);
    allocator.size = 0;
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_E_ARGUMENT);
    allocator.size = sizeof allocator - 1;
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_E_ARGUMENT);
    assert_null(workspace);
    assert_int_equal(memory.bytes, 0);
}

static void takes_a_later_allocator_only_with_a_zero_tail(void **state) {
    host memory = HOST;
    struct {
        qbg_allocator known;
        void *more;
    } later = {allocator_of(&memory), NULL};
    qbg_workspace *workspace = NULL;
    (void)state;
    later.known.size = sizeof later;
    later.more = &memory;
    assert_int_equal(qbg_workspace_new(&later.known, &workspace), QBG_E_ARGUMENT);
    assert_null(workspace);
    later.more = NULL;
    OK(qbg_workspace_new(&later.known, &workspace));
    qbg_workspace_free(workspace);
    assert_int_equal(memory.bytes, 0);
}

static void no_workspace_is_empty(void **state) {
    (void)state;
    qbg_workspace_free(NULL);
    assert_int_equal(qbg_workspace_bytes(NULL), 0);
    assert_null(qbg_workspace_policy(NULL));
    assert_int_equal(qbg_kind_count(NULL), 0);
    assert_null(qbg_account_find(NULL, "daisy"));
}

static void is_not_made_when_any_request_is_refused(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_status status = QBG_E_MEMORY;
    (void)state;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_workspace *workspace = NULL;
        refuse(&memory, request);
        status = qbg_workspace_new(&allocator, &workspace);
        if (status != QBG_OK) {
            assert_int_equal(status, QBG_E_MEMORY);
            assert_null(workspace);
        }
        qbg_workspace_free(workspace);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

/* One of everything that a workspace can hold. Stops at the first refusal. */
static qbg_status tell_all(qbg_workspace *workspace) {
    qbg_account *account = NULL, *other = NULL;
    qbg_contact *contact = NULL, *lead = NULL;
    qbg_solution *solution = NULL;
    qbg_template *seats = NULL;
    qbg_opportunity *opportunity = NULL;
    qbg_member *member = NULL;
    qbg_signal *signal = NULL;
    qbg_role *champion = qbg_role_find(workspace, "champion"), *buddy = NULL;
    qbg_policy *policy = qbg_workspace_policy(workspace);
    qbg_status status = QBG_OK;
#define TRY(call)                                                                                  \
    if (status == QBG_OK) status = (call)
    TRY(qbg_account_put(workspace, "daisy", "Красная ромашка", &account, NULL));
    TRY(qbg_account_put(workspace, "tulip", NULL, &other, NULL));
    TRY(qbg_account_add_domain(account, "daisy.ru"));
    TRY(qbg_account_set_potential(account, 100, "RUB"));
    TRY(qbg_contact_put(workspace, "elena", account, "Елена", "CFO", &contact, NULL));
    TRY(qbg_contact_put(workspace, "lead", NULL, NULL, NULL, &lead, NULL));
    TRY(qbg_contact_set_email(contact, "elena@daisy.ru"));
    TRY(qbg_contact_set_account(contact, other, NOON, QBG_SOURCE_HOST));
    TRY(qbg_kind_put(workspace, "fair", QBG_CATEGORY_NAMED, 3000, 0, NULL, NULL));
    TRY(qbg_role_put(workspace, "buddy", "приятель", &buddy, NULL));
    TRY(qbg_template_put(workspace, "seats", &seats, NULL));
    TRY(qbg_template_set_seat(seats, buddy, 1000, 1, 1));
    TRY(qbg_solution_put(workspace, "hr", "HR", seats, &solution, NULL));
    TRY(qbg_opportunity_put(workspace, "daisy-hr", account, solution, NOON - DAY, &opportunity,
                            NULL));
    TRY(qbg_opportunity_set_name(opportunity, "HR for Daisy"));
    TRY(qbg_opportunity_set_stage(opportunity, "pilot", NOON, QBG_SOURCE_HOST));
    TRY(qbg_opportunity_add_member(opportunity, contact, champion));
    TRY(qbg_member_put(opportunity, lead, &member, NULL));
    TRY(qbg_member_set_note(member, "call him"));
    TRY(qbg_member_set_stance(member, QBG_STANCE_BLOCKER, NOON, QBG_SOURCE_HOST));
    TRY(qbg_need_set(opportunity, lead, "price", QBG_NEED_OPEN, QBG_UNDATED));
    TRY(qbg_revenue_add(workspace, "daisy", 2025, 1, 100, "RUB"));
    TRY(qbg_policy_set_milli(policy, "half_life_days", 60000));
    TRY(qbg_signal_new(workspace, &signal));
    TRY(qbg_signal_set_time(signal, NOON));
    TRY(qbg_signal_set_kind(signal, "fair"));
    TRY(qbg_signal_set_visitor(signal, "v1"));
    TRY(qbg_signal_set_account(signal, account));
    TRY(qbg_signal_set_content(signal, "/hr/prices"));
    TRY(qbg_signal_set_event(signal, "e1"));
    TRY(qbg_record(workspace, signal, NULL, NULL));
    TRY(qbg_contact_add_visitor(lead, "v1"));
    TRY(qbg_solution_add_content(solution, "/hr/"));
    TRY(qbg_opportunity_set_closed(opportunity, NOON + 9 * DAY));
#undef TRY
    qbg_signal_free(signal);
    return status;
}

static void counts_its_bytes_and_gives_them_all_back(void **state) {
    fixture *self = *state;
    uint64_t before = qbg_workspace_bytes(self->workspace);
    assert_int_equal(before, self->memory.bytes);
    OK(tell_all(self->workspace));
    assert_true(qbg_workspace_bytes(self->workspace) > before);
    assert_int_equal(qbg_workspace_bytes(self->workspace), self->memory.bytes);
}

static void results_count_for_themselves_and_outlive_it(void **state) {
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_workspace *workspace = NULL;
    qbg_table *table = NULL;
    qbg_signal *signal = NULL;
    (void)state;
    OK(qbg_workspace_new(&allocator, &workspace));
    OK(tell_all(workspace));
    uint64_t bytes = qbg_workspace_bytes(workspace);
    OK(qbg_board(workspace, NOON, 0, QBG_NONE, 1, &table));
    OK(qbg_signal_new(workspace, &signal));
    assert_int_equal(qbg_workspace_bytes(workspace), bytes);
    qbg_workspace_free(workspace);
    assert_int_equal(qbg_table_row_count(table), 1);
    qbg_table_free(table);
    qbg_signal_free(signal);
    assert_int_equal(memory.bytes, 0);
    assert_false(memory.is_misused);
}

/* All that the workspace says of its rows and signals, in one text. */
static void describe(const qbg_workspace *workspace, char *out, size_t size) {
    const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, 0);
    const qbg_contact *elena = qbg_contact_find(workspace, "elena");
    const qbg_account *account = qbg_account_at(workspace, 0);
    const qbg_member *member = qbg_member_at(opportunity, 1);
    const qbg_account *works_at = qbg_contact_account(elena, NOON);
    snprintf(
        out, size, "%u %u %u %u %u %u %u %llu %u %u %s|%s|%u|%lld|%s|%s|%s|%s|%d|%s|%lld|%s|%u",
        qbg_account_count(workspace), qbg_contact_count(workspace), qbg_kind_count(workspace),
        qbg_role_count(workspace), qbg_template_count(workspace), qbg_solution_count(workspace),
        qbg_opportunity_count(workspace), (unsigned long long)qbg_signal_count(workspace),
        qbg_opportunity_signal_count(opportunity), qbg_account_signal_count(account),
        qbg_account_name(account), qbg_account_domain(account, 0), qbg_revenue_count(workspace),
        (long long)qbg_account_potential_minor(account), qbg_contact_title(elena),
        qbg_contact_email(elena), qbg_account_key(works_at),
        qbg_opportunity_stage(opportunity, NOON), qbg_member_stance(member, NOON),
        qbg_member_note(member), (long long)qbg_opportunity_closed(opportunity),
        qbg_need_key(opportunity, 0), qbg_member_count(opportunity));
}

/* Each refused call leaves the workspace as it was, so that the whole can be told again from the
 * start until no request is refused any more; and then it is what it would have been at once. */
static void a_refused_call_changes_nothing(void **state) {
    fixture *self = *state;
    char straight[1000], mended[1000];
    OK(tell_all(self->workspace));
    describe(self->workspace, straight, sizeof straight);
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_workspace *workspace = NULL;
        refuse(&memory, NEVER);
        OK(qbg_workspace_new(&allocator, &workspace));
        refuse(&memory, request);
        status = tell_all(workspace);
        assert_true(status == QBG_OK || status == QBG_E_MEMORY);
        refuse(&memory, NEVER);
        OK(tell_all(workspace));
        describe(workspace, mended, sizeof mended);
        assert_string_equal(mended, straight);
        qbg_workspace_free(workspace);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

/* ---- limits ---- */

/* A host who looks at the workspace's count at each request: it only falls behind one. */
typedef struct watcher {
    host memory;
    const qbg_workspace *workspace;
    uint64_t peak;
} watcher;

static void *watching_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    watcher *self = ctx;
    uint64_t bytes = qbg_workspace_bytes(self->workspace);
    if (bytes > self->peak) self->peak = bytes;
    return host_resize(&self->memory, ptr, old_size, new_size);
}

/* Told under a limit, then the rest without one: it is what it would have been at once. */
static qbg_status tell_within(uint64_t more, const char *straight) {
    char mended[1000];
    watcher self = {HOST, NULL, 0};
    const qbg_allocator allocator = {sizeof allocator, &self, watching_resize};
    qbg_workspace *workspace = NULL;
    OK(qbg_workspace_new(&allocator, &workspace));
    uint64_t limit = qbg_workspace_bytes(workspace) + more;
    OK(qbg_workspace_set_limit(workspace, limit));
    self.workspace = workspace;
    qbg_status status = tell_all(workspace);
    assert_true(status == QBG_OK || status == QBG_E_MEMORY);
    assert_true(self.peak <= limit);
    assert_true(qbg_workspace_bytes(workspace) <= limit);
    OK(qbg_workspace_set_limit(workspace, 0));
    OK(tell_all(workspace));
    describe(workspace, mended, sizeof mended);
    assert_string_equal(mended, straight);
    self.workspace = NULL;
    qbg_workspace_free(workspace);
    assert_int_equal(self.memory.bytes, 0);
    assert_false(self.memory.is_misused);
    return status;
}

static void a_limit_is_never_passed(void **state) {
    fixture *self = *state;
    char straight[1000];
    OK(tell_all(self->workspace));
    describe(self->workspace, straight, sizeof straight);
    qbg_status status = QBG_E_MEMORY;
    uint64_t more = 0;
    for (; status != QBG_OK; more += 1 + more / 40) status = tell_within(more, straight);
    assert_true(more > 1000);
}

static void a_limit_below_what_is_held_stops_what_needs_more(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    char name[2000];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    qbg_account *daisy = add_account(workspace, "daisy");
    OK(qbg_account_set_name(daisy, name));
    uint64_t bytes = qbg_workspace_bytes(workspace);
    assert_int_equal(qbg_workspace_limit(workspace), 0);
    OK(qbg_workspace_set_limit(workspace, bytes - 1));
    assert_int_equal(qbg_workspace_limit(workspace), bytes - 1);
    assert_int_equal(qbg_account_add(workspace, "tulip", NULL, NULL), QBG_E_MEMORY);
    assert_int_equal(qbg_account_set_name(daisy, "Daisy"), QBG_E_MEMORY);
    assert_string_equal(qbg_account_name(daisy), name);
    assert_int_equal(qbg_workspace_bytes(workspace), bytes);
    OK(qbg_account_set_name(daisy, NULL)); /* what undoing it would need is warm */
    assert_int_equal(qbg_workspace_bytes(workspace), bytes - sizeof name);
    OK(qbg_account_set_name(daisy, "Daisy"));
    OK(qbg_workspace_set_limit(workspace, 1));
    OK(qbg_policy_set_milli(qbg_workspace_policy(workspace), "min_intent", 500));
    assert_int_equal(qbg_account_add(workspace, "tulip", NULL, NULL), QBG_E_MEMORY);
    OK(qbg_workspace_set_limit(workspace, 0));
    add_account(workspace, "tulip");
}

static void answers_have_no_limit(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    qbg_signal *signal = NULL;
    qbg_book_reader *reader = NULL;
    OK(tell_all(workspace));
    OK(qbg_workspace_set_limit(workspace, 1));
    OK(qbg_board(workspace, NOON, 0, QBG_NONE, 1, &table));
    OK(qbg_book_write(workspace, "templates", &blob));
    OK(qbg_signal_new(workspace, &signal));
    OK(qbg_signal_set_event(signal, "an event"));
    OK(qbg_book_reader_new(workspace, 0, &reader));
    OK(qbg_book_reader_feed(reader, "accounts", "account\nrose\n", 13));
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_MEMORY);
    OK(qbg_workspace_set_limit(workspace, 0));
    OK(qbg_book_reader_finish(reader));
    qbg_book_reader_free(reader);
    qbg_signal_free(signal);
    qbg_blob_free(blob);
    qbg_table_free(table);
}

static void no_workspace_has_no_limit(void **state) {
    (void)state;
    assert_int_equal(qbg_workspace_set_limit(NULL, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_limit(NULL), 0);
}

/* ---- with a cold journal ----------------------------------------------------------------------
 */

/* One world in which everything routes: signals with an account, of a lead, of a visitor. */
static void tell_world(qbg_workspace *workspace) {
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    qbg_contact *lead = add_contact(workspace, "lead", NULL);
    qbg_opportunity *deal = add_opportunity(workspace, "deal", daisy, hr, NOON);
    OK(qbg_opportunity_add_member(deal, elena, NULL));
    tell(workspace, (act){.time = NOON + DAY, .contact = elena, .event = "e"});
    tell(workspace, (act){.time = NOON + DAY, .contact = lead, .content = "hr/guide"});
    tell(workspace, (act){.time = NOON + DAY, .account = daisy, .visitor = "v"});
}

static qbg_status add_everything_new(qbg_workspace *workspace) {
    qbg_account *tulip = NULL;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg_account_put(workspace, "tulip", "Tulip", &tulip, NULL);
    if (status == QBG_OK) status = qbg_account_add_domain(tulip, "tulip.example");
    if (status == QBG_OK)
        status = qbg_contact_put(workspace, "olga", tulip, "Olga", "CFO", NULL, NULL);
    if (status == QBG_OK) status = qbg_kind_put(workspace, "visit", 0, 1000, 1, NULL, NULL);
    if (status == QBG_OK) status = qbg_role_put(workspace, "buddy", "Buddy", NULL, NULL);
    if (status == QBG_OK) status = qbg_revenue_add(workspace, "tulip", 2025, 1, 100, "EUR");
    return qbg__end(change, status);
}

static qbg_status move_the_lead(qbg_workspace *workspace) {
    return qbg_contact_set_account(qbg_contact_find(workspace, "lead"),
                                   qbg_account_find(workspace, "daisy"), QBG_UNDATED,
                                   QBG_SOURCE_HOST);
}

static qbg_status make_the_lead_a_member(qbg_workspace *workspace) {
    return qbg_opportunity_add_member(qbg_opportunity_at(workspace, 0),
                                      qbg_contact_find(workspace, "lead"),
                                      qbg_role_find(workspace, "coach"));
}

static qbg_status add_a_prefix(qbg_workspace *workspace) {
    return qbg_solution_add_content(qbg_solution_at(workspace, 0), "hr/");
}

static qbg_status name_the_visitor(qbg_workspace *workspace) {
    return qbg_contact_add_visitor(qbg_contact_find(workspace, "elena"), "v");
}

static qbg_status age_faster(qbg_workspace *workspace) {
    return qbg_policy_set_text(qbg_workspace_policy(workspace), "half_life_days", "7");
}

static qbg_status say_what_is_needed(qbg_workspace *workspace) {
    return qbg_need_set(qbg_opportunity_at(workspace, 0), NULL, "security", QBG_NEED_OPEN, NOON);
}

/* Every table of the book, one behind the other. */
static char *book_of(const qbg_workspace *workspace) {
    char *book = calloc(1, 1);
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        qbg_blob *table = NULL;
        OK(qbg_book_write(workspace, qbg_book_table_name(i), &table));
        book = realloc(book, strlen(book) + qbg_blob_size(table) + 1);
        strcat(book, qbg_blob_data(table));
        qbg_blob_free(table);
    }
    return book;
}

/* A workspace has a journal that is warm from its making; so each note in it is refused only when
 * the journal has to grow again. */
static void a_change_with_a_cold_journal_is_undone(void **state) {
    qbg_status (*const changes[])(qbg_workspace *) = {
        add_everything_new, move_the_lead, make_the_lead_a_member, add_a_prefix,
        name_the_visitor,   age_faster,    say_what_is_needed};
    host *memory = &((fixture *)*state)->memory;
    qbg_workspace *workspace = workspace_of(state);
    tell_world(workspace);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char *before = book_of(workspace);
        qbg_status status = QBG_E_MEMORY;
        for (long request = 0; status != QBG_OK; request++) {
            qbg__journal_free(&workspace->journal);
            refuse(memory, request);
            status = changes[i](workspace);
            refuse(memory, NEVER);
            char *after = book_of(workspace);
            if (status == QBG_E_MEMORY) assert_string_equal(after, before);
            if (status == QBG_OK) assert_string_not_equal(after, before);
            free(after);
        }
        free(before);
    }
}

/* ---- changes --------------------------------------------------------------------------------- */

static void a_change_that_fails_is_undone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__change change = qbg__begin(workspace);
    add_account(workspace, "daisy");
    assert_int_equal(qbg__end(change, QBG_E_TEXT), QBG_E_TEXT);
    assert_int_equal(qbg_account_count(workspace), 0);
    assert_null(qbg_account_find(workspace, "daisy"));
    assert_int_equal(qbg_account_number(add_account(workspace, "daisy")), 0);
}

static void an_inner_change_fails_alone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__change outer = qbg__begin(workspace);
    add_account(workspace, "daisy");
    qbg__change inner = qbg__begin(workspace);
    add_account(workspace, "tulip");
    assert_int_equal(qbg__end(inner, QBG_E_EXISTS), QBG_E_EXISTS);
    add_account(workspace, "rose");
    OK(qbg__end(outer, QBG_OK));
    assert_int_equal(qbg_account_count(workspace), 2);
    assert_null(qbg_account_find(workspace, "tulip"));
    assert_int_equal(qbg_account_number(qbg_account_find(workspace, "rose")), 1);
}

/* Inside one change a signal is told before the opportunity that should take it. */
static void routing_settles_when_the_outermost_change_ends(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *account = add_account(workspace, "daisy");
    qbg_solution *solution = add_solution(workspace, "hr");
    qbg__change change = qbg__begin(workspace);
    assert_null(tell(workspace, (act){.time = NOON, .account = account, .solution = solution}));
    qbg_opportunity *opportunity =
        add_opportunity(workspace, "daisy-hr", account, solution, QBG_UNDATED);
    assert_int_equal(qbg_opportunity_signal_count(opportunity), 0);
    OK(qbg__end(change, QBG_OK));
    assert_int_equal(qbg_opportunity_signal_count(opportunity), 1);
}

/* ---- what all keyed rows share --------------------------------------------------------------- */

static void keys_are_text_and_not_empty(void **state) {
    (void)state;
    OK(qbg__check_key("ключ"));
    assert_int_equal(qbg__check_key(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg__check_key(""), QBG_E_TEXT);
    assert_int_equal(qbg__check_key("\xff"), QBG_E_TEXT);
    OK(qbg__check_text(NULL));
    OK(qbg__check_text(""));
    assert_int_equal(qbg__check_text("\xc3"), QBG_E_TEXT);
}

static void times_are_of_230_years_or_undated(void **state) {
    (void)state;
    OK(qbg__check_time(0));
    OK(qbg__check_time(LAST));
    OK(qbg__check_time(QBG_UNDATED));
    assert_int_equal(qbg__check_time(-1), QBG_E_RANGE);
    assert_int_equal(qbg__check_time(LAST + 1), QBG_E_RANGE);
    assert_int_equal(qbg__check_time(INT64_MAX), QBG_E_RANGE);
}

static void rows_of_all_sorts_may_share_a_key(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *account = add_account(workspace, "x");
    qbg_solution *solution = add_solution(workspace, "x");
    add_contact(workspace, "x", account);
    add_opportunity(workspace, "x", account, solution, QBG_UNDATED);
    OK(qbg_role_add(workspace, "x", NULL, NULL));
    OK(qbg_kind_add(workspace, "x", QBG_CATEGORY_NAMED, 0, 0, NULL));
    OK(qbg_template_add(workspace, "x", NULL));
    assert_ptr_equal(qbg_account_find(workspace, "x"), account);
    assert_ptr_equal(qbg_solution_find(workspace, "x"), solution);
}

static void thousands_of_rows_are_found_where_they_were(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static qbg_account *known[3000];
    char key[32];
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "account %d", i);
        known[i] = add_account(workspace, key);
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "account %d", i);
        assert_ptr_equal(qbg_account_find(workspace, key), known[i]);
        assert_ptr_equal(qbg_account_at(workspace, (uint32_t)i), known[i]);
        assert_string_equal(qbg_account_key(known[i]), key);
    }
}

/* What comes and goes once: a company with a group, people who turn out to be one, and signals. */
static void come_and_go(qbg_workspace *workspace, qbg_contact *elena, qbg_solution *hr) {
    qbg_account *company = add_account(workspace, "company"), *other = add_account(workspace, "x");
    qbg_contact *guest = add_contact(workspace, "guest", company);
    qbg_contact *again = add_contact(workspace, "again", company);
    qbg_opportunity *deal = add_opportunity(workspace, "deal", company, hr, QBG_UNDATED);
    OK(qbg_account_add_domain(company, "company.example"));
    OK(qbg_opportunity_set_stage(deal, "pilot", NOON, QBG_SOURCE_HOST));
    OK(qbg_need_set(deal, guest, "price", QBG_NEED_OPEN, NOON));
    OK(qbg_contact_add_visitor(guest, "visitor"));
    add_member(deal, guest);
    add_member(deal, again);
    add_member(deal, elena);
    for (int i = 0; i < 20; i++)
        tell(workspace, (act){.time = NOON, .contact = guest, .solution = hr, .event = "e"});
    for (int i = 0; i < 20; i++) tell(workspace, (act){.time = NOON, .account = company});
    OK(qbg_contact_merge(again, guest));
    OK(qbg_account_merge(other, company));
    OK(qbg_contact_remove(again, 1));
    OK(qbg_account_remove(other, 1));
}

/* Nobody's number is given again, so the bare rows stay: six here. Nothing else does. */
static void what_comes_and_goes_leaves_bare_rows(void **state) {
    enum {
        ROUNDS = 256,
        BARE = 2 * sizeof(qbg_account) + 2 * sizeof(qbg_contact) + sizeof(qbg_opportunity) +
               3 * sizeof(qbg_member)
    };
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *elena = add_contact(workspace, "elena", NULL);
    qbg_solution *hr = add_solution(workspace, "hr");
    for (int i = 0; i < ROUNDS; i++) come_and_go(workspace, elena, hr);
    uint64_t before = qbg_workspace_bytes(workspace);
    for (int i = 0; i < ROUNDS; i++) come_and_go(workspace, elena, hr);
    assert_int_equal(qbg_signal_count(workspace), 0);
    assert_true((qbg_workspace_bytes(workspace) - before) / ROUNDS < BARE + 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(begins_with_what_is_built_in),
        cmocka_unit_test(needs_somewhere_to_put_the_answer),
        cmocka_unit_test(refuses_a_broken_allocator),
        cmocka_unit_test(takes_a_later_allocator_only_with_a_zero_tail),
        cmocka_unit_test(no_workspace_is_empty),
        cmocka_unit_test(is_not_made_when_any_request_is_refused),
        in_workspace(counts_its_bytes_and_gives_them_all_back),
        cmocka_unit_test(results_count_for_themselves_and_outlive_it),
        in_workspace(a_refused_call_changes_nothing),
        in_workspace(a_limit_is_never_passed),
        in_workspace(a_limit_below_what_is_held_stops_what_needs_more),
        in_workspace(answers_have_no_limit),
        cmocka_unit_test(no_workspace_has_no_limit),
        in_workspace(a_change_with_a_cold_journal_is_undone),
        in_workspace(a_change_that_fails_is_undone),
        in_workspace(an_inner_change_fails_alone),
        in_workspace(routing_settles_when_the_outermost_change_ends),
        cmocka_unit_test(keys_are_text_and_not_empty),
        cmocka_unit_test(times_are_of_230_years_or_undated),
        in_workspace(rows_of_all_sorts_may_share_a_key),
        in_workspace(thousands_of_rows_are_found_where_they_were),
        in_workspace(what_comes_and_goes_leaves_bare_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
