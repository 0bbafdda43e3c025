/* vocabulary: every word has a number, a key and a label in two languages. */
#include "fixture.h"

/* The keys that books and JSON write, in the order of the header's numbers. */
typedef struct words {
    int32_t vocabulary;
    const char *name;
    const char *keys[14];
} words;

static const words all[] = {
    {QBG_WORDS_VERDICT,
     "verdict",
     {[QBG_VERDICT_SILENT] = "silent",
      [QBG_VERDICT_SINGLE_THREADED] = "single_threaded",
      [QBG_VERDICT_MULTI_THREADED] = "multi_threaded",
      [QBG_VERDICT_QUALIFIED] = "qualified"}},
    {QBG_WORDS_SEAT_STATE,
     "seat_state",
     {[QBG_SEAT_MISSING] = "missing",
      [QBG_SEAT_DARK] = "dark",
      [QBG_SEAT_ENGAGED] = "engaged",
      [QBG_SEAT_SUPPORTIVE] = "supportive"}},
    {QBG_WORDS_CRITERION,
     "criterion",
     {[QBG_CRITERION_MEMBERS_IDENTIFIED] = "members_identified",
      [QBG_CRITERION_MEMBERS_ENGAGED] = "members_engaged",
      [QBG_CRITERION_REQUIRED_SEATS] = "required_seats",
      [QBG_CRITERION_COVERAGE_ENGAGED] = "coverage_engaged",
      [QBG_CRITERION_INTENT] = "intent",
      [QBG_CRITERION_RECENCY] = "recency",
      [QBG_CRITERION_NEED_VALIDATED] = "need_validated",
      [QBG_CRITERION_BUDGET] = "budget",
      [QBG_CRITERION_AUTHORITY] = "authority",
      [QBG_CRITERION_TIMELINE] = "timeline",
      [QBG_CRITERION_FIT] = "fit",
      [QBG_CRITERION_NO_OPEN_BLOCKER] = "no_open_blocker"}},
    {QBG_WORDS_MODE,
     "mode",
     {[QBG_MODE_OFF] = "off", [QBG_MODE_ADVISORY] = "advisory", [QBG_MODE_REQUIRED] = "required"}},
    {QBG_WORDS_STATUS,
     "status",
     {[QBG_STATUS_POTENTIAL] = "potential",
      [QBG_STATUS_CONFIRMED] = "confirmed",
      [QBG_STATUS_DISMISSED] = "dismissed",
      [QBG_STATUS_LEFT] = "left"}},
    {QBG_WORDS_STANCE,
     "stance",
     {[QBG_STANCE_CHAMPION] = "champion",
      [QBG_STANCE_SUPPORTER] = "supporter",
      [QBG_STANCE_NEUTRAL] = "neutral",
      [QBG_STANCE_SKEPTIC] = "skeptic",
      [QBG_STANCE_BLOCKER] = "blocker",
      [QBG_STANCE_UNKNOWN] = "unknown"}},
    {QBG_WORDS_PARTICIPATION,
     "participation",
     {[QBG_PARTICIPATION_ACTIVE] = "active",
      [QBG_PARTICIPATION_MODERATE] = "moderate",
      [QBG_PARTICIPATION_PASSIVE] = "passive"}},
    {QBG_WORDS_INTEREST,
     "interest",
     {[QBG_INTEREST_HIGH] = "high", [QBG_INTEREST_MEDIUM] = "medium", [QBG_INTEREST_LOW] = "low"}},
    {QBG_WORDS_CATEGORY,
     "category",
     {[QBG_CATEGORY_NAMED] = "named",
      [QBG_CATEGORY_ANONYMOUS] = "anonymous",
      [QBG_CATEGORY_QUALIFIED_LEAD] = "qualified_lead",
      [QBG_CATEGORY_THIRD_PARTY] = "third_party"}},
    {QBG_WORDS_DEPARTMENT,
     "department",
     {[QBG_DEPARTMENT_EXECUTIVE] = "executive",
      [QBG_DEPARTMENT_FINANCE] = "finance",
      [QBG_DEPARTMENT_IT] = "it",
      [QBG_DEPARTMENT_ENGINEERING] = "engineering",
      [QBG_DEPARTMENT_OPERATIONS] = "operations",
      [QBG_DEPARTMENT_PROCUREMENT] = "procurement",
      [QBG_DEPARTMENT_LEGAL] = "legal",
      [QBG_DEPARTMENT_HR] = "hr",
      [QBG_DEPARTMENT_MARKETING] = "marketing",
      [QBG_DEPARTMENT_SALES] = "sales",
      [QBG_DEPARTMENT_PRODUCT] = "product",
      [QBG_DEPARTMENT_SECURITY] = "security",
      [QBG_DEPARTMENT_OTHER] = "other"}},
    {QBG_WORDS_SENIORITY,
     "seniority",
     {[QBG_SENIORITY_ASSISTANT] = "assistant",
      [QBG_SENIORITY_SPECIALIST] = "specialist",
      [QBG_SENIORITY_MANAGER] = "manager",
      [QBG_SENIORITY_DIRECTOR] = "director",
      [QBG_SENIORITY_VP] = "vp",
      [QBG_SENIORITY_C_LEVEL] = "c_level"}},
    {QBG_WORDS_OPPORTUNITY_TYPE,
     "opportunity_type",
     {[QBG_OPPORTUNITY_ACQUISITION] = "acquisition",
      [QBG_OPPORTUNITY_CROSS_SELL] = "cross_sell",
      [QBG_OPPORTUNITY_UPSELL] = "upsell",
      [QBG_OPPORTUNITY_RETENTION] = "retention"}},
    {QBG_WORDS_OUTCOME, "outcome", {[QBG_OUTCOME_WON] = "won", [QBG_OUTCOME_LOST] = "lost"}},
    {QBG_WORDS_SOURCE, "source", {[QBG_SOURCE_RULE] = "rule", [QBG_SOURCE_HOST] = "host"}},
    {QBG_WORDS_NEED_STATE,
     "need_state",
     {[QBG_NEED_OPEN] = "open",
      [QBG_NEED_VALIDATED] = "validated",
      [QBG_NEED_ADDRESSED] = "addressed"}},
    {QBG_WORDS_ANSWER, "answer", {[QBG_ANSWER_NO] = "no", [QBG_ANSWER_YES] = "yes"}},
    {QBG_WORDS_TREND,
     "trend",
     {[QBG_TREND_SHRINKING] = "shrinking",
      [QBG_TREND_STABLE] = "stable",
      [QBG_TREND_GROWING] = "growing"}},
    {QBG_WORDS_STAGE,
     "stage",
     {"target", "detected", "engaged", "prioritized", "qualified", "pipeline", "closed"}},
    {QBG_WORDS_FORMAT, "format", {"text", "csv", "json"}},
    {QBG_WORDS_PUT,
     "put",
     {[QBG_PUT_SAME] = "same", [QBG_PUT_CHANGED] = "changed", [QBG_PUT_CREATED] = "created"}},
    {QBG_WORDS_PATH_STEP,
     "path_step",
     {[QBG_STEP_ENGAGE] = "engage",
      [QBG_STEP_RECONTACT] = "recontact",
      [QBG_STEP_IDENTIFY] = "identify"}},
    {QBG_WORDS_ENTITY,
     "entity",
     {[QBG_ENTITY_ACCOUNT] = "account",
      [QBG_ENTITY_CONTACT] = "contact",
      [QBG_ENTITY_OPPORTUNITY] = "opportunity",
      [QBG_ENTITY_SOLUTION] = "solution",
      [QBG_ENTITY_KIND] = "kind",
      [QBG_ENTITY_ROLE] = "role",
      [QBG_ENTITY_TEMPLATE] = "template"}},
    {QBG_WORDS_CHANGE,
     "change",
     {[QBG_CHANGE_FORMING] = "forming",
      [QBG_CHANGE_OPENED] = "opened",
      [QBG_CHANGE_JOINED] = "joined",
      [QBG_CHANGE_ENGAGED] = "engaged",
      [QBG_CHANGE_ROLE_COVERED] = "role_covered",
      [QBG_CHANGE_QUALIFIED] = "qualified",
      [QBG_CHANGE_SILENT] = "silent",
      [QBG_CHANGE_LEFT] = "left",
      [QBG_CHANGE_ROLE_LOST] = "role_lost",
      [QBG_CHANGE_UNQUALIFIED] = "unqualified",
      [QBG_CHANGE_CLOSED] = "closed"}},
    {QBG_WORDS_CAUSE,
     "cause",
     {[QBG_CAUSE_SIGNALS] = "signals", [QBG_CAUSE_FACTS] = "facts", [QBG_CAUSE_AGEING] = "ageing"}},
    {QBG_WORDS_EVIDENCE,
     "evidence",
     {[QBG_EVIDENCE_HOST] = "host",
      [QBG_EVIDENCE_CRM] = "crm",
      [QBG_EVIDENCE_TITLE] = "title",
      [QBG_EVIDENCE_VENDOR] = "vendor",
      [QBG_EVIDENCE_BEHAVIOUR] = "behaviour"}},
    {QBG_WORDS_PROPOSAL,
     "proposal",
     {[QBG_PROPOSAL_ACCOUNT] = "account",
      [QBG_PROPOSAL_OPEN] = "open",
      [QBG_PROPOSAL_JOIN] = "join",
      [QBG_PROPOSAL_ROLE] = "role",
      [QBG_PROPOSAL_LOOK] = "look"}},
};

#define VOCABULARIES ((int32_t)(sizeof all / sizeof all[0]))

static void vocabularies_are_listed(void **state) {
    (void)state;
    assert_int_equal(qbg_vocabulary_count(), VOCABULARIES);
    for (int32_t i = 0; i < VOCABULARIES; i++) {
        assert_int_equal(all[i].vocabulary, i);
        assert_string_equal(qbg_vocabulary_name(i), all[i].name);
    }
}

static void words_are_numbered_as_in_the_header(void **state) {
    (void)state;
    for (int32_t i = 0; i < VOCABULARIES; i++) {
        int32_t count = 0;
        for (; all[i].keys[count]; count++) {
            assert_string_equal(qbg_word_key(i, count), all[i].keys[count]);
            assert_int_equal(qbg_word_find(i, all[i].keys[count]), count);
        }
        assert_int_equal(qbg_word_count(i), count);
    }
}

static int is_ascii(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text > 0x7f) return 0;
    return 1;
}

static void every_word_has_an_english_and_a_russian_label(void **state) {
    (void)state;
    for (int32_t i = 0; i < VOCABULARIES; i++) {
        for (int32_t word = 0; word < qbg_word_count(i); word++) {
            const char *en = qbg_word_label(i, word, "en"), *ru = qbg_word_label(i, word, "ru");
            assert_true(en[0] != '\0' && is_ascii(en) && !strchr(en, '_'));
            assert_false(is_ascii(ru));
            for (int32_t other = 0; other < word; other++) {
                assert_string_not_equal(en, qbg_word_label(i, other, "en"));
                assert_string_not_equal(ru, qbg_word_label(i, other, "ru"));
            }
        }
    }
}

static void labels_are_for_people(void **state) {
    (void)state;
    assert_string_equal(qbg_word_label(QBG_WORDS_VERDICT, QBG_VERDICT_SINGLE_THREADED, "en"),
                        "single-threaded");
    assert_string_equal(qbg_word_label(QBG_WORDS_VERDICT, QBG_VERDICT_SINGLE_THREADED, "ru"),
                        "один контакт");
    assert_string_equal(qbg_word_label(QBG_WORDS_DEPARTMENT, QBG_DEPARTMENT_IT, "en"), "IT");
    assert_string_equal(qbg_word_label(QBG_WORDS_SENIORITY, QBG_SENIORITY_VP, "ru"),
                        "вице-президент");
    assert_string_equal(qbg_verdict_label(QBG_VERDICT_QUALIFIED, "en"), "qualified");
    assert_string_equal(qbg_verdict_label(QBG_VERDICT_QUALIFIED, "ru"), "квалифицирована");
    assert_string_equal(qbg_verdict_label(QBG_UNSET, "en"), "");
}

static void any_other_language_is_english(void **state) {
    (void)state;
    assert_string_equal(qbg_word_label(QBG_WORDS_ANSWER, QBG_ANSWER_YES, NULL), "yes");
    assert_string_equal(qbg_word_label(QBG_WORDS_ANSWER, QBG_ANSWER_YES, "de"), "yes");
    assert_string_equal(qbg_word_label(QBG_WORDS_ANSWER, QBG_ANSWER_YES, ""), "yes");
    assert_string_equal(qbg_word_label(QBG_WORDS_ANSWER, QBG_ANSWER_YES, "ru_RU"), "yes");
}

static void only_whole_keys_are_found(void **state) {
    (void)state;
    assert_int_equal(qbg_word_find(QBG_WORDS_STANCE, "champ"), QBG_UNSET);
    assert_int_equal(qbg_word_find(QBG_WORDS_STANCE, "Champion"), QBG_UNSET);
    assert_int_equal(qbg_word_find(QBG_WORDS_STANCE, ""), QBG_UNSET);
    assert_int_equal(qbg_word_find(QBG_WORDS_STANCE, NULL), QBG_UNSET);
    assert_int_equal(qbg_word_find(QBG_WORDS_STATUS, "champion"), QBG_UNSET);
}

static void outside_of_a_vocabulary_there_is_no_word(void **state) {
    static const int32_t outside[] = {-1, VOCABULARIES, INT32_MIN, INT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        assert_null(qbg_vocabulary_name(outside[i]));
        assert_int_equal(qbg_word_count(outside[i]), 0);
        assert_string_equal(qbg_word_key(outside[i], 0), "");
        assert_string_equal(qbg_word_label(outside[i], 0, "ru"), "");
        assert_int_equal(qbg_word_find(outside[i], "silent"), QBG_UNSET);
        assert_string_equal(qbg_word_key(QBG_WORDS_VERDICT, outside[i]), "");
        assert_string_equal(qbg_word_label(QBG_WORDS_VERDICT, outside[i], "en"), "");
    }
}

/* The value of a constant by its name, as a binding asks. */
static int64_t constant(const char *name) {
    for (int32_t i = 0; i < qbg_constant_count(); i++)
        if (strcmp(qbg_constant_name(i), name) == 0) return qbg_constant_value(i);
    fail_msg("%s is not listed", name);
    return 0;
}

static void constants_are_listed_with_their_values(void **state) {
    (void)state;
    assert_int_equal(constant("QBG_OK"), 0);
    assert_int_equal(constant("QBG_DUPLICATE"), 12);
    assert_int_equal(constant("QBG_UNDATED"), INT64_MIN);
    assert_int_equal(constant("QBG_NONE"), 4294967295);
    assert_int_equal(constant("QBG_UNSET"), -1);
    assert_int_equal(constant("QBG_COLUMN_TEXT"), QBG_COLUMN_TEXT);
    assert_int_equal(constant("QBG_FORMAT_JSON"), QBG_FORMAT_JSON);
    assert_int_equal(constant("QBG_STEP_IDENTIFY"), QBG_STEP_IDENTIFY);
    assert_int_equal(constant("QBG_WORDS_STAGE"), QBG_WORDS_STAGE);
    assert_int_equal(constant("QBG_CRITERION_NO_OPEN_BLOCKER"), QBG_CRITERION_NO_OPEN_BLOCKER);
    assert_int_equal(constant("QBG_NEED_ADDRESSED"), QBG_NEED_ADDRESSED);
}

static void constants_are_named_once(void **state) {
    (void)state;
    for (int32_t i = 0; i < qbg_constant_count(); i++) {
        assert_int_equal(strncmp(qbg_constant_name(i), "QBG_", 4), 0);
        for (int32_t other = 0; other < i; other++)
            assert_string_not_equal(qbg_constant_name(i), qbg_constant_name(other));
    }
}

/* QBG_WORDS_X has as many words as there are constants QBG_X_*, where it has any. */
static void constants_and_words_are_as_many(void **state) {
    static const struct {
        int32_t vocabulary;
        const char *prefix;
    } prefixes[] = {
        {QBG_WORDS_VERDICT, "QBG_VERDICT_"},
        {QBG_WORDS_SEAT_STATE, "QBG_SEAT_"},
        {QBG_WORDS_CRITERION, "QBG_CRITERION_"},
        {QBG_WORDS_MODE, "QBG_MODE_"},
        {QBG_WORDS_STATUS, "QBG_STATUS_"},
        {QBG_WORDS_STANCE, "QBG_STANCE_"},
        {QBG_WORDS_PARTICIPATION, "QBG_PARTICIPATION_"},
        {QBG_WORDS_INTEREST, "QBG_INTEREST_"},
        {QBG_WORDS_CATEGORY, "QBG_CATEGORY_"},
        {QBG_WORDS_DEPARTMENT, "QBG_DEPARTMENT_"},
        {QBG_WORDS_SENIORITY, "QBG_SENIORITY_"},
        {QBG_WORDS_OPPORTUNITY_TYPE, "QBG_OPPORTUNITY_"},
        {QBG_WORDS_OUTCOME, "QBG_OUTCOME_"},
        {QBG_WORDS_SOURCE, "QBG_SOURCE_"},
        {QBG_WORDS_NEED_STATE, "QBG_NEED_"},
        {QBG_WORDS_ANSWER, "QBG_ANSWER_"},
        {QBG_WORDS_TREND, "QBG_TREND_"},
        {QBG_WORDS_PATH_STEP, "QBG_STEP_"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        int32_t count = 0;
        for (int32_t at = 0; at < qbg_constant_count(); at++)
            count +=
                strncmp(qbg_constant_name(at), prefixes[i].prefix, strlen(prefixes[i].prefix)) == 0;
        assert_int_equal(count, qbg_word_count(prefixes[i].vocabulary));
    }
}

static void past_the_last_constant_there_is_none(void **state) {
    (void)state;
    assert_null(qbg_constant_name(qbg_constant_count()));
    assert_int_equal(qbg_constant_value(qbg_constant_count()), 0);
    assert_null(qbg_constant_name(-1));
    assert_int_equal(qbg_constant_value(-1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vocabularies_are_listed),
        cmocka_unit_test(words_are_numbered_as_in_the_header),
        cmocka_unit_test(every_word_has_an_english_and_a_russian_label),
        cmocka_unit_test(labels_are_for_people),
        cmocka_unit_test(any_other_language_is_english),
        cmocka_unit_test(only_whole_keys_are_found),
        cmocka_unit_test(outside_of_a_vocabulary_there_is_no_word),
        cmocka_unit_test(constants_are_listed_with_their_values),
        cmocka_unit_test(constants_are_named_once),
        cmocka_unit_test(constants_and_words_are_as_many),
        cmocka_unit_test(past_the_last_constant_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
