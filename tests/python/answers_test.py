"""Answers: tables, assessments, paths, reports, policy, words, revenue; they own what they hold."""
import json
import unittest
from array import array
from datetime import date
from decimal import Decimal
from fractions import Fraction

from package import AS_OF, BOOKS, daisy, qbg, run, small, utc


def corner():
    return qbg.Workspace.from_book(BOOKS / "corner-cases", strict=False)


class Tables(unittest.TestCase):
    def test_rows_and_columns(self):
        ws = corner()
        board = ws.assess("2025-12-02")
        self.assertGreater(len(board), 2)
        self.assertEqual(list(board), [board[row] for row in range(len(board))])
        self.assertEqual(board[-1], board[len(board) - 1])
        self.assertEqual(board[:2], [board[0], board[1]])
        self.assertEqual(board.to_dict()["priority"], board["priority"])
        with self.assertRaises(IndexError):
            board[len(board)]
        with self.assertRaises(KeyError):
            board["colour"]
        for row in range(len(board)):
            for name in board.columns:
                self.assertEqual(board.cell(row, name), board[row][name])
        with self.assertRaises(IndexError):
            board.cell(-1, "priority")

    def test_columns_without_a_copy(self):
        ws = corner()
        for number, row in enumerate(ws.opportunities):
            row.tag = 2**63 + number
        board = ws.assess("2025-12-02")
        priority, tags = board.column("priority"), board.column("opportunity_tag")
        self.assertEqual((priority.type, priority.data.tolist()), ("double", board["priority"]))
        self.assertEqual((tags.type, tags.data.format), ("uint64", "Q"))
        self.assertEqual(tags.data.tolist(), board["opportunity_tag"])
        keys = board.column("opportunity")
        self.assertEqual(len(keys.offsets), len(board) + 1)
        self.assertEqual(bytes(keys.data).decode(), "".join(board["opportunity"]))
        silent = board.column("next_contact")
        self.assertIn(None, board["next_contact"])
        self.assertEqual([silent.is_null(row) for row in range(len(board))],
                         [cell is None for cell in board["next_contact"]])
        with self.assertRaises(TypeError):
            priority.data[0] = 0.0
        self.assertEqual(array("d", priority.data)[0], board["priority"][0])

    def test_views_outlive_the_table(self):
        board = daisy().assess(AS_OF)
        wanted, data = board["priority"], board.column("priority").data
        board.close()
        self.assertEqual(data.tolist(), wanted)
        self.assertEqual(repr(board), "<qbg.Table, closed>")
        for use in (len, list, str, lambda table: table["priority"]):
            with self.assertRaises(qbg.ClosedError):
                use(board)

    def test_empty(self):
        with qbg.Workspace().assess(AS_OF) as board:
            self.assertEqual((len(board), list(board), board["priority"]), (0, [], []))
            self.assertEqual(board.column("opportunity").values(), [])
            self.assertEqual(board.column("opportunity").offsets.tolist(), [0])

    def test_written(self):
        board = daisy().assess(AS_OF)
        self.assertEqual(json.loads(board.report("json"))[0]["opportunity"], "daisy-hr")
        self.assertTrue(board.report("csv").startswith("opportunity,account,"))
        self.assertIn("daisy-hr", str(board))
        self.assertIn("<td>daisy-hr</td>", board._repr_html_())
        self.assertTrue(repr(board).startswith("<qbg.Table of 1 rows: opportunity, account"))

    def test_html_is_escaped(self):
        ws = qbg.Workspace()
        ws.add_opportunity("<b>", ws.add_account("a"), ws.add_solution("s"))
        self.assertIn("<td>&lt;b&gt;</td>", ws.assess(AS_OF)._repr_html_())
        self.assertIn("<td>&lt;b&gt;</td>", ws.opportunity("<b>").assess(AS_OF)._repr_html_())

    def test_times(self):
        ws = small()
        ws.deal.add_member(ws.olga).next_contact = "2025-12-01"
        board = ws.assess(AS_OF)
        self.assertEqual(board["next_contact"], [utc(2025, 12, 1)])
        self.assertEqual(board.column("next_contact").data.tolist(), [1764547200])


class Assessments(unittest.TestCase):
    def test_figures(self):
        ws = daisy()
        found, row = ws.opportunity("daisy-hr").assess(AS_OF), ws.assess(AS_OF)[0]
        for name in ("opportunity", "account", "solution", "verdict", "priority", "intent",
                     "coverage_identified", "coverage_engaged", "coverage_supportive",
                     "completeness", "members_identified", "members_engaged",
                     "anonymous_visitors", "silent_days", "next_contact"):
            self.assertEqual(getattr(found, name), row[name], name)
        self.assertEqual(found.as_of, utc(2025, 11, 19, 23, 59, 59))
        self.assertEqual(found.missing_roles, ["end_user"])
        self.assertEqual(found.verdict.label("ru"), "квалифицирована")

    def test_as_the_report_has_it(self):
        ws = corner()
        report = json.loads(ws.report("2025-12-02", "json", include_closed=True))
        for told in report["opportunities"]:
            found = ws.opportunity(told["opportunity"]).assess("2025-12-02")
            self.assertEqual([one.role for one in found.seats],
                             [one["role"] for one in told["seats"]])
            self.assertEqual([one.state for one in found.seats],
                             [one["state"] for one in told["seats"]])
            self.assertEqual([one.contact for one in found.members],
                             [one["contact"] for one in told["members"]])
            self.assertEqual([one.points_int for one in found.members],
                             [int(one["points_int"]) for one in told["members"]])
            self.assertEqual([one.passes for one in found.criteria],
                             [one["pass"] for one in told["criteria"]])

    def test_parts(self):
        found = daisy().opportunity("daisy-hr").assess(AS_OF)
        self.assertEqual(found.seats[0], ("champion", "supportive", 1, 1, False, ["elena"]))
        self.assertEqual(found.seats[4], ("end_user", "missing", 0, 2, False, []))
        self.assertEqual(found.criteria[0], ("members_identified", "required", True, True, 4.0, 3.0,
                                             "passed"))
        self.assertEqual(found.criteria[7][4:], (None, None, "unknown"))
        elena = found.members[0]
        self.assertEqual((elena.contact, elena.name, elena.roles, elena.is_inferred),
                         ("elena", "Елена Соколова", ["champion"], False))
        self.assertEqual(elena.points, elena.points_int / (1000 * 2**24))
        self.assertEqual((elena.is_engaged, elena.participation, elena.interest, elena.stance),
                         (True, "active", "high", "champion"))
        self.assertEqual(elena.last_signal, utc(2025, 10, 29, 8, 10))
        self.assertEqual(elena.engagement, elena.points / (elena.points + 20))
        self.assertEqual(found.to_dict()["members"][0]["contact"], "elena")
        self.assertIn("Елена Соколова", found._repr_html_())
        self.assertIn("qualified, priority 74.0, 4/4 engaged", repr(found))

    def test_refill_and_close(self):
        ws = daisy()
        with ws.opportunity("daisy-hr").assess("2025-09-01") as found:
            self.assertEqual((found.verdict, found.silent_days), ("silent", None))
            found.refill(ws.opportunity("daisy-hr"), AS_OF)
            self.assertEqual(found.verdict, "qualified")
        self.assertEqual(repr(found), "<qbg.Assessment, closed>")
        with self.assertRaises(qbg.ClosedError):
            found.priority

    def test_ledger(self):
        ws = daisy()
        found = ws.opportunity("daisy-hr").ledger(ws.contact("elena"), AS_OF)
        self.assertEqual(found["kind"], ["content_download", "webinar_attendance", "trial_start"])
        self.assertEqual(found["time"][0], utc(2025, 10, 20, 9))
        member = ws.opportunity("daisy-hr").assess(AS_OF).members[0]
        self.assertEqual(sum(found["contribution"]), member.points_int)


class Paths(unittest.TestCase):
    def test_path(self):
        ws = daisy()
        path = ws.opportunity("daisy-hr").path("2025-09-19")
        self.assertTrue(path and path.exists and path.is_exact and not path.is_qualified_already)
        self.assertEqual((path.opportunity, path.as_of.date(), len(path), path.step_limit),
                         ("daisy-hr", date(2025, 9, 19), 2, 6))
        first, last = path
        self.assertEqual(first[:4], ("engage", "", "ivan", "Иван Михайлов"))
        self.assertEqual(path.priority_before + first.gain + last.gain, path.priority_after)
        self.assertEqual(last.priority, path.priority_after)
        self.assertEqual(path.table()["contact"], ["ivan", "olga"])
        self.assertEqual(path.unmet, [])
        self.assertIn("2 steps, priority 0.0 to 36.6", repr(path))
        self.assertIn("<td>ivan</td>", path._repr_html_())
        with path:
            pass
        with self.assertRaises(qbg.ClosedError):
            len(path)

    def test_none(self):
        ws = daisy()
        ws.policy["mode.budget"] = "required"
        path = ws.opportunity("daisy-hr").path(AS_OF)
        self.assertFalse(path)
        self.assertEqual((path.unmet, path.steps), (["budget"], []))
        self.assertIn("none within 6 steps", repr(path))


class Questions(unittest.TestCase):
    def test_board(self):
        ws = corner()
        whole = ws.assess("2025-12-02", include_closed=True)
        parts = [row for first in range(ws.opportunities.count)
                 for row in ws.assess("2025-12-02", first, 1, include_closed=True)]
        self.assertEqual(sorted(row["opportunity"] for row in parts),
                         sorted(whole["opportunity"]))
        self.assertLess(len(ws.assess("2025-12-02")), len(whole))

    def test_changes(self):
        ws = corner()
        before = ws.revision
        self.assertEqual(len(ws.board_since(before, "2025-12-02")), 0)
        row = next(iter(ws.opportunities))
        row.name = "new"
        self.assertEqual(ws.revision, before + 1)
        self.assertEqual(ws.changes(before)["opportunity"], [row.key])
        self.assertEqual(ws.board_since(before, "2025-12-02", True)["opportunity"], [row.key])
        self.assertEqual(len(ws.changes()), ws.opportunities.count)

    def test_reports(self):
        ws = daisy()
        self.assertIn("Buying groups as of 2025-11-19", ws.report(AS_OF))
        self.assertIn("на 19 ноября 2025", ws.report(AS_OF, lang="ru"))
        self.assertIn("Елена Соколова", ws.tracking(AS_OF, "csv"))
        with self.assertRaises(qbg.ArgumentError):
            ws.report(AS_OF, "pdf")

    def test_feed(self):
        ws = daisy()
        feed = ws.feed(since="2025-11-10", until="2025-11-14")
        self.assertEqual(feed["change"], ["engaged", "qualified", "forming", "engaged"])
        self.assertEqual(feed[0]["time"], utc(2025, 11, 10, 23, 59, 59))
        self.assertEqual(feed[0]["signals"], "2025-11-10T12:00:00Z content_download")
        one = ws.opportunity("daisy-hr").feed(utc(2025, 11, 10, 12), date(2025, 11, 14))
        self.assertEqual(one["contact"], ["ivan"])
        with self.assertRaises(qbg.RangeError):
            ws.feed("2025-11-14", "2025-11-10")

    def test_role_evidence(self):
        ws = small()
        member, coach = ws.deal.add_member(ws.olga), ws.role("coach")
        self.assertEqual(ws.deal.role_evidence(ws.olga, AS_OF)["role"], ["economic_buyer"])
        member.add_evidence("vendor", ws.role("champion"))
        member.set_evidence("crm", [coach], since="2025-10-01")
        self.assertEqual((member.has_evidence("crm", coach, "2025-09-30"),
                          member.has_evidence("crm", coach, AS_OF)), (False, True))
        found = ws.deal.role_evidence(ws.olga, AS_OF)
        self.assertEqual([(row["role"], row["because"], row["is_inferred"]) for row in found],
                         [("coach", "crm", 1), ("economic_buyer", "title", 0),
                          ("champion", "vendor", 0)])
        self.assertIsNone(found["host"][0])
        with self.assertRaises(qbg.ArgumentError):
            member.add_evidence("title", coach)

    def test_proposals(self):
        ws = qbg.Workspace.from_book(BOOKS / "forming")
        baseline = qbg.Baseline()
        rows = list(ws.proposals(AS_OF, baseline))
        self.assertEqual((rows[0]["proposal"], rows[0]["opportunity"], rows[0]["because"]),
                         ("open", "daisy/hr", "forming"))
        self.assertEqual([row["contact"] for row in rows[1:]], ["elena", "ivan", "olga", "sergey"])
        for row in rows:
            ws.apply(row)
        with self.assertRaises(qbg.ExistsError):
            ws.apply(rows[1])
        self.assertEqual(set(ws.proposals(AS_OF)["proposal"]), {"role"})
        deal = ws.opportunity("daisy/hr")
        deal.members[0].note = "a word of the host's"
        with self.assertRaises(qbg.ConflictError):
            ws.undo(rows[0])
        deal.members[0].note = ""
        ws.undo(rows[0])
        self.assertNotIn("daisy/hr", ws.opportunities)
        ws.policy["automation"] = 1
        self.assertEqual([row["applied"] for row in ws.automate(AS_OF)], [1, 1, 0, 0, 0])
        with self.assertRaises(TypeError):
            ws.proposals(AS_OF, "figures")

    def test_plan(self):
        ws = small()
        plan = ws.plan([ws.account_row], [ws.solution_row], "2025-08-31")
        self.assertEqual((plan["opportunity"], plan["because"]), (["tulip/hr"], ["target"]))
        self.assertEqual(len(ws.plan([ws.account_row], [ws.solution_row], AS_OF)), 0)
        with self.assertRaises(TypeError):
            ws.plan([ws.olga], [ws.solution_row], AS_OF)

    def test_duplicates(self):
        ws = small()
        ws.olga.email = ws.ivan.email = "o@tulip.example"
        found = ws.duplicates()[0]
        self.assertEqual((found["entity"], found["first"], found["second"], found["reason"]),
                         ("contact", "ivan", "olga", "email"))

    def test_groups_that_form(self):
        ws = daisy()
        found = ws.detect(AS_OF)
        self.assertEqual([(row["account"], row["solution"], row["opportunity"]) for row in found],
                         [("daisy", "hr", "daisy-hr")])
        self.assertEqual((found[0]["since"], found[0]["crossed"]),
                         (utc(2025, 10, 20, 9), utc(2025, 11, 14, 9, 45)))
        self.assertEqual(found[0]["who"], "elena;ivan;olga;sergey")
        self.assertEqual(len(ws.detect("2025-11-13")), 0)
        busy = qbg.Baseline({"period_s": 365 * 86400, "contacts.20": 1000})
        self.assertEqual(len(ws.detect(AS_OF, busy)), 0)

    def test_baselines(self):
        ws = daisy()
        baseline = qbg.Baseline()
        baseline.add(ws, "2025-10-01", "2025-12-01")
        self.assertEqual((baseline["period_s"], baseline["contacts.4"], baseline["visitors.2"]),
                         (61 * 86400, 1, 1))
        self.assertEqual(baseline["contacts.0"], 1)
        again = qbg.Baseline(dict(baseline))
        self.assertEqual(dict(again), dict(baseline))
        again.add(ws, "2025-10-01", "2025-12-01")
        self.assertEqual(again["contacts.4"], 2)
        self.assertIn("2 account-solutions", repr(baseline))
        self.assertIn("contacts.16", baseline)
        self.assertNotIn("contacts.17", baseline)
        with self.assertRaises(qbg.NotFoundError):
            baseline["contacts.17"]
        with self.assertRaises(qbg.NotFoundError):
            baseline["colour"] = 1
        with self.assertRaises(qbg.RangeError):
            baseline["contacts.1"] = -1
        with self.assertRaises(qbg.ArgumentError):
            baseline.add(ws, "2025-10-01", "2025-12-02")
        baseline.close()
        with self.assertRaises(qbg.ClosedError):
            baseline["contacts.1"]
        with self.assertRaises(qbg.ClosedError):
            ws.detect(AS_OF, baseline)
    def test_matches(self):
        ws = daisy()
        lead = ws.add_contact("lead")
        self.assertEqual(len(ws.matches()), 0)
        lead.company = "Krasnaya Romashka, LLC"
        self.assertEqual(lead.company, "Krasnaya Romashka, LLC")
        found = ws.matches()[0]
        self.assertEqual((found["contact"], found["account"], found["outcome"], found["reason"]),
                         ("lead", "daisy", "match", "transliteration"))
        account, candidates = ws.match_account(company=lead.company)
        self.assertEqual((account, candidates["account"]), (ws.account("daisy"), ["daisy"]))
        account, candidates = ws.match_account(email="x@nowhere.example")
        self.assertEqual((account, len(candidates)), (None, 0))
        self.assertEqual(ws.match_account(key="daisy")[0], ws.account("daisy"))
        with self.assertRaises(qbg.NotFoundError):
            ws.match_account(key="tulip")

    def test_companies_and_domains(self):
        self.assertEqual(qbg.company_base("ООО «Красная ромашка»"), "Красная ромашка")
        self.assertTrue(qbg.is_same_company("ПАО «Газпром»", "Gazprom PJSC"))
        self.assertFalse(qbg.is_same_company("Alfa", "Alpha"))
        self.assertEqual(qbg.read_domain("Ann@mail.Acme.co.uk"), ("acme.co.uk", False))
        self.assertTrue(qbg.read_domain("ann@gmail.com").is_free)
        with self.assertRaises(qbg.FormatError):
            qbg.read_domain("nobody")

    def test_memory(self):
        ws = daisy()
        self.assertEqual(sum(ws.memory()["bytes"]), ws.bytes)
        self.assertEqual(ws.limit, 0)
        ws.limit = ws.bytes
        with self.assertRaises(MemoryError):
            ws.add_account("x", "x" * 100000)
        self.assertEqual(ws.limit, ws.bytes)


class PolicyAndWords(unittest.TestCase):
    def test_policy(self):
        policy = qbg.Workspace().policy
        self.assertEqual(policy["max_silence_days"], 30)
        policy["max_silence_days"] = 45
        self.assertEqual(policy["max_silence_days"], Decimal("45.000"))
        policy["max_silence_days"] = "46"
        found = policy.parameter("max_silence_days")
        self.assertEqual((found.value, found.default, found.unit, found.step), (46, 30, "days", 1))
        self.assertLess(found.min, found.max)
        self.assertIn("'max_silence_days': '46.000'", repr(policy))
        policy.reset("max_silence_days")
        self.assertEqual(policy["max_silence_days"], 30)
        self.assertEqual(policy["mode.budget"], "advisory")
        policy["mode.budget"] = "required"
        self.assertEqual(policy["mode.budget"].number, 2)
        policy.reset("mode.budget")
        self.assertEqual(policy["mode.budget"], "advisory")
        self.assertTrue("half_life_days" in policy and "x" not in policy)
        self.assertEqual(len(list(policy)), len(policy))
        self.assertNotEqual(policy.label("half_life_days"), policy.label("half_life_days", "ru"))
        for key, value, fault in (("x", 1, KeyError), ("max_silence_days", -1, qbg.RangeError),
                                  ("mode.budget", "maybe", qbg.FormatError)):
            with self.assertRaises(fault):
                policy[key] = value
        with self.assertRaises(KeyError):
            policy["x"]

    def test_words(self):
        self.assertIn("verdict", qbg.vocabularies())
        self.assertEqual(qbg.words("verdict")[1].label("ru"), "один контакт")
        self.assertEqual(qbg.words("verdict")[1].vocabulary, "verdict")
        self.assertEqual(qbg.verdict_label("single_threaded", "ru"), "один контакт")
        self.assertEqual(qbg.constants()["QBG_VERDICT_QUALIFIED"], 3)
        self.assertIn("contacts", qbg.tables())
        with self.assertRaises(KeyError):
            qbg.words("colour")

    def test_library(self):
        self.assertEqual(qbg.version(), "0.1.0")
        self.assertEqual(qbg.abi_version(), 0)
        self.assertEqual(qbg.status_text(0), qbg.status_text(qbg.constants()["QBG_OK"]))


class Money(unittest.TestCase):
    def test_retention(self):
        found = qbg.nrr(1000000, 200000, 50000, "100000.00")
        self.assertEqual((found.ratio, found.fraction, found.trend),
                         (1.05, Fraction(21, 20), "growing"))
        self.assertEqual((found.numerator, found.denominator), (105000000, 100000000))
        found = qbg.grr(Decimal(100), 60, 60, currency="JPY")
        self.assertEqual((found.numerator, found.denominator, found.ratio), (0, 100, 0.0))
        self.assertEqual(found.trend, "shrinking")
        with self.assertRaises(ZeroDivisionError):
            qbg.nrr(0)
        with self.assertRaises(qbg.RangeError):
            qbg.nrr(-1)
        with self.assertRaises(OverflowError):
            qbg.nrr("92233720368547758.07", "92233720368547758.07")

    def test_ledger(self):
        ws = qbg.Workspace()
        revenue = ws.revenue
        revenue.add("daisy", "2025-10", "10000.50", "RUB")
        revenue.add("daisy", date(2025, 10, 31), 1, "RUB")
        self.assertEqual(revenue.put("tulip", (2025, 11), 5), "created")
        self.assertEqual(revenue.put("tulip", (2025, 11), 6), "changed")
        self.assertEqual(list(revenue), [
            ("daisy", date(2025, 10, 1), Decimal("10001.50"), "RUB"),
            ("tulip", date(2025, 11, 1), Decimal("6"), "")])
        self.assertEqual(revenue.find("daisy", "2025-10", "RUB"), revenue[0])
        self.assertIsNone(revenue.find("daisy", "2025-11", "RUB"))
        self.assertEqual((len(revenue), repr(revenue)), (2, "<qbg.Revenue of 2 rows>"))
        with self.assertRaises(IndexError):
            revenue[2]


if __name__ == "__main__":
    run()
