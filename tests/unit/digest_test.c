/* digest_test: the vectors of the standard, every length around its blocks, and what is left on the
 * stack behind it. */
#define _XOPEN_SOURCE 700

#include "fixture.h"

#include "base/digest.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void assert_digest(const void *bytes, size_t size, const char *want) {
    char found[QBG__DIGEST_SIZE + 1];
    memset(found, 'x', sizeof found);
    qbg__digest(bytes, size, found);
    assert_string_equal(found, want);
}

/* FIPS 180-4 and the examples that NIST published with it. */
static void the_standards_messages_have_the_standards_digests(void **state) {
    (void)state;
    static const struct {
        const char *message, *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
         "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        {"\xbd", "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"},
        {"\xc9\x8c\x8e\x55", "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_digest(known[i].message, strlen(known[i].message), known[i].digest);
    assert_digest(NULL, 0, known[0].digest);
}

/* Runs of one byte, as NIST has them: the padding beside a block's end, and long messages. */
static void long_and_padded_messages(void **state) {
    (void)state;
    static const struct {
        size_t size;
        char byte;
        const char *digest;
    } known[] = {
        {55, 0, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"},
        {56, 0, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"},
        {57, 0, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"},
        {64, 0, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"},
        {1000, 0, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"},
        {1000, 'A', "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4"},
        {1005, 'U', "f4d62ddec0f3dd90ea1380fa16a5ff8dc4c54b21740650f24afc4120903552b0"},
        {1000000, 0, "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025"},
        {1000000, 'a', "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    char *message = malloc(1000000);
    assert_non_null(message);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        memset(message, known[i].byte, known[i].size);
        assert_digest(message, known[i].size, known[i].digest);
    }
    free(message);
}

/* The first n bytes of one message behind the digest of the last turn, for n = 0 to 200, so that
 * the last digest depends on all. Python's hashlib came to the same one:
 *     chain = b""
 *     for n in range(201): chain = hashlib.sha256(chain + message[:n]).hexdigest().encode() */
static void every_length_and_place_in_memory(void **state) {
    (void)state;
    unsigned char message[200], bytes[8 + QBG__DIGEST_SIZE + sizeof message];
    char chain[QBG__DIGEST_SIZE + 1];
    for (size_t i = 0; i < sizeof message; i++) message[i] = (unsigned char)(i * 7 + 3);
    for (size_t shift = 0; shift < 8; shift++) {
        size_t known = 0;
        for (size_t n = 0; n <= sizeof message; n++) {
            memcpy(bytes + shift, chain, known);
            memcpy(bytes + shift + known, message, n);
            qbg__digest(bytes + shift, known + n, chain);
            known = QBG__DIGEST_SIZE;
        }
        assert_string_equal(chain,
                            "7b8e0af3550bc11501389b5825b2301d4f8c129e45f9b695f3e4a1d6ab2d0cea");
    }
}

/* ---- what stays behind ----------------------------------------------------------------------- */

static const char key[] = "elena.sokolova@red-daisy.example";

static void *take_digest(void *out) {
    qbg__digest(key, sizeof key - 1, out);
    return NULL;
}

/* Eight bytes of the key in a row, in its own order or as the words of the standard. */
static int is_left(const unsigned char *stack, size_t size) {
    unsigned char words[8];
    for (size_t at = 0; at + 8 <= sizeof key - 1; at += 4) {
        for (size_t i = 0; i < 8; i += 4) {
            const unsigned char *four = (const unsigned char *)key + at + i;
            uint32_t word = (uint32_t)four[0] << 24 | (uint32_t)four[1] << 16 |
                            (uint32_t)four[2] << 8 | four[3];
            memcpy(words + i, &word, sizeof word);
        }
        for (size_t i = 0; i + 8 <= size; i++)
            if (memcmp(stack + i, key + at, 8) == 0 || memcmp(stack + i, words, 8) == 0) return 1;
    }
    return 0;
}

/* A thread runs on a file as its stack, which is read when it has ended. */
static void nothing_of_the_key_stays_on_the_stack(void **state) {
    (void)state;
    static unsigned char left[256 * 1024];
    pthread_attr_t attributes;
    pthread_t thread;
    char out[QBG__DIGEST_SIZE + 1] = "";
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), sizeof left), 0);
    void *stack = mmap(NULL, sizeof left, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    assert_true(stack != MAP_FAILED);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, sizeof left), 0);
    assert_int_equal(pthread_create(&thread, &attributes, take_digest, out), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    assert_string_equal(out, "fede98e6f81ddcb1f2b4fc28605f044b4c91c203f68682c17b2beafd4844f2bc");
    assert_int_equal(fread(left, 1, sizeof left, file), sizeof left);
    assert_false(is_left(left, sizeof left));
    munmap(stack, sizeof left);
    fclose(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standards_messages_have_the_standards_digests),
        cmocka_unit_test(long_and_padded_messages),
        cmocka_unit_test(every_length_and_place_in_memory),
        cmocka_unit_test(nothing_of_the_key_stays_on_the_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
