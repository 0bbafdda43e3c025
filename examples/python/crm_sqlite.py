"""A CRM in a SQLite file that knows its buying groups: crm_sqlite.py [FILE]

The CRM's own tables are as CRMs have them. `Sync` reads what changed in them since it looked last,
asks libqbg, and writes the board and the missing roles back, in one transaction; the tags of rows
are the CRM's ids, so no keys have to be looked up. A second run reads and writes only what changed.
Without FILE it all happens in a file that is thrown away."""
import sqlite3
import sys
import tempfile
from pathlib import Path

import qbg

# ---- The CRM ------------------------------------------------------------------------------------

# Each table says with `changed` when a row was last touched, by a clock that counts changes; `gone`
# has what was deleted. Triggers see to both, so the CRM's own programs need not care.
SCHEMA = """
CREATE TABLE clock (now INTEGER NOT NULL);
INSERT INTO clock VALUES (0);
CREATE TABLE gone (kind TEXT, deal INTEGER, person INTEGER, changed INTEGER);

CREATE TABLE company (id INTEGER PRIMARY KEY, name TEXT, domain TEXT, changed INTEGER);
CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT, pages TEXT, changed INTEGER);
CREATE TABLE person (id INTEGER PRIMARY KEY, company INTEGER, name TEXT, title TEXT, email TEXT,
                     changed INTEGER);
CREATE TABLE deal (id INTEGER PRIMARY KEY, company INTEGER, product INTEGER, name TEXT,
                   stage TEXT, cents INTEGER, currency TEXT, opened TEXT, closed TEXT,
                   changed INTEGER);
CREATE TABLE deal_person (id INTEGER PRIMARY KEY, deal INTEGER, person INTEGER, role TEXT,
                          stance TEXT, call_on TEXT, changed INTEGER, UNIQUE (deal, person));
CREATE TABLE activity (id INTEGER PRIMARY KEY, at TEXT, kind TEXT, person INTEGER, company INTEGER,
                       visitor TEXT, page TEXT, changed INTEGER);

CREATE TABLE buying_group (deal INTEGER PRIMARY KEY, verdict TEXT, priority REAL, intent REAL,
                           coverage REAL, engaged INTEGER, people INTEGER, silent_days INTEGER,
                           next_contact TEXT);
CREATE TABLE missing_role (deal INTEGER, role TEXT, PRIMARY KEY (deal, role));
"""
WATCHED = ("company", "product", "person", "deal", "deal_person", "activity")
TRIGGER = """
CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN
    UPDATE clock SET now = now + 1;
    UPDATE {table} SET changed = (SELECT now FROM clock) WHERE id = NEW.id;
END;
"""
GONE = """
CREATE TRIGGER deal_delete AFTER DELETE ON deal BEGIN
    UPDATE clock SET now = now + 1;
    INSERT INTO gone SELECT 'deal', OLD.id, NULL, now FROM clock;
END;
CREATE TRIGGER deal_person_delete AFTER DELETE ON deal_person BEGIN
    UPDATE clock SET now = now + 1;
    INSERT INTO gone SELECT 'deal_person', OLD.deal, OLD.person, now FROM clock;
END;
"""

ROWS = {
    "company": [(1, "Red Daisy", "red-daisy.example"), (2, "Blue Bell", "blue-bell.example"),
                (3, "Oak & Sons", "oak.example")],
    "product": [(1, "HR system", "hr/"), (2, "CRM", "crm/")],
    "person": [(1, 1, "Elena Sokolova", "HR manager", "elena@red-daisy.example"),
               (2, 1, "Sergey Volkov", "IT director", "sergey@red-daisy.example"),
               (3, 1, "Olga Petrova", "CFO", "olga@red-daisy.example"),
               (4, 2, "Bella Ring", "Head of sales", "bella@blue-bell.example"),
               (5, 3, "Otto Oak", "CEO", "otto@oak.example")],
    "deal": [(1, 1, 1, "HR for Red Daisy", "engaged", 120000000, "RUB", "2025-09-01", None),
             (2, 2, 2, "CRM for Blue Bell", "detected", 500000, "EUR", "2025-10-01", None),
             (3, 3, 2, "CRM for Oak", "closed", 90000, "EUR", "2025-01-01", "2025-06-30")],
    "deal_person": [(1, 1, 1, "champion", "champion", None),
                    (2, 1, 2, "technical_evaluator", "skeptic", "2025-11-24"),
                    (3, 1, 3, "economic_buyer", None, None),
                    (4, 2, 4, "champion", None, None)],
    "activity": [(1, "2025-10-20T09:00:00Z", "content_download", 1, None, None, "hr/brochure"),
                 (2, "2025-10-29T08:10:00Z", "trial_start", 1, None, None, "hr/trial"),
                 (3, "2025-11-05T10:00:00Z", "webinar_attendance", 2, None, None, "hr/api"),
                 (4, "2025-11-10T12:00:00Z", "content_download", 3, None, None, "hr/roi"),
                 (5, "2025-11-15T13:00:00Z", "comparison_view", None, 1, "v-881", "hr/compare"),
                 (6, "2025-11-12T16:00:00Z", "page_view", 4, None, None, "crm/start")],
}


def create(path):
    """A CRM with a few deals."""
    database = sqlite3.connect(str(path))
    database.executescript(SCHEMA + GONE)
    for table in WATCHED:
        for event in ("insert", "update"):
            database.executescript(TRIGGER.format(table=table, event=event))
        for row in ROWS[table]:
            marks = ", ".join("?" * len(row))
            database.execute(f"INSERT INTO {table} VALUES ({marks}, NULL)", row)
    database.commit()
    return database


# ---- The sync -----------------------------------------------------------------------------------


def keys(numbers):
    """The CRM's ids as keys: its rows have no better name, and ids never change."""
    return [None if number is None else str(number) for number in numbers]


class Sync:
    """Keeps a workspace beside a CRM's database."""

    def __init__(self, database):
        self.database = database
        self.workspace = qbg.Workspace()
        self.seen = 0       # the CRM's clock when it was read last
        self.revision = 0   # the workspace's revision when the board was written last
        self.as_of = None   # the day for which it was written

    def run(self, as_of):
        """Reads, assesses and writes; how many rows were read, groups assessed, rows written."""
        with self.database:  # one transaction: what is read and what is written belong together
            self.database.execute("BEGIN IMMEDIATE")
            return (self.read(), *self.write(as_of))

    # ---- CRM to workspace ----

    def changed(self, table):
        """The columns of a table, of the rows that changed since they were read last."""
        found = self.database.execute(
            f"SELECT * FROM {table} WHERE changed > ? ORDER BY id", (self.seen,))
        names = [one[0] for one in found.description]
        return dict(zip(names, zip(*found))) or None

    def read(self):
        """Tells the workspace what is new, as one change; how many rows that are."""
        now, = self.database.execute("SELECT now FROM clock").fetchone()
        count = 0
        with self.workspace.batch():
            count += self.read_gone()
            for table in WATCHED:
                rows = self.changed(table)
                if rows:
                    outcome = getattr(self, "read_" + table)(rows)
                    if outcome:
                        outcome.check()
                    count += len(rows["id"])
        self.seen = now
        return count

    def read_gone(self):
        found = self.database.execute(
            "SELECT kind, deal, person FROM gone WHERE changed > ?", (self.seen,)).fetchall()
        for kind, deal, person in found:
            row = self.workspace.opportunities.get(str(deal))
            if row and kind == "deal":
                row.remove(cascade=True)
            elif row:
                member = row.member(self.workspace.contact(str(person)))
                if member:
                    member.remove()
        return len(found)

    def read_company(self, rows):
        return self.workspace.put_accounts(key=keys(rows["id"]), name=rows["name"],
                                           domain=rows["domain"], tag=rows["id"])

    def read_product(self, rows):
        for number, name, pages in zip(rows["id"], rows["name"], rows["pages"]):
            product, _ = self.workspace.put_solution(str(number), name)
            product.tag = number
            if pages not in product.content:
                product.add_content(pages)

    def read_person(self, rows):
        return self.workspace.put_contacts(
            key=keys(rows["id"]), account=keys(rows["company"]), name=rows["name"],
            title=rows["title"], email=rows["email"], tag=rows["id"])

    def read_deal(self, rows):
        return self.workspace.put_opportunities(
            key=keys(rows["id"]), account=keys(rows["company"]), solution=keys(rows["product"]),
            name=rows["name"], stage=rows["stage"], amount_minor=rows["cents"],
            currency=rows["currency"], opened=rows["opened"], closed=rows["closed"],
            tag=rows["id"])

    def read_deal_person(self, rows):
        return self.workspace.put_members(
            opportunity=keys(rows["deal"]), contact=keys(rows["person"]), role=rows["role"],
            stance=rows["stance"], next_contact=rows["call_on"], tag=rows["id"])

    def read_activity(self, rows):
        # The activity's id is the event id: whatever is read twice counts once.
        return self.workspace.add_signals(
            time=rows["at"], kind=rows["kind"], contact=keys(rows["person"]),
            account=keys(rows["company"]), visitor=rows["visitor"], content=rows["page"],
            event=keys(rows["id"]))

    # ---- Workspace to CRM ----

    def write(self, as_of):
        """Assesses the groups that changed, and writes what is different; how many both are."""
        since = self.revision if as_of == self.as_of else 0  # on another day all can change
        board = self.workspace.board_since(since, as_of)
        before = self.database.total_changes
        for deal in self.touched(since) - set(board["opportunity_tag"]):  # closed, or deleted
            self.forget(deal)
        for row in board:
            self.write_row(row)
        self.revision, self.as_of = self.workspace.revision, as_of
        return len(board), self.database.total_changes - before

    def touched(self, since):
        """The deals that may have changed; a program that starts anew knows of none, so all that
        are there."""
        known = self.database.execute("SELECT deal FROM buying_group") if since == 0 else ()
        return {*self.workspace.changes(since)["opportunity_tag"], *(deal for deal, in known)}

    def forget(self, deal):
        self.database.execute("DELETE FROM buying_group WHERE deal = ?", (deal,))
        self.database.execute("DELETE FROM missing_role WHERE deal = ?", (deal,))

    def write_row(self, row):
        """One buying group. What is there already stays untouched."""
        deal = row["opportunity_tag"]
        call = row["next_contact"]
        new = (deal, row["verdict"], row["priority"], row["intent"], row["coverage_engaged"],
               row["members_engaged"], row["members_identified"], row["silent_days"],
               f"{call:%Y-%m-%d}" if call else None)
        old = self.database.execute("SELECT * FROM buying_group WHERE deal = ?", (deal,)).fetchone()
        if new != old:
            self.database.execute("INSERT OR REPLACE INTO buying_group "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", new)
        missing = set(filter(None, (row["missing_roles"] or "").split(";")))
        known = {role for role, in self.database.execute(
            "SELECT role FROM missing_role WHERE deal = ?", (deal,))}
        self.database.executemany("DELETE FROM missing_role WHERE deal = ? AND role = ?",
                                  [(deal, role) for role in sorted(known - missing)])
        self.database.executemany("INSERT INTO missing_role VALUES (?, ?)",
                                  [(deal, role) for role in sorted(missing - known)])


# ---- A day at the desk --------------------------------------------------------------------------

QUESTION = """
SELECT deal.name, verdict, round(priority, 1), engaged || '/' || people,
       coalesce(next_contact, '-'), coalesce(group_concat(role, ', '), '-')
FROM buying_group JOIN deal ON deal.id = buying_group.deal
LEFT JOIN (SELECT deal, role FROM missing_role ORDER BY role) missing ON missing.deal = deal.id
GROUP BY deal.id ORDER BY priority DESC
"""


def show(database):
    """The board, asked with SQL, as any program of the CRM would."""
    for row in database.execute(QUESTION):
        print("   ", " | ".join(map(str, row)))


def say(what, counts):
    print("{}: {} rows read, {} assessed, {} written".format(what, *counts))


def desk(path):
    is_new = not Path(path).exists()
    database = create(path) if is_new else sqlite3.connect(str(path))
    sync = Sync(database)
    say("first run", sync.run("2025-11-19"))
    show(database)
    say("nothing happened", sync.run("2025-11-19"))
    if is_new:
        with database:
            database.execute("INSERT INTO activity VALUES (7, '2025-11-18T09:00:00Z', 'meeting', 4,"
                             " NULL, NULL, 'crm/demo', NULL)")
        say("Bella came to a meeting", sync.run("2025-11-19"))
        with database:
            database.execute("UPDATE deal_person SET call_on = '2025-11-21' WHERE person = 3")
        say("a call to Olga is planned", sync.run("2025-11-19"))
        with database:
            database.execute("DELETE FROM deal_person WHERE person = 2")
        say("Sergey leaves the group", sync.run("2025-11-19"))
        with database:
            database.execute("UPDATE deal SET closed = '2025-11-19' WHERE id = 2")
        say("Blue Bell is closed", sync.run("2025-11-19"))
    say("the program starts anew", Sync(database).run("2025-11-19"))
    show(database)
    database.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        desk(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            desk(Path(folder) / "crm.sqlite")
