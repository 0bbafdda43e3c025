/* legal_form: a sorted list, halved for each question; see legal_form.h. Each entry is there as it
 * is written, to be read, and as names are folded, to be compared; a test holds them together.
 * There is no rule for legal forms: each country has its own, and writes them in its own ways. */
#include "model/legal_form.h"

#include "base/script.h"
#include "base/text.h"

#include <string.h>

/* Families, each named after one of its forms. The first four are in use the world over. */
enum {
    ANY = QBG__FORM_NONE + 1, /* "Company", "& Co": says nothing */
    LIMITED,
    STOCK,
    PLC,
    LAST_COMMON = PLC,
    PARTNERS,
    KG,
    SNC,
    TOVARISHCHESTVO,
    KD,
    LAST_PARTNERS = KD,
    EK, /* merchants, one person each */
    IP,
    FOP,
    ET,
    PP,
    UNITARNOE, /* of a state */
    NKO,       /* not for profit, like the next two */
    KOOPERATIV,
    VEREIN,
    LAST_ODD = VEREIN,
    /* Companies with a capital, limited or by shares: of countries that write in other letters, and
     * tell others their forms in English; and of those that write in Latin ones. */
    OOO,
    AO,
    TOO,
    AK,
    OSOO,
    TOV,
    AT,
    TAA,
    OOD,
    AD,
    DOO,
    SHPS,
    SPE,
    XXK,
    MMC,
    AE,
    KK,
    GONGSI,
    JUSIK,
    CONG_TY,
    LAST_TRANSLATED = CONG_TY,
    AB,
    AG,
    ANONIM,
    AS,
    BV,
    DD,
    GMBH,
    KFT,
    LTDA,
    NV,
    OU,
    OY,
    PT,
    SA,
    SARL,
    SAS,
    SE,
    SHA,
    SIA,
    SL,
    SPA,
    SPOLKA_AKCYJNA,
    SP_ZOO,
    SRL,
    SRO,
    STI,
    UAB,
    ZRT,
};

enum {
    FRONT = QBG__FORM_FRONT,
    BACK = QBG__FORM_BACK,
    INSIDE = QBG__FORM_INSIDE,
    DOTTED = QBG__FORM_DOTTED,
    ENDS = FRONT | BACK,
    ANYWHERE = ENDS | INSIDE
};

#define FORM(text, core, family, places) {text, core, family, places},
static const struct {
    const char *text, *core;
    uint8_t family, places;
} forms[] = {
#include "model/legal_form.list.inc"
};
#undef FORM

#define FORM_COUNT (sizeof forms / sizeof *forms)

/* The order of an entry and of bytes. */
static int compare(const char *entry, const char *core, size_t size) {
    int order = strncmp(entry, core, size);
    return order != 0 ? order : entry[size] != '\0';
}

static size_t lower_bound(const char *core, size_t size) {
    size_t low = 0, high = FORM_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(forms[middle].core, core, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int scripts_of(const char *text) {
    int scripts = 0;
    for (const char *end = text + strlen(text); text < end;)
        scripts |= qbg__script_of(qbg__text_next(&text, end));
    return scripts;
}

uint8_t qbg__form_find(const char *core, size_t size, int scripts, int place) {
    for (size_t i = lower_bound(core, size); i < FORM_COUNT; i++) {
        if (compare(forms[i].core, core, size) != 0) break;
        int own = scripts_of(forms[i].text);
        if ((own & scripts) != own || !(forms[i].places & place & ANYWHERE)) continue;
        if (!(forms[i].places & DOTTED) || place & DOTTED) return forms[i].family;
    }
    return QBG__FORM_NONE;
}

int qbg__form_is_common(uint8_t family) {
    return family != QBG__FORM_NONE && family <= LAST_COMMON;
}

/* Of two local ones neither is believed: "Oy" and "Ab" say the same in two languages. */
uint8_t qbg__form_unite(uint8_t a, uint8_t b) {
    if (a == b || b == QBG__FORM_NONE) return a;
    if (a == QBG__FORM_NONE || a == ANY) return b;
    if (b == ANY) return a;
    if (qbg__form_is_common(a) && qbg__form_is_common(b)) return a;
    if (qbg__form_is_common(a)) return b;
    return qbg__form_is_common(b) ? a : (uint8_t)ANY;
}

enum { CAPITAL, PARTNERSHIP, ODD };

static int kind_of(uint8_t family) {
    if (family <= LAST_COMMON || family > LAST_ODD) return CAPITAL;
    return family <= LAST_PARTNERS ? PARTNERSHIP : ODD;
}

/* "LLC" may be an "ООО" in English. Nobody says it of a "GmbH". */
static int may_translate(uint8_t common, uint8_t local) {
    return common < PLC && local > LAST_ODD && local <= LAST_TRANSLATED;
}

/* Beside a "plc" there mostly is a "Ltd" of that name. */
int qbg__form_differs(uint8_t a, uint8_t b) {
    if (a == b || a <= ANY || b <= ANY) return 0;
    if (a < PLC && b < PLC) return 0;
    if (kind_of(a) == PARTNERSHIP && kind_of(b) == PARTNERSHIP)
        return a != PARTNERS && b != PARTNERS;
    return !may_translate(a, b) && !may_translate(b, a);
}

const char *qbg__form_at(size_t number, const char **out_core) {
    if (number >= FORM_COUNT) return NULL;
    *out_core = forms[number].core;
    return forms[number].text;
}
