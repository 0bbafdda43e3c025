"""Baselines: what is usual in a book, which groups that form are measured against."""
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Iterator, Optional

from ._declarations import QBG_E_NOT_FOUND
from ._gate import Gate, gate_of
from ._library import Handle, lib, made, slow, text
from .errors import ClosedError, NotFoundError
from .row import whole
from .times import Time, dated

if TYPE_CHECKING:
    from .workspace import Workspace


class Baseline(Mapping):
    """Named whole numbers, by which account-solutions are counted. Add a book, or each part of one:
    the figures add up. dict(baseline) can be stored, and told again: Baseline(stored)."""

    _opaque = "qbg_baseline"

    def __init__(self, figures: Optional["Mapping[str, int]"] = None, allocator: Any = None) -> None:
        struct = None if allocator is None else allocator.struct
        self._owner: Optional[Handle] = Handle(made(lib.qbg_baseline_new, struct),
                                               lib.qbg_baseline_free, allocator)
        self._gate = Gate()
        for key, value in dict(figures or {}).items():
            self[key] = value

    def _where(self) -> Optional[int]:
        owner = self._owner
        if owner is None:
            raise ClosedError("the baseline was closed")
        return owner.address

    def close(self) -> None:
        """Gives the memory back at once."""
        self._gate.change(setattr, self, "_owner", None)

    def add(self, workspace: "Workspace", start: Time, end: Time) -> None:
        """Adds what a workspace knows of the period from start on, up to end, which does not belong
        to it. All periods that are added have to be of one length."""
        from .workspace import Workspace
        gate = gate_of(workspace, Workspace)

        def ask() -> None:
            gate.ask(slow.qbg_baseline_add, self, workspace, dated(start), dated(end))
        self._gate.change(ask)

    def _place(self, key: str) -> int:
        place = lib.qbg_baseline_figure_find(text(key))
        if place < 0:
            raise NotFoundError(QBG_E_NOT_FOUND, f"no figure is called {key!r}")
        return place

    def __getitem__(self, key: str) -> int:
        return lib.qbg_baseline_figure(self, self._place(key))

    def __setitem__(self, key: str, value: int) -> None:
        self._gate.change(lib.qbg_baseline_set_figure, self, text(key), whole(value, 64))

    def __iter__(self) -> Iterator[str]:
        for i in range(len(self)):
            yield lib.qbg_baseline_figure_key(i).decode()

    def __len__(self) -> int:
        return lib.qbg_baseline_figure_count()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and lib.qbg_baseline_figure_find(text(key)) >= 0

    def __repr__(self) -> str:
        if self._owner is None:
            return "<qbg.Baseline, closed>"
        streams = sum(self[key] for key in self if key.startswith("contacts."))
        return f"<qbg.Baseline of {streams} account-solutions>"
