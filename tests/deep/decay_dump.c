/* decay_dump: prints every decay table, a line for each half-life: its days, then D[0], D[1], ...
 * in decimal. decay.py checks them. */
#include "base/fixed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    for (int32_t half_life = QBG__HALF_LIFE_FIRST; half_life <= QBG__HALF_LIFE_LAST; half_life++) {
        size_t size = qbg__decay_size(half_life);
        uint32_t *table = malloc(size * sizeof *table);
        if (!table) return 1;
        qbg__decay_fill(half_life, table);
        printf("%" PRId32, half_life);
        for (size_t age = 0; age < size; age++) printf(" %" PRIu32, table[age]);
        printf("\n");
        free(table);
    }
    return 0;
}
