/* company_test: base names, and which names are the same. */
#include "fixture.h"

#include "model/company.h"

static void assert_base(const char *name, const char *want) {
    qbg_blob *base = NULL;
    OK(qbg_company_base(NULL, name, &base));
    if (strcmp(qbg_blob_data(base), want) != 0)
        fail_msg("\"%s\": \"%s\", not \"%s\"", name, qbg_blob_data(base), want);
    qbg_blob_free(base);
}

static void forms_go(void **state) {
    static const char *const names[] = {
        "ООО «Ромашка»",
        "Ромашка, ООО",
        "OOO Ромашка",
        "ОOО «Ромашка»",
        "Общество с ограниченной ответственностью \"Ромашка\"",
        "«Ромашка» (ООО)",
        "ПАО Ромашка",
        "Публичное акционерное общество «Ромашка»",
        "АО \"Ромашка\"",
        "ЗАО Ромашка",
        "ИП Ромашка",
        "ТОО Ромашка",
        "ЧП «Ромашка»",
        "ФГУП «Ромашка»",
        "ООО\"Ромашка\"",
        "  ООО  Ромашка  ",
        "ТОВ «Ромашка»",
        "НКО Ромашка",
        "О.О.О. Ромашка",
        "ООО: Ромашка",
    };
    static const char *const latin[] = {
        "Acme Inc.",
        "Acme, Inc",
        "Acme LLC",
        "Acme, L.L.C.",
        "Acme Ltd",
        "Acme Co., Ltd.",
        "Acme Corporation",
        "Acme Company",
        "Acme & Co.",
        "Acme and Company",
        "Acme plc",
        "Acme GmbH",
        "Acme G.m.b.H.",
        "Acme GmbH & Co. KG",
        "Acme GmbH & Co. KGaA",
        "Acme AG",
        "Acme SE",
        "Acme KG",
        "Acme UG (haftungsbeschränkt)",
        "Acme e.K.",
        "Acme e.V.",
        "Acme Gesellschaft mit beschränkter Haftung",
        "Acme S.A.",
        "Acme SA",
        "Acme S.à r.l.",
        "Acme SAS",
        "Acme S.p.A.",
        "Acme SpA",
        "Acme S.r.l.",
        "Acme B.V.",
        "Acme N.V.",
        "Acme AB",
        "Acme Aktiebolag",
        "Acme A/S",
        "Acme AS",
        "Acme ASA",
        "Acme ApS",
        "Acme Oy",
        "Acme Oyj",
        "Acme Kft.",
        "Acme Zrt.",
        "Acme Sp. z o.o.",
        "Acme spółka z o.o.",
        "Acme sp.z.o.o.",
        "Acme s.r.o.",
        "Acme, spol. s r.o.",
        "Acme a.s.",
        "Acme d.o.o.",
        "Acme d.d.",
        "Acme A.Ş.",
        "Acme Ltd. Şti.",
        "Acme S.A. de C.V.",
        "Acme, S. de R.L. de C.V.",
        "Acme S.A.B. de C.V.",
        "Acme Ltda.",
        "Acme Lda",
        "Acme (Pty) Ltd",
        "Acme Pty Limited",
        "Acme Pvt. Ltd.",
        "Acme Private Limited",
        "Acme Pte. Ltd.",
        "Acme Sdn. Bhd.",
        "Acme Berhad",
        "PT Acme Tbk",
        "Acme K.K.",
        "Acme Kabushiki Kaisha",
        "Acme LLP",
        "Acme FZ-LLC",
        "Acme Limited",
        "Acme JSC",
        "PJSC Acme",
        "OJSC «Acme»",
        "Oy Acme Ab",
        "Ab Oy Acme",
        "UAB Acme",
        "SIA Acme",
        "Acme OÜ",
        "Acme EOOD",
        "Acme SA/NV",
        "Acme - Inc.",
        "Acme   Ltd ; ",
        "Acme!",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_base(names[i], "Ромашка");
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) assert_base(latin[i], "Acme");
}

static void names_stay_as_they_are_written(void **state) {
    (void)state;
    assert_base("Blue,   Whale, ltd.", "Blue, Whale");
    assert_base("X.Y.Z. Corp", "X.Y.Z.");
    assert_base("Oak & Elm Corporation", "Oak & Elm");
    assert_base("McDonald’s Corp.", "McDonald’s");
    assert_base("Cafe\xCC\x81 Ltd", "Cafe\xCC\x81");
    assert_base("Завод «Прогресс»", "Завод Прогресс");
    assert_base("1,5 литра ООО", "1,5 литра");
    assert_base("Acme (UK) Ltd", "Acme (UK)");
    assert_base("Acme(UK)Ltd,Ltd", "Acme(UK)");
    assert_base("Oak,Elm«Ash»Inc", "Oak,Elm Ash");
    assert_base("山田商店 Ltd", "山田商店");
    assert_base("株式会社ひまわり", "株式会社ひまわり");
    assert_base("Blue GmbH Whale", "Blue Whale");
    assert_base("Филиал ООО Ромашка", "Филиал Ромашка");
}

static void what_is_no_form_stays(void **state) {
    static const char *const names[] = {
        "AS Roma",       "San Diego Zoo",
        "Day Spa",       "Too Faced Cosmetics",
        "At Home",       "Limited Edition",
        "Pao de Acucar", "NV Energy",
        "Foo EV",        "AT&T",
        "Соо",           "Компания Ромашка",
        "Inc Magazine",  "Company of Heroes",
        "Product Co-op", "Ооомир",
        "Ипотека",       "Corpus",
        "Agfa",          "Saab",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_base(names[i], names[i]);
    assert_base("The Limited, Inc.", "The Limited, Inc.");
}

static void what_is_form_alone_is_no_name(void **state) {
    static const char *const names[] = {"Inc",     "Inc. & Co",     "ООО", "Company Pte. Ltd.",
                                        "  LLC  ", "GmbH & Co. KG", "SAS", "ООО «»"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_base(names[i], "");
    assert_base("", "");
    assert_base("  ", "");
    assert_base(" - ", "-");
    assert_base("!!!", "!!!");
    assert_base("AG Ltd", "AG");
}

static void assert_same(const char *a, const char *b, int want) {
    int32_t there = -1, back = -1;
    OK(qbg_company_is_same(NULL, a, b, &there));
    OK(qbg_company_is_same(NULL, b, a, &back));
    if (there != want || back != want) fail_msg("\"%s\" and \"%s\": %d %d", a, b, there, back);
}

static void one_company_is_written_in_many_ways(void **state) {
    static const char *const same[][2] = {
        {"ООО «Красная ромашка»", "Krasnaya Romashka LLC"},
        {"Красная ромашка", "KРACНАЯ  POМАШКА"},
        {"Красная ромашка", "Krasnaja romaschka"},
        {"Объединённая компания", "ОБЪЕДИНЕННАЯ КОМПАНИЯ"},
        {"ПАО «Газпром»", "Gazprom PJSC"},
        {"Альфа-Банк", "Alfa Bank"},
        {"Рога и копыта", "Рога & Копыта"},
        {"Рога и копыта", "Roga i kopyta"},
        {"Smith and Jones Ltd", "SMITH & JONES, Inc."},
        {"Müller und Söhne", "MULLER & SOHNE GmbH"},
        {"Nestlé S.A.", "nestle"},
        {"U.S. Steel", "US Steel Corp."},
        {"A B C Ltd", "ABC"},
        {"The Home Depot, Inc.", "Home Depot"},
        {"ТНК", "THK"},
        {"Майский чай", "Маи\xCC\x86ский чай"},
        {"L'Oréal", "LOreal"},
        {"Dr.Web", "Dr. Web"},
        {"株式会社ひまわり", "ひまわり"},
        {"SAS", "SAS Inc."},
        {"ＡＣＭＥ", "Acme"},
        {"ОАО «РЖД»", "РЖД"},
        {"3М", "3M"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_same(same[i][0], same[i][1], 1);
}

static void other_companies_stay_apart(void **state) {
    static const char *const others[][2] = {
        {"Alfa Bank", "Alpha Bank"},
        {"Sachs", "Saks"},
        {"Газпром", "Газпром нефть"},
        {"Ромашка", "Ромашка плюс"},
        {"Ромашка", "Ромашка+"},
        {"ООО Ромашка", "АО Ромашка"},
        {"Merck KGaA", "Merck & Co., Inc."},
        {"Siemens AG", "Siemens SA"},
        {"Oak Bank N.V.", "Oak Holding N.V."},
        {"Acme (UK) Ltd", "Acme Ltd"},
        {"One by Five", "Five by One"},
        {"Inc", "Inc"},
        {"ООО", "ООО"},
        {"", ""},
        {"-", "-"},
        {"123", "123"},
        {"Мария", "Марина"},
        {"ИТ", "IT"},
        {"Kia", "Kya"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_same(others[i][0], others[i][1], 0);
}

/* More words or bytes than a name has: nothing is taken off, and nothing is lost. */
static void what_is_too_long_is_left_alone(void **state) {
    (void)state;
    enum { WORDS = 5000 };
    char *name = malloc(4 * WORDS + 8);
    assert_non_null(name);
    name[0] = '\0';
    for (int i = 0; i < WORDS; i++) memcpy(name + (size_t)i * 4, "ab c", 4);
    strcpy(name + (size_t)WORDS * 4, " Ltd");
    assert_base(name, name);
    assert_same(name, name, 1);
    name[QBG__COMPANY_BYTES - 5] = '\0';
    qbg__company company;
    qbg__company_read(name, strlen(name), &company);
    assert_int_equal(company.form, QBG__FORM_NONE);
    free(name);
}

/* A name of exactly as many words as fit has its form still. */
static void the_longest_names_are_read(void **state) {
    char name[4 * QBG__COMPANY_PIECES + 8] = "";
    (void)state;
    for (int i = 0; i < QBG__COMPANY_PIECES - 2; i++) strcat(name, "xy ");
    size_t size = strlen(name);
    strcat(name, "GmbH");
    qbg_blob *base = NULL;
    OK(qbg_company_base(NULL, name, &base));
    assert_int_equal(qbg_blob_size(base), size - 1);
    qbg_blob_free(base);
    strcat(name, " xy");
    OK(qbg_company_base(NULL, name, &base));
    assert_string_equal(qbg_blob_data(base), name);
    qbg_blob_free(base);
}

static void misuse_is_refused(void **state) {
    qbg_blob *blob = NULL;
    int32_t is_same = 7;
    qbg_allocator bad = {1, NULL, NULL};
    (void)state;
    assert_int_equal(qbg_company_base(NULL, NULL, &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_base(NULL, "Acme", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_base(&bad, "Acme", &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_base(NULL, "\xFF", &blob), QBG_E_TEXT);
    assert_int_equal(qbg_company_is_same(NULL, NULL, "", &is_same), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_is_same(NULL, "", NULL, &is_same), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_is_same(NULL, "", "", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_company_is_same(NULL, "", "\xC3", &is_same), QBG_E_TEXT);
    assert_null(blob);
    assert_int_equal(is_same, 7);
}

static void out_of_memory_is_told(void **state) {
    (void)state;
    host memory = HOST;
    const qbg_allocator allocator = allocator_of(&memory);
    qbg_status status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        qbg_blob *base = NULL;
        refuse(&memory, request);
        status = qbg_company_base(&allocator, "ООО «Красная ромашка»", &base);
        if (memory.requests > request) assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(base != NULL, status == QBG_OK);
        qbg_blob_free(base);
        assert_int_equal(memory.bytes, 0);
    }
    status = QBG_E_MEMORY;
    for (long request = 0; status != QBG_OK; request++) {
        int32_t is_same = 7;
        refuse(&memory, request);
        status = qbg_company_is_same(&allocator, "Красная ромашка", "Krasnaya romashka", &is_same);
        if (memory.requests > request) assert_int_equal(status, QBG_E_MEMORY);
        assert_int_equal(is_same, status == QBG_OK ? 1 : 7);
        assert_int_equal(memory.bytes, 0);
    }
    assert_false(memory.is_misused);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_go),
        cmocka_unit_test(names_stay_as_they_are_written),
        cmocka_unit_test(what_is_no_form_stays),
        cmocka_unit_test(what_is_form_alone_is_no_name),
        cmocka_unit_test(one_company_is_written_in_many_ways),
        cmocka_unit_test(other_companies_stay_apart),
        cmocka_unit_test(what_is_too_long_is_left_alone),
        cmocka_unit_test(the_longest_names_are_read),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
