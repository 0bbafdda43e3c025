/* blob.h: bytes that the library made: a book's table, a report, an explanation. */
#ifndef QBG_BLOB_H
#define QBG_BLOB_H

#include "qbg/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Owns its bytes and may outlive the workspace. */
typedef struct qbg_blob qbg_blob;

/* The bytes, followed by a NUL that does not count. Valid until qbg_blob_free; "" for NULL.
 * Any thread. Since 0.1 */
QBG_API const char *qbg_blob_data(const qbg_blob *blob);

/* How many bytes; 0 for NULL. Any thread. Since 0.1 */
QBG_API size_t qbg_blob_size(const qbg_blob *blob);

/* Frees the bytes. NULL is fine. Since 0.1 */
QBG_API void qbg_blob_free(qbg_blob *blob);

#ifdef __cplusplus
}
#endif
#endif
