/* book_facts: loads members, needs and histories; see book_load.h. */
#include "io/book_load.h"

#include "base/text.h"
#include "io/book_cells.h"
#include "model/catalog.h"
#include "qbg/catalog.h"
#include "qbg/contact.h"
#include "qbg/member.h"
#include "qbg/need.h"
#include "qbg/opportunity.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))

/* ---- members --------------------------------------------------------------------------------- */

enum {
    MEMBER_OPPORTUNITY,
    MEMBER_CONTACT,
    MEMBER_ROLE,
    MEMBER_STATUS,
    MEMBER_STANCE,
    MEMBER_INFLUENCE,
    MEMBER_PARTICIPATION,
    MEMBER_INTEREST,
    MEMBER_JOINED,
    MEMBER_LEFT,
    MEMBER_NEXT_CONTACT,
    MEMBER_NOTE,
    MEMBER_SOURCE = QBG__BOOK_MEMBER_SOURCE,
    MEMBER_CRM_ROLE,
    MEMBER_VENDOR_ROLE
};
static const char *const member_columns[] = {
    "opportunity",  "contact",       "role",     "status",   "stance",
    "influence",    "participation", "interest", "joined",   "left",
    "next_contact", "note",          "source",   "crm_role", "vendor_role"};
const qbg__book_table qbg__book_members = {"members",
                                           member_columns,
                                           COUNT(member_columns),
                                           1u << MEMBER_OPPORTUNITY | 1u << MEMBER_CONTACT,
                                           1u << MEMBER_OPPORTUNITY | 1u << MEMBER_CONTACT,
                                           2};

static qbg_status add_roles(const qbg__book_row *row, qbg_member *member, int32_t source) {
    qbg_role *roles[QBG__ROLE_MAX];
    size_t count;
    qbg_status status = qbg__book_roles_of(row, MEMBER_ROLE, roles, &count);
    for (size_t i = 0; i < count && status == QBG_OK; i++)
        status = qbg_member_add_role(member, roles[i], source);
    return status;
}

static qbg_status add_evidence(const qbg__book_row *row, int column, qbg_member *member,
                               int32_t evidence, int32_t source) {
    qbg_role *roles[QBG__ROLE_MAX];
    size_t count;
    qbg_status status = qbg__book_roles_of(row, column, roles, &count);
    for (size_t i = 0; i < count && status == QBG_OK; i++)
        status = qbg_member_add_evidence(member, evidence, roles[i], source);
    return status;
}

typedef qbg_status set_word(qbg_member *member, int32_t word, int64_t from_s, int32_t source);

/* Says a word of a cell, if there is one, from an instant on. */
static qbg_status say(const qbg__book_row *row, int column, int32_t vocabulary, set_word *set,
                      qbg_member *member, int32_t source) {
    int32_t word = QBG_UNSET;
    qbg_status status = qbg__book_word(row, column, vocabulary, &word);
    if (status != QBG_OK || word == QBG_UNSET) return status;
    return set(member, word, QBG_UNDATED, source);
}

static qbg_status say_words(const qbg__book_row *row, qbg_member *member, int32_t source) {
    double influence = -1;
    qbg_status status =
        say(row, MEMBER_STATUS, QBG_WORDS_STATUS, qbg_member_set_status, member, source);
    if (status == QBG_OK)
        status = say(row, MEMBER_STANCE, QBG_WORDS_STANCE, qbg_member_set_stance, member, source);
    if (status == QBG_OK)
        status = say(row, MEMBER_PARTICIPATION, QBG_WORDS_PARTICIPATION,
                     qbg_member_set_participation, member, source);
    if (status == QBG_OK)
        status =
            say(row, MEMBER_INTEREST, QBG_WORDS_INTEREST, qbg_member_set_interest, member, source);
    if (status == QBG_OK) status = qbg__book_ratio(row, MEMBER_INFLUENCE, &influence);
    if (status != QBG_OK || influence < 0) return status;
    return qbg_member_set_influence(member, influence, QBG_UNDATED, source);
}

static qbg_status set_time(const qbg__book_row *row, int column, qbg_member *member,
                           qbg_status (*set)(qbg_member *member, int64_t time_s)) {
    int64_t time = QBG_UNDATED;
    qbg_status status = qbg__book_time(row, column, &time);
    return status == QBG_OK && time != QBG_UNDATED ? set(member, time) : status;
}

static qbg_status remark_life(const qbg__book_row *row, const qbg_member *member) {
    int64_t left = qbg_member_left(member);
    if (!qbg__book_text(row, MEMBER_JOINED) && !qbg__book_text(row, MEMBER_LEFT)) return QBG_OK;
    if (left == QBG_UNDATED || left > qbg_member_joined(member)) return QBG_OK;
    return qbg__book_remark(row, MEMBER_LEFT,
                            "this membership ends no later than it starts, so it takes no signals");
}

/* All that a row may say of a member but who he is and in which roles. */
static qbg_status say_more(const qbg__book_row *row, qbg_member *member, int32_t source) {
    const char *note = qbg__book_text(row, MEMBER_NOTE);
    qbg_status status = say_words(row, member, source);
    if (status == QBG_OK)
        status = add_evidence(row, MEMBER_CRM_ROLE, member, QBG_EVIDENCE_CRM, source);
    if (status == QBG_OK)
        status = add_evidence(row, MEMBER_VENDOR_ROLE, member, QBG_EVIDENCE_VENDOR, source);
    if (status == QBG_OK) status = set_time(row, MEMBER_JOINED, member, qbg_member_set_joined);
    if (status == QBG_OK) status = set_time(row, MEMBER_LEFT, member, qbg_member_set_left);
    if (status == QBG_OK)
        status = set_time(row, MEMBER_NEXT_CONTACT, member, qbg_member_set_next_contact);
    if (status == QBG_OK && note) status = qbg_member_set_note(member, note);
    return status == QBG_OK ? remark_life(row, member) : status;
}

/* Columns that any row has, and the rest. */
#define MEMBER_FIRST                                                                               \
    (1u << MEMBER_OPPORTUNITY | 1u << MEMBER_CONTACT | 1u << MEMBER_ROLE | 1u << MEMBER_SOURCE)

static qbg_status load_member(qbg__book_row *row, int32_t source) {
    qbg_opportunity *opportunity = NULL;
    qbg_contact *contact = NULL;
    qbg_member *member = NULL;
    qbg_status status = qbg__book_opportunity(row, MEMBER_OPPORTUNITY, &opportunity);
    if (status == QBG_OK) status = qbg__book_contact(row, MEMBER_CONTACT, &contact);
    if (status == QBG_OK) status = qbg_member_put(opportunity, contact, &member, NULL);
    if (status == QBG_OK) status = add_roles(row, member, source);
    if (status != QBG_OK || !qbg__book_has(row, ~MEMBER_FIRST)) return status;
    return say_more(row, member, source);
}

static int is_from_rule(const qbg__book_row *row) {
    const qbg__book_cell *cell = &row->cells[MEMBER_SOURCE];
    return qbg__book_find_word(cell->text, cell->size, QBG_WORDS_SOURCE) == QBG_SOURCE_RULE;
}

qbg_status qbg__book_load_rule_member(qbg__book_row *row) {
    if (!(row->columns >> MEMBER_SOURCE & 1)) return load_member(row, QBG_SOURCE_HOST);
    return is_from_rule(row) ? load_member(row, QBG_SOURCE_RULE) : QBG_OK;
}

qbg_status qbg__book_load_host_member(qbg__book_row *row) {
    int32_t source = QBG_SOURCE_HOST;
    if (is_from_rule(row)) return QBG_OK; /* that was loaded before */
    qbg_status status = qbg__book_word(row, MEMBER_SOURCE, QBG_WORDS_SOURCE, &source);
    return status == QBG_OK ? load_member(row, source) : status;
}

/* ---- needs ----------------------------------------------------------------------------------- */

enum { NEED_OPPORTUNITY, NEED_CONTACT, NEED_KEY, NEED_STATE, NEED_DATE };
static const char *const need_columns[] = {"opportunity", "contact", "need", "state", "date"};
const qbg__book_table qbg__book_needs = {"needs",
                                         need_columns,
                                         COUNT(need_columns),
                                         1u << NEED_OPPORTUNITY | 1u << NEED_KEY,
                                         1u << NEED_OPPORTUNITY | 1u << NEED_KEY,
                                         0};

qbg_status qbg__book_load_need(qbg__book_row *row) {
    qbg_opportunity *opportunity = NULL;
    qbg_contact *contact = NULL;
    int32_t state = QBG_NEED_OPEN;
    int64_t from = QBG_UNDATED;
    qbg_status status = qbg__book_opportunity(row, NEED_OPPORTUNITY, &opportunity);
    if (status == QBG_OK) status = qbg__book_contact(row, NEED_CONTACT, &contact);
    if (status == QBG_OK) status = qbg__book_word(row, NEED_STATE, QBG_WORDS_NEED_STATE, &state);
    if (status == QBG_OK) status = qbg__book_time(row, NEED_DATE, &from);
    if (status != QBG_OK) return status;
    return qbg_need_set(opportunity, contact, qbg__book_text(row, NEED_KEY), state, from);
}

/* ---- history --------------------------------------------------------------------------------- */

enum {
    HISTORY_OPPORTUNITY,
    HISTORY_CONTACT,
    HISTORY_SOURCE,
    HISTORY_FIELD,
    HISTORY_VALUE,
    HISTORY_FROM
};
static const char *const history_columns[] = {"opportunity", "contact", "source",
                                              "field",       "value",   "from"};
/* An empty value withdraws what was said, so only its column must be there. */
const qbg__book_table qbg__book_history = {"history",
                                           history_columns,
                                           COUNT(history_columns),
                                           1u << HISTORY_FIELD | 1u << HISTORY_VALUE |
                                               1u << HISTORY_FROM,
                                           1u << HISTORY_FIELD | 1u << HISTORY_FROM,
                                           0};

/* A history row: what it is about, and since when. */
typedef struct dated {
    qbg_opportunity *opportunity;
    qbg_contact *contact;
    int first, last; /* the fields that it can be about */
    int field;
    int64_t from;
    int32_t source;
} dated;

static qbg_status read_subject(const qbg__book_row *row, dated *out) {
    qbg_status status = qbg__book_opportunity(row, HISTORY_OPPORTUNITY, &out->opportunity);
    if (status == QBG_OK) status = qbg__book_contact(row, HISTORY_CONTACT, &out->contact);
    if (status != QBG_OK) return status;
    if (!out->opportunity && !out->contact)
        return qbg__book_refuse(row, HISTORY_OPPORTUNITY,
                                "neither an opportunity nor a contact is named");
    out->first = !out->opportunity ? QBG__FACT_ACCOUNT
                 : out->contact    ? QBG__FACT_ROLE
                                   : QBG__FACT_STAGE;
    out->last = !out->opportunity ? QBG__FACT_ACCOUNT
                : out->contact    ? QBG__FACT_VENDOR_ROLE
                                  : QBG__FACT_FIT;
    return QBG_OK;
}

static qbg_status refuse_field(const qbg__book_row *row, const dated *told) {
    qbg_blob *reason = qbg__book_refusing(row, HISTORY_FIELD);
    qbg__blob_text(reason, !told->opportunity ? "a contact's history is not one of: "
                           : told->contact    ? "a member's history is not one of: "
                                              : "an opportunity's history is not one of: ");
    for (int field = told->first; field <= told->last; field++) {
        if (field > told->first) qbg__blob_text(reason, ", ");
        qbg__blob_text(reason, qbg__fact_field_name(field));
    }
    return qbg__book_refused(row);
}

static qbg_status read_field(const qbg__book_row *row, dated *out) {
    const qbg__book_cell *cell = &row->cells[HISTORY_FIELD];
    for (out->field = out->first; out->field <= out->last; out->field++) {
        const char *name = qbg__fact_field_name(out->field);
        if (qbg__text_same(name, strlen(name), cell->text, cell->size)) return QBG_OK;
    }
    return refuse_field(row, out);
}

static qbg_status set_roles(const qbg__book_row *row, const dated *told, qbg_member *member) {
    qbg_role *roles[QBG__ROLE_MAX];
    size_t count;
    qbg_status status = qbg__book_roles_of(row, HISTORY_VALUE, roles, &count);
    if (status != QBG_OK) return status;
    if (told->field == QBG__FACT_ROLE)
        return qbg_member_set_roles(member, roles, count, told->from, told->source);
    int32_t evidence = told->field == QBG__FACT_CRM_ROLE ? QBG_EVIDENCE_CRM : QBG_EVIDENCE_VENDOR;
    return qbg_member_set_evidence(member, evidence, roles, count, told->from, told->source);
}

static qbg_status set_member_word(const qbg__book_row *row, const dated *told, qbg_member *member,
                                  int32_t vocabulary, set_word *set) {
    int32_t word = QBG_UNSET;
    qbg_status status = qbg__book_word(row, HISTORY_VALUE, vocabulary, &word);
    return status == QBG_OK ? set(member, word, told->from, told->source) : status;
}

/* What is said about somebody's part makes him a member, as a row of the table members would. */
static qbg_status tell_member(const qbg__book_row *row, const dated *told) {
    double influence = -1;
    qbg_member *member = NULL;
    qbg_status status = qbg_member_put(told->opportunity, told->contact, &member, NULL);
    if (status != QBG_OK) return status;
    switch (told->field) {
    case QBG__FACT_ROLE:
    case QBG__FACT_CRM_ROLE:
    case QBG__FACT_VENDOR_ROLE: return set_roles(row, told, member);
    case QBG__FACT_STATUS:
        return set_member_word(row, told, member, QBG_WORDS_STATUS, qbg_member_set_status);
    case QBG__FACT_STANCE:
        return set_member_word(row, told, member, QBG_WORDS_STANCE, qbg_member_set_stance);
    case QBG__FACT_PARTICIPATION:
        return set_member_word(row, told, member, QBG_WORDS_PARTICIPATION,
                               qbg_member_set_participation);
    case QBG__FACT_INTEREST:
        return set_member_word(row, told, member, QBG_WORDS_INTEREST, qbg_member_set_interest);
    default:
        status = qbg__book_ratio(row, HISTORY_VALUE, &influence);
        if (status != QBG_OK) return status;
        return qbg_member_set_influence(member, influence, told->from, told->source);
    }
}

static qbg_status tell_amount(const qbg__book_row *row, const dated *told) {
    int64_t amount = INT64_MIN;
    const char *currency = qbg_opportunity_currency(told->opportunity);
    qbg_status status = qbg__book_money(row, HISTORY_VALUE, currency, -INT64_MAX, &amount);
    if (status != QBG_OK) return status;
    if (amount == INT64_MIN)
        return qbg_opportunity_withdraw_amount(told->opportunity, told->from, told->source);
    return qbg_opportunity_set_amount(told->opportunity, amount, told->from, told->source);
}

static qbg_status tell_answer(const qbg__book_row *row, const dated *told, int32_t criterion) {
    int32_t answer = QBG_UNSET;
    qbg_status status = qbg__book_flag(row, HISTORY_VALUE, &answer);
    if (status != QBG_OK) return status;
    return qbg_opportunity_set_answer(told->opportunity, criterion, answer, told->from,
                                      told->source);
}

static qbg_status tell_word(const qbg__book_row *row, const dated *told, int32_t vocabulary,
                            qbg_status (*set)(qbg_opportunity *opportunity, int32_t word,
                                              int64_t from_s, int32_t source)) {
    int32_t word = QBG_UNSET;
    qbg_status status = qbg__book_word(row, HISTORY_VALUE, vocabulary, &word);
    return status == QBG_OK ? set(told->opportunity, word, told->from, told->source) : status;
}

static qbg_status tell_opportunity(const qbg__book_row *row, const dated *told) {
    double fit = -1;
    qbg_status status;
    switch (told->field) {
    case QBG__FACT_STAGE:
        return qbg_opportunity_set_stage(told->opportunity, qbg__book_text(row, HISTORY_VALUE),
                                         told->from, told->source);
    case QBG__FACT_VERDICT:
        return tell_word(row, told, QBG_WORDS_VERDICT, qbg_opportunity_set_verdict);
    case QBG__FACT_AMOUNT: return tell_amount(row, told);
    case QBG__FACT_OUTCOME:
        return tell_word(row, told, QBG_WORDS_OUTCOME, qbg_opportunity_set_outcome);
    case QBG__FACT_NEED: return tell_answer(row, told, QBG_CRITERION_NEED_VALIDATED);
    case QBG__FACT_BUDGET: return tell_answer(row, told, QBG_CRITERION_BUDGET);
    case QBG__FACT_AUTHORITY: return tell_answer(row, told, QBG_CRITERION_AUTHORITY);
    case QBG__FACT_TIMELINE: return tell_answer(row, told, QBG_CRITERION_TIMELINE);
    default:
        status = qbg__book_ratio(row, HISTORY_VALUE, &fit);
        if (status != QBG_OK) return status;
        return qbg_opportunity_set_fit(told->opportunity, fit, told->from, told->source);
    }
}

qbg_status qbg__book_load_history(qbg__book_row *row) {
    dated told = {NULL, NULL, 0, 0, 0, QBG_UNDATED, QBG_SOURCE_HOST};
    qbg_account *account = NULL;
    qbg_status status = read_subject(row, &told);
    if (status == QBG_OK)
        status = qbg__book_word(row, HISTORY_SOURCE, QBG_WORDS_SOURCE, &told.source);
    if (status == QBG_OK) status = read_field(row, &told);
    if (status == QBG_OK) status = qbg__book_time(row, HISTORY_FROM, &told.from);
    if (status != QBG_OK) return status;
    if (told.opportunity)
        return told.contact ? tell_member(row, &told) : tell_opportunity(row, &told);
    status = qbg__book_account(row, HISTORY_VALUE, &account);
    if (status != QBG_OK) return status;
    return qbg_contact_set_account(told.contact, account, told.from, told.source);
}
