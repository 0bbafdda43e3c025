/* memory: tells what the rooms count; see memory.h. They count when they are asked: counts that are
 * kept while things come and go would have to be undone with them. */
#include "model/memory.h"

#include "base/table.h"
#include "model/workspace.h"

#include <string.h>

enum { SECTION, BYTES };

static void put(qbg_table *table, const char *section, uint64_t bytes) {
    qbg__table_text(table, SECTION, section, strlen(section));
    qbg__table_uint64(table, BYTES, bytes);
}

qbg_status qbg_workspace_memory(const qbg_workspace *workspace, qbg_table **out_table) {
    qbg_status status = qbg__may_ask(workspace);
    if (status != QBG_OK || !out_table) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    qbg_table *table = qbg__table_new(&workspace->mem);
    if (!table) return QBG_E_MEMORY;
    qbg__memory memory = {0};
    qbg__workspace_bytes(workspace, &memory);
    qbg__table_column(table, "section", QBG_COLUMN_TEXT);
    qbg__table_column(table, "bytes", QBG_COLUMN_UINT64);
    put(table, "accounts", memory.accounts);
    put(table, "contacts", memory.contacts);
    put(table, "members", memory.members);
    put(table, "opportunities", memory.opportunities);
    put(table, "catalog", memory.catalog);
    put(table, "signals", memory.signals);
    put(table, "events", memory.events);
    put(table, "texts", memory.texts);
    put(table, "indexes", memory.indexes);
    put(table, "revenue", memory.revenue);
    put(table, "policy", memory.policy);
    put(table, "journal", memory.journal);
    put(table, "other", memory.other);
    return qbg__table_finish(table, out_table);
}
