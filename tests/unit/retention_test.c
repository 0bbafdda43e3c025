/* retention_test: net and gross revenue retention, as exact fractions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/real.h"
#include "qbg/retention.h"
#include "qbg/vocabulary.h"

#define UNTOUCHED INT64_C(-77)

typedef struct fraction {
    int64_t numerator, denominator;
    double ratio;
} fraction;

static qbg_status nrr(int64_t start, int64_t expansion, int64_t contraction, int64_t churn,
                      fraction *out) {
    *out = (fraction){UNTOUCHED, UNTOUCHED, (double)UNTOUCHED};
    return qbg_nrr(start, expansion, contraction, churn, &out->numerator, &out->denominator,
                   &out->ratio);
}

static qbg_status grr(int64_t start, int64_t contraction, int64_t churn, fraction *out) {
    *out = (fraction){UNTOUCHED, UNTOUCHED, (double)UNTOUCHED};
    return qbg_grr(start, contraction, churn, &out->numerator, &out->denominator, &out->ratio);
}

static void assert_fraction(const fraction *at, int64_t numerator, int64_t denominator) {
    assert_true(at->numerator == numerator && at->denominator == denominator);
    assert_true(at->ratio == (double)numerator / (double)denominator);
}

static void assert_untouched(const fraction *at) {
    assert_true(at->numerator == UNTOUCHED && at->denominator == UNTOUCHED);
    assert_true(at->ratio == (double)UNTOUCHED);
}

static void the_worked_example_is_105_percent(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(1000000, 200000, 50000, 100000, &at), QBG_OK);
    assert_fraction(&at, 1050000, 1000000);
    assert_true(at.ratio == 1.05);
    assert_int_equal(qbg_retention_trend(at.numerator, at.denominator), QBG_TREND_GROWING);
    assert_int_equal(grr(1000000, 50000, 100000, &at), QBG_OK);
    assert_fraction(&at, 850000, 1000000);
}

static void net_retention_may_be_negative(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(100000, 0, 10000, 95000, &at), QBG_OK);
    assert_fraction(&at, -5000, 100000);
    assert_int_equal(qbg_retention_trend(at.numerator, at.denominator), QBG_TREND_SHRINKING);
}

static void gross_retention_is_never_below_0(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(grr(100000, 10000, 95000, &at), QBG_OK);
    assert_fraction(&at, 0, 100000);
    assert_int_equal(grr(100000, 10000, 90000, &at), QBG_OK);
    assert_fraction(&at, 0, 100000);
    assert_int_equal(grr(100000, 10000, 89999, &at), QBG_OK);
    assert_fraction(&at, 1, 100000);
}

static void without_losses_gross_retention_is_1(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(grr(1, 0, 0, &at), QBG_OK);
    assert_fraction(&at, 1, 1);
    assert_int_equal(nrr(1, 0, 0, 0, &at), QBG_OK);
    assert_fraction(&at, 1, 1);
}

static void negative_inputs_are_refused(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(-1, 0, 0, 0, &at), QBG_E_RANGE);
    assert_untouched(&at);
    assert_int_equal(nrr(1, -1, 0, 0, &at), QBG_E_RANGE);
    assert_int_equal(nrr(1, 0, -1, 0, &at), QBG_E_RANGE);
    assert_int_equal(nrr(1, 0, 0, -1, &at), QBG_E_RANGE);
    assert_int_equal(nrr(0, 0, 0, INT64_MIN, &at), QBG_E_RANGE);
    assert_int_equal(grr(-1, 0, 0, &at), QBG_E_RANGE);
    assert_int_equal(grr(1, -1, 0, &at), QBG_E_RANGE);
    assert_int_equal(grr(1, 0, -1, &at), QBG_E_RANGE);
    assert_untouched(&at);
}

static void a_rate_of_nothing_is_an_error_of_its_own(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(0, 100, 0, 0, &at), QBG_E_ZERO);
    assert_untouched(&at);
    assert_int_equal(grr(0, 0, 0, &at), QBG_E_ZERO);
    assert_untouched(&at);
}

static void what_does_not_fit_is_an_overflow(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(INT64_MAX, 1, 0, 0, &at), QBG_E_OVERFLOW);
    assert_untouched(&at);
    assert_int_equal(nrr(1, 0, INT64_MAX, INT64_MAX, &at), QBG_E_OVERFLOW);
    assert_untouched(&at);
}

static void what_fits_at_the_end_is_answered(void **state) {
    (void)state;
    fraction at;
    assert_int_equal(nrr(INT64_MAX, 1, 1, 0, &at), QBG_OK);
    assert_fraction(&at, INT64_MAX, INT64_MAX);
    assert_int_equal(nrr(INT64_MAX, INT64_MAX, INT64_MAX, 0, &at), QBG_OK);
    assert_fraction(&at, INT64_MAX, INT64_MAX);
    assert_int_equal(nrr(1, 0, INT64_MAX, 0, &at), QBG_OK);
    assert_fraction(&at, 1 - INT64_MAX, 1);
    assert_int_equal(grr(INT64_MAX, INT64_MAX, 0, &at), QBG_OK);
    assert_fraction(&at, 0, INT64_MAX);
}

static void nobody_has_to_ask_for_every_form_of_the_answer(void **state) {
    (void)state;
    double ratio = 0;
    assert_int_equal(qbg_nrr(4, 1, 2, 0, NULL, NULL, &ratio), QBG_OK);
    assert_true(ratio == 0.75);
    assert_int_equal(qbg_nrr(4, 1, 2, 0, NULL, NULL, NULL), QBG_OK);
    assert_int_equal(qbg_grr(4, 1, 2, NULL, NULL, &ratio), QBG_OK);
    assert_true(ratio == 0.25);
}

static void the_trend_is_stable_at_exactly_1(void **state) {
    (void)state;
    assert_int_equal(qbg_retention_trend(100, 100), QBG_TREND_STABLE);
    assert_int_equal(qbg_retention_trend(101, 100), QBG_TREND_GROWING);
    assert_int_equal(qbg_retention_trend(99, 100), QBG_TREND_SHRINKING);
    assert_int_equal(qbg_retention_trend(INT64_MAX, INT64_MAX - 1), QBG_TREND_GROWING);
    assert_int_equal(qbg_retention_trend(0, 1), QBG_TREND_SHRINKING);
    assert_int_equal(qbg_retention_trend(1, 0), QBG_UNSET);
    assert_int_equal(qbg_retention_trend(-1, -2), QBG_UNSET);
}

/* ---- Published cases ---- */

enum { CELLS = 16 };

/* Cuts a line of CSV in place. */
static int cut(char *line, char *cells[CELLS]) {
    int count = 0;
    char *to = line;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *from = line; count < CELLS; from++) {
        int is_quoted = *from == '"';
        cells[count++] = to;
        for (from += is_quoted; *from && (is_quoted ? *from != '"' : *from != ','); from++)
            *to++ = *from;
        from += is_quoted && *from == '"';
        int is_last = *from == '\0';
        *to++ = '\0';
        if (is_last) break;
    }
    return count;
}

static int column_of(char *const header[CELLS], int count, const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(header[i], name) == 0) return i;
    fail_msg("the file has no column %s", name);
    return -1;
}

/* Money in hundredths. */
static int64_t money(const char *text) {
    int64_t minor = 0;
    assert_int_equal(qbg__decimal_read(text, strlen(text), 2, &minor), QBG_OK);
    return minor;
}

static double real(const char *text, double otherwise) {
    double value = otherwise;
    if (text[0] != '\0') assert_int_equal(qbg__real_read(text, strlen(text), &value), QBG_OK);
    return value;
}

static void assert_near(const char *id, double ratio, const char *want, double tolerance) {
    if (want[0] == '\0' || fabs(ratio - real(want, 0)) <= tolerance) return;
    fail_msg("%s: %.17g, not %s", id, ratio, want);
}

static void check_case(char *const header[CELLS], char *const cells[CELLS], int count) {
#define CELL(name) cells[column_of(header, count, name)]
    fraction net, gross;
    int64_t start = money(CELL("start_mrr"));
    int64_t contraction = money(CELL("contraction")), churn = money(CELL("churn"));
    qbg_status status = nrr(start, money(CELL("expansion")), contraction, churn, &net);
    assert_int_equal(grr(start, contraction, churn, &gross), status);
    assert_int_equal(status, start == 0 ? QBG_E_ZERO : QBG_OK);
    if (start == 0) return; /* sources say 0 or null; we say that there is no such rate */
    double tolerance = real(CELL("tolerance"), 1e-12);
    assert_near(CELL("case_id"), net.ratio, CELL("expected_nrr"), tolerance);
    assert_near(CELL("case_id"), gross.ratio, CELL("expected_grr"), tolerance);
#undef CELL
}

static void published_cases_come_out_as_published(void **state) {
    (void)state;
    char path[4096], lines[2][1024];
    char *header[CELLS], *cells[CELLS];
    const char *folder = getenv("QBG_PUBLIC_DATA");
    if (!folder || !folder[0]) {
        print_message("QBG_PUBLIC_DATA is not set: PUBLISHED CASES ARE SKIPPED\n");
        skip();
    }
    snprintf(path, sizeof path, "%s/nrr_cases/nrr_scalar_cases_dev.csv", folder);
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("cannot read %s", path);
    assert_non_null(fgets(lines[0], sizeof lines[0], file));
    int count = cut(lines[0], header), cases = 0;
    while (fgets(lines[1], sizeof lines[1], file)) {
        assert_int_equal(cut(lines[1], cells), count);
        check_case(header, cells, count);
        cases++;
    }
    fclose(file);
    assert_true(cases > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_is_105_percent),
        cmocka_unit_test(net_retention_may_be_negative),
        cmocka_unit_test(gross_retention_is_never_below_0),
        cmocka_unit_test(without_losses_gross_retention_is_1),
        cmocka_unit_test(negative_inputs_are_refused),
        cmocka_unit_test(a_rate_of_nothing_is_an_error_of_its_own),
        cmocka_unit_test(what_does_not_fit_is_an_overflow),
        cmocka_unit_test(what_fits_at_the_end_is_answered),
        cmocka_unit_test(nobody_has_to_ask_for_every_form_of_the_answer),
        cmocka_unit_test(the_trend_is_stable_at_exactly_1),
        cmocka_unit_test(published_cases_come_out_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
