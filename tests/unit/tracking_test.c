/* tracking: the table of seven people comes out as it went in, and its words are found again. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "io/tracking.h"
#include "qbg/qbg.h"

typedef struct person {
    const char *company, *name, *title;
    int32_t participation, interest;
    const char *last, *next, *note;
} person;

static const person people[] = {
    {"Компания А", "Иван Петров", "Технический специалист", QBG_PARTICIPATION_ACTIVE,
     QBG_INTEREST_HIGH, "2025-11-15", "2025-11-22", "Задал вопросы по интеграции"},
    {"Компания А", "Мария Сидорова", "Финансовый директор", QBG_PARTICIPATION_MODERATE,
     QBG_INTEREST_MEDIUM, "2025-11-10", "2025-11-20", "Интересуется ROI"},
    {"Компания А", "Алексей Кузнецов", "Руководитель производства", QBG_PARTICIPATION_ACTIVE,
     QBG_INTEREST_HIGH, "2025-11-18", "2025-11-25", "Обсуждение пилотного проекта"},
    {"Компания Б", "Сергей Иванов", "IT-специалист", QBG_PARTICIPATION_PASSIVE, QBG_INTEREST_LOW,
     "2025-11-05", "2025-11-23", "Не отвечает на email"},
    {"Компания Б", "Ольга Николаева", "Генеральный директор", QBG_PARTICIPATION_ACTIVE,
     QBG_INTEREST_HIGH, "2025-11-17", "2025-11-24", "Заинтересована в демо"},
    {"Компания В", "Дмитрий Смирнов", "Технический специалист", QBG_PARTICIPATION_MODERATE,
     QBG_INTEREST_MEDIUM, "2025-11-12", "2025-11-21", "Требует больше информации"},
    {"Компания В", "Анна Ковалева", "Финансовый аналитик", QBG_PARTICIPATION_ACTIVE,
     QBG_INTEREST_HIGH, "2025-11-14", "2025-11-26", "Согласовывает бюджет"},
};

static const char russian_csv[] =
    "Компания,Участник группы,Роль в процессе,Статус участия,Интерес к продукту,"
    "Последнее взаимодействие,Дата следующего контакта,Примечания\n"
    "Компания А,Иван Петров,Технический специалист,Активный,Высокий,2025-11-15,2025-11-22,"
    "Задал вопросы по интеграции\n"
    "Компания А,Мария Сидорова,Финансовый директор,Умеренный,Средний,2025-11-10,2025-11-20,"
    "Интересуется ROI\n"
    "Компания А,Алексей Кузнецов,Руководитель производства,Активный,Высокий,2025-11-18,"
    "2025-11-25,Обсуждение пилотного проекта\n"
    "Компания Б,Сергей Иванов,IT-специалист,Пассивный,Низкий,2025-11-05,2025-11-23,"
    "Не отвечает на email\n"
    "Компания Б,Ольга Николаева,Генеральный директор,Активный,Высокий,2025-11-17,2025-11-24,"
    "Заинтересована в демо\n"
    "Компания В,Дмитрий Смирнов,Технический специалист,Умеренный,Средний,2025-11-12,2025-11-21,"
    "Требует больше информации\n"
    "Компания В,Анна Ковалева,Финансовый аналитик,Активный,Высокий,2025-11-14,2025-11-26,"
    "Согласовывает бюджет\n";

static int64_t time_of(const char *text, int32_t day_end) {
    int64_t time_s = 0;
    assert_int_equal(qbg_time_from_text(text, day_end, &time_s), QBG_OK);
    return time_s;
}

#define AS_OF time_of("2025-11-19", 1)

/* As the book's reader does it: the company's name is the key of all that is its own. */
static qbg_opportunity *opportunity_of(qbg_workspace *workspace, const char *company) {
    qbg_account *account;
    qbg_solution *solution;
    qbg_opportunity *opportunity;
    assert_int_equal(qbg_account_put(workspace, company, company, &account, NULL), QBG_OK);
    assert_int_equal(qbg_solution_put(workspace, "default", NULL, NULL, &solution, NULL), QBG_OK);
    assert_int_equal(
        qbg_opportunity_put(workspace, company, account, solution, QBG_UNDATED, &opportunity, NULL),
        QBG_OK);
    return opportunity;
}

static void record(qbg_workspace *workspace, qbg_contact *contact, const char *date) {
    qbg_signal *signal;
    assert_int_equal(qbg_signal_new(workspace, &signal), QBG_OK);
    assert_int_equal(qbg_signal_set_time(signal, time_of(date, 0)), QBG_OK);
    assert_int_equal(qbg_signal_set_kind(signal, "interaction"), QBG_OK);
    assert_int_equal(qbg_signal_set_contact(signal, contact), QBG_OK);
    assert_int_equal(qbg_record(workspace, signal, NULL, NULL), QBG_OK);
    qbg_signal_free(signal);
}

static void add_person(qbg_workspace *workspace, const person *of) {
    char key[128];
    qbg_contact *contact;
    qbg_member *member;
    qbg_opportunity *opportunity = opportunity_of(workspace, of->company);
    strcpy(key, of->company);
    strcat(key, "/");
    strcat(key, of->name);
    assert_int_equal(qbg_contact_add(workspace, key, qbg_opportunity_account(opportunity), of->name,
                                     of->title, &contact),
                     QBG_OK);
    assert_int_equal(qbg_member_add(opportunity, contact, &member), QBG_OK);
    assert_int_equal(
        qbg_member_set_participation(member, of->participation, QBG_UNDATED, QBG_SOURCE_HOST),
        QBG_OK);
    assert_int_equal(qbg_member_set_interest(member, of->interest, QBG_UNDATED, QBG_SOURCE_HOST),
                     QBG_OK);
    assert_int_equal(qbg_member_set_next_contact(member, time_of(of->next, 0)), QBG_OK);
    assert_int_equal(qbg_member_set_note(member, of->note), QBG_OK);
    record(workspace, contact, of->last);
}

static int set_up(void **state) {
    qbg_workspace *workspace;
    if (qbg_workspace_new(NULL, &workspace) != QBG_OK) return 1;
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) add_person(workspace, &people[i]);
    *state = workspace;
    return 0;
}

static int tear_down(void **state) {
    qbg_workspace_free(*state);
    return 0;
}

static qbg_blob *write(void **state, int32_t format, const char *lang) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_tracking(*state, AS_OF, format, lang, &blob), QBG_OK);
    return blob;
}

static void assert_holds(const qbg_blob *blob, const char *text) {
    if (strstr(qbg_blob_data(blob), text)) return;
    print_message("not there: %s\nin:\n%s", text, qbg_blob_data(blob));
    fail();
}

static void writes_the_table_as_it_was_read(void **state) {
    qbg_blob *blob = write(state, QBG_FORMAT_CSV, "ru");
    assert_string_equal(qbg_blob_data(blob), russian_csv);
    assert_int_equal(qbg_blob_size(blob), sizeof russian_csv - 1);
    qbg_blob_free(blob);
}

static void writes_english_words(void **state) {
    qbg_blob *blob = write(state, QBG_FORMAT_CSV, "en");
    assert_holds(blob, "Company,Group member,Role in the process,Participation status,Product "
                       "interest,Last interaction,Next contact date,Notes\n");
    assert_holds(blob, "Компания Б,Сергей Иванов,IT-специалист,Passive,Low,2025-11-05,");
    qbg_blob_free(blob);
}

/* Ready first: the groups stand by priority, the rows below as they came. */
static void tells_how_ready_the_companies_are(void **state) {
    qbg_blob *blob = write(state, QBG_FORMAT_TEXT, "en");
    const char *text = qbg_blob_data(blob);
    assert_memory_equal(text, "Buying groups as of 2025-11-19\n\n", 32);
    const char *table = strstr(text, "Group member");
    assert_non_null(table);
    for (size_t i = 0; i < 7; i += 3) {
        const char *company = strstr(text, people[i < 6 ? i : 5].company);
        assert_non_null(company);
        assert_true(company < table);
    }
    assert_holds(blob, "single-threaded");
    assert_holds(blob, "1/2");
    qbg_blob_free(blob);
}

static void writes_russian_text(void **state) {
    qbg_blob *blob = write(state, QBG_FORMAT_TEXT, "ru");
    assert_holds(blob, "Группы покупателей на 19 ноября 2025 г.\n");
    assert_holds(blob, "Вердикт");
    assert_holds(blob, "Умеренный");
    assert_holds(blob, "    28,5      50\xC2\xA0%   3/3  ");
    assert_holds(blob, "  15.11.2025                22.11.2025                Задал");
    assert_holds(blob, "Покрытие: вовлечёнными людьми.");
    qbg_blob_free(blob);
}

static void writes_json(void **state) {
    qbg_blob *blob = write(state, QBG_FORMAT_JSON, NULL);
    assert_holds(blob, "{\n \"format\": 1,\n \"as_of\": \"2025-11-19T23:59:59Z\",\n"
                       " \"readiness\": [\n  {\"account\": \"Компания ");
    assert_holds(blob, "{\"company\": \"Компания Б\", \"person\": \"Сергей Иванов\", \"role\": "
                       "\"IT-специалист\", \"participation\": \"passive\", \"interest\": \"low\", "
                       "\"last_interaction\": \"2025-11-05T00:00:00Z\", \"next_contact\": "
                       "\"2025-11-23T00:00:00Z\", \"note\": \"Не отвечает на email\"}");
    qbg_blob_free(blob);
}

static void prefers_asserted_roles_to_the_title(void **state) {
    qbg_workspace *workspace = *state;
    qbg_opportunity *opportunity = qbg_opportunity_find(workspace, "Компания Б");
    qbg_contact *contact = qbg_contact_find(workspace, "Компания Б/Сергей Иванов");
    qbg_role *role;
    assert_int_equal(qbg_role_put(workspace, "end_user", "Hands on", &role, NULL), QBG_OK);
    assert_int_equal(qbg_opportunity_add_member(opportunity, contact, role), QBG_OK);
    assert_int_equal(qbg_role_put(workspace, "champion", "Our man", &role, NULL), QBG_OK);
    assert_int_equal(qbg_opportunity_add_member(opportunity, contact, role), QBG_OK);
    qbg_blob *blob = write(state, QBG_FORMAT_CSV, "en");
    if (!strstr(qbg_blob_data(blob), "Сергей Иванов,Hands on; Our man,"))
        assert_holds(blob, "Сергей Иванов,Our man; Hands on,");
    qbg_blob_free(blob);
}

static void leaves_out_who_is_not_there(void **state) {
    qbg_workspace *workspace = *state;
    qbg_opportunity *b = qbg_opportunity_find(workspace, "Компания Б");
    qbg_contact *sergey = qbg_contact_find(workspace, "Компания Б/Сергей Иванов");
    qbg_opportunity *c = qbg_opportunity_find(workspace, "Компания В");
    assert_int_equal(qbg_member_set_status(qbg_member_find(b, sergey), QBG_STATUS_DISMISSED,
                                           QBG_UNDATED, QBG_SOURCE_HOST),
                     QBG_OK);
    assert_int_equal(qbg_opportunity_set_closed(c, time_of("2025-11-19", 0)), QBG_OK);
    qbg_blob *blob = write(state, QBG_FORMAT_CSV, "ru");
    assert_null(strstr(qbg_blob_data(blob), "Сергей"));
    assert_holds(blob, "Ольга");
    assert_null(strstr(qbg_blob_data(blob), "Компания В"));
    qbg_blob_free(blob);
}

static void leaves_empty_what_is_not_known(void **state) {
    qbg_workspace *workspace = *state;
    qbg_contact *contact;
    assert_int_equal(qbg_contact_add(workspace, "lead", NULL, NULL, NULL, &contact), QBG_OK);
    assert_int_equal(qbg_member_add(qbg_opportunity_find(workspace, "Компания А"), contact, NULL),
                     QBG_OK);
    qbg_blob *blob = write(state, QBG_FORMAT_CSV, "en");
    assert_holds(blob, "\nКомпания А,lead,,Passive,Low,,,\n");
    qbg_blob_free(blob);
}

/* A text of 100 letters is never shown whole, but always written whole. */
static void shows_long_texts_briefly(void **state) {
    qbg_workspace *workspace = *state;
    char text[101];
    qbg_account *account;
    qbg_contact *contact;
    memset(text, 'x', 100);
    text[100] = '\0';
    qbg_opportunity *opportunity = opportunity_of(workspace, "Компания А");
    assert_int_equal(qbg_account_put(workspace, "Компания А", text, &account, NULL), QBG_OK);
    assert_int_equal(qbg_contact_add(workspace, "lead", account, text, text, &contact), QBG_OK);
    qbg_member *member;
    assert_int_equal(qbg_member_add(opportunity, contact, &member), QBG_OK);
    assert_int_equal(qbg_member_set_note(member, text), QBG_OK);
    qbg_blob *blob = write(state, QBG_FORMAT_TEXT, "en");
    assert_null(strstr(qbg_blob_data(blob), text + 40));
    assert_holds(blob, "xxx… (Компания А)  ");
    assert_holds(blob, text + 41);
    qbg_blob_free(blob);
    blob = write(state, QBG_FORMAT_CSV, "en");
    assert_holds(blob, text);
    qbg_blob_free(blob);
}

static void says_when_there_is_nobody(void **state) {
    qbg_workspace *workspace;
    qbg_blob *blob;
    (void)state;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    assert_int_equal(qbg_report_tracking(workspace, AS_OF, QBG_FORMAT_TEXT, "en", &blob), QBG_OK);
    assert_string_equal(qbg_blob_data(blob), "There are no buying groups as of 2025-11-19.\n");
    qbg_blob_free(blob);
    qbg_workspace_free(workspace);
}

static void refuses_misuse(void **state) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_tracking(NULL, AS_OF, QBG_FORMAT_CSV, "ru", &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_tracking(*state, AS_OF, 3, "ru", &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_tracking(*state, AS_OF, QBG_FORMAT_CSV, "ru", NULL),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_tracking(*state, -1, QBG_FORMAT_CSV, "ru", &blob), QBG_E_RANGE);
    assert_null(blob);
}

static int column_of(const char *heading) {
    return qbg__tracking_find_column(heading, strlen(heading));
}

static void finds_headings_and_words(void **state) {
    (void)state;
    assert_int_equal(column_of("Компания"), QBG__TRACKING_COMPANY);
    assert_int_equal(column_of(" последнее ВЗАИМОДЕЙСТВИЕ "), QBG__TRACKING_LAST_INTERACTION);
    assert_int_equal(column_of("group MEMBER"), QBG__TRACKING_PERSON);
    assert_int_equal(column_of("Notes"), QBG__TRACKING_NOTE);
    assert_int_equal(column_of("Заметки"), -1);
    assert_int_equal(column_of(""), -1);
    assert_int_equal(qbg__tracking_find_participation("умеренный", 18), QBG_PARTICIPATION_MODERATE);
    assert_int_equal(qbg__tracking_find_participation("passive", 7), QBG_PARTICIPATION_PASSIVE);
    assert_int_equal(qbg__tracking_find_participation("high", 4), QBG_UNSET);
    assert_int_equal(qbg__tracking_find_interest("High", 4), QBG_INTEREST_HIGH);
    assert_int_equal(qbg__tracking_find_interest("Низкий", 12), QBG_INTEREST_LOW);
    assert_int_equal(qbg__tracking_find_interest("", 0), QBG_UNSET);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(writes_the_table_as_it_was_read),
        TEST(writes_english_words),
        TEST(tells_how_ready_the_companies_are),
        TEST(writes_russian_text),
        TEST(writes_json),
        TEST(prefers_asserted_roles_to_the_title),
        TEST(leaves_out_who_is_not_there),
        TEST(leaves_empty_what_is_not_known),
        TEST(shows_long_texts_briefly),
        cmocka_unit_test(says_when_there_is_nobody),
        TEST(refuses_misuse),
        cmocka_unit_test(finds_headings_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
