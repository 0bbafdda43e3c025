/* questions: see questions.h. */
#include "questions.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_DAY INT64_C(1748736000) /* 2025-06-01 */
#define DAY       INT64_C(86400)

/* ---- a book ---------------------------------------------------------------------------------- */

typedef struct page {
    char *bytes;
    size_t size, room;
    qbg_status status;
} page;

/* One row; its line end comes by itself. */
__attribute__((format(printf, 2, 3))) static void row(page *to, const char *format, ...) {
    va_list cells;
    char line[512];
    va_start(cells, format);
    int size = vsnprintf(line, sizeof line - 1, format, cells);
    va_end(cells);
    if (to->room - to->size < sizeof line) {
        char *grown = realloc(to->bytes, to->room * 2 + sizeof line);
        if (!grown) {
            to->status = QBG_E_MEMORY;
            return;
        }
        to->bytes = grown;
        to->room = to->room * 2 + sizeof line;
    }
    memcpy(to->bytes + to->size, line, (size_t)size);
    to->bytes[to->size + (size_t)size] = '\n';
    to->size += (size_t)size + 1;
}

/* Numbers without a pattern that shows: the same for the same place. */
static uint32_t draw(uint32_t place, uint32_t what, uint32_t below) {
    uint64_t hash = ((uint64_t)place << 32 | what) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ hash >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return (uint32_t)(hash >> 33) % below;
}

static void write_accounts(page *to, uint32_t opportunities) {
    row(to, "account,name,domains,potential,currency");
    for (uint32_t i = 0; i * 3 < opportunities; i++)
        row(to, "a%u,Компания %u,a%u.example,%u.50,EUR", i, i, i, i * 1000);
}

static void write_contacts(page *to, uint32_t opportunities) {
    static const char *const titles[] = {"Финансовый директор", "IT specialist",
                                         "HR-менеджер",         "Chief Executive Officer",
                                         "Head of Operations",  "инженер (SRE)"};
    row(to, "contact,account,name,title,email");
    for (uint32_t i = 0; i * 3 < opportunities * 4; i++)
        row(to, "c%u,a%u,Person %u,%s,c%u@a.example", i, i / 4, i, titles[draw(i, 1, 6)], i);
}

static void write_catalog(page *kinds, page *roles, page *templates, page *solutions) {
    row(kinds, "kind,category,points,high_intent");
    row(kinds, "breakfast,named,2.501,1"); /* whole points would be exact doubles */
    row(kinds, "meeting,named,20.003,1");
    row(roles, "role,name");
    row(roles, "works_council,works council");
    row(templates, "template,role,weight,people,required,departments,min_seniority");
    row(templates, "own,economic_buyer,2,1,1,finance,director");
    row(templates, "own,champion,1.5,3,0,,");
    row(templates, "own,works_council,0.5,2,0,hr;legal,");
    row(solutions, "solution,name,template,content");
    for (uint32_t i = 0; i < 3; i++)
        row(solutions, "s%u,Solution %u,%s,s%u/;x%u/", i, i, i == 1 ? "own" : "standard", i, i);
}

static void write_opportunities(page *to, uint32_t opportunities) {
    static const char *const types[] = {"acquisition", "upsell", "", "retention"};
    row(to, "opportunity,account,solution,name,type,stage,amount,currency,opened,closed,outcome,"
            "budget,fit");
    for (uint32_t i = 0; i < opportunities; i++)
        row(to, "o%u,a%u,s%u,Deal %u,%s,engaged,%u.25,EUR,%s,%s,%s,%s,0.%02u", i, i / 3, i % 3, i,
            types[draw(i, 2, 4)], i, i % 5 ? "2025-06-01" : "", i % 9 ? "" : "2025-09-15",
            i % 9 ? "" : "won", i % 4 ? "yes" : "", draw(i, 3, 100));
}

static void write_members(page *to, uint32_t opportunities) {
    static const char *const roles[] = {"economic_buyer", "champion;end_user", "", "works_council",
                                        "technical_evaluator"};
    static const char *const stances[] = {"supporter", "", "blocker", "champion"};
    row(to, "opportunity,contact,role,status,stance,influence,participation,next_contact,note");
    for (uint32_t i = 0; i < opportunities * 4; i++) {
        if (draw(i, 4, 4) == 0) continue;
        row(to, "o%u,c%u,%s,%s,%s,0.%u,%s,%s,\"note; %u\"", i / 4, i / 12 * 4 + i % 4,
            roles[draw(i, 5, 5)], draw(i, 6, 9) ? "confirmed" : "left", stances[draw(i, 7, 4)],
            draw(i, 8, 1000), draw(i, 9, 7) ? "" : "passive", i % 6 ? "" : "2025-10-02", i);
    }
}

static void write_signals(page *to, uint32_t opportunities) {
    static const char *const kinds[] = {"page_view",   "content_download", "meeting",
                                        "chat",        "breakfast",        "intent_topic",
                                        "trial_start", "complaint"};
    row(to, "time,kind,account,contact,visitor,content,event");
    for (uint32_t i = 0; i < opportunities * 8; i++) {
        uint32_t account = i / 24, who = draw(i, 10, 6);
        char person[48];
        if (who < 4)
            snprintf(person, sizeof person, ",c%u,", account * 4 + who);
        else
            snprintf(person, sizeof person, "a%u,,v%u", account, i / 16);
        row(to, "2025-%02u-%02uT%02u:15:30Z,%s,%s,s%u/page %u,%s%u", 6 + draw(i, 11, 4),
            1 + draw(i, 12, 28), i % 24, kinds[draw(i, 13, 8)], person, draw(i, 14, 3), i % 7,
            i % 3 ? "e" : "f", i);
    }
}

static void write_facts(page *history, page *needs, page *visitors, uint32_t opportunities) {
    static const char *const states[] = {"open", "validated", "addressed"};
    row(history, "opportunity,contact,source,field,value,from");
    row(needs, "opportunity,contact,need,state,date");
    row(visitors, "visitor,contact");
    for (uint32_t i = 0; i < opportunities; i++) {
        uint32_t contact = i / 3 * 4 + i % 4;
        row(history, "o%u,,host,stage,qualified,2025-08-%02u", i, 1 + i % 28);
        if (i % 2) row(history, "o%u,,rule,verdict,qualified,2025-07-01", i);
        row(history, "o%u,c%u,host,stance,skeptic,2025-09-%02u", i, contact, 1 + i % 28);
        row(needs, "o%u,%s,integration,%s,2025-08-01", i, "", states[i % 3]);
        row(needs, "o%u,c%u,price,open,2025-07-20", i, contact);
        if (i % 3 == 0) row(visitors, "v%u,c%u", i / 2, contact);
    }
}

static void write_money(page *revenue, page *policy) {
    row(revenue, "customer,period,amount,currency");
    for (uint32_t i = 0; i < 36; i++)
        row(revenue, "a%u,2025-%02u,%u.10,EUR", i / 12, 1 + i % 12, 100 + draw(i, 15, 900));
    row(policy, "parameter,value");
    row(policy, "half_life_days,21");
    row(policy, "hysteresis,0.85");
}

enum {
    ACCOUNTS,
    CONTACTS,
    KINDS,
    ROLES,
    TEMPLATES,
    SOLUTIONS,
    OPPORTUNITIES,
    MEMBERS,
    SIGNALS,
    HISTORY,
    NEEDS,
    VISITORS,
    REVENUE,
    POLICY,
    PAGES
};

static const char *const page_names[PAGES] = {
    "accounts", "contacts", "kinds",   "roles", "templates", "solutions", "opportunities",
    "members",  "signals",  "history", "needs", "visitors",  "revenue",   "policy"};

qbg_status feed_book(qbg_book_reader *reader, uint32_t opportunities) {
    page pages[PAGES];
    qbg_status status = QBG_OK;
    memset(pages, 0, sizeof pages);
    write_accounts(&pages[ACCOUNTS], opportunities);
    write_contacts(&pages[CONTACTS], opportunities);
    write_catalog(&pages[KINDS], &pages[ROLES], &pages[TEMPLATES], &pages[SOLUTIONS]);
    write_opportunities(&pages[OPPORTUNITIES], opportunities);
    write_members(&pages[MEMBERS], opportunities);
    write_signals(&pages[SIGNALS], opportunities);
    write_facts(&pages[HISTORY], &pages[NEEDS], &pages[VISITORS], opportunities);
    write_money(&pages[REVENUE], &pages[POLICY]);
    for (int i = 0; i < PAGES; i++) {
        if (status == QBG_OK) status = pages[i].status;
        if (status == QBG_OK)
            status = qbg_book_reader_feed(reader, page_names[i], pages[i].bytes, pages[i].size);
        free(pages[i].bytes);
    }
    return status;
}

/* Strict: a row that is refused would be a mistake of the generator. */
qbg_status read_book(qbg_workspace *workspace, uint32_t opportunities) {
    qbg_book_reader *reader = NULL;
    qbg_status status = qbg_book_reader_new(workspace, 1, &reader);
    if (status == QBG_OK) status = feed_book(reader, opportunities);
    if (status == QBG_OK) status = qbg_book_reader_finish(reader);
    qbg_book_reader_free(reader);
    return status;
}

/* ---- digests --------------------------------------------------------------------------------- */

static void fold(uint64_t *digest, uint64_t word) {
    *digest = (*digest ^ word) * UINT64_C(0x100000001B3);
    *digest ^= *digest >> 29;
}

static void fold_bytes(uint64_t *digest, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    fold(digest, size);
    for (; size > 0;) {
        uint64_t word = 0;
        size_t part = size < sizeof word ? size : sizeof word;
        memcpy(&word, at, part);
        fold(digest, word);
        at += part;
        size -= part;
    }
}

static void fold_text(uint64_t *digest, const char *text) {
    fold_bytes(digest, text ? text : "NULL", text ? strlen(text) : 4);
}

static void fold_int(uint64_t *digest, int64_t value) { fold(digest, (uint64_t)value); }

static void fold_real(uint64_t *digest, double value) { fold_bytes(digest, &value, sizeof value); }

static void fold_column(uint64_t *digest, const qbg_table *table, int32_t column) {
    size_t rows = (size_t)qbg_table_row_count(table);
    const int64_t *offsets = NULL;
    const uint8_t *validity = qbg_table_validity(table, column);
    fold_text(digest, qbg_table_column_name(table, column));
    fold_int(digest, qbg_table_column_find(table, qbg_table_column_name(table, column)));
    if (validity) fold_bytes(digest, validity, rows / 8);
    switch (qbg_table_column_type(table, column)) {
    case QBG_COLUMN_INT64:
    case QBG_COLUMN_TIME:
        fold_bytes(digest, qbg_table_int64_column(table, column), rows * 8);
        break;
    case QBG_COLUMN_DOUBLE:
        fold_bytes(digest, qbg_table_double_column(table, column), rows * 8);
        break;
    case QBG_COLUMN_UINT64:
        fold_bytes(digest, qbg_table_uint64_column(table, column), rows * 8);
        break;
    default: {
        const char *bytes = qbg_table_text_column(table, column, &offsets);
        fold_bytes(digest, offsets, (rows + 1) * 8);
        fold_bytes(digest, bytes, (size_t)offsets[rows]);
    }
    }
}

/* The whole of a fresh table, which is freed. */
static qbg_status fold_table(uint64_t *digest, qbg_status status, qbg_table *table) {
    if (status != QBG_OK) return status;
    for (int32_t i = 0; i < qbg_table_column_count(table); i++) fold_column(digest, table, i);
    qbg_table_free(table);
    return QBG_OK;
}

static qbg_status fold_blob(uint64_t *digest, qbg_status status, qbg_blob *blob) {
    if (status != QBG_OK) return status;
    fold_bytes(digest, qbg_blob_data(blob), qbg_blob_size(blob));
    qbg_blob_free(blob);
    return QBG_OK;
}

/* ---- what a number means --------------------------------------------------------------------- */

static int64_t instant(uint32_t number) { return FIRST_DAY + (60 + number % 7 * 13) * DAY; }

static const qbg_opportunity *deal(const asker *self, uint32_t number) {
    return qbg_opportunity_at(self->workspace, number % qbg_opportunity_count(self->workspace));
}

static const qbg_contact *person(const asker *self, uint32_t number) {
    return qbg_contact_at(self->workspace, number % qbg_contact_count(self->workspace));
}

static int32_t format_of(uint32_t number) { return (int32_t)(number % 3); }

static const char *lang_of(uint32_t number) { return number % 2 ? "ru" : "en"; }

/* ---- assessments ----------------------------------------------------------------------------- */

static void fold_seats(uint64_t *digest, const qbg_assessment *of) {
    for (uint32_t i = 0; i < qbg_assessment_seat_count(of); i++) {
        fold_text(digest, qbg_assessment_seat_role(of, i));
        fold_int(digest, qbg_assessment_seat_state(of, i));
        fold_int(digest, qbg_assessment_seat_filled(of, i));
        fold_int(digest, qbg_assessment_seat_wanted(of, i));
        fold_int(digest, qbg_assessment_seat_is_required(of, i));
        for (uint32_t j = 0; j < qbg_assessment_seat_person_count(of, i); j++)
            fold_text(digest, qbg_assessment_seat_person(of, i, j));
    }
    for (uint32_t i = 0; i < qbg_assessment_missing_count(of); i++)
        fold_text(digest, qbg_assessment_missing_role(of, i));
}

static void fold_criteria(uint64_t *digest, const qbg_assessment *of) {
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(of); i++) {
        fold_int(digest, qbg_assessment_criterion(of, i));
        fold_int(digest, qbg_assessment_criterion_mode(of, i));
        fold_int(digest, qbg_assessment_criterion_passes(of, i));
        fold_int(digest, qbg_assessment_criterion_holds(of, i));
        fold_int(digest, qbg_assessment_criterion_has_actual(of, i));
        fold_real(digest, qbg_assessment_criterion_actual(of, i));
        fold_int(digest, qbg_assessment_criterion_has_threshold(of, i));
        fold_real(digest, qbg_assessment_criterion_threshold(of, i));
        fold_text(digest, qbg_assessment_criterion_reason(of, i));
    }
}

static void fold_people(uint64_t *digest, const qbg_assessment *of) {
    for (uint32_t i = 0; i < qbg_assessment_member_count(of); i++) {
        fold_text(digest, qbg_assessment_member_contact(of, i));
        fold_text(digest, qbg_assessment_member_name(of, i));
        for (uint32_t j = 0; j < qbg_assessment_member_role_count(of, i); j++)
            fold_text(digest, qbg_assessment_member_role(of, i, j));
        fold_int(digest, qbg_assessment_member_is_inferred(of, i));
        fold_int(digest, qbg_assessment_member_points_int(of, i));
        fold_real(digest, qbg_assessment_member_points(of, i));
        fold_real(digest, qbg_assessment_member_engagement(of, i));
        fold_int(digest, qbg_assessment_member_is_engaged(of, i));
        fold_int(digest, qbg_assessment_member_participation(of, i));
        fold_int(digest, qbg_assessment_member_interest(of, i));
        fold_int(digest, qbg_assessment_member_stance(of, i));
        fold_int(digest, qbg_assessment_member_last_signal(of, i));
    }
}

static void fold_assessment(uint64_t *digest, const qbg_assessment *of) {
    fold_text(digest, qbg_assessment_opportunity(of));
    fold_text(digest, qbg_assessment_account(of));
    fold_text(digest, qbg_assessment_solution(of));
    fold_int(digest, qbg_assessment_as_of(of));
    fold_int(digest, qbg_assessment_verdict(of));
    fold_real(digest, qbg_assessment_priority(of));
    fold_real(digest, qbg_assessment_intent(of));
    fold_real(digest, qbg_assessment_coverage_identified(of));
    fold_real(digest, qbg_assessment_coverage_engaged(of));
    fold_real(digest, qbg_assessment_coverage_supportive(of));
    fold_real(digest, qbg_assessment_completeness(of));
    fold_int(digest, qbg_assessment_members_identified(of));
    fold_int(digest, qbg_assessment_members_engaged(of));
    fold_int(digest, qbg_assessment_anonymous_visitors(of));
    fold_int(digest, qbg_assessment_silent_days(of));
    fold_int(digest, qbg_assessment_next_contact(of));
    fold_seats(digest, of);
    fold_criteria(digest, of);
    fold_people(digest, of);
}

static qbg_status ask_assess(asker *self, uint32_t number, uint64_t *digest) {
    qbg_assessment *fresh = NULL;
    qbg_status status = qbg_assess(deal(self, number), instant(number), &fresh);
    if (status == QBG_OK) fold_assessment(digest, fresh);
    qbg_assessment_free(fresh);
    return status;
}

static qbg_status ask_refill(asker *self, uint32_t number, uint64_t *digest) {
    qbg_status status = qbg_assessment_refill(self->own, deal(self, number), instant(number));
    if (status == QBG_OK) fold_assessment(digest, self->own);
    return status;
}

static qbg_status ask_shared_assessment(asker *self, uint32_t number, uint64_t *digest) {
    (void)number;
    fold_assessment(digest, self->group);
    return QBG_OK;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static qbg_status ask_board(asker *self, uint32_t number, uint64_t *digest) {
    qbg_table *table = NULL;
    uint32_t first = number * 5 % qbg_opportunity_count(self->workspace);
    qbg_status status =
        qbg_board(self->workspace, instant(number), first, 12, (int32_t)(number % 2), &table);
    return fold_table(digest, status, table);
}

static qbg_status ask_ledger(asker *self, uint32_t number, uint64_t *digest) {
    qbg_table *table = NULL;
    const qbg_opportunity *of = deal(self, number);
    const qbg_member *member = qbg_member_at(of, number % (qbg_member_count(of) + 1));
    const qbg_contact *who = member ? qbg_member_contact(member) : person(self, number);
    qbg_status status = qbg_ledger(of, who, instant(number), &table);
    return fold_table(digest, status, table);
}

static qbg_status ask_opportunity_history(asker *self, uint32_t number, uint64_t *digest) {
    qbg_table *table = NULL;
    qbg_status status = qbg_opportunity_history(deal(self, number), &table);
    return fold_table(digest, status, table);
}

static qbg_status ask_contact_history(asker *self, uint32_t number, uint64_t *digest) {
    qbg_table *table = NULL;
    qbg_status status = qbg_contact_history(person(self, number), &table);
    return fold_table(digest, status, table);
}

/* Cell by cell, where the others take whole columns. */
static qbg_status ask_shared_table(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_table *table = self->board;
    int64_t row_at = number % (uint32_t)qbg_table_row_count(table);
    for (int32_t i = 0; i < qbg_table_column_count(table); i++) {
        int64_t size = 0;
        fold_column(digest, table, i);
        fold_int(digest, qbg_table_is_null(table, i, row_at));
        fold_int(digest, qbg_table_int64_at(table, i, row_at));
        fold_real(digest, qbg_table_double_at(table, i, row_at));
        const char *text = qbg_table_text_at(table, i, row_at, &size);
        fold_bytes(digest, text, (size_t)size);
    }
    return QBG_OK;
}

/* ---- reports --------------------------------------------------------------------------------- */

static qbg_status ask_explain(asker *self, uint32_t number, uint64_t *digest) {
    qbg_blob *blob = NULL;
    qbg_status status =
        qbg_report_explain(deal(self, number), instant(number), number % 2 ? "ru" : "en", &blob);
    return fold_blob(digest, status, blob);
}

static qbg_status ask_report_board(asker *self, uint32_t number, uint64_t *digest) {
    qbg_blob *blob = NULL;
    qbg_status status = qbg_report_board(self->workspace, instant(number), (int32_t)(number % 2),
                                         format_of(number), lang_of(number), &blob);
    return fold_blob(digest, status, blob);
}

static qbg_status ask_report_tracking(asker *self, uint32_t number, uint64_t *digest) {
    qbg_blob *blob = NULL;
    qbg_status status = qbg_report_tracking(self->workspace, instant(number), format_of(number),
                                            lang_of(number), &blob);
    return fold_blob(digest, status, blob);
}

static qbg_status ask_report_table(asker *self, uint32_t number, uint64_t *digest) {
    qbg_blob *blob = NULL;
    qbg_status status = qbg_report_table(self->board, format_of(number), &blob);
    return fold_blob(digest, status, blob);
}

static qbg_status ask_book(asker *self, uint32_t number, uint64_t *digest) {
    qbg_blob *blob = NULL;
    const char *table = qbg_book_table_name((int32_t)number % qbg_book_table_count());
    qbg_status status = qbg_book_write(self->workspace, table, &blob);
    return fold_blob(digest, status, blob);
}

/* ---- the rows of a workspace ----------------------------------------------------------------- */

static void fold_account(uint64_t *digest, const asker *self, const qbg_account *account) {
    fold_text(digest, qbg_account_name(account));
    fold_int(digest, qbg_account_find(self->workspace, qbg_account_key(account)) == account);
    for (uint32_t i = 0; i < qbg_account_domain_count(account); i++)
        fold_text(digest, qbg_account_domain(account, i));
    fold_int(digest, qbg_account_potential_minor(account));
    fold_text(digest, qbg_account_currency(account));
    fold_int(digest, qbg_account_number(account));
}

static qbg_status ask_account(asker *self, uint32_t number, uint64_t *digest) {
    uint32_t count = qbg_account_count(self->workspace);
    fold_account(digest, self, qbg_account_at(self->workspace, number % count));
    return QBG_OK;
}

static qbg_status ask_contact(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_contact *of = person(self, number);
    fold_text(digest, qbg_contact_name(of));
    fold_text(digest, qbg_contact_title(of));
    fold_text(digest, qbg_contact_email(of));
    fold_int(digest, qbg_contact_find(self->workspace, qbg_contact_key(of)) == of);
    fold_int(digest, qbg_contact_number(of));
    fold_text(digest, qbg_account_key(qbg_contact_account(of, instant(number))));
    for (uint32_t i = 0; i < qbg_contact_visitor_count(of); i++)
        fold_text(digest, qbg_contact_visitor(of, i));
    fold_int(digest, qbg_contact_department(of));
    fold_int(digest, qbg_contact_seniority(of));
    fold_real(digest, qbg_contact_persona_confidence(of));
    return QBG_OK;
}

static qbg_status ask_opportunity(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_opportunity *of = deal(self, number);
    int64_t as_of = instant(number);
    fold_int(digest, qbg_opportunity_find(self->workspace, qbg_opportunity_key(of)) == of);
    fold_int(digest, qbg_opportunity_number(of));
    fold_text(digest, qbg_opportunity_name(of));
    fold_text(digest, qbg_account_key(qbg_opportunity_account(of)));
    fold_text(digest, qbg_solution_key(qbg_opportunity_solution(of)));
    fold_int(digest, qbg_opportunity_type(of));
    fold_int(digest, qbg_opportunity_opened(of));
    fold_int(digest, qbg_opportunity_closed(of));
    fold_text(digest, qbg_opportunity_stage(of, as_of));
    fold_int(digest, qbg_opportunity_verdict(of, as_of));
    fold_text(digest, qbg_opportunity_currency(of));
    fold_int(digest, qbg_opportunity_has_amount(of, as_of));
    fold_int(digest, qbg_opportunity_amount_minor(of, as_of));
    fold_int(digest, qbg_opportunity_outcome(of, as_of));
    fold_int(digest, qbg_opportunity_answer(of, QBG_CRITERION_BUDGET, as_of));
    fold_real(digest, qbg_opportunity_fit(of, as_of));
    for (uint32_t i = 0; i < qbg_need_count(of); i++) {
        fold_text(digest, qbg_need_key(of, i));
        fold_text(digest, qbg_contact_key(qbg_need_contact(of, i)));
        fold_int(digest, qbg_need_state(of, i, as_of));
    }
    return QBG_OK;
}

static void fold_roles(uint64_t *digest, const asker *self, const qbg_member *member,
                       int64_t as_of) {
    for (uint32_t i = 0; i < qbg_role_count(self->workspace); i++)
        fold_int(digest, qbg_member_has_role(member, qbg_role_at(self->workspace, i), as_of));
}

static qbg_status ask_members(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_opportunity *of = deal(self, number);
    int64_t as_of = instant(number);
    for (uint32_t i = 0; i < qbg_member_count(of); i++) {
        const qbg_member *member = qbg_member_at(of, i);
        fold_text(digest, qbg_contact_key(qbg_member_contact(member)));
        fold_int(digest, qbg_member_find(of, qbg_member_contact(member)) == member);
        fold_int(digest, qbg_member_opportunity(member) == of);
        fold_int(digest, qbg_member_is_present(member, as_of));
        fold_roles(digest, self, member, as_of);
        fold_int(digest, qbg_member_status(member, as_of));
        fold_int(digest, qbg_member_stance(member, as_of));
        fold_real(digest, qbg_member_influence(member, as_of));
        fold_int(digest, qbg_member_participation(member, as_of));
        fold_int(digest, qbg_member_interest(member, as_of));
        fold_int(digest, qbg_member_joined(member));
        fold_int(digest, qbg_member_left(member));
        fold_int(digest, qbg_member_next_contact(member));
        fold_text(digest, qbg_member_note(member));
    }
    return QBG_OK;
}

/* ---- the log --------------------------------------------------------------------------------- */

static void fold_record(uint64_t *digest, const qbg_signal *of) {
    fold_int(digest, qbg_signal_time(of));
    fold_text(digest, qbg_kind_key(qbg_signal_kind(of)));
    fold_text(digest, qbg_account_key(qbg_signal_account(of)));
    fold_text(digest, qbg_contact_key(qbg_signal_contact(of)));
    fold_text(digest, qbg_solution_key(qbg_signal_solution(of)));
    fold_text(digest, qbg_opportunity_key(qbg_signal_opportunity(of)));
    fold_text(digest, qbg_signal_visitor(of));
    fold_text(digest, qbg_signal_content(of));
    fold_text(digest, qbg_signal_event(of));
    fold_int(digest, qbg_signal_category(of));
}

static qbg_status ask_log(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_opportunity *of = deal(self, number);
    const qbg_account *account = qbg_opportunity_account(of);
    qbg_status status = QBG_OK;
    fold(digest, qbg_signal_count(self->workspace));
    fold_int(digest, qbg_workspace_signal_count(self->workspace));
    for (uint32_t i = 0; i < qbg_opportunity_signal_count(of) && status == QBG_OK; i++) {
        status = qbg_opportunity_signal_at(of, i, self->record);
        fold_record(digest, self->record);
    }
    for (uint32_t i = 0; i < qbg_account_signal_count(account) && status == QBG_OK; i++) {
        status = qbg_account_signal_at(account, i, self->record);
        fold_record(digest, self->record);
    }
    return status;
}

/* ---- the catalogue --------------------------------------------------------------------------- */

static qbg_status ask_kinds_and_roles(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_workspace *workspace = self->workspace;
    for (uint32_t i = 0; i < qbg_kind_count(workspace); i++) {
        const qbg_kind *kind = qbg_kind_at(workspace, i);
        fold_int(digest, qbg_kind_find(workspace, qbg_kind_key(kind)) == kind);
        fold_int(digest, qbg_kind_number(kind));
        fold_text(digest, qbg_kind_label(kind, lang_of(number)));
        fold_int(digest, qbg_kind_category(kind));
        fold_int(digest, qbg_kind_points_milli(kind));
        fold_int(digest, qbg_kind_is_high_intent(kind));
    }
    for (uint32_t i = 0; i < qbg_role_count(workspace); i++) {
        const qbg_role *role = qbg_role_at(workspace, i);
        fold_int(digest, qbg_role_find(workspace, qbg_role_key(role)) == role);
        fold_int(digest, qbg_role_number(role));
        fold_text(digest, qbg_role_label(role, lang_of(number)));
    }
    return QBG_OK;
}

static void fold_template(uint64_t *digest, const qbg_template *of) {
    fold_text(digest, qbg_template_key(of));
    fold_int(digest, qbg_template_number(of));
    for (uint32_t i = 0; i < qbg_template_seat_count(of); i++) {
        fold_text(digest, qbg_role_key(qbg_template_seat_role(of, i)));
        fold_int(digest, qbg_template_seat_weight_milli(of, i));
        fold_int(digest, qbg_template_seat_people(of, i));
        fold_int(digest, qbg_template_seat_is_required(of, i));
        fold_int(digest, qbg_template_seat_has_department(of, i, QBG_DEPARTMENT_HR));
        fold_int(digest, qbg_template_seat_min_seniority(of, i));
    }
}

static qbg_status ask_solutions(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_workspace *workspace = self->workspace;
    (void)number;
    for (uint32_t i = 0; i < qbg_solution_count(workspace); i++) {
        const qbg_solution *solution = qbg_solution_at(workspace, i);
        fold_int(digest, qbg_solution_find(workspace, qbg_solution_key(solution)) == solution);
        fold_int(digest, qbg_solution_number(solution));
        fold_text(digest, qbg_solution_name(solution));
        for (uint32_t j = 0; j < qbg_solution_content_count(solution); j++)
            fold_text(digest, qbg_solution_content(solution, j));
        fold_template(digest, qbg_solution_template(solution));
    }
    for (uint32_t i = 0; i < qbg_template_count(workspace); i++)
        fold_int(digest, qbg_template_at(workspace, i) == qbg_template_find(workspace, "own"));
    return QBG_OK;
}

static qbg_status ask_policy(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_policy *policy = self->policy;
    for (int32_t i = 0; i < qbg_policy_count(policy); i++) {
        fold_int(digest, qbg_policy_find(policy, qbg_policy_key(policy, i)));
        fold_text(digest, qbg_policy_unit(policy, i));
        fold_text(digest, qbg_policy_label(policy, i, lang_of(number)));
        fold_int(digest, qbg_policy_value_milli(policy, i));
        fold_int(digest, qbg_policy_default_milli(policy, i));
        fold_int(digest, qbg_policy_min_milli(policy, i));
        fold_int(digest, qbg_policy_max_milli(policy, i));
        fold_int(digest, qbg_policy_step_milli(policy, i));
    }
    return QBG_OK;
}

static qbg_status ask_revenue(asker *self, uint32_t number, uint64_t *digest) {
    const qbg_workspace *workspace = self->workspace;
    uint32_t at = number % qbg_revenue_count(workspace);
    fold_text(digest, qbg_revenue_customer(workspace, at));
    fold_int(digest, qbg_revenue_year(workspace, at));
    fold_int(digest, qbg_revenue_month(workspace, at));
    fold_int(digest, qbg_revenue_amount_minor(workspace, at));
    fold_text(digest, qbg_revenue_currency(workspace, at));
    fold(digest, qbg_workspace_bytes(workspace));
    return QBG_OK;
}

/* ---- what needs no workspace ----------------------------------------------------------------- */

static qbg_status ask_vocabulary(asker *self, uint32_t number, uint64_t *digest) {
    int32_t vocabulary = (int32_t)number % qbg_vocabulary_count();
    (void)self;
    fold_text(digest, qbg_vocabulary_name(vocabulary));
    for (int32_t i = 0; i < qbg_word_count(vocabulary); i++) {
        fold_int(digest, qbg_word_find(vocabulary, qbg_word_key(vocabulary, i)));
        fold_text(digest, qbg_word_label(vocabulary, i, lang_of(number)));
    }
    fold_text(digest, qbg_verdict_label(QBG_VERDICT_SILENT, lang_of(number)));
    int32_t constant = (int32_t)number % qbg_constant_count();
    fold_text(digest, qbg_constant_name(constant));
    fold_int(digest, qbg_constant_value(constant));
    fold_text(digest, qbg_status_text((qbg_status)number % 16));
    return QBG_OK;
}

static qbg_status ask_persona(asker *self, uint32_t number, uint64_t *digest) {
    static const char *const titles[] = {"Генеральный директор",
                                         "deputy head of IT",
                                         "assistant to the CFO",
                                         "инженер (SRE)",
                                         "nobody in particular",
                                         "менеджер",
                                         ""};
    int32_t department = 0, seniority = 0;
    double confidence = 0;
    (void)self;
    qbg_status status = qbg_persona_read(titles[number % 7], &department, &seniority, &confidence);
    fold_int(digest, department);
    fold_int(digest, seniority);
    fold_real(digest, confidence);
    return status;
}

static qbg_status ask_time(asker *self, uint32_t number, uint64_t *digest) {
    int64_t time_s = 0;
    int32_t year = 0, month = 0, day = 0;
    (void)self;
    qbg_status status = qbg_time_from_text("2025-11-19T10:20:30+03:00", 0, &time_s);
    if (status == QBG_OK)
        status = qbg_time_to_civil(time_s + number * DAY, &year, &month, &day, NULL, NULL, NULL);
    fold_int(digest, year * 10000 + month * 100 + day);
    return status;
}

static qbg_status ask_retention(asker *self, uint32_t number, uint64_t *digest) {
    int64_t numerator = 0, denominator = 0;
    double net = 0, gross = 0;
    (void)self;
    qbg_status status = qbg_nrr(1000 + number, 17 * number, 50, 3, &numerator, &denominator, &net);
    if (status == QBG_OK) status = qbg_grr(1000 + number, 50, 3, NULL, NULL, &gross);
    fold_int(digest, qbg_retention_trend(numerator, denominator));
    fold_real(digest, net);
    fold_real(digest, gross);
    return status;
}

static qbg_status ask_retention_exactly(asker *self, uint32_t number, uint64_t *digest) {
    int64_t numbers[4] = {0};
    (void)self;
    qbg_status status = qbg_nrr(1000 + number, 17 * number, 50, 3, &numbers[0], &numbers[1], NULL);
    if (status == QBG_OK) status = qbg_grr(1000 + number, 50, 3, &numbers[2], &numbers[3], NULL);
    fold_bytes(digest, numbers, sizeof numbers);
    return status;
}

/* ---- all of them ----------------------------------------------------------------------------- */

const question questions[] = {
    {"qbg_assess", 1, 0, ask_assess},
    {"qbg_assessment_refill", 1, 0, ask_refill},
    {"qbg_board", 1, 0, ask_board},
    {"qbg_report_explain", 1, 0, ask_explain},
    {"qbg_report_board", 1, 6, ask_report_board},
    {"qbg_report_tracking", 1, 6, ask_report_tracking},
    {"qbg_nrr and qbg_grr", 1, 0, ask_retention},
    {"qbg_nrr and qbg_grr without a ratio", 0, 0, ask_retention_exactly},
    {"a shared assessment", 0, 0, ask_shared_assessment},
    {"a shared table", 0, 0, ask_shared_table},
    {"qbg_report_table", 0, 3, ask_report_table},
    {"qbg_book_write", 0, 15, ask_book},
    {"qbg_ledger", 0, 0, ask_ledger},
    {"qbg_opportunity_history", 0, 0, ask_opportunity_history},
    {"qbg_contact_history", 0, 0, ask_contact_history},
    {"qbg_account_*", 0, 0, ask_account},
    {"qbg_contact_*", 0, 0, ask_contact},
    {"qbg_opportunity_*", 0, 0, ask_opportunity},
    {"qbg_member_*", 0, 0, ask_members},
    {"qbg_*_signal_at", 0, 0, ask_log},
    {"qbg_kind_* and qbg_role_*", 0, 0, ask_kinds_and_roles},
    {"qbg_solution_* and qbg_template_*", 0, 0, ask_solutions},
    {"qbg_policy_*", 0, 0, ask_policy},
    {"qbg_revenue_*", 0, 0, ask_revenue},
    {"qbg_word_* and qbg_constant_*", 0, 0, ask_vocabulary},
    {"qbg_persona_read", 0, 0, ask_persona},
    {"qbg_time_*", 0, 0, ask_time},
};

const uint32_t question_count = sizeof questions / sizeof questions[0];

qbg_status ask(const question *what, asker *self, uint32_t number, uint64_t *out_digest) {
    uint64_t digest = UINT64_C(0xCBF29CE484222325);
    qbg_status status = what->ask(self, number, &digest);
    if (status == QBG_OK) *out_digest = digest;
    return status;
}

qbg_status begin_asker(asker *self, qbg_workspace *workspace, const asker *other) {
    qbg_status status = QBG_OK;
    *self = (asker){workspace, qbg_workspace_policy(workspace), NULL, NULL, NULL, NULL};
    if (other) {
        self->board = other->board;
        self->group = other->group;
    } else {
        status = qbg_board(workspace, instant(3), 0, QBG_NONE, 1, &self->board);
        if (status == QBG_OK) status = qbg_assess(deal(self, 7), instant(3), &self->group);
    }
    if (status == QBG_OK) status = qbg_assess(deal(self, 0), instant(0), &self->own);
    if (status == QBG_OK) status = qbg_signal_new(workspace, &self->record);
    return status;
}

void end_asker(asker *self, const asker *other) {
    if (!other) {
        qbg_table_free(self->board);
        qbg_assessment_free(self->group);
    }
    qbg_assessment_free(self->own);
    qbg_signal_free(self->record);
}
