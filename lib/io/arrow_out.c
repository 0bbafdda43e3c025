/* arrow_out: a table as a stream of one batch; see qbg/arrow.h. Each array that goes out holds the
 * table by itself, since a consumer may move it out of its parent and keep it longer. Names and
 * formats are texts that live as long as the library. */
#include "qbg/arrow.h"

#include "base/table.h"

#include <errno.h>

/* ---- The schema ---- */

/* The children lie behind the block that owns them. */
typedef struct schema_block {
    qbg__mem mem;
    size_t size;
    struct ArrowSchema *pointers[];
} schema_block;

static void release_leaf_schema(struct ArrowSchema *schema) { schema->release = NULL; }

static void release_schema(struct ArrowSchema *schema) {
    schema_block *block = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    qbg__mem own = block->mem;
    qbg__mem_free(&own, block, block->size);
    schema->release = NULL;
}

static const char *format_of(int32_t type) {
    switch (type) {
    case QBG_COLUMN_INT64: return "l";
    case QBG_COLUMN_TIME: return "tss:UTC";
    case QBG_COLUMN_UINT64: return "L";
    case QBG_COLUMN_DOUBLE: return "g";
    default: return "U"; /* large_utf8 */
    }
}

static int write_schema(const qbg_table *table, struct ArrowSchema *out) {
    qbg__mem own = qbg__mem_fork(qbg__table_mem(table));
    size_t count = (size_t)qbg_table_column_count(table);
    size_t size =
        sizeof(schema_block) + count * (sizeof(struct ArrowSchema *) + sizeof(struct ArrowSchema));
    schema_block *block = qbg__mem_alloc_zeroed(&own, size);
    if (!block) return ENOMEM;
    struct ArrowSchema *children = (struct ArrowSchema *)(void *)(block->pointers + count);
    block->mem = own;
    block->size = size;
    for (size_t i = 0; i < count; i++) {
        int32_t number = (int32_t)i;
        children[i] =
            (struct ArrowSchema){.format = format_of(qbg_table_column_type(table, number)),
                                 .name = qbg_table_column_name(table, number),
                                 .flags = ARROW_FLAG_NULLABLE,
                                 .release = release_leaf_schema};
        block->pointers[i] = &children[i];
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = (int64_t)count,
                                .children = block->pointers,
                                .release = release_schema,
                                .private_data = block};
    return 0;
}

/* ---- The batch ---- */

/* What a column's array owns. */
typedef struct column_block {
    qbg__mem mem;
    qbg_table *table;
    const void *buffers[3]; /* validity; values, or offsets; bytes */
} column_block;

/* What the array of all columns owns, with the columns' arrays behind it. */
typedef struct batch_block {
    qbg__mem mem;
    size_t size;
    const void *buffers[1]; /* no row is null as a whole */
    struct ArrowArray *pointers[];
} batch_block;

static void release_column(struct ArrowArray *array) {
    column_block *block = array->private_data;
    qbg__mem own = block->mem;
    qbg_table_free(block->table);
    qbg__mem_free(&own, block, sizeof *block);
    array->release = NULL;
}

static void release_batch(struct ArrowArray *array) {
    batch_block *block = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release) array->children[i]->release(array->children[i]);
    qbg__mem own = block->mem;
    qbg__mem_free(&own, block, block->size);
    array->release = NULL;
}

/* How many buffers there are. */
static int64_t list_buffers(const qbg_table *table, int32_t number, const void **buffers) {
    const int64_t *offsets = NULL;
    buffers[0] = qbg_table_validity(table, number);
    switch (qbg_table_column_type(table, number)) {
    case QBG_COLUMN_INT64:
    case QBG_COLUMN_TIME: buffers[1] = qbg_table_int64_column(table, number); return 2;
    case QBG_COLUMN_UINT64: buffers[1] = qbg_table_uint64_column(table, number); return 2;
    case QBG_COLUMN_DOUBLE: buffers[1] = qbg_table_double_column(table, number); return 2;
    default:
        buffers[2] = qbg_table_text_column(table, number, &offsets);
        buffers[1] = offsets;
        return 3;
    }
}

static int write_column(qbg_table *table, int32_t number, struct ArrowArray *out) {
    qbg__mem own = qbg__mem_fork(qbg__table_mem(table));
    column_block *block = qbg__mem_alloc_zeroed(&own, sizeof *block);
    if (!block) return ENOMEM;
    block->mem = own;
    block->table = qbg__table_hold(table);
    *out = (struct ArrowArray){.length = qbg_table_row_count(table),
                               .null_count = qbg__table_null_count(table, number),
                               .n_buffers = list_buffers(table, number, block->buffers),
                               .buffers = block->buffers,
                               .release = release_column,
                               .private_data = block};
    return 0;
}

static int write_batch(qbg_table *table, struct ArrowArray *out) {
    qbg__mem own = qbg__mem_fork(qbg__table_mem(table));
    size_t count = (size_t)qbg_table_column_count(table);
    size_t size =
        sizeof(batch_block) + count * (sizeof(struct ArrowArray *) + sizeof(struct ArrowArray));
    batch_block *block = qbg__mem_alloc_zeroed(&own, size);
    if (!block) return ENOMEM;
    struct ArrowArray *children = (struct ArrowArray *)(void *)(block->pointers + count);
    block->mem = own;
    block->size = size;
    *out = (struct ArrowArray){.length = qbg_table_row_count(table),
                               .n_buffers = 1,
                               .n_children = (int64_t)count,
                               .buffers = block->buffers,
                               .children = block->pointers,
                               .release = release_batch,
                               .private_data = block};
    for (size_t i = 0; i < count; i++) block->pointers[i] = &children[i];
    for (size_t i = 0; i < count; i++) {
        int error = write_column(table, (int32_t)i, &children[i]);
        if (error == 0) continue;
        release_batch(out);
        return error;
    }
    return 0;
}

/* ---- The stream ---- */

typedef struct stream_block {
    qbg__mem mem;
    qbg_table *table;
    int is_done;
    const char *error; /* NULL: none */
} stream_block;

static int told(stream_block *block, int error) {
    block->error = error == 0 ? NULL : "out of memory";
    return error;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    stream_block *block = stream->private_data;
    return told(block, write_schema(block->table, out));
}

/* After the batch comes an array that is released already: the end. */
static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    stream_block *block = stream->private_data;
    if (block->is_done) {
        *out = (struct ArrowArray){.release = NULL};
        return told(block, 0);
    }
    int error = write_batch(block->table, out);
    block->is_done = error == 0;
    return told(block, error);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    return ((const stream_block *)stream->private_data)->error;
}

static void release_stream(struct ArrowArrayStream *stream) {
    stream_block *block = stream->private_data;
    qbg__mem own = block->mem;
    qbg_table_free(block->table);
    qbg__mem_free(&own, block, sizeof *block);
    stream->release = NULL;
}

qbg_status qbg_arrow_export(qbg_table *table, struct ArrowArrayStream *out_stream) {
    if (!table || !out_stream) return QBG_E_ARGUMENT;
    qbg__mem own = qbg__mem_fork(qbg__table_mem(table));
    stream_block *block = qbg__mem_alloc_zeroed(&own, sizeof *block);
    if (!block) return QBG_E_MEMORY;
    block->mem = own;
    block->table = qbg__table_hold(table);
    *out_stream =
        (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, block};
    return QBG_OK;
}
