/* columns: what a cell says, an empty one and one that is not there; rows that are refused; keys as
 * numbers. */
#include "columns_texts.h"

/* ---- accounts -------------------------------------------------------------------------------- */

static void accounts_are_added_and_updated(void **state) {
    world w = begin(state);
    texts key = TEXTS("rose", "daisy", "tulip"), name = TEXTS("Rose", "Daisy", NULL);
    texts domain = TEXTS("Rose.Example", NULL, "tulip.example");
    texts currency = TEXTS("RUB", "JPY", NULL);
    const int64_t potential[] = {100, 0, QBG_UNDATED};
    const uint64_t tag[] = {7, UINT64_MAX, 0};
    const qbg_account_columns columns = {.size = sizeof columns,
                                         .count = 3,
                                         COLUMN(key, key),
                                         COLUMN(name, name),
                                         COLUMN(domain, domain),
                                         .potential_minor = potential,
                                         COLUMN(currency, currency),
                                         .tag = tag};
    qbg_status status[3] = {-1, -1, -1};
    int32_t put[3];
    uint32_t number[3];
    uint64_t refused = 99;
    OK(qbg_account_put_columns(w.workspace, &columns, status, put, number, &refused));
    assert_int_equal(refused, 0);
    for (int i = 0; i < 3; i++) assert_int_equal(status[i], QBG_OK);
    assert_int_equal(put[0], QBG_PUT_CREATED);
    assert_int_equal(put[1], QBG_PUT_CHANGED);
    assert_int_equal(put[2], QBG_PUT_CHANGED);
    assert_int_equal(number[0], 2);
    assert_int_equal(number[1], 0);
    assert_int_equal(number[2], 1);
    const qbg_account *rose = qbg_account_find(w.workspace, "rose");
    assert_string_equal(qbg_account_name(rose), "Rose");
    assert_string_equal(qbg_account_domain(rose, 0), "rose.example");
    assert_int_equal(qbg_account_potential_minor(rose), 100);
    assert_string_equal(qbg_account_currency(rose), "RUB");
    assert_int_equal(qbg_account_tag(rose), 7);
    assert_string_equal(qbg_account_currency(w.daisy), "JPY");
    assert_true(qbg_account_tag(w.daisy) == UINT64_MAX);
    assert_string_equal(qbg_account_domain(w.tulip, 0), "tulip.example");
}

static void an_account_keeps_what_has_no_column_and_loses_what_is_empty(void **state) {
    world w = begin(state);
    texts key = TEXTS("daisy"), none = TEXTS(NULL), currency = TEXTS("RUB");
    const int64_t potential[] = {QBG_UNDATED};
    const uint64_t tag[] = {0};
    OK(qbg_account_set_name(w.daisy, "Daisy"));
    OK(qbg_account_add_domain(w.daisy, "daisy.example"));
    OK(qbg_account_set_potential(w.daisy, 100, "RUB"));
    OK(qbg_account_set_tag(w.daisy, 7));
    qbg_account_columns columns = {.size = sizeof columns, .count = 1, COLUMN(key, key)};
    int32_t put = -1;
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_account_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
    assert_string_equal(qbg_account_name(w.daisy), "Daisy");
    assert_int_equal(qbg_account_tag(w.daisy), 7);
    columns.name = none.bytes;
    columns.name_offsets = none.offsets;
    columns.domain_offsets = none.offsets; /* no bytes are needed */
    columns.potential_minor = potential;
    columns.currency = currency.bytes; /* without a potential it says nothing */
    columns.currency_offsets = currency.offsets;
    columns.tag = tag;
    OK(qbg_account_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_int_equal(qbg_workspace_revision(w.workspace), before + 1);
    assert_string_equal(qbg_account_name(w.daisy), "");
    assert_int_equal(qbg_account_domain_count(w.daisy), 1); /* domains are only ever added */
    assert_int_equal(qbg_account_potential_minor(w.daisy), 0);
    assert_string_equal(qbg_account_currency(w.daisy), "");
    assert_int_equal(qbg_account_tag(w.daisy), 0);
    OK(qbg_account_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before + 1);
}

static void bad_accounts_are_refused_and_nothing_of_them_stays(void **state) {
    world w = begin(state);
    texts key = TEXTS("", "b\xff", "c", "d", "e", "f", "good", "daisy");
    texts name = TEXTS("a", "b", "\xff", "D", "E", "F", "Good", "Daisy");
    texts domain = TEXTS(NULL, NULL, NULL, "a;b", NULL, NULL, NULL, NULL);
    texts currency = TEXTS(NULL, NULL, NULL, NULL, "RUB", "rub", NULL, NULL);
    const int64_t none = QBG_UNDATED;
    const int64_t potential[] = {none, none, none, none, -1, 1, none, 5};
    const qbg_account_columns columns = {.size = sizeof columns,
                                         .count = 8,
                                         COLUMN(key, key),
                                         COLUMN(name, name),
                                         COLUMN(domain, domain),
                                         .potential_minor = potential,
                                         COLUMN(currency, currency)};
    static const qbg_status expected[] = {QBG_E_TEXT,  QBG_E_TEXT, QBG_E_TEXT, QBG_E_TEXT,
                                          QBG_E_RANGE, QBG_E_TEXT, QBG_OK,     QBG_E_TEXT};
    qbg_status status[8];
    int32_t put[8];
    uint32_t number[8];
    uint64_t refused = 0;
    OK(qbg_account_put_columns(w.workspace, &columns, status, put, number, &refused));
    assert_int_equal(refused, 7);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(status[i], expected[i]);
        assert_int_equal(put[i], i == 6 ? QBG_PUT_CREATED : QBG_UNSET);
        assert_int_equal(number[i], i == 6 ? 2 : QBG_NONE);
    }
    assert_int_equal(qbg_account_count(w.workspace), 3);
    assert_string_equal(qbg_account_key(qbg_account_at(w.workspace, 2)), "good");
    assert_string_equal(qbg_account_name(w.daisy), "");
}

/* ---- contacts -------------------------------------------------------------------------------- */

static void contacts_are_added_and_updated(void **state) {
    world w = begin(state);
    texts key = TEXTS("olga", "elena", "ivan"), name = TEXTS("Olga", "Elena", NULL);
    texts title = TEXTS("CFO", NULL, "IT director"), email = TEXTS("o@x", NULL, "i@x");
    const uint32_t account[] = {1, QBG_NONE, 0};
    const int32_t department[] = {QBG_UNSET, QBG_DEPARTMENT_HR, QBG_UNSET};
    const int32_t seniority[] = {QBG_SENIORITY_VP, QBG_UNSET, QBG_UNSET};
    const uint64_t tag[] = {1, 2, 3};
    const qbg_contact_columns columns = {.size = sizeof columns,
                                         .count = 3,
                                         COLUMN(key, key),
                                         .account = account,
                                         COLUMN(name, name),
                                         COLUMN(title, title),
                                         COLUMN(email, email),
                                         .department = department,
                                         .seniority = seniority,
                                         .tag = tag};
    int32_t put[3];
    uint32_t number[3];
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, put, number, NULL));
    assert_int_equal(put[0], QBG_PUT_CREATED);
    assert_int_equal(put[1], QBG_PUT_CHANGED);
    assert_int_equal(number[0], 2);
    assert_int_equal(number[2], 1);
    const qbg_contact *olga = qbg_contact_find(w.workspace, "olga");
    assert_string_equal(qbg_contact_name(olga), "Olga");
    assert_string_equal(qbg_contact_email(olga), "o@x");
    assert_int_equal(qbg_contact_department(olga), QBG_DEPARTMENT_FINANCE); /* the title's */
    assert_int_equal(qbg_contact_seniority(olga), QBG_SENIORITY_VP);
    assert_ptr_equal(qbg_contact_account(olga, NOON), w.tulip);
    assert_null(qbg_contact_account(w.elena, NOON));
    assert_int_equal(qbg_contact_department(w.elena), QBG_DEPARTMENT_HR);
    assert_ptr_equal(qbg_contact_account(w.ivan, NOON), w.daisy);
    assert_int_equal(qbg_contact_tag(w.ivan), 3);
}

static void a_contact_keeps_what_has_no_column_and_loses_what_is_empty(void **state) {
    world w = begin(state);
    texts key = TEXTS("elena"), none = TEXTS(NULL);
    const uint32_t nowhere[] = {QBG_NONE};
    const int32_t unset[] = {QBG_UNSET};
    const uint64_t tag[] = {0};
    OK(qbg_contact_set_name(w.elena, "Elena"));
    OK(qbg_contact_set_title(w.elena, "CFO"));
    OK(qbg_contact_set_email(w.elena, "e@x"));
    OK(qbg_contact_set_persona(w.elena, QBG_DEPARTMENT_HR, QBG_SENIORITY_VP));
    OK(qbg_contact_set_tag(w.elena, 7));
    qbg_contact_columns columns = {
        .size = sizeof columns, .count = 1, COLUMN(key, key), .department = unset};
    int32_t put = -1;
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_int_equal(qbg_contact_department(w.elena), QBG_DEPARTMENT_FINANCE);
    assert_int_equal(qbg_contact_seniority(w.elena), QBG_SENIORITY_VP); /* it has no column */
    assert_string_equal(qbg_contact_name(w.elena), "Elena");
    assert_ptr_equal(qbg_contact_account(w.elena, NOON), w.daisy);
    columns.account = nowhere;
    columns.name_offsets = columns.title_offsets = columns.email_offsets = none.offsets;
    columns.seniority = unset;
    columns.tag = tag;
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_null(qbg_contact_account(w.elena, NOON));
    assert_string_equal(qbg_contact_name(w.elena), "");
    assert_string_equal(qbg_contact_title(w.elena), "");
    assert_string_equal(qbg_contact_email(w.elena), "");
    assert_int_equal(qbg_contact_department(w.elena), QBG_UNSET);
    assert_int_equal(qbg_contact_seniority(w.elena), QBG_UNSET);
    assert_int_equal(qbg_contact_tag(w.elena), 0);
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
}

/* Ivan never had an account, nor a part in the deal, so there is nothing to take away. */
static void taking_away_what_was_never_said_is_no_change(void **state) {
    world w = begin(state);
    texts key = TEXTS("ivan");
    const uint32_t nowhere[] = {QBG_NONE}, deal[] = {0}, ivan[] = {1};
    const int32_t unset[] = {QBG_UNSET};
    const qbg_contact_columns contacts = {
        .size = sizeof contacts, .count = 1, COLUMN(key, key), .account = nowhere};
    const qbg_member_columns members = {.size = sizeof members,
                                        .count = 1,
                                        .opportunity = deal,
                                        .contact = ivan,
                                        .role = nowhere,
                                        .status = unset,
                                        .stance = unset};
    int32_t put = -1;
    add_member(w.deal, w.ivan);
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_contact_put_columns(w.workspace, &contacts, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    OK(qbg_member_put_columns(w.workspace, &members, NULL, &put, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
}

static void each_part_of_a_persona_is_a_column_of_its_own(void **state) {
    world w = begin(state);
    texts key = TEXTS("elena");
    const int32_t word[] = {QBG_DEPARTMENT_LEGAL}, rank[] = {QBG_SENIORITY_VP};
    qbg_contact_columns columns = {
        .size = sizeof columns, .count = 1, COLUMN(key, key), .department = word};
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, NULL, NULL, NULL));
    columns.department = NULL;
    columns.seniority = rank;
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, NULL, NULL, NULL));
    assert_int_equal(qbg_contact_department(w.elena), QBG_DEPARTMENT_LEGAL);
    assert_int_equal(qbg_contact_seniority(w.elena), QBG_SENIORITY_VP);
}

static void bad_contacts_are_refused_and_nothing_of_them_stays(void **state) {
    world w = begin(state);
    OK(qbg_account_remove(w.tulip, 0));
    OK(qbg_contact_erase(add_contact(w.workspace, "erased", NULL)));
    texts key = TEXTS("", "b", "c", "d", "e", "erased", "f", "good");
    texts name = TEXTS("a", "b", "c", "D", "E", "F", "\xc3", "Good");
    const uint32_t none = QBG_NONE, account[] = {none, 1, 2, none, none, none, none, 0};
    const int32_t department[] = {-1, -1, -1, 13, -1, -1, -1, 12};
    const int32_t seniority[] = {-1, -1, -1, -1, -2, -1, -1, 5};
    const qbg_contact_columns columns = {.size = sizeof columns,
                                         .count = 8,
                                         COLUMN(key, key),
                                         .account = account,
                                         COLUMN(name, name),
                                         .department = department,
                                         .seniority = seniority};
    static const qbg_status expected[] = {QBG_E_TEXT,  QBG_E_GONE,   QBG_E_RANGE, QBG_E_RANGE,
                                          QBG_E_RANGE, QBG_E_ERASED, QBG_E_TEXT,  QBG_OK};
    qbg_status status[8];
    uint64_t refused = 0;
    OK(qbg_contact_put_columns(w.workspace, &columns, status, NULL, NULL, &refused));
    for (int i = 0; i < 8; i++) assert_int_equal(status[i], expected[i]);
    assert_int_equal(refused, 7);
    assert_int_equal(qbg_contact_count(w.workspace), 4);
    assert_string_equal(qbg_contact_key(qbg_contact_at(w.workspace, 3)), "good");
}

/* The key of a contact that was merged is another name of the one that was kept. */
static void merged_keys_and_numbers_lead_on(void **state) {
    world w = begin(state);
    OK(qbg_contact_merge(w.elena, w.ivan));
    OK(qbg_account_merge(w.daisy, w.tulip));
    texts key = TEXTS("ivan"), name = TEXTS("Ivan");
    const uint32_t account[] = {1};
    const qbg_contact_columns columns = {.size = sizeof columns,
                                         .count = 1,
                                         COLUMN(key, key),
                                         COLUMN(name, name),
                                         .account = account};
    int32_t put = -1;
    uint32_t number = 99;
    OK(qbg_contact_put_columns(w.workspace, &columns, NULL, &put, &number, NULL));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_int_equal(number, 0);
    assert_string_equal(qbg_contact_name(w.elena), "Ivan");
    assert_ptr_equal(qbg_contact_account(w.elena, NOON), w.daisy);
}

/* ---- opportunities --------------------------------------------------------------------------- */

static void opportunities_are_added_and_updated(void **state) {
    world w = begin(state);
    texts key = TEXTS("big", "deal"), name = TEXTS("Big", "Deal"), stage = TEXTS("pilot", NULL);
    texts currency = TEXTS("RUB", "USD");
    const uint32_t account[] = {1, 1}, solution[] = {0, 1};
    const int64_t opened[] = {NOON, NOON + DAY}, closed[] = {QBG_UNDATED, NOON + 9 * DAY};
    const int64_t amount[] = {100, 0};
    const int32_t type[] = {QBG_OPPORTUNITY_UPSELL, QBG_UNSET}, outcome[] = {QBG_UNSET, 1};
    const int32_t yes[] = {QBG_ANSWER_YES, QBG_UNSET}, no[] = {QBG_ANSWER_NO, QBG_ANSWER_NO};
    const double fit[] = {0.75, -1};
    const uint64_t tag[] = {5, 6};
    const qbg_opportunity_columns columns = {.size = sizeof columns,
                                             .count = 2,
                                             COLUMN(key, key),
                                             .account = account,
                                             .solution = solution,
                                             COLUMN(name, name),
                                             .type = type,
                                             .opened_s = opened,
                                             .closed_s = closed,
                                             COLUMN(stage, stage),
                                             .amount_minor = amount,
                                             COLUMN(currency, currency),
                                             .outcome = outcome,
                                             .need_validated = yes,
                                             .budget = no,
                                             .authority = yes,
                                             .timeline = no,
                                             .fit = fit,
                                             .tag = tag};
    int32_t put[2];
    uint32_t number[2];
    OK(qbg_opportunity_put_columns(w.workspace, &columns, NULL, put, number, NULL));
    assert_int_equal(put[0], QBG_PUT_CREATED);
    assert_int_equal(put[1], QBG_PUT_CHANGED);
    assert_int_equal(number[0], 1);
    assert_int_equal(number[1], 0);
    const qbg_opportunity *big = qbg_opportunity_find(w.workspace, "big");
    assert_ptr_equal(qbg_opportunity_account(big), w.tulip);
    assert_ptr_equal(qbg_opportunity_solution(big), w.hr);
    assert_string_equal(qbg_opportunity_name(big), "Big");
    assert_int_equal(qbg_opportunity_type(big), QBG_OPPORTUNITY_UPSELL);
    assert_int_equal(qbg_opportunity_opened(big), NOON);
    assert_true(qbg_opportunity_closed(big) == QBG_UNDATED);
    assert_string_equal(qbg_opportunity_stage(big, 0), "pilot");
    assert_int_equal(qbg_opportunity_amount_minor(big, 0), 100);
    assert_string_equal(qbg_opportunity_currency(big), "RUB");
    assert_int_equal(qbg_opportunity_outcome(big, 0), QBG_UNSET);
    assert_int_equal(qbg_opportunity_answer(big, QBG_CRITERION_NEED_VALIDATED, 0), 1);
    assert_int_equal(qbg_opportunity_answer(big, QBG_CRITERION_BUDGET, 0), 0);
    assert_int_equal(qbg_opportunity_answer(big, QBG_CRITERION_AUTHORITY, 0), 1);
    assert_int_equal(qbg_opportunity_answer(big, QBG_CRITERION_TIMELINE, 0), 0);
    assert_true(qbg_opportunity_fit(big, 0) >= 0.75 && qbg_opportunity_fit(big, 0) <= 0.75);
    assert_int_equal(qbg_opportunity_tag(big), 5);
    assert_ptr_equal(qbg_opportunity_account(w.deal), w.tulip);
    assert_ptr_equal(qbg_opportunity_solution(w.deal), w.crm);
    assert_int_equal(qbg_opportunity_opened(w.deal), NOON + DAY);
    assert_int_equal(qbg_opportunity_closed(w.deal), NOON + 9 * DAY);
    assert_int_equal(qbg_opportunity_has_amount(w.deal, 0), 1);
    assert_int_equal(qbg_opportunity_outcome(w.deal, 0), QBG_OUTCOME_LOST);
}

static void an_opportunity_keeps_what_has_no_column_and_loses_what_is_empty(void **state) {
    world w = begin(state);
    texts key = TEXTS("deal"), none = TEXTS(NULL);
    const int64_t never[] = {QBG_UNDATED};
    const int32_t unset[] = {QBG_UNSET};
    const double no_fit[] = {-1};
    const uint64_t tag[] = {0};
    OK(qbg_opportunity_set_name(w.deal, "Deal"));
    OK(qbg_opportunity_set_type(w.deal, QBG_OPPORTUNITY_UPSELL));
    OK(qbg_opportunity_set_closed(w.deal, NOON + DAY));
    OK(qbg_opportunity_set_stage(w.deal, "pilot", QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_currency(w.deal, "JPY"));
    OK(qbg_opportunity_set_amount(w.deal, 5, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_outcome(w.deal, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_answer(w.deal, QBG_CRITERION_BUDGET, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_fit(w.deal, 0.5, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_opportunity_set_tag(w.deal, 7));
    qbg_opportunity_columns columns = {.size = sizeof columns, .count = 1, COLUMN(key, key)};
    int32_t put = -1;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_string_equal(qbg_opportunity_stage(w.deal, NOON), "pilot");
    columns.name_offsets = columns.stage_offsets = columns.currency_offsets = none.offsets;
    columns.opened_s = columns.closed_s = columns.amount_minor = never;
    columns.type = columns.outcome = columns.budget = unset;
    columns.fit = no_fit;
    columns.tag = tag;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_ptr_equal(qbg_opportunity_account(w.deal), w.daisy);
    assert_string_equal(qbg_opportunity_name(w.deal), "");
    assert_int_equal(qbg_opportunity_type(w.deal), QBG_UNSET);
    assert_true(qbg_opportunity_opened(w.deal) == QBG_UNDATED);
    assert_true(qbg_opportunity_closed(w.deal) == QBG_UNDATED);
    assert_string_equal(qbg_opportunity_stage(w.deal, NOON), "");
    assert_int_equal(qbg_opportunity_has_amount(w.deal, NOON), 0);
    assert_string_equal(qbg_opportunity_currency(w.deal), "");
    assert_int_equal(qbg_opportunity_outcome(w.deal, NOON), QBG_UNSET);
    assert_int_equal(qbg_opportunity_answer(w.deal, QBG_CRITERION_BUDGET, NOON), QBG_UNSET);
    assert_true(qbg_opportunity_fit(w.deal, NOON) < 0);
    assert_int_equal(qbg_opportunity_tag(w.deal), 0);
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_opportunity_put_columns(w.workspace, &columns, NULL, &put, NULL, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
}

/* Dated facts are nobody's business here: the undated word holds until them. */
static void dated_values_stay(void **state) {
    world w = begin(state);
    texts key = TEXTS("deal"), stage = TEXTS("lead");
    const qbg_opportunity_columns columns = {
        .size = sizeof columns, .count = 1, COLUMN(key, key), COLUMN(stage, stage)};
    OK(qbg_opportunity_set_stage(w.deal, "pilot", NOON, QBG_SOURCE_HOST));
    OK(qbg_opportunity_put_columns(w.workspace, &columns, NULL, NULL, NULL, NULL));
    assert_string_equal(qbg_opportunity_stage(w.deal, NOON - 1), "lead");
    assert_string_equal(qbg_opportunity_stage(w.deal, NOON), "pilot");
}

static void bad_opportunities_are_refused_and_nothing_of_them_stays(void **state) {
    enum { ROWS = 17 };
    world w = begin(state);
    OK(qbg_account_remove(w.tulip, 0));
    char letters[ROWS][2];
    const char *keys[ROWS], *stages[ROWS] = {NULL}, *currencies[ROWS] = {NULL};
    for (int i = 0; i < ROWS; i++) {
        letters[i][0] = (char)('a' + i);
        letters[i][1] = '\0';
        keys[i] = letters[i];
    }
    keys[0] = "";
    keys[16] = "good";
    stages[14] = "\xff";
    currencies[15] = "EURO";
    texts key = texts_of(keys, ROWS), stage = texts_of(stages, ROWS);
    texts currency = texts_of(currencies, ROWS);
    uint32_t account[ROWS] = {0}, solution[ROWS] = {0};
    int64_t opened[ROWS], closed[ROWS];
    int32_t type[ROWS], outcome[ROWS], need[ROWS], budget[ROWS], authority[ROWS], timeline[ROWS];
    double fit[ROWS];
    for (int i = 0; i < ROWS; i++) {
        opened[i] = closed[i] = NOON;
        type[i] = outcome[i] = need[i] = budget[i] = authority[i] = timeline[i] = QBG_UNSET;
        fit[i] = -1;
    }
    account[1] = 1;        /* it was removed */
    account[2] = QBG_NONE; /* no opportunity is without */
    solution[3] = QBG_NONE;
    solution[4] = 2;
    opened[5] = -1;
    closed[6] = LAST + 1;
    type[7] = 4;
    outcome[8] = 2;
    need[9] = 2;
    budget[10] = -2;
    authority[11] = 9;
    timeline[12] = 2;
    fit[13] = 1.0000001;
    const qbg_opportunity_columns columns = {.size = sizeof columns,
                                             .count = ROWS,
                                             COLUMN(key, key),
                                             .account = account,
                                             .solution = solution,
                                             .type = type,
                                             .opened_s = opened,
                                             .closed_s = closed,
                                             COLUMN(stage, stage),
                                             COLUMN(currency, currency),
                                             .outcome = outcome,
                                             .need_validated = need,
                                             .budget = budget,
                                             .authority = authority,
                                             .timeline = timeline,
                                             .fit = fit};
    qbg_status status[ROWS];
    uint64_t refused = 0;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, status, NULL, NULL, &refused));
    assert_int_equal(refused, ROWS - 1);
    for (int i = 0; i < ROWS; i++) {
        qbg_status expected = i == 0 || i == 14 || i == 15 ? QBG_E_TEXT : QBG_E_RANGE;
        if (i == 1) expected = QBG_E_GONE;
        if (i == 16) expected = QBG_OK;
        assert_int_equal(status[i], expected);
    }
    assert_int_equal(qbg_opportunity_count(w.workspace), 2);
    assert_string_equal(qbg_opportunity_key(qbg_opportunity_at(w.workspace, 1)), "good");
}

static void without_its_account_or_solution_only_known_opportunities_are_put(void **state) {
    world w = begin(state);
    texts key = TEXTS("deal", "new"), name = TEXTS("Deal", "New");
    const uint32_t numbers[] = {1, 1};
    qbg_opportunity_columns columns = {.size = sizeof columns,
                                       .count = 2,
                                       COLUMN(key, key),
                                       COLUMN(name, name),
                                       .account = numbers};
    qbg_status status[2];
    OK(qbg_opportunity_put_columns(w.workspace, &columns, status, NULL, NULL, NULL));
    assert_int_equal(status[0], QBG_OK);
    assert_int_equal(status[1], QBG_E_NOT_FOUND);
    assert_ptr_equal(qbg_opportunity_account(w.deal), w.tulip);
    assert_ptr_equal(qbg_opportunity_solution(w.deal), w.hr);
    columns.account = NULL;
    columns.solution = numbers;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, status, NULL, NULL, NULL));
    assert_int_equal(status[1], QBG_E_NOT_FOUND);
    assert_ptr_equal(qbg_opportunity_account(w.deal), w.tulip);
    assert_ptr_equal(qbg_opportunity_solution(w.deal), w.crm);
    assert_int_equal(qbg_opportunity_count(w.workspace), 1);
}

/* Yen have no minor units, so 500 cents must not become 500 yen. */
static void another_currency_never_gives_known_amounts_another_value(void **state) {
    world w = begin(state);
    texts key = TEXTS("deal"), yen = TEXTS("JPY"), dollar = TEXTS("USD");
    const int64_t amount[] = {700}, none[] = {QBG_UNDATED};
    OK(qbg_opportunity_set_currency(w.deal, "EUR"));
    OK(qbg_opportunity_set_amount(w.deal, 500, QBG_UNDATED, QBG_SOURCE_RULE));
    qbg_opportunity_columns columns = {
        .size = sizeof columns, .count = 1, COLUMN(key, key), COLUMN(currency, dollar)};
    qbg_status status = -1;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, &status, NULL, NULL, NULL));
    assert_int_equal(status, QBG_OK);
    assert_string_equal(qbg_opportunity_currency(w.deal), "USD");
    columns.currency = yen.bytes;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, &status, NULL, NULL, NULL));
    assert_int_equal(status, QBG_E_ARGUMENT);
    columns.amount_minor = amount;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, &status, NULL, NULL, NULL));
    assert_int_equal(status, QBG_OK);
    assert_string_equal(qbg_opportunity_currency(w.deal), "JPY");
    assert_int_equal(qbg_opportunity_amount_minor(w.deal, NOON), 700);
    columns.currency = dollar.bytes;
    columns.amount_minor = none; /* the amount goes, so nothing gets another value */
    OK(qbg_opportunity_put_columns(w.workspace, &columns, &status, NULL, NULL, NULL));
    assert_int_equal(status, QBG_OK);
    assert_int_equal(qbg_opportunity_has_amount(w.deal, NOON), 0);
    OK(qbg_opportunity_set_amount(w.deal, 500, NOON, QBG_SOURCE_HOST));
    columns.currency = yen.bytes;
    columns.amount_minor = amount;
    OK(qbg_opportunity_put_columns(w.workspace, &columns, &status, NULL, NULL, NULL));
    assert_int_equal(status, QBG_E_ARGUMENT);
    assert_string_equal(qbg_opportunity_currency(w.deal), "USD");
    assert_int_equal(qbg_opportunity_has_amount(w.deal, NOON - 1), 0);
}

/* ---- members --------------------------------------------------------------------------------- */

static void members_are_added_and_updated(void **state) {
    world w = begin(state);
    const uint32_t deal[] = {0, 0}, contact[] = {0, 1};
    const uint32_t role[] = {role_number(&w, "champion"), QBG_NONE};
    const int32_t status[] = {QBG_STATUS_CONFIRMED, QBG_UNSET}, stance[] = {QBG_UNSET, 4};
    const int32_t participation[] = {2, QBG_UNSET}, interest[] = {QBG_UNSET, 1};
    const int64_t joined[] = {NOON, QBG_UNDATED}, left[] = {QBG_UNDATED, NOON + DAY};
    const int64_t next[] = {NOON + 5 * DAY, QBG_UNDATED};
    const double influence[] = {0.25, -1};
    const uint64_t tag[] = {8, 9};
    texts note = TEXTS("call her", NULL);
    const qbg_member_columns columns = {.size = sizeof columns,
                                        .count = 2,
                                        .opportunity = deal,
                                        .contact = contact,
                                        .role = role,
                                        .status = status,
                                        .stance = stance,
                                        .influence = influence,
                                        .participation = participation,
                                        .interest = interest,
                                        .joined_s = joined,
                                        .left_s = left,
                                        .next_contact_s = next,
                                        COLUMN(note, note),
                                        .tag = tag};
    int32_t put[2];
    add_member(w.deal, w.ivan);
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, put, NULL));
    assert_int_equal(put[0], QBG_PUT_CREATED);
    assert_int_equal(put[1], QBG_PUT_CHANGED);
    const qbg_member *elena = qbg_member_find(w.deal, w.elena);
    const qbg_member *ivan = qbg_member_find(w.deal, w.ivan);
    assert_true(qbg_member_has_role(elena, qbg_role_find(w.workspace, "champion"), 0));
    assert_int_equal(qbg_member_status(elena, 0), QBG_STATUS_CONFIRMED);
    assert_int_equal(qbg_member_stance(elena, 0), QBG_STANCE_UNKNOWN);
    assert_true(qbg_member_influence(elena, 0) >= 0.25 && qbg_member_influence(elena, 0) <= 0.25);
    assert_int_equal(qbg_member_participation(elena, 0), QBG_PARTICIPATION_PASSIVE);
    assert_int_equal(qbg_member_joined(elena), NOON);
    assert_int_equal(qbg_member_next_contact(elena), NOON + 5 * DAY);
    assert_string_equal(qbg_member_note(elena), "call her");
    assert_int_equal(qbg_member_tag(elena), 8);
    assert_int_equal(qbg_member_stance(ivan, 0), QBG_STANCE_BLOCKER);
    assert_int_equal(qbg_member_interest(ivan, 0), QBG_INTEREST_MEDIUM);
    assert_int_equal(qbg_member_left(ivan), NOON + DAY);
}

static void a_member_keeps_what_has_no_column_and_loses_what_is_empty(void **state) {
    world w = begin(state);
    const uint32_t number[] = {0}, no_role[] = {QBG_NONE};
    const int32_t unset[] = {QBG_UNSET};
    const int64_t never[] = {QBG_UNDATED};
    const double no_ratio[] = {-0.5};
    const uint64_t tag[] = {0};
    texts none = TEXTS(NULL);
    qbg_role *champion = qbg_role_find(w.workspace, "champion");
    qbg_member *elena = add_member(w.deal, w.elena);
    OK(qbg_member_add_role(elena, champion, QBG_SOURCE_HOST));
    OK(qbg_member_set_status(elena, QBG_STATUS_CONFIRMED, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_stance(elena, QBG_STANCE_SKEPTIC, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_influence(elena, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_participation(elena, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_interest(elena, 1, QBG_UNDATED, QBG_SOURCE_HOST));
    OK(qbg_member_set_joined(elena, NOON));
    OK(qbg_member_set_left(elena, NOON + DAY));
    OK(qbg_member_set_next_contact(elena, NOON));
    OK(qbg_member_set_note(elena, "call her"));
    OK(qbg_member_set_tag(elena, 8));
    qbg_member_columns columns = {
        .size = sizeof columns, .count = 1, .opportunity = number, .contact = number};
    int32_t put = -1;
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, &put, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_true(qbg_member_has_role(elena, champion, NOON));
    columns.role = no_role;
    columns.status = columns.stance = columns.participation = columns.interest = unset;
    columns.influence = no_ratio;
    columns.joined_s = columns.left_s = columns.next_contact_s = never;
    columns.note_offsets = none.offsets;
    columns.tag = tag;
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, &put, NULL));
    assert_int_equal(put, QBG_PUT_CHANGED);
    assert_false(qbg_member_has_role(elena, champion, NOON));
    assert_int_equal(qbg_member_status(elena, NOON), QBG_STATUS_POTENTIAL);
    assert_int_equal(qbg_member_stance(elena, NOON), QBG_STANCE_UNKNOWN);
    assert_true(qbg_member_influence(elena, NOON) < 0);
    assert_int_equal(qbg_member_participation(elena, NOON), QBG_UNSET);
    assert_int_equal(qbg_member_interest(elena, NOON), QBG_UNSET);
    assert_true(qbg_member_joined(elena) == QBG_UNDATED && qbg_member_left(elena) == QBG_UNDATED);
    assert_true(qbg_member_next_contact(elena) == QBG_UNDATED);
    assert_string_equal(qbg_member_note(elena), "");
    assert_int_equal(qbg_member_tag(elena), 0);
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, &put, NULL));
    assert_int_equal(put, QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
}

static uint32_t roles_of(const world *w, const qbg_contact *contact) {
    const qbg_member *member = qbg_member_find(w->deal, contact);
    uint32_t found = 0;
    for (uint32_t i = 0; i < qbg_role_count(w->workspace); i++)
        found |= (uint32_t)qbg_member_has_role(member, qbg_role_at(w->workspace, i), NOON) << i;
    return found;
}

/* A CRM has one row for each role of a person. Told every night, it changes nothing. */
static void rows_of_one_pair_unite_their_roles(void **state) {
    world w = begin(state);
    const uint32_t deal[] = {0, 0, 0, 0}, contact[] = {0, 1, 0, 0}, role[] = {3, 5, 0, QBG_NONE};
    qbg_member_columns columns = {
        .size = sizeof columns, .count = 4, .opportunity = deal, .contact = contact, .role = role};
    int32_t put[4];
    OK(qbg_member_add_role(add_member(w.deal, w.elena), qbg_role_at(w.workspace, 7),
                           QBG_SOURCE_HOST));
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, put, NULL));
    assert_int_equal(roles_of(&w, w.elena), 1u << 3 | 1u << 0); /* role 7 is in no row */
    assert_int_equal(roles_of(&w, w.ivan), 1u << 5);
    assert_int_equal(put[0], QBG_PUT_CHANGED);
    assert_int_equal(put[1], QBG_PUT_CREATED);
    assert_int_equal(put[2], QBG_PUT_SAME);
    assert_int_equal(put[3], QBG_PUT_SAME);
    uint64_t before = qbg_workspace_revision(w.workspace);
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, put, NULL));
    for (int i = 0; i < 4; i++) assert_int_equal(put[i], QBG_PUT_SAME);
    assert_int_equal(qbg_workspace_revision(w.workspace), before);
    columns.count = 1; /* yesterday's other row is no more */
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, put, NULL));
    assert_int_equal(roles_of(&w, w.elena), 1u << 3);
}

/* Two contacts that were merged are one pair, too. */
static void rows_of_merged_contacts_are_one_pair(void **state) {
    world w = begin(state);
    const uint32_t deal[] = {0, 0}, contact[] = {0, 1}, role[] = {3, 5};
    const qbg_member_columns columns = {
        .size = sizeof columns, .count = 2, .opportunity = deal, .contact = contact, .role = role};
    OK(qbg_contact_merge(w.ivan, w.elena));
    OK(qbg_member_put_columns(w.workspace, &columns, NULL, NULL, NULL));
    assert_int_equal(qbg_member_count(w.deal), 1);
    assert_int_equal(roles_of(&w, w.ivan), 1u << 3 | 1u << 5);
}

static void the_role_of_a_refused_row_does_not_count(void **state) {
    enum { ROWS = 18 };
    world w = begin(state);
    qbg_contact *erased = add_contact(w.workspace, "erased", NULL);
    qbg_contact *removed = add_contact(w.workspace, "removed", NULL);
    OK(qbg_contact_erase(erased));
    OK(qbg_contact_remove(removed, 0));
    uint32_t deal[ROWS] = {0}, contact[ROWS] = {0}, role[ROWS];
    int32_t said[ROWS], stance[ROWS], participation[ROWS], interest[ROWS];
    int64_t joined[ROWS], left[ROWS], next[ROWS];
    double influence[ROWS];
    int64_t offsets[ROWS + 1] = {0};
    for (int i = 0; i < ROWS; i++) {
        role[i] = 1;
        said[i] = stance[i] = participation[i] = interest[i] = QBG_UNSET;
        joined[i] = left[i] = next[i] = QBG_UNDATED;
        influence[i] = -1;
        offsets[i + 1] = i == 12 ? 1 : offsets[i];
    }
    offsets[ROWS] = 2;
    role[0] = 2; /* the two good rows */
    role[ROWS - 1] = 3;
    deal[1] = 1;
    deal[2] = QBG_NONE;
    contact[3] = qbg_contact_count(w.workspace);
    contact[4] = 3; /* removed */
    contact[5] = 2; /* erased */
    role[6] = qbg_role_count(w.workspace);
    said[7] = 4;
    stance[8] = -2;
    participation[9] = 3;
    interest[10] = 3;
    influence[11] = 2;
    joined[13] = -1;
    left[14] = LAST + 1;
    next[15] = -1;
    influence[16] = strtod("nan", NULL);
    const qbg_member_columns columns = {.size = sizeof columns,
                                        .count = ROWS,
                                        .opportunity = deal,
                                        .contact = contact,
                                        .role = role,
                                        .status = said,
                                        .stance = stance,
                                        .influence = influence,
                                        .participation = participation,
                                        .interest = interest,
                                        .joined_s = joined,
                                        .left_s = left,
                                        .next_contact_s = next,
                                        .note = "\xffn",
                                        .note_offsets = offsets};
    qbg_status status[ROWS];
    int32_t put[ROWS];
    uint64_t refused = 0;
    OK(qbg_member_put_columns(w.workspace, &columns, status, put, &refused));
    assert_int_equal(refused, ROWS - 2);
    for (int i = 1; i < ROWS - 1; i++) {
        qbg_status expected = i == 12 ? QBG_E_TEXT : QBG_E_RANGE;
        if (i == 4) expected = QBG_E_GONE;
        if (i == 5) expected = QBG_E_ERASED;
        assert_int_equal(status[i], expected);
        assert_int_equal(put[i], QBG_UNSET);
    }
    assert_int_equal(qbg_member_count(w.deal), 1);
    assert_int_equal(roles_of(&w, w.elena), 1u << 2 | 1u << 3);
    assert_string_equal(qbg_member_note(qbg_member_find(w.deal, w.elena)), "n");
}

/* ---- misuse ---------------------------------------------------------------------------------- */

#define FALLING ((const int64_t[]){0, 3, 2})

static void misused_accounts_put_nothing(void **state) {
    world w = begin(state);
    texts key = TEXTS("rose", "lily");
    const int64_t potential[] = {1, 2};
    const qbg_account_columns good = {.size = sizeof good, .count = 2, COLUMN(key, key)};
    qbg_account_columns bad[10];
    for (size_t i = 0; i < COUNT(bad); i++) bad[i] = good;
    bad[0].size = 0;
    bad[1].size--;
    bad[2].key = NULL;
    bad[2].key_offsets = NULL;
    bad[3].key_offsets = NULL;
    bad[4].key = NULL;
    bad[5].key_offsets = FALLING;
    bad[6].name = "abc";
    bad[7].domain = "abc";
    bad[7].domain_offsets = FALLING;
    bad[8].potential_minor = potential; /* no currency */
    bad[9].currency = key.bytes;        /* no potential */
    bad[9].currency_offsets = key.offsets;
    uint64_t refused = 77;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(qbg_account_put_columns(w.workspace, &bad[i], NULL, NULL, NULL, &refused),
                         QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_put_columns(w.workspace, NULL, NULL, NULL, NULL, NULL),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_account_put_columns(NULL, &good, NULL, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(refused, 77);
    assert_int_equal(qbg_account_count(w.workspace), 2);
    const qbg_account_columns none = {.size = sizeof none};
    OK(qbg_account_put_columns(w.workspace, &none, NULL, NULL, NULL, &refused));
    assert_int_equal(refused, 0);
}

static void misused_contacts_put_nothing(void **state) {
    world w = begin(state);
    texts key = TEXTS("rose", "lily");
    const qbg_contact_columns good = {.size = sizeof good, .count = 2, COLUMN(key, key)};
    qbg_contact_columns bad[6];
    for (size_t i = 0; i < COUNT(bad); i++) bad[i] = good;
    bad[0].size--;
    bad[1].key = NULL;
    bad[1].key_offsets = NULL;
    bad[2].key_offsets = FALLING;
    bad[3].name = "abc";
    bad[4].title = "abc";
    bad[4].title_offsets = FALLING;
    bad[5].email = "abc";
    bad[5].email_offsets = FALLING;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(qbg_contact_put_columns(w.workspace, &bad[i], NULL, NULL, NULL, NULL),
                         QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_put_columns(NULL, &good, NULL, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_put_columns(w.workspace, NULL, NULL, NULL, NULL, NULL),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_contact_count(w.workspace), 2);
}

static void misused_opportunities_put_nothing(void **state) {
    world w = begin(state);
    texts key = TEXTS("rose", "lily");
    const uint32_t numbers[] = {0, 0};
    const qbg_opportunity_columns good = {
        .size = sizeof good, .count = 2, COLUMN(key, key), .account = numbers, .solution = numbers};
    qbg_opportunity_columns bad[6];
    for (size_t i = 0; i < COUNT(bad); i++) bad[i] = good;
    bad[0].size--;
    bad[1].key = NULL;
    bad[1].key_offsets = NULL;
    bad[2].key_offsets = FALLING;
    bad[3].name = "abc";
    bad[4].stage = "abc";
    bad[4].stage_offsets = FALLING;
    bad[5].currency = "abc";
    bad[5].currency_offsets = FALLING;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(qbg_opportunity_put_columns(w.workspace, &bad[i], NULL, NULL, NULL, NULL),
                         QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_put_columns(NULL, &good, NULL, NULL, NULL, NULL),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_put_columns(w.workspace, NULL, NULL, NULL, NULL, NULL),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg_opportunity_count(w.workspace), 1);
}

static void misused_members_put_nothing(void **state) {
    world w = begin(state);
    const uint32_t numbers[] = {0, 0};
    const qbg_member_columns good = {
        .size = sizeof good, .count = 2, .opportunity = numbers, .contact = numbers};
    qbg_member_columns bad[6];
    for (size_t i = 0; i < COUNT(bad); i++) bad[i] = good;
    bad[0].size--;
    bad[1].opportunity = NULL;
    bad[2].contact = NULL;
    bad[3].note = "abc";
    bad[4].note = "abc";
    bad[4].note_offsets = FALLING;
    bad[5].note_offsets = FALLING;
    bad[5].role = numbers;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(qbg_member_put_columns(w.workspace, &bad[i], NULL, NULL, NULL),
                         QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_put_columns(NULL, &good, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_put_columns(w.workspace, NULL, NULL, NULL, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_member_count(w.deal), 0);
    const qbg_member_columns none = {.size = sizeof none, .role = numbers};
    OK(qbg_member_put_columns(w.workspace, &none, NULL, NULL, NULL));
}

static void longer_columns_are_taken_only_with_a_zero_tail(void **state) {
    world w = begin(state);
    texts key = TEXTS("rose");
    struct {
        qbg_contact_columns known;
        const void *later;
    } columns = {{.size = sizeof columns, .count = 1, COLUMN(key, key)}, &w};
    assert_int_equal(qbg_contact_put_columns(w.workspace, &columns.known, NULL, NULL, NULL, NULL),
                     QBG_E_ARGUMENT);
    columns.later = NULL;
    OK(qbg_contact_put_columns(w.workspace, &columns.known, NULL, NULL, NULL, NULL));
    assert_int_equal(qbg_contact_count(w.workspace), 3);
}

/* ---- keys as numbers ------------------------------------------------------------------------- */

static uint32_t number_of(const world *w, int32_t entity, const char *key) {
    const int64_t offsets[] = {1, 1 + (int64_t)strlen(key)};
    char bytes[64];
    uint32_t number = 77;
    snprintf(bytes, sizeof bytes, ".%s", key);
    OK(qbg_numbers(w->workspace, entity, bytes, offsets, 1, &number));
    return number;
}

static void keys_become_numbers(void **state) {
    world w = begin(state);
    assert_int_equal(number_of(&w, QBG_ENTITY_ACCOUNT, "tulip"), 1);
    assert_int_equal(number_of(&w, QBG_ENTITY_CONTACT, "ivan"), 1);
    assert_int_equal(number_of(&w, QBG_ENTITY_OPPORTUNITY, "deal"), 0);
    assert_int_equal(number_of(&w, QBG_ENTITY_SOLUTION, "crm"), 1);
    assert_int_equal(number_of(&w, QBG_ENTITY_KIND, "pricing_view"), 1);
    assert_int_equal(number_of(&w, QBG_ENTITY_ROLE, "champion"), 3);
    assert_int_equal(number_of(&w, QBG_ENTITY_TEMPLATE, "standard"), 0);
    assert_int_equal(number_of(&w, QBG_ENTITY_ACCOUNT, "elena"), QBG_NONE);
    assert_int_equal(number_of(&w, QBG_ENTITY_ACCOUNT, "tuli"), QBG_NONE);
    assert_int_equal(number_of(&w, QBG_ENTITY_ACCOUNT, ""), QBG_NONE);
}

static void keys_come_in_bulk(void **state) {
    fixture *self = *state;
    world w = begin(state);
    qbg_account *rose = add_account(w.workspace, "rose");
    OK(qbg_account_merge(rose, w.daisy));
    OK(qbg_account_remove(w.tulip, 0));
    texts keys = TEXTS("rose", NULL, "daisy", "tulip", "\xff", "rose");
    static const uint32_t expected[] = {2, QBG_NONE, 2, QBG_NONE, QBG_NONE, 2};
    uint32_t numbers[6] = {0};
    refuse(&self->memory, 0);
    self->memory.for_good = 1;
    OK(qbg_numbers(w.workspace, QBG_ENTITY_ACCOUNT, keys.bytes, keys.offsets, 6, numbers));
    refuse(&self->memory, NEVER);
    assert_int_equal(self->memory.requests, 0);
    assert_memory_equal(numbers, expected, sizeof expected);
    const int64_t with_nul[] = {0, 5};
    OK(qbg_numbers(w.workspace, QBG_ENTITY_ACCOUNT, "rose", with_nul, 1, numbers));
    assert_int_equal(numbers[0], QBG_NONE);
}

static void misused_keys_have_no_numbers(void **state) {
    world w = begin(state);
    texts keys = TEXTS("daisy");
    uint32_t number = 77;
#define NUMBERS(entity, bytes, offsets, out)                                                       \
    assert_int_equal(qbg_numbers(w.workspace, entity, bytes, offsets, 1, out), QBG_E_ARGUMENT)
    NUMBERS(-1, keys.bytes, keys.offsets, &number);
    NUMBERS(QBG_ENTITY_TEMPLATE + 1, keys.bytes, keys.offsets, &number);
    NUMBERS(QBG_ENTITY_ACCOUNT, NULL, keys.offsets, &number);
    NUMBERS(QBG_ENTITY_ACCOUNT, keys.bytes, NULL, &number);
    NUMBERS(QBG_ENTITY_ACCOUNT, NULL, NULL, &number);
    NUMBERS(QBG_ENTITY_ACCOUNT, keys.bytes, keys.offsets, NULL);
    NUMBERS(QBG_ENTITY_ACCOUNT, keys.bytes, FALLING + 1, &number);
#undef NUMBERS
    assert_int_equal(qbg_numbers(NULL, QBG_ENTITY_ACCOUNT, keys.bytes, keys.offsets, 1, &number),
                     QBG_E_ARGUMENT);
    assert_int_equal(number, 77);
    OK(qbg_numbers(w.workspace, QBG_ENTITY_ACCOUNT, NULL, NULL, 0, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(accounts_are_added_and_updated),
        in_workspace(an_account_keeps_what_has_no_column_and_loses_what_is_empty),
        in_workspace(bad_accounts_are_refused_and_nothing_of_them_stays),
        in_workspace(contacts_are_added_and_updated),
        in_workspace(a_contact_keeps_what_has_no_column_and_loses_what_is_empty),
        in_workspace(taking_away_what_was_never_said_is_no_change),
        in_workspace(each_part_of_a_persona_is_a_column_of_its_own),
        in_workspace(bad_contacts_are_refused_and_nothing_of_them_stays),
        in_workspace(merged_keys_and_numbers_lead_on),
        in_workspace(opportunities_are_added_and_updated),
        in_workspace(an_opportunity_keeps_what_has_no_column_and_loses_what_is_empty),
        in_workspace(dated_values_stay),
        in_workspace(bad_opportunities_are_refused_and_nothing_of_them_stays),
        in_workspace(without_its_account_or_solution_only_known_opportunities_are_put),
        in_workspace(another_currency_never_gives_known_amounts_another_value),
        in_workspace(members_are_added_and_updated),
        in_workspace(a_member_keeps_what_has_no_column_and_loses_what_is_empty),
        in_workspace(rows_of_one_pair_unite_their_roles),
        in_workspace(rows_of_merged_contacts_are_one_pair),
        in_workspace(the_role_of_a_refused_row_does_not_count),
        in_workspace(misused_accounts_put_nothing),
        in_workspace(misused_contacts_put_nothing),
        in_workspace(misused_opportunities_put_nothing),
        in_workspace(misused_members_put_nothing),
        in_workspace(longer_columns_are_taken_only_with_a_zero_tail),
        in_workspace(keys_become_numbers),
        in_workspace(keys_come_in_bulk),
        in_workspace(misused_keys_have_no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
