/* opportunity: account x solution, its dated facts; see qbg/opportunity.h. */
#include "model/opportunity.h"

#include "base/money.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__opportunity_free(qbg_opportunity *opportunity, qbg__mem *mem) {
    qbg__mem_free_text(mem, opportunity->key);
    qbg__mem_free_text(mem, opportunity->name);
    qbg__mem_free(mem, opportunity->members,
                  opportunity->member_capacity * sizeof *opportunity->members);
    qbg__roster_free(&opportunity->roster, mem);
    for (uint32_t i = 0; i < opportunity->need_count; i++) {
        qbg__mem_free_text(mem, opportunity->needs[i].key);
        qbg__facts_free(&opportunity->needs[i].facts, mem);
    }
    qbg__mem_free(mem, opportunity->needs, opportunity->need_capacity * sizeof *opportunity->needs);
    qbg__facts_free(&opportunity->facts, mem);
    qbg__log_free(&opportunity->log, mem);
}

qbg_status qbg__opportunity_drop_lists(qbg_opportunity *opportunity) {
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg_status status = qbg__fact_drop_all(journal, &opportunity->facts);
    if (status == QBG_OK)
        status = qbg__journal_drop_array(journal, &opportunity->needs, &opportunity->need_count,
                                         &opportunity->need_capacity, sizeof *opportunity->needs);
    if (status == QBG_OK) status = qbg__roster_drop(journal, &opportunity->roster);
    if (status != QBG_OK) return status;
    return qbg__journal_drop_array(journal, &opportunity->members, &opportunity->member_count,
                                   &opportunity->member_capacity, sizeof *opportunity->members);
}

void qbg__opportunity_bytes(const qbg_opportunity *opportunity, qbg__memory *memory) {
    uint64_t bytes = qbg__mem_text_bytes(opportunity->key) + qbg__mem_text_bytes(opportunity->name);
    bytes += opportunity->member_capacity * sizeof *opportunity->members;
    for (uint32_t i = 0; i < opportunity->need_count; i++)
        bytes += qbg__mem_text_bytes(opportunity->needs[i].key) +
                 qbg__facts_bytes(&opportunity->needs[i].facts);
    bytes += opportunity->need_capacity * sizeof *opportunity->needs;
    memory->members += qbg__roster_bytes(&opportunity->roster);
    memory->opportunities += bytes + qbg__facts_bytes(&opportunity->facts);
    memory->signals += qbg__log_bytes(&opportunity->log);
}

const qbg_workspace *qbg__opportunity_workspace(const qbg_opportunity *opportunity) {
    return opportunity->workspace;
}

/* ---- Handles ---- */

qbg_opportunity *qbg__opportunity_live(const qbg_opportunity *opportunity) {
    if (!opportunity) return NULL;
    return qbg__row_at(&opportunity->workspace->opportunities, opportunity->number);
}

qbg_status qbg__opportunity_open(qbg_opportunity **opportunity) {
    if (!*opportunity) return QBG_E_ARGUMENT;
    *opportunity = qbg__opportunity_live(*opportunity);
    return *opportunity ? QBG_OK : QBG_E_GONE;
}

qbg_status qbg__opportunity_ask(const qbg_opportunity **opportunity) {
    if (!*opportunity) return QBG_E_ARGUMENT;
    qbg_status status = qbg__may_ask((*opportunity)->workspace);
    if (status != QBG_OK) return status;
    *opportunity = qbg__opportunity_live(*opportunity);
    return *opportunity ? QBG_OK : QBG_E_GONE;
}

int32_t qbg_opportunity_is_alive(const qbg_opportunity *opportunity) {
    return qbg__opportunity_live(opportunity) != NULL;
}

qbg_status qbg__opportunity_end(qbg__change change, const qbg_opportunity *opportunity,
                                qbg_status status) {
    if (status == QBG_OK && qbg__has_written(&change))
        status = qbg__touch(opportunity->workspace, opportunity->number);
    return qbg__end(change, status);
}

/* ---- Where it belongs and when it lives ---- */

qbg_status qbg__opportunity_dirty(qbg_opportunity *opportunity) {
    qbg_workspace *workspace = opportunity->workspace;
    qbg_status status = qbg__dirty(workspace, QBG__OWNER_LOG, opportunity->number);
    if (status == QBG_OK) status = qbg__dirty(workspace, QBG__OWNER_ACCOUNT, opportunity->account);
    for (uint32_t i = 0; i < opportunity->member_count && status == QBG_OK; i++) {
        const qbg_member *member = qbg__rows_at(&workspace->members, opportunity->members[i]);
        status = qbg__dirty(workspace, QBG__OWNER_CONTACT, member->contact);
    }
    return status;
}

static qbg_status add(qbg_workspace *workspace, const char *key, qbg_account *account,
                      const qbg_solution *solution, int64_t opened,
                      qbg_opportunity **out_opportunity) {
    void *row = NULL;
    qbg_status status = qbg__row_add(workspace, &workspace->opportunities,
                                     &workspace->opportunity_index, key, &row);
    if (status != QBG_OK) return status;
    qbg_opportunity *opportunity = row;
    opportunity->account = account->number;
    opportunity->solution = solution->number;
    opportunity->type = QBG_UNSET;
    opportunity->opened = opened;
    opportunity->closed = QBG_UNDATED;
    *out_opportunity = opportunity;
    status = qbg__account_list(account, opportunity);
    if (status == QBG_OK) status = qbg__touch(workspace, opportunity->number);
    return status == QBG_OK ? qbg__dirty(workspace, QBG__OWNER_ACCOUNT, account->number) : status;
}

/* Checks the rows that an opportunity is between. */
static qbg_status check(const qbg_workspace *workspace, qbg_account **account,
                        const qbg_solution *solution, int64_t opened) {
    if (!workspace || !qbg__account_is_of(*account, workspace)) return QBG_E_ARGUMENT;
    if (!solution || solution->workspace != workspace) return QBG_E_ARGUMENT;
    qbg_status status = qbg__account_open(account);
    return status == QBG_OK ? qbg__check_time(opened) : status;
}

qbg_status qbg_opportunity_add(qbg_workspace *workspace, const char *key, qbg_account *account,
                               qbg_solution *solution, int64_t opened_s,
                               qbg_opportunity **out_opportunity) {
    qbg_status status = check(workspace, &account, solution, opened_s);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg_opportunity *opportunity = NULL;
    status = qbg__end(change, add(workspace, key, account, solution, opened_s, &opportunity));
    if (status == QBG_OK && out_opportunity) *out_opportunity = opportunity;
    return status;
}

/* Moves an opportunity between the accounts' lists, which are kept by solution. Whatever its old
 * and its new place may take or give is routed anew. */
qbg_status qbg__opportunity_place(qbg_opportunity *opportunity, uint32_t account,
                                  uint32_t solution) {
    qbg_workspace *workspace = opportunity->workspace;
    if (opportunity->account == account && opportunity->solution == solution) return QBG_OK;
    qbg_status status = qbg__opportunity_dirty(opportunity);
    if (status == QBG_OK)
        status = qbg__account_unlist(qbg__rows_at(&workspace->accounts, opportunity->account),
                                     opportunity);
    if (status == QBG_OK)
        status = qbg__journal_set_uint32(&workspace->journal, &opportunity->account, account);
    if (status == QBG_OK)
        status = qbg__journal_set_uint32(&workspace->journal, &opportunity->solution, solution);
    if (status == QBG_OK)
        status = qbg__account_list(qbg__rows_at(&workspace->accounts, account), opportunity);
    if (status == QBG_OK) status = qbg__touch(workspace, opportunity->number);
    return status == QBG_OK ? qbg__dirty(workspace, QBG__OWNER_ACCOUNT, account) : status;
}

/* A life that begins or ends elsewhere takes or gives signals of its account and of its members. */
static qbg_status set_date(qbg_opportunity *opportunity, int64_t *slot, int64_t time) {
    if (*slot == time) return QBG_OK;
    qbg_status status = qbg__journal_set_int64(&opportunity->workspace->journal, slot, time);
    return status == QBG_OK ? qbg__opportunity_dirty(opportunity) : status;
}

qbg_status qbg_opportunity_put(qbg_workspace *workspace, const char *key, qbg_account *account,
                               qbg_solution *solution, int64_t opened_s,
                               qbg_opportunity **out_opportunity, int32_t *out_put) {
    qbg_status status = check(workspace, &account, solution, opened_s);
    if (status != QBG_OK) return status;
    qbg_opportunity *opportunity = qbg_opportunity_find(workspace, key);
    int is_new = !opportunity;
    qbg__change change = qbg__begin(workspace);
    if (is_new)
        status = add(workspace, key, account, solution, opened_s, &opportunity);
    else
        status = qbg__opportunity_place(opportunity, account->number, solution->number);
    if (status == QBG_OK && opened_s != QBG_UNDATED)
        status = set_date(opportunity, &opportunity->opened, opened_s);
    int32_t put = qbg__put_of(&change, is_new);
    status = qbg__opportunity_end(change, opportunity, status);
    if (status == QBG_OK && out_opportunity) *out_opportunity = opportunity;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_status qbg_opportunity_set_account(qbg_opportunity *opportunity, qbg_account *account) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    if (!qbg__account_is_of(account, opportunity->workspace)) return QBG_E_ARGUMENT;
    status = qbg__account_open(&account);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = qbg__opportunity_place(opportunity, account->number, opportunity->solution);
    return qbg__opportunity_end(change, opportunity, status);
}

qbg_status qbg_opportunity_set_solution(qbg_opportunity *opportunity, qbg_solution *solution) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    if (!solution || solution->workspace != opportunity->workspace) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = qbg__opportunity_place(opportunity, opportunity->account, solution->number);
    return qbg__opportunity_end(change, opportunity, status);
}

static qbg_status set_life(qbg_opportunity *opportunity, int64_t *slot, int64_t time) {
    if (qbg__check_time(time) != QBG_OK) return QBG_E_RANGE;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__opportunity_end(change, opportunity, set_date(opportunity, slot, time));
}

qbg_status qbg_opportunity_set_opened(qbg_opportunity *opportunity, int64_t opened_s) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    return status == QBG_OK ? set_life(opportunity, &opportunity->opened, opened_s) : status;
}

qbg_status qbg_opportunity_set_closed(qbg_opportunity *opportunity, int64_t closed_s) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    return status == QBG_OK ? set_life(opportunity, &opportunity->closed, closed_s) : status;
}

/* ---- What it is ---- */

qbg_opportunity *qbg_opportunity_find(const qbg_workspace *workspace, const char *key) {
    if (!workspace) return NULL;
    return qbg__row_find(&workspace->opportunities, &workspace->opportunity_index, key);
}

uint32_t qbg_opportunity_count(const qbg_workspace *workspace) {
    return workspace ? workspace->opportunities.count : 0;
}

qbg_opportunity *qbg_opportunity_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__row_alive(&workspace->opportunities, number) : NULL;
}

uint32_t qbg_opportunity_number(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->number : QBG_NONE;
}

const char *qbg_opportunity_key(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->key : "";
}

const char *qbg_opportunity_name(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity && opportunity->name ? opportunity->name : "";
}

qbg_account *qbg_opportunity_account(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? qbg_account_at(opportunity->workspace, opportunity->account) : NULL;
}

qbg_solution *qbg_opportunity_solution(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? qbg_solution_at(opportunity->workspace, opportunity->solution) : NULL;
}

int32_t qbg_opportunity_type(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->type : QBG_UNSET;
}

int64_t qbg_opportunity_opened(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->opened : QBG_UNDATED;
}

int64_t qbg_opportunity_closed(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->closed : QBG_UNDATED;
}

qbg_status qbg_opportunity_set_name(qbg_opportunity *opportunity, const char *name) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status == QBG_OK) status = qbg__check_text(name);
    if (status != QBG_OK) return status;
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = qbg__journal_set_text(journal, &opportunity->name, name);
    return qbg__opportunity_end(change, opportunity, status);
}

qbg_status qbg_opportunity_set_type(qbg_opportunity *opportunity, int32_t type) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    if (type < QBG_UNSET || type >= qbg_word_count(QBG_WORDS_OPPORTUNITY_TYPE))
        return QBG_E_ARGUMENT;
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = qbg__journal_set_int32(journal, &opportunity->type, type);
    return qbg__opportunity_end(change, opportunity, status);
}

qbg_status qbg_opportunity_set_tag(qbg_opportunity *opportunity, uint64_t tag) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__opportunity_end(change, opportunity, qbg__set_tag(opportunity, tag));
}

uint64_t qbg_opportunity_tag(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->tag : 0;
}

/* ---- Dated facts ---- */

static qbg_status set_fact(qbg_opportunity *opportunity, int field, int64_t value, int64_t from,
                           int32_t source) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = qbg__fact_set(opportunity->workspace, &opportunity->facts, field, value, from, source);
    return qbg__opportunity_end(change, opportunity, status);
}

static qbg_status set_word(qbg_opportunity *opportunity, int field, int32_t word, int64_t from,
                           int32_t source) {
    int64_t value;
    if (!opportunity || !qbg__fact_from_word(field, word, &value)) return QBG_E_ARGUMENT;
    return set_fact(opportunity, field, value, from, source);
}

static int32_t word_at(const qbg_opportunity *opportunity, int field, int64_t as_of) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? (int32_t)qbg__fact_at(&opportunity->facts, field, as_of, QBG_UNSET)
                       : QBG_UNSET;
}

qbg_status qbg_opportunity_set_stage(qbg_opportunity *opportunity, const char *stage,
                                     int64_t from_s, int32_t source) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status == QBG_OK) status = qbg__check_text(stage);
    if (status != QBG_OK) return status;
    if (!stage || stage[0] == '\0')
        return set_fact(opportunity, QBG__FACT_STAGE, QBG__FACT_NOTHING, from_s, source);
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    qbg_workspace *workspace = opportunity->workspace;
    qbg__change change = qbg__begin(workspace);
    uint32_t text = QBG_NONE;
    int is_changed = 0;
    status = qbg__intern_put(&workspace->texts, &workspace->journal, stage, strlen(stage), &text);
    const qbg__fact fact = {from_s, text, QBG__FACT_STAGE, (uint8_t)source, QBG_NONE};
    if (status == QBG_OK)
        status = qbg__fact_tell(workspace, &opportunity->facts, &fact, &is_changed);
    if (status == QBG_OK && !is_changed) return qbg__end_unchanged(change);
    return qbg__opportunity_end(change, opportunity, status);
}

const char *qbg_opportunity_stage(const qbg_opportunity *opportunity, int64_t as_of_s) {
    opportunity = qbg__opportunity_live(opportunity);
    if (!opportunity) return "";
    int64_t text = qbg__fact_at(&opportunity->facts, QBG__FACT_STAGE, as_of_s, QBG_NONE);
    return qbg__intern_text(&opportunity->workspace->texts, (uint32_t)text);
}

qbg_status qbg_opportunity_set_verdict(qbg_opportunity *opportunity, int32_t verdict,
                                       int64_t from_s, int32_t source) {
    return set_word(opportunity, QBG__FACT_VERDICT, verdict, from_s, source);
}

int32_t qbg_opportunity_verdict(const qbg_opportunity *opportunity, int64_t as_of_s) {
    return word_at(opportunity, QBG__FACT_VERDICT, as_of_s);
}

static int has_any_amount(const qbg_opportunity *opportunity) {
    for (uint32_t i = 0; i < opportunity->facts.count; i++) {
        const qbg__fact *fact = &opportunity->facts.at[i];
        if (fact->field == QBG__FACT_AMOUNT && fact->value != QBG__FACT_NOTHING) return 1;
    }
    return 0;
}

/* Minor units of euros are no minor units of yen: such a change would re-scale what is known. */
static int would_rescale(const qbg_opportunity *opportunity, const char *currency) {
    return qbg__currency_places(opportunity->currency) != qbg__currency_places(currency) &&
           has_any_amount(opportunity);
}

qbg_status qbg__opportunity_set_currency(qbg_opportunity *opportunity, const char *currency) {
    char code[sizeof opportunity->currency] = "";
    if (would_rescale(opportunity, currency)) return QBG_E_ARGUMENT;
    memcpy(code, currency, strlen(currency));
    qbg__change change = qbg__begin(opportunity->workspace);
    qbg_status status = qbg__journal_set_bytes(&opportunity->workspace->journal,
                                               opportunity->currency, code, sizeof code);
    return qbg__opportunity_end(change, opportunity, status);
}

qbg_status qbg_opportunity_set_currency(qbg_opportunity *opportunity, const char *currency) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK || !currency) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (!qbg__currency_is_code(currency, strlen(currency))) return QBG_E_TEXT;
    return qbg__opportunity_set_currency(opportunity, currency);
}

const char *qbg_opportunity_currency(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->currency : "";
}

qbg_status qbg_opportunity_set_amount(qbg_opportunity *opportunity, int64_t amount_minor,
                                      int64_t from_s, int32_t source) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (amount_minor == QBG__FACT_NOTHING) return QBG_E_RANGE;
    return set_fact(opportunity, QBG__FACT_AMOUNT, amount_minor, from_s, source);
}

qbg_status qbg_opportunity_withdraw_amount(qbg_opportunity *opportunity, int64_t from_s,
                                           int32_t source) {
    if (!opportunity) return QBG_E_ARGUMENT;
    return set_fact(opportunity, QBG__FACT_AMOUNT, QBG__FACT_NOTHING, from_s, source);
}

/* Withdrawn by whoever said it, since nobody takes back another one's word. */
qbg_status qbg__opportunity_drop_amount(qbg_opportunity *opportunity) {
    const qbg__fact *known = qbg__fact_undated(&opportunity->facts, QBG__FACT_AMOUNT);
    return known ? qbg_opportunity_withdraw_amount(opportunity, QBG_UNDATED, known->source)
                 : QBG_OK;
}

int32_t qbg_opportunity_has_amount(const qbg_opportunity *opportunity, int64_t as_of_s) {
    opportunity = qbg__opportunity_live(opportunity);
    if (!opportunity) return 0;
    return qbg__fact_at(&opportunity->facts, QBG__FACT_AMOUNT, as_of_s, QBG__FACT_NOTHING) !=
           QBG__FACT_NOTHING;
}

int64_t qbg_opportunity_amount_minor(const qbg_opportunity *opportunity, int64_t as_of_s) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? qbg__fact_at(&opportunity->facts, QBG__FACT_AMOUNT, as_of_s, 0) : 0;
}

qbg_status qbg_opportunity_set_outcome(qbg_opportunity *opportunity, int32_t outcome,
                                       int64_t from_s, int32_t source) {
    return set_word(opportunity, QBG__FACT_OUTCOME, outcome, from_s, source);
}

int32_t qbg_opportunity_outcome(const qbg_opportunity *opportunity, int64_t as_of_s) {
    return word_at(opportunity, QBG__FACT_OUTCOME, as_of_s);
}

/* The field that holds the host's word on a criterion, or -1. */
static int field_of(int32_t criterion) {
    switch (criterion) {
    case QBG_CRITERION_NEED_VALIDATED: return QBG__FACT_NEED;
    case QBG_CRITERION_BUDGET: return QBG__FACT_BUDGET;
    case QBG_CRITERION_AUTHORITY: return QBG__FACT_AUTHORITY;
    case QBG_CRITERION_TIMELINE: return QBG__FACT_TIMELINE;
    default: return -1;
    }
}

qbg_status qbg_opportunity_set_answer(qbg_opportunity *opportunity, int32_t criterion,
                                      int32_t answer, int64_t from_s, int32_t source) {
    int field = field_of(criterion);
    if (field < 0) return QBG_E_ARGUMENT;
    return set_word(opportunity, field, answer, from_s, source);
}

int32_t qbg_opportunity_answer(const qbg_opportunity *opportunity, int32_t criterion,
                               int64_t as_of_s) {
    int field = field_of(criterion);
    return field < 0 ? QBG_UNSET : word_at(opportunity, field, as_of_s);
}

qbg_status qbg_opportunity_set_fit(qbg_opportunity *opportunity, double fit, int64_t from_s,
                                   int32_t source) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (!(fit <= 1.0)) return QBG_E_RANGE; /* not a number, too */
    int64_t value = fit < 0 ? QBG__FACT_NOTHING : qbg__fact_from_double(fit > 0 ? fit : 0.0);
    return set_fact(opportunity, QBG__FACT_FIT, value, from_s, source);
}

double qbg_opportunity_fit(const qbg_opportunity *opportunity, int64_t as_of_s) {
    int64_t none = qbg__fact_from_double(-1.0);
    opportunity = qbg__opportunity_live(opportunity);
    if (!opportunity) return -1.0;
    return qbg__fact_to_double(qbg__fact_at(&opportunity->facts, QBG__FACT_FIT, as_of_s, none));
}
