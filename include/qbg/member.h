/* member.h: contact x opportunity: roles, status, stance, dated.
 *
 * A present member at T: joined <= T < left (absent: since ever, for ever), status at T neither
 * dismissed nor left. from_s and source as in opportunity.h. */
#ifndef QBG_MEMBER_H
#define QBG_MEMBER_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Makes a contact a member (put: finds or adds). A contact is a member of an opportunity once.
 * out_member, out_put may be NULL. out_put: QBG_PUT_CREATED or QBG_PUT_SAME. Signals are routed
 * anew. Errors: QBG_E_EXISTS (add); QBG_E_ARGUMENT rows of two workspaces; QBG_E_GONE;
 * QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_member_add(qbg_opportunity *opportunity, qbg_contact *contact,
                                  qbg_member **out_member);
QBG_API qbg_status qbg_member_put(qbg_opportunity *opportunity, qbg_contact *contact,
                                  qbg_member **out_member, int32_t *out_put);

/* The short way: a member with one more role, for all time, by the host's word. role NULL: none.
 * Errors: QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_opportunity_add_member(qbg_opportunity *opportunity, qbg_contact *contact,
                                              qbg_role *role);

/* The member that a contact is, or NULL; the members of an opportunity by their contacts' keys.
 * Since 0.1 */
QBG_API qbg_member *qbg_member_find(const qbg_opportunity *opportunity, const qbg_contact *contact);
QBG_API uint32_t qbg_member_count(const qbg_opportunity *opportunity);
QBG_API qbg_member *qbg_member_at(const qbg_opportunity *opportunity, uint32_t index);
QBG_API qbg_contact *qbg_member_contact(const qbg_member *member);
QBG_API qbg_opportunity *qbg_member_opportunity(const qbg_member *member);

/* 0 once the membership was removed: then calls that can fail answer QBG_E_GONE. When two contacts
 * are merged who are members of one opportunity, both handles lead to one membership. Since 0.1 */
QBG_API int32_t qbg_member_is_alive(const qbg_member *member);

/* The host's own word for this row, 0 until it is set; the library keeps it and tells it in tables.
 * Errors: QBG_E_GONE; QBG_E_ERASED the person was erased; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_member_set_tag(qbg_member *member, uint64_t tag);
QBG_API uint64_t qbg_member_tag(const qbg_member *member);

/* 1 when he is a present member at that instant. Since 0.1 */
QBG_API int32_t qbg_member_is_present(const qbg_member *member, int64_t as_of_s);

/* Asserted roles. _add_role unites with the undated ones; _set_roles replaces the whole set from an
 * instant on, and an empty set withdraws the word. roles: role_count rows; may be NULL for none.
 * Errors: QBG_E_ARGUMENT; QBG_E_RANGE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_member_add_role(qbg_member *member, qbg_role *role, int32_t source);
QBG_API qbg_status qbg_member_set_roles(qbg_member *member, qbg_role *const *roles,
                                        size_t role_count, int64_t from_s, int32_t source);
QBG_API int32_t qbg_member_has_role(const qbg_member *member, const qbg_role *role,
                                    int64_t as_of_s);

/* The same for what others say of his roles: QBG_EVIDENCE_CRM, a field that somebody filled in
 * once; QBG_EVIDENCE_VENDOR, bought data. It asserts nothing: who has no asserted role may take the
 * seat of one that is trusted enough (trust_crm, trust_vendor and role_confidence of the policy).
 * See qbg_role_evidence. Errors: as above; QBG_E_ARGUMENT also for other evidence. Since 0.1 */
QBG_API qbg_status qbg_member_add_evidence(qbg_member *member, int32_t evidence, qbg_role *role,
                                           int32_t source);
QBG_API qbg_status qbg_member_set_evidence(qbg_member *member, int32_t evidence,
                                           qbg_role *const *roles, size_t role_count,
                                           int64_t from_s, int32_t source);
QBG_API int32_t qbg_member_has_evidence(const qbg_member *member, int32_t evidence,
                                        const qbg_role *role, int64_t as_of_s);

/* QBG_STATUS_*; `potential` while nothing is said. An undated `dismissed` also stops routing.
 * Errors, here and below: QBG_E_ARGUMENT no such word; QBG_E_RANGE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_member_set_status(qbg_member *member, int32_t status, int64_t from_s,
                                         int32_t source);
QBG_API int32_t qbg_member_status(const qbg_member *member, int64_t as_of_s);

/* QBG_STANCE_*; `unknown` while nothing is said. Since 0.1 */
QBG_API qbg_status qbg_member_set_stance(qbg_member *member, int32_t stance, int64_t from_s,
                                         int32_t source);
QBG_API int32_t qbg_member_stance(const qbg_member *member, int64_t as_of_s);

/* Influence 0..1; a negative one withdraws it, and is what is told when there is none. Since 0.1 */
QBG_API qbg_status qbg_member_set_influence(qbg_member *member, double influence, int64_t from_s,
                                            int32_t source);
QBG_API double qbg_member_influence(const qbg_member *member, int64_t as_of_s);

/* The host's word on participation and interest, which replaces the computed label (and `engaged`
 * with it; the points stay); QBG_UNSET withdraws it, and is what is told when there is none.
 * Since 0.1 */
QBG_API qbg_status qbg_member_set_participation(qbg_member *member, int32_t participation,
                                                int64_t from_s, int32_t source);
QBG_API int32_t qbg_member_participation(const qbg_member *member, int64_t as_of_s);
QBG_API qbg_status qbg_member_set_interest(qbg_member *member, int32_t interest, int64_t from_s,
                                           int32_t source);
QBG_API int32_t qbg_member_interest(const qbg_member *member, int64_t as_of_s);

/* When he joined and left, and when he is to be contacted next; QBG_UNDATED: not known. New dates
 * of joining and leaving route signals anew. Since 0.1 */
QBG_API qbg_status qbg_member_set_joined(qbg_member *member, int64_t joined_s);
QBG_API int64_t qbg_member_joined(const qbg_member *member);
QBG_API qbg_status qbg_member_set_left(qbg_member *member, int64_t left_s);
QBG_API int64_t qbg_member_left(const qbg_member *member);
QBG_API qbg_status qbg_member_set_next_contact(qbg_member *member, int64_t next_contact_s);
QBG_API int64_t qbg_member_next_contact(const qbg_member *member);

/* A note; NULL takes it away. Errors: QBG_E_TEXT; QBG_E_ERASED; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_member_set_note(qbg_member *member, const char *note);
QBG_API const char *qbg_member_note(const qbg_member *member);

#ifdef __cplusplus
}
#endif
#endif
