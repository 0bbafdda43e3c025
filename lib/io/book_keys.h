/* book_keys: keys as a table's cells name them, again and again, and the row that each leads to.
 *
 * It only remembers what the workspace has answered: a key that it does not know is asked for
 * there, and whoever keeps it must free it before rows can go or get other keys. A key is always
 * compared whole. */
#ifndef QBG__BOOK_KEYS_H
#define QBG__BOOK_KEYS_H

#include "base/column.h"
#include "base/index.h"
#include "base/rows.h"
#include "base/scan.h"

/* What is named so. */
enum {
    QBG__BOOK_KEYS_KIND,
    QBG__BOOK_KEYS_ACCOUNT,
    QBG__BOOK_KEYS_CONTACT,
    QBG__BOOK_KEYS_SOLUTION,
    QBG__BOOK_KEYS_OPPORTUNITY,
    QBG__BOOK_KEYS_ROLE,
    QBG__BOOK_KEYS
};

typedef struct qbg__book_key {
    uint64_t word;   /* up to eight bytes are the key; of a longer one its hash */
    uint32_t size;   /* of the key; 0: an empty slot */
    uint32_t number; /* the row's */
} qbg__book_key;

typedef struct qbg__book_keys {
    qbg__book_key *slots;
    uint32_t capacity; /* a power of two, or 0 */
    uint32_t used;
} qbg__book_keys;

void qbg__book_keys_free(qbg__book_keys *keys, qbg__mem *mem);

/* The word that a key is found by: up to eight bytes are it, the first one lowest, zeros behind
 * them. key: 1 or more bytes, of which `room` may be read (8 are, if they may). */
uint64_t qbg__book_keys_word_any(qbg__span key);
static inline uint64_t qbg__book_keys_word(qbg__span key, size_t room) {
    if (key.size > 8 || room < 8) return qbg__book_keys_word_any(key);
    return qbg__scan_word(key.bytes) & UINT64_MAX >> (8 - key.size) * 8;
}

/* Where a word's slot is, or the first one after which it may be. Keys differ in their last bytes,
 * the word's highest, which have to reach all bits that count. capacity: not 0. */
static inline uint32_t qbg__book_keys_place(uint64_t word, uint32_t capacity) {
    uint64_t hash = (word ^ word >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32) & (capacity - 1);
}

/* Says that a word will be looked for, a little before. */
QBG__PREFETCHING qbg__book_keys_call(const qbg__book_keys *keys, uint64_t word) {
    if (keys->capacity > 0) QBG__PREFETCH(&keys->slots[qbg__book_keys_place(word, keys->capacity)]);
}

/* The row's number, or QBG_NONE when the key, whose word this is, is not remembered. rows: what it
 * leads to. A key of up to eight bytes is its word, and needs no look at the row. */
uint32_t qbg__book_keys_find_long(const qbg__book_keys *keys, const qbg__rows *rows, qbg__span key,
                                  uint64_t word);
static inline uint32_t qbg__book_keys_find(const qbg__book_keys *keys, const qbg__rows *rows,
                                           qbg__span key, uint64_t word) {
    if (keys->capacity == 0) return QBG_NONE;
    if (key.size > 8) return qbg__book_keys_find_long(keys, rows, key, word);
    uint32_t at = qbg__book_keys_place(word, keys->capacity);
    for (; keys->slots[at].size != 0; at = (at + 1) & (keys->capacity - 1))
        if (keys->slots[at].word == word && keys->slots[at].size == key.size)
            return keys->slots[at].number;
    return QBG_NONE;
}

/* *out_row: the live row that has a key, or NULL: remembered, or else asked for and then
 * remembered. */
qbg_status qbg__book_keys_row(qbg__book_keys *keys, qbg__mem *mem, const qbg__rows *rows,
                              const qbg__index *index, qbg__span key, void **out_row);

/* Remembers the key that a row has itself; one that leads to a row with another key is not kept,
 * nor that of somebody who was erased. `key` must not be known yet. */
qbg_status qbg__book_keys_add(qbg__book_keys *keys, qbg__mem *mem, const qbg__rows *rows,
                              qbg__span key, uint32_t number);

#endif
