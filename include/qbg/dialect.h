/* dialect.h: the exports of CRMs that a book's reader understands as they are.
 *
 * A dialect knows the tables of one system by their names, and their columns by their headings, and
 * reads them as tables of a book. docs/crm.md says what becomes of each. */
#ifndef QBG_DIALECT_H
#define QBG_DIALECT_H

#include "qbg/book.h"
#include "qbg/vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The dialects, QBG_DIALECT_*: how many; the key ("salesforce") and the label ("Salesforce") of
 * one; NULL when there is none such. Any thread. Since 0.1 */
QBG_API int32_t qbg_dialect_count(void);
QBG_API const char *qbg_dialect_key(int32_t dialect);
QBG_API const char *qbg_dialect_label(int32_t dialect);

/* The dialect with that key, or QBG_UNSET. Any thread. Since 0.1 */
QBG_API int32_t qbg_dialect_find(const char *key);

/* The tables that a dialect reads, as that system calls them; 0 and NULL when there is none such.
 * Any thread. Since 0.1 */
QBG_API int32_t qbg_dialect_table_count(int32_t dialect);
QBG_API const char *qbg_dialect_table_name(int32_t dialect, int32_t table);

/* The table that a file with this name (without folder and suffix) holds, or QBG_UNSET. Case, what
 * stands between words, a plural, "sf_", "hubspot_" in front and "_data", "_export" behind do not
 * count: "sf_opportunity_data" is Opportunity. Any thread. Since 0.1 */
QBG_API int32_t qbg_dialect_table_find(int32_t dialect, const char *name);

/* Makes a reader understand a dialect: from now on it takes that system's tables, by any names; one
 * whose name the dialect does not know is told apart by its headings, or has no place and is told.
 * CSV, or for Salesforce JSON trees ({"records": [...]}). To be called before anything is fed.
 *
 * The first step, or finish, reads all that was fed into the tables of a book, which then are
 * loaded as any other. The refusals name the system's own tables, rows and columns. Rows that are
 * marked as deleted are not loaded, and what the workspace knows of them is removed. A strict
 * reader is refused by a refused row, not by a table that has no place.
 * Errors: QBG_E_ARGUMENT no such dialect, or after finish; QBG_E_BUSY something was fed, or steps
 * were taken; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_set_dialect(qbg_book_reader *reader, int32_t dialect);

/* Says which solution the opportunities of a dialect are about. column: the heading of the column
 * of their own table that names it (a custom field such as "Product__c"), or NULL for none; where
 * it is empty, the one product of their line items counts; else `solution`, NULL for "default".
 * What is not known yet becomes a solution. To be called before the first step.
 * Errors: QBG_E_ARGUMENT no dialect is set; QBG_E_TEXT; QBG_E_BUSY; QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_set_solution(qbg_book_reader *reader, const char *solution,
                                                const char *column);

/* Each table that was fed, in that order, CSV before JSON: table (text), object (text: what the
 * dialect took it for; null: it has no place), rows (int64, without the header), loaded, refused
 * (int64; together they are the rows; of a table that has no place all are refused, and that is
 * told once), deleted (int64: of those that are loaded, how many say that something was deleted).
 * Of a reader without a dialect: the tables of a book that have rows. Asked before finish it tells
 * of the rows that were read so far. out_table: owned by the caller, qbg_table_free. Errors:
 * QBG_E_MEMORY. Since 0.1 */
QBG_API qbg_status qbg_book_reader_tables(const qbg_book_reader *reader, qbg_table **out_table);

#ifdef __cplusplus
}
#endif
#endif
