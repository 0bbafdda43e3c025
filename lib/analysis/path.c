/* path: the steps to qualified (steps.h) copied into a handle with texts of its own, so that it
 * outlives the workspace; see qbg/path.h. */
#include "qbg/path.h"

#include "analysis/steps.h"
#include "base/blob.h"
#include "base/real.h"
#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

/* Where a text lies; the first byte of all is a NUL, so 0 is "". */
typedef struct step_answer {
    int32_t kind;
    size_t role, contact, name;
    uint64_t tag; /* the contact's */
    double priority, gain;
} step_answer;

struct qbg_path {
    qbg__mem mem;
    qbg_blob texts; /* NUL-terminated, one behind the other */
    size_t opportunity;
    int64_t as_of;
    int32_t limit, exists, is_exact;
    double before;
    uint32_t step_count;
    step_answer steps[QBG__STEPS_MAX];
    uint32_t unmet; /* criteria, one bit each */
};

/* ---- Writing ---- */

static size_t put_text(qbg_path *to, const char *text) {
    size_t at = to->texts.size;
    qbg__blob_bytes(&to->texts, text, strlen(text) + 1);
    return at;
}

static step_answer describe(qbg_path *to, const qbg__steps *from, uint32_t number) {
    const qbg__group *group = &from->group;
    const qbg__step *step = &from->list[number];
    step_answer found = {step->kind, 0, 0, 0, 0, from->priorities[number], 0};
    found.gain = found.priority - (number == 0 ? group->priority : from->priorities[number - 1]);
    if (step->kind == QBG_STEP_IDENTIFY) {
        uint32_t role = group->template_->seats[step->at].role;
        found.role = put_text(to, qbg_role_at(group->opportunity->workspace, role)->key);
    } else {
        const qbg_contact *contact = qbg__group_contact(group, step->at);
        found.contact = put_text(to, contact->key);
        found.name = put_text(to, qbg_contact_name(contact));
        found.tag = contact->tag;
    }
    return found;
}

static qbg_status write_path(qbg_path *to, const qbg__steps *from) {
    put_text(to, "");
    to->opportunity = put_text(to, from->group.opportunity->key);
    to->as_of = from->group.as_of;
    to->limit = from->limit;
    to->exists = from->exists;
    to->is_exact = from->is_exact;
    to->before = from->group.priority;
    to->unmet = from->unmet;
    to->step_count = from->count;
    for (uint32_t i = 0; i < from->count; i++) to->steps[i] = describe(to, from, i);
    return to->texts.status;
}

/* ---- The handle's life ---- */

qbg_status qbg_path_find(const qbg_opportunity *opportunity, int64_t as_of_s, qbg_path **out_path) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK || !out_path) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    qbg__mem mem = qbg__mem_fork(&opportunity->workspace->mem);
    qbg_path *path = qbg__mem_alloc_zeroed(&mem, sizeof *path);
    if (!path) return QBG_E_MEMORY;
    path->mem = mem;
    qbg__blob_begin(&path->texts, &mem);
    qbg__steps steps;
    qbg__steps_begin(&steps, &mem);
    status = qbg__steps_find(&steps, opportunity, as_of_s);
    if (status == QBG_OK) status = write_path(path, &steps);
    qbg__steps_end(&steps);
    if (status == QBG_OK)
        *out_path = path;
    else
        qbg_path_free(path);
    return status;
}

void qbg_path_free(qbg_path *path) {
    if (!path) return;
    qbg__blob_end(&path->texts);
    qbg__mem own = path->mem;
    qbg__mem_free(&own, path, sizeof *path);
}

/* ---- Reading ---- */

const char *qbg_path_opportunity(const qbg_path *path) {
    return path ? path->texts.bytes + path->opportunity : "";
}

int64_t qbg_path_as_of(const qbg_path *path) { return path ? path->as_of : QBG_UNDATED; }

int32_t qbg_path_step_limit(const qbg_path *path) { return path ? path->limit : 0; }

int32_t qbg_path_exists(const qbg_path *path) { return path ? path->exists : 0; }

int32_t qbg_path_is_qualified_already(const qbg_path *path) {
    return path ? path->exists && path->step_count == 0 : 0;
}

int32_t qbg_path_is_exact(const qbg_path *path) { return path ? path->is_exact : 0; }

double qbg_path_priority_before(const qbg_path *path) { return path ? path->before : 0; }

double qbg_path_priority_after(const qbg_path *path) {
    if (!path || path->step_count == 0) return qbg_path_priority_before(path);
    return path->steps[path->step_count - 1].priority;
}

static const step_answer *step_at(const qbg_path *path, uint32_t step) {
    static const step_answer none = {QBG_UNSET, 0, 0, 0, 0, 0, 0};
    return step < qbg_path_step_count(path) ? &path->steps[step] : &none;
}

static const char *text_at(const qbg_path *path, size_t at) {
    return path ? path->texts.bytes + at : "";
}

uint32_t qbg_path_step_count(const qbg_path *path) { return path ? path->step_count : 0; }

int32_t qbg_path_step_kind(const qbg_path *path, uint32_t step) {
    return step_at(path, step)->kind;
}

const char *qbg_path_step_role(const qbg_path *path, uint32_t step) {
    return text_at(path, step_at(path, step)->role);
}

const char *qbg_path_step_contact(const qbg_path *path, uint32_t step) {
    return text_at(path, step_at(path, step)->contact);
}

const char *qbg_path_step_name(const qbg_path *path, uint32_t step) {
    return text_at(path, step_at(path, step)->name);
}

double qbg_path_step_priority(const qbg_path *path, uint32_t step) {
    return step_at(path, step)->priority;
}

double qbg_path_step_gain(const qbg_path *path, uint32_t step) { return step_at(path, step)->gain; }

uint32_t qbg_path_unmet_count(const qbg_path *path) {
    uint32_t count = 0;
    while (qbg_path_unmet_criterion(path, count) != QBG_UNSET) count++;
    return count;
}

int32_t qbg_path_unmet_criterion(const qbg_path *path, uint32_t index) {
    for (int32_t i = 0; path && i < QBG__CRITERION_COUNT; i++)
        if ((path->unmet >> i & 1) && index-- == 0) return i;
    return QBG_UNSET;
}

/* ---- The table ---- */

enum { STEP, KIND, ROLE, CONTACT, NAME, PRIORITY, GAIN, CONTACT_TAG };

static qbg_table *new_table(const qbg__mem *mem) {
    qbg_table *table = qbg__table_new(mem);
    if (!table) return NULL;
    qbg__table_column(table, "step", QBG_COLUMN_INT64);
    qbg__table_column(table, "kind", QBG_COLUMN_TEXT);
    qbg__table_column(table, "role", QBG_COLUMN_TEXT);
    qbg__table_column(table, "contact", QBG_COLUMN_TEXT);
    qbg__table_column(table, "name", QBG_COLUMN_TEXT);
    qbg__table_column(table, "priority", QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "gain", QBG_COLUMN_DOUBLE);
    qbg__table_column(table, "contact_tag", QBG_COLUMN_UINT64);
    return table;
}

static void write_text(qbg_table *table, int32_t column, const char *text) {
    if (*text == '\0')
        qbg__table_null(table, column);
    else
        qbg__table_text(table, column, text, strlen(text));
}

qbg_status qbg_path_table(const qbg_path *path, qbg_table **out_table) {
    if (!path || !out_table) return QBG_E_ARGUMENT;
    qbg_table *table = new_table(&path->mem);
    if (!table) return QBG_E_MEMORY;
    for (uint32_t i = 0; i < path->step_count; i++) {
        qbg__table_int64(table, STEP, (int64_t)i + 1);
        write_text(table, KIND, qbg_word_key(QBG_WORDS_PATH_STEP, path->steps[i].kind));
        write_text(table, ROLE, qbg_path_step_role(path, i));
        write_text(table, CONTACT, qbg_path_step_contact(path, i));
        write_text(table, NAME, qbg_path_step_name(path, i));
        qbg__table_double(table, PRIORITY, path->steps[i].priority);
        qbg__table_double(table, GAIN, path->steps[i].gain);
        if (path->steps[i].kind == QBG_STEP_IDENTIFY)
            qbg__table_null(table, CONTACT_TAG);
        else
            qbg__table_uint64(table, CONTACT_TAG, path->steps[i].tag);
    }
    return qbg__table_finish(table, out_table);
}
