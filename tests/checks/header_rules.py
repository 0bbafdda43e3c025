"""The public headers keep to what every language can call; docs/abi.md has the reasons.

Only plain integers, double, size_t, texts, opaque pointers and arrays of them cross the border. Every
function is described, with the release it came in."""
import re

import headers
from check import ROOT, finish

BY_VALUE = {"int32_t", "uint32_t", "int64_t", "uint64_t", "double", "size_t", "qbg_status"}
IN_COLUMNS = BY_VALUE | {"uint8_t", "uint16_t"}
PROHIBITED = {
    r"\.\.\.|\bva_list\b": "variable arguments",
    r"\binline\b": "an inline function",
    r"\bunion\b": "a union",
    r"\benum\b": "an enum; use int32_t and constants",
    r"\bstatic\b": "a static",
    r"\bextern\s+[^\"\s]": "a variable",
    r"\b(_Bool|bool|float|long|short|unsigned|wchar_t|FILE|time_t)\b": "a type that is not for the border",
    r"\w\s*:\s*\d": "a bit field",
}
STANDARD = {"ArrowSchema", "ArrowArray", "ArrowArrayStream"}  # structs that a specification fixes
INCLUDES = r'<stddef\.h>|<stdint\.h>|"qbg/\w+\.h"'


def opaque():
    """Types that a pointer may lead to, the size-first structs among them."""
    return {item.name for item in headers.types() if item.meaning == "struct"} | {
        item.name for item in headers.structs()}


def type_fault(c_type, rows):
    """What is wrong with the type of a parameter, a result or a field, or None."""
    found = re.fullmatch(r"(const )?(\w+) ?(\*{0,2})", c_type.replace("*const *", "**"))
    if not found:
        return f"cannot read the type `{c_type}`"
    is_const, base, stars = found.groups()
    if not stars:
        return None if base in BY_VALUE else f"`{c_type}` by value"
    if base == "char":
        return None if is_const else "`char *`; texts are `const char *`"
    if base == "void" or base in IN_COLUMNS or base in rows:
        return None
    return f"`{c_type}`: a pointer to something unknown"


def function_faults(function, rows):
    if not re.fullmatch(r"qbg(_[a-z0-9]+)+", function.name):
        yield "its name is not qbg_<noun>_<verb>"
    for c_type in function.parameters + [function.result]:
        fault = type_fault(c_type, rows)
        if fault and not (c_type == "void" and c_type is function.result):
            yield fault
    if "" in function.names:
        yield "a parameter has no name"
    outputs = [name.startswith("out_") for name in function.names]
    if outputs != sorted(outputs):
        yield "an input stands behind an output"
    if not re.search(r"Since\s+(\*\s*)?\d+\.\d+", function.comment):
        yield "no comment before it, in its paragraph, says `Since`"


def field_faults(struct, rows):
    """Fields as parameters; a callback's result and parameters too."""
    if struct.fields[0] != "size_t size":
        yield "does not begin with `size_t size`"
    for text in struct.fields:
        callback = re.fullmatch(r"(.*)\(\*\w+\)\((.*)\)", text)
        parts = [callback.group(1) + "result", *callback.group(2).split(",")] if callback else [text]
        for part in parts:
            fault = type_fault(headers.split_parameter(part)[0], rows)
            if fault and fault != "`void` by value":
                yield f"{text}: {fault}"


def text_faults(path):
    """What is prohibited whatever the declaration: line number and fault."""
    text = path.read_text(encoding="utf-8")
    code = headers.without_comments(text)
    for pattern, what in PROHIBITED.items():
        for found in re.finditer(pattern, headers.declarations(text)):
            yield headers.line_of(text, found.start()), what
    for found in re.finditer(r"(?m)^[ \t]*#[ \t]*define[ \t]+\w+\(", code):
        yield headers.line_of(text, found.start()), "a function macro"
    for found in re.finditer(r"(?m)^#include[ \t]+(.+?)[ \t]*$", code):
        if not re.fullmatch(INCLUDES, found.group(1)):
            yield headers.line_of(text, found.start()), f"includes {found.group(1)}"
    guard = f"QBG_{path.stem.upper()}_H"
    if f"#ifndef {guard}\n#define {guard}\n" not in code:
        yield 1, f"is not guarded by {guard}"
    if "qbg_" in headers.declarations(text) and 'extern "C" {' not in code:
        yield 1, 'has no extern "C"'


def unread_faults(path):
    """Declarations that no pattern understood."""
    text = path.read_text(encoding="utf-8")
    said = headers.declarations(text).count("QBG_API")
    read = len(list(headers.functions_in(path)))
    if said != read:
        yield 1, f"{said} declarations say QBG_API, {read} could be read"


def umbrella_faults():
    text = (headers.FOLDER / "qbg.h").read_text(encoding="utf-8")
    for path in headers.paths():
        if path.name != "qbg.h" and f'#include "qbg/{path.name}"' not in text:
            yield f"qbg.h does not include {path.name}"


def faults():
    rows = opaque()
    for path in headers.paths():
        place = path.relative_to(ROOT)
        for line, fault in [*text_faults(path), *unread_faults(path)]:
            yield f"{place}:{line}: {fault}"
    for function in headers.functions():
        for fault in function_faults(function, rows):
            yield f"include/qbg/{function.header}:{function.line}: {function.name}: {fault}"
    for struct in headers.structs():
        if struct.name in STANDARD:
            continue
        for fault in field_faults(struct, rows):
            yield f"include/qbg/{struct.header}:{struct.line}: {struct.name}: {fault}"
    yield from umbrella_faults()


if __name__ == "__main__":
    finish(list(faults()), f"{len(headers.functions())} functions in {len(headers.paths())} headers")
