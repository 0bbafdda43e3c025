/* blob: bytes being written, then given out; see blob.h. */
#include "base/blob.h"

#include <string.h>

qbg_blob *qbg__blob_new(const qbg__mem *mem) {
    qbg__mem own = qbg__mem_fork(mem);
    qbg_blob *blob = qbg__mem_alloc(&own, sizeof *blob);
    if (blob) qbg__blob_begin(blob, &own);
    return blob;
}

void qbg__blob_begin(qbg_blob *blob, const qbg__mem *mem) {
    blob->mem = qbg__mem_fork(mem);
    blob->bytes = NULL;
    blob->size = 0;
    blob->written = 0;
    blob->capacity = 0;
    blob->status = QBG_OK;
}

void qbg__blob_end(qbg_blob *blob) {
    qbg__mem_free(&blob->mem, blob->bytes, blob->capacity);
    qbg__blob_begin(blob, &blob->mem);
}

void qbg__blob_rewind(qbg_blob *blob) {
    qbg__mem_wipe(blob->bytes, blob->written);
    blob->size = 0;
    blob->written = 0;
}

void qbg__blob_cut(qbg_blob *blob, size_t size) {
    if (size >= blob->size) return;
    qbg__mem_wipe(blob->bytes + size, blob->written - size);
    blob->size = size;
    blob->written = size;
}

void qbg__blob_clear(qbg_blob *blob) {
    qbg__blob_rewind(blob);
    blob->status = QBG_OK;
}

static int has_room(qbg_blob *blob, size_t more) {
    if (blob->status != QBG_OK) return 0;
    if (blob->capacity - blob->size > more) return 1;
    size_t need = blob->size + more + 1;
    size_t grown = blob->capacity + blob->capacity / 2 + 64;
    if (need < more) {
        blob->status = QBG_E_MEMORY;
        return 0;
    }
    if (grown < need) grown = need;
    char *moved = qbg__mem_resize(&blob->mem, blob->bytes, blob->capacity, grown);
    if (!moved) {
        blob->status = QBG_E_MEMORY;
        return 0;
    }
    blob->bytes = moved;
    blob->capacity = grown;
    return 1;
}

void qbg__blob_expect(qbg_blob *blob, size_t more) { has_room(blob, more); }

/* So many more bytes are written. */
static void end_at(qbg_blob *blob, size_t more) {
    blob->size += more;
    blob->bytes[blob->size] = '\0';
    if (blob->size > blob->written) blob->written = blob->size;
}

void qbg__blob_bytes(qbg_blob *blob, const void *bytes, size_t size) {
    if (!has_room(blob, size)) return;
    if (size > 0) memcpy(blob->bytes + blob->size, bytes, size);
    end_at(blob, size);
}

char *qbg__blob_extend(qbg_blob *blob, size_t size) {
    if (!has_room(blob, size)) return NULL;
    end_at(blob, size);
    return blob->bytes + blob->size - size;
}

void qbg__blob_text(qbg_blob *blob, const char *text) { qbg__blob_bytes(blob, text, strlen(text)); }

void qbg__blob_char(qbg_blob *blob, char byte) {
    if (!has_room(blob, 1)) return;
    blob->bytes[blob->size] = byte;
    end_at(blob, 1);
}

void qbg__blob_repeat(qbg_blob *blob, char byte, size_t count) {
    if (!has_room(blob, count)) return;
    memset(blob->bytes + blob->size, byte, count);
    end_at(blob, count);
}

void qbg__blob_uint(qbg_blob *blob, uint64_t value) {
    char digits[20];
    size_t count = 0;
    do {
        digits[sizeof digits - ++count] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    qbg__blob_bytes(blob, digits + sizeof digits - count, count);
}

void qbg__blob_int(qbg_blob *blob, int64_t value) {
    if (value < 0) qbg__blob_char(blob, '-');
    qbg__blob_uint(blob, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

const char *qbg_blob_data(const qbg_blob *blob) { return blob && blob->bytes ? blob->bytes : ""; }

size_t qbg_blob_size(const qbg_blob *blob) { return blob ? blob->size : 0; }

void qbg_blob_free(qbg_blob *blob) {
    if (!blob) return;
    qbg__blob_end(blob);
    qbg__mem own = blob->mem;
    qbg__mem_free(&own, blob, sizeof *blob);
}
