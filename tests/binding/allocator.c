/* allocator: a host's memory that checks how the library deals with it, refuses when it is told to,
 * and can be searched. Whatever is resized moves, new bytes are no zeros and bytes that were given
 * back are overwritten, so that a pointer that was kept too long and a byte that was never written
 * show in the answers. In C, because the tests make millions of requests. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FRESH 0xA5
#define FREED 0xDD
#define ALIVE UINT64_C(0x51B651B651B651B6)

typedef struct block {
    struct block *next, *previous;
    size_t size;
    uint64_t alive; /* ALIVE while it is out */
    max_align_t bytes[];
} block;

typedef struct memory {
    uint64_t alive;
    block *first;
    uint64_t blocks, bytes;          /* that are out */
    uint64_t count;                  /* requests since memory_arm */
    uint64_t refuse_from, refuse_to; /* of those, counted from 1; 0: none */
    uint64_t faults;                 /* calls against the rules */
    const char *fault;               /* the first of them, NULL for none */
} memory;

void *memory_new(void);
void memory_free(memory *self);
void *memory_resize(void *ctx, void *at, size_t old_size, size_t new_size);
void memory_arm(memory *self, uint64_t first, uint64_t last);
uint64_t memory_disarm(memory *self);
uint64_t memory_holds(const memory *self, const char *text, size_t size);
uint64_t memory_blocks(const memory *self);
uint64_t memory_bytes(const memory *self);
uint64_t memory_faults(const memory *self);
const char *memory_fault(const memory *self);

void *memory_new(void) {
    memory *self = calloc(1, sizeof *self);
    if (self) self->alive = ALIVE;
    return self;
}

/* With everything that is still out. */
void memory_free(memory *self) {
    for (block *at = self->first, *next; at; at = next) {
        next = at->next;
        free(at);
    }
    free(self);
}

/* The requests first..last from now on are refused. Resizing is one; freeing never fails. */
void memory_arm(memory *self, uint64_t first, uint64_t last) {
    self->count = 0;
    self->refuse_from = first;
    self->refuse_to = last;
}

/* Nothing is refused any more. Answers how many requests there were. */
uint64_t memory_disarm(memory *self) {
    self->refuse_from = self->refuse_to = 0;
    return self->count;
}

static void *complain(memory *self, const char *what) {
    if (self->faults++ == 0) self->fault = what;
    return NULL;
}

static block *block_of(void *at) { return (block *)((char *)at - offsetof(block, bytes)); }

static void unlink_block(memory *self, block *of) {
    if (of->previous) of->previous->next = of->next;
    if (of->next) of->next->previous = of->previous;
    if (self->first == of) self->first = of->next;
    self->blocks--;
    self->bytes -= of->size;
}

static void link_block(memory *self, block *of) {
    of->previous = NULL;
    of->next = self->first;
    if (self->first) self->first->previous = of;
    self->first = of;
    self->blocks++;
    self->bytes += of->size;
}

static int is_wiped(const block *of) {
    const char *bytes = (const char *)of->bytes;
    for (size_t i = 0; i < of->size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

static void *give_back(memory *self, block *of) {
    if (!is_wiped(of)) complain(self, "a block is given back with something in it");
    unlink_block(self, of);
    of->alive = 0;
    memset(of->bytes, FREED, of->size);
    free(of);
    return NULL;
}

void *memory_resize(void *ctx, void *at, size_t old_size, size_t new_size) {
    memory *self = ctx;
    if (!self || self->alive != ALIVE) abort(); /* a ctx that is not ours */
    block *old = at ? block_of(at) : NULL;
    if (old && old->alive != ALIVE)
        return complain(self, "a block that was never given out, or is freed already");
    if (old_size != (old ? old->size : 0)) return complain(self, "a wrong old_size");
    if (!old && new_size == 0) return complain(self, "nothing is given back");
    if (old && new_size > 0)
        return complain(self, "a block is resized, so that its bytes may stay where it was");
    if (old) return give_back(self, old);
    self->count++;
    if (self->refuse_from <= self->count && self->count <= self->refuse_to) return NULL;
    block *fresh = malloc(sizeof *fresh + new_size);
    if (!fresh) return NULL;
    fresh->size = new_size;
    fresh->alive = ALIVE;
    memset(fresh->bytes, FRESH, new_size);
    link_block(self, fresh);
    return fresh->bytes;
}

/* In how many blocks these bytes stand. */
uint64_t memory_holds(const memory *self, const char *text, size_t size) {
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

uint64_t memory_blocks(const memory *self) { return self->blocks; }
uint64_t memory_bytes(const memory *self) { return self->bytes; }
uint64_t memory_faults(const memory *self) { return self->faults; }
const char *memory_fault(const memory *self) { return self->fault; }
