"""How much the Python package adds to the C cost of appending signals in bulk.

usage: python_append.py [SIGNALS]. The C cost is one call of qbg_append with a struct that is ready;
beside it the same signals through Workspace.add_signals, as memory that is handed over as it is,
and as lists that have to be converted. Processor time, the best of three, each time into a
workspace of its own; by turns, so that a busy machine is unkind to both. It ends with 1 when memory
costs more than twice the C cost."""
import os
import sys
import time
from array import array
from ctypes import byref, c_int32, c_uint64, sizeof
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("QBG_LIBRARY", os.environ.get("QBG_SHARED", ""))
sys.path.insert(0, str(ROOT / "examples" / "python"))

import qbg  # noqa: E402
from qbg._declarations import qbg_signal_columns  # noqa: E402
from qbg._library import lib  # noqa: E402

ROUNDS = 3
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


def main(count):
    columns = signals(count)
    lists = as_lists(columns)
    works = {"C": (c_cost, columns), "memory": (python_cost, columns),
             "lists": (python_cost, lists)}
    best = {}
    for _ in range(ROUNDS):
        for name, (work, given) in works.items():
            with tenant() as ws:
                best[name] = min(best.get(name, 1e9), work(ws, given))
    for name, taken in best.items():
        print(f"{name:7} {taken * 1e9 / count:6.0f} ns a signal  x{taken / best['C']:.2f}")
    return best["memory"] > 2 * best["C"]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
