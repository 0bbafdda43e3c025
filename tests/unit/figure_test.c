/* figure: rounding as a reader would do it, dates, and texts on one line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/blob.h"
#include "base/civil.h"
#include "io/figure.h"
#include "rounds.h"

static qbg_blob out;

static int set_up(void **state) {
    qbg__mem mem;
    (void)state;
    if (qbg__mem_init(&mem, NULL) != QBG_OK) return 1;
    qbg__blob_begin(&out, &mem);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    qbg__blob_end(&out);
    return 0;
}

static void assert_said(const char *expected) {
    assert_string_equal(qbg_blob_data(&out), expected);
    qbg__blob_clear(&out);
}

static void assert_figure(double value, int places, const char *expected) {
    qbg__figure_write(&out, value, places);
    assert_said(expected);
}

static void rounds_what_is_written(void **state) {
    (void)state;
    assert_figure(0.285, 2, "0.29"); /* the double lies below */
    assert_figure(1.005, 2, "1.01");
    assert_figure(2.5, 0, "3");
    assert_figure(0.5, 0, "1");
    assert_figure(0.49999999999999994, 0, "0");
    assert_figure(99.95, 1, "100.0");
    assert_figure(28.49864907413386, 1, "28.5");
    assert_figure(0.45597838518614175, 3, "0.456");
}

static void pads_with_zeros(void **state) {
    (void)state;
    assert_figure(0, 3, "0.000");
    assert_figure(12, 2, "12.00");
    assert_figure(0.5, 3, "0.500");
}

static void writes_negative_figures(void **state) {
    (void)state;
    assert_figure(-2.5, 0, "-3");
    assert_figure(-0.04, 1, "0.0");
    assert_figure(-0.0, 1, "0.0");
    assert_figure(-12.345, 2, "-12.35");
}

static void rounds_very_small_and_very_large_values(void **state) {
    (void)state;
    assert_int_equal(qbg__figure_round(4e-7, 6), 0);
    assert_int_equal(qbg__figure_round(5e-7, 6), 1);
    assert_int_equal(qbg__figure_round(5e-7, 5), 0);
    assert_int_equal(qbg__figure_round(1e-300, 6), 0);
    assert_int_equal(qbg__figure_round(1e15, 3), INT64_C(1000000000000000000));
    assert_int_equal(qbg__figure_round(1e20, 3), INT64_MAX);
    assert_int_equal(qbg__figure_round(1e22, 0), INT64_MAX);
    assert_int_equal(qbg__figure_round(-1e22, 0), -INT64_MAX);
}

static void writes_times_as_programs_do(void **state) {
    (void)state;
    qbg__figure_write_time(&out, 86399);
    assert_said("1970-01-01T23:59:59Z");
    qbg__figure_write_date(&out, 86399);
    assert_said("1970-01-01");
}

static void writes_nothing_for_no_time(void **state) {
    (void)state;
    qbg__figure_write_date(&out, QBG_UNDATED);
    qbg__figure_write_time(&out, QBG_UNDATED);
    assert_said("");
}

static void assert_plain(const char *text, const char *expected) {
    qbg__figure_write_plain(&out, text, strlen(text));
    assert_said(expected);
}

static void keeps_texts_on_one_line(void **state) {
    (void)state;
    assert_plain("", "");
    assert_plain("Ёлка, «Р» 漢", "Ёлка, «Р» 漢");
    assert_plain("a\r\nb", "a  b");
    assert_plain("\x1B[2J\x7F", " [2J ");
    assert_plain("\xC2\x9B"
                 "2J\xC2\xA0.",
                 " 2J\xC2\xA0.");
}

/* U+202A to U+202E and U+2066 to U+2069, but not their neighbours: U+2029, U+202F, U+2065 and
 * U+206A. */
static void turns_no_direction_of_writing(void **state) {
    (void)state;
    assert_plain("a\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC\xE2\x80\xAD\xE2\x80\xAE"
                 "b",
                 "a     b");
    assert_plain("a\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9"
                 "b",
                 "a    b");
    assert_plain("\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA",
                 "\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA");
    assert_plain("\xD7\xA9\xD7\x9C\xE2\x80\x8F", "\xD7\xA9\xD7\x9C\xE2\x80\x8F");
}

static void assert_brief(const char *text, size_t width, const char *expected) {
    qbg__figure_write_brief(&out, text, strlen(text), width);
    assert_said(expected);
}

static void cuts_what_is_too_wide(void **state) {
    (void)state;
    assert_brief("", 5, "");
    assert_brief("Ёлочк", 5, "Ёлочк");
    assert_brief("Ёлочка", 5, "Ёлоч…");
    assert_brief("漢字漢", 6, "漢字漢");
    assert_brief("漢字漢", 5, "漢字…");
    assert_brief("漢字漢", 4, "漢…");
    assert_brief("e\xCC\x81t\xC3\xA9", 3, "e\xCC\x81t\xC3\xA9");
    assert_brief("e\xCC\x81t\xC3\xA9", 2, "e\xCC\x81…");
    assert_brief("a\nb\xE2\x80\xAE"
                 "cd",
                 5, "a b …");
    assert_brief("ab", 1, "…");
}

static void assert_rounds_alike(double value) {
    for (int places = 0; places <= 6; places++)
        assert_int_equal(qbg__figure_round(value, places),
                         qbg__figure_round_shortest(value, places));
}

/* Whatever is near a half, or near the limits of the short way, and much in between. */
static void rounds_as_the_digits_do(void **state) {
    static const double starts[] = {0.5, 0.285, 1.005, 99.995, 0.9999995, 1e9, 999.5, 0, 2.5e-7};
    uint64_t seed = 20251122;
    (void)state;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        for (int step = -40; step <= 40; step++) {
            assert_rounds_alike(starts[i] + step * 1e-16);
            assert_rounds_alike(starts[i] + step * 5e-8);
            assert_rounds_alike(-starts[i] + step * 1e-9);
        }
    for (unsigned i = 0; i < rounds(20000); i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        double half = (double)(seed >> 44) / 2;
        assert_rounds_alike(half / 100);
        assert_rounds_alike(half / 1000000);
        assert_rounds_alike((double)(seed >> 11) * 0x1p-50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_what_is_written),
        cmocka_unit_test(pads_with_zeros),
        cmocka_unit_test(writes_negative_figures),
        cmocka_unit_test(rounds_very_small_and_very_large_values),
        cmocka_unit_test(writes_times_as_programs_do),
        cmocka_unit_test(writes_nothing_for_no_time),
        cmocka_unit_test(keeps_texts_on_one_line),
        cmocka_unit_test(turns_no_direction_of_writing),
        cmocka_unit_test(cuts_what_is_too_wide),
        cmocka_unit_test(rounds_as_the_digits_do),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
