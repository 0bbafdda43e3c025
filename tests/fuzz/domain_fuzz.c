/* domain: whatever text has a domain, the domain has the same one, which is a part of it in small
 * letters and as free as the text; or there is none. */
#include <stdlib.h>
#include <string.h>

#include "qbg/domain.h"

#include "fuzz.h"

static void check(const char *text) {
    qbg_blob *domain = NULL, *again = NULL;
    int32_t is_free = -7, is_free_again = -7;
    qbg_status status = qbg_domain_read(NULL, text, &domain, &is_free);
    EXPECT(status == QBG_OK || status == QBG_E_TEXT || status == QBG_E_FORMAT);
    if (status != QBG_OK) {
        EXPECT(!domain && is_free == -7);
        return;
    }
    const char *name = qbg_blob_data(domain);
    EXPECT(qbg_blob_size(domain) == strlen(name) && strchr(name, '.'));
    EXPECT(!strpbrk(name, "@/:?# <>,;ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    EXPECT(qbg_domain_read(NULL, name, &again, &is_free_again) == QBG_OK);
    EXPECT(strcmp(qbg_blob_data(again), name) == 0);
    EXPECT(is_free_again <= is_free && is_free <= 1 && is_free_again >= 0);
    qbg_blob_free(domain);
    qbg_blob_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    if (!text) return 0;
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    check(text);
    free(text);
    return 0;
}
