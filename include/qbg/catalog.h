/* catalog.h: signal kinds, roles and solutions. */
#ifndef QBG_CATALOG_H
#define QBG_CATALOG_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Kinds: what a signal can be ---- */

/* Adds a kind of the host's own, or with _put changes any. category: QBG_CATEGORY_THIRD_PARTY or
 * QBG_CATEGORY_QUALIFIED_LEAD, which are properties of the kind; QBG_CATEGORY_NAMED for every
 * other. points_milli: within +-1,000,000. high_intent: 0 or 1. out_kind, out_put may be NULL;
 * out_put: QBG_PUT_*, created, changed or same, here and below. At most 4,096 kinds. Errors:
 * QBG_E_EXISTS (add); QBG_E_TEXT; QBG_E_RANGE; QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_kind_add(qbg_workspace *workspace, const char *key, int32_t category,
                                int64_t points_milli, int32_t high_intent, qbg_kind **out_kind);
QBG_API qbg_status qbg_kind_put(qbg_workspace *workspace, const char *key, int32_t category,
                                int64_t points_milli, int32_t high_intent, qbg_kind **out_kind,
                                int32_t *out_put);

/* The kind with that key, or NULL; the walk, the built-in ones first. Since 0.1 */
QBG_API qbg_kind *qbg_kind_find(const qbg_workspace *workspace, const char *key);
QBG_API uint32_t qbg_kind_count(const qbg_workspace *workspace);
QBG_API qbg_kind *qbg_kind_at(const qbg_workspace *workspace, uint32_t number);
QBG_API uint32_t qbg_kind_number(const qbg_kind *kind);

/* What it is called (label: "en" or "ru"; the key for a host's kind), worth and says. Since 0.1 */
QBG_API const char *qbg_kind_key(const qbg_kind *kind);
QBG_API const char *qbg_kind_label(const qbg_kind *kind, const char *lang);
QBG_API int32_t qbg_kind_category(const qbg_kind *kind);
QBG_API int64_t qbg_kind_points_milli(const qbg_kind *kind);
QBG_API int32_t qbg_kind_is_high_intent(const qbg_kind *kind);

/* The host's own word for this row, 0 until it is set. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_kind_set_tag(qbg_kind *kind, uint64_t tag);
QBG_API uint64_t qbg_kind_tag(const qbg_kind *kind);

/* ---- Roles: parts in a purchase ---- */

/* Adds a role of the host's own, or with _put names any. name: NULL for none (put: keep). At most
 * 63 roles. Errors: QBG_E_EXISTS (add); QBG_E_TEXT (a key must be free of ';'); QBG_E_RANGE too
 * many; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_role_add(qbg_workspace *workspace, const char *key, const char *name,
                                qbg_role **out_role);
QBG_API qbg_status qbg_role_put(qbg_workspace *workspace, const char *key, const char *name,
                                qbg_role **out_role, int32_t *out_put);

/* The role with that key, or NULL; the walk, the built-in ones first. Since 0.1 */
QBG_API qbg_role *qbg_role_find(const qbg_workspace *workspace, const char *key);
QBG_API uint32_t qbg_role_count(const qbg_workspace *workspace);
QBG_API qbg_role *qbg_role_at(const qbg_workspace *workspace, uint32_t number);
QBG_API uint32_t qbg_role_number(const qbg_role *role);
QBG_API const char *qbg_role_key(const qbg_role *role);

/* The host's name for it, else the label in "en" or "ru", else the key. Since 0.1 */
QBG_API const char *qbg_role_label(const qbg_role *role, const char *lang);

/* The host's own word for this row, 0 until it is set. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_role_set_tag(qbg_role *role, uint64_t tag);
QBG_API uint64_t qbg_role_tag(const qbg_role *role);

/* ---- Solutions: what is sold ---- */

/* Adds a solution. template_: who takes part in buying it, with at least one seat; NULL means
 * `standard` (put: keep).
 * name: NULL for none (put: keep). out_solution may be NULL.
 * Errors: QBG_E_EXISTS (add); QBG_E_TEXT; QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_solution_add(qbg_workspace *workspace, const char *key, const char *name,
                                    qbg_template *template_, qbg_solution **out_solution);
QBG_API qbg_status qbg_solution_put(qbg_workspace *workspace, const char *key, const char *name,
                                    qbg_template *template_, qbg_solution **out_solution,
                                    int32_t *out_put);

/* The solution with that key, or NULL; the walk. Since 0.1 */
QBG_API qbg_solution *qbg_solution_find(const qbg_workspace *workspace, const char *key);
QBG_API uint32_t qbg_solution_count(const qbg_workspace *workspace);
QBG_API qbg_solution *qbg_solution_at(const qbg_workspace *workspace, uint32_t number);
QBG_API uint32_t qbg_solution_number(const qbg_solution *solution);
QBG_API const char *qbg_solution_key(const qbg_solution *solution);
QBG_API const char *qbg_solution_name(const qbg_solution *solution);
QBG_API qbg_template *qbg_solution_template(const qbg_solution *solution);

/* A content prefix: signals whose content starts with it are about this solution (the longest
 * prefix wins, then the smaller key; bytewise, case-sensitive). Signals are routed anew.
 * Errors: QBG_E_TEXT not UTF-8, empty, or with a ';'; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_solution_add_content(qbg_solution *solution, const char *prefix);
QBG_API uint32_t qbg_solution_content_count(const qbg_solution *solution);
QBG_API const char *qbg_solution_content(const qbg_solution *solution, uint32_t index);

/* The host's own word for this row, 0 until it is set. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_solution_set_tag(qbg_solution *solution, uint64_t tag);
QBG_API uint64_t qbg_solution_tag(const qbg_solution *solution);

#ifdef __cplusplus
}
#endif
#endif
