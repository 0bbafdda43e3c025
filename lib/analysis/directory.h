/* directory: the accounts by mail domain and by name, to be looked up. */
#ifndef QBG__DIRECTORY_H
#define QBG__DIRECTORY_H

#include "base/blob.h"
#include "qbg/workspace.h"

/* Why an account may be the one, one bit each. */
enum {
    QBG__SEEN_DOMAIN = 1,  /* it has this mail domain, or one that this is below */
    QBG__SEEN_RELATED = 2, /* it has another one of the same registrant */
    QBG__SEEN_NAME = 4,
    QBG__SEEN_SOUND = 8,          /* it has the name in the other script */
    QBG__SEEN_OTHER_FORM = 16,    /* it has the name, with a legal form that contradicts */
    QBG__SEEN_SAME_FORM = 32,     /* it has the name, with the same legal form */
    QBG__SEEN_STRANGE_DOMAIN = 64 /* it has domains, and this company's domain is none of them */
};

typedef struct qbg__candidate {
    uint32_t account;
    uint32_t seen; /* QBG__SEEN_* */
} qbg__candidate;

typedef struct qbg__listing {
    uint32_t hash; /* of kind and text */
    uint32_t kind;
    uint32_t account;
    uint8_t form, scripts; /* of names */
    size_t start, size;    /* of the text */
} qbg__listing;

/* Who is looked for, and what was found. Zeroed, its texts are nobody's. */
typedef struct qbg__directory {
    qbg__mem mem;
    const qbg_workspace *workspace;
    qbg_blob texts;         /* of the listings, end to end */
    qbg__listing *listings; /* by hash, then by account */
    uint32_t count, capacity;
    qbg_blob words;             /* of the question at hand */
    qbg__candidate *candidates; /* by the accounts' keys */
    uint32_t candidate_count, candidate_capacity;
} qbg__directory;

void qbg__directory_begin(qbg__directory *directory, const qbg_workspace *workspace);
void qbg__directory_end(qbg__directory *directory);

/* Lists all accounts. Errors: QBG_E_MEMORY. */
qbg_status qbg__directory_fill(qbg__directory *directory);

/* Finds the candidates for a mail address, URL or host and a company's name, each "" for none,
 * and puts them in the place of those before. What cannot be read as either finds nobody, and
 * neither does free mail.
 * Errors: QBG_E_MEMORY. */
qbg_status qbg__directory_look_up(qbg__directory *directory, const char *email,
                                  const char *company);

/* The candidate that it is, by its place; QBG_NONE when there is none, or no single one. */
uint32_t qbg__directory_choose(const qbg__directory *directory);

/* The key under which a company's name is compared, in `words`; 0 for what is no name. */
size_t qbg__directory_key(qbg__directory *directory, const char *company);

#endif
