"""The C sources look as .clang-format says. Checked, never applied: `clang-format -i` is yours to run.

Other releases lay some lines out differently, so only release 14 (Debian 12's) judges."""
import re
import shutil
import subprocess

from check import ROOT, finish, output_of, skip

FOLDERS = ["include", "lib", "tests", "examples"]
RELEASE = "14"


def formatter():
    for name in (f"clang-format-{RELEASE}", "clang-format"):
        if shutil.which(name):
            said = output_of([name, "--version"])
            if re.search(rf"version {RELEASE}\.", said):
                return name
    return skip(f"clang-format {RELEASE} was not found, so the layout was not checked")


def sources():
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.[ch]"))


def faults():
    name = formatter()
    command = [name, "--dry-run", "-Werror", "--style=file", *map(str, sources())]
    said = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8").stderr
    wrong = set(re.findall(rf"(?m)^{re.escape(str(ROOT))}/(.+?):\d+:\d+: error:", said))
    return [f"{path}: run `{name} -i` on it" for path in sorted(wrong)]


if __name__ == "__main__":
    finish(faults(), f"{len(sources())} files are laid out as .clang-format says")
