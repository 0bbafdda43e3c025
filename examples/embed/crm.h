/* crm.h: a small CRM with libqbg inside: its own tables, and what each part of it does. Functions
 * that return a qbg_status change nothing when they fail. */
#ifndef EMBED_CRM_H
#define EMBED_CRM_H

#include <qbg/qbg.h>

#define DAY INT64_C(86400)

/* ---- memory.c: what a tenant may take ---- */

struct memory {
    size_t bytes, peak;
    uint64_t refuse; /* the request that is refused, counted from now on; 0: none */
};

/* The callback of qbg_allocator. ctx: a memory. */
void *memory_resize(void *ctx, void *ptr, size_t old_size, size_t new_size);

/* ---- The CRM's tables ----
 *
 * A struct keeps the handle of its row, and the row keeps the struct's address as its tag. So both
 * find each other without a look-up. `row` is NULL until a sync has been committed. */

struct company {
    const char *id, *name;
    qbg_account *row;
};

struct person {
    const char *id, *name, *title;
    struct company *employer;
    int64_t since; /* when he began there; QBG_UNDATED: longer than anybody knows */
    int is_deleted;
    qbg_contact *row;
};

struct deal {
    const char *id;
    struct company *buyer;
    int64_t opened, closed; /* QBG_UNDATED: it is open */
    qbg_opportunity *row;
    qbg_assessment *shown; /* what its card on the screen says; NULL: there is none yet */
};

struct membership {
    struct deal *deal;
    struct person *person;
    const char *role; /* NULL: let his title tell */
    int64_t joined, left;
};

#define COMPANIES   3
#define PEOPLE      9
#define DEALS       2
#define MEMBERSHIPS 9

struct crm {
    struct memory memory;
    qbg_workspace *rows;
    qbg_assessment *spare; /* the next answer is written here */
    qbg_signal *record;    /* the next event is written here */
    uint64_t seen;         /* the revision that the screen shows */
    int64_t today;         /* its first second */
    struct company companies[COMPANIES];
    struct person people[PEOPLE];
    struct deal deals[DEALS];
    struct membership memberships[MEMBERSHIPS];
};

/* ---- tables.c: what is in them, and who is meant ---- */

void tables_fill(struct crm *host, int64_t opened);

/* One more row; the library hears of it with the next sync. */
void tables_hire(struct crm *host, const char *id, const char *name, const char *title,
                 const char *company);
void tables_join(struct crm *host, const char *person, const char *deal, const char *role,
                 int64_t joined);

/* The struct with that id, NULL for none. */
struct company *tables_company(struct crm *host, const char *id);
struct person *tables_person(struct crm *host, const char *id);
struct deal *tables_deal(struct crm *host, const char *id);

/* From a tag to its struct; NULL for 0, which is the tag of an erased person, too. */
struct company *tables_company_of(uint64_t tag);
struct person *tables_person_of(uint64_t tag);
struct deal *tables_deal_of(uint64_t tag);
uint64_t tables_tag(const void *row);

/* ---- sync.c: every night the tables are told again ---- */

/* Tells everything in one batch, and prints what came of it. QBG_E_MEMORY: nothing was told. */
qbg_status sync_tables(struct crm *host);

/* The verdict of the day becomes a fact, which gives the group some tolerance from then on. */
qbg_status sync_verdicts(struct crm *host);

/* Ends a batch: whole when all went well, else as if nothing had been told. When the commit itself
 * runs out of memory it is rolled back by then. */
qbg_status sync_end(struct crm *host, qbg_status status);

/* ---- stream.c: what people do, as it comes in ---- */

struct event {
    const char *time, *id, *kind, *content, *company, *person, *visitor;
    int is_retracted;
};

/* Records an event. out_duplicate: 1 when it was known. QBG_E_NOT_FOUND: the CRM knows nobody of
 * that id; QBG_E_CONFLICT: the id came before with something else; QBG_E_ERASED, QBG_E_GONE: he was
 * erased, or removed. */
qbg_status stream_receive(struct crm *host, const struct event *at, int32_t *out_duplicate);

/* Takes an event back; the CRM remembers that, because a stream may deliver it again. */
qbg_status stream_retract(struct crm *host, struct event *at);

/* ---- desk.c: what people at the CRM find out and decide ---- */

qbg_status desk_merge(struct person *kept, struct person *lost);
qbg_status desk_identify(struct person *who, const char *visitor);
qbg_status desk_correct(struct crm *host, const char *visitor, struct person *from,
                        struct person *to);
qbg_status desk_move(struct crm *host, struct person *who, struct company *to,
                     struct deal *from_deal);
qbg_status desk_set_buyer(struct deal *at, struct company *buyer);
qbg_status desk_set_closed(struct deal *at, int64_t closed);
qbg_status desk_erase(struct crm *host, struct person *who);

/* ---- screen.c: what changed, and why ---- */

/* Asks again about the deals that changed since the last time, and prints what is new. */
qbg_status screen_refresh(struct crm *host);

/* Asks again about all deals, because a day went by; prints those that stand otherwise now. */
qbg_status screen_next_day(struct crm *host);

/* Prints the open deals, the most promising first. */
qbg_status screen_board(const struct crm *host);

/* Prints who may be in the tables twice; nobody is merged by that. */
qbg_status screen_duplicates(const struct crm *host);

/* Forgets the answer that was shown before, as it may name somebody who was erased since. */
void screen_forget(struct crm *host);

/* Takes all cards off. */
void screen_clear(struct crm *host);

#endif
