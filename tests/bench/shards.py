#!/usr/bin/env python3
"""A book split by account has the same board, to the byte: docs/performance.md says to split so.

    python3 shards.py BOOK_BENCH QBG SIGNALS SHARDS

An account, its people, opportunities, members and signals are one shard's; the catalogue is everybody's."""
import csv
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

AS_OF = "2025-12-31T00:00:00Z"  # tenant.h's
CATALOG = ("kinds", "roles", "templates", "solutions")
OF_ACCOUNTS = ("accounts", "contacts", "opportunities", "members", "signals")


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(book, shards):
    """One folder for each remainder of the account's number."""
    account_of = {row["opportunity"]: row["account"] for row in rows_of(book / "opportunities.csv")}
    for shard in shards:
        shard.mkdir()
        for table in CATALOG:
            shutil.copy(book / f"{table}.csv", shard)
    for table in OF_ACCOUNTS:
        rows = rows_of(book / f"{table}.csv")
        parts = [[] for _ in shards]
        for row in rows:
            account = row["account"] if "account" in row else account_of[row["opportunity"]]
            parts[int(account[1:]) % len(shards)].append(row)
        for shard, part in zip(shards, parts):
            with open(shard / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
                to = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
                to.writeheader()
                to.writerows(part)


def board(qbg, book):
    return subprocess.run([qbg, "report", book, "--as-of", AS_OF, "--format", "csv", "--strict"],
                          check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.splitlines()


def put_together(boards):
    """By priority, the highest first, then by key: the fifth column, and the first."""
    rows = [row.split(",") for lines in boards for row in lines[1:]]
    rows.sort(key=lambda row: (-float(row[4]), row[0]))
    return boards[0][:1] + [",".join(row) for row in rows]


def main(bench, qbg, signals, count):
    with tempfile.TemporaryDirectory() as folder:
        book, shards = Path(folder) / "book", [Path(folder) / f"shard{i}" for i in range(int(count))]
        subprocess.run([bench, signals, "--write", book], check=True)
        split(book, shards)
        whole, boards = board(qbg, book), [board(qbg, shard) for shard in shards]
    if min(map(len, boards)) < 2:
        sys.exit("a shard has no buying group, so nothing is tried")
    for one, other in zip(whole, put_together(boards)):
        if one != other:
            sys.exit(f"the whole book: {one}\nits shards:     {other}")
    if len(whole) != sum(map(len, boards)) - len(boards) + 1:
        sys.exit("the shards have other buying groups than the whole book")
    print(f"{len(whole) - 1} buying groups of {count} shards, the same to the byte")


if __name__ == "__main__":
    main(*sys.argv[1:])
