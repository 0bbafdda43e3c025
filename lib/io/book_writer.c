/* book_writer: writes the tables of a book; see book_writer.h. Only what differs from a new
 * workspace is written, all of it by key or date, so that two workspaces that know the same write
 * the same bytes in whatever order they were told. Columns are written in the order in which the
 * table lists them. */
#include "io/book_writer.h"

#include "base/civil.h"
#include "base/fixed.h"
#include "base/money.h"
#include "base/real.h"
#include "io/book_load.h"
#include "io/csv.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* ---- cells ----------------------------------------------------------------------------------- */

void qbg__book_put(qbg__book_writer *self, const char *bytes, size_t size) {
    const qbg__book_table *table = self->table;
    if (self->out->size == 0 && self->cells == 0)
        qbg__csv_write_row(self->out, table->columns, self->columns);
    if (self->cells++ > 0) qbg__csv_write_comma(self->out);
    qbg__csv_write_cell(self->out, bytes, size);
    if (self->cells < self->columns) return;
    qbg__csv_write_line_end(self->out);
    self->cells = 0;
}

void qbg__book_put_text(qbg__book_writer *self, const char *text) {
    qbg__book_put(self, text, strlen(text));
}

void qbg__book_put_nothing(qbg__book_writer *self) { qbg__book_put(self, "", 0); }

void qbg__book_put_time(qbg__book_writer *self, int64_t time_s) {
    char text[24];
    size_t size = time_s == QBG_UNDATED ? 0 : qbg__civil_write(time_s, text);
    qbg__book_put(self, text, size);
}

void qbg__book_put_word(qbg__book_writer *self, int32_t vocabulary, int32_t word) {
    qbg__book_put_text(self, qbg_word_key(vocabulary, word));
}

void qbg__book_put_flag(qbg__book_writer *self, int32_t flag) {
    qbg__book_put_text(self, flag ? "1" : "0");
}

void qbg__book_put_decimal(qbg__book_writer *self, int64_t value, int places) {
    char text[32];
    qbg__book_put(self, text, qbg__decimal_write(value, places, text));
}

void qbg__book_put_money(qbg__book_writer *self, int64_t minor, const char *currency) {
    char text[32];
    qbg__book_put(self, text, qbg__money_write(minor, qbg__currency_places(currency), text));
}

/* The cell that was put together in self->cell, whose failure becomes the writer's. */
static void put_cell(qbg__book_writer *self) {
    if (self->cell.status != QBG_OK && self->out->status == QBG_OK)
        self->out->status = self->cell.status;
    qbg__book_put(self, qbg_blob_data(&self->cell), self->cell.size);
    qbg__blob_clear(&self->cell);
}

/* A ratio without an exponent, which books do not have: "1e-7" is written 0.0000001. */
static void put_ratio(qbg__book_writer *self, double ratio) {
    char text[32];
    size_t size = qbg__real_write(ratio, text), zeros = 0;
    const char *power = memchr(text, 'e', size);
    if (!power) {
        qbg__book_put(self, text, size);
        return;
    }
    for (const char *digit = power + 2; *digit != '\0'; digit++)
        zeros = zeros * 10 + (size_t)(*digit - '0');
    qbg__blob_text(&self->cell, "0.");
    qbg__blob_repeat(&self->cell, '0', zeros - 1);
    for (const char *digit = text; digit < power; digit++)
        if (*digit != '.') qbg__blob_char(&self->cell, *digit);
    put_cell(self);
}

static int is_ratio(const qbg__fact *fact) {
    return fact->field == QBG__FACT_INFLUENCE || fact->field == QBG__FACT_FIT;
}

void qbg__book_put_fact(qbg__book_writer *self, const qbg__fact *fact, const char *currency) {
    if (fact && fact->field == QBG__FACT_AMOUNT && fact->value != QBG__FACT_NOTHING) {
        qbg__book_put_money(self, fact->value, currency);
        return;
    }
    if (fact && is_ratio(fact) && fact->value != QBG__FACT_NOTHING) {
        put_ratio(self, qbg__fact_to_double(fact->value));
        return;
    }
    if (fact) qbg__fact_write(self->workspace, fact, &self->cell);
    put_cell(self);
}

const qbg__fact *qbg__book_undated(const qbg__facts *facts, int field) {
    const qbg__fact *fact = qbg__fact_undated(facts, field);
    return fact && fact->value != QBG__FACT_NOTHING ? fact : NULL;
}

/* ---- order ----------------------------------------------------------------------------------- */

void qbg__book_list_clear(qbg__book_list *list) { list->count = 0; }

void qbg__book_list_add(qbg__book_writer *self, qbg__book_list *list, const void *item) {
    if (self->out->status != QBG_OK) return;
    self->out->status = qbg__mem_reserve(&self->mem, &list->at, &list->capacity,
                                         (uint64_t)list->count + 1, sizeof *list->at);
    if (self->out->status == QBG_OK) list->at[list->count++] = item;
}

/* What could not be ordered is not written. */
void qbg__book_list_sort(qbg__book_writer *self, qbg__book_list *list, qbg__sort_compare *compare) {
    if (self->out->status == QBG_OK)
        self->out->status =
            qbg__sort_alloc(&self->mem, list->at, list->count, compare, self->workspace);
    if (self->out->status != QBG_OK) list->count = 0;
}

static int by_key(const void *a, const void *b, const void *context) {
    const qbg__keyed *first = a, *second = b;
    (void)context;
    return strcmp(first->key, second->key);
}

static int by_text(const void *a, const void *b, const void *context) {
    (void)context;
    return strcmp(a, b);
}

void qbg__book_list_rows(qbg__book_writer *self, const qbg__rows *rows) {
    qbg__book_list_clear(&self->rows);
    for (uint32_t i = 0; i < rows->count; i++)
        if (qbg__row_at(rows, i)) qbg__book_list_add(self, &self->rows, qbg__rows_at(rows, i));
    qbg__book_list_sort(self, &self->rows, by_key);
}

/* The listed texts as one cell, by their bytes. */
static void put_pieces(qbg__book_writer *self) {
    qbg__book_list *pieces = &self->pieces;
    qbg__book_list_sort(self, pieces, by_text);
    for (uint32_t i = 0; i < pieces->count; i++) {
        if (i > 0) qbg__blob_char(&self->cell, ';');
        qbg__blob_text(&self->cell, pieces->at[i]);
    }
    qbg__book_list_clear(pieces);
    put_cell(self);
}

/* ---- the catalogue --------------------------------------------------------------------------- */

static void write_roles(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->roles);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_role *role = self->rows.at[i];
        if (role->number < qbg__role_built_in_count() && !role->name) continue;
        qbg__book_put_text(self, role->key);
        qbg__book_put_text(self, role->name ? role->name : "");
    }
}

static int is_changed(const qbg_kind *kind) {
    return kind->number >= qbg__kind_built_in_count() ||
           kind->points_milli != kind->default_milli ||
           kind->category != qbg__kind_built_in_category(kind->number) ||
           kind->high_intent != qbg__kind_built_in_high_intent(kind->number);
}

static void write_kinds(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->kinds);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_kind *kind = self->rows.at[i];
        if (!is_changed(kind)) continue;
        qbg__book_put_text(self, kind->key);
        qbg__book_put_word(self, QBG_WORDS_CATEGORY, kind->category);
        qbg__book_put_decimal(self, kind->points_milli, 3);
        qbg__book_put_flag(self, kind->high_intent);
    }
}

static void put_departments(qbg__book_writer *self, uint32_t departments) {
    int is_first = 1;
    for (int32_t word = 0; word < qbg_word_count(QBG_WORDS_DEPARTMENT); word++) {
        if (!(departments >> word & 1u)) continue;
        if (!is_first) qbg__blob_char(&self->cell, ';');
        qbg__blob_text(&self->cell, qbg_word_key(QBG_WORDS_DEPARTMENT, word));
        is_first = 0;
    }
    put_cell(self);
}

static void write_seat(qbg__book_writer *self, const qbg_template *of, const qbg__seat *seat) {
    qbg__book_put_text(self, of->key);
    qbg__book_put_text(self, qbg_role_key(qbg_role_at(self->workspace, seat->role)));
    qbg__book_put_decimal(self, seat->weight_milli, 3);
    qbg__book_put_decimal(self, seat->people, 0);
    qbg__book_put_flag(self, seat->required);
    put_departments(self, seat->departments);
    qbg__book_put_word(self, QBG_WORDS_SENIORITY, seat->min_seniority);
}

static void write_templates(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->templates);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_template *template_ = self->rows.at[i];
        if (qbg__template_is_untouched(template_)) continue;
        for (uint32_t seat = 0; seat < template_->seat_count; seat++)
            write_seat(self, template_, &template_->seats[seat]);
    }
}

static void write_solutions(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->solutions);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_solution *solution = self->rows.at[i];
        qbg__book_put_text(self, solution->key);
        qbg__book_put_text(self, qbg_solution_name(solution));
        qbg__book_put_text(self, qbg_template_key(qbg_solution_template(solution)));
        for (uint32_t j = 0; j < solution->content_count; j++)
            qbg__book_list_add(self, &self->pieces, solution->contents[j]);
        put_pieces(self);
    }
}

static void put_parameter(qbg__book_writer *self, int32_t parameter) {
    const qbg_policy *policy = &self->workspace->policy;
    int64_t value = qbg_policy_value_milli(policy, parameter);
    qbg__book_put_text(self, qbg_policy_key(policy, parameter));
    if (strcmp(qbg_policy_unit(policy, parameter), "mode") == 0)
        qbg__book_put_word(self, QBG_WORDS_MODE, (int32_t)(value / 1000));
    else
        qbg__book_put_decimal(self, value, 3);
}

/* Points are written with their kinds. There are few parameters, so each looks for its successor.
 */
static void write_policy(qbg__book_writer *self) {
    const qbg_policy *policy = &self->workspace->policy;
    for (const char *last = "";;) {
        int32_t next = -1;
        for (int32_t i = 0; i < QBG__POLICY_FIXED; i++) {
            const char *key = qbg_policy_key(policy, i);
            if (qbg_policy_value_milli(policy, i) == qbg_policy_default_milli(policy, i)) continue;
            if (strcmp(key, last) <= 0) continue;
            if (next < 0 || strcmp(key, qbg_policy_key(policy, next)) < 0) next = i;
        }
        if (next < 0) return;
        put_parameter(self, next);
        last = qbg_policy_key(policy, next);
    }
}

/* ---- companies, people, and what is sold to them --------------------------------------------- */

/* The spare cells that are left. */
static void end_row(qbg__book_writer *self) {
    while (self->cells > 0 && self->out->status == QBG_OK) qbg__book_put_nothing(self);
}

static int has_merged(const qbg__book_writer *self, const qbg__rows *rows) {
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg__keyed *row = self->rows.at[i];
        if (qbg__row_at(rows, row->number) != (const void *)row) return 1;
    }
    return 0;
}

/* A row that was merged into another one is its key alone, and where it leads, in that column. */
static int put_merged(qbg__book_writer *self, const qbg__rows *rows, const void *row,
                      uint32_t column) {
    const qbg__keyed *keyed = row, *kept = qbg__row_at(rows, keyed->number);
    if (kept == keyed) return 0;
    qbg__book_put_text(self, keyed->key);
    while (self->cells < column) qbg__book_put_nothing(self);
    qbg__book_put_text(self, kept->key);
    end_row(self);
    return 1;
}

static void write_account(qbg__book_writer *self, const qbg_account *account) {
    qbg__book_put_text(self, account->key);
    qbg__book_put_text(self, qbg_account_name(account));
    for (uint32_t i = 0; i < account->domain_count; i++)
        qbg__book_list_add(self, &self->pieces, account->domains[i]);
    put_pieces(self);
    if (account->currency[0] != '\0')
        qbg__book_put_money(self, account->potential_minor, account->currency);
    else
        qbg__book_put_nothing(self);
    qbg__book_put_text(self, account->currency);
    end_row(self);
}

static void write_accounts(qbg__book_writer *self) {
    const qbg__rows *rows = &self->workspace->accounts;
    qbg__book_list_rows(self, rows);
    if (!has_merged(self, rows)) self->columns -= self->table->spare;
    for (uint32_t i = 0; i < self->rows.count; i++)
        if (!put_merged(self, rows, self->rows.at[i], self->columns - 1))
            write_account(self, self->rows.at[i]);
}

/* Of somebody who was erased there is no title to read again, so what it said is written. */
static void put_persona(qbg__book_writer *self, const qbg_contact *contact) {
    int is_erased = contact->is_erased;
    double confidence = is_erased ? qbg_contact_persona_confidence(contact) : 0;
    qbg__book_put_word(self, QBG_WORDS_DEPARTMENT,
                       is_erased ? qbg_contact_department(contact) : contact->department);
    qbg__book_put_word(self, QBG_WORDS_SENIORITY,
                       is_erased ? qbg_contact_seniority(contact) : contact->seniority);
    if (confidence > 0)
        put_ratio(self, confidence);
    else if (self->cells > 0)
        qbg__book_put_nothing(self);
}

static void write_contact(qbg__book_writer *self, const qbg_contact *contact) {
    qbg__book_put_text(self, contact->key);
    qbg__book_put_fact(self, qbg__book_undated(&contact->facts, QBG__FACT_ACCOUNT), "");
    qbg__book_put_text(self, qbg_contact_name(contact));
    qbg__book_put_text(self, qbg_contact_title(contact));
    qbg__book_put_text(self, qbg_contact_email(contact));
    put_persona(self, contact);
    if (*qbg_contact_company(contact)) {
        qbg__book_put_nothing(self); /* where it was merged into */
        qbg__book_put_text(self, qbg_contact_company(contact));
    }
    end_row(self);
}

/* Without the columns in which nothing would stand: those of people who were merged or erased, and
 * of what their companies are called. */
static void spare_contact_columns(qbg__book_writer *self, const qbg__rows *rows) {
    for (uint32_t i = 0; i < self->rows.count; i++)
        if (*qbg_contact_company(self->rows.at[i])) return;
    if (self->workspace->erased > 0 || has_merged(self, rows))
        self->columns = QBG__BOOK_CONTACT_MERGED_INTO + 1;
    else
        self->columns -= self->table->spare;
}

static void write_contacts(qbg__book_writer *self) {
    const qbg__rows *rows = &self->workspace->contacts;
    qbg__book_list_rows(self, rows);
    spare_contact_columns(self, rows);
    for (uint32_t i = 0; i < self->rows.count; i++)
        if (!put_merged(self, rows, self->rows.at[i], QBG__BOOK_CONTACT_MERGED_INTO))
            write_contact(self, self->rows.at[i]);
}

static const char *visitor_id(const qbg_workspace *workspace, const qbg__visitor *visitor) {
    return qbg__visitor_id(workspace, (uint32_t)(visitor - workspace->signals.visitors));
}

static int by_visitor(const void *a, const void *b, const void *context) {
    return strcmp(visitor_id(context, a), visitor_id(context, b));
}

static void write_visitors(qbg__book_writer *self) {
    const qbg__signals *signals = &self->workspace->signals;
    for (uint32_t i = 0; i < signals->visitor_count; i++)
        if (signals->visitors[i].contact != QBG_NONE)
            qbg__book_list_add(self, &self->rows, &signals->visitors[i]);
    qbg__book_list_sort(self, &self->rows, by_visitor);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg__visitor *visitor = self->rows.at[i];
        qbg__book_put_text(self, visitor_id(self->workspace, visitor));
        qbg__book_put_text(self,
                           qbg_contact_key(qbg_contact_at(self->workspace, visitor->contact)));
    }
}

static void put_undated(qbg__book_writer *self, const qbg_opportunity *opportunity, int field) {
    qbg__book_put_fact(self, qbg__book_undated(&opportunity->facts, field), opportunity->currency);
}

static void write_opportunity(qbg__book_writer *self, const qbg_opportunity *opportunity) {
    qbg__book_put_text(self, opportunity->key);
    qbg__book_put_text(self, qbg_account_key(qbg_opportunity_account(opportunity)));
    qbg__book_put_text(self, qbg_solution_key(qbg_opportunity_solution(opportunity)));
    qbg__book_put_text(self, qbg_opportunity_name(opportunity));
    qbg__book_put_word(self, QBG_WORDS_OPPORTUNITY_TYPE, opportunity->type);
    put_undated(self, opportunity, QBG__FACT_STAGE);
    put_undated(self, opportunity, QBG__FACT_AMOUNT);
    qbg__book_put_text(self, opportunity->currency);
    qbg__book_put_time(self, opportunity->opened);
    qbg__book_put_time(self, opportunity->closed);
    put_undated(self, opportunity, QBG__FACT_OUTCOME);
    put_undated(self, opportunity, QBG__FACT_NEED);
    put_undated(self, opportunity, QBG__FACT_BUDGET);
    put_undated(self, opportunity, QBG__FACT_AUTHORITY);
    put_undated(self, opportunity, QBG__FACT_TIMELINE);
    put_undated(self, opportunity, QBG__FACT_FIT);
}

static void write_opportunities(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->opportunities);
    for (uint32_t i = 0; i < self->rows.count; i++) write_opportunity(self, self->rows.at[i]);
}

static int by_customer(const void *a, const void *b, const void *context) {
    const qbg__revenue *first = a, *second = b;
    (void)context;
    int order = strcmp(first->customer, second->customer);
    if (order != 0) return order;
    if (first->month != second->month) return first->month < second->month ? -1 : 1;
    return strcmp(first->currency, second->currency);
}

static void put_month(qbg__book_writer *self, int32_t month) {
    int32_t of_year = month % 12 + 1;
    qbg__blob_int(&self->cell, month / 12);
    qbg__blob_text(&self->cell, of_year < 10 ? "-0" : "-");
    qbg__blob_int(&self->cell, of_year);
    put_cell(self);
}

static void write_revenue(qbg__book_writer *self) {
    for (uint32_t i = 0; i < self->workspace->revenue_count; i++)
        qbg__book_list_add(self, &self->rows, &self->workspace->revenue[i]);
    qbg__book_list_sort(self, &self->rows, by_customer);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg__revenue *row = self->rows.at[i];
        qbg__book_put_text(self, row->customer);
        put_month(self, row->month);
        qbg__book_put_money(self, row->amount_minor, row->currency);
        qbg__book_put_text(self, row->currency);
    }
}

/* ---- the public door ------------------------------------------------------------------------- */

/* What the tracking table says is in the others, too. */
static void write_tracking(qbg__book_writer *self) { (void)self; }

typedef void write_table(qbg__book_writer *self);

static write_table *const writers[QBG__BOOK_TABLES] = {
    [QBG__BOOK_ACCOUNTS] = write_accounts,
    [QBG__BOOK_CONTACTS] = write_contacts,
    [QBG__BOOK_TEMPLATES] = write_templates,
    [QBG__BOOK_SOLUTIONS] = write_solutions,
    [QBG__BOOK_VISITORS] = write_visitors,
    [QBG__BOOK_OPPORTUNITIES] = write_opportunities,
    [QBG__BOOK_MEMBERS] = qbg__book_write_members,
    [QBG__BOOK_SIGNALS] = qbg__book_write_signals,
    [QBG__BOOK_HISTORY] = qbg__book_write_history,
    [QBG__BOOK_KINDS] = write_kinds,
    [QBG__BOOK_ROLES] = write_roles,
    [QBG__BOOK_NEEDS] = qbg__book_write_needs,
    [QBG__BOOK_REVENUE] = write_revenue,
    [QBG__BOOK_POLICY] = write_policy,
    [QBG__BOOK_TRACKING] = write_tracking,
};

static void free_list(qbg__book_writer *self, qbg__book_list *list) {
    qbg__mem_free(&self->mem, list->at, list->capacity * sizeof *list->at);
}

qbg_status qbg_book_write(const qbg_workspace *workspace, const char *table, qbg_blob **out_blob) {
    qbg_status asked = qbg__may_ask(workspace);
    if (asked != QBG_OK) return asked;
    if (!table || !out_blob) return QBG_E_ARGUMENT;
    int32_t number = qbg__book_table_find(table);
    if (number < 0) return QBG_E_NOT_FOUND;
    qbg__book_writer self;
    memset(&self, 0, sizeof self);
    self.workspace = workspace;
    self.table = qbg__book_table_at(number);
    self.columns = self.table->column_count;
    self.mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    self.out = qbg__blob_new(&self.mem);
    if (!self.out) return QBG_E_MEMORY;
    qbg__blob_begin(&self.cell, &self.mem);
    writers[number](&self);
    free_list(&self, &self.rows);
    free_list(&self, &self.pieces);
    qbg__blob_end(&self.cell);
    qbg_status status = self.out->status;
    if (status == QBG_OK)
        *out_blob = self.out;
    else
        qbg_blob_free(self.out);
    return status;
}
