/* golden_test: the books of the examples, assessed, against what an independent reading of
 * docs/model.md computed for them: counts, words and integers exactly, doubles to the last bit
 * where the golden has it. QBG_SOURCE_ROOT says where the project is; unset, it is the current
 * folder. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden_json.h"
#include "qbg/qbg.h"

#define AS_OF "2025-11-19"

enum { PATH_SIZE = 4096, BOOK_SIZE = 256 };

static void must(qbg_status status) { assert_int_equal(status, QBG_OK); }

/* ---- Files ---- */

static void path_to(const char *name, char out[PATH_SIZE]) {
    const char *root = getenv("QBG_SOURCE_ROOT");
    snprintf(out, PATH_SIZE, "%s/%s", root && root[0] ? root : ".", name);
}

/* The whole file with a NUL behind it, or NULL. */
static char *read_file(const char *name, size_t *out_size) {
    char path[PATH_SIZE];
    path_to(name, path);
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    size_t size = 0, room = 0, got;
    char *bytes = NULL;
    do {
        room = room * 2 + 4096;
        bytes = realloc(bytes, room + 1);
        assert_non_null(bytes);
        got = fread(bytes + size, 1, room - size, file);
        size += got;
    } while (got > 0);
    fclose(file);
    bytes[size] = '\0';
    *out_size = size;
    return bytes;
}

static qbg_workspace *load(const char *book) {
    char name[PATH_SIZE];
    qbg_workspace *workspace;
    qbg_book_reader *reader;
    int32_t tables = 0;
    must(qbg_workspace_new(NULL, &workspace));
    must(qbg_book_reader_new(workspace, 0, &reader));
    for (int32_t i = 0; i < qbg_book_table_count(); i++) {
        size_t size = 0;
        snprintf(name, sizeof name, "examples/books/%s/%s.csv", book, qbg_book_table_name(i));
        char *bytes = read_file(name, &size);
        if (!bytes) continue;
        must(qbg_book_reader_feed(reader, qbg_book_table_name(i), bytes, size));
        free(bytes);
        tables++;
    }
    if (tables == 0) fail_msg("the book %s has no tables: is QBG_SOURCE_ROOT right?", book);
    must(qbg_book_reader_finish(reader));
    qbg_book_reader_free(reader);
    return workspace;
}

/* ---- Comparing ---- */

/* Where we are, and how often the two differed. */
typedef struct place {
    const char *golden, *opportunity, *contact;
    int faults;
} place;

static void differ(place *at, const char *what) {
    at->faults++;
    print_message("%s: %s %s: %s differs\n", at->golden, at->opportunity,
                  at->contact ? at->contact : "", what);
}

static void compare_text(place *at, const char *what, const json_node *want, const char *have) {
    if (!want || want->type != JSON_TEXT || strcmp(want->text, have) != 0) differ(at, what);
}

static void compare_int(place *at, const char *what, const json_node *want, int64_t have) {
    if (!want || want->type != JSON_NUMBER || json_int64(want) != have) differ(at, what);
}

static void compare_bool(place *at, const char *what, const json_node *want, int have) {
    if (!want || want->type != (have ? JSON_TRUE : JSON_FALSE)) differ(at, what);
}

/* null stands for a value that there is none of. */
static void compare_or_null(place *at, const char *what, const json_node *want, int64_t have,
                            int64_t none) {
    if (have != none)
        compare_int(at, what, want, have);
    else if (!want || want->type != JSON_NULL)
        differ(at, what);
}

static void compare_double(place *at, const char *what, const json_node *want, double have) {
    if (!want || want->type != JSON_NUMBER || fabs(json_double(want) - have) > 1e-12 * fabs(have))
        differ(at, what);
}

static void compare_bits(place *at, const char *what, const json_node *hex, double have) {
    const json_node *want = json_find(hex, what);
    if (!want) return;
    double bits = json_double(want);
    if (memcmp(&bits, &have, sizeof have) != 0) differ(at, what);
}

/* ---- One opportunity ---- */

static void compare_figures(place *at, const json_node *want, const qbg_assessment *have) {
    const struct {
        const char *key;
        double value;
    } figures[] = {{"intent", qbg_assessment_intent(have)},
                   {"priority", qbg_assessment_priority(have)},
                   {"coverage_identified", qbg_assessment_coverage_identified(have)},
                   {"coverage_engaged", qbg_assessment_coverage_engaged(have)},
                   {"coverage_supportive", qbg_assessment_coverage_supportive(have)},
                   {"completeness", qbg_assessment_completeness(have)}};
    const json_node *hex = json_find(want, "hex");
    int64_t with_bits = 0;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        compare_double(at, figures[i].key, json_find(want, figures[i].key), figures[i].value);
        compare_bits(at, figures[i].key, hex, figures[i].value);
        with_bits += json_find(hex, figures[i].key) != NULL;
    }
    if (!hex || with_bits != json_count(hex)) differ(at, "hex");
    compare_int(at, "members_identified", json_find(want, "members_identified"),
                qbg_assessment_members_identified(have));
    compare_int(at, "members_engaged", json_find(want, "members_engaged"),
                qbg_assessment_members_engaged(have));
    compare_int(at, "anonymous", json_find(want, "anonymous"),
                qbg_assessment_anonymous_visitors(have));
    compare_or_null(at, "silent_days", json_find(want, "silent_days"),
                    qbg_assessment_silent_days(have), -1);
    compare_text(at, "verdict", json_find(want, "verdict"),
                 qbg_word_key(QBG_WORDS_VERDICT, qbg_assessment_verdict(have)));
}

static void compare_missing(place *at, const json_node *want, const qbg_assessment *have) {
    uint32_t index = 0;
    for (const json_node *role = want->first; role; role = role->next)
        compare_text(at, "missing", role, qbg_assessment_missing_role(have, index++));
    if (index != qbg_assessment_missing_count(have)) differ(at, "missing");
}

static void compare_seats(place *at, const json_node *want, const qbg_assessment *have) {
    uint32_t index = 0;
    for (const json_node *seat = want->first; seat; seat = seat->next, index++) {
        if (strcmp(seat->key, qbg_assessment_seat_role(have, index)) != 0) differ(at, "seats");
        compare_text(at, seat->key, seat,
                     qbg_word_key(QBG_WORDS_SEAT_STATE, qbg_assessment_seat_state(have, index)));
    }
    if (index != qbg_assessment_seat_count(have)) differ(at, "seats");
}

static void compare_criteria(place *at, const json_node *want, const qbg_assessment *have) {
    int64_t found = 0;
    for (uint32_t i = 0; i < qbg_assessment_criterion_count(have); i++) {
        const char *key = qbg_word_key(QBG_WORDS_CRITERION, qbg_assessment_criterion(have, i));
        const json_node *passes = json_find(want, key);
        if (!passes) continue;
        compare_bool(at, key, passes, qbg_assessment_criterion_passes(have, i));
        found++;
    }
    if (found == 0 || found != json_count(want)) differ(at, "criteria");
}

/* ---- Members ---- */

static void compare_roles(place *at, const json_node *want, const qbg_assessment *have,
                          uint32_t member) {
    uint32_t index = 0;
    for (const json_node *role = want->first; role; role = role->next)
        compare_text(at, "roles", role, qbg_assessment_member_role(have, member, index++));
    if (index != qbg_assessment_member_role_count(have, member)) differ(at, "roles");
}

static void compare_member(place *at, const json_node *want, const qbg_assessment *have,
                           uint32_t member) {
    compare_int(at, "points_int", json_find(want, "points_int"),
                qbg_assessment_member_points_int(have, member));
    compare_double(at, "points", json_find(want, "points"),
                   qbg_assessment_member_points(have, member));
    compare_double(at, "engagement", json_find(want, "engagement"),
                   qbg_assessment_member_engagement(have, member));
    compare_bool(at, "engaged", json_find(want, "engaged"),
                 qbg_assessment_member_is_engaged(have, member));
    compare_text(
        at, "participation", json_find(want, "participation"),
        qbg_word_key(QBG_WORDS_PARTICIPATION, qbg_assessment_member_participation(have, member)));
    compare_text(at, "interest", json_find(want, "interest"),
                 qbg_word_key(QBG_WORDS_INTEREST, qbg_assessment_member_interest(have, member)));
    compare_text(at, "stance", json_find(want, "stance"),
                 qbg_word_key(QBG_WORDS_STANCE, qbg_assessment_member_stance(have, member)));
    compare_or_null(at, "last", json_find(want, "last"),
                    qbg_assessment_member_last_signal(have, member), QBG_UNDATED);
    compare_roles(at, json_find(want, "roles"), have, member);
}

/* The contributions of the ledger add up to the points, to the last bit. */
static void compare_ledger(place *at, const qbg_opportunity *opportunity,
                           const qbg_assessment *have, uint32_t member,
                           const qbg_workspace *workspace) {
    qbg_table *ledger;
    const qbg_contact *contact =
        qbg_contact_find(workspace, qbg_assessment_member_contact(have, member));
    int64_t sum = 0;
    must(qbg_ledger(opportunity, contact, qbg_assessment_as_of(have), &ledger));
    int32_t column = qbg_table_column_find(ledger, "contribution");
    for (int64_t i = 0; i < qbg_table_row_count(ledger); i++)
        sum += qbg_table_int64_at(ledger, column, i);
    if (sum != qbg_assessment_member_points_int(have, member)) differ(at, "ledger");
    qbg_table_free(ledger);
}

static void compare_opportunity(place *at, const json_node *want, const qbg_workspace *workspace,
                                int64_t as_of_s) {
    qbg_assessment *have;
    const qbg_opportunity *opportunity = qbg_opportunity_find(workspace, want->key);
    at->opportunity = want->key;
    at->contact = NULL;
    if (!opportunity) {
        differ(at, "the opportunity");
        return;
    }
    must(qbg_assess(opportunity, as_of_s, &have));
    compare_figures(at, want, have);
    compare_missing(at, json_find(want, "missing"), have);
    compare_seats(at, json_find(want, "seats"), have);
    compare_criteria(at, json_find(want, "criteria"), have);
    const json_node *members = json_find(want, "members");
    if (json_count(members) != qbg_assessment_member_count(have)) differ(at, "members");
    for (uint32_t i = 0; i < qbg_assessment_member_count(have); i++) {
        at->contact = qbg_assessment_member_contact(have, i);
        const json_node *member = json_find(members, at->contact);
        if (member)
            compare_member(at, member, have, i);
        else
            differ(at, "the member");
        compare_ledger(at, opportunity, have, i, workspace);
    }
    qbg_assessment_free(have);
}

/* ---- One golden ---- */

/* Splits "book@TIME.json"; returns 0 when it is no golden. */
static int split(const char *name, char book[BOOK_SIZE], const char **out_as_of, char time[64]) {
    const char *end = strrchr(name, '.'), *at = strchr(name, '@');
    if (!end || strcmp(end, ".json") != 0 || strlen(name) >= BOOK_SIZE) return 0;
    size_t size = (size_t)((at ? at : end) - name);
    memcpy(book, name, size);
    book[size] = '\0';
    *out_as_of = AS_OF;
    if (!at) return 1;
    snprintf(time, 64, "%.*s", (int)(end - at - 1), at + 1);
    *out_as_of = time;
    return 1;
}

static int compare_golden(const char *name) {
    char book[BOOK_SIZE], path[PATH_SIZE], time[64];
    const char *as_of;
    int64_t as_of_s;
    size_t size;
    qbg_table *board;
    if (!split(name, book, &as_of, time)) return 0;
    must(qbg_time_from_text(as_of, 1, &as_of_s));
    snprintf(path, sizeof path, "tests/golden/%s", name);
    char *text = read_file(path, &size);
    assert_non_null(text);
    json_node *golden = json_read(text);
    if (!golden) fail_msg("%s is not JSON", name);
    qbg_workspace *workspace = load(book);
    place at = {name, "", NULL, 0};
    for (const json_node *want = golden->first; want; want = want->next)
        compare_opportunity(&at, want, workspace, as_of_s);
    must(qbg_board(workspace, as_of_s, 0, QBG_NONE, 1, &board));
    if (qbg_table_row_count(board) != json_count(golden)) differ(&at, "how many there are");
    qbg_table_free(board);
    qbg_workspace_free(workspace);
    json_free(golden);
    free(text);
    if (at.faults > 0) fail_msg("%s: %d values differ", name, at.faults);
    return 1;
}

static void every_book_comes_out_as_computed_independently(void **state) {
    (void)state;
    char path[PATH_SIZE];
    int count = 0;
    path_to("tests/golden", path);
    DIR *folder = opendir(path);
    if (!folder) fail_msg("cannot read %s: is QBG_SOURCE_ROOT right?", path);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        count += compare_golden(entry->d_name);
    closedir(folder);
    print_message("%d goldens compared\n", count);
    assert_true(count >= 9);
}

static void the_reader_of_goldens_reads_json(void **state) {
    (void)state;
    json_node *node =
        json_read(" {\"a\": [1, -2.5e1, true, null], \"б\\n\\u0451\": \"0x1.8p-3\"} ");
    assert_non_null(node);
    const json_node *list = json_find(node, "a");
    assert_int_equal(json_count(list), 4);
    assert_int_equal(json_int64(list->first), 1);
    assert_true(json_double(list->first->next) == -25.0);
    assert_int_equal(list->first->next->next->next->type, JSON_NULL);
    assert_true(json_double(json_find(node, "б\nё")) == 0.1875);
    json_free(node);
    static const char *const broken[] = {"", "{", "[1,]", "{\"a\" 1}", "[1] 2", "\"a", "tru"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) assert_null(json_read(broken[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_of_goldens_reads_json),
        cmocka_unit_test(every_book_comes_out_as_computed_independently),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
