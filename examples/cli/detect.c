/* detect: the groups that are forming in a book, for people and as rows. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int64_t days_of(qbg_workspace *workspace, const char *key) {
    const qbg_policy *policy = qbg_workspace_policy(workspace);
    return qbg_policy_value_milli(policy, qbg_policy_find(policy, key)) / 1000;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static int32_t column(const qbg_table *table, const char *name) {
    return qbg_table_column_find(table, name);
}

/* NULL: there is none. */
static const char *text_at(const qbg_table *table, const char *name, int64_t row, int64_t *size) {
    if (qbg_table_is_null(table, column(table, name), row)) return NULL;
    return qbg_table_text_at(table, column(table, name), row, size);
}

static int64_t number_at(const qbg_table *table, const char *name, int64_t row) {
    return qbg_table_int64_at(table, column(table, name), row);
}

static void put_date(FILE *file, int64_t time_s) {
    int32_t year = 0, month = 0, day = 0;
    qbg_time_to_civil(time_s, &year, &month, &day, NULL, NULL, NULL);
    fprintf(file, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* ---- for people ------------------------------------------------------------------------------ */

struct list {
    FILE *file;
    qbg_workspace *workspace;
    const qbg_table *table;
    int64_t row;
    int64_t window_days;
};

/* The next piece of a list that ';' separates: its size, and where the one after it begins. */
static const char *next_piece(const char *at, const char *end, size_t *out_size) {
    const char *stop = memchr(at, ';', (size_t)(end - at));
    if (!stop) stop = end;
    *out_size = (size_t)(stop - at);
    return stop < end ? stop + 1 : end;
}

/* Keys are told as their labels: "end_user;champion+coach" as "end user, champion and coach". */
static void put_role(const struct list *list, const char *at, size_t size) {
    char key[256];
    for (const char *end = at + size; at < end;) {
        const char *stop = memchr(at, '+', (size_t)(end - at));
        if (!stop) stop = end;
        snprintf(key, sizeof key, "%.*s", (int)(stop - at), at);
        const char *label = qbg_role_label(qbg_role_find(list->workspace, key), "en");
        put_plainly(list->file, label, (int64_t)strlen(label));
        if (stop < end) fputs(" and ", list->file);
        at = stop < end ? stop + 1 : end;
    }
}

static void put_word(const struct list *list, const char *column, const char *at, size_t size) {
    char key[64];
    int32_t words = strcmp(column, "departments") == 0 ? QBG_WORDS_DEPARTMENT : QBG_WORDS_CATEGORY;
    snprintf(key, sizeof key, "%.*s", (int)size, at);
    const char *label = qbg_word_label(words, qbg_word_find(words, key), "en");
    fputs(label, list->file);
}

static void put_pieces(const struct list *list, const char *title, const char *column) {
    int64_t size = 0;
    const char *at = text_at(list->table, column, list->row, &size), *end = at ? at + size : NULL;
    if (!at || size == 0) return;
    fprintf(list->file, "  %s: ", title);
    while (at < end) {
        const char *piece = at;
        size_t length;
        at = next_piece(at, end, &length);
        if (strcmp(column, "missing_roles") == 0)
            put_role(list, piece, length);
        else
            put_word(list, column, piece, length);
        fputs(at < end ? ", " : "\n", list->file);
    }
}

/* A key is told as it is; keys may hold a ';', and then the roles cannot be told beside them. */
static void put_who(const struct list *list) {
    int64_t size = 0, roles_size = 0;
    const char *at = text_at(list->table, "who", list->row, &size), *end = at + size;
    const char *role = text_at(list->table, "roles", list->row, &roles_size);
    const char *roles_end = role ? role + roles_size : NULL;
    if (size == 0) return;
    fputs("  who: ", list->file);
    while (at < end) {
        const char *piece = at, *his = role;
        size_t length, role_length = 0;
        at = next_piece(at, end, &length);
        put_plainly(list->file, piece, (int64_t)length);
        if (role) role = next_piece(role, roles_end, &role_length);
        if (role_length > 0) {
            fputs(" (", list->file);
            put_role(list, his, role_length);
            fputc(')', list->file);
        }
        fputs(at < end ? ", " : "\n", list->file);
    }
}

static void put_count(const struct list *list, const char *column, const char *one,
                      const char *many, const char *before) {
    int64_t count = number_at(list->table, column, list->row);
    if (count > 0) fprintf(list->file, "%s%" PRId64 " %s", before, count, count == 1 ? one : many);
}

static void put_headline(const struct list *list) {
    const qbg_table *table = list->table;
    int64_t size = 0, row = list->row;
    const char *text = text_at(table, "account", row, &size);
    const qbg_account *account =
        qbg_account_at(list->workspace, (uint32_t)number_at(table, "account_number", row));
    const char *name = qbg_account_name(account);
    put_plainly(list->file, text, size);
    if (*name && strcmp(name, qbg_account_key(account)) != 0) {
        fputs(" (", list->file);
        put_plainly(list->file, name, (int64_t)strlen(name));
        fputc(')', list->file);
    }
    text = text_at(table, "solution", row, &size);
    fputs(text ? ", about " : ", about no known solution", list->file);
    if (text) put_plainly(list->file, text, size);
    fputs(":", list->file);
    put_count(list, "people", "person", "people", " ");
    put_count(list, "visitors", "anonymous visitor", "anonymous visitors",
              number_at(table, "people", row) > 0 ? " and " : " ");
    fputs(" since ", list->file);
    put_date(list->file, number_at(table, "since", row));
    fputc('\n', list->file);
}

/* "seen on 2025-11-14, 25 days after the first came" */
static void put_crossing(const struct list *list) {
    int64_t days = number_at(list->table, "latency_days", list->row);
    fputs("  seen on ", list->file);
    put_date(list->file, number_at(list->table, "crossed", list->row));
    if (days == 0)
        fputs(", the day when the first came\n", list->file);
    else
        fprintf(list->file, ", %" PRId64 " day%s after the first came\n", days,
                days == 1 ? "" : "s");
}

static void put_unusual(const struct list *list) {
    const qbg_table *table = list->table;
    double p_value = qbg_table_double_at(table, column(table, "p_value"), list->row);
    double expected = qbg_table_double_at(table, column(table, "expected"), list->row);
    fprintf(list->file,
            "  how unusual: %" PRId64 " new within %" PRId64 " days, where %.2g are usual; by "
            "chance at such an account in at most %.2g of 1,000 years\n",
            number_at(table, "newcomers", list->row), list->window_days, expected, 1000 * p_value);
}

static void put_group(const struct list *list) {
    int64_t size = 0;
    put_headline(list);
    put_crossing(list);
    put_unusual(list);
    put_who(list);
    if (number_at(list->table, "regulars", list->row) > 0) {
        put_count(list, "regulars", "other is active who has long been here",
                  "others are active who have long been here", "  ");
        fputc('\n', list->file);
    }
    put_pieces(list, "departments", "departments");
    put_pieces(list, "evidence", "categories");
    put_pieces(list, "missing", "missing_roles");
    const char *opportunity = text_at(list->table, "opportunity", list->row, &size);
    fputs(opportunity ? "  open opportunity: " : "  no opportunity is open", list->file);
    if (opportunity) put_plainly(list->file, opportunity, size);
    fputc('\n', list->file);
}

static void put_list(struct list *list, int64_t as_of_s) {
    int64_t rows = qbg_table_row_count(list->table);
    fputs(rows == 0 ? "No group is forming as of " : "Groups that are forming as of ", list->file);
    put_date(list->file, as_of_s);
    fputc('\n', list->file);
    for (list->row = 0; list->row < rows; list->row++) {
        fputc('\n', list->file);
        put_group(list);
    }
}

/* ---- the command ----------------------------------------------------------------------------- */

static int put_groups(const struct options *options, qbg_workspace *workspace,
                      const qbg_table *table, int64_t as_of_s) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    struct list list = {page.file, workspace, table, 0,
                        days_of(workspace, "formation_window_days")};
    put_list(&list, as_of_s);
    return page_put(&page, options);
}

static int put_table(const struct options *options, qbg_workspace *workspace,
                     const qbg_table *table, int64_t as_of_s, int32_t format) {
    qbg_blob *blob = NULL;
    if (format == QBG_FORMAT_TEXT) return put_groups(options, workspace, table, as_of_s);
    qbg_status status = qbg_report_table(table, format, &blob);
    return put_blob(options, status, blob);
}

int run_detect(const struct options *options) {
    int64_t as_of_s;
    int32_t format;
    struct book book;
    qbg_baseline *baseline = NULL;
    qbg_table *table = NULL;
    int code = options_as_of(options, &as_of_s);
    if (code == CLI_FINE) code = options_format(options, &format);
    if (code == CLI_FINE) code = book_read_and_tell(options, &book);
    if (code != CLI_FINE) return code;
    code = baseline_of(options, book.workspace, as_of_s, &baseline);
    if (code == CLI_FINE) {
        qbg_status status = qbg_detect(book.workspace, as_of_s, baseline, &table);
        code = status == QBG_OK ? put_table(options, book.workspace, table, as_of_s, format)
                                : failed("detect", status);
    }
    qbg_baseline_free(baseline);
    qbg_table_free(table);
    book_free(&book);
    return code;
}
