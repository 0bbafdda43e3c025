/* match_test: the tables of proposals, and who gets none. */
#include "fixture.h"

static qbg_account *company(qbg_workspace *workspace, const char *key, const char *name,
                            const char *domain) {
    qbg_account *account = NULL;
    OK(qbg_account_add(workspace, key, name, &account));
    if (domain) OK(qbg_account_add_domain(account, domain));
    return account;
}

static qbg_contact *lead(qbg_workspace *workspace, const char *key, const char *email,
                         const char *company_name) {
    qbg_contact *contact = add_contact(workspace, key, NULL);
    OK(qbg_contact_set_email(contact, email));
    OK(qbg_contact_set_company(contact, company_name));
    return contact;
}

static void append_cell(char *text, size_t room, const qbg_table *table, const char *name,
                        int64_t row, const char *end) {
    int64_t size = 0;
    const char *cell = qbg_table_text_at(table, qbg_table_column_find(table, name), row, &size);
    size_t used = strlen(text);
    snprintf(text + used, room - used, "%.*s%s", (int)size, cell, end);
}

/* "contact account outcome reason confidence", a line each. */
static void write_rows(const qbg_table *table, char *out, size_t room) {
    int32_t confidence = qbg_table_column_find(table, "confidence");
    out[0] = '\0';
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        if (qbg_table_column_find(table, "contact") >= 0)
            append_cell(out, room, table, "contact", row, " ");
        append_cell(out, room, table, "account", row, " ");
        append_cell(out, room, table, "outcome", row, " ");
        append_cell(out, room, table, "reason", row, " ");
        size_t used = strlen(out);
        if (qbg_table_is_null(table, confidence, row))
            snprintf(out + used, room - used, "-\n");
        else
            snprintf(out + used, room - used, "%d\n",
                     (int)(qbg_table_double_at(table, confidence, row) * 1000 + 0.5));
    }
}

static void assert_matches(const qbg_workspace *workspace, const char *want) {
    char found[4096];
    qbg_table *table = NULL;
    OK(qbg_matches(workspace, &table));
    write_rows(table, found, sizeof found);
    qbg_table_free(table);
    assert_string_equal(found, want);
}

/* account: the key of the one that is found, "" for none. */
static void assert_found(const qbg_workspace *workspace, const char *key, const char *email,
                         const char *name, const char *account, const char *rows) {
    char found[2048];
    qbg_table *table = NULL;
    qbg_account *match = NULL;
    OK(qbg_match_account(workspace, key, email, name, &match, &table));
    write_rows(table, found, sizeof found);
    qbg_table_free(table);
    assert_string_equal(match ? qbg_account_key(match) : "", account);
    assert_string_equal(found, rows);
}

static void columns_are_as_documented(void **state) {
    static const char *const names[] = {"contact",        "account",     "contact_number",
                                        "account_number", "outcome",     "reason",
                                        "confidence",     "contact_tag", "account_tag"};
    static const int32_t types[] = {QBG_COLUMN_TEXT,   QBG_COLUMN_TEXT,   QBG_COLUMN_INT64,
                                    QBG_COLUMN_INT64,  QBG_COLUMN_TEXT,   QBG_COLUMN_TEXT,
                                    QBG_COLUMN_DOUBLE, QBG_COLUMN_UINT64, QBG_COLUMN_UINT64};
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *table = NULL;
    OK(qbg_account_set_tag(company(workspace, "a", "Oak", NULL), 7));
    OK(qbg_contact_set_tag(lead(workspace, "p", NULL, "Oak"), 8));
    OK(qbg_matches(workspace, &table));
    assert_int_equal(qbg_table_column_count(table), 9);
    for (int32_t i = 0; i < 9; i++) {
        assert_string_equal(qbg_table_column_name(table, i), names[i]);
        assert_int_equal(qbg_table_column_type(table, i), types[i]);
    }
    assert_int_equal(qbg_table_int64_at(table, 2, 0), 0);
    assert_int_equal(qbg_table_int64_at(table, 3, 0), 0);
    assert_int_equal(qbg_table_uint64_at(table, 7, 0), 8);
    assert_int_equal(qbg_table_uint64_at(table, 8, 0), 7);
    qbg_table_free(table);
    OK(qbg_match_account(workspace, NULL, NULL, "Oak", NULL, &table));
    assert_int_equal(qbg_table_column_count(table), 6);
    assert_int_equal(qbg_table_uint64_at(table, qbg_table_column_find(table, "account_tag"), 0), 7);
    qbg_table_free(table);
}

static void evidence_adds_up(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "daisy", "ООО «Красная ромашка»", "daisy.example");
    company(workspace, "sub", "Sub", "eu.sub.example");
    assert_found(workspace, "sub", "x@daisy.example", NULL, "sub", "sub match key 1000\n");
    assert_found(workspace, "", "x@spb.daisy.example", NULL, "daisy", "daisy match domain 900\n");
    assert_found(workspace, NULL, "x@us.sub.example", "", "sub", "sub match related_domain 750\n");
    assert_found(workspace, NULL, NULL, "Красная ромашка", "daisy", "daisy match name 800\n");
    assert_found(workspace, NULL, "x@mail.ru", "Krasnaya Romashka", "daisy",
                 "daisy match transliteration 700\n");
    assert_found(workspace, NULL, "x@daisy.example", "Красная ромашка", "daisy",
                 "daisy match domain;name 980\n");
    assert_found(workspace, NULL, "x@daisy.example", "Krasnaya Romashka", "daisy",
                 "daisy match domain;transliteration 970\n");
    assert_found(workspace, NULL, "x@else.example", "Красная ромашка", "daisy",
                 "daisy match name;other_domain 600\n");
    assert_found(workspace, NULL, "x@else.example", "Krasnaya Romashka", "daisy",
                 "daisy match transliteration;other_domain 500\n");
    assert_found(workspace, NULL, "x@daisy.example", "АО Красная ромашка", "daisy",
                 "daisy match domain;other_form 900\n");
    assert_found(workspace, NULL, NULL, "АО Красная ромашка", "", "daisy ambiguous other_form -\n");
    assert_found(workspace, NULL, NULL, NULL, "", "");
    assert_found(workspace, NULL, "x@nowhere.example", "Nowhere", "", "");
}

static void what_is_unclear_is_told_and_not_chosen(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "b", "Oak", "oak.example");
    company(workspace, "a", "Oak", "elm.example");
    assert_found(workspace, NULL, NULL, "Oak Ltd", "", "a ambiguous name -\nb ambiguous name -\n");
    assert_found(workspace, NULL, "x@oak.example", "Oak Ltd", "b", "b match domain;name 980\n");
    lead(workspace, "q", NULL, "OAK");
    lead(workspace, "p", "x@elm.example", NULL);
    assert_matches(workspace, "p a match domain 900\n"
                              "q a ambiguous name -\nq b ambiguous name -\n");
}

static void who_has_an_account_keeps_it(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *oak = company(workspace, "oak", "Oak", "oak.example");
    qbg_account *elm = company(workspace, "elm", "Elm", "elm.example");
    qbg_contact *once = lead(workspace, "once", "x@oak.example", "Oak");
    OK(qbg_contact_set_account(once, elm, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(once, NULL, NOON, QBG_SOURCE_HOST));
    qbg_contact *never = lead(workspace, "never", "y@oak.example", NULL);
    OK(qbg_contact_set_account(never, NULL, NOON, QBG_SOURCE_HOST));
    lead(workspace, "nothing", NULL, NULL);
    lead(workspace, "free", "y@gmail.com", "N/A");
    OK(qbg_contact_erase(lead(workspace, "erased", "z@oak.example", "Oak")));
    assert_matches(workspace, "never oak match domain 900\n");
    OK(qbg_contact_set_account(never, oak, QBG_UNDATED, QBG_SOURCE_HOST));
    assert_matches(workspace, "");
}

/* What was told of a contact at an account that was merged counts at the one that was kept. */
static void merged_accounts_are_one(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *oak = company(workspace, "oak", "Oak", NULL);
    qbg_account *old = company(workspace, "old", "Old oak", "old.example");
    qbg_contact *at = lead(workspace, "at", "x@old.example", NULL);
    OK(qbg_contact_set_account(at, old, QBG_UNDATED, QBG_SOURCE_HOST));
    lead(workspace, "new", "y@old.example", NULL);
    OK(qbg_account_merge(oak, old));
    assert_matches(workspace, "new oak match domain 900\n");
}

static void companies_of_contacts_are_kept_and_erased(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    qbg_contact *ann = lead(workspace, "ann", NULL, "Secret Oak"), *bob = NULL;
    assert_string_equal(qbg_contact_company(ann), "Secret Oak");
    assert_string_equal(qbg_contact_company(NULL), "");
    assert_int_equal(qbg_contact_set_company(ann, "\xFF"), QBG_E_TEXT);
    assert_int_equal(qbg_contact_set_company(NULL, "Oak"), QBG_E_ARGUMENT);
    bob = lead(workspace, "bob", NULL, NULL);
    OK(qbg_contact_merge(bob, ann));
    assert_string_equal(qbg_contact_company(bob), "Secret Oak");
    assert_true(holds(memory, "Secret Oak"));
    OK(qbg_contact_erase(bob));
    assert_string_equal(qbg_contact_company(bob), "");
    assert_false(holds(memory, "Secret Oak"));
    assert_int_equal(qbg_contact_set_company(bob, "Oak"), QBG_E_ERASED);
    qbg_contact *eve = lead(workspace, "eve", NULL, "Secret Elm");
    OK(qbg_contact_remove(eve, 0));
    assert_int_equal(qbg_contact_set_company(eve, "Oak"), QBG_E_GONE);
    assert_false(holds(memory, "Secret Elm"));
}

static void nothing_personal_is_told(void **state) {
    static const char *const secrets[] = {"oak", "secret"};
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "1", "oak", "oak.secret");
    lead(workspace, "2", "x@oak.secret", "oak");
    qbg_table *table = NULL;
    OK(qbg_matches(workspace, &table));
    for (int32_t column = 0; column < qbg_table_column_count(table); column++) {
        char text[128] = "";
        append_cell(text, sizeof text, table, qbg_table_column_name(table, column), 0, "");
        for (int i = 0; i < 2; i++) assert_null(strstr(text, secrets[i]));
    }
    qbg_table_free(table);
}

static void without_memory_there_is_no_table(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    company(workspace, "a", "Дуб", "oak.example");
    company(workspace, "b", "ООО Дуб", "elm.example");
    lead(workspace, "p", "x@oak.example", NULL);
    lead(workspace, "q", NULL, "Dub");
    for (int question = 0; question < 2; question++) {
        qbg_status status = QBG_E_MEMORY;
        size_t before = memory->bytes;
        long request = 0;
        for (; status != QBG_OK; request++) {
            qbg_table *table = NULL;
            qbg_account *account = NULL;
            refuse(memory, request);
            status = question ? qbg_matches(workspace, &table)
                              : qbg_match_account(workspace, NULL, "x@oak.example", "Dub", &account,
                                                  &table);
            if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
            if (status != QBG_OK) assert_true(!table && !account);
            qbg_table_free(table);
            assert_int_equal(memory->bytes, before);
        }
        refuse(memory, NEVER);
        assert_true(request > 8);
    }
}

static void misuse_is_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_table *table = NULL;
    qbg_account *account = NULL;
    assert_int_equal(qbg_matches(NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_matches(workspace, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_match_account(NULL, NULL, NULL, NULL, &account, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_match_account(workspace, "x", NULL, NULL, &account, &table),
                     QBG_E_NOT_FOUND);
    for (int i = 0; i < 3; i++)
        assert_int_equal(qbg_match_account(workspace, i == 0 ? "\xFF" : NULL,
                                           i == 1 ? "\xFF" : NULL, i == 2 ? "\xFF" : NULL, &account,
                                           &table),
                         QBG_E_TEXT);
    assert_true(!table && !account);
    OK(qbg_match_account(workspace, NULL, NULL, NULL, NULL, NULL));
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg_matches(workspace, &table), QBG_E_BUSY);
    assert_int_equal(qbg_match_account(workspace, NULL, NULL, NULL, &account, &table), QBG_E_BUSY);
    OK(qbg_workspace_commit(workspace));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(columns_are_as_documented),
        in_workspace(evidence_adds_up),
        in_workspace(what_is_unclear_is_told_and_not_chosen),
        in_workspace(who_has_an_account_keeps_it),
        in_workspace(merged_accounts_are_one),
        in_workspace(companies_of_contacts_are_kept_and_erased),
        in_workspace(nothing_personal_is_told),
        in_workspace(without_memory_there_is_no_table),
        in_workspace(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
