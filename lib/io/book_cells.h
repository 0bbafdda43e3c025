/* book_cells: cells as typed values. Each reader refuses the row, with a reason that says what was
 * expected, when the cell does not read; an empty cell leaves *out as it was. Blanks around
 * numbers, words and times do not count; texts and keys are kept byte by byte. */
#ifndef QBG__BOOK_CELLS_H
#define QBG__BOOK_CELLS_H

#include "io/book_row.h"

/* The text, or NULL when the cell is empty: what "keep what is known" is in the public calls. */
const char *qbg__book_text(const qbg__book_row *row, int column);

/* Is a cell given in one of these columns, one bit each? */
static inline int qbg__book_has(const qbg__book_row *row, uint32_t columns) {
    return (row->given & columns) != 0;
}

/* Seconds UTC. */
qbg_status qbg__book_time(const qbg__book_row *row, int column, int64_t *out);

/* A word of a vocabulary, in any case. _find_word: QBG_UNSET when the text is none of them;
 * _refuse_word: lists them. */
qbg_status qbg__book_word(const qbg__book_row *row, int column, int32_t vocabulary, int32_t *out);
int32_t qbg__book_find_word(const char *text, size_t size, int32_t vocabulary);
qbg_status qbg__book_refuse_word(const qbg__book_row *row, int column, int32_t vocabulary);

/* 0 or 1, which are also QBG_ANSWER_NO and _YES. */
qbg_status qbg__book_flag(const qbg__book_row *row, int column, int32_t *out);

/* A decimal with at most `places` places, in units of 10^-places; 0 places: a whole number. */
qbg_status qbg__book_decimal(const qbg__book_row *row, int column, int places, int64_t least,
                             int64_t most, int64_t *out);

/* 0..1, written as the other numbers are: without an exponent. */
qbg_status qbg__book_ratio(const qbg__book_row *row, int column, double *out);

/* Minor units of a currency ("": unknown), from `least` up; and the currency itself, in capitals.
 */
qbg_status qbg__book_money(const qbg__book_row *row, int column, const char *currency,
                           int64_t least, int64_t *out);
qbg_status qbg__book_currency(const qbg__book_row *row, int column, char out[4]);

/* What has that key. */
qbg_status qbg__book_account(const qbg__book_row *row, int column, qbg_account **out);
qbg_status qbg__book_contact(const qbg__book_row *row, int column, qbg_contact **out);
qbg_status qbg__book_opportunity(const qbg__book_row *row, int column, qbg_opportunity **out);
qbg_status qbg__book_solution(const qbg__book_row *row, int column, qbg_solution **out);
qbg_status qbg__book_template(const qbg__book_row *row, int column, qbg_template **out);
qbg_status qbg__book_role(const qbg__book_row *row, int column, qbg_role **out);

/* Remembers a row by the key in a cell, for cells that will name it; the last thing that is done
 * with a row which is good. keys: QBG__BOOK_KEYS_*. */
qbg_status qbg__book_remember(const qbg__book_row *row, int column, int32_t keys,
                              const qbg__rows *rows, uint32_t number);

/* Walks a list: *at starts at 0; *out is the next piece that is not empty, NULL behind the last
 * one. It is the caller's to change until the next call with this reader. */
qbg_status qbg__book_piece(const qbg__book_row *row, int column, size_t *at, char **out);

/* Takes the blanks off a piece. */
char *qbg__book_trim(char *piece);

/* A list of roles: room for QBG__ROLE_MAX of them, each once. */
qbg_status qbg__book_roles_of(const qbg__book_row *row, int column, qbg_role **out_roles,
                              size_t *out_count);

#endif
