/* book_writer: a book that was read, written and read again is the same book; and memory that runs
 * out anywhere leaves all as it was. */
#include "book_texts.h"

/* ---- members, histories, events -------------------------------------------------------------- */

static void the_host_beats_the_rule_in_any_order(void **state) {
    (void)state;
    static const char *const orders[] = {
        "opportunity,contact,role,status,stance,joined,note,source\n"
        "o,p,coach,confirmed,,2025-01-01,by host,\n"
        "o,p,champion,left,neutral,2025-02-02,by rule,rule\n",
        "opportunity,contact,role,status,stance,joined,note,source\n"
        "o,p,champion,left,neutral,2025-02-02,by rule,rule\n"
        "o,p,coach,confirmed,,2025-01-01,by host,\n",
    };
    for (int i = 0; i < 2; i++) {
        qbg_workspace *workspace = base_workspace();
        const part book[] = {{"members", orders[i]}, {NULL, NULL}};
        load(workspace, book, "");
        assert_writes(workspace, "members",
                      MEMBERS
                      "o,p,champion;coach,confirmed,,,,,2025-01-01T00:00:00Z,,,by host,host\n"
                      "o,p,,,neutral,,,,,,,,rule\n");
        assert_round_trip(workspace);
        qbg_workspace_free(workspace);
    }
}

static void a_history_makes_and_moves(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"history", HISTORY "o,q,,Role,coach; champion,2025-01-01\n"
                            "o,q,,role,,2025-02-01\n"
                            "o,q,rule,influence,0.25,2025-01-01\n"
                            "o,q,host,influence,,2025-01-01\n"
                            "o,,,amount,10,2025-01-01\n"
                            "o,,,amount,,2025-02-01\n"
                            "o,,,stage,,2025-02-01\n"
                            "o,,,budget,TRUE,2025-02-01\n"
                            ",p,,account,b,2025-03-01\n"
                            ",p,,account,,2025-04-01\n"},
        {NULL, NULL},
    };
    load(workspace, book, "");
    assert_writes(workspace, "history",
                  HISTORY ",p,host,account,b,2025-03-01T00:00:00Z\n"
                          ",p,host,account,,2025-04-01T00:00:00Z\n"
                          "o,,host,stage,,2025-02-01T00:00:00Z\n"
                          "o,,host,amount,10.00,2025-01-01T00:00:00Z\n"
                          "o,,host,amount,,2025-02-01T00:00:00Z\n"
                          "o,,host,budget,yes,2025-02-01T00:00:00Z\n"
                          "o,q,host,role,coach;champion,2025-01-01T00:00:00Z\n"
                          "o,q,host,role,,2025-02-01T00:00:00Z\n"
                          "o,q,host,influence,,2025-01-01T00:00:00Z\n");
    assert_non_null(
        qbg_member_find(qbg_opportunity_find(workspace, "o"), qbg_contact_find(workspace, "q")));
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* No table has a column for it, and yet it must not be lost. */
static void keeps_a_verdict_since_ever(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    qbg_opportunity *o = qbg_opportunity_find(workspace, "o");
    assert_int_equal(
        qbg_opportunity_set_verdict(o, QBG_VERDICT_QUALIFIED, QBG_UNDATED, QBG_SOURCE_HOST),
        QBG_OK);
    qbg_workspace *again = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &again), QBG_OK);
    copy(workspace, again);
    assert_int_equal(qbg_opportunity_verdict(qbg_opportunity_find(again, "o"), 0),
                     QBG_VERDICT_QUALIFIED);
    assert_same_book(workspace, again);
    assert_int_equal(qbg_opportunity_set_verdict(o, QBG_VERDICT_SILENT, 0, QBG_SOURCE_RULE),
                     QBG_OK);
    assert_writes(workspace, "history", HISTORY "o,,rule,verdict,silent,1970-01-01T00:00:00Z\n");
    qbg_workspace_free(again);
    qbg_workspace_free(workspace);
}

/* Books have no exponents, so the smallest ratios are long. */
static void writes_ratios_without_an_exponent(void **state) {
    (void)state;
    static const double ratios[] = {
        0.0, 1.0, 0.000001, 1e-7, 1.5e-7, 1.2345678901234567e-12, 2.2250738585072014e-308, 5e-324};
    for (size_t i = 0; i < sizeof ratios / sizeof ratios[0]; i++) {
        qbg_workspace *workspace = base_workspace(), *again = NULL;
        qbg_opportunity *o = qbg_opportunity_find(workspace, "o");
        assert_int_equal(qbg_opportunity_set_fit(o, ratios[i], QBG_UNDATED, QBG_SOURCE_HOST),
                         QBG_OK);
        assert_int_equal(qbg_opportunity_set_fit(o, ratios[i], 0, QBG_SOURCE_HOST), QBG_OK);
        assert_int_equal(qbg_workspace_new(NULL, &again), QBG_OK);
        copy(workspace, again);
        const qbg_opportunity *same = qbg_opportunity_find(again, "o");
        double undated = qbg_opportunity_fit(same, -1), dated = qbg_opportunity_fit(same, 0);
        assert_memory_equal(&undated, &ratios[i], sizeof undated);
        assert_memory_equal(&dated, &ratios[i], sizeof dated);
        assert_same_book(workspace, again);
        qbg_workspace_free(again);
        qbg_workspace_free(workspace);
    }
}

/* A lead's event is known by the lead. When the book that says where he works tells the event
 * again, it is the same one. */
static void an_event_follows_its_contact(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part first[] = {{"signals", "time,kind,contact,event\n2025-11-01,chat,lead,x\n"},
                                 {NULL, NULL}};
    static const part second[] = {
        {"contacts", "contact,account\nlead,b\n"},
        {"signals", "time,kind,contact,event\n2025-11-01,chat,lead,x\n"},
        {NULL, NULL},
    };
    load(workspace, first, "");
    load(workspace, second, "signals 2 event 'x' known already; it is counted once (remark)\n");
    assert_int_equal(qbg_signal_count(workspace), 2);
    qbg_workspace_free(workspace);
}

/* Two leads may have the same event id, each of his own, and then come to one company. */
static void writes_no_conflict(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part leads[] = {
        {"contacts", "contact\nl1\nl2\n"},
        {"signals", "time,kind,contact,event\n"
                    "2025-11-01,chat,l1,x\n"
                    "2025-11-01,chat,l1,x y\n"
                    "2025-11-01,chat,l2,x\n"
                    "2025-11-01,chat,l2,x y\n"},
        {NULL, NULL},
    };
    static const part move[] = {{"contacts", "contact,account\nl1,b\nl2,b\n"}, {NULL, NULL}};
    load(workspace, leads, "");
    load(workspace, move, "");
    assert_writes(workspace, "signals",
                  SIGNALS "2025-11-01T00:00:00Z,chat,,l1,,,,,x\n"
                          "2025-11-01T00:00:00Z,chat,,l1,,,,,x y\n"
                          "2025-11-01T00:00:00Z,chat,,l2,,,,,\n"
                          "2025-11-01T00:00:00Z,chat,,l2,,,,,\n"
                          "2025-11-01T00:00:00Z,meeting,,p,,,,,e1\n");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* ---- round trips ----------------------------------------------------------------------------- */

static void every_column_is_written_as_it_was_read(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    load(workspace, full, "");
    for (const part *at = full; at->table; at++) assert_writes(workspace, at->table, at->text);
    assert_writes(workspace, "tracking", "");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

static void feeding_by_bytes_is_feeding(void **state) {
    (void)state;
    qbg_workspace *whole = NULL, *pieces = NULL;
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &whole), QBG_OK);
    assert_int_equal(qbg_workspace_new(NULL, &pieces), QBG_OK);
    load(whole, full, "");
    assert_int_equal(qbg_book_reader_new(pieces, 0, &reader), QBG_OK);
    int is_left = 1;
    for (size_t i = 0; is_left; i++) { /* one byte of each table in turn */
        is_left = 0;
        for (const part *at = full; at->table; at++) {
            if (i >= strlen(at->text)) continue;
            assert_int_equal(qbg_book_reader_feed(reader, at->table, at->text + i, 1), QBG_OK);
            is_left = 1;
        }
    }
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader), "");
    assert_same_book(whole, pieces);
    qbg_book_reader_free(reader);
    qbg_workspace_free(whole);
    qbg_workspace_free(pieces);
}

/* The rows of a table from the last one to the first, under the same header. */
static char *turned(const char *text) {
    const char *body = strchr(text, '\n') + 1;
    char *out = malloc(strlen(text) + 1);
    assert_non_null(out);
    memcpy(out, text, (size_t)(body - text));
    size_t size = (size_t)(body - text);
    int quoted = 0;
    for (const char *end = text + strlen(text), *at = end - 1; at > body - 1 && end > body; at--) {
        if (at[-1] == '"') quoted = !quoted;
        if (at != body && (at[-1] != '\n' || quoted)) continue;
        memcpy(out + size, at, (size_t)(end - at));
        size += (size_t)(end - at);
        end = at;
    }
    out[size] = '\0';
    return out;
}

static void the_order_of_rows_does_not_show(void **state) {
    (void)state;
    qbg_workspace *forth = NULL, *back = NULL;
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &forth), QBG_OK);
    assert_int_equal(qbg_workspace_new(NULL, &back), QBG_OK);
    load(forth, full, "");
    assert_int_equal(qbg_book_reader_new(back, 1, &reader), QBG_OK);
    for (size_t i = sizeof full / sizeof full[0] - 1; i-- > 0;) {
        int has_order = strcmp(full[i].table, "templates") == 0; /* its seats do */
        char *text = turned(full[i].text);
        const char *rows = has_order ? full[i].text : text;
        assert_int_equal(strlen(text), strlen(full[i].text));
        assert_int_equal(qbg_book_reader_feed(reader, full[i].table, rows, strlen(rows)), QBG_OK);
        free(text);
    }
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_same_book(forth, back);
    qbg_book_reader_free(reader);
    qbg_workspace_free(forth);
    qbg_workspace_free(back);
}

/* Feeds the table of an example, if it has one. */
static void feed_example(qbg_book_reader *reader, const char *book, const char *table) {
    static char bytes[1 << 20];
    char path[512];
    const char *root = getenv("QBG_SOURCE_ROOT");
    snprintf(path, sizeof path, "%s/examples/books/%s/%s.csv", root ? root : ".", book, table);
    FILE *file = fopen(path, "rb");
    if (!file) return;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_int_equal(qbg_book_reader_feed(reader, table, bytes, size), QBG_OK);
}

static void examples_survive_a_round_trip(void **state) {
    (void)state;
    static const char *const books[] = {"corner-cases", "red-daisy", "talent", "tracking-table",
                                        "two-scenarios"};
    for (size_t i = 0; i < sizeof books / sizeof books[0]; i++) {
        qbg_workspace *workspace = NULL;
        qbg_book_reader *reader = NULL;
        assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
        assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
        for (int32_t table = 0; table < qbg_book_table_count(); table++)
            feed_example(reader, books[i], qbg_book_table_name(table));
        assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
        if (qbg_opportunity_count(workspace) == 0) fail_msg("set QBG_SOURCE_ROOT: no %s", books[i]);
        assert_round_trip(workspace);
        qbg_book_reader_free(reader);
        qbg_workspace_free(workspace);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Finishes a reader while the host's memory is short. A reader that ran out of memory can be asked
 * again. */
static qbg_status finish_short_of_memory(long allowed, int is_once) {
    static const part bad[] = {{"roles", "role,phone\na;b,\n"}, {NULL, NULL}};
    host self;
    qbg_workspace *workspace = workspace_of(&self);
    load(workspace, base, "");
    char *before = write_book(workspace);
    qbg_book_reader *reader = reader_of(workspace, 0, full);
    feed(reader, bad);
    self.allowed = allowed;
    self.is_once = is_once;
    qbg_status status = qbg_book_reader_finish(reader);
    self.allowed = -1;
    if (status == QBG_E_MEMORY) {
        char *after = write_book(workspace);
        assert_string_equal(before, after);
        free(after);
        assert_string_equal(spell_refusals(reader), "");
        assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    }
    assert_int_not_equal(strlen(spell_refusals(reader)), 0);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    free(before);
    assert_int_equal(self.bytes, 0);
    return status;
}

static void out_of_memory_leaves_all_as_it_was(void **state) {
    (void)state;
    for (int is_once = 0; is_once < 2; is_once++) {
        qbg_status status = QBG_E_MEMORY;
        for (long allowed = 0; status == QBG_E_MEMORY; allowed += 1 + allowed / 50)
            status = finish_short_of_memory(allowed, is_once);
        assert_int_equal(status, QBG_OK);
    }
}

/* A table of the book, or the refusals behind the last one. */
static qbg_status ask(const qbg_workspace *workspace, const qbg_book_reader *reader, int32_t what) {
    qbg_blob *blob = NULL;
    qbg_table *table = NULL;
    const char *name = qbg_book_table_name(what);
    qbg_status status =
        name ? qbg_book_write(workspace, name, &blob) : qbg_book_reader_refusals(reader, &table);
    assert_true((status == QBG_OK) == (blob || table));
    qbg_blob_free(blob);
    qbg_table_free(table);
    return status;
}

static void writing_and_telling_may_run_out_of_memory(void **state) {
    (void)state;
    static const part bad[] = {{"roles", "role,phone\na;b,\n;,\n"}, {NULL, NULL}};
    host self;
    qbg_workspace *workspace = workspace_of(&self);
    load(workspace, full, "");
    qbg_book_reader *reader = reader_of(workspace, 0, bad);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    size_t bytes = self.bytes;
    for (int32_t what = 0; what <= qbg_book_table_count(); what++) {
        for (self.is_once = 0; self.is_once < 2; self.is_once++) {
            qbg_status status = QBG_E_MEMORY;
            for (long allowed = 0; status == QBG_E_MEMORY; allowed++) {
                self.allowed = allowed;
                status = ask(workspace, reader, what);
                self.allowed = -1;
                assert_int_equal(self.bytes, bytes);
            }
            assert_int_equal(status, QBG_OK);
        }
    }
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

static void a_piece_without_room_is_not_taken(void **state) {
    (void)state;
    host self;
    qbg_workspace *workspace = workspace_of(&self);
    qbg_book_reader *reader = NULL;
    self.allowed = 0;
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_E_MEMORY);
    self.allowed = -1;
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    self.allowed = 0;
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "account\n", 8), QBG_E_MEMORY);
    self.allowed = -1;
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "account\n", 8), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "a\n", 2), QBG_OK);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_int_equal(qbg_account_count(workspace), 1);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
    assert_int_equal(self.bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_host_beats_the_rule_in_any_order),
        cmocka_unit_test(a_history_makes_and_moves),
        cmocka_unit_test(keeps_a_verdict_since_ever),
        cmocka_unit_test(writes_ratios_without_an_exponent),
        cmocka_unit_test(an_event_follows_its_contact),
        cmocka_unit_test(writes_no_conflict),
        cmocka_unit_test(every_column_is_written_as_it_was_read),
        cmocka_unit_test(feeding_by_bytes_is_feeding),
        cmocka_unit_test(the_order_of_rows_does_not_show),
        cmocka_unit_test(examples_survive_a_round_trip),
        cmocka_unit_test(out_of_memory_leaves_all_as_it_was),
        cmocka_unit_test(writing_and_telling_may_run_out_of_memory),
        cmocka_unit_test(a_piece_without_room_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
