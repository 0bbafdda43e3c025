/* crosswalk.h: the words that other systems and methods have for parts in a purchase, and the roles
 * that they are here, both ways.
 *
 * Most words have no exact match. Whatever a word on the one side says and the one on the other
 * side cannot say is named: a phrase that completes "what is lost: ...", "" when nothing is.
 * The words are those that a system comes with; a company's own ones it does not know.
 * All texts live as long as the library; any thread. */
#ifndef QBG_CROSSWALK_H
#define QBG_CROSSWALK_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whose words. */
#define QBG_CROSSWALK_SALESFORCE    0 /* OpportunityContactRole */
#define QBG_CROSSWALK_HUBSPOT       1 /* hs_buying_role */
#define QBG_CROSSWALK_DYNAMICS      2 /* connection roles of stakeholders, accountrolecode */
#define QBG_CROSSWALK_SERVICENOW    3 /* members of a Buying Group */
#define QBG_CROSSWALK_SUITECRM      4 /* contacts of an opportunity; SugarCRM has the same */
#define QBG_CROSSWALK_ADOBE         5 /* Journey Optimizer B2B: default roles */
#define QBG_CROSSWALK_MILLER_HEIMAN 6 /* Strategic Selling: buying influences */
#define QBG_CROSSWALK_MEDDPICC      7

/* The vocabularies: how many; the key ("salesforce") and the label ("Salesforce contact roles") of
 * one; NULL when there is none such. lang: "en", "ru", NULL means "en". Since 0.1 */
QBG_API int32_t qbg_crosswalk_count(void);
QBG_API const char *qbg_crosswalk_key(int32_t crosswalk);
QBG_API const char *qbg_crosswalk_label(int32_t crosswalk, const char *lang);

/* The vocabulary with that key, or QBG_UNSET. Since 0.1 */
QBG_API int32_t qbg_crosswalk_find(const char *key);

/* The words of one vocabulary, as that system writes them; 0 and NULL when there is none such.
 * Since 0.1 */
QBG_API int32_t qbg_crosswalk_word_count(int32_t crosswalk);
QBG_API const char *qbg_crosswalk_word(int32_t crosswalk, int32_t word);

/* What a word of theirs is here: the key of a built-in role, and what that role does not say of it.
 * The word may be written in any case, with blanks, underscores or hyphens, or as their label has
 * it ("Legal & Compliance"). NULL when it is none of theirs. Since 0.1 */
QBG_API const char *qbg_crosswalk_to_role(int32_t crosswalk, const char *word);
QBG_API const char *qbg_crosswalk_to_role_loss(int32_t crosswalk, const char *word);

/* What a role here is called there, and what that word does not say of it. _from_role: NULL also
 * when they have no word for it, and then the loss says so. _from_role_loss: NULL when no built-in
 * role has this key. Since 0.1 */
QBG_API const char *qbg_crosswalk_from_role(int32_t crosswalk, const char *role);
QBG_API const char *qbg_crosswalk_from_role_loss(int32_t crosswalk, const char *role);

#ifdef __cplusplus
}
#endif
#endif
