"""How much the Python package adds to the C cost of appending signals in bulk.

usage: python_append.py [SIGNALS]. The C cost is one call of qbg_append with a struct that is ready;
beside it the same signals through Workspace.add_signals, as memory that is handed over as it is,
as an Arrow stream in batches, and as lists that have to be converted. Processor time, the best of three, each time into a
workspace of its own; by turns, so that a busy machine is unkind to both. It ends with 1 when memory
or a stream costs more than twice the C cost."""
import os
import sys
import time
from array import array
from ctypes import POINTER, addressof, byref, c_int32, c_uint64, c_void_p, cast, pointer, sizeof
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("QBG_LIBRARY", os.environ.get("QBG_SHARED", ""))
sys.path.insert(0, str(ROOT / "examples" / "python"))

import qbg  # noqa: E402
from qbg._declarations import (  # noqa: E402
    ArrowArray, ArrowArrayStream, ArrowSchema, qbg_signal_columns,
)
from qbg._library import lib  # noqa: E402

ROUNDS = 3
BATCH = 65536  # rows of a batch in a stream
FORMATS = {"time": b"l", "kind": b"S", "contact": b"I"}
ACCOUNTS, PEOPLE = 1000, 10  # people of each
START = 1735689600


def tenant():
    """Companies, each with people and an opportunity."""
    ws = qbg.Workspace()
    ws.add_solution("hr").add_content("hr/")
    companies = [f"a{i}" for i in range(ACCOUNTS)]
    ws.put_accounts(key=companies)
    ws.put_opportunities(key=companies, account=companies, solution=["hr"] * ACCOUNTS)
    ws.put_contacts(key=[f"c{i}" for i in range(ACCOUNTS * PEOPLE)],
                    account=[f"a{i // PEOPLE}" for i in range(ACCOUNTS * PEOPLE)])
    return ws


def signals(count):
    """The columns, the same every time."""
    kinds = qbg.Workspace().kinds.count
    return {"time": array("q", (START + i * 2654435761 % 30000000 for i in range(count))),
            "kind": array("H", (i * 40503 % kinds for i in range(count))),
            "contact": array("I", (i * 2654435761 % (ACCOUNTS * PEOPLE) for i in range(count)))}


def as_lists(columns):
    """The same, as somebody has them who knows neither numbers nor arrays."""
    kinds = [kind.key for kind in qbg.Workspace().kinds]
    return {"time": columns["time"].tolist(), "kind": [kinds[i] for i in columns["kind"]],
            "contact": [f"c{i}" for i in columns["contact"]]}


class Stream(ArrowArrayStream):
    """Columns as Arrow streams have them, in batches that are slices of the same memory."""

    def __init__(self, columns):
        super().__init__()
        callbacks = dict(ArrowArrayStream._fields_)
        self.columns, self.first, self.kept = columns, 0, []
        self.released = [dict(struct._fields_)["release"](self.release_one)
                         for struct in (ArrowSchema, ArrowArray)]
        self.get_schema = callbacks["get_schema"](self.schema)
        self.get_next = callbacks["get_next"](self.batch)
        self.release = callbacks["release"](self.release_one)

    @staticmethod
    def release_one(struct):
        c_void_p.from_address(addressof(struct.contents) + type(struct.contents).release.offset
                              ).value = None

    def parent(self, out, struct, release, children):
        """Fills a struct of columns. Its children are kept until the end of the stream."""
        array = (POINTER(struct) * len(children))(*(pointer(child) for child in children))
        for one in children:
            one.release = release
        self.kept += [array, children]
        out.n_children, out.children = len(children), cast(array, POINTER(POINTER(struct)))
        out.release = release

    def schema(self, _, out):
        self.parent(out.contents, ArrowSchema, self.released[0],
                    [ArrowSchema(format=FORMATS[name], name=name.encode(), flags=2)
                     for name in self.columns])
        out.contents.format = b"+s"
        return 0

    def batch(self, _, out):
        count = min(BATCH, len(self.columns["time"]) - self.first)
        c_void_p.from_address(addressof(out.contents) + ArrowArray.release.offset).value = None
        if count == 0:
            return 0
        children = []
        for column in self.columns.values():
            buffers = (c_void_p * 2)(None, column.buffer_info()[0])
            self.kept.append(buffers)
            children.append(ArrowArray(length=count, offset=self.first, n_buffers=2,
                                       buffers=cast(buffers, POINTER(c_void_p))))
        self.parent(out.contents, ArrowArray, self.released[1], children)
        nothing = (c_void_p * 1)(None)
        self.kept.append(nothing)
        out.contents.length, out.contents.n_buffers = count, 1
        out.contents.buffers = cast(nothing, POINTER(c_void_p))
        self.first += count
        return 0

    def __arrow_c_stream__(self, requested_schema=None):
        return qbg._arrow.capsule(self, qbg._arrow.STREAM)


def c_cost(ws, columns):
    """Seconds of the call alone."""
    count = len(columns["time"])
    struct, status, refused = qbg_signal_columns(), (c_int32 * count)(), c_uint64()
    struct.size, struct.count = sizeof(struct), count
    struct.time_s = columns["time"].buffer_info()[0]
    struct.kind = columns["kind"].buffer_info()[0]
    struct.contact = columns["contact"].buffer_info()[0]
    start = time.process_time()
    lib.qbg_append(ws, byref(struct), status, byref(refused))
    return time.process_time() - start


def python_cost(ws, columns):
    start = time.process_time()
    done = ws.add_signals(**columns)
    taken = time.process_time() - start
    if done.refused:
        sys.exit(f"{done.refused} signals were refused")
    return taken


def stream_cost(ws, columns):
    stream = Stream(columns)
    start = time.process_time()
    done = ws.add_signals(stream)
    taken = time.process_time() - start
    if done.refused or ws.signal_count != len(columns["time"]):
        sys.exit(f"{done.refused} signals were refused")
    return taken


def main(count):
    columns = signals(count)
    lists = as_lists(columns)
    works = {"C": (c_cost, columns), "memory": (python_cost, columns),
             "stream": (stream_cost, columns),
             "lists": (python_cost, lists)}
    best = {}
    for _ in range(ROUNDS):
        for name, (work, given) in works.items():
            with tenant() as ws:
                best[name] = min(best.get(name, 1e9), work(ws, given))
    for name, taken in best.items():
        print(f"{name:7} {taken * 1e9 / count:6.0f} ns a signal  x{taken / best['C']:.2f}")
    return max(best["memory"], best["stream"]) > 2 * best["C"]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
