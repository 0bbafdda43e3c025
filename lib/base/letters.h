/* letters: short texts in fewer bits. Ids are mostly made of hexadecimal digits, which take four
 * bits each, or of Latin letters and digits, '-' and '_', which take six. */
#ifndef QBG__LETTERS_H
#define QBG__LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* Longer texts are not packed, so that a place of this size holds any that is. */
#define QBG__LETTERS_MOST 64u
typedef char qbg__letters_room[QBG__LETTERS_MOST + 1];

/* A text in `bits` bits a letter: 4, 6, or 8 when it is as it is. */
typedef struct qbg__letters {
    const unsigned char *bytes;
    size_t size; /* letters */
    uint32_t bits;
} qbg__letters;

/* The bytes that it takes. */
static inline size_t qbg__letters_bytes(const qbg__letters *text) {
    return (text->size * text->bits + 7) / 8;
}

/* Packs a text into a room, or leaves it where it is. Of equal texts the bytes are equal. */
qbg__letters qbg__letters_pack(const char *text, size_t size, qbg__letters_room room);

/* Writes a packed text into a room, with a NUL; one that is as it is, is returned as it lies there.
 */
const char *qbg__letters_text(const qbg__letters *text, qbg__letters_room room);

#endif
