#!/usr/bin/env python3
"""libqbg beside what a user would reach for, in one run on one machine: a table of times and ratios.

    python3 peers.py BUILD_FOLDER SIGNALS... [--only PEER,...] [--folder FOLDER] [--write-docs]

For each size the tenant of tests/bench is written as a book and as columns. Each peer in peers/ that
the machine has answers the question of peers/board.sql, and every row has to be that of qbg_board, to
1e-9, before anything is timed: else this ends with 1. Then they are timed one after the other, and
book_bench and the command line behind them. Peers that are not there are skipped, and said to be.

QBG_DUCKDB         the path of a libduckdb.so, for DuckDB as a peer
--folder FOLDER    for the files, some 70 bytes a signal; a temporary one if it is not given
--write-docs       the table into docs/performance.md, too"""
import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "performance.md"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")
PEERS = ("duckdb", "sqlite", "numpy")
AS_OF = "2025-12-31T00:00:00Z"  # tenant.h's
SKIPPED = 77


def progress(text):
    print(f"-- {text}", file=sys.stderr, flush=True)


def figures_of(command, prefix=""):
    """The figures that a program prints as JSON lines, by name; None when it is skipped."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode == SKIPPED:
        return None
    if done.returncode != 0:
        sys.exit(f"this ended with {done.returncode}: {' '.join(map(str, command))}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {prefix + line["what"]: line["value"] for line in lines}


# ---- One size ------------------------------------------------------------------------------------

class Run:
    def __init__(self, build, signals, folder, peers):
        self.bench, self.qbg = build / "tests" / "book_bench", build / "examples" / "qbg"
        self.signals, self.folder, self.peers = signals, folder, peers
        self.figures, self.skipped = {"signals": signals}, []

    def write(self):
        progress(f"{self.signals:,} signals: writing the book and its board")
        subprocess.run([self.bench, str(self.signals), "--write", self.folder / "book", "--columns",
                        self.folder / "columns", "--board", self.folder / "board.csv"], check=True)

    def ask_peers(self):
        for peer in self.peers:
            progress(f"{self.signals:,} signals: {peer}")
            found = figures_of([sys.executable, HERE / "peers" / f"{peer}_peer.py", self.folder])
            self.skipped += [peer] if found is None else []
            self.figures.update(found or {})

    def ask_bench(self):
        progress(f"{self.signals:,} signals: libqbg")
        self.figures.update(figures_of(
            [self.bench, self.signals, "--json", "--files", self.folder / "book"]))
        for more in ("ids", "contents"):
            self.figures.update(figures_of(
                [self.bench, self.signals, "--json", "--memory", f"--{more}"], more + ": "))

    def time_command_line(self, form):
        """From the start of the process to its end, the median as elsewhere."""
        command = [self.qbg, "report", self.folder / "book", "--as-of", AS_OF, "--format", form,
                   "--output", self.folder / f"cli.{form}"]
        times = []
        while len(times) < 3 or (sum(times) < 3 and len(times) < 31):
            begun = time.perf_counter()
            subprocess.run(command, check=True)
            times.append(time.perf_counter() - begun)
        self.figures[f"CSV to board, {form}"] = sorted(times)[len(times) // 2]

    def ask_command_line(self):
        progress(f"{self.signals:,} signals: the command line")
        for form in ("csv", "text"):
            self.time_command_line(form)
        if (self.folder / "cli.csv").read_bytes() != (self.folder / "board.csv").read_bytes():
            sys.exit("the board of the command line is not that of the columns")

    def all(self):
        self.write()
        self.ask_peers()
        self.ask_bench()
        self.ask_command_line()
        progress(json.dumps(self.figures))  # a later size may be interrupted
        return self


# ---- Tables --------------------------------------------------------------------------------------

def time_text(seconds):
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")):
        if seconds >= unit:
            break
    return f"{seconds / unit:.3g} {name}"


# What is told as a time, by the name of its figure.
JOBS = [
    ("**re-score the whole book** (`qbg_board`)", "board"),
    ("the same over two threads", "board, two threads"),
    ("DuckDB, one thread", "duckdb 1, board"),
    ("DuckDB, two threads", "duckdb 2, board"),
    ("numpy by hand", "numpy, board"),
    ("SQLite, covering index", "sqlite, board"),
    ("limit: one pass over 18 bytes a signal", "one pass"),
    ("**append** all signals (`qbg_append`)", "append"),
    ("accounts, contacts, opportunities, members in bulk", "rows without signals"),
    ("**re-score the 1 % that changed** (`qbg_board_since`)", "board, 1 % changed"),
    ("**CSV to board** (`qbg report --format csv`)", "CSV to board, csv"),
    ("the same, aligned for a screen (`--format text`)", "CSV to board, text"),
    ("DuckDB, one thread, from the same files to a file", "duckdb 1, CSV to board"),
    ("DuckDB, two threads", "duckdb 2, CSV to board"),
    ("limit: reading the files and finding their newlines", "newlines"),
    ("**one event in, the group's assessment out**, median", "event, p50, us"),
    ("the same, 99th of 100", "event, p99, us"),
    ("with an event id, median", "event with id, p50, us"),
    ("with an event id, 99th of 100", "event with id, p99, us"),
    ("SQLite, prepared statements, median", "sqlite, event p50"),
    ("SQLite, 99th of 100", "sqlite, event p99"),
]

MEMORY = [
    ("time, contact, kind, solution of a signal: resident", "resident, signals"),
    ("the same as the library counts it", "memory, signals"),
    ("with an event id of 12 bytes: resident", "ids: resident, signals"),
    ("with a content out of 4,000: resident", "contents: resident, signals"),
    ("all of the workspace, with accounts, contacts, opportunities, members: resident",
     "resident, workspace"),
    ("all columns that were given", "columns given"),
]


def seconds_of(figures, name):
    in_us = name.startswith(("event", "sqlite, event"))
    return figures[name] * (1e-6 if in_us else 1) if name in figures else None


# What follows from those: label, figure.
CAPACITY = [
    ("a gigabyte holds, million signals", lambda f: 1e3 / f["resident, workspace"]),
    ("a core appends in a second, million signals", lambda f: 1e-6 * f["signals"] / f["append"]),
    ("a core re-scores in a second, million signals", lambda f: 1e-6 * f["signals"] / f["board"]),
    ("a core re-scores in a second, thousand buying groups",
     lambda f: 1e-3 * f["opportunities"] / f["board"]),
    ("signals of the group that an event is for, median", lambda f: f["event, p50, signals of the group"]),
    ("the same, 99th of 100", lambda f: f["event, p99, signals of the group"]),
]


def shown(value, form):
    return "–" if value is None else form(value)


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " --: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def head_of(first, runs):
    return [*first, *(f"{run.signals:,} signals" for run in runs)]


def times_table(runs):
    return table(head_of(["job"], runs), (
        [label, *(shown(seconds_of(run.figures, name), time_text) for run in runs)]
        for label, name in JOBS))


def memory_table(runs):
    return table(head_of(["bytes a signal"], runs), (
        [label, *(shown(run.figures.get(name), "{:.1f}".format) for run in runs)]
        for label, name in MEMORY))


def capacity_table(runs):
    return table(head_of(["what follows"], runs), (
        [label, *(short(figure(run.figures)) for run in runs)] for label, figure in CAPACITY))


# What is aimed at: label, its figure from those of a run, at least or at most how much.
TARGETS = [
    ("re-score: DuckDB on one thread / us", lambda f: f["duckdb 1, board"] / f["board"], ">=", 30),
    ("re-score: us / the one pass", lambda f: f["board"] / f["one pass"], "<=", 2),
    ("re-score: one thread / two", lambda f: f["board"] / f["board, two threads"], ">=", 1.6),
    ("DuckDB's re-score alone / our append + re-score",
     lambda f: f["duckdb 1, board"] / (f["append"] + f["board"]), ">=", 3.5),
    ("append, ns a signal", lambda f: 1e9 * f["append"] / f["signals"], "<=", 25),
    ("CSV to board: DuckDB on one thread / us",
     lambda f: f["duckdb 1, CSV to board"] / f["CSV to board, csv"], ">=", 5),
    ("CSV to board: us / finding the newlines",
     lambda f: f["CSV to board, csv"] / f["newlines"], "<=", 8),
    ("event to assessment, median, µs", lambda f: f["event, p50, us"], "<=", 1.5),
    ("event to assessment, 99th of 100, µs", lambda f: f["event, p99, us"], "<=", 5),
    ("event with id, median, µs", lambda f: f["event with id, p50, us"], "<=", 1.5),
    ("event with id, 99th of 100, µs", lambda f: f["event with id, p99, us"], "<=", 5),
    ("event: SQLite's median / ours", lambda f: f["sqlite, event p50"] / f["event, p50, us"], ">=", 25),
    ("event: requests for memory (logs grow)", lambda f: f["event, requests for memory"], "<=", 0.05),
    ("1 % changed: whole re-score / us", lambda f: f["board"] / f["board, 1 % changed"], ">=", 20),
    ("bytes a signal, resident", lambda f: f["resident, signals"], "<=", 24),
    ("more with an event id", lambda f: f["ids: resident, signals"] - f["resident, signals"], "<=", 24),
    ("more with a content",
     lambda f: f["contents: resident, signals"] - f["resident, signals"], "<=", 4),
    ("whole process at its peak / columns given", lambda f: f["resident, peak"], "<=", 2),
    ("growth: append + re-score a signal / that of the smallest size",
     lambda f: f["growth"], "<=", 1.3),
]


def short(value):
    """Three digits of it."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def verdict(run, figure, is_at, target):
    try:
        value = figure(run.figures)
    except KeyError:
        return "–"
    is_reached = value >= target if is_at == ">=" else value <= target
    return f"{short(value)} {'reached' if is_reached else 'missed'}"


def targets_table(runs):
    return table(head_of(["ratio or figure", "target"], runs), ([label, f"{'≥' if is_at == '>=' else '≤'} {target}",
                         *(verdict(run, figure, is_at, target) for run in runs)]
                        for label, figure, is_at, target in TARGETS))


def add_growth(runs):
    def cost(run):
        return (run.figures["append"] + run.figures["board"]) / run.signals
    for run in runs[1:]:
        run.figures["growth"] = cost(run) / cost(runs[0])


# ---- The page ------------------------------------------------------------------------------------

def machine():
    """What kind of machine it is: processor, cores, memory."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kind = found.group(1) if found else platform.machine()
    return f"{kind}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def page(runs, load):
    skipped = sorted({peer for run in runs for peer in run.skipped})
    yield (f"Measured {datetime.date.today()} on one machine ({machine()}), which had {load:.1f} other "
           "programs running at the start.")
    if skipped:
        yield f"Not on that machine, so skipped: {', '.join(skipped)}."
    for part in (times_table, targets_table, memory_table, capacity_table):
        yield ""
        yield from part(runs)


def write_docs(text):
    before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
    behind = rest.split(MARKS[1])[1]
    PAGE.write_text(before + MARKS[0] + text + MARKS[1] + behind, encoding="utf-8")


def wishes():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("signals", type=int, nargs="+")
    parser.add_argument("--only", default=",".join(PEERS), help="peers: " + ", ".join(PEERS))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write-docs", action="store_true")
    return parser.parse_args()


def main():
    wanted, runs, load = wishes(), [], os.getloadavg()[0]
    peers = [peer for peer in wanted.only.split(",") if peer]
    for signals in sorted(wanted.signals):
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            runs.append(Run(wanted.build, signals, Path(folder), peers).all())
    add_growth(runs)
    text = "\n".join(page(runs, load)) + "\n"
    print(text, end="")
    if wanted.write_docs:
        write_docs(text)


if __name__ == "__main__":
    main()
