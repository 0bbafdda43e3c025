/* company: any name has a base that is no longer than itself, the same one each time, or is refused
 * as no UTF-8. Two names, the lines of the input, are the same whichever comes first; and what is
 * not the same as itself is no name, and the same as no other. */
#include <stdlib.h>
#include <string.h>

#include "qbg/company.h"

#include "fuzz.h"

static int is_same(const char *a, const char *b) {
    int32_t there = -7, back = -7;
    EXPECT(qbg_company_is_same(NULL, a, b, &there) == QBG_OK);
    EXPECT(qbg_company_is_same(NULL, b, a, &back) == QBG_OK);
    EXPECT(there == back && (there == 0 || there == 1));
    return there;
}

/* The base of a name, to be freed; NULL when it is refused. */
static qbg_blob *base_of(const char *name) {
    qbg_blob *base = NULL, *again = NULL;
    qbg_status status = qbg_company_base(NULL, name, &base);
    EXPECT(status == QBG_OK || status == QBG_E_TEXT);
    EXPECT(qbg_company_base(NULL, name, &again) == status);
    if (status != QBG_OK) {
        EXPECT(!base && !again);
        return NULL;
    }
    EXPECT(qbg_blob_size(base) == strlen(qbg_blob_data(base)));
    EXPECT(qbg_blob_size(base) <= strlen(name));
    EXPECT(strcmp(qbg_blob_data(base), qbg_blob_data(again)) == 0);
    qbg_blob_free(again);
    return base;
}

static void check(const char *name, const char *other) {
    qbg_blob *base = base_of(name), *other_base = base_of(other);
    if (base && other_base) {
        is_same(name, other);
        is_same(name, qbg_blob_data(base));
        int is_name = is_same(name, name);
        if (!is_name) EXPECT(!is_same(name, other));
    }
    qbg_blob_free(base);
    qbg_blob_free(other_base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *name = malloc(size + 1);
    if (!name) return 0;
    if (size > 0) memcpy(name, data, size);
    name[size] = '\0';
    char *line = strchr(name, '\n');
    if (line) *line++ = '\0';
    check(name, line ? line : "Acme Ltd");
    free(name);
    return 0;
}
