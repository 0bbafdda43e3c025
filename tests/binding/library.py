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
    "void": None, "int": ctypes.c_int, "double": ctypes.c_double, "size_t": ctypes.c_size_t,
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


# All names first, since structs may point to themselves and each other.
STRUCTS = {struct.name: type(struct.name, (ctypes.Structure,), {})
           for struct in headers.structs()}
for _struct in headers.structs():
    STRUCTS[_struct.name]._fields_ = [field_of(text) for text in _struct.fields]


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


def load_memory(path):
    """allocator.c: its functions as attributes."""
    loaded = ctypes.CDLL(str(path))
    pointer, number = ctypes.c_void_p, ctypes.c_uint64
    for name, result, *parameters in (
            ("new", pointer), ("free", None, pointer), ("arm", None, pointer, number, number),
            ("disarm", number, pointer), ("blocks", number, pointer), ("bytes", number, pointer),
            ("holds", number, pointer, ctypes.c_char_p, ctypes.c_size_t),
            ("faults", number, pointer), ("fault", ctypes.c_char_p, pointer)):
        function = getattr(loaded, "memory_" + name)
        function.restype, function.argtypes = result, parameters
    return loaded


class Allocator:
    """A host's allocator, as qbg_workspace_new takes it: struct."""

    functions = None  # of allocator.c, loaded with the first one

    def __init__(self):
        if not Allocator.functions:
            Allocator.functions = load_memory(os.environ["QBG_TEST_ALLOCATOR"])
        self.memory = self.functions.memory_new()
        struct = STRUCTS["qbg_allocator"]
        callback = dict(struct._fields_)["resize"]
        resize = ctypes.cast(self.functions.memory_resize, callback)
        self.struct = struct(ctypes.sizeof(struct), self.memory, resize)

    @property
    def bytes(self):
        return self.functions.memory_bytes(self.memory)

    def arm(self, first, last):
        """From now on the allocations first..last fail; resizing is one, freeing never fails."""
        self.functions.memory_arm(self.memory, first, last)

    def disarm(self):
        """Nothing fails any more. Answers how many allocations there were since arm()."""
        return self.functions.memory_disarm(self.memory)

    def holds(self, text):
        """In how many blocks these bytes stand."""
        return self.functions.memory_holds(self.memory, text, len(text))

    def close(self):
        """What the library did wrong. Call it when everything should have been given back."""
        blocks, size = self.functions.memory_blocks(self.memory), self.bytes
        count = self.functions.memory_faults(self.memory)
        fault = self.functions.memory_fault(self.memory)
        self.functions.memory_free(self.memory)
        found = [f"{blocks} blocks are left, {size} bytes"] if blocks else []
        return found + ([f"{count} requests against the rules, first: {fault.decode()}"]
                        if count else [])
