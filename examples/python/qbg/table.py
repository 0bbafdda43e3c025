"""Tables: what questions about many rows are answered with."""
import ctypes
from ctypes import POINTER, byref, c_int64
from datetime import datetime
from html import escape
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple, Union, overload

from . import _arrow
from ._declarations import (
    ArrowArrayStream, QBG_COLUMN_DOUBLE, QBG_COLUMN_INT64, QBG_COLUMN_TEXT, QBG_COLUMN_TIME,
    QBG_COLUMN_UINT64,
)
from ._library import Handle, blob, lib, made, slow, text
from .errors import ClosedError
from .times import quick
from .words import number

Cell = Union[int, float, str, datetime, None]

TYPES = {QBG_COLUMN_INT64: "int64", QBG_COLUMN_DOUBLE: "double", QBG_COLUMN_TEXT: "text",
         QBG_COLUMN_UINT64: "uint64", QBG_COLUMN_TIME: "time"}
NUMBERS = {"int64": ("q", "int64"), "time": ("q", "int64"), "uint64": ("Q", "uint64"),
           "double": ("d", "double")}  # how memory is read, and by which calls of the library
SHOWN = 20  # rows that a notebook shows


def view(address: Optional[int], count: int, code: str, owner: Handle) -> memoryview:
    """Memory of a table as it is, not copied; the table's memory stays as long as the view."""
    size = count * {"q": 8, "Q": 8, "d": 8, "B": 1}[code]
    if not size or not address:
        return memoryview(b"").cast(code)
    memory = type("TableMemory", (ctypes.c_ubyte * size,), {}).from_address(address)
    memory.owner = owner
    return memoryview(memory).cast("B").toreadonly().cast(code)


class Column(NamedTuple):
    """A column as it lies in memory, without a copy.

    data: its values (of texts: all of them, as bytes). offsets: row_count + 1 places where texts
    begin, None for numbers. validity: bit row % 8 of byte row // 8 is 1 where there is a value;
    None when all have one. The data of times are seconds UTC."""

    name: str
    type: str
    data: memoryview
    offsets: Optional[memoryview]
    validity: Optional[memoryview]

    def is_null(self, row: int) -> bool:
        return self.validity is not None and not self.validity[row >> 3] >> (row & 7) & 1

    def values(self) -> List[Cell]:
        """The values as Python has them; None where there is none."""
        if self.offsets is None:
            found: List[Any] = self.data.tolist()
            if self.type == "time":
                found = [quick(cell) for cell in found]
        else:
            places, data = self.offsets.tolist(), bytes(self.data)
            found = [data[start:end].decode() for start, end in zip(places, places[1:])]
        if self.validity is not None:
            return [None if self.is_null(row) else cell for row, cell in enumerate(found)]
        return found


class Table:
    """A table that the library made. It owns copies, never changes, and outlives its workspace.

    len(table) rows; table.columns their names; table[3] a row as a dict, table[2:5] a list of
    rows, table["priority"] a column as a list; iteration goes by rows. Times are datetimes in UTC,
    ratios floats between 0 and 1, empty cells None."""

    _opaque = "qbg_table"

    def __init__(self, address: int, keeps: Any = None) -> None:
        self._owner: Optional[Handle] = Handle(address, lib.qbg_table_free, keeps)
        self._cells: Dict[str, List[Cell]] = {}
        self.columns: Tuple[str, ...] = tuple(
            lib.qbg_table_column_name(self, i).decode()
            for i in range(lib.qbg_table_column_count(self)))

    def _where(self) -> Optional[int]:
        owner = self._owner
        if owner is None:
            raise ClosedError("the table was closed")
        return owner.address

    def close(self) -> None:
        """Gives the memory back, as soon as no memoryview of a column needs it."""
        self._owner = None
        self._cells = {}

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return lib.qbg_table_row_count(self)

    def _place(self, name: str) -> int:
        place = lib.qbg_table_column_find(self, text(name))
        if place < 0:
            raise KeyError(f"no column {name!r}; there are: {', '.join(self.columns)}")
        return place

    def column(self, name: str) -> Column:
        """A column as it lies in memory: nothing is copied. KeyError: there is none such."""
        place, count = self._place(name), len(self)
        owner = self._owner
        assert owner is not None
        kind = TYPES[lib.qbg_table_column_type(self, place)]
        bits = lib.qbg_table_validity(self, place)
        validity = view(bits, (count + 7) // 8, "B", owner) if bits else None
        if kind != "text":
            code, calls = NUMBERS[kind]
            found = getattr(lib, f"qbg_table_{calls}_column")(self, place)
            data = view(found, count, code, owner)
            return Column(name, kind, data, None, validity)
        offsets = POINTER(c_int64)()
        data = lib.qbg_table_text_column(self, place, byref(offsets))
        where = ctypes.cast(offsets, ctypes.c_void_p).value
        size = offsets[count] if count else 0
        return Column(name, kind, view(data, size, "B", owner),
                      view(where, count + 1, "q", owner), validity)

    def cell(self, row: int, name: str) -> Cell:
        """One cell, without reading its column. IndexError past the end."""
        place = self._place(name)
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        if lib.qbg_table_is_null(self, place, row):
            return None
        kind = TYPES[lib.qbg_table_column_type(self, place)]
        if kind == "text":
            size = c_int64()
            owner = self._owner  # so that close(), in another thread, does not free it meanwhile
            where = lib.qbg_table_text_at(self, place, row, byref(size))
            found = ctypes.string_at(where, size.value).decode()
            del owner
            return found
        found = getattr(lib, f"qbg_table_{NUMBERS[kind][1]}_at")(self, place, row)
        return quick(found) if kind == "time" else found

    def _column(self, name: str) -> List[Cell]:
        if name not in self._cells:
            self._cells[name] = self.column(name).values()
        return self._cells[name]

    @overload
    def __getitem__(self, item: str) -> List[Cell]: ...

    @overload
    def __getitem__(self, item: int) -> Dict[str, Cell]: ...

    @overload
    def __getitem__(self, item: slice) -> List[Dict[str, Cell]]: ...

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, str):
            return list(self._column(item))
        if isinstance(item, slice):
            return [self[row] for row in range(*item.indices(len(self)))]
        row = item + len(self) if item < 0 else item
        if not 0 <= row < len(self):
            raise IndexError(f"row {item} of {len(self)}")
        return {name: self._column(name)[row] for name in self.columns}

    def __iter__(self) -> Iterator[Dict[str, Cell]]:
        columns = [self._column(name) for name in self.columns]
        for cells in zip(*columns):
            yield dict(zip(self.columns, cells))

    def to_dict(self) -> Dict[str, List[Cell]]:
        """The columns as lists, by name."""
        return {name: self[name] for name in self.columns}

    def report(self, format: str = "text") -> str:
        """The whole table written as "text", "csv" or "json"."""
        owner = self._owner  # so that close(), in another thread, does not free it meanwhile
        written = blob(made(slow.qbg_report_table, self, number("format", format))).decode()
        del owner
        return written

    def _stream(self) -> ArrowArrayStream:
        stream = ArrowArrayStream()
        lib.qbg_arrow_export(self, byref(stream))
        return stream

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The table as a stream of one batch, without a copy, for whoever reads Arrow: DuckDB,
        pandas, polars ... It outlives this object."""
        return _arrow.capsule(self._stream(), _arrow.STREAM)

    def __arrow_c_schema__(self) -> Any:
        """The names and types of its columns."""
        return _arrow.schema_of(self._stream())

    def __repr__(self) -> str:
        if self._owner is None:
            return "<qbg.Table, closed>"
        return f"<qbg.Table of {len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return self.report()

    def _repr_html_(self) -> str:
        """The first rows, for notebooks."""
        more = f"<p>{SHOWN} of {len(self)} rows</p>" if len(self) > SHOWN else ""
        return html_table(self.columns, (row.values() for row in self[:SHOWN])) + more


def html_cell(cell: Any) -> str:
    if cell is None:
        return "<td></td>"
    if isinstance(cell, float):
        return f'<td style="text-align: right">{cell:.3f}</td>'
    if isinstance(cell, int):
        return f'<td style="text-align: right">{cell}</td>'
    if isinstance(cell, datetime):
        return f"<td>{cell:%Y-%m-%d %H:%M}</td>"
    return f"<td>{escape(str(cell))}</td>"


def html_table(columns: Any, rows: Any) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(map(html_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
