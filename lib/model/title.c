/* title: splits a job title into words and finds them in the lexicon.
 *
 * Letters are read as symbols that leave out what makes no difference: case, accents, "ё" and "й",
 * soft signs. While a word is read, its symbols lead down a trie, so that a word is known, or known
 * to be unknown, when it ends. The trie and all else of the lexicon is a table made beforehand (see
 * persona.lexicon.inc); nothing is built before the first question.
 *
 * Words that stay unknown may be mended later, which takes much longer than reading, and is only
 * worth it when the title does not tell without them. */
#include "model/title.h"

#include <string.h>

#include "base/text.h"

/* A place of the trie. A child for a symbol stands at base + symbol, if that place has the symbol.
 */
typedef struct node {
    uint16_t base;
    uint16_t mark;         /* what ends here; 0 for nothing */
    unsigned char letter;  /* the symbol that leads here */
    unsigned char child;   /* the symbol of its first child, 0 for none */
    unsigned char sibling; /* the symbol of its parent's next child, 0 for none */
    unsigned char is_stem; /* a stem ends here */
} node;

/* Words that end at a place of the trie, 0 for none. */
typedef struct mark {
    uint16_t exact; /* only this word */
    uint16_t stem;  /* any word that begins so */
} mark;

typedef struct lemma {
    uint16_t wider; /* the longest stem that stands for this word, too; 0 for none */
    uint16_t place; /* where the entries go on that start with it, 0 for none */
    unsigned char size;
    unsigned char tells; /* it, or a wider one, is an entry of its own */
} lemma;

/* Where one is after some words of an entry. */
typedef struct place {
    uint16_t entry; /* 1 + the entry that ends here, 0 for none */
    uint16_t first; /* step that leads on */
    uint16_t count; /* of steps */
} place;

typedef struct step {
    uint16_t word;
    uint16_t place;
} step;

/* How Russian letters are written in Latin ones: of those that start with a letter the longest
 * first, and last the letter alone. */
typedef struct rewriting {
    unsigned char size;
    unsigned char latin[4];
    unsigned char cyrillic[2];
} rewriting;

#include "model/persona.index.inc"

/* What a character is if no symbol: as in lexicon.py. */
enum {
    BLANK = 0,
    LAST_LATIN = 26,
    LAST_CYRILLIC = 53,
    OTHER = 64, /* the last that is a letter */
    NOTHING,
    OPENS,
    CLOSES,
    PARTS
};

#define LOST        0u /* the place of the trie below which there is nothing */
#define ROOT        1u
#define MEND_LEAST  6u /* letters of a word, or a stem, in which one may be wrong */
#define SPELL_LEAST 4u /* letters of a Latin word that may be Russian */

/* ---- Reading ---- */

typedef struct reader {
    const char *title;
    const char *end;
    const char *next;
    int is_checked; /* the whole title is known to be UTF-8 */
    int is_broken;  /* it is not */
} reader;

/* Marks and signs that belong to a word but say nothing: accents that stand alone, soft hyphens,
 * joiners, apostrophes. */
static int is_silent(uint32_t code) {
    return (code >= 0x300 && code <= 0x36F) || code == 0xAD || (code >= 0x200B && code <= 0x200D) ||
           code == 0x2060 || code == 0xFEFF || code == 0x2019 || code == 0x2BC;
}

/* Of any character but ASCII and the Cyrillic ones. The first makes sure that the title is UTF-8;
 * the others need no proof. Leaves in `next` where the next character is. */
static uint32_t rare_symbol(reader *in, const char *at) {
    if (!in->is_checked) {
        in->is_broken = !qbg__text_is_utf8(at, (size_t)(in->end - at));
        in->is_checked = 1;
    }
    in->next = in->end;
    if (in->is_broken) return BLANK;
    uint32_t code = qbg__text_next(&at, in->end);
    in->next = at;
    if (code >= 0xC0 && code < 0xC0 + sizeof latin_symbols) return latin_symbols[code - 0xC0];
    if (is_silent(code)) return NOTHING;
    return qbg__text_is_letter(code) ? OTHER : BLANK;
}

/* The symbol of the character at *at, which moves behind it. `last` is the title's last byte. The
 * two bytes of a Cyrillic letter are D080..D0BF or D180..D1BF. */
static inline uint32_t next_symbol(reader *in, const char *last, const char **at) {
    const char *here = *at;
    uint32_t first = (unsigned char)here[0];
    if (first < 0x80) {
        *at = here + 1;
        return ascii_symbols[first];
    }
    if (here < last) {
        uint32_t pair = (first << 8 | (unsigned char)here[1]) - 0xD080u;
        if ((pair & ~0x13Fu) == 0) {
            *at = here + 2;
            return cyrillic_symbols[pair];
        }
    }
    uint32_t symbol = rare_symbol(in, here);
    *at = in->next;
    return symbol;
}

/* ---- Words ---- */

/* A way down the trie. */
typedef struct descent {
    uint32_t at;   /* LOST when no word of the lexicon begins so */
    uint32_t stem; /* mark of the longest stem so far that stands for the word, 0 for none */
} descent;

static inline uint32_t child_of(uint32_t at, uint32_t symbol) {
    uint32_t child = nodes[at].base + symbol;
    return nodes[child].letter == symbol ? child : LOST;
}

static inline void descend(descent *way, uint32_t symbol) {
    way->at = child_of(way->at, symbol);
    if (nodes[way->at].is_stem) way->stem = nodes[way->at].mark;
}

/* The word at the end of the way: itself, or else the longest stem. */
static inline uint32_t arrival(descent way) {
    uint32_t exact = marks[nodes[way.at].mark].exact;
    return exact != 0 ? exact : marks[way.stem].stem;
}

/* What a sign between words means for those after it. */
typedef struct signs {
    uint32_t depth; /* of brackets */
    int is_apart;
} signs;

static void pass_sign(signs *passed, uint32_t sign) {
    if (sign == OPENS)
        passed->depth++;
    else if (sign == CLOSES && passed->depth > 0)
        passed->depth--;
    else if (sign == PARTS)
        passed->is_apart = 1;
}

static void put_word(qbg__title *out, qbg__title_word word, signs *passed) {
    word.is_aside = passed->depth > 0;
    word.is_apart = (unsigned char)passed->is_apart;
    passed->is_apart = 0;
    out->unknown_count += !vocabulary[word.number].tells;
    out->words[out->word_count++] = word;
}

static inline int is_in_word(uint32_t symbol) { return symbol - 1 < NOTHING; }

/* The title up to `limit`, which may end amid a character; returns where it came to. Where a very
 * long title is cut, the last word is left out: half a word might look like another one. */
static const char *split(reader *in, const char *limit, qbg__title *out) {
    const char *const title = in->title;
    const char *const last = in->end - (in->end > title);
    unsigned char *letter = out->letters;
    signs passed = {0, 0};
    const char *at = title;
    while (at < limit) {
        const char *start = at;
        uint32_t symbol = next_symbol(in, last, &at);
        if (symbol - 1 >= OTHER) { /* no letter */
            if (symbol > NOTHING) pass_sign(&passed, symbol);
            continue;
        }
        const unsigned char *first = letter;
        const char *end;
        descent way = {ROOT, 0};
        do {
            if (symbol != NOTHING) {
                *letter++ = (unsigned char)symbol;
                descend(&way, symbol);
            }
            end = at;
            symbol = at < limit ? next_symbol(in, last, &at) : BLANK;
        } while (is_in_word(symbol));
        if (end >= limit && limit <= last) break;
        put_word(out,
                 (qbg__title_word){.number = (uint16_t)arrival(way),
                                   .start = (uint16_t)(start - title),
                                   .end = (uint16_t)(end - title),
                                   .letters = (uint16_t)(first - out->letters),
                                   .letter_count = (uint16_t)(letter - first)},
                 &passed);
        if (symbol > NOTHING) pass_sign(&passed, symbol);
    }
    return at;
}

int qbg__title_split(const char *title, size_t size, qbg__title *out) {
    reader in = {.title = title, .end = title + size};
    out->word_count = out->unknown_count = 0;
    const char *limit = size > QBG__TITLE_BYTES ? title + QBG__TITLE_BYTES : in.end;
    const char *at = split(&in, limit, out);
    if (!in.is_checked && at < in.end) in.is_broken = !qbg__text_is_utf8(at, (size_t)(in.end - at));
    return !in.is_broken;
}

/* ---- Entries ---- */

typedef struct search {
    const qbg__title *title;
    int32_t entry;
    uint32_t words;
} search;

static uint32_t step_from(const place *from, uint32_t word) {
    uint32_t low = from->first, high = low + from->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (steps[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low < (uint32_t)from->first + from->count && steps[low].word == word ? steps[low].place
                                                                                : 0;
}

/* Phrases do not reach across brackets. The more letters of a word an entry has, the earlier it is
 * tried, and the first of equally many words stays. As deep as the longest phrase has words. */
static void search_on(search *for_most, uint32_t at, uint32_t words, const place *from) {
    if (from->entry != 0 && words > for_most->words) {
        for_most->entry = from->entry - 1;
        for_most->words = words;
    }
    const qbg__title *title = for_most->title;
    if (from->count == 0 || at >= title->word_count) return;
    if (title->words[at].is_aside != title->words[at - 1].is_aside) return;
    for (uint32_t number = title->words[at].number; number != 0;
         number = vocabulary[number].wider) {
        uint32_t next = step_from(from, number);
        if (next != 0) search_on(for_most, at + 1, words + 1, &places[next]);
    }
}

int32_t qbg__title_entry(const qbg__title *title, uint32_t at, uint32_t *out_words) {
    search for_most = {.title = title, .entry = -1};
    uint32_t number = title->words[at].number;
    for (; number != 0; number = vocabulary[number].wider)
        if (vocabulary[number].place != 0)
            search_on(&for_most, at + 1, 1, &places[vocabulary[number].place]);
    *out_words = for_most.words;
    return for_most.entry;
}

/* ---- Mending ---- */

typedef struct spelling {
    unsigned char letters[QBG__TITLE_BYTES];
    uint32_t count;
} spelling;

static uint32_t lookup(const spelling *text) {
    descent way = {ROOT, 0};
    for (uint32_t i = 0; i < text->count && way.at != LOST; i++) descend(&way, text->letters[i]);
    return arrival(way);
}

/* Latin letters that look like Cyrillic ones, in the order of both. */
static const char look_latin[] = "aeopcyxkmthb";
static const char *const look_cyrillic = "аеорсухкмтнв";

static uint32_t cyrillic_symbol(const char *letter) {
    return cyrillic_symbols[((uint32_t)(unsigned char)letter[0] << 8 | (unsigned char)letter[1]) -
                            0xD080u];
}

static int is_latin(uint32_t symbol) { return symbol >= 1 && symbol <= LAST_LATIN; }
static int is_cyrillic(uint32_t symbol) { return symbol > LAST_LATIN && symbol <= LAST_CYRILLIC; }

/* The same letter in the other script, 0 for none. */
static uint32_t look_alike(uint32_t symbol) {
    for (size_t i = 0; i < sizeof look_latin - 1; i++) {
        uint32_t latin = ascii_symbols[(unsigned char)look_latin[i]];
        uint32_t cyrillic = cyrillic_symbol(look_cyrillic + 2 * i);
        if (symbol == latin) return cyrillic;
        if (symbol == cyrillic) return latin;
    }
    return 0;
}

/* The word all in one script, if all letters of the other have a look-alike. */
static int take_script(const unsigned char *letters, uint32_t count, int (*is_other)(uint32_t),
                       spelling *out) {
    out->count = count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t symbol = is_other(letters[i]) ? look_alike(letters[i]) : letters[i];
        if (symbol == 0) return 0;
        out->letters[i] = (unsigned char)symbol;
    }
    return 1;
}

static int is_mixed(const unsigned char *letters, uint32_t count) {
    int latin = 0, cyrillic = 0;
    for (uint32_t i = 0; i < count; i++) {
        latin |= is_latin(letters[i]);
        cyrillic |= is_cyrillic(letters[i]);
    }
    return latin && cyrillic;
}

/* Writes what a Russian letter or two from here are; returns how many Latin ones they take, 0 when
 * none fits. */
static uint32_t put_spelling(const unsigned char *letters, uint32_t left, spelling *out) {
    if (!is_latin(letters[0])) return 0;
    for (const rewriting *way = rewritings + first_rewriting[letters[0]];; way++) {
        uint32_t size = 1;
        while (size < left && size < way->size && letters[size] == way->latin[size]) size++;
        if (size < way->size) continue; /* the last way takes one letter */
        out->letters[out->count++] = way->cyrillic[0];
        if (way->cyrillic[1] != 0) out->letters[out->count++] = way->cyrillic[1];
        return size;
    }
}

/* A Latin word as Russian letters; 0 when it is not all Latin, or too long. */
static int take_russian(const unsigned char *letters, uint32_t count, spelling *out) {
    out->count = 0;
    if (count < SPELL_LEAST || count > sizeof out->letters / 2) return 0;
    for (uint32_t at = 0; at < count;) {
        uint32_t size = put_spelling(letters + at, count - at, out);
        if (size == 0) return 0;
        at += size;
    }
    return 1;
}

/* The word that the rest of a spelling leads to, after a wrong letter. A stem must go on for two
 * letters more, or else any word with the same beginning would do; or be all of the word. */
static uint32_t rest_of(uint32_t at, const spelling *text, uint32_t first) {
    descent way = {at, first == text->count && nodes[at].is_stem ? nodes[at].mark : 0};
    for (uint32_t i = first; i < text->count && way.at != LOST; i++) {
        descend(&way, text->letters[i]);
        if (i == first && i + 1 < text->count) way.stem = 0;
    }
    return arrival(way);
}

/* Takes that word, if it is long enough to be sure of it. */
static inline void consider(uint32_t at, const spelling *text, uint32_t first, uint32_t *best) {
    if (first < text->count && child_of(at, text->letters[first]) == LOST) return;
    uint32_t found = rest_of(at, text, first);
    if (!vocabulary[found].tells || vocabulary[found].size < MEND_LEAST) return;
    if (*best == 0 || vocabulary[found].size > vocabulary[*best].size) *best = found;
}

/* Wherever one letter of the text, from where it has come to, is wrong, missing, too many, or
 * changed its place with the next. */
static void consider_errors(uint32_t at, const spelling *text, uint32_t i, uint32_t *best) {
    if (i + 1 < text->count) {
        uint32_t swapped = child_of(at, text->letters[i + 1]);
        if (swapped != LOST) swapped = child_of(swapped, text->letters[i]);
        if (swapped != LOST) consider(swapped, text, i + 2, best);
    }
    if (i == 0)
        return; /* the first letter is seldom wrong, and too many words differ in it alone */
    consider(at, text, i + 1, best);
    for (uint32_t symbol = nodes[at].child; symbol != 0;) {
        uint32_t child = nodes[at].base + symbol;
        consider(child, text, i + 1, best);
        consider(child, text, i, best);
        symbol = nodes[child].sibling;
    }
}

/* The longest word that is one letter away, 0 for none. */
static uint32_t nearest(const spelling *text) {
    uint32_t best = 0, at = ROOT;
    if (text->count < MEND_LEAST) return 0;
    for (uint32_t i = 0; i <= text->count; i++) {
        consider_errors(at, text, i, &best);
        if (i == text->count) break;
        at = child_of(at, text->letters[i]);
        if (at == LOST) break;
    }
    return best;
}

static uint32_t known(const spelling *text) {
    uint32_t found = lookup(text);
    return vocabulary[found].tells ? found : 0;
}

static uint32_t mended(const unsigned char *letters, uint32_t count) {
    spelling text;
    uint32_t found = 0;
    if (is_mixed(letters, count)) {
        if (take_script(letters, count, is_latin, &text)) found = known(&text);
        if (found == 0 && take_script(letters, count, is_cyrillic, &text)) found = known(&text);
        return found;
    }
    spelling russian;
    int is_russian = take_russian(letters, count, &russian);
    if (is_russian) found = known(&russian);
    if (found != 0) return found;
    memcpy(text.letters, letters, count);
    text.count = count;
    found = nearest(&text);
    return found == 0 && is_russian ? nearest(&russian) : found;
}

uint32_t qbg__title_mend(qbg__title *title) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < title->word_count && title->unknown_count > 0; i++) {
        qbg__title_word *word = &title->words[i];
        if (vocabulary[word->number].tells) continue;
        uint32_t number = mended(title->letters + word->letters, word->letter_count);
        if (!vocabulary[number].tells) continue;
        word->number = (uint16_t)number;
        count++;
    }
    title->unknown_count -= count;
    return count;
}
