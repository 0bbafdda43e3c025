/* event: packed records come back as they were put; ids are told apart by scope and whole. */
#include "fixture.h"

#include "model/event.h"
#include "model/workspace.h"

static qbg__letters id_of(const char *text, qbg__letters_room room) {
    return qbg__letters_pack(text, strlen(text), room);
}

static void assert_event(const qbg_workspace *workspace, uint32_t number, const qbg__event *event) {
    const qbg__event known = qbg__event_at(&workspace->signals, number);
    assert_true(known.bits == event->bits);
    assert_int_equal(known.person, event->person);
    assert_int_equal(known.cells, event->cells);
    assert_int_equal(known.scope, event->scope);
    assert_int_equal(known.id.size, event->id.size);
    assert_int_equal(known.id.bits, event->id.bits);
    assert_memory_equal(known.id.bytes, event->id.bytes, qbg__letters_bytes(&event->id));
    assert_int_equal(qbg__event_cells(&workspace->signals, number), event->cells);
}

/* Two guests and some rows of cells, whose numbers events name. */
static void fill(qbg_workspace *workspace) {
    qbg_account *daisy = add_account(workspace, "daisy");
    qbg_contact *elena = add_contact(workspace, "elena", daisy);
    tell(workspace, (act){.time = NOON, .contact = elena});
    tell(workspace, (act){.time = NOON, .contact = elena, .account = daisy});
    tell(workspace, (act){.time = NOON, .visitor = "v"});
    tell(workspace, (act){.time = NOON, .visitor = "v", .account = daisy});
}

/* Whose, when, what and in which scope, near and far, alone and together. */
static void every_number_comes_back(void **state) {
    static const uint32_t people[] = {0, 1, 0x3fffffff, QBG__GUEST, QBG__GUEST | 1};
    static const uint32_t scopes[] = {0, 1, 0x40000000u, 0x7fffffffu, QBG__GUEST, QBG__GUEST | 1};
    static const int64_t times[] = {NOON, 0, NOON - 1, NOON + 86400 * 400, LAST};
    static const uint32_t kinds[] = {0, 1, 63, 64, 4095};
    static const uint32_t contents[] = {QBG_NONE, 0, 200, QBG__ENTRY_CONTENTS - 1};
    enum { MOST = 5 * 6 * 5 * 5 * 4 };
    static uint32_t numbers[MOST];
    static qbg__event events[MOST];
    static qbg__letters_room rooms[MOST];
    qbg_workspace *workspace = workspace_of(state);
    uint32_t count = 0;
    fill(workspace);
    qbg__change change = qbg__begin(workspace);
    for (uint32_t i = 0; i < MOST; i++) {
        char text[16];
        qbg__event *event = &events[count];
        event->person = people[i % 5];
        event->scope = scopes[i / 5 % 6];
        event->bits = QBG__ENTRY_BITS(times[i / 30 % 5], kinds[i / 150 % 5], 1);
        uint32_t content = contents[i / 750 % 4];
        if (content != QBG_NONE) event->bits = QBG__ENTRY_WITH_CONTENT(event->bits, content);
        event->cells = i % workspace->signals.cells_count;
        snprintf(text, sizeof text, i % 3 == 0 ? "%u" : i % 3 == 1 ? "id-%u" : "id %u", i);
        event->id = id_of(text, rooms[count]);
        if (event->id.bits == 8) event->id.bytes = memcpy(rooms[count], text, sizeof text);
        OK(qbg__event_put(workspace, event, &numbers[count]));
        count++;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = QBG_NONE;
        assert_event(workspace, numbers[i], &events[i]);
        assert_int_equal(qbg__event_put(workspace, &events[i], &number), QBG_DUPLICATE);
        assert_int_equal(number, numbers[i]);
    }
    qbg__end(change, QBG_E_BUSY);
}

/* By every cell that is not the id or the scope. */
static void another_signal_with_that_id_is_a_conflict(void **state) {
    qbg_workspace *workspace = workspace_of(state);
    qbg__letters_room room, other_room;
    uint32_t number, other;
    fill(workspace);
    qbg__change change = qbg__begin(workspace);
    const qbg__event first = {QBG__ENTRY_BITS(NOON, 3, 1), 0, 0, 5, id_of("e1", room)};
    OK(qbg__event_put(workspace, &first, &number));
    for (int cell = 0; cell < 5; cell++) {
        qbg__event event = first;
        switch (cell) {
        case 0: event.bits = QBG__ENTRY_BITS(NOON + 1, 3, 1); break;
        case 1: event.bits = QBG__ENTRY_BITS(NOON, 4, 1); break;
        case 2: event.bits = QBG__ENTRY_WITH_CONTENT(event.bits, 0); break;
        case 3: event.person = 1; break;
        default: event.cells = 1; break;
        }
        assert_int_equal(qbg__event_put(workspace, &event, &other), QBG_E_CONFLICT);
    }
    qbg__event elsewhere = first, longer = first;
    elsewhere.scope = 6;
    longer.id = id_of("e10", other_room);
    OK(qbg__event_put(workspace, &elsewhere, &other));
    assert_int_not_equal(other, number);
    OK(qbg__event_put(workspace, &longer, &other));
    OK(qbg__event_forget(workspace, number));
    OK(qbg__event_put(workspace, &first, &other));
    assert_int_equal(other, number); /* where the forgotten one was */
    qbg__end(change, QBG_E_BUSY);
}

/* Longer than any page, and with letters of all kinds. */
static void ids_of_any_length_are_compared_whole(void **state) {
    static const size_t sizes[] = {1, 63, 64, 65, 4000, 70000, 300000};
    enum { MOST = 300001 };
    qbg_workspace *workspace = workspace_of(state);
    qbg_account *daisy = add_account(workspace, "daisy");
    char *id = malloc(MOST);
    assert_non_null(id);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(id, 'f', sizes[i]);
        id[sizes[i]] = '\0';
        const act told = {.time = NOON, .account = daisy, .event = id};
        tell(workspace, told);
        assert_int_equal(try_to_tell(workspace, told), QBG_DUPLICATE);
        qbg_signal *record = NULL;
        OK(qbg_signal_new(workspace, &record));
        OK(qbg_account_signal_at(daisy, 2 * (uint32_t)i, record));
        assert_string_equal(qbg_signal_event(record), id);
        qbg_signal_free(record);
        id[sizes[i] - 1] = '-';
        assert_int_equal(try_to_tell(workspace, told), QBG_OK);
    }
    free(id);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_workspace(every_number_comes_back),
        in_workspace(another_signal_with_that_id_is_a_conflict),
        in_workspace(ids_of_any_length_are_compared_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
