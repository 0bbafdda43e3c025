#!/usr/bin/env python3
"""Compare the command line with the reference on random books.

    python3 compare.py QBG_BINARY COUNT [FIRST_SEED]

Doubles may differ by a relative 1e-12, and how many are equal to the last bit
is counted; everything else has to be the same, the order of opportunities
too.  The reason codes of criteria are not compared.  Paths to qualified have
to be the same in every bit; where there are too many sets of steps to try
them all they are left out, and counted.  A book on which the two differ is
kept, together with both answers.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

import books    # noqa: E402
import model    # noqa: E402

SHOWN = 12              # differences shown per question
MOST_SETS = 300         # of steps that the reference tries for one path
IGNORED = ("reason",)
OPTIONAL = ("points_int",)      # compared if the other side has it

#: What to call the entries of a list, by the name of the list.
NAMES = {"opportunities": "opportunity", "seats": "role",
         "criteria": "criterion", "members": "contact"}


class Tally:
    """How many doubles were compared, and how many had the same bits."""

    def __init__(self):
        self.doubles = 0
        self.bit_equal = 0
        self.paths = {}         # how many by what they came to
        self.kinds = {}         # steps by kind

    def add_path(self, came_to, steps=()):
        self.paths[came_to] = self.paths.get(came_to, 0) + 1
        for step in steps:
            kind = step["kind"]
            self.kinds[kind] = self.kinds.get(kind, 0) + 1


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compare_lists(expected, found, path, name, tally):
    """Lists of named entries are matched by name, others as a whole."""
    if name not in NAMES or not isinstance(found, list):
        if expected == found:
            return []
        return ["%s: expected %r, found %r" % (path, expected, found)]
    key = NAMES[name]
    wrong = []
    theirs = [entry.get(key) for entry in found]
    ours = [entry[key] for entry in expected]
    if ours != theirs:
        wrong.append("%s: expected %r, found %r" % (path, ours, theirs))
    by_name = {entry.get(key): entry for entry in found}
    for entry in expected:
        if entry[key] in by_name:
            wrong += compare(entry, by_name[entry[key]],
                             "%s[%s]" % (path, entry[key]), "", tally)
    return wrong


def compare(expected, found, path, name, tally):
    """Every difference, as a line of text."""
    if isinstance(expected, dict) and isinstance(found, dict):
        wrong = []
        for key, value in expected.items():
            if key in IGNORED or (key in OPTIONAL and key not in found):
                continue
            if key not in found:
                wrong.append("%s.%s: absent" % (path, key))
                continue
            wrong += compare(value, found[key], path + "." + key, key, tally)
        return wrong
    if isinstance(expected, list):
        return compare_lists(expected, found, path, name, tally)
    if isinstance(expected, float) and is_number(found):
        tally.doubles += 1
        found = float(found)
        if expected.hex() == found.hex():
            tally.bit_equal += 1
        if not model.same(expected, found):
            return ["%s: expected %r, found %r" % (path, expected, found)]
        return []
    if is_number(expected) != is_number(found) or expected != found \
            or isinstance(expected, bool) != isinstance(found, bool):
        return ["%s: expected %r, found %r" % (path, expected, found)]
    return []


def ask(binary, folder, as_of, everything):
    """What `report` answers: (JSON or None, complaint, output)."""
    return answer_of([binary, "report", folder, "--as-of", as_of]
                     + (["--all"] if everything else []))


def ask_path(binary, folder, as_of, opportunity):
    """What `path` answers, likewise."""
    return answer_of([binary, "path", folder, "--as-of", as_of, "--",
                      opportunity])


def answer_of(command):
    command = command[:2] + ["--format", "json"] + command[2:]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return None, "no answer: %s" % problem, b""
    complaint = done.stderr.decode("utf-8", "replace").strip()
    try:
        return json.loads(done.stdout.decode("utf-8")), complaint, done.stdout
    except ValueError as problem:
        return None, "exit code %d, no JSON (%s)\n%s" % (
            done.returncode, problem, complaint), done.stdout


def came_to(answer):
    """What a path is counted as."""
    if answer["qualified_already"]:
        return "qualified"
    if not answer["exists"]:
        return "none"
    return "%d steps" % len(answer["steps"])


def compare_paths(binary, folder, book, as_of, tally):
    """The differences of the paths of all opportunities as of an instant."""
    instant = model.parse_time(as_of, last_second=True)
    counted = model.counted_signals(book, instant)
    for opportunity in book.opportunities:
        now = model.Assessment(book, opportunity, counted[opportunity],
                               instant)
        try:
            expected = model.path_of(now, MOST_SETS)
        except model.TooMany:
            tally.add_path("left out")
            continue
        tally.add_path(came_to(expected), expected["steps"])
        found, complaint, _ = ask_path(binary, folder, as_of, opportunity)
        if found is None:
            return [complaint]
        if found != expected:
            return ["path of %s: expected %s" % (opportunity, expected),
                    "path of %s: found %s" % (opportunity, found)]
    return []


def compare_book(binary, seed, tally):
    """True if both sides agree on every question about one random book."""
    folder = tempfile.mkdtemp(prefix="book-%d-" % seed)
    agreed = True
    try:
        moments = books.generate(seed, folder)
        book = model.Book(folder)
        questions = [(as_of, True) for as_of in moments]
        questions.append((moments[0], False))       # only the open ones
        for place, (as_of, everything) in enumerate(questions):
            instant = model.parse_time(as_of, last_second=True)
            expected = model.report(book, instant, everything)
            found, complaint, printed = ask(binary, folder, as_of, everything)
            if found is None:
                wrong = [complaint]
            else:
                wrong = compare(expected, found, "", "", tally)
            if not wrong:
                continue
            agreed = False
            stem = os.path.join(folder, "answer-%d" % place)
            with open(stem + "-expected.json", "w",
                      encoding="utf-8") as stream:
                json.dump(expected, stream, ensure_ascii=False, indent=1)
            with open(stem + "-found.json", "wb") as stream:
                stream.write(printed)
            print("seed %d, as of %s%s: %d difference(s), book in %s"
                  % (seed, as_of, " --all" if everything else "", len(wrong),
                     folder))
            for line in wrong[:SHOWN]:
                print("    " + line)
            if len(wrong) > SHOWN:
                print("    ... and %d more" % (len(wrong) - SHOWN))
            if found is not None and complaint:
                for line in complaint.splitlines()[:SHOWN]:
                    print("    said: " + line)
            break
        as_of = moments[seed % len(moments)]
        wrong = compare_paths(binary, folder, book, as_of, tally)
        if wrong:
            agreed = False
            print("seed %d, as of %s: book in %s" % (seed, as_of, folder))
            print("    " + "\n    ".join(wrong))
    except Exception:       # a bug of the reference is a failure, too
        agreed = False
        print("seed %d: the reference failed, book in %s" % (seed, folder))
        traceback.print_exc(file=sys.stdout)
    if agreed:
        shutil.rmtree(folder)
    return agreed


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: compare.py QBG_BINARY COUNT [FIRST_SEED]")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    binary, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) == 4 else 1
    if "QBG_TESTS_QUICK" in os.environ:
        count = (count + 3) // 4
    tally = Tally()
    passed = sum(compare_book(binary, seed, tally)
                 for seed in range(first, first + count))
    print("%d of %d doubles equal to the last bit"
          % (tally.bit_equal, tally.doubles))
    for what, counts in (("paths", tally.paths), ("steps", tally.kinds)):
        print("%s: %s" % (what, ", ".join(
            "%d %s" % (number, name) for name, number
            in sorted(counts.items()))))
    print("%d passed, %d failed" % (passed, count - passed))
    return 0 if passed == count else 1


if __name__ == "__main__":
    sys.exit(main())
