/* money: see money.h. The places are those of ISO 4217. */
#include "base/money.h"

#include <string.h>

/* Three letters each, separated by blanks so that no code is found astride. */
static int is_listed(const char *codes, const char *code) {
    const char *found = strlen(code) == 3 ? strstr(codes, code) : NULL;
    return found && code[0] != ' ' && (found - codes) % 4 == 0;
}

int qbg__currency_places(const char *code) {
    if (is_listed("JPY KRW VND CLP ISK XAF XOF XPF UGX PYG RWF", code)) return 0;
    if (is_listed("BHD KWD OMR JOD IQD TND LYD", code)) return 3;
    return 2;
}

int qbg__currency_is_code(const char *text, size_t size) {
    if (size != 3) return 0;
    for (size_t i = 0; i < size; i++)
        if (text[i] < 'A' || text[i] > 'Z') return 0;
    return 1;
}

qbg_status qbg_currency_places(const char *currency, int32_t *out_places) {
    if (!currency || !out_places) return QBG_E_ARGUMENT;
    if (currency[0] != '\0' && !qbg__currency_is_code(currency, strlen(currency)))
        return QBG_E_TEXT;
    *out_places = qbg__currency_places(currency);
    return QBG_OK;
}
