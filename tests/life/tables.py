"""What a naive workspace answers: its facts as the tables of a book, byte for byte as the library
writes them, and the numbers that the reference implementation computes from them."""
import functools
import sys
import time as clock
from pathlib import Path

import life
from life import by_bytes, live

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reference"))
import model  # noqa: E402

model.parse_time = functools.lru_cache(maxsize=None)(model.parse_time)

COLUMNS = {
    "accounts": "account name domains potential currency merged_into",
    "contacts": "contact account name title email department seniority confidence merged_into "
                "company",
    "templates": "template role weight people required departments min_seniority",
    "solutions": "solution name template content",
    "visitors": "visitor contact",
    "opportunities": "opportunity account solution name type stage amount currency opened closed "
                     "outcome need budget authority timeline fit",
    "members": "opportunity contact role status stance influence participation interest joined "
               "left next_contact note source",
    "signals": "time kind account contact visitor solution opportunity content event",
    "history": "opportunity contact source field value from",
    "kinds": "kind category points high_intent",
    "roles": "role name",
    "needs": "opportunity contact need state date",
    "policy": "parameter value",
}


def time_text(time):
    """A time as a cell; texts stay."""
    if isinstance(time, str):
        return time
    return "" if time is None else clock.strftime("%Y-%m-%dT%H:%M:%SZ", clock.gmtime(time))


def key_of(row):
    return row.key if row else ""


def by_key(rows):
    return sorted((row for row in rows if live(row)), key=lambda row: by_bytes(row.key))


def by_name(named):
    return sorted(named.items(), key=lambda item: by_bytes(item[0]))


def value_text(value, currency):
    """A value as a cell."""
    if isinstance(value, life.Row):
        return value.key
    return life.decimal(value, life.places_of(currency), False) if isinstance(value, int) else value


# ---- the tables ------------------------------------------------------------------------------


def accounts(world):
    for row in by_key(world.accounts):
        if row.kept:
            yield row.key, "", "", "", "", live(row).key
            continue
        potential = value_text(row.potential, row.currency) if row.currency else ""
        yield (row.key, row.name, ";".join(sorted(row.domains, key=by_bytes)), potential,
               row.currency, "")


def contacts(world):
    for row in by_key(world.contacts):
        if row.kept:
            yield (row.key, *[""] * 7, live(row).key, "")
            continue
        department, seniority, confidence = world.persona(row)
        told = (department, seniority) if row.is_erased else (row.department, row.seniority)
        is_told = row.is_erased and confidence > 0
        yield (row.key, key_of(row.facts.undated("account")), row.name, row.title, row.email,
               life.word_of(life.DEPARTMENTS, told[0]), life.word_of(life.SENIORITIES, told[1]),
               life.ratio(confidence) if is_told else "", "", row.company)


def templates(world):
    for key, seats in by_name(world.templates):
        if key == "standard" and is_untouched(world, seats):
            continue
        for seat in seats:
            yield (key, seat.role, life.decimal(seat.weight, 3), str(seat.people),
                   str(seat.required), ";".join(life.DEPARTMENTS[one] for one in seat.departments),
                   life.word_of(life.SENIORITIES, seat.seniority))


def is_untouched(world, seats):
    return [vars(seat) for seat in seats] == world.untouched["standard"]


def solutions(world):
    for key, row in by_name(world.solutions):
        yield key, row.name, row.template, ";".join(sorted(row.contents, key=by_bytes))


def visitors(world):
    for visitor, contact in by_name(world.visitors):
        yield visitor, contact.key


def opportunities(world):
    for row in by_key(world.opportunities):
        stage, _, amount, *rest = [value_text(row.facts.undated(field), row.currency)
                                   for field in life.OPPORTUNITY_FIELDS]
        yield (row.key, row.account.key, row.solution, row.name, life.word_of(life.TYPES, row.type),
               stage, amount, row.currency, time_text(row.opened), time_text(row.closed), *rest)


def members_by_key(world, opportunity):
    return sorted(world.members_of(opportunity), key=lambda member: by_bytes(member.contact.key))


def members(world):
    for opportunity in by_key(world.opportunities):
        for member in members_by_key(world, opportunity):
            told = {source: [value if whose == source else "" for whose, value in (
                member.facts.get((field, None), [life.HOST, ""]) for field in life.MEMBER_FIELDS)]
                for source in (life.HOST, life.RULE)}
            rest = [time_text(member.joined), time_text(member.left),
                    time_text(member.next_contact), member.note]
            for source, cells in told.items():
                if any(cells) or source == life.HOST and not any(told[life.RULE]):
                    yield (opportunity.key, member.contact.key, *cells, *rest,
                           life.SOURCES[source])
                    rest = [""] * 4


def dated(facts):
    """The facts by field and date, undated ones first."""
    return sorted(facts.items(), key=lambda item: (
        life.FIELDS.index(item[0][0]), item[0][1] is not None, item[0][1] or 0))


def history_of(opportunity, contact, facts):
    """No table has a column for a verdict since ever; one since the first second says the same."""
    for (field, since), (source, value) in dated(facts):
        if since is None and (field != "verdict" or value == "" or (field, 0) in facts):
            continue
        yield (key_of(opportunity), key_of(contact), life.SOURCES[source], field,
               value_text(value, opportunity.currency if opportunity else ""),
               time_text(since or 0))


def history(world):
    for contact in by_key(world.contacts):
        if not contact.kept:
            yield from history_of(None, contact, contact.facts)
    for opportunity in by_key(world.opportunities):
        yield from history_of(opportunity, None, opportunity.facts)
        for member in members_by_key(world, opportunity):
            yield from history_of(opportunity, member.contact, member.facts)


def needs(world):
    for need in sorted(world.needs, key=lambda need: (
            by_bytes(need.opportunity.key), by_bytes(key_of(need.contact)), by_bytes(need.key))):
        for (_, since), (_, state) in dated(need.facts):
            yield need.opportunity.key, key_of(need.contact), need.key, state, time_text(since)


def kinds(world):
    for key, kind in by_name(world.kinds):
        if key not in world.untouched["kinds"] or vars(kind) | {"tag": 0} != \
                world.untouched["kinds"][key]:
            yield (key, life.CATEGORIES[kind.category], life.decimal(kind.points, 3),
                   str(kind.high_intent))


def roles(world):
    for key, name in by_name(world.roles):
        if name or key not in world.built_in_roles:
            yield key, name


def policy(world):
    for key, value in by_name(world.policy):
        if value != world.untouched["policy"][key]:
            yield key, (life.MODES[value // 1000] if key.startswith("mode.")
                        else life.decimal(value, 3))


def signal_row(signal, event):
    return (time_text(signal.time), signal.kind, key_of(signal.account), key_of(signal.contact),
            signal.visitor, signal.solution, key_of(signal.opportunity), signal.content, event)


def signals(world):
    """By time. Of two signals that came to have one event id, the second one goes without."""
    seen, rows = set(), []
    for signal in sorted(world.signals, key=world.place_in_book):
        event = (world.scope(signal), signal.event)
        rows.append(signal_row(signal, "" if event in seen else signal.event))
        seen.add(event)
    return sorted(rows, key=order_of_signal)


def order_of_signal(row):
    time, kind, account, contact, visitor, solution, opportunity, content, event = row
    return tuple(map(by_bytes, (time, kind, contact, visitor, account, solution, opportunity,
                                content, event)))


def tables(world):
    """Every table: its columns, and its rows as tuples of texts."""
    found = {name: (columns.split(), list(globals()[name](world)))
             for name, columns in COLUMNS.items()}
    drop(found, "accounts", 1)
    if drop(found, "contacts", 1) and not any(
            contact.is_erased for contact in life.alive(world.contacts)):
        drop(found, "contacts", 2)
    return found


def drop(found, name, count):
    """Takes the last columns off, if the last one is empty; whether it is."""
    columns, rows = found[name]
    if any(row[-1] for row in rows):
        return False
    found[name] = columns[:-count], [row[:-count] for row in rows]
    return True


def cell_text(cell):
    is_quoted = cell != cell.strip() or any(mark in cell for mark in ',"\r\n')
    return '"' + cell.replace('"', '""') + '"' if is_quoted else cell


def written(columns, rows):
    """A table as bytes."""
    lines = [columns, *rows] if rows else []
    return "".join(",".join(map(cell_text, line)) + "\n" for line in lines).encode()


# ---- the numbers -----------------------------------------------------------------------------


class Answers:
    """What the reference says about the facts of a world as they are now."""

    def __init__(self, world):
        self.world = world
        self.tables = tables(world)
        self.book = model.Book(self.for_reference())
        self.book.templates = {
            key: [model.Seat(seat.role, seat.weight, seat.people, bool(seat.required),
                             tuple(life.DEPARTMENTS[one] for one in seat.departments),
                             life.word_of(life.SENIORITIES, seat.seniority)) for seat in seats]
            for key, seats in world.templates.items()}
        self.routes = [model.route(self.book, signal) for signal in self.book.signals]

    def for_reference(self):
        """The tables as the reference reads them. It knows no titles and no erased or merged rows,
        so people come as they are known; and which signals there are, the world says."""
        found = {name: [dict(zip(columns, row)) for row in rows]
                 for name, (columns, rows) in self.tables.items()}
        found["signals"] = [dict(zip(COLUMNS["signals"].split(), signal_row(signal, "")))
                            for signal in self.world.signals]
        found["templates"] = []  # as they are, not as rows that add to what is built in
        least = self.world.policy["role_confidence"] / 1000
        found["contacts"] = []
        for contact in life.alive(self.world.contacts):
            department, seniority, confidence = self.world.persona(contact)
            if confidence < least:
                department = seniority = life.UNSET
            found["contacts"].append({
                "contact": contact.key, "account": key_of(contact.facts.undated("account")),
                "department": life.word_of(life.DEPARTMENTS, department),
                "seniority": life.word_of(life.SENIORITIES, seniority)})
        return found

    def counted(self, opportunity, instant):
        """The places of the signals that count for an opportunity as of an instant."""
        return [index for index, (signal, route) in enumerate(zip(self.book.signals, self.routes))
                if route and route[0] == opportunity and signal.time <= instant
                and (route[1] is None or route[1] <= instant)]

    def assess(self, opportunity, instant):
        counted = [self.book.signals[index] for index in self.counted(opportunity.key, instant)]
        return model.Assessment(self.book, opportunity.key, counted, instant).answer()

    def is_asserted(self, opportunity, contact, instant):
        return bool(self.book.asserted_roles(opportunity.key, contact, instant))

    def ledger(self, opportunity, contact, instant):
        """The rows of a person's ledger."""
        rows = []
        for index in self.counted(opportunity.key, instant):
            signal, told = self.book.signals[index], self.world.signals[index]
            kind = self.book.kinds[signal.kind]
            if kind.third_party or self.book.person_of(signal) != contact.key:
                continue
            age = model.age_of(signal, instant)
            decay = model.decay(age, self.book.parameters["half_life_days"])
            rows.append((signal.time, signal.kind, told.content, told.event, kind.points, age,
                         decay, kind.points * decay, self.world.kinds[signal.kind].tag))
        return sorted(rows, key=lambda row: (row[0], *map(by_bytes, row[1:4])))

    def destination(self, index):
        """The key of the opportunity that took a signal, or None."""
        return self.routes[index] and self.routes[index][0]

    def logs(self):
        """The signals by where they lie: ("opportunity", key), ("account", key) or ("", "")."""
        found = {}
        for index, signal in enumerate(self.world.signals):
            account = self.world.account_of(signal)
            place = ("", "")
            if self.destination(index):
                place = ("opportunity", self.destination(index))
            elif account:
                place = ("account", account.key)
            row = (signal.time, *signal_row(signal, signal.event)[1:])
            found.setdefault(place, []).append(row)
        return {place: sorted(rows) for place, rows in found.items()}
