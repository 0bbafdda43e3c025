/* book_load: the loaders of the tables, one a table; a table that is read more than once has one
 * for each time. What they have in common is said at qbg__book_load. */
#ifndef QBG__BOOK_LOAD_H
#define QBG__BOOK_LOAD_H

#include "io/book_row.h"

/* The catalogue. */
qbg__book_load qbg__book_load_role, qbg__book_load_kind, qbg__book_load_template,
    qbg__book_load_solution, qbg__book_load_policy;

/* Columns that a later pass over their table needs. */
#define QBG__BOOK_ACCOUNT_MERGED_INTO 5
#define QBG__BOOK_CONTACT_MERGED_INTO 8
#define QBG__BOOK_MEMBER_SOURCE       12

/* Companies, people, and what is sold to them. */
qbg__book_load qbg__book_load_account, qbg__book_load_contact, qbg__book_load_visitor,
    qbg__book_load_opportunity, qbg__book_load_revenue;

/* Rows that say that they are another one's: read when all of the table is there. */
qbg__book_load qbg__book_load_merged_account, qbg__book_load_merged_contact;

/* What happened, and what is said about it. A rule's member rows come before the host's: dates and
 * notes keep no source, so that whoever comes last is heard. */
qbg__book_load qbg__book_load_rule_member, qbg__book_load_host_member, qbg__book_load_need,
    qbg__book_load_history, qbg__book_load_signal;

/* The tracking table: its companies and who their people are before what refers to them; what its
 * people do once all opportunities are there; its interactions among the signals. Only the first
 * one refuses rows. */
qbg__book_load qbg__book_load_tracking_company, qbg__book_load_tracking_person,
    qbg__book_load_tracking_interaction;

#endif
