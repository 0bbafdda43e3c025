/* revenue: what customers pay month by month; see qbg/revenue.h. */
#include "qbg/revenue.h"

#include "base/fixed.h"
#include "base/money.h"
#include "model/workspace.h"

#include <string.h>

void qbg__revenue_free(qbg_workspace *workspace) {
    for (uint32_t i = 0; i < workspace->revenue_count; i++)
        qbg__mem_free_text(&workspace->mem, workspace->revenue[i].customer);
    qbg__mem_free(&workspace->mem, workspace->revenue,
                  workspace->revenue_capacity * sizeof *workspace->revenue);
}

void qbg__revenue_bytes(const qbg_workspace *workspace, qbg__memory *memory) {
    for (uint32_t i = 0; i < workspace->revenue_count; i++)
        memory->revenue += qbg__mem_text_bytes(workspace->revenue[i].customer);
    memory->revenue += workspace->revenue_capacity * sizeof *workspace->revenue;
}

/* A row as it was told. */
typedef struct told_row {
    const char *customer, *currency;
    int32_t month;
    int64_t amount_minor;
} told_row;

static int is_same(const void *owner, uint32_t row, const void *wanted) {
    const qbg__revenue *known = &((const qbg_workspace *)owner)->revenue[row];
    const told_row *want = wanted;
    return known->month == want->month && strcmp(known->currency, want->currency) == 0 &&
           strcmp(known->customer, want->customer) == 0;
}

static uint32_t hash_of(const told_row *row) {
    return qbg__index_hash_pair(qbg__index_hash(row->customer, strlen(row->customer)),
                                (uint32_t)row->month);
}

static qbg_status push(qbg_workspace *workspace, const told_row *row) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status =
        qbg__journal_extend(journal, &workspace->revenue, &workspace->revenue_count,
                            &workspace->revenue_capacity, sizeof *workspace->revenue);
    if (status != QBG_OK) return status;
    qbg__revenue *fresh = &workspace->revenue[workspace->revenue_count];
    *fresh = (qbg__revenue){NULL, row->month, "", row->amount_minor};
    memcpy(fresh->currency, row->currency, strlen(row->currency) + 1);
    status = qbg__journal_set_text(journal, &fresh->customer, row->customer);
    if (status != QBG_OK) return status;
    return qbg__index_add(&workspace->revenue_index, journal, hash_of(row),
                          workspace->revenue_count++);
}

static uint32_t find(const qbg_workspace *workspace, const told_row *row) {
    return qbg__index_find(&workspace->revenue_index, hash_of(row), is_same, workspace, row);
}

static qbg_status set_amount(qbg_workspace *workspace, uint32_t at, int64_t amount_minor) {
    return qbg__journal_set_int64(&workspace->journal, &workspace->revenue[at].amount_minor,
                                  amount_minor);
}

static told_row told(const char *customer, int32_t year, int32_t month, int64_t amount_minor,
                     const char *currency) {
    return (told_row){customer, currency ? currency : "", year * 12 + month - 1, amount_minor};
}

static int is_month(int32_t year, int32_t month) {
    return year >= 1970 && year <= 2199 && month >= 1 && month <= 12;
}

static qbg_status check(const qbg_workspace *workspace, const char *customer, int32_t year,
                        int32_t month, const char *currency) {
    if (!workspace) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_key(customer);
    if (status != QBG_OK) return status;
    if (!is_month(year, month)) return QBG_E_RANGE;
    int is_empty = !currency || currency[0] == '\0';
    return is_empty || qbg__currency_is_code(currency, strlen(currency)) ? QBG_OK : QBG_E_TEXT;
}

static qbg_status add(qbg_workspace *workspace, const told_row *row) {
    uint32_t at = find(workspace, row);
    if (at == QBG_NONE) return push(workspace, row);
    int64_t sum = 0;
    if (qbg__add_overflows(workspace->revenue[at].amount_minor, row->amount_minor, &sum))
        return QBG_E_OVERFLOW;
    return set_amount(workspace, at, sum);
}

qbg_status qbg_revenue_add(qbg_workspace *workspace, const char *customer, int32_t year,
                           int32_t month, int64_t amount_minor, const char *currency) {
    qbg_status status = check(workspace, customer, year, month, currency);
    if (status != QBG_OK) return status;
    const told_row row = told(customer, year, month, amount_minor, currency);
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, add(workspace, &row));
}

qbg_status qbg_revenue_put(qbg_workspace *workspace, const char *customer, int32_t year,
                           int32_t month, int64_t amount_minor, const char *currency,
                           int32_t *out_put) {
    qbg_status status = check(workspace, customer, year, month, currency);
    if (status != QBG_OK) return status;
    const told_row row = told(customer, year, month, amount_minor, currency);
    uint32_t at = find(workspace, &row);
    qbg__change change = qbg__begin(workspace);
    status = at == QBG_NONE ? push(workspace, &row) : set_amount(workspace, at, amount_minor);
    int32_t put = qbg__put_of(&change, at == QBG_NONE);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

uint32_t qbg_revenue_find(const qbg_workspace *workspace, const char *customer, int32_t year,
                          int32_t month, const char *currency) {
    if (!workspace || !customer || !is_month(year, month)) return QBG_NONE;
    const told_row row = told(customer, year, month, 0, currency);
    return find(workspace, &row);
}

static const qbg__revenue *row_at(const qbg_workspace *workspace, uint32_t row) {
    return row < qbg_revenue_count(workspace) ? &workspace->revenue[row] : NULL;
}

uint32_t qbg_revenue_count(const qbg_workspace *workspace) {
    return workspace ? workspace->revenue_count : 0;
}

const char *qbg_revenue_customer(const qbg_workspace *workspace, uint32_t row) {
    const qbg__revenue *found = row_at(workspace, row);
    return found ? found->customer : NULL;
}

int32_t qbg_revenue_year(const qbg_workspace *workspace, uint32_t row) {
    const qbg__revenue *found = row_at(workspace, row);
    return found ? found->month / 12 : 0;
}

int32_t qbg_revenue_month(const qbg_workspace *workspace, uint32_t row) {
    const qbg__revenue *found = row_at(workspace, row);
    return found ? found->month % 12 + 1 : 0;
}

int64_t qbg_revenue_amount_minor(const qbg_workspace *workspace, uint32_t row) {
    const qbg__revenue *found = row_at(workspace, row);
    return found ? found->amount_minor : 0;
}

const char *qbg_revenue_currency(const qbg_workspace *workspace, uint32_t row) {
    const qbg__revenue *found = row_at(workspace, row);
    return found ? found->currency : NULL;
}
