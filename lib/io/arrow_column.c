/* arrow_column: see arrow_column.h. The formats are those of the specification of the Arrow C data
 * interface. Values are read by memcpy, since nobody promises that a slice is aligned. */
#include "io/arrow_column.h"

#include "base/civil.h"

#include <string.h>

/* ---- Types ---- */

/* A format and what it says. */
typedef struct format {
    const char *text;
    qbg__arrow_type type;
} format;

static const format formats[] = {
    {"n", {QBG__ARROW_NOTHING, 0, 0, 0}}, {"b", {QBG__ARROW_BOOL, 0, 0, 0}},
    {"c", {QBG__ARROW_INTEGER, 1, 1, 0}}, {"C", {QBG__ARROW_INTEGER, 1, 0, 0}},
    {"s", {QBG__ARROW_INTEGER, 2, 1, 0}}, {"S", {QBG__ARROW_INTEGER, 2, 0, 0}},
    {"i", {QBG__ARROW_INTEGER, 4, 1, 0}}, {"I", {QBG__ARROW_INTEGER, 4, 0, 0}},
    {"l", {QBG__ARROW_INTEGER, 8, 1, 0}}, {"L", {QBG__ARROW_INTEGER, 8, 0, 0}},
    {"f", {QBG__ARROW_REAL, 4, 1, 0}},    {"g", {QBG__ARROW_REAL, 8, 1, 0}},
    {"u", {QBG__ARROW_TEXT, 4, 1, 0}},    {"U", {QBG__ARROW_TEXT, 8, 1, 0}},
    {"tdD", {QBG__ARROW_TIME, 4, 1, 0}},  {"tdm", {QBG__ARROW_TIME, 8, 1, 1000}},
};

/* Timestamps have a time zone behind the colon. Values of one that has a zone are UTC; of those
 * without, which are nobody's in particular, we take it, as in books. */
static const format stamps[] = {
    {"tss:", {QBG__ARROW_TIME, 8, 1, 1}},
    {"tsm:", {QBG__ARROW_TIME, 8, 1, 1000}},
    {"tsu:", {QBG__ARROW_TIME, 8, 1, 1000000}},
    {"tsn:", {QBG__ARROW_TIME, 8, 1, 1000000000}},
};

int qbg__arrow_type_read(const char *text, qbg__arrow_type *out) {
    for (size_t i = 0; text && i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(text, formats[i].text) != 0) continue;
        *out = formats[i].type;
        return 1;
    }
    for (size_t i = 0; text && i < sizeof stamps / sizeof stamps[0]; i++) {
        if (strncmp(text, stamps[i].text, strlen(stamps[i].text)) != 0) continue;
        *out = stamps[i].type;
        return 1;
    }
    return 0;
}

/* ---- Values ---- */

static const uint8_t *value_at(const qbg__arrow_column *column, uint64_t row) {
    uint64_t place = (uint64_t)column->start + row;
    return column->values + place * (uint64_t)column->type.width;
}

static int bit_at(const uint8_t *bits, uint64_t place) { return bits[place / 8] >> place % 8 & 1; }

static int64_t signed_at(const uint8_t *bytes, int32_t width) {
    int8_t one;
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (width) {
    case 1: memcpy(&one, bytes, sizeof one); return one;
    case 2: memcpy(&two, bytes, sizeof two); return two;
    case 4: memcpy(&four, bytes, sizeof four); return four;
    default: memcpy(&eight, bytes, sizeof eight); return eight;
    }
}

static uint64_t unsigned_at(const uint8_t *bytes, int32_t width) {
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (width) {
    case 1: return bytes[0];
    case 2: memcpy(&two, bytes, sizeof two); return two;
    case 4: memcpy(&four, bytes, sizeof four); return four;
    default: memcpy(&eight, bytes, sizeof eight); return eight;
    }
}

/* The number of a row's word, and whether it is one: a dictionary's values are numbers of any
 * width.
 */
static int word_of(const qbg__arrow_column *column, uint64_t row, uint64_t *out_word) {
    const uint8_t *at = value_at(column, row);
    int32_t width = column->type.width;
    int64_t number = column->type.is_signed ? signed_at(at, width) : 0;
    *out_word = column->type.is_signed ? (uint64_t)number : unsigned_at(at, width);
    return number >= 0 && *out_word < column->words->count;
}

int qbg__arrow_is_null(const qbg__arrow_column *column, uint64_t row) {
    uint64_t word;
    if (column->type.sort == QBG__ARROW_NOTHING) return 1;
    if (column->validity && !bit_at(column->validity, (uint64_t)column->start + row)) return 1;
    if (!column->words) return 0;
    return !word_of(column, row, &word) || qbg__arrow_is_null(column->words, word);
}

/* Where a text begins; `row` may be the count, for where the last one ends. */
static int64_t offset_at(const qbg__arrow_column *column, uint64_t row) {
    return signed_at(value_at(column, row), column->type.width);
}

const char *qbg__arrow_text(const qbg__arrow_column *column, uint64_t row, size_t *out_size) {
    uint64_t word = row;
    *out_size = 0;
    if (qbg__arrow_is_null(column, row)) return "";
    if (column->words) {
        if (!word_of(column, row, &word)) return "";
        column = column->words;
    }
    int64_t begin = offset_at(column, word);
    *out_size = (size_t)(offset_at(column, word + 1) - begin);
    return *out_size > 0 ? column->bytes + begin : "";
}

int qbg__arrow_integer(const qbg__arrow_column *column, uint64_t row, int64_t *out_value) {
    if (column->type.sort == QBG__ARROW_BOOL) {
        *out_value = bit_at(column->values, (uint64_t)column->start + row);
        return 1;
    }
    const uint8_t *at = value_at(column, row);
    if (column->type.is_signed) {
        *out_value = signed_at(at, column->type.width);
        return 1;
    }
    uint64_t value = unsigned_at(at, column->type.width);
    *out_value = (int64_t)value;
    return value <= INT64_MAX;
}

double qbg__arrow_real(const qbg__arrow_column *column, uint64_t row) {
    int64_t integer;
    float single;
    double real;
    if (column->type.sort != QBG__ARROW_REAL)
        return qbg__arrow_integer(column, row, &integer) ? (double)integer : (double)UINT64_MAX;
    const uint8_t *at = value_at(column, row);
    if (column->type.width == 4) {
        memcpy(&single, at, sizeof single);
        return (double)single;
    }
    memcpy(&real, at, sizeof real);
    return real;
}

/* Rounds down, where C rounds toward 0. */
static int64_t floor_of(int64_t value, int64_t unit) {
    int64_t whole = value / unit;
    return value % unit < 0 ? whole - 1 : whole;
}

int64_t qbg__arrow_time(const qbg__arrow_column *column, uint64_t row) {
    int64_t value = signed_at(value_at(column, row), column->type.width);
    if (column->type.per_second > 0) return floor_of(value, column->type.per_second);
    return value * QBG__DAY_S; /* of 32 bits, so it fits */
}

/* ---- Opening ---- */

/* Is there room for all rows up to the last one, in a number of bytes that can be? */
static const char *check_rows(const struct ArrowArray *array, int64_t first, uint64_t count) {
    if (array->length < 0 || array->offset < 0) return "its length or offset is negative";
    if (first < 0 || count > (uint64_t)array->length || first > array->length - (int64_t)count)
        return "it has fewer rows than its batch";
    if (array->offset > INT64_MAX / 16 - array->length) return "its length or offset is too large";
    return NULL;
}

static int64_t buffers_of(const qbg__arrow_type *type) {
    if (type->sort == QBG__ARROW_NOTHING) return 0;
    return type->sort == QBG__ARROW_TEXT ? 3 : 2;
}

/* Offsets may not go back, nor before the bytes. */
static const char *check_texts(const qbg__arrow_column *column) {
    if (column->count == 0) return NULL;
    int64_t before = offset_at(column, 0);
    if (before < 0) return "an offset of its texts is negative";
    for (uint64_t row = 1; row <= column->count; row++) {
        int64_t offset = offset_at(column, row);
        if (offset < before) return "an offset of its texts goes back";
        before = offset;
    }
    return before > 0 && !column->bytes ? "the bytes of its texts are missing" : NULL;
}

static const char *open_buffers(const struct ArrowArray *array, qbg__arrow_column *out) {
    const qbg__arrow_type *type = &out->type;
    if (array->n_buffers != buffers_of(type)) return "it has another number of buffers";
    if (type->sort == QBG__ARROW_NOTHING) return NULL;
    if (!array->buffers) return "its buffers are missing";
    out->validity = array->null_count == 0 ? NULL : array->buffers[0];
    out->values = array->buffers[1];
    if (out->count > 0 && !out->values) return "the buffer of its values is missing";
    if (type->sort != QBG__ARROW_TEXT) return NULL;
    out->bytes = array->buffers[2];
    return check_texts(out);
}

static const char *open_words(const struct ArrowSchema *schema, const struct ArrowArray *array,
                              qbg__arrow_column *words) {
    if (!array->dictionary) return "its dictionary is missing";
    if (schema->dictionary->dictionary) return "its dictionary has a dictionary";
    if (array->dictionary->length < 0) return "its dictionary has a negative length";
    const char *fault = qbg__arrow_column_open(schema->dictionary, array->dictionary, 0,
                                               (uint64_t)array->dictionary->length, NULL, words);
    if (fault) return fault;
    return words->type.sort == QBG__ARROW_TEXT ? NULL : "its dictionary does not hold texts";
}

/* Every value has to be the number of a word. */
static const char *check_words(const qbg__arrow_column *column) {
    uint64_t word;
    for (uint64_t row = 0; row < column->count; row++) {
        int is_null = column->validity && !bit_at(column->validity, (uint64_t)column->start + row);
        if (!is_null && !word_of(column, row, &word)) return "its dictionary has no such word";
    }
    return NULL;
}

const char *qbg__arrow_column_open(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                   int64_t first, uint64_t count, qbg__arrow_column *words,
                                   qbg__arrow_column *out) {
    memset(out, 0, sizeof *out);
    if (!qbg__arrow_type_read(schema->format, &out->type)) return "its type is not read";
    if (!array->release) return "it was released already";
    const char *fault = check_rows(array, first, count);
    if (fault) return fault;
    out->start = array->offset + first;
    out->count = count;
    fault = open_buffers(array, out);
    if (fault || !schema->dictionary) return fault;
    if (out->type.sort != QBG__ARROW_INTEGER) return "its dictionary is not numbered by integers";
    fault = open_words(schema, array, words);
    out->words = words;
    return fault ? fault : check_words(out);
}
