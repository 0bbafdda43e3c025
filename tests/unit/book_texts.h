/* book_texts: books as texts, for the tests of the reader and of the writer. */
#ifndef QBG__BOOK_TEXTS_H
#define QBG__BOOK_TEXTS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

/* ---- a host ---------------------------------------------------------------------------------- */

/* A host whose memory is out from the n-th request on, or at that one alone; -1: never. Whatever it
 * gets back has been wiped. */
typedef struct host {
    long allowed;
    int is_once;
    size_t bytes;
} host;

static inline void *host_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    host *self = ctx;
    if (new_size == 0) {
        for (size_t i = 0; i < old_size; i++) assert_int_equal(((unsigned char *)ptr)[i], 0);
        free(ptr);
        self->bytes -= old_size;
        return NULL;
    }
    if (self->allowed == 0) {
        if (self->is_once) self->allowed = -1;
        return NULL;
    }
    if (self->allowed > 0) self->allowed--;
    assert_null(ptr); /* no block is resized */
    void *block = malloc(new_size);
    assert_non_null(block);
    self->bytes += new_size;
    return memset(block, 0xA5, new_size);
}

static inline qbg_workspace *workspace_of(host *self) {
    qbg_workspace *workspace = NULL;
    const qbg_allocator allocator = {sizeof allocator, self, host_resize};
    self->allowed = -1;
    self->is_once = 0;
    self->bytes = 0;
    assert_int_equal(qbg_workspace_new(&allocator, &workspace), QBG_OK);
    return workspace;
}

/* ---- books as texts -------------------------------------------------------------------------- */

/* A table's text; the last part of a book has no table. */
typedef struct part {
    const char *table;
    const char *text;
} part;

static inline void feed(qbg_book_reader *reader, const part *book) {
    for (; book->table; book++)
        assert_int_equal(qbg_book_reader_feed(reader, book->table, book->text, strlen(book->text)),
                         QBG_OK);
}

static inline qbg_book_reader *reader_of(qbg_workspace *workspace, int32_t strict,
                                         const part *book) {
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_book_reader_new(workspace, strict, &reader), QBG_OK);
    feed(reader, book);
    return reader;
}

static inline void spell_cell(char **at, const qbg_table *table, int32_t column, int64_t row) {
    int64_t size = 0;
    const char *text = qbg_table_text_at(table, column, row, &size);
    if (qbg_table_column_type(table, column) == QBG_COLUMN_INT64)
        *at += sprintf(*at, "%lld", (long long)qbg_table_int64_at(table, column, row));
    else
        *at += sprintf(*at, "%.*s", (int)size, text);
}

/* The refusals as text: "table 2 column 'value' reason", and "(remark)" behind those that are one.
 */
static const char *spell_refusals(const qbg_book_reader *reader) {
    static char text[16384];
    char *at = text;
    qbg_table *table = NULL;
    assert_int_equal(qbg_book_reader_refusals(reader, &table), QBG_OK);
    assert_int_equal(qbg_table_column_count(table), 6);
    *at = '\0';
    for (int64_t row = 0; row < qbg_table_row_count(table); row++) {
        spell_cell(&at, table, 0, row);
        *at++ = ' ';
        spell_cell(&at, table, 1, row);
        *at++ = ' ';
        spell_cell(&at, table, 2, row);
        at += sprintf(at, " '");
        spell_cell(&at, table, 3, row);
        at += sprintf(at, "' ");
        spell_cell(&at, table, 4, row);
        if (!qbg_table_int64_at(table, 5, row)) at += sprintf(at, " (remark)");
        *at++ = '\n';
        *at = '\0';
    }
    qbg_table_free(table);
    return text;
}

/* Loads a book and looks at its refusals. */
static inline void load(qbg_workspace *workspace, const part *book, const char *refusals) {
    qbg_book_reader *reader = reader_of(workspace, 0, book);
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader), refusals);
    qbg_book_reader_free(reader);
}

static inline char *write_table(const qbg_workspace *workspace, const char *table) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_book_write(workspace, table, &blob), QBG_OK);
    char *text = malloc(qbg_blob_size(blob) + 1);
    assert_non_null(text);
    memcpy(text, qbg_blob_data(blob), qbg_blob_size(blob) + 1);
    qbg_blob_free(blob);
    return text;
}

static inline void assert_writes(const qbg_workspace *workspace, const char *table,
                                 const char *expected) {
    char *text = write_table(workspace, table);
    assert_string_equal(text, expected);
    free(text);
}

/* The whole book in one text. */
static inline char *write_book(const qbg_workspace *workspace) {
    char *book = calloc(1, 1);
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        char *text = write_table(workspace, qbg_book_table_name(i));
        book = realloc(book, strlen(book) + strlen(text) + 64);
        assert_non_null(book);
        sprintf(book + strlen(book), "== %s\n", qbg_book_table_name(i));
        memcpy(book + strlen(book), text, strlen(text) + 1);
        free(text);
    }
    return book;
}

/* Reads what a workspace writes into another one, strictly. */
static inline void copy(const qbg_workspace *from, qbg_workspace *to) {
    qbg_book_reader *reader = NULL;
    assert_int_equal(qbg_book_reader_new(to, 1, &reader), QBG_OK);
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        char *text = write_table(from, qbg_book_table_name(i));
        assert_int_equal(qbg_book_reader_feed(reader, qbg_book_table_name(i), text, strlen(text)),
                         QBG_OK);
        free(text);
    }
    assert_int_equal(qbg_book_reader_finish(reader), QBG_OK);
    assert_string_equal(spell_refusals(reader), "");
    qbg_book_reader_free(reader);
}

static inline void assert_same_book(const qbg_workspace *a, const qbg_workspace *b) {
    char *first = write_book(a), *second = write_book(b);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static inline char *board_at(const qbg_workspace *workspace, int64_t as_of_s) {
    qbg_blob *blob = NULL;
    assert_int_equal(qbg_report_board(workspace, as_of_s, 1, QBG_FORMAT_JSON, "en", &blob), QBG_OK);
    char *text = malloc(qbg_blob_size(blob) + 1);
    assert_non_null(text);
    memcpy(text, qbg_blob_data(blob), qbg_blob_size(blob) + 1);
    qbg_blob_free(blob);
    return text;
}

static inline void assert_round_trip(const qbg_workspace *workspace) {
    static const int64_t instants[] = {0, 1735689600, 1763596799, 1767225600, 7258118399};
    qbg_workspace *again = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &again), QBG_OK);
    copy(workspace, again);
    assert_same_book(workspace, again);
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        char *first = board_at(workspace, instants[i]), *second = board_at(again, instants[i]);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    qbg_workspace_free(again);
}

#define BOM "\xEF\xBB\xBF"

/* Headers as they are written. */
#define ACCOUNTS  "account,name,domains,potential,currency\n"
#define CONTACTS  "contact,account,name,title,email,department,seniority\n"
#define TEMPLATES "template,role,weight,people,required,departments,min_seniority\n"
#define SOLUTIONS "solution,name,template,content\n"
#define OPPORTUNITIES                                                                              \
    "opportunity,account,solution,name,type,stage,amount,currency,opened,closed,"                  \
    "outcome,need,budget,authority,timeline,fit\n"
#define MEMBERS                                                                                    \
    "opportunity,contact,role,status,stance,influence,participation,interest,joined,"              \
    "left,next_contact,note,source\n"
#define SIGNALS "time,kind,account,contact,visitor,solution,opportunity,content,event\n"
#define HISTORY "opportunity,contact,source,field,value,from\n"

/* ---- a small book that others build on ------------------------------------------------------- */

static const part base[] = {
    {"accounts", "account,name\na,A\nb,B\n"},
    {"contacts", "contact,account,name,title\np,a,P,CFO\nq,a,Q,\nlead,,L,\n"},
    {"solutions", "solution,content\ns,docs/\ns2,\n"},
    {"opportunities", "opportunity,account,solution,currency\no,a,s,EUR\n"},
    {"members", "opportunity,contact\no,p\n"},
    {"visitors", "visitor,contact\nv,p\n"},
    {"signals", "time,kind,contact,event\n2025-11-01,meeting,p,e1\n"},
    {NULL, NULL},
};

static inline qbg_workspace *base_workspace(void) {
    qbg_workspace *workspace = NULL;
    assert_int_equal(qbg_workspace_new(NULL, &workspace), QBG_OK);
    load(workspace, base, "");
    return workspace;
}

/* ---- one with something in every column, as it is written ------------------------------------ */

static const part full[] = {
    {"accounts", ACCOUNTS "b,\"B, \"\"Co\"\"\",b.com;bb.com,0.00,EUR\n"
                          "Ё,Ёлка,,1500,JPY\n"},
    {"contacts", CONTACTS "p,b,P,CFO,p@b.com,finance,vp\nq,,,,,,assistant\n"},
    {"templates", TEMPLATES "t,own,0.001,16,1,it;security;other,manager\n"
                            "t,coach,100,1,0,,\n"},
    {"solutions", SOLUTIONS "s,S,t,Web;web/\nz,,standard,\n"},
    {"visitors", "visitor,contact\nv1,q\nv2,p\n"},
    {"opportunities", OPPORTUNITIES "o,b,s,Deal,cross_sell,warm,12.345,BHD,2025-01-01T00:00:00Z,"
                                    "2025-12-31T23:59:59Z,lost,yes,no,yes,no,0.30000000000000004\n"
                                    "x,Ё,z,,,,-1.50,,,,,,,,,\n"},
    {"members", MEMBERS "o,p,coach;own,confirmed,blocker,0.5,active,high,2025-02-01T00:00:00Z,2025-"
                        "03-01T00:00:00Z,2025-04-01T00:00:00Z,\"a\n"
                        "note\",host\n"
                        "o,q,other,,,,,,2025-01-01T00:00:00Z,,,,rule\n"
                        "x,p,,left,,,,,,,,,host\n"
                        "x,p,,,skeptic,,,,,,,,rule\n"},
    {"signals", SIGNALS "1970-01-01T00:00:00Z,wave,,,,,,,\n"
                        "1970-01-01T00:00:00Z,wave,,,,,,,\n"
                        "2025-02-01T00:00:00Z,chat,,,,,,web/1,e\n"
                        "2025-02-01T00:00:00Z,chat,Ё,,v3,,,web/1,\n"
                        "2025-02-01T00:00:00Z,chat,b,p,v1,z,x,\" \",e\n"
                        "2025-02-01T00:00:00Z,wave,,,v1,,,,e\n"
                        "2199-12-31T23:59:59Z,chat,b,,,s,,,e2\n"},
    {"history", HISTORY ",q,rule,account,b,2025-01-05T00:00:00Z\n"
                        ",q,host,account,,2025-01-06T00:00:00Z\n"
                        "o,,host,stage,hot,2025-01-02T00:00:00Z\n"
                        "o,,host,verdict,qualified,1970-01-01T00:00:00Z\n"
                        "o,,rule,amount,1.000,2025-01-03T00:00:00Z\n"
                        "o,,host,outcome,won,2025-01-02T00:00:00Z\n"
                        "o,,host,need,no,2025-01-02T00:00:00Z\n"
                        "o,,host,budget,yes,2025-01-02T00:00:00Z\n"
                        "o,,host,authority,,2025-01-02T00:00:00Z\n"
                        "o,,host,timeline,yes,2025-01-02T00:00:00Z\n"
                        "o,,host,fit,0.0000001,2025-01-02T00:00:00Z\n"
                        "o,p,host,role,own,2025-01-02T00:00:00Z\n"
                        "o,p,rule,status,potential,2025-01-02T00:00:00Z\n"
                        "o,p,host,stance,neutral,2025-01-02T00:00:00Z\n"
                        "o,p,host,influence,1,2025-01-02T00:00:00Z\n"
                        "o,p,host,participation,passive,2025-01-02T00:00:00Z\n"
                        "o,p,host,interest,low,2025-01-02T00:00:00Z\n"},
    {"kinds", "kind,category,points,high_intent\n"
              "chat,qualified_lead,0,1\n"
              "meeting,named,20,0\n"
              "wave,third_party,-1000,0\n"},
    {"roles", "role,name\nchampion,Star\nown,\n"},
    {"needs", "opportunity,contact,need,state,date\n"
              "o,,n,open,\n"
              "o,,n,validated,2025-02-01T00:00:00Z\n"
              "o,p,a,addressed,\n"
              "o,p,b,open,2025-01-01T00:00:00Z\n"},
    {"revenue", "customer,period,amount,currency\n"
                "c,2025-01,10.00,\n"
                "c,2025-01,-2.50,EUR\n"
                "c,2025-12,7,JPY\n"},
    {"policy", "parameter,value\n"
               "engaged_points,1.125\n"
               "half_life_days,365\n"
               "mode.intent,off\n"},
    {NULL, NULL},
};

#endif
