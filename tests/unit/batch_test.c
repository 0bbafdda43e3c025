/* batch: many changes that take effect together, or not at all; questions wait meanwhile. */
#include "life.h"
#include "snapshot.h"
#include "rounds.h"

#define EARLY (LIFE_FIRST + LIFE_DAYS / 2 * DAY)

static snapshot picture_of(const qbg_workspace *workspace) {
    return whole_of(workspace, EARLY, LIFE_LAST);
}

/* The picture without the revision: what a host would call the same. */
static snapshot facts_of(const qbg_workspace *workspace) {
    snapshot all = {NULL, 0, 0};
    put_book(&all, workspace);
    put_rows(&all, workspace);
    put_history(&all, workspace);
    put_answers(&all, workspace, EARLY);
    put_answers(&all, workspace, LIFE_LAST);
    put_tracking(&all, workspace, LIFE_LAST);
    put_explanations(&all, workspace, LIFE_LAST);
    return all;
}

/* ---- begin and end --------------------------------------------------------------------------- */

static void a_batch_is_begun_once_and_ended_once(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg_workspace_is_busy(workspace), 0);
    assert_int_equal(qbg_workspace_commit(workspace), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_rollback(workspace), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg_workspace_is_busy(workspace), 1);
    assert_int_equal(qbg_workspace_begin(workspace), QBG_E_BUSY);
    assert_int_equal(qbg_workspace_is_busy(workspace), 1);
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_workspace_is_busy(workspace), 0);
    assert_int_equal(qbg_workspace_commit(workspace), QBG_E_ARGUMENT);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_workspace_rollback(workspace));
    assert_int_equal(qbg_workspace_is_busy(workspace), 0);
    assert_int_equal(qbg_workspace_rollback(workspace), QBG_E_ARGUMENT);
}

static void no_workspace_has_no_batch(void **state) {
    (void)state;
    assert_int_equal(qbg_workspace_begin(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_commit(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_rollback(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_workspace_is_busy(NULL), 0);
}

/* What a batch holds is given back with the workspace; see tear_down. */
static void a_workspace_is_freed_in_the_middle_of_a_batch(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    life self = new_life(workspace, 3);
    live_on(&self, 200);
    OK(qbg_workspace_begin(workspace));
    live_on(&self, 200);
}

/* ---- questions ------------------------------------------------------------------------------- */

typedef struct asked {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_contact *contact;
    qbg_opportunity *opportunity;
    qbg_assessment *assessment;
    qbg_signal *record;
} asked;

static qbg_status free_table(qbg_status status, qbg_table *table) {
    qbg_table_free(table);
    return status;
}

static qbg_status free_blob(qbg_status status, qbg_blob *blob) {
    qbg_blob_free(blob);
    return status;
}

enum { QUESTIONS = 17 };

/* Every question that there is, by number; its name. */
static const char *ask(const asked *at, int question, qbg_status *out_status) {
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    qbg_assessment *assessment = NULL;
    qbg_path *path = NULL;
    switch (question) {
    case 0:
        *out_status = qbg_assess(at->opportunity, NOON, &assessment);
        qbg_assessment_free(assessment);
        return "qbg_assess";
    case 1:
        *out_status = qbg_assessment_refill(at->assessment, at->opportunity, NOON);
        return "qbg_assessment_refill";
    case 2:
        *out_status = qbg_ledger(at->opportunity, at->contact, NOON, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_ledger";
    case 3:
        *out_status = qbg_board(at->workspace, NOON, 0, QBG_NONE, 0, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_board";
    case 4:
        *out_status = qbg_board_since(at->workspace, NOON, 0, 0, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_board_since";
    case 5:
        *out_status = qbg_workspace_changes(at->workspace, 0, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_workspace_changes";
    case 6:
        *out_status = qbg_opportunity_history(at->opportunity, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_opportunity_history";
    case 7:
        *out_status = qbg_contact_history(at->contact, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_contact_history";
    case 8:
        *out_status = qbg_report_board(at->workspace, NOON, 0, QBG_FORMAT_TEXT, NULL, &blob);
        *out_status = free_blob(*out_status, blob);
        return "qbg_report_board";
    case 9:
        *out_status = qbg_report_tracking(at->workspace, NOON, QBG_FORMAT_CSV, NULL, &blob);
        *out_status = free_blob(*out_status, blob);
        return "qbg_report_tracking";
    case 10:
        *out_status = qbg_report_explain(at->opportunity, NOON, NULL, &blob);
        *out_status = free_blob(*out_status, blob);
        return "qbg_report_explain";
    case 11:
        for (int32_t i = 0; i < qbg_book_table_count(); i++) {
            blob = NULL;
            if (strcmp(qbg_book_table_name(i), "tracking") == 0) continue;
            *out_status = qbg_book_write(at->workspace, qbg_book_table_name(i), &blob);
            *out_status = free_blob(*out_status, blob);
            if (*out_status != QBG_OK) break;
        }
        return "qbg_book_write";
    case 12:
        *out_status = qbg_opportunity_signal_at(at->opportunity, 0, at->record);
        return "qbg_opportunity_signal_at";
    case 13:
        *out_status = qbg_path_find(at->opportunity, NOON, &path);
        qbg_path_free(path);
        return "qbg_path_find";
    case 14:
        *out_status = qbg_workspace_memory(at->workspace, &table);
        *out_status = free_table(*out_status, table);
        return "qbg_workspace_memory";
    case 15:
        *out_status = qbg_account_signal_at(at->account, 0, at->record);
        return "qbg_account_signal_at";
    default:
        *out_status = qbg_workspace_signal_at(at->workspace, 0, at->record);
        return "qbg_workspace_signal_at";
    }
}

static void assert_answers(const asked *at, qbg_status expected) {
    for (int question = 0; question < QUESTIONS; question++) {
        qbg_status status = QBG_OK;
        const char *name = ask(at, question, &status);
        if (status != expected) fail_msg("%s answers \"%s\"", name, qbg_status_text(status));
    }
}

static asked fill_for_questions(qbg_workspace *workspace) {
    asked at = {workspace, add_account(workspace, "daisy"), NULL, NULL, NULL, NULL};
    at.contact = add_contact(workspace, "elena", at.account);
    at.opportunity = add_opportunity(workspace, "daisy-hr", at.account,
                                     add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(at.opportunity, at.contact);
    tell(workspace, (act){.time = NOON, .contact = at.contact});
    tell(workspace, (act){.time = NOON, .account = at.account});
    tell(workspace, (act){.time = NOON});
    OK(qbg_assess(at.opportunity, NOON, &at.assessment));
    OK(qbg_signal_new(workspace, &at.record));
    return at;
}

static void questions_wait_until_the_batch_ends(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    asked at = fill_for_questions(workspace);
    assert_answers(&at, QBG_OK);
    OK(qbg_workspace_begin(workspace));
    assert_answers(&at, QBG_E_BUSY);
    add_account(workspace, "tulip");
    assert_answers(&at, QBG_E_BUSY);
    OK(qbg_workspace_commit(workspace));
    assert_answers(&at, QBG_OK);
    OK(qbg_workspace_begin(workspace));
    assert_answers(&at, QBG_E_BUSY);
    OK(qbg_workspace_rollback(workspace));
    assert_answers(&at, QBG_OK);
    qbg_signal_free(at.record);
    qbg_assessment_free(at.assessment);
}

/* What was answered before is not the workspace's any more, and tables are reports of their own. */
static void what_was_answered_before_can_be_read(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    asked at = fill_for_questions(workspace);
    qbg_table *board = NULL;
    qbg_blob *blob = NULL;
    OK(qbg_board(workspace, NOON, 0, QBG_NONE, 0, &board));
    OK(qbg_workspace_begin(workspace));
    assert_string_equal(qbg_assessment_opportunity(at.assessment), "daisy-hr");
    assert_int_equal(qbg_table_row_count(board), 1);
    OK(qbg_report_table(board, QBG_FORMAT_CSV, &blob));
    OK(qbg_workspace_rollback(workspace));
    qbg_blob_free(blob);
    qbg_table_free(board);
    qbg_signal_free(at.record);
    qbg_assessment_free(at.assessment);
}

/* A refused question leaves its outputs, and what it would have refilled. */
static void a_question_that_waits_writes_nothing(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    asked at = fill_for_questions(workspace);
    qbg_opportunity *other = add_opportunity(workspace, "other", at.account,
                                             qbg_solution_find(workspace, "hr"), QBG_UNDATED);
    OK(qbg_workspace_begin(workspace));
    qbg_table *table = (qbg_table *)workspace;
    assert_int_equal(qbg_board(workspace, NOON, 0, QBG_NONE, 0, &table), QBG_E_BUSY);
    assert_ptr_equal(table, workspace);
    assert_int_equal(qbg_assessment_refill(at.assessment, other, NOON), QBG_E_BUSY);
    assert_string_equal(qbg_assessment_opportunity(at.assessment), "daisy-hr");
    OK(qbg_signal_set_time(at.record, NOON + 5));
    assert_int_equal(qbg_workspace_signal_at(workspace, 0, at.record), QBG_E_BUSY);
    assert_int_equal(qbg_signal_time(at.record), NOON + 5);
    OK(qbg_workspace_commit(workspace));
    qbg_signal_free(at.record);
    qbg_assessment_free(at.assessment);
}

/* ---- telling --------------------------------------------------------------------------------- */

static void what_is_told_reads_back_at_once(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_workspace_begin(workspace));
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_opportunity *deal = add_opportunity(workspace, "daisy-hr", daisy, hr, NOON);
    qbg_member *member = add_member(deal, elena);
    OK(qbg_contact_set_name(elena, "Elena"));
    OK(qbg_member_set_stance(member, QBG_STANCE_CHAMPION, NOON, QBG_SOURCE_HOST));
    OK(qbg_need_set(deal, elena, "report", QBG_NEED_OPEN, NOON));
    OK(qbg_opportunity_set_stage(deal, "trial", NOON, QBG_SOURCE_HOST));
    assert_ptr_equal(qbg_account_find(workspace, "daisy"), daisy);
    assert_ptr_equal(qbg_contact_account(elena, NOON), daisy);
    assert_string_equal(qbg_contact_name(elena), "Elena");
    assert_ptr_equal(qbg_member_find(deal, elena), member);
    assert_int_equal(qbg_member_stance(member, NOON), QBG_STANCE_CHAMPION);
    assert_int_equal(qbg_need_count(deal), 1);
    assert_string_equal(qbg_opportunity_stage(deal, NOON), "trial");
    assert_int_equal(qbg_opportunity_count(workspace), 1);
    OK(qbg_workspace_commit(workspace));
    assert_ptr_equal(qbg_account_find(workspace, "daisy"), daisy);
    assert_ptr_equal(qbg_member_find(deal, elena), member);
}

/* The deal comes after the signal that it takes. */
static void signals_are_routed_when_the_batch_ends(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_workspace_begin(workspace));
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    tell(workspace, (act){.time = NOON, .contact = elena});
    qbg_opportunity *deal =
        add_opportunity(workspace, "daisy-hr", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(deal, elena);
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
    assert_int_equal(qbg_account_signal_count(daisy), 0);
    assert_int_equal(qbg_signal_count(workspace), 1);
}

static void a_call_that_fails_changes_nothing_and_the_batch_goes_on(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    OK(qbg_workspace_begin(workspace));
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    tell(workspace, (act){.time = NOON, .contact = elena, .event = "1"});
    assert_int_equal(qbg_account_add(workspace, "daisy", "x", NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_account_put(workspace, "daisy", "\xff", NULL, NULL), QBG_E_TEXT);
    assert_int_equal(
        try_to_tell(workspace, (act){.time = NOON + 1, .contact = elena, .event = "1"}),
        QBG_E_CONFLICT);
    assert_int_equal(qbg_contact_remove(elena, 0), QBG_E_IN_USE);
    assert_int_equal(qbg_workspace_is_busy(workspace), 1);
    add_account(workspace, "tulip");
    OK(qbg_workspace_commit(workspace));
    assert_string_equal(qbg_account_name(daisy), "");
    assert_int_equal(qbg_signal_count(workspace), 1);
    assert_int_equal(qbg_account_count(workspace), 2);
    assert_ptr_equal(qbg_contact_account(elena, NOON), daisy);
}

/* ---- revisions ------------------------------------------------------------------------------- */

static void a_batch_is_one_revision(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t before = qbg_workspace_revision(workspace);
    OK(qbg_workspace_begin(workspace));
    add_account(workspace, "daisy");
    assert_int_equal(qbg_workspace_revision(workspace), before);
    add_account(workspace, "tulip");
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
    OK(qbg_workspace_begin(workspace));
    add_account(workspace, "iris");
    OK(qbg_workspace_rollback(workspace));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_account_put(workspace, "daisy", NULL, NULL, NULL));
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
}

/* ---- rollback -------------------------------------------------------------------------------- */

static void rows_of_a_rolled_back_batch_are_no_more(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    OK(qbg_workspace_begin(workspace));
    add_account(workspace, "tulip");
    OK(qbg_account_set_name(daisy, "Daisy"));
    OK(qbg_workspace_rollback(workspace));
    assert_null(qbg_account_find(workspace, "tulip"));
    assert_null(qbg_account_at(workspace, 1));
    assert_int_equal(qbg_account_count(workspace), 1);
    assert_string_equal(qbg_account_name(daisy), "");
    assert_int_equal(qbg_account_number(add_account(workspace, "tulip")), 1);
}

/* After each kind of change alone, and after many together, all is as it was, to the bit. */
static void rollback_restores_every_bit(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(12); seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        live_on(&self, 80);
        snapshot before = picture_of(workspace);
        for (int i = 0; i < 250; i++) {
            OK(qbg_workspace_begin(workspace));
            live_on(&self, i < 230 ? 1 : 40);
            OK(qbg_workspace_rollback(workspace));
            assert_seen(&before, picture_of(workspace), self.what);
        }
        forget(&before);
        qbg_workspace_free(workspace);
    }
}

/* And what comes then is told to a workspace that works as if nothing had been. */
static void a_life_goes_on_after_a_rollback_as_if_it_had_not_been(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(12); seed++) {
        qbg_workspace *one = NULL, *other = NULL;
        OK(qbg_workspace_new(NULL, &one));
        OK(qbg_workspace_new(NULL, &other));
        life straight = new_life(one, seed), crooked = new_life(other, seed);
        for (int i = 0; i < 10; i++) {
            live_on(&straight, 20);
            live_on(&crooked, 20);
            life detour = crooked;
            detour.seed += 1000;
            OK(qbg_workspace_begin(other));
            live_on(&detour, 30);
            OK(qbg_workspace_rollback(other));
        }
        snapshot expected = picture_of(one);
        assert_seen(&expected, picture_of(other), "after the last of many rollbacks");
        forget(&expected);
        qbg_workspace_free(one);
        qbg_workspace_free(other);
    }
}

static void rollback_needs_no_memory(void **state) {
    fixture *self = *state;
    life at = new_life(self->workspace, 5);
    live_on(&at, 150);
    snapshot before = picture_of(self->workspace);
    OK(qbg_workspace_begin(self->workspace));
    live_on(&at, 150);
    self->memory.for_good = 1;
    refuse(&self->memory, 0);
    OK(qbg_workspace_rollback(self->workspace));
    assert_int_equal(self->memory.requests, 0);
    refuse(&self->memory, NEVER);
    assert_seen(&before, picture_of(self->workspace), "after the rollback");
    forget(&before);
}

/* ---- commit ---------------------------------------------------------------------------------- */

/* Whatever was told, in a batch or call by call: every call answers the same, and so do questions
 * in the end. */
static void a_batch_is_its_calls_together(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(60); seed++) {
        qbg_workspace *one = NULL, *other = NULL;
        OK(qbg_workspace_new(NULL, &one));
        OK(qbg_workspace_new(NULL, &other));
        life single = new_life(one, seed), batched = new_life(other, seed);
        for (int i = 0; i < 6; i++) {
            OK(qbg_workspace_begin(other));
            for (int j = 0; j < 40; j++) {
                qbg_status alone = live(&single), inside = live(&batched);
                if (alone != inside)
                    fail_msg("%s answers \"%s\" in a batch, \"%s\" without", batched.what,
                             qbg_status_text(inside), qbg_status_text(alone));
            }
            OK(qbg_workspace_commit(other));
            snapshot expected = facts_of(one);
            assert_seen(&expected, facts_of(other), "after the batch");
            forget(&expected);
        }
        qbg_workspace_free(one);
        qbg_workspace_free(other);
    }
}

/* Twenty people with signals that no opportunity takes. */
static void fill_unrouted(qbg_workspace *workspace) {
    add_solution(workspace, "hr");
    for (int i = 0; i < 20; i++) {
        char key[24];
        snprintf(key, sizeof key, "p%d", i);
        qbg_account *account = add_account(workspace, key);
        qbg_contact *contact = add_contact(workspace, key, account);
        tell(workspace, (act){.time = NOON, .contact = contact});
        tell(workspace, (act){.time = NOON, .contact = contact, .event = "e"});
        tell(workspace, (act){.time = NOON, .contact = contact, .account = account, .event = "f"});
    }
}

/* A group for each of them, and every second one moves with his event ids. */
static void take_all(qbg_workspace *workspace) {
    qbg_solution *hr = qbg_solution_find(workspace, "hr");
    qbg_account *elsewhere = add_account(workspace, "elsewhere");
    for (int i = 0; i < 20; i++) {
        char key[24];
        snprintf(key, sizeof key, "p%d", i);
        qbg_contact *contact = qbg_contact_find(workspace, key);
        add_member(
            add_opportunity(workspace, key, qbg_account_find(workspace, key), hr, QBG_UNDATED),
            contact);
        if (i % 2) OK(qbg_contact_set_account(contact, elsewhere, QBG_UNDATED, QBG_SOURCE_HOST));
    }
}

/* A batch that finds no memory when it is committed has not been. */
static void out_of_memory_rolls_the_batch_back(void **state) {
    fixture *self = *state;
    qbg_workspace *workspace = self->workspace;
    life start = new_life(workspace, 8);
    live_on(&start, 60);
    fill_unrouted(workspace);
    snapshot before = picture_of(workspace);
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    for (; status != QBG_OK; request++) {
        life self_again = start;
        OK(qbg_workspace_begin(workspace));
        live_on(&self_again, 60);
        take_all(workspace);
        self->memory.for_good = (int)(request % 2);
        refuse(&self->memory, request / 2);
        status = qbg_workspace_commit(workspace);
        refuse(&self->memory, NEVER);
        assert_int_equal(qbg_workspace_is_busy(workspace), 0);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_seen(&before, picture_of(workspace), "after a commit without memory");
    }
    assert_true(request > 60); /* there was something to settle */
    assert_int_equal(qbg_opportunity_signal_count(qbg_opportunity_find(workspace, "p7")), 3);
    forget(&before);
}

/* A call in the batch that finds none changes nothing; told again, all comes as if it had not
 * failed. */
static void out_of_memory_in_the_batch_can_be_told_again(void **state) {
    (void)state;
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_workspace *calm = NULL;
    OK(qbg_workspace_new(&allocator, &calm));
    life straight = new_life(calm, 9);
    OK(qbg_workspace_begin(calm));
    memory.requests = 0;
    live_on(&straight, 150);
    long requests = memory.requests;
    OK(qbg_workspace_commit(calm));
    snapshot expected = picture_of(calm);
    for (long request = 0; request < requests; request += 7) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(&allocator, &workspace));
        life at = new_life(workspace, 9);
        int failures = 0;
        OK(qbg_workspace_begin(workspace));
        refuse(&memory, request);
        for (int i = 0; i < 150; i++) {
            life before = at;
            if (live(&at) != QBG_E_MEMORY) continue;
            failures++;
            i--;
            at = before;
        }
        refuse(&memory, NEVER);
        assert_int_equal(failures, 1);
        OK(qbg_workspace_commit(workspace));
        assert_seen(&expected, picture_of(workspace), "after a call without memory");
        qbg_workspace_free(workspace);
    }
    forget(&expected);
    qbg_workspace_free(calm);
    assert_int_equal(memory.bytes, 0);
    assert_int_equal(memory.is_misused, 0);
}

/* ---- books ----------------------------------------------------------------------------------- */

static qbg_status load(qbg_workspace *workspace, int32_t strict, const char *accounts) {
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace, strict, &reader));
    OK(qbg_book_reader_feed(reader, "accounts", accounts, strlen(accounts)));
    qbg_status status = qbg_book_reader_finish(reader);
    qbg_book_reader_free(reader);
    return status;
}

static void a_book_that_is_read_in_a_batch_belongs_to_it(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t before = qbg_workspace_revision(workspace);
    OK(qbg_workspace_begin(workspace));
    OK(load(workspace, 0, "account,name\ndaisy,Daisy\n"));
    assert_non_null(qbg_account_find(workspace, "daisy"));
    OK(qbg_workspace_rollback(workspace));
    assert_null(qbg_account_find(workspace, "daisy"));
    OK(qbg_workspace_begin(workspace));
    add_account(workspace, "tulip");
    OK(load(workspace, 0, "account,name\ndaisy,Daisy\n"));
    assert_int_equal(load(workspace, 1, "account,name\niris,\n,nobody\n"), QBG_E_REFUSED);
    assert_null(qbg_account_find(workspace, "iris"));
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
    assert_string_equal(qbg_account_name(qbg_account_find(workspace, "daisy")), "Daisy");
    assert_int_equal(qbg_account_count(workspace), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_batch_is_begun_once_and_ended_once),
        cmocka_unit_test(no_workspace_has_no_batch),
        in_workspace(a_workspace_is_freed_in_the_middle_of_a_batch),
        in_workspace(questions_wait_until_the_batch_ends),
        in_workspace(what_was_answered_before_can_be_read),
        in_workspace(a_question_that_waits_writes_nothing),
        in_workspace(what_is_told_reads_back_at_once),
        in_workspace(signals_are_routed_when_the_batch_ends),
        in_workspace(a_call_that_fails_changes_nothing_and_the_batch_goes_on),
        in_workspace(a_batch_is_one_revision),
        in_workspace(rows_of_a_rolled_back_batch_are_no_more),
        cmocka_unit_test(rollback_restores_every_bit),
        cmocka_unit_test(a_life_goes_on_after_a_rollback_as_if_it_had_not_been),
        in_workspace(rollback_needs_no_memory),
        cmocka_unit_test(a_batch_is_its_calls_together),
        in_workspace(out_of_memory_rolls_the_batch_back),
        cmocka_unit_test(out_of_memory_in_the_batch_can_be_told_again),
        in_workspace(a_book_that_is_read_in_a_batch_belongs_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
