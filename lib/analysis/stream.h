/* stream: what happens at one account about one solution, person by person, and who of them turns
 * up anew: what a group that forms is seen by. */
#ifndef QBG__STREAM_H
#define QBG__STREAM_H

#include "base/mem.h"
#include "qbg/workspace.h"

/* Two numbers that order something, the first one first. */
typedef struct qbg__pair {
    uint64_t first, second;
} qbg__pair;

/* A signal that counts. first: its stream and person; second: its instant and kind. Whose signals
 * are nobody's own is QBG_NONE. */
#define QBG__MOMENT_STREAM(moment) ((uint32_t)((moment)->first >> 32))
#define QBG__MOMENT_PERSON(moment) ((uint32_t)(moment)->first)
#define QBG__MOMENT_TIME(moment)   ((int64_t)((moment)->second >> 12))
#define QBG__MOMENT_KIND(moment)   ((uint32_t)((moment)->second & 0xfffu))

/* Somebody turns up who was not heard of in this stream for formation_quiet_days. first: when;
 * second: who, and above that how many visitors turned up before in this stream. */
#define QBG__ARRIVAL_TIME(arrival)     ((int64_t)(arrival)->first)
#define QBG__ARRIVAL_PERSON(arrival)   ((uint32_t)(arrival)->second)
#define QBG__ARRIVAL_VISITORS(arrival) ((uint32_t)((arrival)->second >> 32))

/* One stream: its signals by person, then time; its arrivals by time, those of one instant by
 * person. */
typedef struct qbg__stream {
    uint32_t solution; /* its number, or QBG_NONE for signals about no known one */
    const qbg__pair *moments, *arrivals;
    uint32_t moment_count, arrival_count;
} qbg__stream;

/* The streams of an account, and the scratch they are made in. */
typedef struct qbg__streams {
    qbg__mem mem;
    const qbg_workspace *workspace;
    qbg__pair *moments; /* twice as many: the second half is scratch of a sort */
    uint32_t moment_count, moment_capacity;
    qbg__pair *arrivals; /* of the stream at hand; and scratch as well */
    uint32_t arrival_capacity;
    uint32_t next; /* moment, of the next stream */
    int64_t quiet_s;
} qbg__streams;

void qbg__streams_begin(qbg__streams *streams, const qbg_workspace *workspace);
void qbg__streams_end(qbg__streams *streams);

/* Reads what an account's signals tell up to an instant, and stands before its first stream.
 * QBG_E_MEMORY. */
qbg_status qbg__streams_read(qbg__streams *streams, const qbg_account *account, int64_t as_of);

/* The next stream, which is valid until the one after it, and without any arrivals when memory was
 * out. *out_is_there: 0 behind the last one. Streams come by their solution's number. */
qbg_status qbg__streams_next(qbg__streams *streams, qbg__stream *out, int *out_is_there);

/* Is a person a visitor whom nobody knows by name? */
int qbg__person_is_visitor(uint32_t person);

/* How long somebody has been silent before he turns up anew, in seconds. */
int64_t qbg__stream_quiet(const qbg_workspace *workspace);

/* Is a moment of a stream one at which its person turns up? */
int qbg__moment_arrives(const qbg__stream *stream, uint32_t moment, int64_t quiet_s);

#endif
