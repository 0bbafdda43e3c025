/* civil.h: dates as people write them, and seconds as the library counts them.
 *
 * Time is int64 seconds since 1970-01-01T00:00:00Z, within the years 1970..2199. The library never
 * reads a clock: every question names its instant. */
#ifndef QBG_CIVIL_H
#define QBG_CIVIL_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM[:SS[.fraction]]" (a blank for T is fine, a fraction is
 * cut) with "Z", "+HH:MM", "+HHMM" or nothing (UTC).
 * text: not NULL. day_end: what a date alone means: 0 its first second (facts), 1 its last second
 * (an as-of). out_s: seconds UTC.
 * Errors: QBG_E_FORMAT not a time; QBG_E_RANGE outside 1970..2199. Any thread. Since 0.1 */
QBG_API qbg_status qbg_time_from_text(const char *text, int32_t day_end, int64_t *out_s);

/* Seconds of a UTC date and time of day. month 1..12, day 1..31, hour 0..23, minute and second
 * 0..59. Errors: QBG_E_RANGE no such instant, or outside 1970..2199. Any thread. Since 0.1 */
QBG_API qbg_status qbg_time_from_civil(int32_t year, int32_t month, int32_t day, int32_t hour,
                                       int32_t minute, int32_t second, int64_t *out_s);

/* The UTC date of an instant. Outputs may be NULL.
 * Errors: QBG_E_RANGE outside 1970..2199. Any thread. Since 0.1 */
QBG_API qbg_status qbg_time_to_civil(int64_t time_s, int32_t *out_year, int32_t *out_month,
                                     int32_t *out_day, int32_t *out_hour, int32_t *out_minute,
                                     int32_t *out_second);

#ifdef __cplusplus
}
#endif
#endif
