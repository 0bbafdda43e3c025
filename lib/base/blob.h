/* blob: bytes being written, then given out. Appending remembers the first failure, so that a
 * writer may append a hundred times and ask once. */
#ifndef QBG__BLOB_H
#define QBG__BLOB_H

#include "base/mem.h"
#include "qbg/blob.h"

struct qbg_blob {
    qbg__mem mem;
    char *bytes; /* size bytes and a NUL; NULL while empty */
    size_t size;
    size_t written;    /* since it was emptied: what is left behind `size` is wiped with the rest */
    size_t capacity;   /* of bytes, the NUL included */
    qbg_status status; /* QBG_OK, or why appending stopped */
};

/* A blob of its own, from the allocator of `mem`. NULL when memory is out. */
qbg_blob *qbg__blob_new(const qbg__mem *mem);

/* A blob inside another struct: begin, append, end. */
void qbg__blob_begin(qbg_blob *blob, const qbg__mem *mem);
void qbg__blob_end(qbg_blob *blob);

/* Appends `size` bytes that the caller then writes; where they go, or NULL when memory is out. */
char *qbg__blob_extend(qbg_blob *blob, size_t size);

/* Empties it, wiped, and keeps its capacity: _clear to begin anew, _rewind to write the next of
 * many values, which keeps a failure for whoever asks at the end. _cut keeps the first `size`
 * bytes. */
void qbg__blob_clear(qbg_blob *blob);
void qbg__blob_rewind(qbg_blob *blob);
void qbg__blob_cut(qbg_blob *blob, size_t size);

/* Makes room for so many bytes more at once. */
void qbg__blob_expect(qbg_blob *blob, size_t more);

/* Appends. Does nothing once blob->status is not QBG_OK. */
void qbg__blob_bytes(qbg_blob *blob, const void *bytes, size_t size);
void qbg__blob_text(qbg_blob *blob, const char *text);
void qbg__blob_char(qbg_blob *blob, char byte);
void qbg__blob_repeat(qbg_blob *blob, char byte, size_t count);
void qbg__blob_uint(qbg_blob *blob, uint64_t value);
void qbg__blob_int(qbg_blob *blob, int64_t value);

#endif
