/* vocabulary: the words of the field with their keys and labels, and every public constant by name.
 * Tables only; the order of a table is the numbering of the header. */
#include "qbg/vocabulary.h"

#include "qbg/persona.h"
#include "qbg/crosswalk.h"
#include "qbg/table.h"

#include <string.h>

typedef struct word {
    const char *key, *en, *ru;
} word;

static const word verdicts[] = {
    {"silent", "silent", "молчит"},
    {"single_threaded", "single-threaded", "один контакт"},
    {"multi_threaded", "multi-threaded", "несколько контактов"},
    {"qualified", "qualified", "квалифицирована"},
};
static const word seat_states[] = {
    {"missing", "missing", "не занята"},
    {"dark", "dark", "молчит"},
    {"engaged", "engaged", "вовлечена"},
    {"supportive", "supportive", "поддерживает"},
};
static const word criteria[] = {
    {"members_identified", "members identified", "известные участники"},
    {"members_engaged", "members engaged", "вовлечённые участники"},
    {"required_seats", "required seats", "обязательные роли"},
    {"coverage_engaged", "engaged coverage", "покрытие вовлечёнными"},
    {"intent", "group intent", "интерес группы"},
    {"recency", "recency", "давность сигнала"},
    {"need_validated", "need validated", "потребность подтверждена"},
    {"budget", "budget", "бюджет"},
    {"authority", "authority", "полномочия"},
    {"timeline", "timeline", "сроки"},
    {"fit", "fit", "соответствие"},
    {"no_open_blocker", "no open blocker", "никто не блокирует"},
};
static const word modes[] = {
    {"off", "off", "выключен"},
    {"advisory", "advisory", "рекомендательный"},
    {"required", "required", "обязательный"},
};
static const word statuses[] = {
    {"potential", "potential", "потенциальный"},
    {"confirmed", "confirmed", "подтверждён"},
    {"dismissed", "dismissed", "исключён"},
    {"left", "left", "ушёл"},
};
static const word stances[] = {
    {"champion", "champion", "чемпион"},  {"supporter", "supporter", "сторонник"},
    {"neutral", "neutral", "нейтрально"}, {"skeptic", "skeptic", "скептик"},
    {"blocker", "blocker", "противник"},  {"unknown", "unknown", "неизвестно"},
};
static const word participations[] = {
    {"active", "active", "активный"},
    {"moderate", "moderate", "умеренный"},
    {"passive", "passive", "пассивный"},
};
static const word interests[] = {
    {"high", "high", "высокий"},
    {"medium", "medium", "средний"},
    {"low", "low", "низкий"},
};
static const word categories[] = {
    {"named", "named", "именной"},
    {"anonymous", "anonymous", "анонимный"},
    {"qualified_lead", "qualified lead", "квалифицированный лид"},
    {"third_party", "third party", "от третьей стороны"},
};
static const word departments[] = {
    {"executive", "executive", "руководство"},
    {"finance", "finance", "финансы"},
    {"it", "IT", "ИТ"},
    {"engineering", "engineering", "инженерия"},
    {"operations", "operations", "операционная деятельность"},
    {"procurement", "procurement", "закупки"},
    {"legal", "legal", "юристы"},
    {"hr", "HR", "персонал"},
    {"marketing", "marketing", "маркетинг"},
    {"sales", "sales", "продажи"},
    {"product", "product", "продукт"},
    {"security", "security", "безопасность"},
    {"other", "other", "прочее"},
};
static const word seniorities[] = {
    {"assistant", "assistant", "ассистент"},    {"specialist", "specialist", "специалист"},
    {"manager", "manager", "руководитель"},     {"director", "director", "директор"},
    {"vp", "vice president", "вице-президент"}, {"c_level", "C-level", "высшее руководство"},
};
static const word opportunity_types[] = {
    {"acquisition", "acquisition", "новый клиент"},
    {"cross_sell", "cross-sell", "перекрёстная продажа"},
    {"upsell", "upsell", "расширение"},
    {"retention", "retention", "удержание"},
};
static const word outcomes[] = {{"won", "won", "выиграна"}, {"lost", "lost", "проиграна"}};
static const word sources[] = {{"rule", "rule", "правило"}, {"host", "host", "пользователь"}};
static const word need_states[] = {
    {"open", "open", "открыта"},
    {"validated", "validated", "подтверждена"},
    {"addressed", "addressed", "закрыта"},
};
static const word answers[] = {{"no", "no", "нет"}, {"yes", "yes", "да"}};
static const word trends[] = {
    {"shrinking", "shrinking", "снижение"},
    {"stable", "stable", "стабильность"},
    {"growing", "growing", "рост"},
};
/* Forrester, B2B Revenue Waterfall (2021); a host may use words of its own. */
static const word stages[] = {
    {"target", "target", "целевая"},
    {"detected", "detected", "обнаружена"},
    {"engaged", "engaged", "вовлечена"},
    {"prioritized", "prioritized", "в приоритете"},
    {"qualified", "qualified", "квалифицирована"},
    {"pipeline", "pipeline", "в воронке"},
    {"closed", "closed", "закрыта"},
};

static const word formats[] = {
    {"text", "text", "текст"},
    {"csv", "CSV", "таблица CSV"},
    {"json", "JSON", "данные JSON"},
};

static const word put_words[] = {
    {"same", "same", "без изменений"},
    {"changed", "changed", "изменено"},
    {"created", "created", "создано"},
};

static const word path_steps[] = {
    {"engage", "engage", "вовлечь"},
    {"recontact", "re-contact", "связаться снова"},
    {"identify", "identify", "найти"},
};

static const word entities[] = {
    {"account", "account", "компания"},        {"contact", "contact", "контакт"},
    {"opportunity", "opportunity", "сделка"},  {"solution", "solution", "решение"},
    {"kind", "kind of signal", "вид сигнала"}, {"role", "role", "роль"},
    {"template", "template", "шаблон"},
};

static const word evidence[] = {
    {"host", "the host's word", "слово пользователя"},
    {"crm", "role field of the CRM", "роль из CRM"},
    {"title", "job title", "должность"},
    {"vendor", "bought data", "купленные данные"},
    {"behaviour", "behaviour", "поведение"},
};

static const word proposals[] = {
    {"account", "give an account", "указать компанию"},
    {"open", "open an opportunity", "открыть сделку"},
    {"join", "add to the group", "добавить в группу"},
    {"role", "give a role", "указать роль"},
    {"look", "look for more people", "найти ещё людей"},
};

static const word changes[] = {
    {"forming", "group forming", "складывается группа"},
    {"opened", "opportunity opened", "сделка открыта"},
    {"joined", "joined the group", "вошёл в группу"},
    {"engaged", "became engaged", "вовлечён"},
    {"role_covered", "role covered", "роль занята"},
    {"qualified", "qualified", "группа квалифицирована"},
    {"silent", "fell silent", "замолчал"},
    {"left", "left the group", "вышел из группы"},
    {"role_lost", "role lost", "роль потеряна"},
    {"unqualified", "no longer qualified", "больше не квалифицирована"},
    {"closed", "opportunity closed", "сделка закрыта"},
};

static const word causes[] = {
    {"signals", "new signals", "новые сигналы"},
    {"facts", "what was told", "сообщённые факты"},
    {"ageing", "time that passed", "прошло время"},
};

typedef struct vocabulary {
    const char *name;
    const word *words;
    int32_t count;
} vocabulary;

#define WORDS(name, table)                                                                         \
    { name, table, (int32_t)(sizeof table / sizeof table[0]) }

static const vocabulary vocabularies[] = {
    [QBG_WORDS_VERDICT] = WORDS("verdict", verdicts),
    [QBG_WORDS_SEAT_STATE] = WORDS("seat_state", seat_states),
    [QBG_WORDS_CRITERION] = WORDS("criterion", criteria),
    [QBG_WORDS_MODE] = WORDS("mode", modes),
    [QBG_WORDS_STATUS] = WORDS("status", statuses),
    [QBG_WORDS_STANCE] = WORDS("stance", stances),
    [QBG_WORDS_PARTICIPATION] = WORDS("participation", participations),
    [QBG_WORDS_INTEREST] = WORDS("interest", interests),
    [QBG_WORDS_CATEGORY] = WORDS("category", categories),
    [QBG_WORDS_DEPARTMENT] = WORDS("department", departments),
    [QBG_WORDS_SENIORITY] = WORDS("seniority", seniorities),
    [QBG_WORDS_OPPORTUNITY_TYPE] = WORDS("opportunity_type", opportunity_types),
    [QBG_WORDS_OUTCOME] = WORDS("outcome", outcomes),
    [QBG_WORDS_SOURCE] = WORDS("source", sources),
    [QBG_WORDS_NEED_STATE] = WORDS("need_state", need_states),
    [QBG_WORDS_ANSWER] = WORDS("answer", answers),
    [QBG_WORDS_TREND] = WORDS("trend", trends),
    [QBG_WORDS_STAGE] = WORDS("stage", stages),
    [QBG_WORDS_FORMAT] = WORDS("format", formats),
    [QBG_WORDS_PUT] = WORDS("put", put_words),
    [QBG_WORDS_PATH_STEP] = WORDS("path_step", path_steps),
    [QBG_WORDS_ENTITY] = WORDS("entity", entities),
    [QBG_WORDS_CHANGE] = WORDS("change", changes),
    [QBG_WORDS_CAUSE] = WORDS("cause", causes),
    [QBG_WORDS_EVIDENCE] = WORDS("evidence", evidence),
    [QBG_WORDS_PROPOSAL] = WORDS("proposal", proposals),
};

#define VOCABULARY_COUNT ((int32_t)(sizeof vocabularies / sizeof vocabularies[0]))

static const word *word_at(int32_t number, int32_t at) {
    static const word none = {"", "", ""};
    if (number < 0 || number >= VOCABULARY_COUNT) return &none;
    if (at < 0 || at >= vocabularies[number].count) return &none;
    return &vocabularies[number].words[at];
}

int32_t qbg_vocabulary_count(void) { return VOCABULARY_COUNT; }

const char *qbg_vocabulary_name(int32_t number) {
    return number < 0 || number >= VOCABULARY_COUNT ? NULL : vocabularies[number].name;
}

int32_t qbg_word_count(int32_t number) {
    return number < 0 || number >= VOCABULARY_COUNT ? 0 : vocabularies[number].count;
}

const char *qbg_word_key(int32_t number, int32_t at) { return word_at(number, at)->key; }

const char *qbg_word_label(int32_t number, int32_t at, const char *lang) {
    const word *found = word_at(number, at);
    return lang && strcmp(lang, "ru") == 0 ? found->ru : found->en;
}

int32_t qbg_word_find(int32_t number, const char *key) {
    for (int32_t i = 0; key && i < qbg_word_count(number); i++)
        if (strcmp(word_at(number, i)->key, key) == 0) return i;
    return QBG_UNSET;
}

const char *qbg_verdict_label(int32_t verdict, const char *lang) {
    return qbg_word_label(QBG_WORDS_VERDICT, verdict, lang);
}

typedef struct constant {
    const char *name;
    int64_t value;
} constant;

#define CONSTANT(name)                                                                             \
    { #name, name }

static const constant constants[] = {
    CONSTANT(QBG_OK),
    CONSTANT(QBG_E_ARGUMENT),
    CONSTANT(QBG_E_MEMORY),
    CONSTANT(QBG_E_TEXT),
    CONSTANT(QBG_E_RANGE),
    CONSTANT(QBG_E_EXISTS),
    CONSTANT(QBG_E_NOT_FOUND),
    CONSTANT(QBG_E_CONFLICT),
    CONSTANT(QBG_E_OVERFLOW),
    CONSTANT(QBG_E_ZERO),
    CONSTANT(QBG_E_FORMAT),
    CONSTANT(QBG_E_REFUSED),
    CONSTANT(QBG_DUPLICATE),
    CONSTANT(QBG_E_FLOAT),
    CONSTANT(QBG_E_BUSY),
    CONSTANT(QBG_E_GONE),
    CONSTANT(QBG_E_IN_USE),
    CONSTANT(QBG_E_ERASED),
    CONSTANT(QBG_UNDATED),
    CONSTANT(QBG_NONE),
    CONSTANT(QBG_COLUMN_INT64),
    CONSTANT(QBG_COLUMN_TIME),
    CONSTANT(QBG_COLUMN_DOUBLE),
    CONSTANT(QBG_COLUMN_TEXT),
    CONSTANT(QBG_COLUMN_UINT64),
    CONSTANT(QBG_WORDS_VERDICT),
    CONSTANT(QBG_WORDS_SEAT_STATE),
    CONSTANT(QBG_WORDS_CRITERION),
    CONSTANT(QBG_WORDS_MODE),
    CONSTANT(QBG_WORDS_STATUS),
    CONSTANT(QBG_WORDS_STANCE),
    CONSTANT(QBG_WORDS_PARTICIPATION),
    CONSTANT(QBG_WORDS_INTEREST),
    CONSTANT(QBG_WORDS_CATEGORY),
    CONSTANT(QBG_WORDS_DEPARTMENT),
    CONSTANT(QBG_WORDS_SENIORITY),
    CONSTANT(QBG_WORDS_OPPORTUNITY_TYPE),
    CONSTANT(QBG_WORDS_OUTCOME),
    CONSTANT(QBG_WORDS_SOURCE),
    CONSTANT(QBG_WORDS_NEED_STATE),
    CONSTANT(QBG_WORDS_ANSWER),
    CONSTANT(QBG_WORDS_TREND),
    CONSTANT(QBG_WORDS_STAGE),
    CONSTANT(QBG_WORDS_FORMAT),
    CONSTANT(QBG_WORDS_PUT),
    CONSTANT(QBG_WORDS_PATH_STEP),
    CONSTANT(QBG_WORDS_ENTITY),
    CONSTANT(QBG_WORDS_CHANGE),
    CONSTANT(QBG_WORDS_CAUSE),
    CONSTANT(QBG_WORDS_EVIDENCE),
    CONSTANT(QBG_WORDS_PROPOSAL),
    CONSTANT(QBG_UNSET),
    CONSTANT(QBG_VERDICT_SILENT),
    CONSTANT(QBG_VERDICT_SINGLE_THREADED),
    CONSTANT(QBG_VERDICT_MULTI_THREADED),
    CONSTANT(QBG_VERDICT_QUALIFIED),
    CONSTANT(QBG_SEAT_MISSING),
    CONSTANT(QBG_SEAT_DARK),
    CONSTANT(QBG_SEAT_ENGAGED),
    CONSTANT(QBG_SEAT_SUPPORTIVE),
    CONSTANT(QBG_CRITERION_MEMBERS_IDENTIFIED),
    CONSTANT(QBG_CRITERION_MEMBERS_ENGAGED),
    CONSTANT(QBG_CRITERION_REQUIRED_SEATS),
    CONSTANT(QBG_CRITERION_COVERAGE_ENGAGED),
    CONSTANT(QBG_CRITERION_INTENT),
    CONSTANT(QBG_CRITERION_RECENCY),
    CONSTANT(QBG_CRITERION_NEED_VALIDATED),
    CONSTANT(QBG_CRITERION_BUDGET),
    CONSTANT(QBG_CRITERION_AUTHORITY),
    CONSTANT(QBG_CRITERION_TIMELINE),
    CONSTANT(QBG_CRITERION_FIT),
    CONSTANT(QBG_CRITERION_NO_OPEN_BLOCKER),
    CONSTANT(QBG_MODE_OFF),
    CONSTANT(QBG_MODE_ADVISORY),
    CONSTANT(QBG_MODE_REQUIRED),
    CONSTANT(QBG_STATUS_POTENTIAL),
    CONSTANT(QBG_STATUS_CONFIRMED),
    CONSTANT(QBG_STATUS_DISMISSED),
    CONSTANT(QBG_STATUS_LEFT),
    CONSTANT(QBG_STANCE_CHAMPION),
    CONSTANT(QBG_STANCE_SUPPORTER),
    CONSTANT(QBG_STANCE_NEUTRAL),
    CONSTANT(QBG_STANCE_SKEPTIC),
    CONSTANT(QBG_STANCE_BLOCKER),
    CONSTANT(QBG_STANCE_UNKNOWN),
    CONSTANT(QBG_PARTICIPATION_ACTIVE),
    CONSTANT(QBG_PARTICIPATION_MODERATE),
    CONSTANT(QBG_PARTICIPATION_PASSIVE),
    CONSTANT(QBG_INTEREST_HIGH),
    CONSTANT(QBG_INTEREST_MEDIUM),
    CONSTANT(QBG_INTEREST_LOW),
    CONSTANT(QBG_CATEGORY_NAMED),
    CONSTANT(QBG_CATEGORY_ANONYMOUS),
    CONSTANT(QBG_CATEGORY_QUALIFIED_LEAD),
    CONSTANT(QBG_CATEGORY_THIRD_PARTY),
    CONSTANT(QBG_DEPARTMENT_EXECUTIVE),
    CONSTANT(QBG_DEPARTMENT_FINANCE),
    CONSTANT(QBG_DEPARTMENT_IT),
    CONSTANT(QBG_DEPARTMENT_ENGINEERING),
    CONSTANT(QBG_DEPARTMENT_OPERATIONS),
    CONSTANT(QBG_DEPARTMENT_PROCUREMENT),
    CONSTANT(QBG_DEPARTMENT_LEGAL),
    CONSTANT(QBG_DEPARTMENT_HR),
    CONSTANT(QBG_DEPARTMENT_MARKETING),
    CONSTANT(QBG_DEPARTMENT_SALES),
    CONSTANT(QBG_DEPARTMENT_PRODUCT),
    CONSTANT(QBG_DEPARTMENT_SECURITY),
    CONSTANT(QBG_DEPARTMENT_OTHER),
    CONSTANT(QBG_SENIORITY_ASSISTANT),
    CONSTANT(QBG_SENIORITY_SPECIALIST),
    CONSTANT(QBG_SENIORITY_MANAGER),
    CONSTANT(QBG_SENIORITY_DIRECTOR),
    CONSTANT(QBG_SENIORITY_VP),
    CONSTANT(QBG_SENIORITY_C_LEVEL),
    CONSTANT(QBG_OPPORTUNITY_ACQUISITION),
    CONSTANT(QBG_OPPORTUNITY_CROSS_SELL),
    CONSTANT(QBG_OPPORTUNITY_UPSELL),
    CONSTANT(QBG_OPPORTUNITY_RETENTION),
    CONSTANT(QBG_OUTCOME_WON),
    CONSTANT(QBG_OUTCOME_LOST),
    CONSTANT(QBG_SOURCE_RULE),
    CONSTANT(QBG_SOURCE_HOST),
    CONSTANT(QBG_NEED_OPEN),
    CONSTANT(QBG_NEED_VALIDATED),
    CONSTANT(QBG_NEED_ADDRESSED),
    CONSTANT(QBG_ANSWER_NO),
    CONSTANT(QBG_ANSWER_YES),
    CONSTANT(QBG_TREND_SHRINKING),
    CONSTANT(QBG_TREND_STABLE),
    CONSTANT(QBG_TREND_GROWING),
    CONSTANT(QBG_FORMAT_TEXT),
    CONSTANT(QBG_FORMAT_CSV),
    CONSTANT(QBG_FORMAT_JSON),
    CONSTANT(QBG_PUT_SAME),
    CONSTANT(QBG_PUT_CHANGED),
    CONSTANT(QBG_PUT_CREATED),
    CONSTANT(QBG_STEP_ENGAGE),
    CONSTANT(QBG_STEP_RECONTACT),
    CONSTANT(QBG_STEP_IDENTIFY),
    CONSTANT(QBG_ENTITY_ACCOUNT),
    CONSTANT(QBG_ENTITY_CONTACT),
    CONSTANT(QBG_ENTITY_OPPORTUNITY),
    CONSTANT(QBG_ENTITY_SOLUTION),
    CONSTANT(QBG_ENTITY_KIND),
    CONSTANT(QBG_ENTITY_ROLE),
    CONSTANT(QBG_ENTITY_TEMPLATE),
    CONSTANT(QBG_EVIDENCE_HOST),
    CONSTANT(QBG_EVIDENCE_CRM),
    CONSTANT(QBG_EVIDENCE_TITLE),
    CONSTANT(QBG_EVIDENCE_VENDOR),
    CONSTANT(QBG_EVIDENCE_BEHAVIOUR),
    CONSTANT(QBG_PROPOSAL_ACCOUNT),
    CONSTANT(QBG_PROPOSAL_OPEN),
    CONSTANT(QBG_PROPOSAL_JOIN),
    CONSTANT(QBG_PROPOSAL_ROLE),
    CONSTANT(QBG_PROPOSAL_LOOK),
    CONSTANT(QBG_CHANGE_FORMING),
    CONSTANT(QBG_CHANGE_OPENED),
    CONSTANT(QBG_CHANGE_JOINED),
    CONSTANT(QBG_CHANGE_ENGAGED),
    CONSTANT(QBG_CHANGE_ROLE_COVERED),
    CONSTANT(QBG_CHANGE_QUALIFIED),
    CONSTANT(QBG_CHANGE_SILENT),
    CONSTANT(QBG_CHANGE_LEFT),
    CONSTANT(QBG_CHANGE_ROLE_LOST),
    CONSTANT(QBG_CHANGE_UNQUALIFIED),
    CONSTANT(QBG_CHANGE_CLOSED),
    CONSTANT(QBG_CAUSE_SIGNALS),
    CONSTANT(QBG_CAUSE_FACTS),
    CONSTANT(QBG_CAUSE_AGEING),
    CONSTANT(QBG_PERSONA_EVIDENCE),
    CONSTANT(QBG_CROSSWALK_SALESFORCE),
    CONSTANT(QBG_CROSSWALK_HUBSPOT),
    CONSTANT(QBG_CROSSWALK_DYNAMICS),
    CONSTANT(QBG_CROSSWALK_SERVICENOW),
    CONSTANT(QBG_CROSSWALK_SUITECRM),
    CONSTANT(QBG_CROSSWALK_ADOBE),
    CONSTANT(QBG_CROSSWALK_MILLER_HEIMAN),
    CONSTANT(QBG_CROSSWALK_MEDDPICC),
    CONSTANT(QBG_DIALECT_SALESFORCE),
    CONSTANT(QBG_DIALECT_HUBSPOT),
};

#define CONSTANT_COUNT ((int32_t)(sizeof constants / sizeof constants[0]))

int32_t qbg_constant_count(void) { return CONSTANT_COUNT; }

const char *qbg_constant_name(int32_t number) {
    return number < 0 || number >= CONSTANT_COUNT ? NULL : constants[number].name;
}

int64_t qbg_constant_value(int32_t number) {
    return number < 0 || number >= CONSTANT_COUNT ? 0 : constants[number].value;
}
