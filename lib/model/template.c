/* template: seats of buying groups; see qbg/template.h. */
#include "model/template.h"

#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

void qbg__template_free(qbg_template *template_, qbg__mem *mem) {
    qbg__mem_free_text(mem, template_->key);
    qbg__mem_free(mem, template_->seats, template_->seat_capacity * sizeof *template_->seats);
}

void qbg__template_bytes(const qbg_template *template_, qbg__memory *memory) {
    memory->catalog +=
        qbg__mem_text_bytes(template_->key) + template_->seat_capacity * sizeof *template_->seats;
}

qbg_status qbg_template_add(qbg_workspace *workspace, const char *key,
                            qbg_template **out_template) {
    if (!workspace) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(workspace);
    void *row = NULL;
    qbg_status status =
        qbg__row_add(workspace, &workspace->templates, &workspace->template_index, key, &row);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_template) *out_template = row;
    return status;
}

qbg_status qbg_template_put(qbg_workspace *workspace, const char *key, qbg_template **out_template,
                            int32_t *out_put) {
    qbg_template *template_ = qbg_template_find(workspace, key);
    int is_new = !template_;
    qbg_status status = is_new ? qbg_template_add(workspace, key, &template_) : QBG_OK;
    if (status == QBG_OK && out_template) *out_template = template_;
    if (status == QBG_OK && out_put) *out_put = is_new ? QBG_PUT_CREATED : QBG_PUT_SAME;
    return status;
}

qbg_template *qbg_template_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->templates, &workspace->template_index, key) : NULL;
}

uint32_t qbg_template_count(const qbg_workspace *workspace) {
    return workspace ? workspace->templates.count : 0;
}

qbg_template *qbg_template_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->templates, number) : NULL;
}

uint32_t qbg_template_number(const qbg_template *template_) {
    return template_ ? template_->number : QBG_NONE;
}

qbg_status qbg_template_set_tag(qbg_template *template_, uint64_t tag) {
    return template_ ? qbg__set_tag(template_, tag) : QBG_E_ARGUMENT;
}

uint64_t qbg_template_tag(const qbg_template *template_) { return template_ ? template_->tag : 0; }

const char *qbg_template_key(const qbg_template *template_) {
    return template_ ? template_->key : "";
}

static qbg__seat *seat_of(const qbg_template *template_, const qbg_role *role) {
    for (uint32_t i = 0; i < template_->seat_count; i++)
        if (template_->seats[i].role == role->number) return &template_->seats[i];
    return NULL;
}

static qbg_status push_seat(qbg_template *template_, qbg__seat seat) {
    qbg__journal *journal = &template_->workspace->journal;
    if (template_->seat_count == QBG__SEAT_MAX) return QBG_E_RANGE;
    qbg_status status = qbg__journal_extend(journal, &template_->seats, &template_->seat_count,
                                            &template_->seat_capacity, sizeof *template_->seats);
    if (status == QBG_OK) template_->seats[template_->seat_count++] = seat;
    return status;
}

static qbg_status change_seat(qbg_template *template_, qbg__seat *known, qbg__seat seat) {
    return qbg__journal_set_bytes(&template_->workspace->journal, known, &seat, sizeof seat);
}

qbg_status qbg_template_set_seat(qbg_template *template_, qbg_role *role, int64_t weight_milli,
                                 int32_t people, int32_t required) {
    if (!template_ || !role || role->workspace != template_->workspace) return QBG_E_ARGUMENT;
    if (required != 0 && required != 1) return QBG_E_ARGUMENT;
    if (weight_milli < 1 || weight_milli > QBG__SEAT_WEIGHT_MAX) return QBG_E_RANGE;
    if (people < 1 || people > QBG__SEAT_PEOPLE_MAX) return QBG_E_RANGE;
    qbg__seat *known = seat_of(template_, role);
    qbg__seat seat = {role->number, (int32_t)weight_milli, people, required, 0, QBG_UNSET};
    if (known) {
        seat.departments = known->departments;
        seat.min_seniority = known->min_seniority;
    }
    qbg__change change = qbg__begin(template_->workspace);
    return qbg__end_everywhere(change, known ? change_seat(template_, known, seat)
                                             : push_seat(template_, seat));
}

qbg_status qbg_template_set_seat_personas(qbg_template *template_, qbg_role *role,
                                          const int32_t *departments, size_t department_count,
                                          int32_t min_seniority) {
    if (!template_ || !role || (department_count > 0 && !departments)) return QBG_E_ARGUMENT;
    if (role->workspace != template_->workspace) return QBG_E_ARGUMENT;
    if (min_seniority < QBG_UNSET || min_seniority >= qbg_word_count(QBG_WORDS_SENIORITY))
        return QBG_E_ARGUMENT;
    qbg__seat *known = seat_of(template_, role);
    if (!known) return QBG_E_NOT_FOUND;
    qbg__seat seat = *known;
    seat.departments = 0;
    seat.min_seniority = min_seniority;
    for (size_t i = 0; i < department_count; i++) {
        if (departments[i] < 0 || departments[i] >= qbg_word_count(QBG_WORDS_DEPARTMENT))
            return QBG_E_ARGUMENT;
        seat.departments |= 1u << departments[i];
    }
    qbg__change change = qbg__begin(template_->workspace);
    return qbg__end_everywhere(change, change_seat(template_, known, seat));
}

uint32_t qbg_template_seat_count(const qbg_template *template_) {
    return template_ ? template_->seat_count : 0;
}

static const qbg__seat *seat_at(const qbg_template *template_, uint32_t number) {
    static const qbg__seat none = {QBG_NONE, 0, 0, 0, 0, QBG_UNSET};
    return number < qbg_template_seat_count(template_) ? &template_->seats[number] : &none;
}

qbg_role *qbg_template_seat_role(const qbg_template *template_, uint32_t seat) {
    return template_ ? qbg_role_at(template_->workspace, seat_at(template_, seat)->role) : NULL;
}

int64_t qbg_template_seat_weight_milli(const qbg_template *template_, uint32_t seat) {
    return seat_at(template_, seat)->weight_milli;
}

int32_t qbg_template_seat_people(const qbg_template *template_, uint32_t seat) {
    return seat_at(template_, seat)->people;
}

int32_t qbg_template_seat_is_required(const qbg_template *template_, uint32_t seat) {
    return seat_at(template_, seat)->required;
}

int32_t qbg_template_seat_has_department(const qbg_template *template_, uint32_t seat,
                                         int32_t department) {
    if (department < 0 || department >= qbg_word_count(QBG_WORDS_DEPARTMENT)) return 0;
    return (int32_t)(seat_at(template_, seat)->departments >> department & 1u);
}

int32_t qbg_template_seat_min_seniority(const qbg_template *template_, uint32_t seat) {
    return seat_at(template_, seat)->min_seniority;
}

/* A seat without any rule infers nobody; an unknown half of the persona meets no rule about it. */
static int fits(const qbg__seat *seat, int32_t department, int32_t seniority) {
    if (seat->departments == 0 && seat->min_seniority == QBG_UNSET) return 0;
    if (seat->departments != 0 &&
        (department == QBG_UNSET || !(seat->departments >> department & 1u)))
        return 0;
    return seniority >= seat->min_seniority;
}

uint64_t qbg__template_seats(const qbg_template *template_, uint64_t roles) {
    uint64_t seats = 0;
    for (uint32_t i = 0; i < template_->seat_count; i++)
        seats |= (roles >> template_->seats[i].role & 1) << i;
    return seats;
}

uint32_t qbg__template_infer(const qbg_template *template_, int32_t department, int32_t seniority) {
    if (department == QBG_UNSET && seniority == QBG_UNSET) return QBG_NONE;
    const qbg__seat *heaviest = NULL;
    for (uint32_t i = 0; i < template_->seat_count; i++) {
        const qbg__seat *seat = &template_->seats[i];
        if (!fits(seat, department, seniority)) continue;
        if (!heaviest || seat->weight_milli > heaviest->weight_milli) heaviest = seat;
    }
    if (heaviest) return heaviest->role;
    return qbg_role_number(qbg_role_find(template_->workspace, "influencer"));
}

/* ---- The built-in template, section 4 of the model ---- */

typedef struct built_in_seat {
    const char *role;
    int32_t weight_milli, people, required;
    int32_t departments[5];
    size_t department_count;
    int32_t min_seniority;
} built_in_seat;

static const built_in_seat standard[] = {
    {"economic_buyer", 3000, 1, 1, {QBG_DEPARTMENT_FINANCE}, 1, QBG_SENIORITY_DIRECTOR},
    {"decision_maker", 3000, 1, 1, {QBG_DEPARTMENT_EXECUTIVE}, 1, QBG_SENIORITY_C_LEVEL},
    {"technical_evaluator",
     2000,
     1,
     1,
     {QBG_DEPARTMENT_IT, QBG_DEPARTMENT_ENGINEERING, QBG_DEPARTMENT_SECURITY},
     3,
     QBG_SENIORITY_SPECIALIST},
    {"champion", 2000, 1, 0, {0}, 0, QBG_UNSET},
    {"business_evaluator",
     1000,
     1,
     0,
     {QBG_DEPARTMENT_OPERATIONS, QBG_DEPARTMENT_PRODUCT, QBG_DEPARTMENT_HR,
      QBG_DEPARTMENT_MARKETING, QBG_DEPARTMENT_SALES},
     5,
     QBG_SENIORITY_MANAGER},
    {"end_user", 1000, 2, 0, {0}, 0, QBG_SENIORITY_SPECIALIST},
};

#define STANDARD_SEATS (sizeof standard / sizeof standard[0])

qbg_status qbg__template_begin(qbg_workspace *workspace) {
    qbg_template *template_ = NULL;
    qbg_status status = qbg_template_add(workspace, "standard", &template_);
    for (size_t i = 0; i < STANDARD_SEATS && status == QBG_OK; i++) {
        const built_in_seat *seat = &standard[i];
        qbg_role *role = qbg_role_find(workspace, seat->role);
        status = qbg_template_set_seat(template_, role, seat->weight_milli, seat->people,
                                       seat->required);
        if (status == QBG_OK)
            status = qbg_template_set_seat_personas(template_, role, seat->departments,
                                                    seat->department_count, seat->min_seniority);
    }
    return status;
}

static int is_seat(const qbg_workspace *workspace, const qbg__seat *seat,
                   const built_in_seat *wanted) {
    uint32_t departments = 0;
    for (size_t i = 0; i < wanted->department_count; i++)
        departments |= 1u << wanted->departments[i];
    return strcmp(qbg_role_at(workspace, seat->role)->key, wanted->role) == 0 &&
           seat->weight_milli == wanted->weight_milli && seat->people == wanted->people &&
           seat->required == wanted->required && seat->departments == departments &&
           seat->min_seniority == wanted->min_seniority;
}

int qbg__template_is_untouched(const qbg_template *template_) {
    if (template_->number != 0 || template_->seat_count != STANDARD_SEATS) return 0;
    for (uint32_t i = 0; i < template_->seat_count; i++)
        if (!is_seat(template_->workspace, &template_->seats[i], &standard[i])) return 0;
    return 1;
}
