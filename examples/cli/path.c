/* path: the path to qualified as a list for sales people, as rows, and as JSON. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

/* A text from a book. */
static void put_text(FILE *file, const char *text) {
    put_plainly(file, text, (int64_t)strlen(text));
}

static void put_date(FILE *file, int64_t time_s) {
    int32_t year = 0, month = 0, day = 0;
    qbg_time_to_civil(time_s, &year, &month, &day, NULL, NULL, NULL);
    fprintf(file, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* ---- text ---- */

/* What the text is made from. */
struct list {
    FILE *file;
    qbg_workspace *workspace;
    const qbg_path *path;
    const qbg_assessment *group; /* who plays which part now */
};

static void put_role(const struct list *list, const char *key) {
    put_text(list->file, qbg_role_label(qbg_role_find(list->workspace, key), "en"));
}

/* "Olga Petrova (olga), economic buyer" */
static void put_person(const struct list *list, const char *key, const char *name) {
    const qbg_assessment *group = list->group;
    put_text(list->file, *name ? name : key);
    if (*name && strcmp(name, key) != 0) {
        fputs(" (", list->file);
        put_text(list->file, key);
        fputc(')', list->file);
    }
    for (uint32_t i = 0; i < qbg_assessment_member_count(group); i++) {
        if (strcmp(qbg_assessment_member_contact(group, i), key) != 0) continue;
        for (uint32_t j = 0; j < qbg_assessment_member_role_count(group, i); j++) {
            fputs(", ", list->file);
            put_role(list, qbg_assessment_member_role(group, i, j));
        }
    }
}

static void put_step(const struct list *list, uint32_t step) {
    const qbg_path *path = list->path;
    int32_t kind = qbg_path_step_kind(path, step);
    fprintf(list->file, "%3u. %s ", (unsigned)step + 1,
            qbg_word_label(QBG_WORDS_PATH_STEP, kind, "en"));
    if (kind == QBG_STEP_IDENTIFY) {
        fputs("a new ", list->file);
        put_role(list, qbg_path_step_role(path, step));
    } else {
        put_person(list, qbg_path_step_contact(path, step), qbg_path_step_name(path, step));
    }
    fprintf(list->file, ": %+.1f, to %.1f\n", qbg_path_step_gain(path, step),
            qbg_path_step_priority(path, step));
}

/* What counts as active, and as engaged, too, should that be more. */
static double points_of_a_step(qbg_workspace *workspace) {
    const qbg_policy *policy = qbg_workspace_policy(workspace);
    int64_t active = qbg_policy_value_milli(policy, qbg_policy_find(policy, "active_points"));
    int64_t engaged = qbg_policy_value_milli(policy, qbg_policy_find(policy, "engaged_points"));
    return (double)(active > engaged ? active : engaged) / 1000;
}

static void put_steps(const struct list *list) {
    const qbg_path *path = list->path;
    uint32_t count = qbg_path_step_count(path);
    fprintf(list->file, "%u step%s would qualify it and raise its priority from %.1f to %.1f:\n\n",
            (unsigned)count, count == 1 ? "" : "s", qbg_path_priority_before(path),
            qbg_path_priority_after(path));
    for (uint32_t i = 0; i < count; i++) put_step(list, i);
    fprintf(list->file, "\nA step brings the person to at least %g points here.\n",
            points_of_a_step(list->workspace));
    if (!qbg_path_is_exact(path))
        fputs("The search was cut off: there may be a shorter or a better path.\n", list->file);
}

static void put_reasons(FILE *file, const qbg_path *path) {
    uint32_t count = qbg_path_unmet_count(path);
    fprintf(file, "No path of at most %d step%s (path_steps) qualifies it.\n",
            (int)qbg_path_step_limit(path), qbg_path_step_limit(path) == 1 ? "" : "s");
    for (uint32_t i = 0; i < count; i++) {
        int32_t criterion = qbg_path_unmet_criterion(path, i);
        int is_a_word = criterion >= QBG_CRITERION_NEED_VALIDATED;
        fprintf(file, "  %s: %s\n", qbg_word_label(QBG_WORDS_CRITERION, criterion, "en"),
                is_a_word ? "required, and no step can supply it"
                          : "out of reach even if all steps were for it alone");
    }
    if (!qbg_path_is_exact(path))
        fputs("  The search was cut off: there may be one all the same.\n", file);
    else if (count == 0)
        fputs("  Each criterion could be met, but not all of them in so few steps.\n", file);
}

static void put_list(const struct list *list) {
    const qbg_path *path = list->path;
    int is_fine = qbg_path_is_qualified_already(path);
    put_text(list->file, qbg_path_opportunity(path));
    fprintf(list->file, " is %s as of ", is_fine ? "qualified" : "not qualified");
    put_date(list->file, qbg_path_as_of(path));
    fputs(is_fine ? ": no step is needed.\n" : ". ", list->file);
    if (is_fine) return;
    if (qbg_path_exists(path))
        put_steps(list);
    else
        put_reasons(list->file, path);
}

/* ---- JSON ---- */

static void put_string(FILE *file, const char *text) {
    fputc('"', file);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(file, "\\%c", *at);
        else if (*at < 0x20)
            fprintf(file, "\\u%04x", *at);
        else
            fputc(*at, file);
    }
    fputc('"', file);
}

static void put_string_or_null(FILE *file, const char *key, const char *text) {
    fprintf(file, "\"%s\": ", key);
    if (*text)
        put_string(file, text);
    else
        fputs("null", file);
    fputs(", ", file);
}

static void put_instant(FILE *file, int64_t time_s) {
    int32_t hour = 0, minute = 0, second = 0;
    qbg_time_to_civil(time_s, NULL, NULL, NULL, &hour, &minute, &second);
    fputc('"', file);
    put_date(file, time_s);
    fprintf(file, "T%02d:%02d:%02dZ\"", (int)hour, (int)minute, (int)second);
}

static const char *truth(int32_t value) { return value ? "true" : "false"; }

/* %.17g reads back to the same bits. */
static void put_json_step(FILE *file, const qbg_path *path, uint32_t step) {
    int32_t kind = qbg_path_step_kind(path, step);
    fprintf(file, "%s\n  {\"kind\": \"%s\", ", step ? "," : "",
            qbg_word_key(QBG_WORDS_PATH_STEP, kind));
    put_string_or_null(file, "role", qbg_path_step_role(path, step));
    put_string_or_null(file, "contact", qbg_path_step_contact(path, step));
    put_string_or_null(file, "name", qbg_path_step_name(path, step));
    fprintf(file, "\"priority\": %.17g, \"gain\": %.17g}", qbg_path_step_priority(path, step),
            qbg_path_step_gain(path, step));
}

static void put_json(FILE *file, const qbg_path *path) {
    uint32_t steps = qbg_path_step_count(path), unmet = qbg_path_unmet_count(path);
    fputs("{\"format\": 1,\n \"as_of\": ", file);
    put_instant(file, qbg_path_as_of(path));
    fputs(",\n \"opportunity\": ", file);
    put_string(file, qbg_path_opportunity(path));
    fprintf(file, ",\n \"exists\": %s,\n \"qualified_already\": %s,\n \"exact\": %s,\n",
            truth(qbg_path_exists(path)), truth(qbg_path_is_qualified_already(path)),
            truth(qbg_path_is_exact(path)));
    fprintf(file, " \"step_limit\": %d,\n \"priority_before\": %.17g,\n",
            (int)qbg_path_step_limit(path), qbg_path_priority_before(path));
    fprintf(file, " \"priority_after\": %.17g,\n \"steps\": [", qbg_path_priority_after(path));
    for (uint32_t i = 0; i < steps; i++) put_json_step(file, path, i);
    fprintf(file, "%s],\n \"unmet\": [", steps ? "\n " : "");
    for (uint32_t i = 0; i < unmet; i++)
        fprintf(file, "%s\"%s\"", i ? ", " : "",
                qbg_word_key(QBG_WORDS_CRITERION, qbg_path_unmet_criterion(path, i)));
    fputs("]}\n", file);
}

/* ---- the page ---- */

static int put_rows(const struct options *options, const qbg_path *path) {
    qbg_table *table = NULL;
    qbg_blob *blob = NULL;
    qbg_status status = qbg_path_table(path, &table);
    if (status == QBG_OK) status = qbg_report_table(table, QBG_FORMAT_CSV, &blob);
    qbg_table_free(table);
    return put_blob(options, status, blob);
}

int put_path(const struct options *options, int32_t format, qbg_workspace *workspace,
             const qbg_path *path, const qbg_assessment *group) {
    struct page page;
    if (format == QBG_FORMAT_CSV) return put_rows(options, path);
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    if (format == QBG_FORMAT_JSON)
        put_json(page.file, path);
    else
        put_list(&(struct list){page.file, workspace, path, group});
    return page_put(&page, options);
}
