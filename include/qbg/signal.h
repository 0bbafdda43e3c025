/* signal.h: one observed act: a download, a visit, a call, third-party intent.
 *
 * A signal is a record that the host fills, hands in and reuses; the log keeps packed rows. Every
 * signal is routed to the opportunity it counts for, by the facts alone, never by the order in
 * which they were told: a later opportunity, member or visitor routes it anew. */
#ifndef QBG_SIGNAL_H
#define QBG_SIGNAL_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_signal qbg_signal;

/* An empty record for signals of one workspace; free it before or after the workspace, but use it
 * only while the workspace lives. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_signal_new(qbg_workspace *workspace, qbg_signal **out_signal);
QBG_API void qbg_signal_free(qbg_signal *signal);

/* Empties the record. Since 0.1 */
QBG_API void qbg_signal_clear(qbg_signal *signal);

/* Required: when (seconds UTC, 1970..2199) and what (a kind's key).
 * Errors: QBG_E_RANGE; QBG_E_NOT_FOUND no such kind. Since 0.1 */
QBG_API qbg_status qbg_signal_set_time(qbg_signal *signal, int64_t time_s);
QBG_API qbg_status qbg_signal_set_kind(qbg_signal *signal, const char *kind);

/* Optional, as much as is known; NULL takes the cell away. visitor: an anonymous visitor's id.
 * content: what it was about, matched with the solutions' prefixes. event: the source's own id,
 * unique within the signal's account (its contact's if it names none; with neither, within its
 * contact or visitor). Errors: QBG_E_ARGUMENT a row of another workspace; QBG_E_TEXT; QBG_E_MEMORY.
 * Since 0.1 */
QBG_API qbg_status qbg_signal_set_account(qbg_signal *signal, const qbg_account *account);
QBG_API qbg_status qbg_signal_set_contact(qbg_signal *signal, const qbg_contact *contact);
QBG_API qbg_status qbg_signal_set_solution(qbg_signal *signal, const qbg_solution *solution);
QBG_API qbg_status qbg_signal_set_opportunity(qbg_signal *signal,
                                              const qbg_opportunity *opportunity);
QBG_API qbg_status qbg_signal_set_visitor(qbg_signal *signal, const char *visitor);
QBG_API qbg_status qbg_signal_set_content(qbg_signal *signal, const char *content);
QBG_API qbg_status qbg_signal_set_event(qbg_signal *signal, const char *event);

/* What the record holds: QBG_UNDATED, NULL or "" for an empty cell. Texts are valid until the
 * record changes. Since 0.1 */
QBG_API int64_t qbg_signal_time(const qbg_signal *signal);
QBG_API qbg_kind *qbg_signal_kind(const qbg_signal *signal);
QBG_API qbg_account *qbg_signal_account(const qbg_signal *signal);
QBG_API qbg_contact *qbg_signal_contact(const qbg_signal *signal);
QBG_API qbg_solution *qbg_signal_solution(const qbg_signal *signal);
QBG_API qbg_opportunity *qbg_signal_opportunity(const qbg_signal *signal);
QBG_API const char *qbg_signal_visitor(const qbg_signal *signal);
QBG_API const char *qbg_signal_content(const qbg_signal *signal);
QBG_API const char *qbg_signal_event(const qbg_signal *signal);

/* QBG_CATEGORY_*: third party and qualified lead by the kind, named with a contact, else anonymous.
 * Since 0.1 */
QBG_API int32_t qbg_signal_category(const qbg_signal *signal);

/* Records one signal. out_opportunity (may be NULL): the opportunity that took it, NULL when none
 * did. out_duplicate (may be NULL): 1 when the same signal with the same event id was known
 * already; it is counted once. Errors: QBG_E_ARGUMENT no time or no kind; QBG_E_CONFLICT its event
 * id is known with other content, the first stays; QBG_E_GONE a row of it was removed; QBG_E_ERASED
 * its contact was erased, or its visitor was; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_record(qbg_workspace *workspace, const qbg_signal *signal,
                              qbg_opportunity **out_opportunity, int32_t *out_duplicate);

/* Takes a recorded signal back. The record says which: by its event id, within its account; if it
 * has none, its contact's; if it has neither, its visitor's (none: the unnamed visitor of no
 * account). Its other cells do not matter. The id is free again, so the same signal can be told
 * anew. Errors: QBG_E_ARGUMENT no event id; QBG_E_NOT_FOUND; QBG_E_GONE its account or contact was
 * removed; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_retract(qbg_workspace *workspace, const qbg_signal *signal);

/* Columns of signals, for bulk. size: sizeof(qbg_signal_columns). Row numbers are those of
 * qbg_contact_number and the like, QBG_NONE for an empty cell; text columns are bytes and count + 1
 * offsets, an empty text is an empty cell. NULL columns are empty; time_s and kind are required. */
typedef struct qbg_signal_columns {
    size_t size;
    uint64_t count;
    const int64_t *time_s;
    const uint16_t *kind;
    const uint32_t *contact;
    const uint32_t *account;
    const uint32_t *solution;
    const uint32_t *opportunity;
    const char *visitor;
    const int64_t *visitor_offsets;
    const char *content;
    const int64_t *content_offsets;
    const char *event;
    const int64_t *event_offsets;
} qbg_signal_columns;

/* Appends columns of signals. row_status (may be NULL): count statuses, QBG_OK, QBG_DUPLICATE or
 * why that row was refused (QBG_E_RANGE its time or a number, QBG_E_GONE, QBG_E_ERASED, QBG_E_TEXT,
 * QBG_E_CONFLICT).
 * out_refused (may be NULL): how many were. The good rows are kept. row_status means nothing when
 * the call fails. Errors, and then nothing is appended: QBG_E_ARGUMENT misuse; QBG_E_MEMORY. Since
 * 0.1 */
QBG_API qbg_status qbg_append(qbg_workspace *workspace, const qbg_signal_columns *columns,
                              qbg_status *row_status, uint64_t *out_refused);

/* How many signals the workspace holds, duplicates counted once. Since 0.1 */
QBG_API uint64_t qbg_signal_count(const qbg_workspace *workspace);

/* Walks the log into a record: the signals that an opportunity took, and those that none did, with
 * their account or (no account known) with the workspace. In no particular order.
 * Errors: QBG_E_RANGE past the end; QBG_E_ARGUMENT a record of another workspace; QBG_E_MEMORY, and
 * then the record is empty. Since 0.1 */
QBG_API uint32_t qbg_opportunity_signal_count(const qbg_opportunity *opportunity);
QBG_API qbg_status qbg_opportunity_signal_at(const qbg_opportunity *opportunity, uint32_t index,
                                             qbg_signal *out_signal);
QBG_API uint32_t qbg_account_signal_count(const qbg_account *account);
QBG_API qbg_status qbg_account_signal_at(const qbg_account *account, uint32_t index,
                                         qbg_signal *out_signal);
QBG_API uint32_t qbg_workspace_signal_count(const qbg_workspace *workspace);
QBG_API qbg_status qbg_workspace_signal_at(const qbg_workspace *workspace, uint32_t index,
                                           qbg_signal *out_signal);

#ifdef __cplusplus
}
#endif
#endif
