/* explanation: what the chapters of an explanation share: the story, and ways to tell it. */
#ifndef QBG__EXPLANATION_H
#define QBG__EXPLANATION_H

#include "io/grid.h"
#include "io/phrase.h"
#include "qbg/assessment.h"
#include "qbg/member.h"
#include "qbg/template.h"
#include "qbg/workspace.h"

#define QBG__STORY_INDENT 2
#define QBG__STORY_PLACES 3 /* of rounded figures */

#define QBG__STORY_POINT 16777216000.0 /* 1000 x 2^24: what a point is in a ledger */
#define QBG__STORY_DECAY 16777216.0    /* 2^24: what a decay of 1 is there */

typedef struct qbg__story {
    qbg__teller teller;
    qbg_blob *out;  /* also keeps the first failure */
    qbg_blob aside; /* sentences that wait for their place */
    qbg_blob key;   /* a key out of a table's cell, with its NUL */
    const qbg_opportunity *opportunity;
    const qbg_workspace *workspace;
    const qbg_template *template_;
    const qbg_assessment *assessment;
    int64_t as_of_s;
    int language;
    const char *lang; /* its name, for labels */
} qbg__story;

/* 1 when the opportunity is closed by then: what is told is how it was, and nothing is advised. */
int qbg__story_is_over(const qbg__story *story);

/* The chapters. */
void qbg__story_tell_intent(qbg__story *story);
void qbg__story_tell_gate(qbg__story *story);
void qbg__story_tell_missing(qbg__story *story);
void qbg__story_tell_path(qbg__story *story);

/* Says a phrase with the values given before. _words: a phrase without values, as a text. */
void qbg__story_say(qbg__story *story, qbg__phrase phrase);
const char *qbg__story_words(const qbg__story *story, qbg__phrase phrase);

/* Gives the next value: a text; a figure rounded to QBG__STORY_PLACES; a parameter, whole. _pair:
 * the next two, which are to be compared: both rounded, or both whole where rounding would make
 * them the same. */
void qbg__story_text(qbg__story *story, const char *text);
void qbg__story_figure(qbg__story *story, double value);
void qbg__story_exact(qbg__story *story, double value);
void qbg__story_pair(qbg__story *story, double first, double second);

/* Keeps a failure; 1 when it was none. */
int qbg__story_is_fine(qbg__story *story, qbg_status status);

/* A policy parameter (QBG__COVERAGE_FLOOR ...). */
double qbg__story_parameter(const qbg__story *story, int parameter);

/* What to call somebody, who may have been erased; _subject: where a sentence or a row begins. */
const char *qbg__story_name(const qbg__story *story, const qbg_contact *contact);
const char *qbg__story_subject(const qbg__story *story, const qbg_contact *contact);

/* Appends the names of the people in a seat, and the label of a role as sentences have it. */
void qbg__story_write_people(const qbg__story *story, uint32_t seat, qbg_blob *out);
void qbg__story_write_role(const qbg__story *story, const char *key, qbg_blob *out);

/* What stands before the next item of a list of `count`. */
void qbg__story_join(const qbg__story *story, qbg_blob *list, uint32_t item, uint32_t count);

/* The next present member from *at on, NULL after the last. The assessment names the same ones, and
 * both go by their contacts' keys: the n-th present member is its n-th. */
const qbg_member *qbg__story_next_present(const qbg__story *story, uint32_t *at);

/* A column headed by a phrase; a cell with a phrase, or with a rounded figure. */
void qbg__story_column(const qbg__story *story, qbg__grid *grid, qbg__phrase heading, int side);
void qbg__story_word(const qbg__story *story, qbg__grid *grid, qbg__phrase phrase);
void qbg__story_cell(const qbg__story *story, qbg__grid *grid, double value);

#endif
