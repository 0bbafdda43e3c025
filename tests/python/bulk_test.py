"""Bulk: columns of every kind of memory, without a copy where the type is right."""
import ctypes
import unittest
from array import array
from datetime import datetime
from decimal import Decimal

from package import AS_OF, qbg, run, small, utc

from qbg import _columns  # noqa: E402


def told(outcome):
    return [type(fault).__name__ for _, fault in outcome.faults()]


class Columns(unittest.TestCase):
    def address(self, values, code="q"):
        """Where the library would read a column."""
        columns = _columns.Columns(qbg._bulk.declared.qbg_signal_columns(), len(values))
        with columns:
            columns.numbers("time", "time_s", code, values)
            return columns.struct.time_s

    def test_no_copy(self):
        memory = array("q", [1, 2, 3])
        here = memory.buffer_info()[0]
        self.assertEqual(self.address(memory), here)
        self.assertEqual(self.address(memoryview(memory)), here)
        self.assertEqual(self.address(memoryview(memory).toreadonly()), here)
        self.assertEqual(self.address(memoryview(memory)[1:]), here + 8)
        native = (ctypes.c_int64 * 3)(1, 2, 3)
        self.assertEqual(self.address(native), ctypes.addressof(native))
        raw = memoryview(bytes(memory)).cast("q")
        with _columns.Pinned(raw) as pinned:
            self.assertEqual(self.address(raw), pinned.address)
        self.assertNotEqual(self.address(array("i", [1, 2, 3])), here)
        self.assertNotEqual(self.address(memoryview(memory)[::2]), here)

    def test_memory_is_let_go(self):
        memory = bytearray(24)
        self.address(memoryview(memory).cast("q"))
        memory.append(0)  # BufferError while somebody still has a view of it

    def test_types(self):
        ws = small()
        kind, olga = ws.kind("page_view").number, ws.olga.number
        for time in (array("q", [5]), array("i", [5]), array("H", [5]), array("Q", [5]), [5],
                     memoryview(array("l", [5])), (ctypes.c_int64 * 1)(5), ["1970-01-01T00:00:05"],
                     [utc(1970, 1, 1, 0, 0, 5)]):
            ws = small()
            self.assertEqual(ws.add_signals(time=time, kind=array("H", [kind]),
                                            contact=array("I", [olga])).refused, 0)
            signal = next(ws.account_row.signals())
            self.assertEqual((signal.time, signal.contact),
                             (utc(1970, 1, 1, 0, 0, 5), ws.olga))

    def test_refused(self):
        ws = small()
        for time, kind, fault in (
                (array("d", [5.0]), ["page_view"], TypeError),
                ([5], array("i", [-1]), OverflowError),
                ([5], array("I", [2**17]), OverflowError),
                ([5, 6], ["page_view"], ValueError),
                ([datetime(2025, 1, 1)], ["page_view"], ValueError),
                ([5.0], ["page_view"], TypeError),
                ([5], [small().kind("meeting")], qbg.ArgumentError),
                ([5], [ws.olga], qbg.ArgumentError),
                (None, ["page_view"], TypeError)):
            with self.assertRaises(fault):
                ws.add_signals(time=time, kind=kind)
        with self.assertRaises(TypeError) as caught:
            ws.add_signals(time=array("d", [5.0]), kind=["page_view"])
        self.assertIn("column 'time'", str(caught.exception))
        for wrong in ("page_view", b"page_view"):
            with self.assertRaises(TypeError):
                ws.add_signals(time=[5] * 9, kind=["page_view"] * 9, content=wrong)
        for wrong in ((b"abc", array("q", [0, 4])), (b"abc", array("q", [-1, 3]))):
            with self.assertRaises(ValueError):
                ws.add_signals(time=[5], kind=["page_view"], content=wrong)
        with self.assertRaises(qbg.ArgumentError):
            ws.add_signals(time=[5, 6], kind=["page_view"] * 2,
                           content=(b"abc", array("q", [0, 3, 1])))
        self.assertEqual(ws.signal_count, 0)


class Signals(unittest.TestCase):
    def test_keys_rows_and_numbers(self):
        for contact in (["olga", None], "rows", [0, None], [0, qbg.NONE],
                        (b"olga", array("q", [0, 4, 4])), array("I", [0, qbg.NONE])):
            ws = small()
            if contact == "rows":
                contact = [ws.olga, None]
            done = ws.add_signals(time=["2025-10-01", "2025-10-02"], kind=["page_view", "meeting"],
                                  contact=contact, account=["tulip", "tulip"],
                                  content=["hr/a", None], visitor=[None, "v"])
            self.assertEqual((done.refused, len(done), done.status.tolist()), (0, 2, [0, 0]))
            found = sorted((one.kind.key, one.contact, one.visitor) for one in
                           [*ws.deal.signals(), *ws.account_row.signals()])
            self.assertEqual(found, [("meeting", None, "v"), ("page_view", ws.olga, "")])

    def test_bad_rows(self):
        ws = small()
        done = ws.add_signals(time=[5, 5, -1, 5, 5], contact=["olga", "nobody", "olga", "ivan", ""],
                              kind=["page_view", "page_view", "page_view", "dance", None])
        self.assertEqual((done.count, done.refused), (5, 4))
        self.assertEqual(told(done), ["NotFoundError", "RangeError", "NotFoundError", "RangeError"])
        self.assertEqual(repr(done), "<qbg.Outcome of 5 rows, 4 refused>")
        with self.assertRaises(qbg.NotFoundError) as caught:
            done.check()
        self.assertIn("row 1:", str(caught.exception))
        self.assertEqual(ws.signal_count, 1)

    def test_events(self):
        ws = small()
        columns = dict(time=[5, 6], kind=["page_view", "meeting"], contact=["olga", "olga"],
                       event=["e1", "e2"], opportunity=[None, "tulip-hr"], solution=["hr", None])
        self.assertEqual(ws.add_signals(**columns).refused, 0)
        again = ws.add_signals(**columns)
        self.assertEqual((again.refused, ws.signal_count), (0, 2))
        self.assertEqual(again.status.tolist(), [qbg.constants()["QBG_DUPLICATE"]] * 2)
        self.assertIs(again.check(), again)

    def test_none_at_all(self):
        ws = small()
        self.assertEqual(ws.add_signals(time=[], kind=[], contact=[], content=[]).count, 0)
        self.assertEqual(ws.add_signals(time=array("q"), kind=array("H")).count, 0)

    def test_many(self):
        ws, count = small(), 100000
        done = ws.add_signals(time=array("q", range(1760000000, 1760000000 + count)),
                              kind=array("H", [ws.kind("page_view").number]) * count,
                              contact=array("I", [0, 1]) * (count // 2))
        self.assertEqual((done.refused, ws.signal_count), (0, count))


class Puts(unittest.TestCase):
    def test_accounts(self):
        ws = qbg.Workspace()
        done = ws.put_accounts(key=["a", "b", ""], name=["A", None, "C"],
                               domain=["a.example", "", ""], potential=["1.50", None, None],
                               currency=["EUR", "", ""], tag=[1, 2, 3])
        self.assertEqual((done.put, done.numbers.tolist()), (["created", "created", None],
                                                             [0, 1, qbg.NONE]))
        self.assertEqual(told(done), ["TextError"])
        self.assertEqual([(one.key, one.name, one.domains, one.potential, one.tag)
                          for one in ws.accounts],
                         [("a", "A", ["a.example"], Decimal("1.50"), 1), ("b", "", [], None, 2)])
        done = ws.put_accounts(key=["a"], potential_minor=array("q", [7]), currency=["EUR"])
        self.assertEqual((done.put, str(ws.account("a").potential)), (["changed"], "0.07"))
        with self.assertRaises(TypeError):
            ws.put_accounts(key=["a"], potential=[1])

    def test_contacts(self):
        ws = small()
        done = ws.put_contacts(key=["olga", "new"], account=["tulip", None], name=["Ольга", "N"],
                               title=["CFO", "HR manager"], email=["o@x.example", ""],
                               department=[None, "it"], seniority=array("i", [-1, 5]),
                               tag=array("Q", [2**64 - 1, 0]))
        self.assertEqual((done.refused, done.put), (0, ["changed", "created"]))
        new = ws.contact("new")
        self.assertEqual((new.account(AS_OF), new.persona[:2]), (None, ("it", "c_level")))
        self.assertEqual((ws.olga.name, ws.olga.email, ws.olga.tag),
                         ("Ольга", "o@x.example", 2**64 - 1))
        self.assertEqual(ws.put_contacts(key=["olga"]).put, ["same"])

    def test_opportunities(self):
        ws = small()
        done = ws.put_opportunities(
            key=["tulip-hr", "two", "three"], account=["tulip", "tulip", "nobody"],
            solution=[ws.solution_row] * 3, name=["A", "B", "C"], type=["upsell", None, None],
            opened=["2025-09-02", None, None], closed=[None, utc(2025, 12, 1), None],
            stage=["engaged", "", ""], amount=[Decimal("5.50"), None, None],
            currency=["EUR", "EUR", "EUR"], outcome=[None, "lost", None],
            need_validated=[True, None, None], budget=[False, "yes", None],
            authority=[None] * 3, timeline=[None] * 3, fit=[0.5, None, None], tag=[7, 8, 9])
        self.assertEqual((done.put, told(done)), (["changed", "created", None], ["NotFoundError"]))
        one, two = ws.opportunities
        self.assertEqual((one.name, one.type, one.opened, one.stage(AS_OF), one.amount(AS_OF)),
                         ("A", "upsell", utc(2025, 9, 2), "engaged", Decimal("5.50")))
        self.assertEqual((one.answer("need_validated", AS_OF), one.answer("budget", AS_OF)),
                         (True, False))
        self.assertEqual((one.fit(AS_OF), one.tag, two.fit(AS_OF)), (0.5, 7, None))
        self.assertEqual((two.closed, two.outcome(AS_OF), two.answer("budget", AS_OF)),
                         (utc(2025, 12, 1), "lost", True))

    def test_members(self):
        ws = small()
        done = ws.put_members(
            opportunity=["tulip-hr"] * 3, contact=["olga", "olga", "ivan"],
            role=["economic_buyer", "champion", None], status=["confirmed", "confirmed", None],
            stance=["champion", "supporter", "neutral"], influence=array("d", [0.5, 0.5, -1]),
            participation=[None, None, "active"], interest=[None, None, "low"],
            joined=["2025-09-01"] * 3, left=[None] * 3, next_contact=["2025-12-01"] * 3,
            note=["a", "b", ""], tag=[1, 2, 3])
        self.assertEqual((done.refused, done.numbers), (0, None))
        self.assertEqual(done.put[2], "created")
        ivan, olga = ws.deal.members
        self.assertEqual(sorted(one.key for one in olga.roles(AS_OF)),
                         ["champion", "economic_buyer"])
        self.assertEqual((olga.stance(AS_OF), olga.influence(AS_OF), olga.note, olga.tag),
                         ("supporter", 0.5, "b", 2))
        self.assertEqual((ivan.participation(AS_OF), ivan.next_contact),
                         ("active", utc(2025, 12, 1)))

    def test_numbers(self):
        ws = small()
        self.assertEqual(ws.numbers("contact", ["ivan", "x", "", "olga"]).tolist(),
                         [1, qbg.NONE, qbg.NONE, 0])
        self.assertEqual(ws.numbers("account", (b"tulipx", array("q", [0, 5, 6]))).tolist(),
                         [0, qbg.NONE])
        self.assertEqual(ws.numbers("kind", []).tolist(), [])
        for entity in ("opportunity", "solution", "kind", "role", "template"):
            self.assertEqual(ws.numbers(entity, ["x"]).tolist(), [qbg.NONE])
        with self.assertRaises(TypeError):
            ws.numbers("contact", [5])
        with self.assertRaises(qbg.TextError):
            ws.numbers("contact", ["\ud800"])


if __name__ == "__main__":
    run()
