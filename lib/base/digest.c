/* digest: SHA-256 as FIPS 180-4 describes it, section 6.2; see digest.h. It is here because the
 * tombstone of an erased person must recognise a key without holding it, and a hash as short as
 * that of index would take strangers for that person. It takes the bytes in one piece, for keys are
 * short, and is written to be read beside the standard, not for speed.
 *
 * A digest hides a key only as well as the key can be guessed: who tries all numbers up to a
 * million finds the one that was a customer's. */
#include "base/digest.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64 /* bytes */

/* Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64
 * primes.
 */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* Section 5.3.3: of the square roots of the first 8 primes. */
static const uint32_t beginning[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* All that is worked with, in one place, so that it can be cleared. */
typedef struct work {
    uint32_t hash[8];          /* H0 to H7 */
    uint32_t letter[8];        /* a to h */
    uint32_t schedule[64];     /* W */
    unsigned char tail[BLOCK]; /* the end of the message, padded */
} work;

static uint32_t rotate(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static uint32_t word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void schedule(uint32_t w[64], const unsigned char *block) {
    for (int t = 0; t < 16; t++) w[t] = word_at(block + 4 * t);
    for (int t = 16; t < 64; t++) {
        uint32_t sigma0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t sigma1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
}

/* One of the 64 steps; all letters move on by one. */
static void step(uint32_t v[8], uint32_t constant, uint32_t word) {
    enum { A, B, C, D, E, F, G, H };
    uint32_t sum1 = rotate(v[E], 6) ^ rotate(v[E], 11) ^ rotate(v[E], 25);
    uint32_t choice = (v[E] & v[F]) ^ (~v[E] & v[G]);
    uint32_t t1 = v[H] + sum1 + choice + constant + word;
    uint32_t sum0 = rotate(v[A], 2) ^ rotate(v[A], 13) ^ rotate(v[A], 22);
    uint32_t majority = (v[A] & v[B]) ^ (v[A] & v[C]) ^ (v[B] & v[C]);
    memmove(v + B, v + A, 7 * sizeof v[A]);
    v[E] += t1;
    v[A] = t1 + sum0 + majority;
}

static void take_block(work *at, const unsigned char *block) {
    schedule(at->schedule, block);
    memcpy(at->letter, at->hash, sizeof at->letter);
    for (int t = 0; t < 64; t++) step(at->letter, constants[t], at->schedule[t]);
    for (int i = 0; i < 8; i++) at->hash[i] += at->letter[i];
}

/* Section 5.1.1: the rest of the message, one bit 1, zeros, and the length in bits as 64 bits; in
 * one block, or in two when the length does not fit behind the rest. */
static void take_tail(work *at, const unsigned char *rest, size_t rest_size, uint64_t size) {
    memset(at->tail, 0, sizeof at->tail);
    if (rest_size > 0) memcpy(at->tail, rest, rest_size);
    at->tail[rest_size] = 0x80;
    if (rest_size >= BLOCK - 8) {
        take_block(at, at->tail);
        memset(at->tail, 0, sizeof at->tail);
    }
    for (int i = 0; i < 8; i++) at->tail[BLOCK - 1 - i] = (unsigned char)(size * 8 >> 8 * i);
    take_block(at, at->tail);
}

static void write_hash(const uint32_t hash[8], char out[QBG__DIGEST_SIZE + 1]) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < QBG__DIGEST_SIZE; i++)
        out[i] = digits[hash[i / 8] >> (28 - i % 8 * 4) & 15];
    out[QBG__DIGEST_SIZE] = '\0';
}

/* Through a volatile pointer, or a compiler leaves out what nobody reads again. What it kept in
 * registers, or spilled out of them, is beyond C. */
static void clear(work *at) {
    volatile unsigned char *bytes = (volatile unsigned char *)at;
    for (size_t i = 0; i < sizeof *at; i++) bytes[i] = 0;
}

void qbg__digest(const void *bytes, size_t size, char out[QBG__DIGEST_SIZE + 1]) {
    const unsigned char *at = bytes;
    size_t rest = size;
    work own;
    memcpy(own.hash, beginning, sizeof own.hash);
    for (; rest >= BLOCK; rest -= BLOCK, at += BLOCK) take_block(&own, at);
    take_tail(&own, at, rest, size);
    write_hash(own.hash, out);
    clear(&own);
}
