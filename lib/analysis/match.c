/* match: asks the directory and writes down what it says; see qbg/match.h. */
#include "qbg/match.h"

#include "analysis/directory.h"
#include "base/sort.h"
#include "base/table.h"
#include "base/text.h"
#include "model/workspace.h"

#include <string.h>

/* ---- What a candidate is worth --------------------------------------------------------------- */

static const struct {
    uint32_t seen;
    const char *reason;
} reasons[] = {
    {QBG__SEEN_DOMAIN, "domain"},
    {QBG__SEEN_RELATED, "related_domain"},
    {QBG__SEEN_NAME, "name"},
    {QBG__SEEN_SOUND, "transliteration"},
    {QBG__SEEN_OTHER_FORM, "other_form"},
    {QBG__SEEN_STRANGE_DOMAIN, "other_domain"},
};

/* How likely it is somebody else, in thousandths, which are exact; set by judgement. */
static double confidence_of(uint32_t seen) {
    const int32_t strangeness = seen & QBG__SEEN_STRANGE_DOMAIN ? 200 : 0;
    int32_t doubt_milli = 1000;
    if (seen & QBG__SEEN_DOMAIN)
        doubt_milli = 100;
    else if (seen & QBG__SEEN_RELATED)
        doubt_milli = 250;
    if (seen & QBG__SEEN_NAME)
        doubt_milli = doubt_milli * (200 + strangeness) / 1000;
    else if (seen & QBG__SEEN_SOUND)
        doubt_milli = doubt_milli * (300 + strangeness) / 1000;
    return (1000 - doubt_milli) / 1000.0;
}

static void write_reasons(qbg_table *table, int32_t column, uint32_t seen) {
    char text[128];
    size_t size = 0;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (!(seen & reasons[i].seen)) continue;
        size_t length = strlen(reasons[i].reason);
        if (size > 0) text[size++] = ';';
        memcpy(text + size, reasons[i].reason, length);
        size += length;
    }
    qbg__table_text(table, column, text, size);
}

/* ---- Tables ---------------------------------------------------------------------------------- */

/* A table's columns, -1 for those that it has not. */
typedef struct layout {
    int32_t contact, account, contact_number, account_number, outcome, reason, confidence,
        contact_tag, account_tag;
} layout;

static const layout of_account = {-1, 0, -1, 1, 2, 3, 4, -1, 5};
static const layout of_contacts = {0, 1, 2, 3, 4, 5, 6, 7, 8};

static qbg_table *new_table(const qbg_workspace *workspace, int has_contacts) {
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    if (has_contacts) qbg__table_column(table, "contact", QBG_COLUMN_TEXT);
    qbg__table_column(table, "account", QBG_COLUMN_TEXT);
    if (has_contacts) qbg__table_column(table, "contact_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "account_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "outcome", QBG_COLUMN_TEXT);
    qbg__table_column(table, "reason", QBG_COLUMN_TEXT);
    qbg__table_column(table, "confidence", QBG_COLUMN_DOUBLE);
    if (has_contacts) qbg__table_column(table, "contact_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "account_tag", QBG_COLUMN_UINT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    qbg__table_text(table, column, text, strlen(text));
}

static void write_contact(qbg_table *table, const qbg_contact *contact) {
    write_text(table, of_contacts.contact, contact->key);
    qbg__table_int64(table, of_contacts.contact_number, contact->number);
    qbg__table_uint64(table, of_contacts.contact_tag, contact->tag);
}

static void write_account(qbg_table *table, const layout *at, const qbg_account *account,
                          int is_match) {
    write_text(table, at->account, account->key);
    qbg__table_int64(table, at->account_number, account->number);
    write_text(table, at->outcome, is_match ? "match" : "ambiguous");
    qbg__table_uint64(table, at->account_tag, account->tag);
}

static void write_candidate(qbg_table *table, const layout *at, const qbg__directory *directory,
                            uint32_t place, uint32_t chosen) {
    const qbg__candidate *found = &directory->candidates[place];
    write_account(table, at, qbg_account_at(directory->workspace, found->account), place == chosen);
    write_reasons(table, at->reason, found->seen);
    if (place == chosen)
        qbg__table_double(table, at->confidence, confidence_of(found->seen));
    else
        qbg__table_null(table, at->confidence);
}

/* The match alone, or all candidates; contact: NULL for a question about nobody in particular. */
static void write_found(qbg_table *table, const qbg__directory *directory,
                        const qbg_contact *contact) {
    const layout *at = contact ? &of_contacts : &of_account;
    uint32_t chosen = qbg__directory_choose(directory);
    for (uint32_t i = 0; i < directory->candidate_count; i++) {
        if (chosen != QBG_NONE && i != chosen) continue;
        if (contact) write_contact(table, contact);
        write_candidate(table, at, directory, i, chosen);
    }
}

/* ---- One question ---------------------------------------------------------------------------- */

static int is_said(const char *text) { return text && *text; }

/* out_account and table: NULL when nobody wants to know. */
static qbg_status find_by_key(const qbg_workspace *workspace, const char *key, qbg_table *table,
                              qbg_account **out_account) {
    qbg_account *account = qbg_account_find(workspace, key);
    if (!account) return QBG_E_NOT_FOUND;
    *out_account = account;
    if (!table) return QBG_OK;
    write_account(table, &of_account, account, 1);
    write_text(table, of_account.reason, "key");
    qbg__table_double(table, of_account.confidence, 1);
    return QBG_OK;
}

static qbg_status find_by_words(const qbg_workspace *workspace, const char *email,
                                const char *company, qbg_table *table, qbg_account **out_account) {
    qbg__directory directory;
    qbg__directory_begin(&directory, workspace);
    qbg_status status = qbg__directory_fill(&directory);
    if (status == QBG_OK) status = qbg__directory_look_up(&directory, email, company);
    if (status == QBG_OK) {
        uint32_t chosen = qbg__directory_choose(&directory);
        *out_account = chosen == QBG_NONE
                           ? NULL
                           : qbg_account_at(workspace, directory.candidates[chosen].account);
        if (table) write_found(table, &directory, NULL);
    }
    qbg__directory_end(&directory);
    return status;
}

static qbg_status check_texts(const char *key, const char *email, const char *company) {
    const char *const texts[] = {key, email, company};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !qbg__text_is_utf8(texts[i], strlen(texts[i]))) return QBG_E_TEXT;
    return QBG_OK;
}

qbg_status qbg_match_account(const qbg_workspace *workspace, const char *key, const char *email,
                             const char *company, qbg_account **out_account,
                             qbg_table **out_candidates) {
    qbg_status status = qbg__may_ask(workspace);
    if (status == QBG_OK) status = check_texts(key, email, company);
    if (status != QBG_OK) return status;
    qbg_table *table = out_candidates ? new_table(workspace, 0) : NULL;
    qbg_account *account = NULL;
    if (out_candidates && !table) return QBG_E_MEMORY;
    if (is_said(key))
        status = find_by_key(workspace, key, table, &account);
    else
        status =
            find_by_words(workspace, email ? email : "", company ? company : "", table, &account);
    if (status == QBG_OK && table) {
        status = qbg__table_finish(table, out_candidates);
        table = NULL;
    }
    qbg_table_free(table);
    if (status == QBG_OK && out_account) *out_account = account;
    return status;
}

/* ---- Everybody without an account ------------------------------------------------------------ */

static int is_lead(const qbg_contact *contact) {
    return !contact->is_erased && !qbg__contact_has_worked(contact) &&
           (is_said(contact->email) || is_said(contact->company));
}

static int by_key(const void *a, const void *b, const void *context) {
    const qbg_contact *one = a, *other = b;
    (void)context;
    return strcmp(one->key, other->key);
}

typedef struct leads {
    const void **at; /* by key, and a sort's scratch */
    uint32_t count, capacity;
} leads;

static qbg_status list_leads(const qbg_workspace *workspace, qbg__mem *mem, leads *out) {
    for (uint32_t i = 0; i < qbg_contact_count(workspace); i++) {
        const qbg_contact *contact = qbg_contact_at(workspace, i);
        if (!contact || contact->number != i || !is_lead(contact)) continue;
        qbg_status status = qbg__mem_reserve(mem, &out->at, &out->capacity,
                                             2 * (uint64_t)(out->count + 1), sizeof *out->at);
        if (status != QBG_OK) return status;
        out->at[out->count++] = contact;
    }
    if (out->count > 0) qbg__sort(out->at, out->count, by_key, NULL);
    return QBG_OK;
}

static qbg_status write_leads(qbg__directory *directory, const leads *all, qbg_table *table) {
    qbg_status status = all->count > 0 ? qbg__directory_fill(directory) : QBG_OK;
    for (uint32_t i = 0; i < all->count && status == QBG_OK; i++) {
        const qbg_contact *contact = all->at[i];
        status = qbg__directory_look_up(directory, qbg_contact_email(contact),
                                        qbg_contact_company(contact));
        if (status == QBG_OK) write_found(table, directory, contact);
    }
    return status;
}

qbg_status qbg_matches(const qbg_workspace *workspace, qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK || !out_table) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    qbg_table *table = new_table(workspace, 1);
    if (!table) return QBG_E_MEMORY;
    qbg__directory directory;
    leads all = {NULL, 0, 0};
    qbg__directory_begin(&directory, workspace);
    status = list_leads(workspace, &directory.mem, &all);
    if (status == QBG_OK) status = write_leads(&directory, &all, table);
    qbg__mem_free(&directory.mem, all.at, all.capacity * sizeof *all.at);
    qbg__directory_end(&directory);
    if (status == QBG_OK) return qbg__table_finish(table, out_table);
    qbg_table_free(table);
    return status;
}
