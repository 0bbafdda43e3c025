"""DuckDB reads our board through a stream, and we read signals straight from a query of DuckDB's: a
consumer and a producer that nobody here wrote.

usage: QBG_DUCKDB=.../libduckdb.so duckdb_test.py LIBRARY; skipped where there is no DuckDB."""
import ctypes
import os
import sys
from ctypes import byref, c_char_p, c_double, c_int32, c_int64, c_uint64, c_void_p
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "binding"))
from library import C, SKIPPED, STRUCTS, finish, load, loadable_path  # noqa: E402

Stream, Schema, Array = (STRUCTS[name] for name in ("ArrowArrayStream", "ArrowSchema",
                                                    "ArrowArray"))
DAY = 86400
AS_OF = 1763510400  # 2025-11-19
NEXT_CONTACT = 1764581400  # 2025-12-01 09:30
PEOPLE, SIGNALS = 40, 30000


class Result(ctypes.Structure):  # duckdb_result: its fields are DuckDB's own business
    _fields_ = [("room", c_uint64 * 8)]


class Duckdb:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.library.duckdb_query_arrow_error.restype = c_char_p
        self.library.duckdb_result_error.restype = c_char_p
        self.library.duckdb_value_double.restype = c_double
        self.library.duckdb_value_double.argtypes = [c_void_p, c_uint64, c_uint64]
        self.database, self.connection = c_void_p(), c_void_p()
        check(self.library.duckdb_open(None, byref(self.database)) == 0, "no database in memory")
        check(self.library.duckdb_connect(self.database, byref(self.connection)) == 0,
              "no connection")

    def run(self, text, columns=0):
        """Runs a statement; gives the first row's columns as numbers."""
        result = Result()
        state = self.library.duckdb_query(self.connection, text.encode(), byref(result))
        check(state == 0, self.library.duckdb_result_error(byref(result)))
        row = [self.library.duckdb_value_double(ctypes.addressof(result), i, 0)
               for i in range(columns)]
        self.library.duckdb_destroy_result(byref(result))
        return row

    def take(self, name, stream):
        """A view of a stream of ours, to be read once."""
        state = self.library.duckdb_arrow_scan(self.connection, name.encode(), byref(stream))
        check(state == 0, "DuckDB does not take the stream")


class Query:
    """A query of DuckDB's as a stream: its batches, as they come."""

    def __init__(self, duckdb, text):
        self.library, self.result, self.stream = duckdb.library, c_void_p(), Stream()
        state = self.library.duckdb_query_arrow(duckdb.connection, text.encode(),
                                                byref(self.result))
        check(state == 0, self.library.duckdb_query_arrow_error(self.result))
        callbacks = dict(Stream._fields_)
        self.stream.get_schema = callbacks["get_schema"](
            lambda stream, out: self.fill(self.library.duckdb_query_arrow_schema, out))
        self.stream.get_next = callbacks["get_next"](
            lambda stream, out: self.fill(self.library.duckdb_query_arrow_array, out))
        self.stream.release = callbacks["release"](lambda stream: None)
        self.batches = 0

    def fill(self, call, out):
        self.batches += 1
        return call(self.result, byref(c_void_p(ctypes.addressof(out.contents))))

    def close(self):
        self.library.duckdb_destroy_arrow(byref(self.result))


def check(is_fine, what):
    if not is_fine:
        sys.exit(f"not so: {what}")


def ok(status):
    check(status == C.OK, f"status {status}")


def text(library, table, column, row):
    size = c_int64()
    at = library.qbg_table_text_at(table, library.qbg_table_column_find(table, column), row,
                                   byref(size))
    return ctypes.string_at(at, size.value).decode()


def tell(library, workspace, duckdb, table, query):
    """Imports a query; gives how many rows were put. None may be refused."""
    source, rows, refusals = Query(duckdb, query), c_uint64(), c_void_p()
    status = library.qbg_arrow_import(workspace, table.encode(), source.stream, rows, refusals)
    said = [text(library, refusals, b"column", row) + ": " + text(library, refusals, b"reason", row)
            for row in range(library.qbg_table_row_count(refusals))]
    check(status == C.OK and not said, f"{table}: status {status}, {said[:5]}")
    library.qbg_table_free(refusals)
    source.close()
    return rows.value, source.batches


def fill(library, workspace, duckdb):
    """A company whose facts are all in DuckDB, in types as they come."""
    solution = c_void_p()
    ok(library.qbg_solution_add(workspace, b"crm", None, None, solution))
    duckdb.run("CREATE TYPE what AS ENUM ('page_view', 'webinar_attendance', 'demo_request')")
    duckdb.run(f"""CREATE TABLE signals AS SELECT
        make_timestamp(({AS_OF} - 1 - (i * 7919) % (300 * {DAY})) * 1000000) AS time,
        (['page_view', 'webinar_attendance', 'demo_request'])[i % 3 + 1]::what AS kind,
        CASE WHEN i % 10 < 9 THEN 'p' || (i % {PEOPLE}) END AS contact,
        'a' || (i % {PEOPLE} % 4) AS account, 'e-' || i AS event
        FROM range({SIGNALS}) AS numbers(i)""")
    tell(library, workspace, duckdb, "accounts",
         "SELECT 'a' || i AS account, 'Firma № ' || i AS name, i::UBIGINT AS tag FROM range(4) t(i)")
    tell(library, workspace, duckdb, "contacts", f"""SELECT 'p' || i AS contact,
         'a' || (i % 4) AS account, (['finance', 'it', NULL])[i % 3 + 1] AS department,
         (i % 6)::TINYINT AS seniority FROM range({PEOPLE}) t(i)""")
    tell(library, workspace, duckdb, "opportunities", """SELECT 'o' || i AS opportunity,
         'a' || i AS account, 0 AS solution, DATE '2024-01-01' AS opened, (i % 2 = 0) AS budget,
         0.5::FLOAT AS fit FROM range(4) t(i)""")
    tell(library, workspace, duckdb, "members", f"""SELECT 'o' || (i % 4) AS opportunity,
         i::UINTEGER AS contact, (['champion', 'economic_buyer'])[i % 2 + 1] AS role,
         CASE WHEN i = 0 THEN TIMESTAMP '2025-12-01 09:30:00' END AS next_contact
         FROM range({PEOPLE}) t(i)""")
    rows, batches = tell(library, workspace, duckdb, "signals", "FROM signals")
    check(rows == SIGNALS and batches > 10, f"{rows} signals in {batches} batches")
    check(library.qbg_signal_count(workspace) == SIGNALS, "all signals are known")


def compare(library, workspace, duckdb):
    """DuckDB finds in our board what is in it."""
    board, stream = c_void_p(), Stream()
    ok(library.qbg_board(workspace, AS_OF, 0, C.NONE, 0, board))
    ok(library.qbg_arrow_export(board, stream))
    duckdb.take("board", stream)
    duckdb.run("CREATE TABLE seen AS FROM board")
    stream.release(stream)
    priority = library.qbg_table_column_find(board, b"priority")
    ours = [library.qbg_table_double_at(board, priority, row) for row in range(4)]
    check(ours[0] > 0 and ours == sorted(ours, reverse=True), f"a board in order: {ours}")
    for row, expected in enumerate(ours):
        key = text(library, board, b"opportunity", row)
        found = duckdb.run(f"SELECT priority, members_identified, account_tag FROM seen "
                           f"WHERE opportunity = '{key}'", 3)
        check(found == [expected, PEOPLE // 4, float(key[1:])], f"{key}: {found}, {expected}")
    empty = duckdb.run("SELECT count(*), count(next_contact), count(DISTINCT missing_roles) > 0 "
                       "FROM seen", 3)
    check(empty == [4, 1, 1], f"counts of cells: {empty}")
    times = duckdb.run("SELECT epoch(next_contact), typeof(next_contact) = 'TIMESTAMP WITH TIME "
                       "ZONE' FROM seen WHERE next_contact IS NOT NULL", 2)
    check(times == [NEXT_CONTACT, 1], f"a time is one: {times}")
    library.qbg_table_free(board)


def main(path):
    found = os.environ.get("QBG_DUCKDB", "")
    if not Path(found).is_file():
        print("SKIPPED: DuckDB: QBG_DUCKDB does not lead to a libduckdb.so")
        sys.exit(SKIPPED)
    library, duckdb, workspace = load(path), Duckdb(found), c_void_p()
    library.qbg_opportunity_count.restype = c_int32
    ok(library.qbg_workspace_new(None, workspace))
    fill(library, workspace, duckdb)
    compare(library, workspace, duckdb)
    library.qbg_workspace_free(workspace)
    finish([], f"{SIGNALS} signals from DuckDB, and the board in it")


if __name__ == "__main__":
    main(loadable_path())
