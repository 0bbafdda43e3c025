/* journal: an undo log of raw bytes; see journal.h. It is physical (addresses and old bytes) rather
 * than logical (what to call to undo), so a new kind of change needs no undo code of its own. It is
 * a stack of notes on pages that never move; one growing array would be copied, and its old place
 * wiped, each time that a large change outgrows it. */
#include "base/journal.h"

#include <string.h>

/* What a note is about. The bytes that go with one lie before it. */
enum {
    KEPT_BYTES,    /* `size` bytes as they were at `at` */
    NEW_BLOCK,     /* a block of `size` bytes that was made */
    DROPPED_BLOCK, /* a block of `size` bytes that was given up */
    INSERTED_ITEM, /* a place, of `size` bytes */
    REMOVED_ITEM   /* a place and the item that was there, together `size` bytes */
};

typedef struct note {
    void *at;
    size_t what; /* its size times KINDS, and its kind */
} note;

#define KINDS        8u
#define LARGEST_NOTE (SIZE_MAX / KINDS)

static note note_of(void *at, size_t size, unsigned kind) {
    return (note){at, size * KINDS + kind};
}

static size_t size_of(const note *of) { return of->what / KINDS; }
static unsigned kind_of(const note *of) { return of->what % KINDS; }

/* Where an item came into an array, or went out of it. */
typedef struct place {
    void *array; /* the address of the pointer to the first item */
    uint32_t *count;
    size_t item;
    uint32_t at;
} place;

/* Pages double from the first to the full size. A page up to the warm one stays when a change is
 * done, so that single events find it; a larger change's pages are given back. */
#define FIRST_PAGE 4096u
#define WARM_PAGE  65536u
#define FULL_PAGE  262144u

#define HEAD sizeof(qbg__journal_page)

void qbg__journal_init(qbg__journal *journal, qbg__mem *mem) {
    memset(journal, 0, sizeof *journal);
    journal->mem = mem;
}

/* ---- pages ---- */

static void free_page(qbg__journal *journal, qbg__journal_page *page) {
    if (page) qbg__mem_free(journal->mem, page, page->size);
}

void qbg__journal_free(qbg__journal *journal) {
    while (journal->page) {
        qbg__journal_page *older = journal->page->older;
        free_page(journal, journal->page);
        journal->page = older;
    }
    free_page(journal, journal->spare);
    journal->spare = NULL;
    journal->count = 0;
}

uint64_t qbg__journal_bytes(const qbg__journal *journal) {
    uint64_t bytes = journal->spare ? journal->spare->size : 0;
    for (const qbg__journal_page *page = journal->page; page; page = page->older)
        bytes += page->size;
    return bytes;
}

/* A new page with room for so many bytes. */
static qbg__journal_page *make_page(qbg__journal *journal, size_t need) {
    size_t size = journal->page ? journal->page->size * 2 : FIRST_PAGE;
    if (size > FULL_PAGE) size = FULL_PAGE;
    if (size - HEAD < need) size = HEAD + need;
    if (size < need) return NULL;
    qbg__journal_page *page = qbg__mem_alloc(journal->mem, size);
    if (page) page->size = size;
    return page;
}

static qbg_status add_page(qbg__journal *journal, size_t need) {
    qbg__journal_page *page = journal->spare;
    if (page && page->size - HEAD >= need)
        journal->spare = NULL;
    else
        page = make_page(journal, need);
    if (!page) return QBG_E_MEMORY;
    page->older = journal->page;
    page->used = HEAD;
    page->drops = 0;
    journal->page = page;
    return QBG_OK;
}

/* An empty page stays at hand for the next notes, or each change that is undone at its edge would
 * have one made and freed. */
static void leave_page(qbg__journal *journal) {
    qbg__journal_page *page = journal->page;
    if (!page->older) return;
    journal->page = page->older;
    free_page(journal, journal->spare);
    journal->spare = page;
}

/* ---- notes ---- */

static size_t room_of(size_t bytes) { return (bytes + sizeof(void *) - 1) & ~(sizeof(void *) - 1); }

/* Room for a note and the bytes that go with it; NULL when memory is out. */
static inline unsigned char *make_room(qbg__journal *journal, size_t room) {
    if (!journal->page || journal->page->size - journal->page->used < room + sizeof(note))
        if (add_page(journal, room + sizeof(note)) != QBG_OK) return NULL;
    return (unsigned char *)journal->page + journal->page->used;
}

static inline void close_note(qbg__journal *journal, unsigned char *end, size_t room, note fresh) {
    journal->page->drops += kind_of(&fresh) == DROPPED_BLOCK;
    memcpy(end + room, &fresh, sizeof fresh);
    journal->page->used += room + sizeof fresh;
    journal->count++;
}

/* bytes: what goes with the note, NULL: nothing. */
static qbg_status push(qbg__journal *journal, note fresh, const void *bytes) {
    size_t size = size_of(&fresh), room = bytes ? room_of(size) : 0;
    unsigned char *end = make_room(journal, room);
    if (!end) return QBG_E_MEMORY;
    if (bytes) memcpy(end, bytes, size);
    close_note(journal, end, room, fresh);
    return QBG_OK;
}

static int is_of_block(const note *of) {
    return kind_of(of) == NEW_BLOCK || kind_of(of) == DROPPED_BLOCK;
}

/* Takes the newest note off a page that is not empty. *out_bytes: what goes with it, in its place
 * until the page is wiped or written to. */
static note pop(qbg__journal *journal, qbg__journal_page *page, unsigned char **out_bytes) {
    note last;
    page->used -= sizeof last;
    memcpy(&last, (unsigned char *)page + page->used, sizeof last);
    if (!is_of_block(&last)) page->used -= room_of(size_of(&last));
    page->drops -= kind_of(&last) == DROPPED_BLOCK;
    *out_bytes = (unsigned char *)page + page->used;
    journal->count--;
    return last;
}

/* What was popped is nobody's any more. */
static void wipe_behind(qbg__journal_page *page, size_t end) {
    qbg__mem_wipe((unsigned char *)page + page->used, end - page->used);
}

/* ---- changes ---- */

static void turn(qbg__journal *journal) {
    journal->turn = ++journal->epoch;
    journal->fresh = NULL;
    journal->fresh_size = 0;
}

qbg__mark qbg__journal_begin(qbg__journal *journal) {
    turn(journal);
    return (qbg__mark){journal->count};
}

/* The address of the item of a place; by memcpy, as an item's pointer type is not char *. */
static char *item_of(const place *of) {
    char *first;
    memcpy(&first, of->array, sizeof first);
    return first + of->at * of->item;
}

static void take_out(const place *from) {
    char *gap = item_of(from);
    uint32_t behind = --*from->count - from->at;
    memmove(gap, gap + from->item, behind * from->item);
}

/* The array has room: it held one item more before. */
static void put_in(const place *to, const void *value) {
    char *gap = item_of(to);
    memmove(gap + to->item, gap, (*to->count - to->at) * to->item);
    memcpy(gap, value, to->item);
    ++*to->count;
}

/* A dropped block was never freed, so putting back the pointer to it is enough. */
static void undo_last(qbg__journal *journal, qbg__journal_page *page) {
    unsigned char *bytes;
    place of;
    note last = pop(journal, page, &bytes);
    unsigned kind = kind_of(&last);
    if (kind == INSERTED_ITEM || kind == REMOVED_ITEM) memcpy(&of, bytes, sizeof of);
    switch (kind) {
    case KEPT_BYTES: memcpy(last.at, bytes, size_of(&last)); break;
    case NEW_BLOCK: qbg__mem_free(journal->mem, last.at, size_of(&last)); break;
    case INSERTED_ITEM: take_out(&of); break;
    case REMOVED_ITEM: put_in(&of, bytes + sizeof of); break;
    default: break;
    }
}

/* Newest first, so that what was kept twice ends with its oldest bytes. */
void qbg__journal_undo(qbg__journal *journal, qbg__mark mark) {
    while (journal->count > mark.count) {
        qbg__journal_page *page = journal->page;
        size_t end = page->used;
        while (journal->count > mark.count && page->used > HEAD) undo_last(journal, page);
        wipe_behind(page, end);
        if (page->used == HEAD) leave_page(journal);
    }
    turn(journal);
}

/* Looks at no more notes of a page than it has to. */
static void free_dropped(qbg__journal *journal, qbg__journal_page *page) {
    unsigned char *bytes;
    while (page->drops > 0) {
        note last = pop(journal, page, &bytes);
        if (kind_of(&last) == DROPPED_BLOCK) qbg__mem_free(journal->mem, last.at, size_of(&last));
    }
    page->used = HEAD;
}

/* The newest page, empty and on its own; NULL when it is too large to be kept. */
static qbg__journal_page *take_warm(qbg__journal *journal, size_t end) {
    qbg__journal_page *page = journal->page;
    if (!page || page->size > WARM_PAGE) return NULL;
    wipe_behind(page, end);
    journal->page = page->older;
    page->older = NULL;
    return page;
}

void qbg__journal_done(qbg__journal *journal) {
    size_t end = journal->page ? journal->page->used : 0;
    for (qbg__journal_page *page = journal->page; page; page = page->older)
        free_dropped(journal, page);
    qbg__journal_page *warm = take_warm(journal, end);
    qbg__journal_free(journal);
    journal->page = warm;
    turn(journal);
}

/* One place for each address, the newest wins; forgetting only costs a little room. */
static qbg__recent *recent_of(qbg__journal *journal, const void *at) {
    return &journal->recent[((uintptr_t)at >> 2) % QBG__RECENT];
}

void qbg__journal_born(qbg__journal *journal, void *at, size_t size) {
    journal->fresh = at;
    journal->fresh_size = size;
}

static int is_fresh(const qbg__journal *journal, const void *at) {
    return (uintptr_t)at - (uintptr_t)journal->fresh < journal->fresh_size;
}

qbg_status qbg__journal_keep(qbg__journal *journal, void *at, size_t size) {
    qbg__recent *recent = recent_of(journal, at);
    if (size == 0 || is_fresh(journal, at)) return QBG_OK;
    if (recent->at == at && recent->size >= size && recent->epoch == journal->epoch) return QBG_OK;
    if (size > LARGEST_NOTE) return QBG_E_MEMORY;
    qbg_status status = push(journal, note_of(at, size, KEPT_BYTES), at);
    if (status == QBG_OK) *recent = (qbg__recent){at, size, journal->epoch};
    return status;
}

void *qbg__journal_make(qbg__journal *journal, size_t size) {
    void *block = size <= LARGEST_NOTE ? qbg__mem_alloc(journal->mem, size) : NULL;
    if (!block) return NULL;
    if (push(journal, note_of(block, size, NEW_BLOCK), NULL) == QBG_OK) return block;
    qbg__mem_free(journal->mem, block, size);
    return NULL;
}

void *qbg__journal_alloc(qbg__journal *journal, size_t size) {
    void *block = qbg__journal_make(journal, size);
    if (block) memset(block, 0, size);
    return block;
}

qbg_status qbg__journal_drop(qbg__journal *journal, void *block, size_t size) {
    return block ? push(journal, note_of(block, size, DROPPED_BLOCK), NULL) : QBG_OK;
}

qbg_status qbg__journal_move(qbg__journal *journal, void *array, uint32_t *capacity, uint64_t grown,
                             size_t item) {
    int fits = grown > *capacity && grown <= UINT32_MAX && grown <= SIZE_MAX / item;
    void *block = fits ? qbg__journal_make(journal, (size_t)grown * item) : NULL;
    if (!block) return QBG_E_MEMORY;
    void *old; /* by memcpy: an item's pointer type is not void * */
    memcpy(&old, array, sizeof old);
    qbg_status status = qbg__journal_drop(journal, old, *capacity * item);
    if (status != QBG_OK) return status;
    if (old) memcpy(block, old, *capacity * item);
    memcpy(array, &block, sizeof block);
    *capacity = (uint32_t)grown;
    return QBG_OK;
}

/* Moves an array, whose address and capacity are kept, to where there is room for what is needed.
 */
static qbg_status grow(qbg__journal *journal, void *array, uint32_t *capacity, uint64_t need,
                       size_t item) {
    uint32_t old = *capacity, grown = qbg__mem_grown(old, need, item);
    qbg_status status = qbg__journal_move(journal, array, capacity, grown, item);
    if (status != QBG_OK) return status;
    char *block;
    memcpy(&block, array, sizeof block);
    memset(block + old * item, 0, (grown - old) * item);
    return QBG_OK;
}

qbg_status qbg__journal_reserve(qbg__journal *journal, void *array, uint32_t *capacity,
                                uint64_t need, size_t item) {
    if (need <= *capacity) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, array, sizeof(void *));
    if (status == QBG_OK) status = qbg__journal_keep(journal, capacity, sizeof *capacity);
    return status == QBG_OK ? grow(journal, array, capacity, need, item) : status;
}

/* Moves a list that is full, all of which is kept: in one note where it lies in one piece. */
static qbg_status grow_list(qbg__journal *journal, void *array, uint32_t *count, uint32_t *capacity,
                            size_t item) {
    int is_one = (uintptr_t)count == (uintptr_t)array + sizeof(void *) && capacity == count + 1;
    size_t size = is_one ? sizeof(void *) + 2 * sizeof *count : sizeof(void *);
    qbg_status status = qbg__journal_keep(journal, array, size);
    if (status == QBG_OK && !is_one) status = qbg__journal_keep(journal, count, sizeof *count);
    if (status == QBG_OK && !is_one)
        status = qbg__journal_keep(journal, capacity, sizeof *capacity);
    if (status != QBG_OK) return status;
    return grow(journal, array, capacity, (uint64_t)*count + 1, item);
}

qbg_status qbg__journal_extend(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item) {
    if (*count < *capacity) return qbg__journal_keep(journal, count, sizeof *count);
    return grow_list(journal, array, count, capacity, item);
}

/* An item that comes with a move needs no note of its own: the old array does not have it. Nor does
 * one of an array that goes with what is fresh: when that is undone, there may be no array any more
 * to take it out of. */
qbg_status qbg__journal_insert(qbg__journal *journal, void *array, uint32_t *count,
                               uint32_t *capacity, size_t item, uint32_t at, const void *value) {
    const place to = {array, count, item, at};
    qbg_status status;
    if (*count == *capacity) {
        status = grow_list(journal, array, count, capacity, item);
    } else if (is_fresh(journal, array)) {
        status = QBG_OK;
    } else {
        status = push(journal, note_of(NULL, sizeof to, INSERTED_ITEM), &to);
        journal->epoch++; /* kept items may move, so they must be kept again */
    }
    if (status == QBG_OK) put_in(&to, value);
    return status;
}

static qbg_status note_removal(qbg__journal *journal, const place *from) {
    size_t size = sizeof *from + from->item, room = room_of(size);
    unsigned char *end = make_room(journal, room);
    if (!end) return QBG_E_MEMORY;
    memcpy(end, from, sizeof *from);
    memcpy(end + sizeof *from, item_of(from), from->item);
    close_note(journal, end, room, note_of(NULL, size, REMOVED_ITEM));
    return QBG_OK;
}

qbg_status qbg__journal_remove(qbg__journal *journal, void *array, uint32_t *count, size_t item,
                               uint32_t at) {
    const place from = {array, count, item, at};
    qbg_status status = is_fresh(journal, array) ? QBG_OK : note_removal(journal, &from);
    if (status != QBG_OK) return status;
    take_out(&from);
    journal->epoch++;
    return QBG_OK;
}

qbg_status qbg__journal_drop_array(qbg__journal *journal, void *array, uint32_t *count,
                                   uint32_t *capacity, size_t item) {
    void *block, *none = NULL;
    memcpy(&block, array, sizeof block);
    if (!block) return QBG_OK;
    qbg_status status = qbg__journal_drop(journal, block, *capacity * item);
    if (status == QBG_OK) status = qbg__journal_keep(journal, array, sizeof block);
    if (status == QBG_OK) status = qbg__journal_set_uint32(journal, count, 0);
    if (status == QBG_OK) status = qbg__journal_set_uint32(journal, capacity, 0);
    if (status == QBG_OK) memcpy(array, &none, sizeof none);
    return status;
}

qbg_status qbg__journal_set_text(qbg__journal *journal, char **slot, const char *text) {
    const char *known = *slot ? *slot : "";
    if (strcmp(known, text ? text : "") == 0) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, slot, sizeof *slot);
    if (status == QBG_OK && *slot) status = qbg__journal_drop(journal, *slot, strlen(*slot) + 1);
    if (status != QBG_OK) return status;
    char *copy = NULL;
    if (text && text[0] != '\0') {
        size_t size = strlen(text) + 1;
        copy = qbg__journal_make(journal, size);
        if (!copy) return QBG_E_MEMORY;
        memcpy(copy, text, size);
    }
    *slot = copy;
    return QBG_OK;
}

qbg_status qbg__journal_set_bytes(qbg__journal *journal, void *slot, const void *value,
                                  size_t size) {
    if (memcmp(slot, value, size) == 0) return QBG_OK;
    qbg_status status = qbg__journal_keep(journal, slot, size);
    if (status == QBG_OK) memcpy(slot, value, size);
    return status;
}

qbg_status qbg__journal_set_int64(qbg__journal *journal, int64_t *slot, int64_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_int32(qbg__journal *journal, int32_t *slot, int32_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_uint64(qbg__journal *journal, uint64_t *slot, uint64_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}

qbg_status qbg__journal_set_uint32(qbg__journal *journal, uint32_t *slot, uint32_t value) {
    return qbg__journal_set_bytes(journal, slot, &value, sizeof value);
}
