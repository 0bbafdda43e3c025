#include "base/digest.h"
#include <stdint.h>
void qbg__digest(const void *bytes, size_t size, char hex[65]) {
    const unsigned char *at = bytes;
    for (int j = 0; j < 4; j++) {
        uint64_t hash = 0xcbf29ce484222325u + (uint64_t)j * 77u;
        for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * 0x100000001b3u;
        for (int i = 0; i < 16; i++)
            hex[j * 16 + i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    }
    hex[64] = 0;
}
