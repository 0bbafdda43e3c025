"""The library as life_test.py drives it: one workspace in an allocator that can refuse and be
searched, the handles of its rows by name, and everything that it answers."""
import ctypes
import sys
from ctypes import byref, c_int32, c_int64, c_uint32, c_uint64, c_void_p
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "binding"))
from library import C, FUNCTIONS, STRUCTS, Allocator, base_of, outputs  # noqa: E402

import life  # noqa: E402
from tables import time_text, written  # noqa: E402
from life import Ref  # noqa: E402

STATUS = {C.OK: "OK", C.DUPLICATE: "DUPLICATE"}
STATUS.update({value: name[2:] for name, value in vars(C).items() if name.startswith("E_")})

SENTINEL = 0x5A


# The tables of small books, and their columns.
BOOK = {"accounts": "account name", "contacts": "contact account name title",
        "visitors": "visitor contact", "members": "opportunity contact role source",
        "signals": "time kind account contact visitor solution opportunity content event"}


class Shape:
    """How an operation calls the function of its name."""

    def __init__(self, name):
        function = FUNCTIONS["qbg_" + name]
        self.outputs = {i: function.names[i] for i in outputs(function)}
        self.is_owner_first = function.parameters[0] in ("qbg_workspace *", "qbg_policy *")
        self.is_policy = function.parameters[0] == "qbg_policy *"
        self.kinds = [(base_of(one)[0], base_of(one)[1]) for one in function.parameters]


class Host:
    def __init__(self, library):
        self.library, self.allocator = library, Allocator()
        self.shapes = {}
        self.handles, self.numbers, self.nouns = {}, {}, {}
        self.records = {}
        self.workspace = self.new("workspace_new", self.allocator.struct)
        self.record = self.new("signal_new", self.workspace)
        self.policy = library.qbg_workspace_policy(self.workspace)

    def __getattr__(self, name):
        """A function of the library."""
        function = getattr(self.library, "qbg_" + name)
        setattr(self, name, function)
        return function

    def new(self, function, *arguments):
        out = c_void_p()
        status = getattr(self.library, "qbg_" + function)(*arguments, byref(out))
        if status != C.OK:
            raise AssertionError(f"{function}: {STATUS[status]}")
        return out.value

    def close(self):
        """Frees everything; the faults of the library's dealings with its memory."""
        for record in [self.record, *self.records.values()]:
            self.signal_free(record)
        self.workspace_free(self.workspace)
        return self.allocator.close()

    # ---- calling -----------------------------------------------------------------------------

    def pointer(self, argument):
        if argument is None:
            return None
        if isinstance(argument, Ref):
            return self.handles[argument.name]
        find = getattr(self, argument.noun + "_find")
        return find(self.workspace, argument.key.encode())

    def convert(self, argument, base, stars):
        if stars and base == "char":
            return argument.encode() if isinstance(argument, str) else argument
        if stars:
            return self.pointer(argument)
        return C.UNDATED if argument is None and base == "int64_t" else argument

    def call(self, operation, arguments, refusal=None):
        """Makes a call. refusal: the requests for memory that are refused meanwhile, as (first,
        last). Answers the status, the outputs, and how many requests there were."""
        special = getattr(self, "do_" + operation, None)
        if special:
            return special(refusal, *arguments)
        shape = self.shapes.get(operation) or self.shapes.setdefault(operation, Shape(operation))
        given, outs, passed = iter(arguments), {}, []
        for place, (base, stars) in enumerate(shape.kinds):
            if place == 0 and shape.is_owner_first:
                passed.append(self.policy if shape.is_policy else self.workspace)
            elif place in shape.outputs:
                out = c_int32() if base == "int32_t" else c_void_p()
                ctypes.memset(byref(out), SENTINEL, ctypes.sizeof(out))
                outs[shape.outputs[place]] = out
                passed.append(byref(out))
            else:
                passed.append(self.convert(next(given), base, stars))
        return self.make(getattr(self, operation), passed, outs, refusal)

    def make(self, function, passed, outs, refusal):
        if refusal:
            self.allocator.arm(*refusal)
        status = STATUS[function(*passed)]
        count = self.allocator.disarm() if refusal else 0
        if status != "OK":
            for name, out in outs.items():
                if bytes(out) != bytes([SENTINEL]) * ctypes.sizeof(out):
                    raise AssertionError(f"{name} is written to though the call fails")
        return status, {name: out.value for name, out in outs.items()}, count

    def keep(self, name, noun, pointer):
        """Remembers the handle of an operation."""
        self.handles[name], self.nouns[name] = pointer, noun
        if noun != "member":
            self.numbers[name] = getattr(self, noun + "_number")(pointer)

    def fill(self, record, time, kind, account, contact, solution, opportunity, visitor, content,
             event):
        """Fills a record; the first status that is not QBG_OK."""
        self.signal_clear(record)
        cells = [("time", time), ("kind", kind.encode())]
        for name, row in (("account", account), ("contact", contact), ("solution", solution),
                          ("opportunity", opportunity)):
            cells.append((name, self.pointer(row)))
        for name, text in (("visitor", visitor), ("content", content), ("event", event)):
            cells.append((name, text.encode() if text else None))
        for name, cell in cells:
            status = getattr(self, "signal_set_" + name)(record, cell)
            if status != C.OK:
                return STATUS[status]
        return "OK"

    def record_it(self, refusal, record):
        out = {"out_opportunity": c_void_p(), "out_duplicate": c_int32()}
        for one in out.values():
            ctypes.memset(byref(one), SENTINEL, ctypes.sizeof(one))
        passed = [self.workspace, record, *map(byref, out.values())]
        return self.make(self.library.qbg_record, passed, out, refusal)

    def do_record(self, refusal, *cells):
        status = self.fill(self.record, *cells)
        return self.record_it(refusal, self.record) if status == "OK" else (status, {}, 0)

    def do_retract(self, refusal, *cells):
        status = self.fill(self.record, *cells)
        if status != "OK":
            return status, {}, 0
        return self.make(self.library.qbg_retract, [self.workspace, self.record], {}, refusal)

    def do_hold(self, refusal, slot, *cells):
        if slot not in self.records:
            self.records[slot] = self.new("signal_new", self.workspace)
        return self.fill(self.records[slot], *cells), {}, 0

    def do_record_held(self, refusal, slot):
        return self.record_it(refusal, self.records[slot])

    def do_retract_held(self, refusal, slot):
        passed = [self.workspace, self.records[slot]]
        return self.make(self.library.qbg_retract, passed, {}, refusal)

    def drop_held(self):
        for record in self.records.values():
            self.signal_clear(record)

    def do_append(self, refusal, rows):
        count = len(rows)
        columns = STRUCTS["qbg_signal_columns"](ctypes.sizeof(STRUCTS["qbg_signal_columns"]), count)
        cells = dict(zip(life.Signal.CELLS, zip(*rows) if rows else [()] * 9))
        columns.time_s = (c_int64 * count)(*cells["time"])
        columns.kind = (ctypes.c_uint16 * count)(*(
            self.kind_number(self.kind_find(self.workspace, kind.encode()))
            for kind in cells["kind"]))
        for name in ("account", "contact", "solution", "opportunity"):
            numbers = (c_uint32 * count)(*map(self.number_of, cells[name]))
            setattr(columns, name, numbers)
        for name in ("visitor", "content", "event"):
            texts = [(text or "").encode() for text in cells[name]]
            ends = [sum(map(len, texts[:i])) for i in range(count + 1)]
            setattr(columns, name, b"".join(texts))
            setattr(columns, name + "_offsets", (c_int64 * (count + 1))(*ends))
        statuses, refused = (c_int32 * count)(), c_uint64()
        status, _, requests = self.make(
            self.library.qbg_append, [self.workspace, byref(columns), statuses, byref(refused)],
            {}, refusal)
        return status, {"row_status": [STATUS[one] for one in statuses],
                        "out_refused": refused.value}, requests

    def put_columns(self, refusal, noun, given, rows):
        """Rows in bulk. Empty cells are those that the header says."""
        kind = STRUCTS[f"qbg_{noun}_columns"]
        types, count = dict(kind._fields_), len(rows)
        columns = kind(ctypes.sizeof(kind), count)
        for name, cells in zip(given, zip(*rows) if rows else [()] * len(given)):
            if types[name] == ctypes.c_char_p:
                texts = [cell.encode() if isinstance(cell, str) else cell or b"" for cell in cells]
                ends = [sum(map(len, texts[:i])) for i in range(count + 1)]
                setattr(columns, name, b"".join(texts))
                setattr(columns, name + "_offsets", (c_int64 * (count + 1))(*ends))
                continue
            item = types[name]._type_
            if item == c_uint32:
                cells = map(self.number_of, cells)
            if item == c_int64:
                cells = (C.UNDATED if cell is None else cell for cell in cells)
            setattr(columns, name, (item * count)(*cells))
        statuses, puts, numbers = (c_int32 * count)(), (c_int32 * count)(), (c_uint32 * count)()
        refused = c_uint64()
        outs = [numbers] if noun != "member" else []
        status, _, requests = self.make(
            getattr(self.library, f"qbg_{noun}_put_columns"),
            [self.workspace, byref(columns), statuses, puts, *outs, byref(refused)], {}, refusal)
        found = {"row_status": [STATUS[one] for one in statuses],
                 "row_put": [None if one == C.UNSET else one for one in puts],
                 "out_refused": refused.value}
        if noun != "member":
            found["row_number"] = [None if one == C.NONE else one for one in numbers]
        return status, found, requests

    def do_book_read(self, refusal, strict, tables, how):
        """Reads a book at once, or in steps; or gives it up on the way."""
        reader = self.new("book_reader_new", self.workspace, strict)
        for name, rows in tables:
            columns, rows = BOOK[name], [[time_text(cell) for cell in row] for row in rows]
            table = written(columns.split(), rows)
            if self.book_reader_feed(reader, name.encode(), table, len(table)) != C.OK:
                raise AssertionError(f"{name} cannot be fed")
        left = c_uint64(1 if how != "finish" else 0)
        while left.value:
            status = self.book_reader_step(reader, 2, byref(left))
            if status != C.OK:
                raise AssertionError(f"a step of a book: {STATUS[status]}")
            if how == "cancel":
                self.book_reader_free(reader)
                return "OK", {}, 0
        status, _, count = self.make(self.library.qbg_book_reader_finish, [reader], {}, refusal)
        refused = sum(row["refused"] for row in
                      self.table(self.new("book_reader_refusals", reader)))
        self.book_reader_free(reader)
        return status, {"refused": refused}, count

    def do_account_put_columns(self, refusal, given, rows):
        return self.put_columns(refusal, "account", given, rows)

    def do_contact_put_columns(self, refusal, given, rows):
        return self.put_columns(refusal, "contact", given, rows)

    def do_opportunity_put_columns(self, refusal, given, rows):
        return self.put_columns(refusal, "opportunity", given, rows)

    def do_member_put_columns(self, refusal, given, rows):
        return self.put_columns(refusal, "member", given, rows)

    def number_of(self, row):
        if row is None:
            return C.NONE
        if row == life.NO_ROW:
            return 1000000
        if isinstance(row, Ref):
            return self.numbers[row.name]
        return getattr(self, row.noun + "_number")(self.pointer(row))

    def do_member_set_roles(self, refusal, member, roles, since, source):
        array = (c_void_p * len(roles))(*map(self.pointer, roles)) if roles else None
        passed = [self.pointer(member), array, len(roles),
                  C.UNDATED if since is None else since, source]
        return self.make(self.library.qbg_member_set_roles, passed, {}, refusal)

    def do_template_set_seat_personas(self, refusal, template, role, departments, seniority):
        passed = [self.pointer(template), self.pointer(role),
                  (c_int32 * len(departments))(*departments), len(departments), seniority]
        return self.make(self.library.qbg_template_set_seat_personas, passed, {}, refusal)

    # ---- reading -----------------------------------------------------------------------------

    def text(self, function, *arguments):
        return getattr(self, function)(*arguments).decode()

    def time(self, function, *arguments):
        time = getattr(self, function)(*arguments)
        return None if time == C.UNDATED else time

    def table(self, pointer):
        """A result table as rows by column, doubles by their bits; it is freed."""
        columns = {self.table_column_name(pointer, i).decode(): (i, self.table_column_type(
            pointer, i)) for i in range(self.table_column_count(pointer))}
        rows = []
        for row in range(self.table_row_count(pointer)):
            cells = {}
            for name, (column, kind) in columns.items():
                cells[name] = self.cell(pointer, column, row, kind)
            rows.append(cells)
        self.table_free(pointer)
        return rows

    def cell(self, pointer, column, row, kind):
        if self.table_is_null(pointer, column, row):
            return None
        if kind in (C.COLUMN_INT64, C.COLUMN_TIME):
            return self.table_int64_at(pointer, column, row)
        if kind == C.COLUMN_UINT64:
            return self.table_uint64_at(pointer, column, row)
        if kind == C.COLUMN_DOUBLE:
            return self.table_double_at(pointer, column, row).hex()
        size = c_int64()
        at = self.table_text_at(pointer, column, row, byref(size))
        return ctypes.string_at(at, size.value).decode()

    def blob(self, pointer):
        """A blob's bytes; it is freed."""
        found = ctypes.string_at(self.library.qbg_blob_data(pointer),
                                 self.library.qbg_blob_size(pointer))
        self.blob_free(pointer)
        return found

    def book(self, workspace=None):
        """Every table of the written book."""
        workspace = workspace or self.workspace
        names = [self.book_table_name(i) for i in range(self.book_table_count())]
        return {name.decode(): self.blob(self.new("book_write", workspace, name))
                for name in names}

    def row_key(self, noun, pointer):
        return getattr(self, noun + "_key")(pointer).decode() if pointer else ""

    def signals(self, noun, pointer):
        """The signals in a log, as rows of a book's table (with their times as numbers)."""
        count = getattr(self, noun + "_signal_count")(pointer)
        at = getattr(self, noun + "_signal_at")
        return sorted(self.signal(at, pointer, index) for index in range(count))

    def signal(self, at, pointer, index):
        record = self.record
        status = at(pointer, index, record)
        if status != C.OK:
            raise AssertionError(f"a walk over signals: {STATUS[status]}")
        return (self.signal_time(record), self.row_key("kind", self.signal_kind(record)),
                self.row_key("account", self.signal_account(record)),
                self.row_key("contact", self.signal_contact(record)),
                self.text("signal_visitor", record),
                self.row_key("solution", self.signal_solution(record)),
                self.row_key("opportunity", self.signal_opportunity(record)),
                self.text("signal_content", record), self.text("signal_event", record))

    def assess(self, opportunity, instant):
        """An assessment with everything in it, doubles by their bits."""
        handle = self.new("assess", opportunity, instant)

        def get(name, *place):
            found = getattr(self, "assessment_" + name)(handle, *place)
            return found.decode() if isinstance(found, bytes) else \
                found.hex() if isinstance(found, float) else found

        found = {name: get(name) for name in (
            "opportunity account solution as_of verdict priority intent coverage_identified "
            "coverage_engaged coverage_supportive completeness members_identified members_engaged "
            "anonymous_visitors silent_days next_contact").split()}
        found["seats"] = [
            [get("seat_" + name, seat) for name in
             "role state filled wanted is_required".split()]
            + [[get("seat_person", seat, i) for i in range(get("seat_person_count", seat))]]
            for seat in range(get("seat_count"))]
        found["missing"] = [get("missing_role", i) for i in range(get("missing_count"))]
        found["criteria"] = [
            [get("criterion" + name, i) for name in ("", "_mode", "_passes", "_holds")]
            + [get("criterion_actual", i) if get("criterion_has_actual", i) else None,
               get("criterion_threshold", i) if get("criterion_has_threshold", i) else None]
            for i in range(get("criterion_count"))]
        found["members"] = [
            [get("member_" + name, i) for name in
             "contact name is_inferred points_int points engagement is_engaged participation "
             "interest stance last_signal".split()]
            + [[get("member_role", i, role) for role in range(get("member_role_count", i))]]
            for i in range(get("member_count"))]
        self.assessment_free(handle)
        return found

    def board(self, instant, include_closed):
        return self.table(self.new("board", self.workspace, instant, 0, C.NONE, include_closed))

    def board_since(self, instant, revision, include_closed):
        return self.table(self.new("board_since", self.workspace, instant, revision,
                                   include_closed))

    def changes(self, revision):
        return self.table(self.new("workspace_changes", self.workspace, revision))

    def ledger(self, opportunity, contact, instant):
        return self.table(self.new("ledger", opportunity, contact, instant))

    def history(self, noun, pointer):
        return self.table(self.new(noun + "_history", pointer))

    def holds(self, text):
        """In how many blocks of memory a text stands."""
        return self.allocator.holds(text.encode())

    # ---- books -------------------------------------------------------------------------------

    def load(self, book):
        """A new workspace with that book, and what it refused."""
        workspace = self.new("workspace_new", self.allocator.struct)
        reader = self.new("book_reader_new", workspace, 0)
        for name, table in book.items():
            if self.book_reader_feed(reader, name.encode(), table, len(table)) != C.OK:
                raise AssertionError(f"{name} cannot be fed")
        status = self.book_reader_finish(reader)
        if status != C.OK:
            raise AssertionError(f"the written book: {STATUS[status]}")
        refused = [row for row in self.table(self.new("book_reader_refusals", reader))
                   if row["refused"]]
        self.book_reader_free(reader)
        return workspace, refused


# ---- what a new workspace has --------------------------------------------------------------------


def constants(library, titles):
    """What the naive workspace is not to know by itself: the catalogue and the policy as they come,
    and what titles say."""
    host = Host(library)
    workspace, policy = host.workspace, host.policy
    found = SimpleNamespace(kinds={}, roles=[], templates={}, policy={}, titles={})
    for kind in (host.kind_at(workspace, i) for i in range(host.kind_count(workspace))):
        found.kinds[host.row_key("kind", kind)] = (
            host.kind_category(kind), host.kind_points_milli(kind),
            host.kind_is_high_intent(kind))
    for role in (host.role_at(workspace, i) for i in range(host.role_count(workspace))):
        found.roles.append(host.row_key("role", role))
    for i in range(host.template_count(workspace)):
        template = host.template_at(workspace, i)
        found.templates[host.row_key("template", template)] = [
            (host.row_key("role", host.template_seat_role(template, seat)),
             host.template_seat_weight_milli(template, seat),
             host.template_seat_people(template, seat),
             host.template_seat_is_required(template, seat),
             [word for word in range(len(life.DEPARTMENTS))
              if host.template_seat_has_department(template, seat, word)],
             host.template_seat_min_seniority(template, seat))
            for seat in range(host.template_seat_count(template))]
    for parameter in range(host.policy_count(policy)):
        key = host.policy_key(policy, parameter).decode()
        if not key.startswith("points."):
            found.policy[key] = host.policy_value_milli(policy, parameter)
    for title in titles:
        department, seniority, confidence = c_int32(), c_int32(), ctypes.c_double()
        host.persona_read(title.encode(), byref(department), byref(seniority), byref(confidence))
        found.titles[title] = (department.value, seniority.value, confidence.value)
    host.close()
    return found
