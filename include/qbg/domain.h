/* domain.h: whose mail domain it is: a company's, or one where anybody can have a mailbox. */
#ifndef QBG_DOMAIN_H
#define QBG_DOMAIN_H

#include "qbg/blob.h"
#include "qbg/mem.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The domain that somebody registered, in small letters: "acme.co.uk" of "Ann@mail.acme.co.uk", of
 * "https://www.acme.co.uk/about" and of "acme.co.uk". It is the public suffix and one label in
 * front. Public suffixes are all names of one label, and those of several that the library has a
 * list of: the usual second levels of countries ("co.uk", "com.br"), and Russian regions
 * ("spb.ru"). allocator: where the blob comes from; NULL: libc's. text: not NULL. out_domain: owned
 * by the caller, qbg_blob_free; may be NULL. out_is_free: 1 for free mail, such as gmail.com, and
 * for throw-away mail; may be NULL. Errors: QBG_E_ARGUMENT; QBG_E_TEXT not UTF-8; QBG_E_FORMAT
 * nobody can have registered that: a suffix alone, an IP address, no domain at all; QBG_E_MEMORY.
 * Any thread. Since 0.1 */
QBG_API qbg_status qbg_domain_read(const qbg_allocator *allocator, const char *text,
                                   qbg_blob **out_domain, int32_t *out_is_free);

#ifdef __cplusplus
}
#endif
#endif
