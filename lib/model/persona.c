/* persona: reads a job title in three steps. The title becomes plain words, folded, each with a
 * blank behind. At every word the longest entry of the lexicon that matches there is taken, phrases
 * before single words. What the entries say is then weighed: the strongest department wins, the
 * first of equals; the highest rank wins; "deputy" and "assistant" change it.
 *
 * The lexicon is sorted, so a word finds the entries that share its first two letters by halving, a
 * handful to be tried. Nothing is allocated, and nothing is built before the first question. */
#include "model/persona.h"

#include <string.h>

#include "base/text.h"

/* What the lexicon writes in its columns. UNSAID: the entry does not tell. */
enum {
    UNSAID = QBG_UNSET,
    EXECUTIVE = QBG_DEPARTMENT_EXECUTIVE,
    FINANCE = QBG_DEPARTMENT_FINANCE,
    IT = QBG_DEPARTMENT_IT,
    ENGINEERING = QBG_DEPARTMENT_ENGINEERING,
    OPERATIONS = QBG_DEPARTMENT_OPERATIONS,
    PROCUREMENT = QBG_DEPARTMENT_PROCUREMENT,
    LEGAL = QBG_DEPARTMENT_LEGAL,
    HR = QBG_DEPARTMENT_HR,
    MARKETING = QBG_DEPARTMENT_MARKETING,
    SALES = QBG_DEPARTMENT_SALES,
    PRODUCT = QBG_DEPARTMENT_PRODUCT,
    SECURITY = QBG_DEPARTMENT_SECURITY,
    OTHER = QBG_DEPARTMENT_OTHER,
    ASSISTANT = QBG_SENIORITY_ASSISTANT,
    SPECIALIST = QBG_SENIORITY_SPECIALIST,
    MANAGER = QBG_SENIORITY_MANAGER,
    DIRECTOR = QBG_SENIORITY_DIRECTOR,
    VP = QBG_SENIORITY_VP,
    C_LEVEL = QBG_SENIORITY_C_LEVEL,
    PROFESSION, /* a specialist unless another word tells a rank */
    AIDE,       /* somebody's assistant: what follows is whose */
    DEPUTY      /* one level below the rank that the title names */
};

typedef struct entry {
    const char *words;
    signed char department;
    signed char rank;
    signed char strength;
} entry;

#define WORD(words, department, rank, strength) {words, department, rank, strength},
static const entry lexicon[] = {
#include "model/persona.lexicon.inc"
};
#undef WORD

#define ENTRY_COUNT (sizeof lexicon / sizeof *lexicon)

#define HINT_ONLY   1 /* a department of this strength counts when nothing else is said */
#define FIELD       5 /* from here on a word names the department itself */
#define TITLE_BYTES 512

/* A title as words: folded, each followed by a blank. Brackets are words of their own, so that no
 * phrase reaches across them. */
typedef struct plain {
    char text[TITLE_BYTES + 8];
    size_t size;
} plain;

static void put(plain *words, uint32_t code) {
    words->size += qbg__text_put(code, words->text + words->size);
}

static void end_word(plain *words) {
    if (words->size > 0 && words->text[words->size - 1] != ' ') put(words, ' ');
}

static void put_bracket(plain *words, uint32_t code) {
    end_word(words);
    put(words, code);
    end_word(words);
}

static int is_mark(uint32_t code) { return code >= 0x300 && code <= 0x36F; }

/* Accents that stand alone are left out, but the one that makes an "й" of an "и". */
static void put_mark(plain *words, uint32_t code) {
    static const char short_i[] = "и";
    if (code != 0x306 || words->size < 2) return;
    if (memcmp(words->text + words->size - 2, short_i, 2) != 0) return;
    words->size -= 2;
    put(words, 0x439);
}

static void put_character(plain *words, uint32_t code) {
    if (is_mark(code))
        put_mark(words, code);
    else if (qbg__text_is_letter(code) || qbg__text_is_digit(code))
        put(words, qbg__text_fold(code));
    else if (code == '(' || code == ')')
        put_bracket(words, code);
    else
        end_word(words);
}

/* Where a very long title is cut, half a word might look like another one. */
static void drop_last_word(plain *words) {
    while (words->size > 0 && words->text[words->size - 1] != ' ') words->size--;
}

static void make_plain(const char *title, size_t size, plain *words) {
    const char *end = title + size;
    words->size = 0;
    while (title < end && words->size < TITLE_BYTES)
        put_character(words, qbg__text_next(&title, end));
    if (title < end) drop_last_word(words);
    end_word(words);
    words->text[words->size] = '\0';
}

/* Where the character at `at` ends, in valid UTF-8 that a NUL closes. */
static const char *end_of_character(const char *at) {
    do at++;
    while (((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

/* The first two letters as one number, in the order of the lexicon. A word of one letter has a
 * blank as its second, also where the text ends with it. */
static uint64_t first_letters(const char *text) {
    const char *at = text;
    uint32_t first = qbg__text_next(&at, end_of_character(at));
    uint32_t second = *at ? qbg__text_next(&at, end_of_character(at)) : ' ';
    return (uint64_t)first << 32 | second;
}

/* The first entry whose first two letters are not below these. */
static size_t lower_bound(uint64_t letters) {
    size_t low = 0, high = ENTRY_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (first_letters(lexicon[middle].words) < letters)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many bytes of the text an entry matches, with the blank behind; 0 when it does not. */
static size_t match(const char *words, const char *text) {
    const char *at = text;
    for (; *words; words++) {
        if (*words == '*')
            at += strcspn(at, " ");
        else if (*words != *at++)
            return 0;
    }
    return *at == ' ' ? (size_t)(at - text) + 1 : 0;
}

static size_t word_count(const char *words) {
    size_t count = 1;
    for (; *words; words++) count += *words == ' ';
    return count;
}

static size_t letter_count(const char *words) {
    size_t count = 0;
    for (; *words; words++) count += *words != '*';
    return count;
}

/* More words first, then more letters: the more an entry says, the surer it is. Of "job" and "job*"
 * the first wins, as it stands before the other. */
static int is_longer(const entry *candidate, const entry *than) {
    if (!than) return 1;
    size_t words = word_count(candidate->words);
    size_t than_words = word_count(than->words);
    if (words != than_words) return words > than_words;
    return letter_count(candidate->words) > letter_count(than->words);
}

/* The entry that matches where a word starts, and how much of the text it takes. */
static const entry *find_entry(const char *text, size_t *out_size) {
    const entry *best = NULL;
    uint64_t letters = first_letters(text);
    for (size_t i = lower_bound(letters); i < ENTRY_COUNT; i++) {
        if (first_letters(lexicon[i].words) != letters) break;
        size_t size = match(lexicon[i].words, text);
        if (size == 0 || !is_longer(&lexicon[i], best)) continue;
        best = &lexicon[i];
        *out_size = size;
    }
    return best;
}

/* What the entries of a title have said so far. */
typedef struct reading {
    int department;
    int strength;  /* of that department, 0 while there is none */
    int rival;     /* 1 when another department is as strong */
    int rank;      /* the highest that was named, or UNSAID */
    int is_worker; /* a profession was named */
    int is_junior; /* a rank of assistant was named */
    int is_aide;   /* somebody's assistant */
    int is_deputy;
} reading;

/* What stands in brackets explains the rest: it counts for less than any field outside. */
static int strength_aside(int strength) { return strength > FIELD ? strength - FIELD : HINT_ONLY; }

static void weigh_department(reading *read, const entry *found, int is_aside) {
    int strength = is_aside ? strength_aside(found->strength) : found->strength;
    if (found->department == UNSAID) return;
    /* Whose deputy or assistant somebody is says less than what for. */
    if (found->department == EXECUTIVE && (read->is_deputy || read->is_aide)) strength = HINT_ONLY;
    if (strength == read->strength && found->department != read->department) read->rival = 1;
    if (strength <= read->strength) return;
    read->department = found->department;
    read->strength = strength;
    read->rival = 0;
}

static void weigh_rank(reading *read, const entry *found) {
    switch (found->rank) {
    case UNSAID: break;
    case PROFESSION: read->is_worker = 1; break;
    case AIDE: read->is_aide = 1; break;
    case DEPUTY: read->is_deputy = 1; break;
    case ASSISTANT: read->is_junior = 1; break;
    default:
        if (found->rank > read->rank) read->rank = found->rank;
    }
}

static void read_words(const plain *words, reading *read) {
    const char *at = words->text;
    int is_aside = 0;
    while (*at) {
        size_t size = strcspn(at, " ") + 1;
        const entry *found = NULL;
        if (*at == '(' || *at == ')')
            is_aside = *at == '(';
        else
            found = find_entry(at, &size);
        if (found) {
            weigh_rank(read, found);
            weigh_department(read, found, is_aside);
        }
        at += size;
    }
}

static int seniority_of(const reading *read) {
    if (read->is_aide || read->is_junior) return ASSISTANT;
    if (read->rank != UNSAID) {
        int rank = read->is_deputy ? read->rank - 1 : read->rank;
        return rank < SPECIALIST ? SPECIALIST : rank;
    }
    return read->is_worker || read->department != UNSAID ? SPECIALIST : UNSAID;
}

/* Who assists a boss works for the boss, not in the boss's field. */
static int department_of(const reading *read) {
    if (!read->is_aide) return read->department;
    if (read->rank >= DIRECTOR || read->strength <= HINT_ONLY) return OTHER;
    return read->department;
}

static int is_rank_named(const reading *read) {
    return read->rank != UNSAID || read->is_aide || read->is_junior;
}

/* Half of an answer, or two that contradict each other, are below one half. Nothing is computed, as
 * contacts keep what their title says, however the thread rounds that tells it. */
static double confidence_of(const reading *read, int department, int seniority) {
    static const double by_doubts[] = {0.9, 0.7, 0.5};
    if (department == UNSAID) return seniority == UNSAID ? 0.0 : 0.4;
    if (read->rival && department == read->department) return 0.45;
    int doubts = !is_rank_named(read);
    if (read->strength < FIELD && !read->is_aide) doubts++;
    return by_doubts[doubts];
}

void qbg__persona_read(const char *title, size_t size, qbg__persona *out) {
    plain words;
    reading read = {.department = UNSAID, .rank = UNSAID};
    make_plain(title, size, &words);
    read_words(&words, &read);
    out->department = department_of(&read);
    out->seniority = seniority_of(&read);
    out->confidence = confidence_of(&read, out->department, out->seniority);
}

int32_t qbg__persona_entry_at(const char *title, size_t size) {
    plain words;
    size_t matched;
    make_plain(title, size, &words);
    const entry *found = words.size > 0 ? find_entry(words.text, &matched) : NULL;
    return found ? (int32_t)(found - lexicon) : -1;
}

qbg_status qbg_persona_read(const char *title, int32_t *out_department, int32_t *out_seniority,
                            double *out_confidence) {
    qbg__persona persona;
    if (!title) return QBG_E_ARGUMENT;
    size_t size = strlen(title);
    if (!qbg__text_is_utf8(title, size)) return QBG_E_TEXT;
    qbg__persona_read(title, size, &persona);
    if (out_department) *out_department = persona.department;
    if (out_seniority) *out_seniority = persona.seniority;
    if (out_confidence) *out_confidence = persona.confidence;
    return QBG_OK;
}
