"""Every public header compiles alone, twice included: header_alone.py c99, header_alone.py c++11."""
import os
import shutil
import subprocess
import sys

import headers
from check import ROOT, finish, setting, skip

STRICT = ["-pedantic-errors", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fsyntax-only"]


def cxx_compiler():
    for name in (os.environ.get("CXX"), "g++", "clang++"):
        if name and shutil.which(name):
            return [name]
    return skip("no C++ compiler was found (g++ or clang++), so the headers were not tried as C++")


def command(standard):
    language = "c++" if standard.startswith("c++") else "c"
    program = cxx_compiler() if language == "c++" else setting("QBG_CC").split()
    return program + [f"-std={standard}", "-x", language, *STRICT, f"-I{ROOT / 'include'}", "-"]


def fault_of(path, standard):
    program = f'#include "qbg/{path.name}"\n' * 2 + "typedef int not_empty;\n"
    done = subprocess.run(command(standard), input=program, stderr=subprocess.PIPE, text=True)
    return done.stderr if done.returncode != 0 else None


def main(standard):
    faults = [fault_of(path, standard) for path in headers.paths()]
    finish([fault for fault in faults if fault], f"{len(faults)} headers compile alone as {standard}")


if __name__ == "__main__":
    main(sys.argv[1])
