/* trait_test: how names, addresses and domains are folded, and which of them tell nothing. */
#include "fixture.h"

#include "analysis/trait.h"
#include "model/workspace.h"

/* ---- what is told of rows, as text ----------------------------------------------------------- */

typedef qbg_status read_traits(qbg__traits *traits, const qbg_workspace *workspace);

static void append(char *text, size_t room, const char *bytes, size_t size) {
    size_t used = strlen(text);
    assert_true(used + size < room);
    memcpy(text + used, bytes, size);
    text[used + size] = '\0';
}

/* want: "rule text" of each trait, joined with '|'. */
static void assert_traits(const qbg_workspace *workspace, read_traits *read, const char *want) {
    static const char *const rules[] = {"email ", "domain ", "name ", "sound "};
    char found[1024] = "";
    qbg__traits traits;
    qbg__traits_begin(&traits, qbg__workspace_mem(workspace));
    OK(read(&traits, workspace));
    for (uint32_t i = 0; i < traits.count; i++) {
        const qbg__trait *trait = &traits.at[i];
        if (i > 0) append(found, sizeof found, "|", 1);
        append(found, sizeof found, rules[trait->rule], strlen(rules[trait->rule]));
        append(found, sizeof found, qbg_blob_data(&traits.texts) + trait->text.start,
               trait->text.size);
    }
    qbg__traits_end(&traits);
    assert_string_equal(found, want);
}

/* A workspace's only contact, at its only account. */
typedef struct world {
    qbg_workspace *workspace;
    qbg_account *account;
    qbg_contact *contact;
} world;

static world world_of(void **state) {
    world at = {workspace_of(state), NULL, NULL};
    at.account = add_account(at.workspace, "acme");
    at.contact = add_contact(at.workspace, "ann", at.account);
    return at;
}

static void assert_name(const world *at, const char *name, const char *want) {
    OK(qbg_contact_set_name(at->contact, name));
    assert_traits(at->workspace, qbg__traits_of_contacts, want);
}

static void assert_email(const world *at, const char *email, const char *want) {
    OK(qbg_contact_set_email(at->contact, email));
    assert_traits(at->workspace, qbg__traits_of_contacts, want);
}

static void assert_company(const world *at, const char *name, const char *want) {
    OK(qbg_account_set_name(at->account, name));
    assert_traits(at->workspace, qbg__traits_of_accounts, want);
}

/* ---- names ----------------------------------------------------------------------------------- */

static void names_are_folded_and_their_words_ordered(void **state) {
    world at = world_of(state);
    assert_name(&at, "Елена Соколова", "name елена соколова");
    assert_name(&at, "Соколова Елена", "name елена соколова");
    assert_name(&at, "\t СОКОЛОВА,\r\n\xC2\xA0 елена. ", "name елена соколова");
    assert_name(&at, "Пётр Семёнов", "name петр семенов");
    assert_name(&at, "Соколова Е.В.", "name в е соколова");
    assert_name(&at, "Zoë O'Brien-Müller", "name o'brien-müller zoë");
    assert_name(&at, "ÉMILE «Zola» „x“ ”y“ \"z\";", "name x y z zola émile");
    assert_name(&at, "b a b ab", "name a ab b b");
}

static void what_is_no_full_name_tells_nothing(void **state) {
    static const char *const names[] = {"",  "Елена", "  Elena. ", "-",   "—",  "— —",
                                        "?", "1 2",   "Elena 2",   "...", "«»", "Elena —"};
    world at = world_of(state);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) assert_name(&at, names[i], "");
    assert_name(&at, NULL, "");
    assert_name(&at, "Elena S 2", "name 2 elena s");
}

/* Chinese, Greek: letters that are not folded, and of which one word may be all. */
static void names_of_other_scripts_may_be_one_word(void **state) {
    world at = world_of(state);
    assert_name(&at, "王小明", "name 王小明");
    assert_name(&at, "Νίκος", "name Νίκος");
}

/* What was told of an account counts at the one that it was merged into. */
static void a_name_counts_at_the_account_that_was_kept(void **state) {
    world at = world_of(state);
    qbg_account *kept = add_account(at.workspace, "kept");
    qbg_contact *twin = add_contact(at.workspace, "twin", kept);
    OK(qbg_contact_set_name(at.contact, "Ann Lee"));
    OK(qbg_contact_set_name(twin, "Ann Lee"));
    OK(qbg_account_merge(kept, at.account));
    assert_traits(at.workspace, qbg__traits_of_contacts, "name ann lee|name ann lee");
}

static void a_name_counts_at_every_account_where_he_was(void **state) {
    world at = world_of(state);
    qbg_account *other = add_account(at.workspace, "other");
    OK(qbg_contact_set_name(at.contact, "Ann Lee"));
    OK(qbg_contact_set_account(at.contact, other, NOON, QBG_SOURCE_HOST));
    OK(qbg_contact_set_account(at.contact, NULL, NOON + DAY, QBG_SOURCE_HOST));
    assert_traits(at.workspace, qbg__traits_of_contacts, "name ann lee|name ann lee");
    add_contact(at.workspace, "lead", NULL);
    OK(qbg_contact_set_name(qbg_contact_find(at.workspace, "lead"), "Bob Ray"));
    assert_traits(at.workspace, qbg__traits_of_contacts, "name ann lee|name ann lee");
}

static void companies_are_their_base_names(void **state) {
    world at = world_of(state);
    assert_company(&at, "ООО «Красная  Ромашка»", "name красная ромашка|sound krasnaia romaSka");
    assert_company(&at, "Ромашка", "name ромашка|sound romaSka");
    assert_company(&at, "Smith & Jones, Inc.", "name smith & jones|sound smith i enes");
    assert_company(&at, "3M", "name 3m");
    assert_company(&at, "-", "");
    assert_company(&at, "42", "");
    assert_company(&at, "Ltd", "");
    assert_company(&at, "", "");
}

/* Somebody without an account is where his address and his company lead. */
static void leads_have_their_names_where_they_say(void **state) {
    world at = world_of(state);
    OK(qbg_account_add_domain(at.account, "acme.example"));
    OK(qbg_account_set_name(at.account, "Acme"));
    qbg_contact *lead = add_contact(at.workspace, "lead", NULL);
    OK(qbg_contact_set_name(lead, "Ann Lee"));
    assert_traits(at.workspace, qbg__traits_of_contacts, "");
    OK(qbg_contact_set_company(lead, "ACME Ltd"));
    assert_traits(at.workspace, qbg__traits_of_contacts, "name ann lee");
    OK(qbg_contact_set_company(lead, "Oak, Inc."));
    assert_traits(at.workspace, qbg__traits_of_contacts, "name ann lee\noak");
    OK(qbg_contact_set_company(lead, "n/a"));
    assert_traits(at.workspace, qbg__traits_of_contacts, "");
    OK(qbg_contact_set_email(lead, "ann@acme.example"));
    assert_traits(at.workspace, qbg__traits_of_contacts, "email ann@acme.example|name ann lee");
}

static void a_name_of_many_words_is_folded_at_once(void **state) {
    world at = world_of(state);
    const uint32_t count = 200000;
    char *name = malloc(2 * (size_t)count + 1);
    assert_non_null(name);
    for (uint32_t i = 0; i < count; i++) memcpy(name + (size_t)i * 2, i % 2 ? "a " : "b ", 2);
    name[2 * (size_t)count] = '\0';
    OK(qbg_contact_set_name(at.contact, name));
    qbg__traits traits;
    qbg__traits_begin(&traits, qbg__workspace_mem(at.workspace));
    OK(qbg__traits_of_contacts(&traits, at.workspace));
    assert_int_equal(traits.count, 1);
    assert_int_equal(traits.at[0].text.size, 2 * count - 1);
    assert_int_equal(qbg_blob_data(&traits.texts)[count - 2], 'a');
    assert_int_equal(qbg_blob_data(&traits.texts)[count], 'b');
    qbg__traits_end(&traits);
    free(name);
}

/* ---- addresses and domains ------------------------------------------------------------------- */

static void addresses_are_trimmed_and_in_lower_case(void **state) {
    world at = world_of(state);
    assert_email(&at, " Ann@Acme.Example\n", "email ann@acme.example");
    assert_email(&at, "ПОЧТА@Ёлка.рф", "email почта@ёлка.рф");
    assert_email(&at, "почта@ЕЛКА.рф", "email почта@елка.рф");
    assert_email(&at, "a@b", "email a@b");
}

static void what_is_no_address_tells_nothing(void **state) {
    static const char *const emails[] = {"", "-", "n/a", "нет", "@", "a@", "@b", " @b "};
    world at = world_of(state);
    for (size_t i = 0; i < sizeof emails / sizeof emails[0]; i++) assert_email(&at, emails[i], "");
    assert_email(&at, NULL, "");
}

static void mailboxes_of_many_tell_nothing(void **state) {
    static const char *const emails[] = {"info@acme.example",    "Office@acme.example",
                                         " INFO@gmail.com ",     "accounting@b",
                                         "zakupki@acme.example", "no-reply@acme.example"};
    world at = world_of(state);
    for (size_t i = 0; i < sizeof emails / sizeof emails[0]; i++) assert_email(&at, emails[i], "");
    assert_email(&at, "informer@b", "email informer@b");
    assert_email(&at, "inf@b", "email inf@b");
    assert_email(&at, "info@b@c", "email info@b@c");
    assert_email(&at, "ann@gmail.com", "email ann@gmail.com");
}

static void free_mail_is_no_companys_domain(void **state) {
    static const char *const domains[] = {"gmail.com", "Mail.RU", "yandex.ru", "126.com",
                                          "zoho.com",  "none",    "localhost"};
    world at = world_of(state);
    for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++)
        OK(qbg_account_add_domain(at.account, domains[i]));
    assert_traits(at.workspace, qbg__traits_of_accounts, "");
    OK(qbg_account_add_domain(at.account, "Acme.Example"));
    OK(qbg_account_add_domain(at.account, "mail.ru.example"));
    OK(qbg_account_add_domain(at.account, "ail.ru"));
    assert_traits(at.workspace, qbg__traits_of_accounts,
                  "domain acme.example|domain mail.ru.example|domain ail.ru");
}

/* ---- comparing ------------------------------------------------------------------------------- */

static void traits_are_equal_by_rule_place_and_text(void **state) {
    world at = world_of(state);
    qbg_account *other = add_account(at.workspace, "other");
    qbg_contact *twin = add_contact(at.workspace, "twin", at.account);
    qbg_contact *stranger = add_contact(at.workspace, "stranger", other);
    OK(qbg_contact_set_name(at.contact, "Ann Lee"));
    OK(qbg_contact_set_name(twin, "lee, ann"));
    OK(qbg_contact_set_name(stranger, "Ann Lee"));
    qbg__traits traits;
    qbg__traits_begin(&traits, qbg__workspace_mem(at.workspace));
    OK(qbg__traits_of_contacts(&traits, at.workspace));
    assert_int_equal(traits.count, 3);
    const qbg__trait *first = &traits.at[0];
    assert_int_equal(qbg__trait_compare(&traits, first, &traits.at[1]), 0);
    assert_int_not_equal(qbg__trait_compare(&traits, first, &traits.at[2]), 0);
    for (int part = 0; part < 4; part++) { /* also when the hashes collide */
        qbg__trait other_one = traits.at[1];
        if (part == 1) other_one.rule = QBG__TRAIT_EMAIL;
        if (part == 2) other_one.place = QBG_NONE;
        if (part == 3) other_one.text.size--;
        int there = qbg__trait_compare(&traits, first, &other_one);
        int back = qbg__trait_compare(&traits, &other_one, first);
        assert_true(part == 0 ? there == 0 && back == 0 : (there < 0) != (back < 0));
    }
    qbg__traits_end(&traits);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void out_of_memory_is_told_and_nothing_leaks(void **state) {
    world at = world_of(state);
    host *memory = &((fixture *)*state)->memory;
    OK(qbg_contact_set_name(at.contact, "Ann Lee"));
    OK(qbg_contact_set_email(at.contact, "ann@acme.example"));
    OK(qbg_account_set_name(at.account, "Acme"));
    OK(qbg_account_add_domain(at.account, "acme.example"));
    qbg_contact *lead = add_contact(at.workspace, "lead", NULL);
    OK(qbg_contact_set_name(lead, "Bob Ray"));
    OK(qbg_contact_set_company(lead, "Oak"));
    read_traits *const reads[] = {qbg__traits_of_accounts, qbg__traits_of_contacts};
    for (int i = 0; i < 2; i++) {
        qbg_status status = QBG_E_MEMORY;
        long request = 0;
        for (; status != QBG_OK; request++) {
            qbg__traits traits;
            size_t before = memory->bytes;
            qbg__traits_begin(&traits, qbg__workspace_mem(at.workspace));
            refuse(memory, request);
            status = reads[i](&traits, at.workspace);
            if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
            qbg__traits_end(&traits);
            assert_int_equal(memory->bytes, before);
        }
        refuse(memory, NEVER);
        assert_true(request > 4);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(names_are_folded_and_their_words_ordered),
        in_workspace(what_is_no_full_name_tells_nothing),
        in_workspace(names_of_other_scripts_may_be_one_word),
        in_workspace(a_name_counts_at_every_account_where_he_was),
        in_workspace(a_name_counts_at_the_account_that_was_kept),
        in_workspace(companies_are_their_base_names),
        in_workspace(leads_have_their_names_where_they_say),
        in_workspace(a_name_of_many_words_is_folded_at_once),
        in_workspace(addresses_are_trimmed_and_in_lower_case),
        in_workspace(what_is_no_address_tells_nothing),
        in_workspace(mailboxes_of_many_tell_nothing),
        in_workspace(free_mail_is_no_companys_domain),
        in_workspace(traits_are_equal_by_rule_place_and_text),
        in_workspace(out_of_memory_is_told_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
