/* legal_form_test: whether the list is in order, where forms may stand, and which contradict. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/script.h"
#include "base/text.h"
#include "model/legal_form.h"

#include <string.h>

enum {
    FRONT = QBG__FORM_FRONT,
    BACK = QBG__FORM_BACK,
    INSIDE = QBG__FORM_INSIDE,
    DOTTED = QBG__FORM_DOTTED
};

/* As a name's letters are folded; returns their scripts. */
static int fold(const char *text, char *out) {
    int scripts = 0;
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t code = qbg__text_next(&text, end);
        if (code == ' ') continue;
        char bytes[4];
        const char *at = bytes;
        size_t size = qbg__script_bare(code, bytes);
        uint32_t letter = qbg__text_next(&at, bytes + size), twin = qbg__script_latin_twin(letter);
        scripts |= qbg__script_of(letter);
        out += qbg__text_put(twin ? twin : letter, out);
    }
    *out = '\0';
    return scripts;
}

static uint8_t family(const char *text, int place) {
    char core[512];
    int scripts = fold(text, core);
    return qbg__form_find(core, strlen(core), scripts, place);
}

static void the_list_is_sorted_and_folded(void **state) {
    const char *text, *core, *before = "";
    (void)state;
    for (size_t i = 0; (text = qbg__form_at(i, &core)); i++) {
        char folded[512];
        fold(text, folded);
        assert_string_equal(core, folded);
        if (strcmp(before, core) > 0) fail_msg("\"%s\" stands too late", text);
        assert_true(strlen(core) > 1 && strlen(core) <= QBG__FORM_MOST);
        if (strpbrk(text, ".,/\"'ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            fail_msg("\"%s\" is not folded", text);
        before = core;
    }
    assert_null(qbg__form_at(100000, &core));
}

static void each_entry_is_found(void **state) {
    const char *text, *core;
    (void)state;
    for (size_t i = 0; (text = qbg__form_at(i, &core)); i++)
        if (family(text, FRONT | BACK | INSIDE | DOTTED) == QBG__FORM_NONE)
            fail_msg("\"%s\" is not found", text);
}

static void forms_have_places(void **state) {
    (void)state;
    assert_int_not_equal(family("gmbh", BACK), QBG__FORM_NONE);
    assert_int_equal(family("gmbh", FRONT), QBG__FORM_NONE);
    assert_int_not_equal(family("ооо", FRONT), QBG__FORM_NONE);
    assert_int_not_equal(family("ооо", INSIDE), QBG__FORM_NONE);
    assert_int_equal(family("inc", FRONT | INSIDE), QBG__FORM_NONE);
    assert_int_equal(family("spa", BACK), QBG__FORM_NONE);
    assert_int_not_equal(family("spa", BACK | DOTTED), QBG__FORM_NONE);
    assert_int_equal(family("as", FRONT), QBG__FORM_NONE);
    assert_int_not_equal(family("as", FRONT | DOTTED), QBG__FORM_NONE);
    assert_int_equal(family("ромашка", FRONT | BACK | INSIDE | DOTTED), QBG__FORM_NONE);
    assert_int_equal(family("gmb", BACK), QBG__FORM_NONE);
    assert_int_equal(family("gmbhh", BACK), QBG__FORM_NONE);
}

/* "too" is an English word, "ТОО" a form; letters that look alike may be mixed in it. */
static void scripts_matter(void **state) {
    (void)state;
    assert_int_equal(family("too", FRONT | BACK | INSIDE), QBG__FORM_NONE);
    assert_int_not_equal(family("тоо", FRONT), QBG__FORM_NONE);
    assert_int_not_equal(family("тoo", FRONT), QBG__FORM_NONE); /* a Cyrillic т, a Latin oo */
    assert_int_equal(family("ooo", FRONT), family("ооо", FRONT));
}

static void forms_contradict(void **state) {
    static const struct {
        const char *a, *b;
        int differ;
    } pairs[] = {
        {"ооо", "ао", 1},    {"ооо", "ип", 1},     {"оао", "пао", 0},  {"ао", "зао", 0},
        {"gmbh", "ag", 1},   {"gmbh", "mbh", 0},   {"kgaa", "inc", 1}, {"kg", "gmbh & co kg", 0},
        {"ооо", "llc", 0},   {"ооо", "ltd", 0},    {"ао", "jsc", 0},   {"ип", "llc", 1},
        {"inc", "corp", 0},  {"inc", "llc", 0},    {"llp", "inc", 1},  {"plc", "ltd", 1},
        {"co", "gmbh", 0},   {"& co", "ип", 0},    {"plc", "plc", 0},  {"ag", "sa", 1},
        {"фгуп", "ооо", 1},  {"sp zoo", "s a", 1}, {"kg", "llp", 0},   {"e v", "gmbh", 1},
        {"gmbh", "inc", 1},  {"sro", "ltd", 1},    {"corp", "s a", 1}, {"kk", "corp", 0},
        {"d o o", "llc", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        uint8_t a = family(pairs[i].a, FRONT | BACK | DOTTED);
        uint8_t b = family(pairs[i].b, FRONT | BACK | DOTTED);
        assert_int_not_equal(a, QBG__FORM_NONE);
        assert_int_not_equal(b, QBG__FORM_NONE);
        if (qbg__form_differs(a, b) != pairs[i].differ ||
            qbg__form_differs(b, a) != pairs[i].differ)
            fail_msg("%s and %s", pairs[i].a, pairs[i].b);
        assert_int_equal(qbg__form_differs(a, QBG__FORM_NONE), 0);
    }
}

static void forms_unite(void **state) {
    uint8_t any = family("co", BACK), limited = family("ltd", BACK), local = family("gmbh", BACK);
    uint8_t other = family("ag", BACK);
    (void)state;
    assert_int_equal(qbg__form_unite(any, limited), limited);
    assert_int_equal(qbg__form_unite(limited, any), limited);
    assert_int_equal(qbg__form_unite(limited, local), local);
    assert_int_equal(qbg__form_unite(local, limited), local);
    assert_int_equal(qbg__form_unite(QBG__FORM_NONE, local), local);
    assert_int_equal(qbg__form_unite(local, QBG__FORM_NONE), local);
    assert_int_equal(qbg__form_unite(local, other), any);
    assert_true(qbg__form_is_common(any) && qbg__form_is_common(limited));
    assert_false(qbg__form_is_common(local) || qbg__form_is_common(QBG__FORM_NONE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_sorted_and_folded),
        cmocka_unit_test(each_entry_is_found),
        cmocka_unit_test(forms_have_places),
        cmocka_unit_test(scripts_matter),
        cmocka_unit_test(forms_contradict),
        cmocka_unit_test(forms_unite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
