/* arrow_source: streams made by hand, of arrays that lie in the test's own memory. */
#ifndef QBG_TESTS_ARROW_SOURCE_H
#define QBG_TESTS_ARROW_SOURCE_H

#include "fixture.h"

enum { SOURCE_COLUMNS = 20, SOURCE_BATCHES = 8 };

/* A column of one batch. */
typedef struct source_column {
    const char *name, *format;
    const void *validity, *values, *bytes;
    int64_t length, offset;
    struct ArrowSchema *dictionary_type;
    struct ArrowArray *dictionary;
} source_column;

/* A stream whose batches have the same columns. Counts what was released. */
typedef struct source {
    struct ArrowArrayStream stream;
    source_column columns[SOURCE_BATCHES][SOURCE_COLUMNS];
    int column_count, batch_count;
    int64_t batch_offset; /* of every batch's rows in its columns */
    int64_t lengths[SOURCE_BATCHES];
    int fails_at; /* the batch that cannot be had; -1: none */
    int next, released_batches, schemas_out, released_schemas;
    /* what is handed out */
    struct ArrowSchema schemas[SOURCE_COLUMNS], *schema_pointers[SOURCE_COLUMNS];
    struct ArrowArray arrays[SOURCE_COLUMNS], *array_pointers[SOURCE_COLUMNS];
    const void *buffers[SOURCE_COLUMNS][3], *no_buffers[1];
} source;

static inline void release_source_leaf(struct ArrowSchema *schema) { schema->release = NULL; }
static inline void release_source_array(struct ArrowArray *array) { array->release = NULL; }

static inline void release_source_schema(struct ArrowSchema *schema) {
    ((source *)schema->private_data)->released_schemas++;
    schema->release = NULL;
}

static inline void release_source_batch(struct ArrowArray *batch) {
    ((source *)batch->private_data)->released_batches++;
    batch->release = NULL;
}

static inline int source_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    source *self = stream->private_data;
    for (int i = 0; i < self->column_count; i++) {
        const source_column *column = &self->columns[0][i];
        self->schemas[i] = (struct ArrowSchema){.format = column->format,
                                                .name = column->name,
                                                .flags = ARROW_FLAG_NULLABLE,
                                                .dictionary = column->dictionary_type,
                                                .release = release_source_leaf};
        self->schema_pointers[i] = &self->schemas[i];
    }
    self->schemas_out++;
    *out = (struct ArrowSchema){.format = "+s",
                                .n_children = self->column_count,
                                .children = self->schema_pointers,
                                .release = release_source_schema,
                                .private_data = self};
    return 0;
}

static inline int64_t buffer_count(const char *format) {
    if (strcmp(format, "n") == 0) return 0;
    return format[0] == 'u' || format[0] == 'U' ? 3 : 2;
}

static inline int source_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    source *self = stream->private_data;
    int batch = self->next++;
    *out = (struct ArrowArray){.release = NULL};
    if (batch == self->fails_at) return 5;
    if (batch >= self->batch_count) return 0;
    for (int i = 0; i < self->column_count; i++) {
        const source_column *column = &self->columns[batch][i];
        self->buffers[i][0] = column->validity;
        self->buffers[i][1] = column->values;
        self->buffers[i][2] = column->bytes;
        self->arrays[i] = (struct ArrowArray){.length = column->length,
                                              .null_count = column->validity ? -1 : 0,
                                              .offset = column->offset,
                                              .n_buffers = buffer_count(column->format),
                                              .buffers = self->buffers[i],
                                              .dictionary = column->dictionary,
                                              .release = release_source_array};
        self->array_pointers[i] = &self->arrays[i];
    }
    *out = (struct ArrowArray){.length = self->lengths[batch],
                               .offset = self->batch_offset,
                               .n_buffers = 1,
                               .n_children = self->column_count,
                               .buffers = self->no_buffers,
                               .children = self->array_pointers,
                               .release = release_source_batch,
                               .private_data = self};
    return 0;
}

static inline const char *source_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return "the disk is on fire";
}

static inline void release_source(struct ArrowArrayStream *stream) { stream->release = NULL; }

static inline void source_begin(source *self) {
    memset(self, 0, sizeof *self);
    self->fails_at = -1;
    self->stream =
        (struct ArrowArrayStream){source_schema, source_next, source_error, release_source, self};
}

/* A batch of so many rows; its columns are added with the next calls. */
static inline void source_batch(source *self, int64_t rows) {
    self->lengths[self->batch_count++] = rows;
    self->column_count = 0;
}

static inline source_column *source_add(source *self, const char *name, const char *format,
                                        const void *values) {
    source_column *column = &self->columns[self->batch_count - 1][self->column_count++];
    *column = (source_column){.name = name,
                              .format = format,
                              .values = values,
                              .length = self->lengths[self->batch_count - 1]};
    return column;
}

static inline source_column *source_add_texts(source *self, const char *name, const char *format,
                                              const void *offsets, const char *bytes) {
    source_column *column = source_add(self, name, format, offsets);
    column->bytes = bytes;
    return column;
}

#endif
