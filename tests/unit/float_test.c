/* float_test: on a thread that rounds otherwise than to nearest, or flushes subnormal numbers,
 * whatever computes with doubles says so and changes nothing, and whatever does not answers the
 * same bits as ever. Nothing is asserted while a mode is set: a failed test leaves by longjmp. */
#include "fixture.h"

#include <fenv.h>
#include <float.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#define CAN_FLUSH 1
#else
#define CAN_FLUSH 0
#endif

#include "base/real.h"
#include "questions.h"

#define DEALS   12u
#define NUMBERS 8u

/* ---- modes ----------------------------------------------------------------------------------- */

/* Bits of the x86 register that governs SSE. */
#define FLUSH_TO_ZERO      0x8000u
#define DENORMALS_ARE_ZERO 0x0040u

typedef struct mode {
    const char *name;
    int rounding;
    uint32_t flushing;
} mode;

static const mode modes[] = {
    {"rounding up", FE_UPWARD, 0},
    {"rounding down", FE_DOWNWARD, 0},
    {"rounding toward zero", FE_TOWARDZERO, 0},
    {"flush to zero", FE_TONEAREST, FLUSH_TO_ZERO},
    {"denormals are zero", FE_TONEAREST, DENORMALS_ARE_ZERO},
    {"both of them", FE_TONEAREST, FLUSH_TO_ZERO | DENORMALS_ARE_ZERO},
};

#define MODE_COUNT (sizeof modes / sizeof *modes)

static uint32_t flushing(void) {
#if CAN_FLUSH
    return _mm_getcsr() & (FLUSH_TO_ZERO | DENORMALS_ARE_ZERO);
#else
    return 0;
#endif
}

static void flush(uint32_t bits) {
#if CAN_FLUSH
    _mm_setcsr((_mm_getcsr() & ~(FLUSH_TO_ZERO | DENORMALS_ARE_ZERO)) | bits);
#else
    (void)bits;
#endif
}

static void enter(const mode *at) {
    fesetround(at->rounding);
    flush(at->flushing);
}

static void leave(void) {
    fesetround(FE_TONEAREST);
    flush(0);
}

/* ---- whether the machine follows ------------------------------------------------------------- */

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Other sums than the library does: a third and a tenth, half of the least normal number, and a
 * large multiple of the least number at all. */
static int differs(void) {
    volatile double one = 1, three = 3, ten = 10, least = DBL_MIN, half = 0.5, tiny = 0x1p-1074,
                    large = 0x1p1000;
    volatile double third = one / three, tenth = one / ten, small = least * half,
                    product = tiny * large;
    return bits_of(third) != bits_of(0x1.5555555555555p-2) ||
           bits_of(tenth) != bits_of(0x1.999999999999ap-4) || bits_of(small) != (uint64_t)1 << 51 ||
           bits_of(product) != bits_of(0x1p-74);
}

/* Emulators as valgrind round to nearest whatever they are told, and then the answers are right. */
static int follows(const mode *at) {
    if (at->flushing && !CAN_FLUSH) return 0;
    enter(at);
    int is_followed = differs();
    leave();
    return is_followed;
}

/* Every test asks for the modes that there are, from `at` on; NULL: no more. */
static const mode *next_mode(size_t *at) {
    while (*at < MODE_COUNT) {
        const mode *found = &modes[(*at)++];
        if (follows(found)) return found;
    }
    return NULL;
}

static void modes_are_followed_here(void **state) {
    (void)state;
    int missing = 0;
    assert_false(differs());
    for (size_t i = 0; i < MODE_COUNT; i++) {
        if (follows(&modes[i])) continue;
        print_message("%s cannot be had on this machine: IT IS NOT TESTED\n", modes[i].name);
        missing++;
    }
    assert_int_equal(fegetround(), FE_TONEAREST);
    assert_int_equal(flushing(), 0);
    if (missing > 0) skip();
}

/* ---- the check ------------------------------------------------------------------------------- */

static void the_check_tells_every_mode(void **state) {
    (void)state;
    size_t at = 0;
    for (const mode *set; (set = next_mode(&at));) {
        enter(set);
        int is_exact = qbg__real_is_exact();
        leave();
        if (is_exact) fail_msg("%s is not seen", set->name);
        assert_true(qbg__real_is_exact());
    }
}

/* ---- questions ------------------------------------------------------------------------------- */

typedef struct reply {
    qbg_status status;
    uint64_t digest;
} reply;

#define UNTOUCHED UINT64_C(4711)

static reply reply_to(const question *what, asker *self, uint32_t number, const mode *set) {
    reply got = {QBG_OK, UNTOUCHED};
    if (set) enter(set);
    got.status = ask(what, self, number, &got.digest);
    if (set) leave();
    return got;
}

static void ask_in(const question *what, asker *self, uint32_t number, const mode *set) {
    reply usual = reply_to(what, self, number, NULL), got = reply_to(what, self, number, set);
    if (usual.status != QBG_OK) fail_msg("%s: status %d", what->name, usual.status);
    if (what->computes) {
        if (got.status != QBG_E_FLOAT) fail_msg("%s, %s: %d", what->name, set->name, got.status);
        if (got.digest != UNTOUCHED) fail_msg("%s answers in spite of it", what->name);
    } else {
        if (got.status != QBG_OK) fail_msg("%s, %s: %d", what->name, set->name, got.status);
        if (got.digest != usual.digest) fail_msg("%s differs when %s", what->name, set->name);
    }
    got = reply_to(what, self, number, NULL);
    if (got.status != QBG_OK || got.digest != usual.digest)
        fail_msg("%s has changed after %s", what->name, set->name);
}

static void questions_that_compute_are_refused_and_others_answered(void **state) {
    asker self;
    size_t at = 0;
    OK(read_book(workspace_of(state), DEALS));
    OK(begin_asker(&self, workspace_of(state), NULL));
    for (const mode *set; (set = next_mode(&at));)
        for (uint32_t i = 0; i < question_count; i++) {
            uint32_t numbers = questions[i].ways > 0 ? questions[i].ways : NUMBERS;
            for (uint32_t number = 0; number < numbers; number++)
                ask_in(&questions[i], &self, number, set);
        }
    end_asker(&self, NULL);
}

/* ---- outputs --------------------------------------------------------------------------------- */

typedef struct outputs {
    qbg_workspace *workspace;
    qbg_assessment *assessment;
    qbg_table *table;
    qbg_blob *board, *tracking, *story;
    int64_t numerator, denominator;
    double ratio;
} outputs;

/* Each is asked for once; 1 when all of them answer QBG_E_FLOAT. */
static int is_refused(const qbg_workspace *workspace, outputs *out) {
    const qbg_opportunity *deal = qbg_opportunity_at(workspace, 0);
    const qbg_status statuses[] = {
        qbg_workspace_new(NULL, &out->workspace),
        qbg_assess(deal, NOON, &out->assessment),
        qbg_board(workspace, NOON, 0, QBG_NONE, 1, &out->table),
        qbg_report_board(workspace, NOON, 1, QBG_FORMAT_JSON, "en", &out->board),
        qbg_report_tracking(workspace, NOON, QBG_FORMAT_CSV, "en", &out->tracking),
        qbg_report_explain(deal, NOON, NULL, &out->story),
        qbg_nrr(3, 1, 0, 0, &out->numerator, &out->denominator, &out->ratio),
        qbg_grr(3, 1, 0, &out->numerator, &out->denominator, &out->ratio),
    };
    int refused = 1;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        refused = refused && statuses[i] == QBG_E_FLOAT;
    return refused;
}

static void what_is_refused_touches_no_output(void **state) {
    char mark = 0;
    void *untouched = &mark;
    size_t at = 0;
    OK(read_book(workspace_of(state), DEALS));
    for (const mode *set; (set = next_mode(&at));) {
        outputs out = {untouched, untouched, untouched, untouched, untouched, untouched, 7, 7, 7};
        enter(set);
        int refused = is_refused(workspace_of(state), &out);
        leave();
        if (!refused) fail_msg("something is answered when %s", set->name);
        assert_ptr_equal(out.workspace, untouched);
        assert_ptr_equal(out.assessment, untouched);
        assert_ptr_equal(out.table, untouched);
        assert_ptr_equal(out.board, untouched);
        assert_ptr_equal(out.tracking, untouched);
        assert_ptr_equal(out.story, untouched);
        assert_true(out.numerator == 7 && out.denominator == 7 && out.ratio >= 7 && out.ratio <= 7);
    }
}

/* No company has an open deal on that day, so that nothing would be assessed. */
static void reports_of_nothing_are_refused_too(void **state) {
    size_t at = 0;
    for (const mode *set; (set = next_mode(&at));) {
        qbg_table *table = NULL;
        qbg_blob *blob = NULL;
        enter(set);
        qbg_status board = qbg_board(workspace_of(state), NOON, 0, QBG_NONE, 0, &table);
        qbg_status rows =
            qbg_report_tracking(workspace_of(state), NOON, QBG_FORMAT_CSV, "en", &blob);
        leave();
        assert_int_equal(board, QBG_E_FLOAT);
        assert_int_equal(rows, QBG_E_FLOAT);
        assert_null(table);
        assert_null(blob);
    }
}

static void a_refused_refill_keeps_the_answer(void **state) {
    qbg_assessment *answer = NULL;
    size_t at = 0;
    OK(read_book(workspace_of(state), DEALS));
    OK(qbg_assess(qbg_opportunity_at(workspace_of(state), 1), NOON, &answer));
    uint64_t priority = bits_of(qbg_assessment_priority(answer));
    for (const mode *set; (set = next_mode(&at));) {
        enter(set);
        qbg_status status =
            qbg_assessment_refill(answer, qbg_opportunity_at(workspace_of(state), 2), NOON);
        leave();
        assert_int_equal(status, QBG_E_FLOAT);
        assert_string_equal(qbg_assessment_opportunity(answer), "o1");
        assert_true(bits_of(qbg_assessment_priority(answer)) == priority);
    }
    qbg_assessment_free(answer);
}

/* Misuse is told first: whoever mends it learns the rest then. */
static void misuse_is_told_before_the_mode(void **state) {
    size_t at = 0;
    for (const mode *set; (set = next_mode(&at));) {
        qbg_table *table = NULL;
        enter(set);
        qbg_status nothing = qbg_workspace_new(NULL, NULL);
        qbg_status flag = qbg_board(workspace_of(state), NOON, 0, 1, 2, &table);
        qbg_status negative = qbg_grr(-1, 0, 0, NULL, NULL, NULL);
        leave();
        assert_int_equal(nothing, QBG_E_ARGUMENT);
        assert_int_equal(flag, QBG_E_ARGUMENT);
        assert_int_equal(negative, QBG_E_RANGE);
    }
}

/* ---- telling --------------------------------------------------------------------------------- */

static void a_book_is_not_read_and_can_be_read_later(void **state) {
    size_t at = 0;
    for (const mode *set; (set = next_mode(&at));) {
        qbg_workspace *workspace = NULL;
        qbg_book_reader *reader = NULL;
        const qbg_allocator allocator = allocator_of(&((fixture *)*state)->memory);
        OK(qbg_workspace_new(&allocator, &workspace));
        OK(qbg_book_reader_new(workspace, 1, &reader));
        OK(feed_book(reader, DEALS));
        uint64_t bytes = qbg_workspace_bytes(workspace);
        enter(set);
        qbg_status status = qbg_book_reader_finish(reader);
        leave();
        assert_int_equal(status, QBG_E_FLOAT);
        assert_int_equal(qbg_account_count(workspace), 0);
        assert_true(qbg_workspace_bytes(workspace) == bytes);
        OK(qbg_book_reader_finish(reader));
        assert_int_equal(qbg_opportunity_count(workspace), DEALS);
        qbg_book_reader_free(reader);
        qbg_workspace_free(workspace);
    }
}

/* A title is read when it is told, and its confidence kept. */
static void a_title_reads_alike_on_every_thread(void **state) {
    static const char *const titles[] = {"Finance director", "инженер", "менеджер", "IT",
                                         "IT and finance manager"};
    qbg_workspace *workspace = workspace_of(state);
    size_t at = 0;
    char key[] = "contact a";
    for (const mode *set; (set = next_mode(&at));)
        for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
            qbg_contact *usual = NULL, *other = NULL;
            OK(qbg_contact_put(workspace, "usual", NULL, NULL, titles[i], &usual, NULL));
            enter(set);
            qbg_status status =
                qbg_contact_put(workspace, key, NULL, NULL, titles[i], &other, NULL);
            leave();
            assert_int_equal(status, QBG_OK);
            double expected = qbg_contact_persona_confidence(usual);
            assert_true(expected > 0);
            assert_true(bits_of(qbg_contact_persona_confidence(other)) == bits_of(expected));
            key[sizeof key - 2]++;
        }
}

/* Parameters are whole thousandths, and the table of weights by age is made of integers. */
static void a_policy_set_on_such_a_thread_is_the_same(void **state) {
    fixture *self = *state;
    asker usual, other;
    size_t at = 0;
    OK(read_book(self->workspace, DEALS));
    OK(begin_asker(&usual, self->workspace, NULL));
    qbg_policy *policy = qbg_workspace_policy(self->workspace);
    for (const mode *set; (set = next_mode(&at));) {
        OK(qbg_policy_set_text(policy, "half_life_days", "47"));
        OK(qbg_policy_set_text(policy, "hysteresis", "0.913"));
        reply expected = reply_to(&questions[0], &usual, 5, NULL);
        OK(qbg_policy_set_text(policy, "half_life_days", "30"));
        OK(qbg_policy_set_text(policy, "hysteresis", "0.9"));
        enter(set);
        qbg_status days = qbg_policy_set_text(policy, "half_life_days", "47");
        qbg_status ratio = qbg_policy_set_text(policy, "hysteresis", "0.913");
        leave();
        assert_int_equal(days, QBG_OK);
        assert_int_equal(ratio, QBG_OK);
        OK(begin_asker(&other, self->workspace, NULL));
        reply got = reply_to(&questions[0], &other, 5, NULL);
        end_asker(&other, NULL);
        assert_int_equal(got.status, QBG_OK);
        assert_true(got.digest == expected.digest);
    }
    end_asker(&usual, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_are_followed_here),
        cmocka_unit_test(the_check_tells_every_mode),
        in_workspace(questions_that_compute_are_refused_and_others_answered),
        in_workspace(what_is_refused_touches_no_output),
        in_workspace(reports_of_nothing_are_refused_too),
        in_workspace(a_refused_refill_keeps_the_answer),
        in_workspace(misuse_is_told_before_the_mode),
        in_workspace(a_book_is_not_read_and_can_be_read_later),
        in_workspace(a_title_reads_alike_on_every_thread),
        in_workspace(a_policy_set_on_such_a_thread_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
