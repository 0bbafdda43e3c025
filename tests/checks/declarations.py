"""The Python package declares what the headers do: its _declarations.py is made from them, and is
what they would make today. After a change of a header: declarations.py --write."""
import re
import sys

import headers
from check import ROOT, finish

STORED = ROOT / "examples" / "python" / "qbg" / "_declarations.py"
WRITE = "run `python3 tests/checks/declarations.py --write`"
WIDTH = 100

HEAD = '''"""Every constant, struct and function of the public headers, for ctypes.

Made from include/qbg/*.h by tests/checks/declarations.py; do not edit."""
from ctypes import (
    CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int, c_int32, c_int64, c_size_t, c_uint32,
    c_uint64, c_void_p,
)

from ._opaque import opaque
'''

FUNCTIONS_HEAD = '''
STATUS = "status"  # the result of a function that can fail

# Each function: its result, and its parameters.
FUNCTIONS = {
'''

SCALARS = {name: "c_" + name.removesuffix("_t") for name in (
    "double", "size_t", "uint8_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t")}
SCALARS["size_t"] = "c_size_t"
SCALARS["int"] = "c_int"
SCALARS["qbg_status"] = "c_int32"

OPAQUE = {item.name for item in headers.types() if item.meaning == "struct"}
STRUCTS = {struct.name for struct in headers.structs()}


def ctype(c_type):
    """The ctypes type, as source, for a type as a header writes it."""
    base = re.sub(r"\bconst\b|\*", " ", c_type).split()[0]
    stars = c_type.count("*")
    if base == "void" and stars == 0:
        return "None"
    if base == "char" and stars == 1:
        return "c_char_p"
    if base in STRUCTS:
        found = base
    elif base == "void" or base in OPAQUE:
        found, stars = "c_void_p", stars - 1
    else:
        found = SCALARS[base]
    for _ in range(stars):
        found = f"POINTER({found})"
    return found


def field(text, in_columns):
    """A field of a struct as its name and type. Columns are addresses, of whatever memory."""
    callback = re.fullmatch(r"(.+)\(\*(\w+)\)\((.*)\)", text)
    if callback:
        result, name, inside = callback.groups()
        types = [result, *(headers.split_parameter(one)[0] for one in inside.split(","))]
        return name, f"CFUNCTYPE({', '.join(ctype(headers.tidy(one)) for one in types)})"
    c_type, name = headers.split_parameter(text)
    return name, "c_void_p" if in_columns and "*" in c_type else ctype(c_type)


def result_of(function):
    if function.result == "qbg_status" and function.name != "qbg_status_text":
        return "STATUS"
    # Text whose size comes in an output, or that is no text at all, is an address.
    is_sized = any(name in ("out_size", "out_offsets") for name in function.names)
    if function.result == "const char *" and (is_sized or function.name == "qbg_blob_data"):
        return "c_void_p"
    is_array = re.fullmatch(r"const (\w+) \*", function.result)
    return "c_void_p" if is_array and is_array[1] in SCALARS else ctype(function.result)


def parameter(c_type):
    """Arrays are addresses, too, so that any memory can be handed over; handles are checked."""
    base = c_type.removeprefix("const ")
    if c_type.startswith("const") and base.endswith(" *") and base.split()[0] in SCALARS:
        return "c_void_p"
    is_handle = c_type.count("*") == 1 and base.split()[0] in OPAQUE - STRUCTS
    return base.split()[0] if is_handle else ctype(c_type)


def function_lines(function):
    parameters = [parameter(one) for one in function.parameters]
    inside = ", ".join(parameters) + ("," if len(parameters) == 1 else "")
    line = f'    "{function.name}": ({result_of(function)}, ({inside})),'
    if len(line) <= WIDTH:
        return [line]
    lines = [f'    "{function.name}": ({result_of(function)}, (']
    for one in parameters:
        if len(lines) > 1 and len(lines[-1]) + len(one) + 2 <= WIDTH:
            lines[-1] += f" {one},"
        else:
            lines.append(f"        {one},")
    return [*lines, "    )),"]


def made():
    """The whole file."""
    lines = ["", *(f"{item.name} = {item.value}" for item in headers.constants())]
    lines += ["", *(f'{name} = opaque("{name}")' for name in sorted(OPAQUE - STRUCTS))]
    for struct in headers.structs():
        lines += ["", "", f"class {struct.name}(Structure):", "    pass"]
    lines += [""]
    for struct in headers.structs():  # apart from their names, since they may name each other
        in_columns = struct.name.endswith("_columns")
        lines += ["", f"{struct.name}._fields_ = ("]
        lines += ['    ("%s", %s),' % field(text, in_columns) for text in struct.fields]
        lines += [")"]
    lines += ["", FUNCTIONS_HEAD.rstrip("\n")]
    for function in headers.functions():
        lines += function_lines(function)
    return HEAD + "\n".join(lines) + "\n}\n"


def faults():
    stored = STORED.read_text(encoding="utf-8") if STORED.exists() else ""
    if stored != made():
        yield f"{STORED.relative_to(ROOT)} is not what the headers make: {WRITE}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        STORED.write_text(made(), encoding="utf-8")
        finish([], f"wrote {STORED.relative_to(ROOT)}")
    else:
        finish(list(faults()), f"{len(headers.functions())} functions as the headers have them")
