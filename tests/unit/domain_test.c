/* domain_test: what was registered, in addresses, URLs and hosts; and free mail. */
#include "fixture.h"

#include "model/domain.h"

/* The lists once more. */
#define SUFFIX(name, labels) {name, labels},
static const char *const suffixes[][2] = {
#include "model/domain.suffix.inc"
};
#define BRAND(label) label,
#define FREE(domain)
static const char *const brands[] = {
#include "model/domain.free.inc"
};
#undef BRAND
#undef FREE
#define BRAND(label)
#define FREE(domain) domain,
static const char *const free_mail[] = {
#include "model/domain.free.inc"
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* want: NULL when nobody can have registered it. */
static void assert_domain(const char *text, const char *want) {
    qbg_blob *domain = NULL;
    int32_t is_free = 7;
    qbg_status status = qbg_domain_read(NULL, text, &domain, &is_free);
    if (status != (want ? QBG_OK : QBG_E_FORMAT)) fail_msg("\"%s\": %d", text, status);
    if (want) assert_string_equal(qbg_blob_data(domain), want);
    if (!want) assert_true(domain == NULL && is_free == 7);
    qbg_blob_free(domain);
}

static int is_free(const char *text) {
    int32_t found = 7;
    OK(qbg_domain_read(NULL, text, NULL, &found));
    return found;
}

static void hosts_are_found(void **state) {
    static const char *const texts[] = {
        "acme.com",
        "ACME.com",
        "www.acme.com",
        "a.b.c.d.e.f.g.acme.com",
        "ann@acme.com",
        " Ann@mail.ACME.Com ",
        "Ann Lee <ann@acme.com>",
        "mailto:ann@acme.com",
        "\"a@b\"@acme.com",
        "http://acme.com",
        "https://www.acme.com:8080/a/b?c=d@e#f",
        "acme.com/about",
        "acme.com.",
        "https://user:password@acme.com/",
        "acme.com?x",
        "MAILTO:ann@acme.com",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) assert_domain(texts[i], "acme.com");
}

static void what_is_no_domain_is_refused(void **state) {
    static const char *const texts[] = {
        "",
        " ",
        "acme",
        "@",
        "ann@",
        "@acme.com",
        "ann@acme",
        "n/a",
        "-",
        "нет",
        "acme..com",
        ".acme.com",
        "a b.com",
        "a,b.com",
        "10.0.0.1",
        "ann@[10.0.0.1]",
        "http://",
        "<>",
        "a@b@",
        "1.2",
        "ann@acme.com, bob@acme.com",
        "acme.c\tom",
        "//acme.com",
        "<ann@acme.com>>",
        ".",
        "..",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) assert_domain(texts[i], NULL);
}

static void public_suffixes_are_nobodys(void **state) {
    static const char *const nobodys[] = {
        "com",       "co.uk",  "com.br", "spb.ru",  "com.ru",      "acme.ck",        "eu.com",
        "k12.ny.us", "gov.xx", "рф",     "公司.cn", "c.nagoya.jp", "onmicrosoft.com"};
    static const char *const owned[][2] = {
        {"b.acme.co.uk", "acme.co.uk"},
        {"acme.uk", "acme.uk"},
        {"x.acme.com.br", "acme.com.br"},
        {"acme.spb.ru", "acme.spb.ru"},
        {"mail.acme.com.ru", "acme.com.ru"},
        {"acme.ru", "acme.ru"},
        {"b.acme.ck", "b.acme.ck"},
        {"a.www.ck", "www.ck"},
        {"www.acme.ny.us", "acme.ny.us"},
        {"a.acme.k12.ny.us", "acme.k12.ny.us"},
        {"www.city.nagoya.jp", "city.nagoya.jp"},
        {"a.b.c.nagoya.jp", "b.c.nagoya.jp"},
        {"acme.nara.jp", "acme.nara.jp"},
        {"почта.ёлка.РФ", "ёлка.рф"},
        {"a.b.example", "b.example"},
        {"x.acme.onmicrosoft.com", "acme.onmicrosoft.com"},
        {"mail.acme.edu.pl", "acme.edu.pl"},
        {"co.com.acme.de", "acme.de"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(nobodys); i++) assert_domain(nobodys[i], NULL);
    for (size_t i = 0; i < COUNT(owned); i++) assert_domain(owned[i][0], owned[i][1]);
}

static void free_mail_is_known(void **state) {
    static const char *const everybodys[] = {
        "ann@gmail.com",
        "ann@GoogleMail.com",
        "yahoo.fr",
        "yahoo.co.jp",
        "a@mail.ru",
        "bk.ru",
        "list.ru",
        "a@yandex.by",
        "ya.ru",
        "gmx.at",
        "web.de",
        "orange.fr",
        "hotmail.co.uk",
        "outlook.com",
        "a@mailinator.com",
        "163.com",
        "a@b.narod.ru",
        "icloud.com",
        "abv.bg",
    };
    static const char *const companies[] = {"acme.com",        "orange.com",  "gmail.acme.com",
                                            "mail.ru.example", "ail.ru",      "royalmail.com",
                                            "live.acme.co.uk", "mail.acme.ru"};
    (void)state;
    for (size_t i = 0; i < COUNT(everybodys); i++)
        if (!is_free(everybodys[i])) fail_msg("%s", everybodys[i]);
    for (size_t i = 0; i < COUNT(companies); i++)
        if (is_free(companies[i])) fail_msg("%s", companies[i]);
}

static void lists_are_sorted(void **state) {
    (void)state;
    for (size_t i = 1; i < COUNT(suffixes); i++)
        assert_true(strcmp(suffixes[i - 1][0], suffixes[i][0]) < 0);
    for (size_t i = 1; i < COUNT(brands); i++) assert_true(strcmp(brands[i - 1], brands[i]) < 0);
    for (size_t i = 1; i < COUNT(free_mail); i++)
        assert_true(strcmp(free_mail[i - 1], free_mail[i]) < 0);
}

/* Each list says what it is for: no label is a suffix already, or free by a brand. */
static void each_entry_counts(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(free_mail); i++)
        if (!is_free(free_mail[i])) fail_msg("%s", free_mail[i]);
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        const char *labels = suffixes[i][1];
        while (*labels && *labels != '*') {
            char name[128];
            size_t size = strcspn(labels, " ");
            snprintf(name, sizeof name, "%.*s.%s", (int)size, labels, suffixes[i][0]);
            assert_domain(name, NULL);
            labels += size + (labels[size] == ' ');
        }
    }
}

static void misuse_is_refused(void **state) {
    qbg_blob *blob = NULL;
    qbg_allocator bad = {1, NULL, NULL};
    (void)state;
    assert_int_equal(qbg_domain_read(NULL, NULL, &blob, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_domain_read(&bad, "acme.com", &blob, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_domain_read(NULL, "\xFF.com", &blob, NULL), QBG_E_TEXT);
    assert_null(blob);
    OK(qbg_domain_read(NULL, "acme.com", NULL, NULL));
}

static void out_of_memory_is_told(void **state) {
    (void)state;
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_blob *domain = NULL;
        int32_t found = 7;
        refuse(&memory, request);
        status = qbg_domain_read(&allocator, "ann@mail.acme.co.uk", &domain, &found);
        if (memory.requests > request) assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(found, status == QBG_OK ? 0 : 7);
        qbg_blob_free(domain);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_found),
        cmocka_unit_test(what_is_no_domain_is_refused),
        cmocka_unit_test(public_suffixes_are_nobodys),
        cmocka_unit_test(free_mail_is_known),
        cmocka_unit_test(lists_are_sorted),
        cmocka_unit_test(each_entry_counts),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
