/* directory: listings sorted by hash, so that each question is a few searches by halving; see
 * directory.h. An account is listed under each host that it has, under what of that was registered,
 * under the key of its name and under its sound.
 *
 * Only what is equal is found: names that are merely similar would find strangers, and a false
 * match costs more than a miss. */
#include "analysis/directory.h"

#include "base/index.h"
#include "base/script.h"
#include "base/sort.h"
#include "base/text.h"
#include "model/company.h"
#include "model/domain.h"
#include "model/workspace.h"

#include <string.h>

enum { HOST, REGISTERED, KEY, SOUND };

void qbg__directory_begin(qbg__directory *self, const qbg_workspace *workspace) {
    memset(self, 0, sizeof *self);
    self->mem = qbg__mem_fork(&workspace->mem);
    self->workspace = workspace;
    qbg__blob_begin(&self->texts, &workspace->mem);
    qbg__blob_begin(&self->words, &workspace->mem);
}

void qbg__directory_end(qbg__directory *self) {
    qbg__mem *mem = &self->mem;
    qbg__blob_end(&self->texts);
    qbg__blob_end(&self->words);
    qbg__mem_free(mem, self->listings, self->capacity * sizeof *self->listings);
    qbg__mem_free(mem, self->candidates, self->candidate_capacity * sizeof *self->candidates);
}

static uint32_t hash_of(uint32_t kind, const char *text, size_t size) {
    return qbg__index_hash(text, size) ^ qbg__index_hash_pair(kind, 0);
}

/* ---- Listing --------------------------------------------------------------------------------- */

/* What was written behind `start` is the text of another listing; empty: of none. */
static qbg_status list(qbg__directory *self, qbg__listing found) {
    found.size = self->texts.size - found.start;
    if (self->texts.status != QBG_OK || found.size == 0) return self->texts.status;
    qbg_status status = qbg__mem_reserve(&self->mem, &self->listings, &self->capacity,
                                         (uint64_t)self->count + 1, sizeof *self->listings);
    if (status != QBG_OK) return status;
    found.hash = hash_of(found.kind, qbg_blob_data(&self->texts) + found.start, found.size);
    self->listings[self->count++] = found;
    return QBG_OK;
}

/* "www.acme.com" is a host of the web; mail goes to "acme.com". */
static void skip_www(const char **host, size_t *size) {
    static const char www[] = "www.";
    const size_t length = sizeof www - 1;
    if (*size <= length || !qbg__text_same(*host, length, www, length)) return;
    *host += length;
    *size -= length;
}

/* Writes the host of an address in small letters; 0 when it is none, or no company's. */
static size_t put_host(const char *text, qbg_blob *out) {
    size_t size = 0, start = out->size;
    const char *host = qbg__domain_host(text, strlen(text), &size);
    if (!host) return 0;
    skip_www(&host, &size);
    qbg__domain_put(host, size, out);
    if (out->status != QBG_OK) return 0;
    const char *small = qbg_blob_data(out) + start;
    size = out->size - start;
    if (!qbg__domain_registered(small, size).at || qbg__domain_is_free(small, size)) {
        qbg__blob_cut(out, start);
        return 0;
    }
    return size;
}

static qbg_status list_domain(qbg__directory *self, uint32_t account, const char *domain) {
    qbg__listing host = {.kind = HOST, .account = account, .start = self->texts.size};
    size_t size = put_host(domain, &self->texts);
    if (size == 0) return self->texts.status;
    qbg_status status = list(self, host);
    if (status != QBG_OK) return status;
    qbg__listing registered = {.kind = REGISTERED, .account = account, .start = self->texts.size};
    char *copy = qbg__blob_extend(&self->texts, size);
    if (!copy) return QBG_E_MEMORY;
    memcpy(copy, qbg_blob_data(&self->texts) + host.start, size);
    qbg__domain part = qbg__domain_registered(copy, size);
    memmove(copy, part.at, part.size);
    qbg__blob_cut(&self->texts, registered.start + part.size);
    return list(self, registered);
}

static qbg_status list_name(qbg__directory *self, uint32_t account, const char *name) {
    qbg__company company;
    qbg__company_read(name, strlen(name), &company);
    qbg__listing found = {.kind = KEY,
                          .account = account,
                          .form = company.form,
                          .scripts = company.scripts,
                          .start = self->texts.size};
    qbg__company_put_key(&company, &self->texts);
    qbg_status status = list(self, found);
    if (status != QBG_OK) return status;
    found.kind = SOUND;
    found.start = self->texts.size;
    qbg__company_put_sound(&company, &self->texts);
    return list(self, found);
}

/* An account without a name goes by its key. */
static qbg_status list_account(qbg__directory *self, const qbg_account *account) {
    const char *name = qbg_account_name(account);
    qbg_status status = list_name(self, account->number, *name ? name : account->key);
    for (uint32_t i = 0; i < account->domain_count && status == QBG_OK; i++)
        status = list_domain(self, account->number, account->domains[i]);
    return status;
}

/* Accounts arrive in the order of their numbers, and equal hashes stay as they stood. */
static qbg_status sort_listings(qbg__directory *self) {
    uint32_t count = self->count;
    if (count == 0) return QBG_OK;
    qbg__ranked *order = NULL;
    qbg__listing *sorted = NULL;
    uint32_t order_capacity = 0, sorted_capacity = 0;
    qbg_status status =
        qbg__mem_reserve(&self->mem, &order, &order_capacity, 2 * (uint64_t)count, sizeof *order);
    if (status == QBG_OK)
        status = qbg__mem_reserve(&self->mem, &sorted, &sorted_capacity, count, sizeof *sorted);
    if (status == QBG_OK) {
        for (uint32_t i = 0; i < count; i++) order[i] = (qbg__ranked){self->listings[i].hash, i};
        qbg__sort_ranked(order, count);
        for (uint32_t i = 0; i < count; i++) sorted[i] = self->listings[order[i].item];
        memcpy(self->listings, sorted, count * sizeof *sorted);
    }
    qbg__mem_free(&self->mem, sorted, sorted_capacity * sizeof *sorted);
    qbg__mem_free(&self->mem, order, order_capacity * sizeof *order);
    return status;
}

qbg_status qbg__directory_fill(qbg__directory *self) {
    qbg_status status = QBG_OK;
    qbg__blob_clear(&self->texts);
    self->count = 0;
    for (uint32_t i = 0; i < qbg_account_count(self->workspace) && status == QBG_OK; i++) {
        const qbg_account *account = qbg_account_at(self->workspace, i);
        if (account && account->number == i) status = list_account(self, account);
    }
    return status == QBG_OK ? sort_listings(self) : status;
}

/* ---- Looking up ------------------------------------------------------------------------------ */

static qbg__listing *first_listing(const qbg__directory *self, uint32_t hash) {
    uint32_t low = 0, high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->listings[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return self->listings + low;
}

static qbg_status add_candidate(qbg__directory *self, uint32_t account, uint32_t seen) {
    qbg_status status =
        qbg__mem_reserve(&self->mem, &self->candidates, &self->candidate_capacity,
                         (uint64_t)self->candidate_count + 1, sizeof *self->candidates);
    if (status != QBG_OK) return status;
    self->candidates[self->candidate_count++] = (qbg__candidate){account, seen};
    return QBG_OK;
}

/* How a listing of the same text was seen by somebody with that legal form; 0: it was not. */
static uint32_t seen_of(const qbg__listing *at, const qbg__listing *wanted) {
    if (at->kind == HOST) return QBG__SEEN_DOMAIN;
    if (at->kind == REGISTERED) return QBG__SEEN_RELATED;
    if (at->kind == SOUND && !((at->scripts ^ wanted->scripts) & QBG__SCRIPT_CYRILLIC)) return 0;
    if (qbg__form_differs(at->form, wanted->form)) return QBG__SEEN_OTHER_FORM;
    uint32_t seen = at->kind == KEY ? QBG__SEEN_NAME : QBG__SEEN_SOUND;
    return at->form != QBG__FORM_NONE && at->form == wanted->form ? seen | QBG__SEEN_SAME_FORM
                                                                  : seen;
}

static int is_listed_as(const qbg__directory *self, const qbg__listing *at,
                        const qbg__listing *wanted, const char *text) {
    if (at->kind != wanted->kind || at->size != wanted->size) return 0;
    return memcmp(qbg_blob_data(&self->texts) + at->start, text, at->size) == 0;
}

/* wanted: its kind and, of a name, form and scripts. Gives how many accounts were found by a text;
 * what very many share tells nothing, and finds none. */
static qbg_status find(qbg__directory *self, qbg__listing wanted, const char *text, size_t size,
                       uint32_t *out_found) {
    const uint32_t most = 64;
    uint32_t before = self->candidate_count;
    *out_found = 0;
    if (self->count == 0 || size == 0) return QBG_OK;
    wanted.hash = hash_of(wanted.kind, text, size);
    wanted.size = size;
    const qbg__listing *end = self->listings + self->count;
    for (const qbg__listing *at = first_listing(self, wanted.hash);
         at < end && at->hash == wanted.hash; at++) {
        uint32_t seen = is_listed_as(self, at, &wanted, text) ? seen_of(at, &wanted) : 0;
        if (!seen) continue;
        if (++*out_found > most) break;
        qbg_status status = add_candidate(self, at->account, seen);
        if (status != QBG_OK) return status;
    }
    if (*out_found > most) {
        self->candidate_count = before;
        *out_found = 0;
    }
    return QBG_OK;
}

/* The host itself, then what it is below of, down to what was registered; else its relatives. */
static qbg_status find_host(qbg__directory *self, const char *host, size_t size) {
    const qbg__listing wanted = {.kind = HOST}, related = {.kind = REGISTERED};
    qbg__domain registered = qbg__domain_registered(host, size);
    uint32_t found;
    for (const char *at = host;; at = strchr(at, '.') + 1) {
        qbg_status status = find(self, wanted, at, (size_t)(host + size - at), &found);
        if (status != QBG_OK || found > 0) return status;
        if (at == registered.at) break;
    }
    return find(self, related, registered.at, registered.size, &found);
}

/* What people write when they have no company to write. */
static int is_placeholder(const char *key, size_t size) {
    static const char *const texts[] = {
        "company",       "freelance",    "freelancer",      "home",        "independent",
        "individual",    "na",           "no company",      "none",        "not applicable",
        "personal",      "private",      "private person",  "retired",     "self",
        "self employed", "selfemployed", "student",         "test",        "unemployed",
        "unknown",       "без компании", "другое",          "компания",    "не указано",
        "неизвестно",    "нет",          "организация",     "самозанятый", "студент",
        "тест",          "физлицо",      "физическое лицо", "фрилансер",   "частное лицо",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (size == strlen(texts[i]) && memcmp(texts[i], key, size) == 0) return 1;
    return 0;
}

static size_t put_name(qbg__directory *self, const qbg__company *company) {
    qbg__blob_clear(&self->words);
    qbg__company_put_key(company, &self->words);
    size_t size = self->words.size;
    return is_placeholder(qbg_blob_data(&self->words), size) ? 0 : size;
}

size_t qbg__directory_key(qbg__directory *self, const char *company) {
    qbg__company name;
    qbg__company_read(company, strlen(company), &name);
    return put_name(self, &name);
}

static qbg_status find_name(qbg__directory *self, const char *company) {
    qbg__company name;
    uint32_t found;
    qbg__company_read(company, strlen(company), &name);
    qbg__listing wanted = {.kind = KEY, .form = name.form, .scripts = name.scripts};
    size_t size = put_name(self, &name);
    if (self->words.status != QBG_OK || size == 0) return self->words.status;
    qbg_status status = find(self, wanted, qbg_blob_data(&self->words), size, &found);
    if (status != QBG_OK) return status;
    wanted.kind = SOUND;
    qbg__blob_clear(&self->words);
    qbg__company_put_sound(&name, &self->words);
    if (self->words.status != QBG_OK) return self->words.status;
    return find(self, wanted, qbg_blob_data(&self->words), self->words.size, &found);
}

/* Namesakes that have other mail domains are less likely the one. */
static void note_strange_domains(qbg__directory *self) {
    for (uint32_t i = 0; i < self->candidate_count; i++) {
        qbg__candidate *at = &self->candidates[i];
        const qbg_account *account = qbg_account_at(self->workspace, at->account);
        if (!(at->seen & (QBG__SEEN_DOMAIN | QBG__SEEN_RELATED)) && account->domain_count > 0)
            at->seen |= QBG__SEEN_STRANGE_DOMAIN;
    }
}

static int compare_keys(const qbg__directory *self, uint32_t a, uint32_t b) {
    return strcmp(qbg_account_key(qbg_account_at(self->workspace, a)),
                  qbg_account_key(qbg_account_at(self->workspace, b)));
}

/* By the accounts' keys, each once, with all that was seen of it. There are few. */
static void unite_candidates(qbg__directory *self) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->candidate_count; i++) {
        const qbg__candidate found = self->candidates[i];
        uint32_t place = count;
        while (place > 0 &&
               compare_keys(self, self->candidates[place - 1].account, found.account) > 0)
            place--;
        if (place > 0 && self->candidates[place - 1].account == found.account) {
            self->candidates[place - 1].seen |= found.seen;
            continue;
        }
        memmove(self->candidates + place + 1, self->candidates + place,
                (count - place) * sizeof *self->candidates);
        self->candidates[place] = found;
        count++;
    }
    self->candidate_count = count;
}

qbg_status qbg__directory_look_up(qbg__directory *self, const char *email, const char *company) {
    self->candidate_count = 0;
    qbg__blob_clear(&self->words);
    size_t size = put_host(email, &self->words);
    qbg_status status = self->words.status;
    if (status == QBG_OK && size > 0) status = find_host(self, qbg_blob_data(&self->words), size);
    if (status == QBG_OK) status = find_name(self, company);
    if (status != QBG_OK) return status;
    unite_candidates(self);
    if (size > 0) note_strange_domains(self);
    return QBG_OK;
}

/* ---- Choosing -------------------------------------------------------------------------------- */

enum {
    BY_DOMAIN = QBG__SEEN_DOMAIN | QBG__SEEN_RELATED,
    BY_NAME = QBG__SEEN_NAME | QBG__SEEN_SOUND
};

/* How many candidates were seen by each of these, and the last one. */
static uint32_t count_seen(const qbg__directory *self, uint32_t first, uint32_t second,
                           uint32_t *out_place) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->candidate_count; i++) {
        uint32_t seen = self->candidates[i].seen;
        if (!(seen & first) || !(seen & second)) continue;
        *out_place = i;
        count++;
    }
    return count;
}

/* Where both the domain and the name find somebody, it has to be the same one. Of several of a name
 * the one with the same legal form is it. */
uint32_t qbg__directory_choose(const qbg__directory *self) {
    uint32_t place = QBG_NONE;
    uint32_t by_domain = count_seen(self, BY_DOMAIN, BY_DOMAIN, &place);
    uint32_t by_name = count_seen(self, BY_NAME, BY_NAME, &place);
    uint32_t found;
    if (by_domain > 0 && by_name > 0)
        found = count_seen(self, BY_DOMAIN, BY_NAME, &place);
    else if (by_domain > 0)
        found = count_seen(self, BY_DOMAIN, BY_DOMAIN, &place);
    else
        found = by_name;
    if (found > 1 && by_domain == 0) found = count_seen(self, BY_NAME, QBG__SEEN_SAME_FORM, &place);
    return found == 1 ? place : QBG_NONE;
}
