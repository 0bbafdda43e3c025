/* memory: what the library's memory is in this program. libc would give each large block that grew
 * back to the system, only to be given fresh pages for the next one, which are cleared first. Here
 * blocks come from chunks, go back to lists of their size, and stay until the process ends. */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS, under -std=c11 */

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

#if defined(MAP_ANONYMOUS) && !defined(IS_CHECKED)

#define CHUNK ((size_t)32 << 20)
#define LARGE ((size_t)16 << 20) /* has pages of its own */
#define READY ((size_t)2 << 20)  /* of a chunk at once: a huge page, where there are some */
#define STEP  16u                /* sizes up to FINE are multiples of it */
#define FINE  1024u
#define LISTS (FINE / STEP + 4 * 14 + 1)

/* A block that nobody has now. */
struct spare {
    struct spare *next;
};

static struct spare *lists[LISTS];
static char *chunk_at, *chunk_end;
static char *chunk_ready; /* up to here its pages are there */

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

/* Fresh pages, huge ones where the system has them: a book's rows lie all over its memory, and a
 * processor finds few small pages quickly. NULL when memory is out. */
static char *map(size_t size) {
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return NULL;
#ifdef MADV_HUGEPAGE
    madvise(at, size, MADV_HUGEPAGE);
#endif
    return at;
}

/* Asks for pages that are about to be written, all at once: one by one, each as it is first
 * written, they cost several times as much. A system that does not know how gives them then. */
static void make_ready(char *at, size_t size) {
#ifdef MADV_POPULATE_WRITE
    madvise(at, size, MADV_POPULATE_WRITE);
#else
    (void)at;
    (void)size;
#endif
}

/* In whole pages of any system. */
static size_t mapped_size(size_t size) { return (size + 65535) & ~(size_t)65535; }

static void *take_large(size_t size) {
    char *block = map(mapped_size(size));
    if (block) make_ready(block, mapped_size(size));
    return block;
}

static void *take(size_t size) {
    if (size > SIZE_MAX / 2) return NULL;
    if (size > LARGE) return take_large(size);
    size_t list = list_of(size, &size);
    struct spare *spare = lists[list];
    if (spare) {
        lists[list] = spare->next;
        return spare;
    }
    if ((size_t)(chunk_end - chunk_at) < size) {
        char *chunk = map(CHUNK);
        if (!chunk) return NULL;
        chunk_at = chunk_ready = chunk;
        chunk_end = chunk + CHUNK;
    }
    chunk_at += size;
    while (chunk_ready < chunk_at) {
        make_ready(chunk_ready, READY);
        chunk_ready += READY;
    }
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
    static const qbg_allocator chunks = {sizeof chunks, NULL, resize};
    return &chunks;
}

int memory_ends_with_us(void) { return 1; }

#else

const qbg_allocator *memory(void) { return NULL; }

int memory_ends_with_us(void) { return 0; }

#endif
