/* change: nested changes are done or undone, alone or together; the outermost one settles. */
#include "fixture.h"

#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

static qbg_status set_number(qbg_workspace *workspace, int64_t *slot, int64_t value) {
    return qbg__journal_set_int64(&workspace->journal, slot, value);
}

static void a_change_is_done_with_ok_and_undone_with_anything_else(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t number = 1;
    qbg__change change = qbg__begin(workspace);
    OK(set_number(workspace, &number, 2));
    OK(qbg__end(change, QBG_OK));
    assert_int_equal(number, 2);
    for (qbg_status status = QBG_E_ARGUMENT; status <= QBG_E_ERASED; status++) {
        change = qbg__begin(workspace);
        OK(set_number(workspace, &number, 3));
        assert_int_equal(qbg__end(change, status), status);
        assert_int_equal(number, 2);
    }
    assert_int_equal(workspace->depth, 0);
    assert_int_equal(workspace->journal.count, 0);
}

static void an_inner_change_is_undone_alone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t outer_number = 1, inner_number = 1;
    qbg__change outer = qbg__begin(workspace);
    OK(set_number(workspace, &outer_number, 2));
    qbg__change inner = qbg__begin(workspace);
    OK(set_number(workspace, &outer_number, 3));
    OK(set_number(workspace, &inner_number, 3));
    assert_int_equal(qbg__end(inner, QBG_E_TEXT), QBG_E_TEXT);
    assert_int_equal(outer_number, 2);
    assert_int_equal(inner_number, 1);
    inner = qbg__begin(workspace);
    OK(set_number(workspace, &inner_number, 4));
    OK(qbg__end(inner, QBG_OK));
    OK(qbg__end(outer, QBG_OK));
    assert_int_equal(outer_number, 2);
    assert_int_equal(inner_number, 4);
}

static void the_outermost_change_undoes_all_within(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t number = 1;
    qbg__change outer = qbg__begin(workspace);
    qbg__change middle = qbg__begin(workspace);
    qbg__change inner = qbg__begin(workspace);
    OK(set_number(workspace, &number, 2));
    OK(qbg__end(inner, QBG_OK));
    OK(qbg__end(middle, QBG_OK));
    assert_int_equal(number, 2);
    assert_int_equal(qbg__end(outer, QBG_E_BUSY), QBG_E_BUSY);
    assert_int_equal(number, 1);
}

/* ---- what was written ------------------------------------------------------------------------ */

static void a_change_knows_whether_it_has_written(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t number = 1;
    qbg__change outer = qbg__begin(workspace);
    OK(set_number(workspace, &number, 1)); /* known already */
    assert_false(qbg__has_written(&outer));
    assert_int_equal(qbg__put_of(&outer, 0), QBG_PUT_SAME);
    qbg__change inner = qbg__begin(workspace);
    OK(set_number(workspace, &number, 2));
    assert_true(qbg__has_written(&inner));
    assert_int_equal(qbg__put_of(&inner, 0), QBG_PUT_CHANGED);
    assert_int_equal(qbg__put_of(&inner, 1), QBG_PUT_CREATED);
    qbg__end(inner, QBG_E_TEXT);
    assert_false(qbg__has_written(&outer));
    inner = qbg__begin(workspace);
    OK(set_number(workspace, &number, 2));
    OK(qbg__end(inner, QBG_OK));
    assert_true(qbg__has_written(&outer));
    inner = qbg__begin(workspace); /* what an outer one wrote is not its own */
    assert_false(qbg__has_written(&inner));
    OK(set_number(workspace, &number, 3));
    assert_true(qbg__has_written(&inner));
    OK(qbg__end(inner, QBG_OK));
    OK(qbg__end(outer, QBG_OK));
}

static void the_revision_rises_once_when_something_was_written(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t number = 1;
    uint64_t before = qbg_workspace_revision(workspace);
    OK(qbg__end(qbg__begin(workspace), QBG_OK));
    assert_int_equal(qbg_workspace_revision(workspace), before);
    qbg__change outer = qbg__begin(workspace);
    for (int64_t i = 2; i < 5; i++) {
        qbg__change inner = qbg__begin(workspace);
        OK(set_number(workspace, &number, i));
        OK(qbg__end(inner, QBG_OK));
        assert_int_equal(qbg_workspace_revision(workspace), before);
    }
    OK(qbg__end(outer, QBG_OK));
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
    outer = qbg__begin(workspace);
    OK(set_number(workspace, &number, 9));
    qbg__end(outer, QBG_E_TEXT);
    assert_int_equal(qbg_workspace_revision(workspace), before + 1);
}

/* ---- what has to be routed anew -------------------------------------------------------------- */

static void only_the_outermost_change_settles(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    uint64_t before = workspace->settling;
    qbg__change outer = qbg__begin(workspace);
    OK(qbg__end(qbg__begin(workspace), QBG_OK));
    assert_int_equal(workspace->settling, before);
    OK(qbg__end(outer, QBG_OK));
    assert_int_equal(workspace->settling, before + 1);
    qbg__end(qbg__begin(workspace), QBG_E_TEXT);
    assert_int_equal(workspace->settling, before + 1);
}

static void undoing_takes_back_what_was_marked_inside_alone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_contact *elena = add_contact(workspace, "elena", NULL);
    qbg_contact *ivan = add_contact(workspace, "ivan", NULL);
    tell(workspace, (act){.time = NOON, .contact = elena});
    tell(workspace, (act){.time = NOON, .contact = ivan});
    qbg__dirt *dirt = &workspace->dirt;
    qbg__change outer = qbg__begin(workspace);
    OK(qbg__dirty(workspace, QBG__OWNER_CONTACT, elena->number));
    assert_int_equal(dirt->count, 1);
    qbg__change inner = qbg__begin(workspace);
    OK(qbg__dirty(workspace, QBG__OWNER_CONTACT, elena->number)); /* is marked already */
    assert_int_equal(dirt->count, 1);
    OK(qbg__dirty_moved(workspace, QBG__OWNER_CONTACT, ivan->number));
    OK(qbg__dirty_everything(workspace));
    assert_int_equal(dirt->count, 2);
    assert_true(dirt->moves && dirt->everything);
    qbg__end(inner, QBG_E_TEXT);
    assert_int_equal(dirt->count, 1);
    assert_false(dirt->moves || dirt->everything);
    OK(qbg__dirty(workspace, QBG__OWNER_CONTACT, ivan->number)); /* and can be marked again */
    assert_int_equal(dirt->count, 2);
    OK(qbg__end(outer, QBG_OK));
    assert_int_equal(dirt->count, 0);
    assert_int_equal(dirt->settled, 0);
}

/* What an inner change settled has to be settled again when that change is undone. */
static void what_was_settled_inside_is_settled_again_after_undoing(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    tell(workspace, (act){.time = NOON, .contact = elena});
    OK(qbg_workspace_begin(workspace));
    qbg_opportunity *deal =
        add_opportunity(workspace, "deal", daisy, add_solution(workspace, "hr"), QBG_UNDATED);
    add_member(deal, elena); /* marks his signals */
    qbg__change inner = qbg__begin(workspace);
    OK(qbg__settle(workspace));
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
    assert_int_equal(workspace->dirt.settled, workspace->dirt.count);
    qbg__end(inner, QBG_E_TEXT);
    assert_int_equal(qbg_opportunity_signal_count(deal), 0);
    assert_true(workspace->dirt.settled < workspace->dirt.count);
    OK(qbg_workspace_commit(workspace));
    assert_int_equal(qbg_opportunity_signal_count(deal), 1);
}

/* ---- questions ------------------------------------------------------------------------------- */

static void questions_may_be_asked_unless_something_is_open(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    assert_int_equal(qbg__may_ask(NULL), QBG_E_ARGUMENT);
    OK(qbg__may_ask(workspace));
    OK(qbg_workspace_begin(workspace));
    assert_int_equal(qbg__may_ask(workspace), QBG_E_BUSY);
    OK(qbg_workspace_commit(workspace));
    OK(qbg__may_ask(workspace));
}

static void abandoning_undoes_every_open_change(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    int64_t number = 1;
    qbg__abandon(workspace); /* nothing is open */
    qbg__begin(workspace);
    OK(set_number(workspace, &number, 2));
    qbg__begin(workspace);
    OK(set_number(workspace, &number, 3));
    qbg__abandon(workspace);
    assert_int_equal(number, 1);
    assert_int_equal(workspace->journal.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(a_change_is_done_with_ok_and_undone_with_anything_else),
        in_workspace(an_inner_change_is_undone_alone),
        in_workspace(the_outermost_change_undoes_all_within),
        in_workspace(a_change_knows_whether_it_has_written),
        in_workspace(the_revision_rises_once_when_something_was_written),
        in_workspace(only_the_outermost_change_settles),
        in_workspace(undoing_takes_back_what_was_marked_inside_alone),
        in_workspace(what_was_settled_inside_is_settled_again_after_undoing),
        in_workspace(questions_may_be_asked_unless_something_is_open),
        in_workspace(abandoning_undoes_every_open_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
