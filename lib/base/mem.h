/* mem: every byte of a tenant or a result goes through here, counted.
 *
 * Sizes are given back when a block is freed, as the host's allocator wants them, so the count is
 * exact and a block needs no header. A qbg__mem is copied by value into whatever must outlive the
 * workspace (tables, blobs, assessments), each copy with its own count and without a limit.
 *
 * Whatever goes back to the host is all zeros by then. People can be erased from a workspace, and a
 * host cannot wipe what it does not see: a name would stay in freed memory until somebody else
 * writes there, or reads it. So blocks are never resized by the host either, whose realloc might
 * move one and leave the bytes behind: a new block, a copy, and the old one wiped and freed. */
#ifndef QBG__MEM_H
#define QBG__MEM_H

#include "qbg/mem.h"

typedef struct qbg__mem {
    qbg_allocator allocator;
    uint64_t bytes; /* handed out and not yet given back */
    uint64_t limit; /* of bytes; 0: none */
} qbg__mem;

/* Asks for memory that is read soon. Changes nothing but time. A function that does nothing else is
 * QBG__PREFETCHING, since gcc takes it for one that does nothing at all and drops its calls. */
#if defined(__GNUC__)
#define QBG__PREFETCH(at) __builtin_prefetch(at)
#define QBG__PREFETCHING  static inline __attribute__((always_inline)) void
#else
#define QBG__PREFETCH(at) ((void)(at))
#define QBG__PREFETCHING  static inline void
#endif

/* Copies the host's allocator, or takes libc's for NULL. QBG_E_ARGUMENT for a struct of a size or
 * with content that this library does not know. */
qbg_status qbg__mem_init(qbg__mem *mem, const qbg_allocator *allocator);

/* The same allocator with a count of its own, and no limit. */
qbg__mem qbg__mem_fork(const qbg__mem *mem);

/* size > 0. NULL when memory is out, or the limit would be passed. _zeroed clears the block. */
void *qbg__mem_alloc(qbg__mem *mem, size_t size);
void *qbg__mem_alloc_zeroed(qbg__mem *mem, size_t size);

/* A block of another size with what fits of the old one; for a moment there are both. new_size > 0.
 * NULL when memory is out; then the old block stays. */
void *qbg__mem_resize(qbg__mem *mem, void *block, size_t old_size, size_t new_size);

/* Wipes the block and gives it back. NULL is fine. */
void qbg__mem_free(qbg__mem *mem, void *block, size_t size);

/* Frees a NUL-terminated text. NULL is fine. _text_bytes: the bytes of its block. */
void qbg__mem_free_text(qbg__mem *mem, char *text);
uint64_t qbg__mem_text_bytes(const char *text);

/* Overwrites with zeros, in a way that no compiler leaves out: for scratch that goes on living. */
void qbg__mem_wipe(void *bytes, size_t size);

/* The capacity, at least `need`, that an array of `capacity` items should grow to (1.5 times and
 * some); 0 when need * item does not fit a size_t or a uint32_t count. */
uint32_t qbg__mem_grown(uint32_t capacity, uint64_t need, size_t item);

/* Another block of exactly `grown` items, more than there is room for, for a private array that no
 * journal watches. array: the address of the pointer to its first item. */
qbg_status qbg__mem_move(qbg__mem *mem, void *array, uint32_t *capacity, uint64_t grown,
                         size_t item);

/* Makes room in it for `need` items. */
static inline qbg_status qbg__mem_reserve(qbg__mem *mem, void *array, uint32_t *capacity,
                                          uint64_t need, size_t item) {
    if (need <= *capacity) return QBG_OK;
    return qbg__mem_move(mem, array, capacity, qbg__mem_grown(*capacity, need, item), item);
}

#endif
