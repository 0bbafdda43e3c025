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

/* Titles in which a word means something else than it seems to. ANY: not asked for here; NONE: the
 * title does not tell. */
enum {
    WHATEVER = -7,
    QBG_DEPARTMENT_ANY = WHATEVER,
    QBG_DEPARTMENT_NONE = QBG_UNSET,
    QBG_SENIORITY_ANY = WHATEVER,
    QBG_SENIORITY_NONE = QBG_UNSET
};

static void assert_traps(const title *titles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int32_t department, seniority;
        assert_int_equal(qbg_persona_read(titles[i].text, &department, &seniority, NULL), QBG_OK);
        int is_department = titles[i].department == WHATEVER || titles[i].department == department;
        int is_seniority = titles[i].seniority == WHATEVER || titles[i].seniority == seniority;
        if (!is_department || !is_seniority)
            fail_msg("\"%s\" reads as %d %d", titles[i].text, department, seniority);
    }
}

/* Whoever assists or takes letters is staff, whosever. */
static void test_traps_of_aides(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Помощник генерального директора", OTHER, ASSISTANT),
        READS("Секретарь генерального директора", OTHER, ASSISTANT),
        READS("Секретарь-референт", OTHER, ASSISTANT),
        READS("Ассистент финансового директора", OTHER, ASSISTANT),
        READS("Личный помощник руководителя", OTHER, ASSISTANT),
        READS("Бизнес-ассистент собственника", OTHER, ASSISTANT),
        READS("Assistant to the CEO", OTHER, ASSISTANT),
        READS("Assistant to CFO", OTHER, ASSISTANT),
        READS("Executive Assistant to the Chief Information Officer", OTHER, ASSISTANT),
        READS("Personal Assistant to Managing Director", OTHER, ASSISTANT),
        READS("PA to CEO", OTHER, ASSISTANT),
        READS("EA to the VP Sales", OTHER, ASSISTANT),
        READS("Secretary to the President", OTHER, ASSISTANT),
        READS("Executive Secretary", OTHER, ASSISTANT),
        READS("Помощник директора по маркетингу", OTHER, ASSISTANT),
        READS("Ассистентка вице-президента", OTHER, ASSISTANT),
        READS("Помощник юриста", LEGAL, ASSISTANT),
        READS("Помощник бухгалтера", FINANCE, ASSISTANT),
        READS("Marketing Assistant", MARKETING, ASSISTANT),
        READS("HR Assistant", HR, ASSISTANT),
        READS("Ассистент отдела продаж", SALES, ASSISTANT),
        READS("Секретарь отдела кадров", HR, ASSISTANT),
        READS("Pomoshchnik generalnogo direktora", OTHER, ASSISTANT),
        READS("Receptionist", OTHER, ASSISTANT),
        READS("Marketing Intern", MARKETING, ASSISTANT),
        READS("Стажёр отдела маркетинга", MARKETING, ASSISTANT),
        READS("Практикант", NONE, ASSISTANT),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* A deputy is one level below. */
static void test_traps_of_deputies(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Заместитель генерального директора", EXECUTIVE, VP),
        READS("Зам. ген. директора", EXECUTIVE, VP),
        READS("Зам. генерального директора по финансам", FINANCE, VP),
        READS("Первый заместитель генерального директора по ИТ", IT, VP),
        READS("Заместитель финансового директора", FINANCE, MANAGER),
        READS("Зам. главного бухгалтера", FINANCE, MANAGER),
        READS("Зам. нач. отдела закупок", PROCUREMENT, SPECIALIST),
        READS("Заместитель начальника отдела кадров", HR, SPECIALIST),
        READS("Заместитель руководителя департамента маркетинга", MARKETING, MANAGER),
        READS("Заместитель директора по производству", OPERATIONS, MANAGER),
        READS("Deputy CFO", FINANCE, VP),
        READS("Deputy CEO", EXECUTIVE, VP),
        READS("Deputy General Counsel", LEGAL, ANY),
        READS("Deputy Director of IT", IT, MANAGER),
        READS("Deputy Head of Procurement", PROCUREMENT, MANAGER),
        READS("Deputy Marketing Manager", MARKETING, SPECIALIST),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* Chiefs belong to their function. */
static void test_traps_of_chiefs(void **state) {
    (void)state;
    static const title titles[] = {
        READS("EVP & CFO", FINANCE, C_LEVEL),
        READS("Chief Revenue Officer", SALES, C_LEVEL),
        READS("Managing Partner", EXECUTIVE, C_LEVEL),
        READS("CFO", FINANCE, C_LEVEL),
        READS("CIO", IT, C_LEVEL),
        READS("CTO", IT, C_LEVEL),
        READS("CMO", MARKETING, C_LEVEL),
        READS("CHRO", HR, C_LEVEL),
        READS("HRD", HR, DIRECTOR),
        READS("CISO", SECURITY, C_LEVEL),
        READS("COO", OPERATIONS, C_LEVEL),
        READS("CRO", SALES, C_LEVEL),
        READS("CEO", EXECUTIVE, C_LEVEL),
        READS("CPO", PRODUCT, C_LEVEL),
        READS("C.E.O.", EXECUTIVE, C_LEVEL),
        READS("Chief Financial Officer", FINANCE, C_LEVEL),
        READS("Chief Information Officer", IT, C_LEVEL),
        READS("Chief Technology Officer", IT, C_LEVEL),
        READS("Chief Marketing Officer", MARKETING, C_LEVEL),
        READS("Chief Human Resources Officer", HR, C_LEVEL),
        READS("Chief Information Security Officer", SECURITY, C_LEVEL),
        READS("Chief Procurement Officer", PROCUREMENT, C_LEVEL),
        READS("Chief Legal Officer", LEGAL, C_LEVEL),
        READS("Chief Operating Officer", OPERATIONS, C_LEVEL),
        READS("Chief Product Officer", PRODUCT, C_LEVEL),
        READS("Chief Commercial Officer", SALES, C_LEVEL),
        READS("Chief Data Officer", IT, C_LEVEL),
        READS("CFO (финансовый директор)", FINANCE, C_LEVEL),
        READS("Ген. директор", EXECUTIVE, C_LEVEL),
        READS("Гендиректор", EXECUTIVE, C_LEVEL),
        READS("Generalnyy direktor", EXECUTIVE, C_LEVEL),
        READS("Dr. Anna Smith, CFO", FINANCE, C_LEVEL),
        READS("Chief Financial Officer, EMEA", FINANCE, C_LEVEL),
        READS("Финансовый директор, член правления", FINANCE, C_LEVEL),
        READS("Основатель и CEO", EXECUTIVE, C_LEVEL),
        READS("Co-Founder & CTO", IT, C_LEVEL),
        READS("Founder / CEO / Head of Product", EXECUTIVE, C_LEVEL),
        READS("General Counsel", LEGAL, C_LEVEL),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* "Partner" and "revenue" in other parts of a title than the obvious one. */
static void test_traps_of_partners(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Revport Analyst", IT, SPECIALIST),
        READS("Revenue Analyst", FINANCE, SPECIALIST),
        READS("Revenue Operations Analyst", SALES, SPECIALIST),
        READS("Partner Manager", SALES, MANAGER),
        READS("Senior Partner Manager", SALES, MANAGER),
        READS("Channel Partner Manager", SALES, MANAGER),
        READS("HR Business Partner", HR, SPECIALIST),
        READS("Finance Business Partner", FINANCE, SPECIALIST),
        READS("Sr. Dir., Rev Ops", SALES, DIRECTOR),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* What is cut short. */
static void test_traps_of_abbreviations(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Нач. отд. закупок", PROCUREMENT, MANAGER),
        READS("Рук. отд. продаж", SALES, MANAGER),
        READS("Гл. бухгалтер", FINANCE, DIRECTOR),
        READS("Гл. инженер", ENGINEERING, DIRECTOR),
        READS("Зав. складом", OPERATIONS, MANAGER),
        READS("Спец. по закупкам", PROCUREMENT, SPECIALIST),
        READS("Mktg Mgr", MARKETING, MANAGER),
        READS("Dir. of Eng.", ANY, DIRECTOR),
        READS("Acct Exec", SALES, SPECIALIST),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* Russian in Latin letters. */
static void test_traps_of_letters(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Nachalnik otdela zakupok", PROCUREMENT, MANAGER),
        READS("Direktor po marketingu", MARKETING, DIRECTOR),
        READS("Glavnyy bukhgalter", FINANCE, DIRECTOR),
        READS("Menedzher po prodazham", SALES, MANAGER),
        READS("Zamestitel finansovogo direktora", FINANCE, MANAGER),
        READS("Yurist", LEGAL, SPECIALIST),
        READS("Rukovoditel otdela kadrov", HR, MANAGER),
        READS("Zam. direktora po IT", IT, MANAGER),
        READS("Inzhener-konstruktor", ENGINEERING, SPECIALIST),
        READS("Programmist 1C", IT, SPECIALIST),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* One letter is wrong. */
static void test_traps_of_misspellings(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Фнансовый директор", FINANCE, DIRECTOR),
        READS("Финансовый дирктор", FINANCE, DIRECTOR),
        READS("Финансовй директор", FINANCE, DIRECTOR),
        READS("Директр по маркетингу", MARKETING, DIRECTOR),
        READS("Главный бухалтер", FINANCE, DIRECTOR),
        READS("Менежер по продажам", SALES, MANAGER),
        READS("Менеджер по закупкма", PROCUREMENT, MANAGER),
        READS("Програмист", IT, SPECIALIST),
        READS("Юрисконсулт", LEGAL, SPECIALIST),
        READS("Маркетолг", MARKETING, SPECIALIST),
        READS("Marketnig Director", MARKETING, DIRECTOR),
        READS("Finance Manger", FINANCE, MANAGER),
        READS("Sofware Engineer", IT, SPECIALIST),
        READS("Procurment Manager", PROCUREMENT, MANAGER),
        READS("Head of Procuremnt", PROCUREMENT, DIRECTOR),
        READS("Acountant", FINANCE, SPECIALIST),
        READS("Human Resorces Director", HR, DIRECTOR),
        READS("Cyber Securty Lead", SECURITY, MANAGER),
        READS("Enginer", ENGINEERING, SPECIALIST),
        READS("Recriuter", HR, SPECIALIST),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* Grades, cities, honorifics, several titles in one, and words of other fields. */
static void test_traps_of_company(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Vice President of Sales", SALES, VP),
        READS("Vice President", EXECUTIVE, VP),
        READS("VP, People Ops", HR, VP),
        READS("SVP Engineering", ENGINEERING, VP),
        READS("Head of отдел маркетинга", MARKETING, DIRECTOR),
        READS("Руководитель Product Marketing", MARKETING, MANAGER),
        READS("HR-директор (Москва)", HR, DIRECTOR),
        READS("Senior HR менеджер", HR, MANAGER),
        READS("IT-директор", IT, DIRECTOR),
        READS("Директор по IT", IT, DIRECTOR),
        READS("Ведущий инженер 1 категории", ENGINEERING, SPECIALIST),
        READS("Старший экономист, г. Казань", FINANCE, SPECIALIST),
        READS("Менеджер по персоналу (Санкт-Петербург)", HR, MANAGER),
        READS("Инженер-программист II категории", IT, SPECIALIST),
        READS("Senior Accountant II", FINANCE, SPECIALIST),
        READS("Mr. Head of Legal", LEGAL, DIRECTOR),
        READS("Г-жа директор по персоналу", HR, DIRECTOR),
        READS("Начальник юридического отдела", LEGAL, MANAGER),
        READS("Директор по информационной безопасности", SECURITY, DIRECTOR),
        READS("Директор по безопасности", SECURITY, DIRECTOR),
        READS("Директор по закупкам", PROCUREMENT, DIRECTOR),
        READS("Директор департамента ИТ", IT, DIRECTOR),
        READS("Product Owner", PRODUCT, MANAGER),
        READS("Process Owner", OPERATIONS, ANY),
        READS("Sales Manager", SALES, MANAGER),
        READS("Менеджер по продажам и маркетингу", ANY, MANAGER),
        READS("Head of Sales and Marketing", SALES, DIRECTOR),
        READS("Director, Human Resources", HR, DIRECTOR),
        READS("Head of Digital Transformation", IT, DIRECTOR),
        READS("Legal Counsel", LEGAL, SPECIALIST),
        READS("Office Manager", OTHER, SPECIALIST),
        READS("Security Guard", SECURITY, SPECIALIST),
        READS("Охранник", SECURITY, SPECIALIST),
        READS("Инженер по охране труда", ANY, SPECIALIST),
        READS("Sales Engineer", SALES, SPECIALIST),
        READS("Technical Recruiter", HR, SPECIALIST),
        READS("Marketing Automation Specialist", MARKETING, SPECIALIST),
        READS("Data Protection Officer", LEGAL, SPECIALIST),
        READS("Media Buyer", MARKETING, SPECIALIST),
        READS("Buyer", PROCUREMENT, SPECIALIST),
        READS("Executive Chef", OTHER, SPECIALIST),
        READS("Шеф-повар", OTHER, MANAGER),
        READS("Chief Engineer", ENGINEERING, DIRECTOR),
        READS("Chief Accountant", FINANCE, DIRECTOR),
        READS("Chief of Staff", EXECUTIVE, DIRECTOR),
        READS("IT Project Manager", IT, MANAGER),
        READS("Мастер", OPERATIONS, SPECIALIST),
        READS("Директор", EXECUTIVE, DIRECTOR),
        READS("Контактный центр", OTHER, ANY),
        READS("Специалист контактного центра", OTHER, SPECIALIST),
        READS("Contact Center Agent", OTHER, SPECIALIST),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

/* Titles that do not tell, or only half. */
static void test_traps_of_silence(void **state) {
    (void)state;
    static const title titles[] = {
        READS("Banana", NONE, NONE),      READS("n/a", NONE, NONE),
        READS("-", NONE, NONE),           READS("test", NONE, NONE),
        READS("Guru", NONE, NONE),        READS("Sberbank", NONE, NONE),
        READS("Ivan Petrov", NONE, NONE), READS("they were quite helpful", NONE, NONE),
        READS("itch", NONE, NONE),        READS("Salem", NONE, NONE),
        READS("Market Street", ANY, ANY), READS("Сотрудник", NONE, SPECIALIST),
        READS("Manager", NONE, MANAGER),
    };
    assert_traps(titles, sizeof titles / sizeof *titles);
}

static void assert_evidence(const char *text, uint32_t count, const char *const *expected) {
    uint32_t starts[QBG_PERSONA_EVIDENCE], sizes[QBG_PERSONA_EVIDENCE], found = 77;
    assert_int_equal(qbg_persona_evidence(text, QBG_PERSONA_EVIDENCE, starts, sizes, &found),
                     QBG_OK);
    if (found != count) fail_msg("\"%s\" has %u pieces of evidence", text, found);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(sizes[i], strlen(expected[i]));
        assert_memory_equal(text + starts[i], expected[i], sizes[i]);
        if (i > 0) assert_true(starts[i] >= starts[i - 1] + sizes[i - 1]);
    }
}

#define EVIDENCE(text, count, ...) assert_evidence(text, count, (const char *const[]){__VA_ARGS__})

static void test_evidence(void **state) {
    (void)state;
    EVIDENCE("CFO", 1, "CFO");
    EVIDENCE("Sr. Dir., Rev Ops", 2, "Dir", "Rev Ops");
    EVIDENCE("Нач. отд. закупок (Москва)", 2, "Нач. отд", "закупок");
    EVIDENCE("Зам. генерального директора по финансам", 3, "Зам", "генерального директора",
             "финансам");
    EVIDENCE("Ассистент финансового директора", 2, "Ассистент", "финансового директора");
    EVIDENCE("Marketing Intern", 2, "Marketing", "Intern");
    EVIDENCE("Бухгалтер", 1, "Бухгалтер");
    EVIDENCE("Менеджер (закупки)", 2, "Менеджер", "закупки");
    EVIDENCE("Директор по маркетнгу", 2, "Директор", "маркетнгу"); /* as it stands */
    EVIDENCE("Manager", 1, "Manager");
    EVIDENCE("HR", 1, "HR");
    EVIDENCE("Banana", 0, "");
    EVIDENCE("", 0, "");
}

static void test_evidence_arguments(void **state) {
    (void)state;
    uint32_t starts[2] = {9, 9}, sizes[2] = {9, 9}, count = 9;
    const char *text = "Зам. директора по ИТ";
    assert_int_equal(qbg_persona_evidence(NULL, 2, starts, sizes, &count), QBG_E_ARGUMENT);
    assert_int_equal(qbg_persona_evidence(text, 2, NULL, sizes, &count), QBG_E_ARGUMENT);
    assert_int_equal(qbg_persona_evidence(text, 2, starts, NULL, &count), QBG_E_ARGUMENT);
    assert_int_equal(qbg_persona_evidence(text, 2, starts, sizes, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_persona_evidence("\xFF", 2, starts, sizes, &count), QBG_E_TEXT);
    assert_true(starts[0] == 9 && sizes[0] == 9 && count == 9);
    assert_int_equal(qbg_persona_evidence(text, 1, starts, sizes, &count), QBG_OK);
    assert_int_equal(count, 3);
    assert_true(starts[0] == 0 && sizes[0] == 6 && starts[1] == 9 && sizes[1] == 9);
    assert_int_equal(qbg_persona_evidence(text, 0, NULL, NULL, &count), QBG_OK);
    assert_int_equal(count, 3);
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
    assert_reads_as("Technician", QBG_DEPARTMENT_ENGINEERING, QBG_SENIORITY_SPECIALIST, 500);
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
        cmocka_unit_test(test_traps_of_aides),
        cmocka_unit_test(test_traps_of_deputies),
        cmocka_unit_test(test_traps_of_chiefs),
        cmocka_unit_test(test_traps_of_partners),
        cmocka_unit_test(test_traps_of_abbreviations),
        cmocka_unit_test(test_traps_of_letters),
        cmocka_unit_test(test_traps_of_misspellings),
        cmocka_unit_test(test_traps_of_company),
        cmocka_unit_test(test_traps_of_silence),
        cmocka_unit_test(test_evidence),
        cmocka_unit_test(test_evidence_arguments),
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
