/* mem: the workspace's allocator; see mem.h. */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* No block is ever resized, so libc's realloc is not needed. */
static void *libc_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    (void)ctx;
    (void)old_size;
    if (new_size > 0) return malloc(new_size);
    free(ptr);
    return NULL;
}

/* A newer host's struct is fine as long as what we do not know is zero. */
static int tail_is_zero(const qbg_allocator *allocator) {
    const unsigned char *bytes = (const unsigned char *)allocator;
    for (size_t i = sizeof *allocator; i < allocator->size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

qbg_status qbg__mem_init(qbg__mem *mem, const qbg_allocator *allocator) {
    const qbg_allocator libc = {sizeof libc, NULL, libc_resize};
    if (allocator &&
        (allocator->size < sizeof *allocator || !allocator->resize || !tail_is_zero(allocator)))
        return QBG_E_ARGUMENT;
    mem->allocator = allocator ? *allocator : libc;
    mem->allocator.size = sizeof *allocator;
    mem->bytes = 0;
    mem->limit = 0;
    return QBG_OK;
}

qbg__mem qbg__mem_fork(const qbg__mem *mem) {
    qbg__mem fork = *mem;
    fork.bytes = 0;
    fork.limit = 0;
    return fork;
}

/* Called through a pointer that is read anew each time: a compiler that saw memset, and free behind
 * it, could leave it out as a write that nobody reads. */
static void *(*const volatile set_bytes)(void *, int, size_t) = memset;

void qbg__mem_wipe(void *bytes, size_t size) {
    if (size > 0) set_bytes(bytes, 0, size);
}

static int is_within_limit(const qbg__mem *mem, size_t more) {
    if (mem->limit == 0) return 1;
    return mem->bytes <= mem->limit && more <= mem->limit - mem->bytes;
}

void *qbg__mem_alloc(qbg__mem *mem, size_t size) {
    if (!is_within_limit(mem, size)) return NULL;
    void *block = mem->allocator.resize(mem->allocator.ctx, NULL, 0, size);
    if (block) mem->bytes += size;
    return block;
}

void *qbg__mem_alloc_zeroed(qbg__mem *mem, size_t size) {
    void *block = qbg__mem_alloc(mem, size);
    if (block) memset(block, 0, size);
    return block;
}

void *qbg__mem_resize(qbg__mem *mem, void *block, size_t old_size, size_t new_size) {
    void *moved = qbg__mem_alloc(mem, new_size);
    if (!moved || !block) return moved;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    qbg__mem_free(mem, block, old_size);
    return moved;
}

void qbg__mem_free(qbg__mem *mem, void *block, size_t size) {
    if (!block) return;
    qbg__mem_wipe(block, size);
    mem->allocator.resize(mem->allocator.ctx, block, size, 0);
    mem->bytes -= size;
}

void qbg__mem_free_text(qbg__mem *mem, char *text) {
    if (text) qbg__mem_free(mem, text, strlen(text) + 1);
}

uint64_t qbg__mem_text_bytes(const char *text) { return text ? strlen(text) + 1 : 0; }

uint32_t qbg__mem_grown(uint32_t capacity, uint64_t need, size_t item) {
    const size_t large = 24; /* of these, dated facts among them, most arrays have one */
    uint64_t grown = (uint64_t)capacity + capacity / 2 + (item < large ? 4 : 1);
    if (grown < need) grown = need;
    if (grown > UINT32_MAX) grown = need;
    if (grown > UINT32_MAX || grown > SIZE_MAX / item) return 0;
    return (uint32_t)grown;
}

qbg_status qbg__mem_move(qbg__mem *mem, void *array, uint32_t *capacity, uint64_t grown,
                         size_t item) {
    if (grown == 0 || grown > UINT32_MAX || grown > SIZE_MAX / item) return QBG_E_MEMORY;
    void *block; /* by memcpy: an item's pointer type is not void * */
    memcpy(&block, array, sizeof block);
    block = qbg__mem_resize(mem, block, *capacity * item, (size_t)grown * item);
    if (!block) return QBG_E_MEMORY;
    memcpy(array, &block, sizeof block);
    *capacity = (uint32_t)grown;
    return QBG_OK;
}
