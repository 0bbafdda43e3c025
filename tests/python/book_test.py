"""Books and batches: all or nothing, and rows that were undone cannot be used."""
import tempfile
import unittest
from pathlib import Path

from package import AS_OF, BOOKS, daisy, qbg, run, small


class Books(unittest.TestCase):
    def test_there_and_back(self):
        ws = daisy()
        with tempfile.TemporaryDirectory() as folder:
            written = ws.write_book(Path(folder) / "book")
            self.assertIn("signals.csv", [path.name for path in written])
            again = qbg.Workspace.from_book(Path(folder) / "book")
        self.assertEqual(again.assess(AS_OF).to_dict(), ws.assess(AS_OF).to_dict())
        self.assertTrue(ws.book_table("contacts").startswith(b"contact,account,name"))
        self.assertEqual(ws.book_table("revenue"), b"")
        with self.assertRaises(KeyError):
            ws.book_table("colours")

    def test_from_memory(self):
        ws = qbg.Workspace.from_book({"accounts": b"account,name\na,A\n",
                                      "contacts": "contact,account\nö,a\n"})
        self.assertEqual(ws.contact("ö").account(AS_OF).name, "A")

    def test_refusals(self):
        bad = {"accounts": b"account\na\n", "contacts": b"contact,account\nx,nobody\ny,a\n"}
        with self.assertRaises(qbg.RefusedError) as caught:
            qbg.Workspace.from_book(bad)
        self.assertEqual(caught.exception.refusals["value"], ["nobody"])
        self.assertIn("nobody", str(caught.exception))
        ws = qbg.Workspace()
        told = ws.read_book(bad, strict=False)
        self.assertEqual((told["row"], told["refused"], len(ws.contacts)), ([2], [1], 1))

    def test_steps(self):
        ws = qbg.Workspace()
        with qbg.BookReader(ws) as reader:
            reader.feed_book(BOOKS / "red-daisy")
            rows, left = reader.rows, 1
            while left:
                left = reader.step(4)
                with self.assertRaises(qbg.BusyError):
                    ws.assess(AS_OF)
            self.assertEqual(reader.done, rows)
            elena = ws.contact("elena")
            self.assertEqual(len(reader.finish()), 1)
        self.assertEqual((elena.name, ws.is_busy), ("Елена Соколова", False))
        self.assertEqual(ws.assess(AS_OF)["verdict"], ["qualified"])
        for use in (reader.finish, lambda: reader.feed("contacts", b"")):
            with self.assertRaises(qbg.ClosedError):
                use()

    def test_exports(self):
        exports = BOOKS.parent / "exports"
        ws = qbg.Workspace()
        with qbg.BookReader(ws, False, "salesforce", "rest", "Product__c") as reader:
            reader.feed_book(exports / "salesforce")
            told = reader.finish()
            tables = reader.tables().to_dict()
        self.assertEqual(tables["rows"], [a + b for a, b in zip(tables["loaded"],
                                                                tables["refused"])])
        self.assertEqual(dict(zip(tables["table"], tables["object"]))["User"], None)
        self.assertIn("no opportunity has this key", told["reason"])
        deal = ws.opportunity("006A000001HRAAAAA1")
        self.assertEqual((deal.solution.key, deal.account.name), ("hr", "Red Daisy"))
        ws = qbg.Workspace.from_book(exports / "hubspot", strict=False, dialect="hubspot")
        self.assertEqual(ws.assess(AS_OF)["opportunity"], ["301"])
        with self.assertRaises(qbg.RefusedError):
            qbg.Workspace.from_book(exports / "hubspot", dialect="hubspot")
        with self.assertRaises(KeyError):
            qbg.BookReader(ws, dialect="siebel")
        with self.assertRaises(TypeError):
            qbg.BookReader(ws, solution="rest")

    def test_dialects(self):
        self.assertEqual(qbg.dialects(), {"salesforce": "Salesforce", "hubspot": "HubSpot"})
        self.assertIn("OpportunityContactRole", qbg.dialect_tables("salesforce"))
        self.assertEqual(qbg.dialect_table("salesforce", "sf_account_data"), "Account")
        self.assertIsNone(qbg.dialect_table("hubspot", "planets"))

    def test_crosswalks(self):
        self.assertEqual(len(qbg.crosswalks()), 8)
        walk = qbg.Crosswalk("salesforce")
        self.assertEqual((walk.label("ru"), len(walk.words())), ("роли контактов Salesforce", 9))
        self.assertEqual(walk.to_role("Technical Buyer"),
                         ("technical_evaluator", "that he can refuse it"))
        self.assertEqual(walk.from_role("decision_maker"), ("Decision Maker", ""))
        self.assertIsNone(qbg.Crosswalk("meddpicc").from_role("blocker").word)
        for wrong in (lambda: walk.to_role("Jester"), lambda: walk.from_role("jester"),
                      lambda: qbg.Crosswalk("siebel")):
            with self.assertRaises(KeyError):
                wrong()

    def test_cancelled(self):
        ws = qbg.Workspace()
        with qbg.BookReader(ws) as reader:
            reader.expect("accounts", 100)
            reader.feed("accounts", memoryview(b"account,name\na,A\n"))
            reader.feed("contacts", b"contact,account\nx,a\n")
            reader.step(1)
            row = ws.account("a")
            self.assertEqual(row.name, "A")
        self.assertEqual((len(ws.accounts), ws.is_busy), (0, False))
        with self.assertRaises(qbg.ClosedError):
            row.name
        self.assertEqual(repr(row), "<qbg.Account, closed>")

    def test_forgotten(self):
        ws = qbg.Workspace()
        reader = qbg.BookReader(ws)
        reader.feed("accounts", b"account\na\nb\n")
        reader.step(1)
        row = ws.account("a")
        del reader
        with self.assertRaises(qbg.ClosedError):
            row.key
        self.assertEqual(len(ws.assess(AS_OF)), 0)  # not busy any more
        self.assertEqual(len(ws.accounts), 0)

    def test_strict_after_steps(self):
        ws = qbg.Workspace()
        reader = qbg.BookReader(ws)
        reader.feed("accounts", b"account\na\n")
        reader.feed("contacts", b"contact,account\nx,nobody\n")
        while reader.step(1):
            pass
        row = ws.account("a")
        with self.assertRaises(qbg.RefusedError):
            reader.finish()
        with self.assertRaises(qbg.ClosedError):
            row.key
        self.assertEqual(len(ws.accounts), 0)

    def test_no_such_table(self):
        with self.assertRaises(qbg.NotFoundError):
            qbg.BookReader(qbg.Workspace()).feed("colours", b"")


class Batches(unittest.TestCase):
    def test_committed(self):
        ws = small()
        before = ws.revision
        with ws.batch():
            new = ws.add_contact("new")
            new.name = "New"
            self.assertTrue(ws.is_busy)
            with self.assertRaises(qbg.BusyError):
                ws.assess(AS_OF)
            with self.assertRaises(qbg.BusyError):
                ws.batch().__enter__()
        self.assertEqual((new.name, ws.revision, ws.is_busy), ("New", before + 1, False))

    def test_rolled_back(self):
        ws = small()
        with self.assertRaises(ZeroDivisionError):
            with ws.batch():
                ws.olga.name = "?"
                new = ws.add_contact("new", ws.account_row)
                same = ws.contact("olga")
                kind = ws.add_kind("dance")
                signal = qbg.Signal(ws, time=5, kind="dance", contact=new)
                1 / 0
        self.assertEqual((ws.olga.name, len(ws.contacts)), ("Olga", 2))
        for row in (new, same, kind):
            with self.assertRaises(qbg.ClosedError) as caught:
                row.key
        self.assertIn("ask the workspace for it again", str(caught.exception))
        with self.assertRaises(qbg.ClosedError):
            ws.record(signal)
        with self.assertRaises(qbg.ClosedError):
            ws.deal.add_member(new)
        self.assertEqual(ws.contact("olga"), ws.olga)

    def test_an_older_signal_forgets(self):
        ws = small()
        signal = qbg.Signal(ws, time=5)
        with ws.batch() as batch:
            ws.add_kind("dance")
            signal.kind = "dance"
            batch.rollback()
        with self.assertRaises(qbg.ClosedError):
            signal.kind

    def test_no_import_within(self):
        ws = small()
        with ws.batch() as batch:
            reader = qbg.BookReader(ws)
            reader.feed("accounts", b"account\na\n")
            with self.assertRaises(qbg.BusyError):
                reader.step(1)
            new = ws.add_contact("new")
            batch.rollback()
        with self.assertRaises(qbg.ClosedError):
            new.key

    def test_rolled_back_by_hand(self):
        ws = small()
        with ws.batch() as batch:
            ws.add_contact("new")
            batch.rollback()
            ws.add_contact("after")
        self.assertEqual([one.key for one in ws.contacts], ["olga", "ivan", "after"])


if __name__ == "__main__":
    run()
