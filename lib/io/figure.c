/* figure: rounded numbers, dates, texts on one line; see figure.h. Rounding works on the digits
 * of the shortest decimal, not on the double times a power of ten: the product rounds by itself,
 * and the figure would sometimes differ from what the full number in CSV and JSON rounds to. */
#include "io/figure.h"

#include <string.h>

#include "base/civil.h"
#include "base/fixed.h"
#include "base/real.h"
#include "base/text.h"

/* ---- numbers --------------------------------------------------------------------------------- */

/* Digits with a point and no exponent. */
static int64_t round_digits(const char *at, int places) {
    int64_t units = 0;
    int behind_point = 0, taken = 0;
    for (; *at; at++) {
        if (*at == '.') {
            behind_point = 1;
            continue;
        }
        taken += behind_point;
        if (taken > places) break;
        if (qbg__mul_overflows(units, 10, &units)) return INT64_MAX;
        if (qbg__add_overflows(units, *at - '0', &units)) return INT64_MAX;
    }
    if (taken > places) return *at >= '5' && units < INT64_MAX ? units + 1 : units;
    for (; taken < places; taken++)
        if (qbg__mul_overflows(units, 10, &units)) return INT64_MAX;
    return units;
}

/* Exponents are written from 1e21 up, which does not fit, and below 1e-6, which rounds to 0 unless
 * it is half of the last place. */
static int64_t round_magnitude(const char *text, int places) {
    const char *exponent = strchr(text, 'e');
    if (!exponent) return round_digits(text, places);
    if (exponent[1] == '+') return INT64_MAX;
    return places == 6 && strcmp(exponent, "e-7") == 0 && text[0] >= '5';
}

int64_t qbg__figure_round_shortest(double value, int places) {
    char text[32];
    qbg__real_write(value, text);
    if (text[0] == 'n') return 0;
    int is_negative = text[0] == '-';
    int64_t units = round_magnitude(text + is_negative, places);
    return is_negative ? -units : units;
}

/* The product is off by less than CLOSE, here and in the shortest form: so unless it is that close
 * to a half, all of them round alike. Else, and for what is large, negative or no number: 0. */
#define CLOSE 1e-6
#define LARGE 1e9

static int round_product(double value, int places, int64_t *out_units) {
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double product = value * powers[places];
    if (!(product >= 0 && product < LARGE)) return 0;
    int64_t whole = (int64_t)product;
    double rest = product - (double)whole;
    if (rest > 0.5 - CLOSE && rest < 0.5 + CLOSE) return 0;
    *out_units = whole + (rest > 0.5);
    return 1;
}

int64_t qbg__figure_round(double value, int places) {
    int64_t units;
    return round_product(value, places, &units) ? units : qbg__figure_round_shortest(value, places);
}

size_t qbg__figure_text(double value, int places, char out[32]) {
    return qbg__money_write(qbg__figure_round(value, places), places, out);
}

void qbg__figure_write(qbg_blob *out, double value, int places) {
    char text[32];
    size_t size = qbg__figure_text(value, places, text);
    qbg__blob_bytes(out, text, size);
}

/* ---- times ----------------------------------------------------------------------------------- */

void qbg__figure_write_time(qbg_blob *out, int64_t time_s) {
    char text[24];
    if (!qbg__time_is_valid(time_s)) return;
    size_t size = qbg__civil_write(time_s, text);
    qbg__blob_bytes(out, text, size);
}

void qbg__figure_write_date(qbg_blob *out, int64_t time_s) {
    char text[12];
    if (!qbg__time_is_valid(time_s)) return;
    size_t size = qbg__civil_write_date(time_s, text);
    qbg__blob_bytes(out, text, size);
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* 1 for the characters that embed, override or isolate a direction of writing: U+202A to U+202E
 * and U+2066 to U+2069, in UTF-8 E2 80 AA .. AE and E2 81 A6 .. A9. */
static int turns_direction(unsigned char second, unsigned char third) {
    if (second == 0x80) return third >= 0xAA && third <= 0xAE;
    return second == 0x81 && third >= 0xA6 && third <= 0xA9;
}

/* How many bytes the control character at `at` takes; 0 when there is none. In UTF-8 the second
 * bank of them, which terminals obey too, is C2 80 .. C2 9F. */
static size_t control_size(const char *at, const char *end) {
    unsigned char first = (unsigned char)*at;
    if (first < 0x20 || first == 0x7F) return 1;
    if (first < 0xC2 || end - at < 2) return 0;
    unsigned char second = (unsigned char)at[1];
    if (first == 0xC2) return second >= 0x80 && second <= 0x9F ? 2 : 0;
    if (first != 0xE2 || end - at < 3) return 0;
    return turns_direction(second, (unsigned char)at[2]) ? 3 : 0;
}

void qbg__figure_write_plain(qbg_blob *out, const char *bytes, size_t size) {
    const char *end = bytes + size;
    const char *from = bytes;
    for (const char *at = bytes; at < end;) {
        size_t control = control_size(at, end);
        if (control == 0) {
            at++;
            continue;
        }
        qbg__blob_bytes(out, from, (size_t)(at - from));
        qbg__blob_char(out, ' ');
        at += control;
        from = at;
    }
    qbg__blob_bytes(out, from, (size_t)(end - from));
}

/* How wide it shows once each control character is a blank. */
static size_t plain_width(const char *at, size_t size) {
    return control_size(at, at + size) > 0 ? 1 : qbg__text_width(at, size);
}

/* How many bytes fit into that many columns. */
static size_t fitting_size(const char *bytes, size_t size, size_t width) {
    const char *at = bytes;
    while (at < bytes + size) {
        const char *next = at;
        qbg__text_next(&next, bytes + size);
        size_t columns = plain_width(at, (size_t)(next - at));
        if (columns > width) break;
        width -= columns;
        at = next;
    }
    return (size_t)(at - bytes);
}

void qbg__figure_write_brief(qbg_blob *out, const char *bytes, size_t size, size_t width) {
    if (fitting_size(bytes, size, width) == size) {
        qbg__figure_write_plain(out, bytes, size);
        return;
    }
    qbg__figure_write_plain(out, bytes, fitting_size(bytes, size, width - 1));
    qbg__blob_text(out, "…");
}
