"""The headers and the binary agree: what is declared is exported, and nothing else is.

Also: the shared library needs libc alone, carries the right soname, and the static one defines no
name outside qbg_."""
import re
import shutil

import headers
from check import build_value, finish, is_sanitized, output_of, setting, skip


def exported(path):
    """Names that a dynamic library defines, without those of its versions (QBG_0)."""
    lines = output_of(["nm", "--dynamic", "--defined-only", path]).splitlines()
    words = [line.split() for line in lines]
    return {word[-1].split("@")[0] for word in words if word[-2] != "A"}


def globally_defined(path):
    lines = output_of(["nm", "--extern-only", "--defined-only", path]).splitlines()
    return {line.split()[-1] for line in lines if len(line.split()) == 3}


def dynamic_entries(path, tag):
    text = output_of(["readelf", "--dynamic", "--wide", path], env={"LC_ALL": "C"})
    return re.findall(rf"\({tag}\).*\[(.+)\]", text)


def symbol_faults():
    declared = {function.name for function in headers.functions()}
    found = exported(setting("QBG_SHARED"))
    yield from (f"declared but not in the library: {name}" for name in sorted(declared - found))
    yield from (f"in the library but not declared: {name}" for name in sorted(found - declared))


def library_faults():
    shared = setting("QBG_SHARED")
    needed = dynamic_entries(shared, "NEEDED")
    if needed != ["libc.so.6"]:
        yield f"needs {needed}, not libc.so.6 alone"
    soname = f"libqbg.so.{build_value('qbg_abi')}"
    if dynamic_entries(shared, "SONAME") != [soname]:
        yield f"is called {dynamic_entries(shared, 'SONAME')}, not {soname}"


def static_faults():
    strange = {name for name in globally_defined(setting("QBG_STATIC"))
               if not name.startswith("qbg_")}
    yield from (f"the static library defines {name}" for name in sorted(strange))


if __name__ == "__main__":
    if not shutil.which("nm") or not shutil.which("readelf"):
        skip("nm and readelf (binutils) were not found")
    if is_sanitized():
        skip("a sanitized library has the sanitizer's symbols and needs its runtime")
    finish([*symbol_faults(), *library_faults(), *static_faults()],
           f"{len(headers.functions())} functions declared and exported; libc alone is needed")
