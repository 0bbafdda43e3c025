/* phrase: sentences from one catalogue, phrases.inc, with values filled in.
 *
 * A phrase says where its values go: {1} is the first, {2} the second. {1|person|people} is a word
 * that depends on the number of the first value: two forms go by English rules, three by Russian
 * ones («человек», «человека», «человек»). So a language is a column of the catalogue, no code. */
#ifndef QBG__PHRASE_H
#define QBG__PHRASE_H

#include "base/blob.h"

/* QBG__P_TITLE and so on, in the catalogue's order. */
typedef enum qbg__phrase {
#define PHRASE(name, english) QBG__P_##name,
#include "io/phrases.inc"
#undef PHRASE
    QBG__P_COUNT
} qbg__phrase;

/* A phrase as it stands in the catalogue. */
const char *qbg__phrase_text(qbg__phrase phrase);

#define QBG__TELLER_VALUES 9

/* Collects the values of the next phrase, then says it. */
typedef struct qbg__teller {
    qbg_blob *out;
    qbg_blob values;                     /* their texts, one behind the other; keeps a failure */
    size_t starts[QBG__TELLER_VALUES];   /* where each begins */
    int64_t numbers[QBG__TELLER_VALUES]; /* what a word depends on; 0 for texts */
    int count;
} qbg__teller;

/* Writes to `out`; _end also hands a failure on to it. */
void qbg__teller_begin(qbg__teller *teller, qbg_blob *out);
void qbg__teller_end(qbg__teller *teller);

/* The next value: append its text to what this returns; or a text (its control characters become
 * blanks), a whole number, a rounded one, a percentage, a date. */
qbg_blob *qbg__teller_value(qbg__teller *teller);
void qbg__teller_text(qbg__teller *teller, const char *text);
void qbg__teller_int(qbg__teller *teller, int64_t value);
void qbg__teller_figure(qbg__teller *teller, double value, int places);
void qbg__teller_percent(qbg__teller *teller, double ratio);
void qbg__teller_date(qbg__teller *teller, int64_t time_s);

/* Forgets the values given. */
void qbg__teller_clear(qbg__teller *teller);

/* Says the phrase with the values given since the last one, to `out` or in a place of its own. */
void qbg__teller_say(qbg__teller *teller, qbg__phrase phrase);
void qbg__teller_say_to(qbg__teller *teller, qbg_blob *out, qbg__phrase phrase);

/* Fills a text of the same form. */
void qbg__teller_fill(qbg__teller *teller, qbg_blob *out, const char *text);

#endif
