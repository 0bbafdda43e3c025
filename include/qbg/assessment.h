/* assessment.h: one buying group as of an instant: how far it has come, and why.
 *
 * An assessment owns copies of everything and may outlive the workspace. It never changes but by
 * qbg_assessment_refill. Past the end of a list its getters answer 0, "", NULL or QBG_UNSET. */
#ifndef QBG_ASSESSMENT_H
#define QBG_ASSESSMENT_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_assessment qbg_assessment;

/* Assesses an opportunity as of an instant, in a new handle: qbg_assessment_free.
 * Errors: QBG_E_ARGUMENT; QBG_E_RANGE the instant, or a person with more than 2^19 counted signals
 * here; QBG_E_FLOAT; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_assess(const qbg_opportunity *opportunity, int64_t as_of_s,
                              qbg_assessment **out_assessment);

/* The same into a handle that is there already: once it is warm nothing is allocated. On failure it
 * keeps what it held. The opportunity may be one of another workspace. Since 0.1 */
QBG_API qbg_status qbg_assessment_refill(qbg_assessment *assessment,
                                         const qbg_opportunity *opportunity, int64_t as_of_s);

/* NULL is fine. Since 0.1 */
QBG_API void qbg_assessment_free(qbg_assessment *assessment);

/* What was asked. Texts are valid until the handle is refilled or freed. Since 0.1 */
QBG_API const char *qbg_assessment_opportunity(const qbg_assessment *assessment);
QBG_API const char *qbg_assessment_account(const qbg_assessment *assessment);
QBG_API const char *qbg_assessment_solution(const qbg_assessment *assessment);
QBG_API int64_t qbg_assessment_as_of(const qbg_assessment *assessment);

/* QBG_VERDICT_*: silent (no present member engaged), single_threaded (one), multi_threaded (two or
 * more), qualified (every required criterion holds). Since 0.1 */
QBG_API int32_t qbg_assessment_verdict(const qbg_assessment *assessment);

/* Priority 0..100 = (100 x intent) x (c0 + (1 - c0) x coverage_engaged). Since 0.1 */
QBG_API double qbg_assessment_priority(const qbg_assessment *assessment);

/* Group intent 0..1 = 1 - product of (1 - d x e) over everybody with a counted signal. Since 0.1 */
QBG_API double qbg_assessment_intent(const qbg_assessment *assessment);

/* Role coverage 0..1 by present members, by the engaged ones, by supporters and champions; and
 * completeness, the plain mean over the seats. Since 0.1 */
QBG_API double qbg_assessment_coverage_identified(const qbg_assessment *assessment);
QBG_API double qbg_assessment_coverage_engaged(const qbg_assessment *assessment);
QBG_API double qbg_assessment_coverage_supportive(const qbg_assessment *assessment);
QBG_API double qbg_assessment_completeness(const qbg_assessment *assessment);

/* Present members, the engaged ones of them, and distinct anonymous visitors with points. Since 0.1
 */
QBG_API int32_t qbg_assessment_members_identified(const qbg_assessment *assessment);
QBG_API int32_t qbg_assessment_members_engaged(const qbg_assessment *assessment);
QBG_API int32_t qbg_assessment_anonymous_visitors(const qbg_assessment *assessment);

/* Whole days since the latest counted signal worth more than 0; -1: there is none. Since 0.1 */
QBG_API int64_t qbg_assessment_silent_days(const qbg_assessment *assessment);

/* The earliest next contact date of a present member, seconds UTC; QBG_UNDATED: none. Since 0.1 */
QBG_API int64_t qbg_assessment_next_contact(const qbg_assessment *assessment);

/* Seats in template order: role key, QBG_SEAT_*, places filled and wanted, required (0/1), and the
 * keys of the people in them. Since 0.1 */
QBG_API uint32_t qbg_assessment_seat_count(const qbg_assessment *assessment);
QBG_API const char *qbg_assessment_seat_role(const qbg_assessment *assessment, uint32_t seat);
QBG_API int32_t qbg_assessment_seat_state(const qbg_assessment *assessment, uint32_t seat);
QBG_API int32_t qbg_assessment_seat_filled(const qbg_assessment *assessment, uint32_t seat);
QBG_API int32_t qbg_assessment_seat_wanted(const qbg_assessment *assessment, uint32_t seat);
QBG_API int32_t qbg_assessment_seat_is_required(const qbg_assessment *assessment, uint32_t seat);
QBG_API uint32_t qbg_assessment_seat_person_count(const qbg_assessment *assessment, uint32_t seat);
QBG_API const char *qbg_assessment_seat_person(const qbg_assessment *assessment, uint32_t seat,
                                               uint32_t index);

/* Missing roles: seats with nobody, in template order, as role keys. Since 0.1 */
QBG_API uint32_t qbg_assessment_missing_count(const qbg_assessment *assessment);
QBG_API const char *qbg_assessment_missing_role(const qbg_assessment *assessment, uint32_t index);

/* The criteria of the gate that are not off: QBG_CRITERION_*, QBG_MODE_*, whether it passes at its
 * threshold, whether it holds (at the lower one, when the recorded verdict is `qualified`), the
 * actual figure and the threshold where there is one, and a reason code ("passed", "too_low",
 * "unknown" ...). Since 0.1 */
QBG_API uint32_t qbg_assessment_criterion_count(const qbg_assessment *assessment);
QBG_API int32_t qbg_assessment_criterion(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_criterion_mode(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_criterion_passes(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_criterion_holds(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_criterion_has_actual(const qbg_assessment *assessment,
                                                    uint32_t index);
QBG_API double qbg_assessment_criterion_actual(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_criterion_has_threshold(const qbg_assessment *assessment,
                                                       uint32_t index);
QBG_API double qbg_assessment_criterion_threshold(const qbg_assessment *assessment, uint32_t index);
QBG_API const char *qbg_assessment_criterion_reason(const qbg_assessment *assessment,
                                                    uint32_t index);

/* Present members by key. Roles: asserted, else inferred (_is_inferred 1). points_int: the ledger's
 * sum, in 1 / (1000 x 2^24) points; points: max(points_int, 0) as points; engagement 0..1 =
 * points / (points + K); engaged 0/1; QBG_PARTICIPATION_*, QBG_INTEREST_*, QBG_STANCE_*; the time
 * of his last counted signal or QBG_UNDATED. Since 0.1 */
QBG_API uint32_t qbg_assessment_member_count(const qbg_assessment *assessment);
QBG_API const char *qbg_assessment_member_contact(const qbg_assessment *assessment, uint32_t index);
QBG_API const char *qbg_assessment_member_name(const qbg_assessment *assessment, uint32_t index);
QBG_API uint32_t qbg_assessment_member_role_count(const qbg_assessment *assessment, uint32_t index);
QBG_API const char *qbg_assessment_member_role(const qbg_assessment *assessment, uint32_t index,
                                               uint32_t role);
QBG_API int32_t qbg_assessment_member_is_inferred(const qbg_assessment *assessment, uint32_t index);
QBG_API int64_t qbg_assessment_member_points_int(const qbg_assessment *assessment, uint32_t index);
QBG_API double qbg_assessment_member_points(const qbg_assessment *assessment, uint32_t index);
QBG_API double qbg_assessment_member_engagement(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_member_is_engaged(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_member_participation(const qbg_assessment *assessment,
                                                    uint32_t index);
QBG_API int32_t qbg_assessment_member_interest(const qbg_assessment *assessment, uint32_t index);
QBG_API int32_t qbg_assessment_member_stance(const qbg_assessment *assessment, uint32_t index);
QBG_API int64_t qbg_assessment_member_last_signal(const qbg_assessment *assessment, uint32_t index);

#ifdef __cplusplus
}
#endif
#endif
