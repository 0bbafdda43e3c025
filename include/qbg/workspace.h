/* workspace.h: all that one tenant knows; it owns everything else. */
#ifndef QBG_WORKSPACE_H
#define QBG_WORKSPACE_H

#include "qbg/mem.h"
#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_workspace qbg_workspace;

/* The rows of a workspace. Each is an opaque pointer and a dense number that name the same row;
 * both stay valid while the workspace lives. */
typedef struct qbg_account qbg_account;
typedef struct qbg_contact qbg_contact;
typedef struct qbg_kind qbg_kind;
typedef struct qbg_role qbg_role;
typedef struct qbg_solution qbg_solution;
typedef struct qbg_template qbg_template;
typedef struct qbg_opportunity qbg_opportunity;
typedef struct qbg_member qbg_member;
typedef struct qbg_policy qbg_policy;

/* A new workspace with the built-in kinds, roles, template and policy.
 * allocator: NULL for libc's. out_workspace: owned by the caller, qbg_workspace_free.
 * Errors: QBG_E_ARGUMENT a broken allocator; QBG_E_FLOAT, here already, so that a host learns at
 * once what its questions would be told; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_workspace_new(const qbg_allocator *allocator, qbg_workspace **out_workspace);

/* Frees the workspace and every row of it. NULL is fine. Since 0.1 */
QBG_API void qbg_workspace_free(qbg_workspace *workspace);

/* Bytes that the workspace holds from its allocator. Since 0.1 */
QBG_API uint64_t qbg_workspace_bytes(const qbg_workspace *workspace);

/* Bounds those bytes, so that one tenant cannot take what is another's; 0, as at the beginning: no
 * limit. Whatever would go beyond answers QBG_E_MEMORY and changes nothing. What a change keeps to
 * be undone counts, too, while it runs: a book needs some five times what it adds. Undoing needs
 * nothing. A limit below what is held is fine: then only what needs no more goes through, until
 * something is given back. Answers (tables, blobs, assessments), records and readers have memory of
 * their own and no limit. Errors: QBG_E_ARGUMENT. Since 0.1 */
QBG_API qbg_status qbg_workspace_set_limit(qbg_workspace *workspace, uint64_t bytes);
QBG_API uint64_t qbg_workspace_limit(const qbg_workspace *workspace);

/* The workspace's parameters. Lives as long as the workspace. Since 0.1 */
QBG_API qbg_policy *qbg_workspace_policy(qbg_workspace *workspace);

#ifdef __cplusplus
}
#endif
#endif
