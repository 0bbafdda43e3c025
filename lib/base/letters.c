/* letters: two alphabets, the shorter one the beginning of the longer one; see letters.h. */
#include "base/letters.h"

static const char alphabet[] = "0123456789abcdef"
                               "ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/* A letter's place in the alphabet; X: it is not in there. */
enum { X = 64 };
static const unsigned char codes[256] = {
    /* clang-format off */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, 62, X, X,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, X, X, X, X, X, X,
    X, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
    51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X, X, X, X, 63,
    X, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
    25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    /* clang-format on */
};

static uint32_t code_of(char letter) { return codes[(unsigned char)letter]; }

static uint32_t bits_of(const char *text, size_t size) {
    uint32_t all = 0;
    if (size > QBG__LETTERS_MOST) return 8;
    for (size_t i = 0; i < size; i++) all |= code_of(text[i]);
    if (all >= X) return 8;
    return all < 16 ? 4 : 6;
}

qbg__letters qbg__letters_pack(const char *text, size_t size, qbg__letters_room room) {
    uint32_t bits = bits_of(text, size), waiting = 0, count = 0;
    if (bits == 8) return (qbg__letters){(const unsigned char *)text, size, bits};
    unsigned char *to = (unsigned char *)room;
    for (size_t i = 0; i < size; i++) {
        waiting |= code_of(text[i]) << count;
        count += bits;
        if (count < 8) continue;
        *to++ = (unsigned char)waiting;
        waiting >>= 8;
        count -= 8;
    }
    if (count > 0) *to = (unsigned char)waiting;
    return (qbg__letters){(const unsigned char *)room, size, bits};
}

const char *qbg__letters_text(const qbg__letters *text, qbg__letters_room room) {
    const unsigned char *from = text->bytes;
    uint32_t waiting = 0, count = 0;
    if (text->bits == 8) return (const char *)from;
    for (size_t i = 0; i < text->size; i++) {
        if (count < text->bits) {
            waiting |= (uint32_t)*from++ << count;
            count += 8;
        }
        room[i] = alphabet[waiting & ((1u << text->bits) - 1)];
        waiting >>= text->bits;
        count -= text->bits;
    }
    room[text->size] = '\0';
    return room;
}
