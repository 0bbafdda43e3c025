/* need.h: what the group, or one of its people, must have answered before it buys.
 *
 * A need is named by opportunity, contact (or none) and key; its state is dated. */
#ifndef QBG_NEED_H
#define QBG_NEED_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds the need if it is new, and says its state (QBG_NEED_*) from an instant on; QBG_UNDATED:
 * since ever. contact: whose need; NULL: the group's. Errors: QBG_E_ARGUMENT; QBG_E_TEXT;
 * QBG_E_RANGE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_need_set(qbg_opportunity *opportunity, qbg_contact *contact,
                                const char *need, int32_t state, int64_t from_s);

/* The needs of an opportunity in order of arrival. state: QBG_NEED_*, or QBG_UNSET while the need
 * does not exist yet or past the end. Since 0.1 */
QBG_API uint32_t qbg_need_count(const qbg_opportunity *opportunity);
QBG_API const char *qbg_need_key(const qbg_opportunity *opportunity, uint32_t index);
QBG_API qbg_contact *qbg_need_contact(const qbg_opportunity *opportunity, uint32_t index);
QBG_API int32_t qbg_need_state(const qbg_opportunity *opportunity, uint32_t index, int64_t as_of_s);

#ifdef __cplusplus
}
#endif
#endif
