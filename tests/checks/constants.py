"""The library lists its constants at run time as the headers have them, so that a binding needs no
header; and it knows its own version and ABI number."""
import ctypes
import os

import headers
from check import build_value, finish, setting, skip


def load():
    if "QBG_NO_LOADING" in os.environ:
        skip(os.environ["QBG_NO_LOADING"])
    library = ctypes.CDLL(setting("QBG_SHARED"))
    library.qbg_constant_name.restype = ctypes.c_char_p
    library.qbg_constant_value.restype = ctypes.c_int64
    library.qbg_version.restype = ctypes.c_char_p
    return library


def listed(library):
    return {library.qbg_constant_name(i).decode(): library.qbg_constant_value(i)
            for i in range(library.qbg_constant_count())}


def constant_faults(library):
    ours = {item.name: item.value for item in headers.constants()}
    theirs = listed(library)
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {ours.get(name)} in the headers, {theirs.get(name)} at run time"
    if len(theirs) != library.qbg_constant_count():
        yield "a constant is listed twice"
    for past in (-1, library.qbg_constant_count()):
        if library.qbg_constant_name(past) is not None or library.qbg_constant_value(past) != 0:
            yield f"constant {past} should be NULL and 0"


def version_faults(library):
    version = library.qbg_version().decode()
    if version != build_value("version"):
        yield f"qbg_version says {version}, meson.build {build_value('version')}"
    if library.qbg_abi_version() != int(build_value("qbg_abi")):
        yield f"qbg_abi_version says {library.qbg_abi_version()}, not qbg_abi of meson.build"


if __name__ == "__main__":
    loaded = load()
    finish([*constant_faults(loaded), *version_faults(loaded)],
           f"{len(headers.constants())} constants, version {build_value('version')}")
