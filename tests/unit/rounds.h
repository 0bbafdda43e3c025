/* rounds: how often a test tries its random cases. */
#ifndef QBG_TESTS_ROUNDS_H
#define QBG_TESTS_ROUNDS_H

#include <stdlib.h>

/* As often as usual, or a tenth of it where QBG_TESTS_QUICK is set: under checkers that make
 * everything thirty times slower, and that look at memory, not at answers. */
static inline unsigned rounds(unsigned usual) {
    return getenv("QBG_TESTS_QUICK") ? (usual + 9) / 10 : usual;
}

/* Of requests for memory that are refused in turn, each, or every so many-th one there. Odd, where
 * every second one is treated otherwise. */
static inline long stride(long quick) { return getenv("QBG_TESTS_QUICK") ? quick : 1; }

#endif
