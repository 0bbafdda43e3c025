/* status.h: what a call answers, and which library answers it.
 *
 * Every call that can fail returns a qbg_status and leaves its outputs and the workspace untouched
 * on failure. Codes are appended, never reused; treat an unknown code as a failure. */
#ifndef QBG_STATUS_H
#define QBG_STATUS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define QBG_API __attribute__((visibility("default")))
#else
#define QBG_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t qbg_status;

#define QBG_OK          0  /* done */
#define QBG_E_ARGUMENT  1  /* misuse: NULL, no such word, a row of another workspace */
#define QBG_E_MEMORY    2  /* the allocator said no; nothing changed */
#define QBG_E_TEXT      3  /* text that is not UTF-8, or an empty key */
#define QBG_E_RANGE     4  /* a number or time outside its range */
#define QBG_E_EXISTS    5  /* that key is taken */
#define QBG_E_NOT_FOUND 6  /* nothing has that key */
#define QBG_E_CONFLICT  7  /* an event id came again with other content; the first stays */
#define QBG_E_OVERFLOW  8  /* an exact sum that does not fit 64 bits */
#define QBG_E_ZERO      9  /* a rate of nothing: the start revenue is 0 */
#define QBG_E_FORMAT    10 /* text that does not read as what it should be */
#define QBG_E_REFUSED   11 /* a strict book had refusals; nothing was loaded */
#define QBG_DUPLICATE   12 /* no error: the signal was known already and is counted once */
#define QBG_E_FLOAT     13 /* this thread rounds or flushes otherwise than IEEE-754 to nearest */
#define QBG_E_BUSY      14 /* a batch or an import is open */
#define QBG_E_GONE      15 /* the row was removed */
#define QBG_E_IN_USE    16 /* the row still carries something */
#define QBG_E_ERASED    17 /* the person was erased on request, and does not come back by himself */

/* "Not dated": a fact that holds since ever, a time that is not known. */
#define QBG_UNDATED INT64_MIN
/* "No row" where a column holds row numbers. */
#define QBG_NONE UINT32_MAX

/* One English line for a status; "unknown status" for a code that this library does not know.
 * Never NULL, lives as long as the library. Any thread. Since 0.1 */
QBG_API const char *qbg_status_text(qbg_status status);

/* The library's version, "0.1.0". Lives as long as the library. Any thread. Since 0.1 */
QBG_API const char *qbg_version(void);

/* The ABI number, the one in the soname. Any thread. Since 0.1 */
QBG_API int32_t qbg_abi_version(void);

#ifdef __cplusplus
}
#endif
#endif
