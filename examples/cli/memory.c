/* memory: what the library's memory is in this program: huge pages, where the system has them. A
 * book of a million signals lies all over 200 MB, and most of the time that it takes to read one
 * went into finding small pages. Blocks come from chunks and go back to lists of their size, large
 * ones to the system; what is left at the end goes with the process. */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS and madvise, under -std=c11 */

#include "cli.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

/* A checker of memory wants to see each block by itself. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||                         \
    __has_feature(thread_sanitizer)
#define IS_CHECKED 1
#endif
#endif

#if defined(MADV_HUGEPAGE) && defined(MAP_ANONYMOUS) && !defined(IS_CHECKED)

#define PAGE  ((size_t)2 << 20) /* a huge one */
#define CHUNK (16 * PAGE)
#define LARGE ((size_t)16 << 20) /* has pages of its own */
#define STEP  16u                /* sizes up to FINE are multiples of it */
#define FINE  1024u
#define LISTS (FINE / STEP + 4 * 14 + 1)

/* A block that nobody has now. */
struct spare {
    struct spare *next;
};

static struct spare *lists[LISTS];
static char *chunk_at, *chunk_end;

/* The list of a size, and the size of all its blocks: multiples of STEP, then four sizes each time
 * that it doubles, from FINE to LARGE. */
static size_t list_of(size_t size, size_t *out_size) {
    size_t step = FINE / 4, list = FINE / STEP, above = FINE;
    if (size <= FINE) {
        size_t steps = (size + STEP - 1) / STEP;
        *out_size = steps * STEP;
        return steps;
    }
    for (; size > 2 * above; above *= 2, step *= 2) list += 4;
    size_t steps = (size - above + step - 1) / step;
    *out_size = above + steps * step;
    return list + steps;
}

/* Whole pages, huge ones if there are as many; NULL when memory is out. */
static char *map(size_t size) {
    size_t slack = size >= PAGE ? PAGE : 0;
    char *at = mmap(NULL, size + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return NULL;
    if (slack == 0) return at;
    size_t front = (PAGE - (uintptr_t)at % PAGE) % PAGE;
    if (front > 0) munmap(at, front);
    if (slack > front) munmap(at + front + size, slack - front);
    madvise(at + front, size, MADV_HUGEPAGE); /* if it cannot, the pages are small */
    return at + front;
}

/* In whole pages of any system. */
static size_t mapped_size(size_t size) { return (size + 65535) & ~(size_t)65535; }

static void *take(size_t size) {
    if (size > SIZE_MAX / 2) return NULL;
    if (size > LARGE) return map(mapped_size(size));
    size_t list = list_of(size, &size);
    struct spare *spare = lists[list];
    if (spare) {
        lists[list] = spare->next;
        return spare;
    }
    if ((size_t)(chunk_end - chunk_at) < size) {
        char *chunk = map(CHUNK);
        if (!chunk) return NULL;
        chunk_at = chunk;
        chunk_end = chunk + CHUNK;
    }
    chunk_at += size;
    return chunk_at - size;
}

static void give(void *block, size_t size) {
    if (size > LARGE) {
        munmap(block, mapped_size(size));
        return;
    }
    size_t list = list_of(size, &size);
    struct spare *spare = block;
    spare->next = lists[list];
    lists[list] = spare;
}

static void *resize(void *ctx, void *block, size_t old_size, size_t new_size) {
    void *moved = new_size > 0 ? take(new_size) : NULL;
    (void)ctx;
    if (block && (moved || new_size == 0)) {
        if (moved) memcpy(moved, block, old_size < new_size ? old_size : new_size);
        give(block, old_size);
    }
    return moved;
}

const qbg_allocator *memory(void) {
    static const qbg_allocator huge = {sizeof huge, NULL, resize};
    return &huge;
}

int memory_ends_with_us(void) { return 1; }

#else

const qbg_allocator *memory(void) { return NULL; }

int memory_ends_with_us(void) { return 0; }

#endif
