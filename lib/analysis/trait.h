/* trait: what accounts and contacts say of themselves that the same company or person, told twice,
 * would say again: folded, so that what means the same looks alike. */
#ifndef QBG__TRAIT_H
#define QBG__TRAIT_H

#include "analysis/directory.h"
#include "base/blob.h"
#include "qbg/workspace.h"

/* By what two rows may be alike, the strongest first. _SOUND: a name in Latin letters, and one in
 * Cyrillic; it means nothing between two of one script. */
enum { QBG__TRAIT_EMAIL, QBG__TRAIT_DOMAIN, QBG__TRAIT_NAME, QBG__TRAIT_SOUND, QBG__TRAIT_RULES };

/* A text among the folded ones. */
typedef struct qbg__folded {
    size_t start, size;
} qbg__folded;

/* A row that may be a duplicate. */
typedef struct qbg__subject {
    const char *key;
    uint32_t number;
    qbg__folded name;      /* empty: none */
    uint8_t form, scripts; /* of a company's name: see qbg__company */
} qbg__subject;

typedef struct qbg__trait {
    uint32_t hash;  /* of all that follows but the subject */
    uint32_t rule;  /* QBG__TRAIT_* */
    uint32_t place; /* the account where a contact has his name; else QBG_NONE */
    uint32_t subject;
    qbg__folded text;
} qbg__trait;

typedef struct qbg__traits {
    qbg__mem mem;
    qbg_blob texts;      /* the folded ones, end to end */
    qbg_blob words;      /* of the name at hand, each with a NUL */
    const void **sorted; /* pointers to them; and a sort's scratch */
    uint32_t sorted_capacity;
    qbg__subject *subjects;
    uint32_t subject_count, subject_capacity;
    qbg__trait *at;
    uint32_t count, capacity;
    qbg__directory directory; /* for people without an account */
    int has_directory;
} qbg__traits;

void qbg__traits_begin(qbg__traits *traits, const qbg__mem *mem);
void qbg__traits_end(qbg__traits *traits);

/* Replaces what is there by the traits of all accounts, or all contacts. Keys are borrowed from the
 * workspace. Errors: QBG_E_MEMORY. */
qbg_status qbg__traits_of_accounts(qbg__traits *traits, const qbg_workspace *workspace);
qbg_status qbg__traits_of_contacts(qbg__traits *traits, const qbg_workspace *workspace);

/* Negative, 0 or positive, by bytes: in no order that means anything but to bring equals together.
 */
int qbg__folded_compare(const qbg__traits *traits, qbg__folded a, qbg__folded b);

/* The same for traits: 0 when both are of one rule, place and text, whoever has them. */
int qbg__trait_compare(const qbg__traits *traits, const qbg__trait *a, const qbg__trait *b);

#endif
