/* dialect_cells: conversions; see dialect_cells.h. What does not read is refused, unless the row
 * says enough without it: then it is remarked and left out. */
#include "io/dialect_cells.h"

#include "base/civil.h"
#include "base/text.h"
#include "io/book_cells.h"
#include "qbg/crosswalk.h"
#include "qbg/vocabulary.h"

#include <string.h>

static const qbg__span nothing = {"", 0};

static void append(qbg_blob *out, qbg__span text) { qbg__blob_bytes(out, text.bytes, text.size); }

/* ---- texts ----------------------------------------------------------------------------------- */

qbg_status qbg__convert_text(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    append(out, qbg__export_cell(self, cell->field));
    return out->status;
}

qbg_status qbg__convert_word(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)self;
    qbg__blob_text(out, cell->word);
    return out->status;
}

qbg_status qbg__convert_text_or_word(qbg__export *self, const qbg__dialect_cell *cell,
                                     qbg_blob *out) {
    if (qbg__export_cell(self, cell->field).size > 0) return qbg__convert_text(self, cell, out);
    return qbg__convert_word(self, cell, out);
}

qbg_status qbg__convert_name(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span first = qbg__export_cell(self, cell->field),
              last = qbg__export_cell(self, cell->other);
    append(out, first);
    if (first.size > 0 && last.size > 0) qbg__blob_char(out, ' ');
    append(out, last);
    return out->status;
}

/* Case by case, so that names and addresses that differ in nothing else are one. */
static void fold(qbg_blob *out, qbg__span text) {
    const char *at = text.bytes, *end = text.bytes + text.size;
    while (at < end) {
        char bytes[4];
        qbg__blob_bytes(out, bytes, qbg__text_put(qbg__text_fold(qbg__text_next(&at, end)), bytes));
    }
}

qbg_status qbg__convert_folded(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    fold(out, qbg__export_cell(self, cell->field));
    return out->status;
}

/* ---- times and numbers ----------------------------------------------------------------------- */

static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static int are_digits(qbg__span text) {
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.bytes[i])) return 0;
    return text.size > 0;
}

/* Fivetran and warehouses write "UTC" behind a time. */
static qbg__span without_utc(qbg__span text) {
    if (text.size > 4 && memcmp(text.bytes + text.size - 4, " UTC", 4) == 0) text.size -= 4;
    return text;
}

/* HubSpot counts milliseconds since 1970. */
static int read_counted(qbg__span text, int64_t *out) {
    int64_t value = 0;
    if (!are_digits(text) || (text.size != 10 && text.size != 13)) return 0;
    for (size_t i = 0; i < text.size; i++) value = value * 10 + (text.bytes[i] - '0');
    *out = text.size == 13 ? value / 1000 : value;
    return qbg__time_is_valid(*out);
}

static qbg_status read_time(qbg__span text, int64_t *out) {
    char padded[40];
    if (read_counted(text, out)) return QBG_OK;
    text = without_utc(text);
    int is_short = text.size > 12 && text.size < sizeof padded && text.bytes[12] == ':' &&
                   (text.bytes[10] == ' ' || text.bytes[10] == 'T') && is_digit(text.bytes[11]);
    if (!is_short) return qbg__civil_read(text.bytes, text.size, 0, out);
    memcpy(padded, text.bytes, 11);
    padded[11] = '0';
    memcpy(padded + 12, text.bytes + 11, text.size - 11);
    return qbg__civil_read(padded, text.size + 1, 0, out);
}

qbg_status qbg__convert_time(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    char written[24];
    int64_t time;
    int field = cell->field;
    if (qbg__export_cell(self, field).size == 0 && cell->other > 0) field = cell->other;
    qbg__span text = qbg__export_cell(self, field);
    if (text.size == 0) return QBG_OK;
    qbg_status status = read_time(text, &time);
    if (status == QBG_E_RANGE)
        return qbg__export_refuse(self, field, "a time outside of 1970 to 2199");
    if (status != QBG_OK)
        return qbg__export_refuse(self, field,
                                  "not a time: write 2025-11-19 or "
                                  "2025-11-19T09:00:00Z");
    qbg__blob_bytes(out, written, qbg__civil_write(time, written));
    return out->status;
}

/* "12.5E-1": mantissa and exponent; QBG_E_FORMAT: it has none that counts. */
static qbg_status read_exponent(qbg__span text, size_t *out_size, int *out_shift) {
    size_t at = 0;
    int sign = 1, shift = 0;
    while (at < text.size && text.bytes[at] != 'e' && text.bytes[at] != 'E') at++;
    *out_size = at++;
    if (at < text.size && (text.bytes[at] == '+' || text.bytes[at] == '-'))
        sign = text.bytes[at++] == '-' ? -1 : 1;
    if (at >= text.size || text.size - at > 2) return QBG_E_FORMAT;
    for (; at < text.size; at++) {
        if (!is_digit(text.bytes[at])) return QBG_E_FORMAT;
        shift = shift * 10 + (text.bytes[at] - '0');
    }
    *out_shift = sign * shift;
    return QBG_OK;
}

/* The point of a decimal moved by so many places, to the right when they are above 0. */
static void write_shifted(qbg_blob *out, qbg__span text, int shift) {
    size_t at = text.size > 0 && (text.bytes[0] == '-' || text.bytes[0] == '+') ? 1 : 0;
    qbg__span digits = {text.bytes + at, text.size - at};
    const char *dot = digits.size > 0 ? memchr(digits.bytes, '.', digits.size) : NULL;
    long whole = (dot ? dot - digits.bytes : (long)digits.size) + shift, written = 0;
    if (at > 0 && text.bytes[0] == '-') qbg__blob_char(out, '-');
    if (whole <= 0) qbg__blob_text(out, "0.");
    for (long i = whole; i < 0; i++) qbg__blob_char(out, '0');
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.bytes + i == dot) continue;
        if (whole > 0 && written == whole) qbg__blob_char(out, '.');
        qbg__blob_char(out, digits.bytes[i]);
        written++;
    }
    for (; written < whole; written++) qbg__blob_char(out, '0');
}

qbg_status qbg__convert_number(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int shift;
    qbg__span text = qbg__export_cell(self, cell->field), mantissa = text;
    if (read_exponent(text, &mantissa.size, &shift) != QBG_OK)
        append(out, text);
    else
        write_shifted(out, mantissa, shift);
    return out->status;
}

/* ---- words ----------------------------------------------------------------------------------- */

static int is_host(qbg__span host) {
    int dots = 0;
    for (size_t i = 0; i < host.size; i++) {
        unsigned char byte = (unsigned char)host.bytes[i];
        int is_letter = is_digit((char)byte) || (byte >= 'a' && byte <= 'z') ||
                        (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
        if (byte == '.' && (i == 0 || i + 1 == host.size)) return 0;
        if (!is_letter && byte != '.' && byte != '-') return 0;
        dots += byte == '.';
    }
    return dots > 0;
}

static void drop(qbg__span *text, const char *front) {
    size_t size = strlen(front);
    if (text->size <= size || !qbg__text_same(text->bytes, size, front, size)) return;
    text->bytes += size;
    text->size -= size;
}

qbg_status qbg__convert_domain(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span host = qbg__export_cell(self, cell->field);
    if (host.size == 0) return QBG_OK;
    drop(&host, "http://");
    drop(&host, "https://");
    drop(&host, "www.");
    size_t size = 0;
    while (size < host.size && !strchr("/?#: ", host.bytes[size])) size++;
    host.size = size;
    if (is_host(host)) {
        append(out, host);
        return out->status;
    }
    return qbg__export_remark(self, cell->field, "not a web address; it is left out");
}

qbg_status qbg__convert_department(qbg__export *self, const qbg__dialect_cell *cell,
                                   qbg_blob *out) {
    qbg__span text = qbg__export_cell(self, cell->field);
    if (text.size == 0) return QBG_OK;
    int32_t word = qbg__book_find_word(text.bytes, text.size, QBG_WORDS_DEPARTMENT);
    if (word == QBG_UNSET)
        return qbg__export_remark_once(self, cell->field, text,
                                       "not a department of a book; it is left out");
    qbg__blob_text(out, qbg_word_key(QBG_WORDS_DEPARTMENT, word));
    return out->status;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static qbg_status refuse_deleted(qbg__export *self, int32_t link, int field) {
    static const char *const reasons[] = {
        [QBG__LINK_ACCOUNT] = "the company with this key was deleted",
        [QBG__LINK_CONTACT] = "the contact with this key was deleted",
        [QBG__LINK_OPPORTUNITY] = "the opportunity with this key was deleted",
    };
    return qbg__export_refuse(self, field, reasons[link]);
}

static qbg_status name_it(qbg__export *self, int32_t link, int field, qbg__span key) {
    static const char *const reasons[] = {
        [QBG__LINK_ACCOUNT] = "no row of the export is this company; it is known by its key alone",
        [QBG__LINK_CONTACT] = "no row of the export is this contact; he is known by his key alone",
    };
    qbg_status status = qbg__export_need(self, link, key, nothing);
    return status == QBG_OK ? qbg__export_remark(self, field, reasons[link]) : status;
}

qbg_status qbg__convert_key(qbg__export *self, int32_t link, int field, qbg__span key,
                            qbg_blob *out) {
    qbg_status status = QBG_OK;
    if (key.size == 0) return QBG_OK;
    if (!qbg__export_knows(self, link, key)) {
        if (qbg__export_is_deleted(self, link, key)) return refuse_deleted(self, link, field);
        if (link == QBG__LINK_OPPORTUNITY)
            return qbg__export_refuse(self, field, "no opportunity has this key");
        status = name_it(self, link, field, key);
    }
    append(out, key);
    return status == QBG_OK ? out->status : status;
}

/* By its name: an account that has it, else one that is called so. Two of one name are no answer.
 */
static qbg_status account_by_name(qbg__export *self, int field, qbg_blob *out) {
    qbg__span name = qbg__export_cell(self, field);
    if (name.size == 0) return QBG_OK;
    if (qbg__export_knows(self, QBG__LINK_ACCOUNT, name)) {
        append(out, name); /* some put the key where the name belongs */
        return out->status;
    }
    qbg__blob_clear(&self->piece);
    fold(&self->piece, name);
    if (self->piece.status != QBG_OK) return self->piece.status;
    const qbg__link *link =
        qbg__links_find(&self->links, QBG__LINK_ACCOUNT_OF_NAME,
                        (qbg__span){qbg_blob_data(&self->piece), self->piece.size});
    if (link && link->is_several)
        return qbg__export_remark(self, field, "several companies have this name; it is left out");
    append(out, link ? qbg__links_value(&self->links, link) : name);
    if (out->status != QBG_OK || link) return out->status;
    return qbg__export_need(self, QBG__LINK_ACCOUNT, name, name);
}

qbg_status qbg__convert_account(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (key.size > 0) return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->field, key, out);
    return cell->other > 0 ? account_by_name(self, cell->other, out) : QBG_OK;
}

qbg_status qbg__convert_contact(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int field = cell->field;
    if (qbg__export_cell(self, field).size == 0 && cell->other > 0) field = cell->other;
    return qbg__convert_key(self, QBG__LINK_CONTACT, field, qbg__export_cell(self, field), out);
}

qbg_status qbg__convert_recipient(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span address = qbg__export_cell(self, cell->field);
    if (address.size == 0) return QBG_OK;
    qbg__blob_clear(&self->piece);
    fold(&self->piece, address);
    if (self->piece.status != QBG_OK) return self->piece.status;
    qbg__span folded = {qbg_blob_data(&self->piece), self->piece.size};
    qbg__span known = qbg__export_linked(self, QBG__LINK_CONTACT_OF_EMAIL, folded);
    append(out, known.size > 0 ? known : folded);
    if (known.size > 0 || out->status != QBG_OK ||
        qbg__export_knows(self, QBG__LINK_CONTACT, folded))
        return out->status;
    qbg_status status = qbg__export_need(self, QBG__LINK_CONTACT, folded, address);
    if (status != QBG_OK) return status;
    return qbg__export_remark(self, cell->field,
                              "no contact has this address; he is known by it alone");
}

qbg_status qbg__convert_opportunity(qbg__export *self, const qbg__dialect_cell *cell,
                                    qbg_blob *out) {
    return qbg__convert_key(self, QBG__LINK_OPPORTUNITY, cell->field,
                            qbg__export_cell(self, cell->field), out);
}

qbg_status qbg__convert_link(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    append(out, qbg__export_linked(self, cell->other, qbg__export_cell(self, cell->field)));
    return out->status;
}

static qbg_status host_solution(qbg__export *self, qbg_blob *out) {
    qbg__span solution = {self->names.bytes + self->solution, self->solution_size};
    if (self->solution_size == 0) solution = (qbg__span){"default", 7};
    append(out, solution);
    return out->status == QBG_OK ? qbg__export_need(self, QBG__LINK_SOLUTION, solution, nothing)
                                 : out->status;
}

qbg_status qbg__convert_solution(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = self->product;
    if (key.size == 0 && cell->other > 0) {
        const qbg__link *link =
            qbg__links_find(&self->links, cell->other, qbg__export_cell(self, cell->field));
        if (link && link->is_several) {
            qbg_status status =
                qbg__export_remark(self, cell->field,
                                   "its line items are of several products; it is about the "
                                   "solution for those without one");
            return status == QBG_OK ? host_solution(self, out) : status;
        }
        if (link) key = qbg__links_value(&self->links, link);
    }
    if (key.size == 0) return host_solution(self, out);
    append(out, key);
    if (out->status != QBG_OK) return out->status;
    return qbg__export_need(self, QBG__LINK_SOLUTION, (qbg__span){out->bytes, out->size}, nothing);
}

/* ---- roles ----------------------------------------------------------------------------------- */

/* "what is lost: that he can refuse it", once a word and table. */
static qbg_status tell_loss(qbg__export *self, int field, qbg__span word, const char *role,
                            const char *loss) {
    qbg_blob reason;
    if (loss[0] == '\0') return QBG_OK;
    qbg__blob_begin(&reason, &self->mem);
    qbg__blob_text(&reason, "here it is the role ");
    qbg__blob_text(&reason, role);
    qbg__blob_text(&reason, "; what is lost: ");
    qbg__blob_text(&reason, loss);
    qbg_status status = reason.status;
    if (status == QBG_OK)
        status = qbg__export_remark_once(self, field, word, qbg_blob_data(&reason));
    qbg__blob_end(&reason);
    return status;
}

static qbg_status write_role(qbg__export *self, int32_t crosswalk, int field, qbg__span word,
                             qbg_blob *out) {
    qbg_blob text;
    qbg__blob_begin(&text, &self->mem);
    append(&text, word);
    qbg_status status = text.status;
    const char *role = status == QBG_OK ? qbg_crosswalk_to_role(crosswalk, text.bytes) : NULL;
    const char *loss = role ? qbg_crosswalk_to_role_loss(crosswalk, text.bytes) : NULL;
    qbg__blob_end(&text);
    if (status != QBG_OK) return status;
    if (out->size > 0) qbg__blob_char(out, ';');
    if (role) {
        qbg__blob_text(out, role);
        return tell_loss(self, field, word, role, loss);
    }
    append(out, word);
    status = qbg__export_need(self, QBG__LINK_ROLE, word, nothing);
    if (status != QBG_OK) return status;
    return qbg__export_remark_once(self, field, word,
                                   "no word of this system; it is a role of its "
                                   "own here, which no seat of a template has");
}

qbg_status qbg__convert_roles(qbg__export *self, int32_t crosswalk, int field, qbg__span words,
                              qbg_blob *out) {
    qbg_status status = out->status;
    for (size_t at = 0; at < words.size && status == QBG_OK;) {
        size_t end = at;
        while (end < words.size && words.bytes[end] != ';') end++;
        qbg__span word = {words.bytes + at, end - at};
        qbg__text_trim(&word.bytes, &word.size);
        if (word.size > 0) status = write_role(self, crosswalk, field, word, out);
        at = end + 1;
    }
    return status == QBG_OK ? out->status : status;
}

qbg_status qbg__convert_role(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return qbg__convert_roles(self, cell->other, cell->field, qbg__export_cell(self, cell->field),
                              out);
}
