/* book_writer_facts: writes members, needs, histories and signals; see book_writer.h. Undated facts
 * go to the table of what they are about, dated ones to the history. */
#include "io/book_writer.h"

#include "io/book_load.h"
#include "model/event.h"
#include "model/routing.h"
#include "qbg/vocabulary.h"

#include <string.h>

static const char *key_of_contact(const qbg_workspace *workspace, uint32_t number) {
    return qbg_contact_key(qbg_contact_at(workspace, number));
}

/* ---- members --------------------------------------------------------------------------------- */

/* Undated facts of a member that one source told; NULL: it told none such. */
static const qbg__fact *told_by(const qbg_member *member, int field, int32_t source) {
    const qbg__fact *fact = qbg__book_undated(&member->facts, field);
    return fact && fact->source == source ? fact : NULL;
}

static int has_evidence(const qbg_member *member) {
    return qbg__book_undated(&member->facts, QBG__FACT_CRM_ROLE) ||
           qbg__book_undated(&member->facts, QBG__FACT_VENDOR_ROLE);
}

static int has_told(const qbg_member *member, int32_t source) {
    for (int field = QBG__FACT_ROLE; field <= QBG__FACT_VENDOR_ROLE; field++)
        if (told_by(member, field, source)) return 1;
    return 0;
}

/* has_rest: also what has no source. */
static void write_member_row(qbg__book_writer *self, const qbg_opportunity *opportunity,
                             const qbg_member *member, int32_t source, int has_rest) {
    qbg__book_put_text(self, opportunity->key);
    qbg__book_put_text(self, key_of_contact(self->workspace, member->contact));
    for (int field = QBG__FACT_ROLE; field <= QBG__FACT_INTEREST; field++)
        qbg__book_put_fact(self, told_by(member, field, source), "");
    qbg__book_put_time(self, has_rest ? member->joined : QBG_UNDATED);
    qbg__book_put_time(self, has_rest ? member->left : QBG_UNDATED);
    qbg__book_put_time(self, has_rest ? member->next_contact : QBG_UNDATED);
    qbg__book_put_text(self, has_rest ? qbg_member_note(member) : "");
    qbg__book_put_word(self, QBG_WORDS_SOURCE, source);
    if (self->columns < self->table->column_count) return;
    for (int field = QBG__FACT_CRM_ROLE; field <= QBG__FACT_VENDOR_ROLE; field++)
        qbg__book_put_fact(self, told_by(member, field, source), "");
}

static void write_member(qbg__book_writer *self, const qbg_opportunity *opportunity,
                         const qbg_member *member) {
    int by_rule = has_told(member, QBG_SOURCE_RULE);
    int by_host = has_told(member, QBG_SOURCE_HOST) || !by_rule;
    if (by_host) write_member_row(self, opportunity, member, QBG_SOURCE_HOST, 1);
    if (by_rule) write_member_row(self, opportunity, member, QBG_SOURCE_RULE, !by_host);
}

/* The columns of evidence are written when there is any. */
static void spare_columns(qbg__book_writer *self) {
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_opportunity *opportunity = self->rows.at[i];
        for (uint32_t j = 0; j < opportunity->member_count; j++)
            if (has_evidence(qbg_member_at(opportunity, j))) return;
    }
    self->columns -= self->table->spare;
}

void qbg__book_write_members(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->opportunities);
    spare_columns(self);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_opportunity *opportunity = self->rows.at[i];
        for (uint32_t j = 0; j < opportunity->member_count; j++)
            write_member(self, opportunity, qbg_member_at(opportunity, j));
    }
}

/* ---- needs ----------------------------------------------------------------------------------- */

static int by_contact_and_key(const void *a, const void *b, const void *context) {
    const qbg__need *first = a, *second = b;
    int order =
        strcmp(key_of_contact(context, first->contact), key_of_contact(context, second->contact));
    return order != 0 ? order : strcmp(first->key, second->key);
}

static void write_need(qbg__book_writer *self, const qbg_opportunity *opportunity,
                       const qbg__need *need) {
    for (uint32_t i = 0; i < need->facts.count; i++) {
        const qbg__fact *fact = &need->facts.at[i];
        qbg__book_put_text(self, opportunity->key);
        qbg__book_put_text(self, key_of_contact(self->workspace, need->contact));
        qbg__book_put_text(self, need->key);
        qbg__book_put_fact(self, fact, "");
        qbg__book_put_time(self, fact->from);
    }
}

void qbg__book_write_needs(qbg__book_writer *self) {
    qbg__book_list *needs = &self->pieces;
    qbg__book_list_rows(self, &self->workspace->opportunities);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_opportunity *opportunity = self->rows.at[i];
        qbg__book_list_clear(needs);
        for (uint32_t j = 0; j < opportunity->need_count; j++)
            qbg__book_list_add(self, needs, &opportunity->needs[j]);
        qbg__book_list_sort(self, needs, by_contact_and_key);
        for (uint32_t j = 0; j < needs->count; j++) write_need(self, opportunity, needs->at[j]);
    }
}

/* ---- history --------------------------------------------------------------------------------- */

static void write_fact(qbg__book_writer *self, const qbg_opportunity *opportunity,
                       const char *contact, const qbg__fact *fact, int64_t from) {
    qbg__book_put_text(self, qbg_opportunity_key(opportunity));
    qbg__book_put_text(self, contact);
    qbg__book_put_word(self, QBG_WORDS_SOURCE, fact->source);
    qbg__book_put_text(self, qbg__fact_field_name(fact->field));
    qbg__book_put_fact(self, fact, qbg_opportunity_currency(opportunity));
    qbg__book_put_time(self, from);
}

/* No table has a column for a verdict since ever; one since the first second says the same, unless
 * another one of that second stands before it. */
static int is_verdict_since_ever(const qbg__facts *facts, uint32_t at) {
    const qbg__fact *fact = &facts->at[at], *next = fact + 1;
    if (fact->field != QBG__FACT_VERDICT || fact->value == QBG__FACT_NOTHING) return 0;
    return at + 1 == facts->count || next->field != fact->field || next->from > 0;
}

static void write_facts(qbg__book_writer *self, const qbg_opportunity *opportunity,
                        const char *contact, const qbg__facts *facts) {
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->at[i].from != QBG_UNDATED)
            write_fact(self, opportunity, contact, &facts->at[i], facts->at[i].from);
        else if (is_verdict_since_ever(facts, i))
            write_fact(self, opportunity, contact, &facts->at[i], 0);
    }
}

void qbg__book_write_history(qbg__book_writer *self) {
    qbg__book_list_rows(self, &self->workspace->contacts);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_contact *contact = self->rows.at[i];
        write_facts(self, NULL, contact->key, &contact->facts);
    }
    qbg__book_list_rows(self, &self->workspace->opportunities);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const qbg_opportunity *opportunity = self->rows.at[i];
        write_facts(self, opportunity, "", &opportunity->facts);
        for (uint32_t j = 0; j < opportunity->member_count; j++) {
            const qbg_member *member = qbg_member_at(opportunity, j);
            write_facts(self, opportunity, key_of_contact(self->workspace, member->contact),
                        &member->facts);
        }
    }
}

/* ---- signals --------------------------------------------------------------------------------- */

/* A signal as it was told. */
typedef struct logged {
    int64_t time;
    uint32_t kind;
    uint32_t person;
    const qbg__cells *cells;
    uint32_t content;
    qbg__letters id; /* of no letters: it has none */
    uint32_t scope;  /* of that id */
} logged;

typedef struct log_book {
    qbg__book_writer *writer;
    logged *at;
    uint32_t count, capacity;
} log_book;

enum { TIME, KIND, ACCOUNT, CONTACT, VISITOR, SOLUTION, OPPORTUNITY, CONTENT, EVENT };

/* An anonymous visitor's account and id are his own, not his signals'. */
static uint32_t account_of(const qbg__signals *signals, const logged *of) {
    if (!(of->person & QBG__GUEST)) return of->cells->account;
    return signals->guests[of->person & ~QBG__GUEST].account;
}

static uint32_t visitor_of(const qbg__signals *signals, const logged *of) {
    if (!(of->person & QBG__GUEST)) return of->cells->visitor;
    return signals->guests[of->person & ~QBG__GUEST].visitor;
}

static const char *visitor_text(const qbg_workspace *workspace, uint32_t visitor) {
    return qbg__visitor_id(workspace, visitor);
}

/* What stands in a column, but for the time; it may be written into the room. */
static const char *cell_of(const qbg_workspace *workspace, const logged *of, int column,
                           qbg__letters_room room) {
    const qbg__signals *signals = &workspace->signals;
    switch (column) {
    case KIND: return qbg_kind_key(qbg_kind_at(workspace, of->kind));
    case ACCOUNT: return qbg_account_key(qbg_account_at(workspace, account_of(signals, of)));
    case CONTACT: return key_of_contact(workspace, of->person); /* of a guest: "" */
    case VISITOR: return visitor_text(workspace, visitor_of(signals, of));
    case SOLUTION: return qbg_solution_key(qbg_solution_at(workspace, of->cells->solution));
    case OPPORTUNITY:
        return qbg_opportunity_key(qbg_opportunity_at(workspace, of->cells->opportunity));
    case CONTENT: return qbg__intern_text(&workspace->texts, of->content);
    default: return qbg__letters_text(&of->id, room);
    }
}

static int by_time(const void *a, const void *b, const void *context) {
    static const int columns[] = {KIND,     CONTACT,     VISITOR, ACCOUNT,
                                  SOLUTION, OPPORTUNITY, CONTENT, EVENT};
    const logged *first = a, *second = b;
    qbg__letters_room one, other;
    if (first->time != second->time) return first->time < second->time ? -1 : 1;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        int order = strcmp(cell_of(context, first, columns[i], one),
                           cell_of(context, second, columns[i], other));
        if (order != 0) return order;
    }
    return 0;
}

static void collect(log_book *self, const qbg__log *log) {
    qbg__book_writer *writer = self->writer;
    const qbg__signals *signals = &writer->workspace->signals;
    if (writer->out->status == QBG_OK)
        writer->out->status =
            qbg__mem_reserve(&writer->mem, &self->at, &self->capacity,
                             (uint64_t)self->count + log->count, sizeof *self->at);
    if (writer->out->status != QBG_OK) return;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        const qbg__cells *cells = qbg__entry_cells(signals, entry);
        logged *at = &self->at[self->count++];
        *at = (logged){.time = QBG__ENTRY_TIME(entry->bits),
                       .kind = QBG__ENTRY_KIND(entry->bits),
                       .person = log->people[entry->slot],
                       .cells = cells,
                       .content = qbg__content_of(entry->bits, cells)};
        if (!QBG__ENTRY_HAS_EVENT(entry->bits)) continue;
        const qbg__event event = qbg__event_at(signals, entry->cells);
        at->id = event.id;
        at->scope = event.scope;
    }
}

static void collect_all(log_book *self) {
    const qbg_workspace *workspace = self->writer->workspace;
    for (uint32_t i = 0; i < workspace->opportunities.count; i++)
        collect(self, qbg__log_at(workspace, i));
    for (uint32_t i = 0; i < workspace->accounts.count; i++)
        collect(self, qbg__log_at(workspace, QBG__LOG_ACCOUNT | i));
    collect(self, &workspace->signals.unrouted);
}

static int by_id(const void *a, const void *b, const void *context) {
    const logged *first = a, *second = b;
    (void)context;
    if (first->scope != second->scope) return first->scope < second->scope ? -1 : 1;
    if (first->id.size != second->id.size) return first->id.size < second->id.size ? -1 : 1;
    if (first->id.bits != second->id.bits) return first->id.bits < second->id.bits ? -1 : 1;
    return memcmp(first->id.bytes, second->id.bytes, qbg__letters_bytes(&first->id));
}

/* Two signals may have the same id when each was told within its contact and both contacts came to
 * one account later. Read back they would be taken for a conflict, so the later one goes without.
 * Returns how many did. */
static uint32_t drop_ambiguous_ids(log_book *self) {
    uint32_t dropped = 0;
    qbg__book_list *events = &self->writer->pieces, *sorted = &self->writer->rows;
    for (uint32_t i = 0; i < sorted->count; i++)
        if (((const logged *)sorted->at[i])->id.size > 0)
            qbg__book_list_add(self->writer, events, sorted->at[i]);
    qbg__book_list_sort(self->writer, events, by_id);
    for (uint32_t i = events->count; i-- > 1;) {
        if (by_id(events->at[i - 1], events->at[i], NULL) != 0) continue;
        self->at[(const logged *)events->at[i] - self->at].id = (qbg__letters){NULL, 0, 0};
        dropped++;
    }
    return dropped;
}

void qbg__book_write_signals(qbg__book_writer *self) {
    log_book book = {self, NULL, 0, 0};
    qbg__letters_room room;
    collect_all(&book);
    for (uint32_t i = 0; i < book.count; i++) qbg__book_list_add(self, &self->rows, &book.at[i]);
    qbg__book_list_sort(self, &self->rows, by_time);
    if (drop_ambiguous_ids(&book) > 0) qbg__book_list_sort(self, &self->rows, by_time);
    for (uint32_t i = 0; i < self->rows.count; i++) {
        const logged *signal = self->rows.at[i];
        qbg__book_put_time(self, signal->time);
        for (int column = KIND; column <= EVENT; column++)
            qbg__book_put_text(self, cell_of(self->workspace, signal, column, room));
    }
    qbg__mem_free(&self->mem, book.at, book.capacity * sizeof *book.at);
}
