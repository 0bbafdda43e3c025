/* book_entities: loads accounts, contacts, visitors, opportunities and revenue; see book_load.h. A
 * row of a known key updates it: empty cells keep what is known. */
#include "io/book_load.h"

#include "base/text.h"
#include "io/book_cells.h"
#include "model/account.h"
#include "model/contact.h"
#include "model/erasure.h"
#include "model/opportunity.h"
#include "qbg/account.h"
#include "qbg/merge.h"
#include "qbg/opportunity.h"
#include "qbg/revenue.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))

/* ---- accounts -------------------------------------------------------------------------------- */

enum {
    ACCOUNT_KEY,
    ACCOUNT_NAME,
    ACCOUNT_DOMAINS,
    ACCOUNT_POTENTIAL,
    ACCOUNT_CURRENCY,
    ACCOUNT_MERGED_INTO = QBG__BOOK_ACCOUNT_MERGED_INTO
};
static const char *const account_columns[] = {"account",   "name",     "domains",
                                              "potential", "currency", "merged_into"};
const qbg__book_table qbg__book_accounts = {
    "accounts", account_columns, COUNT(account_columns), 1u << ACCOUNT_KEY, 1u << ACCOUNT_KEY, 1};

static qbg_status add_domains(const qbg__book_row *row, qbg_account *account) {
    for (size_t at = 0;;) {
        char *piece;
        qbg_status status = qbg__book_piece(row, ACCOUNT_DOMAINS, &at, &piece);
        if (status != QBG_OK || !piece) return status;
        piece = qbg__book_trim(piece);
        if (piece[0] != '\0') status = qbg_account_add_domain(account, piece);
        if (status != QBG_OK) return status;
    }
}

/* What a company could spend is worth nothing without its currency, and the other way round. */
static qbg_status set_potential(const qbg__book_row *row, qbg_account *account) {
    char currency[4] = "";
    int64_t potential = -1;
    memcpy(currency, qbg_account_currency(account), sizeof currency);
    qbg_status status = qbg__book_currency(row, ACCOUNT_CURRENCY, currency);
    if (status == QBG_OK) status = qbg__book_money(row, ACCOUNT_POTENTIAL, currency, 0, &potential);
    if (status != QBG_OK) return status;
    if (potential >= 0 && currency[0] == '\0')
        return qbg__book_refuse(row, ACCOUNT_CURRENCY, "a potential needs a currency");
    if (potential >= 0) return qbg_account_set_potential(account, potential, currency);
    if (!qbg__book_text(row, ACCOUNT_CURRENCY)) return QBG_OK;
    if (strcmp(currency, qbg_account_currency(account)) == 0) return QBG_OK;
    return qbg__book_remark(row, ACCOUNT_CURRENCY, "a currency without a potential; it is ignored");
}

qbg_status qbg__book_load_account(qbg__book_row *row) {
    qbg_account *account = NULL;
    qbg_status status = qbg_account_put(row->workspace, qbg__book_text(row, ACCOUNT_KEY),
                                        qbg__book_text(row, ACCOUNT_NAME), &account, NULL);
    if (status == QBG_OK) status = add_domains(row, account);
    if (status == QBG_OK) status = set_potential(row, account);
    if (status != QBG_OK) return status;
    if (strcmp(account->key, qbg__book_text(row, ACCOUNT_KEY)) != 0) return QBG_OK; /* merged */
    return qbg__book_remark_again(row, ACCOUNT_KEY, account->number);
}

qbg_status qbg__book_load_merged_account(qbg__book_row *row) {
    qbg_account *kept = NULL;
    qbg_status status = qbg__book_account(row, ACCOUNT_MERGED_INTO, &kept);
    if (status != QBG_OK || !kept) return status;
    return qbg_account_merge(kept,
                             qbg_account_find(row->workspace, qbg__book_text(row, ACCOUNT_KEY)));
}

/* ---- contacts -------------------------------------------------------------------------------- */

enum {
    CONTACT_KEY,
    CONTACT_ACCOUNT,
    CONTACT_NAME,
    CONTACT_TITLE,
    CONTACT_EMAIL,
    CONTACT_DEPARTMENT,
    CONTACT_SENIORITY,
    CONTACT_CONFIDENCE,
    CONTACT_MERGED_INTO = QBG__BOOK_CONTACT_MERGED_INTO,
    CONTACT_COMPANY
};
static const char *const contact_columns[] = {
    "contact",    "account",   "name",       "title",       "email",
    "department", "seniority", "confidence", "merged_into", "company"};
const qbg__book_table qbg__book_contacts = {
    "contacts", contact_columns, COUNT(contact_columns), 1u << CONTACT_KEY, 1u << CONTACT_KEY, 3};

/* The host's word on the persona; what he does not say is left to what he said before. */
static qbg_status set_persona(const qbg__book_row *row, qbg_contact *contact) {
    int32_t department = contact->department, seniority = contact->seniority;
    if (!qbg__book_has(row, 1u << CONTACT_DEPARTMENT | 1u << CONTACT_SENIORITY)) return QBG_OK;
    qbg_status status = qbg__book_word(row, CONTACT_DEPARTMENT, QBG_WORDS_DEPARTMENT, &department);
    if (status == QBG_OK)
        status = qbg__book_word(row, CONTACT_SENIORITY, QBG_WORDS_SENIORITY, &seniority);
    return status == QBG_OK ? qbg_contact_set_persona(contact, department, seniority) : status;
}

/* What the title of somebody who was erased said, and how surely. */
static qbg_status set_read_persona(const qbg__book_row *row, qbg_contact *contact) {
    int32_t department = qbg_contact_department(contact),
            seniority = qbg_contact_seniority(contact);
    double confidence = qbg_contact_persona_confidence(contact);
    if (!qbg__book_text(row, CONTACT_DEPARTMENT) && !qbg__book_text(row, CONTACT_SENIORITY) &&
        !qbg__book_text(row, CONTACT_CONFIDENCE))
        return QBG_OK; /* a row that says nothing about it leaves who said what */
    qbg_status status = qbg__book_word(row, CONTACT_DEPARTMENT, QBG_WORDS_DEPARTMENT, &department);
    if (status == QBG_OK)
        status = qbg__book_word(row, CONTACT_SENIORITY, QBG_WORDS_SENIORITY, &seniority);
    if (status == QBG_OK) status = qbg__book_ratio(row, CONTACT_CONFIDENCE, &confidence);
    if (status != QBG_OK) return status;
    return qbg__erased_set_persona(contact, department, seniority, confidence);
}

/* A tombstone counts wherever it is read, also where nobody knows the account that is on it. */
static qbg_status read_employer(const qbg__book_row *row, qbg_account **out) {
    const char *key = qbg__book_text(row, CONTACT_ACCOUNT);
    int is_tombstone = qbg__erased_is_key(qbg__book_text(row, CONTACT_KEY));
    if (!is_tombstone || !key || qbg_account_find(row->workspace, key))
        return qbg__book_account(row, CONTACT_ACCOUNT, out);
    return qbg__book_remark(row, CONTACT_ACCOUNT, "no account has this key; it is ignored");
}

qbg_status qbg__book_load_contact(qbg__book_row *row) {
    qbg_account *account = NULL;
    qbg_contact *contact = NULL;
    const char *email = qbg__book_text(row, CONTACT_EMAIL);
    const char *company = qbg__book_text(row, CONTACT_COMPANY);
    qbg_status status = read_employer(row, &account);
    if (status == QBG_OK)
        status = qbg_contact_put(row->workspace, qbg__book_text(row, CONTACT_KEY), account,
                                 qbg__book_text(row, CONTACT_NAME),
                                 qbg__book_text(row, CONTACT_TITLE), &contact, NULL);
    if (status == QBG_E_ERASED)
        return qbg__book_refuse(row, CONTACT_KEY, "the person with this key was erased on request");
    if (status == QBG_OK && email) status = qbg_contact_set_email(contact, email);
    if (status == QBG_OK && company) status = qbg_contact_set_company(contact, company);
    if (status == QBG_OK)
        status = contact->is_erased ? set_read_persona(row, contact) : set_persona(row, contact);
    if (status != QBG_OK) return status;
    if (strcmp(contact->key, qbg__book_text(row, CONTACT_KEY)) != 0) return QBG_OK; /* merged */
    status = qbg__book_remark_again(row, CONTACT_KEY, contact->number);
    if (status != QBG_OK) return status;
    return qbg__book_remember(row, CONTACT_KEY, QBG__BOOK_KEYS_CONTACT, &row->workspace->contacts,
                              contact->number);
}

qbg_status qbg__book_load_merged_contact(qbg__book_row *row) {
    qbg_contact *kept = NULL;
    qbg_status status = qbg__book_contact(row, CONTACT_MERGED_INTO, &kept);
    if (status != QBG_OK || !kept) return status;
    return qbg_contact_merge(kept,
                             qbg_contact_find(row->workspace, qbg__book_text(row, CONTACT_KEY)));
}

/* ---- visitors -------------------------------------------------------------------------------- */

enum { VISITOR_KEY, VISITOR_CONTACT };
static const char *const visitor_columns[] = {"visitor", "contact"};
const qbg__book_table qbg__book_visitors = {"visitors",
                                            visitor_columns,
                                            COUNT(visitor_columns),
                                            1u << VISITOR_KEY | 1u << VISITOR_CONTACT,
                                            1u << VISITOR_KEY | 1u << VISITOR_CONTACT,
                                            0};

qbg_status qbg__book_load_visitor(qbg__book_row *row) {
    qbg_contact *contact = NULL;
    qbg_status status = qbg__book_contact(row, VISITOR_CONTACT, &contact);
    if (status == QBG_OK)
        status = qbg_contact_add_visitor(contact, qbg__book_text(row, VISITOR_KEY));
    if (status != QBG_E_EXISTS) return status;
    return qbg__book_refuse(row, VISITOR_KEY, "this visitor is another contact already");
}

/* ---- opportunities --------------------------------------------------------------------------- */

enum {
    DEAL_KEY,
    DEAL_ACCOUNT,
    DEAL_SOLUTION,
    DEAL_NAME,
    DEAL_TYPE,
    DEAL_STAGE,
    DEAL_AMOUNT,
    DEAL_CURRENCY,
    DEAL_OPENED,
    DEAL_CLOSED,
    DEAL_OUTCOME,
    DEAL_NEED,
    DEAL_BUDGET,
    DEAL_AUTHORITY,
    DEAL_TIMELINE,
    DEAL_FIT
};
static const char *const opportunity_columns[] = {
    "opportunity", "account", "solution", "name", "type",   "stage",     "amount",   "currency",
    "opened",      "closed",  "outcome",  "need", "budget", "authority", "timeline", "fit"};
const qbg__book_table qbg__book_opportunities = {
    "opportunities",
    opportunity_columns,
    COUNT(opportunity_columns),
    1u << DEAL_KEY | 1u << DEAL_ACCOUNT | 1u << DEAL_SOLUTION,
    1u << DEAL_KEY | 1u << DEAL_ACCOUNT | 1u << DEAL_SOLUTION,
    0};

static qbg_status put_opportunity(const qbg__book_row *row, qbg_opportunity **out) {
    const char *key = qbg__book_text(row, DEAL_KEY);
    qbg_account *account = NULL;
    qbg_solution *solution = NULL;
    int64_t opened = QBG_UNDATED;
    qbg_status status = qbg__book_account(row, DEAL_ACCOUNT, &account);
    if (status == QBG_OK) status = qbg__book_solution(row, DEAL_SOLUTION, &solution);
    if (status == QBG_OK) status = qbg__book_time(row, DEAL_OPENED, &opened);
    if (status != QBG_OK) return status;
    return qbg_opportunity_put(row->workspace, key, account, solution, opened, out, NULL);
}

static qbg_status set_life(const qbg__book_row *row, qbg_opportunity *opportunity) {
    int64_t closed = QBG_UNDATED;
    int32_t type = QBG_UNSET;
    qbg_status status = qbg__book_word(row, DEAL_TYPE, QBG_WORDS_OPPORTUNITY_TYPE, &type);
    if (status == QBG_OK) status = qbg__book_time(row, DEAL_CLOSED, &closed);
    if (status == QBG_OK && qbg__book_text(row, DEAL_NAME))
        status = qbg_opportunity_set_name(opportunity, qbg__book_text(row, DEAL_NAME));
    if (status == QBG_OK && type != QBG_UNSET) status = qbg_opportunity_set_type(opportunity, type);
    if (status == QBG_OK && closed != QBG_UNDATED)
        status = qbg_opportunity_set_closed(opportunity, closed);
    return status;
}

static qbg_status refuse_currency(const qbg__book_row *row, const qbg_opportunity *opportunity,
                                  const char *amounts, const char *advice) {
    const char *known = qbg_opportunity_currency(opportunity);
    qbg_blob *reason = qbg__book_refusing(row, DEAL_CURRENCY);
    qbg__blob_text(reason, amounts);
    qbg__blob_text(reason, known[0] != '\0' ? " are known in " : " are known without a currency");
    qbg__blob_text(reason, known);
    qbg__blob_text(reason, advice);
    return qbg__book_refused(row);
}

/* A currency with other decimal places would re-scale what is known; so such an amount is withdrawn
 * first, if the row has another one to take its place. */
static qbg_status set_currency(const qbg__book_row *row, qbg_opportunity *opportunity,
                               const char *currency, int has_amount) {
    qbg_status status = qbg_opportunity_set_currency(opportunity, currency);
    if (status != QBG_E_ARGUMENT) return status;
    if (!has_amount)
        return refuse_currency(row, opportunity, "amounts",
                               "; withdraw them, or give the amount again");
    status = qbg__opportunity_drop_amount(opportunity);
    if (status == QBG_OK) status = qbg_opportunity_set_currency(opportunity, currency);
    if (status != QBG_E_ARGUMENT) return status;
    return refuse_currency(row, opportunity, "dated amounts",
                           "; the currency that they have must have as many decimal places");
}

static qbg_status set_amount(const qbg__book_row *row, qbg_opportunity *opportunity) {
    char currency[4];
    int64_t amount = INT64_MIN;
    memcpy(currency, qbg_opportunity_currency(opportunity), sizeof currency);
    qbg_status status = qbg__book_currency(row, DEAL_CURRENCY, currency);
    if (status == QBG_OK) status = qbg__book_money(row, DEAL_AMOUNT, currency, -INT64_MAX, &amount);
    if (status == QBG_OK && currency[0] != '\0')
        status = set_currency(row, opportunity, currency, amount != INT64_MIN);
    if (status != QBG_OK || amount == INT64_MIN) return status;
    return qbg_opportunity_set_amount(opportunity, amount, QBG_UNDATED, QBG_SOURCE_HOST);
}

static qbg_status set_answer(const qbg__book_row *row, qbg_opportunity *opportunity, int column,
                             int32_t criterion) {
    int32_t answer = QBG_UNSET;
    qbg_status status = qbg__book_flag(row, column, &answer);
    if (status != QBG_OK || answer == QBG_UNSET) return status;
    return qbg_opportunity_set_answer(opportunity, criterion, answer, QBG_UNDATED, QBG_SOURCE_HOST);
}

static qbg_status set_answers(const qbg__book_row *row, qbg_opportunity *opportunity) {
    qbg_status status = set_answer(row, opportunity, DEAL_NEED, QBG_CRITERION_NEED_VALIDATED);
    if (status == QBG_OK) status = set_answer(row, opportunity, DEAL_BUDGET, QBG_CRITERION_BUDGET);
    if (status == QBG_OK)
        status = set_answer(row, opportunity, DEAL_AUTHORITY, QBG_CRITERION_AUTHORITY);
    if (status == QBG_OK)
        status = set_answer(row, opportunity, DEAL_TIMELINE, QBG_CRITERION_TIMELINE);
    return status;
}

static qbg_status set_facts(const qbg__book_row *row, qbg_opportunity *opportunity) {
    const char *stage = qbg__book_text(row, DEAL_STAGE);
    int32_t outcome = QBG_UNSET;
    double fit = -1;
    qbg_status status = qbg__book_word(row, DEAL_OUTCOME, QBG_WORDS_OUTCOME, &outcome);
    if (status == QBG_OK) status = qbg__book_ratio(row, DEAL_FIT, &fit);
    if (status == QBG_OK && stage)
        status = qbg_opportunity_set_stage(opportunity, stage, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && outcome != QBG_UNSET)
        status = qbg_opportunity_set_outcome(opportunity, outcome, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && fit >= 0)
        status = qbg_opportunity_set_fit(opportunity, fit, QBG_UNDATED, QBG_SOURCE_HOST);
    return status;
}

/* A date is its day's first second, so what opens and closes on one date has no time at all. */
static qbg_status remark_life(const qbg__book_row *row, const qbg_opportunity *opportunity) {
    int64_t closed = qbg_opportunity_closed(opportunity);
    if (!qbg__book_text(row, DEAL_OPENED) && !qbg__book_text(row, DEAL_CLOSED)) return QBG_OK;
    if (closed == QBG_UNDATED || closed > qbg_opportunity_opened(opportunity)) return QBG_OK;
    return qbg__book_remark(
        row, DEAL_CLOSED, "this opportunity ends no later than it starts, so it takes no signals");
}

qbg_status qbg__book_load_opportunity(qbg__book_row *row) {
    qbg_opportunity *opportunity = NULL;
    qbg_status status = put_opportunity(row, &opportunity);
    if (status == QBG_OK) status = set_life(row, opportunity);
    if (status == QBG_OK) status = set_amount(row, opportunity);
    if (status == QBG_OK) status = set_answers(row, opportunity);
    if (status == QBG_OK) status = set_facts(row, opportunity);
    if (status == QBG_OK) status = remark_life(row, opportunity);
    if (status != QBG_OK) return status;
    return qbg__book_remark_again(row, DEAL_KEY, qbg_opportunity_number(opportunity));
}

/* ---- revenue --------------------------------------------------------------------------------- */

enum { REVENUE_CUSTOMER, REVENUE_PERIOD, REVENUE_AMOUNT, REVENUE_CURRENCY };
static const char *const revenue_columns[] = {"customer", "period", "amount", "currency"};
const qbg__book_table qbg__book_revenue = {
    "revenue",
    revenue_columns,
    COUNT(revenue_columns),
    1u << REVENUE_CUSTOMER | 1u << REVENUE_PERIOD | 1u << REVENUE_AMOUNT,
    1u << REVENUE_CUSTOMER | 1u << REVENUE_PERIOD | 1u << REVENUE_AMOUNT,
    0};

static int read_digits(const char *text, int count, int32_t *out) {
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return 0;
        *out = *out * 10 + (text[i] - '0');
    }
    return 1;
}

static qbg_status read_period(const qbg__book_row *row, int32_t *out_year, int32_t *out_month) {
    qbg__book_cell cell = row->cells[REVENUE_PERIOD];
    qbg__text_trim(&cell.text, &cell.size);
    if (cell.size != 7 || cell.text[4] != '-' || !read_digits(cell.text, 4, out_year) ||
        !read_digits(cell.text + 5, 2, out_month) || *out_month < 1 || *out_month > 12)
        return qbg__book_refuse(row, REVENUE_PERIOD, "not a month: write 2025-11");
    if (*out_year < 1970 || *out_year > 2199)
        return qbg__book_refuse(row, REVENUE_PERIOD, "a time outside of 1970 to 2199");
    return QBG_OK;
}

/* The first row of a month takes the place of what was known before this book, the others add to
 * it: so a book that is read again does not double what it says. */
static qbg_status put_revenue(const qbg__book_row *row, int32_t year, int32_t month, int64_t amount,
                              const char *currency) {
    const char *customer = qbg__book_text(row, REVENUE_CUSTOMER);
    uint32_t at = qbg_revenue_find(row->workspace, customer, year, month, currency);
    if (at != QBG_NONE && qbg__book_is_given(row, at))
        return qbg_revenue_add(row->workspace, customer, year, month, amount, currency);
    qbg_status status =
        qbg_revenue_put(row->workspace, customer, year, month, amount, currency, NULL);
    if (status != QBG_OK) return status;
    at = qbg_revenue_find(row->workspace, customer, year, month, currency);
    return qbg__book_give(row, at);
}

qbg_status qbg__book_load_revenue(qbg__book_row *row) {
    int32_t year = 0, month = 0;
    int64_t amount = 0;
    char currency[4] = "";
    qbg_status status = read_period(row, &year, &month);
    if (status == QBG_OK) status = qbg__book_currency(row, REVENUE_CURRENCY, currency);
    if (status == QBG_OK)
        status = qbg__book_money(row, REVENUE_AMOUNT, currency, -INT64_MAX, &amount);
    if (status != QBG_OK) return status;
    status = put_revenue(row, year, month, amount, currency);
    if (status != QBG_E_OVERFLOW) return status;
    return qbg__book_refuse(row, REVENUE_AMOUNT, "the month's sum would not fit 64 bits");
}
