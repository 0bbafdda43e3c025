/* opportunity.h: account x solution: the container of one buying group, from first sign to close.
 *
 * Dated facts are histories of (from, value): the value at T is that of the latest row with
 * from <= T, else the undated one. from_s: seconds UTC, or QBG_UNDATED for "since ever". source:
 * QBG_SOURCE_*; undated, a lower source never overwrites a higher one; of one instant, the host
 * beats the rule, then the bytewise greater value wins. */
#ifndef QBG_OPPORTUNITY_H
#define QBG_OPPORTUNITY_H

#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds an opportunity. opened_s: QBG_UNDATED for since ever. out_opportunity may be NULL. Signals
 * are routed anew. Errors: QBG_E_EXISTS; QBG_E_ARGUMENT; QBG_E_GONE the account; QBG_E_TEXT;
 * QBG_E_RANGE the time; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_opportunity_add(qbg_workspace *workspace, const char *key,
                                       qbg_account *account, qbg_solution *solution,
                                       int64_t opened_s, qbg_opportunity **out_opportunity);

/* Adds it, or updates the one with that key: QBG_UNDATED keeps what is known; another account or
 * solution moves it there. out_opportunity, out_put may be NULL. out_put: QBG_PUT_*, created,
 * changed or same. Errors: as above. Since 0.1 */
QBG_API qbg_status qbg_opportunity_put(qbg_workspace *workspace, const char *key,
                                       qbg_account *account, qbg_solution *solution,
                                       int64_t opened_s, qbg_opportunity **out_opportunity,
                                       int32_t *out_put);

/* Gives it another account or solution, for all time: past answers change, too. Signals are routed
 * anew; those that name the opportunity stay with it. Errors: QBG_E_ARGUMENT; QBG_E_GONE;
 * QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_account(qbg_opportunity *opportunity, qbg_account *account);
QBG_API qbg_status qbg_opportunity_set_solution(qbg_opportunity *opportunity,
                                                qbg_solution *solution);

/* The opportunity with that key, or NULL; the walk in order of arrival, over as many as there ever
 * were: NULL past the end and for those that were removed. Since 0.1 */
QBG_API qbg_opportunity *qbg_opportunity_find(const qbg_workspace *workspace, const char *key);
QBG_API uint32_t qbg_opportunity_count(const qbg_workspace *workspace);
QBG_API qbg_opportunity *qbg_opportunity_at(const qbg_workspace *workspace, uint32_t number);
QBG_API uint32_t qbg_opportunity_number(const qbg_opportunity *opportunity);

/* 0 once it was removed: then calls that can fail answer QBG_E_GONE, the others "", 0 or NULL.
 * Since 0.1 */
QBG_API int32_t qbg_opportunity_is_alive(const qbg_opportunity *opportunity);

/* The host's own word for this row, 0 until it is set; the library keeps it and tells it in tables.
 * Errors: QBG_E_GONE; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_tag(qbg_opportunity *opportunity, uint64_t tag);
QBG_API uint64_t qbg_opportunity_tag(const qbg_opportunity *opportunity);

/* What it is. Texts are valid until the next non-const call on the workspace. Since 0.1 */
QBG_API const char *qbg_opportunity_key(const qbg_opportunity *opportunity);
QBG_API const char *qbg_opportunity_name(const qbg_opportunity *opportunity);
QBG_API qbg_account *qbg_opportunity_account(const qbg_opportunity *opportunity);
QBG_API qbg_solution *qbg_opportunity_solution(const qbg_opportunity *opportunity);
QBG_API int32_t qbg_opportunity_type(const qbg_opportunity *opportunity);
QBG_API int64_t qbg_opportunity_opened(const qbg_opportunity *opportunity);
QBG_API int64_t qbg_opportunity_closed(const qbg_opportunity *opportunity);

/* Undated facts. name NULL: none. type: QBG_OPPORTUNITY_* or QBG_UNSET. It lives from opened until
 * closed; QBG_UNDATED: since ever, for ever, so setting closed to it opens the opportunity again.
 * New dates route signals anew. Errors: QBG_E_TEXT; QBG_E_ARGUMENT; QBG_E_RANGE; QBG_E_MEMORY.
 * Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_name(qbg_opportunity *opportunity, const char *name);
QBG_API qbg_status qbg_opportunity_set_type(qbg_opportunity *opportunity, int32_t type);
QBG_API qbg_status qbg_opportunity_set_opened(qbg_opportunity *opportunity, int64_t opened_s);
QBG_API qbg_status qbg_opportunity_set_closed(qbg_opportunity *opportunity, int64_t closed_s);

/* The stage: a word of the host's, or one of QBG_WORDS_STAGE; NULL or "" withdraws it.
 * Errors, here and below: QBG_E_ARGUMENT no such word; QBG_E_TEXT; QBG_E_RANGE; QBG_E_MEMORY.
 * Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_stage(qbg_opportunity *opportunity, const char *stage,
                                             int64_t from_s, int32_t source);
QBG_API const char *qbg_opportunity_stage(const qbg_opportunity *opportunity, int64_t as_of_s);

/* The verdict that the host recorded (QBG_VERDICT_*, QBG_UNSET withdraws it): the library records
 * none by itself; a recorded `qualified` gives hysteresis. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_verdict(qbg_opportunity *opportunity, int32_t verdict,
                                               int64_t from_s, int32_t source);
QBG_API int32_t qbg_opportunity_verdict(const qbg_opportunity *opportunity, int64_t as_of_s);

/* The amount in minor units, and its currency (ISO 4217, one for all amounts of an opportunity).
 * _withdraw_amount: from that instant on none is known. _has_amount: 0 while none is. Errors:
 * QBG_E_TEXT not a code; QBG_E_ARGUMENT a currency with other minor units than the amounts that are
 * known already. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_currency(qbg_opportunity *opportunity, const char *currency);
QBG_API const char *qbg_opportunity_currency(const qbg_opportunity *opportunity);
QBG_API qbg_status qbg_opportunity_set_amount(qbg_opportunity *opportunity, int64_t amount_minor,
                                              int64_t from_s, int32_t source);
QBG_API qbg_status qbg_opportunity_withdraw_amount(qbg_opportunity *opportunity, int64_t from_s,
                                                   int32_t source);
QBG_API int32_t qbg_opportunity_has_amount(const qbg_opportunity *opportunity, int64_t as_of_s);
QBG_API int64_t qbg_opportunity_amount_minor(const qbg_opportunity *opportunity, int64_t as_of_s);

/* Won or lost (QBG_OUTCOME_*; QBG_UNSET: neither). Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_outcome(qbg_opportunity *opportunity, int32_t outcome,
                                               int64_t from_s, int32_t source);
QBG_API int32_t qbg_opportunity_outcome(const qbg_opportunity *opportunity, int64_t as_of_s);

/* The host's word on a criterion of the gate: QBG_CRITERION_NEED_VALIDATED, _BUDGET, _AUTHORITY or
 * _TIMELINE; answer: QBG_ANSWER_*, QBG_UNSET withdraws it. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_answer(qbg_opportunity *opportunity, int32_t criterion,
                                              int32_t answer, int64_t from_s, int32_t source);
QBG_API int32_t qbg_opportunity_answer(const qbg_opportunity *opportunity, int32_t criterion,
                                       int64_t as_of_s);

/* How well the account fits, 0..1; a negative fit withdraws it, and is what is told when there is
 * none. Since 0.1 */
QBG_API qbg_status qbg_opportunity_set_fit(qbg_opportunity *opportunity, double fit, int64_t from_s,
                                           int32_t source);
QBG_API double qbg_opportunity_fit(const qbg_opportunity *opportunity, int64_t as_of_s);

#ifdef __cplusplus
}
#endif
#endif
