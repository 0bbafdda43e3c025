/* civil: any text is a time within 1970..2199 or is refused; a time survives its way over date and
 * time of day; and the end of a day is never before its beginning. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"

#include "fuzz.h"

static void check_civil(int64_t time_s) {
    int32_t year, month, day, hour, minute, second;
    int64_t again_s = 0;
    EXPECT(qbg_time_to_civil(time_s, &year, &month, &day, &hour, &minute, &second) == QBG_OK);
    EXPECT(year >= 1970 && year <= 2199);
    EXPECT(qbg_time_from_civil(year, month, day, hour, minute, second, &again_s) == QBG_OK);
    EXPECT(again_s == time_s);
}

/* As it reads when nothing was read before, and behind a time of that day. */
static void check_near(const char *text, size_t size, qbg_status status, int64_t time_s) {
    qbg__civil_day day = {0, 0, 0};
    for (int i = 0; i < 2; i++) {
        int64_t near_s = -1;
        EXPECT(qbg__civil_read_near(&day, text, size, &near_s) == status && near_s == time_s);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int64_t start_s = -1, end_s = -1;
    char *text = malloc(size + 1);
    if (!text) return 0;
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    qbg_status status = qbg_time_from_text(text, 0, &start_s);
    check_near(text, strlen(text), status, start_s);
    EXPECT(status == QBG_OK || status == QBG_E_FORMAT || status == QBG_E_RANGE);
    EXPECT(qbg_time_from_text(text, 1, &end_s) == status);
    if (status == QBG_OK) {
        EXPECT(end_s == start_s || end_s == start_s + 86399);
        check_civil(start_s);
        check_civil(end_s);
    } else {
        EXPECT(start_s == -1 && end_s == -1);
    }
    free(text);
    return 0;
}
