/* arrow_in: rows out of a stream; see qbg/arrow.h. The batches are gathered into the library's own
 * columns and put like them, so that neither where a batch ends nor how a host types its columns
 * makes a difference. */
#include "qbg/arrow.h"

#include "io/arrow_cells.h"
#include "io/book.h"
#include "model/change.h"
#include "model/workspace.h"
#include "qbg/columns.h"
#include "qbg/signal.h"
#include "qbg/vocabulary.h"

#include <errno.h>
#include <string.h>

/* ---- The tables ---- */

/* The library's columns of one of them; all begin with their size and the count of rows. */
typedef union given {
    struct {
        size_t size;
        uint64_t count;
    } head;
    qbg_account_columns accounts;
    qbg_contact_columns contacts;
    qbg_opportunity_columns opportunities;
    qbg_member_columns members;
    qbg_signal_columns signals;
} given;

#define PLACE(table, field) offsetof(qbg_##table##_columns, field)
#define TEXTS(table, name, field, required)                                                        \
    { name, QBG__CELLS_TEXT, 0, required, PLACE(table, field), PLACE(table, field##_offsets) }
#define VALUES(table, name, field, form, of, required)                                             \
    { name, form, of, required, PLACE(table, field), 0 }

static const qbg__cells_form account_forms[] = {
    TEXTS(account, "account", key, 1),
    TEXTS(account, "name", name, 0),
    TEXTS(account, "domain", domain, 0),
    VALUES(account, "potential_minor", potential_minor, QBG__CELLS_MINOR, 0, 0),
    TEXTS(account, "currency", currency, 0),
    VALUES(account, "tag", tag, QBG__CELLS_TAG, 0, 0),
};

static const qbg__cells_form contact_forms[] = {
    TEXTS(contact, "contact", key, 1),
    VALUES(contact, "account", account, QBG__CELLS_NUMBER, QBG_ENTITY_ACCOUNT, 0),
    TEXTS(contact, "name", name, 0),
    TEXTS(contact, "title", title, 0),
    TEXTS(contact, "email", email, 0),
    TEXTS(contact, "company", company, 0),
    VALUES(contact, "department", department, QBG__CELLS_WORD, QBG_WORDS_DEPARTMENT, 0),
    VALUES(contact, "seniority", seniority, QBG__CELLS_WORD, QBG_WORDS_SENIORITY, 0),
    VALUES(contact, "tag", tag, QBG__CELLS_TAG, 0, 0),
};

static const qbg__cells_form opportunity_forms[] = {
    TEXTS(opportunity, "opportunity", key, 1),
    VALUES(opportunity, "account", account, QBG__CELLS_NUMBER, QBG_ENTITY_ACCOUNT, 0),
    VALUES(opportunity, "solution", solution, QBG__CELLS_NUMBER, QBG_ENTITY_SOLUTION, 0),
    TEXTS(opportunity, "name", name, 0),
    VALUES(opportunity, "type", type, QBG__CELLS_WORD, QBG_WORDS_OPPORTUNITY_TYPE, 0),
    VALUES(opportunity, "opened", opened_s, QBG__CELLS_TIME, 0, 0),
    VALUES(opportunity, "closed", closed_s, QBG__CELLS_TIME, 0, 0),
    TEXTS(opportunity, "stage", stage, 0),
    VALUES(opportunity, "amount_minor", amount_minor, QBG__CELLS_MINOR, 0, 0),
    TEXTS(opportunity, "currency", currency, 0),
    VALUES(opportunity, "outcome", outcome, QBG__CELLS_WORD, QBG_WORDS_OUTCOME, 0),
    VALUES(opportunity, "need", need_validated, QBG__CELLS_WORD, QBG_WORDS_ANSWER, 0),
    VALUES(opportunity, "budget", budget, QBG__CELLS_WORD, QBG_WORDS_ANSWER, 0),
    VALUES(opportunity, "authority", authority, QBG__CELLS_WORD, QBG_WORDS_ANSWER, 0),
    VALUES(opportunity, "timeline", timeline, QBG__CELLS_WORD, QBG_WORDS_ANSWER, 0),
    VALUES(opportunity, "fit", fit, QBG__CELLS_RATIO, 0, 0),
    VALUES(opportunity, "tag", tag, QBG__CELLS_TAG, 0, 0),
};

static const qbg__cells_form member_forms[] = {
    VALUES(member, "opportunity", opportunity, QBG__CELLS_NUMBER, QBG_ENTITY_OPPORTUNITY, 1),
    VALUES(member, "contact", contact, QBG__CELLS_NUMBER, QBG_ENTITY_CONTACT, 1),
    VALUES(member, "role", role, QBG__CELLS_NUMBER, QBG_ENTITY_ROLE, 0),
    VALUES(member, "status", status, QBG__CELLS_WORD, QBG_WORDS_STATUS, 0),
    VALUES(member, "stance", stance, QBG__CELLS_WORD, QBG_WORDS_STANCE, 0),
    VALUES(member, "influence", influence, QBG__CELLS_RATIO, 0, 0),
    VALUES(member, "participation", participation, QBG__CELLS_WORD, QBG_WORDS_PARTICIPATION, 0),
    VALUES(member, "interest", interest, QBG__CELLS_WORD, QBG_WORDS_INTEREST, 0),
    VALUES(member, "joined", joined_s, QBG__CELLS_TIME, 0, 0),
    VALUES(member, "left", left_s, QBG__CELLS_TIME, 0, 0),
    VALUES(member, "next_contact", next_contact_s, QBG__CELLS_TIME, 0, 0),
    TEXTS(member, "note", note, 0),
    VALUES(member, "tag", tag, QBG__CELLS_TAG, 0, 0),
};

static const qbg__cells_form signal_forms[] = {
    VALUES(signal, "time", time_s, QBG__CELLS_TIME, 0, 1),
    VALUES(signal, "kind", kind, QBG__CELLS_KIND, QBG_ENTITY_KIND, 1),
    VALUES(signal, "contact", contact, QBG__CELLS_NUMBER, QBG_ENTITY_CONTACT, 0),
    VALUES(signal, "account", account, QBG__CELLS_NUMBER, QBG_ENTITY_ACCOUNT, 0),
    VALUES(signal, "solution", solution, QBG__CELLS_NUMBER, QBG_ENTITY_SOLUTION, 0),
    VALUES(signal, "opportunity", opportunity, QBG__CELLS_NUMBER, QBG_ENTITY_OPPORTUNITY, 0),
    TEXTS(signal, "visitor", visitor, 0),
    TEXTS(signal, "content", content, 0),
    TEXTS(signal, "event", event, 0),
};

typedef qbg_status put_rows(qbg_workspace *workspace, const given *rows, qbg_status *row_status);

static qbg_status put_accounts(qbg_workspace *workspace, const given *rows,
                               qbg_status *row_status) {
    return qbg_account_put_columns(workspace, &rows->accounts, row_status, NULL, NULL, NULL);
}

static qbg_status put_contacts(qbg_workspace *workspace, const given *rows,
                               qbg_status *row_status) {
    return qbg_contact_put_columns(workspace, &rows->contacts, row_status, NULL, NULL, NULL);
}

static qbg_status put_opportunities(qbg_workspace *workspace, const given *rows,
                                    qbg_status *row_status) {
    return qbg_opportunity_put_columns(workspace, &rows->opportunities, row_status, NULL, NULL,
                                       NULL);
}

static qbg_status put_members(qbg_workspace *workspace, const given *rows, qbg_status *row_status) {
    return qbg_member_put_columns(workspace, &rows->members, row_status, NULL, NULL);
}

static qbg_status put_signals(qbg_workspace *workspace, const given *rows, qbg_status *row_status) {
    return qbg_append(workspace, &rows->signals, row_status, NULL);
}

/* A table that can be imported. */
typedef struct target {
    int32_t number; /* of the book's */
    size_t size;    /* of its struct of columns */
    const qbg__cells_form *forms;
    uint32_t form_count;
    int32_t is_told_whole; /* rows may lean on later rows, so no part of them is put before */
    put_rows *put;
} target;

#define FORMS(name) name##_forms, sizeof name##_forms / sizeof name##_forms[0]
static const target targets[] = {
    {QBG__BOOK_ACCOUNTS, sizeof(qbg_account_columns), FORMS(account), 0, put_accounts},
    {QBG__BOOK_CONTACTS, sizeof(qbg_contact_columns), FORMS(contact), 0, put_contacts},
    {QBG__BOOK_OPPORTUNITIES, sizeof(qbg_opportunity_columns), FORMS(opportunity), 0,
     put_opportunities},
    {QBG__BOOK_MEMBERS, sizeof(qbg_member_columns), FORMS(member), 1,
     put_members}, /* the roles of a pair */
    {QBG__BOOK_SIGNALS, sizeof(qbg_signal_columns), FORMS(signal), 0, put_signals},
};
#define MOST_FORMS (sizeof opportunity_forms / sizeof opportunity_forms[0])

static const target *target_of(const char *name) {
    int32_t number = qbg__book_table_find(name);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        if (targets[i].number == number) return &targets[i];
    return NULL;
}

/* ---- An import ---- */

/* So many rows are gathered before they are put. */
#define MANY_ROWS UINT64_C(1048576)

typedef struct import {
    qbg_workspace *workspace;
    const target *target;
    struct ArrowArrayStream *stream;
    struct ArrowSchema schema;
    qbg__mem mem;
    qbg__arrow_cells cells[MOST_FORMS]; /* of forms that the stream has; form NULL: not there */
    int64_t children[MOST_FORMS];       /* where the stream has them */
    uint64_t rows;                      /* gathered */
    uint64_t put;                       /* put and not refused */
    qbg_status *row_status;
    uint32_t status_capacity;
    qbg__arrow_faults faults;
} import;

static void begin(import *self, qbg_workspace *workspace, const target *into,
                  struct ArrowArrayStream *stream) {
    memset(self, 0, sizeof *self);
    self->workspace = workspace;
    self->target = into;
    self->stream = stream;
    self->mem = qbg__mem_fork(&workspace->mem);
    self->faults.table = into->number;
    qbg__refusals_begin(&self->faults.refusals, &workspace->mem);
    for (size_t i = 0; i < MOST_FORMS; i++)
        qbg__arrow_cells_begin(&self->cells[i], NULL, &workspace->mem);
}

static void end(import *self) {
    if (self->schema.release) self->schema.release(&self->schema);
    for (size_t i = 0; i < MOST_FORMS; i++) qbg__arrow_cells_end(&self->cells[i], &self->mem);
    qbg__mem_free(&self->mem, self->row_status, self->status_capacity * sizeof *self->row_status);
    qbg__mem_free(&self->mem, self->faults.is_refused, self->faults.capacity);
    qbg__refusals_end(&self->faults.refusals);
}

/* The whole stream is refused. column: NULL for none. */
static qbg_status refuse(import *self, const char *column, const char *reason) {
    uint64_t row = self->faults.first + self->rows;
    qbg__blob_text(qbg__refusals_add(&self->faults.refusals, self->target->number, row, 1, column,
                                     column ? strlen(column) : 0, NULL, 0),
                   reason);
    qbg_status status = self->faults.refusals.texts.status;
    return status == QBG_OK ? QBG_E_REFUSED : status;
}

/* number: what the stream answered, an errno. */
static qbg_status refuse_error(import *self, int number) {
    if (number == ENOMEM) return QBG_E_MEMORY;
    const char *error =
        self->stream->get_last_error ? self->stream->get_last_error(self->stream) : NULL;
    return refuse(self, NULL, error && error[0] ? error : "the stream failed and does not say why");
}

/* ---- The header ---- */

static int32_t form_named(const target *into, const char *name) {
    for (uint32_t i = 0; i < into->form_count; i++)
        if (strcmp(into->forms[i].name, name) == 0) return (int32_t)i;
    return -1;
}

static qbg_status note_column(import *self, int64_t child, const char *name) {
    int32_t form = form_named(self->target, name);
    if (form < 0) {
        qbg_blob *out = qbg__refusals_add(&self->faults.refusals, self->target->number, 0, 0, name,
                                          strlen(name), NULL, 0);
        qbg__blob_text(out, "unknown column; it is ignored");
        return self->faults.refusals.texts.status;
    }
    if (self->cells[form].form) return refuse(self, name, "this column is there twice");
    self->cells[form].form = &self->target->forms[form];
    self->children[form] = child;
    return QBG_OK;
}

static qbg_status read_schema(import *self) {
    const struct ArrowSchema *schema = &self->schema;
    int error = self->stream->get_schema(self->stream, &self->schema);
    if (error != 0) {
        self->schema.release = NULL;
        return refuse_error(self, error);
    }
    if (!schema->release || !schema->format || strcmp(schema->format, "+s") != 0)
        return refuse(self, NULL, "the stream is not one of rows with columns (a struct)");
    if (schema->n_children < 0 || (schema->n_children > 0 && !schema->children))
        return refuse(self, NULL, "the stream's columns are missing");
    for (int64_t i = 0; i < schema->n_children; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (!child || !child->release) return refuse(self, NULL, "a column is missing");
        qbg_status status = note_column(self, i, child->name ? child->name : "");
        if (status != QBG_OK) return status;
    }
    for (uint32_t i = 0; i < self->target->form_count; i++)
        if (self->target->forms[i].is_required && !self->cells[i].form)
            return refuse(self, self->target->forms[i].name, "this column is required");
    return QBG_OK;
}

/* ---- The batches ---- */

static const char *check_batch(const import *self, const struct ArrowArray *batch) {
    if (batch->length < 0 || batch->offset < 0) return "a batch has a negative length or offset";
    if (batch->n_children != self->schema.n_children || (batch->n_children > 0 && !batch->children))
        return "a batch has other columns than the stream";
    for (int64_t i = 0; i < batch->n_children; i++)
        if (!batch->children[i]) return "a batch misses a column";
    if (batch->null_count != 0 && batch->n_buffers > 0 && batch->buffers && batch->buffers[0])
        return "rows that are null as a whole are not read";
    return NULL;
}

static qbg_status read_column(import *self, uint32_t form, const struct ArrowArray *batch) {
    qbg__arrow_column column, words;
    qbg__arrow_cells *cells = &self->cells[form];
    int64_t child = self->children[form];
    const struct ArrowSchema *schema = self->schema.children[child];
    const char *fault = qbg__arrow_column_open(schema, batch->children[child], batch->offset,
                                               (uint64_t)batch->length, &words, &column);
    if (fault) return refuse(self, cells->form->name, fault);
    if (!qbg__arrow_cells_take(cells->form, &column))
        return refuse(self, cells->form->name, "its type is none that this column can have");
    return qbg__arrow_cells_read(cells, self->workspace, &column, self->rows, &self->mem,
                                 &self->faults);
}

static qbg_status make_room(import *self, uint64_t rows) {
    qbg__arrow_faults *faults = &self->faults;
    uint32_t before = faults->capacity;
    qbg_status status =
        qbg__mem_reserve(&self->mem, &faults->is_refused, &faults->capacity, rows, 1);
    if (status != QBG_OK) return status;
    if (faults->capacity > before)
        memset(faults->is_refused + before, 0, faults->capacity - before);
    return qbg__mem_reserve(&self->mem, &self->row_status, &self->status_capacity, rows,
                            sizeof *self->row_status);
}

static qbg_status gather(import *self, const struct ArrowArray *batch) {
    const char *fault = check_batch(self, batch);
    if (fault) return refuse(self, NULL, fault);
    qbg_status status = make_room(self, self->rows + (uint64_t)batch->length);
    for (uint32_t i = 0; i < self->target->form_count && status == QBG_OK; i++)
        if (self->cells[i].form) status = read_column(self, i, batch);
    if (status == QBG_OK) self->rows += (uint64_t)batch->length;
    return status;
}

/* Of a row that was told of already, the status says nothing new. */
static qbg_status tell_refused(import *self) {
    for (uint64_t row = 0; row < self->rows; row++) {
        qbg_status status = self->row_status[row];
        if (status == QBG_OK) self->put++;
        if (status == QBG_OK || self->faults.is_refused[row]) continue;
        qbg_blob *out =
            qbg__refusals_add(&self->faults.refusals, self->target->number,
                              self->faults.first + row, status != QBG_DUPLICATE, NULL, 0, NULL, 0);
        qbg__blob_text(out, qbg_status_text(status));
    }
    return self->faults.refusals.texts.status;
}

static qbg_status put_gathered(import *self) {
    given rows;
    if (self->rows == 0) return QBG_OK;
    memset(&rows, 0, sizeof rows);
    rows.head.size = self->target->size;
    rows.head.count = self->rows;
    for (uint32_t i = 0; i < self->target->form_count; i++)
        if (self->cells[i].form) qbg__arrow_cells_place(&self->cells[i], &rows);
    qbg_status status = self->target->put(self->workspace, &rows, self->row_status);
    if (status == QBG_E_ARGUMENT)
        return refuse(self, NULL, "of two columns that go together there is one only");
    if (status == QBG_OK) status = tell_refused(self);
    memset(self->faults.is_refused, 0, self->faults.capacity);
    self->faults.first += self->rows;
    self->rows = 0;
    for (uint32_t i = 0; i < self->target->form_count; i++) qbg__blob_clear(&self->cells[i].texts);
    return status;
}

static qbg_status read_batches(import *self) {
    qbg_status status = QBG_OK;
    while (status == QBG_OK) {
        struct ArrowArray batch = {.release = NULL};
        int error = self->stream->get_next(self->stream, &batch);
        if (error != 0) return refuse_error(self, error);
        if (!batch.release) return put_gathered(self);
        status = gather(self, &batch);
        batch.release(&batch);
        if (status == QBG_OK && self->rows >= MANY_ROWS && !self->target->is_told_whole)
            status = put_gathered(self);
    }
    return status;
}

static qbg_status tell_refusals(const import *self, qbg_table **out_refusals) {
    if (!out_refusals) return QBG_OK;
    return qbg__refusals_table(&self->faults.refusals, qbg_book_table_name, out_refusals);
}

/* All or nothing, but for rows that are refused one by one. The table of these is made before the
 * change ends, since it may find no memory. */
static qbg_status take(import *self, qbg_table **out_refusals) {
    qbg_status status = read_schema(self);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(self->workspace);
    status = read_batches(self);
    if (status != QBG_OK) return qbg__end(change, status);
    qbg_table *refusals = NULL;
    status = qbg__end(change, tell_refusals(self, out_refusals ? &refusals : NULL));
    if (status != QBG_OK)
        qbg_table_free(refusals);
    else if (out_refusals)
        *out_refusals = refusals;
    return status;
}

qbg_status qbg_arrow_import(qbg_workspace *workspace, const char *name,
                            struct ArrowArrayStream *stream, uint64_t *out_rows,
                            qbg_table **out_refusals) {
    if (!workspace || !name || !stream || !stream->release) return QBG_E_ARGUMENT;
    if (!stream->get_schema || !stream->get_next) return QBG_E_ARGUMENT;
    const target *found = target_of(name);
    if (!found) return QBG_E_NOT_FOUND;
import self;
    begin(&self, workspace, found, stream);
    qbg_status status = take(&self, out_refusals);
    if (status == QBG_E_REFUSED && tell_refusals(&self, out_refusals) != QBG_OK)
        status = QBG_E_MEMORY;
    if (out_rows && status == QBG_OK) *out_rows = self.put;
    end(&self);
    return status;
}
