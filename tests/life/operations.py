"""Random operations in a small universe, where keys, event ids and instants meet often."""
import life
from life import DAY, HOST, RULE, UNSET, Named, Ref, live

FIRST_DAY = 20395  # 2025-11-03
DAYS = [FIRST_DAY + day for day in (0, 1, 2, 7, 14, 30, 31, 60, 89, 90, 91, 120)]
TIMES = [day * DAY + second for day in DAYS for second in (0, 43200, DAY - 1)]

ACCOUNTS = ["acme", "bolt", "Ёлка", "corp", "dyne"]
CONTACTS = [f"contact-{name}" for name in (
    "ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal", "ида", "jan", "kim", "leo")]
OPPORTUNITIES = [f"deal-{letter}" for letter in "abcdefgh"]
SOLUTIONS = {"crm": ["crm/", "crm/deep/"], "hr": ["hr/"], "bi": ["b"]}
PREFIXES = ["blog/", "hr/deep", "crm/", "x"]
TEMPLATES = ["standard", "small"]
ROLES = ["champion", "economic_buyer", "decision_maker", "technical_evaluator", "end_user",
         "influencer", "blocker", "security"]
VISITORS = [f"visitor-{name}-id" for name in ("one", "two", "three", "four")]
EVENTS = ["e1", "e2", "e3", "событие"]
CONTENTS = ["", "", "crm/a", "crm/deep/b", "hr/x", "hr/deeper", "book", "blog/post"]
KINDS = ["page_view", "content_download", "meeting", "unsubscribe", "intent_surge",
         "qualified_lead", "pricing_view", "webinar_attendance", "rumour"]
TITLES = ["", "Chief Financial Officer", "HR manager", "IT director", "Head of Sales",
          "Финансовый директор", "Software engineer", "Deputy CEO", "Guru", "Director"]
NEEDS = ["integration", "price"]
STAGES = ["detected", "engaged", "word of ours", ""]
CURRENCIES = ["EUR", "RUB", "JPY", "KWD"]
DOMAINS = ["acme.example", "Bolt.Example", "corp.example"]
BAD_TEXT = b"\xff\xfe"
NO_TIME = -1

POLICY = {
    "half_life_days": [30000, 15000], "route_lookback_days": [90000, 0, 30000, 91000],
    "engaged_points": [2500, 500, 10000], "active_points": [10000, 5000],
    "half_engagement_points": [20000, 5000], "coverage_floor": [250, 0, 1000],
    "unassigned_discount": [500, 250], "anonymous_discount": [500, 1000],
    "third_party_discount": [500, 0], "role_confidence": [500, 800, 0],
    "min_members_identified": [3000, 1000], "min_members_engaged": [2000, 0],
    "min_coverage_engaged": [500, 100], "min_intent": [500, 100], "max_silence_days": [30000, 7000],
    "hysteresis": [800, 500], "min_fit": [500, 250], "mode.budget": [1000, 2000, 0],
    "mode.required_seats": [2000, 1000], "mode.coverage_engaged": [2000, 0],
    "mode.no_open_blocker": [1000, 2000],
}

# How often each operation is made. What makes rows end is rare, or nothing would be left.
WEIGHTS = {
    "account_add": 6, "account_put": 8, "account_set_name": 3, "account_add_domain": 3,
    "account_set_potential": 3, "account_set_tag": 3, "account_merge": 4, "account_remove": 4,
    "contact_add": 14, "contact_put": 18, "contact_set_name": 5, "contact_set_title": 6,
    "contact_set_email": 5, "contact_set_company": 5, "contact_set_tag": 3, "contact_set_account": 20,
    "contact_add_visitor": 14, "contact_remove_visitor": 7, "contact_set_persona": 8,
    "contact_merge": 8, "contact_remove": 8, "contact_erase": 7, "contact_readmit": 8,
    "opportunity_add": 12, "opportunity_put": 14, "opportunity_set_account": 5,
    "opportunity_set_solution": 5, "opportunity_set_name": 2, "opportunity_set_type": 2,
    "opportunity_set_opened": 10, "opportunity_set_closed": 12, "opportunity_set_tag": 3,
    "opportunity_set_stage": 4, "opportunity_set_verdict": 5, "opportunity_set_outcome": 3,
    "opportunity_set_answer": 6, "opportunity_set_fit": 4, "opportunity_set_currency": 4,
    "opportunity_set_amount": 5, "opportunity_withdraw_amount": 3, "opportunity_remove": 6,
    "opportunity_add_member": 20, "member_add": 14, "member_put": 10, "member_remove": 6,
    "member_add_role": 9, "member_set_roles": 9, "member_set_status": 10, "member_set_stance": 8,
    "member_set_influence": 3, "member_set_participation": 6, "member_set_interest": 4,
    "member_set_joined": 8, "member_set_left": 8, "member_set_next_contact": 4,
    "member_set_note": 6, "member_set_tag": 3, "need_set": 14,
    "account_put_columns": 5, "contact_put_columns": 10, "opportunity_put_columns": 8,
    "member_put_columns": 10, "book_read": 12, "record": 190, "append": 20, "retract": 60, "hold": 10, "record_held": 10, "retract_held": 7,
    "policy_set_milli": 6, "kind_put": 4, "kind_set_tag": 2, "role_put": 3, "template_put": 1,
    "template_set_seat": 3, "template_set_seat_personas": 3, "solution_put": 4,
    "solution_add_content": 3, "solution_set_tag": 2, "begin": 14,
}


def beginning():
    """What every run tells first."""
    yield "template_put", ("small",)
    small = Named("template", "small")
    for role, weight, people, required in (("economic_buyer", 2000, 1, 1), ("end_user", 1000, 3, 0)):
        yield "template_set_seat", (small, Named("role", role), weight, people, required)
    yield "template_set_seat_personas", (small, Named("role", "end_user"), [2, 3], UNSET)
    yield "role_put", ("security", "Security officer")
    yield "kind_put", ("rumour", 0, 1500, 0)
    for key, contents in SOLUTIONS.items():
        yield "solution_put", (key, None, small if key == "bi" else None)
        for content in contents:
            yield "solution_add_content", (Named("solution", key), content)


# These change all answers at once, and so hide what another operation changes.
CATALOGUE = [name for name in WEIGHTS
             if name.split("_")[0] in ("policy", "kind", "role", "template", "solution")]


class Maker:
    """Makes operations that fit a naive workspace as it is now."""

    def __init__(self, random, world):
        self.random, self.world = random, world
        catalogue = CATALOGUE if self.chance(0.6) else []
        self.names = [name for name in WEIGHTS if name not in catalogue]
        self.weights = [WEIGHTS[name] for name in self.names]
        self.in_batch = False

    # ---- chance ------------------------------------------------------------------------------

    def chance(self, share):
        return self.random.random() < share

    def pick(self, values):
        return values[self.random.randrange(len(values))]

    def time(self):
        return self.pick(TIMES)

    def since(self):
        """From when a fact holds."""
        return NO_TIME if self.chance(0.01) else None if self.chance(0.4) else self.time()

    def source(self):
        return RULE if self.chance(0.3) else HOST

    def word(self, words):
        return self.pick([UNSET, *range(len(words)), *range(len(words)), *range(len(words))])

    def text(self, *texts):
        return BAD_TEXT if self.chance(0.01) else self.pick([None, *texts])

    def tag(self):
        return self.pick([0, 1, 7, 2**64 - 1])

    # ---- rows --------------------------------------------------------------------------------

    def refs(self, noun, must_live):
        rows = getattr(self.world, noun)
        return [Ref(name) for name, row in self.world.rows.items()
                if row.number < len(rows) and rows[row.number] is row
                and (live(row) or not must_live)]

    def ref(self, noun, or_none=0.0):
        """A handle, mostly of a row that lives."""
        if self.chance(or_none):
            return None
        refs = self.refs(noun, self.chance(0.98))
        return self.pick(refs) if refs else None

    def ref_of(self, row):
        """Some handle that leads to a row."""
        refs = [Ref(name) for name, other in self.world.rows.items() if live(other) is row]
        return self.pick(refs) if refs else None

    def key(self, keys, rows):
        """A key, at times a strange one, at times that of a row that lives."""
        if self.chance(0.02):
            return self.pick(["", BAD_TEXT])
        lives = [row.key for row in life.alive(rows)]
        return self.pick(lives) if lives and self.chance(0.1) else self.pick(keys)

    def role(self):
        return Named("role", self.pick(ROLES))

    def solution(self):
        return Named("solution", self.pick(list(SOLUTIONS)))

    # ---- operations --------------------------------------------------------------------------

    def make(self):
        """The next operation: (name, arguments)."""
        if self.in_batch and self.chance(0.1):
            return ("rollback" if self.chance(0.35) else "commit"), ()
        while True:
            name = self.random.choices(self.names, self.weights)[0]
            arguments = getattr(self, name)()
            if arguments is not None:
                return name, arguments

    def begin(self):
        return () if not self.in_batch or self.chance(0.1) else None

    def needed(self, *arguments):
        """The arguments, unless the row that the call is about cannot be named."""
        return None if arguments[0] is None else arguments

    def account_add(self):
        return self.key(ACCOUNTS, self.world.accounts), self.text("Acme", "Bolt Ltd")

    account_put = account_add

    def account_set_name(self):
        return self.needed(self.ref("accounts"), self.text("Acme", "Zeta", "Älpha"))

    def account_add_domain(self):
        return self.needed(self.ref("accounts"), self.pick(DOMAINS + ["", "a;b"]))

    def account_set_potential(self):
        return self.needed(self.ref("accounts"), self.pick([0, 500, 120000, -1]),
                           self.pick(["EUR", "JPY", "RUB", ""]))

    def account_set_tag(self):
        return self.needed(self.ref("accounts"), self.tag())

    def account_merge(self):
        kept, lost = self.ref("accounts"), self.ref("accounts")
        return (kept, lost) if kept and len(life.alive(self.world.accounts)) > 2 else None

    def account_remove(self):
        return self.needed(self.ref("accounts"), int(self.chance(0.5)))

    def contact_add(self):
        key = self.key(CONTACTS, self.world.contacts)
        if self.chance(0.03):
            return self.world.pseudonym(self.pick(CONTACTS)), self.ref("accounts", 0.3), None, None
        names = [f"Name {number} of {key}" for number in (1, 2)]
        return key, self.ref("accounts", 0.3), self.text(*names), self.text(*TITLES)

    contact_put = contact_add

    def of_contact(self, noun):
        contact = self.ref("contacts")
        if not contact:
            return None
        key = self.world.rows[contact.name].key
        return contact, self.text(*(f"{noun} {number} of {key}" for number in (1, 2, 3)))

    def contact_set_name(self):
        return self.of_contact("Name")

    def contact_set_email(self):
        return self.of_contact("Mail")

    def contact_set_company(self):
        return self.of_contact("Company")

    def contact_set_title(self):
        return self.needed(self.ref("contacts"), self.text(*TITLES))

    def contact_set_tag(self):
        return self.needed(self.ref("contacts"), self.tag())

    def contact_set_account(self):
        return self.needed(self.ref("contacts"), self.ref("accounts", 0.15), self.since(),
                           self.source())

    def contact_add_visitor(self):
        return self.needed(self.ref("contacts"), self.pick(VISITORS + VISITORS + [""]))

    def contact_remove_visitor(self):
        known = [visitor for visitor in self.world.visitors if self.chance(0.7)]
        if not known:
            return self.needed(self.ref("contacts"), self.pick(VISITORS))
        visitor = self.pick(known)
        return self.needed(self.ref_of(self.world.visitors[visitor]), visitor)

    def contact_set_persona(self):
        return self.needed(self.ref("contacts"), self.pick([UNSET, UNSET, 0, 1, 2, 8, 99]),
                           self.pick([UNSET, UNSET, 1, 3, 5]))

    def contact_merge(self):
        return self.needed(self.ref("contacts"), self.ref("contacts"))

    def contact_remove(self):
        return self.needed(self.ref("contacts"), int(self.chance(0.6)))

    def contact_erase(self):
        return self.needed(self.ref("contacts"))

    def contact_readmit(self):
        return (self.pick(CONTACTS + [""]),)

    def opportunity_add(self):
        account = self.ref("accounts")
        key = self.key(OPPORTUNITIES, self.world.opportunities)
        return account and (key, account, self.solution(), self.since())

    opportunity_put = opportunity_add

    def opportunity_set_account(self):
        account = self.ref("accounts")
        return account and self.needed(self.ref("opportunities"), account)

    def opportunity_set_solution(self):
        return self.needed(self.ref("opportunities"), self.solution())

    def opportunity_set_name(self):
        return self.needed(self.ref("opportunities"), self.text("Deal", "Other deal"))

    def opportunity_set_type(self):
        return self.needed(self.ref("opportunities"), self.pick([UNSET, 0, 1, 2, 3, 4]))

    def opportunity_set_opened(self):
        return self.needed(self.ref("opportunities"), self.since())

    opportunity_set_closed = opportunity_set_opened

    def opportunity_set_tag(self):
        return self.needed(self.ref("opportunities"), self.tag())

    def fact_of(self, noun, *values):
        return self.needed(self.ref(noun), *values, self.since(), self.source())

    def opportunity_set_stage(self):
        return self.fact_of("opportunities", self.text(*STAGES))

    def opportunity_set_verdict(self):
        return self.fact_of("opportunities", self.pick([UNSET, 0, 2, 3, 3]))

    def opportunity_set_outcome(self):
        return self.fact_of("opportunities", self.word(life.OUTCOMES))

    def opportunity_set_answer(self):
        return self.fact_of("opportunities", self.pick([6, 7, 8, 9, 9, 3]),
                            self.word(life.ANSWERS))

    def opportunity_set_fit(self):
        return self.fact_of("opportunities", self.pick([-1.0, 0.0, 0.25, 0.5, 1.0, 1.5]))

    def opportunity_set_currency(self):
        return self.needed(self.ref("opportunities"), self.pick(CURRENCIES + ["euro"]))

    def opportunity_set_amount(self):
        return self.fact_of("opportunities", self.pick([0, 5, 1200, 99999, -70]))

    def opportunity_withdraw_amount(self):
        return self.fact_of("opportunities")

    def opportunity_remove(self):
        return self.needed(self.ref("opportunities"), int(self.chance(0.5)))

    def opportunity_add_member(self):
        pair = self.member_add()
        return pair and (*pair, self.role() if self.chance(0.6) else None)

    def member_add(self):
        opportunity, contact = self.ref("opportunities"), self.ref("contacts")
        return (opportunity, contact) if opportunity and contact else None

    member_put = member_add

    def member_remove(self):
        return self.needed(self.ref("members"))

    def member_add_role(self):
        return self.needed(self.ref("members"), self.role(), self.source())

    def member_set_roles(self):
        roles = [Named("role", self.pick(ROLES)) for _ in range(self.pick([0, 1, 1, 2, 2, 3]))]
        return self.fact_of("members", roles)

    def member_set_status(self):
        return self.fact_of("members", self.word(life.STATUSES))

    def member_set_stance(self):
        return self.fact_of("members", self.word(life.STANCES))

    def member_set_influence(self):
        return self.fact_of("members", self.pick([-1.0, 0.0, 0.25, 0.75, 2.0]))

    def member_set_participation(self):
        return self.fact_of("members", self.word(life.PARTICIPATIONS))

    def member_set_interest(self):
        return self.fact_of("members", self.word(life.INTERESTS))

    def member_set_joined(self):
        return self.needed(self.ref("members"), self.since())

    member_set_left = member_set_joined
    member_set_next_contact = member_set_joined

    def member_set_note(self):
        member = self.ref("members")
        if not member:
            return None
        key = self.world.rows[member.name].contact.key
        notes = [f"Note {number} of {key}" for number in (1, 2, 3)]
        return member, self.text(*notes, notes[2] + "\n" + notes[0], 'Said "no", twice\nthen yes')

    def member_set_tag(self):
        return self.needed(self.ref("members"), self.tag())

    def need_set(self):
        return self.needed(self.ref("opportunities"), self.ref("contacts", 0.3), self.pick(NEEDS),
                           self.pick([0, 1, 2, 2, UNSET]), self.since())

    # ---- signals -----------------------------------------------------------------------------

    def cells(self):
        """A signal, as a record holds it."""
        told = [signal for signal in self.world.signals if signal.event]
        if told and self.chance(0.25):
            return self.cells_again(self.pick(told))
        whose = self.random.random()
        account = contact = visitor = None
        if whose < 0.5:
            contact = self.ref("contacts")
        if whose < 0.1 or 0.5 < whose < 0.85:
            account = self.ref("accounts")
        if whose < 0.06 or 0.14 > whose > 0.1 or whose > 0.6:
            visitor = self.pick(VISITORS)
        return (self.time(), self.pick(KINDS), account, contact,
                self.solution() if self.chance(0.15) else None,
                self.ref("opportunities") if self.chance(0.1) else None, visitor,
                self.pick(CONTENTS), self.pick(EVENTS) if self.chance(0.5) else None)

    def cells_again(self, signal):
        """The same signal again, at times a little different."""
        cells = list(signal.cells())
        for place, cell in enumerate(cells):
            if isinstance(cell, life.Row):
                cells[place] = self.ref_of(cell)
        cells[4] = Named("solution", cells[4]) if cells[4] else None
        if self.chance(0.4):
            place = self.pick(range(9))
            cells[place] = self.cells_of_nobody()[place]
        return tuple(cells)

    def cells_of_nobody(self):
        return (self.time(), self.pick(KINDS), self.ref("accounts", 0.3), self.ref("contacts", 0.3),
                self.solution() if self.chance(0.5) else None, self.ref("opportunities", 0.5),
                self.pick(VISITORS), self.pick(CONTENTS), self.pick(EVENTS))

    def record(self):
        return self.cells()

    def append(self):
        rows = [self.cells() for _ in range(self.pick([0, 1, 3, 8]))]
        if rows and self.chance(0.3):
            place = self.pick([2, 3, 4, 5])
            rows[0] = rows[0][:place] + (life.NO_ROW,) + rows[0][place + 1:]
        return (rows,)

    def retract(self):
        told = [signal for signal in self.world.signals if signal.event]
        if not told or self.chance(0.1):
            return self.cells_of_nobody()
        signal = self.pick(told)
        account, person = self.world.account_of(signal), self.world.person_of(signal)
        by_account = account and (not person or self.chance(0.5))
        visitor = signal.visitor if self.chance(0.5) or not (account or person) else None
        return (self.time(), self.pick(KINDS), self.ref_of(account) if by_account else None,
                self.ref_of(person) if person and not by_account else None, None, None, visitor,
                None, signal.event)

    def hold(self):
        return self.pick("ab"), *self.cells()

    def record_held(self):
        return (self.pick(list(self.world.held)),) if self.world.held else None

    retract_held = record_held

    # ---- columns -----------------------------------------------------------------------------

    def columns(self, required, makers):
        """Some columns, and rows of theirs: (names, rows)."""
        names = [name for name in makers if name in required or self.chance(0.5)]
        if "potential_minor" in names:
            names = [name for name in names if name != "currency"] + ["currency"]
        rows = [tuple(makers[name]() for name in names) for _ in range(self.pick([0, 1, 2, 4]))]
        return tuple(names), rows

    def number(self, noun, or_none=0.0):
        return life.NO_ROW if self.chance(0.01) else self.ref(noun, or_none)

    def empty_or(self, *values):
        return lambda: BAD_TEXT if isinstance(values[0], str) and self.chance(0.01) else \
            self.pick([None, *values, *values])

    def account_put_columns(self):
        found = self.columns(("key", "currency"), {
            "key": lambda: self.key(ACCOUNTS, self.world.accounts),
            "name": self.empty_or("Acme", "Bolt Ltd"), "domain": self.empty_or(*DOMAINS, "a;b"),
            "potential_minor": self.empty_or(0, 500, 120000, -1),
            "currency": lambda: self.pick(["EUR", "JPY", ""]), "tag": self.tag})
        names, rows = found
        if "potential_minor" in names:
            return found
        return tuple(name for name in names if name != "currency"), [
            tuple(cell for name, cell in zip(names, row) if name != "currency") for row in rows]

    def contact_put_columns(self):
        key = self.key(CONTACTS, self.world.contacts)
        return self.columns(("key",), {
            "key": lambda: key if self.chance(0.5) else self.key(CONTACTS, self.world.contacts),
            "account": lambda: self.number("accounts", 0.2),
            "name": self.empty_or(*(f"Name {number} of {key}" for number in (1, 2))),
            "title": self.empty_or(*TITLES[1:]),
            "email": self.empty_or(f"Mail 1 of {key}"),
            "company": self.empty_or(f"Company 1 of {key}"),
            "department": lambda: self.pick([UNSET, 0, 1, 2, 99]),
            "seniority": lambda: self.pick([UNSET, 1, 3, 5]), "tag": self.tag})

    def opportunity_put_columns(self):
        return self.columns(("key",), {
            "key": lambda: self.key(OPPORTUNITIES, self.world.opportunities),
            "account": lambda: self.number("accounts", 0.02),
            "solution": lambda: self.pick([None] + 30 * [self.solution()]),
            "name": self.empty_or("Deal", "Other deal"),
            "type": lambda: self.pick([UNSET, 0, 1, 2, 3, 4]), "opened_s": self.since,
            "closed_s": self.since, "stage": self.empty_or(*STAGES[:3]),
            "amount_minor": self.empty_or(0, 1200, -70),
            "currency": lambda: self.pick([None, *CURRENCIES, "euro"]),
            "outcome": lambda: self.word(life.OUTCOMES),
            "need_validated": lambda: self.word(life.ANSWERS),
            "budget": lambda: self.pick([UNSET, 0, 1, 2]),
            "authority": lambda: self.word(life.ANSWERS),
            "timeline": lambda: self.word(life.ANSWERS),
            "fit": lambda: self.pick([-1.0, 0.25, 0.5, 1.5]), "tag": self.tag})

    def member_put_columns(self):
        return self.columns(("opportunity", "contact"), {
            "opportunity": lambda: self.number("opportunities", 0.02),
            "contact": lambda: self.number("contacts", 0.02),
            "role": lambda: self.pick([None, life.NO_ROW, *6 * [self.role()], self.role()]),
            "status": lambda: self.word(life.STATUSES), "stance": lambda: self.word(life.STANCES),
            "influence": lambda: self.pick([-1.0, 0.25, 0.75, 2.0]),
            "participation": lambda: self.word(life.PARTICIPATIONS),
            "interest": lambda: self.word(life.INTERESTS), "joined_s": self.since,
            "left_s": self.since, "next_contact_s": self.since,
            "note": self.empty_or("Note 1 of somebody", "Note 2 of somebody"), "tag": self.tag})

    # ---- books -------------------------------------------------------------------------------

    def known_key(self, keys, rows):
        """A cell that names a row, mostly one that is there."""
        lives = [row.key for row in rows if live(row)]
        return self.pick(lives if lives and self.chance(0.9) else keys)

    def book_read(self):
        if self.in_batch:
            return None
        world = self.world
        makers = {
            "accounts": lambda: (self.pick(ACCOUNTS), self.pick(["", "Acme", "Zeta"])),
            "contacts": lambda: (
                self.known_key(CONTACTS, world.contacts), self.account_cell(),
                self.pick(["", "Name 1 of a book"]), self.pick(TITLES)),
            "visitors": lambda: (self.pick(VISITORS), self.known_key(CONTACTS, world.contacts)),
            "members": lambda: (
                self.known_key(OPPORTUNITIES, world.opportunities),
                self.known_key(CONTACTS, world.contacts), self.pick(["", *ROLES]),
                self.pick(["host", "rule"])),
            "signals": self.signal_row}
        tables = [(name, [make() for _ in range(self.pick([1, 2, 4]))])
                  for name, make in makers.items() if self.chance(0.5)]
        return int(self.chance(0.2)), tables, self.pick(["finish", "steps", "steps", "cancel"])

    def account_cell(self):
        return self.pick(["", self.known_key(ACCOUNTS, self.world.accounts)])

    def signal_row(self):
        contact = self.known_key(CONTACTS, self.world.contacts) if self.chance(0.6) else ""
        visitors = [*VISITORS, *sorted(self.world.hidden)]
        return (self.time(), self.pick(KINDS), self.account_cell(), contact,
                self.pick(["", "", self.pick(visitors)]), self.pick(["", "", *SOLUTIONS]),
                self.known_key(OPPORTUNITIES, self.world.opportunities)
                if self.chance(0.1) else "", self.pick(CONTENTS), self.pick(["", *EVENTS]))

    # ---- the catalogue -----------------------------------------------------------------------

    def policy_set_milli(self):
        key = self.pick(list(POLICY))
        return key, self.pick(POLICY[key])

    def kind_put(self):
        key = self.pick(KINDS)
        return (key, 3 if self.chance(0.1) else self.world.kinds[key].category,
                self.pick([1000, 1500, 20000, -5000]), int(self.chance(0.3)))

    def kind_set_tag(self):
        return Named("kind", self.pick(KINDS)), self.tag()

    def role_put(self):
        return self.pick(ROLES), self.pick([None, "A name", ""])

    def template_put(self):
        return (self.pick(TEMPLATES),)

    def template_set_seat(self):
        return (Named("template", self.pick(TEMPLATES)), self.role(),
                self.pick([500, 1000, 3000]), self.pick([1, 2, 3]), int(self.chance(0.3)))

    def template_set_seat_personas(self):
        return (Named("template", self.pick(TEMPLATES)), self.role(),
                self.pick([[], [1], [2, 3], [0, 4, 7]]), self.pick([UNSET, 1, 3]))

    def solution_put(self):
        return (self.pick(list(SOLUTIONS)), self.text("A product"),
                self.pick([None, None, Named("template", "small"), Named("template", "standard")]))

    def solution_add_content(self):
        return self.solution(), self.pick(PREFIXES)

    def solution_set_tag(self):
        return self.solution(), self.tag()
