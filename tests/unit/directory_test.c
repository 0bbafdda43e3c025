/* directory_test: how accounts are seen by a mail domain and a name. */
#include "fixture.h"

#include "analysis/directory.h"
#include "model/workspace.h"

static qbg_account *company(qbg_workspace *workspace, const char *key, const char *name,
                            const char *domain) {
    qbg_account *account = NULL;
    OK(qbg_account_add(workspace, key, name, &account));
    if (domain) OK(qbg_account_add_domain(account, domain));
    return account;
}

/* want: "key seen" of each candidate, '*' before the one that is chosen. */
static void assert_seen(const qbg_workspace *workspace, const char *email, const char *name,
                        const char *want) {
    char found[2048] = "";
    qbg__directory directory;
    qbg__directory_begin(&directory, workspace);
    OK(qbg__directory_fill(&directory));
    OK(qbg__directory_look_up(&directory, email, name));
    uint32_t chosen = qbg__directory_choose(&directory);
    for (uint32_t i = 0; i < directory.candidate_count; i++) {
        const qbg_account *account = qbg_account_at(workspace, directory.candidates[i].account);
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%s%s %u", i ? "|" : "",
                 i == chosen ? "*" : "", qbg_account_key(account),
                 (unsigned)directory.candidates[i].seen);
    }
    qbg__directory_end(&directory);
    assert_string_equal(found, want);
}

enum { DOMAIN = 1, RELATED = 2, NAME = 4, SOUND = 8, OTHER = 16, SAME = 32, STRANGE = 64 };

static void the_flags_are_as_written_here(void **state) {
    (void)state;
    assert_int_equal(QBG__SEEN_DOMAIN, DOMAIN);
    assert_int_equal(QBG__SEEN_RELATED, RELATED);
    assert_int_equal(QBG__SEEN_NAME, NAME);
    assert_int_equal(QBG__SEEN_SOUND, SOUND);
    assert_int_equal(QBG__SEEN_OTHER_FORM, OTHER);
    assert_int_equal(QBG__SEEN_SAME_FORM, SAME);
    assert_int_equal(QBG__SEEN_STRANGE_DOMAIN, STRANGE);
}

static void the_nearest_domain_wins(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *acme = company(workspace, "acme", "Acme", "acme.co.uk");
    OK(qbg_account_add_domain(acme, "acme.example"));
    company(workspace, "lab", "Lab", "lab.acme.co.uk");
    company(workspace, "web", "Web", "www.Web.example");
    company(workspace, "sub", "Sub", "eu.sub.example");
    company(workspace, "free", "Free", "gmail.com");
    company(workspace, "suffix", "Suffix", "co.uk");
    assert_seen(workspace, "a@acme.co.uk", "", "*acme 1");
    assert_seen(workspace, "a@mail.acme.co.uk", "", "*acme 1");
    assert_seen(workspace, "a@ACME.example", "", "*acme 1");
    assert_seen(workspace, "a@lab.acme.co.uk", "", "*lab 1");
    assert_seen(workspace, "a@x.lab.acme.co.uk", "", "*lab 1");
    assert_seen(workspace, "https://web.example/x", "", "*web 1");
    assert_seen(workspace, "a@us.sub.example", "", "*sub 2");
    assert_seen(workspace, "a@sub.example", "", "*sub 2");
    assert_seen(workspace, "a@gmail.com", "", "");
    assert_seen(workspace, "a@oak.co.uk", "", "");
    assert_seen(workspace, "a@notacme.co.uk", "", "");
    assert_seen(workspace, "acme", "", "");
    assert_seen(workspace, "", "", "");
}

static void names_are_seen_in_both_scripts(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "daisy", "ООО «Красная ромашка»", NULL);
    company(workspace, "alfa", "Alfa Bank", NULL);
    company(workspace, "nameless", NULL, NULL);
    company(workspace, "test", "Test", NULL);
    assert_seen(workspace, "", "красная Ромашка", "*daisy 4");
    assert_seen(workspace, "", "Красная ромашка, ООО", "*daisy 36");
    assert_seen(workspace, "", "Krasnaya Romashka LLC", "*daisy 8");
    assert_seen(workspace, "", "АО «Красная ромашка»", "daisy 16");
    assert_seen(workspace, "", "Альфа-Банк", "*alfa 8");
    assert_seen(workspace, "", "Alpha Bank", "");
    assert_seen(workspace, "", "Nameless Ltd", "*nameless 4");
    assert_seen(workspace, "", "ООО", "");
    assert_seen(workspace, "", "test", "");
    assert_seen(workspace, "", "N/A", "");
}

static void domain_and_name_have_to_agree(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "a", "Acme", "acme.example");
    company(workspace, "b", "Oak", "oak.example");
    company(workspace, "c", "Elm", NULL);
    company(workspace, "d", "Acme Lab", "acme.example");
    assert_seen(workspace, "x@acme.example", "", "a 1|d 1");
    assert_seen(workspace, "x@acme.example", "Acme", "*a 5|d 1");
    assert_seen(workspace, "x@acme.example", "Acme Lab Ltd", "a 1|*d 5");
    assert_seen(workspace, "x@oak.example", "Elm", "b 1|c 4");
    assert_seen(workspace, "x@oak.example", "Something else", "*b 1");
    assert_seen(workspace, "x@acme.example", "Elm", "a 1|c 4|d 1");
    assert_seen(workspace, "x@else.example", "Oak", "*b 68");
    assert_seen(workspace, "x@else.example", "Elm", "*c 4");
    assert_seen(workspace, "x@gmail.com", "Oak", "*b 4");
}

static void a_form_chooses_among_namesakes(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    company(workspace, "ao", "АО Дуб", NULL);
    company(workspace, "ooo", "ООО Дуб", NULL);
    assert_seen(workspace, "", "Дуб", "ao 4|ooo 4");
    assert_seen(workspace, "", "ООО «Дуб»", "ao 16|*ooo 36");
    assert_seen(workspace, "", "ИП Дуб", "ao 16|ooo 16");
    company(workspace, "plain", "Дуб", NULL);
    assert_seen(workspace, "", "ООО «Дуб»", "ao 16|*ooo 36|plain 4");
    company(workspace, "twin", "Дуб ООО", NULL);
    assert_seen(workspace, "", "ООО «Дуб»", "ao 16|ooo 36|plain 4|twin 36");
}

static void what_very_many_share_finds_nobody(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    char key[16];
    for (int i = 0; i < 64; i++) {
        snprintf(key, sizeof key, "%02d", i);
        company(workspace, key, "Same", "same.example");
    }
    qbg__directory directory;
    qbg__directory_begin(&directory, workspace);
    OK(qbg__directory_fill(&directory));
    OK(qbg__directory_look_up(&directory, "x@same.example", "Same"));
    assert_int_equal(directory.candidate_count, 64);
    assert_int_equal(qbg__directory_choose(&directory), QBG_NONE);
    company(workspace, "64", "Same", "same.example");
    OK(qbg__directory_fill(&directory));
    OK(qbg__directory_look_up(&directory, "x@same.example", "Same"));
    assert_int_equal(directory.candidate_count, 0);
    qbg__directory_end(&directory);
}

static void rows_that_are_gone_are_not_listed(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *kept = company(workspace, "kept", "Oak", "oak.example");
    qbg_account *lost = company(workspace, "lost", "Elm", "elm.example");
    qbg_account *gone = company(workspace, "gone", "Ash", "ash.example");
    OK(qbg_account_merge(kept, lost));
    OK(qbg_account_remove(gone, 0));
    assert_seen(workspace, "x@elm.example", "", "*kept 1");
    assert_seen(workspace, "x@ash.example", "Ash", "");
}

static void without_memory_nothing_leaks(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    host *memory = &((fixture *)*state)->memory;
    company(workspace, "a", "Дуб", "oak.example");
    company(workspace, "b", "ООО Дуб", "elm.example");
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    for (; status != QBG_OK; request++) {
        size_t before = memory->bytes;
        qbg__directory directory;
        qbg__directory_begin(&directory, workspace);
        refuse(memory, request);
        status = qbg__directory_fill(&directory);
        if (status == QBG_OK) status = qbg__directory_look_up(&directory, "x@oak.example", "Dub");
        if (memory->requests > request) assert_int_equal(status, QBG_E_MEMORY);
        qbg__directory_end(&directory);
        assert_int_equal(memory->bytes, before);
    }
    refuse(memory, NEVER);
    assert_true(request > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_flags_are_as_written_here),
        in_workspace(the_nearest_domain_wins),
        in_workspace(names_are_seen_in_both_scripts),
        in_workspace(domain_and_name_have_to_agree),
        in_workspace(a_form_chooses_among_namesakes),
        in_workspace(what_very_many_share_finds_nobody),
        in_workspace(rows_that_are_gone_are_not_listed),
        in_workspace(without_memory_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
