/* allocator: a host's memory that refuses when it is told to, and can be searched. Whatever is
 * resized moves, and new bytes are no zeros, so that a pointer that was kept too long and a byte
 * that was never written show in the answers. In C, because life_test.py makes millions of
 * requests. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FRESH 0xA5

typedef struct block {
    struct block *next, *previous;
    size_t size;
    max_align_t bytes[];
} block;

typedef struct memory {
    block *first;
    uint64_t count;                  /* requests since life_arm */
    uint64_t refuse_from, refuse_to; /* of those, counted from 1; 0: none */
    uint64_t faults;                 /* calls against the rules */
} memory;

void *life_new(void);
void life_free(memory *self);
void *life_resize(void *ctx, void *at, size_t old_size, size_t new_size);
void life_arm(memory *self, uint64_t first, uint64_t last);
uint64_t life_disarm(memory *self);
uint64_t life_holds(const memory *self, const char *text, size_t size);
uint64_t life_blocks(const memory *self);
uint64_t life_faults(const memory *self);

void *life_new(void) { return calloc(1, sizeof(memory)); }

void life_free(memory *self) { free(self); }

/* The requests first..last from now on are refused. */
void life_arm(memory *self, uint64_t first, uint64_t last) {
    self->count = 0;
    self->refuse_from = first;
    self->refuse_to = last;
}

/* Nothing is refused any more. Answers how many requests there were. */
uint64_t life_disarm(memory *self) {
    self->refuse_from = self->refuse_to = 0;
    return self->count;
}

static block *block_of(void *at) { return (block *)((char *)at - offsetof(block, bytes)); }

static void unlink_block(memory *self, block *of) {
    if (of->previous) of->previous->next = of->next;
    if (of->next) of->next->previous = of->previous;
    if (self->first == of) self->first = of->next;
}

static void link_block(memory *self, block *of) {
    of->previous = NULL;
    of->next = self->first;
    if (self->first) self->first->previous = of;
    self->first = of;
}

static int is_wiped(const block *of) {
    const char *bytes = (const char *)of->bytes;
    for (size_t i = 0; i < of->size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

static void give_back(memory *self, block *of) {
    if (!is_wiped(of)) self->faults++;
    unlink_block(self, of);
    free(of);
}

void *life_resize(void *ctx, void *at, size_t old_size, size_t new_size) {
    memory *self = ctx;
    block *old = at ? block_of(at) : NULL;
    if (old_size != (old ? old->size : 0)) self->faults++;
    if (new_size == 0) {
        if (old) give_back(self, old);
        return NULL;
    }
    self->count++;
    if (self->refuse_from <= self->count && self->count <= self->refuse_to) return NULL;
    block *fresh = malloc(sizeof *fresh + new_size);
    if (!fresh) return NULL;
    fresh->size = new_size;
    memset(fresh->bytes, FRESH, new_size);
    link_block(self, fresh);
    if (!old) return fresh->bytes;
    memcpy(fresh->bytes, at, old_size < new_size ? old_size : new_size);
    give_back(self, old);
    return fresh->bytes;
}

/* In how many blocks these bytes stand. */
uint64_t life_holds(const memory *self, const char *text, size_t size) {
    uint64_t count = 0;
    for (const block *at = self->first; at; at = at->next) {
        const char *bytes = (const char *)at->bytes;
        for (size_t i = 0; i + size <= at->size; i++) {
            if (memcmp(bytes + i, text, size) != 0) continue;
            count++;
            break;
        }
    }
    return count;
}

uint64_t life_blocks(const memory *self) {
    uint64_t count = 0;
    for (const block *at = self->first; at; at = at->next) count++;
    return count;
}

uint64_t life_faults(const memory *self) { return self->faults; }
