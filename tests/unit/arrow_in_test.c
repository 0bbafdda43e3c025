/* arrow_in_test: rows come in from streams, whatever their types, slices and batches; what cannot
 * be read is refused by name; nothing of a refused stream stays. */
#include "arrow_source.h"

static uint64_t import(qbg_workspace *workspace, const char *table, source *from) {
    uint64_t rows = 0;
    OK(qbg_arrow_import(workspace, table, &from->stream, &rows, NULL));
    assert_int_equal(from->released_batches, from->batch_count);
    assert_int_equal(from->released_schemas, 1);
    assert_non_null(from->stream.release); /* the caller's */
    return rows;
}

static const char *cell(const qbg_table *table, const char *column, int64_t row, char *out) {
    int64_t size = 0;
    const char *text = qbg_table_text_at(table, qbg_table_column_find(table, column), row, &size);
    memcpy(out, text, (size_t)size);
    out[size] = '\0';
    return out;
}

static void assert_refusal(const qbg_table *table, int64_t row, int64_t of, const char *column,
                           const char *value, const char *reason) {
    char text[200];
    assert_true(row < qbg_table_row_count(table));
    assert_int_equal(qbg_table_int64_at(table, qbg_table_column_find(table, "row"), row), of);
    assert_string_equal(cell(table, "column", row, text), column);
    assert_string_equal(cell(table, "value", row, text), value);
    assert_string_equal(cell(table, "reason", row, text), reason);
}

/* The whole stream is refused, for that reason, and nothing of it stays. */
static void assert_refused(qbg_workspace *workspace, const char *table, source *from,
                           const char *column, const char *reason) {
    qbg_table *refusals = NULL;
    char text[200];
    uint64_t rows = 77, revision = qbg_workspace_revision(workspace);
    assert_int_equal(qbg_arrow_import(workspace, table, &from->stream, &rows, &refusals),
                     QBG_E_REFUSED);
    int64_t last = qbg_table_row_count(refusals) - 1;
    assert_string_equal(cell(refusals, "column", last, text), column);
    assert_string_equal(cell(refusals, "reason", last, text), reason);
    assert_int_equal(rows, 77);
    assert_int_equal(qbg_workspace_revision(workspace), revision);
    qbg_table_free(refusals);
}

/* ---- a small company ------------------------------------------------------------------------- */

static const int32_t key_ends[] = {0, 5, 10, 15};

static void tell_accounts(qbg_workspace *workspace) {
    source from;
    source_begin(&from);
    source_batch(&from, 3);
    source_add_texts(&from, "account", "u", key_ends, "daisytulipiris ");
    assert_int_equal(import(workspace, "accounts", &from), 3);
}

static void accounts_come_with_all_their_columns(void **state) {
    static const int64_t ends[] = {0, 5, 10}, names[] = {0, 0, 14}, potentials[] = {0, 120000};
    static const uint8_t filled[] = {2};
    static const int32_t domains[] = {0, 8, 8}, currencies[] = {0, 0, 3};
    static const uint64_t tags[] = {7, UINT64_MAX};
    qbg_workspace *workspace = workspace_of(state);
    source from;
    source_begin(&from);
    source_batch(&from, 2);
    source_add_texts(&from, "account", "U", ends, "daisytulip");
    source_add_texts(&from, "name", "U", names, "Тюльпан");
    source_add_texts(&from, "domain", "u", domains, "daisy.ru");
    source_add(&from, "potential_minor", "l", potentials)->validity = filled;
    source_add_texts(&from, "currency", "u", currencies, "EUR");
    source_add(&from, "tag", "L", tags);
    assert_int_equal(import(workspace, "accounts", &from), 2);
    const qbg_account *daisy = qbg_account_find(workspace, "daisy");
    const qbg_account *tulip = qbg_account_find(workspace, "tulip");
    assert_string_equal(qbg_account_name(tulip), "Тюльпан");
    assert_string_equal(qbg_account_domain(daisy, 0), "daisy.ru");
    assert_int_equal(qbg_account_potential_minor(tulip), 120000);
    assert_string_equal(qbg_account_currency(daisy), "");
    assert_int_equal(qbg_account_tag(daisy), 7);
    assert_true(qbg_account_tag(tulip) == UINT64_MAX);
}

static void keys_lead_to_rows(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const int32_t contacts[] = {0, 1, 2, 3}, accounts[] = {0, 5, 10, 10};
    static const int8_t seniority[] = {5, 3, 0};
    static const uint8_t filled[] = {3};
    static const int32_t departments[] = {0, 7, 9, 9};
    tell_accounts(workspace);
    source from;
    source_begin(&from);
    source_batch(&from, 3);
    source_add_texts(&from, "contact", "u", contacts, "abc");
    source_add_texts(&from, "account", "u", accounts, "tulipdaisy");
    source_add(&from, "seniority", "c", seniority)->validity = filled;
    source_add_texts(&from, "department", "u", departments, "financeit");
    assert_int_equal(import(workspace, "contacts", &from), 3);
    const qbg_contact *a = qbg_contact_find(workspace, "a"), *c = qbg_contact_find(workspace, "c");
    assert_string_equal(qbg_account_key(qbg_contact_account(a, NOON)), "tulip");
    assert_null(qbg_contact_account(c, NOON));
    assert_int_equal(qbg_contact_seniority(a), QBG_SENIORITY_C_LEVEL);
    assert_int_equal(qbg_contact_seniority(c), QBG_UNSET);
    assert_int_equal(qbg_contact_department(a), QBG_DEPARTMENT_FINANCE);
}

/* ---- signals --------------------------------------------------------------------------------- */

typedef struct scene {
    qbg_opportunity *deal;
    uint32_t elena, kind;
} scene;

static scene set_scene(qbg_workspace *workspace) {
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), NOON - 400 * DAY);
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    add_member(deal, elena);
    return (scene){deal, qbg_contact_number(elena),
                   qbg_kind_number(qbg_kind_find(workspace, "webinar_attendance"))};
}

static int64_t points_of(const scene *at) {
    qbg_assessment *seen = NULL;
    OK(qbg_assess(at->deal, NOON + 30 * DAY, &seen));
    int64_t points = qbg_assessment_member_points_int(seen, 0);
    qbg_assessment_free(seen);
    return points;
}

/* The same three signals, told with times and persons of every type; the points are the same. */
static void types_make_no_difference(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const scene at = set_scene(workspace);
    static const int64_t days[] = {3, 0, 20};
    int64_t seconds[3], millis[3], micros[3], nanos[3], date64[3];
    int32_t date32[3];
    for (int i = 0; i < 3; i++) {
        seconds[i] = (NOON / DAY + days[i]) * DAY;
        millis[i] = seconds[i] * 1000 + 999;
        micros[i] = seconds[i] * 1000000 + 999999;
        nanos[i] = seconds[i] * 1000000000 + 999999999;
        date64[i] = seconds[i] * 1000;
        date32[i] = (int32_t)(seconds[i] / DAY);
    }
    const struct {
        const char *format;
        const void *values;
    } times[] = {{"l", seconds},     {"tss:", seconds}, {"tsm:UTC", millis}, {"tsu:", micros},
                 {"tsn:UTC", nanos}, {"tdm", date64},   {"tdD", date32}};
    static const int32_t names[] = {0, 5, 10, 15}, kinds[] = {0, 18, 36, 54};
    const uint8_t small[] = {(uint8_t)at.elena, (uint8_t)at.elena, (uint8_t)at.elena};
    const int64_t large[] = {at.elena, at.elena, at.elena};
    const uint16_t numbers[] = {(uint16_t)at.kind, (uint16_t)at.kind, (uint16_t)at.kind};
    int64_t expected = 0;
    for (size_t i = 0; i < 3 * sizeof times / sizeof times[0]; i++) {
        int64_t before = points_of(&at);
        source from;
        source_begin(&from);
        source_batch(&from, 3);
        source_add(&from, "time", times[i / 3].format, times[i / 3].values);
        if (i % 3 == 0)
            source_add_texts(&from, "contact", "u", names, "elenaelenaelena");
        else
            source_add(&from, "contact", i % 3 == 1 ? "C" : "l",
                       i % 3 == 1 ? (const void *)small : large);
        if (i % 2)
            source_add(&from, "kind", "S", numbers);
        else
            source_add_texts(&from, "kind", "u", kinds,
                             "webinar_attendancewebinar_attendancewebinar_attendance");
        assert_int_equal(import(workspace, "signals", &from), 3);
        if (i == 0) expected = points_of(&at);
        assert_true(expected > 0);
        assert_int_equal(points_of(&at) - before, expected);
    }
}

static struct ArrowSchema word_type = {.format = "u", .release = release_source_leaf};

static void dictionaries_slices_and_batches_make_no_difference(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const scene at = set_scene(workspace);
    static const int32_t ends[] = {0, 9, 27};
    const void *word_buffers[3] = {NULL, ends, "page_viewwebinar_attendance"};
    struct ArrowArray words = {
        .length = 2, .n_buffers = 3, .buffers = word_buffers, .release = release_source_array};
    static const int8_t which[] = {9, 9, 9, 9, 9, 1, 1, 1, 9}; /* rows 5, 6, 7 */
    static const uint8_t filled[] = {0xE0, 0};
    const int64_t times[] = {0, 0, 0, NOON, NOON, NOON, 0};
    const uint32_t contacts[] = {0, at.elena, at.elena, at.elena};
    source from;
    source_begin(&from);
    for (int batch = 0; batch < 3; batch++) {
        source_batch(&from, 1);
        source_column *kind = source_add(&from, "kind", "c", which);
        kind->offset = 4 + batch;
        kind->length = 2;
        kind->validity = filled;
        kind->dictionary_type = &word_type;
        kind->dictionary = &words;
        source_column *time = source_add(&from, "time", "tss:UTC", times);
        time->offset = 2 + batch;
        time->length = 2;
        source_column *contact = source_add(&from, "contact", "I", contacts);
        contact->offset = batch;
        contact->length = 2;
    }
    from.batch_offset = 1;
    assert_int_equal(import(workspace, "signals", &from), 3);
    assert_int_equal(qbg_signal_count(workspace), 3);
    tell(workspace, (act){.time = NOON,
                          .kind = "webinar_attendance",
                          .contact = qbg_contact_at(workspace, at.elena)});
    qbg_workspace *other = NULL;
    OK(qbg_workspace_new(NULL, &other));
    const scene plain = set_scene(other);
    for (int i = 0; i < 4; i++)
        tell(other, (act){.time = NOON,
                          .kind = "webinar_attendance",
                          .contact = qbg_contact_at(other, plain.elena)});
    assert_int_equal(points_of(&at), points_of(&plain));
    qbg_workspace_free(other);
}

/* ---- members --------------------------------------------------------------------------------- */

/* Rows of a pair in two batches are one member, who has both roles. */
static void a_pair_in_two_batches_is_one_member(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const scene at = set_scene(workspace);
    static const uint32_t deals[] = {0};
    const uint32_t contacts[] = {at.elena};
    static const int32_t champion[] = {0, 8}, buyer[] = {0, 14};
    source from;
    source_begin(&from);
    for (int batch = 0; batch < 2; batch++) {
        source_batch(&from, 1);
        source_add(&from, "opportunity", "I", deals);
        source_add(&from, "contact", "I", contacts);
        source_add_texts(&from, "role", "u", batch ? buyer : champion,
                         batch ? "economic_buyer" : "champion");
    }
    assert_int_equal(import(workspace, "members", &from), 2);
    const qbg_member *member = qbg_member_at(at.deal, 0);
    assert_true(qbg_member_has_role(member, qbg_role_find(workspace, "champion"), NOON));
    assert_true(qbg_member_has_role(member, qbg_role_find(workspace, "economic_buyer"), NOON));
}

/* ---- what is wrong --------------------------------------------------------------------------- */

static void bad_rows_are_refused_one_by_one(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    set_scene(workspace);
    static const int64_t times[] = {NOON, NOON, -5, NOON, NOON};
    static const int32_t names[] = {0, 5, 10, 15, 19, 19}, kinds[] = {0, 9, 18, 27, 36, 40};
    qbg_table *refusals = NULL;
    uint64_t rows = 0;
    source from;
    source_begin(&from);
    source_batch(&from, 5);
    source_add(&from, "time", "l", times);
    source_add_texts(&from, "contact", "u", names, "elenaelenaelenaolga");
    source_add_texts(&from, "kind", "u", kinds, "page_viewpage_viewpage_viewpage_viewpage");
    source_add(&from, "colour", "+weird", NULL);
    OK(qbg_arrow_import(workspace, "signals", &from.stream, &rows, &refusals));
    assert_int_equal(rows, 2);
    assert_int_equal(qbg_table_row_count(refusals), 4);
    assert_refusal(refusals, 0, 0, "colour", "", "unknown column; it is ignored");
    assert_refusal(refusals, 1, 2, "", "", qbg_status_text(QBG_E_RANGE));
    assert_refusal(refusals, 2, 3, "contact", "olga", "nothing has this key");
    assert_refusal(refusals, 3, 4, "kind", "page", "nothing has this key");
    qbg_table_free(refusals);
}

static void words_are_those_that_are_known(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const int32_t contacts[] = {0, 1, 2}, words[] = {0, 7, 13};
    static const int64_t numbers[] = {99, 1};
    qbg_table *refusals = NULL;
    uint64_t rows = 0;
    source from;
    source_begin(&from);
    source_batch(&from, 2);
    source_add_texts(&from, "contact", "u", contacts, "ab");
    source_add_texts(&from, "department", "u", words, "financemagics");
    source_add(&from, "seniority", "l", numbers);
    OK(qbg_arrow_import(workspace, "contacts", &from.stream, &rows, &refusals));
    assert_int_equal(rows, 0);
    assert_refusal(refusals, 0, 0, "seniority", "99",
                   "this number is none of those that are known");
    assert_refusal(refusals, 1, 1, "department", "magics",
                   "this word is none of those that are known");
    assert_int_equal(qbg_contact_count(workspace), 0);
    qbg_table_free(refusals);
}

static void streams_that_cannot_be_read_are_refused_by_name(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const int32_t ends[] = {0, 1}, back[] = {3, 1}, below[] = {-1, 1};
    source from;
    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "name", "u", ends, "a");
    assert_refused(workspace, "accounts", &from, "account", "this column is required");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a");
    source_add(&from, "name", "d:10,2", ends);
    assert_refused(workspace, "accounts", &from, "name", "its type is not read");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a");
    source_add(&from, "name", "i", ends);
    assert_refused(workspace, "accounts", &from, "name",
                   "its type is none that this column can have");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a");
    source_add_texts(&from, "account", "u", ends, "a");
    assert_refused(workspace, "accounts", &from, "account", "this column is there twice");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", back, "abc");
    assert_refused(workspace, "accounts", &from, "account", "an offset of its texts goes back");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", below, "abc");
    assert_refused(workspace, "accounts", &from, "account", "an offset of its texts is negative");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, NULL);
    assert_refused(workspace, "accounts", &from, "account", "the bytes of its texts are missing");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", NULL, "a");
    assert_refused(workspace, "accounts", &from, "account", "the buffer of its values is missing");

    source_begin(&from);
    source_batch(&from, 2);
    source_add_texts(&from, "account", "u", ends, "a")->length = 1;
    assert_refused(workspace, "accounts", &from, "account", "it has fewer rows than its batch");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a")->length = -1;
    assert_refused(workspace, "accounts", &from, "account", "its length or offset is negative");

    source_begin(&from);
    source_batch(&from, -1);
    source_add_texts(&from, "account", "u", ends, "a");
    assert_refused(workspace, "accounts", &from, "", "a batch has a negative length or offset");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a")->offset = INT64_MAX;
    assert_refused(workspace, "accounts", &from, "account", "its length or offset is too large");

    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a");
    source_add_texts(&from, "currency", "u", ends, "a");
    assert_refused(workspace, "accounts", &from, "",
                   "of two columns that go together there is one only");
}

/* Nothing of the batches before stays. */
static void a_stream_that_fails_is_undone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const int32_t ends[] = {0, 1};
    source from;
    source_begin(&from);
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "a");
    source_batch(&from, 1);
    source_add_texts(&from, "account", "u", ends, "b");
    from.fails_at = 1;
    assert_refused(workspace, "accounts", &from, "", "the disk is on fire");
    assert_int_equal(qbg_account_count(workspace), 0);
}

static void a_dictionary_has_to_have_its_words(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    static const int32_t ends[] = {0, 1};
    static const int8_t which[] = {1};
    const void *word_buffers[3] = {NULL, ends, "a"};
    struct ArrowArray words = {
        .length = 1, .n_buffers = 3, .buffers = word_buffers, .release = release_source_array};
    source from;
    source_begin(&from);
    source_batch(&from, 1);
    source_column *key = source_add(&from, "account", "c", which);
    key->dictionary_type = &word_type;
    assert_refused(workspace, "accounts", &from, "account", "its dictionary is missing");
    from.next = 0;
    from.columns[0][0].dictionary = &words;
    assert_refused(workspace, "accounts", &from, "account", "its dictionary has no such word");
}

static void out_of_memory_changes_nothing(void **state) {
    fixture *self = *state;
    static const int32_t ends[] = {0, 1, 2, 3}, names[] = {0, 5, 10, 15};
    for (long request = 0;; request++) {
        source from;
        uint64_t rows = 0;
        qbg_table *refusals = NULL;
        source_begin(&from);
        source_batch(&from, 3);
        source_add_texts(&from, "account", "u", ends, "abc");
        source_add_texts(&from, "name", "u", names, "AliceBerndCarla");
        source_add(&from, "what", "n", NULL);
        refuse(&self->memory, request);
        qbg_status status =
            qbg_arrow_import(self->workspace, "accounts", &from.stream, &rows, &refusals);
        refuse(&self->memory, NEVER);
        if (status == QBG_OK) {
            assert_int_equal(rows, 3);
            qbg_table_free(refusals);
            break;
        }
        assert_int_equal(status, QBG_E_MEMORY);
        assert_null(refusals);
        assert_int_equal(from.released_schemas, from.schemas_out);
    }
}

static void refuses_misuse(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    source from;
    source_begin(&from);
    struct ArrowArrayStream *stream = &from.stream;
    assert_int_equal(qbg_arrow_import(NULL, "signals", stream, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_arrow_import(workspace, NULL, stream, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_arrow_import(workspace, "signals", NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_arrow_import(workspace, "nothing", stream, NULL, NULL), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_arrow_import(workspace, "history", stream, NULL, NULL), QBG_E_NOT_FOUND);
    stream->release(stream);
    assert_int_equal(qbg_arrow_import(workspace, "signals", stream, NULL, NULL), QBG_E_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(accounts_come_with_all_their_columns),
        in_workspace(keys_lead_to_rows),
        in_workspace(types_make_no_difference),
        in_workspace(dictionaries_slices_and_batches_make_no_difference),
        in_workspace(a_pair_in_two_batches_is_one_member),
        in_workspace(bad_rows_are_refused_one_by_one),
        in_workspace(words_are_those_that_are_known),
        in_workspace(streams_that_cannot_be_read_are_refused_by_name),
        in_workspace(a_stream_that_fails_is_undone),
        in_workspace(a_dictionary_has_to_have_its_words),
        in_workspace(out_of_memory_changes_nothing),
        in_workspace(refuses_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
