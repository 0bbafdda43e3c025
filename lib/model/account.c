/* account: companies; see qbg/account.h. */
#include "model/account.h"

#include "base/blob.h"
#include "base/fixed.h"
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

uint32_t qbg__account_first(const qbg_account *account, uint32_t solution) {
    uint32_t low = 0, high = account->opportunity_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t number = account->opportunities[middle];
        if (qbg_opportunity_at(account->workspace, number)->solution < solution)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int qbg__account_is_of(const qbg_account *account, const qbg_workspace *workspace) {
    return account && account->workspace == workspace;
}

static qbg_status add(qbg_workspace *workspace, const char *key, const char *name,
                      qbg_account **out_account) {
    void *row = NULL;
    qbg_status status =
        qbg__row_add(workspace, &workspace->accounts, &workspace->account_index, key, &row);
    if (status != QBG_OK) return status;
    qbg_account *account = row;
    status = qbg__journal_set_text(&workspace->journal, &account->name, name);
    if (status == QBG_OK) *out_account = account;
    return status;
}

qbg_status qbg_account_add(qbg_workspace *workspace, const char *key, const char *name,
                           qbg_account **out_account) {
    if (!workspace) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(workspace);
    qbg_account *account = NULL;
    qbg_status status = qbg__end(change, add(workspace, key, name, &account));
    if (status == QBG_OK && out_account) *out_account = account;
    return status;
}

qbg_status qbg_account_put(qbg_workspace *workspace, const char *key, const char *name,
                           qbg_account **out_account) {
    if (!workspace) return QBG_E_ARGUMENT;
    qbg_account *account = qbg_account_find(workspace, key);
    if (!account) return qbg_account_add(workspace, key, name, out_account);
    qbg_status status = name ? qbg_account_set_name(account, name) : QBG_OK;
    if (status == QBG_OK && out_account) *out_account = account;
    return status;
}

qbg_account *qbg_account_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->accounts, &workspace->account_index, key) : NULL;
}

uint32_t qbg_account_count(const qbg_workspace *workspace) {
    return workspace ? workspace->accounts.count : 0;
}

qbg_account *qbg_account_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->accounts, number) : NULL;
}

uint32_t qbg_account_number(const qbg_account *account) {
    return account ? account->number : QBG_NONE;
}

const char *qbg_account_key(const qbg_account *account) { return account ? account->key : ""; }

const char *qbg_account_name(const qbg_account *account) {
    return account && account->name ? account->name : "";
}

qbg_status qbg_account_set_name(qbg_account *account, const char *name) {
    if (!account) return QBG_E_ARGUMENT;
    if (qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(account->workspace);
    return qbg__end(change,
                    qbg__journal_set_text(&account->workspace->journal, &account->name, name));
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

static qbg_status push_domain(qbg_account *account, const char *domain) {
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
    if (!account) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_piece(domain);
    if (status != QBG_OK) return status;
    qbg_blob text;
    qbg__blob_begin(&text, &account->workspace->mem);
    write_domain(domain, &text);
    status = text.status == QBG_OK ? qbg__check_key(qbg_blob_data(&text)) : text.status;
    if (status == QBG_OK && !has_domain(account, qbg_blob_data(&text))) {
        qbg__change change = qbg__begin(account->workspace);
        status = qbg__end(change, push_domain(account, qbg_blob_data(&text)));
    }
    qbg__blob_end(&text);
    return status;
}

uint32_t qbg_account_domain_count(const qbg_account *account) {
    return account ? account->domain_count : 0;
}

const char *qbg_account_domain(const qbg_account *account, uint32_t index) {
    return index < qbg_account_domain_count(account) ? account->domains[index] : "";
}

qbg_status qbg_account_set_potential(qbg_account *account, int64_t potential_minor,
                                     const char *currency) {
    if (!account || !currency) return QBG_E_ARGUMENT;
    if (potential_minor < 0) return QBG_E_RANGE;
    if (!qbg__currency_is_code(currency, strlen(currency))) return QBG_E_TEXT;
    qbg__journal *journal = &account->workspace->journal;
    qbg__change change = qbg__begin(account->workspace);
    qbg_status status = qbg__journal_keep(journal, account->currency, sizeof account->currency);
    if (status == QBG_OK)
        status = qbg__journal_set_int64(journal, &account->potential_minor, potential_minor);
    if (status == QBG_OK) memcpy(account->currency, currency, sizeof account->currency);
    return qbg__end(change, status);
}

int64_t qbg_account_potential_minor(const qbg_account *account) {
    return account ? account->potential_minor : 0;
}

const char *qbg_account_currency(const qbg_account *account) {
    return account ? account->currency : "";
}
