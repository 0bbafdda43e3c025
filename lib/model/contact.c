/* contact: people; see qbg/contact.h. A title is read into a persona when it is set, so that
 * questions need not read it again. */
#include "model/contact.h"

#include "model/erasure.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__contact_free(qbg_contact *contact, qbg__mem *mem) {
    qbg__mem_free_text(mem, contact->key);
    qbg__mem_free_text(mem, contact->name);
    qbg__mem_free_text(mem, contact->title);
    qbg__mem_free_text(mem, contact->email);
    qbg__mem_free_text(mem, contact->company);
    qbg__facts_free(&contact->facts, mem);
    qbg__mem_free(mem, contact->memberships,
                  contact->membership_capacity * sizeof *contact->memberships);
    qbg__mem_free(mem, contact->visitors, contact->visitor_capacity * sizeof *contact->visitors);
    qbg__places_free(&contact->signals, mem);
}

qbg_status qbg__contact_drop_lists(qbg_contact *contact) {
    qbg__journal *journal = &contact->workspace->journal;
    qbg_status status = qbg__fact_drop_all(journal, &contact->facts);
    if (status == QBG_OK)
        status =
            qbg__journal_drop_array(journal, &contact->memberships, &contact->membership_count,
                                    &contact->membership_capacity, sizeof *contact->memberships);
    if (status != QBG_OK) return status;
    return qbg__journal_drop_array(journal, &contact->visitors, &contact->visitor_count,
                                   &contact->visitor_capacity, sizeof *contact->visitors);
}

void qbg__contact_bytes(const qbg_contact *contact, qbg__memory *memory) {
    memory->contacts += qbg__mem_text_bytes(contact->key) + qbg__mem_text_bytes(contact->name) +
                        qbg__mem_text_bytes(contact->title) + qbg__mem_text_bytes(contact->email) +
                        qbg__mem_text_bytes(contact->company) + qbg__facts_bytes(&contact->facts) +
                        contact->membership_capacity * sizeof *contact->memberships +
                        contact->visitor_capacity * sizeof *contact->visitors;
    memory->signals += qbg__places_bytes(&contact->signals);
}

int qbg__contact_is_of(const qbg_contact *contact, const qbg_workspace *workspace) {
    return contact && contact->workspace == workspace;
}

/* The account of his that was merged is the one that was kept; one that was removed is none. */
uint32_t qbg__contact_account(const qbg_contact *contact, int64_t as_of) {
    int64_t number = qbg__fact_at(&contact->facts, QBG__FACT_ACCOUNT, as_of, QBG_NONE);
    return qbg_account_number(qbg__row_at(&contact->workspace->accounts, (uint32_t)number));
}

int qbg__contact_has_worked(const qbg_contact *contact) {
    for (uint32_t i = 0; i < contact->facts.count; i++) {
        const qbg__fact *fact = &contact->facts.at[i];
        if (fact->field != QBG__FACT_ACCOUNT || fact->value == QBG__FACT_NOTHING) continue;
        if (qbg__row_at(&contact->workspace->accounts, (uint32_t)fact->value)) return 1;
    }
    return 0;
}

/* ---- Handles ---- */

qbg_contact *qbg__contact_live(const qbg_contact *contact) {
    return contact ? qbg__row_at(&contact->workspace->contacts, contact->number) : NULL;
}

qbg_status qbg__contact_open(qbg_contact **contact) {
    if (!*contact) return QBG_E_ARGUMENT;
    *contact = qbg__contact_live(*contact);
    return *contact ? QBG_OK : QBG_E_GONE;
}

/* For what would give an erased person an identity again. */
static qbg_status open_named(qbg_contact **contact) {
    qbg_status status = qbg__contact_open(contact);
    return status == QBG_OK && (*contact)->is_erased ? QBG_E_ERASED : status;
}

int32_t qbg_contact_is_alive(const qbg_contact *contact) {
    return qbg__contact_live(contact) != NULL;
}

/* Ends a change of a contact; the groups around him are answered differently if it wrote anything.
 */
static qbg_status end(qbg__change change, const qbg_contact *contact, qbg_status status) {
    if (status == QBG_OK && qbg__has_written(&change)) status = qbg__touch_contact(contact);
    return qbg__end(change, status);
}

/* ---- Who he is ---- */

static const char *or_empty(const char *text) { return text ? text : ""; }

static int is_same_persona(const qbg__persona *a, const qbg__persona *b) {
    return a->department == b->department && a->seniority == b->seniority &&
           a->confidence <= b->confidence && a->confidence >= b->confidence;
}

qbg_status qbg__contact_set_title(qbg_contact *contact, const char *title) {
    qbg__journal *journal = &contact->workspace->journal;
    qbg__persona read;
    if (strcmp(or_empty(contact->title), or_empty(title)) == 0) return QBG_OK;
    qbg__persona_read(title ? title : "", title ? strlen(title) : 0, &read);
    qbg_status status = qbg__journal_set_text(journal, &contact->title, title);
    if (status != QBG_OK || is_same_persona(&contact->read, &read)) return status;
    status = qbg__journal_keep(journal, &contact->read, sizeof contact->read);
    if (status == QBG_OK) contact->read = read;
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
        status = qbg__dirty_moved(contact->workspace, QBG__OWNER_CONTACT, contact->number);
    return status;
}

/* What add and put have in common: NULLs leave things as they are. */
static qbg_status fill(qbg_contact *contact, const qbg_account *account, const char *name,
                       const char *title) {
    qbg_status status = QBG_OK;
    if (contact->is_erased && (name || title)) return QBG_E_ERASED;
    if (account) status = set_account(contact, account, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && name)
        status = qbg__journal_set_text(&contact->workspace->journal, &contact->name, name);
    if (status == QBG_OK && title) status = qbg__contact_set_title(contact, title);
    return status;
}

static qbg_status check(const qbg_workspace *workspace, qbg_account **account, const char *name,
                        const char *title) {
    if (!workspace) return QBG_E_ARGUMENT;
    if (*account && !qbg__account_is_of(*account, workspace)) return QBG_E_ARGUMENT;
    qbg_status status = *account ? qbg__account_open(account) : QBG_OK;
    if (status == QBG_OK) status = qbg__check_text(name);
    return status == QBG_OK ? qbg__check_text(title) : status;
}

/* What a new row begins with. */
static qbg_status start(qbg_contact *contact) {
    qbg_workspace *workspace = contact->workspace;
    if (qbg__erased_has_contact(workspace, contact->key)) return QBG_E_ERASED;
    contact->department = QBG_UNSET;
    contact->seniority = QBG_UNSET;
    contact->read = (qbg__persona){QBG_UNSET, QBG_UNSET, 0};
    if (!qbg__erased_is_key(contact->key)) return QBG_OK;
    workspace->dirt.tombstones = 1; /* somebody may still have the key that this one hides */
    return qbg__erased_mark(contact);
}

qbg_status qbg_contact_add(qbg_workspace *workspace, const char *key, qbg_account *account,
                           const char *name, const char *title, qbg_contact **out_contact) {
    qbg_status status = check(workspace, &account, name, title);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    void *row = NULL;
    status = qbg__row_add(workspace, &workspace->contacts, &workspace->contact_index, key, &row);
    if (status == QBG_OK) status = start(row);
    if (status == QBG_OK) status = fill(row, account, name, title);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_contact) *out_contact = row;
    return status;
}

qbg_status qbg_contact_put(qbg_workspace *workspace, const char *key, qbg_account *account,
                           const char *name, const char *title, qbg_contact **out_contact,
                           int32_t *out_put) {
    qbg_status status = check(workspace, &account, name, title);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    void *row = NULL;
    int is_new = 0;
    status = qbg__row_put(workspace, &workspace->contacts, &workspace->contact_index, key, &row,
                          &is_new);
    if (status == QBG_OK && is_new) status = start(row);
    if (status == QBG_OK) status = fill(row, account, name, title);
    int32_t put = qbg__put_of(&change, is_new);
    status = end(change, row, status);
    if (status == QBG_OK && out_contact) *out_contact = row;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_contact *qbg_contact_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->contacts, &workspace->contact_index, key) : NULL;
}

uint32_t qbg_contact_count(const qbg_workspace *workspace) {
    return workspace ? workspace->contacts.count : 0;
}

qbg_contact *qbg_contact_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__row_alive(&workspace->contacts, number) : NULL;
}

uint32_t qbg_contact_number(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? contact->number : QBG_NONE;
}

const char *qbg_contact_key(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? contact->key : "";
}

const char *qbg_contact_name(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? or_empty(contact->name) : "";
}

const char *qbg_contact_title(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? or_empty(contact->title) : "";
}

const char *qbg_contact_email(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? or_empty(contact->email) : "";
}

const char *qbg_contact_company(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? or_empty(contact->company) : "";
}

/* What would tell who he is. */
static qbg_status open_text(qbg_contact **contact, const char *text) {
    qbg_status status = open_named(contact);
    return status == QBG_OK ? qbg__check_text(text) : status;
}

qbg_status qbg_contact_set_name(qbg_contact *contact, const char *name) {
    qbg_status status = open_text(&contact, name);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    status = qbg__journal_set_text(&contact->workspace->journal, &contact->name, name);
    return end(change, contact, status);
}

qbg_status qbg_contact_set_title(qbg_contact *contact, const char *title) {
    qbg_status status = open_text(&contact, title);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    return end(change, contact, qbg__contact_set_title(contact, title));
}

qbg_status qbg_contact_set_email(qbg_contact *contact, const char *email) {
    qbg_status status = open_text(&contact, email);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    status = qbg__journal_set_text(&contact->workspace->journal, &contact->email, email);
    return end(change, contact, status);
}

qbg_status qbg_contact_set_company(qbg_contact *contact, const char *company) {
    qbg_status status = open_text(&contact, company);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    status = qbg__journal_set_text(&contact->workspace->journal, &contact->company, company);
    return end(change, contact, status);
}

qbg_status qbg_contact_set_tag(qbg_contact *contact, uint64_t tag) {
    qbg_status status = open_named(&contact);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    status = qbg__set_tag(contact, tag);
    if (status == QBG_OK && qbg__has_written(&change)) status = qbg__touch_needs(contact);
    return end(change, contact, status);
}

uint64_t qbg_contact_tag(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? contact->tag : 0;
}

qbg_status qbg_contact_set_account(qbg_contact *contact, qbg_account *account, int64_t from_s,
                                   int32_t source) {
    qbg_status status = qbg__contact_open(&contact);
    if (status != QBG_OK) return status;
    if (account && !qbg__account_is_of(account, contact->workspace)) return QBG_E_ARGUMENT;
    if (account) status = qbg__account_open(&account);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    return end(change, contact, set_account(contact, account, from_s, source));
}

qbg_account *qbg_contact_account(const qbg_contact *contact, int64_t as_of_s) {
    contact = qbg__contact_live(contact);
    if (!contact) return NULL;
    return qbg_account_at(contact->workspace, qbg__contact_account(contact, as_of_s));
}

/* ---- Visitors ---- */

qbg_status qbg__contact_take_visitor(qbg_contact *contact, uint32_t number) {
    qbg_workspace *workspace = contact->workspace;
    qbg__visitor *visitor = &workspace->signals.visitors[number];
    qbg_status status =
        qbg__journal_set_uint32(&workspace->journal, &visitor->contact, contact->number);
    if (status == QBG_OK) status = qbg__touch_places(workspace, &visitor->signals);
    if (status == QBG_OK)
        status = qbg__list_push(workspace, &contact->visitors, &contact->visitor_count,
                                &contact->visitor_capacity, number);
    return status == QBG_OK ? qbg__dirty_moved(workspace, QBG__OWNER_VISITOR, number) : status;
}

qbg_status qbg__contact_drop_visitor(qbg_contact *contact, uint32_t number) {
    qbg_workspace *workspace = contact->workspace;
    qbg__visitor *visitor = &workspace->signals.visitors[number];
    qbg_status status = qbg__touch_places(workspace, &visitor->signals);
    if (status == QBG_OK)
        status = qbg__journal_set_uint32(&workspace->journal, &visitor->contact, QBG_NONE);
    if (status == QBG_OK)
        status = qbg__list_drop(workspace, &contact->visitors, &contact->visitor_count, number);
    return status == QBG_OK ? qbg__dirty_moved(workspace, QBG__OWNER_VISITOR, number) : status;
}

static qbg_status identify(qbg_contact *contact, const char *id) {
    qbg_workspace *workspace = contact->workspace;
    uint32_t number = QBG_NONE;
    qbg_status status = qbg__visitor_put(workspace, id, strlen(id), &number);
    if (status != QBG_OK) return status;
    uint32_t known = workspace->signals.visitors[number].contact;
    if (known == contact->number) return QBG_OK;
    return known != QBG_NONE ? QBG_E_EXISTS : qbg__contact_take_visitor(contact, number);
}

qbg_status qbg_contact_add_visitor(qbg_contact *contact, const char *visitor) {
    qbg_status status = qbg__contact_open(&contact);
    if (status == QBG_OK) status = qbg__check_key(visitor);
    if (status == QBG_OK && contact->is_erased && !qbg__erased_is_key(visitor))
        status = QBG_E_ERASED;
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(contact->workspace);
    return end(change, contact, identify(contact, visitor));
}

qbg_status qbg_contact_remove_visitor(qbg_contact *contact, const char *visitor) {
    qbg_status status = qbg__contact_open(&contact);
    if (status == QBG_OK) status = qbg__check_key(visitor);
    if (status != QBG_OK) return status;
    qbg_workspace *workspace = contact->workspace;
    uint32_t number = qbg__visitor_find(workspace, visitor, strlen(visitor));
    if (number == QBG_NONE || workspace->signals.visitors[number].contact != contact->number)
        return QBG_E_NOT_FOUND;
    if (contact->is_erased) return QBG_E_ERASED;
    qbg__change change = qbg__begin(workspace);
    return end(change, contact, qbg__contact_drop_visitor(contact, number));
}

uint32_t qbg_contact_visitor_count(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? contact->visitor_count : 0;
}

const char *qbg_contact_visitor(const qbg_contact *contact, uint32_t index) {
    contact = qbg__contact_live(contact);
    if (!contact || index >= contact->visitor_count) return "";
    return qbg__visitor_id(contact->workspace, contact->visitors[index]);
}

/* ---- Persona ---- */

static int is_word(int32_t vocabulary, int32_t word) {
    return word >= QBG_UNSET && word < qbg_word_count(vocabulary);
}

qbg_status qbg_contact_set_persona(qbg_contact *contact, int32_t department, int32_t seniority) {
    qbg_status status = qbg__contact_open(&contact);
    if (status != QBG_OK) return status;
    if (!is_word(QBG_WORDS_DEPARTMENT, department) || !is_word(QBG_WORDS_SENIORITY, seniority))
        return QBG_E_ARGUMENT;
    qbg__journal *journal = &contact->workspace->journal;
    qbg__change change = qbg__begin(contact->workspace);
    status = qbg__journal_set_int32(journal, &contact->department, department);
    if (status == QBG_OK) status = qbg__journal_set_int32(journal, &contact->seniority, seniority);
    return end(change, contact, status);
}

int32_t qbg_contact_department(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    if (!contact) return QBG_UNSET;
    return contact->department != QBG_UNSET ? contact->department : contact->read.department;
}

int32_t qbg_contact_seniority(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    if (!contact) return QBG_UNSET;
    return contact->seniority != QBG_UNSET ? contact->seniority : contact->read.seniority;
}

/* The host's word is certain; a part that the title supplies makes the whole as sure as the title.
 */
double qbg_contact_persona_confidence(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    if (!contact) return 0;
    int host_department = contact->department != QBG_UNSET;
    int host_seniority = contact->seniority != QBG_UNSET;
    int reads_department = !host_department && contact->read.department != QBG_UNSET;
    int reads_seniority = !host_seniority && contact->read.seniority != QBG_UNSET;
    if (reads_department || reads_seniority) return contact->read.confidence;
    return host_department || host_seniority ? 1.0 : 0.0;
}
