/* duplicate: traits sorted, so that equal ones stand together; each such group proposes pairs; the
 * pairs are sorted, so that one with two reasons is told once; see qbg/duplicate.h. A group of k
 * proposes k - 1 pairs, not k x (k - 1) / 2: with the first of them all are named, and merging
 * along the pairs brings all together. Companies whose legal forms contradict each other are no
 * pair, so each is paired with the first one that it may be. */
#include "qbg/duplicate.h"

#include "analysis/trait.h"
#include "base/sort.h"
#include "base/script.h"
#include "base/table.h"
#include "model/legal_form.h"
#include "model/workspace.h"

#include <string.h>

/* doubt_milli: how likely two rows are strangers although they are alike in this; set by judgement.
 * names_most: a group under more different names is no evidence. It is a mailbox of many, or the
 * domain of a provider or a holding. The names of companies are spelt in more ways than people's.
 */
static const struct {
    const char *reason;
    int32_t doubt_milli;
    uint32_t names_most;
} rules[QBG__TRAIT_RULES] = {
    [QBG__TRAIT_EMAIL] = {"email", 100, 4},
    [QBG__TRAIT_DOMAIN] = {"domain", 300, 8},
    [QBG__TRAIT_NAME] = {"name", 400, 1},
    [QBG__TRAIT_SOUND] = {"transliteration", 500, 16},
};

typedef struct pair {
    uint32_t first, second; /* subjects */
    uint32_t reasons;       /* rules, one bit each */
} pair;

typedef struct finder {
    const qbg_workspace *workspace;
    qbg__traits traits;
    const void **sorted; /* pointers to traits, then to pairs; and a sort's scratch */
    uint32_t sorted_capacity;
    pair *pairs;
    uint32_t pair_count, pair_capacity;
} finder;

static void begin(finder *self, const qbg_workspace *workspace) {
    memset(self, 0, sizeof *self);
    self->workspace = workspace;
    qbg__traits_begin(&self->traits, &workspace->mem);
}

static void end(finder *self) {
    qbg__mem *mem = &self->traits.mem;
    qbg__mem_free(mem, self->sorted, self->sorted_capacity * sizeof *self->sorted);
    qbg__mem_free(mem, self->pairs, self->pair_capacity * sizeof *self->pairs);
    qbg__traits_end(&self->traits);
}

static qbg_status make_room(finder *self, uint32_t count) {
    return qbg__mem_reserve(&self->traits.mem, &self->sorted, &self->sorted_capacity,
                            2 * (uint64_t)count, sizeof *self->sorted);
}

static const qbg__subject *subject_of(const finder *self, const qbg__trait *trait) {
    return &self->traits.subjects[trait->subject];
}

static int compare_names(const finder *self, const qbg__trait *a, const qbg__trait *b) {
    return qbg__folded_compare(&self->traits, subject_of(self, a)->name, subject_of(self, b)->name);
}

/* Equal ones together, and among them those of one name. */
static int by_trait(const void *a, const void *b, const void *context) {
    const finder *self = context;
    int order = qbg__trait_compare(&self->traits, a, b);
    return order != 0 ? order : compare_names(self, a, b);
}

static qbg_status sort_traits(finder *self) {
    qbg_status status = make_room(self, self->traits.count);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < self->traits.count; i++) self->sorted[i] = &self->traits.at[i];
    qbg__sort(self->sorted, self->traits.count, by_trait, self);
    return QBG_OK;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static uint32_t end_of_group(const finder *self, uint32_t start) {
    uint32_t stop = start + 1;
    while (stop < self->traits.count &&
           qbg__trait_compare(&self->traits, self->sorted[start], self->sorted[stop]) == 0)
        stop++;
    return stop;
}

/* Those without a name are somebody, but nobody knows how many. */
static uint32_t count_names(const finder *self, uint32_t start, uint32_t stop) {
    const qbg__trait *before = NULL;
    uint32_t names = 0;
    for (uint32_t i = start; i < stop; i++) {
        const qbg__trait *trait = self->sorted[i];
        if (subject_of(self, trait)->name.size == 0) continue;
        names += !before || compare_names(self, before, trait) != 0;
        before = trait;
    }
    return names;
}

/* Can both be one, with that trait? */
static int may_be_one(const finder *self, const qbg__trait *a, const qbg__trait *b) {
    const qbg__subject *one = subject_of(self, a), *other = subject_of(self, b);
    if (a->subject == b->subject) return 0;
    if (a->rule == QBG__TRAIT_SOUND && !((one->scripts ^ other->scripts) & QBG__SCRIPT_CYRILLIC))
        return 0;
    return a->rule < QBG__TRAIT_NAME || !qbg__form_differs(one->form, other->form);
}

static int is_before(const finder *self, const qbg__trait *a, const qbg__trait *b) {
    return strcmp(subject_of(self, a)->key, subject_of(self, b)->key) < 0;
}

/* The one with the smallest key, of those that may be one with `wanted`; that may be NULL for all.
 * Where companies of one name agree on nothing else, few are looked at. */
static const qbg__trait *smallest(const finder *self, uint32_t start, uint32_t stop,
                                  const qbg__trait *wanted) {
    const uint32_t most = 100;
    const qbg__trait *found = NULL;
    if (wanted && stop - start > most) stop = start + most;
    for (uint32_t i = start; i < stop; i++) {
        const qbg__trait *trait = self->sorted[i];
        if (wanted && !may_be_one(self, trait, wanted)) continue;
        if (!found || is_before(self, trait, found)) found = trait;
    }
    return found;
}

static qbg_status add_pair(finder *self, const qbg__trait *first, const qbg__trait *second) {
    qbg_status status = qbg__mem_reserve(&self->traits.mem, &self->pairs, &self->pair_capacity,
                                         (uint64_t)self->pair_count + 1, sizeof *self->pairs);
    if (status != QBG_OK) return status;
    self->pairs[self->pair_count++] =
        (pair){first->subject, second->subject, (uint32_t)1 << first->rule};
    return QBG_OK;
}

/* A subject may be there twice, as somebody who came back to a company: that is no pair with
 * itself, and a pair that is proposed twice is told once. */
static qbg_status propose(finder *self, uint32_t start, uint32_t stop) {
    const qbg__trait *first = smallest(self, start, stop, NULL);
    qbg_status status = QBG_OK;
    if (count_names(self, start, stop) > rules[first->rule].names_most) return QBG_OK;
    for (uint32_t i = start; i < stop && status == QBG_OK; i++) {
        const qbg__trait *one = first, *other = self->sorted[i];
        if (other->subject == first->subject) continue;
        if (!may_be_one(self, one, other)) one = smallest(self, start, stop, other);
        if (!one) continue;
        status =
            is_before(self, one, other) ? add_pair(self, one, other) : add_pair(self, other, one);
    }
    return status;
}

static qbg_status pair_up(finder *self) {
    qbg_status status = sort_traits(self);
    self->pair_count = 0;
    for (uint32_t start = 0, stop; start < self->traits.count && status == QBG_OK; start = stop) {
        stop = end_of_group(self, start);
        if (stop - start > 1) status = propose(self, start, stop);
    }
    return status;
}

static int by_keys(const void *a, const void *b, const void *context) {
    const qbg__subject *subjects = ((const finder *)context)->traits.subjects;
    const pair *one = a, *other = b;
    int order = 0;
    if (one->first != other->first)
        order = strcmp(subjects[one->first].key, subjects[other->first].key);
    if (order == 0 && one->second != other->second)
        order = strcmp(subjects[one->second].key, subjects[other->second].key);
    return order;
}

static qbg_status sort_pairs(finder *self) {
    qbg_status status = make_room(self, self->pair_count);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < self->pair_count; i++) self->sorted[i] = &self->pairs[i];
    qbg__sort(self->sorted, self->pair_count, by_keys, self);
    return QBG_OK;
}

/* ---- the table ------------------------------------------------------------------------------- */

enum {
    ENTITY,
    FIRST,
    SECOND,
    FIRST_NUMBER,
    SECOND_NUMBER,
    REASON,
    CONFIDENCE,
    FIRST_TAG,
    SECOND_TAG
};

static qbg_table *new_table(const qbg_workspace *workspace) {
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    qbg__table_column(table, "entity", QBG_COLUMN_TEXT);
    qbg__table_column(table, "first", QBG_COLUMN_TEXT);
    qbg__table_column(table, "second", QBG_COLUMN_TEXT);
    qbg__table_column(table, "first_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "second_number", QBG_COLUMN_INT64);
    qbg__table_column(table, "reason", QBG_COLUMN_TEXT);
    qbg__table_column(table, "confidence", QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "first_tag", QBG_COLUMN_UINT64);
    qbg__table_column(table, "second_tag", QBG_COLUMN_UINT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    qbg__table_text(table, column, text, strlen(text));
}

static void write_reasons(qbg_table *table, uint32_t reasons, qbg_blob *scratch) {
    qbg__blob_rewind(scratch);
    for (uint32_t i = 0; i < QBG__TRAIT_RULES; i++) {
        if (!(reasons >> i & 1)) continue;
        if (scratch->size > 0) qbg__blob_char(scratch, ';');
        qbg__blob_text(scratch, rules[i].reason);
    }
    qbg__table_text(table, REASON, qbg_blob_data(scratch), scratch->size);
}

/* In thousandths, which are exact. */
static double confidence_of(uint32_t reasons) {
    int32_t doubt_milli = 1000;
    for (uint32_t i = 0; i < QBG__TRAIT_RULES; i++)
        if (reasons >> i & 1) doubt_milli = doubt_milli * rules[i].doubt_milli / 1000;
    return (1000 - doubt_milli) / 1000.0;
}

static uint64_t tag_of(const finder *self, const char *entity, uint32_t number) {
    if (strcmp(entity, "account") == 0)
        return qbg_account_tag(qbg_account_at(self->workspace, number));
    return qbg_contact_tag(qbg_contact_at(self->workspace, number));
}

static void write_pair(const finder *self, qbg_table *table, const char *entity, const pair *row,
                       uint32_t reasons, qbg_blob *scratch) {
    const qbg__subject *first = &self->traits.subjects[row->first];
    const qbg__subject *second = &self->traits.subjects[row->second];
    write_text(table, ENTITY, entity);
    write_text(table, FIRST, first->key);
    write_text(table, SECOND, second->key);
    qbg__table_int64(table, FIRST_NUMBER, first->number);
    qbg__table_int64(table, SECOND_NUMBER, second->number);
    write_reasons(table, reasons, scratch);
    qbg__table_double(table, CONFIDENCE, confidence_of(reasons));
    qbg__table_uint64(table, FIRST_TAG, tag_of(self, entity, first->number));
    qbg__table_uint64(table, SECOND_TAG, tag_of(self, entity, second->number));
}

/* Neighbours that are the same pair are told once, with the reasons of all. */
static qbg_status write_pairs(finder *self, qbg_table *table, const char *entity) {
    qbg_blob scratch;
    qbg_status status = sort_pairs(self);
    if (status != QBG_OK) return status;
    qbg__blob_begin(&scratch, &self->traits.mem);
    uint32_t reasons = 0;
    for (uint32_t i = 0; i < self->pair_count; i++) {
        const pair *row = self->sorted[i];
        reasons |= row->reasons;
        if (i + 1 < self->pair_count && by_keys(row, self->sorted[i + 1], self) == 0) continue;
        write_pair(self, table, entity, row, reasons, &scratch);
        reasons = 0;
    }
    status = scratch.status;
    qbg__blob_end(&scratch);
    return status;
}

static qbg_status find(finder *self, qbg_table *table) {
    qbg_status status = qbg__traits_of_accounts(&self->traits, self->workspace);
    if (status == QBG_OK) status = pair_up(self);
    if (status == QBG_OK) status = write_pairs(self, table, "account");
    if (status == QBG_OK) status = qbg__traits_of_contacts(&self->traits, self->workspace);
    if (status == QBG_OK) status = pair_up(self);
    if (status == QBG_OK) status = write_pairs(self, table, "contact");
    return status;
}

qbg_status qbg_duplicates(const qbg_workspace *workspace, qbg_table **out_table) {
    qbg_status asked = qbg__may_ask(workspace);
    if (asked != QBG_OK || !out_table) return asked != QBG_OK ? asked : QBG_E_ARGUMENT;
    qbg_table *table = new_table(workspace);
    if (!table) return QBG_E_MEMORY;
    finder self;
    begin(&self, workspace);
    qbg_status status = find(&self, table);
    end(&self);
    if (status == QBG_OK) return qbg__table_finish(table, out_table);
    qbg_table_free(table);
    return status;
}
