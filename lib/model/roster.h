/* roster: who is in a group, packed for scoring: one card a member, one behind the other.
 *
 * What a card says is in the rows and dated facts of member, contact and template; it is written
 * anew when a change of any of these ends, so that a score reads a few bytes that lie together
 * instead of rows all over the memory. A card holds from an instant on; before it the facts are
 * asked. */
#ifndef QBG__ROSTER_H
#define QBG__ROSTER_H

#include "base/journal.h"
#include "qbg/member.h"

/* Is he in the group? */
enum {
    QBG__PRESENT,
    QBG__TO_COME, /* he has yet to join */
    QBG__GONE     /* he left, or was dismissed */
};

/* What a card says instead of somebody's only role. */
enum { QBG__ROLES_NONE = -1, QBG__ROLES_MANY = -2 };

typedef struct qbg__card {
    uint64_t seats;       /* which his roles can fill, one bit each in template order */
    int64_t since;        /* what this card says holds from then on; QBG_UNDATED: ever */
    int64_t next_contact; /* QBG_UNDATED: none */
    uint32_t member, contact;
    uint32_t slot; /* where he was in the log when one was looked for: right if he is there */
    int8_t presence;
    int8_t is_inferred; /* his roles are read from his persona, if he has any */
    int8_t role;        /* the number of the only one that he has, or QBG__ROLES_* */
    int8_t stance;
    int8_t participation, interest; /* the host's word, or QBG_UNSET */
} qbg__card;

/* By contact key, as the opportunity's members. */
typedef struct qbg__roster {
    qbg__card *cards;
    uint32_t count, capacity;
    uint32_t slots;   /* so many of the log were looked at */
    int32_t is_plain; /* nobody has to be placed on a seat, and nobody blocks */
    int64_t since;    /* the latest of its cards */
    uint64_t due;     /* the round with which it is written anew, or an older one */
} qbg__roster;

/* Those that are written anew when the outermost change ends. */
typedef struct qbg__rosters {
    uint64_t round; /* counts the writings, from 1 on */
    int32_t is_all_due;
    uint32_t *due; /* opportunities; some may be no more, or not have to be written after all */
    uint32_t count, capacity;
    uint32_t written; /* so many of them are written already */
} qbg__rosters;

void qbg__roster_free(qbg__roster *roster, qbg__mem *mem);
uint64_t qbg__roster_bytes(const qbg__roster *roster);
qbg_status qbg__roster_drop(qbg__journal *journal, qbg__roster *roster);

/* A member as of an instant, from the facts. */
qbg__card qbg__roster_read(const qbg_member *member, int64_t as_of);

/* A role read from somebody's persona, one bit, when it is sure enough; 0: none. */
uint64_t qbg__roster_inferred(const qbg_template *template_, const qbg_contact *contact);

/* The roles that he has: the asserted ones, else those of his persona. One bit each. */
uint64_t qbg__roster_roles(const qbg_member *member, int64_t as_of);

/* Marks, inside an open change, a roster that has to be written anew; or all of them. */
qbg_status qbg__roster_due(qbg_workspace *workspace, uint32_t opportunity);
void qbg__roster_all_due(qbg_workspace *workspace);

/* Looks at those people of a log that came to it since, and notes for members where they are. It is
 * a note only, which nobody relies on: it is not undone with the change. */
void qbg__roster_seat(qbg_opportunity *opportunity);

/* Writes anew, inside an open change, what is marked and not yet written; and forgets all marks,
 * once the outermost change is over. */
qbg_status qbg__rosters_write(qbg_workspace *workspace);
void qbg__rosters_clear(qbg_workspace *workspace);

#endif
