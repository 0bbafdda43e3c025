/* coverage: seating people, section 4 of the model. Asserted roles sit where they are asserted; the
 * others are placed by augmenting paths, seat after seat in order of worth. The sets of places that
 * can be filled together form a matroid, so taking the worthiest place that still can be filled is
 * not only greedy but best. */
#include "analysis/coverage.h"

/* Is a place on seat a worth more than one on seat b? weight / people, compared exactly; then the
 * required ones; then template order. */
static int is_worthier(const qbg_template *template_, uint32_t a, uint32_t b) {
    const qbg__seat *first = &template_->seats[a], *second = &template_->seats[b];
    int64_t left = (int64_t)first->weight_milli * second->people;
    int64_t right = (int64_t)second->weight_milli * first->people;
    if (left != right) return left > right;
    if (first->required != second->required) return first->required > second->required;
    return a < b;
}

static void order_seats(const qbg_template *template_, uint32_t *order) {
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) {
        uint32_t at = seat;
        for (; at > 0 && is_worthier(template_, seat, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = seat;
    }
}

typedef struct seating_task {
    qbg__holder *holders;
    uint32_t count;
    int reading;
    uint64_t visited; /* seats asked for somebody on the path so far */
} seating_task;

static int is_candidate(const seating_task *task, const qbg__holder *holder, uint32_t seat) {
    if (!(holder->readings & task->reading) || holder->asserted != 0) return 0;
    return (int)(holder->candidates >> seat & 1);
}

/* Finds one more person for a seat, moving others on if need be. Each seat is asked once a path, so
 * the recursion is no deeper than the seats are many. */
static int augment(seating_task *task, uint32_t seat) {
    task->visited |= (uint64_t)1 << seat;
    for (uint32_t i = 0; i < task->count; i++) {
        qbg__holder *holder = &task->holders[i];
        if (!is_candidate(task, holder, seat) || holder->seat == (int32_t)seat) continue;
        if (holder->seat >= 0) {
            uint32_t other = (uint32_t)holder->seat;
            if (task->visited >> other & 1 || !augment(task, other)) continue;
        }
        holder->seat = (int32_t)seat;
        return 1;
    }
    return 0;
}

/* ---- Heads ---- */

/* Nobody wants more people on a seat than this, so more need not be told apart. */
#define ENOUGH 255

static void cap(qbg__heads *heads, const qbg_template *template_) {
    const uint64_t lane = ((uint64_t)1 << QBG__HEADS_LANE) - 1;
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) {
        uint64_t capped = 0;
        for (int shift = 0; shift < 3 * QBG__HEADS_LANE; shift += QBG__HEADS_LANE) {
            uint64_t on = heads->on[seat] >> shift & lane;
            capped |= (on < ENOUGH ? on : ENOUGH) << shift;
        }
        heads->on[seat] = capped;
    }
}

static qbg__heads count_heads(const qbg_template *template_, const qbg__holder *holders,
                              uint32_t count) {
    qbg__heads found;
    qbg__heads_begin(&found, template_);
    for (uint32_t i = 0; i < count; i++) {
        if (i % QBG__HEADS_MOST == QBG__HEADS_MOST - 1) cap(&found, template_);
        qbg__heads_add(&found, holders[i].asserted, holders[i].readings);
        found.has_candidates |= holders[i].candidates != 0;
    }
    return found;
}

static int32_t heads_in(const qbg__heads *found, uint32_t seat, int lane) {
    return (int32_t)(found->on[seat] >> lane * QBG__HEADS_LANE &
                     (((uint64_t)1 << QBG__HEADS_LANE) - 1));
}

static int32_t heads_on(const qbg__heads *found, uint32_t seat, int reading) {
    return heads_in(found, seat, reading == QBG__IDENTIFIED ? 0 : reading == QBG__ENGAGED ? 1 : 2);
}

/* Fills up to `places` of a seat and says how many it filled. */
static int32_t fill(seating_task *task, const qbg__heads *found, uint32_t seat, int32_t places) {
    int32_t filled = heads_on(found, seat, task->reading);
    if (filled > places) return places;
    while (found->has_candidates && filled < places) {
        task->visited = 0;
        if (!augment(task, seat)) break;
        filled++;
    }
    return filled;
}

/* One place of so many, in units: faster than dividing. */
static const int32_t share_of[QBG__SEAT_PEOPLE_MAX + 1] = {
#define SHARE(people) [people] = QBG__COVERAGE_UNIT / (people)
    SHARE(1), SHARE(2),  SHARE(3),  SHARE(4),  SHARE(5),  SHARE(6),  SHARE(7),  SHARE(8),
    SHARE(9), SHARE(10), SHARE(11), SHARE(12), SHARE(13), SHARE(14), SHARE(15), SHARE(16),
#undef SHARE
};

static seating_task begin(qbg__holder *holders, uint32_t count, int reading) {
    for (uint32_t i = 0; i < count; i++) holders[i].seat = -1;
    return (seating_task){holders, count, reading, 0};
}

static void seat_reading(const qbg_template *template_, const qbg__heads *found,
                         qbg__holder *holders, uint32_t count, int reading, qbg__seating *out) {
    uint32_t order[QBG__SEAT_MAX];
    seating_task task = begin(holders, count, reading);
    if (found->has_candidates) order_seats(template_, order);
    out->numerator = out->denominator = 0;
    out->vacant = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++) {
        uint32_t number = found->has_candidates ? order[i] : i; /* only they compete for places */
        const qbg__seat *seat = &template_->seats[number];
        int32_t filled = fill(&task, found, number, seat->people);
        int64_t weight = seat->weight_milli;
        int64_t share = share_of[seat->people];
        out->filled[number] = filled;
        out->vacant |= (uint64_t)(filled == 0) << number;
        out->numerator += weight * filled * share;
        out->denominator += weight * QBG__COVERAGE_UNIT;
    }
}

static int32_t seat_required(const qbg_template *template_, const qbg__heads *found,
                             qbg__holder *holders, uint32_t count, int32_t *out_required) {
    seating_task task = begin(holders, count, QBG__IDENTIFIED);
    int32_t filled = 0, required = 0;
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) {
        if (!template_->seats[seat].required) continue;
        required++;
        filled += fill(&task, found, seat, 1);
    }
    *out_required = required;
    return filled;
}

/* How many could sit on a seat. Everybody is identified, so without candidates those are the heads.
 */
static int32_t assigned_to(const qbg__heads *found, const qbg__holder *holders, uint32_t count,
                           uint32_t seat) {
    if (!found->has_candidates) return heads_on(found, seat, QBG__IDENTIFIED);
    int32_t assigned = 0;
    for (uint32_t i = 0; i < count; i++)
        assigned += (int32_t)((holders[i].asserted | holders[i].candidates) >> seat & 1);
    return assigned;
}

static double completeness(const qbg_template *template_, const qbg__heads *found,
                           const qbg__holder *holders, uint32_t count) {
    double sum = 0;
    for (uint32_t seat = 0; seat < template_->seat_count; seat++) {
        int32_t assigned = assigned_to(found, holders, count, seat);
        int32_t people = template_->seats[seat].people;
        sum += assigned >= people ? 1.0 : (double)assigned / (double)people;
    }
    return template_->seat_count == 0 ? 0 : sum / (double)template_->seat_count;
}

void qbg__coverage_seat(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                        int reading, qbg__seating *out) {
    const qbg__heads found = count_heads(template_, holders, count);
    seat_reading(template_, &found, holders, count, reading, out);
}

int32_t qbg__coverage_required(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                               int32_t *out_required) {
    const qbg__heads found = count_heads(template_, holders, count);
    return seat_required(template_, &found, holders, count, out_required);
}

static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }

static void take_seat(qbg__seating *to, uint32_t number, int32_t filled, int64_t worth) {
    to->vacant |= (uint64_t)(filled == 0) << number;
    to->numerator += worth * filled;
}

static void begin_seating(qbg__seating *seating) {
    seating->vacant = 0;
    seating->numerator = seating->denominator = 0;
}

void qbg__heads_measure(const qbg_template *template_, const qbg__heads *heads,
                        qbg__coverage *out) {
    int64_t denominator = 0;
    double sum = 0;
    begin_seating(&out->identified);
    begin_seating(&out->engaged);
    begin_seating(&out->supportive);
    out->required_filled = out->required_seats = 0;
    for (uint32_t number = 0; number < template_->seat_count; number++) {
        const qbg__seat *seat = &template_->seats[number];
        int32_t people = seat->people, filled = least(heads_in(heads, number, 0), people);
        int64_t worth = seat->weight_milli * (int64_t)share_of[people];
        denominator += (int64_t)seat->weight_milli * QBG__COVERAGE_UNIT;
        take_seat(&out->identified, number, filled, worth);
        take_seat(&out->engaged, number, least(heads_in(heads, number, 1), people), worth);
        take_seat(&out->supportive, number, least(heads_in(heads, number, 2), people), worth);
        out->required_seats += seat->required;
        out->required_filled += seat->required & (filled > 0);
        sum += (double)filled / (double)people;
    }
    out->identified.denominator = out->engaged.denominator = out->supportive.denominator =
        denominator;
    out->completeness = template_->seat_count == 0 ? 0 : sum / (double)template_->seat_count;
}

static void write_filled(const qbg_template *template_, const qbg__heads *heads,
                         qbg__coverage *out) {
    for (uint32_t number = 0; number < template_->seat_count; number++) {
        int32_t people = template_->seats[number].people;
        out->identified.filled[number] = least(heads_in(heads, number, 0), people);
        out->engaged.filled[number] = least(heads_in(heads, number, 1), people);
        out->supportive.filled[number] = least(heads_in(heads, number, 2), people);
    }
}

void qbg__coverage_measure(const qbg_template *template_, qbg__holder *holders, uint32_t count,
                           qbg__coverage *out) {
    const qbg__heads found = count_heads(template_, holders, count);
    if (!found.has_candidates) {
        qbg__heads_measure(template_, &found, out);
        write_filled(template_, &found, out);
        return;
    }
    out->required_filled = seat_required(template_, &found, holders, count, &out->required_seats);
    seat_reading(template_, &found, holders, count, QBG__ENGAGED, &out->engaged);
    seat_reading(template_, &found, holders, count, QBG__SUPPORTIVE, &out->supportive);
    seat_reading(template_, &found, holders, count, QBG__IDENTIFIED, &out->identified);
    out->completeness = completeness(template_, &found, holders, count);
}

double qbg__coverage_ratio(const qbg__seating *seating) {
    if (seating->denominator == 0) return 0;
    return (double)seating->numerator / (double)seating->denominator;
}

double qbg__coverage_completeness(const qbg_template *template_, const qbg__holder *holders,
                                  uint32_t count) {
    const qbg__heads found = count_heads(template_, holders, count);
    return completeness(template_, &found, holders, count);
}
