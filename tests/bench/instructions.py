#!/usr/bin/env python3
"""How many instructions the hot paths take, by callgrind: the same on a busy machine as on a quiet one.

    python3 instructions.py BUILD_FOLDER [SIGNALS] [--write]

They are told per signal, group or event, beside those that instructions.json has for the same size,
compiler and optimisation; counts of other compilers say nothing about these. --write puts the new ones
there. Without valgrind nothing is counted."""
import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RECORD = Path(__file__).with_suffix(".json")
SKIPPED = 77
NEARLY = 0.03  # what differs by less is the same
EVENT = ("qbg_signal_clear", "qbg_signal_set_kind", "qbg_signal_set_time", "qbg_signal_set_account",
         "qbg_signal_set_contact", "qbg_signal_set_solution", "qbg_signal_set_event", "qbg_record",
         "qbg_assessment_refill")
EVENTS = 4 * 500  # EVENTS_ONCE of book_bench.c, with and without ids, each half to warm up


def counted(command, folder):
    """Instructions by function, callees included, and of the whole program."""
    out = folder / "callgrind.out"
    subprocess.run(["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}",
                    *map(str, command)], check=True, stdout=subprocess.DEVNULL)
    text = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--show-percs=no", out],
        check=True, stdout=subprocess.PIPE, encoding="utf-8", errors="replace").stdout
    found = {}
    for count, name in re.findall(r"(?m)^ *([\d,]+) +\S*?:(\w+)(?:'\d+)?(?: |$)", text):
        found[name] = max(found.get(name, 0), int(count.replace(",", "")))
    total = re.search(r"(?m)^ *([\d,]+) +PROGRAM TOTALS", text).group(1)
    return found, int(total.replace(",", ""))


def counts(build, signals, folder):
    bench, qbg, book = build / "tests" / "book_bench", build / "examples" / "qbg", folder / "book"
    subprocess.run([bench, signals, "--write", book], check=True)
    groups = len((book / "opportunities.csv").read_text().splitlines()) - 1
    by_name, _ = counted([bench, signals, "--once"], folder)
    _, whole = counted([qbg, "report", book, "--as-of", "2025-12-31T00:00:00Z", "--format", "csv",
                        "--output", folder / "board.csv"], folder)
    changed = -(-groups // 100)
    titles = build / "tests" / "title_bench"
    read = json.loads(subprocess.run([titles, "--once", "--json"], check=True,
                                     stdout=subprocess.PIPE).stdout.splitlines()[0])["value"]
    title_by_name, _ = counted([titles, "--once"], folder)
    return {
        "append, a signal": by_name["qbg_append"] / int(signals),
        "board, a signal": by_name["qbg_board"] / int(signals),
        "board, a group": by_name["qbg_board"] / groups,
        "board since, a changed group": by_name["qbg_board_since"] / changed,
        "event to assessment, an event": sum(by_name[name] for name in EVENT) / (EVENTS + changed),
        "CSV to board, a signal": whole / int(signals),
        "persona, a title": title_by_name["qbg_persona_read"] / read,
    }


def built_by(build, signals):
    """What counts can be compared: size, compiler, optimisation, processor."""
    first = json.loads((build / "compile_commands.json").read_text())[0]["command"].split()
    version = subprocess.run([first[0], "--version"], check=True, stdout=subprocess.PIPE,
                             encoding="utf-8").stdout.splitlines()[0]
    level = next(word for word in first if word.startswith("-O"))
    return f"{signals} signals, {version}, {level}, {platform.machine()}"


def told(name, count, before):
    if before is None:
        return f"{name:34} {count:12,.1f}"
    change = count / before - 1
    note = "as before" if abs(change) <= NEARLY else "more than before" if change > 0 else "less"
    return f"{name:34} {count:12,.1f} {100 * change:+8.1f} %  {note}"


def main(build, signals="100000", *rest):
    if not shutil.which("valgrind"):
        print("SKIPPED: valgrind was not found, so no instruction is counted")
        sys.exit(SKIPPED)
    build = Path(build)
    known = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    kind = built_by(build, signals)
    with tempfile.TemporaryDirectory() as folder:
        found = counts(build, signals, Path(folder))
    print(kind if kind in known else f"{kind}: nothing is recorded to compare with")
    for name, count in found.items():
        print(told(name, count, known.get(kind, {}).get(name)))
    if "--write" in rest:
        known[kind] = {name: round(count, 1) for name, count in found.items()}
        RECORD.write_text(json.dumps(known, indent=4) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
