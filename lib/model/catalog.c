/* catalog: what signals can be, what parts people can play, and what is sold; see qbg/catalog.h.
 * The built-in kinds and roles are tables of section 1 and 2 of the model. */
#include "model/catalog.h"

#include "base/text.h"
#include "model/routing.h"
#include "model/workspace.h"
#include "qbg/vocabulary.h"

#include <string.h>

/* ---- Kinds ---- */

typedef struct built_in_kind {
    const char *key;
    int32_t milli, category, high_intent;
    const char *en, *ru;
} built_in_kind;

enum { LOW = 0, HIGH = 1 };
#define NAMED QBG_CATEGORY_NAMED

static const built_in_kind kinds[] = {
    {"page_view", 1000, NAMED, LOW, "page view", "просмотр страницы"},
    {"pricing_view", 5000, NAMED, HIGH, "pricing view", "просмотр цен"},
    {"comparison_view", 4000, NAMED, HIGH, "comparison view", "просмотр сравнения"},
    {"content_read", 2000, NAMED, LOW, "content read", "чтение материала"},
    {"content_download", 5000, NAMED, HIGH, "content download", "скачивание материала"},
    {"email_open", 500, NAMED, LOW, "e-mail opened", "открытие письма"},
    {"email_click", 2000, NAMED, LOW, "e-mail clicked", "переход из письма"},
    {"email_reply", 8000, NAMED, HIGH, "e-mail reply", "ответ на письмо"},
    {"qualified_lead", 15000, QBG_CATEGORY_QUALIFIED_LEAD, LOW, "qualified lead",
     "квалифицированный лид"},
    {"unsubscribe", -10000, NAMED, LOW, "unsubscribed", "отписка"},
    {"video_watch", 3000, NAMED, LOW, "video watched", "просмотр видео"},
    {"webinar_registration", 4000, NAMED, LOW, "webinar registration", "регистрация на вебинар"},
    {"webinar_attendance", 8000, NAMED, LOW, "webinar attended", "участие в вебинаре"},
    {"event_registration", 5000, NAMED, LOW, "event registration", "регистрация на мероприятие"},
    {"event_attendance", 10000, NAMED, LOW, "event attended", "участие в мероприятии"},
    {"form_submit", 6000, NAMED, LOW, "form submitted", "заполнение формы"},
    {"chat", 6000, NAMED, LOW, "chat", "чат"},
    {"ad_click", 1000, NAMED, LOW, "ad click", "переход по рекламе"},
    {"intent_topic", 5000, QBG_CATEGORY_THIRD_PARTY, LOW, "intent topic", "интерес к теме"},
    {"complaint", -20000, NAMED, LOW, "complaint", "жалоба"},
    {"call", 10000, NAMED, LOW, "call", "звонок"},
    {"meeting", 20000, NAMED, HIGH, "meeting", "встреча"},
    {"demo_request", 20000, NAMED, HIGH, "demo request", "запрос демонстрации"},
    {"trial_start", 20000, NAMED, HIGH, "trial started", "начало пробного периода"},
    {"proposal_request", 25000, NAMED, HIGH, "proposal request", "запрос предложения"},
    {"question", 8000, NAMED, HIGH, "question", "вопрос"},
    {"interaction", 5000, NAMED, LOW, "interaction", "взаимодействие"},
    {"social", 1000, NAMED, LOW, "social", "активность в соцсетях"},
    {"intent_surge", 15000, QBG_CATEGORY_THIRD_PARTY, LOW, "intent surge", "всплеск интереса"},
    {"bounce", -5000, NAMED, LOW, "bounce", "письмо не доставлено"},
};

#define KIND_COUNT ((uint32_t)(sizeof kinds / sizeof kinds[0]))

uint32_t qbg__kind_built_in_count(void) { return KIND_COUNT; }

int32_t qbg__kind_built_in_category(uint32_t number) { return kinds[number].category; }

int32_t qbg__kind_built_in_high_intent(uint32_t number) { return kinds[number].high_intent; }

void qbg__kind_free(qbg_kind *kind, qbg__mem *mem) {
    qbg__mem_free_text(mem, kind->key);
    qbg__mem_free_text(mem, kind->parameter);
}

void qbg__kind_bytes(const qbg_kind *kind, qbg__memory *memory) {
    memory->catalog += qbg__mem_text_bytes(kind->key) + qbg__mem_text_bytes(kind->parameter);
}

/* A kind's key in the policy, made once so that listing parameters allocates nothing. */
static qbg_status set_parameter(qbg_kind *kind) {
    static const char prefix[] = "points.";
    size_t size = strlen(kind->key) + sizeof prefix;
    kind->parameter = qbg__journal_alloc(&kind->workspace->journal, size);
    if (!kind->parameter) return QBG_E_MEMORY;
    memcpy(kind->parameter, prefix, sizeof prefix - 1);
    memcpy(kind->parameter + sizeof prefix - 1, kind->key, strlen(kind->key));
    return QBG_OK;
}

static qbg__worth worth_of(const qbg_kind *kind) {
    uint32_t positive = kind->points_milli > 0 ? QBG__SORT_POSITIVE : 0;
    uint32_t high = kind->high_intent ? QBG__SORT_HIGH : 0;
    uint32_t somebody = kind->category == QBG_CATEGORY_THIRD_PARTY ? 0 : UINT32_MAX;
    return (qbg__worth){kind->points_milli, positive | high, somebody};
}

static qbg_status weigh(const qbg_kind *kind) {
    qbg_workspace *workspace = kind->workspace;
    const qbg__worth worth = worth_of(kind);
    return qbg__journal_set_bytes(&workspace->journal, &workspace->worths[kind->number], &worth,
                                  sizeof worth);
}

static qbg_status add_kind(qbg_workspace *workspace, const char *key, int32_t category,
                           int64_t points_milli, int32_t high_intent, qbg_kind **out_kind) {
    void *row = NULL;
    if (workspace->kinds.count == QBG__KIND_MAX && !qbg_kind_find(workspace, key))
        return QBG_E_RANGE;
    qbg_status status =
        qbg__row_add(workspace, &workspace->kinds, &workspace->kind_index, key, &row);
    if (status != QBG_OK) return status;
    qbg_kind *kind = row;
    kind->category = category;
    kind->points_milli = points_milli;
    kind->default_milli = points_milli;
    kind->high_intent = high_intent;
    *out_kind = kind;
    status = qbg__journal_extend(&workspace->journal, &workspace->worths, &workspace->worth_count,
                                 &workspace->worth_capacity, sizeof *workspace->worths);
    if (status != QBG_OK) return status;
    workspace->worths[workspace->worth_count++] = worth_of(kind);
    return set_parameter(kind);
}

static qbg_status check_kind(const qbg_workspace *workspace, int32_t category, int64_t points_milli,
                             int32_t high_intent) {
    if (!workspace || category < QBG_CATEGORY_NAMED || category > QBG_CATEGORY_THIRD_PARTY)
        return QBG_E_ARGUMENT;
    if (high_intent != 0 && high_intent != 1) return QBG_E_ARGUMENT;
    if (points_milli < -QBG__KIND_POINTS_MAX || points_milli > QBG__KIND_POINTS_MAX)
        return QBG_E_RANGE;
    return QBG_OK;
}

/* Whether a signal is named or anonymous is read from the signal, so no kind says so. */
static int32_t category_of_kind(int32_t category) {
    return category == QBG_CATEGORY_ANONYMOUS ? QBG_CATEGORY_NAMED : category;
}

qbg_status qbg_kind_add(qbg_workspace *workspace, const char *key, int32_t category,
                        int64_t points_milli, int32_t high_intent, qbg_kind **out_kind) {
    qbg_status status = check_kind(workspace, category, points_milli, high_intent);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg_kind *kind = NULL;
    status = add_kind(workspace, key, category_of_kind(category), points_milli, high_intent, &kind);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_kind) *out_kind = kind;
    return status;
}

static qbg_status change_kind(qbg_kind *kind, int32_t category, int64_t points_milli,
                              int32_t high_intent) {
    qbg__journal *journal = &kind->workspace->journal;
    qbg_status status = qbg__journal_set_int32(journal, &kind->category, category);
    if (status == QBG_OK) status = qbg__journal_set_int32(journal, &kind->high_intent, high_intent);
    if (status == QBG_OK) status = qbg__kind_set_points(kind, points_milli);
    return status;
}

qbg_status qbg_kind_put(qbg_workspace *workspace, const char *key, int32_t category,
                        int64_t points_milli, int32_t high_intent, qbg_kind **out_kind,
                        int32_t *out_put) {
    qbg_status status = check_kind(workspace, category, points_milli, high_intent);
    if (status != QBG_OK) return status;
    qbg_kind *kind = qbg_kind_find(workspace, key);
    int is_new = !kind;
    category = category_of_kind(category);
    qbg__change change = qbg__begin(workspace);
    status = is_new ? add_kind(workspace, key, category, points_milli, high_intent, &kind)
                    : change_kind(kind, category, points_milli, high_intent);
    int32_t put = qbg__put_of(&change, is_new);
    status = is_new ? qbg__end(change, status) : qbg__end_everywhere(change, status);
    if (status == QBG_OK && out_kind) *out_kind = kind;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_status qbg__kind_set_points(qbg_kind *kind, int64_t points_milli) {
    qbg_status status =
        qbg__journal_set_int64(&kind->workspace->journal, &kind->points_milli, points_milli);
    return status == QBG_OK ? weigh(kind) : status;
}

qbg_kind *qbg_kind_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->kinds, &workspace->kind_index, key) : NULL;
}

uint32_t qbg_kind_count(const qbg_workspace *workspace) {
    return workspace ? workspace->kinds.count : 0;
}

qbg_kind *qbg_kind_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->kinds, number) : NULL;
}

uint32_t qbg_kind_number(const qbg_kind *kind) { return kind ? kind->number : QBG_NONE; }

qbg_status qbg_kind_set_tag(qbg_kind *kind, uint64_t tag) {
    if (!kind) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(kind->workspace);
    return qbg__end_everywhere(change, qbg__set_tag(kind, tag));
}

uint64_t qbg_kind_tag(const qbg_kind *kind) { return kind ? kind->tag : 0; }

const char *qbg_kind_key(const qbg_kind *kind) { return kind ? kind->key : ""; }

const char *qbg_kind_label(const qbg_kind *kind, const char *lang) {
    if (!kind || kind->number >= KIND_COUNT) return qbg_kind_key(kind);
    return lang && strcmp(lang, "ru") == 0 ? kinds[kind->number].ru : kinds[kind->number].en;
}

int32_t qbg_kind_category(const qbg_kind *kind) { return kind ? kind->category : QBG_UNSET; }

int64_t qbg_kind_points_milli(const qbg_kind *kind) { return kind ? kind->points_milli : 0; }

int32_t qbg_kind_is_high_intent(const qbg_kind *kind) { return kind ? kind->high_intent : 0; }

/* ---- Roles ---- */

typedef struct built_in_role {
    const char *key, *en, *ru;
} built_in_role;

static const built_in_role roles[] = {
    {"economic_buyer", "economic buyer", "экономический покупатель"},
    {"decision_maker", "decision maker", "лицо, принимающее решение"},
    {"executive_sponsor", "executive sponsor", "спонсор в руководстве"},
    {"champion", "champion", "чемпион"},
    {"coach", "coach", "проводник"},
    {"initiator", "initiator", "инициатор"},
    {"technical_evaluator", "technical evaluator", "технический эксперт"},
    {"business_evaluator", "business evaluator", "бизнес-эксперт"},
    {"end_user", "end user", "пользователь"},
    {"influencer", "influencer", "лицо, влияющее на решение"},
    {"procurement", "procurement", "закупки"},
    {"ratifier", "ratifier", "утверждающий"},
    {"gatekeeper", "gatekeeper", "привратник"},
    {"blocker", "blocker", "противник"},
    {"other", "other", "прочее"},
};

#define ROLE_COUNT ((uint32_t)(sizeof roles / sizeof roles[0]))

uint32_t qbg__role_built_in_count(void) { return ROLE_COUNT; }

void qbg__role_free(qbg_role *role, qbg__mem *mem) {
    qbg__mem_free_text(mem, role->key);
    qbg__mem_free_text(mem, role->name);
}

void qbg__role_bytes(const qbg_role *role, qbg__memory *memory) {
    memory->catalog += qbg__mem_text_bytes(role->key) + qbg__mem_text_bytes(role->name);
}

static qbg_status add_role(qbg_workspace *workspace, const char *key, const char *name,
                           qbg_role **out_role) {
    void *row = NULL;
    if (workspace->roles.count == QBG__ROLE_MAX && !qbg_role_find(workspace, key))
        return QBG_E_RANGE;
    qbg_status status =
        qbg__row_add(workspace, &workspace->roles, &workspace->role_index, key, &row);
    if (status != QBG_OK) return status;
    *out_role = row;
    return qbg__journal_set_text(&workspace->journal, &(*out_role)->name, name);
}

qbg_status qbg_role_add(qbg_workspace *workspace, const char *key, const char *name,
                        qbg_role **out_role) {
    if (!workspace || !key) return QBG_E_ARGUMENT;
    if (qbg__check_piece(key) != QBG_OK || qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg__change change = qbg__begin(workspace);
    qbg_role *role = NULL;
    qbg_status status = qbg__end(change, add_role(workspace, key, name, &role));
    if (status == QBG_OK && out_role) *out_role = role;
    return status;
}

qbg_status qbg_role_put(qbg_workspace *workspace, const char *key, const char *name,
                        qbg_role **out_role, int32_t *out_put) {
    if (!workspace || !key) return QBG_E_ARGUMENT;
    if (qbg__check_piece(key) != QBG_OK || qbg__check_text(name) != QBG_OK) return QBG_E_TEXT;
    qbg_role *role = qbg_role_find(workspace, key);
    int is_new = !role;
    qbg_status status = QBG_OK;
    qbg__change change = qbg__begin(workspace);
    if (is_new)
        status = add_role(workspace, key, name, &role);
    else if (name)
        status = qbg__journal_set_text(&workspace->journal, &role->name, name);
    int32_t put = qbg__put_of(&change, is_new);
    status = is_new ? qbg__end(change, status) : qbg__end_everywhere(change, status);
    if (status == QBG_OK && out_role) *out_role = role;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_role *qbg_role_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->roles, &workspace->role_index, key) : NULL;
}

uint32_t qbg_role_count(const qbg_workspace *workspace) {
    return workspace ? workspace->roles.count : 0;
}

qbg_role *qbg_role_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->roles, number) : NULL;
}

uint32_t qbg_role_number(const qbg_role *role) { return role ? role->number : QBG_NONE; }

qbg_status qbg_role_set_tag(qbg_role *role, uint64_t tag) {
    return role ? qbg__set_tag(role, tag) : QBG_E_ARGUMENT;
}

uint64_t qbg_role_tag(const qbg_role *role) { return role ? role->tag : 0; }

const char *qbg_role_key(const qbg_role *role) { return role ? role->key : ""; }

const char *qbg_role_label(const qbg_role *role, const char *lang) {
    if (!role) return "";
    if (role->name) return role->name;
    if (role->number >= ROLE_COUNT) return role->key;
    return lang && strcmp(lang, "ru") == 0 ? roles[role->number].ru : roles[role->number].en;
}

/* Is role a before role b in the catalogue? The host's come by key, so that the order in which they
 * were added does not show. */
static int is_before(const qbg_workspace *workspace, uint32_t a, uint32_t b) {
    if (a < ROLE_COUNT || b < ROLE_COUNT) return a < b;
    return strcmp(qbg_role_at(workspace, a)->key, qbg_role_at(workspace, b)->key) < 0;
}

uint32_t qbg__role_list(const qbg_workspace *workspace, uint64_t set, uint32_t *numbers) {
    uint32_t count = 0;
    for (uint32_t role = 0; set != 0; role++, set >>= 1) {
        if (!(set & 1)) continue;
        uint32_t at = count++;
        for (; at > 0 && is_before(workspace, role, numbers[at - 1]); at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = role;
    }
    return count;
}

void qbg__role_write(const qbg_workspace *workspace, uint64_t set, qbg_blob *out) {
    uint32_t numbers[QBG__ROLE_MAX];
    uint32_t count = qbg__role_list(workspace, set, numbers);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) qbg__blob_char(out, ';');
        qbg__blob_text(out, qbg_role_at(workspace, numbers[i])->key);
    }
}

/* ---- Solutions ---- */

void qbg__solution_free(qbg_solution *solution, qbg__mem *mem) {
    qbg__mem_free_text(mem, solution->key);
    qbg__mem_free_text(mem, solution->name);
    for (uint32_t i = 0; i < solution->content_count; i++)
        qbg__mem_free_text(mem, solution->contents[i]);
    qbg__mem_free(mem, solution->contents, solution->content_capacity * sizeof *solution->contents);
}

void qbg__solution_bytes(const qbg_solution *solution, qbg__memory *memory) {
    memory->catalog += qbg__mem_text_bytes(solution->key) + qbg__mem_text_bytes(solution->name);
    for (uint32_t i = 0; i < solution->content_count; i++)
        memory->catalog += qbg__mem_text_bytes(solution->contents[i]);
    memory->catalog += solution->content_capacity * sizeof *solution->contents;
}

/* A new solution has the template `standard`, which is always number 0. */
static qbg_status fill_solution(qbg_solution *solution, const char *name,
                                const qbg_template *template_) {
    qbg__journal *journal = &solution->workspace->journal;
    qbg_status status = QBG_OK;
    if (name) status = qbg__journal_set_text(journal, &solution->name, name);
    if (status != QBG_OK || !template_) return status;
    return qbg__journal_set_uint32(journal, &solution->template_, template_->number);
}

static qbg_status check_solution(const qbg_workspace *workspace, const char *name,
                                 const qbg_template *template_) {
    if (!workspace || (template_ && template_->workspace != workspace)) return QBG_E_ARGUMENT;
    if (template_ && template_->seat_count == 0) return QBG_E_ARGUMENT;
    return qbg__check_text(name);
}

static qbg_status add_solution(qbg_workspace *workspace, const char *key,
                               qbg_solution **out_solution) {
    void *row = NULL;
    qbg_status status =
        qbg__row_add(workspace, &workspace->solutions, &workspace->solution_index, key, &row);
    if (status == QBG_OK) *out_solution = row;
    return status;
}

qbg_status qbg_solution_add(qbg_workspace *workspace, const char *key, const char *name,
                            qbg_template *template_, qbg_solution **out_solution) {
    qbg_status status = check_solution(workspace, name, template_);
    if (status != QBG_OK) return status;
    qbg__change change = qbg__begin(workspace);
    qbg_solution *solution = NULL;
    status = add_solution(workspace, key, &solution);
    if (status == QBG_OK) status = fill_solution(solution, name, template_);
    status = qbg__end(change, status);
    if (status == QBG_OK && out_solution) *out_solution = solution;
    return status;
}

qbg_status qbg_solution_put(qbg_workspace *workspace, const char *key, const char *name,
                            qbg_template *template_, qbg_solution **out_solution,
                            int32_t *out_put) {
    qbg_status status = check_solution(workspace, name, template_);
    if (status != QBG_OK) return status;
    qbg_solution *solution = qbg_solution_find(workspace, key);
    int is_new = !solution;
    qbg__change change = qbg__begin(workspace);
    if (is_new) status = add_solution(workspace, key, &solution);
    if (status == QBG_OK) status = fill_solution(solution, name, template_);
    int32_t put = qbg__put_of(&change, is_new);
    status = is_new ? qbg__end(change, status) : qbg__end_everywhere(change, status);
    if (status == QBG_OK && out_solution) *out_solution = solution;
    if (status == QBG_OK && out_put) *out_put = put;
    return status;
}

qbg_solution *qbg_solution_find(const qbg_workspace *workspace, const char *key) {
    return workspace ? qbg__row_find(&workspace->solutions, &workspace->solution_index, key) : NULL;
}

uint32_t qbg_solution_count(const qbg_workspace *workspace) {
    return workspace ? workspace->solutions.count : 0;
}

qbg_solution *qbg_solution_at(const qbg_workspace *workspace, uint32_t number) {
    return workspace ? qbg__rows_at(&workspace->solutions, number) : NULL;
}

uint32_t qbg_solution_number(const qbg_solution *solution) {
    return solution ? solution->number : QBG_NONE;
}

qbg_status qbg_solution_set_tag(qbg_solution *solution, uint64_t tag) {
    if (!solution) return QBG_E_ARGUMENT;
    qbg__change change = qbg__begin(solution->workspace);
    return qbg__end_everywhere(change, qbg__set_tag(solution, tag));
}

uint64_t qbg_solution_tag(const qbg_solution *solution) { return solution ? solution->tag : 0; }

const char *qbg_solution_key(const qbg_solution *solution) { return solution ? solution->key : ""; }

const char *qbg_solution_name(const qbg_solution *solution) {
    return solution && solution->name ? solution->name : "";
}

qbg_template *qbg_solution_template(const qbg_solution *solution) {
    return solution ? qbg_template_at(solution->workspace, solution->template_) : NULL;
}

static int has_content(const qbg_solution *solution, const char *prefix) {
    for (uint32_t i = 0; i < solution->content_count; i++)
        if (strcmp(solution->contents[i], prefix) == 0) return 1;
    return 0;
}

static qbg_status push_content(qbg_solution *solution, const char *prefix) {
    qbg__journal *journal = &solution->workspace->journal;
    qbg_status status =
        qbg__journal_extend(journal, &solution->contents, &solution->content_count,
                            &solution->content_capacity, sizeof *solution->contents);
    if (status != QBG_OK) return status;
    solution->contents[solution->content_count] = NULL;
    status = qbg__journal_set_text(journal, &solution->contents[solution->content_count], prefix);
    if (status != QBG_OK) return status;
    solution->content_count++;
    return qbg__route_content(solution->workspace, prefix);
}

qbg_status qbg_solution_add_content(qbg_solution *solution, const char *prefix) {
    if (!solution) return QBG_E_ARGUMENT;
    qbg_status status = qbg__check_piece(prefix);
    if (status != QBG_OK || has_content(solution, prefix)) return status;
    qbg__change change = qbg__begin(solution->workspace);
    return qbg__end_everywhere(change, push_content(solution, prefix));
}

uint32_t qbg_solution_content_count(const qbg_solution *solution) {
    return solution ? solution->content_count : 0;
}

const char *qbg_solution_content(const qbg_solution *solution, uint32_t index) {
    return index < qbg_solution_content_count(solution) ? solution->contents[index] : "";
}

uint32_t qbg__solution_of_content(const qbg_workspace *workspace, const char *content) {
    const qbg_solution *best = NULL;
    size_t longest = 0;
    for (uint32_t i = 0; i < workspace->solutions.count; i++) {
        const qbg_solution *solution = qbg_solution_at(workspace, i);
        for (uint32_t j = 0; j < solution->content_count; j++) {
            size_t size = strlen(solution->contents[j]);
            if (size < longest || strncmp(content, solution->contents[j], size) != 0) continue;
            if (best && size == longest && strcmp(best->key, solution->key) <= 0) continue;
            best = solution;
            longest = size;
        }
    }
    return best ? best->number : QBG_NONE;
}

/* ---- A new workspace ---- */

qbg_status qbg__catalog_begin(qbg_workspace *workspace) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < KIND_COUNT && status == QBG_OK; i++)
        status = qbg_kind_add(workspace, kinds[i].key, kinds[i].category, kinds[i].milli,
                              kinds[i].high_intent, NULL);
    for (uint32_t i = 0; i < ROLE_COUNT && status == QBG_OK; i++)
        status = qbg_role_add(workspace, roles[i].key, NULL, NULL);
    return status;
}
