/* screen: the card of each deal, and, when it changes, what changed and why. All of it is read from
 * two answers, the one that is shown and the one after it; nothing is remembered beside.
 *
 * Answers are refilled, not made anew: the next one is written into the spare handle, compared with
 * the one that is shown, and then the two change places. Once they are warm that allocates nothing.
 */
#include "crm.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A card being compared with the next answer. Its heading is printed with the first difference. */
struct card {
    const struct crm *host;
    const struct deal *at;
    const qbg_assessment *was, *is; /* was: NULL on the first day */
    int is_morning, has_heading;
};

static const char *label(int32_t vocabulary, int32_t word) {
    return qbg_word_label(vocabulary, word, "en");
}

static int64_t rounded(double value, double digits) { return (int64_t)(value * digits + 0.5); }

static void print_heading(struct card *card) {
    const qbg_assessment *was = card->was, *is = card->is;
    int32_t before = qbg_assessment_verdict(was), now = qbg_assessment_verdict(is);
    double from = qbg_assessment_priority(was), to = qbg_assessment_priority(is);
    if (card->has_heading) return;
    card->has_heading = 1;
    printf("  %s%s: ", card->at->id, card->is_morning ? " over night" : "");
    if (was && before != now) printf("%s -> ", label(QBG_WORDS_VERDICT, before));
    printf("%s, priority ", label(QBG_WORDS_VERDICT, now));
    if (was && rounded(from, 10) != rounded(to, 10)) printf("%.1f -> ", from);
    printf("%.1f\n", to);
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
print_line(struct card *card, const char *format, ...) {
    va_list arguments;
    print_heading(card);
    printf("    ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
}

/* ---- Figures: the two factors of the priority ---- */

static void compare_ratio(struct card *card, const char *what, double was, double is) {
    if (rounded(was, 1000) != rounded(is, 1000)) print_line(card, "%s %.3f -> %.3f", what, was, is);
}

static void compare_figures(struct card *card) {
    const qbg_assessment *was = card->was, *is = card->is;
    int32_t guests_before = qbg_assessment_anonymous_visitors(was);
    int32_t guests = qbg_assessment_anonymous_visitors(is);
    if (rounded(qbg_assessment_priority(was), 10) != rounded(qbg_assessment_priority(is), 10))
        print_heading(card);
    compare_ratio(card, "intent", qbg_assessment_intent(was), qbg_assessment_intent(is));
    compare_ratio(card, "engaged coverage", qbg_assessment_coverage_engaged(was),
                  qbg_assessment_coverage_engaged(is));
    if (guests_before != guests)
        print_line(card, "anonymous visitors %" PRId32 " -> %" PRId32, guests_before, guests);
}

/* ---- People: who came, who went, who does more or less ---- */

/* Names are the host's, by the tag; an answer has only keys where it lists who sits on a seat. */
static const char *name_of(const struct card *card, const char *key) {
    const qbg_contact *row = qbg_contact_find(card->host->rows, key);
    const struct person *who = tables_person_of(qbg_contact_tag(row));
    return who ? who->name : "somebody who was erased";
}

static void print_gone(struct card *card, uint32_t index) {
    const char *key = qbg_assessment_member_contact(card->was, index);
    const char *name = qbg_assessment_member_name(card->was, index);
    const qbg_contact *row = qbg_contact_find(card->host->rows, key);
    if (!row)
        print_line(card, "%s is known no more", name);
    else if (strcmp(qbg_contact_key(row), key) != 0)
        print_line(card, "%s is one with %s", name, qbg_contact_name(row));
    else
        print_line(card, "%s is in the group no more", name);
}

static void print_arrival(struct card *card, uint32_t index) {
    print_line(card, "%s: new, %s, %.1f points",
               name_of(card, qbg_assessment_member_contact(card->is, index)),
               qbg_assessment_member_is_engaged(card->is, index) ? "engaged" : "quiet",
               qbg_assessment_member_points(card->is, index));
}

/* Points are compared as the integers that they are; the sign of a day's ageing shows as well. */
static void compare_person(struct card *card, uint32_t i, uint32_t j) {
    const qbg_assessment *was = card->was, *is = card->is;
    int was_engaged = qbg_assessment_member_is_engaged(was, i);
    int is_engaged = qbg_assessment_member_is_engaged(is, j);
    const char *turn = was_engaged == is_engaged ? "" : is_engaged ? ", is engaged" : ", is quiet";
    if (qbg_assessment_member_points_int(was, i) == qbg_assessment_member_points_int(is, j) &&
        was_engaged == is_engaged)
        return;
    print_line(card, "%s: %.1f -> %.1f points%s",
               name_of(card, qbg_assessment_member_contact(is, j)),
               qbg_assessment_member_points(was, i), qbg_assessment_member_points(is, j), turn);
}

/* Both answers list people by key, and past the end keys are empty. */
static void compare_people(struct card *card) {
    uint32_t i = 0, j = 0;
    for (;;) {
        const char *was = qbg_assessment_member_contact(card->was, i);
        const char *is = qbg_assessment_member_contact(card->is, j);
        int order = was[0] == '\0' ? 1 : is[0] == '\0' ? -1 : strcmp(was, is);
        if (was[0] == '\0' && is[0] == '\0') return;
        if (order < 0)
            print_gone(card, i++);
        else if (order > 0)
            print_arrival(card, j++);
        else
            compare_person(card, i++, j++);
    }
}

/* ---- Seats ---- */

static void print_seat(struct card *card, uint32_t seat, int32_t before) {
    const qbg_assessment *is = card->is;
    const qbg_role *role = qbg_role_find(card->host->rows, qbg_assessment_seat_role(is, seat));
    const char *who = qbg_assessment_seat_person(is, seat, 0);
    print_line(card, "seat %s: %s -> %s%s%s", qbg_role_label(role, "en"),
               label(QBG_WORDS_SEAT_STATE, before),
               label(QBG_WORDS_SEAT_STATE, qbg_assessment_seat_state(is, seat)), who[0] ? ", " : "",
               who[0] ? name_of(card, who) : "");
}

/* Both have the seats of one template, in its order. */
static void compare_seats(struct card *card) {
    for (uint32_t i = 0; i < qbg_assessment_seat_count(card->is); i++) {
        int32_t before = card->was ? qbg_assessment_seat_state(card->was, i) : QBG_SEAT_MISSING;
        if (before != qbg_assessment_seat_state(card->is, i)) print_seat(card, i, before);
    }
}

/* ---- The gate: why the verdict is what it is ---- */

/* Where a criterion stands among those of an answer; its count: nowhere. */
static uint32_t find_criterion(const qbg_assessment *in, int32_t criterion) {
    uint32_t at = 0;
    while (at < qbg_assessment_criterion_count(in) && qbg_assessment_criterion(in, at) != criterion)
        at++;
    return at;
}

static void print_criterion(struct card *card, uint32_t index) {
    const qbg_assessment *is = card->is;
    const char *name = label(QBG_WORDS_CRITERION, qbg_assessment_criterion(is, index));
    const char *stands = qbg_assessment_criterion_passes(is, index)  ? "passes"
                         : qbg_assessment_criterion_holds(is, index) ? "fails, but holds"
                                                                     : "fails";
    if (qbg_assessment_criterion_has_threshold(is, index))
        print_line(card, "%s %s: %.3g, threshold %.3g", name, stands,
                   qbg_assessment_criterion_actual(is, index),
                   qbg_assessment_criterion_threshold(is, index));
    else
        print_line(card, "%s %s: %s", name, stands, qbg_assessment_criterion_reason(is, index));
}

/* Those that pass or fail otherwise than before. On the first day all that pass would be news. */
static void compare_criteria(struct card *card) {
    const qbg_assessment *was = card->was, *is = card->is;
    for (uint32_t i = 0; was && i < qbg_assessment_criterion_count(is); i++) {
        uint32_t before = find_criterion(was, qbg_assessment_criterion(is, i));
        if (qbg_assessment_criterion_passes(was, before) !=
                qbg_assessment_criterion_passes(is, i) ||
            qbg_assessment_criterion_holds(was, before) != qbg_assessment_criterion_holds(is, i))
            print_criterion(card, i);
    }
}

/* ---- The path: what would make it qualified ---- */

static void print_step(struct card *card, const qbg_path *path, uint32_t step) {
    int32_t kind = qbg_path_step_kind(path, step);
    const qbg_role *role = qbg_role_find(card->host->rows, qbg_path_step_role(path, step));
    print_line(card, "next: %s %s, priority %.1f", label(QBG_WORDS_PATH_STEP, kind),
               kind == QBG_STEP_IDENTIFY ? qbg_role_label(role, "en")
                                         : name_of(card, qbg_path_step_contact(path, step)),
               qbg_path_step_priority(path, step));
}

/* The fewest steps, or, where there are none, what no step can supply. */
static qbg_status print_path(struct card *card) {
    qbg_path *path = NULL;
    qbg_status status = qbg_path_find(card->at->row, qbg_assessment_as_of(card->is), &path);
    if (status != QBG_OK) return status;
    for (uint32_t i = 0; i < qbg_path_step_count(path); i++) print_step(card, path, i);
    for (uint32_t i = 0; i < qbg_path_unmet_count(path); i++)
        print_line(card, "out of reach: %s",
                   label(QBG_WORDS_CRITERION, qbg_path_unmet_criterion(path, i)));
    qbg_path_free(path);
    return QBG_OK;
}

/* ---- Cards ---- */

static void compare(struct card *card) {
    if (!card->was) print_heading(card);
    compare_figures(card);
    compare_people(card);
    compare_seats(card);
    compare_criteria(card);
}

/* Would somebody want to know, though nothing happened but that time went by? */
static int stands_otherwise(const qbg_assessment *was, const qbg_assessment *is) {
    return qbg_assessment_verdict(was) != qbg_assessment_verdict(is) ||
           qbg_assessment_members_engaged(was) != qbg_assessment_members_engaged(is);
}

static qbg_status ask(struct crm *host, const struct deal *at) {
    int64_t as_of = host->today + DAY - 1; /* all of today, so that points age over night */
    if (!host->spare) return qbg_assess(at->row, as_of, &host->spare);
    return qbg_assessment_refill(host->spare, at->row, as_of);
}

static qbg_status refresh(struct crm *host, struct deal *at, int is_morning) {
    qbg_status status = ask(host, at);
    if (status != QBG_OK) return status; /* the card stays as it is */
    qbg_assessment *next = host->spare;
    struct card card = {host, at, at->shown, next, is_morning, 0};
    if (!is_morning || stands_otherwise(at->shown, next)) compare(&card);
    if (card.has_heading && qbg_assessment_verdict(next) != QBG_VERDICT_QUALIFIED)
        status = print_path(&card);
    host->spare = at->shown;
    at->shown = next;
    return status;
}

qbg_status screen_refresh(struct crm *host) {
    qbg_table *changes = NULL;
    qbg_status status = qbg_workspace_changes(host->rows, host->seen, &changes);
    if (status != QBG_OK) return status;
    int32_t tag = qbg_table_column_find(changes, "opportunity_tag");
    int32_t is_alive = qbg_table_column_find(changes, "is_alive");
    for (int64_t i = 0; i < qbg_table_row_count(changes) && status == QBG_OK; i++) {
        struct deal *at = tables_deal_of(qbg_table_uint64_at(changes, tag, i));
        if (at && qbg_table_int64_at(changes, is_alive, i)) status = refresh(host, at, 0);
    }
    qbg_table_free(changes);
    if (status == QBG_OK) host->seen = qbg_workspace_revision(host->rows);
    return status;
}

qbg_status screen_next_day(struct crm *host) {
    qbg_status status = QBG_OK;
    for (int i = 0; i < DEALS && status == QBG_OK; i++) {
        struct deal *at = &host->deals[i];
        if (at->shown && at->closed == QBG_UNDATED) status = refresh(host, at, 1);
    }
    return status;
}

qbg_status screen_board(const struct crm *host) {
    qbg_table *board = NULL;
    qbg_status status = qbg_board(host->rows, host->today + DAY - 1, 0, QBG_NONE, 0, &board);
    if (status != QBG_OK) return status;
    int32_t tag = qbg_table_column_find(board, "opportunity_tag");
    int32_t priority = qbg_table_column_find(board, "priority");
    for (int64_t i = 0; i < qbg_table_row_count(board); i++) {
        const struct deal *at = tables_deal_of(qbg_table_uint64_at(board, tag, i));
        printf("  %5.1f  %s, %s\n", qbg_table_double_at(board, priority, i), at->buyer->name,
               at->id);
    }
    qbg_table_free(board);
    return QBG_OK;
}

qbg_status screen_duplicates(const struct crm *host) {
    qbg_table *pairs = NULL;
    qbg_status status = qbg_duplicates(host->rows, &pairs);
    if (status != QBG_OK) return status;
    int32_t first = qbg_table_column_find(pairs, "first_tag");
    int32_t second = qbg_table_column_find(pairs, "second_tag");
    int32_t reason = qbg_table_column_find(pairs, "reason");
    for (int64_t i = 0; i < qbg_table_row_count(pairs); i++) {
        const struct person *one = tables_person_of(qbg_table_uint64_at(pairs, first, i));
        const struct person *other = tables_person_of(qbg_table_uint64_at(pairs, second, i));
        printf("  %s, %s, may be %s, %s: the same %s\n", other->id, other->name, one->id, one->name,
               qbg_table_text_at(pairs, reason, i, NULL));
    }
    qbg_table_free(pairs);
    return QBG_OK;
}

void screen_forget(struct crm *host) {
    qbg_assessment_free(host->spare);
    host->spare = NULL;
}

void screen_clear(struct crm *host) {
    screen_forget(host);
    for (int i = 0; i < DEALS; i++) {
        qbg_assessment_free(host->deals[i].shown);
        host->deals[i].shown = NULL;
    }
}
