#!/usr/bin/env python3
"""The tenant of the benchmarks is one tenant: told by columns and read as CSV it has one board.

    python3 same_board.py BOOK_BENCH QBG SIGNALS

So what is compared with what reads the CSV (peers.py) is compared on the same facts. To the byte."""
import subprocess
import sys
import tempfile
from pathlib import Path

AS_OF = "2025-12-31T00:00:00Z"  # tenant.h's


def boards(bench, qbg, signals, folder):
    told, read, book = folder / "told.csv", folder / "read.csv", folder / "book"
    subprocess.run([bench, signals, "--write", book, "--board", told], check=True)
    subprocess.run([qbg, "report", book, "--as-of", AS_OF, "--format", "csv", "--strict",
                    "--output", read], check=True)
    return told.read_text(), read.read_text()


def main(bench, qbg, signals):
    with tempfile.TemporaryDirectory() as folder:
        told, read = boards(bench, qbg, signals, Path(folder))
    rows = told.splitlines()
    if len(rows) < int(signals) // 100:
        sys.exit(f"a board of {len(rows)} lines is none of {signals} signals")
    for number, (one, other) in enumerate(zip(rows, read.splitlines()), 1):
        if one != other:
            sys.exit(f"line {number} of the board\n  told in columns: {one}\n  read as CSV:     {other}")
    if told != read:
        sys.exit("one board is longer than the other")
    print(f"{len(rows) - 1} buying groups, the same to the byte")


if __name__ == "__main__":
    main(*sys.argv[1:])
