/* workspace: the tenant's life, and what all keyed rows share; see workspace.h. */
#include "model/workspace.h"

#include "base/civil.h"
#include "base/real.h"
#include "base/text.h"

#include <string.h>

static void init_rows(qbg_workspace *workspace) {
    qbg__rows_init(&workspace->accounts, sizeof(qbg_account));
    qbg__rows_init(&workspace->contacts, sizeof(qbg_contact));
    qbg__rows_init(&workspace->kinds, sizeof(qbg_kind));
    qbg__rows_init(&workspace->roles, sizeof(qbg_role));
    qbg__rows_init(&workspace->solutions, sizeof(qbg_solution));
    qbg__rows_init(&workspace->templates, sizeof(qbg_template));
    qbg__rows_init(&workspace->opportunities, sizeof(qbg_opportunity));
    qbg__rows_init(&workspace->members, sizeof(qbg_member));
}

static qbg_status add_built_ins(qbg_workspace *workspace) {
    qbg__change change = qbg__begin(workspace);
    qbg_status status = qbg__catalog_begin(workspace);
    if (status == QBG_OK) status = qbg__template_begin(workspace);
    if (status == QBG_OK) status = qbg__policy_begin(workspace);
    return qbg__end(change, status);
}

qbg_status qbg_workspace_new(const qbg_allocator *allocator, qbg_workspace **out_workspace) {
    if (!out_workspace) return QBG_E_ARGUMENT;
    if (!qbg__real_is_exact()) return QBG_E_FLOAT;
    qbg__mem mem;
    qbg_status status = qbg__mem_init(&mem, allocator);
    if (status != QBG_OK) return status;
    qbg_workspace *workspace = qbg__mem_alloc_zeroed(&mem, sizeof *workspace);
    if (!workspace) return QBG_E_MEMORY;
    workspace->mem = mem;
    qbg__journal_init(&workspace->journal, &workspace->mem);
    init_rows(workspace);
    status = add_built_ins(workspace);
    if (status == QBG_OK)
        *out_workspace = workspace;
    else
        qbg_workspace_free(workspace);
    return status;
}

static void free_rows(qbg_workspace *workspace) {
    qbg__mem *mem = &workspace->mem;
#define FREE_ROWS(rows, free_row)                                                                  \
    for (uint32_t i = 0; i < workspace->rows.count; i++)                                           \
        free_row(qbg__rows_at(&workspace->rows, i), mem);                                          \
    qbg__rows_free(&workspace->rows, mem)
    FREE_ROWS(accounts, qbg__account_free);
    FREE_ROWS(contacts, qbg__contact_free);
    FREE_ROWS(kinds, qbg__kind_free);
    FREE_ROWS(roles, qbg__role_free);
    FREE_ROWS(solutions, qbg__solution_free);
    FREE_ROWS(templates, qbg__template_free);
    FREE_ROWS(opportunities, qbg__opportunity_free);
    FREE_ROWS(members, qbg__member_free);
#undef FREE_ROWS
}

#define INDEXES(of)                                                                                \
    {                                                                                              \
        &(of)->account_index, &(of)->contact_index, &(of)->kind_index, &(of)->role_index,          \
            &(of)->solution_index, &(of)->template_index, &(of)->opportunity_index,                \
            &(of)->revenue_index                                                                   \
    }

static void free_indexes(qbg_workspace *workspace) {
    qbg__index *const indexes[] = INDEXES(workspace);
    for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
        qbg__index_free(indexes[i], &workspace->mem);
}

void qbg_workspace_free(qbg_workspace *workspace) {
    if (!workspace) return;
    if (workspace->importer) *workspace->importer = 0;
    qbg__abandon(workspace);
    free_rows(workspace);
    free_indexes(workspace);
    qbg__intern_free(&workspace->texts, &workspace->mem);
    qbg__signals_free(&workspace->signals, &workspace->mem);
    qbg__ways_free(&workspace->ways, &workspace->mem);
    qbg__revenue_free(workspace);
    qbg__policy_free(&workspace->policy, &workspace->mem);
    qbg__revisions_free(&workspace->revisions, &workspace->mem);
    qbg__mem_free(&workspace->mem, workspace->dirt.at,
                  workspace->dirt.capacity * sizeof *workspace->dirt.at);
    qbg__mem_free(&workspace->mem, workspace->rosters.due,
                  workspace->rosters.capacity * sizeof *workspace->rosters.due);
    qbg__mem_free(&workspace->mem, workspace->worths,
                  workspace->worth_capacity * sizeof *workspace->worths);
    qbg__journal_free(&workspace->journal);
    qbg__mem own = workspace->mem;
    qbg__mem_free(&own, workspace, sizeof *workspace);
}

static void count_rows(const qbg_workspace *of, qbg__memory *memory) {
#define COUNT_ROWS(rows, section, count_row)                                                       \
    for (uint32_t i = 0; i < of->rows.count; i++) count_row(qbg__rows_at(&of->rows, i), memory);   \
    memory->section += qbg__rows_bytes(&of->rows)
    COUNT_ROWS(accounts, accounts, qbg__account_bytes);
    COUNT_ROWS(contacts, contacts, qbg__contact_bytes);
    COUNT_ROWS(kinds, catalog, qbg__kind_bytes);
    COUNT_ROWS(roles, catalog, qbg__role_bytes);
    COUNT_ROWS(solutions, catalog, qbg__solution_bytes);
    COUNT_ROWS(templates, catalog, qbg__template_bytes);
    COUNT_ROWS(opportunities, opportunities, qbg__opportunity_bytes);
    COUNT_ROWS(members, members, qbg__member_bytes);
#undef COUNT_ROWS
}

void qbg__workspace_bytes(const qbg_workspace *workspace, qbg__memory *memory) {
    const qbg__index *const indexes[] = INDEXES(workspace);
    count_rows(workspace, memory);
    for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
        memory->indexes += qbg__index_bytes(indexes[i]);
    memory->texts += qbg__intern_bytes(&workspace->texts);
    qbg__signals_bytes(&workspace->signals, memory);
    qbg__ways_bytes(&workspace->ways, memory);
    qbg__revenue_bytes(workspace, memory);
    qbg__policy_bytes(&workspace->policy, memory);
    qbg__revisions_bytes(&workspace->revisions, memory);
    memory->journal += qbg__journal_bytes(&workspace->journal);
    memory->catalog += workspace->worth_capacity * sizeof *workspace->worths;
    memory->other += workspace->dirt.capacity * sizeof *workspace->dirt.at +
                     workspace->rosters.capacity * sizeof *workspace->rosters.due +
                     sizeof *workspace;
}

qbg_status qbg_workspace_set_limit(qbg_workspace *workspace, uint64_t bytes) {
    if (!workspace) return QBG_E_ARGUMENT;
    workspace->mem.limit = bytes;
    return QBG_OK;
}

uint64_t qbg_workspace_limit(const qbg_workspace *workspace) {
    return workspace ? workspace->mem.limit : 0;
}

uint64_t qbg_workspace_bytes(const qbg_workspace *workspace) {
    return workspace ? workspace->mem.bytes : 0;
}

qbg_policy *qbg_workspace_policy(qbg_workspace *workspace) {
    return workspace ? &workspace->policy : NULL;
}

const qbg__mem *qbg__workspace_mem(const qbg_workspace *workspace) { return &workspace->mem; }

qbg_status qbg__check_text(const char *text) {
    return !text || qbg__text_is_utf8(text, strlen(text)) ? QBG_OK : QBG_E_TEXT;
}

qbg_status qbg__check_key(const char *key) {
    if (!key) return QBG_E_ARGUMENT;
    return key[0] == '\0' ? QBG_E_TEXT : qbg__check_text(key);
}

qbg_status qbg__check_piece(const char *piece) {
    qbg_status status = qbg__check_key(piece);
    return status == QBG_OK && strchr(piece, ';') ? QBG_E_TEXT : status;
}

qbg_status qbg__check_time(int64_t time_s) {
    return time_s == QBG_UNDATED || qbg__time_is_valid(time_s) ? QBG_OK : QBG_E_RANGE;
}

void *qbg__row_at(const qbg__rows *rows, uint32_t number) {
    qbg__keyed *row = qbg__rows_at(rows, number);
    while (row && row->kept != row->number) row = qbg__rows_at(rows, row->kept);
    return row;
}

void *qbg__row_alive(const qbg__rows *rows, uint32_t number) {
    qbg__keyed *row = qbg__rows_at(rows, number);
    return row && row->kept == row->number ? row : NULL;
}

qbg_status qbg__row_lead_on(const qbg__rows *rows, uint32_t *number) {
    if (*number == QBG_NONE) return QBG_OK;
    if (*number >= rows->count) return QBG_E_RANGE;
    const qbg__keyed *row = qbg__row_at(rows, *number);
    if (!row) return QBG_E_GONE;
    *number = row->number;
    return QBG_OK;
}

/* A key that was merged into a row which was removed later is free again. */
static int has_key(const void *rows, uint32_t number, const void *wanted) {
    const qbg__keyed *row = qbg__rows_at(rows, number);
    const qbg__span *key = wanted;
    return row && row->key && strlen(row->key) == key->size &&
           memcmp(row->key, key->bytes, key->size) == 0 && qbg__row_at(rows, number);
}

static void *find_hashed(const qbg__rows *rows, const qbg__index *index, qbg__span key,
                         uint32_t hash) {
    return qbg__row_at(rows, qbg__index_find(index, hash, has_key, rows, &key));
}

void *qbg__row_find_span(const qbg__rows *rows, const qbg__index *index, qbg__span key) {
    return find_hashed(rows, index, key, qbg__index_hash(key.bytes, key.size));
}

void *qbg__row_find(const qbg__rows *rows, const qbg__index *index, const char *key) {
    return key ? qbg__row_find_span(rows, index, (qbg__span){key, strlen(key)}) : NULL;
}

/* hash: of the key. */
static qbg_status make_row(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                           const char *key, uint32_t hash, void **out_row) {
    qbg__keyed *row = qbg__rows_add(rows, &workspace->journal);
    if (!row) return QBG_E_MEMORY;
    row->workspace = workspace;
    row->number = row->kept = rows->count - 1;
    qbg_status status = qbg__journal_set_text(&workspace->journal, &row->key, key);
    if (status == QBG_OK) status = qbg__index_add(index, &workspace->journal, hash, row->number);
    if (status == QBG_OK) *out_row = row;
    return status;
}

qbg_status qbg__row_put(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                        const char *key, void **out_row, int *out_is_new) {
    qbg_status status = qbg__check_key(key);
    if (status != QBG_OK) return status;
    const qbg__span span = {key, strlen(key)};
    uint32_t hash = qbg__index_hash(span.bytes, span.size);
    void *known = find_hashed(rows, index, span, hash);
    *out_is_new = !known;
    if (!known) return make_row(workspace, rows, index, key, hash, out_row);
    *out_row = known;
    return QBG_OK;
}

qbg_status qbg__row_add(qbg_workspace *workspace, qbg__rows *rows, qbg__index *index,
                        const char *key, void **out_row) {
    void *row = NULL;
    int is_new = 0;
    qbg_status status = qbg__row_put(workspace, rows, index, key, &row, &is_new);
    if (status == QBG_OK && !is_new) return QBG_E_EXISTS;
    if (status == QBG_OK) *out_row = row;
    return status;
}

qbg_status qbg__set_tag(void *row, uint64_t tag) {
    qbg__keyed *keyed = row;
    qbg__change change = qbg__begin(keyed->workspace);
    return qbg__end(change, qbg__journal_set_uint64(&keyed->workspace->journal, &keyed->tag, tag));
}

qbg_status qbg__list_push(qbg_workspace *workspace, uint32_t **list, uint32_t *count,
                          uint32_t *capacity, uint32_t value) {
    qbg_status status =
        qbg__journal_extend(&workspace->journal, list, count, capacity, sizeof **list);
    if (status == QBG_OK) (*list)[(*count)++] = value;
    return status;
}

qbg_status qbg__list_drop(qbg_workspace *workspace, uint32_t **list, uint32_t *count,
                          uint32_t value) {
    uint32_t at = 0;
    while (at < *count && (*list)[at] != value) at++;
    if (at == *count) return QBG_OK;
    return qbg__journal_remove(&workspace->journal, list, count, sizeof **list, at);
}
