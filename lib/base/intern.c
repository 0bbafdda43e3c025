/* intern: texts packed into chunks behind an index; see intern.h. Chunks, not one block a text,
 * because a million ids would be a million blocks. */
#include "base/intern.h"

#include <string.h>

#define FIRST_CHUNK 1024u
#define FULL_CHUNK  65536u

typedef struct wanted_text {
    const char *bytes;
    size_t size;
} wanted_text;

static int is_text(const void *owner, uint32_t row, const void *wanted) {
    const qbg__interned *text = &((const qbg__intern *)owner)->texts[row];
    const wanted_text *want = wanted;
    return text->size == want->size && memcmp(text->bytes, want->bytes, want->size) == 0;
}

void qbg__intern_free(qbg__intern *intern, qbg__mem *mem) {
    while (intern->chunk) {
        qbg__chunk *older = intern->chunk->older;
        qbg__mem_free(mem, intern->chunk, intern->chunk->size);
        intern->chunk = older;
    }
    qbg__mem_free(mem, intern->texts, intern->capacity * sizeof *intern->texts);
    qbg__index_free(&intern->index, mem);
    memset(intern, 0, sizeof *intern);
}

uint64_t qbg__intern_bytes(const qbg__intern *intern) {
    uint64_t bytes = intern->capacity * sizeof *intern->texts + qbg__index_bytes(&intern->index);
    for (const qbg__chunk *chunk = intern->chunk; chunk; chunk = chunk->older) bytes += chunk->size;
    return bytes;
}

uint32_t qbg__intern_find(const qbg__intern *intern, const char *bytes, size_t size) {
    const wanted_text want = {bytes, size};
    return qbg__index_find(&intern->index, qbg__index_hash(bytes, size), is_text, intern, &want);
}

/* Room for size bytes in the newest chunk, or in a new one. */
static char *take(qbg__intern *intern, qbg__journal *journal, size_t size) {
    if (qbg__journal_keep(journal, &intern->chunk, sizeof intern->chunk) != QBG_OK) return NULL;
    if (qbg__journal_keep(journal, &intern->used, sizeof intern->used) != QBG_OK) return NULL;
    if (!intern->chunk || intern->chunk->size - intern->used < size) {
        size_t room = intern->chunk ? FULL_CHUNK : FIRST_CHUNK;
        if (room < sizeof(qbg__chunk) + size) room = sizeof(qbg__chunk) + size;
        qbg__chunk *chunk = qbg__journal_alloc(journal, room);
        if (!chunk) return NULL;
        *chunk = (qbg__chunk){intern->chunk, room, sizeof *chunk};
        intern->chunk = chunk;
        intern->used = sizeof *chunk;
    }
    char *at = (char *)intern->chunk + intern->used;
    intern->used += size;
    intern->chunk->written = intern->used;
    return at;
}

/* A copy of a text among the chunks, or NULL. */
static char *copy_of(qbg__intern *intern, qbg__journal *journal, const char *bytes, size_t size) {
    char *copy = take(intern, journal, size + 1);
    if (!copy) return NULL;
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

void qbg__intern_undone(qbg__intern *intern) {
    qbg__chunk *chunk = intern->chunk;
    if (!chunk || chunk->written <= intern->used) return;
    qbg__mem_wipe((char *)chunk + intern->used, chunk->written - intern->used);
    chunk->written = intern->used;
}

qbg_status qbg__intern_put(qbg__intern *intern, qbg__journal *journal, const char *bytes,
                           size_t size, uint32_t *out_number) {
    *out_number = qbg__intern_find(intern, bytes, size);
    if (*out_number != QBG_NONE) return QBG_OK;
    if (size >= UINT32_MAX || intern->count == QBG_NONE) return QBG_E_MEMORY;
    qbg_status status = qbg__journal_extend(journal, &intern->texts, &intern->count,
                                            &intern->capacity, sizeof *intern->texts);
    if (status != QBG_OK) return status;
    char *copy = copy_of(intern, journal, bytes, size);
    if (!copy) return QBG_E_MEMORY;
    intern->texts[intern->count] = (qbg__interned){copy, (uint32_t)size};
    *out_number = intern->count++;
    return qbg__index_add(&intern->index, journal, qbg__index_hash(bytes, size), *out_number);
}

qbg_status qbg__intern_replace(qbg__intern *intern, qbg__journal *journal, uint32_t number,
                               const char *bytes, size_t size) {
    qbg__interned *text = &intern->texts[number];
    if (size >= UINT32_MAX) return QBG_E_MEMORY;
    uint32_t hash = qbg__index_hash(text->bytes, text->size);
    qbg_status status = qbg__index_remove(&intern->index, journal, hash, number);
    if (status == QBG_OK) status = qbg__journal_keep(journal, text->bytes, text->size);
    if (status == QBG_OK) status = qbg__journal_keep(journal, text, sizeof *text);
    char *copy = status == QBG_OK ? copy_of(intern, journal, bytes, size) : NULL;
    if (!copy) return QBG_E_MEMORY;
    qbg__mem_wipe(text->bytes, text->size);
    *text = (qbg__interned){copy, (uint32_t)size};
    return qbg__index_add(&intern->index, journal, qbg__index_hash(bytes, size), number);
}

const char *qbg__intern_text(const qbg__intern *intern, uint32_t number) {
    return number == QBG_NONE ? "" : intern->texts[number].bytes;
}
