/* fact: a short sorted array of dated values behind every row that has a history; see fact.h. One
 * mechanism serves members, opportunities, contacts and needs, so dates mean the same everywhere.
 */
#include "model/fact.h"

#include "base/civil.h"
#include "base/fixed.h"
#include "base/real.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

int64_t qbg__fact_from_double(double value) {
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

double qbg__fact_to_double(int64_t value) {
    double real;
    memcpy(&real, &value, sizeof real);
    return real;
}

const char *qbg__fact_field_name(int field) {
    static const char *const names[] = {
        [QBG__FACT_ROLE] = "role",
        [QBG__FACT_STATUS] = "status",
        [QBG__FACT_STANCE] = "stance",
        [QBG__FACT_INFLUENCE] = "influence",
        [QBG__FACT_PARTICIPATION] = "participation",
        [QBG__FACT_INTEREST] = "interest",
        [QBG__FACT_CRM_ROLE] = "crm_role",
        [QBG__FACT_VENDOR_ROLE] = "vendor_role",
        [QBG__FACT_STAGE] = "stage",
        [QBG__FACT_VERDICT] = "verdict",
        [QBG__FACT_AMOUNT] = "amount",
        [QBG__FACT_OUTCOME] = "outcome",
        [QBG__FACT_NEED] = "need",
        [QBG__FACT_BUDGET] = "budget",
        [QBG__FACT_AUTHORITY] = "authority",
        [QBG__FACT_TIMELINE] = "timeline",
        [QBG__FACT_FIT] = "fit",
        [QBG__FACT_ACCOUNT] = "account",
        [QBG__FACT_NEED_STATE] = "state",
    };
    return names[field];
}

/* The vocabulary of a field whose values are words; QBG_UNSET for the others. */
static int32_t words_of(int field) {
    switch (field) {
    case QBG__FACT_STATUS: return QBG_WORDS_STATUS;
    case QBG__FACT_STANCE: return QBG_WORDS_STANCE;
    case QBG__FACT_PARTICIPATION: return QBG_WORDS_PARTICIPATION;
    case QBG__FACT_INTEREST: return QBG_WORDS_INTEREST;
    case QBG__FACT_VERDICT: return QBG_WORDS_VERDICT;
    case QBG__FACT_OUTCOME: return QBG_WORDS_OUTCOME;
    case QBG__FACT_NEED:
    case QBG__FACT_BUDGET:
    case QBG__FACT_AUTHORITY:
    case QBG__FACT_TIMELINE: return QBG_WORDS_ANSWER;
    case QBG__FACT_NEED_STATE: return QBG_WORDS_NEED_STATE;
    default: return QBG_UNSET;
    }
}

int qbg__fact_from_word(int field, int32_t word, int64_t *out_value) {
    if (word < QBG_UNSET || word >= qbg_word_count(words_of(field))) return 0;
    *out_value = word == QBG_UNSET ? QBG__FACT_NOTHING : word;
    return 1;
}

void qbg__fact_write(const qbg_workspace *workspace, const qbg__fact *fact, qbg_blob *out) {
    char text[40];
    int64_t value = fact->value;
    if (value == QBG__FACT_NOTHING) return;
    if (fact->told != QBG_NONE) {
        qbg__blob_text(out, qbg__intern_text(&workspace->texts, fact->told));
        return;
    }
    switch (fact->field) {
    case QBG__FACT_ROLE:
    case QBG__FACT_CRM_ROLE:
    case QBG__FACT_VENDOR_ROLE: qbg__role_write(workspace, (uint64_t)value, out); return;
    case QBG__FACT_STAGE:
        qbg__blob_text(out, qbg__intern_text(&workspace->texts, (uint32_t)value));
        return;
    case QBG__FACT_ACCOUNT:
        qbg__blob_text(out, qbg_account_key(qbg__row_at(&workspace->accounts, (uint32_t)value)));
        return;
    case QBG__FACT_INFLUENCE:
    case QBG__FACT_FIT:
        qbg__blob_bytes(out, text, qbg__real_write(qbg__fact_to_double(value), text));
        return;
    case QBG__FACT_AMOUNT: qbg__blob_bytes(out, text, qbg__decimal_write(value, 2, text)); return;
    default: qbg__blob_text(out, qbg_word_key(words_of(fact->field), (int32_t)value)); return;
    }
}

int64_t qbg__fact_value(const qbg_workspace *workspace, const qbg__fact *fact) {
    if (fact->field != QBG__FACT_ACCOUNT || fact->value == QBG__FACT_NOTHING) return fact->value;
    const qbg_account *account = qbg__row_at(&workspace->accounts, (uint32_t)fact->value);
    return account ? (int64_t)account->number : QBG__FACT_NOTHING;
}

static int has_word(const qbg_workspace *workspace, const qbg__fact *fact) {
    return qbg__fact_value(workspace, fact) != QBG__FACT_NOTHING;
}

/* Bytewise comparison of two values as a book writes them; amounts as with two decimal places, so
 * that it does not matter when their currency is told. Words compare without allocating; the rest,
 * which is rare, through two texts. */
static qbg_status compare_values(const qbg_workspace *workspace, const qbg__fact *a,
                                 const qbg__fact *b, int *out_order) {
    int a_has = has_word(workspace, a), b_has = has_word(workspace, b);
    if (!a_has || !b_has) {
        *out_order = a_has - b_has;
        return QBG_OK;
    }
    int32_t words = words_of(a->field);
    if (words != QBG_UNSET) {
        *out_order =
            strcmp(qbg_word_key(words, (int32_t)a->value), qbg_word_key(words, (int32_t)b->value));
        return QBG_OK;
    }
    qbg_blob first, second;
    qbg__blob_begin(&first, &workspace->mem);
    qbg__blob_begin(&second, &workspace->mem);
    qbg__fact_write(workspace, a, &first);
    qbg__fact_write(workspace, b, &second);
    qbg_status status = first.status != QBG_OK ? first.status : second.status;
    *out_order = strcmp(qbg_blob_data(&first), qbg_blob_data(&second));
    qbg__blob_end(&first);
    qbg__blob_end(&second);
    return status;
}

static int is_before(const qbg__fact *fact, int field, int64_t from) {
    return fact->field < field || (fact->field == field && fact->from < from);
}

/* The first row that is not before (field, from). */
static uint32_t lower_bound(const qbg__facts *facts, int field, int64_t from) {
    uint32_t low = 0, high = facts->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (is_before(&facts->at[middle], field, from))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does a fact come before another one of the same instant? By source, then by value. Undated, any
 * word comes before a word withdrawn, since nobody takes back another one's. */
static qbg_status outranks(const qbg_workspace *workspace, const qbg__fact *a, const qbg__fact *b,
                           int *out_outranks) {
    int order = a->from == QBG_UNDATED ? has_word(workspace, a) - has_word(workspace, b) : 0;
    if (order == 0) order = a->source - b->source;
    qbg_status status = order == 0 ? compare_values(workspace, a, b, &order) : QBG_OK;
    *out_outranks = order > 0;
    return status;
}

/* Does a new word replace the one that stands at the same place? Undated, the later one does,
 * unless a higher source has spoken; of one instant, the order of telling must not matter. */
static qbg_status replaces(const qbg_workspace *workspace, const qbg__fact *old,
                           const qbg__fact *new, int *out_replaces) {
    if (old->from != QBG_UNDATED) return outranks(workspace, new, old, out_replaces);
    *out_replaces = 1;
    if (old->source != new->source) /* withdrawing takes one's own word back, not the other's */
        *out_replaces =
            has_word(workspace, new) && (!has_word(workspace, old) || new->source > old->source);
    return QBG_OK;
}

static int is_same(const qbg_workspace *workspace, const qbg__fact *a, const qbg__fact *b) {
    return qbg__fact_value(workspace, a) == qbg__fact_value(workspace, b) &&
           a->source == b->source && a->told == b->told;
}

/* The row at that index if it is one of the same field and instant, or NULL. */
static qbg__fact *row_at(const qbg__facts *facts, uint32_t at, const qbg__fact *fact) {
    qbg__fact *known = at < facts->count ? &facts->at[at] : NULL;
    return known && known->field == fact->field && known->from == fact->from ? known : NULL;
}

static qbg_status insert(qbg_workspace *workspace, qbg__facts *facts, uint32_t at,
                         const qbg__fact *fact) {
    return qbg__journal_insert(&workspace->journal, &facts->at, &facts->count, &facts->capacity,
                               sizeof *facts->at, at, fact);
}

qbg_status qbg__fact_take(qbg_workspace *workspace, qbg__facts *facts, uint32_t at) {
    return qbg__journal_remove(&workspace->journal, &facts->at, &facts->count, sizeof *facts->at,
                               at);
}

/* Nothing comes before what is undated, so a word withdrawn since ever was never told: no row. */
qbg_status qbg__fact_tell(qbg_workspace *workspace, qbg__facts *facts, const qbg__fact *fact,
                          int *out_changed) {
    qbg_status status = qbg__check_time(fact->from);
    *out_changed = 0;
    if (status != QBG_OK) return status;
    uint32_t at = lower_bound(facts, fact->field, fact->from);
    qbg__fact *known = row_at(facts, at, fact);
    int is_nothing = fact->from == QBG_UNDATED && !has_word(workspace, fact);
    if (!known && is_nothing) return QBG_OK;
    *out_changed = 1;
    if (!known) return insert(workspace, facts, at, fact);
    int wins = 0;
    if (!is_same(workspace, known, fact)) status = replaces(workspace, known, fact, &wins);
    *out_changed = wins;
    if (status != QBG_OK || !wins) return status;
    if (is_nothing) return qbg__fact_take(workspace, facts, at);
    status = qbg__journal_keep(&workspace->journal, known, sizeof *known);
    if (status == QBG_OK) *known = *fact;
    return status;
}

qbg_status qbg__fact_set(qbg_workspace *workspace, qbg__facts *facts, int field, int64_t value,
                         int64_t from, int32_t source) {
    int is_changed = 0;
    if (source != QBG_SOURCE_HOST && source != QBG_SOURCE_RULE) return QBG_E_ARGUMENT;
    const qbg__fact fact = {from, value, (uint8_t)field, (uint8_t)source, QBG_NONE};
    return qbg__fact_tell(workspace, facts, &fact, &is_changed);
}

static int is_roles(int field) {
    return field == QBG__FACT_ROLE || field == QBG__FACT_CRM_ROLE || field == QBG__FACT_VENDOR_ROLE;
}

/* Roles told of two rows for ever, or by one source for one instant, are one set. */
static int are_united(const qbg__fact *a, const qbg__fact *b) {
    if (!is_roles(a->field)) return 0;
    if (a->value == QBG__FACT_NOTHING || b->value == QBG__FACT_NOTHING) return 0;
    return a->from == QBG_UNDATED || a->source == b->source;
}

/* How each of two different sets was told does not matter any more. */
static qbg__fact unite_roles(const qbg__fact *a, const qbg__fact *b) {
    qbg__fact united = *a;
    united.value |= b->value;
    if (b->source > a->source) united.source = b->source;
    if (a->value != b->value || a->told != b->told) united.told = QBG_NONE;
    return united;
}

qbg_status qbg__fact_unite(qbg_workspace *workspace, qbg__facts *facts, const qbg__fact *fact) {
    uint32_t at = lower_bound(facts, fact->field, fact->from);
    qbg__fact *known = row_at(facts, at, fact);
    if (!known) return insert(workspace, facts, at, fact);
    int is_union = are_united(known, fact), wins = is_union;
    qbg_status status = is_union ? QBG_OK : outranks(workspace, fact, known, &wins);
    if (status != QBG_OK || !wins) return status;
    const qbg__fact winner = is_union ? unite_roles(known, fact) : *fact;
    status = qbg__journal_keep(&workspace->journal, known, sizeof *known);
    if (status == QBG_OK) *known = winner;
    return status;
}

qbg_status qbg__fact_unite_all(qbg_workspace *workspace, qbg__facts *facts,
                               const qbg__facts *from) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < from->count && status == QBG_OK; i++)
        status = qbg__fact_unite(workspace, facts, &from->at[i]);
    return status;
}

qbg_status qbg__fact_drop_all(qbg__journal *journal, qbg__facts *facts) {
    return qbg__journal_drop_array(journal, &facts->at, &facts->count, &facts->capacity,
                                   sizeof *facts->at);
}

int64_t qbg__fact_at(const qbg__facts *facts, int field, int64_t as_of, int64_t otherwise) {
    uint32_t at = lower_bound(facts, field, as_of);
    int is_exact = at < facts->count && facts->at[at].field == field && facts->at[at].from == as_of;
    if (!is_exact) {
        if (at == 0 || facts->at[at - 1].field != field) return otherwise;
        at--;
    }
    int64_t value = facts->at[at].value;
    return value == QBG__FACT_NOTHING ? otherwise : value;
}

const qbg__fact *qbg__fact_undated(const qbg__facts *facts, int field) {
    uint32_t at = lower_bound(facts, field, QBG_UNDATED);
    if (at == facts->count || facts->at[at].field != field) return NULL;
    return facts->at[at].from == QBG_UNDATED ? &facts->at[at] : NULL;
}

void qbg__facts_free(qbg__facts *facts, qbg__mem *mem) {
    qbg__mem_free(mem, facts->at, facts->capacity * sizeof *facts->at);
    memset(facts, 0, sizeof *facts);
}

uint64_t qbg__facts_bytes(const qbg__facts *facts) { return facts->capacity * sizeof *facts->at; }
