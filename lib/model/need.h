/* need: the needs of a group; their rows are in opportunity.h. */
#ifndef QBG__NEED_H
#define QBG__NEED_H

#include "model/opportunity.h"
#include "qbg/need.h"

/* The need with that key of a contact (QBG_NONE: the group's), or NULL. */
qbg__need *qbg__need_of(const qbg_opportunity *opportunity, uint32_t contact, const char *key);

/* Removes a need, inside an open change. */
qbg_status qbg__need_remove(qbg_opportunity *opportunity, uint32_t index);

/* A contact has so many more needs, inside an open change. */
qbg_status qbg__need_count_for(qbg_workspace *workspace, uint32_t contact, int32_t more);

#endif
