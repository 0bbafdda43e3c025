/* golden_json: a small reader of JSON for tests: a tree of nodes. It is strict enough for files
 * that a program wrote, and independent of the library under test and of the locale. */
#ifndef GOLDEN_JSON_H
#define GOLDEN_JSON_H

#include <stdint.h>

enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

typedef struct json_node {
    int type;
    char *key;  /* of a member of an object */
    char *text; /* a text's, or a number as it is written */
    struct json_node *first, *next;
} json_node;

/* The tree; NULL when the text is not JSON. */
json_node *json_read(const char *text);
void json_free(json_node *node);

/* The member of an object with that key, or NULL. */
const json_node *json_find(const json_node *object, const char *key);
int64_t json_count(const json_node *list);

/* Numbers: whole ones, decimals, and C's hexadecimal ones ("0x1.8p-3"), which may stand in a text.
 * Decimals are read to about 1e-15; who wants bits reads hexadecimals. */
int64_t json_int64(const json_node *node);
double json_double(const json_node *node);

#endif
