/* account: companies; see qbg/account.h. */
#include "model/account.h"

#include "base/blob.h"
#include "base/money.h"
#include "base/text.h"
#include "model/workspace.h"

#include <string.h>

void qbg__account_free(qbg_account *account, qbg__mem *mem) {
    qbg__mem_free_text(mem, account->key);
    qbg__mem_free_text(mem, account->name);
    for (uint32_t i = 0; i < account->domain_count; i++)
        qbg__mem_free_text(mem, account->domains[i]);
    qbg__mem_free(mem, account->domains, account->domain_capacity * sizeof *account->domains);
    qbg__mem_free(mem, account->opportunities,
                  account->opportunity_capacity * sizeof *account->opportunities);
    qbg__log_free(&account->unrouted, mem);
    qbg__places_free(&account->signals, mem);
}

qbg_status qbg__account_drop_lists(qbg_account *account) {
    qbg__journal *journal = &account->workspace->journal;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < account->domain_count && status == QBG_OK; i++)
        status = qbg__journal_set_text(journal, &account->domains[i], NULL);
    if (status == QBG_OK)
        status = qbg__journal_drop_array(journal, &account->domains, &account->domain_count,
                                         &account->domain_capacity, sizeof *account->domains);
    if (status != QBG_OK) return status;
    return qbg__journal_drop_array(journal, &account->opportunities, &account->opportunity_count,
                                   &account->opportunity_capacity, sizeof *account->opportunities);
}

void qbg__account_bytes(const qbg_account *account, qbg__memory *memory) {
    memory->accounts += qbg__mem_text_bytes(account->key) + qbg__mem_text_bytes(account->name);
    for (uint32_t i = 0; i < account->domain_count; i++)
        memory->accounts += qbg__mem_text_bytes(account->domains[i]);
    memory->accounts += account->domain_capacity * sizeof *account->domains +
                        account->opportunity_capacity * sizeof *account->opportunities;
    memory->signals += qbg__log_bytes(&account->unrouted) + qbg__places_bytes(&account->signals);
}

uint32_t qbg__account_first(const qbg_account *account, uint32_t solution) {
    const qbg__rows *rows = &account->workspace->opportunities;
    uint32_t low = 0, high = account->opportunity_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const qbg_opportunity *at = qbg__rows_at(rows, account->opportunities[middle]);
        if (at->solution < solution)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const qbg_opportunity *qbg__account_open_for(const qbg_account *account, uint32_t solution,
                                             int64_t as_of) {
    const qbg_opportunity *found = NULL;
    for (uint32_t i = qbg__account_first(account, solution); i < account->opportunity_count; i++) {
        const qbg_opportunity *at =
            qbg__rows_at(&account->workspace->opportunities, account->opportunities[i]);
        if (at->solution != solution) break;
        if (!qbg__opportunity_is_open(at, as_of)) continue;
        if (!found || at->opened > found->opened ||
            (at->opened == found->opened && strcmp(at->key, found->key) < 0))
            found = at;
    }
    return found;
}

qbg_status qbg__account_list(qbg_account *account, const qbg_opportunity *opportunity) {
    uint32_t behind = qbg__account_first(account, opportunity->solution + 1);
    return qbg__journal_insert(&account->workspace->journal, &account->opportunities,
                               &account->opportunity_count, &account->opportunity_capacity,
                               sizeof *account->opportunities, behind, &opportunity->number);
}

qbg_status qbg__account_unlist(qbg_account *account, const qbg_opportunity *opportunity) {
    return qbg__list_drop(account->workspace, &account->opportunities, &account->opportunity_count,
                          opportunity->number);
}

/* ---- Handles ---- */

qbg_account *qbg__account_live(const qbg_account *account) {
    return account ? qbg__row_at(&account->workspace->accounts, account->number) : NULL;
}

qbg_status qbg__account_open(qbg_account **account) {
    if (!*account) return QBG_E_ARGUMENT;
    *account = qbg__account_live(*account);
    return *account ? QBG_OK : QBG_E_GONE;
}

int qbg__account_is_of(const qbg_account *account, const qbg_workspace *workspace) {
    return account && account->workspace == workspace;
}

int32_t qbg_account_is_alive(const qbg_account *account) {
    return qbg__account_live(account) != NULL;
}

/* Ends a change of an account; its opportunities are answered differently if it wrote anything. */
static qbg_status end(qbg__change change, const qbg_account *account, qbg_status status) {
    if (status == QBG_OK && qbg__has_written(&change)) status = qbg__touch_account(account);
    return qbg__end(change, status);
}

/* ---- What is known of a company ---- */

static qbg_status set_name(qbg_account *account, const char *name) {
    return qbg__journal_set_text(&account->workspace->journal, &account->name, name);
}

qbg_status qbg_account_add(qbg_workspace *workspace, const char *key, const char *name,
                           qbg_account **out_account) {
    if (!workspace) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(workspace);
    void *row = NULL;
    qbg_status status =
        qbg__row_add(workspace, &workspace->accounts, &workspace->account_index, key, &row);
    if (status == QBG_OK) status = set_name(row, name);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_account) *out_account = row;
    return status;
}

qbg_status qbg_account_put(qbg_workspace *workspace, const char *key, const char *name,
                           qbg_account **out_account, int32_t *out_put) {
    if (!workspace) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(workspace);
    void *row = NULL;
    int is_new = 0;
    qbg_status status = qbg__row_put(workspace, &workspace->accounts, &workspace->account_index,
                                     key, &row, &is_new);
    if (status == QBG_OK && name) status = set_name(row, name);
    int32_t put = qbg__put_of(&change, is_new);
    status = end(change, row, status);
    if (status == QBG_OK && out_account) *out_account = row;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_account *qbg_account_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->accounts, &workspace->account_index, key) : NULL;
}

uint32_t qbg_account_count(const qbg_workspace *workspace) {
    return workspace ? workspace->accounts.count : 0;
}

qbg_account *qbg_account_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__row_alive(&workspace->accounts, number) : NULL;
}

uint32_t qbg_account_number(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->number : QBG_NONE;
}

const char *qbg_account_key(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->key : "";
}

const char *qbg_account_name(const qbg_account *account) {
    account = qbg__account_live(account);
    return account && account->name ? account->name : "";
}

qbg_status qbg_account_set_name(qbg_account *account, const char *name) {
    qbg_status status = qbg__account_open(&account);
    if (status == QBG_OK) status = qbg__check_text(name);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(account->workspace);
    return end(change, account, set_name(account, name));
}

qbg_status qbg_account_set_tag(qbg_account *account, uint64_t tag) {
    qbg_status status = qbg__account_open(&account);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(account->workspace);
    return end(change, account, qbg__set_tag(account, tag));
}

uint64_t qbg_account_tag(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->tag : 0;
}

/* Without blanks around it and in lower case; ё stays, for it is another name than е. */
static void write_domain(const char *domain, qbg_blob *out) {
    const uint32_t capital_yo = 0x401, small_yo = 0x451;
    size_t size = strlen(domain);
    qbg__text_trim(&domain, &size);
    for (const char *at = domain, *end = domain + size; at < end;) {
        char bytes[4];
        uint32_t code = qbg__text_next(&at, end);
        int is_yo = code == capital_yo || code == small_yo;
        qbg__blob_bytes(out, bytes, qbg__text_put(is_yo ? small_yo : qbg__text_fold(code), bytes));
    }
}

static int has_domain(const qbg_account *account, const char *domain) {
    for (uint32_t i = 0; i < account->domain_count; i++)
        if (strcmp(account->domains[i], domain) == 0) return 1;
    return 0;
}

qbg_status qbg__account_push_domain(qbg_account *account, const char *domain) {
    if (has_domain(account, domain)) return QBG_OK;
    qbg__journal *journal = &account->workspace->journal;
    qbg_status status = qbg__journal_extend(journal, &account->domains, &account->domain_count,
                                            &account->domain_capacity, sizeof *account->domains);
    if (status != QBG_OK) return status;
    account->domains[account->domain_count] = NULL;
    status = qbg__journal_set_text(journal, &account->domains[account->domain_count], domain);
    if (status == QBG_OK) account->domain_count++;
    return status;
}

qbg_status qbg_account_add_domain(qbg_account *account, const char *domain) {
    qbg_status status = qbg__account_open(&account);
    if (status == QBG_OK) status = qbg__check_piece(domain);
    if (status != QBG_OK) return status;
    qbg_blob text;
    qbg__blob_begin(&text, &account->workspace->mem);
    write_domain(domain, &text);
    status = text.status == QBG_OK ? qbg__check_key(qbg_blob_data(&text)) : text.status;
    if (status == QBG_OK) {
        qbg__change change = qbg__begin(account->workspace);
        status = qbg__end(change, qbg__account_push_domain(account, qbg_blob_data(&text)));
    }
    qbg__blob_end(&text);
    return status;
}

uint32_t qbg_account_domain_count(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->domain_count : 0;
}

const char *qbg_account_domain(const qbg_account *account, uint32_t index) {
    account = qbg__account_live(account);
    return account && index < account->domain_count ? account->domains[index] : "";
}

qbg_status qbg__account_set_potential(qbg_account *account, int64_t potential_minor,
                                      const char *currency) {
    char code[sizeof account->currency] = "";
    memcpy(code, currency, strlen(currency));
    qbg__journal *journal = &account->workspace->journal;
    qbg_status status = qbg__journal_set_bytes(journal, account->currency, code, sizeof code);
    if (status != QBG_OK) return status;
    return qbg__journal_set_int64(journal, &account->potential_minor, potential_minor);
}

qbg_status qbg_account_set_potential(qbg_account *account, int64_t potential_minor,
                                     const char *currency) {
    qbg_status status = qbg__account_open(&account);
    if (status != QBG_OK || !currency) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (potential_minor < 0) return QBG_E_RANGE;
    if (!qbg__currency_is_code(currency, strlen(currency))) return QBG_E_TEXT;
    qbg__change change = qbg__begin(account->workspace);
    return end(change, account, qbg__account_set_potential(account, potential_minor, currency));
}

qbg_status qbg__account_drop_potential(qbg_account *account) {
    qbg__change change = qbg__begin(account->workspace);
    return end(change, account, qbg__account_set_potential(account, 0, ""));
}

int64_t qbg_account_potential_minor(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->potential_minor : 0;
}

const char *qbg_account_currency(const qbg_account *account) {
    account = qbg__account_live(account);
    return account ? account->currency : "";
}
