/* fact: the value at an instant is that of the latest row, in whatever order the rows were told. */
#include "fixture.h"

#include "model/workspace.h"

typedef struct row {
    int64_t from;
    int64_t value;
    int32_t source;
} row;

static void tell_fact(qbg_workspace *workspace, qbg__facts *facts, int field, row told) {
    qbg__change change = qbg__begin(workspace);
    OK(qbg__end(change,
                qbg__fact_set(workspace, facts, field, told.value, told.from, told.source)));
}

/* What two facts of a field say at an instant, told in this order and in the other; both agree. */
static int64_t both_ways(qbg_workspace *workspace, int field, row a, row b, int64_t as_of) {
    qbg__facts one = {0}, other = {0};
    tell_fact(workspace, &one, field, a);
    tell_fact(workspace, &one, field, b);
    tell_fact(workspace, &other, field, b);
    tell_fact(workspace, &other, field, a);
    int64_t value = qbg__fact_at(&one, field, as_of, -77);
    assert_int_equal(qbg__fact_at(&other, field, as_of, -77), value);
    qbg__facts_free(&one, &workspace->mem);
    qbg__facts_free(&other, &workspace->mem);
    return value;
}

#define HOST_SAYS(from, value)                                                                     \
    (row) { from, value, QBG_SOURCE_HOST }
#define RULE_SAYS(from, value)                                                                     \
    (row) { from, value, QBG_SOURCE_RULE }

static void nothing_said_is_otherwise(void **state) {
    qbg__facts facts = {0};
    (void)state;
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STANCE, NOON, 5), 5);
    assert_null(qbg__fact_undated(&facts, QBG__FACT_STANCE));
}

static void the_latest_row_up_to_the_instant_holds(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const row early = HOST_SAYS(NOON, 1), late = RULE_SAYS(NOON + 10, 2);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, early, late, NOON - 1), -77);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, early, late, NOON), 1);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, early, late, NOON + 9), 1);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, early, late, NOON + 10), 2);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, early, late, LAST), 2);
}

static void an_undated_row_holds_since_ever(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const row undated = HOST_SAYS(QBG_UNDATED, 1), dated = RULE_SAYS(NOON, 2);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, undated, dated, QBG_UNDATED), 1);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, undated, dated, NOON - 1), 1);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, undated, dated, NOON), 2);
}

static void of_one_instant_the_host_beats_the_rule(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, HOST_SAYS(NOON, QBG_STANCE_BLOCKER),
                               RULE_SAYS(NOON, QBG_STANCE_UNKNOWN), NOON),
                     QBG_STANCE_BLOCKER);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, HOST_SAYS(NOON, QBG__FACT_NOTHING),
                               RULE_SAYS(NOON, QBG_STANCE_UNKNOWN), NOON),
                     -77);
}

/* As a book writes it: "skeptic" < "supporter", "9" > "10", "0.5" > "0.25". */
static void then_the_bytewise_greater_text_wins(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, HOST_SAYS(NOON, QBG_STANCE_SKEPTIC),
                               HOST_SAYS(NOON, QBG_STANCE_SUPPORTER), NOON),
                     QBG_STANCE_SUPPORTER);
    assert_int_equal(
        both_ways(workspace, QBG__FACT_AMOUNT, HOST_SAYS(NOON, 900), HOST_SAYS(NOON, 1000), NOON),
        900);
    int64_t half = qbg__fact_from_double(0.5), quarter = qbg__fact_from_double(0.25);
    assert_int_equal(
        both_ways(workspace, QBG__FACT_FIT, HOST_SAYS(NOON, quarter), HOST_SAYS(NOON, half), NOON),
        half);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, RULE_SAYS(NOON, QBG__FACT_NOTHING),
                               RULE_SAYS(NOON, QBG_STANCE_BLOCKER), NOON),
                     QBG_STANCE_BLOCKER);
}

static void accounts_are_compared_by_key_and_stages_by_word(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    add_account(workspace, "tulip"); /* number 0 */
    add_account(workspace, "daisy");
    assert_int_equal(
        both_ways(workspace, QBG__FACT_ACCOUNT, HOST_SAYS(NOON, 0), HOST_SAYS(NOON, 1), NOON), 0);
    uint32_t won = 0, lost = 0;
    qbg__change change = qbg__begin(workspace);
    OK(qbg__intern_put(&workspace->texts, &workspace->journal, "won", 3, &won));
    OK(qbg__intern_put(&workspace->texts, &workspace->journal, "lost", 4, &lost));
    OK(qbg__end(change, QBG_OK));
    assert_int_equal(
        both_ways(workspace, QBG__FACT_STAGE, HOST_SAYS(NOON, lost), HOST_SAYS(NOON, won), NOON),
        won);
}

/* An amount that a book told as "10.00" is written so, and compared so. */
static void a_value_is_compared_as_it_was_told(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint32_t told = QBG_NONE;
    qbg__change change = qbg__begin(workspace);
    OK(qbg__intern_put(&workspace->texts, &workspace->journal, "0999.5", 6, &told));
    const qbg__fact by_text = {NOON, 99950, QBG__FACT_AMOUNT, QBG_SOURCE_HOST, told};
    const qbg__fact by_value = {NOON, 1000, QBG__FACT_AMOUNT, QBG_SOURCE_HOST, QBG_NONE};
    int is_changed = 0;
    for (int order = 0; order < 2; order++) {
        qbg__facts facts = {0};
        OK(qbg__fact_tell(workspace, &facts, order == 0 ? &by_text : &by_value, &is_changed));
        OK(qbg__fact_tell(workspace, &facts, order == 0 ? &by_value : &by_text, &is_changed));
        assert_int_equal(qbg__fact_at(&facts, QBG__FACT_AMOUNT, NOON, -77), 1000);
        qbg__facts_free(&facts, &workspace->mem);
    }
    OK(qbg__end(change, QBG_OK));
}

/* champion;coach against coach: roles are compared as a book writes the set. */
static void roles_are_compared_as_a_set_is_written(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t champion = 1 << qbg_role_number(qbg_role_find(workspace, "champion"));
    int64_t coach = 1 << qbg_role_number(qbg_role_find(workspace, "coach"));
    assert_int_equal(both_ways(workspace, QBG__FACT_ROLE, HOST_SAYS(NOON, champion | coach),
                               HOST_SAYS(NOON, coach), NOON),
                     coach);
}

static void a_dated_withdrawal_withdraws_from_then_on(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const row word = HOST_SAYS(QBG_UNDATED, 1), withdrawn = HOST_SAYS(NOON, QBG__FACT_NOTHING);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, word, withdrawn, NOON - 1), 1);
    assert_int_equal(both_ways(workspace, QBG__FACT_STANCE, word, withdrawn, NOON), -77);
}

/* ---- undated --------------------------------------------------------------------------------- */

static int64_t undated(qbg_workspace *workspace, row first, row then) {
    qbg__facts facts = {0};
    tell_fact(workspace, &facts, QBG__FACT_STANCE, first);
    tell_fact(workspace, &facts, QBG__FACT_STANCE, then);
    assert_true(facts.count <= 1);
    int64_t value = qbg__fact_at(&facts, QBG__FACT_STANCE, NOON, -77);
    qbg__facts_free(&facts, &workspace->mem);
    return value;
}

static void undated_the_later_of_one_source_wins(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(undated(workspace, HOST_SAYS(QBG_UNDATED, 2), HOST_SAYS(QBG_UNDATED, 1)), 1);
    assert_int_equal(undated(workspace, RULE_SAYS(QBG_UNDATED, 1), RULE_SAYS(QBG_UNDATED, 2)), 2);
}

static void undated_a_rule_never_overwrites_the_host(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(undated(workspace, HOST_SAYS(QBG_UNDATED, 1), RULE_SAYS(QBG_UNDATED, 2)), 1);
    assert_int_equal(undated(workspace, RULE_SAYS(QBG_UNDATED, 2), HOST_SAYS(QBG_UNDATED, 1)), 1);
}

static void a_host_who_withdraws_lets_the_rule_speak_again(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    const row nothing = HOST_SAYS(QBG_UNDATED, QBG__FACT_NOTHING);
    assert_int_equal(undated(workspace, HOST_SAYS(QBG_UNDATED, 1), nothing), -77);
    assert_int_equal(undated(workspace, nothing, RULE_SAYS(QBG_UNDATED, 2)), 2);
    assert_int_equal(undated(workspace, RULE_SAYS(QBG_UNDATED, 2), nothing), 2);
}

/* Told since ever that nothing is known: as if nobody had ever said a word. A dated row ends what
 * was said before. */
static void a_word_withdrawn_since_ever_leaves_no_row(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__facts facts = {0};
    const row nothing = HOST_SAYS(QBG_UNDATED, QBG__FACT_NOTHING);
    uint64_t revision = qbg_workspace_revision(workspace);
    tell_fact(workspace, &facts, QBG__FACT_STANCE, nothing);
    assert_int_equal(facts.count, 0);
    assert_int_equal(qbg_workspace_revision(workspace), revision);
    tell_fact(workspace, &facts, QBG__FACT_STATUS, HOST_SAYS(QBG_UNDATED, 1));
    tell_fact(workspace, &facts, QBG__FACT_STANCE, HOST_SAYS(QBG_UNDATED, 1));
    tell_fact(workspace, &facts, QBG__FACT_STANCE, HOST_SAYS(NOON, QBG__FACT_NOTHING));
    assert_int_equal(facts.count, 3);
    qbg__change change = qbg__begin(workspace);
    OK(qbg__fact_set(workspace, &facts, QBG__FACT_STANCE, QBG__FACT_NOTHING, QBG_UNDATED,
                     QBG_SOURCE_HOST));
    assert_int_equal(facts.count, 2);
    qbg__end(change, QBG_E_TEXT);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STANCE, NOON - 1, -77), 1);
    tell_fact(workspace, &facts, QBG__FACT_STANCE, nothing);
    assert_int_equal(facts.count, 2);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STANCE, NOON - 1, -77), -77);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STATUS, NOON, -77), 1);
    qbg__facts_free(&facts, &workspace->mem);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void no_instant_and_no_source_are_refused(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__facts facts = {0};
    qbg__change change = qbg__begin(workspace);
    assert_int_equal(qbg__fact_set(workspace, &facts, QBG__FACT_STANCE, 1, -1, QBG_SOURCE_HOST),
                     QBG_E_RANGE);
    assert_int_equal(
        qbg__fact_set(workspace, &facts, QBG__FACT_STANCE, 1, LAST + 1, QBG_SOURCE_HOST),
        QBG_E_RANGE);
    assert_int_equal(qbg__fact_set(workspace, &facts, QBG__FACT_STANCE, 1, NOON, 2),
                     QBG_E_ARGUMENT);
    assert_int_equal(qbg__fact_set(workspace, &facts, QBG__FACT_STANCE, 1, NOON, QBG_UNSET),
                     QBG_E_ARGUMENT);
    OK(qbg__end(change, QBG_OK));
    assert_int_equal(facts.count, 0);
}

static void fields_do_not_mix_and_undo_puts_them_back(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__facts facts = {0};
    tell_fact(workspace, &facts, QBG__FACT_STANCE, HOST_SAYS(NOON, 1));
    tell_fact(workspace, &facts, QBG__FACT_STATUS, HOST_SAYS(NOON, 2));
    tell_fact(workspace, &facts, QBG__FACT_INTEREST, HOST_SAYS(QBG_UNDATED, 0));
    qbg__change change = qbg__begin(workspace);
    for (int i = 0; i < 50; i++)
        OK(qbg__fact_set(workspace, &facts, QBG__FACT_STATUS, 3, NOON - i, QBG_SOURCE_HOST));
    qbg__end(change, QBG_E_TEXT);
    assert_int_equal(facts.count, 3);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STANCE, NOON, -77), 1);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STATUS, NOON, -77), 2);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_STATUS, NOON - 1, -77), -77);
    assert_int_equal(qbg__fact_at(&facts, QBG__FACT_INTEREST, QBG_UNDATED, -77), 0);
    assert_int_equal(qbg__fact_undated(&facts, QBG__FACT_INTEREST)->value, 0);
    assert_null(qbg__fact_undated(&facts, QBG__FACT_STATUS));
    qbg__facts_free(&facts, &workspace->mem);
}

static void assert_written(const qbg_workspace *workspace, int field, int64_t value,
                           const char *expected) {
    const qbg__fact fact = {NOON, value, (uint8_t)field, QBG_SOURCE_HOST, QBG_NONE};
    qbg_blob out;
    qbg__blob_begin(&out, &workspace->mem);
    qbg__fact_write(workspace, &fact, &out);
    assert_string_equal(qbg_blob_data(&out), expected);
    qbg__blob_end(&out);
}

static void values_are_written_as_in_a_book(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    add_account(workspace, "daisy");
    assert_written(workspace, QBG__FACT_STATUS, QBG_STATUS_LEFT, "left");
    assert_written(workspace, QBG__FACT_NEED_STATE, QBG_NEED_OPEN, "open");
    assert_written(workspace, QBG__FACT_BUDGET, QBG_ANSWER_YES, "yes");
    assert_written(workspace, QBG__FACT_ACCOUNT, 0, "daisy");
    assert_written(workspace, QBG__FACT_AMOUNT, 150, "1.5");
    assert_written(workspace, QBG__FACT_INFLUENCE, qbg__fact_from_double(0.1), "0.1");
    assert_written(workspace, QBG__FACT_ROLE, 3, "economic_buyer;decision_maker");
    assert_written(workspace, QBG__FACT_STATUS, QBG__FACT_NOTHING, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_is_otherwise),
        in_workspace(the_latest_row_up_to_the_instant_holds),
        in_workspace(an_undated_row_holds_since_ever),
        in_workspace(of_one_instant_the_host_beats_the_rule),
        in_workspace(then_the_bytewise_greater_text_wins),
        in_workspace(accounts_are_compared_by_key_and_stages_by_word),
        in_workspace(a_value_is_compared_as_it_was_told),
        in_workspace(roles_are_compared_as_a_set_is_written),
        in_workspace(a_dated_withdrawal_withdraws_from_then_on),
        in_workspace(undated_the_later_of_one_source_wins),
        in_workspace(undated_a_rule_never_overwrites_the_host),
        in_workspace(a_host_who_withdraws_lets_the_rule_speak_again),
        in_workspace(a_word_withdrawn_since_ever_leaves_no_row),
        in_workspace(no_instant_and_no_source_are_refused),
        in_workspace(fields_do_not_mix_and_undo_puts_them_back),
        in_workspace(values_are_written_as_in_a_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
