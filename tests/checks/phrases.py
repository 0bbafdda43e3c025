"""Every phrase of the catalogue is said, in every language, and all languages say the same numbers.

The books below have odd groups: nobody, one, 21 people, some who left or have yet to come. They are
told of in each language, together with the example books on many days. Each phrase has to turn up in
what is told, each line of one language has the numbers of the same line in another, and where all
names are Russian, Russian has no Latin letter. A phrase that no source names is a fault, too."""
import csv
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check import ROOT, finish, setting

IO = ROOT / "lib" / "io"
LANGUAGES = ["en", "ru"]  # in the order of the columns

# Nobody is without a name or a key, for who was erased has one, too. Of paths, what these books do
# not come to: somebody new always adds more than who is engaged already, but in exact ties; each
# group is qualified by six steps or by none; and none is large enough for a search to be cut off.
UNREACHED = {"NAMELESS", "NAMELESS_FIRST", "PATH_RECONTACT", "PATH_NONE", "PATH_CUT"}

# ---- the catalogue ---------------------------------------------------------------------------------


def catalogue():
    """Each phrase's name with its columns."""
    text = re.sub(r"/\*.*?\*/", "", (IO / "phrases.inc").read_text(encoding="utf-8"), flags=re.S)
    found = {}
    for entry in re.split(r"^PHRASE\(", text, flags=re.M)[1:]:
        name, body = entry.split(",", 1)
        columns = re.findall(r'((?:"(?:[^"\\]|\\.)*"\s*)+)[,)]', body)
        found[name] = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', column))
                       .replace("\\n", "\n").replace('\\"', '"') for column in columns]
    return found


def unused(phrases):
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(IO.glob("*.c")))
    for name in phrases:
        if not re.search(rf"\bQBG__P_{name}\b", sources):
            yield f"{name}: no source says it"


def pattern(text):
    """What a phrase looks like once it is said: any value, one of the words. A value may end with
    the full stop that would follow it."""
    parts = re.split(r"(\{\d[^}]*\}\.?)", text)
    for place in range(1, len(parts), 2):
        words = parts[place].rstrip(".")[1:-1].split("|")[1:]
        stop = r"\.?" if parts[place].endswith(".") else ""
        parts[place] = ("|".join(map(re.escape, words)).join(("(?:", ")")) if words
                        else "[^\n]*?") + stop
    parts[::2] = map(re.escape, parts[::2])
    return re.compile("".join(parts))


# ---- odd groups ------------------------------------------------------------------------------------

SIZES = [1, 2, 3, 5, 11, 21, 22]
KINDS = ("page_view pricing_view comparison_view content_read content_download email_open email_click "
         "email_reply qualified_lead unsubscribe video_watch webinar_registration webinar_attendance "
         "event_registration event_attendance form_submit chat ad_click complaint call meeting "
         "demo_request trial_start proposal_request question interaction social bounce").split()
ROLES = ("economic_buyer decision_maker executive_sponsor champion coach initiator "
         "technical_evaluator business_evaluator end_user influencer procurement ratifier gatekeeper "
         "blocker other").split()
STANCES = "champion supporter neutral skeptic blocker unknown".split()


class Book:
    """Rows by table, with short ways to tell what a group needs. All names are Russian."""

    def __init__(self, policy):
        self.tables = {}
        self.add("accounts", account="ромашка", name="ООО «Ромашка».")
        for seat in (("champion", 2, 0), ("economic_buyer", 3, 1), ("decision_maker", 3, 1)):
            self.add("templates", template="узкий", role=seat[0], weight=seat[1], required=seat[2])
        self.add("solutions", solution="кадры", name="Кадровая система", template="узкий")
        self.add("solutions", solution="прочее", template="standard")
        for parameter, value in policy.items():
            self.add("policy", parameter=parameter, value=value)

    def add(self, table, **row):
        self.tables.setdefault(table, []).append(row)

    def group(self, key, solution="кадры", **more):
        self.add("opportunities", opportunity=key, account="ромашка", solution=solution, **more)
        return key

    def person(self, group, name, title="", department="", seniority="", **member):
        key = f"{group}/{name}"
        self.add("contacts", contact=key, account="ромашка", name=name, title=title,
                 department=department, seniority=seniority)
        if member:
            self.add("members", opportunity=group, contact=key, **member)
        return key

    def signal(self, group, contact="", kind="meeting", time="2025-11-18", **more):
        self.add("signals", time=time, kind=kind, account="" if contact else "ромашка",
                 contact=contact, opportunity=group, **more)

    def write(self, folder):
        folder.mkdir()
        for table, rows in self.tables.items():
            columns = sorted({column for row in rows for column in row})
            with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return folder


def crowd(book, size):
    """So many members, blockers, visitors and signals of a third party."""
    group = book.group(f"толпа на {size}")
    for number in range(size):
        who = book.person(group, f"Участник {number}", role=ROLES[number % len(ROLES)],
                          stance="blocker")
        book.signal(group, who, time=f"2025-10-{1 + size % 28:02}")
        book.signal(group, visitor=f"гость {number}")
        book.signal(group, kind="intent_surge")
    few = book.group(f"немногие на {size}")
    for number in range(size):
        book.person(few, f"Участник {number}", role=ROLES[number % 3])


def lives(book):
    book.group("без людей", name="Никого")
    for key, more in (("потом", {"opened": "2026-01-01"}), ("закрыта", {"closed": "2025-05-09"}),
                      ("выиграна", {"closed": "2025-11-19", "outcome": "won"})):
        group = book.group(key, **more)
        book.signal(group, book.person(group, "Анна", role="champion"))


def words(book):
    """What the host says of the gate, and of people."""
    for word, fit in (("yes", "0.75"), ("no", "0.25")):
        group = book.group(f"слова {'да' if word == 'yes' else 'нет'}", need=word, budget=word,
                           authority=word, timeline=word, fit=fit)
        book.signal(group, book.person(group, "Анна", role="champion"))
    group = book.group("по слову")
    for number, more in enumerate(({"participation": "active"}, {"interest": "high"},
                                   {"participation": "passive", "interest": "low"})):
        book.person(group, f"Анна {number}", role="champion", **more)
    for stance in STANCES:
        book.person(group, f"Пётр {STANCES.index(stance)}", role="champion;end_user",
                    stance=stance, next_contact="2025-12-01")


def people(book):
    group = book.group("разные", solution="прочее")
    book.person(group, "Ольга", "Финансовый директор", status="confirmed")
    book.person(group, "Гуров", "Гуру", status="confirmed")
    book.person(group, "Новиков", status="confirmed")
    book.person(group, "Рулёв", department="it", seniority="director", status="potential")
    active = book.person(group, "Яна", role="champion", next_contact="2025-11-01")
    for number, kind in enumerate(KINDS):
        book.signal(group, active, kind, f"2025-11-{1 + number % 18:02}", content="раздел/страница")
    angry = book.person(group, "Злобин", role="end_user")
    book.signal(group, angry, "complaint")
    for name, more in (("Посторонняя", {}), ("Будущий", {"role": "coach", "joined": "2025-12-01"}),
                       ("Бывшая", {"role": "coach", "left": "2025-11-18"})):
        book.signal(group, book.person(group, name, **more), time="2025-11-17")
    book.signal(group, kind="intent_topic")


def gates(book):
    """Two seats of one person; nearly engaged; silent too long; recorded as qualified."""
    group = book.group("одна за двоих")
    both = book.person(group, "Анна", role="economic_buyer;decision_maker")
    book.signal(group, both)
    group = book.group("почти")
    book.signal(group, book.person(group, "Пётр", role="champion"), "content_read")
    for key, days in (("тишина", 40), ("держится", 31)):
        group = book.group(key)
        for role in ("champion", "economic_buyer", "decision_maker"):
            who = book.person(group, f"Сотрудник {ROLES.index(role)}", role=role)
            for _ in range(3):
                book.signal(group, who, time="2025-10-10" if days == 40 else "2025-10-19")
    book.add("history", opportunity="держится", field="verdict", value="qualified",
             **{"from": "2025-10-20"})
    group = book.group("всё есть")
    for role in ("champion", "economic_buyer", "decision_maker"):
        book.signal(group, book.person(group, f"Роль {ROLES.index(role)}", role=role))


def odd_books(folder):
    policies = [
        {},
        {"engaged_points": 1, "active_points": 21, "min_members_identified": 22,
         "min_members_engaged": 21, "half_life_days": 1, "max_silence_days": 2},
        {"engaged_points": 21, "active_points": "2.5", "min_members_identified": 11,
         "min_members_engaged": 5, "half_life_days": 22, "mode.budget": "required",
         "mode.no_open_blocker": "required", "min_intent": "0.999", "min_coverage_engaged": 1},
    ]
    for number, policy in enumerate(policies):
        book = Book(policy)
        for size in SIZES:
            crowd(book, size)
        for tell in (lives, words, people, gates):
            tell(book)
        yield book.write(folder / f"odd-{number}")


# ---- what is told ----------------------------------------------------------------------------------

ODD_DAYS = ["2025-11-19", "2025-11-19T12:00:05Z", "2025-11-30"]  # one for each odd book
EXAMPLE_DAYS = ["2025-01-05", "2025-05-09", "2025-06-15", "2025-08-31", "2025-09-01", "2025-10-01",
                "2025-11-01", "2025-11-08", "2025-11-19", "2025-11-20T09:30", "2025-12-02",
                "2025-12-31", "2026-01-06", "2026-02-28", "2026-03-31", "2026-04-30", "2026-07-01"]


def ask(*arguments):
    done = subprocess.run([setting("QBG_PROGRAM"), *arguments], encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise SystemExit(f"qbg {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def keys(book):
    path = book / "opportunities.csv"
    if path.exists():
        with open(path, encoding="utf-8", newline="") as file:
            return [row["opportunity"] for row in csv.DictReader(file)]
    with open(book / "tracking.csv", encoding="utf-8", newline="") as file:
        return sorted({row["Компания"] for row in csv.DictReader(file)})


def questions(folder):
    """Whether all names are Russian, and the question, as arguments without the language."""
    odd = [(True, book, [day]) for book, day in zip(odd_books(folder), ODD_DAYS)]
    books = sorted(path for path in (ROOT / "examples" / "books").iterdir() if path.is_dir())
    for is_russian, book, days in [*odd, *((False, path, EXAMPLE_DAYS) for path in books)]:
        for day in days:
            for command in ("report", "tracking"):
                yield is_russian, [command, str(book), "--as-of", day]
            for key in keys(book):
                yield is_russian, ["explain", str(book), key, "--as-of", day]


MONTHS = ("января февраля марта апреля мая июня июля августа сентября октября ноября "
          "декабря").split()


def plain(line):
    """A line of a Russian text with its numbers and dates as programs write them."""
    line = re.sub(r"(\d\d?) (" + "|".join(MONTHS) + r") (\d{4}) г\.(?:, ([\d:]+) UTC)?",
                  lambda at: "%s-%02d-%02d" % (at[3], MONTHS.index(at[2]) + 1, int(at[1]))
                  + (f"T{at[4]}Z" if at[4] else ""), line)
    line = re.sub(r"\b(\d\d)\.(\d\d)\.(\d{4})\b", r"\3-\2-\1", line)
    line = re.sub("(?<=\\d)\u00a0(?=[\\d%])", "", line)
    return re.sub(r"(?<=\d),(?=\d)", ".", line)


def numbers(line):
    """In their order: no sentence has had to turn them round so far."""
    return re.findall(r"\d{4}-\d\d-\d\d(?:T[\d:]+Z)?|-?\d+(?:\.\d+)?%?", line)


def differences(arguments, english, russian):
    """A cell may take more lines in one language, so lines without numbers are left out."""
    where = " ".join(arguments)
    ours = [line for line in english.split("\n") if numbers(line)]
    theirs = [line for line in russian.split("\n") if numbers(plain(line))]
    if len(ours) != len(theirs):
        yield f"{where}: {len(ours)} lines with numbers in English, {len(theirs)} in Russian"
    for one, other in zip(ours, theirs):
        if numbers(one) != numbers(plain(other)):
            yield f"{where}: other numbers in\n  {one}\n  {other}"


def oddities(arguments, is_russian, russian):
    """What no Russian text should have, whatever the group."""
    where = " ".join(arguments)
    for line in russian.split("\n"):
        if ".." in line or re.search(r"[{}|]|\s[.,;:]|: \.|«»| $", line):
            yield f"{where}: something is left out or too much in\n  {line}"
        if is_russian and re.search(r"[A-Za-z]", line.replace(" UTC", "")):
            yield f"{where}: no Russian in\n  {line}"


def said(asked):
    """The answer to a question in each language."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda one: [ask(*one[1], "--lang", lang) for lang in LANGUAGES],
                             asked))


def unsaid(phrases, told):
    """Phrases that turn up in no answer of their language."""
    for name, columns in phrases.items():
        for lang, text, all_told in zip(LANGUAGES, columns, told):
            found = pattern(text).search(all_told)
            if name in UNREACHED and found:
                yield f"{name}: it can be reached now, so take it off the list"
            if name not in UNREACHED and not found:
                yield f"{name}: nothing that is told has it in {lang}: {text!r}"


def faults():
    phrases = catalogue()
    for name, columns in phrases.items():
        if len(columns) != len(LANGUAGES):
            yield f"{name}: {len(columns)} columns instead of {len(LANGUAGES)}"
    yield from unused(phrases)
    with tempfile.TemporaryDirectory() as folder:
        asked = list(questions(Path(folder)))
        answers = said(asked)
    for (is_russian, arguments), (english, russian) in zip(asked, answers):
        yield from differences(arguments, english, russian)
        yield from oddities(arguments, is_russian, russian)
    yield from unsaid(phrases, ["\n".join(told) for told in zip(*answers)])


if __name__ == "__main__":
    finish(list(faults()), f"{len(catalogue())} phrases, each said in {' and '.join(LANGUAGES)}")
