/* trait: mail addresses, mail domains and names, folded; see trait.h. What is equal after folding
 * is found by a hash and a sort, so that a book of 100,000 people is searched at once. Comparing
 * texts that are merely similar would need every pair of them, and would propose strangers. */
#include "analysis/trait.h"

#include "base/index.h"
#include "base/sort.h"
#include "base/text.h"
#include "model/company.h"
#include "model/domain.h"
#include "model/workspace.h"

#include <string.h>

void qbg__traits_begin(qbg__traits *traits, const qbg__mem *mem) {
    memset(traits, 0, sizeof *traits);
    traits->mem = qbg__mem_fork(mem);
    qbg__blob_begin(&traits->texts, mem);
    qbg__blob_begin(&traits->words, mem);
}

void qbg__traits_end(qbg__traits *traits) {
    qbg__mem *mem = &traits->mem;
    qbg__blob_end(&traits->texts);
    qbg__blob_end(&traits->words);
    qbg__mem_free(mem, traits->sorted, traits->sorted_capacity * sizeof *traits->sorted);
    qbg__mem_free(mem, traits->subjects, traits->subject_capacity * sizeof *traits->subjects);
    qbg__mem_free(mem, traits->at, traits->capacity * sizeof *traits->at);
    if (traits->has_directory) qbg__directory_end(&traits->directory);
}

static const char *text_of(const qbg__traits *traits, qbg__folded text) {
    return qbg_blob_data(&traits->texts) + text.start;
}

int qbg__folded_compare(const qbg__traits *traits, qbg__folded a, qbg__folded b) {
    if (a.size != b.size) return a.size < b.size ? -1 : 1;
    return memcmp(text_of(traits, a), text_of(traits, b), a.size);
}

int qbg__trait_compare(const qbg__traits *traits, const qbg__trait *a, const qbg__trait *b) {
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return qbg__folded_compare(traits, a->text, b->text);
}

/* The last subject has that trait. */
static qbg_status add_trait(qbg__traits *traits, uint32_t rule, uint32_t place, qbg__folded text) {
    qbg_status status = qbg__mem_reserve(&traits->mem, &traits->at, &traits->capacity,
                                         (uint64_t)traits->count + 1, sizeof *traits->at);
    if (status != QBG_OK) return status;
    uint32_t hash = qbg__index_hash(text_of(traits, text), text.size);
    hash ^= qbg__index_hash_pair(rule, place);
    traits->at[traits->count++] = (qbg__trait){hash, rule, place, traits->subject_count - 1, text};
    return QBG_OK;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* What separates words: the blanks of text, and what people put around and between them: commas
 * ("Соколова, Елена"), full stops ("Е.В.") and quotation marks (ООО «Ромашка»). */
static int is_between_words(uint32_t code) {
    switch (code) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
    case ';':
    case '.':
    case '"':
    case 0xA0:   /* no-break space */
    case 0xAB:   /* « */
    case 0xBB:   /* » */
    case 0x201C: /* “ */
    case 0x201D: /* ” */
    case 0x201E: /* „ */ return 1;
    default: return 0;
    }
}

/* A letter of a script that text does not know. Dashes and symbols are none: a dash is what people
 * write when they have no name to write. */
static int is_other_letter(uint32_t code) {
    return code >= 0x180 && !qbg__text_is_letter(code) && (code < 0x2000 || code > 0x2BFF);
}

/* What a name is good for. */
typedef struct reading {
    uint32_t words;   /* with a letter in them */
    uint32_t pieces;  /* all of them */
    int is_of_others; /* it has letters of other scripts, which may write a full name as one word */
} reading;

/* The folded words, each with a NUL. */
static reading split(qbg_blob *words, const char *name) {
    reading found = {0, 0, 0};
    int is_open = 0, has_letter = 0;
    qbg__blob_rewind(words);
    for (const char *end = name + strlen(name); name < end;) {
        char bytes[4];
        uint32_t code = qbg__text_fold(qbg__text_next(&name, end));
        if (is_between_words(code)) {
            if (is_open) qbg__blob_char(words, '\0');
            is_open = has_letter = 0;
            continue;
        }
        int is_other = is_other_letter(code);
        if (!is_open) found.pieces++;
        if (!has_letter && (is_other || qbg__text_is_letter(code))) {
            has_letter = 1;
            found.words++;
        }
        found.is_of_others |= is_other;
        is_open = 1;
        qbg__blob_bytes(words, bytes, qbg__text_put(code, bytes));
    }
    if (is_open) qbg__blob_char(words, '\0');
    return found;
}

static int by_bytes(const void *a, const void *b, const void *context) {
    (void)context;
    return strcmp(a, b);
}

/* The words with a blank between them, in an order that does not depend on theirs: «Соколова Елена»
 * is «Елена Соколова». */
static qbg_status put_words(qbg__traits *traits, uint32_t pieces, qbg__folded *out) {
    qbg_status status = qbg__mem_reserve(&traits->mem, &traits->sorted, &traits->sorted_capacity,
                                         2 * (uint64_t)pieces, sizeof *traits->sorted);
    if (status != QBG_OK) return status;
    const char *word = qbg_blob_data(&traits->words);
    for (uint32_t i = 0; i < pieces; i++, word += strlen(word) + 1) traits->sorted[i] = word;
    qbg__sort(traits->sorted, pieces, by_bytes, NULL);
    out->start = traits->texts.size;
    for (uint32_t i = 0; i < pieces; i++) {
        if (i > 0) qbg__blob_char(&traits->texts, ' ');
        qbg__blob_text(&traits->texts, traits->sorted[i]);
    }
    out->size = traits->texts.size - out->start;
    return traits->texts.status;
}

static qbg_status fold_name(qbg__traits *traits, const char *name, reading *out_reading,
                            qbg__folded *out) {
    *out_reading = split(&traits->words, name);
    *out = (qbg__folded){0, 0};
    if (traits->words.status != QBG_OK) return traits->words.status;
    if (out_reading->words == 0) return QBG_OK;
    return put_words(traits, out_reading->pieces, out);
}

/* ---- addresses and domains ------------------------------------------------------------------- */

/* Mailboxes of a part of a company rather than of a person. */
static const char *const mailboxes[] = {
    "accounting", "admin",     "billing",   "buh",     "career",     "contact",   "contacts",
    "director",   "feedback",  "finance",   "hello",   "help",       "hr",        "info",
    "inbox",      "job",       "jobs",      "kontakt", "mail",       "marketing", "no-reply",
    "noreply",    "office",    "order",     "orders",  "postmaster", "pr",        "press",
    "purchasing", "reception", "root",      "sales",   "secretary",  "service",   "support",
    "team",       "test",      "webmaster", "zakaz",   "zakupki",
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static int is_listed(const char *const *list, size_t count, const char *text, size_t size) {
    for (size_t i = 0; i < count; i++)
        if (strncmp(list[i], text, size) == 0 && list[i][size] == '\0') return 1;
    return 0;
}

/* Where the domain begins, behind the last '@'; NULL when this is no address. */
static const char *domain_in(const char *address, size_t size) {
    const char *at = NULL;
    for (size_t i = 0; i < size; i++)
        if (address[i] == '@') at = address + i;
    return at && at > address && at + 1 < address + size ? at + 1 : NULL;
}

/* Without blanks around it and in lower case; ё stays, as in the domains of accounts. */
static qbg_status fold_address(qbg__traits *traits, const char *address, qbg__folded *out) {
    const uint32_t capital_yo = 0x401, small_yo = 0x451;
    size_t size = strlen(address);
    qbg__text_trim(&address, &size);
    out->start = traits->texts.size;
    for (const char *end = address + size; address < end;) {
        char bytes[4];
        uint32_t code = qbg__text_next(&address, end);
        int is_yo = code == capital_yo || code == small_yo;
        code = is_yo ? small_yo : qbg__text_fold(code);
        qbg__blob_bytes(&traits->texts, bytes, qbg__text_put(code, bytes));
    }
    out->size = traits->texts.size - out->start;
    return traits->texts.status;
}

static int is_personal(const qbg__traits *traits, qbg__folded address) {
    const char *text = text_of(traits, address);
    const char *domain = domain_in(text, address.size);
    return domain && !is_listed(mailboxes, COUNT(mailboxes), text, (size_t)(domain - text) - 1);
}

static int is_companys(const char *domain) {
    size_t size = strlen(domain);
    return qbg__domain_registered(domain, size).at && !qbg__domain_is_free(domain, size);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void clear(qbg__traits *traits) {
    qbg__blob_clear(&traits->texts);
    qbg__blob_clear(&traits->words);
    traits->subject_count = 0;
    traits->count = 0;
}

static qbg_status add_subject(qbg__traits *traits, qbg__subject subject) {
    qbg_status status =
        qbg__mem_reserve(&traits->mem, &traits->subjects, &traits->subject_capacity,
                         (uint64_t)traits->subject_count + 1, sizeof *traits->subjects);
    if (status == QBG_OK) traits->subjects[traits->subject_count++] = subject;
    return status;
}

static qbg__folded last_name(const qbg__traits *traits) {
    return traits->subjects[traits->subject_count - 1].name;
}

static qbg_status add_domain(qbg__traits *traits, const char *domain) {
    if (!is_companys(domain)) return QBG_OK;
    qbg__folded text = {traits->texts.size, strlen(domain)};
    qbg__blob_bytes(&traits->texts, domain, text.size);
    if (traits->texts.status != QBG_OK) return traits->texts.status;
    return add_trait(traits, QBG__TRAIT_DOMAIN, QBG_NONE, text);
}

/* Of the folded texts that which begins at `start`. */
static qbg__folded text_from(const qbg__traits *traits, size_t start) {
    return (qbg__folded){start, traits->texts.size - start};
}

static qbg_status add_company(qbg__traits *traits, qbg__subject subject, const char *name) {
    qbg__company company;
    size_t start = traits->texts.size;
    qbg__company_read(name, strlen(name), &company);
    qbg__company_put_key(&company, &traits->texts);
    subject.name = text_from(traits, start);
    subject.form = company.form;
    subject.scripts = company.scripts;
    start = traits->texts.size;
    qbg__company_put_sound(&company, &traits->texts);
    const qbg__folded sound = text_from(traits, start);
    qbg_status status = traits->texts.status;
    if (status == QBG_OK) status = add_subject(traits, subject);
    if (status == QBG_OK && subject.name.size > 0)
        status = add_trait(traits, QBG__TRAIT_NAME, QBG_NONE, subject.name);
    if (status == QBG_OK && sound.size > 0)
        status = add_trait(traits, QBG__TRAIT_SOUND, QBG_NONE, sound);
    return status;
}

static qbg_status add_account(qbg__traits *traits, const qbg_account *account) {
    const qbg__subject subject = {.key = account->key, .number = account->number};
    qbg_status status = add_company(traits, subject, qbg_account_name(account));
    for (uint32_t i = 0; i < qbg_account_domain_count(account) && status == QBG_OK; i++)
        status = add_domain(traits, qbg_account_domain(account, i));
    return status;
}

/* At each account where he ever worked: in books a date tells when somebody learned of it as often
 * as when it was so, and of two rows of one person one may be older than the other. */
static qbg_status add_full_name(qbg__traits *traits, const qbg_contact *contact) {
    qbg_status status = QBG_OK;
    for (uint32_t i = 0; i < contact->facts.count && status == QBG_OK; i++) {
        const qbg__fact *fact = &contact->facts.at[i];
        if (fact->field != QBG__FACT_ACCOUNT || fact->value == QBG__FACT_NOTHING) continue;
        const qbg_account *account =
            qbg__row_at(&contact->workspace->accounts, (uint32_t)fact->value);
        if (account)
            status = add_trait(traits, QBG__TRAIT_NAME, account->number, last_name(traits));
    }
    return status;
}

/* Somebody without an account has his name where his address and company lead; and if they lead to
 * none, at a company of that name. */
static qbg_status add_lead_name(qbg__traits *traits, const qbg_contact *contact) {
    const char *company = qbg_contact_company(contact);
    qbg__directory *directory = &traits->directory;
    qbg_status status = qbg__directory_look_up(directory, qbg_contact_email(contact), company);
    if (status != QBG_OK) return status;
    uint32_t place = qbg__directory_choose(directory);
    if (place != QBG_NONE)
        return add_trait(traits, QBG__TRAIT_NAME, directory->candidates[place].account,
                         last_name(traits));
    if (qbg__directory_key(directory, company) == 0) return directory->words.status;
    size_t start = traits->texts.size;
    const qbg__folded name = last_name(traits);
    char *copy = qbg__blob_extend(&traits->texts, name.size);
    if (!copy) return QBG_E_MEMORY;
    memcpy(copy, text_of(traits, name), name.size);
    qbg__blob_char(&traits->texts, '\n');
    qbg__blob_text(&traits->texts, qbg_blob_data(&directory->words));
    if (traits->texts.status != QBG_OK) return traits->texts.status;
    return add_trait(traits, QBG__TRAIT_NAME, QBG_NONE, text_from(traits, start));
}

static qbg_status add_email(qbg__traits *traits, const char *email) {
    qbg__folded address;
    qbg_status status = fold_address(traits, email, &address);
    if (status != QBG_OK || !is_personal(traits, address)) return status;
    return add_trait(traits, QBG__TRAIT_EMAIL, QBG_NONE, address);
}

/* A first name alone is shared by many of a company, so it takes two words. */
static qbg_status add_contact(qbg__traits *traits, const qbg_contact *contact) {
    reading name;
    qbg__subject subject = {.key = contact->key, .number = contact->number};
    qbg_status status = fold_name(traits, qbg_contact_name(contact), &name, &subject.name);
    if (status == QBG_OK) status = add_subject(traits, subject);
    if (status == QBG_OK) status = add_email(traits, qbg_contact_email(contact));
    if (status != QBG_OK || (name.words < 2 && !name.is_of_others)) return status;
    return qbg__contact_has_worked(contact) ? add_full_name(traits, contact)
                                            : add_lead_name(traits, contact);
}

qbg_status qbg__traits_of_accounts(qbg__traits *traits, const qbg_workspace *workspace) {
    qbg_status status = QBG_OK;
    clear(traits);
    for (uint32_t i = 0; i < qbg_account_count(workspace) && status == QBG_OK; i++) {
        const qbg_account *account = qbg_account_at(workspace, i);
        if (account) status = add_account(traits, account);
    }
    return status;
}

static int has_lead(const qbg_workspace *workspace) {
    for (uint32_t i = 0; i < qbg_contact_count(workspace); i++) {
        const qbg_contact *contact = qbg_contact_at(workspace, i);
        if (contact && !qbg__contact_has_worked(contact)) return 1;
    }
    return 0;
}

static qbg_status fill_directory(qbg__traits *traits, const qbg_workspace *workspace) {
    if (!traits->has_directory) qbg__directory_begin(&traits->directory, workspace);
    traits->has_directory = 1;
    return has_lead(workspace) ? qbg__directory_fill(&traits->directory) : QBG_OK;
}

qbg_status qbg__traits_of_contacts(qbg__traits *traits, const qbg_workspace *workspace) {
    clear(traits);
    qbg_status status = fill_directory(traits, workspace);
    for (uint32_t i = 0; i < qbg_contact_count(workspace) && status == QBG_OK; i++) {
        const qbg_contact *contact = qbg_contact_at(workspace, i);
        if (contact) status = add_contact(traits, contact);
    }
    return status;
}
