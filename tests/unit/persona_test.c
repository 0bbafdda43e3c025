/* persona_test: what titles must read as, and whether the lexicon is in order. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/persona.h"

#include <stdlib.h>
#include <string.h>

/* The lexicon once more, with its columns as text. */
typedef struct line {
    const char *words;
    const char *department;
    const char *rank;
    int strength;
} line;

#define WORD(words, department, rank, strength) {words, #department, #rank, strength},
static const line lexicon[] = {
#include "model/persona.lexicon.inc"
};
#define LINE_COUNT (sizeof lexicon / sizeof *lexicon)

typedef struct title {
    const char *text;
    int32_t department;
    int32_t seniority;
} title;

#define READS(text, department, seniority)                                                         \
    { text, QBG_DEPARTMENT_##department, QBG_SENIORITY_##seniority }

static void assert_read(const title *titles, size_t count, double least_confidence) {
    for (size_t i = 0; i < count; i++) {
        int32_t department, seniority;
        double confidence;
        assert_int_equal(qbg_persona_read(titles[i].text, &department, &seniority, &confidence),
                         QBG_OK);
        if (department != titles[i].department || seniority != titles[i].seniority)
            fail_msg("\"%s\" reads as %d %d", titles[i].text, department, seniority);
        if (confidence < least_confidence || confidence > 1)
            fail_msg("\"%s\" has the confidence %g", titles[i].text, confidence);
    }
}

static void test_books(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Технический специалист", IT, SPECIALIST),
        READS("Финансовый директор", FINANCE, DIRECTOR),
        READS("Руководитель производства", OPERATIONS, MANAGER),
        READS("IT-специалист", IT, SPECIALIST),
        READS("Генеральный директор", EXECUTIVE, C_LEVEL),
        READS("Финансовый аналитик", FINANCE, SPECIALIST),
        READS("HR-менеджер", HR, MANAGER),
        READS("IT-директор", IT, DIRECTOR),
        READS("HR-директор", HR, DIRECTOR),
        READS("Инженер", ENGINEERING, SPECIALIST),
        READS("CFO", FINANCE, C_LEVEL),
        READS("CIO", IT, C_LEVEL),
        READS("CEO", EXECUTIVE, C_LEVEL),
        READS("HR Director", HR, DIRECTOR),
        READS("Talent Manager", HR, MANAGER),
        READS("VP People", HR, VP),
        READS("IT Manager", IT, MANAGER),
        READS("Recruiter", HR, SPECIALIST),
    };
    assert_read(titles, sizeof titles / sizeof *titles, 0.7);
}

static void test_titles(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Chief Financial Officer", FINANCE, C_LEVEL),
        READS("Chief Information Security Officer", SECURITY, C_LEVEL),
        READS("COO", OPERATIONS, C_LEVEL),
        READS("CMO", MARKETING, C_LEVEL),
        READS("CHRO", HR, C_LEVEL),
        READS("CISO", SECURITY, C_LEVEL),
        READS("Co-Founder", EXECUTIVE, C_LEVEL),
        READS("Owner", EXECUTIVE, C_LEVEL),
        READS("President", EXECUTIVE, C_LEVEL),
        READS("Vice President", EXECUTIVE, VP),
        READS("Vice President of Sales", SALES, VP),
        READS("VP, People Ops", HR, VP),
        READS("Вице-президент по маркетингу", MARKETING, VP),
        READS("Head of Procurement", PROCUREMENT, DIRECTOR),
        READS("Директор по персоналу", HR, DIRECTOR),
        READS("Директор", EXECUTIVE, DIRECTOR),
        READS("Главный бухгалтер", FINANCE, DIRECTOR),
        READS("Начальник отдела закупок", PROCUREMENT, MANAGER),
        READS("Product Owner", PRODUCT, MANAGER),
        READS("Software Engineer", IT, SPECIALIST),
        READS("Юрист", LEGAL, SPECIALIST),
        READS("Специалист по информационной безопасности", SECURITY, SPECIALIST),
        READS("Sales Engineer", SALES, SPECIALIST),
        READS("Account Executive", SALES, SPECIALIST),
        READS("HR/Talent", HR, SPECIALIST),
        READS("Marketing Intern", MARKETING, ASSISTANT),
        READS("Секретарь", OTHER, ASSISTANT),
        READS("Менеджер по продажам (производство)", SALES, MANAGER),
        READS("IT-специалист (бухгалтерия)", IT, SPECIALIST),
        READS("(бухгалтерия) IT-специалист", IT, SPECIALIST),
        READS("Специалист (бухгалтерия, банк)", FINANCE, SPECIALIST),
    };
    assert_read(titles, sizeof titles / sizeof *titles, 0.5);
}

/* Near the boss is not the boss. */
static void test_aides_and_deputies(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Помощник генерального директора", OTHER, ASSISTANT),
        READS("Ассистент финансового директора", OTHER, ASSISTANT),
        READS("Помощник руководителя", OTHER, ASSISTANT),
        READS("Executive Assistant to the CEO", OTHER, ASSISTANT),
        READS("Assistant to the CFO", OTHER, ASSISTANT),
        READS("Помощник юриста", LEGAL, ASSISTANT),
        READS("Marketing Assistant", MARKETING, ASSISTANT),
        READS("Заместитель генерального директора", EXECUTIVE, VP),
        READS("Зам. генерального директора по финансам", FINANCE, VP),
        READS("Заместитель финансового директора", FINANCE, MANAGER),
        READS("Заместитель главного бухгалтера", FINANCE, MANAGER),
        READS("Deputy CFO", FINANCE, VP),
        READS("Deputy Director of IT", IT, MANAGER),
        READS("Deputy IT Manager", IT, SPECIALIST),
        READS("Заместитель IT-специалиста", IT, SPECIALIST),
    };
    assert_read(titles, sizeof titles / sizeof *titles, 0.5);
}

/* Case, "ё", hyphens, accents written apart and other signs do not matter. */
static void test_spelling(void **state) {
    (void)state;
    static const title titles[] = {
        READS("  ФИНАНСОВЫЙ   ДИРЕКТОР ", FINANCE, DIRECTOR),
        READS("финансовый\xC2\xA0директор", FINANCE, DIRECTOR),
        READS("«Финансовый директор»!", FINANCE, DIRECTOR),
        READS("Финансовыи\xCC\x86 директор", FINANCE, DIRECTOR),
        READS("Эи\xCC\x86чар-директор", HR, DIRECTOR),
        READS("Е\xCC\x88-бухгалте\xCC\x81р", FINANCE, SPECIALIST),
        READS("Стажёр в отдел рекламы", MARKETING, ASSISTANT),
        READS("Стажер в отдел рекламы", MARKETING, ASSISTANT),
        READS("it–director", IT, DIRECTOR),
        READS("R&D Director", ENGINEERING, DIRECTOR),
        READS("Генеральный директор 中文 😀", EXECUTIVE, C_LEVEL),
    };
    assert_read(titles, sizeof titles / sizeof *titles, 0.7);
}

static void assert_reads_as(const char *text, int32_t department, int32_t seniority,
                            int confidence) {
    qbg__persona persona;
    qbg__persona_read(text, strlen(text), &persona);
    assert_int_equal(persona.department, department);
    assert_int_equal(persona.seniority, seniority);
    assert_true(persona.confidence * 1000 > confidence - 0.5);
    assert_true(persona.confidence * 1000 < confidence + 0.5);
}

static void test_confidence(void **state) {
    (void)state;
    assert_reads_as("IT-директор", QBG_DEPARTMENT_IT, QBG_SENIORITY_DIRECTOR, 900);
    assert_reads_as("Бухгалтер", QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_SPECIALIST, 700);
    assert_reads_as("IT", QBG_DEPARTMENT_IT, QBG_SENIORITY_SPECIALIST, 700);
    assert_reads_as("Директор", QBG_DEPARTMENT_EXECUTIVE, QBG_SENIORITY_DIRECTOR, 700);
    assert_reads_as("Designer", QBG_DEPARTMENT_ENGINEERING, QBG_SENIORITY_SPECIALIST, 500);
    assert_reads_as("Бухгалтер-программист", QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_SPECIALIST, 450);
    assert_reads_as("Программист-бухгалтер", QBG_DEPARTMENT_IT, QBG_SENIORITY_SPECIALIST, 450);
    assert_reads_as("Начальник отдела", QBG_UNSET, QBG_SENIORITY_MANAGER, 400);
    assert_reads_as("Manager", QBG_UNSET, QBG_SENIORITY_MANAGER, 400);
    assert_reads_as("Deputy", QBG_UNSET, QBG_UNSET, 0);
}

static void test_abstains(void **state) {
    (void)state;
    static const char *const texts[] = {"",     " ",   "P1",      "xyz", "()(", "中文", "-- / --",
                                        "itch", "hrr", "123 456", "и",   "*",   "😀"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_reads_as(texts[i], QBG_UNSET, QBG_UNSET, 0);
    assert_int_equal(qbg__persona_entry_at("", 0), -1);
    assert_int_equal(qbg__persona_entry_at("xyz", 3), -1);
}

/* However long, it ends; and the cut makes no word of half a one. */
static void test_long_titles(void **state) {
    (void)state;
    enum { SIZE = 100000 };
    char *text = malloc(SIZE + 1);
    assert_non_null(text);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    assert_reads_as(text, QBG_UNSET, QBG_UNSET, 0);
    memcpy(text, "CFO ", 4);
    assert_reads_as(text, QBG_DEPARTMENT_FINANCE, QBG_SENIORITY_C_LEVEL, 900);
    for (size_t at = 480; at < 540; at++) { /* "it" of "italian" is wherever the cut may be */
        memset(text, ' ', SIZE);
        memset(text, 'x', at - 1);
        memcpy(text + at, "italian", 7);
        assert_reads_as(text, QBG_UNSET, QBG_UNSET, 0);
    }
    memset(text, '(', SIZE);
    assert_reads_as(text, QBG_UNSET, QBG_UNSET, 0);
    for (size_t i = 0; i < SIZE; i += 2) memcpy(text + i, "ж", 2);
    assert_reads_as(text, QBG_UNSET, QBG_UNSET, 0);
    free(text);
}

static void test_public(void **state) {
    (void)state;
    int32_t department = -7, seniority = -7;
    double confidence = -7;
    assert_int_equal(qbg_persona_read(NULL, &department, &seniority, &confidence), QBG_E_ARGUMENT);
    assert_int_equal(qbg_persona_read("CFO \xFF", &department, &seniority, &confidence),
                     QBG_E_TEXT);
    assert_true(department == -7 && seniority == -7 && confidence < -6);
    assert_int_equal(qbg_persona_read("CFO", NULL, NULL, NULL), QBG_OK);
    assert_int_equal(qbg_persona_read("CFO", &department, NULL, NULL), QBG_OK);
    assert_int_equal(department, QBG_DEPARTMENT_FINANCE);
    assert_int_equal(qbg_persona_read("", &department, &seniority, &confidence), QBG_OK);
    assert_true(department == QBG_UNSET && seniority == QBG_UNSET);
    assert_true(confidence * 1000 < 0.5);
}

/* A star ends its word and leaves two letters before it; the rest is folded words and blanks. */
static int is_well_spelt(const char *words) {
    const char *at = words;
    const char *end = words + strlen(words);
    uint32_t before = ' ';
    size_t letters = 0;
    while (at < end) {
        uint32_t code = qbg__text_next(&at, end);
        if (code == '*') {
            if (letters < 2 || (at < end && *at != ' ')) return 0;
        } else if (code == ' ') {
            if (before == ' ') return 0;
            letters = 0;
        } else {
            if (!qbg__text_is_letter(code) && !qbg__text_is_digit(code)) return 0;
            if (qbg__text_fold(code) != code) return 0;
            letters++;
        }
        before = code;
    }
    return before != ' ';
}

static void test_lexicon_order(void **state) {
    (void)state;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (!is_well_spelt(lexicon[i].words)) fail_msg("\"%s\" is misspelt", lexicon[i].words);
        if (i > 0 && strcmp(lexicon[i - 1].words, lexicon[i].words) >= 0)
            fail_msg("\"%s\" stands before \"%s\": not in alphabetical order, or twice",
                     lexicon[i - 1].words, lexicon[i].words);
    }
}

static void test_lexicon_columns(void **state) {
    (void)state;
    static const char *const ranks[] = {"ASSISTANT", "SPECIALIST", "MANAGER", "DIRECTOR",
                                        "VP",        "C_LEVEL",    "UNSAID",  "PROFESSION",
                                        "AIDE",      "DEPUTY",     "WHERE",   "BOSS"};
    for (size_t i = 0; i < LINE_COUNT; i++) {
        int is_rank = 0;
        int is_unsaid = strcmp(lexicon[i].department, "UNSAID") == 0;
        for (size_t rank = 0; rank < sizeof ranks / sizeof *ranks; rank++)
            is_rank |= strcmp(lexicon[i].rank, ranks[rank]) == 0;
        if (!is_rank) fail_msg("\"%s\" has no rank", lexicon[i].words);
        if (lexicon[i].strength < 0 || lexicon[i].strength > 9 ||
            (lexicon[i].strength == 0) != is_unsaid)
            fail_msg("\"%s\" has a wrong strength", lexicon[i].words);
    }
}

/* The entry's own words, with `ending` for each star. */
static void spell_out(const char *words, const char *ending, char *out) {
    for (; *words; words++) {
        if (*words != '*') {
            *out++ = *words;
            continue;
        }
        memcpy(out, ending, strlen(ending));
        out += strlen(ending);
    }
    *out = '\0';
}

static int is_reached(size_t entry) {
    static const char *const endings[] = {"", "s", "ов", "zzzz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char text[256];
        assert_true(strlen(lexicon[entry].words) < 100);
        spell_out(lexicon[entry].words, endings[i], text);
        if (qbg__persona_entry_at(text, strlen(text)) == (int32_t)entry) return 1;
    }
    return 0;
}

static void test_lexicon_is_reached(void **state) {
    (void)state;
    assert_true(LINE_COUNT > 900);
    for (size_t i = 0; i < LINE_COUNT; i++)
        if (!is_reached(i)) fail_msg("another entry hides \"%s\"", lexicon[i].words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_books),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_aides_and_deputies),
        cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_confidence),
        cmocka_unit_test(test_abstains),
        cmocka_unit_test(test_long_titles),
        cmocka_unit_test(test_public),
        cmocka_unit_test(test_lexicon_order),
        cmocka_unit_test(test_lexicon_columns),
        cmocka_unit_test(test_lexicon_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
