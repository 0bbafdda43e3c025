/* dialect_test: exports of CRMs become rows of a book; what is refused is told in the words of the
 * export; and rows in are rows loaded and rows refused. */
#include "fixture.h"
#include "rounds.h"

#include <dirent.h>

/* ---- exports as texts ------------------------------------------------------------------------ */

static qbg_book_reader *reader_of(qbg_workspace *workspace, int32_t dialect, int32_t strict) {
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace, strict, &reader));
    OK(qbg_book_reader_set_dialect(reader, dialect));
    return reader;
}

static void feed(qbg_book_reader *reader, const char *table, const char *text) {
    OK(qbg_book_reader_feed(reader, table, text, strlen(text)));
}

static void add(char *text, size_t room, const char *bytes, size_t size) {
    size_t used = strlen(text);
    assert_true(used + size < room);
    memcpy(text + used, bytes, size);
    text[used + size] = '\0';
}

static void add_cell(char *text, size_t room, const qbg_table *table, int64_t row, int32_t column) {
    char number[32];
    int64_t size;
    if (column > 0) add(text, room, "|", 1);
    if (qbg_table_is_null(table, column, row)) return;
    if (qbg_table_column_type(table, column) == QBG_COLUMN_TEXT) {
        const char *bytes = qbg_table_text_at(table, column, row, &size);
        add(text, room, bytes, (size_t)size);
        return;
    }
    int length =
        snprintf(number, sizeof number, "%lld", (long long)qbg_table_int64_at(table, column, row));
    add(text, room, number, (size_t)length);
}

/* "Account|4|name||reason|1\n" */
static void expect_table(qbg_table *table, const char *expected) {
    static char text[65536];
    text[0] = '\0';
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        for (int32_t column = 0; column < qbg_table_column_count(table); column++)
            add_cell(text, sizeof text, table, row, column);
        add(text, sizeof text, "\n", 1);
    }
    assert_string_equal(text, expected);
    qbg_table_free(table);
}

static void expect_refusals(const qbg_book_reader *reader, const char *expected) {
    qbg_table *table = NULL;
    OK(qbg_book_reader_refusals(reader, &table));
    expect_table(table, expected);
}

static void expect_counts(const qbg_book_reader *reader, const char *expected) {
    qbg_table *table = NULL;
    OK(qbg_book_reader_tables(reader, &table));
    expect_table(table, expected);
}

static void expect_book(const qbg_workspace *workspace, const char *table, const char *expected) {
    qbg_blob *blob = NULL;
    OK(qbg_book_write(workspace, table, &blob));
    assert_string_equal(qbg_blob_size(blob) > 0 ? qbg_blob_data(blob) : "", expected);
    qbg_blob_free(blob);
}

/* ---- what there is --------------------------------------------------------------------------- */

static void dialects_are_listed(void **state) {
    (void)state;
    assert_int_equal(qbg_dialect_count(), 2);
    assert_string_equal(qbg_dialect_key(QBG_DIALECT_SALESFORCE), "salesforce");
    assert_string_equal(qbg_dialect_label(QBG_DIALECT_HUBSPOT), "HubSpot");
    assert_null(qbg_dialect_key(2));
    assert_null(qbg_dialect_label(-1));
    assert_int_equal(qbg_dialect_find("hubspot"), QBG_DIALECT_HUBSPOT);
    assert_int_equal(qbg_dialect_find("siebel"), QBG_UNSET);
    assert_int_equal(qbg_dialect_find(NULL), QBG_UNSET);
    assert_int_equal(qbg_dialect_table_count(7), 0);
    assert_null(qbg_dialect_table_name(QBG_DIALECT_HUBSPOT, -1));
    for (int32_t i = 0; i < qbg_dialect_count(); i++)
        for (int32_t j = 0; j < qbg_dialect_table_count(i); j++)
            assert_int_equal(qbg_dialect_table_find(i, qbg_dialect_table_name(i, j)), j);
}

static void tables_are_known_by_name(void **state) {
    static const char *const names[] = {"Opportunity", "opportunities", "sf_opportunity_data",
                                        "Salesforce Opportunity Export", "OPPORTUNITY.csv"};
    (void)state;
    int32_t opportunity = qbg_dialect_table_find(QBG_DIALECT_SALESFORCE, "Opportunity");
    assert_string_equal(qbg_dialect_table_name(QBG_DIALECT_SALESFORCE, opportunity), "Opportunity");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(qbg_dialect_table_find(QBG_DIALECT_SALESFORCE, names[i]), opportunity);
    assert_int_equal(qbg_dialect_table_find(QBG_DIALECT_SALESFORCE, "planets"), QBG_UNSET);
    assert_int_equal(qbg_dialect_table_find(QBG_DIALECT_SALESFORCE, ""), QBG_UNSET);
    assert_int_equal(qbg_dialect_table_find(QBG_DIALECT_SALESFORCE, NULL), QBG_UNSET);
    assert_int_equal(qbg_dialect_table_find(5, "Opportunity"), QBG_UNSET);
}

static void a_dialect_is_said_first(void **state) {
    qbg_book_reader *reader = NULL;
    OK(qbg_book_reader_new(workspace_of(state), 0, &reader));
    assert_int_equal(qbg_book_reader_set_dialect(NULL, 0), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_set_dialect(reader, 2), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_set_solution(reader, "hr", NULL), QBG_E_ARGUMENT);
    OK(qbg_book_reader_set_dialect(reader, QBG_DIALECT_HUBSPOT));
    OK(qbg_book_reader_set_dialect(reader, QBG_DIALECT_SALESFORCE));
    assert_int_equal(qbg_book_reader_set_solution(reader, "", NULL), QBG_E_TEXT);
    assert_int_equal(qbg_book_reader_set_solution(reader, "hr", "\xff"), QBG_E_TEXT);
    OK(qbg_book_reader_set_solution(reader, NULL, NULL));
    feed(reader, "Account", "Id,Name\na,A\n");
    assert_int_equal(qbg_book_reader_feed(reader, "", "x", 1), QBG_E_TEXT);
    assert_int_equal(qbg_book_reader_feed(reader, "\xff", "x", 1), QBG_E_TEXT);
    assert_int_equal(qbg_book_reader_set_dialect(reader, QBG_DIALECT_HUBSPOT), QBG_E_BUSY);
    OK(qbg_book_reader_finish(reader));
    assert_int_equal(qbg_book_reader_set_dialect(reader, QBG_DIALECT_HUBSPOT), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_set_solution(reader, "hr", NULL), QBG_E_ARGUMENT);
    qbg_book_reader_free(reader);
    OK(qbg_book_reader_new(workspace_of(state), 0, &reader));
    feed(reader, "accounts", "account\nb\n");
    assert_int_equal(qbg_book_reader_set_dialect(reader, QBG_DIALECT_HUBSPOT), QBG_E_BUSY);
    OK(qbg_book_reader_finish(reader));
    expect_counts(reader, "accounts|accounts|1|1|0|0\n");
    qbg_book_reader_free(reader);
}

/* ---- rows ------------------------------------------------------------------------------------ */

#define ACCOUNTS                                                                                   \
    "Id,IsDeleted,Name,Website,Phone\na1,0,Daisy,http://www.daisy.example/x,1\n"                   \
    "a2,1,Gone,,\na3,false,Tulip,not a host,\n"
#define DEALS                                                                                      \
    "Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,Type,Area__c\n"                   \
    "o1,a1,HR,Proposal,1.25E4,2025-12-31,false,false,New Customer,hr\n"                            \
    "o2,a3,CRM,Closed Lost,100,2025-05-01,true,false,Odd,\n"                                       \
    "o3,a2,Of nobody,Open,1,2025-05-01,,,,\n"                                                      \
    "o4,a9,Of a stranger,Open,1,2025-05-01,,,,\n"

static void load_deals(qbg_workspace *workspace, const char *solution, const char *column) {
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    OK(qbg_book_reader_set_solution(reader, solution, column));
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    OK(qbg_book_reader_finish(reader));
    expect_counts(reader, "Opportunity|Opportunity|4|3|1|0\nAccount|Account|3|3|0|1\n");
    qbg_book_reader_free(reader);
}

static void deals_are_about_a_solution(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    load_deals(workspace, NULL, NULL);
    expect_book(workspace, "solutions", "solution,name,template,content\ndefault,,standard,\n");
    expect_book(workspace, "accounts",
                "account,name,domains,potential,currency\na1,Daisy,daisy.example,,\n"
                "a3,Tulip,,,\na9,,,,\n");
    expect_book(workspace, "opportunities",
                "opportunity,account,solution,name,type,stage,amount,currency,opened,closed,"
                "outcome,need,budget,authority,timeline,fit\n"
                "o1,a1,default,HR,acquisition,Proposal,12500.00,,,,,,,,,\n"
                "o2,a3,default,CRM,,,100.00,,,2025-05-01T00:00:00Z,,,,,,\n"
                "o4,a9,default,Of a stranger,,Open,1.00,,,,,,,,,\n");
    expect_book(workspace, "history",
                "opportunity,contact,source,field,value,from\n"
                "o2,,host,stage,Closed Lost,2025-05-01T00:00:00Z\n"
                "o2,,host,outcome,lost,2025-05-01T00:00:00Z\n");
}

static void a_column_names_the_solution(void **state) {
    load_deals(workspace_of(state), "rest", "area__c");
    qbg_opportunity *hr = qbg_opportunity_find(workspace_of(state), "o1");
    qbg_opportunity *crm = qbg_opportunity_find(workspace_of(state), "o2");
    assert_string_equal(qbg_solution_key(qbg_opportunity_solution(hr)), "hr");
    assert_string_equal(qbg_solution_key(qbg_opportunity_solution(crm)), "rest");
}

static void line_items_name_the_solution(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "Opportunity", "Id,AccountId,StageName,CloseDate\no1,a,x,\no2,a,x,\no3,a,x,\n");
    feed(reader, "OpportunityLineItem",
         "OpportunityId,Product2Id\no1,p1\no1,p1\no2,p1\no2,p2\no3,\n");
    feed(reader, "Product2", "Id,Name\np1,Phone\n");
    OK(qbg_book_reader_finish(reader));
    qbg_book_reader_free(reader);
    static const char *const solutions[] = {"p1", "default", "default"};
    for (int i = 0; i < 3; i++) {
        const char key[] = {'o', (char)('1' + i), '\0'};
        qbg_opportunity *deal = qbg_opportunity_find(workspace, key);
        assert_string_equal(qbg_solution_key(qbg_opportunity_solution(deal)), solutions[i]);
    }
    assert_string_equal(qbg_solution_name(qbg_solution_find(workspace, "p1")), "Phone");
}

static void refusals_are_told_in_their_words(void **state) {
    qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    feed(reader, "OpportunityContactRole",
         "Id,OpportunityId,ContactId,Role\nr1,o1,c1,Business User\nr2,o3,c1,Influencer\n"
         "r3,o9,c1,Influencer\nr4,,c1,Influencer\nr5,o1,\"c2,Influencer\n");
    feed(reader, "Planets", "Id,Rings\n1,7\n2,0\n");
    feed(reader, "Contact", "Id,\xff\nc1,x\nc2,y\n");
    OK(qbg_book_reader_finish(reader));
    expect_refusals(
        reader,
        "Opportunity|1|Area__c||this column has no place in a book; it is ignored|0\n"
        "Opportunity|3|Type|Odd|not a type that a book has; it is left out|0\n"
        "Opportunity|4|AccountId|a2|the company with this key was deleted|1\n"
        "Opportunity|5|AccountId|a9|no row of the export is this company; it is known by its key "
        "alone|0\n"
        "Account|1|Phone||this column has no place in a book; it is ignored|0\n"
        "Account|4|Website|not a host|not a web address; it is left out|0\n"
        "OpportunityContactRole|1|Id||this column has no place in a book; it is ignored|0\n"
        "OpportunityContactRole|2|ContactId|c1|no row of the export is this contact; he is known "
        "by his key alone|0\n"
        "OpportunityContactRole|3|OpportunityId|o3|no opportunity has this key|1\n"
        "OpportunityContactRole|4|OpportunityId|o9|no opportunity has this key|1\n"
        "OpportunityContactRole|5|OpportunityId||a value is required here|1\n"
        "OpportunityContactRole|6|||a quote that never closes|1\n"
        "Planets|1|||this table has no place in a book; its rows are not loaded|0\n"
        "Contact|1|||the header is not UTF-8; save the file as UTF-8|1\n");
    expect_counts(reader, "Opportunity|Opportunity|4|3|1|0\nAccount|Account|3|3|0|1\n"
                          "OpportunityContactRole|OpportunityContactRole|5|1|4|0\n"
                          "Planets||2|0|2|0\nContact||2|0|2|0\n");
    qbg_book_reader_free(reader);
}

/* What the book's own reader refuses of a row's first part refuses the row. */
static void the_book_may_refuse_a_row(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "Opportunity",
         "Id,AccountId,StageName,Amount,CurrencyIsoCode,CloseDate,IsClosed\n"
         "o1,a1,Closed Won,much,EUR,2025-05-01,1\n"
         "o2,a1,Closed Won,1,euro,2025-05-01,1\n"
         "o3,a1,Closed Won,1.005,EUR,2025-05-01,1\n");
    OK(qbg_book_reader_finish(reader));
    assert_int_equal(qbg_opportunity_count(workspace), 0);
    expect_counts(reader, "Opportunity|Opportunity|3|0|3|0\n");
    qbg_table *table = NULL;
    OK(qbg_book_reader_refusals(reader, &table));
    int64_t size;
    assert_int_equal(qbg_table_row_count(table), 4); /* and a remark on the account */
    const char *column = qbg_table_text_at(table, 2, 1, &size);
    assert_memory_equal(column, "Amount", 6);
    qbg_table_free(table);
    qbg_book_reader_free(reader);
}

/* A report has short Ids, in which case counts; Data Loader has long ones. */
static void ids_are_one_in_both_forms(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 1);
    feed(reader, "Account", "Id,Name\n001D000000IRt53IAD,Iris\n001D000000iRt53IAC,Other\n");
    feed(reader, "report",
         "Opportunity ID,Account ID,Stage,Close Date,Amount\n"
         "006D000000IRt53,001D000000IRt53,Open,2025-12-31,1\n"
         "short,001D000000iRt53,Open,2025-12-31,1\n");
    OK(qbg_book_reader_finish(reader));
    expect_refusals(reader, "");
    qbg_opportunity *deal = qbg_opportunity_find(workspace, "006D000000IRt53IAD");
    assert_non_null(deal);
    assert_string_equal(qbg_account_name(qbg_opportunity_account(deal)), "Iris");
    deal = qbg_opportunity_find(workspace, "short");
    assert_string_equal(qbg_account_name(qbg_opportunity_account(deal)), "Other");
    qbg_book_reader_free(reader);
}

/* The export of a view of HubSpot, with the headings that people see. */
static void views_are_known_by_their_headings(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_HUBSPOT, 0);
    feed(reader, "hubspot-crm-exports-all-deals",
         "\"Record ID\",\"Deal Name\",\"Deal Stage\",\"Amount\",\"Create Date\","
         "\"Associated Company IDs\",\"Associated Contact IDs\"\n"
         "31,HR,Proposal,100,2025-01-02 10:00,11;12,21;22\n");
    feed(reader, "my people",
         "\"Record ID\",\"First Name\",\"Last Name\",\"Buying Role\",\"Company Name\"\n"
         "21,Ida,Orlova,Legal & Compliance;Champion,Iris\n22,Leo,,,\n");
    feed(reader, "my companies", "\"Record ID\",\"Company name\"\n11,Iris\n");
    OK(qbg_book_reader_finish(reader));
    expect_counts(reader, "hubspot-crm-exports-all-deals|deal|1|1|0|0\nmy people|contact|2|2|0|0\n"
                          "my companies|company|1|1|0|0\n");
    expect_refusals(reader, "hubspot-crm-exports-all-deals|2|Associated Contact IDs|21|here it is "
                            "the role ratifier; what is lost: that he approves for law and "
                            "compliance|0\n");
    expect_book(workspace, "members",
                "opportunity,contact,role,status,stance,influence,participation,interest,joined,"
                "left,next_contact,note,source\n31,21,champion;ratifier,,,,,,,,,,host\n"
                "31,22,,,,,,,,,,,host\n");
    expect_book(workspace, "contacts",
                "contact,account,name,title,email,department,seniority\n21,11,Ida Orlova,,,,\n"
                "22,,Leo,,,,\n");
    qbg_book_reader_free(reader);
}

/* ---- what is no more ------------------------------------------------------------------------- */

static void deleted_rows_are_honoured(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *known = add_account(workspace, "a2");
    add_contact(workspace, "c2", known);
    add_account(workspace, "a1");
    add_opportunity(workspace, "o9", known, add_solution(workspace, "hr"), QBG_UNDATED);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "Account", ACCOUNTS "a4,1,Old,,\na4,0,New,,\n");
    feed(reader, "Contact",
         "Id,_fivetran_deleted,LastName,MasterRecordId\nc1,false,Kept,\n"
         "c2,TRUE,Lost,c1\nc3,true,Never known,\n");
    feed(reader, "sf_opportunity",
         "id,is_deleted,_fivetran_active,account_id,stage_name\n"
         "o9,1,1,a1,x\no8,0,false,a1,x\n");
    OK(qbg_book_reader_finish(reader));
    expect_book(workspace, "accounts",
                "account,name,domains,potential,currency\na1,Daisy,daisy.example,,\n"
                "a3,Tulip,,,\na4,New,,,\n");
    expect_book(workspace, "contacts",
                "contact,account,name,title,email,department,seniority,confidence,merged_into\n"
                "c1,,Kept,,,,,,\nc2,,,,,,,,c1\n");
    assert_int_equal(qbg_opportunity_is_alive(qbg_opportunity_at(workspace, 0)), 0);
    expect_counts(reader, "Account|Account|5|5|0|2\nContact|Contact|3|3|0|2\n"
                          "sf_opportunity|Opportunity|2|2|0|1\n");
    qbg_book_reader_free(reader);
}

/* Fivetran keeps the row of a deal that was merged away. */
static void merged_deals_are_no_more(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    add_opportunity(workspace, "d2", add_account(workspace, "c"), add_solution(workspace, "hr"),
                    QBG_UNDATED);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_HUBSPOT, 0);
    feed(reader, "deal", "deal_id,property_dealname\nd1,Kept\nd2,Merged\n");
    feed(reader, "deal_company", "deal_id,company_id\nd1,c\nd2,c\n");
    feed(reader, "merged_deal", "deal_id,merged_deal_id\nd1,d2\n");
    feed(reader, "deal_contact", "deal_id,contact_id\nd1,p\nd2,p\n");
    OK(qbg_book_reader_finish(reader));
    assert_null(qbg_opportunity_find(workspace, "d2"));
    assert_non_null(qbg_opportunity_find(workspace, "d1"));
    expect_counts(reader, "deal|deal|2|2|0|0\ndeal_company|deal_company|2|2|0|0\n"
                          "merged_deal|merged_deal|1|1|0|1\ndeal_contact|deal_contact|2|1|1|0\n");
    expect_refusals(reader,
                    "deal|3|||this opportunity was merged into another one|0\n"
                    "merged_deal|1|deal_id||this column has no place in a book; it is ignored|0\n"
                    "deal_contact|2|contact_id|p|no row of the export is this contact; he is known "
                    "by his key alone|0\n"
                    "deal_contact|3|deal_id|d2|no opportunity has this key|1\n");
    qbg_book_reader_free(reader);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void trees_of_records_are_tables(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "plan",
         "\xef\xbb\xbf{\"records\": [{\"attributes\": {\"type\": \"Account\", \"referenceId\": "
         "\"A1\"},"
         " \"Name\": \"\\u0414\\u0430, \\\"\\uD83D\\uDE00\\\"\", \"Size\": 12, \"Note\": null,"
         " \"Contacts\": {\"records\": [{\"LastName\": \"Orlov\", \"Fax\": [1, {\"a\": \"]\"}],"
         " \"attributes\": {\"type\": \"Contact\", \"referenceId\": \"C1\"}}], \"done\": true}},"
         " {\"attributes\": {\"type\": \"Account\", \"referenceId\": \"A2\"}, \"Name\": \"B\"}]}");
    feed(reader, "Opportunities",
         "[{\"attributes\": {\"type\": \"Opportunity\", \"referenceId\": \"O1\"}, "
         "\"AccountId\": \"@A1\", \"Amount\": 3.2e5, \"StageName\": \"Closed Won\", "
         "\"CloseDate\": \"2025-06-01\"}]");
    feed(reader, "Contact", "[{\"Id\": \"C2\", \"LastName\": \"Plain\"}]");
    feed(reader, "data-plan", "[{\"sobject\": \"Account\", \"files\": [\"a.json\"]}]");
    feed(reader, "broken", "{\"records\": [{\"Id\": \"x\"");
    feed(reader, "empty", "{\"records\": []}");
    OK(qbg_book_reader_finish(reader));
    expect_counts(reader,
                  "broken||0|0|0|0\nempty||0|0|0|0\nplan|Account|2|2|0|0\nContact|Contact|1|1|0|0\n"
                  "Opportunities|Opportunity|1|1|0|0\nContact|Contact|1|1|0|0\n"
                  "data-plan||1|0|1|0\n");
    expect_refusals(reader,
                    "broken|1|||this JSON does not read, or is no tree of records|1\n"
                    "plan|1|Size||this column has no place in a book; it is ignored|0\n"
                    "Contact|1|Fax||this column has no place in a book; it is ignored|0\n"
                    "data-plan|1|||this table has no place in a book; its rows are not loaded|0\n");
    expect_book(workspace, "accounts",
                "account,name,domains,potential,currency\nA1,\"Да, \"\"😀\"\"\",,,\nA2,B,,,\n");
    expect_book(workspace, "contacts",
                "contact,account,name,title,email,department,seniority\nC1,A1,Orlov,,,,\n"
                "C2,,Plain,,,,\n");
    assert_int_equal(qbg_opportunity_amount_minor(qbg_opportunity_find(workspace, "O1"), NOON),
                     32000000);
    qbg_book_reader_free(reader);
}

static void bad_json_is_refused(void **state) {
    static const char *const texts[] = {"{}",
                                        "[{",
                                        "[]x",
                                        "{\"records\": [1]}",
                                        "{\"records\": [{\"a\": \"\\u00\"}]}",
                                        "{\"records\": [{\"a\": \"\\ud800\"}]}",
                                        "{\"records\": [{\"a\": \"\\u0000\"}]}",
                                        "{\"records\": [{\"a\": \"\\x\"}]}",
                                        "{\"records\": [{\"a\" 1}]}",
                                        "{\"records\": [{\"a\": }]}",
                                        "{\"records\": [{\"a\": 1}, ]}",
                                        "{\"records\": [{\"a\": 1}]",
                                        "{\"a\": {\"b\": 1}}",
                                        "{\"records\": [{\"a\": \"\xff\"}]}",
                                        "{\"records\": [{\"a\": [}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_SALESFORCE, 1);
        feed(reader, "Account", texts[i]);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
        qbg_book_reader_free(reader);
    }
    assert_int_equal(qbg_account_count(workspace_of(state)), 0);
}

static void deep_json_is_refused(void **state) {
    static char text[200000];
    for (size_t i = 0; i < 2; i++) {
        qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_SALESFORCE, 1);
        text[0] = '\0';
        for (size_t depth = 0; depth < 100; depth++)
            strcat(text, i == 0 ? "{\"records\":[" : "{\"records\":[{\"a\":");
        feed(reader, "Account", text);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
        qbg_book_reader_free(reader);
    }
}

/* ---- times and numbers ----------------------------------------------------------------------- */

static void times_are_read_as_they_come(void **state) {
    static const char *const times[][2] = {
        {"2025-11-19", "2025-11-19T00:00:00Z"},
        {"2025-11-19T08:00:00.000+0000", "2025-11-19T08:00:00Z"},
        {"2025-11-19T08:00:00.000+03:00", "2025-11-19T05:00:00Z"},
        {"2025-11-19 8:00:01", "2025-11-19T08:00:01Z"},
        {"2025-11-19 08:00:01.123 UTC", "2025-11-19T08:00:01Z"},
        {"1763539201", "2025-11-19T08:00:01Z"},
        {"1763539201999", "2025-11-19T08:00:01Z"},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char row[128], expected[128];
        qbg_workspace *workspace = NULL;
        OK(qbg_workspace_new(NULL, &workspace));
        qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_HUBSPOT, 1);
        snprintf(row, sizeof row, "contact_id,timestamp\nc,%s\n", times[i][0]);
        feed(reader, "contact", "id\nc\n");
        feed(reader, "contact_form_submission", row);
        OK(qbg_book_reader_finish(reader));
        snprintf(expected, sizeof expected,
                 "time,kind,account,contact,visitor,solution,opportunity,content,event\n"
                 "%s,form_submit,,c,,,,,\n",
                 times[i][1]);
        expect_book(workspace, "signals", expected);
        qbg_book_reader_free(reader);
        qbg_workspace_free(workspace);
    }
    (void)state;
}

static void other_times_are_refused(void **state) {
    static const char *const times[] = {
        "19.11.2025",     "11/19/2025", "9999-12-31 23:59:59", "2025-11-19 8", "176353920",
        "17635392010001", "x"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char row[128];
        qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_HUBSPOT, 1);
        snprintf(row, sizeof row, "contact_id,timestamp\nc,%s\n", times[i]);
        feed(reader, "contact", "id\nc\n");
        feed(reader, "contact_form_submission", row);
        assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
        qbg_book_reader_free(reader);
    }
}

static void numbers_may_have_exponents(void **state) {
    static const struct {
        const char *text;
        int64_t minor;
    } numbers[] = {{"1.25E7", 1250000000}, {"-1.25e+1", -1250}, {"125E-2", 125},
                   {"5e-1", 50},           {"0.5E1", 500},      {"1E0", 100},
                   {"12.50", 1250},        {"7.000", 700},      {"1E-2", 1}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char row[128];
        qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_SALESFORCE, 1);
        snprintf(row, sizeof row, "Id,AccountId,StageName,Amount\no%zu,a,x,%s\n", i,
                 numbers[i].text);
        feed(reader, "Opportunity", row);
        OK(qbg_book_reader_finish(reader));
        qbg_book_reader_free(reader);
        qbg_opportunity *deal = qbg_opportunity_at(workspace_of(state), (uint32_t)i);
        assert_int_equal(qbg_opportunity_amount_minor(deal, NOON), numbers[i].minor);
    }
}

/* ---- wide tables, steps and strictness ------------------------------------------------------- */

static void wide_tables_are_fine(void **state) {
    static char text[65536];
    char cell[64];
    strcpy(text, "id,name");
    for (int i = 0; i < 400; i++) {
        snprintf(cell, sizeof cell, ",custom_%d_c", i);
        strcat(text, cell);
    }
    strcat(text, "\na1,Daisy");
    for (int i = 0; i < 400; i++) strcat(text, i == 7 ? ",filled" : ",");
    strcat(text, "\n");
    qbg_book_reader *reader = reader_of(workspace_of(state), QBG_DIALECT_SALESFORCE, 1);
    feed(reader, "account", text);
    assert_int_equal(qbg_book_reader_rows(reader), 1);
    OK(qbg_book_reader_finish(reader));
    expect_refusals(reader,
                    "account|1|custom_7_c||this column has no place in a book; it is ignored|0\n");
    qbg_book_reader_free(reader);
}

static void strict_refuses_all(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    add_account(workspace, "a2");
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 1);
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
    assert_int_equal(qbg_account_count(workspace), 1);
    assert_int_equal(qbg_account_is_alive(qbg_account_find(workspace, "a2")), 1);
    qbg_book_reader_free(reader);
    reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 1);
    feed(reader, "Account", ACCOUNTS);
    feed(reader, "Planets", "Id\n1\n");
    OK(qbg_book_reader_finish(reader)); /* remarks and other tables do not count */
    assert_null(qbg_account_find(workspace, "a2"));
    qbg_book_reader_free(reader);
}

static void steps_come_to_the_same(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t left = 1;
    qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    add_account(workspace, "a2");
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    assert_int_equal(qbg_book_reader_rows(reader), 7);
    OK(qbg_book_reader_step(reader, 1, &left));
    assert_null(qbg_account_find(workspace, "a2"));
    qbg_book_reader_free(reader); /* and nothing happened */
    assert_non_null(qbg_account_find(workspace, "a2"));
    reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    for (left = 1; left > 0;) OK(qbg_book_reader_step(reader, 1, &left));
    assert_int_equal(qbg_book_reader_feed(reader, "Account", "x", 1), QBG_E_BUSY);
    OK(qbg_book_reader_finish(reader));
    assert_int_equal(qbg_book_reader_done(reader), qbg_book_reader_rows(reader));
    expect_counts(reader, "Opportunity|Opportunity|4|3|1|0\nAccount|Account|3|3|0|1\n");
    assert_null(qbg_account_find(workspace, "a2"));
    assert_non_null(qbg_opportunity_find(workspace, "o4"));
    qbg_book_reader_free(reader);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void load_all(qbg_book_reader *reader, long request, host *memory) {
    qbg_status status = QBG_OK;
    qbg_table *refusals = NULL, *tables = NULL;
    memory->refuses = NEVER;
    feed(reader, "Opportunity", DEALS);
    feed(reader, "Account", ACCOUNTS);
    feed(reader, "Contact", "Id,LastName,Email\nc1,Orlov,orlov@daisy.example\n");
    feed(reader, "OpportunityContactRole",
         "OpportunityId,ContactId,Role\no1,c1,Technical Buyer\n"
         "o1,c2,Jester\no9,c1,Influencer\n");
    feed(reader, "Leads", "[{\"Id\": \"l1\", \"LastName\": \"X\", \"Company\": \"Fern\"}]");
    for (int tries = 0; tries < 3; tries++) {
        refuse(memory, tries == 0 ? request : NEVER);
        status = qbg_book_reader_finish(reader);
        if (status == QBG_OK) break;
        assert_int_equal(status, QBG_E_MEMORY);
    }
    refuse(memory, NEVER);
    OK(status);
    OK(qbg_book_reader_refusals(reader, &refusals));
    OK(qbg_book_reader_tables(reader, &tables));
    assert_int_equal(qbg_table_row_count(refusals), 10);
    assert_int_equal(qbg_table_row_count(tables), 5);
    qbg_table_free(refusals);
    qbg_table_free(tables);
}

/* Whichever request is refused: nothing has happened, and finish can be called again. */
static void no_memory_changes_nothing(void **state) {
    (void)state;
    long most = 1;
    for (long request = 0; request < most; request += stride(11)) {
        host memory = HOST;
        qbg_workspace *workspace = NULL;
        const qbg_allocator allocator = allocator_of(&memory);
        OK(qbg_workspace_new(&allocator, &workspace));
        qbg_book_reader *reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
        load_all(reader, request, &memory);
        if (request == 0) {
            qbg_book_reader_free(reader);
            qbg_workspace_free(workspace);
            memory = (host)HOST;
            OK(qbg_workspace_new(&allocator, &workspace));
            reader = reader_of(workspace, QBG_DIALECT_SALESFORCE, 0);
            load_all(reader, NEVER, &memory);
            most = 3000;
        }
        qbg_book_reader_free(reader);
        assert_int_equal(qbg_contact_count(workspace), 3);
        qbg_workspace_free(workspace);
        assert_int_equal(memory.bytes, 0);
        assert_int_equal(memory.is_misused, 0);
    }
}

/* ---- exports of others ----------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *out_size = (size_t)ftell(file);
    char *bytes = malloc(*out_size + 1);
    assert_non_null(bytes);
    rewind(file);
    assert_int_equal(fread(bytes, 1, *out_size, file), *out_size);
    fclose(file);
    return bytes;
}

/* Every CSV file's rows, counted by whoever reads CSV and knows nothing of exports. */
static int64_t count_rows(const char *bytes, size_t size) {
    int64_t rows = -1;
    int is_quoted = 0, has_cell = 0;
    for (size_t i = 0; i <= size; i++) {
        int is_end = i == size || ((bytes[i] == '\n' || bytes[i] == '\r') && !is_quoted);
        if (is_end) {
            rows += has_cell;
            has_cell = 0;
            continue;
        }
        is_quoted ^= bytes[i] == '"';
        has_cell |= bytes[i] != ',' && bytes[i] != ' ';
    }
    return rows;
}

typedef struct fed_file {
    char name[128];
    int64_t rows;
} fed_file;

static size_t feed_folder(qbg_book_reader *reader, const char *path, fed_file *files, size_t room) {
    size_t count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *at; (at = readdir(folder)) != NULL;) {
        char file[1024];
        const char *dot = strrchr(at->d_name, '.');
        if (!dot || at->d_name[0] == '.') continue;
        assert_true(count < room);
        snprintf(file, sizeof file, "%s/%s", path, at->d_name);
        size_t size, stem = (size_t)(dot - at->d_name);
        char *bytes = read_file(file, &size);
        memcpy(files[count].name, at->d_name, stem);
        files[count].name[stem] = '\0';
        files[count].rows = strcmp(dot, ".csv") == 0 ? count_rows(bytes, size) : -1;
        OK(qbg_book_reader_feed(reader, files[count++].name, bytes, size));
        free(bytes);
    }
    closedir(folder);
    return count;
}

static int64_t rows_of(const fed_file *files, size_t count, const char *name, size_t size) {
    for (size_t i = 0; i < count; i++)
        if (strlen(files[i].name) == size && memcmp(files[i].name, name, size) == 0)
            return files[i].rows;
    return -1;
}

/* Rows in are rows loaded and rows refused, for each table; and nothing is said twice. */
static void load_folder(const char *root, const char *name, int32_t dialect, int64_t least) {
    static fed_file files[64];
    char path[512];
    qbg_workspace *workspace = NULL;
    qbg_table *tables = NULL;
    int64_t loaded = 0;
    snprintf(path, sizeof path, "%s/%s", root, name);
    OK(qbg_workspace_new(NULL, &workspace));
    qbg_book_reader *reader = reader_of(workspace, dialect, 0);
    size_t count = feed_folder(reader, path, files, 64);
    OK(qbg_book_reader_finish(reader));
    OK(qbg_book_reader_tables(reader, &tables));
    for (int64_t row = 0; row < qbg_table_row_count(tables); row++) {
        int64_t size, rows = qbg_table_int64_at(tables, 2, row);
        const char *table = qbg_table_text_at(tables, 0, row, &size);
        int64_t fed = rows_of(files, count, table, (size_t)size);
        if (fed >= 0) assert_int_equal(rows, fed);
        assert_int_equal(rows,
                         qbg_table_int64_at(tables, 3, row) + qbg_table_int64_at(tables, 4, row));
        loaded += qbg_table_int64_at(tables, 3, row);
    }
    assert_true(loaded >= least);
    qbg_table_free(tables);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

static void exports_of_others_load(void **state) {
    const char *root = getenv("QBG_PUBLIC_DATA");
    (void)state;
    if (!root) {
        print_message("QBG_PUBLIC_DATA is not set: THE EXPORTS OF OTHERS ARE NOT TESTED\n");
        skip();
    }
    load_folder(root, "crm_sf_datacloud", QBG_DIALECT_SALESFORCE, 407);
    load_folder(root, "crm_sf_easy_spaces", QBG_DIALECT_SALESFORCE, 58);
    load_folder(root, "crm_sf_forecast", QBG_DIALECT_SALESFORCE, 31);
    load_folder(root, "crm_sf_lwc_recipes", QBG_DIALECT_SALESFORCE, 50);
    load_folder(root, "crm_sfdx_tree", QBG_DIALECT_SALESFORCE, 60);
    load_folder(root, "export_salesforce_fivetran", QBG_DIALECT_SALESFORCE, 75);
    load_folder(root, "export_hubspot_fivetran", QBG_DIALECT_HUBSPOT, 600);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dialects_are_listed),
        cmocka_unit_test(tables_are_known_by_name),
        in_workspace(a_dialect_is_said_first),
        in_workspace(deals_are_about_a_solution),
        in_workspace(a_column_names_the_solution),
        in_workspace(line_items_name_the_solution),
        in_workspace(refusals_are_told_in_their_words),
        in_workspace(the_book_may_refuse_a_row),
        in_workspace(ids_are_one_in_both_forms),
        in_workspace(views_are_known_by_their_headings),
        in_workspace(deleted_rows_are_honoured),
        in_workspace(merged_deals_are_no_more),
        in_workspace(trees_of_records_are_tables),
        in_workspace(bad_json_is_refused),
        in_workspace(deep_json_is_refused),
        cmocka_unit_test(times_are_read_as_they_come),
        in_workspace(other_times_are_refused),
        in_workspace(numbers_may_have_exponents),
        in_workspace(wide_tables_are_fine),
        in_workspace(strict_refuses_all),
        in_workspace(steps_come_to_the_same),
        cmocka_unit_test(no_memory_changes_nothing),
        cmocka_unit_test(exports_of_others_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
