/* text: UTF-8, and what Latin and Cyrillic letters have to do with each other. Ranges are written
 * out here rather than asked of libc, whose answers depend on a locale; other scripts have no case
 * here and are compared as they are. */
#include "base/text.h"

#include "base/scan.h"

#include <string.h>

/* How many bytes follow a first byte, and the least code point that needs so many; 0 for none. */
static size_t following(unsigned char first, uint32_t *out_least) {
    if (first >= 0xC2 && first <= 0xDF) {
        *out_least = 0x80;
        return 1;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        *out_least = 0x800;
        return 2;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        *out_least = 0x10000;
        return 3;
    }
    return 0;
}

static int is_tail(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* How many bytes the well-formed code point at `at` takes; 0 when it is none. */
static size_t character_size(const char *at, const char *end) {
    unsigned char first = (unsigned char)*at;
    uint32_t least = 0;
    if (first < 0x80) return first != 0;
    size_t more = following(first, &least);
    if (more == 0 || (size_t)(end - at) <= more) return 0;
    for (size_t i = 1; i <= more; i++)
        if (!is_tail(at[i])) return 0;
    const char *next = at;
    uint32_t code = qbg__text_next(&next, at + more + 1);
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    return more + 1;
}

/* Are eight bytes ASCII, without a NUL among them? A byte that is 0 borrows, and nothing else that
 * is ASCII does. */
static int is_plain_word(const char *at) {
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t word = qbg__scan_word(at);
    return ((word | (word - UINT64_C(0x0101010101010101))) & tops) == 0;
}

int qbg__text_is_utf8(const char *bytes, size_t size) {
    const char *at = bytes;
    const char *end = bytes + size;
    while (at < end) {
        if (end - at >= 8 && is_plain_word(at)) {
            at += 8;
            continue;
        }
        if (end - at < 8 && size >= 8 && is_plain_word(end - 8)) return 1;
        size_t character = character_size(at, end);
        if (character == 0) return 0;
        at += character;
    }
    return 1;
}

/* A text that ends within a character gives what there is; nothing is read past its end. */
uint32_t qbg__text_next(const char **at, const char *end) {
    unsigned char first = (unsigned char)*(*at)++;
    if (first < 0x80) return first;
    uint32_t code = first >= 0xF0 ? first & 0x07u : first >= 0xE0 ? first & 0x0Fu : first & 0x1Fu;
    while (*at < end && is_tail(**at)) code = code << 6 | ((unsigned char)*(*at)++ & 0x3Fu);
    return code;
}

static char tail(uint32_t bits) { return (char)(0x80 | (bits & 0x3F)); }

size_t qbg__text_put(uint32_t code, char out[4]) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = tail(code);
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = tail(code >> 6);
        out[2] = tail(code);
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = tail(code >> 12);
    out[2] = tail(code >> 6);
    out[3] = tail(code);
    return 4;
}

static int is_between(uint32_t code, uint32_t first, uint32_t last) {
    return code >= first && code <= last;
}

/* Where letters stand in pairs, the capital first: the small one of the pair. */
static uint32_t small_of_pair(uint32_t code, uint32_t first) {
    return (code - first) % 2 == 0 ? code + 1 : code;
}

static uint32_t fold_latin(uint32_t code) {
    if (is_between(code, 'A', 'Z')) return code + 0x20;
    if (code < 0xC0) return code;
    if (code <= 0xDE && code != 0xD7) return code + 0x20; /* D7 is the multiplication sign */
    if (code < 0x100) return code;
    if (code == 0x130) return 'i'; /* the Turkish dotted capital; its dotless pair stays */
    if (code == 0x131 || code == 0x138 || code == 0x149 || code == 0x17F) return code;
    if (code == 0x178) return 0xFF;
    if (is_between(code, 0x139, 0x148)) return small_of_pair(code, 0x139);
    if (is_between(code, 0x179, 0x17E)) return small_of_pair(code, 0x179);
    return small_of_pair(code, 0x100);
}

static uint32_t fold_cyrillic(uint32_t code) {
    if (code == 0x401 || code == 0x451) return 0x435;
    if (code < 0x410) return code + 0x50;
    if (code < 0x430) return code + 0x20;
    if (code == 0x4C0) return 0x4CF;
    if (is_between(code, 0x460, 0x481) || is_between(code, 0x48A, 0x4BF))
        return small_of_pair(code, 0x460);
    if (is_between(code, 0x4C1, 0x4CE)) return small_of_pair(code, 0x4C1);
    return is_between(code, 0x4D0, 0x52F) ? small_of_pair(code, 0x4D0) : code;
}

uint32_t qbg__text_fold(uint32_t code) {
    if (code < 0x180) return fold_latin(code);
    return is_between(code, 0x400, 0x52F) ? fold_cyrillic(code) : code;
}

int qbg__text_is_letter(uint32_t code) {
    if (code < 0x80) return is_between(code, 'a', 'z') || is_between(code, 'A', 'Z');
    if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA;
    if (code < 0x180) return code != 0xD7 && code != 0xF7;
    return is_between(code, 0x400, 0x481) || is_between(code, 0x48A, 0x52F);
}

int qbg__text_is_digit(uint32_t code) { return is_between(code, '0', '9'); }

int qbg__text_same(const char *a, size_t a_size, const char *b, size_t b_size) {
    qbg__text_trim(&a, &a_size);
    qbg__text_trim(&b, &b_size);
    const char *a_end = a + a_size;
    const char *b_end = b + b_size;
    while (a < a_end && b < b_end) {
        if (qbg__text_fold(qbg__text_next(&a, a_end)) != qbg__text_fold(qbg__text_next(&b, b_end)))
            return 0;
    }
    return a == a_end && b == b_end;
}

typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

/* Marks that sit on the character before, and characters that show nothing, of the scripts that a
 * CRM is likely to hold. A Hangul syllable's later parts join the first. */
static const range zero_width[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},     {0x5BF, 0x5BF},     {0x5C1, 0x5C2},
    {0x5C4, 0x5C5},   {0x5C7, 0x5C7},   {0x610, 0x61A},     {0x61C, 0x61C},     {0x64B, 0x65F},
    {0x670, 0x670},   {0x6D6, 0x6DC},   {0x6DF, 0x6E4},     {0x6E7, 0x6E8},     {0x6EA, 0x6ED},
    {0x900, 0x902},   {0x93A, 0x93A},   {0x93C, 0x93C},     {0x941, 0x948},     {0x94D, 0x94D},
    {0x951, 0x957},   {0x962, 0x963},   {0x981, 0x981},     {0x9BC, 0x9BC},     {0x9C1, 0x9C4},
    {0x9CD, 0x9CD},   {0xBC0, 0xBC0},   {0xBCD, 0xBCD},     {0xE31, 0xE31},     {0xE34, 0xE3A},
    {0xE47, 0xE4E},   {0x1160, 0x11FF}, {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},   {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20F0},   {0x2DE0, 0x2DFF},   {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xA66F, 0xA672}, {0xA674, 0xA67D},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
};

/* East Asian wide and fullwidth characters, and what shows as an emoji by itself. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4C6},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAD9},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FB}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2},
    {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0},
    {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

#define COUNT(ranges) (sizeof(ranges) / sizeof(ranges)[0])

static int is_in(uint32_t code, const range *ranges, size_t count) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (code < ranges[middle].first)
            count = middle;
        else if (code > ranges[middle].last)
            low = middle + 1;
        else
            return 1;
    }
    return 0;
}

size_t qbg__text_width(const char *bytes, size_t size) {
    const char *end = bytes + size;
    size_t width = 0;
    while (bytes < end) {
        if ((unsigned char)*bytes < 0x80) { /* most text by far */
            bytes++;
            width++;
            continue;
        }
        uint32_t code = qbg__text_next(&bytes, end);
        if (code < zero_width[0].first)
            width += 1;
        else if (!is_in(code, zero_width, COUNT(zero_width)))
            width += is_in(code, wide, COUNT(wide)) ? 2 : 1;
    }
    return width;
}

/* How many bytes the blank at the front takes; 0 when there is none. */
static size_t blank_size(const char *bytes, size_t size) {
    if (size == 0) return 0;
    if (bytes[0] == ' ' || bytes[0] == '\t' || bytes[0] == '\r' || bytes[0] == '\n') return 1;
    return size > 1 && bytes[0] == '\xC2' && bytes[1] == '\xA0' ? 2 : 0;
}

/* UTF-8 can be read from the back, too: neither byte of a blank is a part of anything else. */
static size_t blank_size_at_end(const char *bytes, size_t size) {
    if (size > 1 && blank_size(bytes + size - 2, 2) == 2) return 2;
    return size > 0 && blank_size(bytes + size - 1, 1) == 1;
}

void qbg__text_trim(const char **bytes, size_t *size) {
    size_t blank;
    while ((blank = blank_size(*bytes, *size)) > 0) {
        *bytes += blank;
        *size -= blank;
    }
    while ((blank = blank_size_at_end(*bytes, *size)) > 0) *size -= blank;
}
