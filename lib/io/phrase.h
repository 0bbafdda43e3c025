/* phrase: sentences from one catalogue, phrases.inc, with values filled in, in any language of it.
 *
 * A phrase says where its values go: {1} is the first, {2} the second. {1|person|people} is a word
 * that goes with the number of the first value; how many forms there are is the language's affair,
 * see qbg__language_form. A full stop behind a value that ends with one is left out, since a date
 * or a name may do so: «19 ноября 2025 г.» */
#ifndef QBG__PHRASE_H
#define QBG__PHRASE_H

#include "base/blob.h"
#include "io/language.h"

/* QBG__P_TITLE and so on, in the catalogue's order. */
typedef enum qbg__phrase {
#define PHRASE(name, english, russian) QBG__P_##name,
#include "io/phrases.inc"
#undef PHRASE
    QBG__P_COUNT
} qbg__phrase;

/* A phrase as it stands in the catalogue. */
const char *qbg__phrase_text(qbg__phrase phrase, int language);

#define QBG__TELLER_VALUES 9

/* A value of the next phrase. What a word goes with is 0 for texts; of a number beyond a million
 * it is some other one with the same last two digits. */
typedef struct qbg__given {
    size_t start; /* of its text */
    uint64_t whole;
    int has_fraction; /* as it is written: "2.0" has one */
} qbg__given;

/* Collects the values of the next phrase, then says it. */
typedef struct qbg__teller {
    qbg_blob *out;
    int language;
    qbg_blob texts; /* of the values, one behind the other; keeps a failure */
    qbg__given values[QBG__TELLER_VALUES];
    int count;
} qbg__teller;

/* Writes to `out`; _end also hands a failure on to it. */
void qbg__teller_begin(qbg__teller *teller, qbg_blob *out, int language);
void qbg__teller_end(qbg__teller *teller);

/* The next value: append its text to what this returns; or a text (its control characters become
 * blanks), a whole number, a rounded one, one with all its digits, a percentage, a date, an as-of.
 */
qbg_blob *qbg__teller_value(qbg__teller *teller);
void qbg__teller_text(qbg__teller *teller, const char *text);
void qbg__teller_int(qbg__teller *teller, int64_t value);
void qbg__teller_figure(qbg__teller *teller, double value, int places);
void qbg__teller_exact(qbg__teller *teller, double value);
void qbg__teller_percent(qbg__teller *teller, double ratio);
void qbg__teller_date(qbg__teller *teller, int64_t time_s);
void qbg__teller_as_of(qbg__teller *teller, int64_t as_of_s);

/* Forgets the values given. */
void qbg__teller_clear(qbg__teller *teller);

/* Says the phrase with the values given since the last one, to `out` or in a place of its own. */
void qbg__teller_say(qbg__teller *teller, qbg__phrase phrase);
void qbg__teller_say_to(qbg__teller *teller, qbg_blob *out, qbg__phrase phrase);

/* Fills a text of the same form. */
void qbg__teller_fill(qbg__teller *teller, qbg_blob *out, const char *text);

/* Says a phrase about one text, in between: the values given stay as they are. */
void qbg__teller_wrap(const qbg__teller *teller, qbg_blob *out, qbg__phrase phrase,
                      const char *text);

#endif
