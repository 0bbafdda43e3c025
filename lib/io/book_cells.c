/* book_cells: reads cells; see book_cells.h. A reason is for whoever mends the file, so it names
 * what may stand in the cell rather than what went wrong inside. */
#include "io/book_cells.h"

#include "base/civil.h"
#include "base/fixed.h"
#include "base/money.h"
#include "base/real.h"
#include "base/text.h"
#include "model/catalog.h"
#include "model/erasure.h"
#include "qbg/account.h"
#include "qbg/contact.h"
#include "qbg/opportunity.h"
#include "qbg/template.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* A cell without the blanks around it. */
typedef struct span {
    const char *bytes;
    size_t size;
} span;

static span trimmed(const qbg__book_row *row, int column) {
    span cell = {row->cells[column].text, row->cells[column].size};
    qbg__text_trim(&cell.bytes, &cell.size);
    return cell;
}

/* Blanks in quotes are a cell, but no number, word or time. */
static qbg_status check_empty(const qbg__book_row *row, int column) {
    if (!(row->table->filled >> column & 1)) return QBG_OK;
    return qbg__book_refuse(row, column, "a value is required here");
}

const char *qbg__book_text(const qbg__book_row *row, int column) {
    return row->cells[column].size > 0 ? row->cells[column].text : NULL;
}

qbg_status qbg__book_time(const qbg__book_row *row, int column, int64_t *out) {
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    switch (qbg__civil_read(cell.bytes, cell.size, 0, out)) {
    case QBG_OK: return QBG_OK;
    case QBG_E_RANGE: return qbg__book_refuse(row, column, "a time outside of 1970 to 2199");
    default:
        return qbg__book_refuse(row, column,
                                "not a time: write 2025-11-19 or 2025-11-19T09:00:00Z");
    }
}

/* ---- words ----------------------------------------------------------------------------------- */

static int is_same(const char *word, const char *text, size_t size) {
    return qbg__text_same(word, strlen(word), text, size);
}

int32_t qbg__book_find_word(const char *text, size_t size, int32_t vocabulary) {
    for (int32_t word = 0; word < qbg_word_count(vocabulary); word++)
        if (is_same(qbg_word_key(vocabulary, word), text, size)) return word;
    return QBG_UNSET;
}

qbg_status qbg__book_refuse_word(const qbg__book_row *row, int column, int32_t vocabulary) {
    qbg_blob *reason = qbg__book_refusing(row, column);
    qbg__blob_text(reason, "not one of: ");
    for (int32_t word = 0; word < qbg_word_count(vocabulary); word++) {
        if (word > 0) qbg__blob_text(reason, ", ");
        qbg__blob_text(reason, qbg_word_key(vocabulary, word));
    }
    return qbg__book_refused(row);
}

qbg_status qbg__book_word(const qbg__book_row *row, int column, int32_t vocabulary, int32_t *out) {
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    int32_t word = qbg__book_find_word(cell.bytes, cell.size, vocabulary);
    if (word == QBG_UNSET) return qbg__book_refuse_word(row, column, vocabulary);
    *out = word;
    return QBG_OK;
}

qbg_status qbg__book_flag(const qbg__book_row *row, int column, int32_t *out) {
    static const char *const words[] = {"0", "1", "no", "yes", "false", "true"};
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    for (int32_t i = 0; i < 6; i++) {
        if (!is_same(words[i], cell.bytes, cell.size)) continue;
        *out = i % 2;
        return QBG_OK;
    }
    return qbg__book_refuse(row, column, "not one of: 1, 0, yes, no, true, false");
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void write_decimal(qbg_blob *out, int64_t value, int places) {
    char text[32];
    qbg__blob_bytes(out, text, qbg__decimal_write(value, places, text));
}

static void write_places(qbg_blob *out, int places) {
    qbg__blob_text(out, " with at most ");
    qbg__blob_int(out, places);
    qbg__blob_text(out, " decimal places, after a point");
}

static qbg_status refuse_decimal(const qbg__book_row *row, int column, int places, int64_t least,
                                 int64_t most) {
    qbg_blob *reason = qbg__book_refusing(row, column);
    qbg__blob_text(reason, places == 0 ? "not a whole number from " : "not a number from ");
    write_decimal(reason, least, places);
    qbg__blob_text(reason, " to ");
    write_decimal(reason, most, places);
    if (places > 0) write_places(reason, places);
    return qbg__book_refused(row);
}

qbg_status qbg__book_decimal(const qbg__book_row *row, int column, int places, int64_t least,
                             int64_t most, int64_t *out) {
    int64_t value;
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    if (qbg__decimal_read(cell.bytes, cell.size, places, &value) != QBG_OK || value < least ||
        value > most)
        return refuse_decimal(row, column, places, least, most);
    *out = value;
    return QBG_OK;
}

static int has_exponent(span cell) {
    return memchr(cell.bytes, 'e', cell.size) || memchr(cell.bytes, 'E', cell.size);
}

qbg_status qbg__book_ratio(const qbg__book_row *row, int column, double *out) {
    double value;
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    if (has_exponent(cell) || qbg__real_read(cell.bytes, cell.size, &value) != QBG_OK ||
        value < 0 || value > 1)
        return qbg__book_refuse(row, column, "not a number from 0 to 1, as 0.25");
    *out = value;
    return QBG_OK;
}

/* ---- money ----------------------------------------------------------------------------------- */

/* The least number of 64 bits is no amount: it is how the model writes none. */
static qbg_status refuse_money(const qbg__book_row *row, int column, const char *currency,
                               int64_t least, qbg_status status) {
    int places = qbg__currency_places(currency);
    if (status == QBG_OK && least == 0) return qbg__book_refuse(row, column, "an amount below 0");
    if (status == QBG_OK || status == QBG_E_RANGE)
        return qbg__book_refuse(row, column, "an amount beyond what 64 bits hold");
    qbg_blob *reason = qbg__book_refusing(row, column);
    qbg__blob_text(reason,
                   places == 0 ? "not a whole amount as 1200000" : "not an amount as 1200000.50");
    if (currency[0] != '\0') {
        qbg__blob_text(reason, " of ");
        qbg__blob_text(reason, currency);
    }
    if (places > 0) write_places(reason, places);
    return qbg__book_refused(row);
}

qbg_status qbg__book_money(const qbg__book_row *row, int column, const char *currency,
                           int64_t least, int64_t *out) {
    int64_t value;
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    qbg_status status =
        qbg__decimal_read(cell.bytes, cell.size, qbg__currency_places(currency), &value);
    if (status != QBG_OK || value < least)
        return refuse_money(row, column, currency, least, status);
    *out = value;
    return QBG_OK;
}

qbg_status qbg__book_currency(const qbg__book_row *row, int column, char out[4]) {
    char code[4] = "";
    span cell = trimmed(row, column);
    if (cell.size == 0) return check_empty(row, column);
    for (size_t i = 0; i < cell.size && i < 3; i++) {
        char letter = cell.bytes[i];
        code[i] = (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    }
    if (cell.size != 3 || !qbg__currency_is_code(code, 3))
        return qbg__book_refuse(row, column, "not a currency: write three letters, as EUR");
    memcpy(out, code, sizeof code);
    return QBG_OK;
}

/* ---- keys ------------------------------------------------------------------------------------ */

/* *out: the row that a cell names; QBG_E_NOT_FOUND. */
static qbg_status find_row(const qbg__book_row *row, int column, int32_t keys,
                           const qbg__rows *rows, const qbg__index *index, void **out) {
    qbg_book_reader *reader = row->reader;
    qbg__span key = {row->cells[column].text, row->cells[column].size};
    qbg_status status =
        qbg__book_keys_row(&reader->keys[keys], &reader->mem, rows, index, key, out);
    return status == QBG_OK && !*out ? QBG_E_NOT_FOUND : status;
}

qbg_status qbg__book_remember(const qbg__book_row *row, int column, int32_t keys,
                              const qbg__rows *rows, uint32_t number) {
    qbg__book_keys *known = &row->reader->keys[keys];
    qbg__span key = {row->cells[column].text, row->cells[column].size};
    if (key.size == 0) return QBG_OK;
    if (qbg__book_keys_find(known, rows, key, qbg__book_keys_word(key, 0)) != QBG_NONE)
        return QBG_OK;
    return qbg__book_keys_add(known, &row->reader->mem, rows, key, number);
}

qbg_status qbg__book_account(const qbg__book_row *row, int column, qbg_account **out) {
    const qbg_workspace *of = row->workspace;
    void *found = NULL;
    if (!qbg__book_text(row, column)) return QBG_OK;
    qbg_status status =
        find_row(row, column, QBG__BOOK_KEYS_ACCOUNT, &of->accounts, &of->account_index, &found);
    *out = found;
    if (status != QBG_E_NOT_FOUND) return status;
    return qbg__book_refuse(row, column, "no account has this key");
}

qbg_status qbg__book_contact(const qbg__book_row *row, int column, qbg_contact **out) {
    const qbg_workspace *of = row->workspace;
    void *found = NULL;
    if (!qbg__book_text(row, column)) return QBG_OK;
    qbg_status status =
        find_row(row, column, QBG__BOOK_KEYS_CONTACT, &of->contacts, &of->contact_index, &found);
    *out = found;
    if (status != QBG_E_NOT_FOUND) return status;
    return qbg__book_refuse(row, column,
                            qbg__erased_has_contact(row->workspace, qbg__book_text(row, column))
                                ? "the person with this key was erased on request"
                                : "no contact has this key");
}

qbg_status qbg__book_opportunity(const qbg__book_row *row, int column, qbg_opportunity **out) {
    const qbg_workspace *of = row->workspace;
    void *found = NULL;
    if (!qbg__book_text(row, column)) return QBG_OK;
    qbg_status status = find_row(row, column, QBG__BOOK_KEYS_OPPORTUNITY, &of->opportunities,
                                 &of->opportunity_index, &found);
    *out = found;
    if (status != QBG_E_NOT_FOUND) return status;
    return qbg__book_refuse(row, column, "no opportunity has this key");
}

qbg_status qbg__book_solution(const qbg__book_row *row, int column, qbg_solution **out) {
    const qbg_workspace *of = row->workspace;
    void *found = NULL;
    if (!qbg__book_text(row, column)) return QBG_OK;
    qbg_status status =
        find_row(row, column, QBG__BOOK_KEYS_SOLUTION, &of->solutions, &of->solution_index, &found);
    *out = found;
    if (status != QBG_E_NOT_FOUND) return status;
    return qbg__book_refuse(row, column, "no solution has this key");
}

qbg_status qbg__book_template(const qbg__book_row *row, int column, qbg_template **out) {
    const char *key = qbg__book_text(row, column);
    if (!key) return QBG_OK;
    *out = qbg_template_find(row->workspace, key);
    return *out ? QBG_OK : qbg__book_refuse(row, column, "no template has this key");
}

qbg_status qbg__book_role(const qbg__book_row *row, int column, qbg_role **out) {
    const char *key = qbg__book_text(row, column);
    if (!key) return QBG_OK;
    *out = qbg_role_find(row->workspace, key);
    return *out ? QBG_OK : qbg__book_refuse(row, column, "no role has this key");
}

/* ---- lists ----------------------------------------------------------------------------------- */

qbg_status qbg__book_piece(const qbg__book_row *row, int column, size_t *at, char **out) {
    const qbg__book_cell *cell = &row->cells[column];
    qbg_blob *piece = &row->reader->piece;
    *out = NULL;
    while (*at < cell->size && cell->text[*at] == ';') ++*at;
    if (*at == cell->size) return QBG_OK;
    const char *start = cell->text + *at;
    const char *end = memchr(start, ';', cell->size - *at);
    size_t size = end ? (size_t)(end - start) : cell->size - *at;
    *at += size;
    qbg__blob_clear(piece);
    qbg__blob_bytes(piece, start, size);
    *out = piece->bytes;
    return piece->status;
}

char *qbg__book_trim(char *piece) {
    const char *bytes = piece;
    size_t size = strlen(piece);
    qbg__text_trim(&bytes, &size);
    piece += bytes - piece;
    piece[size] = '\0';
    return piece;
}

/* A list of one role that is its key; NULL: it has to be walked. */
static qbg_status find_only_role(const qbg__book_row *row, int column, qbg_role **out) {
    const qbg_workspace *of = row->workspace;
    const qbg__book_cell *cell = &row->cells[column];
    void *found = NULL;
    *out = NULL;
    if (cell->size == 0 || memchr(cell->text, ';', cell->size)) return QBG_OK;
    qbg_status status =
        find_row(row, column, QBG__BOOK_KEYS_ROLE, &of->roles, &of->role_index, &found);
    *out = found;
    return status == QBG_E_NOT_FOUND ? QBG_OK : status;
}

/* A host's role may have blanks around its key; nobody else's list should fail for a blank. */
static qbg_role *find_role(const qbg__book_row *row, char *piece) {
    qbg_role *role = qbg_role_find(row->workspace, piece);
    return role ? role : qbg_role_find(row->workspace, qbg__book_trim(piece));
}

static qbg_status refuse_role(const qbg__book_row *row, int column, char *piece) {
    const char *key = qbg__book_trim(piece);
    qbg_blob *reason = qbg__book_refusing(row, column);
    qbg__blob_text(reason, "no role has the key ");
    qbg__refusals_show(reason, key, strlen(key));
    return qbg__book_refused(row);
}

static int has_role(qbg_role *const *roles, size_t count, const qbg_role *role) {
    for (size_t i = 0; i < count; i++)
        if (roles[i] == role) return 1;
    return 0;
}

qbg_status qbg__book_roles_of(const qbg__book_row *row, int column, qbg_role **out_roles,
                              size_t *out_count) {
    *out_count = 0;
    qbg_status status = find_only_role(row, column, &out_roles[0]);
    if (status != QBG_OK) return status;
    if (out_roles[0]) {
        *out_count = 1;
        return QBG_OK;
    }
    for (size_t at = 0;;) {
        char *piece;
        status = qbg__book_piece(row, column, &at, &piece);
        if (status != QBG_OK || !piece) return status;
        qbg_role *role = find_role(row, piece);
        if (!role && qbg__book_trim(piece)[0] == '\0') continue;
        if (!role) return refuse_role(row, column, piece);
        if (!has_role(out_roles, *out_count, role)) out_roles[(*out_count)++] = role;
    }
}
