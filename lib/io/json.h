/* json: a writer of JSON into a blob: commas, line ends and escapes are its business.
 *
 * An object or array is written with one entry a line, indented by one blank a level, or all on one
 * line; what is inside a container on one line is on that line, too. Short records on a line each
 * are what a diff shows best. */
#ifndef QBG__JSON_H
#define QBG__JSON_H

#include "base/blob.h"

#define QBG__JSON_DEPTH 8

#define QBG__JSON_LINES    0 /* one entry a line */
#define QBG__JSON_ONE_LINE 1

typedef struct qbg__json {
    qbg_blob *out;
    int depth;                   /* open containers */
    int has_key;                 /* the next value belongs to a key that is written */
    char close[QBG__JSON_DEPTH]; /* how each open container ends: '}' or ']' */
    char layout[QBG__JSON_DEPTH];
    char is_empty[QBG__JSON_DEPTH]; /* 1 until its first entry */
} qbg__json;

void qbg__json_begin(qbg__json *json, qbg_blob *out);

/* Opens a container as the next value; at most QBG__JSON_DEPTH are open at once, more leave
 * QBG_E_RANGE in the blob. _close ends the innermost; behind the last one comes a line end. */
void qbg__json_object(qbg__json *json, int layout);
void qbg__json_array(qbg__json *json, int layout);
void qbg__json_close(qbg__json *json);

/* The key of the next value, inside an object. */
void qbg__json_key(qbg__json *json, const char *key);

/* Values. Bytes that are not UTF-8 become U+FFFD; a double that is not finite is null; a time is
 * ISO with Z, null when the library does not know it. */
void qbg__json_bytes(qbg__json *json, const char *bytes, size_t size);
void qbg__json_text(qbg__json *json, const char *text);
void qbg__json_uint(qbg__json *json, uint64_t value);
void qbg__json_int(qbg__json *json, int64_t value);
void qbg__json_real(qbg__json *json, double value);
void qbg__json_bool(qbg__json *json, int value);
void qbg__json_time(qbg__json *json, int64_t time_s);
void qbg__json_null(qbg__json *json);

/* Key and value. */
void qbg__json_put_text(qbg__json *json, const char *key, const char *text);
void qbg__json_put_int(qbg__json *json, const char *key, int64_t value);
void qbg__json_put_real(qbg__json *json, const char *key, double value);
void qbg__json_put_bool(qbg__json *json, const char *key, int value);
void qbg__json_put_time(qbg__json *json, const char *key, int64_t time_s);

#endif
