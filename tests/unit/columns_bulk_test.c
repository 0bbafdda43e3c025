/* columns: rows put in bulk are what the calls for one row would have made of them, whole or not at
 * all. */
#include "columns_texts.h"
#include "rounds.h"

#include <time.h>

/* ---- the same as one by one ------------------------------------------------------------------ */

/* Cells that come by chance; the same numbers every time. */
static uint32_t chance(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

#define ROWS 40

/* Rows of everything, with empty cells, known keys and keys that come twice. */
typedef struct table {
    texts key, name, title, email, domain, currency, stage, note;
    uint32_t account[ROWS], contact[ROWS], opportunity[ROWS], solution[ROWS], role[ROWS];
    int64_t opened[ROWS], closed[ROWS], amount[ROWS];
    int32_t word[ROWS], answer[ROWS];
    double ratio[ROWS];
    uint64_t tag[ROWS];
} table;

static texts some_texts(uint32_t *seed, const char *prefix, int is_key) {
    char cells[ROWS][32];
    const char *at[ROWS];
    for (int i = 0; i < ROWS; i++) {
        snprintf(cells[i], sizeof cells[i], "%s %u", prefix, (unsigned)chance(seed, 25));
        at[i] = is_key || chance(seed, 4) > 0 ? cells[i] : NULL;
    }
    return texts_of(at, ROWS);
}

static void fill(table *rows, uint32_t seed) {
    static const char *const currencies[] = {"RUB", "USD", "EUR"};
    const char *currency[ROWS];
    rows->key = some_texts(&seed, "key", 1);
    rows->name = some_texts(&seed, "Name", 0);
    rows->title = some_texts(&seed, "Director of Finance", 0);
    rows->email = some_texts(&seed, "mail", 0);
    rows->domain = some_texts(&seed, "Domain", 0);
    rows->stage = some_texts(&seed, "stage", 0);
    rows->note = some_texts(&seed, "note", 0);
    for (int i = 0; i < ROWS; i++) {
        currency[i] = currencies[chance(&seed, 3)];
        rows->account[i] = chance(&seed, 4) > 0 ? chance(&seed, 15) : QBG_NONE;
        rows->solution[i] = chance(&seed, 2);
        rows->contact[i] = chance(&seed, 15);
        rows->opportunity[i] = chance(&seed, 10);
        rows->role[i] = chance(&seed, 3) > 0 ? chance(&seed, 15) : QBG_NONE;
        rows->opened[i] = chance(&seed, 3) > 0 ? NOON + chance(&seed, 999) : QBG_UNDATED;
        rows->closed[i] = chance(&seed, 3) > 0 ? NOON + DAY + chance(&seed, 9) : QBG_UNDATED;
        rows->amount[i] = 1 + chance(&seed, 1000);
        rows->word[i] = (int32_t)chance(&seed, 4) - 1;
        rows->answer[i] = (int32_t)chance(&seed, 3) - 1;
        rows->ratio[i] = chance(&seed, 3) > 0 ? chance(&seed, 5) / 4.0 : -1;
        rows->tag[i] = chance(&seed, 9);
    }
    rows->currency = texts_of(currency, ROWS);
}

static void put_columns(qbg_workspace *workspace, const table *of) {
    const qbg_account_columns accounts = {.size = sizeof accounts,
                                          .count = ROWS,
                                          COLUMN(key, of->key),
                                          COLUMN(name, of->name),
                                          COLUMN(domain, of->domain),
                                          .potential_minor = of->amount,
                                          COLUMN(currency, of->currency),
                                          .tag = of->tag};
    const qbg_contact_columns contacts = {.size = sizeof contacts,
                                          .count = ROWS,
                                          COLUMN(key, of->key),
                                          .account = of->account,
                                          COLUMN(name, of->name),
                                          COLUMN(title, of->title),
                                          COLUMN(email, of->email),
                                          .department = of->word,
                                          .seniority = of->answer,
                                          .tag = of->tag};
    uint32_t account[ROWS];
    for (int i = 0; i < ROWS; i++) account[i] = of->contact[i];
    const qbg_opportunity_columns opportunities = {.size = sizeof opportunities,
                                                   .count = ROWS,
                                                   COLUMN(key, of->key),
                                                   .account = account,
                                                   .solution = of->solution,
                                                   COLUMN(name, of->name),
                                                   .type = of->word,
                                                   .opened_s = of->opened,
                                                   .closed_s = of->closed,
                                                   COLUMN(stage, of->stage),
                                                   .amount_minor = of->amount,
                                                   COLUMN(currency, of->currency),
                                                   .outcome = of->answer,
                                                   .need_validated = of->answer,
                                                   .budget = of->answer,
                                                   .authority = of->answer,
                                                   .timeline = of->answer,
                                                   .fit = of->ratio,
                                                   .tag = of->tag};
    const qbg_member_columns members = {.size = sizeof members,
                                        .count = ROWS,
                                        .opportunity = of->opportunity,
                                        .contact = of->contact,
                                        .role = of->role,
                                        .status = of->word,
                                        .stance = of->word,
                                        .influence = of->ratio,
                                        .participation = of->word,
                                        .interest = of->word,
                                        .joined_s = of->opened,
                                        .left_s = of->closed,
                                        .next_contact_s = of->opened,
                                        COLUMN(note, of->note),
                                        .tag = of->tag};
    uint64_t refused = 0;
    OK(qbg_account_put_columns(workspace, &accounts, NULL, NULL, NULL, &refused));
    assert_int_equal(refused, 0);
    OK(qbg_contact_put_columns(workspace, &contacts, NULL, NULL, NULL, &refused));
    assert_int_equal(refused, 0);
    OK(qbg_opportunity_put_columns(workspace, &opportunities, NULL, NULL, NULL, &refused));
    assert_int_equal(refused, 0);
    OK(qbg_member_put_columns(workspace, &members, NULL, NULL, &refused));
    assert_int_equal(refused, 0);
}

/* A cell as a text of its own, in one of a few places. */
static const char *cell(const texts *column, int row) {
    static char places[8][64];
    static int place;
    char *at = places[place++ % 8];
    size_t size = (size_t)(column->offsets[row + 1] - column->offsets[row]);
    memcpy(at, column->bytes + column->offsets[row], size);
    at[size] = '\0';
    return at;
}

static void put_entities(qbg_workspace *ws, const table *of) {
    for (int i = 0; i < ROWS; i++) {
        qbg_account *account = NULL;
        OK(qbg_account_put(ws, cell(&of->key, i), cell(&of->name, i), &account, NULL));
        if (cell(&of->domain, i)[0]) OK(qbg_account_add_domain(account, cell(&of->domain, i)));
        OK(qbg_account_set_potential(account, of->amount[i], cell(&of->currency, i)));
        OK(qbg_account_set_tag(account, of->tag[i]));
    }
    for (int i = 0; i < ROWS; i++) {
        qbg_contact *contact = NULL;
        OK(qbg_contact_put(ws, cell(&of->key, i), NULL, cell(&of->name, i), cell(&of->title, i),
                           &contact, NULL));
        OK(qbg_contact_set_account(contact, qbg_account_at(ws, of->account[i]), QBG_UNDATED,
                                   QBG_SOURCE_HOST));
        OK(qbg_contact_set_email(contact, cell(&of->email, i)));
        OK(qbg_contact_set_persona(contact, of->word[i], of->answer[i]));
        OK(qbg_contact_set_tag(contact, of->tag[i]));
    }
}

static void put_opportunities(qbg_workspace *ws, const table *of) {
    const int64_t ever = QBG_UNDATED;
    const int32_t by = QBG_SOURCE_HOST;
    for (int i = 0; i < ROWS; i++) {
        qbg_opportunity *deal = NULL;
        OK(qbg_opportunity_put(ws, cell(&of->key, i), qbg_account_at(ws, of->contact[i]),
                               qbg_solution_at(ws, of->solution[i]), of->opened[i], &deal, NULL));
        OK(qbg_opportunity_set_opened(deal, of->opened[i]));
        OK(qbg_opportunity_set_closed(deal, of->closed[i]));
        OK(qbg_opportunity_set_name(deal, cell(&of->name, i)));
        OK(qbg_opportunity_set_type(deal, of->word[i]));
        OK(qbg_opportunity_set_stage(deal, cell(&of->stage, i), ever, by));
        OK(qbg_opportunity_set_currency(deal, cell(&of->currency, i)));
        OK(qbg_opportunity_set_amount(deal, of->amount[i], ever, by));
        OK(qbg_opportunity_set_outcome(deal, of->answer[i], ever, by));
        for (int32_t c = QBG_CRITERION_NEED_VALIDATED; c <= QBG_CRITERION_TIMELINE; c++)
            OK(qbg_opportunity_set_answer(deal, c, of->answer[i], ever, by));
        OK(qbg_opportunity_set_fit(deal, of->ratio[i], ever, by));
        OK(qbg_opportunity_set_tag(deal, of->tag[i]));
    }
}

/* The roles of a pair's rows together. */
static size_t list_roles(qbg_workspace *ws, const table *of, int row, qbg_role **roles) {
    size_t count = 0;
    for (int i = 0; i < ROWS; i++)
        if (of->opportunity[i] == of->opportunity[row] && of->contact[i] == of->contact[row] &&
            of->role[i] != QBG_NONE)
            roles[count++] = qbg_role_at(ws, of->role[i]);
    return count;
}

static void put_members(qbg_workspace *ws, const table *of) {
    const int64_t ever = QBG_UNDATED;
    const int32_t by = QBG_SOURCE_HOST;
    for (int i = 0; i < ROWS; i++) {
        qbg_member *member = NULL;
        qbg_role *roles[ROWS];
        OK(qbg_member_put(qbg_opportunity_at(ws, of->opportunity[i]),
                          qbg_contact_at(ws, of->contact[i]), &member, NULL));
        OK(qbg_member_set_roles(member, roles, list_roles(ws, of, i, roles), ever, by));
        OK(qbg_member_set_status(member, of->word[i], ever, by));
        OK(qbg_member_set_stance(member, of->word[i], ever, by));
        OK(qbg_member_set_influence(member, of->ratio[i], ever, by));
        OK(qbg_member_set_participation(member, of->word[i], ever, by));
        OK(qbg_member_set_interest(member, of->word[i], ever, by));
        OK(qbg_member_set_joined(member, of->opened[i]));
        OK(qbg_member_set_left(member, of->closed[i]));
        OK(qbg_member_set_next_contact(member, of->opened[i]));
        OK(qbg_member_set_note(member, cell(&of->note, i)));
        OK(qbg_member_set_tag(member, of->tag[i]));
    }
}

static uint64_t tags_of(const qbg_workspace *ws) {
    uint64_t sum = 0, weight = 1;
    for (uint32_t i = 0; i < qbg_account_count(ws); i++)
        sum += weight++ * qbg_account_tag(qbg_account_at(ws, i));
    for (uint32_t i = 0; i < qbg_contact_count(ws); i++)
        sum += weight++ * qbg_contact_tag(qbg_contact_at(ws, i));
    for (uint32_t i = 0; i < qbg_opportunity_count(ws); i++) {
        const qbg_opportunity *deal = qbg_opportunity_at(ws, i);
        sum += weight++ * qbg_opportunity_tag(deal);
        for (uint32_t j = 0; j < qbg_member_count(deal); j++)
            sum += weight++ * qbg_member_tag(qbg_member_at(deal, j));
    }
    return sum;
}

/* Signals that the rows send here and there. */
static void tell_some(qbg_workspace *ws) {
    for (uint32_t i = 0; i < 15; i++) {
        qbg_contact *contact = qbg_contact_at(ws, i);
        tell(ws, (act){.time = NOON + (int64_t)i * DAY, .contact = contact, .content = "hr/x"});
        tell(ws, (act){.time = NOON + 5000, .account = qbg_account_at(ws, i), .visitor = "v"});
    }
}

static void bulk_is_the_same_as_one_by_one(void **state) {
    for (uint32_t seed = 1; seed <= 40; seed++) {
        qbg_workspace *bulk = NULL, *single = NULL;
        table rows;
        OK(qbg_workspace_new(NULL, &bulk));
        OK(qbg_workspace_new(NULL, &single));
        for (int i = 0; i < 2; i++) {
            qbg_workspace *ws = i == 0 ? bulk : single;
            OK(qbg_solution_add_content(add_solution(ws, "hr"), "hr/"));
            add_solution(ws, "crm");
        }
        for (uint32_t night = 0; night < 3; night++) {
            fill(&rows, seed * 100 + night);
            put_columns(bulk, &rows);
            put_entities(single, &rows);
            put_opportunities(single, &rows);
            put_members(single, &rows);
            if (night == 0) tell_some(bulk);
            if (night == 0) tell_some(single);
        }
        char *expected = book_of(single);
        assert_book(bulk, expected);
        assert_true(tags_of(bulk) == tags_of(single));
        for (uint32_t i = 0; i < qbg_opportunity_count(bulk); i++)
            assert_int_equal(qbg_opportunity_signal_count(qbg_opportunity_at(bulk, i)),
                             qbg_opportunity_signal_count(qbg_opportunity_at(single, i)));
        free(expected);
        qbg_workspace_free(bulk);
        qbg_workspace_free(single);
    }
    (void)state;
}

/* ---- whole or not at all --------------------------------------------------------------------- */

/* Columns of some entity that change, add and refuse rows. */
typedef qbg_status put_some(qbg_workspace *workspace, uint64_t *out_refused);

static texts twelve(const char *prefix, int known) {
    char cells[12][24];
    const char *at[12];
    for (int i = 0; i < 12; i++) {
        snprintf(cells[i], sizeof cells[i], "%s-%d", prefix, i % 11);
        at[i] = cells[i];
    }
    if (known) at[1] = known == 1 ? "daisy" : known == 2 ? "elena" : "deal";
    at[5] = NULL;
    return texts_of(at, 12);
}

static const uint64_t twelve_tags[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint32_t twelve_numbers[12] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 9, 1};

static qbg_status put_some_accounts(qbg_workspace *workspace, uint64_t *out_refused) {
    texts key = twelve("key", 1), name = twelve("Name", 0), currency = texts_of(NULL, 0);
    const int64_t potential[12] = {0};
    for (int i = 0; i <= 12; i++) currency.offsets[i] = i * 3;
    memcpy(currency.bytes, "RUBRUBRUBRUBRUBRUBEURRUBRUBRUBRUBrub", 36);
    const qbg_account_columns columns = {.size = sizeof columns,
                                         .count = 12,
                                         COLUMN(key, key),
                                         COLUMN(name, name),
                                         COLUMN(domain, name),
                                         .potential_minor = potential,
                                         COLUMN(currency, currency),
                                         .tag = twelve_tags};
    return qbg_account_put_columns(workspace, &columns, NULL, NULL, NULL, out_refused);
}

static qbg_status put_some_contacts(qbg_workspace *workspace, uint64_t *out_refused) {
    texts key = twelve("key", 2), name = twelve("Name", 0);
    const qbg_contact_columns columns = {.size = sizeof columns,
                                         .count = 12,
                                         COLUMN(key, key),
                                         .account = twelve_numbers,
                                         COLUMN(name, name),
                                         COLUMN(title, name),
                                         COLUMN(email, name),
                                         .tag = twelve_tags};
    return qbg_contact_put_columns(workspace, &columns, NULL, NULL, NULL, out_refused);
}

static qbg_status put_some_opportunities(qbg_workspace *workspace, uint64_t *out_refused) {
    texts key = twelve("key", 3), name = twelve("Name", 0);
    const int32_t outcome[12] = {0, 1, 0, 1, 0, 1, 0, 1, 9, 1, 0, 1};
    const qbg_opportunity_columns columns = {.size = sizeof columns,
                                             .count = 12,
                                             COLUMN(key, key),
                                             .account = twelve_numbers,
                                             .solution = twelve_numbers,
                                             COLUMN(name, name),
                                             COLUMN(stage, name),
                                             .outcome = outcome,
                                             .tag = twelve_tags};
    return qbg_opportunity_put_columns(workspace, &columns, NULL, NULL, NULL, out_refused);
}

static qbg_status put_some_members(qbg_workspace *workspace, uint64_t *out_refused) {
    texts note = twelve("note", 0);
    const uint32_t deal[12] = {0};
    const qbg_member_columns columns = {.size = sizeof columns,
                                        .count = 12,
                                        .opportunity = deal,
                                        .contact = twelve_numbers,
                                        .role = twelve_numbers,
                                        .status = (const int32_t *)(const void *)twelve_numbers,
                                        COLUMN(note, note),
                                        .tag = twelve_tags};
    return qbg_member_put_columns(workspace, &columns, NULL, NULL, out_refused);
}

static void try_each_request(void **state, put_some *put, uint64_t expected_refused) {
    fixture *self = *state;
    world w = begin(state);
    tell(w.workspace, (act){.time = NOON + 1, .contact = w.elena, .content = "/x"});
    char *before = book_of(w.workspace);
    uint64_t revision = qbg_workspace_revision(w.workspace), bytes;
    qbg_status status = QBG_E_MEMORY;
    long request = 0;
    for (; status != QBG_OK; request += stride(7)) {
        uint64_t refused = 77;
        refuse(&self->memory, request);
        self->memory.for_good = request % 2 == 1;
        status = put(w.workspace, &refused);
        refuse(&self->memory, NEVER);
        bytes = qbg_workspace_bytes(w.workspace);
        assert_int_equal(bytes, self->memory.bytes); /* and all that was scratch is given back */
        assert_int_equal(refused, status == QBG_OK ? expected_refused : 77);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
        assert_book(w.workspace, before);
        assert_int_equal(qbg_workspace_revision(w.workspace), revision);
    }
    assert_true(request > 5);
    char *after = book_of(w.workspace);
    assert_string_not_equal(after, before);
    assert_int_equal(qbg_workspace_revision(w.workspace), revision + 1);
    free(before);
    free(after);
}

static void accounts_are_put_whole_or_not_at_all(void **state) {
    try_each_request(state, put_some_accounts, 2);
}

static void contacts_are_put_whole_or_not_at_all(void **state) {
    try_each_request(state, put_some_contacts, 2);
}

static void opportunities_are_put_whole_or_not_at_all(void **state) {
    try_each_request(state, put_some_opportunities, 3);
}

static void members_are_put_whole_or_not_at_all(void **state) {
    try_each_request(state, put_some_members, 1);
}

static void a_batch_takes_them_back(void **state) {
    world w = begin(state);
    char *before = book_of(w.workspace);
    uint32_t number[1];
    texts key = TEXTS("rose");
    const qbg_account_columns columns = {.size = sizeof columns, .count = 1, COLUMN(key, key)};
    OK(qbg_workspace_begin(w.workspace));
    OK(qbg_account_put_columns(w.workspace, &columns, NULL, NULL, number, NULL));
    assert_int_equal(number[0], 2);
    OK(qbg_numbers(w.workspace, QBG_ENTITY_ACCOUNT, key.bytes, key.offsets, 1, number));
    assert_int_equal(number[0], 2);
    OK(qbg_workspace_rollback(w.workspace));
    assert_book(w.workspace, before);
    OK(qbg_numbers(w.workspace, QBG_ENTITY_ACCOUNT, key.bytes, key.offsets, 1, number));
    assert_int_equal(number[0], QBG_NONE);
    free(before);
}

/* ---- many rows ------------------------------------------------------------------------------- */

#define MANY 100000

static double milliseconds(clock_t since) {
    return (double)(clock() - since) * 1000.0 / CLOCKS_PER_SEC;
}

/* Contacts and members of 1,000 opportunities; the second night nothing has changed. */
static void a_hundred_thousand_rows(void **state) {
    world w = begin(state);
    char *bytes = malloc(MANY * 16);
    int64_t *offsets = malloc((MANY + 1) * sizeof *offsets);
    uint32_t *numbers = malloc(MANY * sizeof *numbers), *deals = malloc(MANY * sizeof *deals);
    assert_true(bytes && offsets && numbers && deals);
    offsets[0] = 0;
    for (int i = 0; i < MANY; i++) {
        int size = snprintf(bytes + offsets[i], 16, "person-%06d", i);
        offsets[i + 1] = offsets[i] + size;
        deals[i] = (uint32_t)i % 1000;
    }
    OK(qbg_workspace_begin(w.workspace));
    for (int i = 1; i < 1000; i++) {
        char key[16];
        snprintf(key, sizeof key, "deal-%d", i);
        add_opportunity(w.workspace, key, w.tulip, w.hr, NOON);
    }
    OK(qbg_workspace_commit(w.workspace));
    const qbg_contact_columns contacts = {.size = sizeof contacts,
                                          .count = MANY,
                                          .key = bytes,
                                          .key_offsets = offsets,
                                          .name = bytes,
                                          .name_offsets = offsets,
                                          .email = bytes,
                                          .email_offsets = offsets};
    const qbg_member_columns members = {
        .size = sizeof members, .count = MANY, .opportunity = deals, .contact = numbers};
    uint64_t revision = qbg_workspace_revision(w.workspace);
    for (int night = 0; night < 2; night++) {
        clock_t start = clock();
        OK(qbg_contact_put_columns(w.workspace, &contacts, NULL, NULL, NULL, NULL));
        print_message("%d contacts in %.0f ms\n", MANY, milliseconds(start));
        start = clock();
        OK(qbg_numbers(w.workspace, QBG_ENTITY_CONTACT, bytes, offsets, MANY, numbers));
        print_message("%d numbers in %.0f ms\n", MANY, milliseconds(start));
        start = clock();
        OK(qbg_member_put_columns(w.workspace, &members, NULL, NULL, NULL));
        print_message("%d members in %.0f ms\n", MANY, milliseconds(start));
        assert_int_equal(qbg_workspace_revision(w.workspace), revision + 2);
    }
    assert_int_equal(qbg_contact_count(w.workspace), MANY + 2);
    assert_int_equal(numbers[MANY - 1], MANY + 1);
    assert_int_equal(qbg_member_count(w.deal), MANY / 1000);
    free(bytes);
    free(offsets);
    free(numbers);
    free(deals);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(bulk_is_the_same_as_one_by_one),
        in_workspace(accounts_are_put_whole_or_not_at_all),
        in_workspace(contacts_are_put_whole_or_not_at_all),
        in_workspace(opportunities_are_put_whole_or_not_at_all),
        in_workspace(members_are_put_whole_or_not_at_all),
        in_workspace(a_batch_takes_them_back),
        in_workspace(a_hundred_thousand_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
