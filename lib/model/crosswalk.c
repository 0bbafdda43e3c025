/* crosswalk: role words of other systems and methods as data; see qbg/crosswalk.h.
 *
 * Sources of the words: the standard picklist of Salesforce's OpportunityContactRole; HubSpot's
 * property hs_buying_role; the connection roles of the category Stakeholder and the attribute
 * accountrolecode of Dynamics 365 Sales; ServiceNow's Buying Group Member; SugarCRM's list
 * opportunity_relationship_type_dom, which SuiteCRM has kept; the default roles of Adobe Journey
 * Optimizer B2B Edition; Miller and Heiman, Strategic Selling; MEDDPICC.
 *
 * What a word is here is set by judgement: the nearest role, and the loss says how near. When two
 * roles are as near, the one that claims less. */
#include "qbg/crosswalk.h"

#include "qbg/vocabulary.h"

#include <string.h>

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof(list)[0]))

/* A word of theirs. alias: another way to write it, NULL: none. */
typedef struct their_word {
    const char *word, *alias, *role, *loss;
} their_word;

/* What a role is there. word: NULL: they have none. */
typedef struct our_role {
    const char *role, *word, *loss;
} our_role;

#define NO_WORD "there is no word for it"

#define SELLS     "that he sells the solution inside his company"
#define GUIDES    "that he guides the seller and need not sell himself"
#define BEGAN     "that he began it"
#define MONEY     "that he holds the budget"
#define SPONSOR   "that he backs it from above"
#define TECHNICAL "that he judges the technology"
#define BUSINESS  "that he judges the worth for the business"
#define USES      "that he will use it"
#define BUYS      "that he buys for the company, and negotiates"
#define RATIFIES  "that he approves what others have decided"
#define ACCESS    "that he controls the way to others"
#define AGAINST   "that he is against it"

static const their_word salesforce_words[] = {
    {"Business User", NULL, "end_user", ""},
    {"Decision Maker", NULL, "decision_maker", ""},
    {"Economic Buyer", NULL, "economic_buyer", ""},
    {"Economic Decision Maker", NULL, "economic_buyer", "that he decides on more than the money"},
    {"Evaluator", NULL, "business_evaluator", "that it may be the technology that he judges"},
    {"Executive Sponsor", NULL, "executive_sponsor", ""},
    {"Influencer", NULL, "influencer", ""},
    {"Technical Buyer", NULL, "technical_evaluator", "that he can refuse it"},
    {"Other", NULL, "other", ""},
};
static const our_role salesforce_roles[] = {
    {"economic_buyer", "Economic Buyer", ""},
    {"decision_maker", "Decision Maker", ""},
    {"executive_sponsor", "Executive Sponsor", ""},
    {"champion", "Influencer", SELLS},
    {"coach", "Influencer", GUIDES},
    {"initiator", "Influencer", BEGAN},
    {"technical_evaluator", "Technical Buyer", "that he judges and need not be able to refuse it"},
    {"business_evaluator", "Evaluator", "that it is the business, not the technology"},
    {"end_user", "Business User", ""},
    {"influencer", "Influencer", ""},
    {"procurement", "Other", BUYS},
    {"ratifier", "Other", RATIFIES},
    {"gatekeeper", "Other", ACCESS},
    {"blocker", "Other", AGAINST},
    {"other", "Other", ""},
};

static const their_word hubspot_words[] = {
    {"BLOCKER", NULL, "blocker", ""},
    {"BUDGET_HOLDER", NULL, "economic_buyer", ""},
    {"CHAMPION", NULL, "champion", ""},
    {"DECISION_MAKER", NULL, "decision_maker", ""},
    {"END_USER", NULL, "end_user", ""},
    {"EXECUTIVE_SPONSOR", NULL, "executive_sponsor", ""},
    {"INFLUENCER", NULL, "influencer", ""},
    {"LEGAL_AND_COMPLIANCE", "Legal & Compliance", "ratifier",
     "that he approves for law and compliance"},
    {"OTHER", NULL, "other", ""},
};
static const our_role hubspot_roles[] = {
    {"economic_buyer", "BUDGET_HOLDER", ""},
    {"decision_maker", "DECISION_MAKER", ""},
    {"executive_sponsor", "EXECUTIVE_SPONSOR", ""},
    {"champion", "CHAMPION", ""},
    {"coach", "INFLUENCER", GUIDES},
    {"initiator", "INFLUENCER", BEGAN},
    {"technical_evaluator", "INFLUENCER", TECHNICAL},
    {"business_evaluator", "INFLUENCER", BUSINESS},
    {"end_user", "END_USER", ""},
    {"influencer", "INFLUENCER", ""},
    {"procurement", "OTHER", BUYS},
    {"ratifier", "OTHER", RATIFIES},
    {"gatekeeper", "OTHER", ACCESS},
    {"blocker", "BLOCKER", ""},
    {"other", "OTHER", ""},
};

static const their_word dynamics_words[] = {
    {"Champion", NULL, "champion", ""},
    {"Decision Maker", NULL, "decision_maker", ""},
    {"Economic Buyer", NULL, "economic_buyer", ""},
    {"End User", NULL, "end_user", ""},
    {"Influencer", NULL, "influencer", ""},
    {"Technical Buyer", NULL, "technical_evaluator", "that he can refuse it"},
    {"Stakeholder", NULL, "other", ""},
    {"Employee", NULL, "other", "that he is known as an employee and nothing more"},
};
static const our_role dynamics_roles[] = {
    {"economic_buyer", "Economic Buyer", ""},
    {"decision_maker", "Decision Maker", ""},
    {"executive_sponsor", "Influencer", SPONSOR},
    {"champion", "Champion", ""},
    {"coach", "Influencer", GUIDES},
    {"initiator", "Influencer", BEGAN},
    {"technical_evaluator", "Technical Buyer", "that he judges and need not be able to refuse it"},
    {"business_evaluator", "Influencer", BUSINESS},
    {"end_user", "End User", ""},
    {"influencer", "Influencer", ""},
    {"procurement", "Stakeholder", BUYS},
    {"ratifier", "Stakeholder", RATIFIES},
    {"gatekeeper", "Stakeholder", ACCESS},
    {"blocker", "Stakeholder", AGAINST},
    {"other", "Stakeholder", ""},
};

static const their_word servicenow_words[] = {
    {"Business user", NULL, "end_user", ""},
    {"Decision maker", NULL, "decision_maker", ""},
    {"Economic buyer", NULL, "economic_buyer", ""},
    {"Evaluator", NULL, "business_evaluator", "that it may be the technology that he judges"},
    {"Executive sponsor", NULL, "executive_sponsor", ""},
    {"Influencer", NULL, "influencer", ""},
};
static const our_role servicenow_roles[] = {
    {"economic_buyer", "Economic buyer", ""},
    {"decision_maker", "Decision maker", ""},
    {"executive_sponsor", "Executive sponsor", ""},
    {"champion", "Influencer", SELLS},
    {"coach", "Influencer", GUIDES},
    {"initiator", "Influencer", BEGAN},
    {"technical_evaluator", "Evaluator", "that it is the technology, not the business"},
    {"business_evaluator", "Evaluator", "that it is the business, not the technology"},
    {"end_user", "Business user", ""},
    {"influencer", "Influencer", ""},
    {"procurement", NULL, NO_WORD},
    {"ratifier", NULL, NO_WORD},
    {"gatekeeper", NULL, NO_WORD},
    {"blocker", NULL, NO_WORD},
    {"other", NULL, NO_WORD},
};

static const their_word suitecrm_words[] = {
    {"Primary Decision Maker", NULL, "decision_maker", "that he is the first of those who decide"},
    {"Business Decision Maker", NULL, "decision_maker", "that he decides for the business"},
    {"Business Evaluator", NULL, "business_evaluator", ""},
    {"Technical Decision Maker", NULL, "technical_evaluator",
     "that he decides on the technology, and does not only judge it"},
    {"Technical Evaluator", NULL, "technical_evaluator", ""},
    {"Executive Sponsor", NULL, "executive_sponsor", ""},
    {"Influencer", NULL, "influencer", ""},
    {"Other", NULL, "other", ""},
};
static const our_role suitecrm_roles[] = {
    {"economic_buyer", "Business Decision Maker", MONEY},
    {"decision_maker", "Primary Decision Maker", "that he need not be the first who decides"},
    {"executive_sponsor", "Executive Sponsor", ""},
    {"champion", "Influencer", SELLS},
    {"coach", "Influencer", GUIDES},
    {"initiator", "Influencer", BEGAN},
    {"technical_evaluator", "Technical Evaluator", ""},
    {"business_evaluator", "Business Evaluator", ""},
    {"end_user", "Other", USES},
    {"influencer", "Influencer", ""},
    {"procurement", "Other", BUYS},
    {"ratifier", "Other", RATIFIES},
    {"gatekeeper", "Other", ACCESS},
    {"blocker", "Other", AGAINST},
    {"other", "Other", ""},
};

static const their_word adobe_words[] = {
    {"Decision Maker", NULL, "decision_maker", ""},
    {"Influencer", NULL, "influencer", ""},
    {"Practitioner", NULL, "end_user", "that he may also judge it by his trade"},
    {"Executive Steering Committee", NULL, "executive_sponsor", "that he is one of several"},
    {"Champion", NULL, "champion", ""},
    {"Other", NULL, "other", ""},
};
static const our_role adobe_roles[] = {
    {"economic_buyer", "Decision Maker", MONEY},
    {"decision_maker", "Decision Maker", ""},
    {"executive_sponsor", "Executive Steering Committee", "that he alone is the sponsor"},
    {"champion", "Champion", ""},
    {"coach", "Influencer", GUIDES},
    {"initiator", "Influencer", BEGAN},
    {"technical_evaluator", "Practitioner", TECHNICAL},
    {"business_evaluator", "Influencer", BUSINESS},
    {"end_user", "Practitioner", "that he only uses it"},
    {"influencer", "Influencer", ""},
    {"procurement", "Other", BUYS},
    {"ratifier", "Other", RATIFIES},
    {"gatekeeper", "Other", ACCESS},
    {"blocker", "Other", AGAINST},
    {"other", "Other", ""},
};

static const their_word miller_heiman_words[] = {
    {"Economic Buyer", "Economic Buying Influence", "economic_buyer", "that his is the final yes"},
    {"User Buyer", "User Buying Influence", "end_user", "that he judges what it does to his work"},
    {"Technical Buyer", "Technical Buying Influence", "technical_evaluator",
     "that he can refuse it, and may do so for law or purchasing"},
    {"Coach", NULL, "coach", ""},
};
static const our_role miller_heiman_roles[] = {
    {"economic_buyer", "Economic Buyer", "that another one may decide beside him"},
    {"decision_maker", "Economic Buyer", "that another one may hold the budget"},
    {"executive_sponsor", NULL, NO_WORD},
    {"champion", "Coach", SELLS},
    {"coach", "Coach", ""},
    {"initiator", NULL, NO_WORD},
    {"technical_evaluator", "Technical Buyer", "that he judges and need not be able to refuse it"},
    {"business_evaluator", "User Buyer", BUSINESS},
    {"end_user", "User Buyer", "that he only uses it"},
    {"influencer", NULL, NO_WORD},
    {"procurement", "Technical Buyer", BUYS},
    {"ratifier", "Technical Buyer", RATIFIES},
    {"gatekeeper", "Technical Buyer", ACCESS},
    {"blocker", NULL, NO_WORD},
    {"other", NULL, NO_WORD},
};

static const their_word meddpicc_words[] = {
    {"Economic Buyer", NULL, "economic_buyer", "that his is the final yes"},
    {"Champion", NULL, "champion", "that he has the power to carry it"},
    {"Coach", NULL, "coach", ""},
};
static const our_role meddpicc_roles[] = {
    {"economic_buyer", "Economic Buyer", "that another one may decide beside him"},
    {"decision_maker", "Economic Buyer", "that another one may hold the budget"},
    {"executive_sponsor", NULL, NO_WORD},
    {"champion", "Champion", "that he may lack the power to carry it"},
    {"coach", "Coach", ""},
    {"initiator", NULL, NO_WORD},
    {"technical_evaluator", NULL, NO_WORD},
    {"business_evaluator", NULL, NO_WORD},
    {"end_user", NULL, NO_WORD},
    {"influencer", NULL, NO_WORD},
    {"procurement", NULL, NO_WORD},
    {"ratifier", NULL, NO_WORD},
    {"gatekeeper", NULL, NO_WORD},
    {"blocker", NULL, NO_WORD},
    {"other", NULL, NO_WORD},
};

typedef struct crosswalk {
    const char *key, *en, *ru;
    const their_word *words;
    int32_t word_count;
    const our_role *roles;
    int32_t role_count;
} crosswalk;

#define CROSSWALK(name, en, ru)                                                                    \
    { #name, en, ru, name##_words, COUNT(name##_words), name##_roles, COUNT(name##_roles) }

static const crosswalk crosswalks[] = {
    [QBG_CROSSWALK_SALESFORCE] =
        CROSSWALK(salesforce, "Salesforce contact roles", "роли контактов Salesforce"),
    [QBG_CROSSWALK_HUBSPOT] = CROSSWALK(hubspot, "HubSpot buying roles", "роли в закупке HubSpot"),
    [QBG_CROSSWALK_DYNAMICS] =
        CROSSWALK(dynamics, "Dynamics 365 stakeholders", "роли участников Dynamics 365"),
    [QBG_CROSSWALK_SERVICENOW] =
        CROSSWALK(servicenow, "ServiceNow buying groups", "закупочные группы ServiceNow"),
    [QBG_CROSSWALK_SUITECRM] =
        CROSSWALK(suitecrm, "SuiteCRM contact roles", "роли контактов SuiteCRM"),
    [QBG_CROSSWALK_ADOBE] = CROSSWALK(adobe, "Adobe buying groups", "закупочные группы Adobe"),
    [QBG_CROSSWALK_MILLER_HEIMAN] =
        CROSSWALK(miller_heiman, "Miller Heiman buying influences", "роли Miller Heiman"),
    [QBG_CROSSWALK_MEDDPICC] = CROSSWALK(meddpicc, "MEDDPICC", "MEDDPICC"),
};

static const crosswalk *crosswalk_at(int32_t number) {
    return number < 0 || number >= COUNT(crosswalks) ? NULL : &crosswalks[number];
}

int32_t qbg_crosswalk_count(void) { return COUNT(crosswalks); }

const char *qbg_crosswalk_key(int32_t number) {
    const crosswalk *of = crosswalk_at(number);
    return of ? of->key : NULL;
}

const char *qbg_crosswalk_label(int32_t number, const char *lang) {
    const crosswalk *of = crosswalk_at(number);
    if (!of) return NULL;
    return lang && strcmp(lang, "ru") == 0 ? of->ru : of->en;
}

int32_t qbg_crosswalk_find(const char *key) {
    for (int32_t i = 0; key && i < COUNT(crosswalks); i++)
        if (strcmp(crosswalks[i].key, key) == 0) return i;
    return QBG_UNSET;
}

int32_t qbg_crosswalk_word_count(int32_t number) {
    const crosswalk *of = crosswalk_at(number);
    return of ? of->word_count : 0;
}

const char *qbg_crosswalk_word(int32_t number, int32_t word) {
    const crosswalk *of = crosswalk_at(number);
    return !of || word < 0 || word >= of->word_count ? NULL : of->words[word].word;
}

/* The next letter or digit in lower case, or 0 at the end: what stands between words is not
 * compared. The words are ASCII; any other byte is a letter of its own. */
static int next_letter(const char **at) {
    for (; **at != '\0'; ++*at) {
        unsigned char byte = (unsigned char)**at;
        if (byte >= 'A' && byte <= 'Z') byte = (unsigned char)(byte - 'A' + 'a');
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80) {
            ++*at;
            return byte;
        }
    }
    return 0;
}

static int is_same_word(const char *a, const char *b) {
    if (!a) return 0;
    for (;;) {
        int letter = next_letter(&a);
        if (letter != next_letter(&b)) return 0;
        if (letter == 0) return 1;
    }
}

static const their_word *find_word(int32_t number, const char *word) {
    const crosswalk *of = crosswalk_at(number);
    for (int32_t i = 0; of && word && i < of->word_count; i++)
        if (is_same_word(of->words[i].word, word) || is_same_word(of->words[i].alias, word))
            return &of->words[i];
    return NULL;
}

static const our_role *find_role(int32_t number, const char *role) {
    const crosswalk *of = crosswalk_at(number);
    for (int32_t i = 0; of && role && i < of->role_count; i++)
        if (strcmp(of->roles[i].role, role) == 0) return &of->roles[i];
    return NULL;
}

const char *qbg_crosswalk_to_role(int32_t number, const char *word) {
    const their_word *found = find_word(number, word);
    return found ? found->role : NULL;
}

const char *qbg_crosswalk_to_role_loss(int32_t number, const char *word) {
    const their_word *found = find_word(number, word);
    return found ? found->loss : NULL;
}

const char *qbg_crosswalk_from_role(int32_t number, const char *role) {
    const our_role *found = find_role(number, role);
    return found ? found->word : NULL;
}

const char *qbg_crosswalk_from_role_loss(int32_t number, const char *role) {
    const our_role *found = find_role(number, role);
    return found ? found->loss : NULL;
}
