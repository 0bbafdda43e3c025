/* snapshot: all that can be seen of a workspace, as one text: its book, every answer, every tag and
 * count. Two that are the same say that nothing has changed, to the bit. */
#ifndef QBG_TESTS_SNAPSHOT_H
#define QBG_TESTS_SNAPSHOT_H

#include "fixture.h"

#include <stdio.h>

typedef struct snapshot {
    char *bytes; /* NUL-terminated */
    size_t size, capacity;
} snapshot;

static inline void put_bytes(snapshot *to, const char *bytes, size_t size) {
    if (to->capacity - to->size <= size) {
        to->capacity = (to->size + size) * 2 + 4096;
        to->bytes = realloc(to->bytes, to->capacity);
        assert_non_null(to->bytes);
    }
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
    to->bytes[to->size] = '\0';
}

__attribute__((format(printf, 2, 3))) static inline void put_line(snapshot *to, const char *format,
                                                                  ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    assert_true(size >= 0);
    put_bytes(to, line, (size_t)size < sizeof line ? (size_t)size : sizeof line - 1);
    put_bytes(to, "\n", 1);
}

/* Takes the blob. */
static inline void put_blob(snapshot *to, const char *name, qbg_blob *blob) {
    put_line(to, "-- %s", name);
    put_bytes(to, qbg_blob_data(blob), qbg_blob_size(blob));
    qbg_blob_free(blob);
}

/* Takes the table. */
static inline void put_table(snapshot *to, const char *name, qbg_table *table) {
    qbg_blob *blob = NULL;
    OK(qbg_report_table(table, QBG_FORMAT_JSON, &blob));
    qbg_table_free(table);
    put_blob(to, name, blob);
}

static inline void put_book(snapshot *to, const qbg_workspace *workspace) {
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        qbg_blob *blob = NULL;
        const char *name = qbg_book_table_name(i);
        if (strcmp(name, "tracking") == 0) continue; /* a report; see put_answers */
        OK(qbg_book_write(workspace, name, &blob));
        put_blob(to, name, blob);
    }
}

/* The answers as of an instant; without the board as a table, which holds numbers of rows. */
static inline void put_answers(snapshot *to, const qbg_workspace *workspace, int64_t as_of_s) {
    qbg_blob *blob = NULL;
    put_line(to, "==== as of %lld", (long long)as_of_s);
    OK(qbg_report_board(workspace, as_of_s, 1, QBG_FORMAT_JSON, NULL, &blob));
    put_blob(to, "board", blob);
    OK(qbg_report_board(workspace, as_of_s, 1, QBG_FORMAT_CSV, NULL, &blob));
    put_blob(to, "board as csv", blob);
}

/* In order of arrival, with the numbers of rows. */
static inline void put_tracking(snapshot *to, const qbg_workspace *workspace, int64_t as_of_s) {
    qbg_blob *blob = NULL;
    OK(qbg_report_tracking(workspace, as_of_s, QBG_FORMAT_CSV, "en", &blob));
    put_blob(to, "tracking", blob);
    qbg_table *table = NULL;
    OK(qbg_board(workspace, as_of_s, 0, QBG_NONE, 1, &table));
    put_table(to, "board as table", table);
}

static inline void put_history(snapshot *to, const qbg_workspace *workspace) {
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        qbg_table *table = NULL;
        const qbg_opportunity *opportunity = qbg_opportunity_at(workspace, i);
        if (!opportunity) continue;
        OK(qbg_opportunity_history(opportunity, &table));
        put_table(to, "history", table);
    }
    for (uint32_t i = 0; i < qbg_contact_count(workspace); i++) {
        qbg_table *table = NULL;
        const qbg_contact *contact = qbg_contact_at(workspace, i);
        if (!contact) continue;
        OK(qbg_contact_history(contact, &table));
        put_table(to, "history", table);
    }
}

/* Every row by its number, with what no book holds: tags, signals, what was removed. */
static inline void put_rows(snapshot *to, const qbg_workspace *workspace) {
#define PUT_TAGS(noun, plural_count)                                                               \
    for (uint32_t i = 0; i < qbg_##noun##_count(workspace); i++) {                                 \
        const qbg_##noun *row = qbg_##noun##_at(workspace, i);                                     \
        put_line(to, #noun " %u %s %llu", (unsigned)i, row ? qbg_##noun##_key(row) : "(none)",     \
                 (unsigned long long)qbg_##noun##_tag(row));                                       \
    }
    PUT_TAGS(account, 0)
    PUT_TAGS(contact, 0)
    PUT_TAGS(opportunity, 0)
    PUT_TAGS(solution, 0)
    PUT_TAGS(template, 0)
    PUT_TAGS(kind, 0)
    PUT_TAGS(role, 0)
#undef PUT_TAGS
    for (uint32_t i = 0; i < qbg_account_count(workspace); i++)
        put_line(to, "signals of account %u",
                 (unsigned)qbg_account_signal_count(qbg_account_at(workspace, i)));
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
        put_line(to, "signals of opportunity %u", (unsigned)qbg_opportunity_signal_count(row));
        for (uint32_t j = 0; j < qbg_member_count(row); j++)
            put_line(to, "member %s %llu",
                     qbg_contact_key(qbg_member_contact(qbg_member_at(row, j))),
                     (unsigned long long)qbg_member_tag(qbg_member_at(row, j)));
        for (uint32_t j = 0; j < qbg_need_count(row); j++)
            put_line(to, "need %s", qbg_need_key(row, j));
    }
    put_line(to, "signals %llu, of nobody %u", (unsigned long long)qbg_signal_count(workspace),
             (unsigned)qbg_workspace_signal_count(workspace));
}

/* Where each signal lies, sorted away: the book tells the signals, this tells their logs. */
static inline void put_explanations(snapshot *to, const qbg_workspace *workspace, int64_t as_of_s) {
    for (uint32_t i = 0; i < qbg_opportunity_count(workspace); i++) {
        qbg_blob *blob = NULL;
        const qbg_opportunity *row = qbg_opportunity_at(workspace, i);
        if (!row) continue;
        OK(qbg_report_explain(row, as_of_s, NULL, &blob));
        put_blob(to, qbg_opportunity_key(row), blob);
    }
}

/* All of it, numbers of rows and the revision included. as_of_s: two instants. */
static inline snapshot whole_of(const qbg_workspace *workspace, int64_t early_s, int64_t late_s) {
    snapshot all = {NULL, 0, 0};
    put_book(&all, workspace);
    put_rows(&all, workspace);
    put_history(&all, workspace);
    put_answers(&all, workspace, early_s);
    put_answers(&all, workspace, late_s);
    put_tracking(&all, workspace, late_s);
    put_explanations(&all, workspace, late_s);
    put_line(&all, "revision %llu", (unsigned long long)qbg_workspace_revision(workspace));
    qbg_table *table = NULL;
    OK(qbg_workspace_changes(workspace, 0, &table));
    put_table(&all, "changes", table);
    return all;
}

static inline void forget(snapshot *old) {
    free(old->bytes);
    *old = (snapshot){NULL, 0, 0};
}

/* Fails with the first line that is not the same, and takes the second one. */
static inline void assert_seen(const snapshot *expected, snapshot found, const char *when) {
    size_t at = 0, line = 0;
    if (expected->size == found.size && memcmp(expected->bytes, found.bytes, found.size) == 0) {
        forget(&found);
        return;
    }
    for (; expected->bytes[at] && expected->bytes[at] == found.bytes[at]; at++)
        if (expected->bytes[at] == '\n') line = at + 1;
    fail_msg("%s: \"%.*s\" is not \"%.*s\"", when, (int)strcspn(found.bytes + line, "\n"),
             found.bytes + line, (int)strcspn(expected->bytes + line, "\n"),
             expected->bytes + line);
}

#endif
