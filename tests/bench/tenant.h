/* tenant: a made-up tenant of any size, the same in every run, as columns and as a written book.
 *
 * A hundredth as many accounts as signals, 8 contacts and 1.3 opportunities an account. Accounts
 * are popular like rank^-1/2 and contacts within theirs like 1 / rank; a tenth of the signals is
 * nobody's, some 5 % are for a solution that the account has no opportunity for, 1 % come up to
 * three days late. Signals are of 365 days, in the order in which they came. */
#ifndef QBG_BENCH_TENANT_H
#define QBG_BENCH_TENANT_H

#include <qbg/qbg.h>

enum { KINDS = 12, SOLUTIONS = 4, ROLES = 10, SEATS = 5 };

#define DAY       INT64_C(86400)
#define FIRST_DAY INT64_C(1735689600) /* 2025-01-01 */
#define AS_OF     (FIRST_DAY + 364 * DAY)

extern const int32_t kind_milli[KINDS];
extern const int kind_is_high[KINDS];

typedef struct tenant {
    uint64_t signals;
    uint32_t accounts, contacts, opportunities, members;
    uint32_t *contact_account;
    uint8_t *contact_role; /* ROLES: none is known */
    uint32_t *opportunity_account;
    uint32_t *opportunity_solution;
    uint32_t *member_opportunity, *member_contact, *member_role; /* QBG_NONE: no role */
    int64_t *time;
    uint16_t *kind;    /* numbers of the catalogue; the tenant's own begin with first_kind */
    uint32_t *contact; /* QBG_NONE: nobody */
    uint32_t *account;
    uint32_t *solution;
    uint16_t first_kind;
    char *event, *content; /* NULL unless they were asked for */
    int64_t *event_offsets, *content_offsets;
} tenant;

/* Ends the program when memory is out. */
tenant *tenant_draw(uint64_t signals);
void tenant_free(tenant *at);

/* From now on each signal has an event id of 12 bytes; one of 4,000 contents of 12 bytes. */
void tenant_draw_events(tenant *at);
void tenant_draw_contents(tenant *at);

/* The bytes of all columns that the tenant's calls hand in. */
uint64_t tenant_column_bytes(const tenant *at);

/* Everything but the signals. */
void tenant_tell_rows(const tenant *at, qbg_workspace *workspace);

/* Signals `first` up to `end`, by qbg_append, in calls of `at_once`. */
void tenant_tell_signals(const tenant *at, qbg_workspace *workspace, uint64_t first, uint64_t end,
                         uint64_t at_once);

/* All of it as a book, a folder of CSV tables with string keys and ISO times. */
void tenant_write(const tenant *at, const char *folder);

/* The columns as they lie in memory, one file each, for who reads no CSV; kinds count from 0. */
void tenant_write_columns(const tenant *at, const char *folder);

/* The opportunity for that account and solution, or QBG_NONE. */
uint32_t tenant_opportunity(const tenant *at, uint32_t account, uint32_t solution);

/* Ends the program unless the call went well. */
void must(qbg_status status, const char *what);
#define MUST(call) must(call, #call)
void *must_alloc(uint64_t count, size_t size);

#endif
