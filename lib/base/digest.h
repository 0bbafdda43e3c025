/* digest: SHA-256, by which a key can be recognised where the key itself must not be kept: the
 * tombstone of somebody who was erased. */
#ifndef QBG__DIGEST_H
#define QBG__DIGEST_H

#include <stddef.h>

#define QBG__DIGEST_SIZE 64 /* hexadecimal digits */

/* Writes the SHA-256 of the bytes as small hexadecimal digits and a NUL. size is below 2^61; bytes
 * may be NULL when it is 0. What was worked with on the way is cleared from the stack. */
void qbg__digest(const void *bytes, size_t size, char out[QBG__DIGEST_SIZE + 1]);

#endif
