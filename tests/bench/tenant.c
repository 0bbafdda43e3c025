/* tenant: see tenant.h. */
#include "tenant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const int32_t kind_milli[KINDS] = {1000, 1000, 1500, 2000, 2000,  3000,
                                   3000, 4000, 6000, 8000, 10000, 15000};
const int kind_is_high[KINDS] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1};

/* The roles of each solution's template, the first three required; weights 3, 2, 2, 1, 1. */
static const int seat_role[SOLUTIONS][SEATS] = {
    {0, 1, 2, 3, 4}, {1, 3, 5, 7, 9}, {0, 2, 4, 6, 8}, {4, 5, 6, 7, 8}};
static const int32_t seat_milli[SEATS] = {3000, 2000, 2000, 1000, 1000};

void must(qbg_status status, const char *what) {
    if (status == QBG_OK) return;
    fprintf(stderr, "%s: %s\n", what, qbg_status_text(status));
    exit(1);
}

void *must_alloc(uint64_t count, size_t size) {
    void *at = calloc(count ? count : 1, size);
    if (!at) must(QBG_E_MEMORY, "the tenant");
    return at;
}

/* ---- Numbers without a pattern ---- */

static uint64_t state;

static uint64_t draw(void) {
    uint64_t z = (state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static double unit(void) { return (double)(draw() >> 11) / 9007199254740992.0; }

static uint32_t below(uint32_t count) { return (uint32_t)(draw() % count); }

static void shuffle(uint32_t *at, uint32_t count) {
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = below(i), other = at[i - 1];
        at[i - 1] = at[j];
        at[j] = other;
    }
}

static uint32_t *shuffled(uint32_t count) {
    uint32_t *at = must_alloc(count, sizeof *at);
    for (uint32_t i = 0; i < count; i++) at[i] = i;
    shuffle(at, count);
    return at;
}

/* ---- The catalogue ---- */

static void tell_catalog(qbg_workspace *workspace) {
    char key[8];
    qbg_role *roles[ROLES];
    for (int i = 0; i < ROLES; i++) {
        snprintf(key, sizeof key, "role%d", i);
        MUST(qbg_role_add(workspace, key, key, &roles[i]));
    }
    for (int i = 0; i < KINDS; i++) {
        snprintf(key, sizeof key, "kind%d", i);
        MUST(
            qbg_kind_add(workspace, key, QBG_CATEGORY_NAMED, kind_milli[i], kind_is_high[i], NULL));
    }
    for (int i = 0; i < SOLUTIONS; i++) {
        qbg_template *template_ = NULL;
        qbg_solution *solution = NULL;
        snprintf(key, sizeof key, "s%d", i);
        MUST(qbg_template_add(workspace, key, &template_));
        for (int j = 0; j < SEATS; j++)
            MUST(qbg_template_set_seat(template_, roles[seat_role[i][j]], seat_milli[j], 1, j < 3));
        MUST(qbg_solution_add(workspace, key, key, template_, &solution));
    }
}

/* The number that the first of the tenant's kinds gets. */
static uint16_t find_first_kind(void) {
    qbg_workspace *workspace = NULL;
    MUST(qbg_workspace_new(NULL, &workspace));
    tell_catalog(workspace);
    uint16_t number = (uint16_t)qbg_kind_number(qbg_kind_find(workspace, "kind0"));
    qbg_workspace_free(workspace);
    return number;
}

/* ---- Drawing ---- */

/* What signals are drawn from. */
typedef struct world {
    uint32_t *first;       /* account -> its first place; and the end of the last */
    uint32_t *at_place;    /* place -> contact: numbers say nothing of the account */
    uint32_t *first_deal;  /* account -> its first opportunity; and the end */
    uint32_t *by_rank;     /* accounts, the most popular one first */
    uint8_t *on_solutions; /* contact -> solutions where he has a signal, one bit each */
} world;

static void draw_contacts(tenant *at, world *of) {
    of->first = must_alloc((uint64_t)at->accounts + 1, sizeof *of->first);
    for (uint32_t i = 0; i < at->accounts; i++)
        of->first[i + 1] = of->first[i] + 1 + (uint32_t)(20 * pow(unit(), 5.0 / 3.0));
    at->contacts = of->first[at->accounts];
    of->at_place = shuffled(at->contacts);
    at->contact_account = must_alloc(at->contacts, sizeof *at->contact_account);
    at->contact_role = must_alloc(at->contacts, 1);
    for (uint32_t i = 0; i < at->accounts; i++)
        for (uint32_t j = of->first[i]; j < of->first[i + 1]; j++) {
            at->contact_account[of->at_place[j]] = i;
            at->contact_role[of->at_place[j]] = (uint8_t)(unit() < 0.15 ? ROLES : below(ROLES));
        }
}

static void draw_opportunities(tenant *at, world *of) {
    uint32_t most = 3 * at->accounts, count = 0;
    at->opportunity_account = must_alloc(most, sizeof *at->opportunity_account);
    at->opportunity_solution = must_alloc(most, sizeof *at->opportunity_solution);
    of->first_deal = must_alloc((uint64_t)at->accounts + 1, sizeof *of->first_deal);
    for (uint32_t i = 0; i < at->accounts; i++) {
        double how_many = unit();
        uint32_t own = how_many < 0.75 ? 1 : how_many < 0.95 ? 2 : 3, start = below(SOLUTIONS);
        for (uint32_t j = 0; j < own; j++, count++) {
            at->opportunity_account[count] = i;
            at->opportunity_solution[count] = (start + j) % SOLUTIONS;
        }
        of->first_deal[i + 1] = count;
    }
    at->opportunities = count;
}

static int64_t draw_time(const tenant *at, uint64_t signal) {
    double place = ((double)signal + unit()) / (double)at->signals;
    int64_t time = FIRST_DAY + (int64_t)(place * 365.0 * (double)DAY);
    if (unit() < 0.01) time -= (int64_t)(unit() * 3.0 * (double)DAY);
    return time < FIRST_DAY ? FIRST_DAY : time;
}

static void draw_signal(tenant *at, world *of, uint64_t signal) {
    double popular = unit();
    uint32_t account = of->by_rank[(uint32_t)((double)at->accounts * popular * popular)];
    uint32_t people = of->first[account + 1] - of->first[account];
    uint32_t rank = (uint32_t)exp(unit() * log(people + 1.0)) - 1;
    uint32_t deals = of->first_deal[account + 1] - of->first_deal[account];
    uint32_t deal = of->first_deal[account] + below(deals);
    uint32_t contact = of->at_place[of->first[account] + (rank < people ? rank : people - 1)];
    at->account[signal] = account;
    at->contact[signal] = unit() < 0.10 ? QBG_NONE : contact;
    at->solution[signal] = unit() < 0.92 ? at->opportunity_solution[deal] : below(SOLUTIONS);
    at->kind[signal] = (uint16_t)(at->first_kind + (int)(KINDS * pow(unit(), 1.6)));
    at->time[signal] = draw_time(at, signal);
    if (at->contact[signal] != QBG_NONE)
        of->on_solutions[contact] =
            (uint8_t)(of->on_solutions[contact] | 1u << at->solution[signal]);
}

static void draw_signals(tenant *at, world *of) {
    at->time = must_alloc(at->signals, sizeof *at->time);
    at->kind = must_alloc(at->signals, sizeof *at->kind);
    at->contact = must_alloc(at->signals, sizeof *at->contact);
    at->account = must_alloc(at->signals, sizeof *at->account);
    at->solution = must_alloc(at->signals, sizeof *at->solution);
    of->by_rank = shuffled(at->accounts);
    of->on_solutions = must_alloc(at->contacts, 1);
    for (uint64_t i = 0; i < at->signals; i++) draw_signal(at, of, i);
}

/* Whoever has a signal on an opportunity of his account is a member there. */
static void draw_members(tenant *at, const world *of) {
    uint64_t most = (uint64_t)at->contacts * 3;
    at->member_opportunity = must_alloc(most, sizeof *at->member_opportunity);
    at->member_contact = must_alloc(most, sizeof *at->member_contact);
    at->member_role = must_alloc(most, sizeof *at->member_role);
    for (uint32_t i = 0; i < at->contacts; i++)
        for (uint32_t j = of->first_deal[at->contact_account[i]];
             j < of->first_deal[at->contact_account[i] + 1]; j++) {
            if (!(of->on_solutions[i] >> at->opportunity_solution[j] & 1)) continue;
            at->member_opportunity[at->members] = j;
            at->member_contact[at->members] = i;
            at->member_role[at->members++] =
                at->contact_role[i] == ROLES ? QBG_NONE : at->contact_role[i];
        }
}

tenant *tenant_draw(uint64_t signals) {
    tenant *at = must_alloc(1, sizeof *at);
    world of = {NULL, NULL, NULL, NULL, NULL};
    state = 20250101;
    at->signals = signals;
    at->first_kind = find_first_kind();
    at->accounts = signals < 100 ? 1 : (uint32_t)(signals / 100);
    draw_contacts(at, &of);
    draw_opportunities(at, &of);
    draw_signals(at, &of);
    draw_members(at, &of);
    free(of.first);
    free(of.at_place);
    free(of.first_deal);
    free(of.by_rank);
    free(of.on_solutions);
    return at;
}

void tenant_free(tenant *at) {
    free(at->contact_account);
    free(at->contact_role);
    free(at->opportunity_account);
    free(at->opportunity_solution);
    free(at->member_opportunity);
    free(at->member_contact);
    free(at->member_role);
    free(at->time);
    free(at->kind);
    free(at->contact);
    free(at->account);
    free(at->solution);
    free(at->event);
    free(at->event_offsets);
    free(at->content);
    free(at->content_offsets);
    free(at);
}

/* ---- Texts of signals ---- */

enum { TEXT = 12 };

static int64_t *text_offsets(uint64_t count) {
    int64_t *offsets = must_alloc(count + 1, sizeof *offsets);
    for (uint64_t i = 0; i <= count; i++) offsets[i] = (int64_t)i * TEXT;
    return offsets;
}

/* `letters`, then the number as decimal digits. */
static void write_text(char *to, const char *letters, uint64_t number) {
    for (int i = TEXT - 1; i >= 0; i--, number /= 10) to[i] = (char)('0' + number % 10);
    memcpy(to, letters, strlen(letters));
}

void tenant_draw_events(tenant *at) {
    at->event = must_alloc(at->signals, TEXT);
    at->event_offsets = text_offsets(at->signals);
    for (uint64_t i = 0; i < at->signals; i++) write_text(at->event + i * TEXT, "e", i);
}

void tenant_draw_contents(tenant *at) {
    at->content = must_alloc(at->signals, TEXT);
    at->content_offsets = text_offsets(at->signals);
    state = 20250102;
    for (uint64_t i = 0; i < at->signals; i++)
        write_text(at->content + i * TEXT, "pages/", below(4000));
}

uint64_t tenant_column_bytes(const tenant *at) {
    const uint64_t key = 8 + 8, text = TEXT + 8;
    return at->accounts * key + at->contacts * (key + 4) + at->opportunities * (key + 8) +
           (uint64_t)at->members * 12 +
           at->signals * (22 + (at->event ? text : 0) + (at->content ? text : 0));
}

uint32_t tenant_opportunity(const tenant *at, uint32_t account, uint32_t solution) {
    uint32_t low = 0, high = at->opportunities;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (at->opportunity_account[middle] < account)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < at->opportunities && at->opportunity_account[low] == account; low++)
        if (at->opportunity_solution[low] == solution) return low;
    return QBG_NONE;
}

/* ---- Telling a workspace ---- */

/* Keys "c0000001" and so on, as a text column; to be freed. */
typedef struct keys {
    char *bytes;
    int64_t *offsets;
} keys;

static keys make_keys(char letter, uint32_t count) {
    keys made = {must_alloc((uint64_t)count * 8 + 1, 1),
                 must_alloc((uint64_t)count + 1, sizeof *made.offsets)};
    for (uint32_t i = 0; i < count; i++) {
        snprintf(made.bytes + (size_t)i * 8, 9, "%c%07u", letter, i % 10000000);
        made.offsets[i + 1] = ((int64_t)i + 1) * 8;
    }
    return made;
}

static void free_keys(keys made) {
    free(made.bytes);
    free(made.offsets);
}

void tenant_tell_rows(const tenant *at, qbg_workspace *workspace) {
    uint64_t refused = 0;
    tell_catalog(workspace);
    keys accounts = make_keys('a', at->accounts), contacts = make_keys('c', at->contacts),
         deals = make_keys('o', at->opportunities);
    uint32_t first_role = qbg_role_number(qbg_role_find(workspace, "role0"));
    uint32_t *roles = must_alloc(at->members, sizeof *roles);
    for (uint32_t i = 0; i < at->members; i++)
        roles[i] = at->member_role[i] == QBG_NONE ? QBG_NONE : first_role + at->member_role[i];
    const qbg_account_columns account_columns = {.size = sizeof account_columns,
                                                 .count = at->accounts,
                                                 .key = accounts.bytes,
                                                 .key_offsets = accounts.offsets};
    const qbg_contact_columns contact_columns = {.size = sizeof contact_columns,
                                                 .count = at->contacts,
                                                 .key = contacts.bytes,
                                                 .key_offsets = contacts.offsets,
                                                 .account = at->contact_account};
    const qbg_opportunity_columns deal_columns = {.size = sizeof deal_columns,
                                                  .count = at->opportunities,
                                                  .key = deals.bytes,
                                                  .key_offsets = deals.offsets,
                                                  .account = at->opportunity_account,
                                                  .solution = at->opportunity_solution};
    const qbg_member_columns member_columns = {.size = sizeof member_columns,
                                               .count = at->members,
                                               .opportunity = at->member_opportunity,
                                               .contact = at->member_contact,
                                               .role = roles};
    MUST(qbg_account_put_columns(workspace, &account_columns, NULL, NULL, NULL, &refused));
    if (refused == 0)
        MUST(qbg_contact_put_columns(workspace, &contact_columns, NULL, NULL, NULL, &refused));
    if (refused == 0)
        MUST(qbg_opportunity_put_columns(workspace, &deal_columns, NULL, NULL, NULL, &refused));
    if (refused == 0)
        MUST(qbg_member_put_columns(workspace, &member_columns, NULL, NULL, &refused));
    must(refused == 0 ? QBG_OK : QBG_E_REFUSED, "the tenant's rows");
    free(roles);
    free_keys(accounts);
    free_keys(contacts);
    free_keys(deals);
}

static const int64_t *offsets_from(const int64_t *offsets, uint64_t first) {
    return offsets ? offsets + first : NULL;
}

void tenant_tell_signals(const tenant *at, qbg_workspace *workspace, uint64_t first, uint64_t end,
                         uint64_t at_once) {
    for (uint64_t i = first; i < end; i += at_once) {
        uint64_t count = end - i < at_once ? end - i : at_once, refused = 0;
        const qbg_signal_columns columns = {.size = sizeof columns,
                                            .count = count,
                                            .time_s = at->time + i,
                                            .kind = at->kind + i,
                                            .contact = at->contact + i,
                                            .account = at->account + i,
                                            .solution = at->solution + i,
                                            .content = at->content,
                                            .content_offsets = offsets_from(at->content_offsets, i),
                                            .event = at->event,
                                            .event_offsets = offsets_from(at->event_offsets, i)};
        MUST(qbg_append(workspace, &columns, NULL, &refused));
        must(refused == 0 ? QBG_OK : QBG_E_REFUSED, "the tenant's signals");
    }
}

/* ---- Writing a book ---- */

static FILE *begin(const char *folder, const char *name, const char *header) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fprintf(file, "%s\n", header);
    return file;
}

static void write_catalog(const char *folder) {
    FILE *file = begin(folder, "kinds", "kind,category,points,high_intent");
    for (int i = 0; i < KINDS; i++)
        fprintf(file, "kind%d,named,%d.%d,%s\n", i, kind_milli[i] / 1000, kind_milli[i] / 100 % 10,
                kind_is_high[i] ? "yes" : "no");
    fclose(file);
    file = begin(folder, "roles", "role,name");
    for (int i = 0; i < ROLES; i++) fprintf(file, "role%d,role%d\n", i, i);
    fclose(file);
    file = begin(folder, "templates", "template,role,weight,people,required");
    for (int i = 0; i < SOLUTIONS; i++)
        for (int j = 0; j < SEATS; j++)
            fprintf(file, "s%d,role%d,%d,1,%s\n", i, seat_role[i][j], seat_milli[j] / 1000,
                    j < 3 ? "yes" : "no");
    fclose(file);
    file = begin(folder, "solutions", "solution,name,template");
    for (int i = 0; i < SOLUTIONS; i++) fprintf(file, "s%d,s%d,s%d\n", i, i, i);
    fclose(file);
}

static void write_rows(const tenant *at, const char *folder) {
    FILE *file = begin(folder, "accounts", "account");
    for (uint32_t i = 0; i < at->accounts; i++) fprintf(file, "a%07u\n", i);
    fclose(file);
    file = begin(folder, "contacts", "contact,account");
    for (uint32_t i = 0; i < at->contacts; i++)
        fprintf(file, "c%07u,a%07u\n", i, at->contact_account[i]);
    fclose(file);
    file = begin(folder, "opportunities", "opportunity,account,solution");
    for (uint32_t i = 0; i < at->opportunities; i++)
        fprintf(file, "o%07u,a%07u,s%u\n", i, at->opportunity_account[i],
                at->opportunity_solution[i]);
    fclose(file);
    file = begin(folder, "members", "opportunity,contact,role");
    for (uint32_t i = 0; i < at->members; i++) {
        fprintf(file, "o%07u,c%07u,", at->member_opportunity[i], at->member_contact[i]);
        if (at->member_role[i] != QBG_NONE) fprintf(file, "role%u", at->member_role[i]);
        fputc('\n', file);
    }
    fclose(file);
}

static void write_time(FILE *file, int64_t time) {
    int32_t year, month, day, hour, minute, second;
    MUST(qbg_time_to_civil(time, &year, &month, &day, &hour, &minute, &second));
    fprintf(file, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second);
}

void tenant_write(const tenant *at, const char *folder) {
    mkdir(folder, 0777);
    write_catalog(folder);
    write_rows(at, folder);
    FILE *file = begin(folder, "signals", "time,kind,account,contact,solution");
    for (uint64_t i = 0; i < at->signals; i++) {
        write_time(file, at->time[i]);
        fprintf(file, ",kind%u,a%07u,", at->kind[i] - at->first_kind, at->account[i]);
        if (at->contact[i] != QBG_NONE) fprintf(file, "c%07u", at->contact[i]);
        fprintf(file, ",s%u\n", at->solution[i]);
    }
    fclose(file);
}

/* ---- Writing columns ---- */

static void write_column(const char *folder, const char *name, const void *bytes, uint64_t size) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void write_kinds(const tenant *at, const char *folder) {
    uint16_t *kinds = must_alloc(at->signals, sizeof *kinds);
    for (uint64_t i = 0; i < at->signals; i++) kinds[i] = (uint16_t)(at->kind[i] - at->first_kind);
    write_column(folder, "signal_kind.u16", kinds, at->signals * 2);
    free(kinds);
}

void tenant_write_columns(const tenant *at, const char *folder) {
    uint64_t deals = (uint64_t)at->opportunities * 4, members = (uint64_t)at->members * 4;
    mkdir(folder, 0777);
    write_kinds(at, folder);
    write_column(folder, "signal_time.i64", at->time, at->signals * 8);
    write_column(folder, "signal_contact.u32", at->contact, at->signals * 4);
    write_column(folder, "signal_account.u32", at->account, at->signals * 4);
    write_column(folder, "signal_solution.u32", at->solution, at->signals * 4);
    write_column(folder, "opportunity_account.u32", at->opportunity_account, deals);
    write_column(folder, "opportunity_solution.u32", at->opportunity_solution, deals);
    write_column(folder, "member_opportunity.u32", at->member_opportunity, members);
    write_column(folder, "member_contact.u32", at->member_contact, members);
    write_column(folder, "member_role.u32", at->member_role, members);
}
