/* column: what all calls ask of the columns that they are handed; see column.h. Whatever could be
 * read beyond its end is found before a single row is. */
#include "base/column.h"

#include "qbg/status.h"

#include <string.h>

int qbg__columns_are_known(const void *columns, size_t known) {
    const unsigned char *bytes = columns;
    size_t size;
    if (!columns) return 0;
    memcpy(&size, columns, sizeof size);
    if (size < known) return 0;
    for (size_t i = known; i < size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

/* Offsets must begin at 0 or above and never fall, or a row would have no text. */
int qbg__column_is_text(const char *bytes, const int64_t *offsets, uint64_t count) {
    if (!offsets) return bytes == NULL;
    if (offsets[0] < 0) return 0;
    for (uint64_t i = 0; i < count; i++)
        if (offsets[i + 1] < offsets[i]) return 0;
    return bytes != NULL || offsets[count] == offsets[0];
}

qbg__span qbg__column_text(const char *bytes, const int64_t *offsets, uint64_t row) {
    if (!offsets || offsets[row + 1] == offsets[row]) return (qbg__span){"", 0};
    return (qbg__span){bytes + offsets[row], (size_t)(offsets[row + 1] - offsets[row])};
}
