/* log: the packed entries of one opportunity (or of what no opportunity took) and the people in it;
 * see model/log.h. A person has one slot in a log, so that scoring adds into a small array by slot
 * instead of looking a person up for every signal. */
#include "model/log.h"

#include "model/workspace.h"

/* Up to here a walk over the people is as fast as an index. */
#define FEW_PEOPLE 8u

void qbg__log_free(qbg__log *log, qbg__mem *mem) {
    qbg__mem_free(mem, log->entries, log->capacity * sizeof *log->entries);
    qbg__mem_free(mem, log->people, log->person_capacity * sizeof *log->people);
    qbg__index_free(&log->person_index, mem);
}

void qbg__places_free(qbg__places *places, qbg__mem *mem) {
    qbg__mem_free(mem, places->logs, places->capacity * sizeof *places->logs);
}

uint64_t qbg__log_bytes(const qbg__log *log) {
    return log->capacity * sizeof *log->entries + log->person_capacity * sizeof *log->people +
           qbg__index_bytes(&log->person_index);
}

uint64_t qbg__places_bytes(const qbg__places *places) {
    return places->capacity * sizeof *places->logs;
}

static uint32_t hash_of(uint32_t person) { return qbg__index_hash_pair(person, 0); }

static int is_person(const void *owner, uint32_t slot, const void *wanted) {
    return ((const qbg__log *)owner)->people[slot] == *(const uint32_t *)wanted;
}

uint32_t qbg__log_slot(const qbg__log *log, uint32_t person) {
    if (log->person_count > FEW_PEOPLE)
        return qbg__index_find(&log->person_index, hash_of(person), is_person, log, &person);
    for (uint32_t slot = 0; slot < log->person_count; slot++)
        if (log->people[slot] == person) return slot;
    return QBG_NONE;
}

/* The index begins when people have become many, with everybody so far. */
static qbg_status index_person(qbg__log *log, qbg__journal *journal, uint32_t slot) {
    uint32_t first = slot == FEW_PEOPLE ? 0 : slot;
    qbg_status status = QBG_OK;
    if (slot < FEW_PEOPLE) return QBG_OK;
    for (uint32_t i = first; i <= slot && status == QBG_OK; i++)
        status = qbg__index_add(&log->person_index, journal, hash_of(log->people[i]), i);
    return status;
}

/* The counts are kept once an epoch, not once a push. */
static qbg_status keep_counts(qbg__log *log, qbg__journal *journal) {
    if (log->kept == journal->epoch) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, &log->count, sizeof log->count);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &log->person_count, sizeof log->person_count);
    if (status == QBG_OK) log->kept = journal->epoch;
    return status;
}

static qbg_status add_person(qbg__log *log, qbg__journal *journal, uint32_t person,
                             uint32_t *out_slot) {
    qbg_status status = qbg__journal_reserve(journal, &log->people, &log->person_capacity,
                                             (uint64_t)log->person_count + 1, sizeof *log->people);
    if (status != QBG_OK) return status;
    uint32_t slot = log->person_count;
    log->people[slot] = person;
    status = index_person(log, journal, slot);
    if (status != QBG_OK) return status;
    log->person_count++;
    *out_slot = slot;
    return QBG_OK;
}

qbg_status qbg__log_give_slot(qbg_workspace *workspace, qbg__log *log, uint32_t person,
                              uint32_t *out_slot) {
    *out_slot = qbg__log_slot(log, person);
    if (*out_slot != QBG_NONE) return QBG_OK;
    qbg_status status = keep_counts(log, &workspace->journal);
    return status == QBG_OK ? add_person(log, &workspace->journal, person, out_slot) : status;
}

qbg_status qbg__log_reserve(qbg_workspace *workspace, qbg__log *log, uint32_t entries,
                            uint32_t more) {
    qbg_status status = keep_counts(log, &workspace->journal);
    uint64_t need = (uint64_t)log->count + entries;
    if (status != QBG_OK || need <= log->capacity) return status;
    uint64_t grown = (uint64_t)log->capacity + log->capacity / 4;
    if (grown < need + more) grown = need + more;
    return qbg__journal_grow(&workspace->journal, &log->entries, &log->capacity, grown,
                             sizeof *log->entries);
}

qbg_status qbg__log_push(qbg_workspace *workspace, qbg__log *log, qbg__entry entry,
                         uint32_t person) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = keep_counts(log, journal);
    if (status == QBG_OK)
        status = qbg__journal_reserve(journal, &log->entries, &log->capacity,
                                      (uint64_t)log->count + 1, sizeof *log->entries);
    if (status == QBG_OK) status = qbg__log_give_slot(workspace, log, person, &entry.slot);
    if (status == QBG_OK) log->entries[log->count++] = entry;
    return status;
}

qbg_status qbg__log_drop(qbg_workspace *workspace, qbg__log *log) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = qbg__journal_drop_array(journal, &log->entries, &log->count, &log->capacity,
                                                sizeof *log->entries);
    if (status == QBG_OK)
        status = qbg__journal_drop_array(journal, &log->people, &log->person_count,
                                         &log->person_capacity, sizeof *log->people);
    return status == QBG_OK ? qbg__index_drop(&log->person_index, journal) : status;
}

qbg_status qbg__places_add(qbg_workspace *workspace, qbg__places *places, uint32_t log) {
    uint32_t low = 0, high = places->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (places->logs[middle] < log)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < places->count && places->logs[low] == log) return QBG_OK;
    return qbg__journal_insert(&workspace->journal, &places->logs, &places->count,
                               &places->capacity, sizeof log, low, &log);
}

qbg_status qbg__places_drop(qbg_workspace *workspace, qbg__places *places) {
    return qbg__journal_drop_array(&workspace->journal, &places->logs, &places->count,
                                   &places->capacity, sizeof *places->logs);
}

qbg_status qbg__log_take(qbg_workspace *workspace, qbg__log *log, uint32_t index) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = keep_counts(log, journal);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &log->entries[index], sizeof *log->entries);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &log->entries[log->count - 1], sizeof *log->entries);
    if (status == QBG_OK) log->entries[index] = log->entries[--log->count];
    return status;
}

qbg_status qbg__log_keep(qbg_workspace *workspace, qbg__log *log) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = keep_counts(log, journal);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, log->entries, log->count * sizeof *log->entries);
    return status;
}
