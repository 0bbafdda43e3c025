/* civil: the Gregorian calendar in UTC, without leap seconds, in whole numbers only. A date becomes
 * a count of days since year 0 by a closed formula; the way back guesses the year from the days and
 * corrects the guess, which is off by one at most within the years that the library knows. */
#include "base/civil.h"

#include "base/scan.h"

#include <string.h>

#define MINUTE_S INT64_C(60)
#define HOUR_S   INT64_C(3600)

static const int32_t days_before_month[12] = {0,   31,  59,  90,  120, 151,
                                              181, 212, 243, 273, 304, 334};

static int is_leap_year(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_in_month(int32_t year, int32_t month) {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Days from the first of year 0 to the first of this one; year >= 0. */
static int32_t days_before_year(int32_t year) {
    return 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
}

/* Days since 1970-01-01 of a date that exists. */
static int32_t days_of_date(int32_t year, int32_t month, int32_t day) {
    int32_t days = days_before_year(year) - days_before_year(1970);
    days += days_before_month[month - 1] + day - 1;
    return month > 2 && is_leap_year(year) ? days + 1 : days;
}

static int is_date(int32_t year, int32_t month, int32_t day) {
    return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

static int is_clock(int32_t hour, int32_t minute, int32_t second) {
    return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
}

/* Exactly `count` digits, or nothing is read. */
static int read_digits(const char **at, const char *end, int count, int32_t *out) {
    int32_t value = 0;
    if (end - *at < count) return 0;
    for (int i = 0; i < count; i++) {
        char digit = (*at)[i];
        if (digit < '0' || digit > '9') return 0;
        value = value * 10 + (digit - '0');
    }
    *at += count;
    *out = value;
    return 1;
}

static int read_char(const char **at, const char *end, char wanted) {
    if (*at == end || **at != wanted) return 0;
    ++*at;
    return 1;
}

/* "YYYY-MM-DD" as the second at which the day starts. */
static int read_date(const char **at, const char *end, int64_t *out_s) {
    int32_t year, month, day;
    if (!read_digits(at, end, 4, &year) || !read_char(at, end, '-')) return 0;
    if (!read_digits(at, end, 2, &month) || !read_char(at, end, '-')) return 0;
    if (!read_digits(at, end, 2, &day) || !is_date(year, month, day)) return 0;
    *out_s = days_of_date(year, month, day) * QBG__DAY_S;
    return 1;
}

/* ".5": cut, because a fact within a second is a fact of that second. */
static int skip_fraction(const char **at, const char *end) {
    int32_t digit;
    if (!read_char(at, end, '.')) return 1;
    if (!read_digits(at, end, 1, &digit)) return 0;
    while (read_digits(at, end, 1, &digit)) continue;
    return 1;
}

/* "HH:MM[:SS[.fraction]]" */
static int read_clock(const char **at, const char *end, int64_t *out_s) {
    int32_t hour, minute, second = 0;
    if (!read_digits(at, end, 2, &hour) || !read_char(at, end, ':')) return 0;
    if (!read_digits(at, end, 2, &minute)) return 0;
    if (read_char(at, end, ':')) {
        if (!read_digits(at, end, 2, &second) || !skip_fraction(at, end)) return 0;
    }
    if (!is_clock(hour, minute, second)) return 0;
    *out_s = hour * HOUR_S + minute * MINUTE_S + second;
    return 1;
}

/* "Z", "+HH:MM", "+HHMM" or nothing, up to the end of the text. */
static int read_offset(const char **at, const char *end, int64_t *out_s) {
    int32_t hour, minute;
    *out_s = 0;
    if (*at == end) return 1;
    if (read_char(at, end, 'Z') || read_char(at, end, 'z')) return *at == end;
    int is_east = read_char(at, end, '+');
    if (!is_east && !read_char(at, end, '-')) return 0;
    if (!read_digits(at, end, 2, &hour)) return 0;
    read_char(at, end, ':');
    if (!read_digits(at, end, 2, &minute) || *at != end || !is_clock(hour, minute, 0)) return 0;
    *out_s = (hour * HOUR_S + minute * MINUTE_S) * (is_east ? 1 : -1);
    return 1;
}

static int read_separator(const char **at, const char *end) {
    return read_char(at, end, 'T') || read_char(at, end, 't') || read_char(at, end, ' ');
}

/* ---- The form that programs write ---- */

#define PLAIN_SIZE 20 /* of "2025-11-19T09:00:00Z" */

/* Reads eight bytes; `form` has '0' where a digit is to be, and `fixed` is 0xff elsewhere. 0 when
 * they are not of that form. *out_pairs: at each byte that is a digit the number that it makes with
 * the next one. Adding 6 carries whatever is more than 9 into the upper half of its byte. */
static inline int read_form(const char *bytes, const char *form, uint64_t fixed,
                            uint64_t *out_pairs) {
    const uint64_t upper = UINT64_C(0xf0f0f0f0f0f0f0f0);
    uint64_t digits = qbg__scan_word(bytes) ^ qbg__scan_word(form);
    *out_pairs = digits * 10 + (digits >> 8);
    return (((digits + UINT64_C(0x0606060606060606)) | digits) & upper) == 0 &&
           (digits & fixed) == 0;
}

/* Two digits, the first one at that byte. */
static inline int32_t pair_at(uint64_t pairs, int byte) {
    return (int32_t)(pairs >> byte * 8 & 0xff);
}

/* The date of PLAIN_SIZE bytes in that form; 0 for all else, which may be a date nevertheless. */
static int read_plain_day(const char *text, int64_t *out_s) {
    uint64_t date, rest;
    if (!read_form(text, "0000-00-", UINT64_C(0xff0000ff00000000), &date) ||
        !read_form(text + 2, "00-00-00", UINT64_C(0x0000ff0000ff0000), &rest))
        return 0;
    int32_t year = pair_at(date, 0) * 100 + pair_at(date, 2);
    int32_t month = pair_at(rest, 3), day = pair_at(rest, 6);
    if (!is_date(year, month, day)) return 0;
    *out_s = days_of_date(year, month, day) * QBG__DAY_S;
    return qbg__time_is_valid(*out_s);
}

/* The same for the clock, as seconds of the day. */
static int read_plain_clock(const char *text, int64_t *out_s) {
    uint64_t clock, rest;
    if (!read_form(text + 10, "T00:00:0", UINT64_C(0x00ff0000ff0000ff), &clock) ||
        !read_form(text + 12, "0:00:00Z", UINT64_C(0xff0000ff0000ff00), &rest))
        return 0;
    int32_t hour = pair_at(clock, 1), minute = pair_at(clock, 4), second = pair_at(rest, 5);
    *out_s = hour * HOUR_S + minute * MINUTE_S + second;
    return is_clock(hour, minute, second);
}

qbg_status qbg__civil_read_near(qbg__civil_day *day, const char *text, size_t size,
                                int64_t *out_s) {
    int64_t start_s, clock_s;
    if (size != PLAIN_SIZE || !read_plain_clock(text, &clock_s))
        return qbg__civil_read_any(text, size, 0, out_s);
    const uint64_t first = qbg__scan_word(text), last = qbg__scan_word(text + 2);
    if (first == 0 || first != day->first || last != day->last) {
        if (!read_plain_day(text, &start_s)) return qbg__civil_read_any(text, size, 0, out_s);
        *day = (qbg__civil_day){first, last, start_s};
    }
    *out_s = day->start_s + clock_s;
    return QBG_OK;
}

qbg_status qbg__civil_read(const char *text, size_t size, int day_end, int64_t *out_s) {
    qbg__civil_day none = {0, 0, 0};
    if (size == PLAIN_SIZE) return qbg__civil_read_near(&none, text, size, out_s);
    return qbg__civil_read_any(text, size, day_end, out_s);
}

qbg_status qbg__civil_read_any(const char *text, size_t size, int day_end, int64_t *out_s) {
    const char *at = text;
    const char *end = text + size;
    int64_t day_s, clock_s = day_end ? QBG__DAY_S - 1 : 0, offset_s = 0;
    if (!read_date(&at, end, &day_s)) return QBG_E_FORMAT;
    if (at != end) {
        if (!read_separator(&at, end) || !read_clock(&at, end, &clock_s)) return QBG_E_FORMAT;
        if (!read_offset(&at, end, &offset_s)) return QBG_E_FORMAT;
    }
    int64_t time_s = day_s + clock_s - offset_s;
    if (!qbg__time_is_valid(time_s)) return QBG_E_RANGE;
    *out_s = time_s;
    return QBG_OK;
}

qbg_status qbg_time_from_text(const char *text, int32_t day_end, int64_t *out_s) {
    if (!text || !out_s || day_end < 0 || day_end > 1) return QBG_E_ARGUMENT;
    return qbg__civil_read(text, strlen(text), day_end, out_s);
}

qbg_status qbg_time_from_civil(int32_t year, int32_t month, int32_t day, int32_t hour,
                               int32_t minute, int32_t second, int64_t *out_s) {
    if (!out_s) return QBG_E_ARGUMENT;
    if (!is_date(year, month, day) || !is_clock(hour, minute, second)) return QBG_E_RANGE;
    int64_t time_s =
        days_of_date(year, month, day) * QBG__DAY_S + hour * HOUR_S + minute * MINUTE_S + second;
    if (!qbg__time_is_valid(time_s)) return QBG_E_RANGE;
    *out_s = time_s;
    return QBG_OK;
}

/* The date of a day counted from 1970-01-01. */
static void date_of_days(int32_t days, int32_t *out_year, int32_t *out_month, int32_t *out_day) {
    int32_t year = 1970 + days / 366;
    while (days_of_date(year + 1, 1, 1) <= days) year++;
    int32_t month = 12;
    while (days_of_date(year, month, 1) > days) month--;
    *out_year = year;
    *out_month = month;
    *out_day = days - days_of_date(year, month, 1) + 1;
}

static void put(int32_t value, int32_t *out) {
    if (out) *out = value;
}

qbg_status qbg_time_to_civil(int64_t time_s, int32_t *out_year, int32_t *out_month,
                             int32_t *out_day, int32_t *out_hour, int32_t *out_minute,
                             int32_t *out_second) {
    if (!qbg__time_is_valid(time_s)) return QBG_E_RANGE;
    int32_t year, month, day;
    int32_t second_of_day = (int32_t)(time_s % QBG__DAY_S);
    date_of_days((int32_t)(time_s / QBG__DAY_S), &year, &month, &day);
    put(year, out_year);
    put(month, out_month);
    put(day, out_day);
    put(second_of_day / 3600, out_hour);
    put(second_of_day / 60 % 60, out_minute);
    put(second_of_day % 60, out_second);
    return QBG_OK;
}

/* `count` digits, and the character that follows them. */
static char *write_digits(char *at, int32_t value, int count, char next) {
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    at[count] = next;
    return at + count + 1;
}

size_t qbg__civil_write_date(int64_t time_s, char out[12]) {
    int32_t year, month, day;
    char *at = out;
    date_of_days((int32_t)(time_s / QBG__DAY_S), &year, &month, &day);
    at = write_digits(at, year, 4, '-');
    at = write_digits(at, month, 2, '-');
    at = write_digits(at, day, 2, '\0');
    return (size_t)(at - out) - 1;
}

size_t qbg__civil_write(int64_t time_s, char out[24]) {
    int32_t second_of_day = (int32_t)(time_s % QBG__DAY_S);
    char *at = out + qbg__civil_write_date(time_s, out);
    *at++ = 'T';
    at = write_digits(at, second_of_day / 3600, 2, ':');
    at = write_digits(at, second_of_day / 60 % 60, 2, ':');
    at = write_digits(at, second_of_day % 60, 2, 'Z');
    *at = '\0';
    return (size_t)(at - out);
}

/* C rounds quotients towards zero, but the day before is day -1 from its first second on. */
int64_t qbg__civil_whole_days(int64_t from_s, int64_t to_s) {
    int64_t age_s = to_s - from_s;
    int64_t days = age_s / QBG__DAY_S;
    return age_s % QBG__DAY_S < 0 ? days - 1 : days;
}
