"""Books: a tenant's data as CSV tables, in and out. docs/book.md has the format."""
import os
from ctypes import byref, c_uint64
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Optional, Union

from ._columns import Pinned
from ._library import Handle, blob, lib, made, slow, text
from .dialect import dialect_number, export_files
from .errors import ClosedError, RefusedError
from .row import natural
from .table import Table

if TYPE_CHECKING:
    from .workspace import Workspace

Bytes = bytes  # a name for it where `bytes` is a property
PIECE = 1 << 20  # bytes of a file that are fed at a time

Book = Union[str, "os.PathLike[str]", Mapping[str, Any]]


def tables() -> List[str]:
    """The names of the tables that a book can have."""
    return [lib.qbg_book_table_name(i).decode() for i in range(lib.qbg_book_table_count())]


def files_of(folder: Union[str, "os.PathLike[str]"]) -> Dict[str, FilePath]:
    """The CSV files of a folder that are tables of a book, by table."""
    known, found = set(tables()), {}
    for path in sorted(FilePath(folder).iterdir()):
        if path.suffix.lower() == ".csv" and path.stem.lower() in known:
            found[path.stem.lower()] = path
    return found


class BookReader:
    """Reads a book into a workspace, all or nothing: feed() the tables' bytes in pieces, then
    finish(), or step() by step; leaving the `with` before finish() undoes all of it.

    strict: a bad row refuses the whole book; else the good rows are kept.
    dialect: what is fed are tables of an export, of "salesforce" or "hubspot" (docs/crm.md).
    solution: what its opportunities are about, if none is named; solution_column: the heading of
    the column that names it."""

    _opaque = "qbg_book_reader"

    def __init__(self, workspace: "Workspace", strict: bool = True, dialect: Optional[str] = None,
                 solution: Optional[str] = None, solution_column: Optional[str] = None) -> None:
        self._workspace = workspace
        self._change = workspace._gate.change
        self._undo: Any = None  # what marks the rows that an undone import brought
        self._is_export = dialect is not None
        number = None if dialect is None else dialect_number(dialect)
        if number is None and not (solution is None and solution_column is None):
            raise TypeError("a solution is said for the export of a dialect")
        self._owner: Optional[Handle] = Handle(made(lib.qbg_book_reader_new, workspace, strict),
                                               self._free, workspace._allocator)
        if number is not None:
            self._change(lib.qbg_book_reader_set_dialect, self, number)
            self._change(lib.qbg_book_reader_set_solution, self, text(solution),
                         text(solution_column))

    def _where(self) -> Optional[int]:
        self._workspace._check()
        if self._owner is None:
            raise ClosedError("the reader was closed")
        return self._owner.address

    @property
    def _free(self) -> Any:
        """Freeing may undo an import, which changes the workspace: so it goes through the gate, and
        from a finalizer, which may run anywhere, it is left for later."""
        gate = self._workspace._gate
        return lambda handle: gate.leave(partial(_free_reader, handle.address))

    def __enter__(self) -> "BookReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it. Before finish() that means: nothing happened."""
        self._cancel()
        self._owner = None
        self._change(_nothing)

    def _cancel(self) -> None:
        """What an import that is not finished brought is no more."""
        self._workspace._end(self._undo, undone=True)
        self._undo = None

    def __del__(self) -> None:
        if getattr(self, "_undo", None) is not None:
            self._cancel()

    def expect(self, table: str, size: int) -> None:
        """Makes room for so many more bytes of a table."""
        self._change(lib.qbg_book_reader_expect, self, text(table), natural(size, 63))

    def feed(self, table: str, data: Any) -> None:
        """Takes the next bytes of a table (anything with the buffer protocol, not copied before; or
        text). Raises NotFoundError: no such table."""
        with Pinned(data.encode() if isinstance(data, str) else data) as pinned:
            self._change(lib.qbg_book_reader_feed, self, text(table), pinned.address, pinned.size)

    def feed_file(self, table: str, path: Union[str, "os.PathLike[str]"]) -> None:
        """Takes a whole file."""
        with open(path, "rb") as file:
            self.expect(table, os.fstat(file.fileno()).st_size)
            for piece in iter(lambda: file.read(PIECE), b""):
                self.feed(table, piece)

    def feed_book(self, book: Book) -> None:
        """Takes a folder of CSV files, or a mapping from table to bytes or text."""
        if isinstance(book, Mapping):
            for table, data in book.items():
                self.feed(table, data)
        else:
            files = export_files(book) if self._is_export else files_of(book)
            for table, path in files.items():
                self.feed_file(table, path)

    def step(self, rows: int) -> int:
        """Loads at most so many rows; how many are left: 0 when only finish() is. From the first
        step on the workspace is busy: questions raise BusyError."""
        left = c_uint64()
        if self._undo is None and not self._workspace.is_busy:
            self._undo = self._workspace._start()
        try:
            self._change(lib.qbg_book_reader_step, self, natural(rows, 64), byref(left))
        except BaseException:
            if not lib.qbg_workspace_is_busy(self._workspace):
                self._cancel()
            raise
        return left.value

    def finish(self) -> Table:
        """Loads all that was fed, or what steps have left of it; then what there is to say of rows,
        as refusals(). Raises RefusedError, with refusals, in a strict reader: nothing is loaded."""
        try:
            self._change(lib.qbg_book_reader_finish, self)
        except RefusedError as fault:
            self._cancel()
            fault.refusals = self.refusals()
            if len(fault.refusals):
                fault.message += ":\n" + fault.refusals.report()
            raise
        self._workspace._end(self._undo, undone=False)
        self._undo = None
        return self.refusals()

    @property
    def rows(self) -> int:
        """How many rows there are to read; for a progress bar."""
        return lib.qbg_book_reader_rows(self)

    @property
    def done(self) -> int:
        """How many of them have been read."""
        return lib.qbg_book_reader_done(self)

    def tables(self) -> Table:
        """Each table that was fed: table, object (what a dialect took it for; None: it has no
        place), rows, loaded, refused, deleted (of those loaded). Rows are loaded plus refused."""
        return Table(made(lib.qbg_book_reader_tables, self), self._workspace._allocator)

    def refusals(self) -> Table:
        """What rows were refused for, or what you should know: table, row (the header is 1),
        column, value, reason, refused (1: not loaded; 0: a remark)."""
        return Table(made(lib.qbg_book_reader_refusals, self), self._workspace._allocator)


def _free_reader(address: int) -> None:
    """Frees a reader whose handle is gone already."""
    Handle(address, lib.qbg_book_reader_free)


def _nothing() -> None:
    """What a change does when only left work is to be finished."""


def table_bytes(workspace: "Workspace", table: str) -> bytes:
    """One table of a workspace as CSV; b"" when it has no rows."""
    return blob(workspace._ask(slow.qbg_book_write, text(table)))


def write(workspace: "Workspace", folder: Union[str, "os.PathLike[str]"]) -> Iterable[FilePath]:
    """Writes every table that has rows into a folder; the files."""
    place, written = FilePath(folder), []
    place.mkdir(parents=True, exist_ok=True)
    for table in tables():
        data = table_bytes(workspace, table) if table != "tracking" else b""
        if data:
            written.append(place / f"{table}.csv")
            written[-1].write_bytes(data)
    return written
