/* need: what a group must have answered before it buys; see qbg/need.h. */
#include "model/need.h"

#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

static const qbg__need *need_at(const qbg_opportunity *opportunity, uint32_t index) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity && index < opportunity->need_count ? &opportunity->needs[index] : NULL;
}

qbg__need *qbg__need_of(const qbg_opportunity *opportunity, uint32_t contact, const char *key) {
    for (uint32_t i = 0; i < opportunity->need_count; i++) {
        qbg__need *need = &opportunity->needs[i];
        if (need->contact == contact && strcmp(need->key, key) == 0) return need;
    }
    return NULL;
}

static qbg_status add(qbg_opportunity *opportunity, uint32_t contact, const char *key,
                      qbg__need **out_need) {
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg_status status =
        qbg__journal_extend(journal, &opportunity->needs, &opportunity->need_count,
                            &opportunity->need_capacity, sizeof *opportunity->needs);
    if (status != QBG_OK) return status;
    qbg__need *need = &opportunity->needs[opportunity->need_count];
    memset(need, 0, sizeof *need);
    need->contact = contact;
    status = qbg__journal_set_text(journal, &need->key, key);
    if (status != QBG_OK) return status;
    opportunity->need_count++;
    *out_need = need;
    return contact == QBG_NONE ? QBG_OK : qbg__need_count_for(opportunity->workspace, contact, 1);
}

qbg_status qbg__need_count_for(qbg_workspace *workspace, uint32_t contact, int32_t more) {
    qbg_contact *of = qbg__rows_at(&workspace->contacts, contact);
    return qbg__journal_set_uint32(&workspace->journal, &of->need_count,
                                   of->need_count + (uint32_t)more);
}

qbg_status qbg__need_remove(qbg_opportunity *opportunity, uint32_t index) {
    qbg__journal *journal = &opportunity->workspace->journal;
    qbg__need *need = &opportunity->needs[index];
    qbg_status status = QBG_OK;
    if (need->contact != QBG_NONE)
        status = qbg__need_count_for(opportunity->workspace, need->contact, -1);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &need->key, NULL);
    if (status == QBG_OK) status = qbg__fact_drop_all(journal, &need->facts);
    if (status == QBG_OK) status = qbg__touch(opportunity->workspace, opportunity->number);
    if (status != QBG_OK) return status;
    return qbg__journal_remove(journal, &opportunity->needs, &opportunity->need_count,
                               sizeof *opportunity->needs, index);
}

qbg_status qbg_need_set(qbg_opportunity *opportunity, qbg_contact *contact, const char *key,
                        int32_t state, int64_t from_s) {
    qbg_status status = qbg__opportunity_open(&opportunity);
    if (status != QBG_OK) return status;
    qbg_workspace *workspace = opportunity->workspace;
    if (contact && !qbg__contact_is_of(contact, workspace)) return QBG_E_ARGUMENT;
    if (contact) status = qbg__contact_open(&contact);
    if (status != QBG_OK) return status;
    if (state < 0 || state >= qbg_word_count(QBG_WORDS_NEED_STATE)) return QBG_E_ARGUMENT;
    status = qbg__check_key(key);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg__need *need = qbg__need_of(opportunity, qbg_contact_number(contact), key);
    if (!need) status = add(opportunity, qbg_contact_number(contact), key, &need);
    if (status == QBG_OK)
        status = qbg__fact_set(workspace, &need->facts, QBG__FACT_NEED_STATE, state, from_s,
                               QBG_SOURCE_HOST);
    return qbg__opportunity_end(change, opportunity, status);
}

uint32_t qbg_need_count(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->need_count : 0;
}

const char *qbg_need_key(const qbg_opportunity *opportunity, uint32_t index) {
    const qbg__need *need = need_at(opportunity, index);
    return need ? need->key : "";
}

qbg_contact *qbg_need_contact(const qbg_opportunity *opportunity, uint32_t index) {
    const qbg__need *need = need_at(opportunity, index);
    return need ? qbg_contact_at(opportunity->workspace, need->contact) : NULL;
}

int32_t qbg_need_state(const qbg_opportunity *opportunity, uint32_t index, int64_t as_of_s) {
    const qbg__need *need = need_at(opportunity, index);
    if (!need) return QBG_UNSET;
    return (int32_t)qbg__fact_at(&need->facts, QBG__FACT_NEED_STATE, as_of_s, QBG_UNSET);
}
