"""Bulk calls: many rows from columns, each cell told as is handiest, or from an Arrow stream."""
from array import array
from ctypes import byref, c_int32, c_uint32, c_uint64
from typing import (
    TYPE_CHECKING, Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple,
)

from . import _declarations as declared
from ._columns import Columns, Pinned, is_pair, length, number_view, text_column
from ._declarations import (
    QBG_E_ARGUMENT, QBG_E_NOT_FOUND, QBG_E_REFUSED, QBG_NONE, QBG_OK, QBG_UNDATED,
)
from ._library import lib
from .errors import BY_STATUS, ArgumentError, Error, RefusedError
from .money import minor
from .row import Row
from .times import dated
from .words import Word, number, word

if TYPE_CHECKING:
    from .table import Table
    from .workspace import Workspace

UNKNOWN = QBG_NONE - 1  # a row number that no row has, for a key that nothing has
NO_KIND = 2**16 - 1     # the same of kinds, whose numbers have 16 bits


class Outcome:
    """What a bulk call did. Good rows are kept, bad ones refused one by one.

    count: rows in all; refused: how many of them were. Of columns, status: a number for each row, 0
    for a good one. Where they are put, put: "created", "changed" or "same" for each row (None:
    refused), and numbers: their numbers, for the columns of the next call. Of a stream, refusals:
    what there is to say of its rows and columns, as BookReader.refusals. What does not belong to
    the call is None."""

    def __init__(self, count: int, refused: int, status: Optional[memoryview] = None,
                 put: Optional[memoryview] = None, numbers: Optional[memoryview] = None,
                 refusals: "Optional[Table]" = None) -> None:
        self.count = count
        self.refused = refused
        self.status = status
        self.numbers = numbers
        self.refusals = refusals
        self._put = put

    @property
    def put(self) -> Optional[List[Optional[Word]]]:
        return None if self._put is None else [word("put", one) for one in self._put]

    def faults(self) -> Iterator[Tuple[int, Error]]:
        """Each refused row with its exception; of a stream, what is wrong with each cell."""
        if self.refused and self.status is not None:
            for row, status in enumerate(self.status):
                if status in BY_STATUS:
                    message = lib.qbg_status_text(status).decode()
                    yield row, BY_STATUS[status](status, f"row {row}: {message}")
        for refusal in self.refusals or ():
            if refusal["refused"]:
                place = ": ".join(filter(None, (f"row {refusal['row']}", refusal["column"],
                                                refusal["value"])))
                yield refusal["row"], RefusedError(QBG_E_REFUSED, f"{place}: {refusal['reason']}")

    def check(self) -> "Outcome":
        """Raises the exception of the first refused row; itself when there is none. The good rows
        are kept all the same."""
        for _, fault in self.faults():
            raise fault
        return self

    def __len__(self) -> int:
        return self.count

    def __repr__(self) -> str:
        return f"<qbg.Outcome of {self.count} rows, {self.refused} refused>"


class Cell(NamedTuple):
    """How a column is read. kind: "text", "row", "word", "time", "minor", "ratio" or "tag". of:
    which rows or words. field: what C calls it, when that is not its name."""

    kind: str
    of: str = ""
    field: str = ""


TEXT, TAG, RATIO, MINOR = Cell("text"), Cell("tag"), Cell("ratio"), Cell("minor")
ANSWER = Cell("word", "answer")

SIGNALS = {
    "time": Cell("time", field="time_s"), "kind": Cell("row", "kind"),
    "contact": Cell("row", "contact"), "account": Cell("row", "account"),
    "solution": Cell("row", "solution"), "opportunity": Cell("row", "opportunity"),
    "visitor": TEXT, "content": TEXT, "event": TEXT,
}
ACCOUNTS = {
    "key": TEXT, "name": TEXT, "domain": TEXT, "potential_minor": MINOR, "currency": TEXT,
    "tag": TAG,
}
CONTACTS = {
    "key": TEXT, "account": Cell("row", "account"), "name": TEXT, "title": TEXT, "email": TEXT,
    "department": Cell("word", "department"), "seniority": Cell("word", "seniority"), "tag": TAG,
    "company": TEXT,
}
OPPORTUNITIES = {
    "key": TEXT, "account": Cell("row", "account"), "solution": Cell("row", "solution"),
    "name": TEXT, "type": Cell("word", "opportunity_type"),
    "opened": Cell("time", field="opened_s"), "closed": Cell("time", field="closed_s"),
    "stage": TEXT, "amount_minor": MINOR, "currency": TEXT, "outcome": Cell("word", "outcome"),
    "need_validated": ANSWER, "budget": ANSWER, "authority": ANSWER, "timeline": ANSWER,
    "fit": RATIO, "tag": TAG,
}
MEMBERS = {
    "opportunity": Cell("row", "opportunity"), "contact": Cell("row", "contact"),
    "role": Cell("row", "role"), "status": Cell("word", "status"),
    "stance": Cell("word", "stance"), "influence": RATIO,
    "participation": Cell("word", "participation"), "interest": Cell("word", "interest"),
    "joined": Cell("time", field="joined_s"), "left": Cell("time", field="left_s"),
    "next_contact": Cell("time", field="next_contact_s"), "note": TEXT, "tag": TAG,
}

ENTITIES = {
    "account": declared.QBG_ENTITY_ACCOUNT, "contact": declared.QBG_ENTITY_CONTACT,
    "opportunity": declared.QBG_ENTITY_OPPORTUNITY, "solution": declared.QBG_ENTITY_SOLUTION,
    "kind": declared.QBG_ENTITY_KIND, "role": declared.QBG_ENTITY_ROLE,
    "template": declared.QBG_ENTITY_TEMPLATE,
}


def numbers(workspace: "Workspace", entity: str, keys: Any) -> array:
    """The row numbers of keys; QBG_NONE where nothing has the key."""
    data, offsets = text_column(entity, keys)
    count = len(offsets) - 1
    out = array("I", bytes(4 * count))
    with Pinned(data) as bytes_, Pinned(offsets) as places:
        place = (c_uint32 * count).from_buffer(out) if count else None
        workspace._gate.change(lib.qbg_numbers, workspace, ENTITIES[entity],
                               bytes_.address or places.address, places.address, count, place)
    return out


# ---- One column ---------------------------------------------------------------------------------


class Rows:
    """Columns of one call, as they are read into the struct for C."""

    def __init__(self, workspace: "Workspace", columns: Columns) -> None:
        self.workspace = workspace
        self.columns = columns
        self.unknown: Set[int] = set()  # rows that name a key that nothing has

    def add(self, name: str, cell: Cell, values: Any) -> None:
        field = cell.field or name
        if values is None:
            return
        if cell.kind == "text":
            self.columns.texts(name, field, values)
        elif cell.kind == "row":
            code = "H" if cell.of == "kind" else "I"
            self.columns.numbers(name, field, code, self._rows(name, cell.of, values))
        else:
            code, convert = NUMBERS[cell.kind]
            if cell.kind == "word":
                convert = known_words(cell.of)
            self.columns.numbers(name, field, code, values, convert)

    def _rows(self, name: str, noun: str, values: Any) -> Any:
        """Row numbers, however the rows are named."""
        if is_pair(values):
            return self._keys(name, noun, values)
        if number_view(values) is not None:
            return values
        cells = list(values)
        first = next((cell for cell in cells if cell is not None), None)
        if isinstance(first, str):
            return self._keys(name, noun, cells)
        none = NO_KIND if noun == "kind" else QBG_NONE
        return [none if cell is None else self._number(name, noun, cell) for cell in cells]

    def _number(self, name: str, noun: str, cell: Any) -> int:
        if not isinstance(cell, Row):
            return cell
        if cell._noun != noun or cell.workspace is not self.workspace:
            raise ArgumentError(QBG_E_ARGUMENT, f"column {name!r}: {cell!r} is no {noun} of this "
                                                "workspace")
        return cell.number  # type: ignore[attr-defined]

    def _keys(self, name: str, noun: str, keys: Any) -> array:
        data, offsets = text_column(name, keys)
        found = numbers(self.workspace, noun, (bytes(data), offsets))
        for row in places_of_none(found):
            if offsets[row + 1] > offsets[row]:
                found[row] = UNKNOWN
                self.unknown.add(row)
        if noun != "kind":
            return found
        return array("H", [min(one, NO_KIND) for one in found] if QBG_NONE in found
                     or self.unknown else found)

    def tell_unknown(self, status: memoryview) -> None:
        """A key that nothing has is told as that, not as the number that stood for it."""
        for row in self.unknown:
            if status[row] != QBG_OK:
                status[row] = QBG_E_NOT_FOUND


def places_of_none(found: array) -> Iterator[int]:
    """Where an array has QBG_NONE."""
    seen, wanted = found.tobytes(), array("I", [QBG_NONE]).tobytes()
    place = seen.find(wanted)
    while place >= 0:
        if place % 4 == 0:
            yield place // 4
            place += 4
        else:
            place += 1
        place = seen.find(wanted, place)


def known_words(vocabulary: str) -> Callable[[Any], int]:
    """Words as numbers, each looked up once."""
    known: Dict[Any, int] = {}

    def convert(cell: Any) -> int:
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        if cell not in known:
            known[cell] = number(vocabulary, cell)
        return known[cell]
    return convert


NUMBERS: Dict[str, Tuple[str, Optional[Callable[[Any], Any]]]] = {
    "time": ("q", dated),
    "minor": ("q", lambda cell: QBG_UNDATED if cell is None else cell),
    "ratio": ("d", lambda cell: -1.0 if cell is None else cell),
    "tag": ("Q", lambda cell: 0 if cell is None else cell),
    "word": ("i", None),
}


def in_minor_units(amounts: Any, currencies: Any) -> array:
    """A column of amounts (Decimals, whole numbers or texts in major units) in minor units."""
    if currencies is None:
        raise TypeError("amounts in major units need their column `currency`")
    return array("q", [QBG_UNDATED if amount is None else minor(amount, currency or "")
                       for amount, currency in zip(amounts, currencies)])


# ---- Whole calls --------------------------------------------------------------------------------


# The table of a book that a call puts into, and its columns that have to be there.
TABLES = {
    "account": ("accounts", ("key",)), "contact": ("contacts", ("key",)),
    "opportunity": ("opportunities", ("key",)), "member": ("members", ("opportunity", "contact")),
    "signal": ("signals", ("time", "kind")),
}


def _read(workspace: "Workspace", noun: str, struct: Any, cells: Dict[str, Cell],
          values: Dict[str, Any]) -> Tuple[Columns, Rows]:
    needed = TABLES[noun][1]
    for name in needed:
        if values[name] is None:
            raise TypeError(f"a column {name!r} is needed, or an Arrow stream of rows")
    columns = Columns(struct, length(values[needed[0]]))
    rows = Rows(workspace, columns)
    for name, cell in cells.items():
        rows.add(name, cell, values[name])
    return columns, rows


def _numbers_view(memory: Any, code: str) -> memoryview:
    return memoryview(memory).cast("B").cast(code)


def stream(workspace: "Workspace", noun: str, source: Any, values: Dict[str, Any]) -> Outcome:
    """qbg_arrow_import, instead of columns."""
    told = [name for name, column in values.items() if column is not None]
    if told:
        raise TypeError(f"a stream has columns of its own: {told[0]!r} cannot be given beside it")
    put, refusals = workspace.import_arrow(TABLES[noun][0], source)
    refused = {row for row, is_refused in zip(refusals["row"], refusals["refused"]) if is_refused}
    return Outcome(put + len(refused), len(refused), refusals=refusals)


def append(workspace: "Workspace", rows: Any, values: Dict[str, Any]) -> Outcome:
    """qbg_append."""
    if rows is not None:
        return stream(workspace, "signal", rows, values)
    columns, read = _read(workspace, "signal", declared.qbg_signal_columns(), SIGNALS, values)
    with columns:
        status, refused = (c_int32 * columns.count)(), c_uint64()
        workspace._gate.change(lib.qbg_append, workspace, byref(columns.struct), status,
                               byref(refused))
    view = _numbers_view(status, "i")
    read.tell_unknown(view)
    return Outcome(columns.count, refused.value, view)


PUT = {"account": ACCOUNTS, "contact": CONTACTS, "opportunity": OPPORTUNITIES, "member": MEMBERS}


def put(workspace: "Workspace", noun: str, rows: Any, values: Dict[str, Any]) -> Outcome:
    """qbg_account_put_columns and the like."""
    if rows is not None:
        return stream(workspace, noun, rows, values)
    struct = getattr(declared, f"qbg_{noun}_columns")()
    columns, read = _read(workspace, noun, struct, PUT[noun], values)
    with columns:
        count = columns.count
        status, done, refused = (c_int32 * count)(), (c_int32 * count)(), c_uint64()
        numbers_ = (c_uint32 * count)() if noun != "member" else None
        outputs = [status, done, *([numbers_] if noun != "member" else []), byref(refused)]
        workspace._gate.change(getattr(lib, f"qbg_{noun}_put_columns"), workspace,
                               byref(columns.struct), *outputs)
    view = _numbers_view(status, "i")
    read.tell_unknown(view)
    return Outcome(count, refused.value, view, _numbers_view(done, "i"),
                   None if numbers_ is None else _numbers_view(numbers_, "I"))
