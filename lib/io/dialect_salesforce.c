/* dialect_salesforce: the objects of Salesforce; see dialect.h. Headings are those of its API, as
 * Data Loader writes them, of Fivetran's copy of them, and of reports; docs/crm.md says in words
 * what stands here. */
#include "io/dialect_cells.h"
#include "qbg/crosswalk.h"

#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))
#define OWN(n)      (QBG__FIELD_OWN + (n))

#define NO_LINKS NULL, 0
#define NO_PARTS NULL, 0

/* Of its own. */
enum {
    PRODUCT_OF_OPPORTUNITY = QBG__LINK_OWN, /* opportunity -> product */
    STAGES_OF_OPPORTUNITY,                  /* opportunity: its stages are dated elsewhere */
    CAMPAIGN_TYPE,                          /* campaign -> type */
    CAMPAIGN_NAME                           /* campaign -> name */
};

static int is_there(const qbg__export *self) { return !qbg__export_is_merged(self); }

static qbg_status append(qbg_blob *out, qbg__span text) {
    qbg__blob_bytes(out, text.bytes, text.size);
    return out->status;
}

/* The Id, or what stands for it where the export has none. */
static qbg_status key_or_name(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    return append(out, key.size > 0 ? key : qbg__export_cell(self, cell->other));
}

/* ---- Account --------------------------------------------------------------------------------- */

enum { ACCOUNT_ID = OWN(0), ACCOUNT_NAME, ACCOUNT_WEBSITE, ACCOUNT_MASTER };
static const char *const account_fields[] = {"id|accountid", "name|accountname|accountaccountname",
                                             "website|accountwebsite", "masterrecordid"};

static const qbg__dialect_cell account_key = {NULL, ACCOUNT_ID, key_or_name, ACCOUNT_NAME, NULL};
static const qbg__dialect_link account_links[] = {
    {QBG__LINK_ACCOUNT_OF_NAME,
     {NULL, ACCOUNT_NAME, qbg__convert_folded, 0, NULL},
     {NULL, ACCOUNT_ID, key_or_name, ACCOUNT_NAME, NULL}},
};
static const qbg__dialect_cell account_cells[] = {
    {"account", ACCOUNT_ID, key_or_name, ACCOUNT_NAME, NULL},
    {"name", ACCOUNT_NAME, qbg__convert_text, 0, NULL},
    {"domains", ACCOUNT_WEBSITE, qbg__convert_domain, 0, NULL},
};
static const qbg__dialect_cell merged_account_cells[] = {
    {"account", ACCOUNT_ID, qbg__convert_text, 0, NULL},
    {"merged_into", ACCOUNT_MASTER, qbg__convert_account, 0, NULL},
};
static const qbg__dialect_part account_parts[] = {
    {QBG__BOOK_ACCOUNTS, is_there, 0, 0, account_cells, COUNT(account_cells)},
    {QBG__BOOK_ACCOUNTS, qbg__export_is_merged, 0, 0, merged_account_cells,
     COUNT(merged_account_cells)},
};

/* ---- Contact --------------------------------------------------------------------------------- */

enum {
    CONTACT_ID = OWN(0),
    CONTACT_ACCOUNT,
    CONTACT_COMPANY,
    CONTACT_FIRST,
    CONTACT_LAST,
    CONTACT_NAME,
    CONTACT_TITLE,
    CONTACT_EMAIL,
    CONTACT_DEPARTMENT,
    CONTACT_MASTER
};
static const char *const contact_fields[] = {"id|contactid",
                                             "accountid",
                                             "accountname|accountaccountname",
                                             "firstname|contactfirstname",
                                             "lastname|contactlastname",
                                             "name|fullname|contactname",
                                             "title|contacttitle",
                                             "email|contactemail",
                                             "department|contactdepartment",
                                             "masterrecordid"};

static qbg_status full_name(qbg__export *self, int first, int last, int name, qbg_blob *out) {
    qbg__span whole = qbg__export_cell(self, name);
    const qbg__dialect_cell parts = {NULL, first, NULL, last, NULL};
    if (qbg__export_cell(self, last).size > 0) return qbg__convert_name(self, &parts, out);
    return append(out, whole.size > 0 ? whole : qbg__export_cell(self, first));
}

/* The Id, else the address, else his company and name, as the tracking table has it. */
static qbg_status person_key(qbg__export *self, int id, int email, int company, int first,
                             qbg_blob *out) {
    if (qbg__export_cell(self, id).size > 0) return append(out, qbg__export_cell(self, id));
    if (qbg__export_cell(self, email).size > 0) {
        const qbg__dialect_cell address = {NULL, email, NULL, 0, NULL};
        return qbg__convert_folded(self, &address, out);
    }
    size_t before = out->size;
    append(out, qbg__export_cell(self, company));
    if (out->size > before) qbg__blob_char(out, '/');
    size_t named = out->size;
    full_name(self, first, first + 1, first + 2, out);
    if (out->status == QBG_OK && out->size == named) qbg__blob_cut(out, before);
    return out->status;
}

static qbg_status contact_key(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    return person_key(self, CONTACT_ID, CONTACT_EMAIL, CONTACT_COMPANY, CONTACT_FIRST, out);
}

static qbg_status contact_name(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    return full_name(self, CONTACT_FIRST, CONTACT_LAST, CONTACT_NAME, out);
}

static const qbg__dialect_cell contact_key_cell = {NULL, CONTACT_ID, contact_key, 0, NULL};
static const qbg__dialect_link contact_links[] = {
    {QBG__LINK_CONTACT_OF_EMAIL,
     {NULL, CONTACT_EMAIL, qbg__convert_folded, 0, NULL},
     {NULL, CONTACT_ID, contact_key, 0, NULL}},
};
static const qbg__dialect_cell contact_cells[] = {
    {"contact", CONTACT_ID, contact_key, 0, NULL},
    {"account", CONTACT_ACCOUNT, qbg__convert_account, CONTACT_COMPANY, NULL},
    {"name", CONTACT_LAST, contact_name, 0, NULL},
    {"title", CONTACT_TITLE, qbg__convert_text, 0, NULL},
    {"email", CONTACT_EMAIL, qbg__convert_text, 0, NULL},
    {"department", CONTACT_DEPARTMENT, qbg__convert_department, 0, NULL},
};
static const qbg__dialect_cell merged_contact_cells[] = {
    {"contact", CONTACT_ID, qbg__convert_text, 0, NULL},
    {"merged_into", CONTACT_MASTER, qbg__convert_contact, 0, NULL},
};
/* A report on companies and their contacts has rows of companies that have none. */
static int is_person(const qbg__export *self) {
    return is_there(self) && (qbg__export_cell(self, CONTACT_ID).size > 0 ||
                              qbg__export_cell(self, CONTACT_EMAIL).size > 0 ||
                              qbg__export_cell(self, CONTACT_FIRST).size > 0 ||
                              qbg__export_cell(self, CONTACT_LAST).size > 0 ||
                              qbg__export_cell(self, CONTACT_NAME).size > 0 ||
                              qbg__export_cell(self, CONTACT_COMPANY).size == 0);
}
static int is_company_alone(const qbg__export *self) { return is_there(self) && !is_person(self); }
static qbg_status company_alone(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    const qbg__dialect_cell name = {NULL, cell->field, NULL, QBG__LINK_ACCOUNT_OF_NAME, NULL};
    qbg_status status = qbg__convert_folded(self, &name, out);
    if (status != QBG_OK) return status;
    qbg__span key = qbg__export_linked(self, QBG__LINK_ACCOUNT_OF_NAME,
                                       (qbg__span){qbg_blob_data(out), out->size});
    qbg__blob_clear(out);
    return append(out, key.size > 0 ? key : qbg__export_cell(self, cell->field));
}
static const qbg__dialect_cell company_cells[] = {
    {"account", CONTACT_COMPANY, company_alone, 0, NULL},
    {"name", CONTACT_COMPANY, qbg__convert_text, 0, NULL},
};
static const qbg__dialect_part contact_parts[] = {
    {QBG__BOOK_ACCOUNTS, is_company_alone, 0, 0, company_cells, COUNT(company_cells)},
    {QBG__BOOK_CONTACTS, is_person, 0, 0, contact_cells, COUNT(contact_cells)},
    {QBG__BOOK_CONTACTS, qbg__export_is_merged, 0, 0, merged_contact_cells,
     COUNT(merged_contact_cells)},
};

/* Versions of a contact say where he worked. */
enum { MOVE_CONTACT = OWN(0), MOVE_ACCOUNT, MOVE_FROM };
static const char *const move_fields[] = {"id|contactid", "accountid", "fivetranstart"};
static const qbg__dialect_cell move_cells[] = {
    {"contact", MOVE_CONTACT, qbg__convert_contact, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "account"},
    {"value", MOVE_ACCOUNT, qbg__convert_account, 0, NULL},
    {"from", MOVE_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part move_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, move_cells, COUNT(move_cells)},
};
static const char *skip_move(const qbg__export *self) {
    return qbg__export_cell(self, MOVE_ACCOUNT).size > 0
               ? NULL
               : "a version of a contact without a company says nothing that is dated here";
}

/* AccountContactRelation: a person has one company at a time. */
enum { RELATION_ACCOUNT = OWN(0), RELATION_CONTACT, RELATION_DIRECT, RELATION_FROM };
static const char *const relation_fields[] = {"accountid", "contactid", "isdirect", "startdate"};
static const qbg__dialect_cell relation_cells[] = {
    {"contact", RELATION_CONTACT, qbg__convert_contact, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "account"},
    {"value", RELATION_ACCOUNT, qbg__convert_account, 0, NULL},
    {"from", RELATION_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part relation_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, relation_cells, COUNT(relation_cells)},
};
static const char *skip_relation(const qbg__export *self) {
    if (qbg__export_is_yes(self, RELATION_DIRECT))
        return qbg__export_cell(self, RELATION_FROM).size > 0
                   ? NULL
                   : "a direct relation without a start says what the contact's own row says";
    return "a relation that is not direct: a person works at one company at a time here";
}

/* ---- Lead ------------------------------------------------------------------------------------ */

enum {
    LEAD_ID = OWN(0),
    LEAD_COMPANY,
    LEAD_FIRST,
    LEAD_LAST,
    LEAD_NAME,
    LEAD_TITLE,
    LEAD_EMAIL,
    LEAD_CONVERTED,
    LEAD_CONVERTED_AT,
    LEAD_ACCOUNT,
    LEAD_CONTACT,
    LEAD_OPPORTUNITY,
    LEAD_MASTER
};
static const char *const lead_fields[] = {"id|leadid",
                                          "company|companyaccount",
                                          "firstname",
                                          "lastname",
                                          "name|fullname",
                                          "title",
                                          "email",
                                          "isconverted|converted",
                                          "converteddate",
                                          "convertedaccountid",
                                          "convertedcontactid",
                                          "convertedopportunityid",
                                          "masterrecordid"};

static qbg_status lead_key(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    return person_key(self, LEAD_ID, LEAD_EMAIL, LEAD_COMPANY, LEAD_FIRST, out);
}

static qbg_status lead_name(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    return full_name(self, LEAD_FIRST, LEAD_LAST, LEAD_NAME, out);
}

static int is_converted(const qbg__export *self) {
    return qbg__export_is_yes(self, LEAD_CONVERTED) &&
           qbg__export_cell(self, LEAD_CONVERTED_AT).size > 0 && is_there(self);
}

/* "lead/00Q...": one of its kind in each account. */
static qbg_status event_of(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (key.size > 0) qbg__blob_text(out, cell->word);
    return append(out, key);
}

/* Nobody was asked whether an opportunity of that key is there: it counts if it is. */
static qbg_status opportunity_if_known(qbg__export *self, const qbg__dialect_cell *cell,
                                       qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (key.size == 0) return QBG_OK;
    if (qbg__export_knows(self, QBG__LINK_OPPORTUNITY, key)) return append(out, key);
    return qbg__export_remark(self, cell->field, "no opportunity has this key; it is left out");
}

static const qbg__dialect_cell lead_key_cell = {NULL, LEAD_ID, lead_key, 0, NULL};
static const qbg__dialect_link lead_links[] = {
    {QBG__LINK_CONTACT_OF_EMAIL,
     {NULL, LEAD_EMAIL, qbg__convert_folded, 0, NULL},
     {NULL, LEAD_ID, lead_key, 0, NULL}},
};
static const qbg__dialect_cell lead_cells[] = {
    {"contact", LEAD_ID, lead_key, 0, NULL},
    {"account", LEAD_ACCOUNT, qbg__convert_account, LEAD_COMPANY, NULL},
    {"name", LEAD_LAST, lead_name, 0, NULL},
    {"title", LEAD_TITLE, qbg__convert_text, 0, NULL},
    {"email", LEAD_EMAIL, qbg__convert_text, 0, NULL},
    {"merged_into", LEAD_CONTACT, qbg__convert_contact, 0, NULL},
};
static const qbg__dialect_cell merged_lead_cells[] = {
    {"contact", LEAD_ID, qbg__convert_text, 0, NULL},
    {"merged_into", LEAD_MASTER, qbg__convert_contact, 0, NULL},
};
static const qbg__dialect_cell lead_signal_cells[] = {
    {"time", LEAD_CONVERTED_AT, qbg__convert_time, 0, NULL},
    {"kind", QBG__NO_FIELD, qbg__convert_word, 0, "qualified_lead"},
    {"contact", LEAD_ID, lead_key, 0, NULL},
    {"opportunity", LEAD_OPPORTUNITY, opportunity_if_known, 0, NULL},
    {"event", LEAD_ID, event_of, 0, "lead/"},
};
static const qbg__dialect_part lead_parts[] = {
    {QBG__BOOK_CONTACTS, is_there, 0, 0, lead_cells, COUNT(lead_cells)},
    {QBG__BOOK_CONTACTS, qbg__export_is_merged, 0, 0, merged_lead_cells, COUNT(merged_lead_cells)},
    {QBG__BOOK_SIGNALS, is_converted, 1, 0, lead_signal_cells, COUNT(lead_signal_cells)},
};

/* ---- Opportunity ----------------------------------------------------------------------------- */

enum {
    DEAL_ID = OWN(0),
    DEAL_ACCOUNT,
    DEAL_COMPANY,
    DEAL_NAME,
    DEAL_TYPE,
    DEAL_STAGE,
    DEAL_STAGE_FROM,
    DEAL_AMOUNT,
    DEAL_CURRENCY,
    DEAL_OPENED,
    DEAL_CLOSED,
    DEAL_IS_CLOSED,
    DEAL_IS_WON
};
static const char *const deal_fields[] = {"id|opportunityid",
                                          "accountid",
                                          "accountname|account",
                                          "name|opportunityname",
                                          "type",
                                          "stagename|stage",
                                          "laststagechangedate",
                                          "amount",
                                          "currencyisocode|amountcurrency",
                                          "createddate",
                                          "closedate",
                                          "isclosed|closed",
                                          "iswon|won"};

/* Where the flags are not in the export, the stages that Salesforce comes with say it. */
static int is_closed(const qbg__export *self) {
    if (qbg__export_cell(self, DEAL_IS_CLOSED).size > 0)
        return qbg__export_is_yes(self, DEAL_IS_CLOSED);
    return qbg__export_says(self, DEAL_STAGE, "closedwon|closedlost");
}

static int is_dated_close(const qbg__export *self) {
    return is_closed(self) && qbg__export_cell(self, DEAL_CLOSED).size > 0;
}

static int has_dated_stage(const qbg__export *self) {
    return qbg__export_cell(self, DEAL_STAGE).size > 0 &&
           (is_dated_close(self) || qbg__export_cell(self, DEAL_STAGE_FROM).size > 0);
}

static qbg_status undated_stage(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, DEAL_ID);
    if (has_dated_stage(self) || qbg__export_has(self, STAGES_OF_OPPORTUNITY, key)) return QBG_OK;
    return qbg__convert_text(self, cell, out);
}

static qbg_status close_time(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return is_closed(self) ? qbg__convert_time(self, cell, out) : QBG_OK;
}

static qbg_status outcome(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int is_won = qbg__export_is_yes(self, DEAL_IS_WON);
    if (qbg__export_cell(self, DEAL_IS_WON).size == 0)
        is_won = qbg__export_says(self, DEAL_STAGE, "closedwon");
    (void)cell;
    qbg__blob_text(out, is_won ? "won" : "lost");
    return out->status;
}

/* The types that Salesforce comes with, and the usual ones beside them. */
static qbg_status deal_type(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    static const struct {
        const char *words, *type;
    } types[] = {
        {"newcustomer|newbusiness|new|newlogo|acquisition", "acquisition"},
        {"existingcustomerupgrade|upgrade|upsell|expansion|addon|addonbusiness", "upsell"},
        {"crosssell|crosssellupsell", "cross_sell"},
        {"renewal|retention|existingcustomerreplacement|existingcustomerdowngrade|"
         "existingcustomerrenewal",
         "retention"},
    };
    qbg__span text = qbg__export_cell(self, cell->field);
    if (text.size == 0) return QBG_OK;
    for (size_t i = 0; i < COUNT(types); i++) {
        if (!qbg__export_says(self, cell->field, types[i].words)) continue;
        qbg__blob_text(out, types[i].type);
        return out->status;
    }
    return qbg__export_remark_once(self, cell->field, text,
                                   "not a type that a book has; it is left out");
}

static const qbg__dialect_cell deal_key = {NULL, DEAL_ID, key_or_name, DEAL_NAME, NULL};
static const qbg__dialect_cell deal_cells[] = {
    {"opportunity", DEAL_ID, key_or_name, DEAL_NAME, NULL},
    {"account", DEAL_ACCOUNT, qbg__convert_account, DEAL_COMPANY, NULL},
    {"solution", DEAL_ID, qbg__convert_solution, PRODUCT_OF_OPPORTUNITY, NULL},
    {"name", DEAL_NAME, qbg__convert_text, 0, NULL},
    {"type", DEAL_TYPE, deal_type, 0, NULL},
    {"stage", DEAL_STAGE, undated_stage, 0, NULL},
    {"amount", DEAL_AMOUNT, qbg__convert_number, 0, NULL},
    {"currency", DEAL_CURRENCY, qbg__convert_text, 0, NULL},
    {"opened", DEAL_OPENED, qbg__convert_time, 0, NULL},
    {"closed", DEAL_CLOSED, close_time, 0, NULL},
};
static qbg_status stage_from(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    const qbg__dialect_cell closed = {NULL, DEAL_CLOSED, NULL, 0, NULL};
    return qbg__convert_time(self, is_dated_close(self) ? &closed : cell, out);
}
static const qbg__dialect_cell deal_stage_cells[] = {
    {"opportunity", DEAL_ID, key_or_name, DEAL_NAME, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "stage"},
    {"value", DEAL_STAGE, qbg__convert_text, 0, NULL},
    {"from", DEAL_STAGE_FROM, stage_from, 0, NULL},
};
static const qbg__dialect_cell deal_outcome_cells[] = {
    {"opportunity", DEAL_ID, key_or_name, DEAL_NAME, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "outcome"},
    {"value", DEAL_IS_WON, outcome, 0, NULL},
    {"from", DEAL_CLOSED, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part deal_parts[] = {
    {QBG__BOOK_OPPORTUNITIES, NULL, 0, 0, deal_cells, COUNT(deal_cells)},
    {QBG__BOOK_HISTORY, has_dated_stage, 1, 0, deal_stage_cells, COUNT(deal_stage_cells)},
    {QBG__BOOK_HISTORY, is_dated_close, 1, 0, deal_outcome_cells, COUNT(deal_outcome_cells)},
};

/* OpportunityHistory, and Fivetran's versions of an opportunity. */
enum { PAST_ID = OWN(0), PAST_STAGE, PAST_AMOUNT, PAST_FROM };
static const char *const past_fields[] = {"opportunityid|id", "stagename|stage", "amount",
                                          "fivetranstart|createddate"};
static int has_past_stage(const qbg__export *self) {
    return qbg__export_cell(self, PAST_STAGE).size > 0;
}
static int has_past_amount(const qbg__export *self) {
    return qbg__export_cell(self, PAST_AMOUNT).size > 0;
}
static qbg_status deal_with_stage(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return has_past_stage(self) ? qbg__convert_text(self, cell, out) : QBG_OK;
}
static const qbg__dialect_link past_links[] = {
    {STAGES_OF_OPPORTUNITY,
     {NULL, PAST_ID, deal_with_stage, 0, NULL},
     {NULL, QBG__NO_FIELD, NULL, 0, NULL}},
};
static const char *skip_past(const qbg__export *self) {
    return has_past_stage(self) || has_past_amount(self)
               ? NULL
               : "a version of an opportunity with neither stage nor amount";
}
static const qbg__dialect_cell past_stage_cells[] = {
    {"opportunity", PAST_ID, qbg__convert_opportunity, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "stage"},
    {"value", PAST_STAGE, qbg__convert_text, 0, NULL},
    {"from", PAST_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_cell past_amount_cells[] = {
    {"opportunity", PAST_ID, qbg__convert_opportunity, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "amount"},
    {"value", PAST_AMOUNT, qbg__convert_number, 0, NULL},
    {"from", PAST_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part past_parts[] = {
    {QBG__BOOK_HISTORY, has_past_stage, 0, 0, past_stage_cells, COUNT(past_stage_cells)},
    {QBG__BOOK_HISTORY, has_past_amount, 0, 0, past_amount_cells, COUNT(past_amount_cells)},
};

/* OpportunityFieldHistory: what a field was set to, and when. */
enum { CHANGE_ID = OWN(0), CHANGE_FIELD, CHANGE_VALUE, CHANGE_FROM };
static const char *const change_fields[] = {"opportunityid", "field", "newvalue", "createddate"};
static const char *skip_change(const qbg__export *self) {
    return qbg__export_says(self, CHANGE_FIELD, "stagename|amount")
               ? NULL
               : "of changes those of stage and amount have a place in a book";
}
static qbg_status deal_with_new_stage(qbg__export *self, const qbg__dialect_cell *cell,
                                      qbg_blob *out) {
    return qbg__export_says(self, CHANGE_FIELD, "stagename") ? qbg__convert_text(self, cell, out)
                                                             : QBG_OK;
}
static const qbg__dialect_link change_links[] = {
    {STAGES_OF_OPPORTUNITY,
     {NULL, CHANGE_ID, deal_with_new_stage, 0, NULL},
     {NULL, QBG__NO_FIELD, NULL, 0, NULL}},
};
static qbg_status change_field(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__blob_text(out, qbg__export_says(self, cell->field, "amount") ? "amount" : "stage");
    return out->status;
}
static const qbg__dialect_cell change_cells[] = {
    {"opportunity", CHANGE_ID, qbg__convert_opportunity, 0, NULL},
    {"field", CHANGE_FIELD, change_field, 0, NULL},
    {"value", CHANGE_VALUE, qbg__convert_number, 0, NULL},
    {"from", CHANGE_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part change_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, change_cells, COUNT(change_cells)},
};

/* OpportunityContactRole. */
enum { ROLE_DEAL = OWN(0), ROLE_CONTACT, ROLE_WORD };
static const char *const role_fields[] = {"opportunityid", "contactid", "role|contactrole"};
static const qbg__dialect_cell role_cells[] = {
    {"opportunity", ROLE_DEAL, qbg__convert_opportunity, 0, NULL},
    {"contact", ROLE_CONTACT, qbg__convert_contact, 0, NULL},
    {"role", ROLE_WORD, qbg__convert_role, QBG_CROSSWALK_SALESFORCE, NULL},
};
static const qbg__dialect_part role_parts[] = {
    {QBG__BOOK_MEMBERS, NULL, 0, 0, role_cells, COUNT(role_cells)},
};

/* ---- what is sold ---------------------------------------------------------------------------- */

enum { PRODUCT_ID = OWN(0), PRODUCT_NAME };
static const char *const product_fields[] = {"id|product2id", "name|productname"};
static const qbg__dialect_link product_links[] = {
    {QBG__LINK_SOLUTION,
     {NULL, PRODUCT_ID, qbg__convert_text, 0, NULL},
     {NULL, QBG__NO_FIELD, NULL, 0, NULL}},
};
static const qbg__dialect_cell product_cells[] = {
    {"solution", PRODUCT_ID, qbg__convert_text, 0, NULL},
    {"name", PRODUCT_NAME, qbg__convert_text, 0, NULL},
};
static const qbg__dialect_part product_parts[] = {
    {QBG__BOOK_SOLUTIONS, NULL, 0, 0, product_cells, COUNT(product_cells)},
};

enum { LINE_DEAL = OWN(0), LINE_PRODUCT };
static const char *const line_fields[] = {"opportunityid", "product2id|productcode"};
static int has_product(const qbg__export *self) {
    return qbg__export_cell(self, LINE_PRODUCT).size > 0;
}
static qbg_status deal_with_product(qbg__export *self, const qbg__dialect_cell *cell,
                                    qbg_blob *out) {
    return has_product(self) ? qbg__convert_text(self, cell, out) : QBG_OK;
}
static const qbg__dialect_link line_links[] = {
    {PRODUCT_OF_OPPORTUNITY,
     {NULL, LINE_DEAL, deal_with_product, 0, NULL},
     {NULL, LINE_PRODUCT, qbg__convert_text, 0, NULL}},
};

/* ---- what people did ------------------------------------------------------------------------- */

enum {
    TASK_ID = OWN(0),
    TASK_WHO,
    TASK_WHAT,
    TASK_ACCOUNT,
    TASK_COMPLETED,
    TASK_DATE,
    TASK_STATUS,
    TASK_IS_CLOSED,
    TASK_SUBTYPE,
    TASK_TYPE
};
static const char *const task_fields[] = {"id|taskid",
                                          "whoid",
                                          "whatid",
                                          "accountid",
                                          "completeddatetime|completeddate",
                                          "activitydate|duedate|createddate",
                                          "status",
                                          "isclosed",
                                          "tasksubtype",
                                          "type|typec"};

/* Is it an Id of that kind of object? */
static int starts(qbg__span key, const char *prefix) {
    return (key.size == 15 || key.size == 18) && memcmp(key.bytes, prefix, 3) == 0;
}

/* What an act is about: an opportunity when it is known as one, or has the form of one's Id. */
static qbg_status what_opportunity(qbg__export *self, const qbg__dialect_cell *cell,
                                   qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (qbg__export_knows(self, QBG__LINK_OPPORTUNITY, key)) return append(out, key);
    return starts(key, "006") ? opportunity_if_known(self, cell, out) : QBG_OK;
}

/* The account that the act names, else the one that it is about. What the person's own account is
 * need not be said again. */
static qbg_status what_account(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (key.size > 0) return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->field, key, out);
    key = qbg__export_cell(self, cell->other);
    if (!starts(key, "001") && !qbg__export_knows(self, QBG__LINK_ACCOUNT, key)) return QBG_OK;
    return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->other, key, out);
}

/* Refuses what names nobody whom the act could be counted for. other: the account's field, before
 * which that of what it is about stands. */
static qbg_status who(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span account = qbg__export_cell(self, cell->other);
    qbg__span what = qbg__export_cell(self, cell->other - 1);
    if (qbg__export_cell(self, cell->field).size == 0 && account.size == 0 &&
        !starts(what, "001") && !qbg__export_knows(self, QBG__LINK_ACCOUNT, what) &&
        !qbg__export_knows(self, QBG__LINK_OPPORTUNITY, what))
        return qbg__export_refuse(
            self, cell->field, "neither a person nor a company nor a known opportunity is named");
    const qbg__dialect_cell contact = {cell->column, cell->field, NULL, 0, NULL};
    return qbg__convert_contact(self, &contact, out);
}

static const char *skip_task(const qbg__export *self) {
    int is_done = qbg__export_is_yes(self, TASK_IS_CLOSED) ||
                  qbg__export_says(self, TASK_STATUS, "completed");
    if (!is_done) return "a task that is not done says what is planned, not what somebody did";
    if (qbg__export_says(self, TASK_SUBTYPE, "email|listemail") ||
        qbg__export_says(self, TASK_TYPE, "email"))
        return "an e-mail that was sent to somebody is no act of his";
    return NULL;
}

static qbg_status task_kind(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int is_call =
        qbg__export_says(self, TASK_SUBTYPE, "call") || qbg__export_says(self, TASK_TYPE, "call");
    (void)cell;
    qbg__blob_text(out, is_call                                                   ? "call"
                        : qbg__export_says(self, TASK_TYPE, "meeting|demo|visit") ? "meeting"
                                                                                  : "interaction");
    return out->status;
}

static const qbg__dialect_cell task_cells[] = {
    {"time", TASK_COMPLETED, qbg__convert_time, TASK_DATE, NULL},
    {"kind", TASK_SUBTYPE, task_kind, 0, NULL},
    {"account", TASK_ACCOUNT, what_account, TASK_WHAT, NULL},
    {"contact", TASK_WHO, who, TASK_ACCOUNT, NULL},
    {"opportunity", TASK_WHAT, what_opportunity, 0, NULL},
    {"event", TASK_ID, event_of, 0, "task/"},
};
static const qbg__dialect_part task_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, task_cells, COUNT(task_cells)},
};

enum {
    EVENT_ID = OWN(0),
    EVENT_WHO,
    EVENT_WHAT,
    EVENT_ACCOUNT,
    EVENT_START,
    EVENT_DATE,
    EVENT_TYPE
};
static const char *const event_fields[] = {
    "id|eventid",   "whoid",     "whatid", "accountid", "startdatetime|activitydatetime",
    "activitydate", "type|typec"};
static qbg_status event_kind(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__blob_text(out, qbg__export_says(self, cell->field, "call") ? "call" : "meeting");
    return out->status;
}
static const char *skip_event(const qbg__export *self) {
    return qbg__export_says(self, EVENT_TYPE, "email")
               ? "an e-mail that was sent to somebody is no act of his"
               : NULL;
}
static const qbg__dialect_cell event_cells[] = {
    {"time", EVENT_START, qbg__convert_time, EVENT_DATE, NULL},
    {"kind", EVENT_TYPE, event_kind, 0, NULL},
    {"account", EVENT_ACCOUNT, what_account, EVENT_WHAT, NULL},
    {"contact", EVENT_WHO, who, EVENT_ACCOUNT, NULL},
    {"opportunity", EVENT_WHAT, what_opportunity, 0, NULL},
    {"event", EVENT_ID, event_of, 0, "event/"},
};
static const qbg__dialect_part event_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, event_cells, COUNT(event_cells)},
};

enum { CAMPAIGN_ID = OWN(0), CAMPAIGN_TITLE, CAMPAIGN_KIND };
static const char *const campaign_fields[] = {"id|campaignid", "name|campaignname",
                                              "type|campaigntype"};
static const qbg__dialect_link campaign_links[] = {
    {CAMPAIGN_TYPE,
     {NULL, CAMPAIGN_ID, qbg__convert_text, 0, NULL},
     {NULL, CAMPAIGN_KIND, qbg__convert_text, 0, NULL}},
    {CAMPAIGN_NAME,
     {NULL, CAMPAIGN_ID, qbg__convert_text, 0, NULL},
     {NULL, CAMPAIGN_TITLE, qbg__convert_text, 0, NULL}},
};

enum {
    RESPONSE_ID = OWN(0),
    RESPONSE_CAMPAIGN,
    RESPONSE_CONTACT,
    RESPONSE_LEAD,
    RESPONSE_STATUS,
    RESPONSE_HAS,
    RESPONSE_AT,
    RESPONSE_CREATED
};
static const char *const response_fields[] = {
    "id|campaignmemberid",    "campaignid", "contactid",
    "leadid|leadorcontactid", "status",     "hasresponded|responded",
    "firstrespondeddate",     "createddate"};
#define RESPONSES "responded|attended|registered|clicked|opened|downloaded|visited"
static const char *skip_response(const qbg__export *self) {
    if (qbg__export_is_yes(self, RESPONSE_HAS) ||
        qbg__export_says(self, RESPONSE_STATUS, RESPONSES))
        return NULL;
    return "a member of a campaign who has not responded did nothing";
}

static int is_campaign(const qbg__export *self, const char *words) {
    char folded[QBG__HEADING];
    qbg__dialect_fold(
        qbg__export_linked(self, CAMPAIGN_TYPE, qbg__export_cell(self, RESPONSE_CAMPAIGN)), folded);
    return qbg__dialect_lists(words, folded);
}

#define WEBINARS "webinar"
#define EVENTS   "event|conference|tradeshow|seminar|seminarconference|workshop|publicrelations"

/* By what he did, as the status says; else by what the campaign was. */
static const char *kind_of_response(const qbg__export *self) {
    if (qbg__export_says(self, RESPONSE_STATUS, "registered"))
        return is_campaign(self, WEBINARS) ? "webinar_registration" : "event_registration";
    if (qbg__export_says(self, RESPONSE_STATUS, "clicked")) return "email_click";
    if (qbg__export_says(self, RESPONSE_STATUS, "opened")) return "email_open";
    if (qbg__export_says(self, RESPONSE_STATUS, "downloaded")) return "content_download";
    if (qbg__export_says(self, RESPONSE_STATUS, "visited")) return "page_view";
    if (is_campaign(self, WEBINARS)) return "webinar_attendance";
    if (qbg__export_says(self, RESPONSE_STATUS, "attended") || is_campaign(self, EVENTS))
        return "event_attendance";
    if (is_campaign(self, "email|directmail")) return "email_click";
    if (is_campaign(self, "content|whitepaper|contentdownload")) return "content_download";
    if (is_campaign(self, "bannerads|advertisement|socialmedia|paidsocial")) return "ad_click";
    return "interaction";
}

static qbg_status response_kind(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    qbg__blob_text(out, kind_of_response(self));
    return out->status;
}

static qbg_status response_contact(qbg__export *self, const qbg__dialect_cell *cell,
                                   qbg_blob *out) {
    if (qbg__export_cell(self, RESPONSE_CONTACT).size == 0 &&
        qbg__export_cell(self, RESPONSE_LEAD).size == 0)
        return qbg__export_refuse(self, RESPONSE_CONTACT, "neither a contact nor a lead is named");
    return qbg__convert_contact(self, cell, out);
}

static const qbg__dialect_cell response_cells[] = {
    {"time", RESPONSE_AT, qbg__convert_time, RESPONSE_CREATED, NULL},
    {"kind", RESPONSE_STATUS, response_kind, 0, NULL},
    {"contact", RESPONSE_CONTACT, response_contact, RESPONSE_LEAD, NULL},
    {"content", RESPONSE_CAMPAIGN, qbg__convert_link, CAMPAIGN_NAME, NULL},
    {"event", RESPONSE_ID, event_of, 0, "campaign_member/"},
};
static const qbg__dialect_part response_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, response_cells, COUNT(response_cells)},
};

/* ---- all of them ----------------------------------------------------------------------------- */

#define FIELDS(list) list, COUNT(list)

/* A table whose name says nothing is taken for the first one whose headings it has. */
static const qbg__dialect_object objects[] = {
    {"Account", "account|accounts", "accountid+accountname+type|name+website+industry",
     FIELDS(account_fields), QBG__DIALECT_ACCOUNT, &account_key, ACCOUNT_MASTER, 0, NULL,
     account_links, COUNT(account_links), account_parts, COUNT(account_parts)},
    {"Opportunity", "opportunity|opportunities", "stagename+closedate|stage+closedate+amount",
     FIELDS(deal_fields), QBG__DIALECT_OPPORTUNITY, &deal_key, 0, 0, NULL, NO_LINKS, deal_parts,
     COUNT(deal_parts)},
    {"Lead", "lead|leads", "lastname+company+status", FIELDS(lead_fields), QBG__DIALECT_CONTACT,
     &lead_key_cell, LEAD_MASTER, 0, NULL, lead_links, COUNT(lead_links), lead_parts,
     COUNT(lead_parts)},
    {"Contact", "contact|contacts", "contactlastname|lastname+accountid|lastname+accountname",
     FIELDS(contact_fields), QBG__DIALECT_CONTACT, &contact_key_cell, CONTACT_MASTER, 0, NULL,
     contact_links, COUNT(contact_links), contact_parts, COUNT(contact_parts)},
    {"OpportunityContactRole", "opportunitycontactrole|opportunitycontactroles",
     "opportunityid+contactid+role", FIELDS(role_fields), QBG__DIALECT_NONE, NULL, 0, 0, NULL,
     NO_LINKS, role_parts, COUNT(role_parts)},
    {"AccountContactRelation", "accountcontactrelation|accountcontactrelations",
     "accountid+contactid+isdirect", FIELDS(relation_fields), QBG__DIALECT_NONE, NULL, 0, 0,
     skip_relation, NO_LINKS, relation_parts, COUNT(relation_parts)},
    {"ContactHistory", "contacthistory", NULL, FIELDS(move_fields), QBG__DIALECT_NONE, NULL, 0, 0,
     skip_move, NO_LINKS, move_parts, COUNT(move_parts)},
    {"OpportunityHistory", "opportunityhistory|opportunityhistories", NULL, FIELDS(past_fields),
     QBG__DIALECT_NONE, NULL, 0, 0, skip_past, past_links, COUNT(past_links), past_parts,
     COUNT(past_parts)},
    {"OpportunityFieldHistory", "opportunityfieldhistory", "opportunityid+field+newvalue",
     FIELDS(change_fields), QBG__DIALECT_NONE, NULL, 0, 0, skip_change, change_links,
     COUNT(change_links), change_parts, COUNT(change_parts)},
    {"Product2", "product2|product|products", NULL, FIELDS(product_fields), QBG__DIALECT_NONE, NULL,
     0, 0, NULL, product_links, COUNT(product_links), product_parts, COUNT(product_parts)},
    {"OpportunityLineItem", "opportunitylineitem|opportunitylineitems|opportunityproduct", NULL,
     FIELDS(line_fields), QBG__DIALECT_NONE, NULL, 0, 0, NULL, line_links, COUNT(line_links),
     NO_PARTS},
    {"Task", "task|tasks", "whoid+tasksubtype", FIELDS(task_fields), QBG__DIALECT_NONE, NULL, 0, 0,
     skip_task, NO_LINKS, task_parts, COUNT(task_parts)},
    {"Event", "event|events", "whoid+startdatetime", FIELDS(event_fields), QBG__DIALECT_NONE, NULL,
     0, 0, skip_event, NO_LINKS, event_parts, COUNT(event_parts)},
    {"Campaign", "campaign|campaigns", NULL, FIELDS(campaign_fields), QBG__DIALECT_NONE, NULL, 0, 0,
     NULL, campaign_links, COUNT(campaign_links), NO_PARTS},
    {"CampaignMember", "campaignmember|campaignmembers", "campaignid+hasresponded",
     FIELDS(response_fields), QBG__DIALECT_NONE, NULL, 0, 0, skip_response, NO_LINKS,
     response_parts, COUNT(response_parts)},
};

/* Reports have Ids of 15 characters, in which case counts; all else has three more, which say which
 * of each five are capitals, so that case need not. */
static int lengthen(qbg__span id, char out[QBG__DIALECT_ID]) {
    static const char marks[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    uint32_t capitals[3] = {0, 0, 0};
    if (id.size != QBG__DIALECT_ID - 3) return 0;
    for (size_t i = 0; i < id.size; i++) {
        char byte = id.bytes[i];
        int is_capital = byte >= 'A' && byte <= 'Z';
        if (!is_capital && !(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9')) return 0;
        capitals[i / 5] |= (uint32_t)is_capital << i % 5;
    }
    memcpy(out, id.bytes, id.size);
    for (size_t i = 0; i < 3; i++) out[id.size + i] = marks[capitals[i]];
    return 1;
}

const qbg__dialect qbg__salesforce = {
    "salesforce",
    "Salesforce",
    objects,
    COUNT(objects),
    lengthen,
    "user|users|userrole|profile|group|recordtype|queue|contract|order|case|cases|quote|asset|"
    "pricebookentry|pricebook2|emailmessage|attachment|note"};
