"""Misuse: every public attribute is used with arguments that make no sense, many times at random.
It may raise what Python programs expect, and nothing else; and it must not fall over, which the
same under ASan would tell first."""
import inspect
import os
import random
import unittest
from array import array
from datetime import date, datetime
from decimal import Decimal

from package import AS_OF, daisy, qbg, run, small, utc

CALLS = int(os.environ.get("QBG_CALLS", "4000"))
EXPECTED = (qbg.Error, qbg.ClosedError, TypeError, ValueError, LookupError, ArithmeticError,
            OSError)
LEFT_OUT = {"write_book", "feed_file"}  # they write and read files, wherever that would be

TEXTS = ["", "daisy", "daisy-hr", "olga", "champion", "x\0y", "\ud800", "ö" * 3, "2025-11-19",
         "qualified", "EUR", "contacts", "page_view", "max_silence_days", "json", "host"]
PLAIN = [None, True, 0, 1, -1, 7, 2**31, 2**32 - 1, 2**64, -(2**70), 1.5, float("nan"), b"bytes",
         Decimal("1.25"), date(2025, 11, 19), datetime(2025, 11, 19), utc(2025, 11, 19), [],
         (2025, 10), ["daisy", None], [1, 2], ("a", "b"), {}, array("q", [1, 2]),
         array("I", [0, 2**32 - 1]),
         (b"daisy", array("q", [0, 5])), (b"daisy", array("q", [0, 9])), object(), lambda *_: None]


def things(rng):
    """Objects of every class: of a workspace in use, of another one, and of a closed one."""
    found = []
    for ws in (daisy(), small(), small()):
        deal = next(iter(ws.opportunities))
        deal.add_member(next(iter(ws.contacts)), ws.role("champion"))
        found += [ws, deal, deal.account, deal.solution, deal.solution.template, ws.policy,
                  ws.revenue, ws.contacts, ws.kind("page_view"), ws.role("champion"),
                  deal.members[0], deal.members[0].contact, ws.assess(AS_OF), deal.assess(AS_OF),
                  deal.path(AS_OF), qbg.Signal(ws, time=5, kind="meeting"), qbg.BookReader(ws),
                  qbg.Baseline({"contacts.1": 5})]
    ws.close()
    return found + [rng.choice(found).__class__]


def arguments(rng, function, pool):
    """Arguments for a function, as many as it takes, or nearly so."""
    try:
        known = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        known = []

    def whatever():
        return rng.choice(rng.choice((TEXTS, PLAIN, pool)))
    named = {one.name: whatever() for one in known
             if one.kind is one.KEYWORD_ONLY and rng.random() < 0.7}
    count = len([one for one in known if one.kind is one.POSITIONAL_OR_KEYWORD])
    return [whatever() for _ in range(max(0, count - (rng.random() < 0.1)))], named


class Misuse(unittest.TestCase):
    def test_at_random(self):
        rng = random.Random(1)
        raised, calls = 0, 0
        while calls < CALLS:
            pool = things(rng)
            for _ in range(200):
                calls += 1
                raised += self.misuse(rng, pool)
        self.assertGreater(raised, CALLS // 4)
        self.assertLess(raised, CALLS)

    def misuse(self, rng, pool):
        """Uses an attribute; 1 when it raised."""
        thing = rng.choice(pool[:-1])
        name = rng.choice([one for one in dir(type(thing)) if one not in LEFT_OUT
                           and (one[0] != "_" or one in ("__getitem__", "__len__", "__iter__"))])
        told = f"{type(thing).__name__}.{name}"
        try:
            if isinstance(getattr(type(thing), name), property):
                self.touch(rng, thing, name, pool)
            else:
                given, named = arguments(rng, getattr(thing, name), pool)
                told += f"{given!r} {named!r}"[:300]
                answer = getattr(thing, name)(*given, **named)
                if inspect.isgenerator(answer):
                    list(answer)
        except EXPECTED:
            return 1
        except Exception as fault:
            self.fail(f"{told}: {fault!r}")
        return 0

    def touch(self, rng, thing, name, pool):
        """Reads a property, or sets it to whatever."""
        if rng.random() < 0.5 or getattr(type(thing), name).fset is None:
            getattr(thing, name)
        else:
            setattr(thing, name, rng.choice(rng.choice((TEXTS, PLAIN, pool))))


if __name__ == "__main__":
    run()
