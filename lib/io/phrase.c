/* phrase: sentences with values filled in; see phrase.h. Values are collected one by one and not
 * passed as variable arguments: a forgotten one is then an empty place and not a wild read. */
#include "io/phrase.h"

#include <string.h>

#include "base/fixed.h"
#include "base/real.h"
#include "io/figure.h"

static const char *const phrases[][QBG__LANGUAGES] = {
#define PHRASE(name, english, russian)                                                             \
    [QBG__P_##name] = {[QBG__ENGLISH] = english, [QBG__RUSSIAN] = russian},
#include "io/phrases.inc"
#undef PHRASE
};

const char *qbg__phrase_text(qbg__phrase phrase, int language) { return phrases[phrase][language]; }

void qbg__teller_begin(qbg__teller *teller, qbg_blob *out, int language) {
    memset(teller, 0, sizeof *teller);
    teller->out = out;
    teller->language = language;
    qbg__blob_begin(&teller->texts, &out->mem);
}

void qbg__teller_end(qbg__teller *teller) {
    if (teller->out->status == QBG_OK) teller->out->status = teller->texts.status;
    qbg__blob_end(&teller->texts);
}

/* ---- values ---------------------------------------------------------------------------------- */

qbg_blob *qbg__teller_value(qbg__teller *teller) {
    if (teller->count == QBG__TELLER_VALUES) {
        if (teller->texts.status == QBG_OK) teller->texts.status = QBG_E_RANGE;
        return &teller->texts;
    }
    qbg__given *value = &teller->values[teller->count++];
    memset(value, 0, sizeof *value);
    value->start = teller->texts.size;
    return &teller->texts;
}

void qbg__teller_text(qbg__teller *teller, const char *text) {
    qbg__figure_write_plain(qbg__teller_value(teller), text, strlen(text));
}

/* What words go with, of a number that may be longer than any integer. */
static void count_by(qbg__given *value, const char *text, size_t size) {
    for (size_t i = text[0] == '-'; i < size; i++) {
        value->has_fraction |= text[i] < '0' || text[i] > '9';
        if (value->has_fraction) return;
        value->whole = value->whole * 10 + (uint64_t)(text[i] - '0');
        if (value->whole >= 1000000) value->whole = 1000000 + value->whole % 100;
    }
}

/* A number as programs write it. */
static void give_decimal(qbg__teller *teller, const char *text, size_t size) {
    qbg_blob *out = qbg__teller_value(teller);
    count_by(&teller->values[teller->count - 1], text, size);
    qbg__language_write_decimal(out, teller->language, text, size);
}

void qbg__teller_int(qbg__teller *teller, int64_t value) {
    char text[32];
    give_decimal(teller, text, qbg__decimal_write(value, 0, text));
}

void qbg__teller_figure(qbg__teller *teller, double value, int places) {
    char text[32];
    give_decimal(teller, text, qbg__figure_text(value, places, text));
}

void qbg__teller_exact(qbg__teller *teller, double value) {
    char text[32];
    give_decimal(teller, text, qbg__real_write(value, text));
}

void qbg__teller_percent(qbg__teller *teller, double ratio) {
    qbg__language_write_percent(qbg__teller_value(teller), teller->language, ratio);
}

void qbg__teller_date(qbg__teller *teller, int64_t time_s) {
    qbg__language_write_date(qbg__teller_value(teller), teller->language, time_s);
}

void qbg__teller_as_of(qbg__teller *teller, int64_t as_of_s) {
    qbg__language_write_as_of(qbg__teller_value(teller), teller->language, as_of_s);
}

/* A failure stays. */
void qbg__teller_clear(qbg__teller *teller) {
    teller->count = 0;
    teller->texts.size = 0;
}

/* ---- filling --------------------------------------------------------------------------------- */

/* Returns whether it ends with a full stop. */
static int write_value(const qbg__teller *teller, qbg_blob *out, int value) {
    if (value < 0 || value >= teller->count) return 0;
    int is_last = value + 1 == teller->count;
    size_t start = teller->values[value].start;
    size_t end = is_last ? teller->texts.size : teller->values[value + 1].start;
    const char *texts = qbg_blob_data(&teller->texts);
    qbg__blob_bytes(out, texts + start, end - start);
    return end > start && texts[end - 1] == '.';
}

/* The word among "one|many" up to `end` that goes with the number of a value. */
static void write_word(const qbg__teller *teller, qbg_blob *out, int value, const char *words,
                       const char *end) {
    static const qbg__given none = {0, 0, 0};
    int is_given = value >= 0 && value < teller->count;
    const qbg__given *with = is_given ? &teller->values[value] : &none;
    int forms = 1;
    for (const char *at = words; at < end; at++) forms += *at == '|';
    int form = qbg__language_form(teller->language, forms, with->whole, with->has_fraction);
    for (; form > 0; form--) words = (const char *)memchr(words, '|', (size_t)(end - words)) + 1;
    const char *stop = memchr(words, '|', (size_t)(end - words));
    qbg__blob_bytes(out, words, (size_t)((stop ? stop : end) - words));
}

void qbg__teller_fill(qbg__teller *teller, qbg_blob *out, const char *text) {
    for (const char *place; (place = strchr(text, '{')) != NULL;) {
        const char *end = strchr(place, '}');
        if (!end) break;
        int value = place[1] - '1', is_stopped = 0;
        qbg__blob_bytes(out, text, (size_t)(place - text));
        if (place[2] == '|')
            write_word(teller, out, value, place + 3, end);
        else
            is_stopped = write_value(teller, out, value);
        text = end + 1;
        if (is_stopped && *text == '.') text++;
    }
    qbg__blob_text(out, text);
    qbg__teller_clear(teller);
}

void qbg__teller_say(qbg__teller *teller, qbg__phrase phrase) {
    qbg__teller_say_to(teller, teller->out, phrase);
}

void qbg__teller_say_to(qbg__teller *teller, qbg_blob *out, qbg__phrase phrase) {
    qbg__teller_fill(teller, out, phrases[phrase][teller->language]);
}

void qbg__teller_wrap(const qbg__teller *teller, qbg_blob *out, qbg__phrase phrase,
                      const char *text) {
    const char *form = phrases[phrase][teller->language];
    const char *place = strstr(form, "{1}");
    qbg__blob_bytes(out, form, (size_t)(place - form));
    qbg__figure_write_plain(out, text, strlen(text));
    qbg__blob_text(out, place + 3);
}
