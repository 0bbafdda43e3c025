/* book_import: a book loaded in steps is the book loaded at once; one that is given up never was;
 * and what a step cannot do for want of memory leaves the steps before it. */
#include "book_texts.h"

/* ---- books ----------------------------------------------------------------------------------- */

/* Something to be refused or remarked in every table that can, and rows that later ones need. */
static const part mixed[] = {
    {"accounts", "account,phone,currency\n\nm,1,\nn,2,EURO\nm,3,\n,4,\no,5,\n"},
    {"contacts", "contact,account,name\nx,m,X\ny,nowhere,Y\nx,,X2\np,m,P2\nz,o,Z\n"},
    {"templates", "template,role,weight\nt,coach,1\nt,champion,2\nt,coach,3\nu,coach,0\n"},
    {"solutions", "solution,template,content\nm,t,m/\nn,none,\nm,,n/\n"},
    {"visitors", "visitor,contact\nvx,x\nvx,z\nvy,nobody\n"},
    {"opportunities", "opportunity,account,solution,amount,currency\n"
                      "m,m,m,10,EUR\nm,m,m,,JPY\nn,n,m,,\nm,m,m,20,\n"},
    {"members", "opportunity,contact,role,stance,source\n"
                "m,x,coach,warm,rule\nm,x,champion,,rule\nm,z,coach,cold,\nm,z,,,host\n"
                "m,nobody,,,\nm,x,,supporter,host\n"},
    {"needs", "opportunity,contact,need,state\nm,x,speed,open\nm,x,speed,closed\n"},
    {"history", "opportunity,contact,field,value,from\n,x,account,o,2025-06-01\n"
                "m,x,stance,champion,2025-06-01\nm,x,mood,good,2025-06-01\n"},
    {"kinds", "kind,points\nwave,5\nwave,6\nbow,many\n"},
    {"roles", "role,name\ncoach,Trainer\na;b,\ncoach,Coach\n"},
    {"policy", "parameter,value\nmin_intent,0.5\nmin_intent,0.25\nhalf_life_days,soon\n"},
    {"revenue", "customer,period\nm,2025-01\nm,2025-02\n"}, /* without its amounts */
    {"tracking", "Company,Group member,Role in the process,Last interaction,Notes\n"
                 "m,X,champion,5.11.2025,one\n,Y,,,\nT,Tim,CFO,6.11.2025,\"two\nlines\"\n"
                 "T,Tim,CFO,6.11.2025,\nT,Tom,,soon,\n"},
    {"signals",
     "time,kind,account,contact,visitor,content,event\n"
     "2025-05-01,chat,,x,,m/1,e1\n2025-07-01,chat,,x,,m/1,e1\n2025-07-02,chat,,x,,m/2,e1\n"
     "2025-07-01,chat,,x,,m/1,e1\n2025-07-03,sleep,,x,,,\n2025-07-04,wave,m,,vx,,\n"
     "\"2025-07-05,chat,,x,,,\n2025-07-06,chat,m,,vy,n/,\n"},
    {NULL, NULL},
};

/* Signals of which most are read in blocks, between others that are not. */
#define FIVE(row)   row row row row row
#define PLAIN       "2025-07-01T10:00:00Z,chat,m,x,,,\n2025-07-02,chat,,key-of-nine,,m,\n"
#define NEITHER_NOR "2025-07-01T10:00:00Z,\"chat\",m,x,,,\n,chat,m,x,,,\n2025-07-01,sleep,m,x,,,\n"
#define UNKNOWN     "2025-07-03,chat,m,nobody,,,\n2025-07-03,chat,,,m,,v1\n2025-07-03,chat,,x,n,,\n"
static const part many[] = {
    {"accounts", "account\nm\nn\n"},
    {"contacts", "contact,account,department,merged_into\nx,m,,\nkey-of-nine,m,,\ngone,m,,x\n"
                 "erased:00000000000000000000000000000000,m,it,\n"},
    {"solutions", "solution\nm\n"},
    {"opportunities", "opportunity,account,solution\nm,m,m\n"},
    {"members", "opportunity,contact\nm,key-of-nine\n"},
    {"signals",
     "time,kind,account,contact,opportunity,solution,visitor\n" FIVE(PLAIN)
         PLAIN NEITHER_NOR FIVE(PLAIN) UNKNOWN FIVE(
             PLAIN) "2025-07-01, chat,m,x,,,\n" PLAIN "2025-07-01T10:00:00Z,chat,m\n" PLAIN
                    "2025-07-01,chat,m,gone,,m,,\n" FIVE(
                        PLAIN) "2025-07-05,chat,m,erased:00000000000000000000000000000000,,"
                               ",\n" FIVE(PLAIN) "2025-07-01T10:00:00Z,chat,m,x,,,,"
                                                 "more\n\n" FIVE(PLAIN) "2025-07-01,chat,n,x,"
                                                                        "m,m,\n"},
    {NULL, NULL},
};

/* Signals with texts, some told twice, and in one block one that is told otherwise. */
static const part texts[] = {
    {"accounts", "account\nm\n"},
    {"contacts", "contact,account\nx,m\ny,m\n"},
    {"visitors", "visitor,contact\nvy,y\n"},
    {"solutions", "solution,content\nm,m/\n"},
    {"opportunities", "opportunity,account,solution\nm,m,m\n"},
    {"signals", "time,kind,account,contact,visitor,content,event\n"
                "2025-07-01,chat,m,x,,m/1,e1\n2025-07-01,chat,m,x,,m/1,e1\n"
                "2025-07-02,chat,m,,v,,e2\n2025-07-03,chat,m,,vy,m/2,e3\n"
                "2025-07-03,chat,m,,vy,m/2,e3\n2025-07-04,chat,,x,,n,\n"
                "2025-07-04,chat,,x,,n,\n2025-07-05,chat,m,,\xc3\xa9,\xc3\xa9,e4\n"
                "2025-07-06,\"chat\",m,x,,,e5\n2025-07-01,chat,m,x,,m/1,e1\n"
                "2025-07-06,chat,m,x,,,e5\n2025-07-07,chat,m,,w,,e6\n2025-07-07,chat,m,,w,,\n"
                "2025-07-08,\"chat\",m,x,,,e7\n2025-07-09,chat,m,,other,m/3,e8\n"
                "2025-07-09,chat,m,x,,m/4,e8\n2025-07-09,chat,m,,other,m/3,e8\n"
                "2025-07-10,chat,m,x,,,e9\n2025-07-10,chat,m,x,,\xff,e10\n"
                "2025-07-11,chat,m,x,,,e9\n2025-07-12,chat,m,,vy,,e11\n"
                "2025-07-13,chat,m,,vy,,e12\n2025-07-14,chat,m,,vy,,e13\n"},
    {NULL, NULL},
};

static const part *const books[] = {full, mixed, base, many, texts};

#define BOOKS (sizeof books / sizeof books[0])

/* The rows of a book, as often as they are read. */
static const part counted[] = {
    {"accounts", "\n\naccount,name\na,\"A\n\nA\"\n \nb,B\n,\n"}, /* 3: one says nothing */
    {"members", "opportunity,contact\no,p\no,q\n"},              /* 2, twice */
    {"tracking", "Company,Group member\nT,Tim\n"},               /* 1, three times */
    {"revenue", "customer,period\nm,2025-01\nm,2025-02\n"},      /* 2, which are not loaded */
    {"policy", "parameter,value\n"},
    {"kinds", "\n"},
    {NULL, NULL},
};

/* ---- helpers --------------------------------------------------------------------------------- */

#define AS_OF 1763596799

/* All that a workspace says, in one text. */
static char *describe(const qbg_workspace *workspace) {
    char *book = write_book(workspace), *board = board_at(workspace, AS_OF);
    char *all = malloc(strlen(book) + strlen(board) + 1);
    assert_non_null(all);
    strcpy(all, book);
    strcat(all, board);
    free(book);
    free(board);
    return all;
}

static void assert_is(const qbg_workspace *workspace, const char *expected) {
    char *all = describe(workspace);
    assert_string_equal(all, expected);
    free(all);
}

/* A copy of the refusals as they are spelled. */
static char *refusals_of(const qbg_book_reader *reader) {
    const char *told = spell_refusals(reader);
    char *text = malloc(strlen(told) + 1);
    assert_non_null(text);
    return strcpy(text, told);
}

/* What the plain getters say, which answer at any time. */
static void glance(const qbg_workspace *workspace, char out[200]) {
    const qbg_opportunity *first = qbg_opportunity_at(workspace, 0);
    sprintf(out, "%u %u %u %u %u %u %u %u %u %u %llu", qbg_account_count(workspace),
            qbg_contact_count(workspace), qbg_kind_count(workspace), qbg_role_count(workspace),
            qbg_solution_count(workspace), qbg_template_count(workspace),
            qbg_opportunity_count(workspace), qbg_member_count(first),
            qbg_opportunity_signal_count(first), qbg_revenue_count(workspace),
            (unsigned long long)qbg_signal_count(workspace));
}

/* A workspace that knows something, or nothing. */
static qbg_workspace *begin(int is_empty) {
    qbg_workspace *workspace = NULL;
    if (!is_empty) return base_workspace();
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    return workspace;
}

static void load_at_once(qbg_workspace *workspace, const part *book) {
    qbg_book_reader *reader = reader_of(workspace, 0, book);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    qbg_book_reader_free(reader);
}

/* A step, and what it says of the way that is left. */
static uint64_t take_step(qbg_book_reader *reader, uint64_t rows) {
    uint64_t before = qbg_book_reader_done(reader), left = 77;
    assert_int_equal(qbg_book_reader_step(reader, rows, &left), QBG_OK);
    assert_true(qbg_book_reader_done(reader) >= before);
    assert_true(left == qbg_book_reader_rows(reader) - qbg_book_reader_done(reader));
    return left;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void load_in_steps(const part *book, int is_empty, uint64_t rows) {
    qbg_workspace *once = begin(is_empty), *steps = begin(is_empty);
    qbg_book_reader *whole = reader_of(once, 0, book), *reader = reader_of(steps, 0, book);
    uint64_t total = qbg_book_reader_rows(reader), count = 0;
    assert_int_equal(qbg_book_reader_finish(whole), QBG_OK);
    while (take_step(reader, rows) > 0) count++;
    assert_true(count <= total / rows);
    assert_int_equal(qbg_book_reader_done(reader), total);
    assert_int_equal(qbg_book_reader_rows(reader), total);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_int_equal(qbg_book_reader_done(reader), total);
    assert_int_equal(qbg_book_reader_rows(whole), total);
    assert_int_equal(qbg_book_reader_done(whole), total);
    char *expected = describe(once), *refusals = refusals_of(whole);
    assert_is(steps, expected);
    assert_string_equal(spell_refusals(reader), refusals);
    free(expected);
    free(refusals);
    qbg_book_reader_free(whole);
    qbg_book_reader_free(reader);
    qbg_workspace_free(once);
    qbg_workspace_free(steps);
}

static void steps_of_any_size_are_the_whole(void **state) {
    static const uint64_t sizes[] = {1, 2, 7, 1000, UINT64_MAX};
    (void)state;
    for (size_t book = 0; book < BOOKS; book++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            for (int is_empty = 0; is_empty < 2; is_empty++)
                load_in_steps(books[book], is_empty, sizes[i]);
}

static void finish_does_what_steps_have_left(void **state) {
    (void)state;
    qbg_workspace *once = base_workspace();
    qbg_book_reader *reader = reader_of(once, 0, mixed);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    char *refusals = refusals_of(reader), *expected = describe(once);
    uint64_t total = qbg_book_reader_rows(reader);
    qbg_book_reader_free(reader);
    for (uint64_t rows = 0; rows <= total; rows++) {
        qbg_workspace *workspace = base_workspace();
        reader = reader_of(workspace, 0, mixed);
        take_step(reader, rows);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
        assert_int_equal(qbg_book_reader_done(reader), total);
        assert_is(workspace, expected);
        assert_string_equal(spell_refusals(reader), refusals);
        qbg_book_reader_free(reader);
        qbg_workspace_free(workspace);
    }
    free(refusals);
    free(expected);
    qbg_workspace_free(once);
}

/* ---- progress -------------------------------------------------------------------------------- */

static void rows_are_counted_as_they_are_read(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    qbg_book_reader *reader = reader_of(workspace, 0, counted);
    assert_int_equal(qbg_book_reader_rows(reader), 2 * 3 + 2 * 2 + 3 * 1 + 2);
    assert_int_equal(qbg_book_reader_done(reader), 0);
    assert_int_equal(qbg_book_reader_feed(reader, "needs", "opportunity,need\no,n\n", 21), QBG_OK);
    assert_int_equal(take_step(reader, 0), 16);
    assert_int_equal(take_step(reader, 3), 13);
    assert_int_equal(take_step(reader, 3), 10); /* again, for accounts that were merged */
    assert_int_equal(take_step(reader, 1), 9);
    assert_int_equal(take_step(reader, 6), 1); /* the refused table has no step of its own */
    assert_int_equal(take_step(reader, 1), 0);
    assert_int_equal(take_step(reader, 1), 0);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_int_equal(qbg_book_reader_rows(reader), 16);
    qbg_book_reader_free(reader);
    assert_int_equal(qbg_book_reader_rows(NULL), 0);
    assert_int_equal(qbg_book_reader_done(NULL), 0);
    qbg_workspace_free(workspace);
}

static void nothing_is_loaded_in_no_time(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    char *before = describe(workspace);
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_book_reader_new(workspace, 1, &reader), QBG_OK);
    assert_int_equal(qbg_book_reader_rows(reader), 0);
    assert_int_equal(take_step(reader, 0), 0);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    qbg_book_reader_free(reader);
    assert_is(workspace, before);
    free(before);
    qbg_workspace_free(workspace);
}

static void an_empty_workspace_is_busy_too(void **state) {
    (void)state;
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    qbg_book_reader *reader = NULL;
    qbg_workspace *workspace = begin(1);
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    take_step(reader, 1);
    assert_int_equal(qbg_board(workspace, AS_OF, 0, QBG_NONE, 0, &table), QBG_E_BUSY);
    assert_int_equal(qbg_report_tracking(workspace, AS_OF, QBG_FORMAT_CSV, "en", &blob),
                     QBG_E_BUSY);
    assert_int_equal(qbg_book_write(workspace, "accounts", &blob), QBG_E_BUSY);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Takes steps of so many rows up to the signals and into them, removes whom they name, and goes on.
 */
static char *load_around_a_removal(uint64_t rows, char **out_refusals) {
    qbg_workspace *workspace = begin(1);
    qbg_book_reader *reader = reader_of(workspace, 0, many);
    while (qbg_signal_count(workspace) < 15) take_step(reader, 8);
    assert_int_equal(qbg_contact_remove(qbg_contact_find(workspace, "x"), 1), QBG_OK);
    assert_int_equal(qbg_contact_remove(qbg_contact_find(workspace, "key-of-nine"), 1), QBG_OK);
    while (take_step(reader, rows) > 0) continue;
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    char *told = describe(workspace);
    *out_refusals = refusals_of(reader);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    return told;
}

static void who_is_removed_between_two_blocks_is_no_more(void **state) {
    (void)state;
    char *single_refusals, *block_refusals;
    char *single = load_around_a_removal(1, &single_refusals);
    char *blocks = load_around_a_removal(15, &block_refusals);
    assert_string_equal(single, blocks);
    assert_string_equal(single_refusals, block_refusals);
    free(single);
    free(blocks);
    free(single_refusals);
    free(block_refusals);
}

/* ---- plain rows ------------------------------------------------------------------------------ */

/* Appends a table with blank lines behind it, far enough from the end for all rows to be plain; or
 * with the first cell of each row in quotes, so that none is, unless it has quotes already. */
static void append_table(char *out, const char *text, int in_quotes) {
    const char *edges = strchr(text, ',') ? ",\n" : ";\n";
    out += strlen(out);
    for (const char *at = text; *at;) {
        size_t line = strcspn(at, "\n"), cell = strcspn(at, edges);
        int is_blank = line == strspn(at, " \t");
        if (in_quotes && !is_blank && !strchr(text, '"'))
            out += sprintf(out, "\"%.*s\"%.*s", (int)cell, at, (int)(line - cell), at + cell);
        else
            out += sprintf(out, "%.*s", (int)line, at);
        at += line + (at[line] == '\n');
        *out++ = '\n';
    }
    memset(out, '\n', 80);
    out[80] = '\0';
}

static char *load_spelled(const part *book, int in_quotes, char **out_refusals) {
    qbg_workspace *workspace = begin(1);
    qbg_book_reader *reader = NULL;
    static char text[65536];
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    for (const part *at = book; at->table; at++) {
        text[0] = '\0';
        append_table(text, at->text, in_quotes);
        assert_int_equal(qbg_book_reader_feed(reader, at->table, text, strlen(text)), QBG_OK);
    }
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    char *told = describe(workspace);
    *out_refusals = refusals_of(reader);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    return told;
}

static void a_row_in_quotes_says_what_it_says_without(void **state) {
    (void)state;
    for (size_t book = 0; book < BOOKS; book++) {
        char *plain_refusals, *quoted_refusals;
        char *plain = load_spelled(books[book], 0, &plain_refusals);
        char *quoted = load_spelled(books[book], 1, &quoted_refusals);
        assert_string_equal(plain, quoted);
        assert_string_equal(plain_refusals, quoted_refusals);
        free(plain);
        free(quoted);
        free(plain_refusals);
        free(quoted_refusals);
    }
}

/* ---- cancel ---------------------------------------------------------------------------------- */

static void given_up_after_any_step_it_never_was(void **state) {
    (void)state;
    for (size_t book = 0; book < BOOKS; book++) {
        qbg_workspace *workspace = base_workspace();
        char *before = describe(workspace);
        int is_left = 1;
        for (int count = 1; is_left; count++) {
            qbg_book_reader *reader = reader_of(workspace, 0, books[book]);
            for (int i = 0; i < count && is_left; i++) is_left = take_step(reader, 3) > 0;
            qbg_book_reader_free(reader);
            assert_is(workspace, before);
        }
        load_at_once(workspace, books[book]);
        free(before);
        qbg_workspace_free(workspace);
    }
}

static void a_strict_book_with_a_refusal_is_undone_by_finish(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    char *before = describe(workspace);
    qbg_book_reader *reader = reader_of(workspace, 1, mixed);
    while (take_step(reader, 5) > 0) continue;
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
    assert_is(workspace, before);
    assert_int_not_equal(strlen(spell_refusals(reader)), 0);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_step(reader, 1, NULL), QBG_E_ARGUMENT);
    qbg_book_reader_free(reader);
    free(before);
    qbg_workspace_free(workspace);
}

/* ---- between steps --------------------------------------------------------------------------- */

static void assert_busy(qbg_workspace *workspace, qbg_assessment *warm) {
    const qbg_opportunity *o = qbg_opportunity_find(workspace, "o");
    const qbg_contact *p = qbg_contact_find(workspace, "p");
    qbg_assessment *assessment = NULL;
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_assess(o, AS_OF, &assessment), QBG_E_BUSY);
    assert_int_equal(qbg_assessment_refill(warm, o, AS_OF), QBG_E_BUSY);
    assert_int_equal(qbg_board(workspace, AS_OF, 0, QBG_NONE, 0, &table), QBG_E_BUSY);
    assert_int_equal(qbg_ledger(o, p, AS_OF, &table), QBG_E_BUSY);
    assert_int_equal(qbg_opportunity_history(o, &table), QBG_E_BUSY);
    assert_int_equal(qbg_contact_history(p, &table), QBG_E_BUSY);
    for (int32_t i = 0; i < qbg_book_table_count(); i++)
        assert_int_equal(qbg_book_write(workspace, qbg_book_table_name(i), &blob), QBG_E_BUSY);
    for (int32_t format = QBG_FORMAT_TEXT; format <= QBG_FORMAT_JSON; format++) {
        assert_int_equal(qbg_report_board(workspace, AS_OF, 0, format, "en", &blob), QBG_E_BUSY);
        assert_int_equal(qbg_report_tracking(workspace, AS_OF, format, "en", &blob), QBG_E_BUSY);
    }
    assert_int_equal(qbg_report_explain(o, AS_OF, NULL, &blob), QBG_E_BUSY);
    assert_null(assessment);
    assert_null(table);
    assert_null(blob);
}

static void questions_wait_for_the_end(void **state) {
    (void)state;
    qbg_assessment *warm = NULL;
    qbg_workspace *workspace = base_workspace();
    assert_int_equal(qbg_assess(qbg_opportunity_at(workspace, 0), AS_OF, &warm), QBG_OK);
    qbg_book_reader *reader = reader_of(workspace, 0, mixed);
    free(describe(workspace));
    take_step(reader, 0);
    assert_busy(workspace, warm);
    while (take_step(reader, 10) > 0) assert_busy(workspace, warm);
    assert_busy(workspace, warm);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    free(describe(workspace));
    qbg_book_reader_free(reader);
    reader = reader_of(workspace, 0, mixed);
    take_step(reader, 10);
    assert_busy(workspace, warm);
    qbg_book_reader_free(reader);
    free(describe(workspace));
    qbg_assessment_free(warm);
    qbg_workspace_free(workspace);
}

/* Adds what the book then updates, and moves somebody. */
static void interfere(qbg_workspace *workspace) {
    qbg_account *other = NULL;
    assert_int_equal(qbg_account_add(workspace, "other", "Other", &other), QBG_OK);
    assert_int_equal(qbg_account_add(workspace, "other", NULL, NULL), QBG_E_EXISTS);
    assert_int_equal(qbg_contact_set_account(qbg_contact_find(workspace, "q"), other, QBG_UNDATED,
                                             QBG_SOURCE_HOST),
                     QBG_OK);
}

/* Sends a signal elsewhere: p's comes with him. */
static void interfere_again(qbg_workspace *workspace) {
    qbg_contact *p = qbg_contact_find(workspace, "p");
    qbg_member *member = qbg_member_find(qbg_opportunity_find(workspace, "o"), p);
    assert_int_equal(
        qbg_member_set_status(member, QBG_STATUS_DISMISSED, QBG_UNDATED, QBG_SOURCE_HOST), QBG_OK);
}

static void what_others_change_meanwhile_shares_its_fate(void **state) {
    (void)state;
    for (uint64_t rows = 0; rows < 80; rows += 5) {
        qbg_workspace *workspace = base_workspace();
        char *before = describe(workspace);
        qbg_book_reader *reader = reader_of(workspace, 0, mixed);
        take_step(reader, rows);
        interfere(workspace);
        take_step(reader, 10);
        qbg_book_reader_free(reader);
        assert_null(qbg_account_find(workspace, "other"));
        assert_is(workspace, before);
        reader = reader_of(workspace, 0, mixed);
        take_step(reader, rows);
        interfere(workspace);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
        assert_string_equal(qbg_account_name(qbg_account_find(workspace, "other")), "Other");
        assert_round_trip(workspace); /* so routing is settled */
        qbg_book_reader_free(reader);
        free(before);
        qbg_workspace_free(workspace);
    }
}

/* Whoever moves takes his event ids along, before the next signal is compared with them. */
static void what_others_change_is_settled_before_the_next_signal(void **state) {
    (void)state;
    static const part known[] = {{"signals", "time,kind,contact,event\n2025-11-01,chat,lead,e9\n"},
                                 {NULL, NULL}};
    static const part book[] = {{"signals", "time,kind,contact,event\n"
                                            "2025-11-02,chat,p,\n"
                                            "2025-11-01,chat,lead,e9\n"
                                            "2025-11-01,chat,lead,e9\n"},
                                {NULL, NULL}};
    qbg_workspace *workspace = base_workspace();
    load(workspace, known, "");
    uint64_t count = qbg_signal_count(workspace);
    qbg_book_reader *reader = reader_of(workspace, 0, book);
    assert_int_equal(take_step(reader, 1), 2);
    assert_int_equal(qbg_contact_set_account(qbg_contact_find(workspace, "lead"),
                                             qbg_account_find(workspace, "b"), QBG_UNDATED,
                                             QBG_SOURCE_HOST),
                     QBG_OK);
    assert_int_equal(take_step(reader, 1), 1);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader),
                        "signals 3 event 'e9' known already; it is counted once (remark)\n"
                        "signals 4 event 'e9' known already; it is counted once (remark)\n");
    assert_int_equal(qbg_signal_count(workspace), count + 1);
    assert_round_trip(workspace);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

static void tells_misuse(void **state) {
    (void)state;
    uint64_t left = 77;
    qbg_workspace *workspace = base_workspace();
    qbg_book_reader *reader = reader_of(workspace, 0, mixed);
    assert_int_equal(qbg_book_reader_step(NULL, 1, &left), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_step(reader, 1, NULL), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "b\n", 2), QBG_E_BUSY);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "b\n", 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_step(reader, 1, &left), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_ARGUMENT);
    assert_int_equal(left, 77);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

/* A second reader may load at once, as any other change; but not in steps, for who comes first
 * would have to be finished last. */
static void one_import_at_a_time(void **state) {
    (void)state;
    static const part more[] = {{"accounts", "account\nmore\n"}, {NULL, NULL}};
    uint64_t left = 77;
    qbg_workspace *workspace = base_workspace();
    char *before = describe(workspace);
    qbg_book_reader *first = reader_of(workspace, 0, mixed);
    qbg_book_reader *second = reader_of(workspace, 0, more);
    take_step(first, 10);
    assert_int_equal(qbg_book_reader_step(second, 1, &left), QBG_E_BUSY);
    assert_int_equal(left, 77);
    assert_int_equal(qbg_book_reader_done(second), 0);
    assert_int_equal(qbg_book_reader_finish(second), QBG_OK);
    assert_non_null(qbg_account_find(workspace, "more"));
    take_step(first, 10);
    qbg_book_reader_free(first);
    qbg_book_reader_free(second);
    assert_null(qbg_account_find(workspace, "more"));
    assert_is(workspace, before);
    second = reader_of(workspace, 0, more);
    assert_int_equal(take_step(second, 2), 0);
    assert_int_equal(qbg_book_reader_finish(second), QBG_OK);
    qbg_book_reader_free(second);
    free(before);
    qbg_workspace_free(workspace);
}

/* Garbage collectors free in any order. */
static void the_workspace_may_go_first(void **state) {
    (void)state;
    for (uint64_t rows = 0; rows < 80; rows += 7) {
        host self;
        qbg_workspace *workspace = workspace_of(&self);
        load(workspace, base, "");
        qbg_book_reader *reader = reader_of(workspace, 0, mixed);
        take_step(reader, rows);
        qbg_workspace_free(workspace);
        qbg_book_reader_free(reader);
        assert_int_equal(self.bytes, 0);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Takes one step, refusing one request after the other before it. */
static qbg_status try_step(host *self, qbg_workspace *workspace, qbg_book_reader *reader,
                           uint64_t rows, long allowed, int is_once) {
    char before[200], after[200];
    char *told = refusals_of(reader);
    uint64_t left = 77, done = qbg_book_reader_done(reader);
    glance(workspace, before);
    self->is_once = is_once;
    self->allowed = allowed;
    qbg_status status = qbg_book_reader_step(reader, rows, &left);
    self->allowed = -1;
    if (status != QBG_OK) {
        glance(workspace, after);
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(left, 77);
        assert_int_equal(qbg_book_reader_done(reader), done);
        assert_string_equal(spell_refusals(reader), told);
        assert_string_equal(after, before);
    }
    free(told);
    return status;
}

static void load_short_of_memory(const part *book, uint64_t rows, int is_once) {
    host self;
    qbg_workspace *workspace = workspace_of(&self), *calm = base_workspace();
    load(workspace, base, "");
    qbg_book_reader *whole = reader_of(calm, 0, book), *reader = reader_of(workspace, 0, book);
    assert_int_equal(qbg_book_reader_finish(whole), QBG_OK);
    char *expected = describe(calm), *refusals = refusals_of(whole);
    char *before = describe(workspace);
    while (qbg_book_reader_done(reader) < qbg_book_reader_rows(reader)) {
        qbg_status status = QBG_E_MEMORY;
        for (long allowed = 0; status != QBG_OK; allowed += 1 + allowed / 30) {
            status = try_step(&self, workspace, reader, rows, allowed, is_once);
            if (status != QBG_OK && qbg_book_reader_done(reader) == 0) assert_is(workspace, before);
        }
    }
    self.allowed = 0; /* nothing is needed any more */
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    self.allowed = -1;
    assert_is(workspace, expected);
    assert_string_equal(spell_refusals(reader), refusals);
    free(expected);
    free(refusals);
    free(before);
    qbg_book_reader_free(whole);
    qbg_book_reader_free(reader);
    qbg_workspace_free(calm);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

static void a_step_without_memory_can_be_taken_again(void **state) {
    static const uint64_t sizes[] = {1, 4, 15, UINT64_MAX};
    (void)state;
    for (size_t book = 0; book < 2; book++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            for (int is_once = 0; is_once < 2; is_once++)
                load_short_of_memory(books[book], sizes[i], is_once);
}

/* Finish takes the last steps itself; those before it stay when it fails. */
static void a_finish_without_memory_keeps_the_steps(void **state) {
    (void)state;
    host self;
    qbg_workspace *workspace = workspace_of(&self), *calm = base_workspace();
    load(workspace, base, "");
    qbg_book_reader *reader = reader_of(workspace, 0, mixed);
    load_at_once(calm, mixed);
    take_step(reader, 20);
    uint64_t done = qbg_book_reader_done(reader);
    qbg_status status = QBG_E_MEMORY;
    for (long allowed = 0; status != QBG_OK; allowed++) {
        self.allowed = allowed;
        status = qbg_book_reader_finish(reader);
        self.allowed = -1;
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(qbg_book_reader_done(reader), done);
        assert_int_equal(qbg_book_write(workspace, "accounts", &(qbg_blob *){NULL}), QBG_E_BUSY);
    }
    char *expected = describe(calm);
    assert_is(workspace, expected);
    free(expected);
    qbg_book_reader_free(reader);
    qbg_workspace_free(calm);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

/* A row is judged anew when a step is taken again: what spoke against it may be mended. */
static qbg_status judge_anew(int is_open, long allowed) {
    static const part known[] = {{"contacts", "contact,name\nC/X,Somebody\n"}, {NULL, NULL}};
    static const part book[] = {{"tracking", "Company,Group member\nC,X\nC,Y\n"}, {NULL, NULL}};
    host self;
    qbg_workspace *workspace = workspace_of(&self);
    load(workspace, known, "");
    qbg_book_reader *reader = reader_of(workspace, 1, book);
    if (is_open) take_step(reader, 0);
    self.allowed = allowed;
    qbg_status status = qbg_book_reader_step(reader, 2, NULL);
    self.allowed = -1;
    if (status == QBG_E_MEMORY) {
        assert_int_equal(qbg_contact_set_name(qbg_contact_find(workspace, "C/X"), "X"), QBG_OK);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
        assert_string_equal(spell_refusals(reader), "");
        assert_int_equal(qbg_member_count(qbg_opportunity_find(workspace, "C")), 2);
    }
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
    return status;
}

static void a_step_that_is_taken_again_judges_anew(void **state) {
    (void)state;
    for (int is_open = 0; is_open < 2; is_open++) {
        long allowed = 0;
        while (judge_anew(is_open, allowed) == QBG_E_MEMORY) allowed++;
        assert_true(allowed > 10);
    }
}

/* Also what others changed before it. */
static void the_last_step_settles(void **state) {
    (void)state;
    static const part book[] = {{"signals", "time,kind,contact\n2025-11-02,chat,p\n"},
                                {NULL, NULL}};
    host self;
    qbg_workspace *workspace = workspace_of(&self);
    load(workspace, base, "");
    qbg_book_reader *reader = reader_of(workspace, 0, book);
    assert_int_equal(take_step(reader, 1), 0);
    interfere_again(workspace);
    assert_int_equal(take_step(reader, 0), 0);
    self.allowed = 0;
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    self.allowed = -1;
    assert_int_equal(qbg_opportunity_signal_count(qbg_opportunity_find(workspace, "o")), 0);
    assert_int_equal(qbg_account_signal_count(qbg_account_find(workspace, "a")), 2);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

/* ---- limits ---------------------------------------------------------------------------------- */

/* A host who looks at the workspace's count at each request: it only falls behind one. */
typedef struct watcher {
    const qbg_workspace *workspace;
    uint64_t peak;
} watcher;

static void *watch(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    watcher *self = ctx;
    uint64_t bytes = qbg_workspace_bytes(self->workspace);
    (void)old_size;
    if (bytes > self->peak) self->peak = bytes;
    if (new_size > 0) return malloc(new_size);
    free(ptr);
    return NULL;
}

static qbg_workspace *watched_workspace(watcher *self, uint64_t more, uint64_t *out_limit) {
    const qbg_allocator allocator = {sizeof allocator, self, watch};
    qbg_workspace *workspace = NULL;
    *self = (watcher){NULL, 0};
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_OK);
    load(workspace, base, "");
    *out_limit = qbg_workspace_bytes(workspace) + more;
    assert_int_equal(qbg_workspace_set_limit(workspace, *out_limit), QBG_OK);
    self->workspace = workspace;
    return workspace;
}

static void free_watched(watcher *self, qbg_workspace *workspace) {
    self->workspace = NULL;
    qbg_workspace_free(workspace);
}

static void under_a_limit_a_book_is_loaded_whole_or_not_at_all(void **state) {
    (void)state;
    qbg_workspace *calm = base_workspace();
    char *before = describe(calm);
    load_at_once(calm, full);
    char *behind = describe(calm);
    qbg_status status = QBG_E_MEMORY;
    uint64_t more = 0;
    for (; status != QBG_OK; more += 100 + more / 20) {
        watcher self;
        uint64_t limit;
        qbg_workspace *workspace = watched_workspace(&self, more, &limit);
        qbg_book_reader *reader = reader_of(workspace, 0, full);
        status = qbg_book_reader_finish(reader);
        assert_true(status == QBG_OK || status == QBG_E_MEMORY);
        assert_true(self.peak <= limit && qbg_workspace_bytes(workspace) <= limit);
        assert_is(workspace, status == QBG_OK ? behind : before);
        qbg_book_reader_free(reader);
        free_watched(&self, workspace);
    }
    assert_true(more > 1000);
    free(before);
    free(behind);
    qbg_workspace_free(calm);
}

/* Whoever has more to give goes on where he stands. */
static void under_a_limit_that_rises_steps_go_on(void **state) {
    (void)state;
    watcher self;
    uint64_t limit, left = 1;
    qbg_workspace *calm = base_workspace();
    qbg_workspace *workspace = watched_workspace(&self, 0, &limit);
    qbg_book_reader *reader = reader_of(workspace, 0, full);
    load_at_once(calm, full);
    int refused = 0;
    while (left > 0) {
        qbg_status status = qbg_book_reader_step(reader, 2, &left);
        assert_true(self.peak <= limit);
        if (status == QBG_OK) continue;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(qbg_workspace_set_limit(workspace, limit += 500), QBG_OK);
        refused++;
    }
    assert_true(refused > 10);
    assert_int_equal(qbg_workspace_set_limit(workspace, 1), QBG_OK);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    char *expected = describe(calm);
    assert_is(workspace, expected);
    free(expected);
    qbg_book_reader_free(reader);
    qbg_workspace_free(calm);
    free_watched(&self, workspace);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_any_size_are_the_whole),
        cmocka_unit_test(finish_does_what_steps_have_left),
        cmocka_unit_test(a_row_in_quotes_says_what_it_says_without),
        cmocka_unit_test(who_is_removed_between_two_blocks_is_no_more),
        cmocka_unit_test(rows_are_counted_as_they_are_read),
        cmocka_unit_test(nothing_is_loaded_in_no_time),
        cmocka_unit_test(an_empty_workspace_is_busy_too),
        cmocka_unit_test(given_up_after_any_step_it_never_was),
        cmocka_unit_test(a_strict_book_with_a_refusal_is_undone_by_finish),
        cmocka_unit_test(questions_wait_for_the_end),
        cmocka_unit_test(what_others_change_meanwhile_shares_its_fate),
        cmocka_unit_test(what_others_change_is_settled_before_the_next_signal),
        cmocka_unit_test(tells_misuse),
        cmocka_unit_test(one_import_at_a_time),
        cmocka_unit_test(the_workspace_may_go_first),
        cmocka_unit_test(a_step_without_memory_can_be_taken_again),
        cmocka_unit_test(a_finish_without_memory_keeps_the_steps),
        cmocka_unit_test(a_step_that_is_taken_again_judges_anew),
        cmocka_unit_test(the_last_step_settles),
        cmocka_unit_test(under_a_limit_a_book_is_loaded_whole_or_not_at_all),
        cmocka_unit_test(under_a_limit_that_rises_steps_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
