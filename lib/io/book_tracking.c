/* book_tracking: loads the tracking table, which is a book of its own; see book_load.h. A row is a
 * company with its one opportunity, a person in it, and an interaction, and each of the three
 * loaders takes its part of it. The first one tells what is wrong with a row; the others then pass
 * over it. */
#include "io/book_load.h"

#include "base/civil.h"
#include "base/text.h"
#include "io/book_cells.h"
#include "io/tracking.h"
#include "model/catalog.h"
#include "model/contact.h"
#include "qbg/account.h"
#include "qbg/civil.h"
#include "qbg/member.h"
#include "qbg/opportunity.h"
#include "qbg/template.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define SOLUTION "default"

#define NAMES (1u << QBG__TRACKING_COMPANY | 1u << QBG__TRACKING_PERSON)

const qbg__book_table qbg__book_tracking = {"tracking", qbg__tracking_headings[QBG__ENGLISH],
                                            QBG__TRACKING_COLUMNS, NAMES, NAMES};

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

static int read_number(const char *text, int count, int32_t *out) {
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return 0;
        *out = *out * 10 + (text[i] - '0');
    }
    return 1;
}

/* Dates also as they are written by hand: 19.11.2025. */
static qbg_status read_date(const qbg__book_row *row, int column, int64_t *out) {
    int32_t year, month, day;
    qbg__book_cell cell = trimmed(row, column);
    *out = QBG_UNDATED;
    if (cell.size != 10 || cell.text[2] != '.' || cell.text[5] != '.' ||
        !read_number(cell.text, 2, &day) || !read_number(cell.text + 3, 2, &month) ||
        !read_number(cell.text + 6, 4, &year))
        return qbg__book_time(row, column, out);
    if (qbg_time_from_civil(year, month, day, 0, 0, 0, out) == QBG_OK) return QBG_OK;
    return qbg__book_refuse(row, column, "no such date from 1970 to 2199");
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

/* The same for a row that was read before; what is wrong with it has been told. */
static qbg_status read_again(qbg__book_row *row, tracked *out) {
    row->is_quiet = 1;
    qbg_status status = read_row(row, out);
    row->is_quiet = 0;
    return status;
}

/* ---- loading --------------------------------------------------------------------------------- */

qbg_status qbg__book_load_tracking_company(qbg__book_row *row) {
    tracked told;
    qbg_account *account = NULL;
    qbg_workspace *workspace = row->workspace;
    qbg_status status = read_row(row, &told);
    if (status == QBG_OK) status = qbg_account_put(workspace, told.company, NULL, &account);
    if (status == QBG_OK && qbg_account_name(account)[0] == '\0')
        status = qbg_account_set_name(account, told.company);
    if (status != QBG_OK || qbg_solution_find(workspace, SOLUTION)) return status;
    return qbg_solution_add(workspace, SOLUTION, NULL, qbg_template_find(workspace, "standard"),
                            NULL);
}

static qbg_status put_opportunity(qbg_workspace *workspace, const tracked *told,
                                  qbg_opportunity **out) {
    *out = qbg_opportunity_find(workspace, told->company);
    if (*out) return QBG_OK;
    return qbg_opportunity_add(workspace, told->company, qbg_account_find(workspace, told->company),
                               qbg_solution_find(workspace, SOLUTION), QBG_UNDATED, out);
}

/* Where he works is left to the table contacts, if it says so. */
static qbg_status put_contact(qbg_workspace *workspace, const tracked *told, qbg_contact **out) {
    const qbg_contact *known = qbg_contact_find(workspace, told->contact);
    const qbg__fact *at = known ? qbg__fact_undated(&known->facts, QBG__FACT_ACCOUNT) : NULL;
    int is_known = at && at->value != QBG__FACT_NOTHING;
    qbg_account *account = is_known ? NULL : qbg_account_find(workspace, told->company);
    return qbg_contact_put(workspace, told->contact, account, told->person, told->title, out);
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
    qbg_status status = read_again(row, &told);
    if (status == QBG_OK) status = put_opportunity(row->workspace, &told, &opportunity);
    if (status == QBG_OK) status = put_contact(row->workspace, &told, &contact);
    if (status == QBG_OK) status = qbg_member_put(opportunity, contact, &member);
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

qbg_status qbg__book_load_tracking_interaction(qbg__book_row *row) {
    tracked told;
    qbg_signal *signal = row->reader->signal;
    qbg_workspace *workspace = row->workspace;
    qbg_status status = read_again(row, &told);
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
    return qbg__book_record(row, QBG__TRACKING_LAST_INTERACTION);
}
