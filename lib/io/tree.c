/* tree: a reader of JSON that keeps nothing but records; see tree.h. It goes down as deep as
 * records lie in each other, and no deeper: what else is nested is kept as it stands. */
#include "io/tree.h"

#include "base/text.h"
#include "io/csv.h"

#include <string.h>

#define DEEPEST 32

void qbg__tree_begin(qbg__tree *tree, const qbg__mem *mem) {
    memset(tree, 0, sizeof *tree);
    tree->mem = qbg__mem_fork(mem);
    qbg__blob_begin(&tree->texts, mem);
}

void qbg__tree_end(qbg__tree *tree) {
    qbg__mem *mem = &tree->mem;
    qbg__mem_free(mem, tree->types, tree->type_capacity * sizeof *tree->types);
    qbg__mem_free(mem, tree->columns, tree->column_capacity * sizeof *tree->columns);
    qbg__mem_free(mem, tree->records, tree->record_capacity * sizeof *tree->records);
    qbg__mem_free(mem, tree->cells, tree->cell_capacity * sizeof *tree->cells);
    qbg__blob_end(&tree->texts);
}

static int is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static const char *behind_mark(const char *bytes, const char *end) {
    if (end - bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) bytes += 3;
    while (bytes < end && is_blank(*bytes)) bytes++;
    return bytes;
}

/* A table's heading may begin with a bracket, but not with what follows one in JSON. */
int qbg__tree_is_one(const char *bytes, size_t size) {
    const char *end = bytes + size, *at = behind_mark(bytes, end);
    if (at == end || (*at != '{' && *at != '[')) return 0;
    char first = *at;
    at = behind_mark(at + 1, end);
    return at < end && (*at == '"' || *at == '}' || (first == '[' && (*at == '{' || *at == ']')));
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static char peek(qbg__tree *tree) {
    while (tree->at < tree->end && is_blank(*tree->at)) tree->at++;
    return tree->at < tree->end ? *tree->at : '\0';
}

static int take(qbg__tree *tree, char byte) {
    if (peek(tree) != byte) return 0;
    tree->at++;
    return 1;
}

static int read_hex(qbg__tree *tree, uint32_t *out) {
    if (tree->end - tree->at < 4) return 0;
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char byte = *tree->at++;
        uint32_t digit = byte >= '0' && byte <= '9'   ? (uint32_t)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (uint32_t)(byte - 'a' + 10)
                         : byte >= 'A' && byte <= 'F' ? (uint32_t)(byte - 'A' + 10)
                                                      : 16;
        if (digit == 16) return 0;
        *out = *out << 4 | digit;
    }
    return 1;
}

/* Behind "\u". Two halves are one character; a half alone is none. */
static int read_code(qbg__tree *tree) {
    char bytes[4];
    uint32_t code, low;
    if (!read_hex(tree, &code) || code == 0) return 0;
    if (code >= 0xdc00 && code <= 0xdfff) return 0;
    if (code >= 0xd800 && code <= 0xdbff) {
        if (tree->end - tree->at < 6 || tree->at[0] != '\\' || tree->at[1] != 'u') return 0;
        tree->at += 2;
        if (!read_hex(tree, &low) || low < 0xdc00 || low > 0xdfff) return 0;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    qbg__blob_bytes(&tree->texts, bytes, qbg__text_put(code, bytes));
    return 1;
}

static int read_escape(qbg__tree *tree) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (tree->at == tree->end) return 0;
    char byte = *tree->at++;
    if (byte == 'u') return read_code(tree);
    const char *found = byte != '\0' ? strchr(from, byte) : NULL;
    if (found) qbg__blob_char(&tree->texts, to[found - from]);
    return found != NULL;
}

/* A text, unquoted, into `texts`. */
static int read_text(qbg__tree *tree, qbg__tree_text *out) {
    if (!take(tree, '"')) return 0;
    out->at = tree->texts.size;
    while (tree->at < tree->end && *tree->at != '"') {
        char byte = *tree->at++;
        if (byte != '\\')
            qbg__blob_char(&tree->texts, byte);
        else if (!read_escape(tree))
            return 0;
    }
    if (tree->at == tree->end) return 0;
    tree->at++;
    out->size = tree->texts.size - out->at;
    return qbg__text_is_utf8(qbg_blob_data(&tree->texts) + out->at, out->size) ||
           tree->texts.status != QBG_OK;
}

static int skip_text(qbg__tree *tree) {
    for (tree->at++; tree->at < tree->end && *tree->at != '"'; tree->at++)
        if (*tree->at == '\\' && tree->at + 1 < tree->end) tree->at++;
    if (tree->at == tree->end) return 0;
    tree->at++;
    return 1;
}

/* A number, or a word as true; null is nothing. */
static int read_word(qbg__tree *tree, qbg__tree_text *out) {
    const char *start = tree->at;
    while (tree->at < tree->end && !is_blank(*tree->at) && !strchr(",]}:[{\"", *tree->at))
        tree->at++;
    size_t size = (size_t)(tree->at - start);
    if (size == 0) return 0;
    *out = (qbg__tree_text){tree->texts.size, 0};
    if (size == 4 && memcmp(start, "null", 4) == 0) return 1;
    qbg__blob_bytes(&tree->texts, start, size);
    out->size = size;
    return qbg__text_is_utf8(start, size);
}

/* Whatever else is nested, as it stands: its brackets and texts must close. */
static int skip_nested(qbg__tree *tree) {
    int depth = 0;
    do {
        if (peek(tree) == '\0') return 0;
        if (*tree->at == '"') {
            if (!skip_text(tree)) return 0;
            continue;
        }
        depth += *tree->at == '{' || *tree->at == '[';
        depth -= *tree->at == '}' || *tree->at == ']';
        tree->at++;
    } while (depth > 0);
    return 1;
}

static int keep_nested(qbg__tree *tree, qbg__tree_text *out) {
    const char *start = tree->at;
    if (!skip_nested(tree)) return 0;
    *out = (qbg__tree_text){tree->texts.size, (size_t)(tree->at - start)};
    qbg__blob_bytes(&tree->texts, start, out->size);
    return qbg__text_is_utf8(start, out->size);
}

static int read_value(qbg__tree *tree, qbg__tree_text *out) {
    switch (peek(tree)) {
    case '"': return read_text(tree, out);
    case '{':
    case '[': return keep_nested(tree, out);
    default: return read_word(tree, out);
    }
}

/* ---- records --------------------------------------------------------------------------------- */

static qbg__span span_of(const qbg__tree *tree, qbg__tree_text text) {
    return (qbg__span){qbg_blob_data(&tree->texts) + text.at, text.size};
}

static int is_text(const qbg__tree *tree, qbg__tree_text text, const char *word) {
    return text.size == strlen(word) && memcmp(span_of(tree, text).bytes, word, text.size) == 0;
}

static int is_same(const qbg__tree *tree, qbg__tree_text a, qbg__tree_text b) {
    return a.size == b.size && memcmp(span_of(tree, a).bytes, span_of(tree, b).bytes, a.size) == 0;
}

#define ADD(tree, list, item, number)                                                              \
    do {                                                                                           \
        qbg_status added =                                                                         \
            qbg__mem_reserve(&(tree)->mem, &(tree)->list##s, &(tree)->list##_capacity,             \
                             (uint64_t)(tree)->list##_count + 1, sizeof *(tree)->list##s);         \
        if (added != QBG_OK) return added;                                                         \
        *(number) = (tree)->list##_count++;                                                        \
        (tree)->list##s[*(number)] = item;                                                         \
    } while (0)

static qbg_status find_type(qbg__tree *tree, qbg__tree_text name, uint32_t *out) {
    for (*out = 0; *out < tree->type_count; ++*out)
        if (is_same(tree, tree->types[*out], name)) return QBG_OK;
    ADD(tree, type, name, out);
    return QBG_OK;
}

static qbg_status find_column(qbg__tree *tree, uint32_t type, qbg__tree_text name, uint32_t *out) {
    for (*out = 0; *out < tree->column_count; ++*out)
        if (tree->columns[*out].type == type && is_same(tree, tree->columns[*out].name, name))
            return QBG_OK;
    ADD(tree, column, ((qbg__tree_column){type, name}), out);
    return QBG_OK;
}

typedef struct pair {
    qbg__tree_text name, value;
} pair;

static qbg_status add_cell(qbg__tree *tree, uint32_t record, const pair *of) {
    uint32_t column, cell;
    qbg_status status = find_column(tree, tree->records[record].type, of->name, &column);
    if (status != QBG_OK) return status;
    ADD(tree, cell, ((qbg__tree_cell){column, QBG_NONE, of->value}), &cell);
    if (tree->records[record].first == QBG_NONE)
        tree->records[record].first = cell;
    else
        tree->cells[tree->records[record].last].next = cell;
    tree->records[record].last = cell;
    return QBG_OK;
}

/* What a record is may be told behind its cells: then they move to the columns of that type. */
static qbg_status set_type(qbg__tree *tree, uint32_t record, qbg__tree_text name) {
    qbg_status status = find_type(tree, name, &tree->records[record].type);
    for (uint32_t i = tree->records[record].first; i != QBG_NONE && status == QBG_OK;
         i = tree->cells[i].next)
        status = find_column(tree, tree->records[record].type,
                             tree->columns[tree->cells[i].column].name, &tree->cells[i].column);
    return status;
}

static qbg_status read_records(qbg__tree *tree, uint32_t parent);

/* {"type": ..., "referenceId": ..., "url": ...} */
static qbg_status read_attributes(qbg__tree *tree, uint32_t record) {
    pair of;
    if (!take(tree, '{')) return QBG_E_FORMAT;
    if (take(tree, '}')) return QBG_OK;
    do {
        qbg_status status = QBG_OK;
        if (!read_text(tree, &of.name) || !take(tree, ':') || !read_value(tree, &of.value))
            return QBG_E_FORMAT;
        if (is_text(tree, of.name, "type")) status = set_type(tree, record, of.value);
        if (is_text(tree, of.name, "referenceId")) tree->records[record].reference = of.value;
        if (status != QBG_OK) return status;
    } while (take(tree, ','));
    return take(tree, '}') ? QBG_OK : QBG_E_FORMAT;
}

/* Has an object records of its own? It is only looked at. */
static int holds_records(qbg__tree *tree) {
    qbg__tree_text name;
    const char *start = tree->at;
    size_t size = tree->texts.size;
    int found = 0;
    if (take(tree, '{') && peek(tree) == '"') do {
            if (!read_text(tree, &name) || !take(tree, ':')) break;
            found = is_text(tree, name, "records") && peek(tree) == '[';
            if (found || peek(tree) == '\0') break;
            if (strchr("{[", *tree->at) ? !skip_nested(tree) : !read_value(tree, &name)) break;
        } while (take(tree, ','));
    if (!found) {
        tree->at = start;
        if (tree->texts.status == QBG_OK) qbg__blob_cut(&tree->texts, size);
    }
    return found;
}

/* Behind the records inside of an object: up to its end. */
static qbg_status end_object(qbg__tree *tree) {
    pair of;
    while (take(tree, ','))
        if (!read_text(tree, &of.name) || !take(tree, ':') || !read_value(tree, &of.value))
            return QBG_E_FORMAT;
    return take(tree, '}') ? QBG_OK : QBG_E_FORMAT;
}

static qbg_status read_cell(qbg__tree *tree, uint32_t record) {
    pair of;
    if (!read_text(tree, &of.name) || !take(tree, ':')) return QBG_E_FORMAT;
    if (is_text(tree, of.name, "attributes") && peek(tree) == '{')
        return read_attributes(tree, record);
    if (peek(tree) == '{' && holds_records(tree)) {
        qbg_status status = read_records(tree, record);
        return status == QBG_OK ? end_object(tree) : status;
    }
    if (!read_value(tree, &of.value)) return QBG_E_FORMAT;
    return of.value.size > 0 ? add_cell(tree, record, &of) : QBG_OK;
}

static qbg_status read_record(qbg__tree *tree, uint32_t parent) {
    uint32_t record, type;
    qbg_status status = find_type(tree, (qbg__tree_text){0, 0}, &type);
    if (status != QBG_OK) return status;
    ADD(tree, record, ((qbg__tree_record){type, parent, QBG_NONE, QBG_NONE, {0, 0}}), &record);
    if (!take(tree, '{')) return QBG_E_FORMAT;
    if (take(tree, '}')) return QBG_OK;
    do status = read_cell(tree, record);
    while (status == QBG_OK && take(tree, ','));
    if (status != QBG_OK) return status;
    return take(tree, '}') ? QBG_OK : QBG_E_FORMAT;
}

static qbg_status read_records(qbg__tree *tree, uint32_t parent) {
    qbg_status status = QBG_OK;
    if (!take(tree, '[') || tree->depth >= DEEPEST) return QBG_E_FORMAT;
    if (take(tree, ']')) return QBG_OK;
    tree->depth++;
    do status = read_record(tree, parent);
    while (status == QBG_OK && take(tree, ','));
    tree->depth--;
    if (status != QBG_OK) return status;
    return take(tree, ']') ? QBG_OK : QBG_E_FORMAT;
}

/* The records of a tree, or of an answer of the command line of Salesforce, which has them in
 * "result"; or a list of records alone. */
static qbg_status read_whole(qbg__tree *tree) {
    qbg__tree_text name;
    if (peek(tree) == '[') return read_records(tree, QBG_NONE);
    if (holds_records(tree)) {
        qbg_status status = read_records(tree, QBG_NONE);
        return status == QBG_OK ? end_object(tree) : status;
    }
    if (!take(tree, '{')) return QBG_E_FORMAT;
    do {
        if (!read_text(tree, &name) || !take(tree, ':')) return QBG_E_FORMAT;
        if (peek(tree) == '{' && holds_records(tree)) {
            qbg_status status = read_records(tree, QBG_NONE);
            if (status == QBG_OK) status = end_object(tree);
            return status == QBG_OK ? end_object(tree) : status;
        }
        if (!read_value(tree, &name)) return QBG_E_FORMAT;
    } while (take(tree, ','));
    return QBG_E_FORMAT;
}

qbg_status qbg__tree_read(qbg__tree *tree, const char *bytes, size_t size) {
    tree->end = bytes + size;
    tree->at = behind_mark(bytes, tree->end);
    qbg_status status = read_whole(tree);
    if (tree->texts.status != QBG_OK) return tree->texts.status;
    if (status == QBG_OK && peek(tree) != '\0') status = QBG_E_FORMAT;
    return status;
}

/* ---- tables ---------------------------------------------------------------------------------- */

qbg__span qbg__tree_type(const qbg__tree *tree, uint32_t type) {
    return span_of(tree, tree->types[type]);
}

/* "@ContactRef1" is a reference. */
static qbg__span value_of(const qbg__tree *tree, qbg__tree_text text) {
    qbg__span value = span_of(tree, text);
    if (value.size < 2 || value.bytes[0] != '@') return value;
    for (size_t i = 1; i < value.size; i++) {
        char byte = value.bytes[i];
        int is_word = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= '0' && byte <= '9') || byte == '_';
        if (!is_word) return value;
    }
    return (qbg__span){value.bytes + 1, value.size - 1};
}

static const qbg__tree_cell *find_cell(const qbg__tree *tree, uint32_t record, uint32_t column) {
    for (uint32_t i = tree->records[record].first; i != QBG_NONE; i = tree->cells[i].next)
        if (tree->cells[i].column == column) return &tree->cells[i];
    return NULL;
}

/* The Id of a record, or its reference. */
static qbg__span id_of(const qbg__tree *tree, uint32_t record) {
    for (uint32_t i = tree->records[record].first; i != QBG_NONE; i = tree->cells[i].next)
        if (is_text(tree, tree->columns[tree->cells[i].column].name, "Id"))
            return span_of(tree, tree->cells[i].text);
    return span_of(tree, tree->records[record].reference);
}

/* The type of the records that those of a type lie in: theirs is the first one's; QBG_NONE: in
 * none. */
static uint32_t parents_of(const qbg__tree *tree, uint32_t type) {
    for (uint32_t i = 0; i < tree->record_count; i++)
        if (tree->records[i].type == type && tree->records[i].parent != QBG_NONE)
            return tree->records[tree->records[i].parent].type;
    return QBG_NONE;
}

static int has_column(const qbg__tree *tree, uint32_t type, const char *name, size_t size) {
    for (uint32_t i = 0; i < tree->column_count; i++) {
        qbg__span known = span_of(tree, tree->columns[i].name);
        if (tree->columns[i].type == type && known.size == size &&
            memcmp(known.bytes, name, size) == 0)
            return 1;
    }
    return 0;
}

/* What a table has beside its records' own cells. */
typedef struct extra {
    int has_id;       /* the column Id comes from references */
    uint32_t parents; /* the type whose name and "Id" is a column, or QBG_NONE */
} extra;

static void write_header(const qbg__tree *tree, uint32_t type, const extra *more, qbg_blob *out) {
    int is_first = 1;
    if (more->has_id) qbg__csv_write_text(out, "Id");
    is_first = !more->has_id;
    if (more->parents != QBG_NONE) {
        qbg__span name = qbg__tree_type(tree, more->parents);
        if (!is_first) qbg__csv_write_comma(out);
        qbg__blob_bytes(out, name.bytes, name.size);
        qbg__blob_text(out, "Id");
        is_first = 0;
    }
    for (uint32_t i = 0; i < tree->column_count; i++) {
        if (tree->columns[i].type != type) continue;
        qbg__span name = span_of(tree, tree->columns[i].name);
        if (!is_first) qbg__csv_write_comma(out);
        qbg__csv_write_cell(out, name.bytes, name.size);
        is_first = 0;
    }
    qbg__csv_write_line_end(out);
}

static void write_record(const qbg__tree *tree, uint32_t record, const extra *more, qbg_blob *out) {
    const qbg__tree_record *of = &tree->records[record];
    int is_first = !more->has_id;
    qbg__span id = id_of(tree, record);
    if (more->has_id) qbg__csv_write_cell(out, id.bytes, id.size);
    if (more->parents != QBG_NONE) {
        qbg__span parent = {"", 0};
        if (of->parent != QBG_NONE) parent = id_of(tree, of->parent);
        if (!is_first) qbg__csv_write_comma(out);
        qbg__csv_write_cell(out, parent.bytes, parent.size);
        is_first = 0;
    }
    for (uint32_t i = 0; i < tree->column_count; i++) {
        if (tree->columns[i].type != of->type) continue;
        const qbg__tree_cell *cell = find_cell(tree, record, i);
        qbg__span value = cell ? value_of(tree, cell->text) : (qbg__span){"", 0};
        if (!is_first) qbg__csv_write_comma(out);
        qbg__csv_write_cell(out, value.bytes, value.size);
        is_first = 0;
    }
    qbg__csv_write_line_end(out);
}

int qbg__tree_has(const qbg__tree *tree, uint32_t type) {
    for (uint32_t i = 0; i < tree->record_count; i++)
        if (tree->records[i].type == type) return 1;
    return 0;
}

qbg_status qbg__tree_write(const qbg__tree *tree, uint32_t type, qbg_blob *out) {
    extra more = {!has_column(tree, type, "Id", 2), parents_of(tree, type)};
    if (more.parents != QBG_NONE) {
        char name[96];
        qbg__span parent = qbg__tree_type(tree, more.parents);
        if (parent.size > sizeof name - 3) return QBG_E_FORMAT;
        memcpy(name, parent.bytes, parent.size);
        memcpy(name + parent.size, "Id", 2);
        if (has_column(tree, type, name, parent.size + 2)) more.parents = QBG_NONE;
    }
    write_header(tree, type, &more, out);
    for (uint32_t i = 0; i < tree->record_count; i++)
        if (tree->records[i].type == type) write_record(tree, i, &more, out);
    return out->status;
}
