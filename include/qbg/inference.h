/* inference.h: which roles somebody may have in a group, how surely, and what says so. */
#ifndef QBG_INFERENCE_H
#define QBG_INFERENCE_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What speaks for each role of a contact in a group as of an instant: a row for each role that
 * anything speaks for, by confidence descending, then by role number. Columns: role (text),
 * confidence (double, 0..1), host, crm, title, vendor, behaviour (doubles: what each kind of
 * evidence gives, empty for nothing), because (text: those kinds, joined with ';'), signals (int64:
 * how many of his counted signals speak for it), is_candidate (int64: 1 when the confidence is at
 * least role_confidence: he may take its seat), is_inferred (int64: 1 for the one candidate that
 * leads the second role by at least role_margin; when none does, his role is unknown).
 *
 * Evidence: an asserted role counts 1; trust_crm and trust_vendor for what qbg_member_set_evidence
 * told; trust_title for the role of his persona, times the persona's confidence while that is below
 * role_confidence; trust_behaviour · n / (n + 1) for n signals of kinds or about contents that
 * speak for a role (a price list for the economic buyer, API pages for the technical evaluator; the
 * list is in lib/analysis/inference.signs.inc). Doubts are multiplied: confidence = 1 - product of
 * (1 - what each gives), in the order above. So behaviour alone never makes a candidate. The
 * contact need not be a member. out_table: owned by the caller, qbg_table_free. Errors:
 * QBG_E_ARGUMENT, also for a contact of another workspace; QBG_E_GONE; QBG_E_BUSY; QBG_E_FLOAT;
 * QBG_E_RANGE the instant; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_role_evidence(const qbg_opportunity *opportunity, const qbg_contact *contact,
                                     int64_t as_of_s, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
