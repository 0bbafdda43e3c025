"""The ABI is what abi.txt says: every function, constant, struct field and type, made from the headers.

A line that is gone or different breaks programs in the field, and fails unless `qbg_abi` in the root
meson.build was raised. A new line is fine and asks to be written down: abi.py --write."""
import sys

import headers
from check import ROOT, build_value, finish

STORED = ROOT / "tests" / "checks" / "abi.txt"
WRITE = "run `python3 tests/checks/abi.py --write`"


def struct_lines(struct):
    for place, text in enumerate(struct.fields):
        yield f"field {struct.name} {place:02} {text}"


def described():
    """The ABI as the headers have it, a line for each thing that a program can depend on."""
    lines = [f"type {item.name} {item.meaning}" for item in headers.types()]
    lines += [f"constant {item.name} {item.value}" for item in headers.constants()]
    lines += [line for struct in headers.structs() for line in struct_lines(struct)]
    lines += [f"function {item.result} {item.name}({', '.join(item.parameters) or 'void'})"
              for item in headers.functions()]
    return sorted(lines)


def stored():
    """The ABI number and the lines that were written down; none when nothing was."""
    if not STORED.exists():
        return None, []
    first, *lines = STORED.read_text(encoding="utf-8").splitlines()
    return int(first.removeprefix("abi ")), lines


def broken(number, lines):
    """What programs in the field would miss."""
    if number is not None and int(build_value("qbg_abi")) > number:
        return []
    gone = sorted(set(lines) - set(described()))
    return [f"gone or different, though qbg_abi was not raised: {line}" for line in gone]


def unwritten(number, lines):
    new = sorted(set(described()) - set(lines))
    faults = [f"not written down yet, {WRITE}: {line}" for line in new]
    if number != int(build_value("qbg_abi")):
        faults.append(f"abi.txt describes ABI {number}, {WRITE}")
    return faults


def write():
    number, lines = stored()
    if not broken(number, lines):
        text = "\n".join([f"abi {build_value('qbg_abi')}", *described()]) + "\n"
        STORED.write_text(text, encoding="utf-8")
    finish(broken(number, lines), f"wrote {STORED.relative_to(ROOT)}")


def compare():
    number, lines = stored()
    finish(broken(number, lines) + unwritten(number, lines), f"{len(lines)} lines, none broken")


if __name__ == "__main__":
    write() if sys.argv[1:] == ["--write"] else compare()
