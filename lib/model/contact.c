/* contact: people; see qbg/contact.h. A title is read into a persona when it is set, so that
 * questions need not read it again. */
#include "model/contact.h"

#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__contact_free(qbg_contact *contact, qbg__mem *mem) {
    qbg__mem_free_text(mem, contact->key);
    qbg__mem_free_text(mem, contact->name);
    qbg__mem_free_text(mem, contact->title);
    qbg__mem_free_text(mem, contact->email);
    qbg__facts_free(&contact->facts, mem);
    qbg__mem_free(mem, contact->memberships,
                  contact->membership_capacity * sizeof *contact->memberships);
    qbg__mem_free(mem, contact->visitors, contact->visitor_capacity * sizeof *contact->visitors);
    qbg__places_free(&contact->signals, mem);
}

int qbg__contact_is_of(const qbg_contact *contact, const qbg_workspace *workspace) {
    return contact && contact->workspace == workspace;
}

uint32_t qbg__contact_account(const qbg_contact *contact, int64_t as_of) {
    return (uint32_t)qbg__fact_at(&contact->facts, QBG__FACT_ACCOUNT, as_of, QBG_NONE);
}

static qbg_status set_title(qbg_contact *contact, const char *title) {
    qbg__journal *journal = &contact->workspace->journal;
    qbg_status status = qbg__journal_set_text(journal, &contact->title, title);
    if (status == QBG_OK) status = qbg__journal_keep(journal, &contact->read, sizeof contact->read);
    if (status == QBG_OK)
        qbg__persona_read(title ? title : "", title ? strlen(title) : 0, &contact->read);
    return status;
}

static qbg_status set_account(qbg_contact *contact, const qbg_account *account, int64_t from,
                              int32_t source) {
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    const qbg__fact fact = {from, account ? (int64_t)account->number : QBG__FACT_NOTHING,
                            QBG__FACT_ACCOUNT, (uint8_t)source, QBG_NONE};
    int is_changed = 0;
    qbg_status status = qbg__fact_tell(contact->workspace, &contact->facts, &fact, &is_changed);
    if (status == QBG_OK && is_changed)
        status = qbg__dirty_places(contact->workspace, &contact->signals);
    return status;
}

/* What add and put have in common: NULLs leave things as they are. */
static qbg_status fill(qbg_contact *contact, const qbg_account *account, const char *name,
                       const char *title) {
    qbg_status status = QBG_OK;
    if (account) status = set_account(contact, account, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && name)
        status = qbg__journal_set_text(&contact->workspace->journal, &contact->name, name);
    if (status == QBG_OK && title) status = set_title(contact, title);
    return status;
}

static qbg_status check(const qbg_workspace *workspace, const qbg_account *account,
                        const char *name, const char *title) {
    if (!workspace) return QBG_E_ARGUMENT;
    if (account && !qbg__account_is_of(account, workspace)) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_text(name);
    return status == QBG_OK ? qbg__check_text(title) : status;
}

static qbg_status add(qbg_workspace *workspace, const char *key, qbg_contact **out_contact) {
    void *row = NULL;
    qbg_status status =
        qbg__row_add(workspace, &workspace->contacts, &workspace->contact_index, key, &row);
    if (status != QBG_OK) return status;
    qbg_contact *contact = row;
    contact->department = QBG_UNSET;
    contact->seniority = QBG_UNSET;
    contact->read = (qbg__persona){QBG_UNSET, QBG_UNSET, 0};
    *out_contact = contact;
    return QBG_OK;
}

qbg_status qbg_contact_add(qbg_workspace *workspace, const char *key, qbg_account *account,
                           const char *name, const char *title, qbg_contact **out_contact) {
    qbg_status status = check(workspace, account, name, title);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg_contact *contact = NULL;
    status = add(workspace, key, &contact);
    if (status == QBG_OK) status = fill(contact, account, name, title);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_contact) *out_contact = contact;
    return status;
}

qbg_status qbg_contact_put(qbg_workspace *workspace, const char *key, qbg_account *account,
                           const char *name, const char *title, qbg_contact **out_contact) {
    qbg_contact *contact = qbg_contact_find(workspace, key);
    if (!contact) return qbg_contact_add(workspace, key, account, name, title, out_contact);
    qbg_status status = check(workspace, account, name, title);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    status = qbg__end(change, fill(contact, account, name, title));
    if (status == QBG_OK && out_contact) *out_contact = contact;
    return status;
}

qbg_contact *qbg_contact_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->contacts, &workspace->contact_index, key) : NULL;
}

uint32_t qbg_contact_count(const qbg_workspace *workspace) {
    return workspace ? workspace->contacts.count : 0;
}

qbg_contact *qbg_contact_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->contacts, number) : NULL;
}

uint32_t qbg_contact_number(const qbg_contact *contact) {
    return contact ? contact->number : QBG_NONE;
}

const char *qbg_contact_key(const qbg_contact *contact) { return contact ? contact->key : ""; }

static const char *or_empty(const char *text) { return text ? text : ""; }

const char *qbg_contact_name(const qbg_contact *contact) {
    return contact ? or_empty(contact->name) : "";
}

const char *qbg_contact_title(const qbg_contact *contact) {
    return contact ? or_empty(contact->title) : "";
}

const char *qbg_contact_email(const qbg_contact *contact) {
    return contact ? or_empty(contact->email) : "";
}

qbg_status qbg_contact_set_name(qbg_contact *contact, const char *name) {
    if (!contact) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change,
                    qbg__journal_set_text(&contact->workspace->journal, &contact->name, name));
}

qbg_status qbg_contact_set_title(qbg_contact *contact, const char *title) {
    if (!contact) return QBG_E_ARGUMENT;
    if (qbg__check_text(title) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change, set_title(contact, title));
}

qbg_status qbg_contact_set_email(qbg_contact *contact, const char *email) {
    if (!contact) return QBG_E_ARGUMENT;
    if (qbg__check_text(email) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change,
                    qbg__journal_set_text(&contact->workspace->journal, &contact->email, email));
}

qbg_status qbg_contact_set_account(qbg_contact *contact, qbg_account *account, int64_t from_s,
                                   int32_t source) {
    if (!contact) return QBG_E_ARGUMENT;
    if (account && !qbg__account_is_of(account, contact->workspace)) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change, set_account(contact, account, from_s, source));
}

qbg_account *qbg_contact_account(const qbg_contact *contact, int64_t as_of_s) {
    if (!contact) return NULL;
    return qbg_account_at(contact->workspace, qbg__contact_account(contact, as_of_s));
}

static qbg_status identify(qbg_contact *contact, const char *id) {
    qbg_workspace *workspace = contact->workspace;
    uint32_t number = QBG_NONE;
    qbg_status status = qbg__visitor_put(workspace, id, &number);
    if (status != QBG_OK) return status;
    qbg__visitor *visitor = &workspace->signals.visitors[number];
    if (visitor->contact == contact->number) return QBG_OK;
    if (visitor->contact != QBG_NONE) return QBG_E_EXISTS;
    status = qbg__journal_keep(&workspace->journal, &visitor->contact, sizeof visitor->contact);
    if (status == QBG_OK)
        status = qbg__list_push(workspace, &contact->visitors, &contact->visitor_count,
                                &contact->visitor_capacity, number);
    if (status != QBG_OK) return status;
    visitor->contact = contact->number;
    return qbg__dirty_places(workspace, &visitor->signals);
}

qbg_status qbg_contact_add_visitor(qbg_contact *contact, const char *visitor) {
    if (!contact) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_key(visitor);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change, identify(contact, visitor));
}

uint32_t qbg_contact_visitor_count(const qbg_contact *contact) {
    return contact ? contact->visitor_count : 0;
}

const char *qbg_contact_visitor(const qbg_contact *contact, uint32_t index) {
    if (index >= qbg_contact_visitor_count(contact)) return "";
    const qbg_workspace *workspace = contact->workspace;
    return qbg__intern_text(&workspace->texts,
                            workspace->signals.visitors[contact->visitors[index]].text);
}

static int is_word(int32_t vocabulary, int32_t word) {
    return word >= QBG_UNSET && word < qbg_word_count(vocabulary);
}

qbg_status qbg_contact_set_persona(qbg_contact *contact, int32_t department, int32_t seniority) {
    if (!contact || !is_word(QBG_WORDS_DEPARTMENT, department) ||
        !is_word(QBG_WORDS_SENIORITY, seniority))
        return QBG_E_ARGUMENT;
    qbg__journal *journal = &contact->workspace->journal;
    qbg__change change = qbg__begin(contact->workspace);
    qbg_status status = qbg__journal_set_int32(journal, &contact->department, department);
    if (status == QBG_OK) status = qbg__journal_set_int32(journal, &contact->seniority, seniority);
    return qbg__end(change, status);
}

int32_t qbg_contact_department(const qbg_contact *contact) {
    if (!contact) return QBG_UNSET;
    return contact->department != QBG_UNSET ? contact->department : contact->read.department;
}

int32_t qbg_contact_seniority(const qbg_contact *contact) {
    if (!contact) return QBG_UNSET;
    return contact->seniority != QBG_UNSET ? contact->seniority : contact->read.seniority;
}

/* The host's word is certain; a part that the title supplies makes the whole as sure as the title.
 */
double qbg_contact_persona_confidence(const qbg_contact *contact) {
    if (!contact) return 0;
    int host_department = contact->department != QBG_UNSET;
    int host_seniority = contact->seniority != QBG_UNSET;
    int reads_department = !host_department && contact->read.department != QBG_UNSET;
    int reads_seniority = !host_seniority && contact->read.seniority != QBG_UNSET;
    if (reads_department || reads_seniority) return contact->read.confidence;
    return host_department || host_seniority ? 1.0 : 0.0;
}
