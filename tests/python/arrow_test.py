"""Arrow: tables go out in capsules and come in from them, whoever reads or gives them, and whatever
is dropped first."""
import gc
import unittest

from package import AS_OF, daisy, qbg, run, utc

from qbg import _arrow


class Unreadable:
    """Has no stream."""


class Arrow(unittest.TestCase):
    def test_a_table_comes_back(self):
        ws, other = daisy(), qbg.Workspace()
        board = ws.assess(AS_OF)
        rows, refusals = other.import_arrow("accounts", board)
        self.assertEqual(rows, len(board))
        self.assertEqual({account.key for account in other.accounts}, set(board["account"]))
        self.assertEqual(set(refusals["reason"]), {"unknown column; it is ignored"})
        self.assertEqual(refusals["refused"], [0] * len(refusals))

    def test_a_stream_outlives_its_table_and_workspace(self):
        ws = daisy()
        board = ws.assess(AS_OF)
        expected = set(board["account"])
        stream = board.__arrow_c_stream__()
        ws.close()
        board.close()
        del ws, board
        gc.collect()
        other = qbg.Workspace()
        other.import_arrow("accounts", stream)
        self.assertEqual({account.key for account in other.accounts}, expected)

    def test_a_stream_is_read_once(self):
        stream = daisy().assess(AS_OF).__arrow_c_stream__()
        other = qbg.Workspace()
        other.import_arrow("accounts", stream)
        with self.assertRaises(qbg.ClosedError):
            other.import_arrow("accounts", stream)

    def test_nobody_has_to_read_a_stream(self):
        for _ in range(100):
            board = daisy().assess(AS_OF)
            board.__arrow_c_stream__()
            board.__arrow_c_schema__()
        self.assertLess(len(_arrow._capsules), 3)

    def test_capsules_have_the_names_of_the_protocol(self):
        board = daisy().assess(AS_OF)
        self.assertIn('"arrow_array_stream"', repr(board.__arrow_c_stream__()))
        self.assertIn('"arrow_schema"', repr(board.__arrow_c_schema__()))

    def test_a_stream_that_cannot_be_read_says_why(self):
        ws = qbg.Workspace()
        with self.assertRaises(qbg.RefusedError) as caught:
            ws.import_arrow("contacts", daisy().assess(AS_OF))
        self.assertIn("this column is required", caught.exception.refusals["reason"])
        self.assertIn("contact", str(caught.exception))
        with self.assertRaises(TypeError):
            ws.import_arrow("contacts", Unreadable())
        with self.assertRaises(TypeError):
            ws.import_arrow("contacts", b"bytes")
        with self.assertRaises(qbg.NotFoundError):
            ws.import_arrow("nothing", daisy().assess(AS_OF))

    def test_a_stream_stands_for_columns(self):
        other = qbg.Workspace()
        done = other.put_accounts(daisy().assess(AS_OF))
        self.assertEqual((done.count, done.refused, done.status, done.put), (1, 0, None, None))
        self.assertEqual([account.key for account in other.accounts], ["daisy"])
        self.assertIn("unknown column; it is ignored", done.refusals["reason"])
        self.assertIs(done.check(), done)

    def test_rows_of_a_stream_are_refused_one_by_one(self):
        ws = daisy()
        ws.add_kind("podcast", points=3)
        ws.record(kind="podcast", time="2025-11-18", contact=ws.contact("elena"))
        ledger = ws.opportunity("daisy-hr").ledger(ws.contact("elena"), AS_OF)
        unknown = ledger["kind"].index("podcast")
        other = qbg.Workspace()
        done = other.add_signals(ledger)
        self.assertEqual((done.count, done.refused), (len(ledger), 1))
        self.assertEqual([row for row, _ in done.faults()], [unknown])
        with self.assertRaises(qbg.RefusedError) as caught:
            done.check()
        self.assertEqual(str(caught.exception), f"row {unknown}: kind: podcast: nothing has this key")
        self.assertEqual(other.signal_count, len(ledger) - 1)

    def test_a_time_is_one_on_both_sides(self):
        ws = daisy()
        deal = ws.opportunity("daisy-hr")
        board = ws.assess(AS_OF)
        self.assertEqual(board.column("next_contact").type, "time")
        other = daisy()
        for member in other.opportunity("daisy-hr").members:
            member.next_contact = "2025-12-01T09:30:00Z"
        seen = other.assess(AS_OF)
        self.assertEqual(seen["next_contact"], [utc(2025, 12, 1, 9, 30)])
        self.assertEqual(seen.cell(0, "next_contact"), utc(2025, 12, 1, 9, 30))
        schema = _arrow.ArrowSchema.from_address(
            _arrow._pointer(seen.__arrow_c_schema__(), _arrow.SCHEMA))
        formats = [schema.children[i].contents.format for i in range(schema.n_children)]
        self.assertEqual(formats[seen.columns.index("next_contact")], b"tss:UTC")
        self.assertTrue(deal.is_alive)

    def test_a_stream_and_columns_exclude_each_other(self):
        ws = daisy()
        with self.assertRaises(TypeError) as caught:
            ws.put_accounts(ws.assess(AS_OF), key=["a"])
        self.assertIn("'key'", str(caught.exception))
        for call, wanted in ((ws.put_accounts, "key"), (ws.add_signals, "time")):
            with self.assertRaises(TypeError) as caught:
                call()
            self.assertIn(repr(wanted), str(caught.exception))

    def test_a_closed_table_has_no_stream(self):
        board = daisy().assess(AS_OF)
        board.close()
        with self.assertRaises(qbg.ClosedError):
            board.__arrow_c_stream__()
        with self.assertRaises(qbg.ClosedError):
            board.__arrow_c_schema__()


if __name__ == "__main__":
    run()
