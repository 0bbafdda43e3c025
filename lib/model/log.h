/* log: packed signals in one contiguous array, so that scoring is one scan.
 *
 * A signal is a 16-byte entry in the log of the opportunity that took it, or else of its account,
 * or else of the workspace. The entry holds what scoring reads: when, what, whose. */
#ifndef QBG__LOG_H
#define QBG__LOG_H

#include "base/civil.h"
#include "base/index.h"
#include "base/journal.h"
#include "qbg/workspace.h"

/* An instant as its day, counted from 1, and the second of that: ordered as instants are, never 0,
 * and the whole days between two are one subtraction and one shift, for the seconds of a day need
 * less than all their bits. */
#define QBG__STAMP_SECONDS 17 /* bits */
static inline uint64_t qbg__stamp_of(int64_t time_s) {
    return (uint64_t)(time_s / QBG__DAY_S + 1) << QBG__STAMP_SECONDS |
           (uint64_t)(time_s % QBG__DAY_S);
}
static inline int64_t qbg__stamp_time(uint64_t stamp) {
    const uint64_t seconds = ((uint64_t)1 << QBG__STAMP_SECONDS) - 1;
    int64_t day = (int64_t)(stamp >> QBG__STAMP_SECONDS) - 1;
    return day * QBG__DAY_S + (int64_t)(stamp & seconds);
}

/* A signal in a log. */
typedef struct qbg__entry {
    uint64_t bits;  /* why it waits 2, its stamp 34, kind 12, content 15, has an event 1 */
    uint32_t slot;  /* whose it is: a row of the log's `people` */
    uint32_t cells; /* a row of `cells`, or of `events` when it has one */
} qbg__entry;

#define QBG__ENTRY_STAMP(bits)     ((bits) >> 28 & 0x3ffffffffu)
#define QBG__ENTRY_TIME(bits)      qbg__stamp_time(QBG__ENTRY_STAMP(bits))
#define QBG__ENTRY_KIND(bits)      ((uint32_t)((bits) >> 16 & 0xfffu))
#define QBG__ENTRY_WAIT(bits)      ((uint32_t)((bits) >> 62))
#define QBG__ENTRY_HAS_EVENT(bits) ((uint32_t)((bits)&1u))
#define QBG__ENTRY_CONTENT(bits)   ((uint32_t)((bits) >> 1 & 0x7fffu)) /* its number + 1, or 0 */
#define QBG__ENTRY_BITS(time, kind, texts)                                                         \
    (qbg__stamp_of(time) << 28 | (uint64_t)(kind) << 16 | (uint64_t)(texts))
#define QBG__ENTRY_TEXTS(bits)                ((uint16_t)(bits)) /* content, and has an event */
#define QBG__ENTRY_WITH_CONTENT(bits, number) ((bits) | ((uint64_t)(number) + 1) << 1)
#define QBG__ENTRY_CONTENTS                   0x7fffu /* so many numbers of contents fit */
#define QBG__ENTRY_WITH_WAIT(bits, wait)      (((bits) & ~((uint64_t)3 << 62)) | (uint64_t)(wait) << 62)

/* Its stamp when it does not wait; else more than any stamp. */
#define QBG__ENTRY_START(bits) ((bits) >> 28)

/* A signal older than its opportunity counts only once that life has started. */
enum {
    QBG__WAIT_NOT,    /* it counts from its own time on */
    QBG__WAIT_OPENED, /* from the opportunity's opening */
    QBG__WAIT_JOINED  /* from the later of opening and joining of its contact */
};

typedef struct qbg__log {
    qbg__entry *entries;
    uint32_t *people; /* slot -> person; a person keeps his slot */
    uint32_t capacity, person_capacity;
    uint32_t count, person_count;
    qbg__index person_index; /* only of logs with many people */
    uint64_t kept;           /* turn in which what stands above the index was kept */
    uint64_t visited;        /* the settling that has been here */
} qbg__log;

/* A log's name: an opportunity's number, this bit and an account's, or the workspace's own; and
 * nowhere, for a signal that is forgotten. */
#define QBG__LOG_ACCOUNT   0x80000000u
#define QBG__LOG_WORKSPACE 0xfffffffeu
#define QBG__LOG_NOWHERE   0xffffffffu

/* The logs that may hold somebody's signals, ascending: a superset; settling takes out
 * those that are no more. Most people have one or two, which need no block. */
#define QBG__FEW_PLACES 2u /* as many as stand where the address of a block would */
typedef struct qbg__places {
    union {
        uint32_t *many; /* when there is a capacity */
        uint32_t few[QBG__FEW_PLACES];
    } logs;
    uint32_t count, capacity;
    uint64_t marked; /* the settling that will go there, or an older one */
} qbg__places;

static inline uint32_t qbg__places_at(const qbg__places *places, uint32_t index) {
    return places->capacity > 0 ? places->logs.many[index] : places->logs.few[index];
}

void qbg__log_free(qbg__log *log, qbg__mem *mem);
void qbg__places_free(qbg__places *places, qbg__mem *mem);
uint64_t qbg__log_bytes(const qbg__log *log);
uint64_t qbg__places_bytes(const qbg__places *places);

/* The slot of a person in a log, or QBG_NONE. */
uint32_t qbg__log_slot(const qbg__log *log, uint32_t person);

/* Adds an entry for a person; its slot is filled in. */
qbg_status qbg__log_push(qbg_workspace *workspace, qbg__log *log, qbg__entry entry,
                         uint32_t person);

/* Makes room for so many entries, which the caller then writes and counts; and for `more` of them
 * that are expected, should it have to make any. */
qbg_status qbg__log_reserve(qbg_workspace *workspace, qbg__log *log, uint32_t entries,
                            uint32_t more);

/* The slot of a person, given if he has none yet. */
qbg_status qbg__log_give_slot(qbg_workspace *workspace, qbg__log *log, uint32_t person,
                              uint32_t *out_slot);

/* Adds a log, by name, to somebody's places; once is enough. _take: takes the one at an index out.
 */
qbg_status qbg__places_add(qbg_workspace *workspace, qbg__places *places, uint32_t log);
qbg_status qbg__places_take(qbg_workspace *workspace, qbg__places *places, uint32_t index);

/* Gives a log up that is empty and stays so, and places that lead nowhere any more. */
qbg_status qbg__log_drop(qbg_workspace *workspace, qbg__log *log);
qbg_status qbg__places_drop(qbg_workspace *workspace, qbg__places *places);

/* Takes out the entry at an index; the last one takes its place. */
qbg_status qbg__log_take(qbg_workspace *workspace, qbg__log *log, uint32_t index);

/* Keeps all entries in the journal, before some are taken out. */
qbg_status qbg__log_keep(qbg_workspace *workspace, qbg__log *log);

#endif
