"""Paths to qualified: the fewest steps that make a buying group qualified."""
from datetime import datetime
from typing import Any, Iterator, List, NamedTuple, Optional

from ._library import Handle, lib, made
from .errors import ClosedError
from .table import Table, html_table
from .times import from_seconds
from .words import Word, word


class Step(NamedTuple):
    """A step. kind: "engage", "recontact" or "identify". role: whom to identify somebody for (a
    role's key), "" for other steps. contact, name: whom to engage, "" when identifying. priority:
    after the step, 0..100; gain: by how much it rose with it."""

    kind: Optional[Word]
    role: str
    contact: str
    name: str
    priority: float
    gain: float


class Path:
    """The smallest set of steps after which every required criterion holds. It owns copies, and
    outlives its workspace. Iteration goes by steps."""

    _opaque = "qbg_path"

    def __init__(self, address: int, keeps: Any = None) -> None:
        self._owner: Optional[Handle] = Handle(address, lib.qbg_path_free, keeps)
        self._keeps = keeps

    def _where(self) -> Optional[int]:
        owner = self._owner
        if owner is None:
            raise ClosedError("the path was closed")
        return owner.address

    def close(self) -> None:
        """Gives the memory back at once."""
        self._owner = None

    def __enter__(self) -> "Path":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def opportunity(self) -> str:
        """The key of the opportunity."""
        return lib.qbg_path_opportunity(self).decode()

    @property
    def as_of(self) -> datetime:
        """The instant, in UTC."""
        return from_seconds(lib.qbg_path_as_of(self))

    @property
    def step_limit(self) -> int:
        """The most steps that were looked for (path_steps of the policy)."""
        return lib.qbg_path_step_limit(self)

    @property
    def exists(self) -> bool:
        """False: no step_limit steps qualify the group; unmet says why."""
        return bool(lib.qbg_path_exists(self))

    @property
    def is_qualified_already(self) -> bool:
        return bool(lib.qbg_path_is_qualified_already(self))

    @property
    def is_exact(self) -> bool:
        """False: the search was cut off, and there may be a shorter or better path."""
        return bool(lib.qbg_path_is_exact(self))

    @property
    def priority_before(self) -> float:
        """0..100, as it is."""
        return lib.qbg_path_priority_before(self)

    @property
    def priority_after(self) -> float:
        """0..100, after the last step."""
        return lib.qbg_path_priority_after(self)

    @property
    def steps(self) -> List[Step]:
        """The steps, in the order in which each raises the priority most."""
        return [Step(word("path_step", lib.qbg_path_step_kind(self, i)),
                     lib.qbg_path_step_role(self, i).decode(),
                     lib.qbg_path_step_contact(self, i).decode(),
                     lib.qbg_path_step_name(self, i).decode(),
                     lib.qbg_path_step_priority(self, i), lib.qbg_path_step_gain(self, i))
                for i in range(lib.qbg_path_step_count(self))]

    @property
    def unmet(self) -> List[Word]:
        """The required criteria that no steps can meet."""
        found = [word("criterion", lib.qbg_path_unmet_criterion(self, i))
                 for i in range(lib.qbg_path_unmet_count(self))]
        return [one for one in found if one is not None]

    def table(self) -> Table:
        """The steps as a Table: step kind role contact name priority gain contact_tag."""
        return Table(made(lib.qbg_path_table, self), self._keeps)

    def __len__(self) -> int:
        return lib.qbg_path_step_count(self)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __bool__(self) -> bool:
        return self.exists

    def __repr__(self) -> str:
        if self._owner is None:
            return "<qbg.Path, closed>"
        if not self.exists:
            return f"<qbg.Path {self.opportunity!r}: none within {self.step_limit} steps>"
        return (f"<qbg.Path {self.opportunity!r}: {len(self)} steps, priority "
                f"{self.priority_before:.1f} to {self.priority_after:.1f}>")

    def _repr_html_(self) -> str:
        return html_table(Step._fields, self.steps)
