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

/* The seats of a set of roles, one bit each in template order. */
static uint64_t seats_of(const qbg_template *template_, uint64_t roles) {
    uint64_t seats = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++)
        seats |= (roles >> template_->seats[i].role & 1) << i;
    return seats;
}

static int8_t only_role(uint64_t roles) {
    if (roles == 0) return QBG__ROLES_NONE;
    return (roles & (roles - 1)) == 0 ? (int8_t)qbg__scan_first(roles) : QBG__ROLES_MANY;
}

/* A role read from the persona, when it is sure enough. */
static uint64_t inferred_roles(const qbg_template *template_, const qbg_contact *contact) {
    double least = qbg__policy_real(&contact->workspace->policy, QBG__ROLE_CONFIDENCE);
    if (qbg_contact_persona_confidence(contact) < least) return 0;
    uint32_t role = qbg__template_infer(template_, qbg_contact_department(contact),
                                        qbg_contact_seniority(contact));
    return role == QBG_NONE ? 0 : (uint64_t)1 << role;
}

uint64_t qbg__roster_roles(const qbg_member *member, int64_t as_of) {
    uint64_t asserted = qbg__member_roles(member, as_of);
    if (asserted != 0) return asserted;
    const qbg_workspace *workspace = member->workspace;
    const qbg_opportunity *opportunity =
        qbg__rows_at(&workspace->opportunities, member->opportunity);
    return inferred_roles(qbg_solution_template(qbg_opportunity_solution(opportunity)),
                          qbg__rows_at(&workspace->contacts, member->contact));
}

static int8_t presence_of(const qbg_member *member, int64_t as_of) {
    int32_t status = qbg_member_status(member, as_of);
    if (status == QBG_STATUS_DISMISSED || status == QBG_STATUS_LEFT) return QBG__GONE;
    if (member->left != QBG_UNDATED && member->left <= as_of) return QBG__GONE;
    return member->joined > as_of ? QBG__TO_COME : QBG__PRESENT;
}

qbg__card qbg__roster_read(const qbg_member *member, int64_t as_of) {
    const qbg_opportunity *opportunity =
        qbg__rows_at(&member->workspace->opportunities, member->opportunity);
    const qbg_template *template_ = qbg_solution_template(qbg_opportunity_solution(opportunity));
    qbg__card card = {.since = as_of,
                      .next_contact = member->next_contact,
                      .member = member->number,
                      .contact = member->contact,
                      .slot = QBG_NONE};
    uint64_t roles = qbg__roster_roles(member, as_of);
    card.seats = seats_of(template_, roles);
    card.role = only_role(roles);
    card.is_inferred = qbg__member_roles(member, as_of) == 0;
    card.presence = presence_of(member, as_of);
    card.stance = (int8_t)qbg_member_stance(member, as_of);
    card.participation = (int8_t)qbg_member_participation(member, as_of);
    card.interest = (int8_t)qbg_member_interest(member, as_of);
    return card;
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
    roster->is_plain = 1;
    roster->since = QBG_UNDATED;
    for (uint32_t i = 0; i < opportunity->member_count; i++) {
        const qbg_member *member = qbg__rows_at(&workspace->members, opportunity->members[i]);
        qbg__card *card = &roster->cards[i];
        *card = qbg__roster_read(member, INT64_MAX);
        card->since = settled_since(member);
        roster->since = later(roster->since, card->since);
        if ((card->is_inferred && card->seats != 0) || card->stance == QBG_STANCE_BLOCKER)
            roster->is_plain = 0;
    }
    roster->slots = 0;
    qbg__roster_seat(opportunity);
    return status;
}

static qbg_status write_all(qbg_workspace *workspace) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < workspace->opportunities.count && status == QBG_OK; i++)
        status = write_roster(workspace, i);
    return status;
}

/* What is written in the middle of a change stays listed, in case that is undone; and is marked
 * again by whatever comes after it. */
qbg_status qbg__rosters_write(qbg_workspace *workspace) {
    qbg__rosters *rosters = &workspace->rosters;
    qbg_status status = rosters->is_all_due ? write_all(workspace) : QBG_OK;
    for (uint32_t i = rosters->written; i < rosters->count && status == QBG_OK; i++)
        status = write_roster(workspace, rosters->due[i]);
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
