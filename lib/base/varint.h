/* varint: whole numbers in as few bytes as they need: seven bits each, the low ones first, and a
 * bit that says that more follow. */
#ifndef QBG__VARINT_H
#define QBG__VARINT_H

#include <stdint.h>

#define QBG__VARINT_MAX 10u /* the most bytes of one */

/* Writes a number and returns the byte behind it. */
static inline unsigned char *qbg__varint_put(unsigned char *to, uint64_t value) {
    for (; value > 0x7f; value >>= 7) *to++ = (unsigned char)(value | 0x80);
    *to++ = (unsigned char)value;
    return to;
}

/* Reads one that was written so, and goes on to the byte behind it. */
static inline uint64_t qbg__varint_get(const unsigned char **from) {
    uint64_t value = 0;
    uint32_t shift = 0;
    for (; **from & 0x80; shift += 7) value |= (uint64_t)(*(*from)++ & 0x7f) << shift;
    return value | (uint64_t) * (*from)++ << shift;
}

/* Signed numbers near 0, as unsigned ones near 0. */
static inline uint64_t qbg__varint_fold(int64_t value) {
    return value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1;
}

static inline int64_t qbg__varint_unfold(uint64_t value) {
    return (int64_t)(value & 1 ? ~(value >> 1) : value >> 1);
}

#endif
