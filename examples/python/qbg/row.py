"""What all rows of a workspace have in common: key, number, tag, and whether they still are."""
import operator
from typing import TYPE_CHECKING, Any, ClassVar, Dict, Iterator, Optional, Type

from ._declarations import QBG_E_NOT_FOUND
from ._library import lib, text
from .errors import ClosedError, NotFoundError

if TYPE_CHECKING:
    from .workspace import Workspace

CLASSES: Dict[str, "Type[Row]"] = {}


class Row:
    """A row of a workspace. It keeps the workspace alive, and is equal to another that names the
    same row. After the workspace's close(), and after the batch in which it was got was undone,
    every use of it raises ClosedError."""

    __slots__ = ("_workspace", "_address", "_batch", "__weakref__")

    _noun: ClassVar[str] = ""
    _opaque: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        CLASSES[cls._noun] = cls
        cls._opaque = f"qbg_{cls._noun}"

    def __init__(self, workspace: "Workspace", address: int) -> None:
        self._workspace = workspace
        self._address = address
        self._batch = workspace._batch

    def _where(self) -> int:
        self._workspace._check()
        if self._batch is not None and self._batch.undone:
            raise ClosedError(f"the batch in which this {self._noun} was got was undone; "
                              "ask the workspace for it again")
        return self._address

    @property
    def workspace(self) -> "Workspace":
        """The workspace that it is a row of."""
        return self._workspace

    def _call(self, verb: str, *arguments: Any) -> Any:
        return getattr(lib, f"qbg_{self._noun}_{verb}")(self, *arguments)

    def _change(self, function: Any, *arguments: Any) -> Any:
        return self._workspace._gate.change(function, self, *arguments)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return (self._workspace, self._address) == (other._workspace, other._address)

    def __hash__(self) -> int:
        return hash(self._address)

    @property
    def tag(self) -> int:
        """The host's own word for this row, 0 until it is set: 0 to 2**64 - 1. Tables tell it."""
        return self._call("tag")

    @tag.setter
    def tag(self, tag: int) -> None:
        self._change(getattr(lib, f"qbg_{self._noun}_set_tag"), natural(tag, 64))


class KeyedRow(Row):
    """A row with a key of the host's and a dense number."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The host's key; "" once the row was removed."""
        return self._call("key").decode()

    @property
    def number(self) -> int:
        """Its number, for columns of row numbers; after a merge that of the row that was kept."""
        return self._call("number")

    def __repr__(self) -> str:
        try:
            return f"<qbg.{type(self).__name__} {self.key!r}>"
        except ClosedError:
            return f"<qbg.{type(self).__name__}, closed>"


class Rows:
    """The rows of one kind: a mapping by key that iterates over the rows, in order of arrival.

    rows["daisy"] or NotFoundError (a KeyError), rows.get("daisy") or None, rows.at(number) or None,
    "daisy" in rows, len(rows): those that are there."""

    def __init__(self, workspace: "Workspace", noun: str) -> None:
        self._workspace = workspace
        self._noun = noun
        self._find = getattr(lib, f"qbg_{noun}_find")
        self._at = getattr(lib, f"qbg_{noun}_at")
        self._count = getattr(lib, f"qbg_{noun}_count")

    @property
    def count(self) -> int:
        """How many numbers were given so far; removed rows keep theirs."""
        return self._count(self._workspace)

    def get(self, key: str) -> Any:
        """The row with that key, or None."""
        return of(self._workspace, self._noun, self._find(self._workspace, text(key)))

    def at(self, number: int) -> Any:
        """The row with that number; None when there is none (any more)."""
        return of(self._workspace, self._noun, self._at(self._workspace, natural(number, 32)))

    def __getitem__(self, key: str) -> Any:
        found = self.get(key)
        if found is None:
            raise NotFoundError(QBG_E_NOT_FOUND, f"no {self._noun} has the key {key!r}")
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[Any]:
        number = 0
        while number < self.count:
            found = self.at(number)
            if found is not None:
                yield found
            number += 1

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<qbg.Rows: {len(self)} of {self._noun}>"


def of(workspace: "Workspace", noun: str, address: Optional[int]) -> Any:
    """The row at an address; None for NULL."""
    return CLASSES[noun](workspace, address) if address else None


def natural(number: int, bits: int) -> int:
    """A number that C has room for; ctypes would cut it silently."""
    number = operator.index(number)
    if not 0 <= number < 2**bits:
        raise OverflowError(f"{number!r} is no whole number of {bits} bits")
    return number


def whole(number: int, bits: int) -> int:
    """A number, maybe negative, that C has room for."""
    number = operator.index(number)
    if not -(2**(bits - 1)) <= number < 2**(bits - 1):
        raise OverflowError(f"{number!r} is no whole number of {bits} bits with a sign")
    return number
