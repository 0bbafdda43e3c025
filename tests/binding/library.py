"""The shared library as Python sees it: every function with the types that its header gives it,
every struct and constant, and an allocator that counts, checks and fails when it is told to.

Nothing here names a function: the headers are the only list."""
import ctypes
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "checks"))
import headers  # noqa: E402

SKIPPED = 77  # what meson takes for "skipped"

FUNCTIONS = {function.name: function for function in headers.functions()}
OPAQUE = {item.name for item in headers.types() if item.meaning == "struct"}

# C.OK, C.E_MEMORY, C.UNDATED ...: the constants without their QBG_.
C = SimpleNamespace(**{item.name[len("QBG_"):]: item.value for item in headers.constants()})

SCALARS = {
    "void": None, "double": ctypes.c_double, "size_t": ctypes.c_size_t,
    "uint8_t": ctypes.c_uint8, "uint16_t": ctypes.c_uint16, "int32_t": ctypes.c_int32,
    "uint32_t": ctypes.c_uint32, "int64_t": ctypes.c_int64, "uint64_t": ctypes.c_uint64,
}
SCALARS.update({item.name: SCALARS[item.meaning] for item in headers.types()
                if item.meaning != "struct"})


def base_of(c_type):
    """A type without const and stars, and the number of its stars."""
    return re.sub(r"\bconst\b|\*", " ", c_type).split()[0], c_type.count("*")


def ctype(c_type):
    """The ctypes type for a type as a header writes it."""
    base, stars = base_of(c_type)
    if stars == 1 and base == "char":
        return ctypes.c_char_p
    if stars > 0 and (base == "void" or base in OPAQUE and base not in STRUCTS):
        found, stars = ctypes.c_void_p, stars - 1
    else:
        found = STRUCTS[base] if base in STRUCTS else SCALARS[base]
    for _ in range(stars):
        found = ctypes.POINTER(found)
    return found


def field_of(text):
    """A field of a struct as its name and ctypes type."""
    callback = re.fullmatch(r"(.+)\(\*(\w+)\)\((.*)\)", text)
    if not callback:
        c_type, name = headers.split_parameter(text)
        return name, ctype(c_type)
    result, name, inside = callback.groups()
    parameters = [headers.split_parameter(one)[0] for one in inside.split(",")]
    return name, ctypes.CFUNCTYPE(ctype(headers.tidy(result)), *map(ctype, parameters))


STRUCTS = {}
for _struct in headers.structs():
    STRUCTS[_struct.name] = type(_struct.name, (ctypes.Structure,), {
        "_fields_": [field_of(text) for text in _struct.fields]})


def is_text(function):
    """Does it answer NUL-terminated text? Where an output tells the length, it does not."""
    return function.result == "const char *" and not outputs(function)


def outputs(function):
    """The places of the parameters that are written to; a handle that is filled is not one."""
    return [i for i, name in enumerate(function.names) if name.startswith("out_")
            and (base_of(function.parameters[i])[0] not in OPAQUE
                 or base_of(function.parameters[i])[1] == 2)]


def free_of(opaque):
    """The function that frees such a handle, or None: rows of a workspace have none."""
    name = opaque + "_free"
    return name if name in FUNCTIONS else None


def results(function):
    """The places of the outputs that the caller has to free, each with the function that does."""
    found = [(i, free_of(base_of(function.parameters[i])[0])) for i in outputs(function)]
    return [(i, free) for i, free in found if free]


def load(path):
    """The library: its functions as attributes."""
    loaded = ctypes.CDLL(str(path))
    for name, function in FUNCTIONS.items():
        entry = getattr(loaded, name)
        entry.argtypes = [ctype(one) for one in function.parameters]
        is_sized = function.result == "const char *" and not is_text(function)
        entry.restype = ctypes.c_void_p if is_sized else ctype(function.result)
    return loaded


def in_children(script, path, jobs):
    """Runs a script once for each of the jobs, all at a time, in processes that may crash.

    A child names on its standard output whatever it is about to do, and its faults on the other.
    Answers how many things were done, and the faults."""
    children = []
    for job in jobs:
        said, faults = (tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
                        for _ in range(2))
        child = subprocess.Popen([sys.executable, script, path, *job], stdout=said, stderr=faults)
        children.append((child, said, faults))
    done, found = 0, []
    for child, said, faults in children:
        code = child.wait()
        said.seek(0)
        faults.seek(0)
        names = said.read().splitlines()
        done += len(names)
        found += faults.read().splitlines()
        if code != 0:
            found.append(f"{names[-1] if names else 'the start'}: the process ends with {code}")
    return done, found


def loadable_path():
    """The library that the command line names; leaves when Python cannot load it."""
    if "QBG_NO_LOADING" in os.environ:
        print("SKIPPED:", os.environ["QBG_NO_LOADING"])
        sys.exit(SKIPPED)
    return sys.argv[1]


def finish(faults, done):
    """Ends a test: every fault on its line, or what was done."""
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults")
    print(done)


LIBC = ctypes.CDLL(None)
LIBC.malloc.restype = ctypes.c_void_p
LIBC.malloc.argtypes = [ctypes.c_size_t]
LIBC.free.restype = None
LIBC.free.argtypes = [ctypes.c_void_p]


class Allocator:
    """The host's allocator, counting blocks and bytes exactly.

    New bytes are 0xA5 and freed ones 0xDD, so that a pointer that was kept too long or a byte that
    was never written shows in the answers. What is given back has to be wiped: all zeros."""

    CONTEXT = 0x51B6

    def __init__(self):
        self.sizes = {}      # address: bytes
        self.faults = []     # what the library did wrong
        self.count = 0       # allocations since the last arm()
        self.fail_from = 0   # the first that fails, counted from 1; 0: none
        self.fail_to = 0     # the last one
        struct = STRUCTS["qbg_allocator"]
        callback = dict(struct._fields_)["resize"](self.resize)
        self.struct = struct(ctypes.sizeof(struct), self.CONTEXT, callback)

    @property
    def bytes(self):
        return sum(self.sizes.values())

    def arm(self, first, last):
        """From now on the allocations first..last fail; resizing is one, freeing never fails."""
        self.count, self.fail_from, self.fail_to = 0, first, last

    def disarm(self):
        """Nothing fails any more. Answers how many allocations there were since arm()."""
        self.fail_from = self.fail_to = 0
        return self.count

    def resize(self, ctx, block, old_size, new_size):
        known = self.sizes.get(block, 0)
        if ctx != self.CONTEXT or old_size != known or bool(block) == bool(new_size):
            return self.refuse(ctx, block, old_size, new_size)
        if block:
            self.take_back(block, known)
            return None
        self.count += 1
        if self.fail_from <= self.count <= self.fail_to:
            return None
        fresh = LIBC.malloc(new_size)
        ctypes.memset(fresh, 0xA5, new_size)
        self.sizes[fresh] = new_size
        return fresh

    def take_back(self, block, size):
        if ctypes.string_at(block, size).strip(b"\0"):
            self.faults.append(f"a block of {size} bytes is given back with something in it")
        del self.sizes[block]
        ctypes.memset(block, 0xDD, size)
        LIBC.free(block)

    def refuse(self, ctx, block, old_size, new_size):
        """A call against the rules: no memory, and a fault for the test to tell."""
        if ctx != self.CONTEXT:
            self.faults.append(f"the allocator gets ctx {ctx}, not its own")
        elif block and block not in self.sizes:
            self.faults.append("a block that was never given out, or is freed already")
        elif block and new_size:
            self.faults.append("a block is resized, so that its bytes may stay where it was")
        elif block:
            self.faults.append(f"old_size {old_size} for a block of {self.sizes[block]} bytes")
        else:
            self.faults.append(f"a new block of {new_size} bytes with old_size {old_size}")
        return None
