"""DuckDB through its C interface, in memory: the board from tables that are loaded, and from the CSV.

    QBG_DUCKDB=.../libduckdb.so python3 duckdb_peer.py FOLDER

Decay is a look-up in a list here: that was faster than a join with a table of weights."""
import csv
import ctypes
import os
import sys
from pathlib import Path

import book

DECAYED = "weight_at(($as_of - s.time) // 86400)".replace("$as_of", str(book.AS_OF))
STATEMENT = book.statement(
    as_of=book.AS_OF, weight=DECAYED, and_these_signals="", where_this="",
    engaged_seats="bit_or(CASE WHEN points_int >= 41943040000 THEN bit END)",
    team_seats="bit_or(t.bit)", left_open="product(1 - d * (points / (points + 20)))",
    silent=f"({book.AS_OF} - act.last_time) // 86400")


class Result(ctypes.Structure):  # duckdb_result: its fields are the library's own business
    _fields_ = [("room", ctypes.c_uint64 * 8)]


class Duckdb:
    def __init__(self, path, threads):
        self.library = library = ctypes.CDLL(path)
        library.duckdb_result_error.restype = ctypes.c_char_p
        self.database, self.connection = ctypes.c_void_p(), ctypes.c_void_p()
        if library.duckdb_open_ext(None, ctypes.byref(self.database), None, None) != 0:
            sys.exit("duckdb: no database in memory")
        if library.duckdb_connect(self.database, ctypes.byref(self.connection)) != 0:
            sys.exit("duckdb: no connection")
        self.run(f"SET threads = {threads}")

    def close(self):
        self.library.duckdb_disconnect(ctypes.byref(self.connection))
        self.library.duckdb_close(ctypes.byref(self.database))

    def run(self, text):
        """Runs a statement to its last row, which stays in DuckDB."""
        result = Result()
        state = self.library.duckdb_query(self.connection, text.encode(), ctypes.byref(result))
        self.drop(state, result, text)

    def prepared(self, text):
        """A function that runs a statement, which is parsed and planned here."""
        prepared = ctypes.c_void_p()
        if self.library.duckdb_prepare(self.connection, text.encode(), ctypes.byref(prepared)) != 0:
            sys.exit(f"duckdb: cannot prepare\n{text[:2000]}")

        def run():
            result = Result()
            state = self.library.duckdb_execute_prepared(prepared, ctypes.byref(result))
            self.drop(state, result, text)
        return run

    def drop(self, state, result, text):
        error = self.library.duckdb_result_error(ctypes.byref(result)) if state != 0 else None
        self.library.duckdb_destroy_result(ctypes.byref(result))
        if state != 0:
            sys.exit(f"duckdb: {error.decode()}\n{text[:2000]}")

    def insert(self, table, rows):
        self.run(f"INSERT INTO {table} VALUES " + ", ".join(
            "(" + ", ".join(repr(value) for value in row) + ")" for row in rows))


# ---- Tables --------------------------------------------------------------------------------------

def add_helpers(to, folder, key_type, key_of):
    """The decay as a function, seats and sets of seats."""
    places, sets = book.seats(folder)
    weights = ", ".join(map(str, book.decay()))
    to.run(f"CREATE MACRO weight_at(age) AS list_extract([{weights}]::BIGINT[], age + 1)")
    to.run(f"CREATE TABLE seats (solution {key_type}, role {key_type}, bit INTEGER)")
    to.run(f"""CREATE TABLE seat_sets (solution {key_type}, seats INTEGER, coverage DOUBLE,
               completeness DOUBLE, required_filled INTEGER, missing VARCHAR)""")
    to.insert("seats", [(key_of(solution), key_of(role), bit) for solution, role, bit in places])
    to.insert("seat_sets", [(key_of(solution), *rest) for solution, *rest in sets])


def csv_of(folder, table, **types):
    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    return (f"read_csv('{folder / 'book' / table}.csv', header = true, delim = ',', quote = '\"', "
            f"columns = {{{typed}}})")


def sources(folder):
    text = "VARCHAR"
    return {
        "signals": csv_of(folder, "signals", time="TIMESTAMP", kind=text, account=text, contact=text,
                          solution=text),
        "kinds": csv_of(folder, "kinds", kind=text, category=text, points="DECIMAL(9, 3)",
                        high_intent=text),
        "opportunities": csv_of(folder, "opportunities", opportunity=text, account=text,
                                solution=text),
        "members": csv_of(folder, "members", opportunity=text, contact=text, role=text),
    }


def load_numbers(to, folder):
    """Tables with dense numbers as keys: the form in which the question is fastest."""
    of = sources(folder)
    add_helpers(to, folder, "UTINYINT", book.number_of)
    to.run(f"""CREATE TABLE signals AS SELECT epoch(time)::BIGINT AS time, substr(kind, 5)::UTINYINT AS kind,
               substr(account, 2)::UINTEGER AS account, substr(contact, 2)::UINTEGER AS contact,
               substr(solution, 2)::UTINYINT AS solution FROM {of['signals']}""")
    to.run(f"""CREATE TABLE kinds AS SELECT substr(kind, 5)::UTINYINT AS kind,
               (points * 1000)::INTEGER AS milli FROM {of['kinds']}""")
    to.run(f"""CREATE TABLE opportunities AS SELECT substr(opportunity, 2)::UINTEGER AS opportunity,
               substr(account, 2)::UINTEGER AS account, substr(solution, 2)::UTINYINT AS solution,
               opportunity AS opportunity_key, account AS account_key, solution AS solution_key
               FROM {of['opportunities']}""")
    to.run(f"""CREATE TABLE members AS SELECT substr(opportunity, 2)::UINTEGER AS opportunity,
               substr(contact, 2)::UINTEGER AS contact, substr(role, 5)::UTINYINT AS role
               FROM {of['members']}""")


def board_from_csv(to, folder, target):
    """From the files to a file. The signals stream through the question; the rest, read twice by it,
    goes into tables first."""
    of = sources(folder)
    add_helpers(to, folder, "VARCHAR", str)
    to.run(f"""CREATE VIEW signals AS SELECT epoch(time)::BIGINT AS time, kind, account, contact,
               solution FROM {of['signals']}""")
    to.run(f"CREATE TABLE kinds AS SELECT kind, (points * 1000)::INTEGER AS milli FROM {of['kinds']}")
    to.run(f"""CREATE TABLE opportunities AS SELECT opportunity, account, solution,
               opportunity AS opportunity_key, account AS account_key, solution AS solution_key
               FROM {of['opportunities']}""")
    to.run(f"CREATE TABLE members AS SELECT * FROM {of['members']}")
    copy(to, target)


# ---- Answers -------------------------------------------------------------------------------------

def copy(to, target):
    to.run(f"COPY ({STATEMENT}) TO '{target}' (HEADER, DELIMITER ',')")


def compare(target, folder, what):
    with open(target, encoding="utf-8", newline="") as file:
        book.compare(what, folder, list(csv.DictReader(file)))


def time_tables(path, folder):
    to, target = Duckdb(path, 2), folder / "duckdb.csv"
    load_numbers(to, folder)
    copy(to, target)
    compare(target, folder, "duckdb, tables")
    for threads in (1, 2):
        to.run(f"SET threads = {threads}")
        book.say_median(f"duckdb {threads}, board", to.prepared(STATEMENT))
    to.close()


def time_csv(path, folder):
    target = folder / "duckdb_csv.csv"

    def all_of_it(threads):
        to = Duckdb(path, threads)
        board_from_csv(to, folder, target)
        to.close()

    all_of_it(2)
    compare(target, folder, "duckdb, CSV")
    book.say_median("duckdb 1, CSV to board", lambda: all_of_it(1))
    book.say_median("duckdb 2, CSV to board", lambda: all_of_it(2))


def main():
    path = os.environ.get("QBG_DUCKDB")
    if not path:
        book.skip("duckdb: QBG_DUCKDB does not name a libduckdb.so "
                  "(npm: @duckdb/node-bindings-linux-x64 has one)")
    folder = Path(sys.argv[1]).resolve()
    time_tables(path, folder)
    time_csv(path, folder)


if __name__ == "__main__":
    main()
