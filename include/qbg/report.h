/* report.h: answers for people and programs: the board, the tracking table, any result table, and
 * the explanation of one opportunity. */
#ifndef QBG_REPORT_H
#define QBG_REPORT_H

#include "qbg/blob.h"
#include "qbg/table.h"
#include "qbg/vocabulary.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The board as of an instant (see qbg_board); JSON holds every assessment whole, "format": 1.
 * include_closed: 1 adds the opportunities closed by then. format: QBG_FORMAT_*. lang: "en" or
 * "ru", for text. out_blob: owned by the caller, qbg_blob_free. Errors, here and below:
 * QBG_E_ARGUMENT; QBG_E_BUSY; QBG_E_RANGE; QBG_E_FLOAT; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_report_board(const qbg_workspace *workspace, int64_t as_of_s,
                                    int32_t include_closed, int32_t format, const char *lang,
                                    qbg_blob **out_blob);

/* The tracking table as of an instant: company, person, role, participation, interest, last
 * interaction, next contact, note, one row a present member, in order of arrival. Since 0.1 */
QBG_API qbg_status qbg_report_tracking(const qbg_workspace *workspace, int64_t as_of_s,
                                       int32_t format, const char *lang, qbg_blob **out_blob);

/* Any result table; JSON is an array of objects. Errors: QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_report_table(const qbg_table *table, int32_t format, qbg_blob **out_blob);

/* One opportunity in full sentences: why this score, each member's ledger, what passes, what is
 * missing. lang: "en" or "ru"; NULL, and any other language, means "en". Since 0.1 */
QBG_API qbg_status qbg_report_explain(const qbg_opportunity *opportunity, int64_t as_of_s,
                                      const char *lang, qbg_blob **out_blob);

#ifdef __cplusplus
}
#endif
#endif
