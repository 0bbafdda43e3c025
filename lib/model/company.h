/* company: what remains of a company's name without its legal form, and names that are spelt
 * differently and read the same. */
#ifndef QBG__COMPANY_H
#define QBG__COMPANY_H

#include "base/blob.h"
#include "model/legal_form.h"
#include "qbg/company.h"

#define QBG__COMPANY_PIECES 96
#define QBG__COMPANY_BYTES  768

/* A word of the name as it stands there, with the marks around it. */
typedef struct qbg__piece {
    const char *at; /* borrowed */
    uint32_t size;
    uint16_t core;   /* where its letters begin in `core` */
    uint8_t scripts; /* QBG__SCRIPT_* of them */
    uint8_t is_kept; /* it belongs to the base */
} qbg__piece;

typedef struct qbg__company {
    const char *name; /* borrowed, with its size */
    size_t size;
    uint8_t form;    /* the family of its legal form, QBG__FORM_NONE for none */
    uint8_t scripts; /* of the base */
    int is_form;     /* it is nothing but legal form: the base is empty */
    int is_name;     /* it can be compared */
    uint32_t count;  /* of pieces */
    qbg__piece pieces[QBG__COMPANY_PIECES];
    char core[QBG__COMPANY_BYTES]; /* letters and digits, folded as legal forms are */
} qbg__company;

/* Reads valid UTF-8. */
void qbg__company_read(const char *name, size_t size, qbg__company *out);

/* Appends the base name, as it is written but for quotation marks and blanks; a failure stays in
 * the blob. */
void qbg__company_put_base(const qbg__company *company, qbg_blob *out);

/* Appends the base name for comparing: of names that are the same in one script, the same bytes.
 * Empty when there is no letter in it. */
void qbg__company_put_key(const qbg__company *company, qbg_blob *out);

/* Appends what it sounds like: of names that are the same in Latin and in Cyrillic letters, the
 * same bytes; of others in one script often, too. Empty when it is too short to tell. */
void qbg__company_put_sound(const qbg__company *company, qbg_blob *out);

/* May both be one company's? See qbg_company_is_same; a failure stays in scratch. */
int qbg__company_is_same(const qbg__company *a, const qbg__company *b, qbg_blob *scratch);

#endif
