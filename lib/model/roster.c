/* roster: see roster.h. */
#include "model/roster.h"

#include "base/scan.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

void qbg__roster_free(qbg__roster *roster, qbg__mem *mem) {
    qbg__mem_free(mem, roster->cards, roster->capacity * sizeof *roster->cards);
}

uint64_t qbg__roster_bytes(const qbg__roster *roster) {
    return roster->capacity * sizeof *roster->cards;
}

qbg_status qbg__roster_drop(qbg__journal *journal, qbg__roster *roster) {
    return qbg__journal_drop_array(journal, &roster->cards, &roster->count, &roster->capacity,
                                   sizeof *roster->cards);
}

static int8_t only_role(uint64_t roles) {
    if (roles == 0) return QBG__ROLES_NONE;
    return (roles & (roles - 1)) == 0 ? (int8_t)qbg__scan_first(roles) : QBG__ROLES_MANY;
}

uint64_t qbg__roster_inferred(const qbg_template *template_, const qbg_contact *contact) {
    double least = qbg__policy_real(&contact->workspace->policy, QBG__ROLE_CONFIDENCE);
    if (qbg_contact_persona_confidence(contact) < least) return 0;
    uint32_t role = qbg__template_infer(template_, qbg_contact_department(contact),
                                        qbg_contact_seniority(contact));
    return role == QBG_NONE ? 0 : (uint64_t)1 << role;
}

static const qbg_template *template_of(const qbg_opportunity *opportunity) {
    return qbg_solution_template(qbg_opportunity_solution(opportunity));
}

static const qbg_opportunity *group_of(const qbg_member *member) {
    return qbg__rows_at(&member->workspace->opportunities, member->opportunity);
}

/* What others say of him, if they are trusted enough. */
static uint64_t told_roles(const qbg_workspace *workspace, uint64_t crm, uint64_t vendor) {
    const int64_t *milli = workspace->policy.milli;
    uint64_t roles = milli[QBG__TRUST_CRM] >= milli[QBG__ROLE_CONFIDENCE] ? crm : 0;
    return roles | (milli[QBG__TRUST_VENDOR] >= milli[QBG__ROLE_CONFIDENCE] ? vendor : 0);
}

/* The asserted roles, else all that somebody may have. */
static uint64_t roles_of(const qbg_member *member, const qbg_template *template_, uint64_t asserted,
                         uint64_t crm, uint64_t vendor) {
    if (asserted != 0) return asserted;
    return qbg__roster_inferred(template_,
                                qbg__rows_at(&member->workspace->contacts, member->contact)) |
           told_roles(member->workspace, crm, vendor);
}

uint64_t qbg__roster_roles(const qbg_member *member, int64_t as_of) {
    return roles_of(member, template_of(group_of(member)), qbg__member_roles(member, as_of),
                    qbg__member_evidence(member, QBG_EVIDENCE_CRM, as_of),
                    qbg__member_evidence(member, QBG_EVIDENCE_VENDOR, as_of));
}

static int8_t presence_of(const qbg_member *member, int64_t status, int64_t as_of) {
    if (status == QBG_STATUS_DISMISSED || status == QBG_STATUS_LEFT) return QBG__GONE;
    if (member->left != QBG_UNDATED && member->left <= as_of) return QBG__GONE;
    return member->joined > as_of ? QBG__TO_COME : QBG__PRESENT;
}

/* template_: that of his group. */
static qbg__card read_card(const qbg_member *member, const qbg_template *template_, int64_t as_of) {
    const qbg__member_words words = qbg__member_words_at(member, as_of);
    uint64_t asserted = (uint64_t)words.of[QBG__FACT_ROLE];
    uint64_t roles = roles_of(member, template_, asserted, (uint64_t)words.of[QBG__FACT_CRM_ROLE],
                              (uint64_t)words.of[QBG__FACT_VENDOR_ROLE]);
    return (qbg__card){.seats = qbg__template_seats(template_, roles),
                       .since = as_of,
                       .next_contact = member->next_contact,
                       .member = member->number,
                       .contact = member->contact,
                       .slot = QBG_NONE,
                       .presence = presence_of(member, words.of[QBG__FACT_STATUS], as_of),
                       .is_inferred = asserted == 0,
                       .role = only_role(roles),
                       .stance = (int8_t)words.of[QBG__FACT_STANCE],
                       .participation = (int8_t)words.of[QBG__FACT_PARTICIPATION],
                       .interest = (int8_t)words.of[QBG__FACT_INTEREST]};
}

qbg__card qbg__roster_read(const qbg_member *member, int64_t as_of) {
    return read_card(member, template_of(group_of(member)), as_of);
}

static int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }

/* From when on nothing that is known of a member changes any more. */
static int64_t settled_since(const qbg_member *member) {
    int64_t since = later(member->joined, member->left);
    for (uint32_t i = 0; i < member->facts.count; i++)
        since = later(since, member->facts.at[i].from);
    return since;
}

/* ---- Where members are in the log ---- */

/* Up to here looking at all cards for each newcomer costs little. */
#define FEW_CARDS 64u

static void seat(qbg__roster *roster, uint32_t contact, uint32_t slot) {
    for (uint32_t i = 0; i < roster->count; i++)
        if (roster->cards[i].contact == contact) roster->cards[i].slot = slot;
}

void qbg__roster_seat(qbg_opportunity *opportunity) {
    qbg__roster *roster = &opportunity->roster;
    const qbg__log *log = &opportunity->log;
    if (roster->count > FEW_CARDS) return;                    /* their places are looked up */
    if (roster->slots > log->person_count) roster->slots = 0; /* a change was undone */
    for (; roster->slots < log->person_count; roster->slots++)
        seat(roster, log->people[roster->slots], roster->slots);
}

/* ---- Written anew ---- */

qbg_status qbg__roster_due(qbg_workspace *workspace, uint32_t opportunity) {
    qbg__rosters *rosters = &workspace->rosters;
    qbg_opportunity *row = qbg__rows_at(&workspace->opportunities, opportunity);
    if (row->roster.due == rosters->round) return QBG_OK;
    qbg_status status = qbg__mem_reserve(&workspace->mem, &rosters->due, &rosters->capacity,
                                         (uint64_t)rosters->count + 1, sizeof *rosters->due);
    if (status != QBG_OK) return status;
    rosters->due[rosters->count++] = opportunity;
    row->roster.due = rosters->round;
    return QBG_OK;
}

void qbg__roster_all_due(qbg_workspace *workspace) { workspace->rosters.is_all_due = 1; }

static qbg_status make_room(qbg__journal *journal, qbg__roster *roster, uint32_t count) {
    qbg_status status = QBG_OK;
    if (count > roster->capacity || count == 0) status = qbg__roster_drop(journal, roster);
    if (status == QBG_OK)
        status = qbg__journal_reserve(journal, &roster->cards, &roster->capacity, count,
                                      sizeof *roster->cards);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, roster->cards, roster->count * sizeof *roster->cards);
    return status == QBG_OK ? qbg__journal_set_uint32(journal, &roster->count, count) : status;
}

static qbg_status keep_summary(qbg__journal *journal, qbg__roster *roster) {
    qbg_status status = qbg__journal_keep(journal, &roster->is_plain, sizeof roster->is_plain);
    if (status != QBG_OK) return status;
    return qbg__journal_keep(journal, &roster->since, sizeof roster->since);
}

static qbg_status write_roster(qbg_workspace *workspace, uint32_t number) {
    qbg_opportunity *opportunity = qbg__row_alive(&workspace->opportunities, number);
    if (!opportunity || opportunity->roster.count + opportunity->member_count == 0) return QBG_OK;
    qbg__roster *roster = &opportunity->roster;
    qbg_status status = make_room(&workspace->journal, roster, opportunity->member_count);
    if (status == QBG_OK) status = keep_summary(&workspace->journal, roster);
    if (status != QBG_OK) return status;
    const qbg_template *template_ = template_of(opportunity);
    roster->is_plain = 1;
    roster->since = QBG_UNDATED;
    for (uint32_t i = 0; i < opportunity->member_count; i++) {
        const qbg_member *member = qbg__rows_at(&workspace->members, opportunity->members[i]);
        qbg__card *card = &roster->cards[i];
        *card = read_card(member, template_, INT64_MAX);
        card->since = settled_since(member);
        roster->since = later(roster->since, card->since);
        if ((card->is_inferred && card->seats != 0) || card->stance == QBG_STANCE_BLOCKER)
            roster->is_plain = 0;
    }
    roster->slots = 0;
    qbg__roster_seat(opportunity);
    return status;
}

/* The opportunity that is the i-th to be written; QBG_NONE behind the last. */
static uint32_t due_at(const qbg_workspace *workspace, uint32_t i) {
    const qbg__rosters *rosters = &workspace->rosters;
    if (rosters->is_all_due) return i < workspace->opportunities.count ? i : QBG_NONE;
    return i < rosters->count ? rosters->due[i] : QBG_NONE;
}

/* The list of a group leads to members, these to their facts, and to contacts where no role is
 * told. Each is asked for some groups before the next is read; of a large group only some. */
QBG__PREFETCHING look_at_group(const qbg_opportunity *group) {
    QBG__PREFETCH(&group->kept);
    QBG__PREFETCH(&group->members);
    QBG__PREFETCH(&group->roster);
}

static inline uint32_t few_members(const qbg_opportunity *group) {
    return group->member_count < FEW_CARDS ? group->member_count : FEW_CARDS;
}

QBG__PREFETCHING look_at_members(const qbg_opportunity *group) {
    for (uint32_t i = 0; i < few_members(group); i++) {
        const qbg_member *member = qbg__rows_at(&group->workspace->members, group->members[i]);
        QBG__PREFETCH(&member->kept);
        QBG__PREFETCH(&member->facts);
    }
}

QBG__PREFETCHING look_at_facts(const qbg_opportunity *group) {
    const qbg_workspace *workspace = group->workspace;
    for (uint32_t i = 0; i < few_members(group); i++) {
        const qbg_member *member = qbg__rows_at(&workspace->members, group->members[i]);
        if (member->facts.count > 0) QBG__PREFETCH(member->facts.at);
        if (member->facts.count > 0) continue;
        const qbg_contact *contact = qbg__rows_at(&workspace->contacts, member->contact);
        QBG__PREFETCH(&contact->kept);
        QBG__PREFETCH(&contact->read);
    }
}

static void look_ahead(const qbg_workspace *workspace, uint32_t i) {
    const qbg__rows *rows = &workspace->opportunities;
    const qbg_opportunity *group = qbg__rows_at(rows, due_at(workspace, i + 6));
    if (group) look_at_group(group);
    group = qbg__rows_at(rows, due_at(workspace, i + 4));
    if (group) QBG__PREFETCH(group->members);
    group = qbg__rows_at(rows, due_at(workspace, i + 2));
    if (group) look_at_members(group);
    group = qbg__rows_at(rows, due_at(workspace, i + 1));
    if (group) look_at_facts(group);
}

/* What is written in the middle of a change stays listed, in case that is undone; and is marked
 * again by whatever comes after it. */
qbg_status qbg__rosters_write(qbg_workspace *workspace) {
    qbg__rosters *rosters = &workspace->rosters;
    qbg_status status = QBG_OK;
    uint32_t i = rosters->is_all_due ? 0 : rosters->written;
    for (uint32_t at; status == QBG_OK && (at = due_at(workspace, i)) != QBG_NONE; i++) {
        look_ahead(workspace, i);
        status = write_roster(workspace, at);
    }
    if (status != QBG_OK) return status;
    rosters->is_all_due = 0;
    rosters->written = rosters->count;
    rosters->round++;
    return QBG_OK;
}

void qbg__rosters_clear(qbg_workspace *workspace) {
    workspace->rosters.is_all_due = 0;
    workspace->rosters.count = workspace->rosters.written = 0;
    workspace->rosters.round++;
}
