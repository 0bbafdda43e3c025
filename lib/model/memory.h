/* memory: the bytes of a workspace by what they are for.
 *
 * Each room counts what it holds in a function that stands beside the one that frees it and walks
 * the same blocks, so that who adds a block to one sees the other. A test compares their sum with
 * what the allocator was asked for. */
#ifndef QBG__MEMORY_H
#define QBG__MEMORY_H

#include "qbg/memory.h"

typedef struct qbg__memory {
    uint64_t accounts, contacts, members, opportunities, catalog;
    uint64_t signals; /* the logs, and whose signals lie where; event ids are apart */
    uint64_t events;
    uint64_t texts;   /* that come again and again: contents, stages, visitor ids */
    uint64_t indexes; /* from keys to rows */
    uint64_t revenue, policy, journal, other;
} qbg__memory;

#endif
