/* status: the numbers are promised, and each says something. */
#include "fixture.h"

/* Codes are appended, never reused: this list only grows. */
static void codes_are_what_they_always_were(void **state) {
    static const qbg_status codes[] = {
        QBG_OK,       QBG_E_ARGUMENT,  QBG_E_MEMORY,   QBG_E_TEXT,     QBG_E_RANGE,
        QBG_E_EXISTS, QBG_E_NOT_FOUND, QBG_E_CONFLICT, QBG_E_OVERFLOW, QBG_E_ZERO,
        QBG_E_FORMAT, QBG_E_REFUSED,   QBG_DUPLICATE,  QBG_E_FLOAT,
    };
    (void)state;
    for (int32_t i = 0; i < (int32_t)(sizeof codes / sizeof codes[0]); i++)
        assert_int_equal(codes[i], i);
    assert_int_equal(QBG_E_BUSY, 14);
    assert_true(QBG_UNDATED == INT64_MIN);
    assert_true(QBG_NONE == UINT32_MAX);
}

static void every_code_has_a_line_of_its_own(void **state) {
    (void)state;
    for (qbg_status one = QBG_OK; one <= QBG_E_ERASED; one++) {
        assert_non_null(qbg_status_text(one));
        assert_string_not_equal(qbg_status_text(one), "");
        assert_string_not_equal(qbg_status_text(one), "unknown status");
        assert_null(strchr(qbg_status_text(one), '\n'));
        for (qbg_status other = QBG_OK; other < one; other++)
            assert_string_not_equal(qbg_status_text(one), qbg_status_text(other));
    }
}

static void unknown_codes_are_called_so(void **state) {
    (void)state;
    assert_string_equal(qbg_status_text(-1), "unknown status");
    assert_string_equal(qbg_status_text(QBG_E_ERASED + 1), "unknown status");
    assert_string_equal(qbg_status_text(INT32_MIN), "unknown status");
    assert_string_equal(qbg_status_text(INT32_MAX), "unknown status");
}

static void the_library_says_which_it_is(void **state) {
    (void)state;
    assert_string_equal(qbg_version(), "0.1.0");
    assert_int_equal(qbg_abi_version(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_what_they_always_were),
        cmocka_unit_test(every_code_has_a_line_of_its_own),
        cmocka_unit_test(unknown_codes_are_called_so),
        cmocka_unit_test(the_library_says_which_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
