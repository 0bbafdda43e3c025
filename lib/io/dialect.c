/* dialect: the dialects that there are, and how tables and columns are recognised; see dialect.h.
 * Names are compared by their letters and digits alone: Data Loader, Fivetran and people write
 * "AccountId", "account_id" and "Account ID". */
#include "io/dialect.h"

#include "qbg/vocabulary.h"

#include <string.h>

static const qbg__dialect *const dialects[] = {
    [QBG_DIALECT_SALESFORCE] = &qbg__salesforce,
    [QBG_DIALECT_HUBSPOT] = &qbg__hubspot,
};

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof(list)[0]))

const qbg__dialect *qbg__dialect_at(int32_t number) {
    return number < 0 || number >= COUNT(dialects) ? NULL : dialects[number];
}

int32_t qbg_dialect_count(void) { return COUNT(dialects); }

const char *qbg_dialect_key(int32_t number) {
    const qbg__dialect *found = qbg__dialect_at(number);
    return found ? found->key : NULL;
}

const char *qbg_dialect_label(int32_t number) {
    const qbg__dialect *found = qbg__dialect_at(number);
    return found ? found->label : NULL;
}

int32_t qbg_dialect_find(const char *key) {
    for (int32_t i = 0; key && i < COUNT(dialects); i++)
        if (strcmp(dialects[i]->key, key) == 0) return i;
    return QBG_UNSET;
}

int32_t qbg_dialect_table_count(int32_t number) {
    const qbg__dialect *found = qbg__dialect_at(number);
    return found ? (int32_t)found->object_count : 0;
}

const char *qbg_dialect_table_name(int32_t number, int32_t table) {
    if (table < 0 || table >= qbg_dialect_table_count(number)) return NULL;
    return dialects[number]->objects[table].name;
}

int32_t qbg_dialect_table_find(int32_t number, const char *name) {
    const qbg__dialect *dialect = qbg__dialect_at(number);
    if (!dialect || !name) return QBG_UNSET;
    const qbg__dialect_object *found = qbg__dialect_find(dialect, (qbg__span){name, strlen(name)});
    return found ? (int32_t)(found - dialect->objects) : QBG_UNSET;
}

/* ---- names and headings ---------------------------------------------------------------------- */

static void drop_front(char *text, const char *front) {
    size_t size = strlen(front), length = strlen(text);
    if (length > size && memcmp(text, front, size) == 0)
        memmove(text, text + size, length - size + 1);
}

static void drop_back(char *text, const char *back) {
    size_t size = strlen(back), length = strlen(text);
    if (length > size && memcmp(text + length - size, back, size) == 0) text[length - size] = '\0';
}

/* Letters beyond ASCII stay as they are. What is too long is cut, and is no name of ours. */
static void fold(qbg__span text, char out[QBG__HEADING]) {
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < QBG__HEADING - 1; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte >= 'A' && byte <= 'Z') byte = (unsigned char)(byte - 'A' + 'a');
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80)
            out[size++] = (char)byte;
    }
    out[size] = '\0';
}

void qbg__dialect_fold(qbg__span text, char out[QBG__HEADING]) {
    fold(text, out);
    drop_front(out, "properties");
    drop_front(out, "property");
}

int qbg__dialect_lists(const char *list, const char *word) {
    size_t size = strlen(word);
    for (const char *at = list; size > 0;) {
        size_t length = strcspn(at, "|");
        if (length == size && memcmp(at, word, size) == 0) return 1;
        if (at[length] == '\0') return 0;
        at += length + 1;
    }
    return 0;
}

/* "sf_user_data" is "user". */
static void fold_name(qbg__span name, char folded[QBG__HEADING]) {
    static const char *const fronts[] = {"salesforce", "hubspot", "sf", "hs"};
    static const char *const backs[] = {"csv", "data", "export", "tmp"};
    fold(name, folded);
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) drop_front(folded, fronts[i]);
    for (size_t i = 0; i < sizeof backs / sizeof *backs; i++) drop_back(folded, backs[i]);
}

const qbg__dialect_object *qbg__dialect_find(const qbg__dialect *dialect, qbg__span name) {
    char folded[QBG__HEADING];
    fold_name(name, folded);
    for (uint32_t i = 0; i < dialect->object_count; i++)
        if (qbg__dialect_lists(dialect->objects[i].names, folded)) return &dialect->objects[i];
    return NULL;
}

int qbg__dialect_is_elsewhere(const qbg__dialect *dialect, qbg__span name) {
    char folded[QBG__HEADING];
    fold_name(name, folded);
    return qbg__dialect_lists(dialect->elsewhere, folded);
}
