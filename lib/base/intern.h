/* intern: texts that come again and again (visitor ids, contents, stages), each kept once under a
 * dense number, so that comparing them is comparing numbers. */
#ifndef QBG__INTERN_H
#define QBG__INTERN_H

#include "base/index.h"
#include "base/journal.h"

typedef struct qbg__interned {
    char *bytes; /* NUL-terminated */
    uint32_t size;
} qbg__interned;

typedef struct qbg__chunk {
    struct qbg__chunk *older;
    size_t size;    /* of the whole block */
    size_t written; /* bytes of it that may hold texts, undone ones included */
} qbg__chunk;

typedef struct qbg__intern {
    qbg__interned *texts;
    uint32_t count, capacity;
    qbg__index index;
    qbg__chunk *chunk; /* the newest; texts lie behind its head */
    size_t used;       /* bytes of it, the head included */
} qbg__intern;

void qbg__intern_free(qbg__intern *intern, qbg__mem *mem);
uint64_t qbg__intern_bytes(const qbg__intern *intern);

/* The text's number, or QBG_NONE. */
uint32_t qbg__intern_find(const qbg__intern *intern, const char *bytes, size_t size);

/* Its number, new or known. */
qbg_status qbg__intern_put(qbg__intern *intern, qbg__journal *journal, const char *bytes,
                           size_t size, uint32_t *out_number);

/* Gives a number another text, which no other number has, and wipes the old one: what was taken
 * back for good must not stay in memory. Undoing brings it back. */
qbg_status qbg__intern_replace(qbg__intern *intern, qbg__journal *journal, uint32_t number,
                               const char *bytes, size_t size);

/* After a change was undone: wipes the texts that came with it, where they lie in a chunk that
 * stays. */
void qbg__intern_undone(qbg__intern *intern);

/* The text with that number; "" for QBG_NONE. */
const char *qbg__intern_text(const qbg__intern *intern, uint32_t number);

#endif
