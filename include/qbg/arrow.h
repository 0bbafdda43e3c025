/* arrow.h: tables out and rows in through the Arrow C data interface, as DuckDB, pandas, polars and
 * many others speak it. Nothing has to be linked for it: the structs below are the interface.
 *
 * What goes out is not copied: the stream holds the table, and whoever holds the stream, or an
 * array out of it, keeps it alive, also when the table is freed and the workspace is gone. What
 * comes in is read once, batch by batch, whatever its types and slices. */
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
 * Columns are int64, uint64, double (float64), timestamp[s, UTC] and large_utf8, all nullable,
 * without copies.
 * out_stream: whatever stands there is overwritten; release it once. Errors: QBG_E_ARGUMENT;
 * QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_arrow_export(qbg_table *table, struct ArrowArrayStream *out_stream);

/* Puts the rows of a stream. table: "accounts", "contacts", "opportunities", "members" or
 * "signals". Columns are found by the names that they have in a book (docs/book.md), in any order;
 * an unknown one is ignored with a remark. What they mean, and what a column that is not there
 * means, is as in qbg_account_put_columns and its sisters, and qbg_append; a null is an empty cell.
 * Read are: for texts utf8, large_utf8 and dictionaries of them; for what another table has, its
 * key as a text, or its row number as an integer of any width; for words the word or its number,
 * for answers also bool; for times timestamps of any unit (those without a zone are UTC), date32,
 * date64, and seconds as integers; for ratios floats and integers; "amount_minor" and
 * "potential_minor" instead of money in major units; "tag" as uint64 or int64; an account has one
 * "domain", a member's row one role. Slices, offsets, bitmaps and batches of any size make no
 * difference. The stream is read to its end and stays the caller's, to release. out_rows (may be
 * NULL): how many rows were put. out_refusals (may be NULL): a table like that of
 * qbg_book_reader_refusals, whose rows count from 0 over all batches; to be freed by the caller.
 * Errors, and then nothing was put: QBG_E_REFUSED the stream failed, is malformed, or has a column
 * that cannot be read: out_refusals is written nevertheless and names it; QBG_E_NOT_FOUND no such
 * table; QBG_E_ARGUMENT; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_arrow_import(qbg_workspace *workspace, const char *table,
                                    struct ArrowArrayStream *stream, uint64_t *out_rows,
                                    qbg_table **out_refusals);

#ifdef __cplusplus
}
#endif
#endif
