/* log: packed entries, a slot for each person, and undoing both. */
#include "fixture.h"

#include "model/workspace.h"

static void an_entry_packs_time_kind_wait_content_and_event(void **state) {
    (void)state;
    uint64_t bits = QBG__ENTRY_BITS(LAST, 4095, 1);
    assert_int_equal(sizeof(qbg__entry), 16);
    assert_int_equal(QBG__ENTRY_TIME(bits), LAST);
    assert_int_equal(QBG__ENTRY_KIND(bits), 4095);
    assert_int_equal(QBG__ENTRY_HAS_EVENT(bits), 1);
    assert_int_equal(QBG__ENTRY_WAIT(bits), QBG__WAIT_NOT);
    bits = QBG__ENTRY_WITH_WAIT(bits, QBG__WAIT_JOINED);
    assert_int_equal(QBG__ENTRY_WAIT(bits), QBG__WAIT_JOINED);
    bits = QBG__ENTRY_WITH_WAIT(bits, QBG__WAIT_OPENED);
    assert_int_equal(QBG__ENTRY_CONTENT(bits), 0);
    bits = QBG__ENTRY_WITH_CONTENT(bits, QBG__ENTRY_CONTENTS - 1);
    assert_int_equal(QBG__ENTRY_CONTENT(bits), QBG__ENTRY_CONTENTS);
    assert_int_equal(QBG__ENTRY_CONTENT(QBG__ENTRY_WITH_CONTENT(QBG__ENTRY_BITS(0, 0, 0), 0)), 1);
    assert_int_equal(QBG__ENTRY_WAIT(bits), QBG__WAIT_OPENED);
    assert_int_equal(QBG__ENTRY_TIME(bits), LAST);
    assert_int_equal(QBG__ENTRY_KIND(bits), 4095);
    assert_int_equal(QBG__ENTRY_HAS_EVENT(bits), 1);
    assert_int_equal(QBG__ENTRY_TIME(QBG__ENTRY_BITS(0, 0, 0)), 0);
    assert_true(QBG__ENTRY_STAMP(QBG__ENTRY_BITS(0, 0, 0)) > 0);
}

static void push(qbg_workspace *workspace, qbg__log *log, int64_t time, uint32_t person) {
    const qbg__entry entry = {QBG__ENTRY_BITS(time, 0, 0), 0, 0};
    OK(qbg__log_push(workspace, log, entry, person));
}

/* Everybody is where the log says: by a walk while people are few, by an index from the ninth on.
 */
static void assert_slots(const qbg__log *log, uint32_t people) {
    assert_int_equal(log->person_count, people);
    for (uint32_t i = 0; i < people; i++) assert_int_equal(qbg__log_slot(log, i * 7), i);
    assert_int_equal(qbg__log_slot(log, people * 7), QBG_NONE);
    assert_int_equal(qbg__log_slot(log, QBG_NONE), QBG_NONE);
}

static void everybody_has_one_slot_whether_few_or_many(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__log log = {0};
    for (uint32_t i = 0; i < 300; i++) {
        qbg__change change = qbg__begin(workspace);
        push(workspace, &log, NOON + i, i * 7);
        push(workspace, &log, NOON, 0);
        OK(qbg__end(change, QBG_OK));
        if (i < 12 || i > 290) assert_slots(&log, i + 1);
        assert_int_equal(log.count, (i + 1) * 2);
        assert_int_equal(log.entries[i * 2].slot, i);
        assert_int_equal(log.entries[i * 2 + 1].slot, 0);
    }
    qbg__log_free(&log, &workspace->mem);
}

static void undo_takes_entries_and_people_away(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    for (uint32_t before = 0; before < 12; before++) {
        for (uint32_t more = 1; more < 12; more++) {
            qbg__log log = {0};
            qbg__change change = qbg__begin(workspace);
            for (uint32_t i = 0; i < before; i++) push(workspace, &log, NOON, i * 7);
            OK(qbg__end(change, QBG_OK));
            change = qbg__begin(workspace);
            for (uint32_t i = 0; i < more; i++) push(workspace, &log, NOON, (before + i) * 7);
            qbg__end(change, QBG_E_TEXT);
            assert_int_equal(log.count, before);
            assert_slots(&log, before);
            change = qbg__begin(workspace); /* and they may come again */
            for (uint32_t i = 0; i < more; i++) push(workspace, &log, NOON, (before + i) * 7);
            OK(qbg__end(change, QBG_OK));
            assert_slots(&log, before + more);
            qbg__log_free(&log, &workspace->mem);
        }
    }
}

static void an_inner_change_is_undone_alone(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__log log = {0};
    qbg__change outer = qbg__begin(workspace);
    push(workspace, &log, NOON, 0);
    qbg__change inner = qbg__begin(workspace);
    for (uint32_t i = 0; i < 20; i++) push(workspace, &log, NOON, i * 7);
    qbg__end(inner, QBG_E_TEXT);
    assert_int_equal(log.count, 1);
    push(workspace, &log, NOON + 1, 7);
    inner = qbg__begin(workspace);
    push(workspace, &log, NOON + 2, 14);
    OK(qbg__end(inner, QBG_OK));
    assert_slots(&log, 3);
    qbg__end(outer, QBG_E_TEXT);
    assert_int_equal(log.count, 0);
    assert_slots(&log, 0);
    qbg__log_free(&log, &workspace->mem);
}

static void entries_that_were_kept_come_back(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__log log = {0};
    qbg__change change = qbg__begin(workspace);
    for (uint32_t i = 0; i < 20; i++) push(workspace, &log, NOON + i, i * 7);
    OK(qbg__end(change, QBG_OK));
    change = qbg__begin(workspace);
    OK(qbg__log_keep(workspace, &log));
    log.entries[0] = log.entries[19]; /* as routing closes up what stays */
    log.count = 1;
    for (uint32_t i = 0; i < 50; i++) push(workspace, &log, NOON, 0);
    qbg__end(change, QBG_E_MEMORY);
    assert_int_equal(log.count, 20);
    for (uint32_t i = 0; i < 20; i++) {
        assert_int_equal(QBG__ENTRY_TIME(log.entries[i].bits), NOON + i);
        assert_int_equal(log.entries[i].slot, i);
    }
    qbg__log_free(&log, &workspace->mem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_packs_time_kind_wait_content_and_event),
        in_workspace(everybody_has_one_slot_whether_few_or_many),
        in_workspace(undo_takes_entries_and_people_away),
        in_workspace(an_inner_change_is_undone_alone),
        in_workspace(entries_that_were_kept_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
