/* revenue.h: the ledger of recurring revenue: customer x month. Kept and written by books; the
 * movements computed from it come with a later release. */
#ifndef QBG_REVENUE_H
#define QBG_REVENUE_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a customer pays in a month. A row is one customer, month and currency: _add adds to it, for
 * payments that come one by one; _put sets it, whatever it was, for totals that are told again and
 * again. month: 1..12. amount_minor: minor units. currency: ISO 4217, "" or NULL when not known,
 * which is a currency of its own. out_put (may be NULL): QBG_PUT_*, created, changed or same.
 * Errors: QBG_E_TEXT; QBG_E_RANGE; QBG_E_OVERFLOW (add); QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_revenue_add(qbg_workspace *workspace, const char *customer, int32_t year,
                                   int32_t month, int64_t amount_minor, const char *currency);
QBG_API qbg_status qbg_revenue_put(qbg_workspace *workspace, const char *customer, int32_t year,
                                   int32_t month, int64_t amount_minor, const char *currency,
                                   int32_t *out_put);

/* The row of a customer, month and currency, or QBG_NONE. Since 0.1 */
QBG_API uint32_t qbg_revenue_find(const qbg_workspace *workspace, const char *customer,
                                  int32_t year, int32_t month, const char *currency);

/* The rows in order of arrival. Past the end: NULL and 0. Since 0.1 */
QBG_API uint32_t qbg_revenue_count(const qbg_workspace *workspace);
QBG_API const char *qbg_revenue_customer(const qbg_workspace *workspace, uint32_t row);
QBG_API int32_t qbg_revenue_year(const qbg_workspace *workspace, uint32_t row);
QBG_API int32_t qbg_revenue_month(const qbg_workspace *workspace, uint32_t row);
QBG_API int64_t qbg_revenue_amount_minor(const qbg_workspace *workspace, uint32_t row);
QBG_API const char *qbg_revenue_currency(const qbg_workspace *workspace, uint32_t row);

#ifdef __cplusplus
}
#endif
#endif
