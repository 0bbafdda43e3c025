/* template: the row of a template and its seats. */
#ifndef QBG__TEMPLATE_H
#define QBG__TEMPLATE_H

#include "base/journal.h"
#include "model/memory.h"
#include "qbg/template.h"

#define QBG__SEAT_MAX        64u
#define QBG__SEAT_WEIGHT_MAX 100000
#define QBG__SEAT_PEOPLE_MAX 16

typedef struct qbg__seat {
    uint32_t role;
    int32_t weight_milli;
    int32_t people;
    int32_t required;
    uint32_t departments;  /* one bit a department; 0: any */
    int32_t min_seniority; /* QBG_UNSET: any */
} qbg__seat;

struct qbg_template {
    qbg_workspace *workspace;
    uint32_t number;
    uint32_t kept;
    char *key;
    uint64_t tag; /* the host's */
    qbg__seat *seats;
    uint32_t seat_count, seat_capacity;
};

/* The built-in template `standard`; and whether a template is it, as a new workspace has it. */
qbg_status qbg__template_begin(qbg_workspace *workspace);
int qbg__template_is_untouched(const qbg_template *template_);

void qbg__template_free(qbg_template *template_, qbg__mem *mem);
void qbg__template_bytes(const qbg_template *template_, qbg__memory *memory);

/* The seats of a set of roles, one bit each in template order. */
uint64_t qbg__template_seats(const qbg_template *template_, uint64_t roles);

/* The role that a persona takes here: of the seats that fit it the heaviest one's, `influencer`
 * when none does, QBG_NONE without a persona. */
uint32_t qbg__template_infer(const qbg_template *template_, int32_t department, int32_t seniority);

#endif
