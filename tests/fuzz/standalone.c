/* A main for a fuzz target where there is no fuzzer: runs every file of some folders through it,
 * and seeded mutations of each, so that a corpus is an ordinary test.
 *
 *     csv_fuzz [-n MUTATIONS] [-v] FOLDER...
 *
 * A mutation depends on its file's name and its number alone (and, where it splices, on the other
 * files), so that a failure comes again. -v names each run before it begins. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

typedef struct seed {
    char *path;
    const char *name;
    uint8_t *bytes;
    size_t size;
} seed;

static seed *seeds;
static size_t seed_count;

static void *must(void *block) {
    if (block) return block;
    fputs("out of memory\n", stderr);
    exit(2);
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const seed *)a)->path, ((const seed *)b)->path);
}

/* ---- the corpus --------------------------------------------------------------------------- */

static uint8_t *read_file(FILE *file, size_t *size) {
    uint8_t *bytes = NULL;
    size_t got;
    *size = 0;
    do {
        bytes = must(realloc(bytes, *size + 65536));
        got = fread(bytes + *size, 1, 65536, file);
        *size += got;
    } while (got > 0);
    return bytes;
}

static void add_seed(const char *folder, const char *name) {
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = must(malloc(size));
    snprintf(path, size, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    seeds = must(realloc(seeds, (seed_count + 1) * sizeof *seeds));
    seed *added = &seeds[seed_count++];
    added->path = path;
    added->name = path + strlen(folder) + 1;
    added->bytes = read_file(file, &added->size);
    fclose(file);
}

static void add_folder(const char *folder) {
    DIR *dir = opendir(folder);
    if (!dir) {
        fprintf(stderr, "cannot open %s\n", folder);
        exit(2);
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.') add_seed(folder, entry->d_name);
    closedir(dir);
}

/* ---- mutations ---------------------------------------------------------------------------- */

static uint64_t random_state;

static uint64_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static size_t below(size_t bound) { return bound == 0 ? 0 : (size_t)(next_random() % bound); }

static void seed_random(const char *name, unsigned long number) {
    random_state = 0xCBF29CE484222325 + number * 0x9E3779B97F4A7C15;
    for (; *name; name++) random_state = (random_state ^ (unsigned char)*name) * 0x100000001B3;
    if (random_state == 0) random_state = 1;
    for (int i = 0; i < 8; i++) next_random();
}

/* Half of the bytes are such that parsers turn on them. */
static uint8_t random_byte(void) {
    static const char turning[] = "\"\",;\t\n\r 0019.-+:eETZ=\xFF\xEF\xBB\xBF\xD0\x91";
    if (next_random() % 2) return (uint8_t)next_random();
    return (uint8_t)turning[below(sizeof turning)];
}

typedef struct input {
    uint8_t *bytes;
    size_t size;
} input;

static void insert(input *made, size_t at, const uint8_t *bytes, size_t size) {
    if (size == 0) return;
    made->bytes = must(realloc(made->bytes, made->size + size));
    memmove(made->bytes + at + size, made->bytes + at, made->size - at);
    memcpy(made->bytes + at, bytes, size);
    made->size += size;
}

static void cut(input *made, size_t at, size_t size) {
    memmove(made->bytes + at, made->bytes + at + size, made->size - at - size);
    made->size -= size;
}

static void mutate(input *made) {
    size_t at = below(made->size + 1);
    uint8_t byte = random_byte();
    const seed *other = &seeds[below(seed_count)];
    size_t from = below(other->size + 1);
    switch (next_random() % 6) {
    case 0:
        if (at < made->size) made->bytes[at] ^= (uint8_t)(1 << next_random() % 8);
        break;
    case 1:
        if (at < made->size) made->bytes[at] = byte;
        break;
    case 2: insert(made, at, &byte, 1); break;
    case 3: cut(made, at, below(made->size - at < 16 ? made->size - at + 1 : 16)); break;
    case 4: insert(made, at, other->bytes + from, below(other->size - from + 1)); break;
    default: /* our beginning, and the other's end */
        cut(made, at, made->size - at);
        insert(made, at, other->bytes + from, other->size - from);
        break;
    }
}

/* ---- runs --------------------------------------------------------------------------------- */

/* The target gets a block of exactly the size, so that an address checker sees a step too far. */
static void run(const uint8_t *bytes, size_t size) {
    uint8_t *exact = must(malloc(size > 0 ? size : 1));
    if (size > 0) memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void run_mutation(const seed *from, unsigned long number) {
    input made = {must(malloc(from->size + 1)), from->size};
    if (from->size > 0) memcpy(made.bytes, from->bytes, from->size);
    seed_random(from->name, number);
    for (size_t edits = 1 + below(4); edits > 0; edits--) mutate(&made);
    run(made.bytes, made.size);
    free(made.bytes);
}

static void run_seed(const seed *from, unsigned long mutations, int verbose) {
    if (verbose) fprintf(stderr, "%s\n", from->path);
    run(from->bytes, from->size);
    for (unsigned long i = 1; i <= mutations; i++) {
        if (verbose) fprintf(stderr, "%s, mutation %lu\n", from->path, i);
        run_mutation(from, i);
    }
}

int main(int argc, char **argv) {
    unsigned long mutations = 2000;
    int verbose = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            verbose = 1;
        else if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            mutations = strtoul(argv[++i], NULL, 10);
        else
            add_folder(argv[i]);
    }
    if (seed_count == 0) {
        fputs("usage: [-n MUTATIONS] [-v] FOLDER... (with files in them)\n", stderr);
        return 2;
    }
    qsort(seeds, seed_count, sizeof *seeds, by_path);
    run(NULL, 0);
    for (size_t i = 0; i < seed_count; i++) run_seed(&seeds[i], mutations, verbose);
    printf("%zu files, %lu mutations of each\n", seed_count, mutations);
    for (size_t i = 0; i < seed_count; i++) {
        free(seeds[i].path);
        free(seeds[i].bytes);
    }
    free(seeds);
    return 0;
}
