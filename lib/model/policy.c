/* policy: a table of parameters (key, unit, range, default, meaning) and the values that a
 * workspace has for them; see policy.h. Modes and points are listed behind the fixed ones. */
#include "model/policy.h"

#include "base/fixed.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

typedef struct parameter {
    const char *key, *unit;
    int64_t value, min, max, step; /* thousandths */
    const char *en, *ru;
} parameter;

#define WHOLE 1000

static const parameter parameters[] = {
    [QBG__HALF_LIFE_DAYS] = {"half_life_days", "days", 30000, 1000, 365000, WHOLE,
                             "days after which a signal counts half",
                             "дней, за которые сигнал теряет половину веса"},
    [QBG__HALF_ENGAGEMENT_POINTS] = {"half_engagement_points", "points", 20000, 1, 1000000, 1,
                                     "points at which a person is half engaged",
                                     "баллов, при которых человек вовлечён наполовину"},
    [QBG__ENGAGED_POINTS] = {"engaged_points", "points", 2500, 0, 100000000, 1,
                             "points from which a person is engaged",
                             "баллов, с которых человек вовлечён"},
    [QBG__ACTIVE_POINTS] = {"active_points", "points", 10000, 0, 100000000, 1,
                            "points from which a person is active",
                            "баллов, с которых человек активен"},
    [QBG__COVERAGE_FLOOR] = {"coverage_floor", "ratio", 250, 0, 1000, 1,
                             "share of the intent that a group without coverage keeps",
                             "доля интереса, остающаяся без покрытия ролей"},
    [QBG__UNASSIGNED_DISCOUNT] = {"unassigned_discount", "ratio", 500, 0, 1000, 1,
                                  "weight of a named contact who is no member",
                                  "вес известного контакта, не входящего в группу"},
    [QBG__ANONYMOUS_DISCOUNT] = {"anonymous_discount", "ratio", 500, 0, 1000, 1,
                                 "weight of an anonymous visitor", "вес анонимного посетителя"},
    [QBG__THIRD_PARTY_DISCOUNT] = {"third_party_discount", "ratio", 500, 0, 1000, 1,
                                   "weight of third-party intent",
                                   "вес сигналов от третьей стороны"},
    [QBG__ROLE_CONFIDENCE] = {"role_confidence", "ratio", 500, 0, 1000, 1,
                              "confidence from which a role is read from a persona",
                              "уверенность, с которой роль выводится из должности"},
    [QBG__MIN_MEMBERS_IDENTIFIED] = {"min_members_identified", "people", 3000, 0, 1000000, WHOLE,
                                     "present members that a qualified group has",
                                     "участников в квалифицированной группе"},
    [QBG__MIN_MEMBERS_ENGAGED] = {"min_members_engaged", "people", 2000, 0, 1000000, WHOLE,
                                  "engaged members that a qualified group has",
                                  "вовлечённых участников в квалифицированной группе"},
    [QBG__MIN_COVERAGE_ENGAGED] = {"min_coverage_engaged", "ratio", 500, 0, 1000, 1,
                                   "engaged coverage that a qualified group has",
                                   "покрытие вовлечёнными в квалифицированной группе"},
    [QBG__MIN_INTENT] = {"min_intent", "ratio", 500, 0, 1000, 1,
                         "intent that a qualified group has", "интерес квалифицированной группы"},
    [QBG__MIN_FIT] = {"min_fit", "ratio", 500, 0, 1000, 1, "fit that a qualified group has",
                      "соответствие квалифицированной группы"},
    [QBG__MAX_SILENCE_DAYS] = {"max_silence_days", "days", 30000, 0, 3650000, WHOLE,
                               "days without a signal that a qualified group may have",
                               "дней молчания, допустимых для квалифицированной группы"},
    [QBG__PATH_STEPS] = {"path_steps", "steps", 6000, 1000, 8000, WHOLE,
                         "longest path to qualified that is looked for",
                         "наибольшая длина пути к квалификации"},
    [QBG__HYSTERESIS] = {"hysteresis", "ratio", 800, 0, 1000, 1,
                         "share of a threshold at which a qualified group still holds",
                         "доля порога, при которой квалификация сохраняется"},
    [QBG__ROUTE_LOOKBACK_DAYS] = {"route_lookback_days", "days", 90000, 0, 3650000, WHOLE,
                                  "days by which a signal may precede its opportunity",
                                  "дней, на которые сигнал может опередить сделку"},
    [QBG__ROLE_MARGIN] = {"role_margin", "ratio", 100, 0, 1000, 1,
                          "lead over the second role with which a role is inferred",
                          "отрыв от второй роли, с которым роль выводится"},
    [QBG__TRUST_CRM] = {"trust_crm", "ratio", 900, 0, 1000, 1,
                        "confidence of a role that a field of the CRM says",
                        "уверенность в роли из поля CRM"},
    [QBG__TRUST_TITLE] = {"trust_title", "ratio", 600, 0, 1000, 1,
                          "confidence of a role that a job title says",
                          "уверенность в роли по должности"},
    [QBG__TRUST_VENDOR] = {"trust_vendor", "ratio", 500, 0, 1000, 1,
                           "confidence of a role that bought data says",
                           "уверенность в роли по купленным данным"},
    [QBG__TRUST_BEHAVIOUR] = {"trust_behaviour", "ratio", 300, 0, 499, 1,
                              "confidence that behaviour adds to a role at most",
                              "уверенность, которую поведение добавляет роли, не больше"},
    [QBG__FORMATION_WINDOW_DAYS] = {"formation_window_days", "days", 21000, 1000, 365000, WHOLE,
                                    "days within which new people make a group that forms",
                                    "дней, за которые новые люди складываются в группу"},
    [QBG__FORMATION_HISTORY_DAYS] = {"formation_history_days", "days", 365000, 30000, 3650000,
                                     WHOLE, "days before these that tell what is usual",
                                     "предшествующих дней, по которым судят об обычном уровне"},
    [QBG__FORMATION_QUIET_DAYS] = {"formation_quiet_days", "days", 90000, 1000, 3650000, WHOLE,
                                   "days of silence after which somebody is new again",
                                   "дней молчания, после которых человек снова новый"},
    [QBG__FORMATION_PEOPLE] = {"formation_people", "people", 3000, 1000, 1000000, WHOLE,
                               "new people that a group which forms has at least",
                               "новых людей в складывающейся группе, не менее"},
    [QBG__FORMATION_DEPARTMENTS] = {"formation_departments", "departments", 0, 0, 13000, WHOLE,
                                    "departments that they come from at least",
                                    "отделов, из которых они, не менее"},
    [QBG__FORMATION_POINTS] = {"formation_points", "points", 1000, 1, 1000000, 1,
                               "points from which a signal counts for a group that forms",
                               "баллов, с которых сигнал учитывается в складывающейся группе"},
    [QBG__FORMATION_FALSE_ALARMS] = {"formation_false_alarms", "alarms", 1000, 1, 1000000, 1,
                                     "false alarms a year in 1,000 account-solutions",
                                     "ложных тревог в год на 1000 пар «компания × решение»"},
    [QBG__AUTOMATION] = {"automation", "degree", 0, 0, 2000, WHOLE,
                         "proposals that apply themselves: 0 none, 1 the sure ones, 2 all",
                         "предложения, которые применяются сами: 0 никакие, 1 надёжные, 2 все"},
    [QBG__AUTOMATION_CONFIDENCE] = {"automation_confidence", "ratio", 800, 0, 1000, 1,
                                    "confidence from which a proposal is a sure one",
                                    "уверенность, с которой предложение надёжно"},
#define MODE(at, key, mode)                                                                        \
    [QBG__MODE + (at)] = {"mode." key,                                                             \
                          "mode",                                                                  \
                          (mode)*1000,                                                             \
                          0,                                                                       \
                          2000,                                                                    \
                          WHOLE,                                                                   \
                          "how the gate treats the criterion " key,                                \
                          "как проверяется критерий " key}
    MODE(QBG_CRITERION_MEMBERS_IDENTIFIED, "members_identified", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_MEMBERS_ENGAGED, "members_engaged", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_REQUIRED_SEATS, "required_seats", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_COVERAGE_ENGAGED, "coverage_engaged", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_INTENT, "intent", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_RECENCY, "recency", QBG_MODE_REQUIRED),
    MODE(QBG_CRITERION_NEED_VALIDATED, "need_validated", QBG_MODE_ADVISORY),
    MODE(QBG_CRITERION_BUDGET, "budget", QBG_MODE_ADVISORY),
    MODE(QBG_CRITERION_AUTHORITY, "authority", QBG_MODE_ADVISORY),
    MODE(QBG_CRITERION_TIMELINE, "timeline", QBG_MODE_ADVISORY),
    MODE(QBG_CRITERION_FIT, "fit", QBG_MODE_ADVISORY),
    MODE(QBG_CRITERION_NO_OPEN_BLOCKER, "no_open_blocker", QBG_MODE_ADVISORY),
#undef MODE
};

static const parameter none = {NULL, NULL, 0, 0, 0, 0, "", ""};
static const parameter points = {NULL,
                                 "points",
                                 0,
                                 -QBG__KIND_POINTS_MAX,
                                 QBG__KIND_POINTS_MAX,
                                 1,
                                 "points that a signal of the kind is worth",
                                 "баллов за сигнал этого вида"};

static const char points_prefix[] = "points.";

/* The kind behind a parameter beyond the fixed ones, or NULL. */
static qbg_kind *kind_of(const qbg_policy *policy, int32_t number) {
    if (!policy || number < QBG__POLICY_FIXED) return NULL;
    return qbg_kind_at(policy->workspace, (uint32_t)(number - QBG__POLICY_FIXED));
}

static const parameter *parameter_at(const qbg_policy *policy, int32_t number) {
    if (!policy || number < 0) return &none;
    if (number < QBG__POLICY_FIXED) return &parameters[number];
    return kind_of(policy, number) ? &points : &none;
}

/* Fills a new table of D for a half-life and gives the old one up. */
static qbg_status set_half_life(qbg_policy *policy, int64_t days) {
    qbg__journal *journal = &policy->workspace->journal;
    size_t size = qbg__decay_size((int32_t)days);
    uint32_t *decay = qbg__journal_alloc(journal, size * sizeof *decay);
    if (!decay) return QBG_E_MEMORY;
    qbg__decay_fill((int32_t)days, decay);
    qbg_status status = qbg__journal_keep(journal, &policy->decay, sizeof policy->decay);
    if (status == QBG_OK)
        status = qbg__journal_keep(journal, &policy->last_age, sizeof policy->last_age);
    if (status == QBG_OK && policy->decay)
        status = qbg__journal_drop(journal, policy->decay,
                                   ((size_t)policy->last_age + 1) * sizeof *decay);
    if (status != QBG_OK) return status;
    policy->decay = decay;
    policy->last_age = (uint32_t)size - 1;
    return QBG_OK;
}

qbg_status qbg__policy_begin(qbg_workspace *workspace) {
    qbg_policy *policy = &workspace->policy;
    policy->workspace = workspace;
    for (int32_t i = 0; i < QBG__POLICY_FIXED; i++) policy->milli[i] = parameters[i].value;
    return set_half_life(policy, qbg__policy_whole(policy, QBG__HALF_LIFE_DAYS));
}

void qbg__policy_free(qbg_policy *policy, qbg__mem *mem) {
    if (policy->decay)
        qbg__mem_free(mem, policy->decay, ((size_t)policy->last_age + 1) * sizeof *policy->decay);
}

void qbg__policy_bytes(const qbg_policy *policy, qbg__memory *memory) {
    if (policy->decay) memory->policy += ((uint64_t)policy->last_age + 1) * sizeof *policy->decay;
}

int32_t qbg_policy_count(const qbg_policy *policy) {
    return policy ? QBG__POLICY_FIXED + (int32_t)qbg_kind_count(policy->workspace) : 0;
}

int32_t qbg_policy_find(const qbg_policy *policy, const char *key) {
    if (!policy || !key) return -1;
    size_t prefix = sizeof points_prefix - 1;
    if (strncmp(key, points_prefix, prefix) == 0) {
        const qbg_kind *kind = qbg_kind_find(policy->workspace, key + prefix);
        return kind ? QBG__POLICY_FIXED + (int32_t)kind->number : -1;
    }
    for (int32_t i = 0; i < QBG__POLICY_FIXED; i++)
        if (strcmp(parameters[i].key, key) == 0) return i;
    return -1;
}

const char *qbg_policy_key(const qbg_policy *policy, int32_t number) {
    const qbg_kind *kind = kind_of(policy, number);
    return kind ? kind->parameter : parameter_at(policy, number)->key;
}

const char *qbg_policy_unit(const qbg_policy *policy, int32_t number) {
    return parameter_at(policy, number)->unit;
}

const char *qbg_policy_label(const qbg_policy *policy, int32_t number, const char *lang) {
    const parameter *found = parameter_at(policy, number);
    return lang && strcmp(lang, "ru") == 0 ? found->ru : found->en;
}

int64_t qbg_policy_value_milli(const qbg_policy *policy, int32_t number) {
    const qbg_kind *kind = kind_of(policy, number);
    if (kind) return kind->points_milli;
    return parameter_at(policy, number) == &none ? 0 : policy->milli[number];
}

int64_t qbg_policy_default_milli(const qbg_policy *policy, int32_t number) {
    const qbg_kind *kind = kind_of(policy, number);
    return kind ? kind->default_milli : parameter_at(policy, number)->value;
}

int64_t qbg_policy_min_milli(const qbg_policy *policy, int32_t number) {
    return parameter_at(policy, number)->min;
}

int64_t qbg_policy_max_milli(const qbg_policy *policy, int32_t number) {
    return parameter_at(policy, number)->max;
}

int64_t qbg_policy_step_milli(const qbg_policy *policy, int32_t number) {
    return parameter_at(policy, number)->step;
}

static qbg_status set_fixed(qbg_policy *policy, int32_t number, int64_t value) {
    if (policy->milli[number] == value) return QBG_OK;
    qbg_status status =
        qbg__journal_set_int64(&policy->workspace->journal, &policy->milli[number], value);
    if (status == QBG_OK && number == QBG__HALF_LIFE_DAYS)
        status = set_half_life(policy, value / 1000);
    if (status == QBG_OK && number == QBG__ROUTE_LOOKBACK_DAYS)
        status = qbg__dirty_everything(policy->workspace);
    return status;
}

qbg_status qbg_policy_set_milli(qbg_policy *policy, const char *key, int64_t value) {
    if (!policy || !key) return QBG_E_ARGUMENT;
    int32_t number = qbg_policy_find(policy, key);
    const parameter *found = parameter_at(policy, number);
    if (found == &none) return QBG_E_NOT_FOUND;
    if (value < found->min || value > found->max || value % found->step != 0) return QBG_E_RANGE;
    qbg__change change = qbg__begin(policy->workspace);
    qbg_kind *kind = kind_of(policy, number);
    qbg_status status = kind ? qbg__kind_set_points(kind, value) : set_fixed(policy, number, value);
    return qbg__end_everywhere(change, status);
}

qbg_status qbg_policy_set_text(qbg_policy *policy, const char *key, const char *value) {
    if (!policy || !key || !value) return QBG_E_ARGUMENT;
    int32_t number = qbg_policy_find(policy, key);
    if (number < 0) return QBG_E_NOT_FOUND;
    int64_t milli = 0;
    if (number >= QBG__MODE && number < QBG__POLICY_FIXED) {
        int32_t mode = qbg_word_find(QBG_WORDS_MODE, value);
        if (mode == QBG_UNSET) return QBG_E_FORMAT;
        milli = (int64_t)mode * 1000;
    } else {
        qbg_status status = qbg__decimal_read(value, strlen(value), 3, &milli);
        if (status != QBG_OK) return status;
    }
    return qbg_policy_set_milli(policy, key, milli);
}
