/* baseline: counts of account-solutions by how many new people they saw, in ranges that get wider;
 * whole numbers, which add up whatever the parts. What is fitted to them is never kept. */
#include "analysis/baseline.h"

#include "analysis/stream.h"
#include "base/civil.h"
#include "base/fixed.h"
#include "model/workspace.h"

#include <string.h>

/* Where each range of counts begins: one by one up to 16, then four ranges until it doubles. */
/* clang-format off */
#define BUCKETS(X)                                                                                 \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)          \
    X(16) X(20) X(24) X(28) X(32) X(40) X(48) X(56)                                                \
    X(64) X(80) X(96) X(112) X(128) X(160) X(192) X(224)                                           \
    X(256) X(320) X(384) X(448) X(512) X(640) X(768) X(896)                                        \
    X(1024) X(1280) X(1536) X(1792) X(2048) X(2560) X(3072) X(3584)                                \
    X(4096) X(5120) X(6144) X(7168) X(8192) X(10240) X(12288) X(14336)                             \
    X(16384) X(20480) X(24576) X(28672) X(32768) X(40960) X(49152) X(57344)                        \
    X(65536) X(81920) X(98304) X(114688) X(131072) X(163840) X(196608) X(229376)                   \
    X(262144) X(327680) X(393216) X(458752) X(524288) X(655360) X(786432) X(917504)                \
    X(1048576)
/* clang-format on */

static const uint32_t lows[] = {
#define LOW(low) low,
    BUCKETS(LOW)
#undef LOW
};

#define BUCKET_COUNT ((uint32_t)(sizeof lows / sizeof lows[0]))
_Static_assert(sizeof lows / sizeof lows[0] <= QBG__SEEN_MOST, "levels are fitted to all of them");

/* The figures: the period, then the counts of contacts, then those of visitors. */
enum { PERIOD, COUNTS };

static const char *const keys[] = {"period_s",
#define CONTACTS(low) "contacts." #low,
                                   BUCKETS(CONTACTS)
#undef CONTACTS
#define VISITORS(low) "visitors." #low,
                                       BUCKETS(VISITORS)
#undef VISITORS
};

#define FIGURE_COUNT ((int32_t)(sizeof keys / sizeof keys[0]))
#define FIGURE_MOST  (INT64_C(1) << 53) /* so that each is exact as a double */

struct qbg_baseline {
    qbg__mem mem;
    int64_t figures[sizeof keys / sizeof keys[0]];
};

uint32_t qbg__baseline_bucket(uint32_t count) {
    uint32_t low = 0, high = BUCKET_COUNT;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (lows[middle] <= count)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint64_t qbg__baseline_middle(uint32_t bucket) {
    if (bucket + 1 == BUCKET_COUNT) return lows[bucket];
    return lows[bucket] + (lows[bucket + 1] - lows[bucket] - 1) / 2;
}

/* ---- The handle ------------------------------------------------------------------------------ */

qbg_status qbg_baseline_new(const qbg_allocator *allocator, qbg_baseline **out_baseline) {
    qbg__mem mem;
    if (!out_baseline) return QBG_E_ARGUMENT;
    qbg_status status = qbg__mem_init(&mem, allocator);
    if (status != QBG_OK) return status;
    qbg_baseline *baseline = qbg__mem_alloc_zeroed(&mem, sizeof *baseline);
    if (!baseline) return QBG_E_MEMORY;
    baseline->mem = mem;
    *out_baseline = baseline;
    return QBG_OK;
}

void qbg_baseline_free(qbg_baseline *baseline) {
    if (!baseline) return;
    qbg__mem mem = baseline->mem;
    qbg__mem_free(&mem, baseline, sizeof *baseline);
}

int32_t qbg_baseline_figure_count(void) { return FIGURE_COUNT; }

const char *qbg_baseline_figure_key(int32_t figure) {
    return figure >= 0 && figure < FIGURE_COUNT ? keys[figure] : NULL;
}

int32_t qbg_baseline_figure_find(const char *key) {
    for (int32_t i = 0; key && i < FIGURE_COUNT; i++)
        if (strcmp(keys[i], key) == 0) return i;
    return -1;
}

int64_t qbg_baseline_figure(const qbg_baseline *baseline, int32_t figure) {
    return baseline && figure >= 0 && figure < FIGURE_COUNT ? baseline->figures[figure] : 0;
}

qbg_status qbg_baseline_set_figure(qbg_baseline *baseline, const char *key, int64_t value) {
    if (!baseline || !key) return QBG_E_ARGUMENT;
    int32_t figure = qbg_baseline_figure_find(key);
    if (figure < 0) return QBG_E_NOT_FOUND;
    if (value < 0 || value > (figure == PERIOD ? QBG__TIME_LAST : FIGURE_MOST)) return QBG_E_RANGE;
    baseline->figures[figure] = value;
    return QBG_OK;
}

/* ---- Adding ---------------------------------------------------------------------------------- */

typedef struct counting {
    int64_t from, to;
    uint32_t streams; /* of an account, those that nothing is known of included */
    int64_t counts[2][sizeof lows / sizeof lows[0]]; /* contacts, visitors */
} counting;

static void count_stream(counting *self, const qbg__stream *stream, uint32_t seen[2]) {
    uint32_t came[2] = {0, 0};
    for (uint32_t i = 0; i < stream->arrival_count; i++) {
        const qbg__pair *arrival = &stream->arrivals[i];
        int64_t time = QBG__ARRIVAL_TIME(arrival);
        if (time < self->from || time >= self->to) continue;
        came[qbg__person_is_visitor(QBG__ARRIVAL_PERSON(arrival))]++;
    }
    for (int sort = 0; sort < 2; sort++) {
        if (came[sort] == 0) continue;
        self->counts[sort][qbg__baseline_bucket(came[sort])]++;
        seen[sort]++;
    }
}

/* At most accounts x solutions are counted, which is far from 2^63. */
static qbg_status count_account(counting *self, qbg__streams *streams, const qbg_account *account) {
    uint32_t seen[2] = {0, 0};
    qbg__stream stream;
    int is_there = 1;
    qbg_status status = qbg__streams_read(streams, account, self->to - 1);
    if (status != QBG_OK || streams->moment_count == 0) return status;
    while (status == QBG_OK && is_there) {
        status = qbg__streams_next(streams, &stream, &is_there);
        if (status == QBG_OK && is_there) count_stream(self, &stream, seen);
    }
    for (int sort = 0; sort < 2; sort++) self->counts[sort][0] += self->streams - seen[sort];
    return status;
}

static qbg_status add_figures(qbg_baseline *baseline, const counting *self) {
    int64_t figures[sizeof keys / sizeof keys[0]];
    figures[PERIOD] = self->to - self->from;
    for (int sort = 0; sort < 2; sort++)
        for (uint32_t i = 0; i < BUCKET_COUNT; i++) {
            uint32_t figure = COUNTS + (uint32_t)sort * BUCKET_COUNT + i;
            figures[figure] = baseline->figures[figure] + self->counts[sort][i];
            if (figures[figure] > FIGURE_MOST) return QBG_E_OVERFLOW;
        }
    memcpy(baseline->figures, figures, sizeof figures);
    return QBG_OK;
}

qbg_status qbg_baseline_add(qbg_baseline *baseline, const qbg_workspace *workspace, int64_t from_s,
                            int64_t to_s) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK || !baseline) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (!qbg__time_is_valid(from_s) || !qbg__time_is_valid(to_s) || to_s <= from_s)
        return QBG_E_RANGE;
    int64_t period = baseline->figures[PERIOD];
    if (period != 0 && period != to_s - from_s) return QBG_E_ARGUMENT;
    counting self = {.from = from_s, .to = to_s, .streams = qbg_solution_count(workspace) + 1};
    qbg__streams streams;
    qbg__streams_begin(&streams, workspace);
    for (uint32_t i = 0; i < qbg_account_count(workspace) && status == QBG_OK; i++) {
        const qbg_account *account = qbg_account_at(workspace, i);
        if (account) status = count_account(&self, &streams, account);
    }
    qbg__streams_end(&streams);
    return status == QBG_OK ? add_figures(baseline, &self) : status;
}

/* ---- Fitting --------------------------------------------------------------------------------- */

static void fit(const qbg_baseline *baseline, uint32_t from, qbg__levels *out) {
    qbg__seen seen[QBG__SEEN_MOST];
    uint32_t count = 0;
    for (uint32_t i = 0; i < BUCKET_COUNT; i++) {
        int64_t times = baseline->figures[from + i];
        if (times == 0) continue;
        seen[count].came = qbg__baseline_middle(i);
        seen[count++].times = (double)times;
    }
    double years = (double)baseline->figures[PERIOD] / (double)(QBG__YEAR_DAYS * QBG__DAY_S);
    qbg__levels_fit(out, seen, count, years);
}

void qbg__baseline_fit(const qbg_baseline *baseline, const qbg_workspace *workspace,
                       qbg__usual *out) {
    const qbg_policy *policy = &workspace->policy;
    qbg__levels_begin(&out->contacts);
    qbg__levels_begin(&out->visitors);
    if (baseline && baseline->figures[PERIOD] > 0) {
        fit(baseline, COUNTS, &out->contacts);
        fit(baseline, COUNTS + BUCKET_COUNT, &out->visitors);
    }
    out->history_years =
        (double)qbg__policy_whole(policy, QBG__FORMATION_HISTORY_DAYS) / QBG__YEAR_DAYS;
    out->window_years =
        (double)qbg__policy_whole(policy, QBG__FORMATION_WINDOW_DAYS) / QBG__YEAR_DAYS;
    out->visitor_milli = policy->milli[QBG__ANONYMOUS_DISCOUNT];
}
