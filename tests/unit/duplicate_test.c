/* duplicate_test: which pairs are proposed, why, how surely, and in which order. */
#include "fixture.h"

#include <stdio.h>

/* ---- the table as text ----------------------------------------------------------------------- */

static qbg_table *duplicates(const qbg_workspace *workspace) {
    qbg_table *table = NULL;
    OK(qbg_duplicates(workspace, &table));
    return table;
}

static void append(char *text, size_t room, const char *bytes, int64_t size) {
    size_t used = strlen(text);
    assert_true(used + (size_t)size < room);
    memcpy(text + used, bytes, (size_t)size);
    text[used + (size_t)size] = '\0';
}

/* "account a b domain;name", a line each. */
static void assert_pairs(const qbg_workspace *workspace, const char *want) {
    static const char *const columns[] = {"entity", "first", "second", "reason"};
    char found[8192] = "";
    qbg_table *table = duplicates(workspace);
    for (int64_t row = 0; row < qbg_table_row_count(table); row++)
        for (int i = 0; i < 4; i++) {
            int64_t size;
            const char *text =
                qbg_table_text_at(table, qbg_table_column_find(table, columns[i]), row, &size);
            append(found, sizeof found, text, size);
            append(found, sizeof found, i < 3 ? " " : "\n", 1);
        }
    qbg_table_free(table);
    assert_string_equal(found, want);
}

static qbg_contact *person(qbg_workspace *workspace, const char *key, qbg_account *account,
                           const char *name, const char *email) {
    qbg_contact *contact = NULL;
    OK(qbg_contact_add(workspace, key, account, name, NULL, &contact));
    OK(qbg_contact_set_email(contact, email));
    return contact;
}

static qbg_account *company(qbg_workspace *workspace, const char *key, const char *name,
                            const char *domain) {
    qbg_account *account = NULL;
    OK(qbg_account_add(workspace, key, name, &account));
    if (domain) OK(qbg_account_add_domain(account, domain));
    return account;
}

/* ---- contacts -------------------------------------------------------------------------------- */

static void nobody_is_a_duplicate_in_an_empty_workspace(void **state) {
    static const char *const columns[] = {"entity",       "first",         "second",
                                          "first_number", "second_number", "reason",
                                          "confidence",   "first_tag",     "second_tag"};
    static const int32_t types[] = {QBG_COLUMN_TEXT,   QBG_COLUMN_TEXT,   QBG_COLUMN_TEXT,
                                    QBG_COLUMN_INT64,  QBG_COLUMN_INT64,  QBG_COLUMN_TEXT,
                                    QBG_COLUMN_DOUBLE, QBG_COLUMN_UINT64, QBG_COLUMN_UINT64};
    qbg_table *table = duplicates(workspace_of(state));
    assert_int_equal(qbg_table_row_count(table), 0);
    assert_int_equal(qbg_table_column_count(table), 9);
    for (int32_t i = 0; i < 9; i++) {
        assert_string_equal(qbg_table_column_name(table, i), columns[i]);
        assert_int_equal(qbg_table_column_type(table, i), types[i]);
    }
    qbg_table_free(table);
}

static void one_address_is_one_person(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    person(workspace, "b", NULL, "Elena", "elena@acme.example");
    person(workspace, "c", NULL, "Ольга", "olga@acme.example");
    person(workspace, "a", NULL, NULL, " Elena@ACME.example");
    assert_pairs(workspace, "contact a b email\n");
    qbg_table *table = duplicates(workspace);
    assert_int_equal(qbg_table_int64_at(table, 3, 0), 2);
    assert_int_equal(qbg_table_int64_at(table, 4, 0), 0);
    assert_true(qbg_table_double_at(table, 6, 0) == 0.9);
    qbg_table_free(table);
}

static void second_to_fourth_people_of_a_company_stay_people(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = company(workspace, "acme", "Acme", "acme.example");
    person(workspace, "a", acme, "Ann Lee", "info@acme.example");
    person(workspace, "b", acme, "Bob Lee", "info@acme.example");
    person(workspace, "c", acme, "Ann Ray", "ann@acme.example");
    person(workspace, "d", acme, "Ann", "annray@acme.example");
    person(workspace, "e", acme, "Ann", NULL);
    person(workspace, "f", acme, NULL, NULL);
    person(workspace, "g", acme, NULL, "");
    assert_pairs(workspace, "");
}

/* An address under at most four names may still be one person's; under five it is a mailbox. */
static void an_address_of_many_names_is_no_evidence(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    person(workspace, "a", NULL, "Ann", "desk@acme.example");
    person(workspace, "b", NULL, "Bob", "desk@acme.example");
    person(workspace, "c", NULL, NULL, "desk@acme.example");
    person(workspace, "d", NULL, "Dan Ray", "desk@acme.example");
    person(workspace, "e", NULL, "RAY, DAN", "desk@acme.example");
    qbg_contact *last = person(workspace, "f", NULL, "Eve", "desk@acme.example");
    assert_pairs(workspace, "contact a b email\ncontact a c email\ncontact a d email\n"
                            "contact a e email\ncontact a f email\n");
    person(workspace, "g", NULL, "Fay", "desk@acme.example");
    assert_pairs(workspace, "");
    OK(qbg_contact_set_name(last, "ann"));
    assert_pairs(workspace, "contact a b email\ncontact a c email\ncontact a d email\n"
                            "contact a e email\ncontact a f email\ncontact a g email\n");
}

static void one_name_at_one_account_is_one_person(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = add_account(workspace, "acme"), *other = add_account(workspace, "other");
    person(workspace, "a", acme, "Елена Соколова", NULL);
    person(workspace, "b", acme, "СОКОЛОВА, Елена", NULL);
    person(workspace, "c", other, "Елена Соколова", NULL);
    person(workspace, "d", NULL, "Елена Соколова", NULL);
    person(workspace, "e", NULL, "Елена Соколова", NULL);
    person(workspace, "f", acme, "Елена Соколова-Волкова", NULL);
    person(workspace, "g", acme, "Пётр Волков", NULL);
    person(workspace, "h", acme, "Волков  Петр", NULL);
    assert_pairs(workspace, "contact a b name\ncontact g h name\n");
}

static void accounts_are_shared_whenever_that_was(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = add_account(workspace, "acme"), *other = add_account(workspace, "other");
    qbg_contact *once = person(workspace, "once", acme, "Ann Lee", NULL);
    qbg_contact *later = person(workspace, "later", other, "Ann Lee", NULL);
    assert_pairs(workspace, "");
    OK(qbg_contact_set_account(once, NULL, NOON, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(later, acme, NOON + DAY, QBG_SOURCE_RULE));
    assert_pairs(workspace, "contact later once name\n");
}

static void who_came_back_is_no_pair_with_himself(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = add_account(workspace, "acme"), *other = add_account(workspace, "other");
    qbg_contact *ann = person(workspace, "ann", acme, "Ann Lee", NULL);
    OK(qbg_contact_set_account(ann, other, NOON, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(ann, acme, NOON + DAY, QBG_SOURCE_HOST));
    assert_pairs(workspace, "");
    qbg_contact *twin = person(workspace, "twin", acme, "Lee Ann", NULL);
    assert_pairs(workspace, "contact ann twin name\n");
    OK(qbg_contact_set_account(twin, other, NOON, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(twin, acme, NOON + DAY, QBG_SOURCE_HOST));
    assert_pairs(workspace, "contact ann twin name\n");
}

/* ---- accounts -------------------------------------------------------------------------------- */

static void one_domain_is_one_company(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "b", "Red Daisy", "Daisy.example");
    company(workspace, "a", "Daisy Ltd", "daisy.example");
    company(workspace, "c", "Tulip", "gmail.com");
    company(workspace, "d", "Rose", "gmail.com");
    assert_pairs(workspace, "account a b domain\n");
}

static void a_domain_of_many_names_is_no_evidence(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    char key[32];
    for (int i = 0; i < 8; i++) {
        snprintf(key, sizeof key, "company-%d", i);
        company(workspace, key, key, "provider.example");
    }
    company(workspace, "nameless", NULL, "provider.example");
    qbg_table *table = duplicates(workspace);
    assert_int_equal(qbg_table_row_count(table), 8);
    qbg_table_free(table);
    company(workspace, "ninth", "Ninth", "provider.example");
    assert_pairs(workspace, "");
}

static void one_name_is_one_company(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "a", "Красная ромашка", NULL);
    company(workspace, "b", "«КРАСНАЯ РОМАШКА»", NULL);
    company(workspace, "c", "Красная  ромашка плюс", NULL);
    company(workspace, "c1", "Ромашка красная", NULL);
    company(workspace, "d", NULL, NULL);
    company(workspace, "e", "", NULL);
    company(workspace, "f", "-", NULL);
    company(workspace, "g", "-", NULL);
    assert_pairs(workspace, "account a b name\n");
}

static void forms_and_scripts_do_not_matter(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "a", "ООО «Красная ромашка»", NULL);
    company(workspace, "b", "КРАСНАЯ РОМАШКА", NULL);
    company(workspace, "c", "Krasnaya Romashka LLC", NULL);
    company(workspace, "d", "Krasnaja Romashka", NULL);
    company(workspace, "e", "Alfa", NULL);
    company(workspace, "f", "Alpha", NULL);
    assert_pairs(workspace, "account a b name\naccount a c transliteration\n"
                            "account a d transliteration\naccount b c transliteration\n");
    qbg_table *table = duplicates(workspace);
    assert_true(qbg_table_double_at(table, 6, 1) == 0.5);
    qbg_table_free(table);
}

/* Each with the first one that it may be. */
static void forms_that_contradict_are_two_companies(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "a", "АО Дуб", NULL);
    company(workspace, "b", "ООО Дуб", NULL);
    assert_pairs(workspace, "");
    company(workspace, "c", "Дуб, ООО", NULL);
    company(workspace, "d", "ПАО «Дуб»", NULL);
    company(workspace, "e", "Дуб", NULL);
    assert_pairs(workspace, "account a d name\naccount a e name\naccount b c name\n");
}

/* Somebody came in twice, once as a contact and once as a lead, or as two leads. */
static void a_name_and_a_company_are_one_person(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = company(workspace, "daisy", "ООО «Ромашка»", "daisy.example");
    person(workspace, "a", daisy, "Елена Соколова", NULL);
    OK(qbg_contact_set_company(person(workspace, "b", NULL, "Соколова Елена", NULL), "Romashka"));
    person(workspace, "c", NULL, "Елена Соколова", "sokolova@spb.daisy.example");
    OK(qbg_contact_set_company(person(workspace, "d", NULL, "Елена Соколова", NULL), "Oak Ltd"));
    OK(qbg_contact_set_company(person(workspace, "e", NULL, "Елена Соколова", NULL), "OAK"));
    OK(qbg_contact_set_company(person(workspace, "f", NULL, "Елена Соколова", NULL), "Elm"));
    OK(qbg_contact_set_company(person(workspace, "g", NULL, "Елена Соколова", NULL), "n/a"));
    OK(qbg_contact_set_company(person(workspace, "h", NULL, "Елена Соколова", NULL), "n/a"));
    assert_pairs(workspace, "contact a b name\ncontact a c name\ncontact d e name\n");
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static void reasons_stand_in_a_fixed_order(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = company(workspace, "y", "Acme", "acme.example");
    company(workspace, "x", "ACME", "acme.example");
    person(workspace, "p", acme, "Ann Lee", "ann@acme.example");
    person(workspace, "o", acme, "Lee Ann", "ann@acme.example");
    assert_pairs(workspace, "account x y domain;name\ncontact o p email;name\n");
    qbg_table *table = duplicates(workspace);
    assert_true(qbg_table_double_at(table, 6, 0) == 0.88); /* 1 - 0.3 x 0.4 */
    assert_true(qbg_table_double_at(table, 6, 1) == 0.96); /* 1 - 0.1 x 0.4 */
    qbg_table_free(table);
}

static void rows_are_by_entity_then_keys(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "z", NULL, "z.example");
    company(workspace, "Z", NULL, "z.example");
    company(workspace, "ё", NULL, "a.example");
    company(workspace, "е", NULL, "a.example");
    person(workspace, "k2", NULL, NULL, "1@a");
    person(workspace, "k10", NULL, NULL, "1@a");
    person(workspace, "k1", NULL, NULL, "1@a");
    person(workspace, "a", NULL, NULL, "2@a");
    person(workspace, "b", NULL, NULL, "2@a");
    assert_pairs(workspace, "account Z z domain\naccount е ё domain\n"
                            "contact a b email\ncontact k1 k10 email\ncontact k1 k2 email\n");
}

/* b and c share the address, a and c the name: two pairs, by which all three are brought together.
 */
static void each_reason_pairs_its_own(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = add_account(workspace, "acme");
    person(workspace, "a", acme, "Ann Lee", NULL);
    person(workspace, "b", NULL, "A. Lee", "ann@acme.example");
    person(workspace, "c", acme, "Ann Lee", "ann@acme.example");
    assert_pairs(workspace, "contact a c name\ncontact b c email\n");
}

static void as_many_as_there_are_but_one(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = add_account(workspace, "acme");
    const int count = 20000;
    char key[32];
    for (int i = 0; i < count; i++) {
        snprintf(key, sizeof key, "k%05d", i * 7919 % count);
        person(workspace, key, acme, "Ann Lee", "ann@acme.example");
    }
    qbg_table *table = duplicates(workspace);
    assert_int_equal(qbg_table_row_count(table), count - 1);
    for (int i = 0; i < count - 1; i++) {
        int64_t size;
        assert_memory_equal(qbg_table_text_at(table, 1, i, &size), "k00000", 6);
        snprintf(key, sizeof key, "k%05d", i + 1);
        assert_memory_equal(qbg_table_text_at(table, 2, i, &size), key, 6);
        assert_memory_equal(qbg_table_text_at(table, 5, i, &size), "email;name", 10);
    }
    qbg_table_free(table);
}

static void the_table_has_keys_and_nothing_personal(void **state) {
    static const char *const secrets[] = {"lee", "acme", "secret"};
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = company(workspace, "1", "acme", "acme.secret");
    company(workspace, "2", "acme", "acme.secret");
    person(workspace, "3", acme, "ann lee", "lee@acme.secret");
    person(workspace, "4", acme, "ann lee", "lee@acme.secret");
    qbg_table *table = duplicates(workspace);
    assert_int_equal(qbg_table_row_count(table), 2);
    for (int32_t column = 0; column < qbg_table_column_count(table); column++) {
        char text[256] = "";
        const int64_t *offsets = NULL;
        const char *bytes = qbg_table_text_column(table, column, &offsets);
        if (!bytes) continue;
        append(text, sizeof text, bytes, offsets[2]);
        for (int i = 0; i < 3; i++) assert_null(strstr(text, secrets[i]));
    }
    qbg_table_free(table);
}

/* ---- random worlds against the definition ---------------------------------------------------- */

enum { PEOPLE = 60, ADDRESSES = 12, NAMES = 8, PLACES = 3 };

typedef struct somebody {
    char key[16];
    uint32_t address, name, place; /* 0: none */
} somebody;

static uint32_t next_random(uint64_t *seed, uint32_t below) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % below;
}

static void add_somebody(qbg_workspace *workspace, const somebody *at, uint64_t *seed) {
    static const char *const address_forms[] = {"p%u@acme.example", " P%u@ACME.example "};
    static const char *const name_forms[] = {"Пётр В%u", "в%u, петр", "«ПЕТР»  В%u"};
    char address[64], name[64], place[16];
    snprintf(address, sizeof address, address_forms[next_random(seed, 2)], (unsigned)at->address);
    snprintf(name, sizeof name, name_forms[next_random(seed, 3)], (unsigned)at->name);
    snprintf(place, sizeof place, "a%u", (unsigned)at->place);
    person(workspace, at->key, at->place ? qbg_account_find(workspace, place) : NULL,
           at->name ? name : NULL, at->address ? address : NULL);
}

static int have_one_address(const somebody *all, const somebody *a, const somebody *b) {
    int named[NAMES] = {0}, names = 0;
    if (a->address == 0 || a->address != b->address) return 0;
    for (int i = 0; i < PEOPLE; i++)
        if (all[i].address == a->address && all[i].name != 0 && !named[all[i].name]++) names++;
    return names <= 4;
}

static int have_one_name(const somebody *all, const somebody *a, const somebody *b) {
    (void)all;
    return a->name != 0 && a->name == b->name && a->place != 0 && a->place == b->place;
}

/* Is `a` the smallest of those who are so like b? */
static int is_pair(const somebody *all, const somebody *a, const somebody *b,
                   int alike(const somebody *, const somebody *, const somebody *)) {
    if (strcmp(a->key, b->key) >= 0 || !alike(all, a, b)) return 0;
    for (int i = 0; i < PEOPLE; i++)
        if (alike(all, &all[i], b) && strcmp(all[i].key, a->key) < 0) return 0;
    return 1;
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const somebody *)a)->key, ((const somebody *)b)->key);
}

static void write_expected(const somebody *all, char *out, size_t room) {
    out[0] = '\0';
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < PEOPLE; j++) {
            int email = is_pair(all, &all[i], &all[j], have_one_address);
            int name = is_pair(all, &all[i], &all[j], have_one_name);
            const char *words[] = {
                "contact ", all[i].key, " ",
                all[j].key, " ",        email && name ? "email;name" : email ? "email" : "name",
                "\n"};
            if (!email && !name) continue;
            for (int k = 0; k < 7; k++) append(out, room, words[k], (int64_t)strlen(words[k]));
        }
}

static void random_worlds_agree_with_the_definition(void **state) {
    (void)state;
    static char expected[8192];
    uint64_t seed = 5;
    for (int round = 0; round < 200; round++) {
        somebody all[PEOPLE];
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        for (int i = 1; i <= PLACES; i++) {
            char place[16];
            snprintf(place, sizeof place, "a%d", i);
            add_account(workspace, place);
        }
        for (int i = 0; i < PEOPLE; i++) {
            snprintf(all[i].key, sizeof all[i].key, "k%d", (i * 37 + round) % 100);
            all[i].address =
                next_random(&seed, 4) ? 0 : 1 + next_random(&seed, round % 2 ? 2 : ADDRESSES - 1);
            all[i].name = next_random(&seed, 2) ? 0 : 1 + next_random(&seed, NAMES - 1);
            all[i].place = next_random(&seed, PLACES + 1);
            add_somebody(workspace, &all[i], &seed);
        }
        qsort(all, PEOPLE, sizeof all[0], by_key);
        write_expected(all, expected, sizeof expected);
        assert_pairs(workspace, expected);
        qbg_workspace_free(workspace);
    }
}

/* ---- memory and misuse ----------------------------------------------------------------------- */

static void without_memory_there_is_no_table(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    qbg_account *acme = company(workspace, "y", "Acme", "acme.example");
    company(workspace, "x", "ACME", "acme.example");
    person(workspace, "p", acme, "Ann Lee", "ann@acme.example");
    person(workspace, "o", acme, "Lee Ann", "ann@acme.example");
    qbg_table *table = NULL;
    qbg_status status = QBG_E_MEMORY;
    size_t before = memory->bytes;
    long request = 0;
    for (; status != QBG_OK; request++) {
        refuse(memory, request);
        status = qbg_duplicates(workspace, &table);
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        if (status != QBG_OK) {
            assert_null(table);
            assert_int_equal(memory->bytes, before);
        }
    }
    refuse(memory, NEVER);
    assert_true(request > 10);
    assert_int_equal(qbg_table_row_count(table), 2);
    qbg_table_free(table);
}

static void the_table_outlives_the_workspace(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    OK(qbg_workspace_new(NULL, &workspace));
    person(workspace, "a", NULL, NULL, "x@y");
    person(workspace, "b", NULL, NULL, "x@y");
    qbg_table *table = duplicates(workspace);
    qbg_workspace_free(workspace);
    int64_t size;
    assert_memory_equal(qbg_table_text_at(table, 2, 0, &size), "b", 1);
    qbg_table_free(table);
}

static void misuse_is_refused(void **state) {
    qbg_table *table = NULL;
    assert_int_equal(qbg_duplicates(NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_duplicates(workspace_of(state), NULL), QBG_E_ARGUMENT);
    assert_null(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(nobody_is_a_duplicate_in_an_empty_workspace),
        in_workspace(one_address_is_one_person),
        in_workspace(second_to_fourth_people_of_a_company_stay_people),
        in_workspace(an_address_of_many_names_is_no_evidence),
        in_workspace(one_name_at_one_account_is_one_person),
        in_workspace(accounts_are_shared_whenever_that_was),
        in_workspace(who_came_back_is_no_pair_with_himself),
        in_workspace(one_domain_is_one_company),
        in_workspace(a_domain_of_many_names_is_no_evidence),
        in_workspace(one_name_is_one_company),
        in_workspace(forms_and_scripts_do_not_matter),
        in_workspace(forms_that_contradict_are_two_companies),
        in_workspace(a_name_and_a_company_are_one_person),
        in_workspace(reasons_stand_in_a_fixed_order),
        in_workspace(rows_are_by_entity_then_keys),
        in_workspace(each_reason_pairs_its_own),
        in_workspace(as_many_as_there_are_but_one),
        in_workspace(the_table_has_keys_and_nothing_personal),
        cmocka_unit_test(random_worlds_agree_with_the_definition),
        in_workspace(without_memory_there_is_no_table),
        cmocka_unit_test(the_table_outlives_the_workspace),
        in_workspace(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
