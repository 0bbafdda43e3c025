/* civil_test: dates in and out, at both ends of time and around every corner of the calendar. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/civil.h"

#include <string.h>

#define UNTOUCHED INT64_C(-77)

static qbg_status read_as(const char *text, int day_end, int64_t *out_s) {
    *out_s = UNTOUCHED;
    return qbg__civil_read(text, strlen(text), day_end, out_s);
}

static void assert_reads(const char *text, int64_t want_s) {
    int64_t time_s;
    assert_int_equal(read_as(text, 0, &time_s), QBG_OK);
    assert_int_equal(time_s, want_s);
}

static void assert_refused(const char *text, qbg_status status) {
    int64_t time_s;
    if (read_as(text, 0, &time_s) != status) fail_msg("\"%s\" is not refused as %d", text, status);
    assert_int_equal(time_s, UNTOUCHED);
    assert_int_equal(read_as(text, 1, &time_s), status);
}

static void test_dates(void **state) {
    (void)state;
    int64_t time_s;
    assert_reads("1970-01-01", 0);
    assert_reads("2025-11-19", 1763510400);
    assert_reads("2000-02-29", 951782400);
    assert_reads("2199-12-31", 7258032000);
    assert_int_equal(read_as("2025-11-19", 1, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763596799);
    assert_int_equal(read_as("2199-12-31", 1, &time_s), QBG_OK);
    assert_int_equal(time_s, QBG__TIME_LAST);
    assert_int_equal(read_as("2025-11-19T12:00:00Z", 1, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763553600);
}

static void test_forms(void **state) {
    (void)state;
    assert_reads("2025-11-19T12:00:00Z", 1763553600);
    assert_reads("2025-11-19t12:00:00z", 1763553600);
    assert_reads("2025-11-19 12:00:00", 1763553600);
    assert_reads("2025-11-19T12:00", 1763553600);
    assert_reads("2025-11-19 12:00Z", 1763553600);
    assert_reads("2025-11-19T12:00:00.999999999Z", 1763553600);
    assert_reads("2025-11-19T12:00:00.5+00:00", 1763553600);
    assert_reads("2025-11-19T15:00:00+03:00", 1763553600);
    assert_reads("2025-11-19T15:00+0300", 1763553600);
    assert_reads("2025-11-19T06:30:00-05:30", 1763553600);
    assert_reads("2025-11-19T12:00:00-00:00", 1763553600);
    assert_reads("2025-11-20T11:59:00+23:59", 1763553600);
    assert_reads("2025-11-18T12:01:00-23:59", 1763553600);
}

static void test_no_times(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "2025",
        "2025-11",
        "2025-11-1",
        "2025-1-11",
        "25-11-19",
        "+2025-11-19",
        "2025/11/19",
        "19.11.2025",
        "20251119",
        " 2025-11-19",
        "2025-11-19 ",
        "2025-11-19Z",
        "2025-11-19+03:00",
        "2025-11-19T",
        "2025-11-19T12",
        "2025-11-19T12Z",
        "2025-11-19T12:",
        "2025-11-19T12:0",
        "2025-11-19T12:00:",
        "2025-11-19T12:00:0",
        "2025-11-19T12:00:00.",
        "2025-11-19T12:00:00.Z",
        "2025-11-19T12:00:00,5Z",
        "2025-11-19T12:00.5Z",
        "2025-11-19T12:00:00 Z",
        "2025-11-19  12:00:00",
        "2025-11-19_12:00:00",
        "2025-11-19T12:00:00ZZ",
        "2025-11-19T12:00:00Z ",
        "2025-11-19T12:00:00+",
        "2025-11-19T12:00:00+03",
        "2025-11-19T12:00:00+3:00",
        "2025-11-19T12:00:00+03:0",
        "2025-11-19T12:00:00+03:",
        "2025-11-19T12:00:00+03:000",
        "2025-11-19T12:00:00+03:00Z",
        "2025-11-19T12:00:00+24:00",
        "2025-11-19T12:00:00+03:60",
        "2025-11-19T24:00:00Z",
        "2025-11-19T23:60:00Z",
        "2025-11-19T23:59:60Z",
        "2025-11-19T-1:00:00Z",
        "2025-00-10",
        "2025-13-10",
        "2025-10-00",
        "2025-01-32",
        "2025-04-31",
        "2025-06-31",
        "2025-09-31",
        "2025-11-31",
        "2025-02-29",
        "2024-02-30",
        "2100-02-29",
        "2025-1a-10",
        "2025-11-19T12:00:00\xD0\x97",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(texts[i], QBG_E_FORMAT);
}

static void test_range(void **state) {
    (void)state;
    assert_reads("1970-01-01T00:00:00Z", QBG__TIME_FIRST);
    assert_reads("2199-12-31T23:59:59Z", QBG__TIME_LAST);
    assert_reads("1969-12-31T23:30-01:00", 1800);
    assert_reads("1970-01-01T03:00+03:00", 0);
    assert_reads("2200-01-01T02:59:59+03:00", QBG__TIME_LAST);
    assert_refused("1969-12-31", QBG_E_RANGE);
    assert_refused("1969-12-31T23:59:59Z", QBG_E_RANGE);
    assert_refused("2200-01-01", QBG_E_RANGE);
    assert_refused("1970-01-01T02:59:59+03:00", QBG_E_RANGE);
    assert_refused("2199-12-31T23:00-01:00", QBG_E_RANGE);
    assert_refused("0000-02-29", QBG_E_RANGE);
    assert_refused("9999-12-31", QBG_E_RANGE);
}

/* The size ends the text, not a NUL. */
static void test_size(void **state) {
    (void)state;
    const char text[] = "2025-11-19T12:00:00Z";
    int64_t time_s;
    assert_int_equal(qbg__civil_read(text, 10, 0, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763510400);
    for (size_t size = 0; size < sizeof text - 1; size++) {
        int is_time = size == 10 || size == 16 || size == 19;
        assert_int_equal(qbg__civil_read(text, size, 0, &time_s), is_time ? QBG_OK : QBG_E_FORMAT);
    }
    assert_int_equal(qbg__civil_read(text, sizeof text, 0, &time_s), QBG_E_FORMAT);
}

static void test_public_read(void **state) {
    (void)state;
    int64_t time_s = UNTOUCHED;
    assert_int_equal(qbg_time_from_text(NULL, 0, &time_s), QBG_E_ARGUMENT);
    assert_int_equal(qbg_time_from_text("2025-11-19", 0, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_time_from_text("2025-11-19", 2, &time_s), QBG_E_ARGUMENT);
    assert_int_equal(qbg_time_from_text("2025-11-19", -1, &time_s), QBG_E_ARGUMENT);
    assert_int_equal(qbg_time_from_text("2025-11", 0, &time_s), QBG_E_FORMAT);
    assert_int_equal(time_s, UNTOUCHED);
    assert_int_equal(qbg_time_from_text("2025-11-19", 1, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763596799);
}

/* Day after day through all the years, counted by hand. */
static void test_every_day(void **state) {
    (void)state;
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t want_s = 0;
    for (int32_t year = 1970; year < 2200; year++) {
        int is_leap = year == 2000 || (year % 4 == 0 && year % 100 != 0);
        for (int32_t month = 1; month <= 12; month++) {
            int32_t last = days[month - 1] + (month == 2 && is_leap);
            for (int32_t day = 1; day <= last; day++, want_s += 86400) {
                int64_t time_s;
                int32_t y, m, d, hour, minute, second;
                assert_int_equal(qbg_time_from_civil(year, month, day, 0, 0, 0, &time_s), QBG_OK);
                assert_int_equal(time_s, want_s);
                assert_int_equal(
                    qbg_time_to_civil(want_s + 86399, &y, &m, &d, &hour, &minute, &second), QBG_OK);
                assert_true(y == year && m == month && d == day);
                assert_true(hour == 23 && minute == 59 && second == 59);
            }
            int64_t none;
            assert_int_equal(qbg_time_from_civil(year, month, last + 1, 0, 0, 0, &none),
                             QBG_E_RANGE);
        }
    }
    assert_int_equal(want_s, QBG__TIME_LAST + 1);
}

static void test_public_civil(void **state) {
    (void)state;
    int64_t time_s = UNTOUCHED;
    int32_t hour = -5;
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 12, 34, 56, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763555696);
    assert_int_equal(qbg_time_to_civil(time_s, NULL, NULL, NULL, &hour, NULL, NULL), QBG_OK);
    assert_int_equal(hour, 12);
    assert_int_equal(qbg_time_to_civil(-1, NULL, NULL, NULL, &hour, NULL, NULL), QBG_E_RANGE);
    assert_int_equal(qbg_time_to_civil(QBG__TIME_LAST + 1, NULL, NULL, NULL, &hour, NULL, NULL),
                     QBG_E_RANGE);
    assert_int_equal(qbg_time_to_civil(INT64_MIN, NULL, NULL, NULL, &hour, NULL, NULL),
                     QBG_E_RANGE);
    assert_int_equal(hour, 12);
    time_s = UNTOUCHED;
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 12, 34, 56, NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 24, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 0, 60, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 0, 0, 60, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, 11, 19, 0, 0, -1, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, 0, 19, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, 13, 19, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(1969, 12, 31, 23, 59, 59, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2200, 1, 1, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(INT32_MAX, 1, 1, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(INT32_MIN, 1, 1, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(qbg_time_from_civil(2025, INT32_MIN, 1, 0, 0, 0, &time_s), QBG_E_RANGE);
    assert_int_equal(time_s, UNTOUCHED);
}

static void test_write(void **state) {
    (void)state;
    char out[24], date[12];
    assert_int_equal(qbg__civil_write(1763555696, out), 20);
    assert_string_equal(out, "2025-11-19T12:34:56Z");
    assert_int_equal(qbg__civil_write_date(1763596799, date), 10);
    assert_string_equal(date, "2025-11-19");
    qbg__civil_write(QBG__TIME_FIRST, out);
    assert_string_equal(out, "1970-01-01T00:00:00Z");
    qbg__civil_write(QBG__TIME_LAST, out);
    assert_string_equal(out, "2199-12-31T23:59:59Z");
    for (int64_t time_s = 0; time_s <= QBG__TIME_LAST; time_s += 1234567) {
        size_t size = qbg__civil_write(time_s, out);
        int64_t again_s;
        assert_int_equal(qbg__civil_read(out, size, 0, &again_s), QBG_OK);
        assert_int_equal(again_s, time_s);
    }
}

/* Every byte in each place of a time as programs write it reads as it does byte by byte. */
static void test_plain(void **state) {
    static const char *const times[] = {"2025-11-19T12:34:56Z", "2024-02-29T23:59:59Z",
                                        "1970-01-01T00:00:00Z", "2199-12-31T09:08:07Z"};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        for (size_t at = 0; at < 20; at++)
            for (int byte = 1; byte < 256; byte++) {
                char text[21];
                int64_t time_s = UNTOUCHED, any_s = UNTOUCHED;
                memcpy(text, times[i], sizeof text);
                text[at] = (char)byte;
                qbg_status status = qbg__civil_read(text, 20, 0, &time_s);
                assert_int_equal(status, qbg__civil_read_any(text, 20, 0, &any_s));
                assert_int_equal(time_s, any_s);
            }
}

/* The same when the day before it was read, and when none was. */
static void test_near(void **state) {
    static const char *const times[] = {"2025-11-19T12:34:56Z", "2025-11-20T00:00:00Z",
                                        "2199-12-31T23:59:59Z"};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        for (size_t at = 0; at < 20; at++)
            for (int byte = 0; byte < 256; byte++) {
                char text[21];
                qbg__civil_day day = {0, 0, 0};
                int64_t time_s = UNTOUCHED, any_s = UNTOUCHED;
                assert_int_equal(qbg__civil_read_near(&day, times[i], 20, &time_s), QBG_OK);
                memcpy(text, times[i], sizeof text);
                text[at] = (char)byte;
                time_s = UNTOUCHED;
                qbg_status status = qbg__civil_read_near(&day, text, 20, &time_s);
                assert_int_equal(status, qbg__civil_read_any(text, 20, 0, &any_s));
                assert_int_equal(time_s, any_s);
                assert_int_equal(qbg__civil_read_near(&day, times[i], 20, &time_s), QBG_OK);
                assert_int_equal(qbg__civil_read_any(times[i], 20, 0, &any_s), QBG_OK);
                assert_int_equal(time_s, any_s);
            }
    qbg__civil_day none = {0, 0, 0};
    int64_t time_s = UNTOUCHED;
    assert_int_equal(qbg__civil_read_near(&none, "\0\0\0\0\0\0\0\0\0\0T00:00:00Z", 20, &time_s),
                     QBG_E_FORMAT);
    assert_int_equal(qbg__civil_read_near(&none, "2025-11-19", 10, &time_s), QBG_OK);
    assert_int_equal(time_s, 1763510400);
}

static void test_whole_days(void **state) {
    (void)state;
    assert_int_equal(qbg__civil_whole_days(0, 0), 0);
    assert_int_equal(qbg__civil_whole_days(0, 86399), 0);
    assert_int_equal(qbg__civil_whole_days(0, 86400), 1);
    assert_int_equal(qbg__civil_whole_days(86399, 86400), 0);
    assert_int_equal(qbg__civil_whole_days(1, 0), -1);
    assert_int_equal(qbg__civil_whole_days(86400, 0), -1);
    assert_int_equal(qbg__civil_whole_days(86401, 0), -2);
    assert_int_equal(qbg__civil_whole_days(0, QBG__TIME_LAST), 84005);
    assert_true(qbg__time_is_valid(0) && qbg__time_is_valid(QBG__TIME_LAST));
    assert_false(qbg__time_is_valid(-1) || qbg__time_is_valid(QBG__TIME_LAST + 1));
    assert_false(qbg__time_is_valid(INT64_MIN) || qbg__time_is_valid(INT64_MAX));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),     cmocka_unit_test(test_forms),
        cmocka_unit_test(test_no_times),  cmocka_unit_test(test_range),
        cmocka_unit_test(test_size),      cmocka_unit_test(test_public_read),
        cmocka_unit_test(test_every_day), cmocka_unit_test(test_public_civil),
        cmocka_unit_test(test_write),     cmocka_unit_test(test_plain),
        cmocka_unit_test(test_near),      cmocka_unit_test(test_whole_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
