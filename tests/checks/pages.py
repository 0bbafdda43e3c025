"""What README.md and the pages in docs/ show is what happens.

A fenced block that can be run, followed by a ```text block, is run, and the text has to be what it
prints: a ```c block with a main(), and a ```sh block of one command, ./examples/demo or
build/examples/<program>. A line `...` in the text stands for any lines.

Every other ```c block is compiled: at file scope if it begins with a definition, else as the body
of a function with PARAMETERS. A link within the project leads to a file, and to a heading there. A
name of ours is one that the headers or the build know, and docs/embedding.md says of every status
what to do."""
import os
import re
import tempfile
from pathlib import Path

import headers
from check import ROOT, compiler, finish, output_of, setting

README = ROOT / "README.md"
EMBEDDING = ROOT / "docs" / "embedding.md"
NAME = re.compile(r"\bqbg_(?!_)\w*\w", re.I)
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Werror"]

# What a block may use that is no whole program.
PRELUDE = """
#include <fenv.h>
#include <inttypes.h>
#include <qbg/qbg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
"""
HOST = "struct person { const char *key, *name, *title; int64_t since; qbg_contact *row; };"
PARAMETERS = """
    qbg_workspace *workspace, qbg_account *account, qbg_contact *contact, qbg_opportunity *deal,
    qbg_member *member, qbg_solution *solution, qbg_signal *signal, qbg_assessment *group,
    qbg_table *table, qbg_blob *blob, qbg_status status, int64_t as_of_s, int64_t now_s,
    const void *bytes, size_t size, struct person *person
"""
DEFINITION = re.compile(r"(/\*.*?\*/\s*)?(#include|static|struct \w+ \{|typedef)", re.S)


def pages():
    return [README, *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page):
    """The fenced blocks of a page: language, content, and the line where it begins."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r"(?ms)^```(\w*)[^\n]*\n(.*?)^```", text):
        yield found.group(1), found.group(2), text.count("\n", 0, found.start()) + 1


def pairs(page):
    """Each block with the text block right behind it, None where there is none."""
    found = list(blocks(page))
    for place, (language, content, line) in enumerate(found):
        behind = found[place + 1] if place + 1 < len(found) else ("", "", 0)
        yield language, content, line, behind[1] if behind[0] == "text" else None


# ---- C -------------------------------------------------------------------------------------------

def compiled(place, source, *more):
    """A source compiled against the public headers, to whatever `more` makes of it."""
    path = place / "block.c"
    path.write_text(source, encoding="utf-8")
    output_of([*compiler(), *WARNINGS, f"-I{ROOT / 'include'}", path, *more])


def program_output(source):
    """What a program prints that is compiled against the build."""
    library = Path(setting("QBG_SHARED"))
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "block"
        compiled(Path(folder), source, "-o", program, f"-L{library.parent}", "-lqbg",
                 f"-Wl,-rpath,{library.parent}")
        return output_of([program], cwd=ROOT)


def try_fragment(content, page, line):
    """Compiles it. What the compiler says names the page and its lines."""
    source = f'\n#line {line + 1} "{page.relative_to(ROOT)}"\n{content}'
    if not DEFINITION.match(content):
        source = f"void fragment({PARAMETERS});\nvoid fragment({PARAMETERS}) {{ {{{source}}} }}\n"
    with tempfile.TemporaryDirectory() as folder:
        compiled(Path(folder), PRELUDE + HOST + source, "-Wno-unused", "-Wno-unused-parameter", "-Wno-unused-but-set-parameter", "-fsyntax-only")


# ---- Commands ------------------------------------------------------------------------------------

def is_ours(command):
    return re.match(r"(\./)?(examples/demo|build/examples/\w+)( |$)", command)


def command_output(command):
    """What a command of a page prints, with the programs of this build."""
    program = Path(setting("QBG_PROGRAM"))
    here = re.sub(r"^(\./)?build/examples", str(program.parent), command)
    return output_of(["sh", "-c", here], cwd=ROOT, env={**os.environ, "QBG_PROGRAM": str(program)})


# ---- Shown and real ------------------------------------------------------------------------------

def agrees(shown, real):
    """The shown text is the real one, but for its lines `...`."""
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    parts = [r"(?:.*\n)*" if line in ("...", "…") else re.escape(line) + r"\n" for line in lines]
    stripped = "".join(line.rstrip() + "\n" for line in real.strip("\n").splitlines())
    return re.fullmatch("".join(parts), stripped) is not None


def fault_of(where, shown, real):
    if shown is None:
        return f"{where}: no output is shown (a ```text block right behind it)"
    if agrees(shown, real):
        return None
    return f"{where}: the page shows\n{shown}\nbut this is printed\n{real}"


def is_program(language, content):
    return language == "c" and "int main" in content


def page_faults(page):
    for language, content, line, shown in pairs(page):
        where = f"{page.relative_to(ROOT)}:{line}"
        command = content.strip()
        if is_program(language, content):
            yield fault_of(where, shown, program_output(content))
        elif language == "c":
            try_fragment(content, page, line)
        elif language == "sh" and "\n" not in command and is_ours(command):
            if "examples/demo" in command or shown is not None:
                yield fault_of(where, shown, command_output(command))


def anchors(page):
    """What headings of a page are called in links: lower case, blanks as hyphens, no punctuation."""
    prose = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    for heading in re.findall(r"(?m)^#+ (.*)$", prose):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def link_faults(page):
    prose = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists():
            yield f"{page.relative_to(ROOT)}: {target}: there is no such file"
        elif anchor and anchor not in anchors(there):
            yield f"{page.relative_to(ROOT)}: {target}: there is no such heading"


def known_names():
    """What the headers, the build and the scripts of the tests call something."""
    places = [*headers.paths(), ROOT / "meson.build", ROOT / "tests" / "run",
              ROOT / "examples" / "python" / "qbg" / "_library.py",
              ROOT / "tests" / "prepare.sh", ROOT / "tests" / "bench" / "run"]
    return {name for path in places for name in NAME.findall(path.read_text(encoding="utf-8"))}


def name_faults(page, known):
    for name in sorted(set(NAME.findall(page.read_text(encoding="utf-8"))) - known):
        yield f"{page.relative_to(ROOT)}: {name}: nothing is called that"


def status_faults():
    rows = re.findall(r"(?m)^\| `(QBG_\w+)` \|", EMBEDDING.read_text(encoding="utf-8"))
    statuses = re.findall(r"(?m)^#define (QBG_\w+) +\d+ +/\*", (headers.FOLDER / "status.h").read_text())
    yield from (f"docs/embedding.md: the errors lack {name}" for name in statuses if name not in rows)


def readme_faults():
    """The README begins with what a stranger tries first."""
    programs = [content for language, content, _ in blocks(README) if is_program(language, content)]
    if programs != [(ROOT / "examples" / "quickstart.c").read_text(encoding="utf-8")]:
        yield "the README's C program is not examples/quickstart.c any more: paste it in"
    if "./examples/demo" not in [content.strip() for _, content, _ in blocks(README)]:
        yield "the README does not run ./examples/demo in a ```sh block"


def faults():
    known = known_names()
    yield from readme_faults()
    yield from status_faults()
    for page in pages():
        yield from (fault for fault in page_faults(page) if fault)
        yield from link_faults(page)
        yield from name_faults(page, known)


if __name__ == "__main__":
    finish(list(faults()), "the pages show what happens")
