/* member: the row of a member. */
#ifndef QBG__MEMBER_H
#define QBG__MEMBER_H

#include "model/fact.h"
#include "model/memory.h"
#include "qbg/member.h"

struct qbg_member {
    qbg_workspace *workspace;
    uint32_t number; /* in order of arrival, over the whole workspace */
    uint32_t kept;   /* its own number; after a merge another's; QBG_NONE: removed */
    uint64_t tag;    /* the host's */
    uint32_t opportunity;
    uint32_t contact;
    int64_t joined, left, next_contact;
    char *note;
    qbg__facts facts;
};

void qbg__member_free(qbg_member *member, qbg__mem *mem);
void qbg__member_bytes(const qbg_member *member, qbg__memory *memory);
uint32_t qbg__member_number(const qbg_member *member);

/* The row that a handle leads to, NULL when that is gone; for calls that change it: QBG_E_ARGUMENT
 * for NULL, QBG_E_GONE. */
qbg_member *qbg__member_live(const qbg_member *member);
qbg_status qbg__member_open(qbg_member **member);

/* The row of a contact in a group, or NULL, for rows that are live. Who is in no more than a few
 * groups is looked for among his own memberships. */
#define QBG__FEW_GROUPS 4u
qbg_member *qbg__member_of(const qbg_opportunity *opportunity, const qbg_contact *contact);

/* Puts a member into the lists of his opportunity and his contact, and takes him out of them. */
qbg_status qbg__member_list(qbg_member *member);
qbg_status qbg__member_unlist(qbg_member *member);

/* The same for the opportunity's list alone, which is by key. */
qbg_status qbg__member_seat(qbg_member *member);
qbg_status qbg__member_unseat(qbg_member *member);

/* The roles asserted at an instant, one bit each; 0: none. And those that evidence speaks for:
 * QBG_EVIDENCE_CRM or _VENDOR. */
uint64_t qbg__member_roles(const qbg_member *member, int64_t as_of);
uint64_t qbg__member_evidence(const qbg_member *member, int32_t evidence, int64_t as_of);

/* What is known of a member at an instant, by QBG__FACT_*, in one pass over his facts. */
typedef struct qbg__member_words {
    int64_t of[QBG__FACT_VENDOR_ROLE + 1];
} qbg__member_words;

qbg__member_words qbg__member_words_at(const qbg_member *member, int64_t as_of);

/* When this membership's signals start and stop to count: the later of opened and joined, the
 * earlier of closed and left. */
void qbg__member_life(const qbg_member *member, int64_t *out_start, int64_t *out_end);

/* Takes the row of a field and an instant out, as if it had never been told. QBG_E_NOT_FOUND. */
qbg_status qbg__member_untell(qbg_member *member, int field, int64_t from);

/* Tells a dated fact of a member, and routes his signals anew where that fact decides on them. */
qbg_status qbg__member_set(qbg_member *member, int field, int64_t value, int64_t from,
                           int32_t source);

#endif
