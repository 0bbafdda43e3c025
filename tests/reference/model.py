#!/usr/bin/env python3
"""A reference implementation of the buying-group arithmetic.

It is written from the specification alone and shares nothing with the C
library, so that the two can be compared on books nobody has seen before.
Nothing here is fast and nothing is cached between questions: every answer is
recomputed from the lists of facts.

    python3 model.py BOOK --as-of 2025-11-19 [--all | --path OPPORTUNITY]
    python3 model.py --check BOOKS_DIR GOLDEN_DIR

Integers are Python integers and therefore exact.  Doubles are used only where
the specification says so, and in the order in which it says so.
"""

import argparse
import calendar
import csv
import functools
import io
import itertools
import json
import os
import re
import sys
import time
from collections import namedtuple
from fractions import Fraction

DAY = 86400
FULL_WEIGHT = 1 << 24          # what one milli-point is worth on its first day
PLACES_UNIT = 720720           # divisible by every number of people from 1 to 16

# ---------------------------------------------------------------------------
# What the specification lists
# ---------------------------------------------------------------------------

CANONICAL_ROLES = (
    "economic_buyer decision_maker executive_sponsor champion coach initiator "
    "technical_evaluator business_evaluator end_user influencer procurement "
    "ratifier gatekeeper blocker other").split()

SENIORITIES = "assistant specialist manager director vp c_level".split()

BUILT_IN_POINTS = {
    "page_view": 1000, "pricing_view": 5000, "comparison_view": 4000,
    "content_read": 2000, "content_download": 5000, "email_open": 500,
    "email_click": 2000, "email_reply": 8000, "qualified_lead": 15000,
    "unsubscribe": -10000, "video_watch": 3000, "webinar_registration": 4000,
    "webinar_attendance": 8000, "event_registration": 5000,
    "event_attendance": 10000, "form_submit": 6000, "chat": 6000,
    "ad_click": 1000, "intent_topic": 5000, "complaint": -20000,
    "call": 10000, "meeting": 20000, "demo_request": 20000,
    "trial_start": 20000, "proposal_request": 25000, "question": 8000,
    "interaction": 5000, "social": 1000, "intent_surge": 15000,
    "bounce": -5000,
}

THIRD_PARTY_KINDS = ("intent_topic", "intent_surge")

HIGH_INTENT_KINDS = (
    "pricing_view comparison_view demo_request trial_start proposal_request "
    "meeting question email_reply content_download").split()

CRITERIA = (
    "members_identified members_engaged required_seats coverage_engaged "
    "intent recency need_validated budget authority timeline fit "
    "no_open_blocker").split()

#: Parameters that are decimals, in thousandths.
DEFAULT_MILLI = {
    "half_engagement_points": 20000, "engaged_points": 2500,
    "active_points": 10000, "coverage_floor": 250,
    "unassigned_discount": 500, "anonymous_discount": 500,
    "third_party_discount": 500, "role_confidence": 500,
    "min_coverage_engaged": 500, "min_intent": 500, "min_fit": 500,
    "hysteresis": 800, "trust_crm": 900, "trust_vendor": 500,
    "hysteresis": 800, "formation_points": 1000,
    "formation_false_alarms": 1000,
}

#: What others say of roles, and the parameter that says how far it is trusted.
EVIDENCE = {"crm_role": "trust_crm", "vendor_role": "trust_vendor"}

#: Parameters that are whole numbers.
DEFAULT_WHOLE = {
    "half_life_days": 30, "min_members_identified": 3,
    "min_members_engaged": 2, "max_silence_days": 30, "path_steps": 6,
    "route_lookback_days": 90, "formation_window_days": 21,
    "formation_history_days": 365, "formation_quiet_days": 90,
    "formation_people": 3, "formation_departments": 0,
}

Seat = namedtuple("Seat", "role weight people required departments seniority")

ENGINEERS = ("it", "engineering", "security")
BUSINESS = ("operations", "product", "hr", "marketing", "sales")

STANDARD_TEMPLATE = [
    Seat("economic_buyer", 3000, 1, True, ("finance",), "director"),
    Seat("decision_maker", 3000, 1, True, ("executive",), "c_level"),
    Seat("technical_evaluator", 2000, 1, True, ENGINEERS, "specialist"),
    Seat("champion", 2000, 1, False, (), ""),
    Seat("business_evaluator", 1000, 1, False, BUSINESS, "manager"),
    Seat("end_user", 1000, 2, False, (), "specialist"),
]

# ---------------------------------------------------------------------------
# Cells: times, decimals, lists
# ---------------------------------------------------------------------------

TIME_PATTERN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$")


def parse_time(text, last_second=False):
    """Seconds since 1970 of a time in any notation that a book allows.

    A date alone is the first second of that UTC day, or the last one when it
    says as of when a question is asked.
    """
    match = TIME_PATTERN.match(text)
    if not match:
        raise ValueError("not a time: %r" % text)
    year, month, day, hour, minute, second, zone = match.groups()
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    seconds = calendar.timegm((int(year), int(month), int(day)) + clock)
    if hour is None:
        return seconds + DAY - 1 if last_second else seconds
    if zone and zone != "Z":
        ahead = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
        seconds -= ahead if zone[0] == "+" else -ahead
    return seconds


def format_time(seconds):
    """The one notation in which answers give times."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def optional_time(text):
    """An empty cell is an absent time."""
    return parse_time(text) if text else None


def milli(text):
    """A decimal with at most three places as an integer of thousandths."""
    thousandths = Fraction(text) * 1000
    if thousandths.denominator != 1:
        raise ValueError("more than three places: %r" % text)
    return thousandths.numerator


def split(text):
    """The values of a cell that may hold several; empty ones do not count."""
    return [value for value in text.split(";") if value]


def by_bytes(key):
    """Keys are compared bytewise, None comes before every key."""
    return key.encode("utf-8") if key is not None else b""


# ---------------------------------------------------------------------------
# Histories
# ---------------------------------------------------------------------------

Dated = namedtuple("Dated", "since source value")


def value_at(history, undated, instant):
    """The value that holds at an instant.

    It is that of the latest row not after the instant; among rows of the same
    second the host's beats a rule's, then the bytewise greater value wins.
    Without such a row the undated value holds.  A row with an empty value
    leaves no value at all.
    """
    known = [row for row in history if row.since <= instant]
    if not known:
        return undated
    latest = max(known, key=lambda row: (
        row.since, row.source == "host", by_bytes(row.value)))
    return latest.value


# ---------------------------------------------------------------------------
# The book
# ---------------------------------------------------------------------------

Kind = namedtuple("Kind", "points third_party high_intent")
Signal = namedtuple(
    "Signal", "time kind account contact visitor solution opportunity content")


class Member:
    """A contact on an opportunity: its undated cells."""

    def __init__(self):
        self.roles = set()
        self.evidence = {kind: set() for kind in EVIDENCE}
        self.cells = {}
        self.sources = {}

    def add_row(self, row):
        """Unite the roles; let other filled cells of the later row count.

        A row that comes from a rule never overwrites a cell set by the host.
        """
        source = row["source"] or "host"
        self.roles.update(split(row["role"]))
        for kind in EVIDENCE:
            self.evidence[kind].update(split(row.get(kind, "")))
        for column in ("status", "stance", "influence", "participation",
                       "interest", "joined", "left"):
            if not row[column]:
                continue
            if source == "rule" and self.sources.get(column) == "host":
                continue
            self.cells[column] = row[column]
            self.sources[column] = source

    def cell(self, column):
        return self.cells.get(column, "")

    @property
    def joined(self):
        return optional_time(self.cell("joined"))

    @property
    def left(self):
        return optional_time(self.cell("left"))


class Row(dict):
    """A row of a table; a column that the table lacks reads as empty."""

    def __missing__(self, column):
        return ""


def read_table(folder, name):
    """The rows of one table, in file order; a missing table has none.

    The folder may be a dictionary that has the rows already.
    """
    if isinstance(folder, dict):
        return [Row(row) for row in folder.get(name, [])]
    path = os.path.join(folder, name + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if not lines:
        return []
    header = lines[0]
    return [Row(zip(header, line)) for line in lines[1:] if line]


class Book:
    """Everything that one tenant knows."""

    def __init__(self, folder):
        self.read_policy(folder)
        self.read_catalogue(folder)
        self.read_people(folder)
        self.read_opportunities(folder)
        self.read_history(folder)
        self.read_signals(folder)

    # -- reading ------------------------------------------------------------

    def read_policy(self, folder):
        self.parameters = dict(DEFAULT_MILLI)
        self.parameters.update(DEFAULT_WHOLE)
        self.modes = {criterion: "required" if place < 6 else "advisory"
                      for place, criterion in enumerate(CRITERIA)}
        self.point_policy = {}
        for row in read_table(folder, "policy"):
            parameter, value = row["parameter"], row["value"]
            if parameter.startswith("mode."):
                self.modes[parameter[len("mode."):]] = value
            elif parameter.startswith("points."):
                self.point_policy[parameter[len("points."):]] = milli(value)
            elif parameter in DEFAULT_WHOLE:
                self.parameters[parameter] = int(value)
            elif parameter in DEFAULT_MILLI:
                self.parameters[parameter] = milli(value)
            else:
                raise ValueError("no such parameter: %r" % parameter)

    def read_catalogue(self, folder):
        """Kinds, roles, templates and solutions."""
        self.kinds = {
            kind: Kind(points, kind in THIRD_PARTY_KINDS,
                       kind in HIGH_INTENT_KINDS)
            for kind, points in BUILT_IN_POINTS.items()}
        for row in read_table(folder, "kinds"):
            kind = self.kinds.get(row["kind"], Kind(0, False, False))
            if row["points"]:
                kind = kind._replace(points=milli(row["points"]))
            if row["category"]:
                kind = kind._replace(
                    third_party=row["category"] == "third_party")
            if row["high_intent"]:
                kind = kind._replace(high_intent=row["high_intent"] == "1")
            self.kinds[row["kind"]] = kind
        for name, points in self.point_policy.items():
            self.kinds[name] = self.kinds[name]._replace(points=points)

        host_roles = {row["role"] for row in read_table(folder, "roles")}
        host_roles -= set(CANONICAL_ROLES)
        self.roles = CANONICAL_ROLES + sorted(host_roles, key=by_bytes)

        self.templates = {"standard": STANDARD_TEMPLATE}
        for row in read_table(folder, "templates"):
            seats = self.templates.setdefault(row["template"], [])
            seats.append(Seat(
                row["role"], milli(row["weight"] or "1"),
                int(row["people"] or "1"), row["required"] == "1",
                tuple(split(row["departments"])), row["min_seniority"]))

        self.solutions = {}
        for row in read_table(folder, "solutions"):
            prefixes = [prefix.encode("utf-8")
                        for prefix in split(row["content"])]
            self.solutions[row["solution"]] = (
                row["template"] or "standard", prefixes)

    def read_people(self, folder):
        self.contacts = {row["contact"]: row
                         for row in read_table(folder, "contacts")}
        self.visitors = {row["visitor"]: row["contact"]
                         for row in read_table(folder, "visitors")}

    def read_opportunities(self, folder):
        self.opportunities = {row["opportunity"]: row
                              for row in read_table(folder, "opportunities")}
        self.members = {}
        for row in read_table(folder, "members"):
            pair = (row["opportunity"], row["contact"])
            self.members.setdefault(pair, Member()).add_row(row)
        self.needs = {}
        for row in read_table(folder, "needs"):
            need = (row["opportunity"], row["contact"], row["need"])
            undated, dated = self.needs.setdefault(need, ([], []))
            state = row["state"] or "open"
            if row["date"]:
                dated.append(Dated(parse_time(row["date"]), "host", state))
            else:
                undated.append(state)

    def read_history(self, folder):
        self.history = {}
        for row in read_table(folder, "history"):
            subject = (row["opportunity"], row["contact"], row["field"])
            self.history.setdefault(subject, []).append(Dated(
                parse_time(row["from"]), row["source"] or "host",
                row["value"]))

    def read_signals(self, folder):
        """Signals in file order; of equal event ids only the first stays.

        Whether the other one is a duplicate or a conflict makes a difference
        to what is reported about the import, and none to any number.
        """
        self.signals = []
        seen = set()
        for row in read_table(folder, "signals"):
            signal = Signal(
                parse_time(row["time"]), row["kind"], row["account"],
                row["contact"], row["visitor"], row["solution"],
                row["opportunity"], row["content"])
            if row["event"]:
                event = self.event_scope(signal) + (row["event"],)
                if event in seen:
                    continue
                seen.add(event)
            self.signals.append(signal)

    # -- facts --------------------------------------------------------------

    def real(self, parameter):
        """A decimal parameter as a double."""
        return self.parameters[parameter] / 1000.0

    def person_of(self, signal):
        """The signal's contact: the one given, else the visitor's, if known."""
        return signal.contact or self.visitors.get(signal.visitor, "")

    def account_of_contact(self, contact, instant):
        undated = self.contacts[contact]["account"]
        moves = self.history.get(("", contact, "account"), [])
        return value_at(moves, undated, instant)

    def account_of(self, signal):
        """The signal's own account, else its contact's at that time."""
        if signal.account:
            return signal.account
        person = self.person_of(signal)
        return self.account_of_contact(person, signal.time) if person else ""

    def event_scope(self, signal):
        """Within what the signal's event id is unique."""
        account = self.account_of(signal)
        if account:
            return ("account", account)
        person = self.person_of(signal)
        if person:
            return ("contact", person)
        return ("visitor", signal.visitor)

    def member_value(self, opportunity, contact, field, instant):
        """A member's status, stance, participation or interest."""
        history = self.history.get((opportunity, contact, field), [])
        undated = self.members[opportunity, contact].cell(field)
        return value_at(history, undated, instant)

    def asserted_roles(self, opportunity, contact, instant):
        """The roles that somebody said the member has."""
        history = self.history.get((opportunity, contact, "role"), [])
        undated = ";".join(self.members[opportunity, contact].roles)
        return set(split(value_at(history, undated, instant)))

    def possible_roles(self, opportunity, contact, seats, instant):
        """The roles that a member without asserted ones may have."""
        roles = self.inferred_roles(contact, seats)
        for kind, trust in EVIDENCE.items():
            if self.parameters[trust] < self.parameters["role_confidence"]:
                continue
            history = self.history.get((opportunity, contact, kind), [])
            undated = ";".join(self.members[opportunity, contact].evidence[kind])
            roles = roles | set(split(value_at(history, undated, instant)))
        return roles

    def opportunity_value(self, opportunity, field, instant):
        history = self.history.get((opportunity, "", field), [])
        undated = self.opportunities[opportunity][field]
        return value_at(history, undated, instant)

    def members_of(self, opportunity):
        """Contacts that are or were or will be members, in key order."""
        return sorted((contact for owner, contact in self.members
                       if owner == opportunity), key=by_bytes)

    def template_of(self, opportunity):
        solution = self.opportunities[opportunity]["solution"]
        template, _ = self.solutions[solution]
        return self.templates[template]

    # -- presence -----------------------------------------------------------

    def standing(self, opportunity, contact, instant):
        """What a contact is to an opportunity at an instant.

        `present`, `outsider` (no member, or not yet) or `gone` (dismissed or
        left, which takes his acts out of the group's intent).
        """
        if (opportunity, contact) not in self.members:
            return "outsider"
        member = self.members[opportunity, contact]
        status = self.member_value(opportunity, contact, "status", instant)
        if status in ("dismissed", "left"):
            return "gone"
        if member.left is not None and member.left <= instant:
            return "gone"
        if member.joined is not None and member.joined > instant:
            return "outsider"
        return "present"

    def inferred_roles(self, contact, seats):
        """What the contact's persona suggests on this template."""
        department = self.contacts[contact]["department"]
        seniority = self.contacts[contact]["seniority"]
        if not department and not seniority:
            return set()
        fitting = [seat for seat in seats
                   if seat_fits(seat, department, seniority)]
        if not fitting:
            return {"influencer"}
        heaviest = max(seat.weight for seat in fitting)
        for seat in fitting:
            if seat.weight == heaviest:
                return {seat.role}

    def in_role_order(self, roles):
        return sorted(roles, key=self.roles.index)


def seat_fits(seat, department, seniority):
    """Does a persona fit a seat?  A seat without rules infers nobody.

    An unknown half of the persona meets no rule about it.
    """
    if not seat.departments and not seat.seniority:
        return False
    if seat.departments and department not in seat.departments:
        return False
    if not seat.seniority:
        return True
    if not seniority:
        return False
    return SENIORITIES.index(seniority) >= SENIORITIES.index(seat.seniority)


# ---------------------------------------------------------------------------
# Routing: which opportunity a signal counts for, and from when on
# ---------------------------------------------------------------------------

Life = namedtuple("Life", "opportunity start end opened")


def later(first, second):
    """The later of two starts, where an absent one is earliest."""
    known = [start for start in (first, second) if start is not None]
    return max(known) if known else None


def earlier(first, second):
    """The earlier of two ends, where an absent one is latest."""
    known = [end for end in (first, second) if end is not None]
    return min(known) if known else None


def solution_of(book, signal):
    """The solution that is named, else that of the longest content prefix."""
    if signal.solution:
        return signal.solution
    content = signal.content.encode("utf-8")
    best = None
    for key in sorted(book.solutions, key=by_bytes):
        _, prefixes = book.solutions[key]
        for prefix in prefixes:
            longer = best is None or len(prefix) > best[0]
            if content.startswith(prefix) and longer:
                best = (len(prefix), key)
    return best[1] if best else None


def own_life(book, opportunity):
    row = book.opportunities[opportunity]
    opened = optional_time(row["opened"])
    return Life(opportunity, opened, optional_time(row["closed"]), opened)


def life_of_membership(book, opportunity, contact):
    """The opportunity's life as far as the contact takes part in it."""
    member = book.members.get((opportunity, contact))
    if member is None or member.cell("status") == "dismissed":
        return None
    life = own_life(book, opportunity)
    return life._replace(start=later(life.start, member.joined),
                         end=earlier(life.end, member.left))


def candidates_of(book, signal):
    """The lives among which a signal without a named opportunity may choose."""
    solution = solution_of(book, signal)
    account = book.account_of(signal)
    person = book.person_of(signal)
    lives = []
    for opportunity, row in book.opportunities.items():
        if solution is not None and row["solution"] != solution:
            continue
        if solution is not None and account and row["account"] == account:
            lives.append(own_life(book, opportunity))
        else:
            lives.append(life_of_membership(book, opportunity, person))
    return [life for life in lives if life is not None
            and (life.start is None or life.end is None
                 or life.start < life.end)]


def route(book, signal):
    """(opportunity, instant from which the signal counts there), or None.

    The instant is None where nothing has to be waited for.
    """
    if signal.opportunity:
        return signal.opportunity, None
    lives = candidates_of(book, signal)

    alive = [life for life in lives
             if (life.start is None or life.start <= signal.time)
             and (life.end is None or signal.time < life.end)]
    if alive:
        opened = [life.opened for life in alive if life.opened is not None]
        latest = max(opened) if opened else None
        keys = [life.opportunity for life in alive if life.opened == latest]
        return min(keys, key=by_bytes), None

    horizon = signal.time + book.parameters["route_lookback_days"] * DAY
    coming = [life for life in lives if life.start is not None
              and signal.time < life.start <= horizon]
    if coming:
        first = min(life.start for life in coming)
        keys = [life.opportunity for life in coming if life.start == first]
        return min(keys, key=by_bytes), first
    return None


def counted_signals(book, instant):
    """Signals by the opportunity that they count for at an instant."""
    counted = {opportunity: [] for opportunity in book.opportunities}
    for signal in book.signals:
        if signal.time > instant:
            continue
        destination = route(book, signal)
        if destination is None:
            continue
        opportunity, start = destination
        if start is None or start <= instant:
            counted[opportunity].append(signal)
    return counted


# ---------------------------------------------------------------------------
# Ageing and points
# ---------------------------------------------------------------------------

def integer_root(number, degree, bits):
    """The largest integer whose power does not exceed the number."""
    root = 0
    for bit in reversed(range(bits)):
        longer = root | 1 << bit
        if longer ** degree <= number:
            root = longer
    return root


@functools.lru_cache(maxsize=None)
def decay(age, half_life):
    """D[a]: the largest n with (2n-1)^H <= 2^(25H-a), or 0 beyond 25H days."""
    if age > 25 * half_life:
        return 0
    root = integer_root(1 << (25 * half_life - age), half_life, 26)
    return (root + 1) // 2


def age_of(signal, instant):
    return (instant - signal.time) // DAY


def ledger_sum(book, signals, instant):
    """E_int of a list of signals."""
    half_life = book.parameters["half_life_days"]
    return sum(book.kinds[signal.kind].points
               * decay(age_of(signal, instant), half_life)
               for signal in signals)


def points_of(e_int):
    """E, with its one division."""
    return float(max(e_int, 0)) / float(1000 * FULL_WEIGHT)


def engagement_of(book, e_int):
    points = points_of(e_int)
    return points / (points + book.real("half_engagement_points"))


def intent_of(factors):
    """I = 1 - P, the factors multiplied in ascending order."""
    product = 1.0
    for factor in sorted(factors):
        product = product * factor
    return 1.0 - product


def reaches(book, e_int, parameter):
    """Is a sum within a band?  Bands compare integers."""
    return e_int >= FULL_WEIGHT * book.parameters[parameter]


# ---------------------------------------------------------------------------
# Seating
# ---------------------------------------------------------------------------

Person = namedtuple("Person", "contact asserted candidates")


def seat_people(places, worth, people, required=()):
    """Who sits where, so that the total worth is the maximum possible.

    `places` and `worth` give for each role how many places its seat has and
    what one filled place is worth (exact integers).  People come in key
    order.  Those with asserted roles fill a place on each of their seats;
    the others fill at most one. Every possibility is tried for the total;
    of those that reach it, the one of the model's order is taken: places by
    worth, then required ones, then template order, each by an augmenting path.
    """
    seated = {role: [] for role in places}
    for person in people:
        for role in person.asserted:
            if role in seated and len(seated[role]) < places[role]:
                seated[role].append(person.contact)

    flexible = [person for person in people if not person.asserted]
    roles = list(places)
    free = tuple(places[role] - len(seated[role]) for role in roles)

    @functools.lru_cache(maxsize=None)
    def best(first, free):
        """The best worth and choices for the people from the first one on."""
        if first == len(flexible):
            return 0, ()
        found = None
        for place, role in enumerate(roles):
            if role in flexible[first].candidates and free[place] > 0:
                left = free[:place] + (free[place] - 1,) + free[place + 1:]
                total, choices = best(first + 1, left)
                total += worth[role]
                if found is None or total > found[0]:
                    found = (total, (role,) + choices)
        total, choices = best(first + 1, free)
        if found is None or total > found[0]:
            found = (total, (None,) + choices)
        return found

    taken = [None] * len(flexible)

    def augment(place, asked):
        asked.add(place)
        for number, person in enumerate(flexible):
            other = taken[number]
            if roles[place] not in person.candidates or other == place:
                continue
            if other is not None and (other in asked
                                      or not augment(other, asked)):
                continue
            taken[number] = place
            return True
        return False

    for place in sorted(range(len(roles)), key=lambda place: (
            -worth[roles[place]], roles[place] not in required, place)):
        for _ in range(free[place]):
            if not augment(place, set()):
                break
    total = sum(worth[roles[place]] for place in taken if place is not None)
    if total != best(0, free)[0]:
        raise AssertionError("the model's order does not reach the maximum")
    for person, place in zip(flexible, taken):
        if place is not None:
            seated[roles[place]].append(person.contact)
    return {role: sorted(names, key=by_bytes)
            for role, names in seated.items()}


def seat_on_template(seats, people):
    """The seating that gives the greatest weighted coverage."""
    places = {seat.role: seat.people for seat in seats}
    worth = {seat.role: seat.weight * (PLACES_UNIT // seat.people)
             for seat in seats}
    required = {seat.role for seat in seats if seat.required}
    return seat_people(places, worth, people, required)


def required_filled(seats, people):
    """How many of the required seats can have somebody at once."""
    required = [seat.role for seat in seats if seat.required]
    alone = {role: 1 for role in required}
    seating = seat_people(alone, alone, people)
    return sum(len(seating[role]) for role in required)


def coverage_of(seats, seated):
    """Coverage as two integers."""
    covered = sum(seat.weight * len(seated[seat.role])
                  * (PLACES_UNIT // seat.people) for seat in seats)
    return covered, sum(seat.weight * PLACES_UNIT for seat in seats)


def completeness_of(seats, people):
    """The plain mean over seats, each member counted on every role he holds."""
    total = 0.0
    for seat in seats:
        assigned = sum(1 for person in people
                       if seat.role in person.asserted | person.candidates)
        share = float(assigned) / float(seat.people)
        total = total + min(share, 1.0)
    return total / float(len(seats))


# ---------------------------------------------------------------------------
# One opportunity as of an instant
# ---------------------------------------------------------------------------

class Assessment:
    """All numbers of one opportunity as of an instant."""

    def __init__(self, book, opportunity, signals, instant):
        self.book = book
        self.key = opportunity
        self.signals = signals
        self.instant = instant
        self.seats = book.template_of(opportunity)
        self.present = [
            contact for contact in book.members_of(opportunity)
            if book.standing(opportunity, contact, instant) == "present"]
        self.sort_signals()
        self.members = [self.describe_member(contact)
                        for contact in self.present]
        self.measure_intent()
        self.measure_coverage()
        self.measure_recency()
        self.apply_gate()

    # -- whose signals ------------------------------------------------------

    def sort_signals(self):
        """Give every counted signal to the one whom it belongs to."""
        self.of_contact, self.of_visitor, self.third_party = {}, {}, []
        for signal in self.signals:
            person = self.book.person_of(signal)
            if self.book.kinds[signal.kind].third_party:
                self.third_party.append(signal)
            elif person:
                self.of_contact.setdefault(person, []).append(signal)
            else:
                visitor = (self.book.account_of(signal), signal.visitor)
                self.of_visitor.setdefault(visitor, []).append(signal)

    # -- members ------------------------------------------------------------

    def describe_member(self, contact):
        """A present member as the answer shows him."""
        book, instant = self.book, self.instant
        signals = self.of_contact.get(contact, [])
        e_int = ledger_sum(book, signals, instant)
        word = book.member_value(self.key, contact, "participation", instant)
        engaged = reaches(book, e_int, "engaged_points")
        if word:
            engaged = word in ("active", "moderate")
        participation = word or (
            "active" if reaches(book, e_int, "active_points") else
            "moderate" if engaged else "passive")

        high = ledger_sum(book, [signal for signal in signals
                                 if book.kinds[signal.kind].high_intent],
                          instant)
        interest = (
            book.member_value(self.key, contact, "interest", instant)
            or ("high" if reaches(book, high, "active_points") else
                "medium" if reaches(book, high, "engaged_points") else "low"))

        stance = book.member_value(self.key, contact, "stance", instant)
        roles = book.asserted_roles(self.key, contact, instant)
        if not roles:
            roles = book.possible_roles(self.key, contact, self.seats,
                                        self.instant)
        last = max((signal.time for signal in signals), default=None)
        return {
            "contact": contact,
            "roles": book.in_role_order(roles),
            "points": points_of(e_int),
            "engagement": engagement_of(book, e_int),
            "engaged": engaged,
            "participation": participation,
            "interest": interest,
            "stance": stance or "unknown",
            "last_signal": None if last is None else format_time(last),
            "points_int": e_int,
        }

    # -- group intent -------------------------------------------------------

    def measure_intent(self):
        """Breadth beats depth: one factor for everybody with a signal."""
        book = self.book
        outsider = book.real("unassigned_discount")
        discounts = []
        self.factor_of = {}         # a present member's, by contact
        self.heard = list(self.third_party)
        for contact, signals in self.of_contact.items():
            standing = book.standing(self.key, contact, self.instant)
            if standing == "gone":
                continue
            self.heard += signals
            if standing == "present":
                e_int = ledger_sum(book, signals, self.instant)
                self.factor_of[contact] = 1.0 - engagement_of(book, e_int)
            else:
                discounts.append((outsider, signals))
        for signals in self.of_visitor.values():
            self.heard += signals
            discounts.append((book.real("anonymous_discount"), signals))
        if self.third_party:
            discounts.append(
                (book.real("third_party_discount"), self.third_party))

        self.other_factors = []
        for discount, signals in discounts:
            e_int = ledger_sum(book, signals, self.instant)
            self.other_factors.append(
                1.0 - discount * engagement_of(book, e_int))
        self.intent = intent_of(
            list(self.factor_of.values()) + self.other_factors)

        self.anonymous = sum(
            1 for signals in self.of_visitor.values()
            if ledger_sum(book, signals, self.instant) > 0)

    # -- coverage -----------------------------------------------------------

    def measure_coverage(self):
        """Three readings of the same template, each seated afresh."""
        people, engaged, supportive = [], [], []
        self.person_of = {}         # by contact
        for member in self.members:
            contact = member["contact"]
            asserted = self.book.asserted_roles(
                self.key, contact, self.instant)
            candidates = set() if asserted else self.book.possible_roles(
                self.key, contact, self.seats, self.instant)
            person = Person(contact, asserted, candidates)
            self.person_of[contact] = person
            people.append(person)
            if member["engaged"]:
                engaged.append(person)
            if member["stance"] in ("supporter", "champion"):
                supportive.append(person)

        self.identified_seating = seat_on_template(self.seats, people)
        self.engaged_seating = seat_on_template(self.seats, engaged)
        self.supportive_seating = seat_on_template(self.seats, supportive)
        self.completeness = completeness_of(self.seats, people)

        self.required_seats = sum(seat.required for seat in self.seats)
        self.required_filled = required_filled(self.seats, people)
        self.engaged_count = len(engaged)

    def coverage(self, seating):
        covered, whole = coverage_of(self.seats, seating)
        return float(covered) / float(whole)

    def seat_state(self, seat):
        if not self.identified_seating[seat.role]:
            return "missing"
        if not self.engaged_seating[seat.role]:
            return "dark"
        if self.supportive_seating[seat.role]:
            return "supportive"
        return "engaged"

    @property
    def priority(self):
        floor = self.book.real("coverage_floor")
        engaged = self.coverage(self.engaged_seating)
        return (100.0 * self.intent) * (floor + (1.0 - floor) * engaged)

    # -- recency ------------------------------------------------------------

    def measure_recency(self):
        """Whole days since anybody in the product did something good."""
        ages = [age_of(signal, self.instant) for signal in self.heard
                if self.book.kinds[signal.kind].points > 0]
        self.silent_days = min(ages) if ages else None

    # -- the gate -----------------------------------------------------------

    def needs(self):
        """(contact, state) of every need that is known at the instant."""
        known = []
        for (opportunity, contact, _), (undated, dated) in \
                self.book.needs.items():
            if opportunity != self.key:
                continue
            state = value_at(dated, undated[-1] if undated else None,
                             self.instant)
            if state is not None:
                known.append((contact, state))
        return known

    def open_blockers(self):
        """Present blockers without a need, or with one not yet addressed."""
        count = 0
        for member in self.members:
            states = [state for contact, state in self.needs()
                      if contact == member["contact"]]
            settled = states and all(state == "addressed" for state in states)
            if member["stance"] == "blocker" and not settled:
                count += 1
        return count

    def says_yes(self, field):
        word = self.book.opportunity_value(self.key, field, self.instant)
        return word == "yes"

    def judge(self, criterion):
        """(passes, would hold, actual, threshold) of one criterion.

        `would hold` is None for a criterion that has to pass.
        """
        book = self.book
        limit = book.parameters
        hold = limit["hysteresis"]
        if criterion in ("members_identified", "members_engaged"):
            actual = (len(self.present) if criterion == "members_identified"
                      else self.engaged_count)
            threshold = limit["min_" + criterion]
            return (actual >= threshold, 1000 * actual >= hold * threshold,
                    actual, threshold)
        if criterion == "required_seats":
            return (self.required_filled >= self.required_seats, None,
                    self.required_filled, self.required_seats)
        if criterion == "coverage_engaged":
            covered, whole = coverage_of(self.seats, self.engaged_seating)
            threshold = limit["min_coverage_engaged"]
            return (1000 * covered >= threshold * whole,
                    1000000 * covered >= hold * threshold * whole,
                    self.coverage(self.engaged_seating), threshold / 1000.0)
        if criterion == "intent":
            threshold = book.real("min_intent")
            return (self.intent >= threshold,
                    self.intent >= threshold * book.real("hysteresis"),
                    self.intent, threshold)
        if criterion == "recency":
            days, threshold = self.silent_days, limit["max_silence_days"]
            if days is None:
                return False, False, None, threshold
            return (days <= threshold, hold * days <= 1000 * threshold,
                    days, threshold)
        if criterion == "need_validated":
            passes = self.says_yes("need") or any(
                state in ("validated", "addressed")
                for _, state in self.needs())
            return passes, None, None, None
        if criterion in ("budget", "authority", "timeline"):
            return self.says_yes(criterion), None, None, None
        if criterion == "fit":
            word = book.opportunity_value(self.key, "fit", self.instant)
            threshold = book.real("min_fit")
            fit = float(word) if word else None
            return (fit is not None and fit >= threshold, None, fit,
                    threshold)
        blockers = self.open_blockers()
        return blockers == 0, None, blockers, 0

    def apply_gate(self):
        """Judge every criterion that is not off, and name the verdict."""
        recorded = self.book.history.get((self.key, "", "verdict"), [])
        was_qualified = value_at(recorded, "", self.instant) == "qualified"
        self.criteria = []
        qualified = True
        for criterion in CRITERIA:
            mode = self.book.modes[criterion]
            if mode == "off":
                continue
            passes, would_hold, actual, threshold = self.judge(criterion)
            held = passes
            if was_qualified and mode == "required" and would_hold:
                held = True
            if mode == "required" and not held:
                qualified = False
            self.criteria.append({
                "criterion": criterion, "mode": mode, "pass": passes,
                "held": held, "actual": actual, "threshold": threshold,
                "reason": ""})
        if qualified:
            self.verdict = "qualified"
        elif self.engaged_count == 0:
            self.verdict = "silent"
        elif self.engaged_count == 1:
            self.verdict = "single_threaded"
        else:
            self.verdict = "multi_threaded"

    # -- the answer ---------------------------------------------------------

    def answer(self):
        row = self.book.opportunities[self.key]
        return {
            "opportunity": self.key,
            "account": row["account"],
            "solution": row["solution"],
            "verdict": self.verdict,
            "priority": self.priority,
            "intent": self.intent,
            "coverage_identified": self.coverage(self.identified_seating),
            "coverage_engaged": self.coverage(self.engaged_seating),
            "coverage_supportive": self.coverage(self.supportive_seating),
            "completeness": self.completeness,
            "members_identified": len(self.present),
            "members_engaged": self.engaged_count,
            "anonymous_visitors": self.anonymous,
            "silent_days": self.silent_days,
            "missing_roles": [seat.role for seat in self.seats
                              if not self.identified_seating[seat.role]],
            "seats": [{
                "role": seat.role,
                "state": self.seat_state(seat),
                "filled": len(self.identified_seating[seat.role]),
                "wanted": seat.people,
                "people": self.identified_seating[seat.role],
                "required": seat.required,
            } for seat in self.seats],
            "criteria": self.criteria,
            "members": self.members,
        }


# ---------------------------------------------------------------------------
# The path to qualified
# ---------------------------------------------------------------------------

#: In the order by which ties are decided.
STEP_KINDS = ("engage", "recontact", "identify")

Step = namedtuple("Step", "kind who")       # who: a contact, or a seat's role


class TooMany(Exception):
    """There are more sets of steps than anybody wants to try."""


class WhatIf(Assessment):
    """The group after some steps, assessed like any other."""

    def __init__(self, now, steps, seatings):
        self.__dict__.update(now.__dict__)
        self.take(now, steps)
        self.intent = intent_of(
            list(self.factor_of.values()) + self.other_factors)
        if steps:
            self.silent_days = 0
        self.seat(seatings)
        self.apply_gate()

    def take(self, now, steps):
        """Everybody whom a step is about acts at the instant."""
        book = self.book
        points = step_points(book)
        self.factor_of = dict(now.factor_of)
        self.people = list(now.person_of.values())
        self.engaged = {member["contact"] for member in now.members
                        if member["engaged"]}
        self.present = list(now.present)
        e_int = {member["contact"]: member["points_int"]
                 for member in now.members}
        for number, step in enumerate(steps):
            if step.kind == "identify":
                contact = (step.who, number)
                self.people.append(Person(contact, {step.who}, set()))
                self.present.append(contact)
                self.engaged.add(contact)
                word, had = "", None
            else:
                contact = step.who
                word = book.member_value(
                    self.key, contact, "participation", self.instant)
                had = e_int[contact]
            reached = points if had is None else max(had, points)
            self.factor_of[contact] = 1.0 - engagement_of(book, reached)
            if word != "passive":
                self.engaged.add(contact)

    def seat(self, seatings):
        """Coverage depends on who may sit where, not on names."""
        engaged = [person for person in self.people
                   if person.contact in self.engaged]
        self.engaged_count = len(engaged)
        self.engaged_seating = remembered(
            seatings, "engaged", engaged,
            lambda: seat_on_template(self.seats, named_anew(engaged)))
        self.required_filled = remembered(
            seatings, "required", self.people,
            lambda: required_filled(self.seats, named_anew(self.people)))

    @property
    def is_qualified(self):
        return self.verdict == "qualified"


def named_anew(people):
    return [person._replace(contact="%05d" % number)
            for number, person in enumerate(people)]


def remembered(answers, question, people, answer):
    """The answer for people who may sit on the same seats as others did."""
    key = (question,) + tuple(sorted(
        (tuple(sorted(person.asserted)), tuple(sorted(person.candidates)))
        for person in people))
    if key not in answers:
        answers[key] = answer()
    return answers[key]


def step_points(book):
    """E_int of somebody who took a step."""
    limit = book.parameters
    return FULL_WEIGHT * max(limit["active_points"], limit["engaged_points"])


def possible_steps(now):
    """Every step, in order: kind; then who is least engaged, and the key;
    seats in template order."""
    steps = []
    for kind, engaged in (("engage", False), ("recontact", True)):
        members = [member for member in now.members
                   if member["engaged"] == engaged]
        members.sort(key=lambda member: (member["engagement"],
                                         by_bytes(member["contact"])))
        steps += [Step(kind, member["contact"]) for member in members]
    return steps + [Step("identify", seat.role) for seat in now.seats]


def sets_of(steps, size):
    """Every set of so many steps, sorted, in lexicographic order.

    Somebody known is approached once; a seat may be filled several times.
    """
    known = sum(step.kind != "identify" for step in steps)
    for places in itertools.combinations_with_replacement(
            range(len(steps)), size):
        if all(first != second or first >= known
               for first, second in zip(places, places[1:])):
            yield [steps[place] for place in places]


def told(now, steps, seatings):
    """The steps in the order in which each raises the priority most."""
    taken, left, rows = [], list(steps), []
    before = now.priority
    while left:
        best, priority = None, None
        for step in left:
            then = WhatIf(now, taken + [step], seatings).priority
            if best is None or then > priority:
                best, priority = step, then
        left.remove(best)
        taken.append(best)
        identifies = best.kind == "identify"
        rows.append({
            "kind": best.kind,
            "role": best.who if identifies else None,
            "contact": None if identifies else best.who,
            "name": None if identifies
            else now.book.contacts[best.who]["name"] or None,
            "priority": priority, "gain": priority - before})
        before = priority
    return rows


def path_of(now, most_sets=None):
    """What `path` answers: every set of steps is tried, the small ones first.

    Of those of one size that qualify the group the one with the highest
    priority wins, then the first one.
    """
    limit = now.book.parameters["path_steps"]
    steps, seatings = possible_steps(now), {}
    required = {criterion for criterion in CRITERIA
                if now.book.modes[criterion] == "required"}
    best, tried, met = None, 0, set()
    already = now.verdict == "qualified"
    for size in range(1, limit + 1) if not already else ():
        for chosen in sets_of(steps, size):
            tried += 1
            if most_sets is not None and tried > most_sets:
                raise TooMany()
            then = WhatIf(now, chosen, seatings)
            met.update(entry["criterion"] for entry in then.criteria
                       if entry["held"])
            if then.is_qualified and (
                    best is None or then.priority > best[0]):
                best = (then.priority, chosen)
        if best:
            break
    rows = told(now, best[1], seatings) if best else []
    return {
        "format": 1, "as_of": format_time(now.instant),
        "opportunity": now.key,
        "exists": already or best is not None,
        "qualified_already": already, "exact": True, "step_limit": limit,
        "priority_before": now.priority,
        "priority_after": best[0] if best else now.priority,
        "steps": rows,
        "unmet": [] if already or best else [
            criterion for criterion in CRITERIA
            if criterion in required and criterion not in met],
    }


def path(book, instant, opportunity, most_sets=None):
    """The path of one opportunity as of an instant."""
    counted = counted_signals(book, instant)
    now = Assessment(book, opportunity, counted[opportunity], instant)
    return path_of(now, most_sets)


# ---------------------------------------------------------------------------
# All of a book
# ---------------------------------------------------------------------------

def report(book, instant, everything=False):
    """What `report` answers as of an instant."""
    counted = counted_signals(book, instant)
    answers = []
    for opportunity, row in book.opportunities.items():
        opened = optional_time(row["opened"])
        closed = optional_time(row["closed"])
        if opened is not None and opened > instant:
            continue
        if closed is not None and closed <= instant and not everything:
            continue
        answers.append(Assessment(book, opportunity, counted[opportunity],
                                  instant).answer())
    answers.sort(key=lambda answer: (-answer["priority"],
                                     by_bytes(answer["opportunity"])))
    return {"format": 1, "as_of": format_time(instant),
            "opportunities": answers}


# ---------------------------------------------------------------------------
# Comparison with expected answers
# ---------------------------------------------------------------------------

def same(expected, found):
    """Equal, or doubles that agree to twelve digits."""
    if isinstance(expected, float) and isinstance(found, (int, float)):
        return abs(expected - found) <= 1e-12 * max(abs(expected), abs(found))
    return expected == found


def golden_view(answer):
    """An answer under the names that the expected values use."""
    view = dict(answer)
    view["anonymous"] = answer["anonymous_visitors"]
    view["missing"] = answer["missing_roles"]
    view["seats"] = {seat["role"]: seat["state"] for seat in answer["seats"]}
    view["criteria"] = {entry["criterion"]: entry["pass"]
                        for entry in answer["criteria"]}
    view["hex"] = {name: answer[name].hex() for name in
                   ("intent", "priority", "coverage_engaged")}
    view["members"] = {}
    for member in answer["members"]:
        member = dict(member)
        last = member["last_signal"]
        member["last"] = None if last is None else parse_time(last)
        view["members"][member["contact"]] = member
    return view


def differences(expected, found, path):
    """Every leaf of what is expected that is not what was found."""
    if isinstance(expected, dict) and isinstance(found, dict):
        wrong = []
        for key, value in expected.items():
            wrong += differences(value, found.get(key, "(absent)"),
                                 path + "/" + key)
        return wrong
    if same(expected, found):
        return []
    return ["%s: expected %r, found %r" % (path, expected, found)]


def check(books, goldens):
    """Compare every golden but that of the tracking table."""
    failures = 0
    for name in sorted(os.listdir(goldens)):
        stem = name[:-len(".json")]
        book_name, _, as_of = stem.partition("@")
        if not name.endswith(".json") or book_name == "tracking-table":
            continue
        with open(os.path.join(goldens, name), encoding="utf-8") as stream:
            expected = json.load(stream)
        book = Book(os.path.join(books, book_name))
        instant = parse_time(as_of or "2025-11-19", last_second=True)
        found = {answer["opportunity"]: golden_view(answer) for answer in
                 report(book, instant, everything=True)["opportunities"]}
        wrong = differences(expected, found, "")
        if set(expected) != set(found):
            wrong.append("opportunities: expected %s, found %s"
                         % (sorted(expected), sorted(found)))
        for key in set(expected) & set(found):
            ours, theirs = found[key]["members"], expected[key]["members"]
            if set(ours) != set(theirs):
                wrong.append("%s: members differ" % key)
        failures += bool(wrong)
        print("%-45s %s" % (name, "differs" if wrong else "ok"))
        for line in wrong:
            print("    " + line)
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("book", nargs="?", help="folder of a book")
    parser.add_argument("--as-of", help="a date or a time")
    parser.add_argument("--path", metavar="OPPORTUNITY",
                        help="its path to qualified instead")
    parser.add_argument("--all", action="store_true",
                        help="closed opportunities, too")
    parser.add_argument("--check", nargs=2, metavar=("BOOKS", "GOLDENS"))
    options = parser.parse_args()
    if options.check:
        return check(*options.check)
    if not options.book or not options.as_of:
        parser.error("a book and --as-of are needed")
    book = Book(options.book)
    instant = parse_time(options.as_of, last_second=True)
    answer = (path(book, instant, options.path) if options.path
              else report(book, instant, options.all))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
