#!/usr/bin/env python3
"""Compare `detect` and `baseline` with docs/detection.md, on random books.

    python3 formation.py QBG_BINARY COUNT [FIRST_SEED]

A second implementation of that page, plain and slow: every instant at which
somebody arrives is measured, chances come from logarithms of the gamma
function, and who can sit where is tried out.  Figures, people, instants and
roles have to be the same, p values and expected counts to a relative 1e-9.
"""

import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

import books    # noqa: E402
import model    # noqa: E402

DAY = model.DAY
YEAR = 365
SHAPE = 4
RATES = [2.0 ** (level - 6) for level in range(27)]
LOWS = list(range(16)) + [
    (16 << octave) * (4 + quarter) // 4
    for octave in range(16) for quarter in range(4)] + [1 << 20]

# ---------------------------------------------------------------------------
# Streams and arrivals
# ---------------------------------------------------------------------------


def stream_of(book, signal):
    """(account, solution or None), or None when it is at no account."""
    destination = model.route(book, signal)
    if destination is not None and destination[1] is None:
        row = book.opportunities[destination[0]]
        return row["account"], row["solution"]
    account = book.account_of(signal)
    return (account, model.solution_of(book, signal)) if account else None


def person_of(book, signal):
    """("contact", key), ("visitor", account, id), or None: nobody."""
    if book.kinds[signal.kind].third_party:
        return None
    contact = book.person_of(signal)
    if contact:
        return "contact", contact
    return "visitor", signal.account, signal.visitor


def category_of(book, signal, person):
    if book.kinds[signal.kind].third_party:
        return "third_party"
    if signal.kind in book.leads:
        return "qualified_lead"
    return "named" if person[0] == "contact" else "anonymous"


def streams_of(book, instant):
    """{(account, solution): [(time, person, category)]}, by time."""
    streams = {}
    for signal in book.signals:
        stream = stream_of(book, signal)
        if signal.time > instant or stream is None:
            continue
        if book.kinds[signal.kind].points < book.parameters["formation_points"]:
            continue
        person = person_of(book, signal)
        streams.setdefault(stream, []).append(
            (signal.time, person, category_of(book, signal, person)))
    for acts in streams.values():
        acts.sort(key=lambda act: act[0])
    return streams


def quiet_of(book):
    return DAY * max(book.parameters["formation_quiet_days"],
                     book.parameters["formation_window_days"])


def arrivals_of(book, acts):
    """[(time, person)] of those who turn up."""
    last, found = {}, []
    for time, person, _ in acts:
        if person is None:
            continue
        if person not in last or time - last[person] > quiet_of(book):
            found.append((time, person))
        last[person] = time
    return found


# ---------------------------------------------------------------------------
# What is usual
# ---------------------------------------------------------------------------


def figures_of(book, start, end):
    """The figures that are not 0."""
    streams = streams_of(book, end - 1)
    accounts = {account for account, _ in streams}
    found = {"period_s": end - start}
    for account in accounts:
        for solution in list(book.solutions) + [None]:
            acts = streams.get((account, solution), [])
            came = [person[0] for time, person in arrivals_of(book, acts)
                    if start <= time < end]
            for sort in ("contact", "visitor"):
                low = max(low for low in LOWS if low <= came.count(sort))
                key = "%ss.%d" % (sort, low)
                found[key] = found.get(key, 0) + 1
    return found


def beforehand():
    weights = [0.5 ** abs(level - 4) for level in range(27)]
    return [weight / sum(weights) for weight in weights]


def given(weights, count, years):
    """The weights of levels once it is known that so many came."""
    found = []
    for weight, rate in zip(weights, RATES):
        own = SHAPE / rate
        found.append(math.log(weight) + SHAPE * math.log(own / (own + years))
                     + count * math.log(years / (own + years))
                     if weight > 0 else -math.inf)
    most = max(found)
    found = [math.exp(one - most) for one in found]
    return [one / sum(found) for one in found]


def fitted(figures, sort):
    """The weights of levels after 200 steps."""
    years = figures.get("period_s", 0) / (YEAR * DAY)
    if years == 0:
        return beforehand()
    seen = []
    for low, following in zip(LOWS, LOWS[1:] + [LOWS[-1] + 1]):
        times = figures.get("%s.%d" % (sort, low), 0)
        if times:
            seen.append((low + (following - low - 1) // 2, times))
    weights = beforehand()
    for _ in range(200):
        total = [10 * weight for weight in beforehand()]
        for count, times in seen:
            share = given(weights, count, years)
            total = [one + times * part for one, part in zip(total, share)]
        weights = [one / sum(total) for one in total]
    return weights


# ---------------------------------------------------------------------------
# How unusual
# ---------------------------------------------------------------------------


def binomial(shape, ratio, count):
    """P(NB = count)."""
    return math.exp(math.lgamma(shape + count) - math.lgamma(shape)
                    - math.lgamma(count + 1) + shape * math.log1p(-ratio)
                    + count * math.log(ratio))


class Process:
    """Contacts or visitors of a stream: chances of counts in a window, and
    the same times the rate a year."""

    def __init__(self, weights, came, history, window, most):
        self.chances = [0.0] * (most + 1)
        self.meetings = [0.0] * (most + 1)
        self.rate = 0.0
        shape = SHAPE + came
        for weight, rate in zip(given(weights, came, history), RATES):
            if weight < 1e-30:
                continue
            years = SHAPE / rate + history
            ratio = window / (years + window)
            self.rate += weight * shape / years
            for count in range(most + 1):
                self.chances[count] += weight * binomial(shape, ratio, count)
                self.meetings[count] += (weight * shape / years
                                         * binomial(shape + 1, ratio, count))


class Usual:
    """Answers how unusual a count of heads is."""

    def __init__(self, book, figures):
        self.book = book
        self.contacts = fitted(figures, "contacts")
        self.visitors = fitted(figures, "visitors")
        self.discount = book.parameters["anonymous_discount"]
        self.history = book.parameters["formation_history_days"] / YEAR
        self.window = book.parameters["formation_window_days"] / YEAR
        self.known = {}

    def heads(self, contacts, visitors):
        return contacts + visitors * self.discount // 1000

    def of(self, came, heads):
        """(V, expected)."""
        if (came, heads) not in self.known:
            self.known[came, heads] = self.measured(came, heads)
        return self.known[came, heads]

    def measured(self, came, heads):
        most = 120
        contacts = Process(self.contacts, came[0], self.history, self.window, most)
        visitors = Process(self.visitors, came[1], self.history, self.window, most)
        alarms = []
        for i in range(most + 1):
            for j in range(most + 1):
                if self.heads(i + 1, j) >= heads:
                    alarms.append(contacts.meetings[i] * visitors.chances[j])
                if self.discount and self.heads(i, j + 1) >= heads:
                    alarms.append(contacts.chances[i] * visitors.meetings[j])
        expected = (contacts.rate + visitors.rate * self.discount / 1000) * self.window
        return math.fsum(alarms), expected


# ---------------------------------------------------------------------------
# Groups
# ---------------------------------------------------------------------------


def counted(arrivals, start, end):
    """(contacts, visitors) who arrived in (start, end]."""
    came = [person[0] for time, person in arrivals if start < time <= end]
    return came.count("contact"), came.count("visitor")


def unusual_instants(book, usual, arrivals):
    """{instant: (heads, V, expected)} of all that are unusual."""
    parameters = book.parameters
    window = parameters["formation_window_days"] * DAY
    history = parameters["formation_history_days"] * DAY
    found = {}
    for time in sorted({time for time, _ in arrivals}):
        heads = usual.heads(*counted(arrivals, time - window, time))
        end = time - 2 * window
        came = counted(arrivals, end - history, end)
        departments = {book.contacts[person[1]]["department"]
                       for then, person in arrivals
                       if time - window < then <= time and person[0] == "contact"}
        mean = (came[0] + came[1] * usual.discount / 1000) * window / history
        alarms, expected = usual.of(came, heads) if heads > 0 else (math.inf, 0)
        found[time] = (heads, alarms, expected, all((
            heads >= parameters["formation_people"],
            len(departments - {""}) >= parameters["formation_departments"],
            heads > mean and (heads - mean) ** 2 > 4 * mean,
            alarms <= parameters["formation_false_alarms"] / 1e6)))
    return found


def crossing_of(book, instants, instant):
    """The first of the unusual instants that chain back from an instant."""
    window = book.parameters["formation_window_days"] * DAY
    bound, crossed = instant - window, None
    for time in sorted(instants, reverse=True):
        if time <= bound:
            break
        if instants[time][3]:
            crossed, bound = time, time - window
    return crossed


def roles_of(book, account, solution, contact, opportunity, instant):
    """(asserted, candidates) as of a present member, or of anybody else."""
    seats = book.templates[book.solutions[solution][0]]
    if opportunity and book.standing(opportunity, contact, instant) == "present":
        asserted = book.asserted_roles(opportunity, contact, instant)
        if asserted:
            return asserted, set()
        return set(), book.possible_roles(opportunity, contact, seats, instant)
    if 1000 < book.parameters["role_confidence"]:
        return set(), set()
    return set(), book.inferred_roles(contact, seats)


def open_opportunity(book, account, solution, instant):
    found = []
    for key, row in book.opportunities.items():
        opened = model.optional_time(row["opened"])
        closed = model.optional_time(row["closed"])
        if (row["account"], row["solution"]) != (account, solution):
            continue
        if (opened is None or opened <= instant) and (closed is None or instant < closed):
            found.append((-math.inf if opened is None else opened, key))
    latest = max((opened for opened, _ in found), default=None)
    return min((key for opened, key in found if opened == latest),
               key=model.by_bytes, default=None)


def group_of(book, usual, stream, acts, instant):
    """A row of the answer, or None."""
    account, solution = stream
    window = book.parameters["formation_window_days"] * DAY
    arrivals = arrivals_of(book, acts)
    instants = unusual_instants(book, usual, arrivals)
    crossed = crossing_of(book, instants, instant)
    if crossed is None:
        return None
    most = max(instants[time][0] for time in instants if time >= crossed)
    best = instants[max(time for time in instants
                        if time >= crossed and instants[time][0] == most)]
    if best[1] >= instants[crossed][1]:
        best = instants[crossed]
    came = {person: time for time, person in reversed(arrivals)
            if time > crossed - quiet_of(book)}     # the first
    active = {person for time, person, _ in acts
              if person is not None and time > crossed - window}
    lately = {person for person in active if person in came}
    who = sorted((person[1] for person in lately if person[0] == "contact"),
                 key=model.by_bytes)
    categories = {category for time, _, category in acts if time > crossed - window}
    departments = {book.contacts[contact]["department"] for contact in who}
    since = min(came[person] for person in lately)
    opportunity = open_opportunity(book, account, solution, instant)
    row = {
        "account": account, "solution": solution,
        "since": model.format_time(since), "crossed": model.format_time(crossed),
        "latency_days": (crossed - since) // DAY, "people": len(who),
        "visitors": len(lately) - len(who), "regulars": len(active - lately),
        "newcomers": best[0], "expected": best[2], "p_value": min(best[1], 1.0),
        "departments": ";".join(name for name in DEPARTMENTS if name in departments),
        "categories": ";".join(name for name in CATEGORIES if name in categories),
        "who": ";".join(who), "opportunity": opportunity,
    }
    if solution is None:
        return dict(row, roles="", missing_roles=None)
    seats = book.templates[book.solutions[solution][0]]
    people, told = [], []
    for contact in who:
        asserted, candidates = roles_of(book, account, solution, contact, opportunity,
                                        instant)
        told.append("+".join(book.in_role_order(asserted or candidates)))
        people.append(model.Person(contact, asserted, candidates))
    seated = model.seat_on_template(seats, people)
    return dict(row, roles=";".join(told), missing_roles=";".join(
        seat.role for seat in seats if not seated[seat.role]))


DEPARTMENTS = ("executive finance it engineering operations procurement legal hr "
               "marketing sales product security other").split()
CATEGORIES = "named anonymous qualified_lead third_party".split()


# ---------------------------------------------------------------------------
# Both
# ---------------------------------------------------------------------------


def prepare(folder, seed):
    """A policy under which groups are found in a small book."""
    pick = random.Random(seed)
    rows = [(row["parameter"], row["value"])
            for row in model.read_table(folder, "policy")]
    rows += [("formation_window_days", pick.choice([3, 10, 21, 40])),
             ("formation_history_days", pick.choice([30, 90, 365])),
             ("formation_quiet_days", pick.choice([1, 15, 90])),
             ("formation_people", pick.choice([1, 1, 2, 3])),
             ("formation_departments", pick.choice([0, 0, 0, 1, 2])),
             ("formation_points", pick.choice(["0.001", "1", "2.5"])),
             ("formation_false_alarms", pick.choice([10, 200, 1000]))]
    if pick.random() < 0.5:
        rows.append(("anonymous_discount", pick.choice(["0", "0.3", "0.5", "1"])))
    path = os.path.join(folder, "policy.csv")
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("parameter", "value"), *dict(rows).items()])


def read(folder):
    book = model.Book(folder)
    book.leads = {"qualified_lead"} | {
        row["kind"] for row in model.read_table(folder, "kinds")
        if row["category"] == "qualified_lead"}
    for row in model.read_table(folder, "kinds"):
        if row["category"] and row["category"] != "qualified_lead":
            book.leads.discard(row["kind"])
    return book


def ask(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, encoding="utf-8").stdout


def is_near(one, other):
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def differences(expected, found):
    ours = {(row["account"], row["solution"]): row for row in expected}
    theirs = {(row["account"], row["solution"]): row for row in found}
    for key in sorted(ours.keys() | theirs.keys(), key=str):
        if key not in ours or key not in theirs:
            row = ours.get(key, theirs.get(key))
            yield "%s: only %s: %r" % (key, "expected" if key in ours else "found", row)
            continue
        for name, value in ours[key].items():
            other = theirs[key][name]
            if is_near(value, other) if isinstance(value, float) else value == other:
                continue
            yield "%s.%s: expected %r, found %r" % (key, name, value, other)


def compare(binary, folder, book, as_of):
    """(differences, groups) as of an instant."""
    instant = model.parse_time(as_of, last_second=True)
    end = instant + 1 - 2 * book.parameters["formation_window_days"] * DAY
    start = max(0, end - book.parameters["formation_history_days"] * DAY)
    figures = figures_of(book, start, end) if start < end else {}
    lines = ask(binary, "baseline", folder, "--as-of", as_of).splitlines()[1:]
    told = {key: int(value) for key, value in (line.split(",") for line in lines)}
    wrong = [] if told == figures else ["figures: expected %r, found %r" % (figures, told)]
    usual = Usual(book, figures)
    groups = [group_of(book, usual, stream, acts, instant)
              for stream, acts in streams_of(book, instant).items()]
    expected = [group for group in groups if group]
    found = json.loads(ask(binary, "detect", folder, "--as-of", as_of, "--format", "json"))
    rows = found
    order = [(row["p_value"], model.by_bytes(row["account"]), model.by_bytes(row["solution"]))
             for row in rows]
    if order != sorted(order):
        wrong.append("rows are in another order")
    return wrong + list(differences(expected, rows)), len(rows)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    binary, count = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    if "QBG_TESTS_QUICK" in os.environ:
        count = (count + 3) // 4
    groups = asked = faults = 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as place:
            folder = os.path.join(place, "book")
            instants = books.generate(seed, folder)
            prepare(folder, seed)
            book = read(folder)
            for as_of in instants:
                wrong, found = compare(binary, folder, book, as_of)
                asked, groups = asked + 1, groups + found
                for line in wrong[:5]:
                    print("seed %d as of %s: %s" % (seed, as_of, line))
                faults += len(wrong)
    print("%d questions, %d groups, %d differences" % (asked, groups, faults))
    if faults or groups < count // 4:
        sys.exit(1)


if __name__ == "__main__":
    main()
