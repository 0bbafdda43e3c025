/* book_import: loads a book, pass by pass, in the order in which tables depend on each other, all
 * inside one change of the workspace, so that whatever happens it is loaded whole or not at all.
 * Reading while feeding was the other choice: it would need rows that wait for rows, and an order
 * of files that matters. A step is a change inside that one, so that a step which fails leaves the
 * steps before it. */
#include "io/book_import.h"

#include "base/real.h"
#include "io/book_load.h"
#include "io/export.h"
#include "model/routing.h"

const qbg__book_pass qbg__book_passes[QBG__BOOK_PASSES] = {
    {QBG__BOOK_ROLES, 1, -1, qbg__book_load_role},
    {QBG__BOOK_KINDS, 1, -1, qbg__book_load_kind},
    {QBG__BOOK_TEMPLATES, 1, -1, qbg__book_load_template},
    {QBG__BOOK_ACCOUNTS, 1, -1, qbg__book_load_account},
    {QBG__BOOK_ACCOUNTS, 0, QBG__BOOK_ACCOUNT_MERGED_INTO, qbg__book_load_merged_account},
    {QBG__BOOK_TRACKING, 1, -1, qbg__book_load_tracking_company},
    {QBG__BOOK_CONTACTS, 1, -1, qbg__book_load_contact},
    {QBG__BOOK_CONTACTS, 0, QBG__BOOK_CONTACT_MERGED_INTO, qbg__book_load_merged_contact},
    {QBG__BOOK_SOLUTIONS, 1, -1, qbg__book_load_solution},
    {QBG__BOOK_OPPORTUNITIES, 1, -1, qbg__book_load_opportunity},
    {QBG__BOOK_TRACKING, 0, -1, qbg__book_load_tracking_person},
    {QBG__BOOK_VISITORS, 1, -1, qbg__book_load_visitor},
    {QBG__BOOK_MEMBERS, 1, -1, qbg__book_load_rule_member},
    {QBG__BOOK_MEMBERS, 0, QBG__BOOK_MEMBER_SOURCE, qbg__book_load_host_member},
    {QBG__BOOK_NEEDS, 1, -1, qbg__book_load_need},
    {QBG__BOOK_HISTORY, 1, -1, qbg__book_load_history},
    {QBG__BOOK_POLICY, 1, -1, qbg__book_load_policy},
    {QBG__BOOK_REVENUE, 1, -1, qbg__book_load_revenue},
    {QBG__BOOK_TRACKING, 0, -1, qbg__book_load_tracking_interaction},
    {QBG__BOOK_SIGNALS, 1, -1, qbg__book_load_signal},
};

#define FIRST_EVENT (QBG__BOOK_PASSES - 2) /* from here on passes record signals */

/* ---- signals --------------------------------------------------------------------------------- */

/* The record that signals are told in; it may tell of people who were erased. Who moved is settled
 * now, not for each row whose event id is looked for. */
static qbg_status prepare_events(qbg_book_reader *reader) {
    if (reader->place.pass < FIRST_EVENT || reader->signal) return QBG_OK;
    qbg_status status = qbg__settle_first(reader->workspace);
    if (status == QBG_OK) status = qbg_signal_new(reader->workspace, &reader->signal);
    if (status == QBG_OK) qbg__signal_restore(reader->signal);
    return status;
}

/* The last step settles, so that nothing is left to finish but to say so. Inside a batch that is
 * left to the batch. depth 2: the import, and the step. */
static int has_to_settle(const qbg_book_reader *reader) {
    return reader->place.pass == QBG__BOOK_PASSES && reader->workspace->depth == 2;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static qbg_status read_pass(qbg_book_reader *reader, uint64_t *rows) {
    qbg_status status = prepare_events(reader);
    return status == QBG_OK ? qbg__book_read(reader, rows) : status;
}

/* A pass that has come to its end makes way for the next one, also when no row may be read. */
static qbg_status read_rows(qbg_book_reader *reader, uint64_t rows) {
    qbg_status status = QBG_OK;
    uint32_t pass;
    do {
        pass = reader->place.pass;
        if (pass < QBG__BOOK_PASSES) status = read_pass(reader, &rows);
    } while (status == QBG_OK && reader->place.pass > pass);
    qbg_signal_free(reader->signal);
    reader->signal = NULL;
    return status == QBG_OK ? reader->refusals.texts.status : status;
}

/* Numbers above the last row that counts are taken out. */
static void cut_set(qbg__book_set *set, uint64_t last) {
    if (last / 64 >= set->count) return;
    set->count = (uint32_t)(last / 64) + 1;
    set->words[last / 64] &= UINT64_MAX >> (63 - last % 64);
}

static void cut_given(qbg__book_given *given, uint64_t last) {
    for (uint32_t i = 0; i < given->count; i++)
        if (given->rows[i] > last) given->rows[i] = 0;
}

/* Rows may be no more, or have other keys. */
static void forget_keys(qbg_book_reader *reader) {
    for (int32_t i = 0; i < QBG__BOOK_KEYS; i++)
        qbg__book_keys_free(&reader->keys[i], &reader->mem);
}

/* Back to where a step began. Passes that it began are begun anew. */
static void go_back(qbg_book_reader *reader, const qbg__book_place *to, uint32_t refusals) {
    reader->place = *to;
    qbg__refusals_cut(&reader->refusals, refusals);
    forget_keys(reader);
    if (to->pass == QBG__BOOK_PASSES) return;
    cut_set(&reader->refused[to->pass], to->in.row);
    if (qbg__book_passes[to->pass].is_first)
        cut_given(&reader->given[qbg__book_passes[to->pass].table], to->in.row);
}

/* Reads on inside the open import, or leaves all as it is. */
static qbg_status remove_first(qbg_book_reader *reader) {
    qbg__export *of = reader->export;
    if (!of || of->has_removed) return QBG_OK;
    qbg_status status = qbg__export_remove(of);
    of->has_removed = status == QBG_OK;
    return status;
}

static qbg_status step(qbg_book_reader *reader, uint64_t rows) {
    qbg_workspace *workspace = reader->workspace;
    const qbg__book_place before = reader->place;
    uint32_t refusals = reader->refusals.count;
    qbg__change change = qbg__begin(workspace);
    if (workspace->journal.count != reader->notes) forget_keys(reader); /* the host wrote, too */
    int had_removed = reader->export && reader->export->has_removed;
    qbg_status status = remove_first(reader);
    if (status == QBG_OK) status = read_rows(reader, rows);
    if (status == QBG_OK && has_to_settle(reader)) status = qbg__finish_up(&reader->change);
    status = qbg__end(change, status);
    if (status != QBG_OK) go_back(reader, &before, refusals);
    if (status != QBG_OK && reader->export) reader->export->has_removed = had_removed;
    reader->notes = workspace->journal.count;
    return status;
}

/* ---- the import ------------------------------------------------------------------------------ */

static uint64_t count_all(const qbg_book_reader *reader) {
    uint64_t rows = 0;
    for (int32_t table = 0; table < QBG__BOOK_TABLES; table++) {
        uint64_t passes = 0;
        for (uint32_t i = 0; i < QBG__BOOK_PASSES; i++)
            passes += qbg__book_passes[i].table == table;
        rows += passes * qbg__book_count(reader, table);
    }
    return rows;
}

static void open_import(qbg_book_reader *reader) {
    reader->total = count_all(reader);
    reader->change = qbg__begin(reader->workspace);
    reader->is_open = 1;
    reader->workspace->open = 1;
    reader->workspace->importer = &reader->is_open;
}

/* With QBG_OK it takes effect, with any other status it never was. */
static qbg_status close_import(qbg_book_reader *reader, qbg_status status) {
    static const qbg__book_place start = {0, {0, 0, 0, 0}, 0};
    if (reader->is_open) {
        reader->is_open = 0;
        reader->workspace->open = 0;
        reader->workspace->importer = NULL;
    }
    status = qbg__end(reader->change, status);
    if (status == QBG_OK || status == QBG_E_REFUSED) return status;
    go_back(reader, &start, reader->export ? reader->export->first_refusals : 0);
    if (reader->export) reader->export->has_removed = 0;
    return status;
}

void qbg__book_cancel(qbg_book_reader *reader) {
    if (reader->is_open) close_import(reader, QBG_E_REFUSED);
}

static qbg_status check_strict(const qbg_book_reader *reader) {
    qbg__refusals of_export;
    uint32_t count = reader->refusals.refused_count;
    if (!reader->is_strict || count == 0) return QBG_OK;
    if (!reader->export) return QBG_E_REFUSED;
    qbg_status status = qbg__export_refusals(reader->export, &of_export);
    count = of_export.refused_count;
    qbg__refusals_end(&of_export);
    if (status != QBG_OK) return status;
    return count > 0 ? QBG_E_REFUSED : QBG_OK;
}

/* What an export says becomes tables of a book, once. */
static qbg_status read_export(qbg_book_reader *reader) {
    return reader->export && !reader->is_open ? qbg__export_read(reader->export) : QBG_OK;
}

/* Another reader's import, or a batch that was begun inside of this one. */
static int is_in_the_way(const qbg_book_reader *reader) {
    return reader->is_open ? reader->workspace->depth != 1 : reader->workspace->open;
}

qbg_status qbg_book_reader_step(qbg_book_reader *reader, uint64_t rows, uint64_t *out_left) {
    if (!reader || reader->is_finished) return QBG_E_ARGUMENT;
    if (is_in_the_way(reader)) return QBG_E_BUSY;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    int was_open = reader->is_open;
    qbg_status status = read_export(reader);
    if (status != QBG_OK) return status;
    if (!was_open) open_import(reader);
    status = step(reader, rows);
    if (status != QBG_OK && !was_open) close_import(reader, status);
    if (status == QBG_OK && out_left) *out_left = reader->total - reader->place.done;
    return status;
}

/* All at once is one step, inside whatever is open. */
qbg_status qbg_book_reader_finish(qbg_book_reader *reader) {
    if (!reader || reader->is_finished) return QBG_E_ARGUMENT;
    if (reader->is_open && is_in_the_way(reader)) return QBG_E_BUSY;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    int was_open = reader->is_open;
    qbg_status status = read_export(reader);
    if (status != QBG_OK) return status;
    if (!was_open) reader->change = qbg__begin(reader->workspace);
    status = step(reader, UINT64_MAX);
    if (status != QBG_OK && was_open) return status;
    if (status == QBG_OK) status = check_strict(reader);
    status = close_import(reader, status);
    if (status != QBG_OK && status != QBG_E_REFUSED) return status;
    reader->is_finished = 1;
    reader->total = reader->place.done;
    qbg__book_end_tables(reader);
    return status;
}

uint64_t qbg_book_reader_rows(const qbg_book_reader *reader) {
    if (!reader) return 0;
    if (reader->is_open || reader->is_finished) return reader->total;
    return reader->export && !reader->export->is_read ? qbg__export_rows(reader->export)
                                                      : count_all(reader);
}

uint64_t qbg_book_reader_done(const qbg_book_reader *reader) {
    return reader ? reader->place.done : 0;
}
