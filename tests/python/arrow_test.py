"""Arrow: tables go out in capsules and come in from them, whoever reads or gives them, and whatever
is dropped first."""
import gc
import unittest

from package import AS_OF, daisy, qbg, run

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

    def test_a_closed_table_has_no_stream(self):
        board = daisy().assess(AS_OF)
        board.close()
        with self.assertRaises(qbg.ClosedError):
            board.__arrow_c_stream__()
        with self.assertRaises(qbg.ClosedError):
            board.__arrow_c_schema__()


if __name__ == "__main__":
    run()
