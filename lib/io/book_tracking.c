/* book_tracking: loads the tracking table, which is a book of its own; see book_load.h. A row is a
 * company with its one opportunity, a person in it, and an interaction, and each of the three
 * loaders takes its part of it. The first one tells what is wrong with a row, before any part of it
 * is loaded; the others then never see it. */
#include "io/book_load.h"

#include "base/civil.h"
#include "base/text.h"
#include "io/book_cells.h"
#include "io/tracking.h"
#include "model/catalog.h"
#include "model/workspace.h"
#include "qbg/account.h"
#include "qbg/civil.h"
#include "qbg/member.h"
#include "qbg/opportunity.h"
#include "qbg/template.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define SOLUTION "default"

#define NAMES (1u << QBG__TRACKING_COMPANY | 1u << QBG__TRACKING_PERSON)

const qbg__book_table qbg__book_tracking = {
    "tracking", qbg__tracking_headings[QBG__ENGLISH], QBG__TRACKING_COLUMNS, NAMES, NAMES, 0};

/* A row as it is understood. Texts live until the next row is read. */
typedef struct tracked {
    const char *company;
    const char *person;
    const char *contact; /* his key */
    const char *title;   /* NULL: the cell names roles, or nothing */
    qbg_role *roles[QBG__ROLE_MAX];
    size_t role_count;
    int32_t participation, interest;
    int64_t last_interaction, next_contact;
} tracked;

static qbg__book_cell trimmed(const qbg__book_row *row, int column) {
    qbg__book_cell cell = row->cells[column];
    qbg__text_trim(&cell.text, &cell.size);
    return cell;
}

/* ---- reading a row --------------------------------------------------------------------------- */

/* Names are typed by hand, so blanks around them are not meant. */
static qbg_status read_names(const qbg__book_row *row, tracked *out) {
    qbg__book_cell company = trimmed(row, QBG__TRACKING_COMPANY);
    qbg__book_cell person = trimmed(row, QBG__TRACKING_PERSON);
    qbg_blob *names = &row->reader->names;
    if (company.size == 0)
        return qbg__book_refuse(row, QBG__TRACKING_COMPANY, "a value is required here");
    if (person.size == 0)
        return qbg__book_refuse(row, QBG__TRACKING_PERSON, "a value is required here");
    qbg__blob_clear(names);
    qbg__blob_bytes(names, company.text, company.size);
    qbg__blob_char(names, '\0');
    qbg__blob_bytes(names, person.text, person.size);
    qbg__blob_char(names, '\0');
    qbg__blob_bytes(names, company.text, company.size);
    qbg__blob_char(names, '/');
    qbg__blob_bytes(names, person.text, person.size);
    if (names->status != QBG_OK) return names->status;
    out->company = names->bytes;
    out->person = names->bytes + company.size + 1;
    out->contact = out->person + person.size + 1;
    return QBG_OK;
}

static int is_called(const qbg_role *role, const char *name) {
    size_t size = strlen(name);
    const char *key = qbg_role_key(role);
    const char *english = qbg_role_label(role, "en"), *russian = qbg_role_label(role, "ru");
    return qbg__text_same(key, strlen(key), name, size) ||
           qbg__text_same(english, strlen(english), name, size) ||
           qbg__text_same(russian, strlen(russian), name, size);
}

static qbg_role *find_role(const qbg_workspace *workspace, const char *name) {
    for (uint32_t i = 0; i < qbg_role_count(workspace); i++)
        if (is_called(qbg_role_at(workspace, i), name)) return qbg_role_at(workspace, i);
    return NULL;
}

static void add_role(tracked *out, qbg_role *role) {
    for (size_t i = 0; i < out->role_count; i++)
        if (out->roles[i] == role) return;
    out->roles[out->role_count++] = role;
}

/* The cell holds roles if each of its pieces is one, else it is a title. */
static qbg_status read_role(const qbg__book_row *row, tracked *out) {
    for (size_t at = 0;;) {
        char *piece;
        qbg_status status = qbg__book_piece(row, QBG__TRACKING_ROLE, &at, &piece);
        if (status != QBG_OK || !piece) return status;
        if (qbg__book_trim(piece)[0] == '\0') continue;
        qbg_role *role = find_role(row->workspace, piece);
        if (role) {
            add_role(out, role);
            continue;
        }
        out->role_count = 0;
        out->title = qbg__book_text(row, QBG__TRACKING_ROLE);
        return QBG_OK;
    }
}

static qbg_status refuse_word(const qbg__book_row *row, int column,
                              const char *const words[QBG__LANGUAGES][3]) {
    qbg_blob *reason = qbg__book_refusing(row, column);
    qbg__blob_text(reason, "not one of: ");
    for (int language = 0; language < QBG__LANGUAGES; language++) {
        for (int word = 0; word < 3; word++) {
            if (language + word > 0) qbg__blob_text(reason, ", ");
            qbg__blob_text(reason, words[language][word]);
        }
    }
    return qbg__book_refused(row);
}

static qbg_status read_words(const qbg__book_row *row, tracked *out) {
    qbg__book_cell participation = trimmed(row, QBG__TRACKING_PARTICIPATION);
    qbg__book_cell interest = trimmed(row, QBG__TRACKING_INTEREST);
    out->participation = qbg__tracking_find_participation(participation.text, participation.size);
    out->interest = qbg__tracking_find_interest(interest.text, interest.size);
    if (participation.size > 0 && out->participation == QBG_UNSET)
        return refuse_word(row, QBG__TRACKING_PARTICIPATION, qbg__tracking_participations);
    if (interest.size > 0 && out->interest == QBG_UNSET)
        return refuse_word(row, QBG__TRACKING_INTEREST, qbg__tracking_interests);
    return QBG_OK;
}

/* From one digit up to `most`; 0: there is none. */
static int read_number(const char **at, int most, int32_t *out) {
    const char *start = *at;
    for (*out = 0; *at < start + most && **at >= '0' && **at <= '9'; ++*at)
        *out = *out * 10 + (**at - '0');
    return *at > start;
}

/* "19.11.2025" or "5.1.2025". The cell ends with a NUL or a blank, which is neither digit nor dot.
 */
static int read_by_hand(qbg__book_cell cell, int32_t *day, int32_t *month, int32_t *year) {
    const char *at = cell.text;
    return read_number(&at, 2, day) && *at++ == '.' && read_number(&at, 2, month) && *at++ == '.' &&
           read_number(&at, 4, year) && at == cell.text + cell.size && *year > 999;
}

/* Dates also as they are written by hand. */
static qbg_status read_date(const qbg__book_row *row, int column, int64_t *out) {
    int32_t year, month, day;
    qbg__book_cell cell = trimmed(row, column);
    *out = QBG_UNDATED;
    if (cell.size == 0) return QBG_OK;
    if (read_by_hand(cell, &day, &month, &year)) {
        if (qbg_time_from_civil(year, month, day, 0, 0, 0, out) == QBG_OK) return QBG_OK;
        return qbg__book_refuse(row, column, "no such date from 1970 to 2199");
    }
    switch (qbg__civil_read(cell.text, cell.size, 0, out)) {
    case QBG_OK: return QBG_OK;
    case QBG_E_RANGE: return qbg__book_refuse(row, column, "a time outside of 1970 to 2199");
    default:
        return qbg__book_refuse(row, column,
                                "not a time: write 2025-11-19, 19.11.2025 or "
                                "2025-11-19T09:00:00Z");
    }
}

static qbg_status read_row(qbg__book_row *row, tracked *out) {
    memset(out, 0, sizeof *out);
    qbg_status status = read_names(row, out);
    if (status == QBG_OK) status = read_role(row, out);
    if (status == QBG_OK) status = read_words(row, out);
    if (status == QBG_OK)
        status = read_date(row, QBG__TRACKING_LAST_INTERACTION, &out->last_interaction);
    if (status == QBG_OK) status = read_date(row, QBG__TRACKING_NEXT_CONTACT, &out->next_contact);
    return status;
}

/* ---- who it is ------------------------------------------------------------------------------- */

/* The key of the account where he works since ever, or NULL. */
static const char *account_of(const qbg_contact *contact) {
    const qbg__fact *at = qbg__fact_undated(&contact->facts, QBG__FACT_ACCOUNT);
    if (!at || at->value == QBG__FACT_NOTHING) return NULL;
    return qbg_account_key(qbg__row_at(&contact->workspace->accounts, (uint32_t)at->value));
}

/* A company's name and a person's may both have a '/', so the key does not tell where the one ends:
 * "A/B" and "C", "A" and "B/C". With the name it does, and the account is then his own matter: he
 * may have moved. Somebody without a name must at least work there. */
static int is_another(const qbg_contact *known, const tracked *told) {
    const char *name = qbg_contact_name(known), *account = account_of(known);
    if (name[0] != '\0')
        return !qbg__text_same(name, strlen(name), told->person, strlen(told->person));
    return account && strcmp(account, told->company) != 0;
}

static qbg_status check_person(const qbg__book_row *row, const tracked *told) {
    const qbg_contact *known = qbg_contact_find(row->workspace, told->contact);
    if (!known || !is_another(known, told)) return QBG_OK;
    qbg_blob *reason = qbg__book_refusing(row, QBG__TRACKING_PERSON);
    qbg__blob_text(reason, "another person has the key ");
    qbg__refusals_show(reason, told->contact, strlen(told->contact));
    return qbg__book_refused(row);
}

/* Where he works is left to the table contacts, if it says so. */
static qbg_status put_contact(qbg_workspace *workspace, const tracked *told, const char *title,
                              qbg_contact **out) {
    const qbg_contact *known = qbg_contact_find(workspace, told->contact);
    int is_placed = known && account_of(known);
    qbg_account *account = is_placed ? NULL : qbg_account_find(workspace, told->company);
    return qbg_contact_put(workspace, told->contact, account, told->person, title, out, NULL);
}

/* ---- loading --------------------------------------------------------------------------------- */

static qbg_status put_company(qbg_workspace *workspace, const tracked *told) {
    qbg_account *account = NULL;
    qbg_status status = qbg_account_put(workspace, told->company, NULL, &account, NULL);
    if (status == QBG_OK && qbg_account_name(account)[0] == '\0')
        status = qbg_account_set_name(account, told->company);
    if (status != QBG_OK || qbg_solution_find(workspace, SOLUTION)) return status;
    return qbg_solution_add(workspace, SOLUTION, NULL, qbg_template_find(workspace, "standard"),
                            NULL);
}

/* The person comes with the company, so that the rows below can be told apart from this one. */
qbg_status qbg__book_load_tracking_company(qbg__book_row *row) {
    tracked told;
    qbg_contact *contact = NULL;
    qbg_status status = read_row(row, &told);
    if (status == QBG_OK) status = check_person(row, &told);
    if (status == QBG_OK) status = put_company(row->workspace, &told);
    return status == QBG_OK ? put_contact(row->workspace, &told, NULL, &contact) : status;
}

static qbg_status put_opportunity(qbg_workspace *workspace, const tracked *told,
                                  qbg_opportunity **out) {
    *out = qbg_opportunity_find(workspace, told->company);
    if (*out) return QBG_OK;
    return qbg_opportunity_add(workspace, told->company, qbg_account_find(workspace, told->company),
                               qbg_solution_find(workspace, SOLUTION), QBG_UNDATED, out);
}

static qbg_status fill_member(const qbg__book_row *row, const tracked *told, qbg_member *member) {
    const char *note = qbg__book_text(row, QBG__TRACKING_NOTE);
    qbg_status status = QBG_OK;
    for (size_t i = 0; i < told->role_count && status == QBG_OK; i++)
        status = qbg_member_add_role(member, told->roles[i], QBG_SOURCE_HOST);
    if (status == QBG_OK && told->participation != QBG_UNSET)
        status =
            qbg_member_set_participation(member, told->participation, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && told->interest != QBG_UNSET)
        status = qbg_member_set_interest(member, told->interest, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && told->next_contact != QBG_UNDATED)
        status = qbg_member_set_next_contact(member, told->next_contact);
    return status == QBG_OK && note ? qbg_member_set_note(member, note) : status;
}

qbg_status qbg__book_load_tracking_person(qbg__book_row *row) {
    tracked told;
    qbg_opportunity *opportunity = NULL;
    qbg_contact *contact = NULL;
    qbg_member *member = NULL;
    qbg_status status = read_row(row, &told);
    if (status == QBG_OK) status = put_opportunity(row->workspace, &told, &opportunity);
    if (status == QBG_OK) status = put_contact(row->workspace, &told, told.title, &contact);
    if (status == QBG_OK) status = qbg_member_put(opportunity, contact, &member, NULL);
    return status == QBG_OK ? fill_member(row, &told, member) : status;
}

/* An id that the same row has every time, so that an interaction told every week is counted once.
 */
static qbg_status set_event(const qbg__book_row *row, const tracked *told) {
    char time[24];
    qbg_blob *event = &row->reader->piece;
    qbg__blob_clear(event);
    qbg__blob_text(event, "tracking/");
    qbg__blob_bytes(event, time, qbg__civil_write(told->last_interaction, time));
    qbg__blob_char(event, '/');
    qbg__blob_text(event, told->contact);
    if (event->status != QBG_OK) return event->status;
    return qbg_signal_set_event(row->reader->signal, qbg_blob_data(event));
}

/* Whatever else has the id, the person was told of and is loaded: a remark, not a refusal. */
static qbg_status record(const qbg__book_row *row) {
    int32_t is_duplicate = 0;
    qbg_status status = qbg_record(row->workspace, row->reader->signal, NULL, &is_duplicate);
    if (status == QBG_E_CONFLICT)
        return qbg__book_remark(row, QBG__TRACKING_LAST_INTERACTION,
                                "an event with the id of this interaction is known with other "
                                "content; the first stays, and this one is not counted");
    if (status != QBG_OK || !is_duplicate) return status;
    return qbg__book_remark(row, QBG__TRACKING_LAST_INTERACTION,
                            "known already; it is counted once");
}

qbg_status qbg__book_load_tracking_interaction(qbg__book_row *row) {
    tracked told;
    qbg_signal *signal = row->reader->signal;
    qbg_workspace *workspace = row->workspace;
    qbg_status status = read_row(row, &told);
    if (status != QBG_OK || told.last_interaction == QBG_UNDATED) return status;
    qbg_signal_clear(signal);
    status = qbg_signal_set_time(signal, told.last_interaction);
    if (status == QBG_OK) status = qbg_signal_set_kind(signal, "interaction");
    if (status == QBG_OK)
        status = qbg_signal_set_contact(signal, qbg_contact_find(workspace, told.contact));
    if (status == QBG_OK)
        status = qbg_signal_set_opportunity(signal, qbg_opportunity_find(workspace, told.company));
    if (status == QBG_OK) status = set_event(row, &told);
    if (status != QBG_OK) return status;
    return record(row);
}
