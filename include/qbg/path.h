/* path.h: the path to qualified: the fewest steps that make a buying group qualified.
 *
 * A step engages a member, re-contacts one who is engaged already, or identifies somebody new for a
 * seat. Whoever it is about then acts at the instant and has at least active_points (engaged_points
 * if these are more), so the group is not silent any more. The path is the smallest set of steps
 * after which every required criterion holds; of several the one with the highest priority; then
 * the first in the order of steps. docs/model.md has the whole of it.
 *
 * A path owns copies of everything, may outlive the workspace, and never changes. Past the end of a
 * list its getters answer 0, "" or QBG_UNSET. */
#ifndef QBG_PATH_H
#define QBG_PATH_H

#include "qbg/table.h"
#include "qbg/vocabulary.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_path qbg_path;

/* Finds the path of an opportunity as of an instant, in a new handle: qbg_path_free. It is a
 * search: mostly far below a millisecond, and never much more than a second (see
 * qbg_path_is_exact). Errors: QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_GONE; QBG_E_FLOAT; QBG_E_RANGE the
 * instant, or a person with more than 2^19 counted signals here; QBG_E_MEMORY. Any thread. Since
 * 0.1 */
QBG_API qbg_status qbg_path_find(const qbg_opportunity *opportunity, int64_t as_of_s,
                                 qbg_path **out_path);

/* NULL is fine. Since 0.1 */
QBG_API void qbg_path_free(qbg_path *path);

/* What was asked: the opportunity's key, the instant, and path_steps of the policy, the most steps
 * that were looked for. The text is valid until the handle is freed. Since 0.1 */
QBG_API const char *qbg_path_opportunity(const qbg_path *path);
QBG_API int64_t qbg_path_as_of(const qbg_path *path);
QBG_API int32_t qbg_path_step_limit(const qbg_path *path);

/* 1: there is a path; 0: no step_limit steps qualify the group. _is_qualified_already: 1 when it
 * takes no step at all; then the path exists, too. Since 0.1 */
QBG_API int32_t qbg_path_exists(const qbg_path *path);
QBG_API int32_t qbg_path_is_qualified_already(const qbg_path *path);

/* 1: the answer is proven. 0: the search was cut off after an amount of work that is the same on
 * every machine, as may happen with hundreds of members who hold many roles each: a path that
 * exists qualifies the group, but there may be a shorter or a better one. Since 0.1 */
QBG_API int32_t qbg_path_is_exact(const qbg_path *path);

/* Priority 0..100 as it is, and after the last step. Since 0.1 */
QBG_API double qbg_path_priority_before(const qbg_path *path);
QBG_API double qbg_path_priority_after(const qbg_path *path);

/* The steps, in the order in which each raises the priority most: QBG_STEP_*; the role key of the
 * seat to identify somebody for ("" for other steps); key and name of the contact to engage or to
 * re-contact ("" when identifying); the priority after the step; and by how much it rose with it.
 * Texts are valid until the handle is freed. Since 0.1 */
QBG_API uint32_t qbg_path_step_count(const qbg_path *path);
QBG_API int32_t qbg_path_step_kind(const qbg_path *path, uint32_t step);
QBG_API const char *qbg_path_step_role(const qbg_path *path, uint32_t step);
QBG_API const char *qbg_path_step_contact(const qbg_path *path, uint32_t step);
QBG_API const char *qbg_path_step_name(const qbg_path *path, uint32_t step);
QBG_API double qbg_path_step_priority(const qbg_path *path, uint32_t step);
QBG_API double qbg_path_step_gain(const qbg_path *path, uint32_t step);

/* Why there is no path: the required criteria, QBG_CRITERION_*, that fail even if all step_limit
 * steps were for that one alone, as the words of the host (need, budget, authority, timeline, fit,
 * blockers) always do: no step can supply them. None though there is no path: each could be met,
 * but not all of them in so many steps. Since 0.1 */
QBG_API uint32_t qbg_path_unmet_count(const qbg_path *path);
QBG_API int32_t qbg_path_unmet_criterion(const qbg_path *path, uint32_t index);

/* The steps as a table: step (from 1), kind (key), role, contact and name (empty where there is
 * none), priority, gain, contact_tag (uint64, empty when identifying). out_table: owned by the
 * caller, qbg_table_free. Errors: QBG_E_ARGUMENT; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_path_table(const qbg_path *path, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
