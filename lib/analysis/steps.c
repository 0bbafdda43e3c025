/* steps: the smallest set of steps that qualifies a group, and of those the best; see steps.h, and
 * docs/model.md for what a step is and which set is best.
 *
 * Trying all sets is hopeless: 60 members and 12 seats have more than 10^10 sets of 8 steps. Two
 * facts make the search short and leave it exact, to the last bit.
 *
 * Classes. Members whose step does the same to seats and counts differ in their factor 1 - e alone.
 * Whoever leaves most open goes first. For say that a leaves open at least as much as b, and
 * compare a set with a and without b to the one with b in the place of a. Both replace a factor by
 * the same new one; the first keeps that of b, the second that of a, which is as large or larger.
 * So, in ascending order, the factors of the first are place by place no larger. A rounded product
 * of numbers >= 0 never falls when one of them grows, and neither does what the priority does next:
 * the first set has at least the priority of the second in doubles as they are computed, not only
 * in real numbers. In the order of steps, by which ties are decided, a comes before b, too. So it
 * is enough to look at sets that take each class from its front.
 *
 * Bounds. What is still to be chosen can bring no more than this: the factors that leave most open
 * are replaced (place by place, as above), and each step adds to the coverage what it would add
 * alone (coverage is submodular: a step adds no more when others came before it). These best cases
 * go through the very functions that compute priority and gate, which never fall when a figure
 * rises; so a branch is cut only when nothing in it can be better. What is left is re-scored whole.
 *
 * Somebody new does at least as much as somebody known who fills one seat or none: a place on the
 * same seat, one person more, the same new factor, and no factor is given up for it. So whether a
 * number of steps can do at all is asked of new people and of members with several seats only.
 *
 * The worst case stays exponential: to choose among members with several seats each is maximum
 * coverage, which is NP-hard. So the work is counted, the same on every machine, and cut off. */
#include "analysis/steps.h"

#include "model/workspace.h"

#include <string.h>

typedef struct search {
    qbg__steps *steps;
    const qbg__group *group;
    int64_t points_int; /* that a step brings */
    double factor;      /* of somebody with these points */
    qbg__approaches known;
    uint8_t *is_replaced; /* a factor of the group, by slot */
    /* the seats */
    uint32_t seat_count;
    uint32_t by_worth[QBG__SEAT_MAX]; /* the seat with the most valuable places first */
    int64_t worth[QBG__SEAT_MAX];     /* of one place, in units of the coverage */
    uint64_t vacant;                  /* required ones that somebody new can help with */
    int32_t deficit;                  /* on how many of these somebody new has to sit */
    /* what is looked for */
    int32_t only;         /* the one criterion that has to hold; QBG_UNSET: all required ones */
    int32_t is_any;       /* whatever does: the search ends with the first */
    uint32_t size, fresh; /* steps, and how many of them identify */
    /* where the search is */
    uint32_t seats[QBG__STEPS_MAX]; /* of new people, ascending */
    uint32_t seated;
    int32_t places[QBG__SEAT_MAX]; /* that nobody engaged has; negative: more have one */
    int64_t numerator;             /* of the engaged coverage */
    uint64_t still_vacant;
    int32_t still_deficit;
    int32_t engaging, replacing; /* known people taken who become engaged, who get a new factor */
    double intent;               /* once all known people are taken */
    uint64_t work, work_end;     /* spent, and where it is cut off */
    /* the best so far */
    int32_t has_best;
    double priority;
    uint32_t best[QBG__STEPS_MAX]; /* numbers of the known, then their count + seat; ascending */
} search;

static const qbg_policy *policy_of(const search *at) {
    return &at->group->opportunity->workspace->policy;
}

/* What a step brings: enough to be active, and to be engaged, should a policy ask more for that. */
static int64_t points_of_a_step(const qbg_policy *policy) {
    int64_t milli = policy->milli[QBG__ACTIVE_POINTS];
    if (milli < policy->milli[QBG__ENGAGED_POINTS]) milli = policy->milli[QBG__ENGAGED_POINTS];
    return milli * ((int64_t)1 << 24);
}

/* ---- The seats ---- */

static void rank_seats(search *at) {
    const qbg_template *template_ = at->group->template_;
    at->seat_count = template_->seat_count;
    for (uint32_t seat = 0; seat < at->seat_count; seat++) {
        const qbg__seat *row = &template_->seats[seat];
        at->worth[seat] = (int64_t)row->weight_milli * (QBG__COVERAGE_UNIT / row->people);
        uint32_t to = seat;
        for (; to > 0 && at->worth[seat] > at->worth[at->by_worth[to - 1]]; to--)
            at->by_worth[to] = at->by_worth[to - 1];
        at->by_worth[to] = seat;
    }
}

/* Somebody engaged takes a place on each of these seats, or gives it back. */
static void sit(search *at, uint64_t seats) {
    for (uint32_t seat = 0; seat < at->seat_count; seat++)
        if ((seats >> seat & 1) && at->places[seat]-- > 0) at->numerator += at->worth[seat];
}

static void rise(search *at, uint64_t seats) {
    for (uint32_t seat = 0; seat < at->seat_count; seat++)
        if ((seats >> seat & 1) && ++at->places[seat] > 0) at->numerator -= at->worth[seat];
}

/* Lets the engaged take their places, and finds the required seats that nobody holds, or only
 * somebody who could also take another. */
static void seat_everybody(search *at) {
    const qbg__group *group = at->group;
    const qbg_template *template_ = group->template_;
    uint64_t held = 0;
    for (uint32_t seat = 0; seat < at->seat_count; seat++)
        at->places[seat] = template_->seats[seat].people;
    for (uint32_t i = 0; i < group->member_count; i++) {
        const qbg__holder *holder = &group->holders[i];
        uint64_t choice = holder->candidates;
        held |= holder->asserted | ((choice & (choice - 1)) == 0 ? choice : 0);
        if (holder->readings & QBG__ENGAGED) sit(at, holder->asserted | choice);
    }
    for (uint32_t seat = 0; seat < at->seat_count; seat++)
        if (template_->seats[seat].required && !(held >> seat & 1))
            at->vacant |= (uint64_t)1 << seat;
    at->deficit = group->coverage.required_seats - group->coverage.required_filled;
}

/* ---- Bounds: what is still to be chosen can bring at most ... ---- */

/* Keeps the `count` largest of what is offered, descending. */
static void keep(int64_t *largest, uint32_t count, int64_t offered) {
    if (offered <= largest[count - 1]) return;
    uint32_t to = count - 1;
    for (; to > 0 && offered > largest[to - 1]; to--) largest[to] = largest[to - 1];
    largest[to] = offered;
}

/* What one of a class would add to the numerator, if `before` of it came before. Candidates count
 * as if they took a place on each of their seats: too much, but not with one. */
static int64_t gain_of(const search *at, const qbg__kin *class_, int32_t before) {
    int64_t gain = 0;
    for (uint32_t i = 0; i < class_->seat_count; i++)
        if (at->places[class_->seats[i]] > before) gain += at->worth[class_->seats[i]];
    return gain;
}

/* ... so much to the numerator by `count` more known people. out_engaging: and so many engaged. */
static int64_t known_gain(const search *at, uint32_t count, int32_t *out_engaging) {
    int64_t largest[QBG__STEPS_MAX] = {0}, sum = 0;
    uint32_t engaging = 0;
    for (uint32_t i = 0; i < at->known.kin_count && count > 0; i++) {
        const qbg__kin *class_ = &at->known.kins[i];
        if (class_->state != QBG__KIN_OPEN || !class_->engages) continue;
        engaging += class_->left;
        for (uint32_t before = 0; before < class_->left && before < count; before++) {
            int64_t gain = gain_of(at, class_, (int32_t)before);
            if (gain == 0) break;
            keep(largest, count, gain);
        }
    }
    for (uint32_t i = 0; i < count; i++) sum += largest[i];
    *out_engaging = (int32_t)(engaging < count ? engaging : count);
    return sum;
}

static int32_t count_bits(uint64_t bits) {
    int32_t count = 0;
    for (; bits != 0; bits &= bits - 1) count++;
    return count;
}

/* ... so much by `count` more new people on seats from `from` on; -1: too few to fill the required
 * ones. */
static int64_t fresh_gain(const search *at, uint32_t from, uint32_t count) {
    uint64_t vacant = at->still_vacant >> from << from, taken = 0;
    int32_t deficit = at->still_deficit, left = (int32_t)count - deficit;
    int64_t sum = 0;
    if (left < 0 || count_bits(vacant) < deficit) return -1;
    for (uint32_t i = 0; i < at->seat_count && deficit > 0; i++) {
        uint32_t seat = at->by_worth[i];
        if (!(vacant >> seat & 1) || at->places[seat] <= 0) continue;
        taken |= (uint64_t)1 << seat;
        sum += at->worth[seat];
        deficit--;
    }
    for (uint32_t i = 0; i < at->seat_count && left > 0; i++) {
        uint32_t seat = at->by_worth[i];
        int32_t places = at->places[seat] - (int32_t)(taken >> seat & 1);
        if (seat < from || places <= 0) continue;
        if (places > left) places = left;
        sum += at->worth[seat] * places;
        left -= places;
    }
    return sum;
}

/* I = 1 - P as it is computed: without the factors that are replaced, and with so many of a step.
 */
static double intent_with(const search *at, int32_t added) {
    const qbg__group *group = at->group;
    double product = 1.0;
    for (uint32_t i = 0; i < group->factor_count; i++) {
        for (; added > 0 && group->factors[i] >= at->factor; added--) product *= at->factor;
        if (!at->is_replaced[i]) product *= group->factors[i];
    }
    for (; added > 0; added--) product *= at->factor;
    return 1.0 - product;
}

/* The next option before `end` that may be taken and changes a factor, or `end`. */
static uint32_t next_open(const search *at, uint32_t i, uint32_t end) {
    for (; i < end; i++) {
        const qbg__approach *next = &at->known.at[i];
        if (!next->is_taken && !next->is_full && at->known.kins[next->kin].state == QBG__KIN_OPEN)
            break;
    }
    return i;
}

/* ... this intent by `count` more known people: those of either kind who leave most open. */
static double known_intent(const search *at, uint32_t count) {
    uint32_t slots[QBG__STEPS_MAX], replaced = 0;
    int32_t added = (int32_t)at->fresh + at->replacing;
    uint32_t engage = next_open(at, 0, at->known.engage_count);
    uint32_t recontact = next_open(at, at->known.engage_count, at->known.count);
    for (; count > 0; count--) {
        int has_engage = engage < at->known.engage_count,
            has_recontact = recontact < at->known.count;
        if (!has_engage && !has_recontact) break;
        int is_engage = !has_recontact || (has_engage && at->known.at[engage].engagement <=
                                                             at->known.at[recontact].engagement);
        const qbg__approach *next = &at->known.at[is_engage ? engage : recontact];
        if (qbg__group_factor(1.0, next->engagement) <= at->factor) break;
        added++;
        if (next->slot != QBG_NONE) at->is_replaced[slots[replaced++] = next->slot] = 1;
        if (is_engage)
            engage = next_open(at, engage + 1, at->known.engage_count);
        else
            recontact = next_open(at, recontact + 1, at->known.count);
    }
    double intent = intent_with(at, added);
    while (replaced > 0) at->is_replaced[slots[--replaced]] = 0;
    return intent;
}

static int is_met(const search *at, const qbg__gate *gate) {
    return at->only == QBG_UNSET ? gate->qualified : gate->criteria[at->only].holds;
}

/* Could a group with these figures be what is looked for? engaging: known people who become it. */
static int may_qualify(const search *at, int32_t engaging, double intent,
                       const qbg__seating *coverage) {
    qbg__gate gate;
    qbg__gate_facts facts = qbg__group_facts(at->group);
    int32_t fresh = (int32_t)at->fresh;
    facts.identified += fresh;
    facts.engaged += engaging + fresh;
    facts.required_filled += fresh;
    if (facts.required_filled > facts.required_seats) facts.required_filled = facts.required_seats;
    facts.coverage = coverage;
    facts.intent = intent;
    facts.silent_days = 0;
    qbg__gate_judge(policy_of(at), &facts, &gate);
    return is_met(at, &gate);
}

/* Writes the smallest list that the steps taken may still come to: `known` more known people, the
 * first ones that may be taken, and the rest of the new ones on one seat. 0: there are not so many.
 */
static int write_least(const search *at, uint32_t known, uint32_t seat, uint32_t *out) {
    uint32_t count = 0, known_end = at->size - at->fresh;
    for (uint32_t i = 0; i < at->known.count && count < known_end; i++) {
        const qbg__approach *next = &at->known.at[i];
        int is_open =
            known > 0 && !next->is_taken && at->known.kins[next->kin].state == QBG__KIN_OPEN;
        known -= (uint32_t)is_open;
        if (is_open || next->is_taken) out[count++] = i;
    }
    if (count < known_end) return 0;
    for (uint32_t i = 0; i < at->fresh; i++)
        out[count++] = at->known.count + (i < at->seated ? at->seats[i] : seat);
    return 1;
}

/* Is a set with at most this priority better than the best, if its list gets as small as it may? */
static int may_win(const search *at, double priority, uint32_t known, uint32_t seat) {
    uint32_t least[QBG__STEPS_MAX];
    if (!at->has_best || at->is_any || priority > at->priority) return 1;
    if (priority < at->priority || !write_least(at, known, seat, least)) return 0;
    for (uint32_t i = 0; i < at->size; i++)
        if (least[i] != at->best[i]) return least[i] < at->best[i];
    return 0;
}

/* Can anything better come with `known` more known people, and new ones from seat `seat` on? */
static int is_promising(search *at, uint32_t known, uint32_t seat) {
    at->work += 8 * (uint64_t)(at->known.kin_count + at->seat_count);
    if (known > 0) at->work += at->group->factor_count;
    int32_t engaging = 0;
    int64_t gain = fresh_gain(at, seat, at->fresh - at->seated);
    if (gain < 0) return 0;
    gain += known_gain(at, known, &engaging);
    qbg__seating coverage;
    coverage.denominator = at->group->coverage.engaged.denominator;
    coverage.numerator = at->numerator + gain;
    if (coverage.numerator > coverage.denominator) coverage.numerator = coverage.denominator;
    double intent = known > 0 ? known_intent(at, known) : at->intent;
    double priority = qbg__group_priority(at->group, intent, &coverage);
    if (!may_win(at, priority, known, seat)) return 0;
    return may_qualify(at, at->engaging + engaging, intent, &coverage);
}

/* ---- The search ---- */

static int is_over(const search *at) {
    return at->work > at->work_end || (at->is_any && at->has_best);
}

static void apply(const search *at, uint32_t rank, qbg__group *to) {
    if (rank >= at->known.count)
        qbg__group_identify(to, rank - at->known.count, at->points_int);
    else
        qbg__group_engage(to, at->known.at[rank].step.at, at->points_int);
}

/* All steps are chosen: scores the group whole. */
static void try_steps(search *at) {
    qbg__group *then = &at->steps->then;
    uint32_t ranks[QBG__STEPS_MAX];
    at->work += (uint64_t)at->group->member_count * at->seat_count;
    if (!write_least(at, 0, 0, ranks)) return;
    qbg__group_reset(at->group, then);
    for (uint32_t i = 0; i < at->size; i++) apply(at, ranks[i], then);
    qbg__group_conclude(then);
    if (!is_met(at, &then->gate) || !may_win(at, then->priority, 0, 0)) return;
    at->has_best = 1;
    at->priority = then->priority;
    for (uint32_t i = 0; i < at->size; i++) at->best[i] = ranks[i];
}

/* New people, seat after seat. */
static void choose_seats(search *at, uint32_t from) {
    int is_whole = at->seated == at->fresh;
    if (is_whole && is_promising(at, 0, from)) try_steps(at);
    for (uint32_t seat = from; seat < at->seat_count && !is_whole; seat++) {
        if (is_over(at) || !is_promising(at, 0, seat)) return;
        uint64_t bit = (uint64_t)1 << seat, vacant = at->still_vacant;
        int32_t deficit = at->still_deficit;
        if (vacant & bit && deficit > 0) at->still_deficit--;
        at->still_vacant &= ~bit;
        at->seats[at->seated++] = seat;
        sit(at, bit);
        choose_seats(at, seat);
        rise(at, bit);
        at->seated--;
        at->still_vacant = vacant;
        at->still_deficit = deficit;
    }
}

static void choose_known(search *at, uint32_t count);

/* Takes the first of a class and goes on. */
static void take(search *at, qbg__kin *class_, uint32_t count) {
    qbg__approach *first = &at->known.at[class_->front];
    uint64_t seats = first->asserted | first->candidates;
    int32_t is_new = !first->is_full;
    first->is_taken = 1;
    class_->front = first->next;
    class_->left--;
    at->engaging += first->engages;
    at->replacing += is_new;
    if (is_new && first->slot != QBG_NONE) at->is_replaced[first->slot] = 1;
    sit(at, seats);
    choose_known(at, count - 1);
    rise(at, seats);
    if (is_new && first->slot != QBG_NONE) at->is_replaced[first->slot] = 0;
    at->replacing -= is_new;
    at->engaging -= first->engages;
    class_->left++;
    class_->front = (uint32_t)(first - at->known.at);
    first->is_taken = 0;
}

/* The open class that adds most to the coverage; ties: the order of steps. QBG_NONE: there is none.
 * The search goes by it because whatever is passed over then lowers the bounds most. */
static uint32_t best_kin(const search *at) {
    uint32_t best = QBG_NONE;
    int64_t most = 0;
    for (uint32_t i = 0; i < at->known.kin_count; i++) {
        const qbg__kin *class_ = &at->known.kins[i];
        if (class_->state != QBG__KIN_OPEN || class_->left == 0) continue;
        int64_t gain = gain_of(at, class_, 0);
        if (best != QBG_NONE && gain < most) continue;
        if (best != QBG_NONE && gain == most && class_->front > at->known.kins[best].front)
            continue;
        best = i;
        most = gain;
    }
    return best;
}

/* Known people, each class from its front. A class that was passed over stays so until the search
 * comes back here, so no set comes twice. */
static void choose_known(search *at, uint32_t count) {
    if (count == 0) {
        at->intent = intent_with(at, (int32_t)at->fresh + at->replacing);
        choose_seats(at, 0);
        return;
    }
    uint32_t passed = QBG_NONE;
    while (!is_over(at) && is_promising(at, count, 0)) {
        uint32_t best = best_kin(at);
        if (best == QBG_NONE) break;
        take(at, &at->known.kins[best], count);
        at->known.kins[best].state = QBG__KIN_PASSED;
        at->known.kins[best].passed_before = passed;
        passed = best;
    }
    for (; passed != QBG_NONE; passed = at->known.kins[passed].passed_before)
        at->known.kins[passed].state = QBG__KIN_OPEN;
}

static int has_to_fill_seats(const search *at) {
    const qbg__criterion *seats = &at->group->gate.criteria[QBG_CRITERION_REQUIRED_SEATS];
    if (at->only != QBG_UNSET) return at->only == QBG_CRITERION_REQUIRED_SEATS;
    return seats->mode == QBG_MODE_REQUIRED;
}

/* Looks through the sets of `size` steps with `fresh` new people. When the work is spent there is
 * still a little for new people alone, which is soon found out. */
static void explore(search *at, uint32_t size, uint32_t fresh) {
    const uint64_t end = at->steps->work;
    at->size = size;
    at->fresh = fresh;
    at->work_end = fresh == size && at->work + end / 64 > end ? at->work + end / 64 : end;
    at->still_deficit = has_to_fill_seats(at) ? at->deficit : 0;
    at->still_vacant = at->vacant;
    for (uint32_t i = 0; i < at->known.kin_count; i++) {
        qbg__kin *class_ = &at->known.kins[i];
        int is_useful = at->is_any ? class_->is_wide : !class_->is_full || size == 1;
        class_->state = is_useful ? QBG__KIN_OPEN : QBG__KIN_USELESS;
    }
    choose_known(at, size - fresh);
    if (at->work > at->work_end) at->steps->is_exact = 0;
}

/* Do any `size` steps do? New people, and members with several seats, are enough to tell. only: a
 * criterion, or QBG_UNSET for all required ones. */
static int is_possible(search *at, uint32_t size, int32_t only) {
    at->only = only;
    at->is_any = 1;
    at->has_best = 0;
    for (uint32_t fresh = size + 1; fresh-- > 0 && !at->has_best;) explore(at, size, fresh);
    return at->has_best;
}

/* The best set of `size` steps, of which one is known. */
static void find_best(search *at, uint32_t size) {
    at->is_any = 0;
    for (uint32_t fresh = size + 1; fresh-- > 0;) explore(at, size, fresh);
}

/* ---- Telling ---- */

/* Of the best steps the one that raises the priority most comes first, then the one that does so
 * next; ties: the order of steps. */
static void tell_steps(search *at) {
    qbg__steps *steps = at->steps;
    qbg__group *then = &steps->then;
    uint32_t told[QBG__STEPS_MAX];
    int is_told[QBG__STEPS_MAX] = {0};
    for (uint32_t count = 0; count < at->size; count++) {
        uint32_t first = QBG_NONE;
        for (uint32_t i = 0; i < at->size; i++) {
            if (is_told[i]) continue;
            qbg__group_reset(at->group, then);
            for (uint32_t j = 0; j < count; j++) apply(at, told[j], then);
            apply(at, at->best[i], then);
            qbg__group_conclude(then);
            if (first != QBG_NONE && then->priority <= steps->priorities[count]) continue;
            first = i;
            steps->priorities[count] = then->priority;
        }
        is_told[first] = 1;
        told[count] = at->best[first];
        uint32_t seat = told[count] - at->known.count;
        steps->list[count] = told[count] < at->known.count ? at->known.at[told[count]].step
                                                           : (qbg__step){QBG_STEP_IDENTIFY, seat};
    }
    steps->count = at->size;
}

/* Could all steps together meet this criterion alone? All but the coverage rise most with new
 * people, whoever they are. A search for coverage that is cut off has found nothing against it. */
static int is_within_reach(search *at, int32_t criterion) {
    at->only = criterion;
    at->size = at->fresh = (uint32_t)at->steps->limit;
    double intent = intent_with(at, at->steps->limit);
    if (criterion != QBG_CRITERION_COVERAGE_ENGAGED)
        return may_qualify(at, 0, intent, &at->group->coverage.engaged);
    return is_possible(at, at->size, criterion) || !at->steps->is_exact;
}

static void tell_unmet(search *at) {
    for (int32_t i = 0; i < QBG__CRITERION_COUNT; i++)
        if (at->group->gate.criteria[i].mode == QBG_MODE_REQUIRED && !is_within_reach(at, i))
            at->steps->unmet |= (uint32_t)1 << i;
}

static void look(search *at) {
    qbg__steps *steps = at->steps;
    rank_seats(at);
    seat_everybody(at);
    for (uint32_t size = 1; size <= (uint32_t)steps->limit && !steps->exists; size++)
        steps->exists = is_possible(at, size, QBG_UNSET);
    if (!steps->exists) {
        tell_unmet(at);
        return;
    }
    find_best(at, at->size);
    tell_steps(at);
}

/* ---- The answer's life ---- */

void qbg__steps_begin(qbg__steps *steps, const qbg__mem *mem) {
    memset(steps, 0, sizeof *steps);
    steps->work = QBG__STEPS_WORK;
    qbg__group_begin(&steps->group, mem);
    qbg__group_begin(&steps->then, mem);
}

void qbg__steps_end(qbg__steps *steps) {
    qbg__group_end(&steps->group);
    qbg__group_end(&steps->then);
}

static qbg_status search_for(qbg__steps *steps) {
    qbg__group *group = &steps->group;
    qbg__mem *mem = &group->mem;
    uint32_t slots = 0;
    search at;
    memset(&at, 0, sizeof at);
    at.steps = steps;
    at.group = group;
    at.points_int = points_of_a_step(policy_of(&at));
    at.factor = qbg__group_factor(1.0, qbg__engagement(policy_of(&at), at.points_int));
    qbg_status status =
        qbg__approaches_list(group, at.points_int, (uint32_t)steps->limit, mem, &at.known);
    if (status == QBG_OK)
        status = qbg__mem_reserve(mem, &at.is_replaced, &slots, group->factor_count, 1);
    if (status == QBG_OK) {
        for (uint32_t i = 0; i < group->factor_count; i++) at.is_replaced[i] = 0;
        look(&at);
    }
    qbg__approaches_end(&at.known, mem);
    qbg__mem_free(mem, at.is_replaced, slots);
    return status;
}

qbg_status qbg__steps_look(qbg__steps *steps) {
    const qbg_policy *policy = &steps->group.opportunity->workspace->policy;
    steps->limit = (int32_t)qbg__policy_whole(policy, QBG__PATH_STEPS);
    steps->exists = steps->group.gate.qualified;
    steps->is_exact = 1;
    steps->count = 0;
    steps->unmet = 0;
    if (steps->exists) return QBG_OK;
    qbg_status status = qbg__group_fork(&steps->group, (uint32_t)steps->limit, &steps->then);
    return status == QBG_OK ? search_for(steps) : status;
}

qbg_status qbg__steps_find(qbg__steps *steps, const qbg_opportunity *opportunity, int64_t as_of) {
    qbg_status status = qbg__group_assess(&steps->group, opportunity, as_of);
    return status == QBG_OK ? qbg__steps_look(steps) : status;
}
