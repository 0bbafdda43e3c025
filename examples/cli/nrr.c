/* nrr: net and gross revenue retention from totals, read exactly. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

struct totals {
    int64_t start, expansion, contraction, churn;
};

/* ISO 4217: minor units where they are not 2. */
static int places_of(const char *code) {
    static const char none[] = "JPY KRW VND CLP ISK XAF XOF XPF UGX PYG RWF";
    static const char three[] = "BHD KWD OMR JOD IQD TND LYD";
    return strstr(none, code) ? 0 : strstr(three, code) ? 3 : 2;
}

/* The decimal places of --currency, whose letters may be small ones. */
static int read_places(const struct options *options, int *out_places) {
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    static const char capital[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *currency = options->value[OPTION_CURRENCY];
    char code[4] = "";
    *out_places = 2;
    if (!currency) return CLI_FINE;
    for (int i = 0; i < 3 && currency[i]; i++) {
        const char *letter = strchr(small, currency[i]);
        code[i] = letter ? capital[letter - small] : currency[i];
    }
    if (strlen(currency) != 3 || strspn(code, capital) != 3) {
        complain("--currency %s is not an ISO 4217 code: write three letters, as in EUR", currency);
        return CLI_USAGE;
    }
    *out_places = places_of(code);
    return CLI_FINE;
}

/* Appends a decimal digit; 0 when it does not fit. */
static int append_digit(int64_t *minor, int digit) {
    if (*minor > (INT64_MAX - digit) / 10) return 0;
    *minor = *minor * 10 + digit;
    return 1;
}

/* Digits up to the first other character; -1 when they are too many for 64 bits. */
static int read_digits(const char *text, int64_t *minor) {
    int count = 0;
    for (; text[count] >= '0' && text[count] <= '9'; count++)
        if (!append_digit(minor, text[count] - '0')) return -1;
    return count;
}

static int bad_amount(int option, const char *text, const char *advice) {
    complain("%s %s %s", option_name(option), text, advice);
    return CLI_USAGE;
}

static int read_amount(const struct options *options, int option, int places, int64_t *out) {
    const char *text = options->value[option];
    if (!text) {
        complain("%s is missing: %s; %s", option_name(option), option_meaning(option),
                 option == OPTION_START ? "it has to be more than 0" : "give 0 if there was none");
        return CLI_USAGE;
    }
    if (text[0] == '-')
        return bad_amount(option, text, "is negative: give the amount without a sign");
    int64_t minor = 0;
    int whole = read_digits(text, &minor), fraction = 0;
    int has_point = whole > 0 && text[whole] == '.';
    if (has_point) fraction = read_digits(text + whole + 1, &minor);
    int fits = whole >= 0 && fraction >= 0;
    if (fits && (whole == 0 || text[whole + has_point + fraction] || (has_point && fraction == 0)))
        return bad_amount(option, text,
                          "is not a plain decimal number: write 1000000 or 1000000.50");
    if (fraction > places) {
        complain("%s %s has more decimal places than the currency: %d", option_name(option), text,
                 places);
        return CLI_USAGE;
    }
    for (; fits && fraction < places; fraction++) fits = append_digit(&minor, 0);
    if (!fits) return bad_amount(option, text, "does not fit into 64 bits: use a larger unit");
    *out = minor;
    return CLI_FINE;
}

static int read_totals(const struct options *options, struct totals *out) {
    int places;
    int code = read_places(options, &places);
    if (code == CLI_FINE) code = read_amount(options, OPTION_START, places, &out->start);
    if (code == CLI_FINE) code = read_amount(options, OPTION_EXPANSION, places, &out->expansion);
    if (code == CLI_FINE)
        code = read_amount(options, OPTION_CONTRACTION, places, &out->contraction);
    if (code == CLI_FINE) code = read_amount(options, OPTION_CHURN, places, &out->churn);
    return code;
}

static int no_rate(qbg_status status) {
    if (status == QBG_E_ZERO)
        complain(
            "--start 0: there was no revenue to retain, so there is no rate; give the recurring "
            "revenue when the period began");
    else if (status == QBG_E_OVERFLOW)
        complain("the amounts add up to more than 64 bits hold: use a larger unit");
    else
        return failed("no rate", status);
    return CLI_USAGE;
}

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* The denominator is positive, so the divisor is, too. */
static void print_rate(FILE *file, const char *name, double ratio, int64_t numerator,
                       int64_t denominator, const char *tail) {
    int64_t divisor = common_divisor(numerator, denominator);
    fprintf(file, "%s %.2f %%, exactly %" PRId64 "/%" PRId64 "%s\n", name, 100 * ratio,
            numerator / divisor, denominator / divisor, tail);
}

static int print_rates(FILE *file, const struct totals *totals) {
    int64_t numerator, denominator;
    double ratio;
    char tail[64];
    qbg_status status = qbg_nrr(totals->start, totals->expansion, totals->contraction,
                                totals->churn, &numerator, &denominator, &ratio);
    if (status != QBG_OK) return no_rate(status);
    snprintf(tail, sizeof tail, ", %s",
             qbg_word_label(QBG_WORDS_TREND, qbg_retention_trend(numerator, denominator), "en"));
    print_rate(file, "NRR", ratio, numerator, denominator, tail);
    status = qbg_grr(totals->start, totals->contraction, totals->churn, &numerator, &denominator,
                     &ratio);
    if (status != QBG_OK) return no_rate(status);
    print_rate(file, "GRR", ratio, numerator, denominator, "");
    return CLI_FINE;
}

int run_nrr(const struct options *options) {
    struct totals totals;
    struct page page;
    int code = read_totals(options, &totals);
    if (code == CLI_FINE) code = page_open(&page);
    if (code != CLI_FINE) return code;
    code = print_rates(page.file, &totals);
    if (code == CLI_FINE) return page_put(&page, options);
    page_drop(&page);
    return code;
}
