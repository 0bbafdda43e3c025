/* policy.h: every threshold and weight, by name.
 *
 * A parameter is an exact number of thousandths. Listed are the fixed ones, then mode.<criterion>,
 * then points.<kind> for every kind. A mode is QBG_MODE_* in whole units (required = 2000 milli)
 * and is written as its word. Changing a parameter changes past answers too. */
#ifndef QBG_POLICY_H
#define QBG_POLICY_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many parameters there are now, and the number of the one with that key (-1: none).
 * Since 0.1 */
QBG_API int32_t qbg_policy_count(const qbg_policy *policy);
QBG_API int32_t qbg_policy_find(const qbg_policy *policy, const char *key);

/* A parameter's key and unit ("days", "points", "ratio", "people", "steps", "mode"); NULL past the
 * end. Valid while the workspace lives. Since 0.1 */
QBG_API const char *qbg_policy_key(const qbg_policy *policy, int32_t parameter);
QBG_API const char *qbg_policy_unit(const qbg_policy *policy, int32_t parameter);

/* What it means, in "en" or "ru". Since 0.1 */
QBG_API const char *qbg_policy_label(const qbg_policy *policy, int32_t parameter, const char *lang);

/* Its value, default, smallest and largest value, and the step between legal values (1000 where
 * only whole numbers are), in thousandths; 0 past the end. Since 0.1 */
QBG_API int64_t qbg_policy_value_milli(const qbg_policy *policy, int32_t parameter);
QBG_API int64_t qbg_policy_default_milli(const qbg_policy *policy, int32_t parameter);
QBG_API int64_t qbg_policy_min_milli(const qbg_policy *policy, int32_t parameter);
QBG_API int64_t qbg_policy_max_milli(const qbg_policy *policy, int32_t parameter);
QBG_API int64_t qbg_policy_step_milli(const qbg_policy *policy, int32_t parameter);

/* Sets a parameter by key.
 * Errors: QBG_E_NOT_FOUND no such parameter; QBG_E_RANGE outside its range or between its steps;
 * QBG_E_MEMORY (a new look-back routes signals anew). Since 0.1 */
QBG_API qbg_status qbg_policy_set_milli(qbg_policy *policy, const char *key, int64_t value_milli);

/* The same from text: a decimal with at most 3 places, or a mode's word.
 * Errors: as above; QBG_E_FORMAT not such a text. Since 0.1 */
QBG_API qbg_status qbg_policy_set_text(qbg_policy *policy, const char *key, const char *value);

#ifdef __cplusplus
}
#endif
#endif
