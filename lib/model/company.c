/* company: a name is cut into pieces at blanks, quotation marks, commas and brackets. The letters
 * of all pieces, folded, lie end to end, so that "z o.o.", "z.o.o." and "zoo" are the same bytes,
 * and a form of several words is looked up like one. From both ends the longest form is taken off,
 * again and again; then those in between that cannot be anything else.
 *
 * A base is compared by two texts. The key keeps the script, so that "Saks" and "Sachs" stay two.
 * The sound is Latin for all, and makes the ways to write Russian names one; it is compared only
 * between a name in Latin letters and one in Cyrillic. */
#include "model/company.h"

#include "base/script.h"
#include "base/text.h"

#include <string.h>

/* ---- Marks ----------------------------------------------------------------------------------- */

static int is_blank(uint32_t code) {
    return code <= ' ' || code == 0x7F || code == 0xA0 || (code >= 0x2000 && code <= 0x200F) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x2060 ||
           code == 0x3000 || code == 0xFEFF;
}

/* Apostrophes are none: they are parts of words. */
static int is_quote(uint32_t code) {
    switch (code) {
    case '"':
    case '`':
    case 0xAB:   /* « */
    case 0xBB:   /* » */
    case 0x201C: /* “ */
    case 0x201D: /* ” */
    case 0x201E: /* „ */
    case 0x201F:
    case 0x2039: /* ‹ */
    case 0x203A: /* › */
    case 0x2033:
    case 0x300C: /* 「 */
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0xFF02: return 1;
    default: return 0;
    }
}

static int is_apostrophe(uint32_t code) {
    return code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x2BC || code == 0xB4;
}

static int is_opening(uint32_t code) { return code == '(' || code == '[' || code == 0xFF08; }
static int is_closing(uint32_t code) { return code == ')' || code == ']' || code == 0xFF09; }

/* A letter of a script that has no table here, and digits of any. */
static int is_other_letter(uint32_t code) {
    if (code < 0x250) return 0;
    if (code >= 0x2000 && code <= 0x2BFF) return 0; /* punctuation, symbols */
    if (code >= 0x3000 && code <= 0x3004) return 0; /* ideographic marks */
    if (code >= 0x3008 && code <= 0x3020) return 0;
    if (code == 0x30FB || (code >= 0xFE00 && code <= 0xFE6F)) return 0;
    return code < 0xFF00 || code > 0xFFEF || qbg__script_of(code - 0xFEE0) != 0;
}

static int is_letter(uint32_t code) {
    return qbg__script_of(code) != QBG__SCRIPT_OTHER || is_other_letter(code);
}

static int is_word_character(uint32_t code) {
    if (code >= 0xFF10 && code <= 0xFF19) return 1;
    return qbg__text_is_digit(code) || code == '&' || code == '+' || is_letter(code);
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

/* Each Cyrillic letter with a twin as its twin. */
static size_t put_core(uint32_t code, char out[4]) {
    size_t size = qbg__script_bare(code, out);
    const char *at = out;
    if (size != 2) return size;
    uint32_t twin = qbg__script_latin_twin(qbg__text_next(&at, out + size));
    if (twin == 0) return size;
    out[0] = (char)twin;
    return 1;
}

typedef struct cutter {
    qbg__company *company;
    size_t core;      /* used of it */
    qbg__piece *open; /* NULL between pieces */
    int is_full;
} cutter;

static void close_piece(cutter *self, const char *at) {
    if (!self->open) return;
    self->open->size = (uint32_t)(at - self->open->at);
    self->open = NULL;
}

static void open_piece(cutter *self, const char *at) {
    qbg__company *company = self->company;
    if (self->open || self->is_full) return;
    if (company->count == QBG__COMPANY_PIECES - 1) {
        self->is_full = 1;
        return;
    }
    self->open = &company->pieces[company->count++];
    *self->open = (qbg__piece){at, 0, (uint16_t)self->core, 0, 1};
}

static void take_character(cutter *self, const char *at, uint32_t code) {
    char bytes[4];
    open_piece(self, at);
    if (self->is_full || !is_word_character(code)) return;
    size_t size = put_core(code, bytes);
    if (self->core + size > QBG__COMPANY_BYTES) {
        self->is_full = 1;
        return;
    }
    memcpy(self->company->core + self->core, bytes, size);
    self->core += size;
    self->open->scripts |= (uint8_t)qbg__script_of(code);
}

/* "1,5" is one word. */
static int ends_piece(uint32_t code, const char *next, const char *end) {
    if (is_closing(code)) return 1;
    if (code != ',' && code != ';') return 0;
    return next == end || !qbg__text_is_digit((unsigned char)*next);
}

static void cut(cutter *self) {
    const char *at = self->company->name;
    const char *end = at + self->company->size;
    while (at < end && !self->is_full) {
        const char *start = at;
        uint32_t code = qbg__text_next(&at, end);
        if (is_blank(code) || is_quote(code)) {
            close_piece(self, start);
            continue;
        }
        if (is_opening(code)) close_piece(self, start);
        take_character(self, start, code);
        if (ends_piece(code, at, end)) close_piece(self, at);
    }
    close_piece(self, at);
    self->company->pieces[self->company->count].core = (uint16_t)self->core;
}

/* ---- Legal forms ----------------------------------------------------------------------------- */

/* The pieces from `low` to before `high` are still looked at. */
typedef struct range {
    uint32_t low, high;
} range;

static size_t core_size(const qbg__company *company, uint32_t low, uint32_t high) {
    return (size_t)(company->pieces[high].core - company->pieces[low].core);
}

/* As abbreviations are written: with two full stops, a slash, or a capital behind a small letter.
 */
static int is_dotted(const char *at, const char *end) {
    int stops = 0, was_small = 0;
    for (; at < end; at++) {
        if (*at == '/' || (was_small && *at >= 'A' && *at <= 'Z')) return 1;
        stops += *at == '.';
        was_small = *at >= 'a' && *at <= 'z';
    }
    return stops > 1;
}

static uint8_t form_of(const qbg__company *company, uint32_t low, uint32_t high, int place) {
    size_t size = core_size(company, low, high);
    int scripts = 0;
    if (size == 0 || size > QBG__FORM_MOST) return QBG__FORM_NONE;
    for (uint32_t i = low; i < high; i++) scripts |= company->pieces[i].scripts;
    const char *core = company->core + company->pieces[low].core;
    uint8_t found = qbg__form_find(core, size, scripts, place | QBG__FORM_DOTTED);
    if (found == QBG__FORM_NONE) return QBG__FORM_NONE;
    const qbg__piece *last = &company->pieces[high - 1];
    if (is_dotted(company->pieces[low].at, last->at + last->size)) return found;
    return qbg__form_find(core, size, scripts, place);
}

static int is_core(const qbg__company *company, uint32_t piece, const char *text) {
    size_t size = core_size(company, piece, piece + 1);
    return size == strlen(text) &&
           memcmp(company->core + company->pieces[piece].core, text, size) == 0;
}

/* Where the longest common form at the end begins; `high` when there is none. */
static uint32_t common_form(const qbg__company *company, uint32_t low, uint32_t high) {
    for (uint32_t i = low; i < high; i++)
        if (qbg__form_is_common(form_of(company, i, high, QBG__FORM_BACK))) return i;
    return high;
}

/* Is there a name? "The" is none, and neither are forms that all the world has, however many. */
static int is_name(const qbg__company *company, uint32_t low, uint32_t high) {
    while (core_size(company, low, high) > 0) {
        uint32_t before = common_form(company, low, high);
        if (before == high) break;
        high = before;
    }
    if (core_size(company, low, high) == 0) return 0;
    while (core_size(company, low, low + 1) == 0) low++;
    return !is_core(company, low, "the") || core_size(company, low + 1, high) > 0;
}

static void drop(qbg__company *company, uint32_t low, uint32_t high, uint8_t form) {
    for (uint32_t i = low; i < high; i++) company->pieces[i].is_kept = 0;
    company->form = qbg__form_unite(company->form, form);
}

/* What stood between the name and its form: "&", "and", and marks without a letter. */
static int is_left_over(const qbg__company *company, uint32_t piece) {
    if (core_size(company, piece, piece + 1) == 0) return 1;
    return is_core(company, piece, "&") || is_core(company, piece, "and") ||
           is_core(company, piece, "und");
}

/* The letters of "A B C" belong together: no form ends between two of them. */
static int is_between_initials(const qbg__company *company, uint32_t piece) {
    return core_size(company, piece - 1, piece) == 1 && core_size(company, piece, piece + 1) == 1;
}

static int drop_back(qbg__company *company, range *at) {
    for (uint32_t i = at->low + 1; i < at->high; i++) {
        if (core_size(company, i, i + 1) == 0) continue;
        uint8_t form = form_of(company, i, at->high, QBG__FORM_BACK);
        if (form == QBG__FORM_NONE || !is_name(company, at->low, i)) continue;
        if (is_between_initials(company, i)) continue;
        while (i > at->low + 1 && is_left_over(company, i - 1)) i--;
        drop(company, i, at->high, form);
        at->high = i;
        return 1;
    }
    return 0;
}

static int drop_front(qbg__company *company, range *at) {
    for (uint32_t i = at->high - 1; i > at->low; i--) {
        if (core_size(company, i - 1, i) == 0) continue;
        uint8_t form = form_of(company, at->low, i, QBG__FORM_FRONT);
        if (form == QBG__FORM_NONE || !is_name(company, i, at->high)) continue;
        if (is_between_initials(company, i)) continue;
        drop(company, at->low, i, form);
        at->low = i;
        return 1;
    }
    return 0;
}

static void drop_inside(qbg__company *company, range at) {
    const uint32_t most = 4; /* words of a form */
    for (uint32_t i = at.low + 1; i + 1 < at.high; i++)
        for (uint32_t j = i + most < at.high ? i + most : at.high - 1; j > i; j--) {
            if (core_size(company, i, i + 1) == 0 || core_size(company, j - 1, j) == 0) continue;
            uint8_t form = form_of(company, i, j, QBG__FORM_INSIDE);
            if (form == QBG__FORM_NONE) continue;
            drop(company, i, j, form);
            i = j - 1;
            break;
        }
}

static void drop_forms(qbg__company *company) {
    range at = {0, company->count};
    if (!is_name(company, 0, company->count)) return;
    while (drop_back(company, &at) || drop_front(company, &at)) continue;
    drop_inside(company, at);
}

/* "Inc. & Co", "ООО". */
static int is_all_form(const qbg__company *company) {
    if (core_size(company, 0, company->count) == 0) return 0;
    if (!is_name(company, 0, company->count)) return !is_core(company, 0, "the");
    return form_of(company, 0, company->count, QBG__FORM_FRONT | QBG__FORM_BACK) != QBG__FORM_NONE;
}

/* "SAS" and "AMBA" may be names of somebody yet; what is a form wherever it stands is none. */
static int can_be_compared(const qbg__company *company) {
    if (!is_name(company, 0, company->count)) return 0;
    if (!company->is_form) return 1;
    return form_of(company, 0, company->count, QBG__FORM_INSIDE) == QBG__FORM_NONE &&
           !(company->pieces[0].scripts & QBG__SCRIPT_CYRILLIC);
}

/* What is too long for a name is one piece, and has no form. */
static void take_whole(qbg__company *company) {
    const char *at = company->name, *end = at + company->size;
    int scripts = 0;
    while (at < end) scripts |= qbg__script_of(qbg__text_fold(qbg__text_next(&at, end)));
    company->count = 1;
    company->pieces[0] =
        (qbg__piece){company->name, (uint32_t)company->size, 0, (uint8_t)scripts, 1};
    company->pieces[1].core = 0;
}

void qbg__company_read(const char *name, size_t size, qbg__company *out) {
    out->name = name;
    out->size = size;
    out->form = QBG__FORM_NONE;
    out->scripts = 0;
    out->count = 0;
    cutter self = {out, 0, NULL, 0};
    cut(&self);
    if (self.is_full)
        take_whole(out);
    else
        drop_forms(out);
    out->is_form = !self.is_full && is_all_form(out);
    out->is_name = self.is_full || can_be_compared(out);
    for (uint32_t i = 0; i < out->count; i++)
        if (out->pieces[i].is_kept) out->scripts |= out->pieces[i].scripts;
}

/* ---- The base -------------------------------------------------------------------------------- */

/* Marks that mean nothing at the ends of a name. */
static int is_loose(uint32_t code) {
    return code == ',' || code == ';' || code == ':' || code == '!' || code == '-' || code == '/' ||
           code == '|' || code == '\\' || code == '*' || code == '_' || code == '=' ||
           (code >= 0x2010 && code <= 0x2015) || code == 0x2022 || code == 0xB7;
}

static void trim_piece(const char **at, const char **end, int is_first, int is_last) {
    while (is_first && *at < *end) {
        const char *next = *at;
        if (!is_loose(qbg__text_next(&next, *end))) break;
        *at = next;
    }
    while (is_last && *at < *end) {
        const char *last = *end - 1;
        while (last > *at && ((unsigned char)*last & 0xC0) == 0x80) last--;
        const char *next = last;
        if (!is_loose(qbg__text_next(&next, *end))) break;
        *end = last;
    }
}

/* The first and the last piece with something in them; 0 when there is none. */
static int find_ends(const qbg__company *company, uint32_t *out_first, uint32_t *out_last) {
    int is_found = 0;
    for (uint32_t i = 0; i < company->count; i++) {
        const qbg__piece *piece = &company->pieces[i];
        const char *at = piece->at, *end = piece->at + piece->size;
        trim_piece(&at, &end, 1, 1);
        if (!piece->is_kept || at == end) continue;
        if (!is_found) *out_first = i;
        *out_last = i;
        is_found = 1;
    }
    return is_found;
}

void qbg__company_put_base(const qbg__company *company, qbg_blob *out) {
    uint32_t first = 0, last = 0;
    if (company->is_form) return;
    if (!find_ends(company, &first, &last)) {
        const char *name = company->name;
        size_t size = company->size;
        qbg__text_trim(&name, &size);
        qbg__blob_bytes(out, name, size);
        return;
    }
    const char *before = NULL;
    for (uint32_t i = first; i <= last; i++) {
        const qbg__piece *piece = &company->pieces[i];
        const char *at = piece->at, *end = piece->at + piece->size;
        if (!piece->is_kept) continue;
        trim_piece(&at, &end, i == first, i == last);
        if (i > first && at != before) qbg__blob_char(out, ' ');
        qbg__blob_bytes(out, at, (size_t)(end - at));
        before = end;
    }
}

/* ---- Words for comparing --------------------------------------------------------------------- */

typedef struct word {
    const char *at, *end;
    uint32_t letters;   /* and digits */
    int scripts;        /* of its letters */
    int without_a_twin; /* of those that look like no letter of the other script */
    int is_number;      /* it has no letter */
} word;

/* "й" may be written as two characters. */
static uint32_t next_character(const char **at, const char *end) {
    const uint32_t small_i = 0x438, short_i = 0x439, breve = 0x306;
    uint32_t code = qbg__text_next(at, end);
    const char *next = *at;
    if (qbg__text_fold(code) != small_i || next == end || qbg__text_next(&next, end) != breve)
        return code;
    *at = next;
    return short_i;
}

/* A letter as it is compared, which may be two; the first one, for its script. */
static uint32_t bare(uint32_t code, char out[4], size_t *out_size) {
    const char *at = out;
    *out_size = qbg__script_bare(code, out);
    return *out_size > 0 ? qbg__text_next(&at, out + *out_size) : 0;
}

static void count_letter(word *self, uint32_t code) {
    char bytes[4];
    size_t size;
    uint32_t letter = bare(code, bytes, &size);
    int script = qbg__script_of(letter);
    self->letters++;
    self->scripts |= script;
    self->is_number &= script == QBG__SCRIPT_OTHER && !is_other_letter(letter);
    if (script == QBG__SCRIPT_LATIN && !qbg__script_cyrillic_twin(letter))
        self->without_a_twin |= script;
    if (script == QBG__SCRIPT_CYRILLIC && !qbg__script_latin_twin(letter))
        self->without_a_twin |= script;
}

static int is_mark(uint32_t code) { return code >= 0x300 && code <= 0x36F; }

/* Does the word go on behind this character, which is none of a word? The full stops of "U.S." do
 * not count, that of "Dr.Web" does. */
static int goes_on(uint32_t code, uint32_t letters_since_stop) {
    if (is_apostrophe(code) || is_mark(code)) return 1;
    return code == '.' && letters_since_stop == 1;
}

/* The next word in front of `end`; 0 when there is none. "&" and "+" are words. */
static int next_word(const char **at, const char *end, word *out) {
    uint32_t since_stop = 0;
    *out = (word){NULL, NULL, 0, 0, 0, 1};
    while (*at < end) {
        const char *start = *at;
        uint32_t code = next_character(at, end);
        int is_sign = code == '&' || code == '+';
        if (is_word_character(code) && !is_sign) {
            if (!out->at) out->at = start;
            out->end = *at;
            count_letter(out, code);
            since_stop++;
            continue;
        }
        if (out->at && goes_on(code, since_stop)) {
            if (code == '.') since_stop = 0;
            continue;
        }
        if (out->at) {
            *at = start;
            return 1;
        }
        if (!is_sign) continue;
        *out = (word){start, *at, 1, 0, 0, 1};
        return 1;
    }
    return out->at != NULL;
}

/* Looks like the other script's: as the word's other letters are, or Latin when all could be. */
static uint32_t twin_of(const word *self, uint32_t letter) {
    if (self->without_a_twin & QBG__SCRIPT_LATIN && self->without_a_twin & QBG__SCRIPT_CYRILLIC)
        return 0;
    return self->without_a_twin & QBG__SCRIPT_CYRILLIC ? qbg__script_cyrillic_twin(letter)
                                                       : qbg__script_latin_twin(letter);
}

static void put_key_letter(const word *self, uint32_t code, qbg_blob *out) {
    char bytes[4];
    size_t size;
    uint32_t twin = twin_of(self, bare(code, bytes, &size));
    if (twin) size = qbg__text_put(twin, bytes);
    qbg__blob_bytes(out, bytes, size);
}

/* A Cyrillic word may have Latin letters in it that only look so. */
static void put_sound_letter(const word *self, uint32_t code, qbg_blob *out) {
    char bytes[4];
    size_t size;
    uint32_t letter = bare(code, bytes, &size), twin = 0;
    int is_cyrillic = self->scripts & QBG__SCRIPT_CYRILLIC;
    if (is_cyrillic && !(self->without_a_twin & QBG__SCRIPT_LATIN))
        twin = qbg__script_cyrillic_twin(letter);
    else if (is_cyrillic && !(self->without_a_twin & QBG__SCRIPT_CYRILLIC))
        twin = qbg__script_latin_twin(letter);
    if (twin) {
        letter = twin;
        size = qbg__text_put(twin, bytes);
    }
    const char *latin = qbg__script_romanised(letter);
    if (latin)
        qbg__blob_text(out, latin);
    else
        qbg__blob_bytes(out, bytes, size);
}

typedef void put_letter(const word *self, uint32_t code, qbg_blob *out);

static void put_word(const word *self, put_letter *put, qbg_blob *out) {
    for (const char *at = self->at; at < self->end;) {
        uint32_t code = next_character(&at, self->end);
        if (is_word_character(code)) put(self, code, out);
    }
}

/* "&", "and", "und", "и". */
static int says_and(const word *self) {
    static const char *const words[] = {"&", "and", "und", "и"};
    char text[16];
    size_t size = 0, letter;
    if (self->letters > 3) return 0;
    for (const char *at = self->at; at < self->end; size += letter) {
        uint32_t code = next_character(&at, self->end);
        if (size + 4 > sizeof text) return 0;
        bare(code, text + size, &letter);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (size == strlen(words[i]) && memcmp(words[i], text, size) == 0) return 1;
    return 0;
}

typedef struct writer {
    qbg_blob *out;
    put_letter *put;
    const char *and; /* what is written for it */
    size_t start;
    int was_initial; /* the last word: "A B C" is "ABC" */
    int has_letter;
} writer;

static void write_word(writer *self, const word *found) {
    int is_and = says_and(found);
    int is_initial = found->letters == 1 && !found->is_number && !is_and;
    if (self->out->size > self->start && !(self->was_initial && is_initial))
        qbg__blob_char(self->out, ' ');
    if (is_and)
        qbg__blob_text(self->out, self->and);
    else
        put_word(found, self->put, self->out);
    self->was_initial = is_initial;
    self->has_letter |= !is_and && !found->is_number;
}

/* The words of the base with a blank between them; nothing when none has a letter. */
static void write_words(const qbg__company *company, writer *self) {
    for (uint32_t i = 0; i < company->count; i++) {
        const char *at = company->pieces[i].at, *end = at + company->pieces[i].size;
        word found;
        while (company->pieces[i].is_kept && next_word(&at, end, &found)) write_word(self, &found);
    }
    if (!self->has_letter) qbg__blob_cut(self->out, self->start);
}

/* ---- Key and sound --------------------------------------------------------------------------- */

/* Takes the first bytes of what was written out, and blanks behind them. */
static void drop_head(writer *self, size_t size) {
    if (self->out->status != QBG_OK) return;
    char *text = self->out->bytes + self->start;
    size_t left = self->out->size - self->start;
    while (size < left && text[size] == ' ') size++;
    memmove(text, text + size, left - size);
    qbg__blob_cut(self->out, self->start + left - size);
}

static void drop_tail(writer *self, size_t size) {
    size_t left = self->out->size - size;
    while (left > self->start && self->out->bytes[left - 1] == ' ') left--;
    qbg__blob_cut(self->out, left);
}

/* Japanese, Chinese and Korean forms, which are written without a blank, longer ones first. */
static void drop_eastern_form(writer *self) {
    static const char *const forms[] = {"股份有限公司", "有限责任公司", "有限公司", "株式会社",
                                        "有限会社",     "合同会社",     "주식회사", "유한회사"};
    const char *whole = qbg_blob_data(self->out) + self->start;
    const char *end = qbg_blob_data(self->out) + self->out->size;
    if (whole == end || !((whole[0] | end[-1]) & 0x80)) return; /* most names by far */
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t size = strlen(forms[i]), left = self->out->size - self->start;
        const char *text = qbg_blob_data(self->out) + self->start;
        if (left <= size) continue;
        if (memcmp(text, forms[i], size) == 0) {
            drop_head(self, size);
            return;
        }
        if (memcmp(text + left - size, forms[i], size) != 0) continue;
        drop_tail(self, size);
        return;
    }
}

static void drop_article(writer *self) {
    static const char article[] = "the ";
    const size_t size = sizeof article - 1;
    if (self->out->size - self->start <= size) return;
    if (memcmp(qbg_blob_data(self->out) + self->start, article, size) == 0) drop_head(self, size);
}

static void write_name(const qbg__company *company, writer *self) {
    self->start = self->out->size;
    if (!company->is_name) return;
    write_words(company, self);
    if (self->out->status != QBG_OK) return;
    drop_article(self);
    drop_eastern_form(self);
}

void qbg__company_put_key(const qbg__company *company, qbg_blob *out) {
    writer self = {out, put_key_letter, "&", 0, 0, 0};
    write_name(company, &self);
}

void qbg__company_put_sound(const qbg__company *company, qbg_blob *out) {
    const size_t least = 3; /* "IT" and «ИТ» are too many */
    writer self = {out, put_sound_letter, "i", 0, 0, 0};
    write_name(company, &self);
    if (out->status != QBG_OK || out->size == self.start) return;
    size_t size = qbg__script_soften(out->bytes + self.start, out->size - self.start);
    qbg__blob_cut(out, self.start + (size < least ? 0 : size));
}

/* ---- Public ---------------------------------------------------------------------------------- */

static qbg_status check(const qbg_allocator *allocator, const char *name, qbg__mem *out_mem) {
    if (!name) return QBG_E_ARGUMENT;
    if (!qbg__text_is_utf8(name, strlen(name))) return QBG_E_TEXT;
    return qbg__mem_init(out_mem, allocator);
}

qbg_status qbg_company_base(const qbg_allocator *allocator, const char *name, qbg_blob **out_base) {
    qbg__mem mem;
    qbg__company company;
    qbg_status status = check(allocator, name, &mem);
    if (status != QBG_OK || !out_base) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    qbg_blob *blob = qbg__blob_new(&mem);
    if (!blob) return QBG_E_MEMORY;
    qbg__company_read(name, strlen(name), &company);
    qbg__company_put_base(&company, blob);
    status = blob->status;
    if (status == QBG_OK)
        *out_base = blob;
    else
        qbg_blob_free(blob);
    return status;
}

/* Two texts that are not empty, end to end in a blob. */
static int are_halves_same(const qbg_blob *texts, size_t half) {
    const char *bytes = qbg_blob_data(texts);
    return half > 0 && texts->size == 2 * half && memcmp(bytes, bytes + half, half) == 0;
}

int qbg__company_is_same(const qbg__company *a, const qbg__company *b, qbg_blob *scratch) {
    if (qbg__form_differs(a->form, b->form)) return 0;
    qbg__blob_rewind(scratch);
    qbg__company_put_key(a, scratch);
    size_t half = scratch->size;
    qbg__company_put_key(b, scratch);
    if (are_halves_same(scratch, half)) return 1;
    if (!((a->scripts ^ b->scripts) & QBG__SCRIPT_CYRILLIC)) return 0;
    qbg__blob_rewind(scratch);
    qbg__company_put_sound(a, scratch);
    half = scratch->size;
    qbg__company_put_sound(b, scratch);
    return are_halves_same(scratch, half);
}

qbg_status qbg_company_is_same(const qbg_allocator *allocator, const char *name, const char *other,
                               int32_t *out_is_same) {
    qbg__mem mem;
    qbg__company a, b;
    qbg_blob scratch;
    qbg_status status = check(allocator, name, &mem);
    if (status == QBG_OK) status = check(allocator, other, &mem);
    if (status != QBG_OK || !out_is_same) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    qbg__company_read(name, strlen(name), &a);
    qbg__company_read(other, strlen(other), &b);
    qbg__blob_begin(&scratch, &mem);
    int is_same = qbg__company_is_same(&a, &b, &scratch);
    status = scratch.status;
    qbg__blob_end(&scratch);
    if (status == QBG_OK) *out_is_same = is_same;
    return status;
}
