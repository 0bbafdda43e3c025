/* intake: columns of signals; see intake.h. One signal after the other would jump through memory:
 * contact, account, opportunity, log. Here the first pass reads small tables (see ways.h), the
 * second makes room in the logs in order, the third writes each row where it stays, and the last
 * goes through the logs again and gives their people slots. What has no short way is told in full,
 * in its turn, so that both ways leave the same. */
#include "model/intake.h"

#include "base/civil.h"
#include "model/routing.h"
#include "model/ways.h"
#include "model/workspace.h"

#include <string.h>

static qbg__told row_of(const qbg_signal_columns *columns, uint64_t row) {
    return (qbg__told){columns->time_s[row],
                       columns->kind[row],
                       qbg__column_number(columns->contact, row),
                       qbg__column_number(columns->account, row),
                       qbg__column_number(columns->solution, row),
                       qbg__column_number(columns->opportunity, row),
                       qbg__column_text(columns->visitor, columns->visitor_offsets, row),
                       qbg__column_text(columns->content, columns->content_offsets, row),
                       qbg__column_text(columns->event, columns->event_offsets, row),
                       0};
}

/* Event ids belong to accounts, so whoever may have moved is settled first: once, not when one of
 * the rows asks. */
static qbg_status settle_moved(qbg_workspace *workspace, const qbg_signal_columns *columns) {
    return workspace->dirt.moves && columns->event_offsets ? qbg__settle(workspace) : QBG_OK;
}

qbg_status qbg__intake_by_row(qbg_workspace *workspace, const qbg_signal_columns *columns,
                              qbg_status *row_status, qbg__taken *out_taken) {
    qbg_status status = settle_moved(workspace, columns);
    *out_taken = (qbg__taken){0, 0, qbg__ways_are_good(workspace)};
    for (uint64_t row = 0; row < columns->count && status != QBG_E_MEMORY; row++) {
        const qbg__told told = row_of(columns, row);
        uint32_t taker = QBG_NONE;
        status = qbg__tell(workspace, &told, &taker);
        if (row_status) row_status[row] = status;
        out_taken->refused += status != QBG_OK && status != QBG_DUPLICATE;
        out_taken->taken += status == QBG_OK;
    }
    return status == QBG_E_MEMORY ? status : QBG_OK;
}

/* ---- Rounds ---- */

/* Rows of one round: some sixty for each log, so that a log is worth its visit, but no more than
 * four millions, which is 48 MB of room for a while. */
#define LEAST_ROWS 65536u
#define MOST_ROWS  4194304u

/* Rows that are looked up together, so that the processor waits for many at once. */
#define BLOCK 32u

/* Two cursors run ahead of the log at hand and ask for memory: the far one for logs, the near one
 * for what they hold. So many rows ahead places of rows are asked for. */
#define FAR   16u
#define NEAR  8u
#define AHEAD 16u

/* New people of logs whose places are told together. */
#define PAIRS 256u

typedef struct pair {
    uint32_t contact, log;
} pair;

/* Who was given a slot last, by person: most have several rows in a log. */
#define SEATS 64u

typedef struct seat {
    uint32_t log, person, slot;
} seat;

/* A row on its way: what its entry has beside time and kind, which stay where they are. */
typedef struct sent {
    uint32_t where; /* the log's number, and why it waits; or QBG_NONE */
    uint32_t person, cells;
} sent;

#define SENT_LOG  0x3fffffffu
#define SENT_WAIT 30u /* from this bit on */

typedef struct intake {
    qbg_workspace *workspace;
    const qbg_signal_columns *columns;
    qbg_status *row_status; /* or NULL */
    int has_texts;          /* some columns are texts */
    qbg__taken taken;
    uint64_t first;          /* the round's first row */
    uint32_t count;          /* its rows */
    uint32_t capacity;       /* the most of a round */
    uint32_t log_count;      /* of opportunities, of accounts, and the workspace's own */
    sent *sent;              /* by row of the round */
    uint16_t *texts;         /* the same: QBG__ENTRY_TEXTS; NULL when there are none */
    uint32_t *rows;          /* by log: how many rows it gets */
    qbg__entry **ends;       /* by log: where its next row goes */
    uint32_t nothing[BLOCK]; /* what a column has that is not given */
    pair pairs[PAIRS];
    uint32_t pair_count;
    seat seats[SEATS];
} intake;

static void release_rows(intake *self) {
    qbg__mem *mem = &self->workspace->mem;
    qbg__mem_free(mem, self->sent, self->capacity * sizeof *self->sent);
    qbg__mem_free(mem, self->texts, self->capacity * sizeof *self->texts);
    self->sent = NULL;
    self->texts = NULL;
}

static void release(intake *self) {
    qbg__mem *mem = &self->workspace->mem;
    release_rows(self);
    qbg__mem_free(mem, self->rows, self->log_count * sizeof *self->rows);
    qbg__mem_free(mem, self->ends, self->log_count * sizeof *self->ends);
}

/* Room for a round; 0 when there is none. */
static int begin(intake *self) {
    qbg__mem *mem = &self->workspace->mem;
    uint64_t logs =
        (uint64_t)self->workspace->opportunities.count + self->workspace->accounts.count + 1;
    uint64_t rows = 64 * logs < LEAST_ROWS ? LEAST_ROWS : 64 * logs;
    if (rows > MOST_ROWS) rows = MOST_ROWS;
    if (rows > self->columns->count) rows = self->columns->count;
    if (logs >= SENT_LOG) return 0;
    memset(self->nothing, 0xff, sizeof self->nothing);
    memset(self->seats, 0xff, sizeof self->seats);
    self->capacity = (uint32_t)rows;
    self->log_count = (uint32_t)logs;
    self->sent = qbg__mem_alloc(mem, self->capacity * sizeof *self->sent);
    self->rows = qbg__mem_alloc(mem, self->log_count * sizeof *self->rows);
    self->ends = qbg__mem_alloc(mem, self->log_count * sizeof *self->ends);
    if (self->has_texts) self->texts = qbg__mem_alloc(mem, self->capacity * sizeof *self->texts);
    int has_texts = !self->has_texts || self->texts;
    if (self->sent && self->rows && self->ends && has_texts) return 1;
    release(self);
    return 0;
}

/* Logs by number: the opportunities', the accounts', the workspace's. */
static uint32_t number_of(const intake *self, uint32_t name) {
    if (name == QBG__LOG_WORKSPACE) return self->log_count - 1;
    if (name & QBG__LOG_ACCOUNT)
        return self->workspace->opportunities.count + (name & ~QBG__LOG_ACCOUNT);
    return name;
}

static uint32_t name_of(const intake *self, uint32_t number) {
    uint32_t opportunities = self->workspace->opportunities.count;
    if (number == self->log_count - 1) return QBG__LOG_WORKSPACE;
    return number < opportunities ? number : QBG__LOG_ACCOUNT | (number - opportunities);
}

/* ---- Where rows go ---- */

static int has_visitor(const qbg_signal_columns *columns, uint64_t row) {
    const int64_t *offsets = columns->visitor_offsets;
    return offsets && offsets[row + 1] > offsets[row];
}

/* Rows of a block: their columns, and where they come from. */
typedef struct block {
    uint32_t first, count;
    const int64_t *time;
    const uint16_t *kind;
    const uint32_t *contact, *account, *solution, *opportunity;
    uint32_t from[BLOCK];
    uint32_t set[BLOCK]; /* where the way would be */
    uint32_t way[BLOCK]; /* and where it is */
    int32_t is_old;      /* ways were made since then */
} block;

static const uint32_t *column_of(const intake *self, const uint32_t *column, uint64_t row) {
    return column ? column + row : self->nothing;
}

static void begin_block(const intake *self, uint32_t first, block *of) {
    const qbg_signal_columns *columns = self->columns;
    uint64_t row = self->first + first;
    of->is_old = 0;
    of->first = first;
    of->count = self->count - first < BLOCK ? self->count - first : BLOCK;
    of->time = columns->time_s + row;
    of->kind = columns->kind + row;
    of->contact = column_of(self, columns->contact, row);
    of->account = column_of(self, columns->account, row);
    of->solution = column_of(self, columns->solution, row);
    of->opportunity = column_of(self, columns->opportunity, row);
}

/* A row with a way names a solution and nothing that is not in a way. */
static int may_have_way(const block *of, uint32_t i, uint32_t kinds) {
    return qbg__time_is_valid(of->time[i]) && of->kind[i] < kinds &&
           of->solution[i] < QBG__WAY_SOLUTIONS && of->opportunity[i] == QBG_NONE;
}

/* Where the rows of a block come from. Asks for their ways, and for the homes of two blocks on. */
static void look_up(const intake *self, uint32_t first, block *of) {
    const qbg__ways *ways = &self->workspace->ways;
    uint32_t kinds = self->workspace->kinds.count;
    begin_block(self, first, of);
    if (of->contact != self->nothing && self->count - of->first > 3 * BLOCK)
        for (uint32_t i = 2 * BLOCK; i < 3 * BLOCK; i++)
            if (of->contact[i] < ways->home_count) QBG__PREFETCH(&ways->homes[of->contact[i]]);
    for (uint32_t i = 0; i < of->count; i++) {
        int may = may_have_way(of, i, kinds);
        if (may && has_visitor(self->columns, self->first + of->first + i)) may = 0;
        of->from[i] = may ? qbg__ways_from(ways, of->contact[i], of->account[i]) : QBG_NONE;
        of->set[i] = qbg__ways_set(ways, of->from[i] & QBG__FROM_NUMBER, of->solution[i]);
        QBG__PREFETCH(&ways->at[of->set[i]]);
        QBG__PREFETCH(&ways->guests[of->set[i]]);
    }
}

/* Asks for what ways are made of: the account, its list, and whose life is to be seen. */
QBG__PREFETCHING look_at_accounts(const qbg_workspace *workspace, const qbg_account *const *missing,
                                  uint32_t count) {
    for (uint32_t i = 0; i < count; i++) QBG__PREFETCH(missing[i]->opportunities);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < missing[i]->opportunity_count && j < 4; j++) {
            const qbg_opportunity *row =
                qbg__rows_at(&workspace->opportunities, missing[i]->opportunities[j]);
            QBG__PREFETCH(&row->account);
        }
}

/* Finds the ways of a block. */
static void find_ways(const intake *self, block *of) {
    const qbg__ways *ways = &self->workspace->ways;
    const qbg_account *missing[BLOCK];
    uint32_t count = 0;
    for (uint32_t i = 0; i < of->count; i++) {
        uint32_t account = of->from[i] & QBG__FROM_NUMBER;
        of->way[i] = QBG_NONE;
        if (of->from[i] == QBG_NONE) continue;
        of->way[i] = qbg__ways_find(ways, of->set[i], account, of->solution[i]);
        if (of->way[i] != QBG_NONE) continue;
        missing[count] = qbg__rows_at(&self->workspace->accounts, account);
        if (!missing[count]) continue;
        QBG__PREFETCH(&missing[count]->number);
        QBG__PREFETCH(&missing[count++]->opportunities);
    }
    if (count > 0) look_at_accounts(self->workspace, missing, count);
}

/* Sends a row to a log, by name. bits: of its entry, of which time and kind do not matter. */
static inline void send(intake *self, uint32_t at, uint32_t name, uint64_t bits, uint32_t person,
                        uint32_t cells) {
    uint32_t log = number_of(self, name);
    self->sent[at] = (sent){log | QBG__ENTRY_WAIT(bits) << SENT_WAIT, person, cells};
    if (self->texts) self->texts[at] = QBG__ENTRY_TEXTS(bits);
    self->rows[log]++;
}

/* What became of a row that goes nowhere. Without memory nothing goes on. */
static qbg_status refuse(intake *self, uint32_t at, qbg_status status) {
    if (self->row_status) self->row_status[self->first + at] = status;
    self->sent[at].where = QBG_NONE;
    self->taken.refused += status != QBG_DUPLICATE;
    return status == QBG_E_MEMORY ? status : QBG_OK;
}

/* Tells a row in full, but for its place in its log. */
static qbg_status tell_row(intake *self, uint32_t at) {
    qbg_workspace *workspace = self->workspace;
    uint64_t row = self->first + at;
    const qbg__told told = row_of(self->columns, row);
    qbg__entry entry = {0, 0, 0};
    uint32_t name = QBG__LOG_NOWHERE, person = QBG_NONE;
    qbg_status status = qbg__tell_entry(workspace, &told, &entry, &person);
    if (status != QBG_OK) return refuse(self, at, status);
    status = qbg__route_log(workspace, &entry, person, &name);
    if (status != QBG_OK) return status;
    send(self, at, name, entry.bits, person, entry.cells);
    if (self->row_status) self->row_status[row] = QBG_OK;
    return QBG_OK;
}

/* The number of a row's way, which is made if need be; QBG_NONE: there is none. */
static uint32_t way_of(intake *self, block *of, uint32_t i) {
    uint32_t account = of->from[i] & QBG__FROM_NUMBER, number = of->way[i];
    if (of->from[i] == QBG_NONE || (number != QBG_NONE && !of->is_old)) return number;
    number = qbg__ways_find(&self->workspace->ways, of->set[i], account, of->solution[i]);
    if (number != QBG_NONE) return number;
    of->is_old = 1;
    return qbg__ways_make(self->workspace, account, of->solution[i]);
}

/* A row goes its way. */
static qbg_status send_row(intake *self, const block *of, uint32_t i, uint32_t way,
                           const qbg__said *said) {
    qbg_workspace *workspace = self->workspace;
    uint32_t at = of->first + i;
    const qbg__walk walk = {of->from[i], way, of->contact[i], of->kind[i], of->time[i], said};
    qbg__goal goal;
    qbg_status status = qbg__ways_follow(workspace, &workspace->ways, &walk, &goal);
    if (status != QBG_OK) return refuse(self, at, status);
    send(self, at, goal.log, goal.bits, goal.person, goal.cells);
    if (self->row_status) self->row_status[self->first + at] = QBG_OK;
    return QBG_OK;
}

static int read_texts(const intake *self, uint32_t at, qbg__said *out) {
    const qbg_signal_columns *columns = self->columns;
    uint64_t row = self->first + at;
    return qbg__ways_read(self->workspace,
                          qbg__column_text(columns->content, columns->content_offsets, row),
                          qbg__column_text(columns->event, columns->event_offsets, row), out);
}

static qbg_status send_block(intake *self, block *of) {
    qbg_status status = QBG_OK;
    qbg__said said;
    said.bits = said.id.size = 0;
    find_ways(self, of);
    for (uint32_t i = 0; i < of->count && status == QBG_OK; i++) {
        uint32_t way = way_of(self, of, i), at = of->first + i;
        if (way != QBG_NONE && self->has_texts && !read_texts(self, at, &said)) way = QBG_NONE;
        status = way == QBG_NONE ? tell_row(self, at) : send_row(self, of, i, way, &said);
    }
    return status;
}

/* A block is looked up before the one in front of it is sent: what it asks for comes meanwhile. */
static qbg_status send_rows(intake *self) {
    block blocks[2];
    qbg_status status = QBG_OK;
    look_up(self, 0, &blocks[0]);
    for (uint32_t i = 0; i * BLOCK < self->count && status == QBG_OK; i++) {
        if ((i + 1) * BLOCK < self->count) look_up(self, (i + 1) * BLOCK, &blocks[(i + 1) % 2]);
        status = send_block(self, &blocks[i % 2]);
    }
    return status;
}

/* ---- What logs take ---- */

/* Where a walk over the logs begins: the first one comes after the last number. */
#define NO_LOG QBG_NONE

/* Goes on to the next log that gets rows; 0: there is none. */
static int next_log(const intake *self, uint32_t *log) {
    do {
        if (++*log >= self->log_count) return 0;
    } while (self->rows[*log] == 0);
    return 1;
}

static qbg__log *log_of(const intake *self, uint32_t log) {
    return qbg__log_at(self->workspace, name_of(self, log));
}

/* The rows behind this round will want as much room as these, each in its log; and some for single
 * signals, of which the first one would else move all of these. */
static uint32_t still_to_come(const intake *self, uint32_t rows) {
    uint64_t left = self->columns->count - self->first - self->count;
    uint64_t more = left * rows / self->count + rows / 16 + 1;
    return more > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)more;
}

/* Makes room for all rows of the round. */
static qbg_status make_room(intake *self) {
    uint32_t at = NO_LOG, far = NO_LOG;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < FAR && next_log(self, &far); i++) QBG__PREFETCH(log_of(self, far));
    while (status == QBG_OK && next_log(self, &at)) {
        if (next_log(self, &far)) QBG__PREFETCH(log_of(self, far));
        qbg__log *log = log_of(self, at);
        uint32_t rows = self->rows[at];
        status = qbg__log_reserve(self->workspace, log, rows, still_to_come(self, rows));
        self->ends[at] = log->entries + log->count;
    }
    return status;
}

/* Writes each row behind the others of its log, which does not count it yet; with the person
 * instead of his slot. */
static void write_rows(intake *self) {
    const int64_t *time = self->columns->time_s + self->first;
    const uint16_t *kind = self->columns->kind + self->first;
    for (uint32_t at = 0; at < self->count; at++) {
        const sent *row = &self->sent[at];
        if (self->count - at > AHEAD && row[AHEAD].where != QBG_NONE)
            QBG__PREFETCH(self->ends[row[AHEAD].where & SENT_LOG]);
        if (row->where == QBG_NONE) continue;
        uint64_t bits = QBG__ENTRY_BITS(time[at], kind[at], self->texts ? self->texts[at] : 0);
        qbg__entry *to = self->ends[row->where & SENT_LOG]++;
        to->bits = QBG__ENTRY_WITH_WAIT(bits, row->where >> SENT_WAIT);
        to->slot = row->person;
        to->cells = row->cells;
    }
}

/* Contacts remember the logs that they are new in. */
static qbg_status tell_pairs(intake *self) {
    const qbg__rows *contacts = &self->workspace->contacts;
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < self->pair_count && status == QBG_OK; i++) {
        if (i + 8 < self->pair_count) {
            const qbg_contact *coming = qbg__rows_at(contacts, self->pairs[i + 8].contact);
            QBG__PREFETCH(&coming->signals);
        }
        qbg_contact *contact = qbg__rows_at(contacts, self->pairs[i].contact);
        status = qbg__places_add(self->workspace, &contact->signals, self->pairs[i].log);
    }
    self->pair_count = 0;
    return status;
}

/* A contact who has a slot in a log remembers it already. */
static qbg_status give_slot(intake *self, qbg__log *log, uint32_t name, uint32_t person,
                            uint32_t *out_slot) {
    uint32_t people = log->person_count;
    qbg_status status = qbg__log_give_slot(self->workspace, log, person, out_slot);
    if (status != QBG_OK || log->person_count == people || person & QBG__GUEST) return status;
    self->pairs[self->pair_count++] = (pair){person, name};
    return self->pair_count == PAIRS ? tell_pairs(self) : QBG_OK;
}

/* Counts the rows of a log, each with its person's slot. */
static qbg_status take_rows(intake *self, uint32_t number) {
    qbg_workspace *workspace = self->workspace;
    uint32_t name = name_of(self, number);
    qbg__log *log = qbg__log_at(workspace, name);
    qbg__entry *end = self->ends[number];
    for (qbg__entry *at = end - self->rows[number]; at < end; at++) {
        seat *known = &self->seats[at->slot % SEATS];
        if (known->log != number || known->person != at->slot) {
            qbg_status status = give_slot(self, log, name, at->slot, &known->slot);
            if (status != QBG_OK) return status;
            known->log = number;
            known->person = at->slot;
        }
        at->slot = known->slot;
    }
    log->count += self->rows[number];
    self->taken.taken += self->rows[number];
    return name & QBG__LOG_ACCOUNT ? QBG_OK : qbg__touch_log(workspace, name);
}

/* Asks for the people of a log, and its first new rows. */
QBG__PREFETCHING look_at_log(const intake *self, uint32_t number) {
    const qbg__log *log = log_of(self, number);
    QBG__PREFETCH(log->people);
    QBG__PREFETCH(log->entries + log->count);
}

static qbg_status take_logs(intake *self) {
    uint32_t at = NO_LOG, near = NO_LOG, far = NO_LOG;
    qbg_status status = QBG_OK;
    for (uint32_t ahead = 0; status == QBG_OK; ahead++) {
        if (next_log(self, &far)) QBG__PREFETCH(log_of(self, far));
        if (ahead >= FAR - NEAR && next_log(self, &near)) look_at_log(self, near);
        if (ahead < FAR) continue;
        if (!next_log(self, &at)) break;
        status = take_rows(self, at);
    }
    return status == QBG_OK ? tell_pairs(self) : status;
}

static qbg_status take_round(intake *self) {
    memset(self->rows, 0, self->log_count * sizeof *self->rows);
    qbg_status status = send_rows(self);
    if (status == QBG_OK) status = make_room(self);
    if (status != QBG_OK) return status;
    write_rows(self);
    int is_last = self->first + self->count == self->columns->count;
    if (is_last) release_rows(self); /* what follows asks for memory, too */
    return take_logs(self);
}

/* How many rows have event ids. */
static uint64_t count_ids(const qbg_signal_columns *columns) {
    const int64_t *offsets = columns->event_offsets;
    uint64_t ids = 0;
    for (uint64_t row = 0; offsets && row < columns->count; row++)
        ids += offsets[row + 1] > offsets[row];
    return ids;
}

qbg_status qbg__intake(qbg_workspace *workspace, const qbg_signal_columns *columns,
                       qbg_status *row_status, qbg__taken *out_taken) {
    intake self = {.workspace = workspace, .columns = columns, .row_status = row_status};
    int is_first = workspace->depth == 1 && !workspace->dirt.moves;
    qbg_status status = settle_moved(workspace, columns);
    *out_taken = (qbg__taken){0, 0, 0};
    if (status != QBG_OK) return status;
    self.has_texts = columns->visitor_offsets || columns->content_offsets || columns->event_offsets;
    if (!qbg__ways_open(workspace, columns->count) || !begin(&self))
        return qbg__intake_by_row(workspace, columns, row_status, out_taken);
    workspace->only_appends = is_first;
    uint64_t *events = &workspace->signals.events.lookup.coming, ids = count_ids(columns);
    for (; self.first < columns->count && status == QBG_OK; self.first += self.count) {
        uint64_t left = columns->count - self.first;
        self.count = left < self.capacity ? (uint32_t)left : self.capacity;
        *events = ids < left ? ids : left;
        status = take_round(&self);
    }
    *events = 0;
    workspace->only_appends = 0;
    release(&self);
    uint64_t *count = &workspace->signals.count;
    *out_taken = self.taken;
    out_taken->keeps_ways = 1;
    if (status != QBG_OK) return status;
    return qbg__journal_set_uint64(&workspace->journal, count, *count + self.taken.taken);
}
