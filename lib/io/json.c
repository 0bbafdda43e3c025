/* json: a writer of JSON into a blob; see json.h. */
#include "io/json.h"

#include <string.h>

#include "base/civil.h"
#include "base/real.h"
#include "base/text.h"

void qbg__json_begin(qbg__json *json, qbg_blob *out) {
    memset(json, 0, sizeof *json);
    json->out = out;
}

/* ---- between the values ---------------------------------------------------------------------- */

static int is_on_lines(const qbg__json *json) {
    return json->layout[json->depth - 1] == QBG__JSON_LINES;
}

static void start_line(qbg__json *json) {
    qbg__blob_char(json->out, '\n');
    qbg__blob_repeat(json->out, ' ', (size_t)json->depth);
}

/* What separates the entry that comes from the one before. */
static void start_entry(qbg__json *json) {
    if (json->depth == 0) return;
    char *is_empty = &json->is_empty[json->depth - 1];
    if (!*is_empty) qbg__blob_char(json->out, ',');
    if (is_on_lines(json))
        start_line(json);
    else if (!*is_empty)
        qbg__blob_char(json->out, ' ');
    *is_empty = 0;
}

/* A value behind its key goes on in the key's line. */
static void start_value(qbg__json *json) {
    if (!json->has_key) start_entry(json);
    json->has_key = 0;
}

static void open(qbg__json *json, char opening, char closing, int layout) {
    start_value(json);
    if (json->depth == QBG__JSON_DEPTH) {
        if (json->out->status == QBG_OK) json->out->status = QBG_E_RANGE;
        return;
    }
    if (json->depth > 0 && !is_on_lines(json)) layout = QBG__JSON_ONE_LINE;
    json->close[json->depth] = closing;
    json->layout[json->depth] = (char)layout;
    json->is_empty[json->depth] = 1;
    json->depth++;
    qbg__blob_char(json->out, opening);
}

void qbg__json_object(qbg__json *json, int layout) { open(json, '{', '}', layout); }

void qbg__json_array(qbg__json *json, int layout) { open(json, '[', ']', layout); }

void qbg__json_close(qbg__json *json) {
    if (json->depth == 0) return;
    int is_broken = is_on_lines(json) && !json->is_empty[json->depth - 1];
    json->depth--;
    if (is_broken) start_line(json);
    qbg__blob_char(json->out, json->close[json->depth]);
    if (json->depth == 0) qbg__blob_char(json->out, '\n');
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* How many bytes the character takes whose first byte is not ASCII; 0 when it is not well formed.
 */
static size_t character_size(const char *at, size_t left) {
    for (size_t size = 2; size <= 4 && size <= left; size++)
        if (qbg__text_is_utf8(at, size)) return size;
    return 0;
}

/* The letter that escapes a control character behind a backslash; 0 when there is none. */
static char short_escape(char byte) {
    switch (byte) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

static void write_escape(qbg_blob *out, char byte) {
    char letter = short_escape(byte);
    if (letter) {
        qbg__blob_char(out, '\\');
        qbg__blob_char(out, letter);
        return;
    }
    qbg__blob_text(out, "\\u00");
    qbg__blob_char(out, "0123456789abcdef"[(unsigned char)byte >> 4]);
    qbg__blob_char(out, "0123456789abcdef"[(unsigned char)byte & 15]);
}

/* How many bytes at the front go out as they are. */
static size_t plain_size(const char *bytes, size_t size) {
    size_t at = 0;
    while (at < size) {
        unsigned char byte = (unsigned char)bytes[at];
        size_t step = byte < 0x80 ? 1 : character_size(bytes + at, size - at);
        if (step == 0 || byte < 0x20 || short_escape(bytes[at])) break;
        at += step;
    }
    return at;
}

static void write_quoted(qbg_blob *out, const char *bytes, size_t size) {
    qbg__blob_char(out, '"');
    for (size_t at = 0; at < size; at++) {
        size_t plain = plain_size(bytes + at, size - at);
        qbg__blob_bytes(out, bytes + at, plain);
        at += plain;
        if (at == size) break;
        if ((unsigned char)bytes[at] < 0x80)
            write_escape(out, bytes[at]);
        else
            qbg__blob_text(out, "\xEF\xBF\xBD");
    }
    qbg__blob_char(out, '"');
}

/* ---- values ---------------------------------------------------------------------------------- */

void qbg__json_key(qbg__json *json, const char *key) {
    start_entry(json);
    write_quoted(json->out, key, strlen(key));
    qbg__blob_text(json->out, ": ");
    json->has_key = 1;
}

void qbg__json_bytes(qbg__json *json, const char *bytes, size_t size) {
    start_value(json);
    write_quoted(json->out, bytes, size);
}

void qbg__json_text(qbg__json *json, const char *text) {
    qbg__json_bytes(json, text, strlen(text));
}

void qbg__json_uint(qbg__json *json, uint64_t value) {
    start_value(json);
    qbg__blob_uint(json->out, value);
}

void qbg__json_int(qbg__json *json, int64_t value) {
    start_value(json);
    qbg__blob_int(json->out, value);
}

void qbg__json_real(qbg__json *json, double value) {
    char text[32];
    start_value(json);
    size_t size = qbg__real_write(value, text);
    qbg__blob_bytes(json->out, text, size);
}

void qbg__json_bool(qbg__json *json, int value) {
    start_value(json);
    qbg__blob_text(json->out, value ? "true" : "false");
}

void qbg__json_time(qbg__json *json, int64_t time_s) {
    char text[24];
    if (!qbg__time_is_valid(time_s)) {
        qbg__json_null(json);
        return;
    }
    size_t size = qbg__civil_write(time_s, text);
    qbg__json_bytes(json, text, size);
}

void qbg__json_null(qbg__json *json) {
    start_value(json);
    qbg__blob_text(json->out, "null");
}

void qbg__json_put_text(qbg__json *json, const char *key, const char *text) {
    qbg__json_key(json, key);
    qbg__json_text(json, text);
}

void qbg__json_put_int(qbg__json *json, const char *key, int64_t value) {
    qbg__json_key(json, key);
    qbg__json_int(json, value);
}

void qbg__json_put_real(qbg__json *json, const char *key, double value) {
    qbg__json_key(json, key);
    qbg__json_real(json, value);
}

void qbg__json_put_bool(qbg__json *json, const char *key, int value) {
    qbg__json_key(json, key);
    qbg__json_bool(json, value);
}

void qbg__json_put_time(qbg__json *json, const char *key, int64_t time_s) {
    qbg__json_key(json, key);
    qbg__json_time(json, time_s);
}
