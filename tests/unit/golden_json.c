/* golden_json: recursive descent; see golden_json.h. */
#include "golden_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void skip_blanks(const char **at) { *at += strspn(*at, " \t\r\n"); }

static json_node *new_node(int type) {
    json_node *node = calloc(1, sizeof *node);
    if (!node) abort();
    node->type = type;
    return node;
}

static char *copy_of(const char *bytes, size_t size) {
    char *text = malloc(size + 1);
    if (!text) abort();
    memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

/* Writes a code point below U+10000 as UTF-8. */
static char *put_code(char *to, unsigned code) {
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 63));
    } else {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 63));
        *to++ = (char)(0x80 | (code & 63));
    }
    return to;
}

static int digit_of(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* What follows a backslash. */
static char *put_escaped(char *to, const char **at) {
    static const char *const names = "\"\\/bfnrt", *const bytes = "\"\\/\b\f\n\r\t";
    char name = **at;
    const char *found = name ? strchr(names, name) : NULL;
    if (!found && name != 'u') return NULL;
    (*at)++;
    if (found) {
        *to = bytes[found - names];
        return to + 1;
    }
    unsigned code = 0;
    for (int i = 0; i < 4; i++) {
        int digit = digit_of(**at);
        if (digit < 0) return NULL;
        code = code << 4 | (unsigned)digit;
        (*at)++;
    }
    return put_code(to, code);
}

static char *read_text(const char **at) {
    if (**at != '"') return NULL;
    (*at)++;
    char *text = copy_of(*at, strlen(*at)), *to = text;
    while (to && **at && **at != '"') {
        if (**at == '\\') {
            (*at)++;
            to = put_escaped(to, at);
        } else {
            *to++ = *(*at)++;
        }
    }
    if (!to || **at != '"') {
        free(text);
        return NULL;
    }
    (*at)++;
    *to = '\0';
    return text;
}

static json_node *read_value(const char **at);

/* Members or items up to the closing bracket. */
static json_node *read_many(const char **at, int type, char close) {
    json_node *node = new_node(type), **last = &node->first;
    (*at)++;
    skip_blanks(at);
    while (**at != close) {
        char *key = type == JSON_OBJECT ? read_text(at) : NULL;
        skip_blanks(at);
        int is_good = type == JSON_LIST || (key && **at == ':');
        if (key && is_good) (*at)++;
        json_node *value = is_good ? read_value(at) : NULL;
        if (!value) free(key);
        skip_blanks(at);
        if (value) {
            value->key = key;
            *last = value;
            last = &value->next;
            if (**at == ',') {
                (*at)++;
                skip_blanks(at);
                if (**at != close) continue;
            } else if (**at == close) {
                break;
            }
        }
        json_free(node);
        return NULL;
    }
    (*at)++;
    return node;
}

static json_node *read_word(const char **at, const char *word, int type) {
    if (strncmp(*at, word, strlen(word)) != 0) return NULL;
    *at += strlen(word);
    return new_node(type);
}

static json_node *read_value(const char **at) {
    skip_blanks(at);
    if (**at == '{') return read_many(at, JSON_OBJECT, '}');
    if (**at == '[') return read_many(at, JSON_LIST, ']');
    if (**at == 'n') return read_word(at, "null", JSON_NULL);
    if (**at == 't') return read_word(at, "true", JSON_TRUE);
    if (**at == 'f') return read_word(at, "false", JSON_FALSE);
    size_t size = strspn(*at, "+-.0123456789eE");
    char *text = **at == '"' ? read_text(at) : size > 0 ? copy_of(*at, size) : NULL;
    if (!text) return NULL;
    *at += size;
    json_node *node = new_node(size > 0 ? JSON_NUMBER : JSON_TEXT);
    node->text = text;
    return node;
}

json_node *json_read(const char *text) {
    json_node *node = read_value(&text);
    skip_blanks(&text);
    if (!node || *text == '\0') return node;
    json_free(node);
    return NULL;
}

void json_free(json_node *node) {
    while (node) {
        json_node *next = node->next;
        json_free(node->first);
        free(node->key);
        free(node->text);
        free(node);
        node = next;
    }
}

const json_node *json_find(const json_node *object, const char *key) {
    for (const json_node *at = object ? object->first : NULL; at; at = at->next)
        if (at->key && strcmp(at->key, key) == 0) return at;
    return NULL;
}

int64_t json_count(const json_node *list) {
    int64_t count = 0;
    for (const json_node *at = list->first; at; at = at->next) count++;
    return count;
}

int64_t json_int64(const json_node *node) { return strtoll(node->text, NULL, 10); }

/* The digits with a point among them, as mantissa times base to the power of *exponent. */
static long double read_digits(const char **at, int base, int *exponent) {
    long double mantissa = 0;
    int is_behind_point = 0;
    for (;; (*at)++) {
        int digit = digit_of(**at);
        if (**at == '.')
            is_behind_point = 1;
        else if (digit < 0 || digit >= base)
            return mantissa;
        else
            mantissa = mantissa * (long double)base + (long double)digit;
        if (digit >= 0) *exponent -= is_behind_point;
    }
}

double json_double(const json_node *node) {
    const char *at = node->text;
    int is_negative = *at == '-', exponent = 0;
    at += is_negative;
    int is_hex = strncmp(at, "0x", 2) == 0;
    if (is_hex) at += 2;
    long double value = read_digits(&at, is_hex ? 16 : 10, &exponent);
    int power = *at ? (int)strtol(at + 1, NULL, 10) : 0;
    if (is_hex)
        value = ldexpl(value, exponent * 4 + power);
    else
        value = value * powl(10, exponent + power);
    return (double)(is_negative ? -value : value);
}
