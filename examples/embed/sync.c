/* sync: every night the CRM's tables are told again, whatever is known of them already. All of it
 * takes effect at once, or nothing does, and what was known writes nothing.
 *
 * Handles are kept only when the batch is through: those of rows that a batch added lead nowhere
 * once it is rolled back. */
#include "crm.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define REFUSALS 8

struct tally {
    int32_t put[3]; /* by QBG_PUT_* */
    int32_t removed, refused;
    struct {
        const char *id;
        qbg_status status;
    } refusals[REFUSALS];
};

/* One bad row is no reason to lose the night: it is noted, and the others go on. Out of memory is
 * one, since what is left would be half of the truth. */
static qbg_status note(struct tally *tally, const char *id, qbg_status status) {
    if (status == QBG_OK || status == QBG_E_MEMORY) return status;
    if (tally->refused < REFUSALS) {
        tally->refusals[tally->refused].id = id;
        tally->refusals[tally->refused].status = status;
    }
    tally->refused++;
    return QBG_OK;
}

static qbg_status tell_company(struct crm *host, struct company *at, struct tally *tally) {
    qbg_account *row = NULL;
    int32_t put = QBG_PUT_SAME;
    qbg_status status = qbg_account_put(host->rows, at->id, at->name, &row, &put);
    if (status == QBG_OK) status = qbg_account_set_tag(row, tables_tag(at));
    tally->put[put]++;
    return status;
}

/* What is sold. The prefix tells which pages and files are about it. */
static qbg_status tell_solution(struct crm *host, struct tally *tally) {
    qbg_solution *row = NULL;
    int32_t put = QBG_PUT_SAME;
    qbg_status status = qbg_solution_put(host->rows, "hr", "HR suite", NULL, &row, &put);
    if (status == QBG_OK) status = qbg_solution_add_content(row, "hr/");
    tally->put[put]++;
    return status;
}

/* Does his key lead to somebody else's row? */
static int is_merged(const qbg_contact *row, const struct person *at) {
    return row && strcmp(qbg_contact_key(row), at->id) != 0;
}

/* The account is told with its date, never by the put: a put says that he has worked there since
 * ever, and would take along what he did for the company before. */
static qbg_status tell_person(struct crm *host, struct person *at, struct tally *tally) {
    qbg_contact *row = qbg_contact_find(host->rows, at->id);
    int32_t put = QBG_PUT_SAME;
    if (is_merged(row, at)) return QBG_OK; /* the row that was kept has a name and a title */
    qbg_account *employer = qbg_account_find(host->rows, at->employer->id);
    qbg_status status = qbg_contact_put(host->rows, at->id, NULL, at->name, at->title, &row, &put);
    if (status != QBG_OK) return status;
    tally->put[put]++;
    status = qbg_contact_set_account(row, employer, at->since, QBG_SOURCE_HOST);
    return status == QBG_OK ? qbg_contact_set_tag(row, tables_tag(at)) : status;
}

/* Deleted in the CRM as if he had never been there, with all that he did. */
static qbg_status remove_person(struct crm *host, const struct person *at, struct tally *tally) {
    qbg_contact *row = qbg_contact_find(host->rows, at->id);
    if (!row) return QBG_OK;
    tally->removed++;
    return qbg_contact_remove(row, 1);
}

static qbg_status tell_deal(struct crm *host, struct deal *at, struct tally *tally) {
    qbg_opportunity *row = NULL;
    int32_t put = QBG_PUT_SAME;
    qbg_status status =
        qbg_opportunity_put(host->rows, at->id, qbg_account_find(host->rows, at->buyer->id),
                            qbg_solution_find(host->rows, "hr"), at->opened, &row, &put);
    if (status != QBG_OK) return status;
    tally->put[put]++;
    status = qbg_opportunity_set_closed(row, at->closed);
    return status == QBG_OK ? qbg_opportunity_set_tag(row, tables_tag(at)) : status;
}

/* Roles are united with those that are known: two people who were merged may have one each. To take
 * one away, say from when on which are his (qbg_member_set_roles). */
static qbg_status tell_membership(struct crm *host, const struct membership *at,
                                  struct tally *tally) {
    qbg_opportunity *deal = qbg_opportunity_find(host->rows, at->deal->id);
    qbg_contact *person = qbg_contact_find(host->rows, at->person->id);
    qbg_member *row = NULL;
    int32_t put = QBG_PUT_SAME;
    if (!person) return QBG_OK; /* refused, deleted or erased: that has been noted */
    qbg_status status = qbg_member_put(deal, person, &row, &put);
    if (status == QBG_OK && at->role)
        status = qbg_member_add_role(row, qbg_role_find(host->rows, at->role), QBG_SOURCE_HOST);
    tally->put[put]++;
    if (status != QBG_OK || is_merged(person, at->person)) return status; /* not these dates */
    status = qbg_member_set_joined(row, at->joined);
    return status == QBG_OK ? qbg_member_set_left(row, at->left) : status;
}

/* What is named has to be there before it is named: companies, people, deals, memberships. */
static qbg_status tell_everything(struct crm *host, struct tally *tally) {
    qbg_status status = QBG_OK;
    for (int i = 0; i < COMPANIES && status == QBG_OK; i++)
        status = note(tally, host->companies[i].id, tell_company(host, &host->companies[i], tally));
    if (status == QBG_OK) status = note(tally, "hr", tell_solution(host, tally));
    for (int i = 0; i < PEOPLE && host->people[i].id && status == QBG_OK; i++) {
        struct person *at = &host->people[i];
        status = at->is_deleted ? remove_person(host, at, tally) : tell_person(host, at, tally);
        status = note(tally, at->id, status);
    }
    for (int i = 0; i < DEALS && status == QBG_OK; i++)
        status = note(tally, host->deals[i].id, tell_deal(host, &host->deals[i], tally));
    for (int i = 0; i < MEMBERSHIPS && host->memberships[i].deal && status == QBG_OK; i++) {
        const struct membership *at = &host->memberships[i];
        status = note(tally, at->person->id, tell_membership(host, at, tally));
    }
    return status;
}

/* From the rows to the structs, by the tags. A handle that is here stays good as long as the
 * workspace lives: after a merge it leads to the row that was kept, after a removal nowhere. */
static void keep_handles(struct crm *host) {
    const qbg_workspace *rows = host->rows;
    for (uint32_t i = 0; i < qbg_account_count(rows); i++) {
        qbg_account *row = qbg_account_at(rows, i);
        struct company *at = tables_company_of(qbg_account_tag(row));
        if (at) at->row = row;
    }
    for (uint32_t i = 0; i < qbg_contact_count(rows); i++) {
        qbg_contact *row = qbg_contact_at(rows, i);
        struct person *at = tables_person_of(qbg_contact_tag(row));
        if (at) at->row = row;
    }
    for (uint32_t i = 0; i < qbg_opportunity_count(rows); i++) {
        qbg_opportunity *row = qbg_opportunity_at(rows, i);
        struct deal *at = tables_deal_of(qbg_opportunity_tag(row));
        if (at) at->row = row;
    }
}

qbg_status sync_end(struct crm *host, qbg_status status) {
    if (status == QBG_OK) return qbg_workspace_commit(host->rows);
    qbg_workspace_rollback(host->rows); /* needs no memory */
    return status;
}

static void print_tally(const struct tally *tally, int is_news) {
    printf("  %" PRId32 " rows created, %" PRId32 " changed, %" PRId32 " as known, %" PRId32
           " removed, %" PRId32 " refused; %s\n",
           tally->put[QBG_PUT_CREATED], tally->put[QBG_PUT_CHANGED], tally->put[QBG_PUT_SAME],
           tally->removed, tally->refused, is_news ? "a new revision" : "nothing is new");
    for (int i = 0; i < tally->refused && i < REFUSALS; i++)
        printf("  refused %s: %s\n", tally->refusals[i].id,
               qbg_status_text(tally->refusals[i].status));
}

qbg_status sync_tables(struct crm *host) {
    struct tally tally = {0};
    uint64_t before = qbg_workspace_revision(host->rows);
    qbg_status status = qbg_workspace_begin(host->rows);
    if (status == QBG_OK) status = sync_end(host, tell_everything(host, &tally));
    if (status != QBG_OK) return status;
    keep_handles(host);
    print_tally(&tally, qbg_workspace_revision(host->rows) != before);
    return QBG_OK;
}

static qbg_status tell_verdicts(const struct crm *host) {
    qbg_status status = QBG_OK;
    for (int i = 0; i < DEALS && status == QBG_OK; i++) {
        const struct deal *at = &host->deals[i];
        int32_t verdict = qbg_assessment_verdict(at->shown);
        int64_t as_of = qbg_assessment_as_of(at->shown);
        if (at->shown && verdict != qbg_opportunity_verdict(at->row, as_of))
            status = qbg_opportunity_set_verdict(at->row, verdict, as_of, QBG_SOURCE_RULE);
    }
    return status;
}

/* By a rule, not by the host: what a seller records for the same instant beats it. */
qbg_status sync_verdicts(struct crm *host) {
    qbg_status status = qbg_workspace_begin(host->rows);
    return status == QBG_OK ? sync_end(host, tell_verdicts(host)) : status;
}
