/* automation: proposals carried out and taken back; see qbg/automation.h. It changes a workspace as
 * a host would, through the public calls, and says as its source that a rule did. */
#include "qbg/automation.h"

#include "analysis/proposal.h"
#include "base/real.h"
#include "base/text.h"
#include "model/contact.h"
#include "model/workspace.h"
#include "qbg/removal.h"
#include "qbg/vocabulary.h"

#include <string.h>

enum { MANUAL, ASSISTED, AUTOMATIC }; /* the policy's `automation` */

static const char opened_stage[] = "detected";

/* The rows that a proposal names; NULL where it names none, or there is none. */
typedef struct named {
    qbg_account *account;
    qbg_solution *solution;
    qbg_opportunity *opportunity;
    qbg_contact *contact;
    qbg_member *member;
    qbg_role *role;
} named;

static named find(const qbg_workspace *workspace, const char *account, const char *solution,
                  const char *opportunity, const char *contact, const char *role) {
    named rows = {.account = account ? qbg_account_find(workspace, account) : NULL,
                  .solution = solution ? qbg_solution_find(workspace, solution) : NULL,
                  .opportunity = opportunity ? qbg_opportunity_find(workspace, opportunity) : NULL,
                  .contact = contact ? qbg_contact_find(workspace, contact) : NULL,
                  .role = role ? qbg_role_find(workspace, role) : NULL};
    if (rows.opportunity && rows.contact)
        rows.member = qbg_member_find(rows.opportunity, rows.contact);
    return rows;
}

/* What a proposal of that kind has to name. */
static qbg_status check(int32_t proposal, const char *const texts[5]) {
    enum { ACCOUNT = 1, SOLUTION = 2, OPPORTUNITY = 4, CONTACT = 8, ROLE = 16 };
    static const int needs[] = {[QBG_PROPOSAL_ACCOUNT] = ACCOUNT | CONTACT,
                                [QBG_PROPOSAL_OPEN] = ACCOUNT | SOLUTION | OPPORTUNITY,
                                [QBG_PROPOSAL_JOIN] = OPPORTUNITY | CONTACT,
                                [QBG_PROPOSAL_ROLE] = OPPORTUNITY | CONTACT | ROLE};
    if (proposal < 0 || proposal > QBG_PROPOSAL_ROLE) return QBG_E_ARGUMENT;
    for (int i = 0; i < 5; i++) {
        if ((needs[proposal] >> i & 1) && !texts[i]) return QBG_E_ARGUMENT;
        if (texts[i] && !qbg__text_is_utf8(texts[i], strlen(texts[i]))) return QBG_E_TEXT;
    }
    return QBG_OK;
}

/* ---- Carrying out ---- */

static qbg_status open_one(const named *rows, const char *key, int64_t since) {
    qbg_opportunity *made = NULL;
    if (!rows->account || !rows->solution) return QBG_E_NOT_FOUND;
    qbg_status status = qbg_opportunity_add(rows->account->workspace, key, rows->account,
                                            rows->solution, since, &made);
    if (status != QBG_OK) return status;
    return qbg_opportunity_set_stage(made, opened_stage, QBG_UNDATED, QBG_SOURCE_RULE);
}

static qbg_status join_one(const named *rows, int64_t since) {
    qbg_member *made = NULL;
    if (!rows->opportunity || !rows->contact) return QBG_E_NOT_FOUND;
    if (rows->member) return QBG_E_EXISTS;
    qbg_status status = qbg_member_add(rows->opportunity, rows->contact, &made);
    if (status == QBG_OK) status = qbg_member_set_joined(made, since);
    if (status != QBG_OK) return status;
    return qbg_member_set_status(made, QBG_STATUS_POTENTIAL, QBG_UNDATED, QBG_SOURCE_RULE);
}

static qbg_status give_role(const named *rows, int64_t since) {
    qbg_role *role = rows->role;
    if (!rows->member || !role) return QBG_E_NOT_FOUND;
    if (qbg_member_has_role(rows->member, role, since)) return QBG_E_EXISTS;
    return qbg_member_set_roles(rows->member, &role, 1, since, QBG_SOURCE_RULE);
}

static qbg_status give_account(const named *rows) {
    if (!rows->contact || !rows->account) return QBG_E_NOT_FOUND;
    if (qbg__fact_undated(&rows->contact->facts, QBG__FACT_ACCOUNT)) return QBG_E_EXISTS;
    return qbg_contact_set_account(rows->contact, rows->account, QBG_UNDATED, QBG_SOURCE_RULE);
}

static qbg_status apply(const named *rows, int32_t proposal, const char *key, int64_t since) {
    switch (proposal) {
    case QBG_PROPOSAL_OPEN: return open_one(rows, key, since);
    case QBG_PROPOSAL_JOIN: return join_one(rows, since);
    case QBG_PROPOSAL_ROLE: return give_role(rows, since);
    case QBG_PROPOSAL_ACCOUNT: return give_account(rows);
    default: return QBG_E_ARGUMENT;
    }
}

qbg_status qbg_proposal_apply(qbg_workspace *workspace, int32_t proposal, const char *account,
                              const char *solution, const char *opportunity, const char *contact,
                              const char *role, int64_t since_s) {
    const char *const texts[] = {account, solution, opportunity, contact, role};
    qbg_status status = qbg__may_ask(workspace);
    if (status == QBG_OK) status = check(proposal, texts);
    if (status != QBG_OK) return status;
    const named rows = find(workspace, account, solution, opportunity, contact, role);
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, apply(&rows, proposal, opportunity, since_s));
}

/* ---- Taking back ---- */

/* Has anybody but a rule told any of these? */
static int is_by_host(const qbg__facts *facts) {
    for (uint32_t i = 0; i < facts->count; i++)
        if (facts->at[i].source != QBG_SOURCE_RULE) return 1;
    return 0;
}

static int member_is_by_host(const qbg_member *member) {
    const qbg__fact *status = qbg__fact_undated(&member->facts, QBG__FACT_STATUS);
    return !status || is_by_host(&member->facts) || qbg_member_note(member)[0] != '\0' ||
           member->next_contact != QBG_UNDATED;
}

static qbg_status take_back_opening(const named *rows) {
    const qbg_opportunity *row = rows->opportunity;
    if (!row) return QBG_E_NOT_FOUND;
    const qbg__fact *stage = qbg__fact_undated(&row->facts, QBG__FACT_STAGE);
    if (!stage || is_by_host(&row->facts) || row->need_count > 0) return QBG_E_CONFLICT;
    for (uint32_t i = 0; i < row->member_count; i++)
        if (member_is_by_host(qbg__rows_at(&row->workspace->members, row->members[i])))
            return QBG_E_CONFLICT;
    return qbg_opportunity_remove(rows->opportunity, 1);
}

static qbg_status take_back_member(const named *rows) {
    if (!rows->member) return QBG_E_NOT_FOUND;
    return member_is_by_host(rows->member) ? QBG_E_CONFLICT : qbg_member_remove(rows->member);
}

/* The set of that instant, if the rule told it and it is this role alone. */
static qbg_status take_back_role(const named *rows, int64_t since) {
    if (!rows->member || !rows->role) return QBG_E_NOT_FOUND;
    const qbg__facts *facts = &rows->member->facts;
    for (uint32_t i = 0; i < facts->count; i++) {
        const qbg__fact *fact = &facts->at[i];
        if (fact->field != QBG__FACT_ROLE || fact->from != since) continue;
        if (fact->source != QBG_SOURCE_RULE || fact->value != (int64_t)1 << rows->role->number)
            return QBG_E_CONFLICT;
        return qbg__member_untell(rows->member, QBG__FACT_ROLE, since);
    }
    return QBG_E_NOT_FOUND;
}

static qbg_status take_back_account(const named *rows) {
    if (!rows->contact || !rows->account) return QBG_E_NOT_FOUND;
    const qbg__fact *known = qbg__fact_undated(&rows->contact->facts, QBG__FACT_ACCOUNT);
    if (!known || known->value != (int64_t)rows->account->number) return QBG_E_NOT_FOUND;
    if (known->source != QBG_SOURCE_RULE) return QBG_E_CONFLICT;
    return qbg_contact_set_account(rows->contact, NULL, QBG_UNDATED, QBG_SOURCE_RULE);
}

static qbg_status take_back(const named *rows, int32_t proposal, int64_t since) {
    switch (proposal) {
    case QBG_PROPOSAL_OPEN: return take_back_opening(rows);
    case QBG_PROPOSAL_JOIN: return take_back_member(rows);
    case QBG_PROPOSAL_ROLE: return take_back_role(rows, since);
    case QBG_PROPOSAL_ACCOUNT: return take_back_account(rows);
    default: return QBG_E_ARGUMENT;
    }
}

qbg_status qbg_proposal_undo(qbg_workspace *workspace, int32_t proposal, const char *account,
                             const char *solution, const char *opportunity, const char *contact,
                             const char *role, int64_t since_s) {
    const char *const texts[] = {account, solution, opportunity, contact, role};
    qbg_status status = qbg__may_ask(workspace);
    if (status == QBG_OK) status = check(proposal, texts);
    if (status != QBG_OK) return status;
    const named rows = find(workspace, account, solution, opportunity, contact, role);
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, take_back(&rows, proposal, since_s));
}

/* ---- By itself ---- */

static int is_allowed(const qbg_workspace *workspace, const qbg__proposal *one) {
    int64_t degree = qbg__policy_whole(&workspace->policy, QBG__AUTOMATION);
    if (degree == MANUAL || one->kind == QBG_PROPOSAL_LOOK) return 0;
    double least = qbg__policy_real(&workspace->policy, QBG__AUTOMATION_CONFIDENCE);
    return degree == AUTOMATIC || one->confidence >= least;
}

/* Who would join what was not opened finds no opportunity, nor does one of another account help
 * that has its key; what is so already stays as it is. Neither is a fault. */
static qbg_status apply_one(qbg_workspace *workspace, const qbg__proposals *all,
                            qbg__proposal *one) {
    const char *key = qbg__proposal_opportunity(all, one);
    named rows = {.account = qbg_account_at(workspace, one->account),
                  .solution = qbg_solution_at(workspace, one->solution),
                  .opportunity = qbg_opportunity_find(workspace, key),
                  .contact = qbg_contact_at(workspace, one->contact),
                  .role = qbg_role_at(workspace, one->role)};
    if (rows.opportunity && rows.opportunity->account != one->account) rows.opportunity = NULL;
    if (rows.opportunity && rows.contact)
        rows.member = qbg_member_find(rows.opportunity, rows.contact);
    qbg_status status = apply(&rows, one->kind, key, one->since);
    one->is_applied = status == QBG_OK;
    return status == QBG_E_NOT_FOUND || status == QBG_E_EXISTS ? QBG_OK : status;
}

static qbg_status apply_all(qbg_workspace *workspace, const qbg__proposals *all) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < all->count && status == QBG_OK; i++) {
        qbg__proposal *one = &all->at[all->order[i] - all->at];
        if (is_allowed(workspace, one)) status = apply_one(workspace, all, one);
    }
    return status;
}

/* The table is written inside the change, since it may find no memory. */
qbg_status qbg_automate(qbg_workspace *workspace, int64_t as_of_s, const qbg_baseline *baseline,
                        qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK) return status;
    if (!out_table) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    qbg__proposals all;
    qbg_table *table = NULL;
    status = qbg__proposals_make(&all, workspace, as_of_s, baseline);
    if (status == QBG_OK) {
        qbg__change change = qbg__begin(workspace);
        status = apply_all(workspace, &all);
        if (status == QBG_OK) status = qbg__proposals_table(&all, &table);
        status = qbg__end(change, status);
    }
    qbg__proposals_end(&all);
    if (status == QBG_OK)
        *out_table = table;
    else
        qbg_table_free(table);
    return status;
}
