/* civil: dates as people write them, seconds as the library counts them; never reads a clock. */
#ifndef QBG__CIVIL_H
#define QBG__CIVIL_H

#include "qbg/civil.h"

#define QBG__DAY_S      INT64_C(86400)
#define QBG__TIME_FIRST INT64_C(0)          /* 1970-01-01T00:00:00Z */
#define QBG__TIME_LAST  INT64_C(7258118399) /* 2199-12-31T23:59:59Z */

/* 1 when the instant lies in the years that the library knows. */
static inline int qbg__time_is_valid(int64_t time_s) {
    return time_s >= QBG__TIME_FIRST && time_s <= QBG__TIME_LAST;
}

/* qbg_time_from_text for text without a NUL. The whole text must be the time: no blanks around. */
qbg_status qbg__civil_read(const char *text, size_t size, int day_end, int64_t *out_s);

/* A day that was read before; zeros: none. */
typedef struct qbg__civil_day {
    uint64_t first, last; /* eight bytes each of its date, which overlap */
    int64_t start_s;
} qbg__civil_day;

/* The same for one of many times, most of which are of the day of the one before. */
qbg_status qbg__civil_read_near(qbg__civil_day *day, const char *text, size_t size, int64_t *out_s);

/* The same, byte by byte in any form: what the other one falls back on, and is tested against. */
qbg_status qbg__civil_read_any(const char *text, size_t size, int day_end, int64_t *out_s);

/* "YYYY-MM-DDTHH:MM:SSZ" and "YYYY-MM-DD" of a valid instant, followed by a NUL. Return the length
 * without it. */
size_t qbg__civil_write(int64_t time_s, char out[24]);
size_t qbg__civil_write_date(int64_t time_s, char out[12]);

/* floor((to_s - from_s) / 86400): the whole days between, negative when `to` is earlier. */
int64_t qbg__civil_whole_days(int64_t from_s, int64_t to_s);

#endif
