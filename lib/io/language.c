/* language: numbers, dates and plurals of each language; see language.h. What differs is data, in
 * the way of Unicode's CLDR but small enough to be read at a glance; libc's locales are not asked,
 * since they are the host's. */
#include "io/language.h"

#include <string.h>

#include "base/civil.h"
#include "base/fixed.h"
#include "io/figure.h"

#define FORMS 3 /* of a word beside whole numbers, in any language of the table */

/* The numbers that take a form: number % modulus lies in first..last (modulus 0: the number itself
 * does), unless number % 100 lies in but_first..but_last. */
typedef struct plural {
    uint64_t modulus, first, last, but_first, but_last;
} plural;

/* All that differs. */
typedef struct rules {
    const char *name;
    const char *decimal_mark;
    const char *group_mark; /* between groups of three digits, in numbers of `grouped` or more */
    size_t grouped;
    const char *percent;
    /* In braces: Year, Month, Day, hour, minute, second; day without a zero, Name of the month. */
    const char *date, *day, *instant;
    const char *months[12];
    int forms;         /* of a word beside whole numbers */
    int fraction_form; /* the one of them that fractions take, too */
    plural plurals[FORMS - 1];
} rules;

/* The no-break space, which a reader's program does not break a number at. */
#define NBSP "\xC2\xA0"

static const rules languages[QBG__LANGUAGES] = {
    [QBG__ENGLISH] =
        {
            .name = "en",
            .decimal_mark = ".",
            .group_mark = "",
            .grouped = 4,
            .percent = "%",
            .date = "{Y}-{M}-{D}",
            .day = "{Y}-{M}-{D}",
            .instant = "{Y}-{M}-{D}T{h}:{m}:{s}Z",
            .forms = 2,
            .fraction_form = 1,
            .plurals = {{0, 1, 1, 1, 0}},
        },
    [QBG__RUSSIAN] =
        {
            .name = "ru",
            .decimal_mark = ",",
            .group_mark = NBSP,
            .grouped = 5,
            .percent = NBSP "%",
            .date = "{d} {N} {Y} г.",
            .day = "{D}.{M}.{Y}",
            .instant = "{d} {N} {Y} г., {h}:{m}:{s} UTC",
            .months = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
                       "сентября", "октября", "ноября", "декабря"},
            .forms = 3,
            .fraction_form = 1,
            .plurals = {{10, 1, 1, 11, 11}, {10, 2, 4, 12, 14}},
        },
};

int qbg__language_of(const char *lang) {
    for (int i = 0; lang && i < QBG__LANGUAGES; i++)
        if (strcmp(languages[i].name, lang) == 0) return i;
    return QBG__ENGLISH;
}

const char *qbg__language_name(int language) { return languages[language].name; }

/* ---- numbers --------------------------------------------------------------------------------- */

static size_t count_digits(const char *at, const char *end) {
    const char *from = at;
    while (at < end && *at >= '0' && *at <= '9') at++;
    return (size_t)(at - from);
}

static void write_whole(qbg_blob *out, const rules *in, const char *digits, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0 && count >= in->grouped)
            qbg__blob_text(out, in->group_mark);
        qbg__blob_char(out, digits[i]);
    }
}

void qbg__language_write_decimal(qbg_blob *out, int language, const char *text, size_t size) {
    const rules *in = &languages[language];
    const char *at = text, *end = text + size;
    if (at < end && *at == '-') qbg__blob_char(out, *at++);
    size_t count = count_digits(at, end);
    write_whole(out, in, at, count);
    at += count;
    if (at < end && *at == '.') {
        qbg__blob_text(out, in->decimal_mark);
        at++;
    }
    qbg__blob_bytes(out, at, (size_t)(end - at));
}

void qbg__language_write_int(qbg_blob *out, int language, int64_t value) {
    char text[32];
    size_t size = qbg__decimal_write(value, 0, text);
    qbg__language_write_decimal(out, language, text, size);
}

void qbg__language_write_figure(qbg_blob *out, int language, double value, int places) {
    char text[32];
    size_t size = qbg__figure_text(value, places, text);
    qbg__language_write_decimal(out, language, text, size);
}

void qbg__language_write_percent(qbg_blob *out, int language, double ratio) {
    qbg__language_write_int(out, language, qbg__figure_round(ratio, 2));
    qbg__blob_text(out, languages[language].percent);
}

/* ---- times ----------------------------------------------------------------------------------- */

/* An instant in the calendar. */
typedef struct moment {
    int32_t year, month, day, hour, minute, second;
} moment;

static void write_padded(qbg_blob *out, int32_t value) {
    if (value < 10) qbg__blob_char(out, '0');
    qbg__blob_int(out, value);
}

static void write_part(qbg_blob *out, const rules *in, const moment *at, char part) {
    switch (part) {
    case 'Y': qbg__blob_int(out, at->year); break;
    case 'M': write_padded(out, at->month); break;
    case 'N': qbg__blob_text(out, in->months[at->month - 1]); break;
    case 'D': write_padded(out, at->day); break;
    case 'd': qbg__blob_int(out, at->day); break;
    case 'h': write_padded(out, at->hour); break;
    case 'm': write_padded(out, at->minute); break;
    case 's': write_padded(out, at->second); break;
    default: break;
    }
}

static void write_time(qbg_blob *out, const rules *in, const char *pattern, int64_t time_s) {
    moment at;
    if (!qbg__time_is_valid(time_s)) return;
    qbg_time_to_civil(time_s, &at.year, &at.month, &at.day, &at.hour, &at.minute, &at.second);
    for (const char *place; (place = strchr(pattern, '{')) != NULL; pattern = place + 3) {
        qbg__blob_bytes(out, pattern, (size_t)(place - pattern));
        write_part(out, in, &at, place[1]);
    }
    qbg__blob_text(out, pattern);
}

void qbg__language_write_date(qbg_blob *out, int language, int64_t time_s) {
    write_time(out, &languages[language], languages[language].date, time_s);
}

void qbg__language_write_day(qbg_blob *out, int language, int64_t time_s) {
    write_time(out, &languages[language], languages[language].day, time_s);
}

void qbg__language_write_as_of(qbg_blob *out, int language, int64_t as_of_s) {
    const rules *in = &languages[language];
    int is_day = as_of_s % QBG__DAY_S == QBG__DAY_S - 1;
    write_time(out, in, is_day ? in->date : in->instant, as_of_s);
}

/* ---- plurals --------------------------------------------------------------------------------- */

int qbg__language_forms(int language) { return languages[language].forms; }

static int takes(const plural *form, uint64_t number) {
    uint64_t rest = form->modulus ? number % form->modulus : number, last_two = number % 100;
    int is_exception = last_two >= form->but_first && last_two <= form->but_last;
    return rest >= form->first && rest <= form->last && !is_exception;
}

int qbg__language_form(int language, int forms, uint64_t whole, int has_fraction) {
    const rules *in = &languages[language];
    if (forms < in->forms) return forms > 1 && (has_fraction || whole != 1);
    if (has_fraction) return forms > in->forms ? in->forms : in->fraction_form;
    for (int form = 0; form < in->forms - 1; form++)
        if (takes(&in->plurals[form], whole)) return form;
    return in->forms - 1;
}
