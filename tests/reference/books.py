#!/usr/bin/env python3
"""Random books that try every rule of the arithmetic.

    python3 books.py SEED OUTDIR

The same seed gives the same book, byte for byte.  Every row is valid, with
one exception: some signals repeat an event id within its account with other
cells.  They are to be refused one by one, and the row that comes first in the
file is the one that stays.  `generate` returns the instants as of which the
book is worth looking at, written the way a command line takes them.
"""

import os
import random
import sys
import time

DAY = 86400
LAST_SECOND = 7258118399            # 2199-12-31T23:59:59Z

DEPARTMENTS = ("executive finance it engineering operations procurement legal "
               "hr marketing sales product security other").split()
SENIORITIES = "assistant specialist manager director vp c_level".split()
ROLES = ("economic_buyer decision_maker executive_sponsor champion coach "
         "initiator technical_evaluator business_evaluator end_user "
         "influencer procurement ratifier gatekeeper blocker other").split()
SEATED_ROLES = ("economic_buyer decision_maker technical_evaluator champion "
                "business_evaluator end_user").split()
CRITERIA = ("members_identified members_engaged required_seats "
            "coverage_engaged intent recency need_validated budget authority "
            "timeline fit no_open_blocker").split()
GOOD_KINDS = ("page_view pricing_view comparison_view content_read "
              "content_download email_open email_click email_reply "
              "qualified_lead video_watch webinar_registration "
              "webinar_attendance event_registration event_attendance "
              "form_submit chat ad_click call meeting demo_request "
              "trial_start proposal_request question interaction "
              "social").split()
BAD_KINDS = ["unsubscribe", "complaint", "bounce"]
THIRD_PARTY_KINDS = ["intent_topic", "intent_surge"]
STANCES = "champion supporter neutral skeptic blocker unknown".split()
STATUSES = "potential confirmed dismissed left".split()
PREFIXES = ["docs/", "docs/api", "docs/api/v2", "Docs/", "доки/", "доки/цены",
            "d", "web,inar/\"hr\"", "pricing", "docs/api/v2/"]
DECORATIONS = ["%s", "%s", "%s", "%s.x", "Ёлка-%s", "ООО \"%s\"", "o'%s",
               "%s, филиал", "%s;b", "%s/ü", "Z%s", "a %s", "%s#1", "#%s"]

COLUMNS = {
    "accounts": "account name domains potential currency",
    "contacts": "contact account name title email department seniority",
    "templates": "template role weight people required departments "
                 "min_seniority",
    "solutions": "solution name template content",
    "visitors": "visitor contact",
    "opportunities": "opportunity account solution name type stage amount "
                     "currency opened closed outcome need budget authority "
                     "timeline fit",
    "members": "opportunity contact role status stance influence "
               "participation interest joined left next_contact note source",
    "signals": "time kind account contact visitor solution opportunity "
               "content event",
    "history": "opportunity contact source field value from",
    "kinds": "kind category points high_intent",
    "roles": "role name",
    "needs": "opportunity contact need state date",
    "policy": "parameter value",
}

REQUIRED = {
    "accounts": "account", "contacts": "contact", "templates": "template role",
    "solutions": "solution", "visitors": "visitor contact",
    "opportunities": "opportunity account solution",
    "members": "opportunity contact", "signals": "time kind",
    "history": "field value from", "kinds": "kind", "roles": "role",
    "needs": "opportunity need", "policy": "parameter value",
}


def clock(instant):
    """The date and the time of day of an instant."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(instant))


def thousandths(number):
    """A whole number of thousandths as a decimal, without idle zeros."""
    sign, number = ("-" if number < 0 else ""), abs(number)
    text = "%s%d.%03d" % (sign, number // 1000, number % 1000)
    return text.rstrip("0").rstrip(".")


class Maker:
    """Makes one book."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tables = {name: [] for name in COLUMNS}
        self.used_keys = set()
        self.instants = []          # where something begins or ends
        self.own_instants = {}      # the same, by opportunity
        self.quiet_days = None      # nobody did anything for so many days
        self.choose_anchor()

    # -- chance -------------------------------------------------------------

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, values):
        return values[self.random.randrange(len(values))]

    def number(self, low, high):
        return self.random.randint(low, high)

    def some(self, values, least, most):
        count = min(len(values), self.number(least, most))
        return self.random.sample(list(values), count)

    def maybe(self, probability, value):
        """The value, or an empty cell."""
        return value if self.chance(probability) else ""

    def decimal(self, number):
        """Thousandths, at times with idle zeros."""
        text = thousandths(number)
        if self.chance(0.1):
            text = "%s%d.%03d" % ("-" if number < 0 else "",
                                  abs(number) // 1000, abs(number) % 1000)
        return text

    # -- time ---------------------------------------------------------------

    def choose_anchor(self):
        """The last second of the day around which everything happens."""
        days = self.number(18300, 22000)
        if self.chance(0.03):
            days = self.number(60, 400)         # next to the first second
        elif self.chance(0.03):
            days = self.number(83500, 83900)    # next to the last one
        self.anchor = days * DAY + DAY - 1

    def instant(self, offset_days):
        """An instant so many days after the anchor, at some time of day."""
        day = (self.anchor // DAY + offset_days) * DAY
        seconds = self.pick([0, 0, DAY - 1, 43200, 1,
                             self.number(0, DAY - 1),
                             self.number(0, DAY - 1),
                             self.number(0, 1439) * 60])
        return self.clamp(day + seconds)

    def clamp(self, instant):
        return max(0, min(LAST_SECOND, instant))

    def boundary(self, offset_days, opportunity=None):
        """An instant that is remembered as the beginning or end of a fact."""
        instant = self.instant(offset_days)
        if self.instants and self.chance(0.15):
            instant = self.pick(self.instants)
        self.instants.append(instant)
        if opportunity is not None:
            self.own_instants.setdefault(opportunity, []).append(instant)
        return instant

    def write_time(self, instant):
        """An instant in any notation that says exactly this."""
        if instant % DAY == 0 and self.chance(0.6):
            return clock(instant)[:10]
        zone, shift = "", 0
        if self.chance(0.4):
            zone = "Z"
        elif self.chance(0.5):
            minutes = self.pick([180, -330, 0, 840, -720, 345, 60, -1])
            shift = minutes * 60
            if not 0 <= instant + shift <= LAST_SECOND:
                minutes, shift = 0, 0
            zone = "%s%02d%s%02d" % (
                "-" if minutes < 0 else self.pick("+-") if minutes == 0
                else "+", abs(minutes) // 60, self.pick([":", ""]),
                abs(minutes) % 60)
        text = clock(instant + shift)
        if text.endswith(":00") and self.chance(0.5):
            text = text[:-3]
        elif self.chance(0.2):
            text += self.pick([".5", ".999", ".000001", ".999999999", ".0"])
        if self.chance(0.3):
            text = text.replace("T", " ")
        return text + zone

    # -- rows ---------------------------------------------------------------

    def add(self, table, **cells):
        if table == "history" and "since" in cells:
            cells["from"] = self.write_time(cells.pop("since"))
        row = {column: cells.get(column, "")
               for column in COLUMNS[table].split()}
        self.tables[table].append(row)
        return row

    def key(self, stem):
        """A new key; keys are compared bytewise and need not be pretty."""
        while True:
            key = self.pick(DECORATIONS) % (stem + str(self.number(1, 120)))
            if self.chance(0.1):
                key = key.upper()
            if key not in self.used_keys:
                self.used_keys.add(key)
                return key

    def name(self):
        return self.pick(["", "", "Анна \"Первая\"", "Smith, John", "two\nlines",
                          "semi;colon", "'quoted'", "\"", "İ", "x" * 70])

    # -- the catalogue ------------------------------------------------------

    def make_policy(self):
        """Parameters at legal values, most of them not too far out."""
        def thousandth(key, probability, choices, low, high):
            if self.chance(probability):
                value = self.pick(choices + [self.number(low, high)] * 2)
                self.add("policy", parameter=key, value=self.decimal(value))

        def whole(key, probability, choices, low, high):
            if self.chance(probability):
                value = self.pick(choices + [self.number(low, high)] * 2)
                self.add("policy", parameter=key, value=str(value))
                return value
            return None

        self.half_life = whole("half_life_days", 0.4, [1, 7, 30, 45, 365],
                               1, 120) or 30
        lookback = whole("route_lookback_days", 0.5, [0, 1, 30, 90, 3650],
                         0, 200)
        self.lookback = 90 if lookback is None else lookback
        self.choose_silence(whole, thousandth)
        whole("min_members_identified", 0.5, [0, 1, 1, 2, 2, 1000], 0, 5)
        whole("min_members_engaged", 0.4, [0, 1, 1, 1000], 0, 4)
        whole("path_steps", 0.7, [1, 2, 3, 4], 1, 8)
        thousandth("half_engagement_points", 0.3, [1, 1000000, 5000], 1, 60000)
        low, high = 2500, 10000
        if self.chance(0.4):
            low = self.pick([0, 1, 2500, 5000, self.number(0, 20000)])
            self.add("policy", parameter="engaged_points",
                     value=self.decimal(low))
        if self.chance(0.4) or (low > high and self.chance(0.7)):
            high = low + self.pick([0, 5000, self.number(0, 30000)])
            if self.chance(0.1):
                high = self.pick([0, 100000000, self.number(0, 20000)])
            self.add("policy", parameter="active_points",
                     value=self.decimal(high))
        thousandth("coverage_floor", 0.3, [0, 1000, 333], 0, 1000)
        thousandth("unassigned_discount", 0.3, [0, 1000, 250], 0, 1000)
        thousandth("anonymous_discount", 0.3, [0, 1000, 250], 0, 1000)
        thousandth("third_party_discount", 0.3, [0, 1000, 250], 0, 1000)
        thousandth("role_confidence", 0.15, [0, 1000], 0, 1000)
        thousandth("min_coverage_engaged", 0.6,
                   [0, 250, 125, 300, 333, 500, 750, 1000], 0, 600)
        thousandth("min_intent", 0.5, [0, 300, 900], 0, 1000)
        thousandth("min_fit", 0.4, [0, 250, 1000], 0, 1000)
        easy = self.chance(0.5)     # a gate that some groups get through
        for criterion in CRITERIA:
            modes = ["required", "advisory", "off"]
            if easy:
                modes = ["advisory", "off"] + ["required"] * self.chance(0.15)
            if self.chance(0.5 if easy else 0.3):
                self.add("policy", parameter="mode." + criterion,
                         value=self.pick(modes))

    def choose_silence(self, whole, thousandth):
        """How long a group may be silent, at times to the very day.

        In a quiet book the last signal is so old that the threshold, or the
        lower one of a group once qualified, is just reached or just missed.
        """
        if not self.chance(0.25):
            whole("max_silence_days", 0.5, [0, 4, 5, 10, 3650], 0, 40)
            thousandth("hysteresis", 0.5, [0, 500, 801, 1000, 600], 300, 1000)
            return
        self.quiet_days = self.pick([5, 10, 20])
        hold = self.pick([400, 600, 800, 800])
        limit = self.quiet_days * hold // 1000 - self.pick([0, 0, 0, 1])
        self.add("policy", parameter="hysteresis", value=self.decimal(hold))
        self.add("policy", parameter="max_silence_days", value=str(limit))

    def make_kinds(self):
        """Host kinds, and other points for some of the built-in ones."""
        self.host_kinds = []
        told = set()
        for _ in range(self.number(0, 4)):
            kind = self.key("kind")
            points = self.pick([1, 500, 12345, 30000, -3001, 0, 1000000,
                                -1000000, self.number(-5000, 25000),
                                self.number(1, 9000), self.number(1, 30000)])
            by_policy = self.chance(0.15)
            self.add("kinds", kind=kind,
                     category=self.pick(["", "", "third_party",
                                         "qualified_lead"]),
                     points="" if by_policy else self.decimal(points),
                     high_intent=self.pick(["", "0", "1", "1"]))
            if by_policy:
                self.add("policy", parameter="points." + kind,
                         value=self.decimal(points))
            self.host_kinds.append(kind)
        for kind in self.some(GOOD_KINDS + BAD_KINDS + THIRD_PARTY_KINDS,
                              0, 3):
            points = self.pick([0, 1, 2500, 7777, -500,
                                self.number(-3000, 30000)])
            if kind in told:
                continue
            told.add(kind)
            if self.chance(0.3):
                self.add("kinds", kind=kind, points=self.decimal(points))
            else:
                self.add("policy", parameter="points." + kind,
                         value=self.decimal(points))

    def make_templates(self):
        self.host_roles = []
        for _ in range(self.number(0, 3)):
            role = self.key("role").replace(";", "_")
            if role in self.host_roles:
                continue
            self.host_roles.append(role)
            self.add("roles", role=role, name=self.name())
        self.templates = {}
        for _ in range(self.number(1, 3)):
            template = self.key("tpl")
            roles = self.some(ROLES + self.host_roles * 2, 1, 8)
            roles = list(dict.fromkeys(roles))
            if self.chance(0.7):        # roles that members often have
                roles = list(dict.fromkeys(
                    self.some(SEATED_ROLES, 2, 4) + roles))[:8]
                self.random.shuffle(roles)
            self.templates[template] = roles
            for role in roles:
                self.add(
                    "templates", template=template, role=role,
                    weight=self.maybe(0.85, self.decimal(self.pick(
                        [1000, 1000, 2000, 3000, 500, 1, 100000, 2001,
                         1999, self.number(1, 9999)]))),
                    people=self.maybe(0.75, str(self.pick(
                        [1, 1, 1, 2, 2, 3, 4, 5, self.number(1, 16)]))),
                    required=self.pick(["", "0", "1"]),
                    departments=self.maybe(0.5, ";".join(
                        self.some(DEPARTMENTS, 1, 5))),
                    min_seniority=self.maybe(0.5, self.pick(
                        SENIORITIES[:4] if self.chance(0.8)
                        else SENIORITIES)))

    def make_solutions(self):
        """Solutions whose prefixes overlap, at times to the last byte."""
        self.solutions, self.prefixes = [], []
        pool = self.some(PREFIXES, 3, 8)
        for _ in range(self.number(2, 4)):
            solution = self.key("sol")
            template = self.pick(list(self.templates) * 2 + ["", "standard"])
            prefixes = self.some(pool, 0, 4)
            self.prefixes += prefixes
            content = ";".join(prefixes)
            if prefixes and self.chance(0.2):
                content = self.pick([content + ";", ";" + content,
                                     content + ";;"])
            self.add("solutions", solution=solution, name=self.name(),
                     template=template, content=content)
            self.solutions.append(solution)

    # -- people -------------------------------------------------------------

    def make_people(self):
        currency = self.pick(["RUB", "USD", "EUR", "JPY", "KWD"])
        self.currency = currency
        self.accounts = []
        for index in range(self.number(2, 4)):
            account = self.key("acc")
            potential = str(self.number(0, 10 ** 6)) if self.chance(0.3) else ""
            self.add("accounts", account=account, name=self.name(),
                     domains=self.maybe(0.4, ";".join(
                         "d%d-%d.example" % (index, part)
                         for part in range(self.number(1, 2)))),
                     potential=potential,
                     currency=currency if potential else "")
            self.accounts.append(account)
        self.contacts, self.home = [], {}
        for _ in range(self.number(7, 14)):
            contact = self.key("c")
            home = self.maybe(0.8, self.pick(self.accounts))
            persona = self.chance(0.7)
            self.add("contacts", contact=contact, account=home,
                     name=self.name(),
                     email=self.maybe(0.2, "p%d@nowhere.example"
                                      % len(self.contacts)),
                     department=self.pick(DEPARTMENTS) if persona else "",
                     seniority=self.pick(SENIORITIES) if persona else "")
            self.contacts.append(contact)
            self.home[contact] = home
        for contact in self.some(self.contacts, 0, 4):
            for _ in range(self.number(1, 3)):
                since = self.boundary(self.number(-60, 3))
                for _ in range(self.pick([1, 1, 1, 2])):
                    self.add("history", contact=contact, field="account",
                             source=self.pick(["", "host", "rule"]),
                             value=self.maybe(0.8, self.pick(self.accounts)),
                             since=since)
        self.visitors = []
        for index in range(self.number(2, 6)):
            visitor = self.key("v")
            self.visitors.append(visitor)
            if index < 3 and self.chance(0.5):
                self.add("visitors", visitor=visitor,
                         contact=self.pick(self.contacts))

    # -- opportunities ------------------------------------------------------

    def make_opportunities(self):
        self.opportunities, self.owner, self.about = [], {}, {}
        opened = None
        for _ in range(self.number(4, 8)):
            key = self.key("opp")
            account = self.pick(self.accounts)
            solution = self.pick(self.solutions)
            twin = self.opportunities and self.chance(0.3)
            if twin:                        # only times and keys tell them
                last = self.opportunities[-1]
                account, solution = self.owner[last], self.about[last]
            if not (twin and self.chance(0.5)):
                opened = None
                if self.chance(0.85):
                    opened = self.boundary(self.pick(
                        [-400, -200, -100, -91, -90, -60, -30, -20, -10, -5,
                         0, 1, 5, 40]), key)
            elif opened is not None:
                self.own_instants[key] = [opened]
            closed = None
            if self.chance(0.25):
                closed = self.boundary(self.pick(
                    [-150, -60, -30, -10, -2, 0, 0, 1, 20]), key)
            if opened is not None and self.chance(0.05):
                closed = opened             # a life that is none
            amount = self.chance(0.4)
            self.add(
                "opportunities", opportunity=key, account=account,
                solution=solution, name=self.name(),
                type=self.pick(["", "acquisition", "cross_sell", "upsell",
                                "retention"]),
                stage=self.maybe(0.5, "engaged"),
                amount=str(self.number(0, 10 ** 7)) if amount else "",
                currency=self.currency if amount else "",
                opened="" if opened is None else self.write_time(opened),
                closed="" if closed is None else self.write_time(closed),
                outcome="" if closed is None
                else self.pick(["", "won", "lost"]),
                need=self.maybe(0.3, self.pick(["yes", "no"])),
                budget=self.maybe(0.4, self.pick(["yes", "no"])),
                authority=self.maybe(0.4, self.pick(["yes", "no"])),
                timeline=self.maybe(0.4, self.pick(["yes", "no"])),
                fit=self.maybe(0.4, self.decimal(self.pick(
                    [0, 250, 500, 499, 1000, self.number(0, 1000)]))))
            self.opportunities.append(key)
            self.owner[key], self.about[key] = account, solution
            self.make_opportunity_history(key)

    def make_opportunity_history(self, key):
        """Dated words about the opportunity, some of the same second."""
        if self.chance(0.5):
            self.add("history", opportunity=key, field="verdict",
                     source=self.pick(["", "host", "rule"]),
                     value="qualified",
                     since=self.boundary(self.number(-40, 0)))
        for _ in range(self.pick([0, 0, 1, 2, 3, 5])):
            field = self.pick(["stage", "verdict", "verdict", "amount",
                               "outcome", "need", "budget", "authority",
                               "timeline", "fit"])
            since = self.boundary(self.number(-60, 3))
            for _ in range(self.pick([1, 1, 2, 3])):
                value = {
                    "stage": lambda: self.pick(["engaged", "negotiation"]),
                    "verdict": lambda: self.pick(
                        ["qualified", "qualified", "multi_threaded",
                         "single_threaded", "silent"]),
                    "amount": lambda: str(self.number(0, 10 ** 6)),
                    "outcome": lambda: self.pick(["won", "lost"]),
                    "fit": lambda: thousandths(self.number(0, 1000)),
                }.get(field, lambda: self.pick(["yes", "no"]))()
                self.add("history", opportunity=key, field=field,
                         source=self.pick(["", "host", "rule"]),
                         value=self.maybe(0.85, value), since=since)

    # -- members ------------------------------------------------------------

    def some_roles(self, key):
        """One to three roles, most of them on the opportunity's template."""
        template = next(row["template"] for row in self.tables["solutions"]
                        if row["solution"] == self.about[key])
        seats = self.templates.get(template, SEATED_ROLES)
        pool = seats * 3 + ROLES + self.host_roles
        return ";".join(self.pick(pool)
                        for _ in range(self.pick([1, 1, 1, 2, 3])))

    def make_members(self):
        self.member_pairs = []
        for key in self.opportunities:
            near = [contact for contact in self.contacts
                    if self.home[contact] == self.owner[key]]
            far = [contact for contact in self.contacts if contact not in near]
            chosen = self.some(near, 1, 6) + self.some(far, 0, 3)
            for contact in chosen[:8]:
                self.make_member(key, contact)
                self.member_pairs.append((key, contact))
                self.make_member_history(key, contact)

    def member_cells(self, key):
        joined = left = None
        if self.chance(0.25):
            joined = self.boundary(
                self.pick([-100, -50, -20, -5, 0, 1, 10]), key)
        if self.chance(0.15):
            left = self.boundary(self.pick([-60, -20, -3, 0, 1, 15]), key)
        if joined is not None and self.chance(0.05):
            left = joined
        return dict(
            role=self.maybe(0.5, self.some_roles(key)),
            status=self.maybe(0.5, self.pick(
                ["potential", "confirmed", "confirmed", "confirmed",
                 "confirmed", "dismissed", "left"])),
            stance=self.maybe(0.6, self.pick(STANCES)),
            influence=self.maybe(0.2, thousandths(self.number(0, 1000))),
            participation=self.maybe(0.15, self.pick(
                ["active", "moderate", "passive"])),
            interest=self.maybe(0.15, self.pick(["high", "medium", "low"])),
            joined="" if joined is None else self.write_time(joined),
            left="" if left is None else self.write_time(left),
            next_contact=self.maybe(0.1, self.write_time(
                self.instant(self.number(1, 20)))),
            note=self.maybe(0.1, self.name()),
            source=self.pick(["", "", "host", "rule"]))

    def make_member(self, key, contact):
        """One row for the pair, or several that have to be united."""
        for _ in range(self.pick([1, 1, 1, 1, 2, 3])):
            self.add("members", opportunity=key, contact=contact,
                     **self.member_cells(key))

    def make_member_history(self, key, contact):
        """Dated words about the member, some of the same second."""
        for _ in range(self.pick([0, 0, 0, 1, 1, 2, 4])):
            field = self.pick(["role", "role", "status", "status", "stance",
                               "stance", "influence", "participation",
                               "interest"])
            since = self.boundary(self.number(-60, 3))
            for _ in range(self.pick([1, 1, 2, 3])):
                value = {
                    "role": lambda: self.some_roles(key),
                    "status": lambda: self.pick(
                        STATUSES + ["confirmed", "potential"]),
                    "stance": lambda: self.pick(STANCES),
                    "influence": lambda: thousandths(self.number(0, 1000)),
                    "participation": lambda: self.pick(
                        ["active", "moderate", "passive"]),
                    "interest": lambda: self.pick(["high", "medium", "low"]),
                }[field]()
                self.add("history", opportunity=key, contact=contact,
                         field=field, source=self.pick(["", "host", "rule"]),
                         value=self.maybe(0.8, value), since=since)

    def make_needs(self):
        """Needs of opportunities and of people, among them blockers."""
        blockers = [(row["opportunity"], row["contact"])
                    for row in self.tables["members"]
                    if row["stance"] == "blocker"]
        subjects = self.some(self.member_pairs, 0, 3) + blockers
        subjects += [(key, "") for key in self.some(self.opportunities, 0, 3)]
        if self.chance(0.2):        # a need of somebody who is no member
            subjects.append((self.pick(self.opportunities),
                             self.pick(self.contacts)))
        for opportunity, contact in dict.fromkeys(subjects):
            for need in self.some(["n1", "Скорость, цена", "n\"2\""], 0, 2):
                if self.chance(0.4):
                    self.add("needs", opportunity=opportunity,
                             contact=contact, need=need,
                             state=self.pick(["", "open", "validated",
                                              "addressed", "addressed"]))
                since = None
                for _ in range(self.pick([0, 1, 1, 2, 3])):
                    if since is None or self.chance(0.6):
                        since = self.boundary(self.number(-60, 3))
                    self.add("needs", opportunity=opportunity,
                             contact=contact, need=need,
                             state=self.pick(["open", "validated",
                                              "addressed", "addressed"]),
                             date=self.write_time(since))

    # -- signals ------------------------------------------------------------

    def signal_time(self, opportunity):
        """Some second that is easy to get wrong, or any other."""
        instant = self.clamp(self.any_signal_time(opportunity))
        if self.quiet_days is not None:
            quiet = self.anchor - self.quiet_days * DAY
            instant = self.clamp(min(instant, quiet))
        return instant

    def any_signal_time(self, opportunity):
        own = self.own_instants.get(opportunity)
        if own and self.chance(0.2):
            instant = self.pick(own) + self.pick([-1, 0, 0, 1])
            if self.chance(0.6):
                instant -= self.lookback * DAY
            return instant
        way = self.random.random()
        if way < 0.35:
            instant = self.instant(-self.number(0, 25))
        elif way < 0.50:
            instant = self.instant(-self.number(0, 120))
        elif way < 0.62:        # a whole number of days or half-lives old
            age = self.pick([0, 1, 30, 31, self.half_life,
                             self.half_life + 1, 2 * self.half_life,
                             3 * self.half_life, self.number(0, 60)])
            instant = self.anchor - age * DAY + self.pick([0, 0, 1])
        elif way < 0.68:        # where ageing ends
            instant = (self.anchor - (25 * self.half_life) * DAY
                       - self.pick([0, 0, 1, DAY - 1, DAY]))
        elif way < 0.72:
            instant = self.anchor + self.pick([0, 0, 1, DAY, 3 * DAY])
        elif way < 0.86:        # around what begins or ends
            instant = self.pick(self.instants) + self.pick([-1, 0, 0, 1])
        else:                   # as far back as routing looks
            instant = (self.pick(self.instants) - self.lookback * DAY
                       + self.pick([-1, 0, 0, 1, DAY, 5 * DAY]))
        return instant

    def signal_kind(self):
        way = self.random.random()
        if way < 0.68:
            return self.pick(GOOD_KINDS)
        if way < 0.75:
            return self.pick(BAD_KINDS)
        if way < 0.87:
            return self.pick(THIRD_PARTY_KINDS)
        return self.pick(self.host_kinds or GOOD_KINDS)

    def signal_content(self):
        if not self.prefixes or self.chance(0.25):
            return self.pick(["nothing/like/it", "DOCS/x", "doc", "демо"])
        content = self.pick(self.prefixes)
        way = self.random.random()
        if way < 0.6:
            content += self.pick(["x", "/a", "api", "/v2/", ";b", "\"q\"",
                                  "api/v2", "цены"])
        elif way < 0.7:
            content = content[:-1]
        elif way < 0.8:
            content = content.swapcase()
        return content

    def make_signals(self):
        for _ in range(self.number(70, 170)):
            self.make_signal()
        self.make_events()
        self.make_homeless_events()

    def make_signal(self):
        """Somebody does something, and more or less of it is known."""
        key = self.pick(self.opportunities)
        members = [contact for owner, contact in self.member_pairs
                   if owner == key]
        cells = {}
        way = self.random.random()
        if way < 0.60 and members:
            cells["contact"] = self.pick(members)
        elif way < 0.72:
            cells["contact"] = self.pick(self.contacts)
        elif way < 0.90:
            cells["visitor"] = self.pick(self.visitors)
        if "contact" in cells and self.chance(0.07):
            cells["visitor"] = self.pick(self.visitors)
        if self.chance(0.85 if "contact" not in cells else 0.25):
            cells["account"] = (self.owner[key] if self.chance(0.8)
                                else self.pick(self.accounts))
        way = self.random.random()
        if way < 0.18:
            cells["opportunity"] = key
        elif way < 0.48:
            cells["solution"] = (self.about[key] if self.chance(0.9)
                                 else self.pick(self.solutions))
        elif way < 0.75:
            cells["content"] = self.signal_content()
        if self.chance(0.08):
            cells["content"] = self.signal_content()
        if self.chance(0.05):
            cells["solution"] = self.pick(self.solutions)
        self.add("signals", time=self.write_time(self.signal_time(key)),
                 kind=self.signal_kind(), **cells)

    def make_events(self):
        """Give some signals event ids; repeat, bend and spread others."""
        somewhere = [row for row in self.tables["signals"]
                     if row["account"] or row["contact"] or row["visitor"]]
        for index, row in enumerate(self.some(somewhere, 5, 40)):
            row["event"] = self.pick(["e%d" % (index // 2), "E%d" % index,
                                      "событие %d" % (index // 3)])
            if self.chance(0.15):           # the same thing once more
                self.tables["signals"].append(dict(row))
            if self.chance(0.15):           # something else under its id
                other = dict(row)
                change = self.pick(["kind", "time", "content", "solution"])
                other[change] = {
                    "kind": lambda: self.signal_kind(),
                    "time": lambda: self.write_time(self.signal_time(None)),
                    "content": lambda: self.signal_content(),
                    "solution": lambda: self.pick(self.solutions),
                }[change]()
                self.tables["signals"].append(other)
            if self.chance(0.1):            # the same id at another account
                other = dict(row, account=self.pick(self.accounts))
                self.tables["signals"].append(other)
            if row["contact"] and self.chance(0.1):
                other = dict(row, contact=self.pick(self.contacts))
                self.tables["signals"].append(other)
            if self.tables["visitors"] and self.chance(0.15):
                known = self.pick(self.tables["visitors"])
                for person in ({"contact": known["contact"]},
                               {"visitor": known["visitor"]}):
                    other = dict(row, account="", contact="", visitor="")
                    other.update(person)
                    self.tables["signals"].append(other)

    def make_homeless_events(self):
        """Equal event ids of people and visitors of no account at all."""
        leads = [contact for contact in self.contacts
                 if not self.home[contact]]
        nobodies = [{"contact": lead} for lead in self.some(leads, 0, 3)]
        nobodies += [{"visitor": visitor}
                     for visitor in self.some(self.visitors, 0, 2)]
        for person in nobodies:
            key = self.pick(self.opportunities)
            for _ in range(self.number(1, 2)):
                self.add("signals", kind=self.pick(GOOD_KINDS), event="lead",
                         time=self.write_time(self.signal_time(key)),
                         opportunity=key, **person)

    # -- as of --------------------------------------------------------------

    def as_of_list(self):
        """The anchor's day, some exact seconds, and a day some weeks on."""
        moments = [clock(self.anchor)[:10]]
        times = [row["time"] for row in self.tables["signals"]]
        chosen = [self.anchor - self.number(0, 20 * DAY)]
        for _ in range(3):
            chosen.append(self.pick(self.instants) + self.pick([0, 0, -1]))
        chosen.append(self.anchor + self.number(1, 60) * DAY)
        for instant in chosen:
            instant = self.clamp(instant)
            text = clock(instant) + "Z"
            if self.chance(0.3) and instant + 19800 <= LAST_SECOND:
                text = clock(instant + 19800) + "+05:30"
            elif self.chance(0.2):
                text = text[:10]
            moments.append(text)
        exact = [text for text in times
                 if "T" in text and text.endswith("Z") and "." not in text]
        if exact:
            moments.append(self.pick(sorted(exact)))
        return list(dict.fromkeys(moments))

    # -- writing ------------------------------------------------------------

    def write_cell(self, text, style):
        quoted = any(mark in text for mark in "\",\r\n")
        if quoted or style == "all" or (style == "some" and self.chance(0.3)):
            return '"%s"' % text.replace('"', '""')
        return text

    def write_table(self, folder, name):
        """One table, in any of the ways in which CSV comes along."""
        rows = list(self.tables[name])
        if not rows and self.chance(0.7):
            return
        columns = COLUMNS[name].split()
        required = REQUIRED[name].split()
        columns = [column for column in columns
                   if column in required or any(row[column] for row in rows)
                   or self.chance(0.5)]
        if name != "needs":
            self.random.shuffle(rows)
        if self.chance(0.4):
            self.random.shuffle(columns)
        extra = self.chance(0.1)
        style = self.pick(["least", "least", "all", "some"])
        end = self.pick(["\n", "\r\n"])
        header = columns + (["unheard of"] if extra else [])
        lines = [",".join(self.write_cell(cell, style) for cell in header)]
        for row in rows:
            cells = [row[column] for column in columns]
            cells += ["?"] if extra else []
            lines.append(",".join(self.write_cell(cell, style)
                                  for cell in cells))
        text = end.join(lines) + self.pick([end, end, ""])
        if self.chance(0.2):
            text = "\ufeff" + text
        with open(os.path.join(folder, name + ".csv"), "wb") as stream:
            stream.write(text.encode("utf-8"))

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        for name in COLUMNS:
            stale = os.path.join(folder, name + ".csv")
            if os.path.exists(stale):
                os.remove(stale)
            self.write_table(folder, name)


def generate(seed, outdir):
    """Write the book of a seed into a folder; return its as-of instants."""
    maker = Maker(seed)
    maker.make_policy()
    maker.make_kinds()
    maker.make_templates()
    maker.make_solutions()
    maker.make_people()
    maker.make_opportunities()
    maker.make_members()
    maker.make_needs()
    maker.make_signals()
    as_of = maker.as_of_list()
    maker.write(outdir)
    return as_of


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: books.py SEED OUTDIR")
    for as_of in generate(int(sys.argv[1]), sys.argv[2]):
        print(as_of)
    return 0


if __name__ == "__main__":
    sys.exit(main())
