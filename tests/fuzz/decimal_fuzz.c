/* decimal: any text is an exact decimal or is refused, and what is written reads back the same.
 * The first byte says how many places, the rest is text, and its first eight bytes a number. */
#include <string.h>

#include "base/fixed.h"

#include "fuzz.h"

static void check_text(const char *text, size_t size, int64_t value, int places) {
    int64_t again = 0;
    EXPECT(size > 0 && size < 32 && strlen(text) == size);
    EXPECT(qbg__decimal_read(text, size, places, &again) == QBG_OK);
    EXPECT(again == value);
}

static void check_round_trip(int64_t value, int places) {
    char text[32];
    size_t size = qbg__decimal_write(value, places, text);
    check_text(text, size, value, places);
    size = qbg__money_write(value, places, text);
    check_text(text, size, value, places);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int64_t value = 4711;
    if (size == 0) return 0;
    int places = data[0] % 19;
    const char *text = (const char *)data + 1;
    qbg_status status = qbg__decimal_read(text, size - 1, places, &value);
    EXPECT(status == QBG_OK || status == QBG_E_FORMAT || status == QBG_E_RANGE);
    EXPECT(status == QBG_OK || value == 4711);
    check_round_trip(value, places);
    if (size < 1 + sizeof value) return 0;
    memcpy(&value, text, sizeof value);
    check_round_trip(value, places);
    return 0;
}
