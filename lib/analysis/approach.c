/* approach: everybody's step, sorted twice: by class, to keep no more of each than could be taken,
 * then into the order of steps; see approach.h. */
#include "analysis/approach.h"

#include "model/workspace.h"

static qbg__approach approach_of(const qbg__group *group, uint32_t member, int64_t points_int) {
    const qbg__present *row = &group->members[member];
    const qbg__holder *holder = &group->holders[member];
    qbg__approach found = {0};
    found.step.kind = row->is_engaged ? QBG_STEP_RECONTACT : QBG_STEP_ENGAGE;
    found.step.at = member;
    found.engagement = row->engagement;
    found.slot = QBG_NONE;
    found.is_full = row->last_signal != QBG_UNDATED && row->points_int >= points_int;
    /* A host's word "passive" stands, whatever he does. */
    int32_t word = row->word;
    if (row->is_engaged || word == QBG_PARTICIPATION_PASSIVE) return found;
    found.engages = 1;
    found.asserted = holder->asserted;
    found.candidates = holder->candidates;
    return found;
}

/* ---- Order ---- */

/* Classes in some order; negative, 0 or positive. */
static int compare_kin(const qbg__approach *a, const qbg__approach *b) {
    if (a->step.kind != b->step.kind) return a->step.kind - b->step.kind;
    if (a->is_full != b->is_full) return a->is_full - b->is_full;
    if (a->engages != b->engages) return a->engages - b->engages;
    if (a->asserted != b->asserted) return a->asserted < b->asserted ? -1 : 1;
    if (a->candidates != b->candidates) return a->candidates < b->candidates ? -1 : 1;
    return 0;
}

/* The order of steps: kind, then who is least engaged, then the key; members stand by key. */
static int is_earlier(const qbg__approach *a, const qbg__approach *b) {
    if (a->step.kind != b->step.kind) return a->step.kind < b->step.kind;
    if (a->engagement < b->engagement) return 1;
    return !(a->engagement > b->engagement) && a->step.at < b->step.at;
}

static int is_earlier_by_kin(const qbg__approach *a, const qbg__approach *b) {
    int order = compare_kin(a, b);
    return order != 0 ? order < 0 : is_earlier(a, b);
}

/* Shell sort: in place, no recursion. */
static void sort(qbg__approaches *list,
                 int (*is_before)(const qbg__approach *, const qbg__approach *)) {
    qbg__approach *at = list->at;
    uint32_t gap = 1;
    while (gap < list->count / 3) gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < list->count; i++) {
            qbg__approach moved = at[i];
            uint32_t to = i;
            for (; to >= gap && is_before(&moved, &at[to - gap]); to -= gap) at[to] = at[to - gap];
            at[to] = moved;
        }
}

/* ---- Classes ---- */

static qbg__kin kin_of(const qbg__approach *first) {
    qbg__kin found = {0};
    uint64_t seats = first->asserted | first->candidates;
    for (uint8_t seat = 0; seat < QBG__SEAT_MAX; seat++)
        if (seats >> seat & 1) found.seats[found.seat_count++] = seat;
    found.engages = first->engages;
    found.is_full = first->is_full;
    found.is_wide = (first->asserted & (first->asserted - 1)) != 0;
    found.front = QBG_NONE;
    return found;
}

static void form_kins(qbg__approaches *list, uint32_t most) {
    uint32_t kept = 0, size = 0;
    sort(list, is_earlier_by_kin);
    for (uint32_t i = 0; i < list->count; i++) {
        qbg__approach next = list->at[i];
        int is_first = i == 0 || compare_kin(&list->at[kept - 1], &next) != 0;
        if (is_first) list->kins[list->kin_count++] = kin_of(&next);
        if (is_first) size = 0;
        if (size == (next.is_full ? 1 : most)) continue;
        next.kin = list->kin_count - 1;
        list->kins[next.kin].left = ++size;
        list->at[kept++] = next;
    }
    list->count = kept;
}

static void chain_kins(qbg__approaches *list) {
    sort(list, is_earlier);
    for (uint32_t i = list->count; i-- > 0;) {
        qbg__kin *class_ = &list->kins[list->at[i].kin];
        list->at[i].next = class_->front;
        class_->front = i;
        list->engage_count += list->at[i].step.kind == QBG_STEP_ENGAGE;
    }
}

/* ---- Factors ---- */

/* The first of the group's factors, which ascend, that is not smaller; or, `beyond`, larger. */
static uint32_t slot_of(const qbg__group *group, double factor, int beyond) {
    uint32_t low = 0, high = group->factor_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        double other = group->factors[middle];
        if (other < factor || (beyond && other <= factor))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Gives everybody with a factor in the group's product one of that value, each another one: of
 * equal ones the first ones to those to engage, the last ones to those to re-contact. Whoever has
 * the same factor stands side by side. */
static void find_slots(const qbg__group *group, qbg__approaches *list) {
    int32_t kind = QBG_UNSET;
    double previous = 0;
    uint32_t before = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        qbg__approach *next = &list->at[i];
        if (group->members[next->step.at].last_signal == QBG_UNDATED) continue;
        double factor = qbg__group_factor(1.0, next->engagement);
        before = next->step.kind == kind && factor == previous ? before + 1 : 0;
        kind = next->step.kind;
        previous = factor;
        next->slot = kind == QBG_STEP_ENGAGE ? slot_of(group, factor, 0) + before
                                             : slot_of(group, factor, 1) - 1 - before;
    }
}

/* ---- The list's life ---- */

qbg_status qbg__approaches_list(const qbg__group *group, int64_t points_int, uint32_t most,
                                qbg__mem *mem, qbg__approaches *out) {
    uint32_t count = group->member_count;
    qbg_status status = qbg__mem_reserve(mem, &out->at, &out->capacity, count, sizeof *out->at);
    if (status == QBG_OK)
        status = qbg__mem_reserve(mem, &out->kins, &out->kin_capacity, count, sizeof *out->kins);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < count; i++) {
        if (qbg__group_contact(group, i)->is_erased) continue; /* nobody could get in touch */
        out->at[out->count++] = approach_of(group, i, points_int);
    }
    form_kins(out, most);
    chain_kins(out);
    find_slots(group, out);
    return QBG_OK;
}

void qbg__approaches_end(qbg__approaches *approaches, qbg__mem *mem) {
    qbg__mem_free(mem, approaches->at, approaches->capacity * sizeof *approaches->at);
    qbg__mem_free(mem, approaches->kins, approaches->kin_capacity * sizeof *approaches->kins);
}
