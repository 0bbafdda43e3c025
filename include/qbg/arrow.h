/* arrow.h: tables out and rows in through the Arrow C data interface, as DuckDB, pandas, polars and
 * many others speak it. Nothing has to be linked for it: the structs below are the interface.
 *
 * What goes out is not copied: the stream holds the table, and whoever holds the stream, or an
 * array out of it, keeps it alive, also when the table is freed and the workspace is gone. What
 * comes in is read from where it lies, and copied only where its layout is not the library's. */
#ifndef QBG_ARROW_H
#define QBG_ARROW_H

#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The structs of the interface, as its specification defines them. Other headers may have defined
 * them already, with the same macros. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE           2
#define ARROW_FLAG_MAP_KEYS_SORTED    4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/* A table as a stream of one batch. The table may be freed before or after the stream is released;
 * any thread may do either, if the allocator that the workspace was made with may be called there.
 * Columns are int64, uint64, double (float64) and large_utf8, all nullable, without copies.
 * out_stream: whatever stands there is overwritten; release it once. Errors: QBG_E_ARGUMENT;
 * QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_arrow_export(qbg_table *table, struct ArrowArrayStream *out_stream);

#ifdef __cplusplus
}
#endif
#endif
