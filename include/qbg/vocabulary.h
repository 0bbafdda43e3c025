/* vocabulary.h: the fixed words of the field, each a number, a key and a label.
 *
 * A vocabulary is a list of words numbered from 0: keys are what books and JSON write, labels are
 * for people, in "en" or "ru" (any other language gives "en"). Everything can be listed at run
 * time, so a binding needs no header. All texts live as long as the library; any thread. */
#ifndef QBG_VOCABULARY_H
#define QBG_VOCABULARY_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The vocabularies. */
#define QBG_WORDS_VERDICT          0
#define QBG_WORDS_SEAT_STATE       1
#define QBG_WORDS_CRITERION        2
#define QBG_WORDS_MODE             3
#define QBG_WORDS_STATUS           4
#define QBG_WORDS_STANCE           5
#define QBG_WORDS_PARTICIPATION    6
#define QBG_WORDS_INTEREST         7
#define QBG_WORDS_CATEGORY         8
#define QBG_WORDS_DEPARTMENT       9
#define QBG_WORDS_SENIORITY        10
#define QBG_WORDS_OPPORTUNITY_TYPE 11
#define QBG_WORDS_OUTCOME          12
#define QBG_WORDS_SOURCE           13
#define QBG_WORDS_NEED_STATE       14
#define QBG_WORDS_ANSWER           15
#define QBG_WORDS_TREND            16
#define QBG_WORDS_STAGE            17
#define QBG_WORDS_FORMAT           18
#define QBG_WORDS_PUT              19
#define QBG_WORDS_PATH_STEP        20
#define QBG_WORDS_ENTITY           21
#define QBG_WORDS_CHANGE           22
#define QBG_WORDS_CAUSE            23
#define QBG_WORDS_EVIDENCE         24
#define QBG_WORDS_PROPOSAL         25

/* A value that is not given, or was withdrawn, in any vocabulary. */
#define QBG_UNSET (-1)

/* How far a buying group has come; see qbg_assessment_verdict. */
#define QBG_VERDICT_SILENT          0
#define QBG_VERDICT_SINGLE_THREADED 1
#define QBG_VERDICT_MULTI_THREADED  2
#define QBG_VERDICT_QUALIFIED       3

#define QBG_SEAT_MISSING    0 /* nobody identified */
#define QBG_SEAT_DARK       1 /* identified, nobody engaged */
#define QBG_SEAT_ENGAGED    2 /* somebody engaged */
#define QBG_SEAT_SUPPORTIVE 3 /* engaged, and somebody supports */

#define QBG_CRITERION_MEMBERS_IDENTIFIED 0
#define QBG_CRITERION_MEMBERS_ENGAGED    1
#define QBG_CRITERION_REQUIRED_SEATS     2
#define QBG_CRITERION_COVERAGE_ENGAGED   3
#define QBG_CRITERION_INTENT             4
#define QBG_CRITERION_RECENCY            5
#define QBG_CRITERION_NEED_VALIDATED     6
#define QBG_CRITERION_BUDGET             7
#define QBG_CRITERION_AUTHORITY          8
#define QBG_CRITERION_TIMELINE           9
#define QBG_CRITERION_FIT                10
#define QBG_CRITERION_NO_OPEN_BLOCKER    11

#define QBG_MODE_OFF      0
#define QBG_MODE_ADVISORY 1
#define QBG_MODE_REQUIRED 2

#define QBG_STATUS_POTENTIAL 0
#define QBG_STATUS_CONFIRMED 1
#define QBG_STATUS_DISMISSED 2
#define QBG_STATUS_LEFT      3

#define QBG_STANCE_CHAMPION  0
#define QBG_STANCE_SUPPORTER 1
#define QBG_STANCE_NEUTRAL   2
#define QBG_STANCE_SKEPTIC   3
#define QBG_STANCE_BLOCKER   4
#define QBG_STANCE_UNKNOWN   5

#define QBG_PARTICIPATION_ACTIVE   0
#define QBG_PARTICIPATION_MODERATE 1
#define QBG_PARTICIPATION_PASSIVE  2

#define QBG_INTEREST_HIGH   0
#define QBG_INTEREST_MEDIUM 1
#define QBG_INTEREST_LOW    2

#define QBG_CATEGORY_NAMED          0
#define QBG_CATEGORY_ANONYMOUS      1
#define QBG_CATEGORY_QUALIFIED_LEAD 2
#define QBG_CATEGORY_THIRD_PARTY    3

#define QBG_DEPARTMENT_EXECUTIVE   0
#define QBG_DEPARTMENT_FINANCE     1
#define QBG_DEPARTMENT_IT          2
#define QBG_DEPARTMENT_ENGINEERING 3
#define QBG_DEPARTMENT_OPERATIONS  4
#define QBG_DEPARTMENT_PROCUREMENT 5
#define QBG_DEPARTMENT_LEGAL       6
#define QBG_DEPARTMENT_HR          7
#define QBG_DEPARTMENT_MARKETING   8
#define QBG_DEPARTMENT_SALES       9
#define QBG_DEPARTMENT_PRODUCT     10
#define QBG_DEPARTMENT_SECURITY    11
#define QBG_DEPARTMENT_OTHER       12

#define QBG_SENIORITY_ASSISTANT  0
#define QBG_SENIORITY_SPECIALIST 1
#define QBG_SENIORITY_MANAGER    2
#define QBG_SENIORITY_DIRECTOR   3
#define QBG_SENIORITY_VP         4
#define QBG_SENIORITY_C_LEVEL    5

#define QBG_OPPORTUNITY_ACQUISITION 0
#define QBG_OPPORTUNITY_CROSS_SELL  1
#define QBG_OPPORTUNITY_UPSELL      2
#define QBG_OPPORTUNITY_RETENTION   3

#define QBG_OUTCOME_WON  0
#define QBG_OUTCOME_LOST 1

/* Who said so; a lower source never overwrites a higher one. */
#define QBG_SOURCE_RULE 0
#define QBG_SOURCE_HOST 1

#define QBG_NEED_OPEN      0
#define QBG_NEED_VALIDATED 1
#define QBG_NEED_ADDRESSED 2

#define QBG_ANSWER_NO  0
#define QBG_ANSWER_YES 1

#define QBG_TREND_SHRINKING 0
#define QBG_TREND_STABLE    1
#define QBG_TREND_GROWING   2

/* How a report is written. */
#define QBG_FORMAT_TEXT 0 /* aligned columns, by the width of characters on a screen */
#define QBG_FORMAT_CSV  1 /* RFC 4180, a header row, LF */
#define QBG_FORMAT_JSON 2 /* numbers read back to the same bits */

/* What a put has done. */
#define QBG_PUT_SAME    0 /* all was known already */
#define QBG_PUT_CHANGED 1
#define QBG_PUT_CREATED 2

/* What would have to happen; see qbg_path_find. */
#define QBG_STEP_ENGAGE    0 /* a member who is not engaged */
#define QBG_STEP_RECONTACT 1 /* one who is */
#define QBG_STEP_IDENTIFY  2 /* somebody new for a seat */

/* The rows that have keys. */
#define QBG_ENTITY_ACCOUNT     0
#define QBG_ENTITY_CONTACT     1
#define QBG_ENTITY_OPPORTUNITY 2
#define QBG_ENTITY_SOLUTION    3
#define QBG_ENTITY_KIND        4
#define QBG_ENTITY_ROLE        5
#define QBG_ENTITY_TEMPLATE    6

/* What speaks for a role, the most trusted first; see qbg_role_evidence. */
#define QBG_EVIDENCE_HOST      0
#define QBG_EVIDENCE_CRM       1
#define QBG_EVIDENCE_TITLE     2
#define QBG_EVIDENCE_VENDOR    3
#define QBG_EVIDENCE_BEHAVIOUR 4

/* What can be proposed; see qbg_proposals. */
#define QBG_PROPOSAL_ACCOUNT 0 /* a contact works at an account */
#define QBG_PROPOSAL_OPEN    1 /* an opportunity */
#define QBG_PROPOSAL_JOIN    2 /* somebody becomes a member */
#define QBG_PROPOSAL_ROLE    3 /* a member gets a role */
#define QBG_PROPOSAL_LOOK    4 /* somebody looks for more people */

/* What can change between two days; see qbg_feed. */
#define QBG_CHANGE_FORMING      0 /* a group, at an account */
#define QBG_CHANGE_OPENED       1 /* the opportunity */
#define QBG_CHANGE_JOINED       2 /* somebody, the group */
#define QBG_CHANGE_ENGAGED      3 /* he became so */
#define QBG_CHANGE_ROLE_COVERED 4 /* by its first person */
#define QBG_CHANGE_QUALIFIED    5 /* the group became so */
#define QBG_CHANGE_SILENT       6 /* somebody is engaged no more */
#define QBG_CHANGE_LEFT         7
#define QBG_CHANGE_ROLE_LOST    8 /* nobody has it any more */
#define QBG_CHANGE_UNQUALIFIED  9
#define QBG_CHANGE_CLOSED       10

/* Why: new signals; else what the host told that begins then; else nothing but time. */
#define QBG_CAUSE_SIGNALS 0
#define QBG_CAUSE_FACTS   1
#define QBG_CAUSE_AGEING  2
/* Whose exports a book's reader understands; see dialect.h. */
#define QBG_DIALECT_SALESFORCE 0 /* objects of Data Loader, SOQL, Fivetran, JSON trees */
#define QBG_DIALECT_HUBSPOT    1 /* objects of Fivetran, exports of views */

/* The vocabularies: how many, and what they are called; NULL when there is none such. Since 0.1 */
QBG_API int32_t qbg_vocabulary_count(void);
QBG_API const char *qbg_vocabulary_name(int32_t vocabulary);

/* The words of one vocabulary; 0 when there is none such. Since 0.1 */
QBG_API int32_t qbg_word_count(int32_t vocabulary);

/* A word's key ("single_threaded") and label ("single-threaded", «один контакт»); "" when there is
 * no such word. lang: "en", "ru", NULL means "en". Since 0.1 */
QBG_API const char *qbg_word_key(int32_t vocabulary, int32_t word);
QBG_API const char *qbg_word_label(int32_t vocabulary, int32_t word, const char *lang);

/* The word with that key, or QBG_UNSET. Since 0.1 */
QBG_API int32_t qbg_word_find(int32_t vocabulary, const char *key);

/* The label of a verdict: qbg_word_label(QBG_WORDS_VERDICT, verdict, lang). Since 0.1 */
QBG_API const char *qbg_verdict_label(int32_t verdict, const char *lang);

/* Every constant of these headers, by name and value, for bindings; NULL and 0 past the end.
 * Since 0.1 */
QBG_API int32_t qbg_constant_count(void);
QBG_API const char *qbg_constant_name(int32_t constant);
QBG_API int64_t qbg_constant_value(int32_t constant);

#ifdef __cplusplus
}
#endif
#endif
