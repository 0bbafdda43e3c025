/* tally: see tally.h. */
#include "analysis/tally.h"

/* Some thirty instructions an entry, and the entries lie one behind the other. */
const qbg__entry *qbg__tally_run(const qbg__scale *scale, const qbg__entry *from,
                                 const qbg__entry *end, qbg__score *scores) {
    const qbg__scale own = *scale;
    for (; from < end; from++) {
        uint64_t start = QBG__ENTRY_START(from->bits);
        if (start > own.as_of) break;
        qbg__tally_add(&own, from, start, scores);
    }
    return from;
}
