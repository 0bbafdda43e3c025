/* persona: reads a job title in two steps. At every word the longest entry of the lexicon that
 * matches there is taken. What the entries say is then weighed: the strongest department wins, the
 * first of equals; the highest rank wins; "deputy" and "assistant" change it. What stands in
 * brackets, or after "at" or "для", says less.
 *
 * When that does not tell, the words that nobody knows are mended, and the title is read again. */
#include "model/persona.h"

#include <string.h>

#include "model/title.h"

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
    DEPUTY,     /* one level below the rank that the title names */
    BOSS,       /* of the firm: C_LEVEL; of a field: DIRECTOR */
    WHERE       /* what follows, up to a comma, is where or for whom */
};

typedef struct entry {
    signed char department;
    signed char rank;
    signed char strength;
} entry;

#define WORD(words, department, rank, strength) {department, rank, strength},
static const entry lexicon[] = {
#include "model/persona.lexicon.inc"
};
#undef WORD

#define HINT_ONLY 1 /* a department of this strength counts when nothing else is said */
#define FIELD     5 /* from here on a word names the department itself */

/* Some words of the title, from first to last. */
typedef struct span {
    uint32_t first, last;
    int is_said;
} span;

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
    int is_lowered; /* a rank was named after "deputy" */
    int is_past;    /* what follows belongs to another title */
    int aside_rank; /* the highest in brackets, or UNSAID */
    uint32_t part;  /* how many commas and the like were passed */
    uint32_t rank_part;
    uint32_t deputy_part;
    uint32_t worker_part;
    int is_mended;
    int is_boss; /* the rank is that of a boss: C_LEVEL only without a field */
    span department_words, rank_words, aside_words, worker_words, junior_words, deputy_words,
        aside_junior_words;
} reading;

/* What an entry says, and where. */
typedef struct saying {
    const entry *found;
    span words;
    int is_aside; /* in brackets */
    int is_where; /* where or for whom */
} saying;

/* What stands in brackets explains the rest: it counts for less than any field outside. */
static int strength_aside(int strength) { return strength > FIELD ? strength - FIELD : HINT_ONLY; }

static void weigh_department(reading *read, const saying *said) {
    int department = said->found->department;
    int strength = said->found->strength;
    if (department == UNSAID || read->is_past) return;
    if (said->is_aside || said->is_where) strength = strength_aside(strength);
    /* Whose deputy or assistant somebody is says less than what for. */
    if (department == EXECUTIVE && (read->is_deputy || read->is_aide)) strength = HINT_ONLY;
    if (strength == read->strength && department != read->department) read->rival = 1;
    if (strength <= read->strength) return;
    read->department = department;
    read->strength = strength;
    read->department_words = said->words;
    read->rival = 0;
}

/* A title before this one, with a rank or profession of its own, is whose the person is. */
static int is_other_title(const reading *read) {
    if (read->rank != UNSAID) return read->part > read->rank_part;
    return read->is_worker && read->part > read->worker_part;
}

static void become_aide(reading *read, const saying *said) {
    if (is_other_title(read))
        read->is_past = 1;
    else
        read->is_aide = 1;
    if (read->is_aide && !read->junior_words.is_said) read->junior_words = said->words;
}

static void become_junior(reading *read, const saying *said) {
    read->is_junior = 1;
    if (!read->junior_words.is_said) read->junior_words = said->words;
}

static void become_deputy(reading *read, const saying *said) {
    read->is_deputy = 1;
    read->deputy_part = read->part;
    read->deputy_words = said->words;
}

/* A rank after "deputy" is the one of the person whose deputy this is. */
static void take_rank(reading *read, const saying *said) {
    int rank = said->found->rank == BOSS ? C_LEVEL : said->found->rank;
    int is_whose = read->is_deputy && (!read->is_lowered || read->part == read->deputy_part);
    if (is_whose) {
        rank = rank > SPECIALIST ? rank - 1 : rank;
        read->is_lowered = 1;
    }
    if (rank <= read->rank && !(read->is_boss && rank == read->rank)) return;
    read->rank = rank;
    read->is_boss = said->found->rank == BOSS;
    read->rank_part = read->part;
    read->rank_words = said->words;
}

/* Ranks in brackets count when there are none outside; where somebody works is no rank at all. */
static void weigh_rank_aside(reading *read, const saying *said) {
    int rank = said->found->rank == BOSS ? C_LEVEL : said->found->rank;
    if (said->is_where) return;
    if ((rank == ASSISTANT || rank == AIDE) && !read->aside_junior_words.is_said)
        read->aside_junior_words = said->words;
    if (rank < SPECIALIST || rank > C_LEVEL || rank <= read->aside_rank) return;
    read->aside_rank = rank;
    read->aside_words = said->words;
}

static void weigh_rank(reading *read, const saying *said) {
    if (read->is_past) return;
    if (said->is_aside || said->is_where) {
        weigh_rank_aside(read, said);
        return;
    }
    switch (said->found->rank) {
    case UNSAID:
    case WHERE: break;
    case PROFESSION:
        if (read->is_worker) break;
        read->is_worker = 1;
        read->worker_part = read->part;
        read->worker_words = said->words;
        break;
    case AIDE: become_aide(read, said); break;
    case DEPUTY: become_deputy(read, said); break;
    case ASSISTANT: become_junior(read, said); break;
    default: take_rank(read, said);
    }
}

static int is_field(int department) {
    return department != UNSAID && department != EXECUTIVE && department != OTHER;
}

/* What was only said in brackets, and a deputy whose rank stands before the word. */
static void conclude(reading *read) {
    if (read->rank == UNSAID && read->aside_rank != UNSAID && !read->is_aide) {
        read->rank = read->aside_rank;
        read->rank_words = read->aside_words;
    }
    if (read->rank < MANAGER && read->aside_junior_words.is_said) {
        read->is_junior = 1;
        if (!read->junior_words.is_said) read->junior_words = read->aside_junior_words;
    }
    if (read->is_deputy && !read->is_lowered && read->rank > SPECIALIST) read->rank--;
    if (read->is_boss && read->rank > DIRECTOR && is_field(read->department)) read->rank = DIRECTOR;
}

static void read_words(const qbg__title *title, reading *read) {
    int is_where = 0;
    *read = (reading){.department = UNSAID, .rank = UNSAID, .aside_rank = UNSAID};
    for (uint32_t at = 0, count; at < title->word_count; at += count) {
        const qbg__title_word *word = &title->words[at];
        int32_t number = qbg__title_entry(title, at, &count);
        if (number < 0) count = 1;
        if (word->is_apart) {
            read->part++;
            is_where = 0;
        }
        if (number < 0) continue;
        saying said = {&lexicon[number], {at, at + count - 1, 1}, word->is_aside, is_where};
        weigh_rank(read, &said);
        weigh_department(read, &said);
        if (said.found->rank == WHERE) is_where = 1;
    }
    conclude(read);
}

static int is_rank_named(const reading *read) {
    return read->rank != UNSAID || read->is_aide || read->is_junior;
}

/* Does a title leave open what its unknown words may tell? "Engineer" alone does. */
static int is_open(const reading *read) {
    if (read->strength <= FIELD + 1) return 1;
    return !is_rank_named(read) && !read->is_worker;
}

static void read_title(qbg__title *title, reading *read) {
    read_words(title, read);
    if (title->unknown_count == 0 || !is_open(read)) return;
    if (qbg__title_mend(title) == 0) return;
    read_words(title, read);
    read->is_mended = 1;
}

static int seniority_of(const reading *read) {
    if (read->is_aide || read->is_junior) return ASSISTANT;
    if (read->rank != UNSAID) return read->rank;
    return read->is_worker || read->department != UNSAID ? SPECIALIST : UNSAID;
}

/* Who assists a boss works for the boss, not in the boss's field. */
static int is_aide_of_boss(const reading *read) {
    return read->is_aide && (read->rank >= DIRECTOR || read->strength <= HINT_ONLY);
}

static int department_of(const reading *read) {
    return is_aide_of_boss(read) ? OTHER : read->department;
}

/* Half of an answer, or two that contradict each other, are below one half. Nothing is computed, as
 * contacts keep what their title says, however the thread rounds that tells it. */
static double confidence_of(const reading *read, int department, int seniority) {
    static const double by_doubts[] = {0.9, 0.7, 0.5, 0.5};
    if (department == UNSAID) return seniority == UNSAID ? 0.0 : 0.4;
    if (read->rival && !is_aide_of_boss(read)) return 0.45;
    int doubts = !is_rank_named(read);
    if (read->strength < FIELD && !read->is_aide) doubts++;
    if (read->is_mended) doubts++;
    return by_doubts[doubts];
}

static void tell(const reading *read, qbg__persona *out) {
    out->department = department_of(read);
    out->seniority = seniority_of(read);
    out->confidence = confidence_of(read, out->department, out->seniority);
}

void qbg__persona_read(const char *text, size_t size, qbg__persona *out) {
    qbg__title title;
    reading read;
    qbg__title_split(text, size, &title);
    read_title(&title, &read);
    tell(&read, out);
}

int32_t qbg__persona_entry_at(const char *text, size_t size) {
    qbg__title title;
    uint32_t count;
    qbg__title_split(text, size, &title);
    return title.word_count > 0 ? qbg__title_entry(&title, 0, &count) : -1;
}

qbg_status qbg_persona_read(const char *text, int32_t *out_department, int32_t *out_seniority,
                            double *out_confidence) {
    qbg__title title;
    qbg__persona persona;
    reading read;
    if (!text) return QBG_E_ARGUMENT;
    if (!qbg__title_split(text, strlen(text), &title)) return QBG_E_TEXT;
    read_title(&title, &read);
    tell(&read, &persona);
    if (out_department) *out_department = persona.department;
    if (out_seniority) *out_seniority = persona.seniority;
    if (out_confidence) *out_confidence = persona.confidence;
    return QBG_OK;
}

/* ---- Evidence ---- */

/* The words that decided, in the order of the title; each once. */
typedef struct evidence {
    span spans[QBG_PERSONA_EVIDENCE];
    uint32_t count;
} evidence;

static void add_span(evidence *all, const span *words) {
    uint32_t at = 0;
    if (!words->is_said) return;
    while (at < all->count && all->spans[at].first < words->first) at++;
    if (at < all->count && all->spans[at].first == words->first) return;
    for (uint32_t i = all->count++; i > at; i--) all->spans[i] = all->spans[i - 1];
    all->spans[at] = *words;
}

static void add_rank(const reading *read, evidence *all) {
    if (read->is_aide || read->is_junior) {
        add_span(all, &read->junior_words);
        if (is_aide_of_boss(read)) add_span(all, &read->rank_words);
        return;
    }
    if (read->is_deputy && read->rank != UNSAID) add_span(all, &read->deputy_words);
    add_span(all, read->rank != UNSAID ? &read->rank_words : &read->worker_words);
}

static void gather(const reading *read, evidence *all) {
    all->count = 0;
    if (!is_aide_of_boss(read)) add_span(all, &read->department_words);
    add_rank(read, all);
}

qbg_status qbg_persona_evidence(const char *text, uint32_t capacity, uint32_t *out_starts,
                                uint32_t *out_sizes, uint32_t *out_count) {
    qbg__title title;
    reading read;
    evidence all;
    if (!text || !out_count || (capacity > 0 && (!out_starts || !out_sizes))) return QBG_E_ARGUMENT;
    if (!qbg__title_split(text, strlen(text), &title)) return QBG_E_TEXT;
    read_title(&title, &read);
    gather(&read, &all);
    for (uint32_t i = 0; i < all.count && i < capacity; i++) {
        uint32_t start = title.words[all.spans[i].first].start;
        out_starts[i] = start;
        out_sizes[i] = title.words[all.spans[i].last].end - start;
    }
    *out_count = all.count;
    return QBG_OK;
}
