/* real: any text is read or refused; any double, made of eight bytes or read from the text, is
 * written so that it reads back as the same bits; and any doubles sort. */
#include <string.h>

#include "base/real.h"

#include "fuzz.h"

static int is_finite(double value) { return value - value == 0; }

static void check_round_trip(double value) {
    char text[32], wide[32];
    double again = 0;
    size_t size = qbg__real_write(value, text);
    EXPECT(qbg__real_write_wide(value, wide) == size && memcmp(text, wide, size) == 0);
    EXPECT(size > 0 && size < sizeof text && strlen(text) == size);
    EXPECT(qbg__real_read(text, size, &again) == (is_finite(value) ? QBG_OK : QBG_E_FORMAT));
    if (is_finite(value)) EXPECT(memcmp(&again, &value, sizeof value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    double values[64];
    size_t count = 0;
    double value = 4711;
    qbg_status status = qbg__real_read((const char *)data, size, &value);
    EXPECT(status == QBG_OK || status == QBG_E_FORMAT || status == QBG_E_RANGE);
    EXPECT(status == QBG_OK || (value >= 4711 && value <= 4711));
    EXPECT(is_finite(value));
    check_round_trip(value);
    for (size_t at = 0; at + sizeof value <= size && count < 64; at += sizeof value) {
        memcpy(&value, data + at, sizeof value);
        check_round_trip(value);
        if (is_finite(value)) values[count++] = value;
    }
    qbg__real_sort(values, count);
    for (size_t i = 1; i < count; i++) EXPECT(values[i - 1] <= values[i]);
    return 0;
}
