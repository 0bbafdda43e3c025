/* scan: bytes looked at many at a time. What each function gives is a set of places, one bit for a
 * byte, the lowest for the first.
 *
 * The plain version is portable C, eight bytes a step; where the compiler has SSE2 it takes
 * sixteen. Both give the same, and a test holds them to it. Loads are by memcpy or by shifts, so
 * nothing here depends on alignment or on the order of a word's bytes. */
#ifndef QBG__SCAN_H
#define QBG__SCAN_H

#include "base/mem.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define QBG__SCAN_BYTES 64 /* that one step looks at */

/* Eight bytes, the first one lowest. Compilers make one load of it. */
static inline uint64_t qbg__scan_word(const char *bytes) {
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/* The top bit of each byte of a word that is `byte`; exact, for no carry leaves a byte. */
static inline uint64_t qbg__scan_same(uint64_t word, unsigned char byte) {
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t other = word ^ (UINT64_C(0x0101010101010101) * byte);
    return ~(((other & low) + low) | other | low);
}

/* The place of the lowest bit of a set that is not empty. */
static inline uint32_t qbg__scan_first(uint64_t set) {
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(set);
#else
    uint32_t place = 0;
    while (!(set >> place & 1)) place++;
    return place;
#endif
}

/* Where a comma's stand-in, a line end or a quote is among QBG__SCAN_BYTES bytes. */
static inline uint64_t qbg__scan_csv_plain(const char *bytes, char separator) {
    uint64_t set = 0;
    for (uint32_t i = 0; i < QBG__SCAN_BYTES / 8; i++) {
        uint64_t word = qbg__scan_word(bytes + i * 8);
        uint64_t tops = qbg__scan_same(word, (unsigned char)separator) |
                        qbg__scan_same(word, '\n') | qbg__scan_same(word, '\r') |
                        qbg__scan_same(word, '"');
        set |= (tops >> 7) * UINT64_C(0x0102040810204080) >> 56 << i * 8;
    }
    return set;
}

#if defined(__SSE2__) && defined(__GNUC__)
typedef char qbg__sixteen __attribute__((__vector_size__(16)));

static inline uint64_t qbg__scan_csv(const char *bytes, char separator) {
    uint64_t set = 0;
    for (uint32_t i = 0; i < QBG__SCAN_BYTES / 16; i++) {
        qbg__sixteen at;
        memcpy(&at, bytes + i * 16, sizeof at);
        qbg__sixteen found =
            (qbg__sixteen)((at == separator) | (at == '\n') | (at == '\r') | (at == '"'));
        set |= (uint64_t)(uint32_t)__builtin_ia32_pmovmskb128(found) << i * 16;
    }
    return set;
}
#else
static inline uint64_t qbg__scan_csv(const char *bytes, char separator) {
    return qbg__scan_csv_plain(bytes, separator);
}
#endif

#endif
