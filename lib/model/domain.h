/* domain: what somebody registered, in an address or a host. */
#ifndef QBG__DOMAIN_H
#define QBG__DOMAIN_H

#include "base/blob.h"
#include "qbg/domain.h"

/* A part of a folded host. */
typedef struct qbg__domain {
    const char *at; /* NULL: none was registered */
    size_t size;
} qbg__domain;

/* Finds the host in a mail address, a URL or a host; NULL when there is none. */
const char *qbg__domain_host(const char *text, size_t size, size_t *out_size);

/* Appends a host in small letters. */
void qbg__domain_put(const char *host, size_t size, qbg_blob *out);

/* The registered part of a host in small letters: the public suffix and one label in front. */
qbg__domain qbg__domain_registered(const char *host, size_t size);

/* 1 when anybody can have a mailbox at that host, in small letters. */
int qbg__domain_is_free(const char *host, size_t size);

#endif
