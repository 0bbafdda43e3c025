/* money.h: amounts as the library counts them: whole minor units, int64, beside a currency. */
#ifndef QBG_MONEY_H
#define QBG_MONEY_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many decimal places an amount in major units has: 2 for "EUR" and for whatever is not known
 * to be other, 0 for "JPY", 3 for "KWD"; 2 for "", no currency. So many places after ISO 4217.
 * currency: three capital letters or "". Errors: QBG_E_ARGUMENT; QBG_E_TEXT no such code. Any
 * thread. Since 0.1 */
QBG_API qbg_status qbg_currency_places(const char *currency, int32_t *out_places);

#ifdef __cplusplus
}
#endif
#endif
