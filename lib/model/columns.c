/* columns: rows put in bulk; see qbg/columns.h. Each row goes through the calls for one row, inside
 * a change of its own, so that bulk and single puts cannot come to differ. Writing the rows' fields
 * straight would be faster by the handling of the handles, and would be a second set of rules. */
#include "qbg/columns.h"

#include "base/blob.h"
#include "base/money.h"
#include "base/text.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* ---- a call ---------------------------------------------------------------------------------- */

/* The places of an entity's text columns. */
enum {
    KEY,
    NAME,
    DOMAIN = 2,
    TITLE = 2,
    STAGE = 2,
    CURRENCY = 3,
    EMAIL = 3,
    NOTE = 0,
    COMPANY = 4,
    TEXTS = 5
};

typedef struct text_column {
    const char *bytes;
    const int64_t *offsets; /* NULL: not given */
    qbg_blob cell;          /* that of the row at hand, with a NUL behind */
} text_column;

#define TEXT(name)                                                                                 \
    { .bytes = columns->name, .offsets = columns->name##_offsets }

/* What the rows of members say together: the roles of one pair, at its first row. */
typedef struct pair {
    uint32_t opportunity, contact;
    uint64_t roles;
    uint32_t first; /* the pair's first row */
} pair;             /* of a refused row the opportunity is QBG_NONE */

typedef struct pairs {
    pair *at; /* by row */
    uint32_t capacity;
    qbg__index index; /* of first rows */
} pairs;

/* Asks for memory that rows behind the one at hand will read. */
struct bulk;
typedef void look_ahead(const struct bulk *self, uint64_t row);

typedef struct bulk {
    qbg_workspace *workspace;
    const void *columns; /* of the entity's struct */
    uint64_t count;
    text_column texts[TEXTS];
    const pairs *pairs; /* of members whose roles are given */
    look_ahead *look;   /* or NULL */
    qbg_status *row_status;
    int32_t *row_put;
    uint32_t *row_number;
} bulk;

/* What a row was put into. */
typedef struct target {
    uint32_t number;
    int32_t put; /* QBG_PUT_CREATED if it is new */
} target;

/* Puts a row whose texts are read. */
typedef qbg_status put_row(const bulk *self, uint64_t row, target *out);

static int are_texts(const bulk *self) {
    for (int i = 0; i < TEXTS; i++)
        if (!qbg__column_is_text(self->texts[i].bytes, self->texts[i].offsets, self->count))
            return 0;
    return 1;
}

static qbg__span span_of(const text_column *text, uint64_t row) {
    return qbg__column_text(text->bytes, text->offsets, row);
}

static qbg_status check_texts(const bulk *self, uint64_t row) {
    for (int i = 0; i < TEXTS; i++) {
        if (!self->texts[i].offsets) continue;
        qbg__span cell = span_of(&self->texts[i], row);
        if (!qbg__text_is_utf8(cell.bytes, cell.size)) return QBG_E_TEXT;
    }
    return QBG_OK;
}

static qbg_status read_texts(bulk *self, uint64_t row) {
    qbg_status status = check_texts(self, row);
    for (int i = 0; i < TEXTS && status == QBG_OK; i++) {
        text_column *text = &self->texts[i];
        if (!text->offsets) continue;
        qbg__span cell = span_of(text, row);
        qbg__blob_clear(&text->cell);
        qbg__blob_bytes(&text->cell, cell.bytes, cell.size);
        status = text->cell.status;
    }
    return status;
}

/* The cell of the row at hand, "" when it is empty; NULL when its column is not given. */
static const char *text_of(const bulk *self, int column) {
    const text_column *text = &self->texts[column];
    return text->offsets ? qbg_blob_data(&text->cell) : NULL;
}

static qbg_status put_one(bulk *self, uint64_t row, put_row *put) {
    target to = {QBG_NONE, QBG_PUT_SAME};
    qbg__change change = qbg__begin(self->workspace);
    qbg_status status = read_texts(self, row);
    if (status == QBG_OK) status = put(self, row, &to);
    int32_t done = qbg__put_of(&change, to.put == QBG_PUT_CREATED);
    status = qbg__end(change, status);
    if (self->row_status) self->row_status[row] = status;
    if (self->row_put) self->row_put[row] = status == QBG_OK ? done : QBG_UNSET;
    if (self->row_number) self->row_number[row] = status == QBG_OK ? to.number : QBG_NONE;
    return status;
}

static qbg_status put_rows(bulk *self, put_row *put, uint64_t *out_refused) {
    uint64_t refused = 0;
    qbg_status status = QBG_OK;
    for (int i = 0; i < TEXTS; i++) qbg__blob_begin(&self->texts[i].cell, &self->workspace->mem);
    qbg__change change = qbg__begin(self->workspace);
    for (uint64_t row = 0; row < self->count && status != QBG_E_MEMORY; row++) {
        if (self->look) self->look(self, row);
        status = put_one(self, row, put);
        refused += status != QBG_OK;
    }
    status = qbg__end(change, status == QBG_E_MEMORY ? status : QBG_OK);
    for (int i = 0; i < TEXTS; i++) qbg__blob_end(&self->texts[i].cell);
    if (status == QBG_OK && out_refused) *out_refused = refused;
    return status;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static qbg_status check_word(const int32_t *column, uint64_t row, int32_t vocabulary) {
    if (!column) return QBG_OK;
    int is_word = column[row] >= QBG_UNSET && column[row] < qbg_word_count(vocabulary);
    return is_word ? QBG_OK : QBG_E_RANGE;
}

/* A negative ratio is an empty cell. */
static qbg_status check_ratio(const double *column, uint64_t row) {
    return !column || column[row] <= 1.0 ? QBG_OK : QBG_E_RANGE; /* not a number, too */
}

static qbg_status check_time(const int64_t *column, uint64_t row) {
    return column ? qbg__check_time(column[row]) : QBG_OK;
}

/* The live row with the number in a cell; an empty cell is refused. */
static qbg_status row_of(const qbg__rows *rows, const uint32_t *column, uint64_t row,
                         uint32_t *out_number) {
    uint32_t number = column[row];
    if (number == QBG_NONE) return QBG_E_RANGE;
    qbg_status status = qbg__row_lead_on(rows, &number);
    if (status == QBG_OK) *out_number = number;
    return status;
}

/* ---- accounts -------------------------------------------------------------------------------- */

static qbg_status set_potential(qbg_account *account, int64_t potential_minor,
                                const char *currency) {
    if (potential_minor == QBG_UNDATED) return qbg__account_drop_potential(account);
    return qbg_account_set_potential(account, potential_minor, currency);
}

static qbg_status put_account(const bulk *self, uint64_t row, target *out) {
    const qbg_account_columns *of = self->columns;
    const char *domain = text_of(self, DOMAIN);
    qbg_account *account = NULL;
    qbg_status status = qbg_account_put(self->workspace, text_of(self, KEY), text_of(self, NAME),
                                        &account, &out->put);
    if (status == QBG_OK && domain && domain[0] != '\0')
        status = qbg_account_add_domain(account, domain);
    if (status == QBG_OK && of->potential_minor)
        status = set_potential(account, of->potential_minor[row], text_of(self, CURRENCY));
    if (status == QBG_OK && of->tag) status = qbg_account_set_tag(account, of->tag[row]);
    out->number = qbg_account_number(account);
    return status;
}

qbg_status qbg_account_put_columns(qbg_workspace *workspace, const qbg_account_columns *columns,
                                   qbg_status *row_status, int32_t *row_put, uint32_t *row_number,
                                   uint64_t *out_refused) {
    if (!workspace || !qbg__columns_are_known(columns, sizeof *columns)) return QBG_E_ARGUMENT;
    if (columns->count > 0 && !columns->key_offsets) return QBG_E_ARGUMENT;
    if (!columns->potential_minor != !columns->currency_offsets) return QBG_E_ARGUMENT;
    bulk self = {.workspace = workspace,
                 .columns = columns,
                 .count = columns->count,
                 .texts = {[KEY] = TEXT(key),
                           [NAME] = TEXT(name),
                           [DOMAIN] = TEXT(domain),
                           [CURRENCY] = TEXT(currency)},
                 .row_status = row_status,
                 .row_put = row_put,
                 .row_number = row_number};
    return are_texts(&self) ? put_rows(&self, put_account, out_refused) : QBG_E_ARGUMENT;
}

/* ---- contacts -------------------------------------------------------------------------------- */

/* The account in a cell, NULL where it is empty. */
static qbg_status account_of(const bulk *self, uint64_t row, qbg_account **out) {
    const qbg_contact_columns *of = self->columns;
    const qbg__rows *accounts = &self->workspace->accounts;
    uint32_t number = qbg__column_number(of->account, row);
    qbg_status status = qbg__row_lead_on(accounts, &number);
    if (status == QBG_OK) *out = qbg__rows_at(accounts, number);
    return status;
}

/* Each part of the persona is a column of its own. */
static qbg_status set_persona(qbg_contact *contact, const qbg_contact_columns *of, uint64_t row) {
    qbg_status status = check_word(of->department, row, QBG_WORDS_DEPARTMENT);
    if (status == QBG_OK) status = check_word(of->seniority, row, QBG_WORDS_SENIORITY);
    if (status != QBG_OK || (!of->department && !of->seniority)) return status;
    return qbg_contact_set_persona(contact,
                                   of->department ? of->department[row] : contact->department,
                                   of->seniority ? of->seniority[row] : contact->seniority);
}

static qbg_status put_contact(const bulk *self, uint64_t row, target *out) {
    const qbg_contact_columns *of = self->columns;
    const char *email = text_of(self, EMAIL), *company = text_of(self, COMPANY);
    qbg_contact *contact = NULL;
    qbg_account *account = NULL;
    qbg_status found = account_of(self, row, &account);
    qbg_status status =
        qbg_contact_put(self->workspace, text_of(self, KEY), account, text_of(self, NAME),
                        text_of(self, TITLE), &contact, &out->put);
    if (status == QBG_OK) status = found;
    if (status == QBG_OK && of->account && !account)
        status = qbg_contact_set_account(contact, NULL, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && email) status = qbg_contact_set_email(contact, email);
    if (status == QBG_OK && company) status = qbg_contact_set_company(contact, company);
    if (status == QBG_OK) status = set_persona(contact, of, row);
    if (status == QBG_OK && of->tag) status = qbg_contact_set_tag(contact, of->tag[row]);
    out->number = qbg_contact_number(contact);
    return status;
}

qbg_status qbg_contact_put_columns(qbg_workspace *workspace, const qbg_contact_columns *columns,
                                   qbg_status *row_status, int32_t *row_put, uint32_t *row_number,
                                   uint64_t *out_refused) {
    if (!workspace || !qbg__columns_are_known(columns, sizeof *columns)) return QBG_E_ARGUMENT;
    if (columns->count > 0 && !columns->key_offsets) return QBG_E_ARGUMENT;
    bulk self = {.workspace = workspace,
                 .columns = columns,
                 .count = columns->count,
                 .texts = {[KEY] = TEXT(key),
                           [NAME] = TEXT(name),
                           [TITLE] = TEXT(title),
                           [EMAIL] = TEXT(email),
                           [COMPANY] = TEXT(company)},
                 .row_status = row_status,
                 .row_put = row_put,
                 .row_number = row_number};
    return are_texts(&self) ? put_rows(&self, put_contact, out_refused) : QBG_E_ARGUMENT;
}

/* ---- opportunities --------------------------------------------------------------------------- */

/* The row that the opportunity belongs to: the one in its cell, or the known one (QBG_NONE: none)
 * where the column is not given. */
static qbg_status place_of(const qbg__rows *rows, const uint32_t *column, uint64_t row,
                           uint32_t *number) {
    if (column) return row_of(rows, column, row, number);
    return *number == QBG_NONE ? QBG_E_NOT_FOUND : QBG_OK;
}

static qbg_status add_or_move(const bulk *self, uint64_t row, qbg_opportunity **out, int32_t *put) {
    const qbg_opportunity_columns *of = self->columns;
    qbg_workspace *workspace = self->workspace;
    const char *key = text_of(self, KEY);
    const qbg_opportunity *known = qbg_opportunity_find(workspace, key);
    uint32_t account = known ? known->account : QBG_NONE;
    uint32_t solution = known ? known->solution : QBG_NONE;
    qbg_status status = qbg__check_key(key);
    if (status == QBG_OK) status = place_of(&workspace->accounts, of->account, row, &account);
    if (status == QBG_OK) status = place_of(&workspace->solutions, of->solution, row, &solution);
    if (status != QBG_OK) return status;
    return qbg_opportunity_put(workspace, key, qbg__rows_at(&workspace->accounts, account),
                               qbg__rows_at(&workspace->solutions, solution),
                               of->opened_s ? of->opened_s[row] : QBG_UNDATED, out, put);
}

static qbg_status set_undated(const bulk *self, uint64_t row, qbg_opportunity *opportunity) {
    const qbg_opportunity_columns *of = self->columns;
    const char *name = text_of(self, NAME);
    qbg_status status = check_word(of->type, row, QBG_WORDS_OPPORTUNITY_TYPE);
    if (status == QBG_OK && name) status = qbg_opportunity_set_name(opportunity, name);
    if (status == QBG_OK && of->type) status = qbg_opportunity_set_type(opportunity, of->type[row]);
    if (status == QBG_OK && of->opened_s)
        status = qbg_opportunity_set_opened(opportunity, of->opened_s[row]);
    if (status == QBG_OK && of->closed_s)
        status = qbg_opportunity_set_closed(opportunity, of->closed_s[row]);
    if (status == QBG_OK && of->tag) status = qbg_opportunity_set_tag(opportunity, of->tag[row]);
    return status;
}

/* Where the amount comes with it, a currency may be one with other minor units. */
static qbg_status set_currency(qbg_opportunity *opportunity, const char *currency, int has_amount) {
    if (currency[0] != '\0' && !qbg__currency_is_code(currency, strlen(currency)))
        return QBG_E_TEXT;
    qbg_status status = qbg__opportunity_set_currency(opportunity, currency);
    if (status != QBG_E_ARGUMENT || !has_amount) return status;
    status = qbg__opportunity_drop_amount(opportunity);
    return status == QBG_OK ? qbg__opportunity_set_currency(opportunity, currency) : status;
}

static qbg_status set_amount(qbg_opportunity *opportunity, int64_t amount_minor) {
    if (amount_minor == QBG_UNDATED)
        return qbg_opportunity_withdraw_amount(opportunity, QBG_UNDATED, QBG_SOURCE_HOST);
    return qbg_opportunity_set_amount(opportunity, amount_minor, QBG_UNDATED, QBG_SOURCE_HOST);
}

static qbg_status set_answer(qbg_opportunity *opportunity, const int32_t *column, uint64_t row,
                             int32_t criterion) {
    qbg_status status = check_word(column, row, QBG_WORDS_ANSWER);
    if (status != QBG_OK || !column) return status;
    return qbg_opportunity_set_answer(opportunity, criterion, column[row], QBG_UNDATED,
                                      QBG_SOURCE_HOST);
}

static qbg_status set_facts(const bulk *self, uint64_t row, qbg_opportunity *opportunity) {
    const qbg_opportunity_columns *of = self->columns;
    const char *stage = text_of(self, STAGE);
    qbg_status status = check_word(of->outcome, row, QBG_WORDS_OUTCOME);
    if (status == QBG_OK && stage)
        status = qbg_opportunity_set_stage(opportunity, stage, QBG_UNDATED, QBG_SOURCE_HOST);
    if (status == QBG_OK && of->outcome)
        status = qbg_opportunity_set_outcome(opportunity, of->outcome[row], QBG_UNDATED,
                                             QBG_SOURCE_HOST);
    if (status == QBG_OK)
        status = set_answer(opportunity, of->need_validated, row, QBG_CRITERION_NEED_VALIDATED);
    if (status == QBG_OK) status = set_answer(opportunity, of->budget, row, QBG_CRITERION_BUDGET);
    if (status == QBG_OK)
        status = set_answer(opportunity, of->authority, row, QBG_CRITERION_AUTHORITY);
    if (status == QBG_OK)
        status = set_answer(opportunity, of->timeline, row, QBG_CRITERION_TIMELINE);
    if (status == QBG_OK && of->fit)
        status = qbg_opportunity_set_fit(opportunity, of->fit[row], QBG_UNDATED, QBG_SOURCE_HOST);
    return status;
}

static qbg_status put_opportunity(const bulk *self, uint64_t row, target *out) {
    const qbg_opportunity_columns *of = self->columns;
    const char *currency = text_of(self, CURRENCY);
    qbg_opportunity *opportunity = NULL;
    qbg_status status = add_or_move(self, row, &opportunity, &out->put);
    if (status == QBG_OK) status = set_undated(self, row, opportunity);
    if (status == QBG_OK && currency)
        status = set_currency(opportunity, currency, of->amount_minor != NULL);
    if (status == QBG_OK && of->amount_minor)
        status = set_amount(opportunity, of->amount_minor[row]);
    if (status == QBG_OK) status = set_facts(self, row, opportunity);
    out->number = qbg_opportunity_number(opportunity);
    return status;
}

qbg_status qbg_opportunity_put_columns(qbg_workspace *workspace,
                                       const qbg_opportunity_columns *columns,
                                       qbg_status *row_status, int32_t *row_put,
                                       uint32_t *row_number, uint64_t *out_refused) {
    if (!workspace || !qbg__columns_are_known(columns, sizeof *columns)) return QBG_E_ARGUMENT;
    if (columns->count > 0 && !columns->key_offsets) return QBG_E_ARGUMENT;
    bulk self = {.workspace = workspace,
                 .columns = columns,
                 .count = columns->count,
                 .texts = {[KEY] = TEXT(key),
                           [NAME] = TEXT(name),
                           [STAGE] = TEXT(stage),
                           [CURRENCY] = TEXT(currency)},
                 .row_status = row_status,
                 .row_put = row_put,
                 .row_number = row_number};
    return are_texts(&self) ? put_rows(&self, put_opportunity, out_refused) : QBG_E_ARGUMENT;
}

/* ---- members --------------------------------------------------------------------------------- */

/* Finds whatever could refuse the row, so that the roles of refused rows do not count with those of
 * good ones; but for its texts, and for somebody who was erased, all of whose rows are refused. */
static qbg_status check_member(const bulk *self, uint64_t row, pair *out) {
    const qbg_member_columns *of = self->columns;
    const qbg_workspace *workspace = self->workspace;
    uint32_t role = qbg__column_number(of->role, row);
    if (role != QBG_NONE && role >= workspace->roles.count) return QBG_E_RANGE;
    out->roles = role == QBG_NONE ? 0 : (uint64_t)1 << role;
    qbg_status status = row_of(&workspace->opportunities, of->opportunity, row, &out->opportunity);
    if (status == QBG_OK) status = row_of(&workspace->contacts, of->contact, row, &out->contact);
    if (status == QBG_OK) status = check_word(of->status, row, QBG_WORDS_STATUS);
    if (status == QBG_OK) status = check_word(of->stance, row, QBG_WORDS_STANCE);
    if (status == QBG_OK) status = check_word(of->participation, row, QBG_WORDS_PARTICIPATION);
    if (status == QBG_OK) status = check_word(of->interest, row, QBG_WORDS_INTEREST);
    if (status == QBG_OK) status = check_ratio(of->influence, row);
    if (status == QBG_OK) status = check_time(of->joined_s, row);
    if (status == QBG_OK) status = check_time(of->left_s, row);
    return status == QBG_OK ? check_time(of->next_contact_s, row) : status;
}

/* A member is looked for among his own memberships, if these are few, and goes behind the last one
 * of the group, if his key does: lists lead to rows, rows to contacts, contacts to keys. Each is
 * asked for so many rows before the next is read. */
#define STEP 4u

static const qbg_opportunity *group_of(const bulk *self, uint64_t row) {
    const qbg_member_columns *of = self->columns;
    if (row >= self->count) return NULL;
    return qbg__rows_at(&self->workspace->opportunities, of->opportunity[row]);
}

static const qbg_contact *person_of(const bulk *self, uint64_t row) {
    const qbg_member_columns *of = self->columns;
    return row < self->count ? qbg__rows_at(&self->workspace->contacts, of->contact[row]) : NULL;
}

QBG__PREFETCHING look_at_rows(const bulk *self, uint64_t row) {
    const qbg_opportunity *group = group_of(self, row);
    const qbg_contact *person = person_of(self, row);
    if (group) QBG__PREFETCH(&group->number);
    if (group) QBG__PREFETCH(&group->members);
    if (person) QBG__PREFETCH(&person->number);
    if (person) QBG__PREFETCH(&person->memberships);
}

QBG__PREFETCHING look_at_lists(const bulk *self, uint64_t row) {
    const qbg_opportunity *group = group_of(self, row);
    const qbg_contact *person = person_of(self, row);
    if (group && group->members) QBG__PREFETCH(group->members + group->member_count - 1);
    if (person && person->key) QBG__PREFETCH(person->key);
    if (person && person->memberships) QBG__PREFETCH(person->memberships);
}

static const qbg_member *last_of(const bulk *self, const qbg_opportunity *group) {
    if (!group || group->member_count == 0) return NULL;
    return qbg__rows_at(&self->workspace->members, group->members[group->member_count - 1]);
}

QBG__PREFETCHING look_at_groups(const bulk *self, uint64_t row) {
    const qbg_member *last = last_of(self, group_of(self, row));
    const qbg_contact *person = person_of(self, row);
    uint32_t count =
        person && person->membership_count <= QBG__FEW_GROUPS ? person->membership_count : 0;
    if (last) QBG__PREFETCH(&last->contact);
    for (uint32_t i = 0; i < count; i++) {
        const qbg_member *own = qbg__rows_at(&self->workspace->members, person->memberships[i]);
        QBG__PREFETCH(&own->opportunity);
    }
}

static const qbg_contact *last_person_of(const bulk *self, uint64_t row) {
    const qbg_member *last = last_of(self, group_of(self, row));
    return last ? qbg__rows_at(&self->workspace->contacts, last->contact) : NULL;
}

static void look_at_members(const bulk *self, uint64_t row) {
    look_at_rows(self, row + 5 * STEP);
    look_at_lists(self, row + 4 * STEP);
    look_at_groups(self, row + 3 * STEP);
    const qbg_contact *last = last_person_of(self, row + 2 * STEP);
    if (last) QBG__PREFETCH(&last->key);
    last = last_person_of(self, row + STEP);
    if (last) QBG__PREFETCH(last->key);
}

static int is_pair(const void *owner, uint32_t row, const void *wanted) {
    const pair *known = &((const pairs *)owner)->at[row];
    const pair *want = wanted;
    return known->opportunity == want->opportunity && known->contact == want->contact;
}

static uint32_t hash_of(const pair *of) {
    return qbg__index_hash_pair(of->opportunity, of->contact);
}

/* The first row of a pair, or QBG_NONE. */
static uint32_t first_of(const pairs *self, const pair *of) {
    return qbg__index_find(&self->index, hash_of(of), is_pair, self, of);
}

/* Unites the roles of each pair over all good rows before any is put: one row after the other would
 * take roles away and give them back, and the revision would rise every night. */
static qbg_status unite_roles(const bulk *self, pairs *found, qbg__journal *journal) {
    qbg_status status = qbg__mem_reserve(journal->mem, &found->at, &found->capacity, self->count,
                                         sizeof *found->at);
    for (uint64_t row = 0; row < self->count && status == QBG_OK; row++) {
        pair at;
        look_at_rows(self, row + 2 * STEP);
        found->at[row].opportunity = QBG_NONE;
        if (check_texts(self, row) != QBG_OK || check_member(self, row, &at) != QBG_OK) continue;
        uint32_t first = first_of(found, &at);
        at.first = first == QBG_NONE ? (uint32_t)row : first;
        found->at[row] = at;
        if (first != QBG_NONE) {
            found->at[first].roles |= at.roles;
            continue;
        }
        status = qbg__index_add(&found->index, journal, hash_of(&at), (uint32_t)row);
    }
    return status;
}

/* A row that was good when roles were united still is. */
static qbg_status read_member(const bulk *self, uint64_t row, pair *out) {
    const pair *known = self->pairs ? &self->pairs->at[row] : NULL;
    if (!known || known->opportunity == QBG_NONE) return check_member(self, row, out);
    *out = *known;
    return QBG_OK;
}

static qbg_status set_roles(const bulk *self, qbg_member *member, uint64_t row) {
    const pair *at = self->pairs->at;
    uint64_t roles = at[at[row].first].roles;
    return qbg__member_set(member, QBG__FACT_ROLE, roles ? (int64_t)roles : QBG__FACT_NOTHING,
                           QBG_UNDATED, QBG_SOURCE_HOST);
}

static qbg_status say_words(const qbg_member_columns *of, uint64_t row, qbg_member *member) {
    const int64_t ever = QBG_UNDATED;
    const int32_t host = QBG_SOURCE_HOST;
    qbg_status status = QBG_OK;
    if (of->status) status = qbg_member_set_status(member, of->status[row], ever, host);
    if (status == QBG_OK && of->stance)
        status = qbg_member_set_stance(member, of->stance[row], ever, host);
    if (status == QBG_OK && of->influence)
        status = qbg_member_set_influence(member, of->influence[row], ever, host);
    if (status == QBG_OK && of->participation)
        status = qbg_member_set_participation(member, of->participation[row], ever, host);
    if (status == QBG_OK && of->interest)
        status = qbg_member_set_interest(member, of->interest[row], ever, host);
    return status;
}

static qbg_status put_member(const bulk *self, uint64_t row, target *out) {
    const qbg_member_columns *of = self->columns;
    qbg_workspace *workspace = self->workspace;
    const char *note = text_of(self, NOTE);
    qbg_member *member = NULL;
    pair at;
    qbg_status status = read_member(self, row, &at);
    if (status != QBG_OK) return status;
    status = qbg_member_put(qbg__rows_at(&workspace->opportunities, at.opportunity),
                            qbg__rows_at(&workspace->contacts, at.contact), &member, &out->put);
    if (status == QBG_OK && of->role) status = set_roles(self, member, row);
    if (status == QBG_OK) status = say_words(of, row, member);
    if (status == QBG_OK && of->joined_s) status = qbg_member_set_joined(member, of->joined_s[row]);
    if (status == QBG_OK && of->left_s) status = qbg_member_set_left(member, of->left_s[row]);
    if (status == QBG_OK && of->next_contact_s)
        status = qbg_member_set_next_contact(member, of->next_contact_s[row]);
    if (status == QBG_OK && note) status = qbg_member_set_note(member, note);
    if (status == QBG_OK && of->tag) status = qbg_member_set_tag(member, of->tag[row]);
    return status;
}

static qbg_status put_members(bulk *self, uint64_t *out_refused) {
    qbg__mem mem = qbg__mem_fork(&self->workspace->mem);
    qbg__journal journal;
    pairs found = {NULL, 0, {NULL, 0, 0, 0}};
    qbg__journal_init(&journal, &mem);
    qbg_status status = unite_roles(self, &found, &journal);
    self->pairs = &found;
    if (status == QBG_OK) status = put_rows(self, put_member, out_refused);
    qbg__journal_done(&journal);
    qbg__journal_free(&journal);
    qbg__index_free(&found.index, &mem);
    qbg__mem_free(&mem, found.at, found.capacity * sizeof *found.at);
    return status;
}

qbg_status qbg_member_put_columns(qbg_workspace *workspace, const qbg_member_columns *columns,
                                  qbg_status *row_status, int32_t *row_put, uint64_t *out_refused) {
    if (!workspace || !qbg__columns_are_known(columns, sizeof *columns)) return QBG_E_ARGUMENT;
    if (columns->count > 0 && (!columns->opportunity || !columns->contact)) return QBG_E_ARGUMENT;
    bulk self = {.workspace = workspace,
                 .columns = columns,
                 .count = columns->count,
                 .texts = {[NOTE] = TEXT(note)},
                 .look = look_at_members,
                 .row_status = row_status,
                 .row_put = row_put};
    if (!are_texts(&self)) return QBG_E_ARGUMENT;
    return columns->role ? put_members(&self, out_refused)
                         : put_rows(&self, put_member, out_refused);
}

/* ---- keys as numbers ------------------------------------------------------------------------- */

/* The rows of an entity and their keys. */
typedef struct keyed_rows {
    const qbg__rows *rows;
    const qbg__index *index;
} keyed_rows;

static keyed_rows rows_of(const qbg_workspace *of, int32_t entity) {
    switch (entity) {
    case QBG_ENTITY_ACCOUNT: return (keyed_rows){&of->accounts, &of->account_index};
    case QBG_ENTITY_CONTACT: return (keyed_rows){&of->contacts, &of->contact_index};
    case QBG_ENTITY_OPPORTUNITY: return (keyed_rows){&of->opportunities, &of->opportunity_index};
    case QBG_ENTITY_SOLUTION: return (keyed_rows){&of->solutions, &of->solution_index};
    case QBG_ENTITY_KIND: return (keyed_rows){&of->kinds, &of->kind_index};
    case QBG_ENTITY_ROLE: return (keyed_rows){&of->roles, &of->role_index};
    case QBG_ENTITY_TEMPLATE: return (keyed_rows){&of->templates, &of->template_index};
    default: return (keyed_rows){NULL, NULL};
    }
}

qbg_status qbg_numbers(const qbg_workspace *workspace, int32_t entity, const void *keys,
                       const int64_t *offsets, uint64_t count, uint32_t *out_numbers) {
    if (!workspace || !qbg__column_is_text(keys, offsets, count)) return QBG_E_ARGUMENT;
    keyed_rows of = rows_of(workspace, entity);
    if (!of.rows || (count > 0 && (!offsets || !out_numbers))) return QBG_E_ARGUMENT;
    for (uint64_t i = 0; i < count; i++) {
        const qbg__keyed *row =
            qbg__row_find_span(of.rows, of.index, qbg__column_text(keys, offsets, i));
        out_numbers[i] = row ? row->number : QBG_NONE;
    }
    return QBG_OK;
}
