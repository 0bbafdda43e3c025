/* phrase: sentences with values filled in; see phrase.h. Values are collected one by one and not
 * passed as variable arguments: a forgotten one is then an empty place and not a wild read. */
#include "io/phrase.h"

#include <string.h>

#include "io/figure.h"

static const char *const phrases[] = {
#define PHRASE(name, english) [QBG__P_##name] = english,
#include "io/phrases.inc"
#undef PHRASE
};

const char *qbg__phrase_text(qbg__phrase phrase) { return phrases[phrase]; }

void qbg__teller_begin(qbg__teller *teller, qbg_blob *out) {
    memset(teller, 0, sizeof *teller);
    teller->out = out;
    qbg__blob_begin(&teller->values, &out->mem);
}

void qbg__teller_end(qbg__teller *teller) {
    if (teller->out->status == QBG_OK) teller->out->status = teller->values.status;
    qbg__blob_end(&teller->values);
}

/* ---- values ---------------------------------------------------------------------------------- */

qbg_blob *qbg__teller_value(qbg__teller *teller) {
    if (teller->count == QBG__TELLER_VALUES) {
        if (teller->values.status == QBG_OK) teller->values.status = QBG_E_RANGE;
        return &teller->values;
    }
    teller->numbers[teller->count] = 0;
    teller->starts[teller->count++] = teller->values.size;
    return &teller->values;
}

void qbg__teller_text(qbg__teller *teller, const char *text) {
    qbg__figure_write_plain(qbg__teller_value(teller), text, strlen(text));
}

void qbg__teller_int(qbg__teller *teller, int64_t value) {
    qbg__blob_int(qbg__teller_value(teller), value);
    teller->numbers[teller->count - 1] = value;
}

void qbg__teller_figure(qbg__teller *teller, double value, int places) {
    qbg__figure_write(qbg__teller_value(teller), value, places);
}

void qbg__teller_percent(qbg__teller *teller, double ratio) {
    qbg__figure_write_percent(qbg__teller_value(teller), ratio);
}

void qbg__teller_date(qbg__teller *teller, int64_t time_s) {
    qbg__figure_write_date(qbg__teller_value(teller), time_s);
}

/* A failure stays. */
void qbg__teller_clear(qbg__teller *teller) {
    teller->count = 0;
    teller->values.size = 0;
}

/* ---- filling --------------------------------------------------------------------------------- */

static void write_value(const qbg__teller *teller, qbg_blob *out, int value) {
    if (value < 0 || value >= teller->count) return;
    size_t start = teller->starts[value];
    size_t end = value + 1 < teller->count ? teller->starts[value + 1] : teller->values.size;
    qbg__blob_bytes(out, qbg_blob_data(&teller->values) + start, end - start);
}

static int russian_form(uint64_t number) {
    uint64_t tens = number % 100 / 10, ones = number % 10;
    if (tens == 1 || ones == 0 || ones > 4) return 2;
    return ones == 1 ? 0 : 1;
}

/* Which of its forms goes with a number. */
static int form_of(int64_t number, int forms) {
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    if (forms == 1) return 0;
    return forms == 3 ? russian_form(magnitude) : magnitude != 1;
}

/* The word among "one|many" up to `end` that goes with the number of a value. */
static void write_word(const qbg__teller *teller, qbg_blob *out, int value, const char *words,
                       const char *end) {
    int forms = 1;
    for (const char *at = words; at < end; at++) forms += *at == '|';
    int64_t number = value >= 0 && value < teller->count ? teller->numbers[value] : 0;
    for (int form = form_of(number, forms); form > 0; form--)
        words = (const char *)memchr(words, '|', (size_t)(end - words)) + 1;
    const char *stop = memchr(words, '|', (size_t)(end - words));
    qbg__blob_bytes(out, words, (size_t)((stop ? stop : end) - words));
}

void qbg__teller_fill(qbg__teller *teller, qbg_blob *out, const char *text) {
    for (const char *place; (place = strchr(text, '{')) != NULL;) {
        const char *end = strchr(place, '}');
        if (!end) break;
        int value = place[1] - '1';
        qbg__blob_bytes(out, text, (size_t)(place - text));
        if (place[2] == '|')
            write_word(teller, out, value, place + 3, end);
        else
            write_value(teller, out, value);
        text = end + 1;
    }
    qbg__blob_text(out, text);
    qbg__teller_clear(teller);
}

void qbg__teller_say(qbg__teller *teller, qbg__phrase phrase) {
    qbg__teller_fill(teller, teller->out, phrases[phrase]);
}

void qbg__teller_say_to(qbg__teller *teller, qbg_blob *out, qbg__phrase phrase) {
    qbg__teller_fill(teller, out, phrases[phrase]);
}
