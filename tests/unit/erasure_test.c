/* erasure: who a person was is gone from everything, what he did stays; nobody names him again. */
#include "life.h"
#include "snapshot.h"

/* ---- a person and his secrets ---------------------------------------------------------------- */

/* Whatever tells who Elena is, under all keys that she had. */
static const char *const secrets[] = {
    "elena-4711",         "crm/sokolova",        "Елена Соколова",      "E. Sokolova née Ivanova",
    "Директор Персонала", "elena@daisy.example", "a.old@daisy.example", "visitor-7f3a",
    "visitor-9b1c",       "visitor-beside-5",    "likes orchids",       "hates phones",
};
enum { SECRETS = sizeof secrets / sizeof secrets[0] };

enum {
    KEY,
    OTHER_KEY,
    NAME,
    OLD_NAME,
    TITLE,
    EMAIL,
    OLD_EMAIL,
    VISITOR,
    OTHER_VISITOR,
    BESIDE,
    NOTE,
    OTHER_NOTE
};

typedef struct scene {
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_solution *hr;
    qbg_contact *elena, *lost, *ivan; /* lost: merged into Elena */
    qbg_opportunity *deal, *next;
    qbg_member *member;
} scene;

static scene fill(qbg_workspace *workspace) {
    scene at = {.workspace = workspace};
    at.daisy = add_account(workspace, "daisy");
    at.hr = add_solution(workspace, "hr");
    at.elena = add_contact(workspace, secrets[KEY], at.daisy);
    at.lost = add_contact(workspace, secrets[OTHER_KEY], at.daisy);
    at.ivan = add_contact(workspace, "ivan", at.daisy);
    at.deal = add_opportunity(workspace, "deal", at.daisy, at.hr, LIFE_FIRST);
    at.next = add_opportunity(workspace, "next", at.daisy, at.hr, LIFE_FIRST + 90 * DAY);
    at.member = add_member(at.deal, at.elena);
    OK(qbg_contact_set_name(at.elena, secrets[OLD_NAME]));
    OK(qbg_contact_set_name(at.elena, secrets[NAME]));
    OK(qbg_contact_set_title(at.elena, secrets[TITLE]));
    OK(qbg_contact_set_email(at.lost, secrets[OLD_EMAIL]));
    OK(qbg_contact_set_email(at.elena, secrets[EMAIL]));
    OK(qbg_contact_set_tag(at.elena, 77));
    OK(qbg_member_set_note(at.member, secrets[NOTE]));
    OK(qbg_member_set_tag(at.member, 78));
    OK(qbg_member_set_note(add_member(at.next, at.lost), secrets[OTHER_NOTE]));
    OK(qbg_member_add_role(at.member, qbg_role_find(workspace, "champion"), QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(at.member, QBG_STANCE_CHAMPION, LIFE_FIRST, QBG_SOURCE_HOST));
    add_member(at.deal, at.ivan);
    OK(qbg_need_set(at.deal, at.elena, "report", QBG_NEED_OPEN, LIFE_FIRST));
    OK(qbg_contact_add_visitor(at.elena, secrets[VISITOR]));
    OK(qbg_contact_add_visitor(at.lost, secrets[OTHER_VISITOR]));
    for (int i = 0; i < 2; i++) {
        int64_t time = LIFE_FIRST + i * 11 * DAY;
        tell(workspace, (act){.time = time,
                              .contact = at.elena,
                              .kind = "meeting",
                              .event = i % 2 ? "7" : NULL,
                              .account = i % 2 ? at.daisy : NULL,
                              .solution = i == 1 ? at.hr : NULL});
        tell(workspace, (act){.time = time, .account = at.daisy, .visitor = secrets[VISITOR]});
        tell(workspace, (act){.time = time, .visitor = secrets[OTHER_VISITOR], .kind = "chat"});
        tell(workspace, (act){.time = time, .contact = at.lost, .visitor = secrets[BESIDE]});
        tell(workspace, (act){.time = time, .contact = at.ivan});
    }
    OK(qbg_contact_merge(at.elena, at.lost));
    return at;
}

/* The memory of the library holds none of her secrets, and the fixture's allocator has seen none in
 * what came back to it. */
static void assert_forgotten(const host *memory) {
    for (int i = 0; i < SECRETS; i++)
        if (holds(memory, secrets[i])) fail_msg("\"%s\" lies in memory still", secrets[i]);
    assert_int_equal(memory->is_misused, 0);
}

static void assert_without_secrets(const char *bytes, const char *where) {
    for (int i = 0; i < SECRETS; i++)
        if (strstr(bytes, secrets[i])) fail_msg("%s names \"%s\"", where, secrets[i]);
}

/* ---- what is gone ---------------------------------------------------------------------------- */

static void assert_pseudonym(const char *text) {
    assert_memory_equal(text, "erased:", 7);
    assert_int_equal(strlen(text), 39);
    assert_int_equal(strspn(text + 7, "0123456789abcdef"), 32);
}

static void an_erased_person_has_no_identity(void **state) {
    scene at = fill(workspace_of(state));
    assert_int_equal(qbg_contact_is_erased(at.elena), 0);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_is_erased(at.elena), 1);
    assert_int_equal(qbg_contact_is_alive(at.elena), 1);
    assert_pseudonym(qbg_contact_key(at.elena));
    assert_string_equal(qbg_contact_name(at.elena), "");
    assert_string_equal(qbg_contact_title(at.elena), "");
    assert_string_equal(qbg_contact_email(at.elena), "");
    assert_int_equal(qbg_contact_tag(at.elena), 0);
    assert_int_equal(qbg_contact_visitor_count(at.elena), 2);
    assert_pseudonym(qbg_contact_visitor(at.elena, 0));
    assert_pseudonym(qbg_contact_visitor(at.elena, 1));
    assert_string_equal(qbg_member_note(at.member), "");
    assert_int_equal(qbg_member_tag(at.member), 0);
    assert_string_equal(qbg_member_note(qbg_member_find(at.next, at.elena)), "");
    assert_null(qbg_contact_find(at.workspace, secrets[KEY]));
    assert_null(qbg_contact_find(at.workspace, secrets[OTHER_KEY]));
    assert_ptr_equal(qbg_contact_find(at.workspace, qbg_contact_key(at.elena)), at.elena);
    assert_int_equal(qbg_contact_number(at.lost), qbg_contact_number(at.elena));
    assert_int_equal(qbg_contact_is_erased(at.lost), 1);
}

static void what_she_was_stays(void **state) {
    scene at = fill(workspace_of(state));
    int32_t department = qbg_contact_department(at.elena);
    int32_t seniority = qbg_contact_seniority(at.elena);
    double confidence = qbg_contact_persona_confidence(at.elena);
    assert_int_equal(department, QBG_DEPARTMENT_HR);
    assert_int_equal(seniority, QBG_SENIORITY_DIRECTOR);
    uint64_t signals = qbg_signal_count(at.workspace);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_department(at.elena), department);
    assert_int_equal(qbg_contact_seniority(at.elena), seniority);
    assert_true(qbg_contact_persona_confidence(at.elena) >= confidence &&
                qbg_contact_persona_confidence(at.elena) <= confidence);
    assert_ptr_equal(qbg_member_find(at.deal, at.elena), at.member);
    assert_int_equal(qbg_member_count(at.deal), 2);
    assert_int_equal(qbg_member_has_role(at.member, qbg_role_find(at.workspace, "champion"), NOON),
                     1);
    assert_int_equal(qbg_member_stance(at.member, NOON), QBG_STANCE_CHAMPION);
    assert_int_equal(qbg_need_count(at.deal), 1);
    assert_ptr_equal(qbg_need_contact(at.deal, 0), at.elena);
    assert_ptr_equal(qbg_contact_account(at.elena, NOON), at.daisy);
    assert_int_equal(qbg_signal_count(at.workspace), signals);
}

/* Words of the host on the persona are kept as what was read, as the title is gone. */
static void what_the_host_said_of_the_persona_stays(void **state) {
    scene at = fill(workspace_of(state));
    OK(qbg_contact_set_persona(at.elena, QBG_DEPARTMENT_LEGAL, QBG_UNSET));
    double confidence = qbg_contact_persona_confidence(at.elena);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_department(at.elena), QBG_DEPARTMENT_LEGAL);
    assert_int_equal(qbg_contact_seniority(at.elena), QBG_SENIORITY_DIRECTOR);
    assert_true(qbg_contact_persona_confidence(at.elena) >= confidence &&
                qbg_contact_persona_confidence(at.elena) <= confidence);
}

static void erasing_refuses_nobody_and_who_is_gone(void **state) {
    scene at = fill(workspace_of(state));
    assert_int_equal(qbg_contact_erase(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_is_erased(NULL), 0);
    OK(qbg_contact_remove(at.ivan, 1));
    assert_int_equal(qbg_contact_erase(at.ivan), QBG_E_GONE);
    OK(qbg_contact_erase(at.lost)); /* by the losing handle, too */
    assert_int_equal(qbg_contact_is_erased(at.elena), 1);
    uint64_t revision = qbg_workspace_revision(at.workspace);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_workspace_revision(at.workspace), revision);
}

/* ---- the arithmetic -------------------------------------------------------------------------- */

/* The figures of every group, without the names in it. */
static snapshot figures_of(const qbg_workspace *workspace) {
    snapshot all = {NULL, 0, 0};
    for (int64_t day = 0; day <= LIFE_DAYS; day += 25) {
        qbg_table *board = NULL;
        int64_t as_of = LIFE_FIRST + day * DAY;
        OK(qbg_board(workspace, as_of, 0, QBG_NONE, 1, &board));
        put_table(&all, "board", board);
        for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
            const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
            qbg_assessment *answer = NULL;
            int64_t sum = 0, mix = 0; /* members are listed by key, which is another one now */
            if (!row) continue;
            OK(qbg_assess(row, as_of, &answer));
            for (uint32_t j = 0; j < qbg_assessment_member_count(answer); j++) {
                int64_t points = qbg_assessment_member_points_int(answer, j);
                sum += points;
                mix ^= points * 31;
            }
            for (uint32_t j = 0; j < qbg_assessment_criterion_count(answer); j++)
                put_line(&all, "%s %a", qbg_assessment_criterion_reason(answer, j),
                         qbg_assessment_criterion_actual(answer, j));
            put_line(&all, "%lld %lld", (long long)sum, (long long)mix);
            qbg_assessment_free(answer);
        }
    }
    return all;
}

static void scores_do_not_change(void **state) {
    scene at = fill(workspace_of(state));
    snapshot before = figures_of(at.workspace);
    OK(qbg_contact_erase(at.elena));
    assert_seen(&before, figures_of(at.workspace), "after erasing");
    forget(&before);
}

static void scores_of_no_life_change(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        life self = new_life(workspace, seed);
        live_on(&self, 400);
        snapshot before = figures_of(workspace);
        for (uint32_t i = 0; i < qbg_contact_count(workspace); i++) {
            if (!qbg_contact_at(workspace, i)) continue;
            OK(qbg_contact_erase(qbg_contact_at(workspace, i)));
            assert_seen(&before, figures_of(workspace), "after erasing");
        }
        forget(&before);
        qbg_workspace_free(workspace);
    }
}

/* ---- what comes later ------------------------------------------------------------------------ */

static void nobody_names_an_erased_person_again(void **state) {
    scene at = fill(workspace_of(state));
    OK(qbg_contact_erase(at.elena));
    snapshot before = whole_of(at.workspace, LIFE_FIRST, LIFE_LAST);
    qbg_workspace *workspace = at.workspace;
    for (int key = KEY; key <= OTHER_KEY; key++) {
        const char *name = secrets[key];
        assert_int_equal(qbg_contact_add(workspace, name, NULL, NULL, NULL, NULL), QBG_E_ERASED);
        assert_int_equal(qbg_contact_put(workspace, name, NULL, NULL, NULL, NULL, NULL),
                         QBG_E_ERASED);
        assert_int_equal(qbg_contact_put(workspace, name, at.daisy, "x", "x", NULL, NULL),
                         QBG_E_ERASED);
    }
    /* a name, title or note for her handle */
    const char *key = qbg_contact_key(at.elena);
    assert_int_equal(qbg_contact_set_name(at.elena, "x"), QBG_E_ERASED);
    assert_int_equal(qbg_contact_set_name(at.lost, "x"), QBG_E_ERASED);
    assert_int_equal(qbg_contact_set_title(at.elena, "x"), QBG_E_ERASED);
    assert_int_equal(qbg_contact_set_email(at.elena, "x"), QBG_E_ERASED);
    assert_int_equal(qbg_contact_set_tag(at.elena, 1), QBG_E_ERASED);
    assert_int_equal(qbg_member_set_note(at.member, "x"), QBG_E_ERASED);
    assert_int_equal(qbg_member_set_tag(at.member, 1), QBG_E_ERASED);
    assert_int_equal(qbg_contact_put(workspace, key, NULL, "x", NULL, NULL, NULL), QBG_E_ERASED);
    assert_int_equal(qbg_contact_put(workspace, key, NULL, NULL, "x", NULL, NULL), QBG_E_ERASED);
    assert_int_equal(qbg_contact_add_visitor(at.elena, "new visitor"), QBG_E_ERASED);
    assert_int_equal(qbg_contact_add_visitor(at.elena, secrets[VISITOR]), QBG_E_ERASED);
    assert_int_equal(qbg_contact_add_visitor(at.ivan, secrets[VISITOR]), QBG_E_ERASED);
    assert_int_equal(qbg_contact_remove_visitor(at.elena, qbg_contact_visitor(at.elena, 0)),
                     QBG_E_ERASED);
    /* a signal of hers, by handle or visitor id */
    assert_int_equal(try_to_tell(workspace, (act){.time = NOON, .contact = at.elena}),
                     QBG_E_ERASED);
    assert_int_equal(try_to_tell(workspace, (act){.time = NOON, .contact = at.lost}), QBG_E_ERASED);
    for (int visitor = VISITOR; visitor <= OTHER_VISITOR; visitor++) {
        const char *id = secrets[visitor];
        assert_int_equal(try_to_tell(workspace, (act){.time = NOON, .visitor = id}), QBG_E_ERASED);
        assert_int_equal(
            try_to_tell(workspace, (act){.time = NOON, .visitor = id, .account = at.daisy}),
            QBG_E_ERASED);
        assert_int_equal(
            try_to_tell(workspace, (act){.time = NOON, .visitor = id, .contact = at.ivan}),
            QBG_E_ERASED);
    }
    assert_int_equal(
        try_to_tell(workspace, (act){.time = NOON, .visitor = qbg_contact_visitor(at.elena, 0)}),
        QBG_E_ERASED);
    assert_seen(&before, whole_of(workspace, LIFE_FIRST, LIFE_LAST), "after refusals");
    forget(&before);
    assert_forgotten(&((fixture *)*state)->memory);
}

static void columns_that_name_an_erased_person_are_refused_row_by_row(void **state) {
    scene at = fill(workspace_of(state));
    uint32_t contacts[] = {qbg_contact_number(at.elena), QBG_NONE, qbg_contact_number(at.ivan)};
    OK(qbg_contact_erase(at.elena));
    const int64_t times[] = {NOON, NOON, NOON};
    const uint16_t kinds[] = {0, 0, 0};
    const int64_t ends[] = {0, 0, (int64_t)strlen(secrets[VISITOR]),
                            (int64_t)strlen(secrets[VISITOR])};
    qbg_status rows[3];
    uint64_t refused = 0;
    const qbg_signal_columns columns = {.size = sizeof columns,
                                        .count = 3,
                                        .time_s = times,
                                        .kind = kinds,
                                        .contact = contacts,
                                        .visitor = secrets[VISITOR],
                                        .visitor_offsets = ends};
    OK(qbg_append(at.workspace, &columns, rows, &refused));
    assert_int_equal(rows[0], QBG_E_ERASED);
    assert_int_equal(rows[1], QBG_E_ERASED);
    assert_int_equal(rows[2], QBG_OK);
    assert_int_equal(refused, 2);
}

/* What does not tell who somebody is can still be told of an erased one. */
static void what_is_nameless_can_be_told(void **state) {
    scene at = fill(workspace_of(state));
    OK(qbg_contact_erase(at.elena));
    OK(qbg_member_set_stance(at.member, QBG_STANCE_BLOCKER, NOON, QBG_SOURCE_HOST));
    OK(qbg_member_set_left(at.member, LIFE_LAST));
    OK(qbg_member_set_next_contact(at.member, LIFE_LAST));
    OK(qbg_contact_set_persona(at.elena, QBG_DEPARTMENT_LEGAL, QBG_SENIORITY_VP));
    OK(qbg_contact_set_account(at.elena, NULL, LIFE_LAST, QBG_SOURCE_HOST));
    OK(qbg_member_remove(at.member));
    add_member(at.deal, at.elena);
}

/* ---- coming back ----------------------------------------------------------------------------- */

static void whoever_agrees_again_is_a_new_person(void **state) {
    scene at = fill(workspace_of(state));
    OK(qbg_contact_erase(at.elena));
    snapshot before = figures_of(at.workspace);
    OK(qbg_contact_readmit(at.workspace, secrets[KEY]));
    assert_seen(&before, figures_of(at.workspace), "after readmitting");
    forget(&before);
    assert_int_equal(qbg_contact_is_erased(at.elena), 1); /* nothing comes back */
    assert_pseudonym(qbg_contact_key(at.elena));
    assert_string_equal(qbg_contact_name(at.elena), "");
    assert_null(qbg_contact_find(at.workspace, secrets[KEY]));
    assert_int_equal(qbg_contact_set_name(at.elena, "x"), QBG_E_ERASED);
    qbg_contact *again = add_contact(at.workspace, secrets[KEY], at.daisy);
    assert_ptr_not_equal(again, at.elena);
    assert_int_equal(qbg_contact_is_erased(again), 0);
    /* and the visitor ids, though not the visits */
    uint64_t signals = qbg_signal_count(at.workspace);
    OK(qbg_contact_add_visitor(again, secrets[VISITOR]));
    OK(qbg_contact_add_visitor(again, secrets[OTHER_VISITOR]));
    tell(at.workspace, (act){.time = NOON, .visitor = secrets[VISITOR]});
    assert_int_equal(qbg_signal_count(at.workspace), signals + 1);
    qbg_table *history = NULL;
    OK(qbg_ledger(at.deal, again, LIFE_LAST, &history));
    assert_int_equal(qbg_table_row_count(history), 0);
    qbg_table_free(history);
    /* the other key is another word */
    assert_int_equal(qbg_contact_add(at.workspace, secrets[OTHER_KEY], NULL, NULL, NULL, NULL),
                     QBG_E_ERASED);
    OK(qbg_contact_readmit(at.workspace, secrets[OTHER_KEY]));
    add_contact(at.workspace, secrets[OTHER_KEY], NULL);
}

static void readmitting_refuses_whom_nobody_erased(void **state) {
    scene at = fill(workspace_of(state));
    assert_int_equal(qbg_contact_readmit(at.workspace, secrets[KEY]), QBG_E_NOT_FOUND);
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_readmit(NULL, secrets[KEY]), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_readmit(at.workspace, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_readmit(at.workspace, ""), QBG_E_TEXT);
    assert_int_equal(qbg_contact_readmit(at.workspace, "\xff"), QBG_E_TEXT);
    assert_int_equal(qbg_contact_readmit(at.workspace, "ivan"), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_contact_readmit(at.workspace, "nobody"), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_contact_readmit(at.workspace, qbg_contact_key(at.elena)), QBG_E_NOT_FOUND);
    OK(qbg_contact_readmit(at.workspace, secrets[KEY]));
    assert_int_equal(qbg_contact_readmit(at.workspace, secrets[KEY]), QBG_E_NOT_FOUND);
}

/* Erased, back, erased, back: each time another nameless person stays. */
static void a_key_can_be_erased_again_and_again(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    char keys[5][40];
    for (int i = 0; i < 5; i++) {
        qbg_contact *elena = add_contact(workspace, "elena", NULL);
        OK(qbg_contact_set_name(elena, "Elena"));
        OK(qbg_contact_add_visitor(elena, "v"));
        tell(workspace, (act){.time = NOON, .visitor = "v", .event = "1"});
        OK(qbg_contact_erase(elena));
        assert_int_equal(try_to_tell(workspace, (act){.time = NOON, .visitor = "v"}), QBG_E_ERASED);
        assert_int_equal(qbg_contact_add(workspace, "elena", NULL, NULL, NULL, NULL), QBG_E_ERASED);
        OK(qbg_contact_readmit(workspace, "elena"));
        snprintf(keys[i], sizeof keys[i], "%s", qbg_contact_key(elena));
        for (int j = 0; j < i; j++) assert_string_not_equal(keys[i], keys[j]);
        assert_ptr_equal(qbg_contact_find(workspace, keys[i]), elena);
    }
    assert_int_equal(qbg_signal_count(workspace), 5);
}

/* ---- books ----------------------------------------------------------------------------------- */

static void read_book(const qbg_workspace *from, qbg_workspace *into, int64_t expected_refusals) {
    qbg_book_reader *reader = NULL;
    qbg_table *table = NULL;
    OK(qbg_book_reader_new(into, 0, &reader));
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        qbg_blob *blob = NULL;
        const char *name = qbg_book_table_name(i);
        if (strcmp(name, "tracking") == 0) continue;
        OK(qbg_book_write(from, name, &blob));
        OK(qbg_book_reader_feed(reader, name, qbg_blob_data(blob), qbg_blob_size(blob)));
        qbg_blob_free(blob);
    }
    OK(qbg_book_reader_finish(reader));
    OK(qbg_book_reader_refusals(reader, &table));
    int64_t refused = 0;
    for (int64_t i = 0; i < qbg_table_row_count(table); i++)
        refused += qbg_table_int64_at(table, qbg_table_column_find(table, "refused"), i);
    assert_int_equal(refused, expected_refusals);
    qbg_table_free(table);
    qbg_book_reader_free(reader);
}

static void a_book_remembers_who_must_not_be_named(void **state) {
    scene at = fill(workspace_of(state));
    qbg_workspace *copy = NULL;
    OK(qbg_workspace_new(NULL, &copy));
    OK(qbg_contact_erase(at.elena));
    read_book(at.workspace, copy, 0);
    snapshot expected = {NULL, 0, 0}, found = {NULL, 0, 0};
    put_book(&expected, at.workspace);
    put_answers(&expected, at.workspace, LIFE_LAST);
    put_book(&found, copy);
    put_answers(&found, copy, LIFE_LAST);
    assert_seen(&expected, found, "read back");
    forget(&expected);
    qbg_contact *elena = qbg_contact_find(copy, qbg_contact_key(at.elena));
    assert_int_equal(qbg_contact_is_erased(elena), 1);
    assert_int_equal(qbg_contact_department(elena), QBG_DEPARTMENT_HR);
    assert_int_equal(qbg_contact_add(copy, secrets[KEY], NULL, NULL, NULL, NULL), QBG_E_ERASED);
    assert_int_equal(qbg_contact_add(copy, secrets[OTHER_KEY], NULL, NULL, NULL, NULL),
                     QBG_E_ERASED);
    assert_int_equal(try_to_tell(copy, (act){.time = NOON, .visitor = secrets[VISITOR]}),
                     QBG_E_ERASED);
    OK(qbg_contact_readmit(copy, secrets[KEY]));
    add_contact(copy, secrets[KEY], NULL);
    qbg_workspace_free(copy);
}

static void a_book_that_names_her_is_refused_row_by_row(void **state) {
    static const char contacts[] = "contact,name\nelena-4711,Елена Соколова\nolga,Olga\n";
    static const char tracking[] = "Company,Group member\ncrm,sokolova\ncrm,olga\n";
    static const char visitors[] = "visitor,contact\nvisitor-7f3a,olga\nv2,olga\n";
    scene at = fill(workspace_of(state));
    qbg_book_reader *reader = NULL;
    qbg_table *refusals = NULL;
    OK(qbg_contact_erase(at.elena));
    OK(qbg_book_reader_new(at.workspace, 0, &reader));
    OK(qbg_book_reader_feed(reader, "contacts", contacts, sizeof contacts - 1));
    OK(qbg_book_reader_feed(reader, "tracking", tracking, sizeof tracking - 1));
    OK(qbg_book_reader_feed(reader, "visitors", visitors, sizeof visitors - 1));
    OK(qbg_book_reader_finish(reader));
    OK(qbg_book_reader_refusals(reader, &refusals));
    assert_int_equal(qbg_table_row_count(refusals), 3);
    qbg_table_free(refusals);
    qbg_book_reader_free(reader);
    assert_non_null(qbg_contact_find(at.workspace, "olga"));
    assert_int_equal(qbg_contact_visitor_count(qbg_contact_find(at.workspace, "olga")), 1);
    assert_non_null(qbg_contact_find(at.workspace, "crm/olga"));
    assert_null(qbg_contact_find(at.workspace, secrets[KEY]));
    assert_forgotten(&((fixture *)*state)->memory);
}

/* She was erased elsewhere, and that book is read where she is known. */
static void a_tombstone_that_is_told_erases_whom_it_hides(void **state) {
    fixture *self = *state;
    scene here = fill(self->workspace);
    qbg_workspace *elsewhere = NULL;
    OK(qbg_workspace_new(NULL, &elsewhere));
    scene there = fill(elsewhere);
    OK(qbg_contact_erase(there.elena));
    snapshot before = figures_of(self->workspace);
    OK(qbg_contact_put(self->workspace, qbg_contact_key(there.elena), NULL, NULL, NULL, NULL,
                       NULL));
    assert_int_equal(qbg_contact_is_erased(here.elena), 1);
    assert_string_equal(qbg_contact_key(here.elena), qbg_contact_key(there.elena));
    assert_string_equal(qbg_contact_name(here.elena), "");
    assert_string_equal(qbg_member_note(here.member), "");
    assert_int_equal(qbg_contact_add(self->workspace, secrets[KEY], NULL, NULL, NULL, NULL),
                     QBG_E_ERASED);
    assert_seen(&before, figures_of(self->workspace), "after the tombstone");
    forget(&before);
    qbg_workspace_free(elsewhere);
    assert_forgotten(&self->memory);
}

static void a_tombstone_of_nobody_known_waits(void **state) {
    qbg_workspace *workspace = workspace_of(state), *elsewhere = NULL;
    OK(qbg_workspace_new(NULL, &elsewhere));
    scene there = fill(elsewhere);
    OK(qbg_contact_erase(there.elena));
    qbg_contact *row = NULL;
    OK(qbg_contact_add(workspace, qbg_contact_key(there.elena), NULL, NULL, NULL, &row));
    assert_int_equal(qbg_contact_is_erased(row), 1);
    assert_int_equal(qbg_contact_add(workspace, secrets[KEY], NULL, NULL, NULL, NULL),
                     QBG_E_ERASED);
    qbg_workspace_free(elsewhere);
}

/* ---- nothing is left ------------------------------------------------------------------------- */

/* Everything that can be written or told of a workspace, but what gives one row by handle. */
static void assert_nothing_names_her(const qbg_workspace *workspace) {
    static const char *const langs[] = {"en", "ru"};
    snapshot all = whole_of(workspace, LIFE_FIRST, LIFE_LAST);
    for (int format = QBG_FORMAT_TEXT; format <= QBG_FORMAT_JSON; format++)
        for (int lang = 0; lang < 2; lang++) {
            qbg_blob *blob = NULL;
            OK(qbg_report_board(workspace, LIFE_LAST, 1, format, langs[lang], &blob));
            put_blob(&all, "board", blob);
            OK(qbg_report_tracking(workspace, LIFE_LAST, format, langs[lang], &blob));
            put_blob(&all, "tracking", blob);
        }
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
        qbg_blob *blob = NULL;
        qbg_path *path = NULL;
        qbg_table *table = NULL;
        if (!row) continue;
        OK(qbg_report_explain(row, LIFE_LAST, "ru", &blob));
        put_blob(&all, "explanation", blob);
        OK(qbg_path_find(row, LIFE_LAST, &path));
        OK(qbg_path_table(path, &table));
        put_table(&all, "path", table);
        qbg_path_free(path);
        for (uint32_t j = 0; j < qbg_contact_count(workspace); j++) {
            if (!qbg_contact_at(workspace, j)) continue;
            OK(qbg_ledger(row, qbg_contact_at(workspace, j), LIFE_LAST, &table));
            put_table(&all, "ledger", table);
        }
    }
    qbg_signal *record = NULL; /* visitor ids */
    OK(qbg_signal_new((qbg_workspace *)(uintptr_t)workspace, &record));
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
        for (uint32_t j = 0; row && j < qbg_opportunity_signal_count(row); j++) {
            OK(qbg_opportunity_signal_at(row, j, record));
            put_line(&all, "%s %s", qbg_signal_visitor(record),
                     qbg_contact_key(qbg_signal_contact(record)));
        }
    }
    qbg_signal_free(record);
    assert_without_secrets(all.bytes, "what is told");
    forget(&all);
}

static void no_output_and_no_memory_names_her(void **state) {
    fixture *self = *state;
    scene at = fill(self->workspace);
    for (int i = 0; i < SECRETS; i++) /* it can be found before */
        if (i != OLD_NAME && i != OLD_EMAIL && !holds(&self->memory, secrets[i]))
            fail_msg("\"%s\" was not told", secrets[i]);
    OK(qbg_contact_erase(at.elena));
    assert_forgotten(&self->memory);
    assert_nothing_names_her(self->workspace);
    assert_forgotten(&self->memory);
}

/* Whatever was tried with her name before, whether it failed, was undone, or waits in a batch. */
static void nothing_that_was_tried_before_is_left(void **state) {
    fixture *self = *state;
    scene at = fill(self->workspace);
    qbg_workspace *workspace = self->workspace;
    OK(qbg_workspace_begin(workspace));
    OK(qbg_member_set_note(at.member, "likes orchids, hates phones"));
    OK(qbg_contact_add_visitor(at.ivan, "visitor-7f3a-2"));
    tell(workspace, (act){.time = NOON, .contact = at.elena, .visitor = "visitor-9b1c-2"});
    OK(qbg_workspace_rollback(workspace));
    assert_int_equal(qbg_contact_add(workspace, secrets[KEY], NULL, secrets[NAME], NULL, NULL),
                     QBG_E_EXISTS);
    assert_int_equal(qbg_contact_add_visitor(at.ivan, secrets[VISITOR]), QBG_E_EXISTS);
    tell(workspace, (act){.time = NOON, .contact = at.elena, .event = "9"});
    assert_int_equal(try_to_tell(workspace, (act){.time = NOON + 1,
                                                  .contact = at.elena,
                                                  .visitor = "visitor-beside-5-2",
                                                  .event = "9"}),
                     QBG_E_CONFLICT);
    static const char contacts[] = "contact,name\nelena-4711,Елена Соколова\n,nobody\n";
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace, 1, &reader));
    OK(qbg_book_reader_feed(reader, "contacts", contacts, sizeof contacts - 1));
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
    qbg_book_reader_free(reader);
    OK(qbg_workspace_begin(workspace));
    OK(qbg_contact_set_name(at.elena, "E. Sokolova née Ivanova"));
    OK(qbg_contact_erase(at.elena));
    OK(qbg_workspace_commit(workspace));
    assert_forgotten(&self->memory);
    assert_nothing_names_her(workspace);
}

static void an_erasure_that_is_rolled_back_has_not_been(void **state) {
    fixture *self = *state;
    scene at = fill(self->workspace);
    snapshot before = whole_of(self->workspace, LIFE_FIRST, LIFE_LAST);
    OK(qbg_workspace_begin(self->workspace));
    OK(qbg_contact_erase(at.elena));
    assert_int_equal(qbg_contact_is_erased(at.elena), 1);
    assert_string_equal(qbg_contact_name(at.elena), "");
    assert_int_equal(qbg_contact_add(self->workspace, secrets[KEY], NULL, NULL, NULL, NULL),
                     QBG_E_ERASED);
    OK(qbg_contact_readmit(self->workspace, secrets[OTHER_KEY]));
    OK(qbg_workspace_rollback(self->workspace));
    assert_seen(&before, whole_of(self->workspace, LIFE_FIRST, LIFE_LAST), "after the rollback");
    assert_int_equal(qbg_contact_is_erased(at.elena), 0);
    assert_ptr_equal(qbg_contact_find(self->workspace, secrets[OTHER_KEY]), at.elena);
    forget(&before);
    OK(qbg_contact_erase(at.elena));
    assert_forgotten(&self->memory);
}

static void out_of_memory_erases_nothing(void **state) {
    fixture *self = *state;
    scene at = fill(self->workspace);
    for (int what = 0; what < 2; what++) {
        snapshot before = whole_of(self->workspace, LIFE_FIRST, LIFE_LAST);
        qbg_status status = QBG_E_MEMORY;
        for (long request = 0; status != QBG_OK; request++) {
            self->memory.for_good = (int)(request % 2);
            forget_room(self->workspace);
            refuse(&self->memory, request / 2);
            status = what == 0 ? qbg_contact_erase(at.elena)
                               : qbg_contact_readmit(self->workspace, secrets[OTHER_KEY]);
            refuse(&self->memory, NEVER);
            if (status == QBG_OK) break;
            assert_int_equal(status, QBG_E_MEMORY);
            assert_seen(&before, whole_of(self->workspace, LIFE_FIRST, LIFE_LAST), "a failure");
        }
        forget(&before);
        assert_forgotten(&self->memory);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(an_erased_person_has_no_identity),
        in_workspace(what_she_was_stays),
        in_workspace(what_the_host_said_of_the_persona_stays),
        in_workspace(erasing_refuses_nobody_and_who_is_gone),
        in_workspace(scores_do_not_change),
        cmocka_unit_test(scores_of_no_life_change),
        in_workspace(nobody_names_an_erased_person_again),
        in_workspace(columns_that_name_an_erased_person_are_refused_row_by_row),
        in_workspace(what_is_nameless_can_be_told),
        in_workspace(whoever_agrees_again_is_a_new_person),
        in_workspace(readmitting_refuses_whom_nobody_erased),
        in_workspace(a_key_can_be_erased_again_and_again),
        in_workspace(a_book_remembers_who_must_not_be_named),
        in_workspace(a_book_that_names_her_is_refused_row_by_row),
        in_workspace(a_tombstone_that_is_told_erases_whom_it_hides),
        in_workspace(a_tombstone_of_nobody_known_waits),
        in_workspace(no_output_and_no_memory_names_her),
        in_workspace(nothing_that_was_tried_before_is_left),
        in_workspace(an_erasure_that_is_rolled_back_has_not_been),
        in_workspace(out_of_memory_erases_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
