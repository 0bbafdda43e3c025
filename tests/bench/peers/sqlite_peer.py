"""SQLite in memory, with the best indexes for the question: the board; one event in, its row out.

    python3 sqlite_peer.py FOLDER"""
import random
import sqlite3
import sys
import time
from pathlib import Path

import book

EVENTS = 10000
WORDS = {
    "as_of": book.AS_OF,
    "weight": f"(SELECT weight FROM decay WHERE age = ({book.AS_OF} - s.time) / 86400)",
    "left_open": "exp(sum(ln(1 - d * (points / (points + 20)))))",
    "engaged_seats": " + ".join(
        f"max(CASE WHEN points_int >= 41943040000 THEN bit & {1 << i} ELSE 0 END)" for i in range(5)),
    "team_seats": " + ".join(f"max(coalesce(t.bit, 0) & {1 << i})" for i in range(5)),
    "silent": f"({book.AS_OF} - act.last_time) / 86400",
}
WHOLE = book.statement(**WORDS, and_these_signals="", where_this="")
ONE = book.statement(
    **WORDS, and_these_signals="AND s.account = :account AND s.solution = :solution",
    where_this="WHERE o.account = :account AND o.solution = :solution")
TABLES = """
CREATE TABLE kinds (kind INTEGER PRIMARY KEY, milli INTEGER);
CREATE TABLE decay (age INTEGER PRIMARY KEY, weight INTEGER);
CREATE TABLE seats (solution INTEGER, role INTEGER, bit INTEGER, PRIMARY KEY (solution, role)) WITHOUT ROWID;
CREATE TABLE seat_sets (solution INTEGER, seats INTEGER, coverage REAL, completeness REAL,
  required_filled INTEGER, missing TEXT, PRIMARY KEY (solution, seats)) WITHOUT ROWID;
CREATE TABLE opportunities (opportunity INTEGER PRIMARY KEY, account INTEGER, solution INTEGER,
  opportunity_key TEXT, account_key TEXT, solution_key TEXT);
CREATE TABLE members (opportunity INTEGER, contact INTEGER, role INTEGER,
  PRIMARY KEY (opportunity, contact)) WITHOUT ROWID;
CREATE TABLE signals (time INTEGER, kind INTEGER, account INTEGER, contact INTEGER, solution INTEGER);
"""
INDEXES = """
CREATE UNIQUE INDEX opportunity_of ON opportunities (account, solution);
CREATE INDEX signals_cover ON signals (account, solution, contact, kind, time);
ANALYZE;
"""


def some(values, none=book.NONE):
    return (None if value == none else value for value in values)


def insert(to, table, rows, width):
    to.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def load(folder):
    to = sqlite3.connect(":memory:", isolation_level=None)
    to.executescript("PRAGMA temp_store = MEMORY;" + TABLES)
    to.execute("BEGIN")
    column = lambda name, kind="u32": book.column(folder, name, kind)
    places, sets = book.seats(folder)
    number = book.number_of
    insert(to, "kinds", ((number(row["kind"]), round(1000 * float(row["points"])))
                         for row in book.rows_of(folder, "kinds")), 2)
    insert(to, "decay", enumerate(book.decay()), 2)
    insert(to, "seats", ((number(s), number(r), bit) for s, r, bit in places), 3)
    insert(to, "seat_sets", ((number(s), *rest) for s, *rest in sets), 6)
    insert(to, "opportunities", (
        (i, a, s, f"o{i:07}", f"a{a:07}", f"s{s}") for i, (a, s) in enumerate(
            zip(column("opportunity_account"), column("opportunity_solution")))), 6)
    insert(to, "members", zip(column("member_opportunity"), column("member_contact"),
                              some(column("member_role"))), 3)
    insert(to, "signals", zip(column("signal_time", "i64"), column("signal_kind", "u16"),
                              column("signal_account"), some(column("signal_contact")),
                              column("signal_solution")), 5)
    to.execute("COMMIT")
    to.executescript(INDEXES)
    return to


def time_events(to, folder):
    """Insert and ask, in a transaction each; Python's module keeps both statements prepared."""
    accounts = book.column(folder, "signal_account", "u32")
    contacts = book.column(folder, "signal_contact", "u32")
    solutions = book.column(folder, "signal_solution", "u32")
    at_solution = set(zip(book.column(folder, "opportunity_account", "u32"),
                          book.column(folder, "opportunity_solution", "u32")))
    drawn, times = random.Random(1), []
    while len(times) < EVENTS:
        like = drawn.randrange(len(accounts))
        of = {"account": accounts[like], "solution": solutions[like]}
        if tuple(of.values()) not in at_solution:
            continue
        contact = None if contacts[like] == book.NONE else contacts[like]
        row = (book.AS_OF - 1, drawn.randrange(12), of["account"], contact, of["solution"])
        begun = time.perf_counter()
        to.execute("INSERT INTO signals VALUES (?, ?, ?, ?, ?)", row)
        rows = to.execute(ONE, of).fetchall()
        times.append(time.perf_counter() - begun)
        assert len(rows) == 1
    times.sort()
    book.say("sqlite, event p50", 1e6 * times[EVENTS // 2], "us")
    book.say("sqlite, event p99", 1e6 * times[EVENTS * 99 // 100], "us")


def whole(to):
    asked = to.execute(WHOLE)
    names = [of[0] for of in asked.description]
    return [dict(zip(names, row)) for row in asked]


def compare_ones(to, folder, rows):
    """The question about one opportunity gives the same rows."""
    for row in random.Random(2).sample(rows, min(len(rows), 200)):
        of = {"account": int(row["account"][1:]), "solution": int(row["solution"][1:])}
        if to.execute(ONE, of).fetchall() != [tuple(row.values())]:
            sys.exit(f"sqlite: {row['opportunity']} asked for alone is another one")


def main():
    folder = Path(sys.argv[1]).resolve()
    try:
        sqlite3.connect(":memory:").execute("SELECT ln(2.0), exp(1.0)")
    except sqlite3.OperationalError:
        book.skip(f"sqlite: this SQLite {sqlite3.sqlite_version} knows no ln and exp")
    to = load(folder)
    rows = whole(to)
    book.compare("sqlite", folder, rows)
    compare_ones(to, folder, rows)
    book.say_median("sqlite, board", lambda: to.execute(WHOLE).fetchall(), least=1)
    time_events(to, folder)


if __name__ == "__main__":
    main()
