"""What all peers share: the tables that help them, comparing a board with ours, and timing."""
import array
import csv
import json
import math
import string
import sys
import time
from pathlib import Path

AS_OF = 1735689600 + 364 * 86400  # tenant.h's
SKIPPED = 77
TEXTS = ("opportunity", "account", "solution", "verdict", "missing_roles", "next_contact")
REALS = ("priority", "intent", "coverage_identified", "coverage_engaged", "coverage_supportive",
         "completeness")
TYPES = {"i64": "q", "u32": "I", "u16": "H"}
NONE = 0xFFFFFFFF


def skip(reason):
    print(f"SKIPPED: {reason}", file=sys.stderr)
    sys.exit(SKIPPED)


# ---- Facts ---------------------------------------------------------------------------------------

def decay():
    """D of docs/model.md by age, for a half-life of 30 days, up to the first 0."""
    half_life, weights = 30, []
    for age in range(25 * half_life + 1):
        low, high = 0, 1 << 24
        while low < high:
            middle = (low + high + 1) // 2
            is_within = (2 * middle - 1) ** half_life <= 1 << (25 * half_life - age)
            low, high = (middle, high) if is_within else (low, middle - 1)
        weights.append(low)
    return weights + [0]


def rows_of(folder, table):
    with open(folder / "book" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seats(folder):
    """(solution, role, bit) and, for each set of seats, (solution, seats, coverage, completeness,
    required_filled, missing), with the keys of the book."""
    templates, places, sets = {}, [], []
    for row in rows_of(folder, "templates"):
        templates.setdefault(row["template"], []).append(row)
    for row in rows_of(folder, "solutions"):
        solution, wanted = row["solution"], templates[row["template"]]
        places += [(solution, seat["role"], 1 << i) for i, seat in enumerate(wanted)]
        sets += [(solution, bits, *facts_of_set(wanted, bits)) for bits in range(1 << len(wanted))]
    return places, sets


def facts_of_set(wanted, bits):
    filled = [bits >> i & 1 for i in range(len(wanted))]
    weights = [int(seat["weight"]) for seat in wanted]
    coverage = sum(w * f for w, f in zip(weights, filled)) / sum(weights)
    is_complete = all(f for seat, f in zip(wanted, filled) if seat["required"] == "yes")
    missing = ";".join(seat["role"] for seat, f in zip(wanted, filled) if not f)
    return coverage, sum(filled) / len(filled), int(is_complete), missing


def number_of(key):
    """The number in one of the tenant's keys: a0000017, s3, role4, kind11."""
    return int(key.lstrip("abcdefghijklmnopqrstuvwxyz"))


def column(folder, name, kind):
    values = array.array(TYPES[kind])
    path = folder / "columns" / f"{name}.{kind}"
    with open(path, "rb") as file:
        values.fromfile(file, path.stat().st_size // values.itemsize)
    return values


def statement(**words):
    """board.sql with the words of a dialect."""
    text = (Path(__file__).parent / "board.sql").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return string.Template(code).substitute(words)


# ---- Comparing -----------------------------------------------------------------------------------

def read_board(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["opportunity"]: row for row in csv.DictReader(file)}


def differs(name, ours, theirs):
    """Reals to 1e-9, whatever else to the letter."""
    ours, theirs = "" if ours is None else ours, "" if theirs is None else theirs
    if name in REALS:
        return not math.isclose(float(ours), float(theirs), rel_tol=1e-9, abs_tol=1e-12)
    if name in TEXTS or "" in (ours, theirs):
        return ours != theirs
    return int(ours) != int(theirs)


def compare(peer, folder, rows):
    """Ends the peer with 1 unless its rows, dictionaries, are those of our board."""
    board = read_board(folder / "board.csv")
    faults = [] if len(rows) == len(board) else [f"{len(rows)} rows instead of {len(board)}"]
    for row in rows:
        ours = board.get(row["opportunity"])
        if ours is None:
            faults.append(f"{row['opportunity']} is not on our board")
            continue
        faults += [f"{row['opportunity']} {name}: {value} instead of {row[name]}"
                   for name, value in ours.items() if differs(name, value, row[name])]
    for fault in faults[:10]:
        print(f"{peer}: {fault}", file=sys.stderr)
    if faults:
        sys.exit(f"{peer}: {len(faults)} differences between its board (the latter) and ours")
    print(f"{peer}: {len(rows)} rows agree in {len(ours)} columns", file=sys.stderr)


# ---- Timing --------------------------------------------------------------------------------------

def say(what, value, unit):
    print(json.dumps({"what": what, "value": value, "unit": unit}), flush=True)


def say_median(what, run, least=3, prepare=lambda: None):
    """The median of some three seconds' worth of runs, at most 31, as measure.c's."""
    times = []
    while len(times) < least or (sum(times) < 3 and len(times) < 31):
        prepare()
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    say(what, sorted(times)[len(times) // 2], "s")
