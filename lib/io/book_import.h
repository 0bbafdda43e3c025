/* book_import: a reader's book on its way into the workspace. */
#ifndef QBG__BOOK_IMPORT_H
#define QBG__BOOK_IMPORT_H

#include "io/book.h"

/* Undoes whatever steps were taken, if the import is open. */
void qbg__book_cancel(qbg_book_reader *reader);

/* Gives back all that only loading needs. */
void qbg__book_end_tables(qbg_book_reader *reader);

#endif
