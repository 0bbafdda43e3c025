"""A file of the library includes its own floor and the floors below it, never one above.

Also: a private include names its floor ("base/text.h"), a public one is "qbg/x.h", a source includes
its own header first, and of libc only what needs no clock, locale, file or libm."""
import re

from check import FLOORS, ROOT, finish

LIB = ROOT / "lib"
PUBLIC = ROOT / "include" / "qbg"
LIBC = {
    "assert.h", "errno.h", "float.h", "inttypes.h", "limits.h", "stdalign.h", "stdatomic.h",
    "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h",
}


def sources():
    """Everything with includes in it, the public headers too."""
    inside = [path for path in LIB.rglob("*") if path.suffix in (".c", ".h", ".inc")]
    return sorted(inside) + sorted(PUBLIC.glob("*.h"))


def floor_of_noun(noun):
    """The floor of a public header: where the room with its name is. qbg.h looks down on all."""
    for floor in FLOORS:
        if any((LIB / floor).glob(f"{noun}.[ch]")) or any((LIB / floor).glob(f"{noun}_*.c")):
            return FLOORS.index(floor)
    return len(FLOORS)


def floor_of(path):
    if path.is_relative_to(LIB):
        floor = path.relative_to(LIB).parts[0]
        return FLOORS.index(floor) if floor in FLOORS else None
    return floor_of_noun(path.stem)


def includes(path):
    """Line number, bracket and name of each include."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1), found.group(2)


def fault_of(path, bracket, name):
    """What is wrong with one include, or None."""
    if bracket == "<":
        return None if name in LIBC else f"<{name}> is not for the library"
    folder, _, rest = name.partition("/")
    if folder == "qbg":
        if not (PUBLIC / rest).exists():
            return f'there is no "{name}"'
        above = floor_of_noun(rest.removesuffix(".h")) > floor_of(path)
        return f'"{name}" belongs to a floor above' if above else None
    if not path.is_relative_to(LIB):
        return f'a public header may not include "{name}"'
    if folder not in FLOORS:
        return f'"{name}" does not name its floor, as "base/text.h" does'
    if not (LIB / name).exists():
        return f'there is no "{name}"'
    return f'"{name}" is on a floor above' if FLOORS.index(folder) > floor_of(path) else None


def own_header_fault(path):
    """A source that has a private header includes it first, so that the header stands alone."""
    own = path.with_suffix(".h")
    if path.suffix != ".c" or not own.exists():
        return None
    wanted = own.relative_to(LIB).as_posix()
    first = next((name for _, _, name in includes(path)), None)
    return None if first == wanted else f'the first include has to be "{wanted}"'


def faults():
    for path in sources():
        where = path.relative_to(ROOT)
        if floor_of(path) is None:
            yield f"{where}: is on no floor ({', '.join(FLOORS)})"
            continue
        for number, bracket, name in includes(path):
            fault = fault_of(path, bracket, name)
            if fault:
                yield f"{where}:{number}: {fault}"
        fault = own_header_fault(path)
        if fault:
            yield f"{where}: {fault}"


if __name__ == "__main__":
    finish(list(faults()), f"{len(sources())} files include only downward")
