/* member: people in buying groups; see qbg/member.h. */
#include "model/member.h"

#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__member_free(qbg_member *member, qbg__mem *mem) {
    qbg__mem_free_text(mem, member->note);
    qbg__facts_free(&member->facts, mem);
}

uint32_t qbg__member_number(const qbg_member *member) { return member->number; }

static qbg_member *row_at(const qbg_workspace *workspace, uint32_t number) {
    return qbg__rows_at(&workspace->members, number);
}

/* Where the member with that contact key is, or would be, among those of an opportunity. */
static uint32_t lower_bound(const qbg_opportunity *opportunity, const char *key) {
    uint32_t low = 0, high = opportunity->member_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const qbg_member *member = row_at(opportunity->workspace, opportunity->members[middle]);
        if (strcmp(qbg_member_contact(member)->key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

qbg_member *qbg_member_find(const qbg_opportunity *opportunity, const qbg_contact *contact) {
    if (!opportunity || !qbg__contact_is_of(contact, opportunity->workspace)) return NULL;
    uint32_t at = lower_bound(opportunity, contact->key);
    qbg_member *member = qbg_member_at(opportunity, at);
    return member && member->contact == contact->number ? member : NULL;
}

/* Puts a member's number among those of his opportunity, which are kept by key. */
static qbg_status list_member(qbg_opportunity *opportunity, uint32_t at, uint32_t number) {
    return qbg__journal_insert(&opportunity->workspace->journal, &opportunity->members,
                               &opportunity->member_count, &opportunity->member_capacity,
                               sizeof *opportunity->members, at, &number);
}

static qbg_status add(qbg_opportunity *opportunity, qbg_contact *contact, qbg_member **out_member) {
    qbg_workspace *workspace = opportunity->workspace;
    uint32_t at = lower_bound(opportunity, contact->key);
    qbg_member *member = qbg__rows_add(&workspace->members, &workspace->journal);
    if (!member) return QBG_E_MEMORY;
    member->workspace = workspace;
    member->number = workspace->members.count - 1;
    member->opportunity = opportunity->number;
    member->contact = contact->number;
    member->joined = member->left = member->next_contact = QBG_UNDATED;
    qbg_status status = list_member(opportunity, at, member->number);
    if (status == QBG_OK)
        status = qbg__list_push(workspace, &contact->memberships, &contact->membership_count,
                                &contact->membership_capacity, member->number);
    if (status == QBG_OK) status = qbg__dirty_places(workspace, &contact->signals);
    if (status == QBG_OK) *out_member = member;
    return status;
}

qbg_status qbg_member_put(qbg_opportunity *opportunity, qbg_contact *contact,
                          qbg_member **out_member) {
    if (!opportunity || !qbg__contact_is_of(contact, opportunity->workspace)) return QBG_E_ARGUMENT;
    qbg_member *member = qbg_member_find(opportunity, contact);
    qbg_status status = QBG_OK;
    if (!member) {
        qbg__change change = qbg__begin(opportunity->workspace);
        status = qbg__end(change, add(opportunity, contact, &member));
    }
    if (status == QBG_OK && out_member) *out_member = member;
    return status;
}

qbg_status qbg_member_add(qbg_opportunity *opportunity, qbg_contact *contact,
                          qbg_member **out_member) {
    if (qbg_member_find(opportunity, contact)) return QBG_E_EXISTS;
    return qbg_member_put(opportunity, contact, out_member);
}

qbg_status qbg_opportunity_add_member(qbg_opportunity *opportunity, qbg_contact *contact,
                                      qbg_role *role) {
    if (!opportunity) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(opportunity->workspace);
    qbg_member *member = NULL;
    qbg_status status = qbg_member_put(opportunity, contact, &member);
    if (status == QBG_OK && role) status = qbg_member_add_role(member, role, QBG_SOURCE_HOST);
    return qbg__end(change, status);
}

uint32_t qbg_member_count(const qbg_opportunity *opportunity) {
    return opportunity ? opportunity->member_count : 0;
}

qbg_member *qbg_member_at(const qbg_opportunity *opportunity, uint32_t index) {
    if (index >= qbg_member_count(opportunity)) return NULL;
    return row_at(opportunity->workspace, opportunity->members[index]);
}

qbg_contact *qbg_member_contact(const qbg_member *member) {
    return member ? qbg_contact_at(member->workspace, member->contact) : NULL;
}

qbg_opportunity *qbg_member_opportunity(const qbg_member *member) {
    return member ? qbg_opportunity_at(member->workspace, member->opportunity) : NULL;
}

int32_t qbg_member_is_present(const qbg_member *member, int64_t as_of_s) {
    if (!member || member->joined > as_of_s) return 0;
    if (member->left != QBG_UNDATED && member->left <= as_of_s) return 0;
    int32_t status = qbg_member_status(member, as_of_s);
    return status != QBG_STATUS_DISMISSED && status != QBG_STATUS_LEFT;
}

void qbg__member_life(const qbg_member *member, int64_t *out_start, int64_t *out_end) {
    const qbg_opportunity *opportunity = qbg_member_opportunity(member);
    int64_t closed = opportunity->closed == QBG_UNDATED ? INT64_MAX : opportunity->closed;
    int64_t left = member->left == QBG_UNDATED ? INT64_MAX : member->left;
    *out_start = opportunity->opened > member->joined ? opportunity->opened : member->joined;
    *out_end = closed < left ? closed : left;
}

/* ---- Dated facts ---- */

/* Of all dated facts only the undated status routes: `dismissed` takes his signals away. */
qbg_status qbg__member_set(qbg_member *member, int field, int64_t value, int64_t from,
                           int32_t source) {
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    qbg_workspace *workspace = member->workspace;
    const qbg__fact fact = {from, value, (uint8_t)field, (uint8_t)source, QBG_NONE};
    int is_changed = 0;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__fact_tell(workspace, &member->facts, &fact, &is_changed);
    if (status == QBG_OK && is_changed && field == QBG__FACT_STATUS && from == QBG_UNDATED)
        status = qbg__dirty_places(workspace, &qbg_member_contact(member)->signals);
    return qbg__end(change, status);
}

static qbg_status set_word(qbg_member *member, int field, int32_t word, int64_t from,
                           int32_t source) {
    int64_t value;
    if (!member || !qbg__fact_from_word(field, word, &value)) return QBG_E_ARGUMENT;
    return qbg__member_set(member, field, value, from, source);
}

static int32_t word_at(const qbg_member *member, int field, int64_t as_of, int32_t otherwise) {
    return member ? (int32_t)qbg__fact_at(&member->facts, field, as_of, otherwise) : otherwise;
}

static int is_role_of(const qbg_role *role, const qbg_member *member) {
    return role && role->workspace == member->workspace;
}

/* Uniting is not overwriting, so a rule may add to what the host said; the set keeps the higher
 * source. */
qbg_status qbg_member_add_role(qbg_member *member, qbg_role *role, int32_t source) {
    if (!member || !is_role_of(role, member)) return QBG_E_ARGUMENT;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    const qbg__fact *known = qbg__fact_undated(&member->facts, QBG__FACT_ROLE);
    uint64_t united = (uint64_t)1 << role->number;
    if (known && known->value != QBG__FACT_NOTHING) {
        united |= (uint64_t)known->value;
        if (known->source > source) source = known->source;
    }
    return qbg__member_set(member, QBG__FACT_ROLE, (int64_t)united, QBG_UNDATED, source);
}

/* A set of roles can be told in several orders, and of two sets told for one instant the bytewise
 * greater text wins, so the text is kept as it was told. */
static qbg_status intern_roles(qbg_workspace *workspace, qbg_role *const *roles, size_t role_count,
                               uint32_t *out_text) {
    qbg_blob text;
    qbg__blob_begin(&text, &workspace->mem);
    for (size_t i = 0; i < role_count; i++) {
        if (i > 0) qbg__blob_char(&text, ';');
        qbg__blob_text(&text, roles[i]->key);
    }
    qbg_status status = text.status;
    if (status == QBG_OK && role_count > 1)
        status = qbg__intern_put(&workspace->texts, &workspace->journal, qbg_blob_data(&text),
                                 text.size, out_text);
    qbg__blob_end(&text);
    return status;
}

qbg_status qbg_member_set_roles(qbg_member *member, qbg_role *const *roles, size_t role_count,
                                int64_t from_s, int32_t source) {
    if (!member || (role_count > 0 && !roles)) return QBG_E_ARGUMENT;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    uint64_t set = 0;
    for (size_t i = 0; i < role_count; i++) {
        if (!is_role_of(roles[i], member)) return QBG_E_ARGUMENT;
        set |= (uint64_t)1 << roles[i]->number;
    }
    qbg__fact fact = {from_s, (int64_t)set, QBG__FACT_ROLE, (uint8_t)source, QBG_NONE};
    if (set == 0) fact.value = QBG__FACT_NOTHING;
    qbg__change change = qbg__begin(member->workspace);
    qbg_status status = QBG_OK;
    if (from_s != QBG_UNDATED)
        status = intern_roles(member->workspace, roles, role_count, &fact.told);
    int is_changed = 0;
    if (status == QBG_OK)
        status = qbg__fact_tell(member->workspace, &member->facts, &fact, &is_changed);
    return qbg__end(change, status);
}

uint64_t qbg__member_roles(const qbg_member *member, int64_t as_of) {
    return (uint64_t)qbg__fact_at(&member->facts, QBG__FACT_ROLE, as_of, 0);
}

int32_t qbg_member_has_role(const qbg_member *member, const qbg_role *role, int64_t as_of_s) {
    if (!member || !is_role_of(role, member)) return 0;
    return (int32_t)(qbg__member_roles(member, as_of_s) >> role->number & 1u);
}

qbg_status qbg_member_set_status(qbg_member *member, int32_t status, int64_t from_s,
                                 int32_t source) {
    return set_word(member, QBG__FACT_STATUS, status, from_s, source);
}

int32_t qbg_member_status(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_STATUS, as_of_s, QBG_STATUS_POTENTIAL);
}

qbg_status qbg_member_set_stance(qbg_member *member, int32_t stance, int64_t from_s,
                                 int32_t source) {
    return set_word(member, QBG__FACT_STANCE, stance, from_s, source);
}

int32_t qbg_member_stance(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_STANCE, as_of_s, QBG_STANCE_UNKNOWN);
}

qbg_status qbg_member_set_influence(qbg_member *member, double influence, int64_t from_s,
                                    int32_t source) {
    if (!member) return QBG_E_ARGUMENT;
    if (!(influence <= 1.0)) return QBG_E_RANGE; /* not a number, too */
    int64_t value =
        influence < 0 ? QBG__FACT_NOTHING : qbg__fact_from_double(influence > 0 ? influence : 0.0);
    return qbg__member_set(member, QBG__FACT_INFLUENCE, value, from_s, source);
}

double qbg_member_influence(const qbg_member *member, int64_t as_of_s) {
    int64_t none = qbg__fact_from_double(-1.0);
    if (!member) return -1.0;
    return qbg__fact_to_double(qbg__fact_at(&member->facts, QBG__FACT_INFLUENCE, as_of_s, none));
}

qbg_status qbg_member_set_participation(qbg_member *member, int32_t participation, int64_t from_s,
                                        int32_t source) {
    return set_word(member, QBG__FACT_PARTICIPATION, participation, from_s, source);
}

int32_t qbg_member_participation(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_PARTICIPATION, as_of_s, QBG_UNSET);
}

qbg_status qbg_member_set_interest(qbg_member *member, int32_t interest, int64_t from_s,
                                   int32_t source) {
    return set_word(member, QBG__FACT_INTEREST, interest, from_s, source);
}

int32_t qbg_member_interest(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_INTEREST, as_of_s, QBG_UNSET);
}

/* ---- Undated facts ---- */

static qbg_status set_time(qbg_member *member, int64_t *slot, int64_t time, int routes) {
    qbg_workspace *workspace = member->workspace;
    if (qbg__check_time(time) != QBG_OK) return QBG_E_RANGE;
    if (*slot == time) return QBG_OK;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__journal_set_int64(&workspace->journal, slot, time);
    if (status == QBG_OK && routes)
        status = qbg__dirty_places(workspace, &qbg_member_contact(member)->signals);
    return qbg__end(change, status);
}

qbg_status qbg_member_set_joined(qbg_member *member, int64_t joined_s) {
    return member ? set_time(member, &member->joined, joined_s, 1) : QBG_E_ARGUMENT;
}

int64_t qbg_member_joined(const qbg_member *member) {
    return member ? member->joined : QBG_UNDATED;
}

qbg_status qbg_member_set_left(qbg_member *member, int64_t left_s) {
    return member ? set_time(member, &member->left, left_s, 1) : QBG_E_ARGUMENT;
}

int64_t qbg_member_left(const qbg_member *member) { return member ? member->left : QBG_UNDATED; }

qbg_status qbg_member_set_next_contact(qbg_member *member, int64_t next_contact_s) {
    return member ? set_time(member, &member->next_contact, next_contact_s, 0) : QBG_E_ARGUMENT;
}

int64_t qbg_member_next_contact(const qbg_member *member) {
    return member ? member->next_contact : QBG_UNDATED;
}

qbg_status qbg_member_set_note(qbg_member *member, const char *note) {
    if (!member) return QBG_E_ARGUMENT;
    if (qbg__check_text(note) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(member->workspace);
    return qbg__end(change,
                    qbg__journal_set_text(&member->workspace->journal, &member->note, note));
}

const char *qbg_member_note(const qbg_member *member) {
    return member && member->note ? member->note : "";
}
