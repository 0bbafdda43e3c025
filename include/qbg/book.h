/* book.h: a tenant's data as CSV tables, in and out. The format is in docs/book.md. */
#ifndef QBG_BOOK_H
#define QBG_BOOK_H

#include "qbg/blob.h"
#include "qbg/table.h"
#include "qbg/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qbg_book_reader qbg_book_reader;

/* The tables that a book can have: "accounts", "contacts" ...; NULL past the end. Since 0.1 */
QBG_API int32_t qbg_book_table_count(void);
QBG_API const char *qbg_book_table_name(int32_t table);

/* A reader into a workspace, which must live until the reader is freed. strict: 1 refuses the whole
 * book when a row is bad; 0 keeps the good rows. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_new(qbg_workspace *workspace, int32_t strict,
                                       qbg_book_reader **out_reader);

/* Takes the next bytes of a table, in pieces of any size, tables in any order.
 * Errors: QBG_E_NOT_FOUND no such table; QBG_E_MEMORY (the piece was not taken). Since 0.1 */
QBG_API qbg_status qbg_book_reader_feed(qbg_book_reader *reader, const char *table,
                                        const void *bytes, size_t size);

/* Loads what was fed, all or nothing: rows may refer to later rows and other tables.
 * Errors, and then the workspace is as it was: QBG_E_REFUSED strict, and a row was refused;
 * QBG_E_FLOAT or QBG_E_MEMORY, and it may be called again; QBG_E_ARGUMENT called twice. Since 0.1
 */
QBG_API qbg_status qbg_book_reader_finish(qbg_book_reader *reader);

/* What finish refused or wants you to know: table, row (the header is 1), column, value (at most 40
 * characters), reason, refused (1: the row was not loaded; 0: a remark, as an unknown column or a
 * duplicate). Owned by the caller, qbg_table_free. Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_refusals(const qbg_book_reader *reader, qbg_table **out_table);

/* Free before finish: cancel, and nothing happened. NULL is fine. Since 0.1 */
QBG_API void qbg_book_reader_free(qbg_book_reader *reader);

/* Writes one table of the workspace as CSV; read back, a book gives the same answers. Rows are in a
 * fixed order that does not depend on the order of arrival where the model has none. A table
 * without rows is empty bytes. "tracking" is written by qbg_report_tracking. out_blob:
 * qbg_blob_free. Errors: QBG_E_NOT_FOUND no such table; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_book_write(const qbg_workspace *workspace, const char *table,
                                  qbg_blob **out_blob);

#ifdef __cplusplus
}
#endif
#endif
