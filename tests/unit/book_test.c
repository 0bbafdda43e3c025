/* book: what a reader takes and what it refuses, word by word; that a bad row leaves no trace and a
 * bad book none either. */
#include "book_texts.h"

/* ---- the public face ------------------------------------------------------------------------- */

static void lists_its_tables(void **state) {
    (void)state;
    static const char *const names[] = {"accounts", "contacts",      "templates", "solutions",
                                        "visitors", "opportunities", "members",   "signals",
                                        "history",  "kinds",         "roles",     "needs",
                                        "revenue",  "policy",        "tracking"};
    assert_int_equal(qbg_book_table_count(), 15);
    for (int32_t i = 0; i < 15; i++) assert_string_equal(qbg_book_table_name(i), names[i]);
    assert_null(qbg_book_table_name(15));
    assert_null(qbg_book_table_name(-1));
}

static void tells_misuse(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    qbg_book_reader *reader = NULL;
    qbg_blob *blob = NULL;
    qbg_table *table = NULL;
    assert_int_equal(qbg_book_reader_new(NULL, 0, &reader), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_new(workspace, 2, &reader), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_new(workspace, 0, NULL), QBG_E_ARGUMENT);
    assert_null(reader);
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "people", "x", 1), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_book_reader_feed(reader, NULL, "x", 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", NULL, 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", NULL, 0), QBG_OK);
    assert_int_equal(qbg_book_reader_refusals(reader, NULL), QBG_E_ARGUMENT);
    assert_string_equal(spell_refusals(reader), "");
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", "x", 1), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_finish(NULL), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_reader_refusals(NULL, &table), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_write(workspace, "people", &blob), QBG_E_NOT_FOUND);
    assert_int_equal(qbg_book_write(NULL, "accounts", &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_write(workspace, NULL, &blob), QBG_E_ARGUMENT);
    assert_int_equal(qbg_book_write(workspace, "accounts", NULL), QBG_E_ARGUMENT);
    assert_null(blob);
    qbg_book_reader_free(reader);
    qbg_book_reader_free(NULL);
    qbg_workspace_free(workspace);
}

static void cancelled_nothing_happened(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    char *before = write_book(workspace);
    static const part more[] = {{"accounts", "account\nc\n"}, {NULL, NULL}};
    qbg_book_reader_free(reader_of(workspace, 0, more));
    char *after = write_book(workspace);
    assert_string_equal(before, after);
    free(before);
    free(after);
    qbg_workspace_free(workspace);
}

static void an_empty_workspace_writes_nothing(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    for (int32_t i = 0; i < qbg_book_table_count(); i++)
        assert_writes(workspace, qbg_book_table_name(i), "");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* ---- refusals -------------------------------------------------------------------------------- */

typedef struct refusal {
    const char *table;
    const char *text;
    const char *told;
} refusal;

/* On top of the base. Nothing of a refused row is in the workspace, so the book stays the same. */
static const refusal refused[] = {
#define REFUSAL(table, text, told) {table, text, told},
#include "book_refusals.inc"
#undef REFUSAL
};

static void refuses_with_reasons(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    char *before = write_book(workspace);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const part book[] = {{refused[i].table, refused[i].text}, {NULL, NULL}};
        load(workspace, book, refused[i].told);
        char *after = write_book(workspace);
        if (strcmp(before, after) != 0) print_error("after %s: %s", book->table, book->text);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
    qbg_workspace_free(workspace);
}

static void refuses_nul_bytes(void **state) {
    (void)state;
    static const char text[] = "account,name\nx,X\0Y\ny,Y\n";
    qbg_workspace *workspace = base_workspace();
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", text, sizeof text - 1), QBG_OK);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader),
                        "accounts 2 name 'X?Y' a NUL byte, which no text has\n");
    assert_non_null(qbg_account_find(workspace, "y"));
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

/* Feeds bytes, NULs included, as the table accounts. */
static void assert_refuses_bytes(const char *bytes, size_t size, const char *told) {
    qbg_workspace *workspace = base_workspace();
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_book_reader_new(workspace, 0, &reader), QBG_OK);
    assert_int_equal(qbg_book_reader_feed(reader, "accounts", bytes, size), QBG_OK);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader), told);
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

/* U+0422 has a byte that looks like a quote. */
static void refuses_other_encodings(void **state) {
    (void)state;
    static const char little[] = "\xFF\xFE"
                                 "a\0,\0\x22\x04\n\0x\0,\0y\0\n\0";
    static const char big[] = "\xFE\xFF"
                              "\0a\0,\x04\x22\0\n\0x\0,\0y\0\n";
    static const char bare[] = "a\0c\0,\0b\0\n\0x\0,\0y\0\n\0";
    assert_refuses_bytes(little, sizeof little - 1,
                         "accounts 1  '??a?' the header is not UTF-8; save the file as UTF-8\n");
    assert_refuses_bytes(big, sizeof big - 1,
                         "accounts 1  '???a?' the header is not UTF-8; save the file as UTF-8\n");
    assert_refuses_bytes(bare, sizeof bare - 1,
                         "accounts 1  'a?c?' the header is not UTF-8; save the file as UTF-8\n");
}

static void a_quote_that_never_closes_takes_its_line_alone(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"accounts", "account,name\n"
                     "c,C\n"
                     "d,\"D, and more\n"
                     "e,\"\"\n"
                     "f,F,f\n"
                     "g,\"\"\"\"\n"},
        {"tracking", "Company,Group member,Notes\nC,X,\"call\nC,Y,wait\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "accounts 3 name '\"D, and more' a quote that never closes; write a quote inside a cell "
         "twice, and the cell in quotes\n"
         "accounts 5  'f' more cells than the header has columns\n"
         "tracking 2 Notes '\"call' a quote that never closes; write a quote inside a cell twice, "
         "and the cell in quotes\n");
    assert_writes(workspace, "accounts",
                  ACCOUNTS "C,C,,,\na,A,,,\nb,B,,,\nc,C,,,\ne,,,,\ng,\"\"\"\",,,\n");
    assert_null(qbg_contact_find(workspace, "C/X"));
    assert_non_null(qbg_contact_find(workspace, "C/Y"));
    qbg_workspace_free(workspace);
}

static void refuses_a_seat_twice(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"templates", "template,role,weight\n"
                      "t,coach,1\n"
                      "t,champion,2\n"
                      "t,coach,3\n"
                      "u,coach,4\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "templates 4 role 'coach' this template has a seat for this role already\n");
    load(workspace, book,
         "templates 4 role 'coach' this template has a seat for this role already\n");
    assert_writes(workspace, "templates",
                  TEMPLATES "t,coach,1,1,0,,\nt,champion,2,1,0,,\nu,coach,4,1,0,,\n");
    qbg_workspace_free(workspace);
}

static void refuses_more_roles_than_there_can_be(void **state) {
    (void)state;
    char text[1024] = "role\n";
    qbg_workspace *workspace = base_workspace();
    for (int i = 0; i < 49; i++) sprintf(text + strlen(text), "r%02d\n", i);
    const part book[] = {{"roles", text}, {NULL, NULL}};
    load(workspace, book, "roles 50 role 'r48' there are 63 roles already\n");
    qbg_workspace_free(workspace);
}

static void refuses_sums_beyond_64_bits(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"revenue", "customer,period,amount\n"
                    "c,2025-01,92233720368547758.07\n"
                    "c,2025-01,0.01\n"},
        {NULL, NULL},
    };
    load(workspace, book, "revenue 3 amount '0.01' the month's sum would not fit 64 bits\n");
    assert_writes(workspace, "revenue",
                  "customer,period,amount,currency\n"
                  "c,2025-01,92233720368547758.07,\n");
    qbg_workspace_free(workspace);
}

/* Rows of one book add up; the book takes the place of what was known of its months. */
static void revenue_is_the_same_however_often_a_book_is_read(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"revenue", "customer,period,amount,currency\n"
                    "c,2025-01,1,RUB\n"
                    "c,2025-02,5,RUB\n"
                    "c,2025-01,2,RUB\n"
                    "c,2025-01,7,USD\n"
                    "c,2025-01,4,RUB\n"},
        {NULL, NULL},
    };
    static const char *const written = "customer,period,amount,currency\n"
                                       "c,2024-12,3.00,RUB\n"
                                       "c,2025-01,7.00,RUB\n"
                                       "c,2025-01,7.00,USD\n"
                                       "c,2025-02,5.00,RUB\n";
    assert_int_equal(qbg_revenue_add(workspace, "c", 2024, 12, 300, "RUB"), QBG_OK);
    assert_int_equal(qbg_revenue_add(workspace, "c", 2025, 1, 99, "RUB"), QBG_OK);
    for (int i = 0; i < 3; i++) {
        load(workspace, book, "");
        assert_writes(workspace, "revenue", written);
    }
    qbg_workspace_free(workspace);
}

static void tells_refusals_by_table_and_row(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"kinds", "kind,points\nx,many\n"},
        {"members", "opportunity,contact,stance,source\n"
                    "o,p,cold,\n"
                    "o,p,warm,rule\n"
                    "o,p,hot,host\n"},
        {"accounts", "account,currency\nx,1\ny,\nz,2\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "accounts 2 currency '1' not a currency: write three letters, as EUR\n"
         "accounts 4 currency '2' not a currency: write three letters, as EUR\n"
         "members 2 stance 'cold' not one of: champion, supporter, neutral, skeptic, blocker, "
         "unknown\n"
         "members 3 stance 'warm' not one of: champion, supporter, neutral, skeptic, blocker, "
         "unknown\n"
         "members 4 stance 'hot' not one of: champion, supporter, neutral, skeptic, blocker, "
         "unknown\n"
         "kinds 2 points 'many' not a number from -1000 to 1000 with at most 3 decimal places, "
         "after a point\n");
    assert_non_null(qbg_account_find(workspace, "y"));
    assert_null(qbg_account_find(workspace, "x"));
    qbg_workspace_free(workspace);
}

/* ---- strict ---------------------------------------------------------------------------------- */

static void strict_refuses_the_whole_book(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    char *before = write_book(workspace);
    static const part book[] = {
        {"accounts", "account,name\na,Other\nc,C\n"},
        {"contacts", "contact,account,title\nr,c,CIO\np,c,CEO\n"},
        {"members", "opportunity,contact,role\no,r,coach\n"},
        {"history", "contact,field,value,from\np,account,c,2025-01-01\n"},
        {"policy", "parameter,value\nhalf_life_days,7\n"},
        {"signals", "time,kind,contact\n"
                    "2025-11-01,chat,r\n"
                    "2025-11-01,sleep,r\n"},
        {NULL, NULL},
    };
    qbg_book_reader *reader = reader_of(workspace, 1, book);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_REFUSED);
    assert_string_equal(spell_refusals(reader), "signals 3 kind 'sleep' no kind has this key\n");
    assert_int_equal(qbg_book_reader_finish(reader), QBG_E_ARGUMENT);
    qbg_book_reader_free(reader);
    char *after = write_book(workspace);
    assert_string_equal(before, after);
    free(before);
    free(after);
    qbg_workspace_free(workspace);
}

static void strict_takes_remarks(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"accounts", "account,phone\nc,1\n"},
        {"signals", "time,kind,contact,event\n2025-11-01,meeting,p,e1\n"},
        {NULL, NULL},
    };
    qbg_book_reader *reader = reader_of(workspace, 1, book);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader),
                        "accounts 1 phone '' unknown column; it is ignored (remark)\n"
                        "signals 2 event 'e1' known already; it is counted once (remark)\n");
    assert_non_null(qbg_account_find(workspace, "c"));
    qbg_book_reader_free(reader);
    qbg_workspace_free(workspace);
}

/* A remark's end. */
#define GIVEN_ABOVE "this key is given above, too; the filled cells of this row count (remark)\n"

/* ---- what a reader takes --------------------------------------------------------------------- */

static void takes_any_dialect(void **state) {
    (void)state;
    static const char *const dialects[] = {
        ACCOUNTS "x,\"Two\nlines; one, comma\",x.com;y.com,10.50,EUR\n",
        BOM "account,name,domains,potential,currency\r\n"
            "x,\"Two\n"
            "lines; one, comma\",y.com;x.com,10.5,eur\r\n",
        "NAME;Account;potential;CURRENCY;Domains\n"
        "\"Two\n"
        "lines; one, comma\";x; 10.50 ;eur;\" X.com ; y.com;;\"\n",
        "account\tname\tdomains\tpotential\tcurrency\n"
        "x\t\"Two\n"
        "lines; one, comma\"\tx.com;y.com\t+10.500\tEUR",
        " account , name,domains,potential,currency,,\n"
        "\n"
        "x,\"Two\n"
        "lines; one, comma\",x.com;y.com,10.50,EUR,,\n"
        ",,,,,,\n"
        "\n",
        "account,name\nx,\nx,\"Two\nlines; one, comma\"\n",
    };
    for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
        qbg_workspace *workspace = NULL;
        assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
        const part book[] = {{"accounts", dialects[i]}, {NULL, NULL}};
        load(workspace, book, i == 5 ? "accounts 3 account 'x' " GIVEN_ABOVE : "");
        assert_writes(workspace, "accounts",
                      i == 5 ? ACCOUNTS "x,\"Two\nlines; one, comma\",,,\n"
                             : ACCOUNTS "x,\"Two\nlines; one, comma\",x.com;y.com,10.50,EUR\n");
        qbg_workspace_free(workspace);
    }
}

static void takes_words_numbers_and_times_in_any_form(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"opportunities", "opportunity,account,solution,type,amount,opened,closed,outcome,need,"
                          "budget,authority,timeline,fit\n"
                          "o,a,s, UPSELL ,1e3,2025-01-02 03:04+0300,,WON,YES,False,1,no,.5\n"
                          "o,a,s,UPSELL, 1000 ,2025-01-02 03:04+0300,,WON,YES,False,1,no,.5\n"},
        {"kinds", "kind,category,points,high_intent\n"
                  "k,Anonymous,0.5,TRUE\n"
                  "chat,,-1.250,\n"},
        {"policy", "parameter,value\n"
                   " Min_intent ,1\n"
                   " mode.fit , Required \n"
                   "min_intent, 0.250 \n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "opportunities 2 amount '1e3' not an amount as 1200000.50 of EUR with at most 2 decimal "
         "places, after a point\n"
         "policy 2 parameter ' Min_intent ' no parameter has this name\n");
    assert_writes(workspace, "opportunities",
                  OPPORTUNITIES
                  "o,a,s,,upsell,,1000.00,EUR,2025-01-02T00:04:00Z,,won,yes,no,yes,no,0.5\n");
    assert_writes(workspace, "kinds",
                  "kind,category,points,high_intent\n"
                  "chat,named,-1.25,0\n"
                  "k,named,0.5,1\n");
    assert_writes(workspace, "policy", "parameter,value\nmin_intent,0.25\nmode.fit,required\n");
    qbg_workspace_free(workspace);
}

/* Keys are bytes: blanks that are written in quotes are part of them. */
static void keeps_keys_and_texts_as_they_are(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part book[] = {
        {"accounts", "account,name\n"
                     "\" a\",\"  \"\n"
                     "a,  \n"
                     "\"\"\"\",\"\xEF\xBB\xBFx\"\n"
                     "\"  \",\xC2\xA0\n"
                     "\xC2\xA0,\n"},
        {"roles", "role,name\n\" r\",\nr,\n\"x y\",\n\"\t\",\n"},
        {"contacts", "contact,account\np,\" a\"\nq,\xC2\xA0\n"},
        {"solutions", "solution,content\ns,\" a; b ;;a\"\n"},
        {"opportunities", "opportunity,account,solution\n\"o;1\",a,s\n"},
        {"members", "opportunity,contact,role\no;1,p,\" r; x y ;\t\"\n"},
        {"needs", "opportunity,need\no;1,\" n \"\n"},
        {NULL, NULL},
    };
    load(workspace, book, "");
    assert_writes(workspace, "accounts",
                  ACCOUNTS "\"  \",\xC2\xA0,,,\n"
                           "\" a\",\"  \",,,\n"
                           "\"\"\"\",\xEF\xBB\xBFx,,,\n"
                           "a,,,,\n"
                           "\xC2\xA0,,,,\n");
    assert_writes(workspace, "members", MEMBERS "o;1,p,\"\t; r;x y\",,,,,,,,,,host\n");
    assert_writes(workspace, "solutions", SOLUTIONS "s,,standard,\" a; b ;a\"\n");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

static void updates_what_it_knows(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"accounts", ACCOUNTS "a,,a.com,5,EUR\na,A2,,,\na,,A.com;b.com,7,\n"},
        {"contacts", "contact,account,name,title,department,seniority\n"
                     "p,,,,IT,\n"
                     "p,b,,CIO,,vp\n"},
        {"solutions", "solution,name,content\ns,S,web/\n"},
        {"opportunities", "opportunity,account,solution,name,opened\n"
                          "o,a,s,O,\n"
                          "o,a,s,,2025-01-01\n"},
        {"kinds", "kind,points,high_intent\nmeeting,7,\nmeeting,,0\n"},
        {"roles", "role,name\ncoach,Trainer\ncoach,\n"},
        {"templates", "template,role,weight,departments\n"
                      "standard,coach,2.5,hr\n"
                      "standard,champion,1,\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "accounts 3 account 'a' " GIVEN_ABOVE "accounts 4 account 'a' " GIVEN_ABOVE
         "contacts 3 contact 'p' " GIVEN_ABOVE "opportunities 3 opportunity 'o' " GIVEN_ABOVE
         "kinds 3 kind 'meeting' " GIVEN_ABOVE);
    assert_writes(workspace, "accounts", ACCOUNTS "a,A2,a.com;b.com,7.00,EUR\nb,B,,,\n");
    assert_writes(workspace, "contacts", CONTACTS "lead,,L,,,,\np,b,P,CIO,,it,vp\nq,a,Q,,,,\n");
    assert_writes(workspace, "solutions", SOLUTIONS "s,S,standard,docs/;web/\ns2,,standard,\n");
    assert_writes(workspace, "kinds", "kind,category,points,high_intent\nmeeting,named,7,0\n");
    assert_writes(workspace, "roles", "role,name\ncoach,Trainer\n");
    assert_writes(
        workspace, "templates",
        TEMPLATES
        "standard,economic_buyer,3,1,1,finance,director\n"
        "standard,decision_maker,3,1,1,executive,c_level\n"
        "standard,technical_evaluator,2,1,1,it;engineering;security,specialist\n"
        "standard,champion,1,1,0,,\n"
        "standard,business_evaluator,1,1,0,operations;hr;marketing;sales;product,manager\n"
        "standard,end_user,1,2,0,,specialist\n"
        "standard,coach,2.5,1,0,hr,\n");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* ---- currencies ------------------------------------------------------------------------------ */

#define DEALS "opportunity,account,solution,amount,currency\n"

/* An amount of the base's opportunity, told on some day by somebody. */
static void tell_amount(qbg_workspace *workspace, int64_t from_s, int32_t source) {
    qbg_opportunity *o = qbg_opportunity_find(workspace, "o");
    assert_int_equal(qbg_opportunity_set_amount(o, 120050, from_s, source), QBG_OK);
}

static void assert_amount(const qbg_workspace *workspace, int64_t minor, const char *currency) {
    const qbg_opportunity *o = qbg_opportunity_find(workspace, "o");
    assert_int_equal(qbg_opportunity_amount_minor(o, 1763553600), minor);
    assert_string_equal(qbg_opportunity_currency(o), currency);
}

static void a_currency_never_rescales_an_amount(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part alone[] = {{"opportunities", DEALS "o,a,s,,JPY\no,a,s,\" \",JPY\n"},
                                 {NULL, NULL}};
    static const part same_places[] = {{"opportunities", DEALS "o,a,s,,USD\n"}, {NULL, NULL}};
    static const part both[] = {{"opportunities", DEALS "o,a,s,7000,JPY\n"}, {NULL, NULL}};
    static const part bad[] = {{"opportunities", DEALS "o,a,s,70.5,KWD\no,a,s,7.0005,KWD\n"},
                               {NULL, NULL}};
    load(workspace, alone, "opportunities 3 opportunity 'o' " GIVEN_ABOVE);
    assert_amount(workspace, 0, "JPY");
    qbg_workspace_free(workspace);
    workspace = base_workspace();
    for (int32_t source = QBG_SOURCE_RULE; source <= QBG_SOURCE_HOST; source++) {
        tell_amount(workspace, QBG_UNDATED, source);
        load(workspace, same_places, "");
        load(workspace, alone,
             "opportunities 2 currency 'JPY' amounts are known in USD; withdraw them, or give the "
             "amount again\n"
             "opportunities 3 currency 'JPY' amounts are known in USD; withdraw them, or give the "
             "amount again\n");
        assert_amount(workspace, 120050, "USD");
        load(workspace, both, "");
        assert_amount(workspace, 7000, "JPY");
        load(workspace, bad,
             "opportunities 3 amount '7.0005' not an amount as 1200000.50 of KWD with at most 3 "
             "decimal places, after a point\n");
        assert_amount(workspace, 70500, "KWD");
        qbg_workspace_free(workspace);
        workspace = base_workspace();
    }
    qbg_workspace_free(workspace);
}

static void a_currency_never_rescales_dated_amounts(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"opportunities", DEALS "o,a,s,7000,JPY\no,a,s,,JPY\n"},
        {"accounts", "account\nc\n"},
        {NULL, NULL},
    };
    tell_amount(workspace, 0, QBG_SOURCE_HOST);
    load(workspace, book,
         "opportunities 2 currency 'JPY' dated amounts are known in EUR; the currency that they "
         "have must have as many decimal places\n"
         "opportunities 3 currency 'JPY' amounts are known in EUR; withdraw them, or give the "
         "amount again\n");
    assert_amount(workspace, 120050, "EUR");
    qbg_workspace_free(workspace);
}

static void amounts_without_a_currency_have_two_places(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"opportunities", DEALS "n,a,s,12.50,\nn,a,s,,JPY\nn,a,s,,EUR\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "opportunities 3 currency 'JPY' amounts are known without a currency; withdraw them, or "
         "give the amount again\n"
         "opportunities 4 opportunity 'n' " GIVEN_ABOVE);
    const qbg_opportunity *n = qbg_opportunity_find(workspace, "n");
    assert_int_equal(qbg_opportunity_amount_minor(n, 0), 1250);
    qbg_workspace_free(workspace);
}

/* ---- remarks --------------------------------------------------------------------------------- */

static void tells_keys_that_are_given_twice(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"accounts", "account,currency\na,\nb,\na,EURO\na,\nb,EUR\n"},
        {"contacts", "contact,title\nx,CFO\nx,CEO\n"},
        {"solutions", "solution,name\ns,S\ns,S\n"},
        {"opportunities", "opportunity,account,solution,name\no,a,s,O\no,b,s,O\no,a,s,P\n"},
        {"kinds", "kind,points\nchat,1\nchat,2\n"},
        {"roles", "role,name\ncoach,Coach\ncoach,\ncoach,Coach\ncoach,Trainer\n"},
        {"policy", "parameter,value\npoints.chat,1\nmin_intent,1\n min_intent ,0.5\n"
                   "points.chat,3\n"},
        {"members", "opportunity,contact,role\no,q,coach\no,q,champion\n"},
        {"templates", "template,role\nt,coach\nt,champion\n"},
        {NULL, NULL},
    };
    static const char *const told =
        "accounts 4 currency 'EURO' not a currency: write three letters, as EUR\n"
        "accounts 5 account 'a' " GIVEN_ABOVE
        "accounts 6 currency 'EUR' a currency without a potential; it is ignored (remark)\n"
        "accounts 6 account 'b' " GIVEN_ABOVE "contacts 3 contact 'x' " GIVEN_ABOVE
        "solutions 3 solution 's' " GIVEN_ABOVE "opportunities 3 opportunity 'o' " GIVEN_ABOVE
        "opportunities 4 opportunity 'o' " GIVEN_ABOVE "kinds 3 kind 'chat' " GIVEN_ABOVE
        "roles 5 role 'coach' " GIVEN_ABOVE "policy 4 parameter ' min_intent ' " GIVEN_ABOVE
        "policy 5 parameter 'points.chat' " GIVEN_ABOVE;
    load(workspace, book, told);
    assert_writes(workspace, "roles", "role,name\ncoach,Trainer\n");
    qbg_workspace_free(workspace);
}

/* A row that was refused has left no key behind that would lead to the row in its place. The rows
 * behind are there because only what is not near the end is read the short way. */
static void forgets_the_keys_of_refused_rows(void **state) {
    (void)state;
    static const part book[] = {
        {"contacts", "contact,department\nn0,\nn1,nonsense\nn2,\nn3,\nn4,\nn5,\nn6,\nn7,\nn8,\n"
                     "n9,\nn10,\nn11,\nn12,\nn13,\nn14,\nn15,\nn16,\n"},
        {"members",
         "opportunity,contact,role\no,n0,champion\no,n1,champion\no,n2,champion\n"
         "o,n3,\"champion; economic_buyer\"\no,n4, champion \no,n5,economic_buyer\no,n6,nobody\n"
         "o,n7,\no,n8,;champion;\no,n9,champion\no,n10,champion\no,n11,champion\n"},
        {NULL, NULL}};
    qbg_workspace *workspace = base_workspace();
    load(workspace, book,
         "contacts 3 department 'nonsense' not one of: executive, finance, it, engineering, "
         "operations, procurement, legal, hr, marketing, sales, product, security, other\n"
         "members 3 contact 'n1' no contact has this key\n"
         "members 8 role 'nobody' no role has the key nobody\n");
    assert_null(qbg_contact_find(workspace, "n1"));
    assert_writes(workspace, "members",
                  "opportunity,contact,role,status,stance,influence,participation,"
                  "interest,joined,left,next_contact,note,source\n"
                  "o,n0,champion,,,,,,,,,,host\n"
                  "o,n10,champion,,,,,,,,,,host\n"
                  "o,n11,champion,,,,,,,,,,host\n"
                  "o,n2,champion,,,,,,,,,,host\n"
                  "o,n3,economic_buyer;champion,,,,,,,,,,host\n"
                  "o,n4,champion,,,,,,,,,,host\n"
                  "o,n5,economic_buyer,,,,,,,,,,host\n"
                  "o,n7,,,,,,,,,,,host\n"
                  "o,n8,champion,,,,,,,,,,host\n"
                  "o,n9,champion,,,,,,,,,,host\n"
                  "o,p,,,,,,,,,,,host\n");
    qbg_workspace_free(workspace);
}

static void a_tombstone_counts_where_its_account_is_unknown(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const char key[] = "erased:0123456789abcdef0123456789abcdef";
    static const part book[] = {
        {"contacts", "contact,account\nerased:0123456789abcdef0123456789abcdef,nowhere\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "contacts 2 account 'nowhere' no account has this key; it is ignored (remark)\n");
    assert_int_equal(qbg_contact_is_erased(qbg_contact_find(workspace, key)), 1);
    qbg_workspace_free(workspace);
}

static void tells_lives_that_take_no_signals(void **state) {
    (void)state;
    qbg_workspace *workspace = base_workspace();
    static const part book[] = {
        {"opportunities", "opportunity,account,solution,opened,closed\n"
                          "c1,a,s,2025-11-19,2025-11-19\n"
                          "c2,a,s,2025-11-19,2025-11-18\n"
                          "c3,a,s,2025-11-19,2025-11-19T00:00:01\n"
                          "c4,a,s,,2025-11-19\n"
                          "c5,a,s,2025-11-19,\n"},
        {"members", "opportunity,contact,joined,left,stance\n"
                    "c3,p,2025-11-19,2025-11-19,\n"
                    "c3,q,2025-11-19,2025-11-20,\n"
                    "c4,p,2025-11-19,2025-11-18,warm\n"
                    "c4,q,,2025-11-18,\n"
                    "c5,q,2025-11-18,,\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "opportunities 2 closed '2025-11-19' this opportunity ends no later than it starts, so it "
         "takes no signals (remark)\n"
         "opportunities 3 closed '2025-11-18' this opportunity ends no later than it starts, so it "
         "takes no signals (remark)\n"
         "members 2 left '2025-11-19' this membership ends no later than it starts, so it takes no "
         "signals (remark)\n"
         "members 4 stance 'warm' not one of: champion, supporter, neutral, skeptic, blocker, "
         "unknown\n");
    qbg_workspace_free(workspace);
}

/* ---- tracking -------------------------------------------------------------------------------- */

static const char tracking[] = "company,GROUP MEMBER,Role in the process,Participation "
                               "status,Product interest,Last interaction,Next contact date,Notes\n"
                               " C1 ,Ann,Champion; Technical "
                               "evaluator,active,HIGH,2025-11-01,19.11.2025,\"call, then write\"\n"
                               "C1,Bob,CFO,Умеренный,,03.11.2025,,\n"
                               "C1,Bob,чемпион,,средний,,,\n"
                               "C2,Ann,coach; CFO,,,2025-11-01T10:00,,\n";

static void a_tracking_table_is_a_book(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part book[] = {{"tracking", tracking}, {NULL, NULL}};
    load(workspace, book, "");
    assert_writes(workspace, "accounts", ACCOUNTS "C1,C1,,,\nC2,C2,,,\n");
    assert_writes(workspace, "contacts",
                  CONTACTS "C1/Ann,C1,Ann,,,,\n"
                           "C1/Bob,C1,Bob,CFO,,,\n"
                           "C2/Ann,C2,Ann,coach; CFO,,,\n");
    assert_writes(
        workspace, "members",
        MEMBERS
        "C1,C1/Ann,champion;technical_evaluator,,,,active,high,,,2025-11-19T00:00:00Z,\"call, then "
        "write\",host\n"
        "C1,C1/Bob,champion,,,,moderate,medium,,,,,host\n"
        "C2,C2/Ann,,,,,,,,,,,host\n");
    load(workspace, book,
         "tracking 2 Last interaction '2025-11-01' known already; it is counted once (remark)\n"
         "tracking 3 Last interaction '03.11.2025' known already; it is counted once (remark)\n"
         "tracking 5 Last interaction '2025-11-01T10:00' known already; it is counted once "
         "(remark)\n");
    assert_int_equal(qbg_signal_count(workspace), 3);
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* The other tables may say more about what a tracking table names, and refer to it. */
static void a_tracking_table_is_part_of_a_book(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part book[] = {
        {"signals", "time,kind,contact,opportunity\n"
                    "2025-11-02,call,C1/Bob,C1\n"},
        {"contacts", "contact,account,name\nC1/Ann,other,Anna\nx,C2,X\n"},
        {"accounts", "account,name\nC1,First Company\nother,\n"},
        {"solutions", "solution,name\ndefault,All\n"},
        {"members", "opportunity,contact,stance\nC1,C1/Ann,champion\nC2,x,\n"},
        {"history", "opportunity,contact,field,value,from\n"
                    ",C2/Ann,account,C1,2025-11-05\n"},
        {"tracking", tracking},
        {NULL, NULL},
    };
    load(workspace, book, "");
    assert_writes(workspace, "accounts", ACCOUNTS "C1,First Company,,,\nC2,C2,,,\nother,,,,\n");
    assert_writes(workspace, "contacts",
                  CONTACTS "C1/Ann,other,Ann,,,,\n"
                           "C1/Bob,C1,Bob,CFO,,,\n"
                           "C2/Ann,C2,Ann,coach; CFO,,,\n"
                           "x,C2,X,,,,\n");
    assert_writes(workspace, "solutions", SOLUTIONS "default,All,standard,\n");
    assert_round_trip(workspace);
    qbg_workspace_free(workspace);
}

/* A company and a person with one key between them are told from another such pair, whoever is
 * first; the later one leaves nothing. */
static void two_people_with_one_key_are_two(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part book[] = {
        {"tracking", "Company,Group member,Role in the process,Last interaction\n"
                     "A/B,C,champion,5.11.2025\n"
                     "A,B/C,coach,6.1.2025\n"
                     "A/B,C,,5.11.2025\n"},
        {NULL, NULL},
    };
    load(workspace, book,
         "tracking 3 Group member 'B/C' another person has the key A/B/C\n"
         "tracking 4 Last interaction '5.11.2025' known already; it is counted once (remark)\n");
    assert_writes(workspace, "accounts", ACCOUNTS "A/B,A/B,,,\n");
    assert_writes(workspace, "contacts", CONTACTS "A/B/C,A/B,C,,,,\n");
    assert_writes(workspace, "members", MEMBERS "A/B,A/B/C,champion,,,,,,,,,,host\n");
    assert_writes(workspace, "signals",
                  SIGNALS "2025-11-05T00:00:00Z,interaction,,A/B/C,,,A/B,,"
                          "tracking/2025-11-05T00:00:00Z/A/B/C\n");
    static const part other[] = {{"tracking", "Company,Group member\nA,B/C\n"}, {NULL, NULL}};
    load(workspace, other, "tracking 2 Group member 'B/C' another person has the key A/B/C\n");
    assert_int_equal(qbg_account_count(workspace), 1);
    qbg_workspace_free(workspace);
}

/* Who has a name is known by it, wherever he works now; who has none, by his account. */
static void a_tracking_table_knows_its_people_again(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part known[] = {
        {"accounts", "account\nC\nD\n"},
        {"contacts", "contact,account,name\n"
                     "C/moved,D,moved\n"
                     "C/renamed,C,Somebody\n"
                     "C/nameless,C,\n"
                     "C/free,,\n"
                     "C/stranger,D,\n"},
        {NULL, NULL},
    };
    static const part book[] = {
        {"tracking", "Company,Group member\nC,moved\nC,renamed\nC,nameless\nC,free\nC,stranger\n"},
        {NULL, NULL},
    };
    load(workspace, known, "");
    for (int i = 0; i < 2; i++)
        load(workspace, book,
             "tracking 3 Group member 'renamed' another person has the key C/renamed\n"
             "tracking 6 Group member 'stranger' another person has the key C/stranger\n");
    assert_writes(workspace, "contacts",
                  CONTACTS "C/free,C,free,,,,\n"
                           "C/moved,D,moved,,,,\n"
                           "C/nameless,C,nameless,,,,\n"
                           "C/renamed,C,Somebody,,,,\n"
                           "C/stranger,D,,,,,\n");
    qbg_workspace_free(workspace);
}

/* Such an id is nobody else's but by intent. */
static void an_interaction_whose_id_is_taken_is_told(void **state) {
    (void)state;
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    static const part known[] = {
        {"accounts", "account\nC\n"},
        {"contacts", "contact,account\nC/X,C\n"},
        {"signals", "time,kind,contact,event\n"
                    "2025-11-05,chat,C/X,tracking/2025-11-05T00:00:00Z/C/X\n"},
        {NULL, NULL},
    };
    static const part book[] = {
        {"tracking", "Company,Group member,Last interaction\nC,X,5.11.2025\n"}, {NULL, NULL}};
    load(workspace, known, "");
    load(
        workspace, book,
        "tracking 2 Last interaction '5.11.2025' an event with the id of this interaction is known "
        "with other content; the first stays, and this one is not counted (remark)\n");
    assert_int_equal(qbg_signal_count(workspace), 1);
    qbg_workspace_free(workspace);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_its_tables),
        cmocka_unit_test(tells_misuse),
        cmocka_unit_test(cancelled_nothing_happened),
        cmocka_unit_test(an_empty_workspace_writes_nothing),
        cmocka_unit_test(refuses_with_reasons),
        cmocka_unit_test(refuses_nul_bytes),
        cmocka_unit_test(refuses_other_encodings),
        cmocka_unit_test(a_quote_that_never_closes_takes_its_line_alone),
        cmocka_unit_test(refuses_a_seat_twice),
        cmocka_unit_test(refuses_more_roles_than_there_can_be),
        cmocka_unit_test(refuses_sums_beyond_64_bits),
        cmocka_unit_test(revenue_is_the_same_however_often_a_book_is_read),
        cmocka_unit_test(tells_refusals_by_table_and_row),
        cmocka_unit_test(strict_refuses_the_whole_book),
        cmocka_unit_test(strict_takes_remarks),
        cmocka_unit_test(takes_any_dialect),
        cmocka_unit_test(takes_words_numbers_and_times_in_any_form),
        cmocka_unit_test(keeps_keys_and_texts_as_they_are),
        cmocka_unit_test(updates_what_it_knows),
        cmocka_unit_test(a_currency_never_rescales_an_amount),
        cmocka_unit_test(a_currency_never_rescales_dated_amounts),
        cmocka_unit_test(amounts_without_a_currency_have_two_places),
        cmocka_unit_test(tells_keys_that_are_given_twice),
        cmocka_unit_test(forgets_the_keys_of_refused_rows),
        cmocka_unit_test(a_tombstone_counts_where_its_account_is_unknown),
        cmocka_unit_test(tells_lives_that_take_no_signals),
        cmocka_unit_test(a_tracking_table_is_a_book),
        cmocka_unit_test(a_tracking_table_is_part_of_a_book),
        cmocka_unit_test(two_people_with_one_key_are_two),
        cmocka_unit_test(a_tracking_table_knows_its_people_again),
        cmocka_unit_test(an_interaction_whose_id_is_taken_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
