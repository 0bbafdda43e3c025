/* threads_test: questions write nothing to a workspace, so many threads may ask one at once.
 *
 * The first is shown by sealing the memory of the workspace against writing: one question that
 * writes there, be it the same bytes again, ends the program. The second by threads that ask every
 * kind of question while another one changes a workspace of its own; run it under a thread
 * sanitizer to see what luck would hide. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, pthread_barrier_t */

#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "questions.h"

#define NUMBERS 48u /* rows that are asked about */

static uint32_t numbers_of(const question *what) { return what->ways > 0 ? what->ways : NUMBERS; }

/* ---- answers, before anybody else asks ------------------------------------------------------- */

typedef struct answers {
    uint64_t digests[64][NUMBERS];
} answers;

static void ask_alone(asker *self, answers *out) {
    assert_true(question_count <= sizeof out->digests / sizeof out->digests[0]);
    for (uint32_t i = 0; i < question_count; i++)
        for (uint32_t number = 0; number < numbers_of(&questions[i]); number++)
            OK(ask(&questions[i], self, number, &out->digests[i][number]));
}

/* Two things that are asked about are answered differently, or the digests would tell nothing. */
static void assert_answers_differ(const answers *of) {
    for (uint32_t i = 0; i < question_count; i++) {
        const uint64_t *digests = of->digests[i];
        uint32_t last = numbers_of(&questions[i]) - 1, number = 1;
        while (number < last && digests[number] == digests[0]) number++;
        int is_one_thing = strncmp(questions[i].name, "a shared", 8) == 0 ||
                           strncmp(questions[i].name, "qbg_solution_", 13) == 0;
        if (digests[number] == digests[0] && !is_one_thing)
            fail_msg("%s always answers the same", questions[i].name);
    }
}

/* ---- sealed memory --------------------------------------------------------------------------- */

#define VAULT_BYTES ((size_t)16 << 20)
#define SOME_DEALS  60u

/* Hands out pages of its own while it is open, and others' while it is sealed. */
typedef struct vault {
    unsigned char *pages;
    size_t used;
    int is_sealed;
    int is_broken; /* it was full, or a block in it was given back while it was sealed */
} vault;

static int is_inside(const vault *self, const void *block) {
    uintptr_t at = (uintptr_t)block, first = (uintptr_t)self->pages;
    return at >= first && at < first + VAULT_BYTES;
}

static void *take_from(vault *self, size_t size) {
    size_t rounded = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (rounded > VAULT_BYTES - self->used) {
        self->is_broken = 1;
        return NULL;
    }
    self->used += rounded;
    return self->pages + self->used - rounded;
}

static void *vault_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    vault *self = ctx;
    int inside = ptr && is_inside(self, ptr);
    if (inside && self->is_sealed) self->is_broken = 1;
    if (new_size == 0) {
        if (!inside) free(ptr);
        return NULL;
    }
    if (ptr && !inside) return realloc(ptr, new_size);
    void *block = self->is_sealed ? malloc(new_size) : take_from(self, new_size);
    if (block && ptr) memcpy(block, ptr, old_size < new_size ? old_size : new_size);
    return block;
}

static void set_sealed(vault *self, int is_sealed) {
    int rights = is_sealed ? PROT_READ : PROT_READ | PROT_WRITE;
    assert_int_equal(mprotect(self->pages, VAULT_BYTES, rights), 0);
    self->is_sealed = is_sealed;
}

static void questions_write_nothing(void **state) {
    (void)state;
    static answers before, sealed;
    vault memory = {NULL, 0, 0, 0};
    qbg_workspace *workspace = NULL;
    asker shared, self;
    memory.pages =
        mmap(NULL, VAULT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory.pages != MAP_FAILED);
    const qbg_allocator allocator = {sizeof allocator, &memory, vault_resize};
    OK(qbg_workspace_new(&allocator, &workspace));
    OK(read_book(workspace, SOME_DEALS));
    OK(begin_asker(&shared, workspace, NULL));
    ask_alone(&shared, &before);
    assert_answers_differ(&before);
    set_sealed(&memory, 1);
    OK(begin_asker(&self, workspace, &shared));
    ask_alone(&self, &sealed);
    end_asker(&self, &shared);
    set_sealed(&memory, 0);
    assert_memory_equal(&before, &sealed, sizeof before);
    assert_false(memory.is_broken);
    end_asker(&shared, NULL);
    qbg_workspace_free(workspace);
    assert_int_equal(munmap(memory.pages, VAULT_BYTES), 0);
}

/* ---- an allocator for many threads ----------------------------------------------------------- */

/* As fixture.h's, for all threads at once. */
typedef struct commons {
    atomic_size_t bytes; /* handed out and not yet given back */
    atomic_int is_misused;
} commons;

static void *commons_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    commons *self = ctx;
    block_head *head = ptr ? (block_head *)ptr - 1 : NULL;
    if (old_size != (head ? head->lent.size : 0)) atomic_store(&self->is_misused, 1);
    if (new_size == 0) {
        atomic_fetch_sub(&self->bytes, old_size);
        free(head);
        return NULL;
    }
    head = realloc(head, sizeof *head + new_size);
    if (!head) return NULL;
    head->lent.size = new_size;
    atomic_fetch_add(&self->bytes, new_size - old_size);
    return head + 1;
}

/* ---- threads that ask ------------------------------------------------------------------------ */

#define ASKERS 8u
#define TURNS  1024u
#define DEALS  240u

typedef struct job {
    pthread_t thread;
    pthread_barrier_t *start;
    const answers *expected;
    asker self;
    uint32_t place; /* among the threads */
    uint32_t asked[64];
    qbg_status status; /* the first failure */
    uint32_t wrong;
    const char *first_wrong;
    qbg_table *last; /* an answer that outlives the thread and the workspace */
} job;

/* Questions about the whole tenant come rarely. Every thread goes through all, each from another
 * one on. */
static uint32_t pick(uint32_t place, uint32_t turn) {
    int is_whole = turn % 100 == 99;
    uint32_t at = is_whole ? turn / 100 + place : turn + place * 5, count = 0;
    for (uint32_t i = 0; i < question_count; i++) count += (questions[i].ways > 0) == is_whole;
    for (uint32_t i = 0, passed = 0;; i++)
        if ((questions[i].ways > 0) == is_whole && passed++ == at % count) return i;
}

static void *ask_many(void *argument) {
    job *self = argument;
    pthread_barrier_wait(self->start);
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        uint32_t number, i = pick(self->place, turn);
        uint64_t digest = 0;
        number = (turn * 7 + self->place * 11) % numbers_of(&questions[i]);
        qbg_status status = ask(&questions[i], &self->self, number, &digest);
        self->asked[i]++;
        if (status != QBG_OK && self->status == QBG_OK) self->status = status;
        if (status == QBG_OK && digest == self->expected->digests[i][number]) continue;
        if (self->wrong++ == 0) self->first_wrong = questions[i].name;
    }
    qbg_status status =
        qbg_board(self->self.workspace, NOON, self->place, DEALS / ASKERS, 1, &self->last);
    if (self->status == QBG_OK) self->status = status;
    return NULL;
}

static void assert_done(const job *of) {
    if (of->wrong > 0)
        fail_msg("thread %u: %u wrong answers, the first of %s", of->place, of->wrong,
                 of->first_wrong);
    assert_int_equal(of->status, QBG_OK);
    for (uint32_t i = 0; i < question_count; i++) assert_true(of->asked[i] > 0);
}

/* ---- a thread that changes a workspace of its own -------------------------------------------- */

typedef struct change {
    pthread_t thread;
    pthread_barrier_t *start;
    const qbg_allocator *allocator;
    atomic_int is_over; /* the others have asked enough */
    uint64_t expected;
    uint32_t rounds, wrong;
    qbg_status status;
} change;

/* Tells a workspace much and some more, asks, takes some back, and asks again. */
static qbg_status tell_and_ask(const qbg_allocator *allocator, uint64_t *out_digest) {
    qbg_workspace *workspace = NULL;
    asker self = {NULL, NULL, NULL, NULL, NULL, NULL};
    uint64_t digests[2] = {0, 0};
    qbg_status status = qbg_workspace_new(allocator, &workspace);
    if (status == QBG_OK) status = read_book(workspace, 24);
    if (status == QBG_OK) status = begin_asker(&self, workspace, NULL);
    for (uint32_t i = 0; i < 24 && status == QBG_OK; i++) {
        qbg_opportunity *deal = qbg_opportunity_at(workspace, i);
        qbg_contact *contact = qbg_contact_at(workspace, i / 3 * 4);
        status = qbg_opportunity_add_member(deal, contact, qbg_role_find(workspace, "champion"));
        qbg_signal_clear(self.record);
        if (status == QBG_OK) status = qbg_signal_set_kind(self.record, "demo_request");
        if (status == QBG_OK) status = qbg_signal_set_time(self.record, NOON + i);
        if (status == QBG_OK) status = qbg_signal_set_contact(self.record, contact);
        if (status == QBG_OK) status = qbg_record(workspace, self.record, NULL, NULL);
        if (status == QBG_OK && i == 12) status = ask(&questions[2], &self, 3, &digests[0]);
    }
    if (status == QBG_OK)
        status =
            qbg_policy_set_milli(qbg_workspace_policy(workspace), "route_lookback_days", 30000);
    if (status == QBG_OK) status = ask(&questions[2], &self, 3, &digests[1]);
    end_asker(&self, NULL);
    qbg_workspace_free(workspace);
    *out_digest = digests[0] * 3 + digests[1];
    return status;
}

static void *change_much(void *argument) {
    change *self = argument;
    pthread_barrier_wait(self->start);
    do {
        uint64_t digest = 0;
        qbg_status status = tell_and_ask(self->allocator, &digest);
        if (self->status == QBG_OK) self->status = status;
        self->wrong += digest != self->expected;
        self->rounds++;
    } while (!atomic_load(&self->is_over));
    return NULL;
}

/* ---- all at once ----------------------------------------------------------------------------- */

static void run(job *jobs, change *changing, pthread_barrier_t *start) {
    assert_int_equal(pthread_barrier_init(start, NULL, ASKERS + 1), 0);
    assert_int_equal(pthread_create(&changing->thread, NULL, change_much, changing), 0);
    for (uint32_t i = 0; i < ASKERS; i++)
        assert_int_equal(pthread_create(&jobs[i].thread, NULL, ask_many, &jobs[i]), 0);
    for (uint32_t i = 0; i < ASKERS; i++) assert_int_equal(pthread_join(jobs[i].thread, NULL), 0);
    atomic_store(&changing->is_over, 1);
    assert_int_equal(pthread_join(changing->thread, NULL), 0);
    pthread_barrier_destroy(start);
}

static void many_threads_get_the_answers_of_one(void **state) {
    (void)state;
    static answers expected;
    static job jobs[ASKERS];
    commons memory = {0, 0};
    const qbg_allocator allocator = {sizeof allocator, &memory, commons_resize};
    pthread_barrier_t start;
    qbg_workspace *workspace = NULL;
    change changing = {.start = &start, .allocator = &allocator};
    asker shared;
    OK(qbg_workspace_new(&allocator, &workspace));
    OK(read_book(workspace, DEALS));
    OK(begin_asker(&shared, workspace, NULL));
    ask_alone(&shared, &expected);
    OK(tell_and_ask(&allocator, &changing.expected));
    for (uint32_t i = 0; i < ASKERS; i++) {
        jobs[i] = (job){.start = &start, .expected = &expected, .place = i};
        OK(begin_asker(&jobs[i].self, workspace, &shared));
    }
    run(jobs, &changing, &start);
    for (uint32_t i = 0; i < ASKERS; i++) {
        assert_done(&jobs[i]);
        end_asker(&jobs[i].self, &shared);
    }
    assert_int_equal(changing.status, QBG_OK);
    assert_int_equal(changing.wrong, 0);
    assert_true(changing.rounds > 0);
    end_asker(&shared, NULL);
    qbg_workspace_free(workspace);
    for (uint32_t i = 0; i < ASKERS; i++) {
        assert_int_equal(qbg_table_row_count(jobs[i].last), DEALS / ASKERS);
        qbg_table_free(jobs[i].last);
    }
    assert_int_equal(atomic_load(&memory.bytes), 0);
    assert_false(atomic_load(&memory.is_misused));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_write_nothing),
        cmocka_unit_test(many_threads_get_the_answers_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
