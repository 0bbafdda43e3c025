/* merge: makes two rows one; see qbg/merge.h. Everything that one row holds is united with what the
 * other holds by a rule that knows no order, so that merging is as if all had been told of one row.
 * Signals need not be looked for: settling finds out whose they are now. */
#include "qbg/merge.h"

#include "model/need.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* ---- Values that know no order ---- */

/* The bytewise greater of two texts stays; one that is known beats none. */
static qbg_status unite_text(qbg__journal *journal, char **kept, char **lost) {
    qbg_status status = QBG_OK;
    if (*lost && (!*kept || strcmp(*lost, *kept) > 0))
        status = qbg__journal_set_text(journal, kept, *lost);
    return status == QBG_OK ? qbg__journal_set_text(journal, lost, NULL) : status;
}

static qbg_status unite_word(qbg__journal *journal, int32_t vocabulary, int32_t *kept,
                             int32_t lost) {
    if (lost == QBG_UNSET) return QBG_OK;
    if (*kept != QBG_UNSET &&
        strcmp(qbg_word_key(vocabulary, lost), qbg_word_key(vocabulary, *kept)) <= 0)
        return QBG_OK;
    return qbg__journal_set_int32(journal, kept, lost);
}

/* The earlier of two times, or the later; one that is known beats none. */
static qbg_status unite_time(qbg__journal *journal, int64_t *kept, int64_t lost, int is_earlier) {
    if (lost == QBG_UNDATED) return QBG_OK;
    if (*kept != QBG_UNDATED && (is_earlier ? *kept <= lost : *kept >= lost)) return QBG_OK;
    return qbg__journal_set_int64(journal, kept, lost);
}

static qbg_status unite_tag(qbg__journal *journal, uint64_t *kept, uint64_t *lost) {
    qbg_status status = *kept != 0 ? QBG_OK : qbg__journal_set_uint64(journal, kept, *lost);
    return status == QBG_OK ? qbg__journal_set_uint64(journal, lost, 0) : status;
}

/* The lost row leads to the kept one, and so do those that led to it. */
static qbg_status absorb(qbg__journal *journal, uint32_t *kept, uint32_t lost) {
    return qbg__journal_set_uint32(journal, kept, *kept + lost + 1);
}

/* ---- Notes: the lines of both, each once, by their bytes ---- */

typedef struct line {
    const char *text;
    size_t size;
} line;

static line next_line(const char **at) {
    const char *end = strchr(*at, '\n');
    line found = {*at, end ? (size_t)(end - *at) : strlen(*at)};
    *at += found.size + (end != NULL);
    return found;
}

static int compare_lines(line a, line b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.text, b.text, common);
    if (order != 0) return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

/* The smallest line of a text that comes after `last` (NULL text: of all); text NULL: none. Notes
 * are short, so looking again is cheaper than a place to sort in. */
static line line_after(const char *text, line last) {
    line best = {NULL, 0};
    while (*text) {
        line at = next_line(&text);
        if (at.size == 0 || (last.text && compare_lines(at, last) <= 0)) continue;
        if (!best.text || compare_lines(at, best) < 0) best = at;
    }
    return best;
}

static void write_lines(const char *a, const char *b, qbg_blob *out) {
    line last = {NULL, 0};
    for (;;) {
        line first = line_after(a, last), second = line_after(b, last);
        if (!first.text && !second.text) return;
        int is_first = first.text && (!second.text || compare_lines(first, second) <= 0);
        last = is_first ? first : second;
        if (out->size > 0) qbg__blob_char(out, '\n');
        qbg__blob_bytes(out, last.text, last.size);
    }
}

static int has_lines(const char *text) {
    const line first = {NULL, 0};
    return text && line_after(text, first).text;
}

/* A note without a line is no note, but for others of its kind; a note alone stays as it is. */
static qbg_status unite_notes(qbg_workspace *workspace, char **kept, char **lost) {
    qbg__journal *journal = &workspace->journal;
    if (!has_lines(*lost) && has_lines(*kept)) return qbg__journal_set_text(journal, lost, NULL);
    if (has_lines(*lost) && !has_lines(*kept)) {
        qbg_status status = qbg__journal_set_text(journal, kept, NULL);
        return status == QBG_OK ? unite_text(journal, kept, lost) : status;
    }
    if (!has_lines(*lost) || strcmp(*kept, *lost) == 0) return unite_text(journal, kept, lost);
    qbg_blob both;
    qbg__blob_begin(&both, &workspace->mem);
    write_lines(*kept, *lost, &both);
    qbg_status status = both.status;
    if (status == QBG_OK) status = qbg__journal_set_text(journal, kept, qbg_blob_data(&both));
    qbg__blob_end(&both);
    return status == QBG_OK ? qbg__journal_set_text(journal, lost, NULL) : status;
}

/* ---- Two contacts ---- */

static qbg_status unite_members(qbg_member *kept, qbg_member *lost) {
    qbg_workspace *workspace = kept->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = qbg__fact_unite_all(workspace, &kept->facts, &lost->facts);
    if (status == QBG_OK) status = qbg__fact_drop_all(journal, &lost->facts);
    if (status == QBG_OK) status = unite_time(journal, &kept->joined, lost->joined, 1);
    if (status == QBG_OK) status = unite_time(journal, &kept->left, lost->left, 0);
    if (status == QBG_OK) status = unite_time(journal, &kept->next_contact, lost->next_contact, 1);
    if (status == QBG_OK) status = unite_notes(workspace, &kept->note, &lost->note);
    if (status == QBG_OK) status = unite_tag(journal, &kept->tag, &lost->tag);
    return status == QBG_OK ? qbg__journal_set_uint32(journal, &lost->kept, kept->number) : status;
}

static qbg_status move_member(qbg_contact *kept, qbg_member *member) {
    qbg_workspace *workspace = kept->workspace;
    const qbg_opportunity *opportunity =
        qbg__rows_at(&workspace->opportunities, member->opportunity);
    qbg_member *other = qbg__member_of(opportunity, kept);
    qbg_status status = qbg__member_unlist(member);
    if (status != QBG_OK) return status;
    if (other) return unite_members(other, member);
    status = qbg__journal_set_uint32(&workspace->journal, &member->contact, kept->number);
    return status == QBG_OK ? qbg__member_list(member) : status;
}

static qbg_status move_members(qbg_contact *kept, qbg_contact *lost) {
    const qbg__rows *members = &kept->workspace->members;
    qbg_status status = QBG_OK;
    while (lost->membership_count > 0 && status == QBG_OK)
        status = move_member(kept, qbg__rows_at(members, lost->memberships[0]));
    return status;
}

/* The need becomes the kept contact's; or it is one that he has already, and goes. */
static qbg_status move_need(qbg_opportunity *opportunity, uint32_t index, const qbg_contact *kept) {
    qbg_workspace *workspace = opportunity->workspace;
    qbg__need *need = &opportunity->needs[index];
    uint32_t lost = need->contact;
    qbg__need *other = qbg__need_of(opportunity, kept->number, need->key);
    qbg_status status = qbg__touch(workspace, opportunity->number);
    if (status == QBG_OK && other)
        status = qbg__fact_unite_all(workspace, &other->facts, &need->facts);
    if (status == QBG_OK && other) return qbg__need_remove(opportunity, index);
    if (status == QBG_OK)
        status = qbg__journal_set_uint32(&workspace->journal, &need->contact, kept->number);
    if (status == QBG_OK) status = qbg__need_count_for(workspace, lost, -1);
    return status == QBG_OK ? qbg__need_count_for(workspace, kept->number, 1) : status;
}

static qbg_status move_needs(const qbg_contact *kept, const qbg_contact *lost) {
    const qbg__rows *rows = &kept->workspace->opportunities;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < rows->count && lost->need_count > 0; i++) {
        qbg_opportunity *opportunity = qbg__rows_at(rows, i);
        for (uint32_t j = opportunity->need_count; j-- > 0 && status == QBG_OK;)
            if (opportunity->needs[j].contact == lost->number)
                status = move_need(opportunity, j, kept);
        if (status != QBG_OK) return status;
    }
    return status;
}

static qbg_status move_visitors(qbg_contact *kept, qbg_contact *lost) {
    qbg_status status = QBG_OK;
    while (lost->visitor_count > 0 && status == QBG_OK) {
        uint32_t visitor = lost->visitors[0];
        status = qbg__contact_drop_visitor(lost, visitor);
        if (status == QBG_OK) status = qbg__contact_take_visitor(kept, visitor);
    }
    return status;
}

/* What the titles of two who were erased said: the surer one stays, then the greater words. */
static qbg_status unite_read(qbg__journal *journal, qbg__persona *kept, const qbg__persona *lost) {
    int order = (lost->confidence > kept->confidence) - (lost->confidence < kept->confidence);
    if (order == 0)
        order = strcmp(qbg_word_key(QBG_WORDS_DEPARTMENT, lost->department),
                       qbg_word_key(QBG_WORDS_DEPARTMENT, kept->department));
    if (order == 0)
        order = strcmp(qbg_word_key(QBG_WORDS_SENIORITY, lost->seniority),
                       qbg_word_key(QBG_WORDS_SENIORITY, kept->seniority));
    return order <= 0 ? QBG_OK : qbg__journal_set_bytes(journal, kept, lost, sizeof *kept);
}

/* The title is read again, as it may be the other one's now. */
static qbg_status unite_identity(qbg_contact *kept, qbg_contact *lost) {
    qbg__journal *journal = &kept->workspace->journal;
    qbg_status status = unite_text(journal, &kept->name, &lost->name);
    if (status == QBG_OK) status = unite_text(journal, &kept->email, &lost->email);
    if (status == QBG_OK) status = unite_text(journal, &kept->company, &lost->company);
    if (status == QBG_OK && lost->title && (!kept->title || strcmp(lost->title, kept->title) > 0))
        status = qbg__contact_set_title(kept, lost->title);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &lost->title, NULL);
    if (status == QBG_OK)
        status = unite_word(journal, QBG_WORDS_DEPARTMENT, &kept->department, lost->department);
    if (status == QBG_OK)
        status = unite_word(journal, QBG_WORDS_SENIORITY, &kept->seniority, lost->seniority);
    if (status == QBG_OK && kept->is_erased) status = unite_read(journal, &kept->read, &lost->read);
    return status == QBG_OK ? unite_tag(journal, &kept->tag, &lost->tag) : status;
}

static qbg_status merge_contacts(qbg_contact *kept, qbg_contact *lost) {
    qbg_workspace *workspace = kept->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = unite_identity(kept, lost);
    if (status == QBG_OK) status = qbg__fact_unite_all(workspace, &kept->facts, &lost->facts);
    if (status == QBG_OK) status = move_members(kept, lost);
    if (status == QBG_OK) status = move_needs(kept, lost);
    if (status == QBG_OK) status = move_visitors(kept, lost);
    if (status == QBG_OK) status = qbg__contact_drop_lists(lost);
    if (status == QBG_OK)
        status = qbg__route_join_places(workspace, &kept->signals, &lost->signals);
    if (status == QBG_OK) status = qbg__journal_set_uint32(journal, &lost->kept, kept->number);
    if (status == QBG_OK) status = absorb(journal, &kept->absorbed, lost->absorbed);
    if (status == QBG_OK) status = qbg__dirty_moved(workspace, QBG__OWNER_CONTACT, kept->number);
    if (status == QBG_OK) status = qbg__touch_needs(kept);
    return status == QBG_OK ? qbg__touch_contact(kept) : status;
}

qbg_status qbg_contact_merge(qbg_contact *kept, qbg_contact *lost) {
    qbg_status status = qbg__contact_open(&kept);
    if (status == QBG_OK) status = qbg__contact_open(&lost);
    if (status != QBG_OK) return status;
    if (kept->workspace != lost->workspace) return QBG_E_ARGUMENT;
    if (kept == lost) return QBG_OK;
    if (kept->is_erased != lost->is_erased) return QBG_E_ERASED;
    qbg__change change = qbg__begin(kept->workspace);
    return qbg__end(change, merge_contacts(kept, lost));
}

/* ---- Two accounts ---- */

static qbg_status move_opportunities(qbg_account *kept, qbg_account *lost) {
    qbg_workspace *workspace = kept->workspace;
    qbg_status status = QBG_OK;
    while (lost->opportunity_count > 0 && status == QBG_OK) {
        qbg_opportunity *opportunity =
            qbg__rows_at(&workspace->opportunities, lost->opportunities[0]);
        status = qbg__opportunity_place(opportunity, kept->number, opportunity->solution);
    }
    return status;
}

/* Of two currencies the bytewise greater stays, of two potentials in it the greater. */
static qbg_status unite_potential(qbg_account *kept, const qbg_account *lost) {
    int order = strcmp(lost->currency, kept->currency);
    if (order < 0 || (order == 0 && lost->potential_minor <= kept->potential_minor)) return QBG_OK;
    return qbg__account_set_potential(kept, lost->potential_minor, lost->currency);
}

static qbg_status merge_accounts(qbg_account *kept, qbg_account *lost) {
    qbg_workspace *workspace = kept->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg_status status = move_opportunities(kept, lost);
    if (status == QBG_OK) status = unite_text(journal, &kept->name, &lost->name);
    for (uint32_t i = 0; i < lost->domain_count && status == QBG_OK; i++)
        status = qbg__account_push_domain(kept, lost->domains[i]);
    if (status == QBG_OK) status = qbg__account_drop_lists(lost);
    if (status == QBG_OK) status = unite_potential(kept, lost);
    if (status == QBG_OK) status = unite_tag(journal, &kept->tag, &lost->tag);
    if (status == QBG_OK)
        status = qbg__route_join_places(workspace, &kept->signals, &lost->signals);
    if (status == QBG_OK) status = qbg__journal_set_uint32(journal, &lost->kept, kept->number);
    if (status == QBG_OK) status = absorb(journal, &kept->absorbed, lost->absorbed);
    if (status == QBG_OK) status = qbg__dirty_moved(workspace, QBG__OWNER_ACCOUNT, kept->number);
    return status == QBG_OK ? qbg__touch_account(kept) : status;
}

qbg_status qbg_account_merge(qbg_account *kept, qbg_account *lost) {
    qbg_status status = qbg__account_open(&kept);
    if (status == QBG_OK) status = qbg__account_open(&lost);
    if (status != QBG_OK) return status;
    if (kept->workspace != lost->workspace) return QBG_E_ARGUMENT;
    if (kept == lost) return QBG_OK;
    qbg__change change = qbg__begin(kept->workspace);
    return qbg__end(change, merge_accounts(kept, lost));
}
