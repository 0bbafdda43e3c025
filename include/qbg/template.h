/* template.h: who usually takes part in buying a solution: seats, and which personas fit them. */
#ifndef QBG_TEMPLATE_H
#define QBG_TEMPLATE_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds a template without seats (put: finds or adds). out_template may be NULL.
 * Errors: QBG_E_EXISTS (add); QBG_E_TEXT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_template_add(qbg_workspace *workspace, const char *key,
                                    qbg_template **out_template);
QBG_API qbg_status qbg_template_put(qbg_workspace *workspace, const char *key,
                                    qbg_template **out_template, int32_t *out_put);

/* The template with that key, or NULL; the walk, `standard` first. Since 0.1 */
QBG_API qbg_template *qbg_template_find(const qbg_workspace *workspace, const char *key);
QBG_API uint32_t qbg_template_count(const qbg_workspace *workspace);
QBG_API qbg_template *qbg_template_at(const qbg_workspace *workspace, uint32_t number);
QBG_API uint32_t qbg_template_number(const qbg_template *template_);
QBG_API const char *qbg_template_key(const qbg_template *template_);

/* The seat of a role, added or changed; at most 64 seats, one a role, in order of their adding.
 * weight_milli: 1..100,000 thousandths. people: wanted, 1..16. required: 0 or 1.
 * Errors: QBG_E_RANGE; QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_template_set_seat(qbg_template *template_, qbg_role *role,
                                         int64_t weight_milli, int32_t people, int32_t required);

/* Which personas fit a seat: any of the departments (none given: any), from min_seniority up
 * (QBG_UNSET: any). No departments and no seniority: the seat infers nobody.
 * departments: department_count words of QBG_WORDS_DEPARTMENT; may be NULL for none.
 * Errors: QBG_E_NOT_FOUND no seat for that role; QBG_E_ARGUMENT no such word. Since 0.1 */
QBG_API qbg_status qbg_template_set_seat_personas(qbg_template *template_, qbg_role *role,
                                                  const int32_t *departments,
                                                  size_t department_count, int32_t min_seniority);

/* The seats in template order. Past the end: NULL, 0 and QBG_UNSET. Since 0.1 */
QBG_API uint32_t qbg_template_seat_count(const qbg_template *template_);
QBG_API qbg_role *qbg_template_seat_role(const qbg_template *template_, uint32_t seat);
QBG_API int64_t qbg_template_seat_weight_milli(const qbg_template *template_, uint32_t seat);
QBG_API int32_t qbg_template_seat_people(const qbg_template *template_, uint32_t seat);
QBG_API int32_t qbg_template_seat_is_required(const qbg_template *template_, uint32_t seat);
QBG_API int32_t qbg_template_seat_has_department(const qbg_template *template_, uint32_t seat,
                                                 int32_t department);
QBG_API int32_t qbg_template_seat_min_seniority(const qbg_template *template_, uint32_t seat);

/* The host's own word for this row, 0 until it is set. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_template_set_tag(qbg_template *template_, uint64_t tag);
QBG_API uint64_t qbg_template_tag(const qbg_template *template_);

#ifdef __cplusplus
}
#endif
#endif
