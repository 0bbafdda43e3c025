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

/* A reader into a workspace; free it before or after the workspace, but use it only while the
 * workspace lives. strict: 1 refuses the whole book when a row is bad; 0 keeps the good rows.
 * Errors: QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_new(qbg_workspace *workspace, int32_t strict,
                                       qbg_book_reader **out_reader);

/* Makes room for so many more bytes of a table, so that feeding them moves nothing: for whoever
 * knows how large a file is. Fewer or more may come. Errors: as of _feed. Since 0.1 */
QBG_API qbg_status qbg_book_reader_expect(qbg_book_reader *reader, const char *table, size_t size);

/* Takes the next bytes of a table, in pieces of any size, tables in any order.
 * With a dialect (dialect.h) any name is one that may be known.
 * Errors: QBG_E_NOT_FOUND no such table; QBG_E_TEXT of a dialect; QBG_E_BUSY behind the first step;
 * QBG_E_MEMORY (the piece was not taken). Since 0.1 */
QBG_API qbg_status qbg_book_reader_feed(qbg_book_reader *reader, const char *table,
                                        const void *bytes, size_t size);

/* Loads what was fed, or what steps have left of it, all or nothing: rows may refer to later rows
 * and other tables. Errors, and then the workspace is as it was: QBG_E_REFUSED strict, and a row
 * was refused (steps are undone, too); QBG_E_MEMORY (steps stay, and it can be called again);
 * QBG_E_ARGUMENT called twice; QBG_E_BUSY a batch that was begun between steps is open. Since 0.1
 */
QBG_API qbg_status qbg_book_reader_finish(qbg_book_reader *reader);

/* Loads at most so many rows more of a large book, so that a host can show how far it is, and stop.
 * All steps and finish together are one change, and take effect with finish; free before that, and
 * they never were. From the first step on the workspace is busy: questions that are answered with a
 * handle (assessments, tables, blobs), and walks over signals, answer QBG_E_BUSY; plain getters
 * tell what is loaded so far. Other calls that change something are possible and become part of the
 * import, to be kept or undone with it; handles of rows that come from it are dead when it is
 * undone. out_left (may be NULL): the rows that are still to be read, 0 when only finish is left,
 * which then needs no time and no memory. Routing anew what was known before belongs to the step
 * that comes to the first signals, and to the last one. Errors, and then the import is as it was:
 * QBG_E_MEMORY; QBG_E_BUSY another import or a batch is open; QBG_E_ARGUMENT called after finish.
 * Since 0.1 */
QBG_API qbg_status qbg_book_reader_step(qbg_book_reader *reader, uint64_t rows, uint64_t *out_left);

/* How many rows there are to read, and how many have been read; for a progress bar. Some tables are
 * read more than once (members, tracking), and their rows count each time; headers do not count,
 * and a table whose header is refused is done at once. Before the first step the rows are counted
 * anew by each call, so ask once, when all is fed. After finish both are the same. Since 0.1 */
QBG_API uint64_t qbg_book_reader_rows(const qbg_book_reader *reader);
QBG_API uint64_t qbg_book_reader_done(const qbg_book_reader *reader);

/* What the rows so far were refused for, or what you should know: table, row (the header is 1),
 * column, value (at most 40 characters), reason, refused (1: the row was not loaded; 0: a remark,
 * as an unknown column or a duplicate). Owned by the caller, qbg_table_free. Errors: QBG_E_MEMORY.
 * Since 0.1 */
QBG_API qbg_status qbg_book_reader_refusals(const qbg_book_reader *reader, qbg_table **out_table);

/* Free before finish: cancel, and nothing happened. NULL is fine. Since 0.1 */
QBG_API void qbg_book_reader_free(qbg_book_reader *reader);

/* Writes one table of the workspace as CSV; read back, a book gives the same answers. Rows are in a
 * fixed order that does not depend on the order of arrival where the model has none. A table
 * without rows is empty bytes. "tracking" is written by qbg_report_tracking. out_blob:
 * qbg_blob_free. Errors: QBG_E_NOT_FOUND no such table; QBG_E_BUSY; QBG_E_MEMORY. Any thread. Since
 * 0.1 */
QBG_API qbg_status qbg_book_write(const qbg_workspace *workspace, const char *table,
                                  qbg_blob **out_blob);

#ifdef __cplusplus
}
#endif
#endif
