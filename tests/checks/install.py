"""`meson install`, then a program outside the tree that finds the library by pkg-config alone, built
against the shared and against the static library, and run."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import headers
from check import build_value, compiler, finish, output_of, setting, skip

PROGRAM = """
#include <qbg/qbg.h>
#include <stdio.h>
int main(void) {
    qbg_workspace *workspace = NULL;
    if (qbg_workspace_new(NULL, &workspace) != QBG_OK) return 1;
    qbg_workspace_free(workspace);
    puts(qbg_version());
    return 0;
}
"""


def install(place):
    """Installs below a place, without building anything."""
    output_of(["meson", "install", "-C", setting("QBG_BUILD_ROOT"), "--no-rebuild",
               "--destdir", place])
    return next(place.rglob("qbg.pc"))


def pkg_config(description, place, *questions):
    """What the installed description says, read as if the place were the file system's root."""
    prefix = output_of(["pkg-config", "--variable=prefix", description]).strip()
    words = output_of(["pkg-config", f"--define-variable=prefix={place}{prefix}", *questions,
                       description])
    return words.split()


def said_by(program, folder):
    return output_of([program], env={**os.environ, "LD_LIBRARY_PATH": str(folder)}).strip()


def build(place, description, name, libraries):
    source, program = place / "outside.c", place / name
    source.write_text(PROGRAM, encoding="utf-8")
    flags = pkg_config(description, place, "--cflags")
    output_of([*compiler(), "-Werror", *flags, source, "-o", program, *libraries], cwd=place)
    return program


def needs(program):
    return subprocess.run(["ldd", program], stdout=subprocess.PIPE, encoding="utf-8").stdout


def program_faults(place, description):
    """Builds and runs both ways; each program says the version, the static one alone."""
    folder = Path(pkg_config(description, place, "--variable=libdir")[0])
    shared = build(place, description, "shared", pkg_config(description, place, "--libs"))
    static = build(place, description, "static", [folder / "libqbg.a"])
    for program in (shared, static):
        if said_by(program, folder) != build_value("version"):
            yield f"the {program.name} program said {said_by(program, folder)!r}"
    if "libqbg" in needs(static):
        yield "the static program needs the shared library"
    if "libqbg" not in needs(shared):
        yield "the shared program does not use the shared library"


def file_faults(place):
    found = {path.name for path in place.rglob("include/qbg/*.h")}
    wanted = {path.name for path in headers.paths()}
    yield from (f"{name} is not installed" for name in sorted(wanted - found))
    yield from (f"{name} is installed but not public" for name in sorted(found - wanted))


def main():
    for tool in ("meson", "pkg-config"):
        if not shutil.which(tool):
            skip(f"{tool} was not found, so the installed library was not tried")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        description = install(place)
        finish([*file_faults(place), *program_faults(place, description)],
               "a program outside the tree runs with the installed library, shared and static")


if __name__ == "__main__":
    sys.exit(main())
