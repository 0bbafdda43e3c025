/* script_test: accents, twins and sounds of letters. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/script.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static void put_bare(const char *text, char *out) {
    for (const char *end = text + strlen(text); text < end;)
        out += qbg__script_bare(qbg__text_next(&text, end), out);
    *out = '\0';
}

static void assert_bare(const char *text, const char *want) {
    char found[256];
    put_bare(text, found);
    assert_string_equal(found, want);
}

static void accents_go_and_case_too(void **state) {
    (void)state;
    assert_bare("Löylyä Oy", "loylya oy");
    assert_bare("ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸ", "aaaaaaceeeeiiiinoooooouuuuyy");
    assert_bare("Łódź Žižkov ĐORĐE İstanbul ığdır", "lodz zizkov dorde istanbul igdir");
    assert_bare("Straße Æsir Œuvre Þór ĳs ŉ", "strasse aesir oeuvre thor ijs n");
    assert_bare("Ștefan Țară Ơn Ưu Việt Nguyễn", "stefan tara on uu viet nguyen");
    assert_bare("ＡＢＣ１２", "abc12");
    assert_bare("Cafe\xCC\x81", "cafe");
    assert_bare("Ёлка Йод ЩУКА Їжак Ґанок", "елка йод щука їжак ґанок");
    assert_bare("×÷ «—» 王 β", "×÷ «—» 王 β");
}

/* Whatever the table says, it says of small and capital letters alike, and in fewer bytes. */
static void what_is_bare_stays_so(void **state) {
    (void)state;
    for (uint32_t code = 0x80; code < 0x2000; code++) {
        char once[8], twice[16];
        size_t size = qbg__script_bare(code, once);
        once[size] = '\0';
        if (qbg__script_of(code) == QBG__SCRIPT_OTHER) continue;
        put_bare(once, twice);
        assert_string_equal(once, twice);
        if (qbg__script_of(code) == QBG__SCRIPT_CYRILLIC) continue;
        for (size_t i = 0; i < size; i++)
            if (code >= 0xC0 && (unsigned char)once[0] < 0x80)
                assert_true(once[i] >= 'a' && once[i] <= 'z');
    }
}

static void letters_have_scripts(void **state) {
    (void)state;
    assert_int_equal(qbg__script_of('a'), QBG__SCRIPT_LATIN);
    assert_int_equal(qbg__script_of(0xE9), QBG__SCRIPT_LATIN);
    assert_int_equal(qbg__script_of(0x219), QBG__SCRIPT_LATIN);
    assert_int_equal(qbg__script_of(0x1EBF), QBG__SCRIPT_LATIN);
    assert_int_equal(qbg__script_of(0x436), QBG__SCRIPT_CYRILLIC);
    assert_int_equal(qbg__script_of('1'), QBG__SCRIPT_OTHER);
    assert_int_equal(qbg__script_of('.'), QBG__SCRIPT_OTHER);
    assert_int_equal(qbg__script_of(0x3B2), QBG__SCRIPT_OTHER);
    assert_int_equal(qbg__script_of(0x738B), QBG__SCRIPT_OTHER);
}

static void twins_lead_back(void **state) {
    static const char latin[] = "abekmhopctyxsijqw";
    (void)state;
    for (size_t i = 0; latin[i]; i++) {
        uint32_t cyrillic = qbg__script_cyrillic_twin((unsigned char)latin[i]);
        assert_int_equal(qbg__script_of(cyrillic), QBG__SCRIPT_CYRILLIC);
        assert_int_equal(qbg__script_latin_twin(cyrillic), latin[i]);
    }
    for (const char *at = "dfglnruvz"; *at; at++)
        assert_int_equal(qbg__script_cyrillic_twin((unsigned char)*at), 0);
    assert_int_equal(qbg__script_latin_twin(0x436), 0);
    assert_int_equal(qbg__script_latin_twin(0x43D), 'h');
    assert_int_equal(qbg__script_latin_twin(0x4BB), 'h');
}

/* What a name sounds like; letters that are Latin already stay. */
static void put_sound(const char *text, char *out) {
    out[0] = '\0';
    for (const char *end = text + strlen(text); text < end;) {
        char bytes[5];
        uint32_t code = qbg__text_next(&text, end);
        const char *latin = qbg__script_romanised(code);
        bytes[qbg__text_put(code, bytes)] = '\0';
        strcat(out, latin ? latin : bytes);
    }
    out[qbg__script_soften(out, strlen(out))] = '\0';
}

static void one_name_is_written_in_many_ways(void **state) {
    static const char *const ways[][5] = {
        {"красная ромашка", "krasnaya romashka", "krasnaja romaschka", "krasnaia romashka"},
        {"щелково", "shchyolkovo", "schelkovo", "shelkovo", "shchyelkovo"},
        {"юрий хабаров", "yuri khabarov", "iurii habarov", "jurij khabarov", "yuriy habarov"},
        {"объединение", "obyedineniye", "obedinenie", "objedinenije"},
        {"цемент", "tsement", "tzement", "cement"},
        {"чайковский", "tchaikovsky", "chaykovskiy", "chaikovskij"},
        {"кока-кола", "coca-cola", "koka-kola"},
        {"циско", "cisco"},
        {"россия", "rossiya", "rosija", "rossia"},
        {"люкс", "lyuks", "lyux", "liuks"},
        {"київ", "kyyiv", "kyiv"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (size_t j = 1; j < 5 && ways[i][j]; j++) {
            char want[128], found[128];
            put_sound(ways[i][0], want);
            put_sound(ways[i][j], found);
            assert_string_equal(found, want);
        }
}

static void others_stay_apart(void **state) {
    static const char *const names[] = {"альфа", "бета", "ромашка", "рамашка", "жар", "шар",
                                        "чар",   "цар",  "сар",     "хар",     "гар", "кар"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t j = 0; j < i; j++) {
            char one[64], other[64];
            put_sound(names[i], one);
            put_sound(names[j], other);
            assert_string_not_equal(one, other);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accents_go_and_case_too),
        cmocka_unit_test(what_is_bare_stays_so),
        cmocka_unit_test(letters_have_scripts),
        cmocka_unit_test(twins_lead_back),
        cmocka_unit_test(one_name_is_written_in_many_ways),
        cmocka_unit_test(others_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
