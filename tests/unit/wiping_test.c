/* wiping: what was told and is needed no more lies nowhere in the memory that the library holds.
 * That nothing lies in what it gave back, every test finds out: the fixture's allocator looks. */
#include "fixture.h"

#define SECRET "Clandestine"

static void assert_forgotten(void **state) {
    assert_false(holds(&((fixture *)*state)->memory, SECRET));
}

static void assert_known(void **state) { assert_true(holds(&((fixture *)*state)->memory, SECRET)); }

/* ---- facts ----------------------------------------------------------------------------------- */

static void a_text_that_is_taken_away_is_gone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    qbg_solution *hr = add_solution(workspace, "hr");
    qbg_opportunity *deal = add_opportunity(workspace, "daisy-hr", daisy, hr, QBG_UNDATED);
    qbg_member *member = add_member(deal, elena);
    OK(qbg_account_set_name(daisy, SECRET));
    OK(qbg_account_set_name(daisy, "Daisy"));
    assert_forgotten(state);
    OK(qbg_contact_set_name(elena, SECRET));
    OK(qbg_contact_set_title(elena, "Head of " SECRET));
    OK(qbg_contact_set_email(elena, SECRET "@daisy.example"));
    assert_known(state);
    OK(qbg_contact_set_name(elena, "E"));
    OK(qbg_contact_set_title(elena, NULL));
    OK(qbg_contact_set_email(elena, NULL));
    assert_forgotten(state);
    OK(qbg_member_set_note(member, "called " SECRET));
    OK(qbg_member_set_note(member, NULL));
    OK(qbg_opportunity_set_name(deal, SECRET));
    OK(qbg_opportunity_set_name(deal, NULL));
    assert_forgotten(state);
}

/* A signal with three new texts, behind one that stays; whichever request is refused, none of them
 * does. */
static void a_call_that_failed_leaves_nothing(void **state) {
    fixture *self = *state;
    qbg_contact *elena = add_contact(self->workspace, "elena", NULL);
    qbg_status status = QBG_E_MEMORY;
    tell(self->workspace, (act){.time = NOON, .contact = elena, .content = "content"});
    for (long request = 0; status != QBG_OK; request++) {
        qbg_signal *signal = signal_of(self->workspace, (act){.time = NOON,
                                                              .contact = elena,
                                                              .visitor = "visitor " SECRET,
                                                              .content = "content " SECRET,
                                                              .event = "event " SECRET});
        refuse(&self->memory, request);
        status = qbg_record(self->workspace, signal, NULL, NULL);
        refuse(&self->memory, NEVER);
        qbg_signal_free(signal);
        if (status != QBG_OK) assert_forgotten(state);
    }
    assert_known(state);
}

static void a_key_that_is_refused_leaves_nothing(void **state) {
    fixture *self = *state;
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        refuse(&self->memory, request);
        status = qbg_contact_add(self->workspace, SECRET, NULL, SECRET, SECRET, NULL);
        refuse(&self->memory, NEVER);
        if (status != QBG_OK) assert_forgotten(state);
    }
    assert_known(state);
}

/* ---- scratch that lives on ------------------------------------------------------------------- */

static void a_record_that_is_cleared_is_empty(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_signal *signal = signal_of(workspace, (act){.time = NOON,
                                                    .visitor = "visitor " SECRET,
                                                    .content = "content " SECRET,
                                                    .event = "event " SECRET});
    OK(qbg_signal_set_event(signal, "a longer event " SECRET));
    OK(qbg_signal_set_event(signal, "e"));
    OK(qbg_signal_set_content(signal, qbg_signal_content(signal) + 3));
    OK(qbg_signal_set_visitor(signal, NULL));
    qbg_signal_clear(signal);
    assert_forgotten(state);
    qbg_signal_free(signal);
}

/* The handle keeps the room of two answers, but the names of one. */
static void an_assessment_forgets_who_was_in_it(void **state) {
    fixture *self = *state;
    qbg_assessment *answer = NULL;
    qbg_account *daisy = add_account(self->workspace, "daisy");
    qbg_solution *hr = add_solution(self->workspace, "hr"), *crm;
    crm = add_solution(self->workspace, "crm");
    qbg_opportunity *first = add_opportunity(self->workspace, "daisy-hr", daisy, hr, QBG_UNDATED);
    qbg_opportunity *second =
        add_opportunity(self->workspace, "daisy-crm", daisy, crm, QBG_UNDATED);
    qbg_contact *elena = add_contact(self->workspace, "elena", daisy);
    OK(qbg_contact_set_name(elena, SECRET));
    add_member(first, elena);
    OK(qbg_assess(first, NOON, &answer));
    OK(qbg_assessment_refill(answer, first, NOON));
    OK(qbg_contact_set_name(elena, NULL));
    assert_string_equal(qbg_assessment_member_name(answer, 0), SECRET);
    refuse(&self->memory, 0);
    self->memory.for_good = 1;
    assert_int_equal(qbg_assessment_refill(answer, second, -1), QBG_E_RANGE);
    assert_string_equal(qbg_assessment_member_name(answer, 0), SECRET);
    OK(qbg_assessment_refill(answer, second, NOON));
    assert_int_equal(qbg_assessment_member_count(answer), 0);
    assert_forgotten(state);
    refuse(&self->memory, NEVER);
    qbg_assessment_free(answer);
}

/* ---- books ----------------------------------------------------------------------------------- */

static qbg_book_reader *reader_of(qbg_workspace *workspace) {
    static const struct {
        const char *table, *text;
    } book[] = {
        {"accounts", "account,name,phone\na,\"" SECRET " \"\"Ltd\"\"\",1\n"},
        {"contacts", "contact,account,name,title,email\nc," SECRET ",C,,\n"
                     "e,a," SECRET " Smith,Head of " SECRET "," SECRET "@a.example\n"},
        {"solutions", "solution,content\ns," SECRET ";\n"},
        {"opportunities", "opportunity,account,solution,name\no,a,s," SECRET "\n"},
        {"members", "opportunity,contact,note\no,e,met " SECRET "\n"},
        {"visitors", "visitor,contact\n" SECRET "-1,e\n"},
        {"tracking", "Company,Group member\n" SECRET "," SECRET "\n"},
        {"signals", "time,kind,contact,visitor,event\n2025-11-01,chat,e,,event " SECRET "\n"
                    "2025-11-01,chat,," SECRET "-2,\n"},
    };
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace, 0, &reader));
    for (size_t i = 0; i < sizeof book / sizeof book[0]; i++)
        OK(qbg_book_reader_feed(reader, book[i].table, book[i].text, strlen(book[i].text)));
    return reader;
}

static void a_book_that_is_given_up_leaves_nothing(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t left = 1;
    for (uint64_t rows = 0; left > 0; rows++) {
        qbg_book_reader *reader = reader_of(workspace);
        OK(qbg_book_reader_step(reader, rows, &left));
        assert_known(state);
        qbg_book_reader_free(reader);
        assert_forgotten(state);
    }
}

/* What it refused or passed over is in no buffer either. */
static void a_reader_that_has_finished_keeps_nothing(void **state) {
    static const char table[] =
        "account,phone\n\"a \"\"x\"\"\"," SECRET "\n;" SECRET "," SECRET "\n";
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace, 0, &reader));
    OK(qbg_book_reader_feed(reader, "accounts", table, sizeof table - 1));
    static const char roles[] = "solution,content\ns,b;" SECRET "\n";
    OK(qbg_book_reader_feed(reader, "solutions", roles, sizeof roles - 1));
    OK(qbg_book_reader_finish(reader));
    qbg_workspace_free(workspace);
    OK(qbg_workspace_new(NULL, &((fixture *)*state)->workspace));
    assert_forgotten(state);
    qbg_book_reader_free(reader);
}

/* ---- people ---------------------------------------------------------------------------------- */

/* A chain of rows that are one person, each with a tag, and with a membership that has one. */
static qbg_contact *one_of_three(qbg_workspace *workspace) {
    static const char *const keys[] = {SECRET " 1", SECRET " 2", SECRET " 3"};
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_contact *last = NULL;
    uint64_t tag;
    memcpy(&tag, SECRET, sizeof tag);
    for (int i = 0; i < 3; i++) {
        qbg_contact *next = add_contact(workspace, keys[i], daisy);
        OK(qbg_contact_set_tag(next, tag));
        OK(qbg_member_set_tag(add_member(deal, next), tag));
        if (last) OK(qbg_contact_merge(next, last));
        last = next;
    }
    return last;
}

static void assert_no_piece(void **state) {
    char tag[sizeof(uint64_t) + 1] = "";
    memcpy(tag, SECRET, sizeof(uint64_t));
    assert_false(holds(&((fixture *)*state)->memory, tag));
}

static void nothing_names_an_erased_person_with_several_rows(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *person = one_of_three(workspace);
    assert_known(state);
    OK(qbg_contact_erase(person));
    assert_no_piece(state);
}

static void nothing_names_a_removed_person_with_several_rows(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *person = one_of_three(workspace);
    OK(qbg_contact_remove(person, 1));
    assert_no_piece(state);
}

/* The tombstone comes from another workspace, where the person had one key alone. */
static void a_tombstone_of_any_of_his_keys_erases_a_person(void **state) {
    qbg_workspace *workspace = workspace_of(state), *other = NULL;
    qbg_contact *stranger = NULL;
    one_of_three(workspace);
    OK(qbg_workspace_new(NULL, &other));
    OK(qbg_contact_add(other, SECRET " 1", NULL, NULL, NULL, &stranger));
    OK(qbg_contact_erase(stranger));
    OK(qbg_contact_add(workspace, qbg_contact_key(stranger), NULL, NULL, NULL, NULL));
    qbg_workspace_free(other);
    assert_no_piece(state);
    assert_int_equal(qbg_contact_add(workspace, SECRET " 1", NULL, NULL, NULL, NULL), QBG_E_ERASED);
    assert_int_equal(qbg_contact_add(workspace, SECRET " 3", NULL, NULL, NULL, NULL), QBG_E_ERASED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_text_that_is_taken_away_is_gone),
        in_workspace(a_call_that_failed_leaves_nothing),
        in_workspace(a_key_that_is_refused_leaves_nothing),
        in_workspace(a_record_that_is_cleared_is_empty),
        in_workspace(an_assessment_forgets_who_was_in_it),
        in_workspace(a_book_that_is_given_up_leaves_nothing),
        in_workspace(a_reader_that_has_finished_keeps_nothing),
        in_workspace(nothing_names_an_erased_person_with_several_rows),
        in_workspace(nothing_names_a_removed_person_with_several_rows),
        in_workspace(a_tombstone_of_any_of_his_keys_erases_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
