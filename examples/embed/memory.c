/* memory: libc's, counted for each tenant. The library frees what it has wiped and asks for whole
 * new blocks, but the contract has a third case, so it is here, too.
 *
 * This CRM asks on one thread. With more of them these counters would have to be atomic, for every
 * question allocates, on the thread that asks. */
#include "crm.h"

#include <stdlib.h>

static int is_refused(struct memory *tenant) { return tenant->refuse > 0 && --tenant->refuse == 0; }

void *memory_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    struct memory *tenant = ctx;
    void *block = NULL;
    if (new_size > 0) {
        block = is_refused(tenant) ? NULL : realloc(ptr, new_size);
        if (!block) return NULL; /* ptr stays valid */
    } else {
        free(ptr);
    }
    tenant->bytes = tenant->bytes - old_size + new_size;
    if (tenant->bytes > tenant->peak) tenant->peak = tenant->bytes;
    return block;
}
