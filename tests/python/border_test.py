"""The border: times, money and texts that are refused, exceptions, arguments of the wrong kind."""
import copy
import pickle
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from package import AS_OF, daisy, qbg, run, small, utc


class Times(unittest.TestCase):
    def test_all_ways(self):
        moscow = timezone(timedelta(hours=3))
        noon = 1763553600  # 2025-11-19T12:00:00Z
        for told in (utc(2025, 11, 19, 12), datetime(2025, 11, 19, 15, tzinfo=moscow), noon,
                     "2025-11-19T12:00", "2025-11-19T15:00:00+03:00",
                     utc(2025, 11, 19, 12, 0, 0, 999999)):
            self.assertEqual(qbg.seconds(told), noon, told)
        self.assertEqual(qbg.from_seconds(noon), utc(2025, 11, 19, 12))

    def test_a_date_is_a_day(self):
        for told in ("2025-11-19", date(2025, 11, 19)):
            self.assertEqual(qbg.from_seconds(qbg.seconds(told)), utc(2025, 11, 19))
            self.assertEqual(qbg.from_seconds(qbg.seconds(told, day_end=True)),
                             utc(2025, 11, 19, 23, 59, 59))
        ws = daisy()
        self.assertEqual(ws.assess(date(2025, 11, 19))["priority"], ws.assess(AS_OF)["priority"])

    def test_refused(self):
        for told, fault in ((datetime(2025, 11, 19), ValueError), ("19.11.2025", qbg.FormatError),
                            (True, TypeError), (1.5, TypeError), (None, TypeError),
                            (date(2200, 1, 1), qbg.RangeError)):
            with self.assertRaises(fault):
                qbg.seconds(told)
        ws = small()
        for told in (2**70, -(2**70), utc(2200, 1, 1)):
            with self.assertRaises(qbg.RangeError):
                ws.assess(told)
            with self.assertRaises(qbg.RangeError):
                ws.deal.opened = told
        with self.assertRaises(qbg.RangeError):
            qbg.from_seconds(2**40)


class Money(unittest.TestCase):
    def test_places(self):
        account = qbg.Workspace().add_account("a")
        for currency, amount in (("EUR", "1.25"), ("JPY", "125"), ("KWD", "0.125")):
            account.set_potential(amount, currency)
            self.assertEqual(str(account.potential), amount)
        for amount in ("0.125", "x", Decimal("NaN"), Decimal("Infinity"), 10**18, "1e400"):
            with self.assertRaises(qbg.RangeError):
                account.set_potential(amount, "EUR")
        for amount in (1.5, True, None):
            with self.assertRaises(TypeError):
                account.set_potential(amount, "EUR")
        with self.assertRaises(qbg.TextError):
            account.set_potential(1, "euro")


class Texts(unittest.TestCase):
    def test_refused(self):
        ws = qbg.Workspace()
        for key in ("", "a\0b", "\ud800"):
            with self.assertRaises(qbg.TextError):
                ws.add_account(key)
        for key in (b"a", 5):
            with self.assertRaises(TypeError):
                ws.add_account(key)
        self.assertEqual(ws.accounts.count, 0)


class Copies(unittest.TestCase):
    def test_refused(self):
        ws = small()
        for thing in (ws, ws.olga, ws.assess(AS_OF), ws.deal.assess(AS_OF), ws.deal.path(AS_OF),
                      qbg.Signal(ws), qbg.BookReader(ws)):
            for copied in (copy.deepcopy, pickle.dumps):
                with self.assertRaises(TypeError):
                    copied(thing)
        board = ws.assess(AS_OF)
        again = copy.copy(board)
        board.close()
        self.assertEqual(again["opportunity"], ["tulip-hr"])
        verdict = ws.deal.assess(AS_OF).verdict
        self.assertEqual(pickle.loads(pickle.dumps(verdict)).label("ru"), verdict.label("ru"))


class Errors(unittest.TestCase):
    def test_one_for_each_status(self):
        constants = qbg.constants()
        wanted = {value for name, value in constants.items() if name.startswith("QBG_E_")}
        self.assertEqual({one.code for one in qbg.Error.__subclasses__()}, wanted)

    def test_what_they_say(self):
        ws = small()
        with self.assertRaises(qbg.ExistsError) as caught:
            ws.add_account("tulip")
        self.assertEqual(caught.exception.status, qbg.constants()["QBG_E_EXISTS"])
        self.assertEqual(str(caught.exception), qbg.status_text(caught.exception.status))
        with self.assertRaises(KeyError) as caught:
            ws.account("x")
        self.assertEqual(str(caught.exception), "no account has the key 'x'")
        self.assertIsInstance(caught.exception, qbg.Error)

    def test_wrong_kinds(self):
        ws = small()
        for wrong in (ws.olga, "tulip", 5, ws):
            with self.assertRaises(TypeError):
                ws.add_contact("x", wrong)
        with self.assertRaises(TypeError) as caught:
            ws.deal.add_member(ws.account_row)
        self.assertEqual(str(caught.exception), "contact is needed, not Account")
        with self.assertRaises(TypeError):
            ws.deal.add_member(ws.olga).set_roles([ws.olga])
        with self.assertRaises(TypeError):
            qbg.Signal(ws).contact = ws.account_row
        with self.assertRaises(qbg.ArgumentError):
            ws.add_contact("x", small().account_row)


if __name__ == "__main__":
    run()
