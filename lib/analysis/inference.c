/* inference: which roles somebody may have in a group, and what says so; see qbg/inference.h. */
#include "analysis/inference.h"

#include "analysis/engagement.h"
#include "base/real.h"
#include "base/table.h"
#include "base/text.h"
#include "model/contact.h"
#include "model/event.h"
#include "model/member.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define EVIDENCE (QBG_EVIDENCE_BEHAVIOUR + 1)

/* ---- What behaviour says ---- */

typedef struct sign {
    int is_kind; /* else a word of the content */
    const char *text;
    const char *role;
} sign;

#define KIND(text, role) {1, text, role},
#define WORD(text, role) {0, text, role},
static const sign signs[] = {
#include "analysis/inference.signs.inc"
};
#undef KIND
#undef WORD
#define SIGNS (sizeof signs / sizeof signs[0])

/* No word of the list is longer than this, folded; longer ones are cut. */
#define WORD_ROOM 64

/* The next word of a text, folded and followed by a NUL; 0 at its end. */
static int next_word(const char **at, const char *end, char out[WORD_ROOM + 4]) {
    size_t size = 0;
    while (*at < end) {
        uint32_t code = qbg__text_fold(qbg__text_next(at, end));
        int is_part = qbg__text_is_letter(code) || qbg__text_is_digit(code);
        if (!is_part && size > 0) break;
        if (is_part && size < WORD_ROOM) size += qbg__text_put(code, out + size);
    }
    out[size] = '\0';
    return size > 0;
}

static int matches(const char *word, const char *sign_text) {
    size_t size = strlen(sign_text);
    if (sign_text[size - 1] == '*') return strncmp(word, sign_text, size - 1) == 0;
    return strcmp(word, sign_text) == 0;
}

/* Of a role that the host does not have, there is none to speak for. */
static uint64_t role_bit(const qbg_workspace *workspace, const char *key) {
    const qbg_role *role = qbg_role_find(workspace, key);
    return role ? (uint64_t)1 << role->number : 0;
}

static uint64_t roles_of_kind(const qbg_workspace *workspace, const char *kind) {
    uint64_t roles = 0;
    for (size_t i = 0; i < SIGNS; i++)
        if (signs[i].is_kind && strcmp(signs[i].text, kind) == 0)
            roles |= role_bit(workspace, signs[i].role);
    return roles;
}

static uint64_t roles_of_content(const qbg_workspace *workspace, const char *content) {
    uint64_t roles = 0;
    char word[WORD_ROOM + 4];
    const char *at = content, *end = content + strlen(content);
    while (next_word(&at, end, word))
        for (size_t i = 0; i < SIGNS; i++)
            if (!signs[i].is_kind && matches(word, signs[i].text))
                roles |= role_bit(workspace, signs[i].role);
    return roles;
}

static uint64_t roles_of_signal(const qbg_workspace *workspace, const qbg__entry *entry) {
    const qbg_kind *kind = qbg_kind_at(workspace, QBG__ENTRY_KIND(entry->bits));
    uint32_t content = qbg__content_of(entry->bits, qbg__entry_cells(&workspace->signals, entry));
    uint64_t roles = roles_of_kind(workspace, kind->key);
    if (content == QBG_NONE) return roles;
    return roles | roles_of_content(workspace, qbg__intern_text(&workspace->texts, content));
}

/* ---- All evidence ---- */

/* What speaks for one role. */
typedef struct candidate {
    double by[EVIDENCE]; /* what each kind of evidence gives; 0: nothing */
    double confidence;
    int64_t signals;
} candidate;

typedef struct inference {
    const qbg_opportunity *opportunity;
    const qbg_contact *contact;
    const qbg_member *member; /* NULL: he is none */
    int64_t as_of;
    candidate of[QBG__ROLE_MAX]; /* by role number */
} inference;

static double trust(const inference *self, int parameter) {
    return qbg__policy_real(&self->opportunity->workspace->policy, parameter);
}

static void give(inference *self, uint64_t roles, int32_t evidence, double confidence) {
    for (uint32_t role = 0; role < QBG__ROLE_MAX; role++)
        if (roles >> role & 1) self->of[role].by[evidence] = confidence;
}

static void hear_others(inference *self) {
    if (!self->member) return;
    give(self, qbg__member_roles(self->member, self->as_of), QBG_EVIDENCE_HOST, 1.0);
    give(self, qbg__member_evidence(self->member, QBG_EVIDENCE_CRM, self->as_of), QBG_EVIDENCE_CRM,
         trust(self, QBG__TRUST_CRM));
    give(self, qbg__member_evidence(self->member, QBG_EVIDENCE_VENDOR, self->as_of),
         QBG_EVIDENCE_VENDOR, trust(self, QBG__TRUST_VENDOR));
}

/* A persona that is sure enough for coverage counts whole here, so that both agree. */
static void read_title(inference *self) {
    const qbg_template *template_ =
        qbg_solution_template(qbg_opportunity_solution(self->opportunity));
    double sure = qbg_contact_persona_confidence(self->contact);
    uint32_t role = qbg__template_infer(template_, qbg_contact_department(self->contact),
                                        qbg_contact_seniority(self->contact));
    if (role == QBG_NONE || sure == 0) return;
    if (sure >= trust(self, QBG__ROLE_CONFIDENCE)) sure = 1;
    give(self, (uint64_t)1 << role, QBG_EVIDENCE_TITLE, trust(self, QBG__TRUST_TITLE) * sure);
}

static void watch(inference *self) {
    const qbg_opportunity *opportunity = self->opportunity;
    const qbg__log *log = &opportunity->log;
    for (uint32_t i = 0; i < log->count; i++) {
        const qbg__entry *entry = &log->entries[i];
        if (!qbg__engagement_counts(opportunity, entry, self->as_of)) continue;
        if (!qbg__engagement_is_of(opportunity, entry, self->contact->number)) continue;
        uint64_t roles = roles_of_signal(opportunity->workspace, entry);
        for (uint32_t role = 0; role < QBG__ROLE_MAX; role++)
            self->of[role].signals += (int64_t)(roles >> role & 1);
    }
    double most = trust(self, QBG__TRUST_BEHAVIOUR);
    for (uint32_t role = 0; role < QBG__ROLE_MAX; role++) {
        double count = (double)self->of[role].signals;
        if (count > 0) self->of[role].by[QBG_EVIDENCE_BEHAVIOUR] = most * count / (count + 1);
    }
}

static void conclude(inference *self) {
    for (uint32_t role = 0; role < QBG__ROLE_MAX; role++) {
        double doubt = 1;
        for (int i = 0; i < EVIDENCE; i++) doubt = doubt * (1 - self->of[role].by[i]);
        self->of[role].confidence = 1 - doubt;
    }
}

static void weigh(inference *self, const qbg_opportunity *opportunity, const qbg_contact *contact,
                  int64_t as_of) {
    memset(self, 0, sizeof *self);
    self->opportunity = opportunity;
    self->contact = contact;
    self->member = qbg__member_of(opportunity, contact);
    self->as_of = as_of;
    hear_others(self);
    read_title(self);
    watch(self);
    conclude(self);
}

/* Confidences are compared with the policy in whole millionths: 1 - 0.9 is less than 0.1 in
 * doubles. */
static int64_t millionths(double confidence) { return (int64_t)(confidence * 1e6 + 0.5); }

static int64_t bound(const inference *self, int parameter) {
    return self->opportunity->workspace->policy.milli[parameter] * 1000;
}

static int is_sure(const inference *self, const candidate *at) {
    return millionths(at->confidence) >= bound(self, QBG__ROLE_CONFIDENCE);
}

/* ---- The table ---- */

enum { ROLE, CONFIDENCE, BY, BECAUSE = BY + EVIDENCE, SIGNALS, IS_CANDIDATE, IS_INFERRED };

static qbg_table *new_table(const qbg_workspace *workspace) {
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return NULL;
    qbg__table_column(table, "role", QBG_COLUMN_TEXT);
    qbg__table_column(table, "confidence", QBG_COLUMN_DOUBLE);
    for (int32_t i = 0; i < EVIDENCE; i++)
        qbg__table_column(table, qbg_word_key(QBG_WORDS_EVIDENCE, i), QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "because", QBG_COLUMN_TEXT);
    qbg__table_column(table, "signals", QBG_COLUMN_INT64);
    qbg__table_column(table, "is_candidate", QBG_COLUMN_INT64);
    qbg__table_column(table, "is_inferred", QBG_COLUMN_INT64);
    return table;
}

static void write_reasons(qbg_table *table, const candidate *at) {
    char text[64]; /* all keys together are shorter */
    size_t size = 0;
    for (int32_t i = 0; i < EVIDENCE; i++) {
        if (at->by[i] <= 0) {
            qbg__table_null(table, BY + i);
            continue;
        }
        const char *key = qbg_word_key(QBG_WORDS_EVIDENCE, i);
        if (size > 0) text[size++] = ';';
        memcpy(text + size, key, strlen(key));
        size += strlen(key);
        qbg__table_double(table, BY + i, at->by[i]);
    }
    qbg__table_text(table, BECAUSE, text, size);
}

static void write_candidate(qbg_table *table, const inference *self, uint32_t number,
                            int is_inferred) {
    const candidate *at = &self->of[number];
    const char *key = qbg_role_at(self->opportunity->workspace, number)->key;
    qbg__table_text(table, ROLE, key, strlen(key));
    qbg__table_double(table, CONFIDENCE, at->confidence);
    write_reasons(table, at);
    qbg__table_int64(table, SIGNALS, at->signals);
    qbg__table_int64(table, IS_CANDIDATE, is_sure(self, at));
    qbg__table_int64(table, IS_INFERRED, is_inferred);
}

/* By confidence, then number. There are 63 at most. */
static uint32_t sort(const inference *self, uint32_t order[QBG__ROLE_MAX]) {
    uint32_t count = 0;
    for (uint32_t role = 0; role < QBG__ROLE_MAX; role++) {
        if (self->of[role].confidence <= 0) continue;
        uint32_t at = count++;
        for (; at > 0 && self->of[order[at - 1]].confidence < self->of[role].confidence; at--)
            order[at] = order[at - 1];
        order[at] = role;
    }
    return count;
}

/* Is the first one sure enough, and far enough before the second? */
static int leads(const inference *self, const uint32_t *order, uint32_t count) {
    int64_t first = count > 0 ? millionths(self->of[order[0]].confidence) : 0;
    int64_t second = count > 1 ? millionths(self->of[order[1]].confidence) : 0;
    return count > 0 && is_sure(self, &self->of[order[0]]) && first > second &&
           first - second >= bound(self, QBG__ROLE_MARGIN);
}

qbg__inferred qbg__inference_of(const qbg_opportunity *opportunity, const qbg_contact *contact,
                                int64_t as_of) {
    inference self;
    uint32_t order[QBG__ROLE_MAX];
    qbg__inferred found = {QBG_NONE, 0, 0};
    weigh(&self, opportunity, contact, as_of);
    uint32_t count = sort(&self, order);
    if (!leads(&self, order, count)) return found;
    found.role = order[0];
    found.confidence = self.of[order[0]].confidence;
    for (uint32_t i = 0; i < EVIDENCE; i++)
        if (self.of[order[0]].by[i] > 0) found.because |= (uint32_t)1 << i;
    return found;
}

static qbg_status write(const inference *self, qbg_table **out_table) {
    uint32_t order[QBG__ROLE_MAX];
    uint32_t count = sort(self, order);
    qbg_table *table = new_table(self->opportunity->workspace);
    if (!table) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        write_candidate(table, self, order[i], i == 0 && leads(self, order, count));
    return qbg__table_finish(table, out_table);
}

qbg_status qbg_role_evidence(const qbg_opportunity *opportunity, const qbg_contact *contact,
                             int64_t as_of_s, qbg_table **out_table) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK) return status;
    if (!out_table || !qbg__contact_is_of(contact, opportunity->workspace)) return QBG_E_ARGUMENT;
    contact = qbg__contact_live(contact);
    if (!contact) return QBG_E_GONE;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    if (!qbg__time_is_valid(as_of_s)) return QBG_E_RANGE;
    inference self;
    weigh(&self, opportunity, contact, as_of_s);
    return write(&self, out_table);
}
