"""A workspace with something of everything, and the doors through which scripts call the library.

A script calls `world.qbg_account_add(...)`. A test may watch one function: its calls then go to the
test (see `watch`), all others straight to the library."""
import calendar
import ctypes
from ctypes import c_int32, c_void_p

from library import Allocator, C, FUNCTIONS, base_of, is_text, outputs, results

DAY = 86400


def at(year, month, day, hour=0, minute=0, second=0):
    """Seconds of a UTC time."""
    return calendar.timegm((year, month, day, hour, minute, second))


AS_OF = at(2025, 11, 19, 23, 59, 59)
OPENED = at(2025, 9, 1)


def same(answer, expected):
    """Fails unless the library answered that."""
    if answer != expected:
        raise AssertionError(f"{answer!r} instead of {expected!r}")


def ok(status):
    same(status, C.OK)


class World:
    """A workspace in an allocator of its own, filled with the fixture."""

    def __init__(self, library):
        self.library = library
        self.allocator = Allocator()
        self.owned = {}        # handle: the function that frees it
        self.watched = []      # (handle, its opaque type): state beside the workspace
        self.watch_name = None
        self.watch = None
        self.workspace = self.new(self.qbg_workspace_new, self.allocator.struct)
        self.workspaces = [self.workspace]
        self.policy = self.qbg_workspace_policy(self.workspace)
        self.fill()

    # ---- calling -------------------------------------------------------------------------------

    def __getattr__(self, name):
        """The function of that name; what it gives out is freed at the end."""
        if name not in FUNCTIONS:
            raise AttributeError(name)
        function, raw = FUNCTIONS[name], getattr(self.library, name)
        gives, frees = GIVES[name], name.endswith("_free")

        def straight(*arguments):
            answer = raw(*arguments)
            if frees:
                self.owned.pop(value(arguments[0]), None)
            for place, free in gives if answer == C.OK else ():
                if arguments[place] is not None:
                    self.owned[arguments[place].value] = free
            return answer

        def call(*arguments):
            if self.watch_name == name:
                return self.watch(function, straight, arguments)
            return straight(*arguments)

        setattr(self, name, call)
        return call

    def new(self, function, *arguments):
        """Calls what can fail and gives a handle as its last output; the handle."""
        out = c_void_p()
        ok(function(*arguments, out))
        return out.value

    def remember(self, handle, opaque):
        """The state of this handle has to survive failures, too."""
        self.watched.append((handle, opaque))
        return handle

    def empty(self):
        """A second workspace, without anything: there every array begins with the first row."""
        self.workspaces.append(self.new(self.qbg_workspace_new, self.allocator.struct))
        return self.workspaces[-1]

    def close(self):
        """Frees everything and answers what the allocator has to complain about.

        Readers and records go before the workspaces; what may outlive them goes after them."""
        self.watch_name = None
        self.free("qbg_book_reader_free", "qbg_signal_free")
        faults = []
        if set(self.owned) == set(self.workspaces):
            told = sum(map(self.library.qbg_workspace_bytes, self.workspaces))
            if told != self.allocator.bytes:
                faults = [f"qbg_workspace_bytes says {told}, the allocator {self.allocator.bytes}"]
        self.free("qbg_workspace_free")
        self.free(*set(self.owned.values()))
        return faults + self.allocator.close()

    def free(self, *names):
        """Frees all that these functions free."""
        for handle in [handle for handle, name in self.owned.items() if name in names]:
            getattr(self, self.owned[handle])(handle)

    # ---- the fixture ---------------------------------------------------------------------------

    def fill(self):
        self.fill_catalog()
        self.fill_people()
        self.fill_opportunities()
        self.fill_members()
        self.record = self.new(self.qbg_signal_new, self.workspace)
        self.fill_signals()
        ok(self.qbg_revenue_add(self.workspace, b"daisy", 2025, 10, 1000000, b"RUB"))
        ok(self.qbg_revenue_add(self.workspace, b"tulip", 2025, 11, 500, None))
        ok(self.qbg_policy_set_milli(self.policy, b"max_silence_days", 45000))

    def fill_catalog(self):
        ws = self.workspace
        self.showroom = self.new(self.qbg_kind_add, ws, b"showroom", C.CATEGORY_NAMED, 12000, 1)
        self.tip = self.new(self.qbg_kind_add, ws, b"tip", C.CATEGORY_THIRD_PARTY, 3000, 0)
        self.security = self.new(self.qbg_role_add, ws, b"security_officer", b"Security officer")
        self.champion = self.qbg_role_find(ws, b"champion")
        self.technical = self.qbg_role_find(ws, b"technical_evaluator")
        self.standard = self.qbg_template_find(ws, b"standard")
        self.small = self.new(self.qbg_template_add, ws, b"small")
        ok(self.qbg_template_set_seat(self.small, self.champion, 2000, 1, 0))
        ok(self.qbg_template_set_seat(self.small, self.technical, 1500, 2, 1))
        departments = (c_int32 * 2)(C.DEPARTMENT_IT, C.DEPARTMENT_SECURITY)
        ok(self.qbg_template_set_seat_personas(
            self.small, self.technical, departments, 2, C.SENIORITY_SPECIALIST))
        self.hr = self.new(self.qbg_solution_add, ws, b"hr", b"HR system", None)
        self.crm = self.new(self.qbg_solution_add, ws, b"crm", b"CRM", self.small)
        ok(self.qbg_solution_add_content(self.hr, b"hr/"))
        ok(self.qbg_solution_add_content(self.crm, b"crm/"))

    def fill_people(self):
        ws = self.workspace
        self.daisy = self.new(self.qbg_account_add, ws, b"daisy", "Красная ромашка".encode())
        self.tulip = self.new(self.qbg_account_add, ws, b"tulip", None)
        ok(self.qbg_account_add_domain(self.daisy, b"Red-Daisy.example"))
        ok(self.qbg_account_set_potential(self.daisy, 500000000, b"RUB"))
        add = self.qbg_contact_add
        self.elena = self.new(add, ws, b"elena", self.daisy, b"Elena", b"HR manager")
        self.sergey = self.new(add, ws, b"sergey", self.daisy, b"Sergey", b"IT director")
        self.olga = self.new(add, ws, b"olga", self.daisy, b"Olga", b"CFO")
        self.ivan = self.new(add, ws, b"ivan", self.tulip, None, None)
        self.lead = self.new(add, ws, b"lead", None, b"Lead", None)
        ok(self.qbg_contact_set_email(self.elena, b"elena@red-daisy.example"))
        ok(self.qbg_contact_add_visitor(self.elena, b"v-elena"))
        ok(self.qbg_contact_set_persona(self.ivan, C.DEPARTMENT_SECURITY, C.SENIORITY_MANAGER))
        ok(self.qbg_contact_set_account(self.olga, self.tulip, at(2026, 1, 1), C.SOURCE_HOST))

    def fill_opportunities(self):
        ws, host = self.workspace, C.SOURCE_HOST
        add = self.qbg_opportunity_add
        self.deal = self.new(add, ws, b"daisy-hr", self.daisy, self.hr, OPENED)
        self.other = self.new(add, ws, b"daisy-crm", self.daisy, self.crm, at(2025, 10, 1))
        self.old = self.new(add, ws, b"tulip-hr", self.tulip, self.hr, at(2025, 1, 1))
        deal = self.deal
        ok(self.qbg_opportunity_set_name(deal, b"HR for Daisy"))
        ok(self.qbg_opportunity_set_type(deal, C.OPPORTUNITY_ACQUISITION))
        ok(self.qbg_opportunity_set_stage(deal, b"engaged", C.UNDATED, host))
        ok(self.qbg_opportunity_set_stage(deal, b"proposal", at(2025, 11, 1), host))
        ok(self.qbg_opportunity_set_currency(deal, b"RUB"))
        ok(self.qbg_opportunity_set_amount(deal, 120000000, C.UNDATED, host))
        ok(self.qbg_opportunity_set_verdict(deal, C.VERDICT_SILENT, at(2025, 9, 2), host))
        ok(self.qbg_opportunity_set_answer(deal, C.CRITERION_BUDGET, C.ANSWER_YES, C.UNDATED, host))
        ok(self.qbg_opportunity_set_fit(deal, 0.75, C.UNDATED, host))
        ok(self.qbg_opportunity_set_closed(self.old, at(2025, 6, 1)))
        ok(self.qbg_opportunity_set_outcome(self.old, C.OUTCOME_LOST, at(2025, 6, 1), host))
        ok(self.qbg_need_set(deal, None, b"data_residency", C.NEED_OPEN, C.UNDATED))
        ok(self.qbg_need_set(deal, None, b"data_residency", C.NEED_VALIDATED, at(2025, 11, 1)))
        ok(self.qbg_need_set(deal, self.elena, b"ease", C.NEED_OPEN, at(2025, 10, 1)))

    def fill_members(self):
        host = C.SOURCE_HOST
        self.member = self.new(self.qbg_member_add, self.deal, self.elena)
        ok(self.qbg_member_add_role(self.member, self.champion, host))
        ok(self.qbg_member_set_status(self.member, C.STATUS_CONFIRMED, C.UNDATED, host))
        ok(self.qbg_member_set_stance(self.member, C.STANCE_CHAMPION, at(2025, 10, 1), host))
        ok(self.qbg_opportunity_add_member(self.deal, self.sergey, self.technical))
        self.skeptic = self.qbg_member_find(self.deal, self.sergey)
        ok(self.qbg_member_add_role(self.skeptic, self.security, host))
        ok(self.qbg_member_set_stance(self.skeptic, C.STANCE_SKEPTIC, C.UNDATED, host))
        ok(self.qbg_member_set_influence(self.skeptic, 0.5, C.UNDATED, host))
        ok(self.qbg_member_set_next_contact(self.skeptic, at(2025, 12, 1)))
        ok(self.qbg_member_set_note(self.skeptic, b"asks for a demo"))
        ok(self.qbg_opportunity_add_member(self.deal, self.olga, None))
        ok(self.qbg_opportunity_add_member(self.old, self.ivan, None))

    def fill_signals(self):
        """Seven for the deal, one each for the two others; one stays with each account, two with
        the workspace."""
        saw = self.saw
        saw(b"webinar_attendance", at(2025, 10, 22), contact=self.elena)
        saw(b"page_view", at(2025, 10, 25), account=self.daisy, visitor=b"v-elena", content=b"hr/a")
        saw(b"content_download", at(2025, 10, 30), contact=self.elena, content=b"hr/b", event=b"e1")
        saw(b"content_download", at(2025, 11, 5), contact=self.sergey)
        saw(b"pricing_view", at(2025, 11, 12), contact=self.sergey)
        saw(b"pricing_view", at(2025, 11, 10), contact=self.olga)
        saw(b"page_view", at(2025, 11, 1), account=self.daisy, visitor=b"v-guest", solution=self.hr)
        saw(b"intent_surge", at(2025, 10, 15), account=self.daisy, opportunity=self.other)
        saw(b"page_view", at(2025, 3, 1), contact=self.ivan)
        saw(b"page_view", at(2025, 11, 2), account=self.daisy, visitor=b"v-guest")
        saw(b"intent_topic", at(2025, 10, 10), account=self.tulip, solution=self.hr)
        saw(b"content_download", at(2025, 11, 3), contact=self.lead, content=b"blog")
        saw(b"page_view", at(2025, 11, 4), visitor=b"v-nobody")

    def saw(self, kind, time_s, **cells):
        """Records a signal."""
        self.put(self.record, kind, time_s, **cells)
        ok(self.qbg_record(self.workspace, self.record, None, None))

    def put(self, record, kind, time_s, **cells):
        """Fills a record; the names of the cells are those of the setters."""
        self.qbg_signal_clear(record)
        ok(self.qbg_signal_set_kind(record, kind))
        ok(self.qbg_signal_set_time(record, time_s))
        for name, cell in cells.items():
            ok(getattr(self, f"qbg_signal_set_{name}")(record, cell))

    def saw_many(self, count, **cells):
        """Page views by so many visitors, one each, an hour apart."""
        for i in range(count):
            self.saw(b"page_view", at(2025, 11, 6) + 3600 * i, visitor=b"many-%d" % i, **cells)

    def assessment(self, opportunity=None):
        return self.new(self.qbg_assess, opportunity or self.deal, AS_OF)

    def board(self):
        return self.new(self.qbg_board, self.workspace, AS_OF, 0, C.NONE, 1)

    def reader(self, workspace, strict, **tables):
        """A reader that was fed these tables."""
        reader = self.new(self.qbg_book_reader_new, workspace, strict)
        for name, table in tables.items():
            ok(self.qbg_book_reader_feed(reader, name.encode(), table, len(table)))
        return reader

    # ---- looking ---------------------------------------------------------------------------------

    def bytes_of(self, blob):
        """A blob's bytes; the blob is freed."""
        found = self.library.qbg_blob_data(blob)
        same(len(found), self.library.qbg_blob_size(blob))
        self.library.qbg_blob_free(blob)
        return found

    def state(self):
        """All that a failed call must leave alone: the workspaces, and the handles that a script
        asked to remember."""
        found = {}
        for i, workspace in enumerate(self.workspaces):
            found.update({(i, *key): part for key, part in self.parts(workspace)})
        for i, (handle, opaque) in enumerate(self.watched):
            found["handle", i] = self.describe(handle, opaque)
        return found

    def parts(self, workspace):
        """A workspace as (key, value): the rows, where signals lie, the book, the answers; the last
        two only while no import is open."""
        library, out = self.library, c_void_p()
        for name in COUNTS:
            yield (name,), getattr(library, name)(workspace)
        for i in range(library.qbg_opportunity_count(workspace)):
            row = library.qbg_opportunity_at(workspace, i)
            yield ("signals of opportunity", i), library.qbg_opportunity_signal_count(row)
        for i in range(library.qbg_account_count(workspace)):
            row = library.qbg_account_at(workspace, i)
            yield ("signals of account", i), library.qbg_account_signal_count(row)
        for i in range(library.qbg_book_table_count()):
            name = library.qbg_book_table_name(i)
            status = library.qbg_book_write(workspace, name, out)
            if status == C.E_BUSY:
                yield ("is busy",), True
                return
            ok(status)
            yield ("book", name.decode()), self.bytes_of(out)
        ok(library.qbg_report_board(workspace, AS_OF, 1, C.FORMAT_JSON, None, out))
        yield ("board",), self.bytes_of(out)

    def describe(self, handle, opaque):
        """What the getters say that take such a handle alone, rows by their keys."""
        found = {}
        for name, function in FUNCTIONS.items():
            if function.parameters != [f"const {opaque} *"]:
                continue
            answer = getattr(self.library, name)(handle)
            row, stars = base_of(function.result)
            if stars and not is_text(function):
                answer = getattr(self.library, row + "_key")(answer)
            found[name] = answer
        return found


MARK = 0x5A  # what outputs hold before a call that may fail


def mark(function, arguments):
    """Fills the outputs of a call; those that are there, as (name, object)."""
    marked = []
    for place in outputs(function):
        output = getattr(arguments[place], "_obj", arguments[place])  # what byref refers to
        if output is not None:
            ctypes.memset(ctypes.byref(output), MARK, ctypes.sizeof(output))
            marked.append((function.names[place], output))
    return marked


def written(marked):
    """The names of the outputs that were written to."""
    return [name for name, output in marked if bytes(output) != bytes([MARK]) * ctypes.sizeof(output)]


def differences(state, expected):
    """What two states of a world do not have in common."""
    return [f"{key} differs ({state.get(key)!r}, before it was {expected.get(key)!r})"
            for key in sorted(state.keys() | expected.keys(), key=str)
            if state.get(key) != expected.get(key)]


def value(handle):
    return handle.value if isinstance(handle, c_void_p) else handle


GIVES = {name: results(function) for name, function in FUNCTIONS.items()}

# The functions that count something of the workspace (its bytes may change: rooms stay made).
COUNTS = [name for name, function in FUNCTIONS.items()
          if function.parameters == ["const qbg_workspace *"] and name.endswith("_count")]
