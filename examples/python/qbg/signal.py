"""Signals: observed acts."""
from datetime import datetime
from typing import TYPE_CHECKING, Any, Iterator, NamedTuple, Optional, Union

from ._library import Handle, lib, made, text
from .catalog import Kind
from .errors import ClosedError
from .row import Row, of
from .times import Time, dated, told
from .words import Word, word

if TYPE_CHECKING:
    from .workspace import Workspace


class Recorded(NamedTuple):
    """opportunity: which one took the signal, None: none. is_duplicate: it was known already."""

    opportunity: Any
    is_duplicate: bool


class Signal:
    """A record of one act, which is filled, handed to Workspace.record, and may be used again.

    time and kind are required. account, contact, solution, opportunity (rows) and visitor, content,
    event (texts) are told as much as is known; None takes a cell away."""

    __slots__ = ("_workspace", "_owner", "_batch")

    _opaque = "qbg_signal"

    def __init__(self, workspace: "Workspace", **cells: Any) -> None:
        self._workspace = workspace
        self._batch = workspace._batch
        self._owner = Handle(made(lib.qbg_signal_new, workspace), lib.qbg_signal_free,
                             workspace._allocator)
        self.fill(**cells)

    def _where(self) -> Optional[int]:
        self._workspace._check()
        if self._batch is not None and self._batch.undone:
            raise ClosedError("the batch in which this signal was made was undone")
        return self._owner.address

    def fill(self, **cells: Any) -> "Signal":
        """Sets several cells, by their names."""
        for name, cell in cells.items():
            if name not in CELLS:
                raise TypeError(f"a signal has no {name!r}; it has {', '.join(CELLS)}")
            setattr(self, name, cell)
        return self

    def clear(self) -> None:
        """Empties it."""
        lib.qbg_signal_clear(self)

    def _row(self, noun: str, address: Optional[int]) -> Any:
        return of(self._workspace, noun, address)

    def _set(self, function: Any, row: Optional[Row]) -> None:
        function(self, row)
        # A row that a batch brings must not stay in a record that outlives the batch.
        if row is not None and row._batch is not None:
            self._batch = row._batch

    @property
    def time(self) -> Optional[datetime]:
        """When, in UTC. Setting: as times.py says."""
        return told(lib.qbg_signal_time(self))

    @time.setter
    def time(self, time: Time) -> None:
        lib.qbg_signal_set_time(self, dated(time))

    @property
    def kind(self) -> Any:
        """What it was: a Kind. It is set by key or by Kind."""
        return self._row("kind", lib.qbg_signal_kind(self))

    @kind.setter
    def kind(self, kind: Union[str, Kind]) -> None:
        self._batch = self._workspace._batch or self._batch
        lib.qbg_signal_set_kind(self, text(kind.key if isinstance(kind, Kind) else kind))

    @property
    def account(self) -> Any:
        return self._row("account", lib.qbg_signal_account(self))

    @account.setter
    def account(self, account: Optional[Row]) -> None:
        self._set(lib.qbg_signal_set_account, account)

    @property
    def contact(self) -> Any:
        return self._row("contact", lib.qbg_signal_contact(self))

    @contact.setter
    def contact(self, contact: Optional[Row]) -> None:
        self._set(lib.qbg_signal_set_contact, contact)

    @property
    def solution(self) -> Any:
        return self._row("solution", lib.qbg_signal_solution(self))

    @solution.setter
    def solution(self, solution: Optional[Row]) -> None:
        self._set(lib.qbg_signal_set_solution, solution)

    @property
    def opportunity(self) -> Any:
        return self._row("opportunity", lib.qbg_signal_opportunity(self))

    @opportunity.setter
    def opportunity(self, opportunity: Optional[Row]) -> None:
        self._set(lib.qbg_signal_set_opportunity, opportunity)

    @property
    def visitor(self) -> str:
        """An anonymous visitor's id, "" for none."""
        return lib.qbg_signal_visitor(self).decode()

    @visitor.setter
    def visitor(self, visitor: Optional[str]) -> None:
        lib.qbg_signal_set_visitor(self, text(visitor))

    @property
    def content(self) -> str:
        """What it was about, matched with the solutions' prefixes; "" for none."""
        return lib.qbg_signal_content(self).decode()

    @content.setter
    def content(self, content: Optional[str]) -> None:
        lib.qbg_signal_set_content(self, text(content))

    @property
    def event(self) -> str:
        """The source's own id, unique within the account (else the contact, else the visitor)."""
        return lib.qbg_signal_event(self).decode()

    @event.setter
    def event(self, event: Optional[str]) -> None:
        lib.qbg_signal_set_event(self, text(event))

    @property
    def category(self) -> Optional[Word]:
        """"named", "anonymous", "qualified_lead" or "third_party"."""
        return word("category", lib.qbg_signal_category(self))

    def __repr__(self) -> str:
        try:
            cells = ", ".join(f"{name}={getattr(self, name)!r}" for name in CELLS
                              if getattr(self, name))
        except ClosedError:
            return "<qbg.Signal, closed>"
        return f"<qbg.Signal {cells}>"


CELLS = ("time", "kind", "account", "contact", "solution", "opportunity", "visitor", "content",
         "event")


def walk(workspace: "Workspace", owner: Any, count: Any, at: Any) -> Iterator[Signal]:
    """The signals of an owner, each in a record of its own."""
    for i in range(count(owner)):
        signal = Signal(workspace)
        at(owner, i, signal)
        yield signal
