/* member: the row of a member. */
#ifndef QBG__MEMBER_H
#define QBG__MEMBER_H

#include "model/fact.h"
#include "qbg/member.h"

struct qbg_member {
    qbg_workspace *workspace;
    uint32_t number; /* in order of arrival, over the whole workspace */
    uint32_t opportunity;
    uint32_t contact;
    int64_t joined, left, next_contact;
    char *note;
    qbg__facts facts;
};

void qbg__member_free(qbg_member *member, qbg__mem *mem);
uint32_t qbg__member_number(const qbg_member *member);

/* The roles asserted at an instant, one bit each; 0: none. */
uint64_t qbg__member_roles(const qbg_member *member, int64_t as_of);

/* When this membership's signals start and stop to count: the later of opened and joined, the
 * earlier of closed and left. */
void qbg__member_life(const qbg_member *member, int64_t *out_start, int64_t *out_end);

/* Tells a dated fact of a member, and routes his signals anew where that fact decides on them. */
qbg_status qbg__member_set(qbg_member *member, int field, int64_t value, int64_t from,
                           int32_t source);

#endif
