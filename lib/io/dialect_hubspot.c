/* dialect_hubspot: the objects of HubSpot; see dialect.h. Headings are those of its properties, as
 * Fivetran's copy of them has them with "property_" in front, and of the export of a view ("Record
 * ID", "First Name"). Who belongs to what is in tables of associations. docs/crm.md says in words
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
    COMPANY_OF_CONTACT = QBG__LINK_OWN, /* contact -> company */
    COMPANY_OF_DEAL,                    /* deal -> company */
    CONTACT_OF_DEAL,                    /* deal -> the first contact */
    ROLES_OF_CONTACT,                   /* contact -> buying roles */
    STAGES_OF_DEAL,                     /* deal: its stages are dated elsewhere */
    STAGE_NAME,                         /* stage -> label */
    STAGE_END,                          /* stage -> "won" or "lost" */
    TIME_OF_ENGAGEMENT,                 /* engagement -> when it was */
    KIND_OF_ENGAGEMENT,                 /* engagement -> CALL, MEETING ... */
    DEAL_OF_ENGAGEMENT,
    CONTACT_OF_ENGAGEMENT,
    PAGE_OF_EVENT,  /* event of a mail -> the link that was clicked */
    STATUS_OF_EVENT /* event of a mail -> the status of a subscription */
};

static qbg_status append(qbg_blob *out, qbg__span text) {
    qbg__blob_bytes(out, text.bytes, text.size);
    return out->status;
}

/* The first of several keys, as the export of a view lists them. */
static qbg__span first_of(qbg__span keys) {
    const char *end = keys.size > 0 ? memchr(keys.bytes, ';', keys.size) : NULL;
    if (end) keys.size = (size_t)(end - keys.bytes);
    return keys;
}

static qbg_status first_key(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return append(out, first_of(qbg__export_cell(self, cell->field)));
}

/* Keys that associations and other tables give in full. */
#define TEXT(field)                                                                                \
    { NULL, field, qbg__convert_text, 0, NULL }

/* ---- company --------------------------------------------------------------------------------- */

enum { COMPANY_ID = OWN(0), COMPANY_NAME, COMPANY_DOMAIN, COMPANY_MERGED };
static const char *const company_fields[] = {"id|companyid|recordid|hsobjectid", "name|companyname",
                                             "domain|companydomainname|website",
                                             "hsmergedobjectids|mergedcompanyids"};
static const qbg__dialect_cell company_key = TEXT(COMPANY_ID);
static const qbg__dialect_link company_links[] = {
    {QBG__LINK_ACCOUNT_OF_NAME,
     {NULL, COMPANY_NAME, qbg__convert_folded, 0, NULL},
     TEXT(COMPANY_ID)},
};
static const qbg__dialect_cell company_cells[] = {
    {"account", COMPANY_ID, qbg__convert_text, 0, NULL},
    {"name", COMPANY_NAME, qbg__convert_text, 0, NULL},
    {"domains", COMPANY_DOMAIN, qbg__convert_domain, 0, NULL},
};
static const qbg__dialect_cell merged_company_cells[] = {
    {"account", COMPANY_MERGED, qbg__convert_text, 0, NULL},
    {"merged_into", COMPANY_ID, qbg__convert_text, 0, NULL},
};
static const qbg__dialect_part company_parts[] = {
    {QBG__BOOK_ACCOUNTS, NULL, 0, 0, company_cells, COUNT(company_cells)},
    {QBG__BOOK_ACCOUNTS, NULL, 1, COMPANY_MERGED, merged_company_cells,
     COUNT(merged_company_cells)},
};

/* ---- contact --------------------------------------------------------------------------------- */

enum {
    CONTACT_ID = OWN(0),
    CONTACT_EMAIL,
    CONTACT_FIRST,
    CONTACT_LAST,
    CONTACT_TITLE,
    CONTACT_COMPANY,
    CONTACT_COMPANY_NAME,
    CONTACT_ROLE,
    CONTACT_QUALIFIED,
    CONTACT_MERGED
};
#define COMPANY_IDS                                                                                \
    "associatedcompanyid|associatedcompanyids|primaryassociatedcompanyid|"                         \
    "associatedcompanyidsprimary"
static const char *const contact_fields[] = {
    "id|contactid|recordid|vid|canonicalvid",
    "email",
    "firstname",
    "lastname",
    "jobtitle",
    COMPANY_IDS,
    "company|companyname|associatedcompany|associatedcompanyprimary",
    "hsbuyingrole|buyingrole",
    "hslifecyclestagemarketingqualifiedleaddate|becameamarketingqualifiedleaddate",
    "hsmergedobjectids|mergedcontactids|hscalculatedmergedvids"};
static const qbg__dialect_cell contact_key = TEXT(CONTACT_ID);
/* Of contacts without a company nothing is to be linked. */
static qbg_status employed_contact(qbg__export *self, const qbg__dialect_cell *cell,
                                   qbg_blob *out) {
    return qbg__export_cell(self, CONTACT_COMPANY).size > 0 ? qbg__convert_text(self, cell, out)
                                                            : QBG_OK;
}
static const qbg__dialect_link contact_links[] = {
    {QBG__LINK_CONTACT_OF_EMAIL,
     {NULL, CONTACT_EMAIL, qbg__convert_folded, 0, NULL},
     TEXT(CONTACT_ID)},
    {ROLES_OF_CONTACT, TEXT(CONTACT_ID), TEXT(CONTACT_ROLE)},
    {COMPANY_OF_CONTACT,
     {NULL, CONTACT_ID, employed_contact, 0, NULL},
     {NULL, CONTACT_COMPANY, first_key, 0, NULL}},
};

/* His primary company, else one that he is associated with, else the one whose name he gave. */
static qbg_status contact_account(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = first_of(qbg__export_cell(self, cell->field));
    if (key.size == 0)
        key = qbg__export_linked(self, COMPANY_OF_CONTACT, qbg__export_cell(self, CONTACT_ID));
    if (key.size > 0) return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->field, key, out);
    return qbg__convert_account(self, cell, out);
}

static int is_qualified(const qbg__export *self) {
    return qbg__export_cell(self, CONTACT_QUALIFIED).size > 0;
}

static qbg_status event_of(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span key = qbg__export_cell(self, cell->field);
    if (key.size > 0) qbg__blob_text(out, cell->word);
    return append(out, key);
}

static const qbg__dialect_cell contact_cells[] = {
    {"contact", CONTACT_ID, qbg__convert_text, 0, NULL},
    {"account", CONTACT_COMPANY, contact_account, CONTACT_COMPANY_NAME, NULL},
    {"name", CONTACT_FIRST, qbg__convert_name, CONTACT_LAST, NULL},
    {"title", CONTACT_TITLE, qbg__convert_text, 0, NULL},
    {"email", CONTACT_EMAIL, qbg__convert_text, 0, NULL},
};
static const qbg__dialect_cell merged_contact_cells[] = {
    {"contact", CONTACT_MERGED, qbg__convert_text, 0, NULL},
    {"merged_into", CONTACT_ID, qbg__convert_text, 0, NULL},
};
static const qbg__dialect_cell qualified_cells[] = {
    {"time", CONTACT_QUALIFIED, qbg__convert_time, 0, NULL},
    {"kind", QBG__NO_FIELD, qbg__convert_word, 0, "qualified_lead"},
    {"contact", CONTACT_ID, qbg__convert_text, 0, NULL},
    {"event", CONTACT_ID, event_of, 0, "qualified/"},
};
static const qbg__dialect_part contact_parts[] = {
    {QBG__BOOK_CONTACTS, NULL, 0, 0, contact_cells, COUNT(contact_cells)},
    {QBG__BOOK_CONTACTS, NULL, 1, CONTACT_MERGED, merged_contact_cells,
     COUNT(merged_contact_cells)},
    {QBG__BOOK_SIGNALS, is_qualified, 1, 0, qualified_cells, COUNT(qualified_cells)},
};

/* contact_merge_audit */
enum { AUDIT_KEPT = OWN(0), AUDIT_LOST };
static const char *const audit_fields[] = {"canonicalvid|contactid", "vidtomerge"};
static const qbg__dialect_cell audit_cells[] = {
    {"contact", AUDIT_LOST, qbg__convert_text, 0, NULL},
    {"merged_into", AUDIT_KEPT, qbg__convert_contact, 0, NULL},
};
static const qbg__dialect_part audit_parts[] = {
    {QBG__BOOK_CONTACTS, NULL, 0, 0, audit_cells, COUNT(audit_cells)},
};

/* ---- deal ------------------------------------------------------------------------------------ */

enum {
    DEAL_ID = OWN(0),
    DEAL_COMPANY,
    DEAL_COMPANY_NAME,
    DEAL_NAME,
    DEAL_TYPE,
    DEAL_STAGE,
    DEAL_AMOUNT,
    DEAL_CURRENCY,
    DEAL_OPENED,
    DEAL_CLOSED,
    DEAL_IS_CLOSED,
    DEAL_IS_WON,
    DEAL_CONTACTS
};
static const char *const deal_fields[] = {
    "dealid|id|recordid|hsobjectid",
    "associatedcompanyid|associatedcompanyids|associatedcompanyidsprimary|companyid",
    "associatedcompany|associatedcompanyprimary|companyname",
    "dealname|name",
    "dealtype",
    "dealpipelinestageid|dealstage|stage",
    "amount",
    "dealcurrencycode|currency",
    "createdate|createdat",
    "closedate",
    "hsisclosed|isclosed|isdealclosed",
    "hsisclosedwon|isclosedwon",
    "associatedcontactids|associatedcontactid"};

static const char *end_of(const qbg__export *self) {
    qbg__span stage = qbg__export_cell(self, DEAL_STAGE);
    qbg__span end = qbg__export_linked(self, STAGE_END, stage);
    if (qbg__export_is_yes(self, DEAL_IS_WON)) return "won";
    if (qbg__export_cell(self, DEAL_IS_CLOSED).size > 0)
        return qbg__export_is_yes(self, DEAL_IS_CLOSED) ? "lost" : NULL;
    if (end.size == 3 || qbg__export_says(self, DEAL_STAGE, "closedwon")) return "won";
    if (end.size == 4 || qbg__export_says(self, DEAL_STAGE, "closedlost")) return "lost";
    return NULL;
}

static int is_dated_close(const qbg__export *self) {
    return end_of(self) && qbg__export_cell(self, DEAL_CLOSED).size > 0;
}

static qbg_status close_time(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return end_of(self) ? qbg__convert_time(self, cell, out) : QBG_OK;
}

static qbg_status outcome(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    qbg__blob_text(out, end_of(self));
    return out->status;
}

/* The label that the pipeline has for it, else the stage itself. */
static qbg_status stage_name(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span stage = qbg__export_cell(self, cell->field);
    qbg__span label = qbg__export_linked(self, STAGE_NAME, stage);
    return append(out, label.size > 0 ? label : stage);
}

static qbg_status undated_stage(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int is_dated = is_dated_close(self) ||
                   qbg__export_has(self, STAGES_OF_DEAL, qbg__export_cell(self, DEAL_ID));
    return is_dated ? QBG_OK : stage_name(self, cell, out);
}

static int has_stage_at_close(const qbg__export *self) {
    return is_dated_close(self) && qbg__export_cell(self, DEAL_STAGE).size > 0;
}

/* Its own, else the one that it is associated with, else that of its first contact. */
static qbg_status deal_account(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span deal = qbg__export_cell(self, DEAL_ID);
    qbg__span key = first_of(qbg__export_cell(self, cell->field));
    if (key.size == 0) key = qbg__export_linked(self, COMPANY_OF_DEAL, deal);
    if (key.size == 0 && qbg__export_cell(self, cell->other).size > 0)
        return qbg__convert_account(self, cell, out);
    if (key.size == 0)
        key = qbg__export_linked(self, COMPANY_OF_CONTACT,
                                 qbg__export_linked(self, CONTACT_OF_DEAL, deal));
    if (key.size > 0) return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->field, key, out);
    return qbg__export_refuse(self, cell->field,
                              "no company is associated with this deal, nor with its contact");
}

static qbg_status deal_type(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span text = qbg__export_cell(self, cell->field);
    if (text.size == 0) return QBG_OK;
    const char *type = qbg__export_says(self, cell->field, "newbusiness|new")     ? "acquisition"
                       : qbg__export_says(self, cell->field, "renewal|retention") ? "retention"
                       : qbg__export_says(self, cell->field, "upsell|expansion")  ? "upsell"
                       : qbg__export_says(self, cell->field, "crosssell")         ? "cross_sell"
                                                                                  : NULL;
    if (!type)
        return qbg__export_remark_once(self, cell->field, text,
                                       "not a type that a book has; it is left out");
    qbg__blob_text(out, type);
    return out->status;
}

static const qbg__dialect_cell deal_key = TEXT(DEAL_ID);
static const qbg__dialect_cell deal_cells[] = {
    {"opportunity", DEAL_ID, qbg__convert_text, 0, NULL},
    {"account", DEAL_COMPANY, deal_account, DEAL_COMPANY_NAME, NULL},
    {"solution", DEAL_ID, qbg__convert_solution, 0, NULL},
    {"name", DEAL_NAME, qbg__convert_text, 0, NULL},
    {"type", DEAL_TYPE, deal_type, 0, NULL},
    {"stage", DEAL_STAGE, undated_stage, 0, NULL},
    {"amount", DEAL_AMOUNT, qbg__convert_number, 0, NULL},
    {"currency", DEAL_CURRENCY, qbg__convert_text, 0, NULL},
    {"opened", DEAL_OPENED, qbg__convert_time, 0, NULL},
    {"closed", DEAL_CLOSED, close_time, 0, NULL},
};
static const qbg__dialect_cell deal_stage_cells[] = {
    {"opportunity", DEAL_ID, qbg__convert_text, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "stage"},
    {"value", DEAL_STAGE, stage_name, 0, NULL},
    {"from", DEAL_CLOSED, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_cell deal_outcome_cells[] = {
    {"opportunity", DEAL_ID, qbg__convert_text, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "outcome"},
    {"value", DEAL_IS_WON, outcome, 0, NULL},
    {"from", DEAL_CLOSED, qbg__convert_time, 0, NULL},
};
static qbg_status member_roles(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span words =
        qbg__export_linked(self, ROLES_OF_CONTACT, qbg__export_cell(self, cell->field));
    qbg_blob copy;
    qbg__blob_begin(&copy, &self->mem);
    append(&copy, words); /* remarks may move what links hold */
    qbg_status status = copy.status;
    if (status == QBG_OK)
        status = qbg__convert_roles(self, QBG_CROSSWALK_HUBSPOT, cell->field,
                                    (qbg__span){qbg_blob_data(&copy), copy.size}, out);
    qbg__blob_end(&copy);
    return status;
}
/* Associated contacts, in the export of a view. */
static const qbg__dialect_cell deal_member_cells[] = {
    {"opportunity", DEAL_ID, qbg__convert_text, 0, NULL},
    {"contact", DEAL_CONTACTS, qbg__convert_contact, 0, NULL},
    {"role", DEAL_CONTACTS, member_roles, 0, NULL},
};
static const qbg__dialect_part deal_parts[] = {
    {QBG__BOOK_OPPORTUNITIES, NULL, 0, 0, deal_cells, COUNT(deal_cells)},
    {QBG__BOOK_HISTORY, has_stage_at_close, 1, 0, deal_stage_cells, COUNT(deal_stage_cells)},
    {QBG__BOOK_HISTORY, is_dated_close, 1, 0, deal_outcome_cells, COUNT(deal_outcome_cells)},
    {QBG__BOOK_MEMBERS, NULL, 1, DEAL_CONTACTS, deal_member_cells, COUNT(deal_member_cells)},
};

/* merged_deal: the one that was merged is no more. */
enum { MERGED_DEAL = OWN(0) };
static const char *const merged_fields[] = {"mergeddealid"};
static const qbg__dialect_cell merged_key = TEXT(MERGED_DEAL);

/* deal_pipeline_stage */
enum { STAGE_ID = OWN(0), STAGE_LABEL, STAGE_CLOSED, STAGE_WON, STAGE_PROBABILITY };
static const char *const stage_fields[] = {"stageid|id", "label", "isclosed", "closedwon",
                                           "probability"};
/* HubSpot sets closed_won for each stage of some pipelines; only a closed one ends a deal, and the
 * probability says how. */
static qbg_status stage_end(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span odds = qbg__export_cell(self, STAGE_PROBABILITY);
    int is_won = qbg__export_is_yes(self, STAGE_WON);
    if (odds.size > 0) is_won = odds.bytes[0] == '1';
    (void)cell;
    if (qbg__export_is_yes(self, STAGE_CLOSED)) qbg__blob_text(out, is_won ? "won" : "lost");
    return out->status;
}
static const qbg__dialect_link stage_links[] = {
    {STAGE_NAME, TEXT(STAGE_ID), TEXT(STAGE_LABEL)},
    {STAGE_END, TEXT(STAGE_ID), {NULL, STAGE_CLOSED, stage_end, 0, NULL}},
};

/* deal_stage: when a deal came to a stage. */
enum { PAST_DEAL = OWN(0), PAST_STAGE, PAST_FROM };
static const char *const past_fields[] = {"dealid", "value", "dateentered|fivetranstart"};
static const qbg__dialect_link past_links[] = {
    {STAGES_OF_DEAL, TEXT(PAST_DEAL), {NULL, QBG__NO_FIELD, NULL, 0, NULL}},
};
static const qbg__dialect_cell past_cells[] = {
    {"opportunity", PAST_DEAL, qbg__convert_opportunity, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "stage"},
    {"value", PAST_STAGE, stage_name, 0, NULL},
    {"from", PAST_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part past_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, past_cells, COUNT(past_cells)},
};

/* deal_property_history, contact_property_history */
enum { CHANGE_OF = OWN(0), CHANGE_NAME, CHANGE_VALUE, CHANGE_FROM };
static const char *const deal_change_fields[] = {"dealid", "name", "value", "timestamp"};
static const char *skip_deal_change(const qbg__export *self) {
    return qbg__export_says(self, CHANGE_NAME, "dealstage|amount")
               ? NULL
               : "of a deal's changes those of dealstage and amount have a place in a book";
}
static qbg_status deal_with_stage(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return qbg__export_says(self, CHANGE_NAME, "dealstage") ? qbg__convert_text(self, cell, out)
                                                            : QBG_OK;
}
static const qbg__dialect_link deal_change_links[] = {
    {STAGES_OF_DEAL,
     {NULL, CHANGE_OF, deal_with_stage, 0, NULL},
     {NULL, QBG__NO_FIELD, NULL, 0, NULL}},
};
static qbg_status change_field(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__blob_text(out, qbg__export_says(self, cell->field, "amount") ? "amount" : "stage");
    return out->status;
}
static qbg_status change_value(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    int is_amount = qbg__export_says(self, CHANGE_NAME, "amount");
    return is_amount ? qbg__convert_number(self, cell, out) : stage_name(self, cell, out);
}
static const qbg__dialect_cell deal_change_cells[] = {
    {"opportunity", CHANGE_OF, qbg__convert_opportunity, 0, NULL},
    {"field", CHANGE_NAME, change_field, 0, NULL},
    {"value", CHANGE_VALUE, change_value, 0, NULL},
    {"from", CHANGE_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part deal_change_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, deal_change_cells, COUNT(deal_change_cells)},
};

static const char *const contact_change_fields[] = {"contactid", "name", "value", "timestamp"};
static const char *skip_contact_change(const qbg__export *self) {
    return qbg__export_says(self, CHANGE_NAME, "associatedcompanyid")
               ? NULL
               : "of a contact's changes those of associatedcompanyid have a place in a book";
}
static const qbg__dialect_cell contact_change_cells[] = {
    {"contact", CHANGE_OF, qbg__convert_contact, 0, NULL},
    {"field", QBG__NO_FIELD, qbg__convert_word, 0, "account"},
    {"value", CHANGE_VALUE, qbg__convert_account, 0, NULL},
    {"from", CHANGE_FROM, qbg__convert_time, 0, NULL},
};
static const qbg__dialect_part contact_change_parts[] = {
    {QBG__BOOK_HISTORY, NULL, 0, 0, contact_change_cells, COUNT(contact_change_cells)},
};

/* ---- associations ---------------------------------------------------------------------------- */

enum { PAIR_FIRST = OWN(0), PAIR_SECOND };
static const char *const deal_company_fields[] = {"dealid", "companyid"};
static const qbg__dialect_link deal_company_links[] = {
    {COMPANY_OF_DEAL, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};

static const char *const contact_company_fields[] = {"contactid", "companyid"};
static const qbg__dialect_link contact_company_links[] = {
    {COMPANY_OF_CONTACT, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};

static const char *const deal_contact_fields[] = {"dealid", "contactid"};
static const qbg__dialect_link deal_contact_links[] = {
    {CONTACT_OF_DEAL, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};
static const qbg__dialect_cell member_cells[] = {
    {"opportunity", PAIR_FIRST, qbg__convert_opportunity, 0, NULL},
    {"contact", PAIR_SECOND, qbg__convert_contact, 0, NULL},
    {"role", PAIR_SECOND, member_roles, 0, NULL},
};
static const qbg__dialect_part member_parts[] = {
    {QBG__BOOK_MEMBERS, NULL, 0, 0, member_cells, COUNT(member_cells)},
};

/* ---- engagements ----------------------------------------------------------------------------- */

enum { ACT_ID = OWN(0), ACT_TIME, ACT_OTHER_TIME, ACT_TYPE, ACT_DIRECTION };
static const char *const act_fields[] = {
    "engagementid|id|hsobjectid", "starttime|hsmeetingstarttime|hstimestamp|timestamp",
    "createdat|hscreatedate", "type|engagementtype", "hsemaildirection|emaildirection"};

static qbg_status act_time(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span time = qbg__export_cell(self, ACT_TIME);
    (void)cell;
    return append(out, time.size > 0 ? time : qbg__export_cell(self, ACT_OTHER_TIME));
}

/* The name of the table says what its rows are, unless they say it. */
static qbg_status act_type(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    if (qbg__export_says(self, ACT_DIRECTION, "incomingemail")) {
        qbg__blob_text(out, "INCOMING_EMAIL");
        return out->status;
    }
    return qbg__convert_text_or_word(self, cell, out);
}

#define ACT_LINKS(name, type)                                                                      \
    static const qbg__dialect_link name[] = {                                                      \
        {TIME_OF_ENGAGEMENT, TEXT(ACT_ID), {NULL, ACT_TIME, act_time, 0, NULL}},                   \
        {KIND_OF_ENGAGEMENT, TEXT(ACT_ID), {NULL, ACT_TYPE, act_type, 0, type}},                   \
    }
ACT_LINKS(call_links, "CALL");
ACT_LINKS(meeting_links, "MEETING");
ACT_LINKS(mail_links, "EMAIL");
ACT_LINKS(note_links, "NOTE");
ACT_LINKS(task_links, "TASK");
ACT_LINKS(message_links, "COMMUNICATION");

/* The table of all engagements: older copies of it have the time. */
static qbg_status timed_act(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return qbg__export_cell(self, ACT_TIME).size > 0 ? qbg__convert_text(self, cell, out) : QBG_OK;
}
static qbg_status typed_act(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return qbg__export_cell(self, ACT_TYPE).size > 0 ? qbg__convert_text(self, cell, out) : QBG_OK;
}
static const qbg__dialect_link act_links[] = {
    {TIME_OF_ENGAGEMENT, {NULL, ACT_ID, timed_act, 0, NULL}, TEXT(ACT_TIME)},
    {KIND_OF_ENGAGEMENT, {NULL, ACT_ID, typed_act, 0, NULL}, TEXT(ACT_TYPE)},
};

static const char *const act_deal_fields[] = {"engagementid", "dealid"};
static const qbg__dialect_link act_deal_links[] = {
    {DEAL_OF_ENGAGEMENT, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};

enum { TAKE_ACT = OWN(0), TAKE_WHO, TAKE_TYPE };
static const char *const act_contact_fields[] = {"engagementid", "contactid",
                                                 "engagementtype|type"};
static const qbg__dialect_link act_contact_links[] = {
    {CONTACT_OF_ENGAGEMENT, TEXT(TAKE_ACT), TEXT(TAKE_WHO)},
};
static const char *const act_company_fields[] = {"engagementid", "companyid",
                                                 "engagementtype|type"};

/* What kind of signal an engagement is; NULL: no act of a buyer. */
static const char *kind_of_act(const qbg__export *self) {
    char folded[QBG__HEADING];
    qbg__span type = qbg__export_linked(self, KIND_OF_ENGAGEMENT, qbg__export_cell(self, TAKE_ACT));
    if (type.size == 0) type = qbg__export_cell(self, TAKE_TYPE);
    qbg__dialect_fold(type, folded);
    if (strcmp(folded, "call") == 0) return "call";
    if (strcmp(folded, "meeting") == 0) return "meeting";
    if (strcmp(folded, "incomingemail") == 0) return "email_reply";
    if (strcmp(folded, "conversationsession") == 0) return "chat";
    if (strcmp(folded, "communication") == 0) return "interaction";
    return NULL;
}

#define NO_ACT "notes, tasks and e-mails that were sent are no acts of a buyer"
static const char *skip_act(const qbg__export *self) { return kind_of_act(self) ? NULL : NO_ACT; }

static const char *skip_company_act(const qbg__export *self) {
    if (!kind_of_act(self)) return NO_ACT;
    return qbg__export_linked(self, CONTACT_OF_ENGAGEMENT, qbg__export_cell(self, TAKE_ACT)).size >
                   0
               ? "an engagement that has contacts is theirs"
               : NULL;
}

static qbg_status act_kind(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    qbg__blob_text(out, kind_of_act(self));
    return out->status;
}

/* The time as the engagement's own table has it, converted as any. */
static qbg_status act_when(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span id = qbg__export_cell(self, cell->field);
    qbg__span time = qbg__export_linked(self, TIME_OF_ENGAGEMENT, id);
    if (time.size == 0)
        return qbg__export_refuse(self, cell->field,
                                  "no time is known of this engagement: its own row is not in the "
                                  "export, or was deleted");
    self->cells[cell->field] = time;
    const qbg__dialect_cell plain = {cell->column, cell->field, NULL, 0, NULL};
    qbg_status status = qbg__convert_time(self, &plain, out);
    self->cells[cell->field] = id;
    return status;
}

static qbg_status act_deal(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__span deal =
        qbg__export_linked(self, DEAL_OF_ENGAGEMENT, qbg__export_cell(self, cell->field));
    if (deal.size == 0) return QBG_OK;
    if (qbg__export_knows(self, QBG__LINK_OPPORTUNITY, deal)) return append(out, deal);
    return qbg__export_remark(self, cell->field,
                              "no opportunity has the key of its deal; it is left out");
}

static qbg_status act_event(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    qbg__blob_text(out, "engagement/");
    append(out, qbg__export_cell(self, TAKE_ACT));
    qbg__blob_char(out, '/');
    return append(out, qbg__export_cell(self, cell->field));
}

static qbg_status company_key_of(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    return qbg__convert_key(self, QBG__LINK_ACCOUNT, cell->field,
                            qbg__export_cell(self, cell->field), out);
}

static const qbg__dialect_cell act_contact_cells[] = {
    {"time", TAKE_ACT, act_when, 0, NULL},
    {"kind", TAKE_TYPE, act_kind, 0, NULL},
    {"contact", TAKE_WHO, qbg__convert_contact, 0, NULL},
    {"opportunity", TAKE_ACT, act_deal, 0, NULL},
    {"event", TAKE_WHO, act_event, 0, NULL},
};
static const qbg__dialect_part act_contact_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, act_contact_cells, COUNT(act_contact_cells)},
};
static const qbg__dialect_cell act_company_cells[] = {
    {"time", TAKE_ACT, act_when, 0, NULL},          {"kind", TAKE_TYPE, act_kind, 0, NULL},
    {"account", TAKE_WHO, company_key_of, 0, NULL}, {"opportunity", TAKE_ACT, act_deal, 0, NULL},
    {"event", TAKE_WHO, act_event, 0, NULL},
};
static const qbg__dialect_part act_company_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, act_company_cells, COUNT(act_company_cells)},
};

/* ---- mail and forms -------------------------------------------------------------------------- */

enum { MAIL_ID = OWN(0), MAIL_TYPE, MAIL_WHO, MAIL_TIME };
static const char *const mail_fields[] = {"id", "type", "recipient", "created"};

static const char *kind_of_mail(const qbg__export *self) {
    qbg__span id = qbg__export_cell(self, MAIL_ID);
    if (qbg__export_says(self, MAIL_TYPE, "open|print|forward")) return "email_open";
    if (qbg__export_says(self, MAIL_TYPE, "click")) return "email_click";
    if (qbg__export_says(self, MAIL_TYPE, "bounce")) return "bounce";
    if (qbg__export_says(self, MAIL_TYPE, "spamreport")) return "complaint";
    if (qbg__export_says(self, MAIL_TYPE, "unsubscribed")) return "unsubscribe";
    if (!qbg__export_says(self, MAIL_TYPE, "statuschange")) return NULL;
    qbg__span status = qbg__export_linked(self, STATUS_OF_EVENT, id);
    return status.size == 12 && memcmp(status.bytes, "UNSUBSCRIBED", 12) == 0 ? "unsubscribe"
                                                                              : NULL;
}

static const char *skip_mail(const qbg__export *self) {
    return kind_of_mail(self) ? NULL
                              : "that a mail was sent, delivered, deferred or dropped is no act of "
                                "its recipient";
}

static qbg_status mail_kind(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    (void)cell;
    qbg__blob_text(out, kind_of_mail(self));
    return out->status;
}

static qbg_status recipient(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    if (qbg__export_cell(self, cell->field).size == 0)
        return qbg__export_refuse(self, cell->field, "no recipient is named");
    return qbg__convert_recipient(self, cell, out);
}

static const qbg__dialect_cell mail_cells[] = {
    {"time", MAIL_TIME, qbg__convert_time, 0, NULL},
    {"kind", MAIL_TYPE, mail_kind, 0, NULL},
    {"contact", MAIL_WHO, recipient, 0, NULL},
    {"content", MAIL_ID, qbg__convert_link, PAGE_OF_EVENT, NULL},
    {"event", MAIL_ID, event_of, 0, "email_event/"},
};
static const qbg__dialect_part mail_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, mail_cells, COUNT(mail_cells)},
};

static const char *const click_fields[] = {"id", "url"};
static const qbg__dialect_link click_links[] = {
    {PAGE_OF_EVENT, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};
static const char *const status_fields[] = {"id", "portalsubscriptionstatus"};
static const qbg__dialect_link status_links[] = {
    {STATUS_OF_EVENT, TEXT(PAIR_FIRST), TEXT(PAIR_SECOND)},
};

enum { FORM_WHO = OWN(0), FORM_TIME, FORM_PAGE, FORM_ID };
static const char *const form_fields[] = {"contactid", "timestamp", "pageurl", "conversionid"};
static qbg_status form_contact(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out) {
    if (qbg__export_cell(self, cell->field).size == 0)
        return qbg__export_refuse(self, cell->field, "a value is required here");
    return qbg__convert_contact(self, cell, out);
}
static const qbg__dialect_cell form_cells[] = {
    {"time", FORM_TIME, qbg__convert_time, 0, NULL},
    {"kind", QBG__NO_FIELD, qbg__convert_word, 0, "form_submit"},
    {"contact", FORM_WHO, form_contact, 0, NULL},
    {"content", FORM_PAGE, qbg__convert_text, 0, NULL},
    {"event", FORM_ID, event_of, 0, "form/"},
};
static const qbg__dialect_part form_parts[] = {
    {QBG__BOOK_SIGNALS, NULL, 0, 0, form_cells, COUNT(form_cells)},
};

/* ---- all of them ----------------------------------------------------------------------------- */

#define FIELDS(list)       list, COUNT(list)
#define LINKS(list)        list, COUNT(list)
#define NO_ENTITY          QBG__DIALECT_NONE, NULL, 0, 0
#define ENTITY(which, key) QBG__DIALECT_##which, &key, 0, 0

/* A view of people may name their companies, so it is told apart before those. */
static const qbg__dialect_object objects[] = {
    {"contact", "contact|contacts", "recordid+firstname+lastname", FIELDS(contact_fields),
     ENTITY(CONTACT, contact_key), NULL, LINKS(contact_links), contact_parts, COUNT(contact_parts)},
    {"company", "company|companies", "recordid+companyname|recordid+companydomainname",
     FIELDS(company_fields), ENTITY(ACCOUNT, company_key), NULL, LINKS(company_links),
     company_parts, COUNT(company_parts)},
    {"deal", "deal|deals", "recordid+dealname", FIELDS(deal_fields), ENTITY(OPPORTUNITY, deal_key),
     NULL, NO_LINKS, deal_parts, COUNT(deal_parts)},
    {"contact_merge_audit", "contactmergeaudit", NULL, FIELDS(audit_fields), NO_ENTITY, NULL,
     NO_LINKS, audit_parts, COUNT(audit_parts)},
    {"merged_deal", "mergeddeal", NULL, FIELDS(merged_fields), QBG__DIALECT_OPPORTUNITY,
     &merged_key, 0, 1, NULL, NO_LINKS, NO_PARTS},
    {"deal_pipeline_stage", "dealpipelinestage", NULL, FIELDS(stage_fields), NO_ENTITY, NULL,
     LINKS(stage_links), NO_PARTS},
    {"deal_stage", "dealstage", NULL, FIELDS(past_fields), NO_ENTITY, NULL, LINKS(past_links),
     past_parts, COUNT(past_parts)},
    {"deal_property_history", "dealpropertyhistory", NULL, FIELDS(deal_change_fields), NO_ENTITY,
     skip_deal_change, LINKS(deal_change_links), deal_change_parts, COUNT(deal_change_parts)},
    {"contact_property_history", "contactpropertyhistory", NULL, FIELDS(contact_change_fields),
     NO_ENTITY, skip_contact_change, NO_LINKS, contact_change_parts, COUNT(contact_change_parts)},
    {"deal_company", "dealcompany", NULL, FIELDS(deal_company_fields), NO_ENTITY, NULL,
     LINKS(deal_company_links), NO_PARTS},
    {"contact_company", "contactcompany", NULL, FIELDS(contact_company_fields), NO_ENTITY, NULL,
     LINKS(contact_company_links), NO_PARTS},
    {"deal_contact", "dealcontact", NULL, FIELDS(deal_contact_fields), NO_ENTITY, NULL,
     LINKS(deal_contact_links), member_parts, COUNT(member_parts)},
    {"engagement_call", "engagementcall", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(call_links), NO_PARTS},
    {"engagement_meeting", "engagementmeeting", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(meeting_links), NO_PARTS},
    {"engagement_email", "engagementemail", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(mail_links), NO_PARTS},
    {"engagement_note", "engagementnote", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(note_links), NO_PARTS},
    {"engagement_task", "engagementtask", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(task_links), NO_PARTS},
    {"engagement_communication", "engagementcommunication", NULL, FIELDS(act_fields), NO_ENTITY,
     NULL, LINKS(message_links), NO_PARTS},
    {"engagement", "engagement|engagements", NULL, FIELDS(act_fields), NO_ENTITY, NULL,
     LINKS(act_links), NO_PARTS},
    {"engagement_deal", "engagementdeal", NULL, FIELDS(act_deal_fields), NO_ENTITY, NULL,
     LINKS(act_deal_links), NO_PARTS},
    {"engagement_contact", "engagementcontact", NULL, FIELDS(act_contact_fields), NO_ENTITY,
     skip_act, LINKS(act_contact_links), act_contact_parts, COUNT(act_contact_parts)},
    {"engagement_company", "engagementcompany", NULL, FIELDS(act_company_fields), NO_ENTITY,
     skip_company_act, NO_LINKS, act_company_parts, COUNT(act_company_parts)},
    {"email_event", "emailevent", NULL, FIELDS(mail_fields), NO_ENTITY, skip_mail, NO_LINKS,
     mail_parts, COUNT(mail_parts)},
    {"email_event_click", "emaileventclick", NULL, FIELDS(click_fields), NO_ENTITY, NULL,
     LINKS(click_links), NO_PARTS},
    {"email_event_status_change", "emaileventstatuschange", NULL, FIELDS(status_fields), NO_ENTITY,
     NULL, LINKS(status_links), NO_PARTS},
    {"contact_form_submission", "contactformsubmission", NULL, FIELDS(form_fields), NO_ENTITY, NULL,
     NO_LINKS, form_parts, COUNT(form_parts)},
};

const qbg__dialect qbg__hubspot = {
    "hubspot",      "HubSpot", objects,
    COUNT(objects), NULL,      "owner|owners|user|users|team|teams|teamuser|role|ownerteam"};
