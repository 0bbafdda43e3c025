/* book_catalog: loads roles, kinds, templates, solutions and policy parameters; see book_load.h. */
#include "io/book_load.h"

#include "base/fixed.h"
#include "base/text.h"
#include "io/book_cells.h"
#include "model/catalog.h"
#include "model/policy.h"
#include "model/template.h"
#include "qbg/vocabulary.h"

#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))

/* ---- roles ----------------------------------------------------------------------------------- */

enum { ROLE_KEY, ROLE_NAME };
static const char *const role_columns[] = {"role", "name"};
const qbg__book_table qbg__book_roles = {"roles",        role_columns,   COUNT(role_columns),
                                         1u << ROLE_KEY, 1u << ROLE_KEY, 0};

/* A key alone, or with the name that is known, changes nothing and is listed twice for no harm. */
static int is_known_role(const qbg_role *known, const char *name) {
    return !name || (known && known->name && strcmp(known->name, name) == 0);
}

qbg_status qbg__book_load_role(qbg__book_row *row) {
    const char *key = qbg__book_text(row, ROLE_KEY), *name = qbg__book_text(row, ROLE_NAME);
    qbg_role *role = qbg_role_find(row->workspace, key);
    int is_known = is_known_role(role, name);
    switch (qbg_role_put(row->workspace, key, name, &role, NULL)) {
    case QBG_OK:
        if (is_known) return qbg__book_give(row, role->number);
        return qbg__book_remark_again(row, ROLE_KEY, role->number);
    case QBG_E_MEMORY: return QBG_E_MEMORY;
    case QBG_E_TEXT: return qbg__book_refuse(row, ROLE_KEY, "a role's key must not hold a ';'");
    default: return qbg__book_refuse(row, ROLE_KEY, "there are 63 roles already");
    }
}

/* ---- kinds ----------------------------------------------------------------------------------- */

enum { KIND_KEY, KIND_CATEGORY, KIND_POINTS, KIND_HIGH_INTENT };
static const char *const kind_columns[] = {"kind", "category", "points", "high_intent"};
const qbg__book_table qbg__book_kinds = {"kinds",        kind_columns,   COUNT(kind_columns),
                                         1u << KIND_KEY, 1u << KIND_KEY, 0};

qbg_status qbg__book_load_kind(qbg__book_row *row) {
    const char *key = qbg__book_text(row, KIND_KEY);
    qbg_kind *known = qbg_kind_find(row->workspace, key);
    int32_t category = known ? qbg_kind_category(known) : QBG_CATEGORY_NAMED;
    int64_t points = known ? qbg_kind_points_milli(known) : 0;
    int32_t high_intent = known ? qbg_kind_is_high_intent(known) : 0;
    qbg_status status = qbg__book_word(row, KIND_CATEGORY, QBG_WORDS_CATEGORY, &category);
    if (status == QBG_OK)
        status = qbg__book_decimal(row, KIND_POINTS, 3, -QBG__KIND_POINTS_MAX, QBG__KIND_POINTS_MAX,
                                   &points);
    if (status == QBG_OK) status = qbg__book_flag(row, KIND_HIGH_INTENT, &high_intent);
    if (status != QBG_OK) return status;
    status = qbg_kind_put(row->workspace, key, category, points, high_intent, &known, NULL);
    if (status == QBG_OK) return qbg__book_remark_again(row, KIND_KEY, known->number);
    if (status != QBG_E_RANGE) return status;
    return qbg__book_refuse(row, KIND_KEY, "there are 4096 kinds already");
}

/* ---- templates ------------------------------------------------------------------------------- */

enum {
    SEAT_TEMPLATE,
    SEAT_ROLE,
    SEAT_WEIGHT,
    SEAT_PEOPLE,
    SEAT_REQUIRED,
    SEAT_DEPARTMENTS,
    SEAT_SENIORITY
};
static const char *const template_columns[] = {"template", "role",        "weight",       "people",
                                               "required", "departments", "min_seniority"};
const qbg__book_table qbg__book_templates = {"templates",
                                             template_columns,
                                             COUNT(template_columns),
                                             1u << SEAT_TEMPLATE | 1u << SEAT_ROLE,
                                             1u << SEAT_TEMPLATE | 1u << SEAT_ROLE,
                                             0};

/* A seat as its row says it; what is not said has its default, also when the seat is known: a row
 * says all of a seat. */
typedef struct seat {
    qbg_role *role;
    int64_t weight_milli, people;
    int32_t required, min_seniority;
    int32_t departments[32];
    size_t department_count;
} seat;

static qbg_status read_departments(const qbg__book_row *row, seat *out) {
    for (size_t at = 0;;) {
        char *piece;
        qbg_status status = qbg__book_piece(row, SEAT_DEPARTMENTS, &at, &piece);
        if (status != QBG_OK || !piece) return status;
        piece = qbg__book_trim(piece);
        if (piece[0] == '\0') continue;
        int32_t word = qbg__book_find_word(piece, strlen(piece), QBG_WORDS_DEPARTMENT);
        if (word == QBG_UNSET)
            return qbg__book_refuse_word(row, SEAT_DEPARTMENTS, QBG_WORDS_DEPARTMENT);
        int is_new = 1;
        for (size_t i = 0; i < out->department_count; i++)
            if (out->departments[i] == word) is_new = 0;
        if (is_new) out->departments[out->department_count++] = word;
    }
}

static qbg_status read_seat(const qbg__book_row *row, seat *out) {
    *out = (seat){NULL, 1000, 1, 0, QBG_UNSET, {0}, 0};
    qbg_status status = qbg__book_role(row, SEAT_ROLE, &out->role);
    if (status == QBG_OK)
        status =
            qbg__book_decimal(row, SEAT_WEIGHT, 3, 1, QBG__SEAT_WEIGHT_MAX, &out->weight_milli);
    if (status == QBG_OK)
        status = qbg__book_decimal(row, SEAT_PEOPLE, 0, 1, QBG__SEAT_PEOPLE_MAX, &out->people);
    if (status == QBG_OK) status = qbg__book_flag(row, SEAT_REQUIRED, &out->required);
    if (status == QBG_OK) status = read_departments(row, out);
    if (status == QBG_OK)
        status = qbg__book_word(row, SEAT_SENIORITY, QBG_WORDS_SENIORITY, &out->min_seniority);
    return status;
}

/* A seat's number: what this book has set it gives. */
static uint32_t number_of(const qbg_template *template_, const qbg_role *role) {
    return qbg_template_number(template_) * (QBG__ROLE_MAX + 1) + qbg_role_number(role);
}

static qbg_status set_seat(qbg_template *template_, const seat *of) {
    qbg_status status = qbg_template_set_seat(template_, of->role, of->weight_milli,
                                              (int32_t)of->people, of->required);
    if (status != QBG_OK) return status;
    return qbg_template_set_seat_personas(template_, of->role, of->departments,
                                          of->department_count, of->min_seniority);
}

qbg_status qbg__book_load_template(qbg__book_row *row) {
    seat told;
    qbg_template *template_ = NULL;
    qbg_status status = read_seat(row, &told);
    if (status == QBG_OK)
        status =
            qbg_template_put(row->workspace, qbg__book_text(row, SEAT_TEMPLATE), &template_, NULL);
    if (status != QBG_OK) return status;
    uint32_t number = number_of(template_, told.role);
    if (qbg__book_is_given(row, number))
        return qbg__book_refuse(row, SEAT_ROLE, "this template has a seat for this role already");
    status = set_seat(template_, &told);
    return status == QBG_OK ? qbg__book_give(row, number) : status;
}

/* ---- solutions ------------------------------------------------------------------------------- */

enum { SOLUTION_KEY, SOLUTION_NAME, SOLUTION_TEMPLATE, SOLUTION_CONTENT };
static const char *const solution_columns[] = {"solution", "name", "template", "content"};
const qbg__book_table qbg__book_solutions = {
    "solutions",        solution_columns,   COUNT(solution_columns),
    1u << SOLUTION_KEY, 1u << SOLUTION_KEY, 0};

/* Prefixes are compared bytewise, so blanks around them are meant. */
static qbg_status add_contents(const qbg__book_row *row, qbg_solution *solution) {
    for (size_t at = 0;;) {
        char *piece;
        qbg_status status = qbg__book_piece(row, SOLUTION_CONTENT, &at, &piece);
        if (status != QBG_OK || !piece) return status;
        status = qbg_solution_add_content(solution, piece);
        if (status != QBG_OK) return status;
    }
}

qbg_status qbg__book_load_solution(qbg__book_row *row) {
    qbg_template *template_ = NULL;
    qbg_solution *solution = NULL;
    qbg_status status = qbg__book_template(row, SOLUTION_TEMPLATE, &template_);
    if (status == QBG_OK)
        status = qbg_solution_put(row->workspace, qbg__book_text(row, SOLUTION_KEY),
                                  qbg__book_text(row, SOLUTION_NAME), template_, &solution, NULL);
    if (status == QBG_OK) status = add_contents(row, solution);
    if (status != QBG_OK) return status;
    return qbg__book_remark_again(row, SOLUTION_KEY, solution->number);
}

/* ---- policy ---------------------------------------------------------------------------------- */

enum { POLICY_PARAMETER, POLICY_VALUE };
static const char *const policy_columns[] = {"parameter", "value"};
const qbg__book_table qbg__book_policy = {"policy",
                                          policy_columns,
                                          COUNT(policy_columns),
                                          1u << POLICY_PARAMETER | 1u << POLICY_VALUE,
                                          1u << POLICY_PARAMETER | 1u << POLICY_VALUE,
                                          0};

static void write_milli(qbg_blob *out, int64_t milli) {
    char text[32];
    qbg__blob_bytes(out, text, qbg__decimal_write(milli, 3, text));
}

static qbg_status refuse_parameter(const qbg__book_row *row, const qbg_policy *policy,
                                   int32_t parameter) {
    int64_t step = qbg_policy_step_milli(policy, parameter);
    qbg_blob *reason = qbg__book_refusing(row, POLICY_VALUE);
    qbg__blob_text(reason, step == 1000 ? "not a whole number from " : "not a number from ");
    write_milli(reason, qbg_policy_min_milli(policy, parameter));
    qbg__blob_text(reason, " to ");
    write_milli(reason, qbg_policy_max_milli(policy, parameter));
    if (step != 1000) qbg__blob_text(reason, " with at most 3 decimal places, after a point");
    return qbg__book_refused(row);
}

static qbg_status set_mode(const qbg__book_row *row, qbg_policy *policy, const char *key) {
    int32_t mode = QBG_UNSET;
    qbg_status status = qbg__book_word(row, POLICY_VALUE, QBG_WORDS_MODE, &mode);
    if (status != QBG_OK) return status;
    return qbg_policy_set_milli(policy, key, (int64_t)mode * 1000);
}

static qbg_status set_parameter(const qbg__book_row *row, qbg_policy *policy, const char *key) {
    int64_t milli = 0;
    int32_t parameter = qbg_policy_find(policy, key);
    if (strcmp(qbg_policy_unit(policy, parameter), "mode") == 0) return set_mode(row, policy, key);
    qbg__book_cell value = row->cells[POLICY_VALUE];
    qbg__text_trim(&value.text, &value.size);
    qbg_status status = qbg__decimal_read(value.text, value.size, 3, &milli);
    if (status == QBG_OK) status = qbg_policy_set_milli(policy, key, milli);
    if (status == QBG_OK || status == QBG_E_MEMORY) return status;
    return refuse_parameter(row, policy, parameter);
}

qbg_status qbg__book_load_policy(qbg__book_row *row) {
    qbg_policy *policy = qbg_workspace_policy(row->workspace);
    const char *key = qbg__book_text(row, POLICY_PARAMETER);
    qbg_status status = QBG_OK;
    if (qbg_policy_find(policy, key) < 0) {
        size_t at = 0; /* no parameter but a kind's has a ';' or a blank, and that one was found */
        char *piece;
        status = qbg__book_piece(row, POLICY_PARAMETER, &at, &piece);
        if (status != QBG_OK) return status;
        key = piece ? qbg__book_trim(piece) : "";
    }
    if (qbg_policy_find(policy, key) < 0)
        return qbg__book_refuse(row, POLICY_PARAMETER, "no parameter has this name");
    status = set_parameter(row, policy, key);
    if (status != QBG_OK) return status;
    return qbg__book_remark_again(row, POLICY_PARAMETER, (uint32_t)qbg_policy_find(policy, key));
}
