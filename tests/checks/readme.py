"""What README.md shows is what happens.

A fenced block that can be run, followed by a ```text block, is run, and the text has to be what it
prints: a ```c block with a main(), and a ```sh block of one command, ./examples/demo or
build/examples/<program>. A line `...` in the text stands for any lines."""
import os
import re
import sys
import tempfile
from pathlib import Path

from check import ROOT, compiler, finish, output_of, setting


def blocks():
    """The fenced blocks of the README: language and content."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"(?ms)^```(\w*)[^\n]*\n(.*?)^```", text)


def pairs():
    """Each block with the text block right behind it, None where there is none."""
    found = blocks()
    for place, (language, content) in enumerate(found):
        behind = found[place + 1] if place + 1 < len(found) else ("", "")
        yield language, content, behind[1] if behind[0] == "text" else None


def program_output(source):
    """What a program prints that is compiled against the build."""
    library = Path(setting("QBG_SHARED"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "readme.c").write_text(source, encoding="utf-8")
        output_of([*compiler(), "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}",
                   place / "readme.c", "-o", place / "readme",
                   f"-L{library.parent}", "-lqbg", f"-Wl,-rpath,{library.parent}"])
        return output_of([place / "readme"], cwd=ROOT)


def is_ours(command):
    return re.match(r"(\./)?(examples/demo|build/examples/\w+)( |$)", command)


def command_output(command):
    """What a command of the README prints, with the programs of this build."""
    program = Path(setting("QBG_PROGRAM"))
    here = re.sub(r"^(\./)?build/examples", str(program.parent), command)
    return output_of(["sh", "-c", here], cwd=ROOT, env={**os.environ, "QBG_PROGRAM": str(program)})


def agrees(shown, real):
    """The shown text is the real one, but for its lines `...`."""
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    parts = [r"(?:.*\n)*" if line in ("...", "…") else re.escape(line) + r"\n" for line in lines]
    stripped = "".join(line.rstrip() + "\n" for line in real.strip("\n").splitlines())
    return re.fullmatch("".join(parts), stripped) is not None


def fault_of(what, shown, real):
    if shown is None:
        return f"{what}: the README shows no output (a ```text block right behind it)"
    if agrees(shown, real):
        return None
    return f"{what}: the README shows\n{shown}\nbut this is printed\n{real}"


def faults():
    programs = commands = 0
    for language, content, shown in pairs():
        command = content.strip()
        if language == "c" and "int main" in content:
            programs += 1
            if content != (ROOT / "examples" / "quickstart.c").read_text(encoding="utf-8"):
                yield "the README's C program is not examples/quickstart.c any more: paste it in"
            yield fault_of("the C program", shown, program_output(content))
        elif language == "sh" and "\n" not in command and is_ours(command):
            demo = "examples/demo" in command
            commands += demo
            if demo or shown is not None:
                yield fault_of(command, shown, command_output(command))
    if not programs:
        yield "the README has no ```c program with an `int main`"
    if not commands:
        yield "the README does not run ./examples/demo in a ```sh block"


if __name__ == "__main__":
    finish([fault for fault in faults() if fault], "the README shows what happens")
