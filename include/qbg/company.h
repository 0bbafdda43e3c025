/* company.h: names of companies without their legal form. */
#ifndef QBG_COMPANY_H
#define QBG_COMPANY_H

#include "qbg/blob.h"
#include "qbg/mem.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The base of a company's name: «Красная ромашка» of «ООО "Красная ромашка"», "Blue Whale" of
 * "Blue Whale, Ltd.". Legal forms go, as words in front, at the end, and, where they cannot be
 * anything else, in between; quotation marks, and marks that are left over at the ends. Case,
 * accents and the rest stay as they are, and so do forms in scripts other than Latin and Cyrillic.
 * What is only legal form, as "Inc", has the base "". A text of more than 95 words, or some 700
 * bytes, is no name, and given back as it is. allocator: where the blob comes from; NULL: libc's.
 * name: not NULL. out_base: owned by the caller, qbg_blob_free. Errors: QBG_E_ARGUMENT; QBG_E_TEXT
 * not UTF-8; QBG_E_MEMORY. Any thread. Since 0.1 */
QBG_API qbg_status qbg_company_base(const qbg_allocator *allocator, const char *name,
                                    qbg_blob **out_base);

/* Whether two names may be one company's: out_is_same is 1 when their bases are the same but for
 * case, "ё", accents, marks between words, letters that look alike in Latin and Cyrillic, "and" and
 * "&"; or one is the other in Latin letters, as "Krasnaya Romashka" is «Красная ромашка»; and when
 * their legal forms do not contradict each other, as "ООО" and "АО" do, or "GmbH" and "Inc". A name
 * without a letter is none, and the same as no other. Errors as above. Any thread. Since 0.1 */
QBG_API qbg_status qbg_company_is_same(const qbg_allocator *allocator, const char *name,
                                       const char *other, int32_t *out_is_same);

#ifdef __cplusplus
}
#endif
#endif
