"""Lifetimes: whatever is dropped first, nothing is used after it was freed.

References are dropped in random orders, some of them in cycles that the garbage collector finds,
with an allocator that has freed memory overwritten and counts what is left. Under ASan the same
finds every wrong address."""
import ctypes
import gc
import os
import random
import subprocess
import sys
import unittest
import weakref
from pathlib import Path

from package import AS_OF, BOOKS, daisy, qbg, run

ROUNDS = int(os.environ.get("QBG_ROUNDS", "60"))


class Counting:
    """A host's allocator over libc's, which knows what is not given back."""

    def __init__(self):
        libc = ctypes.CDLL(None)
        self.realloc, self.free = libc.realloc, libc.free
        self.realloc.restype = ctypes.c_void_p
        self.realloc.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
        self.free.argtypes = (ctypes.c_void_p,)
        self.blocks = {}
        self.faults = []

    def resize(self, address, old_size, new_size):
        if self.blocks.pop(address, 0) != (old_size if address else 0):
            self.faults.append(f"{old_size} is not what {address} has")
        if new_size == 0:
            if address:
                ctypes.memset(address, 0xA5, old_size)
                self.free(address)
            return None
        found = self.realloc(address, new_size)
        self.blocks[found] = new_size
        return found


def everything(ws):
    """Something of every kind that a workspace hands out."""
    deal = next(iter(ws.opportunities))
    board = ws.assess(AS_OF)
    found = [ws.policy, ws.revenue, ws.accounts, deal, board, deal.assess(AS_OF), deal.path(AS_OF),
             deal.ledger(ws.contact("elena"), AS_OF), deal.path("2025-09-19").table(),
             ws.changes(), qbg.Signal(ws, time=5, contact=ws.contact("olga")), qbg.BookReader(ws),
             board.column("priority"), board.column("opportunity"), board["opportunity"]]
    found += list(ws.contacts) + deal.members + list(deal.signals()) + list(ws.kinds)
    return found


def use(thing):
    """Looks at it; what it is of may be closed, but must not be freed."""
    try:
        repr(thing)
        if isinstance(thing, qbg.Column):
            thing.values()
        elif isinstance(thing, qbg.Table):
            list(thing)
        elif isinstance(thing, qbg.Assessment):
            thing.to_dict()
        elif hasattr(thing, "tag"):
            (thing.tag, thing.workspace.signal_count)
        elif isinstance(thing, qbg.BookReader):
            thing.feed("contacts", b"contact\nmore\n")
        elif isinstance(thing, qbg.Rows):
            list(thing)
    except (qbg.ClosedError, qbg.BusyError):
        pass


class Cycle:
    """Holds something in a cycle, which only the collector frees, in an order of its own."""

    def __init__(self, held):
        self.held = held
        self.me = self


def one_round(rng):
    """Makes, uses and drops, in a random order; the allocator's complaints."""
    counting = Counting()
    ws = qbg.Workspace(qbg.Allocator(counting.resize))
    ws.read_book(BOOKS / "red-daisy")
    held = [Cycle(one) if rng.random() < 0.3 else one for one in everything(ws)]
    if rng.random() < 0.5:
        reader = qbg.BookReader(ws)
        reader.feed("contacts", b"contact\na\nb\nc\n")
        reader.step(1)
        held += [reader, ws.contact("a")]
        del reader
    end = rng.randrange(3)
    if end == 0:
        held.append(Cycle(ws))
    elif end == 1:
        ws.close()
    del ws
    rng.shuffle(held)
    while held:
        thing = held.pop()
        for one in rng.sample(held, min(3, len(held))):
            use(one.held if isinstance(one, Cycle) else one)
        del thing
        one = None
        if rng.random() < 0.1:
            gc.collect()
    gc.collect()
    left = [f"{len(counting.blocks)} blocks are left"] if counting.blocks else []
    return counting.faults + left


class Lifetimes(unittest.TestCase):
    def test_random_orders(self):
        for seed in range(ROUNDS):
            self.assertEqual(one_round(random.Random(seed)), [], f"seed {seed}")

    def test_rows_keep_the_workspace(self):
        row = daisy().opportunity("daisy-hr")
        gc.collect()
        self.assertEqual(row.assess(AS_OF).verdict, "qualified")
        self.assertEqual(row.members[0].contact.account(AS_OF).name, "Красная ромашка")

    def test_nothing_keeps_it_longer(self):
        ws = daisy()
        seen = weakref.ref(ws)
        board = ws.assess(AS_OF)
        gc.disable()
        try:
            del ws
            self.assertIsNone(seen())  # without the collector: there are no cycles
        finally:
            gc.enable()
        self.assertEqual(board["opportunity"], ["daisy-hr"])

    def test_closed(self):
        with daisy() as ws:
            held = everything(ws)
        for thing in held:
            use(thing)
        self.assertFalse(ws.is_open)
        self.assertEqual(repr(ws), "<qbg.Workspace, closed>")
        with self.assertRaises(qbg.ClosedError):
            ws.signal_count
        with self.assertRaises(qbg.ClosedError):
            next(one for one in held if isinstance(one, qbg.Opportunity)).assess(AS_OF)
        with self.assertRaises(qbg.ClosedError):
            ws.policy
        ws.close()

    def test_answers_of_an_allocator_outlive_it(self):
        counting = Counting()
        board = qbg.Workspace(qbg.Allocator(counting.resize)).assess(AS_OF)
        gc.collect()
        self.assertGreater(len(counting.blocks), 0)
        del board
        self.assertEqual((counting.blocks, counting.faults), ({}, []))

    def test_no_memory(self):
        ws = qbg.Workspace(qbg.Allocator(Counting().resize))
        with self.assertRaises(MemoryError):
            qbg.Workspace(qbg.Allocator(lambda *_: None))
        ws.close()

    def test_exits_with_everything_alive(self):
        """A program that ends while rows, readers and tables are there ends quietly."""
        program = ("import sys; sys.path[:0] = %r\n"
                   "from lifetime_test import *\n"
                   "ws = daisy(); held = [Cycle(one) for one in everything(ws)]\n"
                   "reader = qbg.BookReader(ws); reader.feed('contacts', b'contact\\na\\nb\\n')\n"
                   "reader.step(1)\n" % [str(Path(__file__).resolve().parent)])
        done = subprocess.run([sys.executable, "-X", "dev", "-c", program], stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))



if __name__ == "__main__":
    run()
