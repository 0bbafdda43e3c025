/* script: tables of letters; see script.h. Accents are taken off by table, as libc would ask a
 * locale, and Unicode's own tables are a hundred times as large. There are several standards for
 * writing Russian in Latin letters, and people follow none: so what they would write is made one by
 * a few rules, rather than one of the standards being right. */
#include "base/script.h"

#include "base/text.h"

#include <string.h>

/* ---- Accents --------------------------------------------------------------------------------- */

/* The bare letters of U+00C0 to U+017F, U+0180 to U+024F and U+1E00 to U+1EFF. A digit is a place
 * in `pairs`, a full stop a letter that stays as it is. */
static const char latin_1[] = "aaaaaa1ceeeeiiiidnooooo.ouuuuy43aaaaaa1ceeeeiiiidnooooo.ouuuuy4y"
                              "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkkllllll."
                              ".llnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char latin_b[] = "bb....o........e..f....i........oo.............uu....zz........."
                              ".............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa...."
                              "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
                              "....u...........";
static const char latin_more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                                 "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                                 "wwwwwwwwwwxxxxyyzzzzzzhtwy.s..3.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                                 "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static const char pairs[][3] = {"", "ae", "oe", "ss", "th", "ij"};

static char bare_latin(uint32_t code) {
    if (code >= 0xC0 && code < 0x180) return latin_1[code - 0xC0];
    if (code >= 0x180 && code < 0x250) return latin_b[code - 0x180];
    if (code >= 0x1E00 && code < 0x1F00) return latin_more[code - 0x1E00];
    return '.';
}

static int is_mark(uint32_t code) { return code >= 0x300 && code <= 0x36F; }

size_t qbg__script_bare(uint32_t code, char out[4]) {
    if (code < 0x80) {
        out[0] = (char)(code >= 'A' && code <= 'Z' ? code + 0x20 : code);
        return 1;
    }
    if (is_mark(code)) return 0;
    if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFEE0; /* the wide twins of ASCII */
    char bare = bare_latin(code);
    if (bare == '.') return qbg__text_put(qbg__text_fold(code), out);
    if (bare > '5') {
        out[0] = bare;
        return 1;
    }
    memcpy(out, pairs[bare - '0'], 2);
    return 2;
}

int qbg__script_of(uint32_t code) {
    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z' ? QBG__SCRIPT_LATIN : QBG__SCRIPT_OTHER;
    if (code >= 0x400 && code < 0x530) return QBG__SCRIPT_CYRILLIC;
    if (code < 0x180) return qbg__text_is_letter(code) ? QBG__SCRIPT_LATIN : QBG__SCRIPT_OTHER;
    return bare_latin(code) != '.' ? QBG__SCRIPT_LATIN : QBG__SCRIPT_OTHER;
}

/* ---- Twins ----------------------------------------------------------------------------------- */

/* Of U+0430 to U+044F; a full stop: it has none. */
static const char russian_twins[] = "a.b..e....k.mho.pcty.x..........";

static const struct {
    uint32_t cyrillic;
    char latin;
} other_twins[] = {
    {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'}, {0x4BB, 'h'}, {0x51B, 'q'}, {0x51D, 'w'},
};

/* Of a to z, 0: none. Of two that look alike it is the Russian one. */
static const uint16_t latin_twins[] = {
    0x430, 0x432, 0x441, 0,     0x435, 0,     0,     0x43D, 0x456, 0x458, 0x43A, 0,     0x43C,
    0,     0x43E, 0x440, 0x51B, 0,     0x455, 0x442, 0,     0,     0x51D, 0x445, 0x443, 0,
};

uint32_t qbg__script_latin_twin(uint32_t cyrillic) {
    if (cyrillic < 0x430) return 0;
    if (cyrillic < 0x450) {
        char twin = russian_twins[cyrillic - 0x430];
        return twin == '.' ? 0 : (uint32_t)twin;
    }
    for (size_t i = 0; i < sizeof other_twins / sizeof *other_twins; i++)
        if (other_twins[i].cyrillic == cyrillic) return (uint32_t)other_twins[i].latin;
    return 0;
}

uint32_t qbg__script_cyrillic_twin(uint32_t latin) {
    return latin >= 'a' && latin <= 'z' ? latin_twins[latin - 'a'] : 0;
}

/* ---- Sounds ---------------------------------------------------------------------------------- */

/* From U+0430 on. */
static const char *const russian[] = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya",
};

static const struct {
    uint32_t letter;
    const char *latin;
} neighbours[] = {
    {0x452, "dj"},  {0x453, "g"},  {0x454, "ye"}, {0x455, "dz"}, {0x456, "i"}, {0x457, "yi"},
    {0x458, "j"},   {0x459, "lj"}, {0x45A, "nj"}, {0x45B, "c"},  {0x45C, "k"}, {0x45E, "u"},
    {0x45F, "dzh"}, {0x491, "g"},  {0x493, "g"},  {0x49B, "k"},  {0x4A3, "n"}, {0x4AF, "u"},
    {0x4B1, "u"},   {0x4B3, "kh"}, {0x4BB, "h"},  {0x4D9, "a"},  {0x4E9, "o"},
};

const char *qbg__script_romanised(uint32_t cyrillic) {
    if (cyrillic >= 0x430 && cyrillic < 0x450) return russian[cyrillic - 0x430];
    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++)
        if (neighbours[i].letter == cyrillic) return neighbours[i].latin;
    return NULL;
}

/* The first that fits is taken, so the longer ones stand first. A sound is one letter: S is "sh", C
 * "ch", Z "zh", X "ks", and c "ts", as in «Циско», which is "Cisco"; "Coca" is «Кока». */
static const struct {
    char from[5], to;
} sounds[] = {
    {"shch", 'S'}, {"sch", 'S'}, {"tch", 'C'}, {"ch", 'C'}, {"sh", 'S'}, {"zh", 'Z'}, {"kh", 'h'},
    {"ts", 'c'},   {"tz", 'c'},  {"ph", 'f'},  {"ck", 'k'}, {"ye", 'e'}, {"je", 'e'}, {"yo", 'e'},
    {"jo", 'e'},   {"ks", 'X'},  {"ce", 0},    {"ci", 0},   {"cy", 0},   {"c", 'k'},  {"x", 'X'},
    {"q", 'k'},    {"w", 'v'},   {"y", 'i'},   {"j", 'i'},
};

/* How many bytes the sound takes that stands there. */
static size_t read_sound(const char *at, const char *end, char *out) {
    *out = *at;
    if (*at == '\0' || !strchr("cjkpqstwxyz", *at)) return 1; /* none begins with another letter */
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
        size_t size = strlen(sounds[i].from);
        if ((size_t)(end - at) < size || memcmp(at, sounds[i].from, size) != 0) continue;
        if (sounds[i].to == 0) return 1; /* a c that stays one */
        *out = sounds[i].to;
        return size;
    }
    return 1;
}

size_t qbg__script_soften(char *text, size_t size) {
    const char *end = text + size;
    size_t used = 0;
    for (const char *at = text; at < end;) {
        char sound;
        at += read_sound(at, end, &sound);
        int is_letter = (sound >= 'a' && sound <= 'z') || (sound >= 'A' && sound <= 'Z');
        if (is_letter && used > 0 && text[used - 1] == sound) continue; /* doubled */
        text[used++] = sound;
    }
    return used;
}
