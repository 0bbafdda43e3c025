/* explanation: the sentences of a small group, with the right figures and numbers of words, in
 * English and in Russian. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "model/contact.h"
#include "qbg/qbg.h"

static int64_t time_of(const char *text, int32_t day_end) {
    int64_t time_s = 0;
    assert_int_equal(qbg_time_from_text(text, day_end, &time_s), QBG_OK);
    return time_s;
}

#define AS_OF time_of("2025-11-19", 1)
#define TODAY time_of("2025-11-19T10:00Z", 0)

static void assert_done(qbg_status status) { assert_int_equal(status, QBG_OK); }

/* A signal of a contact, or of an anonymous visitor. */
static void record(qbg_workspace *workspace, const char *contact, const char *visitor,
                   const char *kind, int64_t time_s) {
    qbg_signal *signal;
    assert_done(qbg_signal_new(workspace, &signal));
    assert_done(qbg_signal_set_time(signal, time_s));
    assert_done(qbg_signal_set_kind(signal, kind));
    assert_done(qbg_signal_set_account(signal, qbg_account_find(workspace, "daisy")));
    assert_done(qbg_signal_set_solution(signal, qbg_solution_find(workspace, "hr")));
    if (contact) assert_done(qbg_signal_set_contact(signal, qbg_contact_find(workspace, contact)));
    if (visitor) assert_done(qbg_signal_set_visitor(signal, visitor));
    assert_done(qbg_signal_set_content(signal, "hr/guide"));
    assert_done(qbg_record(workspace, signal, NULL, NULL));
    qbg_signal_free(signal);
}

static qbg_opportunity *daisy_hr(void **state) { return qbg_opportunity_find(*state, "daisy-hr"); }

static void add_member(void **state, const char *key, const char *name, const char *title,
                       const char *role) {
    qbg_contact *contact;
    assert_done(
        qbg_contact_add(*state, key, qbg_account_find(*state, "daisy"), name, title, &contact));
    assert_done(qbg_opportunity_add_member(daisy_hr(state), contact, qbg_role_find(*state, role)));
}

static void set_seat(void **state, qbg_template *seats, const char *role, int64_t weight_milli,
                     int32_t required) {
    assert_done(
        qbg_template_set_seat(seats, qbg_role_find(*state, role), weight_milli, 1, required));
}

static int set_up(void **state) {
    qbg_workspace *workspace;
    qbg_account *daisy;
    qbg_template *seats;
    qbg_solution *hr;
    if (qbg_workspace_new(NULL, &workspace) != QBG_OK) return 1;
    *state = workspace;
    assert_done(qbg_account_add(workspace, "daisy", "Красная ромашка", &daisy));
    assert_done(qbg_template_add(workspace, "seats", &seats));
    set_seat(state, seats, "champion", 2000, 0);
    set_seat(state, seats, "economic_buyer", 3000, 1);
    set_seat(state, seats, "decision_maker", 3000, 0);
    assert_done(qbg_solution_add(workspace, "hr", "HR system", seats, &hr));
    assert_done(qbg_opportunity_add(workspace, "daisy-hr", daisy, hr, QBG_UNDATED, NULL));
    return 0;
}

static int tear_down(void **state) {
    qbg_workspace_free(*state);
    return 0;
}

/* 20 and 5 points of today: the intent is 1 - 0.5 * 0.8 = 0.6, the engaged coverage 5/8, the
 * priority 60 * 0.71875 = 43.125. */
static void add_two_people(void **state) {
    add_member(state, "elena", "Елена Соколова", "HR-менеджер", "champion");
    add_member(state, "ivan", "Иван Михайлов", NULL, "economic_buyer");
    record(*state, "elena", NULL, "meeting", TODAY);
    record(*state, "ivan", NULL, "content_download", TODAY);
}

static qbg_blob *explain_in(void **state, const char *lang) {
    qbg_blob *blob = NULL;
    assert_done(qbg_report_explain(daisy_hr(state), AS_OF, lang, &blob));
    return blob;
}

static qbg_blob *explain(void **state) { return explain_in(state, "en"); }

static void assert_holds(const qbg_blob *blob, const char *text) {
    if (strstr(qbg_blob_data(blob), text)) return;
    print_message("not there: %s\nin:\n%s", text, qbg_blob_data(blob));
    fail();
}

static void assert_lacks(const qbg_blob *blob, const char *text) {
    if (!strstr(qbg_blob_data(blob), text)) return;
    print_message("there: %s\nin:\n%s", text, qbg_blob_data(blob));
    fail();
}

static void explains_the_score(void **state) {
    add_two_people(state);
    qbg_blob *blob = explain(state);
    assert_holds(blob, "Buying group daisy-hr: HR system at Красная ромашка, as of 2025-11-19.\n");
    assert_holds(blob, "The verdict is multi-threaded: 2 of 2 people in the group are engaged. "
                       "1 required criterion of the gate fails.\n");
    assert_holds(blob, "The priority is 43.1 of 100: 100 × intent 0.600 × (0.25 + 0.75 × engaged "
                       "coverage 0.625). With all seats engaged and the same intent it would be "
                       "60.0.\n");
    assert_holds(blob, "The intent is 0.600: 1 minus the product");
    assert_holds(blob, "  Who             Points  Engagement  Weight  Left open\n");
    assert_holds(blob, "  Елена Соколова  20.000       0.500   1.000      0.500\n"
                       "  Иван Михайлов    5.000       0.200   1.000      0.800\n"
                       "\nThe product is 0.400.\n");
    qbg_blob_free(blob);
}

static void explains_the_seats(void **state) {
    add_two_people(state);
    qbg_blob *blob = explain(state);
    assert_holds(blob, "Known people fill 63% of the seats' weight, engaged people 63%, supporters "
                       "and champions 0%. The plain mean over the seats is 67%.\n");
    assert_holds(blob, "2  no           1/1  engaged  Елена Соколова\n");
    assert_holds(blob, "3  yes          1/1  engaged  Иван Михайлов\n");
    assert_holds(blob, "3  no           0/1  missing\n");
    qbg_blob_free(blob);
}

static void shows_each_ledger(void **state) {
    add_two_people(state);
    record(*state, "elena", NULL, "content_download", time_of("2025-10-20T12:00Z", 0));
    qbg_blob *blob = explain(state);
    assert_holds(blob,
                 "Somebody is engaged from 2.5 points and active from 10. Points lose half of "
                 "their weight in 30 days.\n");
    assert_holds(blob, "\nЕлена Соколова has the role ");
    assert_holds(blob, " 22.500 points, engagement 0.529: participation active, interest high; "
                       "stance unknown.\n");
    assert_holds(blob, "  2025-10-20  ");
    assert_holds(blob, "  hr/guide       5         30    0.500     2.500\n");
    assert_holds(blob, "  hr/guide      20          0    1.000    20.000\n");
    assert_holds(blob, "  Sum                   ");
    assert_holds(blob, "    22.500\n");
    assert_null(strstr(qbg_blob_data(blob), " \n"));
    qbg_blob_free(blob);
}

static void tells_what_is_missing(void **state) {
    add_two_people(state);
    assert_done(qbg_member_set_next_contact(
        qbg_member_find(daisy_hr(state), qbg_contact_find(*state, "ivan")),
        time_of("2025-11-25", 0)));
    qbg_blob *blob = explain(state);
    assert_holds(blob, "  fails    required  2 people are in the group; 3 are needed.\n");
    assert_holds(blob, "  passes   required  2 people are engaged; 2 are needed.\n");
    assert_holds(blob,
                 "  passes   required  The last signal with points is 0 days old; 30 days are "
                 "allowed.\n");
    assert_holds(blob, "  unknown  advisory  The budget is not known.\n");
    assert_holds(blob, "\nIdentify 1 more person.\n");
    assert_holds(blob, "\nNobody is known as ");
    assert_holds(blob, "\nThe next contact is planned for 2025-11-25.\n");
    qbg_blob_free(blob);
}

static void tells_what_would_help(void **state) {
    add_member(state, "ivan", "Иван Михайлов", NULL, "champion");
    record(*state, "ivan", NULL, "content_read", TODAY);
    qbg_blob *blob = explain(state);
    assert_holds(blob, "The verdict is silent: nobody of the group is engaged. 5 required criteria "
                       "of the gate fail.\n");
    assert_holds(blob, "1 person is in the group; 3 are needed.\n");
    assert_holds(blob, "\nIdentify 2 more people.\nEngage 2 more people.\n"
                       "Nearest to being engaged: Иван Михайлов, with 2.000 of 2.500 points.\n"
                       "Find somebody for the required seat: ");
    assert_holds(blob, " adds 0.375 to the engaged coverage, which lacks 0.500.\n"
                       "One more member with 10 points would lift the intent from 0.091 to "
                       "0.394.\n");
    assert_holds(blob, "\nKnown but not engaged: ");
    assert_holds(blob, " (Иван Михайлов).\n");
    assert_holds(blob, "\nNo next contact is planned.\n");
    qbg_blob_free(blob);
}

static void counts_who_is_outside(void **state) {
    qbg_contact *contact;
    add_two_people(state);
    assert_done(
        qbg_contact_add(*state, "anna", qbg_account_find(*state, "daisy"), "Анна", NULL, &contact));
    record(*state, "anna", NULL, "meeting", TODAY);
    record(*state, NULL, "v-1", "meeting", TODAY);
    record(*state, NULL, NULL, "intent_surge", TODAY);
    qbg_blob *blob = explain(state);
    assert_holds(blob, "  Анна                  20.000       0.500   0.500      0.750\n"
                       "  1 anonymous visitor                        0.500      0.750\n"
                       "  1 third-party signal  15.000       0.429   0.500      0.786\n");
    assert_holds(blob, " Анна is no member of the group, so the points count at weight 0.5. "
                       "Somebody without a name counts at weight 0.5; ");
    qbg_blob_free(blob);
}

static void tells_who_does_not_count_any_more(void **state) {
    add_two_people(state);
    assert_done(
        qbg_member_set_left(qbg_member_find(daisy_hr(state), qbg_contact_find(*state, "ivan")),
                            time_of("2025-11-19T12:00Z", 0)));
    qbg_blob *blob = explain(state);
    assert_holds(blob, "The verdict is single-threaded: 1 of 1 person in the group is engaged.");
    assert_holds(blob, " Иван Михайлов does not belong to the group any more, so 5.000 points do "
                       "not count.\n");
    qbg_blob_free(blob);
}

static void tells_who_has_yet_to_join(void **state) {
    add_two_people(state);
    assert_done(
        qbg_member_set_joined(qbg_member_find(daisy_hr(state), qbg_contact_find(*state, "ivan")),
                              time_of("2025-12-01", 0)));
    qbg_blob *blob = explain(state);
    assert_holds(blob, "  Иван Михайлов    5.000       0.200   0.500      0.900\n");
    assert_holds(blob, " Иван Михайлов joins on 2025-12-01; until then the points count at weight "
                       "0.5, as those of others.\n");
    assert_lacks(blob, "no member of the group");
    qbg_blob_free(blob);
}

/* The last signal is 31 days old, and 30 are allowed. */
static void tells_of_a_silence(void **state) {
    add_member(state, "ivan", "Иван Михайлов", NULL, "champion");
    record(*state, "ivan", NULL, "meeting", time_of("2025-10-19T10:00Z", 0));
    qbg_blob *blob = explain(state);
    assert_holds(blob, "\nGet in touch again: the group has been silent for too long.\n");
    assert_lacks(blob, "no signal with points yet");
    qbg_blob_free(blob);
}

static void tells_what_is_known_before_the_opening(void **state) {
    add_two_people(state);
    assert_done(qbg_opportunity_set_opened(daisy_hr(state), time_of("2025-12-01", 0)));
    qbg_blob *blob = explain(state);
    assert_holds(blob, ", as of 2025-11-19. The opportunity opens on 2025-12-01; this is what is "
                       "known before.\n\nThe verdict is ");
    assert_holds(blob, "\nWhat is missing\n");
    qbg_blob_free(blob);
}

/* Closed at that very second: it is over, and how it ended is told as far as it is known. */
static void advises_nothing_once_it_is_over(void **state) {
    add_two_people(state);
    assert_done(qbg_opportunity_set_closed(daisy_hr(state), AS_OF));
    qbg_blob *blob = explain(state);
    assert_holds(blob, ", as of 2025-11-19. The opportunity was closed on 2025-11-19.\n\n");
    qbg_blob_free(blob);
    assert_done(qbg_opportunity_set_outcome(daisy_hr(state), QBG_OUTCOME_WON, QBG_UNDATED,
                                            QBG_SOURCE_HOST));
    blob = explain(state);
    assert_holds(blob, " The opportunity was closed on 2025-11-19 (won).\n\n");
    assert_holds(blob, "\nWhat passes\n");
    assert_lacks(blob, "What is missing");
    assert_lacks(blob, "Identify");
    assert_lacks(blob, "it would be");
    assert_lacks(blob, "next contact");
    qbg_blob_free(blob);
    assert_done(qbg_opportunity_set_closed(daisy_hr(state), AS_OF + 1));
    blob = explain(state);
    assert_holds(blob, ", as of 2025-11-19.\n\nThe verdict is ");
    assert_holds(blob, "\nIdentify 1 more person.\n");
    qbg_blob_free(blob);
}

/* An intent of 0.6 beside thresholds that differ from it by much, not at all, and by less than is
 * shown. */
static void compares_figures_of_one_form(void **state) {
    qbg_policy *policy = qbg_workspace_policy(*state);
    add_two_people(state);
    qbg_blob *blob = explain(state);
    assert_holds(blob, "Engaged people fill 0.625 of the seats' weight; 0.500 is needed.\n");
    assert_holds(blob, "The intent is 0.600; 0.500 is needed.\n");
    assert_holds(blob, "The fit is not known; 0.500 is needed.\n");
    qbg_blob_free(blob);
    assert_done(qbg_policy_set_milli(policy, "min_intent", 600));
    blob = explain(state);
    assert_holds(blob, "The intent is 0.600; 0.600 is needed.\n");
    qbg_blob_free(blob);
    record(*state, "ivan", NULL, "email_open", time_of("2025-07-01", 0));
    blob = explain(state);
    assert_holds(blob, "The intent is 0.6003");
    assert_holds(blob, "; 0.6 is needed.\n");
    qbg_blob_free(blob);
}

static void lists_seats_with_and_before_the_last(void **state) {
    qbg_template *seats = qbg_template_find(*state, "seats");
    set_seat(state, seats, "decision_maker", 3000, 1);
    set_seat(state, seats, "end_user", 1000, 1);
    add_member(state, "ivan", "Иван Михайлов", NULL, "champion");
    qbg_blob *blob = explain(state);
    assert_holds(blob, "\nFind somebody for the required seats: economic buyer, decision maker and "
                       "end user.\n");
    qbg_blob_free(blob);
    blob = explain_in(state, "ru");
    assert_holds(blob, "\nНайдите людей на обязательные роли: «экономический покупатель», «лицо, "
                       "принимающее решение» и «пользователь».\n");
    qbg_blob_free(blob);
}

static void turns_no_direction_of_writing(void **state) {
    add_member(state, "eve", "Eve\xE2\x80\xAEsliame",
               "\xE2\x81\xA6"
               "CFO",
               "champion");
    qbg_blob *blob = explain(state);
    assert_holds(blob, "\nEve sliame has the role ");
    assert_lacks(blob, "\xE2\x80\xAE");
    assert_lacks(blob, "\xE2\x81\xA6");
    qbg_blob_free(blob);
}

/* Somebody who was erased has neither name nor key; here the key is only covered up. */
static void names_nobody_who_was_erased(void **state) {
    add_two_people(state);
    qbg_contact *elena = qbg_contact_find(*state, "elena");
    char first = elena->key[0], first_of_name = elena->name[0];
    elena->key[0] = elena->name[0] = '\0';
    qbg_blob *blob = explain(state);
    assert_holds(blob, "\n  Somebody whose name was erased  20.000 ");
    assert_holds(blob, "  engaged  somebody whose name was erased\n");
    assert_holds(blob, "\nSomebody whose name was erased has the role champion, as recorded.");
    assert_lacks(blob, "lena");
    qbg_blob_free(blob);
    blob = explain_in(state, "ru");
    assert_holds(blob, "\nБезымянный контакт: указана роль «чемпион».");
    qbg_blob_free(blob);
    elena->key[0] = first;
    elena->name[0] = first_of_name;
}

static void explains_an_empty_group(void **state) {
    qbg_blob *blob = explain(state);
    assert_holds(blob, "The verdict is silent: nobody is in the group yet. 6 required criteria of "
                       "the gate fail.\n");
    assert_holds(blob, "The intent is 0: nobody has points here.\n");
    assert_holds(blob, "There is nobody in the group.\n");
    assert_holds(blob, "There is no signal with points.\n");
    assert_holds(blob, "\nGet in touch: there is no signal with points yet.\n");
    assert_lacks(blob, "silent for too long");
    qbg_blob_free(blob);
}

static void tells_when_nothing_is_missing(void **state) {
    add_two_people(state);
    add_member(state, "olga", "Ольга Петрова", NULL, "decision_maker");
    qbg_blob *blob = explain(state);
    assert_holds(blob, "The verdict is qualified: 2 of 3 people in the group are engaged. Every "
                       "required criterion of the gate passes.\n");
    assert_holds(blob, "What is missing\n\nNothing required is missing.\n");
    assert_holds(blob, " There is no signal of this person here.\n");
    qbg_blob_free(blob);
}

/* The intent of 0.6 misses 0.7, but not 0.8 * 0.7. */
static void tells_what_holds_for_who_was_qualified(void **state) {
    qbg_policy *policy = qbg_workspace_policy(*state);
    add_two_people(state);
    assert_done(qbg_policy_set_milli(policy, "min_members_identified", 2000));
    assert_done(qbg_policy_set_milli(policy, "min_intent", 700));
    assert_done(qbg_opportunity_set_verdict(daisy_hr(state), QBG_VERDICT_QUALIFIED,
                                            time_of("2025-11-01", 0), QBG_SOURCE_HOST));
    qbg_blob *blob = explain(state);
    assert_holds(blob,
                 "The verdict is qualified: 2 of 2 people in the group are engaged. The group "
                 "was recorded as qualified before, and every required criterion of the gate "
                 "passes or still holds at its lower threshold.\n");
    assert_holds(blob, "  holds    required  The intent is 0.600; 0.700 is needed.\n");
    assert_holds(blob, "\nNothing required is missing.\n");
    qbg_blob_free(blob);
}

static void tells_the_role_by_the_title_and_the_hosts_words(void **state) {
    qbg_contact *contact;
    qbg_member *member;
    qbg_solution *hr;
    assert_done(
        qbg_solution_put(*state, "hr", NULL, qbg_template_find(*state, "standard"), &hr, NULL));
    assert_done(qbg_contact_add(*state, "olga", qbg_account_find(*state, "daisy"), "Ольга\nПетрова",
                                "Финансовый директор", &contact));
    assert_done(qbg_member_add(daisy_hr(state), contact, &member));
    assert_done(qbg_member_set_participation(member, QBG_PARTICIPATION_MODERATE, QBG_UNDATED,
                                             QBG_SOURCE_HOST));
    qbg_blob *blob = explain(state);
    assert_holds(blob, "\nОльга Петрова is taken as ");
    assert_holds(blob, ", by the title \"Финансовый директор\". 0.000 points, engagement 0.000: "
                       "participation moderate, interest low; stance unknown. The participation is "
                       "what the host says");
    qbg_blob_free(blob);
}

/* ---- Russian --------------------------------------------------------------------------------- */

#define NBSP "\xC2\xA0"

/* What the explanation in Russian holds, NULL at the end. */
static void assert_tells(void **state, const char *const *texts) {
    qbg_blob *blob = explain_in(state, "ru");
    for (; *texts; texts++) assert_holds(blob, *texts);
    assert_lacks(blob, "..");
    assert_lacks(blob, "{");
    qbg_blob_free(blob);
}

#define TELLS(...) assert_tells(state, (const char *const[]){__VA_ARGS__, NULL})

static void takes_any_other_language_for_english(void **state) {
    static const char *const others[] = {NULL, "", "de", "ru_RU"};
    add_two_people(state);
    qbg_blob *english = explain(state);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        qbg_blob *blob = explain_in(state, others[i]);
        assert_string_equal(qbg_blob_data(blob), qbg_blob_data(english));
        qbg_blob_free(blob);
    }
    qbg_blob_free(english);
}

static void explains_the_score_in_russian(void **state) {
    add_two_people(state);
    TELLS("Группа покупателей: daisy-hr. Решение: HR system. Компания: Красная ромашка. По "
          "состоянию на 19 ноября 2025 г.\n\n"
          "Вердикт: несколько контактов. В группе вовлечены 2 из 2 человек. Не выполнен 1 "
          "обязательный критерий квалификации.\n"
          "Приоритет — 43,1 из 100: 100 × интерес группы 0,600 × (0,25 + 0,75 × покрытие "
          "вовлечёнными 0,625). Если бы при том же интересе были вовлечены все роли, приоритет "
          "был бы равен 60,0.\n\n"
          "Интерес группы\n\nИнтерес группы — 0,600: это 1 минус произведение остатков",
          "  Кто              Баллы  Вовлечённость    Вес  Остаток\n",
          "  Елена Соколова  20,000          0,500  1,000    0,500\n"
          "  Иван Михайлов    5,000          0,200  1,000    0,800\n"
          "\nПроизведение остатков — 0,400.\n");
}

static void explains_seats_and_ledgers_in_russian(void **state) {
    add_two_people(state);
    record(*state, "elena", NULL, "content_download", time_of("2025-10-20T12:00Z", 0));
    TELLS("Известные люди закрывают 63" NBSP "% веса ролей, вовлечённые — 63" NBSP
          "%, сторонники и чемпионы — 0" NBSP "%. Простое среднее по ролям — 67" NBSP "%.\n",
          "  экономический покупатель     3  да              1/1  вовлечена  Иван Михайлов\n"
          "  лицо, принимающее решение    3  нет             0/1  не занята\n",
          "Человек считается вовлечённым от 2,5 балла и активным от 10. Баллы теряют половину веса "
          "за 30 дней.\n",
          "\nЕлена Соколова: указана роль «чемпион». 22,500 балла, вовлечённость 0,529; статус "
          "участия: активный, интерес: высокий, позиция: неизвестно.\n",
          "  20.10.2025  скачивание материала  hr/guide      5              30        0,500    "
          "2,500\n",
          "\n  Сумма                             ");
}

static void tells_what_is_missing_in_russian(void **state) {
    add_two_people(state);
    assert_done(qbg_member_set_next_contact(
        qbg_member_find(daisy_hr(state), qbg_contact_find(*state, "ivan")),
        time_of("2025-11-25", 0)));
    TELLS("  не выполнен  обязательный      В группе 2 человека; нужно не меньше 3.\n"
          "  выполнен     обязательный      Вовлечены 2 человека; нужно не меньше 2.\n",
          "  С последнего сигнала с баллами прошло 0 дней; допускается не больше 30.\n",
          "  неизвестно   рекомендательный  О бюджете ничего не известно.\n",
          "\nЧего не хватает\n\nНе хватает 1 участника: выясните, кто ещё влияет на решение.\n"
          "Недостающие роли: «лицо, принимающее решение».\n"
          "Следующий контакт запланирован на 25 ноября 2025 г.\n");
}

static void tells_what_would_help_in_russian(void **state) {
    add_member(state, "ivan", "Иван Михайлов", NULL, "champion");
    record(*state, "ivan", NULL, "content_read", TODAY);
    TELLS(
        "Вердикт: молчит. В группе никто не вовлечён. Не выполнено 5 обязательных критериев "
        "квалификации.\n",
        "В группе 1 человек; нужно не меньше 3.\n", "Вовлечено 0 человек; нужно не меньше 2.\n",
        "\nНе хватает 2 участников: выясните, кто ещё влияет на решение.\n"
        "Не хватает 2 вовлечённых участников: вызовите интерес у кого-нибудь ещё.\n"
        "Ближе всех к вовлечённости — Иван Михайлов: 2,000 из 2,500 балла.\n"
        "Найдите человека на обязательную роль: «экономический покупатель».\n"
        "Займитесь ролью «экономический покупатель»: один вовлечённый человек в ней добавит 0,375 "
        "к покрытию вовлечёнными, которому не хватает 0,500.\n"
        "Ещё один участник с 10 баллами поднял бы интерес группы с 0,091 до 0,394.\n"
        "Недостающие роли: «экономический покупатель» и «лицо, принимающее решение».\n"
        "Известные, но не вовлечённые: «чемпион» (Иван Михайлов).\n"
        "Следующий контакт не запланирован.\n");
}

static void counts_who_is_outside_in_russian(void **state) {
    qbg_contact *contact;
    add_two_people(state);
    assert_done(
        qbg_contact_add(*state, "anna", qbg_account_find(*state, "daisy"), "Анна", NULL, &contact));
    record(*state, "anna", NULL, "meeting", TODAY);
    record(*state, NULL, "v-1", "meeting", TODAY);
    record(*state, NULL, "v-2", "meeting", TODAY);
    record(*state, NULL, NULL, "intent_surge", TODAY);
    TELLS("  2 анонимных посетителя                              0,500    0,563\n"
          "  1 сигнал от третьей стороны  15,000          0,429  0,500    0,786\n",
          " Анна не входит в группу, поэтому баллы учитываются с весом 0,5. Анонимный посетитель "
          "учитывается с весом 0,5, а если в нём узнали участника группы — с весом 1. Сигналы от "
          "третьей стороны учитываются вместе, как один человек с весом 0,5.\n");
}

static void tells_who_comes_and_goes_in_russian(void **state) {
    add_two_people(state);
    qbg_member *ivan = qbg_member_find(daisy_hr(state), qbg_contact_find(*state, "ivan"));
    assert_done(qbg_member_set_joined(ivan, time_of("2025-12-01", 0)));
    TELLS(" Иван Михайлов войдёт в группу 1 декабря 2025 г.; до этого баллы учитываются с весом "
          "0,5, как и у всех, кто в неё не входит.\n");
    assert_done(qbg_member_set_joined(ivan, QBG_UNDATED));
    assert_done(qbg_member_set_left(ivan, time_of("2025-11-19T12:00Z", 0)));
    TELLS("Вердикт: один контакт. В группе вовлечён 1 из 1 человека.",
          " Иван Михайлов больше не входит в группу, поэтому баллы (5,000) не учитываются.\n");
}

static void tells_the_life_in_russian(void **state) {
    add_two_people(state);
    assert_done(qbg_opportunity_set_opened(daisy_hr(state), time_of("2025-12-01", 0)));
    TELLS(" Сделка откроется 1 декабря 2025 г., ниже — то, что известно до её открытия.\n\n");
    assert_done(qbg_opportunity_set_opened(daisy_hr(state), QBG_UNDATED));
    assert_done(qbg_opportunity_set_closed(daisy_hr(state), AS_OF));
    TELLS("По состоянию на 19 ноября 2025 г. Сделка закрыта 19 ноября 2025 г.\n\n");
    assert_done(qbg_opportunity_set_outcome(daisy_hr(state), QBG_OUTCOME_LOST, QBG_UNDATED,
                                            QBG_SOURCE_HOST));
    TELLS(" Сделка закрыта 19 ноября 2025 г. (проиграна).\n\n");
}

static void names_the_second_in_russian(void **state) {
    qbg_blob *blob = NULL;
    add_two_people(state);
    assert_done(qbg_report_explain(daisy_hr(state), TODAY, "ru", &blob));
    assert_holds(blob, "По состоянию на 19 ноября 2025 г., 10:00:00 UTC.\n\n");
    qbg_blob_free(blob);
}

static void explains_an_empty_group_in_russian(void **state) {
    TELLS(
        "Вердикт: молчит. В группе пока никого нет. Не выполнено 6 обязательных критериев "
        "квалификации.\n",
        "Интерес группы равен 0: баллов здесь ни у кого нет.\n", "\nВ группе никого нет.\n",
        " Сигналов с баллами нет.\n", "\nНачните общение: сигналов с баллами ещё нет.\n",
        "Недостающие роли: «чемпион», «экономический покупатель» и «лицо, принимающее решение».\n");
}

static void tells_what_holds_in_russian(void **state) {
    qbg_policy *policy = qbg_workspace_policy(*state);
    add_two_people(state);
    assert_done(qbg_policy_set_milli(policy, "min_members_identified", 2000));
    assert_done(qbg_policy_set_milli(policy, "min_intent", 700));
    assert_done(qbg_opportunity_set_verdict(daisy_hr(state), QBG_VERDICT_QUALIFIED,
                                            time_of("2025-11-01", 0), QBG_SOURCE_HOST));
    TELLS("Вердикт: квалифицирована. В группе вовлечены 2 из 2 человек. Ранее группа была признана "
          "квалифицированной, и каждый обязательный критерий квалификации выполнен или пока "
          "держится на сниженном пороге.\n",
          "  держится    обязательный      Интерес группы — 0,600; нужно не меньше 0,700.\n",
          "\nВсё обязательное есть.\n");
}

static void tells_roles_and_the_hosts_words_in_russian(void **state) {
    qbg_contact *contact;
    qbg_member *member;
    qbg_solution *hr;
    assert_done(
        qbg_solution_put(*state, "hr", NULL, qbg_template_find(*state, "standard"), &hr, NULL));
    assert_done(qbg_contact_add(*state, "olga", qbg_account_find(*state, "daisy"), "Ольга Петрова",
                                "Финансовый директор", &contact));
    assert_done(qbg_member_add(daisy_hr(state), contact, &member));
    assert_done(qbg_member_set_participation(member, QBG_PARTICIPATION_MODERATE, QBG_UNDATED,
                                             QBG_SOURCE_HOST));
    assert_done(qbg_member_set_interest(member, QBG_INTEREST_HIGH, QBG_UNDATED, QBG_SOURCE_HOST));
    add_member(state, "anna", "Анна", NULL, "champion");
    assert_done(qbg_opportunity_add_member(daisy_hr(state), qbg_contact_find(*state, "anna"),
                                           qbg_role_find(*state, "end_user")));
    TELLS("\nОльга Петрова: роль «экономический покупатель» определена по должности «Финансовый "
          "директор». 0,000 балла, вовлечённость 0,000; статус участия: умеренный, интерес: "
          "высокий, позиция: неизвестно. Статус участия и интерес указаны в исходных данных и "
          "важнее баллов. Сигналов от этого человека здесь нет.\n",
          "\nАнна: указаны роли «чемпион» и «пользователь».");
}

/* Each of so many people is engaged, and 30 are needed. */
static void agrees_with_the_number_of_people_in_russian(void **state) {
    static const struct {
        int count;
        const char *verdict, *engaged, *missing;
    } groups[] = {
        {1, "вовлечён 1 из 1 человека.", "Вовлечён 1 человек;", "Не хватает 29 вовлечённых"},
        {2, "вовлечены 2 из 2 человек.", "Вовлечены 2 человека;", "Не хватает 28 участников:"},
        {5, "вовлечено 5 из 5 человек.", "Вовлечено 5 человек;", "Не хватает 25 участников:"},
        {9, "вовлечено 9 из 9 человек.", "Вовлечено 9 человек;", "Не хватает 21 участника:"},
        {11, "вовлечено 11 из 11 человек.", "Вовлечено 11 человек;", "Не хватает 19 вовлечённых"},
        {21, "вовлечён 21 из 21 человека.", "Вовлечён 21 человек;", "Не хватает 9 участников:"},
        {22, "вовлечены 22 из 22 человек.", "Вовлечены 22 человека;", "Не хватает 8 вовлечённых"},
        {29, "вовлечено 29 из 29 человек.", "Вовлечено 29 человек;",
         "Не хватает 1 вовлечённого участника:"},
    };
    qbg_policy *policy = qbg_workspace_policy(*state);
    char key[8] = "p00";
    assert_done(qbg_policy_set_milli(policy, "min_members_identified", 30000));
    assert_done(qbg_policy_set_milli(policy, "min_members_engaged", 30000));
    for (int count = 1, group = 0; count <= 29; count++) {
        key[1] = (char)('0' + count / 10);
        key[2] = (char)('0' + count % 10);
        add_member(state, key, key, NULL, "end_user");
        record(*state, key, NULL, "meeting", TODAY);
        if (count != groups[group].count) continue;
        TELLS(groups[group].verdict, groups[group].engaged, groups[group].missing);
        group++;
    }
}

static void refuses_misuse(void **state) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_explain(NULL, AS_OF, "en", &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_explain(daisy_hr(state), AS_OF, "en", NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_report_explain(daisy_hr(state), -1, "en", &blob), QBG_E_RANGE);
    assert_null(blob);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(explains_the_score),
        TEST(explains_the_seats),
        TEST(shows_each_ledger),
        TEST(tells_what_is_missing),
        TEST(tells_what_would_help),
        TEST(counts_who_is_outside),
        TEST(tells_who_does_not_count_any_more),
        TEST(tells_who_has_yet_to_join),
        TEST(tells_of_a_silence),
        TEST(tells_what_is_known_before_the_opening),
        TEST(advises_nothing_once_it_is_over),
        TEST(compares_figures_of_one_form),
        TEST(lists_seats_with_and_before_the_last),
        TEST(turns_no_direction_of_writing),
        TEST(names_nobody_who_was_erased),
        TEST(explains_an_empty_group),
        TEST(tells_when_nothing_is_missing),
        TEST(tells_what_holds_for_who_was_qualified),
        TEST(tells_the_role_by_the_title_and_the_hosts_words),
        TEST(takes_any_other_language_for_english),
        TEST(explains_the_score_in_russian),
        TEST(explains_seats_and_ledgers_in_russian),
        TEST(tells_what_is_missing_in_russian),
        TEST(tells_what_would_help_in_russian),
        TEST(counts_who_is_outside_in_russian),
        TEST(tells_who_comes_and_goes_in_russian),
        TEST(tells_the_life_in_russian),
        TEST(names_the_second_in_russian),
        TEST(explains_an_empty_group_in_russian),
        TEST(tells_what_holds_in_russian),
        TEST(tells_roles_and_the_hosts_words_in_russian),
        TEST(agrees_with_the_number_of_people_in_russian),
        TEST(refuses_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
