/* qbg.h: the whole public face of libqbg, the buying-group engine.
 *
 * Rules that hold everywhere:
 * - A call that can fail returns qbg_status (0 is QBG_OK) and on failure leaves its outputs and the
 *   workspace as they were. A call that cannot fail returns its value.
 * - Calls with a const workspace, row or handle may run on many threads at once; any other call
 *   needs its workspace or handle alone. Workspaces share nothing.
 * - Figures are computed on threads that round to nearest and keep subnormal numbers, as threads do
 *   unless told otherwise; else the answer is QBG_E_FLOAT.
 * - Text is NUL-terminated UTF-8, in and out. Text that is borrowed from a workspace is valid until
 *   the next non-const call on it. Tables, blobs and assessments own copies and may outlive it.
 * - NULL where a row or handle is needed is QBG_E_ARGUMENT; plain getters answer 0, "" or NULL to
 *   it.
 * - Time is int64 seconds UTC within 1970..2199, money int64 minor units, points thousandths. */
#ifndef QBG_QBG_H
#define QBG_QBG_H

#include "qbg/account.h"
#include "qbg/arrow.h"
#include "qbg/assessment.h"
#include "qbg/automation.h"
#include "qbg/baseline.h"
#include "qbg/batch.h"
#include "qbg/blob.h"
#include "qbg/board.h"
#include "qbg/book.h"
#include "qbg/catalog.h"
#include "qbg/civil.h"
#include "qbg/columns.h"
#include "qbg/company.h"
#include "qbg/contact.h"
#include "qbg/crosswalk.h"
#include "qbg/detection.h"
#include "qbg/dialect.h"
#include "qbg/domain.h"
#include "qbg/duplicate.h"
#include "qbg/engagement.h"
#include "qbg/erasure.h"
#include "qbg/feed.h"
#include "qbg/history.h"
#include "qbg/inference.h"
#include "qbg/match.h"
#include "qbg/mem.h"
#include "qbg/member.h"
#include "qbg/memory.h"
#include "qbg/merge.h"
#include "qbg/money.h"
#include "qbg/need.h"
#include "qbg/opportunity.h"
#include "qbg/path.h"
#include "qbg/persona.h"
#include "qbg/policy.h"
#include "qbg/proposal.h"
#include "qbg/removal.h"
#include "qbg/report.h"
#include "qbg/retention.h"
#include "qbg/revenue.h"
#include "qbg/revision.h"
#include "qbg/signal.h"
#include "qbg/status.h"
#include "qbg/table.h"
#include "qbg/template.h"
#include "qbg/vocabulary.h"
#include "qbg/workspace.h"

#endif
