#!/usr/bin/env python3
"""Test the command line as a stranger uses it: by its words, files and exit codes.

    python3 cli_test.py QBG_BINARY BOOKS_DIR [GOLDEN_DIR]

Every command, every format, bad input of many kinds, the expected answers of the
example books, and books that are written and read again.
"""

import csv
import io
import json
import os
import random
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import unittest
from datetime import datetime, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
QBG = BOOKS = GOLDENS = ""      # set by main

AS_OF = "2025-11-19"
FINE, NO, USAGE, BROKEN = 0, 1, 2, 3

COMMANDS = ("report tracking explain path changes nrr check tables duplicates detect baseline "
            "propose match titles write policy").split()

BOARD_COLUMNS = (
    "opportunity account solution verdict priority intent coverage_identified "
    "coverage_engaged coverage_supportive completeness members_identified "
    "members_engaged anonymous_visitors silent_days missing_roles next_contact").split()

NRR = ["nrr", "--start", "1000000", "--expansion", "200000",
       "--contraction", "50000", "--churn", "100000"]

# A book with one row for each of its tables, all good.
SMALL = {
    "accounts": "account,name\na,Ель\n",
    "contacts": "contact,account,name,title\np,a,Пётр,CFO\nq,a,Qui,CIO\n",
    "solutions": "solution,name,content\ns,S,docs/\n",
    "opportunities": "opportunity,account,solution,opened\no,a,s,2025-01-01\n",
    "members": "opportunity,contact,role\no,p,economic_buyer\no,q,champion\n",
    "signals": "time,kind,contact,content,event\n"
               "2025-11-10,content_download,p,docs/a,e1\n"
               "2025-11-11,meeting,q,docs/b,e2\n",
}


def book_path(name):
    return os.path.join(BOOKS, name)


def book_names():
    return sorted(name for name in os.listdir(BOOKS)
                  if os.path.isdir(book_path(name)))


def read_bytes(path):
    with open(path, "rb") as stream:
        return stream.read()


def write_bytes(path, data):
    with open(path, "wb") as stream:
        stream.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def folder_bytes(folder):
    return {name: read_bytes(os.path.join(folder, name))
            for name in sorted(os.listdir(folder))}


class Done:
    """What a run came to."""

    def __init__(self, code, out, err):
        self.code, self.out = code, out
        self.err = err.decode("utf-8", "replace")

    @property
    def text(self):
        return self.out.decode("utf-8")


class CliCase(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="qbg-cli-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run_qbg(self, *arguments, **more):
        more.setdefault("stdout", subprocess.PIPE)
        done = subprocess.run([QBG] + list(arguments), stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=300, **more)
        self.assertIn(done.returncode, (FINE, NO, USAGE, BROKEN),
                      "%r died:\n%s" % (arguments, done.stderr.decode("utf-8", "replace")))
        return Done(done.returncode, done.stdout or b"", done.stderr)

    def fine(self, *arguments, **more):
        done = self.run_qbg(*arguments, **more)
        self.assertEqual(done.code, FINE, "%r\n%s" % (arguments, done.err))
        return done

    def refuses(self, arguments, *words, code=USAGE, **more):
        """The run fails, prints nothing but an error, and the error says these words."""
        done = self.run_qbg(*arguments, **more)
        self.assertEqual(done.code, code, "%r\n%s%s" % (arguments, done.text, done.err))
        self.assertEqual(done.out, b"")
        self.assertTrue(done.err.startswith("qbg: "), done.err)
        self.assertTrue(done.err.endswith("\n"), done.err)
        for word in words:
            self.assertIn(word, done.err)
        return done

    def make_book(self, tables=None, name="book", **changed):
        """A folder with the tables of SMALL, or others, some of them changed."""
        folder = self.path(name)
        os.makedirs(folder, exist_ok=True)
        tables = dict(SMALL if tables is None else tables, **changed)
        for table, text in tables.items():
            if text is not None:
                write_bytes(os.path.join(folder, table + ".csv"), text)
        return folder

    def check(self, book, *arguments):
        """What `check` says of a book: exit code, and the refusals as rows."""
        done = self.run_qbg("check", book, "--format", "csv", *arguments)
        self.assertIn(done.code, (FINE, NO), done.err)
        return done.code, list(csv.DictReader(io.StringIO(done.text)))

    def report(self, book, as_of=AS_OF, *more):
        return self.fine("report", book, "--as-of", as_of, "--all", "--format", "json", *more)


class Help(CliCase):

    def test_overview(self):
        shown = self.fine("help").text
        for command in COMMANDS:
            self.assertIn("qbg " + command, shown)
        self.assertIn("qbg help ", shown)
        for other in (["--help"], ["-h"], ["help", "help"], ["help", "--help"]):
            self.assertEqual(self.fine(*other).text, shown)

    def test_every_command(self):
        for command in COMMANDS:
            shown = self.fine(command, "--help").text
            self.assertIn("usage: qbg " + command, shown)
            self.assertIn("exit codes", shown)
            self.assertEqual(self.fine("help", command).text, shown)
            self.assertEqual(self.fine(command, "-h").text, shown)
            self.assertEqual(self.fine("--help", command, "some", "words").text, shown)
            for line in shown.splitlines():
                self.assertLessEqual(len(line), 110, line)

    def test_options_are_told(self):
        shown = self.fine("report", "--help").text
        for option in "--as-of --format --all --lang --output -o --strict".split():
            self.assertIn(option, shown)

    def test_check_promises_what_it_can_do(self):
        shown = self.fine("check", "--help").text
        self.assertNotIn("imported", shown)
        self.assertIn("table, row and column", shown)

    def test_version(self):
        shown = self.fine("--version").text
        self.assertRegex(shown, r"^qbg \d+\.\d+\.\d+ \(ABI \d+\)\n$")

    def test_nothing(self):
        done = self.run_qbg()
        self.assertEqual((done.code, done.out), (USAGE, b""))
        self.assertIn("usage", done.err)

    def test_help_goes_to_a_file(self):
        self.fine("help", "-o", self.path("help.txt"))
        self.assertEqual(read_bytes(self.path("help.txt")), self.fine("help").out)


class Usage(CliCase):

    def setUp(self):
        super().setUp()
        self.book = self.make_book()

    def test_unknown_command(self):
        done = self.refuses(["reprot", self.book], "reprot")
        for command in COMMANDS + ["help"]:
            self.assertIn(command, done.err)
        self.refuses(["help", "nothing"], "nothing", "report")
        self.refuses([""], "no command")

    def test_unknown_option(self):
        self.refuses(["report", self.book, "--as-off", "2025-11-19"], "--as-off", "--as-of ")
        self.refuses(["report", self.book, "--as-off=2025-11-19"], "--as-off;", "--as-of ")
        self.refuses(["--bogus", "check", self.book], "--bogus", "--strict")
        self.refuses(["report", self.book, "-x"], "-x")
        self.refuses(["check", self.book, "--as-of", AS_OF], "check has no option --as-of")
        self.refuses(["write", self.book, "x", "-o", "y"], "--output", "--force")
        self.refuses(["report", self.book, "--version"], "--version")

    def test_unknown_option_without_a_command(self):
        self.refuses(["--bogus"], "--bogus", "usage")

    def test_values(self):
        self.refuses(["report", self.book, "--as-of"], "--as-of needs a value", "2025-11-19")
        self.refuses(["report", self.book, "--as-of="], "--as-of needs a value")
        self.refuses(["report", self.book, "--as-of", ""], "--as-of needs a value")
        self.refuses(["report", self.book, "--all=yes", "--as-of", AS_OF], "--all takes no value")

    def test_operands(self):
        self.refuses(["report", "--as-of", AS_OF], "BOOK")
        self.refuses(["report", self.book, "two", "--as-of", AS_OF], "two")
        self.refuses(["report", self.book, "two", "3", "4", "5", "--as-of", AS_OF], "two")
        self.refuses(["explain", self.book, "--as-of", AS_OF], "OPPORTUNITY")
        self.refuses(["write", self.book], "FOLDER")
        self.refuses(["check"], "BOOK")
        self.refuses(NRR + ["word"], "word")

    def test_as_of_is_required(self):
        for command in ("report", "tracking"):
            self.refuses([command, self.book], "--as-of 2025-11-19", "never reads a clock")
        self.refuses(["explain", self.book, "o"], "--as-of 2025-11-19")

    def test_bad_dates(self):
        for date in ("today", "2025", "19.11.2025", "2025-11", "2025-11-19T", "2025-11-19X",
                     "2025-11-19T12:00:00+", "2025-11-19T12:00 CET", "9" * 400, "-5", "--all"):
            self.refuses(["report", self.book, "--as-of", date], "--as-of", "2025-11-19")
        for date in ("1969-12-31", "2200-01-01", "9999-12-31"):
            self.refuses(["report", self.book, "--as-of", date], "1970 to 2199")
        for date in ("2025-02-30", "2025-13-01", "2025-11-19T25:00", "2025-00-10"):
            self.refuses(["report", self.book, "--as-of", date], "--as-of " + date)

    def test_good_dates(self):
        answers = {self.report(self.book, date).text for date in (
            "2025-11-19", "2025-11-19T23:59:59Z", "2025-11-19 23:59:59", "2025-11-19T23:59:59.9",
            "2025-11-20T02:59:59+03:00", "2025-11-20T02:59:59+0300", "2025-11-19T23:59:59")}
        self.assertEqual(len(answers), 1)

    def test_bad_words(self):
        self.refuses(["report", self.book, "--as-of", AS_OF, "--format", "xml"], "xml", "json")
        self.refuses(["check", self.book, "--format", "JSON"], "JSON", "json")
        self.refuses(["report", self.book, "--as-of", AS_OF, "--lang", "de"], "de", "ru")

    def test_any_order(self):
        expected = self.fine("report", self.book, "--as-of", AS_OF, "--format", "csv").out
        for arguments in (["--as-of", AS_OF, "report", "--format=csv", self.book],
                          ["--format", "csv", "--as-of=" + AS_OF, "report", "--", self.book],
                          ["report", "--format", "csv", self.book, "--as-of", AS_OF, "-o", "-"],
                          ["report", self.book, "--as-of", AS_OF, "--format=csv", "--output=-"]):
            self.assertEqual(self.fine(*arguments).out, expected)

    def test_options_are_given_once(self):
        report = ["report", self.book, "--as-of", AS_OF]
        self.refuses(report + ["--as-of", "2025-11-20"], "--as-of is given twice")
        self.refuses(report + ["--as-of=" + AS_OF], "--as-of is given twice")
        self.refuses(report + ["--all", "--all"], "--all is given twice")
        self.refuses(report + ["-o", "-", "--output", "-"], "--output is given twice")
        self.refuses(NRR + ["--churn", "1"], "--churn is given twice")

    def test_double_dash(self):
        os.rename(self.book, self.path("--book"))
        self.refuses(["report", "--as-of", AS_OF, "--book"], "--book", cwd=self.folder)
        done = self.fine("report", "--as-of", AS_OF, "--", "--book", cwd=self.folder)
        self.assertIn("o", done.text)


class Golden(CliCase):
    """The answers that an independent reading of the model expects."""

    def differences(self, expected, found, where):
        if isinstance(expected, dict):
            wrong = []
            for key, value in expected.items():
                if key not in found:
                    wrong.append("%s.%s is absent" % (where, key))
                else:
                    wrong += self.differences(value, found[key], "%s.%s" % (where, key))
            return wrong
        if isinstance(expected, float) and type(found) in (int, float):
            if abs(expected - found) <= 1e-12 * max(abs(expected), abs(found)):
                return []
        elif type(expected) is type(found) and expected == found:
            return []
        return ["%s: expected %r, found %r" % (where, expected, found)]

    def seconds(self, text):
        if text is None:
            return None
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
        return int(moment.replace(tzinfo=timezone.utc).timestamp())

    def view(self, answer):
        """An answer of the program under the names of the expected ones."""
        view = dict(answer)
        view["anonymous"] = answer["anonymous_visitors"]
        view["missing"] = answer["missing_roles"]
        view["seats"] = {seat["role"]: seat["state"] for seat in answer["seats"]}
        view["criteria"] = {entry["criterion"]: entry["pass"] for entry in answer["criteria"]}
        view["hex"] = {name: float(answer[name]).hex()
                       for name in ("intent", "priority", "coverage_engaged")}
        view["members"] = {member["contact"]: dict(member, last=self.seconds(member["last_signal"]))
                           for member in answer["members"]}
        return view

    def compare(self, name):
        book, _, as_of = name[:-len(".json")].partition("@")
        with open(os.path.join(GOLDENS, name), encoding="utf-8") as stream:
            expected = json.load(stream)
        found = json.loads(self.report(book_path(book), as_of or AS_OF).text)
        self.assertEqual(found["format"], 1)
        answers = {answer["opportunity"]: self.view(answer) for answer in found["opportunities"]}
        wrong = self.differences(expected, answers, name)
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))
        self.assertEqual(set(expected), set(answers))
        for key, answer in expected.items():
            self.assertEqual(set(answer["members"]), set(answers[key]["members"]), key)
            self.assertEqual(set(answer["seats"]), set(answers[key]["seats"]), key)

    def test_goldens(self):
        names = sorted(name for name in os.listdir(GOLDENS) if name.endswith(".json"))
        self.assertTrue(names, "no goldens in " + GOLDENS)
        for name in names:
            with self.subTest(golden=name):
                self.compare(name)


class Report(CliCase):

    def test_json(self):
        for book in book_names():
            with self.subTest(book=book):
                found = json.loads(self.report(book_path(book)).text)
                self.assertEqual(found["as_of"], "2025-11-19T23:59:59Z")
                order = [(-answer["priority"], answer["opportunity"].encode("utf-8"))
                         for answer in found["opportunities"]]
                self.assertEqual(order, sorted(order))
                for answer in found["opportunities"]:
                    keys = [member["contact"].encode("utf-8") for member in answer["members"]]
                    self.assertEqual(keys, sorted(keys))

    def test_csv(self):
        for book in book_names():
            with self.subTest(book=book):
                arguments = ["report", book_path(book), "--as-of", AS_OF, "--all"]
                text = self.fine(*arguments, "--format", "csv").text
                self.assertNotIn("\r", text)
                rows = list(csv.reader(io.StringIO(text)))
                self.assertEqual(rows[0], BOARD_COLUMNS)
                self.assertEqual({len(row) for row in rows}, {len(BOARD_COLUMNS)})
                answers = json.loads(self.report(book_path(book)).text)["opportunities"]
                self.assertEqual(len(rows) - 1, len(answers))
                for row, answer in zip(rows[1:], answers):
                    cells = dict(zip(rows[0], row))
                    self.assertEqual(cells["opportunity"], answer["opportunity"])
                    self.assertEqual(float(cells["priority"]), answer["priority"])
                    self.assertEqual(float(cells["intent"]), answer["intent"])
                    self.assertEqual(cells["missing_roles"], ";".join(answer["missing_roles"]))

    def test_text(self):
        book = book_path("red-daisy")
        english = self.fine("report", book, "--as-of", AS_OF).text
        self.assertEqual(self.fine("report", book, "--as-of", AS_OF, "--format", "text",
                                   "--lang", "en").text, english)
        russian = self.fine("report", book, "--as-of", AS_OF, "--lang", "ru").text
        self.assertNotEqual(english, russian)
        for text in (english, russian):
            self.assertIn("daisy-hr", text)
            self.assertTrue(text.endswith("\n"))
            for line in text.splitlines():
                self.assertEqual(line, line.rstrip())

    def test_language_is_for_text_alone(self):
        book = book_path("red-daisy")
        for form in ("csv", "json"):
            told = {self.fine("report", book, "--as-of", AS_OF, "--format", form,
                              "--lang", lang).out for lang in ("en", "ru")}
            self.assertEqual(len(told), 1)

    def test_all(self):
        book = book_path("corner-cases")
        some = self.fine("report", book, "--as-of", AS_OF, "--format", "json").text
        keys = {answer["opportunity"] for answer in json.loads(some)["opportunities"]}
        every = {answer["opportunity"]
                 for answer in json.loads(self.report(book).text)["opportunities"]}
        self.assertEqual(every - keys, {"o-old"})
        self.assertNotIn("o-future", every)

    def test_nothing_to_tell(self):
        book = self.make_book()
        found = json.loads(self.report(book, "2024-12-31").text)
        self.assertEqual(found["opportunities"], [])
        text = self.fine("report", book, "--as-of", "2024-12-31", "--format", "csv").text
        self.assertEqual(text.splitlines(), [",".join(BOARD_COLUMNS)])

    def test_locale_and_place_do_not_matter(self):
        expected = self.report(book_path("red-daisy")).out
        for locale in ("C", "ru_RU.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"):
            env = dict(os.environ, LC_ALL=locale, TZ="Asia/Kamchatka")
            done = self.fine("report", os.path.abspath(book_path("red-daisy")) + "/", "--as-of",
                             AS_OF, "--all", "--format", "json", env=env, cwd=self.folder)
            self.assertEqual(done.out, expected)


class Tracking(CliCase):

    def test_the_table_comes_back(self):
        book = book_path("tracking-table")
        original = read_bytes(os.path.join(book, "tracking.csv"))
        done = self.fine("tracking", book, "--as-of", AS_OF, "--format", "csv", "--lang", "ru")
        self.assertEqual(done.out, original)

    def test_a_single_file_is_a_book(self):
        book = book_path("tracking-table")
        self.assertEqual(self.report(os.path.join(book, "tracking.csv")).out,
                         self.report(book).out)

    def test_languages(self):
        book = book_path("tracking-table")
        english = self.fine("tracking", book, "--as-of", AS_OF, "--format", "csv").text
        russian = self.fine("tracking", book, "--as-of", AS_OF, "--format", "csv",
                            "--lang=ru").text
        self.assertNotEqual(english, russian)
        self.assertEqual(len(english.splitlines()), len(russian.splitlines()))
        self.assertIn("Иван Петров", english)

    def test_english_table_reads_back(self):
        english = self.fine("tracking", book_path("tracking-table"), "--as-of", AS_OF,
                            "--format", "csv", "--lang", "en").out
        write_bytes(self.path("tracking.csv"), english)
        again = self.fine("tracking", self.path("tracking.csv"), "--as-of", AS_OF, "--format",
                          "csv", "--lang", "en")
        self.assertEqual(again.err, "")
        self.assertEqual(again.out, english)

    def test_formats(self):
        for book in book_names():
            for lang in ("en", "ru"):
                arguments = ["tracking", book_path(book), "--as-of", AS_OF, "--lang", lang]
                found = json.loads(self.fine(*arguments, "--format", "json").text)
                self.assertEqual(found["as_of"], "2025-11-19T23:59:59Z")
                rows = list(csv.reader(io.StringIO(self.fine(*arguments, "--format",
                                                             "csv").text)))
                self.assertEqual(len(found["rows"]), len(rows) - 1)
                self.assertEqual({len(row) for row in rows}, {8})
                text = self.fine(*arguments).text
                for row in rows[len(rows) == 1:]:  # nobody, no headings
                    self.assertIn(row[1], text)


class Explain(CliCase):

    def test_every_opportunity(self):
        for book in book_names():
            for answer in json.loads(self.report(book_path(book)).text)["opportunities"]:
                told = self.fine("explain", book_path(book), answer["opportunity"],
                                 "--as-of", AS_OF).text
                self.assertIn("%.1f" % answer["priority"], told)
                for role in answer["missing_roles"]:
                    self.assertTrue(role in told or role.replace("_", " ") in told.lower(), role)

    def test_languages(self):
        told = [self.fine("explain", book_path("two-scenarios"), "o-gaz", "--as-of", AS_OF, *lang)
                for lang in ((), ("--lang", "en"), ("--lang", "ru"))]
        self.assertEqual(told[0].out, told[1].out)
        self.assertIn("is single-threaded: 1 of 1 person", told[0].text)
        self.assertIn("Вердикт: один контакт. В группе вовлечён 1 из 1 человека.", told[2].text)
        self.assertIn("Приоритет — 28,6 из 100", told[2].text)
        self.refuses(["explain", book_path("two-scenarios"), "o-gaz", "--as-of", AS_OF,
                      "--lang", "de"], "de", "ru")

    def test_unknown(self):
        self.refuses(["explain", book_path("two-scenarios"), "o-none", "--as-of", AS_OF],
                     "o-none", "o-gaz", "o-argo")
        self.refuses(["explain", book_path("two-scenarios"), "", "--as-of", AS_OF], "o-gaz")
        book = self.make_book({"accounts": "account\na\n"})
        self.refuses(["explain", book, "o", "--as-of", AS_OF], "no opportunities")

    def test_many(self):
        rows = "".join("o%02d,a,s,2025-01-01\n" % number for number in range(30))
        book = self.make_book(opportunities="opportunity,account,solution,opened\n" + rows,
                              members=None)
        done = self.refuses(["explain", book, "o", "--as-of", AS_OF], "o00", "...", "--all")
        self.assertNotIn("o29", done.err)


class Path(CliCase):

    def path_json(self, book, opportunity, as_of=AS_OF):
        return json.loads(self.fine("path", book, opportunity, "--as-of", as_of,
                                    "--format", "json").text)

    def test_every_opportunity(self):
        for book in map(book_path, book_names()):
            for answer in json.loads(self.report(book).text)["opportunities"]:
                key = answer["opportunity"]
                path = self.path_json(book, key)
                self.assertEqual(path["priority_before"], answer["priority"])
                self.assertEqual(path["qualified_already"], answer["verdict"] == "qualified")
                self.assertEqual(path["as_of"], "2025-11-19T23:59:59Z")
                told = self.fine("path", book, key, "--as-of", AS_OF).text
                self.assertIn("%s is %squalified" % (
                    key, "" if path["qualified_already"] else "not "), told)
                for number, step in enumerate(path["steps"], 1):
                    who = step["name"] or step["contact"] or step["role"].replace("_", " ")
                    self.assertRegex(told, r"(?m)^ +%d\. .*%s" % (number, who))
                    self.assertIn("%+.1f, to %.1f" % (step["gain"], step["priority"]), told)
                rows = list(csv.DictReader(io.StringIO(
                    self.fine("path", book, key, "--as-of", AS_OF, "--format", "csv").text)))
                self.assertEqual([float(row["priority"]) for row in rows],
                                 [step["priority"] for step in path["steps"]])

    def test_engage(self):
        told = self.fine("path", book_path("red-daisy"), "daisy-hr", "--as-of", "2025-11-08").text
        self.assertIn("1 step would qualify it", told)
        self.assertIn("1. engage Иван Михайлов (ivan), decision maker: +21.6, to 57.8", told)
        self.assertIn("at least 10 points", told)

    def test_identify(self):
        path = self.path_json(self.make_book(), "o")
        self.assertEqual({step["kind"] for step in path["steps"]}, {"identify"})
        told = self.fine("path", self.make_book(), "o", "--as-of", AS_OF).text
        self.assertIn("identify a new decision maker", told)

    def test_none(self):
        book = self.make_book(policy="parameter,value\nmode.budget,required\n"
                                     "path_steps,1\nmin_members_identified,9\n")
        path = self.path_json(book, "o")
        self.assertFalse(path["exists"])
        self.assertEqual(path["unmet"], ["members_identified", "required_seats", "budget"])
        told = self.fine("path", book, "o", "--as-of", AS_OF).text
        self.assertIn("No path of at most 1 step ", told)
        self.assertIn("budget: required, and no step can supply it", told)
        self.assertIn("members identified: out of reach", told)

    def test_names_are_escaped(self):
        book = self.make_book(contacts='contact,account,name\np,a,"P ""\\"" \t"\nq,a,Qui\n',
                              signals=None, policy="parameter,value\nmin_members_identified,2\n"
                                                   "mode.required_seats,off\nmin_intent,0.3\n"
                                                   "min_members_engaged,1\n"
                                                   "min_coverage_engaged,0.2\n")
        path = self.path_json(book, "o")
        self.assertEqual([step["name"] for step in path["steps"]], ['P "\\" \t'])

    def test_usage(self):
        self.refuses(["path", book_path("two-scenarios"), "o-none", "--as-of", AS_OF], "o-gaz")
        self.refuses(["path", book_path("two-scenarios"), "o-gaz"], "--as-of")
        self.refuses(["path", book_path("two-scenarios"), "--as-of", AS_OF], "OPPORTUNITY")


class Nrr(CliCase):

    def nrr(self, start, expansion, contraction, churn, *more):
        return ["nrr", "--start=" + start, "--expansion=" + expansion,
                "--contraction=" + contraction, "--churn=" + churn] + list(more)

    def test_the_worked_example(self):
        text = self.fine(*NRR).text
        self.assertIn("NRR 105.00 %, exactly 21/20, growing", text)
        self.assertIn("GRR 85.00 %, exactly 17/20", text)

    def test_trends(self):
        self.assertIn("100.00 %, exactly 1/1, stable", self.fine(*self.nrr("5", "1", "1", "0")).text)
        text = self.fine(*self.nrr("100", "0", "150", "0")).text
        self.assertIn("NRR -50.00 %, exactly -1/2, shrinking", text)
        self.assertIn("GRR 0.00 %, exactly 0/1", text)
        text = self.fine(*self.nrr("9007199254740993", "0", "0.01", "0")).text
        self.assertIn("shrinking", text)

    def test_decimals_are_exact(self):
        self.assertIn("4/3, growing", self.fine(*self.nrr("0.30", "0.10", "0", "0")).text)
        self.assertIn("101/100,", self.fine(*self.nrr("1", "0.01", "0", "0")).text)
        self.assertIn("1001/1000,",
                      self.fine(*self.nrr("1", "0.001", "0", "0", "--currency", "KWD")).text)
        self.fine(*self.nrr("92233720368547758.07", "0", "0", "0"))
        self.fine(*self.nrr("9223372036854775807", "0", "0", "0", "--currency=JPY"))

    def test_places(self):
        self.refuses(self.nrr("1", "0.001", "0", "0"), "--expansion", "2")
        self.refuses(self.nrr("1.5", "0", "0", "0", "--currency", "JPY"), "--start", "0")
        self.refuses(self.nrr("1.0001", "0", "0", "0", "--currency", "KWD"), "--start", "3")

    def test_what_is_no_amount(self):
        for text in ("x", "1,000", "1e6", "0x10", "1.", ".5", "1.2.3", "+1", " 1", "1 ", "1_000",
                     "inf", "nan", "١"):
            self.refuses(self.nrr(text, "0", "0", "0"), "--start", "1000000")
        self.refuses(self.nrr("1", "0", "0", "-5"), "--churn", "negative", "without a sign")
        self.refuses(["nrr", "--start", "-1", "--expansion", "0", "--contraction", "0",
                      "--churn", "0"], "negative")
        for text in ("92233720368547758.08", "9" * 30, "1" + "0" * 400):
            self.refuses(self.nrr(text, "0", "0", "0"), "64 bits")
        self.refuses(self.nrr("1", "92233720368547758.07", "0", "0"), "64 bits")

    def test_zero(self):
        self.refuses(self.nrr("0", "5", "0", "0"), "--start 0", "no rate")
        self.refuses(self.nrr("0.00", "0", "0", "0"), "no rate")

    def test_missing(self):
        done = self.refuses(["nrr"], "--start", "more than 0")
        self.assertNotIn("give 0", done.err)
        self.refuses(NRR[:7], "--churn", "give 0")

    def test_currency(self):
        for code in ("EURO", "E", "EU1", "eu", "euro", "Р$€", "E\u00dc"):
            self.refuses(NRR + ["--currency", code], "--currency", "ISO 4217")
        for code in ("EUR", "RUB", "XYZ", "eur", "Eur"):
            self.fine(*NRR, "--currency", code)
        self.refuses(self.nrr("1.5", "0", "0", "0", "--currency", "jpy"), "--start", "0")
        self.assertIn("1001/1000,",
                      self.fine(*self.nrr("1", "0.001", "0", "0", "--currency", "kwd")).text)


class Policy(CliCase):

    def values(self, text):
        return {line.split()[0]: line.split()[1] for line in text.splitlines()}

    def test_defaults(self):
        text = self.fine("policy").text
        values = self.values(text)
        for key, value in {"half_life_days": "30", "half_engagement_points": "20",
                           "engaged_points": "2.5", "coverage_floor": "0.25",
                           "hysteresis": "0.8", "mode.intent": "required",
                           "mode.budget": "advisory", "points.unsubscribe": "-10",
                           "points.email_open": "0.5", "points.meeting": "20"}.items():
            self.assertEqual(values[key], value)
        for line in text.splitlines():
            self.assertGreaterEqual(len(line.split()), 7, line)

    def test_of_a_book(self):
        book = self.make_book(policy="parameter,value\nhalf_life_days,45\nmode.fit,off\n",
                              kinds="kind,category,points\nвизит,named,7.125\n")
        text = self.fine("policy", book).text
        values = self.values(text)
        self.assertEqual(values["half_life_days"], "45")
        self.assertEqual(values["mode.fit"], "off")
        self.assertEqual(values["points.визит"], "7.125")
        column = text.splitlines()[0].index("value")
        for line in text.splitlines():
            self.assertEqual(line[column - 1], " ")
            self.assertNotEqual(line[column], " ")

    def test_language(self):
        self.assertNotEqual(self.fine("policy", "--lang", "ru").text, self.fine("policy").text)
        self.refuses(["policy", "--lang", "xx"], "ru")


class Check(CliCase):
    """Bad rows are refused and told; the good ones are kept."""

    def expect(self, book, *rows):
        """`check` refuses exactly these (table, row, column) and gives exit code 1."""
        code, found = self.check(book)
        refused = [(row["table"], row["row"], row["column"]) for row in found
                   if row["refused"] == "1"]
        self.assertEqual(sorted(refused), sorted(rows), found)
        self.assertEqual(code, NO if rows else FINE)
        for row in found:
            self.assertTrue(row["reason"], row)
            self.assertLessEqual(len(row["value"]), 40)
        self.keeps_going(book, len(rows))
        return found

    def keeps_going(self, book, refused):
        done = self.fine("report", book, "--as-of", AS_OF)
        strict = self.run_qbg("report", book, "--as-of", AS_OF, "--strict")
        self.assertEqual(strict.code, NO if refused else FINE)
        if refused:
            self.assertIn("refused", done.err)
            self.assertIn("qbg check", done.err)
            self.assertEqual(strict.out, b"")
            self.assertIn("--strict", strict.err)

    def test_a_good_book(self):
        book = self.make_book()
        self.assertIn("fine", self.fine("check", book).text)
        self.assertEqual(self.fine("check", book, "--strict").err, "")
        self.assertEqual(json.loads(self.fine("check", book, "--format", "json").text), [])
        self.assertEqual(self.check(book), (FINE, []))

    def test_the_examples(self):
        for name in book_names():
            done = self.run_qbg("check", book_path(name))
            self.assertEqual(done.code, NO if name == "corner-cases" else FINE, name)

    def test_formats(self):
        book = self.make_book(members=SMALL["members"] + "o,nobody,champion\n")
        text = self.run_qbg("check", book)
        self.assertEqual(text.code, NO)
        self.assertIn("nobody", text.text)
        rows = json.loads(self.run_qbg("check", book, "--format", "json").text)
        self.assertEqual([row["value"] for row in rows], ["nobody"])
        self.assertEqual(self.run_qbg("check", book, "-o", self.path("list")).code, NO)
        self.assertEqual(read_bytes(self.path("list")), text.out)

    def test_unknown_kind(self):
        self.expect(self.make_book(signals=SMALL["signals"] + "2025-11-11,dance,p,,\n"),
                    ("signals", "4", "kind"))

    def test_unknown_keys(self):
        self.expect(self.make_book(members=SMALL["members"] + "o,x,\nx,p,\no,p,no_such_role\n"),
                    ("members", "4", "contact"), ("members", "5", "opportunity"),
                    ("members", "6", "role"))

    def test_bad_dates(self):
        self.expect(self.make_book(signals=SMALL["signals"] + "yesterday,call,p,,\n"
                                   "1969-12-31,call,p,,\n2025-02-30,call,p,,\n,call,p,,\n"),
                    *[("signals", str(row), "time") for row in (4, 5, 6, 7)])

    def test_huge_numbers(self):
        head = "opportunity,account,solution,opened,amount,currency\n"
        found = self.expect(
            self.make_book(opportunities=head + "o,a,s,2025-01-01,1,RUB\n"
                           "o2,a,s,2025-01-01,99999999999999999999999999,RUB\n"
                           "o3,a,s,2025-01-01,1e400,RUB\no4,a,s,2025-01-01,NaN,RUB\n"
                           "o5,a,s,2025-01-01,%s,RUB\n" % ("9" * 1000)),
            *[("opportunities", str(row), "amount") for row in (3, 4, 5, 6)])
        self.assertEqual(len(found), 4)

    def test_unknown_column(self):
        book = self.make_book(accounts="account,name,colour\na,A,red\nb,B,blue\n")
        code, found = self.check(book)
        self.assertEqual((code, len(found)), (FINE, 1))
        self.assertEqual((found[0]["table"], found[0]["refused"]), ("accounts", "0"))
        self.assertEqual(self.check(book, "--strict")[0], NO)
        done = self.fine("report", book, "--as-of", AS_OF, "--strict")
        self.assertEqual(done.err, "")

    def test_remarks_are_for_check_alone(self):
        book = self.make_book(accounts="account,name,colour\na,A,red\n")
        for command in (["report", book], ["tracking", book], ["explain", book, "o"]):
            self.assertEqual(self.fine(*command, "--as-of", AS_OF).err, "")
        self.assertEqual(self.fine("policy", book).err, "")
        self.assertIn("colour", self.fine("check", book).text)

    def test_what_a_written_book_lacks_is_told(self):
        book = self.make_book(accounts="account,name,colour\na,A,red\n")
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("colour", self.fine("write", book, os.path.join(folder, "b")).err)

    def test_missing_column(self):
        code, found = self.check(self.make_book(members="contact,role\np,champion\n"))
        self.assertEqual(code, NO)
        self.assertEqual({row["table"] for row in found}, {"members"})

    def test_bad_utf8(self):
        book = self.make_book(contacts=b"contact,account,name\np,a,P\nq,a,\xff\xfe\nr\xc0,a,R\n")
        code, found = self.check(book)
        self.assertEqual(code, NO)
        rows = {(row["table"], row["row"]) for row in found if row["refused"] == "1"}
        self.assertLessEqual({("contacts", "3"), ("contacts", "4")}, rows)
        json.loads(self.report(book).text)

    def test_broken_csv(self):
        for text in ('account,name\na,"A\nb,B\n', 'account,name\na,"A"x\n', 'account,name\na,A"x\n'):
            book = self.make_book(accounts=text)
            code, found = self.check(book)
            self.assertEqual(code, NO, text)
            self.assertIn("accounts", {row["table"] for row in found})
            self.report(book)

    def test_noise(self):
        for data in (b"\0" * 100, bytes(range(256)) * 20, b"\n\n\n", b"\xef\xbb\xbf", b"",
                     b"account", b"account\n", b",,,\n,,,\n", b'"', b"a" * 100000, b"," * 100000,
                     b"\xef\xbb\xbf\xef\xbb\xbfaccount\na\n"):
            book = self.make_book(accounts=data)
            self.check(book)
            self.report(book)

    def test_random_noise(self):
        rng = random.Random(7)
        letters = [b",", b"\n", b'"', b";", b"a", b"o", b"2025-01-01", b"\r", b"account",
                   b"\xd0\xbf", b"\xd0", b"", b"1", b"-", b"champion"]
        for _ in range(60):
            table = rng.choice(sorted(SMALL))
            data = SMALL[table].encode("utf-8") if rng.random() < 0.5 else b""
            data += b"".join(rng.choice(letters) for _ in range(rng.randrange(200)))
            book = self.make_book(**{table: data})
            self.check(book)
            self.report(book)

    def test_summary(self):
        rows = "".join("o,nobody%d,\n" % number for number in range(7))
        book = self.make_book(members=SMALL["members"] + rows,
                              accounts="account,colour\na,red\n")
        done = self.fine("report", book, "--as-of", AS_OF)
        lines = done.err.splitlines()
        self.assertEqual(lines[0], "qbg: 7 rows were refused, 1 remark; run `qbg check %s` "
                                   "for the list" % book)
        self.assertEqual(len(lines), 7)
        self.assertTrue(lines[1].startswith("  members.csv row 4, contact: 'nobody0' - "), lines)
        self.assertEqual(lines[6], "  ...")
        for command in (["tracking", book], ["explain", book, "o"]):
            self.assertEqual(self.fine(*command, "--as-of", AS_OF).err, done.err)

    BIDI = "".join(chr(code) for code in [*range(0x202a, 0x202f), *range(0x2066, 0x206a)])

    def assert_plain(self, text):
        for letter in self.BIDI + "\x1b\x07\x9b":
            self.assertNotIn(letter, text)

    def test_no_turned_text_on_the_terminal(self):
        evil = "a%sb" % self.BIDI
        book = self.make_book(
            accounts="account,name\na,%s\n" % evil,
            contacts="contact,account,name,title\np,a,%s,%s\nq,a,Qui,CIO\n" % (evil, evil),
            members="opportunity,contact,role,note\no,p,,%s\no,q,champion,\no,%s,,\n"
                    % (evil, evil),
            kinds="kind,category,points\n%s,named,1\n" % evil)
        for command in (["report", book, "--as-of", AS_OF], ["tracking", book, "--as-of", AS_OF],
                        ["explain", book, "o", "--as-of", AS_OF], ["policy", book]):
            done = self.fine(*command)
            self.assertIn("a" + " " * len(self.BIDI) + "b", done.text)
            self.assertIn("a" + " " * len(self.BIDI) + "b", done.err)
            self.assert_plain(done.text)
            self.assert_plain(done.err)
        self.assert_plain(self.run_qbg("check", book).text)
        for form in ("csv", "json"):
            done = self.fine("tracking", book, "--as-of", AS_OF, "--format", form)
            self.assertIn(evil, done.text)
            self.assertIn(evil, self.run_qbg("check", book, "--format", form).text)

    def test_no_turned_text_in_messages(self):
        evil = "a%s\x1b[31m\u009bb" % self.BIDI
        book = self.make_book()
        write_bytes(os.path.join(book, evil + ".csv"), "x\n")
        for arguments in ([evil], ["help", evil], ["report", evil, "--as-of", AS_OF],
                          ["report", book, "--as-of", evil], ["report", book, "--" + evil],
                          ["explain", book, evil, "--as-of", AS_OF], ["check", book, evil],
                          ["nrr", "--start", evil, "--expansion", "1", "--contraction", "0",
                           "--churn", "0"], ["write", book, book + "/" + evil + "/x"]):
            self.assert_plain(self.refuses(arguments).err)
        self.assert_plain(self.fine("report", book, "--as-of", AS_OF).err)
        fine = self.path(evil)
        os.rename(self.make_book(name="plain"), fine)
        self.assert_plain(self.fine("check", fine).text)

    def test_no_control_characters_on_the_terminal(self):
        book = self.make_book(members=SMALL["members"] + "o,\x1b[31mred\x07,\n")
        done = self.fine("report", book, "--as-of", AS_OF)
        self.assertIn("red", done.err)
        self.assertNotIn("\x1b", done.err)
        self.assertNotIn("\x07", done.err)

    def test_the_list_can_be_mended(self):
        """The refusals say which rows to mend; mended, the book is fine."""
        book = self.make_book(members=SMALL["members"] + "o,nobody,champion\n")
        _, found = self.check(book)
        lines = (SMALL["members"] + "o,nobody,champion\n").splitlines()
        row = int(found[0]["row"])
        lines[row - 1] = lines[row - 1].replace(found[0]["value"], "p")
        self.make_book(members="\n".join(lines) + "\n")
        self.assertEqual(self.check(book), (FINE, []))


class Exports(CliCase):
    """What a CRM exported, read with --dialect."""

    ACCOUNTS = "Id,IsDeleted,Name,Fax\na,0,Iris,1\nb,true,Gone,\n"
    DEALS = "Id,AccountId,StageName,CreatedDate,Area__c\no,a,Open,2025-01-01,hr\np,b,Open,,\n"

    def example(self, name):
        return os.path.join(os.path.dirname(BOOKS), "exports", name)

    def counts(self, path, *arguments):
        done = self.fine("tables", path, "--format", "csv", *arguments)
        rows = list(csv.DictReader(io.StringIO(done.text)))
        for row in rows:
            self.assertEqual(int(row["rows"]), int(row["loaded"]) + int(row["refused"]), row)
        return {row["table"]: row for row in rows}

    def test_examples(self):
        for dialect, deal in ("salesforce", "006A000001HRAAAAA1"), ("hubspot", "301"):
            path = self.example(dialect)
            counts = self.counts(path, "--dialect", dialect)
            for name in os.listdir(path):
                lines = read_bytes(os.path.join(path, name)).decode("utf-8").splitlines()
                self.assertEqual(int(counts[name[:-4]]["rows"]), len(lines) - 1, name)
            done = self.fine("report", path, "--dialect", dialect, "--as-of", AS_OF,
                             "--format", "json")
            found = json.loads(done.text)["opportunities"]
            self.assertEqual([group["opportunity"] for group in found], [deal])
            self.assertEqual(found[0]["verdict"], "multi_threaded")
            self.assertIn("rows were refused", done.err)
            self.fine("explain", path, deal, "--dialect", dialect, "--as-of", AS_OF)

    def test_written_as_a_book(self):
        for dialect in "salesforce", "hubspot":
            path, book = self.example(dialect), self.path(dialect)
            self.fine("write", path, book, "--dialect", dialect)
            self.assertEqual(self.check(book), (FINE, []))
            reports = [self.fine("report", *where, "--as-of", AS_OF, "--format", "json", "--all")
                       for where in ((path, "--dialect", dialect), (book,))]
            self.assertEqual(reports[0].text, reports[1].text)

    def test_solutions(self):
        book = self.make_book({"Account": self.ACCOUNTS, "Opportunity": self.DEALS})
        def solution(*arguments):
            self.fine("write", book, self.path("out"), "--force", "--dialect", "salesforce",
                      *arguments)
            rows = read_bytes(self.path("out", "opportunities.csv")).decode("utf-8").splitlines()
            return rows[1].split(",")[2]
        self.assertEqual(solution(), "default")
        self.assertEqual(solution("--solution", "rest"), "rest")
        self.assertEqual(solution("--solution-column", "Area__c"), "hr")
        write_bytes(os.path.join(book, "solutions.csv"), "solution,content\nhr,hr/\n")
        self.assertEqual(solution("--solution-column=area c"), "hr")
        self.assertIn(b"hr,,standard,hr/", read_bytes(self.path("out", "solutions.csv")))
        self.assertNotIn("solutions", self.counts(book, "--dialect", "salesforce"))
        write_bytes(os.path.join(book, "solutions.csv"), "solution,template\nhr,none\n")
        self.refuses(["check", book, "--dialect", "salesforce"], "beside the export")

    def test_refusals(self):
        book = self.make_book({"Account": self.ACCOUNTS, "sf_opportunity_data": self.DEALS,
                               "Planets": "Id\n1\n"})
        code, rows = self.check(book, "--dialect", "salesforce")
        self.assertEqual(code, NO)
        self.assertEqual([(row["table"], row["row"], row["column"], row["refused"]) for row in rows],
                         [("Account", "1", "Fax", "0"), ("Planets", "1", "", "0"),
                          ("sf_opportunity_data", "1", "Area__c", "0"),
                          ("sf_opportunity_data", "3", "AccountId", "1")])
        done = self.fine("report", book, "--dialect", "salesforce", "--as-of", AS_OF)
        self.assertIn("sf_opportunity_data row 3, AccountId: 'b' - ", done.err)
        self.refuses(["report", book, "--dialect", "salesforce", "--as-of", AS_OF, "--strict"],
                     "1 row was refused", code=NO)

    def test_single_files(self):
        book = self.make_book({"Account": self.ACCOUNTS})
        write_bytes(self.path("Account.json"), '[{"Id": "x", "Name": "X"}]')
        for path in os.path.join(book, "Account.csv"), self.path("Account.json"):
            counts = self.counts(path, "--dialect", "salesforce")
            self.assertEqual(list(counts), ["Account"])

    def test_a_books_own_tables(self):
        rows = self.counts(self.make_book(accounts="account\na\n", contacts="contact,account\nx,y\n"))
        self.assertEqual((rows["accounts"]["loaded"], rows["contacts"]["refused"]), ("1", "1"))

    def test_wrong_usage(self):
        book = self.make_book()
        self.refuses(["check", book, "--dialect", "siebel"], "salesforce, hubspot")
        self.refuses(["check", self.path("none"), "--dialect", "hubspot"], "cannot find")
        os.makedirs(self.path("empty"))
        self.refuses(["check", self.path("empty"), "--dialect", "hubspot"], "no CSV or JSON")
        write_bytes(self.path("notes.txt"), "x")
        self.refuses(["check", self.path("notes.txt"), "--dialect", "hubspot"], "CSV or JSON")
        self.refuses(["policy", "--dialect", "hubspot"], "--dialect")
        self.refuses(["check", book, "--solution", "x"], "--dialect")


class Duplicates(CliCase):

    def setUp(self):
        super().setUp()
        self.book = self.make_book(
            accounts="account,name,domains\na,Ель,el.example\nb,«ЕЛЬ»,El.example\nc,Дуб,mail.ru\n"
                     "d,Бук,mail.ru\n",
            contacts="contact,account,name,title,email\np,a,Пётр Волков,CFO,petr@el.example\n"
                     "q,a,Qui Gon,CIO,Petr@el.example\nr,a,\"Волков, Петр\",CFO,info@el.example\n"
                     "s,b,Пётр Волков,,info@el.example\n")
        self.rows = [["account", "a", "b", "0", "1", "domain;name", "0.88", "0", "0"],
                     ["contact", "p", "q", "0", "1", "email", "0.9", "0", "0"],
                     ["contact", "p", "r", "0", "2", "name", "0.6", "0", "0"]]

    def test_formats(self):
        lines = self.fine("duplicates", self.book).text.splitlines()
        self.assertEqual([line.split()[:6] for line in lines[2:]],
                         [row[:6] for row in self.rows])
        table = list(csv.reader(io.StringIO(
            self.fine("duplicates", self.book, "--format", "csv").text)))
        self.assertEqual(table[0], "entity first second first_number second_number reason "
                                   "confidence first_tag second_tag".split())
        self.assertEqual(table[1:], self.rows)
        told = json.loads(self.fine("duplicates", self.book, "--format", "json").text)
        self.assertEqual([[str(cell) for cell in row.values()] for row in told], self.rows)

    def test_nothing_personal_is_told(self):
        for form in ("text", "csv", "json"):
            text = self.fine("duplicates", self.book, "--format", form).text.lower()
            for secret in ("волков", "qui", "ель", "@", "example", "mail.ru"):
                self.assertNotIn(secret, text)

    def test_none(self):
        book = self.make_book(name="other")
        self.assertIn("look like one", self.fine("duplicates", book).text)
        self.assertEqual(json.loads(self.fine("duplicates", book, "--format", "json").text), [])
        self.assertEqual(len(self.fine("duplicates", book, "--format", "csv").text.splitlines()), 1)

    def test_refused_rows(self):
        self.make_book(contacts="contact,account,email\np,a,x@y\nq,a,x@y\nr,nowhere,x@y\n")
        done = self.fine("duplicates", self.book, "--format", "csv")
        self.assertIn("nowhere", done.err)
        self.assertIn("contact,p,q,0,1,email,0.9", done.text)
        self.refuses(["duplicates", self.book, "--strict"], "nowhere", code=NO)

    def test_the_order_of_rows_does_not_matter(self):
        for name in ("accounts.csv", "contacts.csv"):
            path = os.path.join(self.book, name)
            lines = read_bytes(path).splitlines(True)
            write_bytes(path, b"".join(lines[:1] + lines[:0:-1]))
        table = list(csv.reader(io.StringIO(
            self.fine("duplicates", self.book, "--format", "csv").text)))
        self.assertEqual([row[:3] + row[5:] for row in table[1:]],
                         [row[:3] + row[5:] for row in self.rows])


class Changes(CliCase):
    """qbg changes: what happened between two days."""

    def setUp(self):
        super().setUp()
        self.book = book_path("red-daisy")

    def told(self, *period):
        return self.fine("changes", self.book, *period).text.splitlines()

    def test_a_line_each(self):
        lines = self.told("--from", "2025-11-10", "--to", "2025-12-31")
        self.assertEqual(lines, [
            "2025-11-10  daisy-hr  olga became engaged: 2025-11-10T12:00:00Z content_download",
            "2025-11-10  daisy-hr  qualified: 2025-11-10T12:00:00Z content_download",
            "2025-11-14  daisy/hr  group forming: 2025-10-20T09:00:00Z content_download;"
            "2025-10-22T11:30:00Z webinar_attendance;2025-10-29T08:10:00Z trial_start;"
            "2025-11-03T15:00:00Z content_read;2025-11-05T10:00:00Z webinar_attendance;"
            "2025-11-10T12:00:00Z content_download;2025-11-14T09:45:00Z event_registration",
            "2025-11-14  daisy-hr  ivan became engaged: 2025-11-14T09:45:00Z event_registration",
            "2025-12-15  daisy-hr  ivan fell silent: time that passed, the last signal "
            "2025-11-14T09:45:00Z event_registration",
            "2025-12-31  daisy-hr  no longer qualified: time that passed, the last signal "
            "2025-11-30T00:00:00Z meeting"])
        self.assertEqual(self.told("--from", "2025-11-11", "--to", "2025-11-13"),
                         ["nothing changed"])

    def test_days_and_instants(self):
        noon, later = "2025-11-10T12:00:00Z", "2025-11-10T12:00:01Z"
        self.assertEqual(len(self.told("--from", "2025-11-10", "--to", "2025-11-10")), 2)
        self.assertEqual(len(self.told("--from", "2025-11-10", "--to", noon)), 2)
        self.assertEqual(self.told("--from", noon, "--to", later), ["nothing changed"])

    def test_formats(self):
        period = ("--from", "2025-11-10", "--to", "2025-11-10")
        table = list(csv.DictReader(io.StringIO(
            self.fine("changes", self.book, *period, "--format", "csv").text)))
        told = json.loads(self.fine("changes", self.book, *period, "--format", "json").text)
        for rows in (table, told):
            self.assertEqual([row["change"] for row in rows], ["engaged", "qualified"])
            self.assertEqual({row["time"] for row in rows}, {"2025-11-10T23:59:59Z"})
            self.assertEqual(rows[1]["verdict"], "qualified")

    def test_wrong_periods(self):
        self.refuses(["changes", self.book, "--to", "2025-11-10"], "--from is required")
        self.refuses(["changes", self.book, "--from", "2025-11-10"], "--to is required")
        self.refuses(["changes", self.book, "--from", "2025-11-10", "--to", "2025-11-09"],
                     "does not come after")
        self.refuses(["changes", self.book, "--from", "soon", "--to", "2025-11-09"], "not a time")


class Propose(CliCase):
    """What should be done about a book."""

    def test_a_line_each(self):
        self.assertEqual(self.fine("propose", book_path("forming"), "--as-of", AS_OF)
                         .text.splitlines(), [
                             "1.000  open daisy/hr: forming",
                             "0.800  add elena to daisy/hr: signals;more_signals;account",
                             "0.750  add ivan to daisy/hr: signals;account",
                             "0.750  add olga to daisy/hr: signals;account",
                             "0.750  add sergey to daisy/hr: signals;account"])
        self.assertEqual(self.fine("propose", book_path("talent"), "--as-of", AS_OF).text,
                         "nothing is proposed\n")

    def test_formats(self):
        table = list(csv.DictReader(io.StringIO(
            self.fine("propose", book_path("forming"), "--as-of", AS_OF, "--format", "csv").text)))
        self.assertEqual([row["proposal"] for row in table], ["open"] + 4 * ["join"])
        self.assertEqual({row["since"] for row in table}, {"2025-11-14T09:45:00Z"})
        told = json.loads(self.fine("propose", book_path("forming"), "--as-of", AS_OF,
                                    "--format", "json").text)
        self.assertEqual([row["contact"] for row in told],
                         [None, "elena", "ivan", "olga", "sergey"])


class Detect(CliCase):
    """Groups that form, and what is usual."""

    COLUMNS = ("account solution since crossed latency_days people visitors regulars newcomers "
               "expected p_value departments categories who roles missing_roles opportunity "
               "account_number account_tag solution_tag opportunity_tag").split()

    def rows(self, book, as_of=AS_OF, *more):
        done = self.fine("detect", book_path(book), "--as-of", as_of, "--format", "csv", *more)
        table = list(csv.reader(io.StringIO(done.text)))
        self.assertEqual(table[0], self.COLUMNS)
        return [dict(zip(self.COLUMNS, row)) for row in table[1:]]

    def groups(self, book, as_of=AS_OF, *more):
        return [(row["account"], row["crossed"][:10], row["newcomers"], row["opportunity"])
                for row in self.rows(book, as_of, *more)]

    def test_the_seed_books(self):
        """Five people in three weeks and three on talent management; one man with eighteen visits,
        or one with five acts, is none, nor is a big customer's usual noise."""
        self.assertEqual(self.groups("red-daisy"), [("daisy", "2025-11-14", "4", "daisy-hr")])
        self.assertEqual(self.groups("talent"), [("five", "2025-11-12", "5", "o-five"),
                                                 ("three", "2025-11-13", "3", "o-three")])
        self.assertEqual(self.groups("two-scenarios"), [("argo", "2025-11-12", "4", "o-argo")])
        self.assertEqual(self.groups("forming"), [("daisy", "2025-11-14", "4", "")])
        self.assertEqual(self.groups("forming", "2025-11-13"), [])

    def test_formats(self):
        row, = self.rows("forming")
        self.assertEqual((row["since"], row["latency_days"], row["who"], row["missing_roles"]),
                         ("2025-10-08T10:00:00Z", "36", "elena;ivan;olga;sergey", "end_user"))
        told = json.loads(self.fine("detect", book_path("forming"), "--as-of", AS_OF,
                                    "--format", "json").text)
        self.assertEqual([list(one) for one in told], [self.COLUMNS])
        self.assertEqual({key: "" if value is None else str(value)
                          for key, value in told[0].items() if type(value) is not float},
                         {key: value for key, value in row.items()
                          if key not in ("expected", "p_value")})
        self.assertEqual(told[0]["p_value"], float(row["p_value"]))
        text = self.fine("detect", book_path("forming"), "--as-of", AS_OF).text
        for part in ("Красная ромашка", "4 people and 2 anonymous visitors since 2025-10-08",
                     "seen on 2025-11-14, 36 days", "4 new within 21 days", "olga (economic buyer)",
                     "named, anonymous, third party", "missing: end user", "no opportunity is open"):
            self.assertIn(part, text)
        none = self.fine("detect", book_path("forming"), "--as-of", "2025-11-13")
        self.assertEqual(none.text, "No group is forming as of 2025-11-13\n")

    def test_odd_keys(self):
        """Keys with separators and quotes, no solution, a host's role and several roles."""
        book = self.make_book(
            accounts='account,name\n"a,""b",Ель\n',
            contacts='contact,account,title\n' + "".join(f'"p;{i}","a,""b",CFO\n' for i in range(4)),
            opportunities='opportunity,account,solution\no,"a,""b",s\n',
            members="opportunity,contact,role\no,p;0,champion;coach\n",
            signals="time,kind,contact\n" + "".join(
                f"2025-11-1{i},content_read,p;{i}\n" for i in range(1, 4))
            + "2025-11-11,meeting,p;0\n2025-11-12,page_view,p;0\n")
        table = list(csv.DictReader(io.StringIO(
            self.fine("detect", book, "--as-of", AS_OF, "--format", "csv").text)))
        self.assertEqual([(row["account"], row["solution"], row["who"]) for row in table],
                         [('a,"b', "", "p;1;p;2;p;3")])
        told = json.loads(self.fine("detect", book, "--as-of", AS_OF, "--format", "json").text)
        self.assertIsNone(told[0]["solution"])
        self.assertIn("about no known solution", self.fine("detect", book, "--as-of", AS_OF).text)

    def test_figures_from_a_file(self):
        done = self.fine("baseline", book_path("forming"), "--as-of", AS_OF)
        lines = done.text.splitlines()
        self.assertEqual(lines[:2], ["figure,value", "period_s,31536000"])
        self.assertEqual(lines[2:5], ["contacts.0,2", "contacts.1,1", "contacts.24,1"])
        path = self.path("figures.csv")
        write_bytes(path, done.text.encode())
        self.assertEqual(self.rows("forming", AS_OF, "--baseline", path), self.rows("forming"))
        write_bytes(path, b"figure,value\r\nperiod_s,31536000\r\ncontacts.20,1000\r\n")
        self.assertEqual(self.groups("forming", AS_OF, "--baseline", path), [])

    def test_bad_figures(self):
        path = self.path("figures.csv")
        command = ["detect", book_path("forming"), "--as-of", AS_OF, "--baseline", path]
        self.refuses(command, "cannot open")
        for text, *parts in (("", "empty"), ("contacts.0,4\n", "line 1", "figure,value"),
                             ("figure,value\ncontacts.0\n", "line 2"),
                             ("figure,value\ncontacts.0,x\n", "line 2"),
                             ("figure,value\ncontacts.0,4x\n", "line 2"),
                             ("figure,value\ncontacts.0,99999999999999999999\n", "line 2"),
                             ("figure,value\ncontacts.17,4\n", "contacts.17", "no figure"),
                             ("figure,value\n\ncontacts.0,-4\n", "line 3", "out of range")):
            write_bytes(path, text.encode())
            self.refuses(command, path, *parts)

    def test_years_before_1970_are_no_history(self):
        self.assertEqual(self.groups("forming", "1970-01-20"), [])
        self.assertEqual(self.fine("baseline", book_path("forming"), "--as-of", "1970-01-20").text,
                         "figure,value\n")
class Match(CliCase):

    def setUp(self):
        super().setUp()
        self.book = self.make_book(
            accounts="account,name,domains\na,ООО «Ель»,el.example;yolka.example\nb,Дуб,mail.ru\n"
                     "c,АО «Дуб»,\nd,Бук,buk.example\n",
            contacts="contact,account,name,email,company\n"
                     "p,,Пётр Волков,petr@spb.El.example,\n"
                     "q,,Qui Gon,qui@mail.ru,\"Дуб, ООО\"\n"
                     "r,,Анна,,Дуб\n"
                     "s,,Olga,olga@el.example,Buk LLC\n"
                     "t,a,Ира,ira@buk.example,\n"
                     "u,,Ира,ira@oak.example,Buk\n")
        self.rows = [["p", "a", "0", "0", "match", "domain", "0.9", "0", "0"],
                     ["q", "b", "1", "1", "match", "name", "0.8", "0", "0"],
                     ["r", "b", "2", "1", "ambiguous", "name", "", "0", "0"],
                     ["r", "c", "2", "2", "ambiguous", "name", "", "0", "0"],
                     ["s", "a", "3", "0", "ambiguous", "domain", "", "0", "0"],
                     ["s", "d", "3", "3", "ambiguous", "transliteration;other_domain", "", "0", "0"],
                     ["u", "d", "5", "3", "match", "transliteration;other_domain", "0.5", "0", "0"]]

    def test_formats(self):
        table = list(csv.reader(io.StringIO(
            self.fine("match", self.book, "--format", "csv").text)))
        self.assertEqual(table[0], "contact account contact_number account_number outcome reason "
                                   "confidence contact_tag account_tag".split())
        self.assertEqual(table[1:], self.rows)
        lines = self.fine("match", self.book).text.splitlines()
        self.assertEqual([line.split()[:6] for line in lines[2:]],
                         [row[:6] for row in self.rows])
        told = json.loads(self.fine("match", self.book, "--format", "json").text)
        self.assertEqual([["" if cell is None else str(cell) for cell in row.values()]
                          for row in told], self.rows)

    def test_nothing_personal_is_told(self):
        for form in ("text", "csv", "json"):
            text = self.fine("match", self.book, "--format", form).text.lower()
            for secret in ("волков", "qui", "ель", "дуб", "@", "example", "mail.ru"):
                self.assertNotIn(secret, text)

    def test_none(self):
        book = self.make_book(name="other")
        self.assertIn("no account is found", self.fine("match", book).text)
        self.assertEqual(json.loads(self.fine("match", book, "--format", "json").text), [])
        self.assertEqual(len(self.fine("match", book, "--format", "csv").text.splitlines()), 1)

    def test_refused_rows(self):
        self.make_book(accounts="account,domains\na,el.example\n",
                       contacts="contact,account,email\np,,ann@el.example\nr,nowhere,x@y\n")
        done = self.fine("match", self.book, "--format", "csv")
        self.assertIn("nowhere", done.err)
        self.assertIn("p,a,0,0,match,domain,0.9", done.text)
        self.refuses(["match", self.book, "--strict"], "nowhere", code=NO)
class Titles(CliCase):
    """Job titles as department and seniority, row by row."""

    HEADER = ["title", "department", "seniority", "confidence", "because"]

    def read(self, data, *more, name="titles.txt", err=""):
        """The rows of the answer about a file, and about the same on standard input."""
        path = self.path(name)
        write_bytes(path, data)
        done = self.fine("titles", path, *more)
        self.assertEqual(done.err, err)
        with open(path, "rb") as stream:
            piped = subprocess.run([QBG, "titles", "-", *more], stdin=stream, timeout=60,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((piped.returncode, piped.stdout), (FINE, done.out))
        rows = list(csv.reader(io.StringIO(done.out.decode("utf-8", "surrogateescape"),
                                           newline="")))
        self.assertEqual(rows[0], self.HEADER)
        return rows[1:]

    def test_lines(self):
        self.assertEqual(
            self.read("Sr. Dir., Rev Ops\n\nНач. отд. закупок\r\n\"Guru\" no. 1, Казань\rCFO"),
            [["Sr. Dir., Rev Ops", "sales", "director", "0.9", "Dir; Rev Ops"],
             ["", "unknown", "unknown", "0", ""],
             ["Нач. отд. закупок", "procurement", "manager", "0.9", "Нач. отд; закупок"],
             ["\"Guru\" no. 1, Казань", "unknown", "unknown", "0", ""],
             ["CFO", "finance", "c_level", "0.9", "CFO"]])
        self.assertEqual(self.read("CFO"), self.read("CFO\n"))
        self.assertEqual(self.read("\ufeffCFO\n")[0][0], "CFO")
        self.assertEqual(self.read(""), [])
        self.assertEqual(self.read("\n"), [["", "unknown", "unknown", "0", ""]])

    def test_csv(self):
        table = 'name,Title,x\nA,"Head, ""IT""",1\n\nB,"HR-\nменеджер",2\r\nC\nD, Guru ,\n'
        for separator in ",;\t":
            data = table if separator == "," else \
                "name;Title;x\nA;\"Head, \"\"IT\"\"\";1\n\nB;\"HR-\nменеджер\";2\r\nC\nD; Guru ;\n" \
                .replace(";", separator)
            self.assertEqual(
                self.read(data, name="a.csv"),
                [["Head, \"IT\"", "it", "director", "0.9", "Head; \"IT".replace("\"", "")],
                 ["HR-\nменеджер", "hr", "manager", "0.9", "HR; менеджер"],
                 ["", "unknown", "unknown", "0", ""],
                 [" Guru ", "unknown", "unknown", "0", ""]])

    def test_one_column(self):
        rows = self.read("job title\nDirector, IT\n\n\"Head, HR\"\n", name="a.csv")
        self.assertEqual([row[:2] for row in rows],
                         [["Director, IT", "it"], ["", "unknown"], ["Head, HR", "hr"]])
        self.assertEqual(self.read("Должность\nЮрист\n")[0][1], "legal")

    def test_no_such_column(self):
        write_bytes(self.path("a.csv"), "name,company\nA,B\n")
        self.refuses(["titles", self.path("a.csv")], "a.csv", "title")
        self.refuses(["titles", self.path("nowhere")], "nowhere")
        self.refuses(["titles", self.folder], "directory")
        write_bytes(self.path("wide.csv"), "title\nCFO\n".encode("utf-16"))
        self.refuses(["titles", self.path("wide.csv")], "UTF-16")
        self.refuses(["titles"], "needs more")
        self.refuses(["titles", "a", "--format", "json"], "--format")

    def test_lines_that_do_not_read(self):
        data = b"title,x\nCFO,1\n\xff\xfeBoss,2\n\"open, 3\nCIO\0,4\nCEO,5\n"
        told = ("qbg: line 3: the title is not UTF-8; it is kept, and unknown\n"
                "qbg: line 4: a quote does not close at the end of its cell; the cell is read as it "
                "stands\n"
                "qbg: line 5: the title is not UTF-8; it is kept, and unknown\n")
        rows = self.read(data, err=told)
        self.assertEqual([row[:2] for row in rows],
                         [["CFO", "finance"], ["\udcff\udcfeBoss", "unknown"],
                          ["\"open", "unknown"], ["CIO\0", "unknown"], ["CEO", "executive"]])
        self.refuses(["titles", self.path("titles.txt"), "--strict"], "line 3", "--strict", code=NO)
        done = self.fine("titles", self.write_lines(b"\xff\n" * 9))
        self.assertEqual(len(done.err.splitlines()), 6)
        self.assertIn("4 more", done.err)
        self.assertEqual(done.out.count(b"\n"), 10)

    def write_lines(self, data):
        write_bytes(self.path("lines"), data)
        return self.path("lines")

    def test_rows_out_are_rows_in(self):
        maker = random.Random(7)
        titles = ["".join(maker.choice("aIT ,;\"\t'я(") for _ in range(maker.randrange(9)))
                  for _ in range(500)]
        self.assertEqual([row[0] for row in self.read("\n".join(titles + ["CFO"]))],
                         titles + ["CFO"])
        table = io.StringIO()
        csv.writer(table).writerows([["x", "title"]] + [[maker.randrange(9), t] for t in titles])
        self.assertEqual([row[0] for row in self.read(table.getvalue(), name="a.csv")], titles)

    def test_many(self):
        done = self.fine("titles", self.write_lines("Финансовый директор\n" * 100000))
        self.assertEqual(done.text.count("finance,director,0.9,Финансовый директор\n"), 100000)

    def test_output(self):
        self.fine("titles", self.write_lines("CFO\n"), "-o", self.path("out.csv"))
        self.assertIn(b"CFO,finance,c_level,0.9,CFO\n", read_bytes(self.path("out.csv")))


class Books(CliCase):
    """Folders and files that are, or are not, books."""

    COMMANDS = (["report", None, "--as-of", AS_OF], ["tracking", None, "--as-of", AS_OF],
                ["explain", None, "o", "--as-of", AS_OF], ["check", None], ["policy", None],
                ["duplicates", None], ["match", None], ["detect", None, "--as-of", AS_OF],
                ["baseline", None, "--as-of", AS_OF], ["propose", None, "--as-of", AS_OF],
                ["write", None, "target"])

    def every_command_refuses(self, book, *words):
        for command in self.COMMANDS:
            arguments = [book if word is None else word for word in command]
            self.refuses(arguments, *words, cwd=self.folder)
        self.assertFalse(os.path.exists(self.path("target")))

    def test_no_such_folder(self):
        self.every_command_refuses(self.path("nowhere"), "nowhere", "folder")
        self.every_command_refuses("", "folder")

    def test_empty_folder(self):
        os.mkdir(self.path("empty"))
        self.every_command_refuses(self.path("empty"), "no table", "accounts", "tracking")

    def test_folder_of_something_else(self):
        os.mkdir(self.path("other"))
        write_bytes(self.path("other", "letter.txt"), "hello")
        write_bytes(self.path("other", "stars.csv"), "star\nVega\n")
        self.every_command_refuses(self.path("other"), "stars.csv", "no table", "accounts")

    def test_a_file_that_is_no_table(self):
        for name in ("letter.txt", "stars.csv", "accounts", "accounts.csv.bak", ".csv"):
            write_bytes(self.path(name), "account\na\n")
            self.every_command_refuses(self.path(name), name, "accounts", "TABLE.csv")

    def test_a_device(self):
        self.refuses(["check", "/dev/null"], "/dev/null")

    def test_unreadable(self):
        book = self.make_book()
        os.remove(os.path.join(book, "accounts.csv"))
        os.mkdir(os.path.join(book, "accounts.csv"))
        self.every_command_refuses(book, "accounts.csv")
        os.rmdir(os.path.join(book, "accounts.csv"))
        os.symlink("nowhere", os.path.join(book, "accounts.csv"))
        self.every_command_refuses(book, "accounts.csv")

    def test_only_regular_files_are_tables(self):
        book = self.make_book()
        table = os.path.join(book, "accounts.csv")
        os.rename(table, self.path("kept.csv"))
        for target in (None, "/dev/zero", self.path("pipe")):
            if target and target != "/dev/zero":
                os.mkfifo(target)
            if target:
                os.symlink(target, table)
            else:
                os.mkfifo(table)
            self.every_command_refuses(book, "accounts.csv is no regular file")
            self.every_command_refuses(table, "accounts.csv is no regular file")
            os.remove(table)
        os.symlink(self.path("kept.csv"), table)
        self.assertEqual(self.check(book), (FINE, []))

    def test_forbidden(self):
        if os.geteuid() == 0:
            self.skipTest("nothing is forbidden to root")
        book = self.make_book()
        os.chmod(os.path.join(book, "accounts.csv"), 0)
        self.every_command_refuses(book, "accounts.csv")
        os.chmod(book, 0)
        self.addCleanup(os.chmod, book, 0o755)
        self.every_command_refuses(book, book)

    def test_other_tables_are_noted_once(self):
        book = self.make_book()
        expected = self.report(book).out
        for name in ("stars.csv", "Moons.CSV"):
            write_bytes(os.path.join(book, name), "x\n")
        for name in ("notes.txt", ".accounts.csv", "._contacts.csv"):
            write_bytes(os.path.join(book, name), b"\xff")
        done = self.report(book)
        self.assertEqual(done.out, expected)
        self.assertEqual(len(done.err.splitlines()), 1, done.err)
        self.assertIn("ignored: Moons.CSV, stars.csv are no tables of a book; tables are: accounts",
                      done.err)
        os.remove(os.path.join(book, "Moons.CSV"))
        self.assertIn("ignored: stars.csv is no table of a book; tables are: ",
                      self.report(book).err)

    def test_letters_of_names(self):
        expected = self.report(self.make_book()).out
        loud = self.path("loud")
        os.mkdir(loud)
        for table, text in SMALL.items():
            write_bytes(os.path.join(loud, table.upper() + ".Csv"), text)
        self.assertEqual(self.report(loud).out, expected)
        if len(os.listdir(loud)) == len(SMALL):
            write_bytes(os.path.join(loud, "accounts.csv"), SMALL["accounts"])
        if len(os.listdir(loud)) > len(SMALL):
            self.refuses(["check", loud], "twice", "ACCOUNTS.Csv", "accounts.csv")

    def test_tables_in_pieces(self):
        """Longer than one read, with letters of two bytes across every border."""
        for shift in ("", "x"):
            people = ["%sЖ%d" % (shift, number) for number in range(9000)]
            rows = "".join("%s,a,%s,\n" % (key, "Щ" * 40) for key in people)
            book = self.make_book({
                "accounts": SMALL["accounts"],
                "contacts": "contact,account,name,title\n" + rows}, name="long")
            self.assertEqual(self.check(book), (FINE, []))
            target = self.path("again" + shift)
            self.fine("write", book, target)
            with open(os.path.join(target, "contacts.csv"), encoding="utf-8") as stream:
                kept = list(csv.DictReader(stream))
            self.assertEqual({row["contact"] for row in kept}, set(people))
            self.assertEqual({row["name"] for row in kept}, {"Щ" * 40})

    def test_spelling_does_not_matter(self):
        expected = self.report(book_path("red-daisy")).out
        rng = random.Random(11)
        for spelling in range(4):
            folder = self.path("spelling%d" % spelling)
            os.mkdir(folder)
            for name in os.listdir(book_path("red-daisy")):
                with open(os.path.join(book_path("red-daisy"), name), encoding="utf-8") as stream:
                    rows = list(csv.reader(stream))
                self.write_spelled(os.path.join(folder, name), rows, spelling, rng)
            done = self.report(folder)
            self.assertEqual(done.out, expected)

    def write_spelled(self, path, rows, spelling, rng):
        order = list(range(len(rows[0])))
        if spelling >= 2:
            rng.shuffle(order)
        body = rows[1:]
        if spelling >= 2 and not path.endswith("templates.csv"):
            rng.shuffle(body)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n" if spelling % 2 else "\n",
                            quoting=csv.QUOTE_ALL if spelling == 3 else csv.QUOTE_MINIMAL)
        for row in [rows[0]] + body:
            row = row + [""] * (len(rows[0]) - len(row))
            writer.writerow([row[column] for column in order])
        write_bytes(path, (b"\xef\xbb\xbf" if spelling else b"") +
                    text.getvalue().encode("utf-8"))


class Write(CliCase):

    def test_round_trip(self):
        for name in book_names():
            with self.subTest(book=name):
                self.round_trip(book_path(name), self.path(name + "-1"), self.path(name + "-2"))

    def round_trip(self, book, first, second):
        self.fine("write", book, first)
        self.assertEqual(self.fine("write", first, second).err, "")
        self.assertEqual(folder_bytes(first), folder_bytes(second))
        self.assertEqual(self.check(first), (FINE, []))
        for as_of in (AS_OF, "2025-06-01", "2025-11-19T12:00:00Z", "2025-12-02", "2026-01-15",
                      "2026-12-31"):
            self.assertEqual(self.report(book, as_of).out, self.report(first, as_of).out)
            rows = [sorted(self.fine("tracking", folder, "--as-of", as_of, "--format",
                                     "csv").text.splitlines()) for folder in (book, first)]
            self.assertEqual(rows[0], rows[1])

    def test_every_table(self):
        """A book with something in each table, and in every column."""
        book = self.make_book({
            "accounts": "account,name,domains,potential,currency\n"
                        "a,Ель,ель.рф;fir.example,1234567.89,RUB\nb,,,500,JPY\n",
            "contacts": "contact,account,name,title,email,department,seniority\n"
                        'p,a,"Пётр ""П"", младший",CFO,p@fir.example,,\n'
                        "q,,Qui,,,it,manager\nr,b,R,,,,\n",
            "templates": "template,role,weight,people,required,departments,min_seniority\n"
                         "t,economic_buyer,2.5,2,1,finance;legal,director\nt,pilot,0.001,1,0,,\n",
            "solutions": "solution,name,template,content\ns,S,t,docs/;api/\nu,,,\n",
            "visitors": "visitor,contact\nv1,p\n",
            "opportunities": "opportunity,account,solution,name,type,stage,amount,currency,opened,"
                             "closed,outcome,need,budget,authority,timeline,fit\n"
                             "o,a,s,Name,upsell,engaged,99.95,RUB,2025-01-01,2026-06-01,won,yes,no,"
                             "yes,no,0.75\nw,b,u,,,,,,,,,,,,,\n",
            "members": "opportunity,contact,role,status,stance,influence,participation,interest,"
                       "joined,left,next_contact,note,source\n"
                       "o,p,economic_buyer;pilot,confirmed,champion,0.5,moderate,low,2025-02-01,"
                       "2026-02-01,2025-12-01,\"two\nlines\",host\no,q,champion,,,,,,,,,,rule\n"
                       "w,r,,,,,,,,,,,\n",
            "signals": "time,kind,account,contact,visitor,solution,opportunity,content,event\n"
                       "2025-11-10T10:11:12Z,visit,,p,,s,,docs/x,e1\n"
                       "2025-11-10,page_view,a,,v1,,,api/y,\n2025-11-11,page_view,a,,v2,s,,,\n"
                       "2025-11-12,intent_surge,b,,,,w,,\n2025-11-13,call,,q,,,,,e1\n",
            "history": "opportunity,contact,source,field,value,from\n"
                       "o,p,host,stance,skeptic,2025-11-15\no,,rule,stage,proposal,2025-11-01\n"
                       "o,p,host,role,champion,2025-12-01\no,,host,verdict,qualified,2025-10-01\n"
                       "o,,host,amount,100.50,2025-10-02\no,,host,fit,0.5,2025-10-03\n"
                       "o,p,host,influence,0.25,2025-10-04\no,p,host,role,,2025-12-20\n"
                       ",q,host,account,b,2025-09-01\n",
            "kinds": "kind,category,points,high_intent\nvisit,named,7.5,1\n",
            "roles": "role,name\npilot,Лётчик\n",
            "needs": "opportunity,contact,need,state,date\no,,speed,open,2025-10-01\n"
                     "o,,speed,validated,2025-11-01\no,p,price,addressed,\n",
            "revenue": "customer,period,amount,currency\nc1,2025-01,100.25,EUR\nc1,2025-02,7,EUR\n",
            "policy": "parameter,value\nhalf_life_days,40\nmode.fit,required\npoints.call,11.5\n",
        })
        self.assertEqual(self.check(book), (FINE, []))
        self.round_trip(book, self.path("first"), self.path("second"))
        self.assertEqual({name[:-4] for name in os.listdir(self.path("first"))},
                         {name[:-4] for name in os.listdir(book)})

    def test_existing_folder(self):
        book = self.make_book()
        target = self.path("target")
        os.mkdir(target)
        write_bytes(self.path("target", "letter.txt"), "keep me")
        self.fine("write", book, target)
        before = folder_bytes(target)
        self.assertEqual(before["letter.txt"], b"keep me")
        self.refuses(["write", book, target], "target", "--force")
        self.assertEqual(folder_bytes(target), before)
        write_bytes(self.path("target", "history.csv"),
                    "opportunity,contact,field,value,from\no,p,stance,blocker,2025-01-01\n")
        write_bytes(self.path("target", "stars.csv"), "keep me, too")
        self.fine("write", book, target, "--force")
        after = folder_bytes(target)
        self.assertEqual(after.pop("stars.csv"), b"keep me, too")
        self.assertEqual(after, before)

    def test_other_spellings_are_replaced(self):
        book, target = self.make_book(), self.path("target")
        os.mkdir(target)
        write_bytes(self.path("target", "CONTACTS.CSV"), "contact\nold\n")
        self.refuses(["write", book, target], "CONTACTS.CSV", "--force")
        self.fine("write", book, target, "--force")
        self.assertEqual(self.report(target).out, self.report(book).out)

    def test_itself(self):
        book = self.make_book()
        before = folder_bytes(book)
        for source, target in ((book, book), (book, book + "/."),
                               (os.path.join(book, "accounts.csv"), book)):
            self.refuses(["write", source, target, "--force"], "own folder")
        self.refuses(["write", "accounts.csv", ".", "--force"], "own folder", cwd=book)
        self.assertEqual(folder_bytes(book), before)

    def test_a_table_that_is_the_source(self):
        """By whatever link: the book is not written over itself, and nothing else is touched."""
        book, target = self.make_book(), self.path("target")
        table, place = os.path.join(book, "accounts.csv"), os.path.join(target, "accounts.csv")
        before = folder_bytes(book)
        for link in (os.symlink, os.link):
            for name in ("accounts.csv", "history.csv"):
                os.mkdir(target)
                link(table, os.path.join(target, name))
                write_bytes(os.path.join(target, "contacts.csv"), "old")
                for source in (book, table):
                    self.refuses(["write", source, target, "--force"], name, "own")
                self.assertEqual(read_bytes(os.path.join(target, "contacts.csv")), b"old")
                self.assertEqual(os.path.exists(os.path.join(target, "members.csv")), False)
                self.assertEqual(folder_bytes(book), before)
                shutil.rmtree(target)
        os.mkdir(target)
        os.rename(table, place)
        os.symlink(place, table)
        self.refuses(["write", book, target, "--force"], "accounts.csv", "own")
        self.assertEqual(read_bytes(place), before["accounts.csv"])

    def test_links_are_replaced(self):
        book, target, other = self.make_book(), self.path("target"), self.path("other.csv")
        os.mkdir(target)
        write_bytes(other, "keep me")
        for name, to in (("accounts.csv", other), ("history.csv", other),
                         ("contacts.csv", self.path("nowhere"))):
            os.symlink(to, os.path.join(target, name))
        self.refuses(["write", book, target], "--force")
        self.fine("write", book, target, "--force")
        self.assertEqual(read_bytes(other), b"keep me")
        self.assertFalse(os.path.exists(self.path("nowhere")))
        self.assertFalse(os.path.lexists(os.path.join(target, "history.csv")))
        for name in ("accounts.csv", "contacts.csv"):
            self.assertFalse(os.path.islink(os.path.join(target, name)))
        self.assertEqual(self.report(target).out, self.report(book).out)

    def test_what_is_no_file_stays(self):
        book, target = self.make_book(), self.path("target")
        os.mkdir(target)
        write_bytes(os.path.join(target, "accounts.csv"), "old")
        os.mkfifo(os.path.join(target, "contacts.csv"))
        self.refuses(["write", book, target, "--force"], "contacts.csv is no regular file")
        os.remove(os.path.join(target, "contacts.csv"))
        os.mkdir(os.path.join(target, "history.csv"))
        self.refuses(["write", book, target, "--force"], "history.csv is no regular file")
        self.assertEqual(read_bytes(os.path.join(target, "accounts.csv")), b"old")

    def test_rights_stay(self):
        book, target = self.make_book(), self.path("target")
        self.fine("write", book, target)
        os.chmod(os.path.join(target, "accounts.csv"), 0o640)
        self.fine("write", book, target, "--force")
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(target, "accounts.csv")).st_mode), 0o640)

    def test_nothing_to_write(self):
        book = self.make_book({"accounts": "account,name\n\xff,,,\n".encode("latin-1"),
                               "members": "contact\np\n"})
        self.refuses(["write", book, self.path("t")], "nothing to write")
        self.assertFalse(os.path.exists(self.path("t")))
        book = self.make_book({"accounts": "account\n"}, name="empty")
        self.refuses(["write", book, self.path("t")], "nothing to write", "empty")
        self.assertFalse(os.path.exists(self.path("t")))

    def test_places_that_do_not_work(self):
        book = self.make_book()
        write_bytes(self.path("file"), "x")
        self.refuses(["write", book, self.path("file")], "file")
        self.refuses(["write", book, self.path("no", "where")], "where")
        self.assertEqual(read_bytes(self.path("file")), b"x")

    def test_strict(self):
        book = self.make_book(members=SMALL["members"] + "o,nobody,\n")
        self.refuses(["write", book, self.path("t"), "--strict"], "--strict", code=NO)
        self.assertFalse(os.path.exists(self.path("t")))
        self.assertIn("1 row was refused", self.fine("write", book, self.path("t")).err)
        self.assertEqual(self.check(self.path("t")), (FINE, []))


class Output(CliCase):

    def setUp(self):
        super().setUp()
        self.book = self.make_book()
        self.arguments = ["report", self.book, "--as-of", AS_OF, "--format", "json"]
        self.expected = self.fine(*self.arguments).out

    def leftovers(self):
        return [name for name in os.listdir(self.folder) if name.endswith(".tmp")]

    def test_file(self):
        target = self.path("answer.json")
        for _ in range(2):
            done = self.fine(*self.arguments, "-o", target)
            self.assertEqual(done.out, b"")
            self.assertEqual(read_bytes(target), self.expected)
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.fine(*self.arguments, "-o", "-").out, self.expected)
        self.fine(*self.arguments, "-o=here.json", cwd=self.folder)
        self.assertEqual(read_bytes(self.path("here.json")), self.expected)

    def test_every_command_has_it(self):
        for arguments in (["tracking", self.book, "--as-of", AS_OF], ["check", self.book],
                          ["explain", self.book, "o", "--as-of", AS_OF], ["policy"], NRR):
            target = self.path("answer-" + arguments[0])
            self.fine(*arguments, "-o", target)
            self.assertEqual(read_bytes(target), self.fine(*arguments).out)

    def test_a_failing_run_touches_nothing(self):
        target = self.path("answer.json")
        write_bytes(target, "old")
        self.refuses(self.arguments[:3] + ["never", "-o", target], "never")
        self.refuses(["report", "nowhere", "--as-of", AS_OF, "-o", target], "nowhere")
        self.assertEqual(read_bytes(target), b"old")
        self.assertEqual(self.leftovers(), [])

    def test_rights_and_links_stay(self):
        target, link = self.path("answer.json"), self.path("link.json")
        write_bytes(target, "old")
        os.chmod(target, 0o640)
        os.symlink("answer.json", link)
        self.fine(*self.arguments, "-o", link)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(read_bytes(target), self.expected)
        self.assertEqual(stat.S_IMODE(os.stat(target).st_mode), 0o640)

    def test_places_that_do_not_work(self):
        for place in (self.path("no", "where.json"), self.folder, self.path("x" * 300)):
            self.refuses(self.arguments + ["-o", place], "cannot write")
        self.assertEqual(self.leftovers(), [])

    def test_forbidden_folder(self):
        if os.geteuid() == 0:
            self.skipTest("nothing is forbidden to root")
        os.mkdir(self.path("closed"), 0o500)
        self.refuses(self.arguments + ["-o", self.path("closed", "a")], "cannot write")

    def test_a_pipe_stays_a_pipe(self):
        pipe, got = self.path("pipe"), []
        os.mkfifo(pipe)
        reader = threading.Thread(target=lambda: got.append(read_bytes(pipe)))
        reader.start()
        self.fine(*self.arguments, "-o", pipe)
        reader.join(60)
        self.assertEqual(got, [self.expected])
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))

    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        self.refuses(self.arguments + ["-o", "/dev/full"], "cannot write /dev/full")
        with open("/dev/full", "wb") as full:
            self.refuses(self.arguments, "cannot write to standard output", stdout=full)
            self.refuses(["--help"], "cannot write to standard output", stdout=full)
            self.refuses(NRR, "cannot write to standard output", stdout=full)

    def test_closed_standard_output(self):
        for arguments in (self.arguments, ["help"], ["--version"], ["policy"], NRR,
                          ["check", self.book]):
            self.refuses(arguments, "cannot write to standard output", stdout=None,
                         preexec_fn=lambda: os.close(1))

    def test_reader_that_left(self):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            self.refuses(self.arguments, "cannot write to standard output", stdout=writing)
        finally:
            os.close(writing)

    def test_closed_standard_error(self):
        """Messages must not end up in the file that happens to get the free number."""
        book = self.make_book(members=SMALL["members"] + "o,nobody,\n", name="bad")
        target = self.path("answer.json")
        done = subprocess.run([QBG, "report", book, "--as-of", AS_OF, "--format", "json", "-o",
                               target], preexec_fn=lambda: (os.close(0), os.close(1), os.close(2)),
                              timeout=300, check=False)
        self.assertEqual(done.returncode, FINE)
        json.loads(read_bytes(target).decode("utf-8"))


class Limits(CliCase):

    def test_too_many_signals_of_a_person(self):
        """More than 2^19 cannot be added up exactly; which opportunity they are on is told."""
        head = SMALL["signals"].splitlines()[0] + "\n"
        book = self.make_book(
            opportunities=SMALL["opportunities"] + "other,b,s,2025-01-01\n",
            accounts=SMALL["accounts"] + "b,B\n",
            signals=head + "2025-11-10,page_view,p,,\n" * 2**19)
        self.assertIn("o", self.fine("report", book, "--as-of", AS_OF).text)
        with open(os.path.join(book, "signals.csv"), "a", encoding="utf-8") as stream:
            stream.write("2025-11-12,page_view,p,,\n")
        for command in (["report", book], ["report", book, "--format", "json"],
                        ["tracking", book], ["tracking", book, "--format", "csv"],
                        ["explain", book, "o"]):
            done = self.refuses(command + ["--as-of", AS_OF], "signals on o: up to 524288 of one "
                                "person")
            self.assertNotIn("other", done.err)
        self.fine("explain", book, "other", "--as-of", AS_OF)
        self.fine("report", book, "--as-of", "2025-11-11")


class Progress(CliCase):
    """A large book says how far it is, to a terminal and to nobody else."""

    def said(self, book):
        """What a terminal sees of a run, and its answer."""
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        child = subprocess.Popen([QBG, "write", book, self.path("copy"), "--force"],
                                 stdin=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        heard = b""
        try:
            while piece := os.read(ours, 4096):
                heard += piece
        except OSError:  # the other end is closed
            pass
        self.assertEqual(child.wait(), FINE, heard)
        return heard.decode("utf-8")

    def test_a_long_load(self):
        rows = "".join("a%d,Name\n" % i for i in range(100000))
        book = self.make_book(accounts="account,name\na,A\n" + rows)
        lines = self.said(book).split("\r")
        told = [int(line.split()[1]) for line in lines if "%" in line]
        self.assertEqual(told[0], 0)
        self.assertEqual(told, sorted(told))
        self.assertGreater(len(told), 90)
        self.assertGreaterEqual(told[-1], 98)
        self.assertEqual(lines[-1], "")               # where the next line begins,
        self.assertEqual(lines[-2].strip(" "), "")    # which has been erased
        self.assertGreaterEqual(len(lines[-2]), max(map(len, lines)))
        written = folder_bytes(self.path("copy"))
        self.assertEqual(self.fine("write", book, self.path("other")).err, "")
        self.assertEqual(folder_bytes(self.path("other")), written)

    def test_a_short_load(self):
        self.assertEqual(self.said(self.make_book()), "")


class Memory(CliCase):

    def test_little_memory(self):
        """Out of memory is exit code 3 and a message, never a crash."""
        rows = "".join("2025-11-10,page_view,p,docs/%d,e%d\n" % (n, n) for n in range(60000))
        book = self.make_book(signals=SMALL["signals"] + rows)
        codes = set()
        for megabytes in (8, 12, 16, 24, 32, 48, 1024):
            limit = megabytes << 20

            def shrink():
                resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            if subprocess.run([QBG, "--version"], preexec_fn=shrink, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode != FINE:
                continue        # not even the program itself fits; so it is with sanitizers
            done = self.run_qbg("report", book, "--as-of", AS_OF, preexec_fn=shrink)
            self.assertIn(done.code, (FINE, BROKEN))
            codes.add(done.code)
            if done.code == BROKEN:
                self.assertEqual(done.out, b"")
                self.assertIn("memory", done.err)
        if not codes:
            self.skipTest("the program needs more than that by itself")
        self.assertEqual(codes, {FINE, BROKEN})


def main():
    global QBG, BOOKS, GOLDENS
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: cli_test.py QBG_BINARY BOOKS_DIR [GOLDEN_DIR]")
    QBG, BOOKS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    GOLDENS = os.path.abspath(sys.argv[3] if len(sys.argv) == 4
                              else os.path.join(HERE, os.pardir, "golden"))
    for path in (QBG, BOOKS, GOLDENS):
        if not os.path.exists(path):
            sys.exit("there is no " + path)
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
