/* status: every status in one line, and which library this is. */
#include "qbg/status.h"

static const char *const texts[] = {
    [QBG_OK] = "done",
    [QBG_E_ARGUMENT] = "an argument is NULL, outside its vocabulary, or of another workspace",
    [QBG_E_MEMORY] = "out of memory",
    [QBG_E_TEXT] = "text is not UTF-8, or a key is empty",
    [QBG_E_RANGE] = "a number or time is outside its range",
    [QBG_E_EXISTS] = "the key is taken",
    [QBG_E_NOT_FOUND] = "nothing has that key",
    [QBG_E_CONFLICT] = "the event id is known with other content",
    [QBG_E_OVERFLOW] = "the exact sum does not fit 64 bits",
    [QBG_E_ZERO] = "the start revenue is 0",
    [QBG_E_FORMAT] = "the text does not read as what it should be",
    [QBG_E_REFUSED] = "the strict book has rows that were refused",
    [QBG_DUPLICATE] = "the signal was known already and is counted once",
    [QBG_E_FLOAT] = "the thread rounds or flushes numbers otherwise than IEEE-754 to nearest",
    [QBG_E_BUSY] = "a batch or an import is open",
    [QBG_E_GONE] = "the row was removed",
    [QBG_E_IN_USE] = "the row still carries something",
    [QBG_E_ERASED] = "the person was erased on request",
};

const char *qbg_status_text(qbg_status status) {
    if (status < 0 || (size_t)status >= sizeof texts / sizeof texts[0] || !texts[status])
        return "unknown status";
    return texts[status];
}

const char *qbg_version(void) { return "0.1.0"; }

int32_t qbg_abi_version(void) { return 0; }
