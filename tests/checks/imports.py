"""The library asks of libc only memory and text: no clock, locale, environment, file, thread,
randomness or output. Read from the undefined symbols of the shared library."""
import shutil

from check import finish, is_sanitized, output_of, setting, skip

ALLOWED = {
    "malloc", "realloc", "calloc", "free",
    "memchr", "memcmp", "memcpy", "memmove", "memset", "bcmp",
    "strchr", "strcmp", "strcspn", "strlen", "strncmp", "strnlen", "strpbrk", "strrchr", "strspn",
    "strstr",
    "__assert_fail", "__stack_chk_fail",
    "__cxa_finalize", "__gmon_start__", "_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable",
}


def imported(path):
    lines = output_of(["nm", "--dynamic", "--undefined-only", path]).splitlines()
    return {line.split()[-1].split("@")[0] for line in lines}


def faults():
    asked = imported(setting("QBG_SHARED"))
    # Fortified names (__memcpy_chk) are the same functions.
    plain = {name.removeprefix("__").removesuffix("_chk") if name.endswith("_chk") else name
             for name in asked}
    return [f"the library asks for {name}" for name in sorted(plain - ALLOWED)]


if __name__ == "__main__":
    if not shutil.which("nm"):
        skip("nm (binutils) was not found")
    if is_sanitized():
        skip("a sanitized library asks for the sanitizer")
    finish(faults(), "memory and text are all it asks for")
