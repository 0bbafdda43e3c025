/* erasure: overwriting who a person was, and knowing him again; see erasure.h. */
#include "model/erasure.h"

#include "base/digest.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/merge.h"

#include <string.h>

#define PREFIX      "erased:"
#define PREFIX_SIZE (sizeof PREFIX - 1)
#define DIGITS      32u

static int is_pseudonym(const char *text, size_t size) {
    if (size != PREFIX_SIZE + DIGITS || memcmp(text, PREFIX, PREFIX_SIZE) != 0) return 0;
    for (const char *at = text + PREFIX_SIZE; at < text + size; at++)
        if (!memchr("0123456789abcdef", *at, 16)) return 0;
    return 1;
}

int qbg__erased_is_key(const char *key) { return key && is_pseudonym(key, strlen(key)); }

/* What a key or an id becomes. */
static void write_pseudonym(const char *text, size_t size, char out[QBG__ERASED_SIZE]) {
    char hex[65];
    qbg__digest(text, size, hex);
    memcpy(out, PREFIX, PREFIX_SIZE);
    memcpy(out + PREFIX_SIZE, hex, DIGITS);
    out[PREFIX_SIZE + DIGITS] = '\0';
}

/* ---- Tombstones ---- */

/* The row whose key became that pseudonym: the person's own, or one that was merged into it. */
static qbg_contact *row_of(const qbg_workspace *workspace, const char *pseudonym) {
    for (uint32_t i = 0; i < workspace->contacts.count; i++) {
        qbg_contact *row = qbg__rows_at(&workspace->contacts, i);
        if (row->key && strcmp(row->key, pseudonym) == 0) return row;
    }
    return NULL;
}

int qbg__erased_has_contact(const qbg_workspace *workspace, const char *key) {
    char pseudonym[QBG__ERASED_SIZE];
    if (workspace->erased == 0 || !key || qbg__erased_is_key(key)) return 0;
    write_pseudonym(key, strlen(key), pseudonym);
    return qbg_contact_is_erased(qbg_contact_find(workspace, pseudonym));
}

uint32_t qbg__erased_visitor(const qbg_workspace *workspace, const char *id, size_t size) {
    char pseudonym[QBG__ERASED_SIZE];
    if (workspace->erased == 0 || is_pseudonym(id, size)) return QBG_NONE;
    write_pseudonym(id, size, pseudonym);
    return qbg__visitor_find(workspace, pseudonym, QBG__ERASED_SIZE - 1);
}

int32_t qbg_contact_is_erased(const qbg_contact *contact) {
    contact = qbg__contact_live(contact);
    return contact ? contact->is_erased : 0;
}

qbg_status qbg__erased_mark(qbg_contact *contact) {
    qbg_workspace *workspace = contact->workspace;
    qbg_status status = qbg__journal_set_int32(&workspace->journal, &contact->is_erased, 1);
    if (status != QBG_OK) return status;
    return qbg__journal_set_uint32(&workspace->journal, &workspace->erased, workspace->erased + 1);
}

/* ---- Other keys ---- */

/* Gives a row another key, wherever it is looked up by it. */
static qbg_status rename_row(qbg_contact *row, const char *key) {
    qbg_workspace *workspace = row->workspace;
    qbg__journal *journal = &workspace->journal;
    qbg__index *index = &workspace->contact_index;
    uint32_t hash = qbg__index_hash(row->key, strlen(row->key));
    qbg_status status = qbg__index_remove(index, journal, hash, row->number);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &row->key, key);
    if (status != QBG_OK) return status;
    return qbg__index_add(index, journal, qbg__index_hash(key, strlen(key)), row->number);
}

/* The pseudonym of the row's key, or the next one that is free: a key can be erased twice. */
static qbg_status hide_key(qbg_contact *row) {
    char pseudonym[QBG__ERASED_SIZE];
    write_pseudonym(row->key, strlen(row->key), pseudonym);
    while (qbg_contact_find(row->workspace, pseudonym))
        write_pseudonym(pseudonym, strlen(pseudonym), pseudonym);
    return rename_row(row, pseudonym);
}

/* His id may stand in anybody's signals, so whoever walks over them is told another one. */
static qbg_status hide_visitor(qbg_workspace *workspace, uint32_t visitor) {
    char pseudonym[QBG__ERASED_SIZE];
    qbg_status status = qbg__touch_everything(workspace);
    if (status != QBG_OK) return status;
    const char *id = qbg__visitor_id(workspace, visitor);
    write_pseudonym(id, strlen(id), pseudonym);
    while (qbg__visitor_find(workspace, pseudonym, QBG__ERASED_SIZE - 1) != QBG_NONE)
        write_pseudonym(pseudonym, strlen(pseudonym), pseudonym);
    return qbg__intern_replace(&workspace->signals.visitor_ids, &workspace->journal, visitor,
                               pseudonym, strlen(pseudonym));
}

/* Members are listed by their contacts' keys, so they step out while the key changes. */
static qbg_status hide_own_key(qbg_contact *contact) {
    const qbg__rows *members = &contact->workspace->members;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contact->membership_count && status == QBG_OK; i++)
        status = qbg__member_unseat(qbg__rows_at(members, contact->memberships[i]));
    if (status == QBG_OK) status = hide_key(contact);
    for (uint32_t i = 0; i < contact->membership_count && status == QBG_OK; i++)
        status = qbg__member_seat(qbg__rows_at(members, contact->memberships[i]));
    return status;
}

/* The keys that were merged into his. */
static qbg_status hide_other_keys(qbg_contact *contact) {
    const qbg__rows *contacts = &contact->workspace->contacts;
    uint32_t left = contact->absorbed;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contacts->count && left > 0 && status == QBG_OK; i++) {
        qbg_contact *row = qbg__rows_at(contacts, i);
        if (row == contact || !row->key || qbg__row_at(contacts, i) != contact) continue;
        status = hide_key(row);
        left--;
    }
    return status;
}

/* ---- Erasing ---- */

qbg_status qbg__erased_set_persona(qbg_contact *contact, int32_t department, int32_t seniority,
                                   double confidence) {
    qbg__journal *journal = &contact->workspace->journal;
    qbg_status status = qbg__journal_keep(journal, &contact->read, sizeof contact->read);
    if (status == QBG_OK) status = qbg__journal_set_int32(journal, &contact->department, QBG_UNSET);
    if (status == QBG_OK) status = qbg__journal_set_int32(journal, &contact->seniority, QBG_UNSET);
    if (status == QBG_OK) contact->read = (qbg__persona){department, seniority, confidence};
    return status;
}

/* What he was stays: his roles may have been read from it. */
static qbg_status keep_persona(qbg_contact *contact) {
    return qbg__erased_set_persona(contact, qbg_contact_department(contact),
                                   qbg_contact_seniority(contact),
                                   qbg_contact_persona_confidence(contact));
}

static qbg_status wipe_texts(qbg_contact *contact) {
    qbg__journal *journal = &contact->workspace->journal;
    qbg_status status = qbg__journal_set_text(journal, &contact->name, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->title, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->email, NULL);
    if (status == QBG_OK) status = qbg__journal_set_text(journal, &contact->company, NULL);
    if (status == QBG_OK) status = qbg__journal_set_uint64(journal, &contact->tag, 0);
    for (uint32_t i = 0; i < contact->membership_count && status == QBG_OK; i++) {
        qbg_member *member = qbg__rows_at(&contact->workspace->members, contact->memberships[i]);
        status = qbg__journal_set_text(journal, &member->note, NULL);
        if (status == QBG_OK) status = qbg__journal_set_uint64(journal, &member->tag, 0);
    }
    return status;
}

/* The visitor that a signal of his names beside him, though nobody said that it is he; or NONE. */
static uint32_t visitor_beside(const qbg_workspace *workspace, const qbg__log *log, uint32_t entry,
                               uint32_t contact) {
    const qbg__signals *signals = &workspace->signals;
    if (log->people[log->entries[entry].slot] != contact) return QBG_NONE;
    uint32_t visitor = qbg__entry_cells(signals, &log->entries[entry])->visitor;
    if (visitor == QBG_NONE || signals->visitors[visitor].contact != QBG_NONE) return QBG_NONE;
    return qbg__erased_is_key(qbg__visitor_id(workspace, visitor)) ? QBG_NONE : visitor;
}

static qbg_status hide_visitors(qbg_contact *contact) {
    qbg_workspace *workspace = contact->workspace;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contact->visitor_count && status == QBG_OK; i++)
        status = hide_visitor(workspace, contact->visitors[i]);
    for (uint32_t i = 0; i < contact->signals.count; i++) {
        const qbg__log *log = qbg__log_at(workspace, qbg__places_at(&contact->signals, i));
        for (uint32_t j = 0; j < log->count && status == QBG_OK; j++) {
            uint32_t visitor = visitor_beside(workspace, log, j, contact->number);
            if (visitor != QBG_NONE) status = hide_visitor(workspace, visitor);
        }
    }
    return status;
}

static qbg_status erase(qbg_contact *contact) {
    qbg_status status = qbg__settle(contact->workspace);
    if (status == QBG_OK) status = keep_persona(contact);
    if (status == QBG_OK) status = wipe_texts(contact);
    if (status == QBG_OK) status = hide_visitors(contact);
    if (status == QBG_OK) status = hide_other_keys(contact);
    if (status == QBG_OK) status = hide_own_key(contact);
    if (status == QBG_OK) status = qbg__erased_mark(contact);
    if (status == QBG_OK) status = qbg__touch_needs(contact);
    return status == QBG_OK ? qbg__touch_contact(contact) : status;
}

qbg_status qbg_contact_erase(qbg_contact *contact) {
    qbg_status status = qbg__contact_open(&contact);
    if (status != QBG_OK || contact->is_erased) return status;
    qbg__change change = qbg__begin(contact->workspace);
    return qbg__end(change, erase(contact));
}

/* The erased contact whose key hides that of a row; or NULL. */
static qbg_contact *tombstone_of(const qbg_contact *row) {
    char pseudonym[QBG__ERASED_SIZE];
    write_pseudonym(row->key, strlen(row->key), pseudonym);
    qbg_contact *found = qbg_contact_find(row->workspace, pseudonym);
    return found && found->is_erased ? found : NULL;
}

/* A key that was merged into a contact is his, too. */
qbg_status qbg__erased_apply(qbg_workspace *workspace) {
    const qbg__rows *contacts = &workspace->contacts;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contacts->count && status == QBG_OK; i++) {
        const qbg_contact *row = qbg__rows_at(contacts, i);
        qbg_contact *contact = row->key ? qbg__row_at(contacts, i) : NULL;
        qbg_contact *tombstone = contact && !contact->is_erased ? tombstone_of(row) : NULL;
        if (!tombstone) continue;
        status = erase(contact);
        if (status == QBG_OK) status = qbg_contact_merge(tombstone, contact);
    }
    return status;
}

/* ---- Coming back ---- */

static qbg_status readmit(qbg_contact *row) {
    qbg_contact *contact = qbg__contact_live(row);
    qbg_status status = row == contact ? hide_own_key(row) : hide_key(row);
    for (uint32_t i = 0; i < contact->visitor_count && status == QBG_OK; i++)
        status = hide_visitor(contact->workspace, contact->visitors[i]);
    if (status == QBG_OK) status = qbg__touch_needs(contact);
    return status == QBG_OK ? qbg__touch_contact(contact) : status;
}

qbg_status qbg_contact_readmit(qbg_workspace *workspace, const char *key) {
    if (!workspace) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_key(key);
    if (status != QBG_OK) return status;
    if (!qbg__erased_has_contact(workspace, key)) return QBG_E_NOT_FOUND;
    char pseudonym[QBG__ERASED_SIZE];
    write_pseudonym(key, strlen(key), pseudonym);
    qbg__change change = qbg__begin(workspace);
    return qbg__end(change, readmit(row_of(workspace, pseudonym)));
}
