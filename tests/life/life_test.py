"""A workspace's whole life: random operations on the library and on a naive workspace, their answers
compared to the bit.

Each run is a new workspace with its own seed. Every call must have the status and the outputs that
the naive one says; after each hundred operations, and at the end, everything else is compared, too.
A tenth of the calls runs out of memory first: that must change nothing. On a difference the list of
operations is shortened as far as it still shows one, and printed.

usage: QBG_TEST_ALLOCATOR=... life_test.py LIBRARY RUNS [FIRST_SEED]"""
import collections
import ctypes
import os
import pickle
import random
import re
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "binding"))
from library import C, finish, load, loadable_path  # noqa: E402

import comparison  # noqa: E402
import life  # noqa: E402
import operations  # noqa: E402
from comparison import Different, check  # noqa: E402
from host import Host, constants  # noqa: E402
from life import Row, live  # noqa: E402

LENGTH = 800         # operations of a run
ROUND = 100          # after so many all answers are compared
REFUSED = 0.1        # share of the calls that run out of memory
WATCHED = 0.04       # share of the calls after which is asked at once what has changed
FOREVER = 2**62
FEW = 100            # so few runs need not come to everything
LOOKS = ("compare", "look", "compare_changes")
BATCHES = ("begin", "commit", "rollback")
RESULTS = {f"out_{noun}": noun for noun in ("account", "contact", "opportunity", "member")}


class Run:
    """One life of a workspace, operation by operation."""

    def __init__(self, library, facts, seed):
        self.host = Host(library)
        self.world = life.World(facts)
        self.instants = random.Random(seed).sample(operations.TIMES, 2)
        self.instants += [operations.TIMES[-1] + life.DAY]
        self.pointers = {}       # (noun, number): where that row is
        self.before = None       # the world at the beginning of the batch
        self.batch_changed = False
        self.secrets = set()     # texts of people who were erased, not to be found any more
        self.seen, self.revision = {}, 0
        self.done = collections.Counter()
        self.book = None         # the written book, while it is known

    # ---- one operation -----------------------------------------------------------------------

    def step(self, name, operation, arguments, refusal):
        """Makes an operation on both sides. name: that of the handle that it may give."""
        if operation in LOOKS:
            getattr(self, operation)()
            return
        if operation in BATCHES:
            getattr(self, operation)(refusal)
            return
        if any(ref.name not in self.host.handles for ref in refs_of(arguments)):
            return
        secrets = self.secrets_of(operation, arguments)
        revision = self.host.workspace_revision(self.host.workspace)
        try:
            statuses, outputs = self.world.apply(operation, arguments)
            if not self.before:
                self.done["tombstone"] += self.world.apply_tombstones()
        except life.Missing:
            return
        status, found, is_refused = self.call(operation, arguments, refusal)
        if is_refused:
            self.done["out of memory"] += 1
        check(f"{operation} answers", status, status if status in statuses else statuses)
        self.done[operation if status == "OK" else f"{operation} {status}"] += 1
        if status == "OK":
            self.compare_outputs(name, found, outputs)
        rise = 0 if self.before else int(self.world.is_changed)
        check(f"rise of the revision by {operation} {status}",
              self.host.workspace_revision(self.host.workspace) - revision, rise)
        self.batch_changed |= self.world.is_changed
        if status == "OK":
            self.secrets |= secrets
        if self.world.is_changed:
            self.book = None
        if not self.before:
            check("signal count", self.host.signal_count(self.host.workspace),
                  len(self.world.signals))
            self.look_for_secrets()

    def call(self, operation, arguments, refusal):
        """Makes the call, after it ran out of memory if it is to. The last answer: whether it did."""
        if not refusal:
            return (*self.host.call(operation, arguments)[:2], False)
        before = self.state()
        status, found, count = self.host.call(operation, arguments, refusal)
        if count < refusal[0]:
            return status, found, False
        check(f"{operation} out of memory answers", status, "MEMORY")
        comparison.check(f"{operation} out of memory changes", self.state(), before)
        return (*self.host.call(operation, arguments)[:2], True)

    def state(self):
        """What a failed call must leave alone. In a batch only the revision can be asked."""
        if not self.before and self.book is None:
            self.book = self.host.book()
        book = None if self.before else self.host.book()
        if book is not None:
            check("the book that nothing changed", book, self.book)
        return self.host.workspace_revision(self.host.workspace), book

    def compare_outputs(self, name, found, outputs):
        for output, value in outputs.items():
            if output in RESULTS and output in found:
                self.give(name, RESULTS[output], found[output], value)
            elif output == "row_status":
                check("row_status", [status if status in statuses else (status, statuses)
                                     for status, statuses in
                                     zip(found[output], value)], found[output])
            elif output == "rows":
                self.give_rows(name, value, found)
            elif output in found:
                check(output, found[output], value)
        self.done["record DUPLICATE"] += found.get("out_duplicate", 0)
        if "out_duplicate" in found and not self.before and len(self.world.signals) % 16 == 0:
            self.compare_taker(found["out_opportunity"], outputs["signal"])

    def give(self, name, noun, pointer, row):
        """A handle came out: it is the one of its row."""
        known = self.pointers.setdefault((noun, row.number), pointer)
        check(f"the {noun} that is given", pointer, known)
        self.host.keep(name, noun, pointer)
        self.world.rows[name] = row

    def give_rows(self, name, rows, found):
        """Rows came out of columns: by number, or (members) by what they are between."""
        if "row_number" in found:
            check("row_number", found["row_number"], [row and row.number for row in rows])
        for place, row in enumerate(rows):
            if not row:
                continue
            noun = name.split("_")[0]
            at = getattr(self.host, noun + "_at")
            if noun == "member":
                pointer = self.host.member_find(self.row_pointer("opportunity", row.opportunity),
                                                self.row_pointer("contact", row.contact))
            else:
                pointer = at(self.host.workspace, row.number)
            self.give(f"{name} {place}", noun, pointer, row)

    def row_pointer(self, noun, row):
        return getattr(self.host, noun + "_at")(self.host.workspace, row.number)

    def compare_taker(self, pointer, signal):
        answers = comparison.tables.Answers(self.world)
        cells = [one.cells() for one in self.world.signals]
        expected = answers.destination(cells.index(signal.cells())) or ""
        check("out_opportunity", self.host.row_key("opportunity", pointer), expected)

    # ---- batches -----------------------------------------------------------------------------

    def begin(self, refusal):
        if self.before:
            check("begin", self.host.workspace_begin(self.host.workspace), C.E_BUSY)
            self.done["begin BUSY"] += 1
            return
        self.book_before = self.host.book()
        self.revision_before = self.host.workspace_revision(self.host.workspace)
        check("begin", self.host.workspace_begin(self.host.workspace), C.OK)
        self.done["begin"] += 1
        self.before = pickle.dumps((self.world, self.secrets))
        self.batch_changed = False
        self.check_busy()

    def check_busy(self):
        """Questions wait while a batch is open."""
        host = self.host
        check("is_busy", host.workspace_is_busy(host.workspace), 1)
        out = ctypes.byref(ctypes.c_void_p())
        for question, *arguments in (("workspace_changes", 0), ("book_write", b"accounts"),
                                     ("board", 0, 0, C.NONE, 1), ("board_since", 0, 0, 1),
                                     ("workspace_signal_at", 0, host.record)):
            arguments += [out] if question != "workspace_signal_at" else []
            status = getattr(host.library, "qbg_" + question)(host.workspace, *arguments)
            check(f"{question} in a batch", status, C.E_BUSY)

    def commit(self, refusal):
        host = self.host
        if not self.before:
            check("commit", host.workspace_commit(host.workspace), C.E_ARGUMENT)
            return
        comparison.compare_rows(self.world, host)
        self.done["tombstone"] += self.world.apply_tombstones()
        status, _, count = host.make(host.library.qbg_workspace_commit, [host.workspace], {}, refusal)
        if refusal and count >= refusal[0]:
            check("commit out of memory", status, "MEMORY")
            self.done["commit MEMORY"] += 1
            self.restore()
            return
        check("commit", status, "OK")
        self.done["commit"] += 1
        self.before = None
        check("rise of the revision by a batch",
              host.workspace_revision(host.workspace) - self.revision_before,
              int(self.batch_changed))
        self.look_for_secrets()

    def rollback(self, refusal):
        host = self.host
        if not self.before:
            check("rollback", host.workspace_rollback(host.workspace), C.E_ARGUMENT)
            return
        status, _, _ = host.make(host.library.qbg_workspace_rollback, [host.workspace], {},
                                 (1, FOREVER))
        check("rollback", status, "OK")
        self.done["rollback"] += 1
        self.restore()

    def restore(self):
        """The world is as it was before the batch; so the library's has to be."""
        self.world, self.secrets = pickle.loads(self.before)
        self.before, self.book = None, None
        self.world.held.clear()
        self.host.drop_held()
        self.host.handles = {name: pointer for name, pointer in self.host.handles.items()
                             if name in self.world.rows}
        counts = {"account": len(self.world.accounts), "contact": len(self.world.contacts),
                  "opportunity": len(self.world.opportunities), "member": len(self.world.members)}
        self.pointers = {key: pointer for key, pointer in self.pointers.items()
                         if key[1] < counts[key[0]]}
        check("the book after a rollback", self.host.book(), self.book_before)
        check("the revision after a rollback",
              self.host.workspace_revision(self.host.workspace), self.revision_before)

    # ---- everything --------------------------------------------------------------------------

    def compare(self):
        """Everything that can be asked, against what the naive world says. Outside of batches."""
        if self.before:
            return
        comparison.compare_rows(self.world, self.host)
        comparison.compare_answers(self.world, self.host, self.instants)
        self.compare_changes()
        self.done["comparison"] += 1

    def look(self):
        """Sees all answers, so that later ones can be compared with them. Outside of batches."""
        if not self.before:
            self.seen = comparison.everything(self.host, self.instants)
            self.revision = self.host.workspace_revision(self.host.workspace)

    def compare_changes(self):
        """Whatever has changed since the last look is listed as changed. Outside of batches."""
        if self.before:
            return
        since, before = self.revision, self.seen
        self.look()
        comparison.compare_changes(self.world, self.host, before, self.seen, since, self.instants)
        self.done["changes"] += 1

    def secrets_of(self, operation, arguments):
        """Every text that tells who somebody is who is going to be erased."""
        contact = None
        if operation == "contact_erase":
            contact = live(self.world.rows[arguments[0].name])
        if operation in ("contact_add", "contact_put") and life.is_hidden(arguments[0]):
            hidden = [row for row in self.world.contacts
                      if live(row) and self.world.pseudonym(row.key) == arguments[0]]
            contact = live(hidden[0]) if hidden else None
        if not contact:
            return set()
        texts = {contact.name, contact.email, contact.title, contact.company}
        texts |= {row.key for row in self.world.contacts if live(row) is contact}
        texts |= {visitor for visitor, who in self.world.visitors.items() if who is contact}
        texts |= {line for member in life.alive(self.world.members) if member.contact is contact
                  for line in member.note.split("\n")}
        return {text for text in texts if len(text) > 8 and not text.startswith("erased:")}

    def look_for_secrets(self):
        """What was erased is in no table and nowhere in the memory. Outside of a batch."""
        if not self.secrets:
            return
        told = "\n".join(texts_of(self.world))
        secrets = sorted(secret for secret in self.secrets if secret not in told)
        self.secrets = set()
        self.host.signal_clear(self.host.record)
        self.host.drop_held()
        self.world.held.clear()
        for name, table in self.host.book().items():
            for secret in secrets:
                if secret.encode() in table:
                    raise Different(f"{secret!r} was erased and stands in the written {name}")
        for secret in secrets:
            check(f"blocks of memory that hold {secret!r}, which was erased",
                  self.host.holds(secret), 0)
            self.done["secret"] += 1

    def end(self):
        if self.before:
            self.rollback(None)
        self.compare()
        faults = self.host.close()
        if faults:
            raise Different("; ".join(faults))


def refs_of(arguments):
    for argument in arguments:
        if isinstance(argument, life.Ref):
            yield argument
        elif isinstance(argument, (list, tuple)) and not isinstance(argument, life.Named):
            yield from refs_of(argument)


def texts_of(world):
    """Every text that somebody has a right to find."""
    for contact in world.contacts:
        if live(contact):
            yield from (contact.key, contact.name, contact.email, contact.title, contact.company)
    yield from world.visitors
    yield from (member.note for member in life.alive(world.members))
    yield from (signal.visitor for signal in world.signals)


# ---- runs ----------------------------------------------------------------------------------------


class Tests:
    """What every run needs."""

    def __init__(self, library):
        self.library = load(library)
        self.facts = constants(self.library, operations.TITLES)

    def new(self, seed):
        return Run(self.library, self.facts, seed)

    def live(self, seed, length, log):
        """A run of random operations, each of which is logged before it is made."""
        chance = random.Random(seed)
        run = self.new(seed)
        maker = operations.Maker(chance, run.world)
        beginning = list(operations.beginning())
        is_due = 0

        def look(name):
            log((name, name, (), None))
            run.step(name, name, (), None)

        for index in range(length):
            maker.world, maker.in_batch = run.world, run.before is not None
            is_watched = not run.before and chance.random() < WATCHED
            if is_watched:
                look("look")
            operation = beginning.pop(0) if beginning else maker.make()
            refusal = refusal_of(chance)
            log((f"{operation[0]} {index}", *operation, refusal))
            run.step(f"{operation[0]} {index}", *operation, refusal)
            if is_watched:
                look("compare_changes")
            is_due += 1
            if is_due >= ROUND and not run.before:
                look("compare")
                is_due = 0
        run.end()
        return run.done

    def repeat(self, seed, steps):
        """The same operations again, or some of them."""
        run = self.new(seed)
        for step in steps:
            run.step(*step)
        run.end()


def refusal_of(chance):
    if chance.random() >= REFUSED:
        return None
    first = 1 + int(chance.expovariate(0.25))
    return first, FOREVER if chance.random() < 0.3 else first


def in_child(work):
    """Does something in a process that may crash. Answers what it answers, or why there is none."""
    return answer_of(child_for(work))


def child_for(work):
    """Begins that: a process, and where it will answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer = ("done", work())
        except Different as different:
            answer = ("different", str(different))
        except BaseException:  # a fault of the test, or of the library's as ctypes sees it
            answer = ("different", traceback.format_exc())
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(answer, stream)
        os._exit(0)
    os.close(writing)
    return child, reading


def answer_of(child_and_reading):
    child, reading = child_and_reading
    with os.fdopen(reading, "rb") as stream:
        found = stream.read()
    _, code = os.waitpid(child, 0)
    if code:
        return "different", f"the process ends with {code}"
    return pickle.loads(found)


def nature(different):
    """What a difference is about, without the rows that it happens to be about."""
    return re.sub(r"\d+|deal-\w|contact-\w+", "", different.split("\n")[0].split(":")[0])


def shorten(tests, seed, steps, different):
    """A shorter list of operations that shows such a difference, too: pieces of it are left out,
    large ones first, as long as the difference remains."""
    def fails(some):
        kind, answer = in_child(lambda: tests.repeat(seed, some))
        return kind == "different" and nature(answer) == nature(different)

    if not fails(steps):
        return steps
    size = len(steps) // 2
    while size:
        place = 0
        while place < len(steps):
            shorter = steps[:place] + steps[place + size:]
            if fails(shorter):
                steps = shorter
            else:
                place += size
        size //= 2
    calm = [step[:3] + (None,) for step in steps]
    return calm if fails(calm) else steps


def report(tests, seed, steps, different):
    steps = shorten(tests, seed, steps, different)
    _, answer = in_child(lambda: tests.repeat(seed, steps))
    yield f"seed {seed}: {different}"
    yield f"the same, with {len(steps)} operations: {answer}"
    for name, operation, arguments, refusal in steps:
        told = f", out of memory at {refusal}" if refusal else ""
        yield f"    {name}: {operation}{arguments}{told}"


def try_run(tests, seed):
    """(what was done, why it failed or None)."""
    path = Path(f"/tmp/life-{os.getpid()}-{seed}")
    with open(path, "wb", buffering=0) as stream:
        kind, answer = in_child(lambda: tests.live(
            seed, LENGTH, lambda step: stream.write(pickle.dumps(step))))
    steps = []
    with open(path, "rb") as stream:
        while stream.peek(1):
            steps.append(pickle.load(stream))
    path.unlink()
    if kind == "done":
        return answer, None
    return collections.Counter(), "\n".join(report(tests, seed, steps, answer))


def try_runs(tests, seeds):
    """What was done in several runs, and the seeds of those that failed."""
    done, faults = collections.Counter(), []
    for seed in seeds:
        some, fault = try_run(tests, seed)
        done += some
        if fault:
            print(fault, flush=True)
            faults.append(f"seed {seed}")
    return done, faults


# What else has to happen in a test that is worth something.
EXPECTED = {*operations.WEIGHTS, *BATCHES, *(
    "begin BUSY|commit MEMORY|out of memory|secret|changes|contact_merge ERASED|contact_add ERASED|"
    "contact_add EXISTS|contact_add_visitor EXISTS|contact_add_visitor ERASED|contact_remove IN_USE|"
    "contact_remove ERASED|contact_remove_visitor NOT_FOUND|contact_readmit NOT_FOUND|"
    "account_remove IN_USE|opportunity_remove IN_USE|opportunity_set_currency ARGUMENT|"
    "member_add EXISTS|tombstone|book_read REFUSED|record CONFLICT|record ERASED|record GONE|record DUPLICATE|retract NOT_FOUND"
    ).split("|")}


def main(library):
    runs = int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    tests = Tests(library)
    workers = min(os.cpu_count() or 1, runs)
    children = [child_for(lambda i=i: try_runs(tests, range(first + i, first + runs, workers)))
                for i in range(workers)]
    done, faults = collections.Counter(), []
    for child in children:
        kind, answer = answer_of(child)
        if kind != "done":
            sys.exit(answer)
        done += answer[0]
        faults += answer[1]
    for name, count in sorted(done.items()):
        print(f"{count:7} {name}")
    if not faults and runs > FEW:
        faults = [f"{name}: never" for name in sorted(EXPECTED - done.keys())]
    finish(faults, f"{sum(done[name] for name in operations.WEIGHTS)} operations, and what was refused")


if __name__ == "__main__":
    main(loadable_path())
