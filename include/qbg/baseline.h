/* baseline.h: what is usual in a book: how many new people turn up at its accounts, solution by
 * solution, when nothing special goes on. qbg_detect measures against it.
 *
 * A baseline is a list of named whole numbers, its figures, and belongs to no workspace. A host
 * adds its book to one, or each part of a book that is split by account: then the figures add up to
 * those of the whole book, in whatever order. It may store them, and set them again later.
 * docs/detection.md says what is counted and how. */
#ifndef QBG_BASELINE_H
#define QBG_BASELINE_H

#include "qbg/mem.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_baseline qbg_baseline;

/* A new baseline, all figures 0, which stands for a book about which nothing is known.
 * allocator: NULL for libc's. out_baseline: owned by the caller, qbg_baseline_free.
 * Errors: QBG_E_ARGUMENT also a broken allocator; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_baseline_new(const qbg_allocator *allocator, qbg_baseline **out_baseline);

/* NULL is fine. Since 0.1 */
QBG_API void qbg_baseline_free(qbg_baseline *baseline);

/* Adds what a workspace knows of [from_s, to_s): how many account-solutions there were in which so
 * many new people and so many new visitors turned up. Only accounts count that had a signal before
 * to_s. Use a period that is over, such as the year before the weeks that are asked about, and
 * workspaces with the same solutions and the same policy.
 * Errors: QBG_E_ARGUMENT also a period of another length than what was added before; QBG_E_BUSY;
 * QBG_E_RANGE no instants, or to_s is not later than from_s; QBG_E_OVERFLOW a figure above 2^53;
 * QBG_E_MEMORY. The baseline is then as it was. One thread at a time for the baseline. Since 0.1 */
QBG_API qbg_status qbg_baseline_add(qbg_baseline *baseline, const qbg_workspace *workspace,
                                    int64_t from_s, int64_t to_s);

/* The figures: "period_s", the length of the period; "contacts.0", "contacts.1" ... in how many
 * account-solutions 0, 1 ... new people turned up; "visitors.0" ... the same of visitors. From 16
 * on a figure counts a range that begins with its number. How many there are; the key of one, NULL
 * past the end; the number of a key, -1 when there is none. The same for every baseline. Since 0.1
 */
QBG_API int32_t qbg_baseline_figure_count(void);
QBG_API const char *qbg_baseline_figure_key(int32_t figure);
QBG_API int32_t qbg_baseline_figure_find(const char *key);

/* A figure; 0 for NULL and past the end. Since 0.1 */
QBG_API int64_t qbg_baseline_figure(const qbg_baseline *baseline, int32_t figure);

/* Sets a figure, as it was read before. Errors: QBG_E_ARGUMENT; QBG_E_NOT_FOUND no such key;
 * QBG_E_RANGE below 0, or above 2^53, or a period_s of more than the years 1970 to 2199.
 * Since 0.1 */
QBG_API qbg_status qbg_baseline_set_figure(qbg_baseline *baseline, const char *key, int64_t value);

#ifdef __cplusplus
}
#endif
#endif
