/* persona: any title gives words of the two vocabularies and a confidence that fits them, or is
 * refused as no UTF-8; and it says the same twice. The words that decided lie in the title, one
 * behind the other, and there are some when it tells anything. */
#include <stdlib.h>
#include <string.h>

#include "qbg/persona.h"

#include "fuzz.h"

static void check_evidence(const char *title, int tells) {
    uint32_t starts[QBG_PERSONA_EVIDENCE], sizes[QBG_PERSONA_EVIDENCE], count = 99, end = 0;
    EXPECT(qbg_persona_evidence(title, QBG_PERSONA_EVIDENCE, starts, sizes, &count) == QBG_OK);
    EXPECT(count <= QBG_PERSONA_EVIDENCE);
    EXPECT((count > 0) == tells);
    for (uint32_t i = 0; i < count; i++) {
        EXPECT(starts[i] >= end && sizes[i] > 0);
        end = starts[i] + sizes[i];
    }
    EXPECT(end <= strlen(title));
}

static void check(const char *title) {
    int32_t department = -7, seniority = -7, again = -7;
    double confidence = -7;
    qbg_status status = qbg_persona_read(title, &department, &seniority, &confidence);
    EXPECT(status == QBG_OK || status == QBG_E_TEXT);
    EXPECT(qbg_persona_read(title, &again, NULL, NULL) == status);
    EXPECT(again == department);
    if (status != QBG_OK) {
        EXPECT(department == -7 && seniority == -7 && confidence < -6);
        return;
    }
    EXPECT(department >= QBG_UNSET && department <= QBG_DEPARTMENT_OTHER);
    EXPECT(seniority >= QBG_UNSET && seniority <= QBG_SENIORITY_C_LEVEL);
    EXPECT(confidence >= 0 && confidence <= 1);
    if (department == QBG_UNSET && seniority == QBG_UNSET) EXPECT(confidence <= 0);
    check_evidence(title, department != QBG_UNSET || seniority != QBG_UNSET);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *title = malloc(size + 1);
    if (!title) return 0;
    if (size > 0) memcpy(title, data, size);
    title[size] = '\0';
    check(title);
    free(title);
    return 0;
}
