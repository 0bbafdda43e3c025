/* rows: blocks of rows behind one table of block pointers; see rows.h. A single growing array would
 * move rows, and hosts hold pointers to them. */
#include "base/rows.h"

#include <string.h>

void qbg__rows_init(qbg__rows *rows, size_t item) {
    memset(rows, 0, sizeof *rows);
    rows->item = (uint32_t)item;
}

void qbg__rows_free(qbg__rows *rows, qbg__mem *mem) {
    for (uint32_t i = 0; i < rows->block_capacity; i++)
        qbg__mem_free(mem, rows->blocks[i], QBG__BLOCK_ROWS * (size_t)rows->item);
    qbg__mem_free(mem, rows->blocks, rows->block_capacity * sizeof *rows->blocks);
    qbg__rows_init(rows, rows->item);
}

uint64_t qbg__rows_bytes(const qbg__rows *rows) {
    uint64_t bytes = rows->block_capacity * sizeof *rows->blocks;
    for (uint32_t i = 0; i < rows->block_capacity; i++)
        if (rows->blocks[i]) bytes += QBG__BLOCK_ROWS * (uint64_t)rows->item;
    return bytes;
}

static qbg_status add_block(qbg__rows *rows, qbg__journal *journal, uint32_t block) {
    qbg_status status = qbg__journal_reserve(journal, &rows->blocks, &rows->block_capacity,
                                             (uint64_t)block + 1, sizeof *rows->blocks);
    if (status != QBG_OK) return status;
    status = qbg__journal_keep(journal, &rows->blocks[block], sizeof rows->blocks[block]);
    if (status != QBG_OK) return status;
    void *fresh = qbg__journal_make(journal, QBG__BLOCK_ROWS * (size_t)rows->item);
    if (fresh) rows->blocks[block] = fresh;
    return fresh ? QBG_OK : QBG_E_MEMORY;
}

void *qbg__rows_add(qbg__rows *rows, qbg__journal *journal) {
    uint32_t number = rows->count;
    uint32_t block = number / QBG__BLOCK_ROWS;
    if (number == QBG_NONE - 1) return NULL;
    if (block >= rows->block_capacity || !rows->blocks[block])
        if (add_block(rows, journal, block) != QBG_OK) return NULL;
    if (qbg__journal_keep(journal, &rows->count, sizeof rows->count) != QBG_OK) return NULL;
    rows->count++;
    void *row = qbg__rows_at(rows, number);
    memset(row, 0, rows->item); /* a row undone earlier may have left its bytes */
    qbg__journal_born(journal, row, rows->item);
    return row;
}
