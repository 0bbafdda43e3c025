/* journal: makes a change of many writes happen whole or not at all.
 *
 * Whoever writes to the workspace first keeps the old bytes here; blocks made meanwhile are freed
 * when the change is undone, blocks given up are freed only when it is done. Undoing needs no
 * memory, so running out of it anywhere is harmless. Changes nest: the inner ones can be undone
 * alone. */
#ifndef QBG__JOURNAL_H
#define QBG__JOURNAL_H

#include "base/mem.h"

/* A piece of the journal's own memory. */
typedef struct qbg__journal_page {
    struct qbg__journal_page *older;
    size_t size;  /* of the whole block */
    size_t used;  /* bytes of it, this head included */
    size_t drops; /* notes of blocks that were given up */
} qbg__journal_page;

/* What was kept a short while ago: counters that a bulk change raises a million times. */
#define QBG__RECENT 32u
typedef struct qbg__recent {
    const void *at;
    size_t size;
    uint64_t epoch;
} qbg__recent;

typedef struct qbg__journal {
    qbg__mem *mem;
    qbg__journal_page *page;  /* the newest */
    qbg__journal_page *spare; /* an empty one, or NULL */
    uint64_t count;           /* of notes */
    uint64_t epoch;           /* what was kept in this epoch need not be kept again */
    uint64_t turn;            /* the epoch in which a change last began, was undone or done: what
                                 was made since then, and lies where no items are moved about,
                                 need not be kept */
    const void *fresh;        /* what was born last in the innermost change, or NULL */
    size_t fresh_size;
    qbg__recent recent[QBG__RECENT];
} qbg__journal;

void qbg__journal_init(qbg__journal *journal, qbg__mem *mem);
void qbg__journal_free(qbg__journal *journal);
uint64_t qbg__journal_bytes(const qbg__journal *journal);

/* Where a change begins; give it to _undo. */
typedef struct qbg__mark {
    uint64_t count;
} qbg__mark;

qbg__mark qbg__journal_begin(qbg__journal *journal);
void qbg__journal_undo(qbg__journal *journal, qbg__mark mark);

/* The outermost change is done: frees what was given up and forgets the rest. Here as in _undo, the
 * kept bytes are wiped: they may be what somebody wanted to be forgotten. */
void qbg__journal_done(qbg__journal *journal);

/* These bytes are part of nothing older than the innermost change, so that nothing in them need be
 * kept until another one begins: undoing takes away what leads to them. */
void qbg__journal_born(qbg__journal *journal, void *at, size_t size);

/* Keeps the bytes about to be overwritten. */
qbg_status qbg__journal_keep(qbg__journal *journal, void *at, size_t size);

/* A zeroed block that goes away if the change is undone; NULL when memory is out. _make: what is in
 * it is left open. */
void *qbg__journal_alloc(qbg__journal *journal, size_t size);
void *qbg__journal_make(qbg__journal *journal, size_t size);

/* Gives a block up: freed when the change is done. NULL is fine. */
qbg_status qbg__journal_drop(qbg__journal *journal, void *block, size_t size);

/* Makes room for `need` items in an array of the workspace. array: the address of the pointer to
 * its first item, which must stay where it is. */
qbg_status qbg__journal_reserve(qbg__journal *journal, void *array, uint32_t *capacity,
                                uint64_t need, size_t item);

/* The same for exactly `grown` items, more than there is room for, in an array whose address and
 * capacity the caller has kept; what the items are that it has more is left open. */
qbg_status qbg__journal_move(qbg__journal *journal, void *array, uint32_t *capacity, uint64_t grown,
                             size_t item);

/* Makes room for one item more and keeps the count, which the caller then raises. */
qbg_status qbg__journal_extend(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item);

/* Puts an item into a sorted array, before the one at index `at`. Undoing takes it out again, so
 * the journal need not hold the items that move. */
qbg_status qbg__journal_insert(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item, uint32_t at, const void *value);

/* Takes the item at index `at` out of an array that is otherwise changed by insertion alone. */
qbg_status qbg__journal_remove(qbg__journal *journal, void *array, uint32_t *count, size_t item,
                               uint32_t at);

/* Gives an array of the workspace up: none is left. */
qbg_status qbg__journal_drop_array(qbg__journal *journal, void *array, uint32_t *count,
                                   uint32_t *capacity, size_t item);

/* Replaces an owned, NUL-terminated text; NULL or "" takes it away. */
qbg_status qbg__journal_set_text(qbg__journal *journal, char **slot, const char *text);

/* Overwrites a number that was kept first; what is the same already writes nothing. */
qbg_status qbg__journal_set_int64(qbg__journal *journal, int64_t *slot, int64_t value);
qbg_status qbg__journal_set_int32(qbg__journal *journal, int32_t *slot, int32_t value);
qbg_status qbg__journal_set_uint64(qbg__journal *journal, uint64_t *slot, uint64_t value);
qbg_status qbg__journal_set_uint32(qbg__journal *journal, uint32_t *slot, uint32_t value);

/* The same for bytes that are no number: `size` of them. */
qbg_status qbg__journal_set_bytes(qbg__journal *journal, void *slot, const void *value,
                                  size_t size);

#endif
