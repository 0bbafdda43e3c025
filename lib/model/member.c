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

void qbg__member_bytes(const qbg_member *member, qbg__memory *memory) {
    memory->members += qbg__mem_text_bytes(member->note) + qbg__facts_bytes(&member->facts);
}

uint32_t qbg__member_number(const qbg_member *member) { return member->number; }

static qbg_member *row_at(const qbg_workspace *workspace, uint32_t number) {
    return qbg__rows_at(&workspace->members, number);
}

static qbg_contact *contact_of(const qbg_member *member) {
    return qbg__rows_at(&member->workspace->contacts, member->contact);
}

/* ---- Handles ---- */

qbg_member *qbg__member_live(const qbg_member *member) {
    qbg_member *at = member ? row_at(member->workspace, member->number) : NULL;
    while (at && at->kept != at->number) at = row_at(at->workspace, at->kept);
    return at;
}

qbg_status qbg__member_open(qbg_member **member) {
    if (!*member) return QBG_E_ARGUMENT;
    *member = qbg__member_live(*member);
    return *member ? QBG_OK : QBG_E_GONE;
}

int32_t qbg_member_is_alive(const qbg_member *member) { return qbg__member_live(member) != NULL; }

/* Ends a change of a member; his group is answered differently if it wrote anything. */
static qbg_status end(qbg__change change, const qbg_member *member, qbg_status status) {
    if (status == QBG_OK && qbg__has_written(&change))
        status = qbg__touch(member->workspace, member->opportunity);
    return qbg__end(change, status);
}

/* ---- Who is in a group ---- */

/* Does a member of an opportunity come before a contact's key? */
static int is_before(const qbg_opportunity *opportunity, uint32_t at, const char *key) {
    const qbg_member *member = row_at(opportunity->workspace, opportunity->members[at]);
    return strcmp(contact_of(member)->key, key) < 0;
}

/* Where the member with that contact key is, or would be, among those of an opportunity. Whole
 * groups are mostly told in that order, each behind the last. */
static uint32_t lower_bound(const qbg_opportunity *opportunity, const char *key) {
    uint32_t low = 0, high = opportunity->member_count;
    if (high > 0 && is_before(opportunity, high - 1, key)) return high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (is_before(opportunity, middle, key))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Most people are in one group or two, which are looked through without a look at anybody else. */
static qbg_member *member_among_few(const qbg_opportunity *opportunity,
                                    const qbg_contact *contact) {
    for (uint32_t i = 0; i < contact->membership_count; i++) {
        qbg_member *member = row_at(contact->workspace, contact->memberships[i]);
        if (member->opportunity == opportunity->number) return member;
    }
    return NULL;
}

qbg_member *qbg__member_of(const qbg_opportunity *opportunity, const qbg_contact *contact) {
    if (contact->membership_count <= QBG__FEW_GROUPS) return member_among_few(opportunity, contact);
    uint32_t at = lower_bound(opportunity, contact->key);
    if (at == opportunity->member_count) return NULL;
    qbg_member *member = row_at(opportunity->workspace, opportunity->members[at]);
    return member->contact == contact->number ? member : NULL;
}

qbg_member *qbg_member_find(const qbg_opportunity *opportunity, const qbg_contact *contact) {
    opportunity = qbg__opportunity_live(opportunity);
    contact = qbg__contact_live(contact);
    if (!opportunity || !contact || contact->workspace != opportunity->workspace) return NULL;
    return qbg__member_of(opportunity, contact);
}

qbg_status qbg__member_seat(qbg_member *member) {
    qbg_opportunity *opportunity =
        qbg__rows_at(&member->workspace->opportunities, member->opportunity);
    uint32_t at = lower_bound(opportunity, contact_of(member)->key);
    return qbg__journal_insert(&member->workspace->journal, &opportunity->members,
                               &opportunity->member_count, &opportunity->member_capacity,
                               sizeof *opportunity->members, at, &member->number);
}

qbg_status qbg__member_unseat(qbg_member *member) {
    qbg_opportunity *opportunity =
        qbg__rows_at(&member->workspace->opportunities, member->opportunity);
    return qbg__list_drop(member->workspace, &opportunity->members, &opportunity->member_count,
                          member->number);
}

/* What listing and unlisting have in common: the group is another one, his signals go elsewhere. */
static qbg_status stir(const qbg_member *member) {
    qbg_status status = qbg__touch(member->workspace, member->opportunity);
    if (status != QBG_OK) return status;
    return qbg__dirty(member->workspace, QBG__OWNER_CONTACT, member->contact);
}

qbg_status qbg__member_list(qbg_member *member) {
    qbg_contact *contact = contact_of(member);
    qbg_status status = qbg__member_seat(member);
    if (status == QBG_OK)
        status =
            qbg__list_push(member->workspace, &contact->memberships, &contact->membership_count,
                           &contact->membership_capacity, member->number);
    return status == QBG_OK ? stir(member) : status;
}

qbg_status qbg__member_unlist(qbg_member *member) {
    qbg_contact *contact = contact_of(member);
    qbg_status status = qbg__member_unseat(member);
    if (status == QBG_OK)
        status = qbg__list_drop(member->workspace, &contact->memberships,
                                &contact->membership_count, member->number);
    return status == QBG_OK ? stir(member) : status;
}

static qbg_status add(qbg_opportunity *opportunity, qbg_contact *contact, qbg_member **out_member) {
    qbg_workspace *workspace = opportunity->workspace;
    qbg_member *member = qbg__rows_add(&workspace->members, &workspace->journal);
    if (!member) return QBG_E_MEMORY;
    member->workspace = workspace;
    member->number = member->kept = workspace->members.count - 1;
    member->opportunity = opportunity->number;
    member->contact = contact->number;
    member->joined = member->left = member->next_contact = QBG_UNDATED;
    *out_member = member;
    return qbg__member_list(member);
}

/* The rows that a membership is between. */
static qbg_status check(qbg_opportunity **opportunity, qbg_contact **contact) {
    qbg_status status = qbg__opportunity_open(opportunity);
    if (status != QBG_OK) return status;
    if (!qbg__contact_is_of(*contact, (*opportunity)->workspace)) return QBG_E_ARGUMENT;
    return qbg__contact_open(contact);
}

static qbg_status put(qbg_opportunity *opportunity, qbg_contact *contact, qbg_role *role,
                      qbg_member **out_member) {
    *out_member = qbg__member_of(opportunity, contact);
    qbg_status status = *out_member ? QBG_OK : add(opportunity, contact, out_member);
    if (status != QBG_OK || !role) return status;
    return qbg_member_add_role(*out_member, role, QBG_SOURCE_HOST);
}

qbg_status qbg_member_put(qbg_opportunity *opportunity, qbg_contact *contact,
                          qbg_member **out_member, int32_t *out_put) {
    qbg_status status = check(&opportunity, &contact);
    if (status != QBG_OK) return status;
    qbg_member *member = NULL;
    qbg__change change = qbg__begin(opportunity->workspace);
    status = put(opportunity, contact, NULL, &member);
    int32_t done = qbg__has_written(&change) ? QBG_PUT_CREATED : QBG_PUT_SAME;
    status = qbg__end(change, status);
    if (status == QBG_OK && out_member) *out_member = member;
    if (status == QBG_OK && out_put) *out_put = done;
    return status;
}

qbg_status qbg_member_add(qbg_opportunity *opportunity, qbg_contact *contact,
                          qbg_member **out_member) {
    if (qbg_member_find(opportunity, contact)) return QBG_E_EXISTS;
    return qbg_member_put(opportunity, contact, out_member, NULL);
}

qbg_status qbg_opportunity_add_member(qbg_opportunity *opportunity, qbg_contact *contact,
                                      qbg_role *role) {
    qbg_status status = check(&opportunity, &contact);
    if (status != QBG_OK) return status;
    qbg_member *member = NULL;
    qbg__change change = qbg__begin(opportunity->workspace);
    return qbg__end(change, put(opportunity, contact, role, &member));
}

uint32_t qbg_member_count(const qbg_opportunity *opportunity) {
    opportunity = qbg__opportunity_live(opportunity);
    return opportunity ? opportunity->member_count : 0;
}

qbg_member *qbg_member_at(const qbg_opportunity *opportunity, uint32_t index) {
    opportunity = qbg__opportunity_live(opportunity);
    if (!opportunity || index >= opportunity->member_count) return NULL;
    return row_at(opportunity->workspace, opportunity->members[index]);
}

qbg_contact *qbg_member_contact(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? contact_of(member) : NULL;
}

qbg_opportunity *qbg_member_opportunity(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? qbg__rows_at(&member->workspace->opportunities, member->opportunity) : NULL;
}

qbg_status qbg_member_set_tag(qbg_member *member, uint64_t tag) {
    qbg_status status = qbg__member_open(&member);
    if (status != QBG_OK) return status;
    if (contact_of(member)->is_erased) return QBG_E_ERASED;
    qbg__change change = qbg__begin(member->workspace);
    status = qbg__journal_set_uint64(&member->workspace->journal, &member->tag, tag);
    return end(change, member, status);
}

uint64_t qbg_member_tag(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? member->tag : 0;
}

int32_t qbg_member_is_present(const qbg_member *member, int64_t as_of_s) {
    member = qbg__member_live(member);
    if (!member || member->joined > as_of_s) return 0;
    if (member->left != QBG_UNDATED && member->left <= as_of_s) return 0;
    int32_t status = qbg_member_status(member, as_of_s);
    return status != QBG_STATUS_DISMISSED && status != QBG_STATUS_LEFT;
}

void qbg__member_life(const qbg_member *member, int64_t *out_start, int64_t *out_end) {
    const qbg_opportunity *opportunity =
        qbg__rows_at(&member->workspace->opportunities, member->opportunity);
    int64_t closed = opportunity->closed == QBG_UNDATED ? INT64_MAX : opportunity->closed;
    int64_t left = member->left == QBG_UNDATED ? INT64_MAX : member->left;
    *out_start = opportunity->opened > member->joined ? opportunity->opened : member->joined;
    *out_end = closed < left ? closed : left;
}

/* ---- Dated facts ---- */

/* Of all dated facts only the undated status routes: `dismissed` takes his signals away. */
qbg_status qbg__member_set(qbg_member *member, int field, int64_t value, int64_t from,
                           int32_t source) {
    qbg_status status = qbg__member_open(&member);
    if (status != QBG_OK) return status;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    qbg_workspace *workspace = member->workspace;
    const qbg__fact fact = {from, value, (uint8_t)field, (uint8_t)source, QBG_NONE};
    int is_changed = 0;
    qbg__change change = qbg__begin(workspace);
    status = qbg__fact_tell(workspace, &member->facts, &fact, &is_changed);
    if (status == QBG_OK && is_changed && field == QBG__FACT_STATUS && from == QBG_UNDATED)
        status = qbg__dirty(workspace, QBG__OWNER_CONTACT, member->contact);
    return end(change, member, status);
}

qbg_status qbg__member_untell(qbg_member *member, int field, int64_t from) {
    qbg_workspace *workspace = member->workspace;
    uint32_t at = 0;
    while (at < member->facts.count &&
           (member->facts.at[at].field != field || member->facts.at[at].from != from))
        at++;
    if (at == member->facts.count) return QBG_E_NOT_FOUND;
    qbg__change change = qbg__begin(workspace);
    return end(change, member, qbg__fact_take(workspace, &member->facts, at));
}

static qbg_status set_word(qbg_member *member, int field, int32_t word, int64_t from,
                           int32_t source) {
    int64_t value;
    if (!member || !qbg__fact_from_word(field, word, &value)) return QBG_E_ARGUMENT;
    return qbg__member_set(member, field, value, from, source);
}

/* What holds until something is told; influence, a double, is asked for by itself. */
static const qbg__member_words untold = {{[QBG__FACT_ROLE] = 0,
                                          [QBG__FACT_STATUS] = QBG_STATUS_POTENTIAL,
                                          [QBG__FACT_STANCE] = QBG_STANCE_UNKNOWN,
                                          [QBG__FACT_INFLUENCE] = QBG__FACT_NOTHING,
                                          [QBG__FACT_PARTICIPATION] = QBG_UNSET,
                                          [QBG__FACT_INTEREST] = QBG_UNSET,
                                          [QBG__FACT_CRM_ROLE] = 0,
                                          [QBG__FACT_VENDOR_ROLE] = 0}};

static int32_t word_at(const qbg_member *member, int field, int64_t as_of) {
    int64_t otherwise = untold.of[field];
    member = qbg__member_live(member);
    return (int32_t)(member ? qbg__fact_at(&member->facts, field, as_of, otherwise) : otherwise);
}

/* Facts lie by field, then instant: of each the last that counts is the one. */
qbg__member_words qbg__member_words_at(const qbg_member *member, int64_t as_of) {
    qbg__member_words words = untold;
    for (uint32_t i = 0; i < member->facts.count; i++) {
        const qbg__fact *fact = &member->facts.at[i];
        if (fact->from > as_of) continue;
        int is_told = fact->value != QBG__FACT_NOTHING;
        words.of[fact->field] = is_told ? fact->value : untold.of[fact->field];
    }
    return words;
}

static int is_role_of(const qbg_role *role, const qbg_member *member) {
    return role && role->workspace == member->workspace;
}

/* Uniting is not overwriting, so a rule may add to what the host said; the set keeps the higher
 * source. field: of which set. */
static qbg_status add_role(qbg_member *member, int field, qbg_role *role, int32_t source) {
    qbg_status status = qbg__member_open(&member);
    if (status != QBG_OK) return status;
    if (!is_role_of(role, member)) return QBG_E_ARGUMENT;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    const qbg__fact *known = qbg__fact_undated(&member->facts, field);
    uint64_t united = (uint64_t)1 << role->number;
    if (known && known->value != QBG__FACT_NOTHING) {
        united |= (uint64_t)known->value;
        if (known->source > source) source = known->source;
    }
    return qbg__member_set(member, field, (int64_t)united, QBG_UNDATED, source);
}

qbg_status qbg_member_add_role(qbg_member *member, qbg_role *role, int32_t source) {
    return add_role(member, QBG__FACT_ROLE, role, source);
}

/* A set of roles can be told in several orders, and of two sets told for one instant the bytewise
 * greater text wins, so the text is kept as it was told; a role that was told twice is in the set
 * once. */
static qbg_status intern_roles(qbg_workspace *workspace, qbg_role *const *roles, size_t role_count,
                               uint32_t *out_text) {
    qbg_blob text;
    uint64_t written = 0;
    int is_several = 0;
    qbg__blob_begin(&text, &workspace->mem);
    for (size_t i = 0; i < role_count; i++) {
        uint64_t bit = (uint64_t)1 << roles[i]->number;
        if (written & bit) continue;
        is_several = written != 0;
        if (is_several) qbg__blob_char(&text, ';');
        qbg__blob_text(&text, roles[i]->key);
        written |= bit;
    }
    qbg_status status = text.status;
    if (status == QBG_OK && is_several)
        status = qbg__intern_put(&workspace->texts, &workspace->journal, qbg_blob_data(&text),
                                 text.size, out_text);
    qbg__blob_end(&text);
    return status;
}

/* field: of which set. */
static qbg_status set_roles(qbg_member *member, int field, qbg_role *const *roles,
                            size_t role_count, int64_t from_s, int32_t source) {
    qbg_status status = qbg__member_open(&member);
    if (status != QBG_OK) return status;
    if (role_count > 0 && !roles) return QBG_E_ARGUMENT;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    uint64_t set = 0;
    for (size_t i = 0; i < role_count; i++) {
        if (!is_role_of(roles[i], member)) return QBG_E_ARGUMENT;
        set |= (uint64_t)1 << roles[i]->number;
    }
    qbg__fact fact = {from_s, (int64_t)set, (uint8_t)field, (uint8_t)source, QBG_NONE};
    if (set == 0) fact.value = QBG__FACT_NOTHING;
    qbg__change change = qbg__begin(member->workspace);
    if (from_s != QBG_UNDATED)
        status = intern_roles(member->workspace, roles, role_count, &fact.told);
    int is_changed = 0;
    if (status == QBG_OK)
        status = qbg__fact_tell(member->workspace, &member->facts, &fact, &is_changed);
    if (status == QBG_OK && !is_changed) return qbg__end_unchanged(change);
    return end(change, member, status);
}

qbg_status qbg_member_set_roles(qbg_member *member, qbg_role *const *roles, size_t role_count,
                                int64_t from_s, int32_t source) {
    return set_roles(member, QBG__FACT_ROLE, roles, role_count, from_s, source);
}

/* The field of a kind of evidence that is told, or -1. */
static int field_of(int32_t evidence) {
    if (evidence == QBG_EVIDENCE_CRM) return QBG__FACT_CRM_ROLE;
    return evidence == QBG_EVIDENCE_VENDOR ? QBG__FACT_VENDOR_ROLE : -1;
}

qbg_status qbg_member_add_evidence(qbg_member *member, int32_t evidence, qbg_role *role,
                                   int32_t source) {
    int field = field_of(evidence);
    return field < 0 ? QBG_E_ARGUMENT : add_role(member, field, role, source);
}

qbg_status qbg_member_set_evidence(qbg_member *member, int32_t evidence, qbg_role *const *roles,
                                   size_t role_count, int64_t from_s, int32_t source) {
    int field = field_of(evidence);
    if (field < 0) return QBG_E_ARGUMENT;
    return set_roles(member, field, roles, role_count, from_s, source);
}

uint64_t qbg__member_evidence(const qbg_member *member, int32_t evidence, int64_t as_of) {
    int field = field_of(evidence);
    return field < 0 ? 0 : (uint64_t)qbg__fact_at(&member->facts, field, as_of, 0);
}

int32_t qbg_member_has_evidence(const qbg_member *member, int32_t evidence, const qbg_role *role,
                                int64_t as_of_s) {
    member = qbg__member_live(member);
    if (!member || !is_role_of(role, member)) return 0;
    return (int32_t)(qbg__member_evidence(member, evidence, as_of_s) >> role->number & 1u);
}

uint64_t qbg__member_roles(const qbg_member *member, int64_t as_of) {
    return (uint64_t)qbg__fact_at(&member->facts, QBG__FACT_ROLE, as_of, 0);
}

int32_t qbg_member_has_role(const qbg_member *member, const qbg_role *role, int64_t as_of_s) {
    member = qbg__member_live(member);
    if (!member || !is_role_of(role, member)) return 0;
    return (int32_t)(qbg__member_roles(member, as_of_s) >> role->number & 1u);
}

qbg_status qbg_member_set_status(qbg_member *member, int32_t status, int64_t from_s,
                                 int32_t source) {
    return set_word(member, QBG__FACT_STATUS, status, from_s, source);
}

int32_t qbg_member_status(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_STATUS, as_of_s);
}

qbg_status qbg_member_set_stance(qbg_member *member, int32_t stance, int64_t from_s,
                                 int32_t source) {
    return set_word(member, QBG__FACT_STANCE, stance, from_s, source);
}

int32_t qbg_member_stance(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_STANCE, as_of_s);
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
    member = qbg__member_live(member);
    if (!member) return -1.0;
    return qbg__fact_to_double(qbg__fact_at(&member->facts, QBG__FACT_INFLUENCE, as_of_s, none));
}

qbg_status qbg_member_set_participation(qbg_member *member, int32_t participation, int64_t from_s,
                                        int32_t source) {
    return set_word(member, QBG__FACT_PARTICIPATION, participation, from_s, source);
}

int32_t qbg_member_participation(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_PARTICIPATION, as_of_s);
}

qbg_status qbg_member_set_interest(qbg_member *member, int32_t interest, int64_t from_s,
                                   int32_t source) {
    return set_word(member, QBG__FACT_INTEREST, interest, from_s, source);
}

int32_t qbg_member_interest(const qbg_member *member, int64_t as_of_s) {
    return word_at(member, QBG__FACT_INTEREST, as_of_s);
}

/* ---- Undated facts ---- */

static qbg_status set_time(qbg_member *member, int64_t *slot, int64_t time, int routes) {
    qbg_workspace *workspace = member->workspace;
    if (qbg__check_time(time) != QBG_OK) return QBG_E_RANGE;
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__journal_set_int64(&workspace->journal, slot, time);
    if (status == QBG_OK && routes && qbg__has_written(&change))
        status = qbg__dirty(workspace, QBG__OWNER_CONTACT, member->contact);
    return end(change, member, status);
}

qbg_status qbg_member_set_joined(qbg_member *member, int64_t joined_s) {
    qbg_status status = qbg__member_open(&member);
    return status == QBG_OK ? set_time(member, &member->joined, joined_s, 1) : status;
}

int64_t qbg_member_joined(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? member->joined : QBG_UNDATED;
}

qbg_status qbg_member_set_left(qbg_member *member, int64_t left_s) {
    qbg_status status = qbg__member_open(&member);
    return status == QBG_OK ? set_time(member, &member->left, left_s, 1) : status;
}

int64_t qbg_member_left(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? member->left : QBG_UNDATED;
}

qbg_status qbg_member_set_next_contact(qbg_member *member, int64_t next_contact_s) {
    qbg_status status = qbg__member_open(&member);
    return status == QBG_OK ? set_time(member, &member->next_contact, next_contact_s, 0) : status;
}

int64_t qbg_member_next_contact(const qbg_member *member) {
    member = qbg__member_live(member);
    return member ? member->next_contact : QBG_UNDATED;
}

qbg_status qbg_member_set_note(qbg_member *member, const char *note) {
    qbg_status status = qbg__member_open(&member);
    if (status == QBG_OK) status = qbg__check_text(note);
    if (status != QBG_OK) return status;
    if (contact_of(member)->is_erased) return QBG_E_ERASED;
    qbg__change change = qbg__begin(member->workspace);
    status = qbg__journal_set_text(&member->workspace->journal, &member->note, note);
    return end(change, member, status);
}

const char *qbg_member_note(const qbg_member *member) {
    member = qbg__member_live(member);
    return member && member->note ? member->note : "";
}
