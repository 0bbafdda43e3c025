/* money: currencies. Amounts are whole minor units (base/fixed writes them). */
#ifndef QBG__MONEY_H
#define QBG__MONEY_H

#include "qbg/money.h"

#include <stddef.h>

/* How many decimal places a currency's minor unit has: 2 unless it is known to be other. */
int qbg__currency_places(const char *code);

/* 1 for three letters A-Z. */
int qbg__currency_is_code(const char *text, size_t size);

#endif
