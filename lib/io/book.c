/* book: the tables of a book and the reader's life; see book.h. Bytes are only kept while they
 * come; finish reads them in the order in which tables depend on each other, all inside one change
 * of the workspace, so that whatever happens it is loaded whole or not at all. Reading while
 * feeding was the other choice: it would need rows that wait for rows, and an order of files that
 * matters. */
#include "io/book.h"

#include "base/real.h"
#include "io/book_load.h"
#include "model/routing.h"
#include "model/workspace.h"

#include <string.h>

/* ---- tables ---------------------------------------------------------------------------------- */

static const qbg__book_table *const tables[QBG__BOOK_TABLES] = {
    [QBG__BOOK_ACCOUNTS] = &qbg__book_accounts,
    [QBG__BOOK_CONTACTS] = &qbg__book_contacts,
    [QBG__BOOK_TEMPLATES] = &qbg__book_templates,
    [QBG__BOOK_SOLUTIONS] = &qbg__book_solutions,
    [QBG__BOOK_VISITORS] = &qbg__book_visitors,
    [QBG__BOOK_OPPORTUNITIES] = &qbg__book_opportunities,
    [QBG__BOOK_MEMBERS] = &qbg__book_members,
    [QBG__BOOK_SIGNALS] = &qbg__book_signals,
    [QBG__BOOK_HISTORY] = &qbg__book_history,
    [QBG__BOOK_KINDS] = &qbg__book_kinds,
    [QBG__BOOK_ROLES] = &qbg__book_roles,
    [QBG__BOOK_NEEDS] = &qbg__book_needs,
    [QBG__BOOK_REVENUE] = &qbg__book_revenue,
    [QBG__BOOK_POLICY] = &qbg__book_policy,
    [QBG__BOOK_TRACKING] = &qbg__book_tracking,
};

const qbg__book_table *qbg__book_table_at(int32_t table) {
    return table < 0 || table >= QBG__BOOK_TABLES ? NULL : tables[table];
}

int32_t qbg__book_table_find(const char *name) {
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++)
        if (strcmp(tables[i]->name, name) == 0) return i;
    return -1;
}

int32_t qbg_book_table_count(void) { return QBG__BOOK_TABLES; }

const char *qbg_book_table_name(int32_t table) {
    const qbg__book_table *found = qbg__book_table_at(table);
    return found ? found->name : NULL;
}

/* ---- sets of numbers ------------------------------------------------------------------------- */

qbg_status qbg__book_set_add(qbg_book_reader *reader, qbg__book_set *set, uint64_t number) {
    uint64_t need = number / 64 + 1;
    qbg_status status =
        qbg__mem_reserve(&reader->mem, &set->words, &set->capacity, need, sizeof *set->words);
    if (status != QBG_OK) return status;
    while (set->count < need) set->words[set->count++] = 0;
    set->words[number / 64] |= (uint64_t)1 << number % 64;
    return QBG_OK;
}

int qbg__book_set_has(const qbg__book_set *set, uint64_t number) {
    return number / 64 < set->count && (set->words[number / 64] >> number % 64 & 1);
}

static void free_set(qbg_book_reader *reader, qbg__book_set *set) {
    qbg__mem_free(&reader->mem, set->words, set->capacity * sizeof *set->words);
}

/* ---- the reader's life ----------------------------------------------------------------------- */

qbg_status qbg_book_reader_new(qbg_workspace *workspace, int32_t strict,
                               qbg_book_reader **out_reader) {
    if (!workspace || !out_reader || strict < 0 || strict > 1) return QBG_E_ARGUMENT;
    qbg__mem mem = qbg__mem_fork(qbg__workspace_mem(workspace));
    qbg_book_reader *reader = qbg__mem_alloc_zeroed(&mem, sizeof *reader);
    if (!reader) return QBG_E_MEMORY;
    reader->mem = mem;
    reader->workspace = workspace;
    reader->is_strict = strict;
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) qbg__blob_begin(&reader->fed[i], &mem);
    qbg__blob_begin(&reader->piece, &mem);
    qbg__blob_begin(&reader->names, &mem);
    qbg__refusals_begin(&reader->refusals, &mem);
    *out_reader = reader;
    return QBG_OK;
}

static void end_fed(qbg_book_reader *reader) {
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) qbg__blob_end(&reader->fed[i]);
}

void qbg_book_reader_free(qbg_book_reader *reader) {
    if (!reader) return;
    end_fed(reader);
    qbg__blob_end(&reader->piece);
    qbg__blob_end(&reader->names);
    qbg__refusals_end(&reader->refusals);
    qbg__mem_free(&reader->mem, reader->seats, reader->seats_capacity * sizeof *reader->seats);
    free_set(reader, &reader->given);
    for (int32_t i = 0; i < QBG__BOOK_TABLES; i++) free_set(reader, &reader->refused[i]);
    qbg__mem own = reader->mem;
    qbg__mem_free(&own, reader, sizeof *reader);
}

/* A piece that found no room was not taken, and the next one may find some. */
qbg_status qbg_book_reader_feed(qbg_book_reader *reader, const char *table, const void *bytes,
                                size_t size) {
    if (!reader || !table || (!bytes && size > 0) || reader->is_finished) return QBG_E_ARGUMENT;
    int32_t number = qbg__book_table_find(table);
    if (number < 0) return QBG_E_NOT_FOUND;
    qbg_blob *fed = &reader->fed[number];
    if (size > 0) qbg__blob_bytes(fed, bytes, size);
    qbg_status status = fed->status;
    fed->status = QBG_OK;
    return status;
}

qbg_status qbg_book_reader_refusals(const qbg_book_reader *reader, qbg_table **out_table) {
    if (!reader || !out_table) return QBG_E_ARGUMENT;
    return qbg__refusals_table(&reader->refusals, qbg_book_table_name, out_table);
}

/* ---- loading --------------------------------------------------------------------------------- */

typedef struct step {
    int32_t table;
    int is_first; /* 0: the table was read by an earlier step */
    qbg__book_load *load;
} step;

static const step steps[] = {
    {QBG__BOOK_ROLES, 1, qbg__book_load_role},
    {QBG__BOOK_KINDS, 1, qbg__book_load_kind},
    {QBG__BOOK_TEMPLATES, 1, qbg__book_load_template},
    {QBG__BOOK_ACCOUNTS, 1, qbg__book_load_account},
    {QBG__BOOK_ACCOUNTS, 0, qbg__book_load_merged_account},
    {QBG__BOOK_TRACKING, 1, qbg__book_load_tracking_company},
    {QBG__BOOK_CONTACTS, 1, qbg__book_load_contact},
    {QBG__BOOK_CONTACTS, 0, qbg__book_load_merged_contact},
    {QBG__BOOK_SOLUTIONS, 1, qbg__book_load_solution},
    {QBG__BOOK_OPPORTUNITIES, 1, qbg__book_load_opportunity},
    {QBG__BOOK_TRACKING, 0, qbg__book_load_tracking_person},
    {QBG__BOOK_VISITORS, 1, qbg__book_load_visitor},
    {QBG__BOOK_MEMBERS, 1, qbg__book_load_rule_member},
    {QBG__BOOK_MEMBERS, 0, qbg__book_load_host_member},
    {QBG__BOOK_NEEDS, 1, qbg__book_load_need},
    {QBG__BOOK_HISTORY, 1, qbg__book_load_history},
    {QBG__BOOK_POLICY, 1, qbg__book_load_policy},
    {QBG__BOOK_REVENUE, 1, qbg__book_load_revenue},
    {QBG__BOOK_TRACKING, 0, qbg__book_load_tracking_interaction},
    {QBG__BOOK_SIGNALS, 1, qbg__book_load_signal},
};

#define STEP_COUNT  (sizeof steps / sizeof steps[0])
#define FIRST_EVENT (STEP_COUNT - 2) /* from here on steps record signals */

static qbg_status run_steps(qbg_book_reader *reader, size_t from, size_t to) {
    qbg_status status = QBG_OK;
    for (size_t i = from; i < to && status == QBG_OK; i++)
        status = qbg__book_load_table(reader, steps[i].table, steps[i].load, steps[i].is_first);
    return status;
}

/* Contacts that moved take the event ids of their signals with them, which new signals are then
 * compared with; so what is known is settled before signals come. */
static qbg_status load(qbg_book_reader *reader) {
    qbg_status status = run_steps(reader, 0, FIRST_EVENT);
    if (status == QBG_OK) status = qbg__settle(reader->workspace);
    if (status == QBG_OK) status = qbg_signal_new(reader->workspace, &reader->signal);
    if (status == QBG_OK) qbg__signal_restore(reader->signal);
    if (status == QBG_OK) status = run_steps(reader, FIRST_EVENT, STEP_COUNT);
    qbg_signal_free(reader->signal);
    reader->signal = NULL;
    if (status == QBG_OK) status = reader->refusals.texts.status;
    if (status != QBG_OK) return status;
    return reader->is_strict && reader->refusals.refused_count > 0 ? QBG_E_REFUSED : QBG_OK;
}

/* Out of memory leaves the reader as it was, too: it can be asked again. */
qbg_status qbg_book_reader_finish(qbg_book_reader *reader) {
    if (!reader || reader->is_finished) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    qbg__change change = qbg__begin(reader->workspace);
    qbg_status status = qbg__end(change, load(reader));
    reader->seats_count = 0;
    if (status == QBG_OK || status == QBG_E_REFUSED) {
        reader->is_finished = 1;
        end_fed(reader);
    } else {
        qbg__refusals_clear(&reader->refusals);
    }
    return status;
}
