"""A naive workspace: plain lists of what was told, and for every call the most obvious edit of them.

Nothing here is derived, kept sorted or looked up: whatever follows from the facts is computed anew by
whoever asks (see tables.py). It is written from the public headers. A method has the name of the
call without qbg_, takes the call's arguments but for the workspace and the outputs, and answers the
outputs. Rows are handles: whatever a merge did to them is found out with live()."""
import hashlib
import pickle
from collections import namedtuple

Ref = namedtuple("Ref", "name")           # a handle, by the name of the operation that gave it
Named = namedtuple("Named", "noun key")   # a role, solution, template or kind

DAY = 86400

# The words, in the order of their numbers.
STATUSES = "potential confirmed dismissed left".split()
STANCES = "champion supporter neutral skeptic blocker unknown".split()
PARTICIPATIONS = "active moderate passive".split()
INTERESTS = "high medium low".split()
VERDICTS = "silent single_threaded multi_threaded qualified".split()
OUTCOMES = "won lost".split()
ANSWERS = "no yes".split()
NEED_STATES = "open validated addressed".split()
SOURCES = "rule host".split()
TYPES = "acquisition cross_sell upsell retention".split()
DEPARTMENTS = ("executive finance it engineering operations procurement legal hr marketing sales "
               "product security other").split()
SENIORITIES = "assistant specialist manager director vp c_level".split()
CATEGORIES = "named anonymous qualified_lead third_party".split()
MODES = "off advisory required".split()
ANSWER_COLUMNS = {"need_validated": "need", "budget": "budget", "authority": "authority",
                  "timeline": "timeline"}
ANSWERED = {6: "need", 7: "budget", 8: "authority", 9: "timeline"}  # criterion: field
NO_ROW = "none such"    # a row's number that nothing has
UNSET, RULE, HOST = -1, 0, 1
SAME, CHANGED, CREATED = 0, 1, 2

MEMBER_FIELDS = "role status stance influence participation interest".split()
OPPORTUNITY_FIELDS = "stage verdict amount outcome need budget authority timeline fit".split()
FIELDS = MEMBER_FIELDS + OPPORTUNITY_FIELDS + ["account", "state"]

EARLIEST, LATEST = 0, 7258118399  # 1970..2199
NO_DECIMALS, THREE_DECIMALS = ("JPY", "KRW"), ("KWD", "BHD")


class Refused(Exception):
    """The call fails, with one of these statuses (several when several things are wrong)."""

    def __init__(self, *statuses):
        super().__init__(*statuses)
        self.statuses = set(statuses)


class Missing(Exception):
    """The operation names a row that this run never had."""


def by_bytes(text):
    return text.encode()


def refuse(*faults):
    faults = [fault for fault in faults if fault]
    if faults:
        raise Refused(*faults)


def bad_text(*texts):
    """Texts that are not UTF-8 come as bytes."""
    return "TEXT" if any(isinstance(text, bytes) for text in texts) else None


def bad_key(key):
    return "TEXT" if isinstance(key, bytes) or key == "" else None


def is_hidden(key):
    """Is it the pseudonym of somebody who was erased?"""
    return isinstance(key, str) and key.startswith("erased:")


def given_text(cells, name):
    """What a call is told where a column is given: an empty cell takes the text away."""
    return (cells[name] or "") if name in cells else None


def bad_time(time):
    return "RANGE" if time is not None and not EARLIEST <= time <= LATEST else None


def bad_word(words, word):
    return "ARGUMENT" if not UNSET <= word < len(words) else None


def word_of(words, word):
    return "" if word == UNSET else words[word]


def places_of(currency):
    return 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def decimal(value, places, is_short=True):
    """A whole number of the smallest units in units."""
    digits = f"{abs(value):0{places + 1}}"
    if places:
        digits = digits[:-places] + "." + digits[-places:]
        if is_short:
            digits = digits.rstrip("0").rstrip(".")
    return "-" * (value < 0) + digits


def ratio(value):
    return repr(value).removesuffix(".0")


class Row:
    """An account, contact, opportunity or member, as a handle of it."""

    def __init__(self, number, key, **cells):
        self.number, self.key, self.tag = number, key, 0
        self.kept = None        # the row into which it was merged
        self.is_removed = False
        self.__dict__.update(cells)


def live(row):
    """The row to which a handle leads, or None."""
    while row.kept:
        row = row.kept
    return None if row.is_removed else row


def gone(*rows):
    return "GONE" if any(row is not None and live(row) is None for row in rows) else None


def alive(rows):
    return [row for row in rows if live(row) is row]


class Facts(dict):
    """(field, since or None): [source, value]. A value is the text that a book has, "" when it was
    withdrawn; but an account is its row, and an amount a number."""

    def tell(self, field, since, source, value, text_of):
        """Tells a fact; says whether that changed anything."""
        known = self.get((field, since))
        if known == [source, value] or not known and since is None and value == "":
            return False
        if known and since is not None:
            if (source, text_of(value)) <= (known[0], text_of(known[1])):
                return False
        elif known and source != known[0]:
            if value == "" or known[1] != "" and source < known[0]:
                return False
        self[field, since] = [source, value]
        return True

    def unite(self, other, text_of, unite_roles):
        """Adds the facts of a row that turned out to be the same."""
        for (field, since), (source, value) in other.items():
            known = self.get((field, since))
            if not known:
                self[field, since] = [source, value]
                continue
            is_union = field == "role" and value and known[1]
            if is_union and (since is None or source == known[0]):
                self[field, since] = [max(source, known[0]), unite_roles(value, known[1])]
                continue
            ours, theirs = [source, text_of(value)], [known[0], text_of(known[1])]
            if since is None:
                ours.insert(0, value != "")
                theirs.insert(0, known[1] != "")
            if ours > theirs:
                self[field, since] = [source, value]

    def at(self, field, time):
        """The value at an instant; "" when there is none."""
        dated = [since for name, since in self
                 if name == field and since is not None and since <= time]
        return self.get((field, max(dated, default=None)), [RULE, ""])[1]

    def undated(self, field):
        return self.get((field, None), [RULE, ""])[1]


class Signal:
    CELLS = "time kind account contact solution opportunity visitor content event".split()

    def __init__(self, *cells):
        for name, cell in zip(self.CELLS, cells):
            setattr(self, name, cell)

    def cells(self):
        return tuple(getattr(self, name) for name in self.CELLS)


class Need:
    def __init__(self, opportunity, contact, key):
        self.opportunity, self.contact, self.key, self.facts = opportunity, contact, key, Facts()


class Seat:
    def __init__(self, role, weight, people, required):
        self.role, self.weight, self.people, self.required = role, weight, people, required
        self.departments, self.seniority = [], UNSET


class Kind:
    def __init__(self, category, points, high_intent):
        self.category, self.points, self.high_intent, self.tag = category, points, high_intent, 0


class Solution:
    def __init__(self):
        self.name, self.template, self.contents, self.tag = "", "standard", [], 0


class World:
    """All that was told. constants: kinds, roles, seats and policy of a new workspace, and what
    titles say (see host.py)."""

    def __init__(self, constants):
        self.titles = constants.titles
        self.accounts, self.contacts, self.opportunities, self.members = [], [], [], []
        self.visitors = {}      # id: who he is
        self.hidden = set()     # ids that stand for those of somebody who was erased
        self.needs, self.signals = [], []
        self.kinds = {key: Kind(*kind) for key, kind in constants.kinds.items()}
        self.roles = {key: "" for key in constants.roles}
        self.built_in_roles = list(constants.roles)
        self.templates = {}
        for key, seats in constants.templates.items():
            self.templates[key] = [Seat(*seat[:4]) for seat in seats]
            for seat, told in zip(self.templates[key], seats):
                seat.departments, seat.seniority = list(told[4]), told[5]
        self.solutions = {}
        self.policy = dict(constants.policy)
        self.has_tombstones = False
        self.held = {}          # slot: the cells of a record that was filled earlier
        self.rows = {}          # name: the row of that handle
        self.is_changed = False
        self.untouched = {
            "standard": [dict(vars(seat), departments=list(seat.departments))
                         for seat in self.templates["standard"]],
            "kinds": {key: dict(vars(kind)) for key, kind in self.kinds.items()},
            "policy": dict(self.policy)}

    def apply(self, name, arguments):
        """Makes a call. Answers the statuses that it may have, and its outputs."""
        self.is_changed = False
        arguments = [self.resolve(argument) for argument in arguments]
        try:
            return {"OK"}, getattr(self, name)(*arguments)
        except Refused as refused:
            return refused.statuses, {}

    def resolve(self, argument):
        """An argument with handles replaced by their rows, and names by keys."""
        if isinstance(argument, Ref):
            if argument.name not in self.rows:
                raise Missing()
            return self.rows[argument.name]
        if isinstance(argument, Named):
            if argument.key not in getattr(self, argument.noun + "s"):
                raise Missing()
            return argument.key
        if isinstance(argument, (list, tuple)):
            return [self.resolve(one) for one in argument]
        return argument

    # ---- small things ------------------------------------------------------------------------

    def write(self, of, name, value):
        if getattr(of, name) != value:
            setattr(of, name, value)
            self.is_changed = True

    def tell(self, facts, field, value, since, source):
        if facts.tell(field, since, source, value, self.text_of):
            self.is_changed = True

    def text_of(self, value):
        """A value as a book writes it, by which values of one instant compare."""
        if isinstance(value, Row):
            return by_bytes(value.key)
        return by_bytes(decimal(value, 2) if isinstance(value, int) else value)

    def role_text(self, roles):
        """Roles in the order of the catalogue: the built-in ones, the host's by key."""
        known = self.built_in_roles
        return ";".join(sorted(set(roles), key=lambda role: (
            role not in known, known.index(role) if role in known else 0, by_bytes(role))))

    def unite_roles(self, first, second):
        if first == second:
            return first
        return self.role_text(first.split(";") + second.split(";"))

    def find(self, rows, key):
        for row in rows:
            if row.key == key and live(row):
                return live(row)
        return None

    def pseudonym(self, text):
        return "erased:" + hashlib.sha256(text.encode()).hexdigest()[:32]

    def members_of(self, opportunity):
        return [member for member in alive(self.members) if member.opportunity is opportunity]

    def member_of(self, opportunity, contact):
        for member in self.members_of(opportunity):
            if member.contact is contact:
                return member
        return None

    def persona(self, contact):
        """(department, seniority, confidence)."""
        read = contact.read if contact.is_erased else self.titles[contact.title]
        told = (contact.department, contact.seniority)
        whole = [word if word != UNSET else other for word, other in zip(told, read)]
        is_read = any(word == UNSET and other != UNSET for word, other in zip(told, read))
        confidence = read[2] if is_read else 1.0 if told != (UNSET, UNSET) else 0.0
        return (*whole, confidence)

    # ---- signals -----------------------------------------------------------------------------

    def known_as(self, visitor):
        """The id under which a visitor is known: another one, if somebody was erased."""
        if not visitor or is_hidden(visitor):
            return visitor
        return self.pseudonym(visitor) if self.pseudonym(visitor) in self.hidden else visitor

    def person_of(self, signal):
        return signal.contact or self.visitors.get(signal.visitor)

    def account_of(self, signal):
        if signal.account:
            return signal.account
        person = self.person_of(signal)
        return person and person.facts.at("account", signal.time) or None

    def scope(self, signal):
        """Within what the signal's event id is unique."""
        return self.account_of(signal) or self.person_of(signal) or signal.visitor

    def drop_duplicates(self):
        """Of signals that have become the same, with one event id, one counts."""
        kept = []
        for signal in self.signals:
            if not signal.event or all(
                    other.cells() != signal.cells() for other in kept
                    if other.event == signal.event):
                kept.append(signal)
        self.signals = kept

    def faults_of(self, cells):
        """What is wrong with the cells of a record."""
        if cells[1] not in self.kinds or is_hidden(cells[6]) and cells[6] not in self.hidden:
            raise Missing()
        rows = [cell for cell in cells if isinstance(cell, Row)]
        people = [row and live(row) for row in (cells[3], self.visitors.get(
            self.known_as(cells[6]))) if isinstance(row, Row)]
        return [fault for fault in (
            gone(*rows), any(person and person.is_erased for person in people) and "ERASED",
            NO_ROW in cells and "RANGE") if fault]

    def signal_of(self, cells):
        """The cells of a record as a signal: rows are those that they are now."""
        cells = [live(cell) if isinstance(cell, Row) else cell for cell in cells]
        signal = Signal(*(cell or (None if name in ("account", "contact", "opportunity") else "")
                          if name != "time" else cell
                          for name, cell in zip(Signal.CELLS, cells)))
        signal.visitor = self.known_as(signal.visitor)
        return signal

    def add_signal(self, cells):
        """Adds a signal, unless it is known; answers it, and whether it was known."""
        refuse(*self.faults_of(cells))
        return self.take(self.signal_of(cells))

    def take(self, signal):
        same = [other for other in self.signals if signal.event and other.event == signal.event
                and self.scope(other) == self.scope(signal)]
        if any(other.cells() == signal.cells() for other in same):
            return signal, True
        refuse(same and "CONFLICT")
        self.signals.append(signal)
        self.is_changed = True
        return signal, False

    def record(self, *cells):
        signal, is_known = self.add_signal(cells)
        return {"out_duplicate": int(is_known), "signal": signal}

    def append(self, rows):
        """The rows that are wrong are refused one by one."""
        statuses = []
        for cells in rows:
            try:
                _, is_known = self.add_signal(cells)
                statuses.append({"DUPLICATE" if is_known else "OK"})
            except Refused as refused:
                statuses.append(refused.statuses)
        refused = sum(not one & {"OK", "DUPLICATE"} for one in statuses)
        return {"row_status": statuses, "out_refused": refused}

    def meant(self, account, contact, visitor, event):
        """The signals that a record may mean that is to be retracted: within its account; else of
        its contact, within an account where he ever worked or within himself; else of its visitor
        without an account."""
        if not account and not contact:
            contact = self.visitors.get(visitor)
        if account:
            scopes = [account]
        elif contact:
            scopes = [contact] + [value for _, value in contact.facts.values() if value]
        else:
            scopes = [visitor]
        return [signal for signal in self.signals
                if signal.event == event and self.scope(signal) in scopes
                and (account or self.person_of(signal) is contact)]

    def retract(self, *cells):
        if cells[1] not in self.kinds:
            raise Missing()
        refuse(gone(*(cell for cell in cells if isinstance(cell, Row))))
        return self.take_back(cells)

    def take_back(self, cells):
        _, _, account, contact, _, _, visitor, _, event = cells
        refuse(None if event else "ARGUMENT")
        refuse(gone(account, contact))
        found = self.meant(account and live(account), contact and live(contact),
                           self.known_as(visitor or ""), event)
        refuse(None if found else "NOT_FOUND")
        first = min(found, key=self.place_in_book)
        self.signals = [signal for signal in self.signals if signal is not first]
        self.is_changed = True
        return {}

    def place_in_book(self, signal):
        """Signals are in a book by time, then by their other cells."""
        texts = [row.key if row else "" for row in (
            signal.contact, signal.account, signal.opportunity)]
        contact, account, opportunity = texts
        return (signal.time, *map(by_bytes, (
            signal.kind, contact, signal.visitor, account, signal.solution, opportunity,
            signal.content, signal.event)))

    def hold(self, slot, *cells):
        self.held.pop(slot, None)
        if cells[1] not in self.kinds:
            raise Missing()
        refuse(gone(*(cell for cell in cells if isinstance(cell, Row))))
        self.held[slot] = cells
        return {}

    def held_cells(self, slot):
        if slot not in self.held:
            raise Missing()
        return self.held[slot]

    def record_held(self, slot):
        return self.record(*self.held_cells(slot))

    def retract_held(self, slot):
        return self.take_back(self.held_cells(slot))

    # ---- accounts ----------------------------------------------------------------------------

    def add_row(self, rows, key, **cells):
        row = Row(len(rows), key, **cells)
        rows.append(row)
        self.is_changed = True
        return row

    def new_account(self, key):
        return self.add_row(self.accounts, key, name="", domains=[], potential=0, currency="")

    def account_add(self, key, name):
        refuse(bad_key(key), bad_text(name), self.find(self.accounts, key) and "EXISTS")
        account = self.new_account(key)
        self.write(account, "name", name or "")
        return {"out_account": account}

    def account_put(self, key, name):
        refuse(bad_key(key), bad_text(name))
        account = self.find(self.accounts, key)
        is_new = not account
        account = account or self.new_account(key)
        if name is not None:
            self.write(account, "name", name)
        return {"out_account": account, "out_put": self.put_of(is_new)}

    def put_of(self, is_new):
        return CREATED if is_new else CHANGED if self.is_changed else SAME

    def account_set_name(self, account, name):
        refuse(gone(account), bad_text(name))
        self.write(live(account), "name", name or "")
        return {}

    def account_add_domain(self, account, domain):
        refuse(gone(account), bad_key(domain) or (";" in domain and "TEXT"))
        if domain.lower() not in live(account).domains:
            live(account).domains.append(domain.lower())
            self.is_changed = True
        return {}

    def account_set_potential(self, account, potential, currency):
        refuse(gone(account), potential < 0 and "RANGE", len(currency) != 3 and "TEXT")
        self.write(live(account), "potential", potential)
        self.write(live(account), "currency", currency)
        return {}

    def account_set_tag(self, account, tag):
        refuse(gone(account))
        self.write(live(account), "tag", tag)
        return {}

    def account_merge(self, kept, lost):
        refuse(gone(kept, lost))
        kept, lost = live(kept), live(lost)
        if kept is lost:
            return {}
        kept.name = max(kept.name, lost.name, key=by_bytes)
        kept.domains += [domain for domain in lost.domains if domain not in kept.domains]
        kept.currency, kept.potential = max((kept.currency, kept.potential),
                                            (lost.currency, lost.potential))
        kept.tag = kept.tag or lost.tag
        for opportunity in alive(self.opportunities):
            if opportunity.account is lost:
                opportunity.account = kept
        for contact in alive(self.contacts):
            for fact in contact.facts.values():
                if fact[1] is lost:
                    fact[1] = kept
        for signal in self.signals:
            if signal.account is lost:
                signal.account = kept
        lost.kept = kept
        self.drop_duplicates()
        self.is_changed = True
        return {}

    def account_remove(self, account, cascade):
        refuse(gone(account))
        account = live(account)
        opportunities = [one for one in alive(self.opportunities) if one.account is account]
        facts = [fact for contact in alive(self.contacts) for fact in contact.facts.values()
                 if fact[1] is account]
        is_named = any(signal.account is account for signal in self.signals)
        refuse(not cascade and (opportunities or facts or is_named) and "IN_USE")
        for opportunity in opportunities:
            self.remove_opportunity(opportunity)
        for fact in facts:
            fact[1] = ""
        self.signals = [signal for signal in self.signals
                        if self.person_of(signal) or signal.account is not account]
        for signal in self.signals:
            if signal.account is account:
                signal.account = None
        self.bury(account)
        self.drop_duplicates()
        return {}

    def bury(self, row):
        row.is_removed = True
        self.is_changed = True

    # ---- contacts ----------------------------------------------------------------------------

    def fill_contact(self, key, account, name, title, may_exist):
        contact = self.find(self.contacts, key) if not bad_key(key) else None
        is_named = name is not None or title is not None
        faults = [bad_key(key), gone(account), bad_text(name, title)]
        if contact and not may_exist:
            faults.append("EXISTS")
        if is_named and (contact.is_erased if contact else is_hidden(key)):
            faults.append("ERASED")
        if not contact and not bad_key(key) and not is_hidden(key):
            nameless = self.find(self.contacts, self.pseudonym(key))
            faults.append(nameless and nameless.is_erased and "ERASED")
        refuse(*faults)
        is_new = not contact
        contact = contact or self.add_row(
            self.contacts, key, name="", title="", email="", company="", department=UNSET, seniority=UNSET,
            facts=Facts(), is_erased=is_hidden(key), read=(UNSET, UNSET, 0.0))
        self.has_tombstones |= is_new and is_hidden(key)
        if account:
            self.tell(contact.facts, "account", live(account), None, HOST)
        if name is not None:
            self.write(contact, "name", name)
        if title is not None:
            self.write(contact, "title", title)
        return {"out_contact": contact, "out_put": self.put_of(is_new)}

    def contact_add(self, key, account, name, title):
        return self.fill_contact(key, account, name, title, False)

    def contact_put(self, key, account, name, title):
        return self.fill_contact(key, account, name, title, True)

    def set_text(self, contact, name, text):
        refuse(gone(contact))
        refuse(bad_text(text), live(contact).is_erased and "ERASED")
        self.write(live(contact), name, text or "")
        return {}

    def contact_set_name(self, contact, name):
        return self.set_text(contact, "name", name)

    def contact_set_title(self, contact, title):
        return self.set_text(contact, "title", title)

    def contact_set_email(self, contact, email):
        return self.set_text(contact, "email", email)

    def contact_set_company(self, contact, company):
        return self.set_text(contact, "company", company)

    def contact_set_tag(self, contact, tag):
        refuse(gone(contact) or live(contact).is_erased and "ERASED")
        self.write(live(contact), "tag", tag)
        return {}

    def contact_set_account(self, contact, account, since, source):
        refuse(gone(contact, account), bad_time(since))
        self.tell(live(contact).facts, "account", live(account) if account else "", since, source)
        return {}

    def contact_set_persona(self, contact, department, seniority):
        refuse(gone(contact), bad_word(DEPARTMENTS, department), bad_word(SENIORITIES, seniority))
        self.write(live(contact), "department", department)
        self.write(live(contact), "seniority", seniority)
        return {}

    def contact_add_visitor(self, contact, visitor):
        refuse(gone(contact), bad_key(visitor))
        visitor = self.known_as(visitor)
        person = self.visitors.get(visitor)
        refuse(any(one and one.is_erased for one in (live(contact), person)) and "ERASED")
        refuse(person and person is not live(contact) and "EXISTS")
        if not person:
            self.visitors[visitor] = live(contact)
            self.is_changed = True
        return {}

    def contact_remove_visitor(self, contact, visitor):
        refuse(gone(contact), bad_key(visitor))
        contact, visitor = live(contact), self.known_as(visitor)
        is_his = self.visitors.get(visitor) is contact
        refuse("NOT_FOUND" if not is_his else contact.is_erased and "ERASED")
        del self.visitors[visitor]
        self.is_changed = True
        return {}

    def unite_members(self, kept, lost):
        kept.facts.unite(lost.facts, self.text_of, self.unite_roles)
        for name, choose in (("joined", min), ("left", max), ("next_contact", min)):
            known = [time for time in (getattr(kept, name), getattr(lost, name))
                     if time is not None]
            setattr(kept, name, choose(known, default=None))
        if kept.note != lost.note and kept.note and lost.note:
            lines = set(kept.note.split("\n") + lost.note.split("\n")) - {""}
            kept.note = "\n".join(sorted(lines, key=by_bytes))
        kept.note = kept.note or lost.note
        kept.tag = kept.tag or lost.tag
        lost.kept = kept

    def contact_merge(self, kept, lost):
        refuse(gone(kept, lost))
        kept, lost = live(kept), live(lost)
        if kept is lost:
            return {}
        refuse(kept.is_erased != lost.is_erased and "ERASED")
        for name in ("name", "title", "email", "company"):
            setattr(kept, name, max(getattr(kept, name), getattr(lost, name), key=by_bytes))
        kept.department = self.greater_word(DEPARTMENTS, kept.department, lost.department)
        kept.seniority = self.greater_word(SENIORITIES, kept.seniority, lost.seniority)
        if kept.is_erased:
            kept.read = max(kept.read, lost.read, key=self.rank_of_persona)
        kept.tag = kept.tag or lost.tag
        kept.facts.unite(lost.facts, self.text_of, self.unite_roles)
        for member in alive(self.members):
            if member.contact is lost:
                other = self.member_of(member.opportunity, kept)
                if other:
                    self.unite_members(other, member)
                else:
                    member.contact = kept
        self.merge_needs(kept, lost)
        for visitor in [id for id, person in self.visitors.items() if person is lost]:
            del self.visitors[visitor]
            self.visitors[visitor] = kept
        for signal in self.signals:
            if signal.contact is lost:
                signal.contact = kept
        lost.kept = kept
        self.drop_duplicates()
        self.is_changed = True
        return {}

    def greater_word(self, words, first, second):
        return max(first, second, key=lambda word: by_bytes(word_of(words, word)))

    def rank_of_persona(self, read):
        department, seniority, confidence = read
        return (confidence, by_bytes(word_of(DEPARTMENTS, department)),
                by_bytes(word_of(SENIORITIES, seniority)))

    def merge_needs(self, kept, lost):
        for need in [need for need in self.needs if need.contact is lost]:
            other = self.need_of(need.opportunity, kept, need.key)
            if other:
                other.facts.unite(need.facts, self.text_of, self.unite_roles)
                self.needs.remove(need)
            else:
                need.contact = kept

    def contact_remove(self, contact, cascade):
        refuse(gone(contact))
        contact = live(contact)
        refuse(contact.is_erased and "ERASED")
        members = [one for one in alive(self.members) if one.contact is contact]
        needs = [need for need in self.needs if need.contact is contact]
        visitors = [id for id, person in self.visitors.items() if person is contact]
        is_heard = any(signal.contact is contact for signal in self.signals)
        refuse(not cascade and (members or needs or visitors or is_heard) and "IN_USE")
        for member in members:
            self.bury(member)
        for visitor in visitors:
            del self.visitors[visitor]
        self.needs = [need for need in self.needs if need not in needs]
        self.signals = [signal for signal in self.signals if signal.contact is not contact]
        self.bury(contact)
        return {}

    # ---- erasing -----------------------------------------------------------------------------

    def hide_key(self, row):
        hidden = self.pseudonym(row.key)
        while self.find(self.contacts, hidden):
            hidden = self.pseudonym(hidden)
        row.key = hidden

    def hide_visitor(self, visitor):
        hidden = self.pseudonym(visitor)
        while hidden in self.hidden:
            hidden = self.pseudonym(hidden)
        self.hidden.discard(visitor)
        self.hidden.add(hidden)
        self.visitors = {hidden if id == visitor else id: who for id, who in self.visitors.items()}
        for signal in self.signals:
            if signal.visitor == visitor:
                signal.visitor = hidden

    def contact_erase(self, contact):
        refuse(gone(contact))
        contact = live(contact)
        if contact.is_erased:
            return {}
        contact.read = self.persona(contact)
        contact.department = contact.seniority = UNSET
        contact.is_erased = True
        contact.name = contact.title = contact.email = contact.company = ""
        contact.tag = 0
        for member in alive(self.members):
            if member.contact is contact:
                member.note, member.tag = "", 0
        his = [id for id, person in self.visitors.items() if person is contact]
        beside = {signal.visitor for signal in self.signals if signal.contact is contact}
        for visitor in his + sorted(beside - self.visitors.keys() - self.hidden - {""}):
            self.hide_visitor(visitor)
        for row in self.contacts:
            if live(row) is contact:
                self.hide_key(row)
        self.is_changed = True
        return {}

    def apply_tombstones(self):
        """A pseudonym that was told erases whoever has the key that it hides. How many it did."""
        count = 0
        for row in list(self.contacts) if self.has_tombstones else ():
            nameless = live(row) and not live(row).is_erased and self.find(
                self.contacts, self.pseudonym(row.key))
            if nameless and nameless.is_erased:
                count += 1
                self.contact_erase(row)
                self.contact_merge(nameless, row)
        self.has_tombstones = False
        return count

    def contact_readmit(self, key):
        refuse(bad_key(key))
        hidden = self.pseudonym(key)
        contact = self.find(self.contacts, hidden)
        refuse(None if contact and contact.is_erased else "NOT_FOUND")
        for row in self.contacts:
            if row.key == hidden:
                self.hide_key(row)
        for visitor in [id for id, person in self.visitors.items() if person is contact]:
            self.hide_visitor(visitor)
        self.is_changed = True
        return {}

    # ---- opportunities -----------------------------------------------------------------------

    def fill_opportunity(self, key, account, solution, opened, may_exist):
        known = self.find(self.opportunities, key) if not bad_key(key) else None
        refuse(bad_key(key), gone(account), bad_time(opened), known and not may_exist and "EXISTS")
        opportunity = known or self.add_row(
            self.opportunities, key, account=live(account), solution=solution, name="", type=UNSET,
            opened=None, closed=None, currency="", facts=Facts())
        self.write(opportunity, "account", live(account))
        self.write(opportunity, "solution", solution)
        if opened is not None:
            self.write(opportunity, "opened", opened)
        return {"out_opportunity": opportunity, "out_put": self.put_of(not known)}

    def opportunity_add(self, key, account, solution, opened):
        return self.fill_opportunity(key, account, solution, opened, False)

    def opportunity_put(self, key, account, solution, opened):
        return self.fill_opportunity(key, account, solution, opened, True)

    def set_of(self, row, name, value, *faults):
        refuse(gone(row), *faults)
        self.write(live(row), name, value)
        return {}

    def opportunity_set_account(self, opportunity, account):
        refuse(gone(opportunity, account))
        return self.set_of(opportunity, "account", live(account))

    def opportunity_set_solution(self, opportunity, solution):
        return self.set_of(opportunity, "solution", solution)

    def opportunity_set_name(self, opportunity, name):
        return self.set_of(opportunity, "name", name or "", bad_text(name))

    def opportunity_set_type(self, opportunity, type_):
        return self.set_of(opportunity, "type", type_, bad_word(TYPES, type_))

    def opportunity_set_opened(self, opportunity, opened):
        return self.set_of(opportunity, "opened", opened, bad_time(opened))

    def opportunity_set_closed(self, opportunity, closed):
        return self.set_of(opportunity, "closed", closed, bad_time(closed))

    def opportunity_set_tag(self, opportunity, tag):
        return self.set_of(opportunity, "tag", tag)

    def tell_of(self, row, field, value, since, source, *faults):
        refuse(gone(row), bad_time(since), *faults)
        self.tell(live(row).facts, field, value, since, source)
        return {}

    def tell_word(self, row, field, words, word, since, source):
        refuse(bad_word(words, word))
        return self.tell_of(row, field, word_of(words, word), since, source)

    def tell_ratio(self, row, field, value, since, source):
        refuse(value > 1 and "RANGE")
        return self.tell_of(row, field, "" if value < 0 else ratio(value), since, source)

    def opportunity_set_stage(self, opportunity, stage, since, source):
        return self.tell_of(opportunity, "stage", stage or "", since, source, bad_text(stage))

    def opportunity_set_verdict(self, opportunity, verdict, since, source):
        return self.tell_word(opportunity, "verdict", VERDICTS, verdict, since, source)

    def opportunity_set_outcome(self, opportunity, outcome, since, source):
        return self.tell_word(opportunity, "outcome", OUTCOMES, outcome, since, source)

    def opportunity_set_answer(self, opportunity, criterion, answer, since, source):
        refuse(None if criterion in ANSWERED else "ARGUMENT")
        return self.tell_word(opportunity, ANSWERED[criterion], ANSWERS, answer, since, source)

    def opportunity_set_fit(self, opportunity, fit, since, source):
        return self.tell_ratio(opportunity, "fit", fit, since, source)

    def opportunity_set_currency(self, opportunity, currency):
        refuse(gone(opportunity), len(currency) != 3 and "TEXT")
        row = live(opportunity)
        has_amount = any(field == "amount" and fact[1] != ""
                         for (field, _), fact in row.facts.items())
        is_other = places_of(row.currency) != places_of(currency)
        return self.set_of(row, "currency", currency, has_amount and is_other and "ARGUMENT")

    def opportunity_set_amount(self, opportunity, amount, since, source):
        return self.tell_of(opportunity, "amount", amount, since, source)

    def opportunity_withdraw_amount(self, opportunity, since, source):
        return self.tell_of(opportunity, "amount", "", since, source)

    def remove_opportunity(self, opportunity):
        for member in self.members_of(opportunity):
            self.bury(member)
        self.needs = [need for need in self.needs if need.opportunity is not opportunity]
        for signal in self.signals:
            if signal.opportunity is opportunity:
                signal.opportunity = None
        self.bury(opportunity)
        self.drop_duplicates()

    def opportunity_remove(self, opportunity, cascade):
        refuse(gone(opportunity))
        opportunity = live(opportunity)
        is_used = self.members_of(opportunity) or any(
            need.opportunity is opportunity for need in self.needs)
        refuse(not cascade and is_used and "IN_USE")
        self.remove_opportunity(opportunity)
        return {}

    # ---- members -----------------------------------------------------------------------------

    def fill_member(self, opportunity, contact, may_exist):
        refuse(gone(opportunity, contact))
        opportunity, contact = live(opportunity), live(contact)
        known = self.member_of(opportunity, contact)
        refuse(known and not may_exist and "EXISTS")
        member = known or self.add_row(
            self.members, None, opportunity=opportunity, contact=contact, joined=None, left=None,
            next_contact=None, note="", facts=Facts())
        return {"out_member": member, "out_put": self.put_of(not known)}

    def member_add(self, opportunity, contact):
        return self.fill_member(opportunity, contact, False)

    def member_put(self, opportunity, contact):
        return self.fill_member(opportunity, contact, True)

    def opportunity_add_member(self, opportunity, contact, role):
        member = self.fill_member(opportunity, contact, True)["out_member"]
        if role:
            self.member_add_role(member, role, HOST)
        return {}

    def member_remove(self, member):
        refuse(gone(member))
        self.bury(live(member))
        return {}

    def member_add_role(self, member, role, source):
        refuse(gone(member))
        facts = live(member).facts
        known = facts.get(("role", None), [RULE, ""])
        if known[1]:
            source = max(source, known[0])
        self.tell(facts, "role", self.role_text(known[1].split(";") + [role] if known[1]
                                                else [role]), None, source)
        return {}

    def member_set_roles(self, member, roles, since, source):
        text = self.role_text(roles) if since is None else ";".join(dict.fromkeys(roles))
        return self.tell_of(member, "role", text, since, source)

    def member_set_status(self, member, status, since, source):
        return self.tell_word(member, "status", STATUSES, status, since, source)

    def member_set_stance(self, member, stance, since, source):
        return self.tell_word(member, "stance", STANCES, stance, since, source)

    def member_set_influence(self, member, influence, since, source):
        return self.tell_ratio(member, "influence", influence, since, source)

    def member_set_participation(self, member, participation, since, source):
        return self.tell_word(member, "participation", PARTICIPATIONS, participation, since, source)

    def member_set_interest(self, member, interest, since, source):
        return self.tell_word(member, "interest", INTERESTS, interest, since, source)

    def member_set_joined(self, member, joined):
        return self.set_of(member, "joined", joined, bad_time(joined))

    def member_set_left(self, member, left):
        return self.set_of(member, "left", left, bad_time(left))

    def member_set_next_contact(self, member, next_contact):
        return self.set_of(member, "next_contact", next_contact, bad_time(next_contact))

    def member_set_note(self, member, note):
        refuse(gone(member))
        return self.set_of(member, "note", note or "", bad_text(note),
                           live(member).contact.is_erased and "ERASED")

    def member_set_tag(self, member, tag):
        refuse(gone(member) or live(member).contact.is_erased and "ERASED")
        return self.set_of(member, "tag", tag)

    # ---- columns -----------------------------------------------------------------------------

    def put_columns(self, put, given, rows):
        """Rows in bulk: each is put, or refused alone. The cells are those of the given columns."""
        found = {"row_status": [], "row_put": [], "rows": []}
        is_changed = False
        for cells in rows:
            self.is_changed, row, done = False, None, None
            try:
                row, done = put(dict(zip(given, cells)))
                found["row_status"].append({"OK"})
            except Refused as refused:
                found["row_status"].append(refused.statuses)
            found["row_put"].append(done)
            found["rows"].append(row)
            is_changed |= self.is_changed
        self.is_changed = is_changed
        return {**found, "out_refused": found["rows"].count(None)}

    def account_put_columns(self, given, rows):
        return self.put_columns(self.put_account_row, given, rows)

    def contact_put_columns(self, given, rows):
        return self.put_columns(self.put_contact_row, given, rows)

    def opportunity_put_columns(self, given, rows):
        return self.put_columns(self.put_opportunity_row, given, rows)

    def member_put_columns(self, given, rows):
        """Several rows for one pair are one member, with the roles of all of them."""
        self.roles_of_pairs = {}
        for cells in (dict(zip(given, cells)) for cells in rows):
            if "role" in cells and not self.faults_of_member(cells):
                pair = live(cells["opportunity"]), live(cells["contact"])
                roles = self.roles_of_pairs.setdefault(pair, set())
                roles |= {cells["role"]} - {None}
        found = self.put_columns(self.put_member_row, given, rows)
        del self.roles_of_pairs
        return found

    def put_account_row(self, cells):
        potential, domain = cells.get("potential_minor"), cells.get("domain") or ""
        refuse(bad_key(cells["key"]), bad_text(*cells.values()), domain == "a;b" and "TEXT",
               potential is not None and (potential < 0 and "RANGE" or len(
                   cells["currency"]) != 3 and "TEXT"))
        found = self.account_put(cells["key"], given_text(cells, "name"))
        account = found["out_account"]
        if domain:
            self.account_add_domain(account, domain)
        if "potential_minor" in cells:
            self.write(account, "potential", potential or 0)
            self.write(account, "currency", "" if potential is None else cells["currency"])
        if "tag" in cells:
            self.account_set_tag(account, cells["tag"])
        return account, self.put_of(found["out_put"] == CREATED)

    def faults_of_contact(self, cells):
        key, account = cells["key"], cells.get("account")
        if bad_key(key):
            return ["TEXT"]
        known = self.find(self.contacts, key)
        nameless = known or self.find(self.contacts, self.pseudonym(key))
        names = {"name", "title", "email", "company", "tag"} & cells.keys()
        is_refused = names and is_hidden(key) or nameless and nameless.is_erased and (
            not known or names)
        return [bad_text(*cells.values()), is_refused and "ERASED",
                account == NO_ROW and "RANGE" or isinstance(account, Row) and gone(account),
                bad_word(DEPARTMENTS, cells.get("department", UNSET)) and "RANGE",
                bad_word(SENIORITIES, cells.get("seniority", UNSET)) and "RANGE"]

    def put_contact_row(self, cells):
        refuse(*self.faults_of_contact(cells))
        found = self.contact_put(cells["key"], None, given_text(cells, "name"),
                                 given_text(cells, "title"))
        contact = found["out_contact"]
        if "account" in cells:
            account = cells["account"]
            self.tell(contact.facts, "account", live(account) if account else "", None, HOST)
        if "email" in cells:
            self.write(contact, "email", cells["email"] or "")
        if "company" in cells:
            self.write(contact, "company", cells["company"] or "")
        for name in {"department", "seniority", "tag"} & cells.keys():
            self.write(contact, name, cells[name])
        return contact, self.put_of(found["out_put"] == CREATED)

    def faults_of_opportunity(self, cells, known):
        missing = {"account", "solution"} - cells.keys()
        rows = [cells.get(name) for name in ("account", "solution") if name in cells]
        return [bad_key(cells["key"]), bad_text(*cells.values()),
                (None in rows or NO_ROW in rows) and "RANGE",
                gone(*(row for row in rows if isinstance(row, Row))),
                missing and not known and "NOT_FOUND",
                bad_time(cells.get("opened_s")), bad_time(cells.get("closed_s")),
                bad_word(TYPES, cells.get("type", UNSET)) and "RANGE",
                bad_word(OUTCOMES, cells.get("outcome", UNSET)) and "RANGE",
                any(bad_word(ANSWERS, cells.get(name, UNSET)) for name in ANSWER_COLUMNS)
                and "RANGE", cells.get("fit", 0) > 1 and "RANGE",
                len(cells.get("currency") or "EUR") != 3 and "TEXT",
                known and self.cannot_rescale(known, cells) and "ARGUMENT"]

    def cannot_rescale(self, opportunity, cells):
        """Would another currency give what is known another value?"""
        if "currency" not in cells:
            return False
        if places_of(cells["currency"] or "") == places_of(opportunity.currency):
            return False
        return any(field == "amount" and fact[1] != "" and (
            since is not None or "amount_minor" not in cells)
            for (field, since), fact in opportunity.facts.items())

    def put_opportunity_row(self, cells):
        known = None if bad_key(cells["key"]) else self.find(self.opportunities, cells["key"])
        refuse(*self.faults_of_opportunity(cells, known))
        found = self.opportunity_put(
            cells["key"], cells["account"] if "account" in cells else known.account,
            cells["solution"] if "solution" in cells else known.solution, cells.get("opened_s"))
        row = found["out_opportunity"]
        for name, column in (("opened", "opened_s"), ("closed", "closed_s"), ("type", "type"),
                             ("tag", "tag")):
            if column in cells:
                self.write(row, name, cells[column])
        if "name" in cells:
            self.write(row, "name", cells["name"] or "")
        if "currency" in cells:
            currency = cells["currency"] or ""
            amount = row.facts.get(("amount", None))
            if places_of(currency) != places_of(row.currency) and amount:
                self.tell(row.facts, "amount", "", None, amount[0])
            self.write(row, "currency", currency)
        for field, column, value in (
                ("amount", "amount_minor", lambda cell: "" if cell is None else cell),
                ("stage", "stage", lambda cell: cell or ""),
                ("outcome", "outcome", lambda cell: word_of(OUTCOMES, cell)),
                ("fit", "fit", lambda cell: "" if cell < 0 else ratio(cell)),
                *((ANSWER_COLUMNS[name], name, lambda cell: word_of(ANSWERS, cell))
                  for name in ANSWER_COLUMNS)):
            if column in cells:
                self.tell(row.facts, field, value(cells[column]), None, HOST)
        return row, self.put_of(found["out_put"] == CREATED)

    def faults_of_member(self, cells):
        rows = [cells["opportunity"], cells["contact"]]
        is_none = any(row in (None, NO_ROW) for row in rows) or cells.get("role") == NO_ROW
        contact = isinstance(cells["contact"], Row) and live(cells["contact"])
        erased = contact and contact.is_erased
        words = (("status", STATUSES), ("stance", STANCES), ("interest", INTERESTS),
                 ("participation", PARTICIPATIONS))
        return [fault for fault in (
            is_none and "RANGE", gone(*(row for row in rows if isinstance(row, Row))),
            bad_text(*cells.values()), erased and {"note", "tag"} & cells.keys() and "ERASED",
            any(bad_word(known, cells.get(name, UNSET)) for name, known in words) and "RANGE",
            cells.get("influence", 0) > 1 and "RANGE",
            *(bad_time(cells.get(name)) for name in ("joined_s", "left_s", "next_contact_s")))
            if fault]

    def put_member_row(self, cells):
        refuse(*self.faults_of_member(cells))
        found = self.member_put(cells["opportunity"], cells["contact"])
        row = found["out_member"]
        if "role" in cells:
            roles = self.roles_of_pairs[row.opportunity, row.contact]
            self.tell(row.facts, "role", self.role_text(roles), None, HOST)
        for name, words in (("status", STATUSES), ("stance", STANCES), ("interest", INTERESTS),
                            ("participation", PARTICIPATIONS)):
            if name in cells:
                self.tell(row.facts, name, word_of(words, cells[name]), None, HOST)
        if "influence" in cells:
            influence = cells["influence"]
            self.tell(row.facts, "influence", "" if influence < 0 else ratio(influence), None, HOST)
        for name in ("joined", "left", "next_contact"):
            if name + "_s" in cells:
                self.write(row, name, cells[name + "_s"])
        for name, empty in (("note", ""), ("tag", 0)):
            if name in cells:
                self.write(row, name, cells[name] or empty)
        return row, self.put_of(found["out_put"] == CREATED)

    # ---- books -------------------------------------------------------------------------------

    def book_read(self, strict, tables, how):
        """A book is loaded: row by row, each whole or not at all; "cancel": it never was."""
        if how == "cancel":
            return {}
        trial = pickle.loads(pickle.dumps(self))
        refused = trial.load(tables)
        refuse(strict and refused and "REFUSED")
        return {"refused": self.load(tables)}

    def load(self, tables):
        """Loads tables in their order; how many rows are refused."""
        refused, is_changed = 0, False
        for table, rows in tables:
            by_rules = [row for row in rows if table == "members" and row[-1] == "rule"]
            for row in by_rules + [row for row in rows if row not in by_rules]:
                self.is_changed = False
                try:
                    getattr(self, "load_" + table)(*row)
                    is_changed |= self.is_changed
                except Refused:
                    refused += 1
        self.is_changed = is_changed
        return refused

    def named(self, rows, key):
        """The row that a cell names, None for an empty cell."""
        row = self.find(rows, key) if key else None
        refuse(key and not row and "no such row")
        return row

    def load_accounts(self, key, name):
        self.account_put(key, name or None)

    def load_contacts(self, key, account, name, title):
        """A tombstone counts also where nobody knows the account that is on it."""
        if is_hidden(key) and not self.find(self.accounts, account):
            account = ""
        self.contact_put(key, self.named(self.accounts, account), name or None, title or None)

    def load_visitors(self, visitor, contact):
        self.contact_add_visitor(self.named(self.contacts, contact), visitor)

    def load_members(self, opportunity, contact, role, source):
        refuse(role and role not in self.roles and "no such role")
        row = self.member_put(self.named(self.opportunities, opportunity),
                              self.named(self.contacts, contact))["out_member"]
        is_new = self.is_changed
        if role:
            self.member_add_role(row, role, SOURCES.index(source))
        self.is_changed |= is_new

    def load_signals(self, time, kind, account, contact, visitor, solution, opportunity, content,
                     event):
        """Signals of people who were erased come back with a book, but not by ids that are hidden."""
        refuse(kind not in self.kinds and "no such kind",
               solution and solution not in self.solutions and "no such solution")
        person = self.visitors.get(self.known_as(visitor))
        refuse(not is_hidden(visitor) and person and person.is_erased and "ERASED")
        self.take(self.signal_of((
            time, kind, self.named(self.accounts, account), self.named(self.contacts, contact),
            solution, self.named(self.opportunities, opportunity), visitor, content, event)))

    # ---- needs -------------------------------------------------------------------------------

    def need_of(self, opportunity, contact, key):
        for need in self.needs:
            if (need.opportunity, need.contact, need.key) == (opportunity, contact, key):
                return need
        return None

    def need_set(self, opportunity, contact, key, state, since):
        refuse(gone(opportunity, contact), bad_key(key), bad_time(since),
               state == UNSET and "ARGUMENT")
        opportunity, contact = live(opportunity), contact and live(contact)
        need = self.need_of(opportunity, contact, key)
        if not need:
            need = Need(opportunity, contact, key)
            self.needs.append(need)
            self.is_changed = True
        self.tell(need.facts, "state", NEED_STATES[state], since, HOST)
        return {}

    # ---- the catalogue -----------------------------------------------------------------------

    def policy_set_milli(self, key, value):
        if self.policy[key] != value:
            self.policy[key] = value
            self.is_changed = True
        return {}

    def kind_put(self, key, category, points, high_intent):
        known = self.kinds.get(key)
        kind = self.kinds.setdefault(key, Kind(category, points, high_intent))
        self.is_changed = not known
        for name, value in (("category", category), ("points", points),
                            ("high_intent", high_intent)):
            self.write(kind, name, value)
        return {"out_put": self.put_of(not known)}

    def kind_set_tag(self, kind, tag):
        self.write(self.kinds[kind], "tag", tag)
        return {}

    def role_put(self, key, name):
        is_new = key not in self.roles
        self.is_changed = is_new or name is not None and self.roles[key] != name
        self.roles.setdefault(key, "")
        if name is not None:
            self.roles[key] = name
        return {"out_put": self.put_of(is_new)}

    def template_put(self, key):
        is_new = key not in self.templates
        self.templates.setdefault(key, [])
        self.is_changed = is_new
        return {"out_put": self.put_of(is_new)}

    def template_set_seat(self, template, role, weight, people, required):
        for seat in self.templates[template]:
            if seat.role == role:
                break
        else:
            seat = Seat(role, weight, people, required)
            self.templates[template].append(seat)
            self.is_changed = True
        for name, value in (("weight", weight), ("people", people), ("required", required)):
            self.write(seat, name, value)
        return {}

    def template_set_seat_personas(self, template, role, departments, seniority):
        for seat in self.templates[template]:
            if seat.role == role:
                self.write(seat, "departments", sorted(set(departments)))
                self.write(seat, "seniority", seniority)
                return {}
        raise Refused("NOT_FOUND")

    def solution_put(self, key, name, template):
        refuse(bad_text(name), template and not self.templates[template] and "ARGUMENT")
        is_new = key not in self.solutions
        solution = self.solutions.setdefault(key, Solution())
        self.is_changed = is_new
        if name is not None:
            self.write(solution, "name", name)
        if template:
            self.write(solution, "template", template)
        return {"out_put": self.put_of(is_new)}

    def solution_add_content(self, solution, prefix):
        refuse(bad_key(prefix))
        if prefix not in self.solutions[solution].contents:
            self.solutions[solution].contents.append(prefix)
            self.is_changed = True
        return {}

    def solution_set_tag(self, solution, tag):
        self.write(self.solutions[solution], "tag", tag)
        return {}
