/* links: what the rows of one table say about keys that the rows of another one have: maps from
 * texts to texts, many in one. */
#ifndef QBG__LINKS_H
#define QBG__LINKS_H

#include "base/blob.h"
#include "base/column.h"

typedef struct qbg__link {
    uint32_t hash;
    int32_t map;                             /* -1: an empty slot */
    int32_t is_several;                      /* other values came, too: the first one stays */
    size_t key, key_size, value, value_size; /* where they lie in the texts */
} qbg__link;

typedef struct qbg__links {
    qbg__mem mem;
    qbg__link *slots;
    uint32_t capacity, count; /* a power of two, or 0 */
    qbg_blob texts;
} qbg__links;

void qbg__links_begin(qbg__links *links, const qbg__mem *mem);
void qbg__links_end(qbg__links *links);

/* Maps a key, unless it is mapped. map: 0 or more. QBG_E_MEMORY. */
qbg_status qbg__links_put(qbg__links *links, int32_t map, qbg__span key, qbg__span value);

/* NULL: none. The link and its value live until the next put. */
const qbg__link *qbg__links_find(const qbg__links *links, int32_t map, qbg__span key);
qbg__span qbg__links_value(const qbg__links *links, const qbg__link *link);

#endif
