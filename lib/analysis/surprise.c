/* surprise: a bound for the scan over all windows. A window holds k people for the first time at
 * the instant when one of them comes; so there are no more such times in a year than people who,
 * coming, find k - 1 others in the window before them. By the formula of Slivnyak and Mecke their
 * expected number is, for a Poisson process of rate r, r times the chance that k - 1 or more are in
 * a window. It is exact, and a bound for alarms, since those that overlap are counted apart: it
 * leaves out the factor for clumps in the approximations of Alm (1983) and Naus (1982). The rate
 * is not known, but gamma-distributed after what was seen; r times a gamma density of shape a is
 * a / b times one of shape a + 1. See docs/detection.md. */
#include "analysis/surprise.h"

#include "base/tail.h"

#include <string.h>

void qbg__surprise_begin(qbg__surprise_scratch *scratch, const qbg__mem *mem) {
    memset(scratch, 0, sizeof *scratch);
    scratch->mem = qbg__mem_fork(mem);
}

void qbg__surprise_end(qbg__surprise_scratch *scratch) {
    qbg__mem_free(&scratch->mem, scratch->at, scratch->capacity * sizeof *scratch->at);
}

uint32_t qbg__heads_of(qbg__came came, int64_t visitor_milli) {
    return came.contacts + (uint32_t)(came.visitors * visitor_milli / 1000);
}

/* So many visitors are that many heads, at least. */
static uint32_t visitors_for(uint32_t heads, int64_t visitor_milli) {
    return (uint32_t)(((int64_t)heads * 1000 + visitor_milli - 1) / visitor_milli);
}

/* Those of one sort who come in a window: how likely so many are, up to `last` or more; and the
 * same where the chance of each rate is multiplied by that rate: how often in a year somebody comes
 * and there are so many others. */
typedef struct crowd {
    uint32_t last;
    double *chances, *meetings; /* of 0 .. last - 1, and of last or more */
    double rate;                /* how many a year */
} crowd;

static void add_level(crowd *out, double weight, double shape, double years, double window,
                      double *scratch) {
    double ratio = window / (years + window), rate = shape / years;
    out->rate += weight * rate;
    qbg__tail_fill(shape, ratio, out->last, scratch);
    for (uint32_t i = 0; i <= out->last; i++) out->chances[i] += weight * scratch[i];
    qbg__tail_fill(shape + 1, ratio, out->last, scratch);
    for (uint32_t i = 0; i <= out->last; i++) out->meetings[i] += weight * rate * scratch[i];
}

/* room: for three times last + 1. */
static void fill(crowd *out, const qbg__usual *usual, const qbg__levels *book, uint32_t came,
                 uint32_t last, double *room) {
    const size_t size = (size_t)last + 1;
    *out = (crowd){last, room, room + size, 0};
    memset(room, 0, 2 * size * sizeof *room);
    qbg__levels own;
    qbg__levels_given(book, came, usual->history_years, &own);
    for (uint32_t i = 0; i < QBG__LEVELS; i++)
        if (own.of[i] > 0)
            add_level(out, own.of[i], QBG__LEVEL_SHAPE + (double)came,
                      qbg__level_years(i) + usual->history_years, usual->window_years,
                      room + 2 * size);
}

/* From how likely each count is to how likely it is or more; the smallest are added first. */
static void add_up(double *chances, uint32_t last) {
    for (uint32_t i = last; i-- > 0;) chances[i] += chances[i + 1];
}

/* How often contacts and visitors together make `heads`: a contact comes and finds heads - 1; or a
 * visitor comes, and with him there are as many. Visitors' chances are added up by now. */
static double alarms_of(const crowd *contacts, const crowd *visitors, uint32_t heads,
                        int64_t visitor_milli) {
    double alarms = 0, beyond = 0, met = 0;
    for (uint32_t i = heads - 1; i <= contacts->last; i++) met += contacts->meetings[i];
    alarms += met;
    if (!visitors) return alarms;
    for (uint32_t i = 0; i + 1 < heads; i++)
        alarms +=
            contacts->meetings[i] * visitors->chances[visitors_for(heads - 1 - i, visitor_milli)];
    for (uint32_t i = 0; i < heads; i++)
        alarms +=
            contacts->chances[i] * visitors->meetings[visitors_for(heads - i, visitor_milli) - 1];
    beyond = contacts->chances[heads];
    return alarms + beyond * visitors->rate;
}

qbg_status qbg__surprise_of(const qbg__usual *usual, qbg__came history, uint32_t heads,
                            qbg__surprise_scratch *scratch, qbg__surprise *out) {
    int64_t milli = usual->visitor_milli;
    uint32_t last = milli > 0 ? visitors_for(heads, milli) : 0;
    uint64_t need = 3 * ((uint64_t)heads + 1) + 3 * ((uint64_t)last + 1);
    qbg_status status = qbg__mem_reserve(&scratch->mem, &scratch->at, &scratch->capacity, need,
                                         sizeof *scratch->at);
    if (status != QBG_OK) return status;
    crowd contacts, visitors;
    fill(&contacts, usual, &usual->contacts, history.contacts, heads, scratch->at);
    out->expected = contacts.rate * usual->window_years;
    if (milli == 0) {
        out->alarms = alarms_of(&contacts, NULL, heads, milli);
        return QBG_OK;
    }
    fill(&visitors, usual, &usual->visitors, history.visitors, last,
         scratch->at + 3 * ((size_t)heads + 1));
    add_up(visitors.chances, last);
    add_up(visitors.meetings, last);
    out->expected += visitors.rate * usual->window_years * ((double)milli / 1000.0);
    out->alarms = alarms_of(&contacts, &visitors, heads, milli);
    return QBG_OK;
}
