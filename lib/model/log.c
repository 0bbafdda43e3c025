/* log: the packed entries of one opportunity (or of what no opportunity took) and the people in it;
 * see model/log.h. A person has one slot in a log, so that scoring adds into a small array by slot
 * instead of looking a person up for every signal. */
#include "model/log.h"

#include "model/workspace.h"

#include <stddef.h>
#include <string.h>

/* Up to here a walk over the people is as fast as an index. */
#define FEW_PEOPLE 32u

/* A log that takes one signal is likely to take some more. */
#define SPARE_ENTRIES 4u

/* What fills the smallest block that most hosts hand out. */
#define FIRST_PEOPLE 6u
#define FIRST_PLACES 6u

void qbg__log_free(qbg__log *log, qbg__mem *mem) {
    qbg__mem_free(mem, log->entries, log->capacity * sizeof *log->entries);
    qbg__mem_free(mem, log->people, log->person_capacity * sizeof *log->people);
    qbg__index_free(&log->person_index, mem);
}

void qbg__places_free(qbg__places *places, qbg__mem *mem) {
    if (places->capacity > 0)
        qbg__mem_free(mem, places->logs.many, places->capacity * sizeof *places->logs.many);
}

uint64_t qbg__log_bytes(const qbg__log *log) {
    return log->capacity * sizeof *log->entries + log->person_capacity * sizeof *log->people +
           qbg__index_bytes(&log->person_index);
}

uint64_t qbg__places_bytes(const qbg__places *places) {
    return places->capacity * sizeof *places->logs.many;
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

/* Arrays and counts are kept once a turn, not once a push. While a change only appends, counts
 * are enough: what they count stays where it is in an array, wherever that array is. */
static qbg_status keep_head(qbg_workspace *workspace, qbg__log *log) {
    qbg__journal *journal = &workspace->journal;
    size_t from = workspace->only_appends ? offsetof(qbg__log, count) : 0;
    if (log->kept == journal->turn) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, (unsigned char *)log + from,
                                          offsetof(qbg__log, person_index) - from);
    if (status == QBG_OK) log->kept = journal->turn;
    return status;
}

/* Moves an array of the log to where there is more room, behind keep_head. */
static qbg_status move(qbg_workspace *workspace, void *array, uint32_t *capacity, uint64_t grown,
                       size_t item) {
    if (workspace->only_appends)
        return qbg__mem_move(&workspace->mem, array, capacity, grown, item);
    return qbg__journal_move(&workspace->journal, array, capacity, grown, item);
}

/* Room for one person more, behind keep_head. */
static qbg_status reserve_person(qbg_workspace *workspace, qbg__log *log) {
    if (log->person_count < log->person_capacity) return QBG_OK;
    uint32_t grown = qbg__mem_grown(log->person_capacity, FIRST_PEOPLE, sizeof *log->people);
    return move(workspace, &log->people, &log->person_capacity, grown, sizeof *log->people);
}

static qbg_status add_person(qbg_workspace *workspace, qbg__log *log, uint32_t person,
                             uint32_t *out_slot) {
    qbg_status status = reserve_person(workspace, log);
    if (status != QBG_OK) return status;
    uint32_t slot = log->person_count;
    log->people[slot] = person;
    status = index_person(log, &workspace->journal, slot);
    if (status != QBG_OK) return status;
    log->person_count++;
    *out_slot = slot;
    return QBG_OK;
}

qbg_status qbg__log_give_slot(qbg_workspace *workspace, qbg__log *log, uint32_t person,
                              uint32_t *out_slot) {
    *out_slot = qbg__log_slot(log, person);
    if (*out_slot != QBG_NONE) return QBG_OK;
    qbg_status status = keep_head(workspace, log);
    return status == QBG_OK ? add_person(workspace, log, person, out_slot) : status;
}

qbg_status qbg__log_reserve(qbg_workspace *workspace, qbg__log *log, uint32_t entries,
                            uint32_t more) {
    qbg_status status = keep_head(workspace, log);
    uint64_t need = (uint64_t)log->count + entries;
    if (status != QBG_OK || need <= log->capacity) return status;
    uint64_t grown = (uint64_t)log->capacity + log->capacity / 2;
    if (grown < need + more) grown = need + more;
    return move(workspace, &log->entries, &log->capacity, grown, sizeof *log->entries);
}

qbg_status qbg__log_push(qbg_workspace *workspace, qbg__log *log, qbg__entry entry,
                         uint32_t person) {
    qbg_status status = qbg__log_reserve(workspace, log, 1, SPARE_ENTRIES);
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

/* ---- Places ---- */

/* What stands in the struct itself. */
static qbg_status keep_places(qbg_workspace *workspace, qbg__places *places) {
    return qbg__journal_keep(&workspace->journal, places, offsetof(qbg__places, marked));
}

/* From the struct into a block. */
static qbg_status move_out(qbg_workspace *workspace, qbg__places *places) {
    uint32_t *many = NULL, capacity = 0;
    qbg_status status = keep_places(workspace, places);
    if (status == QBG_OK)
        status =
            qbg__journal_move(&workspace->journal, &many, &capacity, FIRST_PLACES, sizeof *many);
    if (status != QBG_OK) return status;
    memcpy(many, places->logs.few, sizeof places->logs.few);
    places->logs.many = many;
    places->capacity = capacity;
    return QBG_OK;
}

qbg_status qbg__places_add(qbg_workspace *workspace, qbg__places *places, uint32_t log) {
    uint32_t low = 0, high = places->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (qbg__places_at(places, middle) < log)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < places->count && qbg__places_at(places, low) == log) return QBG_OK;
    qbg_status status = QBG_OK;
    if (places->capacity == 0 && places->count == QBG__FEW_PLACES)
        status = move_out(workspace, places);
    if (status != QBG_OK) return status;
    if (places->capacity > 0)
        return qbg__journal_insert(&workspace->journal, &places->logs.many, &places->count,
                                   &places->capacity, sizeof log, low, &log);
    status = keep_places(workspace, places);
    if (status != QBG_OK) return status;
    for (uint32_t i = places->count++; i > low; i--) places->logs.few[i] = places->logs.few[i - 1];
    places->logs.few[low] = log;
    return QBG_OK;
}

qbg_status qbg__places_take(qbg_workspace *workspace, qbg__places *places, uint32_t index) {
    if (places->capacity > 0)
        return qbg__journal_remove(&workspace->journal, &places->logs.many, &places->count,
                                   sizeof *places->logs.many, index);
    qbg_status status = keep_places(workspace, places);
    if (status != QBG_OK) return status;
    places->count--;
    for (uint32_t i = index; i < places->count; i++) places->logs.few[i] = places->logs.few[i + 1];
    return QBG_OK;
}

qbg_status qbg__places_drop(qbg_workspace *workspace, qbg__places *places) {
    if (places->capacity > 0)
        return qbg__journal_drop_array(&workspace->journal, &places->logs.many, &places->count,
                                       &places->capacity, sizeof *places->logs.many);
    qbg_status status = places->count > 0 ? keep_places(workspace, places) : QBG_OK;
    if (status == QBG_OK) places->count = 0;
    return status;
}

/* ---- Taking out ---- */

qbg_status qbg__log_take(qbg_workspace *workspace, qbg__log *log, uint32_t index) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = keep_head(workspace, log);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &log->entries[index], sizeof *log->entries);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &log->entries[log->count - 1], sizeof *log->entries);
    if (status == QBG_OK) log->entries[index] = log->entries[--log->count];
    return status;
}

qbg_status qbg__log_keep(qbg_workspace *workspace, qbg__log *log) {
    qbg__journal *journal = &workspace->journal;
    qbg_status status = keep_head(workspace, log);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, log->entries, log->count * sizeof *log->entries);
    return status;
}
