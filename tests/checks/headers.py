"""Reads the public headers as data: functions, constants, structs, opaque types.

The headers keep to a small part of C (header_rules.py sees to that), so a few patterns read it. Run
as a program it prints what it found."""
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "include" / "qbg"

LIMITS = {
    "INT32_MIN": -2**31, "INT32_MAX": 2**31 - 1, "UINT32_MAX": 2**32 - 1,
    "INT64_MIN": -2**63, "INT64_MAX": 2**63 - 1, "UINT64_MAX": 2**64 - 1,
}


@dataclass
class Function:
    header: str
    line: int
    name: str
    result: str
    parameters: list  # their types
    names: list       # their names
    comment: str      # what stands before it, in the same paragraph


@dataclass
class Constant:
    header: str
    line: int
    name: str
    value: int


@dataclass
class Struct:
    header: str
    line: int
    name: str
    fields: list = field(default_factory=list)  # declarations as written


@dataclass
class Type:
    header: str
    line: int
    name: str
    meaning: str  # "struct" for an opaque one, else the type that it stands for


def paths():
    return sorted(FOLDER.glob("*.h"))


def blanked(pattern, text):
    """The text with every match turned into blanks, so that line numbers stay."""
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def without_comments(text):
    return blanked(r"(?s)/\*.*?\*/", text)


def without_directives(text):
    """The text without preprocessor lines and the braces of extern "C"."""
    text = blanked(r"(?s)#ifdef __cplusplus\n.*?#endif", text)
    return blanked(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", text)


def declarations(text):
    return without_directives(without_comments(text))


def line_of(text, place):
    return text.count("\n", 0, place) + 1


def tidy(c_type):
    """One way to write a type: "const char *", "qbg_blob **", without the word `struct`."""
    words = re.sub(r"\s+|\bstruct\s", " ", c_type.replace("*", " * ")).strip()
    return re.sub(r"\* (?=\*|const)", "*", words)


def split_parameter(text):
    """A parameter as its type and name."""
    found = re.fullmatch(r"(?s)\s*(.*[\s*])(\w+)\s*", text)
    return (tidy(found.group(1)), found.group(2)) if found else (tidy(text), "")


def comment_before(text, place):
    """The comments of the paragraph that leads to a place: back to the last blank line."""
    paragraph = blank_line_before(text, place)
    return "".join(re.findall(r"(?s)/\*.*?\*/", text[paragraph:place]))


def blank_line_before(text, place):
    outside = re.sub(r"(?s)/\*.*?\*/", lambda match: "x" * len(match.group()), text)
    found = [match.end() for match in re.finditer(r"\n[ \t]*\n", outside[:place])]
    return found[-1] if found else 0


def functions_in(path):
    text = path.read_text(encoding="utf-8")
    pattern = r"\bQBG_API\s+([^;(]*?[\s*])(\w+)\s*\(([^;]*)\)\s*;"
    for found in re.finditer(pattern, declarations(text)):
        result, name, inside = found.groups()
        pairs = [split_parameter(one) for one in inside.split(",")]
        if inside.strip() in ("void", ""):
            pairs = []
        yield Function(path.name, line_of(text, found.start()), name, tidy(result),
                       [pair[0] for pair in pairs], [pair[1] for pair in pairs],
                       comment_before(text, found.start()))


def value_of(text):
    """The value of a constant: a whole number, or a limit of <stdint.h>."""
    word = text.strip().strip("()").strip()
    return LIMITS[word] if word in LIMITS else int(word, 0)


def constants_in(path):
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"(?m)^#define[ \t]+(QBG_\w+)[ \t]+(.+)$", without_comments(text)):
        if found.group(1) != "QBG_API":
            yield Constant(path.name, line_of(text, found.start()), found.group(1),
                           value_of(found.group(2)))


def structs_in(path):
    text = path.read_text(encoding="utf-8")
    pattern = r"(?s)\bstruct\s+(\w+)\s*\{(.*?)\}"
    for found in re.finditer(pattern, declarations(text)):
        fields = [" ".join(one.split()) for one in found.group(2).split(";") if one.strip()]
        yield Struct(path.name, line_of(text, found.start()), found.group(1), fields)


def types_in(path):
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"\btypedef\s+([\w\s]+?)\s+(\w+)\s*;", declarations(text)):
        meaning, name = found.groups()
        opaque = meaning.split() == ["struct", name]
        yield Type(path.name, line_of(text, found.start()), name,
                   "struct" if opaque else tidy(meaning))


def everywhere(read):
    return [item for path in paths() for item in read(path)]


def functions():
    return everywhere(functions_in)


def constants():
    return everywhere(constants_in)


def structs():
    return everywhere(structs_in)


def types():
    return everywhere(types_in)


if __name__ == "__main__":
    for kind in (types, structs, constants, functions):
        for item in kind():
            print(item)
