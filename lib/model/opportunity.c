/* opportunity: account x solution, its dated facts; see qbg/opportunity.h. */
#include "model/opportunity.h"

#include "base/fixed.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__opportunity_free(qbg_opportunity *opportunity, qbg__mem *mem) {
    qbg__mem_free_text(mem, opportunity->key);
    qbg__mem_free_text(mem, opportunity->name);
    qbg__mem_free(mem, opportunity->members,
                  opportunity->member_capacity * sizeof *opportunity->members);
    for (uint32_t i = 0; i < opportunity->need_count; i++) {
        qbg__mem_free_text(mem, opportunity->needs[i].key);
        qbg__facts_free(&opportunity->needs[i].facts, mem);
    }
    qbg__mem_free(mem, opportunity->needs, opportunity->need_capacity * sizeof *opportunity->needs);
    qbg__facts_free(&opportunity->facts, mem);
    qbg__log_free(&opportunity->log, mem);
}

const qbg_workspace *qbg__opportunity_workspace(const qbg_opportunity *opportunity) {
    return opportunity->workspace;
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
    uint32_t behind = qbg__account_first(account, solution->number + 1);
    status = qbg__journal_insert(&workspace->journal, &account->opportunities,
                                 &account->opportunity_count, &account->opportunity_capacity,
                                 sizeof *account->opportunities, behind, &opportunity->number);
    if (status == QBG_OK) status = qbg__dirty_places(workspace, &account->signals);
    return status;
}

qbg_status qbg_opportunity_add(qbg_workspace *workspace, const char *key, qbg_account *account,
                               qbg_solution *solution, int64_t opened_s,
                               qbg_opportunity **out_opportunity) {
    if (!workspace || !qbg__account_is_of(account, workspace)) return QBG_E_ARGUMENT;
    if (!solution || solution->workspace != workspace) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_time(opened_s);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg_opportunity *opportunity = NULL;
    status = add(workspace, key, account, solution, opened_s, &opportunity);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_opportunity) *out_opportunity = opportunity;
    return status;
}

qbg_status qbg_opportunity_put(qbg_workspace *workspace, const char *key, qbg_account *account,
                               qbg_solution *solution, int64_t opened_s,
                               qbg_opportunity **out_opportunity) {
    qbg_opportunity *opportunity = qbg_opportunity_find(workspace, key);
    if (!opportunity)
        return qbg_opportunity_add(workspace, key, account, solution, opened_s, out_opportunity);
    if (!account || opportunity->account != account->number || account->workspace != workspace)
        return QBG_E_ARGUMENT;
    if (!solution || opportunity->solution != solution->number || solution->workspace != workspace)
        return QBG_E_ARGUMENT;
    qbg_status status = QBG_OK;
    if (opened_s != QBG_UNDATED) status = qbg_opportunity_set_opened(opportunity, opened_s);
    if (status == QBG_OK && out_opportunity) *out_opportunity = opportunity;
    return status;
}

qbg_opportunity *qbg_opportunity_find(const qbg_workspace *workspace, const char *key) {
    if (!workspace) return NULL;
    return qbg__row_find(&workspace->opportunities, &workspace->opportunity_index, key);
}

uint32_t qbg_opportunity_count(const qbg_workspace *workspace) {
    return workspace ? workspace->opportunities.count : 0;
}

qbg_opportunity *qbg_opportunity_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->opportunities, number) : NULL;
}

uint32_t qbg_opportunity_number(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->number : QBG_NONE;
}

const char *qbg_opportunity_key(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->key : "";
}

const char *qbg_opportunity_name(const qbg_opportunity *opportunity) {
    return opportunity && opportunity->name ? opportunity->name : "";
}

qbg_account *qbg_opportunity_account(const qbg_opportunity *opportunity) {
    return opportunity ? qbg_account_at(opportunity->workspace, opportunity->account) : NULL;
}

qbg_solution *qbg_opportunity_solution(const qbg_opportunity *opportunity) {
    return opportunity ? qbg_solution_at(opportunity->workspace, opportunity->solution) : NULL;
}

int32_t qbg_opportunity_type(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->type : QBG_UNSET;
}

int64_t qbg_opportunity_opened(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->opened : QBG_UNDATED;
}

int64_t qbg_opportunity_closed(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->closed : QBG_UNDATED;
}

qbg_status qbg_opportunity_set_name(qbg_opportunity *opportunity, const char *name) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, qbg__journal_set_text(journal, &opportunity->name, name));
}

qbg_status qbg_opportunity_set_type(qbg_opportunity *opportunity, int32_t type) {
    if (!opportunity || type < QBG_UNSET || type >= qbg_word_count(QBG_WORDS_OPPORTUNITY_TYPE))
        return QBG_E_ARGUMENT;
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, qbg__journal_set_int32(journal, &opportunity->type, type));
}

/* A life that begins or ends elsewhere takes or gives signals of its account and of its members. */
static qbg_status set_date(qbg_opportunity *opportunity, int64_t *slot, int64_t time) {
    qbg_workspace *workspace = opportunity->workspace;
    if (*slot == time) return QBG_OK;
    qbg_status status = qbg__journal_set_int64(&workspace->journal, slot, time);
    if (status == QBG_OK)
        status = qbg__dirty_places(workspace, &qbg_opportunity_account(opportunity)->signals);
    for (uint32_t i = 0; i < opportunity->member_count && status == QBG_OK; i++) {
        const qbg_member *member = qbg_member_at(opportunity, i);
        status = qbg__dirty_places(workspace, &qbg_member_contact(member)->signals);
    }
    return status;
}

qbg_status qbg_opportunity_set_opened(qbg_opportunity *opportunity, int64_t opened_s) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (qbg__check_time(opened_s) != QBG_OK) return QBG_E_RANGE;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, set_date(opportunity, &opportunity->opened, opened_s));
}

qbg_status qbg_opportunity_set_closed(qbg_opportunity *opportunity, int64_t closed_s) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (qbg__check_time(closed_s) != QBG_OK) return QBG_E_RANGE;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, set_date(opportunity, &opportunity->closed, closed_s));
}

/* ---- Dated facts ---- */

static qbg_status set_fact(qbg_opportunity *opportunity, int field, int64_t value, int64_t from,
                           int32_t source) {
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, qbg__fact_set(opportunity->workspace, &opportunity->facts, field, value,
                                          from, source));
}

static qbg_status set_word(qbg_opportunity *opportunity, int field, int32_t word, int64_t from,
                           int32_t source) {
    int64_t value;
    if (!opportunity || !qbg__fact_from_word(field, word, &value)) return QBG_E_ARGUMENT;
    return set_fact(opportunity, field, value, from, source);
}

static int32_t word_at(const qbg_opportunity *opportunity, int field, int64_t as_of) {
    return opportunity ? (int32_t)qbg__fact_at(&opportunity->facts, field, as_of, QBG_UNSET)
                       : QBG_UNSET;
}

qbg_status qbg_opportunity_set_stage(qbg_opportunity *opportunity, const char *stage,
                                     int64_t from_s, int32_t source) {
    if (!opportunity) return QBG_E_ARGUMENT;
    if (qbg__check_text(stage) != QBG_OK) return QBG_E_TEXT;
    if (!stage || stage[0] == '\0')
        return set_fact(opportunity, QBG__FACT_STAGE, QBG__FACT_NOTHING, from_s, source);
    qbg_workspace *workspace = opportunity->workspace;
    qbg__change change = qbg__begin(workspace);
    uint32_t text = QBG_NONE;
    qbg_status status =
        qbg__intern_put(&workspace->texts, &workspace->journal, stage, strlen(stage), &text);
    if (status == QBG_OK) status = set_fact(opportunity, QBG__FACT_STAGE, text, from_s, source);
    return qbg__end(change, status);
}

const char *qbg_opportunity_stage(const qbg_opportunity *opportunity, int64_t as_of_s) {
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

qbg_status qbg_opportunity_set_currency(qbg_opportunity *opportunity, const char *currency) {
    if (!opportunity || !currency) return QBG_E_ARGUMENT;
    if (!qbg__currency_is_code(currency, strlen(currency))) return QBG_E_TEXT;
    if (would_rescale(opportunity, currency)) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(opportunity->workspace);
    qbg_status status = qbg__journal_keep(&opportunity->workspace->journal, opportunity->currency,
                                          sizeof opportunity->currency);
    if (status == QBG_OK) memcpy(opportunity->currency, currency, sizeof opportunity->currency);
    return qbg__end(change, status);
}

const char *qbg_opportunity_currency(const qbg_opportunity *opportunity) {
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

int32_t qbg_opportunity_has_amount(const qbg_opportunity *opportunity, int64_t as_of_s) {
    if (!opportunity) return 0;
    return qbg__fact_at(&opportunity->facts, QBG__FACT_AMOUNT, as_of_s, QBG__FACT_NOTHING) !=
           QBG__FACT_NOTHING;
}

int64_t qbg_opportunity_amount_minor(const qbg_opportunity *opportunity, int64_t as_of_s) {
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
    if (!opportunity) return -1.0;
    return qbg__fact_to_double(qbg__fact_at(&opportunity->facts, QBG__FACT_FIT, as_of_s, none));
}
