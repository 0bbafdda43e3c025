/* fixture: an allocator that counts, checks and refuses, a workspace that lives in it, and short
 * ways to tell the workspace something. */
#ifndef QBG_TESTS_FIXTURE_H
#define QBG_TESTS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

#define OK(call) assert_int_equal(call, QBG_OK)

/* ---- memory ---------------------------------------------------------------------------------- */

#define NEVER LONG_MAX

/* A host's memory. Each block carries its size, so that a wrong old_size is found, and looks at
 * every byte that it gets back: whatever the library frees it has wiped. */
typedef struct host {
    size_t bytes;   /* handed out and not yet given back */
    long requests;  /* for more or for other memory */
    long refuses;   /* the number of the request that it refuses */
    int for_good;   /* and all after it, too */
    int is_misused; /* somebody gave a wrong old_size, left bytes behind, or had a block resized */
    struct lent *blocks; /* all that are out */
} host;

#define HOST                                                                                       \
    { 0, 0, NEVER, 0, 0, NULL }

/* What lies before a block's bytes. */
typedef struct lent {
    size_t size;
    struct lent *next, **link; /* link: what points to this one */
} lent;

typedef union block_head {
    lent lent;
    max_align_t alignment;
} block_head;

static inline void link_block(host *self, lent *at) {
    at->next = self->blocks;
    at->link = &self->blocks;
    if (at->next) at->next->link = &at->next;
    self->blocks = at;
}

static inline void unlink_block(lent *at) {
    *at->link = at->next;
    if (at->next) at->next->link = at->link;
}

static inline int is_wiped(const void *block, size_t size) {
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

static inline void *host_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    host *self = ctx;
    block_head *head = ptr ? (block_head *)ptr - 1 : NULL;
    if (old_size != (head ? head->lent.size : 0)) self->is_misused = 1;
    if (new_size == 0) {
        if (!is_wiped(ptr, old_size)) self->is_misused = 1;
        self->bytes -= old_size;
        if (head) unlink_block(&head->lent);
        free(head);
        return NULL;
    }
    if (ptr) self->is_misused = 1; /* the block may move, and what was in it stay */
    long request = self->requests++;
    if (request == self->refuses || (self->for_good && request > self->refuses)) return NULL;
    head = malloc(sizeof *head + new_size);
    if (!head) return NULL;
    memset(head + 1, 0xA5, new_size); /* a byte that was never written is wiped, too */
    head->lent.size = new_size;
    link_block(self, &head->lent);
    self->bytes += new_size;
    return head + 1;
}

static inline qbg_allocator allocator_of(host *self) {
    return (qbg_allocator){sizeof(qbg_allocator), self, host_resize};
}

/* Copies bytes as the system sees them: valgrind would complain of those between a struct's fields,
 * which nobody ever writes. */
static inline void look_at(const char *bytes, size_t size, char *out) {
    FILE *memory = fopen("/proc/self/mem", "rb");
    size_t seen = 0;
    if (memory && fseek(memory, (long)(intptr_t)bytes, SEEK_SET) == 0)
        seen = fread(out, 1, size, memory);
    if (memory) fclose(memory);
    if (seen < size) memcpy(out, bytes, size);
}

/* 1 when these bytes lie somewhere in the memory that is out, used or not. */
static inline int holds(const host *self, const char *text) {
    size_t size = strlen(text);
    int found = 0;
    for (const lent *at = self->blocks; at && !found; at = at->next) {
        char *bytes = malloc(at->size);
        assert_non_null(bytes);
        look_at((const char *)((const block_head *)at + 1), at->size, bytes);
        for (size_t i = 0; i + size <= at->size && !found; i++)
            found = bytes[i] == text[0] && memcmp(bytes + i, text, size) == 0;
        free(bytes);
    }
    return found;
}

/* From now on the request with that number fails, counted from 0. */
static inline void refuse(host *self, long request) {
    self->requests = 0;
    self->refuses = request;
}

/* ---- a workspace for each test --------------------------------------------------------------- */

typedef struct fixture {
    host memory;
    qbg_workspace *workspace;
} fixture;

static inline int set_up(void **state) {
    fixture *self = calloc(1, sizeof *self);
    if (!self) return 1;
    self->memory = (host)HOST;
    const qbg_allocator allocator = allocator_of(&self->memory);
    *state = self;
    return qbg_workspace_new(&allocator, &self->workspace) == QBG_OK ? 0 : 1;
}

/* The bytes of a workspace that no section of its memory accounts for; should be 0. */
static inline int64_t fixture_unaccounted(const qbg_workspace *workspace) {
    qbg_table *table = NULL;
    int64_t left = (int64_t)qbg_workspace_bytes(workspace);
    if (qbg_workspace_memory(workspace, &table) != QBG_OK) return INT64_MAX;
    for (int64_t row = 0; row < qbg_table_row_count(table); row++)
        left -= (int64_t)qbg_table_uint64_at(table, 1, row);
    qbg_table_free(table);
    return left;
}

/* Whatever a test did, its sections add up, it leaks nothing and frees every block with the size it
 * was asked with. */
static inline int tear_down(void **state) {
    fixture *self = *state;
    refuse(&self->memory, NEVER);
    int64_t unaccounted =
        qbg_workspace_is_busy(self->workspace) ? 0 : fixture_unaccounted(self->workspace);
    qbg_workspace_free(self->workspace);
    int is_clean = self->memory.bytes == 0 && !self->memory.is_misused && unaccounted == 0;
    if (unaccounted != 0) print_error("%lld bytes in no section\n", (long long)unaccounted);
    if (self->memory.bytes != 0) print_error("%zu bytes leaked\n", self->memory.bytes);
    free(self);
    return is_clean ? 0 : 1;
}

static inline qbg_workspace *workspace_of(void **state) { return ((fixture *)*state)->workspace; }

#define in_workspace(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* ---- time ------------------------------------------------------------------------------------ */

#define DAY  INT64_C(86400)
#define LAST INT64_C(7258118399) /* 2199-12-31T23:59:59Z */

/* A day in a year without surprises; tests say NOON + 3 * DAY. */
#define NOON INT64_C(1750000000)

static inline int64_t time_of(const char *text) {
    int64_t time_s = 0;
    OK(qbg_time_from_text(text, 0, &time_s));
    return time_s;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static inline qbg_account *add_account(qbg_workspace *workspace, const char *key) {
    qbg_account *account = NULL;
    OK(qbg_account_add(workspace, key, NULL, &account));
    return account;
}

static inline qbg_solution *add_solution(qbg_workspace *workspace, const char *key) {
    qbg_solution *solution = NULL;
    OK(qbg_solution_add(workspace, key, NULL, NULL, &solution));
    return solution;
}

/* account NULL: a lead. */
static inline qbg_contact *add_contact(qbg_workspace *workspace, const char *key,
                                       qbg_account *account) {
    qbg_contact *contact = NULL;
    OK(qbg_contact_add(workspace, key, account, NULL, NULL, &contact));
    return contact;
}

static inline qbg_opportunity *add_opportunity(qbg_workspace *workspace, const char *key,
                                               qbg_account *account, qbg_solution *solution,
                                               int64_t opened_s) {
    qbg_opportunity *opportunity = NULL;
    OK(qbg_opportunity_add(workspace, key, account, solution, opened_s, &opportunity));
    return opportunity;
}

static inline qbg_member *add_member(qbg_opportunity *opportunity, qbg_contact *contact) {
    qbg_member *member = NULL;
    OK(qbg_member_add(opportunity, contact, &member));
    return member;
}

/* ---- signals --------------------------------------------------------------------------------- */

/* A signal in one line: tell(workspace, (act){.time = NOON, .contact = elena}). */
typedef struct act {
    int64_t time;
    const char *kind; /* NULL: page_view */
    qbg_contact *contact;
    qbg_account *account;
    qbg_solution *solution;
    qbg_opportunity *opportunity;
    const char *visitor, *content, *event;
} act;

static inline qbg_signal *signal_of(qbg_workspace *workspace, act told) {
    qbg_signal *signal = NULL;
    OK(qbg_signal_new(workspace, &signal));
    OK(qbg_signal_set_time(signal, told.time));
    OK(qbg_signal_set_kind(signal, told.kind ? told.kind : "page_view"));
    OK(qbg_signal_set_contact(signal, told.contact));
    OK(qbg_signal_set_account(signal, told.account));
    OK(qbg_signal_set_solution(signal, told.solution));
    OK(qbg_signal_set_opportunity(signal, told.opportunity));
    OK(qbg_signal_set_visitor(signal, told.visitor));
    OK(qbg_signal_set_content(signal, told.content));
    OK(qbg_signal_set_event(signal, told.event));
    return signal;
}

/* What qbg_record says to it, QBG_DUPLICATE included. */
static inline qbg_status try_to_tell(qbg_workspace *workspace, act told) {
    qbg_signal *signal = signal_of(workspace, told);
    int32_t is_duplicate = 0;
    qbg_status status = qbg_record(workspace, signal, NULL, &is_duplicate);
    qbg_signal_free(signal);
    return status == QBG_OK && is_duplicate ? QBG_DUPLICATE : status;
}

/* Tells it and returns the opportunity that took it, NULL when none did. */
static inline qbg_opportunity *tell(qbg_workspace *workspace, act told) {
    qbg_signal *signal = signal_of(workspace, told);
    qbg_opportunity *taker = NULL;
    OK(qbg_record(workspace, signal, &taker, NULL));
    qbg_signal_free(signal);
    return taker;
}

#endif
