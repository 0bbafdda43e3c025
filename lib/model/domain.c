/* domain: hosts cut into labels, and the longest public suffix that fits; see domain.h. Mozilla's
 * list has 10,000 suffixes and another licence; ours is short. Where it does not know a suffix, two
 * strangers below it look like sub-domains of one registrant. So that this stays rare, the second
 * levels that countries like to have ("co", "com", "gov") are suffixes in all of them: if they are
 * none, a company's sub-domains look like strangers, which only costs a match. */
#include "model/domain.h"

#include "base/blob.h"
#include "base/text.h"

#include <string.h>

#define SUFFIX(name, labels) {name, labels},
static const struct {
    const char *name, *labels;
} suffixes[] = {
#include "model/domain.suffix.inc"
};
#undef SUFFIX

#define BRAND(label) label,
#define FREE(domain)
static const char *const brands[] = {
#include "model/domain.free.inc"
};
#undef BRAND
#undef FREE
#define BRAND(label)
#define FREE(domain) domain,
static const char *const free_mail[] = {
#include "model/domain.free.inc"
};
#undef BRAND
#undef FREE

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

typedef qbg__domain label;

static int compare(const char *entry, label text) {
    int order = strncmp(entry, text.at, text.size);
    return order != 0 ? order : entry[text.size] != '\0';
}

static int is_text(label text, const char *entry) { return compare(entry, text) == 0; }

static int is_sorted_in(const char *const *list, size_t count, label text) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = compare(list[middle], text);
        if (order == 0) return 1;
        if (order < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return 0;
}

/* ---- Hosts ----------------------------------------------------------------------------------- */

static const char *find_last(const char *text, size_t size, char wanted) {
    for (size_t i = size; i > 0; i--)
        if (text[i - 1] == wanted) return text + i - 1;
    return NULL;
}

/* "Ann <ann@acme.com>": what is between the brackets. */
static void open_brackets(const char **text, size_t *size) {
    const char *open = find_last(*text, *size, '<');
    if (!open || *size == 0 || (*text)[*size - 1] != '>') return;
    *size = (size_t)(*text + *size - 1 - (open + 1));
    *text = open + 1;
}

/* "https://", "mailto:". */
static void skip_scheme(const char **text, size_t *size) {
    static const char mailto[] = "mailto:";
    const size_t length = sizeof mailto - 1;
    for (size_t i = 0; i + 2 < *size; i++) {
        if (memcmp(*text + i, "://", 3) != 0) continue;
        *text += i + 3;
        *size -= i + 3;
        return;
    }
    if (*size < length || !qbg__text_same(*text, length, mailto, length)) return;
    *text += length;
    *size -= length;
}

static size_t size_before(const char *text, size_t size, const char *ends) {
    for (size_t i = 0; i < size; i++)
        if (text[i] != '\0' && strchr(ends, text[i])) return i;
    return size;
}

/* Of several addresses nobody knows which one is meant. */
const char *qbg__domain_host(const char *text, size_t size, size_t *out_size) {
    qbg__text_trim(&text, &size);
    open_brackets(&text, &size);
    skip_scheme(&text, &size);
    size = size_before(text, size, "/?#");
    const char *at = find_last(text, size, '@');
    if (at) {
        size_t local = (size_t)(at - text);
        if (local == 0 || (*text != '"' && size_before(text, local, " ,;\t") < local)) return NULL;
        size -= (size_t)(at + 1 - text);
        text = at + 1;
    }
    size = size_before(text, size, ":");
    if (size > 0 && text[size - 1] == '.') size--; /* the root */
    *out_size = size;
    return size > 0 ? text : NULL;
}

/* ---- Suffixes -------------------------------------------------------------------------------- */

#define LABELS 5 /* as many as are looked at, from the end */

/* The last labels of a host, the last one first; how many there are. */
static size_t split(const char *host, size_t size, label *out) {
    size_t count = 0;
    const char *end = host + size;
    for (const char *at = end; count < LABELS; at--) {
        if (at > host && at[-1] != '.') continue;
        out[count++] = (label){at, (size_t)(end - at)};
        if (at == host) break;
        end = at - 1;
    }
    return count;
}

static int is_host_character(unsigned char byte) {
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.';
}

/* Labels are not empty, and of an IP address the last one is a number. */
static int is_host(const char *host, size_t size) {
    const size_t most = 1000; /* in UTF-8; names in other scripts are longer than their 253 bytes */
    int has_letter = 0;
    if (size > most || host[0] == '.' || host[size - 1] == '.') return 0;
    for (size_t i = 0; i < size; i++) {
        if (!is_host_character((unsigned char)host[i])) return 0;
        if (host[i] == '.' && host[i + 1] == '.') return 0;
        has_letter = host[i] == '.' ? 0 : has_letter | !(host[i] >= '0' && host[i] <= '9');
    }
    return has_letter;
}

static const char *second_levels(label top) {
    size_t low = 0, high = COUNT(suffixes);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(suffixes[middle].name, top);
        if (order == 0) return suffixes[middle].labels;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return "";
}

static int has_label(const char *list, label wanted) {
    while (*list) {
        size_t size = strcspn(list, " ");
        if (size == wanted.size && memcmp(list, wanted.at, size) == 0) return 1;
        list += size + (list[size] == ' ');
    }
    return 0;
}

/* What countries like to have on the second level. */
static int is_usual(label second) { return has_label("ac co com edu gov mil net org", second); }

/* Below the largest cities of Japan, and the schools of the United States. */
static int has_third_level(label top, label second, label third) {
    if (is_text(top, "us")) return is_text(third, "k12") && second.size == 2;
    return is_text(top, "jp") && !is_text(third, "city") &&
           has_label("kawasaki kitakyushu kobe nagoya sapporo sendai yokohama", second);
}

/* How many labels are a public suffix. */
static size_t suffix_labels(const label *labels, size_t count) {
    if (count < 2) return 1;
    const char *list = second_levels(labels[0]);
    if (strcmp(list, "*") == 0) return is_text(labels[1], "www") ? 1 : 2;
    if (!has_label(list, labels[1]) && (labels[0].size != 2 || !is_usual(labels[1]))) return 1;
    return count > 2 && has_third_level(labels[0], labels[1], labels[2]) ? 3 : 2;
}

qbg__domain qbg__domain_registered(const char *host, size_t size) {
    label labels[LABELS];
    const qbg__domain none = {NULL, 0};
    if (size == 0 || !is_host(host, size)) return none;
    size_t count = split(host, size, labels);
    size_t suffix = suffix_labels(labels, count);
    if (count <= suffix) return none;
    return (qbg__domain){labels[suffix].at, (size_t)(host + size - labels[suffix].at)};
}

/* ---- Free mail ------------------------------------------------------------------------------- */

int qbg__domain_is_free(const char *host, size_t size) {
    const label whole = {host, size};
    qbg__domain domain = qbg__domain_registered(host, size);
    if (!domain.at) return 0;
    const char *stop = memchr(domain.at, '.', domain.size);
    label first = {domain.at, stop ? (size_t)(stop - domain.at) : domain.size};
    return is_sorted_in(brands, COUNT(brands), first) ||
           is_sorted_in(free_mail, COUNT(free_mail), domain) ||
           is_sorted_in(free_mail, COUNT(free_mail), whole);
}

/* ---- Public ---------------------------------------------------------------------------------- */

/* In small letters; ё stays, for it is another name than е. */
void qbg__domain_put(const char *host, size_t size, qbg_blob *out) {
    const uint32_t capital_yo = 0x401, small_yo = 0x451;
    for (const char *end = host + size; host < end;) {
        char bytes[4];
        uint32_t code = qbg__text_next(&host, end);
        int is_yo = code == capital_yo || code == small_yo;
        qbg__blob_bytes(out, bytes, qbg__text_put(is_yo ? small_yo : qbg__text_fold(code), bytes));
    }
}

/* Leaves the registered part of a text in a blob. */
static qbg_status read_domain(const char *text, qbg_blob *blob, int *out_is_free) {
    size_t size;
    const char *host = qbg__domain_host(text, strlen(text), &size);
    if (!host) return QBG_E_FORMAT;
    qbg__domain_put(host, size, blob);
    if (blob->status != QBG_OK) return blob->status;
    qbg__domain domain = qbg__domain_registered(blob->bytes, blob->size);
    if (!domain.at) return QBG_E_FORMAT;
    *out_is_free = qbg__domain_is_free(blob->bytes, blob->size);
    memmove(blob->bytes, domain.at, domain.size);
    qbg__blob_cut(blob, domain.size);
    return QBG_OK;
}

qbg_status qbg_domain_read(const qbg_allocator *allocator, const char *text, qbg_blob **out_domain,
                           int32_t *out_is_free) {
    qbg__mem mem;
    int is_free = 0;
    if (!text) return QBG_E_ARGUMENT;
    if (!qbg__text_is_utf8(text, strlen(text))) return QBG_E_TEXT;
    qbg_status status = qbg__mem_init(&mem, allocator);
    if (status != QBG_OK) return status;
    qbg_blob *blob = qbg__blob_new(&mem);
    if (!blob) return QBG_E_MEMORY;
    status = read_domain(text, blob, &is_free);
    if (status == QBG_OK && out_is_free) *out_is_free = is_free;
    if (status == QBG_OK && out_domain)
        *out_domain = blob;
    else
        qbg_blob_free(blob);
    return status;
}
