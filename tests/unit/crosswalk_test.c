/* crosswalk_test: words of other systems are roles here and the other way round, and what gets lost
 * on the way is said. */
#include "fixture.h"

static void test_vocabularies_are_listed(void **state) {
    (void)state;
    assert_int_equal(qbg_crosswalk_count(), 8);
    for (int32_t i = 0; i < qbg_crosswalk_count(); i++) {
        assert_int_equal(qbg_crosswalk_find(qbg_crosswalk_key(i)), i);
        assert_true(strlen(qbg_crosswalk_label(i, "en")) > 0);
        assert_true(strlen(qbg_crosswalk_label(i, "ru")) > 0);
        assert_string_equal(qbg_crosswalk_label(i, NULL), qbg_crosswalk_label(i, "en"));
        assert_true(qbg_crosswalk_word_count(i) >= 3);
    }
    assert_string_equal(qbg_crosswalk_key(QBG_CROSSWALK_HUBSPOT), "hubspot");
    assert_string_equal(qbg_crosswalk_word(QBG_CROSSWALK_HUBSPOT, 1), "BUDGET_HOLDER");
    assert_string_equal(qbg_crosswalk_label(QBG_CROSSWALK_SALESFORCE, "ru"),
                        "роли контактов Salesforce");
}

static void test_what_is_not_there(void **state) {
    (void)state;
    assert_int_equal(qbg_crosswalk_find("siebel"), QBG_UNSET);
    assert_int_equal(qbg_crosswalk_find(NULL), QBG_UNSET);
    assert_null(qbg_crosswalk_key(-1));
    assert_null(qbg_crosswalk_key(8));
    assert_null(qbg_crosswalk_label(8, "en"));
    assert_int_equal(qbg_crosswalk_word_count(8), 0);
    assert_null(qbg_crosswalk_word(QBG_CROSSWALK_ADOBE, -1));
    assert_null(qbg_crosswalk_word(QBG_CROSSWALK_ADOBE, 6));
    assert_null(qbg_crosswalk_word(9, 0));
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_ADOBE, "Blocker"));
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_ADOBE, ""));
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_ADOBE, NULL));
    assert_null(qbg_crosswalk_to_role_loss(QBG_CROSSWALK_ADOBE, "Blocker"));
    assert_null(qbg_crosswalk_to_role(9, "Champion"));
    assert_null(qbg_crosswalk_from_role(QBG_CROSSWALK_ADOBE, "godfather"));
    assert_null(qbg_crosswalk_from_role_loss(QBG_CROSSWALK_ADOBE, "godfather"));
    assert_null(qbg_crosswalk_from_role(QBG_CROSSWALK_ADOBE, NULL));
}

static void test_words_may_be_written_otherwise(void **state) {
    (void)state;
    static const char *const forms[] = {"LEGAL_AND_COMPLIANCE", "Legal & Compliance",
                                        "legal and compliance", "Legal-and-Compliance",
                                        " legal &compliance"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        assert_string_equal(qbg_crosswalk_to_role(QBG_CROSSWALK_HUBSPOT, forms[i]), "ratifier");
    assert_string_equal(qbg_crosswalk_to_role(QBG_CROSSWALK_SALESFORCE, "economic buyer"),
                        "economic_buyer");
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_SALESFORCE, "economic buyers"));
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_SALESFORCE, "economic buy"));
    assert_null(qbg_crosswalk_to_role(QBG_CROSSWALK_SALESFORCE, "economic buyer é"));
}

static void test_losses_are_named(void **state) {
    (void)state;
    const int32_t sf = QBG_CROSSWALK_SALESFORCE;
    assert_string_equal(qbg_crosswalk_to_role(sf, "Technical Buyer"), "technical_evaluator");
    assert_string_equal(qbg_crosswalk_to_role_loss(sf, "Technical Buyer"), "that he can refuse it");
    assert_string_equal(qbg_crosswalk_to_role_loss(sf, "Decision Maker"), "");
    assert_string_equal(qbg_crosswalk_from_role(sf, "champion"), "Influencer");
    assert_string_equal(qbg_crosswalk_from_role_loss(sf, "champion"),
                        "that he sells the solution inside his company");
    assert_string_equal(qbg_crosswalk_from_role(QBG_CROSSWALK_ADOBE, "end_user"), "Practitioner");
    assert_null(qbg_crosswalk_from_role(QBG_CROSSWALK_MEDDPICC, "blocker"));
    assert_string_equal(qbg_crosswalk_from_role_loss(QBG_CROSSWALK_MEDDPICC, "blocker"),
                        "there is no word for it");
}

/* Each built-in role is somewhere in each vocabulary, and each of their words is a built-in role.
 */
static void test_both_sides_are_whole(void **state) {
    (void)state;
    qbg_workspace *workspace = workspace_of(state);
    for (int32_t i = 0; i < qbg_crosswalk_count(); i++) {
        for (uint32_t role = 0; role < qbg_role_count(workspace); role++) {
            const char *key = qbg_role_key(qbg_role_at(workspace, role));
            const char *word = qbg_crosswalk_from_role(i, key);
            assert_non_null(qbg_crosswalk_from_role_loss(i, key));
            if (!word) assert_true(strlen(qbg_crosswalk_from_role_loss(i, key)) > 0);
            if (word) assert_non_null(qbg_crosswalk_to_role(i, word));
        }
        for (int32_t word = 0; word < qbg_crosswalk_word_count(i); word++) {
            const char *role = qbg_crosswalk_to_role(i, qbg_crosswalk_word(i, word));
            assert_non_null(role);
            assert_non_null(qbg_role_find(workspace, role));
        }
    }
}

/* Whoever goes there and back has what he had, or was told on the way that he would not. */
static void test_nothing_is_lost_in_silence(void **state) {
    (void)state;
    qbg_workspace *workspace = workspace_of(state);
    for (int32_t i = 0; i < qbg_crosswalk_count(); i++) {
        for (int32_t at = 0; at < qbg_crosswalk_word_count(i); at++) {
            const char *word = qbg_crosswalk_word(i, at), *role = qbg_crosswalk_to_role(i, word);
            const char *back = qbg_crosswalk_from_role(i, role);
            int is_told = strlen(qbg_crosswalk_to_role_loss(i, word)) > 0;
            if (!is_told) assert_non_null(back);
            if (!is_told) assert_string_equal(back, word);
        }
        for (uint32_t at = 0; at < qbg_role_count(workspace); at++) {
            const char *role = qbg_role_key(qbg_role_at(workspace, at));
            const char *word = qbg_crosswalk_from_role(i, role);
            int is_told = strlen(qbg_crosswalk_from_role_loss(i, role)) > 0;
            if (!is_told) assert_string_equal(qbg_crosswalk_to_role(i, word), role);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vocabularies_are_listed),
        cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_words_may_be_written_otherwise),
        cmocka_unit_test(test_losses_are_named),
        cmocka_unit_test_setup_teardown(test_both_sides_are_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_lost_in_silence, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
