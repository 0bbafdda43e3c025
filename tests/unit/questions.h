/* questions: a tenant of any size, the same one in every run, and every kind of question about it.
 * Whatever a question answers is folded into one number, which another bit anywhere changes.
 * Nothing here fails a test by itself: threads ask these questions too, and cannot. */
#ifndef QBG_TESTS_QUESTIONS_H
#define QBG_TESTS_QUESTIONS_H

#include "qbg/qbg.h"

#include <stddef.h>
#include <stdint.h>

/* Feeds a generated book to a reader: three opportunities an account, with something in every table
 * but that of the tracking. */
qbg_status feed_book(qbg_book_reader *reader, uint32_t opportunities);

/* Feeds it into a workspace and finishes. */
qbg_status read_book(qbg_workspace *workspace, uint32_t opportunities);

/* Who asks. The first four may be shared with others, the last two are his own. */
typedef struct asker {
    const qbg_workspace *workspace;
    const qbg_policy *policy;
    qbg_table *board;
    qbg_assessment *group;
    qbg_assessment *own; /* refilled */
    qbg_signal *record;  /* filled by walks over the log */
} asker;

/* An asker who shares the answers of `other`, or with NULL has his own. On failure, too, end_asker
 * frees what is his. */
qbg_status begin_asker(asker *self, qbg_workspace *workspace, const asker *other);
void end_asker(asker *self, const asker *other);

typedef struct question {
    const char *name;
    int computes;  /* with doubles: a thread that rounds otherwise is told QBG_E_FLOAT */
    uint32_t ways; /* to ask about the whole tenant, which takes long; 0: it is about one row */
    qbg_status (*ask)(asker *self, uint32_t number, uint64_t *digest);
} question;

extern const question questions[];
extern const uint32_t question_count;

/* Asks about the something with that number, whatever it is, and gives what was answered. On
 * failure *out_digest is untouched. */
qbg_status ask(const question *what, asker *self, uint32_t number, uint64_t *out_digest);

#endif
