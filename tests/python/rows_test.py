"""Rows: accounts, people, the catalogue, opportunities, members; each as its C functions tell."""
import unittest
from datetime import date, timedelta, timezone, datetime
from decimal import Decimal

from package import AS_OF, daisy, qbg, run, small, utc


class Accounts(unittest.TestCase):
    def test_texts_and_domains(self):
        ws = qbg.Workspace()
        daisy = ws.add_account("daisy")
        self.assertEqual((daisy.key, daisy.name, daisy.number), ("daisy", "", 0))
        daisy.name = "Красная ромашка"
        self.assertEqual(daisy.name, "Красная ромашка")
        daisy.name = None
        self.assertEqual(daisy.name, "")
        daisy.add_domain("Red-Daisy.example")
        daisy.add_domain("daisy.example")
        self.assertEqual(daisy.domains, ["red-daisy.example", "daisy.example"])
        self.assertEqual(repr(daisy), "<qbg.Account 'daisy'>")

    def test_potential(self):
        account = qbg.Workspace().add_account("a")
        self.assertIsNone(account.potential)
        account.set_potential(Decimal("1200000.50"), "EUR")
        self.assertEqual((account.potential, account.currency), (Decimal("1200000.50"), "EUR"))
        account.set_potential(1200000, "JPY")
        self.assertEqual(str(account.potential), "1200000")
        with self.assertRaises(qbg.RangeError):
            account.set_potential(-1, "JPY")

    def test_put_and_rows(self):
        ws = qbg.Workspace()
        row, done = ws.put_account("a", "A")
        self.assertEqual((row.name, done), ("A", "created"))
        self.assertEqual(ws.put_account("a", "B"), (row, "changed"))
        self.assertEqual(ws.put_account("a"), (row, "same"))
        other = ws.add_account("b")
        rows = ws.accounts
        self.assertEqual((list(rows), len(rows), rows.count), ([row, other], 2, 2))
        self.assertIs(rows.get("x"), None)
        self.assertTrue("a" in rows and "x" not in rows and 3 not in rows)
        self.assertEqual((rows.at(1), rows.at(2)), (other, None))
        row.remove()
        self.assertEqual((list(rows), len(rows), rows.count), ([other], 1, 2))
        self.assertEqual((row.is_alive, other.is_alive, row.key), (False, True, ""))

    def test_merge(self):
        ws = small()
        other = ws.add_account("tulip-2")
        ws.account_row.merge(other)
        self.assertEqual((other.key, other.number), ("tulip", 0))
        self.assertEqual(ws.account("tulip-2").key, "tulip")

    def test_remove(self):
        ws = small()
        with self.assertRaises(qbg.InUseError):
            ws.account_row.remove()
        ws.account_row.remove(cascade=True)
        self.assertEqual(len(ws.opportunities), 0)
        with self.assertRaises(qbg.GoneError):
            ws.account_row.name = "x"

    def test_tags(self):
        ws = small()
        ws.deal.add_member(ws.olga, ws.role("champion"))
        for row in (ws.account_row, ws.olga, ws.deal, ws.solution_row, ws.kind("page_view"),
                    ws.role("champion"), ws.template("standard"), ws.deal.members[0]):
            self.assertEqual(row.tag, 0)
            row.tag = 2**64 - 1
            self.assertEqual(row.tag, 2**64 - 1)
            for wrong, fault in ((-1, OverflowError), (2**64, OverflowError), (1.5, TypeError)):
                with self.assertRaises(fault):
                    row.tag = wrong


class Contacts(unittest.TestCase):
    def test_texts(self):
        ws = small()
        olga = ws.olga
        self.assertEqual((olga.key, olga.name, olga.title, olga.email), ("olga", "Olga", "CFO", ""))
        olga.name, olga.title, olga.email = "Ольга", "IT director", "o@tulip.example"
        self.assertEqual((olga.name, olga.title, olga.email),
                         ("Ольга", "IT director", "o@tulip.example"))
        olga.name = olga.title = olga.email = None
        self.assertEqual((olga.name, olga.title, olga.email), ("", "", ""))
        row, done = ws.put_contact("lead", name="Lead")
        self.assertEqual((row.name, done, row.number), ("Lead", "created", 2))
        self.assertEqual(ws.contacts["lead"], row)
        self.assertEqual([one.key for one in ws.contacts], ["olga", "ivan", "lead"])
        self.assertTrue(row.is_alive)

    def test_persona(self):
        olga = small().olga
        self.assertEqual(olga.persona[:2], ("finance", "c_level"))
        olga.set_persona("hr")
        self.assertEqual(olga.persona, ("hr", "c_level", 0.9))
        olga.set_persona()
        self.assertEqual(olga.persona.department.label("ru"), "финансы")
        self.assertEqual(qbg.read_title("HR-менеджер")[:2], ("hr", "manager"))
        self.assertEqual(qbg.read_title(""), (None, None, 0.0))
        self.assertEqual(qbg.title_evidence("Зам. директора по ИТ"), ["Зам", "директора", "ИТ"])
        self.assertEqual(qbg.title_evidence("Guru"), [])
        with self.assertRaises(qbg.ArgumentError) as caught:
            olga.set_persona("kitchen")
        self.assertIn("'kitchen' is no department; there are: executive,", str(caught.exception))

    def test_account_at_a_time(self):
        ws = small()
        daisy = ws.add_account("daisy")
        ws.olga.set_account(daisy, since="2025-10-01")
        self.assertEqual(ws.olga.account("2025-09-30"), ws.account_row)
        self.assertEqual(ws.olga.account(date(2025, 10, 1)), daisy)
        ws.olga.set_account(None, since="2025-11-01", source="rule")
        self.assertIsNone(ws.olga.account("2025-11-01"))
        found = ws.olga.history()
        self.assertEqual(found["from"], [None, utc(2025, 10, 1), utc(2025, 11, 1)])
        self.assertEqual(found["value"], ["tulip", "daisy", None])

    def test_visitors(self):
        ws = small()
        ws.olga.add_visitor("v1")
        ws.olga.add_visitor("v2")
        self.assertEqual(ws.olga.visitors, ["v1", "v2"])
        with self.assertRaises(qbg.ExistsError):
            ws.ivan.add_visitor("v1")
        ws.olga.remove_visitor("v1")
        self.assertEqual(ws.olga.visitors, ["v2"])
        with self.assertRaises(qbg.NotFoundError):
            ws.olga.remove_visitor("v1")

    def test_erase_and_readmit(self):
        ws = small()
        self.assertFalse(ws.olga.is_erased)
        ws.olga.erase()
        self.assertTrue(ws.olga.is_erased)
        self.assertTrue(ws.olga.key.startswith("erased:"))
        with self.assertRaises(qbg.ErasedError):
            ws.add_contact("olga")
        ws.readmit("olga")
        self.assertEqual(ws.add_contact("olga").name, "")
        with self.assertRaises(qbg.NotFoundError):
            ws.readmit("nobody")

    def test_merge_and_remove(self):
        ws = small()
        ws.olga.merge(ws.ivan)
        self.assertEqual((ws.ivan.key, ws.contact("ivan").key), ("olga", "olga"))
        ws.deal.add_member(ws.olga)
        with self.assertRaises(qbg.InUseError):
            ws.olga.remove()
        ws.olga.remove(cascade=True)
        self.assertFalse(ws.olga.is_alive)
        self.assertEqual(len(ws.contacts), 0)


class Catalog(unittest.TestCase):
    def test_kinds(self):
        ws = qbg.Workspace()
        kind = ws.kind("page_view")
        self.assertEqual((kind.label("ru"), kind.category, kind.points, kind.is_high_intent),
                         ("просмотр страницы", "named", Decimal(1), False))
        own = ws.add_kind("showroom", "third_party", Decimal("2.125"), high_intent=True)
        self.assertEqual((own.label(), own.category, str(own.points), own.is_high_intent),
                         ("showroom", "third_party", "2.125", True))
        self.assertEqual(ws.put_kind("showroom", "named", 3), (own, "changed"))
        self.assertEqual(own.points, 3)
        self.assertIn(own, list(ws.kinds))
        self.assertEqual(ws.kinds.at(own.number), own)
        with self.assertRaises(ValueError):
            ws.add_kind("x", points="0.0001")
        with self.assertRaises(qbg.RangeError):
            ws.add_kind("x", points=1001)

    def test_roles(self):
        ws = qbg.Workspace()
        self.assertEqual(ws.role("champion").label("ru"), "чемпион")
        own = ws.add_role("security", "Security")
        self.assertEqual((own.label(), own.number), ("Security", len(ws.roles) - 1))
        self.assertEqual(ws.put_role("security", "Officer"), (own, "changed"))
        self.assertEqual(own.label(), "Officer")

    def test_templates(self):
        ws = qbg.Workspace()
        template = ws.add_template("small")
        self.assertEqual(ws.put_template("small"), (template, "same"))
        template.set_seat(ws.role("champion"), weight="1.5", people=2, required=True)
        template.set_seat(ws.role("end_user"))
        template.set_seat_personas(ws.role("champion"), ["hr", "it"], "manager")
        first, second = template.seats
        self.assertEqual(first, (ws.role("champion"), Decimal("1.5"), 2, True, ["it", "hr"],
                                 "manager"))
        self.assertEqual(second, (ws.role("end_user"), 1, 1, False, [], None))
        template.set_seat_personas(ws.role("champion"))
        self.assertEqual(template.seats[0][4:], ([], None))
        with self.assertRaises(qbg.NotFoundError):
            template.set_seat_personas(ws.role("blocker"), ["hr"])
        self.assertEqual([one.key for one in ws.templates], ["standard", "small"])
        self.assertEqual((template.number, ws.templates.at(1)), (1, template))

    def test_solutions(self):
        ws = qbg.Workspace()
        template = ws.add_template("small")
        template.set_seat(ws.role("champion"))
        hr = ws.add_solution("hr", "HR", template)
        self.assertEqual((hr.name, hr.template, hr.number), ("HR", template, 0))
        self.assertEqual(ws.put_solution("hr", "HRM"), (hr, "changed"))
        hr.add_content("hr/")
        hr.add_content("hrm/")
        self.assertEqual(hr.content, ["hr/", "hrm/"])
        self.assertEqual(ws.add_solution("crm").template.key, "standard")
        self.assertEqual([one.key for one in ws.solutions], ["hr", "crm"])
        self.assertEqual((ws.solution("hr"), ws.solutions.get("x")), (hr, None))


class Opportunities(unittest.TestCase):
    def test_undated(self):
        ws = small()
        deal = ws.deal
        self.assertEqual((deal.key, deal.number, deal.name, deal.type), ("tulip-hr", 0, "", None))
        self.assertEqual((deal.account, deal.solution), (ws.account_row, ws.solution_row))
        self.assertEqual((deal.opened, deal.closed), (utc(2025, 9, 1), None))
        deal.name, deal.type = "Tulip HR", "upsell"
        deal.opened = datetime(2025, 9, 2, 3, tzinfo=timezone(timedelta(hours=3)))
        deal.closed = 1767225600
        self.assertEqual((deal.name, deal.type), ("Tulip HR", "upsell"))
        self.assertEqual((deal.opened, deal.closed), (utc(2025, 9, 2), utc(2026, 1, 1)))
        deal.closed = deal.type = deal.opened = None
        self.assertEqual((deal.closed, deal.type, deal.opened), (None, None, None))
        deal.account = other = ws.add_account("other")
        deal.solution = crm = ws.add_solution("crm")
        self.assertEqual((deal.account, deal.solution), (other, crm))
        self.assertEqual(ws.put_opportunity("tulip-hr", other, crm), (deal, "same"))
        self.assertEqual(list(ws.opportunities), [deal])
        self.assertEqual(ws.opportunities.at(0), deal)
        deal.remove()
        self.assertFalse(deal.is_alive)

    def test_dated(self):
        deal = small().deal
        deal.set_stage("engaged", since="2025-10-01")
        deal.set_stage(None, since="2025-11-01")
        self.assertEqual([deal.stage(when) for when in ("2025-09-30", "2025-10-01", "2025-11-01")],
                         ["", "engaged", ""])
        deal.set_verdict("qualified", since="2025-10-01", source="rule")
        self.assertEqual((deal.verdict("2025-09-30"), deal.verdict(AS_OF)), (None, "qualified"))
        deal.set_outcome("won", since="2025-11-01")
        self.assertEqual((deal.outcome("2025-10-01"), deal.outcome(AS_OF)), (None, "won"))
        deal.set_fit(0.75)
        self.assertEqual(deal.fit(AS_OF), 0.75)
        deal.set_fit(None)
        self.assertIsNone(deal.fit(AS_OF))
        with self.assertRaises(ValueError):
            deal.set_fit(-0.5)
        deal.set_answer("budget", True)
        deal.set_answer("timeline", "no")
        self.assertEqual([deal.answer(one, AS_OF) for one in ("budget", "timeline", "authority")],
                         [True, False, None])
        self.assertEqual(deal.history()["field"],
                         ["stage", "stage", "verdict", "outcome", "budget", "timeline"])

    def test_money(self):
        deal = small().deal
        self.assertIsNone(deal.amount(AS_OF))
        deal.currency = "KWD"
        deal.set_amount(Decimal("0.125"))
        deal.set_amount("7.5", since="2025-11-01")
        self.assertEqual(deal.amount("2025-10-01"), Decimal("0.125"))
        self.assertEqual(str(deal.amount(AS_OF)), "7.500")
        deal.set_amount(None, since="2025-11-10")
        self.assertIsNone(deal.amount(AS_OF))
        with self.assertRaises(TypeError):
            deal.set_amount(7.5)
        with self.assertRaises(qbg.RangeError):
            deal.set_amount("0.0001")

    def test_members(self):
        ws = small()
        champion, buyer = ws.role("champion"), ws.role("economic_buyer")
        olga = ws.deal.add_member(ws.olga, champion)
        self.assertEqual((olga.contact, olga.opportunity), (ws.olga, ws.deal))
        self.assertEqual(repr(olga), "<qbg.Member 'olga' of 'tulip-hr'>")
        self.assertEqual(ws.deal.put_member(ws.olga), (olga, "same"))
        ivan = ws.deal.add_new_member(ws.ivan)
        with self.assertRaises(qbg.ExistsError):
            ws.deal.add_new_member(ws.ivan)
        self.assertEqual((ws.deal.members, ws.deal.member(ws.ivan)), ([ivan, olga], ivan))
        self.assertEqual(olga.roles(AS_OF), [champion])
        olga.add_role(buyer)
        olga.set_roles([buyer], since="2025-11-01")
        self.assertTrue(olga.has_role(champion, "2025-10-31"))
        self.assertEqual(olga.roles(AS_OF), [buyer])
        olga.set_roles([], since="2025-11-10")
        self.assertEqual(olga.roles(AS_OF), [])
        ivan.remove()
        self.assertEqual((ivan.is_alive, olga.is_alive), (False, True))
        self.assertEqual(repr(ivan), "<qbg.Member, removed>")
        with self.assertRaises(qbg.InUseError):
            ws.deal.remove()
        ws.deal.remove(cascade=True)

    def test_member_facts(self):
        ws = small()
        olga = ws.deal.add_member(ws.olga)
        self.assertEqual((olga.status(AS_OF), olga.stance(AS_OF)), ("potential", "unknown"))
        self.assertEqual((olga.participation(AS_OF), olga.interest(AS_OF), olga.influence(AS_OF)),
                         (None, None, None))
        olga.set_status("confirmed")
        olga.set_stance("champion", since="2025-11-01")
        olga.set_influence(0.5)
        olga.set_participation("active")
        olga.set_interest("high")
        self.assertEqual((olga.status(AS_OF), olga.stance(AS_OF), olga.stance("2025-10-01")),
                         ("confirmed", "champion", "unknown"))
        self.assertEqual((olga.participation(AS_OF), olga.interest(AS_OF), olga.influence(AS_OF)),
                         ("active", "high", 0.5))
        olga.joined, olga.left, olga.next_contact = "2025-09-02", "2025-12-01", "2025-11-25"
        olga.note = "call"
        self.assertEqual((olga.joined, olga.left, olga.next_contact, olga.note),
                         (utc(2025, 9, 2), utc(2025, 12, 1), utc(2025, 11, 25), "call"))
        self.assertEqual((olga.is_present(AS_OF), olga.is_present("2025-12-01")), (True, False))
        olga.left = olga.note = None
        self.assertEqual((olga.left, olga.note), (None, ""))

    def test_needs(self):
        ws = small()
        ws.deal.set_need("sso", "open")
        ws.deal.set_need("sso", "validated", since="2025-11-01")
        ws.deal.set_need("price", "addressed", contact=ws.olga)
        self.assertEqual(ws.deal.needs(AS_OF), [("sso", None, "validated"),
                                                ("price", ws.olga, "addressed")])
        self.assertEqual(ws.deal.needs("2025-10-01")[0].state, "open")


class Signals(unittest.TestCase):
    def test_record(self):
        ws = small()
        taken = ws.record(kind="page_view", time=utc(2025, 10, 1), contact=ws.olga,
                          content="hr/start", event="e1")
        self.assertEqual(taken, (ws.deal, False))
        again = ws.record(kind="page_view", time=utc(2025, 10, 1), contact=ws.olga,
                          content="hr/start", event="e1")
        self.assertEqual((again.is_duplicate, ws.signal_count), (True, 1))
        with self.assertRaises(qbg.ConflictError):
            ws.record(kind="meeting", time=0, contact=ws.olga, event="e1")
        found, = ws.deal.signals()
        self.assertEqual((found.time, found.kind.key, found.contact, found.content, found.event),
                         (utc(2025, 10, 1), "page_view", ws.olga, "hr/start", "e1"))
        ws.retract(event="e1", contact=ws.olga)
        self.assertEqual(ws.signal_count, 0)

    def test_all_cells(self):
        ws = small()
        signal = qbg.Signal(ws, time=5, kind=ws.kind("meeting"), account=ws.account_row,
                            contact=ws.olga, solution=ws.solution_row, opportunity=ws.deal,
                            visitor="v", content="c", event="e")
        self.assertEqual((signal.account, signal.solution, signal.opportunity),
                         (ws.account_row, ws.solution_row, ws.deal))
        self.assertEqual((signal.visitor, signal.category), ("v", "named"))
        signal.contact = None
        self.assertEqual((signal.contact, signal.category), (None, "anonymous"))
        self.assertIn("visitor='v'", repr(signal))
        signal.clear()
        self.assertEqual((signal.time, signal.kind, signal.event), (None, None, ""))
        with self.assertRaises(TypeError):
            signal.fill(colour="red")
        with self.assertRaises(qbg.ArgumentError):
            ws.record(signal)
        with self.assertRaises(qbg.NotFoundError):
            signal.kind = "dance"

    def test_nobodys(self):
        ws = qbg.Workspace()
        account = ws.add_account("a")
        ws.record(kind="page_view", time=1, account=account, visitor="v1")
        ws.record(kind="page_view", time=2, visitor="v2")
        self.assertEqual([one.visitor for one in account.signals()], ["v1"])
        self.assertEqual([one.visitor for one in ws.signals()], ["v2"])


class WholeBook(unittest.TestCase):
    def test_the_first_program(self):
        ws = daisy()
        board = ws.assess(as_of="2025-11-19")
        row, = board
        self.assertEqual((row["opportunity"], row["verdict"], row["missing_roles"]),
                         ("daisy-hr", "qualified", "end_user"))
        self.assertAlmostEqual(row["priority"], 74.02445112815597)
        told = ws.opportunity("daisy-hr").explain(as_of="2025-11-19")
        self.assertIn("The verdict is qualified", told)
        self.assertIn("Елена Соколова", ws.opportunity("daisy-hr").explain(AS_OF, lang="ru"))


if __name__ == "__main__":
    run()
