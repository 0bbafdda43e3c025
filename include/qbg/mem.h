/* mem.h: the host's allocator. */
#ifndef QBG_MEM_H
#define QBG_MEM_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One callback does it all, as Lua's: new_size 0 frees ptr and returns NULL; ptr NULL allocates;
 * else it resizes. old_size is what was asked for before. It returns NULL when memory is out, and
 * ptr stays valid then. Blocks must be aligned for any type.
 * Whatever the library frees it has overwritten with zeros before; so that no byte is left where
 * nobody wipes it, it allocates and frees rather than have a block resized.
 * Threads: it must be callable from every thread that asks, from many at once, as libc's is; also
 * from those that free an answer. It has to leave the thread's floating-point modes as they are.
 * size: sizeof(qbg_allocator); bytes beyond the known ones must be zero. */
typedef struct qbg_allocator {
    size_t size;
    void *ctx;
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
} qbg_allocator;

#ifdef __cplusplus
}
#endif
#endif
