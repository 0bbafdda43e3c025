/* life: random changes of a workspace, each one public call, as the years bring them: rows come,
 * are told more of, move, are merged, removed, erased. What is drawn depends on the seed alone, so
 * one life can be lived twice. */
#ifndef QBG_TESTS_LIFE_H
#define QBG_TESTS_LIFE_H

#include "fixture.h"

#include "model/workspace.h"

#include <stdio.h>

#define LIFE_FIRST INT64_C(1748736000) /* 2025-06-01 */
#define LIFE_DAYS  200
#define LIFE_LAST  (LIFE_FIRST + LIFE_DAYS * DAY)

typedef struct life {
    qbg_workspace *workspace;
    uint64_t seed;
    const char *what; /* the call that was made last */
    int is_gentle;    /* nothing is removed, merged or erased */
} life;

static inline uint32_t draw(life *self, uint32_t count) {
    self->seed = self->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(self->seed >> 33) % count;
}

static inline int one_in(life *self, uint32_t count) { return draw(self, count) == 0; }

/* A few instants, so that facts meet at one; or none. */
static inline int64_t draw_day(life *self) {
    uint32_t day = draw(self, LIFE_DAYS / 10 + 5);
    return day >= LIFE_DAYS / 10 ? QBG_UNDATED : LIFE_FIRST + (int64_t)day * 10 * DAY;
}

static inline int64_t draw_second(life *self) { return LIFE_FIRST + draw(self, LIFE_DAYS * 86400); }

static inline int32_t draw_word(life *self, uint32_t count) {
    return (int32_t)draw(self, count + 1) - 1;
}

typedef struct life_key {
    char text[24];
} life_key;

static inline life_key draw_key(life *self, const char *prefix, uint32_t count) {
    life_key key;
    snprintf(key.text, sizeof key.text, "%s%u", prefix, (unsigned)draw(self, count));
    return key;
}

static inline const char *draw_text(life *self) {
    static const char *const texts[] = {NULL,           "",     "Елена",        "Иван Петров",
                                        "a;b, \"c\"",   "CFO",  "IT-директор",  "HR-менеджер",
                                        "line\nof two", "\n\n", "zebra\nant\n", "Инженер"};
    return texts[draw(self, sizeof texts / sizeof texts[0])];
}

/* Lines cannot stand in names. */
static inline const char *draw_name(life *self) {
    const char *text = draw_text(self);
    return text && strchr(text, '\n') ? "name" : text;
}

static inline qbg_account *draw_account(life *self) {
    return qbg_account_find(self->workspace, draw_key(self, "a", 4).text);
}
static inline qbg_contact *draw_contact(life *self) {
    return qbg_contact_find(self->workspace, draw_key(self, "c", 8).text);
}
static inline qbg_solution *draw_solution(life *self) {
    return qbg_solution_find(self->workspace, draw_key(self, "s", 3).text);
}
static inline qbg_opportunity *draw_deal(life *self) {
    return qbg_opportunity_find(self->workspace, draw_key(self, "d", 5).text);
}
static inline qbg_role *draw_role(life *self) {
    return qbg_role_at(self->workspace, draw(self, qbg_role_count(self->workspace)));
}
static inline qbg_member *draw_member(life *self) {
    const qbg_opportunity *deal = draw_deal(self);
    uint32_t index = draw(self, 60), count = qbg_member_count(deal);
    return count > 0 ? qbg_member_at(deal, index % count) : NULL;
}

/* ---- each kind of change --------------------------------------------------------------------- */

static inline qbg_status change_account(life *self) {
    qbg_workspace *workspace = self->workspace;
    switch (draw(self, 6)) {
    case 0:
    case 1:
    case 2:
        self->what = "qbg_account_put";
        return qbg_account_put(workspace, draw_key(self, "a", 4).text, draw_name(self), NULL, NULL);
    case 3:
        self->what = "qbg_account_set_name";
        return qbg_account_set_name(draw_account(self), draw_name(self));
    case 4:
        self->what = "qbg_account_add_domain";
        return qbg_account_add_domain(draw_account(self), draw_key(self, "Domain", 4).text);
    default:
        self->what = "qbg_account_set_potential";
        return qbg_account_set_potential(draw_account(self), draw(self, 1000),
                                         one_in(self, 2) ? "EUR" : "RUB");
    }
}

static inline qbg_status change_contact(life *self) {
    qbg_workspace *workspace = self->workspace;
    switch (draw(self, 9)) {
    case 0:
    case 1:
    case 2: {
        life_key key = draw_key(self, "c", 8);
        qbg_account *account = draw_account(self);
        const char *name = draw_name(self);
        self->what = "qbg_contact_put";
        return qbg_contact_put(workspace, key.text, account, name, draw_name(self), NULL, NULL);
    }
    case 3:
        self->what = "qbg_contact_set_name";
        return qbg_contact_set_name(draw_contact(self), draw_name(self));
    case 4:
        self->what = "qbg_contact_set_title";
        return qbg_contact_set_title(draw_contact(self), draw_name(self));
    case 5:
        self->what = "qbg_contact_set_email";
        return qbg_contact_set_email(draw_contact(self), draw_name(self));
    case 6: {
        qbg_contact *contact = draw_contact(self);
        qbg_account *account = draw_account(self);
        int64_t from = draw_day(self);
        self->what = "qbg_contact_set_account";
        return qbg_contact_set_account(contact, account, from, (int32_t)draw(self, 2));
    }
    case 7: {
        qbg_contact *contact = draw_contact(self);
        life_key visitor = draw_key(self, "v", 6);
        self->what = one_in(self, 3) ? "qbg_contact_remove_visitor" : "qbg_contact_add_visitor";
        return strcmp(self->what, "qbg_contact_add_visitor") == 0
                   ? qbg_contact_add_visitor(contact, visitor.text)
                   : qbg_contact_remove_visitor(contact, visitor.text);
    }
    default: {
        qbg_contact *contact = draw_contact(self);
        int32_t department = draw_word(self, 13);
        self->what = "qbg_contact_set_persona";
        return qbg_contact_set_persona(contact, department, draw_word(self, 6));
    }
    }
}

static inline qbg_status change_catalog(life *self) {
    qbg_workspace *workspace = self->workspace;
    switch (draw(self, 8)) {
    case 0:
    case 1: {
        life_key key = draw_key(self, "s", 3);
        self->what = "qbg_solution_put";
        return qbg_solution_put(workspace, key.text, draw_name(self),
                                one_in(self, 4) ? qbg_template_find(workspace, "small") : NULL,
                                NULL, NULL);
    }
    case 2: {
        qbg_solution *solution = draw_solution(self);
        self->what = "qbg_solution_add_content";
        return qbg_solution_add_content(solution, draw_key(self, "p", 3).text);
    }
    case 3: {
        life_key key = draw_key(self, "kind", 2);
        self->what = "qbg_kind_put";
        return qbg_kind_put(workspace, key.text, QBG_CATEGORY_NAMED, draw(self, 9) * 1000,
                            (int32_t)draw(self, 2), NULL, NULL);
    }
    case 4: {
        life_key key = draw_key(self, "role", 2);
        self->what = "qbg_role_put";
        return qbg_role_put(workspace, key.text, draw_name(self), NULL, NULL);
    }
    case 5:
        self->what = "qbg_template_put";
        return qbg_template_put(workspace, "small", NULL, NULL);
    case 6: {
        qbg_template *small = qbg_template_find(workspace, "small");
        qbg_role *role = draw_role(self);
        self->what = "qbg_template_set_seat";
        return qbg_template_set_seat(small, role, 1 + draw(self, 3000), 1, (int32_t)draw(self, 2));
    }
    default:
        self->what = "qbg_policy_set_milli";
        if (one_in(self, 2))
            return qbg_policy_set_milli(qbg_workspace_policy(workspace), "half_life_days",
                                        1000 * (1 + draw(self, 60)));
        return qbg_policy_set_milli(qbg_workspace_policy(workspace), "route_lookback_days",
                                    1000 * draw(self, 100));
    }
}

static inline qbg_status change_place(life *self) {
    qbg_opportunity *deal = draw_deal(self);
    switch (draw(self, 4)) {
    case 0:
        self->what = "qbg_opportunity_set_account";
        return qbg_opportunity_set_account(deal, draw_account(self));
    case 1:
        self->what = "qbg_opportunity_set_solution";
        return qbg_opportunity_set_solution(deal, draw_solution(self));
    case 2:
        self->what = "qbg_opportunity_set_opened";
        return qbg_opportunity_set_opened(deal, draw_day(self));
    default:
        self->what = "qbg_opportunity_set_closed";
        return qbg_opportunity_set_closed(deal, draw_day(self));
    }
}

static inline qbg_status change_deal(life *self) {
    qbg_opportunity *deal = draw_deal(self);
    int64_t from = draw_day(self);
    int32_t source = (int32_t)draw(self, 2);
    switch (draw(self, 10)) {
    case 0:
        self->what = "qbg_opportunity_set_name";
        return qbg_opportunity_set_name(deal, draw_name(self));
    case 1:
        self->what = "qbg_opportunity_set_type";
        return qbg_opportunity_set_type(deal, draw_word(self, 4));
    case 2:
        self->what = "qbg_opportunity_set_stage";
        return qbg_opportunity_set_stage(deal, draw_name(self), from, source);
    case 3:
        self->what = "qbg_opportunity_set_verdict";
        return qbg_opportunity_set_verdict(deal, draw_word(self, 4), from, source);
    case 4:
        self->what = "qbg_opportunity_set_currency";
        return qbg_opportunity_set_currency(deal, one_in(self, 2) ? "EUR" : "JPY");
    case 5:
        self->what = "qbg_opportunity_set_amount";
        return qbg_opportunity_set_amount(deal, draw(self, 100000), from, source);
    case 6:
        self->what = "qbg_opportunity_withdraw_amount";
        return qbg_opportunity_withdraw_amount(deal, from, source);
    case 7:
        self->what = "qbg_opportunity_set_outcome";
        return qbg_opportunity_set_outcome(deal, draw_word(self, 2), from, source);
    case 8:
        self->what = "qbg_opportunity_set_answer";
        return qbg_opportunity_set_answer(deal,
                                          QBG_CRITERION_NEED_VALIDATED + (int32_t)draw(self, 4),
                                          draw_word(self, 2), from, source);
    default:
        self->what = "qbg_opportunity_set_fit";
        return qbg_opportunity_set_fit(deal, draw(self, 5) / 4.0, from, source);
    }
}

static inline qbg_status add_deal(life *self) {
    life_key key = draw_key(self, "d", 5);
    qbg_account *account = draw_account(self);
    qbg_solution *solution = draw_solution(self);
    self->what = "qbg_opportunity_put";
    return qbg_opportunity_put(self->workspace, key.text, account, solution, draw_day(self), NULL,
                               NULL);
}

static inline qbg_status join(life *self) {
    qbg_opportunity *deal = draw_deal(self);
    qbg_contact *contact = draw_contact(self);
    self->what = "qbg_member_put";
    return qbg_member_put(deal, contact, NULL, NULL);
}

static inline qbg_status change_member(life *self) {
    qbg_member *member = draw_member(self);
    int64_t from = draw_day(self);
    int32_t source = (int32_t)draw(self, 2);
    switch (draw(self, 11)) {
    case 0:
        self->what = "qbg_member_add_role";
        return qbg_member_add_role(member, draw_role(self), source);
    case 1: {
        qbg_role *roles[] = {draw_role(self), draw_role(self)};
        self->what = "qbg_member_set_roles";
        return qbg_member_set_roles(member, roles, draw(self, 3), from, source);
    }
    case 2:
        self->what = "qbg_member_set_status";
        return qbg_member_set_status(member, draw_word(self, 4), from, source);
    case 3:
        self->what = "qbg_member_set_stance";
        return qbg_member_set_stance(member, draw_word(self, 6), from, source);
    case 4:
        self->what = "qbg_member_set_influence";
        return qbg_member_set_influence(member, draw(self, 5) / 4.0 - 0.25, from, source);
    case 5:
        self->what = "qbg_member_set_participation";
        return qbg_member_set_participation(member, draw_word(self, 3), from, source);
    case 6:
        self->what = "qbg_member_set_interest";
        return qbg_member_set_interest(member, draw_word(self, 3), from, source);
    case 7: self->what = "qbg_member_set_joined"; return qbg_member_set_joined(member, from);
    case 8: self->what = "qbg_member_set_left"; return qbg_member_set_left(member, from);
    case 9:
        self->what = "qbg_member_set_next_contact";
        return qbg_member_set_next_contact(member, from);
    default:
        self->what = "qbg_member_set_note";
        return qbg_member_set_note(member, draw_text(self));
    }
}

static inline qbg_status change_need(life *self) {
    qbg_opportunity *deal = draw_deal(self);
    qbg_contact *contact = one_in(self, 3) ? NULL : draw_contact(self);
    life_key key = draw_key(self, "need", 3);
    int32_t state = (int32_t)draw(self, 3);
    self->what = "qbg_need_set";
    return qbg_need_set(deal, contact, key.text, state, draw_day(self));
}

static inline qbg_status change_tag(life *self) {
    uint64_t tag = draw(self, 4);
    self->what = "qbg_..._set_tag";
    switch (draw(self, 8)) {
    case 0: return qbg_account_set_tag(draw_account(self), tag);
    case 1: return qbg_contact_set_tag(draw_contact(self), tag);
    case 2: return qbg_opportunity_set_tag(draw_deal(self), tag);
    case 3: return qbg_solution_set_tag(draw_solution(self), tag);
    case 4: return qbg_member_set_tag(draw_member(self), tag);
    case 5: return qbg_role_set_tag(draw_role(self), tag);
    case 6: return qbg_template_set_tag(qbg_template_find(self->workspace, "small"), tag);
    default: return qbg_kind_set_tag(qbg_kind_at(self->workspace, draw(self, 3)), tag);
    }
}

/* Few instants and kinds with an event id, so that signals of two people are one. */
static inline qbg_status draw_signal(life *self, qbg_signal *signal) {
    static const char *const contents[] = {"p0/a", "p1/a", "p2", "else", NULL};
    int has_event = one_in(self, 2);
    int64_t time = has_event ? LIFE_FIRST + draw(self, 4) * 40 * DAY : draw_second(self);
    const qbg_kind *kind = qbg_kind_at(self->workspace, draw(self, has_event ? 2 : 30));
    const qbg_contact *contact = one_in(self, 4) ? NULL : draw_contact(self);
    const qbg_account *account = one_in(self, 3) ? draw_account(self) : NULL;
    life_key visitor = draw_key(self, "v", 6), event = draw_key(self, "e", 6);
    int has_visitor = one_in(self, 3);
    const qbg_solution *solution = one_in(self, has_event ? 9 : 3) ? draw_solution(self) : NULL;
    const qbg_opportunity *deal = one_in(self, 9) ? draw_deal(self) : NULL;
    const char *content = contents[draw(self, 5)];
    qbg_status status = qbg_signal_set_time(signal, time);
    if (status == QBG_OK) status = qbg_signal_set_kind(signal, qbg_kind_key(kind));
    if (status == QBG_OK) status = qbg_signal_set_contact(signal, contact);
    if (status == QBG_OK) status = qbg_signal_set_account(signal, account);
    if (status == QBG_OK) status = qbg_signal_set_solution(signal, solution);
    if (status == QBG_OK) status = qbg_signal_set_opportunity(signal, deal);
    if (status == QBG_OK && has_visitor) status = qbg_signal_set_visitor(signal, visitor.text);
    if (status == QBG_OK && !has_event) status = qbg_signal_set_content(signal, content);
    if (status == QBG_OK && has_event) status = qbg_signal_set_event(signal, event.text);
    return status;
}

static inline qbg_status change_signals(life *self) {
    int is_retracting = one_in(self, 6);
    int32_t is_duplicate = 0;
    qbg_signal *signal = NULL;
    self->what = is_retracting ? "qbg_retract" : "qbg_record";
    qbg_status status = qbg_signal_new(self->workspace, &signal);
    if (status == QBG_OK) status = draw_signal(self, signal);
    if (status == QBG_OK && is_retracting)
        status = qbg_retract(self->workspace, signal);
    else if (status == QBG_OK)
        status = qbg_record(self->workspace, signal, NULL, &is_duplicate);
    qbg_signal_free(signal);
    return status == QBG_OK && is_duplicate ? QBG_DUPLICATE : status;
}

static inline qbg_status change_ledger(life *self) {
    life_key customer = draw_key(self, "a", 4);
    int32_t month = 1 + (int32_t)draw(self, 12);
    int64_t amount = draw(self, 3) * 100;
    self->what = one_in(self, 2) ? "qbg_revenue_add" : "qbg_revenue_put";
    if (strcmp(self->what, "qbg_revenue_add") == 0)
        return qbg_revenue_add(self->workspace, customer.text, 2025, month, amount, "EUR");
    return qbg_revenue_put(self->workspace, customer.text, 2025, month, amount, "EUR", NULL);
}

/* A row of each bulk call, as the nightly copy of a CRM's tables has it. */
static inline qbg_status put_in_bulk(life *self) {
    qbg_workspace *workspace = self->workspace;
    life_key key = draw_key(self, "c", 8), deal = draw_key(self, "d", 5);
    const char *name = draw_name(self), *note = draw_text(self);
    uint32_t account = qbg_account_number(draw_account(self));
    uint32_t solution = qbg_solution_number(draw_solution(self));
    uint32_t contact = qbg_contact_number(qbg_contact_find(workspace, key.text));
    uint32_t group = qbg_opportunity_number(qbg_opportunity_find(workspace, deal.text));
    int32_t word = draw_word(self, 4);
    int64_t day = draw_day(self);
    uint64_t tag = draw(self, 3);
    const int64_t of_key[] = {0, (int64_t)strlen(key.text)};
    const int64_t of_deal[] = {0, (int64_t)strlen(deal.text)};
    const int64_t of_name[] = {0, name ? (int64_t)strlen(name) : 0};
    const int64_t of_note[] = {0, note ? (int64_t)strlen(note) : 0};
    qbg_contact_columns contacts = {.size = sizeof contacts,
                                    .count = 1,
                                    .key = key.text,
                                    .key_offsets = of_key,
                                    .account = &account,
                                    .tag = &tag};
    qbg_opportunity_columns deals = {.size = sizeof deals,
                                     .count = 1,
                                     .key = deal.text,
                                     .key_offsets = of_deal,
                                     .account = &account,
                                     .solution = &solution,
                                     .type = &word,
                                     .closed_s = &day};
    qbg_member_columns members = {.size = sizeof members,
                                  .count = 1,
                                  .opportunity = &group,
                                  .contact = &contact,
                                  .status = &word,
                                  .left_s = &day,
                                  .tag = &tag};
    uint64_t refused = 0;
    qbg_status row = QBG_OK, status;
    switch (draw(self, 3)) {
    case 0:
        if (name) contacts.name = name, contacts.name_offsets = of_name;
        self->what = "qbg_contact_put_columns";
        status = qbg_contact_put_columns(workspace, &contacts, &row, NULL, NULL, &refused);
        break;
    case 1:
        self->what = "qbg_opportunity_put_columns";
        status = qbg_opportunity_put_columns(workspace, &deals, &row, NULL, NULL, &refused);
        break;
    default:
        if (note) members.note = note, members.note_offsets = of_note;
        self->what = "qbg_member_put_columns";
        status = qbg_member_put_columns(workspace, &members, &row, NULL, &refused);
        break;
    }
    return status == QBG_OK ? row : status;
}

/* Gives back what the journal keeps at hand, so that the next change has to ask for memory. */
static inline void forget_room(qbg_workspace *workspace) { qbg__journal_free(&workspace->journal); }

/* What ends a row, or makes two one. */
static inline qbg_status end_something(life *self) {
    int32_t cascade = (int32_t)draw(self, 2);
    switch (draw(self, 10)) {
    case 0: self->what = "qbg_member_remove"; return qbg_member_remove(draw_member(self));
    case 1:
        self->what = "qbg_opportunity_remove";
        return qbg_opportunity_remove(draw_deal(self), cascade);
    case 2:
        self->what = "qbg_contact_remove";
        return qbg_contact_remove(draw_contact(self), cascade);
    case 3:
        self->what = "qbg_account_remove";
        return qbg_account_remove(draw_account(self), cascade);
    case 4:
    case 5:
    case 6: {
        qbg_contact *kept = draw_contact(self);
        self->what = "qbg_contact_merge";
        return qbg_contact_merge(kept, draw_contact(self));
    }
    case 7: {
        qbg_account *kept = draw_account(self);
        self->what = "qbg_account_merge";
        return qbg_account_merge(kept, draw_account(self));
    }
    case 8: self->what = "qbg_contact_erase"; return qbg_contact_erase(draw_contact(self));
    default:
        self->what = "qbg_contact_readmit";
        return qbg_contact_readmit(self->workspace, draw_key(self, "c", 8).text);
    }
}

/* One change; what the call answered. A row that is not there is NULL, so QBG_E_ARGUMENT is
 * common. */
static inline qbg_status live(life *self) {
    uint32_t kind = draw(self, 100);
    if (kind < 8) return change_account(self);
    if (kind < 22) return change_contact(self);
    if (kind < 28) return change_catalog(self);
    if (kind < 34) return add_deal(self);
    if (kind < 38) return change_place(self);
    if (kind < 43) return change_deal(self);
    if (kind < 53) return join(self);
    if (kind < 62) return change_member(self);
    if (kind < 66) return change_need(self);
    if (kind < 69) return change_tag(self);
    if (kind < 72) return put_in_bulk(self);
    if (kind < 94) return change_signals(self);
    if (kind < 95) return change_ledger(self);
    return self->is_gentle ? change_signals(self) : end_something(self);
}

static inline void live_on(life *self, int changes) {
    for (int i = 0; i < changes; i++) {
        qbg_status status = live(self);
        if (status == QBG_E_BUSY || status == QBG_E_MEMORY)
            fail_msg("%s answers \"%s\"", self->what, qbg_status_text(status));
    }
}

static inline life new_life(qbg_workspace *workspace, uint64_t seed) {
    life self = {workspace, seed, "", 0};
    static const char *const solutions[] = {"s0", "s1", "s2"};
    OK(qbg_template_put(workspace, "small", NULL, NULL));
    OK(qbg_template_set_seat(qbg_template_find(workspace, "small"),
                             qbg_role_find(workspace, "champion"), 1000, 1, 1));
    for (size_t i = 0; i < 3; i++)
        OK(qbg_solution_put(workspace, solutions[i], NULL, NULL, NULL, NULL));
    return self;
}

#endif
