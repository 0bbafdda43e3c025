/* property_test: what is true of every group: breadth beats depth, the order of telling does not
 * matter, nor how accounts are split over workspaces, more roles never cover less, time alone never
 * raises anything, and the past stays as it was. Random worlds, the same ones in every run. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qbg/qbg.h"

#define DAY   INT64_C(86400)
#define FIRST INT64_C(1748736000) /* 2025-06-01: the worlds' first day */
#define DAYS  200                 /* and how long they last */

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

static uint32_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

/* One of `count`, from 0. */
static int32_t any(uint64_t *seed, uint32_t count) { return (int32_t)(next(seed) % count); }

static int one_in(uint64_t *seed, uint32_t count) { return any(seed, count) == 0; }

static int64_t any_time(uint64_t *seed) { return FIRST + any(seed, DAYS * 86400); }

/* Few instants, so that facts meet at one. */
static int64_t any_day(uint64_t *seed) { return FIRST + any(seed, DAYS / 5) * 5 * DAY; }

/* ---- Facts: a world is a list of them, told in any order ---- */

enum { ACCOUNTS = 4, SOLUTIONS = 3, CONTACTS = 16, DEALS = 8, VISITORS = 8, WORLD_MAX = 512 };

typedef enum subject {
    PARAMETER,
    TEMPLATE,
    SOLUTION,
    CONTENT,
    ACCOUNT,
    CONTACT,
    WORKS_AT,
    VISITOR,
    DEAL,
    CLOSED,
    VERDICT,
    ANSWER,
    NEED,
    MEMBER,
    LEFT,
    NEXT_CONTACT,
    ROLE,
    ROLES,
    STATUS,
    STANCE,
    PARTICIPATION,
    INTEREST,
    SIGNAL
} subject;

/* Numbers of rows, -1 for none; which ones a fact uses depends on what it is. */
typedef struct fact {
    subject about;
    int64_t time_s; /* when it holds from, or QBG_UNDATED */
    int32_t account, solution, contact, deal, visitor;
    int32_t value, source, number;
} fact;

typedef struct world {
    fact facts[WORLD_MAX];
    int count;
    int is_separate;      /* nothing crosses accounts */
    int is_without_debts; /* no kind is worth less than 0 */
} world;

static fact *tell(world *at, subject about, int64_t time_s) {
    assert_true(at->count < WORLD_MAX);
    fact *fresh = &at->facts[at->count++];
    *fresh = (fact){about, time_s, -1, -1, -1, -1, -1, 0, QBG_SOURCE_HOST, at->count};
    return fresh;
}

/* Contacts, deals and visitors of separate worlds belong to the account of the same remainder. */
static int32_t home_of(int32_t number) { return number % ACCOUNTS; }

static int32_t any_of(uint64_t *seed, const world *at, uint32_t count, int32_t account) {
    if (!at->is_separate) return any(seed, count);
    return account + ACCOUNTS * any(seed, count / ACCOUNTS);
}

static const char *const roles[] = {
    "economic_buyer",     "decision_maker", "technical_evaluator", "champion",
    "business_evaluator", "end_user",       "influencer",          "ratifier"};
enum { ROLE_COUNT = sizeof roles / sizeof roles[0] };

static const char *const titles[] = {"CFO", "IT-директор", "HR-менеджер", "Инженер", NULL};

static void draw_frame(world *at, uint64_t *seed) {
    tell(at, TEMPLATE, QBG_UNDATED);
    if (one_in(seed, 2)) tell(at, PARAMETER, QBG_UNDATED)->value = 1 + any(seed, 90);
    for (int32_t i = 0; i < SOLUTIONS; i++) {
        tell(at, SOLUTION, QBG_UNDATED)->solution = i;
        tell(at, CONTENT, QBG_UNDATED)->solution = i;
    }
    for (int32_t i = 0; i < ACCOUNTS; i++) tell(at, ACCOUNT, QBG_UNDATED)->account = i;
    for (int32_t i = 0; i < CONTACTS; i++) {
        fact *contact = tell(at, CONTACT, QBG_UNDATED);
        contact->contact = i;
        contact->account = at->is_separate || !one_in(seed, 5) ? home_of(i) : -1;
        contact->value = any(seed, 5);
        if (at->is_separate || !one_in(seed, 4)) continue;
        fact *move = tell(at, WORKS_AT, any_day(seed));
        move->contact = i;
        move->account = any(seed, ACCOUNTS);
    }
    for (int32_t i = 0; i < VISITORS; i++) {
        if (one_in(seed, 2)) continue;
        fact *visitor = tell(at, VISITOR, QBG_UNDATED);
        visitor->visitor = i;
        visitor->contact = any_of(seed, at, CONTACTS, home_of(i));
        visitor->account = home_of(i);
    }
}

static void draw_deal(world *at, uint64_t *seed, int32_t number) {
    fact *deal = tell(at, DEAL, one_in(seed, 4) ? QBG_UNDATED : any_day(seed));
    deal->deal = number;
    deal->account = home_of(number);
    deal->solution = any(seed, SOLUTIONS);
    if (one_in(seed, 4)) tell(at, CLOSED, any_day(seed))->deal = number;
    for (int i = any(seed, 3); i > 0; i--) {
        fact *verdict = tell(at, VERDICT, any_day(seed));
        verdict->deal = number;
        verdict->value = any(seed, 5) - 1;
        verdict->source = any(seed, 2);
        fact *answer = tell(at, ANSWER, any_day(seed));
        answer->deal = number;
        answer->value = any(seed, 3) - 1;
        fact *need = tell(at, NEED, any_day(seed));
        need->deal = number;
        need->value = any(seed, 3);
        need->contact = one_in(seed, 2) ? any_of(seed, at, CONTACTS, home_of(number)) : -1;
    }
}

/* One dated word of a vocabulary; of one instant, the rules decide and not the order. */
static void draw_word(world *at, uint64_t *seed, subject about, const fact *member,
                      uint32_t words) {
    if (!one_in(seed, 3)) return;
    fact *word = tell(at, about, any_day(seed));
    word->deal = member->deal;
    word->contact = member->contact;
    word->value = any(seed, words + 1) - 1;
    word->source = any(seed, 2);
}

static void draw_member(world *at, uint64_t *seed, int32_t deal, int32_t contact) {
    fact *member = tell(at, MEMBER, one_in(seed, 3) ? any_day(seed) : QBG_UNDATED);
    member->deal = deal;
    member->contact = contact;
    if (one_in(seed, 6)) {
        fact *left = tell(at, LEFT, any_day(seed));
        left->deal = deal;
        left->contact = contact;
    }
    for (int i = any(seed, 3); i > 0; i--) {
        fact *role = tell(at, one_in(seed, 4) ? ROLES : ROLE, QBG_UNDATED);
        if (role->about == ROLES) role->time_s = any_day(seed);
        role->deal = deal;
        role->contact = contact;
        role->value = any(seed, ROLE_COUNT);
    }
    fact *contacted = tell(at, NEXT_CONTACT, QBG_UNDATED);
    contacted->deal = deal;
    contacted->contact = contact;
    contacted->value = any(seed, DAYS);
    if (one_in(seed, 5)) {
        fact *status = tell(at, STATUS, QBG_UNDATED);
        status->deal = deal;
        status->contact = contact;
        status->value = any(seed, 4);
    }
    for (int i = 0; i < 2; i++) {
        draw_word(at, seed, STATUS, member, 4);
        draw_word(at, seed, STANCE, member, 6);
        draw_word(at, seed, PARTICIPATION, member, 3);
        draw_word(at, seed, INTEREST, member, 3);
    }
}

static void draw_signal(world *at, uint64_t *seed) {
    int32_t account = any(seed, ACCOUNTS);
    fact *signal = tell(at, SIGNAL, any_time(seed));
    if (!one_in(seed, 4)) signal->contact = any_of(seed, at, CONTACTS, account);
    if (signal->contact < 0 || one_in(seed, 3)) signal->account = account;
    if (one_in(seed, 3)) signal->visitor = any_of(seed, at, VISITORS, account);
    if (one_in(seed, 3)) signal->solution = any(seed, SOLUTIONS);
    if (one_in(seed, 8)) signal->deal = any_of(seed, at, DEALS, account);
    signal->value = any(seed, 30); /* the kind */
    signal->source = any(seed, 6); /* its content */
    if (one_in(seed, 10)) {
        fact again = *signal; /* told twice; it has an event id by its number */
        *tell(at, SIGNAL, 0) = again;
    }
}

static void draw(world *at, uint64_t *seed) {
    at->count = 0;
    draw_frame(at, seed);
    for (int32_t i = 0; i < DEALS; i++) draw_deal(at, seed, i);
    for (int32_t i = 0; i < DEALS; i++)
        for (int32_t j = 0; j < CONTACTS; j++)
            if ((!at->is_separate || home_of(i) == home_of(j)) && one_in(seed, 4))
                draw_member(at, seed, i, j);
    for (int i = 0; i < 100; i++) draw_signal(at, seed);
}

/* ---- Telling a world to the library ---- */

static const char *key(const char *prefix, int32_t number, char out[16]) {
    snprintf(out, 16, "%s%d", prefix, (int)number);
    return number < 0 ? "" : out;
}

/* The rows that a fact speaks about, as far as they are there. */
typedef struct rows {
    qbg_account *account;
    qbg_solution *solution;
    qbg_contact *contact;
    qbg_opportunity *deal;
    qbg_member *member;
} rows;

static rows find_rows(const qbg_workspace *workspace, const fact *at) {
    char text[16];
    rows found = {0};
    found.account = qbg_account_find(workspace, key("a", at->account, text));
    found.solution = qbg_solution_find(workspace, key("s", at->solution, text));
    found.contact = qbg_contact_find(workspace, key("c", at->contact, text));
    found.deal = qbg_opportunity_find(workspace, key("d", at->deal, text));
    found.member = qbg_member_find(found.deal, found.contact);
    return found;
}

/* Are all rows there that the fact names, but for the one that it makes? */
static int is_ready(const qbg_workspace *workspace, const fact *at, const rows *found) {
    if (at->account >= 0 && !found->account && at->about != ACCOUNT) return 0;
    if (at->solution >= 0 && !found->solution && at->about != SOLUTION) return 0;
    if (at->contact >= 0 && !found->contact && at->about != CONTACT) return 0;
    if (at->deal >= 0 && !found->deal && at->about != DEAL) return 0;
    if (at->about == SOLUTION && !qbg_template_find(workspace, "small")) return 0;
    return at->about < LEFT || at->about > INTEREST || found->member != NULL;
}

static void tell_template(qbg_workspace *workspace) {
    static const int32_t finance[] = {QBG_DEPARTMENT_FINANCE};
    qbg_template *small;
    must(qbg_template_add(workspace, "small", &small));
    must(qbg_template_set_seat(small, qbg_role_find(workspace, "ratifier"), 1500, 3, 1));
    must(qbg_template_set_seat(small, qbg_role_find(workspace, "champion"), 700, 1, 0));
    must(qbg_template_set_seat(small, qbg_role_find(workspace, "end_user"), 500, 1, 1));
    must(qbg_template_set_seat_personas(small, qbg_role_find(workspace, "ratifier"), finance, 1,
                                        QBG_UNSET));
    must(qbg_template_set_seat_personas(small, qbg_role_find(workspace, "end_user"), NULL, 0,
                                        QBG_SENIORITY_SPECIALIST));
}

static void tell_signal(qbg_workspace *workspace, const world *in, const fact *at,
                        const rows *found) {
    static const char *const contents[] = {"p0/a", "p1/a", "p2/b", "p2", "else", ""};
    char text[16];
    qbg_signal *signal;
    uint32_t number = (uint32_t)at->value;
    const qbg_kind *kind = qbg_kind_at(workspace, number % qbg_kind_count(workspace));
    if (in->is_without_debts && qbg_kind_points_milli(kind) < 0) kind = qbg_kind_at(workspace, 0);
    must(qbg_signal_new(workspace, &signal));
    must(qbg_signal_set_time(signal, at->time_s));
    must(qbg_signal_set_kind(signal, qbg_kind_key(kind)));
    must(qbg_signal_set_account(signal, found->account));
    must(qbg_signal_set_contact(signal, found->contact));
    must(qbg_signal_set_solution(signal, found->solution));
    must(qbg_signal_set_opportunity(signal, found->deal));
    must(qbg_signal_set_visitor(signal, key("v", at->visitor, text)));
    must(qbg_signal_set_content(signal, contents[at->source]));
    must(qbg_signal_set_event(signal, key("e", at->number, text)));
    must(qbg_record(workspace, signal, NULL, NULL));
    qbg_signal_free(signal);
}

static void tell_row(qbg_workspace *ws, const fact *at, const rows *found) {
    char text[16];
    switch (at->about) {
    case PARAMETER:
        must(qbg_policy_set_milli(qbg_workspace_policy(ws), "half_life_days", at->value * 1000));
        break;
    case TEMPLATE: tell_template(ws); break;
    case SOLUTION:
        must(qbg_solution_add(ws, key("s", at->solution, text), NULL,
                              qbg_template_find(ws, at->solution == 0 ? "small" : "standard"),
                              NULL));
        break;
    case CONTENT:
        must(qbg_solution_add_content(found->solution, key("p", at->solution, text)));
        break;
    case ACCOUNT: must(qbg_account_add(ws, key("a", at->account, text), NULL, NULL)); break;
    case CONTACT:
        must(qbg_contact_add(ws, key("c", at->contact, text), found->account, NULL,
                             titles[at->value], NULL));
        break;
    case WORKS_AT:
        must(qbg_contact_set_account(found->contact, found->account, at->time_s, at->source));
        break;
    case VISITOR: must(qbg_contact_add_visitor(found->contact, key("v", at->visitor, text))); break;
    case DEAL:
        must(qbg_opportunity_add(ws, key("d", at->deal, text), found->account, found->solution,
                                 at->time_s, NULL));
        break;
    default: break;
    }
}

static void tell_deal(const fact *at, const rows *found) {
    switch (at->about) {
    case CLOSED: must(qbg_opportunity_set_closed(found->deal, at->time_s)); break;
    case VERDICT:
        must(qbg_opportunity_set_verdict(found->deal, at->value, at->time_s, at->source));
        break;
    case ANSWER:
        must(qbg_opportunity_set_answer(found->deal, QBG_CRITERION_BUDGET, at->value, at->time_s,
                                        at->source));
        break;
    case NEED:
        must(qbg_need_set(found->deal, found->contact, "need", at->value, at->time_s));
        break;
    default: break;
    }
}

static void tell_member(qbg_workspace *ws, const fact *at, const rows *found) {
    qbg_member *member = found->member;
    switch (at->about) {
    case MEMBER:
        must(qbg_member_add(found->deal, found->contact, &member));
        if (at->time_s != QBG_UNDATED) must(qbg_member_set_joined(member, at->time_s));
        break;
    case LEFT: must(qbg_member_set_left(member, at->time_s)); break;
    case NEXT_CONTACT: must(qbg_member_set_next_contact(member, FIRST + at->value * DAY)); break;
    case ROLE:
        must(qbg_member_add_role(member, qbg_role_find(ws, roles[at->value]), at->source));
        break;
    case ROLES: {
        qbg_role *set[] = {qbg_role_find(ws, roles[at->value]), qbg_role_find(ws, "champion")};
        must(qbg_member_set_roles(member, set, 2, at->time_s, at->source));
        break;
    }
    case STATUS: must(qbg_member_set_status(member, at->value, at->time_s, at->source)); break;
    case STANCE: must(qbg_member_set_stance(member, at->value, at->time_s, at->source)); break;
    case PARTICIPATION:
        must(qbg_member_set_participation(member, at->value, at->time_s, at->source));
        break;
    case INTEREST: must(qbg_member_set_interest(member, at->value, at->time_s, at->source)); break;
    default: break;
    }
}

static int apply(qbg_workspace *workspace, const world *in, const fact *at) {
    const rows found = find_rows(workspace, at);
    if (!is_ready(workspace, at, &found)) return 0;
    if (at->about == SIGNAL)
        tell_signal(workspace, in, at, &found);
    else if (at->about >= MEMBER)
        tell_member(workspace, at, &found);
    else if (at->about > DEAL)
        tell_deal(at, &found);
    else
        tell_row(workspace, at, &found);
    return 1;
}

/* Tells those facts that are not told yet and dated no later than `until`, in their order as far as
 * one does not need another first. told: one flag a fact. */
static void tell_all(qbg_workspace *workspace, const world *in, int64_t until, char *told) {
    for (int is_going_on = 1; is_going_on;) {
        is_going_on = 0;
        for (int i = 0; i < in->count; i++) {
            if (told[i] || in->facts[i].time_s > until) continue;
            told[i] = (char)apply(workspace, in, &in->facts[i]);
            is_going_on |= told[i];
        }
    }
}

static qbg_workspace *build(const world *in) {
    char told[WORLD_MAX] = {0};
    qbg_workspace *workspace;
    must(qbg_workspace_new(NULL, &workspace));
    tell_all(workspace, in, INT64_MAX, told);
    for (int i = 0; i < in->count; i++) assert_true(told[i]);
    return workspace;
}

static void shuffle(world *at, uint64_t *seed) {
    for (uint32_t i = (uint32_t)at->count; i > 1; i--) {
        int32_t other = any(seed, i);
        fact moved = at->facts[i - 1];
        at->facts[i - 1] = at->facts[other];
        at->facts[other] = moved;
    }
}

/* ---- Writing down every bit of an answer ---- */

enum { TEXT_MAX = 1 << 17 };

typedef struct text {
    char bytes[TEXT_MAX];
    size_t size;
} text;

__attribute__((format(printf, 2, 3))) static void put(text *to, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(to->bytes + to->size, TEXT_MAX - to->size, format, arguments);
    va_end(arguments);
    assert_true(size >= 0 && (size_t)size < TEXT_MAX - to->size);
    to->size += (size_t)size;
}

static void put_members(text *to, const qbg_assessment *from) {
    for (uint32_t i = 0; i < qbg_assessment_member_count(from); i++) {
        put(to, " %s %lld %a %a %d %d %d %d %lld", qbg_assessment_member_contact(from, i),
            (long long)qbg_assessment_member_points_int(from, i),
            qbg_assessment_member_points(from, i), qbg_assessment_member_engagement(from, i),
            (int)qbg_assessment_member_is_engaged(from, i),
            (int)qbg_assessment_member_participation(from, i),
            (int)qbg_assessment_member_interest(from, i),
            (int)qbg_assessment_member_stance(from, i),
            (long long)qbg_assessment_member_last_signal(from, i));
        for (uint32_t j = 0; j < qbg_assessment_member_role_count(from, i); j++)
            put(to, " %s", qbg_assessment_member_role(from, i, j));
        put(to, "\n");
    }
}

static void put_assessment(text *to, const qbg_opportunity *deal, int64_t as_of_s) {
    qbg_assessment *from;
    must(qbg_assess(deal, as_of_s, &from));
    put(to, "%s %d %a %a %a %a %a %a %d %d %lld %lld\n", qbg_assessment_opportunity(from),
        (int)qbg_assessment_verdict(from), qbg_assessment_priority(from),
        qbg_assessment_intent(from), qbg_assessment_coverage_identified(from),
        qbg_assessment_coverage_engaged(from), qbg_assessment_coverage_supportive(from),
        qbg_assessment_completeness(from), (int)qbg_assessment_members_engaged(from),
        (int)qbg_assessment_anonymous_visitors(from), (long long)qbg_assessment_silent_days(from),
        (long long)qbg_assessment_next_contact(from));
    for (uint32_t i = 0; i < qbg_assessment_seat_count(from); i++) {
        put(to, " %d", (int)qbg_assessment_seat_state(from, i));
        for (uint32_t j = 0; j < qbg_assessment_seat_person_count(from, i); j++)
            put(to, " %s", qbg_assessment_seat_person(from, i, j));
    }
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(from); i++)
        put(to, " %s %a", qbg_assessment_criterion_reason(from, i),
            qbg_assessment_criterion_actual(from, i));
    put(to, "\n");
    put_members(to, from);
    qbg_assessment_free(from);
}

/* The board in its order, but for the numbers of rows, which depend on the order of arrival. */
static void put_board(text *to, const qbg_workspace *workspace, int64_t as_of_s) {
    qbg_table *board;
    must(qbg_board(workspace, as_of_s, 0, QBG_NONE, 1, &board));
    int32_t number = qbg_table_column_find(board, "opportunity_number");
    for (int64_t row = 0; row < qbg_table_row_count(board); row++)
        for (int32_t column = 0; column < qbg_table_column_count(board); column++) {
            int64_t size;
            const char *bytes = qbg_table_text_at(board, column, row, &size);
            if (column == number) continue;
            put(to, "%.*s %lld %a %d\n", (int)size, bytes,
                (long long)qbg_table_int64_at(board, column, row),
                qbg_table_double_at(board, column, row),
                (int)qbg_table_is_null(board, column, row));
        }
    qbg_table_free(board);
}

static void put_deal(text *to, const qbg_workspace *workspace, int32_t number, int64_t as_of_s) {
    char name[16];
    const qbg_opportunity *deal = qbg_opportunity_find(workspace, key("d", number, name));
    if (deal) put_assessment(to, deal, as_of_s);
}

static void put_world(text *to, const qbg_workspace *workspace) {
    to->size = 0;
    for (int64_t days = DAYS / 3; days <= DAYS; days += DAYS / 3) {
        put_board(to, workspace, FIRST + days * DAY - 1);
        for (int32_t i = 0; i < DEALS; i++) put_deal(to, workspace, i, FIRST + days * DAY - 1);
    }
}

static void assert_same(const text *a, const text *b, uint64_t world_number) {
    size_t at = 0, line = 0;
    if (a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0) return;
    for (; a->bytes[at] == b->bytes[at]; at++)
        if (a->bytes[at] == '\n') line = at + 1;
    fail_msg("world %d: \"%.*s\" is not \"%.*s\"", (int)world_number,
             (int)strcspn(a->bytes + line, "\n"), a->bytes + line,
             (int)strcspn(b->bytes + line, "\n"), b->bytes + line);
}

/* Large, and used by one test after the other. */
static world drawn;
static text first_text, second_text;

/* ---- Breadth beats depth ---- */

/* A group of k people with one act each, and one person with k acts. */
typedef struct pair {
    qbg_workspace *workspace;
    qbg_opportunity *broad, *deep;
    int people;
} pair;

static void act(const pair *at, qbg_opportunity *deal, const char *contact, int times) {
    qbg_contact *who;
    qbg_signal *signal;
    must(qbg_contact_add(at->workspace, contact, NULL, NULL, NULL, &who));
    must(qbg_member_add(deal, who, NULL));
    must(qbg_signal_new(at->workspace, &signal));
    must(qbg_signal_set_contact(signal, who));
    must(qbg_signal_set_kind(signal, "page_view"));
    must(qbg_signal_set_time(signal, FIRST));
    for (int i = 0; i < times; i++) must(qbg_record(at->workspace, signal, NULL, NULL));
    qbg_signal_free(signal);
}

static pair begin_pair(int people) {
    char name[16];
    qbg_account *account;
    qbg_solution *solution;
    pair at = {NULL, NULL, NULL, people};
    must(qbg_workspace_new(NULL, &at.workspace));
    must(qbg_account_add(at.workspace, "acme", NULL, &account));
    must(qbg_solution_add(at.workspace, "erp", NULL, NULL, &solution));
    must(qbg_opportunity_add(at.workspace, "broad", account, solution, QBG_UNDATED, &at.broad));
    must(qbg_opportunity_add(at.workspace, "deep", account, solution, QBG_UNDATED, &at.deep));
    for (int32_t i = 0; i < people; i++) act(&at, at.broad, key("b", i, name), 1);
    act(&at, at.deep, "one", people);
    return at;
}

/* Section 3 of the model, from what the members say. All factors of a group are equal here, so
 * their order does not matter. */
static double product_of(const qbg_assessment *group) {
    double product = 1.0;
    for (uint32_t i = 0; i < qbg_assessment_member_count(group); i++)
        product = product * (1.0 - qbg_assessment_member_engagement(group, i));
    return product;
}

/* 1 - product loses no bit. */
static int is_exact(double product) { return 1.0 - (1.0 - product) == product; }

static int draw_policy(const pair *at, uint64_t *seed, int64_t as_of_s, qbg_assessment *scratch) {
    static const int64_t sizes[] = {10, 1000, 30000, 1000000};
    qbg_policy *policy = qbg_workspace_policy(at->workspace);
    int64_t points = 1 + any(seed, (uint32_t)sizes[any(seed, 4)]);
    int64_t half = 1 + any(seed, (uint32_t)sizes[any(seed, 4)]);
    must(qbg_policy_set_milli(policy, "points.page_view", points));
    must(qbg_policy_set_milli(policy, "half_engagement_points", half));
    if (one_in(seed, 50))
        must(qbg_policy_set_milli(policy, "half_life_days", 1000 * (1 + any(seed, 365))));
    must(qbg_assessment_refill(scratch, at->broad, as_of_s));
    return qbg_assessment_member_points_int(scratch, 0) >= 16777216; /* 0.001 points */
}

static void breadth_beats_depth(void **state) {
    (void)state;
    uint64_t seed = 1;
    int strict = 0;
    for (int people = 2; people <= 11; people++) {
        pair at = begin_pair(people);
        qbg_assessment *broad, *deep;
        must(qbg_assess(at.broad, FIRST, &broad));
        must(qbg_assess(at.deep, FIRST, &deep));
        for (int i = 0; i < 1000;) {
            int64_t as_of_s = FIRST + any(&seed, 200) * DAY;
            if (!draw_policy(&at, &seed, as_of_s, broad)) continue;
            must(qbg_assessment_refill(deep, at.deep, as_of_s));
            double wide = product_of(broad), narrow = product_of(deep);
            assert_true(qbg_assessment_intent(broad) == 1.0 - wide);
            assert_true(qbg_assessment_intent(deep) == 1.0 - narrow);
            assert_true(wide < narrow);
            assert_true(1.0 - wide >= 1.0 - narrow);
            if (is_exact(wide) && is_exact(narrow)) {
                assert_true(1.0 - wide > 1.0 - narrow);
                strict++;
            }
            i++;
        }
        qbg_assessment_free(broad);
        qbg_assessment_free(deep);
        qbg_workspace_free(at.workspace);
    }
    assert_true(strict > 1000);
}

/* ---- Order and splitting ---- */

static void the_order_of_telling_changes_no_bit(void **state) {
    (void)state;
    drawn.is_separate = drawn.is_without_debts = 0;
    for (uint64_t number = 1; number <= 40; number++) {
        uint64_t seed = number;
        draw(&drawn, &seed);
        qbg_workspace *workspace = build(&drawn);
        put_world(&first_text, workspace);
        qbg_workspace_free(workspace);
        for (int i = 0; i < 3; i++) {
            shuffle(&drawn, &seed);
            workspace = build(&drawn);
            put_world(&second_text, workspace);
            qbg_workspace_free(workspace);
            assert_same(&first_text, &second_text, number);
        }
    }
}

/* The account that a fact of a separate world is about; -1: all of them. */
static int32_t account_of(const fact *at) {
    if (at->account >= 0) return at->account;
    if (at->deal >= 0) return home_of(at->deal);
    return at->contact >= 0 ? home_of(at->contact) : -1;
}

static void accounts_may_be_split_over_workspaces(void **state) {
    (void)state;
    drawn.is_separate = 1;
    drawn.is_without_debts = 0;
    for (uint64_t number = 1; number <= 40; number++) {
        static world part;
        uint64_t seed = number;
        draw(&drawn, &seed);
        qbg_workspace *whole = build(&drawn), *halves[2];
        for (int half = 0; half < 2; half++) {
            part = drawn;
            part.count = 0;
            for (int i = 0; i < drawn.count; i++) {
                int32_t account = account_of(&drawn.facts[i]);
                if (account < 0 || account / 2 == half) part.facts[part.count++] = drawn.facts[i];
            }
            halves[half] = build(&part);
        }
        first_text.size = second_text.size = 0;
        for (int32_t i = 0; i < DEALS; i++) {
            put_deal(&first_text, whole, i, FIRST + DAYS * DAY);
            put_deal(&second_text, halves[home_of(i) / 2], i, FIRST + DAYS * DAY);
        }
        assert_same(&first_text, &second_text, number);
        qbg_workspace_free(whole);
        qbg_workspace_free(halves[0]);
        qbg_workspace_free(halves[1]);
    }
}

/* ---- More never covers less ---- */

/* The roles asserted at that instant, and how many they are. */
static size_t asserted_of(const qbg_workspace *workspace, const qbg_member *member, int64_t as_of_s,
                          qbg_role **out) {
    size_t count = 0;
    for (uint32_t i = 0; i < qbg_role_count(workspace); i++)
        if (qbg_member_has_role(member, qbg_role_at(workspace, i), as_of_s))
            out[count++] = qbg_role_at(workspace, i);
    return count;
}

static void assert_covers_no_less(const qbg_assessment *after, const qbg_assessment *before) {
    assert_true(qbg_assessment_coverage_identified(after) >=
                qbg_assessment_coverage_identified(before));
    assert_true(qbg_assessment_coverage_engaged(after) >= qbg_assessment_coverage_engaged(before));
    assert_true(qbg_assessment_coverage_supportive(after) >=
                qbg_assessment_coverage_supportive(before));
    assert_true(qbg_assessment_completeness(after) >= qbg_assessment_completeness(before));
}

/* Of somebody who has one: whoever gets his first one gives up what his title says. */
static void one_more_asserted_role_never_covers_less(void **state) {
    (void)state;
    int64_t as_of_s = FIRST + DAYS * DAY + 1;
    int added = 0;
    drawn.is_separate = drawn.is_without_debts = 0;
    for (uint64_t number = 1; number <= 60; number++) {
        uint64_t seed = number;
        draw(&drawn, &seed);
        qbg_workspace *workspace = build(&drawn);
        for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
            qbg_opportunity *deal = qbg_opportunity_at(workspace, i);
            for (uint32_t j = 0; j < qbg_member_count(deal); j++) {
                qbg_role *set[65];
                qbg_member *member = qbg_member_at(deal, j);
                size_t count = asserted_of(workspace, member, as_of_s, set);
                qbg_assessment *before, *after;
                if (count == 0) continue;
                must(qbg_assess(deal, as_of_s, &before));
                set[count] = qbg_role_find(workspace, roles[any(&seed, ROLE_COUNT)]);
                must(qbg_member_set_roles(member, set, count + 1, as_of_s, QBG_SOURCE_HOST));
                must(qbg_assess(deal, as_of_s, &after));
                assert_covers_no_less(after, before);
                qbg_assessment_free(before);
                qbg_assessment_free(after);
                added++;
            }
        }
        qbg_workspace_free(workspace);
    }
    assert_true(added > 500);
}

/* ---- Time ---- */

static void assert_no_higher(const qbg_assessment *later, const qbg_assessment *before) {
    assert_true(qbg_assessment_intent(later) <= qbg_assessment_intent(before));
    assert_true(qbg_assessment_priority(later) <= qbg_assessment_priority(before));
    assert_int_equal(qbg_assessment_member_count(later), qbg_assessment_member_count(before));
    for (uint32_t i = 0; i < qbg_assessment_member_count(later); i++)
        assert_true(qbg_assessment_member_engagement(later, i) <=
                    qbg_assessment_member_engagement(before, i));
}

static void time_alone_never_raises_anything(void **state) {
    (void)state;
    drawn.is_separate = 0;
    drawn.is_without_debts = 1;
    for (uint64_t number = 1; number <= 40; number++) {
        uint64_t seed = number;
        draw(&drawn, &seed);
        qbg_workspace *workspace = build(&drawn);
        for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
            const qbg_opportunity *deal = qbg_opportunity_at(workspace, i);
            qbg_assessment *before, *later;
            int64_t as_of_s = FIRST + DAYS * DAY;
            must(qbg_assess(deal, as_of_s, &before));
            must(qbg_assess(deal, as_of_s, &later));
            for (int j = 0; j < 20; j++) {
                as_of_s += 1 + any(&seed, 3 * 86400);
                must(qbg_assessment_refill(later, deal, as_of_s));
                assert_no_higher(later, before);
                must(qbg_assessment_refill(before, deal, as_of_s));
            }
            qbg_assessment_free(before);
            qbg_assessment_free(later);
        }
        qbg_workspace_free(workspace);
    }
}

/* What is dated by then and could not be told speaks of rows that come later: that is not telling
 * the future, but the past anew. */
static void forget_the_past(const world *at, int64_t as_of_s, char *told) {
    for (int i = 0; i < at->count; i++) {
        int64_t time_s = at->facts[i].time_s;
        int is_past = time_s == QBG_UNDATED ? at->facts[i].about == STATUS : time_s <= as_of_s;
        told[i] = (char)(told[i] | is_past);
    }
}

static void what_was_said_of_the_past_stays_so(void **state) {
    (void)state;
    drawn.is_separate = drawn.is_without_debts = 0;
    for (uint64_t number = 1; number <= 80; number++) {
        uint64_t seed = number;
        char told[WORLD_MAX] = {0};
        int64_t as_of_s = FIRST + (20 + any(&seed, DAYS - 40)) * DAY + any(&seed, 2) - 1;
        draw(&drawn, &seed);
        shuffle(&drawn, &seed);
        qbg_workspace *workspace;
        must(qbg_workspace_new(NULL, &workspace));
        tell_all(workspace, &drawn, as_of_s, told);
        first_text.size = second_text.size = 0;
        put_board(&first_text, workspace, as_of_s);
        for (int32_t i = 0; i < DEALS; i++) put_deal(&first_text, workspace, i, as_of_s);
        uint32_t known = qbg_opportunity_count(workspace);
        int32_t numbers[DEALS], count = 0;
        for (int32_t i = 0; i < DEALS; i++) {
            char name[16];
            if (qbg_opportunity_find(workspace, key("d", i, name))) numbers[count++] = i;
        }
        assert_int_equal(count, known);
        forget_the_past(&drawn, as_of_s, told);
        tell_all(workspace, &drawn, INT64_MAX, told);
        put_board(&second_text, workspace, as_of_s);
        for (int32_t i = 0; i < count; i++) put_deal(&second_text, workspace, numbers[i], as_of_s);
        assert_same(&first_text, &second_text, number);
        qbg_workspace_free(workspace);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breadth_beats_depth),
        cmocka_unit_test(the_order_of_telling_changes_no_bit),
        cmocka_unit_test(accounts_may_be_split_over_workspaces),
        cmocka_unit_test(one_more_asserted_role_never_covers_less),
        cmocka_unit_test(time_alone_never_raises_anything),
        cmocka_unit_test(what_was_said_of_the_past_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
