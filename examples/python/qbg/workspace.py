"""Workspaces: all that one tenant knows."""
import ctypes
from array import array
from ctypes import byref, c_int32, c_uint64, c_void_p
from types import TracebackType
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Type

from . import _arrow, _bulk, book as books
from ._declarations import QBG_DUPLICATE, QBG_NONE, qbg_allocator
from ._gate import Gate, gate_of
from ._library import Handle, blob, lib, made, slow, text
from .account import Account
from .baseline import Baseline
from .catalog import Kind, Points, Role, Solution, Template, milli
from .contact import Contact
from .errors import ClosedError, RefusedError
from .opportunity import Opportunity
from .policy import Policy
from .retention import Revenue
from .row import Rows, natural, of
from .signal import Recorded, Signal, walk
from .table import Table
from .times import Time, asked, before, dated
from .words import Word, number, word



class Allocator:
    """A host's allocator, as <qbg/mem.h> says. resize: called with (address, old_size, new_size),
    answers the address, None when memory is out; from whatever thread. Mostly of use in tests."""

    def __init__(self, resize: Callable[[Optional[int], int, int], Optional[int]]) -> None:
        callback = dict(qbg_allocator._fields_)["resize"]
        self.struct = qbg_allocator(ctypes.sizeof(qbg_allocator), None, callback(
            lambda _ctx, address, old_size, new_size: resize(address, old_size, new_size)))


class Undo:
    """A batch or import: whether the rows that were got in it are no more."""

    __slots__ = ("undone",)

    def __init__(self) -> None:
        self.undone = False


class Batch:
    """Changes that take effect together, at the end of the `with`; none of them when it is left by
    an exception. Until then questions raise BusyError."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._undo: Optional[Undo] = None

    def __enter__(self) -> "Batch":
        self._workspace._change(lib.qbg_workspace_begin)
        self._undo = self._workspace._start()
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        if self._undo is None:
            return  # it was rolled back
        if kind is not None:
            self.rollback()
            return
        undone = True  # what a commit does that fails
        try:
            self._workspace._change(lib.qbg_workspace_commit)
            undone = False
        finally:
            self._workspace._end(self._undo, undone)
            self._undo = None

    def rollback(self) -> None:
        """Makes as if nothing of it had been told. Rows that were got in the batch cannot be used
        any more."""
        self._workspace._change(lib.qbg_workspace_rollback)
        self._workspace._end(self._undo, undone=True)
        self._undo = None


class Workspace:
    """All that one tenant knows; it owns everything else, and is closed by `with` or when nobody
    refers to it any more.

    One thread changes it, or any number of threads ask it: calls see to that themselves."""

    _opaque = "qbg_workspace"

    def __init__(self, allocator: Optional[Allocator] = None) -> None:
        self._gate = gate = Gate()
        self._allocator = allocator
        self._batch: Optional[Undo] = None

        def free(handle: Handle) -> None:
            gate.end()
            lib.qbg_workspace_free(handle)
        address = made(lib.qbg_workspace_new, byref(allocator.struct) if allocator else None)
        self._owner: Optional[Handle] = Handle(address, free, allocator)

    @classmethod
    def from_book(cls, book: books.Book, strict: bool = True, dialect: Optional[str] = None,
                  solution: Optional[str] = None,
                  solution_column: Optional[str] = None) -> "Workspace":
        """A workspace with a book in it: a folder of CSV files, or a mapping from table
        ("contacts") to bytes or text. strict: a bad row raises RefusedError; else the good rows
        are kept. dialect, solution, solution_column: of the export of a CRM, as BookReader says."""
        workspace = cls()
        workspace.read_book(book, strict, dialect, solution, solution_column)
        return workspace

    # ---- Life ------------------------------------------------------------------------------------

    def _where(self) -> Optional[int]:
        owner = self._owner
        if owner is None:
            raise ClosedError("the workspace was closed")
        return owner.address

    def _check(self) -> None:
        if self._owner is None:
            raise ClosedError("the workspace was closed")

    @property
    def is_open(self) -> bool:
        return self._owner is not None

    def close(self) -> None:
        """Frees it, once questions that are being answered are. Rows of it cannot be used any more;
        tables, assessments and paths can."""
        self._gate.change(self._drop)

    def _drop(self) -> None:
        self._owner = None

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if not self.is_open:
            return "<qbg.Workspace, closed>"
        return (f"<qbg.Workspace: {self.accounts.count} accounts, {self.contacts.count} contacts, "
                f"{self.opportunities.count} opportunities, {self.signal_count} signals>")

    def _change(self, function: Any, *arguments: Any) -> Any:
        return self._gate.change(function, self, *arguments)

    def _make(self, noun: str, function: Any, *arguments: Any) -> Any:
        """The row that a function adds."""
        return of(self, noun, self._gate.change(made, function, self, *arguments))

    def _put(self, noun: str, function: Any, *arguments: Any) -> Tuple[Any, Word]:
        """The row that a function puts, and what was done."""
        put = c_int32()

        def call(*given: Any) -> None:
            function(*given, byref(put))
        row = self._make(noun, call, *arguments)
        found = word("put", put.value)
        assert found is not None
        return row, found

    def _ask(self, function: Any, *arguments: Any) -> int:
        return self._gate.ask(made, function, self, *arguments)

    def _table(self, function: Any, *arguments: Any) -> Table:
        return Table(self._ask(function, *arguments), self._allocator)

    # ---- Batches ---------------------------------------------------------------------------------

    def batch(self) -> Batch:
        """Changes that take effect together: `with workspace.batch(): ...`."""
        return Batch(self)

    def _start(self) -> Undo:
        self._batch = Undo()
        return self._batch

    def _end(self, undo: Optional[Undo], undone: bool) -> None:
        if undo is not None:
            undo.undone = undone
            if self._batch is undo:
                self._batch = None

    @property
    def is_busy(self) -> bool:
        """Whether a batch or an import is open."""
        return bool(lib.qbg_workspace_is_busy(self))

    # ---- What it holds ---------------------------------------------------------------------------

    @property
    def bytes(self) -> int:
        """Bytes of memory that it holds."""
        return lib.qbg_workspace_bytes(self)

    @property
    def limit(self) -> int:
        """The most bytes it may hold, 0: no limit. What would go beyond raises OutOfMemoryError."""
        return lib.qbg_workspace_limit(self)

    @limit.setter
    def limit(self, limit: int) -> None:
        self._change(lib.qbg_workspace_set_limit, natural(limit, 64))

    def memory(self) -> Table:
        """What its bytes are for: section, bytes."""
        return self._table(slow.qbg_workspace_memory)

    @property
    def policy(self) -> Policy:
        """Every threshold and weight: a mapping."""
        return Policy(self)

    @property
    def revenue(self) -> Revenue:
        """The ledger of recurring revenue."""
        return Revenue(self)

    @property
    def accounts(self) -> Rows:
        """The companies: a mapping by key that iterates over rows, as all that follow."""
        return Rows(self, "account")

    @property
    def contacts(self) -> Rows:
        return Rows(self, "contact")

    @property
    def opportunities(self) -> Rows:
        return Rows(self, "opportunity")

    @property
    def solutions(self) -> Rows:
        return Rows(self, "solution")

    @property
    def templates(self) -> Rows:
        return Rows(self, "template")

    @property
    def kinds(self) -> Rows:
        return Rows(self, "kind")

    @property
    def roles(self) -> Rows:
        return Rows(self, "role")

    def account(self, key: str) -> Account:
        """The company with that key. Raises NotFoundError (a KeyError), as all that follow."""
        return self.accounts[key]

    def contact(self, key: str) -> Contact:
        """The person with that key; that of one who was merged leads to the one who was kept."""
        return self.contacts[key]

    def opportunity(self, key: str) -> Opportunity:
        return self.opportunities[key]

    def solution(self, key: str) -> Solution:
        return self.solutions[key]

    def template(self, key: str) -> Template:
        return self.templates[key]

    def kind(self, key: str) -> Kind:
        return self.kinds[key]

    def role(self, key: str) -> Role:
        return self.roles[key]

    def numbers(self, entity: str, keys: Any) -> array:
        """The row numbers of many keys at once: a sequence of texts, or (bytes, offsets). entity:
        "account", "contact" ... Where nothing has the key: qbg.NONE."""
        return _bulk.numbers(self, entity, keys)

    # ---- Rows, one by one ------------------------------------------------------------------------

    def add_account(self, key: str, name: Optional[str] = None) -> Account:
        """A new company. Raises ExistsError, as all that add."""
        return self._make("account", lib.qbg_account_add, text(key), text(name))

    def put_account(self, key: str, name: Optional[str] = None) -> Tuple[Account, Word]:
        """Adds or updates it (None keeps what is known): the row, and "created", "changed" or
        "same". So it is with all that put."""
        return self._put("account", lib.qbg_account_put, text(key), text(name))

    def add_contact(self, key: str, account: Optional[Account] = None, name: Optional[str] = None,
                    title: Optional[str] = None) -> Contact:
        """A new person; account None: a lead."""
        return self._make("contact", lib.qbg_contact_add, text(key), account, text(name),
                          text(title))

    def put_contact(self, key: str, account: Optional[Account] = None, name: Optional[str] = None,
                    title: Optional[str] = None) -> Tuple[Contact, Word]:
        return self._put("contact", lib.qbg_contact_put, text(key), account, text(name),
                         text(title))

    def readmit(self, key: str) -> None:
        """Lets the key, and the visitors, of an erased person come back: he agreed again. Raises
        NotFoundError: nobody with that key was erased."""
        self._change(lib.qbg_contact_readmit, text(key))

    def add_opportunity(self, key: str, account: Account, solution: Solution,
                        opened: Optional[Time] = None) -> Opportunity:
        """A new opportunity. opened: None: since ever."""
        return self._make("opportunity", lib.qbg_opportunity_add, text(key), account, solution,
                          dated(opened))

    def put_opportunity(self, key: str, account: Account, solution: Solution,
                        opened: Optional[Time] = None) -> Tuple[Opportunity, Word]:
        return self._put("opportunity", lib.qbg_opportunity_put, text(key), account, solution,
                         dated(opened))

    def add_solution(self, key: str, name: Optional[str] = None,
                     template: Optional[Template] = None) -> Solution:
        """Something new to sell. template None: "standard"."""
        return self._make("solution", lib.qbg_solution_add, text(key), text(name), template)

    def put_solution(self, key: str, name: Optional[str] = None,
                     template: Optional[Template] = None) -> Tuple[Solution, Word]:
        return self._put("solution", lib.qbg_solution_put, text(key), text(name), template)

    def add_template(self, key: str) -> Template:
        """A new template, without seats."""
        return self._make("template", lib.qbg_template_add, text(key))

    def put_template(self, key: str) -> Tuple[Template, Word]:
        return self._put("template", lib.qbg_template_put, text(key))

    def add_kind(self, key: str, category: str = "named", points: Points = 0,
                 high_intent: bool = False) -> Kind:
        """A signal kind of your own. category: "named", "third_party" or "qualified_lead". points:
        from -1000 to 1000, with at most three decimal places."""
        return self._make("kind", lib.qbg_kind_add, text(key), number("category", category),
                          milli(points), high_intent)

    def put_kind(self, key: str, category: str = "named", points: Points = 0,
                 high_intent: bool = False) -> Tuple[Kind, Word]:
        return self._put("kind", lib.qbg_kind_put, text(key), number("category", category),
                         milli(points), high_intent)

    def add_role(self, key: str, name: Optional[str] = None) -> Role:
        """A role of your own."""
        return self._make("role", lib.qbg_role_add, text(key), text(name))

    def put_role(self, key: str, name: Optional[str] = None) -> Tuple[Role, Word]:
        return self._put("role", lib.qbg_role_put, text(key), text(name))

    # ---- Rows, by columns ------------------------------------------------------------------------

    def put_accounts(self, rows: Any = None, *, key: Any = None, name: Any = None,
                     domain: Any = None, potential: Any = None, potential_minor: Any = None,
                     currency: Any = None, tag: Any = None) -> _bulk.Outcome:
        """Adds or updates many companies, of columns or of rows: an Arrow stream whose columns have
        the names that they have in a book. A column that is given is the whole truth: None takes
        the value away; one that is not given keeps what is known. Columns are lists, or memory as
        docs/python.md says. potential: in major units of currency, or potential_minor."""
        if potential is not None:
            potential_minor = _bulk.in_minor_units(potential, currency)
        return _bulk.put(self, "account", rows, {
            "key": key, "name": name, "domain": domain, "potential_minor": potential_minor,
            "currency": currency, "tag": tag})

    def put_contacts(self, rows: Any = None, *, key: Any = None, account: Any = None,
                     name: Any = None, title: Any = None, email: Any = None, department: Any = None,
                     seniority: Any = None, tag: Any = None, company: Any = None) -> _bulk.Outcome:
        """Adds or updates many people. account: keys, rows or row numbers. company: what he says
        his company is called."""
        return _bulk.put(self, "contact", rows, {
            "key": key, "account": account, "name": name, "title": title, "email": email,
            "department": department, "seniority": seniority, "tag": tag, "company": company})

    def put_opportunities(self, rows: Any = None, *, key: Any = None, account: Any = None,
                          solution: Any = None, name: Any = None, type: Any = None,
                          opened: Any = None, closed: Any = None, stage: Any = None,
                          amount: Any = None, amount_minor: Any = None, currency: Any = None,
                          outcome: Any = None, need_validated: Any = None, budget: Any = None,
                          authority: Any = None, timeline: Any = None, fit: Any = None,
                          tag: Any = None) -> _bulk.Outcome:
        """Adds or updates many opportunities. account, solution: keys, rows or row numbers. amount:
        in major units of currency, or amount_minor. Facts are told undated, by the host."""
        if amount is not None:
            amount_minor = _bulk.in_minor_units(amount, currency)
        return _bulk.put(self, "opportunity", rows, {
            "key": key, "account": account, "solution": solution, "name": name, "type": type,
            "opened": opened, "closed": closed, "stage": stage, "amount_minor": amount_minor,
            "currency": currency, "outcome": outcome, "need_validated": need_validated,
            "budget": budget, "authority": authority, "timeline": timeline, "fit": fit,
            "tag": tag})

    def put_members(self, rows: Any = None, *, opportunity: Any = None, contact: Any = None,
                    role: Any = None, status: Any = None, stance: Any = None, influence: Any = None,
                    participation: Any = None, interest: Any = None, joined: Any = None,
                    left: Any = None, next_contact: Any = None, note: Any = None, tag: Any = None
                    ) -> _bulk.Outcome:
        """Adds or updates many members. opportunity, contact, role: keys, rows or row numbers.
        Several rows of one member unite their roles."""
        return _bulk.put(self, "member", rows, {
            "opportunity": opportunity, "contact": contact, "role": role, "status": status,
            "stance": stance, "influence": influence, "participation": participation,
            "interest": interest, "joined": joined, "left": left, "next_contact": next_contact,
            "note": note, "tag": tag})

    def add_signals(self, rows: Any = None, *, time: Any = None, kind: Any = None,
                    contact: Any = None, account: Any = None, solution: Any = None,
                    opportunity: Any = None, visitor: Any = None, content: Any = None,
                    event: Any = None) -> _bulk.Outcome:
        """Appends many signals, of columns or of rows, an Arrow stream. time: seconds UTC (int64),
        or a list of times. kind: keys, Kinds or numbers (uint16). contact, account, solution,
        opportunity: keys, rows or numbers (uint32). visitor, content, event: texts. Memory of these
        types is not copied."""
        return _bulk.append(self, rows, {
            "time": time, "kind": kind, "contact": contact, "account": account,
            "solution": solution, "opportunity": opportunity, "visitor": visitor,
            "content": content, "event": event})

    # ---- Signals ---------------------------------------------------------------------------------

    def _filled(self, signal: Optional[Signal], cells: Any) -> Signal:
        if signal is None:
            return Signal(self, **cells)
        if not isinstance(signal, Signal):
            raise TypeError(f"a Signal is needed, or its cells by name, not {signal!r}")
        return signal.fill(**cells)

    def record(self, signal: Optional[Signal] = None, **cells: Any) -> Recorded:
        """Records one signal: a Signal, or its cells: record(kind="page_view", time=..., ...)."""
        signal = self._filled(signal, cells)
        taker, duplicate = ctypes.c_void_p(), c_int32()
        status = self._change(lib.qbg_record, signal, byref(taker), byref(duplicate))
        return Recorded(of(self, "opportunity", taker.value),
                        status == QBG_DUPLICATE or bool(duplicate.value))

    def retract(self, signal: Optional[Signal] = None, **cells: Any) -> None:
        """Takes a recorded signal back, by its event and account (else contact, else visitor).
        Raises NotFoundError."""
        signal = self._filled(signal, cells)
        self._change(lib.qbg_retract, signal)

    @property
    def signal_count(self) -> int:
        """How many signals it holds."""
        return lib.qbg_signal_count(self)

    def signals(self) -> Any:
        """The signals of no known account that no opportunity took, in no particular order."""
        return walk(self, self, lib.qbg_workspace_signal_count, lib.qbg_workspace_signal_at)

    # ---- Questions -------------------------------------------------------------------------------

    def assess(self, as_of: Time, first: int = 0, count: Optional[int] = None,
               include_closed: bool = False) -> Table:
        """The board: a row for each open buying group as of an instant, by priority. first, count:
        a range of opportunity numbers. Columns: opportunity account solution verdict priority
        intent coverage_identified coverage_engaged coverage_supportive completeness
        members_identified members_engaged anonymous_visitors silent_days missing_roles (joined with
        ";") next_contact opportunity_number opportunity_tag account_tag solution_tag."""
        return self._table(slow.qbg_board, asked(as_of), natural(first, 32),
                           QBG_NONE if count is None else natural(count, 32), include_closed)

    def board_since(self, revision: int, as_of: Time, include_closed: bool = False) -> Table:
        """The board's rows for those opportunities alone that changed after a revision."""
        return self._table(slow.qbg_board_since, asked(as_of), natural(revision, 64),
                           include_closed)

    @property
    def revision(self) -> int:
        """How many changes took effect so far."""
        return lib.qbg_workspace_revision(self)

    def changes(self, revision: int = 0) -> Table:
        """The opportunities of which an answer may have changed after a revision: opportunity
        opportunity_number opportunity_tag revision is_alive."""
        return self._table(slow.qbg_workspace_changes, natural(revision, 64))

    def feed(self, since: Time, until: Time, baseline: Optional[Baseline] = None) -> Table:
        """What changed from the day `since` to the day `until`, both of them whole (or after one
        instant until another), day by day: time change opportunity account solution contact role
        verdict because signals (the latest ten that caused it) signal_count opportunity_number
        opportunity_tag contact_tag. baseline: as for detect."""
        return self._asking(baseline, lambda: self._table(slow.qbg_feed, before(since),
                                                          asked(until), baseline))

    def duplicates(self) -> Table:
        """Pairs of rows that may be one company or one person: entity first second first_number
        second_number reason confidence first_tag second_tag."""
        return self._table(slow.qbg_duplicates)

    def detect(self, as_of: Time, baseline: Optional[Baseline] = None) -> Table:
        """Buying groups as they form, the most unusual first. baseline: what is usual in the book;
        None: anywhere. Columns: account solution (None: no known one) since crossed latency_days
        people visitors regulars newcomers expected p_value departments categories who roles
        missing_roles (texts joined with ";") opportunity (the open one, or None) account_number
        account_tag solution_tag opportunity_tag."""
        return self._asking(baseline, lambda: self._table(slow.qbg_detect, asked(as_of), baseline))

    def _asking(self, baseline: Optional[Baseline], ask: Callable[[], Table]) -> Table:
        """Asks while nobody changes the baseline."""
        if baseline is None:
            return ask()
        if not isinstance(baseline, Baseline):
            raise TypeError(f"a Baseline is needed, not {type(baseline).__name__}")
        return baseline._gate.ask(ask)

    def proposals(self, as_of: Time, baseline: Optional[Baseline] = None) -> Table:
        """What the library would do: proposal ("account", "open", "join", "role", "look") account
        solution opportunity contact role since confidence because applied account_tag
        opportunity_tag contact_tag. Nothing is changed. baseline: as for detect."""
        return self._asking(baseline, lambda: self._table(slow.qbg_proposals, asked(as_of),
                                                          baseline))

    def plan(self, accounts: Iterable[Account], solutions: Iterable[Solution],
             as_of: Time) -> Table:
        """The same rows for target accounts, ahead of any signal: an "open" for each pair that has no
        open opportunity."""
        pairs = []
        for rows, noun in ((accounts, Account), (solutions, Solution)):
            numbers = array("I", [])
            for row in rows:
                if not isinstance(row, noun):
                    raise TypeError(f"{noun.__name__} rows are needed, not {type(row).__name__}")
                numbers.append(row.number)
            pairs += [(ctypes.c_uint32 * len(numbers))(*numbers), len(numbers)]
        return self._table(slow.qbg_plan, *pairs, asked(as_of))

    def _proposal(self, function: Any, row: Dict[str, Any]) -> None:
        def key(name: str) -> Any:
            return None if row[name] is None else text(row[name])
        self._change(function, number("proposal", row["proposal"]),
                     *map(key, ("account", "solution", "opportunity", "contact", "role")),
                     dated(row["since"]))

    def apply(self, proposal: Dict[str, Any]) -> None:
        """Carries out one row of proposals() or plan(). Raises ExistsError: it is so already."""
        self._proposal(lib.qbg_proposal_apply, proposal)

    def undo(self, proposal: Dict[str, Any]) -> None:
        """Takes back what apply() or automate() did. Raises ConflictError: somebody has told
        something of it since."""
        self._proposal(lib.qbg_proposal_undo, proposal)

    def automate(self, as_of: Time, baseline: Optional[Baseline] = None) -> Table:
        """Proposes, and carries out as far as policy["automation"] allows: 0 nothing, 1 what is at
        least as sure as policy["automation_confidence"], 2 all but "look". The rows of
        proposals(), with applied 1 where it was done."""
        return self._asking(baseline, lambda: Table(
            self._gate.change(made, lib.qbg_automate, self, asked(as_of), baseline),
            self._allocator))

    def match_account(self, *, key: Optional[str] = None, email: Optional[str] = None,
                      company: Optional[str] = None) -> Tuple[Optional[Account], Table]:
        """The account by its key, or by a mail address and a company's name; None when there is
        none, or no single one. And the candidates: account account_number outcome reason
        confidence account_tag. Raises NotFoundError: no account has that key."""
        found = c_void_p()
        candidates = self._table(slow.qbg_match_account, text(key), text(email), text(company),
                                 byref(found))
        return of(self, "account", found.value), candidates

    def matches(self) -> Table:
        """The accounts of people who have none: contact account contact_number account_number
        outcome reason confidence contact_tag account_tag."""
        return self._table(slow.qbg_matches)

    def report(self, as_of: Time, format: str = "text", lang: str = "en",
               include_closed: bool = False) -> str:
        """The board written as "text", "csv" or "json" (which has every assessment whole)."""
        return blob(self._ask(slow.qbg_report_board, asked(as_of), include_closed,
                              number("format", format), text(lang))).decode()

    def tracking(self, as_of: Time, format: str = "text", lang: str = "en") -> str:
        """The tracking table, a row for each present member, as "text", "csv" or "json"."""
        return blob(self._ask(slow.qbg_report_tracking, asked(as_of), number("format", format),
                              text(lang))).decode()

    # ---- Arrow -----------------------------------------------------------------------------------

    def import_arrow(self, table: str, source: Any) -> Tuple[int, Table]:
        """Puts the rows of whatever speaks Arrow (an object with __arrow_c_stream__: a relation of
        DuckDB, a data frame, a Table) into "accounts", "contacts", "opportunities", "members" or
        "signals"; columns have the names that they have in a book (docs/arrow.md). How many rows
        were put, and what there is to say of the others, as BookReader.refusals. Raises
        RefusedError, with refusals, when the stream cannot be read: nothing was put."""
        rows, refusals = c_uint64(), c_void_p()
        try:
            with _arrow.Taken(source) as stream:
                self._change(lib.qbg_arrow_import, text(table), byref(stream), byref(rows),
                             byref(refusals))
        except RefusedError as fault:
            fault.refusals = Table(refusals.value or 0, self._allocator)
            fault.message += ":\n" + fault.refusals.report()
            raise
        return rows.value, Table(refusals.value or 0, self._allocator)

    # ---- Books -----------------------------------------------------------------------------------

    def read_book(self, book: books.Book, strict: bool = True, dialect: Optional[str] = None,
                  solution: Optional[str] = None, solution_column: Optional[str] = None) -> Table:
        """Reads a book into the workspace, as from_book says; what there is to say of its rows, as
        BookReader.refusals."""
        with books.BookReader(self, strict, dialect, solution, solution_column) as reader:
            reader.feed_book(book)
            return reader.finish()

    def book_table(self, table: str) -> "books.Bytes":
        """One table of the book, "contacts" ..., as CSV; b"" when it has no rows."""
        return books.table_bytes(self, table)

    def write_book(self, folder: Any) -> "List[books.FilePath]":
        """Writes the book into a folder, a file for each table that has rows; the files."""
        return list(books.write(self, folder))
