"""The house is in order: the top level has its eight names and no more, and every source, public
header and test that lies in a folder is also listed in its meson.build, so that none is forgotten."""
from check import FLOORS, ROOT, finish

TOP = {"meson.build", "README.md", "LICENSE", "include", "lib", "tests", "examples", "docs"}


def top_level_faults():
    names = {path.name for path in ROOT.iterdir()}
    ours = {name for name in names if not name.startswith((".", "build"))}
    yield from (f"the top level has no {name}" for name in sorted(TOP - ours))
    yield from (f"{name} does not belong to the top level" for name in sorted(ours - TOP))


def unlisted(folder, pattern, listed_as):
    """Files that match a pattern and whose name, as listed_as writes it, no meson.build has."""
    text = (ROOT / folder / "meson.build").read_text(encoding="utf-8")
    for path in sorted(ROOT.glob(pattern)):
        if f"'{listed_as(path)}'" not in text:
            yield f"{path.relative_to(ROOT)}: is not listed in {folder}/meson.build"


def faults():
    yield from top_level_faults()
    for floor in FLOORS:
        yield from unlisted("lib", f"lib/{floor}/*.c", lambda path: f"{path.parent.name}/{path.name}")
    yield from unlisted("lib", "include/qbg/*.h", lambda path: f"../include/qbg/{path.name}")
    yield from unlisted("tests", "tests/unit/*_test.c", lambda path: path.stem.removesuffix("_test"))
    yield from unlisted("tests", "tests/fuzz/*_fuzz.c", lambda path: path.stem.removesuffix("_fuzz"))
    yield from unlisted("tests", "tests/python/*_test.py", lambda path: path.stem.removesuffix("_test"))
    yield from unlisted("examples", "examples/**/*.c",
                        lambda path: path.relative_to(ROOT / "examples").as_posix())


if __name__ == "__main__":
    finish(list(faults()), "the top level is exact and everything is listed")
