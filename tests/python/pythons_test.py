"""The package works with every Python from 3.8 on that this machine has: on the path, and those of
pyenv. Each runs the quick tests."""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from package import SKIPPED

HERE = Path(__file__).resolve().parent
TESTS = ["rows_test", "answers_test", "border_test", "bulk_test", "book_test", "threads_test",
         "misuse_test"]
ASK = "import ctypes, sys; print(sys.implementation.name, *sys.version_info[:3], sys.prefix)"


def candidates():
    """Programs that may be a Python."""
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders += sorted(pyenv.glob("versions/*/bin"))
    yield Path(sys.executable)
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir()
                              if re.fullmatch(r"python3(\.\d+)?", path.name))


def pythons():
    """Each Python that answers and is new enough, once: its version and program."""
    found = {}
    for path in candidates():
        asked = subprocess.run([str(path), "-c", ASK], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, check=False)
        words = asked.stdout.decode().split(" ", 4)
        is_one = asked.returncode == 0 and words[0] == "cpython"
        if is_one and (int(words[1]), int(words[2])) >= (3, 8):
            found.setdefault((".".join(words[1:4]), words[4].strip()), path)
    return sorted((version, path) for (version, _), path in found.items())


def tried(python):
    """What goes wrong with one of them."""
    version, path = python
    done = subprocess.run([str(path), "-X", "dev", "-m", "unittest", *TESTS], cwd=str(HERE),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return None if done.returncode == 0 else f"{version} ({path}):\n{done.stdout.decode()}"


def main():
    if "LD_PRELOAD" in os.environ:
        print("SKIPPED: a sanitizer's runtime is preloaded")
        sys.exit(SKIPPED)
    found = pythons()
    with ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(tried, found) if fault]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} of {len(found)} Pythons fail")
    print("Python", ", ".join(version for version, _ in found))


if __name__ == "__main__":
    main()
