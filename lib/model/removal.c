/* removal: makes as if rows had never been told; see qbg/removal.h. A removed row keeps its number
 * and little else. Signals of people and accounts that are gone are forgotten when routing settles.
 */
#include "qbg/removal.h"

#include "model/need.h"
#include "model/routing.h"
#include "model/workspace.h"

#include <string.h>

/* A key that nobody has any more. */
static qbg_status drop_key(qbg__keyed *row, qbg__index *index) {
    qbg__journal *journal = &row->workspace->journal;
    uint32_t hash = qbg__index_hash(row->key, strlen(row->key));
    qbg_status status = qbg__index_remove(index, journal, hash, row->number);
    return status == QBG_OK ? qbg__journal_set_text(journal, &row->key, NULL) : status;
}

/* A row that leads nowhere. */
static qbg_status bury(void *row, qbg__index *index) {
    qbg__keyed *keyed = row;
    qbg__journal *journal = &keyed->workspace->journal;
    qbg_status status = drop_key(keyed, index);
    return status == QBG_OK ? qbg__journal_set_uint32(journal, &keyed->kept, QBG_NONE) : status;
}

/* The keys of the rows that lead to one that goes: nobody would reach them later, not even to erase
 * them. */
static qbg_status drop_merged_keys(const qbg__rows *rows, const void *row, uint32_t absorbed,
                                   qbg__index *index) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < rows->count && absorbed > 0 && status == QBG_OK; i++) {
        qbg__keyed *other = qbg__rows_at(rows, i);
        if (other == row || !other->key || qbg__row_at(rows, i) != row) continue;
        status = drop_key(other, index);
        absorbed--;
    }
    return status;
}

/* ---- Members ---- */

static qbg_status remove_member(qbg_member *member) {
    qbg__journal *journal = &member->workspace->journal;
    qbg_status status = qbg__member_unlist(member);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &member->note, NULL);
    if (status == QBG_OK) status = qbg__fact_drop_all(journal, &member->facts);
    if (status == QBG_OK) status = qbg__journal_set_uint64(journal, &member->tag, 0);
    return status == QBG_OK ? qbg__journal_set_uint32(journal, &member->kept, QBG_NONE) : status;
}

qbg_status qbg_member_remove(qbg_member *member) {
    qbg_status status = qbg__member_open(&member);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(member->workspace);
    return qbg__end(change, remove_member(member));
}

/* ---- Opportunities ---- */

static qbg_status remove_opportunity(qbg_opportunity *opportunity) {
    qbg_workspace *workspace = opportunity->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = qbg__opportunity_dirty(opportunity);
    if (status == QBG_OK) /* signals that named it may be the same as others from now on */
        status = qbg__dirty_moved(workspace, QBG__OWNER_LOG, opportunity->number);
    while (opportunity->member_count > 0 && status == QBG_OK)
        status = remove_member(qbg__rows_at(&workspace->members, opportunity->members[0]));
    while (opportunity->need_count > 0 && status == QBG_OK)
        status = qbg__need_remove(opportunity, opportunity->need_count - 1);
    if (status == QBG_OK)
        status = qbg__account_unlist(qbg__rows_at(&workspace->accounts, opportunity->account),
                                     opportunity);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &opportunity->name, NULL);
    if (status == QBG_OK) status = qbg__opportunity_drop_lists(opportunity);
    if (status == QBG_OK) status = qbg__touch(workspace, opportunity->number);
    return status == QBG_OK ? bury(opportunity, &workspace->opportunity_index) : status;
}

qbg_status qbg_opportunity_remove(qbg_opportunity *opportunity, int32_t cascade) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    if (cascade < 0 || cascade > 1) return QBG_E_ARGUMENT;
    if (!cascade && (opportunity->member_count > 0 || opportunity->need_count > 0))
        return QBG_E_IN_USE;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, remove_opportunity(opportunity));
}

/* ---- Contacts ---- */

static int carries(const qbg_contact *contact) {
    return contact->membership_count > 0 || contact->need_count > 0 || contact->visitor_count > 0 ||
           qbg__route_has_signals(contact->workspace, &contact->signals, contact->number);
}

static qbg_status remove_needs(const qbg_contact *contact) {
    const qbg__rows *rows = &contact->workspace->opportunities;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < rows->count && contact->need_count > 0; i++) {
        qbg_opportunity *opportunity = qbg__rows_at(rows, i);
        for (uint32_t j = opportunity->need_count; j-- > 0 && status == QBG_OK;)
            if (opportunity->needs[j].contact == contact->number)
                status = qbg__need_remove(opportunity, j);
        if (status != QBG_OK) return status;
    }
    return status;
}

static qbg_status remove_contact(qbg_contact *contact) {
    qbg_workspace *workspace = contact->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = QBG_OK;
    while (contact->membership_count > 0 && status == QBG_OK)
        status = remove_member(qbg__rows_at(&workspace->members, contact->memberships[0]));
    if (status == QBG_OK) status = remove_needs(contact);
    while (contact->visitor_count > 0 && status == QBG_OK)
        status = qbg__contact_drop_visitor(contact, contact->visitors[0]);
    if (status == QBG_OK) status = qbg__touch_contact(contact);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->name, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->title, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->email, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->company, NULL);
    if (status == QBG_OK) status = qbg__contact_drop_lists(contact);
    if (status == QBG_OK) status = qbg__dirty_moved(workspace, QBG__OWNER_CONTACT, contact->number);
    if (status == QBG_OK) status = qbg__journal_set_uint64(journal, &contact->tag, 0);
    if (status == QBG_OK)
        status = drop_merged_keys(&workspace->contacts, contact, contact->absorbed,
                                  &workspace->contact_index);
    return status == QBG_OK ? bury(contact, &workspace->contact_index) : status;
}

qbg_status qbg_contact_remove(qbg_contact *contact, int32_t cascade) {
    qbg_status status = qbg__contact_open(&contact);
    if (status != QBG_OK) return status;
    if (cascade < 0 || cascade > 1) return QBG_E_ARGUMENT;
    if (contact->is_erased) return QBG_E_ERASED;
    status = qbg__settle_first(contact->workspace);
    if (status != QBG_OK) return status;
    if (!cascade && carries(contact)) return QBG_E_IN_USE;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change, remove_contact(contact));
}

/* ---- Accounts ---- */

static int works_there(const qbg_contact *contact, const qbg_account *account) {
    for (uint32_t i = 0; i < contact->facts.count; i++) {
        const qbg__fact *fact = &contact->facts.at[i];
        if (fact->field != QBG__FACT_ACCOUNT) continue;
        if (qbg__fact_value(account->workspace, fact) == account->number) return 1;
    }
    return 0;
}

static int has_people(const qbg_account *account) {
    const qbg__rows *contacts = &account->workspace->contacts;
    for (uint32_t i = 0; i < contacts->count; i++)
        if (works_there(qbg__rows_at(contacts, i), account)) return 1;
    return 0;
}

static int account_carries(const qbg_account *account) {
    return account->opportunity_count > 0 || has_people(account) ||
           qbg__route_names_account(account->workspace, account);
}

/* Who worked there works nowhere known from now on: see qbg__fact_value. Which of its signals are
 * anonymous, and go, is settled at once: visitors may become known, or anonymous, later in a batch.
 */
static qbg_status remove_account(qbg_account *account) {
    qbg_workspace *workspace = account->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = qbg__touch_places(workspace, &account->signals);
    while (account->opportunity_count > 0 && status == QBG_OK)
        status =
            remove_opportunity(qbg__rows_at(&workspace->opportunities, account->opportunities[0]));
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &account->name, NULL);
    if (status == QBG_OK) status = qbg__account_drop_lists(account);
    if (status == QBG_OK) status = qbg__dirty_moved(workspace, QBG__OWNER_ACCOUNT, account->number);
    if (status == QBG_OK)
        status = drop_merged_keys(&workspace->accounts, account, account->absorbed,
                                  &workspace->account_index);
    if (status == QBG_OK) status = bury(account, &workspace->account_index);
    return status == QBG_OK ? qbg__settle(workspace) : status;
}

qbg_status qbg_account_remove(qbg_account *account, int32_t cascade) {
    qbg_status status = qbg__account_open(&account);
    if (status != QBG_OK) return status;
    if (cascade < 0 || cascade > 1) return QBG_E_ARGUMENT;
    status = qbg__settle_first(account->workspace);
    if (status != QBG_OK) return status;
    if (!cascade && account_carries(account)) return QBG_E_IN_USE;
    qbg__change change = qbg__begin(account->workspace);
    return qbg__end(change, remove_account(account));
}
